//! A program that is killed while it saves leaves the old file or the new one, never less.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};
use vitae::{
    profile::Profile,
    section::{Entries, Item, Section},
    store::{Document, new_text},
};

/// Names the file to a child of this test, which saves until it is killed.
const FILE: &str = "VITAE_CRASH_FILE";

#[test]
fn a_killed_save_leaves_the_old_file_or_the_new_one() {
    if let Some(path) = env::var_os(FILE) {
        save_for_ever(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me.cv.ron");
    let (short, long) = (text(1), text(300));
    write(&path, &short);
    let mut seen = [0, 0];
    for round in 0..24 {
        let before = fs::read_to_string(&path).unwrap();
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "crash::a_killed_save_leaves_the_old_file_or_the_new_one"])
            .env(FILE, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Not before it saves, however slow the machine; then each time at another moment.
        for _ in 0..10_000 {
            if fs::read_to_string(&path).unwrap() != before {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros(1_137 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = fs::read_to_string(&path).unwrap();
        match [&short, &long].iter().position(|whole| **whole == found) {
            Some(which) => seen[which] += 1,
            None => assert_eq!(found, short, "round {round}: neither the old file nor the new one"),
        }
    }
    assert!(seen[1] > 0, "the children saved nothing: {seen:?}");
    // What a killed save has left beside it is swept by the next one.
    let mut document = Document::open(&path).unwrap();
    document.profile.person.headline = "after the crashes".into();
    document.save(&path, None).unwrap();
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["me.cv.ron"]);
}

fn save_for_ever(path: &Path) -> ! {
    let mut document = Document::open(path).unwrap();
    let profiles = [profile(300), profile(1)];
    for profile in profiles.iter().cycle() {
        document.profile = profile.clone();
        document.save(path, None).unwrap();
    }
    std::process::abort()
}

fn profile(lines: usize) -> Profile {
    let entry = |i| Item { text: format!("Line number {i} of some length"), ..Item::default() };
    let entries = Entries { entries: (0..lines).map(entry).collect(), ..Entries::default() };
    Profile { sections: vec![Section::List(entries)], ..Profile::default() }
}

fn text(lines: usize) -> String {
    new_text(&profile(lines)).unwrap()
}

fn write(path: &Path, text: &str) {
    use std::io::Write as _;
    fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

//! What becomes of files that are written: by whom they may be read, what is kept, what is told.

use super::*;

fn say(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_was_changed_outside_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.cv.ron");
    let first = write(&path, b"one", Safety::default()).unwrap();
    let knowing = |expected| Safety { expected: Some(expected), ..Safety::default() };
    let second = write(&path, b"two", knowing(&first)).unwrap();
    assert_eq!(read::bytes(&path).unwrap(), (b"two".to_vec(), second.clone()));
    assert!(matches!(write(&path, b"x", knowing(&first)), Err(Error::Changed(_))));
    // A second try at what is there already is no conflict.
    assert_eq!(write(&path, b"two", knowing(&first)).unwrap().hash, second.hash);
    write(&path, b"six", Safety::default()).unwrap();
    assert!(matches!(write(&path, b"x", knowing(&second)), Err(Error::Changed(_))));
    fs::remove_file(&path).unwrap();
    assert!(matches!(write(&path, b"x", knowing(&second)), Err(Error::Gone(_))));
    assert_eq!(files(folder.path()), Vec::<String>::new());
}

#[test]
fn what_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let check = |path: &str, expected: &str| {
        let error = write(&folder.path().join(path), b"x", Safety::default()).unwrap_err();
        let said = error.to_string().replace(&folder.path().display().to_string(), "");
        assert_eq!(said, expected);
    };
    fs::create_dir(folder.path().join("d")).unwrap();
    check("d", "`/d` is not a file: choose another name");
    check("none/a", "the folder of `/none/a` does not exist");
    assert_eq!(files(folder.path()), ["d"]);
}

#[test]
fn leftovers_of_dead_processes_are_swept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    // No process has a number as large as the first; one is this one, which may be at work.
    let living = format!(".a.{}.tmp", std::process::id());
    for name in
        [".a.4294967295.tmp", ".a.4294967295-3.tmp", &living, ".b.4294967295.tmp", ".a.x.tmp"]
    {
        File::create(folder.path().join(name)).unwrap();
    }
    write(&path, b"x", Safety::default()).unwrap();
    assert_eq!(files(folder.path()), [&living, ".a.x.tmp", ".b.4294967295.tmp", "a"]);
}

#[test]
#[cfg(windows)]
fn what_another_program_holds_is_told() {
    use std::os::windows::fs::OpenOptionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    write(&path, b"old", Safety::default()).unwrap();
    // 1: others may read; 3: they may write, too, but not take the file away.
    for share in [0, 1, 3] {
        let held = OpenOptions::new().read(true).share_mode(share).open(&path).unwrap();
        let refused = write(&path, b"new", Safety::default());
        assert!(matches!(refused, Err(Error::InUse(_))), "{share} {refused:?}");
        drop(held);
        assert_eq!((say(&path), files(folder.path())), ("old".into(), vec!["a.pdf".into()]));
    }
    let held = OpenOptions::new().read(true).share_mode(0).open(&path).unwrap();
    let letting_go = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        drop(held);
    });
    write(&path, b"new", Safety::default()).unwrap();
    letting_go.join().unwrap();
    assert_eq!(say(&path), "new");
    for name in ["nul", "con.pdf", "a:b.pdf", "a.pdf."] {
        let refused = write(&folder.path().join(name), b"x", Safety::default());
        assert!(matches!(refused, Err(Error::Name { .. })), "{name} {refused:?}");
    }
}

#[test]
#[cfg(unix)]
fn links_rights_and_second_names_are_kept() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    symlink("real", at("link")).unwrap();
    symlink("link", at("link2")).unwrap();
    write(&at("link2"), b"made", Safety::default()).unwrap();
    assert_eq!((say(&at("real")), files(folder.path()).len()), ("made".to_owned(), 3));

    fs::set_permissions(at("real"), fs::Permissions::from_mode(0o640)).unwrap();
    write(&at("link"), b"again", Safety::default()).unwrap();
    assert_eq!(say(&at("real")), "again");
    assert_eq!(fs::metadata(at("real")).unwrap().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());

    fs::hard_link(at("real"), at("second")).unwrap();
    let refused = write(&at("real"), b"new", Safety::default());
    assert!(matches!(refused, Err(Error::NoSafeWay(_))));
    let copies = at("copies");
    write(&at("real"), b"new", Safety { copies: Some(&copies), ..Safety::default() }).unwrap();
    assert_eq!((say(&at("second")), say(&at("real"))), ("new".to_owned(), "new".to_owned()));
    assert_eq!(files(&copies), Vec::<String>::new());

    symlink("round", at("round")).unwrap();
    assert!(write(&at("round"), b"x", Safety::default()).is_err());
}

#[test]
fn a_write_in_place_that_was_cut_off_is_finished() {
    /// No process has this number.
    const DEAD: u32 = u32::MAX;
    let check = |before: &str, after: &str, now: &str, left: &str, finished: Option<bool>| {
        let folder = tempfile::tempdir().unwrap();
        let (path, copies) = (folder.path().join("a"), folder.path().join("copies"));
        fs::create_dir(&copies).unwrap();
        File::create(&path).unwrap().write_all(now.as_bytes()).unwrap();
        let pair = Pair::new(&copies, &path, DEAD);
        pair.fill(before.as_bytes(), after.as_bytes()).unwrap();
        let repaired = repair(&path, &copies);
        assert_eq!(say(&path), left, "{before} {after} {now}");
        assert_eq!(repaired.as_ref().map(|repaired| repaired.finished), finished, "{now}");
        assert!(repaired.is_none_or(|repaired| repaired.before == before.as_bytes()));
        assert_eq!(files(&copies), Vec::<String>::new());
        assert_eq!(repair(&path, &copies), None);
    };
    // Not begun; written; half; between the write and the truncation; longer than before.
    check("old text", "new", "old text", "old text", None);
    check("old text", "new", "new", "new", Some(false));
    check("old text", "new text", "new text", "new text", Some(false));
    check("old text", "new text", "neX text", "neX text", Some(false));
    check("old text", "new text", "nld text", "new text", Some(true));
    check("old text", "new", "new text", "new", Some(true));
    check("old", "new text", "new te", "new text", Some(true));
    check("", "new text", "new", "new text", Some(true));
    // Pages may come to the disk in any order.
    check("aaaa", "bbbb", "abab", "bbbb", Some(true));
    // Somebody else's file is left alone.
    check("old text", "new", "theirs", "theirs", Some(false));
    check("old text", "", "old", "old", Some(false));
}

#[test]
fn copies_of_a_write_in_place_go_with_what_they_are_of() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copies) = (folder.path().join("a"), folder.path().join("copies"));
    fs::create_dir(&copies).unwrap();
    let other = folder.path().join("b");
    let pairs = [&path, &other].map(|path| Pair::new(&copies, path, u32::MAX));
    pairs.iter().for_each(|pair| pair.fill(b"x", b"y").unwrap());
    // One that is at work now keeps its own.
    let living = Pair::new(&copies, &path, std::process::id());
    living.fill(b"x", b"y").unwrap();
    forget_copies(&path, &copies);
    assert!(!pairs[0].before.exists() && pairs[1].before.exists() && living.after.exists());
    sweep_copies(&copies, 1_000);
    assert_eq!(files(&copies).len(), 4);
    sweep_copies(&copies, u64::MAX);
    assert_eq!(files(&copies), Vec::<String>::new());
}

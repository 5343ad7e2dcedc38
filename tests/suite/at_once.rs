//! Several programs that write one profile at once: what was reported as done is there.

#![expect(clippy::disallowed_methods, reason = "files of a test are written as any program would")]

use crate::program::{command, vitae};
use std::{fs, thread};
use vitae::store::{
    Document,
    claim::{Claim, Claimed},
    folders::Folders,
};

#[test]
fn imports_by_several_shells_lose_nothing() {
    const SHELLS: usize = 3;
    const RUNS: usize = 8;
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(vitae(&folder, &["new", "me.cv.ron"]).status, 0);
    let one_shell = |shell: usize| {
        let mut done = vec![];
        for run in 0..RUNS {
            let title = format!("Paper {shell} of {run}");
            let bib = format!("{shell}-{run}.bib");
            let entry =
                format!("@misc{{p{shell}r{run}, title = {{{title}}}, author = {{Doe, Jane}}}}");
            fs::write(folder.path().join(&bib), entry).unwrap();
            let output =
                command(&folder, &["import", &bib, "--into", "me.cv.ron"]).output().unwrap();
            if output.status.success() {
                done.push(title);
            }
        }
        done
    };
    let done: Vec<String> = thread::scope(|scope| {
        let shells: Vec<_> =
            (0..SHELLS).map(|shell| scope.spawn(move || one_shell(shell))).collect();
        shells.into_iter().flat_map(|shell| shell.join().unwrap()).collect()
    });
    let text = fs::read_to_string(folder.path().join("me.cv.ron")).unwrap();
    let lost: Vec<_> = done.iter().filter(|title| !text.contains(*title)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    // They wait for each other: none has to be sent home.
    assert_eq!(done.len(), SHELLS * RUNS);
}

#[test]
fn saves_that_meet_tell_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me.cv.ron");
    fs::write(&path, "(format: 1, person: (name: \"Start\"))").unwrap();
    let save = |number: usize| {
        let mut document = Document::open(&path).unwrap();
        document.profile.person.known_as.push(format!("Name {number}"));
        document.save(&path, None).is_ok()
    };
    let saved: Vec<usize> = thread::scope(|scope| {
        let of_one = |shell: usize| (0..40).map(|n| shell * 40 + n).filter(|n| save(*n)).collect();
        let threads: Vec<_> =
            (0..3).map(|shell| scope.spawn(move || -> Vec<usize> { of_one(shell) })).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let names = Document::open(&path).unwrap().profile.person.known_as;
    let lost: Vec<_> = saved.iter().filter(|n| !names.contains(&format!("Name {n}"))).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(!saved.is_empty());
}

#[test]
fn a_profile_that_a_window_has_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(vitae(&folder, &["new", "me.cv.ron"]).status, 0);
    fs::write(folder.path().join("p.bib"), "@misc{p, title = {Paper}}").unwrap();
    let state = folder.path().join("state");
    let before = fs::read(folder.path().join("me.cv.ron")).unwrap();
    // Where the program looks for its own folders is the system's affair: it is asked with the same
    // variable.
    let mut import = command(&folder, &["import", "p.bib", "--into", "me.cv.ron"]);
    import.env("XDG_STATE_HOME", &state);
    let locks = Folders { state: state.join("vitae"), config: state.clone() }.locks();
    let claimed = Claim::take(&locks, &folder.path().join("me.cv.ron"));
    assert!(matches!(claimed, Claimed::Mine(_)));
    let output = import.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    let expected = "is open in a window of Vitae, or another command is changing it";
    assert!(said.contains(expected), "{said}");
    assert_eq!(fs::read(folder.path().join("me.cv.ron")).unwrap(), before);
}

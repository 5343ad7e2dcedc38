//! `vitae versions`: the list, and the way back, as the program itself does it.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test; files are made as people find them"
)]

use crate::program::{Run, command};
use std::fs;
use tempfile::TempDir;

/// A folder with `me.cv.ron` after two imports, so that there are two versions.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(&folder, &["new", "me.cv.ron"]).status, 0);
    for title in ["First", "Second"] {
        let bib = format!("@misc{{{title}, title = {{{title} Paper}}, author = {{Doe, Jane}}}}");
        fs::write(folder.path().join("x.bib"), bib).unwrap();
        let run = run(&folder, &["import", "x.bib", "--into", "me.cv.ron"]);
        assert_eq!(run.status, 0, "{}", run.err);
    }
    folder
}

fn run(folder: &TempDir, args: &[&str]) -> Run {
    let mut command = command(folder, args);
    command.env("XDG_STATE_HOME", folder.path().join("state"));
    command.output().unwrap().into()
}

fn read(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("me.cv.ron")).unwrap()
}

#[test]
fn versions_are_listed_and_restored() {
    let folder = desk();
    let list = run(&folder, &["versions", "me.cv.ron"]);
    let text = String::from_utf8(list.out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((list.status, lines.len()), (0, 2), "{text}");
    assert!(lines[0].starts_with("1  20") && lines[0].contains(" UTC  "), "{text}");
    assert!(
        lines[0].contains("words added") && lines[1].ends_with("the oldest one kept"),
        "{text}"
    );
    let json = run(&folder, &["versions", "me.cv.ron", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.out).unwrap();
    assert_eq!(json["versions"][1]["number"], 2);
    assert_eq!(json["versions"][1]["words_added"], serde_json::Value::Null);
    assert!(json["versions"][0]["words_added"].as_u64().unwrap() >= 2);

    let before = read(&folder);
    let back = run(&folder, &["versions", "me.cv.ron", "--restore", "2"]);
    assert_eq!(back.status, 0, "{}", back.err);
    assert!(back.err.contains("what it held before is version 1 now"), "{}", back.err);
    assert!(!read(&folder).contains("First Paper"));
    // The restore itself is taken back in the same way.
    assert_eq!(run(&folder, &["versions", "me.cv.ron", "--restore", "1"]).status, 0);
    assert_eq!(read(&folder), before);
}

#[test]
fn a_file_that_is_damaged_empty_or_gone_comes_back() {
    for damaged in [Some(""), Some("Profile("), Some("\0\0\0"), Some("\u{FEFF}x"), None] {
        let folder = desk();
        let path = folder.path().join("me.cv.ron");
        match damaged {
            Some(text) => fs::write(&path, text).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let back = run(&folder, &["versions", "me.cv.ron", "--restore", "1"]);
        assert_eq!(back.status, 0, "{damaged:?}: {}", back.err);
        assert!(read(&folder).contains("First Paper"), "{damaged:?}");
        if let Some(text) = damaged {
            let back = run(&folder, &["versions", "me.cv.ron", "--restore", "1"]);
            assert_eq!(back.status, 0, "{damaged:?}: {}", back.err);
            assert!(back.err.contains("cannot be read as a profile, either"), "{}", back.err);
            assert_eq!(read(&folder), text);
        }
    }
}

#[test]
fn what_cannot_be_is_said() {
    let folder = desk();
    let check = |args: &[&str], status: i32, expected: &str| {
        let run = run(&folder, args);
        assert!(run.status == status && run.err.contains(expected), "{}: {}", run.status, run.err);
    };
    let versions = |rest: &[&'static str]| [&["versions", "me.cv.ron"], rest].concat();
    check(&versions(&["--restore", "3"]), 2, "they have the numbers 1 to 2");
    check(&versions(&["--restore", "0"]), 2, "0 is not in");
    check(&["versions", "x.bib"], 3, "there are no earlier versions of `x.bib` yet");
    check(&["versions", "none.cv.ron"], 3, "there is no file `none.cv.ron`, nor a version of it");
}

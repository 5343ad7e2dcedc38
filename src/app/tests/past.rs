//! Earlier versions without a window: compared, named, restored, from a broken file, too.

use super::*;
use crate::{app::ask::Ask, store::versions::Words};

#[test]
fn versions_are_kept_compared_and_restored() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    for name in ["Second", "Third"] {
        desk.type_name(name);
        desk.pass(1.0);
        desk.run(Command::Save);
    }
    desk.run(Command::Versions);
    let words: Vec<_> = desk.app.past.as_ref().unwrap().versions.iter().map(|v| v.words).collect();
    assert_eq!(words, [Some(Words { added: 1, removed: 1 }), None]);
    desk.app.choose_version(1);
    let chosen = desk.app.past.as_ref().unwrap().chosen.clone().unwrap();
    assert_eq!(chosen.profile.unwrap().person.name, "Zofia");
    let differences: Vec<_> = chosen.differences.iter().map(|d| (&*d.old, &*d.new)).collect();
    assert_eq!(differences, [("Zofia", "Third")]);
    desk.app.restore_version();
    assert!(desk.person() == "Zofia" && desk.app.is_changed());
    desk.run(Command::Undo);
    assert!(desk.person() == "Third" && !desk.app.is_changed());
    desk.run(Command::Versions);
    desk.app.ask = Some(Ask::ForgetVersions);
    desk.answer(Answer::Delete);
    assert!(desk.app.past.as_ref().unwrap().versions.is_empty());
}

#[test]
fn a_version_with_a_name_keeps_it() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    desk.type_name("Second");
    desk.run(Command::Save);
    desk.run(Command::Versions);
    desk.app.choose_version(0);
    desk.app.past.as_mut().unwrap().chosen.as_mut().unwrap().name = " sent\nto X ".to_owned();
    desk.app.name_version();
    desk.run(Command::Versions);
    assert_eq!(desk.app.past.as_ref().unwrap().versions[0].version.name, "sent to X");
    desk.app.choose_version(0);
    assert_eq!(desk.app.past.as_ref().unwrap().chosen.as_ref().unwrap().name, "sent to X");
    desk.app.ask = Some(Ask::ForgetVersions);
    desk.answer(Answer::Delete);
    let left = fs::read_dir(desk.path("own/state/versions")).unwrap().count();
    assert_eq!(left, 0, "no name outlives its version");
}

/// What a crash of the machine or another program may leave of a file.
const DAMAGED: &[&str] = &["", "\0\0\0\0", "Profile(", "Profile(person: (name: \"Zof"];

#[test]
fn a_version_is_restored_over_a_broken_file() {
    for damaged in DAMAGED {
        let mut desk = Desk::new();
        let path = desk.open("a.cv.ron");
        for name in ["Second", "Third"] {
            desk.type_name(name);
            desk.run(Command::Save);
        }
        desk.run(Command::Close);
        fs::write(&path, damaged).unwrap();
        desk.app.open(&path);
        assert!(matches!(desk.app.screen, Screen::Broken(_)), "{damaged:?}: {:?}", desk.app.ask);
        desk.run(Command::Versions);
        assert_eq!(desk.app.sheet(), Some(Sheet::Versions));
        desk.app.choose_version(1);
        desk.app.restore_version();
        let text = |desk: &Desk| match &desk.app.screen {
            Screen::Broken(broken) => broken.text.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(text(&desk), profile("Zofia"));
        assert_eq!(fs::read_to_string(&path).unwrap(), *damaged, "written only by a save");
        desk.run(Command::Undo);
        assert_eq!(text(&desk), *damaged);
        desk.run(Command::Versions);
        desk.app.choose_version(0);
        desk.app.restore_version();
        desk.app.save_and_open();
        assert_eq!((desk.person().as_str(), name_in(&path).as_str()), ("Second", "Second"));
        // What stood there is kept as well.
        desk.run(Command::Versions);
        desk.app.choose_version(0);
        let text = desk.app.past.as_ref().unwrap().chosen.as_ref().unwrap().text.clone();
        assert_eq!(text.as_deref(), Ok(*damaged));
    }
}

#[test]
fn a_version_of_a_file_that_is_gone_or_no_text_comes_back() {
    for damage in [None, Some(&b"\xFF\xFEgarbage"[..])] {
        let mut desk = Desk::new();
        let path = desk.open("a.cv.ron");
        desk.type_name("Second");
        desk.run(Command::Save);
        desk.run(Command::Close);
        match damage {
            None => fs::remove_file(&path).unwrap(),
            Some(bytes) => fs::write(&path, bytes).unwrap(),
        }
        desk.app.open(&path);
        if damage.is_none() {
            desk.answer(Answer::Versions);
        } else {
            desk.run(Command::Versions);
        }
        assert_eq!(desk.app.sheet(), Some(Sheet::Versions));
        desk.app.choose_version(0);
        desk.app.restore_version();
        desk.app.save_and_open();
        assert_eq!((desk.person().as_str(), name_in(&path).as_str()), ("Zofia", "Zofia"));
        // Bytes that are no text are kept as they were.
        if let Some(bytes) = damage {
            desk.run(Command::Versions);
            let version = &desk.app.past.as_ref().unwrap().versions[0].version;
            assert_eq!(fs::read(&version.file).unwrap(), bytes);
        }
    }
    // Where nothing is kept, nothing is offered.
    let mut desk = Desk::new();
    desk.app.open(desk.path("none.cv.ron"));
    let offered = desk.app.ask.as_ref().unwrap().answers();
    assert!(offered.iter().all(|(answer, _)| *answer != Answer::Versions));
}

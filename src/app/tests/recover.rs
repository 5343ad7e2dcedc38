//! Faults around unsaved work: panics in workers, folders that take nothing, files that are gone,
//! and work that is found again.

use super::*;
use crate::app::ask::Ask;

/// Another start after a crash of the program.
fn crash(desk: &mut Desk) {
    desk.app = start(&desk.path("elsewhere"));
    desk.app = start(desk.temp.path());
}

/// Waits until it is heard what became of work that was to be kept, and gives what was told.
fn heard(desk: &mut Desk) -> Vec<String> {
    desk.app.files.keeper.as_ref().unwrap().wait();
    desk.pass(0.0);
    desk.told()
}

/// Types a name and lets it be kept.
fn typed(desk: &mut Desk, name: &str) {
    desk.type_name(name);
    desk.pass(0.0);
    desk.pass(1.0);
}

#[test]
fn a_save_that_meets_a_fault_is_tried_again() {
    for (faults, saved) in [(1, true), (2, false)] {
        let mut desk = Desk::new();
        let path = desk.open("a.cv.ron");
        desk.type_name("New");
        desk.app.files.jobs.faults.ask_for(faults);
        desk.run(Command::Save);
        assert_eq!((name_in(&path) == "New", desk.app.is_changed()), (saved, !saved));
        if saved {
            assert_eq!(desk.app.ask, None);
            continue;
        }
        let Some(Ask::NotSaved { reason, .. }) = &desk.app.ask else {
            panic!("{:?}", desk.app.ask)
        };
        assert!(reason.contains("made a mistake"), "{reason}");
        // What was typed is kept, and the next try does it.
        let copy = desk.path("own/state/recovery");
        heard(&mut desk);
        assert!(fs::read_dir(copy).unwrap().count() > 1);
        desk.answer(Answer::Retry);
        assert_eq!((name_in(&path).as_str(), desk.app.is_changed()), ("New", false));
    }
}

#[test]
fn every_job_ends_though_it_meets_faults() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    desk.run(Command::ExportAs);
    desk.app.files.jobs.faults.ask_for(2);
    desk.choose(&desk.path("a.pdf"));
    assert!(matches!(desk.app.ask, Some(Ask::NotExported { .. })), "{:?}", desk.app.ask);
    desk.answer(Answer::Retry);
    assert!(desk.path("a.pdf").exists());
    fs::write(desk.path("x.bib"), "@misc{a, title = {T}}").unwrap();
    for (faults, ready) in [(2, false), (1, true)] {
        desk.app.files.jobs.faults.ask_for(faults);
        desk.app.import(desk.path("x.bib"));
        let since = Instant::now();
        while matches!(desk.app.import, Some(import::Arrival::Reading { .. })) {
            assert!(since.elapsed() < Duration::from_secs(20), "nothing comes back");
            std::thread::sleep(Duration::from_millis(2));
            desk.pass(0.0);
        }
        assert_eq!(desk.app.import.take().is_some(), ready);
    }
}

#[test]
fn the_keeper_goes_on_after_a_fault() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    let faults = desk.app.files.keeper.as_ref().unwrap().faults.clone();
    faults.ask_for(1);
    typed(&mut desk, "One");
    assert_eq!(heard(&mut desk), Vec::<String>::new(), "the second try did it");
    faults.ask_for(4);
    typed(&mut desk, "Two");
    assert_eq!(heard(&mut desk).len(), 1, "told");
    assert_eq!(desk.app.saved_words(), "Not saved, nor kept safe");
    desk.pass(6.0);
    desk.pass(1.0);
    assert_eq!(heard(&mut desk), Vec::<String>::new(), "and not told again");
    desk.pass(6.0);
    desk.pass(1.0);
    assert_eq!(heard(&mut desk), ["Unsaved work is kept safe again."]);
    assert_eq!(desk.app.saved_words(), "Not saved");
    crash(&mut desk);
    assert!(desk.app.found.first().unwrap().text.contains("Two"));
}

#[test]
fn a_state_folder_that_takes_nothing_is_told_and_the_work_kept_beside_the_file() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    // A file where the folder should be: as good as a disk that is full or read-only.
    let blocked = desk.path("own/state/recovery");
    fs::remove_dir_all(&blocked).ok();
    fs::create_dir_all(blocked.parent().unwrap()).unwrap();
    fs::write(&blocked, "").unwrap();
    typed(&mut desk, "Unsaved");
    let told = heard(&mut desk);
    assert!(told.len() == 1 && told[0].starts_with("Unsaved work cannot be kept safe"), "{told:?}");
    desk.app.ask_not_kept();
    desk.answer(Answer::Beside);
    assert_eq!(heard(&mut desk), ["Unsaved work is kept safe again."]);
    let beside = desk.path(".vitae-unsaved");
    assert!(beside.is_dir());
    crash(&mut desk);
    assert!(desk.app.found.is_empty());
    desk.app.open(&path);
    assert_eq!(desk.app.ask, Some(Ask::Recovered(0)));
    desk.answer(Answer::Restore);
    assert_eq!(desk.person(), "Unsaved");
    // While it can be kept nowhere else, the first copy stays.
    heard(&mut desk);
    assert!(beside.is_dir());
    fs::remove_file(&blocked).unwrap();
    desk.run(Command::Save);
    assert_eq!(name_in(&path), "Unsaved");
}

#[test]
fn text_of_a_broken_file_is_kept_as_forms_are() {
    let mut desk = Desk::new();
    let path = desk.path("a.cv.ron");
    fs::write(&path, "Profile(").unwrap();
    desk.app.open(&path);
    let edit = |desk: &mut Desk, text: &str| {
        let Screen::Broken(broken) = &mut desk.app.screen else { panic!("{:?}", desk.app.screen) };
        text.clone_into(&mut broken.text);
        broken.check();
        desk.pass(0.0);
        desk.pass(1.0);
        heard(desk);
    };
    edit(&mut desk, "Profile( // half");
    edit(&mut desk, "Profile( // half mended");
    crash(&mut desk);
    assert_eq!(desk.app.found.len(), 1);
    desk.app.open(&path);
    assert_eq!(desk.app.ask, Some(Ask::Recovered(0)));
    desk.answer(Answer::Restore);
    let Screen::Broken(broken) = &desk.app.screen else { panic!("{:?}", desk.app.screen) };
    assert_eq!((broken.text.as_str(), broken.is_changed()), ("Profile( // half mended", true));
    // A second crash loses nothing, either; a save ends it.
    crash(&mut desk);
    desk.app.restore(0);
    edit(&mut desk, &profile("Mended"));
    desk.app.save_and_open();
    assert_eq!(name_in(&path), "Mended");
    desk.pass(0.0);
    crash(&mut desk);
    assert!(desk.app.found.is_empty(), "{:?}", desk.app.found);
}

#[test]
#[cfg(unix)]
fn unsaved_work_is_offered_however_the_file_is_opened() {
    type Way = fn(&Desk, &Path) -> PathBuf;
    let ways: [(&str, Way); 7] = [
        ("by another path", |desk, _| desk.path("own/../a.cv.ron")),
        ("by a link", |desk, path| {
            let link = desk.path("link.cv.ron");
            std::os::unix::fs::symlink(path, &link).unwrap();
            link
        }),
        ("moved", |desk, path| {
            let to = desk.path("moved.cv.ron");
            fs::rename(path, &to).unwrap();
            to
        }),
        ("empty", |_, path| {
            fs::write(path, "").unwrap();
            path.to_owned()
        }),
        ("half written", |_, path| {
            let text = fs::read(path).unwrap();
            fs::write(path, &text[..text.len() / 2]).unwrap();
            path.to_owned()
        }),
        ("zeros", |_, path| {
            fs::write(path, [0_u8; 64]).unwrap();
            path.to_owned()
        }),
        ("gone", |_, path| {
            fs::remove_file(path).unwrap();
            path.to_owned()
        }),
    ];
    for (name, way) in ways {
        let mut desk = Desk::new();
        let path = desk.open("a.cv.ron");
        typed(&mut desk, "Unsaved");
        crash(&mut desk);
        let path = way(&desk, &path);
        desk.app.open(&path);
        assert_eq!(desk.app.ask, Some(Ask::Recovered(0)), "{name}");
        desk.answer(Answer::Restore);
        assert_eq!(desk.person(), "Unsaved", "{name}");
        desk.run(Command::Save);
        assert_eq!((desk.app.ask.clone(), name_in(&path).as_str()), (None, "Unsaved"), "{name}");
    }
}

#[test]
fn unsaved_work_is_not_offered_for_a_copy_of_its_file() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    typed(&mut desk, "Unsaved");
    crash(&mut desk);
    let copy = desk.path("copy.cv.ron");
    fs::copy(&path, &copy).unwrap();
    desk.app.open(&copy);
    assert_eq!(desk.app.ask, None);
    desk.app.open(&path);
    assert_eq!(desk.app.ask, Some(Ask::Recovered(0)));
}

#[test]
fn work_that_is_to_be_deleted_is_asked_about() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    typed(&mut desk, "Unsaved");
    crash(&mut desk);
    desk.app.open(&path);
    desk.answer(Answer::Delete);
    assert_eq!(desk.app.ask, Some(Ask::DiscardFound(0)));
    desk.answer(Answer::Cancel);
    assert_eq!(desk.app.found.len(), 1);
    crash(&mut desk);
    assert_eq!(desk.app.found.len(), 1);
    desk.app.open(&path);
    desk.answer(Answer::Delete);
    desk.answer(Answer::Delete);
    crash(&mut desk);
    assert!(desk.app.found.is_empty());
}

#[test]
fn a_damaged_recovery_file_is_offered_as_far_as_it_can_be_read() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    typed(&mut desk, "Unsaved");
    desk.app = start(&desk.path("elsewhere"));
    let folder = desk.path("own/state/recovery");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&file).unwrap();
    let mut torn = whole[..whole.len() - 6].to_vec();
    torn.extend(b"\xFF\xFE");
    fs::write(&file, &torn).unwrap();
    desk.app = start(desk.temp.path());
    let found = desk.app.found.first().unwrap();
    assert!(found.damaged && found.text.contains("Unsaved"), "{found:?}");
    desk.app.open(&path);
    desk.answer(Answer::Restore);
    let Screen::Broken(broken) = &desk.app.screen else { panic!("{:?}", desk.app.screen) };
    assert!(broken.path == path && broken.text.contains("Unsaved"));
    assert_eq!(name_in(&path), "Zofia", "nothing is written before it is saved");
}

#[test]
fn what_a_newer_version_keeps_is_left_alone() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    typed(&mut desk, "Unsaved");
    desk.app = start(&desk.path("elsewhere"));
    let folder = desk.path("own/state/recovery");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&file).unwrap();
    for newer in ["version:2", "version: 12, more: [New(1)]", "version:99999999999"] {
        let newer = text.replacen("version:1", newer, 1);
        assert_ne!(newer, text);
        fs::write(&file, &newer).unwrap();
        desk.app = start(desk.temp.path());
        assert!(desk.app.found.is_empty(), "{newer}");
        assert_eq!(fs::read_to_string(&file).unwrap(), newer);
    }
}

#[test]
fn a_file_that_is_gone_is_one_question() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Mine");
    fs::remove_file(&path).unwrap();
    desk.pass(2.5);
    assert_eq!(desk.app.ask, Some(Ask::Gone));
    assert!(desk.told().is_empty() && desk.app.is_changed());
    desk.answer(Answer::Save);
    assert_eq!((desk.app.ask.clone(), name_in(&path).as_str()), (None, "Mine"));
    // Elsewhere.
    fs::remove_file(&path).unwrap();
    desk.pass(2.5);
    desk.answer(Answer::OtherPlace);
    desk.choose(&desk.path("b.cv.ron"));
    assert_eq!(name_in(&desk.path("b.cv.ron")), "Mine");
    assert!(!path.exists());
    // Later: it is asked once, and a save writes it again without another question.
    let path = desk.path("b.cv.ron");
    fs::remove_file(&path).unwrap();
    desk.pass(2.5);
    desk.answer(Answer::Cancel);
    desk.pass(2.5);
    assert_eq!(desk.app.ask, None);
    desk.run(Command::Save);
    assert_eq!((desk.app.ask.clone(), path.exists()), (None, true));
    // A program that replaces it by removing it first.
    fs::remove_file(&path).unwrap();
    desk.pass(2.5);
    assert_eq!(desk.app.ask, Some(Ask::Gone));
    fs::write(&path, profile("Theirs")).unwrap();
    desk.pass(2.5);
    assert_eq!(desk.app.ask, Some(Ask::Outside { saving: false, merge: true }));
}

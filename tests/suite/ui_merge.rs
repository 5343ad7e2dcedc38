//! The sheet of a merge in the window: another program has changed the file while there are unsaved
//! changes; conflicts are decided by mouse and by keys, and all of it is one step.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test; files are changed as other programs do it"
)]

use crate::support::{profile, settle, themed};
use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::{Harness, kittest::Queryable as _};
use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};
use vitae::{
    app::{
        App,
        ask::{Answer, Ask},
        command::Command,
        edit::Edit,
    },
    at::At,
    store::folders::Folders,
    ui::Window,
};

const FILE: &str = r#"Profile(
    format: 1,
    // How people call her.
    person: (
        name: "Ada Example",
        headline: "Physicist",
    ),
    sections: [
        Publications(entries: [
            (title: "Rain on Glass", date: "2024"),
        ]),
    ],
)
"#;

struct Desk {
    harness: Harness<'static, Window>,
    path: PathBuf,
    _temp: tempfile::TempDir,
}

/// A window with unsaved changes of name and headline, whose file another program has written
/// since: another name, another paper, a comment and a field that nobody knows.
fn desk(size: [f32; 2]) -> Desk {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("me.cv.ron");
    fs::write(&path, FILE).unwrap();
    let mut app = App::with_folders(Folders::at(&temp.path().join("own")), 1_700_000_000);
    app.open(&path);
    let person = At::root().field("person");
    app.apply(&Edit::SetText(person.field("name"), "Ada M. Example".to_owned()));
    app.apply(&Edit::SetText(person.field("headline"), "Physicist and sailor".to_owned()));
    let theirs = FILE.replace("Ada Example", "A. Example").replace(
        "(title: \"Rain",
        "// New.\n            (title: \"Dew\", colour: \"grey\"),\n            (title: \"Rain",
    );
    fs::write(&path, theirs).unwrap();
    let harness = themed(app, Theme::Light, size);
    Desk { harness, path, _temp: temp }
}

impl Desk {
    /// Saves, which meets the change of the file, and asks to merge.
    fn merge(&mut self) {
        self.harness.state_mut().app.run(Command::Save);
        self.until(|app| matches!(app.ask, Some(Ask::Outside { saving: true, merge: true })));
        self.harness.get_by_label("Merge…").click();
        settle(&mut self.harness);
    }

    fn until(&mut self, come: impl Fn(&App) -> bool) {
        let since = Instant::now();
        while !come(&self.harness.state().app) {
            assert!(since.elapsed() < Duration::from_secs(60), "it does not come");
            std::thread::sleep(Duration::from_millis(5));
            settle(&mut self.harness);
        }
    }

    fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        settle(&mut self.harness);
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        settle(&mut self.harness);
    }
}

#[test]
fn a_conflict_is_decided_by_mouse_and_saved_as_one_step() {
    for size in [[1380.0, 860.0], [900.0, 600.0]] {
        let mut desk = desk(size);
        desk.merge();
        for part in ["Merge", "Theirs for all conflicts", "Cancel"] {
            let rect = desk.harness.get_by_label(part).rect();
            let inside = rect.min.x >= 0.0 && rect.max.x <= size[0] && rect.max.y <= size[1];
            assert!(inside, "{part} at {rect:?} of {size:?}");
        }
        // As long as it is not decided there is no way on.
        assert!(desk.harness.query_by_label_contains("1 conflict is left").is_some());
        desk.click("Merge");
        assert!(desk.harness.state().app.merging.is_some());
        desk.click("Theirs: Person › Name");
        assert!(desk.harness.query_by_label_contains("The one conflict is decided").is_some());
        desk.click("Merge");
        desk.until(|app| !app.is_changed() && !app.is_saving());
        let person = profile(&desk.harness).person.clone();
        assert_eq!(
            (person.name.as_str(), person.headline.as_str()),
            ("A. Example", "Physicist and sailor")
        );
        // All of it is in the file, with what only the other program knows.
        let text = fs::read_to_string(&desk.path).unwrap();
        for part in [
            "A. Example",
            "Physicist and sailor",
            "// How people",
            "// New.",
            "colour: \"grey\"",
            "Dew",
            "Rain",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        // The next save does not ask again, and undo takes the whole merge back.
        desk.harness.state_mut().app.run(Command::Undo);
        settle(&mut desk.harness);
        let mine = profile(&desk.harness);
        assert_eq!((mine.person.name.as_str(), mine.sections.len()), ("Ada M. Example", 1));
        assert_eq!(mine.sections.first().unwrap().count(), 1);
        desk.harness.state_mut().app.run(Command::Save);
        desk.until(|app| !app.is_changed() && !app.is_saving());
        assert_eq!(desk.harness.state().app.ask, None);
    }
}

#[test]
fn a_conflict_is_decided_by_keys_alone() {
    let mut desk = desk([1380.0, 860.0]);
    desk.harness.state_mut().app.run(Command::Save);
    desk.until(|app| matches!(app.ask, Some(Ask::Outside { saving: true, merge: true })));
    // It is what Enter stands for: nothing is lost by it.
    desk.press(Key::Enter);
    assert!(desk.harness.get_by_label("Mine: Person › Name").is_focused());
    desk.press(Key::Space);
    desk.harness.get_by_label("Merge").focus();
    settle(&mut desk.harness);
    desk.press(Key::Enter);
    desk.until(|app| !app.is_changed() && !app.is_saving());
    assert_eq!(profile(&desk.harness).person.name, "Ada M. Example");
    desk.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut desk.harness);
    assert_eq!(profile(&desk.harness).sections.first().unwrap().count(), 1);
}

#[test]
fn without_conflicts_enter_merges() {
    let mut desk = desk([1380.0, 860.0]);
    let name = At::root().field("person").field("name");
    let app = &mut desk.harness.state_mut().app;
    app.apply(&Edit::SetText(name, "Ada Example".to_owned()));
    desk.merge();
    assert!(desk.harness.get_by_label("Merge").is_focused());
    desk.press(Key::Enter);
    desk.until(|app| !app.is_changed() && !app.is_saving());
    let person = &profile(&desk.harness).person;
    assert_eq!(
        (person.name.as_str(), person.headline.as_str()),
        ("A. Example", "Physicist and sailor")
    );
}

#[test]
fn a_merge_that_is_cancelled_changes_nothing_and_asks_again() {
    let mut desk = desk([1380.0, 860.0]);
    let before = profile(&desk.harness).clone();
    desk.merge();
    desk.press(Key::Escape);
    let app = &desk.harness.state().app;
    assert!(app.merging.is_none() && matches!(app.ask, Some(Ask::Outside { saving: true, .. })));
    assert_eq!(*profile(&desk.harness), before);
    // What cannot be read cannot be merged: it is told, and the question stays.
    fs::write(&desk.path, "Profile(person: (name: \"A").unwrap();
    desk.harness.state_mut().app.answer(Answer::Merge);
    settle(&mut desk.harness);
    let app = &desk.harness.state().app;
    assert!(app.merging.is_none() && matches!(app.ask, Some(Ask::Outside { saving: true, .. })));
    assert_eq!(*profile(&desk.harness), before);
}

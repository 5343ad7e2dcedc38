//! The sheet of earlier versions in the window: a list that scrolls, by mouse and keys, of a file
//! that is broken, too.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test; files are made as people find them"
)]

use crate::support::{settle, themed};
use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::{Harness, kittest::Queryable as _};
use std::{
    fs,
    time::{Duration, Instant},
};
use vitae::{
    app::{App, Screen, command::Command},
    store::{folders::Folders, versions::Versions},
    ui::Window,
};

const COUNT: usize = 50;

fn text(person: &str) -> String {
    format!("Profile(\n    format: 1,\n    person: (\n        name: \"{person}\",\n    ),\n)\n")
}

/// A window of a size in which the versions of a file are shown that has had 50 names, the last of
/// them `Name 49`; the file holds `now`.
fn desk(size: [f32; 2], now: &str) -> (Harness<'static, Window>, tempfile::TempDir) {
    let temp = tempfile::tempdir().unwrap();
    let folders = Folders::at(&temp.path().join("own"));
    let path = temp.path().join("me.cv.ron");
    fs::write(&path, now).unwrap();
    let versions = Versions::new(folders.versions());
    for number in 0..COUNT {
        let time = 1_700_000_000 + 600 * number as u64;
        versions.keep(&path, text(&format!("Name {number}")).as_bytes(), time).unwrap();
    }
    let mut app = App::with_folders(folders, 1_700_100_000);
    app.open(path);
    let mut harness = themed(app, Theme::Light, size);
    harness.state_mut().app.run(Command::Versions);
    settle(&mut harness);
    (harness, temp)
}

/// The row of version `number`, from 1.
fn row(number: usize) -> String {
    format!("version {number} of {COUNT}")
}

fn press(harness: &mut Harness<'static, Window>, key: Key) {
    harness.key_press(key);
    settle(harness);
}

fn focused(harness: &Harness<'static, Window>, part: &str) -> bool {
    harness.get_by_label_contains(part).is_focused()
}

#[test]
fn fifty_versions_are_a_list_and_every_button_is_on_the_screen() {
    for size in [[1380.0, 860.0], [900.0, 600.0], [760.0, 480.0]] {
        let (mut harness, _temp) = desk(size, &text("Now"));
        let place = |harness: &Harness<'static, Window>, part: &str| {
            harness.get_by_label_contains(part).rect()
        };
        let rows: Vec<_> = (1..=3).map(|number| place(&harness, &row(number))).collect();
        for pair in rows.windows(2) {
            assert!(pair[0].left() == pair[1].left() && pair[0].bottom() <= pair[1].top());
        }
        harness.get_by_label_contains(&row(2)).click();
        settle(&mut harness);
        for part in ["Restore this version", "Delete all versions…", "Close"] {
            let rect = harness.get_by_label(part).rect();
            let inside = rect.min.x >= 0.0
                && rect.min.y >= 0.0
                && rect.max.x <= size[0]
                && rect.max.y <= size[1];
            assert!(inside, "{part} at {rect:?} of {size:?}");
        }
        // Pictures of pages come when they are drawn.
        let since = Instant::now();
        while harness.query_by_label("The page as it is now").is_none() {
            assert!(since.elapsed() < Duration::from_secs(60), "no picture comes");
            std::thread::sleep(Duration::from_millis(10));
            settle(&mut harness);
        }
        let (then, now) = (
            harness.get_by_label("The page of this version").rect(),
            harness.get_by_label("The page as it is now").rect(),
        );
        assert!(then.right() <= now.left() && now.right() <= size[0], "{then:?} {now:?}");
        assert!(harness.query_by_label("What has changed since").is_some());
    }
}

#[test]
fn a_version_is_found_named_and_restored_by_keys_alone() {
    let (mut harness, _temp) = desk([900.0, 600.0], &text("Now"));
    harness.get_by_label_contains(&row(1)).focus();
    settle(&mut harness);
    press(&mut harness, Key::ArrowDown);
    assert!(focused(&harness, &row(2)));
    press(&mut harness, Key::End);
    assert!(focused(&harness, &row(COUNT)));
    // What has the focus is in view.
    assert!(harness.get_by_label_contains(&row(COUNT)).rect().bottom() < 600.0);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Tab);
    assert!(harness.get_by_label("Restore this version").is_focused());
    harness.get_by_label("Name of this version").focus();
    settle(&mut harness);
    harness.get_by_label("Name of this version").type_text("sent to the institute");
    press(&mut harness, Key::Enter);
    assert!(harness.query_by_label_contains("sent to the institute, ").is_some());
    harness.get_by_label("Restore this version").focus();
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert_eq!(crate::support::profile(&harness).person.name, "Name 1");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(crate::support::profile(&harness).person.name, "Now");
}

#[test]
fn a_version_takes_the_place_of_a_broken_text_and_gives_it_back() {
    let (mut harness, _temp) = desk([1380.0, 860.0], "");
    let shown = |harness: &Harness<'static, Window>| match &harness.state().app.screen {
        Screen::Broken(broken) => broken.text.clone(),
        other => panic!("{other:?}"),
    };
    harness.get_by_label_contains(&row(1)).click();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("This version can.").is_some());
    harness.get_by_label("Restore this version").click();
    settle(&mut harness);
    assert_eq!(shown(&harness), text("Name 49"));
    harness.state_mut().app.run(Command::Undo);
    settle(&mut harness);
    assert_eq!(shown(&harness), "");
    harness.get_by_label("Earlier versions…").click();
    settle(&mut harness);
    assert!(harness.query_by_label_contains(&row(1)).is_some());
}

//! Files in the window: the first screen, the chooser, the questions, the text of a broken file,
//! dropping, closing.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test; files are made as people find them"
)]

use eframe::egui::{
    self, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId, accesskit::Role,
};
use egui_kittest::{Harness, kittest::Queryable as _};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};
use vitae::{
    app::{App, Screen, command::Command, import::Arrival},
    export::Output,
    interchange,
    store::{Document, folders::Folders},
    typeset::Source,
    ui::Window,
};

struct Desk {
    harness: Harness<'static, Window>,
    temp: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self::with(|_, _| {})
    }

    fn with(prepare: impl FnOnce(&mut App, &Path)) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let mut app = App::with_folders(Folders::at(&temp.path().join("own")), 0);
        app.files.fonts = Source::Embedded;
        app.files.settings.open_folder = Some(temp.path().to_owned());
        app.files.settings.export_folder = Some(temp.path().to_owned());
        prepare(&mut app, temp.path());
        let mut harness = Harness::builder()
            .with_size(egui::vec2(1280.0, 800.0))
            .with_max_steps(400)
            // Hints of fields show names in other scripts, for which tests have no face.
            .allow_missing_glyphs()
            .build_eframe(|cc| Window::new(&cc.egui_ctx, app));
        harness.run_ok();
        Self { harness, temp }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn profile(&self, name: &str, person: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text(person)).unwrap();
        path
    }

    fn app(&mut self) -> &mut App {
        &mut self.harness.state_mut().app
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    /// Lets the window do what is due, and waits for what is being written.
    fn settle(&mut self) {
        let since = Instant::now();
        loop {
            self.harness.run_ok();
            let reading = matches!(self.app().import, Some(Arrival::Reading { .. }));
            if !self.app().is_saving() && !self.app().is_exporting() && !reading {
                break;
            }
            assert!(since.elapsed() < Duration::from_secs(60), "nothing comes back");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.harness.run_ok();
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    fn type_into(&mut self, label: &str, text: &str) {
        self.harness.get_by_label(label).focus();
        self.settle();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.harness.run_ok();
        self.harness.get_by_label(label).type_text(text);
        self.settle();
    }

    fn person(&mut self) -> String {
        self.app().doc().unwrap().profile().person.name.clone()
    }

    fn sees(&self, label: &str) -> bool {
        self.harness.query_by_label(label).is_some()
    }

    fn sees_part(&self, label: &str) -> bool {
        self.harness.query_all_by_label_contains(label).next().is_some()
    }

    /// The system wants to close the window; gives what the window answers.
    fn close(&mut self) -> Vec<ViewportCommand> {
        let events = &mut self.harness.input_mut().viewports;
        events.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
        self.harness.step();
        let output = self.harness.output();
        let commands = output.viewport_output.get(&ViewportId::ROOT).map(|o| o.commands.clone());
        self.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.clear();
        self.settle();
        commands.unwrap_or_default()
    }

    fn drop_files(&mut self, paths: &[PathBuf]) {
        for path in paths {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
        }
        self.harness.step();
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads it like that".to_owned())
    }
}

fn text(person: &str) -> String {
    format!("Profile(\n    format: 1,\n    person: (\n        name: \"{person}\",\n    ),\n)\n")
}

fn name_in(path: &Path) -> String {
    Document::open(path).unwrap().profile.person.name
}

#[test]
fn a_profile_from_nothing_to_a_file() {
    let mut desk = Desk::new();
    desk.click("New profile");
    desk.type_into("Name", "Zofia Example");
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(desk.sees("Save the profile as"));
    let path = desk.path("me.cv.ron");
    desk.type_into("Name or path", path.to_str().unwrap());
    desk.harness.key_press(Key::Enter);
    desk.settle();
    assert_eq!(name_in(&path), "Zofia Example");
    assert_eq!(Document::open(&path).unwrap().profile, *desk.app().doc().unwrap().profile());
    assert!(!desk.app().is_changed() && !desk.sees("Save the profile as"));
    assert!(desk.sees("Saved me.cv.ron"));
}

#[test]
fn a_sample_is_opened_by_its_picture() {
    let mut desk = Desk::new();
    desk.harness.get_by_label_contains("Sample: First year").click();
    desk.settle();
    assert_eq!(desk.person(), "Noor Adeyemi");
    assert_eq!(desk.app().doc().unwrap().path, None);
}

#[test]
fn a_file_is_opened_by_the_chooser_and_by_the_recent_list() {
    let mut desk = Desk::new();
    fs::create_dir(desk.path("cvs")).unwrap();
    desk.profile("cvs/a.cv.ron", "Zofia");
    desk.click("Open…");
    desk.click("Folder cvs");
    // The second click of a double click on the folder does not open what is then in its place.
    desk.click("File a.cv.ron");
    assert!(desk.app().doc().is_none());
    desk.harness.run_steps(8);
    desk.click("File a.cv.ron");
    desk.click("Open");
    assert_eq!(desk.person(), "Zofia");
    desk.keys(Modifiers::COMMAND, Key::W);
    desk.click("Open a.cv.ron");
    assert_eq!(desk.person(), "Zofia");
    desk.keys(Modifiers::COMMAND, Key::W);
    fs::remove_file(desk.path("cvs/a.cv.ron")).unwrap();
    desk.app().run(Command::Close);
    desk.click("Remove a.cv.ron from the list");
    assert!(!desk.sees("Open a.cv.ron"));
}

#[test]
fn the_chooser_says_what_is_wrong_and_goes_away_by_escape() {
    let mut desk = Desk::new();
    desk.keys(Modifiers::COMMAND, Key::O);
    desk.type_into("Name or path", "none.cv.ron");
    desk.harness.key_press(Key::Enter);
    desk.settle();
    assert!(desk.sees_part("There is no "));
    desk.harness.key_press(Key::Escape);
    desk.settle();
    assert!(!desk.sees("Open a profile") && desk.app().chooser.is_none());
}

#[test]
fn a_name_that_is_taken_is_asked_about() {
    let mut desk = Desk::new();
    let path = desk.profile("a.cv.ron", "Other");
    desk.click("New profile");
    desk.type_into("Name", "Mine");
    for answer in ["Cancel", "Replace"] {
        desk.keys(Modifiers::COMMAND, Key::S);
        desk.type_into("Name or path", "a");
        desk.harness.key_press(Key::Enter);
        desk.settle();
        assert!(desk.sees("Replace a.cv.ron?"));
        assert_eq!(name_in(&path), "Other");
        desk.click(answer);
    }
    assert_eq!(name_in(&path), "Mine");
}

#[test]
fn closing_the_window_asks_when_something_is_unsaved() {
    let mut desk = Desk::new();
    let path = desk.profile("a.cv.ron", "Zofia");
    desk.app().open(&path);
    desk.settle();
    desk.type_into("Name", "New");
    let commands = desk.close();
    assert!(commands.contains(&ViewportCommand::CancelClose), "{commands:?}");
    assert!(commands.contains(&ViewportCommand::Minimized(false)), "{commands:?}");
    assert!(desk.sees("Save the changes to a.cv.ron?"));
    desk.click("Cancel");
    assert!(!desk.app().is_closing() && !desk.sees("Save the changes to a.cv.ron?"));
    desk.close();
    desk.harness.key_press(Key::Escape);
    desk.settle();
    assert!(!desk.app().is_closing() && desk.app().is_changed());
    desk.close();
    desk.click("Save");
    assert!(desk.app().is_closing());
    assert_eq!(name_in(&path), "New");
    assert!(!desk.close().contains(&ViewportCommand::CancelClose));
}

#[test]
fn closing_the_window_by_the_keyboard_alone() {
    let mut desk = Desk::new();
    let path = desk.profile("a.cv.ron", "Zofia");
    desk.app().open(&path);
    desk.settle();
    desk.type_into("Name", "New");
    desk.keys(Modifiers::COMMAND, Key::Q);
    // The first answer has the focus.
    desk.harness.key_press(Key::Enter);
    desk.settle();
    assert!(desk.app().is_closing());
    assert_eq!(name_in(&path), "New");
}

#[test]
fn a_dropped_file_does_not_take_unsaved_work_away() {
    let mut desk = Desk::new();
    let first = desk.profile("a.cv.ron", "First");
    let second = desk.profile("b.cv.ron", "Second");
    desk.drop_files(std::slice::from_ref(&first));
    desk.settle();
    assert_eq!(desk.person(), "First");
    desk.type_into("Name", "New");
    desk.drop_files(std::slice::from_ref(&second));
    desk.settle();
    assert_eq!(desk.person(), "New");
    desk.click("Discard");
    assert_eq!((desk.person().as_str(), name_in(&first).as_str()), ("Second", "First"));
}

#[test]
fn a_broken_file_is_mended_in_the_window() {
    let broken = text("Zofia").replace("\",\n", "\n");
    let mut desk = Desk::with(|app, root| {
        let path = root.join("a.cv.ron");
        fs::write(&path, text("Zofia").replace("\",\n", "\n")).unwrap();
        app.open(path);
    });
    let path = desk.path("a.cv.ron");
    assert!(desk.sees("a.cv.ron cannot be read as a profile"));
    assert!(desk.sees_part("Line "));
    desk.type_into("Text of the file", &text("Mended"));
    assert!(desk.sees("a.cv.ron is mended"));
    assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    desk.click("Save and open");
    assert_eq!((desk.person().as_str(), name_in(&path).as_str()), ("Mended", "Mended"));
}

#[test]
fn what_is_odd_in_a_file_is_listed_and_leads_to_its_place() {
    let mut desk = Desk::with(|app, root| {
        let path = root.join("a.cv.ron");
        fs::write(&path, text("Zofia").replace("name:", "nickname: \"Z\",\n        name:"))
            .unwrap();
        app.open(path);
    });
    assert!(desk.sees_part("One thing in this file needs a look"));
    desk.harness.get_by_label_contains("nickname").click();
    desk.settle();
    desk.click("Hide what was found in the file");
    assert!(!desk.sees_part("One thing in this file needs a look"));
}

#[test]
fn a_file_that_is_not_there_gives_choices() {
    let mut desk = Desk::with(|app, root| app.open(root.join("none.cv.ron")));
    assert!(desk.sees("There is no file none.cv.ron"));
    desk.click("Create it");
    desk.keys(Modifiers::COMMAND, Key::S);
    assert!(desk.path("none.cv.ron").is_file());
}

#[test]
fn unsaved_work_is_offered_on_the_first_screen() {
    let mut desk = Desk::with(|app, root| {
        let folders = Folders::at(&root.join("own"));
        let mut earlier = App::with_folders(folders.clone(), 0);
        earlier.begin(vitae::app::ask::Start::Empty);
        let doc = earlier.doc_mut().unwrap();
        doc.file.profile.person.name = "Not saved".into();
        doc.typed(&vitae::at::At::root(), "Edit", 0.0);
        earlier.finish();
        drop(earlier);
        *app = App::with_folders(folders, 0);
    });
    assert!(desk.sees("Not saved last time"));
    desk.click("What differs: Not saved");
    assert!(desk.sees_part("What the unsaved work has"));
    desk.click("Close");
    desk.click("Restore: Not saved");
    assert_eq!(desk.person(), "Not saved");
    assert!(desk.app().is_changed());
}

#[test]
fn a_version_is_restored_and_that_is_undone() {
    let mut desk = Desk::new();
    let path = desk.profile("a.cv.ron", "First");
    desk.app().open(&path);
    desk.settle();
    desk.type_into("Name", "Second");
    desk.keys(Modifiers::COMMAND, Key::S);
    desk.app().run(Command::Versions);
    desk.settle();
    desk.harness.get_by_label_contains("Just now, ").click();
    desk.settle();
    assert!(desk.sees("What has changed since"));
    desk.click("Restore this version");
    assert_eq!(desk.person(), "First");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.person(), "Second");
    desk.app().run(Command::Versions);
    desk.settle();
    desk.click("Delete all versions…");
    desk.click("Delete");
    assert!(desk.sees_part("There are none yet"));
    desk.click("Close");
    assert!(matches!(desk.app().screen, Screen::Editor(_)));
}

#[test]
fn a_pdf_is_exported_by_the_keyboard() {
    let mut desk = Desk::new();
    desk.harness.get_by_label_contains("Sample: First year").click();
    desk.settle();
    desk.keys(Modifiers::COMMAND, Key::E);
    assert!(desk.sees("Export the PDF as"));
    desk.harness.key_press(Key::Enter);
    desk.settle();
    assert!(fs::read(desk.path("Noor-Adeyemi-CV.pdf")).unwrap().starts_with(b"%PDF"));
    assert!(desk.sees("Exported Noor-Adeyemi-CV.pdf") && desk.sees("Show in folder"));
}

const BIB: &str = "@inproceedings{touch, title = {Touch First}, author = {Solvang, Maren and Nowak, Ada}, \
    booktitle = {Proceedings of Grasping}, year = 2026, abstract = {Long.}}\n\
    @article{second, title = {Second Paper}, author = {Ada Nowak}, journal = {Journal of Hands}, year = {2025}}\n";

impl Desk {
    fn bib(&self, text: &str) -> PathBuf {
        let path = self.path("papers.bib");
        fs::write(&path, text).unwrap();
        path
    }

    fn tick(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::CheckBox, label).click();
        self.settle();
    }

    fn papers(&mut self) -> Vec<String> {
        let profile = self.app().doc().unwrap().profile();
        let text = vitae::store::new_text(profile).unwrap();
        let titles = text.lines().filter_map(|l| l.trim().strip_prefix("title: \""));
        titles.map(|l| l.trim_end_matches("\",").to_owned()).collect()
    }
}

#[test]
fn a_dropped_bibliography_is_looked_through_and_taken_as_one_step() {
    let mut desk = Desk::with(|app, root| {
        let path = root.join("a.cv.ron");
        fs::write(&path, text("Maren Solvang")).unwrap();
        app.open(path);
    });
    let bib = desk.bib(BIB);
    desk.drop_files(std::slice::from_ref(&bib));
    desk.settle();
    assert!(desk.sees("Import papers.bib"));
    // What has no place is shown with its text.
    assert!(desk.sees_part("Long."));
    desk.click("Second Paper, new in Publications");
    desk.click("Add 1");
    assert_eq!(desk.papers(), ["Touch First"]);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.papers(), Vec::<String>::new());
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(desk.papers(), ["Touch First"]);
    // A grown file: only what is new or other is offered, and Escape takes nothing.
    desk.bib(&BIB.replace("Grasping", "Grasping and Touch"));
    desk.drop_files(std::slice::from_ref(&bib));
    desk.settle();
    assert!(desk.sees("Touch First, changes in Publications"));
    desk.keys(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.papers(), ["Touch First"]);
    desk.drop_files(&[bib]);
    desk.settle();
    desk.click("Add 1, change 1");
    assert_eq!(desk.papers().len(), 2);
}

#[test]
fn a_text_is_pasted_by_keys_alone_and_one_that_is_nothing_stays_to_be_mended() {
    let mut desk = Desk::new();
    desk.app().run(Command::ImportText);
    desk.settle();
    let field = "Your CV as text, Markdown or LaTeX, or BibTeX, RIS, JSON or YAML: paste it here.";
    desk.harness.get_by_label(field).type_text("no format at all");
    desk.settle();
    desk.click("Read it");
    assert!(desk.sees_part("cannot be imported"));
    assert!(matches!(&desk.app().import, Some(Arrival::Paste(text)) if text == "no format at all"));
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.harness.get_by_label(field).type_text(BIB);
    desk.settle();
    for _ in 0..2 {
        desk.keys(Modifiers::NONE, Key::Tab);
        if desk.harness.get_by_label("Read it").is_focused() {
            break;
        }
    }
    desk.keys(Modifiers::NONE, Key::Enter);
    assert!(desk.sees("Import the pasted text"));
    desk.keys(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.papers(), ["Touch First", "Second Paper"]);
    // It is in no file yet, and closing asks.
    desk.app().run(Command::Close);
    desk.settle();
    assert!(desk.sees_part("Save the changes"));
}

#[test]
fn what_has_no_place_unfolds_and_keys_take_an_import() {
    let mut desk = Desk::new();
    let bib = "@misc{a, title = {First Paper}, keywords = {kites}}\n@misc{b, title = {Other Paper}, keywords = {pebbles}}";
    let path = desk.bib(bib);
    desk.app().import(&path);
    desk.settle();
    assert!(!desk.sees_part("pebbles"));
    desk.click("Show keywords: 2 without a place");
    assert!(desk.sees_part("kites") && desk.sees_part("pebbles"));
    desk.click("Hide keywords: 2 without a place");
    assert!(!desk.sees_part("pebbles"));
    desk.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(desk.papers(), ["First Paper", "Other Paper"]);
    // Two changes of one paper: one is declined, and a click on the paper takes both again.
    desk.bib(&bib.replace("{First Paper}", "{First Paper}, year = 2024, note = {Oral}"));
    desk.app().import(&path);
    desk.settle();
    desk.tick("Date: 2024");
    assert!(desk.sees("Change 1"));
    desk.click("First Paper, changes in Publications");
    desk.tick("Date: 2024");
    desk.keys(Modifiers::COMMAND, Key::Enter);
    let Some(vitae::section::Section::Publications(papers)) =
        desk.app().doc().unwrap().profile().sections.first()
    else {
        panic!("no publications")
    };
    let first = papers.entries.first().unwrap();
    assert_eq!((first.date.as_str(), first.note.as_str()), ("", "Oral"));
}

#[test]
fn a_foreign_file_that_is_opened_becomes_a_profile_of_its_own() {
    let mut desk = Desk::new();
    let path = desk.path("cv.json");
    fs::write(
        &path,
        r#"{"basics": {"name": "Maren Solvang"}, "work": [{"name": "Lab", "position": "Intern"}]}"#,
    )
    .unwrap();
    desk.app().open(&path);
    desk.settle();
    assert!(desk.sees("Import cv.json"));
    desk.keys(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.person(), "Maren Solvang");
    assert!(desk.app().is_changed());
    // What was being read when it was cancelled does not come after all.
    let bib = desk.bib(BIB);
    desk.app().import(&bib);
    desk.app().finish_import(false);
    std::thread::sleep(Duration::from_millis(300));
    desk.settle();
    assert!(desk.app().import.is_none());
}

#[test]
fn other_formats_are_exported_by_the_keyboard() {
    let mut desk = Desk::new();
    let profile = desk.profile("a.cv.ron", "Zofia Example");
    desk.app().open(profile);
    desk.settle();
    let choose = |desk: &mut Desk, tabs: usize| {
        desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
        desk.harness.get_by_label("Search commands").type_text("another format");
        desk.settle();
        desk.keys(Modifiers::NONE, Key::Enter);
        assert!(desk.sees("Export in another format"));
        for _ in 0..tabs {
            desk.keys(Modifiers::NONE, Key::Tab);
        }
        desk.keys(Modifiers::NONE, Key::Enter);
        let chooser = desk.app().chooser.as_ref().unwrap();
        (chooser.wanted.purpose.title(), chooser.text.clone())
    };
    for (tabs, output) in Output::all().enumerate() {
        let proposed = format!("Zofia-Example-CV.{}", output.format.ending);
        let title = match tabs {
            0 => "Export the PDF as".to_owned(),
            _ => format!("Export as {}", output.name()),
        };
        assert_eq!(choose(&mut desk, tabs), (title, proposed));
        let name = format!("{tabs}.{}", output.format.ending);
        desk.type_into("Name or path", &tabs.to_string());
        desk.keys(Modifiers::NONE, Key::Enter);
        assert!(desk.sees(&format!("Exported {name}")), "{name}");
        let bytes = fs::read(desk.path(&name)).unwrap();
        let import = interchange::read(&bytes, Some(&desk.path(&name)));
        let has_profile = import.is_ok_and(|(_, i)| i.profile.person.name == "Zofia Example");
        assert!(has_profile || output.inside.is_none(), "{name}");
        // It goes where it went last.
        assert_eq!(choose(&mut desk, tabs).1, name);
        desk.keys(Modifiers::NONE, Key::Escape);
    }
    assert!(Output::all().count() >= 7);
}

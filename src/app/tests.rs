//! The flows of files without a window.

#![expect(
    clippy::disallowed_methods,
    clippy::type_complexity,
    reason = "tests make the files that programs find"
)]

mod past;
mod recover;
mod windows;

use super::*;
use crate::{
    app::{ask::Answer, jobs::SaveKind, tick::Tick},
    store::{Document, folders::Folders, settings::Settings},
    typeset::Source,
};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// An editor with folders of its own and a clock that is set by hand.
struct Desk {
    app: App,
    temp: TempDir,
    now: f64,
}

impl Desk {
    fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let app = start(temp.path());
        Self { app, temp, now: 0.0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// Writes the smallest profile and opens it.
    fn open(&mut self, name: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, profile("Zofia")).unwrap();
        self.app.open(&path);
        assert_eq!(self.person(), "Zofia");
        path
    }

    fn doc(&mut self) -> &mut Doc {
        self.app.doc_mut().unwrap()
    }

    fn person(&mut self) -> String {
        self.doc().profile().person.name.clone()
    }

    fn type_name(&mut self, name: &str) {
        let now = self.now;
        let doc = self.doc();
        doc.file.profile.person.name = name.into();
        doc.typed(&At::root().field("person").field("name"), "Edit name", now);
    }

    /// Lets some time pass.
    fn pass(&mut self, seconds: f64) -> Option<f64> {
        self.now += seconds;
        self.app.tick(Tick { now: self.now, time: 1_000_000 + self.now as u64, focused: true })
    }

    /// Waits for what is being saved and exported.
    fn wait(&mut self) {
        let since = Instant::now();
        while self.app.is_saving() || self.app.is_exporting() {
            assert!(since.elapsed() < Duration::from_secs(60), "nothing comes back");
            std::thread::sleep(Duration::from_millis(2));
            self.pass(0.0);
        }
    }

    fn run(&mut self, command: Command) {
        self.app.run(command);
        self.wait();
    }

    fn answer(&mut self, answer: Answer) {
        let ask = self.app.ask.clone().expect("nothing is asked");
        let offered = ask.answers();
        assert!(offered.iter().any(|(a, _)| *a == answer), "{ask:?} does not offer {answer:?}");
        self.app.answer(answer);
        self.wait();
    }

    /// What is chosen when a file is asked for.
    fn choose(&mut self, path: &Path) {
        let request = self.app.requests.pop();
        assert!(matches!(request, Some(Request::Choose(_))), "{request:?}");
        self.app.chosen(Some(path.to_owned()));
        self.wait();
    }

    fn quits(&self) -> bool {
        self.app.is_closing() && self.app.requests.contains(&Request::Quit)
    }

    /// What the notices say, which are then forgotten.
    fn told(&mut self) -> Vec<String> {
        self.app.notices.drain(..).map(|notice| notice.text).collect()
    }
}

fn start(root: &Path) -> App {
    let mut app = App::with_folders(Folders::at(&root.join("own")), 1_000_000);
    app.files.fonts = Source::Embedded;
    app
}

fn profile(name: &str) -> String {
    format!(
        "Profile(\n    format: 1,\n    // kept\n    person: (\n        name: \"{name}\",\n    ),\n)\n"
    )
}

fn name_in(path: &Path) -> String {
    Document::open(path).unwrap().profile.person.name
}

#[test]
fn a_new_profile_is_saved_where_the_user_says() {
    let mut desk = Desk::new();
    desk.app.begin(Start::Empty);
    assert!(!desk.app.is_changed() && desk.doc().profile().sections.len() >= 5);
    desk.type_name("Zofia Example");
    desk.run(Command::Save);
    let Some(Request::Choose(wanted)) = desk.app.requests.last().cloned() else { panic!() };
    assert_eq!((wanted.purpose, wanted.name.as_str()), (Purpose::SaveAs, "Zofia-Example.cv.ron"));
    let path = desk.path("me.cv.ron");
    desk.choose(&desk.path("me"));
    assert_eq!(desk.told(), ["Saved me.cv.ron"]);
    assert_eq!(name_in(&path), "Zofia Example");
    assert_eq!(Document::open(&path).unwrap().profile, *desk.doc().profile());
    assert!(!desk.app.is_changed());
    assert_eq!(desk.app.title(), "me.cv.ron — Vitae");
    assert_eq!(desk.app.files.recent.first().unwrap().0.path, path);
    desk.type_name("Z");
    assert_eq!(desk.app.title(), "• me.cv.ron — Vitae");
}

#[test]
fn a_sample_is_copied_and_not_touched() {
    let mut desk = Desk::new();
    for name in crate::sample::names() {
        desk.app.begin(Start::Sample(name));
        assert!(!desk.app.is_changed() && desk.doc().path.is_none(), "{name}");
        assert!(!desk.doc().profile().sections.is_empty(), "{name}");
    }
}

#[test]
fn what_is_typed_while_saving_is_not_taken_for_saved() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("One");
    desk.app.run(Command::Save);
    assert!(desk.app.is_saving());
    desk.type_name("Two");
    desk.wait();
    assert_eq!((name_in(&path).as_str(), desk.app.is_changed()), ("One", true));
    desk.app.run(Command::Save);
    desk.type_name("Three");
    // A second save while the first one runs comes after it.
    desk.app.run(Command::Save);
    desk.wait();
    assert_eq!((name_in(&path).as_str(), desk.app.is_changed()), ("Three", false));
    assert!(fs::read_to_string(&path).unwrap().contains("// kept"));
}

#[test]
fn closing_asks_in_every_state() {
    let then: [(Command, fn(&Desk) -> bool); 2] = [
        (Command::Quit, Desk::quits),
        (Command::Close, |desk| matches!(desk.app.screen, Screen::Welcome)),
    ];
    for (command, done) in then {
        for (answer, saved, closed) in [
            (Answer::Save, "New", true),
            (Answer::Discard, "Zofia", true),
            (Answer::Cancel, "Zofia", false),
        ] {
            let mut desk = Desk::new();
            let path = desk.open("a.cv.ron");
            desk.type_name("New");
            desk.run(command);
            assert_eq!(desk.app.ask.as_ref().unwrap().title("a"), "Save the changes to a?");
            assert!(!done(&desk));
            desk.answer(answer);
            assert_eq!((done(&desk), name_in(&path).as_str()), (closed, saved), "{answer:?}");
            assert_eq!(desk.app.ask, None);
        }
        let mut desk = Desk::new();
        desk.open("a.cv.ron");
        desk.run(command);
        assert!(done(&desk), "nothing is asked when all is saved");
    }
}

#[test]
fn closing_while_saving_waits_for_it() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("New");
    desk.app.run(Command::Save);
    desk.app.run(Command::Quit);
    assert!(desk.app.ask.is_none() && !desk.quits());
    desk.wait();
    assert!(desk.quits());
    assert_eq!(name_in(&path), "New");
}

#[test]
fn saving_a_new_profile_before_closing_asks_for_a_file_first() {
    let mut desk = Desk::new();
    desk.app.begin(Start::Empty);
    desk.type_name("New");
    desk.run(Command::Quit);
    desk.answer(Answer::Save);
    assert!(!desk.quits());
    let path = desk.path("new.cv.ron");
    desk.choose(&path);
    assert!(desk.quits());
    assert_eq!(name_in(&path), "New");
    // When no file is chosen, nothing closes later by itself.
    let mut desk = Desk::new();
    desk.app.begin(Start::Empty);
    desk.type_name("New");
    desk.run(Command::Quit);
    desk.answer(Answer::Save);
    desk.app.requests.clear();
    desk.app.chosen(None);
    desk.run(Command::Save);
    desk.choose(&desk.path("new.cv.ron"));
    assert!(!desk.quits() && !desk.app.is_changed());
}

#[test]
fn opening_another_file_asks_first() {
    let mut desk = Desk::new();
    let first = desk.open("a.cv.ron");
    let second = desk.path("b.cv.ron");
    fs::write(&second, profile("Second")).unwrap();
    desk.type_name("New");
    desk.app.open(&second);
    assert_eq!(desk.person(), "New");
    desk.answer(Answer::Cancel);
    assert_eq!(desk.person(), "New");
    desk.app.open(&second);
    desk.answer(Answer::Save);
    assert_eq!((desk.person().as_str(), name_in(&first).as_str()), ("Second", "New"));
    // A file that is not there takes nothing away.
    desk.type_name("Newer");
    desk.app.open(desk.path("none.cv.ron"));
    desk.answer(Answer::Discard);
    assert!(matches!(&desk.app.ask, Some(Ask::NotOpened { missing: true, .. })));
    assert!(desk.person() == "Newer" && desk.app.is_changed());
}

#[test]
fn a_missing_file_can_be_made_and_forgotten() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    fs::remove_file(&path).unwrap();
    desk.run(Command::Close);
    assert_eq!(desk.app.files.recent.first().map(|(_, there)| *there), Some(false));
    desk.app.open(&path);
    desk.answer(Answer::Forget);
    assert!(desk.app.files.recent.is_empty());
    desk.app.open(&path);
    desk.answer(Answer::Create);
    assert!(desk.app.is_changed());
    desk.run(Command::Save);
    assert_eq!((name_in(&path).as_str(), desk.app.is_changed()), ("", false));
    desk.app.open(desk.path("own"));
    let Some(Ask::NotOpened { missing: false, reason, .. }) = &desk.app.ask else { panic!() };
    assert!(reason.contains("a folder"), "{reason}");
}

#[test]
fn reverting_can_be_undone() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    desk.type_name("New");
    desk.run(Command::Revert);
    assert!(desk.person() == "Zofia" && !desk.app.is_changed());
    desk.run(Command::Undo);
    assert!(desk.person() == "New" && desk.app.is_changed());
    desk.run(Command::Redo);
    assert!(desk.person() == "Zofia" && !desk.app.is_changed());
}

#[test]
fn a_save_that_fails_loses_nothing_and_can_go_elsewhere() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("New");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    desk.run(Command::Quit);
    desk.answer(Answer::Save);
    let Some(Ask::NotSaved { kind: SaveKind::Same, reason, .. }) = desk.app.ask.clone() else {
        panic!("{:?}", desk.app.ask)
    };
    assert!(reason.contains("a folder"), "{reason}");
    assert!(desk.app.is_changed() && !desk.quits());
    desk.answer(Answer::Retry);
    assert!(matches!(desk.app.ask, Some(Ask::NotSaved { .. })) && desk.app.is_changed());
    desk.answer(Answer::OtherPlace);
    let other = desk.path("b.cv.ron");
    desk.choose(&other);
    assert_eq!(name_in(&other), "New");
    // What was to come after the save comes after this one.
    assert!(desk.quits());
}

#[test]
fn a_copy_leaves_the_document_where_it_is() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("New");
    desk.run(Command::SaveCopy);
    let copy = desk.path("copy.cv.ron");
    desk.choose(&copy);
    assert_eq!((name_in(&copy).as_str(), name_in(&path).as_str()), ("New", "Zofia"));
    assert!(desk.app.is_changed() && desk.doc().path.as_ref() == Some(&path));
    desk.run(Command::SaveAs);
    desk.choose(&copy);
    assert!(!desk.app.is_changed() && desk.doc().path.as_ref() == Some(&copy));
}

#[test]
fn a_completed_name_that_is_taken_is_asked_about() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    fs::write(desk.path("b.cv.ron"), profile("Other")).unwrap();
    desk.run(Command::SaveAs);
    desk.choose(&desk.path("b"));
    assert!(matches!(desk.app.ask, Some(Ask::Overwrite(..))));
    assert_eq!(name_in(&desk.path("b.cv.ron")), "Other");
    desk.answer(Answer::Overwrite);
    assert_eq!(name_in(&desk.path("b.cv.ron")), "Zofia");
}

#[test]
fn a_change_by_another_program_is_asked_about() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Mine");
    fs::write(&path, profile("Theirs, and longer")).unwrap();
    desk.pass(2.5);
    assert_eq!(desk.app.ask, Some(Ask::Outside { saving: false, merge: true }));
    desk.answer(Answer::Compare);
    let differences = desk.app.comparison.take().unwrap().differences.unwrap();
    let differences: Vec<_> = differences.into_iter().map(|d| (d.old, d.new)).collect();
    assert_eq!(differences, [("Mine".to_owned(), "Theirs, and longer".to_owned())]);
    desk.answer(Answer::Reload);
    assert!(desk.person() == "Theirs, and longer" && !desk.app.is_changed());
    desk.run(Command::Undo);
    assert_eq!(desk.person(), "Mine");
    // Met by a save.
    fs::write(&path, profile("Theirs again")).unwrap();
    desk.run(Command::Save);
    assert_eq!(desk.app.ask, Some(Ask::Outside { saving: true, merge: true }));
    assert_eq!(name_in(&path), "Theirs again");
    desk.answer(Answer::KeepMine);
    assert_eq!((name_in(&path).as_str(), desk.app.is_changed()), ("Mine", false));
    // Asked once, not every two seconds.
    fs::write(&path, profile("Theirs once more")).unwrap();
    desk.pass(2.5);
    desk.answer(Answer::Cancel);
    desk.pass(2.5);
    assert_eq!(desk.app.ask, None);
}

#[test]
fn unsaved_work_outlives_the_program() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Unsaved");
    assert!(desk.pass(0.0).unwrap() < 1.0);
    // Typing goes on: it is kept all the same.
    desk.type_name("Unsaved work");
    desk.pass(0.9);
    desk.app = start(&desk.path("elsewhere"));
    desk.app = start(desk.temp.path());
    assert_eq!(desk.app.found.len(), 1);
    assert_eq!(desk.app.found.first().unwrap().path.as_ref(), Some(&path));
    // Opening its file offers it.
    desk.app.open(&path);
    assert_eq!((desk.person().as_str(), &desk.app.ask), ("Zofia", &Some(Ask::Recovered(0))));
    desk.answer(Answer::Compare);
    let differences = desk.app.comparison.take().unwrap().differences.unwrap();
    assert_eq!(differences.first().unwrap().new, "Unsaved work");
    desk.answer(Answer::Cancel);
    desk.app.restore(0);
    assert!(desk.person() == "Unsaved work" && desk.app.is_changed() && desk.app.found.is_empty());
    assert_eq!(name_in(&path), "Zofia");
    // A crash after that loses nothing either.
    desk.app = start(&desk.path("elsewhere"));
    desk.app = start(desk.temp.path());
    desk.app.restore(0);
    desk.run(Command::Save);
    assert_eq!(name_in(&path), "Unsaved work");
    desk.pass(0.0);
    desk.app = start(&desk.path("elsewhere"));
    assert!(start(desk.temp.path()).found.is_empty(), "it is saved");
}

#[test]
fn unsaved_work_is_not_offered_when_it_is_not_wanted() {
    let check = |end: fn(&mut Desk)| {
        let mut desk = Desk::new();
        desk.open("a.cv.ron");
        desk.type_name("Unsaved");
        desk.pass(0.0);
        desk.pass(1.0);
        end(&mut desk);
        desk.app = start(&desk.path("elsewhere"));
        start(desk.temp.path()).found.len()
    };
    assert_eq!(check(|_| {}), 1);
    assert_eq!(check(|desk| desk.run(Command::Save)), 0);
    assert_eq!(
        check(|desk| {
            desk.run(Command::Quit);
            desk.answer(Answer::Discard);
            desk.app.finish();
        }),
        0
    );
    assert_eq!(
        check(|desk| {
            desk.run(Command::Undo);
            desk.pass(0.0);
        }),
        0
    );
    // The window was closed by the system, and nobody was asked.
    assert_eq!(check(|desk| desk.app.finish()), 1);
}

#[test]
fn work_of_a_window_that_is_open_is_not_offered() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    desk.type_name("Unsaved");
    desk.pass(0.0);
    desk.pass(1.0);
    desk.app.finish();
    assert!(start(desk.temp.path()).found.is_empty());
}

#[test]
fn a_broken_file_is_mended_as_text() {
    let mut desk = Desk::new();
    let path = desk.path("a.cv.ron");
    let text = profile("Zofia").replace("\",\n", "\n");
    fs::write(&path, &text).unwrap();
    desk.app.open(&path);
    let Screen::Broken(broken) = &mut desk.app.screen else { panic!() };
    assert!(broken.wrong.is_some() && broken.text == text);
    // A text that is still wrong is not written.
    broken.text.push('!');
    desk.app.save_and_open();
    assert!(matches!(desk.app.screen, Screen::Broken(_)));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    desk.run(Command::Close);
    assert!(matches!(desk.app.ask, Some(Ask::Unsaved(_))));
    desk.answer(Answer::Cancel);
    let Screen::Broken(broken) = &mut desk.app.screen else { panic!() };
    broken.text = profile("Mended");
    desk.app.save_broken_copy();
    desk.choose(&desk.path("copy.cv.ron"));
    assert_eq!(name_in(&desk.path("copy.cv.ron")), "Mended");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    desk.app.save_and_open();
    assert_eq!(desk.person(), "Mended");
    assert_eq!(fs::read_to_string(&path).unwrap(), profile("Mended"));
    // What it held is an earlier version.
    desk.run(Command::Versions);
    assert_eq!(desk.app.past.as_ref().unwrap().versions.len(), 1);
}

#[test]
fn a_broken_file_mended_elsewhere_is_read_again() {
    let mut desk = Desk::new();
    let path = desk.path("a.cv.ron");
    fs::write(&path, "Profile(").unwrap();
    desk.app.open(&path);
    desk.app.try_again();
    assert!(matches!(desk.app.screen, Screen::Broken(_)));
    fs::write(&path, profile("Elsewhere")).unwrap();
    desk.app.try_again();
    assert_eq!(desk.person(), "Elsewhere");
}

#[test]
fn a_broken_file_that_is_mended_opens_when_it_is_saved() {
    let mut desk = Desk::new();
    let path = desk.path("a.cv.ron");
    fs::write(&path, "Profile(").unwrap();
    desk.app.open(&path);
    for (text, opens) in [("Profile((".to_owned(), false), (profile("Mended"), true)] {
        let Screen::Broken(broken) = &mut desk.app.screen else { panic!() };
        broken.text.clone_from(&text);
        desk.run(Command::Save);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(desk.app.doc().is_some(), opens);
    }
}

#[test]
fn a_newer_file_is_not_overwritten() {
    let mut desk = Desk::new();
    let path = desk.path("a.cv.ron");
    let text = profile("Zofia").replace("format: 1", "format: 99");
    fs::write(&path, &text).unwrap();
    desk.app.open(&path);
    desk.answer(Answer::Cancel);
    desk.type_name("New");
    desk.run(Command::Save);
    assert_eq!(desk.app.ask, Some(Ask::Newer));
    desk.answer(Answer::OtherPlace);
    desk.choose(&desk.path("b.cv.ron"));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(name_in(&desk.path("b.cv.ron")), "New");
    assert!(!desk.app.is_changed());
}

#[test]
fn an_export_goes_where_the_last_one_went() {
    let mut desk = Desk::new();
    desk.app.begin(Start::Sample("first-year"));
    desk.run(Command::SaveAs);
    desk.choose(&desk.path("a.cv.ron"));
    desk.run(Command::Export);
    let Some(Request::Choose(wanted)) = desk.app.requests.last().cloned() else { panic!() };
    assert_eq!((wanted.folder.as_path(), &*wanted.name), (desk.temp.path(), "Noor-Adeyemi-CV.pdf"));
    let pdf = desk.path("sent.pdf");
    desk.told();
    desk.choose(&desk.path("sent"));
    let links: Vec<_> = desk.app.notices.iter().flat_map(|n| &n.links).map(|l| l.0).collect();
    assert_eq!(links, ["Open", "Show in folder"]);
    assert_eq!(desk.told(), ["Exported sent.pdf"]);
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF"));
    fs::remove_file(&pdf).unwrap();
    desk.run(Command::Export);
    assert!(pdf.exists() && desk.app.requests.is_empty());
}

#[test]
fn a_page_that_is_too_long_is_not_sent_by_accident() {
    let mut desk = Desk::new();
    desk.app.begin(Start::Sample("undergrad-dense"));
    let doc = desk.doc();
    let sections = doc.file.profile.sections.clone();
    doc.file.profile.sections.extend(sections);
    let pdf = desk.path("a.pdf");
    desk.run(Command::ExportAs);
    desk.choose(&pdf);
    assert!(matches!(desk.app.ask, Some(Ask::NotReady { lines: 1.., .. })), "{:?}", desk.app.ask);
    assert!(!pdf.exists());
    desk.app.ask.clone().unwrap();
    desk.answer(Answer::Anyway);
    assert!(pdf.exists());
    fs::remove_file(&pdf).unwrap();
    desk.run(Command::Export);
    desk.choose(&pdf);
    desk.answer(Answer::Suggestions);
    assert_eq!(desk.doc().view.tab, Tab::Check);
    assert!(!pdf.exists());
}

#[test]
fn all_variants_are_exported_into_a_folder() {
    let mut desk = Desk::new();
    desk.app.begin(Start::Sample("student-mixed"));
    desk.run(Command::ExportAll);
    let folder = desk.temp.path().to_owned();
    desk.choose(&folder);
    if matches!(desk.app.ask, Some(Ask::NotReady { .. })) {
        desk.answer(Answer::Anyway);
    }
    let variants = desk.doc().profile().variants.len();
    let files = fs::read_dir(desk.temp.path()).unwrap().flatten();
    let pdfs = files.filter(|f| f.path().extension().is_some_and(|e| e == "pdf")).count();
    assert_eq!(pdfs, 1 + variants);
    assert!(variants > 0);
}

#[test]
fn exporting_all_variants_asks_before_it_replaces_what_it_did_not_write() {
    let mut desk = Desk::new();
    desk.open("a.cv.ron");
    desk.app.doc_mut().unwrap().apply(&Edit::AddVariant("industry".into(), None));
    let folder = desk.temp.path().to_owned();
    let export = |desk: &mut Desk| {
        desk.run(Command::ExportAll);
        desk.choose(&folder);
        if matches!(desk.app.ask, Some(Ask::NotReady { .. })) {
            desk.answer(Answer::Anyway);
        }
    };
    export(&mut desk);
    let pdfs = || {
        let files = fs::read_dir(&folder).unwrap().flatten().map(|f| f.path());
        files.filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect::<Vec<_>>()
    };
    let written = pdfs();
    assert_eq!(written.len(), 2);
    // Its own are written anew.
    export(&mut desk);
    assert_eq!(desk.app.ask, None);
    // Those of another document are not.
    desk.app.begin(Start::Sample("phd-systems"));
    desk.answer(Answer::Discard);
    let before = fs::read(&written[0]).unwrap();
    let name = desk.doc().profile().person.name.clone();
    let other =
        folder.join(crate::export::proposed_name(desk.doc().profile(), None, Output::PDF.format));
    fs::write(&other, "mine").unwrap();
    desk.app.doc_mut().unwrap().apply(&Edit::AddVariant("short".into(), None));
    export(&mut desk);
    let Some(Ask::OverwriteAll { there, .. }) = &desk.app.ask else {
        panic!("{:?} for {name}", desk.app.ask);
    };
    assert_eq!(there.len(), 1);
    assert_eq!(fs::read(&other).unwrap(), b"mine");
    desk.answer(Answer::Overwrite);
    if matches!(desk.app.ask, Some(Ask::NotReady { .. })) {
        desk.answer(Answer::Anyway);
    }
    assert_ne!(fs::read(&other).unwrap(), b"mine");
    assert_eq!(fs::read(&written[0]).unwrap(), before);
}

#[test]
fn an_export_that_is_cancelled_writes_nothing() {
    let mut desk = Desk::new();
    desk.app.begin(Start::Sample("student-mixed"));
    desk.app.run(Command::ExportAll);
    assert!(matches!(desk.app.requests.pop(), Some(Request::Choose(_))));
    desk.app.chosen(Some(desk.temp.path().to_owned()));
    // Setting the first page takes longer than this.
    desk.app.stop_export();
    assert_eq!(desk.app.export_words().as_deref(), Some("Stopping …"));
    desk.wait();
    let told = desk.app.notices.last().map(|n| n.text.as_str());
    assert_eq!(told, Some("Export cancelled. Nothing was written."));
    let files = fs::read_dir(desk.temp.path()).unwrap().flatten();
    assert_eq!(files.filter(|f| f.path().extension().is_some_and(|e| e == "pdf")).count(), 0);
}

#[test]
fn settings_are_kept_once_they_rest() {
    let mut desk = Desk::new();
    desk.run(Command::DarkTheme);
    desk.pass(0.0);
    desk.pass(0.5);
    let load = |desk: &Desk| Settings::load(&desk.path("own").join("config"));
    desk.pass(1.0);
    desk.open("a.cv.ron");
    desk.app.finish();
    let settings = load(&desk);
    assert_eq!(Colours::from(settings.mode), Colours::Dark);
    assert_eq!(settings.recent.len(), 1);
    desk.app = start(desk.temp.path());
    assert_eq!(desk.app.colours, Colours::Dark);
}

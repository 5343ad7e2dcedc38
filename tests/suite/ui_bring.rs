//! A CV that is brought in: the document beside what comes of it, corrected by a click or a key,
//! and taken as one step.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected fails"
)]

use crate::support::{open, settle, themed, window};
use eframe::egui::{Event, Key, Theme};
use egui_kittest::{Harness, kittest::Queryable as _};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use vitae::{
    app::{
        App,
        command::Command,
        import::{Arrival, Ready},
    },
    profile::Profile,
    section::{Section, SectionKind},
    ui::Window,
};

type Sheet = Harness<'static, Window>;

const CV: &str = "Jordan Reyes
jordan.reyes@example.org | 555-0147

EDUCATION
Southwestern College, Georgetown, TX
Bachelor of Arts in Computer Science   2021 – 2025

EXPERIENCE
Example Works   2023 – 2024
Software Engineer
• Wrote the parser
Second Works   2022 – 2023
Support Specialist
• Answered calls
";

fn wait(sheet: &mut Sheet) {
    let since = Instant::now();
    loop {
        settle(sheet);
        if !matches!(sheet.state().app.import, Some(Arrival::Reading { .. })) {
            break;
        }
        assert!(since.elapsed() < Duration::from_secs(60), "nothing comes back");
        std::thread::sleep(Duration::from_millis(5));
    }
    settle(sheet);
}

/// A window in which a text has been read.
fn reading(app: App, text: &str) -> Sheet {
    let mut sheet = window(app);
    sheet.state_mut().app.import_text(text.to_owned());
    wait(&mut sheet);
    sheet
}

/// A window with a CV being brought in and a line of it chosen, as in the README.
pub(crate) fn sheet(theme: Theme, size: [f32; 2]) -> Sheet {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("tests/golden/bring/phd/homepage.md")).unwrap();
    let mut sheet = themed(App::default(), theme, size);
    sheet.state_mut().app.import_text(text);
    wait(&mut sheet);
    for _ in 0..5 {
        press(&mut sheet, Key::ArrowDown);
    }
    sheet
}

fn ready(sheet: &Sheet) -> &Ready {
    match &sheet.state().app.import {
        Some(Arrival::Ready(ready)) => ready,
        other => panic!("nothing was read: {other:?}"),
    }
}

/// The kinds of the sections that come in, each with how many entries it has.
fn shape(sheet: &Sheet) -> Vec<(SectionKind, usize)> {
    let sections = &ready(sheet).import.profile.sections;
    sections.iter().map(|section| (section.kind(), section.count())).collect()
}

fn press(sheet: &mut Sheet, key: Key) {
    sheet.key_press(key);
    settle(sheet);
}

fn click(sheet: &mut Sheet, label: &str) {
    sheet.get_by_label(label).click();
    settle(sheet);
}

/// Chooses the line that begins with these words.
fn choose(sheet: &mut Sheet, words: &str) {
    let line = ready(sheet).draft.as_ref().unwrap().outline.lines.iter();
    let index = line.map(|line| line.text()).position(|text| text.starts_with(words)).unwrap();
    let label = format!("Line {}: {words}", index + 1);
    let place = sheet.query_all_by_label_contains(&label).next().unwrap().rect();
    // On its first word.
    let point = place.left_center() + eframe::egui::vec2(36.0, 0.0);
    sheet.drag_at(point);
    sheet.step();
    sheet.drop_at(point);
    sheet.run_steps(2);
    settle(sheet);
}

const EDUCATION: SectionKind = SectionKind::Education;
const EXPERIENCE: SectionKind = SectionKind::Experience;

#[test]
fn a_cv_is_looked_through_and_taken_as_one_step() {
    let mut sheet = reading(open(Profile::default()), CV);
    assert_eq!(shape(&sheet), [(EDUCATION, 1), (EXPERIENCE, 2)]);
    assert!(sheet.query_by_label("Take Example Works").is_some());
    click(&mut sheet, "Add to this profile");
    let doc = sheet.state().app.doc().unwrap();
    assert_eq!((doc.profile().sections.len(), doc.undo.count()), (2, 1));
    sheet.state_mut().app.run(Command::Undo);
    settle(&mut sheet);
    assert_eq!(*sheet.state().app.doc().unwrap().profile(), Profile::default());
    // Cancelling leaves all as it was.
    let mut sheet = reading(App::default(), CV);
    assert!(sheet.query_by_label("Take as new profile").is_some());
    click(&mut sheet, "Cancel");
    assert!(sheet.state().app.doc().is_none() && sheet.state().app.import.is_none());
}

#[test]
fn lines_are_corrected_by_a_key_and_it_is_taken_back() {
    let mut sheet = reading(App::default(), &format!("{CV}\nINVITED TALKS\nTouch, Oslo, 2024\n"));
    let talks = |shape: Vec<(SectionKind, usize)>| shape.last() == Some(&(SectionKind::Talks, 1));
    assert!(talks(shape(&sheet)));
    let shape = |sheet: &Sheet| -> Vec<(SectionKind, usize)> {
        shape(sheet).into_iter().filter(|(kind, _)| *kind != SectionKind::Talks).collect()
    };
    choose(&mut sheet, "Second Works");
    press(&mut sheet, Key::C);
    assert_eq!(shape(&sheet), [(EDUCATION, 1), (EXPERIENCE, 1)]);
    assert!(sheet.query_all_by_label_contains("said to continue an entry").next().is_some());
    press(&mut sheet, Key::U);
    assert_eq!(shape(&sheet), [(EDUCATION, 1), (EXPERIENCE, 2)]);
    press(&mut sheet, Key::H);
    let new = [(EDUCATION, 1), (EXPERIENCE, 1), (SectionKind::List, 2)];
    assert_eq!(shape(&sheet)[..2], new[..2]);
    assert_eq!(shape(&sheet).len(), 3);
    click(&mut sheet, "Undo (U)");
    // The keys move on, and a heading is none.
    choose(&mut sheet, "EXPERIENCE");
    press(&mut sheet, Key::H);
    assert_eq!(shape(&sheet).len(), 1);
    press(&mut sheet, Key::H);
    assert_eq!(shape(&sheet).len(), 2);
    press(&mut sheet, Key::ArrowDown);
    assert!(sheet.query_by_label("Heading (H)").is_some());
    press(&mut sheet, Key::ArrowUp);
    assert!(sheet.query_by_label("Not a heading (H)").is_some());
    // The section is of another kind.
    press(&mut sheet, Key::S);
    click(&mut sheet, "Projects");
    assert_eq!(shape(&sheet), [(EDUCATION, 1), (SectionKind::Projects, 2)]);
    // A heading in words that are kept is one, too.
    choose(&mut sheet, "INVITED TALKS");
    assert!(sheet.query_by_label("Not a heading (H)").is_some());
    // Escape leaves the line, then the sheet.
    press(&mut sheet, Key::Escape);
    assert!(sheet.state().app.import.is_some());
    press(&mut sheet, Key::Escape);
    assert!(sheet.state().app.import.is_none());
}

fn first_job(sheet: &Sheet) -> (String, String) {
    let sections = &ready(sheet).import.profile.sections;
    let Some(Section::Experience(jobs)) = sections.get(1) else { panic!("no experience") };
    (jobs.entries[0].organization.clone(), jobs.entries[0].role.clone())
}

#[test]
fn words_are_said_to_be_what_they_are() {
    let mut sheet = reading(App::default(), CV);
    choose(&mut sheet, "Software Engineer");
    press(&mut sheet, Key::F);
    click(&mut sheet, "Organisation");
    assert_eq!(first_job(&sheet), ("Software Engineer".to_owned(), "Example Works".to_owned()));
    press(&mut sheet, Key::U);
    // One word of the line, by keys alone.
    press(&mut sheet, Key::ArrowRight);
    press(&mut sheet, Key::F);
    let chosen: Vec<_> = sheet.query_all_by_label_contains("“Software” is").collect();
    assert!(!chosen.is_empty());
    drop(chosen);
    click(&mut sheet, "Place");
    assert_eq!(first_job(&sheet).1, "Engineer");
}

#[test]
fn what_is_left_over_is_dragged_to_where_it_belongs() {
    let mut sheet = reading(App::default(), CV);
    // What stood there before is left.
    choose(&mut sheet, "Support Specialist");
    press(&mut sheet, Key::F);
    click(&mut sheet, "Organisation");
    press(&mut sheet, Key::U);
    let said = ready(&sheet).draft.as_ref().unwrap().outline.lines.iter();
    let line = said.map(|line| line.text()).position(|text| text.starts_with("Support")).unwrap();
    let from = sheet
        .query_all_by_label_contains(&format!("Line {}: Support", line + 1))
        .next()
        .unwrap()
        .rect();
    let from = from.left_center() + eframe::egui::vec2(40.0, 0.0);
    let to = sheet.query_all_by_label_contains("Software Engineer").last().unwrap().rect().center();
    sheet.drag_at(from);
    sheet.step();
    sheet.hover_at(from + eframe::egui::vec2(12.0, 4.0));
    sheet.step();
    sheet.hover_at(to);
    sheet.run_steps(2);
    sheet.drop_at(to);
    sheet.run_steps(3);
    settle(&mut sheet);
    assert_eq!(first_job(&sheet).1, "Software Engineer, Support Specialist");
}

#[test]
fn where_nothing_is_recognised_all_lines_can_be_told() {
    let text = "alpha\nbeta 2020\ngamma\ndelta 2021\nepsilon 12\nzeta 13\n";
    let mut sheet = reading(App::default(), text);
    assert!(sheet.query_by_label("No section of a CV was recognised").is_some());
    choose(&mut sheet, "alpha");
    press(&mut sheet, Key::S);
    click(&mut sheet, "Awards");
    assert_eq!(shape(&sheet)[0].0, SectionKind::Awards);
    assert!(sheet.query_by_label("Take as new profile").is_some());
}

#[test]
fn a_whole_cv_that_is_pasted_is_offered_to_be_read() {
    let mut sheet = window(App::default());
    sheet.event(Event::Paste(CV.to_owned()));
    settle(&mut sheet);
    assert!(matches!(&sheet.state().app.import, Some(Arrival::Paste(text)) if text == CV));
    click(&mut sheet, "Read it");
    wait(&mut sheet);
    assert_eq!(shape(&sheet), [(EDUCATION, 1), (EXPERIENCE, 2)]);
    // In a field it is pasted, and a message offers to read it.
    let mut sheet = window(open(Profile::default()));
    sheet.event(Event::Paste("Jordan Reyes".to_owned()));
    settle(&mut sheet);
    assert!(sheet.state().app.import.is_none());
    sheet.get_by_label("Name").focus();
    settle(&mut sheet);
    sheet.event(Event::Paste(CV.to_owned()));
    settle(&mut sheet);
    assert!(sheet.state().app.import.is_none());
    let name = |sheet: &Sheet| sheet.state().app.doc().unwrap().profile().person.name.clone();
    assert!(name(&sheet).contains("Southwestern"));
    click(&mut sheet, "Read it as a CV");
    assert_eq!(name(&sheet), "");
    assert!(matches!(&sheet.state().app.import, Some(Arrival::Paste(text)) if text == CV));
}

#[test]
fn what_no_field_holds_is_refused() {
    let mut sheet = window(open(Profile::default()));
    sheet.get_by_label("Name").focus();
    settle(&mut sheet);
    for (text, taken) in [("a".repeat(1_000_000), false), ("b".repeat(2_000), true)] {
        sheet.event(Event::Paste(text.clone()));
        settle(&mut sheet);
        let app = &sheet.state().app;
        assert_eq!(app.doc().unwrap().profile().person.name == text, taken);
    }
}

#[test]
fn the_sheet_is_whole_in_a_small_window() {
    let small = sheet(Theme::Dark, [900.0, 600.0]);
    for label in ["Take as new profile", "Cancel", "This is… (F)", "Entry starts here (E)"] {
        let rect = small.get_by_label(label).rect();
        assert!(rect.bottom() < 600.0 && rect.right() < 900.0, "{label}: {rect:?}");
    }
}

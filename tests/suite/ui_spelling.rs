//! Spelling in the window: waves under words, the menu of a field, the list in the Check tab, the
//! settings.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use crate::support::{settle, window};
use eframe::egui::{
    Event, Key, Modifiers, PointerButton, Pos2,
    accesskit::{Invalid, Node as Accessible},
};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use std::time::Duration;
use vitae::{
    app::{App, Screen, command::Command, doc::Doc},
    at::At,
    store::Document,
    ui::Window,
};

type Form = Harness<'static, Window>;

const TEXT: &str = "Profile(person: (name: \"Zofia Example\"), sections: [Experience(entries: \
    [(organization: \"Lab\", role: \"Resarch intern\", bullets: [\"Fast recieved\", \"It recieved\"])])])";

/// A window with spelling on and the caret in the role.
fn open() -> Form {
    let file = Document::from_text("test.cv.ron", TEXT).unwrap();
    let mut app = App { page_shown: false, ..App::default() };
    app.spelling.on = true;
    app.screen = Screen::Editor(Box::new(Doc::new(file, None)));
    let mut h = window(app);
    let view = &mut h.state_mut().app.doc_mut().unwrap().view;
    view.go_to(&entry().field("role"), Some(usize::MAX));
    settle(&mut h);
    h
}

fn entry() -> At {
    At::root().field("sections").index(0).field("entries").index(0)
}

/// What is said of the words of a field.
fn said(h: &Form, label: &str) -> String {
    let node = h.get_by_label(label).accesskit_node();
    node.description().unwrap_or_default()
}

fn is_invalid(node: &Accessible) -> bool {
    node.invalid() == Some(Invalid::Spelling)
}

fn second_button(h: &mut Form, pos: Pos2) {
    h.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        h.event(Event::PointerButton { pos, button, pressed, modifiers });
        h.run_steps(2);
    }
}

/// Runs the window until what it asked its thread for is there.
fn wait(h: &mut Form, label: &str) {
    for _ in 0..400 {
        if h.query_by_label(label).is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
        h.run_steps(2);
    }
    h.get_by_label(label);
}

fn texts(h: &Form) -> String {
    let profile = h.state().app.doc().unwrap().profile();
    let mut out = vec![];
    profile.texts(None, &mut |text| out.push(text.text.to_owned()));
    out.join("|")
}

#[test]
fn a_misspelt_word_is_told_of_its_field() {
    let h = open();
    assert_eq!(said(&h, "Role"), "May be misspelt: Resarch");
    assert!(is_invalid(h.get_by_label("Role").accesskit_node().data()));
    assert_eq!(said(&h, "Highlight 1 of 2"), "May be misspelt: recieved");
    assert!(!is_invalid(h.get_by_label("Organisation").accesskit_node().data()));
}

#[test]
fn a_word_is_not_marked_while_it_is_typed() {
    let mut h = open();
    for letter in [" ", "w", "r", "o", "d"] {
        h.event(Event::Text(letter.to_owned()));
        h.step();
        // What was typed before is marked all the while.
        assert_eq!(said(&h, "Role"), "May be misspelt: Resarch");
    }
    settle(&mut h);
    assert_eq!(said(&h, "Role"), "May be misspelt: Resarch");
    h.event(Event::Text(" ".to_owned()));
    settle(&mut h);
    assert_eq!(said(&h, "Role"), "May be misspelt: Resarch, wrod");
}

#[test]
fn the_menu_of_a_field_offers_words_and_takes_them_in() {
    let mut h = open();
    let field = h.get_by_label("Role").rect();
    second_button(&mut h, Pos2::new(field.left() + 25.0, field.center().y));
    wait(&mut h, "Research");
    h.get_by_label("Research").click();
    settle(&mut h);
    assert!(texts(&h).contains("Research intern"), "{}", texts(&h));
    assert_eq!(said(&h, "Role"), "");
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut h);
    assert!(texts(&h).contains("Resarch intern"), "one step to undo");
    second_button(&mut h, Pos2::new(field.left() + 25.0, field.center().y));
    wait(&mut h, "Add “Resarch” to my words");
    h.get_by_label("Add “Resarch” to my words").click();
    settle(&mut h);
    assert_eq!(said(&h, "Role"), "");
    assert!(h.state().app.files.settings.words.contains("Resarch"));
}

#[test]
fn a_menu_beside_the_word_says_nothing_of_it() {
    let mut h = open();
    let field = h.get_by_label("Role").rect();
    second_button(&mut h, Pos2::new(field.right() - 20.0, field.center().y));
    assert!(h.query_by_label("Select all").is_some());
    assert!(h.query_by_label("Add “Resarch” to my words").is_none());
}

#[test]
fn the_check_tab_lists_words_and_mends_all_places_in_one_step() {
    let mut h = open();
    h.state_mut().app.run(Command::GoToCheck);
    settle(&mut h);
    assert!(h.query_by_label("2 words that may be misspelt").is_some());
    wait(&mut h, "Write “received” for “recieved”");
    h.get_by_label("Write “received” for “recieved”").click();
    settle(&mut h);
    assert!(texts(&h).contains("Fast received|It received"), "{}", texts(&h));
    assert!(h.query_by_label("1 word that may be misspelt").is_some());
    h.state_mut().app.run(Command::Undo);
    settle(&mut h);
    assert!(texts(&h).contains("Fast recieved|It recieved"), "{}", texts(&h));
    h.state_mut().app.run(Command::GoToCheck);
    settle(&mut h);
    h.get_by_label("Add “recieved” to my words").click();
    settle(&mut h);
    assert!(h.query_by_label("1 word that may be misspelt").is_some());
    h.get_by_label("Go to “Resarch”").click();
    settle(&mut h);
    assert_eq!(h.state().app.doc().unwrap().view.focused, Some(entry().field("role")));
}

#[test]
fn a_key_goes_from_word_to_word_and_round() {
    let mut h = open();
    let mut fields = vec![];
    for _ in 0..4 {
        h.key_press(Key::F7);
        settle(&mut h);
        let at = h.state().app.doc().unwrap().view.focused.clone().unwrap();
        fields.push(at.to_string().replace("sections[0].entries[0].", ""));
    }
    assert_eq!(fields, ["role", "bullets[0].text", "bullets[1].text", "role"]);
}

#[test]
fn spelling_can_be_off_and_in_one_english() {
    let mut h = open();
    h.state_mut().app.run(Command::CheckSpelling);
    settle(&mut h);
    assert_eq!(said(&h, "Role"), "");
    h.state_mut().app.run(Command::CheckSpelling);
    settle(&mut h);
    assert_eq!(said(&h, "Role"), "May be misspelt: Resarch");
}

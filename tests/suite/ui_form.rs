//! The manners of the form: how its fields look, wrap, wait and answer; found by accessible name.

#![expect(
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use eframe::egui::{Event, Key, Modifiers, Rect, vec2};
use egui_kittest::{
    Harness,
    kittest::Queryable as _,
};
use vitae::{
    app::{App, Screen, doc::Doc},
    at::At,
    profile::Profile,
    slot::Slot,
    store::Document,
    ui::Window,
};

type Form = Harness<'static, Window>;

/// A window with a profile of these sections, as the file has them.
fn window(sections: &str) -> Form {
    let text = format!(
        "Profile(format: 1, person: (name: \"Zofia Example\"), sections: [{sections}])"
    );
    let file = Document::from_text("test.cv.ron", &text).unwrap();
    assert!(file.findings.is_empty(), "{:?}", file.findings);
    let mut app = App { page_shown: false, ..App::default() };
    app.screen = Screen::Editor(Box::new(Doc::new(file, None)));
    let mut h = Harness::builder()
        .with_size(vec2(1000.0, 1300.0))
        .with_max_steps(400)
        .allow_missing_glyphs()
        .build_eframe(|cc| Window::new(&cc.egui_ctx, app));
    h.run();
    h
}

/// A field of the first entry.
fn first(field: &'static str) -> At {
    At::root().field("sections").index(0).field("entries").index(0).field(field)
}

/// Puts the caret at a byte of a text.
fn go(h: &mut Form, at: &At, byte: usize) {
    h.state_mut().app.doc_mut().unwrap().view.go_to(at, Some(byte));
    h.run();
}

fn profile(h: &Form) -> &Profile {
    h.state().app.doc().unwrap().profile()
}

/// The text at an address.
fn text(h: &Form, at: &At) -> String {
    let mut profile = profile(h).clone();
    Slot::of(&mut profile, at).and_then(Slot::text).unwrap().clone()
}

fn press(h: &mut Form, modifiers: Modifiers, key: Key) {
    h.key_press_modifiers(modifiers, key);
    h.run();
}

fn type_text(h: &mut Form, text: &str) {
    h.event(Event::Text(text.to_owned()));
    h.run();
}

fn paste(h: &mut Form, text: &str) {
    h.event(Event::Paste(text.to_owned()));
    h.run();
}

fn rect(h: &Form, label: &str) -> Rect {
    h.get_by_label(label).rect()
}

#[test]
fn a_long_line_wraps_and_stays_one_line() {
    let degree = "Doctor of Philosophy in Computational and Applied Mathematics with distinction (PhD)";
    let at = first("degree");
    let mut h = window("Education(entries: [(institution: \"Example University\")])");
    go(&mut h, &at, 0);
    let one = rect(&h, "Degree").height();
    type_text(&mut h, &degree.repeat(2));
    assert!(rect(&h, "Degree").height() > one * 1.3);
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(text(&h, &at), degree.repeat(2), "no key breaks it");
    go(&mut h, &at, 0);
    press(&mut h, Modifiers::COMMAND, Key::A);
    paste(&mut h, "Master of\r\n  Science\n\n(MSc)\n");
    assert_eq!(text(&h, &at), "Master of Science (MSc)");
}

#[test]
fn words_are_found_and_replaced_by_the_keyboard() {
    let entry = |title: &str, show: &str| format!("(title: \"{title}\"{show})");
    let entries = [entry("One cat", ""), entry("Two cats, a CAT", ""), entry("A cat", ", show: Never")];
    let mut h = window(&format!("Publications(entries: [{}])", entries.join(", ")));
    let title = |h: &Form, i: usize| {
        let at = At::root().field("sections").index(0).field("entries").index(i);
        text(h, &at.field("title"))
    };
    go(&mut h, &first("title"), 3);
    press(&mut h, Modifiers::COMMAND, Key::H);
    type_text(&mut h, "cat");
    h.get_by_label("4 places, 1 hidden");
    press(&mut h, Modifiers::NONE, Key::Tab);
    type_text(&mut h, "dog");
    h.get_by_label("Match case").click();
    h.run();
    h.get_by_label("Whole words").click();
    h.run();
    h.get_by_label("2 places, 1 hidden");
    h.get_by_label("Replace with").focus();
    h.run();
    // The first time it only goes there.
    for expected in ["One cat", "One dog"] {
        press(&mut h, Modifiers::NONE, Key::Enter);
        assert_eq!(title(&h, 0), expected);
    }
    assert!(h.get_by_label("Replace with").is_focused());
    h.get_by_label("Match case").click();
    h.run();
    h.get_by_label("Whole words").click();
    h.run();
    h.get_by_label("Replace all").click();
    h.run_steps(4);
    assert_eq!((title(&h, 1), title(&h, 2)), ("Two dogs, a dog".into(), "A dog".into()));
    h.get_by_label("Replaced in 3 places, 1 of them hidden on the page");
    h.get_by_label("Undo").click();
    h.run();
    assert_eq!((title(&h, 0), title(&h, 1)), ("One dog".into(), "Two cats, a CAT".into()));
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert!(h.query_by_label("Replace with").is_none());
    type_text(&mut h, "!");
    assert_eq!(title(&h, 0), "One dog!", "the caret is back in its field");
}

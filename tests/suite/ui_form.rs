//! The manners of the form: how its fields look, wrap, wait and answer; found by accessible name.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use crate::support::{paste, press, type_text};
use eframe::egui::{Event, Key, Modifiers, Rect, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use vitae::{
    app::{App, Screen, doc::Doc, edit::Edit},
    at::At,
    profile::Profile,
    slot::Slot,
    store::Document,
    ui::Window,
};

type Form = Harness<'static, Window>;

/// A window with a profile of these sections, as the file has them.
fn window(sections: &str) -> Form {
    let text =
        format!("Profile(format: 1, person: (name: \"Zofia Example\"), sections: [{sections}])");
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

fn rect(h: &Form, label: &str) -> Rect {
    h.get_by_label(label).rect()
}

#[test]
fn a_long_line_wraps_and_stays_one_line() {
    let degree =
        "Doctor of Philosophy in Computational and Applied Mathematics with distinction (PhD)";
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
    let entries =
        [entry("One cat", ""), entry("Two cats, a CAT", ""), entry("A cat", ", show: Never")];
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

fn papers(h: &Form) -> Vec<String> {
    let section = profile(h).sections.first().unwrap();
    let vitae::section::Section::Publications(list) = section else {
        return vec![];
    };
    list.entries.iter().map(|p| format!("{}|{}|{}", p.title, p.date, p.doi)).collect()
}

#[test]
fn a_pasted_reference_becomes_an_entry_and_can_be_text_again() {
    let reference = "Doe J, Roe R. The title of the paper. Journal of Examples, 2024.";
    let mut h = window(
        "Publications(entries: [(title: \"\", note: \"Oral\"), (title: \"Old\", date: \"2020\")])",
    );
    let before = profile(&h).clone();
    go(&mut h, &first("title"), 0);
    h.event(Event::Paste(reference.to_owned()));
    h.run_steps(6);
    assert_eq!(papers(&h), ["The title of the paper|2024|", "Old|2020|"]);
    h.get_by_label("A publication was made of the reference");
    h.get_by_label("Undo").click();
    h.run_steps(6);
    assert_eq!(*profile(&h), before);
    go(&mut h, &first("title"), 0);
    h.event(Event::Paste(reference.to_owned()));
    h.run_steps(6);
    h.get_by_label("Paste as text").click();
    h.run_steps(6);
    assert_eq!(text(&h, &first("title")), reference);
    // Into a title that says something it is only text.
    paste(&mut h, " 10.5555/example");
    assert_eq!(text(&h, &first("title")), format!("{reference} 10.5555/example"));
}

#[test]
fn a_bare_number_says_what_is_missing_and_a_section_takes_references_by_date() {
    let mut h = window(
        "Publications(entries: [(title: \"B\", date: \"2025\"), (title: \"A\", date: \"2020\")])",
    );
    h.get_by_label_contains("Publications, 2 entries").click();
    h.run();
    h.event(Event::Paste("@misc{a, title={New}, author={Doe, Jane}, year={2023}}".to_owned()));
    h.run_steps(6);
    assert_eq!(papers(&h), ["B|2025|", "New|2023|", "A|2020|"]);
    h.get_by_label("Add publication").click();
    h.run();
    assert_eq!(papers(&h).last().unwrap(), "||", "a new one stands at the end");
    h.event(Event::Paste("https://doi.org/10.5555/example".to_owned()));
    h.run_steps(6);
    h.get_by_label(
        "A publication was made of the DOI; title, authors, venue and date are still missing",
    );
    assert_eq!(papers(&h).last().unwrap(), "||10.5555/example");
    type_text(&mut h, "Typed");
    assert_eq!(papers(&h).last().unwrap(), "Typed||10.5555/example");
}

#[test]
fn cards_have_a_menu_by_the_second_button() {
    let mut h = window("Awards(entries: [(name: \"One\"), (name: \"Two\")])");
    h.get_by_label_contains("Awards, 2 entries").click();
    h.run();
    h.get_by_label("One").click_secondary();
    h.run();
    for item in ["Duplicate", "Move down", "Matters less", "Delete"] {
        h.get_by_label(item);
    }
    h.get_by_label("Hide on the page").click();
    h.run();
    h.get_by_label("One, hidden");
}

#[test]
fn undo_gives_caret_cards_and_tab_back() {
    let mut h = window(
        "Awards(entries: [(name: \"One\"), (name: \"Two\")]), Skills(entries: [(label: \"Tools\")])",
    );
    let view = |h: &Form| h.state().app.doc().unwrap().view.clone();
    // In the middle of a text.
    go(&mut h, &first("name"), 1);
    type_text(&mut h, "xy");
    go(&mut h, &first("name"), 5);
    press(&mut h, Modifiers::COMMAND, Key::Z);
    type_text(&mut h, "!");
    assert_eq!(text(&h, &first("name")), "O!ne");
    // A closed card that was deleted comes back closed, on its own tab.
    let open = view(&h).open;
    h.get_by_label("Delete Two").click();
    h.run();
    h.get_by_label_contains("Skills, 1 entry").click();
    h.run();
    press(&mut h, Modifiers::COMMAND, Key::Z);
    assert_eq!((view(&h).tab, view(&h).open), (vitae::app::view::Tab::Section(0), open));
    // Each sentence is a step.
    go(&mut h, &first("name"), 0);
    for letter in "One. Two. Three".chars() {
        h.event(Event::Text(letter.to_string()));
        h.step();
    }
    let mut seen = vec![];
    for _ in 0..3 {
        press(&mut h, Modifiers::COMMAND, Key::Z);
        seen.push(text(&h, &first("name")));
    }
    assert_eq!(seen, ["One. Two. O!ne", "One. O!ne", "O!ne"]);
}

#[test]
fn sorting_stands_in_the_open() {
    let mut h =
        window("Awards(entries: [(name: \"A\", date: \"2020\"), (name: \"B\", date: \"2024\")])");
    h.get_by_label_contains("Awards, 2 entries").click();
    h.run();
    h.get_by_label("Sort by date").click();
    h.run();
    assert_eq!(text(&h, &first("name")), "B");
    h.get_by_label("Sort by date").click();
    h.run_steps(4);
    h.get_by_label("The entries are in order already, the newest first");
}

#[test]
fn nothing_moves_or_is_blamed_while_it_is_typed() {
    let mut h = window(
        "Awards(entries: [(name: \"One\", issuer: \"Example\", date: \"2020\"), (name: \"Two\", issuer: \"Example\", date: \"2019\")])",
    );
    let date = first("date");
    go(&mut h, &date, 0);
    press(&mut h, Modifiers::COMMAND, Key::A);
    let place = rect(&h, "Date");
    let said = |h: &Form| h.query_all_by_label_contains("as typed").count();
    for letter in "Octember".chars() {
        type_text(&mut h, &letter.to_string());
        assert_eq!((rect(&h, "Date"), said(&h)), (place, 0));
    }
    press(&mut h, Modifiers::NONE, Key::Tab);
    assert!(said(&h) > 0, "it is told when the field is left");
    assert_eq!(rect(&h, "Date"), place);
    // A new entry is not blamed for what it lacks before it is left.
    h.get_by_label("Add award").click();
    h.run();
    assert!(h.query_by_label("Needed on the page").is_none());
    type_text(&mut h, "x");
    press(&mut h, Modifiers::NONE, Key::Backspace);
    press(&mut h, Modifiers::NONE, Key::Tab);
    assert!(h.query_by_label("Needed on the page").is_none());
    go(&mut h, &first("name"), 0);
    h.get_by_label("Needed on the page");
}

#[test]
fn what_is_said_about_an_element_of_a_list_moves_nothing() {
    let mut h = window("Projects(entries: [(name: \"One\", bullets: [\"First\", \"Second\"])])");
    let bullet = |i| first("bullets").index(i).field("text");
    go(&mut h, &bullet(0), 0);
    let place = rect(&h, "Highlight 2 of 2");
    type_text(&mut h, "$\\nothing{x}$ ");
    go(&mut h, &bullet(1), 0);
    h.get_by_label("Highlight 1:");
    assert_eq!(rect(&h, "Highlight 2 of 2"), place);
    let email = |i| At::root().field("person").field("emails").index(i);
    h.state_mut().app.apply(&Edit::Add(At::root().field("person").field("emails"), 0));
    h.run();
    go(&mut h, &email(0), 0);
    let place = rect(&h, "Headline");
    let add = rect(&h, "Add email");
    type_text(&mut h, "no address");
    go(&mut h, &At::root().field("person").field("headline"), 0);
    h.get_by_label("Email 1:");
    assert_eq!((rect(&h, "Headline"), rect(&h, "Add email")), (place, add));
}

#[test]
fn the_palette_stays_where_it_is() {
    let mut h = window("Awards(entries: [(name: \"One\")])");
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    let place = rect(&h, "Search commands");
    type_text(&mut h, "sort");
    assert_eq!(rect(&h, "Search commands"), place);
    type_text(&mut h, "qqqq");
    assert_eq!(rect(&h, "Search commands"), place);
}

#[test]
fn the_window_fits_on_its_screen_and_keeps_its_size() {
    use eframe::egui::{ViewportCommand, ViewportId, pos2};
    for (screen, fills) in [((1280.0, 720.0), true), ((2560.0, 1440.0), false)] {
        let mut h = window("");
        let viewport = h.input_mut().viewports.entry(ViewportId::ROOT).or_default();
        viewport.monitor_size = Some(vec2(screen.0, screen.1));
        viewport.outer_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(976.0, 1300.0)));
        h.step();
        let commands = &h.output().viewport_output[&ViewportId::ROOT].commands;
        assert_eq!(commands.contains(&ViewportCommand::Maximized(true)), fills, "{screen:?}");
    }
    // What is shown larger takes no larger window.
    let mut h = window("");
    let before = h.state().app.files.settings.window;
    h.state_mut().app.files.settings.scale = 2.0;
    h.run();
    let after = h.state().app.files.settings.window.unwrap();
    assert!((after.0 - before.unwrap().0).abs() < 2.0, "{before:?} {after:?}");
}

#[test]
fn authors_that_are_typed_right_after_tab_lose_no_letter() {
    for in_frame in 1..12 {
        let mut h = window("Publications(entries: [(title: \"Paper\")])");
        go(&mut h, &first("title"), 0);
        let key = Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let letters = "A. Nowak, W. Zhang*, ".chars().map(|c| Event::Text(c.to_string()));
        let events: Vec<Event> = [key].into_iter().chain(letters).collect();
        for events in events.chunks(in_frame) {
            h.input_mut().events.extend(events.iter().cloned());
            h.step();
        }
        h.run();
        press(&mut h, Modifiers::NONE, Key::Tab);
        let section = profile(&h).sections.first().unwrap();
        let vitae::section::Section::Publications(list) = section else {
            continue;
        };
        let authors = &list.entries.first().unwrap().authors;
        let names: Vec<_> = authors.iter().map(|author| author.name.as_str()).collect();
        assert_eq!(names, ["A. Nowak", "W. Zhang*"], "{in_frame} in a frame");
    }
}

#[test]
fn bold_goes_on_and_off_while_it_is_typed() {
    let mut h = window("Publications(entries: [(title: \"\")])");
    go(&mut h, &first("title"), 0);
    for (part, key) in [("A ", Key::B), ("bold", Key::B), (" and ", Key::I), ("new", Key::I)] {
        type_text(&mut h, part);
        press(&mut h, Modifiers::COMMAND, key);
    }
    type_text(&mut h, " word");
    assert_eq!(text(&h, &first("title")), "A **bold** and *new* word");
}

//! Highlights, rich text, authors and links in the window, by accessible name and by key; each
//! undone.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is not as expected fails the test"
)]

use crate::support::{paste, press, type_text};
use eframe::egui::{Event, ImeEvent, Key, Modifiers, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use vitae::{
    app::{App, Screen, command::EDITING_KEYS, doc::Doc, view::Tab},
    at::At,
    finding::Code,
    profile::Profile,
    section::Section,
    store::Document,
    ui::Window,
    value::entry::{Author, Bullet},
};

type Form = Harness<'static, Window>;

/// A window with a profile of one section with one entry, or with none.
fn window(text: &str) -> Form {
    let file = Document::from_text("test.cv.ron", text).unwrap();
    assert!(file.findings.is_empty(), "{:?}", file.findings);
    let mut app = App { page_shown: false, ..App::default() };
    app.screen = Screen::Editor(Box::new(Doc::new(file, None)));
    let mut h = Harness::builder()
        .with_size(vec2(1100.0, 1400.0))
        .with_max_steps(400)
        .allow_missing_glyphs()
        .build_eframe(|cc| Window::new(&cc.egui_ctx, app));
    h.run();
    h
}

/// A position with highlights, as the file has them.
fn position(bullets: &str) -> Form {
    let entry = format!("(organization: \"Lab\", role: \"Intern\", bullets: [{bullets}])");
    let mut h = window(&format!("Profile(format: 1, sections: [Experience(entries: [{entry}])])"));
    go(&mut h, &entry_at().field("organization"), 0);
    h
}

/// A paper of Zofia Example with authors.
fn paper(authors: &str) -> Form {
    let entry = format!("(title: \"Paper\", authors: [{authors}])");
    let person = "person: (name: \"Zofia Example\")";
    let text =
        format!("Profile(format: 1, {person}, sections: [Publications(entries: [{entry}])])");
    let mut h = window(&text);
    go(&mut h, &entry_at().field("title"), 0);
    h
}

fn person(person: &str) -> Form {
    let mut h = window(&format!("Profile(format: 1, person: ({person}))"));
    h.state_mut().app.doc_mut().unwrap().view.tab = Tab::Person;
    h.run();
    h
}

fn entry_at() -> At {
    At::root().field("sections").index(0).field("entries").index(0)
}

/// The text of a highlight, by its indexes from outside in.
fn bullet(path: &[usize]) -> At {
    let mut at = entry_at();
    for i in path {
        at = at.field("bullets").index(*i);
    }
    at.field("text")
}

fn go(h: &mut Form, at: &At, byte: usize) {
    h.state_mut().app.doc_mut().unwrap().view.go_to(at, Some(byte));
    h.run();
}

fn select(h: &mut Form, at: &At) {
    h.state_mut().app.doc_mut().unwrap().view.go_to(at, None);
    h.run();
}

fn profile(h: &Form) -> &Profile {
    h.state().app.doc().unwrap().profile()
}

fn undo(h: &mut Form) {
    press(h, Modifiers::COMMAND, Key::Z);
}

fn undo_all(h: &mut Form) {
    while h.state().app.doc().unwrap().undo.undo_label().is_some() {
        undo(h);
    }
}

/// The name of what has the focus.
fn focused(h: &Form) -> String {
    let node = h.root().children_recursive().find(|n| n.accesskit_node().is_focused());
    node.and_then(|n| n.accesskit_node().label()).unwrap_or_default()
}

/// `One|Two(In)`.
fn bullets(h: &Form) -> String {
    fn shown(list: &[Bullet]) -> String {
        let show = |b: &Bullet| match b.bullets.as_slice() {
            [] => b.text.clone(),
            inside => format!("{}({})", b.text, shown(inside)),
        };
        list.iter().map(show).collect::<Vec<_>>().join("|")
    }
    let Some(Section::Experience(list)) = profile(h).sections.first() else {
        panic!("no experience");
    };
    shown(&list.entries[0].bullets)
}

fn authors(h: &Form) -> &[Author] {
    let Some(Section::Publications(list)) = profile(h).sections.first() else {
        panic!("no publications");
    };
    &list.entries[0].authors
}

fn names(h: &Form) -> Vec<&str> {
    authors(h).iter().map(|a| a.name.as_str()).collect()
}

#[test]
fn keys_in_highlights() {
    const NESTED: &str = "(text: \"One\", bullets: [\"In\", \"In too\"]), \"Two\"";
    let alt = Modifiers::ALT;
    let none = Modifiers::NONE;
    for (list, path, byte, (modifiers, key), expected, caret) in [
        ("\"One\", \"Two\"", &[0][..], 3, (none, Key::Enter), "One||Two", "Highlight 2 of 3"),
        ("\"One two\"", &[0], 3, (none, Key::Enter), "One|two", "Highlight 2 of 2"),
        ("\"One two\"", &[0], 3, (Modifiers::SHIFT, Key::Enter), "One|two", "Highlight 2 of 2"),
        ("\"One\"", &[0], 0, (none, Key::Enter), "|One", "Highlight 2 of 2"),
        ("\"One\", \"Two\"", &[1], 0, (none, Key::Backspace), "One Two", "Highlight 1 of 1"),
        ("\"One\", \"Two\"", &[1], 1, (none, Key::Backspace), "One|wo", "Highlight 2 of 2"),
        ("\"One\", \"\"", &[1], 0, (none, Key::Backspace), "One", "Highlight 1 of 1"),
        (
            NESTED,
            &[1],
            0,
            (none, Key::Backspace),
            "One(In|In too Two)",
            "Highlight 2 of 2 in highlight 1",
        ),
        (NESTED, &[0, 0], 0, (none, Key::Backspace), "One|In(In too)|Two", "Highlight 2 of 3"),
        ("\"One\", \"Two\"", &[0], 3, (none, Key::Delete), "One Two", "Highlight 1 of 1"),
        (NESTED, &[0], 3, (none, Key::Delete), "One In(In too)|Two", "Highlight 1 of 2"),
        ("\"One\", \"Two\"", &[0], 2, (none, Key::Delete), "On|Two", "Highlight 1 of 2"),
        (
            "\"One\", \"Two\"",
            &[1],
            1,
            (alt, Key::ArrowRight),
            "One(Two)",
            "Highlight 1 of 1 in highlight 1",
        ),
        (NESTED, &[0, 1], 1, (alt, Key::ArrowLeft), "One(In)|In too|Two", "Highlight 2 of 3"),
        ("\"One\", \"Two\"", &[1], 0, (alt, Key::ArrowUp), "Two|One", "Highlight 1 of 2"),
        (
            NESTED,
            &[0, 0],
            0,
            (alt, Key::ArrowDown),
            "One(In too|In)|Two",
            "Highlight 2 of 2 in highlight 1",
        ),
    ] {
        let mut h = position(list);
        let before = bullets(&h);
        go(&mut h, &bullet(path), byte);
        press(&mut h, modifiers, key);
        assert_eq!(bullets(&h), expected, "{key:?} in {list} at {path:?}");
        assert_eq!(focused(&h), caret, "{key:?} in {list} at {path:?}");
        // A letter made or taken is undone once typing rests; everything else at once.
        undo(&mut h);
        assert_eq!(bullets(&h), before, "{key:?} in {list} undone");
    }
}

#[test]
fn arrows_go_from_highlight_to_highlight() {
    let mut h = position("(text: \"One\", bullets: [\"In\"]), \"Two\"");
    go(&mut h, &bullet(&[0]), 1);
    for (key, expected) in [
        (Key::ArrowDown, "Highlight 1 of 1 in highlight 1"),
        (Key::ArrowDown, "Highlight 2 of 2"),
        (Key::ArrowDown, "Highlight 2 of 2"),
        (Key::Home, "Highlight 2 of 2"),
        (Key::ArrowUp, "Highlight 1 of 1 in highlight 1"),
        (Key::ArrowUp, "Highlight 1 of 2"),
        (Key::ArrowUp, "Highlight 1 of 2"),
    ] {
        press(&mut h, Modifiers::NONE, key);
        assert_eq!(focused(&h), expected, "{key:?}");
    }
}

#[test]
fn what_is_typed_in_one_frame_arrives_where_the_caret_is_then() {
    let mut h = position("\"One\", \"Four\"");
    go(&mut h, &bullet(&[0]), 3);
    let key = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let text = |text: &str| Event::Text(text.to_owned());
    let events = [
        text("!"),
        key(Key::Enter),
        text("Two"),
        key(Key::Enter),
        text("Threex"),
        key(Key::Backspace),
    ];
    h.input_mut().events.extend(events);
    h.run();
    assert_eq!(bullets(&h), "One!|Two|Three|Four");
    let control = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    h.input_mut().events.extend([text(" very"), control(Key::B), text("!")]);
    h.run();
    assert_eq!(bullets(&h), "One!|Two|Three **very**!|Four");
    h.run_steps(10);
    h.input_mut().events.extend([text("?"), control(Key::Z), text(".")]);
    h.run();
    assert_eq!(bullets(&h), "One!|Two|Three **very**!.|Four");
}

#[test]
fn an_input_method_has_its_keys_for_itself() {
    let mut h = position("\"One\"");
    go(&mut h, &bullet(&[0]), 3);
    let preedit = |text: &str| {
        Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None })
    };
    h.event(preedit("ni"));
    h.run();
    press(&mut h, Modifiers::NONE, Key::Enter);
    h.event(Event::Ime(ImeEvent::Commit("你".to_owned())));
    h.run();
    assert_eq!(bullets(&h), "One你");
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(bullets(&h), "One你|");
}

#[test]
fn pasted_lists_become_highlights() {
    let mut h = position("\"One end\"");
    go(&mut h, &bullet(&[0]), 4);
    paste(&mut h, "- a\n  - b\n  - c\n- d, ");
    assert_eq!(bullets(&h), "One a(b|c)|d,end");
    assert_eq!(focused(&h), "Highlight 2 of 2");
    undo(&mut h);
    assert_eq!(bullets(&h), "One end");
    // One line is only text.
    go(&mut h, &bullet(&[0]), 4);
    paste(&mut h, "more ");
    assert_eq!(bullets(&h), "One more end");
}

#[test]
fn buttons_of_highlights() {
    let mut h = position("\"One\", \"Two\"");
    h.get_by_label("Add highlight").click();
    h.run();
    assert_eq!(bullets(&h), "One|Two|");
    assert_eq!(focused(&h), "Highlight 3 of 3");
    h.get_by_label("Delete highlight 1").click();
    h.run();
    assert_eq!(bullets(&h), "Two|");
    undo(&mut h);
    undo(&mut h);
    assert_eq!(bullets(&h), "One|Two");
    h.get_by_label("More for highlight 2").click();
    h.run();
    h.get_by_label("Indent").click();
    h.run();
    assert_eq!(bullets(&h), "One(Two)");
    undo(&mut h);
    h.get_by_label("More for highlight 1").click();
    h.run();
    h.get_by_label("Matters more").click();
    h.run();
    let weight = |h: &Form| match &profile(h).sections[0] {
        Section::Experience(list) => list.entries[0].bullets[0].weight,
        _ => 0,
    };
    assert_eq!(weight(&h), 1);
    undo(&mut h);
    assert_eq!(weight(&h), 0);
}

/// Drags from the middle of one widget to a place in another.
fn drag(h: &mut Form, from: &str, to: &str, place: f32) {
    let start = h.get_by_label(from).rect().center();
    let end = h.get_by_label(to).rect();
    let end = end.lerp_inside(vec2(place, place));
    h.hover_at(start);
    h.step();
    h.drag_at(start);
    h.step();
    for i in 1..=8u8 {
        h.hover_at(start.lerp(end, f32::from(i) / 8.0));
        h.step();
    }
    h.drop_at(end);
    h.run();
}

#[test]
fn highlights_and_authors_are_dragged() {
    let mut h = position("\"One\", \"Two\", \"Three\"");
    drag(&mut h, "Move highlight 3 by dragging", "Highlight 1 of 3", 0.2);
    assert_eq!(bullets(&h), "Three|One|Two");
    drag(&mut h, "Move highlight 1 by dragging", "Highlight 2 of 3", 0.8);
    assert_eq!(bullets(&h), "One|Three|Two");
    undo(&mut h);
    undo(&mut h);
    assert_eq!(bullets(&h), "One|Two|Three");

    let mut h = paper("\"A. Nowak\", \"Wei Zhang\", \"C. Example\"");
    drag(&mut h, "Author 3 of 3: C. Example", "Author 1 of 3: A. Nowak", 0.2);
    assert_eq!(names(&h), ["C. Example", "A. Nowak", "Wei Zhang"]);
    undo(&mut h);
    assert_eq!(names(&h), ["A. Nowak", "Wei Zhang", "C. Example"]);
}

#[test]
fn bold_italic_and_links_by_key() {
    let mut h = position("\"One two\"");
    let command = Modifiers::COMMAND;
    let at = bullet(&[0]);
    select(&mut h, &at);
    press(&mut h, command, Key::B);
    assert_eq!(bullets(&h), "**One two**");
    press(&mut h, command, Key::I);
    assert_eq!(bullets(&h), "***One two***");
    press(&mut h, command, Key::B);
    assert_eq!(bullets(&h), "*One two*");
    undo_all(&mut h);
    assert_eq!(bullets(&h), "One two");
    // The word at the caret, and the address where the caret then is.
    go(&mut h, &at, 5);
    press(&mut h, command, Key::K);
    type_text(&mut h, "example.org");
    assert_eq!(bullets(&h), "One [two](example.org)");
    undo_all(&mut h);
    assert_eq!(bullets(&h), "One two");
    // An address pasted over a selection.
    select(&mut h, &at);
    paste(&mut h, "https://example.org/x");
    assert_eq!(bullets(&h), "[One two](https://example.org/x)");
    undo_all(&mut h);
    // The same in a field of one line; letters typed go where the selection was.
    let role = entry_at().field("role");
    select(&mut h, &role);
    press(&mut h, command, Key::B);
    type_text(&mut h, "Lead");
    let Section::Experience(list) = &profile(&h).sections[0] else { panic!("no experience") };
    assert_eq!(list.entries[0].role, "**Lead**");
}

#[test]
fn tools_beside_the_field_with_the_focus() {
    let mut h = position("\"One two\"");
    go(&mut h, &entry_at().field("date"), 0);
    assert!(h.query_by_label("Bold (Ctrl+B)").is_none());
    select(&mut h, &bullet(&[0]));
    h.get_by_label("Bold (Ctrl+B)").click();
    h.run();
    assert_eq!(bullets(&h), "**One two**");
    assert_eq!(focused(&h), "Highlight 1 of 1");
    type_text(&mut h, "x");
    assert_eq!(bullets(&h), "**x**");
}

#[test]
fn the_text_field_does_not_undo_on_its_own() {
    let mut h = position("\"One\"");
    go(&mut h, &bullet(&[0]), 3);
    type_text(&mut h, "!");
    h.run_steps(10);
    for _ in 0..3 {
        undo(&mut h);
    }
    assert_eq!(bullets(&h), "One");
    assert!(h.state().app.doc().unwrap().undo.undo_label().is_none());
    press(&mut h, Modifiers::COMMAND, Key::Y);
    for _ in 0..2 {
        press(&mut h, Modifiers::COMMAND, Key::Y);
    }
    assert_eq!(bullets(&h), "One!");
}

#[test]
fn authors_are_typed_and_pasted() {
    let mut h = paper("");
    let at = entry_at().field("authors");
    go(&mut h, &at, 0);
    for text in ["A. B", ",", " C. D and E. F"] {
        type_text(&mut h, text);
    }
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(names(&h), ["A. B", "C. D", "E. F"]);
    assert_eq!(focused(&h), "Add author");
    paste(&mut h, "Wei Zhang†, Zofia Example and Na Li");
    assert_eq!(names(&h).get(3..).unwrap(), ["Wei Zhang†", "Zofia Example", "Na Li"]);
    assert_eq!(focused(&h), "Add author");
    undo(&mut h);
    assert_eq!(names(&h), ["A. B", "C. D", "E. F"]);
    undo_all(&mut h);
    assert_eq!(names(&h), [""; 0]);
    // Leaving is enough.
    go(&mut h, &at, 0);
    for text in ["Nowak", ",", " A. and C. D"] {
        type_text(&mut h, text);
    }
    assert_eq!(names(&h), ["Nowak, A. and C. D"]);
    go(&mut h, &entry_at().field("title"), 0);
    assert_eq!(names(&h), ["Nowak, A.", "C. D"]);
}

#[test]
fn authors_are_typed_at_any_speed() {
    let typed = "Wei Zhang, A. Kowalska†, Bo Li; Nowak, E.,";
    for letters in 1..8 {
        let mut h = paper("");
        go(&mut h, &entry_at().field("authors"), 0);
        // So many in each frame.
        for part in typed.chars().collect::<Vec<_>>().chunks(letters) {
            for letter in part {
                h.event(Event::Text(letter.to_string()));
            }
            h.step();
        }
        h.run();
        assert_eq!(
            names(&h),
            ["Wei Zhang", "A. Kowalska†", "Bo Li", "Nowak, E."],
            "{letters} at once"
        );
        undo_all(&mut h);
        assert_eq!(names(&h), [""; 0]);
    }
}

#[test]
fn of_two_authors_with_the_same_initials_one_can_be_chosen() {
    let mut h = paper("\"Z. Example\", \"Z. Example\", \"Zofia Example\"");
    // By initials each may be the person.
    h.get_by_label("Author 1 of 3: Z. Example, own name");
    h.get_by_label("Author 2 of 3: Z. Example, own name").click();
    h.run();
    h.get_by_label("This is me").click();
    h.run();
    assert!(authors(&h)[1].own);
    // As on the page: the other one is somebody else now, and a whole name is none to choose.
    h.get_by_label("Author 1 of 3: Z. Example");
    h.get_by_label("Author 2 of 3: Z. Example, own name");
    h.get_by_label("Author 3 of 3: Zofia Example, own name").click();
    h.run();
    h.get_by_label("This is me").click();
    h.run();
    assert!(!authors(&h)[2].own, "known by the spelling");
}

#[test]
fn authors_are_edited_marked_moved_and_deleted() {
    let mut h = paper("\"A. Nowak\", \"Z. Example\", \"C. D\"");
    h.get_by_label("Author 2 of 3: Z. Example, own name");
    h.get_by_label("Author 3 of 3: C. D").click();
    h.run();
    assert_eq!(focused(&h), "Author 3 of 3: C. D");
    type_text(&mut h, "ee");
    assert_eq!(names(&h)[2], "C. Dee");
    h.get_by_label_contains("Mark †").click();
    h.run();
    assert_eq!(names(&h)[2], "C. Dee†");
    h.get_by_label_contains("Mark *").click();
    h.run();
    assert_eq!(names(&h)[2], "C. Dee†*");
    h.get_by_label_contains("Mark †").click();
    h.run();
    assert_eq!(names(&h)[2], "C. Dee*");
    for expected in ["C. Dee†*", "C. Dee†", "C. Dee", "C. D"] {
        undo(&mut h);
        assert_eq!(names(&h)[2], expected);
    }
    h.get_by_label("This is me").click();
    h.run();
    assert!(authors(&h)[2].own);
    h.get_by_label("Author 3 of 3: C. D, own name");
    undo(&mut h);
    assert!(!authors(&h)[2].own);
    // Its link.
    go(&mut h, &entry_at().field("authors").index(2).field("link"), 0);
    type_text(&mut h, "https://example.org");
    assert_eq!(authors(&h)[2].link, "https://example.org");
    undo(&mut h);
    // Its tools come next by Tab, and after them the other authors.
    go(&mut h, &entry_at().field("authors").index(1).field("name"), 0);
    press(&mut h, Modifiers::NONE, Key::Tab);
    assert!(focused(&h).starts_with("Mark †"), "{}", focused(&h));
    press(&mut h, Modifiers::NONE, Key::Space);
    assert_eq!(names(&h)[1], "Z. Example†");
    undo(&mut h);
    go(&mut h, &entry_at().field("authors").index(1).field("link"), 0);
    for name in ["Delete author 2", "Author 3 of 3: C. D"] {
        press(&mut h, Modifiers::NONE, Key::Tab);
        assert_eq!(focused(&h), name);
    }
    // Escape goes back to the chip; keys move and delete it.
    go(&mut h, &entry_at().field("authors").index(2).field("name"), 0);
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert_eq!(focused(&h), "Author 3 of 3: C. D");
    press(&mut h, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(names(&h), ["A. Nowak", "C. D", "Z. Example"]);
    assert_eq!(focused(&h), "Author 2 of 3: C. D");
    press(&mut h, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(names(&h), ["C. D", "A. Nowak", "Z. Example"]);
    press(&mut h, Modifiers::NONE, Key::Backspace);
    assert_eq!(names(&h), ["A. Nowak", "Z. Example"]);
    assert_eq!(focused(&h), "Author 1 of 2: A. Nowak");
    for expected in [3, 3, 3] {
        undo(&mut h);
        assert_eq!(names(&h).len(), expected);
    }
    assert_eq!(names(&h), ["A. Nowak", "Z. Example", "C. D"]);
    go(&mut h, &entry_at().field("authors").index(1).field("name"), 0);
    h.get_by_label("Delete author 2").click();
    h.run();
    assert_eq!(names(&h), ["A. Nowak", "C. D"]);
    undo(&mut h);
    assert_eq!(names(&h).len(), 3);
}

#[test]
fn links_are_recognised_and_shortened() {
    let mut h = person("links: [\"\"]");
    let at = At::root().field("person").field("links");
    go(&mut h, &at.index(0), 0);
    let links = |h: &Form| profile(h).person.links.clone();
    paste(&mut h, "https://www.github.com/zofia/");
    assert_eq!(links(&h), ["github.com/zofia"]);
    h.get_by_label("GitHub · zofia");
    undo(&mut h);
    assert_eq!(links(&h), ["https://www.github.com/zofia/"]);
    undo(&mut h);
    assert_eq!(links(&h), [""]);
    // A word that could be anything.
    type_text(&mut h, "zofia");
    h.get_by_label("What is zofia?").click();
    h.run();
    h.get_by_label("LinkedIn").click();
    h.run();
    assert_eq!(links(&h), ["LinkedIn: zofia"]);
    undo(&mut h);
    assert_eq!(links(&h), ["zofia"]);
    // More lines.
    go(&mut h, &at.index(0), 5);
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(links(&h), ["zofia", ""]);
    assert_eq!(focused(&h), "Link 2 of 2");
    press(&mut h, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(links(&h), ["", "zofia"]);
    press(&mut h, Modifiers::NONE, Key::Backspace);
    assert_eq!(links(&h), ["zofia"]);
    h.get_by_label("Add email").click();
    h.run();
    type_text(&mut h, "zofia@example.org");
    assert_eq!(profile(&h).person.emails, ["zofia@example.org"]);
    h.get_by_label("Delete email 1").click();
    h.run();
    assert_eq!(profile(&h).person.emails, [""; 0]);
}

#[test]
fn marks_without_a_meaning_are_explained_by_one_click() {
    let mut h = paper("\"Zofia Example†\", \"A. Nowak†\"");
    let name = entry_at().field("authors").index(0).field("name");
    let found = vitae::finding::Finding::warning(Code::MarkUnexplained, name, "nothing says");
    h.state_mut().app.doc_mut().unwrap().findings = std::sync::Arc::new(vec![found].into());
    h.run();
    h.get_by_label("Explain † as equal contribution").click();
    h.run();
    let marks: Vec<_> = profile(&h).marks.iter().map(|m| (&*m.label, &*m.text)).collect();
    assert_eq!(marks, [("†", "equal contribution")]);
    undo(&mut h);
    assert!(profile(&h).marks.is_empty());
}

#[test]
fn the_help_tells_of_the_keys_inside_fields() {
    let mut h = position("\"One\"");
    press(&mut h, Modifiers::NONE, Key::F1);
    for (keys, what) in EDITING_KEYS {
        assert!(h.query_all_by_label(keys).count() > 0, "{keys}");
        h.get_by_label(what);
    }
}

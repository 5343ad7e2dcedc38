//! What is typed faster than the window draws arrives as if it had been typed slowly; Tab, Enter
//! and Escape in fields.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use eframe::egui::{
    Event, ImeEvent, Key, Modifiers, PointerButton, Pos2, TextEdit, text::CharIndex, vec2,
};
use egui_kittest::{Harness, kittest::Queryable as _};
use vitae::{
    app::{App, Screen, doc::Doc, view::Sheet},
    at::At,
    profile::Profile,
    slot::Slot,
    store::Document,
    ui::Window,
};

type Form = Harness<'static, Window>;

const TEXT: &str = "Profile(format: 1, person: (name: \"Zofia Example\"), sections: [Experience(entries: \
    [(organization: \"Lab\", role: \"Intern\", bullets: [\"One\", \"Two\"])])])";

/// A window with the caret in a field of the one entry.
fn window(field: &'static str) -> Form {
    let file = Document::from_text("test.cv.ron", TEXT).unwrap();
    let mut app = App { page_shown: false, ..App::default() };
    app.screen = Screen::Editor(Box::new(Doc::new(file, None)));
    let mut h = Harness::builder()
        .with_size(vec2(1100.0, 1400.0))
        .with_max_steps(400)
        .allow_missing_glyphs()
        .build_eframe(|cc| Window::new(&cc.egui_ctx, app));
    h.run();
    let view = &mut h.state_mut().app.doc_mut().unwrap().view;
    view.go_to(&entry().field(field), Some(usize::MAX));
    h.run();
    h
}

fn entry() -> At {
    At::root().field("sections").index(0).field("entries").index(0)
}

fn profile(h: &Form) -> &Profile {
    h.state().app.doc().unwrap().profile()
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// `>` and `<` are Tab without and with Shift, `/` and `\` are Enter, `!` is Escape, `[` and `]`
/// are arrows, `^` and `$` the ends of a line, `-` is Backspace, `D` duplicates, `A` adds an entry,
/// `P` opens the palette, `=` puts in two keys.
fn event(sign: char) -> Event {
    match sign {
        '>' => key(Key::Tab, Modifiers::NONE),
        '<' => key(Key::Tab, Modifiers::SHIFT),
        '/' => key(Key::Enter, Modifiers::NONE),
        '\\' => key(Key::Enter, Modifiers::SHIFT),
        '!' => key(Key::Escape, Modifiers::NONE),
        '[' => key(Key::ArrowLeft, Modifiers::NONE),
        ']' => key(Key::ArrowRight, Modifiers::NONE),
        '^' => key(Key::Home, Modifiers::NONE),
        '$' => key(Key::End, Modifiers::NONE),
        '-' => key(Key::Backspace, Modifiers::NONE),
        'D' => key(Key::D, Modifiers::COMMAND),
        'A' => key(Key::Enter, Modifiers::COMMAND),
        'P' => key(Key::P, Modifiers::COMMAND | Modifiers::SHIFT),
        letter => Event::Text(letter.to_string()),
    }
}

/// Types with so many keys in a frame; with none, each waits until the window rests.
fn type_at(h: &mut Form, keys: &str, in_frame: usize) {
    let events: Vec<_> = keys.chars().map(event).collect();
    for events in events.chunks(in_frame.max(1)) {
        h.input_mut().events.extend(events.iter().cloned());
        if in_frame == 0 {
            h.run();
        } else {
            h.step();
        }
    }
    h.run();
}

fn value(h: &Form, name: &'static str) -> String {
    let mut profile = profile(h).clone();
    let text = Slot::of(&mut profile, &entry().field(name)).and_then(Slot::text);
    text.map(|text| text.clone()).unwrap_or_default()
}

/// Organization and role after keys in the organization, all in one frame.
fn typed(keys: &str) -> String {
    let mut h = window("organization");
    type_at(&mut h, keys, 100);
    format!("{}|{}", value(&h, "organization"), value(&h, "role"))
}

#[test]
fn keys_that_move_the_focus_wait_for_each_other() {
    for (keys, expected) in [
        ("ab>cd", "Labab|cd"),
        ("ab>cd<x", "x|cd"),
        ("ab/cd", "Labab|cd"),
        ("ab/cd\\x", "x|cd"),
        ("ab!cd", "Lababcd|Intern"),
        ("ab!>cd", "Labab|cd"),
        ("a>$[b", "Laba|Interbn"),
        ("a>]b", "Laba|Internb"),
    ] {
        assert_eq!(typed(keys), expected, "{keys}");
    }
}

#[test]
fn letters_after_a_click_go_where_it_led() {
    let mut h = window("organization");
    let point = h.get_by_label("Role").rect().center();
    let button = |pressed| Event::PointerButton {
        pos: point,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let letter = |text: &str| Event::Text(text.to_owned());
    let events = [
        letter("a"),
        Event::PointerMoved(point),
        button(true),
        button(false),
        key(Key::End, Modifiers::NONE),
        letter("b"),
    ];
    h.input_mut().events.extend(events);
    h.run();
    assert_eq!((value(&h, "organization"), value(&h, "role")), ("Laba".into(), "Internb".into()));
}

#[test]
fn the_palette_gets_what_is_typed_after_its_key() {
    let mut h = window("organization");
    type_at(&mut h, "abPadd section/", 100);
    assert_eq!(value(&h, "organization"), "Labab");
    assert_eq!(h.state().app.sheet(), Some(Sheet::AddSection));
}

/// Random keys: letters, what moves the focus, and now and then the palette, searched and left
/// again.
fn random_keys(count: usize, seed: &mut u64) -> String {
    const SIGNS: &str =
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz>>>><<//\\!!![]]^$--DAP";
    let signs: Vec<char> = SIGNS.chars().collect();
    let mut next = || {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
        signs.get((*seed >> 33) as usize % signs.len()).copied()
    };
    let mut keys = String::new();
    while keys.chars().count() < count {
        match next() {
            // Nothing is called that, so Enter does nothing there.
            Some('P') => keys += "Pqxz/!",
            sign => keys.extend(sign),
        }
    }
    keys
}

/// Letters come every 5 to 80 ms and a frame takes 100: 1, 2, 5, 20 or more of them at once.
#[test]
fn at_any_speed_the_same_is_typed() {
    // All of the 10,000 take minutes.
    let count = std::env::var("VITAE_KEYS").ok().and_then(|count| count.parse().ok());
    let (part, count) = (120, count.unwrap_or(240_usize));
    let mut seed = 7_u64;
    for _ in 0..count / part {
        let keys = random_keys(part, &mut seed);
        let mut slow = window("organization");
        type_at(&mut slow, &keys, 0);
        for in_frame in [1, 2, 5, 20, 120] {
            let mut fast = window("organization");
            type_at(&mut fast, &keys, in_frame);
            assert_eq!(profile(&fast), profile(&slow), "{in_frame} of {keys}");
        }
    }
}

#[test]
fn an_input_method_types_no_control_characters() {
    let mut h = window("organization");
    h.event(Event::Ime(ImeEvent::Preedit { text: "가".to_owned(), active_range_chars: None }));
    h.run();
    h.event(Event::ModifiersChanged(Modifiers::COMMAND | Modifiers::CTRL));
    for text in ["", "\u{4}"] {
        h.event(Event::Ime(ImeEvent::Commit(text.to_owned())));
    }
    h.event(Event::ModifiersChanged(Modifiers::NONE));
    h.run();
    h.event(Event::Text("a\u{7}b".to_owned()));
    h.event(Event::Paste("c\u{13}d".to_owned()));
    h.run();
    let text = format!("{:?}", profile(&h));
    assert!(!text.contains("\\u{"), "{text}");
    // Ctrl+D was meant.
    assert_eq!(profile(&h).sections.first().unwrap().count(), 2);
}

#[test]
fn the_caret_stands_between_letters_of_several_characters() {
    for (text, keys, expected) in [
        ("ae\u{301}b", "$^]]-", "ab"),
        ("ae\u{301}b", "$[[-", "e\u{301}b"),
        ("ae\u{301}b", "$[-", "ab"),
        ("ae\u{301}b", "^]]x", "ae\u{301}xb"),
        ("🇵🇱🇬🇧", "$-", "🇵🇱"),
        ("🇵🇱🇬🇧", "^]x", "🇵🇱x🇬🇧"),
        ("👩‍👩‍👧!", "$[-", "!"),
        ("👩‍👩‍👧!", "$[[x", "x👩‍👩‍👧!"),
    ] {
        for in_frame in [0, 100] {
            let mut h = window("organization");
            h.event(Event::Key {
                key: Key::A,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::COMMAND,
            });
            h.event(Event::Paste(text.to_owned()));
            h.run();
            type_at(&mut h, keys, in_frame);
            assert_eq!(value(&h, "organization"), expected, "{text} {keys}");
        }
    }
}

#[test]
fn undo_on_a_message_is_there_until_something_else_changes() {
    let mut h = window("organization");
    let remove = |h: &mut Form| {
        h.get_by_label("Delete highlight 1").click();
        h.run_steps(4);
    };
    let before = profile(&h).clone();
    remove(&mut h);
    h.get_by_label("Undo").click();
    h.run_steps(4);
    assert_eq!(*profile(&h), before);
    remove(&mut h);
    let view = &mut h.state_mut().app.doc_mut().unwrap().view;
    view.go_to(&entry().field("role"), Some(usize::MAX));
    h.run_steps(4);
    h.event(Event::Text("s".to_owned()));
    h.run_steps(4);
    assert!(h.query_by_label("Undo").is_none());
    assert_eq!(value(&h, "role"), "Interns");
    // Once the letter is taken back, the message's step is the newest one again.
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run_steps(4);
    h.get_by_label("Undo").click();
    h.run_steps(4);
    assert_eq!(*profile(&h), before);
}

#[test]
fn the_second_button_keeps_the_selection_and_opens_a_menu() {
    let mut h = window("organization");
    let button = |h: &mut Form, pos: Pos2, pressed: bool| {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        h.event(Event::PointerMoved(pos));
        h.event(Event::PointerButton { pos, button, pressed, modifiers });
        // What is held for long is no click.
        h.run_steps(if pressed { 2 } else { 8 });
    };
    let selected = |h: &Form| {
        let id = h.ctx.memory(|memory| memory.focused()).unwrap();
        let range = TextEdit::load_state(&h.ctx, id).unwrap().cursor.char_range().unwrap();
        range.as_sorted_char_range()
    };
    let left = h.get_by_label("Organisation").rect().left_center() + vec2(14.0, 0.0);
    let item = |h: &mut Form, name: &str| {
        let items: Vec<_> = h.get_all_by_label_contains(name).collect();
        let pos = items.last().unwrap().rect().center();
        h.event(Event::PointerMoved(pos));
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            h.event(Event::PointerButton { pos, button, pressed, modifiers });
        }
        h.run();
    };
    // Inside a selection it stays, though the pointer moves a little; all of it can be cut.
    type_at(&mut h, "^", 0);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    button(&mut h, left, true);
    button(&mut h, left + vec2(3.0, 0.0), false);
    assert_eq!(selected(&h), CharIndex(0)..CharIndex(3));
    h.get_by_label("Paste");
    h.get_by_label("Cut");
    h.key_press(Key::Escape);
    h.run();
    assert!(h.query_by_label("Paste").is_none());
    // Without one the caret goes where it was pressed, and the field keeps it after a choice.
    type_at(&mut h, "$", 0);
    button(&mut h, left, true);
    button(&mut h, left, false);
    assert!(selected(&h).is_empty());
    item(&mut h, "Select all");
    assert_eq!(selected(&h), CharIndex(0)..CharIndex(3));
    type_at(&mut h, "x", 0);
    assert_eq!(value(&h, "organization"), "x");
    // The same from the menu above.
    h.get_by_label("Edit").click();
    h.run();
    item(&mut h, "Select all");
    type_at(&mut h, "y", 0);
    assert_eq!(value(&h, "organization"), "y");
    // The window system sends what was asked for; the field has its selection back by then.
    for of_field in [true, false] {
        type_at(&mut h, "word", 0);
        h.key_press_modifiers(Modifiers::COMMAND, Key::A);
        h.run();
        if of_field {
            button(&mut h, left, true);
            button(&mut h, left, false);
        } else {
            h.get_by_label("Edit").click();
            h.run();
        }
        item(&mut h, "Cut");
        h.event(Event::Cut);
        h.run();
        assert_eq!(value(&h, "organization"), "");
    }
}

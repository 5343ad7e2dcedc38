//! Writing on the page itself: the caret, what is typed, menus, tools of entries, and the form
//! folded away.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use crate::support::{SIZE, open, profile, sample, settle, themed, window};
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Theme, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use vitae::{
    app::{
        App,
        command::Command,
        edit::Edit,
        preview::{
            hit::{boxes, place},
            typed::Typed,
        },
        view::Zoom,
    },
    at::At,
    look::Look,
    profile::Profile,
    slot::Slot,
    theme,
    typeset::{Source, Typesetter, page::Pages},
    ui::Window,
    value::entry::Show,
};

type Page = Harness<'static, Window>;

fn pages(harness: &Page) -> Pages {
    let profile = profile(harness);
    let (style, _) = theme::style(profile, None, &Look::default());
    Typesetter::new(Source::Embedded).set(profile, None, &style).pages.clone()
}

/// A point on the first page, given in pt, in the window.
fn in_window(harness: &Page, point: Pos2) -> Pos2 {
    let area = harness.get_by_label_contains("Page 1 of").rect();
    let scale = match harness.state().app.doc().unwrap().view.zoom {
        Zoom::Factor(factor) => factor * 96.0 / 72.0,
        _ => (area.width() - 32.0) / 595.28,
    };
    let width = 595.28 * scale;
    let left = area.left() + (area.width() - width) / 2.0;
    pos2(left + point.x * scale, area.top() + 16.0 + point.y * scale)
}

/// The point in the window before a byte of the text at `at`.
fn point(harness: &Page, at: &At, byte: usize) -> Pos2 {
    let text = text(harness, at);
    let (_, place) = Typed::new(&pages(harness), at, &text).caret(byte).unwrap();
    in_window(harness, place.center())
}

fn text(harness: &Page, at: &At) -> String {
    let mut profile = profile(harness).clone();
    Slot::of(&mut profile, at).and_then(Slot::text).unwrap().clone()
}

fn press(harness: &mut Page, at: Pos2, button: PointerButton, pressed: bool) {
    let modifiers = Modifiers::NONE;
    harness.event(Event::PointerMoved(at));
    harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
    harness.step();
}

fn click(harness: &mut Page, at: Pos2) {
    press(harness, at, PointerButton::Primary, true);
    press(harness, at, PointerButton::Primary, false);
    // A second click soon after would be a double click.
    harness.run_steps(3);
    settle(harness);
}

fn drag(harness: &mut Page, from: Pos2, to: Pos2) {
    press(harness, from, PointerButton::Primary, true);
    for part in 1_u8..=4 {
        let part = f32::from(part) / 4.0;
        harness.event(Event::PointerMoved(from + (to - from) * part));
        harness.step();
    }
    press(harness, to, PointerButton::Primary, false);
    harness.run_steps(3);
    settle(harness);
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn type_in(harness: &mut Page, text: &str) {
    for line in text.split_inclusive(['\n', '\t']) {
        let words = line.trim_end_matches(['\n', '\t']);
        if !words.is_empty() {
            harness.event(Event::Text(words.to_owned()));
        }
        if line.ends_with('\n') {
            harness.event(key(Key::Enter, Modifiers::NONE));
        } else if line.ends_with('\t') {
            harness.event(key(Key::Tab, Modifiers::NONE));
        }
    }
    settle(harness);
}

/// The window with a sample on the page alone.
fn alone(mut app: App) -> Page {
    app.form_folded = true;
    app.doc_mut().unwrap().view.zoom = Zoom::Factor(1.0);
    window(app)
}

fn bullet() -> At {
    let entry = At::root().field("sections").index(2).field("entries").index(0);
    entry.field("bullets").index(0).field("text")
}

fn focused(harness: &Page) -> Option<At> {
    harness.state().app.doc().unwrap().view.focused.clone()
}

#[test]
fn a_click_puts_the_caret_between_letters_and_typing_goes_there() {
    for mut harness in [window(sample("phd-systems")), alone(sample("phd-systems"))] {
        let before = text(&harness, &bullet());
        let at = point(&harness, &bullet(), 8);
        click(&mut harness, at);
        assert_eq!(focused(&harness), Some(bullet()));
        type_in(&mut harness, "xy");
        harness.event(key(Key::Backspace, Modifiers::NONE));
        settle(&mut harness);
        let (head, tail) = before.split_at(8);
        assert_eq!(text(&harness, &bullet()), format!("{head}x{tail}"));
        while harness.state().app.doc().unwrap().undo.count() > 0 {
            harness.event(key(Key::Z, Modifiers::COMMAND));
            settle(&mut harness);
        }
        assert_eq!(text(&harness, &bullet()), before);
        // The caret is where the step was.
        type_in(&mut harness, "z");
        assert_eq!(text(&harness, &bullet()), format!("{head}z{tail}"));
    }
}

#[test]
fn home_end_and_arrows_go_by_the_lines_of_the_page() {
    let mut harness = alone(sample("phd-systems"));
    let at = point(&harness, &bullet(), 8);
    click(&mut harness, at);
    for (pressed, letter) in [(Key::Home, "a"), (Key::End, "b")] {
        harness.event(key(pressed, Modifiers::NONE));
        settle(&mut harness);
        type_in(&mut harness, letter);
    }
    let now = text(&harness, &bullet());
    assert!(now.starts_with('a') && now.ends_with('b'), "{now}");
    harness.event(key(Key::ArrowDown, Modifiers::NONE));
    settle(&mut harness);
    let next = bullet().parent().parent().index(1).field("text");
    assert_eq!(focused(&harness), Some(next));
    harness.event(key(Key::ArrowUp, Modifiers::NONE));
    settle(&mut harness);
    assert_eq!(focused(&harness), Some(bullet()));
}

#[test]
fn what_is_selected_on_the_page_is_replaced_and_made_bold() {
    let mut harness = alone(sample("phd-systems"));
    let before = text(&harness, &bullet());
    let (from, to) = (point(&harness, &bullet(), 0), point(&harness, &bullet(), 8));
    drag(&mut harness, from, to);
    harness.event(key(Key::B, Modifiers::COMMAND));
    settle(&mut harness);
    let (head, tail) = before.split_at(8);
    assert_eq!(text(&harness, &bullet()), format!("**{head}**{tail}"));
    harness.event(key(Key::Z, Modifiers::COMMAND));
    settle(&mut harness);
    let (from, to) = (point(&harness, &bullet(), 8), point(&harness, &bullet(), 0));
    drag(&mut harness, from, to);
    type_in(&mut harness, "Made");
    assert_eq!(text(&harness, &bullet()), format!("Made{tail}"));
}

#[test]
fn a_click_beside_the_paper_does_nothing() {
    let mut harness = window(sample("phd-systems"));
    let before = text(&harness, &bullet());
    let at = point(&harness, &bullet(), 8);
    click(&mut harness, at);
    let page = harness.get_by_label_contains("Page 1 of").rect();
    click(&mut harness, page.center_top() + eframe::egui::vec2(0.0, 6.0));
    type_in(&mut harness, "x");
    let (head, tail) = before.split_at(8);
    assert_eq!(text(&harness, &bullet()), format!("{head}x{tail}"));
}

#[test]
fn the_form_is_folded_and_comes_back_with_the_caret() {
    let mut harness = window(sample("phd-systems"));
    let at = point(&harness, &bullet(), 8);
    click(&mut harness, at);
    for _ in 0..2 {
        harness.event(key(Key::F9, Modifiers::NONE));
        settle(&mut harness);
        type_in(&mut harness, "q");
    }
    let now = text(&harness, &bullet());
    assert_eq!(now.get(8..10), Some("qq"), "{now}");
    assert!(!harness.state().app.form_folded);
}

#[test]
fn at_any_speed_the_same_is_typed_on_the_page() {
    const SIGNS: &str = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz>>>><//[[]]--";
    let signs: Vec<char> = SIGNS.chars().collect();
    let event = |sign: char| match sign {
        '>' => key(Key::Tab, Modifiers::NONE),
        '<' => key(Key::Tab, Modifiers::SHIFT),
        '/' => key(Key::Enter, Modifiers::NONE),
        '[' => key(Key::ArrowLeft, Modifiers::NONE),
        ']' => key(Key::ArrowRight, Modifiers::NONE),
        '-' => key(Key::Backspace, Modifiers::NONE),
        letter => Event::Text(letter.to_string()),
    };
    let mut seed = 11_u64;
    let keys: Vec<char> = (0..150)
        .filter_map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
            signs.get((seed >> 33) as usize % signs.len()).copied()
        })
        .collect();
    let typed = |in_frame: usize| -> Profile {
        let mut harness = alone(sample("first-year"));
        let name = At::root().field("person").field("name");
        let at = point(&harness, &name, 3);
        click(&mut harness, at);
        for keys in keys.chunks(in_frame.max(1)) {
            let events = keys.iter().map(|sign| event(*sign));
            harness.input_mut().events.extend(events);
            if in_frame == 0 {
                settle(&mut harness);
            } else {
                harness.step();
            }
        }
        settle(&mut harness);
        profile(&harness).clone()
    };
    let slow = typed(0);
    assert_ne!(slow, profile(&window(sample("first-year"))).clone());
    for in_frame in [1, 3, 20, 150] {
        assert_eq!(typed(in_frame), slow, "{in_frame} in a frame");
    }
}

#[test]
fn a_cv_is_written_on_an_empty_page() {
    let mut harness = window(App { form_folded: true, ..App::default() });
    harness.state_mut().app.run(Command::New);
    settle(&mut harness);
    let spoken = |h: &Page| h.get_by_label_contains("Page 1 of").accesskit_node().value();
    assert_eq!(spoken(&harness).unwrap_or_default(), "");
    harness.get_by_label("Your name (on the page)").click();
    settle(&mut harness);
    type_in(&mut harness, "Zofia Example");
    harness.get_by_label("Add email (on the page)").click();
    settle(&mut harness);
    type_in(&mut harness, "zofia@example.org");
    let experience = harness.get_by_label_contains("Experience: add");
    experience.click();
    settle(&mut harness);
    type_in(&mut harness, "Lab\tIntern");
    let person = &profile(&harness).person;
    assert_eq!(person.name, "Zofia Example");
    assert_eq!(person.emails, ["zofia@example.org"]);
    let page = spoken(&harness).unwrap();
    assert!(page.contains("Zofia Example") && page.contains("Lab"), "{page}");
    assert!(!page.contains("Add email") && !page.contains("Your name"), "{page}");
}

#[test]
fn the_menu_of_the_page_hides_a_highlight_and_keeps_the_selection() {
    let mut harness = alone(sample("phd-systems"));
    let (from, to) = (point(&harness, &bullet(), 0), point(&harness, &bullet(), 8));
    drag(&mut harness, from, to);
    let inside = point(&harness, &bullet(), 4);
    press(&mut harness, inside, PointerButton::Secondary, true);
    press(&mut harness, inside, PointerButton::Secondary, false);
    settle(&mut harness);
    harness.get_by_label("Copy");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    type_in(&mut harness, "Made");
    let now = text(&harness, &bullet());
    assert!(now.starts_with("Made"), "{now}");
    let inside = point(&harness, &bullet(), 2);
    press(&mut harness, inside, PointerButton::Secondary, true);
    press(&mut harness, inside, PointerButton::Secondary, false);
    settle(&mut harness);
    harness.get_by_label("This highlight").click();
    settle(&mut harness);
    harness.get_by_label("Hide this highlight").click();
    settle(&mut harness);
    let mut profile = profile(&harness).clone();
    let show = Slot::of(&mut profile, &bullet().parent()).and_then(Slot::show).unwrap();
    assert!(!show.is_on(None));
}

#[test]
fn an_entry_is_dragged_hidden_and_followed_by_another_on_the_page() {
    let mut harness = themed(sample("phd-systems"), Theme::Dark, SIZE);
    let list = At::root().field("sections").index(1).field("entries");
    let titles = |h: &Page| -> Vec<String> {
        (0..4).map(|i| text(h, &list.index(i).field("title"))).collect()
    };
    let before = titles(&harness);
    let first = point(&harness, &list.index(0).field("title"), 5);
    harness.event(Event::PointerMoved(first));
    settle(&mut harness);
    let handle = harness.get_all_by_label_contains("by dragging");
    let page = harness.get_by_label_contains("Page 1 of").rect();
    let handle = handle.map(|node| node.rect()).find(|rect| page.contains_rect(*rect)).unwrap();
    let (_, last) = *boxes(&pages(&harness), &list.index(2)).last().unwrap();
    let below = in_window(&harness, last.center_bottom());
    let steps = harness.state().app.doc().unwrap().undo.count();
    drag(&mut harness, handle.center(), below);
    let after = titles(&harness);
    assert_eq!(after.get(2), before.first());
    assert_eq!(after.first(), before.get(1));
    assert_eq!(harness.state().app.doc().unwrap().undo.count(), steps + 1);
    let first = point(&harness, &list.index(0).field("title"), 5);
    harness.event(Event::PointerMoved(first));
    settle(&mut harness);
    harness.get_by_label_contains("Add publication after").click();
    settle(&mut harness);
    assert_eq!(text(&harness, &list.index(1).field("title")), "");
    harness.event(Event::PointerMoved(first));
    settle(&mut harness);
    let start: String = after.first().unwrap().chars().take(20).collect();
    harness.get_by_label_contains(&format!("Hide {start}")).click();
    settle(&mut harness);
    let mut profile = profile(&harness).clone();
    let show = Slot::of(&mut profile, &list.index(0)).and_then(Slot::show).unwrap();
    assert!(!show.is_on(None));
}

#[test]
fn an_empty_profile_keeps_its_placeholders_to_the_screen() {
    let harness = window(open(Profile::default()));
    harness.get_by_label("Your name (on the page)");
    harness.get_by_label("Add a section (on the page)");
    assert!(pages(&harness).pages.iter().all(|page| page.lines.is_empty()));
}

#[test]
fn a_section_is_dragged_by_its_heading() {
    let mut harness = alone(sample("phd-systems"));
    let kinds = |h: &Page| profile(h).sections.iter().map(|s| s.kind()).collect::<Vec<_>>();
    let before = kinds(&harness);
    let list = At::root().field("sections");
    let (_, heading) = *boxes(&pages(&harness), &list.index(0)).first().unwrap();
    harness.event(Event::PointerMoved(in_window(&harness, heading.center())));
    settle(&mut harness);
    let handles = harness.get_all_by_label_contains("by dragging").map(|node| node.rect());
    let handles: Vec<_> = handles.collect();
    let page = harness.get_by_label_contains("Page 1 of").rect();
    let handle = handles.into_iter().rfind(|rect| page.contains_rect(*rect)).unwrap();
    let (_, last) = *boxes(&pages(&harness), &list.index(1)).last().unwrap();
    let below = in_window(&harness, last.center_bottom());
    drag(&mut harness, handle.center(), below);
    let after = kinds(&harness);
    assert_eq!((after.first(), after.get(1)), (before.get(1), before.first()));
    harness.event(key(Key::Z, Modifiers::COMMAND));
    settle(&mut harness);
    assert_eq!(kinds(&harness), before);
}

#[test]
fn an_entry_is_filled_in_on_the_page_by_keys_alone() {
    let mut app = sample("first-year");
    app.doc_mut().unwrap().file.profile.sections.truncate(1);
    let mut harness = alone(app);
    let list = At::root().field("sections").index(0).field("entries");
    let at = point(&harness, &list.index(1).field("institution"), 2);
    click(&mut harness, at);
    let words = "Fill in highlights (on the page)";
    for _ in 0..40 {
        if harness.get_by_label(words).accesskit_node().is_focused() {
            break;
        }
        harness.event(key(Key::Tab, Modifiers::NONE));
        settle(&mut harness);
    }
    assert!(harness.get_by_label(words).accesskit_node().is_focused(), "Tab leads to it");
    harness.event(key(Key::Space, Modifiers::NONE));
    settle(&mut harness);
    type_in(&mut harness, "Wrote a parser");
    let bullet = list.index(1).field("bullets").index(0).field("text");
    assert_eq!(text(&harness, &bullet), "Wrote a parser");
}

#[test]
fn the_menu_key_opens_the_menu_of_what_has_the_focus() {
    for menu in [key(Key::F10, Modifiers::SHIFT), key(Key::Menu, Modifiers::NONE)] {
        // On the page, where the caret is.
        let mut harness = alone(sample("phd-systems"));
        let at = point(&harness, &bullet(), 8);
        click(&mut harness, at);
        harness.event(menu.clone());
        settle(&mut harness);
        harness.get_by_label("This highlight");
        assert!(harness.get_by_label("Undo").rect().left() > at.x - 10.0);
        // Its first item that can be used has the focus; Escape gives that back to the text.
        assert_eq!(focused(&harness), None);
        harness.event(key(Key::Escape, Modifiers::NONE));
        settle(&mut harness);
        assert!(harness.query_by_label("This highlight").is_none());
        assert_eq!(focused(&harness), Some(bullet()));
        // In a field of the form.
        let mut harness = window(sample("phd-systems"));
        let name = harness.get_by_label("Name").rect();
        click(&mut harness, name.center());
        harness.event(key(Key::A, Modifiers::COMMAND));
        harness.event(menu.clone());
        settle(&mut harness);
        let cut = harness.get_by_label("Cut");
        assert!(cut.rect().top() >= name.bottom() && cut.rect().left() >= name.left());
        assert!(!cut.accesskit_node().is_disabled());
        // On a card.
        harness.event(key(Key::Escape, Modifiers::NONE));
        harness.get_by_label_contains("Education").click();
        settle(&mut harness);
        harness.get_by_label_contains("Northgate University, ").focus();
        settle(&mut harness);
        harness.event(menu);
        settle(&mut harness);
        assert_eq!(harness.get_all_by_label_contains(" after this").count(), 1);
    }
}

#[test]
fn a_hidden_entry_marks_nothing_else_on_the_page() {
    let mut harness = window(sample("phd-systems"));
    let entry = At::root().field("sections").index(0).field("entries").index(1);
    let mut profile = profile(&harness).clone();
    let shown = Slot::of(&mut profile, &entry).and_then(Slot::show).unwrap();
    *shown = Show::Never;
    harness.state_mut().app.apply(&Edit::Replace(Box::new(profile), "Hide".to_owned()));
    settle(&mut harness);
    let pages = pages(&harness);
    assert_eq!(place(&pages, &entry), []);
    // The field of one that is printed is marked all the same.
    let bullet = bullet();
    assert_eq!(place(&pages, &bullet), place(&pages, &bullet.parent()));
}

#[test]
fn a_wide_window_shows_the_whole_page_and_no_empty_band() {
    for size in [[2560.0, 1440.0], [2560.0, 1300.0], [3440.0, 1440.0]] {
        let harness = themed(sample("phd-systems"), Theme::Light, size);
        let page = harness.get_by_label_contains("Page 1 of").rect();
        assert!(page.bottom() <= size[1] && page.right() <= size[0], "{size:?}: {page:?}");
        let name = harness.get_by_label("Name").rect();
        assert!(page.left() - name.right() < 60.0, "{size:?}: {page:?} beside {name:?}");
    }
}

#[test]
fn the_wheel_zooms_at_the_pointer() {
    let mut harness = window(sample("phd-systems"));
    let at = point(&harness, &bullet(), 8);
    harness.event(Event::PointerMoved(at));
    settle(&mut harness);
    harness.event(Event::Zoom(1.5));
    settle(&mut harness);
    settle(&mut harness);
    click(&mut harness, at);
    assert_eq!(focused(&harness), Some(bullet()));
    type_in(&mut harness, "x");
    let now = text(&harness, &bullet());
    assert_eq!(now.find('x').map(|byte| byte.abs_diff(8) < 3), Some(true), "{now}");
}

#[test]
fn what_is_searched_is_found_with_the_form_folded() {
    let mut harness = window(App { form_folded: true, ..sample("phd-systems") });
    harness.event(key(Key::H, Modifiers::COMMAND));
    settle(&mut harness);
    let page = harness.get_by_label_contains("Page 1 of").rect();
    let field = harness.get_by_label("Find in profile").rect();
    assert!(field.width() > 100.0 && field.bottom() <= page.top() && field.top() >= 0.0);
    harness.event(Event::Text("Gradients".into()));
    settle(&mut harness);
    harness.event(key(Key::Enter, Modifiers::NONE));
    settle(&mut harness);
    let doc = harness.state().app.doc().unwrap();
    assert_eq!(doc.view.find.as_ref().unwrap().text, "Gradients");
}

//! Sections and their cards in the window: adding, moving, hiding, sorting, by mouse and by
//! keyboard.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use eframe::egui::{Key, Modifiers, Vec2, accesskit::Role, pos2, vec2};
use egui_kittest::{
    Harness, Node,
    kittest::{NodeT as _, Queryable as _},
};
use vitae::{
    app::{
        App, Screen,
        command::Command,
        doc::Doc,
        edit::Edit,
        view::{Tab, View},
    },
    at::At,
    field::Access,
    profile::Profile,
    section::{Entries, Record, Section, SectionKind, Visitor},
    store::Document,
    ui::Window,
    value::entry::Show,
};

type Harnessed = Harness<'static, Window>;

/// A window with a profile.
fn window(profile: Profile, size: Vec2) -> Harnessed {
    let mut file = Document::from_text("test.cv.ron", "(format: 1)").unwrap();
    file.profile = profile;
    let mut app = App { page_shown: false, ..App::default() };
    app.screen = Screen::Editor(Box::new(Doc::new(file, None)));
    let mut h = Harness::builder()
        .with_size(size)
        .with_max_steps(400)
        // Names in other scripts are hints of fields; the faces of the system have them.
        .allow_missing_glyphs()
        .build_eframe(|cc| Window::new(&cc.egui_ctx, app));
    // A long page may take more frames than that to come.
    h.run_ok();
    h
}

fn wide(profile: Profile) -> Harnessed {
    window(profile, vec2(1280.0, 860.0))
}

/// Waits for the page, whose findings the forms show.
fn settle(h: &mut Harnessed) {
    for _ in 0..400 {
        h.run_ok();
        if h.state().is_settled() {
            h.run_ok();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(h.state().is_settled(), "the page never came");
}

/// A profile of one section.
fn profile(kind: &str, titles: &[&str]) -> Profile {
    let entries: Vec<String> = titles
        .iter()
        .enumerate()
        .map(|(i, title)| format!("(title: \"{title}\", date: \"{}\")", 2020 + i))
        .collect();
    let text = format!("(format: 1, sections: [{kind}(entries: [{}])])", entries.join(", "));
    Document::from_text("test.cv.ron", &text).unwrap().profile
}

fn doc(h: &Harnessed) -> &Doc {
    h.state().app.doc().unwrap()
}

fn view(h: &mut Harnessed) -> &mut View {
    &mut h.state_mut().app.doc_mut().unwrap().view
}

fn go(h: &mut Harnessed, section: usize) {
    view(h).tab = Tab::Section(section);
    h.run();
}

fn entry(section: usize, index: usize) -> At {
    At::root().field("sections").index(section).field("entries").index(index)
}

fn run(h: &mut Harnessed, command: Command) {
    h.state_mut().app.run(command);
    h.run();
}

fn click(h: &mut Harnessed, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

/// A click that waits for nothing else: each frame is a part of a second here, and a message goes
/// after some, however long the page beside the form takes.
fn at_once(h: &mut Harnessed, label: &str) {
    h.get_by_label(label).click();
    h.run_steps(6);
}

/// The text field of that name; a tab or a heading may be called the same.
fn field<'h>(h: &'h Harnessed, label: &'h str) -> Node<'h> {
    let text = |node: &Node<'_>| {
        matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)
    };
    h.get_all_by_label(label).find(text).unwrap()
}

fn titles(h: &Harnessed) -> Vec<String> {
    struct Titles;
    impl Visitor<'_> for Titles {
        type Out = Vec<String>;
        fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Vec<String> {
            list.entries.iter().map(|e| e.title().to_owned()).collect()
        }
    }
    doc(h).profile().sections.first().unwrap().visit(&At::root(), &mut Titles)
}

/// The labels of the texts that an entry of a section has, with their addresses inside it.
struct Labels;
impl Visitor<'_> for Labels {
    type Out = Vec<(&'static str, &'static str)>;
    fn entries<R: Record>(&mut self, _: &At, _: &Entries<R>) -> Self::Out {
        let text = |access: &Access<R>| {
            matches!(access, Access::Line(_) | Access::Prose(_) | Access::Date(_))
        };
        R::FIELDS.iter().filter(|f| text(&f.access)).map(|f| (f.label, f.name)).collect()
    }
}

#[test]
fn every_kind_of_section_is_added_filled_saved_and_undone() {
    for kind in SectionKind::ALL {
        let mut h = wide(Profile::default());
        h.state_mut().app.apply(&Edit::AddSection(*kind, 0));
        h.run();
        let empty = doc(&h).profile().clone();
        let section = empty.sections.first().unwrap();
        let noun = section.noun();
        // An empty section says what belongs there.
        assert!(h.query_by_label_contains("For example:").is_some(), "{kind}");
        click(&mut h, &format!("Add the first {noun}"));
        assert_eq!(doc(&h).profile().sections.first().unwrap().count(), 1, "{kind}");
        // The caret stands in the first field.
        let labels = section.visit(&At::root(), &mut Labels);
        let first = field(&h, labels.first().unwrap().0);
        assert!(first.accesskit_node().is_focused(), "{kind}");
        if h.query_by_label("More fields").is_some() {
            click(&mut h, "More fields");
        }
        for (i, (label, name)) in labels.iter().enumerate() {
            let at = entry(0, 0).field(name);
            let typed =
                if name.contains("date") { "June 2024".to_owned() } else { format!("{name} {i}") };
            view(&mut h).go_to(&at, Some(0));
            h.run();
            let text = field(&h, label);
            assert!(text.accesskit_node().is_focused(), "{kind}: {label}");
            text.type_text(&typed);
            h.run();
            assert_eq!(field(&h, label).value().as_deref(), Some(typed.as_str()), "{kind}");
        }
        let filled = doc(&h).profile().clone();
        let text = vitae::store::new_text(&filled).unwrap();
        assert_eq!(Document::from_text("again", &text).unwrap().profile, filled, "{kind}");
        // A copy, one less, and everything back again.
        run(&mut h, Command::DuplicateEntry);
        assert_eq!(doc(&h).profile().sections.first().unwrap().count(), 2, "{kind}");
        run(&mut h, Command::DeleteEntry);
        assert_eq!(*doc(&h).profile(), filled, "{kind}");
        for _ in 0..60 {
            if *doc(&h).profile() == empty {
                break;
            }
            run(&mut h, Command::Undo);
        }
        assert_eq!(*doc(&h).profile(), empty, "{kind}");
    }
}

#[test]
fn cards_open_duplicate_and_go_by_their_buttons() {
    let mut h = wide(profile("Publications", &["One", "Two", ""]));
    go(&mut h, 0);
    assert!(h.query_by_label("Title").is_none());
    assert!(h.query_by_label("Untitled publication, 2022").is_some());
    click(&mut h, "Two, 2021");
    assert_eq!(h.get_by_label("Title").value().as_deref(), Some("Two"));
    click(&mut h, "Two, 2021");
    assert!(h.query_by_label("Title").is_none());
    click(&mut h, "Duplicate One");
    assert_eq!(titles(&h), ["One", "One", "Two", ""]);
    run(&mut h, Command::Undo);
    at_once(&mut h, "Delete Two");
    assert_eq!(titles(&h), ["One", ""]);
    at_once(&mut h, "Undo");
    assert_eq!(titles(&h), ["One", "Two", ""]);
}

#[test]
fn a_section_with_one_entry_shows_it_open() {
    let mut h = wide(profile("Publications", &["Only"]));
    go(&mut h, 0);
    assert_eq!(h.get_by_label("Title").value().as_deref(), Some("Only"));
}

/// Drags from the middle of one thing to a place, with a few steps in between.
fn drag(h: &mut Harnessed, handle: &str, to: eframe::egui::Pos2) {
    let from = h.get_by_label(handle).rect().center();
    h.drag_at(from);
    h.run_ok();
    for i in 1..=8 {
        h.hover_at(from.lerp(to, i as f32 / 8.0));
        h.step();
    }
    h.drop_at(to);
    h.run_ok();
}

#[test]
fn cards_are_dragged_up_and_down() {
    let mut h = wide(profile("Publications", &["One", "Two", "Three"]));
    go(&mut h, 0);
    let top = h.get_by_label("One, 2020").rect();
    drag(&mut h, "Move Three by dragging", pos2(top.center().x, top.top() + 2.0));
    assert_eq!(titles(&h), ["Three", "One", "Two"]);
    assert!(h.query_by_label("Title").is_none(), "a closed card stays closed");
    let last = h.get_by_label("Two, 2021").rect();
    drag(&mut h, "Move Three by dragging", pos2(last.center().x, last.bottom() - 2.0));
    assert_eq!(titles(&h), ["One", "Two", "Three"]);
    // Let go outside of the list, nothing moves.
    drag(&mut h, "Move Three by dragging", pos2(20.0, 600.0));
    assert_eq!(titles(&h), ["One", "Two", "Three"]);
    run(&mut h, Command::Undo);
    assert_eq!(titles(&h), ["Three", "One", "Two"]);
}

#[test]
fn alt_and_arrows_move_an_entry_and_the_caret_goes_along() {
    let mut h = wide(profile("Publications", &["One", "Two", "Three"]));
    view(&mut h).go_to(&entry(0, 0).field("title"), Some(2));
    h.run();
    h.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    h.run();
    assert_eq!(titles(&h), ["Two", "One", "Three"]);
    assert_eq!(doc(&h).view.focused, Some(entry(0, 1).field("title")));
    h.get_by_label("Title").type_text("!");
    h.run();
    assert_eq!(titles(&h), ["Two", "One!", "Three"]);
    // The same with the line of a closed card.
    h.get_by_label("Three, 2022").focus();
    h.run();
    h.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    h.run();
    h.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    h.run();
    assert_eq!(titles(&h), ["Three", "Two", "One!"]);
    assert!(h.get_by_label("Three, 2022").accesskit_node().is_focused());
}

#[test]
fn entries_are_hidden_and_shown() {
    let mut h = wide(profile("Publications", &["One", "Two"]));
    go(&mut h, 0);
    click(&mut h, "Shown on the page: Two");
    assert!(h.query_by_label("Two, 2021, hidden").is_some());
    let show = |h: &Harnessed| {
        let mut all = vec![];
        doc(h).profile().switches(&mut |at, show| all.push((at, show.clone())));
        all.into_iter().find(|(at, _)| *at == entry(0, 1)).unwrap().1
    };
    assert_eq!(show(&h), Show::Never);
    click(&mut h, "Hidden: Two");
    assert_eq!(show(&h), Show::Always);
    // With variants there is a choice for each.
    h.state_mut().app.apply(&Edit::AddVariant("industry".into(), None));
    h.run();
    click(&mut h, "Shown on the page: Two");
    click(&mut h, "industry");
    assert_eq!(show(&h), Show::NotIn(vec!["industry".into()]));
    click(&mut h, "Whole profile");
    assert_eq!(show(&h), Show::Never);
    click(&mut h, "industry");
    assert_eq!(show(&h), Show::In(vec!["industry".into()]));
}

#[test]
fn the_section_is_sorted_renamed_moved_and_deleted_from_its_menu() {
    let mut start = profile("Publications", &["Old", "New"]);
    start.sections.push(Section::new(SectionKind::Awards));
    let mut h = wide(start);
    go(&mut h, 0);
    let menu = |h: &mut Harnessed, item: &str| {
        click(h, "Section options");
        click(h, item);
    };
    menu(&mut h, "Sort by date");
    assert_eq!(titles(&h), ["New", "Old"]);
    menu(&mut h, "Open all");
    assert_eq!(h.get_all_by_label("Title").count(), 2);
    menu(&mut h, "Close all");
    assert!(h.query_by_label("Title").is_none());
    menu(&mut h, "Rename");
    assert!(h.get_by_label("Heading").accesskit_node().is_focused());
    h.get_by_label("Heading").type_text("Selected papers");
    h.run();
    assert!(h.query_by_label_contains("Selected papers, 2 entries").is_some());
    click(&mut h, "Done");
    menu(&mut h, "Note under the heading");
    h.get_by_label("Note under the heading").type_text("* equal");
    h.run();
    assert_eq!(doc(&h).profile().sections.first().unwrap().note(), "* equal");
    click(&mut h, "Done");
    menu(&mut h, "Move section down");
    assert_eq!(doc(&h).view.tab, Tab::Section(1));
    assert_eq!(doc(&h).profile().sections.first().unwrap().kind(), SectionKind::Awards);
    menu(&mut h, "Delete section");
    assert_eq!(doc(&h).profile().sections.len(), 1);
}

#[test]
fn an_entry_moves_to_another_section_and_matters_more() {
    let mut start = profile("Publications", &["One", "Two"]);
    start.sections.push(Section::new(SectionKind::Publications));
    *start.sections.last_mut().unwrap().title_mut() = "Preprints".into();
    let mut h = wide(start);
    go(&mut h, 0);
    click(&mut h, "More about Two");
    click(&mut h, "Matters much more");
    click(&mut h, "More about Two");
    click(&mut h, "Move to “Preprints”");
    assert_eq!(titles(&h), ["One"]);
    let moved = doc(&h).profile().sections.last().unwrap();
    let Section::Publications(list) = moved else { panic!("{}", moved.kind()) };
    assert_eq!(list.entries.first().unwrap().weight, 2);
    assert_eq!(doc(&h).view.tab, Tab::Section(1));
}

#[test]
fn parts_are_cards_inside_a_card() {
    let text = r#"(format: 1, sections: [Experience(entries: [(organization: "Lab", parts: [(title: "A"), (title: "B")])])])"#;
    let mut h = wide(Document::from_text("test", text).unwrap().profile);
    go(&mut h, 0);
    let parts = |h: &Harnessed| {
        let section = doc(h).profile().sections.first().unwrap();
        let Section::Experience(list) = section else { panic!("{}", section.kind()) };
        let parts = &list.entries.first().unwrap().parts;
        parts.iter().map(|p| p.title.clone()).collect::<Vec<_>>()
    };
    click(&mut h, "Duplicate B");
    assert_eq!(parts(&h), ["A", "B", "B"]);
    run(&mut h, Command::Undo);
    click(&mut h, "Add part");
    assert!(h.get_by_label("Heading").accesskit_node().is_focused());
    h.get_by_label("Heading").type_text("C");
    h.run();
    h.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    h.run();
    assert_eq!(parts(&h), ["A", "C", "B"]);
    click(&mut h, "Delete A");
    assert_eq!(parts(&h), ["C", "B"]);
}

#[test]
fn lines_grow_by_enter_and_shrink_by_backspace() {
    let mut h = wide(Profile::default());
    click(&mut h, "Add spelling");
    let known = |h: &Harnessed| doc(h).profile().person.known_as.clone();
    h.get_by_label("Spelling 1 of 1").type_text("Z. Example");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert!(h.get_by_label("Spelling 2 of 2").accesskit_node().is_focused());
    h.get_by_label("Spelling 2 of 2").type_text("Zo Example");
    h.run();
    h.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    h.run();
    assert_eq!(known(&h), ["Zo Example", "Z. Example"]);
    click(&mut h, "Add spelling");
    assert_eq!(known(&h).len(), 3);
    h.key_press(Key::Backspace);
    h.run();
    assert_eq!(known(&h), ["Zo Example", "Z. Example"]);
    click(&mut h, "Delete Spelling 1 of 2");
    assert_eq!(known(&h), ["Z. Example"]);
}

#[test]
fn facts_and_marks_have_a_label_and_a_text() {
    let mut h = window(Profile::default(), vec2(1280.0, 1600.0));
    for (add, name) in [("Add fact", "Fact 1 of 1"), ("Add mark", "Mark 1 of 1")] {
        click(&mut h, add);
        let (label, text) = (format!("{name}, label"), format!("{name}, text"));
        assert!(h.get_by_label(&label).accesskit_node().is_focused());
        h.get_by_label(&label).type_text("L");
        h.run();
        h.key_press(Key::Enter);
        h.run();
        assert!(h.get_by_label(&text).accesskit_node().is_focused());
        h.get_by_label(&text).type_text("T");
        h.run();
    }
    let profile = doc(&h).profile();
    for list in [&profile.person.facts, &profile.marks] {
        let line = list.first().unwrap();
        assert_eq!((line.label.as_str(), line.text.as_str(), list.len()), ("L", "T", 1));
    }
    click(&mut h, "Shown on the page: Fact 1 of 1");
    assert_eq!(doc(&h).profile().person.facts.first().unwrap().show, Show::Never);
}

#[test]
fn dates_say_how_they_were_understood() {
    let mut h = wide(profile("Awards", &[]));
    h.state_mut().app.apply(&Edit::Add(entry(0, 0).parent(), 0));
    h.run();
    for (typed, says) in
        [("2024-06", "Printed as June 2024"), ("some day", "Printed as typed"), ("", "")]
    {
        let at = entry(0, 0).field("date");
        h.state_mut().app.apply(&Edit::SetText(at, typed.into()));
        h.run();
        // It is judged when it is left.
        h.key_press(Key::Tab);
        h.run();
        let found = h.query_by_label_contains("Printed as").and_then(|n| n.value());
        assert_eq!(found.unwrap_or_default(), says, "{typed}");
    }
}

#[test]
fn two_thousand_publications_cost_a_screenful() {
    let names: Vec<String> = (0..2000).map(|i| format!("Paper {i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let text: Vec<String> = names.iter().map(|n| format!("(title: \"{n}\")")).collect();
    let text = format!("(format: 1, sections: [Publications(entries: [{}])])", text.join(","));
    let mut h = wide(Document::from_text("test", &text).unwrap().profile);
    go(&mut h, 0);
    let nodes = h.root().children_recursive().count();
    assert!(nodes < 300, "{nodes} nodes");
    assert!(h.query_by_label("Paper 3").is_some() && h.query_by_label("Paper 1500").is_none());
    // Something far away is gone to: scrolled to, open, with the caret.
    view(&mut h).go_to(&entry(0, 1500).field("title"), Some(0));
    h.run();
    let field = h.get_by_label("Title");
    assert_eq!(field.value().as_deref(), Some("Paper 1500"));
    assert!(field.accesskit_node().is_focused());
    let place = field.rect();
    assert!(place.top() > 60.0 && place.bottom() < 860.0, "{place:?}");
    assert!(h.query_by_label("Paper 3").is_none());
    // The Tab key goes on to the next cards, though they were not in sight at first.
    let mut last = String::new();
    for _ in 0..60 {
        h.key_press(Key::Tab);
        h.run();
        let focused = h.root().children_recursive().find(|n| n.accesskit_node().is_focused());
        let Some(node) = focused else { panic!("after {last}") };
        let place = node.rect();
        assert!(place.top() > 0.0 && place.bottom() < 861.0, "{place:?}");
        last = node.accesskit_node().label().unwrap_or_default();
    }
    assert!(last.contains("Paper 15"), "{last}");
}

#[test]
fn tab_order_is_reading_order() {
    let mut h = wide(profile("Publications", &["One", "Two"]));
    go(&mut h, 0);
    h.get_by_label("Add publication").focus();
    h.run();
    let mut names = vec![];
    for _ in 0..7 {
        h.key_press(Key::Tab);
        h.run();
        let focused = h.root().children_recursive().find(|n| n.accesskit_node().is_focused());
        names.push(focused.unwrap().accesskit_node().label().unwrap_or_default());
    }
    let expected = [
        "Section options",
        "Sort by date",
        "One, 2020",
        "Shown on the page: One",
        "Duplicate One",
        "Delete One",
        "More about One",
    ];
    assert_eq!(names, expected);
}

#[test]
fn tabs_tell_of_warnings_and_have_a_menu() {
    let text = "(format: 1, sections: [Publications(entries: [(title: \"One\"), \
        (title: \"Two\", date: \"when pigs fly\")]), Awards()])";
    let mut h = wide(Document::from_text("test.cv.ron", text).unwrap().profile);
    settle(&mut h);
    assert!(h.query_by_label_contains("Publications, 2 entries, ").is_some());
    assert!(h.query_all_by_label_contains("to look at").count() > 0);
    go(&mut h, 0);
    click(&mut h, "Two, when pigs fly");
    assert!(h.query_by_label_contains("“when pigs fly”").is_some());
    h.get_by_label_contains("Publications, 2 entries, ").click_secondary();
    h.run();
    click(&mut h, "Hide on the page");
    assert_eq!(*doc(&h).profile().sections.first().unwrap().show(), Show::Never);
    h.get_by_label_contains("Publications, 2 entries, hidden").click_secondary();
    h.run();
    click(&mut h, "Move section down");
    assert_eq!(doc(&h).profile().sections.first().unwrap().kind(), SectionKind::Awards);
}

#[test]
fn tabs_are_dragged() {
    let mut start = profile("Publications", &["One"]);
    start.sections.extend([SectionKind::Awards, SectionKind::Talks].map(Section::new));
    let mut h = wide(start);
    let kinds = |h: &Harnessed| {
        doc(h).profile().sections.iter().map(|s| s.kind().name()).collect::<Vec<_>>()
    };
    let first = h.get_by_label_contains("Publications, 1 entry").rect();
    drag(&mut h, "Talks, 0 entries", pos2(first.center().x, first.top() + 2.0));
    assert_eq!(kinds(&h), ["Talks", "Publications", "Awards"]);
    assert_eq!(doc(&h).view.tab, Tab::Section(0));
    run(&mut h, Command::Undo);
    assert_eq!(kinds(&h), ["Publications", "Awards", "Talks"]);
}

#[test]
fn every_control_has_a_name() {
    let text = vitae::sample::text(vitae::sample::names().next().unwrap()).unwrap();
    let mut h = window(Document::from_text("sample", text).unwrap().profile, vec2(1280.0, 2400.0));
    for section in 0..doc(&h).profile().sections.len() {
        go(&mut h, section);
        run(&mut h, Command::OpenCards);
        for node in h.root().children_recursive() {
            let node = node.accesskit_node();
            let control = matches!(
                node.role(),
                Role::Button
                    | Role::TextInput
                    | Role::MultilineTextInput
                    | Role::CheckBox
                    | Role::Image
            );
            if control {
                let name = node.label().unwrap_or_default();
                let private = name.chars().any(|c| ('\u{E000}'..='\u{F8FF}').contains(&c));
                assert!(!name.is_empty() && !private, "{:?} {name:?}", node.role());
            }
        }
    }
}

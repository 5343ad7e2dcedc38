//! Look, check, search, palette and the other sheets, used through the window by accessible names.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use crate::support::press;
use eframe::egui::{self, Key, Modifiers, Theme};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use vitae::{
    app::{
        App, Screen,
        command::{COMMANDS, Command, Keys},
        doc::Doc,
        view::{Focus, Sheet, Tab},
    },
    at::At,
    look::{Density, Group, Look, PageLimit, SETTINGS},
    section::{Section, SectionKind},
    store::Document,
    ui::Window,
    value::entry::Show,
};

type Editor = Harness<'static, Window>;

const SMALL: &str = r#"(
    person: (name: "Zofia Nováková", headline: "Student of caches"),
    sections: [
        Publications((entries: [
            (title: "On caches", authors: ["Zofia Nováková", "A. Other†"], venue: "A Journal", date: "2024"),
        ])),
        Awards((entries: [(name: "Café prize", date: "2023")])),
    ],
    variants: [(name: "industry")],
)"#;

fn window(text: &str, width: f32) -> Editor {
    let mut doc = Doc::new(Document::from_text("zofia", text).unwrap(), None);
    doc.view.tab = Tab::Person;
    let app = App { screen: Screen::Editor(Box::new(doc)), ..App::default() };
    let mut h = Harness::builder()
        .with_size(egui::vec2(width, 860.0))
        .with_max_steps(400)
        .with_theme(Theme::Light)
        .allow_missing_glyphs()
        .build_eframe(|cc| Window::new(&cc.egui_ctx, app));
    h.run();
    h
}

fn editor() -> Editor {
    window(SMALL, 1380.0)
}

fn doc(h: &Editor) -> &Doc {
    h.state().app.doc().unwrap()
}

fn run(h: &mut Editor, command: Command) {
    h.state_mut().app.run(command);
    h.run();
}

fn click(h: &mut Editor, name: &str) {
    h.get_by_label(name).click();
    h.run();
}

fn write(h: &mut Editor, name: &str, text: &str) {
    h.get_by_label(name).focus();
    h.run();
    press(h, Modifiers::COMMAND, Key::A);
    h.get_by_label(name).type_text(text);
    h.run();
}

/// The names of all widgets and all texts between them.
fn names(h: &Editor) -> Vec<String> {
    let words = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        [node.label(), node.value()].into_iter().flatten().collect::<Vec<_>>()
    };
    h.root().children_recursive().flat_map(words).collect()
}

/// Clicks on something that may have to be scrolled to.
fn reach(h: &mut Editor, name: &str) {
    h.get_by_label(name).focus();
    h.run();
    press(h, Modifiers::NONE, Key::Space);
}

fn focused(h: &Editor) -> Option<String> {
    let nodes = h.root().children_recursive();
    nodes.into_iter().find(|n| n.accesskit_node().is_focused())?.accesskit_node().label()
}

#[test]
fn the_bar_shows_name_state_variant_and_export_in_reading_order() {
    for width in [900.0, 1380.0] {
        let h = window(SMALL, width);
        let rect = |name: &str| h.get_by_label(name).rect();
        let row = ["Help", "Zofia Nováková", "What is shown", "Export PDF"].map(rect);
        for pair in row.windows(2) {
            assert!(
                pair[0].right() <= pair[1].left() && pair[0].width() > 20.0,
                "{width}: {row:?}"
            );
        }
        assert!(row[3].right() <= width, "{width}: {row:?}");
    }
}

#[test]
fn every_command_that_needs_no_file_runs_from_the_palette() {
    let skipped = |command: Command| {
        use Command as C;
        matches!(
            command,
            C::New
                | C::NewWindow
                | C::Open
                | C::Import
                | C::ImportText
                | C::Save
                | C::SaveAs
                | C::SaveCopy
                | C::Revert
                | C::Versions
                | C::Export
                | C::ExportAs
                | C::ExportAll
                | C::ChoosePhoto
                | C::Close
                | C::Quit
        )
    };
    let mut h = editor();
    for info in COMMANDS.iter().filter(|info| !skipped(info.command)) {
        let app = &mut h.state_mut().app;
        app.show(None);
        let doc = app.doc_mut().unwrap();
        doc.view.tab = Tab::Section(0);
        h.run();
        press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
        assert_eq!(h.state().app.sheet(), Some(Sheet::Palette), "before {}", info.name);
        let able = (info.able)(&h.state().app);
        h.get_by_label("Search commands").type_text(info.name);
        h.run();
        let first = h.state().app.palette(info.name).remove(0);
        if !able {
            continue;
        }
        assert_eq!(first.name, info.name);
        let zoom = doc_zoom(&h);
        press(&mut h, Modifiers::NONE, Key::Enter);
        let sheet = h.state().app.sheet();
        match info.command {
            Command::Help => assert_eq!(sheet, Some(Sheet::Help)),
            Command::About => assert_eq!(sheet, Some(Sheet::About)),
            Command::Variants => assert_eq!(sheet, Some(Sheet::Variants)),
            Command::MakeItFit => assert_eq!(sheet, Some(Sheet::Fit)),
            Command::AddSection => assert_eq!(sheet, Some(Sheet::AddSection)),
            Command::ExportOther => assert_eq!(sheet, Some(Sheet::Export)),
            other => assert_eq!(sheet, None, "{other:?}"),
        }
        if info.command == Command::ZoomIn {
            assert_ne!(doc_zoom(&h), zoom);
        }
    }
    assert!(doc(&h).undo.count() > 0);
}

fn doc_zoom(h: &Editor) -> vitae::app::view::Zoom {
    doc(h).view.zoom
}

#[test]
fn the_palette_goes_by_arrows_and_escape_closes_it() {
    let mut h = editor();
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    h.get_by_label("Search commands").type_text("go to");
    h.run();
    assert_eq!(h.state().app.palette("go to")[1].name, "Go to Publications");
    assert_eq!(focused(&h).as_deref(), Some("Search commands"));
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!((h.state().app.sheet(), doc(&h).view.tab), (None, Tab::Section(0)));
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert_eq!(h.state().app.sheet(), None);
}

#[test]
fn escape_gives_the_caret_back_to_its_field() {
    let mut h = editor();
    let opens = [
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::P),
        (Modifiers::NONE, Key::F1),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::A),
    ];
    for (modifiers, key) in opens {
        h.get_by_label("Headline").focus();
        h.run();
        press(&mut h, modifiers, key);
        assert_ne!(focused(&h).as_deref(), Some("Headline"), "{key:?}");
        press(&mut h, Modifiers::NONE, Key::Escape);
        assert_eq!(focused(&h).as_deref(), Some("Headline"), "{key:?}");
    }
    // The search, from its own field and from one that it led to.
    press(&mut h, Modifiers::COMMAND, Key::F);
    h.event(egui::Event::Text("novakova".into()));
    h.run();
    press(&mut h, Modifiers::NONE, Key::Enter);
    h.get_by_label("Name").focus();
    h.run();
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert!(doc(&h).view.find.is_none());
    assert_eq!(focused(&h).as_deref(), Some("Name"));
}

#[test]
fn what_the_palette_leads_to_gets_the_caret() {
    let mut h = editor();
    let found = ["Find in profile", "Go to Publications", "Go to Awards", "Personal details"];
    let mut carets = vec![];
    for name in found {
        h.get_by_label("Name").focus();
        h.run();
        press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
        h.get_by_label("Search commands").type_text(name);
        h.run();
        press(&mut h, Modifiers::NONE, Key::Enter);
        carets.push(focused(&h).unwrap_or_default());
        run(&mut h, Command::GoToPerson);
    }
    assert_eq!(carets[0], "Find in profile");
    assert_eq!(carets[1..3], ["Title", "Award"]);
    assert_eq!(carets[3], "Name");
}

#[test]
fn a_last_entry_that_is_moved_down_keeps_the_caret() {
    let mut h = editor();
    let last = doc(&h).profile().sections[0].count() - 1;
    let at = At::root().field("sections").index(0).field("entries").index(last).field("title");
    h.state_mut().app.doc_mut().unwrap().view.go_to(&at, Some(0));
    h.run();
    let field = focused(&h);
    press(&mut h, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(focused(&h), field);
    // A place that no field stands for takes the caret from nobody.
    h.state_mut().app.doc_mut().unwrap().view.focus = Some(Focus::new(at.field("none"), None));
    h.run();
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    h.event(egui::Event::Text("proj".into()));
    h.run();
    assert_eq!(h.get_by_label("Search commands").value().as_deref(), Some("proj"));
}

#[test]
fn help_lists_every_shortcut() {
    let mut h = editor();
    press(&mut h, Modifiers::NONE, Key::F1);
    let all = names(&h);
    for info in COMMANDS.iter().filter(|info| !info.keys.is_empty()) {
        let keys: Vec<_> = info.keys.iter().map(Keys::shown).collect();
        assert!(all.contains(&keys.join(" or ")), "{}", info.name);
    }
    // Nothing happens below a sheet.
    press(&mut h, Modifiers::ALT, Key::Num2);
    assert_eq!(doc(&h).view.tab, Tab::Person);
    click(&mut h, "Close");
    assert_eq!(h.state().app.sheet(), None);
}

#[test]
fn a_section_is_added_by_keyboard_and_each_kind_is_explained() {
    let mut h = editor();
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    let all = names(&h);
    for kind in SectionKind::ALL {
        let about = kind.about();
        assert!(all.iter().any(|name| name.contains(about)), "{kind}");
    }
    assert!(all.iter().any(|n| n.starts_with("Awards. ") && n.ends_with("already there")));
    assert!(focused(&h).unwrap().starts_with("Education. "), "{:?}", focused(&h));
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    assert!(focused(&h).unwrap().starts_with("Experience. "), "{:?}", focused(&h));
    press(&mut h, Modifiers::NONE, Key::Enter);
    let kinds: Vec<_> = doc(&h).profile().sections.iter().map(Section::kind).collect();
    assert_eq!(kinds, [SectionKind::Publications, SectionKind::Awards, SectionKind::Experience]);
    assert_eq!((h.state().app.sheet(), doc(&h).view.tab), (None, Tab::Section(2)));
}

/// Goes to the Look tab and unfolds all its topics.
fn open_look(h: &mut Editor) {
    run(h, Command::GoToLook);
    for group in Group::ALL {
        reach(h, group.title());
    }
}

#[test]
fn every_setting_has_a_control_and_the_important_ones_stand_first() {
    let mut h = window(SMALL, 900.0);
    run(&mut h, Command::GoToLook);
    let first = ["Text font", "Text size", "Density", "Accent colour", "Paper", "Page limit"];
    let all = names(&h);
    let shown = SETTINGS.iter().filter(|setting| all.iter().any(|n| n == setting.label));
    let mut shown: Vec<_> = shown.map(|setting| setting.label).collect();
    shown.sort_unstable_by_key(|label| first.iter().position(|f| f == label));
    assert_eq!(shown, first);
    open_look(&mut h);
    let all = names(&h);
    // To look is not to change.
    assert_eq!((doc(&h).is_changed(), doc(&h).undo.count()), (false, 0));
    // That the size is kept is said by a button beside it.
    for setting in SETTINGS.iter().filter(|setting| setting.name != "fixed_size") {
        assert!(all.iter().any(|n| n == setting.label), "{}", setting.label);
    }
    assert!(!all.iter().any(|n| n.contains("from the theme")), "{all:?}");
    // What would change nothing says why, and cannot be changed.
    let photo = h.get_by_label("Height of the photo");
    assert!(photo.accesskit_node().is_disabled());
    assert!(all.iter().any(|n| n == "There is no photo"));
    assert!(!h.get_by_label("Publications are numbered").accesskit_node().is_disabled());
}

#[test]
fn rows_and_cards_of_the_look_fit_a_small_window() {
    let mut h = window(SMALL, 900.0);
    open_look(&mut h);
    let swatch = h.get_by_label("Accent colour: Slate").rect();
    let theme = h.get_by_label("Theme Modern").rect();
    let slider = h.get_by_label("Space before an entry, as a number").rect();
    let page = h.get_by_label_contains("1 page").rect().left();
    for rect in [swatch, theme, slider] {
        assert!(rect.right() < page, "{rect:?} reaches over {page}");
    }
}

#[test]
fn what_is_changed_is_told_of_its_topic() {
    let text = SMALL.replace("variants:", "look: (justify: true, bullet: Dash), variants:");
    let mut h = window(&text, 1380.0);
    run(&mut h, Command::GoToLook);
    assert!(h.query_by_label("Type (1 changed)").is_some());
    reach(&mut h, "Entries (1 changed)");
    reach(&mut h, "Reset mark before a highlight to theme");
    assert_eq!(doc(&h).profile().look.bullet, None);
    assert!(h.query_by_label("Entries").is_some());
}

#[test]
fn the_size_is_kept_or_left_to_the_fit() {
    let mut h = editor();
    settled(&mut h);
    run(&mut h, Command::GoToLook);
    let chosen = names(&h).into_iter().find(|n| n.ends_with("chosen by the fit")).unwrap();
    let size: f64 = chosen.split(' ').next().unwrap().parse().unwrap();
    reach(&mut h, "Fix the size");
    let look = &doc(&h).profile().look;
    assert_eq!((look.size, look.fixed_size), (Some(size), Some(true)));
    assert_eq!(doc(&h).undo.count(), 1);
    // A short CV grows no more, and a long one is too long.
    let style = vitae::theme::style(doc(&h).profile(), None, &Look::default()).0;
    assert_eq!((style.min_size, style.max_size), (size, size));
    reach(&mut h, Group::Type.title());
    assert!(h.get_by_label("Smallest text size").accesskit_node().is_disabled());
    reach(&mut h, "Let the fit choose");
    let look = &doc(&h).profile().look;
    assert_eq!((look.size, look.fixed_size), (None, Some(false)));
    reach(&mut h, "Reset text size to theme");
    assert_eq!(doc(&h).profile().look, Look::default());
}

#[test]
fn what_the_pointer_rests_on_is_shown_and_nothing_is_changed() {
    let mut h = editor();
    run(&mut h, Command::GoToLook);
    for (name, tried) in [
        ("Accent colour: Navy", Look { accent: Some("#1f4e79".to_owned()), ..Look::default() }),
        ("Theme Modern", Look { theme: "modern".to_owned(), ..Look::default() }),
    ] {
        // It may have to be scrolled to.
        h.get_by_label(name).focus();
        h.run();
        let at = h.get_by_label(name).rect().center();
        h.hover_at(at);
        h.run();
        assert_eq!(doc(&h).view.tried, tried, "{name}");
    }
    reach(&mut h, "Density");
    let at = h.get_by_label("Dense").rect().center();
    h.hover_at(at);
    h.run();
    assert_eq!(doc(&h).view.tried.density, Some(Density::Dense));
    assert_eq!((doc(&h).is_changed(), doc(&h).undo.count()), (false, 0));
    h.hover_at(egui::pos2(5.0, 500.0));
    h.run();
    assert_eq!(doc(&h).view.tried, Look::default());
}

#[test]
fn a_finding_about_a_folded_setting_leads_to_it() {
    let mut h = editor();
    let at = At::root().field("look").field("bullet");
    h.state_mut().app.doc_mut().unwrap().view.go_to(&at, None);
    h.run();
    assert_eq!(focused(&h).as_deref(), Some("Mark before a highlight"));
    assert!(doc(&h).view.focus.is_none());
}

/// Waits for the page.
fn settled(h: &mut Editor) {
    for _ in 0..400 {
        h.run();
        if h.state().is_settled() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn a_setting_is_changed_reset_and_undone() {
    let mut h = editor();
    run(&mut h, Command::GoToLook);
    reach(&mut h, Group::Header.title());
    reach(&mut h, Group::Page.title());
    let before = doc(&h).profile().look.clone();
    reach(&mut h, "Name in the accent colour");
    assert_eq!(doc(&h).profile().look.name_accent, Some(true));
    reach(&mut h, "Reset name in the accent colour to theme");
    assert_eq!(doc(&h).profile().look.name_accent, None);
    reach(&mut h, "Accent colour: Navy");
    assert_eq!(doc(&h).profile().look.accent.as_deref(), Some("#1f4e79"));
    write(&mut h, "Accent colour", "#12");
    assert_eq!(doc(&h).profile().look.accent.as_deref(), Some("#12"));
    let said = names(&h).into_iter().filter(|n| n.contains("colour")).collect::<Vec<_>>();
    assert!(said.iter().any(|n| n.contains("“#12” is not a colour")), "{said:?}");
    h.get_by_label("Side margins").focus();
    h.run();
    for _ in 0..3 {
        press(&mut h, Modifiers::NONE, Key::ArrowRight);
    }
    let margin = doc(&h).profile().look.margin_x.unwrap();
    assert!(margin > 18.0, "{margin}");
    assert_eq!(doc(&h).undo.undo_label(), Some("Change side margins"));
    // Waiting for the page takes time here, so that each press may be a step of its own.
    for _ in 0..3 {
        if doc(&h).profile().look.margin_x.is_some() {
            press(&mut h, Modifiers::COMMAND, Key::Z);
        }
    }
    assert_eq!((doc(&h).profile().look.margin_x, doc(&h).view.tab), (None, Tab::Look));
    reach(&mut h, "Theme Modern");
    assert_eq!(doc(&h).profile().look.theme, "modern");
    reach(&mut h, "Reset all to theme");
    assert_eq!(
        (doc(&h).profile().look.accent.clone(), &*doc(&h).profile().look.theme),
        (None, "modern")
    );
    while h.state_mut().app.doc_mut().unwrap().undo() {}
    assert_eq!(doc(&h).profile().look, before);
}

#[test]
fn a_slider_that_is_held_still_on_its_way_makes_one_step() {
    let mut h = editor();
    run(&mut h, Command::GoToLook);
    reach(&mut h, Group::Page.title());
    h.get_by_label("Side margins").focus();
    h.run();
    let slider = h.get_by_label("Side margins").rect();
    let at = |part: f32| slider.lerp_inside(egui::vec2(part, 0.5));
    h.drag_at(at(0.5));
    h.run_steps(2);
    h.hover_at(at(0.6));
    // Each of these takes a quarter of a second.
    h.run_steps(12);
    let first = doc(&h).profile().look.margin_x;
    h.hover_at(at(0.7));
    h.run_steps(12);
    h.drop_at(at(0.7));
    h.run_steps(12);
    assert!(first.is_some() && doc(&h).profile().look.margin_x > first, "{first:?}");
    assert!(h.state_mut().app.doc_mut().unwrap().undo());
    assert_eq!(doc(&h).profile().look.margin_x, None);
    assert_eq!(doc(&h).undo.undo_label(), None);
}

#[test]
fn in_a_variant_its_own_look_is_changed() {
    let mut h = editor();
    h.state_mut().app.doc_mut().unwrap().view.variant = Some("industry".into());
    run(&mut h, Command::GoToLook);
    assert!(names(&h).iter().any(|n| n.contains("the look of the variant “industry”")));
    reach(&mut h, Group::Type.title());
    reach(&mut h, "Stretch lines to the full width");
    let profile = doc(&h).profile();
    assert_eq!((profile.variants[0].look.justify, profile.look.justify), (Some(true), None));
    h.state_mut().app.doc_mut().unwrap().view.variant = None;
    run(&mut h, Command::Undo);
    assert_eq!(doc(&h).profile().variants[0].look.justify, None);
    assert_eq!((doc(&h).view.tab, doc(&h).view.variant.as_deref()), (Tab::Look, Some("industry")));
}

#[test]
fn finding_goes_to_the_words_and_back() {
    let mut h = editor();
    h.get_by_label("Headline").focus();
    h.run();
    press(&mut h, Modifiers::COMMAND, Key::F);
    assert_eq!(focused(&h).as_deref(), Some("Find in profile"));
    h.get_by_label("Find in profile").type_text("cafe");
    h.run();
    assert!(names(&h).iter().any(|n| n == "1 place"), "{:?} {:?}", doc(&h).view.find, names(&h));
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert_eq!((doc(&h).view.find.clone(), focused(&h).as_deref()), (None, Some("Headline")));
    press(&mut h, Modifiers::COMMAND, Key::F);
    h.get_by_label("Find in profile").type_text("NOVAKOVA");
    h.run();
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(focused(&h).as_deref(), Some("Name"));
    // What is typed now replaces the words that were found.
    let name = h.get_by_label("Name");
    name.type_text("X");
    h.run();
    assert_eq!(doc(&h).profile().person.name, "Zofia X");
    press(&mut h, Modifiers::NONE, Key::F3);
    assert_eq!(doc(&h).view.tab, Tab::Section(0));
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert_eq!(doc(&h).view.find, None);
}

#[test]
fn variants_are_added_copied_renamed_and_deleted() {
    let mut h = editor();
    let hidden = At::root().field("sections").index(1).field("entries").index(0);
    let show = Show::NotIn(vec!["industry".into()]);
    h.state_mut().app.apply(&vitae::app::edit::Edit::SetShow(hidden, show));
    run(&mut h, Command::Variants);
    let list = |h: &Editor| -> Vec<String> {
        doc(h).profile().variants.iter().map(|v| v.name.clone()).collect()
    };
    assert!(names(&h).iter().any(|n| n == "1 entry shown, 1 hidden"), "{:?}", names(&h));
    h.get_by_label("Name of the new variant").focus();
    h.run();
    h.get_by_label("Name of the new variant").type_text("teaching");
    h.run();
    click(&mut h, "Add variant");
    assert_eq!(list(&h), ["industry", "teaching"]);
    reach(&mut h, "Copy industry");
    assert_eq!(list(&h), ["industry", "teaching", "industry copy"]);
    reach(&mut h, "Show: industry copy");
    assert_eq!(doc(&h).view.variant.as_deref(), Some("industry copy"));
    write(&mut h, "Name of variant 3", "start-ups");
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(list(&h), ["industry", "teaching", "start-ups"]);
    assert_eq!(doc(&h).view.variant.as_deref(), Some("start-ups"));
    let Section::Awards(awards) = &doc(&h).profile().sections[1] else { panic!() };
    assert_eq!(awards.entries[0].show, Show::NotIn(vec!["industry".into(), "start-ups".into()]));
    // A name that is taken is refused.
    write(&mut h, "Name of variant 2", "industry");
    assert!(names(&h).iter().any(|n| n.contains("already a variant called “industry”")));
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(list(&h), ["industry", "teaching", "start-ups"]);
    write(&mut h, "Headline of teaching", "Lecturer");
    assert_eq!(doc(&h).profile().variants[1].headline, "Lecturer");
    reach(&mut h, "Delete start-ups");
    assert_eq!((list(&h).len(), doc(&h).view.variant.clone()), (2, None));
    press(&mut h, Modifiers::COMMAND, Key::Z);
    assert_eq!(list(&h), ["industry", "teaching", "start-ups"]);
    reach(&mut h, "Page limit of teaching");
    click(&mut h, "Two pages");
    assert_eq!(doc(&h).profile().variants[1].look.pages, Some(PageLimit::Two));
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert_eq!(h.state().app.sheet(), None);
}

#[test]
fn findings_lead_to_their_place_and_are_mended() {
    let odd = SMALL.replace("variants:", "look: (theme: \"nope\"), variants:");
    let mut h = window(&odd, 1380.0);
    run(&mut h, Command::GoToCheck);
    let all = names(&h);
    let named =
        |start: &str| all.iter().find(|n| n.starts_with(start)).cloned().unwrap_or_default();
    assert!(all.iter().any(|n| n.starts_with("Worth a look (")), "{all:?}");
    assert!(all.iter().any(|n| n == "Publications › On caches › author 2"), "{all:?}");
    click(&mut h, &named("Reset to theme: There is no theme “nope”"));
    assert_eq!(doc(&h).profile().look.theme, "");
    click(&mut h, &named("Explain the mark: "));
    assert_eq!(doc(&h).profile().marks[0].label, "†");
    assert_eq!(doc(&h).view.tab, Tab::Person);
    run(&mut h, Command::Undo);
    assert!(doc(&h).profile().marks.is_empty());
    run(&mut h, Command::GoToCheck);
    click(&mut h, &named("Go there: Nothing says what the mark"));
    assert_eq!(doc(&h).view.tab, Tab::Section(0));
}

#[test]
fn a_profile_without_findings_says_so() {
    let mut h = window("(person: (name: \"Zofia Nováková\"))", 1380.0);
    run(&mut h, Command::GoToCheck);
    assert!(names(&h).iter().any(|n| n == "Nothing to mend"), "{:?}", names(&h));
}

#[test]
fn what_wins_lines_is_hidden_where_it_is_shown() {
    let mut h = editor();
    let entry = At::root().field("sections").index(1).field("entries").index(0);
    h.state_mut().app.doc_mut().unwrap().view.variant = Some("industry".into());
    h.state_mut().app.mend(&vitae::finding::Fix::Hide(entry));
    let show = |h: &Editor| match &doc(h).profile().sections[1] {
        Section::Awards(list) => list.entries[0].show.clone(),
        other => panic!("{}", other.kind()),
    };
    assert_eq!(show(&h), Show::NotIn(vec!["industry".into()]));
    run(&mut h, Command::Undo);
    assert_eq!(show(&h), Show::Always);
}

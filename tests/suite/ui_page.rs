//! The page beside the form: clicks lead to fields, fields to their place, and what is too long is
//! told. And pictures of the whole window, which are those of the README.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use crate::support::{SIZE, open, profile, sample, settle, themed, window};
use eframe::egui::{Key, Modifiers, Pos2, Theme, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use image::RgbaImage;
use std::{collections::BTreeSet, env, path::Path};
use vitae::{
    app::{
        App,
        command::Command,
        edit::Edit,
        view::{Tab, Zoom},
    },
    at::At,
    section::{Section, SectionKind},
    ui::Window,
    value::entry::Bullet,
};

/// A point of the page, in parts of its width and height (of its first screenful).
fn on_page(harness: &Harness<'static, Window>, x: f32, y: f32) -> Pos2 {
    let area = harness.get_by_label_contains("Page 1 of").rect();
    let width = area.width().min(700.0) - 32.0;
    pos2(area.left() + 16.0 + x * width, area.top() + 16.0 + y * width * 842.0 / 595.0)
}

fn click(harness: &mut Harness<'static, Window>, point: Pos2) {
    harness.drag_at(point);
    harness.step();
    harness.drop_at(point);
    // A second click soon after would be a double click.
    harness.run_steps(3);
    settle(harness);
}

fn focused(harness: &Harness<'static, Window>) -> Option<At> {
    harness.state().app.doc().unwrap().view.focused.clone()
}

#[test]
fn a_click_on_the_page_leads_to_the_field() {
    let mut harness = window(sample("phd-systems"));
    let mut met = BTreeSet::new();
    for step in 0..12 {
        let point = on_page(&harness, 0.5, 0.05 + 0.07 * step as f32);
        click(&mut harness, point);
        met.extend(focused(&harness));
    }
    let name = At::root().field("person").field("name");
    assert!(met.contains(&name), "{met:?}");
    let sections: BTreeSet<_> = met.iter().map(|at| at.steps().get(1).copied()).collect();
    assert!(met.len() >= 6 && sections.len() >= 4, "{met:?}");
    // What is typed then goes where the click was.
    let point = on_page(&harness, 0.5, 0.05);
    click(&mut harness, point);
    assert_eq!(focused(&harness), Some(name));
    let before = profile(&harness).person.name.clone();
    harness.event(eframe::egui::Event::Text("Q".into()));
    settle(&mut harness);
    let after = &profile(&harness).person.name;
    assert_eq!(after.len(), before.len() + 1);
    assert!(after.contains('Q'), "{after}");
}

#[test]
fn what_is_typed_changes_the_page_as_if_it_were_drawn_anew() {
    let mut harness = window(sample("phd-systems"));
    let before = picture(&mut harness);
    // The e-mail address stands under the name.
    let point = on_page(&harness, 0.4, 0.105);
    click(&mut harness, point);
    for letter in ["w", "W", "w"] {
        harness.event(eframe::egui::Event::Text(letter.into()));
        settle(&mut harness);
    }
    let typed = picture(&mut harness);
    assert!(differs(&before, &typed) > 0.0);
    for _ in 0..2 {
        harness.state_mut().app.run(Command::TogglePage);
        settle(&mut harness);
    }
    assert!(differs(&typed, &picture(&mut harness)) == 0.0, "rows are missing or out of place");
    // Another document in the same window has a page of its own.
    harness.state_mut().app.screen = sample("first-year").screen;
    settle(&mut harness);
    let mut fresh = window(sample("first-year"));
    assert!(differs(&picture(&mut harness), &picture(&mut fresh)) < 0.01);
}

#[test]
fn a_screen_reader_hears_the_page() {
    let harness = window(sample("phd-systems"));
    let page = harness.get_by_label_contains("Page 1 of 1");
    let text = page.accesskit_node().value().unwrap();
    let name = &profile(&harness).person.name;
    assert!(text.contains(name.as_str()) && text.contains("OSDI"), "{text}");
}

#[test]
fn zoom_follows_the_commands() {
    let mut harness = window(sample("first-year"));
    let zoom = |h: &Harness<'static, Window>| h.state().app.doc().unwrap().view.zoom;
    assert_eq!(zoom(&harness), Zoom::Width);
    harness.get_by_label("Zoom page in").click();
    settle(&mut harness);
    assert!(matches!(zoom(&harness), Zoom::Factor(f) if f > 1.0));
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    settle(&mut harness);
    assert_eq!(zoom(&harness), Zoom::Page);
}

#[test]
fn what_is_too_long_is_told_and_undone() {
    let mut app = sample("undergrad-dense");
    let mut long = profile_of(&app);
    if let Some(Section::Experience(list)) =
        long.sections.iter_mut().find(|s| s.kind() == SectionKind::Experience)
    {
        let filler =
            "A highlight that was added only so that the page is far too long for its paper";
        list.entries[0].bullets.extend((0..30).map(|_| Bullet::from(filler)));
    }
    app.apply(&Edit::Replace(Box::new(long), "Add much".into()));
    let mut harness = window(app);
    assert!(harness.query_all_by_label_contains("lines too long for one page").count() > 0);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(harness.state().app.doc().unwrap().undo.count(), 0);
    harness.get_by_label_contains("Fits on one page");
}

fn profile_of(app: &App) -> vitae::profile::Profile {
    app.doc().unwrap().profile().clone()
}

#[test]
fn an_empty_profile_has_a_page() {
    let harness = window(open(vitae::profile::Profile::default()));
    harness.get_by_label_contains("Page 1 of 1");
}

/// The window with the papers of a sample, one of them open.
fn papers(theme: Theme) -> Harness<'static, Window> {
    let mut app = sample("phd-systems");
    let view = &mut app.doc_mut().unwrap().view;
    view.tab = Tab::Section(1);
    let entry = At::root().field("sections").index(1).field("entries").index(0);
    view.go_to(&entry.field("title"), Some(0));
    themed(app, theme, SIZE)
}

#[test]
fn pictures_of_the_window_are_those_of_the_readme() {
    let mut harness = papers(Theme::Light);
    keep("editor-light", &mut harness);
    keep("editor-dark", &mut papers(Theme::Dark));
    harness.state_mut().app.run(Command::GoToLook);
    // The small pages come one by one.
    for _ in 0..40 {
        settle(&mut harness);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    keep("look", &mut harness);
    harness.state_mut().app.run(Command::Palette);
    settle(&mut harness);
    let palette = picture(&mut harness);
    assert!(differs(&palette, &stored("look").unwrap()) > 0.02, "the palette is not seen");
    keep("import", &mut crate::ui_bring::sheet(Theme::Light, SIZE));
    let mut small = themed(sample("first-year"), Theme::Light, [900.0, 600.0]);
    assert_eq!(picture(&mut small).dimensions(), (900, 600));
    let mut welcome = themed(App::default(), Theme::Light, SIZE);
    assert!(differs(&picture(&mut welcome), &stored("editor-light").unwrap()) > 0.05);
}

fn picture(harness: &mut Harness<'static, Window>) -> RgbaImage {
    harness.render().unwrap()
}

fn stored(name: &str) -> Option<RgbaImage> {
    Some(image::open(file(name)).ok()?.to_rgba8())
}

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name).with_extension("png")
}

/// Compares a picture with the one in `docs`; with `UPDATE` set it becomes that one.
fn keep(name: &str, harness: &mut Harness<'static, Window>) {
    let new = picture(harness);
    assert_eq!(new.dimensions(), (SIZE[0] as u32, SIZE[1] as u32));
    if env::var_os("UPDATE").is_some() {
        new.save(file(name)).unwrap();
    }
    let part = stored(name).map_or(1.0, |old| differs(&new, &old));
    assert!(
        part < 0.02,
        "{name}: {:.1} % of the picture differ; UPDATE=1 makes it anew",
        part * 100.0
    );
}

/// The part of all pixels that differ by more than can be missed.
fn differs(one: &RgbaImage, other: &RgbaImage) -> f64 {
    if one.dimensions() != other.dimensions() {
        return 1.0;
    }
    let far = |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        a.0.iter().zip(b.0).any(|(x, y)| x.abs_diff(y) > 40)
    };
    let count = one.pixels().zip(other.pixels()).filter(far).count();
    count as f64 / f64::from(one.width() * one.height())
}

//! The page beside the form: clicks lead to fields, fields to their place, and what is too long is told.

mod support;

use eframe::egui::{Key, Modifiers, Pos2, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use std::collections::BTreeSet;
use support::{open, profile, sample, settle, window};
use vitae::{
    app::{edit::Edit, view::Zoom},
    at::At,
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
    if let Some(vitae::section::Section::Experience(list)) =
        long.sections.iter_mut().find(|s| s.kind() == "Experience")
    {
        let filler =
            "A highlight that was added only so that the page is far too long for its paper";
        list.entries[0].bullets.extend((0..30).map(|_| Bullet::from(filler)));
    }
    app.apply(&Edit::Replace(Box::new(long), "Add much".into()));
    let mut harness = window(app);
    harness.get_by_label_contains("lines too long for one page");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(harness.state().app.doc().unwrap().undo.count(), 0);
    harness.get_by_label_contains("Fits on one page");
}

fn profile_of(app: &vitae::app::App) -> vitae::profile::Profile {
    app.doc().unwrap().profile().clone()
}

#[test]
fn an_empty_profile_has_a_page() {
    let harness = window(open(vitae::profile::Profile::default()));
    harness.get_by_label_contains("Page 1 of 1");
}

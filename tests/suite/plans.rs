//! What makes a profile that is too long fit: each plan is enough by itself, is taken in one step,
//! and leaves what a CV cannot do without.

#![expect(
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use crate::{
    program::{SMALL, folder, long_profile, vitae},
    support::{open, profile, settle, window},
};
use eframe::egui::Key;
use egui_kittest::kittest::Queryable as _;
use std::fs;
use vitae::{
    app::command::Command,
    export,
    fit_plan::{Change, Plan, Wanted, plans},
    look::{Look, PageLimit},
    profile::Profile,
    section::Section,
    store::Document,
    theme::Theme,
    typeset::{Source, Typesetter},
    value::entry::{Bullet, Show},
};

/// A sample with so many highlights more in its first section of positions that it is too long.
fn too_long(name: &str, more: usize) -> Profile {
    let text = vitae::sample::text(name).unwrap();
    let mut profile = Document::from_text(name, text).unwrap().profile;
    let positions = profile.sections.iter_mut().find_map(|section| match section {
        Section::Experience(list) => Some(&mut list.entries),
        _ => None,
    });
    let position = positions.unwrap().first_mut().unwrap();
    for number in 0..more {
        let text = format!(
            "Wrote report {number} on what was measured, and on what was not, for the people who had asked"
        );
        position.bullets.push(Bullet { text, weight: -5, ..Bullet::default() });
    }
    profile
}

/// The same with the fewest that make it at least two lines too long.
fn just_too_long(name: &str) -> Profile {
    (1..60).map(|more| too_long(name, more)).find(|p| lines_over(p, None) >= 2).unwrap()
}

fn planned(profile: &Profile, variant: Option<&str>, top: &Look) -> Vec<Plan> {
    let variant = variant.and_then(|name| profile.variant(name));
    plans(&mut Typesetter::new(Source::Embedded), Wanted { profile, variant, top }).list
}

fn lines_over(profile: &Profile, variant: Option<&str>) -> usize {
    let variant = variant.and_then(|name| profile.variant(name));
    let mut typesetter = Typesetter::new(Source::Embedded);
    export::make(&mut typesetter, profile, variant, &Look::default()).typeset.fit.lines_over
}

#[test]
fn each_plan_is_enough_by_itself() {
    let mut kinds = vec![];
    for name in vitae::sample::names() {
        for theme in Theme::names() {
            for more in [2, 8, 24] {
                let mut profile = too_long_or_any(name, more);
                profile.look.theme = theme.to_owned();
                let over = lines_over(&profile, None);
                let plans = planned(&profile, None, &Look::default());
                assert_eq!(plans.is_empty(), over == 0, "{name} {theme}");
                for plan in plans {
                    let what = format!("{name} {theme} {over} lines: {}", plan.words);
                    kinds.extend(plan.changes.first().map(Change::name));
                    assert_eq!(plan.fit.lines_over, 0, "{what}");
                    if plan.can_be_taken() {
                        let taken = plan.taken(&profile, None);
                        assert_eq!(lines_over(&taken, None), 0, "{what}");
                        nothing_is_emptied(&profile, &taken);
                    } else {
                        assert_eq!(plan.taken(&profile, None), profile, "{what}");
                    }
                }
            }
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["hide", "min_size", "pages", "shorten", "theme"]);
}

fn too_long_or_any(name: &str, more: usize) -> Profile {
    let text = vitae::sample::text(name).unwrap();
    if text.contains("Experience(") {
        return too_long(name, more);
    }
    Document::from_text(name, text).unwrap().profile
}

/// No section that had an entry has lost its last one, and no first degree or position is gone.
fn nothing_is_emptied(before: &Profile, after: &Profile) {
    let shown = |section: &Section| -> Vec<bool> {
        match section {
            Section::Education(list) => list.entries.iter().map(|e| e.show.is_on(None)).collect(),
            Section::Experience(list) => list.entries.iter().map(|e| e.show.is_on(None)).collect(),
            Section::Publications(list) => {
                list.entries.iter().map(|e| e.show.is_on(None)).collect()
            }
            Section::Awards(list) => list.entries.iter().map(|e| e.show.is_on(None)).collect(),
            _ => vec![],
        }
    };
    for (old, new) in before.sections.iter().zip(&after.sections) {
        let (old_shown, new_shown) = (shown(old), shown(new));
        assert_eq!(old_shown.contains(&true), new_shown.contains(&true));
        if matches!(new, Section::Education(_) | Section::Experience(_)) {
            assert_eq!(old_shown.first(), new_shown.first());
        }
    }
}

#[test]
fn what_matters_least_is_left_out_first_and_only_in_the_variant_that_is_shown() {
    let mut profile = just_too_long("phd-systems");
    profile.variants.push(vitae::variant::Variant {
        name: "short".to_owned(),
        ..vitae::variant::Variant::default()
    });
    let plans = planned(&profile, Some("short"), &Look::default());
    let hide = plans.iter().find(|p| p.changes[0].name() == "hide").unwrap();
    assert!(hide.words.starts_with("Hide “Wrote report"), "{}", hide.words);
    let taken = hide.taken(&profile, Some("short"));
    assert_eq!(lines_over(&taken, Some("short")), 0);
    let Some(Section::Experience(list)) =
        taken.sections.iter().find(|section| matches!(section, Section::Experience(_)))
    else {
        unreachable!()
    };
    let hidden: Vec<_> =
        list.entries[0].bullets.iter().filter(|b| b.show != Show::Always).collect();
    assert!(!hidden.is_empty() && hidden.iter().all(|b| b.show.is_on(None)), "{hidden:?}");
    // A theme for the variant leaves the profile's own as it was.
    let denser = plans.iter().find(|p| p.changes[0].name() == "theme").unwrap();
    let taken = denser.taken(&profile, Some("short"));
    assert_eq!(taken.look, profile.look);
    assert_ne!(taken.variants[0].look.theme, "");
}

#[test]
fn what_the_command_line_lays_over_the_look_counts() {
    let profile = just_too_long("undergrad-dense");
    let top = Look { pages: Some(PageLimit::Two), ..Look::default() };
    assert_eq!(planned(&profile, None, &top), []);
}

#[test]
fn a_plan_is_taken_on_the_command_line() {
    let long = long_profile();
    let folder = folder(&[("long.cv.ron", &long), ("small.cv.ron", SMALL)]);
    let fits = vitae(&folder, &["fit", "small.cv.ron"]);
    assert_eq!(fits.status, 0, "{}", fits.err);
    assert!(fits.err.starts_with("small.cv.ron: 1 page, "), "{}", fits.err);
    let listed = vitae(&folder, &["fit", "long.cv.ron"]);
    assert_eq!(listed.status, 1);
    assert!(listed.err.contains(" lines too long; each of these is enough by itself:\n1. "));
    let json = vitae(&folder, &["export", "long.cv.ron", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.out).unwrap();
    let plans = json["plans"].as_array().unwrap();
    let number = plans.iter().position(|plan| plan["changes"][0]["kind"] == "pages").unwrap() + 1;
    assert!(listed.err.contains(&format!("{number}. Allow two pages (")), "{}", listed.err);
    assert_eq!(fs::read_to_string(folder.path().join("long.cv.ron")).unwrap(), long);
    let number = number.to_string();
    for wrong in [vec!["--plan", "77"], vec!["--plan", "0"], vec!["-o", "x.cv.ron"]] {
        let run = vitae(&folder, &[&["fit", "long.cv.ron"], wrong.as_slice()].concat());
        assert_eq!(run.status, 2, "{}", run.err);
    }
    // To another file, which must not be there; then to the profile itself.
    let run = vitae(&folder, &["fit", "long.cv.ron", "--plan", &number, "-o", "two.cv.ron"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("two.cv.ron: 2 pages, "), "{}", run.err);
    let run = vitae(&folder, &["fit", "long.cv.ron", "--plan", &number, "-o", "two.cv.ron"]);
    assert_eq!(run.status, 3, "{}", run.err);
    let run = vitae(&folder, &["fit", "long.cv.ron", "--plan", &number]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(vitae(&folder, &["export", "long.cv.ron"]).status, 0);
    let run = vitae(&folder, &["fit", "long.cv.ron", "--plan", "1"]);
    assert!(run.err.contains("it fits on its pages already"), "{}", run.err);
}

#[test]
fn a_plan_is_taken_in_the_window_as_one_step() {
    let long = just_too_long("undergrad-dense");
    let mut harness = window(open(long.clone()));
    harness.get_by_label("Make it fit").click();
    let wait = |harness: &mut egui_kittest::Harness<'static, vitae::ui::Window>| {
        for _ in 0..200 {
            harness.step();
            let fitting = harness.state().app.fitting.as_ref();
            if fitting.is_none_or(|fitting| fitting.plans.is_some()) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    };
    harness.run_steps(2);
    wait(&mut harness);
    settle(&mut harness);
    let kinds = |harness: &egui_kittest::Harness<'static, vitae::ui::Window>| -> Vec<&str> {
        let plans = harness.state().app.fitting.as_ref().unwrap().plans.as_ref().unwrap();
        plans.list.iter().map(|plan| plan.changes[0].name()).collect()
    };
    let hide = kinds(&harness).iter().position(|kind| *kind == "hide").unwrap();
    for _ in 0..hide {
        harness.key_press(Key::ArrowDown);
        harness.run_steps(2);
    }
    // By the keyboard alone.
    assert!(harness.query_by_label("Do it").is_some());
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    settle(&mut harness);
    assert_ne!(profile(&harness), &long);
    assert_eq!(lines_over(profile(&harness), None), 0);
    assert!(harness.query_by_label("Too long").is_none());
    harness.state_mut().app.run(Command::Undo);
    settle(&mut harness);
    assert_eq!(profile(&harness), &long);
    // What has to be done by hand leads to the text.
    harness.state_mut().app.run(Command::MakeItFit);
    wait(&mut harness);
    settle(&mut harness);
    if kinds(&harness)[0] == "shorten" {
        harness.get_by_label("Go to the text").click();
        harness.run_steps(4);
        settle(&mut harness);
        assert_eq!(profile(&harness), &long);
        assert!(harness.state().app.doc().unwrap().view.focused.is_some());
    }
}

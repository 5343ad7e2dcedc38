//! Points, places and chosen text on the pages of the samples.

use super::{
    caret::caret,
    hit::{at_point, boxes},
    select::{all, page_text, paragraph, select, word},
};
use crate::{
    at::At,
    field::Kind,
    look::{Look, PageLimit},
    profile::Profile,
    store::Document,
    theme,
    typeset::{Source, Typeset, Typesetter, page::Pages},
    value::rich::Rich,
};
use eframe::egui::{Rect, pos2, vec2};
use std::{collections::BTreeMap, path::Path};

const SAMPLES: [&str; 6] = [
    "bilingual",
    "first-year",
    "phd-systems",
    "researcher-papers",
    "student-mixed",
    "undergrad-dense",
];

fn sample(name: &str) -> Profile {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    Document::open(&folder.join(format!("{name}.cv.ron"))).unwrap().profile
}

fn set(profile: &Profile, theme: &str) -> Typeset {
    let top = Look { theme: theme.into(), pages: Some(PageLimit::Any), ..Look::default() };
    let style = theme::style(profile, None, &top).0;
    Typesetter::new(Source::Embedded).set(profile, None, &style)
}

/// The texts of a profile by their places.
fn texts(profile: &Profile) -> BTreeMap<At, (Kind, String)> {
    let mut found = BTreeMap::new();
    profile.texts(None, &mut |text| {
        if text.shown {
            found.insert(text.at.clone(), (text.kind, text.text.to_owned()));
        }
    });
    found
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

#[test]
fn every_printed_letter_leads_to_its_field_and_its_place_in_it() {
    for name in SAMPLES {
        let profile = sample(name);
        let texts = texts(&profile);
        let pages = set(&profile, "classic").pages;
        let mut exact = 0;
        for (number, page) in pages.pages.iter().enumerate() {
            for (index, line) in page.lines.iter().enumerate().filter(|(_, l)| l.element.is_some())
            {
                for glyph in &line.glyphs {
                    let point = pos2(glyph.x + 0.4 * glyph.advance, glyph.y - 0.2 * glyph.size);
                    let hit = at_point(&pages, number, point).unwrap();
                    if hit.line != index || line.glyphs[hit.glyph].text != glyph.text {
                        // Raised letters, and letters that reach over each other.
                        continue;
                    }
                    assert_eq!(hit.at, pages.places[glyph.place as usize]);
                    assert!(hit.before <= hit.printed.chars().count());
                    let Some((kind, typed)) = texts.get(&hit.at) else {
                        continue;
                    };
                    let at = caret(typed, &hit);
                    assert!(typed.is_char_boundary(at), "{typed} at {at}");
                    let range = glyph.text.start as usize..glyph.text.end as usize;
                    let printed = bare(line.text.get(range).unwrap());
                    let after = bare(typed.get(at..).unwrap());
                    if *kind == Kind::Rich
                        && bare(&Rich::parse(typed).to_plain()) == bare(&hit.printed)
                        && typed.is_ascii()
                        && printed.chars().count() == 1
                        && !typed.contains(['$', '-', '\\'])
                    {
                        assert!(after.starts_with(&printed), "{name}: `{printed}` of `{typed}`");
                        exact += 1;
                    }
                }
            }
        }
        assert!(exact > 200, "{name}: only {exact} letters looked at");
    }
}

#[test]
fn every_printed_field_has_its_boxes_on_the_paper() {
    for name in SAMPLES {
        let profile = sample(name);
        for theme in ["classic", "column"] {
            let pages = set(&profile, theme).pages;
            for at in &pages.places {
                for (number, rect) in boxes(&pages, at) {
                    let page = &pages.pages[number];
                    let paper = Rect::from_min_size(pos2(0.0, 0.0), vec2(page.width, page.height));
                    assert!(paper.contains_rect(rect), "{name}: {at} at {rect}");
                    assert!(rect.width() > 0.5 && rect.height() > 3.0, "{name}: {at} at {rect}");
                }
            }
            // An entry is the whole of its fields.
            let entry = At::root().field("sections").index(0).field("entries").index(0);
            let title = pages.places.iter().find(|p| p.is_within(&entry)).unwrap();
            let (whole, part) = (boxes(&pages, &entry), boxes(&pages, title));
            assert!(whole.len() >= part.len() && !part.is_empty(), "{name} in {theme}");
            let union = |boxes: &[(usize, Rect)]| {
                boxes.iter().filter(|b| b.0 == 0).map(|b| b.1).reduce(Rect::union).unwrap()
            };
            assert!(union(&whole).contains_rect(union(&part)), "{name} in {theme}");
            let nowhere = At::root().field("variants").index(0).field("headline");
            assert_eq!(boxes(&pages, &nowhere), []);
        }
    }
}

#[test]
fn points_beside_the_text_mean_the_nearest_line_and_far_ones_nothing() {
    let pages = set(&sample("first-year"), "classic").pages;
    let line = pages.pages[0].lines.iter().find(|l| l.element.is_some()).unwrap();
    let y = line.glyphs[0].y;
    let place = |x: f32, y: f32| at_point(&pages, 0, pos2(x, y)).map(|hit| hit.at);
    let name = Some(At::root().field("person").field("name"));
    assert_eq!(place(2.0, y), name);
    assert_eq!(place(590.0, y), name);
    assert_eq!(place(300.0, y - 20.0), name, "just above");
    assert_eq!(place(300.0, -200.0), None);
    assert_eq!(place(300.0, 5000.0), None);
    assert_eq!(at_point(&pages, 7, pos2(0.0, 0.0)), None);
    assert_eq!(at_point(&Pages::default(), 0, pos2(0.0, 0.0)), None);
}

#[test]
fn what_is_copied_reads_like_the_profile() {
    for name in SAMPLES {
        let profile = sample(name);
        let pages = set(&profile, "classic").pages;
        let text = all(&pages).unwrap().text(&pages);
        let lines: Vec<&str> = text.lines().collect();
        assert!(!text.contains('\u{ad}') && !text.contains("\n\n\n"), "{name}");
        assert!(lines.iter().all(|l| *l == l.trim()), "{name}: {text}");
        // Every highlight is one line, however many it takes on the page.
        for (at, (_, typed)) in texts(&profile) {
            if at.to_string().contains("bullets") && boxes(&pages, &at).len() > 1 {
                let plain = Rich::parse(&typed).trim().to_plain();
                let is_there = lines.iter().any(|line| bare(line) == bare(&plain));
                assert!(is_there, "{name}: `{plain}` in\n{text}");
            }
        }
        let heard: Vec<String> = (0..pages.pages.len()).map(|n| page_text(&pages, n)).collect();
        assert_eq!(bare(&heard.concat()), bare(&text), "{name}");
    }
}

#[test]
fn words_paragraphs_and_stretches() {
    let profile = sample("phd-systems");
    let pages = set(&profile, "classic").pages;
    let (at, (_, typed)) = texts(&profile)
        .into_iter()
        .filter(|(at, _)| at.to_string().contains("bullets"))
        .find(|(at, _)| boxes(&pages, at).len() > 1)
        .unwrap();
    let plain = Rich::parse(&typed).trim().to_plain();
    let found = boxes(&pages, &at);
    let (first, last) = (found[0].1, found[found.len() - 1].1);
    let start = pos2(first.left() + 2.0, first.center().y);
    let whole = paragraph(&pages, 0, start).unwrap();
    assert_eq!(whole.text(&pages), plain);
    assert_eq!(whole.boxes(&pages).len(), found.len());
    let first_word = word(&pages, 0, start).unwrap().text(&pages);
    assert_eq!(Some(first_word.as_str()), plain.split(' ').next());
    // From one end to the other, and back.
    let (from, to) = (first.left_center() - vec2(30.0, 0.0), last.right_center() + vec2(30.0, 0.0));
    for (from, to) in [(from, to), (to, from)] {
        let chosen = select(&pages, (0, from), (0, to)).unwrap();
        assert_eq!(chosen.text(&pages), plain);
        assert!(!chosen.is_empty());
    }
    let point = select(&pages, (0, start), (0, start)).unwrap();
    assert!(point.is_empty() && point.text(&pages).is_empty());
}

//! Pages of languages from right to left: mirrored as a whole, Latin names whole, read in order.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use std::{env, fs, path::Path};
use vitae::{
    export,
    look::Look,
    profile::Profile,
    store::Document,
    theme::{self, Theme},
    typeset::{
        Source, Typeset, Typesetter,
        page::{Line, Tag},
    },
};

const CASES: [&str; 3] = ["hebrew", "arabic", "persian"];

fn case(name: &str) -> Profile {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/layout");
    Document::open(&folder.join(format!("{name}.cv.ron"))).unwrap().profile
}

/// Without fonts of the system: the same on every machine, with boxes for the letters.
fn set(profile: &Profile, theme: &str) -> Typeset {
    let look = Look { theme: theme.to_owned(), ..Look::default() };
    let (style, findings) = theme::style(profile, None, &look);
    assert_eq!(findings, []);
    Typesetter::new(Source::Embedded).set(profile, None, &style)
}

/// Where the ink of a line begins and ends.
fn edges(line: &Line) -> (f32, f32) {
    let inked = line.glyphs.iter().filter(|g| {
        let text = line.text.get(g.text.start as usize..g.text.end as usize);
        text.is_some_and(|text| !text.trim().is_empty())
    });
    inked.fold((f32::INFINITY, 0.0_f32), |(left, right), g| {
        (left.min(g.x), right.max(g.x + g.advance))
    })
}

/// Every line in the order of painting, with the margins that it touches.
fn lines_and_sides(set: &Typeset) -> String {
    let margin = set.fit.sizes.margin_x;
    let mut out = String::new();
    for page in &set.pages.pages {
        for line in page.lines.iter().filter(|line| !line.text.trim().is_empty()) {
            let (left, right) = edges(line);
            let left = if (left - margin).abs() < 0.5 { 'L' } else { '-' };
            let right = if (page.width - margin - right).abs() < 0.5 { 'R' } else { '-' };
            out += &format!("{left}{right} {}\n", line.text.trim());
        }
    }
    out
}

#[test]
fn titles_stand_at_the_right_and_dates_at_the_left() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/layout");
    for name in CASES {
        for theme in ["classic", "column", "modern"] {
            let found = lines_and_sides(&set(&case(name), theme));
            let path = folder.join(format!("{name}.{theme}.txt"));
            if env::var_os("UPDATE").is_some() {
                fs::write(&path, &found).unwrap();
            }
            assert_eq!(found, fs::read_to_string(&path).unwrap_or_default(), "{name} {theme}");
        }
    }
}

#[test]
fn what_is_painted_follows_the_structure_and_stays_between_the_margins() {
    for name in CASES {
        for theme in Theme::names() {
            let set = set(&case(name), theme);
            let margin = set.fit.sizes.margin_x;
            let lines: Vec<&Line> = set.pages.pages.iter().flat_map(|page| &page.lines).collect();
            let read: Vec<usize> = lines.iter().filter_map(|line| line.element).collect();
            assert!(read.is_sorted(), "{name} {theme}");
            for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
                let (left, right) = edges(line);
                let width = set.pages.pages.first().unwrap().width;
                let inside = left > margin - 0.5 && right < width - margin + 0.5;
                assert!(inside, "{name} {theme}: {left} {right} {}", line.text);
            }
        }
    }
}

/// Which way viewers lay the pages of the PDF side by side; `None` where it does not say so.
fn page_direction(profile: &Profile) -> Option<String> {
    let pdf = export::pdf(profile, None, &set(profile, "classic"), None).unwrap();
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let preferences = document.catalog().unwrap().get(b"ViewerPreferences").unwrap();
    let direction = preferences.as_dict().unwrap().get(b"Direction").ok()?;
    Some(String::from_utf8_lossy(direction.as_name().unwrap()).into_owned())
}

#[test]
fn the_document_says_its_language_and_its_direction() {
    for (name, language) in [("hebrew", "he"), ("arabic", "ar"), ("persian", "fa")] {
        let set = set(&case(name), "classic");
        assert_eq!(set.language, language);
        assert!(set.pages.elements.iter().any(|element| element.tag == Tag::Heading));
        assert_eq!(page_direction(&case(name)), Some("R2L".to_owned()), "{name}");
        // What counts is the language of the page, not that of its words.
        let mut english = case(name);
        english.look.language = Some("en".to_owned());
        assert_eq!(page_direction(&english), None, "{name}");
    }
}

/// The signs of a name stand at the side of it where they are read: `C++`, not `++C`.
#[test]
fn latin_names_stay_whole() {
    for (name, words) in
        [("hebrew", "C++"), ("hebrew", "+44 20"), ("arabic", "C++"), ("persian", ".NET")]
    {
        let set = set(&case(name), "classic");
        let mut seen = 0;
        for line in set.pages.pages.iter().flat_map(|page| &page.lines) {
            for (at, _) in line.text.match_indices(words) {
                let inside = |g: &&vitae::typeset::page::Glyph| {
                    (at..at + words.len()).contains(&(g.text.start as usize))
                };
                let places: Vec<f32> = line.glyphs.iter().filter(inside).map(|g| g.x).collect();
                assert!(places.is_sorted(), "{name} {words}: {places:?}");
                seen += 1;
            }
        }
        assert!(seen > 0, "{name} {words}");
    }
}

/// A page of Latin letters with some Hebrew is not turned round.
#[test]
fn a_language_from_left_to_right_keeps_its_sides() {
    let mut profile = case("hebrew");
    profile.look.language = Some("en".to_owned());
    let found = lines_and_sides(&set(&profile, "classic"));
    assert!(found.contains("L- המכון לדוגמה"), "{found}");
}

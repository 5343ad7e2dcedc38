//! Where things stand on the page, and in which order they are read: small profiles whose lines are
//! looked at one by one.

#![expect(clippy::panic, clippy::unwrap_used, reason = "what is not as expected fails the test")]

use vitae::{
    look::Look,
    profile::Profile,
    store::Document,
    theme::{self, Theme},
    typeset::{
        Source, Typeset, Typesetter,
        page::{Line, Pages, Tag},
    },
};

fn profile(sections: &str) -> Profile {
    let text = format!("Profile(person: (name: \"Ada Nowak\"), sections: [{sections}])");
    Document::from_text("x", &text).unwrap().profile
}

fn set(profile: &Profile, look: &Look) -> Typeset {
    let (style, findings) = theme::style(profile, None, look);
    assert_eq!(findings, []);
    Typesetter::new(Source::Embedded).set(profile, None, &style)
}

fn in_theme(profile: &Profile, theme: &str) -> Pages {
    set(profile, &Look { theme: theme.to_owned(), ..Look::default() }).pages
}

/// Every line of the document in the order of painting.
fn lines(pages: &Pages) -> Vec<&Line> {
    pages.pages.iter().flat_map(|page| &page.lines).collect()
}

/// The line that begins with `text`.
fn line<'p>(pages: &'p Pages, text: &str) -> &'p Line {
    let found = lines(pages).into_iter().find(|line| line.text.starts_with(text));
    found.unwrap_or_else(|| panic!("no line begins with `{text}`"))
}

fn baseline(line: &Line) -> f32 {
    line.glyphs.first().unwrap().y
}

/// Where the ink of a line ends.
fn right_edge(line: &Line) -> f32 {
    let inked = |g: &&vitae::typeset::page::Glyph| {
        let text = line.text.get(g.text.start as usize..g.text.end as usize);
        text.is_some_and(|text| !text.trim().is_empty())
    };
    line.glyphs.iter().rfind(inked).map(|g| g.x + g.advance).unwrap()
}

/// The contrast of a colour on white (WCAG 2.2, 1.4.3).
fn contrast(colour: [u8; 3]) -> f64 {
    let linear = |part: u8| match f64::from(part) / 255.0 {
        low if low <= 0.04045 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    };
    let [red, green, blue] = colour.map(linear);
    1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

#[test]
fn every_colour_of_a_theme_is_dark_enough() {
    for theme in Theme::names() {
        let pages = in_theme(&profile(""), theme);
        assert!(pages.colours.len() >= 3, "{theme}");
        for colour in pages.colours {
            assert!(contrast(colour) >= 4.5, "{theme}: {colour:?}");
        }
    }
}

#[test]
fn what_is_painted_follows_the_structure() {
    let text = include_str!("../../profiles/phd-systems.cv.ron");
    let sample = Document::from_text("x", text).unwrap().profile;
    let dense = include_str!("../../profiles/undergrad-dense.cv.ron");
    let dense = Document::from_text("x", dense).unwrap().profile;
    for profile in [sample, dense] {
        for theme in Theme::names() {
            let pages = in_theme(&profile, theme);
            let read: Vec<usize> = lines(&pages).into_iter().filter_map(|l| l.element).collect();
            // Elements are numbered in the order of reading.
            assert!(read.is_sorted(), "{theme}");
        }
    }
}

#[test]
fn a_date_stands_beside_the_last_line_of_what_it_belongs_to() {
    let long = "A prize for work of many years that takes two lines of the page since its name says \
                everything that was done for it, and by whom, and where, and with what in the end";
    let profile = profile(&format!(
        "Awards(entries: [(name: \"{long}\", date: \"2024\"), (name: \"Short\", date: \"2023\")])"
    ));
    for theme in ["classic", "compact", "modern"] {
        let pages = in_theme(&profile, theme);
        let end = lines(&pages).into_iter().find(|l| l.text.trim().ends_with("the end")).unwrap();
        let date = line(&pages, "2024");
        assert!((baseline(date) - baseline(end)).abs() < 0.01, "{theme}");
        assert!(right_edge(end) < date.glyphs.first().unwrap().x, "{theme}");
        let order: Vec<&str> = lines(&pages).into_iter().map(|l| l.text.trim()).collect();
        let at = order.iter().position(|text| text.ends_with("the end")).unwrap();
        assert_eq!(order.get(at + 1), Some(&"2024"), "{theme}");
    }
    let pages = in_theme(&profile, "plain");
    assert!(lines(&pages).iter().any(|l| l.text.trim().ends_with("the end | 2024")));
}

#[test]
fn columns_are_as_wide_as_their_dates_and_labels_are_read_first() {
    let profile = profile(
        "Awards(entries: [(name: \"First\", date: \"2024\"), (name: \"Next\", date: \"Oct 2023\")]),
         Skills(entries: [(label: \"Languages\", items: \"C++, Rust\")])",
    );
    let pages = in_theme(&profile, "column");
    let edge = right_edge(line(&pages, "2024"));
    for text in ["10/2023", "Languages"] {
        assert!((right_edge(line(&pages, text)) - edge).abs() < 0.01, "{text}");
    }
    let text = line(&pages, "C++").glyphs.first().unwrap().x;
    assert!((5.0..20.0).contains(&(text - edge)), "a gutter of {}", text - edge);
    let all: Vec<&str> = lines(&pages).into_iter().map(|l| l.text.trim()).collect();
    let at = |text: &str| all.iter().position(|line| line.starts_with(text)).unwrap();
    assert!(at("Languages") < at("C++") && at("First") < at("2024"), "{all:?}");
    // A short date makes it narrow.
    assert!(text < 150.0, "{text}");
}

#[test]
fn no_word_of_running_text_stands_alone_on_the_last_line() {
    let words: Vec<&str> = "we made the store keep what it was told and read it back at once so that no one \
        had to wait for long runs of old tests on slow discs in the cellar of the house by the sea and so on"
        .split_whitespace()
        .collect();
    let mut several = 0;
    for count in 12..=words.len() {
        let text = words.iter().take(count).copied().collect::<Vec<_>>().join(" ");
        let profile = profile(&format!(
            "Projects(entries: [(name: \"Store\", bullets: [\"{text}\", \"{text} {text}\"])])"
        ));
        for theme in Theme::names() {
            let pages = in_theme(&profile, theme);
            let all = lines(&pages);
            let bodies = all.chunk_by(|a, b| a.element == b.element).filter(|lines| {
                let tag = lines.first().and_then(|line| pages.elements.get(line.element?));
                tag.is_some_and(|element| element.tag == Tag::Body)
            });
            for body in bodies.filter(|lines| lines.len() > 1) {
                several += 1;
                let last = body.last().unwrap().text.trim();
                assert!(last.contains(' '), "{theme}: `{last}` is alone");
            }
        }
    }
    assert!(several > 100, "{several}");
}

#[test]
fn a_font_that_is_not_installed_is_told_and_another_one_taken() {
    let mut profile = profile("Awards(entries: [(name: \"First\", date: \"2024\")])");
    let usual = in_theme(&profile, "classic");
    profile.look.body_font = Some("No Such Family 7".to_owned());
    profile.look.heading_font = Some("No Such Family 8".to_owned());
    let set = set(&profile, &Look::default());
    let told: Vec<String> = set.findings.iter().map(|f| format!("{} {}", f.code, f.at)).collect();
    assert_eq!(told, ["font-unknown look.body_font", "font-unknown look.heading_font"]);
    assert!(set.findings.iter().all(|f| f.hint.contains("`Source Serif 4`")));
    assert_eq!(set.pages.faces.len(), usual.faces.len());
}

#[test]
fn free_text_without_a_title_has_no_heading() {
    let profile = profile(
        "List(entries: [(text: \"One line\")]), Text(entries: [(text: \"Some words\")]),
         List(title: \"Clubs\", entries: [(text: \"Chess\")]), Awards(entries: [(name: \"First\")])",
    );
    let pages = in_theme(&profile, "classic");
    let headings: Vec<String> = lines(&pages)
        .into_iter()
        .filter(|l| l.element.is_some_and(|e| pages.elements.get(e).unwrap().tag == Tag::Heading))
        .map(|l| l.text.trim().to_owned())
        .collect();
    assert_eq!(headings, ["Clubs", "Awards"]);
    let gap = baseline(line(&pages, "Some words")) - baseline(line(&pages, "One line"));
    assert!(gap > 20.0, "{gap}");
}

#[test]
fn rows_with_highlights_stand_apart() {
    let profile = profile(
        "Awards(entries: [(name: \"First\", bullets: [\"a\", \"b\"]), (name: \"Next\", bullets: [\"c\"]),
         (name: \"Third\"), (name: \"Last\")])",
    );
    for theme in Theme::names() {
        let pages = in_theme(&profile, theme);
        let y = |text: &str| baseline(line(&pages, text));
        let (bullets, entry) = (y("b") - y("a"), y("Next") - y("b"));
        assert!(entry > bullets + 1.0, "{theme}: {entry} against {bullets}");
        assert!((y("Third") - y("c") - entry).abs() < 0.1, "{theme}");
        assert!(y("Last") - y("Third") < entry, "{theme}");
    }
}

#[test]
fn a_role_goes_to_the_next_line_as_a_whole() {
    let role = "Research assistant in the group of distributed systems and their proofs";
    let profile = profile(&format!(
        "Experience(entries: [(organization: \"Example Institute of Technology\", role: \"{role}\",
         place: \"Northampton\", date: \"2022\")])"
    ));
    let pages = in_theme(&profile, "compact");
    assert_eq!(line(&pages, "Example Institute").text.trim(), "Example Institute of Technology,");
    assert_eq!(line(&pages, role).text.trim(), format!("{role}, Northampton"));
}

#[test]
fn the_last_highlight_is_not_alone_on_a_page() {
    let mut broken = 0;
    for count in 40..64 {
        let bullet = |i| format!("\"Highlight number {i} of this long list\",");
        let bullets: String = (0..count).map(bullet).collect();
        let profile =
            profile(&format!("Experience(entries: [(organization: \"A\", bullets: [{bullets}])])"));
        let look = Look {
            pages: Some(vitae::look::PageLimit::Any),
            min_size: Some(10.0),
            max_size: Some(10.0),
            min_spacing: Some(1.0),
            ..Look::default()
        };
        let set = set(&profile, &look);
        for page in set.pages.pages.iter().skip(1) {
            broken += 1;
            let read = page.lines.iter().filter(|line| line.element.is_some()).count();
            assert!(read > 1, "{count}");
            // The name and the number stand behind all that is read.
            assert!(page.lines.last().unwrap().text.contains("Ada Nowak"));
        }
    }
    assert!(broken > 3, "{broken}");
}

#[test]
fn a_status_stands_below_the_short_venue_and_marks_are_never_bold() {
    let profile = profile(
        "Publications(entries: [(title: \"A paper\", authors: [(name: \"Ada Nowak†\"), (name: \"Bo Example†\")],
         tag: \"EX'25\", status: \"under review\", code: \"https://example.org/code\")])",
    );
    let pages = in_theme(&profile, "classic");
    let (tag, status) = (line(&pages, "EX’25"), line(&pages, "Under review"));
    assert!((baseline(status) - baseline(line(&pages, "Ada Nowak†"))).abs() < 0.01);
    assert!((right_edge(tag) - right_edge(status)).abs() < 0.1);
    let authors = line(&pages, "Ada Nowak†");
    let faces: Vec<u16> = authors
        .text
        .match_indices('†')
        .filter_map(|(at, _)| authors.glyphs.iter().find(|g| g.text.start as usize == at))
        .map(|glyph| glyph.face)
        .collect();
    assert!(faces.len() == 2 && faces.first() == faces.last(), "{faces:?}");
}

#[test]
fn the_header_keeps_clear_of_the_first_section() {
    let text = include_str!("../../profiles/undergrad-dense.cv.ron");
    let dense = Document::from_text("x", text).unwrap().profile;
    for theme in Theme::names() {
        let set = set(&dense, &Look { theme: theme.to_owned(), ..Look::default() });
        let pages = &set.pages;
        let all = lines(pages);
        let tag = |l: &Line| l.element.and_then(|e| pages.elements.get(e)).map(|e| e.tag);
        let heading = all.iter().position(|l| tag(l) == Some(Tag::Heading)).unwrap();
        let (last, first) = (all.get(heading - 1).unwrap(), all.get(heading).unwrap());
        let free = baseline(first) - baseline(last) - set.fit.sizes.size * 1.2;
        assert!(free > 5.0, "{theme}: {free} pt");
    }
}

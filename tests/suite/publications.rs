//! How lists of publications are printed: which of them, in which groups, with which form of their
//! venues, and whose names are bold.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use vitae::{
    export::{self, Format, Order, Output},
    look::{Citation, Grouping, Look, Numbering, PageLimit, VenueForm},
    profile::Profile,
    section::{Entries, Publication, Section},
    typeset::{Source, Typesetter},
};

/// A profile of one person with these publications.
fn profile(papers: Vec<Publication>) -> Profile {
    let list = Entries { entries: papers, ..Entries::default() };
    let mut profile = Profile { sections: vec![Section::Publications(list)], ..Profile::default() };
    profile.person.name = "Jeffrey T. H. Wong".into();
    profile
}

/// The list as Markdown, one line each, without name and heading.
fn printed(profile: &Profile, look: Look) -> Vec<String> {
    let look = Look { pages: Some(PageLimit::Any), ..look };
    let output = Output { format: Format::ending_in("md").unwrap(), inside: None };
    let order = Order { output, variant: None, top: &look, photo: None, whole: "", anyway: true };
    let file = export::file(&mut Typesetter::new(Source::Embedded), profile, &order);
    let text = String::from_utf8(file.bytes.unwrap()).unwrap();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.skip_while(|line| !line.starts_with("## ")).skip(1).map(str::to_owned).collect()
}

fn paper(title: &str, venue: &str, date: &str) -> Publication {
    Publication {
        title: title.into(),
        venue: venue.into(),
        date: date.into(),
        ..Publication::default()
    }
}

fn several() -> Profile {
    let thesis = Publication {
        details: "PhD thesis".into(),
        ..paper("Thesis", "University of Gdańsk", "2021")
    };
    let own = Publication { kind: "Comic".into(), ..paper("Drawn", "", "2023") };
    let review = Publication { status: "under review".into(), ..paper("Waiting", "", "") };
    profile(vec![
        paper("In Nature", "Nature", "2021"),
        paper(
            "At ICML",
            "Proceedings of the 40th International Conference on Machine Learning",
            "2023",
        ),
        thesis,
        own,
        review,
        Publication { weight: 1, ..paper("At home", "Journal of Invented Results", "2023-05") },
    ])
}

/// The titles and headings in the order of printing.
fn order(look: Look) -> Vec<String> {
    let words = [
        "In Nature",
        "At ICML",
        "Thesis",
        "Drawn",
        "Waiting",
        "At home",
        "Journal articles",
        "Conference papers",
        "Preprints",
        "Theses",
        "Comic",
        "2023",
        "2021",
    ];
    let lines = printed(&several(), look);
    let starts = |line: &String| {
        let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let found = words.iter().filter(|word| bare.starts_with(**word));
        found.max_by_key(|word| word.len()).map(|word| (*word).to_owned())
    };
    lines.iter().filter_map(starts).collect()
}

#[test]
fn lists_are_grouped() {
    let look = |grouping| Look { grouping: Some(grouping), ..Look::default() };
    assert_eq!(
        order(look(Grouping::Off)),
        ["In Nature", "At ICML", "Thesis", "Drawn", "Waiting", "At home"]
    );
    assert_eq!(
        order(look(Grouping::Kind)),
        [
            "Journal articles",
            "In Nature",
            "At home",
            "Conference papers",
            "At ICML",
            "Preprints",
            "Waiting",
            "Theses",
            "Thesis",
            "Comic",
            "Drawn",
        ]
    );
    assert_eq!(
        order(look(Grouping::Year)),
        ["Waiting", "2023", "At ICML", "Drawn", "At home", "2021", "In Nature", "Thesis"]
    );
}

#[test]
fn only_selected_ones_are_printed_on_paper_and_in_text() {
    let selected = Look { selected: Some(true), grouping: Some(Grouping::Kind), ..Look::default() };
    assert_eq!(order(selected.clone()), ["Journal articles", "At home"]);
    let made = export::make(&mut Typesetter::new(Source::Embedded), &several(), None, &selected);
    let text: String =
        made.typeset.pages.pages.iter().flat_map(|p| &p.lines).map(|l| l.text.as_str()).collect();
    assert!(text.contains("At home") && !text.contains("In Nature"), "{text}");
}

#[test]
fn venues_have_their_short_forms() {
    let mut profile = several();
    profile.venues.push("JIR: Journal of Invented Results".into());
    let icml = |look: Look| -> String {
        let lines = printed(&profile, look);
        lines
            .iter()
            .skip_while(|line| !line.contains("At ICML"))
            .take(2)
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let look = |venues| Look { venues: Some(venues), ..Look::default() };
    let full = "International Conference on Machine Learning";
    let typed = icml(look(VenueForm::Typed));
    assert!(typed.contains(full) && !typed.contains("ICML’23"), "{typed}");
    let both = icml(look(VenueForm::Both));
    assert!(both.contains(full) && both.contains("ICML’23"), "{both}");
    let short = icml(look(VenueForm::Short));
    assert!(!short.contains(full) && short.contains("ICML’23"), "{short}");
    let inline = Look { tag_right: Some(false), ..look(VenueForm::Both) };
    let inline = icml(inline);
    assert!(inline.contains("Learning (ICML’23)"), "{inline}");
    let upright = Look { italic_venues: Some(false), ..look(VenueForm::Typed) };
    let upright = icml(upright);
    assert!(!upright.contains("*Proceedings") && typed.contains("*Proceedings"), "{upright}");
    let own = printed(&profile, look(VenueForm::Short)).join(" ");
    assert!(own.contains("JIR’23") && own.contains("Nature’21"), "{own}");
}

#[test]
fn the_own_name_is_bold_in_every_spelling_and_never_left_out() {
    for spelling in [
        "J. T. H. Wong",
        "JTH.Wong",
        "Wong, Jeffrey T. H.",
        "JTH Wong",
        "Jeffrey Wong†",
        "Wong JTH",
    ] {
        let mut one = paper("A Paper", "Nature", "2024");
        one.authors = ["A. One", "B. Two", "C. Three", "D. Four", spelling, "E. Six"]
            .map(Into::into)
            .to_vec();
        let mut profile = profile(vec![one]);
        profile.marks.push("†: equal contribution".into());
        for citation in [Citation::TitleFirst, Citation::AuthorsFirst] {
            let look = Look {
                max_authors: Some(2),
                citation: Some(citation),
                numbering: Some(Numbering::Off),
                ..Look::default()
            };
            let text = printed(&profile, look).join(" ");
            let name = spelling.trim_end_matches('†');
            assert!(text.contains(&format!("**{name}")), "{spelling}: {text}");
            assert!(text.contains("A. One, B. Two, …, ") && text.contains("et al."), "{text}");
            assert!(!text.contains("D. Four") && !text.contains("E. Six"), "{text}");
            assert_eq!(text.contains("equal contribution"), spelling.ends_with('†'), "{text}");
        }
    }
}

#[test]
fn the_word_before_the_last_author_is_that_of_the_language_and_can_be_left_out() {
    for (names, language, with, without) in [
        (&["J. Doe", "R. Roe"][..], "en", "J. Doe and R. Roe", "J. Doe, R. Roe"),
        (&["J. Doe", "R. Roe", "E. Poe"], "en", "R. Roe, and E. Poe", "R. Roe, E. Poe"),
        (&["J. Doe", "R. Roe", "E. Poe"], "de", "R. Roe und E. Poe", "R. Roe, E. Poe"),
        (&["J. Doe", "R. Roe"], "zh", "J. Doe和R. Roe", "J. Doe、R. Roe"),
        // As typed, full stops or none.
        (&["J Doe", "R.T. Roe"], "en", "J Doe and R.T. Roe", "J Doe, R.T. Roe"),
        (&["J. Doe", "R. Roe", "et al."], "en", "J. Doe, R. Roe, et al.", "R. Roe, et al."),
    ] {
        let mut one = paper("A Paper", "Nature", "2024");
        one.authors = names.iter().map(|name| (*name).into()).collect();
        let profile = profile(vec![one]);
        for (author_and, expected) in [(None, with), (Some(false), without)] {
            let language = Some(language.to_owned());
            let look = Look { author_and, language, ..Look::default() };
            let text = printed(&profile, look).join(" ");
            assert!(text.contains(expected), "{names:?} {author_and:?}: {text}");
        }
    }
}

#[test]
fn more_links_are_printed_by_their_labels() {
    let one = Publication {
        links: vec![
            "[Slides](https://example.org/s.pdf)".into(),
            "https://example.org/demo".into(),
        ],
        ..paper("A Paper", "Nature", "2024")
    };
    let text = printed(&profile(vec![one]), Look::default()).join(" ");
    assert!(text.contains("https://example.org/s.pdf") && text.contains("Slides"), "{text}");
    assert!(text.contains("https://example.org/demo"), "{text}");
}

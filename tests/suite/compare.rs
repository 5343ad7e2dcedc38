//! What differs between two profiles, as a table: a change of the text and the differences that it
//! makes.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use vitae::{
    compare::compare,
    profile::Profile,
    section::{Entries, Publication, Section},
    store::Document,
};

const BASE: &str = r#"Profile(
    person: (
        name: "Ada Example",
        emails: ["ada@example.org"],
    ),
    sections: [
        Education(entries: [
            (institution: "Northgate University", degree: "B.Sc.", date: "2020"),
        ]),
        Publications(entries: [
            (title: "Rain on *Glass*", authors: ["A. Example", "W. Sample"], venue: "Weather 2024", date: "2024"),
            (title: "Snow on Slate", authors: ["A. Example"], venue: "Weather 2023", date: "2023"),
            (title: "Fog on Fields", authors: ["A. Example"], venue: "Weather 2022", date: "2022"),
            (title: "Wind on Waves", authors: ["A. Example"], venue: "Weather 2021", date: "2021"),
        ]),
        Projects(title: "Things I built", entries: [
            (name: "Barometer", bullets: [
                "Measures the pressure of the air every minute",
                "Sends it to the station",
                (text: "Runs on the sun", bullets: ["Two small panels"]),
                "在北京测量空气压力",
            ]),
        ]),
    ],
    look: (size: 10.0),
)"#;

/// What is replaced by what, and what is told about it.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

const CASES: &[Case<'_>] = &[
    (&[], &[]),
    (
        &[("\"Ada Example\"", "\"Ada M. Example\"")],
        &["person.name: Person › Name: Changed: `Ada Example` `Ada M. Example`"],
    ),
    (
        &[("[\"ada@example.org\"]", "[\"ada@example.org\", \"a@example.org\"]")],
        &[
            "person.emails: Person › Email: Changed: `ada@example.org` `ada@example.org, a@example.org`",
        ],
    ),
    (
        &[("date: \"2020\"", "")],
        &[
            "sections[0].entries[0].date: Education › Northgate University › Dates: Removed: `2020` ``",
        ],
    ),
    (
        &[("venue: \"Weather 2024\"", "venue: \"Climate 2024\"")],
        &[
            "sections[1].entries[0].venue: Publications › Rain on Glass › Venue: Changed: `Weather 2024` `Climate 2024`",
        ],
    ),
    // An entry in front of all others is one difference.
    (
        &[(
            "Publications(entries: [",
            "Publications(entries: [(title: \"Hail\", venue: \"Weather 2025\"),",
        )],
        &[
            "sections[1].entries[0]: Publications › Hail: Added: `` `Title: Hail|Venue: Weather 2025`",
        ],
    ),
    (
        &[(
            "(title: \"Snow on Slate\", authors: [\"A. Example\"], venue: \"Weather 2023\", date: \"2023\"),",
            "",
        )],
        &[
            "sections[1].entries[1]: Publications › Snow on Slate: Removed: `Title: Snow on Slate|Authors: A. Example|Venue: Weather 2023|Date: 2023` ``",
        ],
    ),
    // A new title is a change, not another paper.
    (
        &[("Snow on Slate", "Snow upon Slate")],
        &[
            "sections[1].entries[1].title: Publications › Snow upon Slate › Title: Changed: `Snow on Slate` `Snow upon Slate`",
        ],
    ),
    // What went from the first to the last place has moved, and nothing else.
    (
        &[
            (
                "(title: \"Rain on *Glass*\", authors: [\"A. Example\", \"W. Sample\"], venue: \"Weather 2024\", date: \"2024\"),",
                "",
            ),
            (
                "date: \"2021\"),",
                "date: \"2021\"), (title: \"Rain on *Glass*\", authors: [\"A. Example\", \"W. Sample\"], venue: \"Weather 2024\", date: \"2024\"),",
            ),
        ],
        &["sections[1].entries[3]: Publications › Rain on Glass: Moved: `number 1` `number 4`"],
    ),
    (
        &[(
            "[\"A. Example\", \"W. Sample\"]",
            "[(name: \"A. Example\", own: true), \"W. Sample\"]",
        )],
        &[
            "sections[1].entries[0].authors: Publications › Rain on Glass › Authors: Changed: `A. Example, W. Sample` `A. Example (own name), W. Sample`",
        ],
    ),
    (
        &[
            ("every minute", "each minute"),
            ("\"Sends it to the station\",", ""),
            ("测量空气", "测量了空气"),
        ],
        &[
            "sections[2].entries[0].bullets[0].text: Things I built › Barometer › Highlights › Measures the pressure of the air each minute: Changed: `Measures the pressure of the air every minute` `Measures the pressure of the air each minute`",
            "sections[2].entries[0].bullets[1]: Things I built › Barometer › Highlights › Sends it to the station: Removed: `Sends it to the station` ``",
            "sections[2].entries[0].bullets[2].text: Things I built › Barometer › Highlights › 在北京测量了空气压力: Changed: `在北京测量空气压力` `在北京测量了空气压力`",
        ],
    ),
    (
        &[("\"Two small panels\"", "\"Two small panels\", \"A battery\"")],
        &[
            "sections[2].entries[0].bullets[2].bullets[1]: Things I built › Barometer › Highlights › Runs on the sun › A battery: Added: `` `A battery`",
        ],
    ),
    (
        &[("(name: \"Barometer\",", "(name: \"Barometer\", show: NotIn([\"short\"]), weight: 2,")],
        &[
            "sections[2].entries[0].show: Things I built › Barometer › Shown: Changed: `in every variant` `not in short`",
            "sections[2].entries[0].weight: Things I built › Barometer › Weight: Changed: `0` `2`",
        ],
    ),
    (
        &[("Things I built", "Instruments")],
        &["sections[2].title: Instruments › Heading: Changed: `Things I built` `Instruments`"],
    ),
    (
        &[("    look:", "    variants: [(name: \"short\", headline: \"Physicist\")],\n    look:")],
        &["variants[0]: Variants › short: Added: `` `Physicist`"],
    ),
    (
        &[("size: 10.0", "size: 10.5, paper: Letter")],
        &[
            "look.paper: Look › Paper: Added: `` `Letter`",
            "look.size: Look › Size: Changed: `10.0` `10.5`",
        ],
    ),
    (
        &[(
            "Education(entries: [",
            "Text(title: \"Aims\", entries: [(text: \"Clear skies.\")]), Education(entries: [",
        )],
        &["sections[0]: Aims: Added: `` `Clear skies.`"],
    ),
];

#[test]
fn changes_are_told_in_words() {
    let base = profile(BASE);
    for (changes, expected) in CASES {
        let text = changes.iter().fold(BASE.to_owned(), |text, (old, new)| {
            assert_eq!(text.matches(old).count(), 1, "{old}");
            text.replace(old, new)
        });
        let differences = compare(&base, &profile(&text));
        let told: Vec<String> = differences
            .iter()
            .map(|d| {
                let line =
                    format!("{}: {}: {:?}: `{}` `{}`", d.at, d.label(), d.kind, d.old, d.new);
                line.replace('\n', "|")
            })
            .collect();
        assert_eq!(told, *expected, "{changes:?}");
    }
}

#[test]
fn many_entries_are_compared_at_once() {
    let paper = |i: usize| Publication {
        title: format!("Paper {i}"),
        venue: format!("Venue {i}"),
        ..Publication::default()
    };
    let dated = |i: usize| Publication { date: "2025".into(), ..paper(i) };
    let profile = |papers: Vec<Publication>| Profile {
        sections: vec![Section::Publications(Entries { entries: papers, ..Entries::default() })],
        ..Profile::default()
    };
    let old = profile((0..2_000).map(paper).collect());
    let new = profile((0..2_000).rev().map(dated).collect());
    // Each has a date; all but one have moved.
    assert_eq!(compare(&old, &new).len(), 2_000 + 1_999);
}

fn profile(text: &str) -> Profile {
    Document::from_text("x", text).unwrap().profile
}

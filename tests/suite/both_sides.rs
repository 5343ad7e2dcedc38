//! What comes of two profiles that began as one: tables of what each side has changed, and random
//! changes of which nothing may get lost.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use proptest::test_runner::{RngAlgorithm, TestRng};
use vitae::{
    app::edit::Edit,
    at::At,
    compare::merge::{Changed, Side, merge},
    profile::Profile,
    section::{Entries, Publication, Section},
    slot::Slot,
    store::{Document, snapshot},
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
            (title: "Rain on Glass", authors: ["A. Example"], venue: "Weather", date: "2024"),
            (title: "Snow on Slate", authors: ["A. Example"], venue: "Weather", date: "2023"),
            (title: "Fog on Fields", authors: ["A. Example"], venue: "Weather", date: "2022"),
        ]),
        Projects(title: "Things I built", entries: [
            (name: "Barometer", bullets: [
                "Measures the pressure of the air every minute",
                "Sends it to the station",
                (text: "Runs on the sun", bullets: ["Two small panels"]),
            ]),
        ]),
    ],
    variants: [(name: "short")],
    look: (size: 10.0),
    imported: ["a: Rain on Glass"],
)"#;

const RAIN: &str =
    r#"(title: "Rain on Glass", authors: ["A. Example"], venue: "Weather", date: "2024"),"#;
const SNOW: &str =
    r#"(title: "Snow on Slate", authors: ["A. Example"], venue: "Weather", date: "2023"),"#;
const FOG: &str =
    r#"(title: "Fog on Fields", authors: ["A. Example"], venue: "Weather", date: "2022"),"#;
const HAIL: &str = r#"(title: "Hail on Hills", date: "2025"),"#;
const DEW: &str = r#"(title: "Dew at Dawn", date: "2026"),"#;

/// What is replaced by what.
type Changes<'a> = &'a [(&'a str, &'a str)];

/// What is done on either side, what comes of both, and what is told: who changed it, where, what
/// was before, mine and theirs.
struct Case<'a> {
    mine: Changes<'a>,
    theirs: Changes<'a>,
    merged: Changes<'a>,
    rows: &'a [&'a str],
}

fn changed(changes: Changes<'_>) -> Profile {
    let text = changes.iter().fold(BASE.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    });
    Document::from_text("x", &text).unwrap().profile
}

fn check(case: &Case<'_>) {
    let base = changed(&[]);
    let (mine, theirs) = (changed(case.mine), changed(case.theirs));
    let merged = merge(&base, &mine, &theirs, &[]);
    let told: Vec<String> = merged
        .rows
        .iter()
        .map(|row| {
            let texts = [&row.base, &row.mine, &row.theirs].map(|text| format!("`{text}`"));
            format!("{:?} {}: {}: {}", row.changed, row.at, row.label(), texts.join(" "))
                .replace('\n', "|")
        })
        .collect();
    assert_eq!(told, case.rows, "{:?} {:?}", case.mine, case.theirs);
    let expected = snapshot::write(&changed(case.merged));
    assert_eq!(snapshot::write(&merged.profile), expected, "{:?} {:?}", case.mine, case.theirs);
    // The other way round it is the same with the sides exchanged, but for what conflicts.
    let back = merge(&base, &theirs, &mine, &[]);
    assert_eq!(back.rows.len(), merged.rows.len());
}

#[test]
fn what_one_side_has_changed_is_taken_from_it() {
    check(&Case {
        mine: &[("\"Ada Example\"", "\"Ada M. Example\"")],
        theirs: &[("date: \"2020\"", "date: \"2021\""), ("size: 10.0", "size: 10.5")],
        merged: &[
            ("\"Ada Example\"", "\"Ada M. Example\""),
            ("date: \"2020\"", "date: \"2021\""),
            ("size: 10.0", "size: 10.5"),
        ],
        rows: &[
            "Mine person.name: Person › Name: `Ada Example` `Ada M. Example` `Ada Example`",
            "Theirs sections[0].entries[0].date: Education › Northgate University › Dates: `2020` `2020` `2021`",
            "Theirs look.size: Look › Size: `10.0` `10.0` `10.5`",
        ],
    });
    // Fields of one entry.
    check(&Case {
        mine: &[("(title: \"Snow on Slate\"", "(title: \"Snow upon Slate\"")],
        theirs: &[("venue: \"Weather\", date: \"2023\"", "venue: \"Climate\", date: \"2023\"")],
        merged: &[(
            SNOW,
            r#"(title: "Snow upon Slate", authors: ["A. Example"], venue: "Climate", date: "2023"),"#,
        )],
        rows: &[
            "Mine sections[1].entries[1].title: Publications › Snow upon Slate › Title: `Snow on Slate` `Snow upon Slate` `Snow on Slate`",
            "Theirs sections[1].entries[1].venue: Publications › Snow upon Slate › Venue: `Weather` `Weather` `Climate`",
        ],
    });
    // Highlights, one inside another.
    check(&Case {
        mine: &[("every minute", "each minute")],
        theirs: &[("\"Two small panels\"", "\"Two small panels\", \"A battery\"")],
        merged: &[
            ("every minute", "each minute"),
            ("\"Two small panels\"", "\"Two small panels\", \"A battery\""),
        ],
        rows: &[
            "Mine sections[2].entries[0].bullets[0].text: Things I built › Barometer › Highlights › Measures the pressure of the air each minute: `Measures the pressure of the air every minute` `Measures the pressure of the air each minute` `Measures the pressure of the air every minute`",
            "Theirs sections[2].entries[0].bullets[2].bullets[1]: Things I built › Barometer › Highlights › Runs on the sun › A battery: `` `` `A battery`",
        ],
    });
    // Keys of imports are added up.
    check(&Case {
        mine: &[("imported: [\"a: Rain on Glass\"", "imported: [\"a: Rain on Glass\", \"b: B\"")],
        theirs: &[("imported: [\"a: Rain on Glass\"", "imported: [\"a: Rain on Glass\", \"c: C\"")],
        merged: &[(
            "imported: [\"a: Rain on Glass\"",
            "imported: [\"a: Rain on Glass\", \"b: B\", \"c: C\"",
        )],
        rows: &[],
    });
}

#[test]
fn what_both_have_added_stays() {
    check(&Case {
        mine: &[(RAIN, &format!("{HAIL}{RAIN}"))],
        theirs: &[(RAIN, &format!("{DEW}{RAIN}")), (FOG, &format!("{FOG}(title: \"Ice\"),"))],
        merged: &[(RAIN, &format!("{DEW}{HAIL}{RAIN}")), (FOG, &format!("{FOG}(title: \"Ice\"),"))],
        rows: &[
            "Theirs sections[1].entries[0]: Publications › Dew at Dawn: `` `` `Title: Dew at Dawn|Date: 2026`",
            "Mine sections[1].entries[0]: Publications › Hail on Hills: `` `Title: Hail on Hills|Date: 2025` ``",
            "Theirs sections[1].entries[4]: Publications › Ice: `` `` `Title: Ice`",
        ],
    });
    // Addresses and authors, which read as a whole when only one side has changed them.
    let emails = |more: &str| format!("[\"ada@example.org\"{more}]");
    check(&Case {
        mine: &[(&emails(""), &emails(", \"a@example.com\""))],
        theirs: &[(&emails(""), &emails(", \"b@example.net\""))],
        merged: &[(&emails(""), &emails(", \"b@example.net\", \"a@example.com\""))],
        rows: &[
            "Theirs person.emails[1]: Person › Email › b@example.net: `` `` `b@example.net`",
            "Mine person.emails[1]: Person › Email › a@example.com: `` `a@example.com` ``",
        ],
    });
    let snow = |authors: &str| SNOW.replace("[\"A. Example\"]", authors);
    check(&Case {
        mine: &[(SNOW, &snow("[\"Ada Example\"]"))],
        theirs: &[(SNOW, &snow("[\"A. Example\", \"W. Sample\"]"))],
        merged: &[(SNOW, &snow("[\"Ada Example\", \"W. Sample\"]"))],
        rows: &[
            "Mine sections[1].entries[1].authors[0]: Publications › Snow on Slate › Authors › Ada Example: `A. Example` `Ada Example` `A. Example`",
            "Theirs sections[1].entries[1].authors[1]: Publications › Snow on Slate › Authors › W. Sample: `` `` `W. Sample`",
        ],
    });
    // The same on both sides is one thing.
    check(&Case {
        mine: &[(RAIN, &format!("{HAIL}{RAIN}"))],
        theirs: &[(RAIN, &format!("{HAIL}{RAIN}"))],
        merged: &[(RAIN, &format!("{HAIL}{RAIN}"))],
        rows: &[],
    });
    // Of one name, but not the same: nobody can say which is meant.
    let other = HAIL.replace("2025", "2019");
    check(&Case {
        mine: &[(FOG, &format!("{FOG}{HAIL}"))],
        theirs: &[(FOG, &format!("{FOG}{other}"))],
        merged: &[(FOG, &format!("{FOG}{other}{HAIL}"))],
        rows: &[
            "Theirs sections[1].entries[3]: Publications › Hail on Hills: `` `` `Title: Hail on Hills|Date: 2019`",
            "Mine sections[1].entries[3]: Publications › Hail on Hills: `` `Title: Hail on Hills|Date: 2025` ``",
        ],
    });
}

#[test]
fn what_both_have_changed_is_a_conflict() {
    check(&Case {
        mine: &[("\"Ada Example\"", "\"Ada M. Example\"")],
        theirs: &[("\"Ada Example\"", "\"A. Example\"")],
        merged: &[("\"Ada Example\"", "\"Ada M. Example\"")],
        rows: &["Both person.name: Person › Name: `Ada Example` `Ada M. Example` `A. Example`"],
    });
    // The same change is none.
    check(&Case {
        mine: &[("\"Ada Example\"", "\"Ada M. Example\"")],
        theirs: &[("\"Ada Example\"", "\"Ada M. Example\"")],
        merged: &[("\"Ada Example\"", "\"Ada M. Example\"")],
        rows: &[],
    });
    // Deleted on one side and changed on the other.
    let later = "date: \"2023, online\"";
    check(&Case {
        mine: &[(SNOW, "")],
        theirs: &[("date: \"2023\"", later)],
        merged: &[(SNOW, "")],
        rows: &[
            "Both sections[1].entries[1]: Publications › Snow on Slate: `Title: Snow on Slate|Authors: A. Example|Venue: Weather|Date: 2023` `` `Title: Snow on Slate|Authors: A. Example|Venue: Weather|Date: 2023, online`",
        ],
    });
    check(&Case {
        mine: &[("date: \"2023\"", later)],
        theirs: &[(SNOW, "")],
        merged: &[("date: \"2023\"", later)],
        rows: &[
            "Both sections[1].entries[1]: Publications › Snow on Slate: `Title: Snow on Slate|Authors: A. Example|Venue: Weather|Date: 2023` `Title: Snow on Slate|Authors: A. Example|Venue: Weather|Date: 2023, online` ``",
        ],
    });
    // Deleted on one side and left alone on the other.
    check(&Case {
        mine: &[],
        theirs: &[(SNOW, ""), ("\"Sends it to the station\",", "")],
        merged: &[(SNOW, ""), ("\"Sends it to the station\",", "")],
        rows: &[
            "Theirs sections[1].entries[1]: Publications › Snow on Slate: `Title: Snow on Slate|Authors: A. Example|Venue: Weather|Date: 2023` `Title: Snow on Slate|Authors: A. Example|Venue: Weather|Date: 2023` ``",
            "Theirs sections[2].entries[0].bullets[1]: Things I built › Barometer › Highlights › Sends it to the station: `Sends it to the station` `Sends it to the station` ``",
        ],
    });
}

#[test]
fn the_order_of_who_moved_things_is_taken() {
    let [titles, moved, other] = [[RAIN, SNOW, FOG], [SNOW, RAIN, FOG], [FOG, RAIN, SNOW]]
        .map(|papers| papers.map(|p| p.split('"').nth(1).unwrap_or_default()).join("|"));
    check(&Case {
        mine: &[("\"Ada Example\"", "\"Ada M. Example\"")],
        theirs: &[(SNOW, ""), (RAIN, &format!("{SNOW}{RAIN}"))],
        merged: &[
            ("\"Ada Example\"", "\"Ada M. Example\""),
            (SNOW, ""),
            (RAIN, &format!("{SNOW}{RAIN}")),
        ],
        rows: &[
            "Mine person.name: Person › Name: `Ada Example` `Ada M. Example` `Ada Example`",
            &format!(
                "Theirs sections[1].entries: Publications › Order: `{titles}` `{titles}` `{moved}`"
            ),
        ],
    });
    check(&Case {
        mine: &[(FOG, ""), (RAIN, &format!("{FOG}{RAIN}"))],
        theirs: &[(SNOW, ""), (RAIN, &format!("{SNOW}{RAIN}"))],
        merged: &[(FOG, ""), (RAIN, &format!("{FOG}{RAIN}"))],
        rows: &[&format!(
            "Both sections[1].entries: Publications › Order: `{titles}` `{other}` `{moved}`"
        )],
    });
}

#[test]
fn a_choice_is_followed() {
    let base = changed(&[]);
    let mine = changed(&[("\"Ada Example\"", "\"Ada M. Example\""), (SNOW, "")]);
    let theirs =
        changed(&[("\"Ada Example\"", "\"A. Example\""), ("\"2023\"", "\"2023, online\"")]);
    let merged = merge(&base, &mine, &theirs, &[None, Some(Side::Theirs)]).profile;
    let expected =
        changed(&[("\"Ada Example\"", "\"Ada M. Example\""), ("\"2023\"", "\"2023, online\"")]);
    assert_eq!(snapshot::write(&merged), snapshot::write(&expected));
}

/// Changes that nobody has thought of; each new text has a word of its own.
struct Hand {
    random: TestRng,
    name: &'static str,
    words: usize,
}

impl Hand {
    fn below(&mut self, n: usize) -> usize {
        rand_below(&mut self.random, n)
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("{}{}", self.name, self.words)
    }

    fn change(&mut self, profile: &mut Profile) {
        let sections = profile.sections.len();
        let list = match self.below(8) {
            0 => At::root().field("sections"),
            _ => At::root().field("sections").index(self.below(sections.max(1))).field("entries"),
        };
        let count = Slot::of(profile, &list).and_then(Slot::list).map_or(0, |list| list.count());
        match self.below(10) {
            0 if list.steps().len() > 1 && count > 0 => {
                let index = self.below(count);
                Edit::Remove(list.index(index)).apply(profile);
            }
            1 if count > 1 => {
                let (from, to) = (self.below(count), self.below(count));
                Edit::Shift(list, from, to).apply(profile);
            }
            2 if list.steps().len() > 1 => {
                let index = self.below(count + 1);
                Edit::Add(list.clone(), index).apply(profile);
                let mut texts = vec![];
                let title = list.index(index.min(count));
                for field in ["title", "name", "text", "institution", "organisation", "label"] {
                    let at = title.field(field);
                    if Slot::of(profile, &at).and_then(Slot::text).is_some() {
                        texts.push(at);
                    }
                }
                if let Some(at) = texts.into_iter().next() {
                    let word = self.word();
                    Edit::SetText(at, word).apply(profile);
                }
            }
            _ => {
                let mut places = vec![];
                profile.texts(None, &mut |text| places.push((text.at, text.text.to_owned())));
                if places.is_empty() {
                    return;
                }
                let place = self.below(places.len());
                let (at, text) = places[place].clone();
                let text = format!("{text} {}", self.word());
                if let Some(slot) = Slot::of(profile, &at).and_then(Slot::text) {
                    *slot = text;
                }
            }
        }
    }
}

fn rand_below(random: &mut TestRng, n: usize) -> usize {
    use proptest::prelude::Rng as _;
    random.next_u32() as usize % n.max(1)
}

#[test]
fn nothing_of_either_side_gets_lost() {
    let names: Vec<&str> = vitae::sample::names().collect();
    for (number, name) in names.iter().cycle().take(60).enumerate() {
        let text = vitae::sample::text(name).unwrap();
        let base = Document::from_text(name, text).unwrap().profile;
        let hand = |name: &'static str, seed: u8| Hand {
            random: TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]),
            name,
            words: 0,
        };
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        let (mut me, mut them) = (hand("mine", number as u8), hand("theirs", 200 - number as u8));
        for _ in 0..1 + number % 12 {
            me.change(&mut mine);
            them.change(&mut theirs);
        }
        let case = format!("{number}: {name}");
        let same = |merged: &Profile, expected: &Profile| {
            assert_eq!(snapshot::write(merged), snapshot::write(expected), "{case}");
        };
        // Nothing comes of nothing, and what one side alone has done is what comes of it.
        let alone = merge(&base, &mine, &mine, &[]);
        same(&alone.profile, &mine);
        assert!(alone.rows.is_empty(), "{case}");
        same(&merge(&base, &mine, &base, &[]).profile, &mine);
        same(&merge(&base, &base, &theirs, &[]).profile, &theirs);
        // All of one side is that side.
        let merged = merge(&base, &mine, &theirs, &[]);
        let all = |side| vec![Some(side); merged.rows.len()];
        same(&merge(&base, &mine, &theirs, &all(Side::Mine)).profile, &mine);
        same(&merge(&base, &mine, &theirs, &all(Side::Theirs)).profile, &theirs);
        // Each new word is in what comes of both, or in a conflict that is shown.
        let [result, my_text, their_text] = [&merged.profile, &mine, &theirs].map(snapshot::write);
        let conflicts = merged.rows.iter().filter(|row| row.changed == Changed::Both);
        let shown: String = conflicts.map(|row| format!("{} {} ", row.mine, row.theirs)).collect();
        for (name, count, text) in [("mine", me.words, my_text), ("theirs", them.words, their_text)]
        {
            for number in 1..=count {
                let word = format!("{name}{number}");
                let has = |text: &str| {
                    text.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
                };
                assert!(!has(&text) || has(&result) || has(&shown), "{case}: {word} is lost");
            }
        }
        // Choices do not change what there is to choose.
        let chosen = merge(&base, &mine, &theirs, &all(Side::Theirs));
        assert_eq!(chosen.rows, merged.rows, "{case}");
    }
}

#[test]
fn many_entries_are_merged_at_once() {
    let paper = |i: usize| Publication {
        title: format!("Paper {i}"),
        venue: format!("Venue {i}"),
        ..Publication::default()
    };
    let profile = |papers: Vec<Publication>| Profile {
        sections: vec![Section::Publications(Entries { entries: papers, ..Entries::default() })],
        ..Profile::default()
    };
    let base = profile((0..2_000).map(paper).collect());
    let mine = profile((0..2_500).map(paper).collect());
    let theirs = profile((0..2_000).rev().map(paper).collect());
    let merged = merge(&base, &mine, &theirs, &[]);
    assert_eq!(merged.rows.len(), 501);
    assert_eq!(merged.profile.sections[0].count(), 2_500);
}

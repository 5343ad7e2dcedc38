//! What a person says of a document that was recognised: each correction changes what it is about
//! and nothing else, and no word is lost by any.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use crate::bring::lost_of;
use proptest::{prelude::*, test_runner::Config};
use std::{fs, ops::Range, path::Path, sync::LazyLock};
use vitae::{
    at::{At, Step},
    interchange::{
        self, Alone, Corrections, Fate, Heading, LineRole, Put, Recognised, Target, fields_of,
        fields_of_person, outline::Outline, recognise_with,
    },
    profile::Profile,
    section::{Section, SectionKind},
    slot::Slot,
    value::rich::Rich,
};

const CV: &str = "Jordan Reyes
jordan.reyes@example.org | 555-0147

EDUCATION
Southwestern College, Georgetown, TX
Bachelor of Arts in Computer Science   2021 – 2025

EXPERIENCE
Example Works   2023 – 2024
Software Engineer
• Wrote the parser
• Measured it
Second Works   2022 – 2023
Support Specialist
• Answered calls

TECHNICAL SKILLS
Languages: Java, Python
Frameworks: React
";

fn outline(text: &str) -> Outline {
    interchange::plain::outline(text)
}

/// The line that begins with these words.
fn line(outline: &Outline, start: &str) -> usize {
    outline.lines.iter().position(|line| line.text().trim().starts_with(start)).unwrap()
}

/// The numbers of these words, which stand in a row on one line.
fn words(outline: &Outline, text: &str) -> Range<u32> {
    for line in &outline.lines {
        let all: Vec<(u32, &str)> = line
            .runs()
            .flat_map(|run| run.words.clone().zip(run.text.split_whitespace()))
            .collect();
        let wanted: Vec<&str> = text.split_whitespace().collect();
        let found = all.windows(wanted.len()).find(|window| {
            window.iter().zip(&wanted).all(|((_, word), wanted)| word.trim_matches(',') == *wanted)
        });
        if let Some(found) = found {
            return found[0].0..found[found.len() - 1].0 + 1;
        }
    }
    panic!("{text} is not there")
}

fn role(outline: &Outline, roles: &[(&str, LineRole)]) -> Recognised {
    let lines = roles.iter().map(|(start, role)| (line(outline, start), *role)).collect();
    recognise_with(outline, &Corrections { lines, ..Corrections::default() })
}

fn put(outline: &Outline, text: &str, field: &'static str, into: Target) -> Recognised {
    let puts = vec![Put { words: words(outline, text), field, into, adds: false }];
    recognise_with(outline, &Corrections { puts, ..Corrections::default() })
}

/// The sections by kind, each with what its entries are called.
fn shape(profile: &Profile) -> Vec<(SectionKind, Vec<String>)> {
    struct Titles;
    impl vitae::section::Visitor<'_> for Titles {
        type Out = Vec<String>;
        fn entries<R: vitae::section::Record>(
            &mut self,
            _: &At,
            list: &vitae::section::Entries<R>,
        ) -> Self::Out {
            list.entries.iter().map(|entry| Rich::parse(entry.title()).to_plain()).collect()
        }
    }
    let sections = profile.sections.iter();
    sections.map(|section| (section.kind(), section.visit(&At::root(), &mut Titles))).collect()
}

fn jobs(profile: &Profile) -> Vec<(String, String)> {
    let list = profile.sections.iter().find_map(|section| match section {
        Section::Experience(list) => Some(list),
        _ => None,
    });
    let jobs = list.unwrap().entries.iter();
    jobs.map(|job| (job.organization.clone(), job.role.clone())).collect()
}

#[test]
fn without_corrections_all_is_as_recognised() {
    let outline = outline(CV);
    let recognised = recognise_with(&outline, &Corrections::default());
    let (_, import) = interchange::read(CV.as_bytes(), None).unwrap();
    assert_eq!(recognised.import.profile, import.profile);
    assert_eq!(recognised.import.report.findings, import.report.findings);
}

#[test]
fn lines_are_what_a_person_says() {
    let cv = outline(CV);
    let base = shape(&role(&cv, &[]).import.profile);
    let kinds = |shape: &[(SectionKind, Vec<String>)]| -> Vec<SectionKind> {
        shape.iter().map(|(kind, _)| *kind).collect()
    };
    let (education, experience, skills) =
        (SectionKind::Education, SectionKind::Experience, SectionKind::Skills);
    assert_eq!(kinds(&base), [education, experience, skills]);
    // A section is of another kind: the others stay as they are.
    let said = LineRole::Heading(Some(Heading::Section(SectionKind::Projects)));
    let new = shape(&role(&cv, &[("EXPERIENCE", said)]).import.profile);
    assert_eq!(kinds(&new), [education, SectionKind::Projects, skills]);
    assert_eq!((&new[0], &new[2]), (&base[0], &base[2]));
    // A line is a heading, of a kind or of what its words say.
    let new = shape(&role(&cv, &[("Second Works", LineRole::Heading(None))]).import.profile);
    assert_eq!(kinds(&new), [education, experience, SectionKind::List, skills]);
    assert_eq!(new[1].1.len(), 1);
    // It is none: what was under it belongs to the section before.
    let new = shape(&role(&cv, &[("TECHNICAL", LineRole::Text)]).import.profile);
    assert_eq!(kinds(&new), [education, experience]);
    // An entry starts, or goes on.
    assert_eq!(base[1].1.len(), 2);
    let new = shape(&role(&cv, &[("Second Works", LineRole::Continues)]).import.profile);
    assert_eq!(new[1].1.len(), 1);
    assert_eq!((&new[0], &new[2]), (&base[0], &base[2]));
    let new = shape(&role(&cv, &[("Measured", LineRole::Entry)]).import.profile);
    assert_eq!(new[1].1.len(), 3);
    assert_eq!((&new[0], &new[2]), (&base[0], &base[2]));
    // The heading of the person's own lines.
    let contact = LineRole::Heading(Some(Heading::Contact));
    let new = role(&cv, &[("TECHNICAL", contact)]).import.profile;
    assert_eq!(kinds(&shape(&new)), [education, experience]);
}

#[test]
fn entries_start_in_every_kind_of_section() {
    let cv = "Ada Invented\n\nPublications\n- A. Invented. First paper. In Journal, 2020.\n\
              - A. Invented. Second paper. In Journal, 2021.\n- with a note\n\nTalks\n\
              - One talk, 2020\n- Another talk, 2021\n  - with slides\n\n\
              Miscellaneous\n- chess\n- go\n";
    let cv = outline(cv);
    let base = shape(&role(&cv, &[]).import.profile);
    let counts = |roles: &[(&str, LineRole)]| -> Vec<usize> {
        shape(&role(&cv, roles).import.profile).iter().map(|(_, list)| list.len()).collect()
    };
    let before: Vec<usize> = base.iter().map(|(_, list)| list.len()).collect();
    for (index, start, said, change) in [
        (0, "with a note", LineRole::Continues, -1),
        (1, "with slides", LineRole::Entry, 1),
        (1, "Another talk", LineRole::Continues, -1),
        (2, "go", LineRole::Continues, -1),
    ] {
        let mut expected = before.clone();
        expected[index] = expected[index].checked_add_signed(change).unwrap();
        assert_eq!(counts(&[(start, said)]), expected, "{start}: {said:?}");
    }
}

#[test]
fn words_go_into_the_field_that_a_person_says() {
    let cv = outline(CV);
    let base = role(&cv, &[]).import.profile;
    assert_eq!(jobs(&base)[0], ("Example Works".to_owned(), "Software Engineer".to_owned()));
    // What stood there before takes the place that is free now.
    let new = put(&cv, "Software Engineer", "organization", Target::Own);
    let swapped = ("Software Engineer".to_owned(), "Example Works".to_owned());
    assert_eq!(jobs(&new.import.profile)[0], swapped);
    assert_eq!(jobs(&new.import.profile)[1], jobs(&base)[1]);
    // A part of a field: the rest stays.
    let new = put(&cv, "Java", "place", Target::EntryOf(words(&cv, "Second Works").start));
    let Section::Experience(list) = &new.import.profile.sections[1] else { panic!() };
    assert_eq!(list.entries[1].place, "Java");
    let Section::Skills(list) = &new.import.profile.sections[2] else { panic!() };
    assert_eq!(list.entries[0].items, "Python");
    // The person's own.
    let new = put(&cv, "Frameworks:", "headline", Target::Person);
    assert_eq!(new.import.profile.person.headline, "Frameworks");
    // Lists and long texts grow; a line takes more only when it is asked to.
    let new = put(&cv, "Support Specialist", "bullets", Target::Own);
    let Section::Experience(list) = &new.import.profile.sections[1] else { panic!() };
    let bullets: Vec<&str> = list.entries[1].bullets.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(bullets, ["Answered calls", "Support Specialist"]);
    let puts = vec![Put {
        words: words(&cv, "Frameworks:"),
        field: "role",
        into: Target::EntryOf(words(&cv, "Second Works").start),
        adds: true,
    }];
    let new = recognise_with(&cv, &Corrections { puts, ..Corrections::default() });
    assert_eq!(jobs(&new.import.profile)[1].1, "Support Specialist, Frameworks");
}

#[test]
fn what_a_field_said_before_is_left_when_it_has_no_other_place() {
    let cv = outline(CV);
    let into = Target::EntryOf(words(&cv, "Second Works").start);
    let new = put(&cv, "React", "role", into);
    assert_eq!(jobs(&new.import.profile)[1].1, "React");
    for word in words(&cv, "Support Specialist") {
        assert_eq!(new.fates[word as usize], Fate::Left);
    }
    assert!(lost_of(&cv, &new.import).is_empty());
}

#[test]
fn every_word_is_known_by_its_field() {
    let cv = outline(CV);
    let Recognised { import, fates } = recognise_with(&cv, &Corrections::default());
    for (text, at) in [
        ("Jordan Reyes", "person.name"),
        ("jordan.reyes@example.org", "person.emails[0]"),
        ("EDUCATION", "sections[0]"),
        ("Southwestern College", "sections[0].entries[0].institution"),
        ("Georgetown", "sections[0].entries[0].place"),
        ("Bachelor of", "sections[0].entries[0].degree"),
        ("2021", "sections[0].entries[0].date"),
        ("Software Engineer", "sections[1].entries[0].role"),
        ("Wrote the parser", "sections[1].entries[0].bullets[0]"),
        ("Second Works", "sections[1].entries[1].organization"),
        ("Frameworks:", "sections[2].entries[1].label"),
        ("React", "sections[2].entries[1].items"),
    ] {
        for word in words(&cv, text) {
            let Fate::Placed(place) = &fates[word as usize] else { panic!("{text} is left") };
            let place = place.to_string();
            assert!(place == at || place == format!("{at}.text"), "{text}: {place}");
        }
    }
    assert!(!fates.contains(&Fate::Left), "{:?}", import.report.findings);
}

/// The documents that people could have written.
static DOCUMENTS: LazyLock<Vec<Outline>> = LazyLock::new(|| {
    let mut out = vec![];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/bring");
    for folder in fs::read_dir(root).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let file = file.unwrap().path();
            let bytes = fs::read(&file).unwrap();
            let source = interchange::recognise(&bytes, Some(&file));
            if let Some(read) = source.and_then(|source| source.outline) {
                out.push(read(&bytes, &Alone).unwrap());
            }
        }
    }
    assert!(out.len() >= 10);
    out
});

/// A correction of a document made from numbers.
fn correct(
    outline: &Outline,
    corrections: &mut Corrections,
    [what, line, word, field]: [usize; 4],
) {
    let kinds = SectionKind::ALL;
    let line = line % outline.lines.len();
    match what % 8 {
        0 => drop(corrections.lines.insert(line, LineRole::Heading(None))),
        1 => {
            let kind = Heading::Section(kinds[field % kinds.len()]);
            corrections.lines.insert(line, LineRole::Heading(Some(kind)));
        }
        2 => {
            corrections.lines.insert(line, LineRole::Heading(Some(Heading::Contact)));
        }
        3 => drop(corrections.lines.insert(line, LineRole::Entry)),
        4 => drop(corrections.lines.insert(line, LineRole::Continues)),
        5 => drop(corrections.lines.insert(line, LineRole::Text)),
        what => {
            let fates = recognise_with(outline, corrections).fates;
            let kind = |fate: &Fate| match fate {
                Fate::Placed(at) => match at.steps() {
                    [Step::Field("sections"), Step::Index(index), ..] => Some(*index),
                    _ => None,
                },
                _ => None,
            };
            let start = word % fates.len();
            let end = (start + 1 + field % 4).min(fates.len());
            let sections = recognise_with(outline, corrections).import.profile.sections;
            let section = fates[start..].iter().find_map(kind).and_then(|i| sections.get(i));
            let fields = section.map_or_else(fields_of_person, |s| fields_of(s.kind()));
            let into = match (what, section) {
                (_, None) => Target::Person,
                (6, _) => Target::Own,
                _ => Target::EntryOf(u32::try_from(line % fates.len()).unwrap()),
            };
            corrections.puts.push(Put {
                words: u32::try_from(start).unwrap()..u32::try_from(end).unwrap(),
                field: fields[field % fields.len()].0,
                into,
                adds: field % 2 == 0,
            });
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 60, ..Config::default() })]

    #[test]
    fn no_series_of_corrections_loses_a_word(
        steps in prop::collection::vec(any::<[usize; 4]>(), 1..8),
        document in any::<usize>(),
    ) {
        let outline = &DOCUMENTS[document % DOCUMENTS.len()];
        let mut corrections = Corrections::default();
        for step in steps {
            correct(outline, &mut corrections, step);
        }
        let Recognised { import, fates } = recognise_with(outline, &corrections);
        let lost = lost_of(outline, &import);
        prop_assert!(lost.is_empty(), "lost {lost:?} by {corrections:?}");
        prop_assert_eq!(fates.len(), outline.words() as usize);
        let mut profile = import.profile.clone();
        for fate in fates {
            if let Fate::Placed(at) = fate {
                let known = at == At::root()
                    || at == At::root().field("person")
                    || Slot::of(&mut profile, &at).is_some();
                prop_assert!(known, "nothing is at {at}");
            }
        }
        let again = recognise_with(outline, &corrections);
        prop_assert_eq!(again.import.profile, import.profile);
    }
}

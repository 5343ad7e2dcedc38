//! What became of each part of a foreign file: placed, guessed, or not placed, as findings.

use super::Tree;
use crate::{
    at::At,
    finding::{Code, Finding, Severity, SourceText},
    person::Person,
    profile::Profile,
    section::{Entries, Record, Visitor},
    value::rich::Rich,
};
use std::collections::HashMap;

/// The report of an import. Addresses are of the imported profile.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What is to be said, in the order of the file.
    pub findings: Vec<Finding>,
}

/// Findings that are told together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The name of the field in the file that all of them are about; none for a finding that stands
    /// alone.
    pub name: Option<String>,
    /// Which of the report's they are; at least one.
    pub findings: Vec<usize>,
}

/// So many guesses are told one by one.
const MOST_GUESSES: usize = 30;
/// So many characters of the first of many texts are told.
const LONGEST_EXAMPLE: usize = 60;

impl Report {
    /// `what` (an entry, the person) was placed.
    pub fn placed(&mut self, at: At, what: &str) {
        self.findings.push(Finding::note(Code::ImportPlaced, at, format!("placed: `{what}`")));
    }

    /// The person and every entry of `profile` were placed.
    pub fn all_placed(&mut self, profile: &Profile) {
        struct Each<'r>(&'r mut Report);
        impl Visitor<'_> for Each<'_> {
            type Out = ();
            fn entries<R: Record>(&mut self, at: &At, list: &Entries<R>) {
                for (i, entry) in list.entries.iter().enumerate() {
                    self.0.placed(
                        at.field("entries").index(i),
                        &Rich::parse(entry.title()).to_plain(),
                    );
                }
            }
        }
        if profile.person != Person::default() {
            self.placed(At::root().field("person"), &profile.person.name);
        }
        for (i, section) in profile.sections.iter().enumerate() {
            section.visit(&At::root().field("sections").index(i), &mut Each(self));
        }
    }

    /// Something was placed by a guess; `message` says which, with the text in backquotes.
    pub fn guessed(&mut self, at: At, message: impl Into<String>) {
        self.findings.push(Finding::new(Severity::Note, Code::ImportGuessed, at, message));
    }

    /// The file was in an old encoding, if it was.
    pub fn encoding(&mut self, encoding: Option<&str>) {
        if let Some(encoding) = encoding {
            let message = format!("the file is not UTF-8 and was read as {encoding}");
            self.guessed(At::root(), message);
        }
    }

    /// The text at `way` in the file has no place in a profile.
    pub fn not_placed(&mut self, way: &str, text: &str) {
        let message = format!("`{way}` was not placed: `{text}`");
        let finding = Finding::warning(Code::ImportNotPlaced, At::root(), message);
        let source = SourceText { way: way.to_owned(), text: text.to_owned() };
        self.findings.push(Finding { source: Some(source), ..finding });
    }

    /// Everything that is left in `tree` was not placed.
    pub fn left(&mut self, tree: &Tree) {
        tree.left("", &mut |way, text| self.not_placed(way, text));
    }

    /// What is to be looked at: each thing that was guessed, and what has no place, by the name of
    /// its field.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = vec![];
        let mut places = HashMap::new();
        for (i, finding) in self.findings.iter().enumerate() {
            if finding.code == Code::ImportPlaced {
                continue;
            }
            let way = finding.source.as_ref().map(|source| source.way.as_str());
            let name = way.map(|way| match way.rsplit_once('.') {
                Some((_, name)) => name.split('[').next().unwrap_or(name),
                None => way,
            });
            let place = name.and_then(|name| places.get(name)).copied();
            if let Some(group) = place.and_then(|place: usize| groups.get_mut(place)) {
                group.findings.push(i);
                continue;
            }
            places.extend(name.map(|name| (name, groups.len())));
            groups.push(Group { name: name.map(str::to_owned), findings: vec![i] });
        }
        groups
    }

    /// What people read of the report where nobody can open a group: what has no place in one line
    /// for each field, and of guesses as many as are read; a last line says how many more there
    /// are. What was placed is left out.
    #[must_use]
    pub fn told(&self) -> Vec<Finding> {
        let (mut told, mut guesses) = (vec![], 0_usize);
        for group in self.groups() {
            let Some(first) = group.findings.first().and_then(|i| self.findings.get(*i)) else {
                continue;
            };
            if first.code == Code::ImportGuessed {
                guesses += 1;
                told.extend(Some(first.clone()).filter(|_| guesses <= MOST_GUESSES));
                continue;
            }
            let more = group.findings.len();
            told.push(match (group.name, &first.source) {
                (Some(name), Some(SourceText { way, text })) if more > 1 => {
                    let short: String = text.chars().take(LONGEST_EXAMPLE).collect();
                    let rest = if short.len() < text.len() { "…" } else { "" };
                    let message = format!(
                        "`{name}` was not placed, {more} times; the first is `{way}`: \
                         `{short}{rest}`"
                    );
                    Finding { message, ..first.clone() }
                }
                _ => first.clone(),
            });
        }
        if let Some(more) = guesses.checked_sub(MOST_GUESSES).filter(|more| *more > 0) {
            let message = format!("{more} more things were read by a guess");
            told.push(Finding::new(Severity::Note, Code::ImportGuessed, At::root(), message));
        }
        told
    }

    /// How many things have this code.
    #[must_use]
    pub fn count(&self, code: Code) -> usize {
        self.findings.iter().filter(|f| f.code == code).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_place_is_told_by_field() {
        let mut report = Report::default();
        report.not_placed("a.abstract", "x. `y`");
        report.guessed(At::root(), "the date was guessed");
        report.placed(At::root(), "A");
        report.not_placed("work[2].keywords[0]", "k");
        report.not_placed("b.abstract", "y");
        report.not_placed("comment", "z");
        let told = report.groups();
        let told: Vec<_> =
            told.iter().map(|g| (g.name.as_deref(), g.findings.as_slice())).collect();
        let expected: [(Option<&str>, &[usize]); 4] = [
            (Some("abstract"), &[0, 4]),
            (None, &[1]),
            (Some("keywords"), &[3]),
            (Some("comment"), &[5]),
        ];
        assert_eq!(told, expected);
        let lines = |report: &Report| -> Vec<String> {
            report.told().into_iter().map(|finding| finding.message).collect()
        };
        assert_eq!(
            lines(&report),
            [
                "`abstract` was not placed, 2 times; the first is `a.abstract`: `x. `y``",
                "the date was guessed",
                "`work[2].keywords[0]` was not placed: `k`",
                "`comment` was not placed: `z`",
            ]
        );
        for i in 0..40 {
            report.guessed(At::root(), format!("guess {i}"));
        }
        assert_eq!(lines(&report).len(), 3 + 30 + 1);
        assert_eq!(lines(&report).last().unwrap(), "11 more things were read by a guess");
    }
}

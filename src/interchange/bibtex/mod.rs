//! BibTeX and BibLaTeX: publications come in from bibliographies and go out to them.

mod chemistry;
mod entry;
mod journals;
pub(super) mod latex;
mod names;
mod resolve;
mod scan;
#[cfg(test)]
mod tests;
mod write;

pub use write::write;

pub(super) use names::{is_person, is_suffix};
pub(super) use write::key;

use super::{Error, Import, Report, Source, Tree, decode::decode, paper::Shelf};
use crate::{
    at::At,
    finding::{Code, Finding},
};
use entry::Beside;
use resolve::{Entry, Event, Resolved};
use std::collections::HashSet;

const NAME: &str = "BibTeX";
/// The longest text that is read, and the longest list of people, in bytes: a paper of fifteen
/// thousand authors has one of half of that.
const LONGEST_TEXT: usize = 64 * 1024;
const LONGEST_NAMES: usize = 1024 * 1024;
/// How much there may be to read: bytes, and for each sign that means something so many more. A
/// bibliography of ten thousand entries full of commands has half of that.
const MOST_WORK: usize = 24 * 1024 * 1024;
const WORK_OF_A_SIGN: usize = 48;

/// Bibliographies.
pub static BIBTEX: Source = Source {
    name: NAME,
    endings: &["bib", "bibtex", "biblatex"],
    fits,
    read: |bytes, _| read(bytes),
    outline: None,
};

/// Whether an entry begins somewhere near the head.
fn fits(bytes: &[u8]) -> bool {
    const HEAD: usize = 64 * 1024;
    let (text, _) = decode(bytes.get(..HEAD).unwrap_or(bytes));
    // A text that quotes a bibliography is none.
    !text.trim_start().starts_with(['{', '[', '<']) && {
        let begins = |line: &str| {
            let line = line.trim_start();
            let (kind, body) = scan::opening(line, 0)?;
            let rest = line.get(body..)?.trim_start();
            let known =
                ["string", "comment", "preamble"].iter().any(|k| kind.eq_ignore_ascii_case(k));
            (known || rest.is_empty() || rest.split([',', '=']).next()?.len() < rest.len())
                .then_some(())
        };
        text.lines().any(|line| begins(line).is_some())
    }
}

/// Reads a bibliography: every entry that can be read at all, and a report of everything else.
fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let mut resolved = resolve::resolve(scan::scan(&text))?;
    if resolved.events.is_empty() {
        return Err(Error::Nothing { format: NAME });
    }
    let mut import = Import { unordered: true, ..Import::default() };
    if let Some(encoding) = encoding {
        let message = format!("the file is not in UTF-8; it was read as {encoding}");
        import.report.guessed(At::root(), message);
    }
    let mut papers = vec![];
    let mut besides = vec![];
    let mut used = vec![];
    let mut ahead = MOST_WORK;
    for entry in &mut resolved.entries {
        let mut beside = Beside::default();
        let aside = set_aside(&mut entry.fields);
        ahead = ahead.checked_sub(work(&entry.fields)).ok_or(Error::TooDeep { format: NAME })?;
        let paper = (!is_container(entry))
            .then(|| entry::read(&entry.kind, &mut entry.fields, &mut beside))
            .flatten();
        for (field, value) in aside {
            if let Some((_, there)) = entry.fields.fields().get_mut(field) {
                *there = value;
            }
        }
        // What children took is no loss for the parent.
        let Tree::Map(fields) = &mut entry.fields else { continue };
        let inherited = fields.split_off(entry.own.min(fields.len()));
        let taken = inherited.iter().zip(&entry.origins).filter(|((_, value), _)| value.is_empty());
        used.extend(taken.map(|(_, origin)| *origin));
        papers.push(paper);
        besides.push(beside);
    }
    for (entry, field) in used {
        if let Some(Tree::Map(fields)) = resolved.entries.get_mut(entry).map(|e| &mut e.fields)
            && let Some((_, value)) = fields.get_mut(field)
        {
            value.take();
        }
    }
    let Resolved { entries, events, unused } = resolved;
    let mut shelf = Shelf::for_all(papers.iter().flatten());
    let mut keys = HashSet::new();
    for event in events {
        match event {
            Event::Left(what, text) => left(what, text, &mut import.report),
            Event::Entry(i) => {
                let (Some(entry), Some(paper), Some(beside)) =
                    (entries.get(i), papers.get_mut(i), besides.get_mut(i))
                else {
                    continue;
                };
                let mut at = At::root();
                if let Some(paper) = paper.take() {
                    let title;
                    (at, title) = shelf.add(paper, entry.key);
                    if !keys.insert(entry.key) && !entry.key.is_empty() {
                        beside.guesses.push("another entry has the same key".to_owned());
                    }
                    import.report.placed(at.clone(), &title);
                }
                let way = named(entry).to_owned();
                for guess in entry.guesses.iter().chain(&beside.guesses) {
                    import.report.guessed(at.clone(), format!("`{way}`: {guess}"));
                }
                for mark in beside.marks.drain(..) {
                    let marks = &mut import.profile.marks;
                    if !marks.iter().any(|m| m.label == mark.label) {
                        marks.push(mark);
                    } else if !marks.contains(&mark) {
                        import.report.not_placed("note", &format!("{} {}", mark.label, mark.text));
                    }
                }
                entry.fields.left(&way, &mut |way, text| import.report.not_placed(way, text));
            }
        }
    }
    if !unused.is_empty() {
        left("abbreviations", &unused.join("; "), &mut import.report);
    }
    import.profile.sections = shelf.sections();
    Ok(import)
}

/// Takes out what is too long to be what it says it is, with the index of its field.
fn set_aside(fields: &mut Tree) -> Vec<(usize, Tree)> {
    let too_long = |(_, (name, value)): &(usize, &mut (String, Tree))| {
        let people = ["author", "editor"].iter().any(|n| name.eq_ignore_ascii_case(n));
        let most = if people { LONGEST_NAMES } else { LONGEST_TEXT };
        matches!(value, Tree::Text(text) if text.len() > most)
    };
    let fields = fields.fields().iter_mut().enumerate();
    fields.filter(too_long).map(|(i, (_, value))| (i, value.take())).collect()
}

/// How much there is to read in the fields of an entry.
fn work(fields: &Tree) -> usize {
    let Tree::Map(fields) = fields else { return 0 };
    let of = |text: &str| {
        let signs = text.bytes().filter(|byte| b"\\$*_^#`[<".contains(byte)).count();
        text.len() + WORK_OF_A_SIGN * (signs + text.matches(" and ").count())
    };
    let texts = fields.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("abstract"));
    texts.map(|(_, value)| if let Tree::Text(text) = value { of(text) } else { 0 }).sum()
}

/// What an entry is called in the report.
fn named<'e>(entry: &'e Entry<'_>) -> &'e str {
    if entry.key.is_empty() { &entry.kind } else { entry.key }
}

/// Whether an entry is there only for others to inherit from.
fn is_container(entry: &Entry<'_>) -> bool {
    let holds = ["proceedings", "collection", "periodical", "reference"];
    matches!(entry.kind.as_str(), "xdata" | "set")
        || entry.is_parent && holds.iter().any(|kind| entry.kind.trim_start_matches("mv") == *kind)
}

/// Tells what is not read. Comments are meant to be passed over, so that they do not warn.
fn left(what: &'static str, text: &str, report: &mut Report) {
    if what == "comment" || what == "abbreviations" {
        let message = format!("{what} not placed: `{text}`");
        report.findings.push(Finding::note(Code::ImportNotPlaced, At::root(), message));
    } else {
        report.not_placed(what, text);
    }
}

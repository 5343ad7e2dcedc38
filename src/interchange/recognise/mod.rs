//! From a document that people read to a profile: which lines are headings, which belong to one
//! entry, and what each text in it is.
//!
//! Each piece of text has a number. At the end every piece has a place in the profile, or the
//! report lists it.

mod classify;
mod contact;
mod corrections;
mod dates;
mod entries;
mod fields;
mod head;
mod headings;
mod lists;
mod names;
mod notes;
mod papers;
mod patents;
mod roles;
mod rows;
mod tables;
mod text;
mod trace;

use super::{
    Error, Import,
    latex::add_bibliographies,
    outline::{Outline, Place},
};
use crate::{
    at::At,
    profile::Profile,
    section::{Publication, Section, SectionKind},
    typeset::words::{locale, usual_title},
    value::locale::Locale,
};
use corrections::Taken;
pub use corrections::{Corrections, FieldName, LineRole, Put, Target, fields_of, fields_of_person};
use headings::Block;
pub use tables::Heading;
use text::Ledger;
pub use trace::Fate;
use trace::{Owners, Span};

/// A document as the recogniser understands it.
#[derive(Clone, Debug, Default)]
pub struct Recognised {
    /// The profile, which may be empty, and the report.
    pub import: Import,
    /// What became of each word, by its number in the outline.
    pub fates: Vec<Fate>,
}

/// So many lines a document may have: those of a CV of three hundred pages.
pub(super) const MOST_LINES: usize = 20_000;

/// The publications of a document that is nothing but a list of them, and its words that have no
/// place in them.
pub(super) fn publications(outline: &Outline) -> (Vec<Publication>, Vec<String>) {
    let mut ledger = Ledger::default();
    let corrections = Corrections::default();
    let mut taken = Taken::new(outline, &corrections);
    let (rows, _) = rows::rows(outline, &corrections, &mut taken, &mut ledger);
    let publications = papers::papers(rows, &mut ledger);
    (publications, ledger.left().into_iter().map(|(_, words)| words).collect())
}

/// The profile that a document holds, with a report of what has no place in it. `format` names the
/// document in messages.
///
/// # Errors
///
/// [`Error::Nothing`] for a document in which nothing of a CV was found, [`Error::TooDeep`] for one
/// that is too long to be one.
pub(super) fn import(outline: &Outline, format: &'static str) -> Result<Import, Error> {
    if outline.lines.len() > MOST_LINES {
        return Err(Error::TooDeep { format });
    }
    let Reading { mut import, .. } = read(outline, &Corrections::default());
    add_bibliographies(&mut import, &outline.bibliographies);
    if import.profile.sections.is_empty() && import.profile.person.name.is_empty() {
        return Err(Error::Nothing { format });
    }
    Ok(import)
}

/// The profile that a document holds with what a person says of it, and what became of each of its
/// words. The same document and corrections always give the same.
#[must_use]
pub fn recognise_with(outline: &Outline, corrections: &Corrections) -> Recognised {
    let Reading { mut import, owners, mut ledger, furniture } = read(outline, corrections);
    for row in &furniture {
        // It was told as left, row by row.
        ledger.settle(&row.pieces(), false);
    }
    let fates = trace::fates(outline, &import.profile, &owners, &ledger);
    add_bibliographies(&mut import, &outline.bibliographies);
    Recognised { import, fates }
}

/// What comes of a document, and how.
struct Reading {
    import: Import,
    owners: Owners,
    ledger: Ledger,
    furniture: Vec<rows::Row>,
}

/// The numbers of the pieces of rows.
fn ids(rows: &[rows::Row]) -> Vec<usize> {
    rows.iter().flat_map(rows::Row::ids).collect()
}

fn read(outline: &Outline, corrections: &Corrections) -> Reading {
    let mut ledger = Ledger::default();
    let mut import = Import::default();
    let mut taken = Taken::new(outline, corrections);
    let (mut rows, mut furniture) = rows::rows(outline, corrections, &mut taken, &mut ledger);
    furniture.extend(notes::closing(&mut rows));
    import.profile.marks = notes::marks(&mut rows, &mut ledger);
    let mut guesses: Vec<(At, String)> = vec![];
    let mut spans: Vec<Span> = vec![];
    let of_person = |heading: Vec<usize>, pieces| Span {
        at: At::root().field("person"),
        heading,
        pieces,
        entries: 0..0,
        texts: 0..0,
    };
    let mut blocks = headings::blocks(rows).into_iter();
    let mut prose = vec![];
    if let Some(first) = blocks.next() {
        spans.push(of_person(vec![], ids(&first.rows)));
        prose = contact::read(&mut import.profile.person, first.rows, &mut ledger);
    }
    for block in blocks {
        let Block { heading, kind, guessed, rows } = block;
        let heading_ids = heading.as_ref().map(|row| row.ids().collect::<Vec<_>>());
        let mut heading_ids = heading_ids.unwrap_or_default();
        let heading = heading.map(|row| row.pieces()).unwrap_or_default();
        let title = text::plain(text::trim(&heading));
        // Known words say no more than the kind that they stand for.
        let is_known = tables::heading(&title) == Some(kind);
        if !rows.is_empty() && (is_known || kind != Heading::Contact) {
            ledger.place(&heading);
        }
        let kind = match kind {
            Heading::Contact => {
                spans.push(of_person(heading_ids, ids(&rows)));
                prose.extend(contact::read(&mut import.profile.person, rows, &mut ledger));
                continue;
            }
            Heading::Section(kind) => kind,
        };
        let groups = fields::groups(kind, rows);
        if groups.iter().all(|(inner, _)| inner.is_some()) && !is_known {
            ledger.settle(&heading, false);
        }
        for (heading, rows) in groups {
            let mut heading_ids = std::mem::take(&mut heading_ids);
            heading_ids.extend(heading.iter().flat_map(rows::Row::ids));
            let pieces = ids(&rows);
            let before = ledger.heard();
            // A heading inside of a section of entries makes a section of its own.
            let title = heading.map_or_else(|| title.clone(), |row| ledger.plain(&row.pieces()));
            let Some(mut section) = fields::section(kind, rows, &mut ledger) else {
                continue;
            };
            let sections = &mut import.profile.sections;
            let at = At::root().field("sections").index(sections.len());
            if guessed {
                let message = format!("the heading `{title}` is not known; a list was made of it");
                guesses.push((at.clone(), message));
            }
            *section.title_mut() = title;
            sections.push(section);
            let after = ledger.heard();
            spans.push(Span {
                at,
                heading: heading_ids,
                pieces,
                entries: before.0..after.0,
                texts: before.1..after.1,
            });
        }
    }
    name_headings(&mut import.profile);
    if !prose.is_empty() {
        summary(&mut import, &prose, &mut ledger);
    }
    let owners = Owners::new(&spans, &import.profile, &ledger);
    taken.put(&mut import.profile, &owners, &mut ledger);
    import.report.all_placed(&import.profile);
    for (at, message) in guesses {
        import.report.guessed(at, message);
    }
    for row in &furniture {
        ledger.place(&row.pieces());
        let text = row.plain();
        if !text.is_empty() {
            import.report.not_placed(&way(row.place, "edge of the page"), &text);
        }
    }
    for (place, text) in ledger.left() {
        import.report.not_placed(&way(place, "text"), &text);
    }
    for note in &outline.notes {
        import.report.guessed(At::root(), note.clone());
    }
    Reading { import, owners, ledger, furniture }
}

/// Running text before the first heading says who somebody is.
fn summary(import: &mut Import, prose: &[rows::Row], ledger: &mut Ledger) {
    let mut paragraphs = vec![];
    for row in prose {
        // What of it stands elsewhere already, such as a name, stays there.
        let pieces = row.pieces();
        paragraphs.push(ledger.markup(&pieces));
    }
    let summary = &mut import.profile.person.summary;
    if summary.is_empty() {
        *summary = paragraphs.join("\n\n");
    } else {
        *summary = format!("{summary}\n\n{}", paragraphs.join("\n\n"));
    }
}

/// Sets the language of the page, which the headings tell, and keeps of each heading what that
/// language does not say by itself.
fn name_headings(profile: &mut Profile) {
    let mut votes: Vec<(&str, usize)> = vec![];
    for language in profile.sections.iter().filter_map(|s| tables::language(s.title())) {
        match votes.iter_mut().find(|(other, _)| *other == language) {
            Some((_, count)) => *count += 1,
            None => votes.push((language, 1)),
        }
    }
    let most = votes.iter().rev().max_by_key(|(_, count)| *count);
    let language = most.map_or("en", |(language, _)| *language);
    let known = Locale::get(language).filter(|_| language != "en");
    if known.is_some() {
        profile.look.language = Some(language.to_owned());
    }
    let words = known.unwrap_or_else(|| locale("en"));
    for section in &mut profile.sections {
        let usual = usual_title(words, section.kind()).to_lowercase();
        let kept = kept(section.title());
        // Free text and lists have no heading but the one that they are given.
        let free = matches!(section, Section::Text(_) | Section::List(_));
        *section.title_mut() =
            if kept.to_lowercase() == usual && !free { String::new() } else { kept };
    }
}

/// A heading as it is kept: capitals as they are written in a text.
fn kept(title: &str) -> String {
    let title = title.trim_end_matches(':').trim();
    if !text::is_capitals(title) || title.split_whitespace().all(|word| word.len() <= 3) {
        return title.to_owned();
    }
    let mut out = String::new();
    let mut start = true;
    for word in title.split_whitespace() {
        let lower = word.to_lowercase();
        let small = matches!(
            lower.as_str(),
            "and" | "of" | "the" | "in" | "for" | "und" | "et" | "y" | "e" | "de"
        );
        if !out.is_empty() {
            out.push(' ');
        }
        let mut chars = lower.chars();
        match chars.next().filter(|_| start || !small) {
            Some(first) => {
                out.extend(first.to_uppercase());
                out.push_str(chars.as_str());
            }
            None => out.push_str(&lower),
        }
        start = false;
    }
    out
}

/// Where something stands, for the report.
fn way(place: Place, what: &str) -> String {
    match (place.page, place.line) {
        (0, 0) => what.to_owned(),
        (0, line) => format!("line {line}"),
        (page, 0) => format!("page {page}"),
        (page, line) => format!("page {page}, line {line}"),
    }
}

/// Whether a line of text is a heading of a CV in known words.
pub(super) fn is_heading(line: &str) -> bool {
    !line.trim().is_empty() && tables::heading(line).is_some()
}

/// The kind of section that a heading in known words, or with a known noun, stands over.
pub(super) fn kind_under(heading: &str) -> Option<SectionKind> {
    match tables::heading(heading).or_else(|| tables::heading_by_noun(heading))? {
        Heading::Section(kind) => Some(kind),
        Heading::Contact => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::markdown;

    #[test]
    fn a_school_or_employer_that_is_a_link_keeps_its_address() {
        let text = "# Ada Invented\n\n## Education\n\n**[Example University](https://example.org/u)**, 2020\n\n\
            ## Experience\n\nResearch Intern, [Example Lab](https://example.org/l), 2021\n";
        let profile = import(&markdown::outline(text), "Markdown").unwrap().profile;
        let urls: Vec<&str> = profile
            .sections
            .iter()
            .filter_map(|section| match section {
                Section::Education(list) => list.entries.first().map(|entry| entry.url.as_str()),
                Section::Experience(list) => list.entries.first().map(|entry| entry.url.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(urls, ["https://example.org/u", "https://example.org/l"]);
    }
}

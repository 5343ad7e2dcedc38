//! Patents in a list: cited as publications are, with a number for their details.

use super::{papers, rows::Row, text::Ledger};
use crate::{
    interchange::paper,
    section::{Patent, Publication},
    value::entry::Labelled,
};

/// The patents that these rows are.
pub(super) fn patents(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Patent> {
    papers::papers(rows, ledger).into_iter().map(patent).collect()
}

/// A patent that was read as a publication. What is neither its number nor its status becomes the
/// office, where a venue would stand, or a line of its own.
fn patent(read: Publication) -> Patent {
    let mut out = Patent {
        title: read.title,
        inventors: read.authors,
        date: read.date,
        url: read.url,
        links: read.links,
        bullets: read.bullets,
        status: read.status,
        ..Patent::default()
    };
    for address in [read.doi, read.arxiv, read.pdf, read.code] {
        match address {
            address if address.is_empty() => {}
            address if out.url.is_empty() => out.url = address,
            address => out.links.push(address),
        }
    }
    let mut rest = vec![];
    for (text, is_venue) in
        [(read.venue, true), (read.tag, true), (read.details, false), (read.note, false)]
    {
        for part in parts(&text) {
            // The name of an office is most often slanted, or says what it is.
            let bare = part.trim_matches('*');
            let is_office = is_venue || bare != part || cue_of_office(bare);
            if let Some(status) = paper::patent_status(part).filter(|_| out.status.is_empty()) {
                out.status = status;
            } else if out.number.is_empty() && is_number(part) {
                part.clone_into(&mut out.number);
            } else if is_office && out.office.is_empty() {
                bare.clone_into(&mut out.office);
            } else {
                rest.push(part.to_owned());
            }
        }
    }
    out.lines.extend(rest.iter().map(|text| Labelled::from(text.as_str())));
    out
}

/// The parts of a text between commas, semicolons and full stops. A full stop after a capital is
/// that of an initial.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = vec![];
    for part in text.split(';').flat_map(|part| part.split(", ")) {
        let mut start = 0;
        for (at, stop) in part.match_indices(". ") {
            let is_end = part.get(..at).is_some_and(|before| {
                before.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
            });
            if is_end {
                parts.extend(part.get(start..at));
                start = at + stop.len();
            }
        }
        parts.extend(part.get(start..));
    }
    let trimmed = parts.into_iter().map(|part| part.trim().trim_end_matches('.'));
    trimmed.filter(|part| !part.is_empty()).collect()
}

/// Whether a text without a number names a place that grants patents.
fn cue_of_office(text: &str) -> bool {
    let text = text.to_lowercase();
    ["patent", "office", "uspto", "wipo", "epo", "amt", "特許庁", "专利局", "知识产权局"]
        .iter()
        .any(|word| text.split_whitespace().any(|part| part.contains(word)))
}

/// Whether a text is the number of a patent: letters of a country or a word for it, and at least
/// five digits.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let words = text.split_whitespace().filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    digits >= 5 && words.count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_of_a_patent_gives_its_number_and_office() {
        for (venue, details, note, expected) in [
            (
                "European Patent Office",
                "EP 1 234 567 B1",
                "granted",
                ("EP 1 234 567 B1", "European Patent Office", "granted", 0),
            ),
            ("US Patent 11,222,333", "", "", ("US Patent 11,222,333", "", "", 0)),
            (
                "United States, US 15/000,123, pending",
                "",
                "Licensed",
                ("US 15/000,123", "United States", "pending", 1),
            ),
            (
                "",
                "US 15/000,123. A. Northgate",
                "*European Patent Office*",
                ("US 15/000,123", "European Patent Office", "", 1),
            ),
            ("专利号 ZL202110000000", "", "", ("专利号 ZL202110000000", "", "", 0)),
            ("", "", "", ("", "", "", 0)),
        ] {
            let read = Publication {
                venue: venue.to_owned(),
                details: details.to_owned(),
                note: note.to_owned(),
                ..Publication::default()
            };
            let found = patent(read);
            let said = (found.number.as_str(), found.office.as_str(), found.status.as_str());
            let (number, office, status, lines) = expected;
            assert_eq!((said, found.lines.len()), ((number, office, status), lines), "{venue}");
        }
    }
}

//! Dates inside of texts: the longest stretches of words that say a time and nothing else.

use super::{
    tables::cue,
    text::{Piece, is_comma, is_separator, plain},
};
use crate::value::date::Dates;
use std::ops::Range;

/// So many pieces a date has at the most: `Sept. 15 , 2022 – June 30 , 2027 ( expected )`.
const LONGEST: usize = 14;

/// Where dates stand in pieces, in their order. A bare year counts only where it stands alone
/// between marks: `the 2020 election` has no date.
pub(super) fn find(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut start = 0;
    while start < pieces.len() {
        let Some(length) = longest(pieces, start) else {
            start += 1;
            continue;
        };
        found.push(start..start + length);
        start += length;
    }
    found
}

/// Whether pieces are a date and nothing else.
pub(super) fn is_date(pieces: &[Piece]) -> bool {
    let pieces = super::text::trim(pieces);
    !pieces.is_empty() && pieces.len() <= LONGEST && says_date(&plain(pieces))
}

fn longest(pieces: &[Piece], start: usize) -> Option<usize> {
    let first = pieces.get(start)?;
    // A date starts with a word or a number, or with an apostrophe before a short year.
    first.text.starts_with(|c: char| c.is_alphanumeric() || "'’‘".contains(c)).then_some(())?;
    let most = LONGEST.min(pieces.len() - start);
    // Most words are far from any number, and each stretch would have to be read.
    let near = pieces.get(start..start + most)?;
    near.iter().any(|piece| piece.text.contains(|c: char| c.is_ascii_digit())).then_some(())?;
    let length = (1..=most).rev().find(|length| {
        let part = pieces.get(start..start + length).unwrap_or_default();
        let ends_well = part.last().is_some_and(|last| {
            !is_comma(last)
                && closes_what_is_open(part)
                && last.text != "("
                && last.text != ":"
                && last.text != "."
        });
        ends_well && says_date(&plain(part))
    })?;
    let part = pieces.get(start..start + length)?;
    let text = plain(part);
    if text.trim_end_matches('.').chars().all(|c| c.is_ascii_digit()) {
        let is_edge = |piece: Option<&Piece>| {
            piece.is_none_or(|piece| !piece.text.contains(char::is_alphanumeric))
        };
        let before = start.checked_sub(1).and_then(|before| pieces.get(before));
        // A full stop ends what the year belongs to.
        let after = pieces.get(start + length).filter(|_| !text.ends_with('.'));
        // After a full stop, as in `Venue. 2021.`
        let ended = before.is_some_and(|piece| piece.text.ends_with('.'));
        // A column of years beside names.
        let heads = start == 0
            && after.is_some_and(|piece| {
                piece.text.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            });
        if !heads && !is_edge(after) || !is_edge(before) && !ended && after.is_some() {
            return None;
        }
    }
    Some(length)
}

/// Whether a text says how long something took: `2 years 3 months`.
pub(super) fn is_duration(text: &str) -> bool {
    let bare = |word: &'_ str| word.trim_matches(['(', ')', ',', '.']).to_owned();
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    let is_number = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let numbers = words.iter().filter(|word| is_number(word)).count();
    let others = words.iter().filter(|word| cue("duration").is(word)).count();
    (2..=6).contains(&words.len()) && numbers + others == words.len() && others > 0
}

/// Whether brackets in pieces are in pairs.
fn closes_what_is_open(pieces: &[Piece]) -> bool {
    let count = |sign: [&str; 2]| pieces.iter().filter(|p| sign.contains(&p.text.as_str())).count();
    count(["(", "（"]) == count([")", "）"])
}

/// Whether a text says a time: it has a year, and is understood as a whole.
fn says_date(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '（', '）', ' ', ',']).trim_end_matches('.');
    let bytes = text.as_bytes();
    let year = bytes.windows(4).any(|four| {
        four.iter().all(u8::is_ascii_digit) && (four.starts_with(b"19") || four.starts_with(b"20"))
    });
    let short = text.contains(['\'', '’']) && text.contains(|c: char| c.is_ascii_digit());
    (year || short) && text.len() <= 120 && Dates::parse(text).is_some()
}

/// The pieces between dates, and the dates.
pub(super) fn apart(pieces: &[Piece]) -> (Vec<&[Piece]>, Vec<&[Piece]>) {
    let (mut rest, mut dates) = (vec![], vec![]);
    let mut start = 0;
    for range in find(pieces) {
        rest.extend(pieces.get(start..range.start));
        start = range.end;
        dates.extend(pieces.get(range));
    }
    rest.extend(pieces.get(start..));
    let has_words = |part: &&[Piece]| part.iter().any(|p| p.text.contains(char::is_alphanumeric));
    rest.retain(has_words);
    (rest, dates)
}

/// Whether a piece could part a date from what stands before it.
pub(super) fn parts_date(piece: &Piece) -> bool {
    is_separator(piece) || is_comma(piece) || matches!(piece.text.as_str(), "(" | "（" | "[")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::{
        outline::{Part, Place},
        recognise::text::Ledger,
    };

    fn dates(text: &str) -> Vec<String> {
        let pieces = Ledger::default().pieces(&Part::plain(text), Place::default());
        find(&pieces)
            .into_iter()
            .map(|range| plain(pieces.get(range).unwrap_or_default()))
            .collect()
    }

    #[test]
    fn dates_are_found_among_words() {
        for (text, expected) in [
            ("Research Intern, Sept. 2021 – present", &["Sept. 2021 – present"][..]),
            ("Analista (septiembre 2022 – actualidad)", &["septiembre 2022 – actualidad"]),
            ("Best Paper Award, 2023", &["2023"]),
            ("Reported on the 2020 election", &[]),
            ("软件工程学士，2018年9月 – 2022年6月", &["2018年9月 – 2022年6月"]),
            ("04/2021 – heute", &["04/2021 – heute"]),
            ("Fall 2022", &["Fall 2022"]),
            ("Seen by 2000 people", &[]),
            ("Salt, Debt, and Weather. Maritime Review, 2017.", &["2017."]),
        ] {
            assert_eq!(dates(text), expected, "{text}");
        }
    }
}

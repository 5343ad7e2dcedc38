//! Lists of names at the start of a text: `J. Doe, R. Roe and E. Poe`, `Doe, Jane and Roe, R.`

use super::{
    tables::cue,
    text::{Piece, is_comma},
};
use std::ops::Range;

/// The authors that a text starts with: where each name stands, and where the list ends.
pub(super) fn authors_at(pieces: &[Piece]) -> Option<(Vec<Range<usize>>, usize)> {
    let mut found: Vec<Range<usize>> = vec![];
    let mut at = 0;
    let mut end = 0;
    let mut family_first = false;
    loop {
        // Signs and "and" between names; "et" is one of them but in "et al.".
        while others(pieces.get(at..).unwrap_or_default()).is_none()
            && pieces
                .get(at)
                .is_some_and(|p| is_comma(p) || p.text == ";" || p.text == "·" || is_and(p))
        {
            at += 1;
        }
        let rest = pieces.get(at..).unwrap_or_default();
        if let Some(length) = others(rest) {
            found.push(at..at + length);
            end = at + length;
            break;
        }
        let order = match (family_first, found.is_empty()) {
            (true, _) => Order::FamilyFirst,
            (false, true) => Order::Unknown,
            (false, false) => Order::GivenFirst,
        };
        let Some((length, ended, turned)) = one_name(rest, order) else {
            break;
        };
        family_first |= turned;
        found.push(at..at + length);
        at += length;
        end = at;
        let next = pieces.get(at);
        let goes_on =
            next.is_some_and(|p| is_comma(p) || p.text == ";" || p.text == "·" || is_and(p));
        if ended || !goes_on {
            break;
        }
    }
    // One word alone, or two in the middle of a sentence, are no list.
    let ends_well = pieces.get(end).is_none_or(|next| {
        let closing = pieces.get(end.wrapping_sub(1)).is_some_and(|p| p.text.ends_with('.'));
        closing || !next.text.starts_with(char::is_alphanumeric) || found.len() > 1
    });
    let initials = found.iter().any(|range| {
        pieces.get(range.clone()).unwrap_or_default().iter().any(|piece| is_initials(&piece.text))
    });
    let fits = match found.len() {
        0 => false,
        1 => ends_well && (initials || end == pieces.len() || family_first),
        _ => ends_well,
    };
    // Up to the sign that ends it.
    let after = pieces.get(end).filter(|p| p.text == "." || p.text == ":" || is_comma(p));
    fits.then(|| (found, end + usize::from(after.is_some())))
}

/// Whether a piece joins two names; an initial does not.
fn is_and(piece: &Piece) -> bool {
    !piece.text.contains('.')
        && !piece.text.starts_with(char::is_uppercase)
        && (piece.text == "&" || cue("and").is(&piece.text))
}

/// `et al.`, `others`.
fn others(pieces: &[Piece]) -> Option<usize> {
    let word = |i: usize| {
        let text = pieces.get(i).map(|p| p.text.to_lowercase()).unwrap_or_default();
        text.trim_end_matches(['.', ':']).to_owned()
    };
    match (word(0).as_str(), word(1).as_str()) {
        ("et", "al") => Some(2),
        ("others" | "…" | "...", _) => Some(1),
        _ => None,
    }
}

/// In which order the parts of names stand in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Not known before the first name is read.
    Unknown,
    /// `Jane Doe`.
    GivenFirst,
    /// `Doe, Jane`.
    FamilyFirst,
}

/// One name: how many pieces, whether a full stop ends the list after it, and whether the family
/// name stands first.
fn one_name(pieces: &[Piece], order: Order) -> Option<(usize, bool, bool)> {
    let stop = pieces
        .iter()
        .position(|p| {
            is_comma(p)
                || matches!(
                    p.text.as_str(),
                    ";" | "·" | ":" | "(" | "[" | "“" | "\"" | "«" | "„" | "–" | "—" | "|"
                )
                || is_and(p)
        })
        .unwrap_or(pieces.len());
    let chunk = pieces.get(..stop)?;
    // A full stop after a whole word ends the list.
    let dot = chunk.iter().position(|p| p.text == "." || p.text == "。").filter(|at| *at > 0);
    let (chunk, ended_by_dot) = match dot {
        Some(at) => (chunk.get(..at)?, true),
        None => (chunk, false),
    };
    let ends = chunk.iter().position(|p| {
        let stem = p.text.trim_end_matches(is_mark).strip_suffix('.');
        stem.is_some_and(|stem| {
            stem.chars().count() > 2 && !is_initials(&p.text) && !is_suffix(stem)
        })
    });
    let (chunk, ended) = match ends {
        Some(at) => (chunk.get(..=at)?, true),
        None => (chunk, ended_by_dot),
    };
    let words = chunk.len();
    if words == 0 || words > 6 {
        return family_name_first(pieces, stop, order);
    }
    if let [only] = chunk
        && is_capitalised(&only.text)
        && !is_wide(&only.text)
    {
        return family_name_first(pieces, stop, order);
    }
    if order == Order::FamilyFirst
        && let Some(name) = family_name_first(pieces, stop, order)
    {
        return Some(name);
    }
    is_name(chunk).then_some((words, ended, false))
}

/// `Merriweather, Thaddeus O.`, `Family AB`.
fn family_name_first(pieces: &[Piece], stop: usize, order: Order) -> Option<(usize, bool, bool)> {
    let family = pieces.get(..stop)?;
    let is_family = (1..=3).contains(&family.len())
        && family.iter().all(|p| is_capitalised(&p.text) || cue("particle").is(&p.text))
        && family.iter().all(|p| !p.text.ends_with('.') || family.len() > 1);
    if !is_family || order == Order::GivenFirst || !pieces.get(stop).is_some_and(is_comma) {
        return None;
    }
    let given = pieces.get(stop + 1..)?;
    let mut length = 0;
    let mut ended = false;
    for (index, piece) in given.iter().enumerate() {
        let text = piece.text.trim_end_matches(is_mark);
        if is_initials(text) {
            length = index + 1;
            // Two sentences: "Thaddeus O. Harbours of Paper".
            let next = given.get(index + 1);
            let goes_on =
                next.is_some_and(|next| is_initials(&next.text) || is_comma(next) || is_and(next));
            if !goes_on {
                ended = true;
                break;
            }
        } else if is_capitalised(text) && index < 2 && length == index {
            let stem = text.strip_suffix('.');
            length = index + 1;
            if stem.is_some() {
                ended = true;
                break;
            }
        } else {
            break;
        }
        if given.get(index + 1).is_none_or(is_comma) {
            break;
        }
    }
    // A title may have commas, too: only initials, or two given names, are surely a person's.
    let names = given.get(..length)?;
    let sure = length > 1 || names.iter().any(|p| is_initials(&p.text));
    (length > 0 && (sure || order == Order::FamilyFirst)).then_some((
        stop + 1 + length,
        ended,
        true,
    ))
}

/// Whether pieces are a name: capitalised words, initials and particles, and none that names are
/// never made of.
fn is_name(pieces: &[Piece]) -> bool {
    let mut capitalised = 0;
    let mut initials = 0;
    for piece in pieces {
        let text = piece.text.trim_end_matches(is_mark).trim_end_matches(is_mark);
        if text.is_empty() && !piece.text.is_empty() {
            continue;
        }
        if !is_initials(text) && cue("not-in-a-name").is(text) {
            return false;
        }
        if is_initials(text) {
            initials += 1;
        } else if is_glued(text) || is_wide(text) && text.chars().count() <= 6 {
            // Family and given name in one word.
            capitalised += 2;
        } else if is_capitalised(text) {
            capitalised += 1;
        } else if !cue("particle").is(text) && !is_suffix(text.trim_end_matches('.')) {
            return false;
        }
    }
    capitalised >= 1 && capitalised + initials >= 2 && capitalised <= 5
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '∗' | '§' | '¶' | '#' | '^') || c.is_numeric()
}

/// Whether a word stands behind a family name: `Jr.`, `III`.
pub(super) fn is_suffix(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv")
}

fn is_wide(text: &str) -> bool {
    text.chars().next().is_some_and(|c| ('\u{2e80}'..='\u{ffdc}').contains(&c))
}

/// `J.`, `J.-P.`, `JP`, `T.O.`
fn is_initials(text: &str) -> bool {
    let text = text.trim_end_matches(is_mark).trim_end_matches([',', ';']);
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let plain = text.chars().all(|c| c.is_alphabetic() || c == '.' || c == '-' || c == '\u{2010}');
    plain
        && (1..=3).contains(&letters.len())
        && letters.iter().all(|c| c.is_uppercase())
        && (text.contains('.') || letters.len() <= 2)
}

/// Initials and a family name without a space between them: `A.Bcd`, `EF.Ghi`.
fn is_glued(text: &str) -> bool {
    let Some((initials, family)) = text.trim_end_matches('.').rsplit_once('.') else {
        return false;
    };
    let letters = initials.chars().filter(|c| c.is_alphabetic()).count();
    let plain = initials.chars().all(|c| c.is_uppercase() || c == '.' || c == '-');
    plain && (1..=4).contains(&letters) && is_capitalised(family)
}

fn is_capitalised(text: &str) -> bool {
    let text = text.trim_end_matches(is_mark).trim_end_matches('.');
    let letters = text.chars().all(|c| c.is_alphabetic() || "-'’‐".contains(c));
    let first = text.chars().next().is_some_and(char::is_uppercase);
    let d = text.starts_with("d'") || text.starts_with("d’");
    letters && (first || d) && text.chars().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::{
        outline::{Part, Place},
        recognise::text::{Ledger, plain, trim},
    };

    #[test]
    fn authors_are_a_list_of_names_at_the_start() {
        for (text, expected) in [
            (
                "Marta Lindqvist, Jun Ito, and Daniel Okafor. “Seeing”",
                "Marta Lindqvist|Jun Ito|Daniel Okafor.",
            ),
            ("Merriweather, Thaddeus O. Harbours of Paper", "Merriweather, Thaddeus O."),
            ("Merriweather, T. O. and I. Dalgaard. “Salt”", "Merriweather, T. O.|I. Dalgaard."),
            ("C. Dell'Orso e M. Ferrante. «Ponti»", "C. Dell'Orso|M. Ferrante."),
            ("Wei Zhang*, Li Na†, et al. A title", "Wei Zhang*|Li Na†|et al."),
            ("C.Nikal, RU.Karo*, and Y.Fim. Venue", "C.Nikal|RU.Karo*|Y.Fim."),
            ("Depth from a Single Blurred Frame", ""),
            ("Best Student Paper Award, European Conference", ""),
        ] {
            let pieces = Ledger::default().pieces(&Part::plain(text), Place::default());
            let names = authors_at(&pieces).map(|(names, _)| names).unwrap_or_default();
            let names = names.into_iter().map(|r| plain(trim(pieces.get(r).unwrap_or_default())));
            assert_eq!(names.collect::<Vec<_>>().join("|"), expected, "{text}");
        }
    }
}

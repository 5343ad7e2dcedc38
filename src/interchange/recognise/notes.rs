//! Rows that belong to no section: lines that close a document, and what marks at authors mean.

use super::{
    rows::Row,
    tables::cue,
    text::{Ledger, Piece, is_colon, is_comma, plain, trim},
};
use crate::value::entry::Labelled;

/// So many rows at the end of a document are looked at for lines that close it.
const MOST_CLOSING: usize = 4;
/// A line that closes a document, or says what marks mean, has no more letters than this.
const LONGEST: usize = 160;

/// Takes the lines that close a document off its end, and off the rows before its first heading:
/// when it was last changed, what it was made with, whose it is.
pub(super) fn closing(rows: &mut Vec<Row>) -> Vec<Row> {
    let mut found = vec![];
    for _ in 0..MOST_CLOSING {
        match rows.pop_if(|row| is_closing(row)) {
            Some(row) => found.insert(0, row),
            None => break,
        }
    }
    let head = rows.iter().take(8).position(is_closing);
    if let Some(at) = head {
        found.insert(0, rows.remove(at));
    }
    found
}

fn is_closing(row: &Row) -> bool {
    let text = row.plain().to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let is_short = row.level.is_none() && text.chars().count() <= LONGEST;
    is_short && (text.starts_with('©') || cue("closing").begins(text) && says_when(row, text))
}

/// Words that sentences begin with, too, need a time or nothing behind them.
fn says_when(row: &Row, text: &str) -> bool {
    let is_plain = ["stand", "updated", "as of", "created", "made with", "copyright"]
        .iter()
        .any(|word| text.starts_with(word));
    !is_plain || row.has_date() || text.contains(|c: char| c.is_ascii_digit())
}

/// Takes the rows that say what marks at authors mean out of a document.
pub(super) fn marks(rows: &mut Vec<Row>, ledger: &mut Ledger) -> Vec<Labelled> {
    let mut found = vec![];
    rows.retain(|row| {
        let pieces = row.pieces();
        let told = meanings(trim(&pieces), row.is_item());
        let Some(told) = told.filter(|_| row.level.is_none() && row.cells.len() == 1) else {
            return true;
        };
        ledger.place(&pieces);
        found.extend(told);
        false
    });
    found
}

/// What marks mean, if that is all that a text says: `† equal contribution, * supervised student`.
fn meanings(pieces: &[Piece], is_item: bool) -> Option<Vec<Labelled>> {
    let text = plain(pieces);
    let words = text.to_lowercase();
    if text.chars().count() > LONGEST || !cue("equal").is_in(&words) {
        return None;
    }
    // A star at the start of a line of Markdown was taken for the sign of a list.
    if is_item && ["denotes", "indicates", "equal contrib"].iter().any(|w| words.starts_with(w)) {
        return Some(vec![meaning("*", pieces)]);
    }
    let starts = |piece: &Piece| piece.text.starts_with(is_mark);
    if !pieces.first().is_some_and(starts) {
        return None;
    }
    let mut told = vec![];
    let mut rest = pieces;
    while let [first, inner @ ..] = rest {
        let mark: String = first.text.chars().take_while(|c| is_mark(*c)).collect();
        let length = inner.iter().position(starts).unwrap_or(inner.len());
        let (own, others) = inner.split_at_checked(length)?;
        let mut own = own.to_vec();
        // `†Equal contribution` is one piece.
        let glued = first.text.get(mark.len()..).unwrap_or_default();
        if !glued.is_empty() {
            own.insert(0, Piece { text: glued.to_owned(), ..first.clone() });
        }
        // A mark with more than a few words behind it starts a note, not a meaning.
        if own.is_empty() || own.len() > 12 {
            return None;
        }
        told.push(meaning(&mark, &own));
        rest = others;
    }
    Some(told)
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '∗' | '§' | '¶' | '#')
}

fn meaning(mark: &str, pieces: &[Piece]) -> Labelled {
    let says = |piece: &Piece| {
        let word = piece.text.to_lowercase();
        matches!(&*word, "denotes" | "denote" | "indicates" | "indicate" | "means" | "=" | "marks")
            || is_colon(piece)
            || is_comma(piece)
    };
    let start = pieces.iter().position(|piece| !says(piece)).unwrap_or_default();
    let text = plain(trim(pieces.get(start..).unwrap_or_default()));
    Labelled {
        label: mark.to_owned(),
        text: text.trim_end_matches(['.', ',', ';']).to_owned(),
        ..Labelled::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::{
        outline::{Part, Place},
        recognise::rows::Cell,
    };

    fn rows(texts: &[&str], ledger: &mut Ledger) -> Vec<Row> {
        let row = |text: &&str| {
            let pieces = ledger.pieces(&Part::plain(*text), Place::default());
            Row::default().with_cells(vec![Cell { pieces, role: None }])
        };
        texts.iter().map(row).collect()
    }

    #[test]
    fn lines_that_close_a_document_are_taken_off_its_end() {
        for (text, closes) in [
            ("Last updated: May 2024. Built with Jekyll.", true),
            ("© 2024 Ada Invented", true),
            ("Stand: März 2024", true),
            ("Dernière mise à jour : janvier 2024", true),
            ("Updated the manual of the laboratory", false),
            ("Standardisation of scales, 2020", false),
            ("Python, Rust", false),
        ] {
            let mut rows = rows(&["Skills", text], &mut Ledger::default());
            assert_eq!(closing(&mut rows).len(), usize::from(closes), "{text}");
        }
    }

    #[test]
    fn rows_say_what_marks_at_authors_mean() {
        for (text, expected) in [
            ("† denotes equal contribution", "†: equal contribution"),
            (
                "(* equal contribution, † corresponding author)",
                "*: equal contribution|†: corresponding author",
            ),
            ("*Equal contribution.", "*: Equal contribution"),
            ("* Built a parser for logs", ""),
            ("Equal opportunities officer", ""),
        ] {
            let mut ledger = Ledger::default();
            let mut rows = rows(&[text], &mut ledger);
            let told = marks(&mut rows, &mut ledger);
            let told: Vec<_> = told.iter().map(|m| format!("{}: {}", m.label, m.text)).collect();
            assert_eq!(told.join("|"), expected, "{text}");
        }
    }
}

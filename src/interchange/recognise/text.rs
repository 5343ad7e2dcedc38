//! The text of a document in pieces that know their number: words, and the signs between them. A
//! piece is moved, never copied out of sight, so that what became of each can be told at the end.

use super::{rows::Row, trace::squeezed};
use crate::{
    interchange::{
        markup,
        outline::{Part, Place, RunStyle},
    },
    value::{
        clean::clean,
        rich::{Run, Shift, Style},
    },
};
use std::{ops::Range, sync::Arc};

/// A word, or a sign between words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its letters, without white space.
    pub(super) text: String,
    /// Whether white space stands before it.
    pub(super) space: bool,
    pub(super) style: RunStyle,
    pub(super) link: Option<Arc<str>>,
    /// Its number in the document.
    pub(super) id: usize,
}

/// What became of each piece of a document.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// By number: where it stands, its text, and whether it has a place in the profile.
    pieces: Vec<(Place, String, bool, bool)>,
    /// By number: the word of the outline that it is of.
    words: Vec<u32>,
    /// Texts that were made, in letters and digits alone, each with the numbers of its pieces.
    texts: Vec<(String, Vec<usize>)>,
    /// The pieces of each entry that was taken apart.
    entries: Vec<Vec<usize>>,
    /// Addresses that have a field of their own.
    claimed: Vec<Arc<str>>,
}

impl Ledger {
    /// The pieces of a part of a line at `place`.
    pub(super) fn pieces(&mut self, part: &Part, place: Place) -> Vec<Piece> {
        let mut out: Vec<Piece> = vec![];
        let mut space = true;
        for run in &part.runs {
            let link: Option<Arc<str>> = run.link.as_deref().map(|link| Arc::from(&*clean(link).0));
            let mut number = run.words.start;
            for (index, word) in run.text.split(char::is_whitespace).enumerate() {
                space |= index > 0;
                let whole = clean(word).0;
                let words = if run.style.math { vec![&*whole] } else { cut(&whole) };
                for text in words.into_iter().filter(|text| !text.is_empty()) {
                    let id = self.pieces.len();
                    let is_mark = !text.contains(char::is_alphanumeric);
                    self.pieces.push((place, text.to_owned(), space && !out.is_empty(), is_mark));
                    self.words.push(number);
                    out.push(Piece {
                        text: text.to_owned(),
                        space: space && !out.is_empty(),
                        style: run.style.clone(),
                        link: link.clone(),
                        id,
                    });
                    space = false;
                }
                number += u32::from(!word.is_empty());
            }
        }
        out
    }

    /// How many pieces there are.
    pub(super) fn count(&self) -> usize {
        self.pieces.len()
    }

    /// The number in the outline of the word that a piece is of.
    pub(super) fn word(&self, id: usize) -> u32 {
        self.words.get(id).copied().unwrap_or(u32::MAX)
    }

    /// The first piece of a word.
    pub(super) fn piece_of(&self, word: u32) -> Option<usize> {
        let id = self.words.partition_point(|other| *other < word);
        (self.words.get(id) == Some(&word)).then_some(id)
    }

    /// The letters of a piece.
    pub(super) fn text(&self, id: usize) -> &str {
        self.pieces.get(id).map_or("", |(_, text, ..)| text)
    }

    /// Whether a piece has a place.
    pub(super) fn is_placed(&self, id: usize) -> bool {
        self.pieces.get(id).is_none_or(|(.., placed)| *placed)
    }

    /// A piece has no place any more; a mark needs none.
    pub(super) fn leave(&mut self, id: usize) {
        if let Some((_, text, _, placed)) = self.pieces.get_mut(id) {
            *placed = !text.contains(char::is_alphanumeric);
        }
    }

    /// These pieces have a place, or none any more.
    pub(super) fn settle(&mut self, pieces: &[Piece], placed: bool) {
        if placed {
            return self.place(pieces);
        }
        for piece in pieces {
            self.leave(piece.id);
        }
    }

    /// These pieces are one entry, or are on their way to become one.
    pub(super) fn entry<'p>(&mut self, rows: impl IntoIterator<Item = &'p Row>) {
        let pieces = rows.into_iter().flat_map(Row::ids).collect();
        self.entries.push(pieces);
    }

    /// How many entries and how many texts it has heard of.
    pub(super) fn heard(&self) -> (usize, usize) {
        (self.entries.len(), self.texts.len())
    }

    /// The pieces of entries, in the order in which it heard of them.
    pub(super) fn entries(&self, range: Range<usize>) -> &[Vec<usize>] {
        self.entries.get(range).unwrap_or_default()
    }

    /// Texts in the order in which they were made: their letters and digits, and their pieces.
    pub(super) fn texts(&self, range: Range<usize>) -> &[(String, Vec<usize>)] {
        let end = range.end.min(self.texts.len());
        self.texts.get(range.start..end).unwrap_or_default()
    }

    fn made(&mut self, pieces: &[Piece]) {
        let text = squeezed(&plain(pieces));
        self.texts.push((text, pieces.iter().map(|piece| piece.id).collect()));
        self.place(pieces);
    }

    /// These pieces have a place, or are nothing but marks between others.
    pub(super) fn place(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if let Some((.., placed)) = self.pieces.get_mut(piece.id) {
                *placed = true;
            }
        }
    }

    /// Whether all of these pieces have a place.
    pub(super) fn has(&self, pieces: &[Piece]) -> bool {
        pieces.iter().all(|piece| self.pieces.get(piece.id).is_none_or(|(.., placed)| *placed))
    }

    /// The pieces as plain text; they have a place now.
    pub(super) fn plain(&mut self, pieces: &[Piece]) -> String {
        self.made(pieces);
        plain(trim(pieces))
    }

    /// The pieces as markup, for a field of rich text; they have a place now.
    pub(super) fn markup(&mut self, pieces: &[Piece]) -> String {
        self.made(pieces);
        to_markup(trim_end(pieces))
    }

    /// This address has a field of its own, so that no line needs to keep it.
    pub(super) fn claim(&mut self, address: &Arc<str>) {
        self.claimed.push(Arc::clone(address));
    }

    /// Whether a semicolon stands before a piece in the document.
    pub(super) fn follows_semicolon(&self, piece: &Piece) -> bool {
        let before = piece.id.checked_sub(1).and_then(|id| self.pieces.get(id));
        before.is_some_and(|(_, text, ..)| matches!(text.as_str(), ";" | "；"))
    }

    /// The pieces as markup without weight and slope, for a field that the page gives a look of its
    /// own; formulas, raised letters and links without another field stay.
    pub(super) fn line(&mut self, pieces: &[Piece]) -> String {
        self.made(pieces);
        let bare = |piece: &Piece| {
            let mut piece = piece.clone();
            piece.link = piece.link.filter(|link| !self.claimed.contains(link));
            piece.style.bold = false;
            piece.style.italic = false;
            piece.style.small_caps = false;
            piece
        };
        to_markup(&trim(pieces).iter().map(bare).collect::<Vec<_>>())
    }

    /// What has no place: the text of neighbours together, each with where it stands.
    pub(super) fn left(&self) -> Vec<(Place, String)> {
        let mut left: Vec<(Place, String)> = vec![];
        let mut previous = None;
        for (id, (place, text, space, placed)) in self.pieces.iter().enumerate() {
            if *placed {
                continue;
            }
            match left.last_mut() {
                Some((last, words)) if last == place && previous == Some(id.wrapping_sub(1)) => {
                    words.push_str(if *space { " " } else { "" });
                    words.push_str(text);
                }
                _ => left.push((*place, text.clone())),
            }
            previous = Some(id);
        }
        left
    }
}

/// Cuts a word without white space at the signs that part fields in a CV.
fn cut(word: &str) -> Vec<&str> {
    let is_address = word.contains("://") || word.contains('@') || word.starts_with("www.");
    if word.len() > 4_000 {
        return vec![word];
    }
    let mut out = vec![];
    let mut start = 0;
    let mut last = None;
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let outside = last.is_none() || next.is_none() || !is_address;
        let alone = match c {
            '(' | ')' | '[' | ']' | '“' | '”' | '"' | '«' | '»' | '„' | '<' | '>' => {
                outside
            }
            '|' | '·' | '•' | '⋅' | '∙' | '，' | '；' | '：' | '、' | '（' | '）' | '「' | '」'
            | '『' | '』' | '《' | '》' | '。' => true,
            ',' => outside && !(is_digit(last) && is_digit(next)),
            ';' => outside,
            ':' => next.is_none() || outside && !is_digit(next) && next != Some('/'),
            _ => false,
        };
        if alone {
            out.extend(word.get(start..at));
            out.extend(word.get(at..at + c.len_utf8()));
            start = at + c.len_utf8();
        }
        last = Some(c);
    }
    out.extend(word.get(start..));
    out
}

/// The text of pieces.
pub(super) fn plain(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if piece.space && index > 0 {
            out.push(' ');
        }
        out.push_str(&piece.text);
    }
    out
}

fn to_markup(pieces: &[Piece]) -> String {
    let mut runs: Vec<Run> = vec![];
    for (index, piece) in pieces.iter().enumerate() {
        let gap = if piece.space && index > 0 { " " } else { "" };
        let style = Style {
            bold: piece.style.bold,
            italic: piece.style.italic,
            code: piece.style.code,
            shift: match (piece.style.superscript, piece.style.subscript) {
                (true, _) => Shift::Super,
                (_, true) => Shift::Sub,
                _ => Shift::None,
            },
        };
        match runs.last_mut() {
            Some(run) if run.style == style && run.link == piece.link => {
                run.text.push_str(gap);
                run.text.push_str(&piece.text);
            }
            last => {
                if let Some(run) = last {
                    run.text.push_str(gap);
                }
                runs.push(Run { text: piece.text.clone(), style, link: piece.link.clone() });
            }
        }
    }
    let math: Vec<&Piece> = pieces.iter().filter(|piece| piece.style.math).collect();
    let mut out = markup::from_runs(&runs);
    for piece in math {
        // A formula stands as it is typed; in the runs it was taken for words.
        let escaped = markup::escape(&piece.text);
        out = out.replacen(&escaped, &format!("${}$", piece.text), 1);
    }
    out
}

/// Whether a piece parts fields and is none itself.
pub(super) fn is_separator(piece: &Piece) -> bool {
    matches!(
        piece.text.as_str(),
        "|" | "·"
            | "•"
            | "⋅"
            | "∙"
            | "–"
            | "—"
            | "-"
            | "--"
            | "---"
            | ";"
            | "；"
            | "/"
            | "~"
            | "⋄"
            | "◦"
            | "||"
    )
}

/// Whether a piece is a comma.
pub(super) fn is_comma(piece: &Piece) -> bool {
    matches!(piece.text.as_str(), "," | "，" | "、")
}

/// Whether a piece is a colon after a label.
pub(super) fn is_colon(piece: &Piece) -> bool {
    matches!(piece.text.as_str(), ":" | "：")
}

fn is_outer(piece: &Piece) -> bool {
    is_separator(piece)
        || is_comma(piece)
        || is_colon(piece)
        || matches!(piece.text.as_str(), "." | "。")
}

/// Without separators at the ends, and without brackets that hold all of it or are not paired.
pub(super) fn trim(mut pieces: &[Piece]) -> &[Piece] {
    loop {
        let before = pieces.len();
        pieces = trim_end(trim_start(pieces));
        let count = |signs: [&str; 2]| {
            pieces.iter().filter(|piece| signs.contains(&piece.text.as_str())).count()
        };
        let (opening, closing) = (count(["(", "（"]), count([")", "）"]));
        match pieces {
            [first, inner @ .., last]
                if opens(first) && closes(last) && opening == 1 && closing == 1 =>
            {
                pieces = inner;
            }
            [first, rest @ ..] if opens(first) && opening > closing => pieces = rest,
            [rest @ .., last] if closes(last) && closing > opening => pieces = rest,
            [rest @ .., last] if opens(last) => pieces = rest,
            [first, rest @ ..] if closes(first) => pieces = rest,
            _ => {}
        }
        if pieces.len() == before {
            return pieces;
        }
    }
}

fn opens(piece: &Piece) -> bool {
    matches!(piece.text.as_str(), "(" | "（")
}

fn closes(piece: &Piece) -> bool {
    matches!(piece.text.as_str(), ")" | "）")
}

fn trim_start(mut pieces: &[Piece]) -> &[Piece] {
    while let [first, rest @ ..] = pieces
        && is_outer(first)
    {
        pieces = rest;
    }
    pieces
}

fn trim_end(mut pieces: &[Piece]) -> &[Piece] {
    while let [rest @ .., last] = pieces
        && is_outer(last)
        && last.text != "."
    {
        pieces = rest;
    }
    pieces
}

/// Parts pieces at those that `parts`, which are in none of the results.
pub(super) fn split(pieces: &[Piece], mut parts: impl FnMut(&Piece) -> bool) -> Vec<&[Piece]> {
    let mut depth = 0_i32;
    pieces
        .split(|piece| {
            depth += match piece.text.as_str() {
                "(" | "（" | "[" => 1,
                ")" | "）" | "]" => -1,
                _ => 0,
            };
            depth <= 0 && parts(piece)
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whether the first word of pieces is bold, or italic.
pub(super) fn lead(pieces: &[Piece]) -> (bool, bool) {
    let first = pieces.iter().find(|piece| piece.text.contains(char::is_alphanumeric));
    first.map_or((false, false), |piece| (piece.style.bold, piece.style.italic))
}

/// Whether nearly all letters are capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (all, capitals) = letters
        .fold((0, 0), |(all, capitals), c| (all + 1, capitals + i32::from(c.is_uppercase())));
    all > 2 && capitals * 100 > all * 85
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(word: &str) -> String {
        cut(word).into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("_")
    }

    #[test]
    fn words_are_cut_at_the_signs_between_fields() {
        for (word, expected) in [
            ("Seattle,", "Seattle_,"),
            ("12,000", "12,000"),
            ("(2021", "(_2021"),
            ("C++,", "C++_,"),
            ("Ph.D.,", "Ph.D._,"),
            ("12:30", "12:30"),
            ("GPA:3.9", "GPA:3.9"),
            ("GPA:", "GPA_:"),
            ("(https://example.org/a(b),c)", "(_https://example.org/a(b),c_)"),
            ("上海，2022年", "上海_，_2022年"),
            ("“Reading", "“_Reading"),
        ] {
            assert_eq!(cuts(word), expected, "{word}");
        }
    }

    #[test]
    fn control_characters_stay_out_of_words_and_addresses() {
        let run = crate::interchange::outline::Run {
            text: "no\u{0}ra \u{1d} write".into(),
            link: Some("mailto:nora@exam\u{1d}ple.org".into()),
            ..Default::default()
        };
        let part = Part { runs: vec![run], ..Part::default() };
        let pieces = Ledger::default().pieces(&part, Place::default());
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(texts, ["nora", "write"]);
        assert!(pieces.iter().all(|p| p.link.as_deref() == Some("mailto:nora@example.org")));
    }
}

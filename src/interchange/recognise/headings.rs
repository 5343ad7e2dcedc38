//! Which rows are headings, and of what: the source says so, or the style that known headings
//! share.

use super::{
    corrections::LineRole,
    dates,
    rows::Row,
    tables::{Heading, cue, heading, heading_by_noun},
};
use crate::section::SectionKind;

/// A heading with the rows under it.
#[derive(Debug)]
pub(super) struct Block {
    /// The heading; none for the rows before the first one.
    pub(super) heading: Option<Row>,
    /// What it stands over; a list where its words are not known.
    pub(super) kind: Heading,
    /// Whether its words are not known, so that the kind is a guess.
    pub(super) guessed: bool,
    pub(super) rows: Vec<Row>,
}

/// How a row looks, as far as headings share it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    size: i32,
    bold: bool,
    capitals: bool,
    rule: bool,
    caps: bool,
}

impl Look {
    fn of(row: &Row) -> Self {
        let first = row.cells.first().and_then(|cell| cell.pieces.first());
        Self {
            size: (row.size * 2.0).round() as i32,
            bold: row.is_bold(),
            capitals: row.is_capitals(),
            rule: row.rule,
            caps: first.is_some_and(|piece| piece.style.small_caps),
        }
    }

    /// How much it stands out of text of a size.
    fn strength(self, body: i32) -> i32 {
        i32::from(self.size > body)
            + i32::from(self.bold)
            + i32::from(self.capitals)
            + i32::from(self.rule)
            + i32::from(self.caps)
    }
}

/// The document in blocks, the first without a heading.
pub(super) fn blocks(rows: Vec<Row>) -> Vec<Block> {
    let level = section_level(&rows);
    let marks: Vec<Option<(Heading, bool)>> = match level {
        Some(level) => rows.iter().map(|row| by_level(row, level)).collect(),
        None => by_look(&rows),
    };
    let first = Heading::Contact;
    let mut blocks = vec![Block { heading: None, kind: first, guessed: false, rows: vec![] }];
    for (row, mark) in rows.into_iter().zip(marks) {
        let mark = match row.said {
            Some(LineRole::Heading(kind)) => {
                let kind = kind.or_else(|| heading(&row.plain()));
                Some((kind.unwrap_or(UNKNOWN), kind.is_none()))
            }
            Some(_) => None,
            None => mark,
        };
        if let Some((kind, guessed)) = mark {
            blocks.push(Block { heading: Some(row), kind, guessed, rows: vec![] });
        } else if let Some(block) = blocks.last_mut() {
            block.rows.push(row);
        }
    }
    blocks
}

/// What a heading of unknown words stands over.
const UNKNOWN: Heading = Heading::Section(SectionKind::List);

/// The level of the headings of sections: the shallowest with two known ones, or the only one with
/// any.
fn section_level(rows: &[Row]) -> Option<u8> {
    let known = |level: u8| {
        rows.iter()
            .filter(|row| row.level == Some(level) && heading(&row.plain()).is_some())
            .count()
    };
    (1..=6).find(|level| known(*level) >= 2).or_else(|| (1..=6).find(|level| known(*level) == 1))
}

fn by_level(row: &Row, level: u8) -> Option<(Heading, bool)> {
    let known = heading(&row.plain()).or_else(|| heading_by_noun(&row.plain()));
    match row.level? {
        own if own == level => Some((known.unwrap_or(UNKNOWN), known.is_none())),
        own if own < level => heading(&row.plain()).map(|kind| (kind, false)),
        _ => None,
    }
}

fn by_look(rows: &[Row]) -> Vec<Option<(Heading, bool)>> {
    let body = body_size(rows);
    let known: Vec<Option<Heading>> = rows.iter().map(candidate).collect();
    // The look that most of the known headings share.
    let mut votes: Vec<(Look, i32)> = vec![];
    for (row, _) in rows.iter().zip(&known).filter(|(_, known)| known.is_some()) {
        let look = Look::of(row);
        let weight = 10 + look.strength(body) * 3;
        match votes.iter_mut().find(|(other, _)| *other == look) {
            Some((_, votes)) => *votes += weight,
            None => votes.push((look, weight)),
        }
    }
    let best = votes.iter().max_by_key(|(_, votes)| *votes).map(|(look, _)| *look);
    let Some(best) = best else {
        return vec![None; rows.len()];
    };
    let strength = best.strength(body);
    let shared =
        rows.iter().zip(&known).filter(|(r, k)| k.is_some() && Look::of(r) == best).count();
    let first = known.iter().position(Option::is_some).unwrap_or_default();
    rows.iter()
        .zip(&known)
        .enumerate()
        .map(|(index, (row, known))| {
            let look = Look::of(row);
            match known {
                Some(kind) if look == best || look.strength(body) >= strength.max(1) => {
                    Some((*kind, false))
                }
                Some(kind) if row.gap > 1.5 && strength == 0 => Some((*kind, false)),
                None if index > first
                    && look == best
                    && strength > 0
                    && shared >= 2
                    && could_be_heading(row) =>
                {
                    let noun = heading_by_noun(&row.plain());
                    Some((noun.unwrap_or(UNKNOWN), noun.is_none()))
                }
                _ => None,
            }
        })
        .collect()
}

/// The size of most of the text, in half points.
fn body_size(rows: &[Row]) -> i32 {
    let mut sizes: Vec<(i32, usize)> = vec![];
    for row in rows {
        let (size, length) = ((row.size * 2.0).round() as i32, row.plain().len());
        match sizes.iter_mut().find(|(other, _)| *other == size) {
            Some((_, sum)) => *sum += length,
            None => sizes.push((size, length)),
        }
    }
    sizes.iter().max_by_key(|(_, length)| *length).map_or(0, |(size, _)| *size)
}

/// What a row stands over if it is a heading: its words are known, and it holds nothing else.
fn candidate(row: &Row) -> Option<Heading> {
    if row.cells.len() != 1 || row.is_item() || !row.aside.is_empty() {
        return None;
    }
    heading(&row.plain())
}

/// Whether a row of unknown words could be a heading: short, without a date, an address or a
/// number.
fn could_be_heading(row: &Row) -> bool {
    let text = row.plain();
    row.cells.len() == 1
        && !row.is_item()
        && text.chars().count() < 50
        && !text.contains(|c: char| c.is_ascii_digit() || c == '@')
        && row.cells.iter().all(|cell| dates::find(&cell.pieces).is_empty())
        && !cue("status").is(&text)
        && !cue("organisation").is_in(&text)
}

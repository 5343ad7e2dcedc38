//! From the lines of a document to rows: lines of one paragraph together, each in its cells.

use super::{
    corrections::{Corrections, LineRole, Taken},
    dates,
    text::{Ledger, Piece, is_capitals, is_comma, is_separator, lead, plain, trim},
};
use crate::interchange::outline::{Line, Outline, Place, Role};
use std::{cell::OnceCell, collections::HashMap};

/// A row: a paragraph, an item of a list, or a line with several cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// The level of a heading, where the source says that it is one.
    pub(super) level: Option<u8>,
    pub(super) size: f32,
    pub(super) rule: bool,
    /// How far it begins from the edge of its column, in em.
    pub(super) indent: f32,
    /// Whether it is an item of a list with signs.
    pub(super) bullet: bool,
    /// Whether it is an item of a numbered list.
    pub(super) number: bool,
    /// The space above, in heights of a line.
    pub(super) gap: f32,
    /// What stands beside it at the far end.
    pub(super) aside: Vec<Piece>,
    /// Whether the source says that an entry starts here.
    pub(super) entry: bool,
    /// What a person says that it is.
    pub(super) said: Option<LineRole>,
    pub(super) place: Place,
    /// Whether a date stands in it, once somebody asked; that takes long to find out.
    dated: OnceCell<bool>,
}

/// One cell of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) pieces: Vec<Piece>,
    pub(super) role: Option<Role>,
}

impl Row {
    /// All of its pieces, cell by cell, without the aside.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        joined(&self.cells)
    }

    /// The numbers of all of its pieces, those of the aside last.
    pub(super) fn ids(&self) -> impl Iterator<Item = usize> {
        let cells = self.cells.iter().flat_map(|cell| &cell.pieces);
        cells.chain(&self.aside).map(|piece| piece.id)
    }

    /// The same row with other cells.
    pub(super) fn with_cells(&self, cells: Vec<Cell>) -> Self {
        Self { cells, dated: OnceCell::new(), ..self.clone() }
    }

    pub(super) fn plain(&self) -> String {
        plain(&self.pieces())
    }

    /// Whether it is an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.bullet || self.number
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.pieces.is_empty())
    }

    /// Whether a date stands in it.
    pub(super) fn has_date(&self) -> bool {
        let is_dated =
            |cell: &Cell| cell.role == Some(Role::Date) || !dates::find(&cell.pieces).is_empty();
        *self.dated.get_or_init(|| self.cells.iter().any(is_dated))
    }

    /// Whether the first word is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.cells.first().is_some_and(|cell| lead(&cell.pieces).0)
    }

    pub(super) fn is_capitals(&self) -> bool {
        is_capitals(&self.plain())
    }
}

/// The pieces of cells, with a space between any two cells.
pub(super) fn joined(cells: &[Cell]) -> Vec<Piece> {
    let mut out: Vec<Piece> = vec![];
    for cell in cells {
        let start = out.len();
        out.extend(cell.pieces.iter().cloned());
        if let Some(first) = out.get_mut(start).filter(|_| start > 0) {
            first.space = true;
        }
    }
    out
}

/// The rows of a document, and those of its furniture, without what is `taken` out of them.
pub(super) fn rows(
    outline: &Outline,
    corrections: &Corrections,
    taken: &mut Taken,
    ledger: &mut Ledger,
) -> (Vec<Row>, Vec<Row>) {
    let edges = right_edges(outline);
    let mut rows: Vec<Row> = vec![];
    let mut before: Option<&Line> = None;
    for (index, line) in outline.lines.iter().enumerate() {
        let mut row = row(line, ledger);
        row.said = corrections.lines.get(&index).copied();
        taken.take(&mut row, ledger);
        if row.is_empty() && row.aside.is_empty() {
            continue;
        }
        match rows.last_mut() {
            Some(last) if before.is_some_and(|b| continues(b, line, last, &row, &edges)) => {
                join(last, row);
            }
            _ => rows.push(row),
        }
        before = Some(line);
    }
    let furniture = outline.furniture.iter().map(|line| {
        let mut row = row(line, ledger);
        taken.take(&mut row, ledger);
        // Nothing is made of these rows, so that the signs are not needed.
        for cell in &mut row.cells {
            cell.pieces.retain(|piece| piece.text == ledger.text(piece.id));
        }
        row
    });
    let furniture = furniture.collect();
    (rows, furniture)
}

fn row(line: &Line, ledger: &mut Ledger) -> Row {
    let place = line.place;
    let cells =
        line.parts.iter().map(|part| Cell { pieces: ledger.pieces(part, place), role: part.role });
    Row {
        cells: cells.filter(|cell| !cell.pieces.is_empty()).collect(),
        level: line.level,
        size: line.size,
        rule: line.rule,
        indent: line.indent,
        bullet: line.bullet.is_some(),
        number: line.number.is_some(),
        gap: line.gap,
        aside: line.aside.as_ref().map(|part| ledger.pieces(part, place)).unwrap_or_default(),
        entry: line.entry,
        said: None,
        place,
        dated: OnceCell::new(),
    }
}

/// The right edge of each column of each page in pt.
fn right_edges(outline: &Outline) -> HashMap<(u32, u32), f32> {
    let mut edges = HashMap::new();
    for line in &outline.lines {
        if let Some([_, _, right, _]) = line.place.rect {
            let edge = edges.entry((line.place.page, line.place.column)).or_insert(right);
            *edge = edge.max(right);
        }
    }
    edges
}

/// Whether a line of a page goes on with the paragraph of the line before it: it looks the same,
/// and its first word would not have fitted there.
fn continues(
    before: &Line,
    line: &Line,
    last: &Row,
    row: &Row,
    edges: &HashMap<(u32, u32), f32>,
) -> bool {
    let (Some([left, _, right, _]), Some([next_left, _, next_right, _])) =
        (before.place.rect, line.place.rect)
    else {
        return false;
    };
    let is_plain = row.said.is_none()
        && !matches!(last.said, Some(LineRole::Heading(_)))
        && line.level.is_none()
        && before.level.is_none()
        && !row.is_item()
        && !row.entry
        && row.cells.len() == 1
        && before.parts.len() == 1
        && before.aside.is_none();
    let looks_alike = (before.size - line.size).abs() <= 0.6
        && before.place.column == line.place.column
        && row.gap <= 1.75;
    if !is_plain || !looks_alike {
        return false;
    }
    let ends_bold = last.cells.last().and_then(|c| c.pieces.last()).is_some_and(|p| p.style.bold);
    if row.is_bold() && !ends_bold {
        return false;
    }
    // In an item of a list the text stands beyond the sign.
    if last.is_item() && next_left < left - 0.5 {
        return false;
    }
    let text = line.text();
    let letters = text.chars().count().max(1) as f32;
    let first = text.split_whitespace().next().unwrap_or_default().chars().count() as f32;
    let width = (next_right - next_left) * (first + 1.0) / letters;
    let edge = edges.get(&(before.place.page, before.place.column)).copied().unwrap_or(right);
    let is_full = right + width > edge - 2.0;
    let goes_on = text.starts_with(char::is_lowercase);
    is_full || last.is_item() && goes_on
}

/// Puts a row to the end of the one before it.
fn join(last: &mut Row, row: Row) {
    last.dated = OnceCell::new();
    let mut pieces: Vec<Piece> = row.cells.into_iter().flat_map(|cell| cell.pieces).collect();
    let Some(cell) = last.cells.last_mut() else {
        return;
    };
    let is_cut = cell.pieces.last().is_some_and(|p| {
        let stem = p.text.strip_suffix('-').or_else(|| p.text.strip_suffix('\u{ad}'));
        stem.is_some_and(|stem| stem.ends_with(char::is_alphabetic))
    });
    if let Some(first) = pieces.first_mut() {
        let goes_on = first.text.starts_with(char::is_lowercase);
        first.space = true;
        // An address keeps its hyphens.
        let is_address = cell.pieces.last().is_some_and(|p| p.text.contains(['/', '@']));
        if is_cut && is_address {
            if let Some(end) = cell.pieces.last_mut() {
                // The rest of the address has the number of a piece of its own.
                end.text.push_str(&first.text);
                first.text.clear();
            }
            first.space = false;
        } else if let (true, true, Some(end)) = (is_cut, goes_on, cell.pieces.last_mut()) {
            end.text.pop();
            first.space = false;
        } else if is_cut || ends_wide(&cell.pieces) && starts_wide(first) {
            first.space = false;
        }
    }
    cell.pieces.append(&mut pieces);
}

/// Scripts without spaces need none where a line ended.
fn starts_wide(piece: &Piece) -> bool {
    piece.text.starts_with(|c: char| ('\u{2e80}'..='\u{ffdc}').contains(&c))
}

fn ends_wide(pieces: &[Piece]) -> bool {
    pieces
        .last()
        .is_some_and(|p| p.text.ends_with(|c: char| ('\u{2e80}'..='\u{ffdc}').contains(&c)))
}

/// A label before a colon at the start of pieces, and what comes after it: `Advisor: Prof. Doe`.
pub(super) fn label(pieces: &[Piece]) -> Option<(&[Piece], &[Piece])> {
    let at = pieces.iter().position(super::text::is_colon)?;
    let (label, rest) = (pieces.get(..at)?, pieces.get(at + 1..)?);
    let words = label.len();
    let is_list = label.iter().any(|piece| is_comma(piece) || is_separator(piece));
    let fits = (1..=5).contains(&words) && plain(label).chars().count() <= 40 && !is_list;
    (fits && !trim(rest).is_empty()).then_some((label, rest))
}

//! Which rows of a section belong to one entry.

use super::{
    corrections::LineRole,
    dates,
    rows::{Row, label},
    text::{plain, trim},
};
use crate::section::SectionKind;

/// The rows of one entry.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The rows that name it.
    pub(super) head: Vec<Row>,
    /// Highlights and other text under it.
    pub(super) body: Vec<Row>,
}

/// How the first row of an entry looks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Signature {
    bold: bool,
    several: bool,
    dated: bool,
}

impl Signature {
    fn of(row: &Row) -> Self {
        Self { bold: row.is_bold(), several: row.cells.len() > 1, dated: row.has_date() }
    }
}

/// The entries of the rows of a section of a kind.
pub(super) fn entries(rows: Vec<Row>, kind: SectionKind) -> Vec<Entry> {
    if rows.is_empty() {
        return vec![];
    }
    if rows.iter().all(Row::is_item) {
        return corrected(items(rows));
    }
    let mut split = Split::new(kind, &rows);
    for row in rows {
        split.row(row);
    }
    corrected(split.done)
}

/// The entries as a person says where they start, else as they were found.
pub(super) fn corrected(entries: Vec<Entry>) -> Vec<Entry> {
    let is_said = |row: &Row| matches!(row.said, Some(LineRole::Entry | LineRole::Continues));
    if !entries.iter().flat_map(|entry| entry.head.iter().chain(&entry.body)).any(is_said) {
        return entries;
    }
    let mut out: Vec<Entry> = vec![];
    for entry in entries {
        let goes_on = entry.head.first().is_some_and(|row| row.said == Some(LineRole::Continues));
        let heads = entry.head.len();
        let rows = entry.head.into_iter().chain(entry.body).enumerate();
        for (index, row) in rows {
            let starts = match row.said {
                Some(LineRole::Entry) => true,
                _ => index == 0 && !goes_on,
            };
            let Some(last) = out.last_mut().filter(|_| !starts) else {
                out.push(Entry { head: vec![row], body: vec![] });
                continue;
            };
            // What follows a new start names the entry up to the first highlight.
            let is_text = row.plain().chars().count() > LONG;
            let is_new = last.head.first().is_some_and(|row| row.said == Some(LineRole::Entry));
            let names = index < heads || is_new && !is_text;
            let is_head = last.body.is_empty() && names && !row.is_item();
            if is_head { &mut last.head } else { &mut last.body }.push(row);
        }
    }
    out
}

/// A line of more letters is text, and names nothing.
const LONG: usize = 110;

/// Every item of a list is an entry; what lies deeper belongs to the one before it.
fn items(rows: Vec<Row>) -> Vec<Entry> {
    let edge = rows.iter().map(|row| row.indent).fold(f32::INFINITY, f32::min);
    let mut out: Vec<Entry> = vec![];
    for row in rows {
        match out.last_mut() {
            Some(last) if row.indent > edge + 0.4 => last.body.push(row),
            _ => out.push(Entry { head: vec![row], body: vec![] }),
        }
    }
    out
}

struct Split {
    kind: SectionKind,
    done: Vec<Entry>,
    first: Option<Signature>,
    /// In which row of the head the first entry has its date.
    date_row: Option<usize>,
    /// Whether the source marks where entries start.
    marked: bool,
    /// Whether each line is an entry of its own, since it has a date or no other line has one.
    by_line: bool,
}

impl Split {
    fn new(kind: SectionKind, rows: &[Row]) -> Self {
        let lines: Vec<&Row> = rows.iter().filter(|row| !row.is_item()).collect();
        let dated = lines.iter().filter(|row| row.has_date()).count();
        let short = matches!(
            kind,
            SectionKind::Awards
                | SectionKind::Skills
                | SectionKind::Languages
                | SectionKind::Certificates
                | SectionKind::List
        );
        let marked = rows.iter().any(|row| row.entry || row.level.is_some());
        Self {
            kind,
            done: vec![],
            first: None,
            date_row: None,
            marked,
            by_line: short && (dated == 0 || dated == lines.len())
                || kind == SectionKind::Service && is_labelled(&lines),
        }
    }

    fn start(&mut self, row: Row) {
        self.first.get_or_insert_with(|| Signature::of(&row));
        self.done.push(Entry { head: vec![row], body: vec![] });
        self.note_date();
    }

    /// Remembers in which row the first entry has its date.
    fn note_date(&mut self) {
        if let ([only], None) = (self.done.as_slice(), self.date_row) {
            self.date_row = only.head.iter().position(Row::has_date);
        }
    }

    fn row(&mut self, row: Row) {
        let Some(current) = self.done.last_mut() else {
            return self.start(row);
        };
        if row.entry || row.level.is_some() {
            return self.start(row);
        }
        let has_date = current.head.iter().any(Row::has_date);
        if row.is_item() {
            current.body.push(row);
            return;
        }
        if self.by_line && current.body.is_empty() {
            return self.start(row);
        }
        // A line that is only a time or a place belongs to what stands before it.
        let starts_with_date = self.date_row == Some(0)
            && self.done.first().is_some_and(|first| first.head.first().is_some_and(is_date_row));
        let Some(current) = self.done.last_mut() else {
            return;
        };
        if is_date_row(&row) && !has_date && !starts_with_date {
            current.head.push(row);
            self.note_date();
            return;
        }
        let labelled = label(&row.pieces()).is_some() && !row.has_date() && !row.is_bold();
        let long = row.cells.len() == 1 && row.plain().chars().count() > LONG && !row.has_date();
        if (labelled || long) && self.kind != SectionKind::Skills {
            current.body.push(row);
            return;
        }
        if self.marked {
            // Until the next mark all of it is one entry.
            if current.body.is_empty() { &mut current.head } else { &mut current.body }.push(row);
            self.note_date();
            return;
        }
        let signature = Signature::of(&row);
        let as_first = self.first == Some(signature);
        let dated = row.has_date();
        let starts = if current.body.is_empty() {
            let again = dated && has_date;
            let same = as_first
                && (signature.bold || signature.several)
                && (has_date || !self.first.is_some_and(|first| first.dated));
            let apart = row.gap > 1.6 && (has_date || self.date_row.is_none());
            again || same && (has_date || signature.bold) || apart
        } else {
            as_first || dated || row.is_bold() || row.gap > 1.6
        };
        if !starts {
            if current.body.is_empty() {
                current.head.push(row);
                self.note_date();
            } else {
                current.body.push(row);
            }
            return;
        }
        // The date came late: the rows before it belong to it.
        let late = self.date_row.unwrap_or_default();
        let mut back = vec![];
        if dated && has_date && current.body.is_empty() && late > 0 && !as_first {
            let keep = current.head.len().saturating_sub(late);
            let date = current.head.iter().rposition(Row::has_date).unwrap_or_default();
            back = current.head.split_off(keep.max(date + 1).min(current.head.len()));
        }
        let mut back = back.into_iter();
        match back.next() {
            Some(first) => {
                self.start(first);
                let rest = back.chain([row]);
                if let Some(current) = self.done.last_mut() {
                    current.head.extend(rest);
                }
            }
            None => self.start(row),
        }
    }
}

/// Whether each line says in what role somebody served: `Reviewer: Journal of Examples`.
fn is_labelled(lines: &[&Row]) -> bool {
    !lines.is_empty() && lines.iter().all(|row| label(&row.pieces()).is_some())
}

/// Whether a row is a time, and at most a place beside it.
pub(super) fn is_date_row(row: &Row) -> bool {
    let pieces = row.pieces();
    let (rest, dates) = dates::apart(&pieces);
    !dates.is_empty()
        && rest.iter().all(|part| {
            let text = plain(trim(part));
            text.is_empty() || super::classify::is_place(&text) || dates::is_duration(&text)
        })
}

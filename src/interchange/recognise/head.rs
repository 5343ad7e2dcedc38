//! The head of an entry taken apart: times, places, what it is called, lines with labels.

use super::{
    classify::{self, Class, Item},
    dates,
    entries::Entry,
    rows::{Cell, Row, label},
    tables::cue,
    text::{Ledger, Piece, is_colon, is_comma, plain, trim},
};
use crate::{
    interchange::outline::Role,
    value::entry::{Bullet, Labelled},
};
use std::ops::Range;

/// The parts of an entry that every kind has.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) items: Vec<Item>,
    pub(super) date: String,
    pub(super) place: String,
    /// Lines with a label, or without one: what no field was found for.
    pub(super) lines: Vec<Labelled>,
    /// Paragraphs that are no items of a list.
    pub(super) prose: Vec<String>,
    pub(super) bullets: Vec<Bullet>,
    /// The address of a title that is a link.
    pub(super) url: String,
    /// What kind of talk it is.
    pub(super) kind: String,
}

impl Head {
    /// Takes an entry apart.
    pub(super) fn of(entry: &Entry, ledger: &mut Ledger) -> Self {
        ledger.entry(entry.head.iter().chain(&entry.body));
        let mut head = Self::default();
        let mut times: Vec<String> = vec![];
        for (index, row) in entry.head.iter().enumerate() {
            head.row(row, index, &mut times, ledger);
        }
        for row in entry.head.iter().chain(&entry.body) {
            head.aside(row, &mut times, ledger);
        }
        head.body(&entry.body, ledger);
        head.date = times.join("; ");
        head
    }

    fn row(&mut self, row: &Row, index: usize, times: &mut Vec<String>, ledger: &mut Ledger) {
        if let Some((before, labelled)) = labels_in(row) {
            let mut first = row.clone();
            first.cells = before;
            if !first.is_empty() {
                self.row(&first, index, times, ledger);
            }
            for (name, rest) in labelled {
                self.labelled(&name, &rest, ledger);
            }
            return;
        }
        if let Some((name, rest)) = label(&row.pieces())
            && !row.has_date()
            && row.cells.len() == 1
            && classify::class(&plain(name)) != Class::Degree
        {
            return self.labelled(name, rest, ledger);
        }
        for cell in &row.cells {
            match cell.role {
                Some(Role::Date) if !cell.pieces.is_empty() => {
                    times.push(ledger.plain(&cell.pieces));
                    continue;
                }
                Some(Role::Text | Role::Grade)
                    if row.cells.iter().any(names_entry) && !names_organisation(cell, row) =>
                {
                    self.text(&cell.pieces, ledger);
                    continue;
                }
                Some(Role::Place) if self.place.is_empty() && is_place_cell(&cell.pieces) => {
                    self.place = ledger.line(&cell.pieces);
                    continue;
                }
                _ => {}
            }
            let (items, found) = classify::cell(&cell.pieces, cell.role, index);
            // A cell of its own at the far end of a row that says nothing else is a place.
            let others = row.cells.iter().filter(|cell| !dates::is_date(&cell.pieces)).count();
            let alone = others > 1 && items.len() == 1 && found.is_empty();
            for time in found {
                times.push(ledger.plain(time));
            }
            for mut item in items {
                if dates::is_duration(&plain(trim(&item.pieces))) {
                    // The times say how long it took.
                    continue;
                }
                let open = matches!(item.class, Class::Other | Class::Organisation);
                if alone && open && could_be_place(&item, row) {
                    item.class = Class::Place;
                }
                self.item(item, ledger);
            }
        }
    }

    fn item(&mut self, item: Item, ledger: &mut Ledger) {
        if let Some((name, rest)) = label(&item.pieces)
            && item.class != Class::Degree
        {
            return self.labelled(name, rest, ledger);
        }
        if item.class == Class::Place && self.place.is_empty() {
            self.place = ledger.line(&item.pieces);
            return;
        }
        if self.url.is_empty()
            && let Some(link) = item.pieces.first().and_then(|piece| piece.link.clone())
            && !link.starts_with("mailto:")
        {
            self.url = link.to_string();
            ledger.claim(&link);
        }
        self.items.push(item);
    }

    /// A time beside a line of text.
    fn aside(&mut self, row: &Row, times: &mut Vec<String>, ledger: &mut Ledger) {
        if row.aside.is_empty() {
            return;
        }
        let (rest, found) = dates::apart(&row.aside);
        for time in found {
            times.push(ledger.plain(time));
        }
        for part in rest {
            let text = trim(part);
            if classify::is_place(&plain(text)) && self.place.is_empty() {
                self.place = ledger.line(text);
            } else {
                let text = ledger.markup(text);
                self.lines.push(Labelled { text, ..Labelled::default() });
            }
        }
    }

    fn body(&mut self, rows: &[Row], ledger: &mut Ledger) {
        let mut edge: Option<f32> = None;
        for row in rows {
            let pieces = row.pieces();
            if row.is_item() {
                let bullet = Bullet::from(ledger.markup(&pieces).as_str());
                let outer = *edge.get_or_insert(row.indent);
                match self.bullets.last_mut() {
                    Some(last) if row.indent > outer + 0.4 => last.bullets.push(bullet),
                    _ => self.bullets.push(bullet),
                }
            } else if let Some((name, rest)) = label(&pieces) {
                self.labelled(name, rest, ledger);
            } else if self.bullets.is_empty() {
                self.text(&pieces, ledger);
            } else {
                let bullet = Bullet::from(ledger.markup(&pieces).as_str());
                self.bullets.push(bullet);
            }
        }
    }

    /// Running text: a line with a label, or prose.
    fn text(&mut self, pieces: &[Piece], ledger: &mut Ledger) {
        if let Some((name, rest)) = label(pieces) {
            return self.labelled(name, rest, ledger);
        }
        let text = ledger.markup(pieces);
        if !text.is_empty() {
            self.prose.push(text);
        }
    }

    fn labelled(&mut self, name: &[Piece], rest: &[Piece], ledger: &mut Ledger) {
        let rest = trim_colon(rest);
        // `Thesis: Waves. Supervisor: Prof. Doe`.
        let further = next_label(rest, 1).map_or(rest.len(), |range| range.start);
        let (text, further) = rest.split_at_checked(further).unwrap_or((rest, &[]));
        let text = match text.iter().position(is_comma).and_then(|at| text.split_at_checked(at)) {
            // `GPA: 3.9, Chicago, IL`.
            Some((grade, place))
                if cue("grade").is(&plain(name))
                    && self.place.is_empty()
                    && classify::is_place(&plain(trim(place))) =>
            {
                self.place = ledger.line(place);
                grade
            }
            _ => text,
        };
        let (label, mut text) = (ledger.plain(name), ledger.markup(trim(text)));
        if !further.is_empty() && text.ends_with('.') {
            text.pop();
        }
        self.lines.push(Labelled { label, text, ..Labelled::default() });
        if let Some((name, rest)) = label_at(further) {
            self.labelled(name, rest, ledger);
        }
    }

    /// Takes the first item of a class; of `Other`, the first that no cue speaks for.
    pub(super) fn take(&mut self, class: Class) -> Option<Item> {
        let at = self.items.iter().position(|item| item.class == class)?;
        Some(self.items.remove(at))
    }

    /// Takes the first item that the source's command calls `role`.
    pub(super) fn take_role(&mut self, role: Role) -> Option<Item> {
        let at = self.items.iter().position(|item| item.role == Some(role) && !item.sure)?;
        Some(self.items.remove(at))
    }

    /// Takes the first item.
    pub(super) fn take_first(&mut self) -> Option<Item> {
        (!self.items.is_empty()).then(|| self.items.remove(0))
    }

    /// Takes the text of the first line whose label is one of a cue's words.
    pub(super) fn take_line(&mut self, name: &str) -> String {
        let at = self.lines.iter().position(|line| cue(name).is(&line.label));
        at.map(|at| self.lines.remove(at).text).unwrap_or_default()
    }

    /// What is left of the items becomes lines, so that none is lost.
    pub(super) fn settle(&mut self, ledger: &mut Ledger) {
        for item in std::mem::take(&mut self.items) {
            let text = ledger.markup(trim(&item.pieces));
            if !text.is_empty() {
                self.lines.push(Labelled { text, ..Labelled::default() });
            }
        }
    }

    /// The remaining lines and paragraphs as highlights, for kinds without such fields.
    pub(super) fn all_bullets(mut self, ledger: &mut Ledger) -> Vec<Bullet> {
        self.settle(ledger);
        if !self.place.is_empty() {
            let text = std::mem::take(&mut self.place);
            self.lines.push(Labelled { text, ..Labelled::default() });
        }
        let lines = self.lines.into_iter().map(|line| match line.label.as_str() {
            "" => line.text,
            label => format!("{label}: {}", line.text),
        });
        let first = lines.chain(self.prose).map(|text| Bullet::from(text.as_str()));
        first.chain(self.bullets).collect()
    }
}

/// The labels of an entry that may stand in the midst of its text.
const INNER: [&str; 5] = ["advisor", "thesis", "grade", "rank", "courses"];

/// Where a known label stands in pieces from `from` on, with its colon.
fn next_label(pieces: &[Piece], from: usize) -> Option<Range<usize>> {
    let colons = (from..pieces.len()).filter(|at| pieces.get(*at).is_some_and(is_colon));
    for colon in colons {
        for length in (1..=3).rev() {
            let Some(start) = colon.checked_sub(length).filter(|start| *start >= from) else {
                continue;
            };
            let words = plain(pieces.get(start..colon)?);
            let begins = words.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
            if begins && INNER.iter().any(|name| cue(name).is(&words)) {
                return Some(start..colon + 1);
            }
        }
    }
    None
}

/// A label at the start of pieces, and what comes after it.
fn label_at(pieces: &[Piece]) -> Option<(&[Piece], &[Piece])> {
    let range = next_label(pieces, 0).filter(|range| range.start == 0)?;
    Some((pieces.get(..range.end.checked_sub(1)?)?, pieces.get(range.end..)?))
}

/// A label with what it says.
type Told = (Vec<Piece>, Vec<Piece>);

/// The cells of a row before the first known label in the midst of its last cell, and that label.
fn labels_in(row: &Row) -> Option<(Vec<Cell>, Vec<Told>)> {
    let found = |cell: &Cell| Some((next_label(&cell.pieces, 1)?, cell.clone()));
    let (at, (range, cell)) =
        row.cells.iter().enumerate().find_map(|(at, cell)| Some((at, found(cell)?)))?;
    let (own, told) = cell.pieces.split_at_checked(range.start)?;
    let (name, rest) = label_at(told)?;
    // What a mark parts from it is a field of its own.
    let is_end = |p: &Piece| matches!(p.text.as_str(), "·" | "|" | "•" | "⋅" | "∙");
    let end = rest.iter().position(is_end).unwrap_or(rest.len());
    let (rest, further) = rest.split_at_checked(end)?;
    let mut cells = row.cells.clone();
    let own = Cell { pieces: without_stop(own), role: cell.role };
    let further = Cell { pieces: trim(further).to_vec(), role: None };
    cells.splice(at..=at, [own, further].into_iter().filter(|cell| !cell.pieces.is_empty()));
    Some((cells, vec![(name.to_vec(), rest.to_vec())]))
}

/// Without the full stop or the bracket that stands before a label.
fn without_stop(pieces: &[Piece]) -> Vec<Piece> {
    let mut pieces = trim(pieces).to_vec();
    if let Some(last) = pieces.last_mut()
        && let Some(stem) = last.text.strip_suffix('.')
        && stem.chars().count() > 2
        && !stem.contains('.')
    {
        last.text = stem.to_owned();
    }
    pieces
}

fn trim_colon(pieces: &[Piece]) -> &[Piece] {
    match pieces {
        [first, rest @ ..] if is_colon(first) => rest,
        _ => pieces,
    }
}

/// Whether a cell is what a command names an entry by, so that another one is text under it.
fn names_entry(cell: &Cell) -> bool {
    matches!(
        cell.role,
        Some(Role::Position | Role::Organisation | Role::Degree | Role::Title | Role::Event)
    )
}

/// Whether a cell of text is the organisation that no other cell of the row names.
fn names_organisation(cell: &Cell, row: &Row) -> bool {
    let class = |cell: &Cell| classify::class(&plain(trim(&cell.pieces)));
    let is_short = cell.pieces.len() <= 8 && label(&cell.pieces).is_none();
    let others = row.cells.iter().filter(|other| other.role != Some(Role::Text));
    is_short
        && class(cell) == Class::Organisation
        && others.map(class).all(|class| class != Class::Organisation)
}

/// Whether a cell that a command calls a place can be one.
fn is_place_cell(pieces: &[Piece]) -> bool {
    let text = plain(trim(pieces));
    let class = classify::class(&text);
    let says_else = match class {
        Class::Role | Class::Degree => true,
        Class::Organisation => cue("organisation").is_in(&text),
        Class::Place | Class::Other => false,
    };
    !text.is_empty() && !dates::is_date(pieces) && !says_else
}

/// Whether a short text at the far end of a row can be a place.
fn could_be_place(item: &Item, row: &Row) -> bool {
    let text = plain(&item.pieces);
    let last = row.cells.last().and_then(|cell| cell.pieces.first());
    let is_last = last.is_some_and(|last| item.pieces.iter().any(|piece| piece.id == last.id));
    let words = text.split_whitespace().count();
    let end = text.rsplit(',').next().unwrap_or_default().trim();
    let named = item.class == Class::Other || cue("state").is_exactly(end);
    named
        && is_last
        && words <= 4
        && !text.contains(|c: char| c.is_ascii_digit())
        && item.role.is_none()
        && text.contains(',')
}

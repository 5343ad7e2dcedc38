//! Skills, languages and referees: short texts with a label.

use super::{
    entries::entries,
    rows::{Cell, Row, joined, label},
    tables::cue,
    text::{Ledger, Piece, is_comma, is_separator, plain, split, trim},
};
use crate::section::{Language, Referee, SectionKind, Skill};

/// Groups of skills.
pub(super) fn skills(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Skill> {
    let mut out: Vec<Skill> = vec![];
    for row in rows.into_iter().flat_map(several) {
        let pieces = all(&row);
        if let Some((name, rest)) = label(&pieces) {
            let (label, items) = (ledger.plain(name), ledger.markup(trim(rest)));
            ledger.place(&pieces);
            out.push(Skill { label, items, ..Skill::default() });
            continue;
        }
        if let [first, rest @ ..] = row.cells.as_slice()
            && !rest.is_empty()
            && row.aside.is_empty()
        {
            let items = joined(rest);
            let (label, items) = (ledger.plain(&first.pieces), ledger.markup(&items));
            out.push(Skill { label, items, ..Skill::default() });
            continue;
        }
        // A bold beginning is a label, a heading of a level below, too.
        let bold = pieces.iter().take_while(|piece| piece.style.bold).count();
        if bold > 0 && bold < pieces.len() {
            let (name, rest) = pieces.split_at_checked(bold).unwrap_or((&[], &pieces));
            let (label, items) = (ledger.plain(name), ledger.markup(trim(rest)));
            out.push(Skill { label, items, ..Skill::default() });
            continue;
        }
        if row.level.is_some() {
            let label = ledger.plain(&pieces);
            out.push(Skill { label, ..Skill::default() });
            continue;
        }
        let items = ledger.markup(&pieces);
        match out.last_mut() {
            // Under a label of its own line.
            Some(last) if last.items.is_empty() => last.items = items,
            // One skill a line.
            Some(last)
                if !last.items.is_empty()
                    && (row.is_item() || last.label.is_empty() && pieces.len() <= 5) =>
            {
                last.items = format!("{}, {items}", last.items);
            }
            _ => out.push(Skill { items, ..Skill::default() }),
        }
    }
    for skill in &mut out {
        if skill.items.is_empty() {
            skill.items = std::mem::take(&mut skill.label);
        }
    }
    out
}

/// A row with several labels: `Languages: Rust, Python; Tools: Git`.
fn several(row: Row) -> Vec<Row> {
    let [cell] = row.cells.as_slice() else {
        return vec![row];
    };
    let is_end = |piece: &Piece| matches!(piece.text.as_str(), ";" | "；" | "|");
    let parts = split(&cell.pieces, is_end);
    if parts.len() < 2 || !parts.iter().all(|part| label(part).is_some()) {
        return vec![row];
    }
    let one =
        |part: &[Piece]| row.with_cells(vec![Cell { pieces: part.to_vec(), role: cell.role }]);
    parts.into_iter().map(one).collect()
}

fn all(row: &Row) -> Vec<Piece> {
    let mut pieces = row.pieces();
    pieces.extend(row.aside.iter().cloned());
    pieces
}

/// Languages, each with its level.
pub(super) fn languages(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Language> {
    let mut out: Vec<Language> = vec![];
    // What the columns of a table are about: listening, reading.
    let mut columns: Vec<Cell> = vec![];
    for row in rows {
        let skills = |cell: &&Cell| cue("language-skill").is(&plain(trim(&cell.pieces)));
        let count = row.cells.iter().filter(skills).count();
        if count >= 2 && count + 1 >= row.cells.len() {
            columns = row.cells.iter().filter(skills).cloned().collect();
            continue;
        }
        if mother_tongues(&row, &mut out, ledger) {
            continue;
        }
        if let [first, rest @ ..] = row.cells.as_slice()
            && !rest.is_empty()
        {
            let is_table = columns.len() == rest.len();
            let mut levels = vec![];
            for (at, cell) in rest.iter().enumerate() {
                let column = columns.get(at).filter(|_| is_table);
                let column = column.map(|column| ledger.plain(&column.pieces));
                let level = ledger.line(&cell.pieces);
                levels.push(column.map_or(level.clone(), |column| format!("{column} {level}")));
            }
            let (language, level) = (ledger.plain(&first.pieces), levels.join(", "));
            out.push(Language { language, level, ..Language::default() });
            continue;
        }
        let pieces = all(&row);
        let is_list =
            |piece: &Piece| is_comma(piece) || matches!(piece.text.as_str(), ";" | "|" | "·" | "•");
        for part in split(&pieces, is_list) {
            let part = trim(part);
            // `German (native)`, `German: native`, `German – native`.
            let cut = part.iter().position(|piece| {
                matches!(piece.text.as_str(), "(" | "（" | ":" | "：") || is_separator(piece)
            });
            let (name, level) = match cut {
                Some(cut) => part.split_at_checked(cut).unwrap_or((part, &[])),
                None => (part, &[][..]),
            };
            if name.is_empty() {
                continue;
            }
            ledger.place(part);
            let (language, level) = (ledger.plain(name), ledger.line(level));
            match out.last_mut() {
                // What is no language of its own goes with the one before: "fluent, C1".
                Some(last) if cut.is_none() && is_level(&language) => {
                    let comma = if last.level.is_empty() { "" } else { ", " };
                    last.level = format!("{}{comma}{language}", last.level);
                }
                _ => out.push(Language { language, level, ..Language::default() }),
            }
        }
    }
    out
}

/// Reads `Mother tongue(s): Polish, German`. Whether the row says that.
fn mother_tongues(row: &Row, out: &mut Vec<Language>, ledger: &mut Ledger) -> bool {
    let pieces = row.pieces();
    let cells = match row.cells.as_slice() {
        [first, rest @ ..] if !rest.is_empty() => Some((first.pieces.clone(), joined(rest))),
        _ => label(&pieces).map(|(name, rest)| (name.to_vec(), rest.to_vec())),
    };
    let Some((name, rest)) = cells else {
        return false;
    };
    let end = name.iter().position(|p| matches!(&*p.text, "(" | "（" | ":"));
    let words = plain(name.get(..end.unwrap_or(name.len())).unwrap_or_default());
    let words = words.split('(').next().unwrap_or_default().trim();
    if !cue("mother-tongue").is(words) {
        return false;
    }
    for part in split(&rest, |piece| is_comma(piece) || is_separator(piece)) {
        let language = ledger.plain(trim(part));
        out.push(Language { language, level: words.to_owned(), ..Language::default() });
    }
    // The rest of the label is the ending for several.
    ledger.place(&pieces);
    true
}

fn is_level(text: &str) -> bool {
    let lower = text.to_lowercase();
    const LEVELS: &str = " a1 a2 b1 b2 c1 c2 native fluent basic intermediate advanced beginner professional muttersprache fließend ";
    LEVELS.contains(&format!(" {lower} ")) || text.starts_with(|c: char| c.is_ascii_digit())
}

/// People who can be asked.
pub(super) fn references(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Referee> {
    let mut out = vec![];
    for entry in entries(rows, SectionKind::References) {
        let mut referee = Referee::default();
        for row in entry.head.iter().chain(&entry.body) {
            for cell in &row.cells {
                for part in split(&cell.pieces, |piece| is_separator(piece) || is_comma(piece)) {
                    let part = trim(part);
                    let text = plain(part);
                    let field = if text.contains('@') {
                        &mut referee.email
                    } else if text.starts_with('+') {
                        &mut referee.phone
                    } else if referee.name.is_empty() {
                        &mut referee.name
                    } else if cue("role").is_in(&text) && referee.position.is_empty() {
                        &mut referee.position
                    } else {
                        &mut referee.organization
                    };
                    let said = ledger.plain(part);
                    *field = if field.is_empty() { said } else { format!("{field}, {said}") };
                }
            }
        }
        out.push(referee);
    }
    out
}

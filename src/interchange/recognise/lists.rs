//! Skills, languages and referees: short texts with a label.

use super::{
    entries::entries,
    rows::{Row, joined, label},
    tables::cue,
    text::{Ledger, Piece, is_comma, is_separator, plain, split, trim},
};
use crate::section::{Language, Referee, SectionKind, Skill};

/// Groups of skills.
pub(super) fn skills(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Skill> {
    let mut out: Vec<Skill> = vec![];
    for row in rows {
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
            Some(last) if row.is_item() && !last.items.is_empty() => {
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

fn all(row: &Row) -> Vec<Piece> {
    let mut pieces = row.pieces();
    pieces.extend(row.aside.iter().cloned());
    pieces
}

/// Languages, each with its level.
pub(super) fn languages(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Language> {
    let mut out: Vec<Language> = vec![];
    for row in rows {
        if let [first, rest @ ..] = row.cells.as_slice()
            && !rest.is_empty()
        {
            let level = joined(rest);
            let (language, level) = (ledger.plain(&first.pieces), ledger.line(&level));
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

//! Several roles at one organisation: which entries of a section share the rows that name it.

use super::{
    dates,
    entries::{Entry, entries, is_date_row},
    rows::Row,
    tables::cue,
};
use crate::section::SectionKind;

/// The entries of the rows of a section of experience: one for each role. Those at one organisation
/// have the rows that name it in common.
pub(super) fn experience(rows: Vec<Row>) -> Vec<Entry> {
    match starts(&rows) {
        Some(starts) => stacked(&rows, &starts),
        None => with_organisation(apart(entries(rows, SectionKind::Experience))),
    }
}

/// How a row looks, as far as rows of one kind share it: its size in half points and its weight.
fn look(row: &Row) -> (i32, bool, bool) {
    let italic = row.cells.first().is_some_and(|cell| super::text::lead(&cell.pieces).1);
    ((row.size * 2.0).round() as i32, row.is_bold(), italic)
}

/// Where an entry starts, and where its time stands, if organisation, role, time and place have a
/// row each; organisations look otherwise than roles.
fn starts(rows: &[Row]) -> Option<Vec<(usize, usize)>> {
    let times: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.is_item() && row.cells.len() == 1 && is_date_row(row))
        .map(|(at, _)| at)
        .collect();
    let company = look(rows.first()?);
    let first = *times.first()?;
    let role = look(rows.get(first.checked_sub(1)?)?);
    if times.len() < 2 || first < 2 || company == role {
        return None;
    }
    let mut out = vec![];
    let mut free = 0;
    for time in times {
        let title = time.checked_sub(1).filter(|title| *title >= free)?;
        if rows.get(title).is_none_or(|row| look(row) != role || row.is_item()) {
            return None;
        }
        let above = rows.get(free..title)?.iter().rposition(|row| !is_duration(row));
        let above = above.map(|at| at + free);
        let named = above.filter(|at| rows.get(*at).is_some_and(|row| look(row) == company));
        out.push((named.unwrap_or(title), time));
        free = time + 1;
    }
    Some(out)
}

fn is_duration(row: &Row) -> bool {
    dates::is_duration(&row.plain())
}

fn stacked(rows: &[Row], starts: &[(usize, usize)]) -> Vec<Entry> {
    let mut company: Vec<Row> = vec![];
    let mut out = vec![];
    for (index, (start, time)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(rows.len(), |(next, _)| *next);
        let title = time.saturating_sub(1);
        let named = rows.get(*start..title).unwrap_or_default();
        if !named.is_empty() {
            company = named.to_vec();
        }
        let mut head = company.clone();
        head.extend(rows.get(title..=*time).unwrap_or_default().iter().cloned());
        let mut body = rows.get(time + 1..end).unwrap_or_default().to_vec();
        if body.first().is_some_and(|row| super::classify::is_place(&row.plain())) {
            head.push(body.remove(0));
        }
        out.push(Entry { head, body });
    }
    out
}

/// Whether a row names a role and its time.
fn is_role(row: &Row) -> bool {
    !row.is_item() && row.has_date() && cue("role").is_in(&row.plain())
}

/// Cuts an entry that the source marks as one where further roles with their times follow.
fn apart(entries: Vec<Entry>) -> Vec<Entry> {
    let mut out = vec![];
    for entry in entries {
        let Some(first) = entry.head.iter().position(is_role).filter(|first| *first > 0) else {
            out.push(entry);
            continue;
        };
        let company: Vec<Row> = entry.head.get(..first).unwrap_or_default().to_vec();
        if company.iter().any(Row::has_date) {
            out.push(entry);
            continue;
        }
        let further = entry.head.get(first + 1..).unwrap_or_default().iter();
        if !further.chain(&entry.body).any(is_role) {
            out.push(entry);
            continue;
        }
        let mut current: Option<Entry> = None;
        let heads = entry.head.into_iter().skip(first).map(|row| (row, true));
        for (row, in_head) in heads.chain(entry.body.into_iter().map(|row| (row, false))) {
            if is_role(&row) {
                out.extend(current.take());
                let head = company.iter().cloned().chain([row]).collect();
                current = Some(Entry { head, body: vec![] });
            } else if let Some(current) = &mut current {
                if in_head { &mut current.head } else { &mut current.body }.push(row);
            }
        }
        out.extend(current);
    }
    out
}

/// Gives an entry that starts with its role the rows that name the organisation of the one before,
/// if that one has its role in a row that looks the same.
fn with_organisation(entries: Vec<Entry>) -> Vec<Entry> {
    let mut company: Vec<Row> = vec![];
    let mut role = None;
    let mut out: Vec<Entry> = vec![];
    for mut entry in entries {
        let dated = entry.head.iter().position(Row::has_date);
        match (dated, entry.head.first()) {
            (Some(0), Some(first)) if Some(look(first)) == role && is_role(first) => {
                let own = std::mem::take(&mut entry.head);
                entry.head = company.iter().cloned().chain(own).collect();
            }
            (Some(at), Some(first)) if at > 0 => {
                let row = entry.head.get(at);
                role = row.filter(|row| is_role(row) && look(row) != look(first)).map(look);
                company = entry.head.get(..at).unwrap_or_default().to_vec();
            }
            _ => {
                role = None;
                company.clear();
            }
        }
        out.push(entry);
    }
    out
}

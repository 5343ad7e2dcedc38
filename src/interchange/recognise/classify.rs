//! What a short text of an entry is: a place, an organisation, a role, a degree. The word that
//! heads it decides, not any word in it: a research engineer is no research.

use super::{
    dates,
    tables::cue,
    text::{Piece, is_comma, is_separator, plain, split, trim},
};
use crate::interchange::outline::Role;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Organisation,
    Role,
    Degree,
    Place,
    Other,
}

/// A part of the head of an entry.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) pieces: Vec<Piece>,
    pub(super) class: Class,
    /// Whether the words themselves say so.
    pub(super) sure: bool,
    /// What the source's command says it is.
    pub(super) role: Option<Role>,
    /// Whether its first word is bold.
    pub(super) bold: bool,
    /// Whether it is slanted.
    pub(super) italic: bool,
    /// The row of the head that it stands in, from 0.
    pub(super) row: usize,
}

/// What the words of a text say that it is.
pub(super) fn class(text: &str) -> Class {
    if is_place(text) { Class::Place } else { class_but_place(text) }
}

fn class_but_place(text: &str) -> Class {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    // Words behind a preposition say of what, not what.
    let head: Vec<&str> = words
        .iter()
        .copied()
        .enumerate()
        .take_while(|(i, word)| *i == 0 || !is_preposition(word))
        .map(|(_, word)| word)
        .collect();
    let (role, degree) = (cue("role"), cue("degree"));
    let organisation = |words: &[&str]| cue("organisation").first_in(words).is_some();
    let last = head.last().copied().unwrap_or_default();
    if let Some(at) = degree.first_in(&head)
        && !(organisation(&head) && at > 0)
        && (at == 0 && head.len() == 1 || !role.is(last) || organisation(&head))
    {
        return Class::Degree;
    }
    if organisation(&head) {
        // Laboratory assistant, school teacher.
        return if role.is(last) && head.len() > 1 { Class::Role } else { Class::Organisation };
    }
    if role.first_in(&head).is_some() {
        return Class::Role;
    }
    if degree.first_in(&head).is_some() {
        return Class::Degree;
    }
    if organisation(&words) || cue("organisation-weak").first_in(&head).is_some() {
        return Class::Organisation;
    }
    Class::Other
}

fn is_preposition(word: &str) -> bool {
    const PREPOSITIONS: &str =
        " of in for at on to with de del della di der des für im in an en du da do et und and & y ";
    PREPOSITIONS.contains(&format!(" {} ", word.to_lowercase()))
}

/// Whether a text is a place and nothing else: a city that is known, or names before a country or a
/// state.
pub(super) fn is_place(text: &str) -> bool {
    let text = text.trim_matches(|c: char| " ,.;()，（）".contains(c));
    // `Dresden (Germany)`, whose last bracket is off already.
    let written = text.replacen(" (", ", ", 1);
    let text = if text.contains(')') { text } else { &written };
    let long = text.chars().count() > 48 || text.contains(|c: char| c.is_ascii_digit());
    if text.is_empty() || long || text.contains([':', '@', '/']) {
        return false;
    }
    let parts: Vec<&str> = text.split([',', '，']).map(str::trim).collect();
    let Some((last, names)) = parts.split_last() else {
        return false;
    };
    // A town that is called after its college.
    if let [town] = names
        && cue("state").is_exactly(last)
        && let [_, end] = town.split_whitespace().collect::<Vec<_>>().as_slice()
        && !cue("organisation").is(end)
        && !cue("role").is_in(town)
    {
        return true;
    }
    if names.len() > 2 || names.iter().any(|name| says_else(name) || name.is_empty()) {
        return false;
    }
    // Work from home has a town beside it, or nothing.
    if matches!(&*last.to_lowercase(), "remote" | "online" | "hybrid" | "virtual")
        && !names.iter().all(|name| is_place(name))
    {
        return false;
    }
    let known = cue("city").is(last);
    let wide = cue("country").is(last) || cue("state-name").is(last);
    if names.is_empty() {
        return known || wide && last.chars().count() > 3;
    }
    // Of three parts the one in the middle is a place, too.
    if let [first, middle] = names
        && (first.split_whitespace().count() > 2
            || !is_place(middle) && !cue("state").is_exactly(middle))
    {
        return false;
    }
    wide || cue("state").is_exactly(last.trim_end_matches('.')) || known && names.len() == 1
}

/// Whether a part of a would-be place says something else.
fn says_else(name: &str) -> bool {
    !matches!(class_but_place(name), Class::Other) && !cue("city").is(name)
        || name.split_whitespace().count() > 4
        || name.starts_with(char::is_lowercase)
}

/// Cuts the head of an entry into items: at marks, at commas between texts of different kinds, and
/// before a place at the end.
pub(super) fn items(pieces: &[Piece], role: Option<Role>, row: usize) -> Vec<Item> {
    let mut out: Vec<Item> = vec![];
    for part in split(pieces, is_separator).into_iter().flat_map(apart).flat_map(bracket_at_end) {
        let part = trim(part);
        if part.is_empty() {
            continue;
        }
        // A bold or slanted name may have commas of its own, where the rest looks otherwise.
        let look = |p: &Piece| (p.style.bold, p.style.italic);
        let first = part.first().map(look).unwrap_or_default();
        let is_mixed =
            part.iter().any(|p| look(p) != first && p.text.contains(char::is_alphanumeric));
        let (text, place) = place_at_end(part);
        let mut run: Vec<Piece> = vec![];
        let mut kind = Class::Other;
        for comma in split(text, is_comma) {
            if super::rows::label(comma).is_some() && !run.is_empty() {
                // `Computer Science, GPA: 3.8`.
                out.push(item(&run, kind, role, row));
                out.push(item(comma, Class::Other, role, row));
                run.clear();
                kind = Class::Other;
                continue;
            }
            let next = class(&plain(trim(comma)));
            let restyled = run
                .first()
                .is_some_and(|first| comma.first().is_some_and(|piece| look(piece) != look(first)));
            let is_one = is_mixed
                && !restyled
                && run.first().is_some_and(|first| look(first) != (false, false));
            let differs = !run.is_empty()
                && next != Class::Other
                && next != kind
                && !(kind == Class::Degree && next == Class::Role);
            // What follows a role without a cue of its own is whom it was for.
            let behind_role = kind == Class::Role && next == Class::Other && !run.is_empty();
            // `ACME, Inc.`, and what a command of the source holds together.
            let command = role.is_some_and(|role| role != Role::Text);
            let whole = is_company_form(comma) || is_one || command && !restyled;
            let (differs, behind_role) = (differs && !whole, behind_role && !whole);
            if differs && kind != Class::Other || behind_role || restyled {
                out.push(item(&run, kind, role, row));
                run.clear();
                kind = Class::Other;
            } else if differs {
                out.push(item(&run, kind, role, row));
                run.clear();
            }
            if !run.is_empty() {
                run.extend(comma_between(text, comma));
            }
            run.extend(comma.iter().cloned());
            if kind == Class::Other {
                kind = next;
            }
        }
        if !run.is_empty() {
            out.push(item(&run, kind, role, row));
        }
        if let Some(place) = place {
            out.push(Item {
                class: Class::Place,
                sure: true,
                ..item(place, Class::Place, role, row)
            });
        }
    }
    out
}

/// Texts beside each other without a mark between them: a bold beginning and the rest, and words in
/// scripts that have a space only between texts.
fn apart(part: &[Piece]) -> Vec<&[Piece]> {
    let is_wide = |c: char| ('\u{2e80}'..='\u{ffdc}').contains(&c);
    if part.iter().all(|piece| piece.text.chars().all(is_wide)) {
        return part.chunk_by(|_, next| !next.space).collect();
    }
    let looks: Vec<&[Piece]> =
        part.chunk_by(|a, b| a.style.bold == b.style.bold || !b.space).collect();
    match looks.as_slice() {
        [first, _] if first.iter().all(|piece| piece.style.bold) => looks,
        _ => vec![part],
    }
}

/// A bracket at the end of a text that ends with a place is one of its own: `Lyon, France (cum
/// laude)`.
fn bracket_at_end(part: &[Piece]) -> Vec<&[Piece]> {
    let opens = |p: &Piece| matches!(p.text.as_str(), "(" | "（");
    let closes = part.last().is_some_and(|p| matches!(p.text.as_str(), ")" | "）"));
    let at = part.iter().rposition(opens).filter(|at| closes && *at > 0);
    let Some((before, bracket)) = at.and_then(|at| part.split_at_checked(at)) else {
        return vec![part];
    };
    let is_one = place_at_end(part).1.is_some();
    let is_two = !is_one && place_at_end(before).1.is_some();
    if is_two { vec![before, bracket] } else { vec![part] }
}

/// Whether a part is the legal form of a company.
fn is_company_form(pieces: &[Piece]) -> bool {
    let text = plain(trim(pieces)).to_lowercase();
    matches!(
        text.trim_end_matches('.'),
        "inc" | "ltd" | "llc" | "corp" | "gmbh" | "plc" | "co" | "s.a" | "s.p.a" | "srl"
    )
}

/// The comma that stands before a part.
fn comma_between(whole: &[Piece], part: &[Piece]) -> Option<Piece> {
    let first = part.first()?;
    let at = whole.iter().position(|piece| piece.id == first.id && piece.text == first.text)?;
    whole.get(at.checked_sub(1)?).cloned()
}

fn item(pieces: &[Piece], class: Class, role: Option<Role>, row: usize) -> Item {
    let (bold, italic) = super::text::lead(pieces);
    Item { pieces: pieces.to_vec(), class, sure: class != Class::Other, role, bold, italic, row }
}

/// Parts a place from the end of a text.
fn place_at_end(pieces: &[Piece]) -> (&[Piece], Option<&[Piece]>) {
    let commas: Vec<usize> =
        pieces.iter().enumerate().filter(|(_, p)| is_comma(p)).map(|(at, _)| at).collect();
    // All of it, or the longest end of up to three parts behind a comma.
    let starts = std::iter::once(0).chain(commas.iter().map(|at| at + 1));
    let mut starts: Vec<usize> = starts.collect();
    let skip = starts.len().saturating_sub(3);
    for start in starts.drain(..).skip(skip) {
        let tail = pieces.get(start..).unwrap_or_default();
        // A place has one look: what stands before it in italics is none of it.
        let look = |p: &Piece| (p.style.bold, p.style.italic);
        let words = || tail.iter().filter(|p| p.text.contains(char::is_alphanumeric));
        let alike = words().all(|p| words().next().is_some_and(|first| look(first) == look(p)));
        if alike && is_place(&plain(tail)) {
            let text = pieces.get(..start).unwrap_or_default();
            return (text, Some(tail));
        }
    }
    // A name that the text before it has, too: Universität Bremen, Bremen.
    if let Some(at) = commas.last() {
        let (before, tail) = (pieces.get(..*at), pieces.get(at + 1..));
        if let (Some(before), Some([only])) = (before, tail)
            && only.text.starts_with(char::is_uppercase)
            && before.iter().any(|piece| piece.text == only.text)
        {
            return (before, tail);
        }
    }
    (pieces, None)
}

/// The items of a cell without its dates, and the dates.
pub(super) fn cell(pieces: &[Piece], role: Option<Role>, row: usize) -> (Vec<Item>, Vec<&[Piece]>) {
    let (rest, dates) = dates::apart(pieces);
    let items = rest.into_iter().flat_map(|part| items(trim(part), role, row)).collect();
    (items, dates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_noun_decides() {
        for (text, expected) in [
            ("Software Engineer", Class::Role),
            ("NVIDIA Research", Class::Organisation),
            ("Research Scientist", Class::Role),
            ("Assistant Professor of History", Class::Role),
            ("Institute for Maritime Studies", Class::Organisation),
            ("Ph.D. in Computer Science", Class::Degree),
            ("Bachelor of Arts in Computer Science", Class::Degree),
            ("Master's thesis at the University of Bonn", Class::Degree),
            ("University of Texas at Austin", Class::Organisation),
            ("Seattle, WA", Class::Place),
            ("Torino, Italia", Class::Place),
            ("Undergraduate Research Assistant", Class::Role),
            ("Laurea magistrale in Ingegneria", Class::Degree),
            ("计算机科学硕士", Class::Degree),
            ("Northwind", Class::Other),
        ] {
            assert_eq!(class(text), expected, "{text}");
        }
    }
}

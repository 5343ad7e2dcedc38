//! Edits of highlights: in and out, cut and joined, and made of pasted lines.

use super::{Done, split};
use crate::{at::At, profile::Profile, slot::Slot, value::entry::Bullet};
use std::ops::Range;

/// What joining is called in the Edit menu.
const JOIN: &str = "Join highlights";

pub(super) fn nest(profile: &mut Profile, element: &At, byte: usize) -> Option<Done> {
    let (list, index) = split(element)?;
    let before = index.checked_sub(1)?;
    let bullets = bullets(profile, &list)?;
    (index < bullets.len()).then_some(())?;
    let bullet = bullets.remove(index);
    let parent = bullets.get_mut(before)?;
    parent.bullets.push(bullet);
    let new = list.index(before).field("bullets").index(parent.bullets.len() - 1);
    done("Indent highlight", &new, byte)
}

pub(super) fn unnest(profile: &mut Profile, element: &At, byte: usize) -> Option<Done> {
    let (list, index) = split(element)?;
    let parent = list.parent();
    let (outer, parent_index) = split(&parent)?;
    bullets(profile, &outer)?;
    let inner = bullets(profile, &list)?;
    (index < inner.len()).then_some(())?;
    // Those that follow stay below it, as they do in any outliner.
    let following = inner.split_off(index + 1);
    let mut bullet = inner.pop()?;
    bullet.bullets.extend(following);
    bullets(profile, &outer)?.insert(parent_index + 1, bullet);
    done("Outdent highlight", &outer.index(parent_index + 1), byte)
}

/// Cuts a highlight in two.
pub(super) fn divide(profile: &mut Profile, element: &At, byte: usize) -> Option<Done> {
    let (list, index) = split(element)?;
    let bullets = bullets(profile, &list)?;
    let bullet = bullets.get_mut(index)?;
    let rest = bullet.text.get(byte..)?.trim_start().to_owned();
    let kept = bullet.text.get(..byte)?.trim_end().len();
    if kept == 0 && !rest.is_empty() {
        // An empty highlight before this one, which keeps its switch, its weight and what is inside
        // it.
        bullet.text = rest;
        bullets.insert(index, Bullet::default());
        return done("Add highlight", &list.index(index + 1), 0);
    }
    bullet.text.truncate(kept);
    let new = Bullet {
        show: bullet.show.clone(),
        weight: bullet.weight,
        // What stood below the text goes on standing below it.
        bullets: if rest.is_empty() { vec![] } else { std::mem::take(&mut bullet.bullets) },
        text: rest,
    };
    bullets.insert(index + 1, new);
    done("Add highlight", &list.index(index + 1), 0)
}

/// Puts a highlight's text at the end of the line before it.
pub(super) fn join(profile: &mut Profile, element: &At) -> Option<Done> {
    let (list, index) = split(element)?;
    let Some(before) = index.checked_sub(1) else {
        // The first of nested highlights goes up a level; the first of all stays, unless it is
        // empty.
        if let Some(done) = unnest(profile, element, 0) {
            return Some(done);
        }
        let bullets = bullets(profile, &list)?;
        let empty = bullets.first().is_some_and(|b| b.text.is_empty() && b.bullets.is_empty());
        (empty && bullets.len() > 1).then(|| bullets.remove(0))?;
        return done(JOIN, &list.index(0), 0);
    };
    let bullets = bullets(profile, &list)?;
    (index < bullets.len()).then_some(())?;
    let bullet = bullets.remove(index);
    let mut at = list.index(before);
    let parent = bullets.get_mut(before)?;
    // The text goes to the line above, however deep that is; what was inside stays as deep as it
    // was.
    let mut line = &mut *parent;
    while let Some(last) = line.bullets.len().checked_sub(1) {
        at = at.field("bullets").index(last);
        line = line.bullets.get_mut(last)?;
    }
    let byte = append(&mut line.text, &bullet.text);
    parent.bullets.extend(bullet.bullets);
    done(JOIN, &at, byte)
}

/// Puts the text of the line after a highlight at its end.
pub(super) fn join_next(profile: &mut Profile, element: &At) -> Option<Done> {
    let (list, index) = split(element)?;
    let bullets = bullets(profile, &list)?;
    let bullet = bullets.get_mut(index)?;
    let next = if bullet.bullets.is_empty() {
        (index + 1 < bullets.len()).then_some(())?;
        let next = bullets.remove(index + 1);
        bullets.get_mut(index)?.bullets.extend(next.bullets);
        next.text
    } else {
        let next = bullet.bullets.remove(0);
        bullet.bullets.splice(0..0, next.bullets);
        next.text
    };
    let byte = append(&mut bullets.get_mut(index)?.text, &next);
    done(JOIN, element, byte)
}

/// Pastes lines over a range of bytes of a highlight.
pub(super) fn paste(
    profile: &mut Profile,
    element: &At,
    range: &Range<usize>,
    text: &str,
) -> Option<Done> {
    let (list, index) = split(element)?;
    let mut lines = outline(text).into_iter();
    let bullets = bullets(profile, &list)?;
    let bullet = bullets.get_mut(index)?;
    let first = lines.next()?;
    let tail = bullet.text.get(range.end..)?.to_owned();
    let head = bullet.text.get(..range.start)?.to_owned();
    let mut byte = head.len() + first.text.len();
    bullet.text = head + &first.text;
    bullet.bullets.splice(0..0, first.bullets);
    let mut last = index;
    for new in lines {
        last += 1;
        byte = new.text.len();
        bullets.insert(last, new);
    }
    bullets.get_mut(last)?.text.push_str(&tail);
    done("Paste highlights", &list.index(last), byte)
}

/// Reads pasted lines as highlights: marks of lists go, deeper lines stand inside, and where the
/// first line has a mark, one without goes on with the highlight before it.
#[must_use]
pub fn outline(text: &str) -> Vec<Bullet> {
    let mut out: Vec<Bullet> = vec![];
    // How far the line of each open level is indented, outermost first.
    let mut levels: Vec<usize> = vec![];
    let mut environments = 0usize;
    let mut marked = false;
    let mut apart = true;
    for line in text.lines() {
        let content = line.trim();
        // The lists of LaTeX are not indented, but they say where they start and end.
        if content.starts_with("\\begin{") {
            environments += 1;
        } else if content.starts_with("\\end{") {
            environments = environments.saturating_sub(1);
        }
        if content.is_empty() || content.starts_with("\\begin{") || content.starts_with("\\end{") {
            apart = true;
            continue;
        }
        let mark = without_mark(content);
        if out.is_empty() {
            marked = mark.is_some();
        }
        if marked && mark.is_none() && !apart {
            if let Some(last) = last_of(&mut out, levels.len()) {
                append(&mut last.text, content);
            }
            continue;
        }
        apart = false;
        let white = line.chars().take_while(|c| c.is_whitespace()).map(width).sum::<usize>();
        let depth = white + 8 * environments;
        levels.retain(|level| *level < depth);
        let bullet = Bullet::from(mark.unwrap_or(content));
        match last_of(&mut out, levels.len()).filter(|_| !levels.is_empty()) {
            Some(parent) => parent.bullets.push(bullet),
            None => out.push(bullet),
        }
        levels.push(depth);
    }
    out
}

fn done(label: &str, bullet: &At, byte: usize) -> Option<Done> {
    Some(Done { label: label.to_owned(), focus: Some((bullet.field("text"), byte)) })
}

fn bullets<'a>(profile: &'a mut Profile, list: &At) -> Option<&'a mut Vec<Bullet>> {
    match Slot::of(profile, list)? {
        Slot::Bullets(list) => Some(list),
        _ => None,
    }
}

/// Adds text to text, with a space between; gives where it starts.
fn append(text: &mut String, more: &str) -> usize {
    let bare = text.is_empty() || more.is_empty() || text.ends_with(' ');
    text.push_str(if bare { "" } else { " " });
    let byte = text.len();
    text.push_str(more);
    byte
}

/// The last highlight of the level with that number, counted from 1.
fn last_of(list: &mut [Bullet], level: usize) -> Option<&mut Bullet> {
    let last = list.last_mut()?;
    if level <= 1 { Some(last) } else { last_of(&mut last.bullets, level - 1) }
}

/// How far a white character indents, in columns.
fn width(c: char) -> usize {
    if c == '\t' { 4 } else { 1 }
}

/// A line after the mark that a list put before it: `- `, `* `, `• `, `1. `, `2) `, `\item `.
fn without_mark(line: &str) -> Option<&str> {
    const MARKS: [&str; 18] = [
        "-", "*", "+", "–", "—", "•", "◦", "▪", "▫", "■", "□", "●", "○", "‣", "⁃", "·", "➢",
        "\\item",
    ];
    let white = |rest: &str| rest.starts_with(char::is_whitespace) || rest.is_empty();
    for mark in MARKS {
        if let Some(rest) = line.strip_prefix(mark).filter(|rest| white(rest)) {
            return Some(rest.trim_start());
        }
    }
    // A round mark needs no space; word processors have letters of symbol faces, or `o` and a tab.
    let glued = |c: char| matches!(c, '•' | '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}');
    if let Some(rest) = line.strip_prefix(glued).or_else(|| line.strip_prefix("o\t")) {
        return Some(rest.trim_start());
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    let text = rest.strip_prefix('.').or_else(|| rest.strip_prefix(')')).filter(|r| white(r))?;
    (1..=2).contains(&digits).then(|| text.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a(b|c(d))|e`: what stands inside in brackets.
    fn shown(bullets: &[Bullet]) -> String {
        let show = |b: &Bullet| match b.bullets.as_slice() {
            [] => b.text.clone(),
            inside => format!("{}({})", b.text, shown(inside)),
        };
        bullets.iter().map(show).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn pasted_lines_become_highlights() {
        for (text, expected) in [
            ("", ""),
            (" \n\n", ""),
            ("one", "one"),
            ("one\ntwo\r\n\nthree", "one|two|three"),
            ("- one\n- two", "one|two"),
            ("- one\n  - in\n    - deep\n  - in too\n- two", "one(in(deep)|in too)|two"),
            ("  - one\n- two", "one|two"),
            ("- one\n    - in\n  - half\n- two", "one(in|half)|two"),
            ("* one\n\t* in\n* two", "one(in)|two"),
            ("•\tone\no\ttwo", "one|two"),
            ("•one\n\u{f0b7}two", "one|two"),
            ("1. one\n2) two\n10.\tten", "one|two|ten"),
            ("2024. A year\n1.5 x", "2024. A year|1.5 x"),
            // Lines that were wrapped.
            ("- one that\n  goes on\n- two\nand on", "one that goes on|two and on"),
            ("- one\n\nA paragraph", "one|A paragraph"),
            ("the end of a line\n- one\n- two", "the end of a line|one|two"),
            ("**Bold** one\n*Italic* two", "**Bold** one|*Italic* two"),
            (
                "\\begin{itemize}\n\\item one\n\\begin{itemize}\n\\item in\n\\end{itemize}\n\\item two",
                "one(in)|two",
            ),
        ] {
            assert_eq!(shown(&outline(text)), expected, "{text:?}");
        }
    }
}

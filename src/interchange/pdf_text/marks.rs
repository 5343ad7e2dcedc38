//! Bullets and numbers at the start of lines. A sign that is text elsewhere, such as a dash, is a
//! bullet only in company; so is a number.

use super::{lines::Placed, words::is_private};
use crate::interchange::outline::signs::{is_bullet, may_be_bullet, number};
use std::collections::HashMap;

/// Private signs are bullets where they begin as many lines.
const MANY: usize = 3;

/// A sign that stands so many em before the words is a bullet, even alone: blanks have a quarter.
const FAR: f64 = 0.55;

/// What stands at the start of a line.
pub(super) struct Mark {
    pub(super) kind: Kind,
    /// How many letters of the line it takes.
    pub(super) length: usize,
}

/// What kind of a mark it is.
pub(super) enum Kind {
    Bullet(String),
    Number(String),
    /// A picture out of a font.
    Icon,
}

/// Takes the marks off the lines.
pub(super) fn take_off(lines: &mut Vec<Placed>) {
    lone(lines);
    let firsts: Vec<String> = lines.iter().map(first_text).collect();
    let mut signs: HashMap<(char, i64), usize> = HashMap::new();
    let mut numbers: HashMap<(String, u32), usize> = HashMap::new();
    for (line, text) in lines.iter().zip(&firsts) {
        if let Some(sign) = text.chars().next() {
            *signs.entry((sign, place(line.x0))).or_default() += 1;
        }
        if let Some(number) = numbered(text) {
            *numbers.entry((number.shape, number.value)).or_default() += 1;
        }
    }
    for (line, text) in lines.iter_mut().zip(&firsts) {
        let company = |sign: char| {
            let at = place(line.x0);
            let near = (at - 1..=at + 1).filter_map(|at| signs.get(&(sign, at)));
            near.sum::<usize>()
        };
        let mark = bullet(text, line, company).or_else(|| {
            let number = numbered(text)?;
            let near = |value: u32| numbers.contains_key(&(number.shape.clone(), value));
            let counted = number.value.checked_sub(1).is_some_and(near) || near(number.value + 1);
            (counted || number.value == 1 && number.bracketed).then_some(())?;
            Some(Mark { length: number.text.chars().count(), kind: Kind::Number(number.text) })
        });
        let dot = line.dot.filter(|_| !matches!(&mark, Some(Mark { kind: Kind::Bullet(_), .. })));
        if let Some(mark) = mark {
            line.without_mark(mark);
        }
        if let Some(dot) = dot {
            let dash = dot.height() < 0.4 * dot.width();
            line.line.bullet = Some(if dash { "–" } else { "•" }.to_owned());
            line.x0 = dot.x0;
        }
    }
    for line in lines {
        without_icons(line);
    }
}

/// Places that differ by less than this many pt are one.
fn place(x: f64) -> i64 {
    (x / 3.0).round() as i64
}

fn first_text(line: &Placed) -> String {
    line.line.parts.first().map(|part| part.text().trim_start().to_owned()).unwrap_or_default()
}

/// A bullet that stands a little higher or lower than its line is a row of its own: puts it to the
/// line beside it.
fn lone(lines: &mut Vec<Placed>) {
    let mut i = 0;
    while let Some(line) = lines.get(i) {
        let text = line.line.text();
        let mut chars = text.trim().chars();
        let sign = chars.next().filter(|c| chars.next().is_none() && is_sign(*c));
        let Some(sign) = sign else {
            i += 1;
            continue;
        };
        let (x0, x1, y, size) = (line.x0, line.x1, line.y, line.size);
        let beside = |other: &Placed| {
            other.page == line.page
                && other.block == line.block
                && (other.y - y).abs() < 0.8 * size.max(other.size)
                && other.x0 > x1 - 0.5
                && other.line.bullet.is_none()
        };
        let after = lines.get(i + 1).filter(|other| beside(other)).map(|_| i + 1);
        let before = i.checked_sub(1).filter(|b| lines.get(*b).is_some_and(beside));
        match after.or(before).and_then(|at| lines.get_mut(at)) {
            Some(other) => {
                other.line.bullet = Some(sign_text(sign));
                other.x0 = x0;
                lines.remove(i);
            }
            None => i += 1,
        }
    }
}

fn is_sign(c: char) -> bool {
    is_bullet(c) || may_be_bullet(c) || is_private(c)
}

fn sign_text(c: char) -> String {
    if is_private(c) { "•".to_owned() } else { c.to_string() }
}

fn bullet(text: &str, line: &Placed, company: impl Fn(char) -> usize) -> Option<Mark> {
    let mut chars = text.chars();
    let sign = chars.next()?;
    let next = chars.next();
    let apart = next.is_none_or(char::is_whitespace);
    let has_text = !chars.as_str().trim().is_empty() || line.line.parts.len() > 1;
    let is_mark = is_bullet(sign)
        || (may_be_bullet(sign) && apart && (company(sign) >= 2 || line.lead > FAR))
        || (is_private(sign) && apart && company(sign) >= MANY);
    if is_mark && has_text {
        return Some(Mark { kind: Kind::Bullet(sign_text(sign)), length: 1 });
    }
    let icon = is_private(sign) && has_text && apart;
    icon.then_some(Mark { kind: Kind::Icon, length: 1 })
}

/// A number at the start of a line.
struct Numbered {
    text: String,
    value: u32,
    /// What stands around it: lines of one list have it in common.
    shape: String,
    bracketed: bool,
}

/// `1.`, `2)`, `(3)`, `[4]`, `[C5]`, `J6.`, with a blank behind it.
fn numbered(text: &str) -> Option<Numbered> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    if rest.trim().is_empty() || first.len() > 8 {
        return None;
    }
    let (value, shape) = number(first)?;
    let bracketed = first.starts_with(['[', '(']);
    Some(Numbered { text: first.to_owned(), value, shape, bracketed })
}

/// Takes out the pictures that stand as letters between words; a picture in the middle of a word
/// stays as a sign for what could not be read.
fn without_icons(line: &mut Placed) {
    for part in line.line.parts.iter_mut().chain(&mut line.line.aside) {
        for run in &mut part.runs {
            if !run.text.chars().any(is_private) {
                continue;
            }
            let words =
                run.text.split(' ').filter(|word| word.is_empty() || !word.chars().all(is_private));
            let text = words.collect::<Vec<_>>().join(" ");
            run.text = text.replace(is_private, "\u{FFFD}");
        }
        part.strip(0);
    }
    let had = line.line.parts.len();
    if line.spans.len() == had {
        let mut kept = line.line.parts.iter().map(|part| !part.text().trim().is_empty());
        line.spans.retain(|_| kept.next().unwrap_or(true));
    }
    line.line.parts.retain(|part| !part.text().trim().is_empty());
}

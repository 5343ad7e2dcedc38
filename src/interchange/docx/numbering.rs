//! The lists of a DOCX file: which sign or number stands before a paragraph.

use super::{package::Element, styles::Shape};
use std::collections::HashMap;

/// How deep lists lie in each other (ECMA-376, 17.9.3).
const LEVELS: usize = 9;

/// What stands before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Bullet(String),
    Number(String),
}

/// A level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    /// With `%1` where the number of level 1 comes.
    text: String,
    start: u32,
    shape: Shape,
}

/// All lists of a file, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, Vec<Level>>,
    counted: HashMap<String, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn of(tree: &Element) -> Self {
        let named = |name: &'static str| tree.children().filter(move |c| c.name == name);
        let mut kinds: HashMap<&str, Vec<Level>> = HashMap::new();
        for kind in named("abstractNum") {
            let levels = kind.children().filter(|child| child.name == "lvl").take(LEVELS);
            let id = kind.attribute("abstractNumId").unwrap_or_default();
            kinds.insert(id, levels.map(level).collect());
        }
        let mut numbering = Self::default();
        for list in named("num") {
            let Some(id) = list.attribute("numId") else { continue };
            let kind = list.value("abstractNumId").and_then(|kind| kinds.get(kind));
            let mut levels = kind.cloned().unwrap_or_default();
            for change in list.children().filter(|child| child.name == "lvlOverride") {
                let at = change.attribute("ilvl").and_then(|at| at.parse::<usize>().ok());
                let Some(own) = at.and_then(|at| levels.get_mut(at)) else { continue };
                if let Some(other) = change.child("lvl") {
                    *own = level(other);
                }
                let start = change.value("startOverride").and_then(|start| start.parse().ok());
                own.start = start.unwrap_or(own.start);
            }
            numbering.lists.insert(id.to_owned(), levels);
        }
        numbering
    }

    /// What stands before the next paragraph of a list at a level from 0, and how it is indented.
    pub(super) fn next(&mut self, list: &str, at: usize) -> Option<(Label, Shape)> {
        let levels = self.lists.get(list)?;
        let at = at.min(levels.len().checked_sub(1)?).min(LEVELS - 1);
        let level = levels.get(at)?;
        let counted = self.counted.entry(list.to_owned()).or_default();
        if let Some(own) = counted.get_mut(at) {
            *own = Some(own.map_or(level.start, |n| n.saturating_add(1)));
        }
        for deeper in counted.iter_mut().skip(at + 1) {
            *deeper = None;
        }
        let label = match level.format.as_str() {
            "none" => return None,
            "bullet" => {
                let sign = level.text.chars().next().map_or('•', super::symbol);
                Label::Bullet(if sign.is_whitespace() { '•' } else { sign }.to_string())
            }
            _ => {
                let mut text = level.text.clone();
                for (i, (count, level)) in counted.iter().zip(levels).enumerate() {
                    let number = formatted(count.unwrap_or(level.start), &level.format);
                    text = text.replace(&format!("%{}", i + 1), &number);
                }
                if text.trim().is_empty() {
                    return None;
                }
                Label::Number(text.trim().to_owned())
            }
        };
        Some((label, level.shape.clone()))
    }
}

fn level(element: &Element) -> Level {
    Level {
        format: element.value("numFmt").unwrap_or("decimal").to_owned(),
        text: element.value("lvlText").unwrap_or_default().to_owned(),
        start: element.value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
        shape: element.child("pPr").map(Shape::of).unwrap_or_default(),
    }
}

/// A number as letters or Roman digits; in all other ways of counting as a plain number.
fn formatted(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number, 'a'),
        "upperLetter" => letters(number, 'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// `a` to `z`, then `aa` to `zz`, as Word counts.
fn letters(number: u32, first: char) -> String {
    let Some(before) = number.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from_u32(u32::from(first) + before % 26).unwrap_or(first);
    let times = (before / 26 + 1).min(8);
    (0..times).map(|_| letter).collect()
}

fn roman(number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number.min(3999);
    let mut out = String::new();
    for (value, digits) in DIGITS {
        while rest >= value {
            out.push_str(digits);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::formatted;

    #[test]
    fn numbers_are_written_as_word_does() {
        for (number, format, text) in [
            (1, "lowerLetter", "a"),
            (28, "upperLetter", "BB"),
            (14, "lowerRoman", "xiv"),
            (3, "decimal", "3"),
        ] {
            assert_eq!(formatted(number, format), text);
        }
    }
}

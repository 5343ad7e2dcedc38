//! A problem in a file as people see it: file, line, column, the line itself and a caret under the
//! place.

use super::{
    de::{is_control, is_turned},
    parse::Problem,
    source::Lines,
};
use crate::finding::LineColumn;
use std::{borrow::Cow, fmt};

/// A problem with the file it is in; its text has several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The file as the user named it.
    pub file: String,
    /// The place.
    pub place: LineColumn,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// The line of the file, shortened around the place when it is very long.
    line: String,
    /// As much white space as the line has in front of the place, then carets.
    caret: String,
}

impl Excerpt {
    /// Shows `problem`, found in `text`, which came from `file`.
    #[must_use]
    pub fn new(file: &str, text: &str, problem: &Problem) -> Self {
        let Problem { span, message, hint } = problem.clone();
        let place = Lines::new(text).place(text, span.start);
        let full = text.lines().nth(place.line - 1).unwrap_or_default();
        let from = place.column.saturating_sub(1 + BEFORE);
        let shown: String = full.chars().skip(from).take(BEFORE + AFTER).collect();
        let lead: String = shown.chars().take(place.column - 1 - from).collect();
        let pad: String = visible(&lead).chars().map(blank).collect();
        let marked = text.get(span.start..span.end).unwrap_or_default();
        let marked: String =
            marked.lines().next().unwrap_or_default().chars().take(AFTER).collect();
        let width: usize = visible(&marked).chars().map(|c| blank(c).chars().count()).sum();
        let caret = format!("{pad}{}", "^".repeat(width.max(1)));
        Self {
            file: visible(file).into_owned(),
            place,
            message: visible(&message).into_owned(),
            hint: visible(&hint).into_owned(),
            line: visible(&shown).into_owned(),
            caret,
        }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LineColumn { line, column } = self.place;
        writeln!(f, "{}:{line}:{column}: error: {}", self.file, self.message)?;
        writeln!(f, "  {}", self.line)?;
        write!(f, "  {}", self.caret)?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Excerpt {}

/// `text` with every character that a terminal would obey, instead of showing it, written out as
/// `\u{1b}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| is_control(c) || is_turned(c);
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let show = |c: char| if obeyed(c) { c.escape_unicode().to_string() } else { c.to_string() };
    Cow::Owned(text.chars().map(show).collect())
}

/// How much of a long line is shown in front of and behind the place.
const BEFORE: usize = 80;
const AFTER: usize = 60;

/// White space as wide as `c` on a terminal.
fn blank(c: char) -> &'static str {
    match c {
        '\t' => "\t",
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FE0F}' => {
            ""
        }
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{303E}'
        | '\u{3041}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1F64F}'
        | '\u{1F900}'..='\u{1F9FF}'
        | '\u{20000}'..='\u{3FFFD}' => "  ",
        _ => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tree::Span, *};

    #[test]
    fn the_caret_stands_under_the_place() {
        let check = |text: &str, start: usize, end: usize, expected: &str| {
            let problem = Problem::new(Span::new(start, end), "wrong", "");
            assert_eq!(Excerpt::new("x", text, &problem).to_string(), expected);
        };
        check("(a: 1)", 1, 2, "x:1:2: error: wrong\n  (a: 1)\n   ^");
        check("(\n\ta: b c)", 6, 7, "x:2:5: error: wrong\n  \ta: b c)\n  \t   ^");
        check("(\"王é\", 1)", 9, 10, "x:1:7: error: wrong\n  (\"王é\", 1)\n         ^");
        check("(abc", 4, 4, "x:1:5: error: wrong\n  (abc\n      ^");
        check(
            "(\"\u{1b}[1m\", b c)",
            9,
            10,
            "x:1:10: error: wrong\n  (\"\\u{1b}[1m\", b c)\n                ^",
        );
        let long = format!("{}!{}", "a".repeat(1000), "b".repeat(1000));
        let shown = format!(
            "x:1:1001: error: wrong\n  {}!{}\n  {}^",
            "a".repeat(80),
            "b".repeat(59),
            " ".repeat(80)
        );
        check(&long, 1000, 1001, &shown);
    }
}

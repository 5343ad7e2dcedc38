//! Characters that have no place in text: control characters are taken out, bidi controls are
//! pointed at, and what pasting leaves behind is taken out or replaced by the letters it looks
//! like.

mod alike;

pub use alike::{Odd, address, odd, tidy, without_bullet};

use crate::finding::LineColumn;
use std::borrow::Cow;

/// What is wrong with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// A control character; it has been taken out.
    Control,
    /// An invisible character that changes the direction of text, and so what a name or address
    /// seems to be. It is still there.
    Bidi,
}

/// An odd character, told once for all its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong with it.
    pub kind: ProblemKind,
    /// The character.
    pub character: char,
    /// Where it stands first in the text as it was given.
    pub first: LineColumn,
    /// How often it stands there.
    pub count: usize,
}

/// Takes NUL and other control characters out and makes every line end with `\n` alone. The list of
/// problems is short whatever the text: one for each character that occurs.
#[must_use]
pub fn clean(text: &str) -> (Cow<'_, str>, Vec<Problem>) {
    if !text.contains(|c| is_control(c) || matches!(c, '\r' | NEXT_LINE) || is_bidi_control(c)) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut problems: Vec<Problem> = Vec::new();
    let mut place = LineColumn { line: 1, column: 1 };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let kind = match c {
            _ if is_control(c) => Some(ProblemKind::Control),
            _ if is_bidi_control(c) => Some(ProblemKind::Bidi),
            _ => None,
        };
        if let Some(kind) = kind {
            match problems.iter_mut().find(|problem| problem.character == c) {
                Some(problem) => problem.count += 1,
                None => problems.push(Problem { kind, character: c, first: place, count: 1 }),
            }
        }
        place.column += 1;
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | NEXT_LINE => {
                cleaned.push('\n');
                place = LineColumn { line: place.line + 1, column: 1 };
            }
            _ if is_control(c) => {}
            _ => cleaned.push(c),
        }
    }
    (Cow::Owned(cleaned), problems)
}

/// The text without bidi controls: what is printed, and read back, has only the direction of its
/// letters.
#[must_use]
pub fn strip_bidi(text: &str) -> Cow<'_, str> {
    if text.contains(is_bidi_control) {
        Cow::Owned(text.replace(is_bidi_control, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether `c` is a control character, which no file keeps; ends of lines and tabs are none.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r' | NEXT_LINE)
}

/// The end of a line in texts from mainframes.
const NEXT_LINE: char = '\u{85}';

fn is_bidi_control(c: char) -> bool {
    matches!(
        c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let problem = |kind, character, line, column, count| Problem {
            kind,
            character,
            first: LineColumn { line, column },
            count,
        };
        for (text, expected, problems) in [
            ("", "", vec![]),
            ("a\tb\nc", "a\tb\nc", vec![]),
            ("a\r\nb\rc\r\n\r\n", "a\nb\nc\n\n", vec![]),
            ("a\0b", "ab", vec![problem(ProblemKind::Control, '\0', 1, 2, 1)]),
            (
                "é\n\u{7}x\u{1b}\u{7}\u{7f}",
                "é\nx",
                vec![
                    problem(ProblemKind::Control, '\u{7}', 2, 1, 2),
                    problem(ProblemKind::Control, '\u{1b}', 2, 3, 1),
                    problem(ProblemKind::Control, '\u{7f}', 2, 5, 1),
                ],
            ),
            (
                "a\r\n\u{202e}gpj.exe",
                "a\n\u{202e}gpj.exe",
                vec![problem(ProblemKind::Bidi, '\u{202e}', 2, 1, 1)],
            ),
            ("a\u{85}b\u{200b}\u{feff}עברית", "a\nb\u{200b}\u{feff}עברית", vec![]),
            ("a\u{8d}b", "ab", vec![problem(ProblemKind::Control, '\u{8d}', 1, 2, 1)]),
        ] {
            assert_eq!(clean(text), (Cow::Borrowed(expected), problems), "{text:?}");
        }
        assert!(matches!(clean("plain"), (Cow::Borrowed(_), _)));
    }

    #[test]
    fn every_bidi_control_is_flagged_and_stripped() {
        for c in "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}"
            .chars()
        {
            let text = format!("a{c}b");
            assert_eq!(clean(&text).1.len(), 1, "{text:?}");
            assert_eq!(clean(&text).0, text);
            assert_eq!(strip_bidi(&text), "ab");
        }
        assert!(matches!(strip_bidi("אב"), Cow::Borrowed(_)));
    }
}

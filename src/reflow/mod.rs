//! Formats whose reader breaks the lines: Markdown, plain text, HTML, DOCX. Each is written from a manuscript, so that all
//! say the same, in the same words as the page.

pub mod docx;
pub mod html;
pub mod markdown;
pub mod plain;

use crate::{typeset::manuscript::Span, value::rich::Shift};

/// Why a file could not be put together. It comes from no manuscript.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The package of a DOCX.
    #[error("the DOCX could not be put together: {0}")]
    Package(#[from] zip::result::ZipError),
}

/// The text of a span where nothing can be raised or lowered; `before` is what stands in front of it.
fn level(span: &Span, before: Option<char>) -> String {
    let text = &span.text;
    let (small, sign) = match span.style.shift {
        Shift::None => return text.clone(),
        Shift::Super => ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", "^"),
        Shift::Sub => ("₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙᵢ", "_"),
    };
    let of = |c: char| {
        let at = "0123456789+-−=()ni".chars().position(|known| known == c)?;
        small.chars().nth(at)
    };
    let shifted: Option<String> = text.chars().map(of).collect();
    let letters = text.chars().all(char::is_alphabetic);
    let ordinal = letters && before.is_some_and(|c| c.is_ascii_digit());
    match shifted {
        Some(shifted) => shifted,
        // "19th", and marks of authors.
        None if ordinal || !text.contains(char::is_alphanumeric) => text.clone(),
        None => format!("{sign}{text}"),
    }
}

/// Text in which all spaces are plain ones.
fn spaced(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Text for XML and HTML, between tags or in an attribute, without the characters that XML cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The spans at the start that lead to one address, or nowhere, and what follows them.
fn same_link(text: &[Span]) -> Option<(&[Span], &[Span])> {
    let first = text.first()?;
    let end = text.iter().position(|span| span.link != first.link).unwrap_or(text.len());
    text.split_at_checked(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::rich::Rich;

    #[test]
    fn raised_text_stays_readable() {
        for (markup, expected) in [
            ("x^{2}", "x²"),
            ("10^{-5}", "10⁻⁵"),
            ("19^{th}", "19th"),
            ("x^{T}", "x^T"),
            ("a_{max}", "a_max"),
            ("H_{2}O", "H₂O"),
            ("Wei^{†‡}", "Wei†‡"),
        ] {
            let mut out = String::new();
            for run in Rich::parse(markup).runs {
                let span = Span { text: run.text, style: run.style, ..Span::default() };
                out += &level(&span, out.chars().last());
            }
            assert_eq!(out, expected);
        }
    }
}

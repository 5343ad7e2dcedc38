//! Formats whose reader breaks the lines: Markdown, plain text, HTML, DOCX. Each is written from a
//! manuscript, so that all say the same, in the same words as the page.

pub mod docx;
pub mod homepage;
pub mod html;
pub mod markdown;
pub mod plain;

use crate::{
    typeset::manuscript::{Span, Text},
    value::rich::{Shift, Style},
};

/// Why a file could not be put together. It comes from no manuscript.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The package of a DOCX.
    #[error("the DOCX could not be put together: {0}")]
    Package(#[from] zip::result::ZipError),
}

/// Signs that can be raised, or lowered, as characters of their own: as they are, and as they then
/// look.
const RAISED: [&str; 2] = [
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ",
];
const LOWERED: [&str; 2] =
    ["0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"];

/// The same text for where nothing can be raised or lowered: by other characters, or by a sign.
fn levelled(text: &[Span]) -> Text {
    let mut out = Text::new();
    for span in text {
        let ([from, to], sign) = match span.style.shift {
            Shift::Super => (RAISED, '^'),
            Shift::Sub => (LOWERED, '_'),
            Shift::None => ([""; 2], ' '),
        };
        let of = |c: char| to.chars().nth(from.chars().position(|known| known == c)?);
        let shifted: Option<String> = span.text.chars().map(of).collect();
        let before = out.last().and_then(|last| last.text.chars().last());
        let is_ordinal = before.is_some_and(|c| c.is_ascii_digit())
            && matches!(span.text.as_str(), "st" | "nd" | "rd" | "th");
        let mut style = Style { shift: Shift::None, ..span.style };
        let words = match shifted {
            _ if span.style.shift == Shift::None || is_ordinal => span.text.clone(),
            // Marks of authors.
            _ if !span.text.contains(char::is_alphanumeric) => span.text.clone(),
            Some(shifted) => {
                style.italic = false;
                shifted
            }
            None if span.text.chars().count() == 1 => format!("{sign}{}", span.text),
            None => format!("{sign}({})", span.text),
        };
        match out.last_mut() {
            Some(last) if last.style == style && last.link == span.link => last.text += &words,
            _ => out.push(Span { text: words, style, ..span.clone() }),
        }
    }
    out
}

/// The text of a heading, which is bold by itself.
fn heading(text: &[Span]) -> Text {
    let light = |span: &Span| Span { style: Style { bold: false, ..span.style }, ..span.clone() };
    text.iter().map(light).collect()
}

/// Text in which all spaces are plain ones.
fn spaced(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Text for XML and HTML, between tags or in an attribute, without the characters that XML cannot
/// hold.
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
        for signs in [RAISED, LOWERED] {
            assert_eq!(signs[0].chars().count(), signs[1].chars().count());
        }
        for (markup, expected) in [
            ("x^{2}", "x²"),
            ("10^{-5}", "10⁻⁵"),
            ("the 19^{th}", "the 19th"),
            ("$x^T$", "xᵀ"),
            ("$X_{t+1}$", "Xₜ₊₁"),
            ("x^{Q}", "x^Q"),
            ("a_{max, Q}", "a_(max, Q)"),
            ("Wei^{†‡}", "Wei†‡"),
        ] {
            let runs = Rich::parse(markup).runs.into_iter();
            let spans: Text = runs
                .map(|run| Span { text: run.text, style: run.style, ..Span::default() })
                .collect();
            let out: String = levelled(&spans).into_iter().map(|span| span.text).collect();
            assert_eq!(out, expected);
        }
    }
}

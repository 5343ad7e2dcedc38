//! From plain words to the light markup of prose fields: what would be read as markup is written so
//! that it is not.

use crate::value::rich::{Rich, Run, Shift, Style};

/// `text` as markup that is printed as exactly `text`.
#[must_use]
pub(super) fn escape(text: &str) -> String {
    if !text.contains(is_sign) || Rich::parse(text) == Rich::plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_sign(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether a character can begin markup.
fn is_sign(c: char) -> bool {
    "\\*`$[^_-".contains(c)
}

/// Styled runs as markup. Where stars cannot say it (in the middle of a word beside a bracket), the
/// words stay without style.
#[must_use]
pub(super) fn from_runs(runs: &[Run]) -> String {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    if runs.iter().all(|run| run.style == Style::default() && run.link.is_none()) {
        return escape(&text);
    }
    let out: String = runs.iter().map(run).collect();
    if Rich::parse(&out).to_plain() == text { out } else { escape(&text) }
}

/// One run; the space at its ends stands outside of its stars.
fn run(run: &Run) -> String {
    let text = &run.text;
    let inner = text.trim();
    if inner.is_empty() {
        return text.clone();
    }
    let lead = text.get(..text.len() - text.trim_start().len()).unwrap_or_default();
    let tail = text.get(text.trim_end().len()..).unwrap_or_default();
    let safe: String = if inner.contains(is_sign) {
        inner.chars().flat_map(|c| is_sign(c).then_some('\\').into_iter().chain([c])).collect()
    } else {
        inner.to_owned()
    };
    let body = match run.style {
        Style { shift: Shift::Super, .. } => format!("^{{{safe}}}"),
        Style { shift: Shift::Sub, .. } => format!("_{{{safe}}}"),
        Style { code: true, .. } if !inner.contains('`') => format!("`{inner}`"),
        _ => safe,
    };
    let stars = match (run.style.bold, run.style.italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let whole = format!("{stars}{body}{stars}");
    match &run.link {
        Some(url) => format!("{lead}[{whole}]({url}){tail}"),
        None => format!("{lead}{whole}{tail}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_would_be_markup_is_escaped() {
        for (text, expected) in [
            ("", ""),
            ("plain - text", "plain - text"),
            ("C*-algebras, $5", "C*-algebras, $5"),
            ("a*b* and $x$", r"a\*b\* and \$x\$"),
            ("x -- y", r"x \-\- y"),
            ("[a](b)", r"\[a](b)"),
            ("a_{b} C:\\*", r"a\_{b} C:\\\*"),
        ] {
            assert_eq!(escape(text), expected, "{text}");
        }
    }

    #[test]
    fn runs() {
        for markup in [
            "a **b** c",
            "*a b*",
            "CO_{2} and x^{2}",
            "`code`",
            "***a***",
            "[*a*](https://example.org)",
        ] {
            assert_eq!(from_runs(&Rich::parse(markup).runs), markup);
        }
        // The space goes out; a star beside a bracket in a word says nothing.
        let bold = |text: &str| Run {
            text: text.to_owned(),
            style: Style { bold: true, ..Style::default() },
            link: None,
        };
        let plain = |text: &str| Run { text: text.to_owned(), ..Run::default() };
        assert_eq!(from_runs(&[bold(" a "), plain("b")]), " **a** b");
        assert_eq!(from_runs(&[plain("a"), bold("(b)"), plain("c")]), "a(b)c");
    }

    proptest! {
        #[test]
        fn escaped_text_is_printed_as_it_is(text in "[a-z *_^{}$`\\[\\]()\\\\-]{0,20}") {
            prop_assert_eq!(Rich::parse(&escape(&text)).to_plain(), text);
        }
    }
}

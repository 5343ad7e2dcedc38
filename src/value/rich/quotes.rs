//! Straight quotation marks and apostrophes as those of a language.

use serde::Deserialize;

/// The quotation marks of a language, with the space that belongs to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotes {
    /// Before and behind a quotation.
    pub double: (String, String),
    /// Before and behind one inside another, or where single ones are typed.
    pub single: (String, String),
}

/// The apostrophe, which is the same in every language.
const APOSTROPHE: &str = "’";

/// A stretch of a text, and whether straight marks in it may become curled ones.
pub(super) type Stretch = (String, bool);

/// Curls the marks in the stretches that may be; the others are only neighbours. A mark that could
/// be one of feet, inches or minutes, or that has no partner, stays as it is.
pub(super) fn curl(stretches: &mut [Stretch], quotes: &Quotes) {
    let may = |(text, may): &Stretch| text.chars().map(|c| (c, *may)).collect::<Vec<_>>();
    let mut signs: Vec<(char, bool)> = stretches.iter().flat_map(may).collect();
    if !signs.iter().any(|(c, may)| *may && matches!(c, '"' | '\'')) {
        return;
    }
    keep_addresses(&mut signs);
    let last = |mark| (1..signs.len()).rev().find(|at| ends(&signs, *at, mark));
    let mut open = Open { last: [last('"'), last('\'')], ..Open::default() };
    let mut curled = signs.iter().enumerate().map(|(at, (c, may))| match c {
        '"' | '\'' if *may => open.curl(&signs, at, *c, quotes),
        c => c.to_string(),
    });
    for (text, _) in stretches {
        *text = curled.by_ref().take(text.chars().count()).collect();
    }
}

/// A word with an address in it is no prose: `o'neill@example.org`.
fn keep_addresses(signs: &mut [(char, bool)]) {
    for word in signs.chunk_by_mut(|a, b| a.0.is_whitespace() == b.0.is_whitespace()) {
        let text: String = word.iter().map(|(c, _)| *c).collect();
        if text.contains('@') || text.contains("://") {
            word.iter_mut().for_each(|(_, may)| *may = false);
        }
    }
}

/// Which quotations are open.
#[derive(Default)]
struct Open {
    double: bool,
    single: bool,
    /// Where the last double and the last single mark stands that can end a quotation.
    last: [Option<usize>; 2],
}

impl Open {
    /// What the mark `mark` at `at` becomes.
    fn curl(&mut self, signs: &[(char, bool)], at: usize, mark: char, quotes: &Quotes) -> String {
        let sign = |at: usize| signs.get(at).map(|(c, _)| *c);
        let before = at.checked_sub(1).and_then(sign);
        let after = sign(at + 1);
        let is_in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let opens = before.is_none_or(|c| c.is_whitespace() || "([{<–—-/\"'“‘„«".contains(c))
            && after.is_some_and(|c| !c.is_whitespace() && !")]}>,.;:!?".contains(c));
        let [last_double, last_single] = self.last;
        let (is_open, last, marks) = match mark {
            '"' => (&mut self.double, last_double, &quotes.double),
            _ => (&mut self.single, last_single, &quotes.single),
        };
        if mark == '\'' {
            // `don't`, `’24`, `the ’90s`; but `5'10` is a height.
            let is_inside = is_in_word(before) && is_in_word(after);
            if is_inside && is_digit(before) && is_digit(after) {
                return mark.to_string();
            }
            if is_inside || opens && is_digit(after) {
                return APOSTROPHE.to_owned();
            }
        }
        if opens && last.is_some_and(|last| last > at + 1) {
            *is_open = true;
            return marks.0.clone();
        }
        if !opens && std::mem::take(is_open) {
            return marks.1.clone();
        }
        match (mark, is_digit(before)) {
            // `dogs'`, `'tis`.
            ('\'', false) if is_in_word(before) || opens && is_in_word(after) => {
                APOSTROPHE.to_owned()
            }
            _ => mark.to_string(),
        }
    }
}

/// Whether the sign at `at` is this mark and can end a quotation: behind a word or its full stop, and
/// before no other word.
fn ends(signs: &[(char, bool)], at: usize, mark: char) -> bool {
    let sign = |at: usize| signs.get(at).map(|(c, _)| *c);
    signs.get(at) == Some(&(mark, true))
        && at.checked_sub(1).and_then(sign).is_some_and(|c| !c.is_whitespace())
        && !sign(at + 1).is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use crate::value::{locale::Locale, rich::Rich};

    #[test]
    fn marks_are_those_of_the_language() {
        for (language, typed, expected) in [
            ("en", r#"the "best" paper"#, "the “best” paper"),
            ("en", r#""A 'B' c," he said"#, "“A ‘B’ c,” he said"),
            ("en", r#"("x")"#, "(“x”)"),
            ("en", "don't, O'Neill, dogs' tails", "don’t, O’Neill, dogs’ tails"),
            ("en", "NeurIPS'25, CCS '24, the '90s", "NeurIPS’25, CCS ’24, the ’90s"),
            ("en", "'tis said", "’tis said"),
            ("en", "'quoted' words", "‘quoted’ words"),
            ("en", r#"5'10" tall, a 27" screen"#, r#"5'10" tall, a 27" screen"#),
            ("en", r#"a stray " mark"#, r#"a stray " mark"#),
            ("en", r#"**"bold"** and "*it*""#, "“bold” and “it”"),
            ("en", r#"a 6\' board and \"so\""#, "a 6' board and \"so\""),
            (
                "en",
                r#"o'neill@example.org https://example.org/a'b"#,
                "o'neill@example.org https://example.org/a'b",
            ),
            ("en", r#"typed “so” and ’24"#, "typed “so” and ’24"),
            ("en", r#"[the "link"](https://example.org/'x')"#, "the “link”"),
            ("de", r#"die "beste 'Arbeit'""#, "die „beste ‚Arbeit‘“"),
            ("fr", r#"l'article "fondateur""#, "l’article «\u{a0}fondateur\u{a0}»"),
            ("pl", r#"praca "roku""#, "praca „roku”"),
        ] {
            let quotes = &Locale::get(language).unwrap().quotes;
            assert_eq!(Rich::curled(typed, Some(quotes)).to_plain(), expected, "{typed}");
            assert_eq!(Rich::curled(typed, None), Rich::parse(typed), "{typed}");
        }
        let quotes = &Locale::get("en").unwrap().quotes;
        for typed in
            [r#"`print("it's")`"#, "$f'(x)$", r#"$\foo{"a"}$"#, r#"<https://example.org/'a'>"#]
        {
            assert_eq!(Rich::curled(typed, Some(quotes)), Rich::parse(typed), "{typed}");
        }
    }
}

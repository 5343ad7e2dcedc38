//! What pasting from Word, PDF and the web leaves in text: invisible characters, and those that
//! only look like letters.

use super::is_bidi_control;
use std::borrow::Cow;

/// An odd character of a text, and what is printed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// The character.
    pub character: char,
    /// What is printed for it; empty for what is invisible, which is taken out.
    pub printed: String,
}

/// The odd characters of a text, each once, in the order of their first places.
#[must_use]
pub fn odd(text: &str) -> Vec<Odd> {
    let mut found: Vec<Odd> = vec![];
    replaced(text, None, &mut |character, printed| {
        if found.iter().all(|odd| odd.character != character) {
            found.push(Odd { character, printed: printed.to_owned() });
        }
    });
    found
}

/// The text as it is printed and read back: without what is invisible and serves no script, with
/// plain letters for those that only look like some. `before` is the character that stands before
/// it.
#[must_use]
pub fn tidy(text: &str, before: Option<char>) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut changes = 0;
    let tidy = replaced(text, before, &mut |_, _| changes += 1);
    if changes == 0 { Cow::Borrowed(text) } else { Cow::Owned(tidy) }
}

/// The text of a highlight without the bullet that was pasted with it: Word's, which only its own
/// fonts show, and the usual signs. What prints the text draws a mark of its own.
#[must_use]
pub fn without_bullet(text: &str) -> &str {
    let start = text.trim_start();
    let is_bullet = |c: char| "•●▪■◦‣⁃∙".contains(c) || is_word_bullet(c);
    let rest = start.trim_start_matches(is_bullet);
    let is_pasted = start.starts_with(is_word_bullet) || rest.starts_with(char::is_whitespace);
    if rest.len() < start.len() && is_pasted { rest.trim_start() } else { text }
}

/// The bullets of Word's fonts Symbol and Wingdings, which have no other font's signs.
fn is_word_bullet(c: char) -> bool {
    matches!(c, '\u{f06c}' | '\u{f06e}' | '\u{f076}' | '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}')
}

/// An address, number or identifier without what pasting left in it: nothing invisible, and plain
/// signs.
#[must_use]
pub fn address(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match c {
            '\u{2010}' | '\u{2011}' | '\u{2212}' => plain.push('-'),
            '\u{a0}' | '\u{202f}' | '\u{2007}' => plain.push(' '),
            _ if is_bidi_control(c) => {}
            // Names of hosts in scripts that need joiners keep them (RFC 5892, appendix A.1).
            _ => match plain_form(c, plain.chars().last(), next, true) {
                Some(form) => plain.push_str(&form),
                None => plain.push(c),
            },
        }
    }
    Cow::Owned(plain)
}

/// The text with its odd characters replaced; `see` is told each of them and what is put in its
/// place.
fn replaced(text: &str, before: Option<char>, see: &mut dyn FnMut(char, &str)) -> String {
    // Full-width letters are right among Chinese, Japanese and Korean ones.
    let is_latin = !text.chars().any(|c| c >= '\u{2e80}' && !is_full_width(c) && c < '\u{fb00}');
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut last = before;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match plain_form(c, last, next, is_latin) {
            Some(form) => {
                see(c, &form);
                plain.push_str(&form);
                // A letter of mathematics stays what it is for the one that follows it.
                last = if is_styled(c) { Some(c) } else { form.chars().last().or(last) };
            }
            None => {
                plain.push(c);
                last = Some(c);
            }
        }
    }
    plain
}

/// What is printed for `c` between its neighbours, if it is odd there.
fn plain_form(c: char, last: Option<char>, next: Option<char>, is_latin: bool) -> Option<String> {
    let form = match c {
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => {
            let is_needed = last.is_some_and(needs_joiners)
                || next.is_some_and(|c| c == '\u{20e3}' || needs_joiners(c) && c != '\u{fe0f}');
            return (!is_needed).then(String::new);
        }
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffc}' | '\u{180e}' => {
            ""
        }
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "",
        '\u{2011}' => "-",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ if is_word_bullet(c) => "•",
        '\u{f0e0}' => "→",
        '\u{f0fc}' => "✓",
        _ if is_full_width(c) && is_latin => {
            let plain = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)?;
            return Some(plain.to_string());
        }
        _ => return styled_letter(c, last, next).map(String::from),
    };
    Some(form.to_owned())
}

/// Whether joiners and variation selectors beside it have a meaning: scripts that join or stack
/// their letters, emoji, and Chinese characters, but not Latin, Greek and Cyrillic ones.
fn needs_joiners(c: char) -> bool {
    c >= '\u{590}'
        && !matches!(c, '\u{1e00}'..='\u{1fff}' | '\u{2000}'..='\u{206f}' | '\u{fb00}'..='\u{fb06}' | '\u{feff}' | '\u{fffc}')
}

fn is_full_width(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}')
}

/// Whether it is one of the mathematical alphanumeric symbols.
fn is_styled(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7ff}')
}

/// The plain letter or digit for a bold, italic, script … one of mathematics (Unicode, block
/// U+1D400).
fn styled_letter(c: char, last: Option<char>, next: Option<char>) -> Option<char> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const GREEK: &str = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εϑϰφϱϖ";
    // Letters that are older than the block, and missing in it.
    const OLDER: &str = "ℎhℬBℰEℱFℋHℐIℒLℳMℛRℯeℊgℴoℭCℌHℑIℜRℨZℂCℍHℕNℙPℚQℝRℤZ";
    let nth = |letters: &str, index: u32| letters.chars().nth(usize::try_from(index).ok()?);
    let code = u32::from(c);
    match c {
        '\u{1d400}'..='\u{1d6a3}' => nth(LETTERS, (code - 0x1d400) % 52),
        '\u{1d6a4}' => Some('ı'),
        '\u{1d6a5}' => Some('ȷ'),
        '\u{1d6a8}'..='\u{1d7c9}' => nth(GREEK, (code - 0x1d6a8) % 58),
        '\u{1d7ce}'..='\u{1d7ff}' => nth("0123456789", (code - 0x1d7ce) % 10),
        '\u{2102}'..='\u{2134}' if last.into_iter().chain(next).any(is_styled) => {
            let mut older = OLDER.chars().skip_while(|older| *older != c);
            older.nth(1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pasting_leaves_is_taken_out_or_replaced() {
        for (text, expected) in [
            ("plain é", "plain é"),
            ("the ﬁnal workﬂow ofﬁce, ﬀ ﬃ ﬄ ﬆ", "the final workflow office, ff ffi ffl st"),
            ("Picture \u{fffc} here", "Picture  here"),
            ("\u{feff}a\u{200b}b\u{2060}c\u{ad}d", "abcd"),
            ("\u{202a}+420\u{202c}", "+420"),
            ("𝗗𝗮𝘁𝗮 𝘚𝘤𝘪𝘦𝘯𝘵𝘪𝘴𝘵 𝟐𝟎", "Data Scientist 20"),
            ("𝑡ℎ𝑒 ℬ𝓸𝓸𝓀 in ℝ", "the Book in ℝ"),
            ("𝛂𝛚𝜕", "αω∂"),
            ("co\u{2011}author", "co-author"),
            ("Ｄａｔａ（２０）", "Data(20)"),
            ("数据（Ｄ）", "数据（Ｄ）"),
            ("\u{f0b7} Led", "• Led"),
            ("Birth\u{200c}day, a\u{fe0f}b", "Birthday, ab"),
            ("می\u{200c}خواهم क्\u{200d}ष", "می\u{200c}خواهم क्\u{200d}ष"),
            (
                "❤\u{fe0f} 👩\u{200d}💻 1\u{fe0f}\u{20e3}",
                "❤\u{fe0f} 👩\u{200d}💻 1\u{fe0f}\u{20e3}",
            ),
        ] {
            assert_eq!(tidy(text, None), expected, "{text:?}");
            assert_eq!(tidy(expected, None), expected, "{text:?} twice");
            assert_eq!(odd(text).is_empty(), text == expected, "{text:?}");
        }
        let odd: Vec<_> =
            odd("ﬁ ﬁ\u{200b}").into_iter().map(|o| (o.character, o.printed)).collect();
        assert_eq!(odd, [('ﬁ', "fi".to_owned()), ('\u{200b}', String::new())]);
    }

    #[test]
    fn a_pasted_bullet_is_no_part_of_a_highlight() {
        for (text, expected) in [
            ("\u{f0b7} Led", "Led"),
            ("\u{f0b7}Led", "Led"),
            (" \u{f0a7}\tLed", "Led"),
            ("• Led • more", "Led • more"),
            ("•Net", "•Net"),
            ("- Led", "- Led"),
            ("■", "■"),
        ] {
            assert_eq!(without_bullet(text), expected, "{text:?}");
        }
    }

    #[test]
    fn addresses_hold_plain_signs_alone() {
        for (text, expected) in [
            ("\u{feff}bob@example.org", "bob@example.org"),
            ("https://ex.org/\u{200b}x\u{ad}", "https://ex.org/x"),
            ("\u{202a}+420\u{a0}601\u{202c}\u{200e}", "+420 601"),
            ("10.5555/a\u{2011}b", "10.5555/a-b"),
            ("ada＠example．org", "ada@example.org"),
            ("https://example.org/ofﬁce", "https://example.org/office"),
            ("bücher.example", "bücher.example"),
            ("https://نامه\u{200c}ای.example", "https://نامه\u{200c}ای.example"),
        ] {
            assert_eq!(address(text), expected, "{text:?}");
        }
    }
}

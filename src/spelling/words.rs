//! The words of a text that can be looked up, and where they stand in its source.

use crate::{
    field::Kind,
    value::rich::{self, Part},
};
use std::{ops::Range, sync::Arc};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the source, with markup that stands inside it.
    pub range: Range<usize>,
    /// The word as dictionaries have it: composed letters, straight apostrophes, no `'s` at its
    /// end.
    pub text: String,
    /// The word with hyphens that it is a part of.
    pub whole: Option<Arc<str>>,
}

/// The words of a text, in order.
///
/// Left out are code, maths, addresses, names of files and identifiers, single letters, and words
/// that dictionaries do not have: with digits (`GPT4`), of capitals alone (`GPU`) or with capitals
/// inside (`LaTeX`). Dates, links and names of people have none.
#[must_use]
pub fn words(source: &str, kind: Kind) -> Vec<Word> {
    let letters: Vec<Letter> = match kind {
        Kind::Rich => printed(source),
        Kind::Plain => source.char_indices().map(|(at, c)| Letter { at, c }).collect(),
        Kind::Date | Kind::Link | Kind::Name => return vec![],
    };
    let mut out = vec![];
    for chunk in letters.split(|letter| letter.c.is_whitespace()) {
        if !is_technical(chunk) {
            in_chunk(chunk, &mut out);
        }
    }
    out
}

/// A character, and the byte of the source at which it stands.
#[derive(Clone, Copy)]
struct Letter {
    at: usize,
    c: char,
}

/// What is printed of rich text. What is no text is a digit where words touch it, so that they are
/// no words: `CO_{2}`.
fn printed(source: &str) -> Vec<Letter> {
    let mut out = vec![];
    for span in rich::spans(source) {
        let text = source.get(span.range.clone()).unwrap_or_default();
        match span.part {
            Part::Text => {
                out.extend(
                    text.char_indices().map(|(i, c)| Letter { at: span.range.start + i, c }),
                );
            }
            Part::Stars => {}
            Part::Bracket => out.push(Letter { at: span.range.start, c: ' ' }),
            Part::Whole => out.push(Letter { at: span.range.start, c: '0' }),
        }
    }
    out
}

/// Whether what stands between two spaces is an address, a path, an identifier or an option.
fn is_technical(chunk: &[Letter]) -> bool {
    let is = |at: usize, test: fn(char) -> bool| chunk.get(at).is_some_and(|l| test(l.c));
    let before = |i: usize, test| i.checked_sub(1).is_some_and(|i| is(i, test));
    let opens = chunk.iter().position(|l| !"([{\"'‘“«".contains(l.c)).unwrap_or_default();
    if chunk.get(opens).is_some_and(|l| "#/~.\\".contains(l.c)) || is_option(chunk, opens) {
        return true;
    }
    chunk.iter().enumerate().any(|(i, letter)| match letter.c {
        '@' | '\\' | '_' | '=' => true,
        // `example.org`, `std::fs`, `e.g.`; at the end of a sentence nothing follows.
        '.' => before(i, char::is_alphanumeric) && is(i + 1, char::is_alphanumeric),
        ':' => is(i + 1, |c| c == ':') || is(i + 1, |c| c == '/'),
        _ => false,
    })
}

/// Whether it is an option of a command line: `--release`, not a dash before a word.
fn is_option(chunk: &[Letter], opens: usize) -> bool {
    let start = chunk.get(opens..opens + 3).unwrap_or_default();
    matches!(start, [a, b, c] if a.c == '-' && b.c == '-' && c.c.is_alphabetic())
}

/// Adds the words between two spaces.
fn in_chunk(chunk: &[Letter], out: &mut Vec<Word>) {
    let mut rest = chunk;
    while let Some(start) = rest.iter().position(|letter| letter.c.is_alphanumeric()) {
        rest = rest.get(start..).unwrap_or_default();
        let (compound, after) = rest.split_at(length(rest));
        rest = after;
        let parts: Vec<&[Letter]> = compound.split(|letter| is_hyphen(letter.c)).collect();
        let whole: Option<Arc<str>> = (parts.len() > 1).then(|| {
            let whole: String = compound.iter().map(|l| l.c).filter(|c| *c != SOFT).collect();
            Arc::from(plain(&whole))
        });
        out.extend(parts.iter().filter_map(|part| word(part, whole.as_ref())));
    }
}

/// A hyphen that shows only where a line breaks.
const SOFT: char = '\u{ad}';

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// How many characters the word has, with hyphens and apostrophes inside it, that the text begins
/// with.
fn length(text: &[Letter]) -> usize {
    let belongs = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == SOFT;
    let mut at = 0;
    while let Some(letter) = text.get(at) {
        let joins = is_hyphen(letter.c) || is_apostrophe(letter.c);
        let goes_on = text.get(at + 1).is_some_and(|next| belongs(next.c));
        if !(belongs(letter.c) || joins && goes_on) {
            break;
        }
        at += 1;
    }
    at
}

/// The word of one part between hyphens, if it is one to be looked up.
fn word(part: &[Letter], whole: Option<&Arc<str>>) -> Option<Word> {
    let end = match part {
        [rest @ .., mark, s] if is_apostrophe(mark.c) && matches!(s.c, 's' | 'S') => rest.len(),
        _ => part.len(),
    };
    let part = part.get(..end)?;
    let (first, last) = (part.first()?, part.last()?);
    let text: String = part.iter().map(|letter| letter.c).filter(|c| *c != SOFT).collect();
    let text = plain(&text);
    let single = text.chars().nth(1).is_none();
    let odd = text.chars().any(char::is_numeric) || text.chars().skip(1).any(char::is_uppercase);
    if single || odd || text.chars().any(has_no_spaces) {
        return None;
    }
    let range = first.at..last.at + last.c.len_utf8();
    Some(Word { range, text, whole: whole.cloned() })
}

/// Composed letters and straight apostrophes.
fn plain(text: &str) -> String {
    text.nfc().map(|c| if is_apostrophe(c) { '\'' } else { c }).collect()
}

/// Whether the character is of a script that is written without spaces between words.
fn has_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Where words that were found in `old` stand in `new`, which was made of it by one change: those
/// before and after it. What the change touches is left out.
#[must_use]
pub fn carried(old: &str, new: &str, words: &[Word]) -> Vec<Word> {
    if old == new {
        return words.to_vec();
    }
    let same = |(a, b): &(char, char)| a == b;
    let size = |(c, _): (char, char)| c.len_utf8();
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(size).sum();
    let rest = |text: &str| text.get(start..).unwrap_or_default().to_owned();
    let (old_rest, new_rest) = (rest(old), rest(new));
    let ends = old_rest.chars().rev().zip(new_rest.chars().rev());
    let end: usize = ends.take_while(same).map(size).sum();
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let carried = words.iter().filter_map(|word| {
        let range = if word.range.end <= start {
            word.range.clone()
        } else if word.range.start >= old_end {
            word.range.start - old_end + new_end..word.range.end - old_end + new_end
        } else {
            return None;
        };
        // With a letter beside it, it is another word.
        let before = new.get(..range.start)?.chars().next_back();
        let after = new.get(range.end..)?.chars().next();
        let grown = [before, after].into_iter().flatten().any(char::is_alphanumeric);
        (!grown).then(|| Word { range, ..word.clone() })
    });
    carried.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<String> {
        words(source, Kind::Rich).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_what_a_dictionary_can_know() {
        for (source, expected) in [
            ("Built a fast compiler.", "Built fast compiler"),
            ("**Bo**ld *and* [linked words](https://example.org/x)", "Bold and linked words"),
            ("`code` $x^2$ CO_{2} H_{2}O x^{th}", ""),
            ("LaTeX BERT GPT4 PhDs PyTorch 3rd GPUs", ""),
            ("https://example.org a@example.org www.example.org/x std::fs e.g. Node.js", ""),
            ("snake_case #tag ~/file --release n=5 /usr/lib", ""),
            ("Example’s don't state-of-the-art", "Example don't state of the art"),
            ("one/two (three), “four”—five--six", "one two three four five six"),
            ("张伟 wrote ภาษาไทย", "wrote"),
            ("cafe\u{301} co\u{ad}operate", "café cooperate"),
            ("GPU-accelerated", "accelerated"),
        ] {
            assert_eq!(found(source).join(" "), expected, "{source:?}");
        }
        assert_eq!(words("2020 – now", Kind::Date), []);
    }

    #[test]
    fn ranges_are_those_of_the_source() {
        for source in ["a **bo**ld cafe\u{301}'s x", "[wird](https://example.org) wörd-pärt"] {
            for word in words(source, Kind::Rich) {
                let text = source.get(word.range.clone()).unwrap().replace('*', "");
                assert_eq!(plain(&text), word.text, "{source:?}");
            }
        }
    }

    #[test]
    fn words_stay_marked_beside_a_change() {
        let shown = |old: &str, new: &str| -> Vec<String> {
            let words = words(old, Kind::Plain);
            let kept = carried(old, new, &words);
            kept.iter().map(|word| new.get(word.range.clone()).unwrap().to_owned()).collect()
        };
        assert_eq!(shown("eno two theer", "eno two and theer"), ["eno", "two", "theer"]);
        assert_eq!(shown("eno two theer", "eno twxo theer"), ["eno", "theer"]);
        assert_eq!(shown("eno", "enot"), [""; 0]);
        assert_eq!(shown("eno two", "two"), ["two"]);
        assert_eq!(shown("ééé two", "ééx two"), ["two"]);
        assert_eq!(shown("aaa aaa", "aaa"), ["aaa"]);
        assert_eq!(shown("eno", "xeno"), [""; 0]);
        assert_eq!(shown("", "new"), [""; 0]);
    }
}

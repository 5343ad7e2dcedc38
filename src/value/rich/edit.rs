//! Changes to the markup of rich text as an editor makes them: bold and italic on and off, links.

use super::{Part, Span, spans};
use crate::value::link::allowed_uri;
use std::ops::Range;

/// What Ctrl+B and Ctrl+I switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

impl Emphasis {
    fn mark(self) -> &'static str {
        match self {
            Self::Bold => "**",
            Self::Italic => "*",
        }
    }
}

/// Switches bold or italic for the selected bytes, or for the word at the caret; gives the new
/// source and where the same text is selected in it. `None` when the markup has no way to say it
/// there.
#[must_use]
pub fn toggle(
    source: &str,
    selection: Range<usize>,
    emphasis: Emphasis,
) -> Option<(String, Range<usize>)> {
    let caret = selection.is_empty().then_some(selection.start);
    let around = word_or(source, selection);
    if around.is_empty() {
        return between(source, around.start, emphasis.mark());
    }
    let spans = spans(source);
    let range = widened(&spans, around);
    let mut letters = letters(source, &spans);
    let chosen = |letter: &Letter| range.contains(&letter.at);
    let on = !letters.iter().filter(|l| chosen(l) && !l.is_space()).all(|l| l.has(emphasis));
    for letter in letters.iter_mut().filter(|l| chosen(l)) {
        letter.set(emphasis, on);
    }
    tighten(&mut letters);
    let (new, places) = write(&letters);
    // Marks between certain letters mean nothing: then the text stays as it is.
    let same = |a: &Letter, b: &Letter| (a.c, a.bold, a.italic) == (b.c, b.bold, b.italic);
    let again = self::letters(&new, &self::spans(&new));
    (again.len() == letters.len() && again.iter().zip(&letters).all(|(a, b)| same(a, b)))
        .then_some(())?;
    let place = |wanted: &dyn Fn(&Letter) -> bool| {
        let found = letters.iter().zip(&places).find(|(l, _)| wanted(l));
        found.map(|(_, place)| *place)
    };
    let selected = match caret {
        Some(caret) => {
            let at = place(&|l| l.at >= caret);
            let at = at.unwrap_or(new.len());
            at..at
        }
        None => {
            let start = place(&|l| chosen(l) && !l.is_space())?;
            let last = letters.iter().zip(&places).rfind(|(l, _)| chosen(l) && !l.is_space())?;
            start..last.1 + last.0.c.len_utf8()
        }
    };
    Some((new, selected))
}

/// Makes a link of the selected bytes, or of the word at the caret; gives the new source and where
/// to go on: to what is missing, or past the link. In a link that is there already, its address is
/// selected; when that is selected already, the link goes and its text stays.
#[must_use]
pub fn link(
    source: &str,
    selection: Range<usize>,
    address: Option<&str>,
) -> (String, Range<usize>) {
    let here = links(&spans(source)).into_iter().find(|link| {
        // A caret beside a link is not in it.
        let edge = usize::from(selection.is_empty());
        link.whole.start + edge <= selection.start && selection.end + edge <= link.whole.end
    });
    if let Some(link) = here {
        let address = link.text.end + 2..link.whole.end.saturating_sub(1);
        if selection != address {
            return (source.to_owned(), address);
        }
        let part = |range: Range<usize>| source.get(range).unwrap_or_default();
        let before = part(0..link.whole.start);
        let text = before.len()..before.len() + link.text.len();
        let after = part(link.whole.end..source.len());
        return (format!("{before}{}{after}", part(link.text)), text);
    }
    if let Some(taken_back) = without_address(source, &selection) {
        return taken_back;
    }
    let around = word_or(source, selection);
    let part = |range: Range<usize>| source.get(range).unwrap_or_default();
    let text = part(around.clone());
    let (text, address) = match address {
        _ if allowed_uri(text).is_some() => ("", text),
        Some(address) => (text, address),
        None => (text, ""),
    };
    let before = format!("{}[{text}](", part(0..around.start));
    let new = format!("{before}{address}){}", part(around.end..source.len()));
    let caret = match (text.is_empty(), address.is_empty()) {
        (true, _) => before.len() - 2,
        (false, true) => before.len(),
        (false, false) => before.len() + address.len() + 1,
    };
    (new, caret..caret)
}

/// Takes a link back that has no address yet, with the caret where that would be.
fn without_address(source: &str, caret: &Range<usize>) -> Option<(String, Range<usize>)> {
    let (before, after) = source.split_at_checked(caret.start).filter(|_| caret.is_empty())?;
    let (before, after) = (before.strip_suffix("](")?, after.strip_prefix(')')?);
    let (before, text) = before.rsplit_once('[').filter(|(_, text)| !text.contains('\n'))?;
    Some((format!("{before}{text}{after}"), before.len()..before.len() + text.len()))
}

/// The selection without white space at its ends; the word at the caret when nothing is selected.
fn word_or(source: &str, selection: Range<usize>) -> Range<usize> {
    if let Some(text) = source.get(selection.clone()).filter(|text| !text.trim().is_empty()) {
        let start = selection.start + text.len() - text.trim_start().len();
        return start..start + text.trim().len();
    }
    let at = selection.start.min(source.len());
    let (before, after) = source.split_at_checked(at).unwrap_or((source, ""));
    let inside = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'' | '’');
    let back: usize = before.chars().rev().take_while(inside).map(char::len_utf8).sum();
    let on: usize = after.chars().take_while(inside).map(char::len_utf8).sum();
    before.len() - back..before.len() + on
}

/// Puts a pair of marks around the caret, or takes an empty pair away.
fn between(source: &str, at: usize, mark: &str) -> Option<(String, Range<usize>)> {
    let (before, after) = source.split_at_checked(at)?;
    let run = |stars: usize| stars == mark.len();
    let left = before.chars().rev().take_while(|c| *c == '*').count();
    let right = after.chars().take_while(|c| *c == '*').count();
    if run(left)
        && run(right)
        && let (Some(before), Some(after)) = (before.strip_suffix(mark), after.strip_prefix(mark))
    {
        return Some((format!("{before}{after}"), before.len()..before.len()));
    }
    // More stars beside stars would be read as other marks.
    (left == 0 && right == 0).then_some(())?;
    let caret = at + mark.len();
    Some((format!("{before}{mark}{mark}{after}"), caret..caret))
}

/// A link in the source.
struct Found {
    whole: Range<usize>,
    text: Range<usize>,
}

fn links(spans: &[Span]) -> Vec<Found> {
    let brackets: Vec<_> = spans.iter().filter(|span| span.part == Part::Bracket).collect();
    let pair = |pair: &[&Span]| match pair {
        [open, close] => Some(Found {
            whole: open.range.start..close.range.end,
            text: open.range.end..close.range.start,
        }),
        _ => None,
    };
    brackets.chunks(2).filter_map(pair).collect()
}

/// A range that cuts no link and nothing else that is one thing: it takes in all of it.
fn widened(spans: &[Span], mut range: Range<usize>) -> Range<usize> {
    let mut take_in = |whole: &Range<usize>, inside: &Range<usize>| {
        let overlaps = range.start < whole.end && whole.start < range.end;
        let fits = inside.start <= range.start && range.end <= inside.end;
        if overlaps && !fits {
            range = range.start.min(whole.start)..range.end.max(whole.end);
        }
    };
    for span in spans.iter().filter(|span| span.part == Part::Whole) {
        take_in(&span.range, &(0..0));
    }
    for link in links(spans) {
        take_in(&link.whole, &link.text);
    }
    range
}

/// A character of the source that is no star of emphasis.
struct Letter {
    at: usize,
    c: char,
    bold: bool,
    italic: bool,
    /// Part of something that is one thing: its spaces are no spaces.
    solid: bool,
}

impl Letter {
    fn has(&self, emphasis: Emphasis) -> bool {
        match emphasis {
            Emphasis::Bold => self.bold,
            Emphasis::Italic => self.italic,
        }
    }

    fn set(&mut self, emphasis: Emphasis, on: bool) {
        match emphasis {
            Emphasis::Bold => self.bold = on,
            Emphasis::Italic => self.italic = on,
        }
    }

    fn is_space(&self) -> bool {
        self.c.is_whitespace() && !self.solid
    }
}

fn letters(source: &str, spans: &[Span]) -> Vec<Letter> {
    let letters = |span: &Span| {
        let (start, style) = (span.range.start, span.style);
        let solid = matches!(span.part, Part::Bracket | Part::Whole);
        let text = source.get(span.range.clone()).unwrap_or_default();
        let letter = move |(at, c)| Letter {
            at: start + at,
            c,
            bold: style.bold,
            italic: style.italic,
            solid,
        };
        text.char_indices().map(letter).collect::<Vec<_>>()
    };
    spans.iter().filter(|span| span.part != Part::Stars).flat_map(letters).collect()
}

/// Emphasis neither starts nor ends in white space, and never goes over a blank line.
fn tighten(letters: &mut [Letter]) {
    for emphasis in [Emphasis::Bold, Emphasis::Italic] {
        let mut before = false;
        let mut rest = &mut *letters;
        while !rest.is_empty() {
            let spaces = rest.iter().take_while(|l| l.is_space()).count();
            let (gap, after) = rest.split_at_mut(spaces);
            let blank = gap.iter().filter(|l| l.c == '\n').count() > 1;
            let next = after.first().is_some_and(|l| l.has(emphasis));
            for letter in gap.iter_mut() {
                let on = letter.has(emphasis) && before && next && !blank;
                letter.set(emphasis, on);
            }
            let words = after.iter().take_while(|l| !l.is_space()).count();
            let (word, after) = after.split_at_mut(words);
            before = word.last().is_some_and(|l| l.has(emphasis));
            rest = after;
        }
    }
}

/// The source of letters, and where each of them stands in it.
fn write(letters: &[Letter]) -> (String, Vec<usize>) {
    let mut out = String::new();
    let mut places = vec![];
    let mut open: Vec<Emphasis> = vec![];
    let lasts = |from: usize, emphasis: Emphasis| {
        letters.iter().skip(from).take_while(|l| l.has(emphasis)).count()
    };
    for (i, letter) in letters.iter().enumerate() {
        while let Some(ended) = open.iter().position(|e| !letter.has(*e)) {
            for emphasis in open.drain(ended..).rev() {
                out += emphasis.mark();
            }
        }
        let mut new: Vec<Emphasis> = [Emphasis::Bold, Emphasis::Italic]
            .into_iter()
            .filter(|e| letter.has(*e) && !open.contains(e))
            .collect();
        // What lasts longer goes outside.
        new.sort_by_key(|e| std::cmp::Reverse(lasts(i, *e)));
        for emphasis in new {
            out += emphasis.mark();
            open.push(emphasis);
        }
        places.push(out.len());
        out.push(letter.c);
    }
    for emphasis in open.iter().rev() {
        out += emphasis.mark();
    }
    (out, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `a ‹b› c` or `a |b`: the selection, or the caret.
    fn marked(text: &str) -> (String, Range<usize>) {
        let plain = text.replace(['‹', '›', '|'], "");
        let start = text.find(['‹', '|']).unwrap();
        let end = text.find('›').map_or(start, |end| end - '‹'.len_utf8());
        (plain, start..end)
    }

    fn shown((text, range): (String, Range<usize>)) -> String {
        let (a, rest) = text.split_at(range.start);
        let (b, c) = rest.split_at(range.len());
        if b.is_empty() { format!("{a}|{c}") } else { format!("{a}‹{b}›{c}") }
    }

    #[test]
    fn emphasis_on_and_off() {
        use Emphasis::{Bold, Italic};
        for (before, emphasis, after) in [
            ("a ‹b› c", Bold, "a **‹b›** c"),
            ("a **‹b›** c", Bold, "a ‹b› c"),
            ("a ‹**b**› c", Bold, "a ‹b› c"),
            ("a‹ b ›c", Bold, "a **‹b›** c"),
            ("a ‹b› c", Italic, "a *‹b›* c"),
            ("a **‹b›** c", Italic, "a ***‹b›*** c"),
            ("a ***‹b›*** c", Bold, "a *‹b›* c"),
            ("a ***‹b›*** c", Italic, "a **‹b›** c"),
            ("one tw|o three", Bold, "one **tw|o** three"),
            ("one **tw|o** three", Bold, "one tw|o three"),
            ("**one ‹two› three**", Bold, "**one** ‹two› **three**"),
            ("‹**one** two›", Bold, "**‹one two›**"),
            ("*one ‹two›*", Bold, "*one **‹two›***"),
            ("a | b", Bold, "a **|** b"),
            ("a **|** b", Bold, "a | b"),
            ("a *|* b", Italic, "a | b"),
            ("‹GPU›s", Bold, "**‹GPU›**s"),
            ("他‹很›好", Bold, "他**‹很›**好"),
            ("see ‹the [p›age](u)", Bold, "see **‹the [page](u)›**"),
            ("[the ‹page›](u)", Bold, "[the **‹page›**](u)"),
            ("`a‹b`› c", Bold, "**‹`ab`›** c"),
            ("‹a\n\nb›", Bold, "**‹a**\n\n**b›**"),
            ("5 * ‹3› * 2", Bold, "5 * **‹3›** * 2"),
        ] {
            let (text, range) = marked(before);
            let found = toggle(&text, range, emphasis).map(shown);
            assert_eq!(found.as_deref(), Some(after), "{before:?} {emphasis:?}");
        }
        // Between a letter and a bracket the marks mean nothing.
        assert_eq!(toggle("f(x)y", 1..4, Bold), None);
    }

    #[test]
    fn links_are_made_and_found() {
        for (before, address, after) in [
            ("a ‹page› b", None, "a [page](|) b"),
            ("a pa|ge b", None, "a [page](|) b"),
            ("a ‹page› b", Some("https://example.org"), "a [page](https://example.org)| b"),
            ("‹https://example.org›", None, "[|](https://example.org)"),
            ("a | b", None, "a [|]() b"),
            ("a [pa|ge](u) b", None, "a [page](‹u›) b"),
            ("‹[page](u)› b", None, "[page](‹u›) b"),
            ("[page](u)| b", None, "[page](u)[|]() b"),
            ("a [page](‹u›) b", None, "a ‹page› b"),
            ("a [**page**](‹u›)", None, "a ‹**page**›"),
            ("a [page](|) b", None, "a ‹page› b"),
        ] {
            let (text, range) = marked(before);
            assert_eq!(shown(link(&text, range, address)), after, "{before:?}");
        }
    }
}

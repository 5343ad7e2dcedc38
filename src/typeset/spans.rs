//! Text on its way to the shaper: one string with styled spans, in which breaks that would hurt are
//! closed.

use crate::{
    typeset::{
        breaks::{break_marks, closed_spaces},
        fonts::is_invisible,
    },
    value::{
        clean::tidy,
        direction::{Direction, names_with_signs},
        locale::Locale,
        rich::{Rich, Shift},
    },
};
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// A mark that is not printed: what stands beside it runs from left to right.
const LEFT_TO_RIGHT: char = '\u{200e}';

/// How the characters of a span look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Face {
    /// Bold.
    pub(crate) bold: bool,
    /// Italic.
    pub(crate) italic: bool,
    /// Without ligatures.
    pub(crate) code: bool,
    /// Small capitals.
    pub(crate) small_caps: bool,
    /// A little smaller than the text around it.
    pub(crate) smaller: bool,
    /// Raised or lowered.
    pub(crate) shift: Shift,
    /// In the family of the headings.
    pub(crate) heading: bool,
    /// Index into the colours.
    pub(crate) colour: u16,
}

impl Face {
    /// Plain text.
    pub(crate) const REGULAR: Self = Self {
        bold: false,
        italic: false,
        code: false,
        small_caps: false,
        heading: false,
        smaller: false,
        shift: Shift::None,
        colour: 0,
    };
}

/// A stretch of text in one face.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// Its face.
    pub(crate) face: Face,
    /// Index into the links.
    pub(crate) link: Option<u32>,
    /// Index into the places.
    pub(crate) place: u32,
}

/// A text in spans that cover it without gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Spans {
    /// The text as it is shaped: with no-break spaces, which are read back as spaces.
    pub(crate) text: String,
    /// Its spans in order.
    pub(crate) spans: Vec<Span>,
}

impl Spans {
    /// Whether there is nothing to print.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || is_invisible(c))
    }

    /// Appends plain text, without what pasting left in it.
    pub(crate) fn push(&mut self, text: &str, face: Face, link: Option<u32>, place: u32) {
        let text = &*tidy(text, self.text.chars().next_back());
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        // Where lines end is the fit's business alone.
        let ends_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let printed = |c: char| if ends_line(c) { ' ' } else { c };
        if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            self.text.extend(text.chars().map(printed));
        } else {
            // Faces have glyphs for whole letters and syllables, not for all of their parts.
            self.text.extend(text.nfc().map(printed));
        }
        let end = self.text.len();
        if let Some(last) = self.spans.last_mut()
            && (last.face, last.link, last.place) == (face, link, place)
        {
            last.range.end = end;
        } else {
            self.spans.push(Span { range: start..end, face, link, place });
        }
    }

    /// Appends rich text over a base face. `link` turns the target of a run into an index.
    pub(crate) fn push_rich(
        &mut self,
        rich: &Rich,
        base: Face,
        place: u32,
        link: &mut dyn FnMut(&str) -> Option<(u32, u16)>,
    ) {
        for run in &rich.runs {
            let mut face = Face {
                bold: base.bold || run.style.bold,
                // Emphasis inside italics is upright, as printers have always done it.
                italic: base.italic != run.style.italic,
                code: base.code || run.style.code,
                shift: run.style.shift,
                ..base
            };
            let target = run.link.as_deref().and_then(&mut *link);
            if let Some((_, colour)) = target {
                face.colour = if colour == 0 { base.colour } else { colour };
            }
            self.push(&run.text, face, target.map(|(index, _)| index), place);
        }
    }

    /// Appends other spans.
    pub(crate) fn append(&mut self, other: &Self) {
        for span in &other.spans {
            let text = other.text.get(span.range.clone()).unwrap_or_default();
            self.push(text, span.face, span.link, span.place);
        }
    }

    /// Closes the breaks that would hurt, in the words of `locale`, opens words where they may be
    /// hyphenated, and keeps Latin names whole where the text runs from right to left.
    pub(crate) fn finish(
        &mut self,
        hyphens: Option<hypher::Lang>,
        locale: &Locale,
        direction: Direction,
    ) {
        let closed = closed_spaces(&self.text, locale);
        let mut marks = break_marks(&self.text);
        if direction.is_leftwards() {
            let names = names_with_signs(&self.text).into_iter();
            marks.extend(
                names.flat_map(|name| [name.start, name.end]).map(|at| (at, LEFT_TO_RIGHT)),
            );
        }
        let soft = hyphens.map(|lang| hyphen_points(&self.text, lang)).unwrap_or_default();
        if closed.is_empty() && marks.is_empty() && soft.is_empty() {
            return;
        }
        marks.extend(soft.into_iter().map(|at| (at, '\u{ad}')));
        marks.sort_unstable();
        let mut text = String::with_capacity(self.text.len() + closed.len() + 3 * marks.len());
        let (mut closed, mut marks) = (closed.into_iter().peekable(), marks.into_iter().peekable());
        let mut ends =
            self.spans.iter().map(|s| s.range.end).collect::<Vec<_>>().into_iter().peekable();
        let mut new_ends = vec![];
        for (i, c) in self.text.char_indices() {
            while ends.next_if_eq(&i).is_some() {
                new_ends.push(text.len());
            }
            while let Some((_, mark)) = marks.next_if(|(at, _)| *at == i) {
                text.push(mark);
            }
            text.push(if closed.next_if_eq(&i).is_some() { '\u{a0}' } else { c });
        }
        text.extend(marks.map(|(_, mark)| mark));
        new_ends.extend(ends.map(|_| text.len()));
        let mut start = 0;
        for (span, end) in self.spans.iter_mut().zip(new_ends) {
            span.range = start..end;
            start = end;
        }
        self.text = text;
    }
}

/// The byte offsets at which a word may be hyphenated: never so that fewer than three letters stand
/// alone, never in names of things (capitals, digits, links).
fn hyphen_points(text: &str, lang: hypher::Lang) -> Vec<usize> {
    let mut points = vec![];
    let mut start = 0;
    let breaks = |c: char| !c.is_alphabetic();
    for piece in text.split_inclusive(breaks) {
        let word = piece.trim_end_matches(breaks);
        let tail_ok = !piece.ends_with(['/', '@', '_', '.', '-']) || piece.ends_with(". ");
        let plain = word.chars().skip(1).all(char::is_lowercase);
        if plain && tail_ok && word.chars().count() >= 7 {
            let mut at = start;
            let syllables: Vec<&str> = hypher::hyphenate_bounded(word, lang, 3, 3).collect();
            let inner = syllables.len().saturating_sub(1);
            for syllable in syllables.into_iter().take(inner) {
                at += syllable.len();
                points.push(at);
            }
        }
        start += piece.len();
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::words::locale;

    #[test]
    fn spans_follow_the_text() {
        let mut spans = Spans::default();
        let bold = Face { bold: true, ..Face::default() };
        spans.push("by A.", Face::default(), None, 0);
        spans.push(" Nowak", bold, None, 1);
        spans.push(" ok", Face::default(), None, 2);
        spans.finish(None, locale("en"), Direction::RightWards);
        assert_eq!(spans.text, "by A.\u{a0}Nowak ok");
        let parts: Vec<&str> =
            spans.spans.iter().filter_map(|s| spans.text.get(s.range.clone())).collect();
        assert_eq!(parts, ["by A.", "\u{a0}Nowak", " ok"]);
    }

    #[test]
    fn names_with_signs_stay_whole_from_right_to_left() {
        let mut spans = Spans::default();
        spans.push("ב-C++", Face::default(), None, 0);
        spans.finish(None, locale("he"), Direction::LeftWards);
        assert_eq!(spans.text.replace(['\u{2060}', LEFT_TO_RIGHT], "|"), "ב-||C+|+|");
    }

    #[test]
    fn long_words_may_be_hyphenated() {
        let mut spans = Spans::default();
        spans.push("computation at NeurIPS", Face::default(), None, 0);
        spans.finish(Some(hypher::Lang::English), locale("en"), Direction::RightWards);
        assert_eq!(spans.text.replace('\u{ad}', "-"), "com-pu-ta-tion at NeurIPS");
    }
}

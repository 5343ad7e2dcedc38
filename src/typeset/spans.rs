//! Text on its way to the shaper: one string with styled spans, in which breaks that would hurt are
//! closed.

use crate::{
    typeset::fonts::is_invisible,
    value::{
        clean::tidy,
        rich::{Rich, Shift},
    },
};
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

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
    pub(crate) link: Option<u16>,
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
    pub(crate) fn push(&mut self, text: &str, face: Face, link: Option<u16>, place: u32) {
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
        link: &mut dyn FnMut(&str) -> Option<(u16, u16)>,
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

    /// Closes the breaks that would hurt, and opens words where they may be hyphenated.
    pub(crate) fn finish(&mut self, hyphens: Option<hypher::Lang>) {
        let closed = closed_spaces(&self.text);
        let soft = hyphens.map(|lang| hyphen_points(&self.text, lang)).unwrap_or_default();
        if closed.is_empty() && soft.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len() + closed.len() + 2 * soft.len());
        let (mut closed, mut soft) = (closed.into_iter().peekable(), soft.into_iter().peekable());
        let mut ends =
            self.spans.iter().map(|s| s.range.end).collect::<Vec<_>>().into_iter().peekable();
        let mut new_ends = vec![];
        for (i, c) in self.text.char_indices() {
            while ends.next_if_eq(&i).is_some() {
                new_ends.push(text.len());
            }
            if soft.next_if_eq(&i).is_some() {
                text.push('\u{ad}');
            }
            text.push(if closed.next_if_eq(&i).is_some() { '\u{a0}' } else { c });
        }
        new_ends.extend(ends.map(|_| text.len()));
        let mut start = 0;
        for (span, end) in self.spans.iter_mut().zip(new_ends) {
            span.range = start..end;
            start = end;
        }
        self.text = text;
    }
}

/// Words after which, with a full stop, no line ends: what they belong to follows.
const ABBREVIATIONS: &[&str] = &[
    "Prof.", "Dr.", "Mr.", "Ms.", "Mrs.", "St.", "Fig.", "Sec.", "Eq.", "Thm.", "No.", "no.",
    "Nr.", "vol.", "Vol.", "pp.", "p.", "ca.", "cf.", "Ch.", "ch.",
];

/// Units that stay with their number.
const UNITS: &[&str] = &[
    "%",
    "‰",
    "°",
    "°C",
    "K",
    "M",
    "B",
    "k",
    "x",
    "×",
    "s",
    "ms",
    "µs",
    "μs",
    "ns",
    "h",
    "min",
    "d",
    "B",
    "kB",
    "KB",
    "MB",
    "GB",
    "TB",
    "PB",
    "GiB",
    "MiB",
    "KiB",
    "bit",
    "Hz",
    "kHz",
    "MHz",
    "GHz",
    "W",
    "kW",
    "MW",
    "V",
    "mV",
    "A",
    "mA",
    "g",
    "kg",
    "mg",
    "m",
    "cm",
    "mm",
    "km",
    "nm",
    "µm",
    "dB",
    "pt",
    "px",
    "fps",
    "€",
    "$",
    "EUR",
    "USD",
    "PLN",
    "CHF",
    "GPUs",
    "CPUs",
    "TFLOPS",
    "people",
    "students",
    "papers",
    "citations",
    "stars",
    "users",
];

/// Signs that stand between two things that belong together.
const OPERATORS: &[&str] = &[
    "=", "<", ">", "≤", "≥", "≈", "≠", "×", "·", "±", "∈", "→", "←", "+", "∼", "≪", "≫", "∝", "≡",
];

/// The byte offsets of the spaces at which no line may end.
fn closed_spaces(text: &str) -> Vec<usize> {
    let mut closed = vec![];
    let words: Vec<(usize, &str)> = text
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .collect();
    // One short word alone on a last line is a line lost.
    if let [.., (_, left), (start, last)] = words.as_slice()
        && words.len() > 4
        && (1..=5).contains(&last.chars().count())
        && !left.is_empty()
        && left.chars().count() <= 12
    {
        closed.push(start - 1);
    }
    for pair in words.windows(2) {
        let [(_, left), (start, right)] = pair else {
            continue;
        };
        let bare = right.trim_end_matches([',', '.', ';', ':', ')']);
        let short = |word: &str| word.chars().count() <= 8;
        let opened = left.trim_start_matches(['(', '[', '"', '“']);
        let hurts = ABBREVIATIONS.contains(&opened)
            || is_initial(opened)
            || (opened.ends_with(|c: char| c.is_ascii_digit()) && UNITS.contains(&bare))
            || (OPERATORS.contains(&bare) && short(left))
            || (OPERATORS.contains(left) && short(right))
            // A dash never begins a line.
            || matches!(*right, "–" | "—" | "/" | "|");
        if hurts && !left.is_empty() && !right.is_empty() {
            closed.push(start - 1);
        }
    }
    closed.sort_unstable();
    closed.dedup();
    closed
}

/// `J.`, `J.-P.`, `Ł.`: an initial that stays with what follows.
fn is_initial(word: &str) -> bool {
    !word.is_empty()
        && word.split_inclusive('.').all(|part| {
            let mut chars = part.trim_start_matches('-').chars();
            let upper = chars.next().is_some_and(char::is_uppercase);
            upper && chars.next() == Some('.') && chars.next().is_none()
        })
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

    /// `~` stands for a closed space.
    fn check(text: &str, expected: &str) {
        let mut spans = Spans::default();
        spans.push(text, Face::default(), None, 0);
        spans.finish(None);
        assert_eq!(spans.text.replace('\u{a0}', "~"), expected);
    }

    #[test]
    fn breaks_that_hurt_are_closed() {
        check("by J. T. H. Wong and A. Nowak", "by J.~T.~H.~Wong and A.~Nowak");
        check("in 12 ms on 8 GB.", "in 12~ms on 8~GB.");
        check("with σ² ≤ 1 everywhere", "with σ²~≤~1 everywhere");
        check("Prof. Ada, pp. 1–14", "Prof.~Ada, pp.~1–14");
        check("Oct 2024 – Jun 2028", "Oct 2024~– Jun~2028");
        check("a plain sentence of words", "a plain sentence of~words");
        check("a plain sentence of longer ones", "a plain sentence of longer~ones");
        check("a plain sentence of sentences", "a plain sentence of sentences");
        check("J.-P. Martin (E. Example)", "J.-P.~Martin (E.~Example)");
        check("", "");
        check("  two  spaces ", "  two  spaces ");
    }

    #[test]
    fn spans_follow_the_text() {
        let mut spans = Spans::default();
        let bold = Face { bold: true, ..Face::default() };
        spans.push("by A.", Face::default(), None, 0);
        spans.push(" Nowak", bold, None, 1);
        spans.push(" ok", Face::default(), None, 2);
        spans.finish(None);
        assert_eq!(spans.text, "by A.\u{a0}Nowak ok");
        let parts: Vec<&str> =
            spans.spans.iter().filter_map(|s| spans.text.get(s.range.clone())).collect();
        assert_eq!(parts, ["by A.", "\u{a0}Nowak", " ok"]);
    }

    #[test]
    fn long_words_may_be_hyphenated() {
        let mut spans = Spans::default();
        spans.push("computation at NeurIPS", Face::default(), None, 0);
        spans.finish(Some(hypher::Lang::English));
        assert_eq!(spans.text.replace('\u{ad}', "-"), "com-pu-ta-tion at NeurIPS");
    }
}

//! Rich text: the light markup of prose fields, and the styled runs it stands for.

mod address;
mod edit;
mod markup;
mod quotes;

pub use edit::{Emphasis, link, toggle};
pub use markup::{UnknownMaths, unknown_maths};
pub use quotes::Quotes;

use std::{ops::Range, sync::Arc};

/// Raised or lowered text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shift {
    /// On the baseline.
    #[default]
    None,
    /// Superscript.
    Super,
    /// Subscript.
    Sub,
}

/// How a run looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Code: set without ligatures.
    pub code: bool,
    /// Superscript or subscript.
    pub shift: Shift,
}

/// A stretch of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text, without markup.
    pub text: String,
    /// Its style.
    pub style: Style,
    /// Where it leads, as written by the user.
    pub link: Option<Arc<str>>,
}

/// Text in styled runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    /// The runs in reading order; none is empty, and neighbours differ in style or link.
    pub runs: Vec<Run>,
}

/// What a piece of the source is in the markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that is printed.
    Text,
    /// Stars that switch bold or italic on or off.
    Stars,
    /// What stands around the text of a link: `[` and `](address)`.
    Bracket,
    /// Code, maths, raised or lowered text, an address in `<>`, with its marks: nothing in it is
    /// markup.
    Whole,
}

/// A piece of the source of rich text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub part: Part,
    /// The style of what is printed there.
    pub style: Style,
    /// Whether it belongs to a link.
    pub link: bool,
}

/// The source of rich text in pieces, in order and without gaps, for showing the markup while it is
/// edited. Paragraphs, parted by blank lines, are read one by one.
#[must_use]
pub fn spans(source: &str) -> Vec<Span> {
    pieces(source).into_iter().map(|(span, _)| span).collect()
}

/// The pieces of [`spans`], each with the text that is printed of it where it is [`Part::Text`]:
/// what two hyphens are is decided by what stands around them, in the whole markup.
#[must_use]
pub fn pieces(source: &str) -> Vec<(Span, String)> {
    let mut out = vec![];
    let mut start = 0;
    let mut end = 0;
    for line in source.split_inclusive('\n').chain([""]) {
        end += line.len();
        if line.trim().is_empty() {
            let block = source.get(start..end).unwrap_or_default();
            out.extend(markup::pieces(block).into_iter().map(|(span, text)| {
                let range = span.range.start + start..span.range.end + start;
                (Span { range, ..span }, text)
            }));
            start = end;
        }
    }
    out
}

impl Rich {
    /// Reads text with markup. Nothing fails: marks without a partner stay as they are written.
    ///
    /// `**bold**`, `*italic*`, `***both***`, `` `code` ``, `[text](url)`, `^{super}`, `_{sub}`,
    /// `$maths$`, `--` and `---` as dashes, addresses (`https://…`, `<https://…>`) as links, and a
    /// backslash before punctuation that is meant literally.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        markup::parse(source, None)
    }

    /// [`Rich::parse`], with straight quotation marks and apostrophes as those of a language where
    /// it has some. Code, maths, addresses and what stands behind a backslash stay as they are.
    #[must_use]
    pub fn curled(source: &str, quotes: Option<&Quotes>) -> Self {
        markup::parse(source, quotes)
    }

    /// Text without any markup, exactly as given.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let mut rich = Self::default();
        rich.push(text, Style::default(), None);
        rich
    }

    /// The text without its styles.
    #[must_use]
    pub fn to_plain(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Adds text at the end, as part of the last run where style and link agree.
    pub fn push(&mut self, text: &str, style: Style, link: Option<Arc<str>>) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.style == style && last.link == link => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), style, link }),
        }
    }

    /// Adds other rich text at the end.
    pub fn append(&mut self, other: Self) {
        for run in other.runs {
            self.push(&run.text, run.style, run.link);
        }
    }

    /// The same text without white space at its ends.
    #[must_use]
    pub fn trim(mut self) -> Self {
        let leading = self.runs.iter().take_while(|run| run.text.trim().is_empty()).count();
        self.runs.drain(..leading);
        while self.runs.last().is_some_and(|run| run.text.trim().is_empty()) {
            self.runs.pop();
        }
        if let Some(first) = self.runs.first_mut() {
            first.text = first.text.trim_start().to_owned();
        }
        if let Some(last) = self.runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        self
    }
}

/// Reads text with markup whose paragraphs are parted by blank lines; empty ones are left out.
#[must_use]
pub fn paragraphs(source: &str) -> Vec<Rich> {
    let mut found = Vec::new();
    let mut block = String::new();
    // The blank line after the end closes the last paragraph.
    for line in source.lines().chain([""]) {
        if !line.trim().is_empty() {
            block.push_str(line);
            block.push('\n');
        } else if !block.is_empty() {
            found.push(Rich::parse(&block).trim());
            block.clear();
        }
    }
    found.retain(|rich| !rich.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_neighbours_merge() {
        let mut rich = Rich::plain("a");
        rich.push("b", Style::default(), None);
        rich.push("", Style { bold: true, ..Style::default() }, None);
        rich.append(Rich::parse("c*d*"));
        assert_eq!(rich.runs.len(), 2);
        assert_eq!(rich.to_plain(), "abcd");
        assert!(Rich::parse("").is_empty());
    }

    #[test]
    fn plain_reads_no_markup() {
        assert_eq!(Rich::plain("**a** -- $x$").to_plain(), "**a** -- $x$");
    }

    #[test]
    fn trim_works_over_runs() {
        let check = |input: &str, expected: &str| {
            let trimmed = Rich::parse(input).trim();
            assert_eq!(trimmed.to_plain(), expected, "{input:?}");
            assert!(trimmed.runs.iter().all(|run| !run.text.is_empty()), "{input:?}");
        };
        check("  a b  ", "a b");
        check(" ` ` **a**  ` ` ", "a");
        check("   ", "");
        check("", "");
    }

    #[test]
    fn spans_say_what_each_piece_is() {
        let shown = |source: &str| -> String {
            let spans = spans(source);
            let whole: String = spans.iter().filter_map(|s| source.get(s.range.clone())).collect();
            assert_eq!(whole, source);
            let show = |span: &Span| {
                let text = source.get(span.range.clone()).unwrap();
                let part = match span.part {
                    Part::Text => "",
                    Part::Stars => "*",
                    Part::Bracket => "[",
                    Part::Whole => "=",
                };
                let flag = |on: bool, flag| if on { flag } else { "" };
                let (b, i) = (flag(span.style.bold, "b"), flag(span.style.italic, "i"));
                format!("<{part}{b}{i}{}|{text}>", flag(span.link, "l"))
            };
            spans.iter().map(show).collect()
        };
        for (source, expected) in [
            ("", ""),
            ("plain -- é", "<|plain -- é>"),
            ("a **b**", "<|a ><*b|**><b|b><*b|**>"),
            ("***a** b*", "<*bi|***><bi|a><*bi|**><i| b><*i|*>"),
            ("**oops", "<|**><|oops>"),
            ("***a*", "<|**><*i|*><i|a><*i|*>"),
            ("[a *b*](c) d", "<[l|[><l|a ><*il|*><il|b><*il|*><[l|](c)><| d>"),
            ("[a] `**`$x$", "<|[><|a] ><=|`**`><=|$x$>"),
            ("\n**a**\n", "<|\n><*b|**><b|a><*b|**><|\n>"),
        ] {
            assert_eq!(shown(source), expected, "{source:?}");
        }
        assert_eq!(spans("**a\n\nb**").iter().filter(|s| s.part == Part::Stars).count(), 0);
    }

    #[test]
    fn paragraphs_part_at_blank_lines() {
        let check = |input: &str, expected: &[&str]| {
            let plain: Vec<_> = paragraphs(input).iter().map(Rich::to_plain).collect();
            assert_eq!(plain, expected, "{input:?}");
        };
        check("one\ntwo\n\n  three\n \t \n\nfour", &["one two", "three", "four"]);
        check("\r\n one \r\n\r\n two\r\n", &["one", "two"]);
        check("*a\n\nb*", &["*a", "b*"]);
        check("\n \n", &[]);
    }
}

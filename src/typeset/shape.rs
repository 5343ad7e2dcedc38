//! Shaping: spans become glyphs once, at a reference size; a change of size or width only breaks
//! them anew.

use crate::{
    at::At,
    finding::{Code, Finding, Fix},
    look::{FAMILIES, Style},
    typeset::{
        families::Usability,
        fonts::{Fonts, stack},
        spans::Spans,
        words,
    },
    value::{
        direction::{Direction, runs_left},
        rich::Shift,
    },
};
use parley::{
    BaseDirection, FontFeatures, FontStyle, FontWeight, Layout, LayoutContext, OverflowWrap,
    StyleProperty, fontique::Language,
};
use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// The size in pt at which everything is shaped. Without hinting a size is only a factor.
pub(crate) const REFERENCE: f32 = 10.0;
/// Size of raised and lowered text, times the size around it.
pub(crate) const SHIFT_SIZE: f32 = 0.66;

/// A line that leaves a word to the next one stays at least this long, as a part of the measure.
const LEAST_LINE: f32 = 0.6;

/// Size of a name in another script, times the size of the name: its signs fill the whole square.
const SMALLER_SIZE: f32 = 0.8;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Setting {
    /// Running text: it takes its direction from its own letters, and its words may be hyphenated.
    Running,
    /// Names, titles, dates: they run like the page, whatever script they begin with.
    Row,
}

impl Setting {
    /// The direction of a text on a page of the direction `page`.
    fn direction(self, page: Direction, text: &str) -> Direction {
        match self {
            Self::Running => page.of_prose(text),
            Self::Row => page.of_row(text),
        }
    }
}

/// A shaped text. The brush of a style is the index of its span.
pub(crate) struct Shaped {
    /// The text before breaks were closed and words opened.
    source: Spans,
    /// What was shaped.
    pub(crate) spans: Spans,
    /// The glyphs, broken into lines at some width of the reference size.
    pub(crate) layout: Layout<Brush>,
    /// Width without any break, at the reference size.
    pub(crate) natural: f32,
    /// The widths it is broken at, so that the same break is not done twice.
    broken: Option<(f32, f32)>,
    /// Whether it is running text, of which no word shall stand alone on the last line.
    is_running: bool,
    /// Where the last line would begin if the line before it had not left a word to it: it then
    /// held one word.
    pub(crate) lone_word: Option<usize>,
    key: u64,
}

/// Index of a span.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Brush(pub(crate) u32);

impl Shaped {
    /// Breaks into lines of `first` and then of `rest` pt, both at the reference size; the number
    /// of lines.
    pub(crate) fn break_lines(&mut self, first: f32, rest: f32) -> usize {
        let whole = f32::MAX;
        let (first, rest) = if self.natural <= first { (whole, whole) } else { (first, rest) };
        if self.broken != Some((first, rest)) {
            self.broken = Some((first, rest));
            self.lone_word = None;
            if first == whole {
                self.layout.break_all_lines(None);
            } else {
                self.break_at(first, rest, None);
                if self.is_running {
                    self.join_lone_word(first, rest);
                }
            }
        }
        self.layout.len()
    }

    /// Breaks into lines of `first` and then of `rest` pt, but one of them, by its index, at
    /// another width.
    fn break_at(&mut self, first: f32, rest: f32, other: Option<(usize, f32)>) {
        let mut lines = self.layout.break_lines();
        lines.state_mut().set_layout_max_advance(f32::INFINITY);
        let mut index = 0;
        loop {
            let usual = if index == 0 { first } else { rest };
            let width = other.filter(|(line, _)| *line == index).map_or(usual, |(_, width)| width);
            lines.state_mut().set_line_max_advance(width);
            if lines.break_next().is_none() {
                break;
            }
            index += 1;
        }
        lines.finish();
    }

    /// Width of a line without the spaces at its ends.
    fn ink(&self, line: usize) -> f32 {
        self.layout.get(line).map_or(0.0, |line| ink_width(&line, &self.spans.text))
    }

    /// Where the last line holds one word, the line before it leaves it another one, if that takes
    /// no further line and does not make that line a short one.
    fn join_lone_word(&mut self, first: f32, rest: f32) {
        let count = self.layout.len();
        let Some(before) = count.checked_sub(2) else {
            return;
        };
        let last = self.layout.get(count - 1).map(|line| line.text_range()).unwrap_or_default();
        let start = last.start;
        let words = self.spans.text.get(last).unwrap_or_default().split_whitespace().count();
        if words != 1 {
            return;
        }
        let narrower = self.ink(before) - 0.01;
        self.break_at(first, rest, Some((before, narrower)));
        let room = if before == 0 { first } else { rest };
        if self.layout.len() == count && self.ink(before) >= LEAST_LINE * room {
            self.lone_word = Some(start);
        } else {
            self.break_at(first, rest, None);
        }
    }
}

impl Shaped {
    /// The width of what stands before span `index`, without the space between the two, in units of
    /// the reference size; the text must be on one line still.
    pub(crate) fn width_before(&self, index: usize) -> f32 {
        let end = self.spans.spans.get(index).map_or(self.spans.text.len(), |s| s.range.start);
        let runs = self.layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>());
        let clusters = runs.flat_map(|run| run.visual_clusters().collect::<Vec<_>>());
        let before = clusters.filter(|cluster| cluster.text_range().end <= end);
        let last = self.spans.text.get(..end).unwrap_or_default().trim_end_matches(' ').len();
        before.filter(|c| c.text_range().start < last).map(|cluster| cluster.advance()).sum()
    }
}

/// Shapes texts, and remembers those of the last document so that an edit shapes only what it
/// changed.
pub(crate) struct Shaper {
    fonts: Fonts,
    context: LayoutContext<Brush>,
    known: HashMap<u64, Shaped>,
}

impl Shaper {
    /// A shaper that has not seen any text.
    pub(crate) fn new(source: super::Source) -> Self {
        Self { fonts: Fonts::new(source), context: LayoutContext::new(), known: HashMap::new() }
    }

    /// The glyphs of `spans` at `size` times the reference size.
    pub(crate) fn shape(
        &mut self,
        source: Spans,
        size: f32,
        setting: Setting,
        style: &Style,
    ) -> Shaped {
        let hyphenate = style.hyphenate && setting == Setting::Running;
        let fonts = (&style.body_font, style.heading_family());
        let mut hasher = DefaultHasher::new();
        (&source, size.to_bits(), setting, fonts, hyphenate, &style.language).hash(&mut hasher);
        let key = hasher.finish();
        // Equal keys of different texts are as good as impossible, but a wrong text must be.
        if let Some(known) = self.known.remove(&key).filter(|known| known.source == source) {
            return known;
        }
        let mut spans = source.clone();
        let hyphens = hyphenate.then(|| hyphenation(&style.language)).flatten();
        let locale = words::locale(&style.language);
        let direction = setting.direction(locale.direction(), &spans.text);
        spans.finish(hyphens, locale, direction);
        let mut layout = self.layout(&spans, size * REFERENCE, direction, style);
        layout.break_all_lines(None);
        let natural = layout.lines().next().map_or(0.0, |line| ink_width(&line, &spans.text));
        // A hair of tolerance: the width of a column and of what fills it are computed apart.
        Shaped {
            source,
            spans,
            layout,
            natural: natural - 0.01,
            broken: None,
            is_running: setting == Setting::Running,
            lone_word: None,
            key,
        }
    }

    /// The style with families that can be set and put into a PDF, and what is to be said of those
    /// that cannot.
    pub(crate) fn settled<'s>(&mut self, style: &'s Style) -> (Cow<'s, Style>, Vec<Finding>) {
        let usual = Style::default();
        let mut settled = Cow::Borrowed(style);
        let mut findings = vec![];
        for (name, family) in
            [("body_font", &style.body_font), ("heading_font", &style.heading_font)]
        {
            let same = name == "heading_font" && family.is_empty();
            if same || FAMILIES.contains(&family.as_str()) {
                continue;
            }
            let (code, message, hint) = match self.fonts.usability(family) {
                Usability::Usable => continue,
                Usability::Missing => (
                    Code::FontUnknown,
                    format!("there is no font `{family}` on this computer"),
                    "install it, or choose another one",
                ),
                Usability::Restricted => (
                    Code::FontUnusable,
                    format!("the licence of the font `{family}` does not allow it in a PDF"),
                    "choose another one",
                ),
                Usability::Variable => (
                    Code::FontUnusable,
                    format!("`{family}` is a variable font, which a PDF cannot hold"),
                    "install its static files, or choose another one",
                ),
            };
            let used = match name {
                "body_font" => {
                    settled.to_mut().body_font.clone_from(&usual.body_font);
                    format!("`{}` is used", usual.body_font)
                }
                _ => {
                    settled.to_mut().heading_font.clear();
                    "the font of the text is used".to_owned()
                }
            };
            let own: Vec<String> = FAMILIES.iter().map(|name| format!("`{name}`")).collect();
            findings.push(
                Finding::warning(code, At::root().field("look").field(name), message)
                    .hint(format!("{used}; {hint}: {} are always there", own.join(", ")))
                    .fix(Fix::Unset(name)),
            );
        }
        (settled, findings)
    }

    /// Remembers shaped texts for the next time.
    pub(crate) fn remember(&mut self, texts: impl Iterator<Item = Shaped>) {
        self.known.clear();
        self.known.extend(texts.map(|text| (text.key, text)));
    }

    fn layout(
        &mut self,
        spans: &Spans,
        size: f32,
        direction: Direction,
        style: &Style,
    ) -> Layout<Brush> {
        let (body, heading) = (style.body_font.as_str(), style.heading_family());
        let wanted = [body, heading];
        let (fonts, regional) = self.fonts.context(&spans.text, wanted, &style.language);
        let mut builder = self.context.ranged_builder(fonts, &spans.text, 1.0, false);
        builder.set_base_direction(match direction {
            Direction::RightWards => BaseDirection::Ltr,
            Direction::LeftWards => BaseDirection::Rtl,
        });
        builder.push_default(StyleProperty::FontFamily(stack(body, regional)));
        if regional.is_some() {
            // A family may hold the forms of several languages.
            builder.push_default(StyleProperty::Locale(Language::parse(&style.language).ok()));
        }
        builder.push_default(StyleProperty::FontSize(size));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        for (i, span) in spans.spans.iter().enumerate() {
            let range = || span.range.clone();
            let face = span.face;
            builder
                .push(StyleProperty::Brush(Brush(u32::try_from(i).unwrap_or(u32::MAX))), range());
            if face.heading {
                builder.push(StyleProperty::FontFamily(stack(heading, regional)), range());
            }
            if face.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range());
            }
            if face.italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), range());
            }
            let features = match (face.small_caps, face.code) {
                (true, _) => "\"smcp\" 1",
                (_, true) => "\"liga\" 0, \"clig\" 0, \"dlig\" 0",
                _ => "",
            };
            if !features.is_empty() {
                let features = FontFeatures::Source(Cow::Borrowed(features));
                builder.push(StyleProperty::FontFeatures(features), range());
            }
            let text = spans.text.get(range()).unwrap_or_default();
            // Letters that are joined to each other must not be spaced.
            if face.small_caps && !text.chars().any(runs_left) {
                builder.push(StyleProperty::LetterSpacing(size * 0.04), range());
            }
            if face.smaller {
                builder.push(StyleProperty::FontSize(size * SMALLER_SIZE), range());
            }
            if face.shift != Shift::None {
                builder.push(StyleProperty::FontSize(size * SHIFT_SIZE), range());
            }
        }
        builder.build(&spans.text)
    }
}

/// Width of a line of `text` without the spaces at its ends, in units of the reference size.
/// No-break spaces count: they are there to keep things apart.
pub(crate) fn ink_width(line: &parley::Line<'_, Brush>, text: &str) -> f32 {
    let advance = line.metrics().advance;
    // Most lines run from left to right and begin and end with a word.
    if !line.runs().any(|run| run.is_rtl())
        && text.get(line.text_range()).is_some_and(|text| text.trim_matches(' ') == text)
    {
        return advance;
    }
    let mut trailing = 0.0;
    let runs: Vec<_> = line.runs().collect();
    'ink: for run in runs.iter().rev() {
        let clusters: Vec<_> = run.visual_clusters().collect();
        for cluster in clusters.iter().rev() {
            if text.get(cluster.text_range()) != Some(" ") {
                break 'ink;
            }
            trailing += cluster.advance();
        }
    }
    if trailing < advance { advance - trailing - left_spaces(line, text) } else { 0.0 }
}

/// Width of the spaces at the left end of a line of `text`: where a line of a script from right to
/// left ends.
pub(crate) fn left_spaces(line: &parley::Line<'_, Brush>, text: &str) -> f32 {
    let mut width = 0.0;
    for run in line.runs() {
        for cluster in run.visual_clusters() {
            if text.get(cluster.text_range()) != Some(" ") {
                return width;
            }
            width += cluster.advance();
        }
    }
    width
}

/// The hyphenation patterns of a language.
fn hyphenation(language: &str) -> Option<hypher::Lang> {
    let code: [u8; 2] = language.as_bytes().get(..2)?.try_into().ok()?;
    hypher::Lang::from_iso(code)
}

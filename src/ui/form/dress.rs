//! How rich text looks while it is edited: as it will be printed, its marks in sight only around
//! the caret.

use crate::{
    ui::style,
    value::rich::{self, Part, Span},
};
use eframe::egui::{
    Align, Color32, FontId, FontSelection, Galley, Id, Stroke, TextBuffer, TextEdit, TextFormat,
    Ui,
    cache::{ComputerMut, FrameCache},
    text::LayoutJob,
};
use std::{ops::Range, sync::Arc};

/// The size, in points, of a mark that is out of sight; it keeps its place in the text.
const UNSEEN: f32 = 0.01;
/// Raised and lowered letters are so much smaller than the others.
const SMALL: f32 = 0.72;

/// A piece of the source with one look.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    range: Range<usize>,
    style: rich::Style,
    link: bool,
    /// For a mark the bytes that it stands around, with all marks there; the caret in them brings
    /// it to sight.
    mark: Option<Range<usize>>,
}

/// The byte in `value` around which the field with that id shows its marks: where its caret was
/// when it was drawn last. While a button of the pointer is down nothing moves under it.
pub(super) fn caret(ui: &Ui, id: Id, value: &str) -> Option<usize> {
    let kept = id.with("caret among marks");
    if !ui.memory(|memory| memory.has_focus(id)) {
        ui.data_mut(|data| data.remove_temp::<usize>(kept));
        return None;
    }
    if ui.input(|input| input.pointer.primary_down()) {
        return ui.data(|data| data.get_temp(kept));
    }
    let cursor = TextEdit::load_state(ui.ctx(), id)?.cursor.char_range()?.primary;
    let byte = super::rich::byte(value, cursor);
    ui.data_mut(|data| data.insert_temp(kept, byte));
    Some(byte)
}

/// Lays rich text out as it will look; `breaks` when its line breaks are lines. Marks around
/// `caret` are in sight.
pub(super) fn layouter(
    breaks: bool,
    caret: Option<usize>,
) -> impl FnMut(&Ui, &dyn TextBuffer, f32) -> Arc<Galley> {
    move |ui, text, width| {
        let font = FontSelection::Default.resolve(ui.style());
        let row = ui.fonts_mut(|fonts| fonts.row_height(&font));
        let height = row + ui.spacing().extra_text_line_spacing;
        let key = Key {
            dark: ui.visuals().dark_mode,
            size: font.size.to_bits(),
            height: height.to_bits(),
            caret,
        };
        let mut job =
            ui.memory_mut(|memory| memory.caches.cache::<Jobs>().get((text.as_str(), key)).clone());
        job.wrap.max_width = width;
        job.break_on_newline = breaks;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// What the look of a text depends on besides the text.
#[derive(Clone, Copy, Hash)]
struct Key {
    dark: bool,
    size: u32,
    height: u32,
    caret: Option<usize>,
}

type Jobs = FrameCache<LayoutJob, Dresser>;

/// Makes the styled text of a source.
#[derive(Default)]
struct Dresser;

impl ComputerMut<(&str, Key), LayoutJob> for Dresser {
    fn compute(&mut self, (source, key): (&str, Key)) -> LayoutJob {
        let mut job = LayoutJob { keep_trailing_whitespace: true, ..LayoutJob::default() };
        for piece in pieces(source) {
            let text = source.get(piece.range.clone()).unwrap_or_default();
            job.append(text, 0.0, format(&piece, key));
        }
        if source.is_empty() {
            // A text that is empty has a height, too.
            let style = rich::Style::default();
            let plain = Piece { range: 0..0, style, link: false, mark: None };
            job.append("", 0.0, format(&plain, key));
        }
        job
    }
}

/// The source in pieces, in order and without gaps.
fn pieces(source: &str) -> Vec<Piece> {
    let spans = rich::spans(source);
    let emphasised = emphasised(&spans);
    let links = links(&spans);
    let around = |ranges: &[Range<usize>], span: &Span| {
        let found = ranges.iter().find(|range| range.contains(&span.range.start));
        found.cloned().unwrap_or_else(|| span.range.clone())
    };
    let mut out = vec![];
    for span in &spans {
        let piece =
            |range: Range<usize>, mark| Piece { range, style: span.style, link: span.link, mark };
        let whole = span.range.clone();
        match span.part {
            Part::Text => out.push(piece(whole, None)),
            Part::Stars => out.push(piece(whole, Some(around(&emphasised, span)))),
            Part::Bracket => out.push(piece(whole, Some(around(&links, span)))),
            Part::Whole => {
                let text = source.get(whole.clone()).unwrap_or_default();
                let inside = inside(text);
                let (start, end) = (whole.start + inside.start, whole.start + inside.end);
                let style = rich::Style { shift: shift(text), ..span.style };
                let link = span.link || text.starts_with('<');
                let all = [
                    piece(whole.start..start, Some(whole.clone())),
                    Piece { style, link, ..piece(start..end, None) },
                    piece(end..whole.end, Some(whole)),
                ];
                out.extend(all.into_iter().filter(|piece| !piece.range.is_empty()));
            }
        }
    }
    out
}

/// Where text is bold or italic, each stretch with its marks.
fn emphasised(spans: &[Span]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    let mut before = false;
    for span in spans {
        let now = span.part == Part::Stars || span.style.bold || span.style.italic;
        match out.last_mut().filter(|_| now && before) {
            Some(last) => last.end = span.range.end,
            None if now => out.push(span.range.clone()),
            None => {}
        }
        before = now;
    }
    out
}

/// Where links are, from bracket to bracket.
fn links(spans: &[Span]) -> Vec<Range<usize>> {
    let brackets: Vec<&Span> = spans.iter().filter(|span| span.part == Part::Bracket).collect();
    let pairs = brackets.chunks(2).filter_map(|pair| match pair {
        // One without a text has nothing else to show than its marks.
        [open, close] if open.range.end < close.range.start => {
            Some(open.range.start..close.range.end)
        }
        _ => None,
    });
    pairs.collect()
}

/// Which bytes of code, a formula, raised or lowered text or an address are not its marks. Formulas
/// keep theirs, for they are printed otherwise than they are typed.
fn inside(whole: &str) -> Range<usize> {
    let marks = match whole.chars().next() {
        Some('`') => {
            let ticks = whole.chars().take_while(|c| *c == '`').count();
            (ticks, ticks)
        }
        Some('^' | '_') => (2, 1),
        Some('<') => (1, 1),
        _ => (0, 0),
    };
    let (start, end) = (marks.0, whole.len().saturating_sub(marks.1));
    // What has nothing inside keeps its marks in sight.
    if start < end { start..end } else { 0..whole.len() }
}

fn shift(whole: &str) -> rich::Shift {
    match whole.chars().next() {
        Some('^') => rich::Shift::Super,
        Some('_') => rich::Shift::Sub,
        _ => rich::Shift::None,
    }
}

fn format(piece: &Piece, key: Key) -> TextFormat {
    let palette = style::of(key.dark);
    let (size, height) = (f32::from_bits(key.size), f32::from_bits(key.height));
    let style = piece.style;
    let seen = piece.mark.as_ref().map(|around| {
        *around == piece.range || key.caret.is_some_and(|at| around.start <= at && at <= around.end)
    });
    let size = match (seen, style.shift) {
        (Some(false), _) => UNSEEN,
        (None, rich::Shift::Super | rich::Shift::Sub) => size * SMALL,
        _ if style.code => size - 0.5,
        _ => size,
    };
    let font = if style.code { FontId::monospace(size) } else { FontId::proportional(size) };
    let colour = match seen {
        Some(false) => Color32::TRANSPARENT,
        Some(true) => palette.muted,
        None if piece.link => palette.accent_text,
        None => palette.text,
    };
    let mut format = TextFormat::simple(font, colour);
    format.coords.push(b"wght", if style.bold && seen.is_none() { 700.0 } else { 400.0 });
    format.italics = style.italic && seen.is_none();
    format.line_height = Some(height);
    if seen.is_none() {
        if piece.link {
            format.underline = Stroke::new(1.0, palette.accent_text);
        }
        match style.shift {
            rich::Shift::None => {}
            // Only letters of their own height are raised or lowered in the row.
            rich::Shift::Super => (format.line_height, format.valign) = (None, Align::TOP),
            rich::Shift::Sub => (format.line_height, format.valign) = (None, Align::BOTTOM),
        }
        if style.code {
            format.background = palette.hover;
        }
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as it is seen with the caret at `|`: marks in sight stand in braces.
    fn seen(text: &str) -> String {
        let caret = text.find('|');
        let source = text.replace('|', "");
        let whole: String =
            pieces(&source).iter().filter_map(|p| source.get(p.range.clone())).collect();
        assert_eq!(whole, source);
        let key = Key { dark: false, size: 13.5_f32.to_bits(), height: 18_f32.to_bits(), caret };
        let show = |piece: &Piece| {
            let text = source.get(piece.range.clone()).unwrap();
            let format = format(piece, key);
            let bold = format.coords.as_ref().iter().any(|(_, weight)| *weight > 500.0);
            match (piece.mark.is_some(), format.font_id.size < 1.0) {
                (true, true) => String::new(),
                (true, false) => format!("{{{text}}}"),
                (false, _) => {
                    let mut out = text.to_owned();
                    for (on, letter) in [
                        (bold, 'b'),
                        (format.italics, 'i'),
                        (piece.style.code, 'c'),
                        (format.valign == Align::TOP, 's'),
                        (format.font_id.size < 12.0 && format.valign != Align::TOP, 'd'),
                        (format.underline.width > 0.0, 'l'),
                    ] {
                        if on {
                            out = format!("<{letter} {out}>");
                        }
                    }
                    out
                }
            }
        };
        pieces(&source).iter().map(show).collect()
    }

    #[test]
    fn marks_are_seen_around_the_caret_alone() {
        for (source, expected) in [
            ("a **b** c", "a <b b> c"),
            ("a |**b** c", "a {**}<b b>{**} c"),
            ("a **b**| c", "a {**}<b b>{**} c"),
            ("|a **b** c", "a <b b> c"),
            ("*a **b** c* d", "<i a ><i <b b>><i  c> d"),
            ("*a **b|** c* d", "{*}<i a >{**}<i <b b>>{**}<i  c>{*} d"),
            ("*a* **|b**", "<i a> {**}<b b>{**}"),
            ("[page](u) x", "<l page> x"),
            ("[pa|ge](u) x", "{[}<l page>{](u)} x"),
            ("[**p**](u)", "<l <b p>>"),
            ("[](u)", "{[}{](u)}"),
            ("`a*b*`", "<c a*b*>"),
            ("``a|``", "{``}<c a>{``}"),
            ("H_{2}O^{+}", "H<d 2>O<s +>"),
            ("H_{2|}O^{+}", "H{_{}<d 2>{}}O<s +>"),
            ("<https://example.org>", "<l https://example.org>"),
            ("2 * 3 ** 4", "2 * 3 ** 4"),
            ("$x^2$ a", "$x^2$ a"),
            ("^{}x", "^{}x"),
            ("", ""),
        ] {
            assert_eq!(seen(source), expected, "{source}");
        }
    }
}

//! Content streams: shapes, pictures and text of one page as operators, and which structure element
//! each piece belongs to.

use super::fonts::Fonts;
use super::{Error, images, integer, shapes, utf16};
use crate::typeset::page::{Glyph, Line, Page, Pages, Placed, Shape, Tag};
use printpdf::{
    Codepoint, Color, DictItem, LineJoinStyle, Op, PdfFontHandle, Pt, Rgb, TextItem, TextMatrix,
    TextRenderingMode,
};
use std::collections::BTreeMap;

/// A numbered piece of marked content.
pub(super) struct Piece {
    /// Index of the page.
    pub(super) page: usize,
    /// Its number within the page.
    pub(super) mcid: usize,
    /// Index of the structure element it belongs to.
    pub(super) element: usize,
    /// Where it leads, if anywhere.
    pub(super) link: Option<LinkArea>,
    /// The word that it is, where its glyphs stand in the file in another order.
    pub(super) word: Option<String>,
}

/// The link of a piece.
pub(super) struct LinkArea {
    /// Index into [`Pages::links`].
    pub(super) link: u32,
    /// Left, bottom, right, top in PDF coordinates, with the first of the pieces that share the
    /// area.
    pub(super) area: Option<[f32; 4]>,
}

impl LinkArea {
    fn take(&mut self) -> Self {
        Self { link: self.link, area: self.area.take() }
    }
}

/// Glyphs of one line that have the same link.
struct Stretch {
    element: Option<usize>,
    link: Option<LinkArea>,
    /// Whether marked content is open.
    open: bool,
}

/// What marked content says to a reader of the text.
#[derive(Clone, Copy)]
enum Says<'t> {
    /// What its glyphs stand for.
    Itself,
    /// This instead.
    Instead(&'t str),
    /// What its glyphs stand for, but this to those who follow the structure tree.
    InTree(&'t str),
}

/// How thick the outline of an emboldened glyph is, in em.
const BOLD_STROKE: f32 = 0.03;
/// How far a link reaches above and below the baseline, in em.
const LINK_ASCENT: f32 = 0.8;
const LINK_DESCENT: f32 = 0.25;

/// The operators of a page; adds its pieces to `pieces`. `number` counts from 0.
pub(super) fn page<'p>(
    pages: &'p Pages,
    number: usize,
    page: &'p Page,
    fonts: &mut Fonts<'p>,
    pieces: &mut Vec<Piece>,
) -> Result<Vec<Op>, Error> {
    let glyphs: usize = page.lines.iter().map(|line| line.glyphs.len()).sum();
    let mut painter = Painter {
        pages,
        number,
        height: length(page.height, "page height", number)?,
        fonts,
        pieces,
        mcid: 0,
        ops: Vec::with_capacity(16 + page.shapes.len() * 2 + page.lines.len() * 12 + glyphs / 16),
        fill: None,
        stroke: None,
        face: None,
        stroke_width: None,
        baseline: None,
        pen: 0.0,
        first_move: 0.0,
        run: Vec::new(),
    };
    painter.shapes(&page.shapes)?;
    painter.ops.push(Op::StartTextSection);
    // Pictures come where they are read: between the lines of what stands before them and after.
    let mut images = page.images.iter().peekable();
    for line in &page.lines {
        let before = |placed: &&Placed| {
            let own = placed.element.zip(line.element);
            own.is_some_and(|(picture, line)| picture < line)
        };
        while let Some(placed) = images.next_if(before) {
            painter.ops.push(Op::EndTextSection);
            painter.image(placed)?;
            painter.ops.push(Op::StartTextSection);
        }
        painter.line(line)?;
    }
    painter.ops.push(Op::EndTextSection);
    for placed in images {
        painter.image(placed)?;
    }
    Ok(painter.ops)
}

/// A length in pt rounded to what is worth writing, if it can be drawn at all.
pub(super) fn length(value: f32, what: &'static str, page: usize) -> Result<f32, Error> {
    if value.is_finite() && value.abs() < 1.0e5 {
        Ok((value * 1000.0).round() / 1000.0)
    } else {
        Err(Error::Number { page: page + 1, what, value })
    }
}

/// The name of a kind of element in the structure tree (PDF 1.7, 14.8.4).
pub(super) fn role(tag: Tag) -> &'static str {
    match tag {
        Tag::Document => "Document",
        Tag::Section => "Sect",
        Tag::Title => "H1",
        Tag::Heading => "H2",
        Tag::Paragraph => "P",
        Tag::Figure => "Figure",
        Tag::List => "L",
        Tag::Item => "LI",
        Tag::Label => "Lbl",
        Tag::Body => "LBody",
    }
}

/// Writes operators, and none that would change nothing.
struct Painter<'a, 'p> {
    pages: &'p Pages,
    number: usize,
    height: f32,
    fonts: &'a mut Fonts<'p>,
    pieces: &'a mut Vec<Piece>,
    /// The number of the next piece on this page.
    mcid: usize,
    ops: Vec<Op>,
    fill: Option<[u8; 3]>,
    stroke: Option<[u8; 3]>,
    face: Option<(u16, f32)>,
    /// The width of the outline where glyphs have one.
    stroke_width: Option<f32>,
    /// The baseline that the text matrix is on.
    baseline: Option<f32>,
    /// Where a reader's pen is, reckoned with the rounded advances and moves that the file holds.
    pen: f64,
    /// The move before the first glyph of `run`, in thousandths of an em.
    first_move: f32,
    /// Glyphs that are not written yet.
    run: Vec<Codepoint>,
}

impl<'p> Painter<'_, 'p> {
    fn shapes(&mut self, shapes: &[Shape]) -> Result<(), Error> {
        if shapes.is_empty() {
            return Ok(());
        }
        let properties = BTreeMap::from([("Type".to_owned(), DictItem::Name(b"Layout".to_vec()))]);
        self.ops.push(marked("Artifact", properties));
        for shape in shapes {
            if let Some(op) = shapes::filled(shape, self.height, self.number)? {
                self.fill(shape.colour)?;
                self.ops.push(op);
            }
        }
        self.ops.push(Op::EndMarkedContent);
        Ok(())
    }

    fn image(&mut self, placed: &Placed) -> Result<(), Error> {
        let op = images::drawn(self.pages, placed, self.height, self.number)?;
        let mut stretch = Stretch { element: placed.element, link: None, open: false };
        self.begin(&mut stretch, Says::Itself)?;
        self.ops.push(op);
        self.end(&mut stretch);
        Ok(())
    }

    fn line(&mut self, line: &'p Line) -> Result<(), Error> {
        // Each line starts from its own matrix, so that no rounding runs on from line to line.
        self.baseline = None;
        for glyphs in line.glyphs.chunk_by(|a, b| a.link == b.link) {
            if glyphs.iter().all(|glyph| glyph.id == 0) {
                continue;
            }
            let mut stretch =
                Stretch { element: line.element, link: self.link_area(glyphs)?, open: false };
            // A word that runs from right to left is one unit, everything else goes cluster by
            // cluster.
            let runs_left = |glyph: &Glyph| line_text(line, glyph, glyph).is_ok_and(runs_left);
            for unit in glyphs.chunk_by(|a, b| a.text == b.text || (runs_left(a) && runs_left(b))) {
                match (unit.first(), unit.last()) {
                    (Some(first), Some(last)) if first.text != last.text => {
                        let word = line_text(line, first, last)?;
                        self.leftward(line, unit, word, &mut stretch)?;
                    }
                    _ => self.cluster(line, unit, &mut stretch)?,
                }
            }
            self.end(&mut stretch);
        }
        Ok(())
    }

    /// The glyphs that together stand for some text.
    fn cluster(
        &mut self,
        line: &'p Line,
        glyphs: &[Glyph],
        stretch: &mut Stretch,
    ) -> Result<(), Error> {
        let Some(first) = glyphs.iter().find(|glyph| glyph.id != 0) else {
            return Ok(());
        };
        let text = plain(line_text(line, first, first)?);
        if glyphs.len() == 1 && !text.is_empty() && self.fonts.stands_for(first, text) {
            if !stretch.open {
                self.begin(stretch, Says::Itself)?;
            }
            return self.glyph(first);
        }
        self.suggest(glyphs, text);
        // Not nested: some readers take the end of a nested stretch for the end of the outer one.
        self.end(stretch);
        self.begin(stretch, Says::Instead(text))?;
        for glyph in glyphs {
            self.glyph(glyph)?;
        }
        self.end(stretch);
        Ok(())
    }

    /// A word that runs from right to left. Its glyphs are shown from left to right, as programs
    /// that read PDF expect of such scripts (they turn them round), and the structure tree says
    /// what the word is. Words follow each other in reading order.
    fn leftward(
        &mut self,
        line: &'p Line,
        glyphs: &[Glyph],
        word: &str,
        stretch: &mut Stretch,
    ) -> Result<(), Error> {
        for cluster in glyphs.chunk_by(|a, b| a.text == b.text) {
            let Some(first) = cluster.first() else {
                continue;
            };
            let text = line_text(line, first, first)?;
            // The tree has the last word, so it does not matter if the glyph stands for something
            // else elsewhere.
            if !(cluster.len() == 1 && self.fonts.stands_for(first, text)) {
                self.suggest(cluster, text);
            }
        }
        self.end(stretch);
        self.begin(stretch, Says::InTree(word))?;
        for glyph in glyphs.chunk_by(|a, b| a.text == b.text).rev().flatten() {
            self.glyph(glyph)?;
        }
        self.end(stretch);
        Ok(())
    }

    /// Opens marked content that belongs to the element of the stretch.
    fn begin(&mut self, stretch: &mut Stretch, says: Says<'_>) -> Result<(), Error> {
        let mut properties = BTreeMap::new();
        let mut tag = "Artifact";
        if let Some(index) = stretch.element {
            let element =
                self.pages.elements.get(index).ok_or(Error::Dangling { what: "element", index })?;
            let link = stretch.link.as_mut().map(LinkArea::take);
            tag = match (says, &link) {
                (Says::Instead(_), _) => "Span",
                (_, Some(_)) => "Link",
                (_, None) => role(element.tag),
            };
            let number = integer(self.mcid, "pieces of a page")?;
            properties.insert("MCID".to_owned(), DictItem::Int(number));
            let word = if let Says::InTree(word) = says { Some(word.to_owned()) } else { None };
            self.pieces.push(Piece {
                page: self.number,
                mcid: self.mcid,
                element: index,
                link,
                word,
            });
            self.mcid += 1;
        } else {
            properties.insert("Type".to_owned(), DictItem::Name(b"Pagination".to_vec()));
        }
        if let Says::Instead(text) = says {
            let text = DictItem::String { data: utf16(text), literal: false };
            properties.insert("ActualText".to_owned(), text);
        }
        self.ops.push(marked(tag, properties));
        stretch.open = true;
        Ok(())
    }

    /// Closes marked content if any is open.
    fn end(&mut self, stretch: &mut Stretch) {
        if std::mem::take(&mut stretch.open) {
            self.flush();
            self.ops.push(Op::EndMarkedContent);
        }
    }

    /// Shares the text of a cluster out among its glyphs, for readers that know no `ActualText`.
    fn suggest(&mut self, glyphs: &[Glyph], text: &'p str) {
        if text.chars().count() == glyphs.len() {
            let starts =
                text.char_indices().map(|(start, c)| text.get(start..start + c.len_utf8()));
            for (glyph, letter) in glyphs.iter().zip(starts) {
                self.fonts.suggest(glyph, letter.unwrap_or(text));
            }
        } else if let (Some(first), false) = (glyphs.first(), text.is_empty()) {
            self.fonts.suggest(first, text);
        }
    }

    fn glyph(&mut self, glyph: &Glyph) -> Result<(), Error> {
        let Some(code) = self.fonts.get(glyph.face)?.code(glyph.id) else {
            return Ok(());
        };
        let size = length(glyph.size, "type size", self.number)?;
        if size <= 0.0 {
            return Err(Error::Number {
                page: self.number + 1,
                what: "type size",
                value: glyph.size,
            });
        }
        let x = length(glyph.x, "place of a glyph", self.number)?;
        let y = length(self.height - glyph.y, "place of a glyph", self.number)?;
        self.fill(glyph.colour)?;
        self.embolden(glyph, size)?;
        self.select(glyph.face, size)?;
        let thousandth = f64::from(size) / 1000.0;
        if self.baseline == Some(y) {
            let back = ((self.pen - f64::from(x)) / thousandth).round();
            if back != 0.0 {
                let place =
                    self.run.last_mut().map_or(&mut self.first_move, |last| &mut last.offset);
                *place += back as f32;
                self.pen -= back * thousandth;
            }
        } else {
            self.flush();
            self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(y)) });
            self.baseline = Some(y);
            self.pen = f64::from(x);
        }
        // The text is in the fonts' own maps; an empty one keeps `printpdf` from making one up.
        self.run.push(Codepoint { gid: code, offset: 0.0, cid: Some(String::new()) });
        let width = self.fonts.get(glyph.face)?.width(code)?;
        self.pen += f64::from(width) * thousandth;
        Ok(())
    }

    /// Writes the glyphs that are waiting.
    fn flush(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let glyphs = TextItem::GlyphIds(std::mem::take(&mut self.run));
        let first_move = std::mem::take(&mut self.first_move);
        let items = if first_move == 0.0 {
            vec![glyphs]
        } else {
            vec![TextItem::Offset(first_move), glyphs]
        };
        self.ops.push(Op::ShowText { items });
    }

    fn select(&mut self, face: u16, size: f32) -> Result<(), Error> {
        if self.face != Some((face, size)) {
            self.flush();
            let font = PdfFontHandle::External(self.fonts.get(face)?.id.clone());
            self.ops.push(Op::SetFont { font, size: Pt(size) });
            self.face = Some((face, size));
        }
        Ok(())
    }

    fn fill(&mut self, colour: u16) -> Result<(), Error> {
        let rgb = self.rgb(colour)?;
        if self.fill != Some(rgb) {
            self.flush();
            self.ops.push(Op::SetFillColor { col: color(rgb) });
            self.fill = Some(rgb);
        }
        Ok(())
    }

    /// Gives the glyph an outline in its own colour, or takes the outline away again.
    fn embolden(&mut self, glyph: &Glyph, size: f32) -> Result<(), Error> {
        let wanted = if glyph.embolden {
            Some(length(size * BOLD_STROKE, "outline", self.number)?)
        } else {
            None
        };
        if self.stroke_width != wanted {
            self.flush();
            if let Some(width) = wanted {
                self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
            }
            match (self.stroke_width, wanted) {
                (None, Some(_)) => {
                    self.ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
                    self.ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::FillStroke });
                }
                (Some(_), None) => {
                    self.ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill });
                }
                (Some(_), Some(_)) | (None, None) => {}
            }
            self.stroke_width = wanted;
        }
        if wanted.is_some() && self.stroke != self.fill {
            self.flush();
            self.ops.extend(self.fill.map(|rgb| Op::SetOutlineColor { col: color(rgb) }));
            self.stroke = self.fill;
        }
        Ok(())
    }

    fn rgb(&self, colour: u16) -> Result<[u8; 3], Error> {
        let index = usize::from(colour);
        self.pages.colours.get(index).copied().ok_or(Error::Dangling { what: "colour", index })
    }

    /// The link of the glyphs, which all have the same one, with the area they cover.
    fn link_area(&self, glyphs: &[Glyph]) -> Result<Option<LinkArea>, Error> {
        let Some(link) = glyphs.first().and_then(|glyph| glyph.link) else {
            return Ok(None);
        };
        let index = link as usize;
        if self.pages.links.get(index).is_none() {
            return Err(Error::Dangling { what: "link", index });
        }
        let mut area = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for glyph in glyphs {
            let baseline = self.height - glyph.y;
            let end = length(glyph.x + glyph.advance, "edge of a link", self.number)?;
            let [left, bottom, right, top] = area;
            area = [
                left.min(glyph.x),
                bottom.min(baseline - LINK_DESCENT * glyph.size),
                right.max(end),
                top.max(baseline + LINK_ASCENT * glyph.size),
            ];
        }
        for edge in &mut area {
            *edge = length(*edge, "edge of a link", self.number)?;
        }
        Ok(Some(LinkArea { link, area: Some(area) }))
    }
}

/// The text from one glyph's cluster to another's.
fn line_text<'p>(line: &'p Line, first: &Glyph, last: &Glyph) -> Result<&'p str, Error> {
    let (start, end) = (first.text.start, last.text.end);
    let text = line.text.get(start as usize..end as usize);
    text.ok_or_else(|| Error::Range { line: line.text.clone(), start, end })
}

/// Whether text is of a script that runs from right to left: the blocks set aside for such scripts,
/// and the Hebrew and Arabic forms.
fn runs_left(text: &str) -> bool {
    let leftward = |c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
    };
    // Digits of these scripts run from left to right all the same.
    text.chars().next().is_some_and(|c| leftward(c) && !c.is_numeric())
}

/// Spaces that only differ in where a line may break read back as plain spaces.
fn plain(text: &str) -> &str {
    match text {
        "\u{a0}" | "\u{202f}" => " ",
        other => other,
    }
}

fn marked(tag: &str, properties: BTreeMap<String, DictItem>) -> Op {
    let properties = DictItem::Dict { map: properties };
    Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties }
}

fn color(rgb: [u8; 3]) -> Color {
    let [r, g, b] = rgb.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

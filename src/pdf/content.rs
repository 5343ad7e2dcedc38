//! Content streams: shapes and text of one page as operators, and which structure element each piece of text belongs to.

use super::{Error, fonts::Fonts, utf16};
use crate::typeset::page::{Glyph, Line, Page, Pages, Shape, Tag};
use kurbo::PathEl;
use printpdf::{
    Codepoint, Color, DictItem, LineJoinStyle, LinePoint, Op, PaintMode, PdfFontHandle, Point,
    Polygon, PolygonRing, Pt, Rgb, TextItem, TextMatrix, TextRenderingMode, WindingOrder,
};
use std::collections::BTreeMap;

/// A stretch of marked content: glyphs of one line that have the same link.
pub(super) struct Piece {
    /// Index of the page.
    pub(super) page: usize,
    /// Its number within the page.
    pub(super) mcid: usize,
    /// Index of the structure element it belongs to.
    pub(super) element: usize,
    /// Where it leads, if anywhere.
    pub(super) link: Option<LinkArea>,
}

/// The link of a piece.
pub(super) struct LinkArea {
    /// Index into [`Pages::links`].
    pub(super) link: u16,
    /// Left, bottom, right, top in PDF coordinates.
    pub(super) area: [f32; 4],
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
    let mut mcid = 0;
    for line in &page.lines {
        painter.line(line, &mut mcid, pieces)?;
    }
    painter.ops.push(Op::EndTextSection);
    Ok(painter.ops)
}

/// A length in pt rounded to what is worth writing, if it can be drawn at all.
pub(super) fn length(value: f32, what: &'static str, page: usize) -> Result<f32, Error> {
    if value.is_finite() && value.abs() < 1.0e5 {
        Ok((value * 1000.0).round() / 1000.0)
    } else {
        Err(Error::Number {
            page: page + 1,
            what,
            value,
        })
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
        self.ops.push(marked(
            "Artifact",
            "Type",
            DictItem::Name(b"Layout".to_vec()),
        ));
        for shape in shapes {
            let rings = self.rings(shape)?;
            if rings.is_empty() {
                continue;
            }
            self.fill(shape.colour)?;
            let polygon = Polygon {
                rings,
                mode: PaintMode::Fill,
                winding_order: WindingOrder::NonZero,
            };
            self.ops.push(Op::DrawPolygon { polygon });
        }
        self.ops.push(Op::EndMarkedContent);
        Ok(())
    }

    /// The outline of a shape in the form `printpdf` wants: one ring per subpath, control points flagged.
    fn rings(&self, shape: &Shape) -> Result<Vec<PolygonRing>, Error> {
        let mut rings: Vec<PolygonRing> = Vec::new();
        let mut last = kurbo::Point::ZERO;
        for element in shape.path.elements() {
            let curve = match *element {
                PathEl::MoveTo(to) => {
                    rings.push(PolygonRing { points: Vec::new() });
                    [None, None, Some(to)]
                }
                PathEl::LineTo(to) => [None, None, Some(to)],
                PathEl::QuadTo(control, to) => [
                    Some(last.lerp(control, 2.0 / 3.0)),
                    Some(to.lerp(control, 2.0 / 3.0)),
                    Some(to),
                ],
                PathEl::CurveTo(first, second, to) => [Some(first), Some(second), Some(to)],
                // Filling closes every ring.
                PathEl::ClosePath => continue,
            };
            let Some(ring) = rings.last_mut() else {
                continue;
            };
            for (point, bezier) in curve.into_iter().zip([true, true, false]) {
                if let Some(point) = point {
                    ring.points.push(LinePoint {
                        p: self.point(point)?,
                        bezier,
                    });
                }
            }
            last = curve[2].unwrap_or(last);
        }
        rings.retain(|ring| ring.points.len() > 2);
        Ok(rings)
    }

    fn point(&self, point: kurbo::Point) -> Result<Point, Error> {
        let x = length(point.x as f32, "coordinate of a shape", self.number)?;
        let y = length(
            self.height - point.y as f32,
            "coordinate of a shape",
            self.number,
        )?;
        Ok(Point { x: Pt(x), y: Pt(y) })
    }

    fn line(
        &mut self,
        line: &'p Line,
        mcid: &mut usize,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Error> {
        // Each line starts from its own matrix, so that no rounding runs on from line to line.
        self.baseline = None;
        for glyphs in line.glyphs.chunk_by(|a, b| a.link == b.link) {
            if glyphs.iter().all(|glyph| glyph.id == 0) {
                continue;
            }
            match line.element {
                None => self.ops.push(marked(
                    "Artifact",
                    "Type",
                    DictItem::Name(b"Pagination".to_vec()),
                )),
                Some(index) => {
                    let element = self.pages.elements.get(index).ok_or(Error::Dangling {
                        what: "element",
                        index,
                    })?;
                    let link = self.link_area(glyphs)?;
                    let tag = if link.is_some() {
                        "Link"
                    } else {
                        role(element.tag)
                    };
                    self.ops.push(marked(
                        tag,
                        "MCID",
                        DictItem::Int(i64::try_from(*mcid).unwrap_or(i64::MAX)),
                    ));
                    pieces.push(Piece {
                        page: self.number,
                        mcid: *mcid,
                        element: index,
                        link,
                    });
                    *mcid += 1;
                }
            }
            // A word that runs from right to left is one unit, everything else goes cluster by cluster.
            let runs_left = |glyph: &Glyph| line_text(line, glyph, glyph).is_ok_and(runs_left);
            for unit in glyphs.chunk_by(|a, b| a.text == b.text || (runs_left(a) && runs_left(b))) {
                match (unit.first(), unit.last()) {
                    (Some(first), Some(last)) if first.text != last.text => {
                        self.leftward(line, unit, first, last)?
                    }
                    _ => self.cluster(line, unit)?,
                }
            }
            self.flush();
            self.ops.push(Op::EndMarkedContent);
        }
        Ok(())
    }

    /// The glyphs that together stand for some text.
    fn cluster(&mut self, line: &'p Line, glyphs: &[Glyph]) -> Result<(), Error> {
        let Some(first) = glyphs.iter().find(|glyph| glyph.id != 0) else {
            return Ok(());
        };
        let text = plain(line_text(line, first, first)?);
        let alone = glyphs.len() == 1 && !text.is_empty() && self.fonts.stands_for(first, text);
        if alone {
            return self.glyph(first);
        }
        self.suggest(glyphs, text);
        self.span(text, glyphs)
    }

    /// A word that runs from right to left. Its glyphs are shown from left to right, as programs that read PDF expect of such scripts
    /// (they turn them round), and the span says what the word is. Words follow each other in reading order.
    fn leftward(
        &mut self,
        line: &'p Line,
        glyphs: &[Glyph],
        first: &Glyph,
        last: &Glyph,
    ) -> Result<(), Error> {
        let word = line_text(line, first, last)?;
        for cluster in glyphs.chunk_by(|a, b| a.text == b.text) {
            let Some(first) = cluster.first() else {
                continue;
            };
            let text = line_text(line, first, first)?;
            // The span has the last word on the text, so it does not matter here what the glyph stands for elsewhere.
            if !(cluster.len() == 1 && self.fonts.stands_for(first, text)) {
                self.suggest(cluster, text);
            }
        }
        self.span(
            word,
            glyphs.chunk_by(|a, b| a.text == b.text).rev().flatten(),
        )
    }

    /// Glyphs that together stand for `text`, whatever each of them stands for elsewhere.
    fn span<'g>(
        &mut self,
        text: &str,
        glyphs: impl IntoIterator<Item = &'g Glyph>,
    ) -> Result<(), Error> {
        self.flush();
        self.ops.push(marked(
            "Span",
            "ActualText",
            DictItem::String {
                data: utf16(text),
                literal: false,
            },
        ));
        for glyph in glyphs {
            self.glyph(glyph)?;
        }
        self.flush();
        self.ops.push(Op::EndMarkedContent);
        Ok(())
    }

    /// Shares the text of a cluster out among its glyphs, for readers that know no `ActualText`.
    fn suggest(&mut self, glyphs: &[Glyph], text: &'p str) {
        if text.chars().count() == glyphs.len() {
            let starts = text
                .char_indices()
                .map(|(start, c)| text.get(start..start + c.len_utf8()));
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
                let place = self
                    .run
                    .last_mut()
                    .map_or(&mut self.first_move, |last| &mut last.offset);
                *place += back as f32;
                self.pen -= back * thousandth;
            }
        } else {
            self.flush();
            self.ops.push(Op::SetTextMatrix {
                matrix: TextMatrix::Translate(Pt(x), Pt(y)),
            });
            self.baseline = Some(y);
            self.pen = f64::from(x);
        }
        // The text is in the fonts' own maps; an empty one keeps `printpdf` from making one up.
        self.run.push(Codepoint {
            gid: code,
            offset: 0.0,
            cid: Some(String::new()),
        });
        self.pen += f64::from(self.fonts.get(glyph.face)?.width(code)) * thousandth;
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
            self.ops.push(Op::SetFont {
                font,
                size: Pt(size),
            });
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
                    self.ops.push(Op::SetLineJoinStyle {
                        join: LineJoinStyle::Round,
                    });
                    self.ops.push(Op::SetTextRenderingMode {
                        mode: TextRenderingMode::FillStroke,
                    });
                }
                (Some(_), None) => self.ops.push(Op::SetTextRenderingMode {
                    mode: TextRenderingMode::Fill,
                }),
                (Some(_), Some(_)) | (None, None) => {}
            }
            self.stroke_width = wanted;
        }
        if wanted.is_some() && self.stroke != self.fill {
            self.flush();
            self.ops
                .extend(self.fill.map(|rgb| Op::SetOutlineColor { col: color(rgb) }));
            self.stroke = self.fill;
        }
        Ok(())
    }

    fn rgb(&self, colour: u16) -> Result<[u8; 3], Error> {
        let index = usize::from(colour);
        self.pages
            .colours
            .get(index)
            .copied()
            .ok_or(Error::Dangling {
                what: "colour",
                index,
            })
    }

    /// The link of the glyphs, which all have the same one, with the area they cover.
    fn link_area(&self, glyphs: &[Glyph]) -> Result<Option<LinkArea>, Error> {
        let Some(link) = glyphs.first().and_then(|glyph| glyph.link) else {
            return Ok(None);
        };
        let index = usize::from(link);
        if self.pages.links.get(index).is_none() {
            return Err(Error::Dangling {
                what: "link",
                index,
            });
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
        Ok(Some(LinkArea { link, area }))
    }
}

/// The text from one glyph's cluster to another's.
fn line_text<'p>(line: &'p Line, first: &Glyph, last: &Glyph) -> Result<&'p str, Error> {
    let (start, end) = (first.text.start, last.text.end);
    let text = line.text.get(start as usize..end as usize);
    text.ok_or_else(|| Error::Range {
        line: line.text.clone(),
        start,
        end,
    })
}

/// Whether text is of a script that runs from right to left: the blocks set aside for such scripts, and the Hebrew and Arabic forms.
fn runs_left(text: &str) -> bool {
    let leftward = |c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
    };
    // Digits of these scripts run from left to right all the same.
    text.chars()
        .next()
        .is_some_and(|c| leftward(c) && !c.is_numeric())
}

/// Spaces that only differ in where a line may break read back as plain spaces.
fn plain(text: &str) -> &str {
    match text {
        "\u{a0}" | "\u{202f}" => " ",
        other => other,
    }
}

fn marked(tag: &str, key: &str, value: DictItem) -> Op {
    let properties = DictItem::Dict {
        map: BTreeMap::from([(key.to_owned(), value)]),
    };
    Op::BeginMarkedContentWithProperties {
        tag: tag.to_owned(),
        properties,
    }
}

fn color(rgb: [u8; 3]) -> Color {
    let [r, g, b] = rgb.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
    Color::Rgb(Rgb {
        r,
        g,
        b,
        icc_profile: None,
    })
}

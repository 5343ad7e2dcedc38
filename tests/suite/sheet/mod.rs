//! Builds pages for tests: shapes text with the embedded fonts and places it line under line,
//! without the typesetter.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

pub(crate) mod read;

use kurbo::{BezPath, Circle, Rect, Shape as _};
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride};
use parley::{FontContext, FontData, FontFamily, Layout, LayoutContext, StyleProperty};
use std::borrow::Cow;
use std::sync::Arc;
use vitae::typeset::page::{Element, Face, Glyph, Line, Link, Page, Pages, Shape, Tag};

/// Source Serif 4, a TrueType face.
pub(crate) const SERIF: u16 = 0;
/// Libertinus Serif, a CFF face.
pub(crate) const LIBERTINUS: u16 = 1;
/// Droid Sans Fallback, for Chinese, Japanese and Korean.
pub(crate) const CJK: u16 = 2;

const FACES: [&str; 3] =
    ["SourceSerif4-Regular.ttf", "LibertinusSerif-Regular.otf", "WenQuanYiMicroHei.ttc"];
const WIDTH: f32 = 595.276;
const HEIGHT: f32 = 841.89;
const LEFT: f32 = 50.0;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) face: u16,
    pub(crate) size: f32,
    pub(crate) colour: u16,
    pub(crate) link: Option<u32>,
    pub(crate) embolden: bool,
    /// Width at which lines break.
    pub(crate) width: f32,
    /// Raised and small: the characters from this byte on.
    pub(crate) superscript_from: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            face: SERIF,
            size: 10.0,
            colour: 0,
            link: None,
            embolden: false,
            width: WIDTH - 2.0 * LEFT,
            superscript_from: usize::MAX,
        }
    }
}

/// Pages being built.
pub(crate) struct Sheet {
    pub(crate) pages: Pages,
    fonts: FontContext,
    families: Vec<String>,
    /// The next baseline.
    y: f32,
}

impl Sheet {
    /// One empty page with an element 0, the document.
    pub(crate) fn new() -> Self {
        let collection = Collection::new(CollectionOptions {
            system_fonts: false,
            ..CollectionOptions::default()
        });
        let mut sheet = Self {
            pages: Pages { colours: vec![[0, 0, 0], [20, 60, 140]], ..Pages::default() },
            fonts: FontContext { collection, ..FontContext::default() },
            families: Vec::new(),
            y: 0.0,
        };
        for name in FACES {
            let path =
                std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts").join(name);
            sheet.add_face(name, std::fs::read(path).unwrap());
        }
        sheet.element(Tag::Document, None);
        sheet.page();
        sheet
    }

    pub(crate) fn add_face(&mut self, name: &str, bytes: Vec<u8>) -> u16 {
        let blob = Blob::new(Arc::new(bytes));
        let over = FontInfoOverride { family_name: Some(name), ..FontInfoOverride::default() };
        self.fonts.collection.register_fonts(blob.clone(), Some(over));
        self.families.push(name.to_owned());
        self.pages.faces.push(Face { font: FontData::new(blob, 0) });
        u16::try_from(self.pages.faces.len() - 1).unwrap()
    }

    pub(crate) fn page(&mut self) {
        self.pages.pages.push(Page { width: WIDTH, height: HEIGHT, ..Page::default() });
        self.y = 60.0;
    }

    pub(crate) fn element(&mut self, tag: Tag, parent: Option<usize>) -> usize {
        self.pages.elements.push(Element { tag, parent, language: None });
        self.pages.elements.len() - 1
    }

    pub(crate) fn link(&mut self, uri: &str, description: &str) -> u32 {
        self.pages.links.push(Link { uri: uri.to_owned(), description: description.to_owned() });
        u32::try_from(self.pages.links.len() - 1).unwrap()
    }

    pub(crate) fn shape(&mut self, path: BezPath, colour: u16) {
        self.pages.pages.last_mut().unwrap().shapes.push(Shape { path, colour });
    }

    /// A small disc left of the next line.
    pub(crate) fn bullet(&mut self) {
        let disc = Circle::new((f64::from(LEFT) - 8.0, f64::from(self.y) - 3.0), 1.6);
        self.shape(disc.to_path(0.01), 0);
    }

    /// A rule under the last line.
    pub(crate) fn rule(&mut self) {
        let y = f64::from(self.y) - 10.0;
        self.shape(
            Rect::new(f64::from(LEFT), y, f64::from(WIDTH - LEFT), y + 0.5).to_path(0.01),
            1,
        );
    }

    /// Text that starts a new line and takes as many as it needs.
    pub(crate) fn text(&mut self, element: usize, text: &str, style: &Style) {
        self.runs(Some(element), &[(text, *style)]);
    }

    /// Text in several styles, set one after the other on lines of their own element.
    pub(crate) fn runs(&mut self, element: Option<usize>, runs: &[(&str, Style)]) {
        let mut lines: Vec<Line> = Vec::new();
        let mut x = 0.0;
        for (text, style) in runs {
            let set = self.shape_text(text, style, x);
            for (index, (mut line, advance)) in set.into_iter().enumerate() {
                if index > 0 || lines.is_empty() {
                    lines.push(Line { element, ..Line::default() });
                    x = 0.0;
                }
                let open = lines.last_mut().unwrap();
                let shift = u32::try_from(open.text.len()).unwrap();
                let row = (count(lines.len()) - 1.0) * 1.4;
                for glyph in &mut line.glyphs {
                    glyph.x += LEFT + x;
                    glyph.y += self.y + row * style.size;
                    glyph.text = glyph.text.start + shift..glyph.text.end + shift;
                }
                let open = lines.last_mut().unwrap();
                open.text.push_str(&line.text);
                open.glyphs.append(&mut line.glyphs);
                x += advance;
            }
        }
        let size = runs.first().map_or(10.0, |(_, style)| style.size);
        self.y += count(lines.len()) * 1.4 * size + 4.0;
        self.pages.pages.last_mut().unwrap().lines.append(&mut lines);
    }

    /// The lines of a text, each with its advance, from x = 0 and y = 0.
    fn shape_text(&mut self, text: &str, style: &Style, indent: f32) -> Vec<(Line, f32)> {
        let mut context: LayoutContext<()> = LayoutContext::new();
        let mut builder = context.ranged_builder(&mut self.fonts, text, 1.0, false);
        let family = self.families.get(usize::from(style.face)).unwrap().clone();
        builder.push_default(StyleProperty::FontFamily(FontFamily::Source(Cow::Owned(format!(
            "'{family}'"
        )))));
        builder.push_default(StyleProperty::FontSize(style.size));
        if style.superscript_from < text.len() {
            builder.push(
                StyleProperty::FontSize(style.size * 0.6),
                style.superscript_from..text.len(),
            );
        }
        let mut layout: Layout<()> = builder.build(text);
        layout.set_text_indent(indent, parley::IndentOptions::default());
        layout.break_all_lines(Some(style.width));
        layout.lines().map(|line| set_line(&line, text, style)).collect()
    }
}

fn count(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap())
}

fn set_line(line: &parley::Line<'_, ()>, text: &str, style: &Style) -> (Line, f32) {
    let start = line.text_range().start;
    let mut clusters: Vec<(std::ops::Range<usize>, Vec<Glyph>)> = Vec::new();
    let mut x = 0.0;
    for run in line.runs() {
        for cluster in run.visual_clusters() {
            let range = cluster.text_range();
            if cluster.is_ligature_continuation() {
                let before = clusters.last_mut().unwrap();
                before.0 = before.0.start.min(range.start)..before.0.end.max(range.end);
                x += cluster.advance();
                continue;
            }
            let mut pen = x;
            let raised = range.start >= style.superscript_from;
            let glyphs = cluster.glyphs().map(|glyph| {
                let placed = Glyph {
                    id: u16::try_from(glyph.id).unwrap(),
                    face: style.face,
                    colour: style.colour,
                    size: run.font_size(),
                    x: pen + glyph.x,
                    y: -glyph.y - if raised { 0.28 * style.size } else { 0.0 },
                    advance: glyph.advance,
                    text: 0..0,
                    link: style.link,
                    place: 0,
                    embolden: style.embolden,
                };
                pen += glyph.advance;
                placed
            });
            clusters.push((range, glyphs.collect()));
            x += cluster.advance();
        }
    }
    clusters.sort_by_key(|(range, _)| range.start);
    let short = |at: usize| u32::try_from(at - start).unwrap();
    let glyphs = clusters.into_iter().flat_map(|(range, glyphs)| {
        glyphs
            .into_iter()
            .map(move |glyph| Glyph { text: short(range.start)..short(range.end), ..glyph })
    });
    (Line { element: None, text: text[line.text_range()].to_owned(), glyphs: glyphs.collect() }, x)
}

/// What a CV has: a name, headings, paragraphs, nested lists, links over two lines, two pages, a
/// running head.
pub(crate) fn sample() -> Pages {
    let mut sheet = Sheet::new();
    let web = sheet.link("https://example.org/~zofia?a=1&b=ł", "Web page of Zofia Łącka");
    let mail = sheet.link("mailto:zofia@example.org", "Write to Zofia Łącka");
    let plain = Style::default();
    let linked = |link| Style { link: Some(link), colour: 1, ..plain };

    let name = sheet.element(Tag::Title, Some(0));
    sheet.runs(
        Some(name),
        &[
            ("Zofia Łącka ", Style { size: 20.0, ..plain }),
            ("刘洋", Style { size: 20.0, face: CJK, embolden: true, ..plain }),
        ],
    );
    let contact = sheet.element(Tag::Paragraph, Some(0));
    sheet.runs(
        Some(contact),
        &[
            ("zofia@example.org", linked(mail)),
            (" · +1 555 0100 · ", plain),
            ("example.org/~zofia", linked(web)),
        ],
    );

    let section = sheet.element(Tag::Section, Some(0));
    let heading = sheet.element(Tag::Heading, Some(section));
    sheet.text(heading, "Publications & talks", &Style { size: 13.0, colour: 1, ..plain });
    sheet.rule();
    let paper = sheet.element(Tag::Paragraph, Some(section));
    sheet.runs(
        Some(paper),
        &[
            ("Efficient affine filters, offline: a first finding. Z. Łącka", plain),
            ("†*", Style { superscript_from: 0, ..plain }),
            (", Đặng Thị Hiền, x̄ and ", plain),
            ("a link that is long enough to run over the end of the line and on into the one below it", linked(web)),
            (".", plain),
        ],
    );
    let list = sheet.element(Tag::List, Some(section));
    for (index, text) in
        ["Proved σ² ≤ 10 with τ → ∞, Ω and ½", "Libertinus sets “affine” — fine flags"]
            .into_iter()
            .enumerate()
    {
        let item = sheet.element(Tag::Item, Some(list));
        let body = sheet.element(Tag::Body, Some(item));
        sheet.bullet();
        let face = if index == 0 { SERIF } else { LIBERTINUS };
        sheet.text(body, text, &Style { face, ..plain });
        if index == 0 {
            let inner = sheet.element(Tag::List, Some(body));
            let item = sheet.element(Tag::Item, Some(inner));
            let label = sheet.element(Tag::Label, Some(item));
            let body = sheet.element(Tag::Body, Some(item));
            sheet.text(label, "(a) ", &plain);
            sheet.text(body, "日本語と가、和中文", &Style { face: CJK, ..plain });
        }
    }
    // Never gets any content.
    sheet.element(Tag::Paragraph, Some(section));

    let section = sheet.element(Tag::Section, Some(0));
    let heading = sheet.element(Tag::Heading, Some(section));
    sheet.text(heading, "Étude", &Style { size: 13.0, colour: 1, ..plain });
    let long = sheet.element(Tag::Paragraph, Some(section));
    sheet.pages.elements[long].language = Some("fr".to_owned());
    sheet.text(long, "Une phrase qui commence ici ", &plain);
    sheet.page();
    sheet.runs(None, &[("Zofia Łącka, page 2", Style { size: 8.0, ..plain })]);
    sheet.text(long, "et finit sur la page suivante.", &plain);
    let section = sheet.element(Tag::Section, Some(0));
    let heading = sheet.element(Tag::Heading, Some(section));
    sheet.text(heading, "Awards", &Style { size: 13.0, colour: 1, ..plain });
    let award = sheet.element(Tag::Paragraph, Some(section));
    sheet.text(award, "First prize, 2024", &plain);
    sheet.pages
}

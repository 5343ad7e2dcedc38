//! Pages of positioned glyphs: the one thing that export, preview and page checks share.

use crate::at::At;
use kurbo::{BezPath, Shape as _};
use parley::FontData;
use skrifa::{
    FontRef, MetadataProvider as _,
    instance::{LocationRef, Size},
};
use std::{fmt, ops::Range, sync::Arc};

/// A set document. All lengths are in pt; y grows downwards from the top edge of the page.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// The pages in order; at least one after typesetting.
    pub pages: Vec<Page>,
    /// The faces that glyphs name by index.
    pub faces: Vec<Face>,
    /// The colours (sRGB) that glyphs and shapes name by index; 0 is the text colour.
    pub colours: Vec<[u8; 3]>,
    /// The link targets that glyphs name by index.
    pub links: Vec<Link>,
    /// The pictures that pages name by index.
    pub images: Vec<Image>,
    /// The structure tree in reading order; a parent stands before its children. Element 0 is the
    /// document.
    pub elements: Vec<Element>,
    /// The places in the profile that glyphs name by index.
    pub places: Vec<At>,
}

impl Pages {
    /// Page `number` (from 0) as a document of its own, cut off or drawn out to `height` in pt,
    /// with all that touches the rows `within` (in pt from its top). These look the same, but have
    /// no structure and no links.
    #[must_use]
    pub fn sheet(&self, number: usize, height: f32, within: &Range<f32>) -> Option<Self> {
        let page = self.pages.get(number)?;
        let reaches = self.reaches();
        let touches = |rows: Range<f32>| rows.start < within.end && within.start < rows.end;
        let bare = |line: &Line| {
            let mut line = Line { element: None, ..line.clone() };
            for glyph in &mut line.glyphs {
                glyph.link = None;
            }
            line
        };
        let lines = page.lines.iter().filter(|line| touches(line.rows(&reaches)));
        let images = page.images.iter().filter(|image| touches(image.rows()));
        let shapes = page.shapes.iter().filter(|shape| touches(shape.rows()));
        let page = Page {
            width: page.width,
            height,
            lines: lines.map(bare).collect(),
            images: images.map(|image| Placed { element: None, ..image.clone() }).collect(),
            shapes: shapes.cloned().collect(),
        };
        let (faces, colours) = (self.faces.clone(), self.colours.clone());
        let images = if page.images.is_empty() { vec![] } else { self.images.clone() };
        Some(Self { pages: vec![page], faces, colours, images, ..Self::default() })
    }

    /// How far the glyphs of each face reach at most.
    #[must_use]
    pub fn reaches(&self) -> Vec<Reach> {
        self.faces.iter().map(Face::reach).collect()
    }
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Width in pt.
    pub width: f32,
    /// Height in pt.
    pub height: f32,
    /// Text in reading order.
    pub lines: Vec<Line>,
    /// Rules, bullets and icons: decoration that a reader of the text does not miss.
    pub shapes: Vec<Shape>,
    /// Pictures, in the order of their elements.
    pub images: Vec<Placed>,
}

/// A piece of text on one baseline that belongs to one structure element.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Index into [`Pages::elements`]; `None` for an artifact (running head, page number).
    pub element: Option<usize>,
    /// The text, as it shall be read back. Soft hyphens and joiners are already gone.
    pub text: String,
    /// The glyphs in reading order (also where a script runs from right to left).
    pub glyphs: Vec<Glyph>,
}

impl Line {
    /// The rows of the page that it may touch, in pt; `reaches` are those of all faces.
    #[must_use]
    pub fn rows(&self, reaches: &[Reach]) -> Range<f32> {
        let rows = |glyph: &Glyph| {
            let reach = reaches.get(usize::from(glyph.face)).copied().unwrap_or(Reach::FAR);
            glyph.y - reach.above * glyph.size..glyph.y + reach.below * glyph.size
        };
        let all = f32::INFINITY..f32::NEG_INFINITY;
        self.glyphs.iter().map(rows).fold(all, |a, b| a.start.min(b.start)..a.end.max(b.end))
    }
}

/// One glyph with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Glyph id in its face.
    pub id: u16,
    /// Index into [`Pages::faces`].
    pub face: u16,
    /// Index into [`Pages::colours`].
    pub colour: u16,
    /// Type size in pt.
    pub size: f32,
    /// Left edge in pt.
    pub x: f32,
    /// Baseline in pt from the top of the page.
    pub y: f32,
    /// Advance in pt.
    pub advance: f32,
    /// The bytes of [`Line::text`] that this glyph's cluster stands for. Glyphs of one cluster
    /// share the range.
    pub text: Range<u32>,
    /// Index into [`Pages::links`].
    pub link: Option<u32>,
    /// Index into [`Pages::places`].
    pub place: u32,
    /// Whether the face lacks a bold cut and the glyph is thickened with an outline.
    pub embolden: bool,
}

/// A font face with its whole font file.
#[derive(Clone, Debug)]
pub struct Face {
    /// The font file, shared with the shaper.
    pub font: FontData,
}

impl Face {
    /// The bytes of the font file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.font.data.as_ref()
    }

    /// Which face of a collection (`.ttc`); 0 for a plain font file.
    #[must_use]
    pub fn index(&self) -> u32 {
        self.font.index
    }

    /// How far its glyphs reach at most.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let Ok(font) = FontRef::from_index(self.bytes(), self.index()) else {
            return Reach::FAR;
        };
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(metrics.units_per_em.max(1));
        let bounds = metrics.bounds.unwrap_or_default();
        // What a font says of itself is taken with a grain of salt.
        let above = metrics.ascent.max(bounds.y_max) / em + 0.25;
        let below = metrics.descent.min(bounds.y_min) / -em + 0.25;
        Reach { above: above.clamp(1.0, 9.0), below: below.clamp(0.5, 9.0) }
    }
}

/// How far glyphs reach at most from their baseline, in em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// Upwards.
    pub above: f32,
    /// Downwards.
    pub below: f32,
}

impl Reach {
    /// Where nothing is known.
    const FAR: Self = Self { above: 3.0, below: 3.0 };
}

/// A link target that is allowed in a PDF (https, http, mailto, tel).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The URI.
    pub uri: String,
    /// What it leads to, for people who hear the page.
    pub description: String,
}

/// A vector shape, always decoration.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The filled outline (non-zero winding) in page coordinates, pt, y downwards.
    pub path: BezPath,
    /// Index into [`Pages::colours`].
    pub colour: u16,
}

impl Shape {
    /// The rows of the page that it touches, in pt.
    #[must_use]
    pub fn rows(&self) -> Range<f32> {
        let bounds = self.path.bounding_box();
        bounds.y0 as f32..bounds.y1 as f32
    }
}

/// A picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Whether it has one channel, not three.
    pub grey: bool,
    /// The picture as a JPEG.
    pub jpeg: Arc<[u8]>,
    /// What it shows, for people who do not see it.
    pub description: String,
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { width, height, jpeg, description, .. } = self;
        write!(f, "Image({description}: {width} × {height}, {} bytes)", jpeg.len())
    }
}

/// A picture in its place on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Index into [`Pages::images`].
    pub image: usize,
    /// Index into [`Pages::elements`]: its own, a [`Tag::Figure`]; none on a bare sheet.
    pub element: Option<usize>,
    /// Index into [`Pages::places`].
    pub place: u32,
    /// Left edge in pt.
    pub x: f32,
    /// Upper edge in pt from the top of the page.
    pub y: f32,
    /// Width in pt.
    pub width: f32,
    /// Height in pt.
    pub height: f32,
}

impl Placed {
    /// The rows of the page that it touches, in pt.
    #[must_use]
    pub fn rows(&self) -> Range<f32> {
        self.y..self.y + self.height
    }
}

/// An element of the structure tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub tag: Tag,
    /// Index of its parent in [`Pages::elements`]; `None` for the document.
    pub parent: Option<usize>,
    /// Language (BCP 47) where it differs from the document's.
    pub language: Option<String>,
}

/// The kinds of structure element in use (PDF 1.7, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// The whole document.
    Document,
    /// A part of the document, such as a section with its heading.
    Section,
    /// The person's name.
    Title,
    /// A section heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A picture.
    Figure,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// The number or bullet of an item.
    Label,
    /// The text of an item, or a nested list.
    Body,
}

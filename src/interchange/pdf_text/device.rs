//! What is drawn on the pages of a PDF, as far as it makes text: letters with their places, thin
//! shapes that are rules, and small ones that are bullets.

use super::{
    fonts::{FontLook, Fonts},
    words::unknown,
};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
    font::{Glyph, GlyphRun},
    hayro_cmap::BfString,
};
use hayro::hayro_syntax::object::{Dict, String as PdfString};
use kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use std::panic::resume_unwind;

/// What may be drawn in a whole document; a CV of sixty pages draws less than a quarter of it.
const MOST_STEPS: usize = 1_500_000;
/// How many letters a document may have.
const MOST_LETTERS: usize = 300_000;
/// Shapes beyond this many on a page are a drawing.
const MOST_SHAPES: usize = 2000;
/// An alternative text that is longer stands for more than a few letters; these say more.
const LONGEST_ACTUAL: usize = 120;
/// From here on letters stand slanted, in x for each y.
const SLANT: f64 = 0.12;

/// A letter, or several that are drawn as one.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// What it says; empty where nothing is known of it.
    pub(super) text: String,
    /// Left and right end, in pt from the left edge.
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// The baseline, in pt from the upper edge.
    pub(super) y: f64,
    /// Size in pt.
    pub(super) size: f64,
    /// In quarters of a full turn.
    pub(super) turned: u8,
    pub(super) look: FontLook,
    pub(super) colour: [u8; 3],
    /// Drawn without ink: a layer of recognised text over a picture.
    pub(super) hidden: bool,
    /// The piece of marked content that it stands in.
    pub(super) mark: Option<i32>,
    /// Its file says that it belongs to the page and not to the text.
    pub(super) artifact: bool,
}

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) letters: Vec<Letter>,
    /// Thin horizontal shapes.
    pub(super) rules: Vec<Rect>,
    /// Small shapes, some of which may be bullets.
    pub(super) dots: Vec<Rect>,
    /// Areas and where they lead.
    pub(super) links: Vec<(Rect, String)>,
    /// Whether a picture is on it.
    pub(super) pictures: bool,
    /// The number of its object.
    pub(super) object: i32,
}

/// A piece of marked content that is open.
#[derive(Default)]
struct Marked {
    mark: Option<i32>,
    artifact: bool,
    /// What its letters say together, and whether it has been said.
    actual: Option<(String, bool)>,
}

/// Collects what is drawn. hayro cannot be told to stop, so that what draws without end is left by
/// unwinding: whoever draws catches that and keeps what is in the sheet.
pub(super) struct Collector<'f, 'a> {
    pub(super) sheet: Sheet,
    pub(super) fonts: &'f Fonts<'a>,
    marked: Vec<Marked>,
    clips: Vec<Rect>,
    steps: usize,
    letters: usize,
}

impl<'f, 'a> Collector<'f, 'a> {
    pub(super) fn new(fonts: &'f Fonts<'a>) -> Self {
        let sheet = Sheet::default();
        Self { sheet, fonts, marked: vec![], clips: vec![], steps: 0, letters: 0 }
    }

    /// Begins a page. What the one before left open has no meaning here.
    pub(super) fn begin(&mut self, sheet: Sheet) -> Sheet {
        self.marked.clear();
        self.clips.clear();
        std::mem::replace(&mut self.sheet, sheet)
    }

    /// Whether it was stopped, and will be at once if it goes on.
    pub(super) fn is_full(&self) -> bool {
        self.steps > MOST_STEPS || self.letters > MOST_LETTERS
    }

    fn step(&mut self, steps: usize) {
        self.steps = self.steps.saturating_add(steps);
        if self.is_full() {
            // No panic: nothing is broken, and nothing is printed.
            resume_unwind(Box::new("too much is drawn"));
        }
    }

    /// Whether anything of `rect` is seen.
    fn shows(&self, rect: Rect) -> bool {
        self.clips.last().is_none_or(|clip| {
            rect.x1 >= clip.x0 && rect.x0 <= clip.x1 && rect.y1 >= clip.y0 && rect.y0 <= clip.y1
        })
    }

    fn letter(&mut self, glyph: &Glyph<'a>, place: Affine, look: FontLook, ink: (Paint<'a>, bool)) {
        let width = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        let start = place * Point::ZERO;
        let end = place * Point::new(f64::from(width.unwrap_or(500.0)), 0.0);
        let [a, b, c, d, ..] = place.as_coeffs();
        let size = c.hypot(d) * 1000.0;
        if !(size.is_finite() && start.is_finite() && end.is_finite()) || size < 0.5 {
            return;
        }
        let turn = b.atan2(a).to_degrees();
        let turned = (turn / 90.0).round().rem_euclid(4.0) as u8;
        let askew = (turn - (turn / 90.0).round() * 90.0).abs() > 3.0;
        // Turned letters get the coordinates that they have for whoever turns the page.
        let across = |point: Point| match turned {
            0 => (point.x, point.y),
            1 => (point.y, -point.x),
            2 => (-point.x, -point.y),
            _ => (-point.y, point.x),
        };
        let ((x0, y), (x1, _)) = (across(start), across(end));
        let box_of = Rect::from_points(start, end).inflate(size * 0.3, size * 0.5);
        let page = Rect::new(0.0, 0.0, self.sheet.width, self.sheet.height);
        if askew || !self.shows(box_of) || box_of.intersect(page).is_zero_area() {
            return;
        }
        let mut look = look;
        look.italic |= (a * c + b * d).abs() > SLANT * (a * a + b * b).max(f64::MIN_POSITIVE);
        let own = match glyph.as_unicode() {
            Some(BfString::Char(one)) => one.to_string(),
            Some(BfString::String(text)) => text,
            None => {
                let known = self.fonts.text(glyph);
                known.unwrap_or_else(|| unknown(glyph.char_code()).to_string())
            }
        };
        let text = match self.marked.iter_mut().rev().find_map(|m| m.actual.as_mut()) {
            None => own,
            Some((text, said @ false)) => {
                *said = true;
                text.clone()
            }
            // The rest of what was said as a whole only takes room.
            Some((_, true)) => {
                if let Some(before) = self.sheet.letters.last_mut()
                    && (before.y - y).abs() < 0.5 * size
                {
                    before.x1 = before.x1.max(x1);
                }
                return;
            }
        };
        let colour = match ink.0 {
            Paint::Color(colour) => {
                let [red, green, blue, _] = colour.to_rgba().to_rgba8();
                [red, green, blue]
            }
            Paint::Pattern(_) => [0; 3],
        };
        self.letters += 1;
        self.sheet.letters.push(Letter {
            text,
            x0: x0.min(x1),
            x1: x1.max(x0),
            y,
            size,
            turned,
            look,
            colour,
            hidden: ink.1,
            mark: self.marked.iter().rev().find_map(|m| m.mark),
            artifact: self.marked.iter().any(|m| m.artifact),
        });
    }
}

impl<'a> Device<'a> for Collector<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(1 + path.elements().len() / 16);
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        let bounds = (props.transform * path.clone()).bounding_box();
        let (width, height) = (bounds.width(), bounds.height());
        if !self.shows(bounds) {
            return;
        }
        if height < 6.0 && width > 15.0 && self.sheet.rules.len() < MOST_SHAPES {
            self.sheet.rules.push(bounds);
        }
        // A dash may be drawn as a shape, too.
        let small = (0.8..7.0).contains(&width) && (0.3..7.0).contains(&height);
        if small && self.sheet.dots.len() < MOST_SHAPES {
            self.sheet.dots.push(bounds);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.step(1);
        let own = clip.path.bounding_box();
        let seen = self.clips.last().map_or(own, |outer| outer.intersect(own));
        self.clips.push(seen);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(1);
    }

    fn pop_transparency_group(&mut self) {
        self.step(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(run.glyphs().len().max(1));
        let look = run.glyphs().first().map(|first| self.fonts.look(first));
        let hidden = matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let ink = (props.paint.clone(), hidden);
            self.letter(glyph, place, look.unwrap_or_default(), ink);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.step(1);
        self.sheet.pictures = true;
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.step(1);
        let actual = properties.and_then(|p| p.get::<PdfString<'_>>("ActualText"));
        let actual = actual.map(|text| text_of(text.as_bytes()));
        // A picture out of a font may say the command that drew it, or the kind of the address
        // behind it.
        let silent =
            |text: &str| matches!(text.trim(), "mailto:" | "tel:") || text.starts_with('\\');
        let actual = actual.map(|text| if silent(&text) { String::new() } else { text });
        self.marked.push(Marked {
            mark: properties.and_then(|p| p.get::<i32>("MCID")),
            artifact: tag == b"Artifact",
            actual: actual.filter(|text| text.len() <= LONGEST_ACTUAL).map(|text| (text, false)),
        });
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }
}

/// The text of a string of a PDF (ISO 32000-1, 7.9.2.2).
pub(super) fn text_of(bytes: &[u8]) -> String {
    if let Some(utf16) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units: Vec<u16> = utf16.as_chunks().0.iter().map(|c| u16::from_be_bytes(*c)).collect();
        String::from_utf16_lossy(&units)
    } else if let Some(utf8) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        String::from_utf8_lossy(utf8).into_owned()
    } else {
        bytes.iter().copied().map(char::from).collect()
    }
}

//! What the preview's thread does: set a profile, write its pages as PDF, draw them.

use super::{Image, Job, Over, Shown, Thumbnail, Timings, View, patch, queue::Work};
use crate::{
    at::At,
    export::{self, Made},
    finding::{Code, Finding, Findings},
    look::{Look, Style},
    raster::{self, Raster},
    theme,
    typeset::{
        Fit, Source, Typeset, Typesetter,
        page::{Page, Pages},
    },
    value::photo::Photo,
};
use eframe::egui::{ColorImage, Vec2, vec2};
use std::{collections::BTreeMap, ops::Range, sync::Arc, time::Instant};

/// A page that is too long is drawn out to at most this many times its paper.
const LONGEST: f32 = 4.0;
/// Rows of pixels that are drawn with those that changed, above and below: hinting moves letters by
/// up to one, and the edges of letters are soft.
const MARGIN: f32 = 3.0;

/// What the thread keeps from one piece of work to the next.
pub(super) struct Desk {
    source: Source,
    typesetter: Typesetter,
    raster: Raster,
    surface: Surface,
    /// The document that was shown last.
    document: Option<Document>,
    /// The typesetter of thumbnails, while there are any to be made.
    small: Option<Typesetter>,
}

/// What stands where the pixels are kept.
#[derive(Default)]
struct Surface {
    number: u64,
    pages: BTreeMap<usize, Drawn>,
}

/// A page as it was drawn.
struct Drawn {
    typeset: Arc<Typeset>,
    /// Width and height in pt.
    size: Vec2,
    /// Pixels per pt that were asked for.
    wanted: f32,
    /// Pixels per pt that it has.
    scale: f32,
    /// Width and height in pixels.
    pixels: [usize; 2],
}

/// A document as set; its pages are written when they are first seen.
struct Document {
    revision: u64,
    variant: Option<String>,
    top: Look,
    photo: Option<Photo>,
    typeset: Arc<Typeset>,
    style: Arc<Style>,
    findings: Arc<Findings>,
    sizes: Arc<[Vec2]>,
    over: Option<Over>,
    sheets: BTreeMap<usize, Arc<Vec<u8>>>,
}

impl Desk {
    /// An empty desk.
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            typesetter: Typesetter::new(source),
            raster: Raster::new(),
            surface: Surface::default(),
            document: None,
            small: None,
        }
    }
}

impl Work for Desk {
    fn show(&mut self, job: &Job) -> Result<Shown, Finding> {
        let start = Instant::now();
        let document = match self.document.take().filter(|d| d.is_of(job)) {
            Some(document) => document,
            None => Document::new(&mut self.typesetter, job),
        };
        let document = self.document.insert(document);
        let mut timings = Timings { set: start.elapsed(), ..Timings::default() };
        let mut surface = std::mem::take(&mut self.surface);
        if surface.number != job.surface {
            surface = Surface { number: job.surface, ..Surface::default() };
        }
        // When a page cannot be drawn, nothing is handed out, and the surface counts as empty.
        let images = document.images(&mut self.raster, &mut surface, &job.view, &mut timings)?;
        self.surface = surface;
        Ok(Shown {
            revision: job.revision,
            page: Arc::clone(&document.typeset),
            style: Arc::clone(&document.style),
            findings: Arc::clone(&document.findings),
            sizes: Arc::clone(&document.sizes),
            over: document.over,
            surface: job.surface,
            images,
            timings,
        })
    }

    fn thumbnail(&mut self, wanted: &Thumbnail) -> Result<ColorImage, Finding> {
        let Thumbnail { profile, variant, top, photo, width, .. } = wanted;
        let typesetter = self.small.get_or_insert_with(|| Typesetter::new(self.source));
        let variant = variant.as_deref().and_then(|name| profile.variant(name));
        let (style, _) = theme::style(profile, variant, top);
        typesetter.show_photo(photo.clone());
        let typeset = typesetter.set(profile, variant, &style);
        let paper = style.paper.size();
        let pdf = sheet(&typeset.pages, 0, paper.1, &(0.0..paper.1))?;
        let scale = *width as f32 / paper.0;
        let (_, image) = draw(&mut self.raster, pdf.into(), scale, raster::ALL)?;
        Ok(image)
    }

    fn rest(&mut self) {
        self.small = None;
    }

    fn reset(&mut self) {
        *self = Self::new(self.source);
    }
}

impl Document {
    fn new(typesetter: &mut Typesetter, job: &Job) -> Self {
        let variant = job.variant.as_deref().and_then(|name| job.profile.variant(name));
        typesetter.show_photo(job.photo.clone());
        let Made { style, typeset, findings } =
            export::make(typesetter, &job.profile, variant, &job.top);
        let over = over(&typeset.fit, &style);
        Self {
            revision: job.revision,
            variant: job.variant.clone(),
            top: job.top.clone(),
            photo: job.photo.clone(),
            sizes: sizes(&typeset),
            typeset: Arc::new(typeset),
            style: Arc::new(style),
            findings: Arc::new(findings.into()),
            over,
            sheets: BTreeMap::new(),
        }
    }

    /// Whether this is what is asked for.
    fn is_of(&self, job: &Job) -> bool {
        (self.revision, &self.variant, &self.top, &self.photo)
            == (job.revision, &job.variant, &job.top, &job.photo)
    }

    /// The pixels of the pages in view that are not on the surface yet.
    fn images(
        &mut self,
        raster: &mut Raster,
        surface: &mut Surface,
        view: &View,
        timings: &mut Timings,
    ) -> Result<Vec<Image>, Finding> {
        let mut images = vec![];
        self.sheets.retain(|number, _| view.pages.contains(number));
        let count = self.sizes.len();
        surface.pages.retain(|number, _| view.pages.contains(number) && *number < count);
        for number in view.pages.start..view.pages.end.min(count) {
            let start = Instant::now();
            let size = self.sizes.get(number).copied().unwrap_or_default();
            let drawn = surface.pages.remove(&number);
            let drawn = drawn.filter(|drawn| (drawn.size, drawn.wanted) == (size, view.scale));
            let rows = drawn.as_ref().and_then(|drawn| self.rows(number, drawn));
            let image = match drawn.zip(rows) {
                Some((drawn, rows)) => self.patch(raster, number, &drawn, rows, timings)?,
                None => self.whole(raster, number, view.scale, timings)?,
            };
            let drawn = Drawn {
                typeset: Arc::clone(&self.typeset),
                size,
                wanted: view.scale,
                scale: image.scale,
                pixels: image.size,
            };
            surface.pages.insert(number, drawn);
            images.push(image);
            timings.draw += start.elapsed();
        }
        timings.draw = timings.draw.saturating_sub(timings.write);
        Ok(images)
    }

    /// The rows of pixels in which a page looks otherwise than it was drawn; none where it should
    /// be drawn as a whole.
    fn rows(&self, number: usize, drawn: &Drawn) -> Option<Range<usize>> {
        if Arc::ptr_eq(&drawn.typeset, &self.typeset) {
            return Some(0..0);
        }
        let changed = patch::changed(&drawn.typeset.pages, &self.typeset.pages, number)?;
        if changed.is_empty() {
            return Some(0..0);
        }
        let first = (changed.start * drawn.scale - MARGIN).floor().max(0.0) as usize;
        let end = (changed.end * drawn.scale + MARGIN).ceil().max(0.0) as usize;
        let height = drawn.pixels[1];
        let rows = first.min(height)..end.min(height);
        // With more than that there is too little left to keep.
        (3 * rows.len() < 2 * height).then_some(rows)
    }

    /// Some rows of a page.
    fn patch(
        &self,
        raster: &mut Raster,
        number: usize,
        drawn: &Drawn,
        rows: Range<usize>,
        timings: &mut Timings,
    ) -> Result<Image, Finding> {
        let image = |rows, pixels| Image {
            page: number,
            scale: drawn.scale,
            size: drawn.pixels,
            rows,
            pixels: Arc::new(pixels),
        };
        if rows.is_empty() {
            return Ok(image(0..0, ColorImage::default()));
        }
        let within =
            (rows.start as f32 - MARGIN) / drawn.scale..(rows.end as f32 + MARGIN) / drawn.scale;
        let start = Instant::now();
        let pdf = sheet(&self.typeset.pages, number, drawn.size.y, &within)?;
        timings.write += start.elapsed();
        let (_, pixels) = draw(raster, pdf.into(), drawn.wanted, rows.clone())?;
        Ok(image(rows, pixels))
    }

    /// All of a page.
    fn whole(
        &mut self,
        raster: &mut Raster,
        number: usize,
        wanted: f32,
        timings: &mut Timings,
    ) -> Result<Image, Finding> {
        let pdf = self.sheet(number, timings)?;
        let (scale, pixels) = draw(raster, pdf, wanted, raster::ALL)?;
        let (size, rows) = (pixels.size, 0..pixels.size[1]);
        Ok(Image { page: number, scale, size, rows, pixels: Arc::new(pixels) })
    }

    /// A page as PDF.
    fn sheet(&mut self, number: usize, timings: &mut Timings) -> Result<Arc<Vec<u8>>, Finding> {
        if let Some(known) = self.sheets.get(&number) {
            return Ok(Arc::clone(known));
        }
        let start = Instant::now();
        let height = self.sizes.get(number).map_or(0.0, |size| size.y);
        let pdf = Arc::new(sheet(&self.typeset.pages, number, height, &(0.0..height))?);
        timings.write += start.elapsed();
        self.sheets.insert(number, Arc::clone(&pdf));
        Ok(pdf)
    }
}

/// What stands in the rows `within` (in pt) of one page, `height` pt high, as PDF.
fn sheet(
    pages: &Pages,
    number: usize,
    height: f32,
    within: &Range<f32>,
) -> Result<Vec<u8>, Finding> {
    export::sheet(pages, number, height, within).map_err(|error| failed(&error.to_string()))
}

/// Draws rows of the only page of `pdf`; the scale it has, and their pixels.
fn draw(
    raster: &mut Raster,
    pdf: Arc<Vec<u8>>,
    scale: f32,
    rows: Range<usize>,
) -> Result<(f32, ColorImage), Finding> {
    let drawn = raster.page(pdf, 0, scale, rows).map_err(|error| failed(&error.to_string()))?;
    Ok((drawn.scale, ColorImage::new([drawn.width, drawn.rows.len()], drawn.pixels)))
}

/// Where too much begins.
fn over(fit: &Fit, style: &Style) -> Option<Over> {
    let limit = style.pages.count().filter(|_| fit.lines_over > 0)?;
    let lines = fit.lines_over;
    Some(match limit {
        1 => Over { page: 0, y: style.paper.size().1 - fit.sizes.margin_y, lines },
        _ => Over { page: limit, y: 0.0, lines },
    })
}

/// Width and height of every page as it is drawn.
fn sizes(typeset: &Typeset) -> Arc<[Vec2]> {
    let margin = typeset.fit.sizes.margin_y;
    let size = |page: &Page| {
        let baselines = page.lines.iter().filter_map(|line| Some(line.glyphs.last()?.y));
        let lowest = baselines.fold(0.0, f32::max);
        let text = if lowest > page.height - 0.5 * margin { lowest + margin } else { 0.0 };
        vec2(page.width, text.clamp(page.height, LONGEST * page.height))
    };
    typeset.pages.pages.iter().map(size).collect()
}

/// A page that could not be written or drawn.
fn failed(why: &str) -> Finding {
    Finding::error(Code::PreviewFailed, At::root(), format!("the page cannot be shown: {why}"))
        .hint("this is a mistake of the program, not yours; the last page is still shown, and nothing is lost")
}

//! What the preview's thread does: set a profile, write its pages as PDF, draw them.

use super::{Image, Job, Over, Shown, Thumbnail, Timings, View, queue::Work};
use crate::{
    at::At,
    export::{self, Made},
    finding::{Finding, Findings},
    look::{Look, Style},
    raster::{Pixels, Raster},
    theme,
    typeset::{
        Fit, Source, Typeset, Typesetter,
        page::{Page, Pages},
    },
    value::photo::Photo,
};
use eframe::egui::{Color32, ColorImage, Vec2, vec2};
use std::{collections::BTreeMap, sync::Arc, time::Instant};

/// A page that is too long is drawn out to at most this many times its paper.
const LONGEST: f32 = 4.0;

/// What the thread keeps from one piece of work to the next.
pub(super) struct Desk {
    source: Source,
    typesetter: Typesetter,
    raster: Raster,
    /// The document that was shown last.
    document: Option<Document>,
    /// The typesetter of thumbnails, while there are any to be made.
    small: Option<Typesetter>,
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
        let images = document.images(&mut self.raster, &job.view, &mut timings)?;
        Ok(Shown {
            revision: job.revision,
            page: Arc::clone(&document.typeset),
            style: Arc::clone(&document.style),
            findings: Arc::clone(&document.findings),
            sizes: Arc::clone(&document.sizes),
            over: document.over,
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
        let pdf = sheet(&typeset.pages, 0, paper.1)?;
        let mut image = ColorImage::default();
        let scale = *width as f32 / paper.0;
        let take = |pixels: Pixels<'_>| image = colours(&pixels);
        self.raster.pages(pdf.into(), [0], scale, take).map_err(|e| failed(&e.to_string()))?;
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

    /// The pixels of the pages in view.
    fn images(
        &mut self,
        raster: &mut Raster,
        view: &View,
        timings: &mut Timings,
    ) -> Result<Vec<Image>, Finding> {
        let mut images = vec![];
        self.sheets.retain(|number, _| view.pages.contains(number));
        for number in view.pages.start..view.pages.end.min(self.sizes.len()) {
            let pdf = self.sheet(number, timings)?;
            let start = Instant::now();
            let mut image = |pixels: Pixels<'_>| {
                let scale = pixels.scale;
                images.push(Image { page: number, scale, pixels: Arc::new(colours(&pixels)) });
            };
            raster.pages(pdf, [0], view.scale, &mut image).map_err(|e| failed(&e.to_string()))?;
            timings.draw += start.elapsed();
        }
        Ok(images)
    }

    /// A page as PDF.
    fn sheet(&mut self, number: usize, timings: &mut Timings) -> Result<Arc<Vec<u8>>, Finding> {
        if let Some(known) = self.sheets.get(&number) {
            return Ok(Arc::clone(known));
        }
        let start = Instant::now();
        let height = self.sizes.get(number).map_or(0.0, |size| size.y);
        let pdf = Arc::new(sheet(&self.typeset.pages, number, height)?);
        timings.write += start.elapsed();
        self.sheets.insert(number, Arc::clone(&pdf));
        Ok(pdf)
    }
}

/// One page, `height` pt high, as PDF.
fn sheet(pages: &Pages, number: usize, height: f32) -> Result<Vec<u8>, Finding> {
    export::sheet(pages, number, height).map_err(|error| failed(&error.to_string()))
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

/// Pixels as the window wants them.
fn colours(pixels: &Pixels<'_>) -> ColorImage {
    let colour = |p: &[u8; 4]| Color32::from_rgba_premultiplied(p[0], p[1], p[2], p[3]);
    let colours = pixels.rgba.as_chunks().0.iter().map(colour).collect();
    ColorImage::new([pixels.width, pixels.height], colours)
}

/// A page that could not be written or drawn.
fn failed(why: &str) -> Finding {
    Finding::error("preview-failed", At::root(), format!("the page cannot be shown: {why}"))
        .hint("this is a mistake of the program, not yours; the last page is still shown, and nothing is lost")
}

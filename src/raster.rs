//! From PDF bytes to pixels, and to pictures in files: the only place that names the rasteriser.

use hayro::{
    RenderCache, RenderSettings,
    hayro_interpret::{InterpreterSettings, util::TransformExt as _},
    hayro_syntax::{Pdf, page::Page},
    kurbo::Affine,
    render_into,
    vello_cpu::{
        PixmapMut, RasterizerSettings, RenderContext, Resources, TargetInit,
        color::palette::css::WHITE,
    },
};
use image::{ColorType, ImageEncoder as _, ImageError, codecs::png::PngEncoder};
use std::sync::Arc;

/// A page is drawn with at most this many pixels, and smaller than asked for where that would not do: 400 % on a
/// screen with three pixels to a point would take half a gigabyte.
pub const MOST_PIXELS: u32 = 24_000_000;
/// Buffers for more pixels than this are given back after use.
const KEPT_PIXELS: usize = 6_000_000;
/// Below this many pixels per pt, hinting would only bend the letters.
const LEAST_HINTED: f32 = 0.8;
/// The line around a thumbnail, seen on light and on dark ground.
const HAIRLINE: [u8; 3] = [0xB4, 0xBA, 0xC6];

/// The pixels of a page, lent until the next page is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Pixels<'a> {
    /// The page, from 0.
    pub page: usize,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Pixels per pt, which may be less than was asked for (see [`MOST_PIXELS`]).
    pub scale: f32,
    /// Red, green, blue and alpha of every pixel, row by row, premultiplied; all are opaque.
    pub rgba: &'a [u8],
}

/// Why a page cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are no PDF that can be read.
    #[error("the PDF cannot be read: expected one that this program wrote")]
    Unreadable,
    /// There is no such page.
    #[error("there is no page {page} to be drawn: the PDF has {count}")]
    NoPage {
        /// The page, from 1.
        page: usize,
        /// How many there are.
        count: usize,
    },
    /// The pixels make no file.
    #[error("the picture of the page cannot be packed: {0}")]
    Png(#[from] ImageError),
}

impl Pixels<'_> {
    /// A PNG file of them, with a hairline around the page: white on white it would have no end.
    fn thumbnail(&self) -> Result<Vec<u8>, Error> {
        let (width, height) = (self.width, self.height);
        let mut rgb = Vec::with_capacity(3 * width * height);
        for (index, [red, green, blue, _]) in self.rgba.as_chunks().0.iter().enumerate() {
            let (x, y) = (index % width, index / width);
            let is_edge = x == 0 || y == 0 || x + 1 == width || y + 1 == height;
            rgb.extend(if is_edge { HAIRLINE } else { [*red, *green, *blue] });
        }
        let mut png = vec![];
        let encoder = PngEncoder::new(&mut png);
        encoder.write_image(&rgb, width as u32, height as u32, ColorType::Rgb8.into())?;
        Ok(png)
    }
}

/// Draws pages. Keeps its buffers from one page to the next: fresh ones would cost as much again as the drawing.
#[derive(Debug)]
pub struct Raster {
    context: RenderContext,
    rgba: Vec<u8>,
}

impl Default for Raster {
    fn default() -> Self {
        Self::new()
    }
}

impl Raster {
    /// A rasteriser without any buffers yet.
    #[must_use]
    pub fn new() -> Self {
        Self { context: RenderContext::new(1, 1), rgba: vec![] }
    }

    /// Draws `pages` (from 0) of `pdf` on white at `scale` pixels per pt, and hands each to `take`.
    ///
    /// # Errors
    /// When the bytes are no PDF, or a page is not there.
    pub fn pages(
        &mut self,
        pdf: Arc<Vec<u8>>,
        pages: impl IntoIterator<Item = usize>,
        scale: f32,
        mut take: impl FnMut(Pixels<'_>),
    ) -> Result<(), Error> {
        let pdf = Pdf::new(pdf).map_err(|_ignored| Error::Unreadable)?;
        let cache = RenderCache::new();
        let sheets = pdf.pages();
        for number in pages {
            let missing = Error::NoPage { page: number + 1, count: sheets.len() };
            let page = sheets.get(number).ok_or(missing)?;
            let (width, height, scale) = self.draw(page, &cache, scale);
            take(Pixels {
                page: number,
                width: usize::from(width),
                height: usize::from(height),
                scale,
                rgba: &self.rgba,
            });
        }
        if self.rgba.capacity() > 4 * KEPT_PIXELS {
            *self = Self::new();
        }
        Ok(())
    }

    /// The first page of `pdf` at `scale` pixels per pt, as the bytes of a PNG file.
    ///
    /// # Errors
    /// When the bytes are no PDF, or no page is there.
    pub fn thumbnail(&mut self, pdf: Arc<Vec<u8>>, scale: f32) -> Result<Vec<u8>, Error> {
        let mut png = Ok(vec![]);
        self.pages(pdf, [0], scale, |pixels| png = pixels.thumbnail())?;
        png
    }

    /// Draws a page into the buffer; its width and height in pixels, and the scale it has.
    fn draw<'p>(
        &mut self,
        page: &'p Page<'p>,
        cache: &RenderCache<'p>,
        wanted: f32,
    ) -> (u16, u16, f32) {
        let size = page.render_dimensions();
        let scale = bounded(wanted, size);
        let pixels = |length: f32| (length * scale).round().clamp(1.0, f32::from(u16::MAX)) as u16;
        let (width, height) = (pixels(size.0), pixels(size.1));
        // The page fills its pixels to the edge.
        let stretch = |pixels: u16, length: f32| f64::from(pixels) / f64::from(length.max(1.0));
        let transform = Affine::scale_non_uniform(stretch(width, size.0), stretch(height, size.1))
            * page.initial_transform(true).to_kurbo();
        let settings =
            RenderSettings { hinting: scale >= LEAST_HINTED, ..RenderSettings::default() };
        let interpreter = InterpreterSettings::default();
        self.context.reset_and_resize(width, height);
        render_into(page, cache, &interpreter, &settings, &mut self.context, transform);
        self.context.flush();
        self.rgba.resize(usize::from(width) * usize::from(height) * 4, 0);
        let clear = TargetInit::Clear(WHITE);
        let how = RasterizerSettings { target_init: clear, ..RasterizerSettings::default() };
        if let Some(target) = PixmapMut::new(width, height, &mut self.rgba) {
            self.context.render_with(target, &mut Resources::default(), how);
        }
        (width, height, f32::from(width) / size.0.max(1.0))
    }
}

/// The scale at which a page of `size` in pt can be drawn, as near to the wanted one as memory and buffers allow.
fn bounded(wanted: f32, (width, height): (f32, f32)) -> f32 {
    let (width, height) = (width.max(1.0), height.max(1.0));
    let most = (MOST_PIXELS as f32 / (width * height)).sqrt();
    let longest = f32::from(u16::MAX - 1) / width.max(height);
    // Written so that NaN, too, gives a page.
    let wanted = if wanted > 0.01 { wanted } else { 0.01 };
    wanted.min(most).min(longest)
}

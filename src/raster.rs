//! From PDF bytes to pixels, and to pictures in files: the only place that names the rasteriser.

use bytemuck::{Pod, cast_slice_mut, zeroed_vec};
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
use std::{ops::Range, sync::Arc};

/// A page is drawn with at most this many pixels, and smaller than asked for where that would not
/// do: 400 % on a screen with three pixels to a point would take half a gigabyte.
pub const MOST_PIXELS: u32 = 24_000_000;
/// Buffers for more pixels than this are given back after use.
const KEPT_PIXELS: usize = 6_000_000;
/// Below this many pixels per pt, hinting would only bend the letters.
const LEAST_HINTED: f32 = 0.8;
/// The line around a thumbnail, seen on light and on dark ground.
const HAIRLINE: [u8; 3] = [0xB4, 0xBA, 0xC6];

/// All rows of a page.
pub const ALL: Range<usize> = 0..usize::MAX;

/// The pixels of a page, or of some rows of it.
#[derive(Clone, Debug)]
pub struct Drawn<P> {
    /// Width in pixels.
    pub width: usize,
    /// Height of the whole page in pixels.
    pub height: usize,
    /// Pixels per pt, which may be less than was asked for (see [`MOST_PIXELS`]).
    pub scale: f32,
    /// The rows that were drawn, from the top.
    pub rows: Range<usize>,
    /// Their pixels, row by row; all are opaque.
    pub pixels: Vec<P>,
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

/// Draws pages. Keeps its buffers from one page to the next.
#[derive(Debug)]
pub struct Raster {
    context: RenderContext,
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
        Self { context: RenderContext::new(1, 1) }
    }

    /// Draws `rows` of the page `number` (from 0) of `pdf` on white at `scale` pixels per pt. A
    /// pixel has four bytes: red, green, blue and alpha, premultiplied. Rows have the same pixels,
    /// whichever are drawn with them. At least one row is drawn, and none past the page.
    ///
    /// # Errors
    /// When the bytes are no PDF, or the page is not there.
    pub fn page<P: Pod>(
        &mut self,
        pdf: Arc<Vec<u8>>,
        number: usize,
        scale: f32,
        rows: Range<usize>,
    ) -> Result<Drawn<P>, Error> {
        const { assert!(size_of::<P>() == 4, "a pixel has four bytes") };
        let pdf = Pdf::new(pdf).map_err(|_ignored| Error::Unreadable)?;
        let sheets = pdf.pages();
        let missing = Error::NoPage { page: number + 1, count: sheets.len() };
        let page = sheets.get(number).ok_or(missing)?;
        let size = page.render_dimensions();
        let scale = bounded(scale, size);
        let pixels = |length: f32| (length * scale).round().clamp(1.0, f32::from(u16::MAX)) as u16;
        let (width, height) = (pixels(size.0), pixels(size.1));
        let within = |row: usize| u16::try_from(row).unwrap_or(u16::MAX).min(height);
        let top = within(rows.start).min(height - 1);
        let area = Area { width, height, top, rows: within(rows.end).saturating_sub(top).max(1) };
        let mut pixels: Vec<P> = zeroed_vec(usize::from(area.width) * usize::from(area.rows));
        self.draw(page, scale, area, cast_slice_mut(&mut pixels));
        if pixels.len() > KEPT_PIXELS {
            *self = Self::new();
        }
        Ok(Drawn {
            width: width.into(),
            height: height.into(),
            scale: f32::from(width) / size.0.max(1.0),
            rows: area.top.into()..usize::from(area.top) + usize::from(area.rows),
            pixels,
        })
    }

    /// The first page of `pdf` at `scale` pixels per pt, as the bytes of a PNG file.
    ///
    /// # Errors
    /// When the bytes are no PDF, or no page is there.
    pub fn thumbnail(&mut self, pdf: Arc<Vec<u8>>, scale: f32) -> Result<Vec<u8>, Error> {
        let Drawn { width, height, pixels, .. } = self.page(pdf, 0, scale, ALL)?;
        let rgb = with_hairline(&pixels, width, height);
        let mut png = vec![];
        let encoder = PngEncoder::new(&mut png);
        encoder.write_image(&rgb, width as u32, height as u32, ColorType::Rgb8.into())?;
        Ok(png)
    }

    /// Draws an area of a page.
    fn draw<'p>(&mut self, page: &'p Page<'p>, scale: f32, area: Area, rgba: &mut [u8]) {
        let size = page.render_dimensions();
        // The page fills its pixels to the edge.
        let stretch = |pixels: u16, length: f32| f64::from(pixels) / f64::from(length.max(1.0));
        let transform = Affine::translate((0.0, -f64::from(area.top)))
            * Affine::scale_non_uniform(stretch(area.width, size.0), stretch(area.height, size.1))
            * page.initial_transform(true).to_kurbo();
        let settings =
            RenderSettings { hinting: scale >= LEAST_HINTED, ..RenderSettings::default() };
        let (cache, interpreter) = (RenderCache::new(), InterpreterSettings::default());
        self.context.reset_and_resize(area.width, area.rows);
        render_into(page, &cache, &interpreter, &settings, &mut self.context, transform);
        self.context.flush();
        let clear = TargetInit::Clear(WHITE);
        let how = RasterizerSettings { target_init: clear, ..RasterizerSettings::default() };
        if let Some(target) = PixmapMut::new(area.width, area.rows, rgba) {
            self.context.render_with(target, &mut Resources::default(), how);
        }
    }
}

/// Some rows of a page, in pixels.
#[derive(Clone, Copy)]
struct Area {
    width: u16,
    /// Height of the whole page.
    height: u16,
    /// The first of the rows.
    top: u16,
    /// How many there are; at least one.
    rows: u16,
}

/// Red, green and blue of `pixels`, with a hairline around the page: white on white it would have
/// no end.
fn with_hairline(pixels: &[[u8; 4]], width: usize, height: usize) -> Vec<u8> {
    let mut rgb = vec![0; 3 * pixels.len()];
    for (to, [red, green, blue, _]) in rgb.as_chunks_mut().0.iter_mut().zip(pixels) {
        *to = [*red, *green, *blue];
    }
    let mut rows = rgb.chunks_exact_mut(3 * width.max(1));
    for (y, row) in rows.by_ref().enumerate() {
        let points = row.as_chunks_mut().0;
        if y == 0 || y + 1 == height {
            points.fill(HAIRLINE);
        }
        if let [first, .., last] = points {
            (*first, *last) = (HAIRLINE, HAIRLINE);
        }
    }
    rgb
}

/// The scale at which a page of `size` in pt can be drawn, as near to the wanted one as memory and
/// buffers allow.
fn bounded(wanted: f32, (width, height): (f32, f32)) -> f32 {
    let (width, height) = (width.max(1.0), height.max(1.0));
    let most = (MOST_PIXELS as f32 / (width * height)).sqrt();
    let longest = f32::from(u16::MAX - 1) / width.max(height);
    // Written so that NaN, too, gives a page.
    let wanted = if wanted > 0.01 { wanted } else { 0.01 };
    wanted.min(most).min(longest)
}

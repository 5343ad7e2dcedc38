//! Photos: any JPEG or PNG becomes a small JPEG of our own, upright, on white, and without what
//! cameras write into theirs.

#[cfg(test)]
mod tests;

use image::{
    DynamicImage, GrayImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits,
    RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};
use std::{borrow::Cow, fmt, io::Cursor, sync::Arc};

/// The largest picture that is kept, in pixels: enough for 45 mm in print.
const WIDEST: u32 = 600;
const HIGHEST: u32 = 800;
/// The largest JPEG that is kept, in bytes.
pub const LARGEST: usize = 150_000;
/// Pictures with a longer side are refused before anything is unpacked: the largest that telephones
/// take are shorter.
const LONGEST_SIDE: u32 = 10_000;
/// Memory that unpacking may take: 8000 × 8000 pixels of 4 bytes.
const MEMORY: u64 = 256 * 1024 * 1024;
/// From good to still fair: the first that keeps to [`LARGEST`] is taken.
const QUALITIES: [u8; 4] = [88, 80, 70, 60];

/// A photo as it is kept and printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Whether it has one channel, not three.
    pub grey: bool,
    /// The picture as a baseline JPEG without any metadata.
    pub jpeg: Arc<[u8]>,
}

/// The part of a picture that is shown, in fractions of its width and height, upright, from the top
/// left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crop {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// Why something is no photo. The messages go on after the name of the picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Something else, by what it is.
    #[error("is {0}, expected a JPEG or PNG picture")]
    Kind(&'static str),
    /// More pixels than anybody needs, or a small file that would fill the memory.
    #[error("has {width} × {height} pixels, expected at most 8000 × 8000")]
    Large {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// A JPEG or PNG that cannot be read to its end.
    #[error("is damaged, expected a whole JPEG or PNG picture")]
    Damaged,
}

/// Makes a photo of the bytes of a JPEG or PNG, or of a part of it.
///
/// # Errors
/// When they are no such picture, or one that is too large.
pub fn prepare(bytes: &[u8], crop: Option<Crop>) -> Result<Photo, Error> {
    let image = decoded(bytes)?;
    let image = flattened(match crop {
        Some(crop) => crop.of(&image),
        None => image,
    });
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    let factor = (f64::from(WIDEST) / width).min(f64::from(HIGHEST) / height);
    encoded(if factor < 1.0 { scaled(&image, factor) } else { image })
}

impl Photo {
    /// Its pixels, four bytes each (red, green, blue, opaque), row by row. `None` when it is not
    /// one of ours.
    #[must_use]
    pub fn pixels(&self) -> Option<Vec<u8>> {
        let image = decoded(&self.jpeg).ok()?.to_rgba8();
        ((image.width(), image.height()) == (self.width, self.height)).then(|| image.into_raw())
    }
}

impl fmt::Debug for Photo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { width, height, grey, jpeg } = self;
        write!(f, "Photo({width} × {height}, grey: {grey}, {} bytes)", jpeg.len())
    }
}

impl Crop {
    /// This part of a picture: at least a pixel of it, whatever the numbers.
    fn of(self, image: &DynamicImage) -> DynamicImage {
        let pixels = |fraction: f32, whole: u32| {
            (f64::from(fraction.clamp(0.0, 1.0)) * f64::from(whole)).round() as u32
        };
        let (width, height) = (image.width(), image.height());
        let x = pixels(self.x, width).min(width - 1);
        let y = pixels(self.y, height).min(height - 1);
        let w = pixels(self.w, width).clamp(1, width - x);
        let h = pixels(self.h, height).clamp(1, height - y);
        image.crop_imm(x, y, w, h)
    }
}

/// The picture, upright.
fn decoded(bytes: &[u8]) -> Result<DynamicImage, Error> {
    let format = format(bytes).map_err(Error::Kind)?;
    // The decoder paints grey what is missing, and says nothing.
    if format == ImageFormat::Jpeg && !has_end(bytes) {
        return Err(Error::Damaged);
    }
    let bytes = match format {
        ImageFormat::Png => Cow::Owned(needed_chunks(bytes)),
        _ => Cow::Borrowed(bytes),
    };
    let mut decoder = ImageReader::with_format(Cursor::new(&*bytes), format)
        .into_decoder()
        .or(Err(Error::Damaged))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Error::Damaged);
    }
    let refused = |error: ImageError| match error {
        ImageError::Limits(_) => Error::Large { width, height },
        _ => Error::Damaged,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    // The decoders count only what they need besides the picture.
    if decoder.total_bytes() > MEMORY {
        return Err(Error::Large { width, height });
    }
    decoder.set_limits(limits).map_err(refused)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// Whether the parts of a JPEG follow each other up to its end mark (ITU-T T.81, annex B); what
/// comes after that is free.
fn has_end(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    loop {
        // In a scan, 0xff is followed by 0; restart marks and fill bytes stand alone.
        rest = match rest {
            [0xff, 0xd9, ..] => return true,
            [0xff, 0xff, ..] => rest.get(1..).unwrap_or_default(),
            [0xff, 0x00 | 0x01 | 0xd0..=0xd8, rest @ ..] => rest,
            [0xff, _, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                match rest.get(2 + length..) {
                    Some(rest) => rest,
                    None => return false,
                }
            }
            [_, rest @ ..] => rest,
            [] => return false,
        };
    }
}

/// A PNG without the chunks that do not show, some of which may unpack to any size before a limit
/// is asked for: colour profiles and texts. Those that show are the critical ones, transparency,
/// and the way it was held (W3C PNG, 5.4 and 11.3).
fn needed_chunks(png: &[u8]) -> Vec<u8> {
    const SIGNATURE: usize = 8;
    const AROUND: usize = 12;
    let (signature, mut rest) = png.split_at_checked(SIGNATURE).unwrap_or((png, &[]));
    let mut needed = signature.to_vec();
    while let [a, b, c, d, k, i, n, e, ..] = rest {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let whole = length.checked_add(AROUND).and_then(|size| rest.split_at_checked(size));
        // What is cut short is left to the decoder, which finds it damaged.
        let (chunk, after) = whole.unwrap_or((rest, &[]));
        if k.is_ascii_uppercase() || [b"tRNS", b"eXIf"].contains(&&[*k, *i, *n, *e]) {
            needed.extend(chunk);
        }
        rest = after;
    }
    needed.extend(rest);
    needed
}

/// The format by the first bytes, or what it is instead.
fn format(bytes: &[u8]) -> Result<ImageFormat, &'static str> {
    let starts = |signature: &[u8]| bytes.starts_with(signature);
    let brand = bytes.get(4..12).and_then(|brand| brand.strip_prefix(b"ftyp"));
    Err(match brand {
        _ if starts(b"\xff\xd8\xff") => return Ok(ImageFormat::Jpeg),
        _ if starts(b"\x89PNG\r\n\x1a\n") => return Ok(ImageFormat::Png),
        Some(b"avif" | b"avis") => "an AVIF picture",
        Some([b'h', b'e', ..] | b"mif1" | b"msf1") => "a HEIC picture, as some phones take them",
        Some(_) => "a film",
        None if bytes.is_empty() => "empty",
        None if starts(b"GIF8") => "a GIF picture",
        None if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => "a WebP picture",
        None if starts(b"II*\0") || starts(b"MM\0*") => "a TIFF or raw picture",
        None if starts(b"BM") => "a BMP picture",
        None if starts(b"%PDF-") => "a PDF",
        None if starts(b"<svg") || starts(b"<?xml") => "an SVG drawing",
        None => "no picture",
    })
}

/// The picture with 8 bits a channel, without transparency: what lies behind it is the white of the
/// paper.
fn flattened(image: DynamicImage) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let (alpha, colour) = (image.color().has_alpha(), image.color().has_color());
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u16::from(value), u16::from(alpha));
        // At most 255: a mean of two such numbers.
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    match (colour, alpha) {
        (true, false) => image.into_rgb8().into(),
        (false, false) => image.into_luma8().into(),
        (true, true) => {
            let source = image.into_rgba8();
            let pixels = source.pixels().flat_map(|p| {
                let [r, g, b, a] = p.0;
                [over(r, a), over(g, a), over(b, a)]
            });
            RgbImage::from_raw(width, height, pixels.collect()).unwrap_or_default().into()
        }
        (false, true) => {
            let source = image.into_luma_alpha8();
            let pixels = source.pixels().map(|p| {
                let [value, a] = p.0;
                over(value, a)
            });
            GrayImage::from_raw(width, height, pixels.collect()).unwrap_or_default().into()
        }
    }
}

/// The picture made smaller.
fn scaled(image: &DynamicImage, factor: f64) -> DynamicImage {
    let size = |side: u32| ((f64::from(side) * factor).round() as u32).max(1);
    let (width, height) = (size(image.width()), size(image.height()));
    if factor < 0.5 {
        // Means of whole blocks are fast; the fine filter does the rest.
        let rough =
            image.thumbnail_exact((2 * width).min(image.width()), (2 * height).min(image.height()));
        return rough.resize_exact(width, height, FilterType::CatmullRom);
    }
    image.resize_exact(width, height, FilterType::CatmullRom)
}

/// The picture as a JPEG that is not too large.
fn encoded(mut image: DynamicImage) -> Result<Photo, Error> {
    loop {
        for quality in QUALITIES {
            let mut jpeg = vec![];
            let encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
            image.write_with_encoder(encoder).or(Err(Error::Damaged))?;
            if jpeg.len() <= LARGEST {
                return Ok(Photo {
                    width: image.width(),
                    height: image.height(),
                    grey: !image.color().has_color(),
                    jpeg: jpeg.into(),
                });
            }
        }
        image = scaled(&image, 0.75);
    }
}

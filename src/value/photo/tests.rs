//! Tests of photos: what is read, how it is mended, what is refused.

use super::*;
use image::{Luma, LumaA, Rgb, Rgba, RgbaImage};

const CANARY: &[u8] = b"ZQXHIDDEN at 54.35 N";

/// Red grows to the right, green downwards.
fn gradient(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        let part = |place: u32, whole: u32| (place * 255 / (whole - 1).max(1)) as u8;
        Rgb([part(x, width), part(y, height), 90])
    })
    .into()
}

fn bytes(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(vec![]);
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// The same JPEG with what a camera writes into it.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x0e, 0, 2, 0, 0, 0, CANARY.len() as u8, 0, 0, 0, 38]);
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(CANARY);
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
    out.extend(exif);
    out.extend(&jpeg[2..]);
    out
}

fn pixels(photo: &Photo) -> RgbImage {
    let image = image::load_from_memory_with_format(&photo.jpeg, ImageFormat::Jpeg).unwrap();
    assert_eq!((image.width(), image.height()), (photo.width, photo.height));
    assert_eq!(image.color().has_color(), !photo.grey);
    image.into_rgb8()
}

fn near(pixel: &Rgb<u8>, expected: [u8; 3]) -> bool {
    pixel.0.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 12)
}

#[test]
fn pictures_become_small_and_keep_their_shape() {
    for (width, height, expected) in [
        (30, 40, (30, 40)),
        (600, 800, (600, 800)),
        (1200, 1600, (600, 800)),
        (3000, 2000, (600, 400)),
        (700, 2100, (267, 800)),
        (4000, 1, (600, 1)),
    ] {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let photo = prepare(&bytes(&gradient(width, height), format), None).unwrap();
            assert_eq!((photo.width, photo.height), expected, "{width} × {height}, {format:?}");
            let image = pixels(&photo);
            let (right, bottom) = (photo.width - 1, photo.height - 1);
            assert!(near(image.get_pixel(0, 0), [0, 0, 90]), "{format:?}");
            let corner = [255, if height > 1 { 255 } else { 0 }, 90];
            let found = image.get_pixel(right, bottom);
            assert!(near(found, corner), "{width} × {height}: {found:?}");
        }
    }
}

#[test]
fn what_is_seen_through_is_white() {
    let colour = RgbaImage::from_fn(64, 64, |x, _| Rgba([200, 0, 0, if x < 32 { 0 } else { 128 }]));
    let photo = prepare(&bytes(&colour.into(), ImageFormat::Png), None).unwrap();
    let image = pixels(&photo);
    assert!(near(image.get_pixel(4, 4), [255, 255, 255]));
    assert!(near(image.get_pixel(60, 60), [227, 127, 127]), "{:?}", image.get_pixel(60, 60));
    let grey = image::GrayAlphaImage::from_pixel(8, 8, LumaA([40, 0]));
    let photo = prepare(&bytes(&grey.into(), ImageFormat::Png), None).unwrap();
    assert!(photo.grey && near(pixels(&photo).get_pixel(4, 4), [255, 255, 255]));
}

#[test]
fn grey_stays_grey_and_deep_colours_are_read() {
    let grey: DynamicImage = GrayImage::from_fn(40, 50, |x, _| Luma([x as u8 * 6])).into();
    assert!(prepare(&bytes(&grey, ImageFormat::Jpeg), None).unwrap().grey);
    let deep = DynamicImage::from(gradient(40, 50).into_rgb16());
    assert!(!prepare(&bytes(&deep, ImageFormat::Png), None).unwrap().grey);
}

#[test]
fn photos_stand_upright_and_tell_nothing_else() {
    let jpeg = bytes(&gradient(64, 32), ImageFormat::Jpeg);
    // Orientation, size, and the colour at the top left corner: a camera held on its side, upside
    // down …
    for (orientation, size, corner) in [
        (1, (64, 32), [0, 0, 90]),
        (3, (64, 32), [255, 255, 90]),
        (6, (32, 64), [0, 255, 90]),
        (8, (32, 64), [255, 0, 90]),
        (99, (64, 32), [0, 0, 90]),
    ] {
        let taken = with_exif(&jpeg, orientation);
        let found = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|window| window == CANARY);
        assert!(found(&taken));
        let photo = prepare(&taken, None).unwrap();
        assert_eq!((photo.width, photo.height), size, "{orientation}");
        let image = pixels(&photo);
        assert!(near(image.get_pixel(0, 0), corner), "{orientation}: {:?}", image.get_pixel(0, 0));
        let exif = photo.jpeg.windows(4).any(|window| window == b"Exif");
        assert!(!found(&photo.jpeg) && !exif, "{orientation}");
    }
}

#[test]
fn parts_are_cut_out_of_the_upright_picture() {
    let picture = with_exif(&bytes(&gradient(64, 32), ImageFormat::Jpeg), 6);
    let cut = |x, y, w, h| prepare(&picture, Some(Crop { x, y, w, h })).unwrap();
    let photo = cut(0.5, 0.25, 0.5, 0.5);
    assert_eq!((photo.width, photo.height), (16, 32));
    // Turned to the right, red grows downwards and green to the left.
    let found = *pixels(&photo).get_pixel(15, 0);
    assert!(near(&found, [64, 0, 90]), "{found:?}");
    for (x, y, w, h) in
        [(1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0), (-3.0, 9.0, f32::NAN, f32::INFINITY)]
    {
        let photo = cut(x, y, w, h);
        assert!(photo.width >= 1 && photo.height >= 1);
    }
}

#[test]
fn no_picture_is_too_large_to_keep() {
    let mut state = 1_u32;
    let noise = RgbImage::from_fn(900, 1200, |_, _| {
        Rgb([0; 3].map(|_: u8| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        }))
    });
    let photo = prepare(&bytes(&noise.into(), ImageFormat::Png), None).unwrap();
    assert!(photo.jpeg.len() <= LARGEST, "{photo:?}");
    assert!(photo.width >= 300, "{photo:?}");
}

#[test]
fn what_is_no_picture_is_told_by_name() {
    let png = bytes(&gradient(64, 64), ImageFormat::Png);
    let jpeg = bytes(&gradient(64, 64), ImageFormat::Jpeg);
    // A few bytes that ask for gigabytes: the size stands at byte 16 of a PNG.
    let bomb = |side: u32| {
        let mut bomb = png.clone();
        bomb[16..20].copy_from_slice(&side.to_be_bytes());
        bomb[20..24].copy_from_slice(&side.to_be_bytes());
        let check = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&check.to_be_bytes());
        bomb
    };
    let told = |bytes: &[u8]| match prepare(bytes, None) {
        Ok(photo) => format!("{photo:?}"),
        Err(error) => error.to_string(),
    };
    for (bytes, expected) in [
        (&b""[..], "is empty"),
        (b"Profile()", "is no picture"),
        (b"GIF89a", "is a GIF picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "is a WebP picture"),
        (b"\0\0\0\x18ftypheic\0\0", "is a HEIC picture"),
        (b"\0\0\0\x18ftypavif\0\0", "is an AVIF picture"),
        (b"\0\0\0\x18ftypisom\0\0", "is a film"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xff\xd8\xff", "is damaged"),
        (&png[..40], "is damaged"),
        (&png[..png.len() / 2], "is damaged"),
        (&jpeg[..100], "is damaged"),
        (&jpeg[..jpeg.len() * 3 / 4], "is damaged"),
        (&jpeg[..jpeg.len() - 2], "is damaged"),
        (&[&jpeg[..], b"more"].concat(), "Photo(64 × 64"),
        (&bomb(65_000), "has 65000 × 65000 pixels, expected at most"),
        (&bomb(20_000), "has 20000 × 20000 pixels, expected at most"),
        (&bomb(9_999), "has 9999 × 9999 pixels, expected at most"),
    ] {
        let told = told(bytes);
        assert!(told.starts_with(expected), "{expected}: {told}");
    }
}

/// A chunk of a PNG.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(kind);
    chunk.extend(data);
    let check = crc(&chunk[4..]);
    chunk.extend(check.to_be_bytes());
    chunk
}

#[test]
fn what_does_not_show_is_not_unpacked() {
    let png = bytes(&gradient(64, 64), ImageFormat::Png);
    let (head, pixels) = png.split_at(33);
    // Each of these is a profile or a text whose packed bytes say nothing of its real size.
    for kind in [b"iCCP", b"zTXt", b"iTXt", b"tEXt", b"vpAg"] {
        let extra = chunk(kind, b"name\0\0packed");
        let fat = [head, &extra, pixels].concat();
        assert_eq!(needed_chunks(&fat), png, "{}", kind.escape_ascii());
        assert_eq!(prepare(&fat, None), prepare(&png, None), "{}", kind.escape_ascii());
    }
    let clear = chunk(b"tRNS", &[0, 1, 0, 2, 0, 3]);
    let fat = [head, &clear, pixels].concat();
    assert_eq!(needed_chunks(&fat), fat, "transparency shows");
    for end in 0..png.len() {
        assert_eq!(needed_chunks(&png[..end]), png[..end], "cut at {end}");
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

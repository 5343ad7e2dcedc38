//! Photos from the file to the page: in every theme, beside every header, in the PDF, and from the
//! command line.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use image::{ImageFormat, Rgb, RgbImage};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use std::{fs, io::Cursor, path::Path, process::Command, sync::Arc};
use vitae::{
    look::{Header, Look, PageLimit, Paper, PhotoPlace},
    pdf::{self, Compression, Metadata},
    profile::Profile,
    store::{Document, new_text, photo},
    theme::{self, Theme},
    typeset::{Source, Typeset, Typesetter, page::Tag},
    value::photo::{Photo, prepare},
};

const CANARY: &[u8] = b"ZQXHIDDEN at 54.35 N";

/// Nobody: a head and shoulders on a background that runs from light to dark.
fn portrait(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = (x as f32 / width as f32 - 0.5, y as f32 / height as f32 - 0.42);
        let head = u.powi(2) / 0.045 + v.powi(2) / 0.055 < 1.0;
        let body = u.powi(2) / 0.16 + (v - 0.62).powi(2) / 0.11 < 1.0;
        let shade = (190.0 - 90.0 * (v + u)) as u8;
        match (head, body) {
            (true, _) => Rgb([226, 184, 156]),
            (_, true) => Rgb([52, 66, 92]),
            _ => Rgb([shade, shade, shade.saturating_add(14)]),
        }
    });
    let mut jpeg = Cursor::new(vec![]);
    image.write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
    jpeg.into_inner()
}

fn taken(width: u32, height: u32) -> Photo {
    prepare(&portrait(width, height), None).unwrap()
}

fn sample(name: &str) -> Profile {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles").join(format!("{name}.cv.ron"));
    let mut profile = Document::open(&path).unwrap().profile;
    profile.person.photo = "me.jpg".into();
    profile
}

fn set(profile: &Profile, look: &Look, photo: Option<Photo>) -> Typeset {
    let (style, findings) = theme::style(profile, None, look);
    assert_eq!(findings, []);
    let mut typesetter = Typesetter::new(Source::Embedded);
    typesetter.show_photo(photo);
    typesetter.set(profile, None, &style)
}

fn written(typeset: &Typeset, compression: Compression) -> Vec<u8> {
    let language = typeset.language.clone();
    let meta = Metadata { title: "CV".into(), language, ..Metadata::default() };
    pdf::write(&typeset.pages, &meta, &pdf::Options { compression, ..pdf::Options::default() })
        .unwrap()
}

fn assert_valid(name: &str, bytes: &[u8]) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("photo-{name}.pdf"));
    fs::write(path, bytes).unwrap();
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        assert!(report.is_compliant, "{name}: {report}");
    }
}

/// The photo keeps to the margins, and no letter touches it.
fn assert_clear(name: &str, typeset: &Typeset) {
    let page = &typeset.pages.pages[0];
    let sizes = typeset.fit.sizes;
    assert_eq!(page.images.len(), 1, "{name}");
    let photo = &page.images[0];
    let (left, right) = (photo.x, photo.x + photo.width);
    let (top, bottom) = (photo.y, photo.y + photo.height);
    assert!(left > sizes.margin_x - 0.1 && right < page.width - sizes.margin_x + 0.1, "{name}");
    assert!(top > sizes.margin_y - 0.1 && bottom < page.height - sizes.margin_y, "{name}");
    for line in &page.lines {
        for g in line.glyphs.iter().filter(|g| g.advance > 0.0) {
            let beside = g.x + g.advance < left - 3.0 || g.x > right + 3.0;
            let apart = g.y < top || g.y - 0.75 * g.size > bottom;
            assert!(beside || apart, "{name}: `{}` at {}, {}", line.text, g.x, g.y);
            let end = page.height - sizes.margin_y + 1.0;
            let too_long = typeset.fit.lines_over > 0;
            assert!(g.y < end || too_long, "{name}: `{}` is too low", line.text);
        }
    }
    for shape in &page.shapes {
        let rect = kurbo::Shape::bounding_box(&shape.path);
        let apart = rect.y0 as f32 > bottom || (rect.x0 as f32) > right || (rect.x1 as f32) < left;
        assert!(apart, "{name}: a shape at {rect:?} touches the photo");
    }
    let too_long = typeset.fit.lines_over > 0;
    assert!(typeset.fit.fill <= 1.001 || too_long, "{name}: {}", typeset.fit.fill);
}

#[test]
fn every_theme_and_header_has_room_for_a_photo() {
    for sample_name in ["phd-systems", "undergrad-dense", "minimal"] {
        let profile = match sample_name {
            "minimal" => {
                let text = "Profile(person: (name: \"Zofia Example\", emails: [\"zofia@example.org\"], photo: \"me.jpg\"), sections: [List(entries: [(text: \"Proved it\")])])";
                Document::from_text("x", text).unwrap().profile
            }
            name => sample(name),
        };
        for theme in Theme::names() {
            for place in [PhotoPlace::Right, PhotoPlace::Left] {
                let name = format!("{sample_name}-{theme}-{place:?}");
                // Where there is no line to spare, the photo makes a second page.
                let dense = sample_name == "undergrad-dense";
                let look = Look {
                    theme: theme.into(),
                    photo: Some(place),
                    pages: dense.then_some(PageLimit::Two),
                    ..Look::default()
                };
                let typeset = set(&profile, &look, Some(taken(600, 800)));
                assert_eq!(typeset.fit.lines_over, 0, "{name}");
                assert_clear(&name, &typeset);
                let placed = &typeset.pages.pages[0].images[0];
                let height = 28.0 * 72.0 / 25.4;
                assert!((placed.height - height).abs() < 0.01, "{name}");
                assert!((placed.width - height * 0.75).abs() < 0.1, "{name}");
                let at = typeset.pages.places[placed.place as usize].to_string();
                assert_eq!(at, "person.photo");
                assert_valid(&name, &written(&typeset, Compression::Small));
            }
        }
    }
}

#[test]
fn photos_of_every_shape_stand_clear_of_every_header() {
    let profile = sample("phd-systems");
    for header in [Header::Centred, Header::Left, Header::Right] {
        for place in [PhotoPlace::Right, PhotoPlace::Left] {
            for (width, height) in [(300, 300), (800, 300), (60, 800), (2, 1)] {
                for size in [15.0, 45.0] {
                    let look = Look {
                        header: Some(header),
                        photo: Some(place),
                        photo_height: Some(size),
                        paper: Some(Paper::Letter),
                        ..Look::default()
                    };
                    let typeset = set(&profile, &look, Some(taken(width, height)));
                    let name = format!("{header:?} {place:?} {width} × {height}, {size} mm");
                    assert_clear(&name, &typeset);
                    let placed = &typeset.pages.pages[0].images[0];
                    assert!(f64::from(placed.height) < size * 72.0 / 25.4 + 0.01, "{name}");
                }
            }
        }
    }
}

#[test]
fn a_profile_of_nothing_but_a_photo_is_a_page() {
    let mut profile = Profile::default();
    profile.person.photo = "me.jpg".into();
    let typeset = set(&profile, &Look::default(), Some(taken(300, 400)));
    assert_clear("alone", &typeset);
    assert_valid("alone", &written(&typeset, Compression::Fast));
}

#[test]
fn where_there_is_no_photo_nothing_changes() {
    let profile = sample("phd-systems");
    let without = written(&set(&profile, &Look::default(), None), Compression::Fast);
    let off = Look { photo: Some(PhotoPlace::Off), ..Look::default() };
    let photo = taken(600, 800);
    let hidden = set(&profile, &off, Some(photo.clone()));
    assert!(hidden.pages.images.is_empty());
    assert_eq!(written(&hidden, Compression::Fast), without);
    // A picture left over from another profile.
    let mut other = profile.clone();
    other.person.photo.clear();
    assert_eq!(written(&set(&other, &Look::default(), Some(photo)), Compression::Fast), without);
    assert!(!without.windows(9).any(|window| window == b"DCTDecode"));
}

#[test]
fn the_page_holds_the_photo_as_it_is() {
    let mut profile = sample("phd-systems");
    let photo = taken(600, 800);
    let typeset = set(&profile, &Look::default(), Some(photo.clone()));
    // Neither copied nor encoded anew: setting a page is done at every keystroke.
    assert!(Arc::ptr_eq(&typeset.pages.images[0].jpeg, &photo.jpeg));
    let bytes = written(&typeset, Compression::Small);
    assert_eq!(bytes, written(&typeset, Compression::Small));
    let count = bytes.windows(photo.jpeg.len()).filter(|window| **window == *photo.jpeg).count();
    assert_eq!(count, 1);
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let mut figures = document.objects.values().filter_map(|object| {
        let dictionary = object.as_dict().ok()?;
        (dictionary.get(b"S").ok()?.as_name().ok()? == b"Figure").then_some(dictionary)
    });
    let figure = figures.next().unwrap();
    assert!(figures.next().is_none());
    let name = profile.person.name.clone();
    let alternative = figure.get(b"Alt").unwrap().as_str().unwrap();
    assert_eq!(String::from_utf8_lossy(alternative), format!("Photo of {name}"));
    // The name is read first, then the photo.
    let tags: Vec<Tag> = typeset.pages.elements.iter().take(4).map(|e| e.tag).collect();
    assert_eq!(tags, [Tag::Document, Tag::Title, Tag::Figure, Tag::Paragraph]);
    let grey = image::GrayImage::from_fn(90, 120, |x, y| image::Luma([(x + y) as u8])).into();
    let mut png = Cursor::new(vec![]);
    image::DynamicImage::write_to(&grey, &mut png, ImageFormat::Png).unwrap();
    profile.look.language = Some("de".into());
    let photo = prepare(&png.into_inner(), None).unwrap();
    let typeset = set(&profile, &Look::default(), Some(photo));
    assert_eq!(typeset.pages.images[0].description, format!("Foto von {name}"));
    assert_valid("grey", &written(&typeset, Compression::Small));
}

#[test]
fn a_photo_inside_the_profile_survives_saving() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me.cv.ron");
    let first = taken(600, 800);
    let mut profile = sample("phd-systems");
    profile.person.photo = photo::inside(&first);
    fs::write(&path, new_text(&profile).unwrap()).unwrap();
    let mut document = Document::open(&path).unwrap();
    assert_eq!(document.findings, []);
    assert_eq!(document.profile.person.photo, profile.person.photo);
    document.profile.person.headline = "changed".into();
    document.save(&path, None).unwrap();
    let field = Document::open(&path).unwrap().profile.person.photo;
    assert_eq!(field, profile.person.photo);
    let read = photo::load(&field, Some(folder.path())).unwrap().unwrap();
    assert_eq!((read.width, read.height), (first.width, first.height));
    // A text of kilobytes is no text of the profile: it is neither searched nor checked.
    document.profile.texts(None, &mut |text| assert_ne!(text.at.to_string(), "person.photo"));
}

#[test]
fn export_prints_the_photo_beside_the_profile_and_nothing_that_a_camera_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut jpeg = portrait(900, 1200);
    let mut note = vec![0xff, 0xfe, 0, CANARY.len() as u8 + 2];
    note.extend(CANARY);
    jpeg.splice(2..2, note);
    jpeg.extend(CANARY);
    fs::write(at("me.jpg"), &jpeg).unwrap();
    fs::write(at("notes.jpg"), b"no picture").unwrap();
    // Decoders paint what is missing grey and say nothing.
    fs::write(at("half.jpg"), jpeg.split_at(jpeg.len() / 2).0).unwrap();
    let whole = portrait(900, 1200);
    fs::write(at("end.jpg"), whole.split_at(whole.len() - 2).0).unwrap();
    let profile = |photo: &str, look: &str| {
        format!("Profile(person: (name: \"Zofia Example\", photo: \"{photo}\"), look: ({look}))")
    };
    let export = |photo: &str, look: &str| {
        fs::write(at("me.cv.ron"), profile(photo, look)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_vitae"));
        let output = command.args(["export", "me.cv.ron"]).current_dir(folder.path()).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{photo}");
        let bytes = fs::read(at("me.pdf")).unwrap();
        assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY), "{photo}");
        let printed = bytes.windows(9).any(|window| window == b"DCTDecode");
        (printed, String::from_utf8(output.stderr).unwrap())
    };
    let (printed, told) = export("me.jpg", "");
    assert!(printed && !told.contains("photo"), "{told}");
    let (printed, told) = export("me.jpg", "photo: Off");
    assert!(!printed && !told.contains("photo"), "{told}");
    for (name, expected) in [
        ("you.jpg", "warning: the photo `you.jpg` is not there"),
        ("notes.jpg", "warning: the photo `notes.jpg` is no picture"),
        ("half.jpg", "warning: the photo `half.jpg` is damaged"),
        ("end.jpg", "warning: the photo `end.jpg` is damaged"),
        ("../me.jpg", "warning: the photo `../me.jpg` does not lie in the folder"),
    ] {
        let (printed, told) = export(name, "");
        assert!(!printed && told.contains(expected) && told.contains("hint: "), "{told}");
        let (printed, told) = export(name, "photo: Off");
        assert!(!printed && !told.contains("photo"), "{told}");
    }
}

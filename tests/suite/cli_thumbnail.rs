//! `vitae thumbnail` as file managers run it: on anything, in any surroundings, and without a
//! trace.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::verbose_file_reads,
    reason = "what is not as expected fails the test"
)]

use crate::program::{SMALL, command, folder, long_profile, vitae};
use image::{Rgb, RgbImage};
use std::{fs, io::Read as _, path::Path};
use tempfile::TempDir;

#[test]
fn the_picture_is_as_large_as_asked_for() {
    let folder = folder(&[("a.cv.ron", SMALL), ("long.cv.ron", &long_profile())]);
    for file in ["a.cv.ron", "long.cv.ron"] {
        for size in [16, 256, 4096] {
            let run = vitae(&folder, &["thumbnail", file, "a.png", &size.to_string()]);
            assert_eq!((run.status, run.err.as_str(), run.out.len()), (0, "", 0), "{file} {size}");
            let picture = picture(&folder);
            let (width, height) = picture.dimensions();
            assert_eq!(height, size, "{file}");
            // A page of A4.
            assert!((f64::from(width) - f64::from(size) * 210.0 / 297.0).abs() <= 1.0, "{width}");
            assert_eq!(picture.get_pixel(0, size / 2), picture.get_pixel(width / 2, size - 1));
            assert!(picture.get_pixel(0, 0).0[0] < 200, "the page has an edge");
            let dark = picture.pixels().filter(|p| p.0[0] < 160).count();
            assert!(size < 256 || dark > 20, "{file} {size}: {dark} dark pixels");
        }
    }
}

#[test]
fn it_touches_nothing_else() {
    let folder = folder(&[("a.ron", SMALL)]);
    let home = tempfile::tempdir().unwrap();
    // What needs a font of the system asks most of it.
    let name = SMALL.replace("Zofia", "سلام");
    fs::write(folder.path().join("a.ron"), &name).unwrap();
    for homes in [Some(home.path()), None] {
        let mut command = command(&folder, &["thumbnail", "a.ron", "a.png", "128"]);
        for name in ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"]
        {
            match homes {
                Some(home) => command.env(name, home),
                None => command.env_remove(name),
            };
        }
        assert!(command.output().unwrap().status.success());
        assert_eq!(names(folder.path()), ["a.png", "a.ron"]);
    }
    assert_eq!(names(home.path()), [""; 0]);
    assert_eq!(fs::read_to_string(folder.path().join("a.ron")).unwrap(), name);
}

#[test]
fn who_holds_the_file_open_sees_the_picture() {
    let folder = folder(&[("a.cv.ron", SMALL)]);
    fs::write(folder.path().join("a.png"), "before ".repeat(100_000)).unwrap();
    let mut held = fs::File::open(folder.path().join("a.png")).unwrap();
    assert_eq!(vitae(&folder, &["thumbnail", "a.cv.ron", "a.png", "64"]).status, 0);
    let mut bytes = vec![];
    held.read_to_end(&mut bytes).unwrap();
    assert_eq!(image::load_from_memory(&bytes).unwrap().height(), 64);
    assert!(bytes.len() < 10_000, "{} bytes", bytes.len());
}

#[test]
fn a_photo_is_shown_where_it_may_be_read() {
    let photo = |value: &str| SMALL.replace("emails:", &format!("photo: \"{value}\", emails:"));
    let folder = folder(&[("notes.jpg", "no picture")]);
    RgbImage::from_pixel(90, 120, Rgb([250, 0, 0])).save(folder.path().join("me.png")).unwrap();
    let inside = tempfile::tempdir_in(folder.path()).unwrap();
    let shown = |folder: &TempDir, value: &str| {
        fs::write(folder.path().join("a.cv.ron"), photo(value)).unwrap();
        let run = vitae(folder, &["thumbnail", "a.cv.ron", "a.png", "256"]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{value}");
        picture(folder).pixels().any(|p| p.0[0] > 200 && p.0[1] < 80)
    };
    assert!(shown(&folder, "me.png"));
    for other in ["none.png", "notes.jpg", "/dev/zero", "data:image/png;base64,AAAA"] {
        assert!(!shown(&folder, other), "{other}");
    }
    assert!(!shown(&inside, "../me.png"));
}

#[test]
fn what_is_no_profile_leaves_no_picture() {
    let with = |from: &str, to: &str| SMALL.replace(from, to).into_bytes();
    let noise: Vec<u8> =
        (0..100_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for (what, bytes, status) in [
        ("nothing", vec![], 3),
        ("noise", noise, 3),
        ("another program's RON", b"(window: (width: 3))".to_vec(), 3),
        ("half a profile", SMALL.as_bytes()[..SMALL.len() / 2].to_vec(), 3),
        ("brackets", [&b"// cv-profile 1\n"[..], &b"(".repeat(1_000_000)].concat(), 3),
        ("too much", with("Zofia", &"Z".repeat(17_000_000)), 3),
        // It may have been meant to hide something.
        ("a word that is not known", with("(institution:", "(show: Hidden, institution:"), 1),
    ] {
        let folder = folder(&[]);
        fs::write(folder.path().join("a.cv.ron"), &bytes).unwrap();
        let run = vitae(&folder, &["thumbnail", "a.cv.ron", "a.png", "128"]);
        assert_eq!(run.status, status, "{what}: {}", run.err);
        assert!(run.err.contains("error"), "{what}: {}", run.err);
        assert_eq!(names(folder.path()), ["a.cv.ron"], "{what}");
        // What was there before, such as the empty file that some file managers make, stays as it
        // is.
        fs::write(folder.path().join("a.png"), "before").unwrap();
        assert_eq!(vitae(&folder, &["thumbnail", "a.cv.ron", "a.png", "128"]).status, status);
        assert_eq!(fs::read(folder.path().join("a.png")).unwrap(), b"before", "{what}");
    }
}

#[test]
fn wrong_arguments_are_told() {
    let folder = folder(&[("a.cv.ron", SMALL)]);
    for (args, status, text) in [
        (["a.cv.ron", "a.png", "15"], 2, "16..=4096"),
        (["a.cv.ron", "a.png", "4097"], 2, "16..=4096"),
        (["a.cv.ron", "a.png", "large"], 2, "SIZE"),
        (["a.cv.ron", "./a.cv.ron", "128"], 2, "profile itself"),
        (["none.cv.ron", "a.png", "128"], 3, "no file `none.cv.ron`"),
        ([".", "a.png", "128"], 3, "a folder"),
        (["a.cv.ron", ".", "128"], 3, "`.` is not a file"),
        (["a.cv.ron", "none/a.png", "128"], 3, "the folder of `none/a.png` does not exist"),
    ] {
        let run = vitae(&folder, &[&["thumbnail"], &args[..]].concat());
        assert_eq!(run.status, status, "{args:?}: {}", run.err);
        assert!(run.err.contains(text), "{args:?}: {}", run.err);
    }
    assert_eq!(names(folder.path()), ["a.cv.ron"]);
}

fn picture(folder: &TempDir) -> RgbImage {
    image::open(folder.path().join("a.png")).unwrap().into_rgb8()
}

/// What lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

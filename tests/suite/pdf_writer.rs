//! The PDF writer on hand-built pages: the standards it claims, the text that comes back, tags,
//! links, equal bytes.

#![expect(
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use crate::sheet::{self, Sheet, Style};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use std::io::Write as _;
use vitae::pdf::{self, Compression, Metadata, Options};
use vitae::typeset::page::{Pages, Tag};

fn metadata() -> Metadata {
    Metadata {
        title: "Curriculum vitae of Zofia Łącka <R&D>".to_owned(),
        author: "Zofia Łącka".to_owned(),
        subject: Some("A page for tests".to_owned()),
        keywords: vec!["parsing".to_owned(), "types & sets".to_owned()],
        language: "en".to_owned(),
        right_to_left: false,
    }
}

fn write(pages: &Pages, compression: Compression) -> Vec<u8> {
    pdf::write(pages, &metadata(), &Options { compression, ..Options::default() }).unwrap()
}

/// Leaves the file where it can be looked at, and demands both standards of it.
fn assert_valid(name: &str, bytes: &[u8]) {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("pdf");
    std::fs::File::create(path).unwrap().write_all(bytes).unwrap();
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let report =
            validate_pdf_bytes(bytes, &ValidationOptions::default().profile(profile)).unwrap();
        assert!(report.is_compliant, "{name}: {report}");
    }
}

#[test]
fn sample_passes_both_standards_and_reads_back() {
    let pages = sheet::sample();
    for (name, compression) in
        [("sample-fast", Compression::Fast), ("sample-small", Compression::Small)]
    {
        let bytes = write(&pages, compression);
        assert_valid(name, &bytes);
        golden("sample/tree.txt", &sheet::read::tree(&bytes));
        assert_reads_back(&pages, &bytes);
    }
}

/// Compares with a file in `tests/golden/pdf`, or writes it when `GOLDEN` is set.
fn golden(name: &str, actual: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/pdf").join(name);
    if std::env::var_os("GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(&path).unwrap().write_all(actual.as_bytes()).unwrap();
    }
    assert_eq!(actual, std::fs::read_to_string(path).unwrap());
}

/// A reader that knows nothing of this program finds every line, letter by letter, and every line
/// after the one before it.
fn assert_reads_back(pages: &Pages, bytes: &[u8]) {
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let read = pdf_extract::extract_text_from_mem_by_pages(bytes).unwrap();
    for (page, found) in pages.pages.iter().zip(read) {
        let found = squeeze(&found);
        let mut rest = found.as_str();
        for line in page.lines.iter().filter(|line| line.element.is_some()) {
            let wanted = squeeze(&line.text);
            let at = rest.find(&wanted).unwrap_or_else(|| panic!("`{wanted}` is not in `{rest}`"));
            rest = &rest[at + wanted.len()..];
        }
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    let small = write(&sheet::sample(), Compression::Small);
    assert_eq!(small, write(&sheet::sample(), Compression::Small));
    assert_ne!(small, write(&sheet::sample(), Compression::Fast));
    // Another link alone makes it another document.
    let id = |bytes: &[u8]| {
        let document = lopdf::Document::load_mem(bytes).unwrap();
        document.trailer.get(b"ID").unwrap().as_array().unwrap()[0].as_str().unwrap().to_vec()
    };
    let mut other = sheet::sample();
    other.links[0].uri.push('2');
    assert_ne!(id(&small), id(&write(&other, Compression::Small)));
    assert_ne!(id(&small), [0; 16]);
    let text = String::from_utf8_lossy(&small).into_owned();
    assert!(
        !text.contains("CreationDate") && !text.contains("CreateDate"),
        "a date makes bytes differ"
    );
}

#[test]
fn words_from_right_to_left_read_in_logical_order() {
    // Letters of Source Serif stand in for the Hebrew ones, which it lacks: what counts is place
    // and text.
    let text = "על ידי A";
    let mut sheet = Sheet::new();
    let paragraph = sheet.element(Tag::Paragraph, Some(0));
    sheet.text(paragraph, "abcdefgh", &Style::default());
    let line = &mut sheet.pages.pages[0].lines[0];
    line.text = text.to_owned();
    let (count, right) = (text.chars().count(), 300.0);
    assert_eq!(line.glyphs.len(), count);
    for (index, ((start, c), glyph)) in text.char_indices().zip(&mut line.glyphs).enumerate() {
        glyph.text = u32::try_from(start).unwrap()..u32::try_from(start + c.len_utf8()).unwrap();
        glyph.x = right - 7.0 * f32::from(u16::try_from(index).unwrap());
    }
    let bytes = write(&sheet.pages, Compression::Fast);
    assert_valid("leftward", &bytes);
    // The glyphs stand from left to right, the tree has the words.
    let words = [("על", "לע"), ("ידי", "ידי")];
    let span = |(word, shown)| {
        format!(
            "    Span
      = \"{word}\"
      \"{shown}\"
"
        )
    };
    let [first, second] = words.map(span);
    let expected = format!(
        "Document
  P
{first}    \" \"
{second}    \" A\"
"
    );
    assert_eq!(sheet::read::tree(&bytes), expected);
}

#[test]
fn a_glyph_with_two_meanings_keeps_both() {
    let mut sheet = Sheet::new();
    let paragraph = sheet.element(Tag::Paragraph, Some(0));
    sheet.text(paragraph, "aaa a", &Style::default());
    let line = &mut sheet.pages.pages[0].lines[0];
    // The second a says something else, the third nothing at all, and the space must not be broken
    // at.
    line.text = "ab\u{a0}a".to_owned();
    for (glyph, range) in line.glyphs.iter_mut().zip([0..1, 1..2, 2..2, 2..4, 4..5]) {
        glyph.text = range;
    }
    let bytes = write(&sheet.pages, Compression::Small);
    assert_valid("two-meanings", &bytes);
    assert_eq!(
        sheet::read::tree(&bytes),
        "Document\n  P\n    \"a\"\n    \"b\"\n    \"\"\n    \" a\"\n"
    );
}

#[test]
fn unsound_pages_are_refused() {
    let check = |what: &str, spoil: &dyn Fn(&mut Pages), expected: &str| {
        let mut pages = sheet::sample();
        spoil(&mut pages);
        let error = pdf::write(&pages, &metadata(), &Options::default())
            .map(|bytes| bytes.len())
            .expect_err(what);
        assert!(error.to_string().contains(expected), "{what}: {error}");
    };
    check("place", &|pages| pages.pages[0].lines[0].glyphs[0].x = f32::NAN, "place of a glyph");
    check("size", &|pages| pages.pages[1].lines[0].glyphs[0].size = 0.0, "type size");
    check("width", &|pages| pages.pages[1].width = f32::INFINITY, "page width");
    check("link", &|pages| pages.links.clear(), "no link 1");
    check(
        "link edge",
        &|pages| pages.pages[0].lines[1].glyphs[0].advance = f32::NAN,
        "edge of a link",
    );
    check("colour", &|pages| pages.colours.truncate(1), "no colour 1");
    check("face", &|pages| pages.faces.truncate(2), "no face 2");
    check("element", &|pages| pages.pages[0].lines[0].element = Some(999), "no element 999");
    check("parent", &|pages| pages.elements[1].parent = Some(1), "no element 1");
    check("range", &|pages| pages.pages[0].lines[0].glyphs[0].text = 0..999, "0..999");
    check(
        "shape",
        &|pages| pages.pages[0].shapes[0].path.line_to((f64::INFINITY, 0.0)),
        "coordinate of a shape",
    );
}

#[test]
fn outline_has_every_heading_at_its_place() {
    let bytes = write(&sheet::sample(), Compression::Small);
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let pages: Vec<_> = document.page_iter().collect();
    let outline = document.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let mut next = document.get_dictionary(outline).unwrap().get(b"First").cloned();
    let mut found = Vec::new();
    while let Ok(entry) = next {
        let entry = document.get_dictionary(entry.as_reference().unwrap()).unwrap();
        let page = entry.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        let title = lopdf::decode_text_string(entry.get(b"Title").unwrap()).unwrap();
        found.push((title, pages.iter().position(|id| *id == page).unwrap()));
        next = entry.get(b"Next").cloned();
    }
    assert_eq!(
        found,
        [("Publications & talks".to_owned(), 0), ("Étude".to_owned(), 0), ("Awards".to_owned(), 1)]
    );
}

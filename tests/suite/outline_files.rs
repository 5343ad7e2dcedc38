//! CVs in files of Word and PDF as outlines: `tests/golden/outline/CASE/cv.docx` and `cv.pdf` give
//! `outline.txt`; the samples are read back from their exports; hostile files end soon. `UPDATE=1
//! cargo test --test suite outline_files::` writes the answers anew.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "golden files are written anew on demand"
)]

use flate2::{Compression, write::ZlibEncoder};
use proptest::{collection::vec, prelude::*};
use std::{
    collections::HashMap,
    env, fs,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use vitae::{
    export::{self, Format, Order, Output},
    interchange::{
        self, Error, docx,
        outline::{Line, Outline},
        pdf_text,
    },
    look::{Look, PageLimit},
    profile::Profile,
    section::Section,
    store::{Document, photo},
    theme::Theme,
    typeset::{Source, Typesetter},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// How long a hostile file may take; builds for tests are some ten times slower than those for use.
const PATIENCE: Duration = Duration::from_secs(20);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/outline")
}

fn outline(file: &Path) -> Outline {
    let bytes = fs::read(file).unwrap();
    let is_pdf = file.extension().is_some_and(|ending| ending == "pdf");
    let outline = if is_pdf { pdf_text::outline(&bytes) } else { docx::outline(&bytes) };
    outline.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn every_case_gives_its_outline() {
    let mut cases = 0;
    for case in fs::read_dir(folder()).unwrap().map(|case| case.unwrap().path()) {
        let files = ["cv.docx", "cv.pdf"].map(|name| case.join(name));
        let Some(file) = files.into_iter().find(|file| file.exists()) else { continue };
        let found = outline(&file).to_string();
        let answer = case.join("outline.txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&answer, &found).unwrap();
        }
        let expected = fs::read_to_string(&answer).unwrap_or_default();
        assert_eq!(found, expected, "{}", answer.display());
        cases += 1;
    }
    assert!(cases >= 8, "only {cases} cases");
}

/// All lines, with their marks.
fn all_text(outline: &Outline) -> String {
    let line = |line: &Line| {
        let mark = line.bullet.iter().chain(&line.number).cloned().collect::<Vec<_>>().join(" ");
        let aside = line.aside.as_ref().map(|aside| aside.text()).unwrap_or_default();
        format!("{mark} {}\t{aside}\n", line.text())
    };
    outline.lines.iter().chain(&outline.furniture).map(line).collect()
}

/// All signs but spaces and those that part or mark, sorted.
fn signs(text: &str) -> String {
    let skipped = |c: &char| !c.is_whitespace() && !"|·•–-\u{2060}\u{ad}\u{2011}".contains(*c);
    let mut signs: Vec<char> = text.chars().filter(skipped).collect();
    signs.sort_unstable();
    signs.into_iter().collect()
}

fn sample(name: &str) -> Profile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    Document::open(&path.join(format!("{name}.cv.ron"))).unwrap().profile
}

fn exported(profile: &Profile, ending: &str) -> Vec<u8> {
    let format = Format::ending_in(ending).unwrap();
    let top = Look { pages: Some(PageLimit::Any), ..Look::default() };
    let photo = photo::load(&profile.person.photo, None).unwrap();
    let output = Output { format, inside: None };
    let order =
        Order { output, variant: None, top: &top, photo: photo.as_ref(), whole: "", anyway: true };
    export::file(&mut Typesetter::new(Source::Embedded), profile, &order).bytes.unwrap()
}

#[test]
fn the_pages_of_every_sample_are_read_letter_for_letter() {
    for name in vitae::sample::names() {
        for theme in Theme::names() {
            let mut profile = sample(name);
            profile.look.theme = theme.to_owned();
            let top = Look { pages: Some(PageLimit::Any), ..Look::default() };
            let made = export::make(&mut Typesetter::new(Source::Embedded), &profile, None, &top);
            let lines = made.typeset.pages.pages.iter().flat_map(|page| &page.lines);
            let page: String = lines.map(|line| line.text.as_str()).collect();
            let read = pdf_text::outline(&exported(&profile, "pdf")).unwrap();
            assert_eq!(signs(&page), signs(&all_text(&read)), "{name} in {theme}");
            assert!(read.notes.is_empty(), "{name} in {theme}: {:?}", read.notes);
        }
    }
}

/// The words of an outline, and how often each is there.
fn words(outline: &Outline) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    let text = all_text(outline);
    let cut = |c: char| !c.is_alphanumeric() && c != '\u{301}';
    for word in text.split(cut).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

#[test]
fn pages_and_files_of_word_have_the_same_words() {
    for name in vitae::sample::names() {
        let mut profile = sample(name);
        // A theme without a column for dates, which prints those of papers twice.
        profile.look.theme = "classic".to_owned();
        let page = words(&pdf_text::outline(&exported(&profile, "pdf")).unwrap());
        let word = words(&docx::outline(&exported(&profile, "docx")).unwrap());
        let count: usize = word.values().sum();
        let missing: Vec<_> = word
            .iter()
            .filter(|(text, count)| page.get(*text).is_none_or(|found| found < *count))
            .map(|(text, _)| text)
            .collect();
        // Words that are broken at the end of a line are two there.
        assert!(missing.len() * 200 <= count, "{name}: {missing:?} of {count}");
    }
}

#[test]
fn headings_of_the_samples_are_headings_in_both() {
    for name in vitae::sample::names() {
        let mut found = vec![];
        for ending in ["pdf", "docx"] {
            let bytes = exported(&sample(name), ending);
            let read =
                if ending == "pdf" { pdf_text::outline(&bytes) } else { docx::outline(&bytes) };
            let headings = read.unwrap().lines;
            let texts = headings.iter().filter(|line| line.level == Some(2));
            found.push(texts.map(|line| line.text().to_lowercase()).collect::<Vec<_>>());
        }
        assert_eq!(found.first(), found.last(), "{name}");
        assert!(found.first().is_some_and(|headings| headings.len() > 3), "{name}");
    }
}

#[test]
fn a_sample_is_the_same_cv_from_both() {
    for name in vitae::sample::names() {
        let mut profile = sample(name);
        profile.look.theme = "classic".to_owned();
        let read = |ending: &str| {
            let (_, import) = interchange::read(&exported(&profile, ending), None).unwrap();
            let sections = import.profile.sections.iter();
            let entries = |section: &Section| (section.title().to_lowercase(), section.count());
            (import.profile.person.name.clone(), sections.map(entries).collect::<Vec<_>>())
        };
        assert_eq!(read("pdf"), read("docx"), "{name}");
    }
}

/// A PDF of these objects, the first of which is the catalog and the second the list of pages.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = vec![];
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    let table: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let size = objects.len() + 1;
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}").bytes());
    let trailer = format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.extend(trailer.bytes());
    out
}

fn stream(words: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {words} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A PDF of one page with these instructions; more objects begin with number 5.
fn one_page(resources: &str, content: &[u8], more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font \
         << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> {resources} >> >>"
    );
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        page.into_bytes(),
        stream("", content),
    ];
    objects.extend(more);
    pdf(&objects)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(vec![], Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_page_without_any_trick_is_read() {
    let bytes = one_page("", b"BT /F 12 Tf 50 700 Td (Ada Invented, engineer) Tj ET", vec![]);
    let read = pdf_text::outline(&bytes).unwrap();
    assert_eq!(read.to_string(), "gap=2.0 12.0pt | Ada Invented, engineer\n");
}

#[test]
fn hostile_pdfs_end_soon() {
    let text = b"BT /F 12 Tf 50 700 Td (Ada Invented) Tj ET /A0 Do";
    // Forms that draw each other twice, twenty-four deep, and one that draws itself.
    let forms: String = (0..24).map(|i| format!("/A{i} {} 0 R ", i + 5)).collect();
    let resources = format!("/XObject << {forms} >>");
    let form = |i: usize| {
        let content = format!("/A{} Do /A{} Do", i + 1, i + 1);
        let words =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << {resources} >>");
        stream(&words, content.as_bytes())
    };
    let doubling = one_page(&resources, text, (0..24).map(form).collect());
    let own = "/XObject << /A0 5 0 R >>";
    let words = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << {own} >>");
    let circle = one_page(own, text, vec![stream(&words, b"/A0 Do")]);
    let letters = [
        &b"BT /F 1 Tf (A) Tj "[..],
        &b"1 0 0 1 50 700 Tm (AAAAAAAAAAAAAAAA) Tj ".repeat(60_000),
        b"ET",
    ];
    let many = one_page("", &letters.concat(), vec![]);
    let long = [&b"BT /F 1 Tf ("[..], &vec![b'A'; 3_000_000], b") Tj ET"].concat();
    let long = one_page("", &long, vec![]);
    let bomb = packed(&vec![b' '; 80_000_000]);
    let bomb = one_page("", b"", vec![stream("/Filter /FlateDecode", &bomb)]);
    let twice = packed(&packed(&vec![b' '; 30_000_000]));
    let words = "/Filter [/FlateDecode /FlateDecode]";
    let twice = one_page("", b"", vec![stream(words, &twice)]);
    let start = Instant::now();
    for (name, bytes) in [
        ("doubling", doubling),
        ("circle", circle),
        ("many", many),
        ("long", long),
        ("bomb", bomb),
        ("twice", twice),
        ("empty", vec![]),
        ("head", b"%PDF-1.7\n".to_vec()),
    ] {
        match pdf_text::outline(&bytes) {
            // What draws itself may be taken for nothing.
            Ok(read) => assert!(name == "circle" || !read.notes.is_empty(), "{name}: {read}"),
            Err(Error::TooDeep { .. } | Error::Nothing { .. } | Error::Unreadable { .. }) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn a_scan_says_what_it_is() {
    let image = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace \
         /DeviceGray",
        b"x",
    );
    let bytes = one_page("/XObject << /I 5 0 R >>", b"500 0 0 700 0 0 cm /I Do", vec![image]);
    let error = pdf_text::outline(&bytes).unwrap_err().to_string();
    assert!(error.contains("pictures of text"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is cut off or changed, an answer comes.
    #[test]
    fn damaged_files_do_not_end_the_program(
        cut in 0.0..1.0_f64,
        changes in vec((0.0..1.0_f64, any::<u8>()), 0..6),
    ) {
        for name in ["pdf-standard-fonts/cv.pdf", "docx-tables/cv.docx"] {
            let mut bytes = fs::read(folder().join(name)).unwrap();
            let at = |share: f64, length: usize| (share * length as f64) as usize;
            for (share, byte) in &changes {
                let place = at(*share, bytes.len());
                if let Some(old) = bytes.get_mut(place) {
                    *old = *byte;
                }
            }
            if cut > 0.3 {
                bytes.truncate(at(cut, bytes.len()));
            }
            let _pdf = pdf_text::outline(&bytes);
            let _word = docx::outline(&bytes);
        }
    }
}

/// A file of Word with this document.
fn word(document: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(document).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn typed_marks_are_taken_off_where_they_are_marks() {
    for (paragraphs, expected) in [
        (&["- one", "- two"][..], "- | one\n- | two\n"),
        (&["* equal contribution"], "| * equal contribution\n"),
        (&["• one"], "• | one\n"),
        (&["1. one", "2. two"], "1. | one\n2. | two\n"),
        (&["1. Prize of the city"], "| 1. Prize of the city\n"),
        (&["Statistics ........ 2019"], "| Statistics | 2019\n"),
        (&["Analyst     2019"], "| Analyst | 2019\n"),
    ] {
        let paragraph = |text: &&str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let body: String = paragraphs.iter().map(paragraph).collect();
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        let found = docx::outline(&word(document.as_bytes())).unwrap().to_string();
        assert_eq!(found.replace("10.0pt ", ""), expected);
    }
}

#[test]
fn hostile_files_of_word_end_soon() {
    let start = Instant::now();
    let deep = |depth: usize| {
        let (open, close) =
            ("<w:tbl><w:tr><w:tc>".repeat(depth), "</w:tc></w:tr></w:tbl>".repeat(depth));
        format!("<w:document><w:body>{open}<w:p/>{close}</w:body></w:document>").into_bytes()
    };
    let entities =
        b"<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\">]><w:document>&a;</w:document>".to_vec();
    let wide =
        ["<w:document><w:body>", &"<w:p/>".repeat(600_000), "</w:body></w:document>"].concat();
    for (name, document) in [
        ("large", vec![b' '; 40_000_000]),
        ("deep", deep(100_000)),
        ("entities", entities),
        ("wide", wide.into_bytes()),
        ("cut", b"<w:document><w:body><w:p>".to_vec()),
        ("empty", vec![]),
    ] {
        let read = docx::outline(&word(&document));
        assert!(
            matches!(read, Err(Error::TooDeep { .. } | Error::Broken { .. })),
            "{name}: {read:?}"
        );
    }
    assert!(docx::outline(b"PK").is_err());
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn files_of_other_word_processors_are_named() {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("mimetype", stored).unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.text").unwrap();
    let odt = zip.finish().unwrap().into_inner();
    for (bytes, format) in [
        (b"{\\rtf1\\ansi Ada}".to_vec(), "RTF"),
        (odt, "OpenDocument"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "Office 97–2003"),
    ] {
        let error = interchange::read(&bytes, None).unwrap_err();
        assert_eq!(error, Error::Other { format });
        assert!(error.to_string().contains("save it as DOCX or PDF"), "{error}");
    }
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    let locked = [&b"\xD0\xCF\x11\xE0"[..], &name].concat();
    let error = interchange::read(&locked, None).unwrap_err();
    assert!(error.to_string().contains("password"), "{error}");
}

//! Exports besides the page: the same words in every format, sound files, and the profile inside
//! the PDF.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use flate2::{Compression, write::ZlibEncoder};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use std::{
    fs,
    io::{Cursor, Read as _, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use vitae::{
    export::{self, FORMATS, Format, Inside, Order, Output, Write},
    finding::Code,
    interchange::{self, Error},
    look::{Citation, EntryLayout, Look, PageLimit, PhotoPlace},
    profile::Profile,
    store::{Document, new_text, photo},
    theme::Theme,
    typeset::{Source, Typesetter},
};

/// A picture in a file.
const PHOTO: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAGElEQVR4nGNg0DgBQlwaJ4CIQUTjBBABADgPBd2o9KjLAAAAAElFTkSuQmCC";

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/export").join(name)
}

fn profile(name: &str) -> Profile {
    let path = match name {
        "odd" => golden("odd.cv.ron"),
        name => {
            Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles").join(format!("{name}.cv.ron"))
        }
    };
    Document::open(&path).unwrap().profile
}

fn names() -> Vec<&'static str> {
    vitae::sample::names().chain(["odd"]).collect()
}

fn export(profile: &Profile, output: Output, top: &Look, whole: &str) -> Vec<u8> {
    let photo = photo::load(&profile.person.photo, None).unwrap();
    let order = Order { output, variant: None, top, photo: photo.as_ref(), whole, anyway: true };
    export::file(&mut Typesetter::new(Source::Embedded), profile, &order).bytes.unwrap()
}

fn written(profile: &Profile, ending: &str) -> Vec<u8> {
    let format = Format::ending_in(ending).unwrap();
    export(profile, Output { format, inside: None }, &Look::default(), "")
}

fn text(profile: &Profile, ending: &str) -> String {
    String::from_utf8(written(profile, ending)).unwrap()
}

/// The parts of a DOCX.
fn parts(docx: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let count = zip.len();
    let part = |i| {
        let mut file = zip.by_index(i).unwrap();
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!(file.last_modified(), Some(zip::DateTime::default()));
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

/// The tags and the texts of XML, in order; a tag stands in pointed brackets. Fails where tags do
/// not fit together.
fn pieces(xml: &str, empty: &[&str]) -> Vec<String> {
    let mut open: Vec<&str> = vec![];
    let mut out = vec![];
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once('<') {
        assert!(!before.contains('>'), "{before}");
        out.push(before.to_owned());
        let (tag, next) = after.split_once('>').unwrap();
        rest = next;
        let name = tag.split([' ', '\n', '/']).find(|n| !n.is_empty()).unwrap();
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{open:?} in {rest:.80}");
        } else if !tag.ends_with('/') && !tag.starts_with(['?', '!']) && !empty.contains(&name) {
            open.push(name);
        }
        out.push(format!("<{tag}>"));
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
    out
}

fn words(pieces: &[String]) -> String {
    let texts = pieces.iter().filter(|piece| !piece.starts_with('<'));
    let text: String = texts.map(String::as_str).collect();
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

fn html(profile: &Profile) -> Vec<String> {
    let page = text(profile, "html");
    let body = page.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
    let mut pieces = pieces(body, &["img"]);
    // Numbers are attributes there.
    for piece in &mut pieces {
        if let Some(number) = piece.strip_prefix("<li value=\"") {
            *piece = format!("[{}]", number.trim_end_matches("\">"));
        }
    }
    pieces
}

fn document(profile: &Profile) -> Vec<String> {
    let parts = parts(&written(profile, "docx"));
    for (name, bytes) in parts.iter().filter(|(name, _)| !name.ends_with("jpeg")) {
        assert!(std::str::from_utf8(bytes).is_ok_and(|xml| !pieces(xml, &[]).is_empty()), "{name}");
    }
    let (_, xml) = parts.iter().find(|(name, _)| name == "word/document.xml").unwrap();
    pieces(std::str::from_utf8(xml).unwrap(), &[])
}

/// All signs but spaces and what stands between contacts, sorted, in small letters.
fn signs(text: &str) -> String {
    let skipped = |c: &char| !c.is_whitespace() && !"|·\u{2060}\u{ad}".contains(*c);
    let mut signs: Vec<char> = text.to_lowercase().chars().filter(skipped).collect();
    signs.sort_unstable();
    signs.into_iter().collect()
}

#[test]
fn texts_are_as_they_were() {
    for format in FORMATS.iter().filter(|f| matches!(f.write, Write::Text(_)) && f.ending != "docx")
    {
        for name in ["odd", "phd-systems", "bilingual"] {
            let path = golden(&format!("{}/{name}.{}", format.ending, format.ending));
            let actual = text(&profile(name), format.ending);
            if std::env::var_os("UPDATE").is_some() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &actual).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            assert!(actual == expected, "{} is not as it was:\n{actual}", path.display());
        }
    }
}

/// A profile as a homepage in Markdown.
fn homepage(profile: &Profile) -> String {
    let output = Output { format: &export::HOMEPAGE, inside: None };
    String::from_utf8(export(profile, output, &Look::default(), "")).unwrap()
}

#[test]
fn homepages_are_as_they_were() {
    for name in ["odd", "phd-systems", "bilingual"] {
        let path = golden(&format!("homepage/{name}.md"));
        let mut profile = profile(name);
        if name == "odd" {
            profile.person.photo = PHOTO.to_owned();
            profile.look.photo = Some(PhotoPlace::Right);
        }
        let actual = homepage(&profile);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &actual).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(actual == expected, "{} is not as it was:\n{actual}", path.display());
    }
}

/// The letters and digits of Markdown that people see, sorted.
fn letters(markdown: &str) -> String {
    let body = markdown.splitn(3, "---").last().unwrap();
    let mut seen = String::new();
    for (i, piece) in body.split("](").enumerate() {
        // No address has a bracket of its own: they are written as `%28` and `%29`.
        seen += if i == 0 { piece } else { piece.split_once(')').unwrap().1 };
    }
    for tag in ["<strong>", "</strong>", "<em>", "</em>"] {
        seen = seen.replace(tag, "");
    }
    let mut letters: Vec<char> = seen.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

#[test]
fn a_homepage_says_what_the_page_says() {
    for name in names() {
        for theme in Theme::names() {
            let mut profile = profile(name);
            profile.look.theme = theme.to_owned();
            profile.look.citation = Some(Citation::TitleFirst);
            let page = homepage(&profile);
            let (before, after) = page.split_once("[CV (PDF)](").unwrap();
            let page = format!("{before}{}", after.split_once(')').unwrap().1);
            assert_eq!(letters(&page), letters(&text(&profile, "md")), "{name} in {theme}");
        }
    }
}

#[test]
fn the_venue_of_a_paper_leads_where_the_paper_does() {
    for (fields, expected) in [
        (
            "tag: \"NCC'25\", arxiv: \"2412.13488\"",
            "[**\\[NCC’25\\]**](https://arxiv.org/abs/2412.13488) ",
        ),
        (
            "tag: \"NCC'25\", url: \"https://example.org/p\", code: \"https://example.org/c\"",
            "[**\\[NCC’25\\]**](https://example.org/p) ",
        ),
        ("tag: \"NCC'25\"", "**\\[NCC’25\\]** "),
        ("status: \"under review\"", "**\\[Under review\\]** "),
        ("date: \"2024\"", ""),
    ] {
        // The link of an author is none of the paper.
        let text = format!(
            "#![enable(implicit_some, unwrap_variant_newtypes)]
            Profile(person: (name: \"Ada Nowak\"), sections: [Publications(entries: [(title: \"On caches\",
            authors: [(name: \"Bo Example\", link: \"https://example.org/bo\"), \"Ada Nowak\"], {fields})])],
            look: (citation: AuthorsFirst))"
        );
        let page = homepage(&Document::from_text("x", &text).unwrap().profile);
        let line = page.lines().find(|line| line.contains("On caches")).unwrap();
        assert!(
            line.starts_with(&format!("- {expected}[On caches]"))
                || line.starts_with(&format!("- {expected}On caches")),
            "{fields}: {page}"
        );
    }
}

#[test]
fn every_format_says_what_the_page_says() {
    for name in names() {
        for theme in Theme::names() {
            let mut profile = profile(name);
            profile.look.theme = theme.to_owned();
            let top = Look {
                pages: Some(PageLimit::Any),
                // With a column for dates, those of papers are printed twice.
                entries: Some(EntryLayout::TwoRows),
                ..Look::default()
            };
            let made = export::make(&mut Typesetter::new(Source::Embedded), &profile, None, &top);
            let lines = made.typeset.pages.pages.iter().flat_map(|page| &page.lines);
            let page: String = lines
                .filter(|line| line.element.is_some())
                .map(|line| line.text.as_str())
                .collect();
            let page = signs(&page);
            assert_eq!(page, signs(&words(&html(&profile))), "{name} in {theme}: HTML");
            assert_eq!(page, signs(&words(&document(&profile))), "{name} in {theme}: DOCX");
        }
    }
}

#[test]
fn nothing_that_turns_text_gets_out() {
    const TURNING: &str = "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}";
    let turned = |text: &str| {
        // In every string: in names, titles, links, dates, lists and their headings.
        let mut out = String::new();
        let mut inside = false;
        for c in text.chars() {
            out.push(c);
            inside ^= c == '"';
            if inside && c.is_alphabetic() {
                out.push_str(TURNING);
            }
        }
        out
    };
    let text = r#"#![enable(implicit_some, unwrap_variant_newtypes)]
Profile(
    person: (name: "Zofia Example", headline: "Head", emails: ["zofia@example.org"],
        links: ["https://example.org/zofia"], summary: "Sum"),
    venues: [(label: "NCC", text: "Numbers")],
    sections: [
        Publications(title: "Papers", entries: [(title: "On caches", authors: ["Z Example", (name: "Ada", link: "https://example.org/a")],
            venue: "Numbers", date: "May 2024", bullets: ["shown"], links: ["https://example.org/b"])]),
        Experience(entries: [(organization: "Institute", role: "Student", date: "May 2023", bullets: ["did"])]),
        Skills(entries: [(label: "Tools", items: "Rust")]),
    ],
)"#;
    let open = |text: &str| Document::from_text("x", text).unwrap().profile;
    let profile = open(&turned(text));
    assert_ne!(profile, open(text));
    for format in FORMATS.iter().filter(|format| format.ending != "pdf") {
        let bytes = written(&profile, format.ending);
        let texts: Vec<String> = match format.ending {
            "docx" => parts(&bytes)
                .into_iter()
                .map(|(_, part)| String::from_utf8_lossy(&part).into_owned())
                .collect(),
            _ => vec![String::from_utf8(bytes).unwrap()],
        };
        for text in texts {
            let found = text.chars().find(|c| TURNING.contains(*c));
            assert_eq!(found, None, "{}: {text}", format.ending);
            let escaped = ["\\u20", "\\u06", "&#x20", "&#8"];
            let found = escaped.iter().find(|escape| text.to_lowercase().contains(**escape));
            assert_eq!(found, None, "{}: {text}", format.ending);
        }
    }
}

#[test]
fn a_page_of_html_needs_nothing_and_runs_nothing() {
    let mut odd = profile("odd");
    odd.person.photo = PHOTO.to_owned();
    let page = text(&odd, "html");
    for wanted in [
        "<html lang=\"en\">",
        "<title>Zofia &quot;Zo&quot; Łącka &lt;R&amp;D&gt; – CV</title>",
        "default-src 'none'",
        "alt=\"Photo of Zofia &quot;Zo&quot;",
        "src=\"data:image/jpeg;base64,",
        "<h1>",
        "<time datetime=\"2022-09\">Sept.\u{a0}2022</time>",
        "<time datetime=\"2024-05-06\">",
        "<li value=\"2\">",
    ] {
        assert!(page.contains(wanted), "{wanted} is not in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("javascript:"));
    for piece in html(&odd).iter().filter(|piece| piece.starts_with('<')) {
        let links = ["href=\"https://", "href=\"mailto:", "href=\"tel:"];
        assert!(!piece.contains("href=") || links.iter().any(|l| piece.contains(l)), "{piece}");
    }
}

#[test]
fn the_photo_stands_where_the_look_has_it() {
    for (place, side) in [(PhotoPlace::Left, "left"), (PhotoPlace::Right, "right")] {
        let mut odd = profile("odd");
        odd.person.photo = PHOTO.to_owned();
        odd.look.photo = Some(place);
        let parts = parts(&written(&odd, "docx"));
        let (_, document) = parts.iter().find(|(name, _)| name == "word/document.xml").unwrap();
        let document = String::from_utf8_lossy(document);
        assert!(document.contains(&format!("<wp:align>{side}</wp:align>")), "{side}");
        let page = String::from_utf8(written(&odd, "html")).unwrap();
        assert_eq!(page.contains("<img class=\"left\""), side == "left");
    }
}

#[test]
fn a_docx_keeps_the_head_of_an_entry_with_its_highlights() {
    let text = "Profile(person: (name: \"Ada Nowak\"), sections: [Experience(entries: [
        (organization: \"Example\", role: \"Intern\", lines: [\"Advisor: Bo Example\"], bullets: [\"One\", \"Two\"]),
        (organization: \"Bare\")])])";
    let profile = Document::from_text("x", text).unwrap().profile;
    let document = document(&profile);
    let mut kept = vec![];
    let mut keeps = false;
    for piece in &document {
        match piece.as_str() {
            "<w:p>" => keeps = false,
            "<w:keepNext/>" => keeps = true,
            tag if tag.starts_with('<') => {}
            words => kept.push((words.to_owned(), keeps)),
        }
    }
    let keeps = |words: &str| kept.iter().find(|(w, _)| w.contains(words)).map(|(_, keeps)| *keeps);
    for words in ["Example", "Intern", "Advisor"] {
        assert_eq!(keeps(words), Some(true), "{words}: {kept:?}");
    }
    for words in ["One", "Two", "Bare"] {
        assert_eq!(keeps(words), Some(false), "{words}: {kept:?}");
    }
}

#[test]
fn a_docx_has_real_styles_links_and_lists() {
    let mut odd = profile("odd");
    odd.person.photo = PHOTO.to_owned();
    let pieces = document(&odd);
    for style in [
        "Title",
        "Subtitle",
        "Heading1",
        "Heading2",
        "Heading3",
        "EntryRow",
        "ListBullet",
        "ListBullet3",
        "Bibliography",
    ] {
        let wanted = format!("<w:pStyle w:val=\"{style}\"/>");
        assert!(pieces.contains(&wanted), "{style}");
    }
    let parts = parts(&written(&odd, "docx"));
    let part = |name: &str| {
        let (_, bytes) = parts.iter().find(|(n, _)| n == name).unwrap();
        String::from_utf8_lossy(bytes).into_owned()
    };
    let styles = part("word/styles.xml");
    for piece in &pieces {
        if let Some(style) = piece.strip_prefix("<w:pStyle w:val=") {
            let name = style.trim_end_matches("/>");
            assert!(styles.contains(&format!("w:styleId={name}")), "{name} is no style");
        }
    }
    assert!(part("word/_rels/document.xml.rels").contains("Target=\"https://doi.org/10.5555/1\""));
    assert!(!part("word/_rels/document.xml.rels").contains("javascript"));
    assert!(part("docProps/core.xml").contains("<dc:creator>Zofia &quot;Zo&quot;"));
    assert!(!part("word/photo.jpeg").is_empty() && !styles.contains('{'));
    assert_eq!(written(&odd, "docx"), written(&odd, "docx"));
}

fn with(profile: &Profile, inside: Inside, whole: &str) -> Vec<u8> {
    export(profile, Output { inside: Some(inside), ..Output::PDF }, &Look::default(), whole)
}

#[test]
fn a_pdf_with_the_profile_inside_is_sound_and_opens_again() {
    for name in names() {
        let profile = profile(name);
        let pdf = with(&profile, Inside::Shown, "");
        for standard in [ValidationProfile::PdfUa1, ValidationProfile::PdfA3a] {
            let options = ValidationOptions::default().profile(standard);
            let report = validate_pdf_bytes(&pdf, &options).unwrap();
            assert!(report.is_compliant, "{name}: {report}");
        }
        let (source, import) = interchange::read(&pdf, None).unwrap();
        assert_eq!(source.endings, ["pdf"]);
        let placed = Code::ImportPlaced;
        let entries: usize = profile.sections.iter().map(|s| s.count()).sum();
        assert!(import.report.count(placed) <= entries + 1 && import.report.count(placed) > 3);
        assert_eq!(text(&import.profile, "txt"), text(&profile, "txt"), "{name}");
        // It looks the same, too, and says the same in its turn.
        assert!(with(&import.profile, Inside::Shown, "") == pdf, "{name}");
    }
    let odd = profile("odd");
    let whole = fs::read_to_string(golden("odd.cv.ron")).unwrap();
    let (_, import) = interchange::read(&with(&odd, Inside::All, &whole), None).unwrap();
    assert_eq!(import.profile, odd);
}

#[test]
fn only_what_is_printed_goes_inside() {
    let shown = |profile: &Profile| {
        let (_, import) = interchange::read(&with(profile, Inside::Shown, ""), None).unwrap();
        (new_text(&import.profile).unwrap(), import.profile)
    };
    let (text, read) = shown(&profile("odd"));
    assert!(!text.contains("of nobody") && !text.contains("known_as"), "{text}");
    assert_eq!(read.marks.len(), 2);
    // The spelling that told it is gone.
    assert!(text.contains("own: true"), "{text}");
    let mut photo = profile("odd");
    photo.person.photo = PHOTO.to_owned();
    assert!(shown(&photo).1.person.photo.starts_with("data:image/jpeg;base64,"));
    photo.look.photo = Some(PhotoPlace::Off);
    assert!(shown(&photo).1.person.photo.is_empty());
}

#[test]
fn hostile_pdfs_lead_nowhere() {
    let bare = written(&profile("first-year"), "pdf");
    // Without a profile inside, the page is read.
    assert!(interchange::read(&bare, None).is_ok());
    let embedded = |words: &str, data: &[u8]| {
        let head = format!(
            "%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Subtype/application#2Fx-cv-profile+ron{words}>>stream\n"
        );
        [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    };
    let packed = |bytes: &[u8]| {
        let mut encoder = ZlibEncoder::new(vec![], Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let flate = "/Filter/FlateDecode";
    let zeros = vec![b' '; 20_000_000];
    let bomb = embedded(flate, &packed(&zeros));
    let sound = new_text(&profile("first-year")).unwrap();
    let read = |pdf: &[u8]| {
        let since = Instant::now();
        let result = interchange::read(pdf, None).map(|(_, import)| import.profile.person.name);
        assert!(since.elapsed() < Duration::from_secs(10), "{:?}", since.elapsed());
        result
    };
    assert!(read(&bomb).is_err());
    assert!(read(&bomb.repeat(20)).is_err());
    assert!(read(&embedded(flate, b"not packed")).is_err());
    assert!(read(&embedded("/Filter/DCTDecode", sound.as_bytes())).is_err());
    let markers = b"%PDF-1.7 x-cv-profile+ron obj stream\n".repeat(500_000);
    assert!(read(&markers).is_err());
    assert!(matches!(read(&embedded(flate, &packed(b"Profile(")),), Err(Error::Broken { .. })));
    assert!(matches!(read(&embedded(flate, &packed(b"\xff\xfe"))), Err(Error::Broken { .. })));
    assert!(read(&embedded(flate, &packed(sound.as_bytes()))).is_ok());
    assert!(read(&embedded("", sound.as_bytes())).is_ok());
    // As other programs write them, and cut short anywhere.
    let whole = with(&profile("first-year"), Inside::Shown, "");
    for part in 1..20 {
        read(&whole[..whole.len() * part / 20]).ok();
    }
}

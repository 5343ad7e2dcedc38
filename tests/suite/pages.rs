//! Every sample in every theme: it fits, nothing stands outside the margins, the PDF keeps both
//! standards, and every printed text can be read back.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use std::path::Path;
use vitae::{
    field::Kind,
    finding::Code,
    look::{Look, PageLimit, Paper, Style},
    pdf::{self, Metadata},
    profile::Profile,
    section::Section,
    store::Document,
    theme::{self, Theme},
    typeset::{Source, Typeset, Typesetter},
    value::{date, link::Link, locale::Locale, person, rich::Rich},
    variant::Variant,
};

fn samples() -> impl Iterator<Item = (String, Profile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let mut paths: Vec<_> = folder.read_dir().unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "ron")).map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().replace(".cv.ron", "");
        (name, Document::open(&path).unwrap().profile)
    })
}

fn styled(profile: &Profile, variant: Option<&Variant>, look: &Look) -> Style {
    let (style, findings) = theme::style(profile, variant, look);
    assert_eq!(findings, []);
    style
}

fn set(profile: &Profile, look: &Look) -> (Style, Typeset) {
    let style = styled(profile, None, look);
    let typeset = Typesetter::new(Source::Embedded).set(profile, None, &style);
    (style, typeset)
}

fn written(typeset: &Typeset) -> Vec<u8> {
    let meta = Metadata {
        title: "CV".into(),
        author: "A".into(),
        language: typeset.language.clone(),
        ..Metadata::default()
    };
    pdf::write(&typeset.pages, &meta, &pdf::Options::default()).unwrap()
}

fn assert_valid(name: &str, bytes: &[u8]) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        assert!(report.is_compliant, "{name}: {report}");
    }
}

/// Nothing printed stands outside the margins that the fit chose, and nothing overlaps the edge of
/// the paper.
fn assert_inside(name: &str, typeset: &Typeset) {
    let sizes = typeset.fit.sizes;
    for page in &typeset.pages.pages {
        for line in page.lines.iter().filter(|l| l.element.is_some()) {
            let last = line.glyphs.iter().rposition(|g| {
                let range = g.text.start as usize..g.text.end as usize;
                line.text.get(range).is_some_and(|t| !t.trim().is_empty())
            });
            let Some(last) = last.and_then(|i| line.glyphs.get(i)) else {
                continue;
            };
            let (left, right) = (sizes.margin_x, page.width - sizes.margin_x);
            let first = line.glyphs.first().unwrap();
            assert!(first.x > left - 0.6, "{name}: `{}` begins at {}", line.text, first.x);
            assert!(
                last.x + last.advance < right + 0.6,
                "{name}: `{}` ends past {right}",
                line.text
            );
            assert!(
                last.y < page.height - sizes.margin_y + 1.0,
                "{name}: `{}` is too low",
                line.text
            );
            assert!(line.glyphs.iter().all(|g| g.id != 0), "{name}: `{}`", line.text);
        }
    }
}

/// Letters alone, in one case: line ends and the capitals of headings do not matter to a reader.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// What is printed of a text of the profile.
fn printed(kind: Kind, text: &str, style: &Style) -> String {
    let locale = Locale::get(&style.language).unwrap();
    let quotes = style.curl_quotes.then_some(&locale.quotes);
    match kind {
        Kind::Rich | Kind::Plain => Rich::curled(text, quotes).trim().to_plain(),
        Kind::Date => date::printed(text, style.dates, locale).into_owned(),
        Kind::Link => Link::parse(text).text,
        Kind::Name => Rich::curled(&person::split_marks(text).0, quotes).to_plain(),
    }
}

/// Every shown text of the profile is found in what a reader extracts.
fn assert_reads_back(name: &str, profile: &Profile, style: &Style, bytes: &[u8]) {
    let text = pdf_extract::extract_text_from_mem(bytes).unwrap();
    let found = squeezed(&text);
    profile.texts(None, &mut |text| {
        let at = text.at.to_string();
        // Spellings are for recognising the name; links of entries stand behind their titles; the
        // date of a paper may be said by its short venue.
        let unprinted = at.contains("known_as")
            || (text.kind == Kind::Link && !at.starts_with("person."))
            || (is_publication(profile, &at)
                && (text.kind == Kind::Date || at.ends_with("status")));
        if text.shown && !unprinted {
            let wanted = squeezed(&printed(text.kind, text.text, style));
            assert!(found.contains(&wanted), "{name}: {at}: `{wanted}` is not in\n{found}");
        }
    });
}

fn is_publication(profile: &Profile, at: &str) -> bool {
    let publications = profile.sections.iter().enumerate();
    let mut indices =
        publications.filter(|(_, s)| matches!(s, Section::Publications(_))).map(|(i, _)| i);
    indices.any(|i| at.starts_with(&format!("sections[{i}].")))
}

#[test]
fn samples_fit_in_every_theme_and_keep_every_promise() {
    for (sample, profile) in samples() {
        for theme in Theme::names() {
            let name = format!("{sample} in {theme}");
            let look = Look { theme: theme.to_owned(), ..Look::default() };
            let (style, typeset) = set(&profile, &look);
            assert_eq!((typeset.fit.lines_over, typeset.fit.pages), (0, 1), "{name}");
            assert!(typeset.fit.fill <= 1.001, "{name}: {}", typeset.fit.fill);
            assert!(f64::from(typeset.fit.sizes.size) > style.min_size - 0.001, "{name}");
            let missing = typeset.findings.iter().find(|f| f.code == Code::GlyphMissing);
            assert_eq!(missing, None, "{name}");
            assert_inside(&name, &typeset);
            let bytes = written(&typeset);
            assert_valid(&name, &bytes);
            assert_reads_back(&name, &profile, &style, &bytes);
            assert!(bytes.len() < 120_000, "{name}: {} bytes", bytes.len());
        }
    }
}

#[test]
fn variants_and_letter_paper_are_sound_too() {
    for (sample, profile) in samples() {
        for variant in &profile.variants {
            let look =
                Look { paper: Some(Paper::Letter), pages: Some(PageLimit::Any), ..Look::default() };
            let style = styled(&profile, Some(variant), &look);
            let typeset = Typesetter::new(Source::Embedded).set(&profile, Some(variant), &style);
            let name = format!("{sample}, variant {}", variant.name);
            assert_inside(&name, &typeset);
            assert_valid(&name, &written(&typeset));
        }
    }
}

fn sample(name: &str) -> Profile {
    samples().find(|(sample, _)| sample == name).unwrap().1
}

#[test]
fn longer_documents_break_well() {
    let mut profile = sample("undergrad-dense");
    let copy = profile.sections.clone();
    for _ in 0..3 {
        profile.sections.extend(copy.clone());
    }
    for (limit, theme) in
        [(PageLimit::Any, "classic"), (PageLimit::Any, "column"), (PageLimit::Three, "plain")]
    {
        let look = Look { theme: theme.into(), pages: Some(limit), ..Look::default() };
        let (_, typeset) = set(&profile, &look);
        assert!(typeset.fit.pages >= 3, "{theme}: {:?}", typeset.fit);
        assert_inside(theme, &typeset);
        assert_valid(theme, &written(&typeset));
        let pages = &typeset.pages;
        for (number, page) in pages.pages.iter().enumerate() {
            let tag = |line: &vitae::typeset::page::Line| {
                line.element.and_then(|e| pages.elements.get(e)).map(|e| e.tag)
            };
            let last = page.lines.iter().rfind(|l| l.element.is_some()).unwrap();
            assert_ne!(
                tag(last),
                Some(vitae::typeset::page::Tag::Heading),
                "a heading ends page {number}"
            );
            let head =
                page.lines.iter().find(|l| l.element.is_none() && l.text.contains("Sollberg"));
            assert_eq!(head.is_some(), number > 0, "{theme}: running head of page {number}");
        }
    }
}

#[test]
fn a_document_takes_no_more_pages_than_it_needs() {
    for (name, profile) in samples() {
        let one = Look { pages: Some(PageLimit::One), ..Look::default() };
        let (_, alone) = set(&profile, &one);
        assert_eq!((alone.fit.pages, alone.fit.lines_over), (1, 0), "{name}");
        for pages in [PageLimit::Two, PageLimit::Three, PageLimit::Any] {
            let look = Look { pages: Some(pages), ..Look::default() };
            let (_, typeset) = set(&profile, &look);
            assert_eq!(typeset.fit, alone.fit, "{name}, {pages:?}");
        }
    }
    // The same of two pages: at the usual sizes this one takes three.
    let mut profile = sample("undergrad-dense");
    let copy = profile.sections.clone();
    profile.sections.extend(copy);
    for pages in [PageLimit::Two, PageLimit::Three, PageLimit::Any] {
        let (_, typeset) = set(&profile, &Look { pages: Some(pages), ..Look::default() });
        assert_eq!((typeset.fit.pages, typeset.fit.lines_over), (2, 0), "{pages:?}");
    }
}

#[test]
fn too_long_says_by_how_much_and_what_would_help() {
    let mut profile = sample("undergrad-dense");
    profile.look.min_size = Some(9.0);
    let (_, typeset) = set(&profile, &Look { theme: "classic".into(), ..Look::default() });
    assert!(typeset.fit.lines_over > 0);
    let too_long = typeset.findings.iter().find(|f| f.code == Code::TooLong).unwrap();
    assert!(
        too_long.message.starts_with(&format!("{} lines too long", typeset.fit.lines_over)),
        "{}",
        too_long.message
    );
    let rescues: Vec<_> = typeset.findings.iter().filter(|f| f.code.wins_lines()).collect();
    assert_eq!(rescues.len(), 5, "{rescues:#?}");
    // What is promised is true: hiding what the first one names wins the lines that it says.
    let first = rescues.iter().find(|f| f.code == Code::WinHide).unwrap();
    let promised: usize = first.message.split_whitespace().rev().nth(1).unwrap().parse().unwrap();
    let [.., entry] = first.at.steps() else { panic!("{}", first.at) };
    let (section, entry) = match (first.at.steps().get(1), entry) {
        (Some(vitae::at::Step::Index(section)), vitae::at::Step::Index(entry)) => {
            (*section, *entry)
        }
        other => panic!("{other:?}"),
    };
    match profile.sections.get_mut(section).unwrap() {
        Section::Education(list) => drop(list.entries.remove(entry)),
        Section::Experience(list) => drop(list.entries.remove(entry)),
        Section::Projects(list) => drop(list.entries.remove(entry)),
        Section::Publications(list) => drop(list.entries.remove(entry)),
        other => panic!("{other:?}"),
    }
    let (_, after) = set(&profile, &Look { theme: "classic".into(), ..Look::default() });
    let won = typeset.fit.lines_over - after.fit.lines_over;
    let left = after.fit.lines_over == 0;
    assert!(left || won.abs_diff(promised) <= 1, "promised {promised}, won {won}");
}

#[test]
fn shortening_what_has_a_short_last_line_wins_the_line() {
    let text = |extra: &str| {
        let line = "measured the latency of every stage on eight machines and wrote the report that the group still uses";
        format!(
            "Profile(person: (name: \"A B\"), sections: [List(entries: [(text: \"x\", bullets: [\"{line} {extra}\"])])], look: (max_size: 10.0, size: 10.0))"
        )
    };
    let lines = |extra: &str| {
        let profile = Document::from_text("x", &text(extra)).unwrap().profile;
        let (_, typeset) = set(&profile, &Look::default());
        let short = typeset.findings.into_iter().find(|f| f.code == Code::ShortLastLine);
        let page = typeset.pages.pages.into_iter().next().unwrap();
        (page.lines.len(), short)
    };
    let words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
    let mut seen = false;
    for count in 0..words.split(' ').count() {
        let extra: Vec<&str> = words.split(' ').take(count).collect();
        let (before, short) = lines(&extra.join(" "));
        let Some(short) = short else { continue };
        seen = true;
        let digits: String = short.hint.chars().filter(char::is_ascii_digit).collect();
        let cut: usize = digits.parse().unwrap();
        let joined = extra.join(" ");
        let kept: String =
            joined.chars().take(joined.chars().count().saturating_sub(cut)).collect();
        assert_eq!(lines(&kept).0, before - 1, "{short:?}");
    }
    assert!(seen, "no length of the text gave a short last line");
}

#[test]
fn a_character_without_a_font_is_named_and_keeps_its_text() {
    let text = "Profile(person: (name: \"Ada \u{10330}\", headline: \"see \u{1f680} here\"))";
    let profile = Document::from_text("x", text).unwrap().profile;
    let (_, typeset) = set(&profile, &Look::default());
    let told: Vec<String> =
        typeset.findings.iter().map(|f| format!("{} {}", f.at, f.message)).collect();
    assert_eq!(
        told,
        [
            "person.name no font has the character `\u{10330}` (U+10330)",
            "person.headline no font has the character `\u{1f680}` (U+1F680)",
        ]
    );
    assert_valid("missing glyphs", &written(&typeset));
}

#[test]
fn long_words_break_rather_than_leave_the_page() {
    let long = "x".repeat(400);
    let text = format!(
        "Profile(person: (name: \"{long}\", emails: [\"{long}@example.org\"], address: \"{long}\"), sections: [
            Education(entries: [(institution: \"{long}\", date: \"{long}\", place: \"{long}\", lines: [\"{long}: {long}\"])]),
            Skills(entries: [(label: \"{long}\", items: \"{long}\")]),
        ], look: (pages: Any))"
    );
    let profile = Document::from_text("x", &text).unwrap().profile;
    for theme in Theme::names() {
        let (_, typeset) = set(&profile, &Look { theme: theme.into(), ..Look::default() });
        assert_inside(theme, &typeset);
        assert_valid(theme, &written(&typeset));
    }
}

#[test]
fn justified_and_hyphenated_pages_are_sound() {
    let profile = sample("phd-systems");
    let look = Look { justify: Some(true), hyphenate: Some(true), ..Look::default() };
    let (_, typeset) = set(&profile, &look);
    assert_inside("justified", &typeset);
    let bytes = written(&typeset);
    assert_valid("justified", &bytes);
}

#[test]
fn an_empty_profile_is_a_page() {
    let (_, typeset) = set(&Profile::default(), &Look::default());
    assert_eq!(typeset.pages.pages.len(), 1);
    assert_valid("empty", &written(&typeset));
}

#[test]
fn a_typesetter_that_has_seen_other_texts_gives_the_same_page() {
    let mut typesetter = Typesetter::new(Source::Embedded);
    for round in 0..2 {
        for (name, profile) in samples() {
            let style = styled(&profile, None, &Look::default());
            let used = typesetter.set(&profile, None, &style);
            let fresh = Typesetter::new(Source::Embedded).set(&profile, None, &style);
            assert_eq!(written(&used), written(&fresh), "{name}, round {round}");
        }
    }
}

#[test]
fn what_matters_least_is_offered_first() {
    let bullet = |weight: i32| {
        format!("(text: \"A highlight of one line that says weight {weight}\", weight: {weight}),")
    };
    let bullets: String = (0..90).map(|i| bullet(if i == 41 { -3 } else { 2 })).collect();
    let text = format!(
        "Profile(person: (name: \"A B\"), sections: [List(entries: [(text: \"x\", bullets: [{bullets}])])])"
    );
    let profile = Document::from_text("x", &text).unwrap().profile;
    let (_, typeset) = set(&profile, &Look::default());
    let first = typeset.findings.iter().find(|f| f.code == Code::WinHide).unwrap();
    assert_eq!(first.at.to_string(), "sections[0].entries[0].bullets[41]", "{first:?}");
}

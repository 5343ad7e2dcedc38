//! What poppler's `pdftotext`, which knows nothing of Vitae, finds in the exported samples in every
//! theme: every text, in the order of reading.
//!
//! Where poppler is not installed the test passes unseen, unless `VITAE_READERS=1` says that it
//! must be there.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};
use vitae::{
    field::{Kind, Text},
    finding::Code,
    look::{Look, PageLimit, Style},
    store::Document,
    theme::{self, Theme},
    typeset::{Source, Typesetter},
    value::{date, link::Link, locale::Locale, person, rich::Rich},
};

#[test]
fn pdftotext_gives_every_text_in_order() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        assert!(env::var_os("VITAE_READERS").is_none(), "pdftotext is not installed");
        eprintln!("pdftotext is not installed: nothing was read");
        return;
    }
    let mut wrong = vec![];
    for sample in samples() {
        for theme in Theme::names() {
            let name = format!("{} in {theme}", sample.display());
            let path = exported(&sample, theme);
            let output = Command::new("pdftotext")
                .args(["-raw", "-enc", "UTF-8"])
                .arg(&path)
                .arg("-")
                .output();
            let found = squeezed(&String::from_utf8(output.unwrap().stdout).unwrap());
            let expected = expected(&sample, theme);
            let missing =
                expected.texts.iter().filter(|ways| !ways.iter().any(|way| found.contains(way)));
            wrong.extend(
                missing.map(|ways| format!("{name}: `{}` is missing", ways.join("` or `"))),
            );
            let mut rest = found.as_str();
            for line in &expected.lines {
                match rest.split_once(line.as_str()) {
                    Some((_, after)) => rest = after,
                    None => wrong.push(format!("{name}: `{line}` is missing or out of order")),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Without any option it sorts text into columns, and takes dates at the right for one.
#[test]
fn plain_keeps_dates_with_their_entries_for_readers_that_look_for_columns() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        assert!(env::var_os("VITAE_READERS").is_none(), "pdftotext is not installed");
        eprintln!("pdftotext is not installed: nothing was read");
        return;
    }
    for sample in samples() {
        let path = exported(&sample, "plain");
        let mut reader = Command::new("pdftotext");
        reader.args(["-enc", "UTF-8"]).arg(&path).arg("-");
        let found = squeezed(&String::from_utf8(reader.output().unwrap().stdout).unwrap());
        let mut rest = found.as_str();
        for line in &expected(&sample, "plain").lines {
            match rest.split_once(line.as_str()) {
                Some((_, after)) => rest = after,
                None => panic!("{}: `{line}` is missing or out of order", sample.display()),
            }
        }
    }
}

#[test]
fn pdftotext_gives_words_of_every_script_in_order() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/readers");
    let path = folder.join("scripts.cv.ron");
    let document = Document::open(&path).unwrap();
    let (style, _) = theme::style(&document.profile, None, &Look::default());
    let set = Typesetter::new(Source::System).set(&document.profile, None, &style);
    let no_font = set.findings.iter().find(|f| f.code == Code::GlyphMissing);
    let no_reader = Command::new("pdftotext").arg("-v").output().is_err();
    if no_reader || no_font.is_some() {
        assert!(env::var_os("VITAE_READERS").is_none(), "no reader or no font: {no_font:?}");
        eprintln!("pdftotext or a font for Arabic and Hebrew is not installed: nothing was read");
        return;
    }
    let pdf = exported(&path, "classic");
    let mut reader = Command::new("pdftotext");
    reader.args(["-raw", "-enc", "UTF-8"]).arg(&pdf).arg("-");
    let output = String::from_utf8(reader.output().unwrap().stdout).unwrap();
    // It says in which direction words run, which is no part of them.
    let found = squeezed(&output.replace(|c| matches!(c, '\u{202a}'..='\u{202e}'), ""));
    let mut rest = found.as_str();
    document.profile.texts(None, &mut |text| {
        if matches!(text.kind, Kind::Rich) && !text.at.to_string().ends_with("place") {
            let wanted = squeezed(&curled(text.text, &style));
            match rest.split_once(wanted.as_str()) {
                Some((_, after)) => rest = after,
                None => panic!("`{wanted}` is missing or out of order in {found}"),
            }
        }
    });
}

/// What a reader should find; white space apart, and whether capitals or not.
struct Expected {
    /// Every text that the profile shows, each in every way in which it may be printed.
    texts: Vec<Vec<String>>,
    /// Every line of the pages, in the order of reading.
    lines: Vec<String>,
}

fn expected(sample: &Path, theme: &str) -> Expected {
    let document = Document::open(sample).unwrap();
    let look = Look { theme: theme.to_owned(), pages: Some(PageLimit::Any), ..Look::default() };
    let (style, _) = theme::style(&document.profile, None, &look);
    let mut texts = vec![];
    document.profile.texts(None, &mut |text| {
        if text.shown {
            let ways = printed(&text, &style);
            texts.extend(
                ways.iter().map(|ways| ways.iter().map(|way| squeezed(way)).collect::<Vec<_>>()),
            );
        }
    });
    let set = Typesetter::new(Source::System).set(&document.profile, None, &style);
    let lines = set.pages.pages.iter().flat_map(|page| &page.lines);
    let lines =
        lines.filter(|line| line.element.is_some()).map(|line| squeezed(&line.text)).collect();
    Expected { texts, lines }
}

/// The paragraphs of a text as they read on the page, each in every way in which it may be printed.
fn printed(text: &Text<'_>, style: &Style) -> Vec<Vec<String>> {
    let at = text.at.to_string();
    match text.kind {
        // Printed as a word of the page's language.
        _ if at.ends_with(".status") => vec![],
        // The name for finding the own one in author lists.
        Kind::Plain => vec![],
        Kind::Rich => paragraphs(text.text, style),
        Kind::Date => {
            let locale = Locale::get(&style.language).unwrap();
            let whole = date::printed(text.text, style.dates, locale).into_owned();
            // `NeurIPS'24` names the year of a paper already.
            let short = whole
                .strip_prefix("20")
                .filter(|year| year.len() == 2)
                .map(|year| curled(&format!("X'{year}"), style).replace('X', ""));
            vec![[whole].into_iter().chain(short).collect()]
        }
        // Those of entries are printed as a word that can be clicked.
        Kind::Link if at.starts_with("person.") => {
            let link = Link::parse(text.text);
            vec![vec![link.label.map_or(link.text, |label| label.to_plain())]]
        }
        Kind::Link => vec![],
        Kind::Name if style.max_authors > 0 => vec![],
        Kind::Name => vec![vec![curled(&person::split_marks(text.text).0, style)]],
    }
}

/// A text without markup, with the quotation marks of the page.
fn curled(text: &str, style: &Style) -> String {
    let locale = Locale::get(&style.language).unwrap();
    Rich::curled(text, style.curl_quotes.then_some(&locale.quotes)).to_plain()
}

fn paragraphs(text: &str, style: &Style) -> Vec<Vec<String>> {
    let mut found = vec![];
    let mut block = String::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            block += line;
            block.push('\n');
        } else if !block.is_empty() {
            found.push(vec![curled(&std::mem::take(&mut block), style)]);
        }
    }
    found
}

/// The sample as PDF, on as many pages as it takes.
fn exported(sample: &Path, theme: &str) -> PathBuf {
    let name = sample.file_name().unwrap().to_string_lossy();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("read-{name}-{theme}.pdf"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitae"));
    command.arg("export").arg(sample).arg("-o").arg(&path).args([
        "--overflow",
        "paginate",
        "--theme",
        theme,
    ]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    path
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths: Vec<_> = paths.filter(|path| path.to_string_lossy().ends_with(".cv.ron")).collect();
    assert!(paths.len() >= 6, "only {} samples", paths.len());
    paths
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

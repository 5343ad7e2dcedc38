//! Profiles of other programs: `tests/golden/import/FORMAT/CASE/input.*` gives `profile.cv.ron` and
//! `report.txt`, and every word of the input is in one of the two. `UPDATE=1 cargo test --test
//! suite import_profiles::` writes the answers anew.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use proptest::{collection::vec, prelude::*, sample::select};
use std::{
    env, fs,
    io::{Cursor, Read as _, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use vitae::{
    finding::Finding,
    interchange::{self, Alone, Error, Import, SOURCES, Tree, json, xml, yaml},
    store::new_text,
    value::link::Link,
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Whole files, and the least number of them for each format.
const FORMATS: &[(&str, &str, usize)] = &[
    ("json-resume", "JSON Resume", 8),
    ("rendercv", "RenderCV", 8),
    ("linkedin", "LinkedIn archive", 3),
    ("reactive-resume", "Reactive Resume", 3),
    ("yaml-resume", "YAMLResume", 2),
    ("fresh", "FRESH", 2),
    ("orcid", "ORCID", 3),
    ("europass", "Europass", 3),
    ("al-folio", "al-folio", 2),
];

#[test]
fn every_case_gives_its_profile_and_report() {
    for (folder, format, least) in FORMATS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/import").join(folder);
        let mut cases = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            let case = entry.unwrap().path();
            let input = input(&case);
            let bytes = fs::read(&input).unwrap();
            // By what it holds, not by its name.
            let (source, import) = interchange::read(&bytes, None)
                .unwrap_or_else(|e| panic!("{}: {e}", case.display()));
            assert_eq!(&source.name, format, "{}", case.display());
            let answers = [
                ("profile.cv.ron", new_text(&import.profile).unwrap()),
                ("report.txt", report(&import.report.findings)),
            ];
            for (name, found) in answers {
                let answer = case.join(name);
                if env::var_os("UPDATE").is_some() {
                    fs::write(&answer, &found).unwrap();
                }
                let expected = fs::read_to_string(&answer)
                    .unwrap_or_else(|e| panic!("{}: {e}", answer.display()));
                assert_eq!(found, expected, "{}", answer.display());
            }
            nothing_is_lost(&case, &bytes, &import);
            cases += 1;
        }
        assert!(cases >= *least, "only {cases} cases of {format}");
    }
}

fn input(case: &Path) -> PathBuf {
    let files = fs::read_dir(case).unwrap().map(|file| file.unwrap().path());
    let input = files.into_iter().find(|file| file.file_stem().is_some_and(|stem| stem == "input"));
    input.unwrap_or_else(|| panic!("{}: no input", case.display()))
}

fn report(findings: &[Finding]) -> String {
    let line = |f: &Finding| format!("{}: {}: {}: {}\n", f.at, f.severity, f.code, f.message);
    findings.iter().map(line).collect()
}

/// Every text of the input is in the profile or in the report, word by word.
fn nothing_is_lost(case: &Path, bytes: &[u8], import: &Import) {
    // A network is known from its address.
    let links = &import.profile.person.links;
    let networks: Vec<_> =
        links.iter().map(|l| Link::parse(l).kind.name().replace(' ', "")).collect();
    let report = report(&import.report.findings);
    let told = format!("{report}{}{}", new_text(&import.profile).unwrap(), networks.concat());
    let told = told.to_lowercase();
    source(bytes).left("", &mut |way, text| {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let lost = !told.contains(&word.to_lowercase()) && !SAID_OTHERWISE.contains(&word);
            assert!(!lost, "{}: `{word}` of {way} is lost: {text}", case.display());
        }
    });
}

/// What kind of page a link is, what an icon shows, labels and commands, and what a look names in
/// its own way.
const SAID_OTHERWISE: &[&str] = &[
    "PERSONAL",
    "PORTFOLIO",
    "google",
    "english",
    "german",
    "us",
    "letter",
    "a4paper",
    "calendar",
    "Coursework",
    "Organisation",
    "days",
    "emph",
    "strong",
    "tel",
    // Days that stand for months, what is switched on or off, and HTML.
    "01",
    "28",
    "30",
    "31",
    "true",
    "false",
    "p",
    "ul",
    "li",
    "b",
    "i",
    "br",
    "href",
    "mdash",
    "c1",
    "c2",
    "p1",
    "q1",
    "q2",
    "k1",
    "9f3c",
    "amp",
    "lt",
    // What a way to reach somebody is, and languages and their levels by code.
    "Web",
    "Telephone",
    "Social",
    "Media",
    "InstantMessage",
    "home",
    "mobile",
    "por",
    "eng",
    "CEF",
    "Understanding",
    "Production",
    "self",
    // The address of a DOI, and what a section of al-folio is.
    "https",
    "org",
    "map",
    "list",
    "nested",
    "time",
    "table",
    "groups",
    "General",
    "Information",
    "Full",
    "Name",
    "Homepage",
];

/// The texts of an input, read by nothing that makes a profile of them.
fn source(bytes: &[u8]) -> Tree {
    if let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) {
        let mut tables = vec![];
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = vec![];
            file.read_to_end(&mut bytes).unwrap();
            // The tables that are not read are told by their names.
            let is_read = ["Positions", "Education", "Skills", "Courses", "Organizations", "Phone"]
                .iter()
                .any(|table| name.contains(table));
            let text = if is_read { String::from_utf8(bytes).unwrap() } else { String::new() };
            let rows = text.split_once('\n').unwrap_or_default().1.to_owned();
            tables.push((name, Tree::Text(rows)));
        }
        return Tree::Map(tables);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    if text.starts_with("Company Name,") {
        return Tree::Text(text.split_once('\n').unwrap().1.to_owned());
    }
    if text.starts_with("<?xml") {
        return xml::read(&text, "test").unwrap();
    }
    json::read(&text, "test").or_else(|_| yaml::read(&text, "test")).unwrap()
}

/// Every file of every format is recognised as that and as nothing else.
#[test]
fn formats_are_told_apart() {
    for (folder, format, _) in FORMATS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/import").join(folder);
        for case in fs::read_dir(&folder).unwrap() {
            let bytes = fs::read(input(&case.unwrap().path())).unwrap();
            let fitting = SOURCES.iter().filter(|source| (source.fits)(&bytes));
            assert_eq!(fitting.map(|source| source.name).collect::<Vec<_>>(), [*format]);
        }
    }
    for text in [
        r#"[{"id": "a", "type": "article-journal", "title": "A"}]"#,
        r#"{"name": "package", "version": "1.0.0", "keywords": ["cv"]}"#,
        r#"{"a": {"cv": 1, "basics": 2}}"#,
        "title: cv\nauthor: me\n",
        "- title: General Information\n  contents: []\n",
        "- title: Home\n  type: page\n  contents: []\n",
        "- name: a\n  type: list\n  title: b\n",
        "<Candidate><Name>A</Name></Candidate>",
        "<html><body>Europass SkillsPassport</body></html>",
        r#"{"content": {"basics": {"name": "A"}}}"#,
        r#"{"a": {"SkillsPassport": {}, "LearnerInfo": {}}}"#,
        "@article{cv, title = {A}}",
        "PK\u{3}\u{4}",
        "{",
        "",
    ] {
        let fits = |name: &str| SOURCES.iter().any(|s| s.name == name && (s.fits)(text.as_bytes()));
        assert!(!FORMATS.iter().any(|(_, name, _)| fits(name)), "{text}");
    }
}

/// What only its ending speaks for is none of the formats, and no empty file of one of them.
#[test]
fn other_data_is_called_by_no_format() {
    for (name, text) in [
        ("record.json", r#"{"orcid-identifier": {"path": "0000-0002-1825-0097"}, "person": {}}"#),
        ("list.json", "[1, 2, 3]"),
        ("settings.json", r#"{"editor.fontSize": 12}"#),
        ("build.yaml", "on: push\njobs:\n  test:\n    steps: []\n"),
        ("list.yml", "- a\n- b\n"),
        ("words.json", "no JSON at all"),
    ] {
        let error = interchange::read(text.as_bytes(), Some(Path::new(name))).unwrap_err();
        assert!(matches!(error, Error::Unknown | Error::Broken { .. }), "{name}: {error}");
        assert!(!error.to_string().contains("holds nothing"), "{name}: {error}");
    }
    let empty = interchange::read(b"cv: {}\n", Some(Path::new("a.yaml")));
    assert!(matches!(empty, Err(Error::Nothing { .. })));
}

/// A ZIP file of these files.
fn zipped(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(name, options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn hostile_files_are_refused_at_once() {
    const M: usize = 1 << 20;
    let cv = |rest: &str| format!("cv:\n  name: A\n  sections:\n{rest}").into_bytes();
    let json = |rest: &str| format!("{{\"basics\": {{\"name\": \"A\"}}, {rest}").into_bytes();
    let laughs: String = (1..12)
        .map(|i| format!("l{i}: &l{i} [{}]\n", vec![format!("*l{}", i - 1); 10].join(", ")))
        .collect();
    let table = |name: &str, bytes: Vec<u8>| (name.to_owned(), bytes);
    let positions = || table("Positions.csv", b"Company Name,Title\nA,B\n".to_vec());
    let skills = || table("Skills.csv", b"Name\nA\n".to_vec());
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 1 });
    for (what, bytes, refused) in [
        ("brackets in JSON", json(&format!("\"work\": {}", "[".repeat(M))), true),
        ("braces in YAML", cv(&format!("    a: {}", "[{a: ".repeat(M / 4))), true),
        ("dashes in YAML", cv(&format!("    a:\n      {}x", "- ".repeat(M))), true),
        (
            "a deep indent",
            cv(&(2..900).map(|i| format!("{}a:\n", " ".repeat(2 * i))).collect::<String>()),
            true,
        ),
        (
            "aliases",
            [
                b"l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_vec(),
                laughs.into_bytes(),
                cv("    a: *l11"),
            ]
            .concat(),
            true,
        ),
        (
            "a long copied text",
            [
                format!("a: &a {}\nb: [{}]\n", "x".repeat(M), "*a, ".repeat(M / 8)).into_bytes(),
                cv(""),
            ]
            .concat(),
            true,
        ),
        ("ten million numbers", json(&format!("\"work\": [{}", "1,".repeat(10 * M))), true),
        ("thirty megabytes of text", json(&format!("\"x\": \"{}\"}}", "a ".repeat(15 * M))), false),
        (
            "thirty megabytes of escapes",
            json(&format!("\"x\": \"{}", "\\u0041".repeat(5 * M))),
            true,
        ),
        (
            "two megabytes of marks",
            cv(&format!("    a:\n    - {}", "*_#emph[$".repeat(M / 6))),
            false,
        ),
        (
            "two megabytes of bullets",
            cv(&format!("    a:\n    - |-\n{}", "      - a\n".repeat(M / 6))),
            false,
        ),
        ("thirty megabytes of YAML", cv(&format!("    a:\n    - {}", "a ".repeat(15 * M))), true),
        ("more than fits", vec![b' '; 33 * M], true),
        (
            "a ZIP bomb",
            zipped([positions(), skills(), table("Connections.csv", vec![b'0'; 100 * M])]),
            true,
        ),
        (
            "a wide ZIP bomb",
            zipped(
                [positions(), skills()]
                    .into_iter()
                    .chain((0..40).map(|i| table(&format!("{i}.csv"), vec![b'\n'; M]))),
            ),
            true,
        ),
        (
            "many files",
            zipped(
                [positions(), skills()]
                    .into_iter()
                    .chain((0..8000).map(|i| table(&format!("{i}.html"), vec![]))),
            ),
            true,
        ),
        (
            "a million authors",
            format!("@article{{a, title={{T}}, author={{{}}}}}", ["A B"; 3 * M].join(" and "))
                .into(),
            false,
        ),
        (
            "marks in a title",
            format!("@misc{{a, title={{{}}}}}", "$x_2$ ".repeat(4 * M)).into(),
            false,
        ),
        (
            "marks in many titles",
            format!("@misc{{a, title={{{}}}}}\n", "$x_2$ ".repeat(9_000)).repeat(400).into(),
            true,
        ),
        ("millions of entries", "@a{b,c={d}}".repeat(2 * M).into(), true),
        (
            "an entry of millions of fields",
            format!("@a{{b,{}}}", "c=1,".repeat(7 * M)).into(),
            true,
        ),
        ("a ZIP file cut short", zipped([positions(), skills()]).split_at(80).0.to_vec(), true),
    ] {
        let start = Instant::now();
        let read = interchange::read(&bytes, Some(Path::new("x.yaml")));
        let time = start.elapsed();
        assert_eq!(read.is_err(), refused, "{what}: {:?}", read.err());
        assert!(time < limit, "{what}: {time:?}");
    }
    assert_eq!(interchange::read(b"{}", None).err(), Some(Error::Unknown));
    assert!(matches!(interchange::read(b"cv:\n", None), Err(Error::Nothing { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pieces of real files in any order, and bytes that are nothing at all.
    #[test]
    fn reading_never_panics(
        pieces in vec(select(pieces()), 0..40),
        bytes in vec(any::<u8>(), 0..60),
        at in any::<prop::sample::Index>(),
    ) {
        let mut input = pieces.concat();
        input.splice(at.index(input.len() + 1)..at.index(input.len() + 1), bytes);
        for source in SOURCES {
            drop((source.read)(&input, &Alone));
        }
    }
}

fn pieces() -> Vec<Vec<u8>> {
    let texts = "{ } [ ] , : \" \n - | > & * ! # ~ null cv: basics work education sections highlights name company \
        position start_date 2020-09 {\"cv\": {\"basics\": {\"work\": [ \"meta\": {\"vitae\": {\"sections\": \
        @article{a, @string{b= @xdata{c, crossref=a xdata=c,a title={ author=\" and\u{20}others \\' {\\\"o} \\textbf{ $_{ ^2 month=jan \
        family given DOI issued date-parts \
        {\"kind\":\"Text\",\"count\":\"9\"} **a** $x$ #emph[a] [a](b) \\u \\ud83d /* // &a *a << PK\u{3}\u{4}";
    let mut pieces: Vec<_> = texts.split(' ').map(|piece| piece.as_bytes().to_vec()).collect();
    pieces.extend([
        b" ".to_vec(),
        b"\n  ".to_vec(),
        b"\n    - ".to_vec(),
        b"cv:\n  sections:\n    a:\n    - ".to_vec(),
    ]);
    pieces.push(zipped([
        ("Positions.csv".to_owned(), b"Title\nA\n".to_vec()),
        ("Skills.csv".to_owned(), vec![]),
    ]));
    pieces
}

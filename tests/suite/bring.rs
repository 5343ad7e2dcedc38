//! How well CVs come in: `tests/golden/bring/CV/truth.cv.ron` says what the documents beside it
//! hold, which people could have written, and Vitae's own exports of it are read back, too. What
//! was found is counted against the truth in `docs/reading-cvs.md`, which `UPDATE=1 cargo test
//! --test suite bring::` writes anew. With `SHOW=1` it tells what was not as it should be.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use serde_json::Value;
use std::{collections::BTreeMap, env, fs, path::Path};
use vitae::{
    export::{self, Format, Order, Output},
    interchange::{self, Alone, Import, outline::Outline},
    look::Look,
    profile::Profile,
    section::SectionKind,
    store::{Document, new_text},
    theme::Theme,
    typeset::{Source, Typesetter, usual_heading},
    value::{date::Dates, locale::Locale, rich::Rich},
};

/// What is counted, in the order of the table: how it is called, and the least share of it, in
/// percent, that must come in right over all documents.
const ROWS: &[(&str, u32)] = &[
    ("name", 95),
    ("e-mail", 95),
    ("telephone and links", 85),
    ("sections", 90),
    ("sections with as many entries", 80),
    ("organisation", 80),
    ("role", 80),
    ("school", 85),
    ("degree", 85),
    ("dates", 90),
    ("places", 80),
    ("title of a paper", 85),
    ("authors", 80),
    ("venue", 65),
    ("bullets", 90),
    ("other fields", 70),
];

/// Right and all, by row and by kind of document.
type Counts = BTreeMap<(&'static str, String), (u32, u32)>;

/// The documents of one truth: what kind each is of, its name and its bytes.
fn documents(folder: &Path, truth: &Profile) -> Vec<(String, String, Vec<u8>)> {
    let mut documents = vec![];
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name != "truth.cv.ron" {
            let kind = file.extension().unwrap().to_string_lossy().into_owned();
            documents.push((kind, name, fs::read(&file).unwrap()));
        }
    }
    let mut typesetter = Typesetter::new(Source::Embedded);
    let mut write = |ending: &str, theme: &str| {
        let format = Format::ending_in(ending).unwrap();
        let top = Look { theme: theme.to_owned(), ..Look::default() };
        let output = Output { format, inside: None };
        let order =
            Order { output, variant: None, top: &top, photo: None, whole: "", anyway: true };
        export::file(&mut typesetter, truth, &order).bytes.unwrap()
    };
    for ending in ["docx", "html", "md", "txt"] {
        let bytes = write(ending, "classic");
        documents.push((ending.to_owned(), format!("own.{ending}"), bytes));
    }
    for theme in Theme::names() {
        documents.push(("pdf".to_owned(), format!("{theme}.pdf"), write("pdf", theme)));
    }
    documents
}

/// A text as it is compared: without its look, in small letters, dashes and quotation marks alike.
fn plain(text: &str) -> String {
    let text: String = Rich::parse(text)
        .to_plain()
        .chars()
        .map(|c| match c {
            '‐'..='―' | '−' => '-',
            '“' | '”' | '„' | '«' | '»' => '"',
            '’' | '‘' => '\'',
            c => c,
        })
        .collect();
    let text = text.replace("--", "-").to_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches([' ', '.', ',', ';', ':', '"']).to_owned()
}

fn text(value: &Value, field: &str) -> String {
    plain(value[field].as_str().unwrap_or_default())
}

fn texts(value: &Value, field: &str) -> Vec<String> {
    let list = value[field].as_array().into_iter().flatten();
    list.filter_map(|item| match item {
        Value::String(text) => Some(plain(text)),
        item => item.get("text").or_else(|| item.get("name"))?.as_str().map(plain),
    })
    .collect()
}

/// The sections of a profile: kind and entries.
fn sections(profile: &Value) -> Vec<(String, Vec<Value>)> {
    let list = profile["sections"].as_array().unwrap();
    let section = |section: &Value| {
        let (kind, section) = section.as_object().unwrap().iter().next().unwrap();
        (kind.clone(), section["entries"].as_array().cloned().unwrap_or_default())
    };
    list.iter().map(section).collect()
}

/// All words of an entry.
fn words(entry: &Value) -> Vec<String> {
    match entry {
        Value::String(text) => plain(text).split(' ').map(str::to_owned).collect(),
        Value::Array(list) => list.iter().flat_map(words).collect(),
        Value::Object(fields) => fields.values().flat_map(words).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => vec![],
    }
}

/// The entry of `found` that has most of the words of `entry`, which is taken out of it.
fn partner(entry: &Value, found: &mut Vec<Value>) -> Value {
    let wanted = words(entry);
    let score = |other: &Value| {
        let other = words(other);
        wanted.iter().filter(|w| other.contains(w)).count()
    };
    // The first of several that are as good.
    let best = (0..found.len()).rev().max_by_key(|i| score(&found[*i]));
    match best.filter(|i| score(&found[*i]) > 0) {
        Some(best) => found.remove(best),
        None => Value::Null,
    }
}

/// Which row a field of a kind of section is counted in.
fn row(kind: &str, field: &str) -> &'static str {
    match (kind, field) {
        ("Experience", "organization") => "organisation",
        ("Experience", "role") => "role",
        ("Education", "institution") => "school",
        ("Education", "degree") => "degree",
        (_, "date") => "dates",
        (_, "place") => "places",
        ("Publications", "title") => "title of a paper",
        ("Publications", "venue") => "venue",
        _ => "other fields",
    }
}

struct Score<'c> {
    counts: &'c mut Counts,
    kind: &'c str,
    document: String,
}

impl Score<'_> {
    fn count(&mut self, row: &'static str, wanted: &str, found: &str, right: bool) {
        let (good, all) = self.counts.entry((row, self.kind.to_owned())).or_default();
        *all += 1;
        *good += u32::from(right);
        if !right && env::var_os("SHOW").is_some() {
            eprintln!("{}: {row}: `{wanted}`, but found `{found}`", self.document);
        }
    }

    fn same(&mut self, row: &'static str, wanted: &str, found: &str) {
        self.count(row, wanted, found, wanted == found);
    }

    /// Times say the same however they are written.
    fn time(&mut self, row: &'static str, wanted: &str, found: &str) {
        let says = |text: &str| Dates::parse(text).map(|dates| (dates.span, dates.expected));
        let same = wanted == found || says(wanted).is_some() && says(wanted) == says(found);
        self.count(row, wanted, found, same);
    }

    fn all_of(&mut self, row: &'static str, wanted: &[String], found: &[String]) {
        for text in wanted {
            let near = found.iter().find(|f| *f == text);
            let other = found.join(" | ");
            self.count(row, text, near.map_or(&other, |f| f), near.is_some());
        }
    }

    fn profile(&mut self, truth: &Value, found: &Value) {
        let (person, other) = (&truth["person"], &found["person"]);
        self.same("name", &text(person, "name"), &text(other, "name"));
        self.all_of("e-mail", &texts(person, "emails"), &texts(other, "emails"));
        let address = |list: Vec<String>| -> Vec<String> {
            let bare = |text: String| {
                let text = text.trim_start_matches("https://").trim_start_matches("orcid:");
                text.trim_start_matches("orcid.org/")
                    .trim_start_matches("orcid")
                    .trim()
                    .trim_end_matches('/')
                    .to_owned()
            };
            list.into_iter().map(bare).collect()
        };
        for field in ["phones", "links"] {
            let (wanted, found) = (address(texts(person, field)), address(texts(other, field)));
            self.all_of("telephone and links", &wanted, &found);
        }
        let mut left = sections(found);
        for (kind, entries) in sections(truth) {
            let place = left.iter().position(|(other, _)| *other == kind);
            let kinds = left.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>().join(" ");
            self.count("sections", &kind, &kinds, place.is_some());
            let (_, mut found) = place.map(|place| left.remove(place)).unwrap_or_default();
            let (wanted, count) = (entries.len().to_string(), found.len().to_string());
            self.same(
                "sections with as many entries",
                &format!("{kind} {wanted}"),
                &format!("{kind} {count}"),
            );
            for entry in &entries {
                let other = partner(entry, &mut found);
                self.entry(&kind, entry, &other);
            }
        }
        for (kind, entries) in left {
            let count = entries.len();
            self.count("sections", "no more", &format!("{kind} with {count}"), false);
        }
    }

    fn entry(&mut self, kind: &str, entry: &Value, found: &Value) {
        for field in entry.as_object().unwrap().keys() {
            let row = row(kind, field);
            match field.as_str() {
                "bullets" => self.all_of("bullets", &texts(entry, field), &texts(found, field)),
                "authors" => {
                    // First names may be given in full in one and by their initials in another.
                    let families = |entry| -> Vec<String> {
                        let family = |name: String| {
                            let name = name.trim_matches(['†', '*', ' ']).to_owned();
                            name.rsplit(' ').next().unwrap_or_default().to_owned()
                        };
                        texts(entry, field).into_iter().map(family).collect()
                    };
                    let (wanted, found) = (families(entry).join(" "), families(found).join(" "));
                    self.same("authors", &wanted, &found);
                }
                "venue" => {
                    let wanted = text(entry, "venue");
                    let other = format!("{} {}", text(found, "venue"), text(found, "tag"));
                    self.count(row, &wanted, &other, other.contains(&wanted));
                }
                "date" => self.time(row, &text(entry, field), &text(found, field)),
                _ if entry[field].is_string() && !text(entry, field).is_empty() => {
                    self.same(row, &text(entry, field), &text(found, field));
                }
                _ => {}
            }
        }
    }
}

/// Each word of the lines of a document is in the profile or in the report of the import. Only
/// words that are nothing but marks of a CV may go: headings that the page says by itself, labels
/// of contacts, "and" between names.
fn lost_words(source: &interchange::Source, bytes: &[u8], import: &Import) -> Vec<String> {
    lost_of(&(source.outline.unwrap())(bytes, &Alone).unwrap(), import)
}

/// The same of the lines themselves.
pub(crate) fn lost_of(outline: &Outline, import: &Import) -> Vec<String> {
    const MARKS: &str = " and und et y e i in email orcid https http www mailto contatti contact \
        information details denotes ";
    // Labels of fields: what they say is said by the field.
    const LABELS: [&str; 10] = [
        "name",
        "advisor",
        "grade",
        "rank",
        "courses",
        "thesis",
        "email",
        "phone",
        "address",
        "title-of-document",
    ];
    let cues = include_str!("../../assets/import/cues.tsv");
    let cues = cues.lines().filter_map(|line| line.split_once('\t'));
    let labels: Vec<&str> = cues
        .filter(|(name, _)| LABELS.contains(name))
        .flat_map(|(_, words)| words.split(|c: char| !c.is_alphanumeric()))
        .collect();
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
        words.filter(|word| !word.is_empty()).collect()
    };
    let mut told = new_text(&import.profile).unwrap();
    for finding in &import.report.findings {
        told.push_str(&finding.message);
    }
    for language in Locale::codes() {
        for kind in SectionKind::ALL {
            told.push_str(&format!(" {} ", usual_heading(*kind, language)));
        }
    }
    // Words that a line's end cut in two come together again.
    let whole: String = words(&told).concat();
    let lines = outline.lines.iter().chain(&outline.furniture);
    lines
        .flat_map(|line| words(&line.text()))
        .filter(|word| !whole.contains(word.as_str()) && !labels.contains(&word.as_str()))
        .filter(|word| !MARKS.contains(&format!(" {word} ")))
        .collect()
}

/// The table of what came in, as it stands in the documentation.
fn table(counts: &Counts) -> String {
    let kinds = ["tex", "docx", "pdf", "html", "md", "txt"];
    let mut out = "| | LaTeX | Word | PDF | HTML | Markdown | text | all |\n|---|--:|--:|--:|--:|--:|--:|--:|\n".to_owned();
    for (row, _) in ROWS {
        out += &format!("| {row} |");
        for kind in kinds {
            let count = counts.get(&(*row, kind.to_owned()));
            let (good, all) = count.copied().unwrap_or_default();
            out += &format!(" {good}/{all} |");
        }
        let (good, all) = sum(counts, row);
        out += &format!(" {} % |\n", good * 100 / all.max(1));
    }
    out
}

fn sum(counts: &Counts, row: &str) -> (u32, u32) {
    let counts = counts.iter().filter(|((r, _), _)| *r == row);
    counts.fold((0, 0), |(good, all), (_, (g, a))| (good + g, all + a))
}

/// The documents on which the readers are tried keep their words on the whole way, too.
#[test]
fn no_word_of_what_readers_are_tried_on_is_lost() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/outline");
    let (mut cases, mut lost) = (0, vec![]);
    for case in fs::read_dir(folder).unwrap() {
        let case = case.unwrap().path();
        let files = fs::read_dir(&case).unwrap().map(|file| file.unwrap().path());
        for file in files.filter(|file| file.is_file() && !file.ends_with("outline.txt")) {
            let bytes = fs::read(&file).unwrap();
            let Ok((source, import)) = interchange::read(&bytes, Some(&file)) else {
                continue;
            };
            if source.outline.is_some() {
                let words = lost_words(source, &bytes, &import);
                if !words.is_empty() {
                    lost.push(format!("{}: {words:?}", file.display()));
                }
                cases += 1;
            }
        }
    }
    assert!(lost.is_empty(), "lost words:\n{}", lost.join("\n"));
    assert!(cases >= 20, "only {cases} documents");
}

#[test]
fn cvs_come_in_as_well_as_the_documentation_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut counts, mut lost) = (Counts::new(), vec![]);
    let mut folders: Vec<_> = fs::read_dir(root.join("tests/golden/bring"))
        .unwrap()
        .map(|folder| folder.unwrap().path())
        .collect();
    folders.sort();
    assert!(folders.len() >= 8, "only {} CVs", folders.len());
    for folder in &folders {
        let truth = Document::open(&folder.join("truth.cv.ron")).unwrap().profile;
        let cv = folder.file_name().unwrap().to_string_lossy().into_owned();
        let wanted = serde_json::to_value(&truth).unwrap();
        for (kind, name, bytes) in documents(folder, &truth) {
            let document = format!("{cv}/{name}");
            let path = folder.join(&name);
            let found = interchange::read(&bytes, Some(&path));
            if let Ok((source, import)) = &found {
                let words = lost_words(source, &bytes, import);
                if !words.is_empty() {
                    lost.push(format!("{document}: {words:?}"));
                }
            }
            let found = found
                .map(|(_, import)| import.profile)
                .unwrap_or_else(|error| panic!("{document}: {error}"));
            let found = serde_json::to_value(&found).unwrap();
            Score { counts: &mut counts, kind: &kind, document }.profile(&wanted, &found);
        }
    }
    if env::var_os("SHOW").is_some() {
        eprintln!("{}", table(&counts));
    }
    assert!(lost.is_empty(), "lost words:\n{}", lost.join("\n"));
    for (row, least) in ROWS {
        let (good, all) = sum(&counts, row);
        assert!(good * 100 >= all * least, "{row}: only {good} of {all} are right");
    }
    let path = root.join("docs/reading-cvs.md");
    let page = fs::read_to_string(&path).unwrap();
    let (head, rest) = page.split_once("<!-- table -->\n").unwrap();
    let (_, tail) = rest.split_once("<!-- end of table -->").unwrap();
    let new = format!("{head}<!-- table -->\n{}<!-- end of table -->{tail}", table(&counts));
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &new).unwrap();
    }
    assert!(new == page || env::var_os("UPDATE").is_some(), "the table is another:\n{new}");
}

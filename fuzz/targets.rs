//! What is done to bytes that nobody has looked at, a target for each door that they come in by.
//! `fuzz_targets` runs one of them for ever under libFuzzer; `tests/suite/mutate.rs` runs all of
//! them for a while without it.
//!
//! A target may refuse its bytes. It must not panic, and what it has understood can be saved and
//! opened again.

#![expect(clippy::panic, reason = "what is not as expected fails the test")]

use vitae::{
    compare::compare,
    export::{self, FORMATS, Order, Output, Write},
    interchange::{self, Alone, SOURCES, latex},
    look::{Look, PageLimit},
    profile::Profile,
    store::{Document, new_text, photo},
    typeset::{Source, Typesetter},
    value::photo::{Crop, prepare},
};

/// One door.
pub(crate) struct Target {
    /// What it is called, and its program in `fuzz_targets`.
    pub(crate) name: &'static str,
    /// What is done.
    pub(crate) run: fn(&[u8]),
    /// Where bytes lie that it understands, from the root of the repository, and how their files
    /// end.
    pub(crate) seeds: &'static [(&'static str, &'static str)],
    /// How many changed files a short run tries.
    pub(crate) usual: u32,
}

/// All of them.
pub(crate) const TARGETS: &[Target] = &[
    Target { name: "bibtex", run: |b| read("BibTeX", b), seeds: &[(IMPORT, "bib")], usual: 300 },
    Target { name: "csl", run: |b| read("CSL-JSON", b), seeds: &[(IMPORT, "json")], usual: 300 },
    Target { name: "docx", run: |b| read("Word", b), seeds: &[(OUTLINE, "docx")], usual: 100 },
    Target { name: "export", run: export, seeds: &[("tests/golden/checks", "ron")], usual: 60 },
    Target {
        name: "html",
        run: |b| read("HTML", b),
        seeds: &[(OUTLINE, "html"), ("tests/golden/bring", "html")],
        usual: 60,
    },
    Target {
        name: "json_resume",
        run: |b| read("JSON Resume", b),
        seeds: &[(IMPORT, "json")],
        usual: 300,
    },
    Target {
        name: "latex",
        run: |b| latex(b),
        seeds: &[(OUTLINE, "tex"), ("tests/golden/bring", "tex")],
        usual: 50,
    },
    Target {
        name: "linkedin",
        run: |b| read("LinkedIn archive", b),
        seeds: &[(IMPORT, "zip")],
        usual: 200,
    },
    Target {
        name: "markdown",
        run: |b| read("Markdown", b),
        seeds: &[(OUTLINE, "md"), ("tests/golden/bring", "md")],
        usual: 100,
    },
    Target { name: "pages", run: |b| read("PDF", b), seeds: &[(OUTLINE, "pdf")], usual: 40 },
    Target { name: "pdf", run: pdf, seeds: &[(OUTLINE, "pdf")], usual: 25 },
    Target { name: "photo", run: picture, seeds: &[("tests/golden/photo", "")], usual: 300 },
    Target { name: "plain", run: |b| read("text", b), seeds: &[(OUTLINE, "txt")], usual: 100 },
    Target {
        name: "reactive_resume",
        run: |b| read("Reactive Resume", b),
        seeds: &[(IMPORT, "json")],
        usual: 200,
    },
    Target {
        name: "rendercv",
        run: |b| read("RenderCV", b),
        seeds: &[(IMPORT, "yaml")],
        usual: 200,
    },
    Target { name: "ris", run: |b| read("RIS", b), seeds: &[(IMPORT, "ris")], usual: 300 },
    Target {
        name: "ron",
        run: ron,
        seeds: &[
            ("tests/golden/store", "ron"),
            ("tests/golden/checks", "ron"),
            ("profiles", "ron"),
        ],
        usual: 200,
    },
];

const IMPORT: &str = "tests/golden/import";
const OUTLINE: &str = "tests/golden/outline";

/// Runs the target of that name.
pub(crate) fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("it stands in the table").run)(bytes);
}

/// A file that is brought in as the format `name`.
fn read(name: &str, bytes: &[u8]) {
    let source = SOURCES.iter().find(|source| source.name == name);
    let source = source.unwrap_or_else(|| panic!("there is no format {name}"));
    if let Ok(import) = (source.read)(bytes, &Alone) {
        saved(&import.profile);
    }
}

/// A CV in LaTeX, which takes itself in.
fn latex(bytes: &[u8]) {
    let beside = |_: &str| Some(bytes.to_vec());
    if let Ok(import) = (latex::SOURCE.read)(bytes, &beside) {
        saved(&import.profile);
    }
}

/// Anything that is called a PDF and begins like one, as if it had a profile inside.
fn pdf(bytes: &[u8]) {
    let whole = [b"%PDF-1.7\n", bytes].concat();
    if let Ok((_, import)) = interchange::read(&whole, Some(std::path::Path::new("cv.pdf"))) {
        saved(&import.profile);
    }
}

/// What came in is written and opened again, and says the same.
fn saved(profile: &Profile) {
    let text = new_text(profile).expect("what came in can be saved");
    let again = Document::from_text("saved", &text).expect("what was saved can be opened");
    same(profile, &again.profile);
}

/// A profile that went to a file and came back.
fn same(before: &Profile, after: &Profile) {
    assert!(before == after, "it says something else: {:#?}", compare(before, after));
}

/// A profile: what is read of it is written with everything else that stands in the file, and
/// opened again.
fn ron(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(document) = Document::from_text("fuzz", text) else { return };
    let Ok(written) = document.to_text() else { return };
    let again = Document::from_text("written", &written.text).expect("it can be opened again");
    same(&document.profile, &again.profile);
}

/// A picture, whole and in part, from a file and from inside a profile.
fn picture(bytes: &[u8]) {
    let part = Crop { x: 0.25, y: 0.25, w: 0.5, h: 0.5 };
    for crop in [None, Some(part)] {
        if let Ok(taken) = prepare(bytes, crop) {
            let inside = photo::inside(&taken);
            let again = photo::load(&inside, None).expect("what was taken can be read");
            assert!(again.is_some(), "what was taken is there");
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        drop(photo::load(&format!("data:image/jpeg;base64,{text}"), None));
    }
}

/// A profile in every format that it goes out in, one page of it at most.
fn export(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(Document { profile, .. }) = Document::from_text("fuzz", text) else { return };
    let top = Look { pages: Some(PageLimit::Any), ..Look::default() };
    for &format in FORMATS {
        // Setting grows with the words; what is long is the same again.
        if matches!(format.write, Write::Pages) && text.len() > 4096 {
            continue;
        }
        let output = Output { format, inside: None };
        let order =
            Order { output, variant: None, top: &top, photo: None, whole: text, anyway: true };
        let made = export::file(&mut Typesetter::new(Source::Embedded), &profile, &order);
        assert!(made.bytes.is_ok(), "{}: {:?}", format.name, made.bytes.err());
    }
}

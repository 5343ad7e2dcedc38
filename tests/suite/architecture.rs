//! Who may use whom, who may touch the outside world, and how every file begins: the invariants of
//! `ARCHITECTURE.md` that a compiler does not check within one crate.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

mod code;

use code::{find_code, is_under, sources};
use std::{collections::BTreeSet, fs, path::Path};

/// The modules and what they may use besides themselves. A longer name wins: `typeset::page` before
/// `typeset`.
///
/// A name in the second column opens what lies under it, too.
const MAY_USE: &[(&str, &[&str])] = &[
    // The words that a profile is made of.
    ("at", &[]),
    ("finding", &["at"]),
    ("value", &["finding"]),
    ("block", &["at", "value"]),
    // A field may be a list of parts, and a part is a record with fields.
    ("field", &["at", "value", "section::Part"]),
    ("section", &["at", "value", "block", "field"]),
    // The profile.
    ("person", &["at", "value", "field"]),
    ("look", &["value", "field"]),
    ("variant", &["value", "look", "field"]),
    ("profile", &["at", "value", "field", "section", "person", "look", "variant"]),
    ("theme", &["at", "finding", "value", "look", "variant", "profile"]),
    // What is done with it.
    ("compare", &["at", "value", "field", "section", "look", "variant", "profile"]),
    ("store", &["at", "finding", "value", "profile", "compare", "spelling"]),
    (
        "typeset",
        &[
            "at", "finding", "value", "block", "field", "section", "person", "look", "variant",
            "profile",
        ],
    ),
    ("typeset::page", &["at", "finding"]),
    // What the page and the formats without one say about themselves is the same.
    ("reflow", &["value", "typeset::manuscript", "typeset::page", "pdf::Metadata"]),
    // What the page itself says, other formats say, too.
    ("typeset::words", &["section", "value"]),
    (
        "check",
        &["at", "finding", "value", "field", "section", "person", "look", "variant", "profile"],
    ),
    ("spelling", &["at", "value", "field", "section", "profile"]),
    ("pdf", &["typeset::page"]),
    ("raster", &[]),
    (
        "fit_plan",
        &["at", "value", "section", "look", "variant", "profile", "theme", "slot", "typeset"],
    ),
    (
        "export",
        &[
            "at",
            "finding",
            "value",
            "look",
            "variant",
            "profile",
            "theme",
            "store",
            "typeset",
            "check",
            "pdf",
            "reflow",
            "section",
            "interchange",
        ],
    ),
    (
        "cli",
        &[
            "at",
            "finding",
            "value",
            "look",
            "variant",
            "profile",
            "theme",
            "store",
            "typeset",
            "pdf",
            "raster",
            "export",
            "sample",
            "interchange",
            "fit_plan",
            "spelling",
        ],
    ),
    ("slot", &["at", "value", "field", "section", "variant", "profile"]),
    ("sample", &[]),
    (
        "interchange",
        &[
            "at",
            "finding",
            "value",
            "field",
            "section",
            "person",
            "look",
            "variant",
            "profile",
            "compare",
            // What a person says of a document is put where an address leads.
            "slot",
            // A PDF may hold a file of the program's own.
            "store::Document",
            "store::MIME",
            "pdf::attached",
            "typeset::words",
        ],
    ),
    (
        "app",
        &[
            "at",
            "finding",
            "value",
            "field",
            "section",
            "person",
            "look",
            "variant",
            "profile",
            "slot",
            "sample",
            "theme",
            "compare",
            "store",
            "typeset",
            "export",
            "interchange",
            "fit_plan",
            "spelling",
        ],
    ),
    (
        "app::preview",
        &[
            "at", "finding", "value", "look", "profile", "theme", "typeset", "pdf", "raster",
            "export",
        ],
    ),
    (
        "ui",
        &[
            "at",
            "finding",
            "value",
            "field",
            "section",
            "look",
            "variant",
            "profile",
            "slot",
            "sample",
            "theme",
            "compare",
            "store",
            "typeset",
            "app",
            // What can be exported, as a list to choose from.
            "export::Output",
            "interchange",
            "fit_plan",
            "spelling",
        ],
    ),
    // Read by build.rs as well, which has nothing else of the program.
    ("cli::args", &[]),
    ("lib", &[]),
    ("main", &["cli"]),
    ("bin", &["cli"]),
];

/// Crates and parts of `std` that only some modules may name, and why.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("printpdf", &["pdf"], "the page does not know what it is written as"),
    ("lopdf", &["pdf"], "the page does not know what it is written as"),
    ("subsetter", &["pdf"], "the page does not know what it is written as"),
    (
        "flate2",
        &["pdf", "typeset::fonts", "spelling::english", "interchange::pdf_text"],
        "the page does not know what it is written as; of the fonts one comes packed, and so do \
         stems; what is read from a PDF is measured first",
    ),
    ("eframe", &["ui", "app::preview"], "what is done can be tested without a window"),
    (
        "hayro",
        &["raster", "interchange::pdf_text"],
        "pixels are made in one place, and pages are read in another",
    ),
    ("hayro_font", &["interchange::pdf_text"], "only the reader of pages asks which font it is"),
    ("quick_xml", &["interchange::docx", "interchange::xml"], "XML is a foreign format"),
    ("parley", &["typeset"], "only the typesetter shapes text"),
    ("fontique", &["typeset"], "only the typesetter looks for fonts"),
    ("hypher", &["typeset"], "only the typesetter breaks lines"),
    (
        "skrifa",
        &["typeset", "pdf"],
        "fonts are read where they are chosen and where they are embedded",
    ),
    (
        "image",
        &["value", "raster"],
        "a picture from outside is unpacked in one place, with limits, and the page becomes one in another",
    ),
    (
        "base64",
        &["store", "reflow::html", "reflow::homepage"],
        "files are read in one place; only pages of the web hold their pictures as text",
    ),
    ("spellbook", &["spelling"], "words are looked up in one place"),
    ("encoding_rs", &["spelling"], "only old dictionaries are not in UTF-8"),
    ("zip", &["interchange", "reflow"], "only foreign formats come in packages"),
    ("saphyr_parser", &["interchange::yaml"], "YAML is a foreign format"),
    ("csv", &["interchange::linkedin"], "tables are a foreign format"),
    (
        "kurbo",
        &["typeset", "pdf", "raster", "interchange::pdf_text"],
        "shapes are data of the page",
    ),
    (
        "ron",
        &["store", "theme", "value"],
        "files are read in one place, data of the program beside their types",
    ),
    ("clap", &["cli"], "the library has no command line"),
    (
        "serde_json",
        &["cli", "interchange"],
        "JSON is a way to print or a foreign format, not a way to think",
    ),
    (
        "std::fs",
        &["store", "cli::console"],
        "core code takes values and returns values; the screen of a console of Windows is a file",
    ),
    (
        "std::process",
        &["cli", "store::atomic", "store::own", "store::claim", "ui::system"],
        "a library does not end the program; what is being written bears the number of its process",
    ),
    ("directories", &["store::folders"], "core code must not know whose machine it runs on"),
    ("std::time", &["store", "app", "ui", "cli::hold"], "the same profile must give the same PDF"),
    (
        "std::env",
        &["main", "bin", "ui::system", "store::dictionaries"],
        "core code must not know whose machine it runs on; the window asks the system in one place, \
         and dictionaries lie where the system says",
    ),
    (
        "rfd",
        &["ui::native"],
        "the system's dialogs are asked in one place, which never trusts them",
    ),
    ("std::net", &[], "everything is local"),
    (
        "std::thread",
        &[
            "app",
            "ui::native",
            "ui::system",
            "store::claim",
            "store::held",
            "interchange::pdf_text",
        ],
        "core code does one thing at a time; another window or program is waited for; pages need a \
         deep stack",
    ),
];

/// Paths that change what is on a disk, which only [`WRITERS`] may name.
const WRITING_PATHS: &[&str] = &[
    "fs::write",
    "fs::rename",
    "fs::remove_file",
    "fs::remove_dir",
    "fs::remove_dir_all",
    "fs::create_dir",
    "fs::create_dir_all",
    "DirBuilder::new",
    "fs::copy",
    "fs::hard_link",
    "fs::set_permissions",
    "File::create",
    "File::create_new",
];

/// Methods that do so.
const WRITING_METHODS: &[&str] = &["create_new", "set_len", "sync_all"];

/// What may change a disk: the one makes documents, the other keeps and removes the program's own
/// files.
const WRITERS: &[&str] = &["store::atomic", "store::own", "store::claim"];

#[test]
fn modules_use_only_what_lies_below_them() {
    let mut wrong = vec![];
    let mut met = BTreeSet::new();
    for file in sources() {
        let (me, allowed) = rule(MAY_USE, &file.module)
            .unwrap_or_else(|| panic!("`{}` has no line in MAY_USE", file.module));
        met.insert(me);
        for used in file.own_paths() {
            let own = is_under(used, me) || is_under(me, used);
            // `crate::at!` and the like have no rule: only modules do.
            let known = rule(MAY_USE, used).is_some();
            if known && !own && !allowed.iter().any(|above| is_under(used, above)) {
                wrong.push(format!("{}: `{me}` must not use `{used}`", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(met.len() > 20, "only {} modules found", met.len());
    let unused: Vec<_> = MAY_USE.iter().filter(|(me, _)| !met.contains(me)).collect();
    assert!(unused.is_empty(), "lines for modules that are not there: {unused:?}");
}

#[test]
fn crates_and_the_outside_world_have_one_door() {
    let mut wrong = vec![];
    for file in sources() {
        for (name, homes, why) in ONLY_IN {
            if file.names(name) && !homes.iter().any(|home| is_under(&file.module, home)) {
                wrong.push(format!("{}: must not name `{name}`: {why}", file.path.display()));
            }
        }
        let paths = WRITING_PATHS.iter().filter(|path| file.names_end(path));
        let methods = WRITING_METHODS.iter().filter(|method| file.methods.contains(**method));
        for call in paths.chain(methods) {
            if !WRITERS.contains(&file.module.as_str()) {
                wrong.push(format!("{}: only {WRITERS:?} may call `{call}`", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn files_say_what_they_hold_and_stay_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("build.rs")];
    for folder in ["src", "tests", "benches", "examples", "fuzz"] {
        find_code(&root.join(folder), &mut files);
    }
    let mut wrong = vec![];
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(root).unwrap().display();
        if !text.starts_with("//! ") {
            wrong.push(format!("{name}: begins with no `//!` sentence that says what lives there"));
        }
        let lines = text.lines().count();
        if lines > 800 {
            wrong.push(format!("{name}: {lines} lines, at most 800"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(files.len() > 50, "only {} files found", files.len());
}

/// The line of the longest module name that `module` lies under.
fn rule<'r>(
    rules: &'r [(&'r str, &'r [&'r str])],
    module: &str,
) -> Option<(&'r str, &'r [&'r str])> {
    rules
        .iter()
        .copied()
        .filter(|(name, _)| is_under(module, name))
        .max_by_key(|(name, _)| name.len())
}

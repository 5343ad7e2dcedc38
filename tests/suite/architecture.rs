//! Who may use whom, who may touch the outside world, and how every file begins: the invariants of `ARCHITECTURE.md`
//! that a compiler does not check within one crate.

#![expect(
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The modules and what they may use besides themselves. A longer name wins: `typeset::page` before `typeset`.
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
    ("variant", &["look", "field"]),
    ("profile", &["at", "value", "field", "section", "person", "look", "variant"]),
    ("theme", &["at", "finding", "value", "look", "variant", "profile"]),
    // What is done with it.
    ("compare", &["at", "value", "field", "section", "look", "variant", "profile"]),
    ("store", &["at", "finding", "value", "profile", "compare"]),
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
    ("typeset::words", &["value"]),
    (
        "check",
        &["at", "finding", "value", "field", "section", "person", "look", "variant", "profile"],
    ),
    ("pdf", &["typeset::page"]),
    ("raster", &[]),
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
        ],
    ),
    // Read by build.rs as well, which has nothing else of the program.
    ("cli::args", &[]),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// Crates and parts of `std` that only some modules may name, and why.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("printpdf", &["pdf"], "the page does not know what it is written as"),
    ("lopdf", &["pdf"], "the page does not know what it is written as"),
    ("subsetter", &["pdf"], "the page does not know what it is written as"),
    (
        "flate2",
        &["pdf", "typeset::fonts"],
        "the page does not know what it is written as; of the fonts one comes packed",
    ),
    ("eframe", &["ui", "app::preview"], "what is done can be tested without a window"),
    ("hayro", &["raster"], "pixels are made in one place"),
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
        &["store", "reflow::html"],
        "files are read in one place; only a page of HTML holds its pictures as text",
    ),
    ("zip", &["interchange", "reflow"], "only foreign formats come in packages"),
    ("saphyr_parser", &["interchange::yaml"], "YAML is a foreign format"),
    ("csv", &["interchange::linkedin"], "tables are a foreign format"),
    ("kurbo", &["typeset", "pdf", "raster"], "shapes are data of the page"),
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
    ("std::fs", &["store"], "core code takes values and returns values"),
    (
        "std::process",
        &["cli", "store::atomic", "store::own", "store::claim", "ui::system"],
        "a library does not end the program; what is being written bears the number of its process",
    ),
    ("directories", &["store::folders"], "core code must not know whose machine it runs on"),
    ("std::time", &["store", "app", "ui"], "the same profile must give the same PDF"),
    (
        "std::env",
        &["main", "ui::system"],
        "core code must not know whose machine it runs on; the window asks the system in one place",
    ),
    ("rfd", &["ui::native"], "the system's chooser is asked in one place, which never trusts it"),
    ("std::net", &[], "everything is local"),
    (
        "std::thread",
        &["app", "ui::native", "ui::system", "store::claim"],
        "core code does one thing at a time; another window is waited for",
    ),
];

/// Calls that change what is on a disk, which only [`WRITERS`] may make.
const WRITES: &[&str] = &[
    "fs::write",
    "fs::rename",
    "fs::remove_file",
    "fs::remove_dir",
    "fs::create_dir",
    "DirBuilder",
    "fs::copy",
    "fs::hard_link",
    "fs::set_permissions",
    "File::create",
    ".create_new(",
    ".set_len(",
    ".sync_all(",
];

/// What may change a disk: the one makes documents, the other keeps and removes the program's own files.
const WRITERS: &[&str] = &["store::atomic", "store::own", "store::claim"];

/// A source file: its module, and its code without comments, texts and tests.
struct Source {
    path: PathBuf,
    module: String,
    text: String,
    code: String,
}

#[test]
fn modules_use_only_what_lies_below_them() {
    let mut wrong = vec![];
    let mut met = BTreeSet::new();
    for file in sources() {
        let (me, allowed) = rule(MAY_USE, &file.module)
            .unwrap_or_else(|| panic!("`{}` has no line in MAY_USE", file.module));
        met.insert(me);
        for used in paths_used(&file) {
            let own = is_under(&used, me) || is_under(me, &used);
            // `crate::at!` and the like have no rule: only modules do.
            let known = rule(MAY_USE, &used).is_some();
            if known && !own && !allowed.iter().any(|a| is_under(&used, a)) {
                wrong.push(format!("{}: `{me}` must not use `{used}`", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let unused: Vec<_> = MAY_USE.iter().filter(|(me, _)| !met.contains(me)).collect();
    assert!(unused.is_empty(), "lines for modules that are not there: {unused:?}");
}

#[test]
fn crates_and_the_outside_world_have_one_door() {
    let mut wrong = vec![];
    for file in sources() {
        for (name, homes, why) in ONLY_IN {
            if names(&file.code, name) && !homes.iter().any(|home| is_under(&file.module, home)) {
                wrong.push(format!("{}: must not name `{name}`: {why}", file.path.display()));
            }
        }
        for call in WRITES {
            if file.code.contains(call) && !WRITERS.contains(&file.module.as_str()) {
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
        walk(&root.join(folder), &mut files);
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

#[test]
fn the_readers_of_code_used_here_see_what_they_should() {
    let file = |code: &str| Source {
        path: PathBuf::new(),
        module: "typeset::fit".to_owned(),
        text: code.to_owned(),
        code: without_noise(code),
    };
    let check = |code: &str, expected: &[&str]| {
        let used: Vec<_> = paths_used(&file(code)).into_iter().collect();
        assert_eq!(used, expected, "{code}");
    };
    check("use crate::at::At;", &["at::At"]);
    check(
        "use crate::{at::{self, At}, value::rich::Rich};",
        &["at::At", "at::self", "value::rich::Rich"],
    );
    check(
        "use crate::{\n    a::{b::{c, d}, e as f},\n    g,\n};",
        &["a::b::c", "a::b::d", "a::e", "g"],
    );
    check("fn f() -> crate::pdf::Error { crate::cli::run() }", &["cli::run", "pdf::Error"]);
    check("use super::{super::pdf, measure::X};", &["pdf", "typeset::measure::X"]);
    check("// crate::a\n/* crate::b */ \"crate::c\" r#\"crate::d\"#", &[]);
    check("x('\"'); crate::a::b(); \"\\\"\"", &["a::b"]);
    check("#[cfg(test)]\nmod tests { use crate::pdf; }", &[]);
    assert!(names("use lopdf::X;", "lopdf") && names("use lopdf as l;", "lopdf"));
    assert!(names("use std::{env, fs};", "std::fs") && names("std::fs::read(x)", "std::fs"));
    assert!(
        !names("use lopdf_too::X; let lopdf = 1;", "lopdf") && !names("use std::{env};", "std::fs")
    );
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

/// Whether a path is `above` or goes on from it.
fn is_under(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// All paths from the crate's root that a file names, its `super::` ones included.
fn paths_used(file: &Source) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in file.code.match_indices("crate::") {
        if !file.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            tree(&file.code[at + "crate::".len()..], "", &mut used);
        }
    }
    let mut read = 0;
    for (at, _) in file.code.match_indices("super::") {
        // A `super::` inside a tree has been read with the tree.
        let inner =
            at < read || file.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':');
        if !inner {
            let rest = tree(&file.code[at..], &format!("{}::", file.module), &mut used);
            read = file.code.len() - rest.len();
        }
    }
    used
}

/// Reads `a::b`, or `{a::b, c}` with trees in it, and adds the paths, each after `prefix`. Gives what follows.
fn tree<'c>(code: &'c str, prefix: &str, out: &mut BTreeSet<String>) -> &'c str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        loop {
            rest = tree(rest, prefix, out).trim_start();
            if let Some(renamed) = rest.strip_prefix("as ") {
                rest = renamed
                    .trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
                    .trim_start();
            }
            match rest.strip_prefix(',') {
                Some(next) if !next.trim_start().starts_with('}') => rest = next,
                _ => break,
            }
        }
        return rest.trim_start_matches(',').trim_start().strip_prefix('}').unwrap_or(rest);
    }
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    let (word, rest) = code.split_at(end);
    if let (Some(rest), false) = (rest.strip_prefix("::"), word.is_empty()) {
        let inner = if word == "super" {
            let outer = prefix.trim_end_matches("::").rsplit_once("::");
            outer.map_or(String::new(), |(outer, _)| format!("{outer}::"))
        } else {
            format!("{prefix}{word}::")
        };
        return tree(rest, &inner, out);
    }
    if !word.is_empty() {
        out.insert(format!("{prefix}{word}"));
    }
    rest
}

/// Whether the code names a crate (`lopdf`) or a module of `std` (`std::fs`), alone or in a list of uses.
fn names(code: &str, name: &str) -> bool {
    let (root, inner) = name.split_once("::").map_or((name, None), |(r, i)| (r, Some(i)));
    code.match_indices(root).any(|(at, _)| {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let rest = &code[at + root.len()..];
        if code[..at].ends_with(word) || code[..at].ends_with("::") || rest.starts_with(word) {
            return false;
        }
        let Some(rest) = rest.strip_prefix("::") else {
            return inner.is_none() && code[..at].trim_end().ends_with("use");
        };
        let mut used = BTreeSet::new();
        tree(rest, "", &mut used);
        inner.is_none_or(|inner| used.iter().any(|path| is_under(path, inner)))
    })
}

/// All files of `src`.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![];
    walk(&root, &mut files);
    // The tests of a module may use anything: `#[cfg(test)] mod tests;` lives in `tests.rs` and the folder `tests`.
    files.retain(|path| !path.iter().any(|name| name == "tests.rs" || name == "tests"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let short = path.strip_prefix(&root).unwrap().with_extension("");
        let steps: Vec<_> =
            short.iter().map(|s| s.to_string_lossy()).filter(|s| s != "mod").collect();
        Source { module: steps.join("::"), code: without_noise(&text), text, path: short }
    };
    let files: Vec<Source> = files.into_iter().map(read).collect();
    let by_name: BTreeMap<_, _> = files.iter().map(|f| (f.module.clone(), f.text.len())).collect();
    assert!(by_name.len() == files.len() && by_name.len() > 50, "{} files of code", by_name.len());
    files
}

/// Code without comments, texts, and what follows `#[cfg(test)]` (tests stand last in a file).
fn without_noise(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|end| end + 2)
        } else if rest.starts_with("'\"'") {
            Some(3)
        } else if rest.starts_with("'\\\"'") {
            Some(4)
        } else if c == '"' {
            Some(text_end(rest))
        } else if rest.starts_with("r\"") || rest.starts_with("r#") {
            let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
            let is_raw =
                rest[1 + hashes..].starts_with('"') && !code.ends_with(char::is_alphanumeric);
            let end = format!("\"{}", "#".repeat(hashes));
            let from = 2 + hashes;
            if is_raw { rest[from..].find(&end).map(|at| from + at + end.len()) } else { Some(0) }
        } else {
            Some(0)
        };
        match skipped {
            Some(0) => {
                code.push(c);
                rest = &rest[c.len_utf8()..];
            }
            Some(length) => rest = &rest[length..],
            None => break,
        }
    }
    code
}

/// Where a text that starts at the first byte ends.
fn text_end(code: &str) -> usize {
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    code.len()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    // Folders that do not exist yet hold nothing.
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // Built by cargo, or not code.
            let skip = ["target", "golden"].iter().any(|name| path.ends_with(name));
            if !skip {
                walk(&path, files);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

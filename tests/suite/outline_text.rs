//! CVs in Markdown, HTML and plain text as outlines: `tests/golden/outline/CASE/input.md`, `.html`
//! or `.txt` gives `outline.txt`. `UPDATE=1 cargo test --test suite outline_text::` writes the
//! answers anew.

#![expect(clippy::disallowed_methods, reason = "golden files are written anew on demand")]

use proptest::{collection::vec, prelude::*, sample::select};
use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use vitae::interchange::{markdown, outline::Outline, plain, web_page};

/// How long a hostile file may take; builds for tests are some ten times slower than those for use.
const PATIENCE: Duration = Duration::from_secs(20);

type Reader = fn(&str) -> Outline;

/// The readers, by the ending of their files.
const READERS: [(&str, Reader); 3] =
    [("md", markdown::outline), ("html", web_page::outline), ("txt", plain::outline)];

fn cases() -> Vec<(PathBuf, Reader)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/outline");
    let folders = fs::read_dir(folder).unwrap().map(|case| case.unwrap().path());
    let mut cases: Vec<_> = folders
        .flat_map(|case| READERS.map(|(ending, read)| (case.join(format!("input.{ending}")), read)))
        .filter(|(file, _)| file.exists())
        .collect();
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

#[test]
fn every_case_gives_its_outline() {
    let cases = cases();
    assert!(cases.len() >= 8, "only {} cases", cases.len());
    for (file, read) in cases {
        let found = read(&fs::read_to_string(&file).unwrap()).to_string();
        let answer = file.with_file_name("outline.txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&answer, &found).unwrap();
        }
        let expected = fs::read_to_string(&answer).unwrap_or_default();
        assert_eq!(found, expected, "{}", answer.display());
    }
}

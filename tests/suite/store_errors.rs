//! What is said about files that cannot be opened: one folder per mistake in `golden/store/errors`.
//! `UPDATE=1 cargo test --test suite store_errors::` writes the answers anew.

#![expect(
    clippy::disallowed_methods,
    reason = "answers are files of the repository, which git can bring back"
)]

use crate::store_profile::Profile;
use std::{env, fs, path::Path, time::Instant};
use vitae::store::{parse, ron_file};

#[test]
fn every_mistake_is_explained() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/store/errors");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let case = entry.unwrap().path();
        let input = fs::read_to_string(case.join("input.ron")).unwrap();
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        let said = match ron_file::open::<Profile>("cv.ron", &input) {
            Ok(opened) => panic!("{} was opened: {opened:?}", case.display()),
            Err(error) => format!("{error}\n"),
        };
        count += 1;
        if env::var_os("UPDATE").is_some() {
            fs::write(case.join("expected.txt"), &said).unwrap();
        } else if said != expected {
            wrong.push(format!("{}\n{said}", case.file_name().unwrap().display()));
        }
    }
    assert!(count > 40, "the cases were not found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_texts_end_at_once() {
    let start_of = |case: &str| case.chars().take(20).collect::<String>();
    let many = |what: &str, count: usize| what.repeat(count);
    let cases = [
        many("[", 100_000),
        many("(", 10_000_000),
        many("Some(", 1_000_000),
        many("{a:", 100_000),
        many("(a:", 100_000),
        many("(a(", 100_000),
        many("/*", 1_000_000),
        many("a /**/", 100_000),
        format!("({}", many("//\n", 300_000)),
        many(" ", 10_000_000),
        many("#", 1_000_000),
        format!("r{}", many("#", 1_000_000)),
        format!("(a: \"{}", many("\\n", 1_000_000)),
        format!("(a: {}", many("9", 10_000_000)),
        format!("({}", many("x: 1,", 300_000)),
        format!("({}", many("'", 100_000)),
        format!("[{}", many("'a", 100_000)),
        format!("[{}", many("r#\"", 100_000)),
        format!("[{}", many("Nothing,", 100_000)),
    ];
    for case in cases {
        let start = Instant::now();
        let opened = ron_file::open::<Profile>("x", &case);
        assert!(opened.is_err(), "{}", start_of(&case));
        // Linear work takes well under a second even unoptimised; anything else would take minutes.
        assert!(start.elapsed().as_secs() < 20, "{} took {:?}", start_of(&case), start.elapsed());
    }
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse::parse(&nested(parse::DEPTH)).is_ok());
    assert!(parse::parse(&nested(parse::DEPTH + 1)).is_err());
}

#[test]
fn many_unknown_things_are_kept_in_linear_time() {
    let fields: String = (0..20_000).map(|i| format!("field_{i}: [1, 2],\n")).collect();
    let text = format!("(format: 1, {fields})");
    let opened = ron_file::open::<Profile>("x", &text).unwrap();
    let written = ron_file::write(&opened.value, Some(&opened.source)).unwrap();
    assert_eq!(opened.findings.len(), 20_000);
    assert_eq!(written.text.matches("field_").count(), 20_000);
}

//! Bibliographies as a whole: nothing is lost in silence, and nothing takes the program down.

use super::*;
use crate::{store::new_text, value::rich::Rich};
use proptest::prelude::*;
use std::{fs, path::Path, time::Instant};

/// Fields whose words mean something and are not kept as words.
const READ: &[&str] = &[
    "month",
    "day",
    "selected",
    "archiveprefix",
    "eprinttype",
    "crossref",
    "xdata",
    "author+an",
    "type",
    "pubstate",
    "url",
    "doi",
    "journal",
    "volume",
    "edition",
    "eprint",
    "award_name",
    "series",
];

#[test]
fn every_word_of_a_file_is_in_the_profile_or_in_the_report() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/import/bibtex");
    let mut words = 0;
    for case in fs::read_dir(folder).unwrap() {
        let input = case.unwrap().path().join("input.bib");
        let bytes = fs::read(&input).unwrap();
        let import = read(&bytes).unwrap();
        let mut told = new_text(&import.profile).unwrap();
        for finding in &import.report.findings {
            told += &finding.message;
        }
        let told = told.to_lowercase();
        let text = decode(&bytes).0;
        for entry in &resolve::resolve(scan::scan(&text)).unwrap().entries {
            let Tree::Map(fields) = &entry.fields else { continue };
            for (name, value) in fields {
                if READ.contains(&name.to_lowercase().as_str()) {
                    continue;
                }
                value.left(name, &mut |way, raw| {
                    let plain = Rich::parse(&latex::to_markup(raw)).to_plain();
                    let is_part = char::is_alphabetic;
                    for word in plain
                        .split(|c| !is_part(c))
                        .filter(|w| w.len() > 1 && !["and", "others", "br"].contains(w))
                    {
                        words += 1;
                        // What has no place is told as it stands in the file.
                        let found = told.contains(&word.to_lowercase())
                            || told.contains(&raw.to_lowercase());
                        assert!(found, "{}: `{word}` of {way} is lost: {raw}", input.display());
                    }
                });
            }
        }
    }
    assert!(words > 500, "{words}");
}

#[test]
fn files_that_want_to_do_harm_end_soon() {
    let doubling: String =
        (1..60).map(|i| format!("@string{{a{i} = a{0} # a{0}}}\n", i - 1)).collect();
    let doubling = format!("@string{{a0 = {{0123456789}}}}\n{doubling}@misc{{k, title = a59}}");
    let chain: String = (0..3_000)
        .map(|i| {
            format!("@misc{{k{i}, title={{T}}, author={{A}}, crossref={{k{}}}}}\n", (i + 1) % 3_000)
        })
        .collect();
    let heavy = format!(
        "{}@proceedings{{p, title = {{{}}}}}",
        (0..5_000)
            .map(|i| format!("@misc{{k{i}, title={{T}}, crossref={{p}}}}\n"))
            .collect::<String>(),
        "x".repeat(1_000_000)
    );
    for (what, text, is_read) in [
        (
            "strings in a circle",
            "@string{a=b}@string{b=a}@misc{k, title={T}, note=a # b}".to_owned(),
            true,
        ),
        ("strings that double", doubling, false),
        ("crossref in a circle", chain, true),
        ("a heavy parent", heavy, false),
        (
            "braces",
            format!("@misc{{k, title={}T{}}}", "{".repeat(100_000), "}".repeat(100_000)),
            true,
        ),
        ("braces without end", format!("@misc{{k, title={}", "{".repeat(100_000)), true),
        ("many entries", "@a{b,c={d}}".repeat(100_001), false),
        ("many fields", format!("@a{{b{}}}", ",c=1".repeat(600_001)), false),
        (
            "many authors",
            format!("@misc{{k, author={{A}}, title={{{}}}}}", " and A".repeat(100_000)),
            true,
        ),
        ("one long word", format!("@misc{{k, title={{{}}}}}", "x".repeat(3_000_000)), true),
    ] {
        let clock = Instant::now();
        let result = read(text.as_bytes());
        assert_eq!(result.is_ok(), is_read, "{what}: {:?}", result.err());
        // Built without optimisation and beside other tests.
        assert!(clock.elapsed().as_secs() < 20, "{what}: {:?}", clock.elapsed());
    }
}

#[test]
fn only_bibliographies_look_like_one() {
    for (text, expected) in [
        ("@article{k, title={T}}", true),
        ("---\n---\n% c\n  @ARTICLE (k,\n title={T})", true),
        ("some words\n@string{a = {b}}", true),
        ("@inproceedings{key,\n", true),
        ("@article{\n  key,\n", true),
        ("{\"a\": \"\n@article{k, t={}}\"}", false),
        ("cv:\n  name: Ada\n", false),
        ("write to @ada {please}", false),
        ("@media print {\n  a { b: c }\n}", false),
        ("", false),
    ] {
        assert_eq!(fits(text.as_bytes()), expected, "{text}");
    }
    assert_eq!(read(b"").err(), Some(Error::Nothing { format: NAME }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        fits(&bytes);
        read(&bytes).ok();
    }

    #[test]
    fn no_pieces_of_bibliographies_do_harm(parts in prop::collection::vec(prop::sample::select(vec![
        "@article{k,", "@string{a = ", "@comment{", "title = ", "author = ", "note = ", "year = 20", "crossref = {k},",
        "{", "}", "\"", "#", ",", "=", "\n", "%", "\\", "\\'", "\\textbf{", "$", "^{", "\\dagger", "and ", " and ", "--",
        "a", "Wong, ", "é", "†", "*", "(", ")", "@", "`", "~", "\\url{", "pages = {1--2}", "month = jan # ", "<br>",
    ]), 0..40)) {
        let text: String = parts.concat();
        if let Ok(import) = read(text.as_bytes()) {
            new_text(&import.profile).unwrap();
        }
    }
}

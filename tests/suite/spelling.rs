//! Spelling of small profiles: `tests/golden/spelling/CASE.cv.ron` (or `CASE@ENGLISH.cv.ron`) gives
//! `CASE.txt`. `UPDATE=1 cargo test --test suite spelling::` writes the answers anew.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use crate::program::{folder, vitae};
use std::{collections::BTreeSet, env, fs, path::Path};
use vitae::{
    sample,
    spelling::{English, Language, Own, Speller},
    store::{Document, dictionaries},
    theme,
};

/// The words that may be misspelt, each with its place and what it may have been meant to be.
fn found(text: &str, english: English, folders: &[std::path::PathBuf]) -> String {
    let profile = Document::from_text("case", text).unwrap().profile;
    let style = theme::style(&profile, None, &vitae::look::Look::default()).0;
    let (language, lacking) = dictionaries::language(folders, &style.language);
    let mut speller = Speller::new(language, english);
    let mut out = lacking.map(|why| format!("{why}\n")).unwrap_or_default();
    for text in speller.check(&profile, &Own::of(&profile, &BTreeSet::new())) {
        for word in text.words {
            let source = text.source.get(word.range.clone()).unwrap();
            let suggestions = speller.suggest(&word.text).join(", ");
            out += &format!("{}: {source}: {suggestions}\n", text.at);
        }
    }
    out
}

#[test]
fn every_case_gives_its_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/spelling");
    let mut cases = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(case) = name.strip_suffix(".cv.ron") else {
            continue;
        };
        cases += 1;
        let english = match case.split_once('@') {
            Some((_, "american")) => English::American,
            Some((_, "british")) => English::British,
            _ => English::Any,
        };
        let found = found(&fs::read_to_string(&path).unwrap(), english, &[]);
        let answer = folder.join(format!("{case}.txt"));
        if env::var_os("UPDATE").is_some() {
            fs::write(&answer, &found).unwrap();
        }
        let expected = fs::read_to_string(&answer).unwrap_or_else(|e| panic!("{case}.txt: {e}"));
        assert_eq!(found, expected, "{case}");
    }
    assert!(cases >= 4, "only {cases} cases found");
}

/// Writes a small invented dictionary of German, in an old encoding.
fn dictionary(folder: &Path) {
    let bytes = |text: &str| text.chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<_>>();
    let rules = "SET ISO8859-1\nTRY enir\u{e4}\nSFX \u{e9} Y 1\nSFX \u{e9} 0 s .\n";
    let stems = "6\ndas\nist\nStra\u{df}e/\u{e9}\nB\u{e4}r\nlang\nsch\u{f6}n\n";
    fs::write(folder.join("de_DE.aff"), bytes(rules)).unwrap();
    fs::write(folder.join("de_DE.dic"), bytes(stems)).unwrap();
    // Patterns of hyphens are no dictionary.
    fs::write(folder.join("hyph_de_DE.dic"), "ISO8859-1\n").unwrap();
}

const GERMAN: &str = "Profile(person: (name: \"Jana Beispiel\", summary: \"Das ist Stra\u{df}es \
    B\u{e4}r, scho\u{308}n lnag. Deep learning\"), look: (language: \"de\"))";

#[test]
fn other_languages_are_read_from_the_system_and_english_stays_right() {
    let folder = tempfile::tempdir().unwrap();
    dictionary(folder.path());
    let folders = [folder.path().to_owned()];
    let found = found(GERMAN, English::Any, &folders);
    assert_eq!(found.lines().count(), 1, "{found}");
    assert!(found.starts_with("person.summary: lnag: lang, "), "{found}");
}

#[test]
fn without_a_dictionary_nothing_is_marked_and_that_is_said() {
    let found = found(GERMAN, English::Any, &[]);
    assert_eq!(found.lines().count(), 1, "{found}");
    assert!(found.contains("no dictionary for Deutsch"), "{found}");
}

#[test]
fn a_damaged_dictionary_is_told() {
    let folder = tempfile::tempdir().unwrap();
    dictionary(folder.path());
    fs::write(folder.path().join("de_DE.aff"), "SET ISCII-DEVANAGARI\n").unwrap();
    let found = found(GERMAN, English::Any, &[folder.path().to_owned()]);
    assert!(found.contains("`de_DE` cannot be used"), "{found}");
}

#[test]
fn samples_have_few_unknown_words() {
    let mut speller = Speller::new(Language::English, English::Any);
    for name in sample::names() {
        let profile = Document::from_text(name, sample::text(name).unwrap()).unwrap().profile;
        let found = speller.check(&profile, &Own::of(&profile, &BTreeSet::new()));
        let words: Vec<_> = found.iter().flat_map(|text| &text.words).map(|w| &w.text).collect();
        assert!(words.len() <= 3, "{name}: {words:?}");
    }
}

#[test]
fn added_words_are_right_in_any_case() {
    let added = BTreeSet::from(["Wugify".to_owned()]);
    let text = "Profile(person: (summary: \"Wugify, wugify, wugifies\"))";
    let profile = Document::from_text("x", text).unwrap().profile;
    let mut speller = Speller::new(Language::English, English::Any);
    let found = speller.check(&profile, &Own::of(&profile, &added));
    let words: Vec<_> = found.iter().flat_map(|text| &text.words).map(|w| &w.text).collect();
    assert_eq!(words, ["wugifies"]);
    // A word that is taken out again is looked up again.
    let found = speller.check(&profile, &Own::of(&profile, &BTreeSet::new()));
    assert_eq!(found.first().map(|text| text.words.len()), Some(3));
}

#[test]
fn the_command_line_tells_words_when_asked() {
    let text = "Profile(person: (name: \"A. Example\", summary: \"It was recieved\"))";
    let folder = folder(&[("a.cv.ron", text)]);
    let quiet = vitae(&folder, &["check", "a.cv.ron"]);
    assert!(quiet.status == 0 && !quiet.err.contains("recieved"), "{}", quiet.err);
    let told = vitae(&folder, &["check", "--spelling", "a.cv.ron"]);
    assert_eq!(told.status, 0);
    let line = "a.cv.ron:1:47: note: `recieved` may be misspelt";
    assert!(told.err.contains(line), "{}", told.err);
    assert!(told.err.contains("hint: did you mean `received`, "), "{}", told.err);
    let json = vitae(&folder, &["check", "--spelling", "--json", "a.cv.ron"]);
    let json: serde_json::Value = serde_json::from_slice(&json.out).unwrap();
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.iter().any(|f| f["code"] == "misspelling" && f["severity"] == "note"));
}

//! Profiles of other programs: `tests/golden/import/FORMAT/CASE/input.*` gives `profile.cv.ron` and `report.txt`, and
//! every word of the input is in one of the two. `UPDATE=1 cargo test --test import_profiles` writes the answers anew.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use std::{env, fs, path::Path};
use vitae::{
    finding::Finding,
    interchange::{self, Import, Tree, json},
    store::new_text,
    value::link::Link,
};

/// Whole files, and the least number of them for each format.
const FORMATS: &[(&str, &str, usize)] = &[("json-resume", "JSON Resume", 8)];

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

fn input(case: &Path) -> std::path::PathBuf {
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
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    let told = format!("{}{}", report(&import.report.findings), new_text(&import.profile).unwrap());
    // A network is known from its address.
    let networks: Vec<_> =
        import.profile.person.links.iter().map(|l| Link::parse(l).kind.name()).collect();
    let told = format!("{told}{}", networks.concat()).to_lowercase();
    source(&text).left("", &mut |way, text| {
        for word in words(text) {
            let word = word.to_lowercase();
            assert!(told.contains(&word), "{}: `{word}` of {way} is lost: {text}", case.display());
        }
    });
}

fn source(text: &str) -> Tree {
    json::read(text, "test").unwrap()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

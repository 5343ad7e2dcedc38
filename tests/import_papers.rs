//! Publications from other programs: `tests/golden/import/FORMAT/CASE/input.*` gives `profile.cv.ron` and `report.txt`.
//! `UPDATE=1 cargo test --test import_papers` writes the answers anew.

#![expect(clippy::disallowed_methods, reason = "golden files are written anew on demand")]

use std::{env, fs, path::Path};
use vitae::{finding::Finding, interchange, store::new_text};

/// Folders, formats, and the least number of cases for each.
const FORMATS: &[(&str, &str, usize)] = &[("bibtex", "BibTeX", 12), ("csl-json", "CSL-JSON", 3)];

#[test]
fn every_case_gives_its_profile_and_report() {
    for (folder, format, least) in FORMATS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/import").join(folder);
        let mut cases = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            let case = entry.unwrap().path();
            let files = fs::read_dir(&case).unwrap().map(|file| file.unwrap().path());
            let input = files.into_iter().find(|f| f.file_stem().is_some_and(|s| s == "input"));
            let bytes = fs::read(input.unwrap()).unwrap();
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
            cases += 1;
        }
        assert!(cases >= *least, "only {cases} cases of {format}");
    }
}

fn report(findings: &[Finding]) -> String {
    let line = |f: &Finding| format!("{}: {}: {}: {}\n", f.at, f.severity, f.code, f.message);
    findings.iter().map(line).collect()
}

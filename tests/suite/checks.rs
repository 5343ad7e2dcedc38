//! Every check on small profiles: `tests/golden/checks/CASE.cv.ron` (or `CASE@VARIANT.cv.ron`)
//! gives `CASE.txt`. `UPDATE=1 cargo test --test suite checks::` writes the answers anew.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use std::{collections::BTreeSet, env, fs, path::Path};
use vitae::{
    check::{self, Checked},
    finding::{Code, Finding},
    look::Look,
    store::Document,
    theme,
};

#[test]
fn every_case_gives_its_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/checks");
    let mut codes = BTreeSet::new();
    let mut cases = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(case) = name.strip_suffix(".cv.ron") else {
            continue;
        };
        cases += 1;
        let variant = case.split_once('@').map(|(_, variant)| variant);
        let findings = findings(&fs::read_to_string(&path).unwrap(), variant);
        let mut found = String::new();
        for f in &findings {
            speaks_plainly(f);
            codes.insert(f.code);
            found +=
                &format!("{}: {}: {}: {}\n    {}\n", f.at, f.severity, f.code, f.message, f.hint);
        }
        let answer = folder.join(format!("{case}.txt"));
        if env::var_os("UPDATE").is_some() {
            fs::write(&answer, &found).unwrap();
        }
        let expected = fs::read_to_string(&answer).unwrap_or_else(|e| panic!("{case}.txt: {e}"));
        assert_eq!(found, expected, "{case}");
    }
    assert!(cases >= 10, "only {cases} cases found");
    let written = Code::GROUPS.iter().find(|(title, _)| *title == "What is written in the profile");
    let expected: BTreeSet<Code> = written.unwrap().1.iter().copied().collect();
    assert_eq!(codes, expected, "codes with a case");
}

#[test]
fn the_table_of_findings_is_that_of_the_program() {
    let mut table = String::from(
        "# What Vitae says\n\n\
         Whatever is to be said about a profile has a code, which stays the same from one version \
         to the next. Programs read it in the output of `--json`. This page is made from the \
         program's own table by `UPDATE=1 cargo test --test suite checks::`.\n",
    );
    for (title, codes) in Code::GROUPS {
        table += &format!("\n## {title}\n\n| code | what it says |\n|---|---|\n");
        for code in *codes {
            table += &format!("| `{code}` | {} |\n", code.about());
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &table).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), table, "docs/findings.md");
    let all = Code::GROUPS.iter().flat_map(|(_, codes)| *codes);
    let names: Vec<&str> = all.map(|code| code.name()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "each name stands once");
}

fn findings(text: &str, variant: Option<&str>) -> Vec<Finding> {
    let document = Document::from_text("case", text).unwrap_or_else(|e| panic!("{e}"));
    let odd = document.findings.iter().find(|f| f.code != Code::DirectionMark);
    assert_eq!(odd, None, "a case is about checks, not about its file");
    let profile = &document.profile;
    let variant = variant.map(|name| profile.variant(name).unwrap());
    let (style, findings) = theme::style(profile, variant, &Look::default());
    assert_eq!(findings, [], "a case is about checks, not about its look");
    check::run(&Checked::new(profile, variant, &style))
}

/// The manner of all findings: lowercase start, no full stop, one line, a hint.
fn speaks_plainly(finding: &Finding) {
    let message = &finding.message;
    assert!(message.starts_with(|c: char| c.is_lowercase() || c == '`'), "{message}");
    assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
    assert!(
        !finding.hint.is_empty() && !finding.hint.ends_with('.'),
        "{message}: {}",
        finding.hint
    );
}

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
    finding::Finding,
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
    let expected = [
        "authors-in-one",
        "character-pasted",
        "dash-mixed",
        "date-mixed",
        "date-order",
        "date-unclear",
        "direction-mark",
        "end-mark-mixed",
        "field-required",
        "link-attachment",
        "link-other",
        "link-password",
        "link-text",
        "link-unsafe",
        "mark-unexplained",
        "maths-bare",
        "maths-unknown",
        "name-two-ways",
        "none-selected",
        "orcid-wrong",
        "order-unknown",
        "own-name-missing",
        "own-name-twice",
        "quotes-mixed",
        "variant-duplicate",
        "variant-name",
        "variant-unknown",
        "venue-two-ways",
    ];
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), expected, "codes with a case");
}

fn findings(text: &str, variant: Option<&str>) -> Vec<Finding> {
    let document = Document::from_text("case", text).unwrap_or_else(|e| panic!("{e}"));
    let odd = document.findings.iter().find(|f| f.code != "direction-mark");
    assert_eq!(odd, None, "a case is about checks, not about its file");
    let profile = &document.profile;
    let variant = variant.map(|name| profile.variant(name).unwrap());
    let (style, findings) = theme::style(profile, variant, &Look::default());
    assert_eq!(findings, [], "a case is about checks, not about its look");
    check::run(&Checked { profile, variant, style: &style })
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

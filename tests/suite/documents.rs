//! Profiles as files: every sample is canonical, oddities are kept and named, saving loses nothing.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests make the files they need"
)]

use std::{fs, path::Path};
use vitae::{
    finding::{Code, Severity},
    profile::Profile,
    section::{Section, SectionKind},
    store::{Document, Error, new_text},
};

fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let mut samples = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "ron") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            samples.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(samples.len() >= 6);
    samples
}

#[test]
fn samples_are_written_as_they_were_read() {
    for (name, text) in samples() {
        let document = Document::from_text(&name, &text).unwrap();
        assert_eq!(document.findings, [], "{name}");
        assert_eq!(document.to_text().unwrap().text, text, "{name}");
        assert_eq!(new_text(&document.profile).unwrap(), text, "{name}");
    }
}

#[test]
fn every_kind_of_section_occurs_in_the_samples_or_in_the_profile_of_all_that_is_odd() {
    let mut kinds: Vec<SectionKind> = vec![];
    let odd = include_str!("../golden/export/odd.cv.ron");
    for (name, text) in samples().into_iter().chain([("odd".to_owned(), odd.to_owned())]) {
        let document = Document::from_text(&name, &text).unwrap();
        kinds.extend(document.profile.sections.iter().map(Section::kind));
    }
    for kind in SectionKind::ALL {
        assert!(kinds.contains(kind), "{kind}");
    }
}

const ODD: &str = "\u{feff}// mine\r
Profile(\r
    format: 1, // the format\r
    person: (name: \"Ada Example\", shoe_size: 38),\r
    sections: [\r
        // where I learned\r
        Education(entries: [\r
            (institutoin: \"Northgate\", degree: \"B.Sc.\"),\r
        ]),\r
    ],\r
)\r
";

#[test]
fn oddities_are_named_with_their_place_and_kept() {
    let document = Document::from_text("odd.ron", ODD).unwrap();
    let told: Vec<String> = document
        .findings
        .iter()
        .map(|f| {
            let place = f.place.unwrap();
            format!("{}:{} {}: {} {}", place.line, place.column, f.code, f.message, f.hint)
        })
        .collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("a person has `name`, "), "{told:#?}");
    assert!(
        told[0].starts_with("4:35 unknown-field") && told[0].contains("`shoe_size`"),
        "{told:#?}"
    );
    assert!(
        told[1].starts_with("8:14 unknown-field") && told[1].contains("`institution`"),
        "{told:#?}"
    );
    let text = document.to_text().unwrap().text;
    for kept in [
        "// mine",
        "// the format",
        "shoe_size: 38",
        "// where I learned",
        "institutoin: \"Northgate\"",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    assert!(!text.contains('\r') && !text.contains('\u{feff}'));
    let again = Document::from_text("odd.ron", &text).unwrap().to_text().unwrap().text;
    assert_eq!(again, text);
}

#[test]
fn a_newer_format_opens_and_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.cv.ron");
    let text =
        "Profile(format: 9, person: (name: \"Ada\", aura: Blue), sections: [Dreams(entries: [])])";
    fs::write(&path, text).unwrap();
    let mut document = Document::open(&path).unwrap();
    assert!(document.read_only);
    assert_eq!(document.profile.person.name, "Ada");
    assert_eq!(document.findings[0].code, Code::FormatNewer);
    assert!(document.findings.iter().all(|f| f.severity == Severity::Warning));
    assert!(matches!(document.save(&path, None), Err(Error::Newer(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_file_changed_by_others_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.cv.ron");
    fs::write(&path, new_text(&Profile::default()).unwrap()).unwrap();
    let mut document = Document::open(&path).unwrap();
    document.profile.person.name = "Ada".into();
    document.save(&path, None).unwrap();
    let mine = fs::read_to_string(&path).unwrap();
    fs::write(&path, mine.replace("Ada", "Eve")).unwrap();
    document.profile.person.headline = "x".into();
    assert!(document.save(&path, None).is_err());
    assert!(fs::read_to_string(&path).unwrap().contains("Eve"));
}

#[test]
fn the_old_file_is_kept_when_a_comment_has_lost_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.cv.ron");
    let old = ODD.replace("degree:", "// inner\r\n degree:");
    fs::write(&path, &old).unwrap();
    let mut document = Document::open(&path).unwrap();
    document.profile.sections.clear();
    let findings = document.save(&path, None).unwrap().findings;
    let new = fs::read_to_string(&path).unwrap();
    assert!(!new.contains("// inner"), "{new}");
    assert!(findings.iter().any(|f| f.code == Code::CommentUnplaced), "{findings:?}");
    assert_eq!(fs::read_to_string(folder.path().join("x.cv.ron.old")).unwrap(), old);
}

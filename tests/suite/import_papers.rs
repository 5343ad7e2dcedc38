//! Publications from other programs: `tests/golden/import/FORMAT/CASE/input.*` gives
//! `profile.cv.ron` and `report.txt`, and every word of the input is in one of the two. `UPDATE=1
//! cargo test --test suite import_papers::` writes the answers anew.

#![expect(clippy::disallowed_methods, reason = "golden files are written anew on demand")]

use std::{env, fs, path::Path};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use vitae::{
    finding::Finding,
    interchange::{self, json},
    store::new_text,
};

/// Folders, formats, and the least number of cases for each.
const FORMATS: &[(&str, &str, usize)] =
    &[("bibtex", "BibTeX", 12), ("csl-json", "CSL-JSON", 3), ("ris", "RIS", 3)];

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
            let told = answers.each_ref().map(|(_, found)| found.as_str()).concat();
            for (name, found) in answers {
                let answer = case.join(name);
                if env::var_os("UPDATE").is_some() {
                    fs::write(&answer, &found).unwrap();
                }
                let expected = fs::read_to_string(&answer)
                    .unwrap_or_else(|e| panic!("{}: {e}", answer.display()));
                assert_eq!(found, expected, "{}", answer.display());
            }
            nothing_is_lost(&case, &bytes, &told);
            cases += 1;
        }
        assert!(cases >= *least, "only {cases} cases of {format}");
    }
}

fn report(findings: &[Finding]) -> String {
    let line = |f: &Finding| format!("{}: {}: {}: {}\n", f.at, f.severity, f.code, f.message);
    findings.iter().map(line).collect()
}

/// Every word of the input that is written without commands is told.
fn nothing_is_lost(case: &Path, bytes: &[u8], told: &str) {
    // Raised and lowered letters stand in a word.
    let told =
        folded(&format!("{told}{}", told.replace("^{", "").replace("_{", "").replace('}', "")));
    let text = match (bytes, std::str::from_utf8(bytes)) {
        (_, Ok(text)) => text.to_owned(),
        ([0xFF, 0xFE, rest @ ..], _) => {
            let units = rest.chunks_exact(2).map(|pair| {
                u16::from_le_bytes([
                    pair.first().copied().unwrap_or_default(),
                    pair.get(1).copied().unwrap_or_default(),
                ])
            });
            char::decode_utf16(units).map(Result::unwrap).collect()
        }
        (_, Err(_)) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    let mut texts = vec![];
    match json::read(&text, "test") {
        Ok(tree) => tree.left("", &mut |_, text| texts.push(without_codes(text))),
        // The tags of RIS are no words.
        Err(_) if text.contains("\nER  -") => texts.extend(
            without_codes(&text)
                .lines()
                .map(|line| line.split_once("- ").map_or("", |(_, value)| value))
                // What an address says that stands for a number.
                .map(|value| value.trim_start_matches("https://doi.org/"))
                .map(|value| value.trim_start_matches("https://arxiv.org/abs/").to_owned()),
        ),
        Err(_) => texts.extend(without_codes(&text).lines().map(|line| {
            let words = line.split(|c: char| c.is_whitespace() || "~{},\"#;".contains(c));
            let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
            // Neither the name of a field nor what stands for something else.
            let said = words.iter().enumerate().filter(|(i, word)| {
                !words.get(i + 1).is_some_and(|next| next.starts_with('=')) && !is_command(word)
            });
            let said = said.map(|(_, word)| word.split_once('=').map_or(*word, |(_, value)| value));
            said.collect::<Vec<_>>().join(" ")
        })),
    }
    for text in texts {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let lost = !told.contains(&folded(word)) && !SAID_OTHERWISE.contains(&word);
            assert!(!lost, "{}: `{word}` is lost: {text}", case.display());
        }
    }
}

/// The text with entities of HTML and the seasons of ISO 8601-2 as what they stand for.
fn without_codes(text: &str) -> String {
    const NAMED: [(&str, &str); 7] = [
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("nbsp", " "),
        ("iacute", "í"),
        ("Oslash", "Ø"),
        ("eacute", "é"),
    ];
    const SEASONS: [(&str, &str); 4] =
        [("21", "Spring"), ("22", "Summer"), ("23", "Autumn"), ("24", "Winter")];
    let mut text = text.to_owned();
    for (name, sign) in NAMED {
        text = text.replace(&format!("&{name};"), sign);
    }
    for code in 0x20..0x2000 {
        if let Some(sign) = char::from_u32(code).filter(|_| text.contains("&#")) {
            let sign = sign.to_string();
            text =
                text.replace(&format!("&#{code};"), &sign).replace(&format!("&#x{code:X};"), &sign);
        }
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let season = |word: &str| {
        let (year, code) = word.split_once('-')?;
        let (_, season) = SEASONS.iter().find(|(known, _)| *known == code)?;
        (year.len() == 4).then(|| format!("{season} {year}"))
    };
    let mut out = String::new();
    for piece in text.split_inclusive(|c| !is_part(c)) {
        let word = piece.trim_end_matches(|c| !is_part(c));
        match season(word) {
            Some(season) => out += &piece.replace(word, &season),
            None => out += piece,
        }
    }
    out
}

/// What stands for something else: commands, formulas, entries.
fn is_command(word: &str) -> bool {
    word.contains(['\\', '$', '@', '%'])
}

/// In small letters without accents.
fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Months, marks, names of kinds and of abbreviations, and what the profile shows in its own way.
const SAID_OTHERWISE: &[&str] = &[
    "feb",
    "Feb",
    "July",
    "mar",
    "may",
    "sep",
    "jul",
    "Sept",
    "dec",
    "others",
    "highlight",
    "patenteu",
    "patrequs",
    "dagger",
    "corresponding",
    "inpress",
    "phdthesis",
    "article",
    "conference",
    "sub",
    "https",
    "journal",
    "paper",
    "br",
    "jir",
    "JIR",
    "both",
    "aps",
    "48550",
    "CoRR",
    "cs",
    "LG",
    "abs",
    "prints",
    "true",
    "CPAPER",
    "JOUR",
    "THES",
    "CHAP",
    "UNPB",
    "INPR",
    "BOOK",
    "i",
    "textdollar",
    "textbackslash",
    "mathrm",
];

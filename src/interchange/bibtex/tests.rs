//! Bibliographies as a whole: nothing is lost in silence, and nothing takes the program down.

use super::*;
use crate::{
    finding::Code,
    interchange::shown,
    look::Style,
    profile::Profile,
    section::{Entries, Patent, Publication, Section},
    store::new_text,
    value::{
        entry::{Author, Show},
        person::{Spellings, split_marks},
        rich::Rich,
    },
};
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
                    // The names of the parts of a name, and of what commands stand for.
                    let of_form =
                        ["and", "others", "family", "given", "prefix", "useprefix", "true"];
                    for word in
                        plain.split(|c| !is_part(c)).filter(|w| w.len() > 1 && !of_form.contains(w))
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

/// The publications and the patents of a profile, as they are written and read again.
fn there_and_back(profile: &Profile) -> (String, Vec<Publication>, Vec<Patent>) {
    let shown = shown(profile, None, &Style::default());
    let bytes = write(&shown, &Style::default());
    let text = String::from_utf8(bytes.clone()).unwrap();
    let import = read(&bytes).unwrap_or_default();
    let left: Vec<_> =
        import.report.findings.iter().filter(|f| f.code == Code::ImportNotPlaced).collect();
    assert!(left.is_empty(), "{left:?}\n{text}");
    let (papers, patents) = works(import.profile);
    (text, papers, patents)
}

/// The publications and the patents of a profile.
fn works(profile: Profile) -> (Vec<Publication>, Vec<Patent>) {
    let (mut papers, mut patents) = (vec![], vec![]);
    for section in profile.sections {
        match section {
            Section::Publications(list) => papers.extend(list.entries),
            Section::Patents(list) => patents.extend(list.entries),
            _ => {}
        }
    }
    (papers, patents)
}

/// As it is after a visit to a bibliography: no key, own names found, nothing but what is printed.
fn without_source(mut papers: Vec<Publication>, spellings: &Spellings) -> Vec<Publication> {
    for paper in &mut papers {
        paper.imported.clear();
        paper.weight = 0;
        paper.show = Show::Always;
        for author in &mut paper.authors {
            author.own |= spellings.are_of(&split_marks(&author.name).0);
        }
    }
    papers
}

#[test]
fn what_is_written_is_read_back_just_so() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    let cases = fs::read_dir(folder.join("tests/golden/import/bibtex")).unwrap();
    let cases = cases.map(|case| case.unwrap().path().join("profile.cv.ron"));
    let samples = fs::read_dir(folder.join("profiles")).unwrap().map(|s| s.unwrap().path());
    for path in cases.chain(samples.filter(|p| p.to_string_lossy().ends_with(".cv.ron"))) {
        let profile = crate::store::Document::open(&path).unwrap().profile;
        let spellings = Spellings::new(&profile.person.spellings().collect::<Vec<_>>());
        let (papers, patents) = works(shown(&profile, None, &Style::default()));
        let expected = without_source(papers, &spellings);
        let (text, found, mut found_patents) = there_and_back(&profile);
        for patent in &mut found_patents {
            patent.imported.clear();
        }
        assert_eq!(found_patents, patents, "{}\n{text}", path.display());
        let found = without_source(found, &spellings);
        assert_eq!(found.len(), expected.len(), "{}\n{text}", path.display());
        for (found, expected) in found.iter().zip(&expected) {
            count += 1;
            assert_eq!(found, expected, "{}\n{text}", path.display());
        }
    }
    assert!(count > 60, "{count}");
}

#[test]
fn entries_are_written_as_libraries_keep_them() {
    let paper = Publication {
        title:
            "**R&D** of $x^2$ in BERT: 50 % _{off} {braces} -- [here](https://example.org/a%20b)"
                .into(),
        authors: vec![
            "Wei Zhang†*".into(),
            Author { name: "J. T. H. Wong".into(), ..Author::default() },
            "Martin L. King Jr.".into(),
            "World Health Organization".into(),
            "et al.".into(),
        ],
        venue: "Nature".into(),
        details: "vol. 12(3), pp. 1–14, 17".into(),
        date: "June 2024".into(),
        status: "in press".into(),
        note: "Accepted".into(),
        arxiv: "2401.01234".into(),
        links: vec!["[Slides](https://example.org/s_1.pdf)".into()],
        bullets: vec!["First".into(), "*Second*".into()],
        ..Publication::default()
    };
    let list = Entries { entries: vec![paper.clone(), paper], ..Entries::default() };
    let mut profile = Profile { sections: vec![Section::Publications(list)], ..Profile::default() };
    profile.person.name = "Jeffrey T. H. Wong".into();
    profile.marks.push("†: equal contribution".into());
    let expected = r"@article{zhang2024bert,
  title = {\textbf{{R\&D}} of $x^2$ in {BERT:} 50 \% \textsubscript{off} \textbraceleft{}braces\textbraceright{} – \href{https://example.org/a\%20b}{here}},
  author = {Wei Zhang and J. T. H. Wong and King, Jr., Martin L. and {World Health Organization} and others},
  author+an = {1=dagger,star;2=highlight},
  journal = {Nature},
  volume = {12},
  number = {3},
  pages = {1--14, 17},
  year = {2024},
  month = {6},
  pubstate = {in press},
  addendum = {Accepted},
  eprint = {2401.01234},
  archiveprefix = {arXiv},
  slides = {https://example.org/s_1.pdf},
  annote = {- First
    - \emph{Second}},
  annotation = {† equal contribution},
}
";
    let (text, ..) = there_and_back(&profile);
    assert_eq!(text.split("\n@").next().map(|e| e.trim_end()), Some(expected.trim_end()));
    assert!(text.contains("@article{zhang2024bert-2,"));
}

proptest! {
    #[test]
    fn prose_goes_there_and_back(title in "[a-zA-Z0-9 *_^{}$%&#~`'\"()\\[\\]\\\\:.é–-]{0,24}") {
        let title = crate::interchange::markup::escape(title.split_whitespace().collect::<Vec<_>>().join(" ").as_str());
        prop_assume!(!title.is_empty() && !title.ends_with('.'));
        let paper = Publication { title: title.clone(), note: format!("x {title}"), ..Publication::default() };
        let list = Entries { entries: vec![paper], ..Entries::default() };
        let profile = Profile { sections: vec![Section::Publications(list)], ..Profile::default() };
        let (text, papers, _) = there_and_back(&profile);
        let plain = |t: &str| Rich::parse(t).to_plain();
        prop_assert_eq!(papers.len(), 1, "{}", text);
        prop_assert_eq!(plain(&papers[0].title), plain(&title), "{}", text);
        prop_assert_eq!(plain(&papers[0].note), plain(&format!("x {title}")), "{}", text);
    }
}

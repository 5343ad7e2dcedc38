//! The program itself, run as people and scripts run it.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use crate::program::{Run, SMALL, command, folder, long_profile, vitae};
use serde_json::Value;
use std::{
    fs,
    io::{Cursor, Read as _},
    path::{Path, PathBuf},
    process::Stdio,
};
use vitae::{export::FORMATS, section::SectionKind, theme::Theme};

/// Not a word: what is hidden is full of it, and no exported byte may hold it.
const CANARY: &str = "ZQXHIDDEN";

#[test]
fn export_writes_a_pdf_beside_the_profile() {
    let folder = folder(&[("a.cv.ron", SMALL), ("b.ron", SMALL)]);
    for (profile, pdf) in [("a.cv.ron", "a.pdf"), ("b.ron", "b.pdf")] {
        let run = vitae(&folder, &["export", profile]);
        assert_eq!((run.status, run.out.as_slice()), (0, &b""[..]), "{}", run.err);
        assert!(run.err.starts_with(&format!("{pdf}: 1 page, ")), "{}", run.err);
        assert!(fs::read(folder.path().join(pdf)).unwrap().starts_with(b"%PDF-1.7"));
    }
    let run = vitae(&folder, &["export", "a.cv.ron", "--variant", "industry"]);
    assert!(run.err.starts_with("a-industry.pdf: "), "{}", run.err);
    assert_eq!(fs::read_to_string(folder.path().join("a.cv.ron")).unwrap(), SMALL);
}

#[test]
fn standard_output_gets_the_same_bytes() {
    let folder = folder(&[("a.cv.ron", SMALL)]);
    let piped = vitae(&folder, &["export", "a.cv.ron", "-o", "-"]);
    assert_eq!(piped.status, 0);
    vitae(&folder, &["export", "a.cv.ron", "-o", "other.pdf"]);
    assert_eq!(piped.out, fs::read(folder.path().join("other.pdf")).unwrap());
    assert!(!folder.path().join("-").exists());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = folder(&[("a.cv.ron", SMALL)]);
    for args in [&["themes"][..], &["generate", "man"], &["export", "a.cv.ron", "-o", "-"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = command(&folder, args);
        let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let run = Run::from(output);
        assert_eq!(run.status, 0, "{args:?}: {}", run.err);
        assert!(!run.err.contains("panicked") && !run.err.contains("roken"), "{}", run.err);
    }
}

#[test]
fn exit_statuses_and_messages() {
    let long = long_profile();
    let typo = SMALL.replace("institution:", "institutoin:");
    let broken = SMALL.replace("\"Baltic Institute\", ", "\"Baltic Institute\" ");
    let strange = SMALL.replace("2022 – 2026", "some day");
    let folder = folder(&[
        ("a.cv.ron", SMALL),
        ("long.cv.ron", &long),
        ("typo.cv.ron", &typo),
        ("broken.cv.ron", &broken),
        ("strange.cv.ron", &strange),
        ("export", SMALL),
        ("window.ron", "(\n    window: (width: 1200),\n)"),
        ("no-papers.bib", "@misc{a, keywords = {none}}"),
    ]);
    fs::write(folder.path().join("latin.cv.ron"), b"Profile(person: (name: \"Andr\xe9\"))")
        .unwrap();
    // Arguments, status, and what standard error says, among other things.
    let table: &[(&[&str], i32, &[&str])] = &[
        (&["export", "a.cv.ron"], 0, &["a.pdf: 1 page"]),
        (&["chekc", "a.cv.ron"], 2, &["no command or file `chekc`", "did you mean `check`?"]),
        (&["zzz"], 2, &["no command or file `zzz`", "`vitae --help`"]),
        (&["a\u{1b}[31m"], 2, &["`a\\u{1b}[31m`"]),
        (&["./export"], 3, &["there is no screen", "vitae export"]),
        (&["export", "export", "-o", "e.pdf"], 0, &["e.pdf: 1 page"]),
        (&["check", "a.cv.ron"], 0, &["a.cv.ron: 1 page"]),
        (&["check", "a.cv.ron", "--variant", "industry"], 0, &["a.cv.ron: 1 page"]),
        (&["--version"], 0, &[]),
        (&["help", "export"], 0, &[]),
        (&[], 3, &["there is no screen"]),
        // The profile.
        (
            &["export", "long.cv.ron"],
            1,
            &["long.cv.ron: error: ", " lines too long for one page", "wins"],
        ),
        (&["check", "long.cv.ron"], 1, &[" lines too long for one page"]),
        (&["export", "long.cv.ron", "--pages", "2"], 0, &["long.pdf: 2 pages"]),
        (&["export", "long.cv.ron", "--overflow", "paginate"], 0, &["long.pdf: 2 pages"]),
        (&["export", "long.cv.ron", "--overflow", "shrink"], 0, &["long.pdf: 1 page, "]),
        (
            &["export", "strange.cv.ron"],
            0,
            &["strange.cv.ron:7:53: warning: the date `some day`", "\n  hint: "],
        ),
        (&["export", "typo.cv.ron"], 0, &["typo.cv.ron:7:", "`institutoin`", "`institution`"]),
        // The command line.
        (&["export"], 2, &["FILE"]),
        (&["exprt", "--frobnicate"], 2, &["--frobnicate"]),
        (&["export", "a.cv.ron", "--paper", "a5"], 2, &["a4", "letter"]),
        (&["export", "a.cv.ron", "--min-size", "tiny"], 2, &["5 to 16"]),
        (&["export", "a.cv.ron", "--pages", "0"], 2, &["any"]),
        (
            &["export", "a.cv.ron", "--theme", "none"],
            2,
            &["no theme `none`", "`classic`", "`plain`"],
        ),
        (&["export", "a.cv.ron", "--variant", "x"], 2, &["no variant `x`", "`industry`"]),
        (&["check", "a.cv.ron", "--variant", "x"], 2, &["no variant `x`", "`industry`"]),
        (&["export", "a.cv.ron", "-o", "a.odt"], 2, &["`a.odt`", "`.pdf`", "`--format`"]),
        (
            &["export", "a.cv.ron", "-o", "a.odt", "--format", "odt"],
            2,
            &["no format `odt`", "`pdf`"],
        ),
        (&["export", "a.cv.ron", "-o", "a.odt", "--format", ".PDF"], 0, &["a.odt: 1 page"]),
        (&["export", "a.cv.ron", "--format", "md"], 0, &["a.md: Markdown"]),
        (&["export", "a.cv.ron", "--layout", "homepage"], 0, &["a.md: Markdown homepage"]),
        (
            &["export", "a.cv.ron", "-o", "a.html", "--layout", "homepage"],
            2,
            &["HTML has no layout", "`.md`", "`--layout`"],
        ),
        (&["export", "a.cv.ron", "-o", "b.txt", "--with-profile"], 2, &["Plain text cannot"]),
        (&["export", "a.cv.ron", "-o", "b.pdf", "--with-profile=none"], 2, &["shown", "all"]),
        (&["export", "a.cv.ron", "-o", "b.pdf", "--with-profile"], 0, &["b.pdf: 1 page"]),
        (&["import", "b.pdf", "-o", "b.cv.ron"], 0, &[]),
        (&["import", "a.pdf", "-o", "c.cv.ron"], 0, &["c.cv.ron: from PDF: 2 new"]),
        (&["import", "no-papers.bib"], 3, &["`none`", "holds nothing that belongs in a CV"]),
        // What has no pages can be any length.
        (&["export", "long.cv.ron", "-o", "long.docx"], 0, &["long.docx: Word document"]),
        (&["export", "a.cv.ron", "-o", "a"], 2, &["`a`", "`.pdf`"]),
        (&["export", "a.cv.ron", "-o", "./a.cv.ron"], 2, &["profile itself"]),
        (&["export", "a.cv.ron", "-o", "-", "--json"], 2, &[]),
        (&["export", "a.cv.ron", "--theme", "modren"], 2, &["did you mean `modern`?"]),
        (&["export", "a.cv.ron", "--theme", "Modern", "--paper", "A4"], 0, &["a.pdf: 1 page"]),
        (&["new", "x.pdf"], 2, &["`x.pdf`", "`.cv.ron`"]),
        (&["new", "x.cv.ron", "--sample", "none"], 2, &["no sample `none`", "`first-year`"]),
        // Files.
        (&["check", "window.ron"], 3, &["window.ron:2:5: error: ", "another program's file"]),
        (&["export", "none.cv.ron"], 3, &["there is no file `none.cv.ron`"]),
        (&["export", "."], 3, &["a folder"]),
        (
            &["export", "a.cv.ron", "-o", "none/a.pdf"],
            3,
            &["the folder of `none/a.pdf` does not exist"],
        ),
        (
            &["check", "broken.cv.ron"],
            3,
            &["broken.cv.ron:7:", ": error: ", "\n  ", "^", "\n  hint: ", "comma"],
        ),
        (&["export", "latin.cv.ron"], 3, &["latin.cv.ron:1:29: error: ", "^", "UTF-8"]),
        (&["new", "a.cv.ron"], 3, &["`a.cv.ron` is there already"]),
    ];
    for (args, status, texts) in table {
        let run = vitae(&folder, args);
        assert_eq!(run.status, *status, "{args:?}: {}", run.err);
        for text in *texts {
            assert!(run.err.contains(text), "{args:?}: `{text}` is not in: {}", run.err);
        }
        // Results alone go to standard output.
        let is_result = matches!(args, ["--version"] | ["help", ..]) || args.contains(&"--json");
        assert_eq!(!run.out.is_empty(), is_result, "{args:?}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("a.cv.ron")).unwrap(), SMALL);
}

#[test]
fn nothing_is_written_from_what_is_not_understood() {
    let entry = "(institution: \"Baltic Institute\", ";
    for (from, to, texts) in [
        (entry, format!("{entry}show: never, "), ["`never`", "did you mean `Never`?"]),
        (entry, format!("{entry}show: Hidden, "), ["`Hidden`", "`Always`, `Never`, `In`, `NotIn`"]),
        ("variants:", "look: (paper: a4), variants:".into(), ["`a4`", "did you mean `A4`?"]),
        ("Education(", "Educatoin(".into(), ["`Educatoin`", "did you mean `Education`?"]),
        ("Education(", "Zzz(".into(), ["`Zzz`", "`Text`, `List`"]),
    ] {
        let text = SMALL.replace(from, &to);
        let folder = folder(&[("a.cv.ron", &text)]);
        let run = vitae(&folder, &["export", "a.cv.ron"]);
        assert_eq!(run.status, 1, "{to}: {}", run.err);
        assert!(run.err.contains(" error: ") && !run.err.contains("kept"), "{to}: {}", run.err);
        for text in texts {
            assert!(run.err.contains(text), "{to}: `{text}` is not in: {}", run.err);
        }
        assert!(!folder.path().join("a.pdf").exists(), "{to}");
        assert_eq!(vitae(&folder, &["check", "a.cv.ron"]).status, 1, "{to}");
        // A newer version may know more than this one.
        let newer = text.replace("Profile(", "Profile(format: 9, ");
        fs::write(folder.path().join("a.cv.ron"), newer).unwrap();
        let run = vitae(&folder, &["export", "a.cv.ron"]);
        assert_eq!(run.status, 0, "{to}: {}", run.err);
        assert!(run.err.contains(texts[0]) && !run.err.contains(" error: "), "{to}: {}", run.err);
    }
}

#[test]
fn findings_come_in_the_order_of_the_file_and_every_one_is_told() {
    let links = "summary: \"[a](javascript:1) [b](vbscript:2)\", emails: [\"nobody\"], zork: 1,";
    let text = long_profile()
        .replace("\"Zofia Example\"", &format!("\"Zofia Example\", {links}"))
        .replacen("2024", "some day", 1);
    let folder = folder(&[("a.cv.ron", &text)]);
    let run = vitae(&folder, &["export", "a.cv.ron"]);
    let said = [
        "`javascript:1`",
        "`vbscript:2`",
        "`nobody` is not an address",
        "with one @",
        "`zork` is not a field of a person",
        "a person has `name`, ",
        "`some day`",
        "error: ",
        " wins ",
    ];
    let places: Vec<_> = said.iter().map(|text| run.err.find(text)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {}", run.err);
}

#[test]
fn addresses_that_do_harm_leave_in_no_bibliography() {
    const BAD: [&str; 4] =
        ["javascript:alert(1)", "file:///etc/passwd", "vbscript:x", "data:text/html,x"];
    let bad = |i: usize| BAD[i % BAD.len()];
    let fields = ["doi", "arxiv", "code", "pdf", "url"];
    for start in 0..BAD.len() {
        let set = fields.iter().enumerate().map(|(i, f)| format!("{f}: \"{}\",", bad(start + i)));
        let paper = format!(
            "(title: \"A [title]({0})\", authors: [(name: \"A. Nowak\", link: \"{0}\")], note: \"[x]({0})\", \
             links: [\"[Slides]({0})\"], bullets: [\"[y]({0})\"], {1})",
            bad(start),
            set.collect::<String>()
        );
        let text = SMALL.replace(
            "sections: [",
            &format!("sections: [\n        Publications(entries: [{paper}]),"),
        );
        let folder = folder(&[("a.cv.ron", &text)]);
        for file in ["a.bib", "a.ris", "a.csljson"] {
            let run = vitae(&folder, &["export", "a.cv.ron", "-o", file]);
            assert_eq!(run.status, 0, "{}", run.err);
            let out = fs::read_to_string(folder.path().join(file)).unwrap();
            assert!(out.contains("A title"), "{out}");
            assert!(BAD.iter().all(|scheme| !out.contains(scheme.split_at(5).0)), "{out}");
        }
    }
}

#[test]
fn the_terminal_obeys_no_file() {
    let bell = SMALL
        .replace("2022 – 2026", "some\u{1b}]0;x\u{7}day\u{9b}31m")
        .replace("Zofia", "\u{202e}Zofia");
    let broken = bell.replace("sections:", "sections\u{1b}[31m:");
    let unknown = SMALL.replace("Education(", "\"Edu\u{1b}[31mcation\"(");
    let folder = folder(&[("a.cv.ron", &bell), ("b.cv.ron", &broken), ("c.cv.ron", &unknown)]);
    for args in [
        ["check", "a.cv.ron"],
        ["check", "b.cv.ron"],
        ["check", "c.cv.ron"],
        ["check", "\u{1b}[31m\r.cv.ron"],
        ["export", "--\u{1b}[31m"],
        ["new", "\u{1b}[31m.txt"],
    ] {
        let run = vitae(&folder, &args);
        let obeyed = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!run.err.is_empty() && !run.err.contains(obeyed), "{args:?}: {:?}", run.err);
    }
}

#[test]
fn names_of_variants_make_no_folders() {
    let odd = SMALL.replace("\"industry\"", "\"../a/b\\\\c\"");
    let folder = folder(&[("a.cv.ron", &odd)]);
    let run = vitae(&folder, &["export", "a.cv.ron", "--variant", "../a/b\\c"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("has a slash in it"), "{}", run.err);
    assert!(folder.path().join("a----a-b-c.pdf").exists(), "{}", run.err);
}

#[test]
fn keywords_are_in_the_pdf() {
    let skills =
        "Skills(entries: [(items: \"Rust, *C++*; Python\"), (items: \"ZQXHIDDEN\", show: Never)]),";
    let with_skills = SMALL.replace("Education(", &format!("{skills} Education("));
    let interests = "name: \"Zofia Example\", interests: \"Compilers, type systems\",";
    let with_both = with_skills.replace("name: \"Zofia Example\",", interests);
    for (text, expected) in [
        (SMALL, None),
        (&with_skills, Some("Rust, C++, Python")),
        (&with_both, Some("Compilers, type systems")),
    ] {
        let folder = folder(&[("a.cv.ron", text)]);
        let run = vitae(&folder, &["export", "a.cv.ron", "-o", "-"]);
        let document = lopdf::Document::load_mem(&run.out).unwrap();
        let info = document.trailer.get(b"Info").and_then(|i| i.as_reference()).unwrap();
        let found = document.get_dictionary(info).unwrap().get(b"Keywords").ok();
        let found = found.map(|text| lopdf::decode_text_string(text).unwrap());
        assert_eq!(found.as_deref().filter(|text| !text.is_empty()), expected);
    }
}

#[test]
fn nothing_is_written_when_it_does_not_fit() {
    let folder = folder(&[("long.cv.ron", &long_profile())]);
    fs::write(folder.path().join("long.pdf"), "an older one").unwrap();
    let run = vitae(&folder, &["export", "long.cv.ron"]);
    assert_eq!(run.status, 1);
    assert_eq!(fs::read_to_string(folder.path().join("long.pdf")).unwrap(), "an older one");
    assert_eq!(run.err.lines().filter(|line| line.contains(" wins ")).count(), 5, "{}", run.err);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
}

#[test]
fn json_is_one_object_whatever_happens() {
    let folder = folder(&[
        ("a.cv.ron", &SMALL.replace("2022 – 2026", "some day")),
        ("long.cv.ron", &long_profile()),
        ("broken.cv.ron", "Profile(person: (name: \"Zofia\""),
    ]);
    let run = |args: &[&str]| {
        let run = vitae(&folder, args);
        let json: Value =
            serde_json::from_slice(&run.out).unwrap_or_else(|e| panic!("{args:?}: {e}"));
        let mut keys: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        assert_eq!(
            keys,
            ["body_pt", "fill", "findings", "lines_over", "output", "pages", "plans"],
            "{args:?}"
        );
        for finding in json["findings"].as_array().unwrap() {
            let mut keys: Vec<_> = finding.as_object().unwrap().keys().cloned().collect();
            keys.sort();
            assert_eq!(
                keys,
                ["at", "code", "column", "hint", "line", "message", "severity"],
                "{args:?}"
            );
        }
        (run.status, json)
    };
    let (status, done) = run(&["export", "a.cv.ron", "--json"]);
    assert_eq!(
        (status, &done["output"], &done["pages"], &done["lines_over"]),
        (0, &"a.pdf".into(), &1.into(), &0.into())
    );
    assert!((9.0..=12.0).contains(&done["body_pt"].as_f64().unwrap()), "{done}");
    assert!((0.01..=1.0).contains(&done["fill"].as_f64().unwrap()), "{done}");
    let finding = &done["findings"][0];
    let expected = serde_json::json!({
        "at": "sections[0].entries[0].date", "code": "date-unclear", "severity": "warning", "line": 7, "column": 53,
        "message": finding["message"], "hint": finding["hint"],
    });
    assert_eq!(*finding, expected);

    let (status, checked) = run(&["check", "a.cv.ron", "--json"]);
    assert_eq!((status, &checked["output"]), (0, &Value::Null));
    assert_eq!(checked["findings"], done["findings"]);

    let (status, long) = run(&["export", "long.cv.ron", "--json"]);
    assert_eq!((status, &long["output"]), (1, &Value::Null));
    assert!(long["lines_over"].as_u64().unwrap() > 5, "{long}");
    let codes: Vec<_> =
        long["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"too-long") && codes.contains(&"win-hide"), "{codes:?}");

    for (args, status, code) in [
        (["export", "broken.cv.ron", "--json", "--paper=a4"], 3, "not-parsed"),
        (["export", "none.cv.ron", "--json", "--paper=a4"], 3, "not-read"),
        (["export", "a.cv.ron", "--json", "--theme=none"], 2, "usage"),
        (["export", "a.cv.ron", "--json", "-o=none/a.pdf"], 3, "not-written"),
    ] {
        let (found, json) = run(&args);
        assert_eq!((found, &json["output"]), (status, &Value::Null), "{args:?}");
        let last = json["findings"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["code"], &last["severity"]), (&code.into(), &"error".into()), "{args:?}");
    }
}

#[test]
fn new_profiles_open_without_a_word_and_are_not_written_over_anything() {
    let folder = folder(&[]);
    for sample in [&[][..], &["--sample", "first-year"]] {
        let run = vitae(&folder, &[&["new", "x.cv.ron"], sample].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        let before = fs::read(folder.path().join("x.cv.ron")).unwrap();
        let checked = vitae(&folder, &["check", "x.cv.ron"]);
        assert_eq!(checked.status, 0);
        assert!(!checked.err.contains("warning:"), "{}", checked.err);
        assert_eq!(vitae(&folder, &["new", "x.cv.ron"]).status, 3);
        assert_eq!(fs::read(folder.path().join("x.cv.ron")).unwrap(), before);
        fs::remove_file(folder.path().join("x.cv.ron")).unwrap();
    }
}

#[test]
fn the_example_in_the_readme_is_a_profile() {
    let readme = include_str!("../../README.md");
    let (_, example) = readme.split_once("```ron\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let folder = folder(&[("me.cv.ron", example)]);
    for variant in [&[][..], &["--variant", "industry"]] {
        let run = vitae(&folder, &[&["check", "me.cv.ron"], variant].concat());
        assert_eq!((run.status, run.err.lines().count()), (0, 1), "{}", run.err);
    }
    // Every field that a record has stands in the table of its row.
    let odd = |kind: &str| {
        let text =
            SMALL.replace("sections: [", &format!("sections: [{kind}(entries: [(zzz: 1)]),"));
        fs::write(folder.path().join("odd.cv.ron"), text).unwrap();
        vitae(&folder, &["check", "odd.cv.ron"]).err
    };
    for kind in SectionKind::ALL {
        let said = odd(kind.name());
        let (_, fields) = said.split_once(" has `").unwrap_or_else(|| panic!("{kind}: {said}"));
        let (fields, _) = fields.split_once("; ").unwrap();
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{kind}` |")));
        let row = row.unwrap_or_else(|| panic!("`{kind}` has no row in the README"));
        let (_, listed) = row.split_once("` |").unwrap();
        let mut names: Vec<_> = fields.split(", ").map(|n| n.trim_matches('`')).collect();
        names.retain(|name| !["show", "weight", "imported"].contains(name));
        let listed: Vec<_> =
            listed.split(", ").map(|n| n.trim_matches(['`', '*', ' ', '|'])).collect();
        assert_eq!(listed, names, "{kind}");
    }
    for theme in Theme::names() {
        assert!(
            readme.contains(&format!("\n| `{theme}` |")),
            "`{theme}` is not in the table of themes"
        );
    }
}

#[test]
fn lists_and_generated_texts() {
    let folder = folder(&[]);
    let themes = vitae(&folder, &["themes"]).text();
    assert!(themes.lines().count() >= 5, "{themes}");
    assert_eq!(themes.lines().filter(|line| line.contains("the usual one")).count(), 1, "{themes}");
    let mut names: Vec<_> = themes.lines().map(|line| line.split(' ').next().unwrap()).collect();
    names.dedup();
    assert!(names.is_sorted() && names.contains(&"classic"), "{names:?}");
    for (what, text) in [
        ("man", ".TH vitae 1"),
        ("bash", "_vitae()"),
        ("zsh", "#compdef vitae"),
        ("fish", "complete -c vitae"),
    ] {
        assert!(vitae(&folder, &["generate", what]).text().contains(text), "{what}");
    }
    let man = vitae(&folder, &["generate", "man"]).text();
    for text in [".SS export", ".SS check", ".SS new", ".SS themes", "overflow", ".SH EXIT STATUS"]
    {
        assert!(man.contains(text), "`{text}` is not in the man page");
    }
    for text in ["(1)", "SUBCOMMANDS", ".SS generate", ".SS help"] {
        assert!(!man.contains(text), "`{text}` is in the man page");
    }
    assert!(!vitae(&folder, &["--help"]).text().contains("generate"));
}

#[test]
fn the_same_profile_gives_the_same_bytes_anywhere() {
    let sample = samples().into_iter().find(|path| path.ends_with("phd-systems.cv.ron")).unwrap();
    let text = fs::read_to_string(sample).unwrap();
    let (one, two) = (folder(&[("a.cv.ron", &text)]), folder(&[("another.ron", &text)]));
    let first = vitae(&one, &["export", "a.cv.ron", "-o", "-"]).out;
    let second = command(&two, &["export", "another.ron", "-o", "-"])
        .env("USER", "somebody")
        .env("HOME", "/nowhere")
        .env("TZ", "Asia/Tokyo")
        .env("LANG", "de_DE.UTF-8")
        .env("SOURCE_DATE_EPOCH", "86400")
        .output()
        .unwrap();
    assert!(first == second.stdout, "{} and {} bytes", first.len(), second.stdout.len());
}

#[test]
fn nothing_of_the_machine_is_in_the_bytes() {
    let folder = folder(&[("a.cv.ron", SMALL)]);
    let run = command(&folder, &["export", "a.cv.ron", "-o", "-"])
        .env("USER", "zqxuser")
        .env("LOGNAME", "zqxuser")
        .env("HOSTNAME", "zqxhost")
        .env("HOME", "/home/zqxuser")
        .output()
        .unwrap();
    let bytes = unpacked(&run.stdout);
    let path = folder.path().display().to_string();
    for secret in ["zqxuser", "zqxhost", &path, env!("CARGO_MANIFEST_DIR"), "a.cv.ron", "/home/"] {
        assert!(!holds(&bytes, secret), "`{secret}` is in the PDF");
    }
    // The search sees what is there.
    for visible in ["Zofia Example", "Baltic Institute"] {
        assert!(holds(&bytes, visible), "`{visible}` is not found in the PDF");
    }
}

#[test]
fn what_is_hidden_is_nowhere_in_the_bytes() {
    let hidden = include_str!("../golden/hidden.cv.ron");
    assert!(hidden.matches(CANARY).count() > 20);
    let folder = folder(&[("a.cv.ron", hidden)]);
    // What each variant shows and the others do not, in every format, and in a profile inside.
    let inside =
        [("pdf", "--with-profile"), ("pdf", "--with-profile=shown"), ("md", "--layout=homepage")];
    let formats = FORMATS.iter().map(|format| (format.ending, "--overflow=error"));
    for (format, more) in formats.chain(inside) {
        for (variant, shown) in [
            (None, "PLAINONLY"),
            (Some("industry"), "INDUSTRYONLY"),
            (Some("academia"), "ACADEMIAONLY"),
        ] {
            let variant: Vec<String> =
                variant.iter().map(|name| format!("--variant={name}")).collect();
            let mut args = vec!["export", "a.cv.ron", "-o", "-", "--format", format, more];
            args.extend(variant.iter().map(String::as_str));
            let run = vitae(&folder, &args);
            assert_eq!(run.status, 0, "{args:?}: {}", run.err);
            let bytes = unpacked(&run.out);
            for text in [CANARY, "PLAINONLY", "INDUSTRYONLY", "ACADEMIAONLY"] {
                // A bibliography has nothing but publications.
                let has_all = !["bib", "ris", "csljson"].contains(&format);
                let wanted = text == shown && (has_all || holds(&bytes, text));
                assert_eq!(holds(&bytes, text), wanted, "{args:?}: {text}");
            }
        }
    }
}

#[test]
fn every_sample_exports_in_every_theme_or_says_how_much_too_long_it_is() {
    let folder = folder(&[]);
    let themes = vitae(&folder, &["themes"]).text();
    let themes: Vec<_> = themes.lines().map(|line| line.split(' ').next().unwrap()).collect();
    let samples = samples();
    assert!(samples.len() >= 6);
    for sample in &samples {
        let path = sample.to_str().unwrap();
        let mut fitting = 0;
        for theme in &themes {
            let run = vitae(&folder, &["export", path, "-o", "x.pdf", "--theme", theme, "--json"]);
            let json: Value = serde_json::from_slice(&run.out).unwrap();
            match run.status {
                0 => {
                    fitting += 1;
                    assert_eq!(json["lines_over"], 0, "{path} in {theme}");
                }
                1 => assert!(json["lines_over"].as_u64().unwrap() > 0, "{path} in {theme}"),
                other => panic!("{path} in {theme}: {other}: {json}"),
            }
        }
        assert!(fitting >= 3, "{path} fits in {fitting} themes only");
    }
}

impl Run {
    /// Standard output of a run that went well.
    fn text(self) -> String {
        assert_eq!(self.status, 0, "{}", self.err);
        String::from_utf8(self.out).unwrap()
    }
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".cv.ron"));
    paths.sort();
    paths
}

/// A PDF with all its streams unpacked, the texts of its pages as they are read, and its own bytes;
/// the parts of a package; other files as they are.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut all = vec![];
        for i in 0..zip.len() {
            zip.by_index(i).unwrap().read_to_end(&mut all).unwrap();
        }
        return all;
    }
    if !bytes.starts_with(b"%PDF") {
        return bytes.to_vec();
    }
    let mut document = lopdf::Document::load_mem(bytes).unwrap();
    document.decompress();
    let mut all = bytes.to_vec();
    for object in document.objects.values() {
        all.extend(format!("{object:?}\n").bytes());
        strings(object, &mut all);
        if let lopdf::Object::Stream(stream) = object {
            all.extend(&stream.content);
        }
    }
    all.extend(pdf_extract::extract_text_from_mem(bytes).unwrap().bytes());
    all
}

/// Appends every text in `object`, wherever it stands.
fn strings(object: &lopdf::Object, out: &mut Vec<u8>) {
    match object {
        lopdf::Object::String(text, _) => {
            out.extend(text);
            out.push(b'\n');
        }
        lopdf::Object::Array(list) => {
            list.iter().for_each(|inner| strings(inner, out));
        }
        lopdf::Object::Dictionary(dictionary) => {
            dictionary.iter().for_each(|(_, inner)| strings(inner, out));
        }
        lopdf::Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, inner)| strings(inner, out));
        }
        _ => {}
    }
}

/// Whether the bytes hold the text in UTF-8 or UTF-16.
fn holds(bytes: &[u8], text: &str) -> bool {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    holds(text.as_bytes()) || holds(&utf16)
}

#[test]
fn a_profile_of_thousands_of_papers_is_checked() {
    let paper = |i| format!("(title: \"Study {i}\", authors: [\"Z. Example\"], date: \"2024\"),");
    let papers: String = (0..6_000).map(paper).collect();
    let profile = |look: &str| {
        let head = "#![enable(implicit_some, unwrap_variant_newtypes)]";
        let sections = format!("[Publications(entries: [{papers}])]");
        format!("{head}\nProfile(person: (name: \"Z. Example\"), {look} sections: {sections})")
    };
    let files = [("one.cv.ron", profile("")), ("any.cv.ron", profile("look: (pages: Any),"))];
    let folder = folder(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let run = vitae(&folder, &["check", "one.cv.ron"]);
    // It is too long, and that is all.
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("too long") && !run.err.contains("number that can be drawn"));
    let run = vitae(&folder, &["check", "any.cv.ron"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

//! Hand-edited files: what the program does not know is told and kept, comments survive, both
//! readers agree.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

use crate::store_profile::{Bullet, Education, EducationEntry, Person, Profile, Section, Status};
use proptest::prelude::*;
use vitae::finding::Code;
use vitae::store::{ron_file, source::Source};

fn open(text: &str) -> ron_file::Opened<Profile> {
    ron_file::open("x.cv.ron", text).unwrap_or_else(|error| panic!("{error}\n---\n{text}"))
}

fn save(opened: &ron_file::Opened<Profile>) -> ron_file::Written {
    ron_file::write(&opened.value, Some(&opened.source)).unwrap()
}

/// Opens and saves `text` twice and gives the first save.
fn settle(text: &str) -> String {
    let first = save(&open(text));
    assert!(first.findings.is_empty(), "{:?}\n{text}\n---\n{}", first.findings, first.text);
    let second = save(&open(&first.text));
    assert_eq!(second.text, first.text, "saved again, from\n{text}");
    first.text
}

const HEAD: &str = "// cv-profile 1  (Vitae; edit by hand or in the app)\n";
const ENABLE: &str = "#![enable(implicit_some, unwrap_variant_newtypes)]\n";

#[test]
fn comments_stay_where_they_were_written() {
    let check = |text: &str, expected: &str| {
        assert_eq!(settle(text), format!("{HEAD}{expected}"));
    };
    check("(format: 1)", &format!("{ENABLE}Profile(\n    format: 1,\n)\n"));
    check(
        "// mine\n/* two */ Profile( // open\n  // first\n  format: 1, // one\n  /* end */\n)\n// bye",
        &format!(
            "// mine\n/* two */\n{ENABLE}Profile( // open\n    // first\n    format: 1, // one\n    /* end */\n)\n// bye\n"
        ),
    );
    check(
        "(format: 1, person: (name: /* who */ \"Ada\" /* her */, emails: [ // all\n \"a@example.org\", // work\n // none at home\n ]))",
        &format!(
            "{ENABLE}Profile(\n    format: 1,\n    person: (\n        // NAME\n        name: \"Ada\", /* her */\n        emails: [ // all\n            \"a@example.org\", // work\n            // none at home\n        ],\n    ),\n)\n"
        )
        .replace("// NAME", "/* who */"),
    );
    check(
        "(format: 1, sections: [Free([/* nothing yet */]), /* pair */ Pair(1, /* half */ 0.5)])",
        &format!(
            "{ENABLE}Profile(\n    format: 1,\n    sections: [\n        Free([ /* nothing yet */\n        ]),\n        /* pair */\n        /* half */\n        Pair(1, 0.5),\n    ],\n)\n"
        )
        .replace("Free([ /* nothing yet */\n", "Free([\n            /* nothing yet */\n"),
    );
}

#[test]
fn what_is_unknown_is_kept() {
    let text = "(format: 1, colour: (r: 1, /* g */ g: 2), person: (name: \"Ada\", // her\n nickname: r#\"A \"x\"\"#, // short\n), \
        sections: [Educatoin(entries: []), Education((title: \"T\", entries: [(institutoin: \"X\", institution: \"Y\", status: Paused)])), Rule])";
    let opened = open(text);
    let told: Vec<String> = opened
        .findings
        .iter()
        .map(|f| format!("{} | {} | {} | {}", f.code, f.at, f.message, f.hint))
        .collect();
    assert_eq!(
        told,
        [
            "unknown-field |  | `colour` is not a field of a profile | a profile has `format`, `person`, `sections`, `labels`; the field is kept in the file but not printed",
            "unknown-field | person | `nickname` is not a field of a person | a person has `name`, `headline`, `emails`; the field is kept in the file but not printed",
            "unknown-kind | sections[0] | `Educatoin` is not understood here | did you mean `Education`?",
            "unknown-field | sections[0].entries[0] | `institutoin` is not a field of an education entry | did you mean `institution`? if not: the field is kept in the file but not printed",
            "unknown-kind | sections[0].entries[0].status | `Paused` is not understood here | expected one of `Done`, `Running`",
        ]
    );
    assert_eq!(opened.value.sections.len(), 2);
    let saved = settle(text);
    for kept in [
        "\n    colour: (r: 1, /* g */ g: 2),\n",
        "\n        name: \"Ada\", // her\n",
        "\n        nickname: r#\"A \"x\"\"#, // short\n",
        "sections: [\n        Educatoin(entries: []),\n        Education(",
        "\n                    institutoin: \"X\",\n                    status: Paused,\n",
    ] {
        assert!(saved.contains(kept), "{kept}\nis not in\n{saved}");
    }
}

#[test]
fn what_cannot_do_without_the_unknown_goes_with_it() {
    let text = "(sections: [Dated(title: \"x\", status: Paused), Rule])";
    let opened = open(text);
    assert_eq!((opened.value.sections, opened.findings.len()), (vec![Section::Rule], 1));
    assert_eq!(opened.findings[0].at.to_string(), "sections[0].status");
    let saved = settle(text);
    assert!(saved.contains("Dated(title: \"x\", status: Paused),\n        Rule,"), "{saved}");
    // Nothing but the unknown may be left out: here the title is missing as well.
    let error = ron_file::open::<Profile>("x", "(sections: [Dated(status: Paused), Rule])");
    let said = error.map(|opened| opened.value).unwrap_err().to_string();
    assert!(said.starts_with("x:1:13: error: `title` is missing in a dated"), "{said}");
}

#[test]
fn comments_follow_what_they_were_written_about() {
    let text = "(format: 1, person: (emails: [\n\"one@example.org\", // 1\n\"two@example.org\", // 2\n\"three@example.org\", // 3\n]))";
    let check = |edit: &dyn Fn(&mut Vec<String>), expected: &str, lost: usize| {
        let mut opened = open(text);
        edit(&mut opened.value.person.emails);
        let written = save(&opened);
        let lines: Vec<&str> = written
            .text
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"'))
            .map(|line| line.trim_start())
            .collect();
        assert_eq!(lines.join("|").replace("@example.org\",", ""), expected);
        assert_eq!(written.findings.len(), lost);
    };
    check(&|_| {}, "one // 1|two // 2|three // 3", 0);
    check(&|e| e.reverse(), "three // 3|two // 2|one // 1", 0);
    check(&|e| e.insert(0, "new@example.org".into()), "new|one // 1|two // 2|three // 3", 0);
    check(&|e| e[1] = "zwei@example.org".into(), "one // 1|zwei // 2|three // 3", 0);
    check(&|e| drop(e.remove(1)), "one // 1|three // 3", 1);
    check(&|e| *e = vec!["twos@example.org".into()], "twos // 2", 2);
}

#[test]
fn an_edited_field_wins_over_an_unknown_kind() {
    let mut opened =
        open("(format: 1, sections: [Education(entries: [(institution: \"X\", status: Paused)])])");
    let Section::Education(section) = &mut opened.value.sections[0] else { panic!() };
    section.entries[0].status = Status::Running;
    let written = save(&opened);
    assert!(written.text.contains("status: Running,"), "{}", written.text);
    assert_eq!(written.findings.len(), 1);
}

#[test]
fn a_record_written_as_text_keeps_what_is_unknown() {
    let saved = settle(
        "(sections: [Free([\"a\", (text: \"b\", colour: red /* ! */), (text: \"c\" /* why */)])])",
    );
    let lines: Vec<&str> = saved.lines().map(str::trim).collect();
    let expected = "\"a\", ( text: \"b\", colour: red, /* ! */ ), /* why */ \"c\",";
    assert!(lines.join(" ").contains(expected), "{saved}");
    let told = open(&saved).findings;
    assert_eq!((told.len(), told[0].message.as_str()), (1, "`colour` is not a field here"));
}

#[test]
fn lenient_where_it_harms_nobody() {
    let check = |field: &str, expected: &str| {
        let opened = open(&format!("(format: 1, person: ({field}))"));
        let person = opened.value.person;
        let said = format!("{}|{:?}|{:?}", person.name, person.headline, person.emails);
        assert_eq!(said, expected, "{field}");
    };
    check("name: 2024", "2024|None|[]");
    check("name: true", "true|None|[]");
    check("name: Ada", "Ada|None|[]");
    check("name: 'x'", "x|None|[]");
    check("headline: Some(\"PhD\")", "|Some(\"PhD\")|[]");
    check("headline: \"PhD\"", "|Some(\"PhD\")|[]");
    check("headline: None", "|None|[]");
    check("name: \"a\\r\\nb\\0\"", "a\nb|None|[]");
    check("emails: Some([\"a\"])", "|None|[\"a\"]");
}

#[test]
fn a_field_is_found_in_the_file() {
    use vitae::at::At;
    let text = "(\n format: 1,\n person: (name: \"王\", emails: [\"a\",\n   \"b\"]),\n sections: [Nothing(1),\n  Education((title: \"T\"))],\n)";
    let opened = open(text);
    let check = |at: At, line: usize, column: usize| {
        let place = opened.source.place(&at);
        assert_eq!((place.line, place.column), (line, column), "{at}");
    };
    let root = At::root();
    check(root.clone(), 1, 1);
    check(root.field("format"), 2, 10);
    check(root.field("person").field("emails"), 3, 30);
    check(root.field("person").field("emails").index(1), 4, 4);
    check(root.field("person").field("headline"), 3, 10);
    check(root.field("sections").index(0).field("title"), 6, 21);
    check(root.field("sections").index(7), 5, 12);
}

// ---- any file a person may write ----

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{0,8}",
        Just("say \"hi\" \\ #".to_owned()),
        Just("two\nlines".to_owned()),
        Just("// no comment, (".to_owned()),
        "\\PC{0,6}",
    ]
}

fn profile() -> impl Strategy<Value = Profile> {
    let status = prop_oneof![Just(Status::Done), Just(Status::Running)];
    let entry = (text(), text(), prop::collection::vec(text(), 0..3), status, any::<bool>())
        .prop_map(|(institution, degree, bullets, status, hidden)| EducationEntry {
            institution,
            degree,
            bullets,
            status,
            hidden,
        });
    let bullet = (text(), prop_oneof![Just(0), any::<i8>()])
        .prop_map(|(text, weight)| Bullet { text, weight });
    let section = prop_oneof![
        (text(), prop::collection::vec(entry, 0..3))
            .prop_map(|(title, entries)| Section::Education(Education { title, entries })),
        prop::collection::vec(bullet, 0..3).prop_map(Section::Free),
        (text(), any::<i8>()).prop_map(|(title, weight)| Section::Note { title, weight }),
        (any::<u8>(), -1e6..1e6_f64).prop_map(|(a, b)| Section::Pair(a, b)),
        Just(Section::Rule),
    ];
    let person = (text(), prop::option::of(text()), prop::collection::vec(text(), 0..3))
        .prop_map(|(name, headline, emails)| Person { name, headline, emails });
    let labels = prop::collection::btree_map("[a-z]{1,4}", text(), 0..3);
    (any::<u32>(), person, prop::collection::vec(section, 0..4), labels)
        .prop_map(|(format, person, sections, labels)| Profile { format, person, sections, labels })
}

/// A small generator that a test can replay.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Writes `text` again as a person might: other spaces, comments, unknown fields, joined lines.
/// Gives what was added.
fn scribble(text: &str, seed: u64) -> (String, Vec<String>) {
    let tree = Source::parse(text).unwrap();
    let mut dice = Dice(seed);
    let mut added = Vec::new();
    // Places where white space may stand: around the punctuation that is in no text.
    let mut inside = vec![false; text.len() + 1];
    mark(&tree.tree().root, &mut inside);
    let start = tree.tree().root.span.start;
    let mut out = String::new();
    let mut brackets = Vec::new();
    for (at, c) in text.char_indices() {
        if at < start || inside[at] {
            out.push(c);
            continue;
        }
        if c == '\n' || c == ' ' {
            match dice.roll(8) {
                0 => out.push_str("\n\n  "),
                1 if c == '\n' => out.push(' '),
                2 => space(&mut out, &mut dice, &mut added),
                _ => out.push(c),
            }
            continue;
        }
        if matches!(c, ')' | ']' | ',' | ':') && dice.roll(12) == 0 {
            space(&mut out, &mut dice, &mut added);
        }
        out.push(c);
        if matches!(c, '(' | '[' | '{') {
            brackets.push(c);
        } else if matches!(c, ')' | ']' | '}') {
            brackets.pop();
        }
        if matches!(c, '(' | '[' | ',' | ':') && dice.roll(6) == 0 {
            space(&mut out, &mut dice, &mut added);
        }
        // Behind `(` or `,` and before a line's end stands the next field.
        let next = text[at + c.len_utf8()..].starts_with('\n');
        if next && matches!(c, '(' | ',') && brackets.last() == Some(&'(') && dice.roll(6) == 0 {
            let value = ["\"odd, (\"", "[1, /* in */ 2]", "(a: None)", "Thing(1, \"\n\")", "-1.5"];
            let field = format!("zz{}: {}", added.len(), value[dice.roll(5) as usize]);
            out.push_str(&format!(" {field},"));
            added.push(field);
        }
    }
    (out, added)
}

fn space(out: &mut String, dice: &mut Dice, added: &mut Vec<String>) {
    let number = added.len();
    let comment = match dice.roll(4) {
        0 => format!("// line {number} \" ( ünï \t"),
        1 => format!("/* block {number} */"),
        2 => format!("/* two\n   lines {number} /* nested */ */"),
        _ => format!("//{number}"),
    };
    let own_line = dice.roll(2) == 0;
    out.push_str(if own_line { "\n" } else { " " });
    out.push_str(&comment);
    out.push_str(if comment.starts_with("//") || own_line { "\n" } else { " " });
    added.push(comment);
}

/// Marks the bytes of scalars and names.
fn mark(node: &vitae::store::tree::Node, inside: &mut [bool]) {
    let mut all = |span: vitae::store::tree::Span| inside[span.start..span.end].fill(true);
    match node.group() {
        None => all(node.span),
        Some(group) => {
            group.name.into_iter().for_each(&mut all);
            for item in &group.items {
                item.key.iter().for_each(|key| mark(key, inside));
                mark(&item.value, inside);
            }
        }
    }
}

fn ron_reads(text: &str) -> Profile {
    ron::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

proptest! {
    #[test]
    fn what_is_written_is_read_by_both_readers(profile in profile()) {
        let written = ron_file::write(&profile, None).unwrap().text;
        prop_assert_eq!(&ron_reads(&written), &profile);
        let opened = open(&written);
        prop_assert_eq!(&opened.value, &profile);
        prop_assert!(opened.findings.iter().all(|f| f.code == Code::DirectionMark));
        prop_assert_eq!(save(&opened).text, written);
    }

    #[test]
    fn nothing_that_people_write_is_lost(profile in profile(), seed in any::<u64>(), crlf in any::<bool>()) {
        let written = ron_file::write(&profile, None).unwrap().text;
        let (mut scribbled, added) = scribble(&written, seed);
        if crlf {
            scribbled = vitae::store::read::normalised(&format!("\u{FEFF}{}", scribbled.replace('\n', "\r\n")));
        }
        prop_assert_eq!(&ron_reads(&scribbled), &profile);
        let opened = open(&scribbled);
        prop_assert_eq!(&opened.value, &profile);
        let saved = settle(&scribbled);
        prop_assert_eq!(&open(&saved).value, &profile);
        for piece in added {
            prop_assert_eq!(saved.matches(&piece).count(), scribbled.matches(&piece).count(), "{}\nin\n{}\nfrom\n{}", piece, saved, scribbled);
        }
    }

    #[test]
    fn what_is_not_kept_is_told(profile in profile(), seed in any::<u64>(), edit in 0..6_u8) {
        let written = ron_file::write(&profile, None).unwrap().text;
        let (mut scribbled, added) = scribble(&written, seed);
        scribbled = scribbled.replace("Rule,", "Rule, Odd(1, [2]), // odd\n");
        let mut opened = open(&scribbled);
        let value = &mut opened.value;
        match edit {
            0 => value.sections.reverse(),
            1 => drop(value.sections.pop()),
            2 => value.person = Person::default(),
            3 => value.sections.insert(0, Section::Rule),
            4 => value.labels.clear(),
            _ => value.sections.iter_mut().for_each(|section| match section {
                Section::Education(education) => education.entries.reverse(),
                Section::Free(bullets) => bullets.retain(|bullet| bullet.weight > 0),
                Section::Note { title, .. } | Section::Dated { title, .. } => title.push('!'),
                Section::Pair(..) | Section::Rule => {}
            }),
        }
        let saved = save(&opened);
        prop_assert_eq!(&open(&saved.text).value, &opened.value);
        prop_assert_eq!(&save(&open(&saved.text)).text, &saved.text);
        for piece in added {
            let line: String = piece.lines().next().unwrap().chars().take(38).collect();
            let told = saved.findings.iter().any(|finding| finding.message.contains(&line));
            prop_assert!(saved.text.contains(&piece) || told, "{}\nin\n{}\nfrom\n{}", piece, saved.text, scribbled);
        }
        let odd = |text: &str| text.matches("Odd(1, [2]), // odd\n").count();
        let told = saved.findings.iter().filter(|finding| finding.message.contains("Odd(")).count();
        prop_assert_eq!(odd(&saved.text) + told, odd(&scribbled));
    }
}

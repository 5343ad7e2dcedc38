//! A second import of a grown file: what is new comes in, what the source changed is changed, what
//! was edited by hand stays.

#![expect(
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use vitae::{
    interchange::{
        Import,
        merge::{Decision, Doubt, apply, plan},
    },
    profile::Profile,
    section::{Publication, Section},
    store::Document,
};

fn profile(text: &str) -> Profile {
    Document::from_text("test", text).unwrap().profile
}

fn papers(entries: &str) -> Profile {
    profile(&format!("(sections: [Publications(entries: [{entries}])])"))
}

fn import(profile: Profile) -> Import {
    Import { profile, ..Import::default() }
}

/// Takes what is accepted unasked; what was decided, and the profile after it.
fn merged(old: &Profile, new: Profile) -> (Vec<Decision>, usize, Profile) {
    let mut import = import(new);
    let mut profile = old.clone();
    let plan = plan(&profile, &mut import);
    apply(&mut profile, &import, &plan);
    (plan.decisions, plan.same, profile)
}

fn text(profile: &Profile) -> String {
    vitae::store::new_text(profile).unwrap()
}

#[test]
fn what_is_there_already_is_not_taken_twice() {
    let source = papers(
        r#"(title: "A Paper", authors: ["W. Zhang"], doi: "10.5555/1", imported: "zhang"),
           (title: "Another", arxiv: "2401.00001v2", imported: "b")"#,
    );
    let (decisions, same, first) = merged(&Profile::default(), source.clone());
    assert_eq!((decisions.len(), same), (2, 0));
    let (decisions, same, second) = merged(&first, source);
    assert_eq!((decisions, same), (vec![], 2));
    assert_eq!(first, second);
    // Without keys the DOI, the arXiv id or the title says it.
    for one in [
        r#"(title: "Renamed", doi: "https://doi.org/10.5555/1")"#,
        r#"(title: "Renamed", arxiv: "arXiv:2401.00001")"#,
        r#"(title: "**A** paper")"#,
    ] {
        let (decisions, ..) = merged(&first, papers(one));
        assert!(decisions.iter().all(|d| !d.is_new), "{one}: {decisions:?}");
    }
}

#[test]
fn the_source_changes_what_was_left_as_it_came() {
    let old = papers(r#"(title: "A Paper", venue: "arXiv", status: "preprint", imported: "k")"#);
    let new = papers(
        r#"(title: "A Paper", venue: "NeurIPS", status: "preprint", date: "2026", imported: "k")"#,
    );
    let (_, _, mut first) = merged(&Profile::default(), old);
    let (decisions, _, second) = merged(&first, new.clone());
    let changes: Vec<_> = decisions.iter().flat_map(|d| &d.changes).collect();
    assert!(changes.iter().all(|c| c.accept), "{changes:?}");
    assert_eq!(changes.iter().map(|c| c.label).collect::<Vec<_>>(), ["Venue", "Date"]);
    assert!(text(&second).contains("NeurIPS"));

    // The same after an edit by hand: that stands, and the rest is taken.
    let edited = text(&first).replace("\"arXiv\"", "\"Proc. of arXiv\"");
    first = profile(&edited);
    let (decisions, _, second) = merged(&first, new.clone());
    let venue = decisions.iter().flat_map(|d| &d.changes).find(|c| c.label == "Venue").unwrap();
    assert_eq!((venue.old.as_str(), venue.new.as_str()), ("Proc. of arXiv", "NeurIPS"));
    assert!(!venue.accept);
    let said = text(&second);
    assert!(said.contains("Proc. of arXiv") && said.contains("2026"), "{said}");
    // What was told once is not told again as long as the source says the same.
    let (decisions, same, third) = merged(&second, new);
    assert_eq!((decisions, same, &third), (vec![], 1, &second));
}

#[test]
fn what_was_removed_by_hand_stays_removed() {
    let source = papers(r#"(title: "A Paper", note: "Oral", imported: "k")"#);
    let (_, _, first) = merged(&Profile::default(), source.clone());
    let without = profile(&text(&first).replace("note: \"Oral\",", ""));
    let (decisions, _, second) = merged(&without, source);
    assert!(decisions.is_empty(), "{decisions:?}");
    assert!(!text(&second).contains("Oral"));
}

#[test]
fn what_was_typed_without_a_source_is_only_filled_up() {
    let typed = papers(r#"(title: "A paper", venue: "NeurIPS 2026")"#);
    let source = papers(r#"(title: "A Paper", venue: "NeurIPS", date: "2026", imported: "k")"#);
    let (decisions, _, after) = merged(&typed, source);
    let taken: Vec<_> =
        decisions.iter().flat_map(|d| &d.changes).map(|c| (c.label, c.accept)).collect();
    assert_eq!(taken, [("Title", false), ("Venue", false), ("Date", true)]);
    let said = text(&after);
    assert!(said.contains("A paper") && said.contains("\"NeurIPS 2026\""), "{said}");
}

#[test]
fn a_name_that_the_profile_knows_is_no_change() {
    let old = |authors: &str| {
        profile(&format!(
            r#"(person: (name: "Zofia Example"), sections: [Publications(entries: [(title: "A Paper", authors: [{authors}])])])"#
        ))
    };
    let source =
        || papers(r#"(title: "A Paper", authors: [(name: "Z. Example†", own: true), "W. Zhang"])"#);
    let (decisions, same, _) = merged(&old(r#""Z. Example†", "W. Zhang""#), source());
    assert_eq!((decisions, same), (vec![], 1));
    // Where only the source tells who it is, it is a change.
    let stranger =
        || papers(r#"(title: "A Paper", authors: [(name: "Z. Other†", own: true), "W. Zhang"])"#);
    let (decisions, ..) = merged(&old(r#""Z. Other†", "W. Zhang""#), stranger());
    assert_eq!(decisions.len(), 1);
}

#[test]
fn new_entries_stand_by_date() {
    let old = papers(r#"(title: "New", date: "2025"), (title: "Old", date: "2020")"#);
    let source = papers(
        r#"(title: "Middle", date: "2022", imported: "a"), (title: "Undated", imported: "c")"#,
    );
    let (_, _, after) = merged(&old, source);
    let said = text(&after);
    let places =
        ["New", "Middle", "Old", "Undated"].map(|t| said.find(&format!("\"{t}\"")).unwrap());
    assert!(places.is_sorted(), "{said}");
}

/// A journal paper and what has its title and one of its authors, but is another work.
const JOURNAL: &str = r#"(title: "Same work", authors: ["J. Doe", "R. Roe"], venue: "Journal of Rain", date: "2009",
    doi: "10.5555/jr.1", imported: "j1")"#;

#[test]
fn a_title_alone_is_no_identity() {
    for (other, doubt) in [
        // Conference and journal; of another year; of another kind; with another DOI.
        (
            r#"(title: "Same work", authors: ["J. Doe"], venue: "Conference on Rain", date: "2008", imported: "c1")"#,
            true,
        ),
        (
            r#"(title: "Same work", authors: ["J. Doe"], venue: "Journal of Rain", date: "2012", imported: "c1")"#,
            true,
        ),
        (r#"(title: "Same work", authors: ["J. Doe"], kind: "Book", imported: "c1")"#, true),
        (r#"(title: "Same work", authors: ["J. Doe"], doi: "10.5555/jr.2", imported: "c1")"#, true),
        // By somebody else, such as an editorial.
        (r#"(title: "Same work", authors: ["A. Smith"], imported: "c1")"#, false),
        // Another paper under the same key.
        (
            r#"(title: "Other work", authors: ["J. Doe"], doi: "10.5555/jr.3", imported: "j1")"#,
            false,
        ),
    ] {
        // In one file, in both orders.
        for both in [format!("{JOURNAL}, {other}"), format!("{other}, {JOURNAL}")] {
            let (decisions, _, after) = merged(&Profile::default(), papers(&both));
            assert_eq!(decisions.iter().filter(|d| d.is_taken()).count(), 2, "{both}");
            assert_eq!(decisions.iter().any(|d| d.doubt.is_some()), doubt, "{both}");
            // Brought in again, nothing is new and nothing is changed.
            let (decisions, same, again) = merged(&after, papers(&both));
            assert_eq!((decisions, same, &again), (vec![], 2, &after), "{both}");
        }
        // In a grown file, before what was there.
        let (_, _, first) = merged(&Profile::default(), papers(JOURNAL));
        let (decisions, same, after) = merged(&first, papers(&format!("{other}, {JOURNAL}")));
        assert_eq!((decisions.len(), same), (1, 1), "{other}");
        assert!(decisions.iter().all(|d| d.is_new && d.is_taken()), "{other}");
        assert_eq!(text(&after).matches("10.5555/jr.1").count(), 1, "{other}");
    }
}

#[test]
fn what_stands_in_a_source_more_than_once_is_taken_once() {
    let skills = |entries: &str| profile(&format!("(sections: [Skills(entries: [{entries}])])"));
    let (_, _, after) = merged(
        &Profile::default(),
        skills(
            r#"(label: "Languages", items: "Python"), (label: "Languages", items: "English"), (label: "Languages", items: "Python")"#,
        ),
    );
    assert_eq!(text(&after).matches("label: \"Languages\"").count(), 2, "{}", text(&after));
    let less = r#"(title: "Same work", authors: ["J. Doe"], doi: "10.5555/jr.1", imported: "x")"#;
    for both in [format!("{JOURNAL}, {less}"), format!("{less}, {JOURNAL}")] {
        let (decisions, _, after) = merged(&Profile::default(), papers(&both));
        let doubts: Vec<_> = decisions.iter().filter_map(|d| d.doubt).collect();
        assert_eq!(doubts, [Doubt::Repeated], "{both}");
        assert!(text(&after).contains("Journal of Rain"), "{both}");
    }
}

#[test]
fn what_is_published_replaces_its_preprint_and_not_the_other_way() {
    let preprint = r#"(title: "Beta", authors: ["J. Doe"], venue: "arXiv", status: "preprint", date: "2022", imported: "p")"#;
    let published = r#"(title: "Beta", authors: ["J. Doe"], venue: "J. of Beta", date: "2023", doi: "10.5555/b", imported: "p")"#;
    let (_, _, first) = merged(&Profile::default(), papers(preprint));
    let (_, _, after) = merged(&first, papers(published));
    let said = text(&after);
    assert!(said.contains("J. of Beta") && !said.contains("preprint"), "{said}");
    // A preprint of another library, of what is published.
    let (_, _, first) = merged(&Profile::default(), papers(published));
    let (decisions, _, after) = merged(&first, papers(&preprint.replace("\"p\"", "\"q\"")));
    assert_eq!(decisions.iter().map(|d| d.doubt).collect::<Vec<_>>(), [Some(Doubt::Preprint)]);
    assert_eq!(after, first);
}

#[test]
fn what_the_source_says_no_more_goes_where_nobody_touched_it() {
    let old = papers(r#"(title: "A Paper", note: "Oral", details: "p. 1", imported: "k")"#);
    let (_, _, first) = merged(&Profile::default(), old);
    let edited = profile(&text(&first).replace("\"p. 1\"", "\"pp. 1–9\""));
    let (_, _, after) = merged(&edited, papers(r#"(title: "A Paper", imported: "k")"#));
    let said = text(&after);
    assert!(!said.contains("Oral") && said.contains("pp. 1–9"), "{said}");
}

#[test]
fn the_order_of_a_source_makes_no_difference() {
    let entries = [
        JOURNAL,
        r#"(title: "Same work", authors: ["J. Doe"], venue: "Conference on Rain", date: "2008", imported: "c1")"#,
        r#"(title: "Editorial", authors: ["J. Doe"], date: "2008", imported: "e1")"#,
        r#"(title: "Editorial", authors: ["J. Doe"], date: "2010", imported: "e2")"#,
        r#"(title: "Editorial", authors: ["J. Doe"], date: "2010", doi: "10.5555/e3")"#,
        r#"(title: "Gamma", authors: ["J. Doe"], arxiv: "2201.00001", date: "2021")"#,
    ];
    let (_, _, first) = merged(&Profile::default(), papers(&entries.join(", ")));
    let mut order: Vec<usize> = (0..entries.len()).collect();
    // Every rotation, and each of them backwards.
    for _ in 0..entries.len() {
        order.rotate_left(1);
        for reversed in [false, true] {
            let mut of_one = order.clone();
            if reversed {
                of_one.reverse();
            }
            let listed: Vec<&str> = of_one.iter().map(|i| entries[*i]).collect();
            let (decisions, _, again) = merged(&first, papers(&listed.join(", ")));
            assert_eq!((decisions, &again), (vec![], &first), "{of_one:?}");
        }
    }
}

#[test]
fn a_cv_keeps_its_order_and_its_headings_where_nothing_was_before() {
    let source = profile(
        r#"(sections: [
            Publications(title: "Journals", entries: [(title: "Older", date: "2020"), (title: "Newer", date: "2025")]),
            Publications(title: "Workshops", entries: [(title: "Undated")]),
        ])"#,
    );
    let (_, _, after) = merged(&Profile::default(), source.clone());
    assert_eq!(after.sections, source.sections);
    // Of a database of publications nobody knows the order.
    let mut import = Import { unordered: true, ..import(source) };
    let mut by_date = Profile::default();
    let plan = plan(&by_date, &mut import);
    apply(&mut by_date, &import, &plan);
    let said = text(&by_date);
    let places = ["Newer", "Older", "Undated"].map(|t| said.find(&format!("\"{t}\"")).unwrap());
    assert!(places.is_sorted(), "{said}");
}

#[test]
fn a_person_is_filled_up_and_never_overwritten() {
    let old = profile(
        r#"(person: (name: "Zofia Example", emails: ["zofia@example.org"], links: ["github.com/zofia-example"]))"#,
    );
    let new = profile(
        r#"(person: (name: "Z. Example", headline: "Student", emails: ["ZOFIA@example.org", "z@example.com"],
            links: ["https://github.com/zofia-example", "orcid.org/0000-0002-1825-0097"]),
            sections: [Skills(title: "Tools", entries: [(label: "Languages", items: "Rust")])])"#,
    );
    let (decisions, _, after) = merged(&old, new);
    let person = &decisions.first().unwrap().changes;
    let taken: Vec<_> = person.iter().map(|c| (c.label, c.accept)).collect();
    assert_eq!(taken, [("Name", false), ("Headline", true), ("Email", true), ("Links", true)]);
    assert_eq!(after.person.name, "Zofia Example");
    assert_eq!(after.person.emails, ["zofia@example.org", "z@example.com"]);
    assert_eq!(after.person.links.len(), 2);
    assert_eq!(after.sections.first().unwrap().title(), "Tools");
}

#[test]
fn nothing_is_taken_that_was_declined() {
    let old = papers(r#"(title: "A")"#);
    let mut import = import(papers(r#"(title: "A", date: "2020"), (title: "B")"#));
    let mut plan = plan(&old, &mut import);
    plan.decisions.iter_mut().for_each(|d| d.accept = false);
    let mut after = old.clone();
    apply(&mut after, &import, &plan);
    assert_eq!(after, old);
}

#[test]
fn a_patent_that_stands_among_publications_is_not_taken_twice() {
    let old = papers(
        r#"(title: "Long Sheets", authors: ["A. Nowak"], details: "Patent US 11,222,333 B2",
            date: "2021", kind: "Patent", imported: "nowak"),
           (title: "Long Sheets", authors: ["A. Nowak"], venue: "Journal", date: "2021")"#,
    );
    let patents = |entries: &str| profile(&format!("(sections: [Patents(entries: [{entries}])])"));
    let changes = |entry: &str| {
        let (decisions, _, after) = merged(&old, patents(entry));
        assert!(decisions.iter().all(|d| !d.is_new), "{entry}: {decisions:?}");
        assert_eq!(after.sections.len(), 1, "{entry}");
        let changes = decisions.into_iter().flat_map(|d| d.changes);
        changes.map(|c| format!("{}: {}", c.label, c.new)).collect::<Vec<_>>()
    };
    // Whatever says that it is the same: title, number or key.
    let same = r#"(title: "Long sheets", inventors: ["Anna Nowak"], number: "US11222333B2", date: "2021")"#;
    assert_eq!(changes(same).len(), 3);
    let renamed =
        r#"(title: "Folding", inventors: ["A. Nowak"], number: "11,222,333", date: "2021")"#;
    assert!(changes(renamed).contains(&"Title: Folding".to_owned()));
    let grown = r#"(title: "Long Sheets", inventors: ["A. Nowak"], number: "US 11,222,333 B2",
        date: "2021", status: "granted", office: "United States", imported: "nowak")"#;
    assert_eq!(changes(grown), ["Venue: United States", "Status: granted"]);
    // Another number of that title is another patent, of the same family.
    let (decisions, _, after) = merged(
        &old,
        patents(
            r#"(title: "Long Sheets", inventors: ["A. Nowak"], number: "EP 1 234 567", date: "2021")"#,
        ),
    );
    assert!(decisions.iter().any(|d| d.is_new), "{decisions:?}");
    assert_eq!(after.sections.len(), 2);
    // What stands among the patents is there, too.
    let (first, second) = (merged(&Profile::default(), patents(grown)).2, patents(grown));
    let (decisions, same, again) = merged(&first, second);
    assert_eq!((decisions, same, again), (vec![], 1, first));
}

#[test]
fn nothing_without_a_title_is_a_version_of_something() {
    let old = papers(r#"(authors: ["J. Doe"], venue: "Journal of Rain", date: "2009")"#);
    let new = papers(r#"(authors: ["J. Doe"], venue: "Conference of Snow", date: "2011")"#);
    let (decisions, ..) = merged(&old, new);
    assert_eq!(decisions.iter().map(|d| d.doubt).collect::<Vec<_>>(), [None]);
    // Nor does a key alone make one of two.
    let keyed = |venue: &str, doi: &str| {
        papers(&format!(r#"(venue: "{venue}", doi: "{doi}", imported: "k")"#))
    };
    let (decisions, ..) = merged(&keyed("A", "10.5555/1"), keyed("B", "10.5555/2"));
    assert!(decisions.iter().all(|d| d.is_new), "{decisions:?}");
}

#[test]
fn facts_with_one_label_are_several() {
    let person = |facts: &str| profile(&format!("(person: (name: \"A\", facts: [{facts}]))"));
    let facts = |profile: &Profile| -> Vec<String> {
        profile.person.facts.iter().map(|f| format!("{}={}", f.label, f.text)).collect()
    };
    let source = || person(r#""Nationality: Polish", "Nationality: French", "Born: 1990""#);
    for (old, expected) in [
        ("", &["Nationality=Polish", "Nationality=French", "Born=1990"][..]),
        (r#""Nationality: French""#, &["Nationality=French", "Nationality=Polish", "Born=1990"]),
        // What was written otherwise by hand is the same fact.
        (
            r#""Born: 1 May 1990", "Nationality: polnisch", "Nationality: French""#,
            &["Born=1 May 1990", "Nationality=polnisch", "Nationality=French"],
        ),
    ] {
        let (_, _, after) = merged(&person(old), source());
        assert_eq!(facts(&after), expected, "{old}");
        let (decisions, _, again) = merged(&after, source());
        assert_eq!((decisions, &again), (vec![], &after), "{old}");
    }
}

#[test]
fn a_remark_that_parts_two_of_one_name_stays() {
    let old = profile(r#"(person: (name: "Wei Zhang"))"#);
    let new = papers(
        r#"(title: "A", authors: ["W. Zhang", (name: "W. Zhang", own: true)]),
           (title: "B", authors: ["A. Other", (name: "W. Zhang", own: true)])"#,
    );
    let (_, _, after) = merged(&old, new);
    let Some(Section::Publications(list)) = after.sections.first() else {
        unreachable!("publications were imported");
    };
    let own: Vec<Vec<bool>> =
        list.entries.iter().map(|p| p.authors.iter().map(|a| a.own).collect()).collect();
    assert_eq!(own, [[false, true], [false, false]]);
}

#[test]
fn what_was_deleted_by_hand_does_not_come_back() {
    let keyed = r#"(title: "A Paper", date: "2024", imported: "a"), (title: "B Paper", imported: "b"), (title: "B Paper", venue: "V", date: "2020", imported: "b")"#;
    let plain = r#"(title: "A Paper", date: "2024"), (title: "B Paper", date: "2020")"#;
    for source in [keyed, plain] {
        let (_, _, first) = merged(&Profile::default(), papers(source));
        let mut deleted = first.clone();
        let Some(Section::Publications(list)) = deleted.sections.first_mut() else {
            unreachable!("publications were imported");
        };
        list.entries.retain(|paper| paper.title != "A Paper");
        // Written to a file and read again.
        let deleted = profile(&text(&deleted));
        let (decisions, _, second) = merged(&deleted, papers(source));
        let told: Vec<_> =
            decisions.iter().map(|d| (d.title.as_str(), d.doubt, d.accept)).collect();
        assert_eq!(told, [("A Paper", Some(Doubt::Deleted), false)], "{source}");
        assert_eq!(second, deleted, "{source}");
        // It is there for whoever wants it back.
        let mut import = import(papers(source));
        let mut plan = plan(&second, &mut import);
        plan.decisions.iter_mut().for_each(|decision| decision.decide(true));
        let mut third = second;
        apply(&mut third, &import, &plan);
        assert!(text(&third).contains("\"A Paper\""), "{source}");
        assert_eq!(third.imported, first.imported, "{source}");
        // Another one of that name is another one.
        let other = papers(r#"(title: "A Paper", date: "1999", imported: "z")"#);
        let (decisions, ..) = merged(&deleted, other);
        assert!(decisions.iter().all(|d| d.accept), "{decisions:?}");
    }
}

#[test]
fn what_is_new_in_front_takes_no_comment() {
    let old = r#"Profile(format: 1, person: (name: "Jane Doe"), sections: [
        Publications(entries: [
            // about the hand typed paper
            (title: "Hand typed", authors: ["J. Doe"], venue: "V", date: "2021"),
            // about the other
            (title: "Other", authors: ["J. Doe"], venue: "V", date: "2019"),
        ]),
    ])"#;
    let mut document = Document::from_text("x", old).unwrap();
    let Some(Section::Publications(list)) = document.profile.sections.first_mut() else {
        unreachable!("the profile has publications");
    };
    // As an import does: it changes what is there and puts others in front and between.
    for paper in &mut list.entries {
        paper.doi = format!("10.5555/{}", paper.title.len());
    }
    let new = |title: &str| Publication {
        title: title.into(),
        authors: vec!["Jane Doe".into()],
        venue: "Journal".into(),
        date: "2023".into(),
        ..Publication::default()
    };
    list.entries.insert(1, new("Hand made"));
    list.entries.insert(0, new("Newer"));
    let text = document.to_text().unwrap().text;
    for (comment, title) in [("the hand typed paper", "Hand typed"), ("the other", "Other")] {
        let behind = text.split_once(&format!("// about {comment}")).unwrap_or_default().1;
        let found = behind.split_once("title: \"").unwrap_or_default().1;
        assert!(found.starts_with(title), "{text}");
    }
}

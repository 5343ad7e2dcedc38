//! JSON Resume, all versions: what it calls the fields of a profile.
//!
//! What the format has no name for goes into the same objects under our own names, and under
//! `meta.vitae`, which its schema allows; other programs pass over it, and it is read back.

mod read;
mod write;

pub(super) use read::from_tree;
pub use write::write;

use super::{
    Source, Tree,
    decode::head,
    fresh, html, json,
    record::{Dialect, Form, Names},
    yaml,
};
use crate::section::SectionKind;
use std::collections::BTreeSet;

/// Reads JSON Resume.
pub static SOURCE: Source = Source {
    name: NAME,
    endings: &["json", "yaml", "yml"],
    fits,
    read: |bytes, _| read::read(bytes),
    outline: None,
};

const NAME: &str = "JSON Resume";
/// The version that is written: the newest that strict programs know.
const VERSION: &str = "v1.0.0";
const SCHEMA: &str =
    "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// The files that Vitae wrote: texts are ours.
const OWN: Dialect = Dialect {
    text: str::to_owned,
    start: &["startDate", "start_date", "start", "from"],
    end: &["endDate", "end_date", "end", "to"],
    date: &["dateText"],
};

/// The files of others, whose editors write HTML.
const DIALECT: Dialect = Dialect { text: html::to_prose, ..OWN };

/// How the dates of a kind are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// As start and end.
    Period,
    /// As a date under this name.
    Date(&'static str),
    /// As a whole day under `date`, or else not.
    Day,
    /// As typed.
    Typed,
}

/// Where the entries of a kind of section stand, and what their fields are called.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The kind of section.
    kind: SectionKind,
    /// The list that holds them, and other names that it has.
    list: &'static [&'static str],
    /// What `type` says of them in a list that several kinds share, and other words for it.
    types: &'static [&'static str],
    when: When,
    form: Form,
}

/// Names that lists of texts have: what they hold stands in one field with commas.
const LISTS: &[&str] = &["courses", "keywords", "roles"];

const PERSON: Form = Form {
    names: &[
        ("headline", &["label", "headline", "title"]),
        ("summary", &["summary", "aboutMe", "about", "bio"]),
        ("emails", &["emails", "email"]),
        ("phones", &["phones", "phone"]),
        ("photo", &["image", "picture", "photo"]),
    ],
    labels: &[
        ("Born", &["birthDate", "birthday", "dateOfBirth"]),
        ("Nationality", &["nationality", "citizenship"]),
        ("Pronouns", &["pronouns"]),
    ],
};

const URL: &[&str] = &["url", "website", "link"];
const LABELS: Names = &[
    ("Technologies", &["technologies", "keywords", "stack"]),
    ("Organisation", &["entity"]),
    ("Kind", &["type"]),
    ("About", &["description"]),
];

/// The place of a kind of section; the format has none for free text. In a list that several kinds
/// share, entries without a known `type` are of the first of them.
#[rustfmt::skip] // A table.
const fn place(kind: SectionKind) -> Option<Place> {
    Some(match kind {
        SectionKind::Experience => Place { kind, list: &["work", "experience", "employment"], types: &[], when: When::Period, form: Form { labels: LABELS, names: &[
            ("organization", &["name", "company", "employer", "organization"]), ("role", &["position", "title", "jobTitle"]), ("place", &["location"]),
            ("url", URL), ("summary", &["summary", "description"]), ("bullets", &["highlights", "achievements"]),
        ] } },
        SectionKind::Service => Place { kind, list: &["volunteer", "volunteering"], types: &[], when: When::Period, form: Form { labels: &[], names: &[
            ("organization", &["organization", "company", "name"]), ("role", &["position", "title"]), ("url", URL), ("bullets", &["highlights", "summary"]),
        ] } },
        SectionKind::Education => Place { kind, list: &["education"], types: &[], when: When::Period, form: Form { labels: &[("Scholarship", &["scholarship"])], names: &[
            ("institution", &["institution", "school", "university", "name"]), ("place", &["location"]), ("grade", &["score", "gpa"]), ("url", URL),
            ("advisor", &["advisor", "adviser", "supervisor"]), ("bullets", &["highlights", "summary", "description"]),
        ] } },
        SectionKind::Awards => Place { kind, list: &["awards", "honors"], types: &[], when: When::Date("date"), form: Form { labels: &[], names: &[
            ("name", &["title", "name"]), ("issuer", &["awarder", "issuer"]), ("date", &["date", "awardDate", "year"]), ("url", URL), ("bullets", &["summary", "highlights", "description"]),
        ] } },
        SectionKind::Certificates => Place { kind, list: &["certificates", "certifications"], types: &[], when: When::Day, form: Form { labels: &[], names: &[
            ("name", &["name", "title"]), ("issuer", &["issuer", "authority"]), ("url", URL),
        ] } },
        SectionKind::Publications => Place { kind, list: &["publications", "papers"], types: &[], when: When::Date("releaseDate"), form: Form { labels: &[], names: &[
            ("title", &["name", "title"]), ("authors", &["authors", "author", "coauthors", "coauthor"]), ("venue", &["publisher", "journal", "venue", "booktitle"]),
            ("date", &["releaseDate", "date", "publishedDate", "year"]), ("url", URL), ("bullets", &["summary", "highlights", "description"]),
        ] } },
        SectionKind::Patents => Place { kind, list: &["publications", "patents"], types: &["patent"], when: When::Date("releaseDate"), form: Form { labels: &[("Assignee", &["assignee", "holder", "owner"])], names: &[
            ("title", &["name", "title"]), ("inventors", &["authors", "author", "inventors", "inventor"]), ("office", &["publisher", "office", "issuer", "authority", "country"]),
            ("number", &["number", "patentNumber"]), ("date", &["releaseDate", "date", "publishedDate", "year"]), ("url", URL), ("bullets", &["summary", "highlights", "description"]),
        ] } },
        SectionKind::Skills => Place { kind, list: &["skills"], types: &[], when: When::Typed, form: Form { labels: &[], names: &[
            ("label", &["name"]), ("items", &["keywords"]),
        ] } },
        SectionKind::Languages => Place { kind, list: &["languages"], types: &[], when: When::Typed, form: Form { labels: &[], names: &[
            ("language", &["language", "name"]), ("level", &["fluency", "level", "proficiency", "value"]),
        ] } },
        SectionKind::List => Place { kind, list: &["interests", "hobbies"], types: &[], when: When::Typed, form: Form { labels: &[], names: &[
            ("text", &["name"]), ("bullets", &["highlights", "summary"]),
        ] } },
        SectionKind::References => Place { kind, list: &["references"], types: &[], when: When::Typed, form: Form { labels: &[], names: &[
            ("organization", &["organization", "company"]), ("position", &["position", "title"]), ("url", URL), ("phone", &["phone", "telephone"]),
        ] } },
        SectionKind::Projects => Place { kind, list: &["projects"], types: &[], when: When::Period, form: Form { labels: LABELS, names: &[
            ("name", &["name", "title"]), ("role", &["roles", "type"]), ("place", &["location"]), ("url", URL), ("tools", &["keywords", "technologies"]),
            ("summary", &["description", "summary"]), ("bullets", &["highlights"]),
        ] } },
        SectionKind::Talks => Place { kind, list: &["projects"], types: &["talk", "presentation"], when: When::Period, form: Form { labels: &[], names: &[
            ("title", &["name", "title"]), ("event", &["entity"]), ("place", &["location"]), ("url", URL), ("bullets", &["highlights", "description", "summary"]),
        ] } },
        SectionKind::Teaching => Place { kind, list: &["projects"], types: &["teaching", "course"], when: When::Period, form: Form { labels: &[], names: &[
            ("course", &["name", "title"]), ("role", &["roles"]), ("institution", &["entity"]), ("url", URL), ("bullets", &["highlights", "description", "summary"]),
        ] } },
        SectionKind::Grants => Place { kind, list: &["projects"], types: &["grant", "funding"], when: When::Period, form: Form { labels: &[], names: &[
            ("title", &["name", "title"]), ("funder", &["entity"]), ("role", &["roles"]), ("url", URL), ("bullets", &["highlights", "description", "summary"]),
        ] } },
        SectionKind::Text => return None,
    })
}

/// The places of all kinds that have one.
fn places() -> impl Iterator<Item = Place> {
    SectionKind::ALL.iter().filter_map(|kind| place(*kind))
}

/// What a degree and its subject have between them in one field.
const IN: &str = " in ";

/// What stands in `reference` of somebody who can be asked, for programs that show nothing else.
fn said(referee: &Tree) -> String {
    let mut referee = referee.clone();
    let texts = ["position", "organization", "relation"].map(|name| referee.text(&[name]));
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Whether these bytes are a record with the names of this format.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    let names = [json::names(&text), yaml::names(&text)].concat();
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    // Kinds that share a list count once.
    let lists = places().filter(|place| place.list.iter().any(|list| has(list)));
    let lists: BTreeSet<_> = lists.map(|place| place.list.first()).collect();
    // One list may stand in any file; in one that names the schema it is a part of a CV.
    let least = if has("$schema") && text.contains("jsonresume") { 1 } else { 2 };
    !has("cv")
        && !has("sections")
        && !fresh::fits(bytes)
        && (has("basics") || has("bio") || lists.len() >= least)
}

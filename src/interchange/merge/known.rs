//! Finds an entry of an import in a profile: by the key of its source, DOI, arXiv id, or title and year.

use super::{Place, stamp::Stamp};
use crate::{
    at::At,
    field::Access,
    profile::Profile,
    section::{Entries, Record, Section, Visitor},
    value::{
        date::Dates,
        link::{Link, LinkKind},
        person::fold,
        rich::Rich,
    },
};
use std::collections::{HashMap, HashSet};

/// Whether an entry is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It is new.
    Nothing,
    /// An entry much like it came earlier in the same source.
    Twin,
    /// It is this one of the profile.
    There(Place),
}

/// The entries of a profile by what they are known by.
#[derive(Debug, Default)]
pub(super) struct Known {
    names: HashMap<String, Place>,
    /// Those that an entry of the import was found to be; another cannot be the same.
    met: HashSet<Place>,
    /// What the entries of the import so far are known by.
    seen: HashSet<String>,
}

impl Known {
    /// The entries of `profile`.
    pub(super) fn of(profile: &Profile) -> Self {
        let mut known = Self::default();
        for (s, section) in profile.sections.iter().enumerate() {
            for i in 0..section.count() {
                for name in names(section, i) {
                    known.names.entry(name).or_insert((s, i));
                }
            }
        }
        known
    }

    /// Looks for entry `index` of a section of the import.
    pub(super) fn find(&mut self, section: &Section, index: usize) -> Found {
        let names = names(section, index);
        let found = names.iter().find_map(|name| self.names.get(name)).copied();
        let twin = names.iter().any(|name| self.seen.contains(name));
        self.seen.extend(names);
        match found {
            Some(place) if self.met.insert(place) => Found::There(place),
            Some(_) => Found::Twin,
            None if twin => Found::Twin,
            None => Found::Nothing,
        }
    }
}

/// What an entry is known by, the surest first. Two entries that share one of these names are the same.
fn names(section: &Section, index: usize) -> Vec<String> {
    let kind = section.kind();
    let names = section.visit(&At::root(), &mut Names(index));
    names.into_iter().map(|name| format!("{kind} {name}")).collect()
}

struct Names(usize);

impl Visitor<'_> for Names {
    type Out = Vec<String>;

    fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Vec<String> {
        list.entries.get(self.0).map(of).unwrap_or_default()
    }
}

fn of<R: Record>(entry: &R) -> Vec<String> {
    let mut names = vec![];
    let key = Stamp::parse(entry.imported()).key;
    if !key.is_empty() {
        names.push(format!("key {key}"));
    }
    let mut detail = String::new();
    for field in R::FIELDS {
        match (field.name, &field.access) {
            ("doi", Access::Link((get, _))) => names.extend(id("doi", LinkKind::Doi, get(entry))),
            ("arxiv", Access::Link((get, _))) => {
                names.extend(id("arxiv", LinkKind::ArXiv, get(entry)));
            }
            // One place may stand there twice: two roles, two degrees.
            ("role" | "degree" | "course", Access::Line((get, _))) => {
                detail.push_str(&letters(get(entry)));
            }
            _ => {}
        }
    }
    let title = letters(entry.title());
    if !title.is_empty() {
        // A paper is known by its title alone: a preprint of last year is the same paper.
        let papers = R::NOUN == "publication";
        let year = Dates::parse(entry.date()).filter(|_| !papers);
        let year = year.map(|dates| format!("{:?}", dates.sort_key())).unwrap_or_default();
        names.push(format!("title {title} {detail} {year}"));
    }
    names
}

/// A DOI or an arXiv id in the one form that all its spellings have; without the version of a preprint.
fn id(word: &str, kind: LinkKind, text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then_some(())?;
    // As an address or with its prefix, else as the bare id.
    let link = Some(Link::parse(text)).filter(|link| link.kind == kind);
    let link = link.unwrap_or_else(|| Link::of(kind, text));
    let url = link.url.unwrap_or_else(|| text.to_owned()).to_lowercase();
    let bare = url
        .rsplit_once('v')
        .filter(|(_, v)| word == "arxiv" && !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit()));
    Some(format!("{word} {}", bare.map_or(url.as_str(), |(bare, _)| bare)))
}

fn letters(markup: &str) -> String {
    fold(&Rich::parse(markup).to_plain())
}

//! Finds the entries of an import in a profile, all at once: the surest evidence first, over the
//! whole source.
//!
//! A title alone is no identity: conference, journal and preprint have the same, and every journal
//! has editorials.

use super::{Place, stamp::Stamp};
use crate::{
    at::At,
    compare::field_said,
    field::Access,
    interchange::paper::without_version,
    profile::Profile,
    section::{Entries, Patent, Publication, Record, Section, SectionKind, Visitor},
    value::{
        date::Dates,
        entry::Author,
        link::{Link, LinkKind},
        person::{Name, fold, split_marks},
        rich::Rich,
        venue,
        work::Work,
    },
};
use std::collections::{BTreeSet, HashMap};

/// Whether an entry of an import is in the profile already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It is new.
    Nothing,
    /// The same stands in the source once more, and that one counts.
    Repeated,
    /// It is new, and the profile or the source has another version of it: another venue, kind or
    /// year.
    Version,
    /// It is a preprint of something that the profile has as published.
    Preprint,
    /// It is not in the profile any more: it came in before and was deleted.
    Deleted,
    /// It is this one of the profile.
    There(Place),
}

/// What an entry is known by.
#[derive(Debug, Default)]
struct Facts {
    /// The kind of its section; entries of two kinds are never the same. A patent among
    /// publications is one of the patents.
    kind: SectionKind,
    /// Its key in the source.
    key: String,
    doi: String,
    arxiv: String,
    /// The number of a patent: the country in it, if it says one, and its digits.
    patent: (String, String),
    /// The letters of its title.
    title: String,
    /// What parts two entries of one title: role, degree, date. Empty for publications.
    detail: String,
    /// The year of a publication.
    year: String,
    /// The family names of its authors.
    authors: BTreeSet<String>,
    venue: String,
    /// The kind of publication.
    work: Option<Work>,
    /// All that it says.
    said: String,
}

/// Evidence that two entries are one: what they share, and what must not speak against it. The key
/// of the map is that which is shared; entries without it have no such evidence.
struct Evidence {
    shared: fn(&Facts) -> Option<String>,
    agree: fn(&Facts, &Facts) -> bool,
}

/// The surest first. Each is tried for all entries of the source before the next one is, so that a
/// paper is never taken for its twin because the twin stands first.
static EVIDENCE: [Evidence; 7] = [
    Evidence { shared: |f| some(&[&f.key, &f.said]), agree: |_, _| true },
    Evidence { shared: |f| some(&[&f.title]).and(some(&[&f.key, &f.title])), agree: |_, _| true },
    Evidence { shared: |f| some(&[&f.doi]), agree: |_, _| true },
    Evidence { shared: |f| some(&[&f.arxiv]), agree: |_, _| true },
    Evidence {
        shared: |f| some(&[&f.patent.1]),
        agree: |new, old| agrees(&new.patent.0, &old.patent.0) && new.shares_author(old),
    },
    // The source may correct a title; but two libraries may use one key for two papers.
    Evidence {
        shared: |f| some(&[&f.key]),
        agree: |new, old| new.ids_agree(old) && new.shares_author(old),
    },
    Evidence { shared: |f| some(&[&f.title, &f.detail]), agree: Facts::is_same_work },
];

/// What every entry of `import` is to `profile`. The order of the entries makes no difference, but
/// for which of two versions is told.
pub(super) fn find(profile: &Profile, import: &Profile) -> HashMap<Place, Found> {
    let (old, new) = (all(profile), all(import));
    let mut found: HashMap<Place, Found> = repeated(&new);
    let mut taken = BTreeSet::new();
    // In an order of their own, not in that of the source.
    let mut waiting: Vec<&(Place, Facts)> =
        new.iter().filter(|(place, _)| !found.contains_key(place)).collect();
    waiting.sort_by(|(_, a), (_, b)| (&a.key, &a.said).cmp(&(&b.key, &b.said)));
    for Evidence { shared, agree } in &EVIDENCE {
        let mut candidates: HashMap<(SectionKind, String), Vec<&(Place, Facts)>> = HashMap::new();
        for entry in &old {
            if let Some(shared) = shared(&entry.1) {
                candidates.entry((entry.1.kind, shared)).or_default().push(entry);
            }
        }
        waiting.retain(|(place, facts)| {
            let candidates = shared(facts).and_then(|s| candidates.get(&(facts.kind, s)));
            let mut fitting = candidates.into_iter().flatten();
            let one = fitting.find(|(there, old)| !taken.contains(there) && agree(facts, old));
            if let Some((there, _)) = one {
                taken.insert(*there);
                found.insert(*place, Found::There(*there));
            }
            one.is_none()
        });
    }
    // What was found may have versions among what was not. With each stands whether the profile has
    // it.
    let mut titles: HashMap<&str, Vec<(&Facts, bool)>> = HashMap::new();
    for (_, facts) in &old {
        titles.entry(&facts.title).or_default().push((facts, true));
    }
    let is_counted = |(place, _): &&(Place, Facts)| found.get(place) != Some(&Found::Repeated);
    let counted: Vec<_> = new.iter().filter(is_counted).collect();
    for (place, facts) in counted {
        let others = titles.entry(&facts.title).or_default();
        let is_version = |(other, _): &&(&Facts, bool)| {
            // Without a title nothing says that they are one work.
            !facts.title.is_empty()
                && facts.work.is_some()
                && other.work.is_some()
                && facts.shares_author(other)
        };
        found.entry(*place).or_insert_with(|| match others.iter().find(is_version) {
            None => Found::Nothing,
            Some((other, true))
                if facts.is_preprint() && !other.is_preprint() && facts.ids_agree(other) =>
            {
                Found::Preprint
            }
            Some(_) => Found::Version,
        });
        others.push((facts, false));
    }
    found
}

/// The entries of a source that stand there once more: word for word, or with the same title and
/// DOI. Of those the one that says most is left to count.
fn repeated(new: &[(Place, Facts)]) -> HashMap<Place, Found> {
    let mut best: HashMap<(SectionKind, String), &(Place, Facts)> = HashMap::new();
    let mut repeated = HashMap::new();
    for entry in new {
        let facts = &entry.1;
        let same = match facts.doi.is_empty() || facts.title.is_empty() {
            true => facts.said.clone(),
            false => format!("{} {}", facts.doi, facts.title),
        };
        let known = best.entry((facts.kind, same)).or_insert(entry);
        if known.0 != entry.0 {
            let rank = |facts: &Facts| (facts.said.len(), facts.said.clone());
            let less =
                if rank(facts) > rank(&known.1) { std::mem::replace(known, entry) } else { entry };
            repeated.insert(less.0, Found::Repeated);
        }
    }
    repeated
}

/// The texts as one, if the first of them says something.
fn some(texts: &[&str]) -> Option<String> {
    texts.first().is_some_and(|first| !first.is_empty()).then(|| texts.join("\u{1f}"))
}

impl Facts {
    /// Whether it is public without having been reviewed.
    fn is_preprint(&self) -> bool {
        self.work == Some(Work::Preprint)
    }

    /// Neither DOI nor arXiv id nor the number of a patent say that these are two.
    fn ids_agree(&self, other: &Self) -> bool {
        agrees(&self.doi, &other.doi)
            && agrees(&self.arxiv, &other.arxiv)
            && agrees(&self.patent.0, &other.patent.0)
            && agrees(&self.patent.1, &other.patent.1)
    }

    /// Whether somebody wrote both, as far as both say who.
    fn shares_author(&self, other: &Self) -> bool {
        let (a, b) = (&self.authors, &other.authors);
        a.is_empty() || b.is_empty() || a.intersection(b).next().is_some()
    }

    /// Whether two entries of one title are one work, this one in the newer state: a preprint may
    /// have been published since.
    fn is_same_work(&self, old: &Self) -> bool {
        let (Some(work), Some(old_work)) = (self.work, old.work) else {
            return true;
        };
        if !self.ids_agree(old) || !self.shares_author(old) {
            return false;
        }
        let is_published_since = old.is_preprint() && !self.is_preprint();
        let is_same_kind = work == old_work || [work, old_work].contains(&Work::Other);
        is_published_since
            || is_same_kind && agrees(&self.year, &old.year) && self.shares_venue(old)
    }

    fn shares_venue(&self, other: &Self) -> bool {
        let short = |venue: &str| venue::short(venue, None, std::iter::empty()).unwrap_or_default();
        let letters = |venue: &str| -> String {
            fold(venue).chars().filter(|c| !c.is_ascii_digit()).collect()
        };
        let (a, b) = (letters(&self.venue), letters(&other.venue));
        let (short_a, short_b) = (short(&self.venue), short(&other.venue));
        a.contains(&b) || b.contains(&a) || !short_a.is_empty() && short_a == short_b
    }
}

/// Whether two texts say the same, as far as both say something.
fn agrees(a: &str, b: &str) -> bool {
    a.is_empty() || b.is_empty() || a == b
}

/// The entries of a profile by section and index.
fn all(profile: &Profile) -> Vec<(Place, Facts)> {
    let sections = profile.sections.iter().enumerate();
    let entries = |(s, section): (usize, &Section)| -> Vec<(Place, Facts)> {
        let kind = section.kind();
        let facts = match section {
            Section::Publications(list) => list.entries.iter().map(of_publication).collect(),
            Section::Patents(list) => list.entries.iter().map(of_patent).collect(),
            Section::Education(_)
            | Section::Experience(_)
            | Section::Projects(_)
            | Section::Awards(_)
            | Section::Skills(_)
            | Section::Teaching(_)
            | Section::Talks(_)
            | Section::Service(_)
            | Section::Grants(_)
            | Section::Languages(_)
            | Section::Certificates(_)
            | Section::References(_)
            | Section::Text(_)
            | Section::List(_) => section.visit(&At::root(), &mut Read),
        };
        let facts = facts.into_iter().map(|facts| match facts.work {
            Some(Work::Patent) => Facts { kind: SectionKind::Patents, ..facts },
            _ => Facts { kind, ..facts },
        });
        facts.enumerate().map(|(i, facts)| ((s, i), facts)).collect()
    };
    sections.flat_map(entries).collect()
}

struct Read;

impl Visitor<'_> for Read {
    type Out = Vec<Facts>;

    fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Vec<Facts> {
        list.entries.iter().map(facts).collect()
    }
}

/// What every kind of entry is known by.
fn common<R: Record>(entry: &R) -> Facts {
    let mut said = String::new();
    for field in R::FIELDS {
        said += &field_said(field, entry);
        said.push('\u{1f}');
    }
    let key = Stamp::parse(entry.imported()).key.to_owned();
    Facts { key, title: letters(entry.title()), said, ..Facts::default() }
}

/// What an entry that is no publication is known by.
fn facts<R: Record>(entry: &R) -> Facts {
    let mut facts = common(entry);
    for field in R::FIELDS {
        // One place may stand there twice: two roles, two degrees.
        if let ("role" | "degree" | "course", Access::Line((get, _))) = (field.name, &field.access)
        {
            facts.detail += &letters(get(entry));
        }
    }
    let date = Dates::parse(entry.date()).map(|dates| format!(" {:?}", dates.sort_key()));
    facts.detail += &date.unwrap_or_default();
    facts
}

/// What a publication is known by.
fn of_publication(paper: &Publication) -> Facts {
    let (doi, arxiv) = (id(LinkKind::Doi, &paper.doi), id(LinkKind::ArXiv, &paper.arxiv));
    let venue = plain(&paper.venue);
    let is_only_on_arxiv =
        paper.kind.trim().is_empty() && venue.is_empty() && doi.is_empty() && !arxiv.is_empty();
    let work = if is_only_on_arxiv { Work::Preprint } else { paper.work() };
    let numbers = paper.details.split(", ").filter_map(|part| part.strip_prefix("Patent "));
    let number = numbers.map(patent_number).next().filter(|_| work == Work::Patent);
    Facts {
        authors: families(&paper.authors),
        patent: number.unwrap_or_default(),
        work: Some(work),
        year: year(&paper.date),
        arxiv: without_version(&arxiv).to_owned(),
        doi,
        venue,
        ..common(paper)
    }
}

/// What a patent is known by.
fn of_patent(patent: &Patent) -> Facts {
    Facts {
        authors: families(&patent.inventors),
        patent: patent_number(&patent.number),
        work: Some(Work::Patent),
        year: year(&patent.date),
        venue: plain(&patent.office),
        ..common(patent)
    }
}

/// The family names of these people.
fn families(people: &[Author]) -> BTreeSet<String> {
    let family = |author: &Author| fold(&Name::parse(&split_marks(&author.name).0).family);
    people.iter().map(family).filter(|name| !name.is_empty()).collect()
}

/// The country and the digits of the number of a patent: `US 11,222,333 B2` and `US11222333` are
/// one.
fn patent_number(text: &str) -> (String, String) {
    let letters = letters(text).replace("patent", "").replace("no", "");
    let bare = letters.trim_start_matches(|c: char| !c.is_ascii_digit());
    let country = letters.strip_suffix(bare).unwrap_or_default();
    // What follows says how far the application has come: `A1`, `B2`.
    let digits = bare.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    (country.to_owned(), digits.to_owned())
}

/// The first year in a date as typed.
fn year(date: &str) -> String {
    let runs = date.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 4).map(str::to_owned).next().unwrap_or_default()
}

/// A DOI or an arXiv id in the one form that all its spellings have; empty for none.
fn id(kind: LinkKind, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    // As an address or with its prefix, else as the bare id.
    let link = Some(Link::parse(text)).filter(|link| link.kind == kind);
    let link = link.unwrap_or_else(|| Link::of(kind, text));
    link.url.unwrap_or_else(|| text.to_owned()).to_lowercase()
}

fn letters(markup: &str) -> String {
    fold(&plain(markup))
}

fn plain(markup: &str) -> String {
    Rich::parse(markup).to_plain()
}

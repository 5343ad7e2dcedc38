//! What earlier imports have brought: an entry that was deleted by hand stays away.

use super::{Place, identity::Found, plain, stamp::Stamp};
use crate::{
    at::At,
    profile::Profile,
    section::{Entries, Record, Section, Visitor},
};
use std::collections::{BTreeSet, HashMap};

/// What an entry is called in [`Profile::imported`]; nothing for one without key and title.
struct Called(usize);

impl Visitor<'_> for Called {
    type Out = Option<String>;

    fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Self::Out {
        let entry = list.entries.get(self.0)?;
        let (key, title) = (Stamp::parse(entry.imported()).key, plain(entry.title()));
        let date = entry.date().trim();
        match (key, title.as_str(), date) {
            ("", "", _) => None,
            ("", title, "") => Some(title.to_owned()),
            ("", title, date) => Some(format!("{title}, {date}")),
            (key, title, _) => Some(format!("{key}: {title}")),
        }
    }
}

fn called(sections: &[Section], (section, entry): Place) -> Option<String> {
    sections.get(section)?.visit(&At::root(), &mut Called(entry))
}

/// How often each of these stands there.
fn counted(names: impl Iterator<Item = String>) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    counts
}

/// The entries of an import that came in before and are not in the profile any more.
pub(super) fn deleted(
    profile: &Profile,
    import: &Profile,
    found: &HashMap<Place, Found>,
) -> BTreeSet<Place> {
    let mut left = counted(profile.imported.iter().cloned());
    if left.is_empty() {
        return BTreeSet::new();
    }
    let mut take = |place: Place| {
        let count = called(&import.sections, place).and_then(|name| left.get_mut(&name));
        count.filter(|count| **count > 0).map(|count| *count -= 1).is_some()
    };
    let places = import.sections.iter().enumerate();
    let places = places.flat_map(|(s, section)| (0..section.count()).map(move |i| (s, i)));
    // What is there still accounts for its own names first.
    let (there, away): (Vec<Place>, Vec<Place>) =
        places.partition(|place| matches!(found.get(place), Some(Found::There(_))));
    there.into_iter().for_each(|place| {
        take(place);
    });
    let is_new = |place: &Place| found.get(place) != Some(&Found::Repeated);
    away.into_iter().filter(is_new).filter(|place| take(*place)).collect()
}

/// Notes the entries of an import that the profile has, or gets now.
pub(super) fn remember(
    profile: &mut Profile,
    import: &Profile,
    places: impl Iterator<Item = Place>,
) {
    let mut places: Vec<Place> = places.collect();
    // In the order of the source.
    places.sort_unstable();
    let mut known = counted(profile.imported.iter().cloned());
    for name in places.into_iter().filter_map(|place| called(&import.sections, place)) {
        match known.get_mut(&name) {
            Some(count) if *count > 0 => *count -= 1,
            _ => profile.imported.push(name),
        }
    }
}

//! Patents that a profile has among its publications, where those of an import belong, too.

use super::identity::{self, Found};
use crate::{
    interchange::paper::as_publication,
    profile::Profile,
    section::{Entries, Section},
};

/// Makes publications of those patents of the import that the profile has as publications, so that
/// they are compared with these and come in no second time.
pub(super) fn join_publications(profile: &Profile, import: &mut Profile) {
    if !import.sections.iter().any(|section| matches!(section, Section::Patents(_))) {
        return;
    }
    let found = identity::find(profile, import);
    let is_publication = |s: usize, i: usize| match found.get(&(s, i)) {
        Some(Found::There((to, _))) => {
            matches!(profile.sections.get(*to), Some(Section::Publications(_)))
        }
        _ => false,
    };
    let mut publications = vec![];
    for (s, section) in import.sections.iter_mut().enumerate() {
        let Section::Patents(list) = section else { continue };
        let mut left = vec![];
        for (i, patent) in std::mem::take(&mut list.entries).into_iter().enumerate() {
            match is_publication(s, i) {
                true => publications.push(as_publication(patent)),
                false => left.push(patent),
            }
        }
        list.entries = left;
    }
    if publications.is_empty() {
        return;
    }
    let there = import.sections.iter_mut().find_map(|section| match section {
        Section::Publications(list) => Some(list),
        _ => None,
    });
    match there {
        Some(list) => list.entries.append(&mut publications),
        None => import
            .sections
            .push(Section::Publications(Entries { entries: publications, ..Entries::default() })),
    }
}

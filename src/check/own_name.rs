//! Publications whose authors name nobody who is the person.

use super::{Checked, listed, quoted};
use crate::{
    finding::Finding,
    section::Publication,
    value::person::{is_own, split_marks},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let spellings: Vec<&str> = checked.profile.person.spellings().collect();
    if spellings.is_empty() {
        return;
    }
    for (at, list) in checked.shown_publications() {
        let own = |name: &str| is_own(&split_marks(name).0, &spellings);
        let strange = |paper: &Publication| {
            !paper.authors.is_empty() && !paper.authors.iter().any(|a| a.own || own(&a.name))
        };
        let mut papers = checked.shown_in(&at, list).filter(|(_, paper)| strange(paper));
        let Some((at, first)) = papers.next() else { continue };
        // The cause is most often one spelling, so that one finding does for all papers of a section.
        let which = match papers.count() {
            0 => quoted(&first.title),
            more => {
                format!("{} publications, the first of them {},", more + 1, quoted(&first.title))
            }
        };
        out.push(
            Finding::warning(
                "own-name-missing",
                at.field("authors"),
                format!("no author of {which} is you ({})", listed(spellings.iter().copied())),
            )
            .hint(
                "add the spelling that stands there to `known_as` of `person`, or mark the author with \
                 `own: true`, so that the name is set in bold",
            ),
        );
    }
}

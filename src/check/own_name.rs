//! Publications whose authors name nobody who is the person.

use super::{Checked, listed, quoted};
use crate::{
    finding::Finding,
    value::person::{is_own, split_marks},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let spellings: Vec<&str> = checked.profile.person.spellings().collect();
    if spellings.is_empty() {
        return;
    }
    for (at, list) in checked.shown_publications() {
        for (at, paper) in checked.shown_in(&at, list) {
            let own = |name: &str| is_own(&split_marks(name).0, &spellings);
            if paper.authors.is_empty() || paper.authors.iter().any(|a| a.own || own(&a.name)) {
                continue;
            }
            out.push(
                Finding::warning(
                    "own-name-missing",
                    at.field("authors"),
                    format!("no author of {} is you ({})", quoted(&paper.title), listed(spellings.iter().copied())),
                )
                .hint(
                    "add the spelling that stands there to `known_as` of `person`, or mark the author with \
                     `own: true`, so that the name is set in bold",
                ),
            );
        }
    }
}

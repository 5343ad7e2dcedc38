//! Several authors pasted as one.

use super::{Checked, listed, quoted};
use crate::{finding::Finding, value::person::split_list};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    for (at, list) in checked.shown_publications() {
        for (at, paper) in checked.shown_in(&at, list) {
            let [author] = paper.authors.as_slice() else { continue };
            let names = split_list(&author.name);
            if names.len() > 1 {
                let message = format!("{} is several authors in one", quoted(&author.name));
                let apart = listed(names.iter().map(String::as_str));
                out.push(
                    Finding::warning("authors-in-one", at.field("authors").index(0), message)
                        .hint(format!("give each a line of its own: {apart}")),
                );
            }
        }
    }
}

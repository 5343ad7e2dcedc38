//! Several authors pasted as one.

use super::{Checked, listed, quoted};
use crate::{
    finding::{Code, Finding},
    section::Byline,
    value::person::split_list,
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    for (_, bylines) in checked.shown_bylines() {
        for Byline { at, people, .. } in bylines {
            let [author] = people else { continue };
            let names = split_list(&author.name);
            if names.len() > 1 {
                let message = format!("{} is several authors in one", quoted(&author.name));
                let apart = listed(names.iter().map(String::as_str));
                out.push(
                    Finding::warning(Code::AuthorsInOne, at.index(0), message)
                        .hint(format!("give each a line of its own: {apart}")),
                );
            }
        }
    }
}

//! Marks at authors that nothing explains.

use super::{Checked, quoted};
use crate::{
    finding::{Code, Finding, Fix},
    section::Byline,
    value::person::split_marks,
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let mut known: Vec<char> = vec![];
    for mark in checked.profile.marks.iter().filter(|m| m.show.is_on(checked.name())) {
        known.extend(mark.label.trim().chars().next());
    }
    for (section, bylines) in checked.shown_bylines() {
        for Byline { at, people, .. } in bylines {
            for (i, author) in people.iter().enumerate() {
                for mark in split_marks(&author.name).1.chars() {
                    if known.contains(&mark) || section.note().contains(mark) {
                        continue;
                    }
                    // Once is enough for each mark.
                    known.push(mark);
                    let at = at.index(i).field("name");
                    let name = quoted(&author.name);
                    out.push(
                        Finding::warning(
                            Code::MarkUnexplained,
                            at,
                            format!("nothing says what the mark `{mark}` at {name} means"),
                        )
                        .hint(format!("add a line like \"{mark}: equal contribution\" to `marks` of the profile"))
                        .fix(Fix::Explain(mark)),
                    );
                }
            }
        }
    }
}

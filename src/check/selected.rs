//! Lists of publications of which only selected ones are printed, and none is.

use super::Checked;
use crate::{
    finding::{Code, Finding, Fix},
    section::Section,
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    for (at, section) in checked.shown_sections() {
        let Section::Publications(list) = section else { continue };
        let shown = list.entries.iter().filter(|paper| paper.show.is_on(checked.name()));
        let mut shown = shown.map(|paper| paper.weight).peekable();
        if shown.peek().is_none() || shown.any(|weight| checked.style.prints(weight)) {
            continue;
        }
        let message =
            "only selected publications are printed, and none of this section is selected";
        out.push(
            Finding::warning(Code::NoneSelected, at.clone(), message)
                .hint("give those that shall be printed a `weight` above 0, or take `selected` out of the look")
                .fix(Fix::Unset("selected")),
        );
    }
}

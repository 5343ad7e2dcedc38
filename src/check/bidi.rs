//! Invisible characters that turn the direction of the text around them.

use super::{Checked, quoted};
use crate::{
    finding::{Code, Finding},
    value::clean::{ProblemKind, clean, strip_bidi},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    // Opening a file finds them, too; this sees what was typed since. All texts, for what is
    // switched off today is copied or shown tomorrow.
    checked.profile.texts(checked.name(), &mut |text| {
        let (_, problems) = clean(text.text);
        let Some(problem) = problems.iter().find(|p| p.kind == ProblemKind::Bidi) else { return };
        let visible = quoted(&strip_bidi(text.text));
        let code = u32::from(problem.character);
        out.push(
            Finding::warning(
                Code::DirectionMark,
                text.at,
                format!("{visible} holds the invisible character U+{code:04X}, which turns the direction of text"),
            )
            .hint("type the text again instead of pasting it; Arabic and Hebrew need no such characters"),
        );
    });
}

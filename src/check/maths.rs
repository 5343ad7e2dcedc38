//! Formulas that are not understood, and are therefore printed as they were typed.

use super::{Checked, quoted};
use crate::{
    field::Kind,
    finding::{Code, Finding},
    value::rich,
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    checked.shown_texts(&mut |text| {
        if text.kind != Kind::Rich {
            return;
        }
        for unknown in rich::unknown_maths(text.text) {
            let (formula, command) = (quoted(&unknown.formula), quoted(&unknown.command));
            out.push(
                Finding::warning(
                    Code::MathsUnknown,
                    text.at.clone(),
                    format!("{formula} is printed as it was typed: {command} is not understood"),
                )
                .hint("write it with other commands or in words; a dollar sign that begins no formula is written `\\$`"),
            );
        }
    });
}

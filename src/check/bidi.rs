//! Invisible characters that turn the direction of the text around them.

use super::{Checked, quoted};
use crate::finding::Finding;

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    checked.profile.texts(checked.name(), &mut |text| {
        let Some(control) = text.text.chars().find(|c| is_direction_control(*c)) else { return };
        let visible: String = text.text.chars().filter(|c| !is_direction_control(*c)).collect();
        out.push(
            Finding::warning(
                "bidi-control",
                text.at,
                format!(
                    "{} holds the invisible character U+{:04X}, which turns the direction of text",
                    quoted(&visible),
                    u32::from(control)
                ),
            )
            .hint("type the text again instead of pasting it; Arabic and Hebrew need no such characters"),
        );
    });
}

/// Marks, embeddings, overrides and isolates.
fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

//! What pasting left in a text: invisible characters, and those that only look like letters.

use super::{Checked, quoted};
use crate::{
    finding::{Code, Finding},
    value::clean::{odd, strip_bidi, tidy},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    checked.shown_texts(&mut |text| {
        // What turns the direction of text is told by a check of its own.
        let mut odd = odd(&strip_bidi(text.text));
        if odd.is_empty() {
            return;
        }
        let first = odd.remove(0);
        let code = u32::from(first.character);
        let visible = quoted(&tidy(text.text, None));
        let more = match odd.len() {
            0 => String::new(),
            1 => ", and another character like it".to_owned(),
            count => format!(", and {count} other characters like it"),
        };
        let message = if first.printed.is_empty() {
            format!("{visible} holds the invisible character U+{code:04X}, which is taken out{more}")
        } else {
            let (character, printed) = (first.character, &first.printed);
            format!("{visible} holds the character `{character}` (U+{code:04X}), printed as `{printed}`{more}")
        };
        out.push(
            Finding::warning(Code::CharacterPasted, text.at, message)
                .hint("type the text again instead of pasting it, so that the profile says what is printed"),
        );
    });
}

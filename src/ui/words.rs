//! Words as the window shows them.

use crate::finding::{Code, Finding};

/// A message of a finding as a sentence: with a capital, without the backquotes around the user's
/// own words.
pub(super) fn sentence(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut open = true;
    for c in message.chars() {
        if c == '`' {
            out.push(if open { '“' } else { '”' });
            open = !open;
        } else if out.is_empty() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// What to do about a finding, by the names that things have in the window and not by those in the
/// file.
pub(super) fn hint(finding: &Finding) -> &str {
    match finding.code {
        Code::OwnNameMissing => {
            "write that spelling into “Other spellings” of the personal details, or choose “This is me” at the author"
        }
        Code::OwnNameTwice => {
            "choose “This is me” at the author who is you; the others are then not in bold"
        }
        Code::MarkUnexplained => "say once what it means; that is printed under the publications",
        _ => &finding.hint,
    }
}

/// With a small letter at the start, as in the middle of a sentence.
pub(super) fn lowercase_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect())
}

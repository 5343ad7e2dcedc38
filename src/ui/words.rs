//! Words as the window shows them.

/// A message of a finding as a sentence: with a capital, without the backquotes around the user's own words.
pub(super) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let mut out: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let mut open = true;
    for c in letters {
        if c == '`' {
            out.push(if open { '“' } else { '”' });
            open = !open;
        } else {
            out.push(c);
        }
    }
    out
}

/// With a small letter at the start, as in the middle of a sentence.
pub(super) fn lowercase_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect())
}

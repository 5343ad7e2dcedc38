//! Titles before a name and degrees behind it, which are no part of it.

/// Abbreviations that are titles with or without a full stop. Case matters: `DR Smith` has two
/// initials.
const TITLES: &str =
    " Dr Dra Prof Professor Doctor Mr Mrs Ms Doz Priv.-Doz Univ.-Prof Dr.-Ing Dipl.-Ing ";

/// Words that are a title only before another one or with a full stop: `Assoc. Prof.`, `Mag.
/// Novak`.
const SHORT_TITLES: &str = " Assoc. Assist. Asst. Mag. Ing. Ir. Hon. Rev. ";

/// Degrees as they stand behind a name, without full stops.
const DEGREES: &str = " PhD DPhil MSc BSc MPhil MEng BEng MBA MD DSc ScD FRS FREng FIEEE ";

/// The name behind its titles: `Prof. Dr. rer. nat. Ada Novak` is `Ada Novak`. The last word is
/// always kept.
pub(super) fn without_titles(name: &str) -> &str {
    let mut rest = name.trim();
    let mut has_title = false;
    while let Some((word, behind)) = rest.split_once(char::is_whitespace) {
        let bare = word.trim_end_matches('.');
        // What follows a title and is written small belongs to it: `rer. nat.`, `h.c.`
        let belongs = has_title && word.ends_with('.') && !word.contains(char::is_uppercase);
        let is_title = TITLES.contains(&format!(" {bare} ")) && !bare.is_empty()
            || SHORT_TITLES.contains(&format!(" {word} "));
        if !is_title && !belongs {
            break;
        }
        has_title = true;
        rest = behind.trim_start();
    }
    rest
}

/// Parts `Ada Novak Ph.D.` into the name and its degrees. Two words of a name are always kept.
pub(super) fn pop_degrees(name: &str) -> (&str, String) {
    let mut rest = name.trim();
    let mut degrees: Vec<&str> = Vec::new();
    while let Some((before, word)) = rest.rsplit_once(char::is_whitespace) {
        if !is_degree(word, before.trim().contains(char::is_whitespace)) {
            break;
        }
        degrees.insert(0, word);
        rest = before.trim_end();
    }
    (rest, degrees.join(" "))
}

/// Whether a word behind a name is a degree; `is_whole` says that a given name was there already.
pub(super) fn is_degree(word: &str, is_whole: bool) -> bool {
    let bare: String = word.chars().filter(|c| *c != '.').collect();
    !bare.is_empty()
        && (is_whole || !can_be_initials(word))
        && DEGREES.contains(&format!(" {bare} "))
}

/// Whether a degree can also be a row of initials, as `MD` can.
pub(super) fn can_be_initials(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| *c != '.').collect();
    matches!(bare.as_str(), "MD" | "MBA" | "FRS")
}

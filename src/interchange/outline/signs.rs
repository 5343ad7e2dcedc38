//! Signs and numbers at the start of a line that make it an item of a list.

use super::Part;

/// Signs that are nothing but bullets.
const SURE: &str = "•・◦▪▫‣⁃∙●○■□▸▹►▻◆◇➢➤➔➜→✓✔❖⋄⬧⬥⚬∗★☆❍❑❒⦁⁌⁍";
/// Signs that are text elsewhere, and bullets with a blank behind them.
const POSSIBLE: &str = "–—-*·°o»›>+~#§¤";

/// So many signs in a row lead from one piece of a line to the next.
pub const LEADERS: usize = 5;

/// Whether a sign in a row of its like leads to the end of a line, as in a table of contents.
#[must_use]
pub fn is_leader(c: char) -> bool {
    matches!(c, '.' | '_' | '…' | '‥')
}

/// Whether a sign is a bullet wherever it begins a line.
#[must_use]
pub fn is_bullet(c: char) -> bool {
    SURE.contains(c)
}

/// Whether a sign may be a bullet, if it stands apart from what follows.
#[must_use]
pub fn may_be_bullet(c: char) -> bool {
    POSSIBLE.contains(c)
}

/// The bullet that a text begins with. `more` says whether further pieces of the line follow, so
/// that the sign may stand alone.
#[must_use]
pub fn first_bullet(text: &str, more: bool) -> Option<char> {
    let mut chars = text.trim_start().chars();
    let sign = chars.next()?;
    let rest = chars.as_str();
    let has_text = more || !rest.trim().is_empty();
    let apart = rest.chars().next().is_none_or(char::is_whitespace);
    // A letter needs a tab behind it.
    let apart = apart && (sign != 'o' || (more && rest.trim().is_empty()));
    let is = is_bullet(sign) || (may_be_bullet(sign) && apart);
    (is && has_text).then_some(sign)
}

/// The number that a text begins with, with the signs around it: `1.`, `2)`, `(3)`, `[4]`, `[C5]`,
/// `J6.`. `more` as for [`first_bullet`].
#[must_use]
pub fn first_number(text: &str, more: bool) -> Option<String> {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if (rest.trim().is_empty() && !more) || first.len() > 8 {
        return None;
    }
    number(first).map(|_| first.to_owned())
}

/// The count in a number of a list, and what stands around it.
#[must_use]
pub fn number(text: &str) -> Option<(u32, String)> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let around: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    if digits.is_empty() || digits.len() > 3 || !text.contains(digits.as_str()) {
        return None;
    }
    let letters: String = around.chars().filter(char::is_ascii_uppercase).collect();
    let before = text.split_once(digits.as_str()).map_or("", |(before, _)| before);
    let placed = before.trim_start_matches(['[', '(']) == letters;
    let signs: String = around.chars().filter(|c| !c.is_ascii_uppercase()).collect();
    let known = match signs.as_str() {
        "[]" => true,
        "()" => letters.is_empty(),
        "." | ")" => !before.contains(['.', ')']),
        ":" => !letters.is_empty(),
        _ => false,
    };
    (known && placed && letters.len() <= 3).then_some(())?;
    Some((digits.parse().ok()?, around))
}

impl Part {
    /// Takes the first `count` letters off, and the blanks around them.
    pub fn strip(&mut self, mut count: usize) {
        for run in &mut self.runs {
            let mut rest = run.text.trim_start();
            while count > 0 {
                let mut chars = rest.chars();
                if chars.next().is_none() {
                    break;
                }
                rest = chars.as_str();
                count -= 1;
            }
            run.text = rest.trim_start().to_owned();
            if !run.text.is_empty() {
                break;
            }
        }
        self.runs.retain(|run| !run.text.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::{first_bullet, first_number};

    #[test]
    fn signs_of_lists_are_told_from_text() {
        for (text, sign) in [
            ("• Built it", Some('•')),
            ("•Built it", Some('•')),
            ("- Built it", Some('-')),
            ("-12 degrees", None),
            ("o no", None),
            ("–2019", None),
            ("•", None),
        ] {
            assert_eq!(first_bullet(text, false), sign, "{text}");
        }
        for (text, number) in [
            ("1. One", Some("1.")),
            ("[12] A title", Some("[12]")),
            ("[C3] A title", Some("[C3]")),
            ("J4. A title", Some("J4.")),
            ("(5) Five", Some("(5)")),
            ("2019. A title", None),
            ("3 apples", None),
            ("12.5 per cent", None),
            ("1)", None),
        ] {
            assert_eq!(first_number(text, false).as_deref(), number, "{text}");
        }
    }
}

//! Whether what stands between two dollar signs is a formula, or money, shell variables and other
//! text.

use super::symbols::{Class, named};

/// Signs of other currencies and quotation marks: they stand in prose, never in a formula.
const PROSE_SIGNS: &str = "€£¥₹₩₽\"“”„«»@#…";

/// What is written before a dollar sign to say whose dollar it is.
const CURRENCIES: &[&str] =
    &["US", "USD", "R", "A", "AU", "C", "CA", "NZ", "HK", "S", "SG", "NT", "MX"];

/// Whether `content` between dollar signs is a formula. `before` is the character before the first
/// sign and `after` the one behind the last.
///
/// A pair of signs alone says little: sums (`$6; 5$`) and variables (`$HOME:$PATH`) pair as well.
/// So the content has to be one that a formula can have.
#[must_use]
pub(in crate::value) fn is_formula(
    before: Option<char>,
    content: &str,
    after: Option<char>,
) -> bool {
    // No formula of TeX closes what it has not opened, and none that does could be written to BibTeX.
    if !has_paired_braces(content) {
        return false;
    }
    let command = first_command(content);
    let plain = command.and_then(|at| content.get(..at)).unwrap_or(content);
    let has_script = content.contains(['^', '_']);
    if content.contains(|c| PROSE_SIGNS.contains(c)) && command.is_none() {
        return false;
    }
    if joins_names(content, after) || is_prose(plain, command.is_some() || has_script) {
        return false;
    }
    if command.is_some() || content.starts_with(['^', '_']) {
        return true;
    }
    // `US$5/3$`, `500$, total 800$`: the sign belongs to what stands before it.
    if before.is_some_and(char::is_alphanumeric) {
        return false;
    }
    let is_number = content.starts_with(|c: char| c.is_ascii_digit());
    is_balanced(content)
        && !content.starts_with([',', ';'])
        && !(is_number && ends_in_currency(content))
}

/// Whether every brace has its counterpart; `\{` and `\}` are signs.
fn has_paired_braces(content: &str) -> bool {
    let mut depth = 0usize;
    let mut chars = content.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '{' => depth += 1,
            '}' => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

/// Where the first command starts: a backslash with a letter.
fn first_command(content: &str) -> Option<usize> {
    let mut chars = content.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && chars.next().is_some_and(|(_, c)| c.is_ascii_alphabetic()) {
            return Some(at);
        }
    }
    None
}

/// `$HOME:$PATH`, `$A/$B`, `${DIR}/${FILE}`: what follows the second sign is the next variable's
/// name.
fn joins_names(content: &str, after: Option<char>) -> bool {
    let is_name_next = after.is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | '{' | '('));
    let name = content.trim_start_matches('{');
    let length = name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').count();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    is_name_next
        && !content.contains('\\')
        && (content.ends_with(['/', ':', '-', '.', ',', ';', '=', '+', '|', '&'])
            || is_name && length > 2 && !content.contains('^'))
}

/// Whether there are words in it that no formula has: beside a space, and no names of functions. A
/// sum with a word is prose already; otherwise a sign between two sides (`recall = 0.9`) makes it a
/// formula.
fn is_prose(content: &str, is_sure: bool) -> bool {
    if !content.contains(char::is_whitespace) {
        return false;
    }
    let is_sum = content.starts_with(|c: char| c.is_ascii_digit());
    let has_relation = content.contains(['=', '<', '>', '≤', '≥', '≈', '∈', '→']);
    if has_relation && !is_sum {
        return false;
    }
    let mut depth = 0usize;
    // Words in braces belong to scripts, such as `x_{\text{max}}`.
    let outside: String = content
        .chars()
        .map(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 { c } else { '.' }
        })
        .collect();
    let shortest = if is_sum && !is_sure { 2 } else { 3 };
    outside.split(|c: char| !c.is_alphabetic()).any(|word| {
        let is_function = named(word).is_some_and(|(_, class)| class == Class::Operator);
        let is_word = is_sum || word.chars().all(char::is_lowercase);
        word.chars().count() >= shortest && is_word && !is_function && word != "mod"
    })
}

/// Whether as many brackets close as open; `[0, 1)` is an interval.
fn is_balanced(content: &str) -> bool {
    let mut depth = 0i32;
    for c in content.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth < 0 && content.chars().count() > 1 {
            return content.starts_with(']') && content.ends_with(['[', ']']);
        }
    }
    depth == 0 || content.chars().count() == 1 || content.starts_with(']')
}

/// `3M or R`, `5/US`: it ends in what says whose dollar the next sign means.
fn ends_in_currency(content: &str) -> bool {
    let rest = content.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let word = content.strip_prefix(rest).unwrap_or_default();
    let is_factor = rest
        .trim_end()
        .ends_with(|c: char| c.is_ascii_digit() && word.len() == 1 || "+-−*=<>·×^_/".contains(c));
    CURRENCIES.contains(&word) && (!is_factor || word.len() > 1 && rest.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text whose first dollar sign and the next enclose what is judged.
    fn judged(text: &str) -> bool {
        let (before, rest) = text.split_once('$').unwrap();
        let (content, after) = rest.split_once('$').unwrap();
        is_formula(before.chars().last(), content, after.chars().next())
    }

    #[test]
    fn formulas_are_told_from_money_and_variables() {
        for text in [
            r"$O(n \log n)$",
            "$A^3$",
            "$k$-means",
            "$k$NN",
            "the $n$th",
            "$p < 0.05$",
            r"5$\times$",
            "$10^{-3}$",
            "H$_2$O",
            "CO$_2$",
            "10$^{6}$ users",
            r"$\alpha$",
            "$f(x, y)$",
            "$[0, 1)$",
            "$]0, 1[$",
            "$PV = nRT$",
            "$recall = 0.9$",
            "$n log n$",
            "$3$-approximation",
            "$3n$",
            "$2 + A$",
            "$2A$",
            "$1/2$",
            "$x, y$",
            "$x_1, x_2$",
            "$NP$-hard",
            "$($",
            "$-1$",
            "$+$",
            "($k=5$)",
            "$O(n)$-time",
            "$x_{last value}$",
            r"$x \text{ or the other}$",
            "$a \\mod b$",
            "$GL_n$",
        ] {
            assert!(judged(text), "{text}");
        }
        for text in [
            // Braces without their counterparts.
            r"$Z}.é~\M$",
            r"$\frac{a$",
            "$x_{i$",
            "$3M portfolio; saved R$ 40k",
            "US$6; 5$",
            "$7/unit (US$)",
            "$HOME:$PATH",
            "$HOME$PATH",
            "${HOME}/bin:${PATH}",
            "$A/$B",
            "$foo-$bar",
            "$2M seed ($8M",
            "$8M post-money) from US$ funds",
            "300$, total 800$",
            "5$/10$",
            "$5; R$",
            "$3M–US$",
            "$5/US$",
            "$5M or €4M; A$",
            "\"$HOME\" or \"$PATH",
            "$3M to 4M, all in US$",
            "$5 off, if x = 3; in CA$",
            "from US$5M, S$",
            "in $), 5$",
            "$5k budget for x^2 plots, R$",
            "$600 and more for x_1; 5$",
        ] {
            assert!(!judged(text), "{text}");
        }
    }
}

//! Formulas that were pasted from a paper without their dollar signs: `A_k`, `A^3`, `O(n^2)`.

use super::{Checked, quoted};
use crate::{
    field::Kind,
    finding::{Code, Finding, Fix},
};
use std::ops::Range;

/// The longest formula that is looked for, in bytes: what is longer is a sentence in brackets.
const LONGEST: usize = 40;
/// Names of functions that a formula may hold; each has a command of that name.
const FUNCTIONS: [&str; 8] = ["log", "ln", "exp", "sin", "cos", "max", "min", "det"];

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    checked.shown_texts(&mut |text| {
        // Within these marks a text is code, a formula or an address already.
        if text.kind != Kind::Rich || text.text.contains(['`', '$']) {
            return;
        }
        let found = bare_formulas(text.text);
        let Some(first) = found.first().and_then(|range| text.text.get(range.clone())) else {
            return;
        };
        let message = format!("{} looks like a formula, but is printed as typed", quoted(first));
        let hint = format!("write it as {} to have it set as one", quoted(&in_dollars(first)));
        out.push(
            Finding::note(Code::MathsBare, text.at.clone(), message)
                .hint(hint)
                .fix(Fix::Rewrite(text.at.clone(), rewritten(text.text, &found))),
        );
    });
}

/// The text with dollar signs around the formulas at `found`.
fn rewritten(text: &str, found: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut end = 0;
    for range in found {
        out += text.get(end..range.start).unwrap_or_default();
        out += &in_dollars(text.get(range.clone()).unwrap_or_default());
        end = range.end;
    }
    out + text.get(end..).unwrap_or_default()
}

/// A formula as it is typed: with its functions as commands, and braces around raised and lowered
/// signs of more than one letter.
fn in_dollars(formula: &str) -> String {
    let mut out = String::from("$");
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let tail = rest.strip_prefix(c).unwrap_or_default();
        if matches!(c, '_' | '^') {
            let script = script(tail);
            out.push(c);
            out += &match script.chars().count() {
                0 | 1 => script.to_owned(),
                _ => format!("{{{script}}}"),
            };
            rest = tail.strip_prefix(script).unwrap_or(tail);
            continue;
        }
        let after = rest.trim_start_matches(char::is_alphabetic);
        let word = rest.strip_suffix(after).unwrap_or_default();
        if word.is_empty() {
            out.push(c);
            rest = tail;
            continue;
        }
        if FUNCTIONS.contains(&word) {
            out.push('\\');
        }
        out += word;
        rest = after;
    }
    out + "$"
}

/// The raised or lowered sign at the start of a text: digits or letters, with a sign before them.
fn script(text: &str) -> &str {
    let bare = text.trim_start_matches(['-', '+']);
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = match digits.len() < bare.len() {
        true => digits,
        false => bare.trim_start_matches(char::is_alphabetic),
    };
    text.strip_suffix(after).unwrap_or(text)
}

/// Where in a text the bare formulas stand, in bytes.
fn bare_formulas(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = vec![];
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let from = start;
        start += word.len();
        if found.last().is_some_and(|last| from < last.end) {
            continue;
        }
        let lead = word.len() - word.trim_start_matches(['(', '[', '"', '“', '*']).len();
        let rest = text.get(from + lead..).unwrap_or_default();
        let whole = until_closed(rest);
        let formula = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '”', '*']);
        // A bracket or a parenthesis around the formula is none of it.
        let extra = |c: char, open: char| {
            formula.ends_with(c) && formula.matches(c).count() > formula.matches(open).count()
        };
        let formula = match extra(')', '(') || extra(']', '[') {
            true => formula.get(..formula.len() - 1).unwrap_or_default(),
            false => formula,
        };
        if is_formula(formula) {
            found.push(from + lead..from + lead + formula.len());
        }
    }
    found
}

/// The first word of a text, or more where a bracket that was opened in it is closed later.
fn until_closed(text: &str) -> &str {
    let mut open = 0_i32;
    for (i, c) in text.char_indices() {
        match c {
            '(' | '{' => open += 1,
            ')' | '}' => open -= 1,
            c if c.is_whitespace() && open <= 0 => return text.get(..i).unwrap_or_default(),
            _ => {}
        }
        if i > LONGEST {
            break;
        }
    }
    if text.len() <= LONGEST && open <= 0 {
        return text;
    }
    text.split(char::is_whitespace).next().unwrap_or_default()
}

/// Whether a word is a formula: at least one raised or lowered sign, each at a single letter, a
/// number or a closed bracket, and else only single letters, numbers, functions and signs. Names of
/// files and of variables in programs are none.
fn is_formula(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
    let before = |i: usize, back: usize| i.checked_sub(back).map_or(' ', at);
    let marks = || chars.iter().enumerate().filter(|(_, c)| matches!(**c, '_' | '^'));
    let well_placed = marks().all(|(i, _)| {
        let base = before(i, 1);
        let alone = !before(i, 2).is_alphabetic();
        let based = base == ')' || base.is_ascii_digit() || base.is_alphabetic() && alone;
        // `x^{2}` is set as it is.
        let tail: String = chars.iter().skip(i + 1).collect();
        let script = script(&tail);
        let signs = script.chars().filter(|c| c.is_alphanumeric()).count();
        based && (1..=2).contains(&signs) && script.chars().count() <= signs + 1
    });
    let plain = |c: char| c.is_alphanumeric() || " _^()+-*/=<>|,!".contains(c);
    let mut words = word.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty());
    let short = |part: &str| part.chars().count() <= 2 || FUNCTIONS.contains(&part);
    marks().next().is_some()
        && well_placed
        && chars.iter().all(|c| plain(*c))
        && words.all(short)
        && word.matches('(').count() == word.matches(')').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_found_and_names_are_not() {
        for (text, expected) in [
            ("sums over A_k and A^3.", "sums over $A_k$ and $A^3$."),
            ("in O(n^2) time", "in $O(n^2)$ time"),
            ("in O(n^2 log n) time (was O(n^3))", "in $O(n^2 \\log n)$ time (was $O(n^3)$)"),
            ("up to 10^6 rows", "up to $10^6$ rows"),
            ("x_1, x_2 and e^-1", "$x_1$, $x_2$ and $e^{-1}$"),
            ("snake_case, a_b.py, MAX_N, v_total", ""),
            ("user_1@example.org, __init__, _x, x_", ""),
            ("x^{2} and H_{2}O are set", ""),
            ("foo(bar_baz) ^_^", ""),
            ("R^2 of H_2O, A_ij", "$R^2$ of $H_2O$, $A_{ij}$"),
        ] {
            let found = bare_formulas(text);
            let new = if found.is_empty() { String::new() } else { rewritten(text, &found) };
            assert_eq!(new, expected, "{text}");
        }
    }
}

//! Formulas of chemistry as the package mhchem reads them: `H2O`, `SO4^2-`, `Na+`, `A -> B`.

use crate::value::rich::Shift;

/// The pieces of a formula, raised, lowered or neither.
pub(super) fn pieces(formula: &str) -> Vec<(&str, Shift)> {
    let mut pieces = vec![];
    let mut last = ' ';
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let arrow = ARROWS.iter().find_map(|(arrow, sign)| {
            rest.strip_prefix(arrow).map(|after| (*sign, Shift::None, after))
        });
        let (text, shift, after) = arrow.unwrap_or_else(|| piece(rest, c, last));
        pieces.push((text, shift));
        last = c;
        // A sign always passes something.
        rest = if after.len() < rest.len() { after } else { "" };
    }
    pieces
}

/// The arrows of reactions, the longest first.
const ARROWS: [(&str, &str); 4] = [("<=>", "⇌"), ("<->", "↔"), ("->", "→"), ("<-", "←")];

/// What stands at the head of a chemical formula, whose sign before was `last`: the text, raised or
/// lowered, and what comes after it.
fn piece(rest: &str, first: char, last: char) -> (&str, Shift, &str) {
    let part = |length: usize| rest.split_at_checked(length).unwrap_or((rest, ""));
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_in_word = last.is_alphanumeric() || matches!(last, ')' | ']' | '}');
    match first {
        '^' | '_' => {
            let shift = if first == '^' { Shift::Super } else { Shift::Sub };
            let after = rest.get(1..).unwrap_or_default();
            if let Some((inner, after)) = after.strip_prefix('{').and_then(|a| a.split_once('}')) {
                return (inner, shift, after);
            }
            let is_charge = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-');
            let length = after.len() - after.trim_start_matches(is_charge).len();
            let (text, after) = after.split_at_checked(length).unwrap_or_default();
            (text, shift, after)
        }
        // A number before a formula says how many of it there are.
        _ if digits > 0 => {
            let (text, after) = part(digits);
            (text, if is_in_word { Shift::Sub } else { Shift::None }, after)
        }
        '+' | '-'
            if is_in_word
                && !rest.get(1..).is_some_and(|r| r.starts_with(char::is_alphanumeric)) =>
        {
            let (text, after) = part(1);
            (text, Shift::Super, after)
        }
        '{' | '}' => ("", Shift::None, part(1).1),
        '*' => ("·", Shift::None, part(1).1),
        c => {
            let (text, after) = part(c.len_utf8());
            (text, Shift::None, after)
        }
    }
}

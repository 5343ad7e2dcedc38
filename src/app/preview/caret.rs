//! From a place in printed text back to the caret in the text as it was typed.

use super::hit::Hit;

/// Texts that differ by more than this (the product of their lengths) are matched by their ends
/// alone.
const MOST_CELLS: usize = 4_000_000;

/// The byte offset in `typed`, a field with its markup, that belongs to where the page was clicked.
///
/// Letters are matched with letters: marks of bold, italics, code, maths and links fall out, and so
/// do labels and separators that only the page has. A date or a name that is printed otherwise than
/// it was typed gives the nearest place that the two share.
#[must_use]
pub fn caret(typed: &str, hit: &Hit) -> usize {
    let printed: Vec<char> = hit.printed.chars().map(folded).collect();
    let mut source = letters(typed);
    let before = hit.before.min(printed.len());
    let skipped = addresses(typed);
    source.retain(|(at, _)| !skipped.iter().any(|range| range.contains(at)));
    let pairs = matches(&printed, &source.iter().map(|(_, c)| *c).collect::<Vec<_>>());
    let offset = |index: usize| source.get(index).map_or(typed.len(), |(at, _)| *at);
    let behind = |index: usize| end_of_char(typed, offset(index));
    let known = |printed: usize| pairs.iter().find(|(p, _)| *p == printed).map(|(_, s)| *s);
    let left = hit.before.checked_sub(1).and_then(known).filter(|_| hit.is_behind).map(behind);
    let right = || known(before).map(offset);
    let back = || pairs.iter().rev().find(|(p, _)| *p < before).map(|(_, s)| behind(*s));
    let forth = || pairs.first().map(|(_, s)| offset(*s));
    left.or_else(right).or_else(back).or_else(forth).unwrap_or(0)
}

/// Where the character at `at` ends.
pub(super) fn end_of_char(text: &str, at: usize) -> usize {
    at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// The characters of a text that leave ink, as they are compared, with their byte offsets.
pub(super) fn letters(text: &str) -> Vec<(usize, char)> {
    text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(i, c)| (i, folded(c))).collect()
}

/// A character as it is compared: headings may be set in capitals, and quotation marks curled.
pub(super) fn folded(c: char) -> char {
    match c {
        '‘' | '’' | '‚' => return '\'',
        '“' | '”' | '„' | '«' | '»' => return '"',
        _ => {}
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The addresses of links, `](…)`, in a typed text.
pub(super) fn addresses(typed: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = vec![];
    let mut from = 0;
    while let Some(start) = typed.get(from..).and_then(|rest| rest.find("](")).map(|at| from + at) {
        let mut depth = 0_usize;
        let mut end = None;
        for (at, c) in typed.get(start + 1..).unwrap_or_default().char_indices() {
            match c {
                '(' => depth += 1,
                ')' if depth == 1 => {
                    end = Some(start + 1 + at + 1);
                    break;
                }
                ')' => depth -= 1,
                c if c.is_whitespace() => break,
                _ => {}
            }
        }
        from = end.unwrap_or(start + 2);
        // A link without a text shows its address.
        let is_bare = typed.get(..start).is_some_and(|before| before.ends_with('['));
        if let (Some(end), false) = (end, is_bare) {
            found.push(start..end);
        }
    }
    found
}

/// Which characters of two texts belong together: pairs of indices in order, as many as there can
/// be.
pub(super) fn matches(a: &[char], b: &[char]) -> Vec<(usize, usize)> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a_rest, b_rest) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = a_rest.iter().rev().zip(b_rest.iter().rev()).take_while(|(x, y)| x == y).count();
    let a_mid = a_rest.get(..a_rest.len() - tail).unwrap_or_default();
    let b_mid = b_rest.get(..b_rest.len() - tail).unwrap_or_default();
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|i| (i, i)).collect();
    if a_mid.len() * b_mid.len() <= MOST_CELLS {
        pairs.extend(common(a_mid, b_mid).into_iter().map(|(i, j)| (head + i, head + j)));
    }
    let (a_tail, b_tail) = (a.len() - tail, b.len() - tail);
    pairs.extend((0..tail).map(|i| (a_tail + i, b_tail + i)));
    pairs
}

/// The longest common subsequence of two short texts.
fn common(a: &[char], b: &[char]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    // How long it is from (i, j) to the ends.
    let mut length = vec![0_u32; (a.len() + 1) * width];
    let cell = |length: &[u32], i: usize, j: usize| length.get(i * width + j).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let best = if x == y {
                cell(&length, i + 1, j + 1) + 1
            } else {
                cell(&length, i + 1, j).max(cell(&length, i, j + 1))
            };
            if let Some(slot) = length.get_mut(i * width + j) {
                *slot = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = vec![];
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x == y {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if cell(&length, i + 1, j) >= cell(&length, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::at::At;

    /// `|` in `printed` is where the page was clicked, in `expected` where the caret comes to
    /// stand.
    fn check(printed: &str, expected: &str) {
        let typed = expected.replacen('|', "", 1);
        let is_behind = !printed.starts_with('|') && !printed.contains(" |");
        let bare: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
        let before = bare.chars().position(|c| c == '|').unwrap();
        let printed = bare.replacen('|', "", 1);
        let hit = Hit { at: At::root(), page: 0, line: 0, glyph: 0, before, is_behind, printed };
        let at = caret(&typed, &hit);
        let mut found = typed;
        found.insert(at, '|');
        assert_eq!(found, expected);
    }

    #[test]
    fn the_caret_stands_at_the_letter_that_was_clicked() {
        check("pl|ain", "pl|ain");
        check("bold an|d more", "**bold** an|d more");
        check("bold| and more", "**bold|** and more");
        check("|bold", "**|bold**");
        check("see the co|de now", "see [the `co|de`](https://example.org/code) now");
        check("see h|ere", "[see](https://h.example.org/h) h|ere");
        check("example.or|g", "[](example.or|g)");
        check("runs in O(n|²) time", "runs in $O(n|^2)$ time");
        check("2020 – 20|24", "2020 -- 20|24");
        check("a*|b", "a\\*|b");
        check("the end|", "the **end|**");
        check("the “be|st” one’s", "the \"be|st\" one's");
        check("the “best” one’|s", "the \"best\" one'|s");
        check("bold |and more", "**bold** |and more");
    }

    #[test]
    fn what_only_the_page_has_is_passed_over() {
        check("Grade: 5.|0", "5.|0");
        check("Gr|ade: 5.0", "|5.0");
        check("Sep 202|4", "202|4-09");
        check("EDUC|ATION", "Educ|ation");
        check("Universi|ty of Łódź,", "Universi|ty of Łódź");
        check("A|", "|");
        check("Łódź|", "Łódź|");
    }
}

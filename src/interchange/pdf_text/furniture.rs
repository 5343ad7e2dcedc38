//! What belongs to the pages and not to the text: numbers of pages, running heads, the day of
//! printing.

use super::lines::Placed;
use std::collections::HashMap;

/// The strip at the top and the bottom of a page that furniture stands in, as a share of its height.
const EDGE: f64 = 0.08;
/// Words before the number of a page.
const PAGE_WORDS: &[&str] = &[
    "page",
    "seite",
    "página",
    "pagina",
    "pág",
    "pag",
    "strona",
    "sida",
    "side",
    "sayfa",
    "p",
    "s",
    "стр",
    "страница",
];
/// Words between it and the count of pages.
const OF_WORDS: &[&str] = &["of", "von", "de", "sur", "di", "z", "av", "af", "из", "van", "/"];
/// Words that a line with the day of printing begins with.
const UPDATED: &[&str] = &[
    "last updated",
    "last update",
    "updated",
    "last modified",
    "last revised",
    "revised",
    "compiled",
    "generated",
    "zuletzt aktualisiert",
    "aktualisiert",
    "mis à jour",
    "dernière mise à jour",
    "actualizado",
    "última actualización",
    "aggiornato",
];
/// A running head is short.
const LONGEST: usize = 90;

/// The lines of the text, and those of the pages.
pub(super) fn parted(lines: Vec<Placed>, heights: &[f64]) -> (Vec<Placed>, Vec<Placed>) {
    let pages = heights.len();
    let height = |line: &Placed| heights.get(line.page).copied().unwrap_or(0.0);
    let at_the_top = |line: &Placed| line.y < (EDGE + 0.02) * height(line);
    let at_the_bottom = |line: &Placed| line.y > (1.0 - EDGE) * height(line);
    let marked = lines.iter().filter(|line| line.artifact).count();
    // A file that marks nearly all of its text so means something else by it.
    let marks = marked * 4 < lines.len();
    let mut seen: HashMap<(String, bool), Vec<usize>> = HashMap::new();
    for line in lines.iter().filter(|line| at_the_top(line) || at_the_bottom(line)) {
        let on = seen.entry((without_digits(line), at_the_top(line))).or_default();
        if on.last() != Some(&line.page) {
            on.push(line.page);
        }
    }
    let is_furniture = |line: &Placed| {
        let text = line.line.text();
        if marks && line.artifact {
            return true;
        }
        let (top, bottom) = (at_the_top(line), at_the_bottom(line));
        if !(top || bottom) || text.chars().count() > LONGEST {
            return false;
        }
        if is_page_number(&text, pages) || is_updated(&text) {
            return true;
        }
        let on = seen.get(&(without_digits(line), top));
        let repeated = on.filter(|on| on.len() >= 2 && on.len() + 1 >= pages);
        // What stands above the text of the first page is its head, even if it is repeated.
        repeated.is_some_and(|on| bottom || on.first() != Some(&line.page) || line.page > 0)
    };
    lines.into_iter().partition(|line| !is_furniture(line))
}

fn without_digits(line: &Placed) -> String {
    let text = line.line.text();
    text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

/// `3`, `- 3 -`, `Page 3 of 4`, `Ada Invented 3/4`, `Ada Invented – Page 3`.
fn is_page_number(text: &str, pages: usize) -> bool {
    let spaced = text.replace('/', " / ");
    let words: Vec<String> = spaced
        .split(|c: char| c.is_whitespace() || matches!(c, '·' | '|' | '•'))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '/').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &String| word.parse::<usize>().ok().filter(|n| (1..=99).contains(n));
    match words.as_slice() {
        [.., from, of, to] if OF_WORDS.contains(&of.as_str()) => {
            matches!((number(from), number(to)), (Some(a), Some(b)) if a <= b && b <= pages.max(9))
        }
        [.., word, n] if PAGE_WORDS.contains(&word.as_str()) => number(n).is_some(),
        [n] => number(n).is_some(),
        _ => false,
    }
}

fn is_updated(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['(', '[', '–', '-']).to_lowercase();
    UPDATED.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{is_page_number, is_updated};

    #[test]
    fn numbers_of_pages_are_known() {
        for text in ["3", "- 2 -", "Page 2 of 3", "2/3", "Ada Invented · 2 / 3", "Seite 2 von 3"] {
            assert!(is_page_number(text, 3), "{text}");
        }
        for text in ["2019", "Room 3", "+1 555 0100", "Ada Invented", "12/2021"] {
            assert!(!is_page_number(text, 3), "{text}");
        }
        assert!(is_updated("(Last updated: May 2024)"));
    }
}

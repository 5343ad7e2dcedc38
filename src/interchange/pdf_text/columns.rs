//! Columns of a page, so that what stands side by side is read one after the other.
//!
//! A gap that runs down the page is not yet a gutter: dates stand at the right of a line and labels
//! at its left, too. What speaks for and against is weighed.

use super::words::{Row, Word, rows};

/// Rows of one column, or of the whole width.
#[derive(Debug)]
pub(super) struct Block {
    /// From the left, from 0.
    pub(super) column: u32,
    pub(super) rows: Vec<Row>,
}

/// A gap that parts columns.
struct Gutter {
    x: f64,
    top: f64,
    bottom: f64,
}

/// A page is split this often at most.
const MOST_SPLITS: u32 = 3;
/// Rows beside a gutter, and on each side of it.
const LEAST_ROWS: usize = 8;
const LEAST_SIDE: usize = 5;
/// Space down the page, in pt, behind which something else begins, such as the number of the page.
const WIDEST_SPACE: f64 = 90.0;
/// The score from which a gap is a gutter.
const ENOUGH: f64 = 1.5;
/// Rows of a page beyond which no gutter is looked for: no page of text has as many.
const MOST_ROWS: usize = 1000;

/// The words of a page in reading order.
pub(super) fn blocks(words: Vec<Word>) -> Vec<Block> {
    let mut out = vec![];
    split(words, 0, 0, &mut out);
    out
}

fn split(words: Vec<Word>, column: u32, depth: u32, out: &mut Vec<Block>) {
    if words.is_empty() {
        return;
    }
    let all = rows(words);
    let gutter = Some(&all).filter(|_| depth < MOST_SPLITS).and_then(|all| gutter(all));
    let Some(Gutter { x, top, bottom }) = gutter else {
        out.push(Block { column, rows: all });
        return;
    };
    let (mut above, mut left, mut right, mut below) = (vec![], vec![], vec![], vec![]);
    for row in all {
        for word in row.words {
            let into = match () {
                () if row.y < top => &mut above,
                () if row.y > bottom => &mut below,
                () if word.x1 <= x + 1.0 => &mut left,
                () => &mut right,
            };
            into.push(word);
        }
    }
    // The name of the person comes first, whichever column it stands in.
    let largest = |words: &[Word]| words.iter().map(|word| word.size).fold(0.0, f64::max);
    let is_named = above.is_empty() && depth == 0 && largest(&right) > 1.4 * largest(&left);
    split(above, column, depth + 1, out);
    if is_named {
        split(right, column + 1, depth + 1, out);
        split(left, column, depth + 1, out);
    } else {
        split(left, column, depth + 1, out);
        split(right, column + 1, depth + 1, out);
    }
    split(below, column, depth + 1, out);
}

/// The best gutter of a page, if there is any.
fn gutter(all: &[Row]) -> Option<Gutter> {
    let count: usize = all.iter().map(|row| row.words.len()).sum();
    let (first, last) = (all.first()?, all.last()?);
    if count < 40 || all.len() > MOST_ROWS {
        return None;
    }
    let left = all.iter().map(Row::x0).fold(f64::MAX, f64::min);
    let right = all.iter().map(Row::x1).fold(f64::MIN, f64::max);
    let (width, height) = (right - left, last.y - first.y);
    let mut best: Option<((f64, f64, f64), Gutter)> = None;
    let steps = (width * 0.76 / 2.0).clamp(0.0, 1000.0) as usize;
    for x in (0..steps).map(|step| left + 0.12 * width + 2.0 * step as f64) {
        let crossed = |row: &Row| row.words.iter().any(|w| w.x0 < x + 3.0 && w.x1 > x - 3.0);
        let goes_on = |a: &Row, b: &Row| b.y - a.y < WIDEST_SPACE && !crossed(a) && !crossed(b);
        for stretch in all.chunk_by(goes_on) {
            if stretch.len() < LEAST_ROWS {
                continue;
            }
            let Some((score, gap)) = score(stretch, x, height) else { continue };
            let (Some(top), Some(bottom)) = (stretch.first(), stretch.last()) else { continue };
            let rank = (score, bottom.y - top.y, gap);
            if score >= ENOUGH && best.as_ref().is_none_or(|(other, _)| rank > *other) {
                best = Some((rank, Gutter { x, top: top.y - 0.1, bottom: bottom.y + 0.1 }));
            }
        }
    }
    best.map(|(_, gutter)| gutter)
}

/// One side of a gap: its rows, by their numbers, with the words on that side.
struct Side<'r> {
    rows: Vec<(usize, Vec<&'r Word>)>,
}

impl<'r> Side<'r> {
    fn of(all: &'r [Row], on: impl Fn(&Word) -> bool) -> Self {
        let numbered = all.iter().enumerate();
        let rows = numbered.map(|(i, row)| (i, row.words.iter().filter(|w| on(w)).collect()));
        Self { rows: rows.filter(|(_, words): &(usize, Vec<&Word>)| !words.is_empty()).collect() }
    }

    fn words(&self) -> usize {
        self.rows.iter().map(|(_, words)| words.len()).sum()
    }

    fn share(&self, is: impl Fn(usize, &[&Word]) -> bool) -> f64 {
        let count = self.rows.iter().filter(|(i, words)| is(*i, words)).count();
        count as f64 / self.rows.len().max(1) as f64
    }

    /// The share of the rows that begin, or end, at the most common place.
    fn aligned(&self, place: impl Fn(&[&Word]) -> f64, off: f64) -> f64 {
        let mut places: Vec<f64> = self.rows.iter().map(|(_, words)| place(words)).collect();
        places.sort_by(f64::total_cmp);
        let near = |a: f64| places.iter().filter(|b| (a - **b).abs() < off).count();
        let most = places.iter().map(|a| near(*a)).max().unwrap_or(0);
        most as f64 / places.len().max(1) as f64
    }

    /// Rows that look like headings: short, without digits, and larger, bolder or in capitals.
    fn headings(&self) -> usize {
        let mut sizes: Vec<f64> =
            self.rows.iter().filter_map(|(_, words)| words.first()).map(|w| w.size).collect();
        sizes.sort_by(f64::total_cmp);
        let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        let is_heading = |words: &[&Word]| {
            let letters = || words.iter().flat_map(|word| &word.letters);
            let text: String = letters().map(|letter| letter.text.as_str()).collect();
            let bold = letters().all(|letter| letter.look.weight >= 600);
            let large = words.first().is_some_and(|word| word.size > 1.1 * usual);
            let capitals = !text.chars().any(char::is_lowercase);
            words.len() <= 4
                && text.chars().count() > 3
                && !text.chars().any(|c| c.is_numeric() || matches!(c, '@' | ':' | ','))
                && (bold || large || capitals)
        };
        self.rows.iter().filter(|(_, words)| is_heading(words)).count()
    }
}

/// How much speaks for a gutter at `x` beside these rows of a page of some height, and how wide it
/// would be.
fn score(all: &[Row], x: f64, height: f64) -> Option<(f64, f64)> {
    let left = Side::of(all, |word| word.x1 <= x);
    let right = Side::of(all, |word| word.x0 >= x);
    if left.rows.len() < LEAST_SIDE || right.rows.len() < LEAST_SIDE {
        return None;
    }
    let start = |words: &[&Word]| words.iter().map(|word| word.x0).fold(f64::MAX, f64::min);
    let end = |words: &[&Word]| words.iter().map(|word| word.x1).fold(f64::MIN, f64::max);
    let left_is_narrow = left.words() < right.words();
    let (narrow, wide) = if left_is_narrow { (&left, &right) } else { (&right, &left) };
    let sign = |words: &[&Word]| matches!(words, [word] if word.text().chars().count() == 1);
    if [narrow, wide].iter().any(|side| side.share(|_, words| sign(words)) > 0.6) {
        // The bullets of a list.
        return None;
    }
    let partner = |i: usize| wide.rows.binary_search_by_key(&i, |(j, _)| *j).is_ok();
    let partnered = narrow.share(|i, _| partner(i));
    let is_dated = |words: &[&Word]| words.iter().any(|word| has_year(&word.text()));
    let mut dated = narrow.share(|_, words| is_dated(words));
    let mut headings = narrow.headings();
    // A margin that holds the dates of what stands beside it holds the headings, too.
    let plain = narrow.rows.iter().filter(|(_, words)| !is_dated(words)).count();
    let plain = plain.saturating_sub(headings);
    if left_is_narrow && dated > 0.0 && (plain < 3 || plain * 100 < narrow.rows.len() * 35) {
        (headings, dated) = (0, 1.0);
    } else if headings * 2 > narrow.rows.len() {
        // Where most rows look like headings, they are labels.
        headings = 0;
    }
    let common = right.aligned(start, 2.0);
    let flush = right.aligned(end, 2.5);
    let gap = right.rows.iter().map(|(_, w)| start(w)).fold(f64::MAX, f64::min)
        - left.rows.iter().map(|(_, w)| end(w)).fold(f64::MIN, f64::max);
    let tall = all.last()?.y - all.first()?.y > 0.3 * height;
    let mut score = 0.0;
    let mut weigh = |holds: bool, weight: f64| score += if holds { weight } else { 0.0 };
    weigh(partnered < 0.8, 1.0);
    weigh(headings >= 1, 1.0 + 0.5 * headings.min(3) as f64);
    weigh(dated > 0.5, -2.0);
    weigh(common > 0.45, 0.5);
    weigh(common <= 0.45, -1.0);
    // Labels before their lines.
    weigh(left_is_narrow && partnered > 0.85 && headings == 0, -2.0);
    // Headings in the margin.
    let few = narrow.rows.len() * 100 < wide.rows.len() * 35;
    weigh(left_is_narrow && headings >= 2 && partnered > 0.9 && few, -3.0);
    weigh(tall, 0.5);
    // Places and dates at the right end of their lines.
    weigh(flush > 0.6 && common < 0.35, -4.0);
    weigh(gap < 7.0, -1.0);
    Some((score, gap))
}

/// Whether a year of our time stands in a word.
pub(super) fn has_year(word: &str) -> bool {
    let mut numbers = word.split(|c: char| !c.is_ascii_digit());
    numbers.any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")))
}

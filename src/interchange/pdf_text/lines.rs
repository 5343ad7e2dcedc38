//! Rows of words to the lines of an outline: pieces, rules, bullets and numbers, space and indents.

use super::{
    columns::Block,
    device::{Letter, Sheet},
    furniture,
    marks::{self, Mark},
    words::{PART_GAP, Row, Word},
};
use crate::interchange::outline::{Line, Part, Place, Run, RunStyle};
use kurbo::{Point, Rect};
use std::collections::HashMap;

/// Weights from which letters are bold, and how much more than the usual ones they must weigh.
const BOLD: u16 = 600;
const BOLDER: u16 = 200;
/// How far a colour must be from the usual one to be told, as the sum of the three.
const OTHER_COLOUR: u16 = 60;
/// The space between baselines in em of the letters, where nothing else is found.
const LEADING: f64 = 1.2;

/// A line with its place among the others.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) line: Line,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// The page, from 0.
    pub(super) page: usize,
    /// Which block of its page it stands in.
    pub(super) block: usize,
    /// Left and right edge of the block.
    pub(super) edges: (f64, f64),
    /// Where its parts begin and end.
    pub(super) spans: Vec<(f64, f64)>,
    /// A small shape at its left.
    pub(super) dot: Option<Rect>,
    /// The pieces of marked content that it comes from.
    pub(super) mark: Option<i32>,
    /// Its file says that it belongs to the page.
    pub(super) artifact: bool,
}

/// How most letters of a document look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    weight: u16,
    colour: [u8; 3],
}

impl Body {
    pub(super) fn of(sheets: &[Sheet]) -> Self {
        let mut weights: HashMap<u16, usize> = HashMap::new();
        let mut colours: HashMap<[u8; 3], usize> = HashMap::new();
        for letter in sheets.iter().flat_map(|sheet| &sheet.letters) {
            *weights.entry(letter.look.weight).or_default() += 1;
            *colours.entry(letter.colour).or_default() += 1;
        }
        let weight = weights.into_iter().max_by_key(|(weight, count)| (*count, *weight));
        let colour = colours.into_iter().max_by_key(|(colour, count)| (*count, *colour));
        Self {
            weight: weight.map_or(400, |(weight, _)| weight),
            colour: colour.map_or([0; 3], |(colour, _)| colour),
        }
    }

    fn style(self, letter: &Letter, base: (f64, f64)) -> RunStyle {
        let weight = letter.look.weight;
        let heavy = weight >= BOLD && self.weight < BOLD;
        let (y, size) = base;
        let small = letter.size < 0.85 * size;
        let off = |(a, b): (&u8, &u8)| u16::from(a.abs_diff(*b));
        let colour = letter.colour;
        let other: u16 = colour.iter().zip(&self.colour).map(off).sum();
        RunStyle {
            bold: heavy || weight >= self.weight.saturating_add(BOLDER),
            italic: letter.look.italic,
            small_caps: letter.look.small_caps,
            code: letter.look.code,
            superscript: small && y - letter.y > 0.15 * size,
            subscript: small && letter.y - y > 0.08 * size,
            math: false,
            colour: (other > OTHER_COLOUR).then_some(colour),
        }
    }
}

/// The lines of the blocks of a page.
pub(super) fn placed(sheet: &Sheet, page: usize, blocks: Vec<Block>, body: Body) -> Vec<Placed> {
    let mut out = vec![];
    for (number, block) in blocks.into_iter().enumerate() {
        let left = block.rows.iter().map(Row::x0).fold(f64::MAX, f64::min);
        let right = block.rows.iter().map(Row::x1).fold(f64::MIN, f64::max);
        let start = out.len();
        for row in &block.rows {
            let rect = Rect::new(row.x0(), row.y - row.size, row.x1(), row.y + 0.25 * row.size);
            let pieces = pieces(row);
            let parts: Vec<Part> =
                pieces.iter().map(|words| part(words, row, sheet, body)).collect();
            let letters = || row.words.iter().flat_map(|word| &word.letters);
            let place = Place {
                page: u32::try_from(page + 1).unwrap_or(u32::MAX),
                line: 0,
                column: block.column,
                rect: Some([rect.x0, rect.y0, rect.x1, rect.y1].map(|n| n as f32)),
            };
            let line =
                Line { size: ((row.size * 10.0).round() / 10.0) as f32, place, ..Line::of(parts) };
            out.push(Placed {
                line,
                x0: rect.x0,
                x1: rect.x1,
                y: row.y,
                size: row.size.max(1.0),
                page,
                block: number,
                edges: (left, right),
                spans: pieces.iter().map(|words| span(words)).collect(),
                dot: None,
                mark: letters().find_map(|letter| letter.mark),
                artifact: letters().all(|letter| letter.artifact),
            });
        }
        let mut above: Option<(f64, f64)> = None;
        for placed in out.iter_mut().skip(start) {
            placed.line.rule = has_rule(placed, above, &sheet.rules);
            placed.dot = dot(placed, &sheet.dots);
            above = Some((placed.y, placed.size));
        }
    }
    out
}

/// The lines of all pages as those of an outline, and what belongs to the pages.
pub(super) fn lines(placed: Vec<Placed>, heights: &[f64]) -> (Vec<Line>, Vec<Line>) {
    let (mut text, pages) = furniture::parted(placed, heights);
    marks::take_off(&mut text);
    spaces(&mut text);
    indents(&mut text);
    asides(&mut text);
    let line = |placed: Placed| placed.line;
    let kept = text
        .into_iter()
        .map(line)
        .filter(|line| line.runs().any(|run| !run.text.trim().is_empty()));
    (kept.collect(), pages.into_iter().map(line).collect())
}

/// The words of a row, parted at wide gaps.
fn pieces(row: &Row) -> Vec<&[Word]> {
    let mut end = f64::MIN;
    let mut cuts = vec![0];
    for (i, word) in row.words.iter().enumerate() {
        if i > 0 && word.x0 - end > PART_GAP * row.size.max(1.0) {
            cuts.push(i);
        }
        end = end.max(word.x1);
    }
    cuts.push(row.words.len());
    let ends = cuts.iter().skip(1);
    let pieces = cuts.iter().zip(ends).filter_map(|(from, to)| row.words.get(*from..*to));
    pieces.filter(|piece| !piece.is_empty()).collect()
}

fn span(words: &[Word]) -> (f64, f64) {
    let left = words.iter().map(|word| word.x0).fold(f64::MAX, f64::min);
    (left, words.iter().map(|word| word.x1).fold(f64::MIN, f64::max))
}

/// A piece of a line, with the looks and links of its letters.
fn part(words: &[Word], row: &Row, sheet: &Sheet, body: Body) -> Part {
    let mut runs: Vec<Run> = vec![];
    for (i, word) in words.iter().enumerate() {
        let base = base(word, i, words, row);
        let bounds = Rect::new(word.x0, word.y - word.size, word.x1, word.y + 0.3 * word.size);
        let near: Vec<&(Rect, String)> =
            sheet.links.iter().filter(|(area, _)| area.overlaps(bounds)).collect();
        for (j, letter) in word.letters.iter().enumerate() {
            let middle = Point::new((letter.x0 + letter.x1) / 2.0, letter.y - 0.3 * letter.size);
            let at = near.iter().find(|(area, _)| area.inflate(0.5, 0.5).contains(middle));
            let link = at.map(|(_, target)| target.clone());
            let style = body.style(letter, base);
            let blank = if i > 0 && j == 0 { " " } else { "" };
            match runs.last_mut() {
                Some(run) if run.style == style && run.link == link => {
                    run.text.push_str(blank);
                    run.text.push_str(&letter.text);
                    continue;
                }
                // The blank belongs to no link.
                Some(run) if run.link.is_none() => run.text.push_str(blank),
                Some(run) if !blank.is_empty() && link.is_some() => run.text.push_str(blank),
                _ => {}
            }
            let blank_is_in = runs.last().is_none_or(|run| run.text.ends_with(' '));
            let blank = if blank_is_in { "" } else { blank };
            let text = format!("{blank}{}", letter.text);
            runs.push(Run { text, style, link, ..Run::default() });
        }
    }
    Part { runs, role: None }
}

/// Baseline and size that the letters of a word are raised or lowered from: its own, or those of a
/// larger neighbour that it stands close to.
fn base(word: &Word, index: usize, words: &[Word], row: &Row) -> (f64, f64) {
    let before = index.checked_sub(1).and_then(|i| words.get(i));
    let after = words.get(index + 1);
    let larger = |other: &&Word| word.size < 0.85 * other.size;
    let close = |other: &&Word| {
        let gap = (word.x0 - other.x1).max(other.x0 - word.x1);
        gap < 0.6 * row.size
    };
    let neighbour = before.into_iter().chain(after).filter(larger).find(close);
    neighbour.map_or((word.y, word.size), |other| (other.y, other.size))
}

/// Whether a rule stands close above or below a line, or beside it. What only underlines some words
/// is none.
fn has_rule(placed: &Placed, above: Option<(f64, f64)>, rules: &[Rect]) -> bool {
    let Placed { x0, x1, y, size, edges, .. } = *placed;
    let width = edges.1 - edges.0;
    let linked = placed.line.runs().any(|run| run.link.is_some());
    rules.iter().any(|rule| {
        let wide = rule.width() > 40.0 && rule.x0 < edges.1 && rule.x1 > edges.0;
        let middle = rule.center().y;
        let under = (-1.0..=1.1 * size).contains(&(rule.y0 - y));
        // It is the rule of whichever line it is closer to.
        let over = (0.0..=0.7 * size).contains(&(y - size - rule.y1))
            && above.is_none_or(|(other, _)| middle - other > 0.55 * (y - other));
        let long = rule.x1 > x1 + size || rule.x0 < x0 - size || rule.width() > 0.5 * width;
        let whole = !linked && placed.spans.len() == 1 && rule.width() > 0.9 * (x1 - x0);
        let thin = rule.height() < 4.0;
        if thin && wide && (under || over) && (long || whole) {
            return true;
        }
        // A bar before the line, or a rule that goes on behind it.
        let beside = rule.x1 <= x0 + 1.0 || rule.x0 >= x1 - 1.0;
        let level = (middle - (y - 0.3 * size)).abs() < 0.6 * size;
        let column = rule.x0 < edges.1 + 1.0 && rule.x1 > edges.0 - 8.0 * size;
        beside && level && column && rule.width() > 25.0 && rule.height() < 0.7 * size
    })
}

/// A bullet that is drawn as a shape at the left of a line. Several are no bullet but a picture.
fn dot(placed: &Placed, dots: &[Rect]) -> Option<Rect> {
    let Placed { x0, y, size, .. } = *placed;
    let mut near = dots.iter().filter(|dot| {
        let gap = x0 - dot.x1;
        let height = y - dot.center().y;
        (0.3..2.2 * size).contains(&gap)
            && (0.0..0.75 * size).contains(&height)
            && dot.width() < 0.7 * size
            && dot.height() < 0.7 * size
    });
    let first = near.next()?;
    // The same shape may be filled and drawn around.
    near.all(|other| other.center().distance(first.center()) < 0.5).then_some(*first)
}

/// Sets the space above each line.
fn spaces(text: &mut [Placed]) {
    let follows = |a: &Placed, b: &Placed| a.page == b.page && a.block == b.block;
    let mut usual: Vec<f64> = text
        .windows(2)
        .filter_map(|pair| if let [a, b] = pair { Some((a, b)) } else { None })
        .filter(|(a, b)| follows(a, b) && (a.size - b.size).abs() < 0.3)
        .map(|(a, b)| (b.y - a.y) / b.size)
        .filter(|leading| (0.9..2.0).contains(leading))
        .collect();
    usual.sort_by(f64::total_cmp);
    // Most lines of a CV begin something; those that go on are the closest.
    let leading = usual.get(usual.len() * 3 / 10).copied().unwrap_or(LEADING).clamp(1.0, 1.6);
    let mut above: Option<(f64, f64, usize, usize)> = None;
    for placed in text {
        let Placed { y, size, page, block, .. } = *placed;
        placed.line.gap = match above {
            Some((top, other, p, b)) if p == page && b == block => {
                // What a larger letter reaches below its line is not space.
                let reach = 0.25 * (other - size).max(0.0);
                (((y - top - reach) / (size * leading)).max(0.0)) as f32
            }
            // The text goes on on the next page.
            Some((.., p, _)) if p != page && placed.line.place.column == 0 => 1.0,
            _ => 2.0,
        };
        above = Some((y, size, page, block));
    }
}

/// Sets how far each line begins from the edge of its column. The edge is that of all pages on which
/// the column is there.
fn indents(text: &mut [Placed]) {
    let mut edges: HashMap<u32, f64> = HashMap::new();
    for placed in &*text {
        let edge = edges.entry(placed.line.place.column).or_insert(f64::MAX);
        *edge = edge.min(placed.edges.0);
    }
    for placed in text {
        let own = placed.edges.0;
        let shared = edges.get(&placed.line.place.column).copied().unwrap_or(own);
        // A block that lies elsewhere altogether has its own edge.
        let edge = if own - shared < 8.0 * placed.size { shared } else { own };
        let indent = ((placed.x0 - edge) / placed.size).max(0.0);
        placed.line.indent =
            if indent < 0.1 { 0.0 } else { ((indent * 10.0).round() / 10.0) as f32 };
    }
}

/// What stands at the right end of the lines of an item is no part of its text.
fn asides(text: &mut [Placed]) {
    // Where the words of the item begin that is open, and its bullet.
    let mut item: Option<(f64, f64, usize)> = None;
    let mut next_goes_on = vec![false; text.len()];
    for (i, pair) in text.windows(2).enumerate() {
        if let ([a, b], Some(goes_on)) = (pair, next_goes_on.get_mut(i)) {
            *goes_on = b.line.bullet.is_none()
                && b.line.number.is_none()
                && b.line.gap < 1.4
                && a.line.bullet.is_some()
                && b.x0 > a.x0 + 0.4 * a.size;
        }
    }
    for (placed, goes_on) in text.iter_mut().zip(next_goes_on) {
        let block = placed.block;
        let words = placed.spans.first().map_or(placed.x0, |span| span.0);
        let within = match item {
            _ if placed.line.bullet.is_some() => {
                item = Some((words, placed.x0, block));
                goes_on
            }
            Some((_, bullet, b)) => {
                b == block && placed.x0 > bullet + 0.4 * placed.size && placed.line.gap < 1.4
            }
            None => false,
        };
        if !within {
            item = item.filter(|_| placed.line.bullet.is_some());
            continue;
        }
        let at_the_end = placed.x1 > placed.edges.1 - 2.0 * placed.size;
        let short = placed.line.parts.last().is_some_and(|part| part.text().chars().count() <= 40);
        if placed.line.parts.len() >= 2 && at_the_end && short {
            placed.line.aside = placed.line.parts.pop();
            placed.spans.pop();
            placed.x1 = placed.spans.last().map_or(placed.x1, |span| span.1);
        }
    }
}

/// A mark at the start of a line is not its text any more.
impl Placed {
    pub(super) fn without_mark(&mut self, mark: Mark) {
        let first = self.line.parts.first().map(Part::text).unwrap_or_default();
        let alone = first.trim().chars().count() <= mark.length;
        if alone && self.line.parts.len() > 1 {
            self.line.parts.remove(0);
            if self.spans.len() > 1 {
                self.spans.remove(0);
            }
        } else if let Some(part) = self.line.parts.first_mut() {
            part.strip(mark.length);
        }
        match mark.kind {
            marks::Kind::Bullet(sign) => self.line.bullet = Some(sign),
            marks::Kind::Number(number) => self.line.number = Some(number),
            marks::Kind::Icon => {}
        }
    }
}

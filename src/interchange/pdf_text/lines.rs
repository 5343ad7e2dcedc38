//! Rows of words to the lines of an outline: pieces, rules, bullets and numbers, space and indents.

use super::{
    columns::{Block, has_year},
    device::{Letter, Sheet},
    furniture,
    marks::{self, Mark},
    tags::Tags,
    words::{PART_GAP, Row, Word, is_private},
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
    /// The gap behind its first word, in em.
    pub(super) lead: f64,
    /// A small shape at its left.
    pub(super) dot: Option<Rect>,
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
pub(super) fn placed(
    sheet: &Sheet,
    page: usize,
    blocks: Vec<Block>,
    body: Body,
    tags: &Tags,
) -> Vec<Placed> {
    let mut out = vec![];
    for (number, block) in blocks.into_iter().enumerate() {
        let left = block.rows.iter().map(Row::x0).fold(f64::MAX, f64::min);
        let right = block.rows.iter().map(Row::x1).fold(f64::MIN, f64::max);
        let start = out.len();
        let stops = Stops::of(&block.rows);
        for row in &block.rows {
            let rect = Rect::new(row.x0(), row.y - row.size, row.x1(), row.y + 0.25 * row.size);
            let pieces = pieces(row, &stops);
            let parts: Vec<Part> =
                pieces.iter().map(|words| part(words, row, sheet, body)).collect();
            let letters = || row.words.iter().flat_map(|word| &word.letters);
            let place = Place {
                page: u32::try_from(page + 1).unwrap_or(u32::MAX),
                line: 0,
                column: block.column,
                rect: Some([rect.x0, rect.y0, rect.x1, rect.y1].map(|n| n as f32)),
            };
            let mark = letters().find_map(|letter| letter.mark);
            let line = Line {
                level: mark.and_then(|mark| tags.level(sheet.object, mark)),
                size: ((row.size * 10.0).round() / 10.0) as f32,
                place,
                ..Line::of(parts)
            };
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
                lead: match row.words.as_slice() {
                    [first, second, ..] => (second.x0 - first.x1) / row.size.max(1.0),
                    _ => 0.0,
                },
                dot: None,
                artifact: letters().all(|letter| letter.artifact),
            });
        }
        let places: Vec<(f64, f64)> =
            out.iter().skip(start).map(|placed: &Placed| (placed.y, placed.size)).collect();
        for (i, placed) in out.iter_mut().skip(start).enumerate() {
            let above = i.checked_sub(1).and_then(|above| places.get(above)).copied();
            let below = places.get(i + 1).copied();
            placed.line.rule = has_rule(placed, (above, below), &sheet.rules);
            placed.dot = dot(placed, &sheet.dots);
        }
    }
    out
}

/// The lines of all pages as those of an outline, and what belongs to the pages.
pub(super) fn lines(placed: Vec<Placed>, heights: &[f64]) -> (Vec<Line>, Vec<Line>) {
    let (mut text, pages) = furniture::parted(placed, heights);
    marks::take_off(&mut text);
    wrapped_dates(&mut text);
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

/// Places of a block where many lines begin anew, or end after a wide gap.
struct Stops {
    starts: HashMap<i64, usize>,
    ends: HashMap<i64, usize>,
}

/// So many lines make a stop, places within so many pt being one.
const STOP_LINES: usize = 4;
const STOP_WIDTH: f64 = 2.0;

impl Stops {
    fn of(rows: &[Row]) -> Self {
        let mut stops = Self { starts: HashMap::new(), ends: HashMap::new() };
        for row in rows {
            *stops.starts.entry(at(row.x0())).or_default() += 1;
            let last = pieces_at(row, |gap, _, _| gap > PART_GAP);
            if let [_, .., last] = last.as_slice() {
                let (start, end) = span(last);
                *stops.starts.entry(at(start)).or_default() += 1;
                *stops.ends.entry(at(end)).or_default() += 1;
            }
        }
        stops
    }

    fn has(stops: &HashMap<i64, usize>, place: f64) -> bool {
        let near = at(place) - 1..=at(place) + 1;
        near.filter_map(|at| stops.get(&at)).sum::<usize>() >= STOP_LINES
    }
}

fn at(place: f64) -> i64 {
    (place / STOP_WIDTH).round() as i64
}

/// The words of a row, parted at wide gaps, and at gaps that are less wide where other lines are
/// parted in the same place.
fn pieces<'r>(row: &'r Row, stops: &Stops) -> Vec<&'r [Word]> {
    let mut gaps: Vec<f64> = row
        .words
        .windows(2)
        .filter_map(|pair| if let [a, b] = pair { Some(b.x0 - a.x1) } else { None })
        .collect();
    gaps.sort_by(f64::total_cmp);
    let in_em = |index: usize| gaps.get(index).copied().unwrap_or(0.0) / row.size.max(1.0);
    let (small, usual) = (in_em(gaps.len() / 4), in_em(gaps.len() / 2));
    // In a justified line all gaps are wide.
    let least = (2.0 * usual).max(0.55);
    let right = row.x1();
    pieces_at(row, |gap, word, is_last| {
        let at_a_stop =
            Stops::has(&stops.starts, word.x0) || (is_last && Stops::has(&stops.ends, right));
        // A picture out of a font stands before a piece of its own, such as an address.
        let icon = word.letters.iter().all(|letter| letter.text.chars().all(is_private));
        let far = icon || gap > 0.75 * PART_GAP && gap > 4.0 * small;
        gap > PART_GAP || far || (gap > least && at_a_stop)
    })
}

/// The words of a row, parted where `parts` says so of the gap in em, the word behind it, and
/// whether it is the widest gap from there on.
fn pieces_at(row: &Row, parts: impl Fn(f64, &Word, bool) -> bool) -> Vec<&[Word]> {
    let mut gaps = vec![];
    let mut end = f64::MIN;
    for word in &row.words {
        gaps.push((word.x0 - end) / row.size.max(1.0));
        end = end.max(word.x1);
    }
    let mut cuts = vec![0];
    let mut widest = f64::MIN;
    for (i, (word, gap)) in row.words.iter().zip(&gaps).enumerate().skip(1).rev() {
        if parts(*gap, word, *gap > widest) {
            cuts.push(i);
        }
        widest = widest.max(*gap);
    }
    cuts.push(row.words.len());
    cuts.sort_unstable();
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
                // The blank between two looks has none of them.
                Some(run) if is_plain(run) => run.text.push_str(blank),
                Some(run) if run.link.is_none() && (link.is_some() || is_marked(&style)) => {
                    run.text.push_str(blank);
                }
                _ => {}
            }
            let blank_is_in = runs.last().is_none_or(|run| run.text.ends_with(' '));
            let blank = if blank_is_in { "" } else { blank };
            let text = format!("{blank}{}", letter.text);
            runs.push(Run { text, style, link, ..Run::default() });
        }
    }
    for run in &mut runs {
        // The kind of an address is no part of what is read.
        let kind = ["mailto:", "tel:"].into_iter().find(|kind| {
            run.text.starts_with(kind) && run.link.as_ref().is_some_and(|to| to.starts_with(kind))
        });
        if let Some(rest) = kind.and_then(|kind| run.text.strip_prefix(kind)) {
            run.text = rest.to_owned();
        }
    }
    Part { runs, role: None }
}

fn is_marked(style: &RunStyle) -> bool {
    *style != RunStyle::default()
}

fn is_plain(run: &Run) -> bool {
    run.link.is_none() && !is_marked(&run.style)
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

/// Where a line stands, and the size of its letters.
type Baseline = (f64, f64);

/// Whether a rule stands close above or below a line, or beside it. What only underlines some words
/// is none. `around` is the baseline and size of the lines above and below.
fn has_rule(placed: &Placed, around: (Option<Baseline>, Option<Baseline>), rules: &[Rect]) -> bool {
    let Placed { x0, x1, y, size, edges, .. } = *placed;
    let width = edges.1 - edges.0;
    let linked = placed.line.runs().any(|run| run.link.is_some());
    rules.iter().any(|rule| {
        let middle = rule.center().y;
        // From what reaches below the line above, and from the capitals of the line below.
        let from_above = |(y, size): Baseline| middle - y - 0.2 * size;
        let from_below = |(y, size): Baseline| y - 0.72 * size - middle;
        let own = (y, size);
        // It belongs to the closer of two lines, to the larger one where both are as close.
        let nearer = |own: (f64, f64), other: (f64, f64)| {
            if (own.0 - other.0).abs() < 1.0 { own.1 >= other.1 } else { own.0 < other.0 }
        };
        let under = (-1.0..=1.1 * size).contains(&(rule.y0 - y))
            && around.1.is_none_or(|b| nearer((from_above(own), size), (from_below(b), b.1)));
        let over = (-0.3 * size..=0.9 * size).contains(&from_below(own))
            && around.0.is_none_or(|a| nearer((from_below(own), size), (from_above(a), a.1)));
        let wide = rule.width() > 40.0 && rule.x0 < edges.1 && rule.x1 > edges.0;
        let within = rule.x0 > x0 - 2.0 && rule.x1 < x1 + 2.0;
        let long = rule.x1 > x1 + size || rule.x0 < x0 - size || rule.width() > 0.5 * width;
        let whole = placed.spans.len() == 1 && rule.width() > 0.9 * (x1 - x0);
        let thin = rule.height() < 4.0;
        if thin && wide && (under || over) && (long || whole) && !(linked && within) {
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

/// Puts a date that is broken in a narrow margin beside the text together in its first line.
fn wrapped_dates(text: &mut Vec<Placed>) {
    let dated = |text: &str| text.split_whitespace().any(has_year);
    let mut i = 1;
    while let Some([above, below]) = text.get_mut(i - 1..=i).and_then(|two| two.as_mut_array()) {
        let margin = (above.spans.first().copied(), above.spans.get(1).copied());
        let (Some(date), Some(beside)) = margin else {
            i += 1;
            continue;
        };
        let (Some(first), Some(next)) = (above.line.parts.first_mut(), below.line.parts.first())
        else {
            i += 1;
            continue;
        };
        let (start, rest) = (first.text(), next.text());
        let word = rest.split_whitespace().next().map_or(0, |word| word.chars().count());
        // The margin is as wide as the text beside it leaves it, and half an em is a letter.
        let room = beside.0 - date.1;
        let open = start.trim_end().ends_with(['-', '–', '—', '(']);
        let fits = room > (0.5 * word as f64 + 0.8) * above.size;
        let goes_on = open || (!dated(&rest) && rest.starts_with('(') && !fits);
        let in_margin = below.block == above.block
            && below.page == above.page
            && below.y - above.y < 1.8 * above.size
            && (below.x0 - date.0).abs() < 2.0
            && below.spans.first().is_some_and(|span| span.1 < beside.0)
            && below.line.bullet.is_none();
        if !(dated(&start) && goes_on && in_margin) {
            i += 1;
            continue;
        }
        let mut moved = below.line.parts.remove(0);
        below.spans.remove(0);
        match (first.runs.last_mut(), moved.runs.first_mut()) {
            (Some(own), Some(run)) if own.style == run.style && own.link == run.link => {
                own.text.push(' ');
                own.text.push_str(&moved.runs.remove(0).text);
            }
            (_, Some(run)) => run.text.insert(0, ' '),
            _ => {}
        }
        first.runs.append(&mut moved.runs);
        match below.spans.first() {
            Some(span) => {
                below.x0 = span.0;
                i += 1;
            }
            None => {
                text.remove(i);
            }
        }
    }
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

/// What stands at the right end of a line of running text is no part of it: a line in an item that
/// runs on into the next one, or out of the one before.
fn asides(text: &mut [Placed]) {
    // For each line, whether its first piece goes on on the next line.
    let runs_on = |a: &Placed, b: &Placed| {
        let (Some(own), Some(next)) = (a.spans.first(), b.line.parts.first()) else { return false };
        let room = a.spans.get(1).map_or(a.edges.1, |span| span.0) - own.1;
        let word = next.text().split_whitespace().next().map_or(0, |word| word.chars().count());
        a.block == b.block
            && b.line.bullet.is_none()
            && b.line.number.is_none()
            && b.line.gap < 1.4
            && b.x0 > a.x0 + if a.line.bullet.is_some() { 0.4 * a.size } else { -0.4 * a.size }
            // As wide as half the size for each letter, and a blank before it.
            && room < (0.5 * word as f64 + 1.0) * a.size
    };
    let mut in_item = false;
    let mut from_above = false;
    for i in 0..text.len() {
        let on = matches!(text.get(i..i + 2), Some([a, b]) if runs_on(a, b));
        let Some(placed) = text.get_mut(i) else { break };
        in_item = placed.line.bullet.is_some() || (in_item && from_above);
        let at_the_end = placed.x1 > placed.edges.1 - 2.0 * placed.size;
        let short = placed.line.parts.last().is_some_and(|part| part.text().chars().count() <= 40);
        if in_item && (on || from_above) && placed.line.parts.len() >= 2 && at_the_end && short {
            placed.line.aside = placed.line.parts.pop();
            placed.spans.pop();
            placed.x1 = placed.spans.last().map_or(placed.x1, |span| span.1);
        }
        from_above = on;
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

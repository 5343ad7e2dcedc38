//! From a point on a page to the field that is printed there, and from a field to where it is
//! printed.

use crate::{
    at::At,
    typeset::page::{Glyph, Line, Pages},
};
use eframe::egui::{Pos2, Rect, pos2};

/// How far, in pt, a point may lie above or below a line and still mean it.
const REACH: f32 = 24.0;
/// How far a line reaches above and below its baseline, times its size.
const ASCENT: f32 = 0.78;
const DESCENT: f32 = 0.24;

/// What stands at a point of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The place in the profile.
    pub at: At,
    /// The page, from 0.
    pub page: usize,
    /// The line on it.
    pub line: usize,
    /// The glyph in it.
    pub glyph: usize,
    /// How many characters that leave ink are printed of this place before the point, on all pages.
    pub before: usize,
    /// Whether the point means the end of the letter before it, not the start of the one after.
    pub is_behind: bool,
    /// All characters that leave ink and are printed of this place, on all pages.
    pub printed: String,
}

/// A place between two glyphs of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The page, from 0.
    pub page: usize,
    /// The line on it.
    pub line: usize,
    /// How many glyphs of the line, in reading order, stand before it.
    pub glyph: usize,
}

/// What is printed at `point`, in pt from the top left of page `page`: the nearest letter of the
/// nearest line, and nothing far from any.
#[must_use]
pub fn at_point(pages: &Pages, page: usize, point: Pos2) -> Option<Hit> {
    let lines = &pages.pages.get(page)?.lines;
    let (index, line) = nearest_line(lines, point)?;
    let (glyph, part) = nearest_glyph(line, point.x)?;
    let hit = line.glyphs.get(glyph)?;
    let at = pages.places.get(hit.place as usize)?.clone();
    let (mut before, mut printed) = (0, String::new());
    for (number, sheet) in pages.pages.iter().enumerate() {
        for (i, other) in sheet.lines.iter().enumerate().filter(|(_, l)| l.element.is_some()) {
            for (g, text) in clusters(other) {
                let is_here = (number, i) == (page, index);
                let is_same =
                    is_here && other.glyphs.get(g).is_some_and(|glyph| glyph.text == hit.text);
                let letters = text.chars().filter(|c| leaves_ink(*c));
                let count = letters.clone().count();
                if is_same {
                    before = printed.chars().count() + (part * count as f32).round() as usize;
                }
                if other.glyphs.get(g).and_then(|g| pages.places.get(g.place as usize)) == Some(&at)
                {
                    printed.extend(letters);
                }
            }
        }
    }
    Some(Hit { at, page, line: index, glyph, before, is_behind: part > 0.5, printed })
}

/// Where `at`, or anything within it, is printed: the page and the box in pt, one for every stretch
/// of a line.
#[must_use]
pub fn boxes(pages: &Pages, at: &At) -> Vec<(usize, Rect)> {
    let wanted: Vec<bool> = pages.places.iter().map(|place| place.is_within(at)).collect();
    let is_wanted = |glyph: &Glyph| wanted.get(glyph.place as usize).copied().unwrap_or(false);
    let mut found = vec![];
    for (number, page) in pages.pages.iter().enumerate() {
        let lines = page.lines.iter().filter(|l| l.element.is_some());
        // Of thousands of lines few are looked at closely.
        for line in lines.filter(|l| l.glyphs.iter().any(&is_wanted)) {
            let mut open: Option<Rect> = None;
            let inked = clusters(line).filter(|(_, text)| text.chars().any(leaves_ink));
            let visible: Vec<&Glyph> = inked.filter_map(|(g, _)| line.glyphs.get(g)).collect();
            for glyph in visible {
                if is_wanted(glyph) {
                    let rect = glyph_box(glyph);
                    open = Some(open.map_or(rect, |open| open.union(rect)));
                } else if let Some(done) = open.take() {
                    found.push((number, done));
                }
            }
            found.extend(open.map(|rect| (number, rect)));
        }
    }
    found
}

/// The place between two letters that is nearest to `point`; `None` on a page without text.
pub(super) fn spot(pages: &Pages, page: usize, point: Pos2) -> Option<Spot> {
    let lines = &pages.pages.get(page)?.lines;
    let cost = |line: &Line| distance(line, point);
    let printed = lines.iter().enumerate().filter(|(_, l)| l.element.is_some());
    let (index, line) = printed.min_by(|a, b| cost(a.1).total_cmp(&cost(b.1)))?;
    let (glyph, part) = nearest_glyph(line, point.x)?;
    let same = |g: &&Glyph| line.glyphs.get(glyph).is_some_and(|hit| hit.text == g.text);
    let glyph = if part > 0.5 {
        glyph + line.glyphs.iter().skip(glyph).take_while(same).count()
    } else {
        glyph
    };
    Some(Spot { page, line: index, glyph })
}

/// The box of a glyph with the room of its line.
pub(super) fn glyph_box(glyph: &Glyph) -> Rect {
    let (top, bottom) = (glyph.y - ASCENT * glyph.size, glyph.y + DESCENT * glyph.size);
    Rect::from_min_max(pos2(glyph.x, top), pos2(glyph.x + glyph.advance, bottom))
}

/// The text of each cluster of a line, with its first glyph.
pub(super) fn clusters(line: &Line) -> impl Iterator<Item = (usize, &str)> {
    let mut last = None;
    line.glyphs.iter().enumerate().filter_map(move |(index, glyph)| {
        let is_new = last.replace(glyph.text.clone()) != Some(glyph.text.clone());
        let text = line.text.get(glyph.text.start as usize..glyph.text.end as usize);
        is_new.then_some((index, text.unwrap_or_default()))
    })
}

/// Whether a character leaves ink that it has in the field, too: no space, no hyphen that only the
/// line's end made.
fn leaves_ink(c: char) -> bool {
    !c.is_whitespace() && c != '\u{ad}'
}

/// The line of text that a point means.
fn nearest_line(lines: &[Line], point: Pos2) -> Option<(usize, &Line)> {
    let near = lines.iter().enumerate().filter(|(_, line)| {
        line.element.is_some()
            && extent(line).is_some_and(|r| r.y_range().expand(REACH).contains(point.y))
    });
    near.min_by(|a, b| distance(a.1, point).total_cmp(&distance(b.1, point)))
}

/// How far a point is from a line: above and below counts before left and right.
fn distance(line: &Line, point: Pos2) -> f32 {
    let Some(rect) = extent(line) else {
        return f32::INFINITY;
    };
    let off = |at: f32, low: f32, high: f32| (low - at).max(at - high).max(0.0);
    1000.0 * off(point.y, rect.top(), rect.bottom()) + off(point.x, rect.left(), rect.right())
}

/// The room that a line takes.
fn extent(line: &Line) -> Option<Rect> {
    line.glyphs.iter().map(glyph_box).reduce(Rect::union)
}

/// The glyph nearest to `x`, and how much of it, in reading direction, lies before `x`.
fn nearest_glyph(line: &Line, x: f32) -> Option<(usize, f32)> {
    let off = |g: &Glyph| (g.x - x).max(x - g.x - g.advance).max(0.0);
    let near = |(_, a): &(usize, &Glyph), (_, b): &(usize, &Glyph)| off(a).total_cmp(&off(b));
    let (index, glyph) = line.glyphs.iter().enumerate().min_by(near)?;
    let part = ((x - glyph.x) / glyph.advance.max(0.01)).clamp(0.0, 1.0);
    // In a script from right to left the next glyph stands further left.
    let next = line.glyphs.get(index + 1).map(|next| next.x < glyph.x);
    let before = || line.glyphs.get(index.checked_sub(1)?).map(|last| glyph.x < last.x);
    let is_rtl = next.or_else(before).unwrap_or(false);
    Some((index, if is_rtl { 1.0 - part } else { part }))
}

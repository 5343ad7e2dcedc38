//! From a point on a page to the field that is printed there, and from a field to where it is
//! printed.

use crate::{
    at::{At, Step},
    typeset::page::{Glyph, Line, Pages},
};
use eframe::egui::{Pos2, Rect, pos2};
use std::collections::BTreeMap;

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
    // The first half of a space means the end of the word before it.
    let text = line.text.get(hit.text.start as usize..hit.text.end as usize).unwrap_or_default();
    let is_behind = if text.chars().any(leaves_ink) { part > 0.5 } else { part <= 0.5 };
    Some(Hit { at, page, line: index, glyph, before, is_behind, printed })
}

/// The point on the line above, or below, that of the caret at `from` on page `page`: in pt, with
/// its page. Past the first and the last line of a page it is on another one.
#[must_use]
pub fn next_line(pages: &Pages, page: usize, from: Rect, down: bool) -> Option<(usize, Pos2)> {
    let (x, y) = (from.center().x, from.center().y);
    let other = if down { page.checked_add(1) } else { page.checked_sub(1) };
    let sheets = [(Some(page), true), (other, false)];
    sheets.into_iter().find_map(|(number, is_here)| {
        let number = number?;
        let printed = pages.pages.get(number)?.lines.iter().filter(|l| l.element.is_some());
        let areas: Vec<Rect> = printed.filter_map(extent).collect();
        let away = |area: &Rect| if down { area.center().y } else { -area.center().y };
        let edge = if down { y } else { -y } + 0.4 * from.height();
        let is_past = |area: &&Rect| !is_here || away(area) > edge;
        let nearest = areas.iter().filter(is_past).map(away).reduce(f32::min)?;
        // What stands beside each other is one row.
        let row = areas.iter().filter(|area| (away(area) - nearest).abs() < 0.4 * area.height());
        let aside = |area: &&Rect| (area.left() - x).max(x - area.right()).max(0.0);
        let area = row.min_by(|a, b| aside(a).total_cmp(&aside(b)))?;
        Some((number, pos2(x, area.center().y)))
    })
}

/// The place in the profile of what is printed at `point`, in pt, of page `page`.
#[must_use]
pub fn place_at(pages: &Pages, page: usize, point: Pos2) -> Option<&At> {
    let (_, line) = nearest_line(&pages.pages.get(page)?.lines, point)?;
    let (glyph, _) = nearest_glyph(line, point.x)?;
    pages.places.get(line.glyphs.get(glyph)?.place as usize)
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

/// Where a field, or what the card with the caret holds, is printed.
#[must_use]
pub fn place(pages: &Pages, at: &At) -> Vec<(usize, Rect)> {
    let exact = boxes(pages, at);
    // A bullet's text is printed under the bullet. An entry that is not printed stands nowhere: all
    // of the list around it would be about others.
    let is_field = matches!(at.steps(), [_, .., Step::Field(_)]);
    if exact.is_empty() && is_field { boxes(pages, &at.parent()) } else { exact }
}

/// Where something that is not printed belongs: the page, and the box of what stands before it, or
/// around it, in pt.
#[must_use]
pub fn neighbourhood(pages: &Pages, at: &At) -> Option<(usize, Rect)> {
    let last = |at: &At| {
        let all = boxes(pages, at);
        let (page, _) = *all.last()?;
        let here = all.iter().filter(|(number, _)| *number == page).map(|(_, place)| *place);
        Some((page, here.reduce(Rect::union)?))
    };
    let mut at = at.clone();
    loop {
        // The list itself holds what stands after this, too.
        let is_list = matches!(at.steps().last(), Some(Step::Field("entries" | "sections")));
        if !is_list && let Some(found) = last(&at) {
            return Some(found);
        }
        if let Some(Step::Index(index)) = at.steps().last() {
            let before = (0..*index).rev().take(8).map(|i| at.parent().index(i));
            if let Some(found) = before.into_iter().find_map(|at| last(&at)) {
                return Some(found);
            }
        }
        if at.steps().is_empty() {
            return None;
        }
        at = at.parent();
    }
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
pub(super) fn leaves_ink(c: char) -> bool {
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
    Some((index, if is_rtl(line, index) { 1.0 - part } else { part }))
}

/// Whether the letters around a glyph run from right to left.
pub(super) fn is_rtl(line: &Line, index: usize) -> bool {
    let Some(glyph) = line.glyphs.get(index) else {
        return false;
    };
    // There the next glyph stands further left.
    let next = line.glyphs.get(index + 1).map(|next| next.x < glyph.x);
    let before = || line.glyphs.get(index.checked_sub(1)?).map(|last| glyph.x < last.x);
    next.or_else(before).unwrap_or(false)
}

/// Where the elements of the list at `list` are printed, by their index: the page on which each
/// begins, and its box there, in pt.
#[must_use]
pub fn elements(pages: &Pages, list: &At) -> BTreeMap<usize, (usize, Rect)> {
    let depth = list.steps().len();
    let index = |place: &At| match place.steps().get(depth) {
        Some(Step::Index(index)) if place.is_within(list) => Some(*index),
        _ => None,
    };
    let of: Vec<Option<usize>> = pages.places.iter().map(index).collect();
    let mut found: BTreeMap<usize, (usize, Rect)> = BTreeMap::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let lines = page.lines.iter().filter(|line| line.element.is_some());
        for glyph in lines.flat_map(|line| &line.glyphs) {
            let Some(index) = of.get(glyph.place as usize).copied().flatten() else {
                continue;
            };
            let area = glyph_box(glyph);
            let (page, known) = found.entry(index).or_insert((number, area));
            if *page == number {
                *known = known.union(area);
            }
        }
    }
    found
}

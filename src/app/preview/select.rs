//! Text chosen on the page with the mouse: its boxes, and what is copied.

use super::hit::{Spot, at_point, glyph_box, spot};
use crate::typeset::page::{Line, Pages, Tag};
use eframe::egui::{Pos2, Rect};
use std::ops::Range;

/// A stretch of printed text in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Its start.
    pub from: Spot,
    /// Its end, not before its start.
    pub to: Spot,
}

/// What lies between two points, each with its page (from 0) and in pt, whichever comes first.
#[must_use]
pub fn select(pages: &Pages, one: (usize, Pos2), other: (usize, Pos2)) -> Option<Selection> {
    let (one, other) = (spot(pages, one.0, one.1)?, spot(pages, other.0, other.1)?);
    Some(Selection { from: one.min(other), to: one.max(other) })
}

/// The word at a point.
#[must_use]
pub fn word(pages: &Pages, page: usize, point: Pos2) -> Option<Selection> {
    let hit = at_point(pages, page, point)?;
    let line = line(pages, page, hit.line)?;
    let is_word = |glyph: usize| {
        let text = line.glyphs.get(glyph).and_then(|g| line.text.get(bytes(&g.text)));
        text.is_some_and(|t| t.chars().all(|c| c.is_alphanumeric() || "_'’\u{ad}".contains(c)))
    };
    let (mut start, mut end) = (hit.glyph, hit.glyph + 1);
    if is_word(hit.glyph) {
        while start > 0 && is_word(start - 1) {
            start -= 1;
        }
        while is_word(end) {
            end += 1;
        }
    }
    let at = |glyph| Spot { page, line: hit.line, glyph };
    Some(Selection { from: at(start), to: at(end) })
}

/// The paragraph at a point: all lines of its structure element.
#[must_use]
pub fn paragraph(pages: &Pages, page: usize, point: Pos2) -> Option<Selection> {
    let hit = at_point(pages, page, point)?;
    let element = line(pages, page, hit.line)?.element?;
    let mut found = all_lines(pages).filter(|(_, _, line)| line.element == Some(element));
    let first = found.next()?;
    let last = found.last().unwrap_or(first);
    let from = Spot { page: first.0, line: first.1, glyph: 0 };
    let to = Spot { page: last.0, line: last.1, glyph: last.2.glyphs.len() };
    Some(Selection { from, to })
}

/// All text of the document.
#[must_use]
pub fn all(pages: &Pages) -> Option<Selection> {
    let mut lines = all_lines(pages);
    let first = lines.next()?;
    let last = lines.last().unwrap_or(first);
    let from = Spot { page: first.0, line: first.1, glyph: 0 };
    Some(Selection { from, to: Spot { page: last.0, line: last.1, glyph: last.2.glyphs.len() } })
}

/// What a page says, for those who hear it.
#[must_use]
pub fn page_text(pages: &Pages, number: usize) -> String {
    let lines = pages.pages.get(number).map(|page| page.lines.as_slice()).unwrap_or_default();
    let to = Spot { page: number, line: lines.len(), glyph: 0 };
    let from = Spot { page: number, line: 0, glyph: 0 };
    Selection { from, to }.text(pages)
}

impl Selection {
    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.from == self.to
    }

    /// Where it is: the page and the box in pt, one for each line.
    #[must_use]
    pub fn boxes(&self, pages: &Pages) -> Vec<(usize, Rect)> {
        let area = |(page, line, part): (usize, &Line, Range<usize>)| {
            let glyphs = line.glyphs.get(part)?;
            Some((page, glyphs.iter().map(glyph_box).reduce(Rect::union)?))
        };
        self.parts(pages).filter_map(area).collect()
    }

    /// Its text as it is copied: a paragraph is one line, whatever its lines on the page, and a
    /// word that the page breaks is whole.
    #[must_use]
    pub fn text(&self, pages: &Pages) -> String {
        let mut text = String::new();
        let mut last: Option<(usize, &Line)> = None;
        // What stands at the right of a row comes after it, and then the row is over.
        let mut is_over = false;
        for (page, line, part) in self.parts(pages) {
            let chosen = line.glyphs.get(part).unwrap_or_default();
            let start = chosen.iter().map(|g| g.text.start).min().unwrap_or_default();
            let end = chosen.iter().map(|g| g.text.end).max().unwrap_or_default();
            let new = line.text.get(bytes(&(start..end))).unwrap_or_default();
            let is_row = last.is_some_and(|(p, l)| p == page && on_one_row(l, line));
            // Separators belong to the row they stand in; running heads to no text.
            if new.is_empty() || (line.element.is_none() && !is_row) {
                continue;
            }
            let before = last.map(|(_, before)| before);
            let is_same = before.is_some_and(|l| l.element == line.element);
            let is_part = before.is_some_and(|l| l.element.is_none() || line.element.is_none());
            let goes_back = is_same && last.is_some_and(|(p, l)| p == page && is_above(line, l));
            let joint = match before {
                None => "",
                Some(_) if is_row || goes_back => " ",
                Some(_) if is_same && is_over => "\n",
                Some(_) if is_same => joint(&text, new),
                Some(_) if is_heading(pages, line) => "\n\n",
                Some(_) => "\n",
            };
            is_over = goes_back || is_row && (is_same || is_part);
            let kept = match joint {
                "" => text.trim_end_matches('\u{ad}').len(),
                _ => text.trim_end().len(),
            };
            text.truncate(kept);
            text.push_str(joint);
            text.push_str(if joint.is_empty() { new } else { new.trim_start() });
            last = Some((page, line));
        }
        text.replace('\u{ad}', "").trim().to_owned()
    }

    /// The lines it touches, each with its page and the glyphs chosen.
    fn parts<'p>(
        &self,
        pages: &'p Pages,
    ) -> impl Iterator<Item = (usize, &'p Line, Range<usize>)> + use<'p> {
        let Self { from, to } = *self;
        all_lines(pages)
            .skip_while(move |(page, line, _)| (*page, *line) < (from.page, from.line))
            .take_while(move |(page, line, _)| (*page, *line) <= (to.page, to.line))
            .map(move |(page, index, line)| {
                let here = (page, index);
                let start = if here == (from.page, from.line) { from.glyph } else { 0 };
                let end = line.glyphs.len();
                let end = if here == (to.page, to.line) { to.glyph.min(end) } else { end };
                (page, line, start.min(end)..end)
            })
    }
}

/// What stands between two lines of one paragraph.
fn joint(text: &str, new: &str) -> &'static str {
    let is_broken_word = text.ends_with('\u{ad}');
    // Scripts without spaces have none here, either.
    let is_han = |c: Option<char>| c.is_some_and(|c| ('\u{2e80}'..'\u{ac00}').contains(&c));
    let are_han = is_han(text.chars().next_back()) && is_han(new.chars().next());
    if is_broken_word || are_han { "" } else { " " }
}

/// Whether two lines stand beside each other.
fn on_one_row(a: &Line, b: &Line) -> bool {
    let (Some(a), Some(b)) = (a.glyphs.last(), b.glyphs.first()) else {
        return false;
    };
    (a.y - b.y).abs() < 0.5 * a.size.min(b.size)
}

/// Whether a line stands above another, or beside it.
fn is_above(line: &Line, other: &Line) -> bool {
    let y = |line: &Line| line.glyphs.first().map_or(0.0, |g| g.y - 0.5 * g.size);
    y(line) < y(other)
}

fn is_heading(pages: &Pages, line: &Line) -> bool {
    let tag = line.element.and_then(|e| pages.elements.get(e)).map(|e| e.tag);
    matches!(tag, Some(Tag::Heading | Tag::Title))
}

/// The lines of all pages in reading order, with their page and their index on it.
fn all_lines(pages: &Pages) -> impl Iterator<Item = (usize, usize, &Line)> {
    let number = pages.pages.iter().enumerate();
    number.flat_map(|(p, page)| page.lines.iter().enumerate().map(move |(l, line)| (p, l, line)))
}

fn line(pages: &Pages, page: usize, index: usize) -> Option<&Line> {
    pages.pages.get(page)?.lines.get(index)
}

fn bytes(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

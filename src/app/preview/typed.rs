//! Where the letters of a field's text stand on the page: the caret and what is selected, from the
//! bytes that were typed.

use super::{
    caret::{addresses, letters, matches},
    hit::{clusters, glyph_box, is_rtl, leaves_ink},
};
use crate::{at::At, typeset::page::Pages};
use eframe::egui::{Rect, pos2};
use std::ops::Range;

/// A space at the end of a line is not printed; the caret after it stands so far on, times the
/// size of the letters.
const SPACE: f32 = 0.27;

/// The text of a field, letter by letter, with the places where these are printed.
#[derive(Clone, Debug)]
pub struct Typed {
    text: String,
    /// The letters of the text that leave ink: the bytes of each, and where it is printed.
    letters: Vec<(Range<usize>, Option<Letter>)>,
    /// How many letters are printed of the place.
    printed: usize,
}

/// A printed letter.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Letter {
    page: usize,
    line: usize,
    area: Rect,
    is_rtl: bool,
}

impl Typed {
    /// The text `typed` of the field at `at`, as `pages` show it.
    #[must_use]
    pub fn new(pages: &Pages, at: &At, typed: &str) -> Self {
        let (mut printed, mut places) = (vec![], vec![]);
        let here: Vec<bool> = pages.places.iter().map(|place| place == at).collect();
        let is_here = |place: u32| here.get(place as usize).copied().unwrap_or_default();
        for (number, page) in pages.pages.iter().enumerate() {
            for (index, line) in page.lines.iter().enumerate() {
                if line.element.is_none() || !line.glyphs.iter().any(|g| is_here(g.place)) {
                    continue;
                }
                for (first, text) in clusters(line) {
                    let Some(glyph) = line.glyphs.get(first).filter(|g| is_here(g.place)) else {
                        continue;
                    };
                    let same = line.glyphs.iter().skip(first);
                    let same = same.take_while(|g| g.text == glyph.text).map(glyph_box);
                    let area = same.reduce(Rect::union).unwrap_or(glyph_box(glyph));
                    let is_rtl = is_rtl(line, first);
                    let inked: Vec<char> = text.chars().filter(|c| leaves_ink(*c)).collect();
                    let part = area.width() / inked.len().max(1) as f32;
                    for (i, c) in inked.into_iter().enumerate() {
                        let i = i as f32;
                        let left = if is_rtl {
                            area.right() - (i + 1.0) * part
                        } else {
                            area.left() + i * part
                        };
                        let area = Rect::from_min_max(
                            pos2(left, area.top()),
                            pos2(left + part, area.bottom()),
                        );
                        printed.push(super::caret::folded(c));
                        places.push(Letter { page: number, line: index, area, is_rtl });
                    }
                }
            }
        }
        let skipped = addresses(typed);
        let mut source = letters(typed);
        source.retain(|(at, _)| !skipped.iter().any(|range| range.contains(at)));
        let folded: Vec<char> = source.iter().map(|(_, c)| *c).collect();
        let mut found = vec![None; source.len()];
        for (on_page, in_text) in matches(&printed, &folded) {
            if let Some(slot) = found.get_mut(in_text) {
                *slot = places.get(on_page).copied();
            }
        }
        let bytes = source.iter().map(|(at, _)| *at..super::caret::end_of_char(typed, *at));
        let letters = bytes.zip(found).collect();
        Self { text: typed.to_owned(), letters, printed: printed.len() }
    }

    /// The part of the text's letters that stand on the page, from 0 to 1; 0 when nothing of it
    /// does.
    #[must_use]
    pub fn share(&self) -> f32 {
        let found = self.letters.iter().filter(|(_, letter)| letter.is_some()).count();
        if self.printed == 0 { 0.0 } else { found as f32 / self.letters.len().max(1) as f32 }
    }

    /// Where a caret before the byte `byte` stands: the page, and a box without width, in pt.
    #[must_use]
    pub fn caret(&self, byte: usize) -> Option<(usize, Rect)> {
        let behind = self.letters.partition_point(|(bytes, _)| bytes.end <= byte);
        let left = self.letters.get(..behind)?.iter().rev();
        let mut left = left.filter_map(|(bytes, letter)| Some((bytes.end, (*letter)?)));
        let right = self.letters.get(behind..)?.iter();
        let mut right = right.filter_map(|(bytes, letter)| Some((bytes.start, (*letter)?)));
        let (left, right) = (left.next(), right.next());
        match (left, right) {
            (Some((end, letter)), _) if end == byte => Some(letter.edge(true, 0.0)),
            (_, Some((start, letter))) if start == byte => Some(letter.edge(false, 0.0)),
            (Some((end, letter)), _) => {
                let between = self.text.get(end..byte).unwrap_or_default();
                let spaces = between.chars().filter(|c| c.is_whitespace()).count();
                Some(letter.edge(true, spaces as f32))
            }
            (None, Some((_, letter))) => Some(letter.edge(false, 0.0)),
            (None, None) => None,
        }
    }

    /// Where the bytes of a range stand: the page and a box in pt, one for each line.
    #[must_use]
    pub fn selected(&self, range: &Range<usize>) -> Vec<(usize, Rect)> {
        let mut found: Vec<(usize, usize, Rect)> = vec![];
        for (bytes, letter) in &self.letters {
            let Some(letter) =
                letter.filter(|_| range.start < bytes.end && bytes.start < range.end)
            else {
                continue;
            };
            match found.last_mut() {
                Some((page, line, area)) if (*page, *line) == (letter.page, letter.line) => {
                    *area = area.union(letter.area);
                }
                _ => found.push((letter.page, letter.line, letter.area)),
            }
        }
        found.into_iter().map(|(page, _, area)| (page, area)).collect()
    }

    /// The bytes between which the line of the page lies on which the caret at `byte` stands.
    #[must_use]
    pub fn line(&self, byte: usize) -> Option<Range<usize>> {
        let (page, caret) = self.caret(byte)?;
        let y = caret.center().y;
        let is_here = |letter: &Letter| letter.page == page && letter.area.y_range().contains(y);
        let letters = self.letters.iter();
        let on_line = letters.filter(|(_, letter)| letter.as_ref().is_some_and(is_here));
        let mut bytes = on_line.map(|(bytes, _)| bytes.clone());
        let first = bytes.next()?;
        let last = bytes.next_back().unwrap_or(first.clone());
        // What is marked at the end of the text belongs to its last line.
        let is_last = self.letters.last().is_some_and(|(bytes, _)| *bytes == last);
        Some(first.start..if is_last { self.text.len() } else { last.end })
    }
}

impl Letter {
    /// The side of the letter at which reading goes on (`after`), or from which it comes, some
    /// spaces further on.
    fn edge(self, after: bool, spaces: f32) -> (usize, Rect) {
        let is_right = after != self.is_rtl;
        let away = spaces * SPACE * self.area.height();
        let x = match (is_right, self.is_rtl) {
            (true, false) => self.area.right() + away,
            (true, true) => self.area.right(),
            (false, true) => self.area.left() - away,
            (false, false) => self.area.left(),
        };
        let line = pos2(x, self.area.top())..=pos2(x, self.area.bottom());
        (self.page, Rect::from_min_max(*line.start(), *line.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::page::{Glyph, Line, Page};

    fn field() -> At {
        At::root().field("person").field("headline")
    }

    /// A page on which each line of `printed` is set in letters 10 pt wide.
    fn pages(printed: &str) -> Pages {
        let line = |(row, text): (usize, &str)| {
            let mut byte = 0;
            let glyph = |(i, c): (usize, char)| {
                let start = byte;
                byte += c.len_utf8() as u32;
                Glyph {
                    id: 1,
                    face: 0,
                    colour: 0,
                    size: 10.0,
                    x: 10.0 * i as f32,
                    y: 20.0 * (row + 1) as f32,
                    advance: 10.0,
                    text: start..byte,
                    link: None,
                    place: 0,
                    embolden: false,
                }
            };
            let glyphs = text.chars().enumerate().map(glyph).collect();
            Line { element: Some(0), text: text.to_owned(), glyphs }
        };
        let lines = printed.lines().enumerate().map(line).collect();
        let page = Page { width: 500.0, height: 500.0, lines, ..Page::default() };
        Pages { pages: vec![page], places: vec![field()], ..Pages::default() }
    }

    /// The column and the row of the caret at `|` in `typed`.
    fn caret(printed: &str, typed: &str) -> (f32, f32) {
        let byte = typed.find('|').unwrap();
        let typed = Typed::new(&pages(printed), &field(), &typed.replacen('|', "", 1));
        let (_, place) = typed.caret(byte).unwrap();
        (place.left() / 10.0, (place.center().y / 20.0).floor())
    }

    #[test]
    fn the_caret_stands_between_the_letters() {
        assert_eq!(caret("plain", "|plain").0, 0.0);
        assert_eq!(caret("plain", "pl|ain").0, 2.0);
        assert_eq!(caret("plain", "plain|").0, 5.0);
        assert_eq!(caret("a b", "a |b").0, 2.0);
        assert_eq!(caret("a b", "a| b").0, 1.0);
        assert_eq!(caret("one two", "one **t|wo**").0, 5.0);
        assert_eq!(caret("one two", "one **two|**").0, 7.0);
        assert_eq!(caret("one two", "one **two**|").0, 7.0);
        assert_eq!(caret("see it", "[see](https://example.org/it) i|t").0, 5.0);
    }

    #[test]
    fn the_caret_is_on_the_line_that_goes_on() {
        assert_eq!(caret("one two\nthree", "one two |three"), (0.0, 0.0 + 0.0_f32.max(1.0)));
        assert_eq!(caret("one two\nthree", "one two| three"), (7.0, 0.0));
    }

    #[test]
    fn a_space_that_is_not_printed_moves_the_caret() {
        let (with, without) = (caret("word", "word |").0, caret("word", "word|").0);
        assert!(with > without && with < without + 1.0, "{with}");
        assert!(caret("word", "word  |").0 > with);
    }

    #[test]
    fn a_text_that_is_newer_than_the_page_has_its_caret_nearby() {
        assert_eq!(caret("hello", "helxyz|lo").0, 3.0);
        assert_eq!(caret("hello world", "hello |rld").0, 8.0);
    }

    #[test]
    fn a_selection_is_one_box_for_each_line() {
        let text = "one **two** three";
        let typed = Typed::new(&pages("one two\nthree"), &field(), text);
        let boxes = typed.selected(&(4..text.len()));
        let x: Vec<_> = boxes.iter().map(|(_, b)| (b.left(), b.right())).collect();
        assert_eq!(x, [(40.0, 70.0), (0.0, 50.0)]);
        assert!(typed.selected(&(3..3)).is_empty());
        assert_eq!(typed.line(14), Some(12..17));
        assert_eq!(typed.line(1), Some(0..9));
    }

    #[test]
    fn what_is_printed_otherwise_has_little_in_common() {
        let share =
            |printed: &str, typed: &str| Typed::new(&pages(printed), &field(), typed).share();
        assert_eq!(share("plain", "**plain**"), 5.0 / 9.0);
        assert!(share("Sep 2024", "2024-09") < 0.7);
        assert_eq!(share("2024", "2024"), 1.0);
        assert_eq!(share("", "nothing"), 0.0);
    }
}

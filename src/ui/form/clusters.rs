//! Text whose letters are what a reader takes for one: `é` of two characters, a flag, a family.

use eframe::egui::{
    TextBuffer,
    text::{CCursor, CCursorRange, CharIndex},
};
use std::{any::TypeId, ops::Range};
use unicode_segmentation::UnicodeSegmentation as _;

/// A text that Backspace and Delete take one letter from, however many characters it has.
pub(super) struct Clusters<'a> {
    /// The text itself.
    pub(super) text: &'a mut String,
    /// Whether it stays on one line: line breaks that are put in become spaces.
    pub(super) one_line: bool,
}

impl TextBuffer for Clusters<'_> {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        self.text
    }

    fn insert_text(&mut self, text: &str, char_index: CharIndex) -> usize {
        if self.one_line && text.contains(['\n', '\r']) {
            return self.text.insert_text(&joined(text), char_index);
        }
        self.text.insert_text(text, char_index)
    }

    fn delete_char_range(&mut self, char_range: Range<CharIndex>) {
        self.text.delete_char_range(char_range);
    }

    fn delete_previous_char(&mut self, ccursor: CCursor) -> CCursor {
        let start = step(self.text, ccursor.index.0, false);
        self.delete_selected_ccursor_range([CCursor::new(start), ccursor])
    }

    fn delete_next_char(&mut self, ccursor: CCursor) -> CCursor {
        let end = step(self.text, ccursor.index.0, true);
        self.delete_selected_ccursor_range([ccursor, CCursor::new(end)])
    }

    fn type_id(&self) -> TypeId {
        TypeId::of::<Clusters<'static>>()
    }
}

/// Lines as one, with a space where each of them ended.
fn joined(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let line = if out.is_empty() { line.trim_end() } else { line.trim() };
        if !out.is_empty() && !line.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Whether some letter of a text has several characters.
pub(super) fn has_any(text: &str) -> bool {
    !text.is_ascii() && text.graphemes(true).any(|letter| letter.chars().nth(1).is_some())
}

/// The places between letters, in characters, from 0 to the end.
fn places(text: &str) -> impl Iterator<Item = usize> {
    let ends = text.graphemes(true).scan(0, |sum, letter| {
        *sum += letter.chars().count();
        Some(*sum)
    });
    std::iter::once(0).chain(ends)
}

/// The next place between letters after the character `at`, or the one before it.
fn step(text: &str, at: usize, forward: bool) -> usize {
    if forward {
        places(text).find(|place| *place > at).unwrap_or(at)
    } else {
        places(text).take_while(|place| *place < at).last().unwrap_or(at)
    }
}

/// The cursors moved out of letters: on in the direction in which the caret came from `before`.
pub(super) fn between(text: &str, now: CCursorRange, before: Option<CCursorRange>) -> CCursorRange {
    let moved = |cursor: CCursor| {
        let index = cursor.index.0;
        if places(text).any(|place| place == index) {
            return cursor;
        }
        let forward = before.is_none_or(|range| range.primary.index.0 < index);
        CCursor { index: CharIndex(step(text, index, forward)), ..cursor }
    };
    CCursorRange { primary: moved(now.primary), secondary: moved(now.secondary), ..now }
}

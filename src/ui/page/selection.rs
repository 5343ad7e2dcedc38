//! The pointer on the page: a click puts the caret there, a drag selects.

use super::{Page, view::Layout};
use crate::{
    app::{
        doc::Doc,
        preview::{
            caret,
            hit::{Hit, at_point, place_at},
            select,
        },
        view::Focus,
    },
    slot::Slot,
    ui::queue,
};
use eframe::egui::{CursorIcon, Pos2, Response, Ui};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

impl Page {
    /// Clicks, and selecting with the mouse.
    pub(super) fn touch(&mut self, ui: &Ui, doc: &mut Doc, response: &Response, layout: &Layout) {
        let Some(shown) = self.shown.clone() else {
            return;
        };
        let pages = &shown.page.pages;
        let Some(point) = response.interact_pointer_pos().or_else(|| response.hover_pos()) else {
            return;
        };
        let Some((page, on_page)) = layout.on_page(point) else {
            return;
        };
        let is_on_paper = layout.is_on_paper(point);
        if response.hovered() && is_on_paper && place_at(pages, page, on_page).is_some() {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
        if response.drag_started() {
            let press = ui.input(|i| i.pointer.press_origin());
            let start = press.filter(|p| layout.is_on_paper(*p)).and_then(|p| layout.on_page(p));
            self.from = start;
        }
        if let Some(from) = self.from {
            if response.dragged() {
                let to = (page, on_page);
                self.selection = select::select(pages, from, to).filter(|s| !s.is_empty());
            }
            if response.drag_stopped() {
                self.from = None;
                self.selected(doc, response, from, (page, on_page));
            }
            return;
        }
        let clicked = response.clicked() || response.secondary_clicked();
        if !clicked {
            return;
        }
        // A click beside the paper is about nothing: the caret stays where it is.
        let hit = at_point(pages, page, on_page).filter(|_| is_on_paper);
        let Some(hit) = hit else {
            self.about = None;
            if self.selection.is_none() {
                queue::keep(ui.ctx());
            }
            return;
        };
        self.about = Some(hit.at.clone());
        if response.secondary_clicked() {
            // What is selected stays so when the menu is opened on it.
            let is_inside = self.caret.is_selected(page, on_page);
            if is_inside || self.selection.is_some() {
                queue::keep(ui.ctx());
                return;
            }
        }
        self.selection = None;
        let shift = ui.input(|i| i.modifiers.shift);
        let Some(text) = Slot::of(&mut doc.file.profile, &hit.at).and_then(Slot::text) else {
            // An author list, say: its own field knows more of it.
            if response.double_clicked() {
                self.selection = select::word(pages, page, on_page);
                response.request_focus();
            } else {
                self.go(doc, Focus::new(hit.at, Some(0)));
            }
            return;
        };
        let byte = caret::caret(text, &hit);
        let range = if response.triple_clicked() {
            paragraph(text, byte)
        } else if response.double_clicked() {
            word(text, byte)
        } else {
            byte..byte
        };
        let at = hit.at;
        let focus = match self.caret.anchor(&at).filter(|_| shift) {
            Some(anchor) => Focus { at, byte: Some(anchor), end: Some(byte) },
            None => Focus { at, byte: Some(range.start), end: Some(range.end) },
        };
        self.go(doc, focus);
        // In a window of its own the page would keep the keys that are for the field.
        response.surrender_focus();
        ui.ctx().request_repaint();
    }

    /// Puts the caret somewhere in a text, from the page.
    pub(super) fn go(&mut self, doc: &mut Doc, focus: Focus) {
        self.caret.on_page = true;
        doc.view.go_to(&focus.at, focus.byte);
        doc.view.focus = Some(focus);
    }

    /// A drag is over: what is selected within one field is selected there, to be typed over. What
    /// goes over several can be copied.
    fn selected(
        &mut self,
        doc: &mut Doc,
        response: &Response,
        from: (usize, Pos2),
        to: (usize, Pos2),
    ) {
        let Some(shown) = &self.shown else {
            return;
        };
        let pages = &shown.page.pages;
        let hits = (at_point(pages, from.0, from.1), at_point(pages, to.0, to.1));
        let (Some(start), Some(end)) = hits else {
            response.request_focus();
            return;
        };
        let text = Slot::of(&mut doc.file.profile, &start.at).and_then(Slot::text);
        match text.filter(|_| start.at == end.at) {
            Some(text) => {
                let byte = |hit: &Hit| Some(caret::caret(text, hit));
                let (byte, end) = (byte(&start), byte(&end));
                self.selection = None;
                let at = start.at;
                self.go(doc, Focus { at, byte, end });
                response.surrender_focus();
                response.ctx.request_repaint();
            }
            None => response.request_focus(),
        }
    }
}

/// The word at a byte of a text, or what stands there instead.
fn word(text: &str, byte: usize) -> Range<usize> {
    let words = text.split_word_bound_indices().map(|(start, word)| start..start + word.len());
    let mut around = words.filter(|range| range.start <= byte && byte <= range.end);
    let is_word = |range: &Range<usize>| {
        let word = text.get(range.clone()).unwrap_or_default();
        word.chars().any(char::is_alphanumeric)
    };
    let (first, second) = (around.next(), around.next());
    match (first, second) {
        (Some(first), Some(second)) if !is_word(&first) || is_word(&second) => second,
        (Some(first), _) => first,
        (None, _) => byte..byte,
    }
}

/// The line of a text in which a byte stands.
fn paragraph(text: &str, byte: usize) -> Range<usize> {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| before.len() + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_lines_are_selected_around_a_byte() {
        let text = "one **two** three";
        let at = |byte| text.get(word(text, byte)).unwrap();
        assert_eq!(
            (at(0), at(1), at(3), at(6), at(9), at(17)),
            ("one", "one", "one", "two", "two", "three")
        );
        let text = "a\nbc\n";
        assert_eq!(text.get(paragraph(text, 3)), Some("bc"));
        assert_eq!(text.get(paragraph(text, 0)), Some("a"));
        assert_eq!(text.get(paragraph(text, 5)), Some(""));
    }
}

//! Scrolling and zooming: only when what is edited is out of view, by keys, and at the pointer.

use super::{
    Page,
    view::{Layout, NATURAL, ROOM},
};
use crate::{
    app::{
        doc::Doc,
        preview::{hit, select},
        view::{Tab, Zoom},
    },
    at::At,
};
use eframe::egui::{Context, Event, Key, Pos2, Rect, Response, Ui, Vec2, vec2};

/// How much of what is around is seen of what is scrolled into view, in points of the window.
const AROUND: f32 = 40.0;

impl Page {
    /// The offset at which what is edited is in view, when it is not.
    pub(super) fn reveal(&mut self, doc: &Doc, layout: &Layout, room: Vec2) -> Option<Vec2> {
        let shown = self.shown.as_ref().filter(|s| s.revision == doc.revision())?;
        let pages = &shown.page.pages;
        let tab = self.tab.replace(doc.view.tab);
        let focused = doc.view.focused.as_ref();
        // Without the form a tab leads to its place on the page.
        let section = match doc.view.tab {
            Tab::Section(i) if tab.is_some_and(|tab| tab != doc.view.tab) => {
                Some(At::root().field("sections").index(i))
            }
            _ => None,
        };
        let at = focused.or(section.as_ref().filter(|_| self.is_alone))?.clone();
        let caret = self.caret.in_place();
        let key = (at.clone(), caret.filter(|_| self.caret.on_page));
        if self.revealed.as_ref() == Some(&key) {
            return None;
        }
        let same_field = self.revealed.as_ref().is_some_and(|(old, _)| *old == at);
        self.revealed = Some(key);
        // While a caret moves in a field, it alone has to be seen.
        let (page, place) = match caret.filter(|_| same_field) {
            Some(caret) => caret,
            None => {
                let all = hit::place(pages, &at);
                let (page, first) = caret.or(all.first().copied())?;
                let here = all.iter().filter(|(number, _)| *number == page);
                let whole = here.map(|(_, place)| *place).fold(first, Rect::union);
                let fits = whole.height() * layout.scale < room.y - AROUND;
                (page, if fits { whole } else { first })
            }
        };
        let corner = layout.papers.get(page)?.min.to_vec2();
        let place = Rect::from_min_max(
            (place.min.to_vec2() * layout.scale + corner).to_pos2(),
            (place.max.to_vec2() * layout.scale + corner).to_pos2(),
        );
        let most = (layout.size() - room).max(Vec2::ZERO);
        let x = into_view(self.offset.x, room.x, place.left(), place.right());
        let y = into_view(self.offset.y, room.y, place.top(), place.bottom());
        let target = vec2(x, y).clamp(Vec2::ZERO, most);
        (target != self.offset).then_some(target)
    }

    /// Scrolling, copying and choosing all, by keys, while the page has the focus.
    pub(super) fn scroll_keys(&mut self, ui: &Ui, response: &Response, room: Vec2) {
        if !response.has_focus() {
            return;
        }
        let Some(shown) = &self.shown else {
            return;
        };
        let pages = &shown.page.pages;
        let copy = ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy)));
        if copy && let Some(selection) = self.selection.or_else(|| select::all(pages)) {
            ui.ctx().copy_text(selection.text(pages));
        }
        let step = ui.input(|i| {
            let pressed = |key| i.key_pressed(key);
            if pressed(Key::PageDown) || pressed(Key::Space) {
                0.9 * room.y
            } else if pressed(Key::PageUp) {
                -0.9 * room.y
            } else if pressed(Key::ArrowDown) {
                40.0
            } else if pressed(Key::ArrowUp) {
                -40.0
            } else if pressed(Key::Home) {
                f32::NEG_INFINITY
            } else if pressed(Key::End) {
                f32::INFINITY
            } else {
                0.0
            }
        });
        if step != 0.0 {
            let most = (response.rect.height() - room.y).max(0.0);
            let y = (self.offset.y + step).clamp(0.0, most);
            self.target = Some((vec2(self.offset.x, y), 1));
            ui.ctx().request_repaint();
        }
    }

    /// Zooms by Ctrl and the wheel, or by two fingers; what is under the pointer stays there.
    pub(super) fn zoom_at_pointer(
        &mut self,
        ui: &Ui,
        doc: &mut Doc,
        layout: &Layout,
        sizes: &[Vec2],
        room: Vec2,
    ) {
        let delta = ui.input(|i| i.zoom_delta());
        let Some(pointer) = ui.input(|i| i.pointer.hover_pos()) else {
            return;
        };
        if (delta - 1.0).abs() < 0.001 {
            return;
        }
        let zoom = Zoom::Factor((layout.scale / NATURAL * delta).clamp(0.25, 4.0));
        let Some((page, point)) = layout.on_page(pointer) else {
            return;
        };
        doc.view.zoom = zoom;
        let new = Layout::new(sizes, zoom, room, self.is_alone);
        let Some(corner) = new.papers.get(page).map(|paper| paper.min.to_vec2()) else {
            return;
        };
        let in_view: Pos2 = pointer - layout.origin.to_vec2() - self.offset;
        let target = corner + point.to_vec2() * new.scale - in_view.to_vec2();
        let most = (new.size() - room).max(Vec2::ZERO);
        // Once more in the frame after, in which the scrolled area knows of its new size: before, it
        // springs back into the old one.
        self.target = Some((target.clamp(Vec2::ZERO, most), 2));
        ui.ctx().request_repaint();
    }

    /// How far the pages shall be scrolled in this frame, if that was asked for.
    pub(super) fn asked_offset(&mut self, ctx: &Context) -> Option<Vec2> {
        let (target, times) = self.target.take()?;
        if times > 1 {
            self.target = Some((target, times - 1));
            ctx.request_repaint();
        }
        Some(target)
    }
}

/// How far to scroll so that all from `start` to `end` is seen in a window of a length that is
/// scrolled by `offset`; no further than needed, and not at all when it is seen.
fn into_view(offset: f32, length: f32, start: f32, end: f32) -> f32 {
    let seen = start >= offset + 2.0 && end <= offset + length - 2.0;
    if seen {
        offset
    } else if start < offset + 2.0 || end - start > length - 2.0 * AROUND {
        start - AROUND.max(ROOM)
    } else {
        end + AROUND - length
    }
}

#[cfg(test)]
mod tests {
    use super::into_view;

    #[test]
    fn scrolls_only_when_something_is_out_of_view_and_then_shows_all_of_it() {
        assert_eq!(into_view(100.0, 500.0, 110.0, 590.0), 100.0);
        assert_eq!(into_view(100.0, 500.0, 80.0, 120.0), 40.0);
        assert_eq!(into_view(100.0, 500.0, 580.0, 620.0), 160.0);
        assert_eq!(into_view(0.0, 500.0, 900.0, 1500.0), 860.0);
    }
}

//! Reordering by dragging: the handle, the line where the thing would land, and the edit when it
//! does.

use super::{icon, style};
use crate::{
    app::{command::keys_here, edit::Edit},
    at::At,
};
use eframe::egui::{
    Align2, CursorIcon, DragAndDrop, FontFamily, FontId, Id, LayerId, Order, Rect, Response, Sense,
    Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, accesskit::Role, vec2,
};

/// How near to the edge of a list the pointer makes it scroll, and how far in a frame.
const EDGE: f32 = 36.0;
const SPEED: f32 = 9.0;

/// What is being dragged: an element of a list.
struct Dragged {
    list: At,
    index: usize,
    name: String,
}

/// A handle that drags element `index` of `list`. Alt+Up and Alt+Down do the same by keyboard.
pub(super) fn handle(ui: &mut Ui, list: &At, index: usize, name: &str) -> Response {
    let size = vec2(20.0, ui.spacing().interact_size.y);
    // Not a stop on the way of the Tab key: there is nothing to press.
    let (rect, response) = ui.allocate_exact_size(size, Sense::DRAG);
    let palette = style::palette(ui);
    let colour =
        if response.hovered() || response.dragged() { palette.text } else { palette.muted };
    let face = FontId::new(15.0, FontFamily::Name(icon::FAMILY.into()));
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::HANDLE, face, colour);
    drags(&response, list, index, name);
    let words = format!("Move {name} by dragging");
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    response
        .on_hover_cursor(CursorIcon::Grab)
        .on_hover_text(keys_here("Drag to reorder, or Alt+Up and Alt+Down"))
}

/// Lets what drew `response` be dragged as element `index` of `list`.
pub(super) fn drags(response: &Response, list: &At, index: usize, name: &str) {
    if response.drag_started() {
        response.dnd_set_drag_payload(Dragged { list: list.clone(), index, name: name.to_owned() });
    }
}

/// Shows where the element of `list` that is being dragged would land among `rows`, which are those
/// on show with their index; the edit when it is let go there.
pub(super) fn landing(ui: &Ui, list: &At, rows: &[(usize, Rect)]) -> Option<Edit> {
    let dragged = DragAndDrop::payload::<Dragged>(ui.ctx()).filter(|d| d.list == *list)?;
    let pointer = ui.input(|i| i.pointer.interact_pos())?;
    let palette = style::palette(ui);
    let clip = ui.clip_rect();
    if !clip.expand(EDGE).contains(pointer) {
        return None;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    scroll(ui, clip, pointer.y);
    let (_, last) = rows.last()?;
    let below = rows.iter().find(|(_, rect)| pointer.y < rect.center().y);
    let (gap, y, row) = match below {
        Some((i, rect)) => (*i, rect.top() - 4.0, rect),
        None => (rows.last()?.0 + 1, last.bottom() + 4.0, last),
    };
    let to = if gap > dragged.index { gap - 1 } else { gap };
    let above = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::unique("dragged")));
    if to != dragged.index {
        let line = above.with_clip_rect(clip);
        line.hline(row.x_range(), y, Stroke::new(2.5, palette.accent));
        line.circle_filled(eframe::egui::pos2(row.left(), y), 4.0, palette.accent);
    }
    let name: String = dragged.name.chars().take(48).collect();
    let text = above.layout_no_wrap(name, TextStyle::Small.resolve(ui.style()), palette.text);
    let rect = Rect::from_min_size(pointer + vec2(14.0, 10.0), text.size() + vec2(16.0, 10.0));
    above.rect(rect, 6.0, palette.card, Stroke::new(1.0, palette.line), StrokeKind::Inside);
    above.galley(rect.min + vec2(8.0, 5.0), text, palette.text);
    let dropped = ui.input(|i| i.pointer.any_released());
    (dropped && to != dragged.index).then(|| Edit::Shift(list.clone(), dragged.index, to))
}

fn scroll(ui: &Ui, clip: Rect, y: f32) {
    let up = EDGE - (y - clip.top());
    let down = EDGE - (clip.bottom() - y);
    let delta = if up > 0.0 {
        SPEED
    } else if down > 0.0 {
        -SPEED
    } else {
        return;
    };
    ui.scroll_with_delta(vec2(0.0, delta));
    ui.ctx().request_repaint();
}

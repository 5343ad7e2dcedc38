//! The menu of a field, by the second button of the pointer; a selection in which it is opened
//! stays.

use super::{Form, spelling};
use crate::{
    app::{InField, command::Command},
    at::At,
    ui::{bar, context, queue},
};
use eframe::egui::{
    Button, PointerButton, Response, Ui, text::CCursorRange, text_edit::TextEditOutput,
};

/// What can be done with the text of a field. A line stands before those that are marked.
const ITEMS: [(Command, Option<InField>, bool); 6] = [
    (Command::Undo, None, false),
    (Command::Redo, None, false),
    (Command::Cut, Some(InField::Cut), true),
    (Command::Copy, Some(InField::Copy), false),
    (Command::Paste, Some(InField::Paste), false),
    (Command::SelectAll, Some(InField::SelectAll), true),
];

/// Gives a field the selection back in which the second button is pressed, until it is let go.
/// `before` is the selection that it had before it was drawn.
pub(super) fn keep_selection(ui: &Ui, output: &TextEditOutput, before: Option<CCursorRange>) {
    let response = &output.response.response;
    let kept = response.id.with("selection under the menu");
    let (pressed, down, pointer) = ui.input(|input| {
        let pointer = &input.pointer;
        let second = PointerButton::Secondary;
        (pointer.button_pressed(second), pointer.button_down(second), pointer.interact_pos())
    });
    if pressed
        && response.hovered()
        && let (Some(range), Some(pointer)) = (before.filter(|range| !range.is_empty()), pointer)
    {
        let at = output.galley.cursor_from_pos(pointer - output.galley_pos).index;
        let [start, end] = range.sorted_cursors().map(|cursor| cursor.index);
        if start <= at && at <= end {
            ui.data_mut(|data| data.insert_temp(kept, range));
        }
    }
    if let Some(range) = ui.data(|data| data.get_temp::<CCursorRange>(kept)) {
        let mut state = output.state.clone();
        state.cursor.set_char_range(Some(range));
        state.store(ui.ctx(), response.id);
        if !down {
            ui.data_mut(|data| data.remove_temp::<CCursorRange>(kept));
        }
    }
}

/// Shows the menu of the field at `at` while it is open; `selected` when some of its text is.
pub(super) fn show(ui: &Ui, form: &mut Form<'_>, at: &At, response: &Response, selected: bool) {
    // Keys are for where the caret is seen.
    let is_here = response.has_focus() && ui.clip_rect().intersects(response.rect);
    let selected = selected || queue::is_selected(ui.ctx(), response.id);
    let corner = is_here.then(|| response.rect.left_bottom());
    context::menu(response, corner, |ui| {
        ui.set_min_width(170.0);
        spelling::items(ui, form, at, response.id);
        for (command, in_field, line) in ITEMS {
            let Some(info) = command.info() else {
                continue;
            };
            if line {
                ui.separator();
            }
            let keys = info.keys.first().map(|keys| keys.shown()).unwrap_or_default();
            let needed = matches!(in_field, Some(InField::Cut | InField::Copy));
            let button = Button::new(info.name).shortcut_text(keys);
            let item = ui.add_enabled(selected || !needed, button).accessible_name(info.name);
            if item.on_hover_text(bar::tooltip(info)).clicked() {
                match in_field {
                    Some(act) => queue::act(ui.ctx(), response.id, act),
                    None => form.asked = Some(command),
                }
                ui.close();
            }
        }
    });
}

//! Rich text while it is edited: its keys and its tools.

use super::{Form, text::Text};
use crate::{
    ui::{icon, keys, style},
    value::{
        link::allowed_uri,
        rich::{self, Emphasis},
    },
};
use eframe::egui::{
    Button, Event, Galley, Id, Key, Response, Sense, TextEdit, Ui,
    text::{CCursor, CCursorRange},
    vec2,
};
use std::{ops::Range, sync::Arc};

/// What can be done with a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    Bold,
    Italic,
    Link,
}

/// The tools with their icon, their key and what they are called.
const TOOLS: [(Tool, &str, Key, &str); 3] = [
    (Tool::Bold, icon::BOLD, Key::B, "Bold (Ctrl+B)"),
    (Tool::Italic, icon::ITALIC, Key::I, "Italic (Ctrl+I)"),
    (Tool::Link, icon::LINK, Key::K, "Link (Ctrl+K)"),
];

/// Does what the keys of rich text say to the field with that id, before it is drawn: Ctrl+B,
/// Ctrl+I, Ctrl+K, and an address pasted over a selection. Whether the text changed.
pub(in crate::ui) fn keys(ui: &Ui, id: Id, value: &mut String) -> bool {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return false;
    }
    let Some(selection) = selection(ui, id, value) else {
        return false;
    };
    let over = value.get(selection.clone()).unwrap_or_default();
    let linkable = !over.is_empty() && !over.contains('\n') && !is_address(over);
    let act = |event: &Event| match event {
        Event::Key { key, pressed: true, modifiers, .. } if modifiers.command_only() => {
            let tool = TOOLS.iter().find(|(_, _, of_tool, _)| of_tool == key);
            tool.map(|(tool, ..)| Act::Tool(*tool))
        }
        Event::Paste(text) if is_address(text) => Some(Act::Link(text.trim().to_owned())),
        _ => None,
    };
    let taken = keys::intercept(
        ui.ctx(),
        |event| act(event).is_some(),
        |event| match act(event) {
            Some(Act::Link(_)) if !linkable => keys::Answer::Text,
            act => act.map_or(keys::Answer::Text, keys::Answer::Taken),
        },
    );
    match taken {
        Some(Act::Tool(tool)) => use_tool(ui, id, value, tool),
        Some(Act::Link(address)) => {
            let (new, range) = rich::link(value, selection, Some(&address));
            replace(ui, id, value, new, &range)
        }
        None => false,
    }
}

/// What a key or a paste says in rich text.
enum Act {
    Tool(Tool),
    /// The selection becomes a link to an address.
    Link(String),
}

fn is_address(text: &str) -> bool {
    !text.trim().contains(char::is_whitespace) && allowed_uri(text).is_some()
}

/// The tools, as icons beside the label of the field that has the focus. Whether the text changed.
pub(in crate::ui) fn toolbar(ui: &mut Ui, id: Id, value: &mut String) -> bool {
    let mut changed = false;
    if ui.memory(|memory| memory.has_focus(id)) {
        for (tool, letter, _, name) in TOOLS {
            let colour = style::palette(ui).muted;
            ui.spacing_mut().button_padding = vec2(4.0, 0.0);
            let button = Button::new(icon::coloured(letter, colour).size(13.0))
                .frame_when_inactive(false)
                .min_size(vec2(22.0, HEIGHT))
                // The keyboard has keys for them; Tab goes on to the next field.
                .sense(Sense::CLICK);
            let response = ui.add(button).accessible_name(name).on_hover_text(name);
            if response.clicked() {
                changed |= use_tool(ui, id, value, tool);
                let selected = TextEdit::load_state(ui.ctx(), id).map(|s| s.cursor);
                let range = selected.and_then(|cursor| cursor.char_range());
                ui.data_mut(|data| data.insert_temp(id.with(RESUMED), range.unwrap_or_default()));
                ui.ctx().request_repaint();
            }
        }
    }
    changed
}

/// The height of the row with a label and the tools.
const HEIGHT: f32 = 17.0;

/// A label in small letters with something beside it, which changes nothing about its height.
pub(in crate::ui) fn label<T>(
    ui: &mut Ui,
    words: &str,
    beside: impl FnOnce(&mut Ui) -> T,
) -> (Response, T) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = HEIGHT;
        ui.horizontal(|ui| {
            ui.set_height(HEIGHT);
            let label = ui.label(style::medium(words).small().color(style::palette(ui).muted));
            ui.spacing_mut().item_spacing.x = 2.0;
            (label, beside(ui))
        })
        .inner
    })
    .inner
}

const RESUMED: &str = "had the focus before a tool";

/// Gives a field the focus and the selection back that the click on a tool took away.
pub(in crate::ui) fn resume(ui: &Ui, id: Id) {
    // In the frame of the click the field still loses it.
    if ui.input(|input| input.pointer.any_click()) {
        return;
    }
    let range = ui.data_mut(|data| data.remove_temp::<CCursorRange>(id.with(RESUMED)));
    if let Some(range) = range {
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(range));
        state.store(ui.ctx(), id);
        ui.memory_mut(|memory| memory.request_focus(id));
        // What stands above the field and shows that it has the focus was drawn already.
        ui.ctx().request_repaint();
    }
}

/// Says that a tool changed a field.
pub(in crate::ui) fn styled(form: &mut Form<'_>, field: &Text<'_>) {
    form.typed =
        Some((field.at.clone(), format!("Edit {}", crate::field::in_sentence(field.label))));
}

/// Uses a tool on what is selected; the caret goes where the next letter belongs. Whether the text
/// changed.
fn use_tool(ui: &Ui, id: Id, value: &mut String, tool: Tool) -> bool {
    let Some(selection) = selection(ui, id, value) else {
        return false;
    };
    let done = match tool {
        Tool::Bold => rich::toggle(value, selection, Emphasis::Bold),
        Tool::Italic => rich::toggle(value, selection, Emphasis::Italic),
        Tool::Link => Some(rich::link(value, selection, None)),
    };
    done.is_some_and(|(new, range)| replace(ui, id, value, new, &range))
}

/// The bytes that are selected in a field.
pub(in crate::ui) fn selection(ui: &Ui, id: Id, value: &str) -> Option<Range<usize>> {
    let range = TextEdit::load_state(ui.ctx(), id)?.cursor.char_range()?;
    let [start, end] = range.sorted_cursors().map(|c| byte(value, c));
    Some(start..end)
}

/// The byte at which a cursor stands.
pub(in crate::ui) fn byte(value: &str, cursor: CCursor) -> usize {
    value.char_indices().nth(cursor.index.0).map_or(value.len(), |(at, _)| at)
}

/// The cursors of a range of bytes.
pub(in crate::ui) fn cursors(value: &str, range: &Range<usize>) -> CCursorRange {
    let cursor = |byte| CCursor::new(value.char_indices().take_while(|(at, _)| *at < byte).count());
    CCursorRange::two(cursor(range.start), cursor(range.end))
}

fn replace(ui: &Ui, id: Id, value: &mut String, new: String, range: &Range<usize>) -> bool {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(cursors(&new, range)));
    state.store(ui.ctx(), id);
    let changed = *value != new;
    *value = new;
    changed
}

/// Keeps how a text was laid out, for keys that go from one text to another.
pub(in crate::ui) fn remember(ui: &Ui, id: Id, galley: &Arc<Galley>) {
    ui.data_mut(|data| data.insert_temp(id.with("laid out"), Arc::clone(galley)));
}

/// How a text was laid out when it was drawn last.
pub(in crate::ui) fn laid_out(ui: &Ui, id: Id) -> Option<Arc<Galley>> {
    ui.data(|data| data.get_temp(id.with("laid out")))
}

//! Lists of short texts: plain lines, and lines with a label.

use super::{
    Form, rich,
    text::{self, Kind, Text},
};
use crate::{
    app::edit::{Edit, split},
    at::At,
    ui::{drag, icon, keys, switch, widget},
    value::entry::Labelled,
};
use eframe::egui::{Event, Key, Modifiers, Rect, Response, Ui, vec2};

/// The width of an icon button at the end of a row.
const TOOL: f32 = 30.0;

/// What a list is called: its label, its example, and what one element is.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui) struct Words {
    /// The label of the list.
    pub(in crate::ui) label: &'static str,
    /// An example.
    pub(in crate::ui) hint: &'static str,
    /// What one of its elements is called.
    pub(in crate::ui) noun: &'static str,
}

/// What an element of the field `name` is called.
pub(super) fn noun(name: &str) -> &'static str {
    match name {
        "known_as" => "spelling",
        "facts" => "fact",
        _ => "line",
    }
}

/// Draws a list of plain texts; Enter makes the next one.
pub(super) fn lines(ui: &mut Ui, form: &mut Form<'_>, at: &At, words: &Words, list: &mut [String]) {
    let count = list.len();
    each(ui, form, at, words, count, |ui, form, at, i, name| {
        let Some(value) = list.get_mut(i) else {
            return;
        };
        let line = Text { at, label: words.noun, hint: words.hint, kind: Kind::Line };
        act(ui, form, at, at, value.is_empty());
        sized(ui, ui.available_width() - TOOL - 4.0, |ui| {
            text::edit(ui, form, &line, value).accessible_name(name)
        });
        delete(ui, form, at, name);
    });
}

/// Draws a list of lines with a label; Enter goes on from the label to the text, and from there to
/// the next line.
pub(in crate::ui) fn labelled(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: &At,
    words: &Words,
    list: &mut [Labelled],
) {
    let count = list.len();
    let (label_hint, text_hint) = words.hint.split_once(": ").unwrap_or(("", words.hint));
    each(ui, form, at, words, count, |ui, form, at, i, name| {
        let Some(line) = list.get_mut(i) else {
            return;
        };
        let room = ui.available_width() - 2.0 * TOOL - 12.0;
        let label_at = at.field("label");
        let was_empty = line.label.is_empty() && line.text.is_empty();
        let label = Text { at: &label_at, label: "label", hint: label_hint, kind: Kind::Line };
        let text_at = at.field("text");
        match pressed(ui, &label_at, was_empty) {
            Some(Pressed::Enter) => form.view.go_to(&text_at, Some(usize::MAX)),
            Some(Pressed::Backspace) => form.edits.push(Edit::Remove(at.clone())),
            None => {}
        }
        sized(ui, room * 0.32, |ui| {
            text::edit(ui, form, &label, &mut line.label).accessible_name(format!("{name}, label"))
        });
        let text = Text { at: &text_at, label: words.noun, hint: text_hint, kind: Kind::Line };
        act(ui, form, at, &text_at, was_empty);
        sized(ui, room * 0.68, |ui| {
            text::edit(ui, form, &text, &mut line.text).accessible_name(format!("{name}, text"))
        });
        tool(ui, |ui| switch::show(ui, form, at, &line.show, name));
        delete(ui, form, at, name);
    });
}

/// Draws the label with the messages, a row for each element with its handle, and the link that
/// adds one.
fn each(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: &At,
    words: &Words,
    count: usize,
    mut row: impl FnMut(&mut Ui, &mut Form<'_>, &At, usize, &str),
) {
    rich::label(ui, words.label, |ui| {
        let places = (0..count).flat_map(|i| {
            let (at, name) = (at.index(i), format!("{} {}", widget::capital(words.noun), i + 1));
            [at.clone(), at.field("label"), at.field("text")].map(|at| (name.clone(), at))
        });
        text::messages_beside(ui, form, at, &places.collect::<Vec<_>>());
    });
    let mut rows: Vec<(usize, Rect)> = vec![];
    for i in 0..count {
        let element = at.index(i);
        let name = format!("{} {} of {count}", widget::capital(words.noun), i + 1);
        let drawn = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            drag::handle(ui, at, i, &name);
            row(ui, form, &element, i, &name);
        });
        rows.push((i, drawn.response.rect));
    }
    form.edits.extend(drag::landing(ui, at, &rows));
    if widget::link(ui, icon::ADD, &format!("Add {}", words.noun)).clicked() {
        form.edits.push(Edit::Add(at.clone(), count));
    }
    ui.add_space(3.0);
}

/// A key that means something to a list.
#[derive(Clone, Copy)]
enum Pressed {
    Enter,
    Backspace,
}

/// Looks at the keys before the text at `at` does. In an empty line Enter is not for the list, and
/// Backspace is.
fn pressed(ui: &Ui, at: &At, empty: bool) -> Option<Pressed> {
    if !ui.memory(|memory| memory.has_focus(text::id(at))) {
        return None;
    }
    let pressed = |event: &Event| match event {
        Event::Key { key, pressed: true, modifiers: Modifiers::NONE, .. } => match key {
            Key::Enter if !empty => Some(Pressed::Enter),
            Key::Backspace if empty => Some(Pressed::Backspace),
            _ => None,
        },
        _ => None,
    };
    keys::intercept(
        ui.ctx(),
        |event| pressed(event).is_some(),
        |event| pressed(event).map_or(keys::Answer::Text, keys::Answer::Taken),
    )
}

/// Enter in the text at `text` adds the line after that at `at`, Backspace takes an empty one away.
fn act(ui: &Ui, form: &mut Form<'_>, at: &At, text: &At, empty: bool) {
    let edit = match pressed(ui, text, empty) {
        Some(Pressed::Enter) => split(at).map(|(list, i)| Edit::Add(list, i + 1)),
        Some(Pressed::Backspace) => Some(Edit::Remove(at.clone())),
        None => None,
    };
    form.edits.extend(edit);
}

fn delete(ui: &mut Ui, form: &mut Form<'_>, at: &At, name: &str) {
    let response = tool(ui, |ui| widget::icon_button(ui, icon::DELETE, &format!("Delete {name}")));
    if response.clicked() {
        form.edits.push(Edit::Remove(at.clone()));
    }
}

fn tool(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    widget::boxed(ui, vec2(TOOL, ui.spacing().interact_size.y), add)
}

fn sized(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    widget::wide(ui, width.max(40.0), add)
}

//! Highlights: each a paragraph with a mark, in and out by keys, drag and menu.

use super::{
    Form, rich,
    text::{self, Kind, Text},
};
use crate::{
    app::{command::keys_here, edit::Edit, view::Focus},
    at::At,
    ui::{drag, icon, keys, style, switch, widget},
    value::entry::Bullet,
};
use eframe::egui::{
    Align, Button, Event, Id, Key, Layout, Modifiers, Response, Sense, Ui,
    containers::menu::MenuButton, vec2,
};

/// How far a level stands in.
const INDENT: f32 = 20.0;
/// How wide the buttons after a text are.
const AFTER: f32 = 120.0;

/// Draws a list of highlights with its label.
pub(in crate::ui) fn bullets(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    list: &mut [Bullet],
) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let mut lines = vec![];
        flat(field.at, list, &mut lines);
        let (_, styled) = rich::label(ui, field.label, |ui| {
            let styled = tools(ui, field.at, list);
            let mut places = vec![];
            for (i, text) in lines.iter().enumerate() {
                let name = format!("Highlight {}", i + 1);
                places.extend([(name.clone(), text.parent()), (name, text.clone())]);
            }
            text::messages_beside(ui, form, field.at, &places);
            styled
        });
        let all = All { field, lines: &lines };
        rows(ui, form, &all, field.at, "", list);
        if let Some(at) = styled {
            rich::styled(form, &Text { at: &at, ..one_text(field) });
        }
        if widget::link(ui, icon::ADD, "Add highlight").clicked() {
            form.edits.push(Edit::Add(field.at.clone(), list.len()));
        }
        ui.add_space(3.0);
    });
}

/// What all rows of a field share.
struct All<'a> {
    field: &'a Text<'a>,
    /// The texts of the field from top to bottom.
    lines: &'a [At],
}

fn one_text<'a>(field: &Text<'a>) -> Text<'a> {
    Text { at: field.at, label: "highlight", hint: field.hint, kind: Kind::Bullet }
}

/// The tools for the highlight with the focus; gives its text's address when it was changed.
fn tools(ui: &mut Ui, at: &At, list: &mut [Bullet]) -> Option<At> {
    for (i, bullet) in list.iter_mut().enumerate() {
        let at = at.index(i);
        let text = at.field("text");
        if rich::toolbar(ui, text::id(&text), &mut bullet.text) {
            return Some(text);
        }
        if let Some(changed) = tools(ui, &at.field("bullets"), &mut bullet.bullets) {
            return Some(changed);
        }
    }
    None
}

fn flat(at: &At, list: &[Bullet], out: &mut Vec<At>) {
    for (i, bullet) in list.iter().enumerate() {
        out.push(at.index(i).field("text"));
        flat(&at.index(i).field("bullets"), &bullet.bullets, out);
    }
}

fn rows(
    ui: &mut Ui,
    form: &mut Form<'_>,
    all: &All<'_>,
    at: &At,
    number: &str,
    list: &mut [Bullet],
) {
    let count = list.len();
    let mut places = vec![];
    for (i, bullet) in list.iter_mut().enumerate() {
        let here = at.index(i);
        let number = format!("{number}{}", i + 1);
        let row = row(ui, form, all, &Row { at: &here, number: &number, i, count }, bullet);
        places.push((i, row.rect));
        let inside = here.field("bullets");
        rows(ui, form, all, &inside, &format!("{number}."), &mut bullet.bullets);
    }
    form.edits.extend(drag::landing(ui, at, &places));
}

/// One row.
struct Row<'a> {
    at: &'a At,
    /// `2.1` is the first inside the second.
    number: &'a str,
    i: usize,
    count: usize,
}

fn row(
    ui: &mut Ui,
    form: &mut Form<'_>,
    all: &All<'_>,
    row: &Row<'_>,
    bullet: &mut Bullet,
) -> Response {
    let at = row.at.field("text");
    let id = text::id(&at);
    let on = bullet.show.is_on(form.variant);
    let depth = row.number.matches('.').count();
    let field = Text { at: &at, ..one_text(all.field) };
    text::take_focus(ui, form, &at, &bullet.text);
    act(ui, form, all, row, id, bullet);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        // Deep levels on a narrow form still leave room for text.
        let indent = (INDENT * depth as f32).min(ui.available_width() * 0.4);
        ui.add_space(indent);
        drag::handle(ui, &row.at.parent(), row.i, &format!("highlight {}", row.number));
        mark(ui);
        let width = (ui.available_width() - AFTER).max(80.0);
        let column = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(width, 30.0), column, |ui| {
            ui.set_width(width);
            if !on {
                ui.set_opacity(0.55);
            }
            let name = match row.number.rsplit_once('.') {
                None => format!("Highlight {} of {}", row.number, row.count),
                Some((outer, inner)) => {
                    format!("Highlight {inner} of {} in highlight {outer}", row.count)
                }
            };
            text::edit(ui, form, &field, &mut bullet.text).accessible_name(name);
        });
        buttons(ui, form, row, bullet);
    })
    .response
}

/// What a key says in a highlight.
enum Act {
    Edit(Edit),
    /// The selection is replaced by a new paragraph.
    Divide,
    Go(At, usize),
}

/// Looks at the keys before the text does.
fn act(ui: &Ui, form: &mut Form<'_>, all: &All<'_>, row: &Row<'_>, id: Id, bullet: &mut Bullet) {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let Some(selection) = rich::selection(ui, id, &bullet.text) else {
        return;
    };
    let at = || row.at.clone();
    let (empty, caret, end) = (selection.is_empty(), selection.start, bullet.text.len());
    let taken = keys::intercept(ui.ctx(), is_wanted, |event| {
        let act = match event {
            Event::Paste(text) if text.trim_end().contains('\n') => {
                Some(Act::Edit(Edit::Paste(at(), selection.clone(), text.clone())))
            }
            Event::Key { key, modifiers, .. } => match (key, *modifiers) {
                (Key::Enter, _) => Some(Act::Divide),
                (Key::Backspace, Modifiers::NONE) if empty && caret == 0 => {
                    Some(Act::Edit(Edit::Join(at())))
                }
                (Key::Delete, Modifiers::NONE) if empty && caret == end => {
                    Some(Act::Edit(Edit::JoinNext(at())))
                }
                (Key::ArrowRight, keys::MOVING) => Some(Act::Edit(Edit::Nest(at(), caret))),
                (Key::ArrowLeft, keys::MOVING) => Some(Act::Edit(Edit::Unnest(at(), caret))),
                (Key::ArrowUp, Modifiers::NONE) => neighbour(ui, all, row, id, false),
                (Key::ArrowDown, Modifiers::NONE) => neighbour(ui, all, row, id, true),
                _ => None,
            },
            _ => None,
        };
        act.map_or(keys::Answer::Text, keys::Answer::Taken)
    });
    match taken {
        None => {}
        Some(Act::Edit(edit)) => form.edits.push(edit),
        Some(Act::Divide) => {
            if !empty {
                bullet.text.replace_range(selection, "");
                form.typed = Some((row.at.field("text"), "Edit highlight".to_owned()));
            }
            form.edits.push(Edit::Split(at(), caret));
        }
        Some(Act::Go(at, byte)) => form.view.focus = Some(Focus::new(at, Some(byte))),
    }
}

/// The keys that may be more than text.
fn is_wanted(event: &Event) -> bool {
    match event {
        Event::Paste(text) => text.contains('\n'),
        Event::Key { key, pressed, modifiers, .. } => {
            *pressed
                && match key {
                    Key::Enter => !modifiers.command && !modifiers.alt,
                    Key::Backspace | Key::Delete | Key::ArrowUp | Key::ArrowDown => {
                        modifiers.is_none()
                    }
                    Key::ArrowLeft | Key::ArrowRight => *modifiers == keys::MOVING,
                    _ => false,
                }
        }
        _ => false,
    }
}

/// The highlight above or below, when the caret is in the first or last line of this one.
fn neighbour(ui: &Ui, all: &All<'_>, row: &Row<'_>, id: Id, down: bool) -> Option<Act> {
    let galley = rich::laid_out(ui, id)?;
    let state = eframe::egui::TextEdit::load_state(ui.ctx(), id)?;
    let caret = state.cursor.char_range()?.primary;
    let line = galley.layout_from_cursor(caret).row;
    let edge = if down { galley.rows.len().saturating_sub(1) } else { 0 };
    if line != edge {
        return None;
    }
    let here = row.at.field("text");
    let index = all.lines.iter().position(|at| *at == here)?;
    let next = if down { index + 1 } else { index.checked_sub(1)? };
    let next = all.lines.get(next)?;
    let byte = match rich::laid_out(ui, text::id(next)) {
        Some(other) => {
            let x = galley.pos_from_cursor(caret).center().x;
            let y = if down { 1.0 } else { other.rect.bottom() - 1.0 };
            rich::byte(other.text(), other.cursor_from_pos(vec2(x, y)))
        }
        None => usize::MAX,
    };
    Some(Act::Go(next.clone(), byte))
}

/// The mark before a text.
fn mark(ui: &mut Ui) {
    let (rect, _) =
        ui.allocate_exact_size(vec2(12.0, ui.spacing().interact_size.y), Sense::hover());
    ui.painter().circle_filled(rect.center(), 2.2, style::palette(ui).muted);
}

/// The buttons after the text.
fn buttons(ui: &mut Ui, form: &mut Form<'_>, row: &Row<'_>, bullet: &Bullet) {
    let at = || row.at.clone();
    switch::show(ui, form, row.at, &bullet.show, &format!("highlight {}", row.number));
    let name = format!("Delete highlight {}", row.number);
    if widget::icon_button(ui, icon::DELETE, &name).clicked() {
        form.edits.push(Edit::Remove(at()));
    }
    let name = format!("More for highlight {}", row.number);
    let more = icon::coloured(icon::MORE, style::palette(ui).muted).size(15.0);
    let more = Button::new(more).frame_when_inactive(false);
    let (menu, _) = MenuButton::from_button(more).ui(ui, |ui| {
        ui.set_min_width(210.0);
        let mut item = |ui: &mut Ui, words: &str, keys: &str, on: bool, edit: Edit| {
            let button = Button::new(words).shortcut_text(keys_here(keys));
            if ui.add_enabled(on, button).accessible_name(words).clicked() {
                ui.close();
                form.edits.push(edit);
            }
        };
        let list = row.at.parent();
        let caret = bullet.text.len();
        item(ui, "Indent", "Alt+Right", row.i > 0, Edit::Nest(at(), caret));
        let nested = row.number.contains('.');
        item(ui, "Outdent", "Alt+Left", nested, Edit::Unnest(at(), caret));
        let up = Edit::Shift(list.clone(), row.i, row.i.saturating_sub(1));
        item(ui, "Move up", "Alt+Up", row.i > 0, up);
        let down = Edit::Shift(list, row.i, row.i + 1);
        item(ui, "Move down", "Alt+Down", row.i + 1 < row.count, down);
        item(ui, "Duplicate", "", true, Edit::Duplicate(at()));
        ui.separator();
        for (weight, words) in WEIGHTS {
            let chosen = bullet.weight.clamp(-2, 2) == weight;
            if ui.selectable_label(chosen, words).clicked() {
                ui.close();
                form.edits.push(Edit::SetWeight(at(), weight));
            }
        }
    });
    widget::seen(menu).accessible_name(&name).on_hover_text(name);
}

/// How much a highlight matters, in words.
const WEIGHTS: [(i8, &str); 5] = [
    (2, "Matters most"),
    (1, "Matters more"),
    (0, "Matters as others do"),
    (-1, "Matters less"),
    (-2, "Matters least"),
];

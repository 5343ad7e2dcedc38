//! Words that may be misspelt in a field: a wave under them, and what they may have been meant to
//! be in the field's menu.

use super::{Form, rich};
use crate::{
    app::{edit::Edit, spelling::Spelling},
    at::At,
    spelling::Word,
    ui::{context, style},
};
use eframe::egui::{
    Button, Id, PointerButton, Rect, Shape, Stroke, Ui, accesskit::Invalid, pos2,
    text_edit::TextEditOutput, vec2,
};
use std::ops::Range;

/// Where the caret stood after what was typed last, as a byte of the text.
const TYPED: &str = "caret after what was typed";

/// The word over which the menu was opened.
const UNDER_MENU: &str = "misspelt word under the menu";

/// Draws a wave under the words of a field that may be misspelt, except under the one that is being
/// typed, and keeps the one over which the menu is opened. `value` is the text as it was drawn.
pub(super) fn mark(ui: &Ui, spelling: &Spelling, at: &At, value: &str, output: &TextEditOutput) {
    let response = &output.response.response;
    let caret = output.cursor_range.map(|range| rich::byte(value, range.primary));
    if response.changed() {
        ui.data_mut(|data| data.insert_temp(response.id.with(TYPED), caret));
    }
    let typed: Option<usize> = ui.data(|data| data.get_temp(response.id.with(TYPED))).flatten();
    let words = spelling.words(at, value);
    let is_typed = |word: &Word| {
        let touched = typed.is_some_and(|at| word.range.start <= at && at <= word.range.end);
        touched && typed == caret && response.has_focus()
    };
    let mut shown = words.iter().filter(|word| !is_typed(word)).peekable();
    let opens = ui.input(|input| input.pointer.button_pressed(PointerButton::Secondary));
    let by_key = ui.input(|input| input.events.iter().any(context::is_menu_key));
    let place = if by_key && response.has_focus() {
        Some(caret)
    } else if opens && response.hovered() {
        let pointer = ui.input(|input| input.pointer.interact_pos());
        Some(pointer.map(|pointer| {
            rich::byte(value, output.galley.cursor_from_pos(pointer - output.galley_pos))
        }))
    } else {
        None
    };
    if let Some(byte) = place {
        let under = byte.and_then(|byte| {
            words.iter().find(|word| word.range.start <= byte && byte <= word.range.end)
        });
        let under = under.map(|word| Under::new(word, value));
        ui.data_mut(|data| data.insert_temp(response.id.with(UNDER_MENU), under));
    }
    if shown.peek().is_none() {
        return;
    }
    let names: Vec<_> = shown.clone().map(|word| word.text.as_str()).collect();
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_invalid(Invalid::Spelling);
        node.set_description(format!("May be misspelt: {}", names.join(", ")));
    });
    for word in shown {
        underline(ui, output, value, &word.range);
    }
}

/// A word over which the menu was opened.
#[derive(Clone)]
struct Under {
    text: String,
    range: Range<usize>,
    /// Whether it can be replaced: no markup begins or ends inside it.
    whole: bool,
}

impl Under {
    fn new(word: &Word, value: &str) -> Self {
        let whole = value.get(word.range.clone()).is_some_and(|text| !text.contains('*'));
        Self { text: word.text.clone(), range: word.range.clone(), whole }
    }
}

/// The items of a field's menu that are about the word over which it was opened: what it may have
/// been meant to be, and that it is right. None where no such word is.
pub(super) fn items(ui: &mut Ui, form: &mut Form<'_>, at: &At, id: Id) {
    let under = ui.data(|data| data.get_temp::<Option<Under>>(id.with(UNDER_MENU))).flatten();
    let Some(Under { text, range, whole }) = under else {
        return;
    };
    if whole {
        match form.spelling.suggest(&text) {
            None => {
                ui.add_enabled(false, Button::new("Looking for suggestions…"));
            }
            Some([]) => {
                ui.add_enabled(false, Button::new("No suggestions"));
            }
            Some(suggestions) => {
                for word in suggestions {
                    let item = ui.button(style::bold(word)).on_hover_text("Write this instead");
                    if item.clicked() {
                        let places = vec![(at.clone(), range.clone())];
                        form.edits.push(Edit::Respell(places, word.clone()));
                        ui.close();
                    }
                }
            }
        }
    }
    let add = ui.button(format!("Add “{text}” to my words"));
    if add.on_hover_text("It is right, in all documents").clicked() {
        form.learned = Some(text);
        ui.close();
    }
    ui.separator();
}

/// Draws a wave under bytes of a text, in each row that they take.
fn underline(ui: &Ui, output: &TextEditOutput, value: &str, range: &Range<usize>) {
    let galley = &output.galley;
    let [start, end] = rich::cursors(value, range).sorted_cursors();
    let (start, end) = (galley.layout_from_cursor(start), galley.layout_from_cursor(end));
    // A wave may reach a little below the letters.
    let painter = ui.painter().with_clip_rect(output.text_clip_rect.expand2(vec2(0.0, 2.0)));
    let stroke = Stroke::new(1.0, style::palette(ui).error);
    for (i, row) in galley.rows.iter().enumerate().take(end.row + 1).skip(start.row) {
        let left = if i == start.row { row.x_offset(start.column) } else { 0.0 };
        let right = if i == end.row { row.x_offset(end.column) } else { row.size.x };
        let corner = output.galley_pos + row.pos.to_vec2();
        let place = Rect::from_min_max(
            pos2(corner.x + left, corner.y),
            pos2(corner.x + right, corner.y + row.size.y),
        );
        if place.width() > 0.0 && painter.clip_rect().intersects(place) {
            painter.add(Shape::line(wave(place), stroke));
        }
    }
}

/// The points of a wave along the bottom of a rectangle.
fn wave(place: Rect) -> Vec<eframe::egui::Pos2> {
    /// How far a point is from the next one, and how high the wave is.
    const STEP: f32 = 2.0;
    let count = (place.width() / STEP).ceil() as usize;
    let point = |i: usize| {
        let x = (place.left() + i as f32 * STEP).min(place.right());
        pos2(x, place.bottom() - if i.is_multiple_of(2) { 0.0 } else { STEP })
    };
    (0..=count).map(point).collect()
}

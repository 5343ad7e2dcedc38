//! The widgets that everything else is made of. Each has an accessible name and comes into view
//! when it gets the focus.

use super::{icon, style};
use eframe::egui::{
    Align, Button, Context, Direction, Frame, Id, IntoAtoms as _, Layout, Margin, Modal, Response,
    RichText, Stroke, StrokeKind, Ui, Vec2, vec2,
};

/// Scrolls a widget into view when it gets the focus, which egui does not.
pub(super) fn seen(response: Response) -> Response {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// A flat button with an icon alone. `name` is its accessible name and its tooltip.
pub(super) fn icon_button(ui: &mut Ui, letter: &str, name: &str) -> Response {
    let colour = style::palette(ui).muted;
    let button = Button::new(icon::coloured(letter, colour).size(15.0)).frame_when_inactive(false);
    seen(ui.add(button)).accessible_name(name).on_hover_text(name)
}

/// The same, when it can be used only at times.
pub(super) fn icon_button_if(ui: &mut Ui, on: bool, letter: &str, name: &str) -> Response {
    ui.add_enabled_ui(on, |ui| icon_button(ui, letter, name)).inner
}

/// Draws a button into a box of a fixed size, so that rows of buttons stand in columns.
pub(super) fn boxed(ui: &mut Ui, size: Vec2, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    let layout = Layout::centered_and_justified(Direction::LeftToRight);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().button_padding.x = 2.0;
        add(ui)
    })
    .inner
}

/// Draws something of a given width in a row.
pub(super) fn wide<T>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> T) -> T {
    let size = vec2(width, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        add(ui)
    })
    .inner
}

/// A text with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// A button with an icon and words.
pub(super) fn button(ui: &mut Ui, letter: &str, words: &str) -> Response {
    seen(ui.add(Button::new((icon::icon(letter), style::medium(words))))).accessible_name(words)
}

/// A button with words alone.
pub(super) fn plain_button(ui: &mut Ui, words: &str) -> Response {
    seen(ui.add(Button::new(style::medium(words)))).accessible_name(words)
}

/// The button that a dialog is about.
pub(super) fn primary(ui: &mut Ui, letter: Option<&str>, words: &str) -> Response {
    let white = eframe::egui::Color32::WHITE;
    let words_atom = style::bold(words).color(white);
    let atoms = match letter {
        Some(letter) => (icon::coloured(letter, white), words_atom).into_atoms(),
        None => words_atom.into_atoms(),
    };
    let button = Button::new(atoms).fill(style::palette(ui).accent).stroke(Stroke::NONE);
    let response = seen(ui.add(button)).accessible_name(words);
    ring(ui, &response, 8);
    response
}

/// Shows that a widget has the focus whose own fill would hide it.
pub(super) fn ring(ui: &Ui, response: &Response, radius: u8) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, style::palette(ui).accent_text);
        ui.painter().rect_stroke(response.rect.expand(2.0), radius, stroke, StrokeKind::Outside);
    }
}

/// A button that looks like a link.
pub(super) fn link(ui: &mut Ui, letter: &str, words: &str) -> Response {
    let colour = style::palette(ui).accent_text;
    let atoms = (icon::coloured(letter, colour), RichText::new(words).color(colour));
    seen(ui.add(Button::new(atoms).frame_when_inactive(false))).accessible_name(words)
}

/// The frame of a card.
pub(super) fn card(ui: &Ui) -> Frame {
    let p = style::palette(ui);
    Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(10)
        .inner_margin(Margin::symmetric(12, 8))
}

/// A modal dialog; `None` when it was closed by Escape or by a click beside it.
pub(super) fn dialog<T>(
    ctx: &Context,
    name: &'static str,
    title: &str,
    width: f32,
    content: impl FnOnce(&mut Ui) -> Option<T>,
) -> Option<Option<T>> {
    let frame = Frame::window(&ctx.global_style());
    let now = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(Id::unique(SHOWN), now));
    let answer = Modal::new(Id::unique(name)).frame(frame).show(ctx, |ui| {
        let room = ui.ctx().content_rect().width() - 60.0;
        ui.set_width(width.min(room));
        ui.label(style::bold(title).size(16.0));
        ui.add_space(4.0);
        content(ui)
    });
    if answer.inner.is_none() && answer.should_close() {
        return None;
    }
    Some(answer.inner)
}

const SHOWN: &str = "frame of the last dialog";

/// How many frames ago a dialog was drawn last, 0 for this one.
pub(super) fn since_dialog(ctx: &Context) -> Option<u64> {
    let shown: Option<u64> = ctx.data(|data| data.get_temp(Id::unique(SHOWN)));
    ctx.cumulative_pass_nr().checked_sub(shown?)
}

/// Whether a dialog keeps the focus from what is below it, as it does in the frame after its last
/// one, too: whoever asks for the focus then loses it.
pub(super) fn is_covered(ctx: &Context) -> bool {
    since_dialog(ctx).is_some_and(|frames| frames < 2)
}

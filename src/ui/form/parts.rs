//! The parts of an entry: cards inside its card.

use super::{
    Form,
    card::{Card, card},
};
use crate::{
    app::edit::Edit,
    at::At,
    section::Part,
    ui::{drag, icon, style, widget},
};
use eframe::egui::{Rect, Ui};

/// Draws the parts at `at` as cards.
pub(super) fn parts(ui: &mut Ui, form: &mut Form<'_>, at: &At, label: &str, list: &mut [Part]) {
    ui.label(style::medium(label).small().color(style::palette(ui).muted));
    let count = list.len();
    let mut rows: Vec<(usize, Rect)> = vec![];
    for (index, part) in list.iter_mut().enumerate() {
        let rect = card(ui, form, &Card { list: at, index, count }, part);
        rows.push((index, rect));
    }
    form.edits.extend(drag::landing(ui, at, &rows));
    if widget::link(ui, icon::ADD, "Add part").clicked() {
        form.edits.push(Edit::Add(at.clone(), count));
    }
    ui.add_space(3.0);
}

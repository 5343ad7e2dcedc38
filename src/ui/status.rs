//! The line at the bottom: whether the page fits, how it is set, and whether it is saved.

use super::style;
use crate::app::App;
use eframe::egui::{Frame, Margin, Panel, Ui};

pub(super) fn show(ui: &mut Ui, app: &App) {
    let frame = Frame::new().fill(style::palette(ui).card).inner_margin(Margin::symmetric(14, 5));
    let Some(doc) = app.doc() else {
        return;
    };
    Panel::bottom("status").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            let state = if doc.is_changed() { "Not saved" } else { "Saved" };
            ui.label(style::small(ui, state));
        });
    });
}

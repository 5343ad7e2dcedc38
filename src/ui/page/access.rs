//! What a screen reader hears of the page.

use super::Page;
use crate::{app::preview::select, ui::style};
use eframe::egui::{Response, Stroke, StrokeKind, Ui, accesskit::Role};

impl Page {
    /// Says which page is in view and what stands on it.
    pub(super) fn describe(&mut self, ui: &Ui, response: &Response) {
        let Some(shown) = &self.shown else {
            return;
        };
        let count = shown.sizes.len();
        let number = self.visible.start.min(count.saturating_sub(1));
        let name = format!("Page {} of {count}", number + 1);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(Role::Document);
            node.set_label(name);
            // Called only where somebody listens.
            let text = match self.spoken.take() {
                Some((same, text)) if same == number => text,
                _ => select::page_text(&shown.page.pages, number),
            };
            node.set_value(text.clone());
            self.spoken = Some((number, text));
        });
        if response.has_focus() {
            ui.painter().rect_stroke(
                ui.clip_rect().shrink(1.0),
                2,
                Stroke::new(1.5, style::palette(ui).accent),
                StrokeKind::Inside,
            );
        }
    }
}

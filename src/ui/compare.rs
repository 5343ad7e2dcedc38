//! What differs between two profiles, as a list.

use super::{icon, style, widget, words};
use crate::{
    app::App,
    compare::{Difference, Kind},
};
use eframe::egui::{Context, RichText, ScrollArea, Ui};

pub(super) fn show(ctx: &Context, app: &mut App) {
    let Some(comparison) = &app.comparison else {
        return;
    };
    let done = widget::dialog(ctx, "compare", &comparison.title, 640.0, |ui| {
        let height = (ui.ctx().content_rect().height() - 220.0).max(80.0);
        match &comparison.differences {
            Ok(all) => {
                ScrollArea::vertical().max_height(height).show(ui, |ui| differences(ui, all));
            }
            Err(why) => {
                ui.label(words::sentence(why));
            }
        }
        ui.add_space(8.0);
        widget::primary(ui, None, "Close").clicked().then_some(())
    });
    if !matches!(done, Some(None)) {
        app.comparison = None;
        ctx.request_repaint();
    }
}

/// The list of what differs.
pub(super) fn differences(ui: &mut Ui, all: &[Difference]) {
    ui.set_width(ui.available_width());
    if all.is_empty() {
        ui.label("Nothing differs.");
    }
    for difference in all {
        one(ui, difference);
        ui.add_space(4.0);
    }
}

fn one(ui: &mut Ui, difference: &Difference) {
    let palette = style::palette(ui);
    let (letter, colour, verb) = match difference.kind {
        Kind::Added => (icon::ADD, palette.good, "Added"),
        Kind::Removed => (icon::DELETE, palette.error, "Removed"),
        Kind::Changed => (icon::NOTE, palette.accent_text, "Changed"),
        Kind::Moved => (icon::UP, palette.muted, "Moved"),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(icon::coloured(letter, colour)).accessible_name(verb);
        ui.label(style::medium(difference.label()));
        ui.label(style::small(ui, verb.to_lowercase()));
    });
    let shown = |text: &str| {
        const MOST: usize = 300;
        let mut short: String = text.chars().take(MOST).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        short
    };
    ui.indent("texts", |ui| {
        if !difference.old.is_empty() {
            ui.label(RichText::new(shown(&difference.old)).color(palette.muted).strikethrough());
        }
        if !difference.new.is_empty() {
            ui.label(shown(&difference.new));
        }
    });
}

//! A date: typed freely, with how it was understood beside its label.

use super::{
    Form, rich,
    text::{self, Text},
};
use crate::{
    ui::style,
    value::{
        date::{Dates, printed},
        locale::Locale,
    },
};
use eframe::egui::{Response, RichText, Ui};

/// Draws a date with its label and how it was understood.
pub(super) fn date_field(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    value: &mut String,
) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let reading = reading(form, value);
        let (label, ()) = rich::label(ui, field.label, |ui| {
            if let Some(reading) = &reading {
                let palette = style::palette(ui);
                let colour = if reading.clear { palette.muted } else { palette.warning };
                let words = RichText::new(&reading.words).small().color(colour);
                ui.add_space(6.0);
                ui.add(eframe::egui::Label::new(words).truncate());
            }
        });
        let response = text::edit(ui, form, field, value).labelled_by(label.id);
        if let Some(reading) = reading {
            ui.ctx().accesskit_node_builder(response.id, |n| n.set_description(reading.words));
        }
        text::messages(ui, form, field.at);
        ui.add_space(3.0);
        response
    })
    .inner
}

/// How a date was understood.
struct Reading {
    words: String,
    clear: bool,
}

fn reading(form: &Form<'_>, value: &str) -> Option<Reading> {
    if value.trim().is_empty() {
        return None;
    }
    if Dates::parse(value).is_none() {
        return Some(Reading { words: "Printed as typed".to_owned(), clear: false });
    }
    Some(Reading { words: format!("Printed as {}", print(form, value)), clear: true })
}

/// A date as the look prints it.
pub(super) fn print(form: &Form<'_>, value: &str) -> String {
    match Locale::get(form.language) {
        Some(locale) => printed(value, form.dates, locale).into_owned(),
        None => value.to_owned(),
    }
}

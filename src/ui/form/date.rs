//! A date: typed freely, with how it was understood beside its label.

use super::{
    Form,
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
    let beside = |ui: &mut Ui, form: &mut Form<'_>, value: &mut String| {
        // A date is judged when it is left.
        let typed = ui.memory(|memory| memory.has_focus(text::id(field.at)));
        let told = form.findings.at(field.at).next().is_some();
        let reading = reading(form, value).filter(|found| found.clear || !(typed || told))?;
        let palette = style::palette(ui);
        let colour = if reading.clear { palette.muted } else { palette.warning };
        let words = RichText::new(&reading.words).small().color(colour);
        ui.add_space(6.0);
        ui.add(eframe::egui::Label::new(words).truncate());
        Some(reading.words)
    };
    text::labelled(ui, form, field, value, beside, |ui, form, value, reading| {
        let response = text::edit(ui, form, field, value);
        if let Some(words) = reading {
            ui.ctx().accesskit_node_builder(response.id, |n| n.set_description(words));
        }
        response
    })
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

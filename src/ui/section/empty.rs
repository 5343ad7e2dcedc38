//! What a section without entries says: what belongs there, with an example, and the way to begin.

use super::WIDTH;
use crate::{
    app::edit::Edit,
    at::At,
    field::Access,
    section::{Record, SectionKind},
    ui::{form::Form, icon, style, widget},
};
use eframe::egui::{Frame, Label, Margin, ScrollArea, Ui};

pub(super) fn show<R: Record>(ui: &mut Ui, form: &mut Form<'_>, list: &At, kind: SectionKind) {
    ScrollArea::vertical().id_salt("empty").auto_shrink(false).show(ui, |ui| {
        let margin = Margin { left: 24, right: 24, top: 2, bottom: 40 };
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(WIDTH));
            widget::card(ui).inner_margin(Margin::same(24)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                let colour = style::palette(ui).muted;
                ui.label(icon::coloured(icon::of_kind(kind), colour).size(28.0))
                    .accessible_name("Nothing here yet");
                ui.add_space(4.0);
                ui.label(style::bold(kind.belongs()).size(15.0));
                let example = example::<R>();
                if !example.is_empty() {
                    let words = style::small(ui, format!("For example: {example}"));
                    ui.add(Label::new(words).wrap());
                }
                ui.add_space(8.0);
                let words = format!("Add the first {}", R::NOUN);
                if widget::primary(ui, Some(icon::ADD), &words).clicked() {
                    form.edits.push(Edit::Add(list.clone(), 0));
                }
            });
        });
    });
}

/// An entry made of the hints of its first fields.
fn example<R: Record>() -> String {
    let hints = R::FIELDS.iter().filter(|field| {
        matches!(
            field.access,
            Access::Line(_) | Access::Prose(_) | Access::Date(_) | Access::People(_)
        )
    });
    let hints = hints.map(|field| field.hint).filter(|hint| !hint.is_empty());
    hints.take(4).collect::<Vec<_>>().join(" · ")
}

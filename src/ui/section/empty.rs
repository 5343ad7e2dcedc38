//! What a section without entries says: what belongs there, with an example, and the way to begin.

use super::WIDTH;
use crate::{
    app::edit::Edit,
    at::At,
    field::Access,
    section::Record,
    ui::{form::Form, icon, style, widget},
};
use eframe::egui::{Frame, Label, Margin, ScrollArea, Ui};

pub(super) fn show<R: Record>(ui: &mut Ui, form: &mut Form<'_>, list: &At, kind: &str) {
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
                ui.label(style::bold(belongs(kind)).size(15.0));
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

/// What belongs into a section of that kind.
fn belongs(kind: &str) -> &'static str {
    match kind {
        "Education" => "Degrees, schools and terms abroad, the newest first",
        "Experience" => "Labs, companies and internships: where you worked, and what came of it",
        "Publications" => "Papers, preprints, chapters and theses, with all their authors",
        "Projects" => "Things you built: software, hardware, course projects",
        "Awards" => "Prizes, scholarships and places in contests",
        "Skills" => "Groups of skills, each with a label: languages, tools, methods",
        "Teaching" => "Courses you taught or assisted in",
        "Talks" => "Talks, posters and panels",
        "Service" => "Reviewing, organising and helping: what you do for others",
        "Grants" => "Money you won, from whom and for what",
        "Languages" => "Languages you speak, and how well",
        "Certificates" => "Certificates and test scores",
        "References" => "People who can be asked about you",
        "Text" => "A few sentences under a heading of your own",
        _ => "Single lines with a date: anything that is a list",
    }
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

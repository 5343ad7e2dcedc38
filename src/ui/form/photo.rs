//! The field of the photo: chosen as a picture, or named as a file beside the profile.

use super::{Form, Text, text_field};
use crate::{
    app::{command::Command, edit::Edit},
    store::photo,
    ui::{icon, style, widget},
};
use eframe::egui::Ui;

/// Draws the field. A picture that stands in the profile itself is not shown as the text it is.
pub(super) fn photo_field(ui: &mut Ui, form: &mut Form<'_>, field: &Text<'_>, value: &mut String) {
    let inside = photo::is_inside(value.trim_start());
    if inside {
        ui.label(style::medium(field.label).small().color(style::palette(ui).muted));
        let size = (value.len() * 3 / 4).div_ceil(1024);
        ui.label(format!("A picture of {size} kB, kept inside the profile"));
        super::messages(ui, form, field.at);
    } else {
        text_field(ui, form, field, value);
    }
    ui.horizontal_wrapped(|ui| {
        if widget::button(ui, icon::IMAGE, "Choose picture…").clicked() {
            form.asked = Some(Command::ChoosePhoto);
        }
        if !value.is_empty() && widget::button(ui, icon::DELETE, "Remove photo").clicked() {
            form.edits.push(Edit::SetText(field.at.clone(), String::new()));
        }
    });
    let hint = match inside || value.is_empty() {
        true => "JPEG or PNG. Its metadata, such as where it was taken, is left out.",
        false => {
            "A file in the folder of the profile. The file stays when you remove the photo here."
        }
    };
    ui.label(style::small(ui, hint));
    ui.add_space(3.0);
}

//! What the profile can be exported as, with what each is good for.

use super::Sheets;
use crate::{
    app::App,
    export::Output,
    ui::{icon, style, widget},
};
use eframe::egui::{AtomExt as _, Button, Context, Response, RichText, Ui, vec2};

/// Shows it; whether it stays.
pub(super) fn show(ctx: &Context, app: &mut App, sheets: &Sheets) -> bool {
    let answer = widget::dialog(ctx, "export", "Export in another format", 560.0, |ui| {
        let mut chosen = None;
        ui.spacing_mut().item_spacing.y = 2.0;
        for (i, output) in Output::all().enumerate() {
            let response = row(ui, output);
            if i == 0 && sheets.opening {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(output);
            }
        }
        chosen
    });
    if let Some(Some(output)) = answer {
        app.show(None);
        app.export_as(output);
    }
    matches!(answer, Some(None))
}

fn row(ui: &mut Ui, output: Output) -> Response {
    let palette = style::palette(ui);
    let (name, about) = (output.name(), output.about());
    let letter = if output.format.ending == "pdf" { icon::PDF } else { icon::FILE };
    let atoms = (
        icon::coloured(letter, palette.accent_text).size(17.0),
        style::medium(&name),
        RichText::new(about).small().color(palette.muted).atom_shrink(true),
    );
    let ending = format!(".{}", output.format.ending);
    let button = Button::new(atoms)
        .frame_when_inactive(false)
        .truncate()
        .min_size(vec2(ui.available_width(), 32.0))
        .right_text(RichText::new(ending).small().color(palette.muted));
    let response = widget::seen(ui.add(button));
    response.accessible_name(format!("{name}. {about}"))
}

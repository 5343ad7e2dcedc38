//! What the program is: version, licences, what happens with the user's files.

use crate::{
    app::App,
    ui::{style, widget},
};
use eframe::egui::{Context, Grid, Label};

/// What is in the program, and under which licence.
const LICENCES: &[(&str, &str)] = &[
    ("Vitae", "MIT or Apache 2.0"),
    ("Source Serif 4, Source Sans 3", "SIL Open Font License 1.1"),
    ("Libertinus Serif, Inter", "SIL Open Font License 1.1"),
    ("WenQuanYi Micro Hei", "Apache 2.0 or GPL 3 with font exception"),
    ("Phosphor icons", "MIT"),
];

/// Shows it; whether it stays.
pub(super) fn show(ctx: &Context, app: &App) -> bool {
    let answer = widget::dialog(ctx, "about", "About Vitae", 460.0, |ui| {
        ui.label(style::medium(concat!("Version ", env!("CARGO_PKG_VERSION"))));
        ui.label(env!("CARGO_PKG_DESCRIPTION"));
        ui.add_space(8.0);
        ui.label(style::bold("Your files"));
        let files = "A profile is one readable text file, kept where you save it. Nothing leaves this computer.";
        ui.add(Label::new(files).wrap());
        if let Some(folders) = app.folders() {
            ui.add_space(4.0);
            let kept = [
                ("Unsaved work and earlier versions", &folders.state),
                ("Settings", &folders.config),
            ];
            for (what, folder) in kept {
                let text = format!("{what}: {}", folder.display());
                ui.add(Label::new(style::small(ui, text)).wrap().selectable(true));
            }
        }
        ui.add_space(8.0);
        ui.label(style::bold("Licences"));
        Grid::new("licences").num_columns(2).show(ui, |ui| {
            for (what, licence) in LICENCES {
                ui.label(*what);
                ui.label(style::small(ui, *licence));
                ui.end_row();
            }
        });
        ui.add_space(6.0);
        widget::plain_button(ui, "Close").clicked().then_some(())
    });
    matches!(answer, Some(None))
}

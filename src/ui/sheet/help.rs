//! All keyboard shortcuts, by menu.

use crate::{
    app::command::{COMMANDS, EDITING_KEYS, Menu},
    ui::{style, widget},
};
use eframe::egui::{Context, Grid, ScrollArea};

/// Shows it; whether it stays.
pub(super) fn show(ctx: &Context) -> bool {
    let height = (ctx.content_rect().height() - 180.0).max(160.0);
    let answer = widget::dialog(ctx, "help", "Keyboard shortcuts", 520.0, |ui| {
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            for menu in Menu::ALL {
                ui.add_space(8.0);
                ui.label(style::bold(menu.title()));
                Grid::new(menu.title()).num_columns(2).min_col_width(150.0).show(ui, |ui| {
                    let of_menu = COMMANDS.iter().filter(|info| info.menu == menu);
                    for info in of_menu.filter(|info| !info.keys.is_empty()) {
                        let keys: Vec<_> = info.keys.iter().map(|keys| keys.shown()).collect();
                        ui.label(style::medium(keys.join(" or ")));
                        ui.label(info.name).on_hover_text(info.help);
                        ui.end_row();
                    }
                });
            }
            ui.add_space(8.0);
            ui.label(style::bold("In a field"));
            Grid::new("in a field").num_columns(2).min_col_width(150.0).show(ui, |ui| {
                for (keys, what) in EDITING_KEYS {
                    ui.label(style::medium(*keys));
                    ui.label(*what);
                    ui.end_row();
                }
            });
            ui.add_space(8.0);
            ui.label(style::small(ui, "Ctrl+Shift+P finds every other command by its name."));
        });
        ui.add_space(6.0);
        widget::plain_button(ui, "Close").clicked().then_some(())
    });
    matches!(answer, Some(None))
}

//! All keyboard shortcuts, by menu.

use crate::{
    app::command::{COMMANDS, EDITING_KEYS, Menu, keys_here},
    ui::{style, widget},
};
use eframe::egui::{Context, Grid, Key, Modifiers, ScrollArea, vec2};

/// The width of the column of keys.
const KEYS: f32 = 190.0;

/// Shows it; whether it stays.
pub(super) fn show(ctx: &Context) -> bool {
    let height = (ctx.content_rect().height() - 180.0).max(160.0);
    let turned = turned(ctx, height);
    let answer = widget::dialog(ctx, "help", "Keyboard shortcuts", 560.0, |ui| {
        let list = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        list.show(ui, |ui| {
            ui.scroll_with_delta(vec2(0.0, -turned));
            for menu in Menu::ALL {
                ui.add_space(8.0);
                ui.label(style::bold(menu.title()));
                Grid::new(menu.title()).num_columns(2).min_col_width(KEYS).show(ui, |ui| {
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
            Grid::new("in a field").num_columns(2).min_col_width(KEYS).show(ui, |ui| {
                for (keys, what) in EDITING_KEYS {
                    ui.label(style::medium(keys_here(keys)));
                    ui.label(*what);
                    ui.end_row();
                }
            });
            ui.add_space(8.0);
            ui.label(style::small(
                ui,
                keys_here("Ctrl+Shift+P finds every other command by its name."),
            ));
        });
        ui.add_space(6.0);
        widget::plain_button(ui, "Close").clicked().then_some(())
    });
    matches!(answer, Some(None))
}

/// How far the list is turned by keys, in points; `page` is how much of it is seen at once.
fn turned(ctx: &Context, page: f32) -> f32 {
    let ways = [
        (Key::ArrowDown, 40.0),
        (Key::ArrowUp, -40.0),
        (Key::PageDown, page * 0.9),
        (Key::PageUp, page * -0.9),
        (Key::End, 1e5),
        (Key::Home, -1e5),
    ];
    ctx.input_mut(|input| {
        ways.iter()
            .map(|(key, by)| input.count_and_consume_key(Modifiers::NONE, *key) as f32 * by)
            .sum()
    })
}

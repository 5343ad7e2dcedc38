//! The bar at the top: menus, the document's name, export.

use super::{icon, style, widget};
use crate::app::{
    App,
    command::{COMMANDS, Command, Info, Menu},
};
use eframe::egui::{Align, Button, Frame, Layout, Margin, MenuBar, Panel, Ui};

pub(super) fn show(ui: &mut Ui, app: &mut App) {
    let frame = Frame::new().fill(style::palette(ui).card).inner_margin(Margin::symmetric(10, 6));
    Panel::top("bar").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            MenuBar::new().ui(ui, |ui| {
                for menu in Menu::ALL {
                    ui.menu_button(menu.title(), |ui| self::menu(ui, app, menu));
                }
            });
            if app.doc().is_none() {
                return;
            }
            let name = app.doc().map(|d| d.name()).unwrap_or_default();
            let state =
                if app.doc().is_some_and(|d| d.is_changed()) { "Not saved" } else { "Saved" };
            ui.add_space(12.0);
            ui.label(style::medium(name));
            ui.label(style::small(ui, state));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let tip = Command::Export.info().map(|i| tooltip(i)).unwrap_or_default();
                let export = widget::primary(ui, Some(icon::PDF), "Export PDF");
                if export.on_hover_text(tip).clicked() {
                    app.run(Command::Export);
                }
            });
        });
    });
}

/// One menu: every command of the table that belongs to it.
fn menu(ui: &mut Ui, app: &mut App, menu: Menu) {
    ui.set_min_width(220.0);
    for info in COMMANDS.iter().filter(|info| info.menu == menu) {
        if info.line {
            ui.separator();
        }
        let keys = info.keys.first().map(|k| k.shown()).unwrap_or_default();
        let button = Button::new(name(app, info)).shortcut_text(keys);
        let able = (info.able)(app);
        if ui.add_enabled(able, button).on_hover_text(info.help).clicked() {
            ui.close();
            app.run(info.command);
        }
    }
}

/// The name of a command with what it would do now: "Undo edit title".
pub(super) fn name(app: &App, info: &Info) -> String {
    let step = |label: Option<&str>| match label {
        Some(label) => format!("{} {}", info.name, lowercase_first(label)),
        None => info.name.to_owned(),
    };
    match (info.command, app.doc()) {
        (Command::Undo, Some(doc)) => step(doc.undo.undo_label()),
        (Command::Redo, Some(doc)) => step(doc.undo.redo_label()),
        _ => info.name.to_owned(),
    }
}

/// What a command does, with its keys.
pub(super) fn tooltip(info: &Info) -> String {
    match info.keys.first() {
        Some(keys) => format!("{} ({})", info.help, keys.shown()),
        None => info.help.to_owned(),
    }
}

fn lowercase_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect())
}

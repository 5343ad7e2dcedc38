//! The bar at the top: menus, the document's name, export.

use super::{icon, style, widget, words};
use crate::app::{
    App, Colours,
    command::{COMMANDS, Command, Info, Menu},
};
use eframe::egui::{
    Align, Button, ComboBox, Frame, Label, Layout, Margin, MenuBar, Panel, ScrollArea, Ui, vec2,
};

/// Width of the list of variants.
const CHOOSER: f32 = 140.0;
/// Width of the button that exports.
const EXPORT: f32 = 124.0;
/// Width of the words that say whether it is saved.
const STATE: f32 = 62.0;

pub(super) fn show(ui: &mut Ui, app: &mut App) {
    let frame = Frame::new().fill(style::palette(ui).card).inner_margin(Margin::symmetric(10, 6));
    Panel::top("bar").frame(frame).show(ui, |ui| {
        // A menu bar takes the whole width, so that everything else stands in it, too.
        MenuBar::new().ui(ui, |ui| {
            for menu in Menu::ALL {
                ui.menu_button(menu.title(), |ui| self::menu(ui, app, menu));
            }
            ui.reset_style();
            if app.doc().is_some() {
                document(ui, app);
            }
        });
    });
}

/// The document's name and whether it is saved, what is shown of it, and its export at the right.
fn document(ui: &mut Ui, app: &mut App) {
    let Some(doc) = app.doc() else {
        return;
    };
    let state = app.saved_words();
    let gap = ui.spacing().item_spacing.x;
    let room = ui.available_width() - CHOOSER - EXPORT - 3.0 * gap;
    let height = ui.spacing().interact_size.y;
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(room.max(0.0), height), layout, |ui| {
        ui.set_min_size(vec2(room.max(0.0), height));
        ui.set_max_width(room.max(0.0));
        if room < 70.0 {
            return;
        }
        ui.add_space(4.0);
        let name = style::medium(doc.name());
        // What is left of the row beside the words after it.
        let width = (room - STATE - gap - 4.0).max(0.0);
        ui.scope(|ui| {
            ui.set_max_width(if room > 2.0 * STATE { width } else { room - 4.0 });
            ui.add(Label::new(name).truncate());
        });
        if room > 2.0 * STATE {
            ui.label(style::small(ui, state));
        }
    });
    chooser(ui, app);
    let tip = Command::Export.info().map(tooltip).unwrap_or_default();
    let export = widget::primary(ui, Some(icon::PDF), "Export PDF");
    if export.on_hover_text(tip).clicked() {
        app.run(Command::Export);
    }
}

/// Chooses what is shown: the whole profile or one of its variants.
pub(super) fn chooser(ui: &mut Ui, app: &mut App) {
    let Some(doc) = app.doc_mut() else {
        return;
    };
    let whole = "Whole profile";
    let shown = doc.view.variant.clone().unwrap_or_else(|| whole.to_owned());
    let mut more = false;
    let list = ComboBox::from_id_salt("variant").selected_text(&shown).width(CHOOSER).truncate();
    let response = list
        .show_ui(ui, |ui| {
            let names: Vec<_> = doc.profile().variants.iter().map(|v| v.name.clone()).collect();
            let now = &mut doc.view.variant;
            ui.selectable_value(now, None, whole);
            for name in names {
                ui.selectable_value(now, Some(name.clone()), name);
            }
            ui.separator();
            more = ui.selectable_label(false, "Variants…").clicked();
        })
        .response;
    widget::seen(response).accessible_name("What is shown");
    if more {
        app.run(Command::Variants);
    }
}

/// One menu: every command of the table that belongs to it.
fn menu(ui: &mut Ui, app: &mut App, menu: Menu) {
    ui.set_min_width(220.0);
    // Of a low window a long menu is scrolled.
    let room = (ui.ctx().content_rect().bottom() - ui.max_rect().top() - 12.0).max(120.0);
    let list = ScrollArea::vertical().max_height(room).min_scrolled_height(room);
    list.show(ui, |ui| commands(ui, app, menu));
}

fn commands(ui: &mut Ui, app: &mut App, menu: Menu) {
    for info in COMMANDS.iter().filter(|info| info.menu == menu) {
        if info.line {
            ui.separator();
        }
        let keys = info.keys.first().map(|k| k.shown()).unwrap_or_default();
        let chosen = match info.command {
            Command::LightTheme => app.colours == Colours::Light,
            Command::DarkTheme => app.colours == Colours::Dark,
            Command::SystemTheme => app.colours == Colours::System,
            Command::TogglePage => app.page_shown,
            Command::ToggleForm => app.form_folded,
            Command::CheckSpelling => app.spelling.on,
            _ => false,
        };
        let button = Button::new(name(app, info)).shortcut_text(keys).selected(chosen);
        let able = (info.able)(app);
        if ui.add_enabled(able, button).on_hover_text(info.help).clicked() {
            ui.close();
            app.run(info.command);
        }
        if info.command == Command::Open {
            recent(ui, app);
        }
    }
}

/// The files that were opened lately; those that are gone are told so when they are chosen.
fn recent(ui: &mut Ui, app: &mut App) {
    let files = app.files.recent.clone();
    ui.add_enabled_ui(!files.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            ui.set_min_width(260.0);
            for (file, there) in files {
                let name = file.path.file_name().unwrap_or_default().to_string_lossy();
                let folder =
                    file.path.parent().map(|p| p.display().to_string()).unwrap_or_default();
                let name = if there { name.into_owned() } else { format!("{name} (missing)") };
                if ui.button(name).on_hover_text(folder).clicked() {
                    ui.close();
                    app.open(file.path);
                }
            }
        });
    });
}

/// The name of a command with what it would do now: "Undo edit title".
pub(super) fn name(app: &App, info: &Info) -> String {
    let step = |label: Option<&str>| match label {
        Some(label) => format!("{} {}", info.name, words::lowercase_first(label)),
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

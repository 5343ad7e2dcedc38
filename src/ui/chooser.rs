//! The chooser of files in the window: a path to type, a folder to look at, all by mouse or by
//! keys.

use super::{icon, style, widget};
use crate::app::{App, choose::Purpose};
use eframe::egui::{
    Button, Context, Id, Key, ScrollArea, TextEdit,
    text::{CCursor, CCursorRange},
    vec2,
};

/// What was done in a frame.
enum Did {
    Go(std::path::PathBuf),
    Up,
    Pick(usize),
    Open(usize),
    Accept,
    Cancel,
}

pub(super) fn show(ctx: &Context, app: &mut App) {
    let field = Id::unique("chooser-path");
    let Some(chooser) = &mut app.chooser else {
        return;
    };
    let purpose = chooser.wanted.purpose;
    let did = widget::dialog(ctx, "chooser", &purpose.title(), 620.0, |ui| {
        let mut did = None;
        ui.horizontal_wrapped(|ui| {
            if widget::icon_button(ui, icon::UP, "Folder above").clicked() {
                did = Some(Did::Up);
            }
            ui.label(style::small(ui, chooser.folder.display().to_string()));
        });
        ui.horizontal_wrapped(|ui| {
            for (name, folder) in &chooser.places {
                if widget::link(ui, icon::FOLDER, name).clicked() {
                    did = Some(Did::Go(folder.clone()));
                }
            }
        });
        let height = (ui.ctx().content_rect().height() - 330.0).clamp(80.0, 300.0);
        widget::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
                ui.set_min_size(vec2(ui.available_width(), height));
                for (i, entry) in chooser.entries.iter().enumerate() {
                    let letter = if entry.is_folder { icon::FOLDER } else { icon::FILE };
                    let chosen = !entry.is_folder && chooser.text == entry.name;
                    let atoms = (icon::icon(letter), entry.name.as_str());
                    let button = Button::selectable(chosen, atoms)
                        .min_size(vec2(ui.available_width(), 26.0))
                        .truncate();
                    let kind = if entry.is_folder { "Folder" } else { "File" };
                    let row = widget::seen(ui.add(button));
                    let row = row.accessible_name(format!("{kind} {}", entry.name));
                    if row.double_clicked() {
                        // The second click on a folder meets what has taken its place: that is not
                        // meant.
                        if chosen {
                            did = Some(Did::Open(i));
                        }
                    } else if row.clicked() {
                        did = Some(Did::Pick(i));
                    }
                }
                if chooser.entries.is_empty() {
                    let kind =
                        purpose.kind().to_lowercase().replace("pdf", "PDFs").replace("cvs", "CVs");
                    ui.label(style::small(ui, format!("No folders and no {kind} here")));
                }
            });
        });
        ui.add_space(4.0);
        let words = if purpose == Purpose::ExportAll { "Folder" } else { "Name or path" };
        let label = ui.label(style::medium(words).small());
        let is_new = ui.data(|data| data.get_temp::<bool>(field).is_none());
        let edit = TextEdit::singleline(&mut chooser.text)
            .id(field)
            .hint_text(format!("name, or a path such as {}", purpose.example()))
            .desired_width(ui.available_width() - 16.0);
        let response = widget::seen(ui.add(edit)).labelled_by(label.id);
        if is_new {
            ui.data_mut(|data| data.insert_temp(field, true));
            response.request_focus();
            // What is typed at once is another name with the same ending.
            let stem = purpose.stem(&chooser.text).chars().count();
            let mut state = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
            let range = CCursorRange::two(CCursor::new(0), CCursor::new(stem));
            state.cursor.set_char_range(Some(range));
            state.store(ui.ctx(), field);
        }
        if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
            did = Some(Did::Accept);
        }
        if let Some(problem) = &chooser.problem {
            ui.colored_label(style::palette(ui).error, problem);
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if widget::primary(ui, None, purpose.verb()).clicked() {
                did = Some(Did::Accept);
            }
            if widget::plain_button(ui, "Cancel").clicked() {
                did = Some(Did::Cancel);
            }
        });
        did
    });
    match did {
        Some(None) => return,
        None | Some(Some(Did::Cancel)) => app.chosen(None),
        Some(Some(Did::Accept)) => app.accept_choice(),
        Some(Some(Did::Go(folder))) => chooser.go(&folder),
        Some(Some(Did::Up)) => chooser.up(),
        Some(Some(did @ (Did::Pick(i) | Did::Open(i)))) => {
            if let Some(entry) = chooser.entries.get(i).cloned() {
                chooser.pick(&entry);
            }
            if matches!(did, Did::Open(_)) {
                app.accept_choice();
            }
        }
    }
    if app.chooser.is_none() {
        ctx.data_mut(|data| data.remove_temp::<bool>(field));
    } else {
        // Enter takes the focus away; the next try starts in the field again.
        ctx.memory_mut(|memory| memory.request_focus(field));
    }
    ctx.request_repaint();
}

//! The sheet of earlier versions: a list, what has become of the one that is looked at, and the way
//! back to it.

use super::{compare, icon, style, widget, words};
use crate::app::{App, Screen, ask::Ask, past, view::Sheet};
use eframe::egui::{Button, Context, Image, ScrollArea, TextureHandle, Ui, vec2};

enum Did {
    Choose(usize),
    Restore,
    Forget,
    Close,
}

/// What the picture of the version that is looked at is asked for with.
pub(super) const PICTURE: &str = "earlier version";

pub(super) fn show(ctx: &Context, app: &mut App, now: u64, picture: Option<&TextureHandle>) {
    let is_open = |app: &App| match &app.screen {
        Screen::Editor(doc) => doc.view.sheet == Some(Sheet::Versions),
        Screen::Welcome | Screen::Broken(_) => false,
    };
    if !is_open(app) || app.ask.is_some() {
        return;
    }
    let past = app.past.clone().unwrap_or_default();
    let name = app.name();
    let title = format!("Earlier versions of {name}");
    let did = widget::dialog(ctx, "versions", &title, 960.0, |ui| {
        if past.versions.is_empty() {
            ui.label("There are none yet. Each save keeps what the file held before.");
            ui.add_space(8.0);
            return widget::primary(ui, None, "Close").clicked().then_some(Did::Close);
        }
        ui.label(style::small(ui, "What the file held before each save, the newest first."));
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 260.0).max(100.0);
        let mut did = None;
        ui.horizontal_top(|ui| {
            ui.allocate_ui(vec2(220.0, height), |ui| list(ui, &past, now, height, &mut did));
            let readable = past.chosen.as_ref().is_some_and(|chosen| chosen.profile.is_ok());
            if let Some(picture) = picture.filter(|_| readable) {
                let size = picture.size_vec2();
                let factor = (280.0 / size.x).min(height / size.y);
                let page = Image::new(picture).fit_to_exact_size(size * factor);
                ui.add(page.alt_text("The page of this version")).on_hover_text("Its page");
            }
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| chosen(ui, &past, height));
        });
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            let can = past.chosen.as_ref().is_some_and(|chosen| chosen.profile.is_ok());
            let restore =
                ui.add_enabled_ui(can, |ui| widget::primary(ui, None, "Restore this version"));
            if restore.inner.clicked() {
                did = Some(Did::Restore);
            }
            if widget::button(ui, icon::DELETE, "Delete all versions…").clicked() {
                did = Some(Did::Forget);
            }
            if widget::plain_button(ui, "Close").clicked() {
                did = Some(Did::Close);
            }
        });
        did
    });
    match did {
        Some(None) => return,
        None | Some(Some(Did::Close)) => {
            app.past = None;
            app.show(None);
        }
        Some(Some(Did::Choose(index))) => app.choose_version(index),
        Some(Some(Did::Restore)) => app.restore_version(),
        Some(Some(Did::Forget)) => app.ask = Some(Ask::ForgetVersions),
    }
    ctx.request_repaint();
}

fn list(ui: &mut Ui, past: &past::Past, now: u64, height: f32, did: &mut Option<Did>) {
    ScrollArea::vertical().id_salt("versions").max_height(height).show(ui, |ui| {
        for (i, version) in past.versions.iter().enumerate() {
            let is_chosen = past.chosen.as_ref().is_some_and(|chosen| chosen.index == i);
            let words = past::ago(version.time, now);
            let size = past::size(version.bytes);
            let button = Button::selectable(is_chosen, style::medium(words.clone()))
                .right_text(style::small(ui, size.clone()))
                .min_size(vec2(210.0, 30.0));
            let row = widget::seen(ui.add(button)).accessible_name(format!("{words}, {size}"));
            if row.clicked() {
                *did = Some(Did::Choose(i));
            }
        }
    });
}

fn chosen(ui: &mut Ui, past: &past::Past, height: f32) {
    ui.vertical(|ui| match past.chosen.as_ref().map(|chosen| (&chosen.profile, chosen)) {
        None => {
            ui.label(style::small(ui, "Choose one to see what has changed since."));
        }
        Some((Err(why), _)) => {
            ui.label(words::sentence(why));
        }
        Some((Ok(_), chosen)) => {
            ui.label(style::medium("What has changed since"));
            ScrollArea::vertical().id_salt("since").max_height(height - 30.0).show(ui, |ui| {
                compare::differences(ui, &chosen.differences);
            });
        }
    });
}

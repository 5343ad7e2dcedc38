//! The bar of the search, above the form: the words, the hits, and the way to each.

use super::{form, icon, style, widget};
use crate::app::{
    App,
    command::Command,
    find::{Hit, hits},
};
use eframe::egui::{
    Button, Frame, Id, Key, Margin, Modifiers, Panel, RichText, ScrollArea, TextEdit, Ui, vec2,
};

/// How many hits are listed; the others are reached by going on.
const LISTED: usize = 60;

/// The hits of the newest revision that was searched.
#[derive(Default)]
pub(super) struct Bar {
    hits: Vec<Hit>,
    /// Revision and words.
    of: (u64, String),
}

impl Bar {
    pub(super) fn show(&mut self, ui: &mut Ui, app: &mut App) {
        let in_front = app.sheet().is_none();
        let Some(doc) = app.doc_mut() else {
            return;
        };
        let revision = doc.revision();
        let Some(find) = &mut doc.view.find else {
            return;
        };
        let id = Id::unique("find");
        let escape = in_front && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        // Before the text field sees it: Enter would take the focus from it.
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let mut step = None;
        if has_focus {
            ui.input_mut(|i| {
                if i.consume_key(Modifiers::SHIFT, Key::Enter) {
                    step = Some(Command::FindPrevious);
                } else if i.consume_key(Modifiers::NONE, Key::Enter) {
                    step = Some(Command::FindNext);
                }
            });
        }
        if !widget::is_covered(ui.ctx()) && std::mem::take(&mut find.focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let (mut close, mut gone) = (escape, None);
        let palette = style::palette(ui);
        let frame = Frame::new().fill(palette.card).inner_margin(Margin::symmetric(16, 8));
        Panel::top("find").frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(icon::coloured(icon::SEARCH, palette.muted)).accessible_name("Search");
                let room = (ui.available_width() - 190.0).clamp(80.0, 320.0);
                let edit = TextEdit::singleline(&mut find.text).id(id).hint_text("Find in profile");
                let edit = ui.add(edit.desired_width(room)).accessible_name("Find in profile");
                if edit.changed() {
                    find.hit = None;
                }
                if self.of != (revision, find.text.clone()) {
                    self.of = (revision, find.text.clone());
                    self.hits = hits(&doc.file.profile, &find.text);
                }
                let count = self.hits.len();
                let any = count > 0;
                ui.label(style::small(ui, said(&find.text, find.hit, count)));
                if widget::icon_button_if(ui, any, icon::UP, "Find previous").clicked() {
                    step = Some(Command::FindPrevious);
                }
                if widget::icon_button_if(ui, any, icon::DOWN, "Find next").clicked() {
                    step = Some(Command::FindNext);
                }
                close |= widget::icon_button(ui, icon::CLOSE, "Close search").clicked();
            });
            if self.hits.is_empty() {
                return;
            }
            ScrollArea::vertical()
                .id_salt("hits")
                .max_height(132.0)
                .min_scrolled_height(132.0)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 1.0;
                    for (i, hit) in self.hits.iter().take(LISTED).enumerate() {
                        if row(ui, hit, find.hit == Some(i)) {
                            gone = Some(i);
                        }
                    }
                    if let Some(more) = self.hits.len().checked_sub(LISTED + 1) {
                        ui.label(style::small(ui, format!("and {} more", more + 1)));
                    }
                });
        });
        if let (Some(i), Some(hit)) = (gone, gone.and_then(|i| self.hits.get(i))) {
            find.hit = Some(i);
            doc.view.select(&hit.at, hit.range.clone());
        }
        if let Some(command) = step {
            app.run(command);
        }
        if close {
            // Escape has taken the caret from its field.
            if let Some(at) = app.doc().and_then(|doc| doc.view.focused.clone()).filter(|_| escape)
            {
                ui.memory_mut(|memory| memory.request_focus(form::id(&at)));
            }
            app.stop_finding();
        }
    }
}

/// One hit; whether it was clicked.
fn row(ui: &mut Ui, hit: &Hit, on: bool) -> bool {
    let palette = style::palette(ui);
    let words =
        (RichText::new(&hit.excerpt), RichText::new(&hit.place).small().color(palette.muted));
    let button = Button::selectable(on, words).truncate();
    let button = button.min_size(vec2(ui.available_width(), 24.0));
    let response = widget::seen(ui.add(button));
    response.accessible_name(format!("{}, in {}", hit.excerpt, hit.place)).clicked()
}

/// How many hits there are, and which one is in front.
fn said(text: &str, hit: Option<usize>, count: usize) -> String {
    match (hit, count) {
        _ if text.trim().is_empty() => String::new(),
        (_, 0) => "Not found".to_owned(),
        (Some(hit), count) if hit < count => format!("{} of {count}", hit + 1),
        (_, 1) => "1 place".to_owned(),
        (_, count) => format!("{count} places"),
    }
}

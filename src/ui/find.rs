//! The bar of the search, above the form: the words, the hits, and the way to each.

use super::{form, icon, style, widget};
use crate::{
    app::{
        App,
        command::Command,
        find::{Find, Hit},
    },
    profile::Profile,
};
use eframe::egui::{
    Align, Align2, AtomExt as _, Button, Frame, Id, Key, Layout, Margin, Modifiers, Panel,
    RichText, ScrollArea, TextEdit, Ui, vec2,
};

/// How many hits are listed; the others are reached by going on.
const LISTED: usize = 60;

/// With less room than this, in points, fields and tools do not stand beside each other.
const NARROW: f32 = 560.0;

/// The hits of the newest revision that was searched.
#[derive(Default)]
pub(super) struct Bar {
    hits: Vec<Hit>,
    /// What they are of.
    of: Option<(u64, Option<String>, Find)>,
}

/// What was asked for in the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Run(Command),
    Replace,
    ReplaceAll,
}

impl Bar {
    pub(super) fn show(&mut self, ui: &mut Ui, app: &mut App) {
        let in_front = app.sheet().is_none();
        let Some(doc) = app.doc_mut() else {
            return;
        };
        let (revision, variant) = (doc.revision(), doc.view.variant.clone());
        let Some(find) = &mut doc.view.find else {
            return;
        };
        let (id, by_id) = (Id::unique("find"), Id::unique("replace"));
        let escape = in_front && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        let mut asked = keys(ui, id, by_id);
        if !widget::is_covered(ui.ctx()) && std::mem::take(&mut find.focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let (mut close, mut gone) = (escape, None);
        let palette = style::palette(ui);
        let frame = Frame::new().fill(palette.card).inner_margin(Margin::symmetric(16, 8));
        Panel::top("find").frame(frame).show(ui, |ui| {
            // Where there is little room the tools stand below the fields.
            let narrow = ui.available_width() < NARROW;
            let layout = match narrow {
                true => Layout::top_down(Align::Min),
                false => Layout::left_to_right(Align::Min),
            };
            let height = ui.spacing().interact_size.y;
            let size = vec2(ui.available_width(), height);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                let room = match narrow {
                    true => ui.available_width() - 8.0,
                    false => {
                        widget::boxed(ui, vec2(20.0, height), |ui| {
                            ui.label(icon::coloured(icon::SEARCH, palette.muted))
                                .accessible_name("Search")
                        });
                        (ui.available_width() - 330.0).min(320.0)
                    }
                };
                let field = |ui: &mut Ui, id: Id, text: &mut String, name: &str| {
                    let edit = TextEdit::singleline(text).id(id).hint_text(name);
                    let edit = edit.return_key(None).event_filter(form::KEYS);
                    let edit = edit.align(Align2::LEFT_CENTER);
                    ui.add(edit.desired_width(room)).accessible_name(name);
                };
                // Both fields first, so that Tab goes from one to the other.
                ui.vertical(|ui| {
                    ui.set_width(room);
                    field(ui, id, &mut find.text, "Find in profile");
                    if let Some(by) = &mut find.replacement {
                        field(ui, by_id, by, "Replace with");
                    }
                });
                ui.vertical(|ui| {
                    ui.horizontal(|ui| {
                        for (on, words, name) in [
                            (&mut find.exact, "Aa", "Match case"),
                            (&mut find.whole, "“a”", "Whole words"),
                        ] {
                            let toggle = Button::selectable(*on, words);
                            let toggle = widget::seen(ui.add(toggle)).accessible_name(name);
                            *on ^= toggle.on_hover_text(name).clicked();
                        }
                        self.look(find, &doc.file.profile, revision, variant.as_deref());
                        let any = !self.hits.is_empty();
                        for (letter, name, command) in [
                            (icon::UP, "Find previous", Command::FindPrevious),
                            (icon::DOWN, "Find next", Command::FindNext),
                        ] {
                            if widget::icon_button_if(ui, any, letter, name).clicked() {
                                asked = Some(Asked::Run(command));
                            }
                        }
                        close |= widget::icon_button(ui, icon::CLOSE, "Close search").clicked();
                        ui.label(style::small(ui, self.said(find)));
                    });
                    if find.replacement.is_some() {
                        ui.horizontal(|ui| {
                            let any = !self.hits.is_empty();
                            for (words, ask) in
                                [("Replace", Asked::Replace), ("Replace all", Asked::ReplaceAll)]
                            {
                                let button = Button::new(style::medium(words));
                                let button = widget::seen(ui.add_enabled(any, button));
                                if button.accessible_name(words).clicked() {
                                    asked = Some(ask);
                                }
                            }
                        });
                    }
                });
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
        match asked {
            Some(Asked::Run(command)) => app.run(command),
            Some(Asked::Replace) => app.replace(),
            Some(Asked::ReplaceAll) => app.replace_all(),
            None => {}
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

impl Bar {
    /// Searches again when something is other than it was.
    fn look(&mut self, find: &mut Find, profile: &Profile, revision: u64, variant: Option<&str>) {
        let what = |find: &Find| Find {
            text: find.text.clone(),
            exact: find.exact,
            whole: find.whole,
            ..Find::default()
        };
        let now = (revision, variant.map(str::to_owned), what(find));
        if self.of.as_ref() == Some(&now) {
            return;
        }
        // Other words have other places.
        if self.of.as_ref().is_some_and(|before| before.2 != now.2) {
            find.hit = None;
        }
        self.hits = find.hits(profile, variant);
        self.of = Some(now);
    }

    /// How many hits there are, how many of them are not on the page, and which one is in front.
    fn said(&self, find: &Find) -> String {
        let count = self.hits.len();
        let said = match (find.hit, count) {
            _ if find.text.trim().is_empty() => return String::new(),
            (_, 0) => return "Not found".to_owned(),
            (Some(hit), count) if hit < count => format!("{} of {count}", hit + 1),
            (_, 1) => "1 place".to_owned(),
            (_, count) => format!("{count} places"),
        };
        match self.hits.iter().filter(|hit| hit.hidden).count() {
            0 => said,
            hidden => format!("{said}, {hidden} hidden"),
        }
    }
}

/// One hit; whether it was clicked.
fn row(ui: &mut Ui, hit: &Hit, on: bool) -> bool {
    let palette = style::palette(ui);
    let place = if hit.hidden { format!("{} (hidden)", hit.place) } else { hit.place.clone() };
    let about = RichText::new(&place).small().color(palette.muted).atom_shrink(true);
    let words = (RichText::new(&hit.excerpt), about);
    let button = Button::selectable(on, words).truncate();
    let button = button.min_size(vec2(ui.available_width(), 24.0));
    let response = widget::seen(ui.add(button));
    response.accessible_name(format!("{}, in {place}", hit.excerpt)).clicked()
}

/// What Enter says in one of the fields. They do not see it: it would take the focus from them.
fn keys(ui: &Ui, id: Id, by_id: Id) -> Option<Asked> {
    let (in_text, in_replacement) =
        ui.memory(|memory| (memory.has_focus(id), memory.has_focus(by_id)));
    if !in_text && !in_replacement {
        return None;
    }
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::SHIFT, Key::Enter) {
            Some(Asked::Run(Command::FindPrevious))
        } else if input.consume_key(Modifiers::NONE, Key::Enter) {
            Some(if in_replacement { Asked::Replace } else { Asked::Run(Command::FindNext) })
        } else {
            None
        }
    })
}

//! The tabs at the left: person, the sections in their order, look and check.

use super::{icon, style, widget};
use crate::{
    app::{App, command::Command, edit::Edit, view::Tab},
    at::At,
    section::Section,
    typeset::usual_heading,
    value::rich::Rich,
};
use eframe::egui::{
    AtomExt as _, Button, Frame, Margin, Panel, RichText, ScrollArea, Stroke, Ui, vec2,
};

/// The heading of a section as it is printed.
pub(super) fn title(section: &Section, language: &str) -> String {
    let own = Rich::parse(section.title()).to_plain();
    if !own.trim().is_empty() {
        return own;
    }
    usual_heading(section, language)
}

pub(super) fn show(ui: &mut Ui, app: &mut App) {
    let palette = style::palette(ui);
    let frame = Frame::new().fill(palette.side).inner_margin(Margin::symmetric(10, 14));
    Panel::left("tabs").exact_size(200.0).resizable(false).frame(frame).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let Some(doc) = app.doc_mut() else {
                return;
            };
            let now = doc.view.tab;
            let mut chosen = None;
            let mut edit = None;
            let mut row = |ui: &mut Ui,
                           tab: Tab,
                           letter: &str,
                           words: &str,
                           count: Option<usize>,
                           off: bool| {
                let response = one_row(ui, now == tab, letter, words, count, off);
                if response.clicked() {
                    chosen = Some(tab);
                }
                response
            };
            row(ui, Tab::Person, icon::PERSON, "Personal details", None, false);
            let sections = At::root().field("sections");
            for (i, section) in doc.file.profile.sections.iter().enumerate() {
                let words = title(section, "en");
                let off = !section.show().is_on(doc.view.variant.as_deref());
                let letter = icon::of_kind(section.kind());
                let response = row(ui, Tab::Section(i), letter, &words, Some(section.count()), off);
                response.dnd_set_drag_payload(i);
                if let Some(from) = response.dnd_hover_payload::<usize>() {
                    let rect = response.rect;
                    let y = if *from < i { rect.bottom() + 1.0 } else { rect.top() - 1.0 };
                    ui.painter().hline(rect.x_range(), y, Stroke::new(2.5, palette.accent));
                    if let Some(from) = response.dnd_release_payload::<usize>() {
                        edit = Some(Edit::Shift(sections.clone(), *from, i));
                    }
                }
            }
            let add = widget::link(ui, icon::ADD, "Add section");
            ui.add_space(6.0);
            ui.separator();
            ui.add_space(2.0);
            row(ui, Tab::Look, icon::LOOK, "Look", None, false);
            row(ui, Tab::Check, icon::CHECK, "Check", None, false);
            if let Some(tab) = chosen {
                doc.view.tab = tab;
            }
            if let Some(edit) = edit {
                app.apply(&edit);
            }
            if add.clicked() {
                app.run(Command::AddSection);
            }
        });
    });
}

fn one_row(
    ui: &mut Ui,
    chosen: bool,
    letter: &str,
    words: &str,
    count: Option<usize>,
    off: bool,
) -> eframe::egui::Response {
    let palette = style::palette(ui);
    let colour = if chosen {
        palette.accent_text
    } else if off {
        palette.muted
    } else {
        palette.text
    };
    let mut label = RichText::new(words).color(colour);
    if chosen {
        label = label.variation(b"wght", 600.0);
    }
    if off {
        label = label.strikethrough();
    }
    let number = count.map(|n| n.to_string()).unwrap_or_default();
    let response = ui
        .scope(|ui| {
            ui.visuals_mut().selection.bg_fill = palette.chosen;
            ui.visuals_mut().widgets.hovered.bg_stroke = Stroke::NONE;
            let atoms = (icon::coloured(letter, colour).size(16.0), label.atom_shrink(true));
            ui.add(
                Button::selectable(chosen, atoms)
                    .corner_radius(7)
                    .gap(10.0)
                    .truncate()
                    .min_size(vec2(ui.available_width(), 34.0))
                    .sense(eframe::egui::Sense::click_and_drag())
                    .right_text(RichText::new(number).small().color(palette.muted)),
            )
        })
        .inner;
    let name = match count {
        Some(1) => format!("{words}, 1 entry"),
        Some(n) => format!("{words}, {n} entries"),
        None => words.to_owned(),
    };
    widget::seen(response).accessible_name(name)
}

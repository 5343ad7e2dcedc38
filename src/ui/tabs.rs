//! The tabs at the left: person, the sections in their order, look and check.

use super::{context, drag, icon, style, widget};
use crate::{
    app::{
        App,
        command::Command,
        edit::Edit,
        place,
        view::{Tab, View},
    },
    at::At,
    finding::{Findings, Severity},
    section::Section,
    variant::{Variant, switched},
};
use eframe::egui::{
    AtomExt as _, Button, Frame, Margin, Panel, Response, RichText, ScrollArea, Sense, Stroke, Ui,
    vec2,
};

pub(super) fn show(ui: &mut Ui, app: &mut App) {
    let palette = style::palette(ui);
    let frame = Frame::new().fill(palette.side).inner_margin(Margin::symmetric(10, 14));
    // A narrow window needs its room for the form.
    let width = (ui.available_width() * 0.17).clamp(180.0, 240.0);
    Panel::left("tabs").exact_size(width).resizable(false).frame(frame).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let Some(doc) = app.doc_mut() else {
                return;
            };
            let language = doc.style();
            let findings = std::sync::Arc::clone(&doc.findings);
            let profile = &doc.file.profile;
            let mut edits = vec![];
            let mut add = false;
            {
                let mut list = List { view: &mut doc.view, findings: &findings };
                let person = ["person", "marks", "venues"].map(|name| At::root().field(name));
                list.tab(ui, Tab::Person, &Row::new(icon::PERSON, "Personal details"), &person);
                list.sections(
                    ui,
                    &profile.sections,
                    &profile.variants,
                    &language.language,
                    &mut edits,
                );
                if widget::link(ui, icon::ADD, "Add section").clicked() {
                    add = true;
                }
                ui.add_space(6.0);
                ui.separator();
                ui.add_space(2.0);
                let look = [At::root().field("look")];
                list.tab(ui, Tab::Look, &Row::new(icon::LOOK, "Look"), &look);
                list.tab(ui, Tab::Check, &Row::new(icon::CHECK, "Check"), &[]);
            }
            for edit in edits {
                app.apply(&edit);
            }
            if add {
                app.run(Command::AddSection);
            }
        });
    });
}

/// What the tabs need to know.
struct List<'a> {
    view: &'a mut View,
    findings: &'a Findings,
}

impl List<'_> {
    fn sections(
        &mut self,
        ui: &mut Ui,
        sections: &[Section],
        variants: &[Variant],
        language: &str,
        edits: &mut Vec<Edit>,
    ) {
        let list = At::root().field("sections");
        let mut rows = vec![];
        for (i, section) in sections.iter().enumerate() {
            let words = place::heading(section, language);
            let on = section.show().is_on(self.view.variant.as_deref());
            let row = Row {
                letter: icon::of_kind(section.kind()),
                words: &words,
                count: Some(section.count()),
                off: !on,
            };
            let at = list.index(i);
            let response = self.tab(ui, Tab::Section(i), &row, std::slice::from_ref(&at));
            drag::drags(&response, &list, i, &words);
            rows.push((i, response.rect));
            let corner = response.has_focus().then(|| response.rect.left_bottom());
            context::menu(&response, corner, |ui| {
                ui.set_min_width(170.0);
                if ui.button("Rename").clicked() {
                    self.view.go_to(&at.field("title"), None);
                }
                for (able, words, to) in [
                    (i > 0, "Move section up", i.saturating_sub(1)),
                    (i + 1 < sections.len(), "Move section down", i + 1),
                ] {
                    if ui.add_enabled(able, Button::new(words)).clicked() {
                        edits.push(Edit::Shift(list.clone(), i, to));
                    }
                }
                let words = if on { "Hide on the page" } else { "Show on the page" };
                if ui.button(words).clicked() {
                    let variant = self.view.variant.as_deref();
                    let new = switched(section.show(), variant, !on, variants);
                    edits.push(Edit::SetShow(at.clone(), new));
                }
                ui.separator();
                if ui.button("Delete section").clicked() {
                    edits.push(Edit::Remove(at.clone()));
                }
            });
        }
        edits.extend(drag::landing(ui, &list, &rows));
    }

    /// One tab. What is to be said about anything inside `places` is told by a dot.
    fn tab(&mut self, ui: &mut Ui, tab: Tab, row: &Row<'_>, places: &[At]) -> Response {
        let inside = places.iter().flat_map(|place| self.findings.within(place));
        let warnings = inside.filter(|f| f.severity < Severity::Note).count();
        let response = one_row(ui, self.view.tab == tab, row, warnings);
        if response.clicked() {
            self.view.tab = tab;
        }
        response
    }
}

/// What one tab shows.
struct Row<'a> {
    letter: &'a str,
    words: &'a str,
    count: Option<usize>,
    off: bool,
}

impl<'a> Row<'a> {
    fn new(letter: &'a str, words: &'a str) -> Self {
        Self { letter, words, count: None, off: false }
    }

    /// Its accessible name.
    fn name(&self, warnings: usize) -> String {
        let mut name = match self.count {
            Some(1) => format!("{}, 1 entry", self.words),
            Some(n) => format!("{}, {n} entries", self.words),
            None => self.words.to_owned(),
        };
        if self.off {
            name += ", hidden";
        }
        match warnings {
            0 => {}
            1 => name += ", 1 thing to look at",
            n => name += &format!(", {n} things to look at"),
        }
        name
    }
}

fn one_row(ui: &mut Ui, chosen: bool, row: &Row<'_>, warnings: usize) -> Response {
    let palette = style::palette(ui);
    let colour = if chosen {
        palette.accent_text
    } else if row.off {
        palette.muted
    } else {
        palette.text
    };
    let mut label = RichText::new(row.words).color(colour);
    if chosen {
        label = label.variation(b"wght", 600.0);
    }
    if row.off {
        label = label.strikethrough();
    }
    let number = row.count.map(|n| n.to_string()).unwrap_or_default();
    let response = ui
        .scope(|ui| {
            ui.visuals_mut().selection.bg_fill = palette.chosen;
            let widgets = &mut ui.visuals_mut().widgets;
            (widgets.inactive.bg_stroke, widgets.hovered.bg_stroke) = (Stroke::NONE, Stroke::NONE);
            let atoms = (icon::coloured(row.letter, colour).size(16.0), label.atom_shrink(true));
            ui.add(
                Button::selectable(chosen, atoms)
                    .corner_radius(7)
                    .gap(10.0)
                    .truncate()
                    .min_size(vec2(ui.available_width(), 34.0))
                    .sense(Sense::click_and_drag())
                    .right_text(RichText::new(number).small().color(palette.muted)),
            )
        })
        .inner;
    if warnings > 0 {
        let dot = response.rect.left_center() + vec2(25.0, -7.0);
        ui.painter().circle(dot, 4.0, palette.warning, Stroke::new(1.0, palette.side));
    }
    let cut = response.intrinsic_size().is_some_and(|size| size.x > response.rect.width() + 1.0);
    let response = widget::seen(response).accessible_name(row.name(warnings));
    if cut { response.on_hover_text(row.words) } else { response }
}

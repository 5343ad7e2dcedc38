//! The menu of the page, by the second button of the pointer: what can be done with the text, the
//! highlight, the entry and the section there.

use super::{Asked, Page, hover};
use crate::{
    app::{
        InField,
        command::Command,
        doc::Doc,
        edit::{self, Edit},
        fields::{Fill, missing},
        preview::select,
        view::Focus,
    },
    at::At,
    field::in_sentence,
    slot::Slot,
    ui::{context, form, queue},
    variant::switched,
};
use eframe::egui::{Button, Response, Ui};

/// The words for how much something matters.
const WEIGHTS: [(i8, &str); 5] = [
    (2, "Matters much more"),
    (1, "Matters more"),
    (0, "Matters as usual"),
    (-1, "Matters less"),
    (-2, "Matters much less"),
];

impl Page {
    /// Shows the menu while it is open.
    pub(super) fn menu(&mut self, ui: &Ui, doc: &mut Doc, response: &Response, asked: &mut Asked) {
        let corner = if response.has_focus() {
            Some(ui.clip_rect().left_top())
        } else {
            // Drawn in the last frame.
            let caret = self.caret.in_window.filter(|_| self.caret.on_page);
            caret.filter(|caret| ui.clip_rect().intersects(*caret)).map(|caret| caret.left_bottom())
        };
        if corner.is_some() && ui.input(|input| input.events.iter().any(context::is_menu_key)) {
            self.about = if response.has_focus() { None } else { doc.view.focused.clone() };
        }
        context::menu(response, corner, |ui| {
            ui.set_min_width(190.0);
            let steps = [
                (Command::Undo, doc.undo.undo_label().is_some()),
                (Command::Redo, doc.undo.redo_label().is_some()),
            ];
            for (command, able) in steps {
                if item(ui, able, command.info().map_or("", |info| info.name)) {
                    asked.commands.push(command);
                }
            }
            ui.separator();
            self.text_items(ui);
            let Some(here) = self.about.clone() else {
                return;
            };
            ui.separator();
            if item(ui, true, "Go to field") {
                asked.form = true;
                self.go(doc, Focus::new(here.clone(), Some(usize::MAX)));
                self.caret.on_page = false;
            }
            let mut at = Some(here);
            let entry = at.as_ref().and_then(hover::element);
            // From the highlight outwards to the section.
            while let Some(element) = at.as_ref().and_then(edit::element) {
                let (Some((list, index)), true) =
                    (edit::split(&element), has_switch(doc, &element))
                else {
                    at = Some(element.parent());
                    continue;
                };
                let noun = edit::noun(doc.profile(), &list);
                let words = format!("This {noun}");
                let menu = ui.menu_button(&words, |ui| {
                    element_items(ui, doc, &element, (&list, index), asked);
                    if Some(&element) == entry.as_ref() {
                        self.fill_items(ui, doc, &element, asked);
                    }
                });
                menu.response.accessible_name(words);
                at = Some(list);
            }
        });
    }

    /// What can be done with text.
    fn text_items(&mut self, ui: &mut Ui) {
        // A menu that keys have opened has the focus itself.
        let last = queue::last_text(ui.ctx());
        let left = self.about.as_ref().map(form::id).filter(|id| last == Some(*id));
        let field = self.caret.widget().or(left);
        let selected =
            field.is_some_and(|id| self.caret.has_selection() || queue::is_selected(ui.ctx(), id));
        if item(ui, selected, "Cut")
            && let Some(id) = field
        {
            queue::act(ui.ctx(), id, InField::Cut);
        }
        let over_fields = self.selection;
        if item(ui, selected || over_fields.is_some(), "Copy") {
            match (over_fields, &self.shown, field) {
                (Some(selection), Some(shown), _) => {
                    ui.ctx().copy_text(selection.text(&shown.page.pages));
                }
                (_, _, Some(id)) => queue::act(ui.ctx(), id, InField::Copy),
                _ => {}
            }
        }
        if item(ui, self.shown.is_some(), "Copy all text of the pages")
            && let Some(shown) = &self.shown
            && let Some(all) = select::all(&shown.page.pages)
        {
            ui.ctx().copy_text(all.text(&shown.page.pages));
        }
        if item(ui, field.is_some(), "Paste")
            && let Some(id) = field
        {
            queue::act(ui.ctx(), id, InField::Paste);
        }
        if item(ui, field.is_some(), "Select all of the field")
            && let Some(id) = field
        {
            queue::act(ui.ctx(), id, InField::SelectAll);
        }
    }

    /// The empty fields of an entry, which stand nowhere to be clicked.
    fn fill_items(&mut self, ui: &mut Ui, doc: &mut Doc, entry: &At, asked: &mut Asked) {
        let missing = missing(doc.profile(), entry);
        if missing.is_empty() {
            return;
        }
        ui.separator();
        for (label, fill) in missing {
            if item(ui, true, &format!("Fill in {}", in_sentence(label))) {
                match fill {
                    Fill::Type(at) => self.go(doc, Focus::new(at, Some(0))),
                    Fill::Add(edit) => asked.edits.push(edit),
                }
            }
        }
    }
}

/// What can be done with a highlight, a line, an entry or a section.
fn element_items(
    ui: &mut Ui,
    doc: &mut Doc,
    element: &At,
    (list, index): (&At, usize),
    asked: &mut Asked,
) {
    let noun = edit::noun(doc.profile(), list);
    let is_on = is_on(doc, element);
    let words = if is_on { format!("Hide this {noun}") } else { format!("Show this {noun}") };
    if item(ui, true, &words) {
        asked.edits.extend(switch(doc, element, !is_on));
    }
    if noun == "section" {
        if item(ui, true, "Add section…") {
            asked.commands.push(Command::AddSection);
        }
    } else {
        for (words, to) in [("above", index), ("below", index + 1)] {
            if item(ui, true, &format!("Add {noun} {words}")) {
                asked.edits.push(Edit::Add(list.clone(), to));
            }
        }
    }
    let count = Slot::of(&mut doc.file.profile, list).and_then(Slot::list).map_or(0, |l| l.count());
    if item(ui, index > 0, "Move up") {
        asked.edits.push(Edit::Shift(list.clone(), index, index.saturating_sub(1)));
    }
    if item(ui, index + 1 < count, "Move down") {
        asked.edits.push(Edit::Shift(list.clone(), index, index + 1));
    }
    if item(ui, true, &format!("Delete this {noun}")) {
        asked.edits.push(Edit::Remove(element.clone()));
    }
    if let Some(now) = weight(doc, element) {
        ui.separator();
        asked.edits.extend(weights(ui, element, now));
    }
}

/// One item; whether it was chosen.
fn item(ui: &mut Ui, able: bool, words: &str) -> bool {
    let chosen = ui.add_enabled(able, Button::new(words)).accessible_name(words).clicked();
    if chosen {
        ui.close();
    }
    chosen
}

/// The choice of how much something matters, which matters `now` so much; the edit when it was
/// made.
pub(super) fn weights(ui: &mut Ui, element: &At, now: i8) -> Option<Edit> {
    let mut chosen = None;
    for (weight, words) in WEIGHTS {
        if ui.radio(now.clamp(-2, 2) == weight, words).clicked() {
            ui.close();
            chosen = Some(Edit::SetWeight(element.clone(), weight));
        }
    }
    chosen
}

/// How much what stands at `element` matters, if that can be said of it.
pub(super) fn weight(doc: &mut Doc, element: &At) -> Option<i8> {
    Slot::of(&mut doc.file.profile, element).and_then(Slot::weight).map(|weight| *weight)
}

/// Whether what stands at `element` is printed in the variant on show.
pub(super) fn is_on(doc: &mut Doc, element: &At) -> bool {
    let variant = doc.view.variant.as_deref();
    let show = Slot::of(&mut doc.file.profile, element).and_then(Slot::show);
    show.is_none_or(|show| show.is_on(variant))
}

fn has_switch(doc: &mut Doc, element: &At) -> bool {
    Slot::of(&mut doc.file.profile, element).and_then(Slot::show).is_some()
}

/// Prints what stands at `element` in the variant on show, or leaves it out there.
pub(super) fn switch(doc: &mut Doc, element: &At, on: bool) -> Option<Edit> {
    let variants = doc.profile().variants.clone();
    let show = Slot::of(&mut doc.file.profile, element).and_then(Slot::show)?;
    let new = switched(show, doc.view.variant.as_deref(), on, &variants);
    Some(Edit::SetShow(element.clone(), new))
}

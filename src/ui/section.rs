//! The form of one section: its heading, and its entries as cards.

mod cards;
mod empty;
mod heading;

use super::form::Form;
use crate::{
    at::At,
    section::{Entries, Record, Section, SectionKind, VisitorMut},
};
use eframe::egui::{Frame, Id, Margin, Ui};

/// As wide as a form gets, in points: longer lines are hard to read.
pub(super) const WIDTH: f32 = 860.0;
/// The same with the room on both of its sides.
pub(super) const WIDTH_WITH_ROOM: f32 = WIDTH + 48.0;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, at: &At, section: &mut Section) {
    let arrived = arrives(ui, at);
    let margin = Margin { left: 24, right: 24, top: 18, bottom: 10 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(WIDTH));
        heading::show(ui, form, at, section);
    });
    let kind = section.kind();
    section.visit_mut(at, &mut Cards { ui, form, kind, arrived });
}

/// Whether another section, or none, was on show in the frame before.
fn arrives(ui: &Ui, at: &At) -> bool {
    let frame = ui.ctx().cumulative_frame_nr();
    let id = Id::unique("section on show");
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<(At, u64)>(id);
        data.insert_temp(id, (at.clone(), frame));
        before
    });
    before.is_none_or(|(other, then)| other != *at || then + 1 < frame)
}

struct Cards<'u, 'f, 'a> {
    ui: &'u mut Ui,
    form: &'f mut Form<'a>,
    kind: SectionKind,
    arrived: bool,
}

impl<'p> VisitorMut<'p> for Cards<'_, '_, '_> {
    type Out = ();

    fn entries<R: Record>(&mut self, at: &At, list: &'p mut Entries<R>) {
        let entries = at.field("entries");
        if list.entries.is_empty() {
            empty::show::<R>(self.ui, self.form, &entries, self.kind);
            return;
        }
        // A section with one entry is about that entry.
        if self.arrived && list.entries.len() == 1 {
            self.form.view.open.insert(entries.index(0));
        }
        cards::show(self.ui, self.form, &entries, &mut list.entries);
    }
}

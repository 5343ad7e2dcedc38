//! The form of one section: its heading, and its entries as cards.

use super::form::{self, Form};
use crate::{
    at::At,
    section::{Entries, Record, Section, VisitorMut},
};
use eframe::egui::{Frame, Margin, ScrollArea, Ui};

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, at: &At, section: &mut Section) {
    section.visit_mut(at, &mut Cards { ui, form });
}

struct Cards<'u, 'f, 'a> {
    ui: &'u mut Ui,
    form: &'f mut Form<'a>,
}

impl<'p> VisitorMut<'p> for Cards<'_, '_, '_> {
    type Out = ();

    fn entries<R: Record>(&mut self, at: &At, list: &'p mut Entries<R>) {
        let form = &mut *self.form;
        ScrollArea::vertical().id_salt(at).auto_shrink(false).show(self.ui, |ui| {
            let margin = Margin { left: 24, right: 24, top: 18, bottom: 40 };
            Frame::new().inner_margin(margin).show(ui, |ui| {
                let entries = at.field("entries");
                for (i, entry) in list.entries.iter_mut().enumerate() {
                    form::record(ui, form, &entries.index(i), entry);
                }
            });
        });
    }
}

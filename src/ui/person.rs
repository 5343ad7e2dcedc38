//! The form of the person: fields in groups under small headings.

use super::{
    form::{self, Form, Words},
    style,
};
use crate::{at::At, profile::Profile};
use eframe::egui::{Frame, Margin, ScrollArea, Ui};

/// The groups with their fields, in order. Every field of a person is in one of them.
const GROUPS: [(&str, &[&str]); 6] = [
    ("You", &["name", "other_name", "known_as", "headline"]),
    ("Contact", &["emails", "phones", "address"]),
    ("On the web", &["links"]),
    ("At the top of the page", &["summary", "interests"]),
    ("More about you", &["facts"]),
    ("Picture", &["photo"]),
];

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, profile: &mut Profile) {
    let at = At::root().field("person");
    let margin = Margin { left: 24, right: 24, top: 18, bottom: 40 };
    ScrollArea::vertical().id_salt("person").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(super::section::WIDTH));
            ui.label(style::heading("Personal details"));
            for (title, names) in GROUPS {
                heading(ui, title);
                form::some(ui, form, &at, &mut profile.person, names);
            }
            heading(ui, "Marks in author lists");
            let marks = Words {
                label: "What †, * and other marks at names mean",
                hint: "†: equal contribution",
                noun: "mark",
            };
            form::labelled(ui, form, &At::root().field("marks"), &marks, &mut profile.marks);
            heading(ui, "Venues");
            let venues = Words {
                label: "Short forms of your own",
                hint: "JIR: Journal of Invented Results",
                noun: "venue",
            };
            form::labelled(ui, form, &At::root().field("venues"), &venues, &mut profile.venues);
        });
    });
}

fn heading(ui: &mut Ui, title: &str) {
    ui.add_space(12.0);
    ui.label(style::bold(title).size(15.0));
    ui.separator();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{field::Fields as _, person::Person};

    #[test]
    fn every_field_is_in_one_group() {
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        let mut declared: Vec<&str> = Person::FIELDS.iter().map(|field| field.name).collect();
        grouped.sort_unstable();
        declared.sort_unstable();
        assert_eq!(grouped, declared);
    }
}

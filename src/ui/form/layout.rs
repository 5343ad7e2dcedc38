//! Which fields of a record are on show, and how they stand: short ones two in a row, seldom ones
//! behind a button.

use super::{Form, one};
use crate::{
    at::At,
    field::{Access, Field, Fields},
    ui::{icon, style, widget},
};
use eframe::egui::{Id, Ui, UiBuilder};

/// Below this width every field has a row of its own.
const TWO: f32 = 430.0;

/// The name under which a record remembers that its seldom fields are on show. No record has a
/// field of that name.
const MORE: &str = "more fields";

/// Draws the fields of a record in their order. `at` is the record's address.
pub(in crate::ui) fn record<T: Fields>(ui: &mut Ui, form: &mut Form<'_>, at: &At, record: &mut T) {
    let more = at.field(MORE);
    let all = form.view.open.contains(&more);
    let seldom = |field: &Field<T>| field.seldom && !field.required && is_empty(record, field);
    let needed = |form: &Form<'_>, field: &Field<T>| {
        let at = at.field(field.name);
        form.view.open.contains(&at)
            || form.is_wanted(&at)
            || form.findings.within(&at).next().is_some()
    };
    let (put_away, shown): (Vec<_>, Vec<_>) =
        T::FIELDS.iter().partition(|field| seldom(field) && !needed(form, field));
    let shown = if all { T::FIELDS.iter().collect() } else { shown };
    rows(ui, form, at, record, &shown);
    if put_away.is_empty() {
        return;
    }
    let names: Vec<String> = put_away.iter().map(|field| in_sentence(field.label)).collect();
    let (letter, words) = if all { (icon::UP, "Fewer fields") } else { (icon::ADD, "More fields") };
    ui.horizontal(|ui| {
        let link = widget::link(ui, letter, words);
        if link.clicked() {
            if all {
                form.view.open.remove(&more);
            } else {
                form.view.open.insert(more);
            }
        }
        if !all {
            let names = style::small(ui, names.join(", "));
            ui.add(eframe::egui::Label::new(names).truncate());
        }
    });
}

/// Draws the fields of a record that have one of these names.
pub(in crate::ui) fn some<T: Fields>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: &At,
    record: &mut T,
    names: &[&str],
) {
    let named = |name: &&str| T::FIELDS.iter().find(|field| field.name == *name);
    let fields: Vec<&Field<T>> = names.iter().filter_map(named).collect();
    rows(ui, form, at, record, &fields);
}

/// Draws fields from top to bottom, two short ones beside each other where there is room.
fn rows<T: Fields>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: &At,
    record: &mut T,
    fields: &[&Field<T>],
) {
    let two = ui.available_width() >= TWO;
    let mut rest = fields;
    loop {
        rest = match rest {
            [] => return,
            [left, right, rest @ ..] if two && is_short(left) && is_short(right) => {
                ui.columns(2, |columns| {
                    for (ui, field) in columns.iter_mut().zip([left, right]) {
                        kept(ui, form, at, record, field);
                    }
                });
                rest
            }
            [field, rest @ ..] => {
                kept(ui, form, at, record, field);
                rest
            }
        };
    }
}

/// Draws one field. One that is emptied stays on show until its card is closed, or it would go from
/// under the caret.
fn kept<T: Fields>(ui: &mut Ui, form: &mut Form<'_>, at: &At, record: &mut T, field: &Field<T>) {
    let filled = !is_empty(record, field);
    let at = at.field(field.name);
    // Its widgets are known by its address: a field that comes or goes above must not take the
    // focus from them.
    let scope = UiBuilder::new().scope_id(Id::unique(("fields", &at)));
    ui.scope_builder(scope, |ui| one(ui, form, &at, record, field));
    if field.seldom && (is_empty(record, field) && (filled || form.is_wanted(&at))) {
        form.view.open.insert(at.clone());
    }
    if field.seldom && form.view.focused.as_ref().is_some_and(|f| f.is_within(&at)) {
        form.view.open.insert(at);
    }
}

/// A label as it stands within a sentence: "short venue", but "arXiv" and "DOI".
fn in_sentence(label: &str) -> String {
    if label.chars().skip(1).any(char::is_uppercase) {
        label.to_owned()
    } else {
        label.to_lowercase()
    }
}

fn is_short<T>(field: &Field<T>) -> bool {
    match field.access {
        Access::Date(_) | Access::Link(_) => true,
        Access::Line(_) => field.short,
        _ => false,
    }
}

fn is_empty<T>(record: &T, field: &Field<T>) -> bool {
    match &field.access {
        Access::Line((get, _))
        | Access::Prose((get, _))
        | Access::Date((get, _))
        | Access::Link((get, _))
        | Access::Photo((get, _)) => get(record).is_empty(),
        Access::Lines((get, _)) | Access::Links((get, _)) => get(record).is_empty(),
        Access::People((get, _)) => get(record).is_empty(),
        Access::Labelled((get, _)) => get(record).is_empty(),
        Access::Bullets((get, _)) => get(record).is_empty(),
        Access::Parts((get, _)) => get(record).is_empty(),
    }
}

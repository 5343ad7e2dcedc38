//! Forms, drawn from the fields that records declare.

mod bullets;
mod card;
mod clusters;
mod date;
mod dress;
mod layout;
mod lines;
mod links;
mod menu;
mod parts;
mod people;
mod photo;
mod rich;
mod spelling;
mod text;

pub(super) use self::{
    card::{Card, card},
    layout::{record, some},
    lines::{Words, labelled},
    text::{KEYS, Kind, Text, id, messages, text_field},
};

use crate::{
    app::{command::Command, edit::Edit, spelling::Spelling, view::View},
    at::At,
    field::{Access, Field, Fields},
    finding::Findings,
    interchange::reference::Reference,
    section::SectionKind,
    value::{date::DateStyle, entry::Labelled, person::Spellings},
    variant::Variant,
};
use eframe::egui::Ui;

/// What every part of a form needs besides the value it shows, and where it says what the user did.
pub(super) struct Form<'a> {
    /// Where the caret is and shall be, and which cards are open.
    pub(super) view: &'a mut View,
    /// What is to be said about the profile; the fields show their own.
    pub(super) findings: &'a Findings,
    /// The variants of the profile.
    pub(super) variants: &'a [Variant],
    /// The variant that is shown.
    pub(super) variant: Option<&'a str>,
    /// The spellings of the person's own name.
    pub(super) own: &'a Spellings,
    /// What marks in author lists mean.
    pub(super) marks: &'a [Labelled],
    /// How dates are printed.
    pub(super) dates: DateStyle,
    /// The language of the page.
    pub(super) language: &'a str,
    /// The kinds and titles of all sections, for moving entries.
    pub(super) sections: &'a [(SectionKind, String)],
    /// The words that may be misspelt.
    pub(super) spelling: &'a mut Spelling,
    /// What shall change after drawing.
    pub(super) edits: Vec<Edit>,
    /// What shall be done after drawing.
    pub(super) asked: Option<Command>,
    /// A word that the user says is right.
    pub(super) learned: Option<String>,
    /// Where letters were typed, and the name of that step.
    pub(super) typed: Option<(At, String)>,
    /// Whether a sentence ended with them, and the step with it.
    pub(super) ended: bool,
    /// A reference that was pasted into an empty title, and its text.
    pub(super) pasted: Option<(At, Reference, String)>,
}

impl Form<'_> {
    /// What a mark in author lists means.
    pub(super) fn meaning(&self, mark: char) -> Option<&str> {
        let line = self.marks.iter().find(|line| line.label.trim().starts_with(mark));
        line.map(|line| line.text.as_str())
    }

    /// Whether the caret shall go to `at` or into it.
    pub(super) fn is_wanted(&self, at: &At) -> bool {
        self.view.focus.as_ref().is_some_and(|focus| focus.at.is_within(at))
    }
}

/// Draws one field of a record. `at` is the field's own address.
fn one<T: Fields>(ui: &mut Ui, form: &mut Form<'_>, at: &At, record: &mut T, field: &Field<T>) {
    let text = |kind| Text { at, label: field.label, hint: field.hint, kind };
    let words = Words { label: field.label, hint: field.hint, noun: lines::noun(field.name) };
    match &field.access {
        Access::Line((_, get)) => {
            text_field(ui, form, &text(Kind::Line), get(record));
        }
        Access::Prose((_, get)) => {
            text_field(ui, form, &text(Kind::Prose), get(record));
        }
        Access::Date((_, get)) => {
            date::date_field(ui, form, &text(Kind::Line), get(record));
        }
        Access::Lines((_, get)) => lines::lines(ui, form, at, &words, get(record)),
        Access::Labelled((_, get)) => labelled(ui, form, at, &words, get(record)),
        Access::Parts((_, get)) => parts::parts(ui, form, at, field.label, get(record)),
        Access::Bullets((_, get)) => {
            bullets::bullets(ui, form, &text(Kind::Bullet), get(record));
        }
        Access::People((_, get)) => {
            people::people(ui, form, &text(Kind::Plain), get(record));
        }
        Access::Link((_, get)) => {
            links::link(ui, form, &text(Kind::Plain), get(record));
        }
        Access::Links((_, get)) => {
            links::links(ui, form, &text(Kind::Plain), get(record));
        }
        Access::Photo((_, get)) => {
            photo::photo_field(ui, form, &text(Kind::Plain), get(record));
        }
    }
}

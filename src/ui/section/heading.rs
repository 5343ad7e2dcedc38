//! The row above the entries: what the section is called, whether it is printed, and what can be
//! done with it.

use crate::{
    app::{
        edit::{Edit, split},
        place,
    },
    at::At,
    section::Section,
    typeset::{has_heading, usual_heading},
    ui::{
        form::{Form, Kind, Text, messages, text_field},
        icon, style, switch, widget,
    },
    value::rich::Rich,
};
use eframe::egui::{
    Button, Label, Response, TextStyle, TextWrapMode, Ui, WidgetText, containers::menu::MenuButton,
    vec2,
};

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, at: &At, section: &mut Section) {
    let (title_at, note_at) = (at.field("title"), at.field("note"));
    if form.is_wanted(&title_at) || form.is_wanted(&note_at) {
        form.view.open.insert(at.clone());
    }
    row(ui, form, at, section);
    if section.count() > 1
        && let Some((_, i)) = split(at)
        && widget::link(ui, icon::SORT, "Sort by date").clicked()
    {
        form.edits.push(Edit::Sort(i));
    }
    messages(ui, form, at);
    if form.view.open.contains(at) {
        fields(ui, form, at, section);
    } else if !section.note().is_empty() {
        let note = style::small(ui, Rich::parse(section.note()).to_plain());
        ui.add(Label::new(note).wrap());
    }
}

fn row(ui: &mut Ui, form: &mut Form<'_>, at: &At, section: &Section) {
    let title = place::heading(section, form.language);
    let add = format!("Add {}", section.noun());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let height = ui.spacing().interact_size.y;
        let tool = vec2(height, height);
        // What follows stands at the right, and yet after the title for the Tab key and for a
        // screen reader.
        let words = WidgetText::from(style::medium(&add));
        let galley =
            words.into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, TextStyle::Button);
        let add_width = galley.size().x + 41.0;
        let room = ui.available_width() - add_width - 2.0 * (tool.x + 4.0) - 4.0;
        widget::wide(ui, room.max(60.0), |ui| {
            let on = section.show().is_on(form.variant);
            let heading = style::heading(&title);
            let muted = style::palette(ui).muted;
            let heading = if on { heading } else { heading.color(muted) };
            ui.spacing_mut().item_spacing.x = 10.0;
            ui.add(Label::new(heading).truncate());
            let count = match (on, section.count()) {
                (false, _) => "hidden".to_owned(),
                (true, 0) => String::new(),
                (true, n) => n.to_string(),
            };
            ui.label(style::small(ui, count));
        });
        widget::boxed(ui, tool, |ui| switch::show(ui, form, at, section.show(), &title));
        let button = widget::wide(ui, add_width, |ui| widget::button(ui, icon::ADD, &add));
        if button.clicked() {
            form.edits.push(Edit::Add(at.field("entries"), section.count()));
        }
        // A section that is asked for as a whole: a new one begins with its first entry.
        if form.view.focus.take_if(|focus| focus.at == *at).is_some() && section.count() == 0 {
            button.request_focus();
        }
        widget::boxed(ui, tool, |ui| options(ui, form, at, section));
    });
}

/// The menu of the section.
fn options(ui: &mut Ui, form: &mut Form<'_>, at: &At, section: &Section) -> Response {
    let colour = style::palette(ui).muted;
    let button = Button::new(icon::coloured(icon::MORE, colour).size(17.0));
    let (response, _) = MenuButton::from_button(button.frame_when_inactive(false)).ui(ui, |ui| {
        ui.set_min_width(190.0);
        if ui.button("Rename").clicked() {
            form.view.go_to(&at.field("title"), None);
        }
        if ui.button("Note under the heading").clicked() {
            form.view.go_to(&at.field("note"), None);
        }
        ui.separator();
        let count = section.count();
        let entries = at.field("entries");
        let some = |ui: &mut Ui, words| ui.add_enabled(count > 0, Button::new(words)).clicked();
        if let Some((sections, i)) = split(at) {
            if some(ui, "Open all") {
                form.view.open.extend((0..count).map(|e| entries.index(e)));
            }
            if some(ui, "Close all") {
                form.view.open.retain(|open| !open.is_within(&entries));
            }
            ui.separator();
            for (able, words, to) in [
                (i > 0, "Move section up", i.saturating_sub(1)),
                (i + 1 < form.sections.len(), "Move section down", i + 1),
            ] {
                if ui.add_enabled(able, Button::new(words)).clicked() {
                    form.edits.push(Edit::Shift(sections.clone(), i, to));
                }
            }
        }
        if ui.button("Delete section").clicked() {
            form.edits.push(Edit::Remove(at.clone()));
        }
    });
    widget::seen(response).accessible_name("Section options").on_hover_text("Section options")
}

/// The heading and the note as fields.
fn fields(ui: &mut Ui, form: &mut Form<'_>, at: &At, section: &mut Section) {
    let usual = if has_heading(section) {
        usual_heading(section.kind(), form.language)
    } else {
        "No heading".to_owned()
    };
    let (title_at, note_at) = (at.field("title"), at.field("note"));
    ui.add_space(4.0);
    let heading = Text { at: &title_at, label: "Heading", hint: &usual, kind: Kind::Line };
    text_field(ui, form, &heading, section.title_mut());
    let hint = "* corresponding author";
    let note = Text { at: &note_at, label: "Note under the heading", hint, kind: Kind::Line };
    text_field(ui, form, &note, section.note_mut());
    if widget::plain_button(ui, "Done").clicked() {
        form.view.open.remove(at);
    }
}

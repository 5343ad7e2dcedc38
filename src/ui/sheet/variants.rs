//! The variants of the profile: add, copy, rename, delete, show; headline, summary and page limit
//! of each.

use super::Sheets;
use crate::{
    app::{App, doc::Doc, edit::Edit},
    at::{At, Step},
    look::{Look, Setting},
    profile::Profile,
    theme,
    ui::{icon, look, style, widget},
};
use eframe::egui::{Context, Id, Key, Response, ScrollArea, TextEdit, Ui};

/// The field for the name of a new variant.
const NEW: &str = "new variant";

/// What the user wants done.
enum Wish {
    Do(Edit),
    /// Shows a variant, or the whole profile.
    Show(Option<String>),
    Close,
}

/// Shows it; whether it stays.
pub(super) fn show(ctx: &Context, app: &mut App, sheets: &mut Sheets) -> bool {
    let now = ctx.input(|i| i.time);
    let height = (ctx.content_rect().height() - 220.0).max(160.0);
    let Some(doc) = app.doc_mut() else {
        return false;
    };
    let answer = widget::dialog(ctx, "variants", "Variants", 620.0, |ui| {
        ui.label(style::small(
            ui,
            "A variant is a cut of the profile for one kind of reader: it can leave things out, and have a headline, \
             a summary and a look of its own.",
        ));
        let mut wish = None;
        let count = doc.profile().variants.len();
        names(sheets, doc.profile());
        let list = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        list.show(ui, |ui| {
            for index in 0..count {
                ui.add_space(4.0);
                widget::card(ui).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    if let Some(name) = sheets.names.get_mut(index) {
                        wish = one(ui, doc, index, name, now).or(wish.take());
                    }
                });
            }
        });
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let edit = TextEdit::singleline(&mut sheets.typed).id(Id::unique(NEW));
            let edit = edit.hint_text("industry").desired_width(220.0);
            let field = widget::seen(ui.add(edit)).accessible_name("Name of the new variant");
            if sheets.opening && doc.view.focus.is_none() {
                field.request_focus();
            }
            let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            let name = sheets.typed.trim().to_owned();
            let free = !name.is_empty() && doc.profile().variant(&name).is_none();
            let add =
                ui.add_enabled_ui(free, |ui| widget::button(ui, icon::ADD, "Add variant")).inner;
            if free && (add.clicked() || enter) {
                sheets.typed.clear();
                wish = Some(Wish::Do(Edit::AddVariant(name, None)));
            }
            if widget::plain_button(ui, "Close").clicked() {
                wish = Some(Wish::Close);
            }
        });
        wish
    });
    match answer {
        Some(Some(Wish::Do(edit))) => {
            app.apply(&edit);
            // The next one can be typed at once.
            if let (Edit::AddVariant(_, None), Some(doc)) = (&edit, app.doc_mut()) {
                doc.view.focus = None;
                ctx.memory_mut(|memory| memory.request_focus(Id::unique(NEW)));
            }
            true
        }
        Some(Some(Wish::Show(name))) => {
            doc.view.variant = name;
            true
        }
        Some(None) => true,
        Some(Some(Wish::Close)) | None => false,
    }
}

/// Makes the names that are being typed those of the profile, unless they are being typed.
fn names(sheets: &mut Sheets, profile: &Profile) {
    let stored: Vec<_> = profile.variants.iter().map(|v| v.name.clone()).collect();
    // The stored names are kept after the typed ones, so that a change from elsewhere is seen.
    let known = sheets.names.get(stored.len()..).unwrap_or_default();
    if sheets.names.len() != 2 * stored.len() || known != stored.as_slice() {
        sheets.names = [stored.clone(), stored].concat();
    }
}

/// One variant.
fn one(ui: &mut Ui, doc: &mut Doc, index: usize, name: &mut String, now: f64) -> Option<Wish> {
    let variant = doc.profile().variants.get(index)?.clone();
    let old = &variant.name;
    let mut wish = None;
    let at = At::root().field("variants").index(index);
    let field =
        |ui: &mut Ui, doc: &mut Doc, field: &'static str, label: &str, text: &mut String| {
            let label = ui.label(style::medium(label).small().color(style::palette(ui).muted));
            let edit = TextEdit::singleline(text).desired_width(ui.available_width() - 16.0);
            let response = widget::seen(ui.add(edit)).labelled_by(label.id);
            let asked = doc
                .view
                .focus
                .take_if(|f| f.at == at.field(field) || f.at == at && field == "name");
            if asked.is_some() {
                response.request_focus();
            }
            response
        };
    let renamed: Response = field(ui, doc, "name", &format!("Name of variant {}", index + 1), name);
    let free = name == old || doc.profile().variant(name.trim()).is_none();
    if !free {
        let words = format!("There is already a variant called “{}”", name.trim());
        ui.label(style::small(ui, words).color(style::palette(ui).error));
    }
    if renamed.lost_focus() && name != old {
        if free && !name.trim().is_empty() {
            wish = Some(Wish::Do(Edit::RenameVariant(index, name.trim().to_owned())));
        } else {
            name.clone_from(old);
        }
    }
    let (shown, hidden) = counts(doc.profile(), old);
    ui.label(style::small(
        ui,
        format!("{shown} {} shown, {hidden} hidden", if shown == 1 { "entry" } else { "entries" }),
    ));
    let mut headline = variant.headline.clone();
    if field(ui, doc, "headline", &format!("Headline of {old}"), &mut headline).changed() {
        if let Some(variant) = doc.file.profile.variants.get_mut(index) {
            variant.headline = headline;
        }
        doc.typed(&at.field("headline"), "Edit headline", now);
    }
    let mut summary = variant.summary.clone();
    if field(ui, doc, "summary", &format!("Summary of {old}"), &mut summary).changed() {
        if let Some(variant) = doc.file.profile.variants.get_mut(index) {
            variant.summary = summary;
        }
        doc.typed(&at.field("summary"), "Edit summary", now);
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(style::medium("Page limit").small().color(style::palette(ui).muted));
        if let Some(setting) = Setting::named("pages") {
            let (style, _) = theme::style(doc.profile(), Some(&variant), &Look::default());
            let list =
                ui.push_id(index, |ui| look::control(ui, setting, &(setting.of)(&style))).inner;
            widget::seen(list.response).accessible_name(format!("Page limit of {old}"));
            if let Some(datum) = list.new {
                let mut look = variant.look.clone();
                (setting.set)(&mut look, Some(datum));
                doc.look_changed(Some(index), look, "pages", now);
            }
        }
        let on = doc.view.variant.as_ref() == Some(old);
        let (letter, words) =
            if on { (icon::HIDDEN, "Show whole profile") } else { (icon::SHOWN, "Show") };
        let show = widget::button(ui, letter, words).accessible_name(format!("{words}: {old}"));
        if show.clicked() {
            wish = Some(Wish::Show((!on).then(|| old.clone())));
        }
        let copy = widget::button(ui, icon::COPY, "Copy").accessible_name(format!("Copy {old}"));
        if copy.clicked() {
            let name = copied(doc.profile(), old);
            wish = Some(Wish::Do(Edit::AddVariant(name, Some(old.clone()))));
        }
        let delete = widget::button(ui, icon::DELETE, "Delete");
        if delete.accessible_name(format!("Delete {old}")).clicked() {
            wish = Some(Wish::Do(Edit::RemoveVariant(index)));
        }
    });
    wish
}

/// A free name for a copy.
fn copied(profile: &Profile, name: &str) -> String {
    let first = format!("{name} copy");
    let more = (2..).map(|n| format!("{name} copy {n}"));
    std::iter::once(first)
        .chain(more)
        .find(|name| profile.variant(name).is_none())
        .unwrap_or_default()
}

/// How many entries a variant shows, and how many it hides.
fn counts(profile: &Profile, variant: &str) -> (usize, usize) {
    let (mut shown, mut hidden) = (0, 0);
    profile.switches(&mut |at, show| {
        if let [
            Step::Field("sections"),
            Step::Index(section),
            Step::Field("entries"),
            Step::Index(_),
        ] = at.steps()
        {
            let section = profile.sections.get(*section);
            let on =
                section.is_some_and(|s| s.show().is_on(Some(variant))) && show.is_on(Some(variant));
            if on { shown += 1 } else { hidden += 1 }
        }
    });
    (shown, hidden)
}

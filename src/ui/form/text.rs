//! A text with its label, its hint and its message: the one text field that all forms use.

use super::{
    Form,
    clusters::{self, Clusters},
    dress, menu, rich, spelling,
};
use crate::{
    at::{At, Step},
    finding::{Code, Finding, Severity},
    interchange::reference,
    section::SectionKind,
    ui::{keys, queue, style, widget, words},
};
use eframe::egui::{
    Event, EventFilter, Id, Label, Response, RichText, Stroke, TextEdit, Ui,
    accesskit::Live,
    text::{CCursor, CCursorRange},
    vec2,
};

/// What kind of text a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Kind {
    /// One line of rich text, which wraps where it is too long for the field.
    Line,
    /// Several lines of rich text, which wrap.
    Prose,
    /// One paragraph of rich text, which wraps; Enter does something else.
    Bullet,
    /// One line of text without markup.
    Plain,
}

/// A field to be drawn.
pub(in crate::ui) struct Text<'a> {
    /// Where it stands; also what its widget is known by.
    pub(in crate::ui) at: &'a At,
    /// Its name.
    pub(in crate::ui) label: &'a str,
    /// An example, shown while it is empty.
    pub(in crate::ui) hint: &'a str,
    /// How it is edited.
    pub(in crate::ui) kind: Kind,
}

/// The id of the widget of the field at `at`.
pub(in crate::ui) fn id(at: &At) -> Id {
    Id::unique(("field", at))
}

/// Draws a label, the text under it, and what is to be said about it.
pub(in crate::ui) fn text_field(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    value: &mut String,
) -> Response {
    let toolbar = |ui: &mut Ui, _: &mut Form<'_>, value: &mut String| match field.kind {
        Kind::Plain => false,
        _ => rich::toolbar(ui, id(field.at), value),
    };
    labelled(ui, form, field, value, toolbar, |ui, form, value, styled| {
        let response = edit(ui, form, field, value);
        if styled {
            rich::styled(form, field);
        }
        response
    })
}

/// Draws the label with what `beside` draws after it, under them the field that `draw` draws, and
/// what is to be said about it.
pub(super) fn labelled<T>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    value: &mut String,
    beside: impl FnOnce(&mut Ui, &mut Form<'_>, &mut String) -> T,
    draw: impl FnOnce(&mut Ui, &mut Form<'_>, &mut String, T) -> Response,
) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        // What is said stands beside the label: a row of its own would move all that is below.
        let (label, found) = rich::label(ui, field.label, |ui| {
            let found = beside(ui, form, value);
            message_beside(ui, form, field.at);
            found
        });
        let response = draw(ui, form, value, found).labelled_by(label.id);
        ui.add_space(3.0);
        response
    })
    .inner
}

/// Draws the text itself, over the width that is there. The caller names it.
pub(in crate::ui) fn edit(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    value: &mut String,
) -> Response {
    let worst = form.findings.at(field.at).map(|f| f.severity).min();
    let palette = style::palette(ui);
    let stroke = match worst {
        Some(Severity::Error) => Some(palette.error),
        Some(Severity::Warning) => Some(palette.warning),
        Some(Severity::Note) | None => None,
    };
    let id = id(field.at);
    take_focus(ui, form, field.at, value);
    rich::resume(ui, id);
    let one_line = matches!(field.kind, Kind::Line | Kind::Plain);
    if one_line {
        enter(ui, id, Some(value.as_str()));
    } else if queue::field(ui.ctx(), id, false) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if value.is_empty() && ui.memory(|memory| memory.has_focus(id)) {
        paste_reference(ui, form, field.at);
    }
    let styled = field.kind != Kind::Plain && rich::keys(ui, id, value);
    let before = cursors(ui, id);
    let caret = dress::caret(ui, id, value);
    if clusters::has_any(value) && ui.memory(|memory| memory.has_focus(id)) {
        keys::step_by_step(ui.ctx());
    }
    let response = ui
        .scope(|ui| {
            if let Some(colour) = stroke {
                let w = &mut ui.visuals_mut().widgets;
                for widget in [&mut w.inactive, &mut w.hovered] {
                    widget.bg_stroke = Stroke::new(1.0, colour);
                }
            }
            let mut text = Clusters { text: &mut *value, one_line: field.kind == Kind::Line };
            let edit = match field.kind {
                Kind::Plain => TextEdit::singleline(&mut text).return_key(None),
                // It wraps as the others do, though no key breaks it.
                Kind::Line => TextEdit::multiline(&mut text).desired_rows(1).return_key(None),
                Kind::Prose => TextEdit::multiline(&mut text).desired_rows(3),
                Kind::Bullet => TextEdit::multiline(&mut text).desired_rows(1).return_key(None),
            };
            let margin = vec2(8.0, 6.0);
            let edit = edit
                .id(id)
                .hint_text(field.hint)
                .margin(margin)
                .event_filter(KEYS)
                .desired_width(ui.available_width());
            let mut layouter = dress::layouter(field.kind != Kind::Line, caret);
            let output = match field.kind {
                Kind::Plain => edit.show(ui),
                _ => edit.layouter(&mut layouter).show(ui),
            };
            if field.kind == Kind::Bullet {
                rich::remember(ui, id, &output.galley);
            }
            menu::keep_selection(ui, &output, before);
            spelling::mark(ui, form.spelling, field.at, value, &output);
            output.response.response
        })
        .inner;
    keep_whole(ui, id, value, before);
    let response = widget::seen(response);
    // The click on an item takes the selection away in the same frame.
    let selected = [before, cursors(ui, id)].iter().flatten().any(|range| !range.is_empty());
    menu::show(ui, form, field.at, &response, selected);
    if one_line && response.gained_focus() && queue::is_tabbed(ui.ctx()) {
        select_all(ui, id, value);
    }
    if response.has_focus() {
        form.view.focused = Some(field.at.clone());
        form.view.caret = rich::selection(ui, id, value).map(|selection| selection.end);
        form.ended |= response.changed() && ends(value, form.view.caret);
    }
    if response.changed() || styled {
        form.typed =
            Some((field.at.clone(), format!("Edit {}", crate::field::in_sentence(field.label))));
    }
    response
}

/// The keys that a field keeps for itself. Escape is one, for the caret stays where it is; Tab is
/// none.
pub(in crate::ui) const KEYS: EventFilter =
    EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };

/// Enter goes from a field of one line to the next one, with Shift to the one before. The field
/// that it comes to has all its text selected, when that is known.
pub(super) fn enter(ui: &Ui, id: Id, value: Option<&str>) {
    if queue::field(ui.ctx(), id, true) {
        select_all(ui, id, value.unwrap_or_default());
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.ctx().request_repaint();
    } else if ui.memory(|memory| memory.has_focus(id))
        && let Some(forward) = keys::enter(ui.ctx())
    {
        queue::leave(ui.ctx(), id, forward);
    }
}

/// Whether a sentence or a line ends before the caret.
fn ends(value: &str, caret: Option<usize>) -> bool {
    let before = caret.and_then(|caret| value.get(..caret)).unwrap_or_default();
    let sentence = before.strip_suffix(char::is_whitespace);
    before.ends_with('\n')
        || before.ends_with(['。', '！', '？'])
        || sentence.is_some_and(|text| text.ends_with(['.', '!', '?', ':', ';']))
}

/// Looks whether a reference is pasted into the empty title of a publication.
fn paste_reference(ui: &Ui, form: &mut Form<'_>, at: &At) {
    let [Step::Field("sections"), Step::Index(section), _, Step::Index(_), Step::Field("title")] =
        at.steps()
    else {
        return;
    };
    let kind = form.sections.get(*section).map(|(kind, _)| *kind);
    if kind != Some(SectionKind::Publications) {
        return;
    }
    let found = keys::intercept(
        ui.ctx(),
        |event| matches!(event, Event::Paste(_)),
        |event| match event {
            Event::Paste(text) => match reference::read(text) {
                Some(found) => keys::Answer::Taken((found, text.clone())),
                None => keys::Answer::Text,
            },
            _ => keys::Answer::Text,
        },
    );
    form.pasted = found.map(|(found, text)| (at.clone(), found, text)).or(form.pasted.take());
}

/// Where the caret and the other end of the selection are.
fn cursors(ui: &Ui, id: Id) -> Option<CCursorRange> {
    TextEdit::load_state(ui.ctx(), id)?.cursor.char_range()
}

/// Takes a caret out of a letter of several characters, on in the direction in which it came from
/// `before`.
fn keep_whole(ui: &Ui, id: Id, value: &str, before: Option<CCursorRange>) {
    if !clusters::has_any(value) {
        return;
    }
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    if let Some(now) = state.cursor.char_range() {
        let whole = clusters::between(value, now, before);
        if whole != now {
            state.cursor.set_char_range(Some(whole));
            state.store(ui.ctx(), id);
        }
    }
}

fn select_all(ui: &Ui, id: Id, value: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::select_all_str(value)));
    state.store(ui.ctx(), id);
}

/// Gives the field the focus when it was asked for, with the caret where it was asked for. [`edit`]
/// does so; what looks at the keys before does it first.
pub(in crate::ui) fn take_focus(ui: &Ui, form: &mut Form<'_>, at: &At, value: &str) {
    if ui.input(|i| i.pointer.any_click()) {
        // A field gives the focus away when something else was clicked in the same frame.
        ui.ctx().request_repaint();
        return;
    }
    // An entry is asked for by its own address: its first field gets the caret.
    let wanted = form.view.focus.take_if(|f| f.at == *at || at.is_within(&f.at));
    let Some(focus) = wanted else {
        return;
    };
    let range = match focus.byte.filter(|_| focus.at == *at) {
        Some(byte) => {
            let end = focus.end.unwrap_or(byte);
            rich::cursors(value, &(byte..end))
        }
        None if focus.at == *at => CCursorRange::select_all_str(value),
        None => CCursorRange::one(CCursor::end_of_str(value)),
    };
    let id = id(at);
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
    ui.memory_mut(|memory| memory.request_focus(id));
    // What stands above the field and shows that it has the focus was drawn already.
    ui.ctx().request_repaint();
}

/// What is to be said about the thing at `at`, in small letters, each on a row.
pub(in crate::ui) fn messages(ui: &mut Ui, form: &Form<'_>, at: &At) {
    for finding in form.findings.at(at) {
        ui.label(message(ui, finding));
    }
}

/// What is to be said about a list and its elements, on the rest of the row of its label, so that
/// nothing below moves: `places` are those of its elements, each with what the element is called.
pub(super) fn messages_beside(ui: &mut Ui, form: &Form<'_>, list: &At, places: &[(String, At)]) {
    message_beside(ui, form, list);
    for (name, at) in places {
        if form.findings.at(at).next().is_some() && ui.available_width() > 80.0 {
            ui.add_space(6.0);
            ui.label(style::small(ui, format!("{name}:")));
            message_beside(ui, form, at);
        }
    }
}

/// The same on the rest of a row; all of it is shown when the pointer is on it.
fn message_beside(ui: &mut Ui, form: &Form<'_>, at: &At) {
    let findings: Vec<&Finding> = form.findings.at(at).collect();
    if findings.is_empty() {
        return;
    }
    ui.add_space(6.0);
    for finding in &findings {
        if ui.available_width() < 24.0 {
            return;
        }
        let words = message(ui, finding);
        let all = words.text().to_owned();
        let label = ui.add(Label::new(words).truncate());
        let cut = label.intrinsic_size().is_some_and(|size| size.x > label.rect.width() + 1.0);
        let label = label.accessible_name(&all);
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(Live::Polite));
        if cut {
            label.on_hover_text(all);
        }
    }
}

/// One thing that is to be said, in words.
fn message(ui: &Ui, finding: &Finding) -> RichText {
    let palette = style::palette(ui);
    if finding.code == Code::FieldRequired {
        // Said in words for the file; here its label stands beside it.
        return style::small(ui, "Needed on the page");
    }
    let colour = match finding.severity {
        Severity::Error => palette.error,
        Severity::Warning => palette.warning,
        Severity::Note => palette.muted,
    };
    let hint = words::hint(finding);
    let hint = if hint.is_empty() { String::new() } else { format!("; {hint}") };
    let text = words::sentence(&format!("{}{hint}", finding.message));
    RichText::new(text).small().color(colour)
}

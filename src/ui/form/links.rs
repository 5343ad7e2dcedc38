//! Links: what was recognised stands beside what was typed, and a pasted address becomes its short
//! form.

use super::{
    Form, rich,
    text::{self, Kind, Text},
};
use crate::{
    app::edit::{Edit, noun_in},
    at::{At, Step},
    ui::{drag, icon, keys, style, widget},
    value::link::{Link, LinkKind},
};
use eframe::egui::{Align, Event, Key, Layout, Modifiers, Rect, Response, Ui, vec2};

/// How wide what was recognised stands beside a field.
const BESIDE: f32 = 170.0;
/// How wide the button after it is, with its gaps.
const AFTER: f32 = 60.0;

/// The kinds that a bare word can be, in the order in which they are offered.
const KINDS: [LinkKind; 16] = [
    LinkKind::GitHub,
    LinkKind::LinkedIn,
    LinkKind::Orcid,
    LinkKind::GoogleScholar,
    LinkKind::GitLab,
    LinkKind::SemanticScholar,
    LinkKind::Dblp,
    LinkKind::X,
    LinkKind::Bluesky,
    LinkKind::HuggingFace,
    LinkKind::OpenReview,
    LinkKind::StackOverflow,
    LinkKind::ResearchGate,
    LinkKind::YouTube,
    LinkKind::Kaggle,
    LinkKind::Telegram,
];

/// Draws one link with its label.
pub(in crate::ui) fn link(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    value: &mut String,
) -> Response {
    let kind = kind_of(field.at);
    let beside = |ui: &mut Ui, form: &mut Form<'_>, value: &mut String| {
        ui.add_space(8.0);
        recognised(ui, form, field.at, value, kind);
    };
    text::labelled(ui, form, field, value, beside, |ui, form, value, ()| {
        one(ui, form, field, value, kind)
    })
}

/// Draws a list of links with its label.
pub(in crate::ui) fn links(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    list: &mut [String],
) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let noun = noun_in(field.at);
        let count = list.len();
        rich::label(ui, field.label, |ui| {
            let name = |i| format!("{} {}", capital(noun), i + 1);
            let places: Vec<_> = (0..count).map(|i| (name(i), field.at.index(i))).collect();
            text::messages_beside(ui, form, field.at, &places);
        });
        let mut places = vec![];
        for (i, value) in list.iter_mut().enumerate() {
            let at = field.at.index(i);
            let row = Text { at: &at, label: noun, hint: field.hint, kind: Kind::Plain };
            places.push((i, line(ui, form, &row, value, (i, count))));
        }
        form.edits.extend(drag::landing(ui, field.at, &places));
        if widget::link(ui, icon::ADD, &format!("Add {noun}")).clicked() {
            form.edits.push(Edit::Add(field.at.clone(), count));
        }
        ui.add_space(3.0);
    });
}

/// One row of a list.
fn line(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    value: &mut String,
    (i, count): (usize, usize),
) -> Rect {
    let noun = field.label;
    let kind = kind_of(field.at);
    text::take_focus(ui, form, field.at, value);
    act(ui, form, field, value, i);
    let row = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        drag::handle(ui, &field.at.parent(), i, &format!("{noun} {}", i + 1));
        let room = ui.available_width() - AFTER;
        let wide = room > 360.0;
        let width = if wide { room - BESIDE } else { room };
        let column = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(width, 30.0), column, |ui| {
            ui.set_width(width);
            let name = capital(&format!("{noun} {} of {count}", i + 1));
            one(ui, form, field, value, kind).accessible_name(name);
            if !wide {
                recognised(ui, form, field.at, value, kind);
            }
        });
        if wide {
            ui.allocate_ui_with_layout(
                vec2(BESIDE, 30.0),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_width(BESIDE);
                    recognised(ui, form, field.at, value, kind);
                },
            );
        }
        if widget::icon_button(ui, icon::DELETE, &format!("Delete {noun} {}", i + 1)).clicked() {
            form.edits.push(Edit::Remove(field.at.clone()));
        }
    });
    row.response.rect
}

/// Enter goes on with the next line, Backspace takes an empty one away.
fn act(ui: &Ui, form: &mut Form<'_>, field: &Text<'_>, value: &str, i: usize) {
    if !ui.memory(|memory| memory.has_focus(text::id(field.at))) {
        return;
    }
    let act = |event: &Event| match event {
        Event::Key { key, pressed: true, modifiers: Modifiers::NONE, .. } => match key {
            Key::Enter => Some(Edit::Add(field.at.parent(), i + 1)),
            Key::Backspace if value.is_empty() => Some(Edit::Remove(field.at.clone())),
            _ => None,
        },
        _ => None,
    };
    let taken = keys::intercept(
        ui.ctx(),
        |event| act(event).is_some(),
        |event| act(event).map_or(keys::Answer::Text, keys::Answer::Taken),
    );
    form.edits.extend(taken);
}

/// The text itself.
fn one(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    value: &mut String,
    kind: Option<LinkKind>,
) -> Response {
    let pasted = ui.memory(|memory| memory.has_focus(text::id(field.at)))
        && ui.input(|input| input.events.iter().any(|e| matches!(e, Event::Paste(_))));
    let response = text::edit(ui, form, field, value);
    if pasted
        && response.changed()
        && let Some(short) = short(value, kind)
    {
        // A step of its own, so that one undo gives back what was pasted.
        form.edits.push(Edit::SetText(field.at.clone(), short));
    }
    response
}

/// What was recognised; for a word that could be anything, a menu of what it is.
fn recognised(ui: &mut Ui, form: &mut Form<'_>, at: &At, value: &str, kind: Option<LinkKind>) {
    let link = read(value, kind);
    if link.url.is_some() {
        let words = words(&link, value);
        let label = eframe::egui::Label::new(style::small(ui, words)).truncate();
        ui.add(label).on_hover_text(link.url.unwrap_or_default());
        return;
    }
    let offers = offers(value);
    if kind.is_some() || offers.is_empty() {
        return;
    }
    let words = style::small(ui, "What is it?");
    let menu = ui.menu_button(words, |ui| {
        for (kind, text) in offers {
            if ui.button(kind.name()).clicked() {
                ui.close();
                form.edits.push(Edit::SetText(at.clone(), text));
            }
        }
    });
    let name = format!("What is {value}?");
    widget::seen(menu.response).accessible_name(name);
}

/// The kind that a field's own name tells.
fn kind_of(at: &At) -> Option<LinkKind> {
    at.steps().iter().rev().find_map(|step| match step {
        Step::Field("doi") => Some(LinkKind::Doi),
        Step::Field("arxiv") => Some(LinkKind::ArXiv),
        Step::Field("emails") => Some(LinkKind::Email),
        Step::Field("phones") => Some(LinkKind::Phone),
        _ => None,
    })
}

fn read(value: &str, kind: Option<LinkKind>) -> Link {
    let of_kind = kind.map(|kind| Link::of(kind, value)).filter(|link| link.url.is_some());
    of_kind.unwrap_or_else(|| Link::parse(value))
}

/// What was recognised, in words: `GitHub · jdoe`. What can be seen already is not said again.
fn words(link: &Link, value: &str) -> String {
    let (name, short) = (link.kind.name(), link.short());
    if short == value.trim() {
        name.to_owned()
    } else if short.to_lowercase().starts_with(&name.to_lowercase()) {
        short
    } else {
        format!("{name} · {short}")
    }
}

/// The short form of a whole address of a known place, as the file has it; `None` when it stays as
/// it is.
fn short(value: &str, kind: Option<LinkKind>) -> Option<String> {
    let value = value.trim();
    let link = read(value, kind);
    let known =
        !matches!(link.kind, LinkKind::Web | LinkKind::Email | LinkKind::Phone | LinkKind::Other);
    if !known || !value.contains('/') || link.label.is_some() || link.handle.is_empty() {
        return None;
    }
    let short = match link.kind {
        _ if kind == Some(link.kind) => link.handle.clone(),
        LinkKind::Orcid => format!("ORCID {}", link.handle),
        LinkKind::Doi | LinkKind::ArXiv => link.short(),
        _ => {
            let text = Link::of(link.kind, &link.handle).text;
            text.strip_prefix("www.").unwrap_or(&text).to_owned()
        }
    };
    // Only what leads to the same place.
    let again = read(&short, kind);
    let same = (again.kind, &again.handle) == (link.kind, &link.handle);
    (same && short != value).then_some(short)
}

/// What a bare word may be, each with the text that says so.
fn offers(value: &str) -> Vec<(LinkKind, String)> {
    let value = value.trim();
    if value.is_empty() || value.contains([' ', '/', ':', '.']) {
        return vec![];
    }
    let offer = |kind: LinkKind| {
        Link::of(kind, value).url.as_ref()?;
        let text = format!("{}: {value}", kind.name());
        (Link::parse(&text).kind == kind).then_some((kind, text))
    };
    KINDS.into_iter().filter_map(offer).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_addresses_become_short_forms() {
        use LinkKind::{ArXiv, Doi};
        for (value, kind, expected) in [
            ("https://github.com/zofia", None, Some("github.com/zofia")),
            ("https://www.github.com/zofia/", None, Some("github.com/zofia")),
            ("https://www.linkedin.com/in/zofia/", None, Some("linkedin.com/in/zofia")),
            ("https://orcid.org/0000-0002-1825-0097", None, Some("ORCID 0000-0002-1825-0097")),
            ("https://doi.org/10.5555/example", Some(Doi), Some("10.5555/example")),
            ("https://arxiv.org/abs/2401.01234", Some(ArXiv), Some("2401.01234")),
            ("github.com/zofia", None, None),
            ("https://example.org/zofia", None, None),
            ("https://github.com/zofia/vitae/tree/main?x=1", None, None),
            ("[Code](https://github.com/zofia)", None, None),
            ("zofia@example.org", None, None),
            ("zofia", None, None),
        ] {
            assert_eq!(short(value, kind).as_deref(), expected, "{value:?}");
        }
    }

    #[test]
    fn bare_words_may_be_anything() {
        let all = offers("zofia");
        assert!(all.contains(&(LinkKind::GitHub, "GitHub: zofia".to_owned())));
        assert!(all.iter().all(|(kind, text)| Link::parse(text).kind == *kind));
        assert!(!all.iter().any(|(kind, _)| *kind == LinkKind::Orcid));
        for value in ["", "two words", "github.com/x", "github: x"] {
            assert_eq!(offers(value), [], "{value:?}");
        }
    }

    #[test]
    fn what_was_recognised_in_words() {
        for (value, expected) in [
            ("github: zofia", "GitHub · zofia"),
            ("zofia@example.org", "Email"),
            ("https://arxiv.org/abs/2401.01234", "arXiv:2401.01234"),
            ("https://example.org/", "Website · example.org"),
        ] {
            assert_eq!(words(&Link::parse(value), value), expected, "{value:?}");
        }
    }
}

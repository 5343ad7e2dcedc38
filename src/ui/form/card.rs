//! A card: an entry of a section or a part of an entry, closed to one line or open with its fields.

use super::{Form, date, record};
use crate::{
    app::{edit::Edit, view::Focus},
    at::{At, Step},
    section::Record,
    ui::{context, drag, icon, style, switch, widget},
    value::rich::Rich,
    variant::switched,
};
use eframe::egui::{
    AtomExt as _, Button, Rect, Response, RichText, Ui, containers::menu::MenuButton, vec2,
};

/// The width of an icon button at the end of the line.
const TOOL: f32 = 30.0;

/// Where a card stands.
pub(in crate::ui) struct Card<'a> {
    /// The list it is an element of.
    pub(in crate::ui) list: &'a At,
    /// Its place there.
    pub(in crate::ui) index: usize,
    /// How many there are.
    pub(in crate::ui) count: usize,
}

/// Draws a card over the width that is there; gives the place it took.
pub(in crate::ui) fn card<R: Record>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    card: &Card<'_>,
    entry: &mut R,
) -> Rect {
    let at = card.list.index(card.index);
    let open = form.view.open.contains(&at);
    let frame = widget::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        header(ui, form, card, &at, open, entry);
        if open {
            ui.add_space(4.0);
            super::text::messages(ui, form, &at);
            record(ui, form, &at, entry);
            ui.add_space(4.0);
        }
    });
    frame.response.rect
}

/// The title of an entry in plain words, or what stands for it.
pub(in crate::ui) fn name<R: Record>(entry: &R) -> String {
    // Free text is its own title: its beginning is enough.
    let start: String = entry.title().trim().chars().take(160).collect();
    let plain = Rich::parse(start.lines().next().unwrap_or_default()).to_plain();
    if plain.trim().is_empty() { format!("Untitled {}", R::NOUN) } else { plain }
}

/// A card narrower than this, in points, shows fewer tools.
const NARROW: f32 = 400.0;

/// The line that is always there: handle, title with date, switch, duplicate, delete, more.
fn header<R: Record>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    card: &Card<'_>,
    at: &At,
    open: bool,
    entry: &mut R,
) {
    let name = name(entry);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        drag::handle(ui, card.list, card.index, &name);
        // On a narrow form the title matters more than tools that the menu has, too.
        let narrow = ui.available_width() < NARROW;
        let tools = if narrow { 2.0 } else { 4.0 };
        let room = (ui.available_width() - tools * (TOOL + 2.0)).max(80.0);
        let line = widget::wide(ui, room, |ui| title(ui, form, at, open, &name, entry));
        let corner = line.has_focus().then(|| line.rect.left_bottom());
        context::menu(&line, corner, |ui| items(ui, form, card, at, entry));
        let mut used = vec![line];
        used.push(tool(ui, |ui| switch::show(ui, form, at, entry.show(), &name)));
        if !narrow {
            let words = format!("Duplicate {name}");
            let copy = tool(ui, |ui| widget::icon_button(ui, icon::COPY, &words));
            if copy.clicked() {
                form.edits.push(Edit::Duplicate(at.clone()));
            }
            used.push(copy);
            let words = format!("Delete {name}");
            let gone = tool(ui, |ui| widget::icon_button(ui, icon::DELETE, &words));
            if gone.clicked() {
                form.edits.push(Edit::Remove(at.clone()));
            }
            used.push(gone);
        }
        used.push(tool(ui, |ui| more(ui, form, card, at, &name, entry)));
        // The commands for entries are about the one whose line has the focus.
        if used.iter().any(Response::has_focus) {
            form.view.focused = Some(at.clone());
        }
    });
}

/// The title with the date, as one button that opens and closes the card.
fn title<R: Record>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: &At,
    open: bool,
    name: &str,
    entry: &R,
) -> Response {
    let palette = style::palette(ui);
    let shown = entry.show().is_on(form.variant);
    let untitled = entry.title().trim().is_empty();
    let colour = if shown && !untitled { palette.text } else { palette.muted };
    let caret = if open { icon::OPENED } else { icon::CLOSED };
    let date = date::print(form, entry.date());
    let date: String = date.chars().take(32).collect();
    let atoms = (
        icon::coloured(caret, palette.muted).size(13.0),
        style::bold(name).color(colour).atom_shrink(true),
    );
    let button = Button::new(atoms)
        .frame_when_inactive(false)
        .truncate()
        .gap(8.0)
        .min_size(vec2(ui.available_width(), ui.spacing().interact_size.y))
        .right_text(RichText::new(&date).small().color(palette.muted));
    let mut words = name.to_owned();
    if !date.is_empty() {
        words = format!("{words}, {date}");
    }
    if !shown {
        words += ", hidden";
    }
    let response = widget::seen(ui.add(button)).accessible_name(words);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(open));
    let here = |focus: &mut Focus| focus.at == *at && !open;
    if form.view.focus.take_if(here).is_some() {
        response.request_focus();
        response.scroll_to_me(None);
        form.view.focused = Some(at.clone());
    }
    if response.clicked() {
        // What is said by keys next is about this entry.
        response.request_focus();
        if open {
            form.view.open.retain(|other| !other.is_within(at));
        } else {
            form.view.open.insert(at.clone());
        }
    }
    let cut = response.intrinsic_size().is_some_and(|size| size.x > response.rect.width() + 1.0);
    if cut { response.on_hover_text(name) } else { response }
}

/// The words for how much something matters.
const WEIGHTS: [(i8, &str); 5] = [
    (2, "Matters much more"),
    (1, "Matters more"),
    (0, "Matters as usual"),
    (-1, "Matters less"),
    (-2, "Matters much less"),
];

/// The menu of everything that is done more seldom.
fn more<R: Record>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    card: &Card<'_>,
    at: &At,
    name: &str,
    entry: &R,
) -> Response {
    let colour = style::palette(ui).muted;
    let button =
        Button::new(icon::coloured(icon::MORE, colour).size(15.0)).frame_when_inactive(false);
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        items(ui, form, card, at, entry);
    });
    let response = widget::seen(response).accessible_name(format!("More about {name}"));
    response.on_hover_text("Add, move, or say how much it matters")
}

/// The items of the menu, which the second button on the title opens, too.
fn items<R: Record>(ui: &mut Ui, form: &mut Form<'_>, card: &Card<'_>, at: &At, entry: &R) {
    ui.set_min_width(190.0);
    let noun = R::NOUN;
    let (list, index) = (card.list, card.index);
    if ui.button(format!("Add {noun} after this")).clicked() {
        form.edits.push(Edit::Add(list.clone(), index + 1));
    }
    if ui.button("Duplicate").clicked() {
        form.edits.push(Edit::Duplicate(at.clone()));
    }
    let on = entry.show().is_on(form.variant);
    if ui.button(if on { "Hide on the page" } else { "Show on the page" }).clicked() {
        let new = switched(entry.show(), form.variant, !on, form.variants);
        form.edits.push(Edit::SetShow(at.clone(), new));
    }
    if ui.button("Delete").clicked() {
        form.edits.push(Edit::Remove(at.clone()));
    }
    if ui.add_enabled(index > 0, Button::new("Move up")).clicked() {
        form.edits.push(Edit::Shift(list.clone(), index, index.saturating_sub(1)));
    }
    if ui.add_enabled(index + 1 < card.count, Button::new("Move down")).clicked() {
        form.edits.push(Edit::Shift(list.clone(), index, index + 1));
    }
    for (section, title) in other_sections(form, at) {
        if ui.button(format!("Move to “{title}”")).clicked() {
            form.edits.push(Edit::MoveTo(at.clone(), section));
        }
    }
    ui.separator();
    for (weight, words) in WEIGHTS {
        // A circle has no outline in a menu.
        if ui.selectable_label(entry.weight().clamp(-2, 2) == weight, words).clicked() {
            form.edits.push(Edit::SetWeight(at.clone(), weight));
            ui.close();
        }
    }
    ui.label(style::small(
        ui,
        "What matters least is offered first for leaving\nout when the page is too long",
    ));
}

/// The other sections of the kind that the entry at `at` is of, with their titles.
fn other_sections(form: &Form<'_>, at: &At) -> Vec<(usize, String)> {
    let [_, Step::Index(own), Step::Field("entries"), Step::Index(_)] = at.steps() else {
        return vec![];
    };
    let kind = form.sections.get(*own).map(|(kind, _)| *kind);
    let others = form.sections.iter().enumerate();
    others
        .filter(|(i, (other, _))| i != own && Some(*other) == kind)
        .map(|(i, (_, title))| (i, title.clone()))
        .collect()
}

fn tool(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    widget::boxed(ui, vec2(TOOL, ui.spacing().interact_size.y), add)
}

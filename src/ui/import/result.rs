//! What was made of the document that is brought in: a card for the person and for each entry, and
//! what is left over.

use super::{
    document::{Desk, Over},
    map::Map,
    say::{self, Say},
};
use crate::{
    at::{At, Step},
    finding::Code,
    interchange::merge::{Decision, Doubt, Plan},
    section::Section,
    typeset::usual_heading,
    ui::{icon, style, widget, words},
    value::rich::Rich,
};
use eframe::egui::{
    Align, Button, Checkbox, DragAndDrop, FontSelection, Frame, Label, Margin, RichText,
    ScrollArea, Sense, Ui, text::LayoutJob,
};
use std::ops::Range;

/// So many pieces of what is left over are listed; the document marks all of them.
const MOST_LEFT: usize = 24;
/// So many letters of a piece are shown.
const LONGEST_LEFT: usize = 64;

/// A text of an entry.
struct Said {
    at: At,
    label: &'static str,
    text: String,
}

/// Draws it; what the pointer is over goes into `over`.
pub(super) fn show(
    ui: &mut Ui,
    map: &Map<'_>,
    plan: &mut Plan,
    desk: &mut Desk,
    over: &mut Over,
    height: f32,
) -> Option<Say> {
    let mut say = None;
    ui.horizontal(|ui| {
        ui.label(style::bold("Your profile"));
        ui.label(style::small(ui, "what comes of it"));
    });
    ui.add_space(4.0);
    let area = ScrollArea::vertical().id_salt("result cards").max_height(height - 24.0);
    area.auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        say = left(ui, map, desk);
        let profile = &map.draft.recognised.import.profile;
        let mut texts: Vec<Said> = vec![];
        profile.texts(None, &mut |text| {
            let (at, label) = (text.at, text.label);
            texts.push(Said { at, label, text: Rich::parse(text.text).to_plain() });
        });
        let of = |owner: &At| texts.iter().filter(|said| said.at.is_within(owner)).collect();
        let person = At::root().field("person");
        let of_person: Vec<&Said> = of(&person);
        if profile.sections.is_empty() {
            nothing(ui);
        }
        if !of_person.is_empty() {
            say = card(ui, map, plan, desk, over, &person, &of_person).or(say.take());
        }
        for (index, section) in profile.sections.iter().enumerate() {
            let at = At::root().field("sections").index(index);
            heading(ui, map, desk, over, section, &at);
            for entry in 0..section.count() {
                let at = at.field("entries").index(entry);
                say = card(ui, map, plan, desk, over, &at, &of(&at)).or(say.take());
            }
        }
        others(ui, map, plan);
    });
    say
}

/// What is said where nothing was recognised.
fn nothing(ui: &mut Ui) {
    widget::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(style::bold("No section of a CV was recognised"));
        ui.label(
            "Choose a line that is a heading, such as “Education”, and press H, or S to say of \
             which section. What stands under it becomes its entries.",
        );
    });
}

/// What has no place, to be dragged where it belongs.
fn left(ui: &mut Ui, map: &Map<'_>, desk: &mut Desk) -> Option<Say> {
    let left = map.left();
    if left.is_empty() {
        return None;
    }
    let palette = style::palette(ui);
    widget::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(style::bold("Left over: drag it to where it belongs, or leave it out"));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = eframe::egui::vec2(4.0, 4.0);
            for words in left.iter().take(MOST_LEFT) {
                let text = map.text(words);
                let short: String = text.chars().take(LONGEST_LEFT).collect();
                let rest = if short.len() < text.len() { "…" } else { "" };
                let shown = RichText::new(format!("{short}{rest}"))
                    .small()
                    .color(palette.warning)
                    .underline();
                let chip = Button::new(shown).sense(Sense::click_and_drag()).small();
                let chip = widget::seen(ui.add(chip)).accessible_name(format!("Left over: {text}"));
                chip.dnd_set_drag_payload(words.clone());
                if chip.clicked()
                    && let Some(line) = map.line_of(words.start)
                {
                    desk.choose(line, Some(words.clone()));
                    desk.chooser = Some(say::Chooser::Field { opening: true });
                }
            }
        });
        if let Some(more) = left.len().checked_sub(MOST_LEFT).filter(|more| *more > 0) {
            ui.label(style::small(ui, format!("and {more} more, marked at the left")));
        }
    });
    dragged(ui, map);
    None
}

/// What is being dragged, at the pointer.
fn dragged(ui: &Ui, map: &Map<'_>) {
    let Some(words) = DragAndDrop::payload::<Range<u32>>(ui.ctx()) else {
        return;
    };
    let text: String = map.text(&words).chars().take(LONGEST_LEFT).collect();
    eframe::egui::Tooltip::always_open(
        ui.ctx().clone(),
        ui.layer_id(),
        eframe::egui::Id::unique("dragged words"),
        eframe::egui::PopupAnchor::Pointer,
    )
    .show(|ui| ui.label(text));
}

fn heading(
    ui: &mut Ui,
    map: &Map<'_>,
    desk: &mut Desk,
    over: &mut Over,
    section: &Section,
    at: &At,
) {
    ui.add_space(6.0);
    let kind = section.kind();
    let row = ui.horizontal(|ui| {
        ui.label(icon::icon(icon::of_kind(kind)));
        let title = match section.title() {
            "" => usual_heading(kind, "en").to_owned(),
            title => Rich::parse(title).to_plain(),
        };
        ui.label(style::bold(&title));
        let usual = widget::capital(kind.word());
        if usual != title {
            ui.label(style::small(ui, format!("as {usual}")));
        }
        let button = ui.add(Button::new(RichText::new("Change…").small()).small());
        let button = widget::seen(button).accessible_name(format!("Change what {title} is"));
        if button.clicked()
            && let Some(line) = map.heading(at).or_else(|| map.line_of(map.first_word(at)?))
        {
            desk.choose(line, None);
            desk.chooser = Some(say::Chooser::Kind { opening: true });
        }
    });
    if ui.rect_contains_pointer(row.response.rect) && *over == Over::Nothing {
        *over = Over::Place(at.clone());
    }
    let findings = &map.draft.recognised.import.report.findings;
    for finding in findings.iter().filter(|f| f.code == Code::ImportGuessed && f.at == *at) {
        let text =
            format!("A guess: {}", words::lowercase_first(&words::sentence(&finding.message)));
        ui.label(style::small(ui, text));
    }
}

/// The card of an entry or of the person.
fn card(
    ui: &mut Ui,
    map: &Map<'_>,
    plan: &mut Plan,
    desk: &Desk,
    over: &mut Over,
    at: &At,
    texts: &[&Said],
) -> Option<Say> {
    let palette = style::palette(ui);
    let lit = desk.place(map).filter(|place| place.is_within(at));
    let mut frame = widget::card(ui).inner_margin(Margin::symmetric(10, 6));
    if lit.is_some() {
        frame = frame.stroke(eframe::egui::Stroke::new(1.5, palette.accent));
    }
    let mut say = None;
    let mut inner = None;
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 1.0;
        let decision = plan.decisions.iter_mut().find(|d| d.about().as_ref() == Some(at));
        title(ui, decision, texts);
        for said in texts {
            let row = row(ui, said, lit == Some(&said.at));
            if ui.rect_contains_pointer(row) && !DragAndDrop::has_any_payload(ui.ctx()) {
                inner = Some(said.at.clone());
            }
            if let Some(field) = field_of(&said.at) {
                say = dropped(ui, row).map(|words| say::put(map, words, at, field)).or(say.take());
            }
        }
        let here = ui.min_rect().expand(8.0);
        if DragAndDrop::has_payload_of_type::<Range<u32>>(ui.ctx())
            && ui.rect_contains_pointer(here)
        {
            say = open_fields(ui, map, at, texts).or(say.take());
        }
    });
    let rect = shown.response.rect;
    if ui.rect_contains_pointer(rect) && !DragAndDrop::has_any_payload(ui.ctx()) {
        *over = Over::Place(inner.unwrap_or_else(|| at.clone()));
    }
    if lit.is_some() && desk.has_moved() {
        ui.scroll_to_rect(rect, Some(Align::Center).filter(|_| !ui.is_rect_visible(rect)));
    }
    say
}

/// The words that are dropped on a part of the window.
fn dropped(ui: &Ui, rect: eframe::egui::Rect) -> Option<Range<u32>> {
    let here =
        ui.rect_contains_pointer(rect) && DragAndDrop::has_payload_of_type::<Range<u32>>(ui.ctx());
    if here {
        let stroke = eframe::egui::Stroke::new(1.5, style::palette(ui).accent);
        ui.painter().rect_stroke(rect, 4.0, stroke, eframe::egui::StrokeKind::Outside);
    }
    (here && ui.input(|input| input.pointer.any_released()))
        .then(|| DragAndDrop::take_payload::<Range<u32>>(ui.ctx()))
        .flatten()
        .map(|words| (*words).clone())
}

/// The fields that say nothing yet, for what is dragged over the card.
fn open_fields(ui: &mut Ui, map: &Map<'_>, at: &At, texts: &[&Said]) -> Option<Say> {
    let mut say = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(4.0, 4.0);
        for (field, label) in say::fields_at(map, at) {
            if texts.iter().any(|said| field_of(&said.at) == Some(field)) {
                continue;
            }
            let chip = ui.add(Button::new(RichText::new(label).small()).small());
            say =
                dropped(ui, chip.rect).map(|words| say::put(map, words, at, field)).or(say.take());
        }
    });
    say
}

/// The field of an entry that a text is in.
fn field_of(at: &At) -> Option<&'static str> {
    match at.steps() {
        [Step::Field("sections"), _, _, _, Step::Field(field), ..]
        | [Step::Field("person"), Step::Field(field), ..] => Some(field),
        _ => None,
    }
}

/// The first line of a card: whether it is taken, what it is called, and what is to be known of it.
fn title(ui: &mut Ui, decision: Option<&mut Decision>, texts: &[&Said]) {
    let palette = style::palette(ui);
    let name = texts.first().map_or("", |said| said.text.as_str());
    ui.horizontal(|ui| {
        let Some(decision) = decision else {
            ui.label(style::medium(name).color(palette.muted));
            ui.label(style::small(ui, "there already"));
            return;
        };
        let mut all = decision.is_taken_wholly();
        let tick = Checkbox::without_text(&mut all)
            .indeterminate(decision.is_taken() && !decision.is_taken_wholly());
        let words = match (decision.doubt, decision.is_new) {
            (Some(Doubt::Repeated), _) => "once more in the file",
            (Some(Doubt::Version), _) => "another version of what is there",
            (Some(Doubt::Preprint), _) => "preprint of what you have",
            (Some(Doubt::Deleted), _) => "you have deleted it",
            (None, true) => "",
            (None, false) => "changes what you have",
        };
        let tick = widget::seen(ui.add(tick)).accessible_name(format!("Take {}", decision.title));
        if tick.clicked() {
            decision.decide(!decision.is_taken_wholly());
        }
        ui.add(Label::new(style::medium(&decision.title)).truncate());
        if !words.is_empty() {
            ui.label(style::small(ui, words).color(palette.warning));
        }
    });
}

/// A text of a card; where it stands.
fn row(ui: &mut Ui, said: &Said, lit: bool) -> eframe::egui::Rect {
    let palette = style::palette(ui);
    let fill = if lit { palette.chosen } else { eframe::egui::Color32::TRANSPARENT };
    let frame = Frame::new().fill(fill).corner_radius(4).inner_margin(Margin::symmetric(4, 0));
    let shown = frame.show(ui, |ui| {
        let mut job = LayoutJob::default();
        let label = RichText::new(format!("{}  ", said.label)).small().color(palette.muted);
        label.append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
        let text = RichText::new(&said.text).color(palette.text);
        text.append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
        ui.add(Label::new(job).wrap());
    });
    shown.response.rect
}

/// What else comes in: settings, marks, and what is to be known of the document.
fn others(ui: &mut Ui, map: &Map<'_>, plan: &mut Plan) {
    let others = plan.decisions.iter_mut().filter(|decision| decision.about().is_none());
    for decision in others {
        ui.push_id(decision.title.clone(), |ui| super::entry(ui, decision));
    }
    let findings = &map.draft.recognised.import.report.findings;
    for finding in findings.iter().filter(|f| f.code == Code::ImportGuessed && f.at == At::root()) {
        ui.label(style::small(ui, words::sentence(&finding.message)));
    }
}

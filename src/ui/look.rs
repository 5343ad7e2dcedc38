//! The Look tab: themes as cards, what matters most, and every other setting of the look folded by
//! topic, drawn from the table of settings.

mod themes;

use super::{icon, style, widget, words};
use crate::{
    app::doc::Doc,
    at::At,
    finding::Finding,
    look::{
        Control, Datum, EntryLayout, FAMILIES, Group, Look, PhotoPlace, Rule, SETTINGS, Setting,
        Style, colour,
    },
    profile::Profile,
    section::SectionKind,
    theme,
    typeset::installed_families,
    value::locale::Locale,
};
use eframe::egui::{
    Align, Button, CollapsingHeader, Color32, ComboBox, DragValue, Frame, Label, Layout, Margin,
    PopupCloseBehavior, Response, RichText, ScrollArea, Sense, Slider, SliderClamping, Stroke,
    StrokeKind, TextEdit, TextureHandle, Ui, WidgetInfo, accesskit::Role, vec2,
};
use std::cell::Cell;

/// Accents that print well and read well.
const ACCENTS: [(&str, &str); 8] = [
    ("#000000", "Black"),
    ("#1f4e79", "Navy"),
    ("#0b6e99", "Ocean"),
    ("#0f766e", "Teal"),
    ("#2e6b34", "Green"),
    ("#8a1c2b", "Crimson"),
    ("#5b3a8c", "Violet"),
    ("#4a5568", "Slate"),
];

/// What most people want to change, by name, in the order in which it is shown.
const FIRST: [&str; 6] = ["body_font", "size", "density", "accent", "paper", "pages"];

/// What is shown beside the size itself.
const FIXED_SIZE: &str = "fixed_size";

/// Pictures of the user's own page in each theme, by the theme's name.
pub(super) type Pictures<'a> = &'a dyn Fn(&str) -> Option<TextureHandle>;

/// What a row needs besides its setting.
struct Shown<'a> {
    /// The look that is changed.
    look: &'a Look,
    /// What it leads to.
    style: &'a Style,
    profile: &'a Profile,
    findings: &'a [Finding],
    /// Where what is not set comes from.
    below: &'static str,
    /// The size that the text has on the page, in pt, once there is a page.
    size: Option<f32>,
    /// The setting that shall get the focus.
    wanted: Option<&'static str>,
    /// Whether it got it.
    reached: Cell<bool>,
}

impl Shown<'_> {
    /// Gives the focus to what draws the setting of that name, if that shall get it.
    fn focus(&self, name: &str, response: &Response) {
        if self.wanted == Some(name) {
            response.request_focus();
            self.reached.set(true);
        }
    }
}

/// A change: settings and their new values; `None` leaves one to the theme.
type Change = Vec<(&'static str, Option<Datum>)>;

/// What the user did in the tab.
#[derive(Default)]
struct Did {
    change: Option<Change>,
    /// What the pointer rests on, to be shown on the page.
    tried: Option<(&'static str, Datum)>,
}

impl Did {
    /// Takes over what was done with the control of a setting.
    fn take(&mut self, name: &'static str, new: Option<Option<Datum>>, tried: Option<Datum>) {
        if let Some(datum) = new {
            self.change = Some(vec![(name, datum)]);
        }
        if let Some(datum) = tried {
            self.tried = Some((name, datum));
        }
    }
}

/// The setting that stands for a change that is none of a setting.
const THEME: &str = "theme";

/// Shows the tab. `size` is the size of the text on the page in pt, once there is a page.
pub(super) fn show(ui: &mut Ui, doc: &mut Doc, size: Option<f32>, pictures: Pictures<'_>) {
    let now = ui.input(|i| i.time);
    let variant = doc.shown_variant();
    let Some(look) = doc.look(variant).cloned() else {
        return;
    };
    let (style, mut findings) = theme::style(doc.profile(), doc.variant(), &Look::default());
    // Whether a font can be used is known once the page is set.
    let at = At::root().field("look");
    let of_fonts = doc.findings.within(&at);
    findings.extend(of_fonts.filter(|f| f.code.is_of_font()).cloned());
    let wanted = doc.view.focus.as_ref().and_then(|focus| setting_at(&focus.at));
    let shown = Shown {
        look: &look,
        style: &style,
        profile: doc.profile(),
        findings: &findings,
        below: if variant.is_some() { "profile" } else { "theme" },
        size,
        wanted,
        reached: Cell::new(false),
    };
    let mut did = Did::default();
    let mut reset = false;
    ScrollArea::vertical().id_salt("look").auto_shrink(false).show(ui, |ui| {
        let margin = Margin { left: 24, right: 24, top: 18, bottom: 40 };
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(720.0));
            ui.label(style::heading("Look"));
            if let Some(variant) = doc.variant() {
                let name = &variant.name;
                ui.label(style::medium(format!("This is the look of the variant “{name}”.")));
                ui.label(style::small(ui, "What it leaves open comes from the whole profile."));
            }
            themes::show(ui, &shown, pictures, &mut did);
            ui.add_space(10.0);
            widget::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                for setting in FIRST.iter().filter_map(|name| Setting::named(name)) {
                    if setting.name == "size" {
                        size_row(ui, &shown, setting, &mut did);
                    } else {
                        row(ui, &shown, setting, &mut did);
                    }
                }
            });
            ui.add_space(10.0);
            for group in Group::ALL {
                topic(ui, &shown, group, &mut did);
            }
            ui.add_space(6.0);
            let any = SETTINGS.iter().any(|s| (s.get)(&look).is_some());
            let all = format!("Reset all to {}", shown.below);
            ui.add_enabled_ui(any, |ui| reset = widget::button(ui, icon::UNDO, &all).clicked());
        });
    });
    let reached = shown.reached.get();
    if reached || wanted.is_some_and(|name| name != THEME && Setting::named(name).is_none()) {
        doc.view.focus = None;
    } else if wanted.is_some() {
        // Its topic is still unfolding.
        ui.ctx().request_repaint();
    }
    if reset {
        let new = Look { theme: look.theme, order: look.order, ..Look::default() };
        doc.apply(&crate::app::edit::Edit::SetLook(variant, Box::new(new)));
        return;
    }
    let set =
        |look: &mut Look, name: &str, datum: Option<Datum>| match (Setting::named(name), datum) {
            (Some(setting), datum) => (setting.set)(look, datum),
            (None, Some(Datum::Text(theme))) => look.theme = theme,
            (None, _) => look.theme.clear(),
        };
    if let Some((name, datum)) = did.tried.filter(|_| did.change.is_none()) {
        set(&mut doc.view.tried, name, Some(datum));
    }
    if let Some(change) = did.change {
        let mut new = look.clone();
        let name = change.first().map_or(THEME, |(name, _)| name);
        for (name, datum) in change {
            set(&mut new, name, datum);
        }
        doc.look_changed(variant, new, name, now);
    }
}

/// The settings of a topic, folded until somebody wants them.
fn topic(ui: &mut Ui, shown: &Shown<'_>, group: Group, did: &mut Did) {
    let settings = || {
        let first =
            |setting: &&Setting| FIRST.contains(&setting.name) || setting.name == FIXED_SIZE;
        SETTINGS.iter().filter(move |s| s.group == group && !first(s))
    };
    let set = settings().filter(|setting| (setting.get)(shown.look).is_some()).count();
    let title = match set {
        0 => group.title().to_owned(),
        set => format!("{} ({set} changed)", group.title()),
    };
    let wanted = settings().any(|setting| shown.wanted == Some(setting.name));
    let header = CollapsingHeader::new(style::bold(title).size(14.0))
        .id_salt(("topic", group.title()))
        .open(wanted.then_some(true));
    let header = header.show(ui, |ui| {
        widget::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            for setting in settings() {
                row(ui, shown, setting, did);
            }
        });
    });
    widget::seen(header.header_response);
}

/// Why a setting would change nothing, if so.
fn idle(name: &str, shown: &Shown<'_>) -> Option<&'static str> {
    let style = shown.style;
    let publications = || {
        let mut sections = shown.profile.sections.iter();
        sections.any(|section| section.kind() == SectionKind::Publications)
    };
    let photo = !shown.profile.person.photo.is_empty();
    let is_of_publications =
        Setting::named(name).is_some_and(|setting| setting.group == Group::Publications);
    let (idle, why) = match name {
        "min_size" | "max_size" => (style.fixed_size, "The size of the text is kept"),
        "photo" => (!photo, "There is no photo"),
        "photo_height" => (!photo || style.photo == PhotoPlace::Off, "No photo is printed"),
        "rule_width" | "rule_accent" => (style.rule == Rule::Off, "There is no line"),
        "date_column" => {
            (style.entries != EntryLayout::DateColumn, "Dates do not stand in a column")
        }
        _ if is_of_publications => (!publications(), "There are no publications"),
        _ => (false, ""),
    };
    idle.then_some(why)
}

/// The name of the setting that an address leads to.
fn setting_at(at: &At) -> Option<&'static str> {
    use crate::at::Step::{Field, Index};
    match at.steps() {
        [Field("look"), Field(name), ..]
        | [Field("variants"), Index(_), Field("look"), Field(name), ..] => Some(name),
        _ => None,
    }
}

/// One setting: label, control, and whether it is set here.
fn row(ui: &mut Ui, shown: &Shown<'_>, setting: &'static Setting, did: &mut Did) {
    // An odd value that was mended is shown as typed, so that it can be mended there.
    let value = (setting.get)(shown.look).unwrap_or_else(|| (setting.of)(shown.style));
    let why = idle(setting.name, shown);
    let mut used = None;
    labelled(ui, shown, setting, &[setting.name], did, |ui, label, _| {
        let control = ui.add_enabled_ui(why.is_none(), |ui| control(ui, setting, &value)).inner;
        let response = widget::seen(control.response.clone().labelled_by(label.id));
        shown.focus(setting.name, &response);
        let hint = why.unwrap_or(setting.hint);
        if !hint.is_empty() {
            ui.ctx().accesskit_node_builder(response.id, |n| n.set_description(hint));
            response.on_hover_text(hint).on_disabled_hover_text(hint);
        }
        if let Some(why) = why {
            ui.label(style::small(ui, why));
        }
        used = Some(control);
    });
    if let Some(Used { new, tried, .. }) = used {
        did.take(setting.name, new.map(Some), tried);
    }
}

/// The size of the text: the fit chooses it, unless it is kept.
fn size_row(ui: &mut Ui, shown: &Shown<'_>, setting: &'static Setting, did: &mut Did) {
    if shown.style.fixed_size {
        labelled(ui, shown, setting, &["size", FIXED_SIZE], did, |ui, label, did| {
            let value = (setting.get)(shown.look).unwrap_or_else(|| (setting.of)(shown.style));
            let used = control(ui, setting, &value);
            let response = widget::seen(used.response.labelled_by(label.id));
            shown.focus(setting.name, &response);
            response.on_hover_text("Spaces alone change to fill the page");
            did.take(setting.name, used.new.map(Some), used.tried);
            let free = widget::plain_button(ui, "Let the fit choose");
            if free.on_hover_text("The text grows and shrinks to fill the page").clicked() {
                let kept = (FIXED_SIZE, Some(Datum::Switch(false)));
                did.change = Some(vec![("size", None), kept]);
            }
        });
        return;
    }
    labelled(ui, shown, setting, &["size", FIXED_SIZE], did, |ui, label, did| {
        let size = shown.size.map_or(shown.style.size, f64::from);
        let size = (size * 10.0).round() / 10.0;
        let words = format!("{size} pt, chosen by the fit");
        ui.label(words).labelled_by(label.id);
        let button = widget::plain_button(ui, "Fix the size");
        let tip = format!("Keep {size} pt: then spaces alone change to fill the page");
        shown.focus(setting.name, &button);
        if button.on_hover_text(tip).clicked() {
            let kept = (FIXED_SIZE, Some(Datum::Switch(true)));
            did.change = Some(vec![("size", Some(Datum::Number(size))), kept]);
        }
    });
}

/// Draws the label of a setting, what `draw` draws after it, and a way back where one of the
/// settings `names` is set here.
fn labelled(
    ui: &mut Ui,
    shown: &Shown<'_>,
    setting: &'static Setting,
    names: &[&'static str],
    did: &mut Did,
    draw: impl FnOnce(&mut Ui, &Response, &mut Did),
) {
    let is_set = |name: &&str| {
        Setting::named(name).is_some_and(|setting| (setting.get)(shown.look).is_some())
    };
    let set = names.iter().any(is_set);
    let narrow = ui.available_width() < NARROW;
    let label = |ui: &mut Ui| {
        let colour = style::palette(ui).accent_text;
        // What is set here is seen, and told by the button that resets it.
        let words = if set {
            style::bold(setting.label).color(colour)
        } else {
            RichText::new(setting.label)
        };
        ui.add(Label::new(words).wrap())
    };
    let rest = |ui: &mut Ui, label: &Response| {
        draw(ui, label, did);
        if set {
            let words =
                format!("Reset {} to {}", words::lowercase_first(setting.label), shown.below);
            let back = Button::new(icon::coloured(icon::UNDO, style::palette(ui).accent_text))
                .frame_when_inactive(false);
            let back = widget::seen(ui.add(back)).accessible_name(&words).on_hover_text(&words);
            if back.clicked() {
                did.change = Some(names.iter().map(|name| (*name, None)).collect());
            }
        }
    };
    if narrow {
        let label = label(ui);
        ui.horizontal_wrapped(|ui| rest(ui, &label));
    } else {
        ui.horizontal(|ui| {
            let size = vec2(LABEL, ui.spacing().interact_size.y);
            let layout = Layout::left_to_right(Align::Center).with_main_wrap(false);
            let label = ui
                .allocate_ui_with_layout(size, layout, |ui| {
                    ui.set_min_width(LABEL);
                    label(ui)
                })
                .inner;
            rest(ui, &label);
        });
    }
    messages(ui, shown, setting.name);
}

/// Width of the field of a colour: of `#000000`, which has the widest letters.
const HEX: f32 = 90.0;

/// Width of the labels of settings, and of a row that has no room for one beside its control.
const LABEL: f32 = 190.0;
const NARROW: f32 = 500.0;

/// What is to be said about a setting.
fn messages(ui: &mut Ui, shown: &Shown<'_>, name: &'static str) {
    let at = At::root().field("look").field(name);
    for finding in shown.findings.iter().filter(|f| f.at == at) {
        let text = words::sentence(&format!("{}; {}", finding.message, finding.hint));
        ui.label(RichText::new(text).small().color(style::palette(ui).warning));
    }
}

/// What was done with the control of a setting.
pub(super) struct Used {
    /// Its widget, which has no name yet.
    pub(super) response: Response,
    /// The new value.
    pub(super) new: Option<Datum>,
    /// The value that the pointer rests on.
    tried: Option<Datum>,
}

impl Used {
    fn of(response: Response, new: Option<Datum>) -> Self {
        Self { response, new, tried: None }
    }
}

/// Draws what a setting is changed by.
pub(super) fn control(ui: &mut Ui, setting: &Setting, value: &Datum) -> Used {
    match (setting.control, value) {
        (Control::Choice(choices), Datum::Choice(now)) => {
            let options: Vec<_> = choices.iter().map(|words| ((*words).to_owned(), ())).collect();
            let (response, chosen, tried) = choose(ui, setting.name, &options, Some(*now));
            let tried = tried.map(Datum::Choice);
            Used { response, new: chosen.map(Datum::Choice), tried }
        }
        (Control::Number { low, high, step, unit }, Datum::Number(now)) => {
            let mut number = *now;
            ui.spacing_mut().slider_width = 130.0;
            // Neither may round what it only shows: that would set what the theme says.
            let slider = Slider::new(&mut number, low..=high).step_by(step).show_value(false);
            let slider = ui.add(slider.clamping(SliderClamping::Edits));
            let exact = DragValue::new(&mut number).range(low..=high).speed(step).suffix(unit);
            let exact = exact.max_decimals(2).update_while_editing(false);
            let exact = exact.clamp_existing_to_range(false);
            let name = format!("{}, as a number", setting.label);
            widget::seen(ui.add(exact)).accessible_name(name);
            let changed = (number - now).abs() > step / 100.0;
            Used::of(slider, changed.then_some(Datum::Number(number)))
        }
        (Control::Count(high), Datum::Count(now)) => {
            let mut number = *now;
            let response = ui.add(DragValue::new(&mut number).range(0..=high).speed(0.1));
            let changed = response.changed();
            Used::of(response, changed.then_some(Datum::Count(number)))
        }
        (Control::Switch, Datum::Switch(now)) => {
            let mut on = *now;
            let response = ui.checkbox(&mut on, "");
            let changed = response.changed();
            // What it would be is shown while the pointer rests on it.
            let tried = response.hovered().then_some(Datum::Switch(!*now));
            Used { response, new: changed.then_some(Datum::Switch(on)), tried }
        }
        (Control::Colour, Datum::Text(now)) => colours(ui, setting, now),
        (Control::Font { or_same }, Datum::Text(now)) => font_choice(ui, setting, or_same, now),
        (Control::Language, Datum::Text(now)) => {
            let all = Locale::codes().filter_map(|c| Some((Locale::get(c)?.name.as_str(), c)));
            text_choice(ui, setting.name, all, now)
        }
        (_, value) => {
            let mut text = if let Datum::Text(text) = value { text.clone() } else { String::new() };
            let response = ui.add(TextEdit::singleline(&mut text).desired_width(120.0));
            let changed = response.changed();
            Used::of(response, changed.then_some(Datum::Text(text)))
        }
    }
}

/// A list of words to choose from; gives its widget, the index of what was chosen, and of what the
/// pointer rests on.
fn choose<T>(
    ui: &mut Ui,
    salt: &str,
    options: &[(String, T)],
    now: Option<usize>,
) -> (Response, Option<usize>, Option<usize>) {
    let words = |i: usize| options.get(i).map(|(words, _)| words.as_str()).unwrap_or_default();
    let (mut chosen, mut tried) = (None, None);
    let shown = now.map(words).unwrap_or_default();
    let response = ComboBox::from_id_salt(salt)
        .selected_text(shown)
        .width(190.0)
        .show_ui(ui, |ui| {
            for (i, (words, _)) in options.iter().enumerate() {
                let item = ui.selectable_label(now == Some(i), words);
                if now == Some(i) {
                    continue;
                }
                if item.hovered() || item.has_focus() {
                    tried = Some(i);
                }
                if item.clicked() {
                    chosen = Some(i);
                }
            }
        })
        .response;
    (response, chosen, tried)
}

/// The same for texts with words of their own; what is none of them shows as it is.
fn text_choice<'a>(
    ui: &mut Ui,
    salt: &str,
    options: impl Iterator<Item = (&'a str, &'a str)>,
    now: &str,
) -> Used {
    let mut options: Vec<_> = options.map(|(words, text)| (words.to_owned(), text)).collect();
    let mut index = options.iter().position(|(_, text)| *text == now);
    if index.is_none() {
        index = Some(options.len());
        options.push((now.to_owned(), now));
    }
    let (response, chosen, tried) = choose(ui, salt, &options, index);
    let text = |i: usize| options.get(i).map(|(_, text)| Datum::Text((*text).to_owned()));
    Used { response, new: chosen.and_then(text), tried: tried.and_then(text) }
}

/// The families of the program and those that are installed, in a list that can be searched.
fn font_choice(ui: &mut Ui, setting: &Setting, or_same: bool, now: &str) -> Used {
    const SAME: &str = "Same as the text";
    let (mut chosen, mut tried) = (None, None);
    let shown = if now.is_empty() && or_same { SAME } else { now };
    let id = ui.scope_id().with((setting.name, "search"));
    let response = ComboBox::from_id_salt(setting.name)
        .selected_text(shown)
        .width(190.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, |ui| {
            let mut wanted = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
            let search = TextEdit::singleline(&mut wanted).hint_text("Search");
            let search = ui.add(search.desired_width(170.0));
            widget::seen(search).accessible_name(format!("Search, {}", setting.label));
            let lower = wanted.trim().to_lowercase();
            let same = or_same.then_some((SAME, ""));
            let own = FAMILIES.iter().map(|family| (*family, *family));
            let others = installed_families().iter().map(|name| (name.as_str(), name.as_str()));
            for (words, family) in same.into_iter().chain(own).chain(others) {
                if !words.to_lowercase().contains(&lower) {
                    continue;
                }
                let item = ui.selectable_label(now == family, words);
                if now != family && (item.hovered() || item.has_focus()) {
                    tried = Some(family.to_owned());
                }
                if item.clicked() {
                    chosen = Some(family.to_owned());
                    wanted.clear();
                    ui.close();
                }
            }
            ui.data_mut(|data| data.insert_temp(id, wanted));
        })
        .response;
    let new = chosen.filter(|family| family != now).map(Datum::Text);
    Used { response, new, tried: tried.map(Datum::Text) }
}

/// Good colours to click on, and a field for any other.
fn colours(ui: &mut Ui, setting: &Setting, now: &str) -> Used {
    let (mut new, mut tried) = (None, None);
    let current = colour(now);
    let mut text = now.to_owned();
    let edit = TextEdit::singleline(&mut text).desired_width(HEX).char_limit(9);
    let response = ui.add(edit);
    if response.changed() {
        new = Some(Datum::Text(text));
    }
    ui.spacing_mut().item_spacing.x = 3.0;
    for (hex, name) in ACCENTS {
        let [r, g, b] = colour(hex).unwrap_or_default();
        let on = current == colour(hex);
        let (rect, swatch) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::click());
        let palette = style::palette(ui);
        let ring = if on || swatch.has_focus() { palette.accent } else { palette.line };
        let fill = Color32::from_rgb(r, g, b);
        ui.painter().rect_filled(rect.shrink(3.0), 4, fill);
        let stroke = Stroke::new(if on || swatch.has_focus() { 2.0 } else { 1.0 }, ring);
        ui.painter().rect_stroke(rect, 5, stroke, StrokeKind::Inside);
        let words = format!("{}: {name}", setting.label);
        swatch.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &words));
        let swatch = widget::seen(swatch).on_hover_text(name);
        if swatch.hovered() && !on {
            tried = Some(Datum::Text(hex.to_owned()));
        }
        if swatch.clicked() && !on {
            new = Some(Datum::Text(hex.to_owned()));
        }
    }
    Used { response, new, tried }
}

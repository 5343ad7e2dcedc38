//! The Look tab: themes as cards, and every setting of the look, drawn from the table of settings.

use super::{icon, style, widget, words};
use crate::{
    app::doc::Doc,
    at::At,
    finding::Finding,
    look::{Control, Datum, FAMILIES, Group, Look, SETTINGS, Setting, Style, colour},
    theme::{self, Theme},
    typeset::installed_families,
    value::locale::Locale,
};
use eframe::egui::{
    Align, Button, Color32, ComboBox, CornerRadius, DragValue, Frame, Label, Layout, Margin,
    PopupCloseBehavior, Rect, Response, RichText, ScrollArea, Sense, Slider, SliderClamping,
    Stroke, StrokeKind, TextEdit, TextureHandle, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2,
    vec2,
};

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

/// Size of the picture of a theme.
const PICTURE: eframe::egui::Vec2 = vec2(110.0, 155.0);

/// Pictures of the user's own page in each theme, by the theme's name.
pub(super) type Pictures<'a> = &'a dyn Fn(&str) -> Option<TextureHandle>;

/// What a row needs besides its setting.
struct Shown<'a> {
    /// The look that is changed.
    look: &'a Look,
    /// What it leads to.
    style: &'a Style,
    findings: &'a [Finding],
    /// Where what is not set comes from.
    below: &'static str,
    /// The setting that shall get the focus.
    wanted: Option<&'static str>,
}

/// A change: the setting, and its new value; `None` leaves it to the theme.
type Change = (&'static str, Option<Datum>);

pub(super) fn show(ui: &mut Ui, doc: &mut Doc, pictures: Pictures<'_>) {
    let now = ui.input(|i| i.time);
    let variant = doc.shown_variant();
    let Some(look) = doc.look(variant).cloned() else {
        return;
    };
    let (style, mut findings) = theme::style(doc.profile(), doc.variant(), &Look::default());
    // Whether a font can be used is known once the page is set.
    let at = At::root().field("look");
    let of_fonts = doc.findings.within(&at);
    findings.extend(of_fonts.filter(|f| f.code.starts_with("font-")).cloned());
    let wanted = doc.view.focus.take_if(|focus| setting_at(&focus.at).is_some());
    let shown = Shown {
        look: &look,
        style: &style,
        findings: &findings,
        below: if variant.is_some() { "profile" } else { "theme" },
        wanted: wanted.and_then(|focus| setting_at(&focus.at)),
    };
    let mut change: Option<Change> = None;
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
            let any = SETTINGS.iter().any(|s| (s.get)(&look).is_some());
            let all = format!("Reset all to {}", shown.below);
            ui.add_enabled_ui(any, |ui| reset = widget::button(ui, icon::UNDO, &all).clicked());
            ui.add_space(6.0);
            let of_profile = &doc.profile().look.theme;
            if let Some(name) = themes(ui, &shown, of_profile, pictures) {
                change = Some(("theme", Some(Datum::Text(name))));
            }
            for group in Group::ALL {
                ui.add_space(10.0);
                widget::card(ui).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.label(style::bold(group.title()).size(15.0));
                    for setting in SETTINGS.iter().filter(|s| s.group == group) {
                        if let Some(datum) = row(ui, &shown, setting) {
                            change = Some((setting.name, datum));
                        }
                    }
                });
            }
        });
    });
    if reset {
        let new = Look { theme: look.theme, order: look.order, ..Look::default() };
        doc.apply(&crate::app::edit::Edit::SetLook(variant, Box::new(new)));
        return;
    }
    if let Some((name, datum)) = change {
        let mut new = look.clone();
        match (Setting::named(name), datum) {
            (Some(setting), datum) => (setting.set)(&mut new, datum),
            (None, Some(Datum::Text(theme))) => new.theme = theme,
            (None, _) => new.theme.clear(),
        }
        doc.look_changed(variant, new, name, now);
    }
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

/// The themes as cards; gives the one that was chosen.
fn themes(
    ui: &mut Ui,
    shown: &Shown<'_>,
    of_profile: &str,
    pictures: Pictures<'_>,
) -> Option<String> {
    ui.label(style::bold("Theme").size(15.0));
    let set = [&shown.look.theme, of_profile].into_iter().find(|name| !name.is_empty());
    let current = set.filter(|name| Theme::get(name).is_some()).map_or(theme::USUAL, |n| n);
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        for theme in Theme::all() {
            let on = theme.name == current;
            let response = card(ui, theme, on, pictures(theme.name));
            if on && shown.wanted == Some("theme") {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(theme.name.to_owned());
            }
        }
    });
    messages(ui, shown, "theme");
    if !shown.look.theme.is_empty() && shown.below == "profile" {
        let back = widget::link(ui, icon::UNDO, "Use the theme of the profile");
        if back.clicked() {
            chosen = Some(String::new());
        }
    }
    chosen
}

/// One theme: a picture of the page, its title and what it is good for.
fn card(ui: &mut Ui, theme: &Theme, on: bool, picture: Option<TextureHandle>) -> Response {
    let size = vec2(PICTURE.x + 16.0, PICTURE.y + 122.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let palette = style::palette(ui);
    let stroke = if on || response.has_focus() {
        Stroke::new(2.0, palette.accent)
    } else if response.hovered() {
        Stroke::new(1.0, palette.muted)
    } else {
        Stroke::new(1.0, palette.line)
    };
    let fill = if on { palette.chosen } else { palette.card };
    ui.painter().rect(rect, CornerRadius::same(8), fill, stroke, StrokeKind::Inside);
    let page = Rect::from_min_size(rect.min + vec2(8.0, 8.0), PICTURE);
    ui.painter().rect_filled(page, 2, Color32::WHITE);
    match picture {
        Some(texture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), page, whole, Color32::WHITE);
        }
        None => placeholder(ui, page),
    }
    let text = Rect::from_min_max(page.left_bottom() + vec2(0.0, 6.0), rect.max - vec2(8.0, 4.0));
    let mut inside =
        ui.new_child(UiBuilder::new().max_rect(text).layout(Layout::top_down(Align::Min)));
    inside.spacing_mut().item_spacing.y = 1.0;
    inside.set_clip_rect(text.intersect(ui.clip_rect()));
    inside.label(style::bold(&theme.title));
    inside.add(Label::new(style::small(&inside, &theme.description)).wrap());
    let name = format!("Theme {}", theme.title);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &name));
    widget::seen(response).on_hover_text(&theme.description)
}

/// Grey lines where the picture of a page will be.
fn placeholder(ui: &Ui, page: Rect) {
    let grey = Color32::from_gray(0xE4);
    let inner = page.shrink2(vec2(16.0, 14.0));
    let line = |y: f32, from: f32, to: f32, height: f32| {
        let x = |part: f32| inner.left() + inner.width() * part;
        let rect = Rect::from_min_max(pos2(x(from), y), pos2(x(to), y + height));
        ui.painter().rect_filled(rect, 1, grey);
    };
    line(inner.top(), 0.25, 0.75, 7.0);
    for i in 0..14_u8 {
        let y = inner.top() + 20.0 + f32::from(i) * 9.5;
        let (to, height) = if i % 5 == 0 { (0.35, 4.0) } else { (1.0, 2.0) };
        line(y, 0.0, to, height);
    }
}

/// One setting: label, control, and whether it is set here. Gives what it was changed to.
fn row(ui: &mut Ui, shown: &Shown<'_>, setting: &'static Setting) -> Option<Option<Datum>> {
    let set = (setting.get)(shown.look);
    // An odd value that was mended is shown as typed, so that it can be mended there.
    let value = set.clone().unwrap_or_else(|| (setting.of)(shown.style));
    let mut new = None;
    let narrow = ui.available_width() < 470.0;
    let label = |ui: &mut Ui| ui.add(Label::new(setting.label).wrap());
    let mut rest = |ui: &mut Ui, label: &Response| {
        let (response, changed) = control(ui, setting, &value);
        let response = widget::seen(response.labelled_by(label.id));
        if shown.wanted == Some(setting.name) {
            response.request_focus();
        }
        if !setting.hint.is_empty() {
            ui.ctx().accesskit_node_builder(response.id, |n| n.set_description(setting.hint));
            response.on_hover_text(setting.hint);
        }
        new = changed.map(Some);
        if set.is_some() {
            let words =
                format!("Reset {} to {}", words::lowercase_first(setting.label), shown.below);
            let back = Button::new(icon::coloured(icon::UNDO, style::palette(ui).accent_text))
                .frame_when_inactive(false);
            let back = widget::seen(ui.add(back)).accessible_name(&words).on_hover_text(&words);
            if back.clicked() {
                new = Some(None);
            }
        } else {
            ui.label(style::small(ui, format!("from the {}", shown.below)));
        }
    };
    if narrow {
        let label = label(ui);
        ui.horizontal_wrapped(|ui| rest(ui, &label));
    } else {
        ui.horizontal(|ui| {
            let size = vec2(190.0, ui.spacing().interact_size.y);
            let layout = Layout::left_to_right(Align::Center).with_main_wrap(false);
            let label = ui
                .allocate_ui_with_layout(size, layout, |ui| {
                    ui.set_min_width(190.0);
                    label(ui)
                })
                .inner;
            rest(ui, &label);
        });
    }
    messages(ui, shown, setting.name);
    new
}

/// What is to be said about a setting.
fn messages(ui: &mut Ui, shown: &Shown<'_>, name: &'static str) {
    let at = At::root().field("look").field(name);
    for finding in shown.findings.iter().filter(|f| f.at == at) {
        let text = words::sentence(&format!("{}; {}", finding.message, finding.hint));
        ui.label(RichText::new(text).small().color(style::palette(ui).warning));
    }
}

/// Draws what a setting is changed by; gives its widget, which has no name yet, and the new value.
pub(super) fn control(ui: &mut Ui, setting: &Setting, value: &Datum) -> (Response, Option<Datum>) {
    match (setting.control, value) {
        (Control::Choice(choices), Datum::Choice(now)) => {
            let options: Vec<_> = choices.iter().map(|words| ((*words).to_owned(), ())).collect();
            let (response, chosen) = choose(ui, setting.name, &options, Some(*now));
            (response, chosen.map(Datum::Choice))
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
            (slider, changed.then_some(Datum::Number(number)))
        }
        (Control::Count(high), Datum::Count(now)) => {
            let mut number = *now;
            let response = ui.add(DragValue::new(&mut number).range(0..=high).speed(0.1));
            let changed = response.changed();
            (response, changed.then_some(Datum::Count(number)))
        }
        (Control::Switch, Datum::Switch(now)) => {
            let mut on = *now;
            let response = ui.checkbox(&mut on, "");
            let changed = response.changed();
            (response, changed.then_some(Datum::Switch(on)))
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
            (response, changed.then_some(Datum::Text(text)))
        }
    }
}

/// A list of words to choose from; gives its widget and the index of what was chosen.
fn choose<T>(
    ui: &mut Ui,
    salt: &str,
    options: &[(String, T)],
    now: Option<usize>,
) -> (Response, Option<usize>) {
    let words = |i: usize| options.get(i).map(|(words, _)| words.as_str()).unwrap_or_default();
    let mut chosen = None;
    let shown = now.map(words).unwrap_or_default();
    let response = ComboBox::from_id_salt(salt)
        .selected_text(shown)
        .width(190.0)
        .show_ui(ui, |ui| {
            for (i, (words, _)) in options.iter().enumerate() {
                if ui.selectable_label(now == Some(i), words).clicked() && now != Some(i) {
                    chosen = Some(i);
                }
            }
        })
        .response;
    (response, chosen)
}

/// The same for texts with words of their own; what is none of them shows as it is.
fn text_choice<'a>(
    ui: &mut Ui,
    salt: &str,
    options: impl Iterator<Item = (&'a str, &'a str)>,
    now: &str,
) -> (Response, Option<Datum>) {
    let mut options: Vec<_> = options.map(|(words, text)| (words.to_owned(), text)).collect();
    let mut index = options.iter().position(|(_, text)| *text == now);
    if index.is_none() {
        index = Some(options.len());
        options.push((now.to_owned(), now));
    }
    let (response, chosen) = choose(ui, salt, &options, index);
    let text = chosen.and_then(|i| options.get(i)).map(|(_, text)| Datum::Text((*text).to_owned()));
    (response, text)
}

/// The families of the program and those that are installed, in a list that can be searched.
fn font_choice(
    ui: &mut Ui,
    setting: &Setting,
    or_same: bool,
    now: &str,
) -> (Response, Option<Datum>) {
    const SAME: &str = "Same as the text";
    let mut chosen = None;
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
                if ui.selectable_label(now == family, words).clicked() {
                    chosen = Some(family.to_owned());
                    wanted.clear();
                    ui.close();
                }
            }
            ui.data_mut(|data| data.insert_temp(id, wanted));
        })
        .response;
    (response, chosen.filter(|family| family != now).map(Datum::Text))
}

/// Good colours to click on, and a field for any other.
fn colours(ui: &mut Ui, setting: &Setting, now: &str) -> (Response, Option<Datum>) {
    let mut new = None;
    let current = colour(now);
    let mut text = now.to_owned();
    let edit = TextEdit::singleline(&mut text).desired_width(72.0).char_limit(9);
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
        if widget::seen(swatch).on_hover_text(name).clicked() && !on {
            new = Some(Datum::Text(hex.to_owned()));
        }
    }
    (response, new)
}

//! The themes as cards, each with a picture of the user's own page.

use super::{Did, Pictures, Shown, THEME, messages};
use crate::{
    look::Datum,
    theme::{self, Theme},
    ui::{icon, style, widget},
};
use eframe::egui::{
    Align, Color32, CornerRadius, Label, Layout, Rect, Response, Sense, Stroke, StrokeKind,
    TextStyle, TextureHandle, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};

/// Size of the picture of a theme.
const PICTURE: eframe::egui::Vec2 = vec2(80.0, 113.0);

/// The themes as cards; one that the pointer rests on is shown on the page.
pub(super) fn show(ui: &mut Ui, shown: &Shown<'_>, pictures: Pictures<'_>, did: &mut Did) {
    let of_profile = &shown.profile.look.theme;
    ui.label(style::bold("Theme").size(15.0));
    let set = [&shown.look.theme, of_profile].into_iter().find(|name| !name.is_empty());
    let current = set.filter(|name| Theme::get(name).is_some()).map_or(theme::USUAL, |n| n);
    let (mut chosen, mut told) = (None, None);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        for theme in Theme::all() {
            let on = theme.name == current;
            let response = card(ui, theme, on, pictures(theme.name));
            if response.hovered() || (on && told.is_none()) {
                told = Some(&theme.description);
            }
            if on {
                shown.focus(THEME, &response);
            } else if response.hovered() {
                did.tried = Some((THEME, Datum::Text(theme.name.to_owned())));
            }
            if response.clicked() {
                chosen = Some(theme.name.to_owned());
            }
        }
    });
    if let Some(told) = told {
        // What the others say is as long, so that nothing jumps.
        let room = vec2(ui.available_width(), 2.0 * ui.text_style_height(&TextStyle::Small) + 4.0);
        ui.allocate_ui(room, |ui| {
            ui.set_min_size(room);
            ui.add(Label::new(style::small(ui, told)).wrap());
        });
    }
    messages(ui, shown, THEME);
    if !shown.look.theme.is_empty() && shown.below == "profile" {
        let back = widget::link(ui, icon::UNDO, "Use the theme of the profile");
        if back.clicked() {
            chosen = Some(String::new());
        }
    }
    if let Some(name) = chosen {
        did.change = Some(vec![(THEME, Some(Datum::Text(name)))]);
    }
}

/// One theme: a picture of the page and its title.
fn card(ui: &mut Ui, theme: &Theme, on: bool, picture: Option<TextureHandle>) -> Response {
    let size = vec2(PICTURE.x + 16.0, PICTURE.y + 38.0);
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
    inside.add(Label::new(style::bold(&theme.title)).truncate());
    let name = format!("Theme {}", theme.title);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &name));
    ui.ctx().accesskit_node_builder(response.id, |n| n.set_description(theme.description.as_str()));
    widget::seen(response)
}

/// Grey lines where the picture of a page will be.
fn placeholder(ui: &Ui, page: Rect) {
    let grey = Color32::from_gray(0xE4);
    let inner = page.shrink2(vec2(12.0, 10.0));
    let line = |y: f32, from: f32, to: f32, height: f32| {
        let x = |part: f32| inner.left() + inner.width() * part;
        let rect = Rect::from_min_max(pos2(x(from), y), pos2(x(to), y + height));
        ui.painter().rect_filled(rect, 1, grey);
    };
    line(inner.top(), 0.25, 0.75, 5.0);
    for i in 0..12_u8 {
        let y = inner.top() + 14.0 + f32::from(i) * 6.5;
        let (to, height) = if i % 5 == 0 { (0.35, 3.0) } else { (1.0, 1.5) };
        line(y, 0.0, to, height);
    }
}

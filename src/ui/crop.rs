//! The dialog in which the part of a photo is chosen that is kept.

use super::{style, widget};
use crate::app::{
    App,
    photo::{Draft, Shape},
};
use eframe::egui::{
    Color32, ColorImage, Context, Image, Pos2, Rect, Sense, Slider, Stroke, StrokeKind,
    TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2,
};

/// The picture as a texture, while the dialog is open.
#[derive(Default)]
pub(super) struct Cropper(Option<TextureHandle>);

impl Cropper {
    pub(super) fn show(&mut self, ctx: &Context, app: &mut App) {
        let saved = app.doc().is_some_and(|doc| doc.path.is_some());
        let Some(draft) = &mut app.photo else {
            self.0 = None;
            return;
        };
        if self.0.is_none()
            && let Some(pixels) = draft.picture.pixels()
        {
            let size = [draft.picture.width as usize, draft.picture.height as usize];
            let image = ColorImage::from_rgba_unmultiplied(size, &pixels);
            self.0 = Some(ctx.load_texture("photo", image, TextureOptions::LINEAR));
        }
        let texture = self.0.clone();
        let answer = widget::dialog(ctx, "photo", "Which part is printed?", 380.0, |ui| {
            if let Some(texture) = &texture {
                picture(ui, draft, texture);
            }
            controls(ui, draft, saved);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let take = widget::primary(ui, None, "Use photo").clicked();
                let leave = widget::plain_button(ui, "Cancel").clicked();
                if take { Some(true) } else { leave.then_some(false) }
            })
            .inner
        });
        match answer {
            Some(None) => {}
            Some(Some(take)) => app.finish_photo(take),
            None => app.finish_photo(false),
        }
    }
}

/// The picture with the part that is kept, which can be dragged.
fn picture(ui: &mut Ui, draft: &mut Draft, texture: &TextureHandle) {
    let whole = vec2(draft.picture.width as f32, draft.picture.height as f32);
    let room = vec2(ui.available_width(), (ui.ctx().content_rect().height() - 380.0).max(120.0));
    let size = whole * (room.x / whole.x).min(room.y / whole.y);
    let (area, response) = ui.allocate_exact_size(vec2(room.x, size.y), Sense::drag());
    let response = response.accessible_name("The photo; drag to move the part that is printed");
    let rect = Rect::from_center_size(area.center(), size);
    let crop = draft.crop();
    let slack = vec2(1.0 - crop.w, 1.0 - crop.h);
    let moved = response.drag_delta() / size;
    let by = |moved: f32, slack: f32| if slack > 0.001 { moved / slack } else { 0.0 };
    draft.x = (draft.x + by(moved.x, slack.x)).clamp(0.0, 1.0);
    draft.y = (draft.y + by(moved.y, slack.y)).clamp(0.0, 1.0);
    Image::new(texture).paint_at(ui, rect);
    let crop = draft.crop();
    let corner = |x: f32, y: f32| rect.min + vec2(x * size.x, y * size.y);
    let part = Rect::from_min_max(corner(crop.x, crop.y), corner(crop.x + crop.w, crop.y + crop.h));
    let shade = Color32::from_black_alpha(130);
    for dark in around(rect, part) {
        ui.painter().rect_filled(dark, 0, shade);
    }
    ui.painter().rect_stroke(part, 0, Stroke::new(2.0, Color32::WHITE), StrokeKind::Inside);
    ui.add_space(6.0);
}

/// What of `whole` lies beside `part`, as four rectangles.
fn around(whole: Rect, part: Rect) -> [Rect; 4] {
    let rect = |min: Pos2, max: Pos2| Rect::from_min_max(min, max);
    [
        rect(whole.min, pos2(whole.max.x, part.min.y)),
        rect(pos2(whole.min.x, part.max.y), whole.max),
        rect(pos2(whole.min.x, part.min.y), pos2(part.min.x, part.max.y)),
        rect(pos2(part.max.x, part.min.y), pos2(whole.max.x, part.max.y)),
    ]
}

fn controls(ui: &mut Ui, draft: &mut Draft, saved: bool) {
    ui.horizontal_wrapped(|ui| {
        for (shape, name) in Shape::ALL {
            widget::seen(ui.radio_value(&mut draft.shape, shape, name));
        }
    });
    let crop = draft.crop();
    let mut slider = |name: &str, value: &mut f32, low: f32, high: f32, on: bool| {
        ui.horizontal(|ui| {
            let label = ui.add_sized(Vec2::new(100.0, 20.0), eframe::egui::Label::new(name));
            let slider = Slider::new(value, low..=high).show_value(false);
            widget::seen(ui.add_enabled(on, slider)).labelled_by(label.id);
        });
    };
    slider("Zoom", &mut draft.zoom, 1.0, 4.0, true);
    slider("Left or right", &mut draft.x, 0.0, 1.0, crop.w < 0.999);
    slider("Up or down", &mut draft.y, 0.0, 1.0, crop.h < 0.999);
    if saved {
        widget::seen(
            ui.checkbox(&mut draft.inside, "Keep it inside the profile, not in a file beside it"),
        );
    } else {
        ui.label(style::small(ui, "It is kept inside the profile, which has no folder yet."));
    }
}

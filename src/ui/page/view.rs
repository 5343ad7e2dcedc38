//! How the pages are laid out and painted: zoom, paper, what is too long, the bar above them.

use super::Page;
use crate::{
    app::{App, command::Command, view::Zoom},
    ui::{bar, icon, style, widget},
};
use eframe::egui::{
    Align2, Color32, CornerRadius, FontId, Frame, Margin, Pos2, Rect, Shadow, Stroke, Ui, Vec2,
    pos2, vec2,
};

/// Points of the window for one pt at a zoom of 100 %.
pub(super) const NATURAL: f32 = 96.0 / 72.0;
/// Room around and between pages, in points of the window.
pub(super) const ROOM: f32 = 16.0;

/// Where the pages are in the window.
pub(super) struct Layout {
    /// The top left of what is scrolled.
    pub(super) origin: Pos2,
    /// The place of each page from there.
    pub(super) papers: Vec<Rect>,
    /// Points of the window for one pt.
    pub(super) scale: f32,
}

impl Layout {
    /// All pages one below the other, in the middle of `room`; `is_alone` without the form.
    pub(super) fn new(sizes: &[Vec2], zoom: Zoom, room: Vec2, is_alone: bool) -> Self {
        let scale = scale(zoom, room, sizes, is_alone);
        let mut y = ROOM;
        let mut papers = vec![];
        for size in sizes {
            let size = *size * scale;
            let x = ((room.x - size.x) / 2.0).max(ROOM);
            papers.push(Rect::from_min_size(pos2(x, y), size));
            y += size.y + ROOM;
        }
        Self { origin: Pos2::ZERO, papers, scale }
    }

    /// The size of all of it with the room around.
    pub(super) fn size(&self) -> Vec2 {
        let total = self.papers.iter().fold(Vec2::ZERO, |size, r| size.max(r.max.to_vec2()));
        total + Vec2::splat(ROOM)
    }

    /// The page at a point of the window, or the nearest one, and the point on it in pt.
    pub(super) fn on_page(&self, point: Pos2) -> Option<(usize, Pos2)> {
        let point = point - self.origin.to_vec2();
        let distance = |r: &Rect| (point.y.clamp(r.min.y, r.max.y) - point.y).abs();
        let papers = self.papers.iter().enumerate();
        let nearest = papers.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        nearest.map(|(page, rect)| (page, ((point - rect.min) / self.scale).to_pos2()))
    }

    /// Whether a point of the window is on the paper of a page.
    pub(super) fn is_on_paper(&self, point: Pos2) -> bool {
        let point = point - self.origin.to_vec2();
        self.papers.iter().any(|paper| paper.contains(point))
    }

    /// The place in the window of a box in pt on a page.
    pub(super) fn in_window(&self, page: usize, place: Rect) -> Option<Rect> {
        let corner = self.papers.get(page)?.min + self.origin.to_vec2();
        Some(Rect::from_min_max(
            corner + place.min.to_vec2() * self.scale,
            corner + place.max.to_vec2() * self.scale,
        ))
    }
}

/// Points of the window for one pt.
fn scale(zoom: Zoom, room: Vec2, sizes: &[Vec2], is_alone: bool) -> f32 {
    let largest = sizes.iter().fold(Vec2::splat(1.0), |a, b| a.max(*b));
    let width = (room.x - 2.0 * ROOM) / largest.x;
    let height = (room.y - 2.0 * ROOM) / sizes.first().map_or(1.0, |s| s.y);
    let scale = match zoom {
        // In more room than a line of text should be long, the whole page is better seen.
        Zoom::Width if is_alone => width.min(WIDEST),
        Zoom::Width => width.min(height.clamp(NATURAL, WIDEST)),
        Zoom::Page => width.min(height),
        Zoom::Factor(factor) => factor * NATURAL,
    };
    scale.clamp(0.1, 8.0 * NATURAL)
}

/// How large a page is at most when it is as wide as its panel.
const WIDEST: f32 = 1.75 * NATURAL;

impl Page {
    /// The bar above the pages.
    pub(super) fn bar(&self, ui: &mut Ui, app: &mut App) {
        Frame::new().inner_margin(Margin::symmetric(12, 5)).show(ui, |ui| {
            ui.horizontal(|ui| {
                let count = self.shown.as_ref().map_or(1, |s| s.sizes.len());
                let pages = if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
                ui.label(style::small(ui, pages));
                let zoom = app.doc().map(|d| d.view.zoom).unwrap_or_default();
                // Generous: a row that is wider than its panel makes the panel wider, frame by
                // frame.
                ui.add_space((ui.available_width() - 290.0).max(0.0));
                button(ui, app, Command::ZoomOut, icon::ZOOM_OUT);
                let words = match zoom {
                    Zoom::Width => "Fit width".to_owned(),
                    Zoom::Page => "Whole page".to_owned(),
                    Zoom::Factor(factor) => format!("{:.0} %", factor * 100.0),
                };
                let menu = ui.menu_button(style::small(ui, words.clone()), |ui| {
                    let mut set = |ui: &mut Ui, words: &str, to: Zoom| {
                        if ui.button(words).clicked()
                            && let Some(doc) = app.doc_mut()
                        {
                            doc.view.zoom = to;
                        }
                    };
                    set(ui, "Fit width", Zoom::Width);
                    set(ui, "Whole page", Zoom::Page);
                    for percent in [50_u8, 75, 100, 150, 200] {
                        set(ui, &format!("{percent} %"), Zoom::Factor(f32::from(percent) / 100.0));
                    }
                    set(ui, "300 %", Zoom::Factor(3.0));
                    set(ui, "400 %", Zoom::Factor(4.0));
                });
                menu.response.accessible_name(format!("Zoom: {words}"));
                button(ui, app, Command::ZoomIn, icon::ZOOM_IN);
                button(ui, app, Command::TearOff, icon::TEAR_OFF);
            });
        });
    }

    /// The pages with their pixels, and the line past which there should be nothing.
    pub(super) fn paint(&self, ui: &Ui, layout: &Layout) {
        let painter = ui.painter();
        let Some(shown) = &self.shown else {
            painter.text(
                ui.clip_rect().center(),
                Align2::CENTER_CENTER,
                "Setting the page …",
                FontId::proportional(13.5),
                style::palette(ui).muted,
            );
            return;
        };
        for (number, rect) in layout.papers.iter().enumerate() {
            let rect = rect.translate(layout.origin.to_vec2());
            if !ui.is_rect_visible(rect) {
                continue;
            }
            let shadow = Shadow {
                offset: [0, 3],
                blur: 16,
                spread: 0,
                color: Color32::from_black_alpha(50),
            };
            painter.add(shadow.as_shape(rect, CornerRadius::ZERO));
            painter.rect_filled(rect, 0, Color32::WHITE);
            if let Some((_, texture)) = self.textures.get(&number) {
                let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
                painter.image(texture.id(), rect, uv, Color32::WHITE);
            }
            if let Some(over) = shown.over.filter(|over| over.page == number) {
                let y = rect.min.y + over.y * layout.scale;
                let red = Color32::from_rgb(0xC0, 0x2B, 0x2B);
                let below = Rect::from_min_max(pos2(rect.min.x, y), rect.max);
                painter.rect_filled(below, 0, red.gamma_multiply(0.07));
                painter.hline(rect.x_range(), y, Stroke::new(1.5, red));
                let lines = match over.lines {
                    1 => "1 line too long".to_owned(),
                    n => format!("{n} lines too long"),
                };
                let words =
                    painter.layout_no_wrap(lines, FontId::proportional(11.5), Color32::WHITE);
                let tag = Rect::from_min_size(
                    pos2(rect.max.x - words.size().x - 12.0, y - words.size().y - 4.0),
                    words.size() + vec2(12.0, 4.0),
                );
                painter.rect_filled(tag, 0, red);
                painter.galley(tag.min + vec2(6.0, 2.0), words, Color32::WHITE);
            }
        }
    }
}

/// Paints boxes on pages in a colour, each drawn out by some room.
pub(super) fn boxes(ui: &Ui, layout: &Layout, boxes: &[(usize, Rect)], colour: Color32, room: f32) {
    for (page, place) in boxes {
        if let Some(rect) = layout.in_window(*page, *place) {
            ui.painter().rect_filled(rect.expand2(vec2(room, 0.4 * room)), 2, colour);
        }
    }
}

fn button(ui: &mut Ui, app: &mut App, command: Command, letter: &str) {
    if let Some(info) = command.info() {
        let response = widget::icon_button(ui, letter, info.name);
        if response.on_hover_text(bar::tooltip(info)).clicked() {
            app.run(command);
        }
    }
}

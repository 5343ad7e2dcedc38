//! The page beside the form: zoom, selection, the way from a point to its field and from a field to
//! its place.

use super::{icon, style, widget};
use crate::{
    app::{
        App,
        command::Command,
        doc::Doc,
        preview::{
            Answer, Image, Job, Preview, Shown, Thumbnail, View, caret,
            hit::{self, at_point},
            select::{self, Selection},
        },
        view::Zoom,
    },
    at::At,
    finding::{Finding, Findings},
    look::{Look, PhotoPlace},
    slot::Slot,
    typeset::Source,
    value::photo::Photo,
};
use eframe::egui::{
    self, Align2, Color32, Context, CornerRadius, CursorIcon, Event, FontId, Frame, Key, Margin,
    Panel, Pos2, Rect, Response, ScrollArea, Sense, Shadow, Stroke, TextureHandle, TextureOptions,
    Ui, Vec2, ViewportBuilder, ViewportId, accesskit::Role, pos2, vec2,
};
use std::{collections::BTreeMap, sync::Arc};

/// Points of the window for one pt at a zoom of 100 %.
const NATURAL: f32 = 96.0 / 72.0;
/// Room around and between pages, in points of the window.
const ROOM: f32 = 16.0;

/// What is shown of the document's pages, and what was asked for.
pub(super) struct Page {
    preview: Preview,
    shown: Option<Shown>,
    /// Where the field with the caret is, until another document is shown.
    marked: Option<(At, Vec<(usize, Rect)>)>,
    /// What a screen reader hears of the page of that number, until another document is shown.
    spoken: Option<(usize, String)>,
    findings: Arc<Findings>,
    /// What is to be said about the photo.
    photo: Option<Finding>,
    /// The pixels of pages, with the state of the profile they show.
    textures: BTreeMap<usize, (u64, TextureHandle)>,
    /// Where these pixels are, for who draws them: another number means that there are none.
    surface: u64,
    /// Small pictures of pages, by the name they were asked for with.
    thumbnails: BTreeMap<String, TextureHandle>,
    asked: Option<(u64, Option<String>, Look, View)>,
    /// Whether the answer to that is still to come.
    pending: bool,
    /// Why nothing can be shown.
    failed: Option<Finding>,
    /// The pages that were on the screen in the last frame.
    visible: std::ops::Range<usize>,
    selection: Option<Selection>,
    /// Where the mouse began to select.
    from: Option<(usize, Pos2)>,
    /// The field whose place was scrolled to.
    revealed: Option<At>,
    /// The width that form and page shared in the last frame.
    room: Option<f32>,
    /// The width of the page's panel in the last frame.
    width: Option<f32>,
    /// How far the pages are scrolled.
    offset: Vec2,
    /// How far keys have scrolled them since.
    step: Option<f32>,
}

impl Page {
    /// Nothing shown yet. `wake` is called when there is something new.
    pub(super) fn new(source: Source, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self {
            preview: Preview::new(source, wake),
            shown: None,
            marked: None,
            spoken: None,
            findings: Arc::default(),
            photo: None,
            textures: BTreeMap::new(),
            surface: 0,
            thumbnails: BTreeMap::new(),
            asked: None,
            pending: false,
            failed: None,
            visible: 0..1,
            selection: None,
            from: None,
            revealed: None,
            room: None,
            width: None,
            offset: Vec2::ZERO,
            step: None,
        }
    }

    /// What was found when the page was set, and when its photo was loaded.
    pub(super) fn findings(&self) -> Arc<Findings> {
        Arc::clone(&self.findings)
    }

    /// Takes in what is to be said about the photo.
    pub(super) fn tell_photo(&mut self, finding: Option<&Finding>) {
        if self.photo.as_ref() != finding {
            self.photo = finding.cloned();
            self.gather();
        }
    }

    fn gather(&mut self) {
        let Some(shown) = &self.shown else {
            self.findings = Arc::default();
            return;
        };
        // Of a photo that is not printed anyway there is nothing to say.
        let photo = self.photo.as_ref().filter(|_| shown.style.photo != PhotoPlace::Off);
        self.findings = match photo {
            None => Arc::clone(&shown.findings),
            Some(photo) => {
                let all: Vec<_> = shown.findings.iter().chain([photo]).cloned().collect();
                Arc::new(all.into())
            }
        };
    }

    /// The document as last set.
    pub(super) fn shown(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// Whether what is shown is what was asked for last.
    pub(super) fn is_current(&self) -> bool {
        self.asked.is_some() && !self.pending
    }

    /// A small picture that was asked for.
    pub(super) fn thumbnail(&self, name: &str) -> Option<&TextureHandle> {
        self.thumbnails.get(name)
    }

    /// Asks for small pictures; those that are there under other names go.
    pub(super) fn want(&mut self, wanted: Vec<Thumbnail>) {
        self.thumbnails.retain(|name, _| wanted.iter().any(|w| w.name == *name));
        if let Err(error) = self.preview.thumbnails(wanted) {
            self.fail(&error);
        }
    }

    /// Lets go of a document that is closed.
    pub(super) fn forget(&mut self) {
        self.shown = None;
        (self.marked, self.spoken) = (None, None);
        self.gather();
        self.asked = None;
        self.revealed = None;
        self.selection = None;
        self.textures.clear();
        self.surface += 1;
        self.thumbnails.clear();
    }

    /// Takes in what the thread has made.
    pub(super) fn poll(&mut self, ctx: &Context) {
        while let Some(answer) = self.preview.poll() {
            match answer {
                // What was made for another document, or for pixels that are gone.
                Answer::Shown(shown) if shown.surface != self.surface => {}
                Answer::Shown(shown) => {
                    for image in &shown.images {
                        self.keep(ctx, image, shown.revision);
                    }
                    let seen: Vec<usize> = shown.images.iter().map(|i| i.page).collect();
                    self.textures.retain(|page, _| seen.contains(page));
                    if self.shown.as_ref().is_none_or(|old| old.revision != shown.revision) {
                        self.selection = None;
                    }
                    self.failed = None;
                    if let Some((revision, _, _, view)) = &self.asked {
                        // A page so large that it is drawn coarser is what was asked for, too.
                        let drawn = shown.images.iter().all(|i| i.scale < view.scale + 0.01);
                        self.pending &= shown.revision != *revision || !drawn;
                    }
                    self.shown = Some(Shown { images: vec![], ..*shown });
                    (self.marked, self.spoken) = (None, None);
                    self.gather();
                }
                Answer::Thumbnail { name, image } => {
                    let texture = ctx.load_texture(
                        &name,
                        egui::ImageData::Color(image),
                        TextureOptions::LINEAR,
                    );
                    self.thumbnails.insert(name, texture);
                }
                Answer::Failed(finding) => {
                    self.failed = Some(*finding);
                    self.pending = false;
                }
            }
        }
    }

    /// Takes in the pixels of a page, or of some of its rows.
    fn keep(&mut self, ctx: &Context, image: &Image, state: u64) {
        let pixels = egui::ImageData::Color(Arc::clone(&image.pixels));
        let options = TextureOptions::LINEAR;
        match self.textures.get_mut(&image.page) {
            Some((revision, texture)) if image.is_whole() => {
                texture.set(pixels, options);
                *revision = state;
            }
            Some((revision, texture)) if texture.size() == image.size => {
                if !image.rows.is_empty() {
                    texture.set_partial([0, image.rows.start], pixels, options);
                }
                *revision = state;
            }
            None if image.is_whole() => {
                let texture = ctx.load_texture(format!("page {}", image.page + 1), pixels, options);
                self.textures.insert(image.page, (state, texture));
            }
            // Rows of a page that is not here: all of it is asked for.
            _ => {
                self.surface += 1;
                self.asked = None;
            }
        }
    }

    /// Asks for the newest state of the document, as it is seen. `photo` is the photo as loaded.
    pub(super) fn ask(&mut self, doc: &mut Doc, photo: Option<&Photo>, scale: f32) {
        // Steps of a hundredth: a splitter that moves by a hair does not draw the page anew.
        let scale = (scale * 100.0).round() / 100.0;
        let view = View { pages: self.visible.clone(), scale };
        let variant = doc.view.variant.clone();
        let top = doc.view.tried.clone();
        let asked = (doc.revision(), variant.clone(), top.clone(), view.clone());
        if self.asked.as_ref() == Some(&asked) {
            return;
        }
        let job = Job {
            revision: doc.revision(),
            profile: doc.shared(),
            variant,
            top,
            photo: photo.cloned(),
            view,
            surface: self.surface,
        };
        self.asked = Some(asked);
        self.pending = true;
        if let Err(error) = self.preview.show(job) {
            self.fail(&error);
        }
    }

    /// Asks anew, though nothing changed in the profile: a photo was loaded.
    pub(super) fn ask_again(&mut self) {
        self.asked = None;
    }

    fn fail(&mut self, error: &std::io::Error) {
        let message = format!("the page cannot be made: {error}");
        self.failed = Some(Finding::error("preview-failed", At::root(), message));
    }

    /// Draws the page at the right of the form, or in a window of its own.
    pub(super) fn show(&mut self, ui: &mut Ui, app: &mut App, photo: Option<&Photo>) {
        let Some(doc) = app.doc() else {
            return;
        };
        if doc.view.torn_off {
            let title = format!("{} – page", doc.name());
            let builder =
                ViewportBuilder::default().with_title(title).with_inner_size([720.0, 980.0]);
            let id = ViewportId::from_hash_of("page");
            ui.ctx().clone().show_viewport_immediate(id, builder, |ui, _| {
                let frame = Frame::new().fill(style::palette(ui).canvas);
                egui::CentralPanel::default().frame(frame).show(ui, |ui| {
                    self.inside(ui, app, photo);
                });
                if ui.input(|i| i.viewport().close_requested()) {
                    app.run(Command::TearOff);
                }
            });
        } else if app.page_shown {
            let frame = Frame::new().fill(style::palette(ui).canvas);
            let room = ui.available_width();
            let share = 1.0 - app.files.settings.split.clamp(0.1, 0.9);
            let most = (room - 330.0).max(261.0);
            let mut panel = Panel::right("page").frame(frame).size_range(260.0..=most);
            // When the window gets another size, the page keeps its share of it.
            let resized = self.room.is_none_or(|old| (old - room).abs() > 1.0);
            if resized {
                panel = panel.exact_size((room * share).clamp(260.0, most));
            }
            let shown = panel.show(ui, |ui| self.inside(ui, app, photo));
            let width = shown.response.rect.width();
            // A share that a small window allows no more comes back with its size; only who moves
            // the splitter changes it.
            let moved = self.width.is_some_and(|old| (old - width).abs() > 0.5);
            if !resized && moved && ui.input(|i| i.pointer.primary_down()) {
                app.files.settings.split = (1.0 - width / room).clamp(0.1, 0.9);
            }
            self.width = Some(width);
            self.room = Some(room);
        } else {
            // Findings and the status line are wanted all the same.
            let visible = 0..0;
            if self.visible != visible {
                self.visible = visible;
            }
            if let Some(doc) = app.doc_mut() {
                self.ask(doc, photo, 1.0);
            }
        }
    }

    fn inside(&mut self, ui: &mut Ui, app: &mut App, photo: Option<&Photo>) {
        self.bar(ui, app);
        super::check::fixes_bar(ui, app, &self.findings());
        if let Some(failed) = &self.failed {
            Frame::new().inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
                let text = super::words::sentence(&failed.message);
                ui.label(egui::RichText::new(text).color(style::palette(ui).error));
            });
        }
        let Some(doc) = app.doc_mut() else {
            return;
        };
        let room = ui.available_size();
        let sizes: Vec<Vec2> = match &self.shown {
            Some(shown) => shown.sizes.to_vec(),
            None => vec![vec2(595.0, 842.0)],
        };
        let scale = scale(doc.view.zoom, room, &sizes);
        let content = content(&sizes, scale, room.x);
        if let (Some(shown), Some(at)) = (&self.shown, &doc.view.focused)
            && self.marked.as_ref().is_none_or(|(marked, _)| marked != at)
        {
            self.marked = Some((at.clone(), place(shown, at)));
        }
        // Nothing that is not on the page is painted over it.
        ui.spacing_mut().scroll.fade.strength = 0.0;
        let mut area = ScrollArea::both().id_salt("page").auto_shrink(false);
        if let Some(target) = self.reveal(doc, &content, scale, room) {
            area = area.scroll_offset(target);
        } else if let Some(step) = self.step.take() {
            area = area.scroll_offset(self.offset + vec2(0.0, step));
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            let total = content.iter().fold(Vec2::ZERO, |size, r| size.max(r.max.to_vec2()));
            let (area, response) = ui.allocate_exact_size(
                (total + Vec2::splat(ROOM)).max(room),
                Sense::click_and_drag(),
            );
            let first = content.iter().position(|r| r.max.y >= viewport.min.y).unwrap_or(0);
            let last = content.iter().rposition(|r| r.min.y <= viewport.max.y).unwrap_or(first);
            self.visible = first..(last + 1).max(first + 1);
            self.paint(ui, doc, area.min, &content, scale);
            self.touch(ui, doc, &response, area.min, &content, scale);
            response
        });
        let response = output.inner;
        self.offset = output.state.clamped_offset();
        self.keys(ui, &response, room);
        let delta = ui.input(|i| i.zoom_delta());
        if response.contains_pointer() && (delta - 1.0).abs() > 0.001 {
            let now = scale / NATURAL;
            doc.view.zoom = Zoom::Factor((now * delta).clamp(0.25, 4.0));
        }
        self.describe(ui, &response);
        let pixels = scale * ui.ctx().pixels_per_point();
        self.ask(doc, photo, pixels);
    }

    fn bar(&self, ui: &mut Ui, app: &mut App) {
        Frame::new().inner_margin(Margin::symmetric(12, 5)).show(ui, |ui| {
            ui.horizontal(|ui| {
                let count = self.shown.as_ref().map_or(1, |s| s.sizes.len());
                let pages = if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
                ui.label(style::small(ui, pages));
                let zoom = app.doc().map(|d| d.view.zoom).unwrap_or_default();
                // Generous: a row that is wider than its panel makes the panel wider, frame by
                // frame.
                ui.add_space((ui.available_width() - 290.0).max(0.0));
                {
                    let (command, letter) = (Command::ZoomOut, icon::ZOOM_OUT);
                    button(ui, app, command, letter);
                }
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

    /// The offset at which the place of the field with the caret is in view, when it just got the
    /// caret.
    fn reveal(&mut self, doc: &Doc, content: &[Rect], scale: f32, room: Vec2) -> Option<Vec2> {
        let focused = doc.view.focused.as_ref()?;
        if self.revealed.as_ref() == Some(focused) {
            return None;
        }
        let shown = self.shown.as_ref().filter(|s| s.revision == doc.revision())?;
        self.revealed = Some(focused.clone());
        let (page, place) = place(shown, focused).into_iter().next()?;
        let corner = content.get(page)?.min;
        let y = corner.y + place.center().y * scale;
        let bottom = content.iter().map(|r| r.max.y).fold(0.0, f32::max) + ROOM;
        // All of it is in view already when there is nothing to scroll.
        (bottom > room.y).then(|| vec2(0.0, (y - 0.5 * room.y).clamp(0.0, bottom - room.y)))
    }

    fn paint(&self, ui: &Ui, doc: &Doc, origin: Pos2, content: &[Rect], scale: f32) {
        let painter = ui.painter();
        let palette = style::palette(ui);
        let Some(shown) = &self.shown else {
            let text = "Setting the page …";
            painter.text(
                ui.clip_rect().center(),
                Align2::CENTER_CENTER,
                text,
                FontId::proportional(13.5),
                palette.muted,
            );
            return;
        };
        for (number, rect) in content.iter().enumerate() {
            let rect = rect.translate(origin.to_vec2());
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
                let y = rect.min.y + over.y * scale;
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
        let boxed = |boxes: &[(usize, Rect)], colour: Color32, room: f32| {
            for &(page, place) in boxes {
                if let Some(corner) = content.get(page).map(|r| r.min + origin.to_vec2()) {
                    let rect = Rect::from_min_max(
                        corner + place.min.to_vec2() * scale,
                        corner + place.max.to_vec2() * scale,
                    );
                    painter.rect_filled(rect.expand2(vec2(room, 0.4 * room)), 2, colour);
                }
            }
        };
        if let Some((_, boxes)) = self.marked.as_ref().filter(|_| doc.view.focused.is_some()) {
            boxed(boxes, palette.accent.gamma_multiply(0.16), 2.0);
        }
        if let Some(selection) = &self.selection {
            let colour = Color32::from_rgb(0x2F, 0x5B, 0xEA).gamma_multiply(0.32);
            boxed(&selection.boxes(&shown.page.pages), colour, 0.0);
        }
    }

    /// Clicks, and selecting with the mouse.
    fn touch(
        &mut self,
        ui: &Ui,
        doc: &mut Doc,
        response: &Response,
        origin: Pos2,
        content: &[Rect],
        scale: f32,
    ) {
        let Some(shown) = &self.shown else {
            return;
        };
        let pages = &shown.page.pages;
        let point = response.interact_pointer_pos().or_else(|| response.hover_pos());
        let Some((page, point)) = point.and_then(|p| on_page(p - origin.to_vec2(), content, scale))
        else {
            return;
        };
        if response.hovered() && at_point(pages, page, point).is_some() {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
        if response.drag_started() {
            let press = ui.input(|i| i.pointer.press_origin());
            let start = press.and_then(|p| on_page(p - origin.to_vec2(), content, scale));
            self.from = Some(start.unwrap_or((page, point)));
        }
        if response.dragged()
            && let Some(from) = self.from
        {
            self.selection = select::select(pages, from, (page, point)).filter(|s| !s.is_empty());
            response.request_focus();
        }
        if response.triple_clicked() {
            self.selection = select::paragraph(pages, page, point);
            response.request_focus();
        } else if response.double_clicked() {
            self.selection = select::word(pages, page, point);
            response.request_focus();
        } else if response.clicked() {
            self.selection = None;
            match at_point(pages, page, point) {
                Some(hit) => {
                    let text = Slot::of(&mut doc.file.profile, &hit.at).and_then(Slot::text);
                    let byte = text.map_or(0, |typed| caret::caret(typed, &hit));
                    doc.view.go_to(&hit.at, Some(byte));
                    // In a window of its own the page would keep the keys that are for the field.
                    response.surrender_focus();
                    // The place was under the mouse: nothing needs to scroll there.
                    self.revealed = Some(hit.at);
                    ui.ctx().request_repaint();
                }
                None => response.request_focus(),
            }
        }
    }

    /// Scrolling, copying and choosing all, by keys, while the page has the focus.
    fn keys(&mut self, ui: &Ui, response: &Response, room: Vec2) {
        if !response.has_focus() {
            return;
        }
        let Some(shown) = &self.shown else {
            return;
        };
        let copy = ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy)));
        if copy && let Some(selection) = self.selection.or_else(|| select::all(&shown.page.pages)) {
            ui.ctx().copy_text(selection.text(&shown.page.pages));
        }
        let step = ui.input(|i| {
            let pressed = |key| i.key_pressed(key);
            if pressed(Key::PageDown) || pressed(Key::Space) {
                0.9 * room.y
            } else if pressed(Key::PageUp) {
                -0.9 * room.y
            } else if pressed(Key::ArrowDown) {
                40.0
            } else if pressed(Key::ArrowUp) {
                -40.0
            } else if pressed(Key::Home) {
                f32::NEG_INFINITY
            } else if pressed(Key::End) {
                f32::INFINITY
            } else {
                0.0
            }
        });
        if step != 0.0 {
            let most = (response.rect.height() - room.y).max(0.0);
            let target = (self.offset.y + step).clamp(0.0, most);
            self.step = Some(target - self.offset.y);
            ui.ctx().request_repaint();
        }
    }

    /// What a screen reader hears of the page.
    fn describe(&mut self, ui: &Ui, response: &Response) {
        let Some(shown) = &self.shown else {
            return;
        };
        let count = shown.sizes.len();
        let number = self.visible.start.min(count.saturating_sub(1));
        let name = format!("Page {} of {count}", number + 1);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(Role::Document);
            node.set_label(name);
            // Called only where somebody listens.
            let text = match self.spoken.take() {
                Some((same, text)) if same == number => text,
                _ => select::page_text(&shown.page.pages, number),
            };
            node.set_value(text.clone());
            self.spoken = Some((number, text));
        });
        if response.has_focus() {
            ui.painter().rect_stroke(
                ui.clip_rect().shrink(1.0),
                2,
                Stroke::new(1.5, style::palette(ui).accent),
                egui::StrokeKind::Inside,
            );
        }
    }
}

fn button(ui: &mut Ui, app: &mut App, command: Command, letter: &str) {
    if let Some(info) = command.info() {
        let response = widget::icon_button(ui, letter, info.name);
        if response.on_hover_text(super::bar::tooltip(info)).clicked() {
            app.run(command);
        }
    }
}

/// Where a field, or what the card with the caret holds, is printed.
fn place(shown: &Shown, at: &At) -> Vec<(usize, Rect)> {
    let pages = &shown.page.pages;
    let exact = hit::boxes(pages, at);
    if !exact.is_empty() || at.steps().len() < 2 {
        return exact;
    }
    // A bullet's text is printed under the bullet, an author under the list.
    hit::boxes(pages, &at.parent())
}

/// Points of the window for one pt.
fn scale(zoom: Zoom, room: Vec2, sizes: &[Vec2]) -> f32 {
    let largest = sizes.iter().fold(Vec2::splat(1.0), |a, b| a.max(*b));
    let width = (room.x - 2.0 * ROOM) / largest.x;
    let height = (room.y - 2.0 * ROOM) / sizes.first().map_or(1.0, |s| s.y);
    let scale = match zoom {
        Zoom::Width => width,
        Zoom::Page => width.min(height),
        Zoom::Factor(factor) => factor * NATURAL,
    };
    scale.clamp(0.1, 8.0 * NATURAL)
}

/// The places of all pages, from the top left of what is scrolled.
fn content(sizes: &[Vec2], scale: f32, width: f32) -> Vec<Rect> {
    let mut y = ROOM;
    let mut places = vec![];
    for size in sizes {
        let size = *size * scale;
        let x = ((width - size.x) / 2.0).max(ROOM);
        places.push(Rect::from_min_size(pos2(x, y), size));
        y += size.y + ROOM;
    }
    places
}

/// The page at a point of what is scrolled, and the point on it in pt.
fn on_page(point: Pos2, content: &[Rect], scale: f32) -> Option<(usize, Pos2)> {
    let distance = |r: &Rect| (point.y.clamp(r.min.y, r.max.y) - point.y).abs();
    let nearest = content.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    nearest.map(|(page, rect)| (page, ((point - rect.min) / scale).to_pos2()))
}

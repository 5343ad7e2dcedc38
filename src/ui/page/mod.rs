//! The page beside the form, or alone: what is asked of the thread that makes it, and what is shown
//! of it.

mod access;
mod caret;
mod empty;
mod hover;
mod menu;
mod scrolling;
mod selection;
mod view;

use self::{caret::Caret, hover::Hover, view::Layout};
use super::{section::WIDTH_WITH_ROOM, style, words};
use crate::{
    app::{
        App,
        command::Command,
        doc::Doc,
        edit::Edit,
        preview::{
            Answer, Image, Job, Preview, Shown, Thumbnail, View, hit::place, select::Selection,
        },
        view::Tab,
    },
    at::At,
    finding::{Code, Finding, Findings},
    look::{Look, PhotoPlace},
    typeset::Source,
    value::{entry::Show, photo::Photo},
};
use eframe::egui::{
    self, CentralPanel, Context, Frame, Margin, Panel, Pos2, Rect, ScrollArea, Sense,
    TextureHandle, TextureOptions, Ui, Vec2, ViewportBuilder, ViewportId, vec2,
};
use std::{collections::BTreeMap, sync::Arc};

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
    /// What is selected over several fields, to be copied.
    selection: Option<Selection>,
    /// Where the mouse began to select.
    from: Option<(usize, Pos2)>,
    /// The caret of the form's field on the page.
    caret: Caret,
    /// The entry under the pointer with its tools.
    hover: Hover,
    /// The entry that had the caret last.
    entry: Option<At>,
    /// What the menu is about.
    about: Option<At>,
    /// The field, and the caret in it, whose place was scrolled to.
    revealed: Option<(At, Option<(usize, Rect)>)>,
    /// The tab that was in front in the last frame.
    tab: Option<Tab>,
    /// Whether there is no form beside it.
    is_alone: bool,
    /// Whether it is in a window of its own.
    torn_off: bool,
    /// Where it is in the window.
    area: Rect,
    /// The width that form and page shared in the last frame.
    room: Option<f32>,
    /// The width of the page's panel in the last frame.
    width: Option<f32>,
    /// How far the pages are scrolled.
    offset: Vec2,
    /// How far they shall be, and in how many frames that is to be said.
    target: Option<(Vec2, u8)>,
}

/// What was asked for on the page, to be done when it is drawn.
#[derive(Default)]
struct Asked {
    edits: Vec<Edit>,
    commands: Vec<Command>,
    /// Whether the form shall be there.
    form: bool,
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
            caret: Caret::default(),
            hover: Hover::default(),
            entry: None,
            about: None,
            revealed: None,
            tab: None,
            is_alone: false,
            torn_off: false,
            area: Rect::NOTHING,
            room: None,
            width: None,
            offset: Vec2::ZERO,
            target: None,
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
        (self.caret, self.hover) = (Caret::default(), Hover::default());
        (self.entry, self.about) = (None, None);
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
        self.failed = Some(Finding::error(Code::PreviewFailed, At::root(), message));
    }

    /// Whether what has the caret has tools that only the form has.
    pub(super) fn needs_form(&self, app: &App) -> bool {
        app.doc().is_some_and(|doc| {
            let at = doc.view.focus.as_ref().map(|focus| &focus.at).or(doc.view.focused.as_ref());
            at.is_some_and(|at| caret::is_in_form(doc.profile(), at))
        })
    }

    /// Draws the page at the right of the form, in its place, or in a window of its own.
    pub(super) fn show(&mut self, ui: &mut Ui, app: &mut App, photo: Option<&Photo>) {
        let ctx = ui.ctx().clone();
        if std::mem::replace(&mut self.is_alone, app.is_form_away()) != self.is_alone {
            // The field with the caret is drawn elsewhere from now on, and still has it.
            super::queue::keep(&ctx);
            self.revealed = None;
        }
        super::queue::visit_all(&ctx, self.is_alone);
        let Some(doc) = app.doc_mut() else {
            return;
        };
        self.torn_off = doc.view.torn_off;
        // Who clicks elsewhere works elsewhere.
        let elsewhere = ctx.input(|i| {
            let pressed = i.pointer.primary_pressed();
            pressed && i.pointer.interact_pos().is_some_and(|at| !self.area.contains(at))
        });
        self.caret.on_page = self.is_alone || (self.caret.on_page && !elsewhere);
        self.caret.follow(&ctx, doc);
        self.caret_keys(&ctx, doc);
        let frame = Frame::new().fill(style::palette(ui).canvas);
        if self.torn_off {
            self.area = Rect::NOTHING;
            let title = format!("{} – page", doc.name());
            let builder =
                ViewportBuilder::default().with_title(title).with_inner_size([720.0, 980.0]);
            let id = ViewportId::from_hash_of("page");
            ctx.show_viewport_immediate(id, builder, |ui, _| {
                CentralPanel::default().frame(frame).show(ui, |ui| {
                    self.inside(ui, app, photo);
                });
                if ui.input(|i| i.viewport().close_requested()) {
                    app.run(Command::TearOff);
                }
            });
        } else if self.is_alone {
            let shown = CentralPanel::default().frame(frame);
            self.area = shown.show(ui, |ui| self.inside(ui, app, photo)).response.rect;
            (self.room, self.width) = (None, None);
        } else if app.page_shown {
            let room = ui.available_width();
            let share = 1.0 - app.files.settings.split.clamp(0.1, 0.9);
            let most = (room - 330.0).max(261.0);
            // Where the form needs no more, the page has the rest, so that no band is empty.
            let least = (room - WIDTH_WITH_ROOM).clamp(260.0, most);
            let mut panel = Panel::right("page").frame(frame).size_range(least..=most);
            // When the window gets another size, the page keeps its share of it.
            let resized = self.room.is_none_or(|old| (old - room).abs() > 1.0);
            if resized {
                panel = panel.exact_size((room * share).clamp(least, most));
            }
            let shown = panel.show(ui, |ui| self.inside(ui, app, photo));
            self.area = shown.response.rect;
            let width = self.area.width();
            // A share that a small window allows no more comes back with its size; only who moves
            // the splitter changes it.
            let moved = self.width.is_some_and(|old| (old - width).abs() > 0.5);
            if !resized && moved && ui.input(|i| i.pointer.primary_down()) {
                app.files.settings.split = (1.0 - width / room).clamp(0.1, 0.9);
            }
            self.width = Some(width);
            self.room = Some(room);
        } else if let Some(doc) = app.doc_mut() {
            self.area = Rect::NOTHING;
            // Findings and the status line are wanted all the same.
            self.visible = 0..0;
            self.ask(doc, photo, 1.0);
        }
    }

    fn inside(&mut self, ui: &mut Ui, app: &mut App, photo: Option<&Photo>) {
        self.bar(ui, app);
        super::check::fixes_bar(ui, app, &self.findings());
        if let Some(failed) = &self.failed {
            Frame::new().inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
                let text = words::sentence(&failed.message);
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
        let mut layout = Layout::new(&sizes, doc.view.zoom, room, self.is_alone);
        if let (Some(shown), Some(at)) = (&self.shown, &doc.view.focused)
            && self.marked.as_ref().is_none_or(|(marked, _)| marked != at)
        {
            self.marked = Some((at.clone(), place(&shown.page.pages, at)));
        }
        if let Some(shown) = self.shown.clone() {
            self.caret.find(doc, &shown);
        }
        // Nothing that is not on the page is painted over it.
        ui.spacing_mut().scroll.fade.strength = 0.0;
        // After zooming it would spring back into its old size for many frames.
        ui.spacing_mut().scroll.kinetic.rubber_band = false;
        let mut area = ScrollArea::both().id_salt("page").auto_shrink(false);
        let offset = self.asked_offset(ui.ctx());
        if let Some(target) = self.reveal(doc, &layout, room).or(offset) {
            area = area.scroll_offset(target);
        }
        let mut asked = Asked::default();
        let output = area.show_viewport(ui, |ui, viewport| {
            let size = layout.size().max(room);
            let (area, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
            layout.origin = area.min;
            let papers = &layout.papers;
            let first = papers.iter().position(|r| r.max.y >= viewport.min.y).unwrap_or(0);
            let last = papers.iter().rposition(|r| r.min.y <= viewport.max.y).unwrap_or(first);
            self.visible = first..(last + 1).max(first + 1);
            self.paint(ui, &layout);
            self.touch(ui, doc, &response, &layout);
            self.menu(ui, doc, &response, &mut asked);
            self.placeholders(ui, doc, &layout, &mut asked);
            self.entry_tools(ui, doc, &layout, &mut asked);
            self.paint_caret(ui, doc, &layout);
            response
        });
        let response = output.inner;
        self.offset = output.state.clamped_offset();
        self.scroll_keys(ui, &response, room);
        if response.contains_pointer() {
            self.zoom_at_pointer(ui, doc, &layout, &sizes, room);
        }
        self.describe(ui, &response);
        let pixels = layout.scale * ui.ctx().pixels_per_point();
        self.ask(doc, photo, pixels);
        if asked.form {
            app.fold(false);
        }
        for edit in asked.edits {
            app.apply(&edit);
            // What is hidden can no more be clicked here.
            if let Edit::SetShow(_, show) = &edit
                && *show != Show::Always
            {
                app.tell_with("Hidden on the page", ("Undo", Command::Undo));
            }
            ui.ctx().request_repaint();
        }
        for command in asked.commands {
            app.run(command);
            ui.ctx().request_repaint();
        }
    }
}

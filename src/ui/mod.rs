//! Everything drawn: the only place that names egui.

mod bar;
mod check;
mod drag;
mod find;
mod form;
mod icon;
mod keys;
mod look;
mod page;
mod person;
mod photo;
mod section;
mod sheet;
mod status;
mod style;
mod switch;
mod tabs;
mod toast;
mod widget;
mod words;

use crate::{
    app::{App, Colours, Request, Screen, doc::Doc, view::Tab},
    at::At,
    typeset::Source,
    value::person::Spellings,
};
use eframe::egui::{self, CentralPanel, Frame, Ui, ViewportCommand};
use form::Form;
use std::{path::PathBuf, sync::Arc};

/// Opens the window with `files` and stays until it is closed.
///
/// # Errors
/// When there is no screen, or none that can be painted on; in words for the user.
pub fn run(files: Vec<PathBuf>) -> Result<(), String> {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("org.vitae.Vitae")
        .with_title("Vitae")
        .with_inner_size([1380.0, 860.0])
        .with_min_inner_size([760.0, 480.0]);
    let options =
        eframe::NativeOptions { renderer: eframe::Renderer::Glow, viewport, ..Default::default() };
    let make: eframe::AppCreator<'_> = Box::new(move |creation| {
        let mut app = App::default();
        if let Some(file) = files.first()
            && let Ok(document) = crate::store::Document::open(file)
        {
            app.screen = Screen::Editor(Box::new(Doc::new(document, Some(file.clone()))));
        }
        Ok(Box::new(Window::new(&creation.egui_ctx, app)))
    });
    eframe::run_native("Vitae", options, make).map_err(|error| error.to_string())
}

/// The window.
pub struct Window {
    /// The editor without a screen.
    pub app: App,
    toasts: toast::Toasts,
    page: page::Page,
    photo: photo::Loaded,
    sheets: sheet::Sheets,
    find: find::Bar,
}

impl std::fmt::Debug for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Window").field("app", &self.app).finish_non_exhaustive()
    }
}

impl Window {
    /// A window for `app`; installs faces and styles.
    #[must_use]
    pub fn new(ctx: &egui::Context, app: App) -> Self {
        Self::with_fonts(ctx, app, Source::System)
    }

    /// The same, with the page set in fonts from `source` alone.
    #[must_use]
    pub fn with_fonts(ctx: &egui::Context, app: App, source: Source) -> Self {
        style::install(ctx);
        let wake = ctx.clone();
        Self {
            app,
            toasts: toast::Toasts::default(),
            page: page::Page::new(source, Arc::new(move || wake.request_repaint())),
            photo: photo::Loaded::default(),
            sheets: sheet::Sheets::default(),
            find: find::Bar::default(),
        }
    }

    /// Whether the page shows the newest state of the document; always when none is open.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.app.doc().is_none() || self.page.is_current()
    }

    fn colours(&self, ctx: &egui::Context) {
        let wanted = match self.app.colours {
            Colours::System => egui::ThemePreference::System,
            Colours::Light => egui::ThemePreference::Light,
            Colours::Dark => egui::ThemePreference::Dark,
        };
        if ctx.options(|o| o.theme_preference) != wanted {
            ctx.set_theme(wanted);
        }
    }

    fn serve(&mut self, ctx: &egui::Context) {
        for request in std::mem::take(&mut self.app.requests) {
            match request {
                Request::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            }
        }
    }

    /// The tabs that are no forms.
    fn look_or_check(&mut self, ui: &mut Ui, tab: Tab) {
        let now = ui.input(|i| i.time);
        let frame = Frame::new().fill(style::palette(ui).back);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            if tab == Tab::Check {
                let findings = self.page.findings();
                check::show(ui, &mut self.app, &findings);
            } else if let Some(doc) = self.app.doc_mut() {
                look::show(ui, doc, &|name| self.page.thumbnail(name).cloned());
            }
        });
        if let Some(doc) = self.app.doc_mut() {
            doc.view.focused = None;
            settle(ui, doc, now);
        }
    }

    fn middle(&mut self, ui: &mut Ui) {
        let now = ui.input(|i| i.time);
        let shown = self.page.findings();
        if let Some(tab) = self.app.doc().map(|d| d.view.tab)
            && matches!(tab, Tab::Look | Tab::Check)
        {
            self.look_or_check(ui, tab);
            return;
        }
        let Screen::Editor(doc) = &mut self.app.screen else {
            return;
        };
        let tab = doc.view.tab;
        // What the forms need of the profile is taken along, for they change the profile meanwhile.
        let spellings: Vec<&str> = doc.file.profile.person.spellings().collect();
        let own = Spellings::new(&spellings);
        let variants = doc.file.profile.variants.clone();
        let marks = doc.file.profile.marks.clone();
        let variant = doc.view.variant.clone();
        doc.findings = shown;
        let style = doc.style();
        let findings = std::sync::Arc::clone(&doc.findings);
        let sections: Vec<_> = doc
            .file
            .profile
            .sections
            .iter()
            .map(|s| (s.kind(), tabs::title(s, &style.language)))
            .collect();
        doc.view.focused = None;
        if doc.view.focus.is_some() {
            // The field that had the caret must not see what is typed for the one that gets it.
            ui.memory_mut(|memory| {
                if let Some(id) = memory.focused() {
                    memory.surrender_focus(id);
                }
            });
        }
        let mut form = Form {
            view: &mut doc.view,
            findings: &findings,
            variants: &variants,
            variant: variant.as_deref(),
            own: &own,
            marks: &marks,
            dates: style.dates,
            language: &style.language,
            sections: &sections,
            edits: vec![],
            typed: None,
        };
        let profile = &mut doc.file.profile;
        CentralPanel::default().frame(Frame::new().fill(style::palette(ui).back)).show(ui, |ui| {
            match tab {
                Tab::Person => person::show(ui, &mut form, profile),
                Tab::Section(i) => {
                    if let Some(section) = profile.sections.get_mut(i) {
                        let at = At::root().field("sections").index(i);
                        section::show(ui, &mut form, &at, section);
                    }
                }
                Tab::Look | Tab::Check => {}
            }
        });
        let Form { edits, typed, .. } = form;
        if let Some((at, label)) = typed {
            doc.typed(&at, &label, now);
        }
        settle(ui, doc, now);
        for edit in edits {
            self.app.apply(&edit);
            ui.ctx().request_repaint();
        }
    }
}

/// Makes a step of what was typed when typing has paused, and comes back when that is due.
fn settle(ui: &Ui, doc: &mut Doc, now: f64) {
    doc.undo.settle(&doc.file.profile, now);
    if let Some(due) = doc.undo.due() {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64((due - now).max(0.05)));
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.colours(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        keys::run(&ctx, &mut self.app);
        bar::show(ui, &mut self.app);
        self.page.poll(&ctx);
        if let Some(doc) = self.app.doc()
            && self.photo.update(doc)
        {
            self.page.ask_again();
        }
        status::show(ui, &mut self.app, &self.page);
        if self.app.doc().is_some() {
            tabs::show(ui, &mut self.app);
            self.page.show(ui, &mut self.app, self.photo.get());
        }
        self.find.show(ui, &mut self.app);
        self.middle(ui);
        self.sheets.show(&ctx, &mut self.app);
        self.toasts.show(&ctx, &mut self.app);
        self.serve(&ctx);
    }
}

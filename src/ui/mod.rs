//! Everything drawn: the only place that names egui.

mod bar;
mod check;
mod find;
mod form;
mod icon;
mod keys;
mod look;
mod section;
mod sheet;
mod status;
mod style;
mod tabs;
mod toast;
mod widget;
mod words;

use crate::{
    app::{App, Colours, Request, Screen, doc::Doc, view::Tab},
    at::At,
    check::Checked,
    finding::Finding,
    look::Look,
    theme,
    value::person::Spellings,
};
use eframe::egui::{self, CentralPanel, Frame, Margin, ScrollArea, Ui, ViewportCommand};
use form::Form;
use std::path::PathBuf;

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
        style::install(ctx);
        Self {
            app,
            toasts: toast::Toasts::default(),
            sheets: sheet::Sheets::default(),
            find: find::Bar::default(),
        }
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
                let findings = self.findings();
                check::show(ui, &mut self.app, &findings);
            } else if let Some(doc) = self.app.doc_mut() {
                look::show(ui, doc, &|_| None);
            }
        });
        if let Some(doc) = self.app.doc_mut() {
            doc.view.focused = None;
            settle(ui, doc, now);
        }
    }

    /// What is to be said about the profile as it is shown.
    fn findings(&self) -> Vec<Finding> {
        let Some(doc) = self.app.doc() else {
            return vec![];
        };
        let (profile, variant) = (doc.profile(), doc.variant());
        let (style, mut findings) = theme::style(profile, variant, &Look::default());
        findings.extend(crate::check::run(&Checked { profile, variant, style: &style }));
        findings
    }

    fn middle(&mut self, ui: &mut Ui) {
        let now = ui.input(|i| i.time);
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
        let variant = doc.view.variant.clone();
        let sections: Vec<_> =
            doc.file.profile.sections.iter().map(|s| (s.kind(), tabs::title(s, "en"))).collect();
        doc.view.focused = None;
        let mut form = Form {
            view: &mut doc.view,
            findings: &[],
            variants: &variants,
            variant: variant.as_deref(),
            own: &own,
            language: "en",
            sections: &sections,
            edits: vec![],
            typed: None,
        };
        let profile = &mut doc.file.profile;
        let margin = Margin { left: 24, right: 24, top: 18, bottom: 40 };
        CentralPanel::default().frame(Frame::new().fill(style::palette(ui).back)).show(ui, |ui| {
            match tab {
                Tab::Person => {
                    ScrollArea::vertical().id_salt("person").auto_shrink(false).show(ui, |ui| {
                        Frame::new().inner_margin(margin).show(ui, |ui| {
                            ui.set_max_width(ui.available_width().min(720.0));
                            ui.label(style::heading("Personal details"));
                            ui.add_space(8.0);
                            form::record(
                                ui,
                                &mut form,
                                &At::root().field("person"),
                                &mut profile.person,
                            );
                        });
                    });
                }
                Tab::Section(i) => {
                    if let Some(section) = profile.sections.get_mut(i) {
                        section::show(
                            ui,
                            &mut form,
                            &At::root().field("sections").index(i),
                            section,
                        );
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
        status::show(ui, &self.app);
        if self.app.doc().is_some() {
            tabs::show(ui, &mut self.app);
        }
        self.find.show(ui, &mut self.app);
        self.middle(ui);
        self.sheets.show(&ctx, &mut self.app);
        self.toasts.show(&ctx, &mut self.app);
        self.serve(&ctx);
    }
}

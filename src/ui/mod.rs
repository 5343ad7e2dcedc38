//! Everything drawn: the only place that names egui.

mod ask;
mod bar;
mod check;
mod chooser;
mod compare;
mod context;
mod crop;
mod drag;
mod find;
mod form;
mod icon;
mod import;
mod keys;
mod look;
#[cfg(target_os = "macos")]
mod mac;
mod merge;
mod middle;
mod native;
mod page;
mod paste;
mod person;
mod queue;
mod section;
mod settled;
mod sheet;
mod source;
mod spelling;
mod start;
mod status;
mod style;
mod switch;
mod system;
mod tabs;
mod toast;
mod versions;
pub mod welcome;
mod widget;
mod words;

pub use start::{run, run_apart};

use crate::{
    app::{
        App, Colours, Request, Screen,
        command::Command,
        loaded::Loaded,
        preview::Thumbnail,
        tick::Tick,
        view::{Focus, Tab},
    },
    at::At,
    look::Look,
    sample,
    store::{Document, file_name},
    theme::Theme,
    typeset::Source,
};
use eframe::egui::{self, Ui, ViewportCommand};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// The small pictures that are on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Small {
    /// None.
    #[default]
    Nothing,
    /// One of each sample.
    Samples,
    /// One in each theme, of that state of the document and that variant.
    Themes(u64, Option<String>),
    /// The earlier version of that index.
    Version(usize),
    /// The page after the plan of that index, for that state of the document.
    Plan(u64, usize),
}

/// The window.
pub struct Window {
    /// The editor without a screen.
    pub app: App,
    /// The pictures of samples on the first screen, by the name of the sample.
    pub pictures: welcome::Pictures,
    toasts: toast::Toasts,
    page: page::Page,
    photo: Loaded,
    sheets: sheet::Sheets,
    cropper: crop::Cropper,
    find: find::Bar,
    settled: settled::Settled,
    native: native::Native,
    start: Instant,
    /// The title that the system shows.
    title: String,
    /// The document for which the user has hidden what was found in its file.
    hidden: Option<u64>,
    /// The small pictures that were asked for last.
    small: Small,
    /// The number of the document that the page shows.
    document: u64,
    /// The field that had the caret last.
    caret: Option<At>,
    /// Whether something stood in front of the form in the last frame.
    covered: bool,
    /// Whether it has been seen to that the window is whole on the screen.
    placed: bool,
    /// Whether it was put where it was the last time.
    restored: bool,
    /// Where it is, as the settings keep it.
    position: Option<(f32, f32)>,
    /// The menus of a Mac, and the files that it hands over; none in tests.
    #[cfg(target_os = "macos")]
    mac: Option<mac::Mac>,
}

impl std::fmt::Debug for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Window").field("app", &self.app).finish_non_exhaustive()
    }
}

impl Window {
    /// A window for `app`; installs faces and styles. It asks for files by itself, without the
    /// system's chooser.
    #[must_use]
    pub fn new(ctx: &egui::Context, app: App) -> Self {
        Self::with_fonts(ctx, app, Source::System)
    }

    /// The same, with the page set in fonts from `source` alone.
    #[must_use]
    pub fn with_fonts(ctx: &egui::Context, mut app: App, source: Source) -> Self {
        style::install(ctx);
        ctx.add_plugin(queue::Queue::default());
        // The size of text is a setting, changed by commands.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let repaint = ctx.clone();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(move || repaint.request_repaint());
        app.set_wake(Arc::clone(&wake));
        Self {
            app,
            pictures: welcome::Pictures::new(),
            toasts: toast::Toasts::default(),
            page: page::Page::new(source, wake),
            photo: Loaded::default(),
            sheets: sheet::Sheets::default(),
            cropper: crop::Cropper::default(),
            find: find::Bar::default(),
            settled: settled::Settled::default(),
            native: native::Native::new(false),
            start: Instant::now(),
            title: String::new(),
            hidden: None,
            small: Small::default(),
            document: 0,
            caret: None,
            covered: false,
            placed: false,
            restored: false,
            position: None,
            #[cfg(target_os = "macos")]
            mac: None,
        }
    }

    /// Where the caret shall go once no dialog is in its way.
    fn focus_below_dialog(&mut self, ctx: &egui::Context) -> Option<Focus> {
        let doc = self.app.doc_mut().filter(|_| widget::is_covered(ctx))?;
        doc.view.focus.take()
    }

    /// Says whether the caret still is on its way to a field.
    fn expect_focus(&self, ctx: &egui::Context) {
        let dialog = widget::since_dialog(ctx);
        // While a dialog is in front, the field below it does not get the caret; just after it,
        // that is still to come.
        let asked = self.app.doc().is_some_and(|doc| doc.view.focus.is_some());
        queue::expect(ctx, dialog == Some(1) || (asked && dialog != Some(0)));
    }

    /// Gives the caret back to its field when a question or a sheet has gone that stood before it.
    fn keep_caret(&mut self, ctx: &egui::Context) {
        let covered = widget::is_covered(ctx);
        if widget::since_dialog(ctx) == Some(1) {
            // One more frame, in which the caret can go where it shall.
            ctx.request_repaint();
        }
        let gone = std::mem::replace(&mut self.covered, covered) && !covered;
        let Some(doc) = self.app.doc_mut() else {
            self.caret = None;
            return;
        };
        let view = &mut doc.view;
        if let Some(at) = &view.focused {
            self.caret = Some(at.clone());
        } else if gone
            && view.focus.is_none()
            && ctx.memory(|memory| memory.focused().is_none())
            && let Some(at) = &self.caret
        {
            // Only where it still is in front.
            if view.tab_of(at) == Some(view.tab) {
                let id = form::id(at);
                if egui::TextEdit::load_state(ctx, id).is_some() {
                    // Where it was in the text.
                    ctx.memory_mut(|memory| memory.request_focus(id));
                } else {
                    view.focus = Some(Focus::new(at.clone(), Some(usize::MAX)));
                }
                ctx.request_repaint();
            }
        }
    }

    /// Asks for the small pictures that are on the screen: samples at the start, themes in the Look
    /// tab.
    fn thumbnails(&mut self) {
        let version = self.app.past.as_ref().and_then(|past| past.chosen.as_ref());
        let plan = self.app.fitting.as_ref().filter(|fitting| fitting.picture.is_some());
        let wanted = match (&self.app.screen, version) {
            (Screen::Editor(doc), _) if let Some(fitting) = plan => {
                Small::Plan(doc.revision(), fitting.chosen)
            }
            (Screen::Editor(_) | Screen::Broken(_), Some(version)) => Small::Version(version.index),
            (Screen::Welcome, _) => Small::Samples,
            (Screen::Editor(doc), None) if doc.view.tab == Tab::Look => {
                Small::Themes(doc.revision(), doc.view.variant.clone())
            }
            (Screen::Editor(_) | Screen::Broken(_), _) => Small::Nothing,
        };
        if wanted == Small::Samples {
            for name in sample::names() {
                if let Some(texture) = self.page.thumbnail(name) {
                    self.pictures.insert(name.to_owned(), texture.clone());
                }
            }
        }
        // While the page itself is still to come, pictures of it are only in its way.
        if self.small == wanted || !self.is_page_settled() {
            return;
        }
        let photo = self.photo.get().cloned();
        let thumbnail = |name: &str, profile, variant, theme: &str| Thumbnail {
            name: name.to_owned(),
            profile,
            variant,
            top: Look { theme: theme.to_owned(), ..Look::default() },
            photo: photo.clone(),
            width: 300,
        };
        match &wanted {
            Small::Samples if self.pictures.is_empty() => {
                let samples = sample::names().filter_map(|name| {
                    let document = Document::from_text(name, sample::text(name)?).ok()?;
                    Some(thumbnail(name, Arc::new(document.profile), None, ""))
                });
                self.page.want(samples.collect());
            }
            Small::Themes(_, variant) => {
                if let Some(doc) = self.app.doc_mut() {
                    let profile = doc.shared();
                    let of = |name| thumbnail(name, Arc::clone(&profile), variant.clone(), name);
                    self.page.want(Theme::names().map(of).collect());
                }
            }
            Small::Version(index) => {
                let then = version.and_then(|version| version.profile.clone().ok());
                let now = version.and_then(|version| version.now.clone());
                let pages = [(versions::picture(*index), then), (versions::NOW.to_owned(), now)];
                let pages = pages.into_iter().filter_map(|(name, profile)| {
                    Some(Thumbnail { width: 560, ..thumbnail(&name, profile?, None, "") })
                });
                self.page.want(pages.collect());
            }
            Small::Plan(..) => {
                if let Some(profile) = plan.and_then(|fitting| fitting.picture.clone()) {
                    let variant = plan.and_then(|fitting| fitting.variant.clone());
                    self.page.want(vec![Thumbnail {
                        width: 760,
                        ..thumbnail(sheet::fit::PICTURE, profile, variant, "")
                    }]);
                }
            }
            Small::Samples | Small::Nothing => {}
        }
        self.small = wanted;
    }

    /// Whether the page shows the newest state of the document, and its spelling was looked at;
    /// always when none is open.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.is_page_settled() && self.app.is_spelled()
    }

    fn is_page_settled(&self) -> bool {
        self.app.doc().is_none() || (self.page.is_current() && !self.photo.is_loading())
    }

    /// What goes on whether the window is seen or not.
    fn work(&mut self, ctx: &egui::Context) {
        self.native.poll(&mut self.app);
        let (focused, closes) = ctx
            .input(|i| (i.viewport().focused.unwrap_or(i.focused), i.viewport().close_requested()));
        let now = self.start.elapsed().as_secs_f64();
        let due = self.app.tick(Tick { now, time: system::time(), focused });
        if let Some(due) = due {
            ctx.request_repaint_after(Duration::from_secs_f64(due.max(0.02)));
        }
        if closes && !self.app.is_closing() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if !matches!(&self.app.ask, Some(crate::app::ask::Ask::Unsaved(_))) {
                self.app.run(Command::Quit);
            }
            if !self.app.is_closing() {
                // The question has to be seen.
                ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                ctx.send_viewport_cmd(ViewportCommand::Focus);
            }
        }
        self.serve(ctx);
        let title = self.app.title();
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Files dropped on the window: the first one is opened here, the others in windows of their
    /// own.
    fn take_dropped(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|i| i.raw.dropped_files.clone());
        let picture = |path: &Path| {
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            ["png", "jpg", "jpeg", "webp", "gif"].contains(&ending.as_str())
        };
        let paths = dropped.iter().map(|file| file.path().to_owned());
        let mut paths = paths.filter(|path| !path.as_os_str().is_empty() && !picture(path));
        if let Some(first) = paths.next() {
            let profile = first.extension().is_none() || file_name::is_profile(&first);
            // A list of publications goes into the profile that is open.
            if profile || self.app.doc().is_none() {
                self.app.open(first);
            } else if !self.app.is_asking() {
                self.app.import(first);
            }
        }
        self.app.requests.extend(paths.map(|path| Request::NewWindow(Some(path))));
    }

    /// Brings a new window whole onto the screen, once the system has said where it is.
    fn place(&mut self, ctx: &egui::Context) {
        if !self.placed && ctx.input(|i| i.viewport().outer_rect.is_some()) {
            self.placed = true;
            if let Some(command) = ctx.input(|i| start::onto_screen(i.viewport(), self.restored)) {
                ctx.send_viewport_cmd(command);
            }
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
                Request::ComeForward => {
                    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                    ctx.send_viewport_cmd(ViewportCommand::Focus);
                }
                Request::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
                Request::Choose(wanted) => self.native.choose(&mut self.app, wanted),
                Request::OpenFile(path) => self.told(system::open(&path), "It cannot be opened"),
                Request::ShowFile(path) => {
                    self.told(system::show(&path), "Its folder cannot be shown");
                }
                Request::InField(act) => {
                    if let Some(id) = queue::last_text(ctx) {
                        queue::act(ctx, id, act);
                    }
                }
                Request::PasteAsText => self.app.paste_as_text(),
                Request::NewWindow(file) => {
                    self.told(system::window(file), "There is no other window");
                }
            }
        }
    }

    fn told(&mut self, result: std::io::Result<()>, what: &str) {
        if let Err(error) = result {
            self.app.warn(format!("{what}: {error}"));
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        if (ctx.zoom_factor() - self.app.files.settings.scale).abs() > 0.001 {
            ctx.set_zoom_factor(self.app.files.settings.scale);
        }
        self.colours(ctx);
        self.place(ctx);
        #[cfg(target_os = "macos")]
        if let Some(mac) = &self.mac {
            mac.poll(&mut self.app);
        }
        self.work(ctx);
        self.native.begin(ctx, &mut self.app, frame);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.app.files.settings.position = self.position;
        self.app.finish();
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let time = system::time();
        // What is shown larger takes no larger window the next time.
        let zoom = ctx.zoom_factor();
        let size = ctx.content_rect().size() * zoom;
        self.app.files.settings.window = Some((size.x, size.y));
        if ctx.input(|i| start::is_placed_by_hand(i.viewport())) {
            self.position = ctx.input(|i| start::position(i.viewport(), zoom));
        }
        queue::resume(&ctx);
        keys::run(&ctx, &mut self.app);
        self.take_dropped(&ctx);
        paste::watch(&ctx, &mut self.app);
        bar::show(ui, &mut self.app);
        self.native.show(ui, &mut self.app);
        self.page.poll(&ctx);
        self.thumbnails();
        self.app.spell();
        if self.document != self.app.document_number() {
            self.document = self.app.document_number();
            self.page.forget();
        }
        if let Some(doc) = self.app.doc()
            && self.photo.update(doc, self.app.wake())
        {
            self.page.ask_again();
        }
        self.page.tell_photo(self.photo.finding());
        status::show(ui, &mut self.app, &self.page);
        match self.app.screen {
            Screen::Welcome => welcome::show(ui, &mut self.app, &self.pictures, time),
            Screen::Broken(_) => source::show(ui, &mut self.app),
            Screen::Editor(_) => {
                source::banner(ui, &mut self.app, &mut self.hidden);
                tabs::show(ui, &mut self.app);
                // Over the form, or over the page that stands in its place.
                let over_page = self.app.is_form_away();
                if over_page {
                    self.find.show(ui, &mut self.app);
                }
                self.page.show(ui, &mut self.app, self.photo.get());
                if !over_page {
                    self.find.show(ui, &mut self.app);
                }
                let later = self.focus_below_dialog(&ctx);
                self.middle(ui);
                if let (Some(doc), Some(focus)) = (self.app.doc_mut(), later) {
                    doc.view.focus.get_or_insert(focus);
                }
            }
        }
        welcome::hint_of_drop(ui);
        self.sheets.show(&ctx, &mut self.app);
        sheet::fit::show(&ctx, &mut self.app, self.page.thumbnail(sheet::fit::PICTURE));
        versions::show(&ctx, &mut self.app, time, &self.page);
        chooser::show(&ctx, &mut self.app);
        ask::show(&ctx, &mut self.app);
        compare::show(&ctx, &mut self.app);
        merge::show(&ctx, &mut self.app);
        import::show(&ctx, &mut self.app);
        self.cropper.show(&ctx, &mut self.app);
        self.keep_caret(&ctx);
        self.page.place_input_method(&ctx);
        self.toasts.show(&ctx, &mut self.app);
        self.serve(&ctx);
        self.native.begin(&ctx, &mut self.app, frame);
        self.expect_focus(&ctx);
    }
}

//! The system's dialogs: its chooser of files, asked on a thread and never trusted to answer, and
//! what it says when there can be no window.

use super::{icon, style, system, widget};
use crate::app::{
    App,
    choose::{Purpose, Wanted},
};
use eframe::{
    Frame,
    egui::{self, Context, Margin, Panel, Ui},
};
use std::{
    io::IsTerminal as _,
    path::PathBuf,
    sync::mpsc::{Receiver, TryRecvError, channel},
    thread::Builder,
    time::{Duration, Instant},
};

/// A chooser that says "none" faster than a person can was never seen.
const BLINK: Duration = Duration::from_millis(250);

/// The system's chooser, and what it is asked.
pub(super) struct Native {
    /// Whether it is asked at all.
    pub(super) on: bool,
    /// What it shall be asked next.
    next: Option<Wanted>,
    waiting: Option<Waiting>,
}

struct Waiting {
    wanted: Wanted,
    answer: Receiver<Option<PathBuf>>,
    since: Instant,
}

impl Native {
    pub(super) fn new(on: bool) -> Self {
        Self { on, next: None, waiting: None }
    }

    /// Lets the user choose; in the window when the system has no chooser.
    pub(super) fn choose(&mut self, app: &mut App, wanted: Wanted) {
        // One that was asked before and has not answered will be heard no more.
        self.waiting = None;
        if self.on && system::has_chooser() {
            self.next = Some(wanted);
        } else {
            app.choose_here(wanted);
        }
    }

    /// Asks the system what is to be asked; its chooser belongs to the window of `frame`.
    pub(super) fn begin(&mut self, ctx: &Context, app: &mut App, frame: &Frame) {
        let Some(wanted) = self.next.take() else {
            return;
        };
        match ask(ctx, &wanted, frame) {
            Some(answer) => {
                self.waiting = Some(Waiting { wanted, answer, since: Instant::now() });
            }
            None => app.choose_here(wanted),
        }
    }

    /// Fetches the answer.
    pub(super) fn poll(&mut self, app: &mut App) {
        let Some(waiting) = &self.waiting else {
            return;
        };
        let answer = match waiting.answer.try_recv() {
            Err(TryRecvError::Empty) => return,
            Ok(None) if waiting.since.elapsed() < BLINK => Err(()),
            Ok(answer) => Ok(answer),
            Err(TryRecvError::Disconnected) => Err(()),
        };
        let wanted = self.waiting.take().map(|waiting| waiting.wanted);
        match (answer, wanted) {
            (Ok(path), _) => app.chosen(path),
            (Err(()), Some(wanted)) => {
                // It will not get better by asking again.
                self.on = false;
                app.choose_here(wanted);
            }
            (Err(()), None) => {}
        }
    }

    /// A bar while the user chooses, with a way out when the chooser is nowhere to be seen.
    pub(super) fn show(&mut self, ui: &mut Ui, app: &mut App) {
        if self.waiting.is_none() {
            return;
        }
        let fill = style::palette(ui).chosen;
        let frame = egui::Frame::new().fill(fill).inner_margin(Margin::symmetric(14, 6));
        Panel::top("waiting").frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label("Waiting for the file chooser");
                if widget::link(ui, icon::FOLDER, "Type a path instead").clicked()
                    && let Some(waiting) = self.waiting.take()
                {
                    app.choose_here(waiting.wanted);
                }
                if widget::link(ui, icon::CLOSE, "Cancel").clicked() {
                    self.waiting = None;
                    app.chosen(None);
                }
            });
        });
    }
}

/// Asks the system. The future is made here, for some systems want that on the main thread.
fn ask(ctx: &Context, wanted: &Wanted, frame: &Frame) -> Option<Receiver<Option<PathBuf>>> {
    let purpose = wanted.purpose;
    let mut dialog = rfd::AsyncFileDialog::new()
        .set_title(purpose.title())
        .set_directory(&wanted.folder)
        .add_filter(purpose.kind(), purpose.endings());
    if cfg!(any(windows, target_os = "macos")) {
        // In front of its window, and one with it. The services of other desktops see to that
        // themselves, and a window that waits for one that never comes must stay usable there.
        dialog = dialog.set_parent(frame);
    }
    if !wanted.name.is_empty() {
        dialog = dialog.set_file_name(&wanted.name);
    }
    let (send, answer) = channel();
    let ctx = ctx.clone();
    let tell = move |path: Option<rfd::FileHandle>| {
        // Nobody listens any more when the user has typed a path meanwhile.
        send.send(path.map(|handle| handle.path().to_owned())).ok();
        ctx.request_repaint();
    };
    let thread = Builder::new().name("chooser".to_owned());
    let started = match purpose {
        Purpose::Open | Purpose::Import | Purpose::Photo => {
            let file = dialog.pick_file();
            thread.spawn(move || tell(pollster::block_on(file)))
        }
        Purpose::ExportAll => {
            let folder = dialog.pick_folder();
            thread.spawn(move || tell(pollster::block_on(folder)))
        }
        Purpose::SaveAs | Purpose::SaveCopy | Purpose::Export(_) => {
            let file = dialog.save_file();
            thread.spawn(move || tell(pollster::block_on(file)))
        }
    };
    started.ok().map(|_| answer)
}

/// Says why there is no window to those who started the program from a desktop, where nobody reads
/// what it writes.
pub(super) fn tell(why: &str) {
    if cfg!(any(windows, target_os = "macos")) && !std::io::stderr().is_terminal() {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title("Vitae")
            .set_description(format!("The window of Vitae cannot open: {why}."))
            .show();
    }
}

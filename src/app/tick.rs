//! What happens by the clock: jobs are fetched, unsaved work is kept, files are looked at, settings
//! are kept.

use super::{App, Colours, Request, Screen, ask::Ask};
use crate::store::{
    Change,
    claim::Claim,
    settings::{Mode, Settings},
};
use std::path::Path;

/// How often files are looked at for changes by other programs, in seconds.
const LOOK: f64 = 2.0;

/// Settings are kept when they have not changed for so many seconds.
const SETTLE: f64 = 1.0;

/// What the clock and the window say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tick {
    /// Seconds from some start.
    pub now: f64,
    /// Seconds since 1970.
    pub time: u64,
    /// Whether the window has the focus.
    pub focused: bool,
}

impl App {
    /// To be called before each frame, and while the window is hidden. Gives in how many seconds it
    /// should be called again; `None` when nothing is due.
    pub fn tick(&mut self, tick: Tick) -> Option<f64> {
        self.files.before = std::mem::replace(&mut self.files.now, tick.now);
        self.files.time = tick.time;
        self.fetch();
        let open = match &self.screen {
            Screen::Editor(doc) => doc.path.clone(),
            Screen::Welcome | Screen::Broken(_) => None,
        };
        let door = self.files.claim.as_ref().map(Claim::door);
        self.files.watch.look_at(open, door, self.files.jobs.wake());
        if self.files.watch.was_knocked() {
            self.requests.push(Request::ComeForward);
        }
        let looks = if tick.focused { self.look_outside() } else { None };
        [self.keep_work(), looks, self.keep_settings()].into_iter().flatten().min_by(f64::total_cmp)
    }

    /// Writes what is still to be written before the window closes.
    pub fn finish(&mut self) {
        self.files.unsettled = Some(f64::MIN);
        self.keep_settings();
        if self.files.closing {
            self.forget_kept();
        } else if self.is_changed() {
            self.keep_now();
        }
        if let Some(keeper) = &self.files.keeper {
            keeper.wait();
        }
    }

    /// Notices when another program has changed the file.
    fn look_outside(&mut self) -> Option<f64> {
        let now = self.files.now;
        let left = self.files.looked + LOOK - now;
        if left > 0.0 {
            return Some(left);
        }
        self.files.looked = now;
        if matches!(self.screen, Screen::Welcome) {
            self.look_at_recent();
            return None;
        }
        if self.ask == Some(Ask::Gone)
            && self.path().is_some_and(Path::is_file)
            && self.files.saving.is_none()
        {
            // Another program has put it back: then there is only to see what it is now.
            (self.ask, self.files.told) = (None, false);
        }
        let busy = self.is_asking() || self.files.saving.is_some() || self.files.told;
        let Screen::Editor(doc) = &mut self.screen else {
            return None;
        };
        let path = doc.path.clone()?;
        if busy {
            return None;
        }
        match doc.file.changed_outside(&path) {
            Change::Same => {}
            Change::Changed => {
                self.ask_outside(false);
            }
            // One that was never there is no news.
            Change::Gone | Change::Unreadable if doc.file.fingerprint().is_none() => {}
            Change::Gone => {
                doc.unsaved();
                self.files.told = true;
                self.ask = Some(Ask::Gone);
            }
            Change::Unreadable => {
                doc.unsaved();
                self.files.told = true;
                let name = doc.name();
                self.warn(format!("`{name}` cannot be read any more. What you see is still here."));
            }
        }
        // When something happens to the file, `watch` wakes the window.
        None
    }

    fn keep_settings(&mut self) -> Option<f64> {
        let (mode, page) = (Mode::from(self.colours), self.page_shown);
        let form = !self.form_folded;
        let settings = &mut self.files.settings;
        (settings.mode, settings.page, settings.spelling) = (mode, page, self.spelling.on);
        settings.form = form;
        if same(settings, &self.files.settled) {
            self.files.unsettled = None;
            return None;
        }
        let now = self.files.now;
        let left = *self.files.unsettled.get_or_insert(now) + SETTLE - now;
        if left > 0.0 {
            return Some(left);
        }
        self.files.unsettled = None;
        let new = settings.clone();
        self.files.settled = new.clone();
        self.set(move |settings| {
            settings.mode = new.mode;
            settings.page = new.page;
            settings.form = new.form;
            settings.scale = new.scale;
            settings.split = new.split;
            (settings.window, settings.position) = (new.window, new.position);
            (settings.spelling, settings.english) = (new.spelling, new.english);
            settings.silenced.clone_from(&new.silenced);
        });
        None
    }
}

/// Whether the settings of the window are the same; those of files are kept at once.
fn same(a: &Settings, b: &Settings) -> bool {
    (a.mode, a.page, a.form, a.scale) == (b.mode, b.page, b.form, b.scale)
        && (a.split, a.window, a.position) == (b.split, b.window, b.position)
        && a.silenced == b.silenced
        && (a.spelling, a.english) == (b.spelling, b.english)
}

impl From<Colours> for Mode {
    fn from(colours: Colours) -> Self {
        match colours {
            Colours::System => Self::System,
            Colours::Light => Self::Light,
            Colours::Dark => Self::Dark,
        }
    }
}

impl From<Mode> for Colours {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::System => Self::System,
            Mode::Light => Self::Light,
            Mode::Dark => Self::Dark,
        }
    }
}

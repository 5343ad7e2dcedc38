//! Unsaved work: kept while it is typed, found after a crash, offered for whatever file it belongs
//! to.

use super::{
    App, Screen,
    ask::Ask,
    broken::Broken,
    doc::Doc,
    files::Comparison,
    keeper::{News, Text, Work},
};
use crate::store::{
    Document, atomic, read,
    recovery::{self, Found, Key, Store},
};
use std::path::{Path, PathBuf};

/// After so many seconds it is tried again to keep what could not be kept.
const AGAIN: f64 = 5.0;

impl App {
    /// Brings a save of the file at `path` to its end that a crash has cut off.
    pub(super) fn repair(&mut self, path: &Path) {
        self.versions().into_iter().for_each(|versions| versions.sweep(path));
        let copies = self.files.folders.as_ref().map(|folders| folders.copies());
        let Some(repaired) = copies.and_then(|copies| atomic::repair(path, &copies)) else {
            return;
        };
        if let Some(versions) = self.versions() {
            versions.keep(path, &repaired.before, self.files.time).ok();
        }
        if repaired.finished {
            self.tell("The last save was cut off and is finished now.");
        }
    }

    /// Offers unsaved work for the file at `path`, by whatever way it is named; whether there is
    /// any.
    pub(super) fn offer_found(&mut self, path: &Path) -> bool {
        let beside = path.parent().map(recovery::beside).filter(|folder| folder.is_dir());
        if let Some(folder) = beside {
            let known: Vec<PathBuf> = self.found.iter().map(|found| found.file.clone()).collect();
            let new = Store::new(folder).found();
            self.found.extend(new.into_iter().filter(|found| !known.contains(&found.file)));
        }
        let same = self.found.iter().position(|found| found.is_for(path));
        let moved = || {
            // A file that was moved still holds what the work was begun from; a copy is another one.
            let (_, fingerprint) = read::bytes(path).ok().filter(|(bytes, _)| !bytes.is_empty())?;
            let is_homeless = |found: &Found| found.path.as_deref().is_none_or(|own| !own.exists());
            self.found.iter().position(|found| found.began_from(&fingerprint) && is_homeless(found))
        };
        let Some(index) = same.or_else(moved) else {
            return false;
        };
        if let Some(found) = self.found.get_mut(index) {
            found.path = Some(path.to_owned());
        }
        self.ask = Some(Ask::Recovered(index));
        true
    }

    /// Opens found work, of that index.
    pub(super) fn restore_now(&mut self, index: usize) {
        if index >= self.found.len() {
            return;
        }
        let found = self.found.remove(index);
        // The user has seen that the file itself is no profile: that may be overwritten, and is
        // kept as an earlier version then.
        let is_broken =
            |path: &Path| matches!(&self.screen, Screen::Broken(broken) if broken.path == path);
        let over = found.path.clone().filter(|path| is_broken(path));
        match found.open() {
            Ok(mut document) => {
                over.into_iter().for_each(|path| drop(document.accept_outside(&path)));
                let mut doc = Doc::new(document, found.path.clone());
                doc.unsaved();
                // It began from what the file still holds, or from something that nobody has now.
                let file = found.path.as_deref().and_then(|path| Document::open(path).ok());
                let began =
                    |file: &Document| file.fingerprint().is_some_and(|f| found.began_from(f));
                doc.set_base(file.filter(began).map(|file| file.profile));
                self.enter(Screen::Editor(Box::new(doc)));
                // The old file goes only after this run has one of its own.
                self.keep_now();
                if let Some(keeper) = &self.files.keeper {
                    keeper.discard(found);
                }
                self.tell("Restored. Save it to put it into a file.");
            }
            // What was being mended by hand, or is damaged, is gone on with as text.
            Err(_) => {
                let path = found.path.clone().unwrap_or_else(|| self.free_path());
                let broken = Broken::unsaved(&path, found.text.clone());
                self.enter(Screen::Broken(Box::new(broken)));
                self.keep_now();
                if let Some(keeper) = &self.files.keeper {
                    keeper.discard(found);
                }
                self.tell("Restored as far as it can be read. Save it to put it into a file.");
            }
        }
    }

    /// A name for work of which nobody knows any more where it belongs.
    fn free_path(&self) -> PathBuf {
        let home = crate::store::folders::home();
        let folder = self.files.settings.open_folder.clone().filter(|folder| folder.is_dir());
        let folder = folder.or(home).unwrap_or_default();
        let name = |number: usize| match number {
            1 => "recovered.cv.ron".to_owned(),
            _ => format!("recovered-{number}.cv.ron"),
        };
        let mut names = (1..).map(|number| folder.join(name(number)));
        names.find(|path| !path.exists()).unwrap_or_default()
    }

    /// Keeps unsaved work at once.
    pub(super) fn keep_now(&mut self) {
        let (number, time) = (self.files.number, self.files.time);
        self.files.unkept = None;
        let Some(keeper) = &self.files.keeper else {
            return;
        };
        let (path, revision, text) = match &self.screen {
            Screen::Editor(doc) => {
                let document = Text::Of(Box::new(doc.file.clone()));
                (doc.path.clone(), doc.revision(), document)
            }
            Screen::Broken(broken) => {
                let text = Text::Broken(broken.text.clone(), broken.fingerprint().cloned());
                (Some(broken.path.clone()), broken.revision(), text)
            }
            Screen::Welcome => return,
        };
        let key = path.as_deref().map_or_else(|| Key::untitled(number), Key::of);
        keeper.keep(Work { key: key.clone(), path, name: self.name(), time, text });
        self.files.kept = Some((key, revision));
        self.files.awaited = true;
    }

    /// Keeps unsaved work when it is due; in how many seconds to look again.
    pub(super) fn keep_work(&mut self) -> Option<f64> {
        /// Unsaved work is on the disk within a second of the last letter: it is handed over a
        /// little earlier.
        const KEEP: f64 = 0.8;
        /// What became of it is heard so many seconds later.
        const HEARD: f64 = 0.3;
        let now = self.files.now;
        self.hear();
        let revision = match &self.screen {
            Screen::Editor(doc) => doc.revision(),
            Screen::Broken(broken) => broken.revision(),
            Screen::Welcome => return None,
        };
        if !self.is_changed() {
            if self.files.kept.is_some() {
                self.forget_kept();
            }
            self.files.unkept = None;
            self.files.unkeepable = None;
            return None;
        }
        let heard = self.files.awaited.then_some(HEARD);
        let again = self.files.unkeepable.as_ref().map(|(_, at)| *at);
        if self.files.kept.as_ref().is_some_and(|(_, kept)| *kept == revision) {
            let Some(at) = again.filter(|_| heard.is_none()) else {
                return heard;
            };
            if at > now {
                return Some(at - now);
            }
        }
        let since = *self.files.unkept.get_or_insert(now);
        let left = since + KEEP - now;
        if left > 0.0 {
            return Some(left);
        }
        self.keep_now();
        Some(HEARD)
    }

    /// Hears what became of work that was to be kept. What cannot be kept is told once.
    fn hear(&mut self) {
        while let Some(news) = self.files.keeper.as_ref().and_then(|keeper| keeper.news()) {
            self.files.awaited = false;
            match news {
                News::Kept => {
                    if self.files.unkeepable.take().is_some() {
                        self.tell("Unsaved work is kept safe again.");
                    }
                }
                News::NotKept(reason) => {
                    let at = self.files.now + AGAIN;
                    if self.files.unkeepable.is_none() {
                        self.warn(format!("Unsaved work cannot be kept safe: {reason}"));
                    }
                    self.files.unkeepable = Some((reason, at));
                }
            }
        }
    }

    /// Why unsaved work is not kept safe now; `None` while it is.
    #[must_use]
    pub fn not_kept(&self) -> Option<&str> {
        let (reason, _) = self.files.unkeepable.as_ref().filter(|_| self.is_changed())?;
        Some(reason)
    }

    /// Asks what shall be done about unsaved work that cannot be kept.
    pub fn ask_not_kept(&mut self) {
        if let Some(reason) = self.not_kept().map(str::to_owned) {
            let beside = self.files.beside.is_none() && self.folder_beside().is_some();
            self.ask = Some(Ask::NotKept { reason, beside });
        }
    }

    /// The folder for unsaved work beside the file.
    pub(super) fn folder_beside(&self) -> Option<PathBuf> {
        Some(recovery::beside(self.path()?.parent()?))
    }

    /// From now on unsaved work goes into `folder` when it cannot go to the usual place.
    pub(super) fn keep_beside(&mut self, folder: Option<PathBuf>) {
        if self.files.beside == folder {
            return;
        }
        if let Some(keeper) = &self.files.keeper {
            keeper.beside(folder.clone());
        }
        self.files.beside = folder;
    }

    /// Forgets the unsaved work that is kept of the open document.
    pub(super) fn forget_kept(&mut self) {
        self.files.unkept = None;
        self.files.unkeepable = None;
        if let (Some((key, _)), Some(keeper)) = (self.files.kept.take(), &self.files.keeper) {
            keeper.forget(key);
        }
    }

    /// Shows what found work has that its file has not.
    pub fn compare_found(&mut self, index: usize) {
        let Some(found) = self.found.get(index) else {
            return;
        };
        let base = found.path.as_deref().and_then(|path| read::text(path).ok());
        let differences = found.differs(base.as_ref().map(|base| base.text.as_str()));
        self.comparison = Some(Comparison {
            title: format!("What the unsaved work has that {} has not", found.name),
            differences: differences.map_err(|error| error.to_string()),
        });
    }

    /// Removes found work, which is not wanted.
    pub(super) fn discard_found(&mut self, index: usize) {
        if index < self.found.len() {
            let found = self.found.remove(index);
            if let Some(keeper) = &self.files.keeper {
                keeper.discard(found);
            }
        }
    }
}

//! One open document: the profile, its file, its undo steps and its view.

use super::{
    edit::{Done, Edit},
    undo::Undo,
    view::View,
};
use crate::{
    at::At,
    finding::Finding,
    look::{Look, Style},
    profile::Profile,
    store::Document,
    theme,
    variant::Variant,
};
use std::{path::PathBuf, sync::Arc};

/// An open document.
#[derive(Debug)]
pub struct Doc {
    /// The profile with the file it came from.
    pub file: Document,
    /// Where it is saved; `None` for one that never was.
    pub path: Option<PathBuf>,
    /// What can be undone.
    pub undo: Undo,
    /// What is shown.
    pub view: View,
    /// What is to be said about the profile, as far as it was looked at.
    pub findings: Arc<[Finding]>,
    revision: u64,
    /// The state of [`Undo`] that the file holds; `None` when no file does.
    saved: Option<u64>,
    /// The profile of the newest revision that anyone asked for.
    shared: Option<(u64, Arc<Profile>)>,
    /// The style of a revision in a variant.
    style: Option<(u64, Option<String>, Arc<Style>)>,
}

impl Doc {
    /// A document as opened from `path`, or a new one.
    #[must_use]
    pub fn new(file: Document, path: Option<PathBuf>) -> Self {
        let undo = Undo::new(&file.profile);
        let saved = undo.state();
        Self {
            file,
            path,
            undo,
            view: View::default(),
            findings: Arc::new([]),
            revision: 1,
            saved,
            shared: None,
            style: None,
        }
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.file.profile
    }

    /// A number that grows with every change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The profile as it is now, to be read elsewhere; cloned once for each revision.
    pub fn shared(&mut self) -> Arc<Profile> {
        match &self.shared {
            Some((revision, profile)) if *revision == self.revision => Arc::clone(profile),
            _ => {
                let profile = Arc::new(self.file.profile.clone());
                self.shared = Some((self.revision, Arc::clone(&profile)));
                profile
            }
        }
    }

    /// The full style of the profile in the variant that is shown; made once for each revision.
    pub fn style(&mut self) -> Arc<Style> {
        if let Some((revision, variant, style)) = &self.style
            && (*revision, variant) == (self.revision, &self.view.variant)
        {
            return Arc::clone(style);
        }
        let style = Arc::new(theme::style(self.profile(), self.variant(), &Look::default()).0);
        self.style = Some((self.revision, self.view.variant.clone(), Arc::clone(&style)));
        style
    }

    /// Whether there is something that the file does not hold.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.saved.is_none() || self.undo.state() != self.saved
    }

    /// Says that the document differs from any file (it was recovered, or its file is gone).
    pub fn unsaved(&mut self) {
        self.saved = None;
    }

    /// Says that a file holds the given state of [`Undo`].
    pub fn saved(&mut self, state: Option<u64>) {
        self.saved = state;
    }

    /// Says that letters were typed into the profile at `at`; `label` names the step, `now` is in seconds.
    pub fn typed(&mut self, at: &At, label: &str, now: f64) {
        self.revision += 1;
        self.undo.typed(&self.file.profile, at, label, now);
    }

    /// Makes an edit, as one step. `None` when it changed nothing.
    pub fn apply(&mut self, edit: &Edit) -> Option<Done> {
        self.undo.rest(&self.file.profile);
        let done = edit.apply(&mut self.file.profile)?;
        let at = done.focus.as_ref().map(|(at, _)| at.clone()).unwrap_or_default();
        self.undo.step(&self.file.profile, done.label.clone(), at);
        self.revision += 1;
        self.view.carry(edit);
        if let Some((at, byte)) = &done.focus {
            match edit {
                // What is moved, or is left beside a gap, stays as open or closed as it is.
                Edit::Remove(_) | Edit::Shift(..) => self.view.stand_at(at, Some(*byte)),
                _ => self.view.go_to(at, Some(*byte)),
            }
        }
        self.keep_view_true();
        Some(done)
    }

    /// Takes the last step back. Whether there was one.
    pub fn undo(&mut self) -> bool {
        let at = self.undo.undo(&mut self.file.profile);
        self.travelled(at)
    }

    /// Makes the step again that was taken back last. Whether there was one.
    pub fn redo(&mut self) -> bool {
        let at = self.undo.redo(&mut self.file.profile);
        self.travelled(at)
    }

    fn travelled(&mut self, at: Option<At>) -> bool {
        let Some(at) = at else {
            return false;
        };
        self.revision += 1;
        if at != At::root() {
            self.view.go_to(&at, Some(usize::MAX));
        }
        self.keep_view_true();
        true
    }

    /// Lets go of what the view names and the profile no longer has.
    fn keep_view_true(&mut self) {
        use super::view::Tab;
        let count = self.file.profile.sections.len();
        if let Tab::Section(i) = self.view.tab
            && i >= count
        {
            self.view.tab = count.checked_sub(1).map_or(Tab::Person, Tab::Section);
        }
        let gone = |name: &String| self.file.profile.variant(name).is_none();
        if self.view.variant.as_ref().is_some_and(gone) {
            self.view.variant = None;
        }
    }

    /// The variant that is shown.
    #[must_use]
    pub fn variant(&self) -> Option<&Variant> {
        self.view.variant.as_ref().and_then(|name| self.profile().variant(name))
    }

    /// What the document is called: its file's name, or the person's.
    #[must_use]
    pub fn name(&self) -> String {
        let file = self.path.as_ref().and_then(|p| p.file_name());
        if let Some(name) = file {
            return name.to_string_lossy().into_owned();
        }
        let person = self.profile().person.name.trim();
        if person.is_empty() { "Untitled profile".to_owned() } else { person.to_owned() }
    }
}

//! One open document: the profile, its file, its undo steps and its view.

use super::{
    edit::{Done, Edit},
    undo::{STEPS, Undo},
    view::{Focus, Tab, View},
};
use crate::{
    at::{At, Step},
    finding::Findings,
    look::{Look, Setting, Style},
    profile::Profile,
    slot::Slot,
    store::Document,
    theme,
    variant::Variant,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

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
    /// Whether another window works on its file, so that it can only be looked at.
    pub elsewhere: bool,
    /// What is to be said about the profile, as far as it was looked at.
    pub findings: Arc<Findings>,
    revision: u64,
    /// What moved things from one address to another, by the number of its step.
    edits: BTreeMap<u64, Edit>,
    /// What was shown before a step, by its number.
    before: BTreeMap<u64, Before>,
    /// The state of [`Undo`] that the file holds; `None` when no file does.
    saved: Option<u64>,
    /// What the file held when the window last read or wrote it; `None` when that is not known.
    base: Option<Arc<Profile>>,
    /// The profile of the newest revision that anyone asked for.
    shared: Option<(u64, Arc<Profile>)>,
    /// The style of a revision in a variant.
    style: Option<(u64, Option<String>, Arc<Style>)>,
}

/// What was shown before a step, to be shown again when it is taken back.
#[derive(Clone, Debug)]
struct Before {
    tab: Tab,
    open: BTreeSet<At>,
    focus: Option<Focus>,
}

/// With more open cards than this they are not kept for each step.
const MOST_OPEN: usize = 100;

impl Doc {
    /// A document as opened from `path`, or a new one.
    #[must_use]
    pub fn new(file: Document, path: Option<PathBuf>) -> Self {
        let undo = Undo::new(&file.profile);
        let saved = undo.state();
        let base = path.is_some().then(|| Arc::new(file.profile.clone()));
        Self {
            file,
            path,
            undo,
            view: View::default(),
            elsewhere: false,
            findings: Arc::default(),
            revision: 1,
            edits: BTreeMap::new(),
            before: BTreeMap::new(),
            saved,
            base,
            shared: None,
            style: None,
        }
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.file.profile
    }

    /// Makes its revisions others than those of every document opened before; `number` counts
    /// these.
    pub(super) fn count_from(&mut self, number: u64) {
        self.revision = (number << 32) | (self.revision & 0xFFFF_FFFF);
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

    /// What the file held when the window last read or wrote it: what both sides began from when
    /// another program has changed it since. `None` when that is not known.
    #[must_use]
    pub fn base(&self) -> Option<Arc<Profile>> {
        self.base.clone()
    }

    /// Says what the file holds now.
    pub fn set_base(&mut self, base: Option<Profile>) {
        self.base = base.map(Arc::new);
    }

    /// Says that letters were typed into the profile at `at`; `label` names the step, `now` is in
    /// seconds.
    pub fn typed(&mut self, at: &At, label: &str, now: f64) {
        self.revision += 1;
        self.undo.typed(&self.file.profile, at, label, now);
    }

    /// Puts a new look into the profile or the variant with that index, for the setting `name`.
    /// Changes of one setting that follow each other are one step, as letters typed into one field
    /// are.
    pub fn look_changed(
        &mut self,
        variant: Option<usize>,
        look: Look,
        name: &'static str,
        now: f64,
    ) {
        let at = match variant {
            Some(index) => At::root().field("variants").index(index),
            None => At::root(),
        };
        let at = at.field("look").field(name);
        if self.look(variant) == Some(&look) {
            return;
        }
        // What was typed elsewhere becomes a step before this change, or it would hold both.
        if !self.undo.is_typing_at(&at) {
            self.undo.rest(&self.file.profile);
        }
        let profile = &mut self.file.profile;
        let old = match variant {
            Some(index) => profile.variants.get_mut(index).map(|v| &mut v.look),
            None => Some(&mut profile.look),
        };
        let Some(old) = old else {
            return;
        };
        *old = look;
        let label = Setting::named(name).map_or("theme", |setting| setting.label);
        self.typed(&at, &format!("Change {}", lowercase_first(label)), now);
    }

    /// The index of the variant that is shown.
    #[must_use]
    pub fn shown_variant(&self) -> Option<usize> {
        let name = self.view.variant.as_ref()?;
        self.profile().variants.iter().position(|v| v.name == *name)
    }

    /// The look of the profile, or of the variant with that index.
    #[must_use]
    pub fn look(&self, variant: Option<usize>) -> Option<&Look> {
        match variant {
            Some(index) => self.profile().variants.get(index).map(|v| &v.look),
            None => Some(&self.profile().look),
        }
    }

    /// Makes an edit, as one step. `None` when it changed nothing.
    pub fn apply(&mut self, edit: &Edit) -> Option<Done> {
        self.undo.rest(&self.file.profile);
        // A variant that gets another name stays the one that is shown.
        let renamed = match edit {
            Edit::RenameVariant(index, name) if self.shown_variant() == Some(*index) => Some(name),
            _ => None,
        };
        let view = &self.view;
        let focus =
            view.focused.clone().map(|at| Focus::new(at, Some(view.caret.unwrap_or(usize::MAX))));
        let before = (view.open.len() <= MOST_OPEN).then(|| Before {
            tab: view.tab,
            open: view.open.clone(),
            focus,
        });
        let done = edit.apply(&mut self.file.profile)?;
        let at = done.focus.as_ref().map(|(at, _)| at.clone()).unwrap_or_default();
        if self.undo.step(&self.file.profile, done.label.clone(), at)
            && let Some(state) = self.undo.state()
        {
            if edit.inverse().is_some() {
                self.edits.insert(state, edit.clone());
            }
            self.before.extend(before.map(|before| (state, before)));
            if self.edits.len() > STEPS {
                self.edits.pop_first();
            }
            if self.before.len() > STEPS {
                self.before.pop_first();
            }
        }
        self.revision += 1;
        self.view.carry(edit);
        if let Some(name) = renamed {
            self.view.variant = Some(name.clone());
        }
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
        self.undo.rest(&self.file.profile);
        let state = self.undo.state();
        let edit = state.and_then(|state| self.edits.get(&state));
        let back = edit.and_then(Edit::inverse);
        let shown = state.and_then(|state| self.before.get(&state)).cloned();
        let mut before = self.file.profile.clone();
        let at = self.undo.undo(&mut self.file.profile);
        let done = self.travelled(&mut before, at, back.as_ref());
        if let Some(shown) = shown.filter(|_| done) {
            (self.view.tab, self.view.open) = (shown.tab, shown.open);
            self.view.focus = shown.focus.or(self.view.focus.take());
            self.keep_view_true();
        }
        done
    }

    /// Makes the step again that was taken back last. Whether there was one.
    pub fn redo(&mut self) -> bool {
        let mut before = self.file.profile.clone();
        let at = self.undo.redo(&mut self.file.profile);
        let edit = self.undo.state().and_then(|state| self.edits.get(&state)).cloned();
        self.travelled(&mut before, at, edit.as_ref())
    }

    /// Follows a step that was taken back or made again; `before` is the profile without that, and
    /// `edit` says how things moved.
    fn travelled(&mut self, before: &mut Profile, at: Option<At>, edit: Option<&Edit>) -> bool {
        let Some(at) = at else {
            return false;
        };
        self.revision += 1;
        if let [Step::Field("variants"), Step::Index(i), Step::Field("look"), ..] = at.steps() {
            self.view.variant = self.profile().variants.get(*i).map(|v| v.name.clone());
        }
        if let Some(edit) = edit {
            self.view.carry(edit);
        }
        match edit {
            _ if at == At::root() => {}
            // What moved back stands where it stood, as open or closed as it is.
            Some(Edit::Shift(list, _, to)) => {
                self.view.stand_at(&list.index(*to), Some(usize::MAX));
            }
            _ => {
                let byte = self.end_of_change(before, &at);
                self.view.go_to(&at, Some(byte));
            }
        }
        self.keep_view_true();
        true
    }

    /// The byte in the text at `at` where what differs from `before` ends; past its end when that
    /// cannot be said.
    fn end_of_change(&mut self, before: &mut Profile, at: &At) -> usize {
        let old = Slot::of(before, at).and_then(Slot::text);
        let new = Slot::of(&mut self.file.profile, at).and_then(Slot::text);
        let Some((old, new)) = old.zip(new).filter(|(old, new)| old != new) else {
            return usize::MAX;
        };
        let same = |(a, b): &(char, char)| a == b;
        let start: usize =
            old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let tail: usize = old
            .chars()
            .rev()
            .zip(new.chars().rev())
            .take_while(same)
            .map(|(c, _)| c.len_utf8())
            .sum();
        // Of letters that are repeated both ends may count the same one.
        new.len().saturating_sub(tail).max(start.min(new.len()))
    }

    /// Lets go of what the view names and the profile no longer has.
    fn keep_view_true(&mut self) {
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

fn lowercase_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dragging_a_setting_is_one_step_and_another_setting_is_another() {
        let mut doc = Doc::new(Document::from_text("x", "(person: (name: \"x\"))").unwrap(), None);
        let mut now = 0.0;
        let mut set = |doc: &mut Doc, name: &'static str, size: f64| {
            let mut look = doc.profile().look.clone();
            let setting = Setting::named(name).unwrap();
            (setting.set)(&mut look, Some(crate::look::Datum::Number(size)));
            now += 0.1;
            doc.look_changed(None, look, name, now);
        };
        for size in [9.6, 9.7, 9.8] {
            set(&mut doc, "size", size);
        }
        set(&mut doc, "margin_x", 20.0);
        set(&mut doc, "margin_x", 20.0);
        assert_eq!((doc.undo.count(), doc.undo.undo_label()), (2, Some("Change side margins")));
        assert!(doc.undo());
        assert_eq!((doc.profile().look.margin_x, doc.profile().look.size), (None, Some(9.8)));
        assert!(doc.undo());
        assert_eq!(doc.profile().look, Look::default());
        assert_eq!(doc.view.tab, Tab::Look);
    }
}

//! Bringing together what is in the window and what another program has written to its file: each
//! difference with what is taken of it, and then all of that as one step.

use super::{App, Screen, ask::Ask, command::Command, edit::Edit, jobs::SaveKind};
use crate::{
    compare::merge::{Changed, Row, Side, merge},
    profile::Profile,
    store::Document,
};
use std::sync::Arc;

/// Two states of a document that are being brought together.
#[derive(Clone, Debug)]
pub struct Merging {
    /// All in which they differ.
    pub rows: Vec<Row>,
    /// What is taken of each: what was chosen, or what is usual; `None` for a conflict of which
    /// nobody has said anything yet.
    pub choices: Vec<Option<Side>>,
    /// What both began as.
    base: Arc<Profile>,
    /// What is in the window.
    mine: Arc<Profile>,
    /// What the file holds.
    theirs: Document,
    /// Whether a save waits for it.
    saving: bool,
}

impl Merging {
    fn new(base: Arc<Profile>, mine: Arc<Profile>, theirs: Document, saving: bool) -> Self {
        let rows = merge(&base, &mine, &theirs.profile, &[]).rows;
        let choices = rows.iter().map(|row| row.changed.usual()).collect();
        Self { rows, choices, base, mine, theirs, saving }
    }

    /// How many conflicts there are of which nobody has said yet what is taken.
    #[must_use]
    pub fn open(&self) -> usize {
        self.choices.iter().filter(|choice| choice.is_none()).count()
    }

    /// How many conflicts there are.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        self.rows.iter().filter(|row| row.changed == Changed::Both).count()
    }

    /// Takes `side` of the row of that index.
    pub fn choose(&mut self, index: usize, side: Side) {
        if let Some(choice) = self.choices.get_mut(index) {
            *choice = Some(side);
        }
    }

    /// Takes `side` of all conflicts.
    pub fn choose_all(&mut self, side: Side) {
        for (row, choice) in self.rows.iter().zip(&mut self.choices) {
            if row.changed == Changed::Both {
                *choice = Some(side);
            }
        }
    }
}

impl App {
    /// Whether what is in the window can be brought together with what another program has written.
    pub(super) fn can_merge(&self) -> bool {
        self.doc().is_some_and(|doc| doc.is_changed() && doc.base().is_some())
    }

    /// The question that is asked when another program has written the file; `saving`: a save met
    /// that.
    pub(super) fn ask_outside(&mut self, saving: bool) {
        self.files.told = true;
        self.ask = Some(Ask::Outside { saving, merge: self.can_merge() });
    }

    /// Shows in what the window and the file differ, to choose from; whether that could be done.
    pub(super) fn begin_merge(&mut self, saving: bool) -> bool {
        let Screen::Editor(doc) = &mut self.screen else {
            return false;
        };
        let (Some(base), Some(path)) = (doc.base(), doc.path.clone()) else {
            return false;
        };
        match Document::open(&path) {
            Ok(theirs) if theirs.read_only => {
                let name = doc.name();
                self.warn(format!("{name} is from a newer Vitae now and cannot be merged."));
                false
            }
            Ok(theirs) => {
                doc.undo.rest(&doc.file.profile);
                let mine = doc.shared();
                self.merging = Some(Merging::new(base, mine, theirs, saving));
                true
            }
            Err(error) => {
                self.warn(error.to_string());
                false
            }
        }
    }

    /// Makes one profile of both sides as chosen, as one step that can be undone. Nothing is done
    /// before each conflict is decided.
    pub fn finish_merge(&mut self) {
        let Some(merging) = self.merging.take_if(|merging| merging.open() == 0) else {
            return;
        };
        let Merging { base, mine, theirs, choices, saving, .. } = merging;
        let Screen::Editor(doc) = &mut self.screen else {
            return;
        };
        let Some(path) = doc.path.clone() else {
            return;
        };
        if *doc.profile() != *mine {
            // What is in the window is not what was chosen from.
            self.begin_merge(saving);
            return;
        }
        let merged = merge(&base, &mine, &theirs.profile, &choices).profile;
        let is_theirs = merged == theirs.profile;
        doc.file.findings.clone_from(&theirs.findings);
        doc.set_base(Some(theirs.profile.clone()));
        doc.file.take_over(theirs);
        doc.apply(&Edit::Replace(Box::new(merged), "Merge with the file".to_owned()));
        if is_theirs {
            let state = doc.undo.state();
            doc.saved(state);
        } else {
            doc.unsaved();
        }
        self.files.told = false;
        if saving && !is_theirs {
            self.start_save(SaveKind::Same, path);
        } else if let Some(then) = self.files.then.take() {
            self.guard(then);
        }
        self.tell_with("Your changes and those of the file are merged.", ("Undo", Command::Undo));
    }

    /// Goes back to the question whether to merge at all.
    pub fn cancel_merge(&mut self) {
        if let Some(merging) = self.merging.take() {
            self.ask_outside(merging.saving);
        }
    }
}

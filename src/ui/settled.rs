//! What is said in the form: about a field that is being typed in, or an entry that has just come,
//! only once it is left; so that nothing moves under the caret and nothing unfinished is blamed.

use crate::{app::view::View, at::At, finding::Findings};
use std::{collections::BTreeSet, sync::Arc};

/// What the form says.
#[derive(Default)]
pub(super) struct Settled {
    shown: Arc<Findings>,
    /// What that was made of: all findings, and the entries that are new.
    of: Option<(Arc<Findings>, BTreeSet<At>)>,
    /// The field in which something was typed since the caret came to it.
    typing: Option<At>,
    /// The number of the document.
    document: u64,
}

impl Settled {
    /// What the form says now, of what is known. `view` still has the field that had the caret in
    /// the last frame.
    pub(super) fn of(
        &mut self,
        document: u64,
        known: &Arc<Findings>,
        view: &mut View,
    ) -> Arc<Findings> {
        if self.document != document {
            *self = Self { document, ..Self::default() };
        }
        if let Some(focused) = &view.focused {
            view.fresh.retain(|entry| focused.is_within(entry));
            if self.typing.as_ref() == Some(focused) {
                return Arc::clone(&self.shown);
            }
            self.typing = None;
        }
        let same = |(findings, fresh): &(Arc<Findings>, BTreeSet<At>)| {
            Arc::ptr_eq(findings, known) && *fresh == view.fresh
        };
        if !self.of.as_ref().is_some_and(same) {
            self.shown = if view.fresh.is_empty() {
                Arc::clone(known)
            } else {
                let new = |at: &At| view.fresh.iter().any(|entry| at.is_within(entry));
                let told = known.iter().filter(|finding| !new(&finding.at));
                Arc::new(told.cloned().collect::<Vec<_>>().into())
            };
            self.of = Some((Arc::clone(known), view.fresh.clone()));
        }
        Arc::clone(&self.shown)
    }

    /// Says that letters were typed into the field at `at`.
    pub(super) fn typed(&mut self, at: &At) {
        self.typing = Some(at.clone());
    }
}

//! Making a profile fit on its pages: plans are made on a thread, one is looked at and taken as one
//! step of undo.

use super::{App, Screen, edit::Edit, jobs::Finished, view::Sheet};
use crate::{
    fit_plan::{Plan, Plans, Wanted, plans},
    look::Look,
    profile::Profile,
    store::photo,
    typeset::Typesetter,
};
use std::{path::Path, sync::Arc};

/// The plans that are looked at.
#[derive(Clone, Debug)]
pub struct Fitting {
    /// Which state of the profile they are for.
    revision: u64,
    /// What they make fit.
    profile: Arc<Profile>,
    /// The variant that is shown.
    pub variant: Option<String>,
    /// The plans, once they are made.
    pub plans: Option<Plans>,
    /// The plan that is looked at.
    pub chosen: usize,
    /// The profile after that plan, for a picture of its page.
    pub picture: Option<Arc<Profile>>,
}

impl Fitting {
    /// The plan that is looked at.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        self.plans.as_ref()?.list.get(self.chosen)
    }

    fn choose(&mut self, index: usize) {
        self.chosen = index;
        let variant = self.variant.as_deref();
        self.picture = self.plan().map(|plan| Arc::new(plan.taken(&self.profile, variant)));
    }
}

impl App {
    /// Shows what makes the profile fit on its pages.
    pub(super) fn plan_fit(&mut self) {
        let fonts = self.files.fonts;
        let Screen::Editor(doc) = &mut self.screen else {
            return;
        };
        let (profile, revision) = (doc.shared(), doc.revision());
        let variant = doc.view.variant.clone();
        let folder = doc.path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let (wanted, cut) = (Arc::clone(&profile), variant.clone());
        let started =
            self.files.jobs.start("plans", Finished::Planned(revision, None), move || {
                let mut typesetter = Typesetter::new(fonts);
                let photo = photo::load(&wanted.person.photo, folder.as_deref()).ok().flatten();
                typesetter.show_photo(photo);
                let variant = cut.as_deref().and_then(|name| wanted.variant(name));
                let wanted = Wanted { profile: &wanted, variant, top: &Look::default() };
                Finished::Planned(revision, Some(Box::new(plans(&mut typesetter, wanted))))
            });
        if let Err(error) = started {
            return self.warn(error.to_string());
        }
        let (plans, chosen, picture) = (None, 0, None);
        self.fitting = Some(Fitting { revision, profile, variant, plans, chosen, picture });
        self.show(Some(Sheet::Fit));
    }

    /// The plans for a state of the profile are there.
    pub(super) fn planned(&mut self, revision: u64, plans: Option<Plans>) {
        let Some(plans) = plans else {
            self.fitting = None;
            self.show(None);
            return self.warn("No plan could be made. Nothing was changed.");
        };
        if let Some(fitting) = self.fitting.as_mut().filter(|f| f.revision == revision) {
            fitting.plans = Some(plans);
            fitting.choose(0);
        }
    }

    /// Looks at the plan with that index.
    pub fn choose_plan(&mut self, index: usize) {
        if let Some(fitting) = &mut self.fitting {
            fitting.choose(index);
        }
    }

    /// Takes the plan that is looked at: one step of undo. For what has to be shortened by hand the
    /// caret goes to the first of the texts.
    pub fn take_plan(&mut self) {
        self.show(None);
        let Some(fitting) = self.fitting.take() else {
            return;
        };
        let Some(plan) = fitting.plan() else {
            return;
        };
        if self.doc().is_none_or(|doc| doc.revision() != fitting.revision) {
            // Something came in between, such as the file that was changed elsewhere.
            return self.plan_fit();
        }
        if let Some(at) = plan.to_shorten() {
            if let Some(doc) = self.doc_mut() {
                doc.view.go_to(at, Some(usize::MAX));
            }
            return;
        }
        let new = plan.taken(&fitting.profile, fitting.variant.as_deref());
        self.apply(&Edit::Replace(Box::new(new), "Make it fit".to_owned()));
    }
}

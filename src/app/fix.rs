//! What findings offer to mend, made in the open document.

use super::{App, doc::Doc, edit::Edit};
use crate::{
    at::At,
    finding::Fix,
    look::{Look, Setting},
    slot::Slot,
    value::entry::Labelled,
    variant::switched,
};

impl Fix {
    /// What it does, for a button.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Hide(_) => "Hide it",
            Self::Unset(_) => "Reset to theme",
            Self::Explain(_) => "Explain the mark",
            Self::Rewrite(..) => "Rewrite it",
        }
    }
}

impl App {
    /// Mends something by one step that can be undone.
    pub fn mend(&mut self, fix: &Fix) {
        let edit = match fix {
            Fix::Hide(at) => self.doc_mut().and_then(|doc| hide(doc, at)),
            Fix::Unset(name) => self.doc_mut().map(|doc| unset(doc, name)),
            Fix::Explain(mark) => self.doc().map(|doc| explain(doc, *mark)),
            Fix::Rewrite(at, text) => Some(Edit::SetText(at.clone(), text.clone())),
        };
        let Some(edit) = edit else {
            return;
        };
        self.apply(&edit);
        if let (Fix::Explain(_), Some(doc)) = (fix, self.doc_mut()) {
            let last = doc.profile().marks.len().saturating_sub(1);
            doc.view.go_to(&At::root().field("marks").index(last).field("text"), Some(0));
        }
    }
}

/// What hides `at` in what is shown: in a variant only there.
fn hide(doc: &mut Doc, at: &At) -> Option<Edit> {
    let variant = doc.view.variant.clone();
    let variants = doc.profile().variants.clone();
    let show = Slot::of(&mut doc.file.profile, at).and_then(Slot::show)?;
    let new = switched(show, variant.as_deref(), false, &variants);
    Some(Edit::SetShow(at.clone(), new))
}

/// What gives a setting back to the theme: in the look that sets it.
fn unset(doc: &Doc, name: &str) -> Edit {
    let index = doc.shown_variant();
    let without = |look: &Look| {
        let mut look = look.clone();
        match Setting::named(name) {
            Some(setting) => (setting.set)(&mut look, None),
            None => look.theme.clear(),
        }
        look
    };
    let own =
        index.and_then(|i| doc.profile().variants.get(i)).map(|v| (&v.look, without(&v.look)));
    match own {
        Some((look, new)) if *look != new => Edit::SetLook(index, Box::new(new)),
        _ => Edit::SetLook(None, Box::new(without(&doc.profile().look))),
    }
}

fn explain(doc: &Doc, mark: char) -> Edit {
    let mut marks = doc.profile().marks.clone();
    marks.push(Labelled { label: mark.to_string(), ..Labelled::default() });
    Edit::SetMarks(marks)
}

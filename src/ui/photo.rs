//! The photo of the open document, loaded when its field or its file changes.

use crate::{app::doc::Doc, finding::Finding, store::photo, value::photo::Photo};
use std::path::PathBuf;

/// A photo as loaded, with where it is from.
#[derive(Default)]
pub(super) struct Loaded {
    from: Option<(String, Option<PathBuf>)>,
    photo: Option<Photo>,
    finding: Option<Finding>,
}

impl Loaded {
    /// Loads what the document names now. Whether that is another photo than before.
    pub(super) fn update(&mut self, doc: &Doc) -> bool {
        let field = &doc.profile().person.photo;
        let folder = doc.path.as_ref().and_then(|p| p.parent());
        let same = self
            .from
            .as_ref()
            .is_some_and(|(text, from)| text == field && from.as_deref() == folder);
        if same {
            return false;
        }
        self.from = Some((field.clone(), folder.map(ToOwned::to_owned)));
        let (photo, finding) = match photo::load(field, folder) {
            Ok(photo) => (photo, None),
            Err(finding) => (None, Some(finding)),
        };
        self.finding = finding;
        let changed = self.photo != photo;
        self.photo = photo;
        changed
    }

    /// The photo.
    pub(super) fn get(&self) -> Option<&Photo> {
        self.photo.as_ref()
    }

    /// Why there is none.
    pub(super) fn finding(&self) -> Option<&Finding> {
        self.finding.as_ref()
    }
}

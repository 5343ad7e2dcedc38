//! The photo of the open document: loaded on a thread of its own when its field or its file
//! changes.

use super::{doc::Doc, guard, jobs::Wake};
use crate::{
    at::At,
    finding::{Code, Finding},
    store::photo,
    value::photo::Photo,
};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, sync_channel},
    },
    thread::Builder,
};

/// What the field says, and the folder of the profile.
type From = (String, Option<PathBuf>);
type Answer = Result<Option<Photo>, Finding>;

/// A photo that this program cannot load by a fault of its own.
fn fault() -> Finding {
    let at = At::root().field("person").field("photo");
    Finding::error(Code::PhotoUnreadable, at, format!("the photo cannot be read: {}", guard::FAULT))
        .hint("choose another picture")
}

/// A photo as loaded, with where it is from.
#[derive(Debug, Default)]
pub struct Loaded {
    from: Option<From>,
    photo: Option<Photo>,
    finding: Option<Finding>,
    /// The one that is being loaded.
    coming: Option<Receiver<Answer>>,
}

impl Loaded {
    /// Takes in what was loaded and loads what the document names now; `wake` is called when that
    /// has come. Whether there is another photo than before.
    pub fn update(&mut self, doc: &Doc, wake: &Wake) -> bool {
        let mut changed = false;
        if let Some(coming) = &self.coming {
            match coming.try_recv() {
                Ok(answer) => changed = self.take(answer),
                Err(TryRecvError::Empty) => return false,
                Err(TryRecvError::Disconnected) => self.coming = None,
            }
        }
        let field = &doc.profile().person.photo;
        let folder = doc.path.as_ref().and_then(|p| p.parent());
        let same = |(text, from): &From| text == field && from.as_deref() == folder;
        if self.from.as_ref().is_some_and(same) {
            return changed;
        }
        let from = (field.clone(), folder.map(ToOwned::to_owned));
        self.from = Some(from.clone());
        if field.trim().is_empty() {
            return self.take(Ok(None)) || changed;
        }
        let (send, receive) = sync_channel(1);
        let wake = Arc::clone(wake);
        let load = move || {
            let answer = guard::twice(|| photo::load(&from.0, from.1.as_deref()));
            send.send(answer.unwrap_or_else(|| Err(fault()))).ok();
            wake();
        };
        match Builder::new().name("photo".to_owned()).spawn(load) {
            Ok(_) => self.coming = Some(receive),
            // Tried again with the next frame.
            Err(_) => self.from = None,
        }
        changed
    }

    fn take(&mut self, answer: Answer) -> bool {
        self.coming = None;
        let (photo, finding) = match answer {
            Ok(photo) => (photo, None),
            Err(finding) => (None, Some(finding)),
        };
        self.finding = finding;
        let changed = self.photo != photo;
        self.photo = photo;
        changed
    }

    /// Whether it is still being loaded.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.coming.is_some()
    }

    /// The photo.
    #[must_use]
    pub fn get(&self) -> Option<&Photo> {
        self.photo.as_ref()
    }

    /// Why there is none.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.finding.as_ref()
    }
}

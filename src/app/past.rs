//! The earlier versions of a document: one is looked at, compared with what is open, and restored.

use super::{App, Screen, edit::Edit};
use crate::{
    compare::{Difference, compare},
    profile::Profile,
    store::{
        Document, atomic,
        versions::{Earlier, Versions},
    },
};
use std::{path::Path, sync::Arc};

/// The earlier versions of the open document.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// All that are kept, the newest first.
    pub versions: Vec<Earlier>,
    /// The one that is looked at.
    pub chosen: Option<Chosen>,
}

/// A version that is looked at.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Its index.
    pub index: usize,
    /// Its text, or why it cannot be read.
    pub text: Result<String, String>,
    /// Its profile, or why it cannot be read.
    pub profile: Result<Arc<Profile>, String>,
    /// What has become of it since; nothing where the open file is no profile.
    pub differences: Vec<Difference>,
    /// What is open, where that is a profile.
    pub now: Option<Arc<Profile>>,
    /// What it is to be called, as typed so far.
    pub name: String,
}

impl Past {
    /// The versions of the file at `path`.
    #[must_use]
    pub fn new(store: &Versions, path: &Path) -> Self {
        Self { versions: store.changes(path), chosen: None }
    }

    /// Looks at a version; `now` is the profile as it is open.
    pub fn choose(&mut self, store: &Versions, index: usize, now: Option<Arc<Profile>>) {
        let Some(Earlier { version, .. }) = self.versions.get(index) else {
            return;
        };
        let text = store.read(version).map_err(|error| error.to_string());
        let profile = text.clone().and_then(|text| {
            Document::from_text("version", &text).map_err(|error| error.to_string())
        });
        let profile = profile.map(|document| Arc::new(document.profile));
        let differences = match (&profile, &now) {
            (Ok(old), Some(now)) => compare(old, now),
            _ => vec![],
        };
        let name = version.name.clone();
        self.chosen = Some(Chosen { index, text, profile, differences, now, name });
    }
}

impl Chosen {
    /// Whether it can be restored: one that is no profile is only a text.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.profile.is_ok()
    }
}

impl App {
    /// Looks at the earlier versions of what is open.
    pub(super) fn look_at_versions(&mut self) {
        self.past = self.versions().zip(self.path()).map(|(store, path)| Past::new(&store, path));
    }

    /// The file of what is open.
    pub(super) fn path(&self) -> Option<&Path> {
        match &self.screen {
            Screen::Editor(doc) => doc.path.as_deref(),
            Screen::Broken(broken) => Some(&broken.path),
            Screen::Welcome => None,
        }
    }

    /// Looks at one of them.
    pub fn choose_version(&mut self, index: usize) {
        let store = self.versions();
        let now = self.doc_mut().map(|doc| doc.shared());
        if let (Some(store), Some(past)) = (store, &mut self.past) {
            past.choose(&store, index, now);
        }
    }

    /// Calls the version that is looked at as was typed.
    pub fn name_version(&mut self) {
        let store = self.versions();
        let Some((store, past)) = store.zip(self.past.as_mut()) else {
            return;
        };
        let Some(chosen) = &mut past.chosen else {
            return;
        };
        let Some(Earlier { version, .. }) = past.versions.get_mut(chosen.index) else {
            return;
        };
        match store.name(version, &chosen.name) {
            Ok(name) => {
                version.name.clone_from(&name);
                chosen.name = name;
            }
            Err(error) => self.warn(error.to_string()),
        }
    }

    /// Makes the version that is looked at the open profile, or the text of a file that is none;
    /// either is one step that can be undone.
    pub fn restore_version(&mut self) {
        let Some(chosen) = self.past.as_ref().and_then(|past| past.chosen.as_ref()) else {
            return;
        };
        let (Ok(profile), Ok(text)) = (&chosen.profile, &chosen.text) else {
            return;
        };
        let (profile, text) = (Arc::clone(profile), text.clone());
        match &mut self.screen {
            Screen::Editor(_) => {
                let profile = Box::new((*profile).clone());
                self.apply(&Edit::Replace(profile, "Restore version".to_owned()));
            }
            Screen::Broken(broken) => {
                broken.replace(text);
                self.tell("This is the earlier version. Save it to open it.");
            }
            Screen::Welcome => return,
        }
        self.past = None;
        self.show(None);
    }

    pub(super) fn forget_versions(&mut self) {
        let copies = self.files.folders.as_ref().map(|folders| folders.copies());
        if let Some((copies, path)) = copies.zip(self.path()) {
            atomic::forget_copies(path, &copies);
        }
        if let Some((store, path)) = self.versions().zip(self.path()) {
            match store.forget(path) {
                Ok(()) => self.tell("The earlier versions are deleted."),
                Err(error) => self.warn(error.to_string()),
            }
        }
        self.look_at_versions();
    }
}

/// How long ago `time` was at `now`, in words; both in seconds since 1970.
#[must_use]
pub fn ago(time: u64, now: u64) -> String {
    let passed = now.saturating_sub(time);
    let many = |count: u64, unit: &str| {
        let s = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{s} ago")
    };
    match passed {
        0..45 => "Just now".to_owned(),
        45..3600 => many((passed / 60).max(1), "minute"),
        3600..86_400 => many(passed / 3600, "hour"),
        86_400..172_800 => "Yesterday".to_owned(),
        172_800..5_184_000 => many(passed / 86_400, "day"),
        _ => many(passed / 2_592_000, "month"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_words() {
        let check = |passed: u64, expected: &str| assert_eq!(ago(1_000, 1_000 + passed), expected);
        check(0, "Just now");
        check(50, "1 minute ago");
        check(3 * 60 + 59, "3 minutes ago");
        check(3600, "1 hour ago");
        check(23 * 3600, "23 hours ago");
        check(26 * 3600, "Yesterday");
        check(86_400 * 12, "12 days ago");
        check(86_400 * 90, "3 months ago");
        assert_eq!(ago(5, 1), "Just now");
    }
}

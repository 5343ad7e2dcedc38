//! The earlier versions of a document: one is looked at, compared with what is open, and restored.

use crate::{
    compare::{Difference, compare},
    profile::Profile,
    store::{
        Document,
        versions::{Version, Versions},
    },
};
use std::{path::Path, sync::Arc};

/// The earlier versions of the open document.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// All that are kept, the newest first.
    pub versions: Vec<Version>,
    /// The one that is looked at.
    pub chosen: Option<Chosen>,
}

/// A version that is looked at.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Its index.
    pub index: usize,
    /// Its profile, or why it cannot be read.
    pub profile: Result<Arc<Profile>, String>,
    /// What has become of it since.
    pub differences: Vec<Difference>,
}

impl Past {
    /// The versions of the file at `path`.
    #[must_use]
    pub fn new(versions: &Versions, path: &Path) -> Self {
        Self { versions: versions.list(path), chosen: None }
    }

    /// Looks at a version; `now` is the profile as it is open.
    pub fn choose(&mut self, store: &Versions, index: usize, now: &Profile) {
        let Some(version) = self.versions.get(index) else {
            return;
        };
        let text = store.read(version).map_err(|error| error.to_string());
        let profile = text.and_then(|text| {
            Document::from_text("version", &text).map_err(|error| error.to_string())
        });
        let profile = profile.map(|document| Arc::new(document.profile));
        let differences = profile.as_ref().map(|old| compare(old, now)).unwrap_or_default();
        self.chosen = Some(Chosen { index, profile, differences });
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

/// How large a file is, in words.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        _ => format!("{:.1} kB", bytes as f64 / 1000.0),
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
        assert_eq!((size(999), size(9533)), ("999 bytes".to_owned(), "9.5 kB".to_owned()));
    }
}

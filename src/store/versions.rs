//! Earlier versions: what each save replaced, to be looked at, compared and restored.

use super::{atomic, own, read};
use std::{
    cmp::Reverse,
    path::{Path, PathBuf},
};

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Versions of one document.
    pub versions: usize,
    /// Seconds after which a version goes.
    pub age: u64,
    /// Bytes of all versions of one document.
    pub document: u64,
    /// Bytes of everything.
    pub all: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let megabyte = 1024 * 1024;
        Self { versions: 50, age: 30 * 24 * 60 * 60, document: 20 * megabyte, all: 200 * megabyte }
    }
}

/// An earlier version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// When a save replaced it, in seconds since 1970.
    pub time: u64,
    /// How many bytes it has.
    pub bytes: u64,
    /// The file that keeps it.
    pub file: PathBuf,
}

/// The folder of earlier versions.
#[derive(Clone, Debug)]
pub struct Versions {
    folder: PathBuf,
    limits: Limits,
}

impl Versions {
    /// Versions in `folder`, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, limits: Limits::default() }
    }

    /// The same folder with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Keeps what a save at `time` replaced in the file at `path`, unless the newest version says
    /// the same, and removes what is beyond the limits.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn keep(&self, path: &Path, old: &[u8], time: u64) -> Result<(), atomic::Error> {
        let folder = self.folder_of(path);
        let versions = list(&folder);
        let newest = versions.first().and_then(|newest| read::bytes(&newest.file).ok());
        if newest.is_some_and(|(bytes, _)| bytes == old) {
            return Ok(());
        }
        let number = (0..).find(|number| !file(&folder, time, *number).exists()).unwrap_or(0);
        let kept = file(&folder, time, number);
        own::write(&kept, old)?;
        atomic::sweep(&folder, None);
        self.prune(&folder, &kept, time);
        Ok(())
    }

    /// The earlier versions of the file at `path`, the newest first.
    #[must_use]
    pub fn list(&self, path: &Path) -> Vec<Version> {
        list(&self.folder_of(path))
    }

    /// The text of a version.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, version: &Version) -> Result<String, read::Error> {
        Ok(read::text(&version.file)?.text)
    }

    /// Removes all versions of the file at `path`.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn forget(&self, path: &Path) -> Result<(), atomic::Error> {
        clear(&self.folder_of(path))
    }

    /// Removes all versions of all files.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn forget_all(&self) -> Result<(), atomic::Error> {
        own::list(&self.folder).iter().try_for_each(|folder| clear(folder))
    }

    fn folder_of(&self, path: &Path) -> PathBuf {
        self.folder.join(own::key(path))
    }

    /// Removes what is beyond the limits, but never what was `kept` just now.
    fn prune(&self, folder: &Path, kept: &Path, now: u64) {
        let Limits { versions, age, document, all } = self.limits;
        let mut total = 0;
        for (number, version) in list(folder).iter().enumerate() {
            total += version.bytes;
            let old = version.time.saturating_add(age) < now;
            if (number >= versions || old || total > document) && version.file != kept {
                // What cannot be removed now is tried again by the next save.
                drop(own::remove(&version.file));
            }
        }
        let folders = own::list(&self.folder);
        let mut everything: Vec<Version> = folders.iter().flat_map(|folder| list(folder)).collect();
        everything.sort_by_key(|version| Reverse(version.time));
        let mut total = 0;
        for version in everything {
            total += version.bytes;
            let old = version.time.saturating_add(age) < now;
            if (total > all || old) && version.file != kept {
                drop(own::remove(&version.file));
                version.file.parent().into_iter().for_each(own::remove_folder);
            }
        }
    }
}

const ENDING: &str = ".cv.ron";

/// The file of the version that was replaced at `time`, `number` of that second.
fn file(folder: &Path, time: u64, number: u32) -> PathBuf {
    folder.join(format!("{time}-{number}{ENDING}"))
}

/// The time and the number in the name of a version's file.
fn order(path: &Path) -> Option<(u64, u32)> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?;
    let (time, number) = name.split_once('-')?;
    Some((time.parse().ok()?, number.parse().ok()?))
}

/// The versions in a folder, the newest first. Other files are none.
fn list(folder: &Path) -> Vec<Version> {
    let files = own::list(folder).into_iter();
    let mut found: Vec<_> = files.filter_map(|file| Some((order(&file)?, file))).collect();
    found.sort_by_key(|(order, _)| Reverse(*order));
    let version = |((time, _), file): ((u64, u32), PathBuf)| {
        let bytes = own::size(&file);
        Version { time, bytes, file }
    };
    found.into_iter().map(version).collect()
}

fn clear(folder: &Path) -> Result<(), atomic::Error> {
    for version in list(folder) {
        own::remove(&version.file)?;
    }
    own::remove_folder(folder);
    Ok(())
}

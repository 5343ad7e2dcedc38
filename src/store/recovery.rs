//! Unsaved work: what was typed since the last save, kept where a crash does not reach it.
//!
//! Each open document has one file, which is itself a profile: a first line says what it belongs
//! to, then comes the text. Files bear the name of the run that wrote them; those of a run that
//! goes on are never offered.

use super::{
    Document, Error,
    atomic::{self, sweep},
    own::{self, Session, session_of},
    read::{self, Fingerprint, hash},
};
use crate::{
    compare::{self, Difference},
    profile::Profile,
};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    path::{Path, PathBuf},
};

/// Names an open document among those of one run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// The document at `path`.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self(own::key(path))
    }

    /// A document without a file; the caller numbers them.
    #[must_use]
    pub fn untitled(number: u64) -> Self {
        Self(format!("untitled-{number}"))
    }
}

/// What is kept of an open document.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Where it is saved, if anywhere.
    pub path: Option<&'a Path>,
    /// What it is called in the window.
    pub name: &'a str,
    /// What its file held when it was last read or written.
    pub base: Option<&'a Fingerprint>,
    /// The time in seconds since 1970.
    pub time: u64,
    /// The text as it would be saved.
    pub text: &'a str,
}

/// Unsaved work of a run that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where the document is saved, if anywhere.
    pub path: Option<PathBuf>,
    /// What it was called in the window.
    pub name: String,
    /// What its file held when it was last read or written.
    pub base: Option<Fingerprint>,
    /// When it was kept, in seconds since 1970.
    pub time: u64,
    /// The text as it would have been saved.
    pub text: String,
    /// The file that keeps it.
    pub file: PathBuf,
}

impl Found {
    /// The work as a document that can be saved where it belongs, unless that file has changed
    /// since.
    ///
    /// # Errors
    /// When the text does not hold a profile.
    pub fn open(&self) -> Result<Document, Error> {
        let document = Document::from_text(&self.name, &self.text)?;
        Ok(document.based_on(self.base.clone()))
    }

    /// What the work has that its file, which holds `base`, has not; a document without a file has
    /// nothing yet.
    ///
    /// # Errors
    /// When one of the texts does not hold a profile.
    pub fn differs(&self, base: Option<&str>) -> Result<Vec<Difference>, Error> {
        let old = match base {
            Some(base) => Document::from_text(&self.name, base)?.profile,
            None => Profile::default(),
        };
        let new = Document::from_text(&self.name, &self.text)?.profile;
        Ok(compare::compare(&old, &new))
    }
}

/// The folder of unsaved work, as one run sees it. The run ends when this is dropped or the process
/// dies.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    session: Option<Session>,
}

impl Store {
    /// Unsaved work in `folder`, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, session: None }
    }

    /// Keeps the newest state of a document in place of what was kept of it.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn keep(&mut self, key: &Key, entry: &Entry<'_>) -> Result<(), atomic::Error> {
        let session = match self.session.take() {
            Some(session) => session,
            None => Session::start(&self.folder)?,
        };
        let path = file(&self.folder, &session, key);
        self.session = Some(session);
        own::write(&path, format!("{MARK}{}\n{}", Head::of(entry).line(), entry.text).as_bytes())
    }

    /// Forgets a document: it is saved, or its changes are not wanted.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn forget(&mut self, key: &Key) -> Result<(), atomic::Error> {
        match &self.session {
            Some(session) => own::remove(&file(&self.folder, session, key)).map(drop),
            None => Ok(()),
        }
    }

    /// Unsaved work of runs that are over, the newest first. What cannot be read is left where it
    /// is.
    #[must_use]
    pub fn found(&self) -> Vec<Found> {
        sweep(&self.folder, None);
        let mut found = vec![];
        // Asked once for each run: of several files all are its own.
        let mut running: Option<(String, bool)> = None;
        for path in own::list(&self.folder) {
            let Some(session) = session_of(&path) else { continue };
            let known = running.as_ref().filter(|(name, _)| name == session).map(|(_, runs)| *runs);
            let runs = known.unwrap_or_else(|| Session::is_running(&self.folder, session));
            running = Some((session.to_owned(), runs));
            if !runs && path.to_str().is_some_and(|path| path.ends_with(ENDING)) {
                found.extend(read(path));
            }
        }
        found.sort_by_key(|found| Reverse(found.time));
        found
    }

    /// Removes what was found; whether it was still there, which it is not when another window has
    /// taken it.
    ///
    /// Only to be called once the work is in its own file, is kept for this run, or is not wanted.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn discard(&self, found: &Found) -> Result<bool, atomic::Error> {
        own::remove(&found.file)
    }
}

/// The start of a recovery file: a comment to everything that reads profiles.
const MARK: &str = "// vitae-recovery ";

const ENDING: &str = ".cv.ron";

fn file(folder: &Path, session: &Session, Key(key): &Key) -> PathBuf {
    folder.join(format!("{}.{key}{ENDING}", session.name()))
}

/// The first line of a recovery file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Head {
    path: Option<PathBuf>,
    name: String,
    time: u64,
    /// Hash and length of the file that the work was begun from.
    base: Option<(String, u64)>,
    /// Hash of the text below.
    text: String,
}

impl Head {
    fn of(entry: &Entry<'_>) -> Self {
        Self {
            // A path that is no text cannot be written: the work is then offered under its name
            // alone.
            path: entry.path.filter(|path| path.to_str().is_some()).map(Path::to_owned),
            name: entry.name.to_owned(),
            time: entry.time,
            base: entry.base.map(|base| (own::hex(base.hash), base.len)),
            text: own::hex(hash(entry.text.as_bytes())),
        }
    }

    fn line(&self) -> String {
        // Only a path could fail, and that one is text.
        ron::to_string(self).unwrap_or_default()
    }
}

fn read(file: PathBuf) -> Option<Found> {
    let (bytes, _) = read::bytes(&file).ok()?;
    let (line, text) = std::str::from_utf8(&bytes).ok()?.split_once('\n')?;
    let head: Option<Head> = line.strip_prefix(MARK).and_then(|head| ron::from_str(head).ok());
    let whole = head.as_ref().is_some_and(|head| head.text == own::hex(hash(text.as_bytes())));
    // A damaged file is worth offering only if it still says something.
    if !whole && Document::from_text("", text).is_err() {
        return None;
    }
    let head = head.unwrap_or_else(|| Head { name: "unnamed".to_owned(), ..Head::default() });
    let base = head.base.and_then(|(hash, len)| {
        let hash = u128::from_str_radix(&hash, 16).ok()?;
        Some(Fingerprint { hash, len, modified: None })
    });
    Some(Found {
        path: head.path,
        name: head.name,
        base,
        time: head.time,
        text: text.to_owned(),
        file,
    })
}

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
    /// Whether the file that keeps it is damaged, so that this is what can still be read.
    pub damaged: bool,
    /// The file that keeps it.
    pub file: PathBuf,
}

impl Found {
    /// Whether it belongs to the file at `path`, by whichever links either is reached.
    #[must_use]
    pub fn is_for(&self, path: &Path) -> bool {
        self.path.as_deref().is_some_and(|own| own == path || own::key(own) == own::key(path))
    }

    /// Whether it was begun from a file that held these bytes.
    #[must_use]
    pub fn began_from(&self, bytes: &Fingerprint) -> bool {
        self.base.as_ref().is_some_and(|base| base.same_bytes(bytes))
    }

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

    /// Ends the run, whose work is forgotten or handed on, and removes the folder if nothing is left
    /// in it.
    pub fn close(self) {
        let Self { folder, session } = self;
        drop(session);
        own::remove_folder(&folder);
    }

    /// Unsaved work of runs that are over, the newest first. What nobody can read, and what a newer
    /// version of the program has kept, is left where it is.
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
        let was_there = own::remove(&found.file)?;
        // A folder beside a document goes with the last that was in it.
        let elsewhere = found.file.parent().filter(|folder| *folder != self.folder);
        elsewhere.into_iter().for_each(own::remove_folder);
        Ok(was_there)
    }
}

/// The folder for unsaved work of the files in `folder`, where it lies beside them.
#[must_use]
pub fn beside(folder: &Path) -> PathBuf {
    folder.join(".vitae-unsaved")
}

/// The start of a recovery file: a comment to everything that reads profiles.
const MARK: &str = "// vitae-recovery ";

const ENDING: &str = ".cv.ron";

fn file(folder: &Path, session: &Session, Key(key): &Key) -> PathBuf {
    folder.join(format!("{}.{key}{ENDING}", session.name()))
}

/// The version of recovery files that this program writes.
const VERSION: u32 = 1;

/// Whether the first line of a recovery file says that a newer program wrote it, in whatever other
/// words.
fn is_newer(line: &str) -> bool {
    let number = line.split_once("version:").map(|(_, rest)| {
        let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or(u32::MAX)
    });
    line.starts_with(MARK) && number.is_some_and(|number| number > VERSION)
}

/// The first line of a recovery file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Head {
    /// Grows when older programs could not make anything of what newer ones keep.
    version: u32,
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
            version: VERSION,
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
    let text = String::from_utf8_lossy(&bytes);
    let (line, rest) = text.split_once('\n').unwrap_or((&text, ""));
    if is_newer(line) {
        return None;
    }
    let head: Option<Head> = line.strip_prefix(MARK).and_then(|head| ron::from_str(head).ok());
    let whole = head.as_ref().is_some_and(|head| head.text == own::hex(hash(rest.as_bytes())));
    // A first line that is none may be the text itself.
    let is_head = head.is_some() || line.starts_with(MARK);
    let text = if is_head { rest } else { &text };
    let readable = |c: char| c.is_alphanumeric();
    // A damaged file is worth offering only if it still says something.
    if !whole && !text.contains(readable) {
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
        damaged: !whole,
        file,
    })
}

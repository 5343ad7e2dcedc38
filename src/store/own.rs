//! The program's own files, apart from people's documents: private, written like documents, and
//! removed only here.

use super::{
    atomic::{self, Error, Safety, plain},
    process, read,
};
use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Writes a file that only the user may read, and makes its folder.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(parent) = path.parent() {
        folder(parent)?;
    }
    atomic::write(path, bytes, Safety { private: true, ..Safety::default() }).map(drop)
}

/// Makes a folder that only the user may enter, unless it is there.
pub(super) fn folder(path: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path).map_err(|error| plain(path, &[], error))
}

/// Removes a file; whether it was there.
pub(super) fn remove(path: &Path) -> Result<bool, Error> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(plain(path, &[], error)),
    }
}

/// Removes a folder that is empty; one that is not stays.
pub(super) fn remove_folder(path: &Path) {
    drop(fs::remove_dir(path));
}

/// What lies in a folder, in the order of the names; nothing when it cannot be read.
pub(super) fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// How many bytes a file has.
pub(super) fn size(path: &Path) -> u64 {
    fs::symlink_metadata(path).map_or(0, |metadata| metadata.len())
}

/// A name for what is kept about the document at `path`: the same by whichever links it is reached.
pub(super) fn key(path: &Path) -> String {
    let whole = || fs::canonicalize(path).ok();
    let by_folder = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    let place = whole()
        .or_else(by_folder)
        .or_else(|| std::path::absolute(path).ok())
        .unwrap_or_else(|| path.to_owned());
    hex(read::hash(place.as_os_str().as_encoded_bytes()))
}

/// A hash as text.
pub(super) fn hex(hash: u128) -> String {
    format!("{hash:032x}")
}

/// The mark of one run of the program: a locked file, which the system unlocks when the process
/// ends, however it ends.
///
/// A number of a process would not do: after a crash of the machine another program may have it.
#[derive(Debug)]
pub(super) struct Session {
    name: String,
    path: PathBuf,
    /// Holds the lock as long as it is open.
    _lock: File,
}

/// How many runs of one process are told apart.
const MOST_SESSIONS: u32 = 10_000;

impl Session {
    /// Starts a run in `folder` under a name that nothing there bears.
    pub(super) fn start(folder: &Path) -> Result<Self, Error> {
        self::folder(folder)?;
        let failed = |path: &Path, error| Err(plain(path, &[], error));
        let process = std::process::id();
        let taken = list(folder);
        let is_taken = |name: &str| taken.iter().any(|path| session_of(path) == Some(name));
        for number in 1..MOST_SESSIONS {
            let name = format!("{process}-{number}");
            if is_taken(&name) {
                continue;
            }
            let path = lock_path(folder, &name);
            let lock = match create(&path) {
                Ok(lock) => lock,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return failed(&path, error),
            };
            match lock.try_lock() {
                // Between the two calls another run may have taken it for a leftover.
                Ok(()) if !path.exists() => {}
                Err(TryLockError::WouldBlock) => {}
                // A file system without locks: then the number of the process has to do.
                Ok(()) | Err(TryLockError::Error(_)) => {
                    return Ok(Self { name, path, _lock: lock });
                }
            }
        }
        failed(folder, io::Error::other("there are too many recovery files"))
    }

    /// What the names of its files start with, before a dot.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the run of that name goes on, in this process or in another one. What is left of one
    /// that does not is removed.
    pub(super) fn is_running(folder: &Path, name: &str) -> bool {
        let path = lock_path(folder, name);
        let Ok(lock) = File::open(&path) else {
            return false;
        };
        match lock.try_lock_shared() {
            Ok(()) => {
                // Removed while it is locked: so nobody can have begun to use it.
                drop(fs::remove_file(&path));
                false
            }
            Err(TryLockError::WouldBlock) => true,
            Err(TryLockError::Error(_)) => {
                let process = name.split('-').next().and_then(|process| process.parse().ok());
                process.is_some_and(process::is_running)
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // What stays is removed by the next run.
        drop(fs::remove_file(&self.path));
    }
}

/// The name of the run that a file belongs to.
pub(super) fn session_of(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()?.split('.').next().filter(|name| !name.is_empty())
}

fn lock_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.lock"))
}

fn create(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().write(true).create_new(true)).open(path)
}

/// Opens a file for writing, as it is; makes one that only the user may read where there is none.
pub(super) fn open_private(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().write(true).create(true).truncate(false)).open(path)
}

/// What is made anew is for the user alone.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

//! Which window works on which document: a locked file for each, and a knock on the door of the
//! window that has it.
//!
//! The system gives a lock back when its process ends, however it ends, so nothing is left to be
//! cleared away by hand.

use super::own;
use std::{
    fs::{self, File, TryLockError},
    io::Write as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

/// A document that this window works on, until it is dropped.
#[derive(Debug)]
pub struct Claim {
    key: String,
    lock: PathBuf,
    /// Holds the lock as long as it is open.
    _file: File,
}

/// What came of claiming a document.
#[derive(Debug)]
pub enum Claimed {
    /// It is this window's.
    Mine(Claim),
    /// Another window works on it.
    Elsewhere,
    /// That cannot be told here: the folder takes no files, or the system has no locks.
    Unknown,
}

/// How often the door is looked at.
const EVERY: Duration = Duration::from_millis(50);

impl Claim {
    /// Claims the document at `path`; `folder` is where the program keeps its locks.
    #[must_use]
    pub fn take(folder: &Path, path: &Path) -> Claimed {
        /// How often another window may let go of it just now.
        const TRIES: usize = 5;
        let key = own::key(path);
        let lock = folder.join(format!("{key}.lock"));
        if own::folder(folder).is_err() {
            return Claimed::Unknown;
        }
        for _ in 0..TRIES {
            let Ok(mut file) = own::open_private(&lock) else {
                return Claimed::Unknown;
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Claimed::Elsewhere,
                Err(TryLockError::Error(_)) => return Claimed::Unknown,
            }
            // The window that had it may have removed the file between the two calls: then another
            // one stands there.
            let mark = mark();
            let written = file.set_len(0).and_then(|()| file.write_all(mark.as_bytes()));
            if written.is_ok() && fs::read(&lock).is_ok_and(|bytes| bytes == mark.as_bytes()) {
                return Claimed::Mine(Self { key, lock, _file: file });
            }
        }
        Claimed::Unknown
    }

    /// Claims the document at `path` as [`take`](Self::take) does, and waits so long for whoever
    /// works on it.
    #[must_use]
    pub fn wait(folder: &Path, path: &Path, patience: Duration) -> Claimed {
        let start = Instant::now();
        loop {
            match Self::take(folder, path) {
                Claimed::Elsewhere if start.elapsed() < patience => std::thread::sleep(EVERY / 5),
                // Many may come and go at once, so that a mark is another's for a moment.
                Claimed::Unknown if start.elapsed() < EVERY => std::thread::sleep(EVERY / 5),
                claimed => return claimed,
            }
        }
    }

    /// Whether it is for the document at `path`.
    #[must_use]
    pub fn is_for(&self, path: &Path) -> bool {
        self.key == own::key(path)
    }

    /// Where another window knocks.
    #[must_use]
    pub fn door(&self) -> PathBuf {
        self.lock.with_extension("knock")
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        own::remove(&self.door()).ok();
        // While it is locked, so that nobody can have begun to use it.
        own::remove(&self.lock).ok();
    }
}

/// Whether somebody has knocked at `door`; answers by taking the knock away.
#[must_use]
pub fn answer(door: &Path) -> bool {
    own::remove(door).unwrap_or(false)
}

/// Asks the window that works on the document at `path` to come forward, and waits so long for its
/// answer.
#[must_use]
pub fn knock(folder: &Path, path: &Path, patience: Duration) -> bool {
    let door = folder.join(format!("{}.knock", own::key(path)));
    if own::write(&door, b"").is_err() {
        return false;
    }
    let start = Instant::now();
    while start.elapsed() < patience {
        std::thread::sleep(EVERY);
        if !door.exists() {
            return true;
        }
    }
    // Nobody is at home; a knock that stays would open the door to the next one who comes.
    own::remove(&door).ok();
    false
}

/// Something that no other claim writes.
fn mark() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("{} {}\n", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_window_for_a_document() {
        let temp = tempfile::tempdir().unwrap();
        let (folder, path) = (temp.path().join("locks"), temp.path().join("x.cv.ron"));
        own::write(&path, b"").unwrap();
        let Claimed::Mine(first) = Claim::take(&folder, &path) else { panic!("not mine") };
        assert!(first.is_for(&path));
        assert!(matches!(Claim::take(&folder, &path), Claimed::Elsewhere));
        let other = Claim::take(&folder, &temp.path().join("y.cv.ron"));
        assert!(matches!(other, Claimed::Mine(_)));
        drop(first);
        assert!(matches!(Claim::take(&folder, &path), Claimed::Mine(_)));
        drop(other);
        assert_eq!(own::list(&folder), Vec::<PathBuf>::new());
    }

    #[test]
    fn the_same_file_by_another_way() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("x.cv.ron");
        own::write(&path, b"").unwrap();
        let folder = temp.path().join("locks");
        let _first = Claim::take(&folder, &path);
        let round = temp.path().join("locks").join("..").join("x.cv.ron");
        assert!(matches!(Claim::take(&folder, &round), Claimed::Elsewhere));
    }

    #[test]
    fn a_knock_is_answered_or_taken_back() {
        let temp = tempfile::tempdir().unwrap();
        let (folder, path) = (temp.path().join("locks"), temp.path().join("x.cv.ron"));
        let Claimed::Mine(claim) = Claim::take(&folder, &path) else { panic!("not mine") };
        let door = claim.door();
        assert!(!answer(&door));
        assert!(!knock(&folder, &path, Duration::from_millis(120)));
        assert!(!door.exists());
        let answers = move || {
            (0..200).any(|_| {
                std::thread::sleep(Duration::from_millis(10));
                answer(&door)
            })
        };
        let other = std::thread::Builder::new().spawn(answers).unwrap();
        assert!(knock(&folder, &path, Duration::from_secs(5)));
        assert!(other.join().unwrap());
    }

    #[test]
    fn without_a_place_for_locks_nothing_is_claimed() {
        let temp = tempfile::tempdir().unwrap();
        let file = temp.path().join("file");
        own::write(&file, b"").unwrap();
        assert!(matches!(Claim::take(&file, &file), Claimed::Unknown));
        assert!(!knock(&file, &file, Duration::from_millis(1)));
    }
}

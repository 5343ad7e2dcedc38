//! Which window works on which document: a locked file for each, and a knock on the door of the
//! window that has it.
//!
//! The system gives a lock back when its process ends, however it ends, so nothing is left to be
//! cleared away by hand. A locked file is never read: on Windows nobody could, not even the process
//! that has locked it.

use super::own;
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
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
        let key = own::key(path);
        let lock = folder.join(format!("{key}.lock"));
        if own::folder(folder).is_err() {
            return Claimed::Unknown;
        }
        // Between opening a lock and locking it, whoever had it may remove it, and a lock on a file
        // without a name keeps nobody out. So only one process at a time does either.
        let Some(_gate) = gate(folder) else {
            return Claimed::Unknown;
        };
        let Ok(file) = own::open_private(&lock) else {
            return Claimed::Unknown;
        };
        match file.try_lock() {
            Ok(()) => Claimed::Mine(Self { key, lock, _file: file }),
            Err(TryLockError::WouldBlock) => Claimed::Elsewhere,
            Err(TryLockError::Error(_)) => Claimed::Unknown,
        }
    }

    /// Claims the document at `path` as [`take`](Self::take) does, and waits so long for whoever
    /// works on it.
    #[must_use]
    pub fn wait(folder: &Path, path: &Path, patience: Duration) -> Claimed {
        let start = Instant::now();
        loop {
            match Self::take(folder, path) {
                Claimed::Elsewhere if start.elapsed() < patience => std::thread::sleep(EVERY / 5),
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
        // Only while nobody else can be about to lock it; one that stays is used again.
        if let Some(_gate) = self.lock.parent().and_then(gate) {
            own::remove(&self.lock).ok();
        }
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

/// The gate to the locks in `folder`, which one process at a time passes, as long as the file is
/// open; nothing where there are no locks, or when somebody is stuck in it.
fn gate(folder: &Path) -> Option<File> {
    /// Nobody needs longer than a few files are made or removed in.
    const PATIENCE: Duration = Duration::from_secs(2);
    let gate = own::open_private(&folder.join(GATE)).ok()?;
    let start = Instant::now();
    loop {
        match gate.try_lock() {
            Ok(()) => return Some(gate),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(2));
            }
            Err(_) => return None,
        }
    }
}

/// The name of the gate: no key is like it.
const GATE: &str = "gate";

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
        assert_eq!(own::list(&folder), [folder.join(GATE)]);
    }

    #[test]
    fn a_locked_file_need_not_be_readable() {
        // Where locks bind everybody, reading one fails; here a lock holds bytes that are no text
        // and that no claim would write, and stays as it is.
        let temp = tempfile::tempdir().unwrap();
        let (folder, path) = (temp.path().join("locks"), temp.path().join("x.cv.ron"));
        let lock = folder.join(format!("{}.lock", own::key(&path)));
        own::write(&lock, b"\xFF\xFE left by a crash").unwrap();
        let Claimed::Mine(claim) = Claim::take(&folder, &path) else { panic!("not mine") };
        assert_eq!(std::fs::read(&lock).unwrap(), b"\xFF\xFE left by a crash");
        assert!(matches!(Claim::take(&folder, &path), Claimed::Elsewhere));
        drop(claim);
        assert!(!lock.exists());
    }

    #[test]
    fn of_many_that_come_and_go_one_has_it_at_a_time() {
        use std::sync::atomic::{AtomicU32, Ordering};
        let temp = tempfile::tempdir().unwrap();
        let (folder, path) = (temp.path().join("locks"), temp.path().join("x.cv.ron"));
        let (inside, taken) = (AtomicU32::new(0), AtomicU32::new(0));
        let come_and_go = || {
            for _ in 0..150 {
                if let Claimed::Mine(claim) = Claim::take(&folder, &path) {
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    std::thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                    taken.fetch_add(1, Ordering::SeqCst);
                    drop(claim);
                }
            }
        };
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(come_and_go))));
        assert!(taken.load(Ordering::SeqCst) > 0);
    }

    #[test]
    fn whoever_is_stuck_in_the_gate_stops_nobody_for_long() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("locks");
        own::folder(&folder).unwrap();
        let stuck = gate(&folder).unwrap();
        assert!(matches!(Claim::take(&folder, &temp.path().join("x")), Claimed::Unknown));
        drop(stuck);
        assert!(matches!(Claim::take(&folder, &temp.path().join("x")), Claimed::Mine(_)));
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

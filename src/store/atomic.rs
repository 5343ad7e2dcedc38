//! Writes files so that neither a crash nor a full disk leaves half of one: the only place that
//! does.
//!
//! The new bytes go into a file beside the old one, are brought to the disk, and only then take its
//! name. Where that cannot be (the folder is not ours to write, or the file has several names), a
//! copy of the old file is brought to the disk first and the file is then written in place.

use super::{
    file_name,
    held::{is_held, is_held_or_denied, patiently},
    own,
    process::is_running,
    read::{self, Fingerprint},
};
use std::{
    ffi::OsString,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::UNIX_EPOCH,
};

/// Why a file was not written. The old file is as it was, unless the message says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another program has written the file since it was last read.
    #[error("`{0}` was changed by another program since it was opened")]
    Changed(PathBuf),
    /// The file is gone since it was last read.
    #[error("`{0}` is not there any more")]
    Gone(PathBuf),
    /// No room.
    #[error("the disk is full: `{path}` needs {needed} bytes")]
    Full {
        /// The file.
        path: PathBuf,
        /// How large the new file is.
        needed: usize,
    },
    /// The file system takes no changes.
    #[error("`{0}` is on a disk that cannot be written to: save a copy elsewhere")]
    ReadOnly(PathBuf),
    /// The rights do not allow it.
    #[error("you may not write `{0}`: save a copy elsewhere")]
    Forbidden(PathBuf),
    /// Something that is no file stands there.
    #[error("`{0}` is not a file: choose another name")]
    NotAFile(PathBuf),
    /// Another program has the file open and lets nobody else write it.
    #[error("`{0}` is open in another program: close it there, or choose another name")]
    InUse(PathBuf),
    /// A name that means something else to the system.
    #[error("`{path}` has {why}: choose another name")]
    Name {
        /// The file.
        path: PathBuf,
        /// What is wrong with its name.
        why: &'static str,
    },
    /// The folder is not there.
    #[error("the folder of `{0}` does not exist")]
    NoFolder(PathBuf),
    /// Writing in place is the only way, and there is no folder for the copy that makes it safe.
    #[error("`{0}` cannot be replaced safely: save a copy elsewhere")]
    NoSafeWay(PathBuf),
    /// Writing in place failed halfway; the old bytes are in the copy.
    #[error("`{path}` was only half written ({reason}): what it held before is in `{copy}`")]
    HalfWritten {
        /// The file.
        path: PathBuf,
        /// The copy.
        copy: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// Anything else that the system says.
    #[error("cannot write `{path}`: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// What a write may rely on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Safety<'a> {
    /// What the file held when it was last read or written: anything else there now is not
    /// overwritten.
    pub expected: Option<&'a Fingerprint>,
    /// A folder for the copy of a file that can only be written in place.
    pub copies: Option<&'a Path>,
    /// Whether a file that was not there before may be read by nobody else.
    pub private: bool,
}

/// Makes `bytes` the content of the file at `path`, or leaves it as it is.
pub fn write(path: &Path, bytes: &[u8], safety: Safety<'_>) -> Result<Fingerprint, Error> {
    let refused = |at: &Path| {
        let refusal = file_name::refused_here(at);
        refusal.map_or(Ok(()), |why| Err(Error::Name { path: path.to_owned(), why }))
    };
    // Before anything is asked of a device, which answers in its own way.
    refused(path)?;
    let target = resolve(path).map_err(|source| plain(path, bytes, source))?;
    refused(&target)?;
    // A save that was killed may have left the file with a second name.
    sweep(&folder_or_here(&target), target.file_name());
    let old = look(path, &target)?;
    compare(path, &target, old.as_ref(), bytes, safety.expected)?;
    has_folder(path, &target)?;
    if old.is_some() {
        // A file that is marked read-only stays as it is, though its folder would let us replace
        // it.
        open_to_write(&target).map_err(|e| plain(path, bytes, e))?;
    }
    if let Some(old) = old.as_ref().filter(|old| names(old) > 1) {
        return in_place(path, &target, old, bytes, safety);
    }
    // Bringing the bytes to the disk takes its time: what is there is compared again before they
    // take the name.
    let unchanged = || {
        let now = look(path, &target)?;
        match (&old, &now) {
            (None, Some(_)) => Err(Error::Changed(path.to_owned())),
            _ => compare(path, &target, now.as_ref(), bytes, safety.expected),
        }
    };
    match (replace(&target, old.as_ref(), bytes, safety.private, &unchanged), &old) {
        (Ok(metadata), _) => Ok(Fingerprint::new(bytes, Some(&metadata))),
        (Err(Failure::Compared(error)), _) => Err(error),
        (Err(Failure::Temporary(error)), Some(old)) if is_forbidden(&error) => {
            in_place(path, &target, old, bytes, safety)
        }
        // It was opened for writing just now, and its folder took the new file.
        (Err(Failure::Moved(error)), Some(_)) if is_held_or_denied(&error) => {
            Err(Error::InUse(path.to_owned()))
        }
        (Err(Failure::Moved(error)), None) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Error::Changed(path.to_owned()))
        }
        (Err(Failure::Temporary(error) | Failure::Moved(error) | Failure::Later(error)), _) => {
            Err(plain(path, bytes, error))
        }
    }
}

/// Opens a file that is there to be written, as soon as nobody else holds it.
fn open_to_write(target: &Path) -> io::Result<File> {
    patiently(is_held, || OpenOptions::new().write(true).open(target))
}

/// Fills the file at `path` for a program that asks for a picture and may hold that file open
/// already: it would not see another one in its place. A new file is private. What fails leaves the
/// file empty, or not there.
pub fn hand_over(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let old = look(path, path)?;
    has_folder(path, path)?;
    let file = match old {
        Some(_) => OpenOptions::new().write(true).truncate(true).open(path),
        None => create(path, true),
    };
    let mut file = file.map_err(|error| plain(path, bytes, error))?;
    file.write_all(bytes).map_err(|error| {
        // The error that counts is the first one.
        drop(if old.is_some() { file.set_len(0) } else { fs::remove_file(path) });
        plain(path, bytes, error)
    })
}

/// How many links are followed before they are taken for a circle.
const MOST_LINKS: usize = 40;

/// The file that `path` names in the end, even when it does not exist yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => {
                target = folder_of(&target).map_or(next.clone(), |folder| folder.join(next));
            }
            // Not a link (which has several errors), or not there: this is the place.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::InvalidInput
                ) || fs::symlink_metadata(&target).is_ok_and(|found| !found.is_symlink()) =>
            {
                return Ok(target);
            }
            // A link that cannot be read now must not be replaced by a file.
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("its links go round in a circle"))
}

fn folder_of(path: &Path) -> Option<PathBuf> {
    let parent = path.parent()?;
    Some(if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() })
}

fn folder_or_here(path: &Path) -> PathBuf {
    folder_of(path).unwrap_or_else(|| PathBuf::from("."))
}

/// Whether there is a folder for `target` to lie in.
fn has_folder(path: &Path, target: &Path) -> Result<(), Error> {
    match folder_of(target) {
        Some(folder) if !folder.is_dir() => Err(Error::NoFolder(path.to_owned())),
        _ => Ok(()),
    }
}

/// What stands at `target` now.
fn look(path: &Path, target: &Path) -> Result<Option<Metadata>, Error> {
    match fs::metadata(target) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata)),
        Ok(_) => Err(Error::NotAFile(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(plain(path, &[], error)),
    }
}

/// Refuses to overwrite what nobody has seen.
fn compare(
    path: &Path,
    target: &Path,
    old: Option<&Metadata>,
    bytes: &[u8],
    expected: Option<&Fingerprint>,
) -> Result<(), Error> {
    let Some(expected) = expected else {
        return Ok(());
    };
    if old.is_none() {
        return Err(Error::Gone(path.to_owned()));
    }
    // What is there already may be what shall be written: from a try whose last step failed.
    let wanted = Fingerprint::new(bytes, None);
    let same = old.is_some_and(|old| [expected.len, wanted.len].contains(&old.len()))
        && read::bytes(target)
            .is_ok_and(|(_, found)| found.same_bytes(expected) || found.same_bytes(&wanted));
    if same { Ok(()) } else { Err(Error::Changed(path.to_owned())) }
}

/// Where a replacement failed: writing in place may still do only when it was at the very start.
enum Failure {
    Temporary(io::Error),
    /// The new file did not get the name.
    Moved(io::Error),
    Later(io::Error),
    /// Somebody else has written the file meanwhile.
    Compared(Error),
}

fn replace(
    target: &Path,
    old: Option<&Metadata>,
    bytes: &[u8],
    private: bool,
    unchanged: &dyn Fn() -> Result<(), Error>,
) -> Result<Metadata, Failure> {
    let folder = folder_or_here(target);
    let name = target.file_name().unwrap_or_default();
    let temporary = folder.join(temporary_name(name, std::process::id()));
    let mut file = create(&temporary, private || old.is_some()).map_err(Failure::Temporary)?;
    if let Some(Err(error)) = old.map(|old| take_after(&file, target, old)) {
        drop(fs::remove_file(&temporary));
        return Err(Failure::Temporary(error));
    }
    let written = fill(&mut file, bytes).map_err(Failure::Later).and_then(|metadata| {
        // Held until the file has its name, by one process at a time, so that nothing comes between
        // the look and the move. Where a folder cannot be locked, only that moment stays open.
        let _lock = lock_folder(&folder);
        unchanged().map_err(Failure::Compared)?;
        match old {
            Some(_) => put(&temporary, target),
            None => put_new(&temporary, target),
        }
        .map_err(Failure::Moved)?;
        Ok(metadata)
    });
    match written {
        Ok(metadata) => {
            // The new file has the name, but until the folder is on the disk it may lose it again.
            sync_folder(&folder).map_err(Failure::Later)?;
            Ok(metadata)
        }
        Err(error) => {
            // The error that counts is the first one; a leftover is swept by the next save.
            drop(fs::remove_file(&temporary));
            Err(error)
        }
    }
}

/// A lock on a folder among the processes of this program, as long as it is held; `None` where
/// there is none.
#[cfg(unix)]
fn lock_folder(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

#[cfg(not(unix))]
fn lock_folder(_folder: &Path) -> Option<File> {
    None
}

/// Gives a new file its name, which nobody else must have taken meanwhile.
fn put_new(temporary: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, target) {
        Ok(()) => fs::remove_file(temporary),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // The file system knows no second names.
        Err(_) => put(temporary, target),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
fn put(temporary: &Path, target: &Path) -> io::Result<()> {
    patiently(is_held_or_denied, || fs::rename(temporary, target))
}

/// Writes the new file and brings it to the disk.
fn fill(file: &mut File, bytes: &[u8]) -> io::Result<Metadata> {
    file.write_all(bytes)?;
    file.sync_all()?;
    file.metadata()
}

/// A name that no other save uses, of this process or another one, and that says whose it is.
fn temporary_name(name: &std::ffi::OsStr, process: u32) -> OsString {
    static SAVES: AtomicU32 = AtomicU32::new(0);
    let save = SAVES.fetch_add(1, Ordering::Relaxed);
    let mut temporary = OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{process}-{save}.tmp"));
    temporary
}

/// Creates a file that was not there. What replaces another file is private until it has that
/// file's rights.
fn create(path: &Path, private: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if private { 0o600 } else { 0o666 });
    }
    #[cfg(not(unix))]
    let _ = private;
    match options.open(path) {
        // Left by a process of the same number that is gone; this one is not writing the file
        // twice.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            options.open(path)
        }
        other => other,
    }
}

/// Removes what killed saves have left behind: of the file of that name, or of every file in the
/// folder.
pub(super) fn sweep(folder: &Path, name: Option<&std::ffi::OsStr>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let wanted = name.map(|name| name.to_string_lossy());
    for entry in entries.flatten() {
        let found = entry.file_name();
        let process = found.to_str().and_then(|found| {
            let (file, process) =
                found.strip_prefix('.')?.strip_suffix(".tmp")?.rsplit_once('.')?;
            let process = process.split_once('-').map_or(process, |(process, _)| process);
            let process = process.parse::<u32>().ok()?;
            wanted.as_ref().is_none_or(|wanted| wanted == file).then_some(process)
        });
        if process.is_some_and(|process| !is_running(process)) {
            // Another window may have swept it first.
            drop(fs::remove_file(entry.path()));
        }
    }
}

fn in_place(
    path: &Path,
    target: &Path,
    old: &Metadata,
    bytes: &[u8],
    safety: Safety<'_>,
) -> Result<Fingerprint, Error> {
    let failed = |source: io::Error| plain(path, bytes, source);
    // Opened first: when the file itself may not be written either, no copy is needed.
    let mut file = open_to_write(target).map_err(failed)?;
    let Some(copies) = safety.copies else {
        return Err(Error::NoSafeWay(path.to_owned()));
    };
    let (before, _) = read::bytes(target).map_err(|error| failed(io::Error::other(error)))?;
    own::folder(copies)?;
    let pair = Pair::new(copies, target, std::process::id());
    if let Err(error) = pair.fill(&before, bytes).and_then(|()| sync_folder(copies)) {
        pair.remove();
        return Err(failed(error));
    }
    match over(&mut file, bytes) {
        Ok(metadata) => {
            // The file is safe now; a copy that stays is only untidy.
            pair.remove();
            Ok(Fingerprint::new(bytes, Some(&metadata)))
        }
        Err(reason) => {
            if back(&mut file, &before, old).is_ok() {
                pair.remove();
                return Err(failed(reason));
            }
            Err(Error::HalfWritten { path: path.to_owned(), copy: pair.before, reason })
        }
    }
}

/// Writes a file in place and brings it to the disk.
fn over(file: &mut File, bytes: &[u8]) -> io::Result<Metadata> {
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()?;
    file.metadata()
}

/// What stands beside a file while it is written in place: what it held before and what it shall
/// hold, so that whoever comes after a crash can tell how far the write came.
struct Pair {
    before: PathBuf,
    after: PathBuf,
}

impl Pair {
    fn new(folder: &Path, target: &Path, process: u32) -> Self {
        let before = folder.join(format!("{}.{process}.{BEFORE}", own::key(target)));
        Self { after: before.with_extension(AFTER), before }
    }

    fn fill(&self, before: &[u8], after: &[u8]) -> io::Result<()> {
        for (path, bytes) in [(&self.before, before), (&self.after, after)] {
            fill(&mut create(path, true)?, bytes)?;
        }
        Ok(())
    }

    fn remove(&self) {
        // The second one is found by the first: it goes last, and stays with it.
        match fs::remove_file(&self.after) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {}
            _ => drop(fs::remove_file(&self.before)),
        }
    }

    /// Those that dead processes have left of the file at `target`.
    fn left(folder: &Path, target: &Path) -> Vec<Self> {
        let key = own::key(target);
        let of_dead = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?.strip_prefix(&key)?.strip_prefix('.')?;
            let process = name.strip_suffix(BEFORE)?.strip_suffix('.')?.parse().ok()?;
            (!is_running(process)).then(|| Self::new(folder, target, process))
        };
        own::list(folder).iter().filter_map(of_dead).collect()
    }
}

const BEFORE: &str = "before";
const AFTER: &str = "after";

/// What was found of a write in place that was cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// What the file held before that write.
    pub before: Vec<u8>,
    /// Whether the write had come halfway and was brought to its end now.
    pub finished: bool,
}

/// Brings a write in place of the file at `path` to its end that was cut off by a crash; `copies` is
/// the folder that its copies went to. A file that somebody has written since stays as it is.
pub fn repair(path: &Path, copies: &Path) -> Option<Repaired> {
    let target = resolve(path).ok()?;
    let mut repaired = None;
    for pair in Pair::left(copies, &target) {
        let bytes = |path: &Path| read::bytes(path).map(|(bytes, _)| bytes);
        let Ok(now) = bytes(&target) else { continue };
        let before = bytes(&pair.before).unwrap_or_default();
        let after = bytes(&pair.after).unwrap_or_default();
        if now == before {
            // It was not begun.
            pair.remove();
            continue;
        }
        let is_half = now != after && is_between(&now, &before, &after);
        if is_half {
            let file = OpenOptions::new().write(true).open(&target);
            if file.and_then(|mut file| over(&mut file, &after)).is_err() {
                continue;
            }
        }
        pair.remove();
        repaired = Some(Repaired { before, finished: is_half });
    }
    repaired
}

/// Whether each byte is the old or the new one of its place, as in a file that is being written.
fn is_between(now: &[u8], before: &[u8], after: &[u8]) -> bool {
    let lengths = before.len().min(after.len())..=before.len().max(after.len());
    let one_of_them =
        |(i, byte): (usize, &u8)| before.get(i) == Some(byte) || after.get(i) == Some(byte);
    !after.is_empty() && lengths.contains(&now.len()) && now.iter().enumerate().all(one_of_them)
}

/// Removes the copies of the file at `path` that writes in place have left.
pub fn forget_copies(path: &Path, copies: &Path) {
    if let Ok(target) = resolve(path) {
        Pair::left(copies, &target).iter().for_each(Pair::remove);
    }
}

/// Removes copies of whatever files that nobody has come back for; `now` in seconds since 1970.
pub fn sweep_copies(copies: &Path, now: u64) {
    const LONGEST: u64 = 30 * 24 * 60 * 60;
    for path in own::list(copies) {
        let written = read::stamp(&path).and_then(|(_, time)| time);
        let age = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let is_copy = path.extension().is_some_and(|ending| ending == BEFORE || ending == AFTER);
        if is_copy && age.is_some_and(|time| time.as_secs().saturating_add(LONGEST) < now) {
            drop(fs::remove_file(&path));
        }
    }
}

/// Writes the old bytes again after a write in place has failed.
fn back(file: &mut File, before: &[u8], old: &Metadata) -> io::Result<()> {
    use io::Seek as _;
    file.rewind()?;
    file.write_all(before)?;
    file.set_len(old.len())?;
    file.sync_all()
}

#[cfg(unix)]
fn names(file: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    file.nlink()
}

#[cfg(not(unix))]
fn names(_file: &Metadata) -> u64 {
    1
}

/// Gives `file` the owner and the rights of the file that it replaces.
#[cfg(unix)]
fn take_after(file: &File, target: &Path, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let ours = file.metadata()?;
    if (ours.uid(), ours.gid()) != (old.uid(), old.gid()) {
        // Only root may do this for a stranger's file; for others the file is then written in
        // place.
        fchown(file, Some(old.uid()), Some(old.gid()))?;
    }
    // Before the mode: with an access list, the rights of the group are the most that it gives.
    #[cfg(target_os = "linux")]
    super::rights::carry(&File::open(target)?, file)?;
    #[cfg(not(target_os = "linux"))]
    let _ = target;
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn take_after(file: &File, _target: &Path, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems cannot sync a folder, and some folders may be written but not read.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::Unsupported
                    | io::ErrorKind::InvalidInput
                    | io::ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn is_forbidden(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied
}

/// What the system says, in plain words.
pub(super) fn plain(path: &Path, bytes: &[u8], source: io::Error) -> Error {
    let path = path.to_owned();
    match source.kind() {
        _ if is_held(&source) => Error::InUse(path),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Error::Full { path, needed: bytes.len() }
        }
        io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly(path),
        io::ErrorKind::PermissionDenied => Error::Forbidden(path),
        io::ErrorKind::IsADirectory => Error::NotAFile(path),
        io::ErrorKind::NotADirectory => Error::NoFolder(path),
        _ => Error::Io { path, source },
    }
}

#[cfg(test)]
mod tests;

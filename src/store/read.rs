//! Reads files from disk: only real files, of bounded size, as clean text, with what is needed to
//! notice changes.

use super::{
    excerpt::Excerpt,
    held::{is_held, patiently},
    parse::Problem,
    tree::Span,
};
use std::{
    borrow::Cow,
    fs::{File, Metadata, OpenOptions},
    io::{self, Read as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The largest document that is opened; a real one has a few kilobytes.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// What a file held when it was last read or written, to notice that somebody else has changed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// A hash of all its bytes.
    pub hash: u128,
    /// How many bytes it had.
    pub len: u64,
    /// When it was last written, if the system tells.
    pub modified: Option<SystemTime>,
}

impl Fingerprint {
    /// The fingerprint of a file that holds `bytes`.
    #[must_use]
    pub fn new(bytes: &[u8], metadata: Option<&Metadata>) -> Self {
        let modified = metadata.and_then(|metadata| metadata.modified().ok());
        Self { hash: hash(bytes), len: bytes.len() as u64, modified }
    }

    /// Whether both are of the same bytes, whenever they were written.
    #[must_use]
    pub fn same_bytes(&self, other: &Self) -> bool {
        (self.hash, self.len) == (other.hash, other.len)
    }
}

/// Length and time of the file at `path`, by which a change is seen cheaply; `None` when there is
/// none.
#[must_use]
pub fn stamp(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    path.metadata().ok().map(|found| (found.len(), found.modified().ok()))
}

/// A file as read.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its text without byte order mark, with `\n` as line end.
    pub text: String,
    /// What the file held.
    pub fingerprint: Fingerprint,
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file.
    #[error("there is no file `{0}`")]
    Missing(PathBuf),
    /// A folder, a pipe, a device …
    #[error("`{path}` is {what}, expected a file")]
    NotAFile {
        /// The path as given.
        path: PathBuf,
        /// What is there instead.
        what: &'static str,
    },
    /// More than so many megabytes.
    #[error("`{0}` has more than {1} MB; a CV has a few kB")]
    TooLarge(PathBuf, u64),
    /// The rights do not allow it.
    #[error("`{0}` may not be read by you: ask its owner, or change its permissions")]
    Forbidden(PathBuf),
    /// Another program has the file open and lets nobody else read it.
    #[error("`{0}` is open in another program: close it there, then try again")]
    InUse(PathBuf),
    /// The bytes are no text.
    #[error("{0}")]
    NotText(Box<Excerpt>),
    /// Anything else that the system says.
    #[error("cannot read `{path}`: {source}")]
    Io {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Reads the text of a file.
pub fn text(path: &Path) -> Result<Text, Error> {
    let (bytes, fingerprint) = bytes(path)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Text { text: normalised(text), fingerprint }),
        Err(error) => {
            let file = path.display().to_string();
            Err(Error::NotText(Box::new(not_text(&file, &bytes, error.valid_up_to()))))
        }
    }
}

/// Reads the bytes of a document. Never waits for a pipe and never reads a device.
pub fn bytes(path: &Path) -> Result<(Vec<u8>, Fingerprint), Error> {
    bytes_within(path, LARGEST)
}

/// The same for a file that may have up to `most` bytes.
pub fn bytes_within(path: &Path, most: u64) -> Result<(Vec<u8>, Fingerprint), Error> {
    let wrong = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => Error::Missing(path.to_owned()),
        io::ErrorKind::PermissionDenied => Error::Forbidden(path.to_owned()),
        _ if is_held(&source) => Error::InUse(path.to_owned()),
        _ => Error::Io { path: path.to_owned(), source },
    };
    check(path, &std::fs::metadata(path).map_err(wrong)?, most)?;
    let file = patiently(is_held, || open(path)).map_err(wrong)?;
    // Looked at again, for it may have been swapped between the two calls.
    let metadata = file.metadata().map_err(wrong)?;
    check(path, &metadata, most)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes).map_err(wrong)?;
    if bytes.len() as u64 > most {
        return Err(too_large(path, most));
    }
    let fingerprint = Fingerprint::new(&bytes, Some(&metadata));
    Ok((bytes, fingerprint))
}

/// `text` without byte order mark and with `\n` as line end.
#[must_use]
pub fn normalised(text: &str) -> String {
    text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n")
}

/// `text`, whose lines end in `\n`, with the line ends of what stood in the file before: a file that
/// an editor of Windows has made stays one for it. The first line end tells.
#[must_use]
pub fn with_line_ends_of<'t>(text: &'t str, old: Option<&[u8]>) -> Cow<'t, str> {
    let end = |old: &[u8]| old.iter().position(|&byte| byte == b'\n');
    let before = old.and_then(|old| old.get(end(old)?.checked_sub(1)?));
    if before == Some(&b'\r') { text.replace('\n', "\r\n").into() } else { text.into() }
}

fn too_large(path: &Path, most: u64) -> Error {
    Error::TooLarge(path.to_owned(), most / (1024 * 1024))
}

fn check(path: &Path, metadata: &Metadata, most: u64) -> Result<(), Error> {
    let kind = metadata.file_type();
    if !kind.is_file() {
        let what = if kind.is_dir() { "a folder" } else { special(kind) };
        return Err(Error::NotAFile { path: path.to_owned(), what });
    }
    if metadata.len() > most { Err(too_large(path, most)) } else { Ok(()) }
}

#[cfg(unix)]
fn special(kind: std::fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_kind: std::fs::FileType) -> &'static str {
    "something else"
}

/// Opens without waiting for somebody to write into a pipe that has just taken the file's place.
#[cfg(target_os = "linux")]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    /// `O_NONBLOCK` on Linux, for all processors that Rust builds for except MIPS and SPARC.
    const WITHOUT_WAITING: i32 = 0o4000;
    OpenOptions::new().read(true).custom_flags(WITHOUT_WAITING).open(path)
}

#[cfg(not(target_os = "linux"))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

fn not_text(file: &str, bytes: &[u8], at: usize) -> Excerpt {
    let good = bytes.get(..at).and_then(|good| std::str::from_utf8(good).ok()).unwrap_or_default();
    let (start, span) = (Span::default(), Span::new(good.len(), good.len()));
    let starts = |signature: &[u8]| bytes.starts_with(signature);
    let problem = if starts(&[0xFF, 0xFE]) || starts(&[0xFE, 0xFF]) {
        Problem::new(start, "expected UTF-8, found UTF-16", "save the file as UTF-8 in your editor")
    } else if starts(b"%PDF-") {
        let hint = "open the .cv.ron file that the PDF was made from";
        Problem::new(start, "expected a profile, found a PDF", hint)
    } else if starts(b"PK\x03\x04") {
        let found = "expected a profile, found a zip archive or an office document";
        Problem::new(
            start,
            found,
            "if it is an archive, unpack it and open the .cv.ron file inside",
        )
    } else {
        let message = format!("the file is not UTF-8 text: byte {} makes no sense", at + 1);
        Problem::new(span, message, "save the file as UTF-8 in your editor")
    };
    Excerpt::new(file, good, &problem)
}

/// FNV-1a with 128 bits: stable for ever, and enough to notice any change that was not made on
/// purpose to fool it.
pub(super) fn hash(bytes: &[u8]) -> u128 {
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(START, |hash, &byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(hash(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn line_ends_stay_as_they_were() {
        let check = |old: Option<&str>, expected: &str| {
            assert_eq!(with_line_ends_of("a\nb\n", old.map(str::as_bytes)), expected, "{old:?}");
        };
        check(None, "a\nb\n");
        for old in ["", "\n", "x\ny\r\n", "x", "x\r"] {
            check(Some(old), "a\nb\n");
        }
        for old in ["\r\n", "x\r\ny\n", "\u{FEFF}x\r\n"] {
            check(Some(old), "a\r\nb\r\n");
        }
    }

    #[test]
    fn only_text_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let check = |bytes: &[u8], expected: &str| {
            let path = folder.path().join("x");
            let mut file = File::create(&path).unwrap();
            io::Write::write_all(&mut file, bytes).unwrap();
            let said = text(&path).map_or_else(|error| error.to_string(), |read| read.text);
            let said = said.replace(&path.display().to_string(), "x");
            assert!(said.starts_with(expected), "{said}");
        };
        check(b"\xEF\xBB\xBF(a: 1)\r\n(b)", "(a: 1)\n(b)");
        check(b"abc\n\xFFdef", "x:2:1: error: the file is not UTF-8 text: byte 5 makes no sense");
        check(b"\xFF\xFEa\0", "x:1:1: error: expected UTF-8, found UTF-16");
        check(b"%PDF-1.7\n\xE2\xE3", "x:1:1: error: expected a profile, found a PDF");
        let said = text(folder.path()).unwrap_err().to_string();
        assert!(said.ends_with("is a folder, expected a file"), "{said}");
        assert!(matches!(text(&folder.path().join("none")), Err(Error::Missing(_))));
        let large = folder.path().join("large");
        File::create(&large).unwrap().set_len(LARGEST + 1).unwrap();
        assert!(matches!(text(&large), Err(Error::TooLarge(..))));
    }

    #[test]
    #[cfg(unix)]
    fn pipes_and_devices_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for (path, what) in [(socket.as_path(), "a socket"), (Path::new("/dev/zero"), "a device")] {
            let said = text(path).unwrap_err().to_string();
            assert!(said.contains(what), "{said}");
        }
    }
}

//! What the window asks of the system: other programs, other windows, the time.

use std::{
    env,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

/// Seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the time of unsaved work and versions, never of a page"
)]
pub(super) fn time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs())
}

/// Opens a file or a folder in the program that the system has for it.
#[cfg(not(windows))]
pub(super) fn open(path: &Path) -> io::Result<()> {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    start(Command::new(program).arg(path))
}

/// Shows a file in its folder; where the system cannot point at it, the folder alone.
#[cfg(not(windows))]
pub(super) fn show(path: &Path) -> io::Result<()> {
    if cfg!(target_os = "macos") {
        return start(Command::new("open").arg("-R").arg(path));
    }
    open(path.parent().unwrap_or(path))
}

/// Opens a file or a folder in the program that the system has for it.
#[cfg(windows)]
pub(super) fn open(path: &Path) -> io::Result<()> {
    shell(path, None)
}

/// Shows a file in its folder.
#[cfg(windows)]
pub(super) fn show(path: &Path) -> io::Result<()> {
    let path = path.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    // No name has a quotation mark; a comma in one would end it without the marks.
    shell(Path::new("explorer.exe"), Some(&format!("/select,\"{path}\"")))
}

/// What a double click does, with an answer when it cannot be done.
#[cfg(windows)]
fn shell(path: &Path, words: Option<&str>) -> io::Result<()> {
    use winsafe::{HWND, co::SW, prelude::Handle as _};
    let path = path.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    HWND::NULL
        .ShellExecute("open", path, words, None, SW::SHOWNORMAL)
        .map_err(|error| io::Error::other(error.to_string()))
}

/// The program that opens windows, where that is another one than this one.
pub(super) fn program_of_windows() -> Option<PathBuf> {
    let program = env::current_exe().ok()?.with_file_name("vitae.exe");
    (cfg!(windows) && program.is_file()).then_some(program)
}

/// Starts a program with some files and lets it run.
pub(super) fn start_with(program: &Path, files: Vec<PathBuf>) -> io::Result<()> {
    start(Command::new(program).args(files))
}

/// Opens another window, with a file or without.
pub(super) fn window(file: Option<PathBuf>) -> io::Result<()> {
    start(Command::new(env::current_exe()?).args(file.map(OsString::from)))
}

/// Whether the system may have a chooser of files: a service on the session's bus, or a program for
/// it.
pub(super) fn has_chooser() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    let paths = env::var_os("PATH").unwrap_or_default();
    env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty())
        || env::split_paths(&paths).any(|folder| folder.join("zenity").is_file())
}

/// Starts a program and lets it run.
fn start(command: &mut Command) -> io::Result<()> {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = quiet.spawn()?;
    // Somebody has to take note of its end, or it stays in the system's list.
    let wait = thread::Builder::new().name("child".to_owned());
    wait.spawn(move || child.wait()).map(drop)
}

/// Does what will be needed on a thread of its own; without a thread it is not done ahead.
pub(super) fn aside<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) {
    thread::Builder::new().name(name.to_owned()).spawn(work).ok();
}

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
pub(super) fn open(path: &Path) -> io::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    start(Command::new(program).arg(path))
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

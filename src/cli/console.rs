//! The console that a program of Windows without one of its own was started from.

use std::{
    fs::{File, OpenOptions},
    os::windows::io::AsRawHandle,
};
use winsafe::{AttachConsole, PidParent};

/// Speaks to the console that the program was started from, if any. Each stream is judged alone:
/// where it was sent elsewhere, it stays so.
pub(super) fn attach() {
    if goes_nowhere(&std::io::stdout()) || goes_nowhere(&std::io::stderr()) {
        // Started from the desktop, there is none, and nobody who would read.
        AttachConsole(PidParent::Parent).ok();
    }
}

/// Where a stream goes that the system has given to nobody: the screen of the console.
pub(super) fn instead_of(stream: &impl AsRawHandle) -> Option<File> {
    goes_nowhere(stream).then(|| OpenOptions::new().write(true).open("CONOUT$").ok()).flatten()
}

fn goes_nowhere(stream: &impl AsRawHandle) -> bool {
    stream.as_raw_handle().is_null()
}

//! The console that a program of Windows without one of its own was started from.

use std::{
    io::{stderr, stdout},
    os::windows::io::AsRawHandle as _,
};
use winsafe::{AttachConsole, PidParent};

/// Speaks to the console that the program was started from, if any. Where its output was sent
/// elsewhere, it stays so.
pub(super) fn attach() {
    if stdout().as_raw_handle().is_null() && stderr().as_raw_handle().is_null() {
        // Started from the desktop, it has none, and nobody who would read.
        AttachConsole(PidParent::Parent).ok();
    }
}

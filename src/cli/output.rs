//! The two streams: messages for people on standard error, results on standard output.

use super::Status;
use crate::store::excerpt::visible;
use std::io::{self, ErrorKind, Write as _};

/// Says `text` to the user, with a line end. Names and files cannot give orders to the terminal
/// through it.
pub(super) fn say(text: &str) {
    #[cfg(windows)]
    if let Some(mut screen) = super::console::instead_of(&io::stderr()) {
        writeln!(screen, "{}", visible(text)).ok();
        return;
    }
    // When standard error is gone, nobody is left to be told.
    writeln!(io::stderr().lock(), "{}", visible(text)).ok();
}

/// Writes a result to standard output. A reader that has seen enough (`vitae themes | head -1`) is
/// no error.
pub(super) fn give(bytes: &[u8]) -> io::Result<()> {
    #[cfg(windows)]
    if let Some(mut screen) = super::console::instead_of(&io::stdout()) {
        return screen.write_all(bytes);
    }
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Ends a command with its result on standard output.
pub(super) fn end(text: &str, status: Status) -> Status {
    match give(text.as_bytes()) {
        Ok(()) => status,
        Err(error) => {
            say(&format!("vitae: cannot write to standard output: {error}"));
            Status::File
        }
    }
}

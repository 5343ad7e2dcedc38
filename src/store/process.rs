//! Whether another process is still there, as each system tells it.

/// Whether a process may still be at work; where that cannot be known, it is.
#[cfg(not(any(windows, target_os = "macos")))]
pub(super) fn is_running(process: u32) -> bool {
    use std::path::Path;
    let list = Path::new("/proc");
    !list.join("self").exists() || list.join(process.to_string()).exists()
}

/// Whether a process may still be at work; where that cannot be known, it is.
#[cfg(target_os = "macos")]
pub(super) fn is_running(process: u32) -> bool {
    use rustix::{
        io::Errno,
        process::{Pid, test_kill_process},
    };
    let Some(pid) = i32::try_from(process).ok().and_then(Pid::from_raw) else {
        // No process has such a number.
        return false;
    };
    test_kill_process(pid) != Err(Errno::SRCH)
}

/// Whether a process may still be at work; where that cannot be known, it is.
#[cfg(windows)]
pub(super) fn is_running(process: u32) -> bool {
    use winsafe::{HPROCESS, co};
    /// What the exit status of a process is as long as it has none (`STILL_ACTIVE`).
    const NONE_YET: u32 = 259;
    match HPROCESS::OpenProcess(co::PROCESS::QUERY_LIMITED_INFORMATION, false, process) {
        Ok(found) => found.GetExitCodeProcess().map_or(true, |status| status == NONE_YET),
        // There is one, but it is another user's.
        Err(error) => error == co::ERROR::ACCESS_DENIED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_living_are_running() {
        assert!(is_running(std::process::id()));
        // No process has a number as large as this.
        assert!(!is_running(u32::MAX));
    }
}

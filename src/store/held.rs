//! Files that another program holds: told from files that the user has no right to, and tried again
//! for a moment, for a scanner or a cloud's client lets go of a file soon.

use std::{
    io,
    time::{Duration, Instant},
};

/// How long a file is tried again that another program holds.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long between two tries.
const PAUSE: Duration = Duration::from_millis(40);

/// What Windows answers for a file that is open elsewhere (`ERROR_SHARING_VIOLATION`).
#[cfg(windows)]
const SHARED: i32 = 32;
/// What it answers for a part of a file that is locked (`ERROR_LOCK_VIOLATION`).
#[cfg(windows)]
const LOCKED: i32 = 33;

/// Whether the system says that another program holds the file.
pub(super) fn is_held(error: &io::Error) -> bool {
    #[cfg(windows)]
    if matches!(error.raw_os_error(), Some(SHARED | LOCKED)) {
        return true;
    }
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy)
}

/// The same for a file that shall be replaced and may be written to: Windows then says "denied" for
/// one that is open elsewhere, or that is on its way out.
pub(super) fn is_held_or_denied(error: &io::Error) -> bool {
    is_held(error) || (cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied)
}

/// Does `work`, again and again for a moment as long as another program holds the file, which
/// `is_held` tells.
pub(super) fn patiently<T>(
    is_held: impl Fn(&io::Error) -> bool,
    mut work: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    let start = Instant::now();
    loop {
        match work() {
            Err(error) if is_held(&error) && start.elapsed() < PATIENCE => {
                std::thread::sleep(PAUSE);
            }
            other => return other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;

    #[test]
    fn what_is_held_is_tried_again_and_nothing_else() {
        let check = |answers: &[Option<ErrorKind>], tries: usize, expected: Option<ErrorKind>| {
            let mut tried = 0;
            let result = patiently(is_held, || {
                let answer = answers.get(tried).or(answers.last()).copied().flatten();
                tried += 1;
                answer.map_or(Ok(()), |kind| Err(kind.into()))
            });
            assert_eq!(result.err().map(|error| error.kind()), expected);
            assert_eq!(tried, tries);
        };
        let busy = Some(ErrorKind::ResourceBusy);
        check(&[None], 1, None);
        check(&[busy, busy, None], 3, None);
        check(&[Some(ErrorKind::NotFound)], 1, Some(ErrorKind::NotFound));
        check(&[busy, Some(ErrorKind::NotFound)], 2, Some(ErrorKind::NotFound));
        let start = Instant::now();
        assert!(patiently(is_held, || Err::<(), _>(ErrorKind::ResourceBusy.into())).is_err());
        assert!(start.elapsed() >= PATIENCE);
    }
}

//! What commands that change a profile share: nobody else changes it meanwhile, and what it held
//! before is kept.

use super::report::Stop;
use crate::finding::Code;
use crate::store::{
    atomic,
    claim::{Claim, Claimed},
    folders::Folders,
    versions::Versions,
};
use std::{
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// How long a command waits for another one that works on the same profile.
const PATIENCE: Duration = Duration::from_secs(10);

/// Claims the profile for this command. Where that cannot be told, a save that comes between is
/// still noticed.
pub(super) fn claim(folders: Option<&Folders>, profile: &Path) -> Result<Option<Claim>, Stop> {
    let Some(folders) = folders else {
        return Ok(None);
    };
    match Claim::wait(&folders.locks(), profile, PATIENCE) {
        Claimed::Mine(claim) => {
            Versions::new(folders.versions()).sweep(profile);
            // A save that a crash has cut off is brought to its end first.
            if let Some(repaired) = atomic::repair(profile, &folders.copies()) {
                keep(Some(folders), profile, &repaired.before).ok();
            }
            Ok(Some(claim))
        }
        Claimed::Unknown => Ok(None),
        Claimed::Elsewhere => {
            let profile = profile.display();
            let message = format!(
                "`{profile}` is open in a window of Vitae, or another command is changing it"
            );
            let stop = Stop::file(Code::InUse, message);
            let hint = "save and close it there, or do this in that window";
            Err(Stop { finding: Box::new(stop.finding.hint(hint)), ..stop })
        }
    }
}

/// Keeps what was in the profile before among its earlier versions, as the window does. For a user
/// without a home nothing can be kept.
#[expect(clippy::disallowed_methods, reason = "when a version was replaced is told, never printed")]
pub(super) fn keep(
    folders: Option<&Folders>,
    profile: &Path,
    old: &[u8],
) -> Result<(), atomic::Error> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    folders.map_or(Ok(()), |folders| Versions::new(folders.versions()).keep(profile, old, time))
}

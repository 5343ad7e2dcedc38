//! A profile as the shortest text that reads back as the same profile: for undo, never for files.

use crate::profile::Profile;

/// The text of a profile.
#[must_use]
pub fn write(profile: &Profile) -> String {
    // Only values without a text could fail here (maps with odd keys); a profile has none.
    options().to_string(profile).unwrap_or_default()
}

/// The profile of a text that [`write`] made.
#[must_use]
pub fn read(text: &str) -> Option<Profile> {
    options().from_str(text).ok()
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

//! A profile as a short text that reads back as the same profile: for undo, never for files.

use super::ron_file;
use crate::profile::Profile;
use ron::extensions::Extensions;

/// The text of a profile.
#[must_use]
pub fn write(profile: &Profile) -> String {
    let extensions = Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES;
    let options = ron::Options::default().with_default_extension(extensions);
    // Only values without a text could fail here (maps with odd keys); a profile has none.
    options.to_string(profile).unwrap_or_default()
}

/// The profile of a text that [`write`] made. The reader of files is the one that knows highlights,
/// authors and lines which are only a text.
#[must_use]
pub fn read(text: &str) -> Option<Profile> {
    ron_file::open(STEP, text).ok().map(|opened| opened.value)
}

/// What the text is called, were there anything to say about it.
const STEP: &str = "step";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_reads_back_as_it_was() {
        for name in crate::sample::names() {
            let text = crate::sample::text(name).unwrap();
            let profile = crate::store::Document::from_text(name, text).unwrap().profile;
            assert_eq!(read(&write(&profile)).as_ref(), Some(&profile), "{name}");
        }
        assert_eq!(read(&write(&Profile::default())), Some(Profile::default()));
    }
}

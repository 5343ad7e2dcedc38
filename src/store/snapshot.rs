//! A profile as the shortest text that reads back as the same profile: for undo, never for files.

use super::ron_file;
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
    // `ron` itself does not read the short forms of highlights and authors.
    ron_file::open("", text).ok().map(|opened| opened.value)
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Document;

    #[test]
    fn every_sample_reads_back() {
        for name in crate::sample::names() {
            let text = crate::sample::text(name).unwrap();
            let profile = Document::from_text(name, text).unwrap().profile;
            assert_eq!(read(&write(&profile)).as_ref(), Some(&profile), "{name}");
        }
    }
}

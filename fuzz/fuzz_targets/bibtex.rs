//! A bibliography of arbitrary bytes: it is read, and what was read goes out as one and comes in again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::{
    interchange::{bibtex, shown},
    look::Style,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(import) = (bibtex::BIBTEX.read)(bytes) {
        let shown = shown(&import.profile, None, &Style::default());
        let written = bibtex::write(&shown, &Style::default());
        if !shown.sections.is_empty() {
            let again = (bibtex::BIBTEX.read)(&written).unwrap_or_default();
            let count = |profile: &vitae::profile::Profile| {
                profile.sections.first().map_or(0, |s| s.count())
            };
            assert_eq!(count(&again.profile), count(&shown));
        }
    }
});

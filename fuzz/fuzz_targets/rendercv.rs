//! Any bytes as RenderCV: an answer, and what was read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::{
    interchange::{rendercv, shown},
    look::Style,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(import) = (rendercv::SOURCE.read)(bytes) {
        let shown = shown(&import.profile, None, &[]);
        let written = rendercv::write(&shown, &Style::default());
        // Nothing at all is no CV.
        drop((rendercv::SOURCE.read)(&written));
    }
});

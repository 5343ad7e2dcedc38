//! Any bytes as RenderCV: an answer, and what was read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::{
    interchange::{Alone, rendercv, shown},
    look::Style,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(import) = (rendercv::SOURCE.read)(bytes, &Alone) {
        let style = Style::default();
        let shown = shown(&import.profile, None, &style);
        let written = rendercv::write(&shown, &style);
        // Nothing at all is no CV.
        drop((rendercv::SOURCE.read)(&written, &Alone));
    }
});

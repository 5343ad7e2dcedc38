//! Any bytes as JSON Resume: an answer, and what was read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::{
    interchange::{Alone, json_resume, shown},
    look::Style,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(import) = (json_resume::SOURCE.read)(bytes, &Alone) {
        let style = Style::default();
        let shown = shown(&import.profile, None, &style);
        let written = json_resume::write(&shown, &style);
        // Nothing at all is no CV.
        drop((json_resume::SOURCE.read)(&written, &Alone));
    }
});

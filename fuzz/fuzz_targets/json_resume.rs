//! Any bytes as JSON Resume: an answer, and what was read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::{
    interchange::{json_resume, shown},
    look::Style,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(import) = (json_resume::SOURCE.read)(bytes) {
        let shown = shown(&import.profile, None, &[]);
        let written = json_resume::write(&shown, &Style::default());
        // Nothing at all is no CV.
        drop((json_resume::SOURCE.read)(&written));
    }
});

//! Lines of RIS of arbitrary bytes: they are read, or refused.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::interchange::{Alone, SOURCES};

fuzz_target!(|bytes: &[u8]| {
    if let Some(source) = SOURCES.iter().find(|s| s.name == "RIS") {
        (source.read)(bytes, &Alone).ok();
    }
});

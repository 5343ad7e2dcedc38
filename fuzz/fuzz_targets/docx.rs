//! A file of Word of arbitrary bytes: it is read as an outline.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::interchange::docx;

fuzz_target!(|bytes: &[u8]| {
    docx::outline(bytes).ok();
});

//! A PDF of arbitrary bytes, as if it had a profile inside.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use vitae::interchange;

fuzz_target!(|bytes: &[u8]| {
    let pdf = [b"%PDF-1.7\n", bytes].concat();
    interchange::read(&pdf, Some(Path::new("cv.pdf"))).ok();
});

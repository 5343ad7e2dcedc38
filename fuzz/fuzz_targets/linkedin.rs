//! Any bytes as an archive of LinkedIn.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::interchange::{Alone, linkedin};

fuzz_target!(|bytes: &[u8]| {
    drop((linkedin::SOURCE.read)(bytes, &Alone));
});

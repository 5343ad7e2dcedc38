//! Any bytes as a CV in LaTeX, which takes itself in.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::interchange::latex;

fuzz_target!(|bytes: &[u8]| {
    drop(latex::outline(bytes, &|_: &str| Some(bytes.to_vec())));
});

//! The pages of a PDF of arbitrary bytes: it is read as an outline.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::interchange::pdf_text;

fuzz_target!(|bytes: &[u8]| {
    pdf_text::outline(bytes).ok();
});

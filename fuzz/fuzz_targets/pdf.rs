//! A PDF as if it had a profile inside, of arbitrary bytes.

#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::run("pdf", bytes));

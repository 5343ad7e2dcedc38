//! A profile that goes out in every format, of arbitrary bytes.

#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::run("export", bytes));

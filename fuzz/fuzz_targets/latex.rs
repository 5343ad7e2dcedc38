//! A CV in LaTeX, which takes itself in, of arbitrary bytes.

#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::run("latex", bytes));

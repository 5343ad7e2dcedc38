//! A bibliography of arbitrary bytes: it is read, and what was read goes out as one and comes in
//! again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vitae::{
    interchange::{Alone, bibtex, shown},
    look::Style,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(import) = (bibtex::BIBTEX.read)(bytes, &Alone) {
        let style = Style::default();
        let written = bibtex::write(&shown(&import.profile, None, &style), &style);
        (bibtex::BIBTEX.read)(&written, &Alone).ok();
    }
});

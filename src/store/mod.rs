//! Documents on disk: the only place that reads and writes profiles and their photos.

mod access;
pub mod atomic;
mod de;
pub mod document;
pub mod excerpt;
mod fault;
mod guess;
mod keep;
pub mod literal;
mod matching;
pub mod parse;
pub mod photo;
pub mod read;
pub mod ron_file;
pub mod snapshot;
pub mod source;
pub mod tree;

pub use self::document::{Document, Error, new_text, stem};

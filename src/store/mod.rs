//! Documents on disk: the only place that reads and writes profiles and their photos.

mod access;
pub mod atomic;
pub mod beside;
pub mod browse;
pub mod claim;
mod de;
pub mod dictionaries;
pub mod document;
pub mod excerpt;
mod fault;
pub mod folders;
mod guess;
mod keep;
pub mod literal;
mod matching;
mod own;
pub mod parse;
pub mod photo;
pub mod read;
pub mod recovery;
#[cfg(target_os = "linux")]
mod rights;
pub mod ron_file;
pub mod settings;
pub mod snapshot;
pub mod source;
pub mod tree;
pub mod versions;

pub use self::{
    document::{Change, Document, Error, Saved, new_text, stem},
    ron_file::MIME,
};

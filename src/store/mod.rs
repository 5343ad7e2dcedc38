//! Documents on disk: the only place that reads and writes profiles.

mod access;
mod de;
pub mod excerpt;
mod fault;
mod guess;
mod keep;
pub mod literal;
mod matching;
pub mod nearest;
pub mod parse;
pub mod ron_file;
pub mod source;
pub mod tree;

//! Documents on disk: the only place that reads and writes profiles.

pub mod excerpt;
mod guess;
pub mod literal;
pub mod nearest;
pub mod parse;
pub mod source;
pub mod tree;

//! From blocks to pages of positioned glyphs.

pub mod page;

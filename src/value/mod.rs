//! The words that records are made of: rich text, dates, people, links. All are read leniently from plain strings.

pub mod link;
pub mod math;
pub mod rich;

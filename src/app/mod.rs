//! The window.

pub mod preview;

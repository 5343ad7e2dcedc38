//! The running editor without a screen: what is open, what was done, what is asked.

pub mod edit;
pub mod undo;

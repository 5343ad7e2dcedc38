//! Vitae: from a readable profile file to a beautifully set CV as PDF.
//!
//! ```text
//! name.cv.ron ──store──▶ Profile ──variant──▶ what is shown ──compose──▶ blocks ──typeset──▶ Pages ──pdf──▶ bytes
//! ```
//!
//! `ARCHITECTURE.md` holds the map and the invariants; `tests/suite/architecture.rs` checks them.

pub mod app;
pub mod at;
pub mod block;
pub mod check;
pub mod cli;
pub mod compare;
pub mod export;
pub mod field;
pub mod finding;
pub mod fit_plan;
pub mod interchange;
pub mod look;
pub mod pdf;
pub mod person;
pub mod profile;
pub mod raster;
pub mod reflow;
pub mod sample;
pub mod section;
pub mod slot;
pub mod spelling;
pub mod store;
pub mod theme;
pub mod typeset;
pub mod ui;
pub mod value;
pub mod variant;

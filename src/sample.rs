//! The samples that come with the program: profiles of invented people, and a starter with every
//! usual section.

include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// What a new profile holds unless a sample is asked for: every usual section, with comments that
/// say what goes where.
pub const STARTER: &str = include_str!("../assets/starter.cv.ron");

/// The names of the samples, in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The file of the sample of that name.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}

//! Rich text: the light markup of prose fields, and the styled runs it stands for.

use std::sync::Arc;

/// Raised or lowered text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shift {
    /// On the baseline.
    #[default]
    None,
    /// Superscript.
    Super,
    /// Subscript.
    Sub,
}

/// How a run looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Code: set without ligatures.
    pub code: bool,
    /// Superscript or subscript.
    pub shift: Shift,
}

/// A stretch of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text, without markup.
    pub text: String,
    /// Its style.
    pub style: Style,
    /// Where it leads, as written by the user.
    pub link: Option<Arc<str>>,
}

/// Text in styled runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    /// The runs in reading order; none is empty, and neighbours differ in style or link.
    pub runs: Vec<Run>,
}

//! A finding: one thing that opening, checking, fitting or exporting has to say about a profile.

use crate::at::At;
use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written until it is mended.
    Error,
    /// Printed, but probably not what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word used in messages and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A place in the file, both numbers counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A change that mends what a finding tells, to be made by one click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// What stands there is not printed in what is shown.
    Hide(At),
    /// The setting of the look with that name goes back to its theme.
    Unset(&'static str),
    /// A mark at authors gets a line that says what it means, to be filled in.
    Explain(char),
}

/// One thing to say about a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// A stable short name such as `date-unclear`, for scripts and for tests.
    pub code: &'static str,
    /// What is so: lowercase start, no full stop, the user's own text in backquotes.
    pub message: String,
    /// What to do about it; empty when the message says it all.
    pub hint: String,
    /// The place in the profile.
    pub at: At,
    /// The place in the file, where there is one.
    pub place: Option<LineColumn>,
    /// What mends it by one click, where something does.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding without hint or place in the file.
    pub fn new(severity: Severity, code: &'static str, at: At, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            hint: String::new(),
            at,
            place: None,
            fix: None,
        }
    }

    /// [`Severity::Error`].
    pub fn error(code: &'static str, at: At, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, at, message)
    }

    /// [`Severity::Warning`].
    pub fn warning(code: &'static str, at: At, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, at, message)
    }

    /// [`Severity::Note`].
    pub fn note(code: &'static str, at: At, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, at, message)
    }

    /// The same finding with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same finding with what mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The same finding with its place in the file.
    #[must_use]
    pub fn placed(mut self, place: Option<LineColumn>) -> Self {
        self.place = place;
        self
    }
}

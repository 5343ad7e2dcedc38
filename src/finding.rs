//! A finding: one thing that opening, checking, fitting or exporting has to say about a profile.

mod code;

pub use code::Code;

use crate::at::At;
use std::{fmt, ops::Deref};

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
    /// The text there becomes this one.
    Rewrite(At, String),
}

/// A text of a foreign file and the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The names of the fields it is in, with points between them: `work[2].url`.
    pub way: String,
    /// The text.
    pub text: String,
}

/// One thing to say about a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Which of all things that can be said this is.
    pub code: Code,
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
    /// The text of a foreign file that it is about, where it is about one.
    pub source: Option<SourceText>,
}

impl Finding {
    /// A finding without hint or place in the file.
    pub fn new(severity: Severity, code: Code, at: At, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            hint: String::new(),
            at,
            place: None,
            fix: None,
            source: None,
        }
    }

    /// [`Severity::Error`].
    pub fn error(code: Code, at: At, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, at, message)
    }

    /// [`Severity::Warning`].
    pub fn warning(code: Code, at: At, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, at, message)
    }

    /// [`Severity::Note`].
    pub fn note(code: Code, at: At, message: impl Into<String>) -> Self {
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

/// Findings in the order they were made, of which those about one place are found without looking
/// at the others: a form asks for every field it draws, in every frame.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    /// The indexes of all, by their places.
    by_place: Vec<usize>,
}

impl Findings {
    /// Those about the thing at `at` itself.
    pub fn at(&self, at: &At) -> impl Iterator<Item = &Finding> {
        self.within(at).take_while(move |finding| finding.at == *at)
    }

    /// Those about the thing at `at` and about what lies inside it.
    pub fn within(&self, at: &At) -> impl Iterator<Item = &Finding> {
        // Places are ordered step by step, so that what lies inside one stands right behind it.
        let start =
            self.by_place.partition_point(|i| self.list.get(*i).is_some_and(|f| f.at < *at));
        let rest = self.by_place.get(start..).unwrap_or_default();
        rest.iter().filter_map(|i| self.list.get(*i)).take_while(move |f| f.at.is_within(at))
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.list
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(list: Vec<Finding>) -> Self {
        let mut by_place: Vec<usize> = (0..list.len()).collect();
        by_place.sort_by_key(|i| list.get(*i).map(|finding| &finding.at));
        Self { list, by_place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_a_place_are_found_in_their_order() {
        let entry = |i| At::root().field("sections").index(0).field("entries").index(i);
        let list = vec![
            Finding::note(Code::WinHide, entry(10), ""),
            Finding::note(Code::DateUnclear, entry(1).field("title"), ""),
            Finding::note(Code::FieldRequired, entry(1), ""),
            Finding::note(Code::DateOrder, entry(1).field("title"), ""),
            Finding::note(Code::OwnNameMissing, At::root().field("person"), ""),
        ];
        let findings = Findings::from(list);
        fn codes<'a>(found: impl Iterator<Item = &'a Finding>) -> Vec<Code> {
            found.map(|f| f.code).collect()
        }
        assert_eq!(
            codes(findings.iter()),
            [
                Code::WinHide,
                Code::DateUnclear,
                Code::FieldRequired,
                Code::DateOrder,
                Code::OwnNameMissing
            ]
        );
        assert_eq!(codes(findings.at(&entry(1))), [Code::FieldRequired]);
        assert_eq!(
            codes(findings.at(&entry(1).field("title"))),
            [Code::DateUnclear, Code::DateOrder]
        );
        assert_eq!(
            codes(findings.within(&entry(1))),
            [Code::FieldRequired, Code::DateUnclear, Code::DateOrder]
        );
        assert_eq!(
            codes(findings.within(&At::root().field("sections"))),
            [Code::FieldRequired, Code::DateUnclear, Code::DateOrder, Code::WinHide]
        );
        assert_eq!(findings.within(&At::root()).count(), 5);
        assert_eq!(findings.within(&entry(2)).count(), 0);
    }
}

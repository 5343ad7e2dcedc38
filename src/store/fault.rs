//! Why a tree does not fit a record, in plain words.

use super::{de::one_of, parse::Problem, tree::Span};
use crate::{at::Step, value::nearest::nearest};
use serde::de::{self, Expected, Unexpected};
use std::fmt;

/// What serde hands up when a value does not fit.
#[derive(Debug)]
pub(super) struct Fault {
    pub problem: Box<Problem>,
    /// The items and the path around an unknown kind.
    pub unknown_kind: Option<Box<(Vec<usize>, Vec<Step>)>>,
    /// The record that misses a field, and the field.
    pub missing: Option<(Span, &'static str)>,
    /// Whether the problem has its place.
    placed: bool,
    field: Option<&'static str>,
    wrong_type: bool,
}

impl Fault {
    /// A problem at `span`.
    pub(super) fn at(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            problem: Box::new(Problem::new(span, message, hint)),
            unknown_kind: None,
            missing: None,
            placed: true,
            field: None,
            wrong_type: false,
        }
    }

    /// A word that is none of `variants`; `around` are the items and the path that lead to it.
    pub(super) fn unknown_kind(
        span: Span,
        kind: &str,
        variants: &'static [&'static str],
        around: (Vec<usize>, Vec<Step>),
    ) -> Self {
        let hint = match nearest(kind, variants) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected {}", one_of(variants)),
        };
        let message = format!("`{}` is not understood here", super::guess::short(kind));
        Self { unknown_kind: Some(Box::new(around)), ..Self::at(span, message, hint) }
    }

    /// The same fault, at `span` if it has no place yet.
    pub(super) fn or_at(mut self, span: Span) -> Self {
        if !self.placed {
            self.problem.span = span;
            self.placed = true;
        }
        self
    }

    /// The same fault, at the record of type `record` in `span` if it has no place yet.
    pub(super) fn or_at_record(mut self, span: Span, record: &str) -> Self {
        if let Some(field) = self.field.filter(|_| !self.placed) {
            self.problem.message = format!("`{field}` is missing in {}", with_article(record));
            self.problem.hint = format!("add `{field}: …,`");
            self.missing = Some((span, field));
        }
        self.or_at(span)
    }

    /// Whether a visitor got a kind of value that it does not take.
    pub(super) fn is_wrong_type(&self) -> bool {
        self.wrong_type
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { placed: false, ..Self::at(Span::default(), message.to_string(), "") }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self { wrong_type: true, ..Self::custom(format!("expected {expected}, found {found}")) }
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let expected = NUMBERS
            .iter()
            .find(|(name, _)| *name == expected)
            .map_or(expected.as_str(), |(_, words)| words);
        let found = match found {
            Unexpected::Signed(n) => format!("`{n}`"),
            Unexpected::Unsigned(n) => format!("`{n}`"),
            Unexpected::Float(f) => format!("`{f}`"),
            Unexpected::Str(_) => "text".to_owned(),
            other => other.to_string(),
        };
        Self::custom(format!("expected {expected}, found {found}"))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::custom(format!("expected {expected}, found {length} values"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self { field: Some(field), ..Self::custom(format!("`{field}` is missing")) }
    }
}

/// What the number types of Rust hold, in plain words.
const NUMBERS: &[(&str, &str)] = &[
    ("u8", "a whole number from 0 to 255"),
    ("u16", "a whole number from 0 to 65535"),
    ("u32", "a whole number from 0 on"),
    ("u64", "a whole number from 0 on"),
    ("usize", "a whole number from 0 on"),
    ("i8", "a whole number from -128 to 127"),
    ("i16", "a whole number from -32768 to 32767"),
    ("i32", "a whole number"),
    ("i64", "a whole number"),
    ("isize", "a whole number"),
    ("f32", "a number"),
    ("f64", "a number"),
];

/// The name of a record type as words with their article: `an education entry` for
/// `EducationEntry`.
pub(super) fn with_article(record: &str) -> String {
    let mut words = String::new();
    // The names of some types are not what people call the thing.
    let record = match record {
        "Entries" => "Section",
        "Labelled" => "LabelledLine",
        "Bullet" => "Highlight",
        other => other,
    };
    for c in record.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    if words.is_empty() { "this".to_owned() } else { format!("{article} {words}") }
}

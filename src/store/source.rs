//! The text that a profile was read from, and where in it each field stands.

use super::{
    literal,
    parse::{self, Problem},
    tree::{Group, Item, Kind, Node, Shape, Span, Tree},
};
use crate::{
    at::{At, Step},
    finding::LineColumn,
};

/// A text as it was read, with its tree and what in it the program did not know.
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    tree: Tree,
    lines: Lines,
    unknown: Vec<usize>,
}

impl Source {
    /// Reads a text into a tree.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let tree = parse::parse(text)?;
        Ok(Self { text: text.to_owned(), tree, lines: Lines::new(text), unknown: Vec::new() })
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree of the text.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Whether the program did not know this field or list element when it read the text.
    #[must_use]
    pub fn is_unknown(&self, item: &Item) -> bool {
        self.unknown.binary_search(&item.span().start).is_ok()
    }

    /// The place in the text of what `at` names, or of the nearest thing around it that the text
    /// has.
    #[must_use]
    pub fn place(&self, at: &At) -> LineColumn {
        let mut node = &self.tree.root;
        for step in at.steps() {
            let Some(next) = self.step(node, *step) else {
                break;
            };
            node = next;
        }
        self.line_column(node.span.start)
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> LineColumn {
        self.lines.place(&self.text, offset)
    }

    /// Remembers what the program did not know: the first byte of each field or list element.
    pub(super) fn set_unknown(&mut self, mut unknown: Vec<usize>) {
        unknown.sort_unstable();
        unknown.dedup();
        self.unknown = unknown;
    }

    /// The first bytes of everything in the text that is unknown.
    pub(super) fn unknown(&self) -> &[usize] {
        &self.unknown
    }

    /// Whether anything unknown stands inside `span`.
    pub(super) fn unknown_within(&self, span: Span) -> bool {
        let first = self.unknown.partition_point(|&start| start < span.start);
        self.unknown.get(first).is_some_and(|&start| start < span.end)
    }

    pub(super) fn lines(&self) -> &Lines {
        &self.lines
    }

    fn step<'s>(&'s self, node: &'s Node, step: Step) -> Option<&'s Node> {
        let group = node.group()?;
        let known = || group.items.iter().filter(|item| !self.is_unknown(item));
        match (step, group.shape) {
            (Step::Field(name), Shape::Struct) => {
                known().find(|item| self.key(item) == Some(name)).map(|item| &item.value)
            }
            (Step::Index(index), Shape::List) => known().nth(index).map(|item| &item.value),
            // `Some(…)` and `Kind((…))` are no step of their own.
            (_, Shape::Tuple) => self.step(&only_item(group)?.value, step),
            _ => None,
        }
    }

    fn key(&self, item: &Item) -> Option<&str> {
        let key = item.key.as_ref()?;
        Some(literal::word(key.span.of(&self.text)))
    }
}

/// The item of `Name(item)` or `(item)`.
pub(super) fn only_item(group: &Group) -> Option<&Item> {
    match group.items.as_slice() {
        [item] if group.shape == Shape::Tuple => Some(item),
        _ => None,
    }
}

/// Whether a value has no brackets.
pub(super) fn is_scalar(node: &Node) -> bool {
    !matches!(node.kind, Kind::Group(_))
}

/// Where the lines of a text start.
#[derive(Clone, Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    pub(super) fn place(&self, text: &str, offset: usize) -> LineColumn {
        let before = self.0.partition_point(|&start| start <= offset);
        let start = before.checked_sub(1).and_then(|i| self.0.get(i)).copied().unwrap_or(0);
        let column = 1 + Span::new(start, offset).of(text).chars().count();
        LineColumn { line: before + 1, column }
    }
}

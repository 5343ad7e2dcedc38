//! The tree of a RON text: every value, name and comment with its place, so that nothing in a file
//! is ever lost.

/// A stretch of the text in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From `start` up to, but without, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The piece of `text` that this span names; empty when it does not lie in `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether `offset` lies inside.
    #[must_use]
    pub fn holds(self, offset: usize) -> bool {
        (self.start..self.end).contains(&offset)
    }
}

/// One comment with its slashes; a line comment without the line's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
    /// `// …`, which nothing can follow on its line, rather than `/* … */`.
    pub to_line_end: bool,
}

/// Neighbouring comments: a range of [`Tree::comments`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The first comment.
    pub start: usize,
    /// One past the last comment.
    pub end: usize,
}

/// What a file says.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The one value of the file.
    pub root: Node,
    /// All comments in the order in which they stand.
    pub comments: Vec<Comment>,
    /// The comments in front of the value.
    pub head: Run,
    /// The comments behind the value.
    pub tail: Run,
}

/// One value.
#[derive(Clone, Debug)]
pub struct Node {
    /// From its name, bracket or first letter to its end.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of value. What a scalar says is read from its span when asked for (`literal.rs`).
#[derive(Clone, Debug)]
pub enum Kind {
    /// A bare word: `true`, `None`, `Published`, `inf`.
    Word,
    /// A number.
    Number,
    /// One character in single quotes.
    Char,
    /// A text in quotes, raw or not.
    Text,
    /// Anything in brackets.
    Group(Box<Group>),
}

/// What the brackets of a group mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `(1, 2)`, `Name(1)` or `()`.
    Tuple,
    /// `(title: …)` with or without a name in front.
    Struct,
    /// `[…]`
    List,
    /// `{key: value}`
    Map,
}

/// Values in brackets.
#[derive(Clone, Debug)]
pub struct Group {
    /// What the brackets mean.
    pub shape: Shape,
    /// The name in front of the brackets.
    pub name: Option<Span>,
    /// Where the opening bracket stands.
    pub open: usize,
    /// What is inside.
    pub items: Vec<Item>,
    /// Comments that end the line of the opening bracket.
    pub opening: Run,
    /// Comments between the last item and the closing bracket.
    pub ending: Run,
}

/// One thing in brackets, with the comments that belong to it.
#[derive(Clone, Debug)]
pub struct Item {
    /// The name of a field or the key of a map entry.
    pub key: Option<Node>,
    /// The value.
    pub value: Node,
    /// Comments in front of it.
    pub before: Run,
    /// Comments between its key and its value.
    pub inner: Run,
    /// Comments behind it on the same line.
    pub after: Run,
}

impl Tree {
    /// The comments of a run.
    pub fn run(&self, run: Run) -> impl Iterator<Item = Comment> + '_ {
        self.comments.get(run.start..run.end).unwrap_or_default().iter().copied()
    }

    /// The comments that stand inside `span`.
    #[must_use]
    pub fn run_within(&self, span: Span) -> Run {
        Run {
            start: self.comments.partition_point(|c| c.span.start < span.start),
            end: self.comments.partition_point(|c| c.span.start < span.end),
        }
    }
}

impl Run {
    /// Whether there is no comment in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl Node {
    /// The group that this value is, if it has brackets.
    #[must_use]
    pub fn group(&self) -> Option<&Group> {
        match &self.kind {
            Kind::Group(group) => Some(group),
            Kind::Word | Kind::Number | Kind::Char | Kind::Text => None,
        }
    }
}

impl Item {
    /// From the key, if it has one, to the end of the value.
    #[must_use]
    pub fn span(&self) -> Span {
        let start = self.key.as_ref().map_or(self.value.span.start, |key| key.span.start);
        Span::new(start, self.value.span.end)
    }
}

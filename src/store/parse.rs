//! Reads RON text into a tree that keeps every comment and every place, and says plainly what is
//! wrong with a text.
//!
//! The `ron` crate writes our files and checks this parser in the tests; it gives neither comments
//! nor the places of fields nor fields that the program does not know, and those are what
//! hand-edited files need.

use super::{
    guess, literal,
    tree::{Comment, Group, Item, Kind, Node, Run, Shape, Span, Tree},
};

/// How deep brackets may nest.
pub const DEPTH: usize = 128;

/// Something wrong with a text: where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place.
    pub span: Span,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl Problem {
    /// A problem at `span`.
    pub fn new(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: hint.into() }
    }
}

/// Reads a whole text.
pub fn parse(text: &str) -> Result<Tree, Problem> {
    if let Some(problem) = guess::foreign(text) {
        return Err(problem);
    }
    let mut parser = Parser { text, pos: 0, comments: Vec::new(), open: Vec::new() };
    parser.skip()?;
    while parser.peek() == Some('#') {
        parser.attribute()?;
        parser.skip()?;
    }
    let root = parser.value()?;
    let head = Run { start: 0, end: parser.comments_before(&root, 0) };
    let behind = parser.comments.len();
    parser.skip()?;
    if parser.peek().is_some() {
        return Err(parser.more_than_one(&root));
    }
    let tail = Run { start: behind, end: parser.comments.len() };
    Ok(Tree { root, comments: parser.comments, head, tail })
}

/// Whether RON takes `c` as white space.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\x0B'
            | '\x0C'
            | '\u{85}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

struct Parser<'t> {
    text: &'t str,
    pos: usize,
    comments: Vec<Comment>,
    /// The brackets that are open, outermost first.
    open: Vec<(usize, char)>,
}

type Parsed<T> = Result<T, Problem>;

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.pos..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn starts(&self, what: &str) -> bool {
        self.rest().starts_with(what)
    }

    /// The span of the next character.
    fn here(&self) -> Span {
        Span::new(self.pos, self.pos + self.peek().map_or(0, char::len_utf8))
    }

    fn between(&self, start: usize, end: usize) -> &'t str {
        Span::new(start, end).of(self.text)
    }

    fn same_line(&self, start: usize, end: usize) -> bool {
        !self.between(start, end).contains('\n')
    }

    /// Passes white space and comments, which it keeps.
    fn skip(&mut self) -> Parsed<()> {
        loop {
            let rest = self.rest();
            self.pos += rest.len() - rest.trim_start_matches(is_space).len();
            let start = self.pos;
            let to_line_end = self.starts("//");
            if to_line_end {
                self.pos += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if self.starts("/*") {
                self.block_comment()?;
            } else {
                return Ok(());
            }
            self.comments.push(Comment { span: Span::new(start, self.pos), to_line_end });
        }
    }

    fn block_comment(&mut self) -> Parsed<()> {
        let start = self.pos;
        let mut level = 0_usize;
        loop {
            if self.starts("/*") {
                level += 1;
                self.pos += 2;
            } else if self.starts("*/") {
                level -= 1;
                self.pos += 2;
                if level == 0 {
                    return Ok(());
                }
            } else {
                let rest = self.rest();
                let first = rest.chars().next().map_or(0, char::len_utf8);
                let after = rest.get(first..).unwrap_or_default();
                match after.find(['/', '*']) {
                    Some(at) => self.pos += first + at,
                    None => {
                        return Err(Problem::new(
                            Span::new(start, start + 2),
                            "this comment is never closed",
                            "put `*/` where it ends",
                        ));
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Parsed<()> {
        let start = self.pos;
        let well = self.starts("#![");
        let end = self.rest().find([']', '\n']).map(|at| self.pos + at);
        match end {
            Some(end) if well && self.between(end, end + 1) == "]" => {
                self.pos = end + 1;
                Ok(())
            }
            _ => Err(Problem::new(
                Span::new(start, start + 1),
                "expected a line like `#![enable(implicit_some)]`",
                "comments start with `//`, not with `#`",
            )),
        }
    }

    fn value(&mut self) -> Parsed<Node> {
        let start = self.pos;
        let Some(c) = self.peek() else {
            return Err(self.no_value());
        };
        match c {
            '(' | '[' | '{' => self.group(None),
            '"' => self.text(),
            '\'' => self.char(),
            'r' if raw_text(self.rest()).is_some() => self.raw_text(),
            'b' if ["b\"", "b'", "br\"", "br#"].iter().any(|p| self.starts(p)) => {
                Err(Problem::new(
                    Span::new(start, start + 1),
                    "expected text, found bytes",
                    "remove the `b` in front of the quote",
                ))
            }
            '0'..='9' | '+' | '-' | '.' => self.number(),
            c if starts_word(c) => self.word_or_named(),
            _ => Err(self.no_value()),
        }
    }

    fn scalar(&self, start: usize, kind: Kind) -> Node {
        Node { span: Span::new(start, self.pos), kind }
    }

    fn word_or_named(&mut self) -> Parsed<Node> {
        let name = self.word();
        let (end, comments) = (self.pos, self.comments.len());
        self.skip()?;
        if self.peek() == Some('(') {
            return self.group(Some(name));
        }
        self.pos = end;
        self.comments.truncate(comments);
        Ok(Node { span: name, kind: Kind::Word })
    }

    fn word(&mut self) -> Span {
        let start = self.pos;
        let rest = self.rest();
        let end = match rest.strip_prefix("r#") {
            Some(raw) => {
                2 + raw.find(|c| !(in_word(c) || matches!(c, '.' | '+' | '-'))).unwrap_or(raw.len())
            }
            None => rest.find(|c| !in_word(c)).unwrap_or(rest.len()),
        };
        self.pos += end;
        Span::new(start, self.pos)
    }

    fn number(&mut self) -> Parsed<Node> {
        let start = self.pos;
        let rest = self.rest();
        let mut before = ' ';
        let end = rest
            .find(|c: char| {
                let sign = matches!(c, '+' | '-') && matches!(before, 'e' | 'E' | ' ');
                let part = in_word(c) || c == '.' || sign;
                before = c;
                !part
            })
            .unwrap_or(rest.len());
        self.pos += end;
        let span = Span::new(start, self.pos);
        let glued = self.peek().filter(|&c| matches!(c, '-' | '/' | ':' | '+' | '–' | '%' | '@'));
        let comment = self.starts("//") || self.starts("/*");
        if literal::number(span.of(self.text)).is_some() && (glued.is_none() || comment) {
            return Ok(self.scalar(start, Kind::Number));
        }
        let whole = rest.split([',', '\n', ')', ']', '}']).next().unwrap_or_default().trim_end();
        Err(Problem::new(
            Span::new(start, start + whole.len().max(1)),
            format!("expected a number or a text in quotes, found `{}`", guess::short(whole)),
            format!("put it in quotes: \"{}\"", guess::short(whole)),
        ))
    }

    fn char(&mut self) -> Parsed<Node> {
        let start = self.pos;
        let rest = self.rest().get(1..).unwrap_or_default();
        let escaped = rest.starts_with('\\');
        let first = rest.chars().nth(usize::from(escaped)).map_or(0, char::len_utf8);
        let from = first + usize::from(escaped);
        let close = rest.get(from..).and_then(|r| r.find('\'').map(|at| from + at));
        let inner = close.and_then(|close| rest.get(..close)).unwrap_or_default();
        let one = inner.len() <= 12
            && literal::unescape(inner).is_ok_and(|said| said.chars().count() == 1);
        if !one {
            return Err(Problem::new(
                Span::new(start, start + 1),
                "expected a text, which stands in double quotes",
                "use `\"` on both sides instead of `'`",
            ));
        }
        self.pos += inner.len() + 2;
        Ok(self.scalar(start, Kind::Char))
    }

    fn text(&mut self) -> Parsed<Node> {
        let start = self.pos;
        self.pos += 1;
        loop {
            let rest = self.rest();
            let Some(at) = rest.find(['"', '\\']) else {
                self.pos = self.text.len();
                return Err(guess::open_quote(self.text, start));
            };
            self.pos += at + 1;
            if self.between(self.pos - 1, self.pos) == "\"" {
                break;
            }
            self.pos += self.peek().map_or(0, char::len_utf8);
        }
        let inner = self.between(start + 1, self.pos - 1);
        literal::unescape(inner).map_err(|at| {
            Problem::new(
                Span::new(start + 1 + at, start + 2 + at),
                "a backslash means something special in a text, and this one makes no sense",
                "write it twice, `\\\\`, or start the text with r#\" and end it with \"#",
            )
        })?;
        Ok(self.scalar(start, Kind::Text))
    }

    fn raw_text(&mut self) -> Parsed<Node> {
        let start = self.pos;
        let hashes = raw_text(self.rest()).unwrap_or(0);
        let end = format!("\"{}", "#".repeat(hashes));
        self.pos += hashes + 2;
        match self.rest().find(&end) {
            Some(at) => {
                self.pos += at + end.len();
                Ok(self.scalar(start, Kind::Text))
            }
            None => Err(Problem::new(
                Span::new(start, start + hashes + 2),
                "this text is never closed",
                format!("a text that starts with r{}\" ends with {end}", "#".repeat(hashes)),
            )),
        }
    }

    fn group(&mut self, name: Option<Span>) -> Parsed<Node> {
        let open = self.pos;
        let start = name.map_or(open, |name| name.start);
        let (bracket, close) = match self.peek() {
            Some('[') => ('[', ']'),
            Some('{') => ('{', '}'),
            _ => ('(', ')'),
        };
        if self.open.len() >= DEPTH {
            return Err(Problem::new(
                self.here(),
                format!("brackets are nested more than {DEPTH} deep here"),
                "a profile needs about ten; has something been pasted twice?",
            ));
        }
        self.open.push((open, bracket));
        self.pos += 1;
        let mut from = self.comments.len();
        self.skip()?;
        let opening = Run { start: from, end: self.end_of_opening(open + 1, from) };
        from = opening.end;
        let shape = match bracket {
            '[' => Shape::List,
            '{' => Shape::Map,
            _ if self.at_field()? => Shape::Struct,
            _ => Shape::Tuple,
        };
        let mut items: Vec<Item> = Vec::new();
        loop {
            match self.peek() {
                Some(c) if c == close => break,
                None => return Err(self.unclosed(items.last())),
                Some(')' | ']' | '}') => return Err(self.wrong_closer(close)),
                Some(_) => {}
            }
            let item = self.item(shape, from)?;
            from = item.after.end;
            items.push(item);
        }
        self.pos += 1;
        self.open.pop();
        let ending = Run { start: from, end: self.comments.len() };
        let group = Group { shape, name, open, items, opening, ending };
        Ok(Node { span: Span::new(start, self.pos), kind: Kind::Group(Box::new(group)) })
    }

    /// One item with its comma; comments from `from` on stand in front of it.
    fn item(&mut self, shape: Shape, from: usize) -> Parsed<Item> {
        let before = Run { start: from, end: self.comments.len() };
        let key = match shape {
            Shape::Struct => Some(self.field_name()?),
            Shape::Map => Some(self.map_key()?),
            Shape::Tuple | Shape::List => None,
        };
        let value = self.value()?;
        let inner = Run { start: before.end, end: self.comments_before(&value, before.end) };
        let behind = self.comments.len();
        self.skip()?;
        let at_comma = self.comments.len();
        let mut comma = None;
        match self.peek() {
            Some(',') => {
                comma = Some(self.pos);
                self.pos += 1;
                self.skip()?;
            }
            Some(')' | ']' | '}') | None => {}
            Some(_) => return Err(guess::no_comma(self.text, &value, self.pos, shape)),
        }
        let after = Run { start: behind, end: self.end_of_after(&value, behind, at_comma, comma) };
        Ok(Item { key, value, before, inner, after })
    }

    /// Whether a field name and a colon come next. Moves nothing.
    fn at_field(&mut self) -> Parsed<bool> {
        if !self.peek().is_some_and(starts_word) || raw_text(self.rest()).is_some() {
            return Ok(false);
        }
        let (pos, comments) = (self.pos, self.comments.len());
        self.word();
        self.skip()?;
        let field = self.peek() == Some(':');
        self.pos = pos;
        self.comments.truncate(comments);
        Ok(field)
    }

    fn field_name(&mut self) -> Parsed<Node> {
        if !self.peek().is_some_and(starts_word) || raw_text(self.rest()).is_some() {
            return Err(guess::no_field_name(self.text, self.here(), self.open.last().copied()));
        }
        let name = self.word();
        self.skip()?;
        if self.peek() != Some(':') {
            return Err(guess::no_colon(self.text, name, self.pos));
        }
        self.pos += 1;
        self.skip()?;
        Ok(Node { span: name, kind: Kind::Word })
    }

    fn map_key(&mut self) -> Parsed<Node> {
        let key = self.value()?;
        self.skip()?;
        if self.peek() != Some(':') {
            return Err(guess::no_colon(self.text, key.span, self.pos));
        }
        self.pos += 1;
        self.skip()?;
        Ok(key)
    }

    /// How many comments, from `from` on, stand in front of the value or between its name and its
    /// bracket.
    fn comments_before(&self, value: &Node, from: usize) -> usize {
        let start = value.group().map_or(value.span.start, |group| group.open);
        let later = self.comments.get(from..).unwrap_or_default();
        from + later.partition_point(|c| c.span.start < start)
    }

    /// The comments from `from` on that end the line of an opening bracket.
    fn end_of_opening(&self, open: usize, from: usize) -> usize {
        let (count, end, closed) = self.line_run(open, from);
        if closed || !self.same_line(end, self.pos) { from + count } else { from }
    }

    /// The comments from `behind` on that belong to the item in front of them, being on its line.
    fn end_of_after(
        &self,
        value: &Node,
        behind: usize,
        at_comma: usize,
        comma: Option<usize>,
    ) -> usize {
        let (mut count, mut end, mut closed) = self.line_run(value.span.end, behind);
        let reached_comma = behind + count == at_comma;
        if let Some(comma) = comma.filter(|_| reached_comma && !closed) {
            let (more, end_of_more, closed_by_more) = self.line_run(comma + 1, at_comma);
            (count, end, closed) = (count + more, end_of_more, closed_by_more);
        }
        let at_closer = matches!(self.peek(), Some(')' | ']' | '}') | None);
        let alone = closed || at_closer || !self.same_line(end, self.pos);
        if alone { behind + count } else { behind + count.min(at_comma - behind) }
    }

    /// How many comments, from number `from` on, follow `end` on its line; where the last of them
    /// ends; and whether it takes up the line. Stops in front of a comma, which the caller has
    /// seen.
    fn line_run(&self, mut end: usize, from: usize) -> (usize, usize, bool) {
        let mut count = 0;
        for comment in self.comments.get(from..).unwrap_or_default() {
            let gap = self.between(end, comment.span.start);
            if gap.contains(['\n', ',']) {
                break;
            }
            count += 1;
            end = comment.span.end;
            if comment.to_line_end {
                return (count, end, true);
            }
        }
        (count, end, false)
    }

    fn no_value(&self) -> Problem {
        if self.peek().is_none()
            && let Some(&(open, bracket)) = self.open.last()
        {
            return guess::unclosed(open, bracket);
        }
        guess::no_value(self.text, self.here())
    }

    fn unclosed(&self, last: Option<&Item>) -> Problem {
        let many_lines = last.filter(|item| guess::swallowed(self.text, item.value.span));
        match (many_lines, self.open.last()) {
            (Some(item), _) => guess::open_quote(self.text, item.value.span.start),
            (None, Some(&(open, bracket))) => guess::unclosed(open, bracket),
            (None, None) => guess::no_value(self.text, self.here()),
        }
    }

    fn wrong_closer(&self, close: char) -> Problem {
        let (open, bracket) = self.open.last().copied().unwrap_or((self.pos, '('));
        let found = self.peek().unwrap_or(close);
        let line = guess::line_number(self.text, self.pos);
        Problem::new(
            Span::new(open, open + 1),
            format!(
                "expected this `{bracket}` to be closed by `{close}`, found `{found}` in line {line}"
            ),
            format!("add `{close}` before that `{found}`, or remove a bracket that is too many"),
        )
    }

    fn more_than_one(&self, root: &Node) -> Problem {
        let found = guess::short(self.rest().lines().next().unwrap_or_default());
        match self.peek() {
            Some(')' | ']' | '}') => Problem::new(
                self.here(),
                format!("nothing is open that this `{found}` could close"),
                "remove it, or look for a bracket that was closed too early",
            ),
            _ if matches!(root.kind, Kind::Word | Kind::Number) => Problem::new(
                root.span,
                format!("expected a profile, found `{}`", guess::short(root.span.of(self.text))),
                "a profile starts with `Profile(` and ends with `)`",
            ),
            _ => Problem::new(
                Span::new(root.span.end.saturating_sub(1), root.span.end),
                format!("the profile ends here, but the file goes on with `{found}`"),
                "is this bracket too early, or one too many?",
            ),
        }
    }
}

/// How many hashes the raw text that starts `rest` has; `None` when none starts there.
fn raw_text(rest: &str) -> Option<usize> {
    let bare = rest.strip_prefix('r')?;
    let after = bare.trim_start_matches('#');
    after.starts_with('"').then(|| bare.len() - after.len())
}

fn starts_word(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn in_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

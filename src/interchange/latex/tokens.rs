//! The text of a LaTeX file as a tree of commands, words, spaces and groups, without comments.

use super::page::{Change, Marks};
use crate::interchange::outline::Role;
use std::{collections::HashSet, rc::Rc};

/// A row of items; copies are cheap.
pub(super) type Items = Rc<[Item]>;

/// Groups lie in each other no deeper than this; braces beyond are passed over.
const DEEPEST: u16 = 200;

/// Commands whose next group is an address, in which `%`, `#`, `&` and `~` stand for themselves.
const WITH_ADDRESS: [&str; 5] = ["url", "href", "nolinkurl", "path", "hrefWithoutArrow"];

/// Environments that are not read as LaTeX.
const AS_IT_STANDS: [&str; 7] =
    ["comment", "verbatim", "Verbatim", "lstlisting", "minted", "filecontents", "filecontents*"];

/// One thing of the source.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What it is.
    pub(super) node: Node,
    /// The line of the main file that it stands on or comes from, from 1.
    pub(super) line: u32,
}

/// What an item is.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// `\name`, or a backslash with one sign.
    Command(Rc<str>),
    /// Signs without meaning to TeX, without white space; `[`, `]` and a star after a command stand
    /// alone.
    Text(Rc<str>),
    /// White space without an empty line.
    Space,
    /// An empty line.
    Paragraph,
    /// `{…}`, and how deep groups lie in it.
    Group(Items, u16),
    /// `&`
    Align,
    /// `$` or `$$`
    Maths,
    /// `~`
    Tie,
    /// `#1`; `##1` is 11.
    Parameter(u8),
    /// Text that is no LaTeX, such as that of `\verb`.
    Verbatim(Rc<str>),
    /// What the reader tells itself to do at this point.
    Order(Order),
}

/// What is to be done between items of the source.
#[derive(Clone, Debug)]
pub(super) enum Order {
    /// These items as a group, also in the preamble.
    Content(Items),
    /// These items as a group that looks otherwise.
    Styled(Items, Change),
    /// These items lead to an address, which is their text where they have none.
    Linked(Items, Rc<str>),
    /// The end of a link before which so many bytes had been written.
    LinkEnd(Rc<str>, usize),
    /// The part ends; the next one is this.
    Part(Option<Role>),
    /// The line ends, with so much more space below it in heights of a line.
    EndLine(f32),
    /// What the next line is.
    Mark(Marks),
    /// Lines lie so much deeper from here.
    Indent(i8),
    /// An environment of the document ends, after what it does at its end.
    EndEnvironment(Rc<str>),
    /// Lines belong to the edge of the page from here, or no longer.
    Furniture(bool),
    /// A comma is due before the next word of this line.
    Comma,
}

/// A file as read.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// Its items.
    pub(super) items: Vec<Item>,
    /// The files that stand inside it (`filecontents`), by name.
    pub(super) files: Vec<(String, String)>,
}

/// A group of these items.
pub(super) fn group(items: Vec<Item>) -> Node {
    let deepest = items.iter().map(|item| depth(&item.node)).max().unwrap_or_default();
    Node::Group(items.into(), deepest.saturating_add(1))
}

/// How deep groups lie in it.
pub(super) fn depth(node: &Node) -> u16 {
    if let Node::Group(_, depth) = node { *depth } else { 0 }
}

/// Reads `text`; all of it stands on line `line` of the main file, or it is that.
pub(super) fn read(text: &str, line: Option<u32>) -> Source {
    let mut reader = Reader {
        rest: text,
        line: line.unwrap_or(1),
        counts: line.is_none(),
        rows: vec![],
        row: vec![],
        excess: 0,
        address_next: false,
        address: None,
        fresh: false,
        missing: HashSet::new(),
        files: vec![],
    };
    reader.read();
    while !reader.rows.is_empty() {
        reader.close();
    }
    Source { items: reader.row, files: reader.files }
}

struct Reader<'s> {
    rest: &'s str,
    line: u32,
    /// Whether lines are counted.
    counts: bool,
    /// The groups around this one.
    rows: Vec<Vec<Item>>,
    row: Vec<Item>,
    /// Open braces beyond the deepest group.
    excess: usize,
    /// Whether the next group is an address.
    address_next: bool,
    /// How many groups are around the address that is being read.
    address: Option<usize>,
    /// Whether a comment has just taken the end of its line.
    fresh: bool,
    /// Ends that are known not to come any more.
    missing: HashSet<String>,
    files: Vec<(String, String)>,
}

impl<'s> Reader<'s> {
    /// Takes the next `length` bytes.
    fn take(&mut self, length: usize) -> &'s str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        if self.counts {
            let lines = taken.bytes().filter(|byte| *byte == b'\n').count();
            self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        }
        taken
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'s str {
        let length = self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len());
        self.take(length)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let is_next = self.rest.starts_with(wanted);
        if is_next {
            self.take(wanted.len());
        }
        is_next
    }

    fn push(&mut self, node: Node) {
        self.row.push(Item { node, line: self.line });
    }

    fn read(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            let fresh = std::mem::take(&mut self.fresh);
            let in_address = self.address.is_some();
            match c {
                '\\' => {
                    if !self.command() {
                        return;
                    }
                }
                '{' => self.open(),
                '}' => {
                    self.take(1);
                    self.close();
                }
                '%' if !in_address || self.ends_line() => self.comment(),
                c if c.is_whitespace() => self.space(fresh),
                '$' if !in_address => {
                    self.take(1);
                    self.eat("$");
                    self.push(Node::Maths);
                }
                '&' if !in_address => {
                    self.take(1);
                    self.push(Node::Align);
                }
                '~' if !in_address => {
                    self.take(1);
                    self.push(Node::Tie);
                }
                '#' => self.parameter(),
                '[' | ']' => {
                    let text = self.take(1);
                    self.push(Node::Text(text.into()));
                }
                _ => self.text(in_address),
            }
        }
    }

    fn text(&mut self, in_address: bool) {
        let ends = |c: char| match c {
            '\\' | '{' | '}' | '#' | '[' | ']' => true,
            '%' | '$' | '&' | '~' => !in_address,
            c => c.is_whitespace(),
        };
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let after = self.rest.get(first..).unwrap_or_default();
        let length = first + after.find(ends).unwrap_or(after.len());
        let text = self.take(length);
        self.push(Node::Text(text.into()));
    }

    /// Whether the percent sign here is the last thing on its line.
    fn ends_line(&self) -> bool {
        let after = self.rest.get(1..).unwrap_or_default();
        after.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
    }

    /// To the first word of the next line.
    fn comment(&mut self) {
        self.take_while(|c| c != '\n');
        self.eat("\n");
        self.take_while(|c| c == ' ' || c == '\t');
        self.fresh = true;
    }

    fn space(&mut self, fresh: bool) {
        let line = self.line;
        let space = self.take_while(char::is_whitespace);
        let ends = space.bytes().filter(|byte| *byte == b'\n').count();
        let node = if ends + usize::from(fresh) > 1 { Node::Paragraph } else { Node::Space };
        if matches!(node, Node::Paragraph) {
            self.address_next = false;
        }
        if !fresh || matches!(node, Node::Paragraph) {
            self.row.push(Item { node, line });
        }
    }

    fn parameter(&mut self) {
        let signs = self.take_while(|c| c == '#').len();
        let digit = self.rest.chars().next().and_then(|c| c.to_digit(10)).filter(|n| *n > 0);
        match digit.and_then(|digit| u8::try_from(digit).ok()) {
            Some(digit) => {
                self.take(1);
                self.push(Node::Parameter(if signs > 1 { digit + 10 } else { digit }));
            }
            None => self.push(Node::Text("#".into())),
        }
    }

    fn open(&mut self) {
        self.take(1);
        if self.rows.len() >= usize::from(DEEPEST) {
            self.excess += 1;
            return;
        }
        if std::mem::take(&mut self.address_next) && self.address.is_none() {
            self.address = Some(self.rows.len());
        }
        self.rows.push(std::mem::take(&mut self.row));
    }

    fn close(&mut self) {
        self.address_next = false;
        if self.excess > 0 {
            self.excess -= 1;
        } else if let Some(row) = self.rows.pop() {
            if self.address == Some(self.rows.len()) {
                self.address = None;
            }
            let line = self.line;
            let inner = std::mem::replace(&mut self.row, row);
            let line = inner.first().map_or(line, |item| item.line);
            self.row.push(Item { node: group(inner), line });
        }
    }

    /// A command; false where the file ends here.
    fn command(&mut self) -> bool {
        self.take(1);
        self.address_next = false;
        let line = self.line;
        let letters = self.take_while(|c| c.is_ascii_alphabetic() || c == '@');
        if letters.is_empty() {
            let sign = self.rest.chars().next().map_or(0, char::len_utf8);
            let sign = self.take(sign);
            let name = if sign.trim().is_empty() { " " } else { sign };
            self.row.push(Item { node: Node::Command(name.into()), line });
        } else {
            match letters {
                "endinput" => return false,
                "iffalse" if self.skip_branch() => return true,
                "verb" | "lstinline" => {
                    self.verb();
                    return true;
                }
                "begin" if self.as_it_stands() => return true,
                _ => {}
            }
            self.row.push(Item { node: Node::Command(letters.into()), line });
            self.address_next = WITH_ADDRESS.contains(&letters);
            self.end_of_name();
        }
        if self.eat("*") {
            self.push(Node::Text("*".into()));
        }
        true
    }

    /// The white space that only ends the name of a command; an empty line is more than that.
    fn end_of_name(&mut self) {
        let after = self.rest.trim_start_matches([' ', '\t', '\r']);
        let line = after.strip_prefix('\n').unwrap_or(after);
        let next = line.trim_start_matches([' ', '\t', '\r']);
        let end = if next.starts_with('\n') { after } else { next };
        self.take(self.rest.len() - end.len());
    }

    /// `\verb|…|`, to the end of the line at most.
    fn verb(&mut self) {
        self.eat("*");
        let Some(sign) = self.rest.chars().next().filter(|c| !c.is_whitespace()) else { return };
        let close = if sign == '{' { '}' } else { sign };
        let after = self.rest.get(sign.len_utf8()..).unwrap_or_default();
        let end = after.find([close, '\n']).unwrap_or(after.len());
        self.take(sign.len_utf8());
        let text = self.take(end);
        self.push(Node::Verbatim(text.into()));
        self.take_while(|c| c == close);
    }

    /// An environment that is no LaTeX, after its `\begin`.
    fn as_it_stands(&mut self) -> bool {
        let name = self.rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let Some((name, body)) = name.filter(|(name, _)| AS_IT_STANDS.contains(name)) else {
            return false;
        };
        let end = format!("\\end{{{name}}}");
        let length = if self.missing.contains(&end) { None } else { body.find(&end) };
        let Some(length) = length else {
            self.missing.insert(end);
            return false;
        };
        self.take(name.len() + 2);
        let body = self.take(length);
        self.take(end.len());
        match name {
            "comment" => {}
            "filecontents" | "filecontents*" => {
                let body = body.trim_start();
                let body = match body.strip_prefix('[').and_then(|body| body.split_once(']')) {
                    Some((_, body)) => body.trim_start(),
                    None => body,
                };
                if let Some((name, text)) = body.strip_prefix('{').and_then(|b| b.split_once('}')) {
                    self.files.push((name.trim().to_owned(), text.to_owned()));
                }
            }
            _ => {
                for line in body.lines() {
                    self.push(Node::Verbatim(line.into()));
                    self.push(Node::Command("\\".into()));
                }
            }
        }
        true
    }

    /// What stands after `\iffalse`, to its `\else` or `\fi`.
    fn skip_branch(&mut self) -> bool {
        const END: &str = "\\fi";
        if self.missing.contains(END) {
            return true;
        }
        let mut at = 0;
        let mut depth = 1usize;
        while let Some(found) = self.rest.get(at..).and_then(|rest| rest.find('\\')) {
            at += found + 1;
            let after = self.rest.get(at..).unwrap_or_default();
            let length = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
            let name = after.get(..length).unwrap_or_default();
            // `\\` is a command of its own, whatever comes behind it.
            at += if length == 0 { after.chars().next().map_or(0, char::len_utf8) } else { length };
            match name {
                "fi" => depth -= 1,
                "else" if depth == 1 => depth = 0,
                name if is_condition(name) => depth += 1,
                _ => {}
            }
            if depth == 0 {
                self.take(at);
                return true;
            }
        }
        self.missing.insert(END.to_owned());
        true
    }
}

/// Whether these two items are `\begin{document}`.
pub(super) fn begins_document(pair: &[Item]) -> bool {
    match pair {
        [Item { node: Node::Command(name), .. }, Item { node: Node::Group(inner, _), .. }] => {
            &**name == "begin" && source_of(inner).trim() == "document"
        }
        _ => false,
    }
}

/// Whether a command of this name begins what a `\fi` ends.
pub(super) fn is_condition(name: &str) -> bool {
    let with_arguments = [
        "iff",
        "ifthenelse",
        "ifstrempty",
        "ifstrequal",
        "ifblank",
        "ifdef",
        "ifundef",
        "ifcsdef",
        "ifempty",
        "iflanguage",
        "ifbool",
        "iftoggle",
        "ifdefempty",
        "ifnumcomp",
        "ifentrytype",
        "iffieldundef",
    ];
    name.starts_with("if") && !with_arguments.contains(&name)
}

/// The source text of items, as far as TeX cares.
pub(super) fn source_of(items: &[Item]) -> String {
    let mut out = String::new();
    write_source(items, &mut out);
    out
}

fn write_source(items: &[Item], out: &mut String) {
    let mut after_name = false;
    for item in items {
        match &item.node {
            Node::Command(name) => {
                out.push('\\');
                out.push_str(name);
            }
            Node::Text(text) | Node::Verbatim(text) => {
                // A letter after the name of a command would belong to it.
                if after_name && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    out.push(' ');
                }
                out.push_str(text);
            }
            Node::Space | Node::Paragraph => out.push(' '),
            Node::Group(inner, _) => {
                out.push('{');
                write_source(inner, out);
                out.push('}');
            }
            Node::Align => out.push('&'),
            Node::Maths => out.push('$'),
            Node::Tie => out.push('~'),
            Node::Parameter(_) => {}
            Node::Order(
                Order::Content(items) | Order::Styled(items, _) | Order::Linked(items, _),
            ) => {
                write_source(items, out);
            }
            Node::Order(_) => {}
        }
        after_name = matches!(&item.node, Node::Command(name)
            if name.chars().all(|c| c.is_ascii_alphabetic()));
    }
}

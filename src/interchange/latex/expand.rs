//! Runs through the items of a LaTeX file: definitions are expanded within bounds, arguments are
//! taken, words go to the page.

use super::{
    environments::Environment,
    page::{Change, Look, Page},
    tokens::{self, Item, Items, Node, Order, depth, group},
};
use crate::interchange::{beside::Beside, outline::Line};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    rc::Rc,
};

/// How many items are looked at in all. A CV of ten pages has some twenty thousand.
const MOST_STEPS: usize = 400_000;
/// How many expansions and groups lie in each other.
const MOST_FRAMES: usize = 600;
/// How many expansions lie in each other.
const MOST_EXPANSIONS: usize = 60;
/// How often a command may stand in its own expansion.
const MOST_OF_ONE: usize = 3;
/// Groups that expansion makes lie in each other no deeper.
const DEEPEST: u16 = 400;
/// An optional argument has no more items.
const LONGEST_OPTION: usize = 4_000;

/// What an argument of a definition looks like.
#[derive(Clone, Debug)]
pub(super) enum Argument {
    /// `{…}`
    Braces,
    /// `[…]`, or else this.
    Brackets(Items),
    /// A star or none.
    Star,
}

/// A command of the document's own.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// Its arguments.
    pub(super) arguments: Vec<Argument>,
    /// What it stands for.
    pub(super) body: Items,
    /// Whether its body is a program or a drawing, and only its arguments say something.
    pub(super) is_program: bool,
    /// Whether it comes from a class or a package.
    pub(super) of_class: bool,
}

impl Definition {
    /// How many arguments in braces it has.
    pub(super) fn braces(&self) -> usize {
        self.arguments.iter().filter(|argument| matches!(argument, Argument::Braces)).count()
    }
}

/// An environment of the document's own.
#[derive(Clone, Debug)]
pub(super) struct EnvironmentDefinition {
    /// Its arguments, and what it does at its beginning.
    pub(super) begin: Definition,
    /// What it does at its end.
    pub(super) end: Items,
}

/// Items that are being run through.
#[derive(Debug)]
struct Frame {
    items: Items,
    at: usize,
    /// The look that is put back in the end.
    look: Option<Look>,
    /// Whether its words are seen; those of a preamble are not.
    shown: bool,
    /// The command whose expansion it is.
    of: Option<Rc<str>>,
}

/// How items belong to what is around them.
#[derive(Clone, Copy, Debug)]
enum Scope {
    /// As if they stood there.
    Same,
    /// As a group that is seen.
    Group,
}

/// Everything that the reader knows at one point of the file.
pub(super) struct Expander<'b> {
    pub(super) beside: &'b dyn Beside,
    pub(super) page: Page,
    pub(super) look: Look,
    frames: Vec<Frame>,
    pub(super) environments: Vec<Environment>,
    pub(super) commands: HashMap<Rc<str>, Definition>,
    pub(super) environment_commands: HashMap<Rc<str>, EnvironmentDefinition>,
    /// Conditions of the document's own.
    pub(super) switches: HashMap<Rc<str>, bool>,
    /// The class and the packages.
    pub(super) families: Vec<String>,
    /// Whether `"` begins a German letter.
    pub(super) is_german: bool,
    /// Whether a class or a package is read.
    pub(super) in_class: bool,
    /// Colours of the document's own.
    pub(super) colours: HashSet<String>,
    /// Files that stand inside the file.
    pub(super) inside: HashMap<String, String>,
    /// How many files were opened.
    pub(super) opened: usize,
    /// Bibliographies that are named, in their order.
    pub(super) bibliographies: Vec<String>,
    /// Keys of publications that are named; `*` for all.
    pub(super) cited: HashSet<String>,
    /// Commands that are not known, and their first line.
    pub(super) unknown: BTreeMap<Rc<str>, u32>,
    pub(super) notes: Vec<String>,
    /// The line of the item that is being looked at.
    pub(super) line: u32,
    /// How many items were looked at.
    pub(super) steps: usize,
    /// How many expansions the last command stood in, and how many of its own among them.
    nesting: (usize, usize),
    has_ended: bool,
}

impl<'b> Expander<'b> {
    pub(super) fn new(beside: &'b dyn Beside) -> Self {
        Self {
            beside,
            page: Page::default(),
            look: Look::default(),
            frames: vec![],
            environments: vec![],
            commands: HashMap::new(),
            environment_commands: HashMap::new(),
            switches: HashMap::new(),
            families: vec![],
            is_german: false,
            in_class: false,
            colours: HashSet::new(),
            inside: HashMap::new(),
            opened: 0,
            bibliographies: vec![],
            cited: HashSet::new(),
            unknown: BTreeMap::new(),
            notes: vec![],
            line: 1,
            steps: 0,
            nesting: (0, 0),
            has_ended: false,
        }
    }

    /// Whether reading stopped before the end.
    pub(super) fn has_stopped(&self) -> bool {
        self.steps > MOST_STEPS || self.page.is_full()
    }

    /// Runs through a whole file, which has a preamble or none.
    pub(super) fn run(&mut self, items: Vec<Item>) {
        let begins = items.windows(2).any(tokens::begins_document);
        self.frames.push(Frame {
            items: items.into(),
            at: 0,
            look: None,
            shown: !begins,
            of: None,
        });
        while let Some(item) = self.next() {
            if !self.may_go_on() {
                break;
            }
            self.line = item.line;
            self.step(item.node);
        }
        if self.has_stopped() {
            self.notes.push(format!(
                "reading stopped at line {}: the commands of this file grow beyond all measure; \
                 what stands before is here",
                self.line
            ));
        }
        self.page.end_line(0.0);
        // What stands above the first heading is about the person, however it is written.
        let headings = |line: &Line| line.level.is_some();
        let above = self.page.lines.iter().position(headings).unwrap_or_default();
        self.page.lines.iter_mut().take(above).for_each(|line| line.entry = false);
    }

    /// Takes only definitions out of `items`; nothing of them is text.
    pub(super) fn only_define(&mut self, items: Items) {
        self.enter(items, Scope::Same, None);
        while let Some(item) = self.next() {
            if !self.may_go_on() {
                return;
            }
            self.line = item.line;
            if let Node::Command(name) = item.node
                && !self.define(&name)
                && matches!(&*name, "RequirePackage" | "LoadClass" | "usepackage")
            {
                self.packages(if &*name == "LoadClass" { "cls" } else { "sty" });
            }
        }
    }

    /// The text ends here.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
    }

    /// The text begins here.
    pub(super) fn begin(&mut self) {
        self.frames.iter_mut().for_each(|frame| frame.shown = true);
        self.look = Look::default();
    }

    fn may_go_on(&mut self) -> bool {
        self.steps += 1;
        !self.has_ended && !self.has_stopped()
    }

    /// Whether words are seen here.
    pub(super) fn shown(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.shown)
    }

    fn next(&mut self) -> Option<Item> {
        loop {
            let frame = self.frames.last_mut()?;
            if let Some(item) = frame.items.get(frame.at) {
                frame.at += 1;
                return Some(item.clone());
            }
            self.leave();
        }
    }

    fn leave(&mut self) {
        if let Some(look) = self.frames.pop().and_then(|frame| frame.look) {
            self.look = look;
        }
    }

    /// These items come next.
    pub(super) fn push(&mut self, items: Items) {
        self.enter(items, Scope::Same, None);
    }

    /// These nodes come next, all from this line of the source.
    pub(super) fn push_nodes(&mut self, nodes: impl IntoIterator<Item = Node>) {
        let line = self.line;
        self.push(nodes.into_iter().map(|node| Item { node, line }).collect());
    }

    fn enter(&mut self, items: Items, scope: Scope, of: Option<Rc<str>>) {
        if items.is_empty() || self.frames.len() >= MOST_FRAMES {
            return;
        }
        let (look, shown) = match scope {
            Scope::Same => (None, self.shown()),
            Scope::Group => (Some(self.look.clone()), true),
        };
        self.frames.push(Frame { items, at: 0, look, shown, of });
    }

    fn step(&mut self, node: Node) {
        match node {
            Node::Command(name) => {
                // Now, because a look at what comes next leaves expansions that are through.
                let expansions = || self.frames.iter().filter_map(|frame| frame.of.as_deref());
                let of_it = expansions().filter(|of| **of == *name).count();
                self.nesting = (expansions().count(), of_it);
                self.command(&name);
            }
            Node::Order(order) => self.order(order),
            _ if !self.shown() => {}
            Node::Text(text) => self.write(&text),
            Node::Verbatim(text) => {
                let mut look = self.look.clone();
                look.style.code = true;
                let mut words = text.split_whitespace();
                if let Some(word) = words.next() {
                    self.page.write(word, &look, self.line);
                }
                for word in words {
                    self.page.space(0.0);
                    self.page.write(word, &look, self.line);
                }
            }
            Node::Space | Node::Tie => self.page.space(0.0),
            Node::Paragraph => self.paragraph(),
            Node::Group(items, _) => self.enter(items, Scope::Group, None),
            Node::Align => self.align(),
            Node::Maths => self.maths(),
            Node::Parameter(_) => {}
        }
    }

    fn order(&mut self, order: Order) {
        match order {
            Order::Content(items) => self.enter(items, Scope::Group, None),
            Order::Styled(items, change) => {
                let before = self.frames.len();
                self.enter(items, Scope::Group, None);
                if self.frames.len() > before {
                    change.apply(&mut self.look);
                }
            }
            Order::Linked(items, address) => {
                let written = self.page.written();
                self.push_nodes([Node::Order(Order::LinkEnd(address.clone(), written))]);
                let before = self.frames.len();
                self.enter(items, Scope::Group, None);
                if self.frames.len() > before && !address.is_empty() {
                    self.look.link = Some(address);
                }
            }
            Order::LinkEnd(address, written) => {
                // Only an icon stands for it.
                if self.page.written() == written && !address.is_empty() {
                    let look = Look { link: Some(address.clone()), ..self.look.clone() };
                    let text = address.strip_prefix("mailto:").unwrap_or(&address);
                    self.page.write(text, &look, self.line);
                }
            }
            Order::Part(role) => self.page.end_part(role),
            Order::EndLine(gap) => self.page.end_line(gap),
            Order::Mark(marks) => self.page.mark(marks),
            Order::Indent(more) => self.page.depth += i32::from(more),
            Order::EndEnvironment(name) => self.leave_environment(&name),
            Order::Furniture(on) => self.page.on_the_edge = on,
            Order::Comma => self.page.comma(),
        }
    }

    /// An empty line, or `\par`.
    pub(super) fn paragraph(&mut self) {
        if self.page.is_heading() || self.is_in_table() {
            self.page.space(0.0);
        } else {
            self.page.end_line(1.0);
        }
    }

    /// The frame that the next node comes from: expansions that are through are passed over, groups
    /// are not. They are left only later, so that it is known what stands in what.
    fn current(&self) -> Option<usize> {
        let through = |frame: &Frame| frame.at >= frame.items.len() && frame.look.is_none();
        let last = self.frames.len().checked_sub(1)?;
        Some(self.frames.iter().rposition(|frame| !through(frame)).unwrap_or(last))
    }

    fn current_mut(&mut self) -> Option<&mut Frame> {
        self.current().and_then(|at| self.frames.get_mut(at))
    }

    /// The next node, without taking it.
    pub(super) fn peek(&self) -> Option<&Node> {
        let frame = self.frames.get(self.current()?)?;
        frame.items.get(frame.at).map(|item| &item.node)
    }

    /// Takes the next node.
    pub(super) fn take(&mut self) -> Option<Node> {
        self.steps += 1;
        let frame = self.current_mut()?;
        let node = frame.items.get(frame.at).map(|item| item.node.clone());
        frame.at += usize::from(node.is_some());
        node
    }

    /// Passes over white space, but for empty lines.
    pub(super) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(Node::Space)) {
            self.take();
        }
    }

    /// Takes a star.
    pub(super) fn star(&mut self) -> bool {
        let is_next = matches!(self.peek(), Some(Node::Text(text)) if &**text == "*");
        if is_next {
            self.take();
        }
        is_next
    }

    /// What is next within this group, white space passed over.
    fn ahead(&self) -> Option<(usize, &Node)> {
        let frame = self.frames.get(self.current()?)?;
        let mut at = frame.at;
        while matches!(frame.items.get(at).map(|item| &item.node), Some(Node::Space)) {
            at += 1;
        }
        frame.items.get(at).map(|item| (at, &item.node))
    }

    /// The group that comes next, if one does.
    pub(super) fn group(&mut self) -> Option<Items> {
        let (at, items) = match self.ahead()? {
            (at, Node::Group(items, _)) => (at, items.clone()),
            _ => return None,
        };
        if let Some(frame) = self.current_mut() {
            frame.at = at + 1;
        }
        self.steps += 1;
        Some(items)
    }

    /// How many groups come next, nine at most.
    pub(super) fn groups_ahead(&mut self) -> usize {
        let frame = self.current().and_then(|at| self.frames.get(at));
        let Some(frame) = frame else { return 0 };
        let mut groups = 0;
        let mut at = frame.at;
        let mut depth = 0usize;
        // Optional arguments among them are passed over.
        while groups < 9 && at < frame.at + LONGEST_OPTION {
            match frame.items.get(at).map(|item| &item.node) {
                Some(Node::Group(..)) if depth == 0 => groups += 1,
                Some(Node::Space) => {}
                Some(Node::Text(text)) if &**text == "[" => depth += 1,
                Some(Node::Text(text)) if &**text == "]" && depth > 0 => depth -= 1,
                Some(Node::Text(text)) if &**text == "*" => {}
                Some(Node::Paragraph) | None => break,
                Some(_) if depth > 0 => {}
                Some(_) => break,
            }
            at += 1;
        }
        self.steps += (at - frame.at) / 8;
        groups
    }

    /// The next argument as TeX takes it: a group, a command or one letter.
    pub(super) fn argument(&mut self) -> Items {
        if let Some(group) = self.group() {
            return group;
        }
        let line = self.line;
        let one = |node: Node| -> Items { [Item { node, line }].into() };
        match self.ahead() {
            Some((_, Node::Command(_))) => {
                self.skip_space();
                self.take().map_or_else(|| [].into(), one)
            }
            Some((_, Node::Text(_))) => {
                self.skip_space();
                let Some(Node::Text(text)) = self.take() else { return [].into() };
                let first = text.chars().next().map_or(0, char::len_utf8);
                let (letter, rest) = text.split_at_checked(first).unwrap_or((&text, ""));
                if !rest.is_empty() {
                    self.push_nodes([Node::Text(rest.into())]);
                }
                one(Node::Text(letter.into()))
            }
            _ => [].into(),
        }
    }

    /// The optional argument that comes next, if one does.
    pub(super) fn option(&mut self) -> Option<Items> {
        let (start, is_bracket) = match self.ahead()? {
            (at, Node::Text(text)) => (at, &**text == "["),
            _ => return None,
        };
        if !is_bracket {
            return None;
        }
        let frame = self.current_mut()?;
        let mut depth = 0usize;
        for (i, item) in frame.items.get(start..)?.iter().enumerate().take(LONGEST_OPTION) {
            match &item.node {
                Node::Text(text) if &**text == "[" => depth += 1,
                Node::Text(text) if &**text == "]" => depth -= 1,
                Node::Paragraph => break,
                _ => {}
            }
            if depth == 0 {
                let inner = frame.items.get(start + 1..start + i)?.into();
                frame.at = start + i + 1;
                self.steps += i;
                return Some(inner);
            }
        }
        self.steps += LONGEST_OPTION;
        None
    }

    /// The text of the next argument, as a name of something.
    pub(super) fn name_argument(&mut self) -> String {
        tokens::source_of(&self.argument()).trim().to_owned()
    }

    /// Takes so many arguments that say nothing, with the optional ones before and behind them.
    pub(super) fn drop_arguments(&mut self, count: usize) {
        self.star();
        while self.option().is_some() {}
        for _ in 0..count {
            self.argument();
            if count > 1 || self.is_next_option_a_setting() {
                self.option();
            }
        }
    }

    fn is_next_option_a_setting(&mut self) -> bool {
        matches!(self.peek(), Some(Node::Text(text)) if &**text == "[")
    }

    /// Takes items up to one that `ends`, which is taken as well; nothing is taken where it does
    /// not come before the group or the paragraph ends.
    pub(super) fn until(&mut self, ends: impl Fn(&Node) -> bool) -> Option<Items> {
        let frame = self.current_mut()?;
        let start = frame.at;
        for (i, item) in frame.items.get(start..)?.iter().enumerate().take(LONGEST_OPTION) {
            if ends(&item.node) {
                let inner = frame.items.get(start..start + i)?.into();
                frame.at = start + i + 1;
                self.steps += i;
                return Some(inner);
            }
            if matches!(item.node, Node::Paragraph) {
                self.steps += i;
                return None;
            }
        }
        self.steps += LONGEST_OPTION.min(frame.items.len() - start);
        None
    }

    /// Passes over items of this group until `ends` says so of one, which is taken; to the end of
    /// the group where it never does.
    pub(super) fn skip_until(&mut self, mut ends: impl FnMut(&Node) -> bool) -> bool {
        let Some(frame) = self.current_mut() else { return false };
        let rest = frame.items.get(frame.at..).unwrap_or_default();
        let found = rest.iter().position(|item| ends(&item.node));
        let passed = found.map_or(rest.len(), |i| i + 1);
        frame.at += passed;
        self.steps += passed;
        found.is_some()
    }

    /// Expands a command of the document's own; false where it has none of this name.
    pub(super) fn expand(&mut self, name: &str) -> bool {
        let Some((name, definition)) = self.commands.get_key_value(name) else { return false };
        let (name, definition) = (name.clone(), definition.clone());
        let (expansions, of_it) = self.nesting;
        let shown = self.shown();
        let arguments = self.arguments(&definition.arguments);
        let is_entry = shown && self.is_entry(&arguments);
        if of_it >= MOST_OF_ONE || expansions >= MOST_EXPANSIONS {
            self.notes_once(format!(
                "the command `\\{name}` stands in its own definition; it was not followed further"
            ));
            if shown {
                self.push_nodes(
                    arguments.into_iter().map(|items| Node::Order(Order::Content(items))),
                );
            }
            return true;
        }
        if definition.is_program {
            if shown {
                self.as_parts(arguments);
            }
            return true;
        }
        if is_entry {
            self.page.start_entry();
        }
        if let Some(body) = self.substitute(&definition.body, &arguments) {
            self.enter(body, Scope::Same, Some(name));
        }
        true
    }

    /// The arguments of a definition.
    pub(super) fn arguments(&mut self, wanted: &[Argument]) -> Vec<Items> {
        let mut taken = vec![];
        for argument in wanted {
            taken.push(match argument {
                Argument::Braces => self.argument(),
                Argument::Brackets(default) => self.option().unwrap_or_else(|| default.clone()),
                Argument::Star => {
                    let name = if self.star() { "BooleanTrue" } else { "BooleanFalse" };
                    [Item { node: Node::Command(name.into()), line: self.line }].into()
                }
            });
        }
        taken
    }

    /// The body of a definition with its arguments.
    pub(super) fn substitute(&mut self, body: &[Item], arguments: &[Items]) -> Option<Items> {
        let mut out = vec![];
        for item in body {
            match &item.node {
                Node::Parameter(number @ 1..=9) => {
                    let argument = arguments.get(usize::from(*number) - 1);
                    out.extend(argument.into_iter().flat_map(|items| items.iter().cloned()));
                }
                Node::Parameter(number) => {
                    let node = Node::Parameter(number.saturating_sub(10));
                    out.push(Item { node, line: self.line });
                }
                Node::Group(inner, _) => {
                    let inner = self.substitute(inner, arguments)?;
                    let node = group(inner.to_vec());
                    if depth(&node) > DEEPEST {
                        return None;
                    }
                    out.push(Item { node, line: self.line });
                }
                node => out.push(Item { node: node.clone(), line: self.line }),
            }
            if out.len() > MOST_STEPS {
                return None;
            }
        }
        self.steps += out.len();
        (self.steps <= MOST_STEPS).then(|| out.into())
    }

    /// A note that is made once.
    pub(super) fn notes_once(&mut self, note: String) {
        if !self.notes.contains(&note) && self.notes.len() < 100 {
            self.notes.push(note);
        }
    }

    /// Changes the look to the end of the group.
    pub(super) fn declare(&mut self, change: Change) {
        change.apply(&mut self.look);
    }

    /// Writes text as it stands in the source, with quotation marks and dashes as they are set.
    pub(super) fn write(&mut self, text: &str) {
        if self.look.style.code || !text.contains(['-', '`', '\'', '"', '<', '>', '?', '!']) {
            self.page.write(text, &self.look, self.line);
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        'text: while let Some(c) = rest.chars().next() {
            let pairs: &[(&str, &str)] = match c {
                '-' => &[("---", "—"), ("--", "–")],
                '`' => &[("``", "“"), ("`", "‘")],
                '\'' => &[("''", "”")],
                '<' => &[("<<", "«")],
                '>' => &[(">>", "»")],
                '?' => &[("?`", "¿")],
                '!' => &[("!`", "¡")],
                '"' if self.is_german => &[
                    ("\"a", "ä"),
                    ("\"o", "ö"),
                    ("\"u", "ü"),
                    ("\"A", "Ä"),
                    ("\"O", "Ö"),
                    ("\"U", "Ü"),
                    ("\"s", "ß"),
                    ("\"`", "„"),
                    ("\"'", "“"),
                    ("\"=", "-"),
                    ("\"~", "-"),
                    ("\"-", ""),
                    ("\"\"", ""),
                    ("\"|", ""),
                ],
                _ => &[],
            };
            for (source, sign) in pairs {
                if let Some(after) = rest.strip_prefix(source) {
                    out.push_str(sign);
                    rest = after;
                    continue 'text;
                }
            }
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        self.page.write(&out, &self.look, self.line);
    }
}

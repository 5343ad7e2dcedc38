//! Lines out of the arguments of commands: those that the table knows, and those that nobody knows.

use super::{
    addresses::link,
    environments::content,
    expand::Expander,
    page::Marks,
    table::{self, Row, Slot},
    tokens::{Items, Node, Order},
};
use crate::interchange::outline::Role;

/// Space between two entries, in heights of a line.
const BETWEEN_ENTRIES: f32 = 1.0;

impl Expander<'_> {
    /// What the table says of the arguments of `\name`.
    pub(super) fn known(&mut self, name: &str) -> bool {
        let groups = self.groups_ahead();
        let defined = self.commands.get(name).filter(|own| !own.of_class).map(|own| own.braces());
        let Some(row) = table::row(name, false, &self.families, groups, defined) else {
            return false;
        };
        // Below a heading it is somebody else, or the place of an entry.
        let is_below = row.is_personal() && self.page.has_heading();
        if self.shown() && (row.is_personal() && defined.is_some() || is_below) {
            return false;
        }
        self.line_of(row);
        true
    }

    /// The lines of a row of the table, whose arguments come next.
    pub(super) fn line_of(&mut self, row: &'static Row) {
        self.star();
        // Its place is not before the text that goes on behind it.
        let goes_on = row.is_personal() && !self.page.is_at_start();
        let is_piece = self.shown() && (row.is_piece() || goes_on);
        let mut nodes = vec![];
        let order = |order: Order| Node::Order(order);
        let is_entry = row.is_entry() || row.arguments() == 0;
        // Right below the heading of an entry it is the second piece of it.
        if row.is_piece() && self.shown() && !self.page.is_below_heading() {
            self.page.start_entry();
        }
        if !is_piece {
            nodes.push(order(Order::EndLine(if is_entry { BETWEEN_ENTRIES } else { 0.0 })));
        }
        let mut marks = Marks { entry: is_entry, ..Marks::default() };
        let in_list = self.page.depth > 0;
        if in_list && !is_entry && !is_piece {
            marks.bullet = Some("•".into());
        }
        if !is_piece {
            nodes.push(order(Order::Mark(marks)));
        }
        let (mut service, mut service_name) = (None, None);
        let mut label_is_empty = false;
        for (is_optional, slot) in &row.slots {
            let argument = match (is_optional, slot) {
                (_, Slot::Break) => None,
                (true, _) => self.option(),
                (false, _) => {
                    // Options that say nothing stand between the arguments of some.
                    self.option();
                    Some(self.argument())
                }
            };
            match (slot, argument) {
                (Slot::Break, _) => nodes.push(order(Order::EndLine(0.0))),
                (_, None) | (Slot::Skip, _) => {}
                (Slot::Is(role @ (Role::Email | Role::Link)), Some(argument)) => {
                    let address = self.address_of(&argument);
                    let prefix = service.take().filter(|_| !address.contains('/'));
                    let other = service_name.take();
                    let (text, address) = match (role, prefix) {
                        (Role::Link, None) if other.is_some() => {
                            let other = other.unwrap_or_default();
                            (self.text(&format!("{other}: {}", self.plain(&argument))), address)
                        }
                        (Role::Email, _) => (argument, format!("mailto:{address}")),
                        (_, Some(prefix)) => {
                            let whole = format!("{prefix}{address}");
                            (self.text(&whole), whole)
                        }
                        (_, None) => (argument, address),
                    };
                    nodes.push(order(Order::Part(Some(*role))));
                    let is_empty = matches!(address.as_str(), "" | "mailto:");
                    let link = if is_empty { "".into() } else { link(&address) };
                    nodes.push(order(Order::Linked(text, link)));
                }
                (Slot::Is(role), Some(argument)) => {
                    // Without its label a text is anything.
                    let is_alone = *role == Role::Text && label_is_empty;
                    label_is_empty = *role == Role::Label && argument.is_empty();
                    nodes.push(order(Order::Part(Some(*role).filter(|_| !is_alone))));
                    nodes.push(content(argument));
                }
                (Slot::Any, Some(argument)) => {
                    nodes.push(order(Order::Part(None)));
                    nodes.push(content(argument));
                }
                (Slot::Heading(level), Some(argument)) => {
                    let marks = Marks { level: Some(*level), ..Marks::default() };
                    nodes.push(order(Order::EndLine(1.0)));
                    nodes.push(order(Order::Mark(marks)));
                    nodes.push(content(argument));
                    nodes.push(order(Order::EndLine(0.0)));
                }
                (Slot::Bullet, Some(argument)) => {
                    let marks = Marks { bullet: Some("•".into()), ..Marks::default() };
                    nodes.push(order(Order::EndLine(0.0)));
                    nodes.push(order(Order::Mark(marks)));
                    nodes.push(content(argument));
                    nodes.push(order(Order::EndLine(0.0)));
                }
                (Slot::Body, Some(argument)) => {
                    let deeper = i8::from(is_entry);
                    nodes.push(order(Order::EndLine(0.0)));
                    nodes.push(order(Order::Indent(deeper)));
                    nodes.push(content(argument));
                    nodes.push(order(Order::EndLine(0.0)));
                    nodes.push(order(Order::Indent(-deeper)));
                }
                (Slot::Account(prefix), Some(argument)) => {
                    let address = self.address_of(&argument);
                    let is_whole = address.contains('/');
                    let whole = if is_whole { address } else { format!("{prefix}{address}") };
                    nodes.push(order(Order::Part(Some(Role::Link))));
                    nodes.push(order(Order::Linked(self.text(&whole), link(&whole))));
                }
                (Slot::AccountAt, Some(argument)) => {
                    let name = self.plain(&argument).trim().to_owned();
                    service = table::service(&name);
                    service_name = service.is_none().then_some(name);
                }
            }
        }
        // The first name waits for the last one.
        let waits = row.slots.last().is_some_and(|(_, slot)| *slot == Slot::Is(Role::FirstName));
        if is_piece || waits || row.arguments() == 0 {
            nodes.push(order(Order::Part(None)));
        } else {
            nodes.push(order(Order::EndLine(0.0)));
            nodes.push(order(Order::Mark(Marks::default())));
        }
        // … as the last one does for the first.
        if row.slots.first().is_some_and(|(_, slot)| *slot == Slot::Is(Role::LastName)) {
            nodes.remove(0);
        }
        self.push_nodes(nodes);
    }

    /// `\printinfo{icon}{text}[address]`
    pub(super) fn printed(&mut self) -> bool {
        self.argument();
        let text = self.argument();
        let address = self.option().map(|address| self.address_of(&address));
        let address = link(&address.unwrap_or_default());
        self.push_nodes([
            Node::Order(Order::Part(None)),
            Node::Order(Order::Linked(text, address)),
            Node::Order(Order::Part(None)),
        ]);
        true
    }

    /// One of several words in a row.
    pub(super) fn tag(&mut self, name: &str) -> bool {
        let is_tag = matches!(name, "cvtag" | "cvskilltag" | "skilltag" | "cvtags");
        if is_tag {
            self.option();
            let text = content(self.argument());
            let comma = Node::Order(Order::Comma);
            self.push_nodes([comma.clone(), text, comma]);
        }
        is_tag
    }

    /// A command that nothing is known of: its arguments are text.
    pub(super) fn other(&mut self, name: &str) -> bool {
        let groups = self.groups_ahead();
        let mut words = vec![];
        self.star();
        while let Some(option) = self.option() {
            words.push(option);
        }
        words.retain(|option| groups > 1 && self.says_something(option));
        for _ in 0..groups {
            match self.group() {
                Some(argument) => words.push(argument),
                None => while self.option().is_some() {},
            }
        }
        match groups {
            0 => {
                self.unknown.entry(name.into()).or_insert(self.line);
            }
            1 => {
                let text = words.pop().filter(|argument| !self.is_setting(argument));
                self.push_nodes(text.map(content));
            }
            // In the middle of a sentence.
            2 if !self.page.is_at_start() => {
                words.retain(|argument| !self.is_setting(argument));
                let nodes = words.into_iter().flat_map(|words| [content(words), Node::Space]);
                let mut nodes: Vec<Node> = nodes.collect();
                nodes.pop();
                self.push_nodes(nodes);
            }
            _ => self.as_parts(words),
        }
        true
    }

    /// Whether arguments of a command that is not known are those of an entry: three of them say
    /// something.
    pub(super) fn is_entry(&self, arguments: &[Items]) -> bool {
        // Not a star, nor an option that is not there.
        let is_answer = |argument: &Items| {
            matches!(argument.first().map(|item| &item.node), Some(Node::Command(name))
                if matches!(&**name, "BooleanTrue" | "BooleanFalse" | "NoValue"))
        };
        let says = |argument: &&Items| {
            !argument.is_empty() && !is_answer(argument) && !self.is_setting(argument)
        };
        arguments.iter().filter(says).count() > 2
    }

    /// One line whose parts are these arguments.
    pub(super) fn as_parts(&mut self, arguments: Vec<Items>) {
        let text: String = arguments.iter().map(|argument| self.plain(argument) + " ").collect();
        let is_year = |word: &str| word.len() > 3 && word.chars().all(|c| c.is_ascii_digit());
        if !text.chars().any(char::is_alphabetic) && !text.split_whitespace().any(is_year) {
            return;
        }
        let marks = Marks { entry: self.is_entry(&arguments), ..Marks::default() };
        let mut nodes = vec![Node::Order(Order::EndLine(0.0))];
        if marks.entry {
            nodes.push(Node::Order(Order::Mark(marks)));
        }
        for argument in arguments {
            if !self.is_setting(&argument) {
                nodes.extend([Node::Order(Order::Part(None)), content(argument)]);
            }
        }
        nodes.push(Node::Order(Order::EndLine(0.0)));
        self.push_nodes(nodes);
    }
}

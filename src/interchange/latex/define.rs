//! Definitions and conditions of a LaTeX file, and the files that it takes in.

use super::{
    expand::{Argument, Definition, EnvironmentDefinition, Expander},
    tokens::{self, Item, Items, Node, is_condition},
};
use crate::interchange::decode::decode;
use std::rc::Rc;

/// Longer bodies of definitions are programs.
const LONGEST_BODY: usize = 1_500;
/// So many files are taken in.
const MOST_FILES: usize = 60;
/// Commands by which a body shows itself as a program or a drawing.
const OF_PROGRAMS: [&str; 15] = [
    "expandafter",
    "csname",
    "tikz",
    "node",
    "foreach",
    "pgfmathsetmacro",
    "@ifnextchar",
    "@for",
    "loop",
    "draw",
    "setbox",
    "dimexpr",
    "numexpr",
    "ifdim",
    "ifnum",
];

impl Expander<'_> {
    /// Obeys `\name` if it defines something or decides on what comes; false where it does not.
    pub(super) fn define(&mut self, name: &str) -> bool {
        match name {
            "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => {
                self.new_command(name);
            }
            "NewDocumentCommand"
            | "RenewDocumentCommand"
            | "DeclareDocumentCommand"
            | "ProvideDocumentCommand"
            | "NewExpandableDocumentCommand" => {
                self.new_command(name);
            }
            "newenvironment" | "renewenvironment" => self.new_environment(false),
            "NewDocumentEnvironment"
            | "RenewDocumentEnvironment"
            | "DeclareDocumentEnvironment" => self.new_environment(true),
            "newlist" => {
                let list = self.name_argument();
                let kind = self.name_argument();
                self.argument();
                let begin = format!("\\begin{{{kind}}}");
                let end = format!("\\end{{{kind}}}");
                let items = |text: &str| -> Items { tokens::read(text, Some(1)).items.into() };
                let begin = self.definition(vec![], items(&begin));
                let definition = EnvironmentDefinition { begin, end: items(&end) };
                self.environment_commands.insert(list.into(), definition);
            }
            "definecolor" | "colorlet" | "providecolor" => {
                self.option();
                let colour = self.name_argument();
                self.colours.insert(colour);
                for _ in 0..if name == "colorlet" { 1 } else { 2 } {
                    self.option();
                    self.argument();
                }
            }
            "def" | "gdef" | "edef" | "xdef" => self.def(),
            "let" => self.alias(),
            "newif" => {
                if let Some(name) = self.command_name() {
                    let name = name.strip_prefix("if").unwrap_or(&name);
                    self.switches.insert(name.into(), false);
                }
            }
            "fi" => {}
            // The branch that was taken ends here.
            "else" | "or" => self.skip_branch(false),
            "long" | "protected" | "global" | "makeatletter" | "makeatother" => {}
            name => return self.switch(name) || self.condition(name) || self.choice(name),
        }
        true
    }

    /// `\longtrue`, `\longfalse`.
    fn switch(&mut self, name: &str) -> bool {
        let (switch, on) = match (name.strip_suffix("true"), name.strip_suffix("false")) {
            (Some(switch), _) => (switch, true),
            (_, Some(switch)) => (switch, false),
            _ => return false,
        };
        self.switches.get_mut(switch).map(|switch| *switch = on).is_some()
    }

    /// `\iflong … \else … \fi`.
    fn condition(&mut self, name: &str) -> bool {
        let own = name.strip_prefix("if").and_then(|name| self.switches.get(name)).copied();
        if !is_condition(name) || own.is_none() && self.commands.contains_key(name) {
            return false;
        }
        let holds = match (own, name) {
            (Some(own), _) => own,
            (None, "iftrue") => true,
            (None, "iffalse") => false,
            (None, "ifx" | "if") => {
                let (one, other) = (self.take(), self.take());
                match (&one, &other) {
                    (Some(one), Some(other)) => self.is_same(one, other),
                    _ => false,
                }
            }
            (None, "ifdefined") => {
                let name = self.command_name();
                name.is_some_and(|name| self.commands.contains_key(&name))
            }
            // Nothing is known of it: most ask for the engine or the kind of paper.
            _ => false,
        };
        if !holds {
            self.skip_branch(true);
        }
        true
    }

    fn is_same(&self, one: &Node, other: &Node) -> bool {
        let is_empty = |node: &Node| match node {
            Node::Command(name) => {
                matches!(&**name, "empty" | "@empty" | "relax")
                    || self.commands.get(name).is_some_and(|definition| definition.body.is_empty())
            }
            Node::Group(items, _) => items.is_empty(),
            _ => false,
        };
        match (one, other) {
            (Node::Command(one), Node::Command(other)) if one == other => true,
            (Node::Text(one), Node::Text(other)) => one == other,
            (Node::Align, Node::Align) | (Node::Maths, Node::Maths) => true,
            (one, other) => is_empty(one) && is_empty(other),
        }
    }

    /// Passes over a branch: to `\else` or `\fi`, or only to `\fi`.
    fn skip_branch(&mut self, to_else: bool) {
        let mut depth = 0usize;
        self.skip_until(|node| {
            let Node::Command(name) = node else { return false };
            match &**name {
                "fi" if depth == 0 => true,
                "fi" => {
                    depth -= 1;
                    false
                }
                "else" => to_else && depth == 0,
                name => {
                    depth += usize::from(is_condition(name));
                    false
                }
            }
        });
    }

    /// Conditions that take their branches as arguments.
    fn choice(&mut self, name: &str) -> bool {
        let holds = match name {
            "ifthenelse" => {
                let test = self.argument();
                self.holds(&test)
            }
            "ifstrempty" | "ifblank" | "ifempty" => self.argument().is_empty(),
            "notblank" => !self.argument().is_empty(),
            "ifstrequal" => {
                let (one, other) = (self.argument(), self.argument());
                tokens::source_of(&one) == tokens::source_of(&other)
            }
            "ifdefempty" | "ifdef" | "ifundef" => {
                let command = self.command_name();
                let found = command.and_then(|name| self.commands.get(&name));
                match name {
                    "ifdefempty" => found.is_some_and(|definition| definition.body.is_empty()),
                    "ifdef" => found.is_some(),
                    _ => found.is_none(),
                }
            }
            "IfNoValueTF" => is_no_value(&self.argument()),
            "IfValueTF" => !is_no_value(&self.argument()),
            "IfBooleanTF" => is_true(&self.argument()),
            "IfNoValueT" | "IfValueT" | "IfNoValueF" | "IfValueF" | "IfBooleanT" | "IfBooleanF" => {
                let tested = self.argument();
                let holds = match name.contains("Boolean") {
                    true => is_true(&tested),
                    false => is_no_value(&tested) == name.starts_with("IfNo"),
                };
                let branch = self.argument();
                if holds == name.ends_with('T') {
                    self.push(branch);
                }
                return true;
            }
            _ => return false,
        };
        let (yes, no) = (self.argument(), self.argument());
        self.push(if holds { yes } else { no });
        true
    }

    /// The test of `\ifthenelse`.
    fn holds(&self, test: &[Item]) -> bool {
        let mut negated = false;
        let mut items = test.iter().map(|item| &item.node).filter(|n| !matches!(n, Node::Space));
        while let Some(node) = items.next() {
            let Node::Command(name) = node else { return false };
            let mut argument = || match items.next() {
                Some(Node::Group(items, _)) => items.clone(),
                _ => [].into(),
            };
            let holds = match &**name {
                "not" | "NOT" => {
                    negated = !negated;
                    continue;
                }
                "equal" => {
                    let (one, other) = (argument(), argument());
                    self.text_of(&one) == self.text_of(&other)
                }
                "isundefined" => match argument().first().map(|item| &item.node) {
                    Some(Node::Command(name)) => !self.commands.contains_key(name),
                    _ => false,
                },
                "boolean" => {
                    let name = tokens::source_of(&argument());
                    self.switches.get(name.trim()).copied().unwrap_or_default()
                }
                _ => return false,
            };
            return holds != negated;
        }
        false
    }

    /// The source of `items`, or of what they stand for if they are one command of the document's.
    fn text_of(&self, items: &[Item]) -> String {
        if let [Item { node: Node::Command(name), .. }] = items
            && let Some(definition) = self.commands.get(name)
        {
            return tokens::source_of(&definition.body);
        }
        tokens::source_of(items)
    }

    /// The command that comes next, with or without braces.
    fn command_name(&mut self) -> Option<Rc<str>> {
        self.star();
        self.argument().iter().find_map(|item| match &item.node {
            Node::Command(name) => Some(name.clone()),
            _ => None,
        })
    }

    pub(super) fn definition(&self, arguments: Vec<Argument>, body: Items) -> Definition {
        let is_program = is_program(&body)
            || self.in_class && is_inner(&body)
            || tokens::source_of(&body).len() > LONGEST_BODY;
        Definition { arguments, body, is_program, of_class: self.in_class }
    }

    /// `\newcommand`, `\NewDocumentCommand` and their kin, as `by` says.
    fn new_command(&mut self, by: &str) {
        let only_if_new = by.to_lowercase().starts_with("provide");
        let name = self.command_name();
        let arguments = self.parameters(by.contains("Document"));
        let body = self.argument();
        let Some(name) = name.filter(|name| !only_if_new || !self.commands.contains_key(name))
        else {
            return;
        };
        let definition = self.definition(arguments, body);
        self.commands.insert(name, definition);
    }

    fn new_environment(&mut self, by_letters: bool) {
        self.star();
        let name = self.name_argument();
        let arguments = self.parameters(by_letters);
        let begin = self.argument();
        let end = self.argument();
        let begin = self.definition(arguments, begin);
        self.environment_commands.insert(name.into(), EnvironmentDefinition { begin, end });
    }

    /// The arguments that a definition says it has: `[2][default]`, or `{m O{default} s}`.
    fn parameters(&mut self, by_letters: bool) -> Vec<Argument> {
        if by_letters {
            return parameters(&self.argument(), self.line);
        }
        let count = self.option().map(|count| tokens::source_of(&count));
        let count = count.and_then(|count| count.trim().parse::<usize>().ok()).unwrap_or(0).min(9);
        let default = self.option();
        let mut arguments = vec![Argument::Braces; count];
        if let (Some(default), Some(first)) = (default, arguments.first_mut()) {
            *first = Argument::Brackets(default);
        }
        arguments
    }

    /// `\def\name#1#2{…}`; one whose arguments end otherwise is passed over.
    fn def(&mut self) {
        self.skip_space();
        let Some(Node::Command(name)) = self.take() else { return };
        let mut arguments = vec![];
        let mut is_plain = true;
        loop {
            match self.take() {
                Some(Node::Parameter(_)) => arguments.push(Argument::Braces),
                Some(Node::Space) => {}
                Some(Node::Group(body, _)) => {
                    if is_plain {
                        let definition = self.definition(arguments, body);
                        self.commands.insert(name, definition);
                    }
                    return;
                }
                Some(Node::Paragraph) | None => return,
                Some(_) => is_plain = false,
            }
        }
    }

    /// `\let\one=\other`.
    fn alias(&mut self) {
        self.skip_space();
        let Some(Node::Command(name)) = self.take() else { return };
        self.skip_space();
        if matches!(self.peek(), Some(Node::Text(text)) if &**text == "=") {
            self.take();
            self.skip_space();
        }
        let Some(node) = self.take() else { return };
        let definition = match &node {
            Node::Command(other) => self.commands.get(other).cloned(),
            _ => None,
        };
        let itself = matches!(&node, Node::Command(other) if *other == name);
        let body: Items = [Item { node, line: self.line }].into();
        let definition = definition.unwrap_or_else(|| self.definition(vec![], body));
        if !itself {
            self.commands.insert(name, definition);
        }
    }

    /// Takes in the file `name`, where it lies beside the source or inside of it.
    pub(super) fn input(&mut self, name: &str) {
        let mut names = vec![name.to_owned()];
        if !name.ends_with(".tex") {
            names.insert(0, format!("{name}.tex"));
        }
        match self.file(&names) {
            Some(text) => {
                let mut items = self.read(&text);
                // Of a whole document only its text.
                if let Some(at) = items.windows(2).position(tokens::begins_document) {
                    let text = items.split_off(at.saturating_add(2));
                    items = text;
                    let ends =
                        |item: &Item| matches!(&item.node, Node::Command(name) if &**name == "end");
                    if let Some(at) = items.iter().rposition(ends) {
                        items.truncate(at);
                    }
                }
                self.push(items.into());
            }
            // It belongs to the engine.
            None if name.starts_with("glyphtounicode") => {}
            None => self.notes_once(format!(
                "the file `{name}` is named here, but does not lie beside this one: \
                 what stands in it is missing"
            )),
        }
    }

    /// Takes the definitions out of a class or a package that lies beside the source.
    pub(super) fn class(&mut self, name: &str, ending: &str) {
        self.families.push(name.to_lowercase());
        let Some(text) = self.file(&[format!("{name}.{ending}")]) else { return };
        let items = self.read(&text);
        let mut inner = Expander::new(self.beside);
        (inner.opened, inner.steps) = (self.opened, self.steps);
        inner.commands = std::mem::take(&mut self.commands);
        inner.environment_commands = std::mem::take(&mut self.environment_commands);
        inner.switches = std::mem::take(&mut self.switches);
        inner.in_class = true;
        inner.colours = std::mem::take(&mut self.colours);
        inner.only_define(items.into());
        (self.opened, self.steps) = (inner.opened, inner.steps);
        self.commands = inner.commands;
        self.environment_commands = inner.environment_commands;
        self.switches = inner.switches;
        self.colours = inner.colours;
        self.families.append(&mut inner.families);
    }

    /// The classes or packages that the next argument names.
    pub(super) fn packages(&mut self, ending: &str) {
        if let Some(options) = self.option() {
            let options = tokens::source_of(&options).to_lowercase();
            self.is_german |= options.contains("german") || options.contains("austrian");
        }
        let names = self.name_argument();
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            self.class(name, ending);
        }
    }

    /// The items of a file that is taken in here.
    fn read(&mut self, text: &str) -> Vec<Item> {
        let source = tokens::read(text, Some(self.line));
        self.inside.extend(source.files);
        source.items
    }

    /// The text of the first of these files that there is.
    fn file(&mut self, names: &[String]) -> Option<String> {
        if let Some(text) = names.iter().find_map(|name| self.inside.get(name)) {
            // A file that takes itself in.
            self.opened += 1;
            return (self.opened <= MOST_FILES).then(|| text.clone());
        }
        for name in names {
            if self.opened >= MOST_FILES {
                return None;
            }
            if let Some(bytes) = self.beside.file(name) {
                self.opened += 1;
                return Some(decode(&bytes).0);
            }
        }
        None
    }
}

fn is_no_value(items: &[Item]) -> bool {
    matches!(items, [Item { node: Node::Command(name), .. }] if &**name == "NoValue")
}

fn is_true(items: &[Item]) -> bool {
    matches!(items, [Item { node: Node::Command(name), .. }] if &**name == "BooleanTrue")
}

/// Whether commands of the insides of a class stand in it.
fn is_inner(items: &[Item]) -> bool {
    items.iter().any(|item| match &item.node {
        Node::Command(name) => name.contains('@'),
        Node::Group(inner, _) => is_inner(inner),
        _ => false,
    })
}

fn is_program(items: &[Item]) -> bool {
    items.iter().any(|item| match &item.node {
        Node::Command(name) => OF_PROGRAMS.contains(&&**name),
        Node::Group(inner, _) => is_program(inner),
        Node::Text(text) => text.starts_with("tikz"),
        _ => false,
    })
}

/// The arguments of `{m O{default} s o}`.
fn parameters(letters: &[Item], line: u32) -> Vec<Argument> {
    let mut arguments = vec![];
    let no_value = || -> Items { [Item { node: Node::Command("NoValue".into()), line }].into() };
    for item in letters {
        match &item.node {
            Node::Text(text) => {
                for letter in text.chars() {
                    match letter {
                        'm' | 'r' | 'R' | 'v' | 'b' => arguments.push(Argument::Braces),
                        'o' | 'd' | 'O' | 'D' => arguments.push(Argument::Brackets(no_value())),
                        's' | 't' => arguments.push(Argument::Star),
                        _ => {}
                    }
                }
            }
            Node::Group(default, _) => {
                if let Some(Argument::Brackets(before)) = arguments.last_mut() {
                    *before = default.clone();
                }
            }
            _ => {}
        }
    }
    arguments
}

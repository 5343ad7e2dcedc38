//! Environments of LaTeX: lists, tables, boxes, and those of the document's own.

use super::{
    expand::Expander,
    page::{Change, Look, Marks},
    table,
    tokens::{self, Item, Items, Node, Order},
};
use crate::interchange::outline::Line;
use std::rc::Rc;

/// An environment that is open.
#[derive(Debug)]
pub(super) struct Environment {
    name: Rc<str>,
    /// How letters looked before it.
    look: Look,
    /// How deep lists lay before it.
    depth: i32,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// Lines of its own.
    Block,
    /// A box in a line, before which there were so many lines.
    Box(usize),
    /// A list.
    List(Sign),
    /// Rows of cells, before which there were so many lines.
    Table(usize),
    /// Rows with tab stops.
    Tabbing,
    /// One of the document's own, with what it does at its end.
    Own(Items),
}

/// What stands before the items of a list.
#[derive(Clone, Copy, Debug)]
enum Sign {
    Bullet,
    /// The next number.
    Number(i64),
    /// Numbers that fall to 1; there were so many lines before the list.
    Falling(usize),
    /// The next number of a bibliography.
    Reference(i64),
    /// Words.
    Label,
    Nothing,
}

/// The number of an item of a list that counts down, until the list ends.
const FALLING: &str = "?.";

/// Environments in which `\item` begins an item.
fn list(name: &str) -> Option<Sign> {
    Some(match name {
        "itemize"
        | "compactitem"
        | "tightitemize"
        | "inparaitem"
        | "cvitems"
        | "highlights"
        | "innerlist"
        | "outerlist"
        | "bulletlist"
        | "bullets"
        | "list1"
        | "list2"
        | "resumelist"
        | "itemize1"
        | "joblist"
        | "bibsection"
        | "cvpubs"
        | "highlightsforbulletentries"
        | "asparaitem"
        | "ecvitemize"
        | "trivlist" => Sign::Bullet,
        "enumerate" | "compactenum" | "inparaenum" | "asparaenum" => Sign::Number(1),
        "etaremune" | "revnumerate" => Sign::Falling(0),
        "description" | "compactdesc" | "labeling" => Sign::Label,
        "list" => Sign::Nothing,
        "thebibliography" => Sign::Reference(1),
        _ => return None,
    })
}

/// How many arguments a table has before its rows.
fn rows(name: &str) -> Option<usize> {
    Some(match name {
        "tabular" | "array" | "longtable" | "longtabu" | "supertabular" | "tabu" | "tblr"
        | "longtblr" | "NiceTabular" | "xtabular" | "mpsupertabular" => 1,
        "tabularx" | "tabular*" | "tabulary" | "xltabular" | "tabularx*" | "NiceTabularX"
        | "ltabulary" | "tabu*" => 2,
        _ => return None,
    })
}

/// How many arguments an environment has that say nothing.
fn settings(name: &str) -> Option<usize> {
    Some(match name {
        "adjustwidth" | "adjustwidth*" | "wrapfigure" | "textblock" | "textblock*" => 2,
        "multicols" | "multicols*" | "paracol" | "spacing" | "addmargin" | "addmargin*"
        | "otherlanguage" | "otherlanguage*" | "adjustbox" | "fullwidth" | "hyphenrules"
        | "turn" | "rotate" => 1,
        "center" | "flushleft" | "flushright" | "raggedright" | "quote" | "quotation"
        | "tcolorbox" | "mdframed" | "framed" | "samepage" | "titlepage" | "table" | "resume"
        | "small" | "footnotesize" | "sloppypar" | "cventries" | "cvhonors" | "cvskills"
        | "cvparagraph" | "entrylist" | "refsection" | "singlespace" | "onehalfspace"
        | "abstract" | "column" | "columns" | "cvsection" | "europasscv" | "europecv"
        | "position" => 0,
        _ => return None,
    })
}

/// Environments without words that belong to a CV.
const DRAWINGS: [&str; 7] =
    ["tikzpicture", "picture", "figure", "figure*", "wrapfigure", "pspicture", "scope"];
/// Environments of formulas.
const FORMULAS: [&str; 8] =
    ["equation", "equation*", "align", "align*", "displaymath", "math", "gather", "gather*"];

impl Expander<'_> {
    /// `\begin{…}`
    pub(super) fn begin_environment(&mut self) {
        let name: Rc<str> = self.name_argument().into();
        if &*name == "document" {
            self.begin();
            return;
        }
        if !self.shown() {
            return;
        }
        if DRAWINGS.contains(&&*name) {
            self.drawing(&name);
        } else if FORMULAS.contains(&&*name) {
            let formula = self.environment_body();
            self.formula(&formula);
        } else if self.begin_known(&name) || self.begin_own(&name) {
        } else if let Some(sign) = list(&name) {
            self.begin_list(&name, sign);
        } else if let Some(arguments) = rows(&name) {
            self.page.end_part(None);
            while self.option().is_some() {}
            for _ in 0..arguments {
                self.argument();
                self.option();
            }
            let lines = self.page.lines.len();
            self.open(name, Kind::Table(lines));
        } else if &*name == "tabbing" {
            self.page.end_line(0.0);
            self.open(name, Kind::Tabbing);
        } else if &*name == "aside" {
            self.page.end_line(0.0);
            self.open(name, Kind::Block);
            self.page.obeys_lines = true;
        } else if matches!(&*name, "minipage" | "varwidth" | "cvcolumn") {
            self.page.end_part(None);
            while self.option().is_some() {}
            self.argument();
            let lines = self.page.lines.len();
            self.open(name, Kind::Box(lines));
        } else {
            self.page.end_line(0.0);
            while self.option().is_some() {}
            match settings(&name) {
                Some(arguments) => (0..arguments).for_each(|_| drop(self.argument())),
                None => {
                    // What stands in braces behind an unknown one may be a heading or a length.
                    let mut nodes = vec![];
                    while matches!(self.peek(), Some(Node::Group(..))) {
                        let argument = self.argument();
                        if !self.is_setting(&argument) {
                            nodes.extend([Node::Order(Order::Part(None)), content(argument)]);
                        }
                    }
                    nodes.push(Node::Order(Order::EndLine(0.0)));
                    self.push_nodes(nodes);
                }
            }
            while self.option().is_some() {}
            self.open(name, Kind::Block);
        }
    }

    fn open(&mut self, name: Rc<str>, kind: Kind) {
        /// As many as groups.
        const MOST: usize = 600;
        if self.environments.len() < MOST {
            let (look, depth) = (self.look.clone(), self.page.depth);
            self.environments.push(Environment { name, look, depth, kind });
        }
    }

    /// An environment of the table.
    fn begin_known(&mut self, name: &Rc<str>) -> bool {
        let arguments = self.groups_ahead();
        let defined = self.environment_commands.get(name).map(|own| own.begin.braces());
        let row = match table::row(name, true, &self.families, arguments, defined) {
            Some(row) => row,
            // Those that the file defines with one argument, a heading, are known as well.
            None if defined == Some(1) => {
                match table::row(name, true, &self.families, arguments, None) {
                    Some(row) => row,
                    None => return false,
                }
            }
            None => return false,
        };
        self.page.end_line(0.0);
        self.open(name.clone(), Kind::Block);
        self.line_of(row);
        true
    }

    /// An environment of the document's own.
    fn begin_own(&mut self, name: &Rc<str>) -> bool {
        if list(name).is_some() && settings(name).is_some() || rows(name).is_some() {
            return false;
        }
        let Some(own) = self.environment_commands.get(name).cloned() else { return false };
        let depth = self.environments.iter().filter(|open| open.name == *name).count();
        let arguments = self.arguments(&own.begin.arguments);
        let parts =
            (self.substitute(&own.begin.body, &arguments), self.substitute(&own.end, &arguments));
        let (Some(begin), Some(end)) = parts else { return true };
        // One that begins itself, or draws, is only a block with its arguments.
        if depth >= 3 || own.begin.is_program {
            self.page.end_line(0.0);
            self.open(name.clone(), Kind::Block);
            self.as_parts(arguments);
            return true;
        }
        self.open(name.clone(), Kind::Own(end));
        if self.is_entry(&arguments) {
            self.page.start_entry();
        }
        self.push(begin);
        true
    }

    fn begin_list(&mut self, name: &Rc<str>, sign: Sign) {
        self.page.end_line(0.0);
        let options = self.option().map(|options| tokens::source_of(&options));
        let mut sign = sign;
        match &**name {
            "list" => {
                let label = self.argument();
                self.argument();
                if self.plain(&label).chars().any(|c| !c.is_whitespace()) {
                    sign = Sign::Bullet;
                }
            }
            "thebibliography" | "labeling" => drop(self.argument()),
            _ => {}
        }
        let options = options.unwrap_or_default().replace(' ', "");
        let unlabelled = options.split_once("label=").is_some_and(|(_, label)| {
            label.is_empty() || label.starts_with("{}") || label.starts_with(',')
        });
        if unlabelled {
            sign = Sign::Nothing;
        }
        if let Sign::Falling(_) = sign {
            sign = Sign::Falling(self.page.lines.len());
        }
        self.open(name.clone(), Kind::List(sign));
        self.page.depth += 1;
    }

    /// `\item`, `\item[…]`
    pub(super) fn item(&mut self) {
        self.page.end_line(0.0);
        self.star();
        let label = self.option();
        // An environment that nobody knows is a list as soon as it has items.
        if let Some(open) = self.environments.last_mut()
            && matches!(open.kind, Kind::Block)
        {
            open.kind = Kind::List(Sign::Bullet);
            self.page.depth += 1;
        }
        let is_list = |open: &&mut Environment| matches!(open.kind, Kind::List(_));
        let mut marks = Marks::default();
        let mut sign = Sign::Bullet;
        if let Some(Environment { kind: Kind::List(of_list), .. }) =
            self.environments.iter_mut().rev().find(is_list)
        {
            sign = *of_list;
            if let (Sign::Number(number), None) = (sign, &label) {
                *of_list = Sign::Number(number + 1);
            }
        }
        let mut words = None;
        match label {
            Some(label) => {
                let text = self.plain(&label);
                let text = text.trim();
                if !text.chars().any(char::is_alphanumeric) {
                    let bullet = if text.is_empty() || text.len() > 8 { "•" } else { text };
                    marks.bullet = (!label.is_empty()).then(|| bullet.into());
                } else if is_number(text) {
                    marks.number = Some(text.into());
                } else {
                    words = Some(label);
                }
            }
            None => match sign {
                Sign::Bullet => marks.bullet = Some("•".into()),
                Sign::Falling(_) => marks.number = Some(FALLING.into()),
                Sign::Number(number) => marks.number = Some(format!("{number}.").into()),
                Sign::Reference(_) | Sign::Label | Sign::Nothing => {}
            },
        }
        self.page.mark(marks);
        if let Some(label) = words {
            let change = if matches!(sign, Sign::Label) { Change::Bold } else { Change::None };
            let label = Node::Order(Order::Styled(label, change));
            self.push_nodes([label, Node::Order(Order::Part(None))]);
        }
    }

    /// Numbers the items of a list that counts down, which began behind so many lines.
    fn number_falling(&mut self, lines: usize) {
        let is_item = |line: &&mut Line| line.number.as_deref() == Some(FALLING);
        let items = self.page.lines.iter_mut().skip(lines).filter(is_item);
        for (i, line) in items.rev().enumerate() {
            line.number = Some(format!("{}.", i + 1));
        }
    }

    /// `\bibitem[…]{…}`
    pub(super) fn reference(&mut self) {
        self.page.end_line(0.0);
        self.option();
        self.argument();
        let mut number = None;
        for open in self.environments.iter_mut().rev() {
            if let Kind::List(Sign::Reference(next)) = &mut open.kind {
                number = Some(format!("[{next}]").into());
                *next += 1;
                break;
            }
        }
        self.page.mark(Marks { number, ..Marks::default() });
    }

    /// Whether the innermost thing with rows is a table.
    pub(super) fn is_in_table(&self) -> bool {
        let innermost = self.environments.iter().rev().find_map(|open| match open.kind {
            Kind::Table(_) => Some(true),
            Kind::Box(_) | Kind::List(_) | Kind::Tabbing => Some(false),
            Kind::Block | Kind::Own(_) => None,
        });
        innermost.unwrap_or_default()
    }

    /// Whether tab stops are set here.
    pub(super) fn is_tabbing(&self) -> bool {
        self.environments.iter().rev().any(|open| matches!(open.kind, Kind::Tabbing))
    }

    /// `&`
    pub(super) fn align(&mut self) {
        if self.environments.iter().any(|open| matches!(open.kind, Kind::Table(_))) {
            self.page.end_cell();
        } else {
            self.page.write("&", &self.look, self.line);
        }
    }

    /// `\end{…}`
    pub(super) fn end_environment(&mut self) {
        let name: Rc<str> = self.name_argument().into();
        if &*name == "document" {
            self.end();
            return;
        }
        if !self.shown() {
            return;
        }
        let Some(open) = self.environments.iter().rev().find(|open| open.name == name) else {
            return;
        };
        if let Kind::Own(end) = &open.kind {
            let end = end.clone();
            self.push_nodes([Node::Order(Order::EndEnvironment(name))]);
            self.push(end);
        } else {
            self.leave_environment(&name);
        }
    }

    /// Closes an environment, and what is still open in it.
    pub(super) fn leave_environment(&mut self, name: &str) {
        let Some(at) = self.environments.iter().rposition(|open| &*open.name == name) else {
            return;
        };
        for open in self.environments.split_off(at).into_iter().rev() {
            if let Kind::List(Sign::Falling(lines)) = open.kind {
                self.page.end_line(0.0);
                self.number_falling(lines);
            }
            match open.kind {
                Kind::Box(lines) | Kind::Table(lines) if self.page.lines.len() == lines => {
                    self.page.end_part(None);
                }
                Kind::Own(_) => {}
                _ => {
                    self.page.end_line(0.0);
                    self.page.mark(Marks::default());
                }
            }
            self.page.obeys_lines &= &*open.name != "aside";
            self.page.depth = open.depth;
            self.look = open.look;
        }
    }

    /// The items of an environment to its end, which is taken.
    fn environment_body(&mut self) -> Items {
        let mut depth = 0usize;
        let mut is_end = false;
        let mut out = vec![];
        while let Some(node) = self.take() {
            match &node {
                Node::Command(command) if &**command == "begin" => depth += 1,
                Node::Command(command) if &**command == "end" => {
                    is_end = depth == 0;
                    depth = depth.saturating_sub(1);
                }
                Node::Group(..) if is_end => {
                    out.pop();
                    break;
                }
                _ => is_end = false,
            }
            out.push(Item { node, line: self.line });
        }
        out.into()
    }

    /// A drawing is passed over, but for the words of its nodes.
    fn drawing(&mut self, name: &str) {
        let line = self.line;
        let body = self.environment_body();
        let mut nodes = vec![];
        let mut words = false;
        let mut after_node = false;
        for item in body.iter() {
            match &item.node {
                Node::Command(name) => after_node = &**name == "node",
                Node::Text(text) => after_node |= &**text == "node",
                Node::Group(inner, _) if after_node => {
                    after_node = false;
                    if self.plain(inner).chars().any(char::is_alphabetic) {
                        words = true;
                        nodes.extend([
                            Node::Order(Order::EndLine(0.0)),
                            content(inner.clone()),
                            Node::Order(Order::EndLine(0.0)),
                        ]);
                    }
                }
                _ => {}
            }
        }
        if name != "figure" && name != "figure*" && name != "wrapfigure" {
            let end = if words { "only its words are here" } else { "it is not here" };
            self.notes_once(format!("line {line}: a drawing cannot be read; {end}"));
        }
        self.push_nodes(nodes);
    }
}

/// These items as a group that is seen.
pub(super) fn content(items: Items) -> Node {
    Node::Order(Order::Content(items))
}

/// `1.`, `[12]`, `a)`, `J3`
fn is_number(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '(', ')', '.', ' ']);
    let digits = inner.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = inner.len() - digits.len();
    !inner.is_empty()
        && digits.len() < 4
        && digits.chars().all(|c| c.is_ascii_digit())
        && (letters <= 1 || letters == 2 && !digits.is_empty())
        && (inner.len() < text.len() || !digits.is_empty())
}

//! What the commands of LaTeX do to the lines of a CV, and what counts before its text begins.

use super::{
    addresses::link,
    environments::content,
    expand::Expander,
    page::{Change, Marks},
    styles::{is_of_the_edge, silent},
    table,
    tokens::{self, Item, Items, Node, Order},
};
use crate::interchange::outline::Role;

impl Expander<'_> {
    /// Does what `\name` says.
    pub(super) fn command(&mut self, name: &str) {
        if self.define(name) {
        } else if !self.shown() {
            self.in_preamble(name);
        } else {
            let own = self.commands.get(name);
            let of_class = own.is_some_and(|own| own.of_class || own.is_program);
            let _done = self.structural(name)
                || self.known(name)
                || self.tag(name)
                || of_class && self.quiet(name)
                || self.expand(name)
                || self.style(name)
                || self.letter(name)
                || self.quiet(name)
                || self.other(name);
        }
    }

    /// Before the text begins only what is kept for it counts.
    fn in_preamble(&mut self, name: &str) {
        match name {
            "begin" => self.begin_environment(),
            "documentclass" | "LoadClass" => self.packages("cls"),
            "usepackage" | "RequirePackage" => self.packages("sty"),
            "input" | "include" | "subfile" => {
                let name = self.path();
                self.input(&name);
            }
            "date" => {
                let date = self.argument();
                self.at_the_edge(date);
            }
            "addbibresource" | "bibliography" => self.bibliography(),
            "title" if self.known(name) => {}
            "title" => {
                let title = Node::Order(Order::Styled(self.argument(), Change::Size(173)));
                self.push_nodes([
                    Node::Order(Order::EndLine(0.0)),
                    title,
                    Node::Order(Order::EndLine(0.0)),
                ]);
            }
            "makecvfooter" => {
                self.footer();
            }
            name if is_of_the_edge(name) => {
                self.option();
                let text = self.argument();
                self.at_the_edge(text);
            }
            // One that keeps its argument for the class's own head.
            name if self.keeps_words(name) => {
                while self.option().is_some() {}
                let mut words = vec![];
                while let Some(argument) = self.group() {
                    words.push(argument);
                }
                if words.iter().any(|argument| self.says_something(argument)) {
                    self.as_parts(words);
                }
            }
            name => {
                let _done = silent(name).is_some() || self.known(name) || self.expand(name);
            }
        }
    }

    /// Whether this is a command of a class, known or not, that takes words in the preamble.
    fn keeps_words(&mut self, name: &str) -> bool {
        let groups = self.groups_ahead();
        let stores = self.commands.get(name).map(|own| {
            own.of_class
                && own.body.iter().any(|item| match &item.node {
                    Node::Command(name) => {
                        matches!(&**name, "def" | "gdef" | "renewcommand" | "global")
                    }
                    _ => false,
                })
        });
        let usual = |class: &String| {
            matches!(class.as_str(), "article" | "report" | "book" | "scrartcl" | "extarticle")
        };
        let of_own_class = self.families.first().is_some_and(|class| !usual(class));
        let is_known = silent(name).is_some()
            || table::row(name, false, &self.families, groups, None).is_some();
        groups > 0 && groups < 4 && !is_known && stores.unwrap_or(of_own_class)
    }

    /// Whether words of an argument look as if a person would read them.
    pub(super) fn says_something(&self, items: &[Item]) -> bool {
        let text = self.plain(items);
        let text = text.trim();
        let words = text.split_whitespace().filter(|word| {
            word.chars().all(|c| c.is_alphabetic() || ".,'’-".contains(c)) && word.len() > 1
        });
        let digits = text.chars().filter(char::is_ascii_digit).count();
        !text.contains(['=', '\\'])
            && (text.contains('@') || text.contains("www.") || words.count() > 1 || digits > 5)
    }

    /// The left, the middle and the right of the foot of each page.
    pub(super) fn footer(&mut self) {
        let texts = [self.argument(), self.argument(), self.argument()];
        // What is pushed last is read first.
        texts.into_iter().rev().for_each(|text| self.at_the_edge(text));
    }

    /// These items stand at the edge of the pages.
    pub(super) fn at_the_edge(&mut self, items: Items) {
        self.push_nodes([
            Node::Order(Order::EndLine(0.0)),
            Node::Order(Order::Furniture(true)),
            content(items),
            Node::Order(Order::EndLine(0.0)),
            Node::Order(Order::Furniture(false)),
        ]);
    }

    /// What makes lines, parts and headings; false where `name` does none of it.
    fn structural(&mut self, name: &str) -> bool {
        match name {
            "begin" => self.begin_environment(),
            "documentclass" => self.packages("cls"),
            "usepackage" => self.packages("sty"),
            "end" => self.end_environment(),
            "item" => self.item(),
            "bibitem" => self.reference(),
            "\\" | "newline" | "tabularnewline" | "linebreak" | "cr" | "crcr" => {
                self.star();
                let space = self.length_after();
                self.break_line(space);
            }
            "par" | "endgraf" => self.paragraph(),
            "part" | "section" | "subsection" | "subsubsection" | "chapter" => {
                let level = match name {
                    "part" | "chapter" => 1,
                    "section" => 2,
                    "subsection" => 3,
                    _ => 4,
                };
                self.star();
                self.option();
                let heading = self.argument();
                self.heading(level, heading);
            }
            "paragraph" | "subparagraph" => {
                self.star();
                let label = Node::Order(Order::Styled(self.argument(), Change::Bold));
                self.push_nodes([Node::Order(Order::EndLine(0.5)), label, Node::Space]);
            }
            "hfill" | "hfil" | "dotfill" | "hrulefill" | "hss" | "switchcolumn" | "tab" => {
                if name == "switchcolumn" {
                    self.star();
                    self.option();
                    self.break_line(1.0);
                } else if name == "tab" && self.commands.contains_key(name) {
                    return false;
                } else {
                    self.page.end_part(self.page.role());
                }
            }
            ">" | "=" | "<" | "+" if self.is_tabbing() => self.page.end_part(None),
            "marginpar" | "marginnote" | "llap" | "rlap" | "sidenote" => {
                self.option();
                let text = content(self.argument());
                self.push_nodes([
                    Node::Order(Order::Part(None)),
                    text,
                    Node::Order(Order::Part(None)),
                ]);
            }
            "hspace" | "hskip" | "kern" | "hspace*" => {
                let length = if name == "hspace" { self.length() } else { self.bare_length() };
                match length {
                    None => self.page.end_part(self.page.role()),
                    Some(length) if length > 0.0 => self.page.space(length),
                    Some(_) => {}
                }
            }
            "quad" => self.page.space(1.0),
            "qquad" => self.page.space(2.0),
            "enspace" | "enskip" => self.page.space(0.5),
            "vspace" => {
                let length = self.length();
                self.page.skip(length.unwrap_or_default() / 1.2);
            }
            "vskip" | "addvspace" => {
                let length = self.bare_length();
                self.page.skip(length.unwrap_or_default() / 1.2);
            }
            "smallskip" | "medskip" | "bigskip" | "vfill" => {
                self.page.end_line(match name {
                    "smallskip" => 0.25,
                    "medskip" => 0.5,
                    _ => 1.0,
                });
            }
            "hline" | "hrule" | "titlerule" | "toprule" | "midrule" | "bottomrule" => {
                self.star();
                self.option();
                if matches!(name, "hrule" | "titlerule") {
                    self.page.rule();
                }
            }
            "rule" => {
                self.option();
                let width = tokens::source_of(&self.argument());
                self.argument();
                if width.contains("\\") {
                    self.page.rule();
                }
            }
            "multicolumn" | "multirow" => {
                self.option();
                self.argument();
                self.option();
                self.argument();
                self.option();
                let text = content(self.argument());
                self.push_nodes([text]);
            }
            "input" | "include" | "subfile" | "makerubric" => {
                let name = self.path();
                self.input(&name);
            }
            "import" | "subimport" => {
                self.star();
                let folder = self.path();
                let name = self.path();
                self.input(&format!("{}/{name}", folder.trim_end_matches('/')));
            }
            "href" | "hrefWithoutArrow" => {
                self.option();
                let address = self.address();
                let text = self.argument();
                self.push_nodes([Node::Order(Order::Linked(text, link(&address)))]);
            }
            "url" | "nolinkurl" | "path" => {
                let address = self.address();
                let text = Node::Text(address.as_str().into());
                let text = [Item { node: text, line: self.line }].into();
                self.push_nodes([Node::Order(Order::Linked(text, link(&address)))]);
            }
            "hyperref" => {
                self.option();
            }
            "hyperlink" | "hypertarget" => {
                self.argument();
            }
            "mailto" => {
                let address = self.address();
                let text = Node::Text(address.as_str().into());
                let text = [Item { node: text, line: self.line }].into();
                let link = link(&format!("mailto:{address}"));
                self.push_nodes([Node::Order(Order::Linked(text, link))]);
            }
            "(" | "[" => {
                let close = if name == "(" { ")" } else { "]" };
                let formula = self.until(|node| matches!(node, Node::Command(n) if &**n == close));
                match formula {
                    Some(formula) => self.formula(&formula),
                    None => self.page.write(name, &self.look, self.line),
                }
            }
            "ensuremath" => {
                let formula = self.argument();
                self.formula(&formula);
            }
            "cite" | "citep" | "citet" | "fullcite" | "nocite" | "parencite" | "textcite"
            | "bibentry" | "footfullcite" | "autocite" | "citeauthor" => {
                self.star();
                while self.option().is_some() {}
                let keys = self.name_argument();
                self.cited.extend(keys.split(',').map(|key| key.trim().to_owned()));
            }
            "addbibresource" | "bibliography" => self.bibliography(),
            "printbibsection" => {
                self.argument();
                let heading = self.argument();
                self.cited.insert(String::new());
                self.heading(3, heading);
            }
            "obeylines" | "obeycr" => self.page.obeys_lines = true,
            "printbibliography" | "printbibheading" => {
                self.option();
                self.cited.insert(String::new());
            }
            "today" => {
                let line = self.line;
                self.notes_once(format!("line {line}: the day of today stands here (`\\today`)"));
            }
            _ => return false,
        }
        true
    }

    /// The line ends, or what stands for it in headings and arguments.
    fn break_line(&mut self, space: f32) {
        let keeps = match self.page.role() {
            None | Some(Role::Name | Role::FirstName | Role::LastName | Role::Text) => false,
            Some(Role::Address) => {
                self.page.end_part(Some(Role::Address));
                return;
            }
            Some(_) => true,
        };
        if self.page.is_heading() {
            self.page.space(0.0);
        } else if keeps {
            self.page.comma();
        } else {
            self.page.end_line(space);
        }
    }

    pub(super) fn heading(&mut self, level: u8, heading: Items) {
        self.push_nodes([
            Node::Order(Order::EndLine(1.0)),
            Node::Order(Order::Mark(Marks { level: Some(level), ..Marks::default() })),
            content(heading),
            Node::Order(Order::EndLine(0.0)),
            Node::Order(Order::Mark(Marks::default())),
        ]);
    }

    /// The files of a bibliography.
    fn bibliography(&mut self) {
        self.option();
        let names = self.name_argument();
        let names = names.split(',').map(|name| name.trim().to_owned());
        self.bibliographies.extend(names.filter(|name| !name.is_empty()));
        self.option();
    }
}

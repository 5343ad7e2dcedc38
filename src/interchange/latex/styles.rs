//! Commands that change how letters look, that are letters, or that say nothing.

use super::{
    environments::content,
    expand::Expander,
    lengths::is_length,
    page::Change,
    tokens::{self, Node, Order},
};
use crate::interchange::bibtex::latex::{accent, sign, under_accent};
use std::{collections::HashMap, sync::LazyLock};

/// Signs that bibliographies do not have: command and sign in pairs.
const SIGNS: &str = include_str!("../../../assets/import/latex-signs.txt");
/// Commands that say nothing to a reader, each with the number of its arguments.
const SILENT: &str = include_str!("../../../assets/import/latex-silent.txt");

/// What `\name` stands for.
pub(super) fn sign_of(name: &str) -> Option<&'static str> {
    static TABLE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| pairs(SIGNS));
    sign(name).or_else(|| TABLE.get(name).copied())
}

/// The words of a table, each with the one behind it.
pub(super) fn pairs(table: &'static str) -> HashMap<&'static str, &'static str> {
    let words: Vec<&str> = table.split_whitespace().collect();
    words.as_chunks::<2>().0.iter().map(|[name, says]| (*name, *says)).collect()
}

/// How many arguments a command has that says nothing.
pub(super) fn silent(name: &str) -> Option<usize> {
    static TABLE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| pairs(SILENT));
    TABLE.get(name).and_then(|arguments| arguments.parse().ok())
}

impl Expander<'_> {
    /// Changes of the look.
    pub(super) fn style(&mut self, name: &str) -> bool {
        let change = match name {
            "textbf" | "strong" | "mathbf" => Change::Bold,
            "textit" | "textsl" => Change::Italic,
            "emph" => Change::Emphasis,
            "textsc" => Change::SmallCaps,
            "texttt" => Change::Code,
            "textup" => Change::Upright,
            "textmd" => Change::Medium,
            "textnormal" => Change::Usual,
            "textsuperscript" | "textsuper" | "up" | "ieme" => Change::Superscript,
            "textsubscript" => Change::Subscript,
            "textrm" | "textsf" | "underline" | "uline" | "ul" | "mbox" | "hbox" | "fbox"
            | "text" | "uppercase" | "lowercase" | "MakeUppercase" | "MakeLowercase"
            | "makebox" | "framebox" | "parbox" | "centerline" | "leftline" | "rightline"
            | "textcolor" | "colorbox" | "scalebox" | "resizebox" | "raisebox" | "enquote"
            | "footnote" | "thanks" | "lsstyle" | "textls" | "so" | "hl" | "highlight"
            | "rotatebox" | "foreignlanguage" | "smash" | "vbox" | "vtop" | "adjustbox"
            | "shortstack" | "NoCaseChange" | "makecell" | "thead" | "specialcell"
            | "fcolorbox" | "mathrm" | "sout" | "title" | "author" | "begingroupof" => {
                return self.boxed(name);
            }
            "bfseries" | "bf" => return self.declared(Change::Bold),
            "itshape" | "it" | "slshape" | "sl" => return self.declared(Change::Italic),
            "em" => return self.declared(Change::Emphasis),
            "scshape" | "sc" => return self.declared(Change::SmallCaps),
            "ttfamily" | "tt" => return self.declared(Change::Code),
            "mdseries" => return self.declared(Change::Medium),
            "upshape" => return self.declared(Change::Upright),
            "normalfont" => return self.declared(Change::Usual),
            "rm" | "rmfamily" | "sf" | "sffamily" => return self.declared(Change::None),
            "fontsize" => {
                let size = tokens::source_of(&self.argument());
                self.argument();
                let digits = size.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic());
                // Tenths of a pt, cut after the first.
                let (whole, tenths) = digits.split_once('.').unwrap_or((digits, "0"));
                let tenths = tenths.get(..1).unwrap_or("0");
                if let Ok(size) = format!("{whole}{tenths}").parse::<u16>() {
                    self.declare(Change::Size(size.clamp(40, 800)));
                }
                return true;
            }
            name => {
                let size = match name {
                    "tiny" => 50,
                    "scriptsize" => 70,
                    "footnotesize" => 80,
                    "small" => 90,
                    "normalsize" => 100,
                    "large" => 120,
                    "Large" => 144,
                    "LARGE" => 173,
                    "huge" => 207,
                    "Huge" | "HUGE" => 249,
                    _ => return false,
                };
                return self.declared(Change::Size(size));
            }
        };
        let text = self.argument();
        self.push_nodes([Node::Order(Order::Styled(text, change))]);
        true
    }

    pub(super) fn declared(&mut self, change: Change) -> bool {
        self.declare(change);
        true
    }

    /// Commands whose last argument is text.
    pub(super) fn boxed(&mut self, name: &str) -> bool {
        self.star();
        while self.option().is_some() {}
        // `\hbox to 3cm{…}`
        if matches!(name, "hbox" | "vbox" | "vtop")
            && matches!(self.peek(), Some(Node::Text(text)) if matches!(&**text, "to" | "spread"))
        {
            self.take();
            self.skip_space();
            if matches!(self.peek(), Some(Node::Command(_))) {
                self.take();
            } else {
                self.bare_length();
            }
        }
        let before = match name {
            "textcolor" | "colorbox" | "scalebox" | "parbox" | "raisebox" | "rotatebox"
            | "foreignlanguage" | "adjustbox" => 1,
            "resizebox" | "fcolorbox" => 2,
            _ => 0,
        };
        for _ in 0..before {
            self.argument();
            self.option();
        }
        let mut text = self.argument();
        if matches!(name, "makecell" | "thead" | "shortstack" | "specialcell")
            || name == "parbox" && self.is_in_table()
        {
            // Its lines are those of a cell, not of the table.
            let mut items = text.to_vec();
            for item in &mut items {
                if matches!(&item.node, Node::Command(name) if &**name == "\\") {
                    item.node = Node::Space;
                }
            }
            text = items.into();
        }
        let nodes = match name {
            "enquote" => vec![Node::Text("“".into()), content(text), Node::Text("”".into())],
            "footnote" | "thanks" => vec![Node::Space, content(text)],
            "centerline" | "leftline" | "rightline" => vec![
                Node::Order(Order::EndLine(0.0)),
                content(text),
                Node::Order(Order::EndLine(0.0)),
            ],
            _ => vec![content(text)],
        };
        self.push_nodes(nodes);
        true
    }

    /// Accents and signs.
    pub(super) fn letter(&mut self, name: &str) -> bool {
        if let Some(mark) = accent(name) {
            let letters = self.argument();
            let letters = under_accent(mark, &self.plain(&letters));
            self.page.write(&letters, &self.look, self.line);
            return true;
        }
        match name {
            "char" | "symbol" => self.character(name == "symbol"),
            "-" | "/" | "!" | "@" | "*" | "," if name != "," => {}
            "ss" | "aa" | "AA" | "o" | "O" | "l" | "L" | "i" | "j" => {
                let sign = sign_of(name).unwrap_or_default();
                self.page.write(sign, &self.look, self.line);
            }
            name => match sign_of(name) {
                Some(" ") => self.page.space(0.0),
                Some(sign) => self.page.write(sign, &self.look, self.line),
                None => return false,
            },
        }
        if matches!(self.peek(), Some(Node::Group(inner, _)) if inner.is_empty()) {
            self.take();
        }
        true
    }

    /// The letter with this number: `\char"25CF`, `\char65`, `\symbol{"25CF}`. Those of icon fonts
    /// say nothing.
    fn character(&mut self, in_braces: bool) {
        let text = if in_braces {
            tokens::source_of(&self.argument())
        } else {
            self.skip_space();
            let Some(Node::Text(text)) = self.peek().cloned() else { return };
            self.take();
            text.to_string()
        };
        let text = text.trim();
        let (digits, radix) = match text.strip_prefix(['"', '\'']) {
            Some(digits) if text.starts_with('"') => (digits, 16),
            Some(digits) => (digits, 8),
            None => (text, 10),
        };
        let length = digits.len() - digits.trim_start_matches(|c: char| c.is_digit(radix)).len();
        let (number, rest) = digits.split_at_checked(length).unwrap_or_default();
        let letter = u32::from_str_radix(number, radix).ok().and_then(char::from_u32);
        let is_icon = |c: &char| matches!(c, '\u{e000}'..='\u{f8ff}') || c.is_control();
        if let Some(letter) = letter.filter(|c| !is_icon(c)) {
            self.page.write(letter.encode_utf8(&mut [0; 4]), &self.look, self.line);
        }
        if !rest.is_empty() {
            self.write(rest);
        }
    }

    /// Commands that say nothing.
    pub(super) fn quiet(&mut self, name: &str) -> bool {
        if let Some(arguments) = silent(name) {
            if name == "printinfo" {
                return self.printed();
            }
            let own = self.commands.get(name).map(|own| own.braces());
            self.drop_arguments(own.unwrap_or(arguments));
            return true;
        }
        if name == "wheelchart" {
            self.argument();
            self.argument();
            let chart = self.argument();
            let text = self.plain(&chart);
            let line = self.line;
            self.notes_once(format!("line {line}: a chart cannot be read: `{}`", text.trim()));
            return true;
        }
        if name == "makecvfooter" {
            self.footer();
            return true;
        }
        if is_length(name) {
            self.bare_length();
            return true;
        }
        if is_of_the_edge(name) {
            self.option();
            let text = self.argument();
            self.at_the_edge(text);
            return true;
        }
        let rest = name.strip_prefix("fa").or_else(|| name.strip_prefix("ai"));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    }
}

/// Commands for what stands above and below the text of each page.
pub(super) fn is_of_the_edge(name: &str) -> bool {
    matches!(
        name,
        "lhead"
            | "chead"
            | "rhead"
            | "lfoot"
            | "cfoot"
            | "rfoot"
            | "fancyhead"
            | "fancyfoot"
            | "ihead"
            | "ohead"
            | "ifoot"
            | "ofoot"
    )
}

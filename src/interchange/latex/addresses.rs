//! Addresses and names in arguments: their plain text, the document's own commands put in.

use super::{
    expand::Expander,
    styles::sign_of,
    tokens::{self, Item, Items, Node},
};
use crate::interchange::bibtex::latex::{accent, to_address, under_accent};
use std::rc::Rc;

/// Longer names are no names of services, and longer addresses no addresses.
const LONGEST_ADDRESS: usize = 2_000;

impl Expander<'_> {
    /// The name of a file in the next argument.
    pub(super) fn path(&mut self) -> String {
        self.skip_space();
        // `\input name` takes the whole word.
        let argument = match self.peek().cloned() {
            Some(Node::Text(name)) => {
                self.take();
                self.text(&name)
            }
            _ => self.argument(),
        };
        tokens::source_of(&self.expanded(&argument, 0)).trim().trim_matches('"').to_owned()
    }

    pub(super) fn text(&self, text: &str) -> Items {
        [Item { node: Node::Text(text.into()), line: self.line }].into()
    }

    /// The address in the next argument.
    pub(super) fn address(&mut self) -> String {
        let argument = self.argument();
        self.address_of(&argument)
    }

    pub(super) fn address_of(&self, items: &[Item]) -> String {
        let source = tokens::source_of(&self.expanded(items, 0));
        let is_one = source.split_whitespace().count() < 2 && source.len() < LONGEST_ADDRESS;
        if is_one { to_address(&source) } else { String::new() }
    }

    /// `items` with the document's own commands that have no arguments put in.
    pub(super) fn expanded(&self, items: &[Item], depth: usize) -> Vec<Item> {
        let mut out = vec![];
        for item in items {
            match &item.node {
                Node::Command(name) if depth < 5 && items.len() < LONGEST_ADDRESS => {
                    match self.commands.get(name).filter(|own| own.arguments.is_empty()) {
                        Some(own) => out.extend(self.expanded(&own.body, depth + 1)),
                        None => out.push(item.clone()),
                    }
                }
                Node::Group(inner, _) if depth < 5 => out.extend(self.expanded(inner, depth + 1)),
                _ => out.push(item.clone()),
            }
            if out.len() > LONGEST_ADDRESS {
                break;
            }
        }
        out
    }

    /// The words of items, without anything else.
    pub(super) fn plain(&self, items: &[Item]) -> String {
        let mut out = String::new();
        self.write_plain(items, &mut out, 0);
        out
    }

    pub(super) fn write_plain(&self, items: &[Item], out: &mut String, depth: usize) {
        let mut items = items.iter();
        while let Some(item) = items.next() {
            if out.len() > LONGEST_ADDRESS || depth > 20 {
                return;
            }
            match &item.node {
                Node::Text(text) | Node::Verbatim(text) => out.push_str(text),
                Node::Space | Node::Paragraph | Node::Tie | Node::Align => out.push(' '),
                Node::Group(inner, _) => self.write_plain(inner, out, depth + 1),
                Node::Command(name) => {
                    let own = self.commands.get(name).filter(|own| own.arguments.is_empty());
                    if let Some(mark) = accent(name) {
                        let mut letters = String::new();
                        if let Some(item) = items.next() {
                            self.write_plain(std::slice::from_ref(item), &mut letters, depth + 1);
                        }
                        out.push_str(&under_accent(mark, &letters));
                    } else if let Some(sign) = sign_of(name) {
                        out.push_str(sign);
                    } else if let Some(own) = own {
                        self.write_plain(&own.body, out, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The address that text leads to; nothing for one that leads to no place on the web.
pub(super) fn link(address: &str) -> Rc<str> {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto") => address.into(),
        Some("doi") => format!("https://doi.org/{}", address.get(4..).unwrap_or_default()).into(),
        Some(scheme) if !scheme.contains('.') => "".into(),
        _ if address.contains('@') && !address.contains('/') => format!("mailto:{address}").into(),
        _ if address.split('/').next().is_some_and(|host| host.contains('.')) => {
            format!("https://{address}").into()
        }
        _ => "".into(),
    }
}

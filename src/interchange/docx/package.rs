//! The parts of a DOCX file: unpacked within limits, and read as trees of elements.

use crate::interchange::Error;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::{
    collections::HashMap,
    io::{Cursor, Read as _},
};
use zip::ZipArchive;

/// What people call the format.
pub(super) const NAME: &str = "Word";
/// What all parts that are read may grow to.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// How deep elements may lie in each other; a table in a table in a text box needs some forty.
const DEEPEST: usize = 256;
/// How many elements and texts all parts may have.
const MOST_NODES: usize = 500_000;
/// How many files a package may have; one with a hundred pictures has some hundred and fifty.
const MOST_FILES: usize = 5000;

/// An element. Names are without their prefix: what is read has no two of one name.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) nodes: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The elements in it, in their order.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value of its child of that name, as of `<w:sz w:val="22"/>`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Whether its child of that name switches something on or off.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(!matches!(child.attribute("val"), Some("0" | "false" | "off" | "none")))
    }

    /// Whether an element of that name lies anywhere in it.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.name == name || self.children().any(|child| child.holds(name))
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => out.push_str(&element.text()),
            }
        }
        out
    }
}

/// Where a part leads to another.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: `hyperlink`, `header`.
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) external: bool,
}

/// A package that is read from.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    bytes: u64,
    nodes: usize,
    /// The folder of the main part, with its stroke.
    folder: String,
    main: String,
}

fn broken(message: impl Into<String>) -> Error {
    Error::Broken { format: NAME, message: message.into(), place: None }
}

impl<'b> Package<'b> {
    /// Opens the package and finds its main part.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|error| broken(error.to_string()))?;
        if archive.len() > MOST_FILES {
            return Err(Error::TooDeep { format: NAME });
        }
        let (folder, main) = (String::new(), String::new());
        let mut package = Self { archive, bytes: MOST_BYTES, nodes: MOST_NODES, folder, main };
        let relations = package.relations("")?;
        let main = relations.into_iter().find(|r| r.kind == "officeDocument");
        let path = main.map_or_else(|| "word/document.xml".to_owned(), |main| main.target);
        let path = path.trim_start_matches('/');
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        package.folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        package.main = name.to_owned();
        Ok(package)
    }

    /// The main part.
    pub(super) fn document(&mut self) -> Result<Element, Error> {
        let main = self.main.clone();
        self.part(&main)?.ok_or_else(|| broken("it holds no document"))
    }

    /// Where the main part leads.
    pub(super) fn document_relations(&mut self) -> Result<Vec<Relation>, Error> {
        let main = self.main.clone();
        self.relations(&main)
    }

    /// A part beside the main one.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Element>, Error> {
        // A name may be given from the root of the package, too.
        let path =
            name.strip_prefix('/').map_or_else(|| format!("{}{name}", self.folder), str::to_owned);
        self.unpacked(&path)
    }

    /// Where the part of that name beside the main one leads; the package itself has no name.
    pub(super) fn relations(&mut self, name: &str) -> Result<Vec<Relation>, Error> {
        let path = format!("{}_rels/{name}.rels", self.folder);
        let Some(tree) = self.unpacked(&path)? else { return Ok(vec![]) };
        let own =
            |element: &Element, name: &str| element.attribute(name).unwrap_or_default().to_owned();
        let relations = tree.children().map(|element| {
            let kind = own(element, "Type");
            Relation {
                id: own(element, "Id"),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: own(element, "Target"),
                external: element.attribute("TargetMode") == Some("External"),
            }
        });
        Ok(relations.collect())
    }

    fn unpacked(&mut self, path: &str) -> Result<Option<Element>, Error> {
        let Some(index) = self.archive.index_for_name(path) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| broken(error.to_string()))?;
        let mut bytes = vec![];
        let taken = file.take(self.bytes + 1).read_to_end(&mut bytes);
        taken.map_err(|error| broken(error.to_string()))?;
        let left = self.bytes.checked_sub(bytes.len() as u64);
        self.bytes = left.ok_or(Error::TooDeep { format: NAME })?;
        tree(&text_of(bytes), &mut self.nodes).map(Some)
    }
}

/// The text of a part, which is in UTF-8 or UTF-16.
fn text_of(bytes: Vec<u8>) -> String {
    let units = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| of(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes.as_slice() {
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        _ => String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// Reads XML as a tree. Definitions of a document's own are refused: no program writes them here,
/// and they can grow without end.
fn tree(xml: &str, nodes: &mut usize) -> Result<Element, Error> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{FEFF}'));
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| broken(error.to_string()))?;
        *nodes = nodes.checked_sub(1).ok_or(Error::TooDeep { format: NAME })?;
        match event {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(Error::TooDeep { format: NAME });
                }
                open.push(element(&start)?);
            }
            Event::Empty(start) => add(&mut open, Node::Element(element(&start)?)),
            Event::End(_) => {
                if let Some(done) = open.pop() {
                    add(&mut open, Node::Element(done));
                }
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| broken(error.to_string()))?;
                add_text(&mut open, &text);
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|error| broken(error.to_string()))?;
                add_text(&mut open, &text);
            }
            Event::GeneralRef(name) => {
                let number = name.resolve_char_ref().ok().flatten();
                let name = name.decode().map_err(|error| broken(error.to_string()))?;
                let known = match &*name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => number,
                };
                let unknown = || broken(format!("it uses `&{name};`, which it does not explain"));
                add_text(&mut open, known.ok_or_else(unknown)?.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(broken("it has definitions of its own")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let mut open = open.into_iter();
    let root = open.next().unwrap_or_default();
    if open.next().is_some() {
        return Err(broken("it ends too early"));
    }
    let mut elements = root.nodes.into_iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    elements.next().ok_or_else(|| broken("one of its parts is empty"))
}

fn add(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.nodes.push(node);
    }
}

fn add_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.nodes.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.nodes.push(Node::Text(text.to_owned())),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, Error> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut attributes = vec![];
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| broken(error.to_string()))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| broken(error.to_string()))?;
        attributes.push((text(attribute.key.local_name().as_ref()), value.into_owned()));
    }
    let name = text(start.local_name().as_ref());
    Ok(Element { name, attributes, nodes: vec![] })
}

/// The parts of a package by the names that lead to them from its main part, of some kind.
pub(super) fn targets<'r>(
    relations: &'r [Relation],
    kind: &'r str,
) -> impl Iterator<Item = (&'r str, &'r str)> {
    let inner = relations.iter().filter(move |r| r.kind == kind && !r.external);
    inner.map(|relation| (relation.id.as_str(), relation.target.as_str()))
}

/// Where the links of a part lead, by their names.
pub(super) fn links(relations: &[Relation]) -> HashMap<String, String> {
    let links = relations.iter().filter(|r| r.kind == "hyperlink" && r.external);
    links.filter_map(|r| Some((r.id.clone(), address(&r.target)?))).collect()
}

/// An address that a CV may lead to.
pub(super) fn address(target: &str) -> Option<String> {
    let target = target.trim();
    let schemes = ["http://", "https://", "mailto:", "tel:", "doi:"];
    let known = schemes.iter().any(|scheme| {
        target.split_at_checked(scheme.len()).is_some_and(|t| t.0.eq_ignore_ascii_case(scheme))
    });
    known.then(|| target.to_owned())
}

//! The structure tree, the parent tree that leads back to it, and the link annotations that hang in
//! it.

use super::content::{LinkArea, Piece, role};
use super::{Error, images, integer, text_string};
use crate::typeset::page::{Link, Pages, Tag};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Adds tags and links. Elements without content are left out; their order is that of their first
/// content.
pub(super) fn attach(
    document: &mut Document,
    pages: &Pages,
    pieces: &[Piece],
    page_ids: &[ObjectId],
) -> Result<(), Error> {
    let root = document.new_object_id();
    let mut tree = Tree {
        pages,
        page_ids,
        nodes: Vec::new(),
        of_element: vec![None; pages.elements.len()],
        parents: vec![Vec::new(); page_ids.len()],
        annotations: vec![Vec::new(); page_ids.len()],
        annotation_parents: Vec::new(),
        top: Vec::new(),
        open_link: None,
        root,
    };
    for piece in pieces {
        tree.add(document, piece)?;
    }
    tree.write(document)
}

/// A structure element on its way into the file.
struct Node {
    id: ObjectId,
    dictionary: Dictionary,
    /// The page that the element's numbers of marked content refer to.
    page: usize,
    kids: Vec<Object>,
}

struct Tree<'a> {
    pages: &'a Pages,
    page_ids: &'a [ObjectId],
    nodes: Vec<Node>,
    /// Which node stands for an element that has turned out to have content.
    of_element: Vec<Option<usize>>,
    /// For each page, the elements that own its marked content, by number.
    parents: Vec<Vec<Object>>,
    annotations: Vec<Vec<Object>>,
    /// The elements that own the annotations, in order.
    annotation_parents: Vec<ObjectId>,
    /// The elements without a parent.
    top: Vec<Object>,
    /// The node of the link that the piece before belonged to: element, link, node.
    open_link: Option<(usize, u32, usize)>,
    root: ObjectId,
}

impl Tree<'_> {
    fn add(&mut self, document: &mut Document, piece: &Piece) -> Result<(), Error> {
        let element = self.element(document, piece.element)?;
        let owner = match &piece.link {
            None => {
                self.open_link = None;
                element
            }
            Some(area) => self.link(document, piece.element, area.link, element),
        };
        let link_node = owner;
        let owner = match &piece.word {
            None => owner,
            Some(word) => {
                let span = self.node(document, "Span", Some(owner));
                if let Some(made) = self.nodes.get_mut(span) {
                    made.dictionary.set("ActualText", text_string(word));
                }
                span
            }
        };
        let page_id = self.page_id(piece.page)?;
        let Some(node) = self.nodes.get_mut(owner) else {
            return Ok(());
        };
        let mcid = integer(piece.mcid, "pieces of a page")?;
        if node.kids.is_empty() {
            node.page = piece.page;
        }
        node.kids.push(if node.page == piece.page {
            mcid.into()
        } else {
            dictionary! { "Type" => "MCR", "Pg" => page_id, "MCID" => mcid }.into()
        });
        node.dictionary.set("Pg", self.page_ids.get(node.page).copied().unwrap_or(page_id));
        let id = node.id;
        if let Some(parents) = self.parents.get_mut(piece.page) {
            parents.push(id.into());
        }
        if let Some(LinkArea { link, area: Some(area) }) = piece.link {
            self.annotate(document, piece.page, link, area, link_node)?;
        }
        Ok(())
    }

    /// The node of an element; it and its ancestors are made when their first content comes along.
    fn element(&mut self, document: &mut Document, index: usize) -> Result<usize, Error> {
        let dangling = Error::Dangling { what: "element", index };
        let Some(slot) = self.of_element.get(index) else {
            return Err(dangling);
        };
        if let Some(node) = *slot {
            return Ok(node);
        }
        let Some(element) = self.pages.elements.get(index) else {
            return Err(dangling);
        };
        let parent = match element.parent {
            // Parents stand before their children, so this ends.
            Some(parent) if parent < index => Some(self.element(document, parent)?),
            Some(_) => return Err(dangling),
            None => None,
        };
        let node = self.node(document, role(element.tag), parent);
        if let Some(made) = self.nodes.get_mut(node) {
            if let Some(language) = &element.language {
                made.dictionary.set("Lang", text_string(language));
            }
            if element.tag == Tag::Figure {
                images::describe(self.pages, index, &mut made.dictionary)?;
            }
        }
        if let Some(slot) = self.of_element.get_mut(index) {
            *slot = Some(node);
        }
        Ok(node)
    }

    fn node(&mut self, document: &mut Document, role: &str, parent: Option<usize>) -> usize {
        let id = document.new_object_id();
        let mut up = self.root;
        let kids = match parent.and_then(|parent| self.nodes.get_mut(parent)) {
            Some(parent) => {
                up = parent.id;
                &mut parent.kids
            }
            None => &mut self.top,
        };
        kids.push(id.into());
        let dictionary = dictionary! { "Type" => "StructElem", "S" => role, "P" => up };
        self.nodes.push(Node { id, dictionary, page: 0, kids: Vec::new() });
        self.nodes.len() - 1
    }

    /// The node of the link that a piece belongs to: the one of the piece before where the link
    /// runs on, else a new one.
    fn link(&mut self, document: &mut Document, element: usize, link: u32, parent: usize) -> usize {
        match self.open_link {
            Some((open_element, open, node)) if open_element == element && open == link => node,
            _ => {
                let node = self.node(document, "Link", Some(parent));
                self.open_link = Some((element, link, node));
                node
            }
        }
    }

    /// Makes the annotation for one line of a link and hangs it into the link's element.
    fn annotate(
        &mut self,
        document: &mut Document,
        page: usize,
        link: u32,
        area: [f32; 4],
        owner: usize,
    ) -> Result<(), Error> {
        let index = link as usize;
        let link = self.pages.links.get(index).ok_or(Error::Dangling { what: "link", index })?;
        let page_id = self.page_id(page)?;
        let Some(node) = self.nodes.get_mut(owner) else {
            return Ok(());
        };
        let key = self.page_ids.len() + self.annotation_parents.len();
        let annotation = document.add_object(dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => area.iter().map(|edge| Object::Real(*edge)).collect::<Vec<_>>(),
            "Border" => vec![Object::Integer(0), Object::Integer(0), Object::Integer(0)],
            // Shown in print too, which PDF/A demands.
            "F" => 4,
            "Contents" => text_string(description(link)),
            "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(ascii_uri(&link.uri)) },
            "P" => page_id,
            "StructParent" => integer(key, "links")?,
        });
        node.kids
            .push(dictionary! { "Type" => "OBJR", "Obj" => annotation, "Pg" => page_id }.into());
        self.annotation_parents.push(node.id);
        if let Some(annotations) = self.annotations.get_mut(page) {
            annotations.push(annotation.into());
        }
        Ok(())
    }

    fn write(self, document: &mut Document) -> Result<(), Error> {
        for mut node in self.nodes {
            node.dictionary.set("K", one_or_all(node.kids));
            document.set_object(node.id, node.dictionary);
        }
        let mut numbers: Vec<Object> = Vec::new();
        for (key, ((page_id, parents), annotations)) in
            (0_i64..).zip(self.page_ids.iter().zip(self.parents).zip(self.annotations))
        {
            let parents = document.add_object(Object::Array(parents));
            numbers.extend([key.into(), parents.into()]);
            let page = document.get_dictionary_mut(*page_id)?;
            page.set("StructParents", key);
            page.set("Tabs", "S");
            if annotations.is_empty() {
                page.remove(b"Annots");
            } else {
                page.set("Annots", annotations);
            }
        }
        let first = integer(self.page_ids.len(), "pages")?;
        let mut next = first;
        for (key, parent) in (first..).zip(self.annotation_parents) {
            numbers.extend([key.into(), parent.into()]);
            next = key + 1;
        }
        let parent_tree = document.add_object(dictionary! { "Nums" => numbers });
        document.set_object(
            self.root,
            dictionary! {
                "Type" => "StructTreeRoot",
                "K" => one_or_all(self.top),
                "ParentTree" => parent_tree,
                "ParentTreeNextKey" => next,
            },
        );
        let root = self.root;
        let catalog = document.catalog_mut()?;
        catalog.set("StructTreeRoot", root);
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        Ok(())
    }

    fn page_id(&self, index: usize) -> Result<ObjectId, Error> {
        self.page_ids.get(index).copied().ok_or(Error::Dangling { what: "page", index })
    }
}

fn one_or_all(mut kids: Vec<Object>) -> Object {
    match (kids.pop(), kids.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            kids.push(last);
            Object::Array(kids)
        }
        (None, _) => Object::Array(kids),
    }
}

/// What is said of a link: PDF/UA wants something, so the address stands in for a missing
/// description.
fn description(link: &Link) -> &str {
    if link.description.trim().is_empty() { &link.uri } else { &link.description }
}

/// The address in ASCII, as the file format asks: other characters become their UTF-8 bytes in
/// percent form.
fn ascii_uri(uri: &str) -> String {
    let mut ascii = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if byte.is_ascii_graphic() {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_ascii() {
        let check = |uri: &str, expected: &str| assert_eq!(ascii_uri(uri), expected);
        check("https://example.org/a?b=1#c", "https://example.org/a?b=1#c");
        check("https://example.org/Łódź plan", "https://example.org/%C5%81%C3%B3d%C5%BA%20plan");
        check("mailto:a%20b@example.org", "mailto:a%20b@example.org");
    }

    #[test]
    fn a_lone_kid_stands_by_itself() {
        assert_eq!(one_or_all(vec![7.into()]), Object::Integer(7));
        assert_eq!(one_or_all(vec![7.into(), 8.into()]), Object::Array(vec![7.into(), 8.into()]));
    }
}

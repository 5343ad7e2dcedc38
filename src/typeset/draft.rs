//! A draft: the paragraphs of a CV in order, styled but not yet shaped, with the structure they
//! belong to.

use crate::{
    at::At,
    look::{BulletMark, Rule},
    typeset::{
        page::{Element, Link, Tag},
        photo::Figure,
        shape::Setting,
        spans::Spans,
    },
};
use std::collections::HashMap;

/// Index of the accent colour among the colours.
pub(crate) const ACCENT: u16 = 1;
/// Index of the colour of dates and places.
pub(crate) const MUTED: u16 = 2;

/// How a line stands between the margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// What a paragraph consists of.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// Running text.
    Text(Spans),
    /// Short pieces that are never broken inside, with a separator between those on one line.
    Flow(Vec<Item>),
}

/// A piece of a flow.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Name of the icon before it.
    pub(crate) icon: Option<&'static str>,
    /// Its text.
    pub(crate) spans: Spans,
}

/// What a paragraph is, as far as the fit and the advice care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Name, headline, contacts.
    Header,
    /// A section heading.
    Heading,
    /// A row at the head of an entry.
    Head,
    /// A highlight.
    Bullet,
    /// Anything else.
    Text,
}

/// A paragraph with all that is needed to set it. Lengths in em are of the body size.
#[derive(Clone, Debug)]
pub(crate) struct Para {
    /// What it is.
    pub(crate) role: Role,
    /// Its text.
    pub(crate) body: Body,
    /// What stands at the right end of its first line.
    pub(crate) right: Option<Spans>,
    /// What stands left of it: a number, or a date in a column of its own.
    pub(crate) lead: Option<Lead>,
    /// Index of its structure element.
    pub(crate) element: usize,
    /// Left edge in em.
    pub(crate) indent: f32,
    /// Type size, times the body size.
    pub(crate) size: f32,
    /// Space before it in em; gone at the top of a page.
    pub(crate) before: f32,
    /// The part of that space that does not shrink.
    pub(crate) stiff: f32,
    /// Space after it in em; gone at the end of a page.
    pub(crate) after: f32,
    /// How its lines stand.
    pub(crate) align: Align,
    /// The mark before its first line.
    pub(crate) mark: BulletMark,
    /// The line at a heading.
    pub(crate) rule: Rule,
    /// Colour of mark and rule.
    pub(crate) colour: u16,
    /// How its text is set.
    pub(crate) setting: Setting,
    /// The span with which the part begins that goes to the next line as a whole, where the text
    /// takes two.
    pub(crate) second: Option<usize>,
    /// Whether a page must not end after it.
    pub(crate) keep: bool,
    /// Index of the owner that is its entry.
    pub(crate) entry: Option<usize>,
    /// Index of the thing that can be switched off to be rid of it.
    pub(crate) owner: Option<usize>,
}

/// Gap between the column of dates and the text, in em.
pub(crate) const GUTTER: f32 = 1.2;
/// Gap between a number and its text, in em.
pub(crate) const NUMBER_GAP: f32 = 0.5;

/// What stands left of a paragraph: what it is, and with that on which side of its column it stands
/// and whether it is read before the paragraph or after its first row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeadKind {
    /// The number of a publication.
    Number,
    /// The label of what the paragraph says.
    Label,
    /// A date.
    Date,
}

/// What stands left of a paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Lead {
    /// What it is.
    pub(crate) kind: LeadKind,
    /// Its text.
    pub(crate) spans: Spans,
    /// Its structure element.
    pub(crate) element: usize,
    /// Width of its column in em; the text of the paragraph begins after it.
    pub(crate) width: f32,
    /// How much of that stays free at the right, in em.
    pub(crate) gap: f32,
}

/// Something that can be switched off as a whole: an entry or a highlight.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    /// Its place in the profile.
    pub(crate) at: At,
    /// What it is called: "position", "highlight".
    pub(crate) what: &'static str,
    /// Its text or title, with markup.
    pub(crate) name: String,
    /// Its weight.
    pub(crate) weight: i8,
    /// The owner around it: the entry of a highlight.
    pub(crate) parent: Option<usize>,
}

/// The paragraphs of a CV with everything they refer to.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// In reading order.
    pub(crate) paras: Vec<Para>,
    /// The photo beside the header.
    pub(crate) photo: Option<Figure>,
    /// The structure tree; element 0 is the document.
    pub(crate) elements: Vec<Element>,
    /// sRGB colours: text, [`ACCENT`], [`MUTED`].
    pub(crate) colours: Vec<[u8; 3]>,
    /// Link targets.
    pub(crate) links: Vec<Link>,
    /// Where each target stands in `links`.
    known_links: HashMap<Link, u32>,
    /// Places in the profile; 0 is the profile itself.
    pub(crate) places: Vec<At>,
    /// What can be switched off.
    pub(crate) owners: Vec<Owner>,
    /// The widest that the column of dates may be, in em; 0 without one.
    pub(crate) column: f32,
    /// What stands at the top of the second and further pages.
    pub(crate) running: Spans,
    /// Language of the document.
    pub(crate) language: String,
}

impl Draft {
    /// An empty draft in the given colours.
    pub(crate) fn new(colours: Vec<[u8; 3]>, language: &str) -> Self {
        let document = Element { tag: Tag::Document, parent: None, language: None };
        Self {
            paras: vec![],
            photo: None,
            elements: vec![document],
            colours,
            links: vec![],
            known_links: HashMap::new(),
            places: vec![At::root()],
            owners: vec![],
            column: 0.0,
            running: Spans::default(),
            language: language.to_owned(),
        }
    }

    /// A new structure element; its index.
    pub(crate) fn element(&mut self, tag: Tag, parent: usize) -> usize {
        self.elements.push(Element { tag, parent: Some(parent), language: None });
        self.elements.len() - 1
    }

    /// The index of a place.
    pub(crate) fn place(&mut self, at: &At) -> u32 {
        if self.places.last() != Some(at) {
            self.places.push(at.clone());
        }
        u32::try_from(self.places.len() - 1).unwrap_or(0)
    }

    /// The index of a link target.
    pub(crate) fn link(&mut self, uri: String, description: String) -> Option<u32> {
        let link = Link { uri, description };
        if let Some(index) = self.known_links.get(&link) {
            return Some(*index);
        }
        let index = u32::try_from(self.links.len()).ok()?;
        self.known_links.insert(link.clone(), index);
        self.links.push(link);
        Some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_of_a_long_list_leads_where_it_says() {
        let mut draft = Draft::new(vec![], "en");
        for i in 0..70_000_u32 {
            let uri = format!("https://example.org/{i}");
            assert_eq!(draft.link(uri.clone(), uri), Some(i));
        }
        let again = "https://example.org/69999".to_owned();
        assert_eq!(draft.link(again.clone(), again), Some(69_999));
    }
}

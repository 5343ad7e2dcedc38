//! What an entry says, before anything is known about how it looks: heads, labelled lines, bullets,
//! references.
//!
//! Blocks borrow their text from the profile and carry its address, so that a click on the page
//! finds its field.

use crate::{
    at::At,
    value::entry::{Author, Bullet, Labelled},
};

/// A text of the profile with its address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece<'a> {
    /// Rich text, or a date or link as written.
    pub text: &'a str,
    /// Where it stands.
    pub at: At,
}

impl Piece<'_> {
    /// Whether there is nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// What stands before a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Label<'a> {
    /// A word that the language of the page provides, by its key in the locale.
    Word(&'static str),
    /// The user's own word.
    Own(Piece<'a>),
}

/// A text with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Note<'a> {
    /// What it is; `None` prints the text alone.
    pub label: Option<Label<'a>>,
    /// The text.
    pub text: Piece<'a>,
}

/// The first rows of an entry or of a part of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head<'a> {
    /// Organisation, project, award: what the entry is called.
    pub title: Piece<'a>,
    /// Where the title leads.
    pub url: Piece<'a>,
    /// Degree, role: second in rank.
    pub subtitle: Piece<'a>,
    /// Whether the subtitle says more of the title and shares its row, as the few words that tell
    /// what a project is.
    pub runs_in: bool,
    /// Short facts that follow the subtitle: grade, rank.
    pub notes: Vec<Note<'a>>,
    /// City, country.
    pub place: Piece<'a>,
    /// Date as written.
    pub date: Piece<'a>,
}

/// A publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference<'a> {
    /// Title.
    pub title: Piece<'a>,
    /// Authors in order, and the address of the list.
    pub authors: (&'a [Author], At),
    /// Journal or conference in full.
    pub venue: Piece<'a>,
    /// Short form of the venue: "NeurIPS'25".
    pub tag: Piece<'a>,
    /// Volume, pages and the like.
    pub details: Piece<'a>,
    /// Published, under review, …
    pub status: Piece<'a>,
    /// Oral, best paper, …
    pub note: Piece<'a>,
    /// Date as written.
    pub date: Piece<'a>,
    /// Links, each with a word (`doi`, `arxiv`, `code`, `pdf`, `web`) that says what it is; empty
    /// where the link says it.
    pub links: Vec<(&'static str, Piece<'a>)>,
}

/// One thing that an entry says.
#[derive(Clone, Debug, PartialEq)]
pub enum Block<'a> {
    /// The entry's first rows.
    Head(Head<'a>),
    /// The first row of a part inside the entry.
    Part(Head<'a>),
    /// A line of its own, with or without label.
    Line(Note<'a>),
    /// Running text; blank lines part paragraphs.
    Prose(Piece<'a>),
    /// A highlight; level 0 is the outermost.
    Bullet {
        /// Depth, from 0.
        level: usize,
        /// The text.
        text: Piece<'a>,
        /// How much it matters.
        weight: i8,
    },
    /// A one-line entry: what it is in bold, what belongs to it, a date at the right.
    Row {
        /// What it is.
        label: Piece<'a>,
        /// Where it leads.
        url: Piece<'a>,
        /// The rest.
        text: Piece<'a>,
        /// Date as written.
        date: Piece<'a>,
    },
    /// A line of a free list with a date at the right.
    Item {
        /// The text.
        text: Piece<'a>,
        /// Date as written.
        date: Piece<'a>,
    },
    /// A label and a list: "**Languages:** Rust, C++".
    Fact(Note<'a>),
    /// Like a fact, but short: those of one section share a line.
    Tag(Note<'a>),
    /// Links of a person, on one line.
    Contacts(Vec<Piece<'a>>),
    /// A publication.
    Reference(Box<Reference<'a>>),
}

/// Where and for whom blocks are made.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The entry's address.
    pub at: At,
    /// The variant to print; `None` for the profile as it stands.
    pub variant: Option<&'a str>,
}

impl<'a> View<'a> {
    /// The text of field `name` of the entry.
    #[must_use]
    pub fn piece<'t>(&self, name: &'static str, text: &'t str) -> Piece<'t> {
        Piece { text, at: self.at.field(name) }
    }

    /// A note from field `name` with a word of the locale as its label, if there is a text.
    pub fn note<'t>(
        &self,
        word: &'static str,
        name: &'static str,
        text: &'t str,
    ) -> Option<Note<'t>> {
        let text = self.piece(name, text);
        (!text.is_empty()).then_some(Note { label: Some(Label::Word(word)), text })
    }

    /// The field's text as a note without label, if there is any.
    pub fn bare<'t>(&self, name: &'static str, text: &'t str) -> Option<Note<'t>> {
        let text = self.piece(name, text);
        (!text.is_empty()).then_some(Note { label: None, text })
    }

    /// Labelled lines that are on.
    pub fn lines<'t>(&self, name: &'static str, lines: &'t [Labelled], out: &mut Vec<Block<'t>>) {
        let at = self.at.field(name);
        for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.show.is_on(self.variant)) {
            let at = at.index(i);
            let text = Piece { text: &line.text, at: at.field("text") };
            let own = Piece { text: line.label.as_str(), at: at.field("label") };
            let label = (!own.is_empty()).then_some(Label::Own(own));
            out.push(Block::Line(Note { label, text }));
        }
    }

    /// Bullets that are on, with those inside them.
    pub fn bullets<'t>(&self, name: &'static str, bullets: &'t [Bullet], out: &mut Vec<Block<'t>>) {
        self.nested(&self.at.field(name), 0, bullets, out);
    }

    /// The view of element `index` of list `name`.
    #[must_use]
    pub fn inner(&self, name: &'static str, index: usize) -> Self {
        Self { at: self.at.field(name).index(index), variant: self.variant }
    }

    fn nested<'t>(&self, at: &At, level: usize, bullets: &'t [Bullet], out: &mut Vec<Block<'t>>) {
        for (i, bullet) in bullets.iter().enumerate().filter(|(_, b)| b.show.is_on(self.variant)) {
            let at = at.index(i);
            let text = Piece { text: bullet.text.as_str(), at: at.field("text") };
            if !text.is_empty() {
                out.push(Block::Bullet { level, text, weight: bullet.weight });
            }
            self.nested(&at.field("bullets"), level + 1, &bullet.bullets, out);
        }
    }
}

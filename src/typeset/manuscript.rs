//! The words of a CV in reading order, as the page has them, for formats whose reader breaks the
//! lines.

use super::{
    compose,
    draft::{Body, Draft, Para, Role},
    page::{Image, Tag},
    shape::Setting,
    spans::Spans,
    words,
};
use crate::{
    at::At,
    field::Kind,
    look::{BulletMark, EntryLayout, HeadingStyle, NameStyle, PhotoPlace, Style},
    profile::Profile,
    value::{date::Dates, direction::Direction, locale::western_digit, photo::Photo, rich},
};
use std::collections::BTreeMap;

/// A CV without a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manuscript {
    /// The language of its words (BCP 47).
    pub language: String,
    /// The direction that this language is written in.
    pub direction: Direction,
    /// Width and height of the paper it is meant for, in pt.
    pub paper: (f32, f32),
    /// The photo in the header.
    pub photo: Option<Image>,
    /// Whether it stands at the left; else at the right.
    pub photo_left: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Text in styled spans.
pub type Text = Vec<Span>;

/// A stretch of text in one style.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// The text; never empty, without line ends.
    pub text: String,
    /// How it looks.
    pub style: rich::Style,
    /// Where it leads: an address that may stand in a document (see
    /// [`crate::value::link::allowed_uri`]).
    pub link: Option<String>,
    /// The date that it prints.
    pub date: Option<Dates>,
}

/// One thing that stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The person's name.
    Name(Text),
    /// The line under it.
    Headline(Text),
    /// How to reach somebody, in short pieces.
    Contacts(Vec<Text>),
    /// The heading of a section.
    Heading(Text),
    /// The first rows of an entry.
    Head(Vec<Row>),
    /// The first rows of a part of an entry.
    Part(Vec<Row>),
    /// A paragraph.
    Paragraph(Text),
    /// A list.
    List(Vec<Item>),
    /// Entries of one row each, which need no marks.
    Entries(Vec<Item>),
}

/// A line with something short that belongs at its end: a date, a place, the short name of a venue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The line.
    pub text: Text,
    /// What belongs at its end.
    pub end: Text,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Its number, in a list that has some.
    pub number: Option<usize>,
    /// Its own words.
    pub rows: Vec<Row>,
    /// What stands below them.
    pub inner: Vec<Block>,
}

impl Manuscript {
    /// What `shown`, a profile without variants and without hidden things, says in `style`. The
    /// layout of the look (arrangement of entries, letters of headings, marks of highlights) is
    /// left to whoever writes the manuscript.
    #[must_use]
    pub fn new(shown: &Profile, style: &Style, photo: Option<&Photo>) -> Self {
        let style = Style {
            entries: EntryLayout::TwoRows,
            headings: HeadingStyle::Bold,
            name: NameStyle::Bold,
            bullet: BulletMark::Disc,
            ..style.clone()
        };
        let mut dates = BTreeMap::new();
        shown.texts(None, &mut |text| {
            if text.kind == Kind::Date
                && let Some(read) = Dates::parse(text.text.trim())
            {
                dates.insert(text.at, read);
            }
        });
        let draft = compose::compose(shown, None, &style, photo);
        let reader = Reader { draft: &draft, dates };
        let mut builder = Builder::default();
        for para in &draft.paras {
            builder.take(&reader, para);
        }
        Self {
            language: draft.language.clone(),
            direction: words::locale(&style.language).direction(),
            paper: style.paper.size(),
            photo: draft.photo.as_ref().map(|figure| figure.image.clone()),
            photo_left: style.photo == PhotoPlace::Left,
            blocks: builder.root.inner,
        }
    }
}

/// What the spans of a draft refer to.
struct Reader<'d> {
    draft: &'d Draft,
    dates: BTreeMap<At, Dates>,
}

impl Reader<'_> {
    fn text(&self, spans: &Spans) -> Text {
        let mut out: Text = vec![];
        for span in &spans.spans {
            // Joiners only tell where a line must not break.
            let text =
                spans.text.get(span.range.clone()).unwrap_or_default().replace('\u{2060}', "");
            let style = rich::Style {
                bold: span.face.bold,
                italic: span.face.italic,
                code: span.face.code,
                shift: span.face.shift,
            };
            let link = span.link.and_then(|i| self.draft.links.get(i as usize));
            let link = link.map(|link| link.uri.clone());
            let at = usize::try_from(span.place).ok().and_then(|i| self.draft.places.get(i));
            let date = at.and_then(|at| self.dates.get(at)).copied();
            match out.last_mut() {
                Some(last) if (last.style, &last.link, last.date) == (style, &link, date) => {
                    last.text.push_str(&text);
                }
                _ if text.is_empty() => {}
                _ => out.push(Span { text, style, link, date }),
            }
        }
        out
    }

    /// The items around an element, outermost first, each with its list.
    fn items(&self, element: usize) -> Vec<Place> {
        let mut path = vec![];
        let mut at = Some(element);
        while let Some(found) = at.and_then(|at| self.draft.elements.get(at)) {
            if let (Tag::Item, Some(item), Some(list)) = (found.tag, at, found.parent) {
                path.push(Place::Item { list, item });
            }
            at = found.parent;
        }
        path.reverse();
        path
    }
}

/// An item of a list, and which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// One that the structure of the page has, too.
    Item { list: usize, item: usize },
    /// An entry of one row, in the list of those of its section.
    Entry { section: Option<usize>, entry: usize },
}

impl Place {
    fn shares_list(self, other: Self) -> bool {
        match (self, other) {
            (Self::Item { list: a, .. }, Self::Item { list: b, .. }) => a == b,
            (Self::Entry { section: a, .. }, Self::Entry { section: b, .. }) => a == b,
            _ => false,
        }
    }

    /// The item at the end of `blocks`; `before` is the one that stood there for the last block.
    fn entered(self, blocks: &mut Vec<Block>, before: Option<Self>) -> Option<&mut Item> {
        let same_list = before.is_some_and(|before| before.shares_list(self));
        if !same_list || !matches!(blocks.last(), Some(Block::List(_) | Block::Entries(_))) {
            blocks.push(match self {
                Self::Item { .. } => Block::List(vec![]),
                Self::Entry { .. } => Block::Entries(vec![]),
            });
        }
        let Some(Block::List(items) | Block::Entries(items)) = blocks.last_mut() else {
            return None;
        };
        if before != Some(self) {
            items.push(Item::default());
        }
        items.last_mut()
    }
}

/// Puts blocks where they belong.
#[derive(Default)]
struct Builder {
    /// All blocks are inside it.
    root: Item,
    /// The items that the last block stands in, outermost first.
    open: Vec<Place>,
    /// The entry at hand, and the item that it is, for it begins with a plain row.
    entry: Option<usize>,
    row: Option<Place>,
    /// The structure element of the last block.
    element: Option<usize>,
}

impl Builder {
    fn take(&mut self, reader: &Reader<'_>, para: &Para) {
        let Some(element) = reader.draft.elements.get(para.element) else {
            return;
        };
        let mut path = reader.items(para.element);
        let first = para.entry.is_some() && para.entry != self.entry;
        if para.entry != self.entry {
            let is_row = para.role == Role::Text && para.setting == Setting::Row;
            let is_text = matches!(para.body, Body::Text(_)) && element.tag == Tag::Paragraph;
            let is_item = is_row && is_text && path.is_empty();
            let row = |entry| Place::Entry { section: element.parent, entry };
            self.row = para.entry.filter(|_| is_item).map(row);
            self.entry = para.entry;
        }
        path.splice(0..0, self.row);
        let row = match &para.body {
            Body::Flow(items) => {
                let items = items.iter().map(|item| reader.text(&item.spans)).collect();
                return self.push(path, Block::Contacts(items));
            }
            Body::Text(spans) => Row {
                text: reader.text(spans),
                end: para.right.as_ref().map(|right| reader.text(right)).unwrap_or_default(),
            },
        };
        if row.text.is_empty() && row.end.is_empty() {
            return;
        }
        let goes_on = self.element.replace(para.element) == Some(para.element);
        if (first && self.row.is_some()) || element.tag == Tag::Body {
            let lead = para.lead.as_ref().map(|lead| lead.spans.text.trim_matches(['[', ']']));
            let western = |text: &str| text.chars().map(western_digit).collect::<String>();
            let number = lead.and_then(|number| western(number).parse().ok());
            if let Some(item) = self.item(path) {
                item.number = item.number.or(number);
                item.rows.push(row);
            }
            return;
        }
        if let (Role::Head, true, Some(item)) = (para.role, goes_on, self.item(path.clone()))
            && let Some(Block::Head(rows) | Block::Part(rows)) = item.inner.last_mut()
        {
            return rows.push(row);
        }
        let block = match para.role {
            Role::Header if element.tag == Tag::Title => Block::Name(row.text),
            Role::Header => Block::Headline(row.text),
            Role::Heading => Block::Heading(row.text),
            Role::Head if first => Block::Head(vec![row]),
            Role::Head => Block::Part(vec![row]),
            Role::Bullet | Role::Text => Block::Paragraph(row.text),
        };
        self.push(path, block);
    }

    fn push(&mut self, path: Vec<Place>, block: Block) {
        if let Some(item) = self.item(path) {
            item.inner.push(block);
        }
    }

    /// The innermost of these items; lists and items that are not open yet are begun.
    fn item(&mut self, path: Vec<Place>) -> Option<&mut Item> {
        let mut goes_on = true;
        let mut item = &mut self.root;
        for (depth, place) in path.iter().enumerate() {
            let before = self.open.get(depth).copied().filter(|_| goes_on);
            goes_on = before == Some(*place);
            item = place.entered(&mut item.inner, before)?;
        }
        self.open = path;
        Some(item)
    }
}

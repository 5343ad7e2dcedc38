//! CVs as web pages (HTML): their lines as a browser would show them without its styles.

pub(super) mod elements;
pub(super) mod tags;

use self::{
    elements::{Count, Kind, kind},
    tags::{Tag, Token, Tokens, decoded},
};
use super::{
    DEEPEST, decode,
    outline::{Line, Outline, Place, RunStyle},
    pieces::{Pieces, across, address, left_out, picture, printed, short, take_mark},
};
use std::rc::Rc;

/// How far each level of lists is set in, in em.
const LIST_INDENT: f32 = 1.5;
/// The text of an item begins so far from its bullet, in em.
const MARK_WIDTH: f32 = 1.0;
/// The space above a paragraph, in heights of a line.
const PARAGRAPH: f32 = 2.0;
/// What a tab between words that stand there as they are is.
const TAB: &str = "\u{a0}\u{a0}\u{a0}";
/// A page without a head says that it is one by so many tags near its beginning.
const SURE_TAGS: usize = 5;
/// So much of a file without a head is looked at.
const BEGINNING: usize = 4096;

/// Whether a web page begins at the head of the file.
#[must_use]
pub fn fits(bytes: &[u8]) -> bool {
    let head = decode::head(bytes.get(..BEGINNING).unwrap_or(bytes));
    let small = head.trim_start().to_ascii_lowercase();
    let starts = |name: &str| small.starts_with(name);
    if starts("<!doctype html") || starts("<html") {
        return true;
    }
    if starts("<?xml") || starts("<!--") {
        return small.contains("<!doctype html") || small.contains("<html");
    }
    let Some((first, _)) = tags::short_tag(&small) else { return false };
    let is_markdown = small.lines().any(|line| line.starts_with("# ") || line.starts_with("## "));
    elements::is_block(&first.name) && !is_markdown && small.matches("</").count() >= SURE_TAGS
}

/// The lines of a web page.
#[must_use]
pub fn outline(text: &str) -> Outline {
    let page = read(text, 1);
    Outline::new(page.lines, page.furniture, page.notes)
}

/// What a piece of HTML holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) lines: Vec<Line>,
    pub(super) furniture: Vec<Line>,
    pub(super) notes: Vec<String>,
}

/// Reads HTML whose first line has this number in its file.
pub(super) fn read(text: &str, first_line: u32) -> Content {
    let mut page = Page { lines: vec![vec![]], ..Page::default() };
    for (line, token) in Tokens::new(text) {
        let line = line.saturating_add(first_line);
        match token {
            Token::Text(text) => page.text(text, line),
            Token::Tag(tag) if tag.closes => page.close(&tag.name),
            Token::Tag(tag) => page.open(&tag),
        }
    }
    page.close_to(0);
    page.flush();
    if !page.floating.is_empty() {
        page.pieces = std::mem::take(&mut page.floating);
        page.flush();
    }
    let lines = page.lines.into_iter().flatten().collect();
    Content { lines, furniture: page.furniture, notes: page.notes }
}

/// What holds for the words inside of an element.
#[derive(Clone, Debug, Default)]
struct State {
    style: RunStyle,
    link: Option<Rc<str>>,
    level: Option<u8>,
    /// Line breaks of the source are line breaks.
    preformatted: bool,
    /// Words go to the far end of the line.
    floating: bool,
    /// Words are not shown.
    hidden: bool,
    quotes: u8,
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: String,
    kind: Kind,
    /// What held before it.
    before: State,
}

/// A list that is open.
#[derive(Debug)]
struct List {
    count: Option<Count>,
    /// Whether its items have marks.
    marked: bool,
}

/// A link that is open.
#[derive(Debug)]
struct Link {
    target: Option<Rc<str>>,
    /// How many words had been written before it.
    words: usize,
    /// What the pictures inside are described as.
    pictures: Vec<String>,
}

/// A page that is being read.
#[derive(Debug, Default)]
struct Page {
    /// The lines of the page, and above them those of the cells that are open.
    lines: Vec<Vec<Line>>,
    /// The cells of the rows that are open.
    rows: Vec<Vec<Vec<Line>>>,
    furniture: Vec<Line>,
    notes: Vec<String>,
    open: Vec<Open>,
    /// How many elements are open that lie too deep.
    too_deep: usize,
    now: State,
    lists: Vec<List>,
    links: Vec<Link>,
    /// The line that grows, what stands at its far end, and where it begins in the source.
    pieces: Pieces,
    floating: Pieces,
    began: u32,
    /// What the next line has: the space above, a rule, a bullet or number.
    gap: f32,
    rule: bool,
    bullet: Option<String>,
    number: Option<String>,
    /// Whether the next line begins an item.
    begins_item: bool,
    /// How many words have been written.
    words: usize,
    /// Text that is not shown, to be told.
    unseen: String,
}

impl Page {
    fn text(&mut self, text: &str, line: u32) {
        let mut text = decoded(text);
        if self.now.preformatted {
            // Its blanks stand there on purpose.
            text = text.replace('\t', TAB).replace(' ', "\u{a0}");
        }
        if self.now.hidden {
            self.unseen.push_str(&text);
            return;
        }
        for (i, piece) in text.split('\n').enumerate() {
            if i > 0 && self.now.preformatted {
                self.flush();
            } else if i > 0 {
                self.blank();
            }
            let at = line.saturating_add(u32::try_from(i).unwrap_or(u32::MAX));
            self.write(piece, at);
        }
    }

    fn blank(&mut self) {
        if self.now.floating { &mut self.floating } else { &mut self.pieces }.blank();
    }

    fn write(&mut self, text: &str, line: u32) {
        let pieces = if self.now.floating { &mut self.floating } else { &mut self.pieces };
        let empty = pieces.is_empty();
        pieces.push(text, &self.now.style, self.now.link.as_deref());
        if text.contains(|c: char| !c.is_whitespace()) {
            self.words += 1;
            if empty && !self.now.floating {
                self.began = line;
            }
        }
    }

    /// Ends the line that grows.
    fn flush(&mut self) {
        if self.pieces.is_empty() {
            return;
        }
        let mut parts = self.pieces.take();
        parts.extend(self.floating.take());
        let mut line = Line::of(parts);
        line.level = self.now.level;
        line.rule = std::mem::take(&mut self.rule);
        line.gap = std::mem::take(&mut self.gap).max(1.0);
        line.bullet = self.bullet.take();
        line.number = self.number.take();
        line.place = Place { line: self.began, ..Place::default() };
        let levels = f32::from(u8::try_from(self.lists.len()).unwrap_or(u8::MAX));
        line.indent = levels * LIST_INDENT + f32::from(self.now.quotes);
        let marked = line.bullet.is_some() || line.number.is_some();
        if !marked && !self.lists.is_empty() && !self.begins_item {
            line.indent += MARK_WIDTH;
        }
        if !marked && line.level.is_none() {
            take_mark(&mut line);
        }
        self.begins_item = false;
        if let Some(lines) = self.lines.last_mut() {
            lines.push(line);
        }
    }

    /// Begins a block of text with this space above.
    fn block(&mut self, gap: f32) {
        self.flush();
        self.gap = self.gap.max(gap);
    }

    fn open(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        match name {
            _ if self.now.hidden && elements::is_void(name) => return,
            "br" if self.now.level.is_some() => return self.blank(),
            "br" if self.pieces.is_empty() => {
                self.gap = (self.gap.max(1.0) + 1.0).min(3.0);
                return;
            }
            "br" => return self.flush(),
            "hr" => {
                self.block(PARAGRAPH);
                self.rule = true;
                return;
            }
            "img" => return self.picture(tag),
            _ if elements::is_void(name) => return,
            _ => {}
        }
        for (closed, barriers) in elements::closed_by(name) {
            self.close_nearest(closed, barriers);
        }
        if self.open.len() >= DEEPEST {
            // Its text is read as that of the element around it.
            self.too_deep += 1;
            if elements::is_block(name) {
                self.flush();
            }
            return;
        }
        let kind = if self.now.hidden { Kind::Inline } else { kind(tag) };
        let before = self.now.clone();
        if self.open.last().is_some_and(|open| open.kind == Kind::Flow) {
            // Each child is a cell, whatever else it is.
            self.begin(tag, Kind::Cell);
            let before = before.clone();
            self.open.push(Open { name: String::new(), kind: Kind::Cell, before });
        }
        self.begin(tag, kind);
        self.open.push(Open { name: tag.name.clone(), kind, before });
        if tag.empty && matches!(name, "a" | "i" | "span" | "div" | "p" | "em" | "b") {
            // In HTML the slash says nothing; in XHTML, where people write it, it does.
            self.close(name);
        }
    }

    /// What the start of an element does.
    fn begin(&mut self, tag: &Tag, kind: Kind) {
        match kind {
            Kind::Inline | Kind::Title | Kind::Silent | Kind::Hidden => {}
            Kind::Block => self.block(1.0),
            Kind::Paragraph | Kind::Heading(_) | Kind::Preformatted | Kind::Quote => {
                self.block(PARAGRAPH);
            }
            Kind::List => {
                self.block(if self.lists.is_empty() { PARAGRAPH } else { 1.0 });
                let bare =
                    tag.has_style("list-style:none") || tag.has_style("list-style-type:none");
                let marked =
                    !bare && !tag.has_class(&["list-unstyled", "list-none", "list-inline"]);
                self.lists.push(List { count: Count::of(tag), marked });
            }
            Kind::Item => self.item(tag),
            Kind::Row | Kind::Flow => {
                self.flush();
                self.rows.push(vec![]);
            }
            Kind::Cell | Kind::Navigation => {
                self.flush();
                self.lines.push(vec![]);
            }
            Kind::Part => self.pieces.part(),
            Kind::Link => {
                let target = tag.attribute("href").unwrap_or_default();
                let link: Option<Rc<str>> = address(target).map(Into::into);
                self.notes.extend(if link.is_none() { left_out(target) } else { None });
                self.now.link.clone_from(&link);
                self.links.push(Link { target: link, words: self.words, pictures: vec![] });
            }
            Kind::Quotation => self.write("“", self.began),
        }
        match kind {
            Kind::Heading(level) => self.now.level = Some(level),
            Kind::Preformatted => self.now.preformatted = true,
            Kind::Quote => self.now.quotes = self.now.quotes.saturating_add(1),
            Kind::Title | Kind::Silent | Kind::Hidden => {
                self.now.hidden = true;
                self.unseen.clear();
            }
            _ => {}
        }
        if tag.floats_right() && matches!(kind, Kind::Part) {
            self.now.floating = true;
        }
        tag.style(&mut self.now.style);
    }

    fn item(&mut self, tag: &Tag) {
        self.flush();
        self.begins_item = true;
        match self.lists.last_mut() {
            Some(List { count: Some(count), .. }) => self.number = Some(count.next(tag)),
            Some(List { marked: true, .. }) => self.bullet = Some("•".to_owned()),
            Some(_) | None => {}
        }
    }

    fn picture(&mut self, tag: &Tag) {
        let description = tag.attribute("alt").unwrap_or_default().to_owned();
        match self.links.last_mut() {
            _ if self.now.hidden => {}
            Some(link) => link.pictures.push(description),
            None => self.notes.extend(picture(&description)),
        }
    }

    /// Closes the innermost element of this name, and what is open in it.
    fn close(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            if elements::is_block(name) {
                self.flush();
            }
            return;
        }
        let barriers: &[&str] =
            if elements::is_block(name) { &[] } else { &["td", "th", "tr", "table", "li"] };
        self.close_nearest(&[name], barriers);
    }

    /// Closes the innermost element with one of these names, unless one of the barriers is open
    /// inside of it.
    fn close_nearest(&mut self, names: &[&str], barriers: &[&str]) {
        let stops = |open: &Open| names.contains(&&*open.name) || barriers.contains(&&*open.name);
        let found = self.open.iter().rposition(stops);
        let named = |at: &usize| self.open.get(*at).is_some_and(|o| names.contains(&&*o.name));
        if let Some(at) = found.filter(named) {
            self.close_to(at);
            // The cell around a child of a box.
            if self.open.last().is_some_and(|open| open.name.is_empty()) {
                self.close_to(at.saturating_sub(1));
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            self.end(open.kind);
            self.now = open.before;
        }
    }

    /// What the end of an element does, while its state still holds.
    fn end(&mut self, kind: Kind) {
        match kind {
            Kind::Inline => {}
            Kind::Silent => self.unseen.clear(),
            Kind::Block => self.flush(),
            Kind::Paragraph | Kind::Heading(_) | Kind::Preformatted | Kind::Quote => {
                self.block(PARAGRAPH);
            }
            Kind::List => {
                self.flush();
                self.lists.pop();
                self.gap = self.gap.max(if self.lists.is_empty() { PARAGRAPH } else { 1.0 });
            }
            Kind::Item => {
                self.flush();
                (self.bullet, self.number, self.begins_item) = (None, None, false);
            }
            Kind::Cell => {
                self.flush();
                let cell = self.lines.pop().unwrap_or_default();
                match self.rows.last_mut() {
                    Some(row) => row.push(cell),
                    None => self.add(cell),
                }
            }
            Kind::Row | Kind::Flow => {
                self.flush();
                let row = across(self.rows.pop().unwrap_or_default());
                self.add(row);
            }
            Kind::Navigation => {
                self.flush();
                self.furniture.extend(self.lines.pop().unwrap_or_default());
            }
            Kind::Part => {
                if !self.now.floating {
                    self.pieces.part();
                }
            }
            Kind::Link => self.end_link(),
            Kind::Quotation => self.write("”", self.began),
            Kind::Title | Kind::Hidden => self.tell_unseen(kind),
        }
    }

    fn add(&mut self, lines: Vec<Line>) {
        if let Some(all) = self.lines.last_mut() {
            all.extend(lines);
        }
    }

    /// A link without words shows what its picture is described as, or else its address.
    fn end_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        let described = link.pictures.iter().any(|text| !text.trim().is_empty());
        match &link.target {
            Some(_) if link.words == self.words && described => {
                self.write(&link.pictures.join(" "), self.began);
            }
            Some(target) if link.words == self.words => {
                self.write(printed(target), self.began);
            }
            _ => self.notes.extend(link.pictures.iter().filter_map(|text| picture(text))),
        }
    }

    fn tell_unseen(&mut self, kind: Kind) {
        let text = std::mem::take(&mut self.unseen);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        self.notes.push(match kind {
            Kind::Title => format!("the title of the page was left out: `{}`", short(&text)),
            _ => format!("text that the page does not show was left out: `{}`", short(&text)),
        });
    }
}

//! The marks inside a paragraph of Markdown: emphasis, code, links, pictures, formulas, tags.

use super::super::{
    outline::{Part, RunStyle},
    pieces::{Pieces, address, left_out, picture, printed, short, until},
    web_page::{
        elements::{is_block, is_inline},
        tags::{Tag, decoded, short_tag},
    },
};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// The partner of a mark is looked for so far, so that many marks without one cost little.
const FAR: usize = 2000;
/// The same for formulas.
const LONGEST_FORMULA: usize = 400;
/// The same for attributes and names of links.
const LONGEST_NAME: usize = 200;
/// The same for what is raised or lowered.
const LONGEST_SCRIPT: usize = 60;
/// So many blanks in a row part a line as a tab does.
const BLANKS: usize = 3;
/// How deep tags and brackets may lie in each other.
const DEEPEST: usize = 64;

/// What a text is read with.
#[derive(Debug, Default)]
pub(in crate::interchange) struct Context {
    /// The addresses of links that are defined elsewhere, by their names in small letters.
    pub(super) targets: HashMap<String, String>,
    /// The names of those that a text leads to.
    pub(super) used: HashSet<String>,
    /// What is told.
    pub(in crate::interchange) notes: Vec<String>,
}

/// A piece of a paragraph.
#[derive(Debug)]
enum Item {
    Text(String),
    Code(String),
    Formula(String),
    Raised(String),
    Lowered(String),
    Delimiter(Delimiter),
    Tag(Tag),
    LineBreak,
    PartBreak,
    Picture(String),
    LinkStart(Option<Rc<str>>),
    LinkEnd,
}

/// Stars or low lines in a row.
#[derive(Clone, Copy, Debug, Default)]
struct Delimiter {
    sign: char,
    count: usize,
    /// How many there were in the source.
    all: usize,
    opens: bool,
    closes: bool,
    /// How many spans begin or end here.
    begins: Spans,
    ends: Spans,
}

/// A number of spans of each look.
#[derive(Clone, Copy, Debug, Default)]
struct Spans {
    italic: usize,
    bold: usize,
}

/// The lines of a paragraph, each with its parts and with the number of the line of `text` that it
/// began on, from 0. A line break in `text` is one of the paragraph.
pub(in crate::interchange) fn lines(text: &str, context: &mut Context) -> Vec<(usize, Vec<Part>)> {
    let mut scan = Scan { items: vec![], brackets: vec![], text: String::new(), context };
    scan.run(text);
    let mut items = scan.items;
    pair(&mut items);
    let mut setter = Setter::default();
    for item in items {
        setter.item(item);
    }
    setter.end_line();
    context.notes.append(&mut setter.notes);
    setter.lines
}

/// A bracket that is open: where it stands among the items, whether it is that of a picture, and
/// how much of the source followed it.
struct Bracket {
    at: usize,
    picture: bool,
    rest: usize,
}

struct Scan<'c> {
    items: Vec<Item>,
    brackets: Vec<Bracket>,
    /// Text that is not yet among the items.
    text: String,
    context: &'c mut Context,
}

impl Scan<'_> {
    fn run(&mut self, source: &str) {
        let mut rest = source;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            let taken = self.special(rest, c, before, source).filter(|taken| *taken > 0);
            let (piece, behind) = match taken {
                Some(taken) => rest.split_at_checked(taken).unwrap_or((rest, "")),
                None => {
                    let behind = rest.get(c.len_utf8()..).unwrap_or_default();
                    let (_, behind) = until(behind, is_special);
                    let text =
                        rest.split_at_checked(rest.len() - behind.len()).unwrap_or((rest, ""));
                    self.text.push_str(text.0);
                    text
                }
            };
            before = piece.chars().next_back().unwrap_or(' ');
            rest = behind;
        }
        self.flush();
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.items.push(Item::Text(std::mem::take(&mut self.text)));
        }
    }

    fn add(&mut self, item: Item) {
        self.flush();
        self.items.push(item);
    }

    /// Reads what has a meaning at the head of `rest`: how many bytes that are; none for text.
    fn special(&mut self, rest: &str, c: char, before: char, source: &str) -> Option<usize> {
        match c {
            '\n' => {
                self.add(Item::LineBreak);
                Some(1)
            }
            '\t' | ' ' => {
                let (blanks, _) = until(rest, |c| c != ' ' && c != '\t');
                let wide = blanks.len() >= BLANKS || blanks.contains('\t');
                wide.then(|| self.add(Item::PartBreak))?;
                Some(blanks.len())
            }
            '\\' => self.escape(rest),
            '`' => self.code(rest),
            '$' => self.formula(rest),
            '*' | '_' => Some(self.delimiter(rest, c, before)),
            '!' if rest.starts_with("![") => Some(self.bracket(rest, true)),
            '[' => self.footnote(rest).or_else(|| Some(self.bracket(rest, false))),
            ']' => Some(self.close(rest, source)),
            '<' => self.angle(rest),
            '&' => self.entity(rest),
            '^' | '~' => self.script(rest, c),
            '{' => self.braces(rest, before),
            'h' | 'H' if !before.is_alphanumeric() => self.bare(rest),
            _ => None,
        }
    }

    fn escape(&mut self, rest: &str) -> Option<usize> {
        let next = rest.chars().nth(1)?;
        if next == '\n' {
            self.add(Item::LineBreak);
        } else if next.is_ascii_punctuation() {
            self.text.push(next);
        } else if rest.starts_with("\\hfill") {
            self.add(Item::PartBreak);
            return Some("\\hfill".len());
        } else {
            return None;
        }
        Some(2)
    }

    fn code(&mut self, rest: &str) -> Option<usize> {
        let (marks, inner) = until(rest, |c| c != '`');
        let mut after = near(inner, FAR);
        let mut length = 0;
        loop {
            let (text, behind) = until(after, |c| c == '`');
            let (closing, behind) = until(behind, |c| c != '`');
            length += text.len();
            if closing.is_empty() {
                self.text.push_str(marks);
                return Some(marks.len());
            }
            if closing.len() == marks.len() {
                self.add(Item::Code(inner.get(..length)?.to_owned()));
                return Some(length + 2 * marks.len());
            }
            length += closing.len();
            after = behind;
        }
    }

    /// `$x$` as Pandoc has it: no blank inside at the ends, and no digit behind. `$$x$$`, too.
    fn formula(&mut self, rest: &str) -> Option<usize> {
        let marks = if rest.starts_with("$$") { "$$" } else { "$" };
        let inner = near(rest.strip_prefix(marks)?, LONGEST_FORMULA);
        if marks == "$" && inner.starts_with(char::is_whitespace) {
            return None;
        }
        let mut at = 0;
        loop {
            at += inner.get(at..)?.find(marks)?;
            let (text, behind) = inner.split_at_checked(at)?;
            let behind = behind.strip_prefix(marks)?;
            let tight = !text.ends_with(char::is_whitespace) && !text.ends_with('\\');
            if (marks == "$$" || tight) && !behind.starts_with(|c: char| c.is_ascii_digit()) {
                (!text.trim().is_empty()).then_some(())?;
                self.add(Item::Formula(text.to_owned()));
                return Some(text.len() + 2 * marks.len());
            }
            at += marks.len();
        }
    }

    fn delimiter(&mut self, rest: &str, sign: char, before: char) -> usize {
        let (marks, behind) = until(rest, |c| c != sign);
        let after = behind.chars().next().unwrap_or(' ');
        let punctuation = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        // The rule of CommonMark, section 6.2.
        let apart = |c: char| c.is_whitespace() || punctuation(c);
        let left = !after.is_whitespace() && (!punctuation(after) || apart(before));
        let right = !before.is_whitespace() && (!punctuation(before) || apart(after));
        let (opens, closes) = if sign == '_' {
            (left && (!right || punctuation(before)), right && (!left || punctuation(after)))
        } else {
            (left, right)
        };
        let count = marks.len();
        let own = Delimiter { sign, count, all: count, opens, closes, ..Delimiter::default() };
        self.add(Item::Delimiter(own));
        count
    }

    fn bracket(&mut self, rest: &str, picture: bool) -> usize {
        let sign = if picture { "![" } else { "[" };
        let rest = rest.len() - sign.len();
        self.flush();
        if self.brackets.len() < DEEPEST {
            self.brackets.push(Bracket { at: self.items.len(), picture, rest });
        }
        self.items.push(Item::Text(sign.to_owned()));
        sign.len()
    }

    /// What a closing bracket ends: a link or picture with its address behind, or by a name.
    fn close(&mut self, rest: &str, source: &str) -> usize {
        let behind = rest.get(1..).unwrap_or_default();
        let Some(bracket) = self.brackets.pop() else {
            self.text.push(']');
            return 1;
        };
        let inner = source.len() - bracket.rest;
        let inner = source.get(inner..source.len() - rest.len()).unwrap_or_default();
        let Some((target, taken)) = self.target(inner, behind) else {
            self.text.push(']');
            return 1;
        };
        self.flush();
        let told = behind.get(1..taken.saturating_sub(1)).unwrap_or(&target);
        if bracket.picture {
            // Its address is no word of a CV, but what is no address may be one.
            self.context.notes.extend(if address(&target).is_none() {
                left_out(told)
            } else {
                None
            });
            let inside = self.items.split_off(bracket.at);
            let text: String = inside.iter().skip(1).map(Item::plain).collect();
            self.items.push(Item::Picture(text));
        } else {
            let link = address(&target).or_else(|| mailbox(&target));
            self.context.notes.extend(if link.is_none() { left_out(told) } else { None });
            if let Some(open) = self.items.get_mut(bracket.at) {
                *open = Item::LinkStart(link.map(Into::into));
            }
            self.items.push(Item::LinkEnd);
        }
        1 + taken
    }

    /// The address of a link whose words are `inner`, and how much of the text behind it says so.
    fn target(&mut self, inner: &str, behind: &str) -> Option<(String, usize)> {
        if let Some(found) =
            behind.strip_prefix('(').and_then(|text| parenthesised(near(text, FAR)))
        {
            return Some((found.0, found.1 + 1));
        }
        let Context { targets, used, .. } = &mut *self.context;
        let mut named = |name: &str| {
            let name = label(name);
            let target = targets.get(&name).cloned();
            used.extend(Some(name).filter(|_| target.is_some()));
            target
        };
        if let Some(text) = behind.strip_prefix('[')
            && let Some((name, _)) = near(text, LONGEST_NAME).split_once(']')
        {
            let target = named(if name.trim().is_empty() { inner } else { name })?;
            return Some((target, name.len() + 2));
        }
        Some((named(inner)?, 0))
    }

    fn footnote(&mut self, rest: &str) -> Option<usize> {
        let inner = near(rest.strip_prefix("[^")?, LONGEST_SCRIPT);
        let (name, _) = inner.split_once(']')?;
        let one = !name.is_empty() && !name.contains(char::is_whitespace);
        one.then(|| self.add(Item::Raised(name.to_owned())))?;
        Some(name.len() + 3)
    }

    fn angle(&mut self, rest: &str) -> Option<usize> {
        let window = near(rest, FAR);
        if window.starts_with("<!--") {
            let (inner, _) = window.split_once("-->")?;
            return Some(inner.len() + 3);
        }
        let (inner, _) = window.strip_prefix('<')?.split_once('>')?;
        if let Some(link) = address(inner).or_else(|| mailbox(inner)) {
            self.add(Item::LinkStart(Some(link.into())));
            self.items.push(Item::Text(printed(inner).to_owned()));
            self.items.push(Item::LinkEnd);
            return Some(inner.len() + 2);
        }
        let (tag, behind) = short_tag(window)?;
        (is_inline(&tag.name) || is_block(&tag.name)).then_some(())?;
        self.add(Item::Tag(tag));
        Some(window.len() - behind.len())
    }

    fn entity(&mut self, rest: &str) -> Option<usize> {
        let (name, _) = near(rest, LONGEST_SCRIPT).split_once(';')?;
        let entity = rest.get(..=name.len())?;
        let sign = decoded(entity);
        (sign != entity).then(|| self.text.push_str(&sign))?;
        Some(entity.len())
    }

    /// `x^2^` and `H~2~O` as Pandoc has them; `~~` strikes out, which is no look of a CV.
    fn script(&mut self, rest: &str, sign: char) -> Option<usize> {
        if rest.starts_with("~~") {
            let (marks, _) = until(rest, |c| c != '~');
            return Some(marks.len());
        }
        let inner = near(rest.get(1..)?, LONGEST_SCRIPT);
        let (text, _) = inner.split_once(sign)?;
        (!text.is_empty() && !text.contains(char::is_whitespace)).then_some(())?;
        let item = if sign == '^' { Item::Raised } else { Item::Lowered };
        self.add(item(text.to_owned()));
        Some(text.len() + 2)
    }

    /// Attributes of Kramdown and Pandoc, and orders of Jekyll and Hugo, are told.
    fn braces(&mut self, rest: &str, before: char) -> Option<usize> {
        let length = order(rest).or_else(|| {
            let (inner, _) = near(rest, LONGEST_NAME).split_once('}')?;
            let starts = ["{:", "{.", "{#"].iter().any(|start| inner.starts_with(start));
            let behind_link = matches!(before, ')' | ']') && inner.contains(['=', '.', '#']);
            (starts || behind_link).then_some(inner.len() + 1)
        })?;
        let text = rest.get(..length)?;
        self.context.notes.push(format!("an order of the file was left out: `{}`", short(text)));
        Some(length)
    }

    /// An address that stands in the text, with all its signs.
    fn bare(&mut self, rest: &str) -> Option<usize> {
        let head = near(rest, "https://".len()).to_ascii_lowercase();
        (head.starts_with("http://") || head == "https://").then_some(())?;
        let (url, _) = until(near(rest, FAR), |c| c.is_whitespace() || "<>[]\"`|\\".contains(c));
        let mut url = url.trim_end_matches(|c| ".,;:!?'*_".contains(c));
        while url.ends_with(')') && url.matches(')').count() > url.matches('(').count() {
            url = url.strip_suffix(')')?.trim_end_matches(|c| ".,;:!?'*_".contains(c));
        }
        let link = address(url)?;
        self.add(Item::LinkStart(Some(link.into())));
        self.items.push(Item::Text(url.to_owned()));
        self.items.push(Item::LinkEnd);
        Some(url.len())
    }
}

/// An order of Jekyll or Hugo at the head of a text: how long it is.
pub(super) fn order(text: &str) -> Option<usize> {
    let window = near(text, FAR);
    let end = if window.starts_with("{{") {
        "}}"
    } else if window.starts_with("{%") {
        "%}"
    } else {
        return None;
    };
    Some(window.find(end)? + end.len())
}

fn is_special(c: char) -> bool {
    "\n\t \\`$*_![]<&^~{hH".contains(c)
}

fn near(text: &str, length: usize) -> &str {
    text.get(..text.floor_char_boundary(length)).unwrap_or(text)
}

/// The name of a link as it is compared.
pub(super) fn label(name: &str) -> String {
    let name = near(name, LONGEST_NAME);
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An address between parentheses, with a title that is left out; and how long that is, with the
/// closing one.
fn parenthesised(text: &str) -> Option<(String, usize)> {
    text.contains(')').then_some(())?;
    let start = text.trim_start();
    let (target, behind) = match start.strip_prefix('<') {
        Some(inner) => inner.split_once('>')?,
        None => {
            let mut depth = 0;
            let mut end = 0;
            for c in start.chars() {
                match c {
                    '(' if depth > DEEPEST => return None,
                    '(' => depth += 1,
                    ')' if depth == 0 => break,
                    ')' => depth -= 1,
                    c if c.is_whitespace() => break,
                    _ => {}
                }
                end += c.len_utf8();
            }
            start.split_at_checked(end)?
        }
    };
    let mut rest = behind.trim_start();
    if let Some(quote) = rest.chars().next().filter(|c| "\"'(".contains(*c)) {
        let end = if quote == '(' { ')' } else { quote };
        rest = rest.get(1..)?.split_once(end)?.1.trim_start();
    }
    let rest = rest.strip_prefix(')')?;
    Some((target.replace("\\_", "_"), text.len() - rest.len()))
}

/// A mailbox as the address of a link.
fn mailbox(text: &str) -> Option<String> {
    let (name, host) = text.split_once('@')?;
    let plain = |c: char| c.is_alphanumeric() || ".-_+%".contains(c);
    let is = !name.is_empty() && host.contains('.') && text.matches('@').count() == 1;
    (is && (name.chars().chain(host.chars())).all(plain)).then(|| format!("mailto:{text}"))
}

/// Finds which stars and low lines belong together; one pass, as each is taken once.
fn pair(items: &mut [Item]) {
    let mut open: [Vec<usize>; 2] = [vec![], vec![]];
    for at in 0..items.len() {
        let Some(mut own) = items.get(at).and_then(Item::delimiter) else { continue };
        let [stars, lines] = &mut open;
        let (same, other) = if own.sign == '*' { (stars, lines) } else { (lines, stars) };
        while own.closes && own.count > 0 {
            let Some(&opener_at) = same.last() else { break };
            let Some(Item::Delimiter(opener)) = items.get_mut(opener_at) else { break };
            let both = opener.closes || own.opens;
            let thirds = opener.all.is_multiple_of(3) && own.all.is_multiple_of(3);
            if both && (opener.all + own.all).is_multiple_of(3) && !thirds {
                break;
            }
            let bold = opener.count >= 2 && own.count >= 2;
            let count = if bold { 2 } else { 1 };
            for span in [&mut opener.begins, &mut own.ends] {
                *(if bold { &mut span.bold } else { &mut span.italic }) += 1;
            }
            opener.count -= count;
            own.count -= count;
            if opener.count == 0 {
                same.pop();
            }
            while other.last().is_some_and(|at| *at > opener_at) {
                other.pop();
            }
        }
        if own.opens && own.count > 0 {
            same.push(at);
        }
        if let Some(item) = items.get_mut(at) {
            *item = Item::Delimiter(own);
        }
    }
}

impl Item {
    fn delimiter(&self) -> Option<Delimiter> {
        if let Self::Delimiter(delimiter) = self { Some(*delimiter) } else { None }
    }

    /// Its words without their look.
    fn plain(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Code(text)
            | Self::Formula(text)
            | Self::Raised(text)
            | Self::Lowered(text)
            | Self::Picture(text) => text,
            Self::LineBreak | Self::PartBreak => " ",
            Self::Delimiter(_) | Self::Tag(_) | Self::LinkStart(_) | Self::LinkEnd => "",
        }
    }
}

/// What holds for the words that come next, as far as tags say so.
#[derive(Clone, Debug, Default)]
struct Now {
    style: RunStyle,
    floating: bool,
}

/// A link that is open.
struct Link {
    target: Option<Rc<str>>,
    empty: bool,
    pictures: Vec<String>,
}

/// Makes parts of the items.
#[derive(Default)]
struct Setter {
    lines: Vec<(usize, Vec<Part>)>,
    row: usize,
    pieces: Pieces,
    floating: Pieces,
    spans: Spans,
    now: Now,
    tags: Vec<(String, Now)>,
    links: Vec<Link>,
    notes: Vec<String>,
}

impl Setter {
    fn item(&mut self, item: Item) {
        match item {
            Item::Text(text) => self.write(&text, |_| {}),
            Item::Code(text) => self.write(&text, |style| style.code = true),
            Item::Formula(text) => self.write(&text, |style| style.math = true),
            Item::Raised(text) => self.write(&text, |style| style.superscript = true),
            Item::Lowered(text) => self.write(&text, |style| style.subscript = true),
            Item::Delimiter(delimiter) => self.delimiter(delimiter),
            Item::Tag(tag) => self.tag(&tag),
            Item::LineBreak => {
                self.end_line();
                self.row += 1;
            }
            Item::PartBreak => self.pieces.part(),
            Item::Picture(text) => match self.links.last_mut() {
                Some(link) => link.pictures.push(text),
                None => self.notes.extend(picture(&text)),
            },
            Item::LinkStart(target) => self.start_link(target),
            Item::LinkEnd => self.end_link(),
        }
    }

    fn write(&mut self, text: &str, look: impl FnOnce(&mut RunStyle)) {
        let mut style = self.now.style.clone();
        style.bold |= self.spans.bold > 0;
        style.italic |= self.spans.italic > 0;
        look(&mut style);
        let link = self.links.iter().find_map(|link| link.target.as_deref());
        let pieces = if self.now.floating { &mut self.floating } else { &mut self.pieces };
        pieces.push(text, &style, link);
        if !text.trim().is_empty() {
            self.links.iter_mut().for_each(|link| link.empty = false);
        }
    }

    fn delimiter(&mut self, own: Delimiter) {
        self.spans.italic = self.spans.italic.saturating_sub(own.ends.italic);
        self.spans.bold = self.spans.bold.saturating_sub(own.ends.bold);
        if own.count > 0 {
            self.write(&own.sign.to_string().repeat(own.count), |_| {});
        }
        self.spans.italic += own.begins.italic;
        self.spans.bold += own.begins.bold;
    }

    fn tag(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "br" => self.end_line(),
            "img" => {
                self.item(Item::Picture(tag.attribute("alt").unwrap_or_default().to_owned()));
            }
            "wbr" => {}
            name if is_block(name) => self.end_line(),
            name if tag.closes => {
                let Some(at) = self.tags.iter().rposition(|(open, _)| open == name) else { return };
                if name == "a" {
                    self.end_link();
                }
                let apart = self.now.floating;
                if let Some((_, before)) = self.tags.drain(at..).next() {
                    self.now = before;
                }
                if apart && !self.now.floating && !self.pieces.is_empty() {
                    self.pieces.part();
                }
            }
            _ if tag.empty || self.tags.len() >= DEEPEST => {}
            name => {
                self.tags.push((name.to_owned(), self.now.clone()));
                tag.style(&mut self.now.style);
                self.now.floating |= tag.floats_right();
                if name == "a" {
                    let target = tag.attribute("href").unwrap_or_default();
                    let link = address(target);
                    self.notes.extend(if link.is_none() { left_out(target) } else { None });
                    self.start_link(link.map(Into::into));
                }
            }
        }
    }

    fn start_link(&mut self, target: Option<Rc<str>>) {
        self.links.push(Link { target, empty: true, pictures: vec![] });
    }

    /// A link without words shows what its picture is described as, or else its address.
    fn end_link(&mut self) {
        let Some(link) = self.links.last_mut() else { return };
        let (empty, pictures) = (link.empty, std::mem::take(&mut link.pictures));
        let target = link.target.clone();
        let described = pictures.join(" ");
        match target {
            Some(_) if empty && !described.trim().is_empty() => self.write(&described, |_| {}),
            Some(target) if empty => self.write(printed(&target), |_| {}),
            _ => self.notes.extend(pictures.iter().filter_map(|text| picture(text))),
        }
        self.links.pop();
    }

    fn end_line(&mut self) {
        let mut parts = self.pieces.take();
        parts.extend(self.floating.take());
        if !parts.is_empty() {
            self.lines.push((self.row, parts));
        }
    }
}

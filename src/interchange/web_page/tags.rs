//! The tags, comments and text that an HTML file is made of, read leniently and once.

use super::{
    super::{decode::decode, html, outline::RunStyle, pieces::until},
    elements,
};

/// So many attributes of a tag are looked at.
const MOST_ATTRIBUTES: usize = 32;
/// So many tags without an end are passed over before what follows is taken for text.
const MOST_BROKEN: u8 = 16;
/// The longest name of an element.
const LONGEST_NAME: usize = 40;
/// The longest entity with its `&` and `;`.
const LONGEST_ENTITY: usize = 14;

/// A tag at its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::interchange) struct Tag {
    /// Its name in small letters.
    pub(in crate::interchange) name: String,
    /// Whether it closes an element.
    pub(in crate::interchange) closes: bool,
    /// Whether it says itself that it is empty: `<br/>`.
    pub(in crate::interchange) empty: bool,
    attributes: Vec<(String, String)>,
}

/// A piece of the source.
#[derive(Debug)]
pub(super) enum Token<'t> {
    /// Text with its entities.
    Text(&'t str),
    /// A tag.
    Tag(Tag),
}

/// The pieces of a source in their order, with the lines on which they begin, from 0.
pub(super) struct Tokens<'t> {
    rest: &'t str,
    line: u32,
    /// Signs of which no more come, so that nobody looks for them again.
    over: Vec<&'static str>,
    broken: u8,
}

impl Tag {
    /// The value of an attribute; empty where it has none.
    pub(in crate::interchange) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether one of its classes is among these.
    pub(in crate::interchange) fn has_class(&self, names: &[&str]) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|class| names.contains(&class))
    }

    /// Whether its own style says this, written without blanks: `float:right`.
    pub(in crate::interchange) fn has_style(&self, declaration: &str) -> bool {
        let Some(style) = self.attribute("style") else { return false };
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        style
            .to_ascii_lowercase()
            .split(';')
            .any(|own| own.strip_suffix("!important").unwrap_or(own) == declaration)
    }

    /// Whether what it opens is not shown.
    pub(in crate::interchange) fn is_hidden(&self) -> bool {
        const CLASSES: [&str; 3] = ["visually-hidden", "sr-only", "screen-reader-text"];
        self.attribute("hidden").is_some_and(|value| value != "until-found")
            || self.has_style("display:none")
            || self.has_style("visibility:hidden")
            || self.has_class(&CLASSES)
    }

    /// Whether what it opens stands at the far end of its line.
    pub(in crate::interchange) fn floats_right(&self) -> bool {
        const CLASSES: [&str; 4] = ["float-right", "float-end", "pull-right", "right-align"];
        self.has_style("float:right")
            || self.has_class(&CLASSES)
            || self.attribute("align") == Some("right") && self.name == "span"
    }

    /// What it changes of the look of words.
    pub(in crate::interchange) fn style(&self, style: &mut RunStyle) {
        match self.name.as_str() {
            "b" | "strong" | "th" => style.bold = true,
            "i" | "em" | "cite" | "var" | "dfn" => style.italic = true,
            "code" | "tt" | "kbd" | "samp" => style.code = true,
            "sup" => style.superscript = true,
            "sub" => style.subscript = true,
            _ => {}
        }
        if self.attribute("style").is_some() {
            let any = |all: &[&str]| all.iter().any(|one| self.has_style(one));
            style.bold |= any(&["font-weight:bold", "font-weight:600", "font-weight:700"]);
            style.italic |= any(&["font-style:italic", "font-style:oblique"]);
            style.small_caps |= any(&["font-variant:small-caps", "font-variant-caps:small-caps"]);
        }
    }
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text, line: 0, over: vec![], broken: 0 }
    }

    /// Where `sign` comes next in a text that is part of the rest of the source.
    fn find(&mut self, text: &str, sign: &'static str) -> Option<usize> {
        if self.over.contains(&sign) {
            return None;
        }
        let at = text.find(sign);
        if at.is_none() {
            self.over.push(sign);
        }
        at
    }

    fn advance(&mut self, behind: &'t str) {
        let taken = self.rest.len().saturating_sub(behind.len());
        let taken = self.rest.get(..taken).unwrap_or_default();
        let lines = taken.bytes().filter(|b| *b == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.rest = behind;
    }

    /// What stands behind a comment, a declaration or an instruction at the head of the rest.
    fn behind_remark(&mut self) -> Option<&'t str> {
        let rest = self.rest;
        let (inner, end) = if let Some(inner) = rest.strip_prefix("<!--") {
            (inner, "-->")
        } else if let Some(inner) = rest.strip_prefix("<!") {
            // A declaration, or a condition of Word.
            let begins = |c: char| c.is_ascii_alphabetic();
            let condition = ["[if", "[endif", "[CDATA"].iter().any(|sign| inner.starts_with(sign));
            (condition || inner.starts_with(begins)).then_some((inner, ">"))?
        } else {
            (rest.strip_prefix("<?")?, ">")
        };
        let at = self.find(inner, end)?;
        inner.get(at + end.len()..)
    }

    /// The tag at the head of the rest, and what follows it.
    fn tag(&mut self) -> Option<(Tag, &'t str)> {
        if self.broken > MOST_BROKEN || !is_tag(self.rest) || self.find(self.rest, ">").is_none() {
            return None;
        }
        let found =
            tag(self.rest, |text, quote| self.find(text, if quote == '"' { "\"" } else { "'" }));
        self.broken = self.broken.saturating_add(u8::from(found.is_none()));
        found
    }

    /// Passes over the text of an element that holds no HTML.
    fn skip_raw(&mut self, name: &str) {
        let mut rest = self.rest;
        while let Some(at) = rest.find("</") {
            let close = rest.get(at..).unwrap_or_default();
            let named = close.get(2..).and_then(|inner| inner.get(..name.len()));
            if named.is_some_and(|named| named.eq_ignore_ascii_case(name)) {
                self.advance(close);
                return;
            }
            rest = close.get(2..).unwrap_or_default();
        }
        self.advance("");
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = (u32, Token<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(behind) = self.behind_remark() {
                self.advance(behind);
                continue;
            }
            let line = self.line;
            if let Some((tag, behind)) = self.tag() {
                self.advance(behind);
                if !tag.closes && matches!(tag.name.as_str(), "script" | "style" | "xmp") {
                    self.skip_raw(&tag.name);
                }
                return Some((line, Token::Tag(tag)));
            }
            // The first sign is text even if it is a `<`.
            let mut inner = self.rest.chars();
            inner.next();
            let (_, behind) = until(inner.as_str(), |c| c == '<');
            let (text, _) = self
                .rest
                .split_at_checked(self.rest.len() - behind.len())
                .unwrap_or((self.rest, ""));
            self.advance(behind);
            return Some((line, Token::Text(text)));
        }
    }
}

/// Whether a tag may begin at the head of a text: `<` and the name of an element. `Vec<T>` and
/// `<ada@example.org>` are text.
fn is_tag(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('<') else { return false };
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let near = inner.get(..inner.floor_char_boundary(LONGEST_NAME)).unwrap_or(inner);
    let (name, _) = until(near, |c| c.is_whitespace() || "/>".contains(c));
    inner.starts_with(|c: char| c.is_ascii_alphabetic()) && elements::is_known(name)
}

/// The tag at the head of a short text, and what follows it.
pub(in crate::interchange) fn short_tag(text: &str) -> Option<(Tag, &str)> {
    is_tag(text).then(|| tag(text, |text, quote| text.find(quote)))?
}

/// The tag at the head of a text. `find` says where the quotation mark comes next.
fn tag(text: &str, mut find: impl FnMut(&str, char) -> Option<usize>) -> Option<(Tag, &str)> {
    let inner = text.strip_prefix('<')?;
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let (name, mut rest) = until(inner, |c| c.is_whitespace() || "/>".contains(c));
    let name = name.to_ascii_lowercase();
    let mut tag = Tag { name, closes, ..Tag::default() };
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('>') {
            return Some((tag, behind));
        }
        if let Some(behind) = rest.strip_prefix("/>") {
            tag.empty = true;
            return Some((tag, behind));
        }
        let (name, behind) = until(rest, |c| c.is_whitespace() || "/>=".contains(c));
        if name.contains('<') {
            // `a<b and c</p>` is text up to the next tag.
            return None;
        }
        if name.is_empty() {
            let mut chars = rest.chars();
            chars.next()?;
            rest = chars.as_str();
            continue;
        }
        let (value, behind) = match behind.trim_start().strip_prefix('=') {
            Some(value) => attribute_value(value.trim_start(), &mut find),
            None => ("", behind),
        };
        if tag.attributes.len() < MOST_ATTRIBUTES {
            let value = html::without_entities(value).into_owned();
            tag.attributes.push((name.to_ascii_lowercase(), value));
        }
        rest = behind;
    }
}

fn attribute_value<'t>(
    text: &'t str,
    find: &mut impl FnMut(&str, char) -> Option<usize>,
) -> (&'t str, &'t str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote)
            && let Some(at) = find(inner, quote)
            && let Some((value, behind)) = inner.split_at_checked(at)
        {
            return (value, behind.strip_prefix(quote).unwrap_or(behind));
        }
    }
    until(text, |c| c.is_whitespace() || c == '>')
}

/// The text with its entities as signs; blanks that must not break stay what they are.
pub(in crate::interchange) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (before, behind) = until(rest, |c| c == '&');
        out.push_str(before);
        if behind.is_empty() {
            return out;
        }
        let near = behind.get(..behind.floor_char_boundary(LONGEST_ENTITY)).unwrap_or(behind);
        let (sign, length) = match html::entity(near) {
            _ if near.starts_with("&nbsp;") => ('\u{a0}', 6),
            Some((sign, after)) => (sign, near.len() - after.len()),
            None => windows(near).unwrap_or(('&', 1)),
        };
        out.push(sign);
        rest = behind.get(length..).unwrap_or_default();
    }
}

/// A number between 128 and 159 that means a sign of Windows-1252, as old editors wrote it, and how
/// long it is.
fn windows(text: &str) -> Option<(char, usize)> {
    let (number, _) = text.strip_prefix("&#")?.split_once(';')?;
    let code: u8 = number.parse().ok().filter(|code| (128..160).contains(code))?;
    let (sign, _) = decode(&[code]);
    Some((sign.chars().next().filter(|c| !c.is_control())?, number.len() + 3))
}

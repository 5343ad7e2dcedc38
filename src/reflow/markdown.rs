//! Markdown for a page of one's own: written so that the dialects of Hugo, Jekyll, `MkDocs` and
//! GitHub read it alike.

use super::{Error, heading, levelled, same_link, spaced};
use crate::{
    pdf::Metadata,
    typeset::manuscript::{Block, Item, Manuscript, Row, Span},
    value::rich::Style,
};

/// What nested lists are indented by: four, for Python-Markdown takes no less.
pub(super) const INDENT: &str = "    ";
/// Between short facts on one line.
pub(super) const DOT: &str = " · ";

/// Writes a manuscript as Markdown in UTF-8.
///
/// The name is the title of the page, in a front matter: the generators of sites print it from
/// there, so that it is no heading of the text. There is no photo, for Markdown can only name a
/// file; that of a homepage (see [`super::homepage`]) has one.
///
/// # Errors
/// None.
pub fn write(manuscript: &Manuscript, meta: &Metadata) -> Result<Vec<u8>, Error> {
    let mut out = front_matter(manuscript, meta);
    for block in &manuscript.blocks {
        write_block(&mut out, block, "");
    }
    Ok(out.into_bytes())
}

/// What the generators of sites read first.
pub(super) fn front_matter(manuscript: &Manuscript, meta: &Metadata) -> String {
    let name = manuscript.blocks.iter().find_map(|block| match block {
        Block::Name(text) => Some(text.iter().map(|span| span.text.as_str()).collect::<String>()),
        _ => None,
    });
    let name = name.unwrap_or_else(|| meta.title.clone());
    let name = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("---\nlayout: page\ntitle: \"{name}\"\n---\n")
}

pub(super) fn write_block(out: &mut String, block: &Block, indent: &str) {
    match block {
        Block::Name(_) => {}
        Block::Headline(text) | Block::Paragraph(text) => paragraph(out, &inline(text), indent),
        Block::Contacts(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item)).collect();
            paragraph(out, &items.join(DOT), indent);
        }
        Block::Heading(text) => *out += &format!("\n## {}\n", inline(&heading(text))),
        Block::Head(rows) => head(out, "###", rows),
        Block::Part(rows) => head(out, "####", rows),
        Block::List(items) | Block::Entries(items) => {
            if indent.is_empty() {
                out.push('\n');
            }
            let counted = items.iter().enumerate().all(|(i, item)| item.number == Some(i + 1));
            items.iter().for_each(|item| write_item(out, item, counted, indent));
        }
    }
}

pub(super) fn paragraph(out: &mut String, text: &str, indent: &str) {
    if !text.is_empty() {
        *out += &format!("\n{indent}{}\n", guarded(text));
    }
}

/// The title as a heading, what else there is on a line below it: role, place, date.
fn head(out: &mut String, mark: &str, rows: &[Row]) {
    let (title, facts) = head_texts(rows);
    if !title.is_empty() {
        *out += &format!("\n{mark} {}\n", inline(&heading(title)));
    }
    paragraph(out, &facts, "");
}

/// The title, and what else there is on one line.
pub(super) fn head_texts(rows: &[Row]) -> (&[Span], String) {
    let texts = rows.iter().skip(1).map(|row| &row.text);
    let facts = texts.chain(rows.iter().rev().map(|row| &row.end));
    let facts: Vec<String> = facts.map(|text| inline(text)).filter(|t| !t.is_empty()).collect();
    let title = rows.first().map(|row| row.text.as_slice()).unwrap_or_default();
    (title, facts.join(DOT))
}

fn write_item(out: &mut String, item: &Item, counted: bool, indent: &str) {
    let mark = match item.number {
        Some(number) if counted => format!("{number}. "),
        Some(number) => format!("- \\[{number}\\] "),
        None => "- ".to_owned(),
    };
    let rows: Vec<String> = item
        .rows
        .iter()
        .map(|row| {
            let parts = [inline(&row.text), inline(&row.end)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(DOT)
        })
        .collect();
    // Two spaces break a line everywhere; Python-Markdown knows nothing else.
    let rows = rows.iter().map(|row| guarded(row)).collect::<Vec<_>>();
    *out += &format!("{indent}{mark}{}\n", rows.join(&format!("  \n{indent}{INDENT}")));
    let inner = format!("{indent}{INDENT}");
    item.inner.iter().for_each(|block| write_block(out, block, &inner));
}

/// Styled text on one line.
pub(super) fn inline(text: &[Span]) -> String {
    let text = levelled(text);
    let mut out = String::new();
    let mut rest = text.as_slice();
    while let Some((stretch, after)) = same_link(rest) {
        rest = after;
        let next = after.first().and_then(|span| span.text.chars().next());
        match stretch.first().and_then(|span| span.link.as_deref()) {
            Some(uri) => {
                let mut words = String::new();
                emphasised(&mut words, stretch, Some(']'));
                let uri = escaped_uri(uri);
                out += &format!("[{}]({uri})", words.trim());
            }
            None => emphasised(&mut out, stretch, next),
        }
    }
    out.trim().to_owned()
}

/// Appends spans with their emphasis; `next` is what follows them.
fn emphasised(out: &mut String, spans: &[Span], next: Option<char>) {
    for (i, span) in spans.iter().enumerate() {
        let next = spans.get(i + 1).map_or(next, |span| span.text.chars().next());
        let text = spaced(&span.text);
        let inner = text.trim();
        let (before, after) = text.split_once(inner).unwrap_or_default();
        let words = if span.style.code { code(inner) } else { escaped(inner) };
        *out += before;
        let after_out = out.chars().last();
        let next = if after.is_empty() { next } else { Some(' ') };
        let (open, close) = marks(span.style, inner, after_out, next);
        *out += &format!("{open}{words}{close}{after}");
    }
}

/// What stands around emphasised words: stars where they are read as emphasis, tags elsewhere.
fn marks(
    style: Style,
    words: &str,
    before: Option<char>,
    after: Option<char>,
) -> (&'static str, &'static str) {
    let star = match (style.bold, style.italic) {
        _ if words.is_empty() => return ("", ""),
        (false, false) => return ("", ""),
        (true, false) => "**",
        (false, true) => "*",
        (true, true) => "***",
    };
    // Stars do nothing between a sign inside them and a letter outside.
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let works = |inner: Option<char>, outer: Option<char>| {
        !inner.is_some_and(is_sign) || !outer.is_some_and(char::is_alphanumeric)
    };
    let works = works(words.chars().next(), before) && works(words.chars().last(), after);
    match star {
        star if works && before != Some('*') => (star, star),
        "**" => ("<strong>", "</strong>"),
        "*" => ("<em>", "</em>"),
        _ => ("<strong><em>", "</em></strong>"),
    }
}

/// Words in which nothing is markup. Python-Markdown knows fewer escapes than the others, so that
/// some signs are written as entities; braces are escaped for Jekyll and Hugo, which take two of
/// them for an order.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '{' | '}' => out.extend(['\\', c]),
            '_' if !(is_letter(before) && is_letter(next)) => out += "\\_",
            '<' => out += "&lt;",
            '&' if is_entity(text.get(at..).unwrap_or_default()) => out += "&amp;",
            '|' => out += "&#124;",
            '~' if before.is_some_and(|b| !b.is_whitespace()) => out += "&#126;",
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// Whether a text that begins with `&` is read as one character.
fn is_entity(text: &str) -> bool {
    let name = text.get(1..).unwrap_or_default();
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(name.len());
    end > 0 && name.get(end..).is_some_and(|rest| rest.starts_with(';'))
}

pub(super) fn escaped_uri(uri: &str) -> String {
    uri.replace('(', "%28").replace(')', "%29").replace('&', "&amp;")
}

/// Code between as many backticks as it does not have.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A line whose beginning makes it nothing but a line: no heading, list, quote, definition.
pub(super) fn guarded(line: &str) -> String {
    let mut chars = line.chars();
    let (first, rest) = (chars.next(), chars.as_str());
    match first {
        Some('#') => format!("\\{line}"),
        Some('+' | '-') if rest.starts_with(' ') || rest.is_empty() => format!("\\{line}"),
        Some('>') => format!("&gt;{rest}"),
        Some(':') if rest.starts_with(' ') => format!("&#58;{rest}"),
        Some('0'..='9') => {
            let end = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
            match line.split_at_checked(end) {
                Some((number, after)) if after.starts_with(". ") || after.starts_with(") ") => {
                    format!("{number}\\{after}")
                }
                _ => line.to_owned(),
            }
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn plain(text: &str) -> Span {
        Span { text: text.to_owned(), ..Span::default() }
    }

    fn bold(text: &str) -> Span {
        Span { style: Style { bold: true, ..Style::default() }, ..plain(text) }
    }

    fn italic(mut span: Span) -> Span {
        span.style.italic = true;
        span
    }

    #[test]
    fn words_are_no_markup() {
        for (text, expected) in [
            ("a*b [c] `d`", "a\\*b \\[c\\] \\`d\\`"),
            ("snake_case _x_", "snake_case \\_x\\_"),
            ("R&D &copy; <b>", "R&D &amp;copy; &lt;b>"),
            ("{{ x }}", "\\{\\{ x \\}\\}"),
            ("a | b", "a &#124; b"),
            ("~5 and 3~", "~5 and 3&#126;"),
        ] {
            assert_eq!(escaped(text), expected);
        }
        for (line, expected) in [
            ("# x", "\\# x"),
            ("- x", "\\- x"),
            ("-5 °C", "-5 °C"),
            ("2. x", "2\\. x"),
            ("2.5 x", "2.5 x"),
            ("> x", "&gt; x"),
        ] {
            assert_eq!(guarded(line), expected);
        }
    }

    #[test]
    fn emphasis_works_wherever_it_stands() {
        let check = |spans: &[Span], expected: &str| assert_eq!(inline(spans), expected);
        check(&[plain("a "), bold("b"), plain(" c")], "a **b** c");
        check(&[plain("a"), bold(" b "), plain("c")], "a **b** c");
        check(&[bold("Wong, J."), plain("†")], "**Wong, J.**†");
        check(&[bold("x."), plain("y")], "<strong>x.</strong>y");
        check(&[bold("a"), italic(plain("b"))], "**a**<em>b</em>");
        check(&[italic(bold("x")), plain(".")], "***x***.");
        let mut code = plain("a`b");
        code.style.code = true;
        check(&[code], "``a`b``");
        let link = Some("https://x.org/(1)?a&b".to_owned());
        check(
            &[Span { link: link.clone(), ..plain("a ") }, Span { link, ..bold("b") }, plain("c")],
            "[a **b**](https://x.org/%281%29?a&amp;b)c",
        );
    }
}

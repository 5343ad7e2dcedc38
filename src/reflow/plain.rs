//! Plain text, for portals that want a CV pasted into a field: one thing a line, no line broken.

use super::{Error, levelled, same_link, spaced};
use crate::{
    pdf::Metadata,
    typeset::manuscript::{Block, Item, Manuscript, Row, Span},
};

/// Writes a manuscript as plain text in UTF-8.
///
/// Lines are not wrapped: what is pasted shall break where the field does. Where a link leads is
/// written out, unless its words say so.
///
/// # Errors
/// None.
pub fn write(manuscript: &Manuscript, _: &Metadata) -> Result<Vec<u8>, Error> {
    let mut out = Lines::default();
    out.blocks(&manuscript.blocks, 0);
    Ok(out.text.into_bytes())
}

#[derive(Default)]
struct Lines {
    text: String,
    /// Whether an entry has been begun since the last heading.
    entry: bool,
}

impl Lines {
    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            match block {
                Block::Name(text) | Block::Headline(text) | Block::Paragraph(text) => {
                    self.put(depth, "", &line(text, &[]));
                }
                Block::Contacts(items) => {
                    items.iter().for_each(|item| self.put(depth, "", &line(item, &[])));
                }
                Block::Heading(text) => {
                    self.gap();
                    self.entry = false;
                    self.put(0, "", &line(text, &[]).to_uppercase());
                }
                Block::Head(rows) => {
                    if self.entry {
                        self.gap();
                    }
                    self.entry = true;
                    self.head(rows, depth);
                }
                Block::Part(rows) => self.head(rows, depth),
                Block::List(items) => items.iter().for_each(|item| self.item(item, "- ", depth)),
                Block::Entries(items) => items.iter().for_each(|item| self.item(item, "", depth)),
            }
        }
    }

    /// Title, role, place, date: a line each.
    fn head(&mut self, rows: &[Row], depth: usize) {
        let texts = rows.iter().map(|row| &row.text);
        for text in texts.chain(rows.iter().rev().map(|row| &row.end)) {
            self.put(depth, "", &line(text, &[]));
        }
    }

    fn item(&mut self, item: &Item, mark: &str, depth: usize) {
        let mark = item.number.map_or_else(|| mark.to_owned(), |number| format!("[{number}] "));
        let blank = " ".repeat(mark.chars().count());
        let all: Vec<&Span> = item.rows.iter().flat_map(|row| row.text.iter()).collect();
        for (i, row) in item.rows.iter().enumerate() {
            let (text, end) = (line(&row.text, &all), line(&row.end, &[]));
            let joint = if text.is_empty() || end.is_empty() { "" } else { ", " };
            let mark = if i == 0 { &mark } else { &blank };
            self.put(depth, mark, &format!("{text}{joint}{end}"));
        }
        self.blocks(&item.inner, depth + 1);
    }

    fn put(&mut self, depth: usize, mark: &str, line: &str) {
        if !line.is_empty() {
            self.text += &format!("{}{mark}{line}\n", "  ".repeat(depth));
        }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

/// The words of a text, with the addresses that neither they nor those of `near` tell.
fn line(text: &[Span], near: &[&Span]) -> String {
    let text = levelled(text);
    let mut out = String::new();
    let mut rest = text.as_slice();
    while let Some((stretch, after)) = same_link(rest) {
        let start = out.len();
        stretch.iter().for_each(|span| out += &span.text);
        rest = after;
        let Some(uri) = stretch.first().and_then(|span| span.link.as_deref()) else {
            continue;
        };
        let words = out.get(start..).unwrap_or_default().trim_end();
        let elsewhere =
            near.iter().any(|span| span.link.as_deref() == Some(uri) && tells(&span.text, uri));
        if !elsewhere && !tells(words, uri) {
            let bracket = out.get(..start).is_some_and(|before| before.ends_with('['));
            out += &if bracket { format!(": {uri}") } else { format!(" ({uri})") };
        }
    }
    spaced(&out).trim().to_owned()
}

/// Whether words tell an address: `github.com/example`, `arXiv:2401.01234`, a mail address, a phone
/// number.
fn tells(words: &str, uri: &str) -> bool {
    let known = |scheme| uri.starts_with(scheme);
    let said = words.trim().trim_end_matches('/');
    let said = said.rsplit(':').next().unwrap_or_default().trim_start_matches('/');
    known("tel:")
        || known("mailto:")
        || (said.contains('.') && uri.trim_end_matches('/').ends_with(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_out_once() {
        let link = |text: &str, uri: &str| Span {
            text: text.into(),
            link: Some(uri.into()),
            ..Span::default()
        };
        let plain = |text: &str| Span { text: text.into(), ..Span::default() };
        let check = |text: &[Span], expected: &str| assert_eq!(line(text, &[]), expected);
        check(&[link("code", "https://example.org/c")], "code (https://example.org/c)");
        check(
            &[plain("["), link("code", "https://x.org/c"), plain("]")],
            "[code: https://x.org/c]",
        );
        check(&[link("x.org/c", "https://x.org/c/")], "x.org/c");
        check(&[link("arXiv:2401.01234", "https://arxiv.org/abs/2401.01234")], "arXiv:2401.01234");
        check(&[link("+1 555 0100", "tel:+15550100")], "+1 555 0100");
        check(&[link("ledger", "https://x.org/ledger")], "ledger (https://x.org/ledger)");
        let doi = link("doi:10.5555/1", "https://doi.org/10.5555/1");
        let title = [link("Title", "https://doi.org/10.5555/1")];
        assert_eq!(line(&title, &[&doi]), "Title");
    }
}

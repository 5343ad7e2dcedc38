//! Markdown in the layout of a researcher's homepage: the photo, a link to the CV as a PDF, every
//! entry in a list, papers led by their venues.

use super::{
    escaped,
    markdown::{self, DOT, INDENT, inline, paragraph},
};
use crate::{
    pdf::Metadata,
    typeset::{
        manuscript::{Block, Item, Manuscript, Row, Span},
        page::Image,
    },
    value::rich::Style,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// How wide the photo is shown, in pixels of CSS.
const PHOTO_WIDTH: u32 = 160;

/// Writes a manuscript as Markdown in UTF-8. The last contact is a link to `pdf`, the name of a
/// file beside this one. Papers are led by what stands at the end of their first row.
///
/// The photo is inside, as HTML: Markdown itself can neither size a picture nor set it at a side.
#[must_use]
pub fn write(manuscript: &Manuscript, meta: &Metadata, pdf: &str) -> Vec<u8> {
    let mut out = markdown::front_matter(manuscript, meta);
    if let Some(image) = &manuscript.photo {
        photo(&mut out, image, manuscript.photo_left);
    }
    let mut cv = Some(format!("[CV (PDF)]({})", markdown::escaped_uri(pdf)));
    let mut entry = Entry::default();
    for block in &manuscript.blocks {
        match block {
            Block::Contacts(items) if cv.is_some() => {
                let items = items.iter().map(|item| inline(item)).chain(cv.take());
                paragraph(&mut out, &items.collect::<Vec<_>>().join(DOT), "");
            }
            Block::Name(_) | Block::Headline(_) => markdown::write_block(&mut out, block, ""),
            block => {
                // Without contacts, it still stands above the text.
                cv.take().iter().for_each(|cv| paragraph(&mut out, cv, ""));
                entry.write(&mut out, block);
            }
        }
    }
    cv.iter().for_each(|cv| paragraph(&mut out, cv, ""));
    out.into_bytes()
}

fn photo(out: &mut String, image: &Image, left: bool) {
    let side = if left { "left" } else { "right" };
    let data = STANDARD.encode(&image.jpeg);
    let description = escaped(&image.description);
    *out += &format!("\n<img src=\"data:image/jpeg;base64,{data}\" alt=\"{description}\"");
    *out += &format!(" width=\"{PHOTO_WIDTH}\" align=\"{side}\">\n");
}

/// The entry that blocks belong to.
#[derive(Default)]
struct Entry {
    /// What its blocks are indented by; empty outside of all entries.
    indent: String,
    /// Whether the last block was a paragraph inside the entry, which the next item keeps off.
    loose: bool,
}

impl Entry {
    fn write(&mut self, out: &mut String, block: &Block) {
        match block {
            Block::Head(rows) => {
                if self.indent.is_empty() || self.loose {
                    out.push('\n');
                }
                head(out, rows, "");
                INDENT.clone_into(&mut self.indent);
            }
            Block::Part(rows) => {
                let outer = if self.indent.is_empty() { "" } else { INDENT };
                if outer.is_empty() || self.loose {
                    out.push('\n');
                }
                head(out, rows, outer);
                self.indent = format!("{outer}{INDENT}");
            }
            Block::Heading(_) => {
                self.indent.clear();
                markdown::write_block(out, block, "");
            }
            Block::List(items) if items.iter().any(|item| tag(item).is_some()) => {
                let items = items.iter().map(led).collect();
                markdown::write_block(out, &Block::List(items), &self.indent);
            }
            block => {
                if self.loose && matches!(block, Block::List(_) | Block::Entries(_)) {
                    out.push('\n');
                }
                markdown::write_block(out, block, &self.indent);
            }
        }
        self.loose = !self.indent.is_empty() && matches!(block, Block::Paragraph(_));
    }
}

/// An entry as an item: its title as the page has it, what else there is on a line below it.
fn head(out: &mut String, rows: &[Row], indent: &str) {
    let (title, facts) = markdown::head_texts(rows);
    let lines = [inline(title), facts];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let lines: Vec<String> = lines.iter().map(|line| markdown::guarded(line)).collect();
    *out += &format!("{indent}- {}\n", lines.join(&format!("  \n{indent}{INDENT}")));
}

/// What stands beside the title of a paper, unless it is a date, which stays behind.
fn tag(item: &Item) -> Option<&[Span]> {
    let end = item.rows.first()?.end.as_slice();
    (!end.is_empty() && end.iter().all(|span| span.date.is_none())).then_some(end)
}

/// A paper led by its short venue, in bold and in brackets, which leads where the paper does.
fn led(item: &Item) -> Item {
    let mut item = item.clone();
    let Some(tag) = tag(&item) else { return item };
    let link = tag.iter().find_map(|span| span.link.clone()).or_else(|| target(&item));
    let words: String = tag.iter().map(|span| span.text.as_str()).collect();
    let bold = Style { bold: true, ..Style::default() };
    let lead = Span { text: format!("[{words}]"), style: bold, link, date: None };
    let space = Span { text: " ".to_owned(), ..Span::default() };
    if let Some(row) = item.rows.first_mut() {
        row.text.splice(0..0, [lead, space]);
        row.end.clear();
    }
    item
}

/// Where a paper can be read: what its title leads to, else the first of its links, which stand in
/// brackets.
fn target(item: &Item) -> Option<String> {
    let title = item.rows.first()?.text.iter().find_map(|span| span.link.clone());
    title.or_else(|| {
        let texts = item.rows.iter().map(|row| row.text.as_slice());
        let mut pairs = texts.flat_map(|text| text.iter().zip(text.iter().skip(1)));
        pairs.find_map(|(before, span)| {
            span.link.clone().filter(|_| before.link.is_none() && before.text.ends_with('['))
        })
    })
}

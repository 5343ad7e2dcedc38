//! From pages to PDF bytes: the only place that names the PDF crates.
//!
//! `printpdf` writes the content streams and the fonts; what it cannot say (structure tree, XMP,
//! output intent, outline, annotations that the tree can point at, a document id) is added to the
//! `lopdf` document that it hands over. The result is PDF/UA-1 and PDF/A-2a (PDF/A-3a with a file
//! inside), and the same pages, metadata and options always give the same bytes.

mod attachment;
mod content;
mod finish;
mod fonts;
mod images;
mod metadata;
mod outline;
mod shapes;
mod tags;

pub use attachment::{Attachment, attached};

use crate::typeset::page::{Page, Pages};
use content::Piece;
use fonts::Fonts;
use lopdf::ObjectId;
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions, Pt};

/// What the file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title, shown in the title bar of viewers; must not be empty (PDF/UA).
    pub title: String,
    /// The author: the person's name.
    pub author: String,
    /// What the document is about, in a sentence.
    pub subject: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The language of the text (BCP 47), such as `en` or `pl`; must not be empty (PDF/UA).
    pub language: String,
    /// Whether it is read from right to left: viewers then put the first of two pages at the right.
    pub right_to_left: bool,
}

/// How the file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options<'a> {
    /// Speed or size.
    pub compression: Compression,
    /// The file that goes with the pages.
    pub attachment: Option<Attachment<'a>>,
}

/// Speed or size. Both hold the same page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    /// Nothing is compressed: for the preview, where the file lives for one frame.
    Fast,
    /// Compressed streams, objects gathered in object streams.
    #[default]
    Small,
}

/// Why no PDF was made. None of these comes from a profile; each means that the pages handed over
/// are not sound.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A length that is infinite, not a number, or of no use where it stands.
    #[error("page {page} has the value {value} as {what}: expected a number that can be drawn")]
    Number {
        /// The page, from 1.
        page: usize,
        /// What the number is for.
        what: &'static str,
        /// The number.
        value: f32,
    },
    /// An index that leads nowhere.
    #[error("there is no {what} {index}: expected an index into the tables of the pages")]
    Dangling {
        /// What was looked up.
        what: &'static str,
        /// The index.
        index: usize,
    },
    /// A glyph that stands for bytes which its line does not have.
    #[error(
        "a glyph stands for the bytes {start}..{end} of `{line}`: expected whole characters within the line"
    )]
    Range {
        /// The text of the line.
        line: String,
        /// First byte.
        start: u32,
        /// End.
        end: u32,
    },
    /// A font file that cannot be read.
    #[error("the font file of face {face} cannot be read: {reason}")]
    FontFile {
        /// Index of the face.
        face: usize,
        /// What the reader says.
        reason: skrifa::raw::ReadError,
    },
    /// A font that cannot be cut down to the glyphs in use.
    #[error("the font `{name}` cannot be embedded: {reason}")]
    Subset {
        /// The font's name.
        name: String,
        /// What the subsetter says.
        reason: subsetter::Error,
    },
    /// More of something than a PDF can number.
    #[error("there are {count} {what}: a PDF counts up to {most}", most = i32::MAX)]
    Count {
        /// What was counted.
        what: &'static str,
        /// How many there are.
        count: usize,
    },
    /// No title or no language, which PDF/UA demands.
    #[error("the document has no {0}: expected some text")]
    Missing(&'static str),
    /// The document could not be put together.
    #[error("the PDF could not be put together: {0}")]
    Assemble(#[from] lopdf::Error),
    /// The bytes could not be written.
    #[error("the PDF could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// A count as a number of a PDF, of which PDF/A allows those of 32 bits (ISO 19005-2, 6.1.13).
///
/// # Errors
/// When it is larger.
fn integer(count: usize, what: &'static str) -> Result<i64, Error> {
    let number = i32::try_from(count).ok().map(i64::from);
    number.ok_or(Error::Count { what, count })
}

/// Writes the pages as a PDF that is PDF/UA-1 and PDF/A-2a, or PDF/A-3a with an attachment.
///
/// # Errors
/// When the pages are not sound (an index that leads nowhere, a number that is not finite), when a
/// font cannot be embedded, or when title or language is empty.
pub fn write(pages: &Pages, meta: &Metadata, options: &Options<'_>) -> Result<Vec<u8>, Error> {
    metadata::check(meta)?;
    let mut fonts = Fonts::new(pages)?;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut document = PdfDocument::new("");
    for (number, page) in pages.pages.iter().enumerate() {
        let ops = content::page(pages, number, page, &mut fonts, &mut pieces)?;
        document.pages.push(sized(page, number, ops)?);
    }
    fonts.declare(&mut document);
    images::declare(pages, &mut document);
    let mut document = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());

    let page_ids: Vec<ObjectId> = document.page_iter().collect();
    fonts.amend(&mut document, &page_ids)?;
    tags::attach(&mut document, pages, &pieces, &page_ids)?;
    outline::attach(&mut document, pages, &page_ids)?;
    metadata::attach(&mut document, meta, options.attachment.is_some())?;
    if let Some(attachment) = &options.attachment {
        attachment::attach(&mut document, attachment)?;
    }
    finish::save(document, options.compression)
}

/// A page of the right size; `number` counts from 0.
fn sized(page: &Page, number: usize, ops: Vec<printpdf::Op>) -> Result<PdfPage, Error> {
    let width = content::length(page.width, "page width", number)?;
    let height = content::length(page.height, "page height", number)?;
    let mut sheet = PdfPage::new(Mm(0.0), Mm(0.0), ops);
    for area in [&mut sheet.media_box, &mut sheet.trim_box, &mut sheet.crop_box] {
        area.width = Pt(width);
        area.height = Pt(height);
    }
    Ok(sheet)
}

/// Text as a PDF text string: plain where it is ASCII, else UTF-16.
fn text_string(text: &str) -> lopdf::Object {
    if text.is_ascii() {
        lopdf::Object::string_literal(text)
    } else {
        lopdf::Object::String(utf16(text), lopdf::StringFormat::Hexadecimal)
    }
}

/// Text as UTF-16 with a byte order mark.
fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_count_becomes_another() {
        assert_eq!(integer(0, "pages").ok(), Some(0));
        assert_eq!(integer(2_147_483_647, "pages").ok(), Some(2_147_483_647));
        let error = integer(2_147_483_648, "pages").unwrap_err();
        assert_eq!(error.to_string(), "there are 2147483648 pages: a PDF counts up to 2147483647");
    }
}

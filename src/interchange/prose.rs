//! Documents that people write and read as text: Markdown, HTML, and text without any markup.

use super::{
    Error, HEAD, Import, Source, decode::decode, markdown, outline::Outline, plain, recognise,
    web_page,
};

/// Pages in Markdown.
pub(super) static MARKDOWN: Source = Source {
    name: "Markdown",
    endings: &["md", "markdown", "mdown"],
    fits: markdown::fits,
    read: |bytes, _| read(bytes, markdown::outline, "Markdown"),
    outline: Some(|bytes, _| outline(bytes, markdown::outline, "Markdown")),
};

/// Web pages.
pub(super) static HTML: Source = Source {
    name: "HTML",
    endings: &["html", "htm", "xhtml"],
    fits: web_page::fits,
    read: |bytes, _| read(bytes, web_page::outline, "HTML"),
    outline: Some(|bytes, _| outline(bytes, web_page::outline, "HTML")),
};

/// Text as it is pasted.
pub(super) static TEXT: Source = Source {
    name: "text",
    endings: &["txt", "text"],
    fits: fits_text,
    read: |bytes, _| read(bytes, plain::outline, "text"),
    outline: Some(|bytes, _| outline(bytes, plain::outline, "text")),
};

/// So many bytes of text a CV may have; the pages of a whole book have fewer.
const LARGEST: usize = 4 * 1024 * 1024;

/// The lines of a text as it is pasted.
///
/// # Errors
/// [`Error::TooDeep`] for more than any CV has.
pub(super) fn text_outline(text: &str) -> Result<Outline, Error> {
    outline(text.as_bytes(), plain::outline, "text")
}

fn outline(
    bytes: &[u8],
    reader: fn(&str) -> Outline,
    format: &'static str,
) -> Result<Outline, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooDeep { format });
    }
    let (text, encoding) = decode(bytes);
    let mut outline = reader(&text);
    outline
        .notes
        .extend(encoding.map(|name| format!("the file is not UTF-8 and was read as {name}")));
    Ok(outline)
}

fn read(bytes: &[u8], reader: fn(&str) -> Outline, format: &'static str) -> Result<Import, Error> {
    recognise::import(&outline(bytes, reader, format)?, format)
}

/// Whether it is a text with two known headings on lines of their own, in no other format.
fn fits_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if head.contains(&0) {
        return false;
    }
    let (text, _) = decode(head);
    let text = text.trim_start();
    // Records of other programs name their lists by the same words.
    let is_record = text.starts_with(['{', '[', '<', '@', '%', '\\'])
        || text.lines().take(40).any(|line| {
            let key = line.strip_suffix(':').unwrap_or_default();
            !key.is_empty() && !key.starts_with(' ') && key == key.to_lowercase()
        });
    !is_record && text.lines().filter(|line| recognise::is_heading(line)).take(2).count() == 2
}

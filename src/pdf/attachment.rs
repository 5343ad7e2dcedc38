//! A file inside a PDF: put there, and taken out again.

use super::{Error, integer, text_string};
use flate2::read::ZlibDecoder;
use lopdf::{Document, Object, Stream, dictionary};
use std::io::Read as _;

/// A file to go with the pages, as what they were made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its type, such as `text/plain`.
    pub mime: &'a str,
    /// What it is, in a few words.
    pub about: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// More is not taken out of a PDF.
const LARGEST: u64 = 16 * 1024 * 1024;
/// In how many places it is looked for, and how many files are unpacked.
const PLACES: usize = 64;
const FILES: usize = 2;
/// How far the words that describe a stream may reach.
const DICTIONARY: usize = 2048;

/// Adds the file, associated with the whole document (PDF/A-3, 6.8).
pub(super) fn attach(document: &mut Document, attachment: &Attachment<'_>) -> Result<(), Error> {
    let Attachment { name, mime, about, bytes } = *attachment;
    let size = integer(bytes.len(), "bytes of a file inside")?;
    let stream = document.add_object(Stream::new(
        dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => mime,
            "Params" => dictionary! { "Size" => size },
        },
        bytes.to_vec(),
    ));
    let file = document.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => text_string(name),
        "UF" => text_string(name),
        "Desc" => text_string(about),
        "AFRelationship" => "Source",
        "EF" => dictionary! { "F" => stream, "UF" => stream },
    });
    let files = dictionary! { "Names" => vec![text_string(name), file.into()] };
    let catalog = document.catalog_mut()?;
    catalog.set("AF", vec![Object::Reference(file)]);
    catalog.set("Names", dictionary! { "EmbeddedFiles" => files });
    Ok(())
}

/// The newest file of type `mime` inside a PDF.
///
/// A stream never lies inside anything else (ISO 32000-1, 7.5.7), so it is found by its own words:
/// nothing is followed or unpacked on the way to it, and a hostile file can lead nowhere. What is
/// not compressed as most programs do it, or encrypted, is not found.
#[must_use]
pub fn attached(pdf: &[u8], mime: &str) -> Option<Vec<u8>> {
    // Programs write the stroke in a type in several ways.
    let subtype = mime.rsplit('/').next()?;
    let mut end = pdf.len();
    let mut files = 0;
    for _ in 0..PLACES {
        let at = last(pdf.get(..end)?, subtype.as_bytes())?;
        end = at;
        let before = pdf.get(at.saturating_sub(DICTIONARY)..at)?;
        let after = pdf.get(at..pdf.len().min(at + DICTIONARY))?;
        let (Some(start), Some(stream)) = (last(before, b"obj"), first(after, b"stream")) else {
            continue;
        };
        let words = [before.get(start..)?, after.get(..stream)?].concat();
        let line = pdf.get(at + stream + b"stream".len()..)?;
        let data = line.strip_prefix(b"\r\n").or_else(|| line.strip_prefix(b"\n"));
        if let (Some(_), Some(data)) = (first(&words, b"/EmbeddedFile"), data) {
            files += 1;
            let found = unpacked(&words, data);
            if found.is_some() || files == FILES {
                return found;
            }
        }
    }
    None
}

/// The stream at the start of `data`, which `words` describe.
fn unpacked(words: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    if first(words, b"/Filter").is_none() {
        let end = first(data, b"endstream")?;
        let found = data.get(..end)?;
        return Some(found.strip_suffix(b"\n").unwrap_or(found).to_vec());
    }
    let mut out = vec![];
    // It ends by itself, whatever the length is said to be.
    ZlibDecoder::new(data).take(LARGEST + 1).read_to_end(&mut out).ok()?;
    (out.len() as u64 <= LARGEST).then_some(out)
}

fn first(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

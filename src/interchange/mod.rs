//! Foreign formats: profiles and publications come in from them, with a report of what became of
//! every word, and go out to them.
//!
//! A reader takes what it understands out of a [`Tree`]; what is left there in the end is told as
//! not placed, so that nothing of a file is lost in silence.

mod al_folio;
mod beside;
pub mod bibtex;
pub mod csl;
mod decode;
mod details;
pub mod docx;
mod europass;
mod fresh;
mod html;
mod iso;
pub mod json;
pub mod json_resume;
pub mod latex;
pub mod linkedin;
pub mod markdown;
mod markup;
pub mod merge;
mod nested;
mod network;
mod orcid;
pub mod outline;
mod paper;
pub mod pdf_text;
mod pieces;
pub mod plain;
mod prose;
mod reactive_resume;
mod recognise;
mod record;
pub mod reference;
pub mod rendercv;
mod report;
pub mod ris;
mod shown;
mod tree;
mod vitae_pdf;
pub mod web_page;
pub mod xml;
pub mod yaml;
mod yaml_resume;

pub use self::{
    beside::{Alone, Beside},
    recognise::{
        Corrections, Fate, FieldName, Heading, LineRole, Put, Recognised, Target, fields_of,
        fields_of_person, recognise_with,
    },
    report::{Group, Report},
    shown::shown,
    tree::Tree,
};

use crate::{finding::LineColumn, profile::Profile};
use outline::Outline;
use std::{path::Path, sync::LazyLock};

/// The largest file that is read; a bibliography of ten thousand entries has a few megabytes.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// How deep the lists and records of a file may lie in each other.
pub const DEEPEST: usize = 64;
/// How many values a file may hold; a list of ten thousand publications has some hundred thousand.
pub const MOST: usize = 1_000_000;
/// How many values a CV may hold.
const MOST_OF_A_CV: usize = 100_000;
/// How much of a file is looked at to see what it is.
const HEAD: usize = 256 * 1024;

/// What came in.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// What was understood, as a profile of its own. An entry that the source knows by a key has it
    /// in `imported`.
    pub profile: Profile,
    /// What became of each part of the file.
    pub report: Report,
    /// Whether the order of its entries says nothing, as in a database of publications: they come
    /// in by their dates.
    pub unordered: bool,
}

/// What makes something of the bytes of a file and of the files beside it.
pub type Reader<T> = fn(&[u8], &dyn Beside) -> Result<T, Error>;

/// A format that profiles, or parts of them, are read from.
#[derive(Debug)]
pub struct Source {
    /// What people call it: `BibTeX`.
    pub name: &'static str,
    /// How its files end, without the point, in small letters.
    pub endings: &'static [&'static str],
    /// Whether these bytes look like it, whatever the file is called. Must be quick and must not be
    /// fooled by other formats.
    pub fits: fn(&[u8]) -> bool,
    /// Reads it leniently: an error only for what is not that format at all. The files that it names
    /// come from the second argument.
    pub read: Reader<Import>,
    /// The lines that it is recognised from, for documents that people read.
    pub outline: Option<Reader<Outline>>,
}

/// Every format that is read, those that are recognised most surely first. A new one is one line
/// here.
pub static SOURCES: &[&Source] = &[
    &vitae_pdf::VITAE_PDF,
    &linkedin::SOURCE,
    &docx::SOURCE,
    &latex::SOURCE,
    &rendercv::SOURCE,
    &reactive_resume::SOURCE,
    &yaml_resume::SOURCE,
    &fresh::SOURCE,
    &orcid::SOURCE,
    &europass::SOURCE,
    &al_folio::SOURCE,
    &json_resume::SOURCE,
    &csl::CSL_JSON,
    &ris::RIS,
    &bibtex::BIBTEX,
    &prose::HTML,
    &prose::MARKDOWN,
    &prose::TEXT,
];

/// What is said of pages that a scanner made.
const PICTURES: &str = "it holds pictures of text only; use the file that it was made from, or a \
                        program that recognises text in pictures";

/// Why nothing could be read from a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is none of the formats in [`SOURCES`].
    #[error("this is none of the formats that can be read: {}", known())]
    Unknown,
    /// It has more than [`LARGEST`] bytes.
    #[error("the file has more than 32 MB, expected a CV or a list of publications")]
    TooLarge,
    /// Its parts lie in each other more than [`DEEPEST`] deep, or grow beyond all measure.
    #[error("this {format} file is built too deep or too large to be a CV")]
    TooDeep {
        /// What it was read as.
        format: &'static str,
    },
    /// It is damaged.
    #[error("this is not a whole {format} file: {message}")]
    Broken {
        /// What it was read as.
        format: &'static str,
        /// What is wrong, in words.
        message: String,
        /// Where.
        place: Option<LineColumn>,
    },
    /// It is whole, and what it says cannot be read.
    #[error("this {format} file cannot be read: {message}")]
    Unreadable {
        /// What it was read as.
        format: &'static str,
        /// Why, and what can be done, in words.
        message: &'static str,
    },
    /// It is of another word processor.
    #[error("this is a file in the format {format}, which cannot be read: save it as DOCX or PDF")]
    Other {
        /// What it is called.
        format: &'static str,
    },
    /// It holds nothing that belongs in a profile.
    #[error("this {format} file holds nothing that belongs in a CV")]
    Nothing {
        /// What it was read as.
        format: &'static str,
    },
}

/// The names of all formats, in a row.
fn known() -> String {
    SOURCES.iter().map(|s| s.name).collect::<Vec<_>>().join(", ")
}

/// The endings of the files of all formats.
#[must_use]
pub fn endings() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut all: Vec<_> = SOURCES.iter().flat_map(|s| s.endings.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    });
    &ALL
}

/// The format of `bytes`: by what they hold, or else by the name of their file.
#[must_use]
pub fn recognise(bytes: &[u8], file: Option<&Path>) -> Option<&'static Source> {
    let ending = file.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
    let named = |s: &&Source| ending.as_deref().is_some_and(|e| s.endings.contains(&e));
    // Of two that fit, the one that the name speaks for.
    let mut fitting: Vec<&Source> = SOURCES.iter().copied().filter(|s| (s.fits)(bytes)).collect();
    fitting.sort_by_key(|s| !named(s));
    fitting.first().copied().or_else(|| SOURCES.iter().copied().find(named))
}

/// Reads `bytes`, which came from `file` if they came from one; no other file is looked at.
pub fn read(bytes: &[u8], file: Option<&Path>) -> Result<(&'static Source, Import), Error> {
    read_beside(bytes, file, &Alone)
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Data that says what it is.
    Data(Box<Import>),
    /// A document that people read, of which something is made by [`recognise_with`].
    Document(Outline),
}

/// Opens `bytes` as [`read_beside`] does, but leaves it to the caller what is made of a document
/// that people read. Of such a document it only asks that there are words in it.
///
/// # Errors
/// Those of [`read_beside`].
pub fn open(
    bytes: &[u8],
    file: Option<&Path>,
    beside: &dyn Beside,
) -> Result<(&'static Source, Content), Error> {
    let source = source_of(bytes, file)?;
    let data = |import| (source, Content::Data(Box::new(import)));
    match source.outline {
        Some(outline) if !vitae_pdf::is_whole(bytes) => {
            let outline = outline(bytes, beside)?;
            if outline.lines.len() > recognise::MOST_LINES {
                return Err(Error::TooDeep { format: source.name });
            }
            if outline.words() == 0 && outline.bibliographies.files.is_empty() {
                return Err(Error::Nothing { format: source.name });
            }
            Ok((source, Content::Document(outline)))
        }
        _ => (source.read)(bytes, beside).map(data),
    }
}

/// Opens text that was pasted: if it is of no format, it is taken for text as people read it, if it
/// has as many lines as a CV has at least.
///
/// # Errors
/// Those of [`read`].
pub fn open_text(text: &str) -> Result<(&'static Source, Content), Error> {
    match open(text.as_bytes(), None, &Alone) {
        Err(Error::Unknown) if has_lines_of_a_cv(text) => {
            Ok((&prose::TEXT, Content::Document(prose::text_outline(text)?)))
        }
        opened => opened,
    }
}

/// A text of so many lines may be a CV.
const FEWEST_LINES: usize = 6;

fn has_lines_of_a_cv(text: &str) -> bool {
    text.lines().filter(|line| !line.trim().is_empty()).take(FEWEST_LINES).count() == FEWEST_LINES
}

/// Whether a text looks like a whole CV: it has several lines, and one of them is a heading of a CV
/// in known words, or it is a document of a program that people write CVs with.
#[must_use]
pub fn looks_like_a_cv(text: &str) -> bool {
    if text.len() > LARGEST || !has_lines_of_a_cv(text) {
        return false;
    }
    let is_heading = |line: &str| recognise::is_heading(line.trim_matches(['#', '*', ' ', '\t']));
    (latex::SOURCE.fits)(text.as_bytes()) || text.lines().any(is_heading)
}

fn source_of(bytes: &[u8], file: Option<&Path>) -> Result<&'static Source, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge);
    }
    if let Some(error) = docx::foreign(bytes) {
        return Err(error);
    }
    recognise(bytes, file).ok_or(Error::Unknown)
}

/// Reads `bytes`, which came from `file` if they came from one, and the files that they name as far
/// as `beside` gives them.
pub fn read_beside(
    bytes: &[u8],
    file: Option<&Path>,
    beside: &dyn Beside,
) -> Result<(&'static Source, Import), Error> {
    let source = source_of(bytes, file)?;
    match (source.read)(bytes, beside) {
        // Only its ending spoke for this format, which others share.
        Err(Error::Nothing { .. }) if !(source.fits)(bytes) => Err(Error::Unknown),
        import => Ok((source, import?)),
    }
}

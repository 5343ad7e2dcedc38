//! Opens and writes documents as RON text, so that what people wrote into the file by hand
//! survives.

use super::{
    de::{self, is_control, without_controls},
    excerpt::Excerpt,
    guess,
    keep::{Kept, keep},
    parse::{self, Problem},
    source::Source,
    tree::Span,
};
use crate::{
    at::At,
    finding::{Code, Finding},
};
use ron::{Options, extensions::Extensions, ser::PrettyConfig};
use serde::{Serialize, de::DeserializeOwned};

/// The type of such files, as desktops know it.
pub const MIME: &str = "application/x-cv-profile+ron";

/// The first line of every file that we write; its start tells file managers what the file is.
pub const MAGIC: &str = "// cv-profile 1  (Vitae; edit by hand or in the app)";

/// How such a line begins, of any version.
pub const MARK: &str = "// cv-profile";

/// A document as opened.
#[derive(Clone, Debug)]
pub struct Opened<T> {
    /// What the file says.
    pub value: T,
    /// How the file says it, for writing it back.
    pub source: Source,
    /// What is odd about it, in the order of the file.
    pub findings: Vec<Finding>,
}

/// A document as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The whole file.
    pub text: String,
    /// What could not be kept of the old file; when there is any, keep the old file beside the new
    /// one.
    pub findings: Vec<Finding>,
}

/// Why a document cannot be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is not RON or does not fit a profile.
    #[error("{0}")]
    Text(Box<Excerpt>),
    /// `ron` refused the value, or what it wrote does not say the same when read again: a mistake
    /// of ours.
    #[error(
        "this document cannot be written: {0}; please report this, and save a copy as another kind of file"
    )]
    Unwritable(String),
}

/// Reads `text`, which came from `file` and is clean as `read::text` gives it, as a `T`.
pub fn open<T: DeserializeOwned>(file: &str, text: &str) -> Result<Opened<T>, Error> {
    read(text).map_err(|problem| Error::Text(Box::new(Excerpt::new(file, text, &problem))))
}

/// Writes `value` as text; `source` is what it was opened from, whose comments and unknown parts
/// are kept.
///
/// The result has been read back: it says exactly what `value` says.
pub fn write<T>(value: &T, source: Option<&Source>) -> Result<Written, Error>
where
    T: Serialize + DeserializeOwned,
{
    let body = body(value)?;
    let plain = assemble("", &body, "");
    if !says(&plain, &body, read::<T>(&plain)) {
        return Err(Error::Unwritable("read back it says something else".to_owned()));
    }
    let tree = parse::parse(&body).map_err(|problem| Error::Unwritable(problem.message))?;
    let Some(source) = source else {
        return Ok(Written { text: plain, findings: Vec::new() });
    };
    if source.tree().comments.is_empty() && source.unknown().is_empty() {
        return Ok(Written { text: plain, findings: Vec::new() });
    }
    for revive in [true, false] {
        let kept = keep(source, &body, &tree, revive);
        let text = assemble(&head(source, &kept), &kept.text, &tail(source));
        if says(&text, &body, read::<T>(&text)) {
            let findings = kept.lost.iter().map(|&span| lost(source, span)).collect();
            return Ok(Written { text, findings });
        }
    }
    // Neither can be: the values alone are written, and everything else is told.
    let end = source.text().len();
    let comments = source.tree().comments.iter().map(|comment| comment.span);
    let unknown = source.unknown().iter().map(|&start| Span::new(start, end));
    let findings = comments.chain(unknown).map(|span| lost(source, span)).collect();
    Ok(Written { text: plain, findings })
}

const ENABLE: &str = "#![enable(implicit_some, unwrap_variant_newtypes)]";
const NAME: &str = "Profile";

fn read<T: DeserializeOwned>(text: &str) -> Result<Opened<T>, Problem> {
    let mut source = Source::parse(text)?;
    let read = de::read(text, source.tree(), source.lines())?;
    source.set_unknown(read.unknown);
    Ok(Opened { value: read.value, source, findings: read.findings })
}

/// The value alone, as `ron` writes it.
fn body<T: Serialize>(value: &T) -> Result<String, Error> {
    let config = PrettyConfig::new()
        .new_line("\n")
        .indentor("    ")
        .struct_names(false)
        .escape_strings(false)
        .compact_arrays(false);
    let options = Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES);
    let text = options
        .to_string_pretty(value, config)
        .map_err(|error| Error::Unwritable(error.to_string()))?;
    // Only texts can hold control characters; opening removes them, so writing must as well.
    Ok(if text.contains(is_control) { without_controls(&text) } else { text })
}

fn assemble(head: &str, body: &str, tail: &str) -> String {
    let name = if body.starts_with('(') { NAME } else { "" };
    format!("{MAGIC}\n{head}{ENABLE}\n{name}{body}\n{tail}")
}

/// Whether a text, as read, says what `body` says.
fn says<T: Serialize>(text: &str, wanted: &str, read: Result<Opened<T>, Problem>) -> bool {
    debug_assert!(text.starts_with(MAGIC), "only whole files are compared");
    read.is_ok_and(|opened| body(&opened.value).is_ok_and(|said| said == wanted))
}

/// The comments for the head of the file, one per line.
fn head(source: &Source, kept: &Kept) -> String {
    let tree = source.tree();
    let own = tree.head.start..tree.head.end;
    let comments = own.chain(kept.head.iter().copied()).filter_map(|i| tree.comments.get(i));
    let texts = comments.map(|comment| comment.span.of(source.text()));
    texts.filter(|text| !is_magic(text)).map(|text| format!("{text}\n")).collect()
}

fn tail(source: &Source) -> String {
    let tree = source.tree();
    tree.run(tree.tail).map(|comment| format!("{}\n", comment.span.of(source.text()))).collect()
}

/// Whether a comment is our first line, of this version or another.
fn is_magic(comment: &str) -> bool {
    let Some(rest) = comment.strip_prefix("// cv-profile ") else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim();
    rest.is_empty() || MAGIC.ends_with(rest)
}

fn lost(source: &Source, span: Span) -> Finding {
    let said = guess::short(span.of(source.text()));
    Finding::warning(
        Code::CommentUnplaced,
        At::root(),
        format!("what this stood beside is gone, and it is not in the new file: `{said}`"),
    )
    .hint("the old file is kept beside the new one")
    .placed(Some(source.line_column(span.start)))
}

//! A PDF that Vitae wrote with the profile inside: the profile comes out again.

use super::{Error, Import, Report, Source, pdf_text, recognise};
use crate::{
    pdf::attached,
    store::{Document, MIME},
};

/// See the module.
pub(super) static VITAE_PDF: Source = Source {
    name: NAME,
    endings: &["pdf"],
    fits,
    read: |bytes, _| read(bytes),
    outline: Some(|bytes, _| pdf_text::outline(bytes)),
};

const NAME: &str = "PDF";

/// A header may stand a little below the top of a PDF.
const HEADER: usize = 1024;

fn fits(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEADER).unwrap_or(bytes);
    head.windows(5).any(|window| window == b"%PDF-")
}

/// Whether a PDF has the profile inside that it was made of.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    fits(bytes) && attached(bytes, MIME).is_some()
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let Some(inside) = attached(bytes, MIME) else {
        return recognise::import(&pdf_text::outline(bytes)?, NAME);
    };
    let broken = |message: String| Error::Broken { format: NAME, message, place: None };
    let text = String::from_utf8(inside).map_err(|error| broken(error.to_string()))?;
    let document = Document::from_text("the profile inside", &text);
    let Document { profile, findings, .. } = document.map_err(|error| broken(error.to_string()))?;
    let mut report = Report { findings };
    report.all_placed(&profile);
    Ok(Import { profile, report, unordered: false })
}

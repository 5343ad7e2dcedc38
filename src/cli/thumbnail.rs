//! `vitae thumbnail`: a small picture of the first page, for file managers.

use super::{
    Status, args, job,
    report::{Report, Stop},
};
use crate::{
    at::At,
    export,
    finding::{Code, Finding, Severity},
    raster::Raster,
    store::atomic,
};

pub(super) fn run(args: &args::Thumbnail) -> Status {
    let mut report = Report::new(&args.file);
    let result = thumbnail(args, &mut report);
    report.end(result, false, Severity::Error)
}

fn thumbnail(args: &args::Thumbnail, report: &mut Report) -> Result<Status, Stop> {
    job::spare(&args.file, &args.output)?;
    let typeset = job::set(&args.file, report)?;
    // A page that is too long is cut off at its end, as pictures of pages are. What is not
    // understood may have been meant to hide something.
    report.findings.retain(|f| f.severity == Severity::Error && f.code != Code::TooLong);
    let pages = &typeset.pages;
    let Some(page) =
        pages.pages.first().filter(|page| !page.lines.is_empty() || !page.images.is_empty())
    else {
        let message = "there is nothing on its page that could be shown";
        report.findings.push(Finding::error(Code::PageEmpty, At::root(), message));
        return Ok(Status::Profile);
    };
    if report.has_errors() {
        return Ok(Status::Profile);
    }
    let stop = |why: String| Stop::file(Code::NotWritten, why);
    let (width, height) = (page.width, page.height);
    let pdf = export::sheet(pages, 0, height, &(0.0..height)).map_err(|e| stop(e.to_string()))?;
    let scale = f32::from(args.size) / width.max(height);
    let png = Raster::new().thumbnail(pdf.into(), scale).map_err(|e| stop(e.to_string()))?;
    atomic::hand_over(&args.output, &png).map_err(|e| stop(e.to_string()))?;
    Ok(Status::Done)
}

//! `vitae check`: everything there is to say about a profile, without writing anything.

use super::{
    Status, args, job,
    output::say,
    report::{Report, Stop, summary},
};
use crate::{
    export::Output,
    finding::{Code, Severity},
    look::Look,
};

pub(super) fn run(args: &args::Check) -> Status {
    let mut report = Report::new(&args.file);
    report.wants_plans = args.json;
    let result = check(args, &mut report);
    if let (false, Ok(Status::Done), Some(fit)) = (args.json, &result, &report.fit) {
        let fit = summary(fit);
        let status = report.end(result, false, Severity::Note);
        say(&format!("{}: {fit}", args.file.display()));
        return status;
    }
    report.end(result, args.json, Severity::Note)
}

fn check(args: &args::Check, report: &mut Report) -> Result<Status, Stop> {
    let variant = args.variant.as_deref();
    let made = job::make(&args.file, variant, &Look::default(), Output::PDF, report)?;
    if report.has_errors() {
        return Ok(Status::Profile);
    }
    made.map_err(|e| Stop::file(Code::NotWritten, e.to_string()))?;
    Ok(Status::Done)
}

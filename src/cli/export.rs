//! `vitae export`: a profile becomes a file that can be sent.

use super::{
    Status,
    args::{self, Overflow},
    format,
    job::{self, Job},
    output::{give, say},
    report::{Report, Stop, summary},
};
use crate::{
    export::{self, Format},
    finding::Severity,
    look::{Look, PageLimit, Paper},
    store::atomic,
    theme::{self, Theme},
};
use std::{
    io::{IsTerminal as _, stdout},
    path::{Path, PathBuf},
};

/// The smallest size that `--overflow shrink` goes down to, in pt.
const SHRUNK: f64 = 5.0;

pub(super) fn run(args: &args::Export) -> Status {
    let mut report = Report::new(&args.file);
    let result = export(args, &mut report);
    report.end(result, args.json, Severity::Warning)
}

fn export(args: &args::Export, report: &mut Report) -> Result<Status, Stop> {
    let target = Target::new(args)?;
    let top = look(args)?;
    let job = Job::new(&args.file, args.variant.as_deref(), &top, report)?;
    if report.has_errors() {
        return Ok(Status::Profile);
    }
    let bytes = job.write(target.format()).map_err(|e| Stop::file("not-written", e.to_string()))?;
    match &target {
        Target::Stdout => {
            let failed =
                |e| Stop::file("not-written", format!("cannot write to standard output: {e}"));
            give(&bytes).map_err(failed)?;
            say(&summary(&job.typeset.fit));
        }
        Target::File(path, _) => {
            atomic::write(path, &bytes, atomic::Safety::default())
                .map_err(|e| Stop::file("not-written", e.to_string()))?;
            report.output = Some(path.display().to_string());
        }
    }
    Ok(Status::Done)
}

/// Where the result goes, and as what.
enum Target {
    Stdout,
    File(PathBuf, &'static Format),
}

impl Target {
    fn new(args: &args::Export) -> Result<Self, Stop> {
        let path = match &args.output {
            Some(path) if path == Path::new("-") => {
                return if args.json {
                    Err(Stop::usage(
                        "the PDF and the JSON cannot both go to standard output",
                        "leave out `--json`, or give `-o` the name of a file",
                    ))
                } else if stdout().is_terminal() {
                    Err(Stop::usage(
                        "a PDF on a terminal cannot be read",
                        "send it on, as in `vitae export FILE -o - > cv.pdf`",
                    ))
                } else {
                    Ok(Self::Stdout)
                };
            }
            Some(path) => path,
            None => {
                let path = export::beside(&args.file, args.variant.as_deref());
                return Ok(Self::File(path, &export::PDF));
            }
        };
        job::spare(&args.file, path)?;
        Ok(Self::File(path.clone(), format::of(path)?))
    }

    fn format(&self) -> &'static Format {
        match self {
            Self::Stdout => &export::PDF,
            Self::File(_, format) => format,
        }
    }
}

/// What the command line says about the look.
fn look(args: &args::Export) -> Result<Look, Stop> {
    let theme = args.theme.as_deref().map(theme).transpose()?;
    let mut look = Look {
        theme: theme.unwrap_or_default().to_owned(),
        paper: args.paper.map(|paper| match paper {
            args::Paper::A4 => Paper::A4,
            args::Paper::Letter => Paper::Letter,
        }),
        pages: args.pages.map(|pages| match pages {
            args::Pages::One => PageLimit::One,
            args::Pages::Two => PageLimit::Two,
            args::Pages::Three => PageLimit::Three,
            args::Pages::Any => PageLimit::Any,
        }),
        min_size: args.min_size,
        ..Look::default()
    };
    match args.overflow {
        Overflow::Error => {}
        Overflow::Shrink => look.min_size = Some(SHRUNK),
        Overflow::Paginate => look.pages = Some(PageLimit::Any),
    }
    Ok(look)
}

/// The theme of that name; capitals do not matter.
fn theme(name: &str) -> Result<&'static str, Stop> {
    Theme::names()
        .find(|known| known.eq_ignore_ascii_case(name))
        .ok_or_else(|| Stop::usage(format!("there is no theme `{name}`"), theme::guess(name)))
}

//! `vitae export`: a profile becomes a file that can be sent, or put on a page of its own.

use super::{
    Status,
    args::{self, Layout, Overflow},
    format, job,
    output::{give, say},
    report::{Report, Stop, summary},
};
use crate::{
    export::{self, Format, Inside, Output},
    finding::{Code, Severity},
    look::{Look, PageLimit, Paper},
    store::{atomic, excerpt::visible},
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
    report.wants_plans = args.json;
    let result = export(args, &mut report);
    report.end(result, args.json, Severity::Warning)
}

fn export(args: &args::Export, report: &mut Report) -> Result<Status, Stop> {
    let (target, format) = target(args)?;
    if args.with_profile.is_some() && *format != export::PDF {
        return Err(Stop::usage(
            format!("{} cannot have the profile inside", format.name),
            "only a PDF can; leave out `--with-profile`",
        ));
    }
    let top = look(args)?;
    let variant = args.variant.as_deref();
    let inside = args.with_profile.map(|inside| match inside {
        args::Inside::Shown => Inside::Shown,
        args::Inside::All => Inside::All,
    });
    let output = Output { format, inside };
    let bytes = job::make(&args.file, variant, &top, output, report)?;
    if report.has_errors() {
        return Ok(Status::Profile);
    }
    let bytes = bytes.map_err(|e| Stop::file(Code::NotWritten, e.to_string()))?;
    match &target {
        Target::Stdout { terminal } => {
            let bytes = if *terminal { readable(bytes, format)? } else { bytes };
            let failed =
                |e| Stop::file(Code::NotWritten, format!("cannot write to standard output: {e}"));
            give(&bytes).map_err(failed)?;
            if let Some(fit) = &report.fit {
                say(&summary(fit));
            }
        }
        Target::File(path) => {
            atomic::write(path, &bytes, atomic::Safety::default())
                .map_err(|e| Stop::file(Code::NotWritten, e.to_string()))?;
            report.output = Some((path.display().to_string(), format.name.to_owned()));
        }
    }
    Ok(Status::Done)
}

/// What a terminal shows of a file: text, which gives it no orders.
fn readable(bytes: Vec<u8>, format: &Format) -> Result<Vec<u8>, Stop> {
    String::from_utf8(bytes).map(|text| visible(&text).as_bytes().to_vec()).map_err(|_binary| {
        Stop::usage(
            format!("a {} on a terminal cannot be read", format.name),
            format!("send it on, as in `vitae export FILE -o - > cv.{}`", format.ending),
        )
    })
}

/// Where the result goes.
enum Target {
    Stdout { terminal: bool },
    File(PathBuf),
}

/// Where the result goes, and as what.
fn target(args: &args::Export) -> Result<(Target, &'static Format), Stop> {
    let (target, format) = usual_target(args)?;
    match args.layout {
        None => Ok((target, format)),
        Some(Layout::Homepage) if format.ending == export::HOMEPAGE.ending => {
            Ok((target, &export::HOMEPAGE))
        }
        Some(Layout::Homepage) => Err(Stop::usage(
            format!("{} has no layout of a homepage", format.name),
            "only Markdown has one; name a file that ends in `.md`, or leave out `--layout`",
        )),
    }
}

/// The same, with the format in its usual layout.
fn usual_target(args: &args::Export) -> Result<(Target, &'static Format), Stop> {
    let named = args.format.as_deref().map(format::named).transpose()?;
    let usual = match args.layout {
        Some(Layout::Homepage) => &export::HOMEPAGE,
        None => &export::PDF,
    };
    let Some(path) = &args.output else {
        let format = named.unwrap_or(usual);
        let path = export::beside(&args.file, args.variant.as_deref(), format);
        return Ok((Target::File(path), format));
    };
    if path == Path::new("-") {
        if args.json {
            return Err(Stop::usage(
                "the CV and the JSON cannot both go to standard output",
                "leave out `--json`, or give `-o` the name of a file",
            ));
        }
        let target = Target::Stdout { terminal: stdout().is_terminal() };
        return Ok((target, named.unwrap_or(usual)));
    }
    job::spare(&args.file, path)?;
    Ok((Target::File(path.clone()), named.map_or_else(|| format::of(path), Ok)?))
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

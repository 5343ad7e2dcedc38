//! Which format the command line asks for.

use super::report::Stop;
use crate::export::{FORMATS, Format};
use std::path::Path;

/// The format that the ending of `output` names.
pub(super) fn of(output: &Path) -> Result<&'static Format, Stop> {
    Format::of(output).ok_or_else(|| {
        Stop::usage(
            format!("`{}` names no format that can be written", output.display()),
            format!("the name must end in {}; or say which with `--format`", endings(".")),
        )
    })
}

/// The format that `--format` names by its ending.
pub(super) fn named(ending: &str) -> Result<&'static Format, Stop> {
    Format::ending_in(ending.trim_start_matches('.')).ok_or_else(|| {
        let known = format!("the formats are {}", endings(""));
        Stop::usage(format!("there is no format `{ending}`"), known)
    })
}

/// The endings of all formats, each after `point`.
fn endings(point: &str) -> String {
    let mut known: Vec<String> = FORMATS.iter().map(|f| format!("`{point}{}`", f.ending)).collect();
    known.dedup();
    match known.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => known.concat(),
    }
}

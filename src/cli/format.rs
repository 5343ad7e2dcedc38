//! Which format a name on the command line asks for.

use super::report::Stop;
use crate::export::{FORMATS, Format};
use std::path::Path;

/// The format that the ending of `output` names.
pub(super) fn of(output: &Path) -> Result<&'static Format, Stop> {
    Format::of(output).ok_or_else(|| {
        let known: Vec<String> = FORMATS.iter().map(|f| format!("`.{}`", f.ending)).collect();
        Stop::usage(
            format!("`{}` names no format that can be written", output.display()),
            format!("the name must end in {}", known.join(" or ")),
        )
    })
}

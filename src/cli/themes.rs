//! `vitae themes`: the looks that come with the program.

use super::{Status, output::end};
use crate::theme::{Theme, USUAL};
use std::fmt::Write as _;

pub(super) fn run() -> Status {
    let themes: Vec<_> = Theme::all().collect();
    let width = themes.iter().map(|t| t.name.chars().count()).max().unwrap_or_default();
    let mut list = String::new();
    for theme in themes {
        let usual = if theme.name == USUAL { " (the usual one)" } else { "" };
        let Theme { name, title, description, .. } = theme;
        // Writing into a string cannot fail.
        writeln!(list, "{name:width$}  {title}{usual}: {description}").ok();
    }
    end(&list, Status::Done)
}

//! `vitae themes`: the looks that come with the program, and the fonts that a look can name.

use super::{Status, output::end};
use crate::{
    look::FAMILIES,
    theme::{Theme, USUAL},
    typeset::installed_families,
};
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

/// Lists the families of the program, and those that are installed.
pub(super) fn fonts() -> Status {
    let mut list = String::new();
    for family in FAMILIES {
        // Writing into a string cannot fail.
        writeln!(list, "{family} (always there)").ok();
    }
    for family in installed_families() {
        writeln!(list, "{family}").ok();
    }
    end(&list, Status::Done)
}

//! What a profile says that was probably not meant. To add a check: write its file, then name it
//! twice below.

mod authors;
mod bidi;
mod chronology;
mod dash;
mod date;
mod end_mark;
mod link;
mod link_text;
mod mark;
mod maths;
mod maths_bare;
mod orcid;
mod order;
mod own_name;
mod pasted;
mod required;
mod selected;
mod spelling;
mod variant;

static CHECKS: &[Check] = &[
    required::check,
    date::check,
    chronology::check,
    authors::check,
    own_name::check,
    mark::check,
    link::check,
    link_text::check,
    orcid::check,
    maths::check,
    maths_bare::check,
    variant::unknown,
    variant::name,
    variant::duplicate,
    order::check,
    selected::check,
    bidi::check,
    pasted::check,
    spelling::check,
    end_mark::check,
    dash::check,
];

use crate::{
    at::At,
    field::Text,
    finding::Finding,
    look::Style,
    profile::Profile,
    section::{Byline, Section},
    variant::Variant,
};
use std::cell::OnceCell;

/// What the checks look at.
#[derive(Debug)]
pub struct Checked<'a> {
    profile: &'a Profile,
    variant: Option<&'a Variant>,
    style: &'a Style,
    /// The texts that are printed, gathered once for all checks that read them.
    shown: OnceCell<Vec<Text<'a>>>,
}

/// Runs every check; the findings come in the order of the checks, and within one in the order of
/// the file.
#[must_use]
pub fn run(checked: &Checked<'_>) -> Vec<Finding> {
    let mut findings = vec![];
    for check in CHECKS {
        check(checked, &mut findings);
    }
    findings
}

/// One check: adds what it finds.
type Check = fn(&Checked<'_>, &mut Vec<Finding>);

impl<'a> Checked<'a> {
    /// `profile` as it is shown in `variant` (`None` for the profile as it stands) with `style`.
    #[must_use]
    pub const fn new(profile: &'a Profile, variant: Option<&'a Variant>, style: &'a Style) -> Self {
        Self { profile, variant, style, shown: OnceCell::new() }
    }

    /// The name of the variant that is shown.
    fn name(&self) -> Option<&'a str> {
        self.variant.map(|v| v.name.as_str())
    }

    /// Calls `see` with every text that is printed.
    fn shown_texts(&self, see: &mut dyn FnMut(Text<'a>)) {
        let gathered = self.shown.get_or_init(|| {
            let mut texts = vec![];
            self.profile
                .texts(self.name(), &mut |text| texts.extend(Some(text).filter(|t| t.shown)));
            texts
        });
        gathered.iter().cloned().for_each(see);
    }

    /// The sections that are printed, with their addresses.
    fn shown_sections(&self) -> impl Iterator<Item = (At, &'a Section)> {
        let at = At::root().field("sections");
        let name = self.name();
        let sections = self.profile.sections.iter().enumerate();
        sections.filter(move |(_, s)| s.show().is_on(name)).map(move |(i, s)| (at.index(i), s))
    }

    /// The sections that are printed, each with the people of its entries that are.
    fn shown_bylines(&self) -> impl Iterator<Item = (&'a Section, Vec<Byline<'a>>)> {
        let name = self.name();
        self.shown_sections().map(move |(at, section)| (section, section.bylines(&at, name)))
    }
}

/// The user's own text for a message: on one line, and not too long.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return format!("`{line}`");
    }
    let start: String = line.chars().take(LONGEST - 1).collect();
    format!("`{}…`", start.trim_end())
}

/// Names in a row, each in backquotes.
fn listed<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_texts_stay_short() {
        let check = |text: &str, expected: &str| assert_eq!(quoted(text), expected);
        check("a\n  b", "`a b`");
        check(&"x".repeat(60), &format!("`{}`", "x".repeat(60)));
        check(&"é ".repeat(60), &format!("`{}é…`", "é ".repeat(29)));
        assert_eq!(listed(["a", "b c"]), "`a`, `b c`");
    }
}

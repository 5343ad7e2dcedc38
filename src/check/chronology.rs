//! Education and experience whose entries stand neither newest nor oldest first.

use super::{Checked, quoted};
use crate::{
    at::At,
    finding::{Code, Finding},
    section::{Entries, Record, SectionKind, Visitor},
    value::date::{Dates, SortKey},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    for (at, section) in checked.shown_sections().filter(|(_, s)| is_by_date(s.kind())) {
        out.extend(section.visit(&at, &mut Mixed(checked.name())));
    }
}

/// Whether readers expect the entries of such a section in the order of time. Elsewhere what matters
/// most often comes first, and that is well.
const fn is_by_date(kind: SectionKind) -> bool {
    match kind {
        SectionKind::Education | SectionKind::Experience => true,
        SectionKind::Publications
        | SectionKind::Patents
        | SectionKind::Projects
        | SectionKind::Awards
        | SectionKind::Skills
        | SectionKind::Teaching
        | SectionKind::Talks
        | SectionKind::Service
        | SectionKind::Grants
        | SectionKind::Languages
        | SectionKind::Certificates
        | SectionKind::References
        | SectionKind::Text
        | SectionKind::List => false,
    }
}

/// Looks for the first entry that breaks the order; holds the name of the variant.
struct Mixed<'v>(Option<&'v str>);

impl<'a> Visitor<'a> for Mixed<'_> {
    type Out = Option<Finding>;

    fn entries<R: Record>(&mut self, at: &At, list: &'a Entries<R>) -> Option<Finding> {
        let entries = list.entries.iter().enumerate();
        let dated: Vec<(usize, &R, SortKey)> = entries
            .filter(|(_, entry)| entry.show().is_on(self.0))
            .filter_map(|(i, entry)| Some((i, entry, Dates::parse(entry.date())?.sort_key())))
            .collect();
        if dated.is_sorted_by_key(|(_, _, key)| *key) {
            return None;
        }
        let mut pairs = dated.iter().zip(dated.iter().skip(1));
        let ((_, above, _), (index, newer, _)) = pairs.find(|((.., a), (.., b))| a < b)?;
        let message =
            format!("{} is newer than {} above it", quoted(newer.title()), quoted(above.title()));
        let at = at.field("entries").index(*index);
        Some(
            Finding::note(Code::DateMixed, at, message)
                .hint("put the newest entry first, unless the order is meant"),
        )
    }
}

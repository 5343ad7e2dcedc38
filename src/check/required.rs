//! Fields that an entry should not be without.

use super::{Checked, quoted};
use crate::{
    at::At,
    field::{Access, Field, Fields},
    finding::{Code, Finding},
    section::{Entries, Record, Visitor},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let mut found = Found { variant: checked.name(), out };
    if checked.profile.person.name.trim().is_empty() {
        found.out.push(
            Finding::warning(
                Code::FieldRequired,
                At::root().field("person").field("name"),
                "the profile has no name",
            )
            .hint("fill in `name` of `person`: it stands at the top of the page"),
        );
    }
    for (at, section) in checked.shown_sections() {
        section.visit(&at, &mut found);
    }
}

struct Found<'a> {
    variant: Option<&'a str>,
    out: &'a mut Vec<Finding>,
}

impl<'p> Visitor<'p> for Found<'_> {
    type Out = ();

    fn entries<R: Record>(&mut self, at: &At, list: &'p Entries<R>) {
        let at = at.field("entries");
        for (i, entry) in list.entries.iter().enumerate() {
            self.record(entry, i, &at.index(i));
        }
    }
}

impl Found<'_> {
    fn record<R: Record>(&mut self, entry: &R, index: usize, at: &At) {
        if !entry.show().is_on(self.variant) {
            return;
        }
        for field in R::FIELDS {
            if field.required && is_empty(field, entry) {
                let what = match entry.title().trim() {
                    "" => format!("{} number {}", R::NOUN, index + 1),
                    title => format!("the {} {}", R::NOUN, quoted(title)),
                };
                let message = format!("{what} has no {}", field.label.to_lowercase());
                let hint =
                    format!("fill in `{}`, or switch the entry off with `show: Never`", field.name);
                let finding = Finding::warning(Code::FieldRequired, at.field(field.name), message);
                self.out.push(finding.hint(hint));
            }
            if let Access::Parts((get, _)) = &field.access {
                let at = at.field(field.name);
                for (i, part) in get(entry).iter().enumerate() {
                    self.record(part, i, &at.index(i));
                }
            }
        }
    }
}

fn is_empty<T: Fields>(field: &Field<T>, record: &T) -> bool {
    let blank = |text: &String| text.trim().is_empty();
    match &field.access {
        Access::Line((get, _))
        | Access::Prose((get, _))
        | Access::Date((get, _))
        | Access::Photo((get, _))
        | Access::Link((get, _)) => blank(get(record)),
        Access::Lines((get, _)) | Access::Links((get, _)) => get(record).iter().all(blank),
        Access::People((get, _)) => get(record).iter().all(|author| blank(&author.name)),
        Access::Labelled((get, _)) => get(record).is_empty(),
        Access::Bullets((get, _)) => get(record).is_empty(),
        Access::Parts((get, _)) => get(record).is_empty(),
    }
}

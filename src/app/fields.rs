//! What the fields of a profile are called, how they are edited on the page, and which of an entry
//! are still empty.

use super::edit::Edit;
use crate::{
    at::{At, Step},
    field::{Access, Fields},
    profile::Profile,
    section::{Entries, Part, Record, Visitor},
};

/// How a field is edited where it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In place: the page has its words as they were typed.
    InPlace,
    /// In a small box beside it, unless the page has it letter by letter: dates and links may be
    /// printed otherwise than they were typed.
    Beside,
    /// In the form, for it has tools of its own.
    InForm,
}

/// What is known of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name, in sentence case.
    pub label: &'static str,
    /// An example, or what is wanted; may be empty.
    pub hint: &'static str,
    /// How it is edited on the page.
    pub way: Way,
}

/// What fills an empty field.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// Typing at that place.
    Type(At),
    /// A first element of the list that it is.
    Add(Edit),
}

/// The field at `at`; `None` for what is no text of a profile.
#[must_use]
pub fn named(profile: &Profile, at: &At) -> Option<Named> {
    let text = |label, hint| Some(Named { label, hint, way: Way::InPlace });
    match at.steps() {
        [Step::Field("person"), rest @ ..] => of_record(&profile.person, rest),
        [Step::Field("sections"), Step::Index(i), rest @ ..] => match rest {
            [Step::Field("title")] => text("Heading", "Another heading for the section"),
            [Step::Field("note")] => text("Note", "A sentence under the heading"),
            [Step::Field("entries"), Step::Index(_), rest @ ..] => {
                profile.sections.get(*i)?.visit(at, &mut InEntry(rest))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The fields of the entry at `entry` that hold nothing, with their labels.
#[must_use]
pub fn missing(profile: &Profile, entry: &At) -> Vec<(&'static str, Fill)> {
    let [Step::Field("sections"), Step::Index(i), Step::Field("entries"), Step::Index(e)] =
        entry.steps()
    else {
        return vec![];
    };
    let section = profile.sections.get(*i);
    section.and_then(|s| s.visit(entry, &mut Missing(entry, *e))).unwrap_or_default()
}

/// Looks for a field of an entry.
struct InEntry<'s>(&'s [Step]);

impl Visitor<'_> for InEntry<'_> {
    type Out = Option<Named>;

    fn entries<R: Record>(&mut self, _: &At, _: &Entries<R>) -> Self::Out {
        in_record::<R>(self.0)
    }
}

/// Looks for the empty fields of the entry with that index.
struct Missing<'s>(&'s At, usize);

impl Visitor<'_> for Missing<'_> {
    type Out = Option<Vec<(&'static str, Fill)>>;

    fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Self::Out {
        let entry = list.entries.get(self.1)?;
        let fill = |field: &crate::field::Field<R>| {
            let at = self.0.field(field.name);
            let (is_empty, is_list) = match &field.access {
                Access::Line((get, _))
                | Access::Prose((get, _))
                | Access::Date((get, _))
                | Access::Link((get, _)) => (get(entry).is_empty(), false),
                Access::People((get, _)) => (get(entry).is_empty(), false),
                Access::Lines((get, _)) | Access::Links((get, _)) => (get(entry).is_empty(), true),
                Access::Labelled((get, _)) => (get(entry).is_empty(), true),
                Access::Bullets((get, _)) => (get(entry).is_empty(), true),
                // A picture is chosen, and a part has fields of its own.
                Access::Photo(_) | Access::Parts(_) => (false, false),
            };
            let fill = if is_list { Fill::Add(Edit::Add(at, 0)) } else { Fill::Type(at) };
            is_empty.then_some((field.label, fill))
        };
        Some(R::FIELDS.iter().filter_map(fill).collect())
    }
}

fn of_record<T: Fields>(_: &T, steps: &[Step]) -> Option<Named> {
    in_record::<T>(steps)
}

fn in_record<T: Fields>(steps: &[Step]) -> Option<Named> {
    let [Step::Field(name), rest @ ..] = steps else {
        return None;
    };
    let field = T::FIELDS.iter().find(|field| field.name == *name)?;
    let named = |label, way| Some(Named { label, hint: field.hint, way });
    match &field.access {
        Access::Line(_) | Access::Prose(_) => named(field.label, Way::InPlace),
        Access::Date(_) | Access::Link(_) => named(field.label, Way::Beside),
        Access::Lines(_) | Access::Links(_) => match rest {
            [Step::Index(_)] => named(field.label, Way::Beside),
            _ => named(field.label, Way::InForm),
        },
        Access::People(_) => match rest {
            [Step::Index(_), Step::Field("name")] => named(field.label, Way::Beside),
            _ => named(field.label, Way::InForm),
        },
        // Its button chooses the file.
        Access::Photo(_) => named(field.label, Way::InForm),
        Access::Labelled(_) => match rest.last() {
            Some(Step::Field("label")) => named("Label", Way::InPlace),
            _ => named(field.label, Way::InPlace),
        },
        Access::Bullets(_) => named("Highlight", Way::InPlace),
        Access::Parts(_) => match rest {
            [Step::Index(_), rest @ ..] => in_record::<Part>(rest),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{section::SectionKind, slot::Slot, store::Document};

    #[test]
    fn every_text_of_every_sample_has_a_name() {
        for name in crate::sample::names() {
            let text = crate::sample::text(name).unwrap();
            let profile = Document::from_text(name, text).unwrap().profile;
            let mut seen = 0;
            profile.texts(None, &mut |text| {
                let named = named(&profile, &text.at);
                if matches!(text.at.steps().first(), Some(Step::Field("person" | "sections"))) {
                    assert!(named.is_some(), "{}", text.at);
                    seen += 1;
                }
            });
            assert!(seen > 10);
        }
    }

    #[test]
    fn what_is_missing_can_be_filled() {
        let mut profile = Profile::default();
        Edit::AddSection(SectionKind::Experience, 0).apply(&mut profile).unwrap();
        let list = At::root().field("sections").index(0).field("entries");
        Edit::Add(list.clone(), 0).apply(&mut profile).unwrap();
        let entry = list.index(0);
        let missing = missing(&profile, &entry);
        assert!(missing.len() > 3, "{missing:?}");
        for (label, fill) in missing {
            let mut profile = profile.clone();
            match fill {
                Fill::Type(at) => assert!(Slot::of(&mut profile, &at).is_some(), "{label}"),
                Fill::Add(edit) => assert!(edit.apply(&mut profile).is_some(), "{label}"),
            }
        }
    }
}

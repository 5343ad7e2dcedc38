//! What stands at an address of a profile, so that it can be changed: the one way from an [`At`]
//! back to the value.

use crate::{
    at::{At, Step},
    field::{Access, Fields},
    profile::Profile,
    section::{Entries, Part, Record, Section, VisitorMut},
    value::entry::{Author, Bullet, Labelled, Show},
    variant::Variant,
};

/// What stands at an address.
pub enum Slot<'a> {
    /// A text of a field, of a bullet, of an author …
    Text(&'a mut String),
    /// Several texts.
    Texts(&'a mut Vec<String>),
    /// Authors in order.
    Authors(&'a mut Vec<Author>),
    /// One author.
    Author(&'a mut Author),
    /// Lines with a label.
    Lines(&'a mut Vec<Labelled>),
    /// One line with a label.
    Line(&'a mut Labelled),
    /// Highlights.
    Bullets(&'a mut Vec<Bullet>),
    /// One highlight.
    Bullet(&'a mut Bullet),
    /// Parts of an entry.
    Parts(&'a mut Vec<Part>),
    /// The entries of a section.
    Entries(&'a mut dyn List),
    /// One entry of a section, or one part of an entry.
    Entry(&'a mut dyn Entry),
    /// The sections.
    Sections(&'a mut Vec<Section>),
    /// One section.
    Section(&'a mut Section),
    /// The variants.
    Variants(&'a mut Vec<Variant>),
    /// One variant.
    Variant(&'a mut Variant),
}

/// What every list can do, whatever it holds.
pub trait List {
    /// How many elements there are.
    fn count(&self) -> usize;
    /// Puts a new, empty element at `index` (at the end when that is past it).
    fn add(&mut self, index: usize);
    /// Puts a copy of element `index` after it; whether there was one.
    fn duplicate(&mut self, index: usize) -> bool;
    /// Takes element `index` out; whether there was one.
    fn take(&mut self, index: usize) -> bool;
    /// Moves element `from` so that it stands at `to`; whether anything moved.
    fn shift(&mut self, from: usize, to: usize) -> bool;
}

impl<T: Clone + Default> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn add(&mut self, index: usize) {
        self.insert(index.min(self.len()), T::default());
    }

    fn duplicate(&mut self, index: usize) -> bool {
        let Some(copy) = self.get(index).cloned() else {
            return false;
        };
        self.insert(index + 1, copy);
        true
    }

    fn take(&mut self, index: usize) -> bool {
        let there = index < self.len();
        if there {
            self.remove(index);
        }
        there
    }

    fn shift(&mut self, from: usize, to: usize) -> bool {
        let there = from != to && from < self.len() && to < self.len();
        if there {
            let element = self.remove(from);
            self.insert(to, element);
        }
        there
    }
}

/// What every entry has, whatever its kind.
pub trait Entry {
    /// Whether it is printed.
    fn show(&mut self) -> &mut Show;
    /// How much it matters.
    fn weight(&mut self) -> &mut i8;
    /// What it is called in a list.
    fn name(&self) -> &str;
}

impl<R: Record> Entry for R {
    fn show(&mut self) -> &mut Show {
        self.show_mut()
    }

    fn weight(&mut self) -> &mut i8 {
        self.weight_mut()
    }

    fn name(&self) -> &str {
        self.title()
    }
}

impl<'a> Slot<'a> {
    /// What stands at `at` in `profile`; `None` when nothing is there (any more).
    pub fn of(profile: &'a mut Profile, at: &At) -> Option<Self> {
        match at.steps() {
            [Step::Field("person"), rest @ ..] => in_record(&mut profile.person, rest),
            [Step::Field("sections")] => Some(Self::Sections(&mut profile.sections)),
            [Step::Field("sections"), Step::Index(i), rest @ ..] => {
                let section = profile.sections.get_mut(*i)?;
                match rest {
                    [] => Some(Self::Section(section)),
                    [Step::Field("title")] => Some(Self::Text(section.title_mut())),
                    [Step::Field("note")] => Some(Self::Text(section.note_mut())),
                    [Step::Field("entries"), rest @ ..] => {
                        section.visit_mut(at, &mut InEntries(rest))
                    }
                    _ => None,
                }
            }
            [Step::Field("marks"), rest @ ..] => in_lines(&mut profile.marks, rest),
            [Step::Field("venues"), rest @ ..] => in_lines(&mut profile.venues, rest),
            [Step::Field("variants")] => Some(Self::Variants(&mut profile.variants)),
            [Step::Field("variants"), Step::Index(i), rest @ ..] => {
                let variant = profile.variants.get_mut(*i)?;
                match rest {
                    [] => Some(Self::Variant(variant)),
                    [Step::Field("name")] => Some(Self::Text(&mut variant.name)),
                    [Step::Field("headline")] => Some(Self::Text(&mut variant.headline)),
                    [Step::Field("summary")] => Some(Self::Text(&mut variant.summary)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The list it is.
    #[must_use]
    pub fn list(self) -> Option<&'a mut dyn List> {
        match self {
            Self::Texts(list) => Some(list),
            Self::Authors(list) => Some(list),
            Self::Lines(list) => Some(list),
            Self::Bullets(list) => Some(list),
            Self::Parts(list) => Some(list),
            Self::Entries(list) => Some(list),
            Self::Sections(list) => Some(list),
            Self::Variants(list) => Some(list),
            _ => None,
        }
    }

    /// The text it is, or the text that it mainly holds.
    #[must_use]
    pub fn text(self) -> Option<&'a mut String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Author(author) => Some(&mut author.name),
            Self::Line(line) => Some(&mut line.text),
            Self::Bullet(bullet) => Some(&mut bullet.text),
            _ => None,
        }
    }

    /// Its switch.
    #[must_use]
    pub fn show(self) -> Option<&'a mut Show> {
        match self {
            Self::Line(line) => Some(&mut line.show),
            Self::Bullet(bullet) => Some(&mut bullet.show),
            Self::Entry(entry) => Some(entry.show()),
            Self::Section(section) => Some(section.show_mut()),
            _ => None,
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn weight(self) -> Option<&'a mut i8> {
        match self {
            Self::Bullet(bullet) => Some(&mut bullet.weight),
            Self::Entry(entry) => Some(entry.weight()),
            _ => None,
        }
    }
}

/// Goes on from the list of entries of a section.
struct InEntries<'s>(&'s [Step]);

impl<'a> VisitorMut<'a> for InEntries<'_> {
    type Out = Option<Slot<'a>>;

    fn entries<R: Record>(&mut self, _: &At, list: &'a mut Entries<R>) -> Self::Out {
        match self.0 {
            [] => Some(Slot::Entries(&mut list.entries)),
            [Step::Index(i)] => Some(Slot::Entry(list.entries.get_mut(*i)?)),
            [Step::Index(i), rest @ ..] => in_record(list.entries.get_mut(*i)?, rest),
            [Step::Field(_), ..] => None,
        }
    }
}

fn in_record<'a, T: Fields>(record: &'a mut T, steps: &[Step]) -> Option<Slot<'a>> {
    let [Step::Field(name), rest @ ..] = steps else {
        return None;
    };
    let field = T::FIELDS.iter().find(|field| field.name == *name)?;
    match &field.access {
        Access::Line((_, get))
        | Access::Prose((_, get))
        | Access::Date((_, get))
        | Access::Link((_, get))
        | Access::Photo((_, get)) => rest.is_empty().then(|| Slot::Text(get(record))),
        Access::Lines((_, get)) | Access::Links((_, get)) => match rest {
            [] => Some(Slot::Texts(get(record))),
            [Step::Index(i)] => get(record).get_mut(*i).map(Slot::Text),
            _ => None,
        },
        Access::People((_, get)) => match rest {
            [] => Some(Slot::Authors(get(record))),
            [Step::Index(i), rest @ ..] => {
                let author = get(record).get_mut(*i)?;
                match rest {
                    [] => Some(Slot::Author(author)),
                    [Step::Field("name")] => Some(Slot::Text(&mut author.name)),
                    [Step::Field("link")] => Some(Slot::Text(&mut author.link)),
                    _ => None,
                }
            }
            [Step::Field(_), ..] => None,
        },
        Access::Labelled((_, get)) => in_lines(get(record), rest),
        Access::Bullets((_, get)) => in_bullets(get(record), rest),
        Access::Parts((_, get)) => match rest {
            [] => Some(Slot::Parts(get(record))),
            [Step::Index(i)] => Some(Slot::Entry(get(record).get_mut(*i)?)),
            [Step::Index(i), rest @ ..] => in_record(get(record).get_mut(*i)?, rest),
            [Step::Field(_), ..] => None,
        },
    }
}

fn in_lines<'a>(list: &'a mut Vec<Labelled>, steps: &[Step]) -> Option<Slot<'a>> {
    match steps {
        [] => Some(Slot::Lines(list)),
        [Step::Index(i), rest @ ..] => {
            let line = list.get_mut(*i)?;
            match rest {
                [] => Some(Slot::Line(line)),
                [Step::Field("label")] => Some(Slot::Text(&mut line.label)),
                [Step::Field("text")] => Some(Slot::Text(&mut line.text)),
                _ => None,
            }
        }
        [Step::Field(_), ..] => None,
    }
}

fn in_bullets<'a>(list: &'a mut Vec<Bullet>, steps: &[Step]) -> Option<Slot<'a>> {
    match steps {
        [] => Some(Slot::Bullets(list)),
        [Step::Index(i), rest @ ..] => {
            let bullet = list.get_mut(*i)?;
            match rest {
                [] => Some(Slot::Bullet(bullet)),
                [Step::Field("text")] => Some(Slot::Text(&mut bullet.text)),
                [Step::Field("bullets"), rest @ ..] => in_bullets(&mut bullet.bullets, rest),
                _ => None,
            }
        }
        [Step::Field(_), ..] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_a_profile_is_reached_by_its_address() {
        for name in crate::sample::names() {
            let text = crate::sample::text(name).unwrap();
            let mut profile = crate::store::Document::from_text(name, text).unwrap().profile;
            let mut places = vec![];
            profile.texts(None, &mut |text| places.push((text.at, text.text.to_owned())));
            assert!(places.len() > 20, "{name}");
            for (at, text) in places {
                let found = Slot::of(&mut profile, &at).and_then(Slot::text).cloned();
                assert_eq!(found.as_ref(), Some(&text), "{name}: {at}");
            }
        }
    }
}

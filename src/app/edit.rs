//! Structural edits as values: collected while forms are drawn, applied afterwards, each one step
//! to undo.

mod bullets;
mod outline;

pub use outline::outline;

use super::place;
use crate::{
    at::{At, Step},
    field::one_of,
    interchange::reference,
    look::Look,
    profile::Profile,
    section::{Entries, Publication, Record, Section, SectionKind, Visitor, VisitorMut},
    slot::Slot,
    value::{
        date::Dates,
        entry::{Author, Labelled, Show},
    },
};
use std::{cmp::Reverse, ops::Range};

/// One change to a profile that is not the typing of a letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A new, empty element of a list, at an index.
    Add(At, usize),
    /// An element of a list goes.
    Remove(At),
    /// A copy of an element, right after it.
    Duplicate(At),
    /// An element of the list moves from one index to another.
    Shift(At, usize, usize),
    /// An entry goes to the end of another section, given by its index.
    MoveTo(At, usize),
    /// A highlight becomes one of those inside the highlight before it; the caret stays at a byte
    /// of its text.
    Nest(At, usize),
    /// A highlight inside another one stands beside it again; the caret stays at a byte of its
    /// text.
    Unnest(At, usize),
    /// A highlight is cut in two at a byte of its text.
    Split(At, usize),
    /// A highlight's text goes to the end of the one before it.
    Join(At),
    /// The text of the highlight that follows, inside or after it, goes to the end of a highlight.
    JoinNext(At),
    /// Text of several lines is pasted into a highlight over a range of bytes: lines become
    /// highlights.
    Paste(At, Range<usize>, String),
    /// A text is replaced.
    SetText(At, String),
    /// Several texts are replaced. The words name the step.
    SetAll(Vec<(At, String)>, String),
    /// Publications are put into a list of entries at an index. With `over` the first one fills what
    /// is empty in the entry that is there.
    Publications {
        /// The entries.
        list: At,
        /// Where in them.
        index: usize,
        /// Whether there is an entry to be filled.
        over: bool,
        /// What is put in.
        found: Vec<Publication>,
    },
    /// An author list is replaced.
    SetAuthors(At, Vec<Author>),
    /// The bytes at several places, each in a text, are replaced by one word.
    Respell(Vec<(At, Range<usize>)>, String),
    /// A list of texts is replaced.
    SetTexts(At, Vec<String>),
    /// Something is switched on or off.
    SetShow(At, Show),
    /// Something matters more or less.
    SetWeight(At, i8),
    /// A new section of a kind, at an index.
    AddSection(SectionKind, usize),
    /// The entries of the section with that index, newest first.
    Sort(usize),
    /// The look of the profile, or of one of its variants.
    SetLook(Option<usize>, Box<Look>),
    /// A new variant of that name: empty, or a copy of another one with all its switches.
    AddVariant(String, Option<String>),
    /// A variant gets another name, wherever it is named.
    RenameVariant(usize, String),
    /// A variant goes, and with it what names it.
    RemoveVariant(usize),
    /// The meaning of marks is replaced.
    SetMarks(Vec<Labelled>),
    /// All of it is replaced: an earlier version, a sample, an import. The text says which.
    Replace(Box<Profile>, String),
}

/// What an edit did.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// Its name in the Edit menu: "Delete publication".
    pub label: String,
    /// Where the caret belongs now, and at which byte.
    pub focus: Option<(At, usize)>,
}

impl Edit {
    /// Changes `profile`. `None` when there was nothing to change; the profile is then as it was.
    pub fn apply(&self, profile: &mut Profile) -> Option<Done> {
        let done = |label: String| Some(Done { label, focus: None });
        let at = |label: String, at: At| Some(Done { label, focus: Some((at, 0)) });
        match self {
            Self::Add(list, index) => {
                let count = {
                    let list = Slot::of(profile, list)?.list()?;
                    list.add(*index);
                    list.count()
                };
                let index = (*index).min(count.saturating_sub(1));
                let element = list.index(index);
                at(format!("Add {}", noun(profile, list)), first_text(&element))
            }
            Self::Remove(element) => {
                let (list, index) = split(element)?;
                let noun = noun(profile, &list);
                Slot::of(profile, &list)?.list()?.take(index).then_some(())?;
                let left = Slot::of(profile, &list)?.list()?.count();
                let focus = left.checked_sub(1).map(|last| (list.index(index.min(last)), 0));
                Some(Done { label: format!("Delete {noun}"), focus })
            }
            Self::Duplicate(element) => {
                let (list, index) = split(element)?;
                Slot::of(profile, &list)?.list()?.duplicate(index).then_some(())?;
                at(format!("Duplicate {}", noun(profile, &list)), list.index(index + 1))
            }
            Self::Shift(list, from, to) => {
                Slot::of(profile, list)?.list()?.shift(*from, *to).then_some(())?;
                at(format!("Move {}", noun(profile, list)), list.index(*to))
            }
            Self::MoveTo(element, section) => move_to(profile, element, *section),
            Self::Nest(element, byte) => bullets::nest(profile, element, *byte),
            Self::Unnest(element, byte) => bullets::unnest(profile, element, *byte),
            Self::Split(element, byte) => bullets::divide(profile, element, *byte),
            Self::Join(element) => bullets::join(profile, element),
            Self::JoinNext(element) => bullets::join_next(profile, element),
            Self::Paste(element, range, text) => bullets::paste(profile, element, range, text),
            Self::SetText(element, text) => {
                let old = Slot::of(profile, element)?.text()?;
                (old != text).then(|| old.clone_from(text))?;
                Some(Done {
                    label: edited(profile, element),
                    focus: Some((element.clone(), text.len())),
                })
            }
            Self::SetAll(texts, label) => {
                let mut changed = false;
                for (element, text) in texts {
                    if let Some(old) = Slot::of(profile, element).and_then(Slot::text) {
                        changed |= old != text;
                        old.clone_from(text);
                    }
                }
                changed.then_some(())?;
                done(label.clone())
            }
            Self::Publications { list, index, over, found } => {
                put_publications(profile, list, *index, *over, found)
            }
            Self::SetAuthors(element, authors) => {
                let Slot::Authors(old) = Slot::of(profile, element)? else {
                    return None;
                };
                (old != authors).then(|| old.clone_from(authors))?;
                done(edited(profile, element))
            }
            Self::Respell(places, word) => respell(profile, places, word),
            Self::SetTexts(element, texts) => {
                let Slot::Texts(old) = Slot::of(profile, element)? else {
                    return None;
                };
                (old != texts).then(|| old.clone_from(texts))?;
                done(edited(profile, element))
            }
            Self::SetShow(element, show) => {
                let old = Slot::of(profile, element)?.show()?;
                (old != show).then(|| old.clone_from(show))?;
                done(if *show == Show::Always { "Show" } else { "Hide" }.to_owned())
            }
            Self::SetWeight(element, weight) => {
                let old = Slot::of(profile, element)?.weight()?;
                (old != weight).then(|| *old = *weight)?;
                done("Change weight".to_owned())
            }
            Self::AddSection(kind, index) => {
                let index = (*index).min(profile.sections.len());
                profile.sections.insert(index, Section::new(*kind));
                at("Add section".to_owned(), At::root().field("sections").index(index))
            }
            Self::Sort(section) => {
                let before = profile.sections.get(*section)?.clone();
                let section = profile.sections.get_mut(*section)?;
                section.visit_mut(&At::root(), &mut ByDate);
                (*section != before).then_some(())?;
                done("Sort by date".to_owned())
            }
            Self::SetLook(variant, look) => {
                let old = match variant {
                    None => &mut profile.look,
                    Some(index) => &mut profile.variants.get_mut(*index)?.look,
                };
                (*old != **look).then(|| old.clone_from(look))?;
                done("Change look".to_owned())
            }
            Self::AddVariant(name, copied) => add_variant(profile, name, copied.as_deref()),
            Self::RenameVariant(index, name) => {
                let old = profile.variants.get(*index)?.name.clone();
                let taken = profile.variant(name).is_some();
                (!name.trim().is_empty() && !taken).then_some(())?;
                profile.variants.get_mut(*index)?.name.clone_from(name);
                each_show(profile, &mut |names| {
                    names.iter_mut().filter(|n| **n == old).for_each(|n| n.clone_from(name));
                });
                done("Rename variant".to_owned())
            }
            Self::RemoveVariant(index) => {
                profile.variants.get(*index)?;
                let old = profile.variants.remove(*index).name;
                each_show(profile, &mut |names| names.retain(|n| *n != old));
                done("Delete variant".to_owned())
            }
            Self::SetMarks(marks) => {
                (profile.marks != *marks).then(|| profile.marks.clone_from(marks))?;
                done("Edit marks".to_owned())
            }
            Self::Replace(new, label) => {
                (*profile != **new).then(|| profile.clone_from(new))?;
                done(label.clone())
            }
        }
    }

    /// An edit that brings every address back to where it was; `None` when this one moves nothing.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        match self {
            Self::Add(list, index) => Some(Self::Remove(list.index(*index))),
            Self::Remove(element) => split(element).map(|(list, index)| Self::Add(list, index)),
            Self::Duplicate(element) => {
                split(element).map(|(list, index)| Self::Remove(list.index(index + 1)))
            }
            Self::Shift(list, from, to) => Some(Self::Shift(list.clone(), *to, *from)),
            _ => None,
        }
    }

    /// Where the thing at `at` stands after the edit; `None` when it is gone. For what is
    /// remembered by address: open cards, the caret, the selection.
    #[must_use]
    pub fn carried(&self, at: &At) -> Option<At> {
        let moved = |list: &At, to: &dyn Fn(usize) -> Option<usize>| {
            let Some(Step::Index(index)) =
                at.is_within(list).then(|| at.steps().get(list.steps().len())).flatten()
            else {
                return Some(at.clone());
            };
            let mut new = list.index(to(*index)?);
            for step in at.steps().iter().skip(list.steps().len() + 1) {
                new = match step {
                    Step::Field(name) => new.field(name),
                    Step::Index(i) => new.index(*i),
                };
            }
            Some(new)
        };
        match self {
            Self::Add(list, index) => moved(list, &|i| Some(if i >= *index { i + 1 } else { i })),
            Self::AddSection(_, index) => {
                moved(&At::root().field("sections"), &|i| Some(if i >= *index { i + 1 } else { i }))
            }
            Self::Remove(element) | Self::MoveTo(element, _) => {
                let (list, gone) = split(element)?;
                moved(&list, &|i| match i.cmp(&gone) {
                    std::cmp::Ordering::Less => Some(i),
                    std::cmp::Ordering::Equal => None,
                    std::cmp::Ordering::Greater => Some(i - 1),
                })
            }
            Self::Duplicate(element) => {
                let (list, index) = split(element)?;
                moved(&list, &|i| Some(if i > index { i + 1 } else { i }))
            }
            Self::Shift(list, from, to) => moved(list, &|i| {
                Some(if i == *from {
                    *to
                } else if *from < i && i <= *to {
                    i - 1
                } else if *to <= i && i < *from {
                    i + 1
                } else {
                    i
                })
            }),
            Self::Publications { list, index, over, found } => {
                let more = found.len() - usize::from(*over && !found.is_empty());
                moved(list, &|i| Some(if i >= index + usize::from(*over) { i + more } else { i }))
            }
            Self::Sort(_) | Self::Replace(..) => None,
            _ => Some(at.clone()),
        }
    }
}

/// Puts a word in place of others; the caret comes to stand after the first one.
fn respell(profile: &mut Profile, places: &[(At, Range<usize>)], word: &str) -> Option<Done> {
    // From the end on, so that what is still to be replaced stands where it stood.
    let mut places: Vec<_> = places.iter().collect();
    places.sort_by(|(a, x), (b, y)| a.cmp(b).then(x.start.cmp(&y.start)));
    let mut first = None;
    for (at, range) in places.into_iter().rev() {
        let Some(text) = Slot::of(profile, at).and_then(Slot::text) else {
            continue;
        };
        if text.get(range.clone()).is_some_and(|old| old != word) {
            text.replace_range(range.clone(), word);
            first = Some((at.clone(), range.start + word.len()));
        }
    }
    Some(Done { label: "Correct spelling".to_owned(), focus: Some(first?) })
}

/// The list that an element stands in, and its index there.
#[must_use]
pub fn split(element: &At) -> Option<(At, usize)> {
    match element.steps().last()? {
        Step::Index(index) => Some((element.parent(), *index)),
        Step::Field(_) => None,
    }
}

/// The nearest element of a list of entries, parts, lines, highlights or sections that holds `at`.
#[must_use]
pub fn element(at: &At) -> Option<At> {
    let mut at = at.clone();
    while !at.steps().is_empty() {
        if matches!(at.steps().last(), Some(Step::Index(_))) {
            return Some(at);
        }
        at = at.parent();
    }
    None
}

/// The entry of a section that holds `at`, as its address.
#[must_use]
pub fn entry(at: &At) -> Option<At> {
    match at.steps() {
        [Step::Field("sections"), Step::Index(s), Step::Field("entries"), Step::Index(e), ..] => {
            Some(At::root().field("sections").index(*s).field("entries").index(*e))
        }
        _ => None,
    }
}

/// What an element of a list is called: "publication", "highlight".
#[must_use]
pub fn noun(profile: &Profile, list: &At) -> &'static str {
    match list.steps() {
        [Step::Field("sections")] => "section",
        [Step::Field("sections"), Step::Index(i), Step::Field("entries")] => {
            profile.sections.get(*i).map_or("entry", Section::noun)
        }
        _ => noun_in(list),
    }
}

/// The same for the lists inside entries and in the person, whose names say it.
#[must_use]
pub fn noun_in(list: &At) -> &'static str {
    match list.steps().last() {
        Some(Step::Field(name)) => one_of(name),
        _ => "entry",
    }
}

/// The label of a step of undo that changed the text at `at`: "Edit short venue".
fn edited(profile: &Profile, at: &At) -> String {
    let name = place::field(profile, at);
    format!("Edit {}", if name.is_empty() { "text" } else { &name })
}

/// Where typing starts in a new element.
fn first_text(element: &At) -> At {
    let Some((list, _)) = split(element) else {
        return element.clone();
    };
    match list.steps().last() {
        Some(Step::Field("bullets")) => element.field("text"),
        Some(Step::Field("lines" | "facts" | "marks" | "venues")) => element.field("label"),
        Some(Step::Field("authors" | "inventors" | "variants")) => element.field("name"),
        _ => element.clone(),
    }
}

/// Puts publications into a section of them.
fn put_publications(
    profile: &mut Profile,
    list: &At,
    index: usize,
    over: bool,
    found: &[Publication],
) -> Option<Done> {
    let [Step::Field("sections"), Step::Index(section), ..] = list.steps() else {
        return None;
    };
    let Section::Publications(Entries { entries, .. }) = profile.sections.get_mut(*section)? else {
        return None;
    };
    let index = index.min(entries.len());
    let (mut first, mut rest) = (None, found);
    if over {
        (first, rest) = (found.first(), found.get(1..).unwrap_or_default());
    }
    if let Some(new) = first {
        reference::fill(entries.get_mut(index)?, new);
    }
    let at = index + usize::from(over);
    entries.splice(at..at, rest.iter().cloned());
    let title = list.index(index).field("title");
    let byte = entries.get(index)?.title.len();
    let label = if found.len() == 1 { "Add publication" } else { "Add publications" };
    Some(Done { label: label.to_owned(), focus: Some((title, byte)) })
}

/// Whether the entries of a section stand in the order of their dates, the newest first, and at
/// least two have one.
#[must_use]
pub fn is_by_date(section: &Section) -> bool {
    struct InOrder;
    impl Visitor<'_> for InOrder {
        type Out = bool;
        fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> bool {
            let keys = list.entries.iter().map(|entry| Dates::parse(entry.date()));
            let keys: Vec<_> = keys.flatten().map(|dates| dates.sort_key()).collect();
            keys.len() > 1 && keys.iter().zip(keys.iter().skip(1)).all(|(a, b)| a >= b)
        }
    }
    section.visit(&At::root(), &mut InOrder)
}

/// Moves an entry to the end of another section of its kind.
fn move_to(profile: &mut Profile, element: &At, section: usize) -> Option<Done> {
    let [Step::Field("sections"), Step::Index(from), Step::Field("entries"), Step::Index(index)] =
        element.steps()
    else {
        return None;
    };
    let target = profile.sections.get(section)?;
    (section != *from && profile.sections.get(*from)?.kind() == target.kind()).then_some(())?;
    let mut at = target.count();
    // Exchanging the two lists gives both at once, whatever they hold.
    let mut taken = std::mem::take(profile.sections.get_mut(*from)?);
    let moved = taken.give(*index, profile.sections.get_mut(section)?);
    *profile.sections.get_mut(*from)? = taken;
    moved.then_some(())?;
    at = at.min(profile.sections.get(section)?.count().saturating_sub(1));
    let new = At::root().field("sections").index(section).field("entries").index(at);
    Some(Done { label: "Move to another section".to_owned(), focus: Some((new, 0)) })
}

/// Sorts entries by date, newest first; those without a date stay at the end, in their order.
struct ByDate;

impl<'a> VisitorMut<'a> for ByDate {
    type Out = ();

    fn entries<R: Record>(&mut self, _: &At, list: &'a mut Entries<R>) {
        list.entries
            .sort_by_cached_key(|entry| Reverse(date_of(entry).map(|dates| dates.sort_key())));
    }
}

/// The date of an entry, as understood.
fn date_of<R: Record>(entry: &R) -> Option<Dates> {
    Dates::parse(entry.date())
}

fn add_variant(profile: &mut Profile, name: &str, copied: Option<&str>) -> Option<Done> {
    let name = name.trim();
    (!name.is_empty() && profile.variant(name).is_none()).then_some(())?;
    let mut variant = copied.and_then(|c| profile.variant(c)).cloned().unwrap_or_default();
    name.clone_into(&mut variant.name);
    profile.variants.push(variant);
    if let Some(copied) = copied {
        each_show(profile, &mut |names| {
            if names.iter().any(|n| n == copied) {
                names.push(name.to_owned());
            }
        });
    }
    Some(Done { label: "Add variant".to_owned(), focus: None })
}

/// Changes the names in every switch. A switch that names no variant any more says what it then
/// means.
fn each_show(profile: &mut Profile, change: &mut dyn FnMut(&mut Vec<String>)) {
    let mut places = vec![];
    profile.switches(&mut |at, show| {
        if !show.names().is_empty() {
            places.push(at);
        }
    });
    for at in places {
        let Some(show) = Slot::of(profile, &at).and_then(Slot::show) else {
            continue;
        };
        match show {
            Show::In(names) => {
                change(names);
                if names.is_empty() {
                    *show = Show::Never;
                }
            }
            Show::NotIn(names) => {
                change(names);
                if names.is_empty() {
                    *show = Show::Always;
                }
            }
            Show::Always | Show::Never => {}
        }
    }
}

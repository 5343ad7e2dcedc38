//! What differs between two profiles, in words for people: for unsaved work, earlier versions and
//! changes from outside.

pub mod merge;
mod pair;

use self::pair::{Like, pair, unmoved};
use crate::{
    at::At,
    field::{Access, Field, Fields},
    look::Look,
    profile::Profile,
    section::{Entries, Record, Section, Visitor},
    value::{
        entry::{Author, Bullet, Labelled, Show},
        rich::Rich,
    },
    variant::Variant,
};
use std::{any::Any, marker::PhantomData};

/// What has become of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only the new profile has it.
    Added,
    /// Only the old profile has it.
    Removed,
    /// Both have it, and it says something else.
    Changed,
    /// Both have it, in another place of the same list.
    Moved,
}

/// One thing in which two profiles differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it is: in the new profile, or in the old one for what was removed.
    pub at: At,
    /// The way to it in words: "Publications", the title of a paper, "Venue".
    pub place: Vec<String>,
    /// What has become of it.
    pub kind: Kind,
    /// What the old profile says; empty for what was added.
    pub old: String,
    /// What the new profile says; empty for what was removed.
    pub new: String,
}

impl Difference {
    /// The way to it as one line.
    #[must_use]
    pub fn label(&self) -> String {
        self.place.join(" › ")
    }
}

/// All differences in the order of the new profile; none when the profiles are equal. An entry that
/// was added or removed is one difference.
#[must_use]
pub fn compare(old: &Profile, new: &Profile) -> Vec<Difference> {
    let mut found = vec![];
    if old == new {
        return found;
    }
    let root = Spot { old: At::root(), new: At::root(), place: vec![] };
    let out = &mut found;
    root.inner("format", "Format").text(&old.format.to_string(), &new.format.to_string(), out);
    record(&root.inner("person", "Person"), &old.person, &new.person, out);
    list(&root.inner("sections", ""), &old.sections, &new.sections, out);
    list(&root.inner("marks", "Marks"), &old.marks, &new.marks, out);
    list(&root.inner("venues", "Venues"), &old.venues, &new.venues, out);
    list(&root.inner("variants", "Variants"), &old.variants, &new.variants, out);
    look(&root.inner("look", "Look"), &old.look, &new.look, out);
    let imported = |profile: &Profile| profile.imported.join("; ");
    root.inner("imported", "Imported").text(&imported(old), &imported(new), out);
    found
}

/// A place in both profiles.
struct Spot {
    old: At,
    new: At,
    place: Vec<String>,
}

impl Spot {
    /// The field `name`; a part of the way only when it has a label.
    fn inner(&self, name: &'static str, label: &str) -> Self {
        let label = (!label.is_empty()).then(|| label.to_owned());
        let place = self.place.iter().cloned().chain(label).collect();
        Self { old: self.old.field(name), new: self.new.field(name), place }
    }

    /// An element of the list at this place, called `title`.
    fn element(&self, old: usize, new: usize, title: String) -> Self {
        let place = self.place.iter().cloned().chain([title]).collect();
        Self { old: self.old.index(old), new: self.new.index(new), place }
    }

    fn tell(&self, kind: Kind, old: String, new: String, out: &mut Vec<Difference>) {
        let at = if kind == Kind::Removed { &self.old } else { &self.new };
        out.push(Difference { at: at.clone(), place: self.place.clone(), kind, old, new });
    }

    /// Tells when two texts differ.
    fn text(&self, old: &str, new: &str, out: &mut Vec<Difference>) {
        if old == new {
            return;
        }
        let kind = match (old.is_empty(), new.is_empty()) {
            (true, _) => Kind::Added,
            (_, true) => Kind::Removed,
            _ => Kind::Changed,
        };
        self.tell(kind, old.to_owned(), new.to_owned(), out);
    }

    /// Tells when something is printed elsewhere, or matters more or less.
    fn switches(&self, old: (&Show, i8), new: (&Show, i8), out: &mut Vec<Difference>) {
        if old.0 != new.0 {
            self.inner("show", "Shown").tell(Kind::Changed, shown(old.0), shown(new.0), out);
        }
        if old.1 != new.1 {
            let (old, new) = (old.1.to_string(), new.1.to_string());
            self.inner("weight", "Weight").tell(Kind::Changed, old, new, out);
        }
    }
}

/// An element of a list that is compared element by element.
trait Element: Like {
    /// What it is called in the way to it.
    fn title(&self) -> String;

    /// Tells what differs inside it.
    fn inside(spot: &Spot, old: &Self, new: &Self, out: &mut Vec<Difference>);
}

fn list<T: Element>(spot: &Spot, old: &[T], new: &[T], out: &mut Vec<Difference>) {
    let pairs = pair(old, new);
    let unmoved = unmoved(&pairs);
    let mut left: Vec<bool> = vec![true; old.len()];
    for number in pairs.iter().flatten() {
        if let Some(left) = left.get_mut(*number) {
            *left = false;
        }
    }
    // What was removed is told where it stood: behind the element that it followed.
    let mut gone = old.iter().enumerate().zip(left).filter(|(_, left)| *left).peekable();
    for (i, item) in new.iter().enumerate() {
        let number = pairs.get(i).copied().flatten();
        let stays = unmoved.get(i).copied().unwrap_or_default();
        if let (Some(number), true) = (number, stays) {
            while let Some(((n, item), _)) = gone.next_if(|((n, _), _)| *n < number) {
                spot.element(n, n, item.title()).tell(
                    Kind::Removed,
                    item.said(),
                    String::new(),
                    out,
                );
            }
        }
        let Some((number, before)) = number.and_then(|number| Some((number, old.get(number)?)))
        else {
            spot.element(i, i, item.title()).tell(Kind::Added, String::new(), item.said(), out);
            continue;
        };
        let spot = spot.element(number, i, item.title());
        if !stays {
            let nth = |index: usize| format!("number {}", index + 1);
            spot.tell(Kind::Moved, nth(number), nth(i), out);
        }
        T::inside(&spot, before, item, out);
    }
    for ((n, item), _) in gone {
        spot.element(n, n, item.title()).tell(Kind::Removed, item.said(), String::new(), out);
    }
}

/// The fields of one record.
fn record<T: Fields>(spot: &Spot, old: &T, new: &T, out: &mut Vec<Difference>) {
    for field in T::FIELDS {
        let spot = spot.inner(field.name, field.label);
        match &field.access {
            Access::Line((get, _))
            | Access::Prose((get, _))
            | Access::Date((get, _))
            | Access::Link((get, _)) => spot.text(get(old), get(new), out),
            Access::Photo((get, _)) => spot.text(&photo(get(old)), &photo(get(new)), out),
            Access::Lines((get, _)) | Access::Links((get, _)) => {
                short_list(&spot, get(old), get(new), String::clone, out);
            }
            Access::People((get, _)) => short_list(&spot, get(old), get(new), author, out),
            Access::Labelled((get, _)) => list(&spot, get(old), get(new), out),
            Access::Bullets((get, _)) => list(&spot, get(old), get(new), out),
            Access::Parts((get, _)) => list(&spot, get(old), get(new), out),
        }
    }
}

/// What is said of a photo: its path, or how much of a picture stands in the profile itself.
fn photo(field: &str) -> String {
    let inside = field.trim_start().starts_with("data:");
    if inside { format!("a picture of {} bytes", field.len()) } else { field.to_owned() }
}

/// A list that reads best as a whole: authors, links, spellings.
fn short_list<T: PartialEq>(
    spot: &Spot,
    old: &[T],
    new: &[T],
    say: fn(&T) -> String,
    out: &mut Vec<Difference>,
) {
    if old == new {
        return;
    }
    let kind = match (old.is_empty(), new.is_empty()) {
        (true, _) => Kind::Added,
        (_, true) => Kind::Removed,
        _ => Kind::Changed,
    };
    spot.tell(kind, joined(old, say), joined(new, say), out);
}

fn author(author: &Author) -> String {
    let mut said = author.name.clone();
    if author.own {
        said.push_str(" (own name)");
    }
    if !author.link.is_empty() {
        said.push_str(&format!(" ({})", author.link));
    }
    said
}

fn look(spot: &Spot, old: &Look, new: &Look, out: &mut Vec<Difference>) {
    for ((name, old), (_, new)) in old.settings().into_iter().zip(new.settings()) {
        spot.inner(name, &sentence(name)).text(&old, &new, out);
    }
}

fn shown(show: &Show) -> String {
    match show {
        Show::Always => "in every variant".to_owned(),
        Show::Never => "nowhere".to_owned(),
        Show::In(names) => format!("only in {}", names.join(", ")),
        Show::NotIn(names) => format!("not in {}", names.join(", ")),
    }
}

/// The name of a field as words: "Heading size" for `heading_size`.
fn sentence(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// The first words of a text without its markup; `instead` for an empty one.
fn short(text: &str, instead: &str) -> String {
    const MOST: usize = 60;
    let line = text.trim().lines().next().unwrap_or_default();
    let plain = Rich::parse(line).to_plain();
    match plain.chars().count() {
        0 => instead.to_owned(),
        1..=MOST => plain,
        _ => plain.chars().take(MOST - 1).chain(['…']).collect(),
    }
}

/// All that a record says, a field in a line.
fn said<T: Fields>(record: &T) -> String {
    let mut lines = vec![];
    for field in T::FIELDS {
        let text = field_said(field, record);
        if !text.is_empty() {
            let gap = if text.contains('\n') { "\n" } else { " " };
            lines.push(format!("{}:{gap}{text}", field.label));
        }
    }
    lines.join("\n")
}

/// What a field of a record says, in words; two fields say the same when their values are equal.
#[must_use]
pub fn field_said<T: Fields>(field: &Field<T>, record: &T) -> String {
    fn all<T: Like>(list: &[T]) -> String {
        list.iter().map(Like::said).collect::<Vec<_>>().join("\n")
    }
    match &field.access {
        Access::Line((get, _))
        | Access::Prose((get, _))
        | Access::Date((get, _))
        | Access::Link((get, _)) => get(record).clone(),
        Access::Photo((get, _)) => photo(get(record)),
        Access::Lines((get, _)) | Access::Links((get, _)) => get(record).join(", "),
        Access::People((get, _)) => joined(get(record), author),
        Access::Labelled((get, _)) => all(get(record)),
        Access::Bullets((get, _)) => all(get(record)),
        Access::Parts((get, _)) => all(get(record)),
    }
}

fn joined<T>(list: &[T], say: fn(&T) -> String) -> String {
    list.iter().map(say).collect::<Vec<_>>().join(", ")
}

impl<R: Record> Like for R {
    fn name(&self) -> String {
        self.title().trim().to_owned()
    }

    fn said(&self) -> String {
        said(self)
    }
}

impl<R: Record> Element for R {
    fn title(&self) -> String {
        short(Record::title(self), &format!("untitled {}", R::NOUN))
    }

    fn inside(spot: &Spot, old: &Self, new: &Self, out: &mut Vec<Difference>) {
        record(spot, old, new, out);
        spot.switches((old.show(), old.weight()), (new.show(), new.weight()), out);
    }
}

impl Like for Bullet {
    fn name(&self) -> String {
        self.text.trim().to_owned()
    }

    fn said(&self) -> String {
        let inner = self.bullets.iter().map(Like::said);
        [self.text.clone()].into_iter().chain(inner).collect::<Vec<_>>().join("\n")
    }
}

impl Element for Bullet {
    fn title(&self) -> String {
        short(&self.text, "empty highlight")
    }

    fn inside(spot: &Spot, old: &Self, new: &Self, out: &mut Vec<Difference>) {
        spot.inner("text", "").text(&old.text, &new.text, out);
        spot.switches((&old.show, old.weight), (&new.show, new.weight), out);
        list(&spot.inner("bullets", ""), &old.bullets, &new.bullets, out);
    }
}

impl Like for Labelled {
    fn name(&self) -> String {
        self.label.trim().to_owned()
    }

    fn said(&self) -> String {
        match self.label.as_str() {
            "" => self.text.clone(),
            label => format!("{label}: {}", self.text),
        }
    }
}

impl Element for Labelled {
    fn title(&self) -> String {
        let name = if self.label.trim().is_empty() { &self.text } else { &self.label };
        short(name, "empty line")
    }

    fn inside(spot: &Spot, old: &Self, new: &Self, out: &mut Vec<Difference>) {
        spot.inner("label", "Label").text(&old.label, &new.label, out);
        spot.inner("text", "").text(&old.text, &new.text, out);
        spot.switches((&old.show, 0), (&new.show, 0), out);
    }
}

impl Like for Variant {
    fn name(&self) -> String {
        self.name.trim().to_owned()
    }

    fn said(&self) -> String {
        [&self.headline, &self.summary].map(String::as_str).join("\n").trim().to_owned()
    }
}

impl Element for Variant {
    fn title(&self) -> String {
        short(&self.name, "unnamed variant")
    }

    fn inside(spot: &Spot, old: &Self, new: &Self, out: &mut Vec<Difference>) {
        spot.inner("name", "Name").text(&old.name, &new.name, out);
        spot.inner("headline", "Headline").text(&old.headline, &new.headline, out);
        spot.inner("summary", "Summary").text(&old.summary, &new.summary, out);
        look(&spot.inner("look", "Look"), &old.look, &new.look, out);
    }
}

impl Like for Section {
    fn name(&self) -> String {
        format!("{} {}", self.kind(), self.title().trim())
    }

    fn said(&self) -> String {
        let mut lines = vec![];
        self.visit(&At::root(), &mut Titles(&mut lines));
        lines.join("\n")
    }

    fn is_kin(&self, other: &Self) -> bool {
        self.kind() == other.kind()
    }
}

impl Element for Section {
    fn title(&self) -> String {
        short(Section::title(self), &sentence(self.kind().word()))
    }

    fn inside(spot: &Spot, old: &Self, new: &Self, out: &mut Vec<Difference>) {
        spot.inner("title", "Heading").text(Section::title(old), Section::title(new), out);
        spot.inner("note", "Note").text(old.note(), new.note(), out);
        spot.switches((old.show(), 0), (new.show(), 0), out);
        old.visit(&At::root(), &mut Inside { spot, new, out });
    }
}

/// Collects what the entries of a section are called.
struct Titles<'o>(&'o mut Vec<String>);

impl Visitor<'_> for Titles<'_> {
    type Out = ();

    fn entries<R: Record>(&mut self, _at: &At, list: &Entries<R>) {
        self.0.extend(list.entries.iter().map(Element::title));
    }
}

/// Compares the entries of an old section with those of a new one of the same kind.
struct Inside<'s, 'o> {
    spot: &'s Spot,
    new: &'s Section,
    out: &'o mut Vec<Difference>,
}

impl<'a> Visitor<'a> for Inside<'_, '_> {
    type Out = ();

    fn entries<R: Record>(&mut self, at: &At, old: &'a Entries<R>) {
        if let Some(new) = self.new.visit(at, &mut OfKind::<R>(PhantomData)) {
            list(&self.spot.inner("entries", ""), &old.entries, &new.entries, self.out);
        }
    }
}

/// The entries of a section, if they are of type `R`.
struct OfKind<R>(PhantomData<R>);

impl<'a, R: Record> Visitor<'a> for OfKind<R> {
    type Out = Option<&'a Entries<R>>;

    fn entries<S: Record>(&mut self, _at: &At, list: &'a Entries<S>) -> Self::Out {
        (list as &dyn Any).downcast_ref()
    }
}

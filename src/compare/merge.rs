//! Brings together what two sides have made of one profile: field by field, entry by entry.
//!
//! What only one side has changed is taken from that side. What both have changed to different
//! things is a conflict, and somebody has to say which of them stays.

use super::{
    Difference, Element, OfKind, Spot, author, joined,
    pair::{Like, pair},
    photo, sentence, short, shown,
};
use crate::{
    at::At,
    field::{Access, Fields},
    look::{Look, SETTINGS},
    profile::Profile,
    section::{Entries, Record, Section, VisitorMut},
    value::entry::{Author, Bullet, Labelled, Show},
    variant::Variant,
};
use std::{collections::HashMap, marker::PhantomData};

/// One of the two profiles that are brought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What is in the window.
    Mine,
    /// What another program has written.
    Theirs,
}

/// Who has changed something since both sides were the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Only the first side.
    Mine,
    /// Only the second side.
    Theirs,
    /// Both, to different things: a conflict.
    Both,
}

impl Changed {
    /// What is taken unless somebody says otherwise; `None` for a conflict.
    #[must_use]
    pub fn usual(self) -> Option<Side> {
        match self {
            Self::Mine => Some(Side::Mine),
            Self::Theirs => Some(Side::Theirs),
            Self::Both => None,
        }
    }
}

/// One thing in which the two sides differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it is: in mine, or in theirs for what mine has not.
    pub at: At,
    /// The way to it in words: "Publications", the title of a paper, "Venue".
    pub place: Vec<String>,
    /// Who has changed it.
    pub changed: Changed,
    /// What it was; empty for what was not there.
    pub base: String,
    /// What mine says; empty for what is not there.
    pub mine: String,
    /// What theirs says; empty for what is not there.
    pub theirs: String,
}

impl Row {
    /// The way to it as one line.
    #[must_use]
    pub fn label(&self) -> String {
        self.place.join(" › ")
    }
}

/// What comes of two profiles that began as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The profile as chosen.
    pub profile: Profile,
    /// All in which the sides differ, in the order of the profile. They are the same for all
    /// choices.
    pub rows: Vec<Row>,
}

/// Brings together `mine` and `theirs`, which both began as `base`. `choices` says for each row
/// which side is taken; where it says nothing, the side that changed it is, and mine of a conflict.
#[must_use]
pub fn merge(base: &Profile, mine: &Profile, theirs: &Profile, choices: &[Option<Side>]) -> Merged {
    let mut walk = Walk { choices, rows: vec![] };
    let root = Place { at: At::root(), words: vec![] };
    let inner = |name, label| root.inner(name, label);
    let mut profile = mine.clone();
    let person = [&base.person, &mine.person, &theirs.person];
    profile.person = record(&mut walk, &inner("person", "Person"), person);
    let sections = [base, mine, theirs].map(|side| side.sections.as_slice());
    profile.sections = list(&mut walk, &inner("sections", ""), sections);
    let marks = [base, mine, theirs].map(|side| side.marks.as_slice());
    profile.marks = list(&mut walk, &inner("marks", "Marks"), marks);
    let venues = [base, mine, theirs].map(|side| side.venues.as_slice());
    profile.venues = list(&mut walk, &inner("venues", "Venues"), venues);
    let variants = [base, mine, theirs].map(|side| side.variants.as_slice());
    profile.variants = list(&mut walk, &inner("variants", "Variants"), variants);
    let looks = [&base.look, &mine.look, &theirs.look];
    profile.look = look(&mut walk, &inner("look", "Look"), looks);
    profile.imported = keys(&base.imported, &mine.imported, &theirs.imported);
    Merged { profile, rows: walk.rows }
}

/// What was brought in so far on either side: a list of keys, in which nothing can conflict.
fn keys(base: &[String], mine: &[String], theirs: &[String]) -> Vec<String> {
    let stays = |key: &&String| theirs.contains(key) || !base.contains(key);
    let is_new = |key: &&String| !base.contains(key) && !mine.contains(key);
    mine.iter().filter(stays).chain(theirs.iter().filter(is_new)).cloned().collect()
}

/// What is collected on the way through the three profiles.
struct Walk<'c> {
    choices: &'c [Option<Side>],
    rows: Vec<Row>,
}

impl Walk<'_> {
    /// Notes a difference and gives the side that is taken.
    fn row(&mut self, place: &Place, changed: Changed, texts: [String; 3]) -> Side {
        let chosen = self.choices.get(self.rows.len()).copied().flatten();
        let [base, mine, theirs] = texts;
        let (at, place) = (place.at.clone(), place.words.clone());
        self.rows.push(Row { at, place, changed, base, mine, theirs });
        chosen.or_else(|| changed.usual()).unwrap_or(Side::Mine)
    }

    /// A value that is taken whole from one side; `say` tells what it says.
    fn value<V: Clone + PartialEq>(
        &mut self,
        place: &Place,
        [base, mine, theirs]: [&V; 3],
        say: impl Fn(&V) -> String,
    ) -> V {
        if mine == theirs {
            return mine.clone();
        }
        let changed = match (base == mine, base == theirs) {
            (true, _) => Changed::Theirs,
            (_, true) => Changed::Mine,
            _ => Changed::Both,
        };
        match self.row(place, changed, [say(base), say(mine), say(theirs)]) {
            Side::Mine => mine.clone(),
            Side::Theirs => theirs.clone(),
        }
    }

    fn text(&mut self, place: &Place, sides: [&String; 3]) -> String {
        self.value(place, sides, String::clone)
    }

    fn show(&mut self, place: &Place, sides: [&Show; 3]) -> Show {
        self.value(&place.inner("show", "Shown"), sides, shown)
    }

    fn weight(&mut self, place: &Place, sides: [i8; 3]) -> i8 {
        self.value(&place.inner("weight", "Weight"), sides.each_ref(), i8::to_string)
    }
}

/// A place in the profiles.
struct Place {
    at: At,
    words: Vec<String>,
}

impl Place {
    /// The field `name`; a part of the way only when it has a label.
    fn inner(&self, name: &'static str, label: &str) -> Self {
        let label = (!label.is_empty()).then(|| label.to_owned());
        Self { at: self.at.field(name), words: self.words.iter().cloned().chain(label).collect() }
    }

    /// Element `index` of the list at this place.
    fn element(&self, index: usize, title: String) -> Self {
        let words = self.words.iter().cloned().chain([title]).collect();
        Self { at: self.at.index(index), words }
    }
}

/// What can be brought together element by element.
trait Join: Element + Clone {
    /// One element of three, which are one thing.
    fn join(walk: &mut Walk<'_>, place: &Place, sides: [&Self; 3]) -> Self;
}

/// An element of a list that both sides have, or one of them: its index in each.
#[derive(Clone, Copy)]
struct Item {
    base: Option<usize>,
    mine: Option<usize>,
    theirs: Option<usize>,
}

fn list<T: Join>(walk: &mut Walk<'_>, place: &Place, sides: [&[T]; 3]) -> Vec<T> {
    let [base, mine, theirs] = sides;
    if mine == theirs {
        return mine.to_vec();
    }
    let items = items(sides);
    let numbered = |of: fn(&Item) -> Option<usize>| {
        // The numbers of the items that one side has, in its order.
        let mut order: Vec<_> =
            items.iter().enumerate().filter_map(|(i, item)| Some((of(item)?, i))).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, i)| i).collect::<Vec<_>>()
    };
    let (in_mine, in_theirs) = (numbered(|item| item.mine), numbered(|item| item.theirs));
    let mut results: Vec<Option<T>> = vec![None; items.len()];
    for number in united(&in_mine, &in_theirs) {
        let Some(item) = items.get(number) else { continue };
        let get = |list: &[T], index: Option<usize>| list.get(index?).cloned();
        let found = [get(base, item.base), get(mine, item.mine), get(theirs, item.theirs)];
        let index = item.mine.or(item.theirs).unwrap_or_default();
        if let Some(result) = results.get_mut(number) {
            *result = one(walk, place, index, &found);
        }
    }
    let order = match order(walk, place, sides, &items, [&in_mine, &in_theirs]) {
        Side::Mine => united(&in_mine, &in_theirs),
        Side::Theirs => united(&in_theirs, &in_mine),
    };
    order.into_iter().filter_map(|number| results.get_mut(number)?.take()).collect()
}

/// A list that reads best as a whole, as long as only one side has changed it.
fn short_list<T: Join>(
    walk: &mut Walk<'_>,
    place: &Place,
    sides: [&Vec<T>; 3],
    say: impl Fn(&Vec<T>) -> String,
) -> Vec<T> {
    let [base, mine, theirs] = sides;
    if base == mine || base == theirs {
        walk.value(place, sides, say)
    } else {
        list(walk, place, sides.map(Vec::as_slice))
    }
}

/// What becomes of one element; `None` when it goes.
fn one<T: Join>(
    walk: &mut Walk<'_>,
    place: &Place,
    index: usize,
    sides: &[Option<T>; 3],
) -> Option<T> {
    let [_, mine, theirs] = sides;
    let place = place.element(index, mine.as_ref().or(theirs.as_ref())?.title());
    match sides {
        [Some(base), Some(mine), Some(theirs)] => Some(T::join(walk, &place, [base, mine, theirs])),
        // Both have added the same.
        [None, Some(mine), Some(_)] => Some(mine.clone()),
        [base, mine, theirs] => {
            // One side has it and the other has not.
            let owner = if mine.is_some() { Side::Mine } else { Side::Theirs };
            let there = mine.as_ref().or(theirs.as_ref())?;
            let changed = match (base, owner) {
                (None, Side::Mine) => Changed::Mine,
                (None, Side::Theirs) => Changed::Theirs,
                (Some(base), _) if base != there => Changed::Both,
                (Some(_), Side::Mine) => Changed::Theirs,
                (Some(_), Side::Theirs) => Changed::Mine,
            };
            let said = |side: &Option<T>| side.as_ref().map(T::said).unwrap_or_default();
            let texts = [said(base), said(mine), said(theirs)];
            let side = walk.row(&place, changed, texts);
            (side == owner).then(|| there.clone())
        }
    }
}

/// Finds what is one thing on both sides.
fn items<T: Join>([base, mine, theirs]: [&[T]; 3]) -> Vec<Item> {
    let from_mine = pair(base, mine);
    let from_theirs = pair(base, theirs);
    let mut items: Vec<Item> = from_mine
        .iter()
        .enumerate()
        .map(|(i, base)| Item { base: *base, mine: Some(i), theirs: None })
        .collect();
    let known: HashMap<usize, usize> =
        items.iter().enumerate().filter_map(|(i, item)| Some((item.base?, i))).collect();
    // What both have added and is the same on both sides is one thing.
    let mut added: Vec<usize> =
        (0..items.len()).filter(|&i| items.get(i).is_some_and(|it| it.base.is_none())).collect();
    for (index, base) in from_theirs.iter().enumerate() {
        let number = match base {
            Some(base) => known.get(base).copied(),
            None => {
                let same = |&i: &usize| mine.get(i) == theirs.get(index);
                added.iter().position(same).map(|found| added.remove(found))
            }
        };
        match number.and_then(|number| items.get_mut(number)) {
            Some(item) => item.theirs = Some(index),
            None => items.push(Item { base: *base, mine: None, theirs: Some(index) }),
        }
    }
    items
}

/// All of `first` in its order, with what only `second` has behind what it follows there.
fn united(first: &[usize], second: &[usize]) -> Vec<usize> {
    let mut behind: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    let known: std::collections::HashSet<usize> = first.iter().copied().collect();
    let mut last = None;
    for &number in second {
        if known.contains(&number) {
            last = Some(number);
        } else {
            behind.entry(last).or_default().push(number);
        }
    }
    let mut all = behind.remove(&None).unwrap_or_default();
    for &number in first {
        all.push(number);
        all.extend(behind.remove(&Some(number)).unwrap_or_default());
    }
    all
}

/// Whose order is taken.
fn order<T: Join>(
    walk: &mut Walk<'_>,
    place: &Place,
    [base, mine, theirs]: [&[T]; 3],
    items: &[Item],
    [in_mine, in_theirs]: [&[usize]; 2],
) -> Side {
    let shared = |order: &[usize]| -> Vec<usize> {
        let is_shared = |i: &usize| {
            items.get(*i).is_some_and(|item| item.mine.is_some() && item.theirs.is_some())
        };
        order.iter().copied().filter(is_shared).collect()
    };
    let (ours, others) = (shared(in_mine), shared(in_theirs));
    if ours == others {
        return Side::Mine;
    }
    let moved = |order: &[usize]| {
        let places: Vec<usize> =
            order.iter().filter_map(|&i| items.get(i).and_then(|item| item.base)).collect();
        !places.is_sorted()
    };
    let changed = match (moved(&ours), moved(&others)) {
        (true, false) => Changed::Mine,
        (false, true) => Changed::Theirs,
        _ => Changed::Both,
    };
    let said = |list: &[T]| list.iter().map(T::title).collect::<Vec<_>>().join("\n");
    let mut place = Place { at: place.at.clone(), words: place.words.clone() };
    place.words.push("Order".to_owned());
    walk.row(&place, changed, [said(base), said(mine), said(theirs)])
}

/// The fields of one record.
fn record<T: Fields>(walk: &mut Walk<'_>, place: &Place, sides: [&T; 3]) -> T {
    let [_, mine, _] = sides;
    let mut out = mine.clone();
    for field in T::FIELDS {
        let place = place.inner(field.name, field.label);
        match &field.access {
            Access::Line((get, set))
            | Access::Prose((get, set))
            | Access::Date((get, set))
            | Access::Link((get, set)) => *set(&mut out) = walk.text(&place, sides.map(get)),
            Access::Photo((get, set)) => {
                *set(&mut out) = walk.value(&place, sides.map(get), |text| photo(text));
            }
            Access::Lines((get, set)) | Access::Links((get, set)) => {
                *set(&mut out) = short_list(walk, &place, sides.map(get), |list| list.join("\n"));
            }
            Access::People((get, set)) => {
                let say = |list: &Vec<Author>| joined(list, author);
                *set(&mut out) = short_list(walk, &place, sides.map(get), say);
            }
            Access::Labelled((get, set)) => {
                *set(&mut out) = list(walk, &place, sides.map(|side| get(side).as_slice()));
            }
            Access::Bullets((get, set)) => {
                *set(&mut out) = list(walk, &place, sides.map(|side| get(side).as_slice()));
            }
            Access::Parts((get, set)) => {
                *set(&mut out) = list(walk, &place, sides.map(|side| get(side).as_slice()));
            }
        }
    }
    out
}

fn look(walk: &mut Walk<'_>, place: &Place, [base, mine, theirs]: [&Look; 3]) -> Look {
    let mut out = mine.clone();
    let place_of = |name| place.inner(name, &sentence(name));
    out.theme = walk.text(&place_of("theme"), [&base.theme, &mine.theme, &theirs.theme]);
    let orders = [&base.order, &mine.order, &theirs.order];
    out.order = walk.value(&place_of("order"), orders, |order| order.join(", "));
    let said: Vec<HashMap<&str, String>> =
        [base, mine, theirs].map(|side| side.settings().into_iter().collect()).into();
    for setting in SETTINGS {
        let values = [base, mine, theirs].map(|side| (setting.get)(side));
        let [old, ours, others] = &values;
        if ours == others {
            continue;
        }
        let changed = match (old == ours, old == others) {
            (true, _) => Changed::Theirs,
            (_, true) => Changed::Mine,
            _ => Changed::Both,
        };
        let text = |side: usize| {
            said.get(side).and_then(|said| said.get(setting.name)).cloned().unwrap_or_default()
        };
        let texts = [text(0), text(1), text(2)];
        if walk.row(&place_of(setting.name), changed, texts) == Side::Theirs {
            let [_, _, others] = values;
            (setting.set)(&mut out, others);
        }
    }
    out
}

impl<R: Record> Join for R {
    fn join(walk: &mut Walk<'_>, place: &Place, sides: [&Self; 3]) -> Self {
        let mut out = record(walk, place, sides);
        *out.show_mut() = walk.show(place, sides.map(R::show));
        *out.weight_mut() = walk.weight(place, sides.map(R::weight));
        // Where it came from is nothing that anybody writes: it follows whoever has changed it.
        let [base, mine, theirs] = sides.map(R::imported);
        theirs_if(base == mine, mine, theirs).clone_into(out.imported_mut());
        out
    }
}

fn theirs_if<'a>(take: bool, mine: &'a str, theirs: &'a str) -> &'a str {
    if take { theirs } else { mine }
}

impl Like for String {
    fn name(&self) -> String {
        self.trim().to_owned()
    }

    fn said(&self) -> String {
        self.clone()
    }
}

impl Element for String {
    fn title(&self) -> String {
        short(self, "empty line")
    }

    fn inside(spot: &Spot, old: &Self, new: &Self, out: &mut Vec<Difference>) {
        spot.text(old, new, out);
    }
}

impl Join for String {
    fn join(walk: &mut Walk<'_>, place: &Place, sides: [&Self; 3]) -> Self {
        walk.text(place, sides)
    }
}

impl Like for Author {
    fn name(&self) -> String {
        self.name.trim().to_owned()
    }

    fn said(&self) -> String {
        author(self)
    }
}

impl Element for Author {
    fn title(&self) -> String {
        short(&self.name, "nobody")
    }

    fn inside(spot: &Spot, old: &Self, new: &Self, out: &mut Vec<Difference>) {
        spot.text(&author(old), &author(new), out);
    }
}

impl Join for Author {
    fn join(walk: &mut Walk<'_>, place: &Place, sides: [&Self; 3]) -> Self {
        walk.value(place, sides, author)
    }
}

impl Join for Bullet {
    fn join(walk: &mut Walk<'_>, place: &Place, sides: [&Self; 3]) -> Self {
        Self {
            text: walk.text(&place.inner("text", ""), sides.map(|it| &it.text)),
            show: walk.show(place, sides.map(|it| &it.show)),
            weight: walk.weight(place, sides.map(|it| it.weight)),
            bullets: list(walk, &place.inner("bullets", ""), sides.map(|it| it.bullets.as_slice())),
        }
    }
}

impl Join for Labelled {
    fn join(walk: &mut Walk<'_>, place: &Place, sides: [&Self; 3]) -> Self {
        Self {
            label: walk.text(&place.inner("label", "Label"), sides.map(|it| &it.label)),
            text: walk.text(&place.inner("text", ""), sides.map(|it| &it.text)),
            show: walk.show(place, sides.map(|it| &it.show)),
        }
    }
}

impl Join for Variant {
    fn join(walk: &mut Walk<'_>, place: &Place, sides: [&Self; 3]) -> Self {
        let inner = |name, label| place.inner(name, label);
        Self {
            name: walk.text(&inner("name", "Name"), sides.map(|it| &it.name)),
            headline: walk.text(&inner("headline", "Headline"), sides.map(|it| &it.headline)),
            summary: walk.text(&inner("summary", "Summary"), sides.map(|it| &it.summary)),
            look: look(walk, &inner("look", "Look"), sides.map(|it| &it.look)),
        }
    }
}

impl Join for Section {
    fn join(walk: &mut Walk<'_>, place: &Place, sides: [&Self; 3]) -> Self {
        let [base, mine, theirs] = sides;
        let mut out = mine.clone();
        let titles = sides.map(|it| it.title().to_owned());
        *out.title_mut() = walk.text(&place.inner("title", "Heading"), titles.each_ref());
        let notes = sides.map(|it| it.note().to_owned());
        *out.note_mut() = walk.text(&place.inner("note", "Note"), notes.each_ref());
        *out.show_mut() = walk.show(place, sides.map(Self::show));
        let place = place.inner("entries", "");
        out.visit_mut(&At::root(), &mut JoinEntries { walk, place: &place, base, theirs });
        out
    }
}

/// Brings the entries of two other sections of the same kind into those of one.
struct JoinEntries<'w, 'c> {
    walk: &'w mut Walk<'c>,
    place: &'w Place,
    base: &'w Section,
    theirs: &'w Section,
}

impl<'a> VisitorMut<'a> for JoinEntries<'_, '_> {
    type Out = ();

    fn entries<R: Record>(&mut self, at: &At, mine: &'a mut Entries<R>) {
        let base = self.base.visit(at, &mut OfKind::<R>(PhantomData));
        let theirs = self.theirs.visit(at, &mut OfKind::<R>(PhantomData));
        if let (Some(base), Some(theirs)) = (base, theirs) {
            let sides = [&base.entries, &mine.entries, &theirs.entries].map(Vec::as_slice);
            mine.entries = list(self.walk, self.place, sides);
        }
    }
}

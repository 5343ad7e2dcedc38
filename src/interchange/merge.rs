//! Brings an import into a profile: what is new, what the source has changed, what was edited by
//! hand; nothing is taken unasked, and nothing twice.
//!
//! An entry that came from a source with keys keeps the key and a short hash of each field as the
//! source had it (`imported`). So a second import tells a change of the source (the field still is
//! what the source said last time) from an edit by hand (it is not), and lets edits by hand stand.

mod history;
mod identity;
mod patents;
mod stamp;

use self::{identity::Found, stamp::Stamp};
use super::{Import, record::settle_own};
use crate::{
    at::At,
    compare::field_said,
    field::{Access, Field, Fields},
    look::Look,
    person::Person,
    profile::Profile,
    section::{Entries, PairVisitor, Record, Section, Visitor},
    value::{date::Dates, entry::Labelled, link::Link, rich::Rich},
};
use std::{cmp::Reverse, mem};

/// What an import would do to a profile: one decision for each thing that is not there already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// In the order of the source. Change `accept` in them to decide otherwise.
    pub decisions: Vec<Decision>,
    /// How many things of the source the profile has already, just so or edited by hand.
    pub same: usize,
    /// The entries of the source that the profile has, and where; they are remembered even when
    /// nothing is taken.
    met: Vec<(Place, Place)>,
}

/// An entry by the index of its section and its own.
type Place = (usize, usize);

/// One thing that an import brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Where it belongs, as a heading or a kind of section: `Publications`, `Person`.
    pub place: String,
    /// What it is called.
    pub title: String,
    /// Whether it is new; else it changes what is there, as `changes` says.
    pub is_new: bool,
    /// Why it may not be as new as it looks.
    pub doubt: Option<Doubt>,
    /// Whether it is taken, as far as its changes are accepted.
    pub accept: bool,
    /// The fields that would change; none for what is new, but for a person, of whom each field is
    /// decided.
    pub changes: Vec<Change>,
    what: What,
}

/// Why something that is not in the profile may not be new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The same stands in the source once more; that one is taken.
    Repeated,
    /// There is another version of it, at another venue or of another year: both are kept.
    Version,
    /// It is a preprint of what the profile has as published, which is kept.
    Preprint,
    /// It came in before and was deleted since.
    Deleted,
}

/// One field that an import would change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The label of the field.
    pub label: &'static str,
    /// What the profile says; empty when it says nothing.
    pub old: String,
    /// What the source says.
    pub new: String,
    /// Whether it is taken. Not at first where that would overwrite what was typed by hand.
    pub accept: bool,
    /// The index of the field.
    field: usize,
}

/// What a decision is about, by its place in the import and in the profile.
#[derive(Clone, Debug, PartialEq)]
enum What {
    Person,
    /// Section and entry of the import; of the profile, unless it is new there.
    Entry(Place, Option<Place>),
    /// An index in the import's marks.
    Mark(usize),
    /// An index in the import's variants.
    Variant(usize),
    /// The name of a setting.
    Setting(&'static str),
}

impl Plan {
    /// How many new things, and how many changed ones, are accepted.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let taken = || self.decisions.iter().filter(|d| d.is_taken());
        (taken().filter(|d| d.is_new).count(), taken().filter(|d| !d.is_new).count())
    }
}

impl Decision {
    /// Takes it wholly, or nothing of it.
    pub fn decide(&mut self, accept: bool) {
        self.accept = accept || !self.changes.is_empty();
        self.changes.iter_mut().for_each(|change| change.accept = accept);
    }

    /// Whether all of it is taken.
    #[must_use]
    pub fn is_taken_wholly(&self) -> bool {
        self.accept && self.changes.iter().all(|c| c.accept)
    }

    /// Whether anything of it is taken.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.accept && (self.changes.is_empty() || self.changes.iter().any(|c| c.accept))
    }

    /// What of the import it is about: an entry or the person; nothing for anything else.
    #[must_use]
    pub fn about(&self) -> Option<At> {
        match self.what {
            What::Person => Some(At::root().field("person")),
            What::Entry((section, entry), _) => {
                Some(At::root().field("sections").index(section).field("entries").index(entry))
            }
            What::Mark(_) | What::Variant(_) | What::Setting(_) => None,
        }
    }

    fn new(place: String, title: String, what: What) -> Self {
        let changes = vec![];
        Self { place, title, is_new: true, doubt: None, accept: true, changes, what }
    }
}

/// Decides what taking `import` into `profile` would mean. Nothing is changed yet, but that the
/// import no longer says what the profile knows by itself, and has among its publications those
/// patents that the profile has there.
#[must_use]
pub fn plan(profile: &Profile, import: &mut Import) -> Plan {
    let mut plan = Plan::default();
    settle_own(&profile.person, &mut import.profile.sections);
    patents::join_publications(profile, &mut import.profile);
    let new = &import.profile;
    let person = joined(&profile.person, &new.person);
    let changes = changes(&profile.person, &person, &Stamp::default(), "", |c| {
        // A list grows by what it lacks; nothing is lost by that.
        c.old.is_empty() || is_list::<Person>(c.field)
    });
    if !changes.is_empty() {
        let mut decision =
            Decision::new("Person".to_owned(), plain(&new.person.name), What::Person);
        decision.is_new = profile.person == Person::default();
        decision.changes = changes;
        plan.decisions.push(decision);
    }
    let found = identity::find(profile, new);
    let deleted = history::deleted(profile, new, &found);
    // Comparing needs no change, but it goes the way that renewing goes.
    let mut sections = profile.sections.clone();
    for (s, section) in new.sections.iter().enumerate() {
        for i in 0..section.count() {
            let place = (s, i);
            let found = match deleted.contains(&place) {
                true => Found::Deleted,
                false => found.get(&place).copied().unwrap_or(Found::Nothing),
            };
            entry(&mut plan, found, &mut sections, section, place);
        }
    }
    for (i, mark) in new.marks.iter().enumerate() {
        if profile.marks.iter().any(|m| m.label.trim() == mark.label.trim()) {
            plan.same += 1;
        } else {
            let title = format!("{} {}", mark.label, plain(&mark.text));
            plan.decisions.push(Decision::new("Marks at authors".to_owned(), title, What::Mark(i)));
        }
    }
    for (i, variant) in new.variants.iter().enumerate() {
        if profile.variant(&variant.name).is_none() {
            let title = variant.name.clone();
            plan.decisions.push(Decision::new("Variants".to_owned(), title, What::Variant(i)));
        }
    }
    settings(profile, &new.look, &mut plan);
    plan
}

/// Does what is accepted in `plan`, which was made of these two.
pub fn apply(profile: &mut Profile, import: &Import, plan: &Plan) {
    let new = &import.profile;
    // Changes first: what is added moves things.
    for decision in plan.decisions.iter().filter(|d| !d.changes.is_empty() && d.accept) {
        let fields: Vec<usize> =
            decision.changes.iter().filter(|c| c.accept).map(|c| c.field).collect();
        match decision.what {
            What::Person => {
                let joined = joined(&profile.person, &new.person);
                take(&mut profile.person, &joined, &fields);
            }
            What::Entry((s, entry), Some((to, old))) => {
                if let (Some(from), Some(to)) = (new.sections.get(s), profile.sections.get_mut(to))
                {
                    from.visit_pair(to, &mut Renew { entry, old, fields: &fields });
                }
            }
            What::Setting(_) | What::Entry(..) | What::Mark(_) | What::Variant(_) => {}
        }
    }
    for &((s, entry), (to, old)) in &plan.met {
        if let (Some(from), Some(to)) = (new.sections.get(s), profile.sections.get_mut(to)) {
            from.visit_pair(to, &mut Remember { entry, old });
        }
    }
    let mut entries = vec![];
    for decision in plan.decisions.iter().filter(|d| d.is_new && d.accept) {
        match decision.what {
            What::Entry(place, _) => entries.push(place),
            What::Mark(i) => profile.marks.extend(new.marks.get(i).cloned()),
            What::Variant(i) => profile.variants.extend(new.variants.get(i).cloned()),
            What::Setting("theme") => profile.look.theme.clone_from(&new.look.theme),
            What::Setting("order") => profile.look.order.clone_from(&new.look.order),
            What::Setting(name) => {
                if let Some(setting) = crate::look::Setting::named(name) {
                    (setting.set)(&mut profile.look, (setting.get)(&new.look));
                }
            }
            What::Person => {}
        }
    }
    let met = plan.met.iter().map(|(from, _)| *from);
    let is_taken = plan.decisions.iter().any(Decision::is_taken);
    history::remember(profile, new, met.filter(|_| is_taken).chain(entries.iter().copied()));
    add(profile, import, &entries);
}

/// What a look sets that the profile leaves open. Of a profile that has a page already it is not
/// taken unasked.
fn settings(profile: &Profile, look: &Look, plan: &mut Plan) {
    for ((name, new), (_, old)) in look.settings().into_iter().zip(profile.look.settings()) {
        if !new.is_empty() && old.is_empty() {
            let title = format!("{}: {new}", name.replace('_', " "));
            let mut decision = Decision::new("Look".to_owned(), title, What::Setting(name));
            decision.accept = profile.sections.is_empty();
            plan.decisions.push(decision);
        }
    }
}

/// Decides on one entry of `section` of the import; `sections` are those of the profile.
fn entry(plan: &mut Plan, found: Found, sections: &mut [Section], section: &Section, from: Place) {
    let to = home(sections, section, sections.len()).and_then(|home| sections.get(home));
    let place = match to.unwrap_or(section).title().trim() {
        "" => section.kind().name().to_owned(),
        title => plain(title),
    };
    let title = section.visit(&At::root(), &mut Title(from.1));
    let title = title.unwrap_or_else(|| format!("A {} without a title", section.noun()));
    let mut decision = Decision::new(place, title, What::Entry(from, None));
    match found {
        Found::Nothing => {}
        Found::Repeated => (decision.doubt, decision.accept) = (Some(Doubt::Repeated), false),
        Found::Preprint => (decision.doubt, decision.accept) = (Some(Doubt::Preprint), false),
        Found::Deleted => (decision.doubt, decision.accept) = (Some(Doubt::Deleted), false),
        Found::Version => decision.doubt = Some(Doubt::Version),
        Found::There(to) => {
            plan.met.push((from, to));
            let mut compare = Compare { entry: from.1, old: to.1 };
            let changes =
                sections.get_mut(to.0).and_then(|to| section.visit_pair(to, &mut compare));
            (decision.is_new, decision.changes) = (false, changes.unwrap_or_default());
            decision.what = What::Entry(from, Some(to));
            if decision.changes.is_empty() {
                plan.same += 1;
                return;
            }
        }
    }
    plan.decisions.push(decision);
}

/// The title of an entry without markup; `None` when it has none.
struct Title(usize);

impl Visitor<'_> for Title {
    type Out = Option<String>;

    fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Self::Out {
        list.entries.get(self.0).map(|entry| plain(entry.title())).filter(|t| !t.is_empty())
    }
}

/// What would change if an entry of the profile took what an entry of the import says.
struct Compare {
    entry: usize,
    old: usize,
}

impl PairVisitor for Compare {
    type Out = Vec<Change>;

    fn entries<R: Record>(&mut self, from: &Entries<R>, to: &mut Entries<R>) -> Vec<Change> {
        match (from.entries.get(self.entry), to.entries.get(self.old)) {
            (Some(new), Some(old)) => {
                let stamp = Stamp::parse(old.imported());
                let key = Stamp::parse(new.imported()).key;
                changes(old, new, &stamp, key, |c| c.old.is_empty())
            }
            _ => vec![],
        }
    }
}

/// Takes some fields of an entry of the import over.
struct Renew<'f> {
    entry: usize,
    old: usize,
    fields: &'f [usize],
}

impl PairVisitor for Renew<'_> {
    type Out = ();

    fn entries<R: Record>(&mut self, from: &Entries<R>, to: &mut Entries<R>) {
        if let (Some(new), Some(old)) = (from.entries.get(self.entry), to.entries.get_mut(self.old))
        {
            take(old, new, self.fields);
        }
    }
}

/// Notes in an entry of the profile what an entry of the import says, for the next import.
struct Remember {
    entry: usize,
    old: usize,
}

impl PairVisitor for Remember {
    type Out = ();

    fn entries<R: Record>(&mut self, from: &Entries<R>, to: &mut Entries<R>) {
        if let (Some(new), Some(old)) = (from.entries.get(self.entry), to.entries.get_mut(self.old))
            && !new.imported().is_empty()
        {
            *old.imported_mut() = Stamp::of(new).to_string();
        }
    }
}

/// What differs between a record and what the source says of it; `harmless` says of a change which
/// nothing is known of whether it can be taken unasked. `key` is the key of the new one in its
/// source.
fn changes<T: Fields>(
    old: &T,
    new: &T,
    stamp: &Stamp<'_>,
    key: &str,
    harmless: impl Fn(&Change) -> bool,
) -> Vec<Change> {
    let is_same_source = !key.is_empty() && stamp.key == key;
    let mut found = vec![];
    for (index, field) in T::FIELDS.iter().enumerate() {
        let (was, is) = (field_said(field, old), field_said(field, new));
        // What the source said and says no more goes, where nobody touched it.
        let is_cleared = is.is_empty() && is_same_source && stamp.is(field.name, &was);
        if is.is_empty() && !is_cleared || was == is || stamp.is(field.name, &is) {
            // Nothing new from the source: what differs was edited by hand.
            continue;
        }
        let mut change =
            Change { label: field.label, old: was, new: is, accept: false, field: index };
        change.accept = match stamp.knows(field.name) {
            true => stamp.is(field.name, &change.old),
            false => harmless(&change),
        };
        found.push(change);
    }
    found
}

/// Copies the fields with these indices.
fn take<T: Fields>(to: &mut T, from: &T, fields: &[usize]) {
    for field in fields.iter().filter_map(|i| T::FIELDS.get(*i)) {
        copy(field, to, from);
    }
}

fn copy<T: Fields>(field: &Field<T>, to: &mut T, from: &T) {
    match &field.access {
        Access::Line((get, set))
        | Access::Prose((get, set))
        | Access::Date((get, set))
        | Access::Photo((get, set))
        | Access::Link((get, set)) => set(to).clone_from(get(from)),
        Access::Lines((get, set)) | Access::Links((get, set)) => set(to).clone_from(get(from)),
        Access::People((get, set)) => set(to).clone_from(get(from)),
        Access::Labelled((get, set)) => set(to).clone_from(get(from)),
        Access::Bullets((get, set)) => set(to).clone_from(get(from)),
        Access::Parts((get, set)) => set(to).clone_from(get(from)),
    }
}

/// Whether the field with that index is a list that grows by what it lacks.
fn is_list<T: Fields>(index: usize) -> bool {
    let list = |f: &Field<T>| {
        matches!(f.access, Access::Lines(_) | Access::Links(_) | Access::Labelled(_))
    };
    T::FIELDS.get(index).is_some_and(list)
}

/// The person of the source, with lists that hold what the profile has, too, which comes first.
fn joined(old: &Person, new: &Person) -> Person {
    let mut person = new.clone();
    let same_line = |a: &String, b: &String| a.trim().eq_ignore_ascii_case(b.trim());
    let same_link = |a: &String, b: &String| {
        let (a, b) = (Link::parse(a), Link::parse(b));
        let url = |link: Link| link.url.map(|url| url.to_lowercase());
        a == b || url(a).is_some_and(|a| url(b) == Some(a))
    };
    person.known_as = united(&old.known_as, &new.known_as, same_line);
    person.emails = united(&old.emails, &new.emails, same_link);
    person.phones = united(&old.phones, &new.phones, same_link);
    person.links = united(&old.links, &new.links, same_link);
    person.facts = united_facts(&old.facts, &new.facts);
    person
}

/// The facts of the profile, and those of the source that it lacks. A fact with the same label is
/// the same one, whatever was made of it by hand; but two of one label are two.
fn united_facts(old: &[Labelled], new: &[Labelled]) -> Vec<Labelled> {
    if new.is_empty() {
        return vec![];
    }
    let mut free: Vec<&Labelled> = old.iter().collect();
    let same_label = |a: &Labelled, b: &Labelled| a.label.eq_ignore_ascii_case(&b.label);
    let same_text = |a: &Labelled, b: &Labelled| a.text.trim() == b.text.trim();
    let mut meet = |fact: &Labelled, same: &dyn Fn(&Labelled, &Labelled) -> bool| {
        let found = free.iter().position(|there| same(there, fact));
        found.map(|at| free.remove(at)).is_some()
    };
    // Those that say just the same first, so that none of them stands for another.
    let mut left: Vec<&Labelled> = new.iter().collect();
    left.retain(|fact| !meet(fact, &|a, b| same_label(a, b) && same_text(a, b)));
    left.retain(|fact| !meet(fact, &same_label));
    old.iter().chain(left).cloned().collect()
}

/// `old`, and of `new` what is not in it; nothing when `new` has nothing.
fn united<T: Clone>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    if new.is_empty() {
        return vec![];
    }
    let mut all = old.to_vec();
    for item in new {
        if !all.iter().any(|there| same(there, item)) {
            all.push(item.clone());
        }
    }
    all
}

/// The section that a new entry of `from` goes to: the first of its kind with its heading, else the
/// first of its kind among those that the profile `had` before the import; none if it goes to a new
/// one.
fn home(sections: &[Section], from: &Section, had: usize) -> Option<usize> {
    let kin = |section: &Section| section.kind() == from.kind();
    let titled = sections.iter().position(|t| kin(t) && t.title() == from.title());
    titled.or_else(|| sections.iter().take(had).position(kin))
}

/// Adds entries of the import to the sections where they belong, of which there are new ones where
/// needed.
fn add(profile: &mut Profile, import: &Import, entries: &[Place]) {
    let had: Vec<bool> = profile.sections.iter().map(|section| section.count() > 0).collect();
    for of_one in entries.chunk_by(|a, b| a.0 == b.0) {
        let section = of_one.first().and_then(|(s, _)| import.profile.sections.get(*s));
        let Some(from) = section else {
            continue;
        };
        let there = home(&profile.sections, from, had.len());
        let index = there.unwrap_or(profile.sections.len());
        if there.is_none() {
            let mut section = Section::new(from.kind());
            from.title().clone_into(section.title_mut());
            from.note().clone_into(section.note_mut());
            section.show_mut().clone_from(from.show());
            profile.sections.push(section);
        }
        let by_date = import.unordered || had.get(index).is_some_and(|had| *had);
        if let Some(to) = profile.sections.get_mut(index) {
            from.visit_pair(to, &mut Add { entries: of_one, by_date });
        }
    }
}

/// Adds entries of a section of the import, all at once: a bibliography may have ten thousand.
struct Add<'e> {
    entries: &'e [Place],
    /// Whether they go before the first that is older, where the newest stand first; else they go
    /// to the end.
    by_date: bool,
}

impl PairVisitor for Add<'_> {
    type Out = ();

    fn entries<R: Record>(&mut self, from: &Entries<R>, to: &mut Entries<R>) {
        let date = |entry: &R| Dates::parse(entry.date()).map(|dates| dates.sort_key());
        let mut new: Vec<R> =
            self.entries.iter().filter_map(|(_, i)| from.entries.get(*i).cloned()).collect();
        for entry in new.iter_mut().filter(|entry| !entry.imported().is_empty()) {
            *entry.imported_mut() = Stamp::of(entry).to_string();
        }
        let dates: Vec<_> = to.entries.iter().map(date).collect();
        if !self.by_date || !dates.iter().flatten().is_sorted_by(|a, b| a >= b) {
            to.entries.extend(new);
            return;
        }
        let mut new: Vec<_> = new.into_iter().map(|entry| (date(&entry), entry)).collect();
        // Those without a date come last, for nothing is less.
        new.sort_by_key(|(date, _)| Reverse(*date));
        let mut new = new.into_iter().peekable();
        let old = mem::take(&mut to.entries);
        for (date, entry) in dates.into_iter().zip(old) {
            while let Some((_, newer)) = new.next_if(|(new, _)| date.is_some() && *new > date) {
                to.entries.push(newer);
            }
            to.entries.push(entry);
        }
        to.entries.extend(new.map(|(_, entry)| entry));
    }
}

/// A text without markup, on one line.
fn plain(markup: &str) -> String {
    Rich::parse(markup).to_plain().split_whitespace().collect::<Vec<_>>().join(" ")
}

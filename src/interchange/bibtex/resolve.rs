//! Abbreviations and inheritance: what the fields of each entry say in full. Circles and bombs end
//! in words, not in a hang.

use super::scan::{Field, Item, MOST_FIELDS, MOST_ITEMS, Piece};
use crate::interchange::{Error, Tree};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many bytes abbreviations and inheritance may add to a file.
const MOST_ADDED: usize = 16 * 1024 * 1024;
/// How many entries inherit from each other in a row.
const LONGEST_LINE: usize = 8;

/// An entry whose fields say what they mean.
#[derive(Debug, Default)]
pub(super) struct Entry<'s> {
    /// `article`, in small letters.
    pub(super) kind: String,
    pub(super) key: &'s str,
    /// The fields as they stand in the file and, behind them, those that are inherited.
    pub(super) fields: Tree,
    /// How many stand in the file.
    pub(super) own: usize,
    /// From which entry and which of its fields each inherited one comes.
    pub(super) origins: Vec<(usize, usize)>,
    /// Whether other entries inherit from it.
    pub(super) is_parent: bool,
    /// What was guessed about it.
    pub(super) guesses: Vec<String>,
}

/// What stands in the file, in order.
#[derive(Debug)]
pub(super) enum Event<'s> {
    /// An entry, by its index.
    Entry(usize),
    /// Text that is not read: what it is, and the text.
    Left(&'static str, &'s str),
}

/// A file in full.
#[derive(Debug, Default)]
pub(super) struct Resolved<'s> {
    pub(super) entries: Vec<Entry<'s>>,
    pub(super) events: Vec<Event<'s>>,
    /// Abbreviations that nothing uses, with what they say.
    pub(super) unused: Vec<String>,
}

/// Resolves what [`super::scan::scan`] found.
pub(super) fn resolve(items: Vec<Item<'_>>) -> Result<Resolved<'_>, Error> {
    let too_large = Error::TooDeep { format: super::NAME };
    let count = |item: &Item<'_>| match item {
        Item::Entry { fields, .. } | Item::Strings(fields) => fields.len(),
        Item::Comment(_) | Item::Stray(_) | Item::Broken(_) => 0,
    };
    if items.len() > MOST_ITEMS || items.iter().map(count).sum::<usize>() > MOST_FIELDS {
        return Err(too_large);
    }
    let mut strings = Strings::default();
    let mut out = Resolved::default();
    for item in items {
        match item {
            Item::Entry { kind, key, fields, open } => {
                let mut entry = Entry { key, kind: kind.to_lowercase(), ..Entry::default() };
                if open {
                    let text = "the closing brace of this entry is missing; it ends where the next one begins";
                    entry.guesses.push(text.to_owned());
                }
                entry.own = fields.len();
                entry.fields =
                    strings.fields(&fields, &mut entry.guesses).ok_or(too_large.clone())?;
                out.events.push(Event::Entry(out.entries.len()));
                out.entries.push(entry);
            }
            Item::Strings(fields) => {
                for (name, value) in &fields {
                    let text = strings.value(value, &mut vec![]).ok_or(too_large.clone())?;
                    strings.define(name, text);
                }
            }
            Item::Comment(text) => out.events.push(Event::Left("comment", text)),
            Item::Stray(text) => out.events.push(Event::Left("text between entries", text)),
            Item::Broken(text) => out.events.push(Event::Left("entry that cannot be read", text)),
        }
    }
    inherit(&mut out.entries, &mut strings.added).ok_or(too_large)?;
    out.unused = strings.unused();
    Ok(out)
}

/// The abbreviations that are defined so far.
#[derive(Default)]
struct Strings {
    values: HashMap<String, String>,
    used: HashSet<String>,
    /// Those that nothing used before they were defined anew.
    passed: Vec<String>,
    added: usize,
}

impl Strings {
    fn define(&mut self, name: &str, text: String) {
        let name = name.to_lowercase();
        let was_used = self.used.remove(&name);
        if let Some(old) = self.values.insert(name.clone(), text).filter(|_| !was_used) {
            self.passed.push(format!("{name} = {old}"));
        }
    }

    fn unused(self) -> Vec<String> {
        let left: BTreeMap<_, _> =
            self.values.into_iter().filter(|(name, _)| !self.used.contains(name)).collect();
        let left = left.into_iter().map(|(name, text)| format!("{name} = {text}"));
        self.passed.into_iter().chain(left).collect()
    }

    fn fields(&mut self, fields: &[Field<'_>], guesses: &mut Vec<String>) -> Option<Tree> {
        let value = |(name, pieces): &Field<'_>| {
            let text = self.value(pieces, guesses)?;
            Some(((*name).to_owned(), Tree::Text(text)))
        };
        Some(Tree::Map(fields.iter().map(value).collect::<Option<_>>()?))
    }

    /// The text of a value; `None` where it grows beyond all measure.
    fn value(&mut self, pieces: &[Piece<'_>], guesses: &mut Vec<String>) -> Option<String> {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Name(name) => {
                    let lower = name.to_lowercase();
                    let known =
                        self.values.get(&lower).map(String::as_str).or_else(|| month(&lower));
                    if let Some(value) = known {
                        self.added += value.len();
                        text.push_str(value);
                        self.used.insert(lower);
                    } else {
                        // A date such as 2024-05-01 without braces is no abbreviation.
                        if !name.starts_with(|c: char| c.is_ascii_digit()) {
                            guesses.push(format!(
                                "nothing says what `{name}` stands for, so it is kept as it is"
                            ));
                        }
                        text.push_str(name);
                    }
                }
            }
            if self.added > MOST_ADDED {
                return None;
            }
        }
        Some(text)
    }
}

/// The months, which are always defined.
fn month(name: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.into_iter().find(|month| month.get(..3).is_some_and(|m| m.eq_ignore_ascii_case(name)))
}

/// Fields that an entry takes from the proceedings or book that it names as its `crossref`.
const INHERITED: &[&str] = &[
    "booktitle",
    "booksubtitle",
    "booktitleaddon",
    "title",
    "subtitle",
    "eventtitle",
    "editor",
    "publisher",
    "year",
    "month",
    "day",
    "date",
    "volume",
    "number",
    "series",
    "address",
    "location",
    "organization",
    "institution",
    "edition",
    "journal",
    "journaltitle",
    "school",
];

/// Adds to each entry what it takes from others; `None` where that grows beyond all measure.
fn inherit(entries: &mut [Entry<'_>], added: &mut usize) -> Option<()> {
    let mut index: HashMap<String, usize> = HashMap::new();
    for (i, entry) in entries.iter().enumerate() {
        index.entry(entry.key.to_lowercase()).or_insert(i);
    }
    // The keys that are followed; they stay until all are, for a later entry may come by the same
    // way.
    let mut followed = vec![];
    for child in 0..entries.len() {
        let mut met = vec![child];
        // What is still to be looked at: an entry and whether all of its fields are wanted.
        let mut waiting = vec![child];
        while let Some(at) = waiting.pop() {
            if met.len() > LONGEST_LINE {
                break;
            }
            for (name, all) in [("xdata", true), ("crossref", false)] {
                let Some(keys) = entries.get(at).and_then(|e| own_text(e, name)) else { continue };
                let mut missing = vec![];
                for key in keys.split(',').map(str::trim) {
                    let Some(&parent) = index.get(&key.to_lowercase()) else {
                        missing.push(key);
                        continue;
                    };
                    if met.contains(&parent) {
                        let text = format!("`{name}` leads in a circle and is followed once");
                        let child = entries.get_mut(child)?;
                        if !child.guesses.contains(&text) {
                            child.guesses.push(text);
                        }
                        continue;
                    }
                    met.push(parent);
                    waiting.push(parent);
                    take_over(entries, child, parent, all, added)?;
                    entries.get_mut(parent)?.is_parent = true;
                }
                if at == child {
                    followed.push((child, name, missing.join(", ")));
                }
            }
        }
    }
    for (child, name, missing) in followed {
        // What was followed says nothing any more that the entry does not.
        if let Some(keys) = entries.get_mut(child).and_then(|entry| entry.fields.inner(&[name])) {
            *keys = Tree::Text(missing);
        }
    }
    Some(())
}

/// The text of a field that stands in the file.
fn own_text(entry: &Entry<'_>, name: &str) -> Option<String> {
    let Tree::Map(fields) = &entry.fields else { return None };
    let found = fields.iter().take(entry.own).find(|(n, _)| n.eq_ignore_ascii_case(name))?;
    match &found.1 {
        Tree::Text(text) => Some(text.clone()),
        Tree::Empty | Tree::List(_) | Tree::Map(_) => None,
    }
}

/// Gives `child` the fields of `parent` that it lacks.
fn take_over(
    entries: &mut [Entry<'_>],
    child: usize,
    parent: usize,
    all: bool,
    added: &mut usize,
) -> Option<()> {
    let Tree::Map(own) = &entries.get(child)?.fields else { return Some(()) };
    let mut names: HashSet<String> = own.iter().map(|(name, _)| name.to_lowercase()).collect();
    let from = entries.get(parent)?;
    let Tree::Map(fields) = &from.fields else { return Some(()) };
    let mut new = vec![];
    for (i, (name, value)) in fields.iter().take(from.own).enumerate() {
        let lower = name.to_lowercase();
        let wanted =
            all && lower != "xdata" && lower != "crossref" || INHERITED.contains(&lower.as_str());
        // The title of the proceedings is the book title of the paper.
        let name = match lower.as_str() {
            "title" if !all => "booktitle",
            "subtitle" if !all => "booksubtitle",
            lower => lower,
        };
        // A book title of the proceedings themselves comes before their title.
        let passed = !all
            && lower == "title"
            && fields.iter().any(|(n, _)| n.eq_ignore_ascii_case("booktitle"));
        if wanted && !passed && names.insert(name.to_owned()) {
            let Tree::Text(text) = value else { continue };
            *added += text.len();
            new.push(((name.to_owned(), value.clone()), (parent, i)));
        }
    }
    if *added > MOST_ADDED {
        return None;
    }
    let entry = entries.get_mut(child)?;
    let Tree::Map(own) = &mut entry.fields else { return Some(()) };
    for (field, origin) in new {
        own.push(field);
        entry.origins.push(origin);
    }
    Some(())
}

//! Entries out of trees, by the fields that they declare and the names that a format has for them.

use super::{Tree, iso, nested};
use crate::{
    at::At,
    field::{Access, Fields},
    person::Person,
    section::{Entries, Part, Record, Section, Skill, VisitorMut},
    value::{
        entry::{Author, Bullet, Labelled},
        link::Link,
        person::{Spellings, split_list},
    },
};

/// What stands for what: a field or a label, and its names in a format, the usual one first.
pub(super) type Names = &'static [(&'static str, &'static [&'static str])];

/// What a format calls the fields of a kind of entry.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Form {
    /// Other names of fields. A field is also known by its own name.
    pub(super) names: Names,
    /// What becomes a line with a label.
    pub(super) labels: Names,
}

/// How a format says what entries hold.
pub(super) struct Dialect {
    /// Its text as our rich text.
    pub(super) text: fn(&str) -> String,
    /// Its names for the start of a period.
    pub(super) start: &'static [&'static str],
    /// Its names for the end of a period.
    pub(super) end: &'static [&'static str],
    /// Its names for a date in any words.
    pub(super) date: &'static [&'static str],
}

/// Added to the name of a date or an address for the words in which it was typed.
pub(super) const TYPED: &str = "Text";

impl Form {
    /// The names of a field, its own last.
    pub(super) fn known(&self, field: &'static str) -> Vec<&'static str> {
        let others =
            self.names.iter().find(|(name, _)| *name == field).map_or(&[][..], |(_, names)| names);
        others.iter().copied().chain([field]).collect()
    }
}

/// Reads an entry of whatever kind a section has, and adds it if there is something in it.
pub(super) struct Push<'a> {
    /// How the format says things.
    pub(super) dialect: &'a Dialect,
    /// Its names.
    pub(super) form: &'a Form,
    /// The entry there.
    pub(super) tree: &'a mut Tree,
    /// What was placed where it probably belongs is told here.
    pub(super) guesses: &'a mut Vec<String>,
}

impl VisitorMut<'_> for Push<'_> {
    type Out = ();

    fn entries<R: Record>(&mut self, _: &At, list: &mut Entries<R>) {
        // A text alone is what an entry cannot do without.
        let name = R::FIELDS.iter().find(|field| field.required).map_or("", |field| field.name);
        if let Tree::Text(_) = self.tree {
            *self.tree = Tree::Map(vec![(name.to_owned(), self.tree.take())]);
        }
        let mut entry = R::default();
        self.dialect.take(&mut entry, self.tree, self.form);
        if entry != R::default() {
            for field in R::FIELDS {
                let Access::Labelled((get, _)) = &field.access else {
                    continue;
                };
                for line in get(&entry) {
                    if self.form.labels.iter().any(|(label, _)| *label == line.label) {
                        let place =
                            format!("became a line `{}` of `{}`", line.label, entry.title());
                        self.guesses.push(format!("`{}` {place}", line.text));
                    }
                }
            }
            list.entries.push(entry);
        }
    }
}

impl Dialect {
    /// Takes out of `tree` what `record` has a field for.
    pub(super) fn take<T: Fields>(&self, record: &mut T, tree: &mut Tree, form: &Form) {
        // Bullets that stand in the summary.
        let mut loose = vec![];
        let has_bullets = T::FIELDS.iter().any(|f| matches!(f.access, Access::Bullets(_)));
        for field in T::FIELDS {
            let keys = form.known(field.name);
            match &field.access {
                Access::Line((_, set)) => {
                    let typed = joined(tree, &keys, ", ");
                    let text = (self.text)(&typed);
                    // Of foreign markup a line keeps the words.
                    *set(record) = match text == typed {
                        true => text,
                        false => text.split_whitespace().collect::<Vec<_>>().join(" "),
                    };
                }
                Access::Prose((_, set)) => {
                    let between = if field.name == "summary" { "\n\n" } else { ", " };
                    let text = (self.text)(&joined(tree, &keys, between));
                    let (before, bullets) = match field.name {
                        "summary" if has_bullets => nested::split(&text),
                        _ => (text, vec![]),
                    };
                    *set(record) = before;
                    loose = bullets;
                }
                Access::Photo((_, set)) => *set(record) = tree.text(&keys),
                Access::Date((_, set)) => *set(record) = self.date(tree, &keys),
                Access::Link((_, set)) => *set(record) = address(tree, &keys),
                Access::Lines((_, set)) | Access::Links((_, set)) => {
                    *set(record) = tree.texts(&keys);
                }
                Access::People((_, set)) => *set(record) = self.people(tree, &keys),
                Access::Labelled((_, set)) => {
                    for key in keys {
                        set(record).extend(self.labelled(tree, key));
                    }
                    for (label, keys) in form.labels {
                        let text = (self.text)(&joined(tree, keys, ", "));
                        if !text.is_empty() {
                            let label = (*label).to_owned();
                            set(record).push(Labelled { label, text, ..Labelled::default() });
                        }
                    }
                }
                Access::Bullets((_, set)) => {
                    set(record).append(&mut loose);
                    // A summary stands before the highlights.
                    for key in keys.into_iter().rev() {
                        set(record).extend(self.bullets(tree.inner(&[key])));
                    }
                }
                Access::Parts((_, set)) => {
                    for part in tree.items(&keys) {
                        let mut new = Part::default();
                        self.take(&mut new, part, form);
                        if new != Part::default() {
                            set(record).push(new);
                        }
                    }
                }
            }
        }
    }

    /// The one text for a date, which may have a start and an end.
    fn date(&self, tree: &mut Tree, keys: &[&str]) -> String {
        let (start, end) = (tree.text(self.start), tree.text(self.end));
        let known = iso::joined(&start, &end);
        let single = tree.text(keys);
        let typed = tree.text(self.date);
        let bare = if known.is_empty() { single } else { known };
        match typed.as_str() {
            "" => bare,
            _ if bare.is_empty() || iso::same(&typed, &bare) => typed,
            // Start and end were changed by a program that does not know of the words.
            _ => bare,
        }
    }

    /// Authors: a text with all of them, or a list of texts and of records with a name.
    fn people(&self, tree: &mut Tree, keys: &[&str]) -> Vec<Author> {
        let mut found = vec![];
        for key in keys {
            let Some(value) = tree.inner(&[key]) else {
                continue;
            };
            let alone = matches!(value, Tree::Text(_));
            for item in value.own_items() {
                let text = match item.own_text() {
                    text if text.is_empty() => item.text(&["name"]),
                    text => text,
                };
                let text = (self.text)(&text);
                if alone {
                    found.extend(split_list(&text).iter().map(|name| author(name)));
                } else if !text.is_empty() {
                    found.push(author(&text));
                }
            }
        }
        found
    }

    /// Lines with a label: texts, or records of label and text.
    pub(super) fn labelled(&self, tree: &mut Tree, key: &str) -> Vec<Labelled> {
        let mut lines = vec![];
        for item in tree.items(&[key]) {
            let line = match item {
                Tree::Text(_) => Labelled::from((self.text)(&item.own_text()).as_str()),
                Tree::Map(_) => Labelled {
                    label: item.text(&["label"]),
                    text: item.text(&["text"]),
                    ..Labelled::default()
                },
                Tree::Empty | Tree::List(_) => continue,
            };
            lines.push(line);
        }
        lines.retain(|line| *line != Labelled::default());
        lines
    }

    /// Bullets: a text that holds them, or a list of texts and of records.
    fn bullets(&self, value: Option<&mut Tree>) -> Vec<Bullet> {
        match value {
            Some(text @ Tree::Text(_)) => nested::all(&(self.text)(&text.own_text())),
            Some(Tree::List(list)) => {
                let mut bullets = vec![];
                for item in list {
                    let text = (self.text)(&item.own_text());
                    if !text.is_empty() {
                        bullets.push(nested::bullet(&text));
                    }
                }
                bullets
            }
            Some(Tree::Empty | Tree::Map(_)) | None => vec![],
        }
    }
}

/// The text under the first of these names that has one; the texts of a list with `between` between
/// them.
fn joined(tree: &mut Tree, keys: &[&str], between: &str) -> String {
    let texts = keys.iter().map(|key| tree.texts(&[key]));
    texts.map(|texts| texts.join(between)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// An address as it was typed, if that still leads to the same place as the whole one.
fn address(tree: &mut Tree, keys: &[&str]) -> String {
    let whole = tree.text(keys);
    let typed = keys.iter().map(|key| tree.text(&[&format!("{key}{TYPED}")]));
    let typed = typed.filter(|text| !text.is_empty()).last().unwrap_or_default();
    let same = whole.is_empty() || Link::parse(&typed).url.as_deref() == Some(whole.as_str());
    if typed.is_empty() || !same { whole } else { typed }
}

/// An author as other formats write one: the own name in bold, a link around a name.
fn author(text: &str) -> Author {
    let (text, link) = unlinked(text);
    for mark in ["***", "**", "*"] {
        let parts = text.strip_prefix(mark).and_then(|rest| rest.rsplit_once(mark));
        let Some((name, after)) = parts.filter(|(name, _)| !name.trim().is_empty()) else {
            continue;
        };
        // Stars at its end are marks; others are emphasis of parts of it.
        if !name.replace("\\*", "").trim_end_matches('*').contains('*') {
            return Author { name: format!("{name}{after}"), own: true, link };
        }
    }
    Author { name: text, own: false, link }
}

/// A text that is a link as a whole, and where it leads.
pub(super) fn unlinked(text: &str) -> (String, String) {
    let parts = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    match parts.and_then(|parts| parts.split_once("](")) {
        Some((inner, url)) if !inner.contains(['[', ']']) && !url.contains(['(', ')']) => {
            (inner.to_owned(), url.to_owned())
        }
        _ => (text.to_owned(), String::new()),
    }
}

/// Takes back the word of the source that an author is the person, where the spellings of the name
/// say it of this author alone.
pub(super) fn settle_own(person: &Person, sections: &mut [Section]) {
    let spellings = Spellings::new(&person.spellings().collect::<Vec<_>>());
    for section in sections {
        section.change_people(&mut |people| spellings.forget_remark(people));
    }
}

/// Skills without a label stand together in one group.
pub(super) fn group_skills(sections: &mut [Section]) {
    for section in sections {
        let Section::Skills(list) = section else {
            continue;
        };
        let mut groups: Vec<Skill> = vec![];
        for skill in list.entries.drain(..) {
            match groups.last_mut() {
                Some(last) if last.label.is_empty() && skill.label.is_empty() => {
                    last.items.push_str(", ");
                    last.items.push_str(&skill.items);
                }
                _ => groups.push(skill),
            }
        }
        list.entries = groups;
    }
}

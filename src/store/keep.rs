//! Puts the comments of the old text, and what the program did not know in it, back into the newly
//! written text.

use super::{
    literal,
    matching::{Matching, same},
    source::{Source, is_scalar, only_item},
    tree::{Group, Item, Node, Run, Shape, Span, Tree},
};
use std::collections::BTreeMap;

/// A new text with what was kept of the old one.
pub(super) struct Kept {
    /// The text.
    pub text: String,
    /// Comments for the head of the file, which belong to nothing in it.
    pub head: Vec<usize>,
    /// What has no place in the new text: places in the old one.
    pub lost: Vec<Span>,
}

/// Carries everything worth keeping from `old` into `new`, whose tree is `tree`.
///
/// With `revive`, a record that the new text leaves out is written again when it holds something
/// unknown.
pub(super) fn keep(old: &Source, new: &str, tree: &Tree, revive: bool) -> Kept {
    let mut keeper = Keeper { old, new, revive, edits: Vec::new(), lost: Vec::new() };
    let mut head = Vec::new();
    keeper.walk(&old.tree().root, &tree.root, &mut head);
    let Keeper { mut edits, lost, .. } = keeper;
    edits.sort_by_key(|edit| edit.at);
    let mut text = String::with_capacity(new.len() + old.text().len());
    let mut from = 0;
    for edit in edits {
        text.push_str(Span::new(from, edit.at).of(new));
        text.push_str(&edit.text);
        from = edit.at.max(edit.resume);
    }
    text.push_str(Span::new(from, new.len()).of(new));
    Kept { text, head, lost }
}

/// One change of the new text: `text` stands at `at`, and the new text goes on at `resume`.
struct Edit {
    at: usize,
    text: String,
    resume: usize,
}

struct Keeper<'a> {
    old: &'a Source,
    new: &'a str,
    revive: bool,
    edits: Vec<Edit>,
    lost: Vec<Span>,
}

/// How far one level is indented.
const STEP: usize = 4;

impl Keeper<'_> {
    /// Carries what `old` holds into `new`; comments that have no line of their own there go to
    /// `above`.
    fn walk(&mut self, old: &Node, new: &Node, above: &mut Vec<usize>) {
        if !self.carries(old.span) {
            return;
        }
        let Some(old_group) = old.group() else { return };
        let Some(new_group) = new.group() else {
            if let Some(item) = only_item(old_group) {
                self.peel(old_group, item, new, above);
            } else {
                self.as_plain_text(old, old_group, new, above);
            }
            return;
        };
        let empty = |group: &Group| group.shape == Shape::Tuple && group.items.is_empty();
        match (old_group.shape, new_group.shape) {
            (Shape::Struct | Shape::Map, Shape::Struct | Shape::Map) => {
                self.fields(old_group, new_group);
            }
            (Shape::Struct, Shape::Tuple) if empty(new_group) => self.fields(old_group, new_group),
            (Shape::Tuple, Shape::Struct) if empty(old_group) => self.fields(old_group, new_group),
            (Shape::List, Shape::List) => self.list(old_group, new_group),
            (Shape::Tuple, Shape::Tuple)
                if old_group.items.len() == new_group.items.len() && !empty(old_group) =>
            {
                above.extend(numbers(old_group.opening));
                for (old, new) in old_group.items.iter().zip(&new_group.items) {
                    above.extend(numbers(old.before).chain(numbers(old.inner)));
                    self.walk(&old.value, &new.value, above);
                    above.extend(numbers(old.after));
                }
                above.extend(numbers(old_group.ending));
            }
            _ => match (only_item(old_group), only_item(new_group)) {
                (Some(item), _) => self.peel(old_group, item, new, above),
                (None, Some(item)) => self.walk(old, &item.value, above),
                (None, None) => {
                    self.rescue(old, above);
                    self.lose(old);
                }
            },
        }
    }

    /// `Some(item)`, `Kind((item))`: the brackets of the old text are not in the new one.
    fn peel(&mut self, group: &Group, item: &Item, new: &Node, above: &mut Vec<usize>) {
        above.extend([group.opening, item.before, item.inner].into_iter().flat_map(numbers));
        self.walk(&item.value, new, above);
        above.extend([item.after, group.ending].into_iter().flat_map(numbers));
    }

    /// A record that is now written as plain text: it stays a record when it holds something
    /// unknown.
    fn as_plain_text(&mut self, old: &Node, group: &Group, new: &Node, above: &mut Vec<usize>) {
        self.rescue(old, above);
        if !self.old.unknown_within(old.span) {
            return;
        }
        let mut known = group.items.iter().filter(|item| !self.old.is_unknown(item));
        let text = known.find(|item| same(self.old, &item.value, self.new, new));
        let key = text.and_then(|item| item.key.as_ref());
        let (Some(key), true) = (key, self.revive && group.shape == Shape::Struct) else {
            self.lose(old);
            return;
        };
        let indent = self.indent_of(new.span.start);
        let inner = " ".repeat(indent + STEP);
        let name = key.span.of(self.old.text());
        let mut text = format!("(\n{inner}{name}: {},\n", new.span.of(self.new));
        for item in group.items.iter().filter(|item| self.old.is_unknown(item)) {
            self.write_unknown(item, indent + STEP, &mut text);
        }
        text.push_str(&" ".repeat(indent));
        text.push(')');
        self.edits.push(Edit { at: new.span.start, text, resume: new.span.end });
    }

    fn fields(&mut self, old: &Group, new: &Group) {
        let mut end = String::new();
        let mut waiting: Vec<usize> = Vec::new();
        let indent = self.indent_of(new.open) + STEP;
        for item in &old.items {
            let partner = self.partner(item, new);
            if self.old.is_unknown(item) {
                match partner {
                    None => self.write_unknown(item, indent, &mut end),
                    Some(partner) => self.replace_unknown(item, partner),
                }
                continue;
            }
            waiting.extend(numbers(item.before).chain(numbers(item.inner)));
            match partner {
                Some(partner) => {
                    self.walk(&item.value, &partner.value, &mut waiting);
                    self.place_before(partner, &waiting);
                    self.place_after(partner, item.after);
                    waiting.clear();
                }
                // A default, which is left out: what was said about it goes to the next field.
                None => {
                    self.rescue(&item.value, &mut waiting);
                    waiting.extend(numbers(item.after));
                    self.write_rest(item, indent, &mut end);
                }
            }
        }
        waiting.extend(numbers(old.ending));
        self.write_comments(&waiting, indent, &mut end);
        self.place_edges(old, new, end);
    }

    fn list(&mut self, old: &Group, new: &Group) {
        let known: Vec<&Item> =
            old.items.iter().filter(|item| !self.old.is_unknown(item)).collect();
        let partners = Matching { old: self.old, new: self.new }.pair(&known, &new.items);
        let indent = self.indent_of(new.open) + STEP;
        let mut places: Vec<Option<usize>> = vec![None; known.len()];
        for (place, number) in partners.iter().enumerate() {
            if let Some(found) = number.and_then(|number| places.get_mut(number)) {
                *found = Some(place);
            }
        }
        // What stands behind which new element, or in front of all of them.
        let mut strangers: BTreeMap<Option<usize>, String> = BTreeMap::new();
        let (mut neighbour, mut number) = (None, 0);
        for item in &old.items {
            if self.old.is_unknown(item) {
                self.write_unknown(item, indent, strangers.entry(neighbour).or_default());
                continue;
            }
            let place = places.get(number).copied().flatten();
            number += 1;
            match place {
                Some(place) => neighbour = Some(place),
                None if self.carries_item(item) => self.lose_item(item),
                None => {}
            }
        }
        let mut between = strangers.remove(&None).unwrap_or_default();
        for (place, item) in new.items.iter().enumerate() {
            if !between.is_empty() {
                let at = self.line_start(item.span().start);
                self.insert(at, std::mem::take(&mut between));
            }
            let partner = partners.get(place).copied().flatten().and_then(|i| known.get(i));
            if let Some(partner) = partner {
                let mut waiting: Vec<usize> = numbers(partner.before).collect();
                waiting.extend(numbers(partner.inner));
                self.walk(&partner.value, &item.value, &mut waiting);
                self.place_before(item, &waiting);
                self.place_after(item, partner.after);
            }
            between = strangers.remove(&Some(place)).unwrap_or_default();
        }
        let mut end = between;
        let ending: Vec<usize> = numbers(old.ending).collect();
        self.write_comments(&ending, indent, &mut end);
        self.place_edges(old, new, end);
    }

    /// Puts the comments that end the opening line and what stands at the end of a group into
    /// place.
    fn place_edges(&mut self, old: &Group, new: &Group, end: String) {
        let mut opening = String::new();
        for comment in self.old.tree().run(old.opening) {
            opening.push(' ');
            opening.push_str(comment.span.of(self.old.text()));
        }
        if new.items.is_empty() {
            if !opening.is_empty() || !end.is_empty() {
                let indent = " ".repeat(self.indent_of(new.open));
                self.insert(new.open + 1, format!("{opening}\n{end}{indent}"));
            }
            return;
        }
        if !opening.is_empty() {
            self.insert(new.open + 1, opening);
        }
        if !end.is_empty() {
            let last = new.items.last().map_or(new.open, |item| item.value.span.end);
            let at = self.next_line(last);
            self.insert(at, end);
        }
    }

    fn place_before(&mut self, item: &Item, comments: &[usize]) {
        if comments.is_empty() {
            return;
        }
        let start = item.span().start;
        let mut text = String::new();
        self.write_comments(comments, self.indent_of(start), &mut text);
        let at = self.line_start(start);
        self.insert(at, text);
    }

    fn place_after(&mut self, item: &Item, comments: Run) {
        let mut text = String::new();
        for comment in self.old.tree().run(comments) {
            text.push(' ');
            text.push_str(comment.span.of(self.old.text()));
        }
        if !text.is_empty() {
            // Behind the comma, which the writer sets after every item on a line of its own.
            self.insert(item.value.span.end + 1, text);
        }
    }

    /// What the program could not read stands where the new text has a default.
    fn replace_unknown(&mut self, item: &Item, partner: &Item) {
        if !self.revive {
            self.lose_item(item);
            return;
        }
        let comments: Vec<usize> = numbers(item.before).collect();
        self.place_before(partner, &comments);
        let span = partner.span();
        let text = item.span().of(self.old.text()).to_owned();
        self.edits.push(Edit { at: span.start, text, resume: span.end });
        self.place_after(partner, item.after);
    }

    /// Writes the unknown fields of a record that the new text leaves out.
    fn write_rest(&mut self, item: &Item, indent: usize, out: &mut String) {
        if !self.old.unknown_within(item.value.span) {
            return;
        }
        let key = item.key.as_ref().map(|key| key.span.of(self.old.text()));
        let group = item.value.group().filter(|group| group.shape == Shape::Struct);
        let (Some(key), Some(group), true) = (key, group, self.revive) else {
            self.lose(&item.value);
            return;
        };
        let (pad, mut inside) = (" ".repeat(indent), String::new());
        for item in &group.items {
            if self.old.is_unknown(item) {
                self.write_unknown(item, indent + STEP, &mut inside);
            } else {
                self.write_rest(item, indent + STEP, &mut inside);
            }
        }
        if !inside.is_empty() {
            let name = group.name.map_or("", |name| name.of(self.old.text()));
            out.push_str(&format!("{pad}{key}: {name}(\n{inside}{pad}),\n"));
        }
    }

    fn write_unknown(&self, item: &Item, indent: usize, out: &mut String) {
        let before: Vec<usize> = numbers(item.before).collect();
        self.write_comments(&before, indent, out);
        out.push_str(&" ".repeat(indent));
        out.push_str(item.span().of(self.old.text()));
        out.push(',');
        for comment in self.old.tree().run(item.after) {
            out.push(' ');
            out.push_str(comment.span.of(self.old.text()));
        }
        out.push('\n');
    }

    fn write_comments(&self, comments: &[usize], indent: usize, out: &mut String) {
        for comment in comments.iter().filter_map(|&i| self.old.tree().comments.get(i)) {
            out.push_str(&" ".repeat(indent));
            out.push_str(comment.span.of(self.old.text()));
            out.push('\n');
        }
    }

    /// All comments inside `node` but not those inside something unknown, which keeps them itself.
    fn rescue(&self, node: &Node, above: &mut Vec<usize>) {
        let Some(group) = node.group().filter(|_| self.carries(node.span)) else {
            return;
        };
        above.extend(numbers(group.opening));
        for item in &group.items {
            if !self.old.is_unknown(item) {
                above.extend(numbers(item.before).chain(numbers(item.inner)));
                self.rescue(&item.value, above);
                above.extend(numbers(item.after));
            }
        }
        above.extend(numbers(group.ending));
    }

    /// Notes everything unknown inside `node` as lost.
    fn lose(&mut self, node: &Node) {
        let Some(group) = node.group().filter(|_| self.old.unknown_within(node.span)) else {
            return;
        };
        for item in &group.items {
            if self.old.is_unknown(item) {
                self.lose_item(item);
            } else {
                self.lose(&item.value);
            }
        }
    }

    /// Notes an item that is gone, if it is unknown, and all comments and unknown things that go
    /// with it.
    fn lose_item(&mut self, item: &Item) {
        let mut comments: Vec<usize> = numbers(item.before).chain(numbers(item.inner)).collect();
        if self.old.is_unknown(item) {
            self.lost.push(item.span());
        } else {
            self.rescue(&item.value, &mut comments);
            self.lose(&item.value);
        }
        comments.extend(numbers(item.after));
        let all = &self.old.tree().comments;
        self.lost.extend(comments.iter().filter_map(|&i| all.get(i)).map(|c| c.span));
    }

    /// The field or map entry of `new` that has the key of `item`.
    fn partner<'n>(&self, item: &Item, new: &'n Group) -> Option<&'n Item> {
        let key = literal::text(item.key.as_ref()?, self.old.text());
        new.items
            .iter()
            .find(|new| new.key.as_ref().is_some_and(|new| literal::text(new, self.new) == key))
    }

    fn carries(&self, span: Span) -> bool {
        !self.old.tree().run_within(span).is_empty() || self.old.unknown_within(span)
    }

    fn carries_item(&self, item: &Item) -> bool {
        !item.before.is_empty()
            || !item.inner.is_empty()
            || !item.after.is_empty()
            || (!is_scalar(&item.value) && self.carries(item.value.span))
    }

    fn insert(&mut self, at: usize, text: String) {
        self.edits.push(Edit { at, text, resume: at });
    }

    fn line_start(&self, offset: usize) -> usize {
        Span::new(0, offset).of(self.new).rfind('\n').map_or(0, |at| at + 1)
    }

    fn next_line(&self, offset: usize) -> usize {
        let rest = self.new.get(offset..).unwrap_or_default();
        rest.find('\n').map_or(self.new.len(), |at| offset + at + 1)
    }

    /// How far the line of `offset` is indented.
    fn indent_of(&self, offset: usize) -> usize {
        let line = Span::new(self.line_start(offset), offset).of(self.new);
        line.len() - line.trim_start_matches(' ').len()
    }
}

/// The comments of a run by their number.
fn numbers(run: Run) -> std::ops::Range<usize> {
    run.start..run.end
}

//! What a person says of the lines and words of a document, where the recogniser was wrong or at a
//! loss.
//!
//! Words that a person puts into a field are taken out of the document before it is recognised; a
//! sign stands in their stead, so that what is around them is read as before. Afterwards the sign
//! tells which entry they came from.

use super::{
    rows::{Row, label},
    tables::Heading,
    text::{Ledger, Piece, plain, trim},
    trace::{self, Owners},
};
use crate::{
    at::{At, Step},
    field::{Access, Fields},
    interchange::outline::{Outline, RunStyle},
    person::Person,
    profile::Profile,
    section::{Entries, Record, Section, SectionKind, Visitor, VisitorMut},
    slot::Slot,
    value::{
        entry::{Author, Bullet, Labelled},
        rich::Rich,
    },
};
use std::{
    collections::BTreeMap,
    ops::{Range, RangeInclusive},
};

/// What a person says of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// What lines are, by their index in [`Outline::lines`].
    pub lines: BTreeMap<usize, LineRole>,
    /// What words belong into which field. Of two that hold the same word, the last one has it.
    pub puts: Vec<Put>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineRole {
    /// The heading of a section; of which kind its words tell, unless it is said.
    Heading(Option<Heading>),
    /// The first line of an entry.
    Entry,
    /// A line of the entry before it.
    Continues,
    /// Text that is no heading; the rest is found out as usual.
    Text,
}

/// Words that belong into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The numbers of the words in the outline.
    pub words: Range<u32>,
    /// The name of the field, as in a file.
    pub field: &'static str,
    /// Whose field it is.
    pub into: Target,
    /// Whether they come to what the field says, and do not replace it. Lists and texts of several
    /// paragraphs always grow.
    pub adds: bool,
}

/// Whose field words are put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The entry, or the person, that the words themselves stand in.
    Own,
    /// The entry that this word stands in.
    EntryOf(u32),
    /// The person.
    Person,
}

impl Corrections {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.puts.is_empty()
    }
}

/// A field that words can be put into: its name in a file, and its label in a form.
pub type FieldName = (&'static str, &'static str);

/// The fields of the entries of a kind that words can be put into, in the order of the form.
#[must_use]
pub fn fields_of(kind: SectionKind) -> Vec<FieldName> {
    struct Names;
    impl Visitor<'_> for Names {
        type Out = Vec<FieldName>;
        fn entries<R: Record>(&mut self, _: &At, _: &Entries<R>) -> Self::Out {
            names::<R>()
        }
    }
    Section::new(kind).visit(&At::root(), &mut Names)
}

/// The fields of a person that words can be put into, in the order of the form.
#[must_use]
pub fn fields_of_person() -> Vec<FieldName> {
    names::<Person>()
}

fn names<T: Fields>() -> Vec<FieldName> {
    let takes = |access: &Access<T>| !matches!(access, Access::Photo(_) | Access::Parts(_));
    let fields = T::FIELDS.iter().filter(|field| takes(&field.access));
    fields.map(|field| (field.name, field.label)).collect()
}

/// The words that are put into fields, out of their rows.
#[derive(Debug, Default)]
pub(super) struct Taken {
    puts: Vec<TakenPut>,
}

#[derive(Debug)]
struct TakenPut {
    put: Put,
    /// What stands in the stead of the words.
    sign: char,
    pieces: Vec<Piece>,
}

/// Letters that stand for words which were taken out: those of Linear A, which nobody can read, and
/// so nobody writes. They are letters, because what is none is taken for a mark between words.
pub(super) const SIGNS: RangeInclusive<char> = '\u{10600}'..='\u{10736}';

impl Taken {
    /// Nothing has been taken yet of what `corrections` put into fields.
    pub(super) fn new(outline: &Outline, corrections: &Corrections) -> Self {
        if corrections.puts.is_empty() {
            return Self::default();
        }
        let texts = || outline.lines.iter().chain(&outline.furniture);
        let is_free =
            |sign: &char| texts().flat_map(|line| line.runs()).all(|run| !run.text.contains(*sign));
        let signs = SIGNS.filter(is_free);
        let puts = corrections.puts.iter().cloned().zip(signs);
        Self { puts: puts.map(|(put, sign)| TakenPut { put, sign, pieces: vec![] }).collect() }
    }

    /// Takes the words out of a row.
    pub(super) fn take(&mut self, row: &mut Row, ledger: &Ledger) {
        if self.puts.is_empty() {
            return;
        }
        for cell in &mut row.cells {
            self.take_pieces(&mut cell.pieces, ledger);
        }
        self.take_pieces(&mut row.aside, ledger);
    }

    fn take_pieces(&mut self, pieces: &mut Vec<Piece>, ledger: &Ledger) {
        let mut rest = vec![];
        for piece in std::mem::take(pieces) {
            let word = ledger.word(piece.id);
            let put = self.puts.iter_mut().rfind(|taken| taken.put.words.contains(&word));
            let Some(taken) = put else {
                rest.push(piece);
                continue;
            };
            if taken.pieces.is_empty() {
                rest.push(Piece {
                    text: taken.sign.to_string(),
                    style: RunStyle::default(),
                    link: None,
                    ..piece
                });
            }
            taken.pieces.push(piece);
        }
        *pieces = rest;
    }

    /// Puts the words where they belong. What has no place there is listed as left: words whose
    /// entry is not found, and what stood in a field that says something else now.
    pub(super) fn put(self, profile: &mut Profile, owners: &Owners, ledger: &mut Ledger) {
        let mut emptied = vec![];
        let removed: Vec<Option<At>> =
            self.puts.iter().map(|taken| remove(profile, taken.sign, &mut emptied)).collect();
        for (taken, holder) in self.puts.iter().zip(removed) {
            ledger.settle(&taken.pieces, false);
            let first = taken.pieces.first().map(|piece| piece.id);
            let own = first.and_then(|id| owners.of(id));
            let target = match taken.put.into {
                Target::Person => Some(At::root().field("person")),
                Target::EntryOf(word) => ledger.piece_of(word).and_then(|id| owners.of(id)),
                Target::Own => own.or_else(|| holder.as_ref().map(trace::owner)),
            };
            let Some(target) = target else {
                continue;
            };
            let words = Words { pieces: &taken.pieces, ledger, adds: taken.put.adds };
            let Some(before) = put_at(profile, &target, taken.put.field, words) else {
                continue;
            };
            ledger.settle(&taken.pieces, true);
            if before.is_empty() {
                continue;
            }
            // The field that the words came from takes what they replace.
            let free = holder.filter(|at| trace::owner(at) == target);
            let free = free.and_then(|at| Slot::of(profile, &at).and_then(text_of));
            match free.filter(|text| text.is_empty()) {
                Some(text) => *text = before,
                None => replaced(&before, profile, &target, owners, ledger),
            }
        }
        // From the last to the first, so that the others stay where they are.
        emptied.sort();
        for at in emptied.into_iter().rev() {
            drop_empty(profile, &at);
        }
    }
}

fn text_of(slot: Slot<'_>) -> Option<&mut String> {
    match slot {
        Slot::Text(text) => Some(text),
        _ => None,
    }
}

/// Takes a sign out of every text; where it was. Texts that held nothing else are noted.
fn remove(profile: &mut Profile, sign: char, emptied: &mut Vec<At>) -> Option<At> {
    let mut found = vec![];
    profile.texts(None, &mut |text| {
        if text.text.contains(sign) {
            found.push(text.at);
        }
    });
    for at in &found {
        if let Some(text) = Slot::of(profile, at).and_then(Slot::text) {
            while let Some((before, after)) = text.split_once(sign) {
                *text = joined(before, after);
            }
            if text.is_empty() {
                emptied.push(at.clone());
            }
        }
    }
    found.into_iter().next()
}

/// What stood around a sign, without what parted it from the sign.
fn joined(before: &str, after: &str) -> String {
    let parts = |c: char| c.is_whitespace() || ",;|·–—:/".contains(c);
    let (before, after) = (before.trim_end(), after.trim_start());
    let (before, after) = match (before.strip_suffix('('), after.strip_prefix(')')) {
        (Some(before), Some(after)) => (before.trim_end(), after.trim_start()),
        _ => (before, after),
    };
    if before.trim_end_matches(parts).is_empty() {
        return after.trim_start_matches(parts).to_owned();
    }
    if after.trim_start_matches(parts).is_empty() {
        return before.trim_end_matches(parts).to_owned();
    }
    let gap = if after.starts_with(parts) { "" } else { " " };
    let before = if gap.is_empty() { before.trim_end_matches(parts) } else { before };
    format!("{before}{gap}{after}")
}

/// Takes an element out of its list if nothing is in it (any more).
fn drop_empty(profile: &mut Profile, at: &At) {
    let element = match at.steps() {
        [.., Step::Index(_)] => at.clone(),
        [.., Step::Index(_), Step::Field("text" | "label" | "name")] => at.parent(),
        _ => return,
    };
    let Some(Step::Index(index)) = element.steps().last().copied() else {
        return;
    };
    match Slot::of(profile, &element.parent()) {
        Some(Slot::Bullets(list)) => {
            let is_empty = |b: &Bullet| b.text.is_empty() && b.bullets.is_empty();
            drop_if(list, index, is_empty);
        }
        Some(Slot::Lines(list)) => {
            drop_if(list, index, |l: &Labelled| l.text.is_empty() && l.label.is_empty());
        }
        Some(Slot::Authors(list)) => drop_if(list, index, |a: &Author| a.name.is_empty()),
        Some(Slot::Texts(list)) => drop_if(list, index, String::is_empty),
        _ => {}
    }
}

fn drop_if<T>(list: &mut Vec<T>, index: usize, is_empty: impl Fn(&T) -> bool) {
    if list.get(index).is_some_and(is_empty) {
        list.remove(index);
    }
}

/// What a field said before has no place now: of the words of its entry, those are left that stood
/// in it and in no other field.
fn replaced(before: &str, profile: &Profile, target: &At, owners: &Owners, ledger: &mut Ledger) {
    let before = trace::squeezed(&Rich::parse(before).to_plain());
    let mut texts = vec![];
    profile.texts(None, &mut |text| {
        if text.at.is_within(target) {
            texts.push(trace::squeezed(&Rich::parse(text.text).to_plain()));
        }
    });
    for id in owners.pieces(target) {
        let text = trace::squeezed(ledger.text(id));
        let stood = !text.is_empty() && before.contains(&text);
        if stood && !texts.iter().any(|other| other.contains(&text)) {
            ledger.leave(id);
        }
    }
}

/// Words on their way into a field.
struct Words<'w> {
    pieces: &'w [Piece],
    ledger: &'w mut Ledger,
    adds: bool,
}

/// Puts words into a field of what stands at `target`; what the field said that it says no longer.
/// Nothing if there is no such field.
fn put_at(profile: &mut Profile, target: &At, field: &str, words: Words<'_>) -> Option<String> {
    struct InEntry<'w>(usize, &'w str, Option<Words<'w>>);
    impl VisitorMut<'_> for InEntry<'_> {
        type Out = Option<String>;
        fn entries<R: Record>(&mut self, _: &At, list: &mut Entries<R>) -> Self::Out {
            put_in(list.entries.get_mut(self.0)?, self.1, self.2.take()?)
        }
    }
    match target.steps() {
        [Step::Field("person")] => put_in(&mut profile.person, field, words),
        [Step::Field("sections"), Step::Index(section), Step::Field("entries"), Step::Index(i)] => {
            let section = profile.sections.get_mut(*section)?;
            section.visit_mut(target, &mut InEntry(*i, field, Some(words)))
        }
        _ => None,
    }
}

fn put_in<T: Fields>(record: &mut T, field: &str, words: Words<'_>) -> Option<String> {
    let field = T::FIELDS.iter().find(|own| own.name == field)?;
    let Words { pieces, ledger, adds } = words;
    let said = match &field.access {
        Access::Line(_) => ledger.line(pieces),
        Access::Link(_) | Access::Links(_) => {
            ledger.place(pieces);
            let words = plain(trim(pieces));
            // Words that are not those of the address stay with it.
            match pieces.iter().find_map(|piece| piece.link.as_deref()) {
                Some(link) if trace::squeezed(link).contains(&trace::squeezed(&words)) => {
                    link.to_owned()
                }
                Some(link) => format!("[{words}]({link})"),
                None => words,
            }
        }
        Access::Date(_) | Access::Lines(_) | Access::People(_) => ledger.plain(pieces),
        Access::Prose(_) | Access::Bullets(_) => ledger.markup(pieces),
        Access::Labelled(_) => String::new(),
        Access::Photo(_) | Access::Parts(_) => return None,
    };
    let mut before = String::new();
    let mut set = |text: &mut String, joint: Option<&str>| match joint {
        Some(joint) if !text.is_empty() => {
            text.push_str(joint);
            text.push_str(&said);
        }
        _ => before = std::mem::replace(text, said.clone()),
    };
    match &field.access {
        Access::Line((_, get)) => set(get(record), adds.then_some(", ")),
        Access::Date((_, get)) => set(get(record), adds.then_some("; ")),
        Access::Link((_, get)) => set(get(record), None),
        Access::Prose((_, get)) => set(get(record), Some("\n\n")),
        Access::Lines((_, get)) | Access::Links((_, get)) => get(record).push(said),
        Access::People((_, get)) => {
            let names = said.split([',', ';']).flat_map(|part| part.split(" and "));
            let names =
                names.map(|name| name.trim().trim_start_matches("and ")).filter(|n| !n.is_empty());
            get(record)
                .extend(names.map(|name| Author { name: name.to_owned(), ..Author::default() }));
        }
        Access::Bullets((_, get)) => get(record).push(said.as_str().into()),
        Access::Labelled((_, get)) => {
            let (label, text) = label(pieces).unwrap_or((&[], pieces));
            let (label, text) = (ledger.plain(label), ledger.markup(trim(text)));
            get(record).push(Labelled { label, text, ..Labelled::default() });
        }
        Access::Photo(_) | Access::Parts(_) => return None,
    }
    Some(before)
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn what_stood_around_a_sign_is_joined() {
        for (before, after, expected) in [
            ("", ", Engineer", "Engineer"),
            ("ACME Corp, ", "", "ACME Corp"),
            ("a, ", ", b", "a, b"),
            ("the ", " end", "the end"),
            ("Engineer (", ")", "Engineer"),
            ("", "", ""),
        ] {
            assert_eq!(joined(before, after), expected, "{before}_{after}");
        }
    }
}

//! Which words of a document went into which field, so that both can be shown beside each other.

use super::{corrections::SIGNS, text::Ledger};
use crate::{
    at::{At, Step},
    interchange::outline::Outline,
    profile::Profile,
    value::rich::Rich,
};
use std::{collections::HashMap, ops::Range};

/// What became of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It has no place in the profile.
    Left,
    /// It is a sign between others, and says nothing.
    Mark,
    /// It says something at this address: of a text, or of an entry or a section as a whole.
    Placed(At),
}

/// Texts that are longer are not searched for parts of them, so that nothing takes for ever.
const LONGEST: usize = 20_000;
/// Words are looked for inside of other words in texts up to this length.
const LONGEST_OF_ONE: usize = 300;

/// A stretch of the document that became a section, or tells of the person.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) at: At,
    /// The numbers of the pieces of its heading.
    pub(super) heading: Vec<usize>,
    /// The numbers of its other pieces.
    pub(super) pieces: Vec<usize>,
    /// The entries that the ledger heard of meanwhile.
    pub(super) entries: Range<usize>,
    /// The texts that the ledger heard of meanwhile.
    pub(super) texts: Range<usize>,
}

/// The entry, the person or the section that each piece belongs to.
#[derive(Debug, Default)]
pub(super) struct Owners(Vec<Option<At>>);

impl Owners {
    pub(super) fn new(spans: &[Span], profile: &Profile, ledger: &Ledger) -> Self {
        let mut owners = Self(vec![None; ledger.count()]);
        for span in spans {
            owners.set(&span.heading, &span.at);
            match span.at.steps() {
                [Step::Field("sections"), Step::Index(index)] => {
                    let count = profile.sections.get(*index).map_or(0, |s| s.count());
                    owners.section(span, count, profile, ledger);
                }
                _ => owners.set(&span.pieces, &span.at),
            }
        }
        owners
    }

    fn set(&mut self, pieces: &[usize], at: &At) {
        for id in pieces {
            if let Some(owner) = self.0.get_mut(*id) {
                *owner = Some(at.clone());
            }
        }
    }

    fn section(&mut self, span: &Span, count: usize, profile: &Profile, ledger: &Ledger) {
        let entry = |index: usize| span.at.field("entries").index(index);
        let told = ledger.entries(span.entries.clone());
        if told.len() == count {
            for (index, pieces) in told.iter().enumerate() {
                self.set(pieces, &entry(index));
            }
        } else {
            let mut texts: Vec<Vec<String>> = vec![vec![]; count];
            profile.texts(None, &mut |text| {
                if let [_, s, _, Step::Index(index), ..] = text.at.steps()
                    && span.at.steps().get(1) == Some(s)
                    && let Some(texts) = texts.get_mut(*index)
                {
                    texts.push(squeezed(&Rich::parse(text.text).to_plain()));
                }
            });
            let mut from = 0;
            for (said, pieces) in ledger.texts(span.texts.clone()) {
                let holds = |texts: &Vec<String>| {
                    texts.iter().any(|text| text.len() < LONGEST && text.contains(said.as_str()))
                };
                let found = texts.iter().skip(from).position(holds).map(|at| at + from);
                if let Some(index) = found.filter(|_| !said.is_empty()) {
                    self.set(pieces, &entry(index));
                    from = index;
                }
            }
        }
        // What is left belongs to what stands before it.
        let known = |id: &usize| self.0.get(*id).cloned().flatten();
        let mut before = span.pieces.iter().find_map(known).unwrap_or_else(|| span.at.clone());
        for id in &span.pieces {
            match self.0.get_mut(*id) {
                Some(Some(owner)) => before = owner.clone(),
                Some(owner) => *owner = Some(before.clone()),
                None => {}
            }
        }
    }

    /// The entry, or what else a piece belongs to.
    pub(super) fn of(&self, id: usize) -> Option<At> {
        self.0.get(id).cloned().flatten()
    }

    /// The pieces of an entry.
    pub(super) fn pieces(&self, at: &At) -> Vec<usize> {
        let own = self.0.iter().enumerate().filter(|(_, owner)| owner.as_ref() == Some(at));
        own.map(|(id, _)| id).collect()
    }
}

/// The entry, the person or the section that holds a text.
pub(super) fn owner(at: &At) -> At {
    let depth = match at.steps() {
        [Step::Field("sections"), _, Step::Field("entries"), ..] => 4,
        [Step::Field("sections"), ..] => 2,
        _ => 1,
    };
    let mut owner = at.clone();
    while owner.steps().len() > depth {
        owner = owner.parent();
    }
    owner
}

/// The letters and digits of a text, small, without the signs of words that were taken out.
pub(super) fn squeezed(text: &str) -> String {
    let is_letter = |c: &char| c.is_alphanumeric() && !SIGNS.contains(c);
    text.chars().filter(is_letter).flat_map(char::to_lowercase).collect()
}

/// The texts of an entry.
#[derive(Default)]
struct Texts {
    all: Vec<(At, String)>,
    whole: HashMap<String, usize>,
    words: HashMap<String, usize>,
}

impl Texts {
    fn add(&mut self, at: At, text: &str) {
        let index = self.all.len();
        for word in text.split(|c: char| c.is_whitespace() || ",;:()[]|".contains(c)) {
            self.words.entry(squeezed(word)).or_insert(index);
        }
        let text = squeezed(text);
        self.whole.entry(text.clone()).or_insert(index);
        self.all.push((at, text));
    }

    fn find(&self, said: &str) -> Option<&At> {
        let inside = |limit: usize| {
            self.all.iter().position(|(_, text)| text.len() < limit && text.contains(said))
        };
        let index = self.whole.get(said).copied().or_else(|| inside(LONGEST))?;
        self.all.get(index).map(|(at, _)| at)
    }

    fn find_word(&self, word: &str) -> Option<&At> {
        let inside = || {
            let short = |text: &str| text.len() < LONGEST_OF_ONE && text.contains(word);
            self.all.iter().position(|(_, text)| short(text))
        };
        let index = self.words.get(word).copied().or_else(inside)?;
        self.all.get(index).map(|(at, _)| at)
    }
}

/// What became of each word of a document, by its number.
pub(super) fn fates(
    outline: &Outline,
    profile: &Profile,
    owners: &Owners,
    ledger: &Ledger,
) -> Vec<Fate> {
    let mut texts: HashMap<At, Texts> = HashMap::new();
    profile.texts(None, &mut |text| {
        let plain = Rich::parse(text.text).to_plain();
        texts.entry(owner(&text.at)).or_default().add(text.at, &plain);
    });
    let mut places: Vec<Option<At>> = vec![None; ledger.count()];
    for (said, pieces) in ledger.texts(0..usize::MAX) {
        let owner = pieces.first().and_then(|id| owners.of(*id));
        let texts = owner.and_then(|owner| texts.get(&owner));
        if let Some(at) = texts.filter(|_| !said.is_empty()).and_then(|t| t.find(said)) {
            for id in pieces {
                if let Some(place) = places.get_mut(*id) {
                    *place = Some(at.clone());
                }
            }
        }
    }
    let mut fates = vec![Fate::Mark; outline.words() as usize];
    for (id, place) in places.into_iter().enumerate() {
        let Some(fate) = fates.get_mut(ledger.word(id) as usize) else {
            continue;
        };
        let text = squeezed(ledger.text(id));
        if text.is_empty() || *fate == Fate::Left {
            continue;
        }
        if !ledger.is_placed(id) {
            *fate = Fate::Left;
        } else if *fate == Fate::Mark {
            let owner = owners.of(id).unwrap_or_default();
            let found = || texts.get(&owner).and_then(|texts| texts.find_word(&text)).cloned();
            *fate = Fate::Placed(place.or_else(found).unwrap_or(owner));
        }
    }
    fates
}

//! Dictionaries together, and what they say of a profile.

use super::{
    Dictionary, English, Misspelt, Own, Word,
    english::{self, Embedded},
    words,
};
use crate::{field::Kind, profile::Profile, value::nearest::distance};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

/// The most suggestions for a word.
const MOST: usize = 5;

/// How many words are remembered: several times those of the longest CV.
const REMEMBERED: usize = 50_000;

/// A text of so many words is in another language when most of them are unknown.
const FOREIGN: usize = 5;

/// What is known of a language.
#[derive(Debug)]
pub enum Language {
    /// English, which comes with the program.
    English,
    /// Another one, with its dictionary.
    Known(Box<Dictionary>),
    /// Another one, without a dictionary; whether its letters are those of English.
    Unknown {
        /// Whether its words could be taken for English ones with mistakes.
        latin: bool,
    },
}

/// What looks words up, remembering what it has found.
#[derive(Debug)]
pub struct Speller {
    english: Option<Embedded>,
    other: Option<Dictionary>,
    /// Whether words have been found to be right.
    known: HashMap<String, bool>,
    /// The words that are not right, of the texts that were looked at last.
    texts: HashMap<String, Vec<Word>>,
    /// The state of the own words that `texts` are for.
    stamp: u64,
}

impl Speller {
    /// What looks up the words of a language, and English words beside it, for titles and terms are
    /// English in many languages. Reads the English dictionary, which takes some hundredths of a
    /// second.
    #[must_use]
    pub fn new(language: Language, english: English) -> Self {
        let judges = !matches!(language, Language::Unknown { latin: true });
        let other = match language {
            Language::Known(dictionary) => Some(*dictionary),
            Language::English | Language::Unknown { .. } => None,
        };
        let english = judges.then(|| Embedded::read(english)).flatten();
        Self { english, other, known: HashMap::new(), texts: HashMap::new(), stamp: 0 }
    }

    /// Whether it can say anything about any word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.english.is_none() && self.other.is_none()
    }

    /// The words of a profile that neither a dictionary nor `own` has, text by text in the order of
    /// the file.
    pub fn check(&mut self, profile: &Profile, own: &Own) -> Vec<Misspelt> {
        let stamp = own.stamp();
        let mut before = std::mem::take(&mut self.texts);
        if stamp != std::mem::replace(&mut self.stamp, stamp) {
            before.clear();
        }
        let mut found = vec![];
        profile.texts(None, &mut |text| {
            // All others are names, dates and addresses.
            if text.kind != Kind::Rich {
                return;
            }
            let words =
                match before.remove(text.text).or_else(|| self.texts.get(text.text).cloned()) {
                    Some(words) => words,
                    None => self.in_text(text.text, text.kind, own),
                };
            self.texts.insert(text.text.to_owned(), words.clone());
            if !words.is_empty() {
                found.push(Misspelt { at: text.at, source: text.text.to_owned(), words });
            }
        });
        found
    }

    /// The words of a text that neither a dictionary nor `own` has.
    pub fn in_text(&mut self, source: &str, kind: Kind, own: &Own) -> Vec<Word> {
        let all = words(source, kind);
        let count = all.len();
        let wrong: Vec<_> = all.into_iter().filter(|word| !self.is_right(word, own)).collect();
        let foreign = count >= FOREIGN && wrong.len() * 5 > count * 3;
        if foreign { vec![] } else { wrong }
    }

    /// What a word may have been meant to be, the likeliest first, at most five. Takes some
    /// hundredths of a second.
    #[must_use]
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let other = self.other.as_ref().filter(|d| d.can_judge(word)).map(|d| d.suggest(word));
        let english = self.english.as_ref().filter(|e| e.can_judge(word));
        let of_english = english.map(|e| e.suggest(word));
        let of_language: HashSet<String> = other.into_iter().flatten().collect();
        let mut found: Vec<String> = of_language.iter().cloned().collect();
        found.sort_unstable();
        found.extend(of_english.into_iter().flatten());
        // A word in two is a last resort, and a possessive none: there are too many of both.
        let is_word = |part: &str| part.chars().nth(1).is_some() || matches!(part, "a" | "I");
        found.retain(|f| {
            let possessive = f.contains('\'') && !word.contains('\'');
            !f.contains('-') && !possessive && f.split(' ').all(is_word)
        });
        let is_common = |found: &String| english.is_some_and(|e| e.is_common(found));
        let starts_alike = |found: &String| {
            let first = |text: &str| text.chars().next().map(|c| c.to_lowercase().to_string());
            first(found) == first(word)
        };
        found.sort_by_cached_key(|found| {
            let far = distance(word, found);
            let foreign = !of_language.is_empty() && !of_language.contains(found);
            let rare = !is_common(found);
            // A letter is left out more often than one too many is written.
            let short = Reverse(found.chars().count());
            (found.contains(' '), far, foreign, rare, !starts_alike(found), short)
        });
        let mut seen = HashSet::new();
        found.retain(|word| seen.insert(word.to_lowercase()));
        found.truncate(MOST);
        found
    }

    fn is_right(&mut self, word: &Word, own: &Own) -> bool {
        if own.has(&word.text) || self.has(&word.text) {
            return true;
        }
        word.whole.as_ref().is_some_and(|whole| {
            own.has(whole) || english::is_beginning(&word.text) || self.has(whole)
        })
    }

    /// Whether a dictionary has the word, or none can judge it.
    fn has(&mut self, word: &str) -> bool {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let other = self.other.as_ref().filter(|d| d.can_judge(word));
        let english = self.english.as_ref().filter(|e| e.can_judge(word));
        let known = (other.is_none() && english.is_none())
            || english.is_some_and(|e| e.has(word))
            || other.is_some_and(|d| d.has(word) || elided(word).is_some_and(|rest| d.has(rest)));
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(word.to_owned(), known);
        known
    }
}

/// A word without a short one before an apostrophe: French `d'étude`, Italian `dell'anno`.
fn elided(word: &str) -> Option<&str> {
    let (short, rest) = word.split_once('\'')?;
    (short.chars().count() <= 5 && rest.chars().count() > 1).then_some(rest)
}

//! The words that are right because the profile has them as names: of people, places, venues,
//! tools, projects, and those of its links; and those that the user has added.

use crate::{
    at::{At, Step},
    field::{Kind, Text},
    profile::Profile,
    section::SectionKind,
};
use std::collections::{BTreeSet, HashSet, hash_map::DefaultHasher};
use std::hash::{Hash as _, Hasher as _};
use unicode_normalization::UnicodeNormalization as _;

/// Words that are right besides those of the dictionaries, whether with a capital or without.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    words: HashSet<String>,
}

/// What stands in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Sentences and the like.
    Prose,
    /// A name, whose words with a capital are right.
    Name,
    /// Tools and the like: all words are right.
    Tools,
}

/// The fields that are names, whatever the section.
const NAMES: [&str; 16] = [
    "address",
    "advisor",
    "event",
    "funder",
    "institution",
    "issuer",
    "known_as",
    "language",
    "name",
    "office",
    "organization",
    "other_name",
    "place",
    "supervisor",
    "tag",
    "venue",
];

/// The fields with names of tools and skills.
const TOOLS: [&str; 2] = ["items", "tools"];

impl Own {
    /// The words that a profile has as names, and `added` ones.
    #[must_use]
    pub fn of(profile: &Profile, added: &BTreeSet<String>) -> Self {
        let mut own = Self::default();
        for word in added {
            own.add(word);
        }
        profile.texts(None, &mut |text| {
            let role = role(profile, &text);
            for part in text.text.split_whitespace() {
                // What follows a hyphen in a name may be written small: Seo-yeon.
                let is_name =
                    pieces(part).next().is_some_and(|w| w.starts_with(char::is_uppercase));
                if role == Role::Tools || role == Role::Name && is_name {
                    pieces(part).for_each(|word| own.add(word));
                }
            }
        });
        own
    }

    /// Whether the word is one of them.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(&key(word))
    }

    /// A number that is another one for other words.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        // Sets have no order: what their words say is added up.
        let hash = |word: &String| {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            hasher.finish()
        };
        self.words.iter().map(hash).fold(0, u64::wrapping_add)
    }

    fn add(&mut self, word: &str) {
        self.words.insert(key(word));
    }
}

/// A word without what does not tell it from others.
fn key(word: &str) -> String {
    word.nfc().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// The words of a text, however it is written: those of a link, too.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}');
    let words = text.split(move |c: char| !inside(c)).map(|word| word.trim_matches(['\'', '’']));
    words.map(|word| word.strip_suffix("'s").unwrap_or(word)).filter(|word| !word.is_empty())
}

fn role(profile: &Profile, text: &Text<'_>) -> Role {
    match text.kind {
        Kind::Link | Kind::Name => return Role::Tools,
        Kind::Date => return Role::Prose,
        Kind::Rich | Kind::Plain => {}
    }
    let field = field(&text.at);
    if TOOLS.contains(&field) {
        return Role::Tools;
    }
    // What a project is called, is a word of its own.
    let in_projects = match text.at.steps() {
        [Step::Field("sections"), Step::Index(i), ..] => {
            profile.sections.get(*i).is_some_and(|s| s.kind() == SectionKind::Projects)
        }
        _ => false,
    };
    match field {
        "name" if in_projects => Role::Tools,
        _ if NAMES.contains(&field) => Role::Name,
        // Short forms of venues, and what they stand for.
        _ if text.at.steps().first() == Some(&Step::Field("venues")) => Role::Name,
        _ => Role::Prose,
    }
}

/// The name of the field that a text belongs to, or of the list that it stands in.
fn field(at: &At) -> &'static str {
    let mut steps = at.steps().iter().rev();
    let name = |step: &Step| match step {
        Step::Field(name) => Some(*name),
        Step::Index(_) => None,
    };
    steps.find_map(name).unwrap_or_default()
}

//! What words say of a text in a CV: headings in many languages, and cues for organisations, roles,
//! degrees, places and the like.

use crate::section::SectionKind;
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// What a heading stands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// A section of that kind.
    Section(SectionKind),
    /// Ways to reach the person.
    Contact,
}

static HEADINGS: LazyLock<HashMap<String, (Heading, &str)>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for line in include_str!("../../../assets/import/headings.tsv").lines() {
        let mut fields = line.split('\t');
        let (Some(kind), Some(language), Some(words)) =
            (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let heading = match kind {
            "Contact" => Some(Heading::Contact),
            kind => SectionKind::named(kind).map(Heading::Section),
        };
        for (words, heading) in words.split('|').filter_map(|words| Some((words, heading?))) {
            // The first kind that claims a heading has it.
            table.entry(normalised(words)).or_insert((heading, language));
        }
    }
    table
});

/// What a heading in exactly these words, or these words and others that say nothing, stands over.
pub(super) fn heading(text: &str) -> Option<Heading> {
    let text = normalised(text);
    if text.chars().count() > 60 {
        return None;
    }
    let find = |text: &str| HEADINGS.get(text.trim()).map(|(heading, _)| *heading);
    let bare: Vec<&str> = text.split(' ').filter(|word| !is_filler(word)).collect();
    let bare = bare.join(" ");
    let number = |text: &str| match text.strip_suffix('s') {
        Some(one) => find(one),
        None => find(&format!("{text}s")),
    };
    find(&text).or_else(|| find(&bare)).or_else(|| number(&bare)).or_else(|| {
        // One side of "A and B".
        let sides = [" and ", " und ", " et ", " y ", " e ", " i ", " en ", ", ", " / "];
        let sides = sides.iter().find(|joint| bare.contains(**joint))?;
        bare.split(sides).find_map(|side| find(side).or_else(|| number(side)))
    })
}

/// What a line that is a heading for sure stands over, by the noun of unknown words: `Laboratory
/// skills`, `Competenze trasversali`.
pub(super) fn heading_by_noun(text: &str) -> Option<Heading> {
    let text = normalised(text);
    let words: Vec<&str> = text.split(' ').collect();
    let says = |word: &&&str| match heading(word) {
        Some(Heading::Section(kind)) if !matches!(kind, SectionKind::Text | SectionKind::List) => {
            Some(Heading::Section(kind))
        }
        _ => None,
    };
    let fits = (2..=5).contains(&words.len());
    words
        .last()
        .as_ref()
        .and_then(says)
        .or_else(|| words.first().as_ref().and_then(says))
        .filter(|_| fits)
}

/// The language (BCP 47) of a heading in exactly these words.
pub(super) fn language(text: &str) -> Option<&'static str> {
    HEADINGS.get(&normalised(text)).map(|(_, language)| *language)
}

/// Whether a word in a heading says nothing of what it stands over.
fn is_filler(word: &str) -> bool {
    const FILLERS: &str = " selected recent relevant other additional key my current past main full partial notable \
        complete top ausgewählte sélection choisies seleccionadas weitere sonstige principales ";
    FILLERS.contains(&format!(" {word} "))
}

/// A heading or a cue as it is compared: small letters, without marks and digits at its ends.
fn normalised(text: &str) -> String {
    let text = text.replace('&', " and ").to_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches(|c: char| !c.is_alphabetic()).to_owned()
}

/// Words that say something, of one kind.
#[derive(Debug, Default)]
pub(super) struct Cue {
    whole: HashSet<&'static str>,
    beginnings: Vec<&'static str>,
}

static CUES: LazyLock<HashMap<&'static str, Cue>> = LazyLock::new(|| {
    let rows = include_str!("../../../assets/import/cues.tsv").lines();
    let rows = rows.filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
    let mut table: HashMap<&str, Cue> = HashMap::new();
    for (name, words) in rows {
        let cue = table.entry(name).or_default();
        for word in words.split('|') {
            match word.strip_suffix('*') {
                Some(beginning) => cue.beginnings.push(beginning),
                None => drop(cue.whole.insert(word)),
            }
        }
    }
    table
});

/// The cue of that name; one that says nothing if there is none.
pub(super) fn cue(name: &str) -> &'static Cue {
    static NOTHING: LazyLock<Cue> = LazyLock::new(Cue::default);
    CUES.get(name).unwrap_or(&NOTHING)
}

impl Cue {
    /// Whether a whole text is one of the words; without regard to case and marks at its ends.
    pub(super) fn is(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase();
        self.has(&text)
    }

    /// Whether a text has exactly these letters, case and all.
    pub(super) fn is_exactly(&self, text: &str) -> bool {
        self.whole.contains(text)
    }

    /// Whether a text in small letters begins with one of the words, and not with a longer one.
    pub(super) fn begins(&self, text: &str) -> bool {
        let begins = |word: &&'static str| {
            let rest = text.strip_prefix(*word);
            let is_wide = word.starts_with(|c: char| c > '\u{2e80}');
            rest.is_some_and(|rest| is_wide || !rest.starts_with(char::is_alphanumeric))
        };
        self.whole.iter().any(begins)
    }

    fn has(&self, word: &str) -> bool {
        !word.is_empty()
            && (self.whole.contains(word) || self.beginnings.iter().any(|b| word.starts_with(b)))
    }

    /// The place of the first of its words among those of a text.
    pub(super) fn first_in(&self, words: &[&str]) -> Option<usize> {
        words.iter().position(|word| self.is(word) || self.is_inside(word))
    }

    /// Whether one of its words stands in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        self.first_in(&words).is_some()
    }

    /// In scripts without spaces a word stands within others, mostly at the end.
    fn is_inside(&self, word: &str) -> bool {
        let is_wide = |c: char| ('\u{2e80}'..='\u{ffdc}').contains(&c);
        word.chars().any(is_wide)
            && self.whole.iter().any(|cue| cue.chars().any(is_wide) && word.contains(cue))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_many_forms() {
        let kind = |text| heading(text);
        let section = |kind| Some(Heading::Section(kind));
        for text in ["EDUCATION", "2. Education", "Education & Training", "Ausbildung", "教育背景"]
        {
            assert_eq!(kind(text), section(SectionKind::Education), "{text}");
        }
        assert_eq!(kind("Selected Publications"), section(SectionKind::Publications));
        assert_eq!(kind("Relevant Work Experience:"), section(SectionKind::Experience));
        assert_eq!(kind("Contatti"), Some(Heading::Contact));
        for text in ["Under review", "Baltic Institute", "", "2021 – 2024"] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn cues_are_whole_words_or_beginnings() {
        assert!(cue("role").is_in("Wissenschaftliche Mitarbeiterin"));
        assert!(cue("role").is_in("算法实习生"));
        assert!(!cue("role").is_in("Internal affairs"));
        assert!(cue("organisation").is_in("Universität Bremen"));
    }
}

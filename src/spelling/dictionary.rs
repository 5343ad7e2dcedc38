//! A dictionary in the form of Hunspell: a file of rules and a file of stems.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet, hash_map::DefaultHasher},
    fmt,
    hash::BuildHasherDefault,
};
use thiserror::Error;

/// Why a dictionary cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// It says that it is written in an encoding that is not known.
    #[error("it is written in `{0}`, which Vitae cannot read")]
    Encoding(String),
    /// Its rules or its stems make no sense.
    #[error("it is damaged: {0}")]
    Damaged(String),
}

/// Words that are alike are suggested in the order of a table by hashes, which must be the same in
/// every run.
type SameEachTime = BuildHasherDefault<DefaultHasher>;

/// The words of a language.
pub struct Dictionary {
    words: spellbook::Dictionary<SameEachTime>,
    /// The letters that its words are made of, small.
    letters: HashSet<char>,
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("letters", &self.letters.len()).finish_non_exhaustive()
    }
}

/// A letter belongs to the language when one stem in so many has it: the others are of foreign
/// words.
const SELDOM: usize = 2000;

impl Dictionary {
    /// Reads the bytes of an `.aff` and of a `.dic` file, in the encoding that the former names.
    ///
    /// # Errors
    /// When the encoding is unknown, or the files are damaged.
    pub fn read(aff: &[u8], dic: &[u8]) -> Result<Self, Unreadable> {
        let encoding = encoding(aff)?;
        let rules = decode(encoding, aff);
        let names_flags = rules.lines().any(|line| line.trim_start().starts_with("FLAG"));
        // Flags are bytes of the file's encoding, which are letters by now.
        let flags = if names_flags || encoding == UTF_8 { "" } else { "FLAG UTF-8\n" };
        Self::of(&format!("{flags}{rules}"), &decode(encoding, dic))
    }

    /// Reads rules and stems.
    pub(super) fn of(rules: &str, stems: &str) -> Result<Self, Unreadable> {
        let words = spellbook::Dictionary::new_with_hasher(rules, stems, SameEachTime::default())
            .map_err(|error| Unreadable::Damaged(error.to_string()))?;
        Ok(Self { words, letters: letters(stems) })
    }

    /// Whether the word is one of the language's, or could be one: all its letters are.
    #[must_use]
    pub fn can_judge(&self, word: &str) -> bool {
        let mut letters = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
        letters.all(|c| self.letters.contains(&c))
    }

    /// Whether it has the word.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.check(word)
    }

    /// What the word may have been meant to be, the likeliest first.
    #[must_use]
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let mut out = vec![];
        self.words.suggest(word, &mut out);
        out
    }
}

/// The encoding that an `.aff` file says it and its `.dic` file are written in.
fn encoding(aff: &[u8]) -> Result<&'static Encoding, Unreadable> {
    let mut lines = aff.split(|byte| matches!(byte, b'\n' | b'\r'));
    let named = lines.find_map(|line| {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let name = line.strip_prefix(b"SET")?;
        name.first()?.is_ascii_whitespace().then(|| String::from_utf8_lossy(name).into_owned())
    });
    // So it is by the rules of the format.
    let Some(named) = named else { return Ok(WINDOWS_1252) };
    let name = named.split_whitespace().next().unwrap_or_default();
    let usual = name.to_ascii_lowercase();
    let usual = match usual.strip_prefix("microsoft-").unwrap_or(&usual) {
        "tis620-2533" => "tis-620".to_owned(),
        usual => usual.to_owned(),
    };
    Encoding::for_label(usual.as_bytes()).ok_or_else(|| Unreadable::Encoding(name.to_owned()))
}

fn decode<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Cow<'b, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    encoding.decode_without_bom_handling(bytes).0
}

/// The letters that stems are made of, small, but those of foreign words.
fn letters(stems: &str) -> HashSet<char> {
    let mut counts: HashMap<char, usize> = HashMap::new();
    let mut count = 0_usize;
    for line in stems.lines() {
        count += 1;
        let stem = line.split(['/', '\t']).next().unwrap_or_default();
        for c in stem.chars().filter(|c| c.is_alphabetic()) {
            *counts.entry(c).or_default() += 1;
        }
    }
    let least = (count / SELDOM).max(1);
    let common = counts.into_iter().filter(|(_, count)| *count >= least);
    common.flat_map(|(c, _)| c.to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_the_one_that_the_file_names() {
        for (aff, expected) in [
            ("SET ISO8859-2\nTRY a", Ok("ISO-8859-2")),
            ("# words\r\nSET UTF-8\r\n", Ok("UTF-8")),
            ("\u{feff}SET UTF-8", Ok("UTF-8")),
            ("SET microsoft-cp1251", Ok("windows-1251")),
            ("SET KOI8-R", Ok("KOI8-R")),
            ("SETTLE x\nTRY a", Ok("windows-1252")),
            ("SET ISCII-DEVANAGARI", Err("ISCII-DEVANAGARI")),
        ] {
            let found = encoding(aff.as_bytes());
            let expected = expected.map_err(|name| Unreadable::Encoding(name.to_owned()));
            assert_eq!(found.map(Encoding::name), expected, "{aff:?}");
        }
    }

    #[test]
    fn a_dictionary_in_an_old_encoding_is_read() {
        // Two rules whose flags are bytes above the ASCII ones, which must not be taken for one.
        let aff =
            "SET ISO8859-1\nSFX \u{e9} Y 1\nSFX \u{e9} 0 s .\nSFX \u{e8} Y 1\nSFX \u{e8} 0 n .\n";
        let dic = "3\nb\u{e4}um/\u{e9}\nst\u{fc}hl/\u{e8}\nhaus\n";
        let bytes = |text: &str| text.chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<_>>();
        let dictionary = Dictionary::read(&bytes(aff), &bytes(dic)).unwrap();
        for (word, expected) in [
            ("bäum", true),
            ("bäums", true),
            ("bäumn", false),
            ("stühln", true),
            ("stühls", false),
            ("Haus", true),
            ("huas", false),
        ] {
            assert_eq!(dictionary.has(word), expected, "{word}");
        }
        assert!(dictionary.suggest("huas").contains(&"haus".to_owned()));
        assert!(dictionary.can_judge("Stühl") && !dictionary.can_judge("Škoda"));
    }

    #[test]
    fn damage_is_told() {
        assert!(Dictionary::read(b"SFX A Y x\n", b"1\na/A\n").is_err());
        assert!(Dictionary::read(b"", b"").is_err());
    }
}

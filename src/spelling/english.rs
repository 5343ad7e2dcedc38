//! English, which comes with the program: one list of stems for America and Britain, and lists of
//! what only one of them writes.

use super::{Dictionary, English};
use flate2::read::ZlibDecoder;
use std::{collections::HashSet, io::Read as _};

const RULES: &str = include_str!("../../assets/dictionaries/en_US.aff");
const STEMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en_US.dic.z"));
/// Common words, which are meant more often than others.
const COMMON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en-common.txt.z"));
/// What is written so in Britain alone, in all its forms.
const BRITISH: &str = include_str!("../../assets/dictionaries/en-british.txt");
/// What is written so in America alone, in all its forms.
const AMERICAN: &str = include_str!("../../assets/dictionaries/en-american.txt");
/// Words of research and of programming that general lists lack, with flags as in the stems.
const RESEARCH: &str = include_str!("../../assets/dictionaries/en-research.dic");

/// Beginnings that make new words of others: `hyperparameter`, `pretraining`.
const BEGINNINGS: [&str; 33] = [
    "anti", "auto", "bio", "counter", "cyber", "electro", "geo", "hyper", "inter", "intra",
    "macro", "meta", "micro", "mis", "multi", "nano", "neuro", "non", "over", "photo", "poly",
    "post", "pre", "pseudo", "re", "semi", "sub", "super", "tele", "thermo", "trans", "ultra",
    "under",
];

/// The least number of letters of what may follow them: shorter words follow by chance.
const LEAST: usize = 5;

/// The English that comes with the program.
#[derive(Debug)]
pub(super) struct Embedded {
    dictionary: Dictionary,
    /// What is not written so.
    wrong: HashSet<&'static str>,
    common: HashSet<Box<str>>,
}

impl Embedded {
    /// Unpacks and reads it, which takes some hundredths of a second. `None` when the program is
    /// damaged.
    pub(super) fn read(english: English) -> Option<Self> {
        let mut stems = unpacked(STEMS)?;
        for list in [BRITISH, RESEARCH] {
            stems.push('\n');
            stems.push_str(list);
        }
        let wrong = match english {
            English::Any => HashSet::new(),
            English::American => BRITISH.lines().collect(),
            English::British => AMERICAN.lines().collect(),
        };
        let common = unpacked(COMMON)?.lines().map(Box::from).collect();
        Some(Self { dictionary: Dictionary::of(RULES, &stems).ok()?, wrong, common })
    }

    pub(super) fn can_judge(&self, word: &str) -> bool {
        self.dictionary.can_judge(word)
    }

    /// Whether it has the word, or what the word is made of.
    pub(super) fn has(&self, word: &str) -> bool {
        let made = || {
            let small = word.to_lowercase();
            BEGINNINGS.iter().any(|beginning| {
                let rest = small.strip_prefix(beginning).unwrap_or_default();
                rest.chars().count() >= LEAST && self.is_right(rest)
            })
        };
        self.is_right(word) || (!self.wrong.contains(word.to_lowercase().as_str()) && made())
    }

    fn is_right(&self, word: &str) -> bool {
        self.dictionary.has(word) && !self.wrong.contains(word.to_lowercase().as_str())
    }

    /// Whether the word is a common one.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.common.contains(word.to_lowercase().as_str())
    }

    pub(super) fn suggest(&self, word: &str) -> Vec<String> {
        let mut found = self.dictionary.suggest(word);
        found.retain(|word| !self.wrong.contains(word.to_lowercase().as_str()));
        found
    }
}

fn unpacked(packed: &[u8]) -> Option<String> {
    let mut text = String::new();
    ZlibDecoder::new(packed).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Whether what stands before a hyphen is a beginning and no word: `pre-trained`, `co-authored`.
pub(super) fn is_beginning(part: &str) -> bool {
    const MORE: [&str; 28] = [
        "bi", "co", "de", "di", "eco", "ex", "fore", "hydro", "infra", "mid", "mini", "mono",
        "omni", "pan", "para", "peri", "proto", "quasi", "socio", "techno", "tri", "un", "uni",
        "vice", "well", "cross", "homo", "hetero",
    ];
    let small = part.to_lowercase();
    BEGINNINGS.iter().chain(&MORE).any(|beginning| *beginning == small)
}

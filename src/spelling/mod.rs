//! Spelling: which words of a profile are in none of the dictionaries, and what they may have been
//! meant to be.

pub mod dictionary;
mod english;
mod own;
mod speller;
mod words;

pub use dictionary::Dictionary;
pub use own::Own;
pub use speller::{Language, Speller};
pub use words::{Word, carried, words};

use crate::at::At;
use serde::{Deserialize, Serialize};

/// Which English is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum English {
    /// As in America and as in Britain, even in one text.
    #[default]
    Any,
    /// As in America.
    American,
    /// As in Britain; words in -ise and -ize are one.
    British,
}

/// The words of one text that no dictionary has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misspelt {
    /// Where the text stands.
    pub at: At,
    /// The text itself, with markup, as it was when it was looked at.
    pub source: String,
    /// The words, in order.
    pub words: Vec<Word>,
}

//! What an entry remembers of where it came from: `key title:5f3a09c1 venue:…`.

use crate::{compare::field_said, section::Record};
use std::fmt;

/// A key of the source and a hash of each field as the source had it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp<'a> {
    pub(super) key: &'a str,
    fields: Vec<(&'a str, u32)>,
}

impl<'a> Stamp<'a> {
    /// Reads a stamp; what is damaged is passed over.
    pub(super) fn parse(text: &'a str) -> Self {
        let mut words = text.split_whitespace();
        let key = words.next().unwrap_or_default();
        let field = |word: &'a str| {
            let (name, hash) = word.split_once(':')?;
            Some((name, u32::from_str_radix(hash, 16).ok()?))
        };
        Self { key, fields: words.filter_map(field).collect() }
    }

    /// The stamp of an entry as the source has it, whose `imported` is its key.
    pub(super) fn of<R: Record>(entry: &'a R) -> Self {
        let key = Self::parse(entry.imported()).key;
        let said = R::FIELDS.iter().map(|field| (field.name, field_said(field, entry)));
        let fields = said.filter(|(_, text)| !text.is_empty());
        Self { key, fields: fields.map(|(name, text)| (name, hash(&text))).collect() }
    }

    /// Whether the source has said anything of this field.
    pub(super) fn knows(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, _)| *name == field)
    }

    /// Whether the source has said just this of the field.
    pub(super) fn is(&self, field: &str, text: &str) -> bool {
        self.fields.contains(&(field, hash(text)))
    }
}

impl fmt::Display for Stamp<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)?;
        self.fields.iter().try_for_each(|(name, hash)| write!(f, " {name}:{hash:08x}"))
    }
}

/// FNV-1a in 32 bits: short, and the same on every machine and in every version.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

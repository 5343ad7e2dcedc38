//! The profile: everything a person keeps about their work, in one value.

use crate::{
    at::At,
    field::{Kind, Text, labelled_texts, texts},
    look::Look,
    person::Person,
    section::Section,
    value::entry::{Labelled, Show},
    variant::Variant,
};
use serde::{Deserialize, Serialize};

/// The newest format that this program reads and writes.
pub const FORMAT: u32 = 1;

/// All that one file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Version of the file format.
    pub format: u32,
    /// Name and contacts.
    pub person: Person,
    /// The sections in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// What marks at authors mean: "†: equal contribution".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Labelled>,
    /// Short forms of venues that are not among the built-in ones, or other ones: "JIR: Journal of
    /// Invented Results".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub venues: Vec<Labelled>,
    /// Cuts for different readers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// How it looks.
    #[serde(skip_serializing_if = "crate::field::is_default")]
    pub look: Look,
    /// What imports have brought, by the key in the source and the title, or by title and date
    /// where the source has no keys: "zhang2024: A Paper". An entry that is named here and nowhere
    /// else was deleted, and does not come back by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub imported: Vec<String>,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            format: FORMAT,
            person: Person::default(),
            sections: vec![],
            marks: vec![],
            venues: vec![],
            variants: vec![],
            look: Look::default(),
            imported: vec![],
        }
    }
}

impl Profile {
    /// The variant of that name.
    #[must_use]
    pub fn variant(&self, name: &str) -> Option<&Variant> {
        self.variants.iter().find(|v| v.name == name)
    }

    /// The indices of the sections that are printed in `variant`, in the order of printing: first
    /// those whose kind or heading `order` names, as it names them.
    #[must_use]
    pub fn printed(&self, variant: Option<&str>, order: &[String]) -> Vec<usize> {
        let section = |i: &usize| self.sections.get(*i);
        let mut rest: Vec<usize> = (0..self.sections.len()).collect();
        rest.retain(|i| section(i).is_some_and(|s| s.show().is_on(variant)));
        let mut printed = vec![];
        for wanted in order {
            let fits = |i: &usize| {
                section(i).is_some_and(|s| s.title() == wanted || s.kind().name() == wanted)
            };
            printed.extend(rest.iter().copied().filter(fits));
            rest.retain(|i| !fits(i));
        }
        printed.extend(rest);
        printed
    }

    /// Calls `see` with every text of the profile, in the order of the file. A text is `shown` when
    /// it may be printed in `variant`.
    pub fn texts<'a>(&'a self, variant: Option<&str>, see: &mut dyn FnMut(Text<'a>)) {
        let root = At::root();
        texts(&self.person, &root.field("person"), variant, see);
        for (i, section) in self.sections.iter().enumerate() {
            section.texts(&root.field("sections").index(i), variant, see);
        }
        for (name, label, lines) in
            [("marks", "Marks", &self.marks), ("venues", "Venues", &self.venues)]
        {
            labelled_texts(lines, label, &root.field(name), variant, see);
        }
        for (i, v) in self.variants.iter().enumerate() {
            let at = root.field("variants").index(i);
            let shown = variant == Some(v.name.as_str());
            for (name, label, text) in
                [("headline", "Headline", &v.headline), ("summary", "Summary", &v.summary)]
            {
                if !text.is_empty() {
                    see(Text { at: at.field(name), label, kind: Kind::Rich, text, shown });
                }
            }
        }
    }

    /// Calls `see` with every switch of the profile: whether a section, an entry or a part of one
    /// is printed.
    pub fn switches<'a>(&'a self, see: &mut dyn FnMut(At, &'a Show)) {
        crate::section::switches(&self.sections, &At::root().field("sections"), see);
        for (i, fact) in self.person.facts.iter().enumerate() {
            see(At::root().field("person").field("facts").index(i), &fact.show);
        }
    }
}

//! A spoken language and how well.

use crate::{
    block::{Block, Label, Note, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A language.
    Language, "language" {
        /// The language.
        language: Line = "Language", "Polish", required, short;
        /// How well.
        level: Line = "Level", "Native; C1; TOEFL 112", short;
    }
}

impl Record for Language {
    common!();

    fn title(&self) -> &str {
        &self.language
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let own = view.piece("language", &self.language);
        vec![Block::Tag(Note {
            label: Some(Label::Own(own)),
            text: view.piece("level", &self.level),
        })]
    }
}

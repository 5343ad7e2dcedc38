//! A group of skills: a label and a list.

use crate::{
    block::{Block, Label, Note, Piece, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A group of skills.
    Skill, "group of skills" {
        /// What they have in common.
        label: Line = "Group", "Languages", short;
        /// The skills.
        items: Prose = "Skills", "Rust, C++, Python", required;
    }
}

impl Record for Skill {
    common!();

    fn title(&self) -> &str {
        if self.label.is_empty() { &self.items } else { &self.label }
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let own: Piece<'a> = view.piece("label", &self.label);
        let label = (!own.is_empty()).then_some(Label::Own(own));
        vec![Block::Fact(Note { label, text: view.piece("items", &self.items) })]
    }
}

//! Free text under a heading of its own.

use crate::{
    block::{Block, View},
    field::record,
    section::{Record, common},
};

record! {
    /// Free text.
    Paragraph, "text" {
        /// The text; a blank line starts a paragraph.
        text: Prose = "Text", "Anything that fits nowhere else", required;
        /// Highlights.
        bullets: Bullets = "Bullets", "";
    }
}

impl Record for Paragraph {
    common!();

    fn title(&self) -> &str {
        &self.text
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out: Vec<_> =
            view.bare("text", &self.text).map(|n| Block::Prose(n.text)).into_iter().collect();
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

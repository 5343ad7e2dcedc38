//! An item of a free list: a line with a date at the right.

use crate::{
    block::{Block, View},
    field::record,
    section::{Record, common},
};

record! {
    /// An item of a free list.
    Item, "item" {
        /// Its text.
        text: Line = "Text", "Chair of the student chapter", required;
        /// When.
        date: Date = "Date", "2023";
        /// Bullets.
        bullets: Bullets = "Bullets", "";
    }
}

impl Record for Item {
    common!();

    fn title(&self) -> &str {
        &self.text
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Item {
            text: view.piece("text", &self.text),
            date: view.piece("date", &self.date),
        }];
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

//! A grant or other funding.

use crate::{
    block::{Block, Head, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A grant.
    Grant, "grant" {
        /// What it is for.
        title: Line = "Title", "Efficient inference on small devices", required;
        /// Who pays.
        funder: Line = "Funder", "Example Science Fund";
        /// How much.
        amount: Line = "Amount", "€20,000", short, seldom;
        /// What one is in it.
        role: Line = "Role", "Principal investigator";
        /// When.
        date: Date = "Dates", "2024 – 2026";
        /// Its page.
        url: Link = "Link", "https://example.org/grant", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "";
    }
}

impl Record for Grant {
    common!();

    fn title(&self) -> &str {
        &self.title
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let notes = [view.bare("role", &self.role), view.bare("amount", &self.amount)];
        let mut out = vec![Block::Head(Head {
            title: view.piece("title", &self.title),
            url: view.piece("url", &self.url),
            subtitle: view.piece("funder", &self.funder),
            notes: notes.into_iter().flatten().collect(),
            date: view.piece("date", &self.date),
            ..Head::default()
        })];
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

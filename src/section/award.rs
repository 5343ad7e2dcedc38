//! A prize, a scholarship, a place in a contest.

use crate::{
    block::{Block, View},
    field::record,
    section::{Record, common},
};

record! {
    /// An award.
    Award, "award" {
        /// Its name.
        name: Line = "Award", "First prize, Example Programming Contest", required;
        /// Who gave it, or what it was for.
        issuer: Line = "Issuer or reason", "Example Foundation";
        /// When.
        date: Date = "Date", "2024";
        /// Its page.
        url: Link = "Link", "https://example.org/prize", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "What it was given for";
    }
}

impl Record for Award {
    common!();

    fn title(&self) -> &str {
        &self.name
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Row {
            label: view.piece("name", &self.name),
            url: view.piece("url", &self.url),
            text: view.piece("issuer", &self.issuer),
            date: view.piece("date", &self.date),
        }];
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

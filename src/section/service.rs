//! Service: reviewing, organising, mentoring.

use crate::{
    block::{Block, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A service.
    Service, "service" {
        /// What one did.
        role: Line = "Role", "Reviewer", required;
        /// For whom.
        organization: Line = "For", "NeurIPS, ICLR";
        /// When.
        date: Date = "Dates", "2023 – present";
        /// Its page.
        url: Link = "Link", "https://example.org", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "";
    }
}

impl Record for Service {
    common!();

    fn title(&self) -> &str {
        &self.role
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Row {
            label: view.piece("role", &self.role),
            url: view.piece("url", &self.url),
            text: view.piece("organization", &self.organization),
            date: view.piece("date", &self.date),
        }];
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

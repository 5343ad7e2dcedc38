//! A certificate, a licence, a test score.

use crate::{
    block::{Block, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A certificate.
    Certificate, "certificate" {
        /// Its name.
        name: Line = "Certificate", "Example Cloud Architect", required;
        /// Who gave it, or the score.
        issuer: Line = "Issuer or score", "Example Institute";
        /// When.
        date: Date = "Date", "2024";
        /// Its page.
        url: Link = "Link", "https://example.org/certificate", seldom;
    }
}

impl Record for Certificate {
    common!();

    fn title(&self) -> &str {
        &self.name
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        vec![Block::Row {
            label: view.piece("name", &self.name),
            url: view.piece("url", &self.url),
            text: view.piece("issuer", &self.issuer),
            date: view.piece("date", &self.date),
        }]
    }
}

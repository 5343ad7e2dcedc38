//! A patent, or an application for one.

use crate::{
    block::{Block, Piece, Reference, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A patent or an application for one.
    Patent, "patent" {
        /// Its title.
        title: Line = "Title", "Method for drying paper without heat", required;
        /// Inventors in order.
        inventors: People = "Inventors", "A. Nowak, Wei Zhang and C. Example";
        /// Its number, or that of the application.
        number: Line = "Number", "EP 1 234 567 B1", short;
        /// Who granted it, or for which country.
        office: Line = "Office or country", "European Patent Office", short;
        /// Granted, pending, expired; or any other text.
        status: Line = "Status", "pending", short;
        /// When it was granted, or else filed.
        date: Date = "Date", "May 2024";
        /// Its page.
        url: Link = "Page", "https://example.org/patent";
        /// The document, figures, …
        links: Links = "More links", "[PDF](https://example.org/patent.pdf)", seldom;
        /// Other lines with a label.
        lines: Labelled = "Lines", "Assignee: Example Works", seldom;
        /// What it protects, and what came of it.
        bullets: Bullets = "Highlights", "What it is used for";
    }
}

impl Record for Patent {
    common!();

    fn title(&self) -> &str {
        &self.title
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let more = self.links.iter().enumerate();
        let more = more.map(|(i, text)| ("", Piece { text, at: view.at.field("links").index(i) }));
        let links = [("web", view.piece("url", &self.url))].into_iter().chain(more);
        // It is set as a publication is: the office stands where a journal would.
        let mut out = vec![Block::Reference(Box::new(Reference {
            title: view.piece("title", &self.title),
            authors: (&self.inventors, view.at.field("inventors")),
            venue: view.piece("office", &self.office),
            tag: Piece { text: "", at: view.at.field("office") },
            details: view.piece("number", &self.number),
            status: view.piece("status", &self.status),
            note: Piece { text: "", at: view.at.clone() },
            date: view.piece("date", &self.date),
            links: links.filter(|(_, piece)| !piece.is_empty()).collect(),
        }))];
        view.lines("lines", &self.lines, &mut out);
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

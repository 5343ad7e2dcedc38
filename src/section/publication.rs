//! A paper, preprint, book chapter or thesis.

use crate::{
    block::{Block, Piece, Reference, View},
    field::record,
    section::{Record, common},
    value::work::Work,
};

record! {
    /// A publication.
    Publication, "publication" {
        /// Title.
        title: Line = "Title", "A paper with a short title", required;
        /// Authors in order, with marks: "Wei Zhang†".
        authors: People = "Authors", "A. Nowak†, Wei Zhang† and C. Example*", required;
        /// Journal or conference in full.
        venue: Line = "Venue", "Advances in Neural Information Processing Systems";
        /// Short form of the venue, set at the right.
        tag: Line = "Short venue", "NeurIPS'25", short, seldom;
        /// Volume, number, pages.
        details: Line = "Details", "vol. 12, pp. 1–14", short, seldom;
        /// When.
        date: Date = "Date", "2025";
        /// Published, accepted, under review, preprint, in preparation; or any other text.
        status: Line = "Status", "under review", short;
        /// Journal article, conference paper, book …, where venue and status do not say it; or any
        /// other text.
        kind: Line = "Kind", "Book chapter; for lists that are grouped by kind", short;
        /// Oral, best paper, …
        note: Line = "Note", "Oral, top 2 %", short, seldom;
        /// DOI.
        doi: Link = "DOI", "10.5555/example", seldom;
        /// arXiv id.
        arxiv: Link = "arXiv", "2401.01234", seldom;
        /// Code.
        code: Link = "Code", "https://example.org/code", seldom;
        /// The paper itself.
        pdf: Link = "PDF", "https://example.org/paper.pdf", seldom;
        /// Its page.
        url: Link = "Page", "https://example.org/paper", seldom;
        /// Slides, video, data, …
        links: Links = "More links", "[Slides](https://example.org/slides.pdf)";
        /// What it showed.
        bullets: Bullets = "Highlights", "What it showed";
    }
}

impl Publication {
    /// What kind of publication it is: as typed, or else as venue, details and status say. A text
    /// of the author's own is [`Work::Other`].
    #[must_use]
    pub fn work(&self) -> Work {
        match self.kind.trim() {
            "" => Work::guessed(&self.venue, &self.details, &self.status),
            kind => Work::named(kind).unwrap_or(Work::Other),
        }
    }
}

impl Record for Publication {
    common!();

    fn title(&self) -> &str {
        &self.title
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let links = [
            ("doi", "doi", &self.doi),
            ("arxiv", "arxiv", &self.arxiv),
            ("pdf", "pdf", &self.pdf),
            ("code", "code", &self.code),
            ("web", "url", &self.url),
        ];
        let mut out = vec![Block::Reference(Box::new(Reference {
            title: view.piece("title", &self.title),
            authors: (&self.authors, view.at.field("authors")),
            venue: view.piece("venue", &self.venue),
            tag: view.piece("tag", &self.tag),
            details: view.piece("details", &self.details),
            status: view.piece("status", &self.status),
            note: view.piece("note", &self.note),
            date: view.piece("date", &self.date),
            links: links
                .into_iter()
                .map(|(word, name, text)| (word, view.piece(name, text)))
                .chain(
                    self.links
                        .iter()
                        .enumerate()
                        .map(|(i, text)| ("", Piece { text, at: view.at.field("links").index(i) })),
                )
                .filter(|(_, piece)| !piece.is_empty())
                .collect(),
        }))];
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

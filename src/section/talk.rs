//! A talk, a poster, a panel.

use crate::{
    block::{Block, Head, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A talk.
    Talk, "talk" {
        /// Title.
        title: Line = "Title", "What attention forgets", required;
        /// Where it was given.
        event: Line = "Event", "Example Workshop on Systems";
        /// Invited talk, poster, …
        kind: Line = "Kind", "Invited talk", short;
        /// Where.
        place: Line = "Place", "Vienna, Austria", short;
        /// When.
        date: Date = "Date", "May 2024";
        /// Slides or video.
        url: Link = "Link", "https://example.org/talk", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "";
    }
}

impl Record for Talk {
    common!();

    fn title(&self) -> &str {
        &self.title
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Head(Head {
            title: view.piece("title", &self.title),
            url: view.piece("url", &self.url),
            subtitle: view.piece("event", &self.event),
            runs_in: false,
            notes: view.bare("kind", &self.kind).into_iter().collect(),
            place: view.piece("place", &self.place),
            date: view.piece("date", &self.date),
        })];
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

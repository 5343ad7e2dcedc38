//! A part of an entry with a heading of its own: a second role under one employer, "Results:", a
//! semester abroad.

use crate::{
    block::{Block, Head, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A part of an entry.
    Part, "part" {
        /// Its heading.
        title: Line = "Heading", "Senior engineer", required;
        /// When.
        date: Date = "Date", "Oct 2024 – present";
        /// Where.
        place: Line = "Place", "Warsaw, Poland", short;
        /// Lines with a label.
        lines: Labelled = "Lines", "Advisor: Prof. Example", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "What was done and what came of it";
    }
}

impl Record for Part {
    common!();

    fn title(&self) -> &str {
        &self.title
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Part(Head {
            title: view.piece("title", &self.title),
            date: view.piece("date", &self.date),
            place: view.piece("place", &self.place),
            ..Head::default()
        })];
        view.lines("lines", &self.lines, &mut out);
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

/// Appends the blocks of the parts that are on; the view is that of the entry, whose field is
/// `parts`.
pub(super) fn push_parts<'a>(parts: &'a [Part], view: &View<'_>, out: &mut Vec<Block<'a>>) {
    for (i, part) in parts.iter().enumerate().filter(|(_, p)| p.show.is_on(view.variant)) {
        out.extend(part.blocks(&view.inner("parts", i)));
    }
}

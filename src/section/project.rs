//! A project: software, hardware, a course project.

use crate::{
    block::{Block, Head, View},
    field::record,
    section::{Record, common, part::push_parts},
};

record! {
    /// A project.
    Project, "project" {
        /// Its name.
        name: Line = "Name", "tinygrad-on-a-stick", required;
        /// What one was in it, or what it is in a few words.
        role: Line = "Role or kind", "Course project, team of 3";
        /// When.
        date: Date = "Dates", "Fall 2023";
        /// Where.
        place: Line = "Place", "", short;
        /// Its page.
        url: Link = "Link", "https://example.org/project", seldom;
        /// What it is made with.
        tools: Line = "Tools", "Rust, CUDA", seldom;
        /// What it is about, in a sentence.
        summary: Prose = "Summary", "One sentence on the project", seldom;
        /// Other lines with a label.
        lines: Labelled = "Lines", "Advisor: Prof. Ada Example", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "What was done and what came of it";
        /// Parts with a heading of their own.
        parts: Parts = "Parts", "Results", seldom;
    }
}

impl Record for Project {
    common!();

    fn title(&self) -> &str {
        &self.name
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Head(Head {
            title: view.piece("name", &self.name),
            url: view.piece("url", &self.url),
            subtitle: view.piece("role", &self.role),
            runs_in: true,
            notes: view.bare("tools", &self.tools).into_iter().collect(),
            place: view.piece("place", &self.place),
            date: view.piece("date", &self.date),
        })];
        out.extend(view.bare("summary", &self.summary).map(|n| Block::Prose(n.text)));
        view.lines("lines", &self.lines, &mut out);
        view.bullets("bullets", &self.bullets, &mut out);
        push_parts(&self.parts, view, &mut out);
        out
    }
}

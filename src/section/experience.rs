//! Work: a lab, a company, an internship; several roles under one employer are parts.

use crate::{
    block::{Block, Head, View},
    field::record,
    section::{Record, common, part::push_parts},
};

record! {
    /// A position.
    Experience, "position" {
        /// Lab, company.
        organization: Line = "Organisation", "Example Lab, Example University", required;
        /// What one is there.
        role: Line = "Role", "Research intern";
        /// Where.
        place: Line = "Place", "Zürich, Switzerland", short;
        /// When.
        date: Date = "Dates", "Sept. – Dec. 2023";
        /// Who advises.
        advisor: Line = "Advisor", "Prof. Ada Example", seldom;
        /// The organisation's page.
        url: Link = "Link", "https://example.org", seldom;
        /// What it is about, in a sentence.
        summary: Prose = "Summary", "One sentence on the work", seldom;
        /// Other lines with a label.
        lines: Labelled = "Lines", "Research: long-context models", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "What was done and what came of it";
        /// Further roles, or parts with a heading of their own.
        parts: Parts = "Roles and parts", "Senior engineer, 2024 – present", seldom;
    }
}

impl Record for Experience {
    common!();

    fn title(&self) -> &str {
        &self.organization
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Head(Head {
            title: view.piece("organization", &self.organization),
            url: view.piece("url", &self.url),
            subtitle: view.piece("role", &self.role),
            place: view.piece("place", &self.place),
            date: view.piece("date", &self.date),
            ..Head::default()
        })];
        out.extend(view.note("advisor", "advisor", &self.advisor).map(Block::Line));
        out.extend(view.bare("summary", &self.summary).map(|n| Block::Prose(n.text)));
        view.lines("lines", &self.lines, &mut out);
        view.bullets("bullets", &self.bullets, &mut out);
        push_parts(&self.parts, view, &mut out);
        out
    }
}

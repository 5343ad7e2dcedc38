//! A degree, a school, a term abroad.

use crate::{
    block::{Block, Head, View},
    field::record,
    section::{Record, common, part::push_parts},
};

record! {
    /// A degree or a stay at a school.
    Education, "degree" {
        /// The school.
        institution: Line = "Institution", "Example University", required;
        /// What is studied, and for which degree.
        degree: Line = "Degree", "Ph.D. in Computer Science";
        /// Where.
        place: Line = "Place", "Gdańsk, Poland", short;
        /// When.
        date: Date = "Dates", "Sept. 2022 – June 2026 (expected)";
        /// Grade, as it is given: people write many kinds.
        grade: Line = "Grade", "3.92/4.00", short;
        /// Place among the students of the year.
        rank: Line = "Rank", "3/120", short, seldom;
        /// Who advises.
        advisor: Line = "Advisor", "Prof. Ada Example", seldom;
        /// Title of the thesis.
        thesis: Line = "Thesis", "Sparse attention for long documents", seldom;
        /// Courses worth naming.
        courses: Prose = "Coursework", "Convex optimisation, Compilers, Statistics", seldom;
        /// The school's page.
        url: Link = "Link", "https://example.edu", seldom;
        /// Other lines with a label.
        lines: Labelled = "Lines", "Scholarship: full tuition", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "What stands out";
        /// Parts with a heading of their own.
        parts: Parts = "Parts", "Exchange term at …", seldom;
    }
}

impl Record for Education {
    common!();

    fn title(&self) -> &str {
        &self.institution
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Head(Head {
            title: view.piece("institution", &self.institution),
            url: view.piece("url", &self.url),
            subtitle: view.piece("degree", &self.degree),
            runs_in: false,
            notes: [view.note("gpa", "grade", &self.grade), view.note("rank", "rank", &self.rank)]
                .into_iter()
                .flatten()
                .collect(),
            place: view.piece("place", &self.place),
            date: view.piece("date", &self.date),
        })];
        out.extend(view.note("advisor", "advisor", &self.advisor).map(Block::Line));
        out.extend(view.note("thesis", "thesis", &self.thesis).map(Block::Line));
        out.extend(view.note("coursework", "courses", &self.courses).map(Block::Line));
        view.lines("lines", &self.lines, &mut out);
        view.bullets("bullets", &self.bullets, &mut out);
        push_parts(&self.parts, view, &mut out);
        out
    }
}

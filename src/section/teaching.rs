//! Teaching: a course and what one was in it.

use crate::{
    block::{Block, Head, View},
    field::record,
    section::{Record, common},
};

record! {
    /// A course taught or assisted.
    Teaching, "course" {
        /// The course.
        course: Line = "Course", "CS 101 Introduction to Programming", required;
        /// What one was in it.
        role: Line = "Role", "Teaching assistant";
        /// The school.
        institution: Line = "Institution", "Example University";
        /// When.
        date: Date = "Dates", "Fall 2023";
        /// Its page.
        url: Link = "Link", "https://example.edu/cs101", seldom;
        /// Highlights.
        bullets: Bullets = "Highlights", "Size of the class, what was new";
    }
}

impl Record for Teaching {
    common!();

    fn title(&self) -> &str {
        &self.course
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let mut out = vec![Block::Head(Head {
            title: view.piece("course", &self.course),
            url: view.piece("url", &self.url),
            subtitle: view.piece("role", &self.role),
            place: view.piece("institution", &self.institution),
            date: view.piece("date", &self.date),
            ..Head::default()
        })];
        view.bullets("bullets", &self.bullets, &mut out);
        out
    }
}

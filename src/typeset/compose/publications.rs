//! Lists of publications: which of them are printed, and in which groups.

use super::{Composer, entry::Run, reference::year};
use crate::{
    at::At,
    look::Grouping,
    section::{Entries, Publication},
    typeset::{
        page::Tag,
        spans::{Face, Spans},
        words,
    },
    value::work::Work,
};
use std::cmp::Reverse;

/// The group of a publication: where it stands among the others, and its heading.
type Group = (Reverse<u16>, usize, String);

impl Composer<'_> {
    /// Writes the publications of the section at `at`, group by group.
    pub(super) fn publications(&mut self, at: &At, list: &Entries<Publication>) {
        let at = at.field("entries");
        let mut shown: Vec<(Group, usize, &Publication)> = self
            .shown(&at, list)
            .into_iter()
            .filter(|(_, paper)| self.style.prints(paper.weight))
            .map(|(i, paper)| (self.group(paper), i, paper))
            .collect();
        // Within a group they stay as they stand in the profile.
        shown.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        let mut run = Run::new(shown.len());
        let mut last = None;
        for (group, i, paper) in &shown {
            let at = at.index(*i);
            if last.replace(group) != Some(group) {
                self.subheading(&group.2, &at.field("kind"), &mut run);
            }
            self.one(&at, *paper, &mut run);
        }
        self.finish(run);
    }

    /// The group that the look puts a publication into.
    fn group(&self, paper: &Publication) -> Group {
        match self.style.grouping {
            Grouping::Off => (Reverse(0), 0, String::new()),
            Grouping::Kind => {
                let work = paper.work();
                let place = Work::ALL.iter().position(|w| *w == work).unwrap_or_default();
                let own = paper.kind.trim();
                let words = match work {
                    Work::Other if !own.is_empty() => own,
                    work => words::works(self.locale, work),
                };
                (Reverse(0), place, words.to_owned())
            }
            // What has no year yet is newest, and stands first without a heading.
            Grouping::Year => match year(&paper.date) {
                Some(year) => (Reverse(year), 0, year.to_string()),
                None => (Reverse(u16::MAX), 0, String::new()),
            },
        }
    }

    /// The heading of a group, at the place of what it says; nothing for an empty one.
    fn subheading(&mut self, words: &str, at: &At, run: &mut Run) {
        if words.is_empty() {
            return;
        }
        run.list = None;
        let mut spans = Spans::default();
        self.push_plain(&mut spans, words, at, Face { bold: true, ..Face::default() });
        let element = self.draft.element(Tag::Paragraph, self.parent);
        let mut para = self.para(spans, element);
        para.before = self.style.entry_gap as f32;
        para.indent = self.column();
        para.keep = true;
        self.draft.paras.push(para);
    }
}

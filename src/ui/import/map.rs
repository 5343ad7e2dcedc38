//! From words of a document to what was made of them, and back.

use crate::{
    app::import::Draft,
    at::{At, Step},
    finding::Code,
    interchange::{
        Fate,
        outline::{Line, Outline},
    },
    section::SectionKind,
};
use std::ops::Range;

/// What became of the words of a document.
pub(super) struct Map<'d> {
    pub(super) draft: &'d Draft,
    /// The sections and entries that were made by a guess.
    guessed: Vec<&'d At>,
}

/// How many words have a place, have one by a guess, and have none.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) placed: usize,
    pub(super) guessed: usize,
    pub(super) left: usize,
}

impl<'d> Map<'d> {
    pub(super) fn new(draft: &'d Draft) -> Self {
        let findings = draft.recognised.import.report.findings.iter();
        let guessed = findings.filter(|f| f.code == Code::ImportGuessed).map(|f| &f.at);
        Self { draft, guessed: guessed.filter(|at| !at.steps().is_empty()).collect() }
    }

    fn outline(&self) -> &'d Outline {
        &self.draft.outline
    }

    /// How many lines the text has; those at the edges of the pages come after them.
    pub(super) fn text_lines(&self) -> usize {
        self.outline().lines.len()
    }

    /// How many lines there are, those at the edges of the pages last.
    pub(super) fn lines(&self) -> usize {
        self.text_lines() + self.outline().furniture.len()
    }

    pub(super) fn line(&self, index: usize) -> Option<&'d Line> {
        let Outline { lines, furniture, .. } = self.outline();
        lines.get(index).or_else(|| furniture.get(index.checked_sub(lines.len())?))
    }

    /// The words of a line.
    pub(super) fn words(&self, index: usize) -> Range<u32> {
        let mut runs = self.line(index).into_iter().flat_map(Line::runs);
        let Some(first) = runs.next() else {
            return 0..0;
        };
        first.words.start..runs.last().unwrap_or(first).words.end
    }

    /// The line that a word stands on.
    pub(super) fn line_of(&self, word: u32) -> Option<usize> {
        let (mut low, mut high) = (0, self.lines());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.words(middle).end <= word { low = middle + 1 } else { high = middle }
        }
        self.words(low).contains(&word).then_some(low)
    }

    pub(super) fn fate(&self, word: u32) -> &'d Fate {
        self.draft.recognised.fates.get(word as usize).unwrap_or(&Fate::Mark)
    }

    /// The place of the first of these words that has one.
    pub(super) fn place(&self, words: Range<u32>) -> Option<&'d At> {
        words.into_iter().find_map(|word| match self.fate(word) {
            Fate::Placed(at) => Some(at),
            Fate::Left | Fate::Mark => None,
        })
    }

    pub(super) fn is_guessed(&self, at: &At) -> bool {
        self.guessed.iter().any(|guess| at.is_within(guess))
    }

    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for fate in &self.draft.recognised.fates {
            match fate {
                Fate::Left => counts.left += 1,
                Fate::Placed(at) if self.is_guessed(at) => counts.guessed += 1,
                Fate::Placed(_) => counts.placed += 1,
                Fate::Mark => {}
            }
        }
        counts
    }

    /// The words without a place: those that stand beside each other together, line by line.
    pub(super) fn left(&self) -> Vec<Range<u32>> {
        let mut left: Vec<Range<u32>> = vec![];
        let ends = |word: u32| self.line_of(word) != self.line_of(word.saturating_sub(1));
        for (word, fate) in (0..).zip(&self.draft.recognised.fates) {
            if *fate != Fate::Left {
                continue;
            }
            match left.last_mut() {
                Some(last) if last.end == word && !ends(word) => last.end = word + 1,
                _ => left.push(word..word + 1),
            }
        }
        left
    }

    /// These words as text.
    pub(super) fn text(&self, words: &Range<u32>) -> String {
        let line = self.line_of(words.start).and_then(|index| self.line(index));
        let all = line
            .into_iter()
            .flat_map(Line::runs)
            .flat_map(|run| run.words.clone().zip(run.text.split_whitespace()));
        let own: Vec<&str> =
            all.filter(|(word, _)| words.contains(word)).map(|(_, text)| text).collect();
        own.join(" ")
    }

    /// The first word that stands at a place or inside of it.
    pub(super) fn first_word(&self, at: &At) -> Option<u32> {
        let fates = (0..).zip(&self.draft.recognised.fates);
        let mut inside = fates.filter_map(|(word, fate)| match fate {
            Fate::Placed(place) if place.is_within(at) => Some(word),
            _ => None,
        });
        inside.next()
    }

    /// The line of the heading of the section that a place lies in.
    pub(super) fn heading(&self, at: &At) -> Option<usize> {
        let section = section_of(at)?;
        let fates = (0..).zip(&self.draft.recognised.fates);
        let mut own = fates.filter(
            |(_, fate)| matches!(fate, Fate::Placed(at) if is_section(at) && at.is_within(&section)),
        );
        own.next().and_then(|(word, _)| self.line_of(word))
    }

    pub(super) fn kind(&self, at: &At) -> Option<SectionKind> {
        match at.steps() {
            [Step::Field("sections"), Step::Index(index), ..] => {
                let sections = &self.draft.recognised.import.profile.sections;
                sections.get(*index).map(crate::section::Section::kind)
            }
            _ => None,
        }
    }
}

/// The entry that a place lies in, or the person.
pub(super) fn entry_of(at: &At) -> Option<At> {
    match at.steps() {
        [Step::Field("sections"), s, Step::Field("entries"), e, ..] => match (s, e) {
            (Step::Index(s), Step::Index(e)) => {
                Some(At::root().field("sections").index(*s).field("entries").index(*e))
            }
            _ => None,
        },
        [Step::Field("person"), ..] => Some(At::root().field("person")),
        _ => None,
    }
}

fn section_of(at: &At) -> Option<At> {
    match at.steps() {
        [Step::Field("sections"), Step::Index(index), ..] => {
            Some(At::root().field("sections").index(*index))
        }
        _ => None,
    }
}

/// Whether a place is a section as a whole, or its title, as of a heading.
pub(super) fn is_section(at: &At) -> bool {
    matches!(
        at.steps(),
        [Step::Field("sections"), Step::Index(_)]
            | [Step::Field("sections"), Step::Index(_), Step::Field("title")]
    )
}

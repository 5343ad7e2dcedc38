//! Kinds of publications: what a list of them is grouped by, and what the formats of libraries call
//! them.

use super::venue::{self, Venue};

/// A kind of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Work {
    /// In a journal.
    Article,
    /// At a conference.
    Conference,
    /// At a workshop.
    Workshop,
    /// A chapter of a book.
    Chapter,
    /// A whole book.
    Book,
    /// Public, not reviewed.
    Preprint,
    /// For a degree.
    Thesis,
    /// Of an institution.
    Report,
    /// A patent.
    Patent,
    /// A program.
    Software,
    /// Data.
    Dataset,
    /// Anything else.
    Other,
}

impl Work {
    /// All, in the order of a list that is grouped by them.
    pub const ALL: [Self; 12] = [
        Self::Article,
        Self::Conference,
        Self::Workshop,
        Self::Chapter,
        Self::Book,
        Self::Preprint,
        Self::Thesis,
        Self::Report,
        Self::Patent,
        Self::Software,
        Self::Dataset,
        Self::Other,
    ];

    /// The word for it in a profile; none for [`Self::Other`].
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "Journal article",
            Self::Conference => "Conference paper",
            Self::Workshop => "Workshop paper",
            Self::Chapter => "Book chapter",
            Self::Book => "Book",
            Self::Preprint => "Preprint",
            Self::Thesis => "Thesis",
            Self::Report => "Technical report",
            Self::Patent => "Patent",
            Self::Software => "Software",
            Self::Dataset => "Dataset",
            Self::Other => "",
        }
    }

    /// The kind that a word in a profile names, as people write it: `PhD thesis`, `journal
    /// articles`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let word = word.strip_suffix('s').unwrap_or(&word);
        if ["thesi", "these", "dissertation"].iter().any(|end| word.ends_with(end)) {
            return Some(Self::Thesis);
        }
        let usual = |kind: &Self| !word.is_empty() && kind.word().to_lowercase() == word;
        Self::ALL.into_iter().find(usual).or(match word {
            "article" | "journal paper" | "journal" => Some(Self::Article),
            "conference" | "proceeding" | "inproceeding" | "conference proceeding" => {
                Some(Self::Conference)
            }
            "workshop" => Some(Self::Workshop),
            "chapter" => Some(Self::Chapter),
            "monograph" | "edited volume" | "edited book" => Some(Self::Book),
            "working paper" | "manuscript" => Some(Self::Preprint),
            "report" | "tech report" => Some(Self::Report),
            "data" | "data set" => Some(Self::Dataset),
            _ => None,
        })
    }

    /// The kind that the rest of a publication speaks for.
    #[must_use]
    pub fn guessed(venue: &str, details: &str, status: &str) -> Self {
        let says = |text: &str, words: &[&str]| {
            let text = text.to_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        let unpublished =
            ["preprint", "under review", "submitted", "in preparation", "unpublished"];
        if says(details, &["thesis", "dissertation"]) || says(venue, &["thesis", "dissertation"]) {
            return Self::Thesis;
        }
        if says(details, &["technical report"]) {
            return Self::Report;
        }
        match venue::kind(venue) {
            Some(Venue::Preprint) => Self::Preprint,
            _ if says(status, &unpublished) => Self::Preprint,
            Some(Venue::Conference) => Self::Conference,
            Some(Venue::Workshop) => Self::Workshop,
            Some(Venue::Journal) => Self::Article,
            None if says(details, &["vol. "]) => Self::Article,
            None => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_kinds() {
        for kind in Work::ALL {
            let expected = Some(kind).filter(|kind| *kind != Work::Other);
            assert_eq!(Work::named(kind.word()), expected);
            assert_eq!(Work::named(&format!("{}s", kind.word())), expected, "{kind:?}");
        }
        for (word, expected) in [
            ("PhD thesis", Some(Work::Thesis)),
            ("Master's theses", Some(Work::Thesis)),
            ("Chapter", Some(Work::Chapter)),
            ("poem", None),
        ] {
            assert_eq!(Work::named(word), expected, "{word}");
        }
    }

    #[test]
    fn guesses() {
        for (venue, details, status, expected) in [
            ("Journal of Invented Results", "", "", Work::Article),
            ("Invented Results", "vol. 3, pp. 1–4", "", Work::Article),
            ("ICML", "", "under review", Work::Preprint),
            ("ICML", "", "", Work::Conference),
            ("ICML Workshop on Things", "", "", Work::Workshop),
            ("arXiv", "", "", Work::Preprint),
            ("University of Gdańsk", "PhD thesis", "", Work::Thesis),
            ("", "", "preprint", Work::Preprint),
            ("", "", "", Work::Other),
        ] {
            assert_eq!(
                Work::guessed(venue, details, status),
                expected,
                "{venue} {details} {status}"
            );
        }
    }
}

//! The words that the page itself says, in its language.

use crate::value::{locale::Locale, work::Work};
use std::sync::LazyLock;

/// The locale of a language, English where there is none.
pub(crate) fn locale(code: &str) -> &'static Locale {
    static BARE: LazyLock<Locale> = LazyLock::new(Locale::default);
    Locale::get(code).or_else(|| Locale::get("en")).unwrap_or(&BARE)
}

/// The word for a key that a section or a block uses; the key itself where there is none.
pub(crate) fn word<'a>(locale: &'a Locale, key: &'a str) -> &'a str {
    let (labels, titles) = (&locale.labels, &locale.titles);
    match key {
        "advisor" => &labels.advisor,
        "gpa" => &labels.gpa,
        "rank" => &labels.rank,
        "coursework" => &labels.coursework,
        "thesis" => &labels.thesis,
        "web" => &labels.web,
        "et_al" => &labels.et_al,
        "education" => &titles.education,
        "experience" => &titles.experience,
        "publications" => &titles.publications,
        "projects" => &titles.projects,
        "awards" => &titles.awards,
        "skills" => &titles.skills,
        "teaching" => &titles.teaching,
        "talks" => &titles.talks,
        "service" => &titles.service,
        "grants" => &titles.grants,
        "languages" => &titles.languages,
        "certificates" => &titles.certificates,
        "references" => &titles.references,
        "summary" => &titles.summary,
        "interests" => &titles.interests,
        other => other,
    }
}

/// A usual status in the language of the page; `None` for any other text.
pub(crate) fn status<'a>(locale: &'a Locale, text: &str) -> Option<&'a str> {
    let words = &locale.statuses;
    let word = match text.trim().to_lowercase().as_str() {
        "published" => &words.published,
        "accepted" => &words.accepted,
        "under review" => &words.under_review,
        "submitted" => &words.submitted,
        "preprint" => &words.preprint,
        "in preparation" => &words.in_preparation,
        _ => return None,
    };
    Some(word)
}

/// The heading over publications of one kind.
pub(crate) fn works(locale: &Locale, work: Work) -> &str {
    let words = &locale.works;
    match work {
        Work::Article => &words.articles,
        Work::Conference => &words.conferences,
        Work::Workshop => &words.workshops,
        Work::Chapter => &words.chapters,
        Work::Book => &words.books,
        Work::Preprint => &words.preprints,
        Work::Thesis => &words.theses,
        Work::Report => &words.reports,
        Work::Patent => &words.patents,
        Work::Software => &words.software,
        Work::Dataset => &words.datasets,
        Work::Other => &words.others,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::Section;

    #[test]
    fn every_kind_of_section_has_a_heading_in_every_language() {
        for code in Locale::codes() {
            for kind in Section::KINDS {
                let section = Section::new(kind).unwrap();
                let heading = word(locale(code), section.word());
                assert!(!heading.is_empty() && heading != section.word(), "{code} {kind}");
            }
        }
    }
}

//! The words that the page itself says, in its language.

use crate::{
    section::SectionKind,
    value::{locale::Locale, work::Work},
};
use std::sync::LazyLock;

/// The locale of a language, English where there is none.
pub(crate) fn locale(code: &str) -> &'static Locale {
    static BARE: LazyLock<Locale> = LazyLock::new(Locale::default);
    Locale::get(code).or_else(|| Locale::get("en")).unwrap_or(&BARE)
}

/// The word for a key that a block uses; the key itself where there is none.
pub(crate) fn word<'a>(locale: &'a Locale, key: &'a str) -> &'a str {
    let labels = &locale.labels;
    match key {
        "advisor" => &labels.advisor,
        "gpa" => &labels.gpa,
        "rank" => &labels.rank,
        "coursework" => &labels.coursework,
        "thesis" => &labels.thesis,
        "web" => &labels.web,
        "et_al" => &labels.et_al,
        other => other,
    }
}

/// The usual heading of a section.
pub(crate) fn usual_title(locale: &Locale, kind: SectionKind) -> &str {
    let titles = &locale.titles;
    match kind {
        SectionKind::Education => &titles.education,
        SectionKind::Experience => &titles.experience,
        SectionKind::Publications => &titles.publications,
        SectionKind::Patents => &titles.patents,
        SectionKind::Projects => &titles.projects,
        SectionKind::Awards => &titles.awards,
        SectionKind::Skills => &titles.skills,
        SectionKind::Teaching => &titles.teaching,
        SectionKind::Talks => &titles.talks,
        SectionKind::Service => &titles.service,
        SectionKind::Grants => &titles.grants,
        SectionKind::Languages => &titles.languages,
        SectionKind::Certificates => &titles.certificates,
        SectionKind::References => &titles.references,
        SectionKind::Text => &titles.summary,
        SectionKind::List => &titles.interests,
    }
}

/// Other words that people type for the labels that are printed before a text, in small letters.
const TYPED_LABELS: &[(&str, &[&str])] = &[
    ("advisor", &["advisor", "advisors", "adviser", "advisers", "supervisor", "supervisors"]),
    ("gpa", &["gpa", "cgpa", "grade", "grades", "grade point average"]),
    ("rank", &["rank", "ranking", "class rank"]),
    (
        "coursework",
        &["coursework", "courses", "course work", "relevant coursework", "relevant courses"],
    ),
    ("thesis", &["thesis", "dissertation"]),
];

/// No label of any language has more characters.
const LONGEST_LABEL: usize = 24;

/// The text without the label that was typed before it, where it is the one that is printed there
/// anyway: `GPA: 3.88` in the field for the GPA is `3.88`. `key` is that of the printed label; the
/// typed one may be of any language, and bold. A label alone, or another one, stays.
pub(crate) fn without_label<'t>(key: &str, text: &'t str) -> &'t str {
    let start = text.trim_start();
    let bare = start.trim_start_matches('*');
    let stars = start.strip_suffix(bare).unwrap_or_default();
    let Some((typed, rest)) = bare.split_once([':', '：']) else {
        return text;
    };
    // `**GPA:** 3.88` and `**GPA**: 3.88`, but not `**GPA: 3.88**`.
    let (typed, rest) = match typed.strip_suffix(stars) {
        Some(typed) => (typed, rest),
        None => match rest.strip_prefix(stars) {
            Some(rest) => (typed, rest),
            None => return text,
        },
    };
    let typed = typed.trim().to_lowercase();
    let known = TYPED_LABELS.iter().filter(|(of, _)| *of == key).flat_map(|(_, words)| *words);
    // The files of all languages are read only for what is short enough to be a label.
    let is_label = known.into_iter().any(|known| *known == typed)
        || typed.chars().count() <= LONGEST_LABEL
            && Locale::codes()
                .filter_map(Locale::get)
                .any(|locale| word(locale, key).to_lowercase() == typed);
    let rest = rest.trim_start();
    if is_label && !rest.is_empty() { rest } else { text }
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
        "granted" => &words.granted,
        "pending" => &words.pending,
        "application" => &words.application,
        "expired" => &words.expired,
        _ => return None,
    };
    Some(word)
}

/// Whether a word is the name of a month in the language of the page, in full or short.
pub(crate) fn is_month(locale: &Locale, word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let dates = &locale.dates;
    let forms = [&dates.long, &dates.short, &dates.dotted];
    let mut names = forms.into_iter().chain(&dates.genitive).flatten();
    word.chars().count() > 1 && names.any(|name| name.trim_end_matches('.') == word)
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

    #[test]
    fn every_kind_of_section_has_a_heading_in_every_language() {
        for code in Locale::codes() {
            for kind in SectionKind::ALL {
                assert!(!usual_title(locale(code), *kind).is_empty(), "{code} {kind}");
            }
        }
    }

    #[test]
    fn a_typed_label_is_not_printed_twice() {
        for (key, typed, expected) in [
            ("gpa", "GPA: 3.88", "3.88"),
            ("gpa", "gpa : 3.88/4.0", "3.88/4.0"),
            ("gpa", "**GPA:** 3.88", "3.88"),
            ("gpa", "**GPA**: 3.88", "3.88"),
            ("gpa", "**GPA: 3.88**", "**GPA: 3.88**"),
            ("gpa", "Note : 1,3", "1,3"),
            ("advisor", "Advisor: Prof. Example", "Prof. Example"),
            ("advisor", "Advisors: A. Nowak, B. Example", "A. Nowak, B. Example"),
            ("advisor", "导师：王教授", "王教授"),
            ("advisor", "Mentor: A. Nowak", "Mentor: A. Nowak"),
            ("rank", "Ranking: 1/120", "1/120"),
            ("coursework", "Courses: Algebra: rings", "Algebra: rings"),
            ("thesis", "Thesis: Rain on Glass", "Rain on Glass"),
            ("thesis", "Rain: a thesis", "Rain: a thesis"),
            ("thesis", "Thesis:", "Thesis:"),
            ("rank", "3.88", "3.88"),
        ] {
            assert_eq!(without_label(key, typed), expected, "{key}: {typed}");
        }
    }
}

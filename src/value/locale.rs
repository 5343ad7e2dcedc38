//! Languages of the page: the words for dates, labels and section titles, one data file a language.

use crate::value::{
    bundled::Bundled,
    date::{Season, Session},
    direction::Direction,
    rich::Quotes,
};
use ron::extensions::Extensions;
use serde::Deserialize;
use std::borrow::Cow;

// The languages: code and data file.
include!(concat!(env!("OUT_DIR"), "/locales.rs"));

static LOCALES: Bundled<Locale> = Bundled::new(FILES, |_, text| Locale::read(text).ok());

/// The words of one language. Every file must have every word: a test reads them all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locale {
    /// What speakers call the language.
    pub name: String,
    /// The BCP 47 tag that goes into the document.
    pub tag: String,
    /// Whether it is written from right to left: then the page is mirrored.
    #[serde(default)]
    pub right_to_left: bool,
    /// Its ten digits from zero, where they are not those of English.
    #[serde(default)]
    pub digits: Option<String>,
    /// Between a label and what it labels, space included.
    pub colon: String,
    /// How a list is joined.
    pub list: List,
    /// Its quotation marks.
    pub quotes: Quotes,
    /// The page number on longer CVs: `{page}` of `{pages}`.
    pub page: String,
    /// What the photo shows, for those who do not see it.
    pub photo: PhotoWords,
    /// Dates.
    pub dates: DateWords,
    /// Labels inside entries and in the header.
    pub labels: Labels,
    /// Where a publication stands.
    pub statuses: Statuses,
    /// Headings over publications of one kind.
    pub works: Works,
    /// Titles of sections that have none of their own.
    pub titles: Titles,
}

/// What a photo shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoWords {
    /// Where there is no name.
    pub bare: String,
    /// The person called `{name}`.
    pub named: String,
}

/// What stands between the elements of a list, spaces included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Between any two elements but the last two.
    pub comma: String,
    /// Between the last two of three or more.
    pub last: String,
    /// Between two elements that are all there is.
    pub pair: String,
}

/// The words and the order of dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    /// The months in full.
    pub long: [String; 12],
    /// The months in full where they bend after a day or after "since" and "until"; left out where
    /// they do not.
    #[serde(default)]
    pub genitive: Option<[String; 12]>,
    /// The months, short, without dots.
    pub short: [String; 12],
    /// The months, short and with a dot, or in full where that is hardly longer.
    pub dotted: [String; 12],
    /// The seasons.
    pub seasons: Seasons,
    /// The terms of a year of study.
    pub terms: Seasons,
    /// The same, called semesters.
    pub semesters: Seasons,
    /// The open end of a range.
    pub present: String,
    /// A `{date}` that is planned.
    pub expected: String,
    /// From a `{date}` on that is not a bare year.
    pub since: String,
    /// From a bare year on, given as `{date}`.
    pub since_year: String,
    /// Up to a `{date}` that is not a bare year.
    pub until: String,
    /// Up to a bare year, given as `{date}`.
    pub until_year: String,
    /// `{month}` and `{year}`. A year that stands first is dropped from the end of a range,
    /// otherwise from its start.
    pub month: String,
    /// `{day}`, `{month}` and `{year}`.
    pub day: String,
    /// `{day}` to `{until}` of one `{month}` and `{year}`.
    pub days: String,
    /// `{season}` and `{year}`.
    pub season: String,
    /// `{month}` and `{year}`, both numbers.
    pub numeric_month: String,
    /// `{day}`, `{month}` and `{year}`, all numbers; must not look like another day elsewhere.
    pub numeric_day: String,
}

/// A word for each season.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seasons {
    /// Spring.
    pub spring: String,
    /// Summer.
    pub summer: String,
    /// Autumn.
    pub autumn: String,
    /// Fall: the same as autumn where there is one word.
    pub fall: String,
    /// Winter.
    pub winter: String,
}

/// The forms of a month's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthForm {
    /// In full.
    Long,
    /// In full, as it stands after a day.
    Genitive,
    /// Short, without a dot.
    Short,
    /// Short, with a dot where letters are left out.
    Dotted,
}

/// Labels that the page prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Of a thesis or a degree.
    pub advisor: String,
    /// Grade point average.
    pub gpa: String,
    /// Place among fellow students.
    pub rank: String,
    /// Courses taken.
    pub coursework: String,
    /// The title of the thesis.
    pub thesis: String,
    /// Web page.
    pub web: String,
    /// In place of further authors.
    pub et_al: String,
}

/// Where a publication stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// Out.
    pub published: String,
    /// Taken, not yet out.
    pub accepted: String,
    /// With the reviewers.
    pub under_review: String,
    /// Handed in.
    pub submitted: String,
    /// Public, not reviewed.
    pub preprint: String,
    /// Being written.
    pub in_preparation: String,
    /// Of a patent: given.
    pub granted: String,
    /// Of a patent: asked for, not yet given.
    pub pending: String,
    /// Of a patent: only asked for.
    pub application: String,
    /// Of a patent: over.
    pub expired: String,
}

/// Headings over publications of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Works {
    /// In journals.
    pub articles: String,
    /// At conferences.
    pub conferences: String,
    /// At workshops.
    pub workshops: String,
    /// Chapters of books.
    pub chapters: String,
    /// Whole books.
    pub books: String,
    /// Public, not reviewed.
    pub preprints: String,
    /// For a degree.
    pub theses: String,
    /// Of institutions.
    pub reports: String,
    /// Patents.
    pub patents: String,
    /// Programs.
    pub software: String,
    /// Data.
    pub datasets: String,
    /// Everything else.
    pub others: String,
}

/// Default titles of sections, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    /// Education.
    pub education: String,
    /// Experience.
    pub experience: String,
    /// Publications.
    pub publications: String,
    /// Patents.
    pub patents: String,
    /// Projects.
    pub projects: String,
    /// Awards.
    pub awards: String,
    /// Skills.
    pub skills: String,
    /// Teaching.
    pub teaching: String,
    /// Talks.
    pub talks: String,
    /// Academic service.
    pub service: String,
    /// Grants.
    pub grants: String,
    /// Languages.
    pub languages: String,
    /// Certificates.
    pub certificates: String,
    /// References.
    pub references: String,
    /// Summary.
    pub summary: String,
    /// Research interests.
    pub interests: String,
}

impl Locale {
    /// The language with this code; of a longer tag such as `de-AT` the first part counts.
    #[must_use]
    pub fn get(code: &str) -> Option<&'static Self> {
        LOCALES.get(code.split(['-', '_']).next()?)
    }

    /// The codes of all languages, in alphabetical order.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        LOCALES.names()
    }

    /// The elements as one text, such as "a, b, and c".
    #[must_use]
    pub fn join(&self, items: &[&str]) -> String {
        match items {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first, second] => format!("{first}{}{second}", self.list.pair),
            [rest @ .., last] => {
                format!("{}{}{last}", rest.join(&self.list.comma), self.list.last)
            }
        }
    }

    /// Page `page` of `pages`, as it is printed.
    #[must_use]
    pub fn page_of(&self, page: usize, pages: usize) -> String {
        let number = |number: usize| self.with_digits(&number.to_string()).into_owned();
        self.page.replace("{page}", &number(page)).replace("{pages}", &number(pages))
    }

    /// What the photo of the person called `name` shows.
    #[must_use]
    pub fn photo_of(&self, name: &str) -> String {
        match name.trim() {
            "" => self.photo.bare.clone(),
            name => self.photo.named.replace("{name}", name),
        }
    }

    /// The direction that the language is written in.
    #[must_use]
    pub fn direction(&self) -> Direction {
        if self.right_to_left { Direction::LeftWards } else { Direction::RightWards }
    }

    /// What the page itself says, with its digits written as the language does.
    #[must_use]
    pub fn with_digits<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(digits) = &self.digits else {
            return Cow::Borrowed(text);
        };
        let own = |c: char| c.to_digit(10).and_then(|n| digits.chars().nth(n as usize));
        Cow::Owned(text.chars().map(|c| own(c).unwrap_or(c)).collect())
    }

    fn read(text: &str) -> Result<Self, ron::error::SpannedError> {
        ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).from_str(text)
    }
}

/// The digit that a digit of Arabic or Persian stands for; any other character as it is.
#[must_use]
pub fn western_digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

impl DateWords {
    /// The name of a month, counted from 1; empty for what is no month.
    #[must_use]
    pub fn month_name(&self, form: MonthForm, month: u8) -> &str {
        let names = match form {
            MonthForm::Long => &self.long,
            MonthForm::Genitive => self.genitive.as_ref().unwrap_or(&self.long),
            MonthForm::Short => &self.short,
            MonthForm::Dotted => &self.dotted,
        };
        names.get(usize::from(month).wrapping_sub(1)).map_or("", String::as_str)
    }

    /// The name of a season, term or semester.
    #[must_use]
    pub fn season_name(&self, season: Season, session: Session) -> &str {
        let names = match session {
            Session::Season => &self.seasons,
            Session::Term => &self.terms,
            Session::Semester => &self.semesters,
        };
        match season {
            Season::Spring => &names.spring,
            Season::Summer => &names.summer,
            Season::Autumn => &names.autumn,
            Season::Fall => &names.fall,
            Season::Winter => &names.winter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        for (code, text) in FILES {
            let locale = Locale::read(text).unwrap_or_else(|error| panic!("{code}.ron:{error}"));
            assert!(locale.tag.starts_with(code), "{code}");
            assert!(locale.digits.as_ref().is_none_or(|d| d.chars().count() == 10), "{code}");
            // An empty string in the file is a word that is missing.
            assert!(!text.contains("\"\""), "{code}.ron has an empty word");
            let dates = &locale.dates;
            for (pattern, slots) in [
                (&locale.page, &["{page}", "{pages}"][..]),
                (&locale.photo.named, &["{name}"]),
                (&dates.expected, &["{date}"]),
                (&dates.since, &["{date}"]),
                (&dates.since_year, &["{date}"]),
                (&dates.until, &["{date}"]),
                (&dates.until_year, &["{date}"]),
                (&dates.month, &["{month}", "{year}"]),
                (&dates.day, &["{day}", "{month}", "{year}"]),
                (&dates.days, &["{day}", "{until}", "{month}", "{year}"]),
                (&dates.season, &["{season}", "{year}"]),
                (&dates.numeric_month, &["{month}", "{year}"]),
                (&dates.numeric_day, &["{day}", "{month}", "{year}"]),
            ] {
                assert_eq!(pattern.matches('{').count(), slots.len(), "{code}: {pattern}");
                for slot in slots {
                    assert_eq!(pattern.matches(slot).count(), 1, "{code}: {pattern}");
                }
            }
        }
    }

    #[test]
    fn every_data_file_is_in_the_table() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let table: Vec<String> = Locale::codes().map(|code| format!("{code}.ron")).collect();
        assert_eq!(files, table);
    }

    #[test]
    fn codes_find_their_language() {
        for (code, expected) in [
            ("en", Some("en")),
            ("de-AT", Some("de")),
            ("PL", Some("pl")),
            ("zh_CN", Some("zh-Hans")),
            ("", None),
            ("tlh", None),
        ] {
            assert_eq!(Locale::get(code).map(|locale| locale.tag.as_str()), expected, "{code}");
        }
    }

    #[test]
    fn lists_pages_and_photos_read_well() {
        for (code, items, expected) in [
            ("en", &[][..], ""),
            ("en", &["A"], "A"),
            ("en", &["A", "B"], "A and B"),
            ("en", &["A", "B", "C"], "A, B, and C"),
            ("de", &["A", "B", "C"], "A, B und C"),
            ("zh", &["甲", "乙", "丙"], "甲、乙和丙"),
        ] {
            assert_eq!(Locale::get(code).unwrap().join(items), expected, "{code}");
        }
        for (code, expected) in [
            ("en", "page 2 of 13"),
            ("zh", "第 2 页，共 13 页"),
            ("fa", "صفحهٔ ۲ از ۱۳"),
            ("he", "עמוד 2 מתוך 13"),
        ] {
            assert_eq!(Locale::get(code).unwrap().page_of(2, 13), expected);
        }
        for (code, name, expected) in [("en", "A B ", "Photo of A B"), ("de", " ", "Foto")] {
            assert_eq!(Locale::get(code).unwrap().photo_of(name), expected);
        }
    }
}

//! Dates as people write them on CVs: one string becomes a typed reading, printed in the style that
//! the look chooses.
//!
//! A text that cannot be read for sure is not read at all: callers keep it, print it as typed, and
//! add a finding. Nothing is ever made up: a plain `2024` stays a year, and `03/04/2024` stays a
//! riddle.

mod read;
#[cfg(test)]
mod tests;
mod words;

use crate::value::locale::{Locale, MonthForm};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What one date text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dates {
    /// The time it covers.
    pub span: Span,
    /// Whether it is marked as expected: planned, not yet so.
    pub expected: bool,
}

/// A single date, or a time with one or two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// `June 2026`.
    On(Date),
    /// `2022 – 2025`.
    Between(Date, Date),
    /// `2023 – present`, or `2023 –`.
    ToPresent(Date),
    /// `since 2023`.
    Since(Date),
    /// `until 2024`.
    Until(Date),
    /// `present` and nothing else.
    Present,
}

/// A date, exactly as precise as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// `2024`.
    Year(u16),
    /// `October 2024`.
    Month {
        /// From 1900 to 2099.
        year: u16,
        /// From 1.
        month: u8,
    },
    /// `5 October 2024`.
    Day {
        /// From 1900 to 2099.
        year: u16,
        /// From 1.
        month: u8,
        /// From 1; the month has this day.
        day: u8,
    },
    /// `Fall 2023`, `Winter term 2023/24`.
    Season {
        /// The year, or the first of two.
        year: u16,
        /// The season.
        season: Season,
        /// Whether it is called a season, a term or a semester.
        session: Session,
        /// Whether the next year is named too, as in `2023/24`.
        into_next: bool,
    },
}

/// A season. English has two words for one of them, and people care which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// Spring.
    Spring,
    /// Summer.
    Summer,
    /// Autumn, and its name in every language but American English.
    Autumn,
    /// Autumn, written `Fall`.
    Fall,
    /// Winter.
    Winter,
}

/// What a season is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Session {
    /// The season itself.
    Season,
    /// A term.
    Term,
    /// A semester.
    Semester,
}

/// How a look prints dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DateStyle {
    /// `Oct 2024 – Jun 2028`.
    #[default]
    ShortMonth,
    /// `Oct. 2024 – June 2028`: short names are written out, long ones end in a dot.
    DottedMonth,
    /// `October 2024 – June 2028`.
    LongMonth,
    /// `10/2024 – 06/2028`.
    Numeric,
    /// `2024-10 – 2028-06`.
    Iso,
    /// `2024–2028`.
    Year,
    /// What the profile says, untouched: see [`printed`].
    AsTyped,
}

/// Where a date stands among others: greater is newer, by its end and then by its start.
///
/// What has no end yet is newest. What was not understood has no key, and `None` sorts as oldest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    end: Ymd,
    start: Ymd,
}

/// A calendar day as year, month, day.
type Ymd = (u16, u8, u8);

/// What the page shows for a date text: the text itself where the look wants that, or where it is
/// not understood.
#[must_use]
pub fn printed<'a>(text: &'a str, style: DateStyle, locale: &Locale) -> Cow<'a, str> {
    match style {
        DateStyle::AsTyped => None,
        _ => Dates::parse(text),
    }
    .map_or(Cow::Borrowed(text), |dates| Cow::Owned(dates.print(style, locale)))
}

impl Dates {
    /// Reads `text`; `None` if it is not understood, or could mean two things.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        read::dates(text)
    }

    /// The date in `style` and in the words of `locale`. [`DateStyle::AsTyped`] needs the text,
    /// which is not here: use [`printed`]; asked all the same, this prints
    /// [`DateStyle::ShortMonth`].
    ///
    /// Between two bare years stands `–`, between any other two parts ` – `. Where months are
    /// named, the year that two of them share is printed once, and ends that print the same are
    /// printed once.
    #[must_use]
    pub fn print(&self, style: DateStyle, locale: &Locale) -> String {
        let plain = Printer { style, locale, after_word: false };
        let after_word = Printer { after_word: true, ..plain };
        let words = &locale.dates;
        let span = if style == DateStyle::Year { self.span.in_years() } else { self.span };
        let text = match span {
            Span::On(date) => plain.date(date),
            Span::Between(start, end) => plain.range(start, end),
            Span::ToPresent(start) => joined(&plain.date(start), &words.present),
            Span::Since(Date::Year(year)) => words.since_year.replace("{date}", &year.to_string()),
            Span::Since(date) => words.since.replace("{date}", &after_word.date(date)),
            Span::Until(Date::Year(year)) => words.until_year.replace("{date}", &year.to_string()),
            Span::Until(date) => words.until.replace("{date}", &after_word.date(date)),
            Span::Present => words.present.clone(),
        };
        let text = if self.expected { words.expected.replace("{date}", &text) } else { text };
        // ISO 8601 has but one kind of digits.
        let own_digits = style != DateStyle::Iso;
        if own_digits { locale.with_digits(&text).into_owned() } else { text }
    }

    /// The place among other dates; sort by `Reverse` of it for newest first.
    #[must_use]
    pub fn sort_key(&self) -> SortKey {
        const EVER: Ymd = (0, 0, 0);
        const OPEN: Ymd = (u16::MAX, 12, 31);
        let (start, end) = match self.span {
            Span::On(date) => (date.first(), date.last()),
            Span::Between(start, end) => (start.first(), end.last()),
            Span::ToPresent(start) | Span::Since(start) => (start.first(), OPEN),
            Span::Until(end) => (EVER, end.last()),
            Span::Present => (OPEN, OPEN),
        };
        SortKey { end, start }
    }

    /// Whether the start is certainly later than the end: a slip that a check should name.
    #[must_use]
    pub fn is_after_end(&self) -> bool {
        match self.span {
            Span::Between(start, end) => start.first() > end.last(),
            Span::On(_) | Span::ToPresent(_) | Span::Since(_) | Span::Until(_) | Span::Present => {
                false
            }
        }
    }
}

impl Span {
    /// The same time to the year.
    fn in_years(self) -> Self {
        let first = |date: Date| Date::Year(date.first().0);
        let last = |date: Date| Date::Year(date.last().0);
        match self {
            Self::On(date) => Self::Between(first(date), last(date)),
            Self::Between(start, end) => Self::Between(first(start), last(end)),
            Self::ToPresent(start) => Self::ToPresent(first(start)),
            Self::Since(start) => Self::Since(first(start)),
            Self::Until(end) => Self::Until(last(end)),
            Self::Present => Self::Present,
        }
    }
}

impl Date {
    /// The year, or the first of two.
    #[must_use]
    pub fn year(self) -> u16 {
        match self {
            Self::Year(year)
            | Self::Month { year, .. }
            | Self::Day { year, .. }
            | Self::Season { year, .. } => year,
        }
    }

    /// Whether the two are of one kind and stand in order, so that one can leave to the other what
    /// they share.
    fn is_before(self, other: Self) -> bool {
        match (self, other) {
            (Self::Season { season: a, .. }, Self::Season { season: b, .. }) => {
                (self.year(), a) < (other.year(), b)
            }
            (Self::Year(_), Self::Year(_))
            | (Self::Month { .. }, Self::Month { .. })
            | (Self::Day { .. }, Self::Day { .. }) => self.first() < other.first(),
            _ => false,
        }
    }

    /// The earliest day that can be meant.
    fn first(self) -> Ymd {
        match self {
            Self::Year(year) => (year, 1, 1),
            Self::Month { year, month } => (year, month, 1),
            Self::Day { year, month, day } => (year, month, day),
            Self::Season { year, season, into_next, .. } => match season {
                Season::Winter if into_next => (year, 9, 1),
                // Some say winter 2024 for January, some for December.
                Season::Spring | Season::Winter => (year, 1, 1),
                Season::Summer => (year, 4, 1),
                Season::Autumn | Season::Fall => (year, 8, 1),
            },
        }
    }

    /// The latest day that can be meant. Every month has 31 days here: it is only compared.
    fn last(self) -> Ymd {
        match self {
            Self::Year(year) => (year, 12, 31),
            Self::Month { year, month } => (year, month, 31),
            Self::Day { year, month, day } => (year, month, day),
            Self::Season { year, into_next: true, .. } => (year + 1, 4, 30),
            Self::Season { year, season, .. } => match season {
                Season::Spring => (year, 6, 30),
                Season::Summer => (year, 9, 30),
                Season::Autumn | Season::Fall => (year, 12, 30),
                Season::Winter => (year, 12, 31),
            },
        }
    }
}

/// One look's way of writing single dates and ranges.
#[derive(Clone, Copy)]
struct Printer<'a> {
    style: DateStyle,
    locale: &'a Locale,
    /// Whether a word such as "since" stands before the date, which bends month names in some
    /// languages.
    after_word: bool,
}

impl Printer<'_> {
    fn date(self, date: Date) -> String {
        let patterns = &self.locale.dates;
        let year = date.year().to_string();
        let two_digits = |number: u8| format!("{number:02}");
        match (date, self.style) {
            (Date::Year(_), _) | (_, DateStyle::Year) => year,
            (Date::Month { month, .. }, DateStyle::Iso) => format!("{year}-{month:02}"),
            (Date::Month { month, .. }, DateStyle::Numeric) => {
                let month = two_digits(month);
                filled(&patterns.numeric_month, &[("{year}", &year), ("{month}", &month)])
            }
            (Date::Month { month, .. }, _) => {
                let month = self.month(month, self.after_word);
                filled(&patterns.month, &[("{year}", &year), ("{month}", month)])
            }
            (Date::Day { month, day, .. }, DateStyle::Iso) => format!("{year}-{month:02}-{day:02}"),
            (Date::Day { month, day, .. }, DateStyle::Numeric) => {
                let (month, day) = (two_digits(month), two_digits(day));
                let slots = [("{year}", &*year), ("{month}", &month), ("{day}", &day)];
                filled(&patterns.numeric_day, &slots)
            }
            (Date::Day { month, day, .. }, _) => {
                let (month, day) = (self.month(month, true), day.to_string());
                let slots = [("{year}", &*year), ("{month}", month), ("{day}", &day)];
                filled(&patterns.day, &slots)
            }
            (Date::Season { season, session, into_next, .. }, _) => {
                let season = patterns.season_name(season, session);
                let year = slashed(date.year(), into_next);
                filled(&patterns.season, &[("{year}", &year), ("{season}", season)])
            }
        }
    }

    fn range(self, start: Date, end: Date) -> String {
        if let Some(days) = self.days_of_one_month(start, end) {
            return days;
        }
        let (from, to) = (self.date(start), self.date(end));
        if from == to {
            return from;
        }
        // Which of the two can go without the year depends on where the language puts it.
        match (self.without_year(start), self.without_year(end)) {
            (Some(short_from), Some(short_to))
                if start.year() == end.year() && start.is_before(end) =>
            {
                if self.locale.dates.month.starts_with("{year}") {
                    joined(&from, &short_to)
                } else {
                    joined(&short_from, &to)
                }
            }
            _ => joined(&from, &to),
        }
    }

    /// `12–14 May 2024`.
    fn days_of_one_month(self, start: Date, end: Date) -> Option<String> {
        let (Date::Day { year, month, day }, Date::Day { day: until, .. }) = (start, end) else {
            return None;
        };
        let same = (end.year(), end.last().1) == (year, month) && day < until;
        (same && self.names_months()).then(|| {
            let (year, from, until) = (year.to_string(), day.to_string(), until.to_string());
            let slots = [
                ("{year}", &*year),
                ("{month}", self.month(month, true)),
                ("{day}", &from),
                ("{until}", &until),
            ];
            filled(&self.locale.dates.days, &slots)
        })
    }

    /// The name of a month or season alone, where that is how a shared year is saved.
    fn without_year(self, date: Date) -> Option<String> {
        match date {
            Date::Month { month, .. } if self.names_months() => {
                Some(self.month(month, false).to_owned())
            }
            Date::Season { season, session, into_next: false, .. } => {
                Some(self.locale.dates.season_name(season, session).to_owned())
            }
            Date::Year(_) | Date::Month { .. } | Date::Day { .. } | Date::Season { .. } => None,
        }
    }

    fn names_months(self) -> bool {
        match self.style {
            DateStyle::Numeric | DateStyle::Iso | DateStyle::Year => false,
            DateStyle::ShortMonth
            | DateStyle::DottedMonth
            | DateStyle::LongMonth
            | DateStyle::AsTyped => true,
        }
    }

    fn month(&self, month: u8, bent: bool) -> &str {
        let form = match self.style {
            DateStyle::DottedMonth => MonthForm::Dotted,
            DateStyle::LongMonth if bent => MonthForm::Genitive,
            DateStyle::LongMonth => MonthForm::Long,
            DateStyle::ShortMonth
            | DateStyle::Numeric
            | DateStyle::Iso
            | DateStyle::Year
            | DateStyle::AsTyped => MonthForm::Short,
        };
        self.locale.dates.month_name(form, month)
    }
}

/// The pattern with each slot replaced by its value.
fn filled(pattern: &str, slots: &[(&str, &str)]) -> String {
    slots.iter().fold(pattern.to_owned(), |text, (slot, value)| text.replace(slot, value))
}

/// `2023`, or `2023/24`.
fn slashed(year: u16, into_next: bool) -> String {
    if into_next { format!("{year}/{:02}", (year + 1) % 100) } else { year.to_string() }
}

/// The two ends of a range with the dash that suits them.
fn joined(from: &str, to: &str) -> String {
    let bare = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let dash = if bare(from) && bare(to) { "–" } else { " – " };
    format!("{from}{dash}{to}")
}

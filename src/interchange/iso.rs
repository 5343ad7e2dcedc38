//! Dates with a start and an end, as other formats keep them, and the one text that a profile has.

use crate::value::date::{Date, Dates, Span};

/// What start and end say, as far as `2020`, `2020-09` and `2020-09-24` can say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// A single date.
    On(String),
    /// From a start until today.
    Since(String),
    /// From a start to an end.
    Between(String, String),
}

/// The one text for a start and an end, either of which may be empty. What goes on has no end or a
/// word for it.
pub(super) fn joined(start: &str, end: &str) -> String {
    match (start, end) {
        ("", single) => single.to_owned(),
        (start, "") => format!("{start} – present"),
        (start, end) if start == end => start.to_owned(),
        (start, end) => format!("{start} – {end}"),
    }
}

/// What a text says; `None` where start and end cannot say it.
pub(super) fn ends(text: &str) -> Option<Ends> {
    let dates = Dates::parse(text).filter(|dates| !dates.expected && !dates.is_after_end())?;
    match dates.span {
        Span::On(date) => iso(date).map(Ends::On),
        Span::Between(start, end) => Some(Ends::Between(iso(start)?, iso(end)?)),
        Span::ToPresent(start) => iso(start).map(Ends::Since),
        Span::Since(_) | Span::Until(_) | Span::Present => None,
    }
}

/// Whether two texts name the same time, whether or not it is only expected.
pub(super) fn same(one: &str, other: &str) -> bool {
    let span = |text| Dates::parse(text).map(|dates| dates.span);
    one == other || span(one).is_some_and(|one| Some(one) == span(other))
}

fn iso(date: Date) -> Option<String> {
    match date {
        Date::Year(year) => Some(year.to_string()),
        Date::Month { year, month } => Some(format!("{year}-{month:02}")),
        Date::Day { year, month, day } => Some(format!("{year}-{month:02}-{day:02}")),
        Date::Season { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (text, expected) in [
            ("2020", Some("2020")),
            ("24 September 2020", Some("2020-09-24")),
            ("Sept. – Dec. 2023", Some("2023-09 – 2023-12")),
            ("2021 – now", Some("2021 – present")),
            ("Fall 2023", None),
            ("2021 – 2026 (expected)", None),
            ("since 2020", None),
            ("2022 – 2020", None),
            ("soon", None),
        ] {
            let back = ends(text).map(|ends| match ends {
                Ends::On(date) => joined(&date, &date),
                Ends::Since(start) => joined(&start, ""),
                Ends::Between(start, end) => joined(&start, &end),
            });
            assert_eq!(back.as_deref(), expected, "{text}");
            if let Some(back) = back {
                assert_eq!(Dates::parse(&back), Dates::parse(text), "{text}");
            }
        }
        assert_eq!(joined("", "2020"), "2020");
    }
}

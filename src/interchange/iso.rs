//! Dates with a start and an end, as other formats keep them, and the one text that a profile has.

use super::Tree;
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

/// Names of fields that hold a date of an entry; the birthday is none of them.
const DATES: [&str; 12] = [
    "startDate",
    "endDate",
    "start_date",
    "end_date",
    "start",
    "end",
    "from",
    "to",
    "date",
    "releaseDate",
    "publishedDate",
    "awardDate",
];

/// Programs that ask for months write days: where every date of a file is the first or the last day
/// of a month, the days are taken away. Whether that was so.
pub(super) fn months_for_days(tree: &mut Tree) -> bool {
    let (mut days, mut others) = (0, 0);
    each_date(tree, &mut |date| match month_of(date) {
        Some(_) => days += 1,
        // A year or a month alone says nothing about days.
        None if date.matches('-').count() < 2 => {}
        None => others += 1,
    });
    let are_months = days > 0 && others == 0;
    if are_months {
        each_date(tree, &mut |date| {
            if let Some(month) = month_of(date) {
                *date = month;
            }
        });
    }
    are_months
}

fn each_date(tree: &mut Tree, see: &mut dyn FnMut(&mut String)) {
    match tree {
        Tree::List(list) => list.iter_mut().for_each(|value| each_date(value, see)),
        Tree::Map(fields) => {
            for (name, value) in fields {
                match value {
                    Tree::Text(text) if DATES.iter().any(|n| n.eq_ignore_ascii_case(name)) => {
                        see(text);
                    }
                    value => each_date(value, see),
                }
            }
        }
        Tree::Empty | Tree::Text(_) => {}
    }
}

/// `2020-02` of `2020-02-01` and `2020-02-29`, with or without midnight.
fn month_of(date: &str) -> Option<String> {
    let date = date.trim();
    let (date, time) = date.split_once('T').unwrap_or((date, ""));
    let is_midnight = time.chars().all(|c| matches!(c, '0' | ':' | '.' | 'Z' | '+'));
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none() && (year.len(), month.len(), day.len()) == (4, 2, 2);
    let (y, m, d): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let is_leap = y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400));
    let last = match m {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    (is_whole && is_midnight && (1..=12).contains(&m) && (d == 1 || d == last))
        .then(|| format!("{year}-{month}"))
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
    fn days_that_stand_for_months() {
        let read = |dates: &[&str]| -> Vec<String> {
            let record = |date: &&str| {
                Tree::Map(vec![
                    ("endDate".to_owned(), Tree::Text((*date).to_owned())),
                    ("birthDate".to_owned(), Tree::Text("1990-05-17".to_owned())),
                ])
            };
            let mut tree = Tree::List(dates.iter().map(record).collect());
            months_for_days(&mut tree);
            tree.own_items().iter_mut().map(|record| record.text(&["endDate"])).collect()
        };
        for (dates, expected) in [
            (&["2020-01-01", "2021-02-28"][..], &["2020-01", "2021-02"][..]),
            (&["2020-02-29", "2019", "2018-05"], &["2020-02", "2019", "2018-05"]),
            (&["2020-01-01T00:00:00.000Z"], &["2020-01"]),
            (&["2020-01-01", "2021-02-27"], &["2020-01-01", "2021-02-27"]),
            (&["2021-02-29"], &["2021-02-29"]),
            (&["2020-13-01", "soon"], &["2020-13-01", "soon"]),
        ] {
            assert_eq!(read(dates), expected, "{dates:?}");
        }
    }

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

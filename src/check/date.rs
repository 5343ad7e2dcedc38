//! Dates that cannot be read, and ranges that end before they start.

use super::{Checked, quoted};
use crate::{
    field::Kind,
    finding::{Code, Finding},
    value::date::{DateStyle, Dates},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    checked.shown_texts(&mut |text| {
        if text.kind != Kind::Date || text.text.trim().is_empty() {
            return;
        }
        match Dates::parse(text.text) {
            Some(dates) if dates.is_after_end() => out.push(
                Finding::warning(
                    Code::DateOrder,
                    text.at,
                    format!("{} ends before it starts", quoted(text.text)),
                )
                .hint("swap the two dates, or correct the one that is wrong"),
            ),
            Some(_) => {}
            // Nothing is made of a date that is to be printed as it is.
            None if checked.style.dates == DateStyle::AsTyped => {}
            None => out.push(
                Finding::warning(
                    Code::DateUnclear,
                    text.at,
                    format!(
                        "the date {} is not understood and printed as typed",
                        quoted(text.text)
                    ),
                )
                .hint(
                    "write it like `Oct 2024`, `2022 – 2026`, `Fall 2023` or `Sept 2024 – present`",
                ),
            ),
        }
    });
}

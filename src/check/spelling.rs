//! One venue or one author that is written in two ways.

use super::{Checked, quoted};
use crate::{
    at::At,
    finding::{Code, Finding},
    section::Section,
    value::person::{Name, fold, split_marks},
};
use std::collections::HashMap;

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let mut venues = Forms::default();
    let mut names = Forms::default();
    for (at, section) in checked.shown_sections() {
        let Section::Publications(list) = section else {
            continue;
        };
        let at = at.field("entries");
        let papers = list.entries.iter().enumerate();
        for (i, paper) in papers.filter(|(_, paper)| paper.show.is_on(checked.name())) {
            let at = at.index(i);
            for (field, text) in [("venue", &paper.venue), ("tag", &paper.tag)] {
                let read =
                    |text: &str| (format!("{field} {}", venue_key(text)), without_numbers(text));
                venues.note(field, text, &at.field(field), read);
            }
            for (i, author) in paper.authors.iter().enumerate() {
                let (name, _) = split_marks(&author.name);
                let at = at.field("authors").index(i);
                let read = |name: &str| (name_key(name), name.trim().to_owned());
                names.note("", &name, &at, read);
            }
        }
    }
    let hint = "write it the same way each time, so that readers see that it is the same";
    out.extend(venues.seen.iter().filter_map(|seen| {
        let (other, at) = seen.other()?;
        let message = format!("{} is written {} elsewhere", quoted(other), quoted(&seen.text));
        Some(Finding::note(Code::VenueTwoWays, at.clone(), message).hint(hint))
    }));
    let hint = "write the name the same way each time, unless these are two people";
    out.extend(names.seen.iter().filter_map(|seen| {
        let (other, at) = seen.other()?;
        let message = format!("{} is written {} elsewhere", quoted(other), quoted(&seen.text));
        Some(Finding::note(Code::NameTwoWays, at.clone(), message).hint(hint))
    }));
}

/// Something that has been met.
struct Seen {
    /// The first form, without what may differ.
    form: String,
    /// The first form as typed.
    text: String,
    /// What holds the one that was met last.
    holder: At,
    /// Whether several forms stand in one list, and are therefore several things.
    several: bool,
    /// The first other form, and where it stands.
    other: Option<(String, At)>,
}

impl Seen {
    /// The other form and where it stands, if it means the same.
    fn other(&self) -> Option<&(String, At)> {
        self.other.as_ref().filter(|_| !self.several)
    }
}

/// The forms of what was met, each found by what all its forms share, and by what was typed: most
/// are typed the same way each time, and are not read again.
#[derive(Default)]
struct Forms {
    seen: Vec<Seen>,
    keys: HashMap<String, usize>,
    typed: HashMap<(&'static str, String), (usize, String)>,
}

impl Forms {
    /// Notes what stands in `field` at a place; `read` says what all its forms share, and what may
    /// not differ between them.
    fn note(
        &mut self,
        field: &'static str,
        text: &str,
        at: &At,
        read: impl FnOnce(&str) -> (String, String),
    ) {
        if text.trim().is_empty() {
            return;
        }
        let holder = at.parent();
        let typed = (field, text.to_owned());
        let (index, form) = match self.typed.get(&typed) {
            Some(known) => known.clone(),
            None => {
                let (key, form) = read(text);
                if form.is_empty() {
                    return;
                }
                let index = *self.keys.entry(key).or_insert(self.seen.len());
                self.typed.insert(typed, (index, form.clone()));
                (index, form)
            }
        };
        let Some(seen) = self.seen.get_mut(index) else {
            let (text, several, other) = (text.to_owned(), false, None);
            return self.seen.push(Seen { form, text, holder, several, other });
        };
        if !is_same(&seen.form, &form) {
            seen.several |= seen.holder == holder;
            seen.other.get_or_insert_with(|| (text.to_owned(), at.clone()));
        }
        seen.holder = holder;
    }
}

/// Whether two forms are one; a number at the end may be left out.
fn is_same(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches(['#', '\'', '’', ' ']).to_owned();
    a == b || (a.contains('#') != b.contains('#') && bare(a) == bare(b))
}

/// The text with `#` for years, numbers of volumes and the like, which differ from one to the next.
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut words = text.split_inclusive(|c: char| !c.is_alphanumeric());
    for word in &mut words {
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end));
        match ordinal.filter(|end| !end.starts_with(char::is_alphanumeric)) {
            _ if rest.len() == word.len() => out.push_str(word),
            Some(end) => out.extend(["#", end]),
            None => out.extend(["#", rest]),
        }
    }
    out.trim().to_owned()
}

/// The letters of a venue, with its usual short words in full.
fn venue_key(text: &str) -> String {
    without_numbers(text)
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| match fold(word).as_str() {
            "proc" => "proceedings".to_owned(),
            "conf" => "conference".to_owned(),
            "int" | "intl" => "international".to_owned(),
            "symp" => "symposium".to_owned(),
            "trans" => "transactions".to_owned(),
            "j" => "journal".to_owned(),
            "the" | "of" | "on" | "in" | "and" | "for" => String::new(),
            word => word.to_owned(),
        })
        .collect()
}

/// The letters of a name, whatever its accents, hyphens and order. Initials and names in full are
/// kept apart: the same initials may be of several people.
fn name_key(text: &str) -> String {
    let name = Name::parse(text);
    let letters = |text: &str| {
        let folded = fold(text);
        folded.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let given = letters(&name.given);
    let initials = name.given.split([' ', '-']).all(|part| part.ends_with('.'));
    let kind = if initials { "initials" } else { "" };
    format!("{} {given} {kind}", letters(&name.family))
}

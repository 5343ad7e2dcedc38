//! Finding words in all fields of a profile, whatever their case and accents.

use super::{App, place};
use crate::{at::At, profile::Profile, value::person::plain};
use std::ops::Range;

/// How many hits are kept.
const MOST: usize = 500;
/// How many letters of the text are shown around a hit.
const AROUND: usize = 28;

/// What is searched for, and where one is among the hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Find {
    /// What is searched for.
    pub text: String,
    /// The hit that was gone to last.
    pub hit: Option<usize>,
    /// The field that had the caret before.
    pub from: Option<At>,
    /// Whether the caret shall go to the text that is searched for.
    pub focus: bool,
}

/// One place where the words stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The field.
    pub at: At,
    /// The bytes of its text.
    pub range: Range<usize>,
    /// The text around it, on one line.
    pub excerpt: String,
    /// Where it is, in words.
    pub place: String,
}

/// Every place where `text` stands, in the order of the form, at most 500. Case and accents do not
/// matter, nor does how many spaces stand between words.
#[must_use]
pub fn hits(profile: &Profile, text: &str) -> Vec<Hit> {
    let wanted = Folded::new(text.trim()).letters;
    let mut found = vec![];
    if wanted.is_empty() {
        return found;
    }
    let mut see = |at: &At, text: &str| {
        let folded = Folded::new(text);
        for range in folded.all(&wanted) {
            if found.len() == MOST {
                return;
            }
            let excerpt = excerpt(text, &range);
            let place = place::words(profile, at);
            found.push(Hit { at: at.clone(), range, excerpt, place });
        }
    };
    profile.texts(None, &mut |text| see(&text.at, text.text));
    for (name, lines) in [("marks", &profile.marks), ("venues", &profile.venues)] {
        for (i, line) in lines.iter().enumerate() {
            let at = At::root().field(name).index(i);
            see(&at.field("label"), &line.label);
            see(&at.field("text"), &line.text);
        }
    }
    found
}

impl App {
    /// Opens the search, or goes back to it.
    pub(super) fn find(&mut self) {
        if let Some(doc) = self.doc_mut() {
            let from = doc.view.focused.clone();
            doc.view.find.get_or_insert_with(|| Find { from, ..Find::default() }).focus = true;
        }
    }

    /// Closes the search; the caret goes back to where it was, unless it is in a field already.
    pub fn stop_finding(&mut self) {
        if let Some(doc) = self.doc_mut()
            && let Some(find) = doc.view.find.take()
            && doc.view.focused.is_none()
            && let Some(at) = find.from
        {
            doc.view.go_to(&at, Some(usize::MAX));
        }
    }

    /// Goes to the next hit, or to the one before, and round at the ends. Whether there is any.
    pub fn find_next(&mut self, forward: bool) -> bool {
        let Some(doc) = self.doc_mut() else {
            return false;
        };
        let Some(mut find) = doc.view.find.take() else {
            return false;
        };
        let hits = hits(doc.profile(), &find.text);
        let count = hits.len();
        let next = match find.hit.filter(|hit| *hit < count) {
            None => {
                if forward {
                    0
                } else {
                    count.saturating_sub(1)
                }
            }
            Some(hit) => (hit + if forward { 1 } else { count - 1 }) % count.max(1),
        };
        let hit = hits.get(next);
        if let Some(hit) = hit {
            find.hit = Some(next);
            doc.view.select(&hit.at, hit.range.clone());
        }
        doc.view.find = Some(find);
        hit.is_some()
    }
}

/// A text as it is compared, with where each letter comes from.
struct Folded {
    letters: Vec<char>,
    /// For each letter the bytes of the character that it was.
    bytes: Vec<Range<usize>>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self { letters: vec![], bytes: vec![] };
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            let mut none = true;
            plain(c, |p| {
                none = false;
                let p = if p.is_whitespace() { ' ' } else { p };
                if p != ' ' || folded.letters.last() != Some(&' ') {
                    folded.letters.push(p);
                    folded.bytes.push(start..end);
                }
            });
            // An accent by itself belongs to the letter before it.
            if none && let Some(last) = folded.bytes.last_mut() {
                last.end = end;
            }
        }
        folded
    }

    /// The bytes of every place where `wanted` stands; none overlaps another.
    fn all(&self, wanted: &[char]) -> Vec<Range<usize>> {
        let mut found = vec![];
        let mut from = 0;
        while let Some(rest) = self.letters.get(from..) {
            let Some(next) = rest.windows(wanted.len()).position(|part| part == wanted) else {
                break;
            };
            let first = from + next;
            let last = first + wanted.len() - 1;
            if let (Some(a), Some(b)) = (self.bytes.get(first), self.bytes.get(last)) {
                found.push(a.start..b.end);
            }
            from = last + 1;
        }
        found
    }
}

/// The text around a hit.
fn excerpt(text: &str, range: &Range<usize>) -> String {
    let before = text.get(..range.start).unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND).map_or(0, |(i, _)| i);
    let after = text.get(range.end..).unwrap_or_default();
    let end = after.char_indices().nth(AROUND).map_or(text.len(), |(i, _)| range.end + i);
    let part = text.get(start..end).unwrap_or_default();
    let line = part.split_whitespace().collect::<Vec<_>>().join(" ");
    let (open, close) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    format!("{open}{line}{close}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{Screen, command::Command, doc::Doc, view::Tab},
        section::{Entries, Publication, Section},
        store::Document,
    };

    fn profile() -> Profile {
        let paper = |title: &str| Publication { title: title.into(), ..Publication::default() };
        let entries = vec![paper("Größe und  Maß"), paper("A NAÏVE cache; a naive bound")];
        let mut profile = Profile {
            sections: vec![Section::Publications(Entries { entries, ..Entries::default() })],
            ..Profile::default()
        };
        profile.person.name = "Zofia Nai\u{308}ve".into();
        profile
    }

    #[test]
    fn case_accents_and_spaces_do_not_matter() {
        let profile = profile();
        let check = |wanted: &str, expected: &[(&str, &str)]| {
            let mut copy = profile.clone();
            let found: Vec<_> = hits(&profile, wanted)
                .into_iter()
                .map(|hit| {
                    let text =
                        crate::slot::Slot::of(&mut copy, &hit.at).and_then(crate::slot::Slot::text);
                    (hit.at.to_string(), text.unwrap().get(hit.range).unwrap().to_owned())
                })
                .collect();
            let expected: Vec<_> =
                expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(found, expected, "{wanted}");
        };
        let second = "sections[0].entries[1].title";
        check("naive", &[("person.name", "Nai\u{308}ve"), (second, "NAÏVE"), (second, "naive")]);
        check("GROSSE UND mass", &[("sections[0].entries[0].title", "Größe und  Maß")]);
        check(" ", &[]);
        check("nothing", &[]);
    }

    #[test]
    fn one_goes_round_and_back_to_where_one_was() {
        let file = Document::from_text("x", "(person: (name: \"x\"))").unwrap();
        let mut doc = Doc::new(file, None);
        doc.file.profile = profile();
        let mut app = App { screen: Screen::Editor(Box::new(doc)), ..App::default() };
        assert!(!app.find_next(true));
        let name = At::root().field("person").field("name");
        app.doc_mut().unwrap().view.focused = Some(name.clone());
        app.run(Command::Find);
        app.doc_mut().unwrap().view.find.as_mut().unwrap().text = "naive".into();
        let mut seen = vec![];
        for forward in [true, true, true, true, false] {
            assert!(app.find_next(forward));
            let view = &app.doc().unwrap().view;
            let focus = view.focus.clone().unwrap();
            seen.push((view.tab, focus.byte, focus.end));
        }
        let section = Tab::Section(0);
        let first = (Tab::Person, Some(6), Some(13));
        let last = (section, Some(18), Some(23));
        assert_eq!(seen, [first, (section, Some(2), Some(8)), last, first, last]);
        app.doc_mut().unwrap().view.focused = None;
        app.stop_finding();
        let view = &app.doc().unwrap().view;
        assert_eq!((view.find.clone(), view.focus.clone().unwrap().at), (None, name));
    }
}

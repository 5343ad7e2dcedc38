//! Finding words in all fields of a profile, whatever their case and accents, and replacing them.

use super::{App, command::Command, edit::Edit, place};
use crate::{at::At, profile::Profile, slot::Slot, value::person::plain};
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
    /// What the words shall be replaced by, once that is asked for.
    pub replacement: Option<String>,
    /// Whether capitals and accents matter.
    pub exact: bool,
    /// Whether only whole words are meant.
    pub whole: bool,
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
    /// Whether it stands in something that is left out of the page.
    pub hidden: bool,
}

impl Find {
    /// Every place where the words stand, in the order of the form, at most 500; what is hidden in
    /// `variant` is told. Where that is not asked for, case and accents do not matter; how many
    /// spaces stand between words never does.
    #[must_use]
    pub fn hits(&self, profile: &Profile, variant: Option<&str>) -> Vec<Hit> {
        let mut found = vec![];
        let hidden = hidden(profile, variant);
        self.each(profile, &mut |at, text, range| {
            if found.len() < MOST {
                let excerpt = excerpt(text, &range);
                let place = place::words(profile, at);
                let hidden = hidden.iter().any(|off| at.is_within(off));
                found.push(Hit { at: at.clone(), range, excerpt, place, hidden });
            }
        });
        found
    }

    /// Calls `see` with every place where the words stand: the field, its text, and the bytes in
    /// it.
    fn each(&self, profile: &Profile, see: &mut dyn FnMut(&At, &str, Range<usize>)) {
        let wanted = Folded::new(self.text.trim(), self.exact).letters;
        if wanted.is_empty() {
            return;
        }
        profile.texts(None, &mut |text| {
            for range in Folded::new(text.text, self.exact).all(&wanted) {
                if !self.whole || is_whole(text.text, &range) {
                    see(&text.at, text.text, range);
                }
            }
        });
    }
}

/// What is switched off in a variant, or in the whole profile.
fn hidden(profile: &Profile, variant: Option<&str>) -> Vec<At> {
    let mut off = vec![];
    profile.switches(&mut |at, show| {
        if !show.is_on(variant) {
            off.push(at);
        }
    });
    off
}

/// Whether no letter or digit stands beside these bytes.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let after = text.get(range.end..).and_then(|text| text.chars().next());
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}

impl App {
    /// Opens the search, or goes back to it; with the field for what the words are replaced by, or
    /// as it is.
    pub(super) fn find(&mut self, replace: bool) {
        if let Some(doc) = self.doc_mut() {
            let from = doc.view.focused.clone();
            let find = doc.view.find.get_or_insert_with(|| Find { from, ..Find::default() });
            find.focus = true;
            if replace {
                find.replacement.get_or_insert_default();
            }
        }
    }

    /// Replaces the hit that was gone to last, and goes on to the next one; the first time it only
    /// goes to the first. The caret stays where it is.
    pub fn replace(&mut self) {
        let Some(doc) = self.doc_mut() else {
            return;
        };
        let Some(mut find) = doc.view.find.take() else {
            return;
        };
        let variant = doc.view.variant.clone();
        let hits = find.hits(doc.profile(), variant.as_deref());
        let now = find.hit.and_then(|i| Some((i, hits.get(i)?)));
        let mut next = 0;
        if let (Some((i, hit)), Some(new)) = (now, &find.replacement) {
            let end = hit.range.start + new.len();
            let at = hit.at.clone();
            let mut copy = doc.profile().clone();
            if let Some(text) = replaced(&mut copy, &at, std::slice::from_ref(&hit.range), new) {
                doc.apply(&Edit::SetAll(vec![(at.clone(), text)], "Replace".to_owned()));
            }
            // What was put in is not looked through again.
            let hits = find.hits(doc.profile(), variant.as_deref());
            let inside = |hit: &&Hit| hit.at == at && hit.range.start < end;
            next = i + hits.iter().skip(i).take_while(inside).count();
        }
        let hits = find.hits(doc.profile(), variant.as_deref());
        find.hit = (!hits.is_empty()).then_some(if next < hits.len() { next } else { 0 });
        if let Some(hit) = find.hit.and_then(|i| hits.get(i)) {
            doc.view.show(&hit.at);
        }
        doc.view.find = Some(find);
    }

    /// Replaces all hits, as one step, and says how many, with those that are not on the page.
    pub fn replace_all(&mut self) {
        let Some(doc) = self.doc_mut() else {
            return;
        };
        let Some(find) = &doc.view.find else {
            return;
        };
        let Some(new) = find.replacement.clone() else {
            return;
        };
        let off = hidden(doc.profile(), doc.view.variant.as_deref());
        let mut places: Vec<(At, Vec<Range<usize>>)> = vec![];
        find.each(doc.profile(), &mut |at, _, range| match places.last_mut() {
            Some((last, ranges)) if last == at => ranges.push(range),
            _ => places.push((at.clone(), vec![range])),
        });
        let (mut count, mut hidden, mut texts) = (0, 0, vec![]);
        let mut copy = doc.profile().clone();
        for (at, ranges) in places {
            let Some(text) = replaced(&mut copy, &at, &ranges, &new) else {
                continue;
            };
            count += ranges.len();
            hidden += if off.iter().any(|off| at.is_within(off)) { ranges.len() } else { 0 };
            texts.push((at, text));
        }
        let before = doc.undo.state();
        if doc.apply(&Edit::SetAll(texts, "Replace all".to_owned())).is_none()
            || doc.undo.state() == before
        {
            return;
        }
        let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        let words = match hidden {
            0 => format!("Replaced in {places}"),
            hidden => format!("Replaced in {places}, {hidden} of them hidden on the page"),
        };
        self.tell_with(words, ("Undo", Command::Undo));
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
        let hits = find.hits(doc.profile(), doc.view.variant.as_deref());
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

/// The text at `at` with these bytes replaced, from the last ones to the first.
fn replaced(copy: &mut Profile, at: &At, ranges: &[Range<usize>], new: &str) -> Option<String> {
    let mut text = Slot::of(copy, at)?.text()?.clone();
    for range in ranges.iter().rev() {
        text.get(range.clone())?;
        text.replace_range(range.clone(), new);
    }
    Some(text)
}

/// A text as it is compared, with where each letter comes from.
struct Folded {
    letters: Vec<char>,
    /// For each letter the bytes of the character that it was.
    bytes: Vec<Range<usize>>,
}

impl Folded {
    /// Reads a text; `exact` when capitals and accents matter.
    fn new(text: &str, exact: bool) -> Self {
        let mut folded = Self { letters: vec![], bytes: vec![] };
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            let mut none = true;
            let mut push = |p: char| {
                none = false;
                let p = if p.is_whitespace() { ' ' } else { p };
                if p != ' ' || folded.letters.last() != Some(&' ') {
                    folded.letters.push(p);
                    folded.bytes.push(start..end);
                }
            };
            if exact {
                push(c);
            } else {
                plain(c, push);
            }
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
        value::entry::Show,
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
            let find = Find { text: wanted.into(), ..Find::default() };
            let found: Vec<_> = find
                .hits(&profile, None)
                .into_iter()
                .map(|hit| {
                    let text = Slot::of(&mut copy, &hit.at).and_then(Slot::text);
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

    fn titles(app: &App) -> Vec<String> {
        let profile = app.doc().unwrap().profile();
        match profile.sections.first() {
            Some(Section::Publications(list)) => {
                list.entries.iter().map(|entry| entry.title.clone()).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_are_replaced_one_by_one_or_all_as_one_step() {
        let paper = |title: &str, show: Show| Publication {
            title: title.into(),
            show,
            ..Publication::default()
        };
        let entries = vec![
            paper("Cat cats cat **cat**", Show::Always),
            paper("A CAT", Show::Never),
            paper("Žcat, cát", Show::Always),
        ];
        let before: Vec<_> = entries.iter().map(|entry| entry.title.clone()).collect();
        let profile = Profile {
            sections: vec![Section::Publications(Entries { entries, ..Entries::default() })],
            ..Profile::default()
        };
        for (exact, whole, count, expected, said) in [
            (
                false,
                false,
                7,
                ["dog dogs dog **dog**", "A dog", "Ždog, dog"],
                "Replaced in 7 places, 1 of them hidden on the page",
            ),
            (
                false,
                true,
                5,
                ["dog cats dog **dog**", "A dog", "Žcat, dog"],
                "Replaced in 5 places, 1 of them hidden on the page",
            ),
            (
                true,
                false,
                4,
                ["Cat dogs dog **dog**", "A CAT", "Ždog, cát"],
                "Replaced in 4 places",
            ),
            (true, true, 2, ["Cat cats dog **dog**", "A CAT", "Žcat, cát"], "Replaced in 2 places"),
        ] {
            let file = Document::from_text("x", "(person: (name: \"x\"))").unwrap();
            let mut doc = Doc::new(file, None);
            doc.file.profile = profile.clone();
            doc.undo = crate::app::undo::Undo::new(&profile);
            let mut app = App { screen: Screen::Editor(Box::new(doc)), ..App::default() };
            app.run(Command::Replace);
            let find = Find { text: "cat".into(), exact, whole, ..Find::default() };
            let find = Find { replacement: Some("dog".into()), ..find };
            assert_eq!(find.hits(&profile, None).len(), count);
            app.doc_mut().unwrap().view.find = Some(find.clone());
            app.replace_all();
            assert_eq!(titles(&app), expected);
            assert_eq!(app.notices.last().unwrap().text, said);
            app.run(Command::Undo);
            assert_eq!(titles(&app), before);
            // One by one it comes to the same, and ends.
            app.doc_mut().unwrap().view.find = Some(find);
            for _ in 0..=count {
                app.replace();
            }
            assert_eq!(titles(&app), expected);
            assert_eq!(app.doc().unwrap().view.find.as_ref().unwrap().hit, None);
        }
    }

    #[test]
    fn what_is_put_in_is_not_replaced_again() {
        let profile = profile();
        let file = Document::from_text("x", "(person: (name: \"x\"))").unwrap();
        let mut doc = Doc::new(file, None);
        doc.file.profile = profile;
        let find = Find { text: "naive".into(), ..Find::default() };
        doc.view.find = Some(Find { replacement: Some("naive naive".into()), ..find });
        let mut app = App { screen: Screen::Editor(Box::new(doc)), ..App::default() };
        for _ in 0..4 {
            app.replace();
        }
        assert_eq!(app.doc().unwrap().profile().person.name, "Zofia naive naive");
        assert_eq!(titles(&app).last().unwrap(), "A naive naive cache; a naive naive bound");
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

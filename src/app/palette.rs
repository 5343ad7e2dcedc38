//! What the command palette offers: every command, every section, every entry, ranked by what was
//! typed.

use super::{
    App,
    command::{COMMANDS, Info},
    place,
    view::Tab,
};
use crate::{at::At, value::person::plain};

/// How many rows are offered.
const MOST: usize = 60;

/// One row of the palette.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is called.
    pub name: String,
    /// What it does, or where it is.
    pub about: String,
    /// What happens when it is chosen.
    pub action: Action,
    /// Whether that can be done now.
    pub able: bool,
}

/// What happens when a row is chosen.
#[derive(Clone, Debug)]
pub enum Action {
    /// A command is run.
    Run(&'static Info),
    /// A tab comes to the front.
    Tab(Tab),
    /// The caret goes to an entry.
    Entry(At),
}

impl App {
    /// The rows for what was typed, best first; all commands and sections when nothing was.
    #[must_use]
    pub fn palette(&self, typed: &str) -> Vec<Item> {
        let wanted = folded(typed);
        let mut ranked: Vec<(i32, Item)> = vec![];
        let mut offer = |item: Item, weight: i32| {
            if let Some(rank) = fit(&wanted, &item.name, &item.about).map(|rank| rank + weight) {
                // What cannot be done now comes after what can.
                ranked.push((if item.able { rank } else { rank - 40 }, item));
            }
        };
        for info in COMMANDS {
            let item = Item {
                name: info.name.to_owned(),
                about: info.help.to_owned(),
                action: Action::Run(info),
                able: (info.able)(self),
            };
            offer(item, 10);
        }
        if let Some(doc) = self.doc() {
            for (i, section) in doc.profile().sections.iter().enumerate() {
                let heading = place::heading(section, "en");
                let go = Item {
                    name: format!("Go to {heading}"),
                    about: section.kind().about().to_owned(),
                    action: Action::Tab(Tab::Section(i)),
                    able: true,
                };
                offer(go, 5);
                if wanted.is_empty() {
                    continue;
                }
                let entries = At::root().field("sections").index(i).field("entries");
                for e in 0..section.count() {
                    let item = Item {
                        name: place::entry(section, e),
                        about: heading.clone(),
                        action: Action::Entry(entries.index(e)),
                        able: true,
                    };
                    offer(item, 0);
                }
            }
        }
        if !wanted.is_empty() {
            ranked.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
            ranked.truncate(MOST);
        }
        ranked.into_iter().map(|(_, item)| item).collect()
    }

    /// Does what a row says; the palette is closed before.
    pub fn choose_action(&mut self, action: &Action) {
        self.show(None);
        match action {
            Action::Run(info) => self.run(info.command),
            Action::Tab(tab) => self.go_to_tab(*tab),
            Action::Entry(at) => {
                if let Some(doc) = self.doc_mut() {
                    doc.view.go_to(at, Some(0));
                }
            }
        }
    }
}

fn folded(text: &str) -> Vec<char> {
    let mut out = vec![];
    text.trim().chars().for_each(|c| plain(c, |p| out.push(p)));
    out
}

/// What is added when all that was typed are beginnings of words of the name, or stand in what it
/// is about: more than scattered letters can ever come to.
const IN_NAME: i32 = 2000;
const IN_ABOUT: i32 = 1000;

/// How well a row fits: words of its name come before words of what it is about, and those before
/// scattered letters.
fn fit(wanted: &[char], name: &str, about: &str) -> Option<i32> {
    let scattered = rank(wanted, name);
    if wanted.is_empty() {
        return scattered;
    }
    let by_name = rank_words(wanted, name).map(|r| IN_NAME + r + scattered.unwrap_or_default());
    let by_about = rank_words(wanted, about).map(|r| IN_ABOUT + r);
    by_name.or(by_about).or(scattered)
}

/// How well words fit, when each of `wanted` is the beginning of another one of them: best those
/// that are whole, and those that stand in the same order from the first one on.
fn rank_words(wanted: &[char], sentence: &str) -> Option<i32> {
    let letters = folded(sentence);
    let mut words: Vec<(usize, &[char])> = words_of(&letters).enumerate().collect();
    let mut score = 0;
    for (i, part) in words_of(wanted).enumerate() {
        let whole = words.iter().position(|(_, word)| *word == part);
        let found = whole.or_else(|| words.iter().position(|(_, word)| word.starts_with(part)))?;
        let (place, word) = words.remove(found);
        score += if word == part { 40 } else { 0 } + if place == i { 20 } else { 0 };
    }
    Some(score)
}

/// The words of a text, without what stands between them.
fn words_of(letters: &[char]) -> impl Iterator<Item = &[char]> {
    letters.split(|c| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// How well `name` fits: its letters must hold those of `wanted` in order. Beginnings of words
/// count most, then letters in a row; short names win.
fn rank(wanted: &[char], name: &str) -> Option<i32> {
    let letters = folded(name);
    let mut score = 0;
    let mut from = 0;
    let mut row = 0;
    for c in wanted {
        let after = letters.get(from..)?;
        let starts_word = |i: usize| {
            from + i == 0
                || letters.get(from + i - 1).is_some_and(|before| !before.is_alphanumeric())
        };
        let next = after.first() == Some(c);
        let found = if next && row > 0 {
            0
        } else {
            let at_word = (0..after.len()).find(|i| after.get(*i) == Some(c) && starts_word(*i));
            at_word.or_else(|| after.iter().position(|l| l == c))?
        };
        row = if found == 0 && row > 0 { row + 1 } else { 1 };
        score += if starts_word(found) { 12 } else { 0 } + 4 * row.min(5);
        from += found + 1;
    }
    Some(score - i32::try_from(letters.len()).unwrap_or(i32::MAX).min(60) / 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Screen, doc::Doc};
    use crate::store::Document;

    fn app() -> App {
        let text = crate::sample::text("phd-systems").unwrap();
        let file = Document::from_text("x", text).unwrap();
        App { screen: Screen::Editor(Box::new(Doc::new(file, None))), ..App::default() }
    }

    #[test]
    fn what_is_meant_comes_first() {
        let app = app();
        for (typed, expected) in [
            ("undo", "Undo"),
            ("exp", "Export PDF"),
            ("sa", "Save as…"),
            ("dark", "Dark"),
            ("go pub", "Go to Publications"),
            ("shortcuts", "Keyboard shortcuts"),
            ("next var", "Next variant"),
            ("ADD SÉC", "Add section…"),
        ] {
            let names: Vec<_> = app.palette(typed).into_iter().map(|i| i.name).take(3).collect();
            assert!(names.iter().any(|n| n == expected), "{typed}: {names:?}");
        }
        assert!(app.palette("qqqq").is_empty());
    }

    #[test]
    fn words_come_before_scattered_letters() {
        let mut app = app();
        app.go_to_tab(Tab::Section(0));
        for (typed, expected) in [
            ("sort", "Sort entries by date"),
            ("date sort", "Sort entries by date"),
            ("word", "Export in another format…"),
            ("html", "Export in another format…"),
            ("hide", "Show or hide the page"),
            ("redo", "Redo"),
            ("fit", "Fit page width"),
            ("page own", "Page in its own window"),
            ("close all", "Close all entries"),
            ("variants", "Variants…"),
        ] {
            let first = app.palette(typed).into_iter().next().map(|item| item.name);
            assert_eq!(first.as_deref(), Some(expected), "{typed}");
        }
        // Where no word fits, letters still do.
        assert!(app.palette("srtdt").iter().any(|item| item.name == "Sort entries by date"));
    }

    #[test]
    fn everything_is_offered_and_entries_are_gone_to() {
        let mut app = app();
        let all = app.palette("");
        let sections = app.doc().unwrap().profile().sections.len();
        assert_eq!(all.len(), COMMANDS.len() + sections);
        let section = &app.doc().unwrap().profile().sections[0];
        let title = place::entry(section, 0);
        let item = app.palette(&title).into_iter().find(|i| i.name == title).unwrap();
        app.choose_action(&item.action);
        let view = &app.doc().unwrap().view;
        assert_eq!(view.tab, Tab::Section(0));
        assert_eq!(view.focus.clone().unwrap().at.to_string(), "sections[0].entries[0]");
        assert!(App::default().palette("").iter().any(|i| !i.able));
    }
}

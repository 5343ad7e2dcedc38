//! What the command palette offers: every command, every section, every entry, ranked by what was typed.

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
            let by_name = rank(&wanted, &item.name).map(|r| r + weight);
            let by_about = rank_word(&wanted, &item.about).map(|r| r + weight - 60);
            if let Some(rank) = by_name.max(by_about) {
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
                    about: section.about().to_owned(),
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

/// How well `name` fits: its letters must hold those of `wanted` in order. Beginnings of words count most, then
/// letters in a row; short names win.
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

/// The same for a sentence: the letters must stand in it as they are, at the beginning of a word.
fn rank_word(wanted: &[char], sentence: &str) -> Option<i32> {
    let letters = folded(sentence);
    let wanted_count = wanted.len().max(1);
    let starts = |i: usize| {
        i.checked_sub(1).is_none_or(|b| letters.get(b).is_some_and(|c| !c.is_alphanumeric()))
    };
    let found = letters.windows(wanted_count).enumerate().any(|(i, w)| w == wanted && starts(i));
    (found || wanted.is_empty()).then(|| 20 * i32::try_from(wanted.len().min(10)).unwrap_or(0))
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

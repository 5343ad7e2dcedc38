//! What is shown of a document, and where: tab, caret, open cards, zoom. Nothing here is saved in
//! the profile.

use super::{
    edit::{self, Edit},
    find::Find,
};
use crate::{
    at::{At, Step},
    look::Look,
};
use std::{collections::BTreeSet, ops::Range};

/// A tab of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tab {
    /// Name, contacts, summary.
    #[default]
    Person,
    /// The section with that index.
    Section(usize),
    /// How the page looks.
    Look,
    /// What is to be said about the profile.
    Check,
}

/// Where the caret shall go in the next frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    /// The field; or an entry, whose first field is meant.
    pub at: At,
    /// Byte in the field's text; `None` selects all of it.
    pub byte: Option<usize>,
    /// Where the selection that starts there ends; `None` for a bare caret.
    pub end: Option<usize>,
}

impl Focus {
    /// The caret at a byte of the text at `at`; without one all of it is selected.
    #[must_use]
    pub fn new(at: At, byte: Option<usize>) -> Self {
        Self { at, byte, end: None }
    }
}

/// How the page is zoomed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Zoom {
    /// As wide as its panel.
    #[default]
    Width,
    /// All of a page.
    Page,
    /// A factor; 1 is the size on paper at 96 px per inch.
    Factor(f32),
}

/// A window in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// All commands, to be searched.
    Palette,
    /// All shortcuts.
    Help,
    /// Earlier versions of the file.
    Versions,
    /// What makes the profile fit on its pages.
    Fit,
    /// The variants of the profile.
    Variants,
    /// The kinds of section that can be added.
    AddSection,
    /// The formats that it can be exported to.
    Export,
    /// What the program is.
    About,
}

/// The view of one document.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The tab in front.
    pub tab: Tab,
    /// Where the caret shall go; taken by the field when it is drawn.
    pub focus: Option<Focus>,
    /// The field that has the caret, for marking its place on the page. Set anew in each frame.
    pub focused: Option<At>,
    /// The entries that were added and not left since: what they lack is not told yet.
    pub fresh: BTreeSet<At>,
    /// The byte at which the caret stands in it.
    pub caret: Option<usize>,
    /// The cards (entries, parts) that are open.
    pub open: BTreeSet<At>,
    /// Whether something is searched for, and what.
    pub find: Option<Find>,
    /// The sheet in front.
    pub sheet: Option<Sheet>,
    /// The zoom of the page.
    pub zoom: Zoom,
    /// Whether the page has a window of its own.
    pub torn_off: bool,
    /// Whether the page shall be scrolled to the field with the caret.
    pub reveal: bool,
    /// The variant that is shown.
    pub variant: Option<String>,
    /// What is laid over the look of the page while the pointer rests on what would change it.
    pub tried: Look,
}

impl View {
    /// Goes to what stands at `at`: tab, cards and caret. `byte` is where in its text; `None`
    /// selects it.
    pub fn go_to(&mut self, at: &At, byte: Option<usize>) {
        self.stand_at(at, byte);
        self.open_around(at);
    }

    /// The same without opening a card: one that is closed gets the focus as a whole.
    pub fn stand_at(&mut self, at: &At, byte: Option<usize>) {
        match self.tab_of(at) {
            Some(tab) => self.tab = tab,
            // What concerns a variant is in its sheet.
            None => self.sheet = Some(Sheet::Variants),
        }
        self.focus = Some(Focus { at: at.clone(), byte, end: None });
    }

    /// Brings what stands at `at` to the front; the caret stays where it is.
    pub fn show(&mut self, at: &At) {
        // What concerns a variant is in its sheet, which would cover all else.
        self.tab = self.tab_of(at).unwrap_or(self.tab);
        self.open_around(at);
    }

    /// The tab on which `at` stands; `None` for what is in the sheet of variants.
    #[must_use]
    pub fn tab_of(&self, at: &At) -> Option<Tab> {
        match at.steps() {
            [Step::Field("sections"), Step::Index(i), ..] => Some(Tab::Section(*i)),
            [Step::Field("look"), ..]
            | [Step::Field("variants"), Step::Index(_), Step::Field("look"), ..] => Some(Tab::Look),
            [Step::Field("person" | "marks" | "venues"), ..] => Some(Tab::Person),
            [Step::Field("variants"), ..] => None,
            _ => Some(self.tab),
        }
    }

    /// Goes to a text and selects some bytes of it.
    pub fn select(&mut self, at: &At, bytes: Range<usize>) {
        self.go_to(at, None);
        self.focus = Some(Focus { at: at.clone(), byte: Some(bytes.start), end: Some(bytes.end) });
    }

    /// Opens every card around `at`.
    pub fn open_around(&mut self, at: &At) {
        if let Some(entry) = edit::entry(at) {
            if let [Step::Field("parts"), Step::Index(i), ..] =
                at.steps().get(entry.steps().len()..).unwrap_or_default()
            {
                self.open.insert(entry.field("parts").index(*i));
            }
            self.open.insert(entry);
        }
    }

    /// Carries what is remembered by address over an edit.
    pub fn carry(&mut self, edit: &Edit) {
        let open = std::mem::take(&mut self.open);
        self.open = open.iter().filter_map(|at| edit.carried(at)).collect();
        self.fresh = self.fresh.iter().filter_map(|at| edit.carried(at)).collect();
        if let Edit::Add(list, index) = edit {
            self.fresh.insert(list.index(*index));
        }
        if let Tab::Section(i) = self.tab {
            let at = At::root().field("sections").index(i);
            match edit.carried(&at).as_ref().map(At::steps) {
                Some([_, Step::Index(new)]) => self.tab = Tab::Section(*new),
                _ if matches!(edit, Edit::Remove(_)) => {
                    self.tab = i.checked_sub(1).map_or(Tab::Person, Tab::Section);
                }
                _ => {}
            }
        }
    }
}

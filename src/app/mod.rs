//! The running editor without a screen: what is open, what was done, what is asked.

pub mod ask;
pub mod broken;
pub mod choose;
pub mod command;
pub mod doc;
pub mod edit;
pub mod fields;
pub mod files;
pub mod find;
pub mod fitting;
pub mod fix;
mod guard;
pub mod import;
pub mod jobs;
mod keeper;
pub mod loaded;
pub mod merging;
pub mod palette;
pub mod past;
pub mod photo;
pub mod place;
pub mod preview;
mod recover;
pub mod reference;
mod saving;
pub mod spelling;
pub mod tick;
pub mod undo;
pub mod view;
mod watch;

use crate::{
    at::{At, Step},
    export::Output,
    section::Section,
    slot::Slot,
    store::recovery::Found,
    variant::switched,
};
use ask::{Ask, Start, Then};
use broken::Broken;
use choose::{Chooser, Purpose, Wanted};
use command::Command;
use doc::Doc;
use edit::Edit;
use files::{Comparison, Files};
use past::Past;
use std::path::PathBuf;
use view::{Focus, Sheet, Tab, Zoom};

/// What the window shows.
#[derive(Debug)]
pub enum Screen {
    /// Nothing is open.
    Welcome,
    /// A document.
    Editor(Box<Doc>),
    /// A file that cannot be read as a profile.
    Broken(Box<Broken>),
}

/// The colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// As the system has them.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What only the window can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Close the window, without asking again.
    Quit,
    /// Let the user choose a file, by the system's chooser if there is one.
    Choose(Wanted),
    /// Open a file in the program that the system has for it.
    OpenFile(PathBuf),
    /// Show the folder of a file.
    ShowFile(PathBuf),
    /// Bring the window before all others: somebody wants to open what is open here.
    ComeForward,
    /// Open another window, with a file or without.
    NewWindow(Option<PathBuf>),
    /// Do something with the text of the field that had the caret last.
    InField(InField),
    /// Paste as text what became entries.
    PasteAsText,
}

/// What can be done with the text of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are what every editor has")]
pub enum InField {
    Cut,
    Copy,
    Paste,
    SelectAll,
}

/// A short message about what was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What was done, or why not.
    pub text: String,
    /// Whether it went well.
    pub good: bool,
    /// What can be done about it, as a button.
    pub action: Option<(&'static str, Command)>,
    /// The document and its state that the button is about: after the next change it would do
    /// something else.
    pub of: Option<(u64, u64)>,
    /// What can be done beside the editor, as buttons.
    pub links: Vec<(&'static str, Request)>,
}

/// The editor.
#[derive(Debug)]
pub struct App {
    /// What the window shows.
    pub screen: Screen,
    /// The colours of the window.
    pub colours: Colours,
    /// Whether the page is shown.
    pub page_shown: bool,
    /// Whether the form is folded away, so that the page has all the room.
    pub form_folded: bool,
    /// A sheet over the welcome screen.
    pub sheet: Option<Sheet>,
    /// What was done, to be told and forgotten.
    pub notices: Vec<Notice>,
    /// What the window shall do.
    pub requests: Vec<Request>,
    /// What is asked.
    pub ask: Option<Ask>,
    /// The window's own chooser of files, when it is open.
    pub chooser: Option<Chooser>,
    /// What differs, when that is looked at.
    pub comparison: Option<Comparison>,
    /// What is being brought together with what another program has written.
    pub merging: Option<merging::Merging>,
    /// The earlier versions, when they are looked at.
    pub past: Option<Past>,
    /// The plans that make it fit, when they are looked at.
    pub fitting: Option<fitting::Fitting>,
    /// Unsaved work of earlier runs that did not end well.
    pub found: Vec<Found>,
    /// What is being brought in from another program's file.
    pub import: Option<import::Arrival>,
    /// A whole CV that was pasted into a field.
    pub pasted: Option<import::Pasted>,
    /// The photo that is being chosen.
    pub photo: Option<photo::Draft>,
    /// What was pasted last and became entries.
    pub taken: Option<reference::Pasted>,
    /// The words that may be misspelt.
    pub spelling: spelling::Spelling,
    /// What is known of files.
    pub files: Files,
}

impl Default for App {
    fn default() -> Self {
        Self {
            screen: Screen::Welcome,
            colours: Colours::System,
            page_shown: true,
            form_folded: false,
            sheet: None,
            notices: vec![],
            requests: vec![],
            ask: None,
            chooser: None,
            comparison: None,
            merging: None,
            past: None,
            fitting: None,
            found: vec![],
            import: None,
            pasted: None,
            photo: None,
            taken: None,
            spelling: spelling::Spelling::default(),
            files: Files::default(),
        }
    }
}

impl App {
    /// The open document.
    #[must_use]
    pub fn doc(&self) -> Option<&Doc> {
        match &self.screen {
            Screen::Editor(doc) => Some(doc),
            Screen::Welcome | Screen::Broken(_) => None,
        }
    }

    /// The open document, to be changed.
    pub fn doc_mut(&mut self) -> Option<&mut Doc> {
        match &mut self.screen {
            Screen::Editor(doc) => Some(doc),
            Screen::Welcome | Screen::Broken(_) => None,
        }
    }

    /// The index of the section in front.
    #[must_use]
    pub fn section(&self) -> Option<usize> {
        let doc = self.doc()?;
        match doc.view.tab {
            Tab::Section(i) if i < doc.profile().sections.len() => Some(i),
            _ => None,
        }
    }

    /// The entry that holds the caret.
    #[must_use]
    pub fn entry(&self) -> Option<At> {
        self.doc()?.view.focused.as_ref().and_then(edit::entry)
    }

    /// The element of a list that holds the caret: entry, highlight, author, line.
    #[must_use]
    pub fn element(&self) -> Option<At> {
        let at = edit::element(self.doc()?.view.focused.as_ref()?)?;
        // Sections have commands of their own.
        (at.steps().len() > 2 || at.steps().first() != Some(&Step::Field("sections"))).then_some(at)
    }

    /// The nearest thing around the caret that can be switched off.
    #[must_use]
    pub fn switch(&self) -> Option<At> {
        let doc = self.doc()?;
        let mut places = vec![];
        doc.profile().switches(&mut |at, _| places.push(at));
        let mut at = doc.view.focused.clone()?;
        while !at.steps().is_empty() {
            if places.contains(&at) {
                return Some(at);
            }
            at = at.parent();
        }
        None
    }

    /// Makes an edit in the open document and offers to undo what takes something away.
    pub fn apply(&mut self, edit: &Edit) {
        let Some(doc) = self.doc_mut() else {
            return;
        };
        doc.undo.rest(&doc.file.profile);
        let before = doc.undo.state();
        match doc.apply(edit) {
            Some(done)
                if doc.undo.state() != before
                    && matches!(
                        edit,
                        Edit::Remove(_) | Edit::RemoveVariant(_) | Edit::Replace(..)
                    ) =>
            {
                self.tell_with(done.label, ("Undo", Command::Undo));
            }
            None if matches!(edit, Edit::Sort(_)) => {
                self.tell("The entries are in order already, the newest first");
            }
            _ => {}
        }
    }

    /// Tells that something went well.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.notices.push(Notice {
            text: text.into(),
            good: true,
            action: None,
            of: None,
            links: vec![],
        });
    }

    /// Tells that something went well, with a button, which is there until the document changes.
    pub fn tell_with(&mut self, text: impl Into<String>, action: (&'static str, Command)) {
        self.notices.push(Notice {
            text: text.into(),
            good: true,
            action: Some(action),
            of: self.state_now(),
            links: vec![],
        });
    }

    /// Whether the button of a notice still does what it says.
    #[must_use]
    pub fn is_able(&self, notice: &Notice) -> bool {
        notice.of.is_some() && notice.of == self.state_now()
    }

    /// The number of the open document and of its state; `None` while something is being typed.
    fn state_now(&self) -> Option<(u64, u64)> {
        Some((self.document_number(), self.doc()?.undo.state()?))
    }

    /// Tells that something went well, with what can be done beside the editor.
    pub fn tell_links(&mut self, text: impl Into<String>, links: Vec<(&'static str, Request)>) {
        self.notices.push(Notice { text: text.into(), good: true, action: None, of: None, links });
    }

    /// Tells that something went wrong.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.notices.push(Notice {
            text: text.into(),
            good: false,
            action: None,
            of: None,
            links: vec![],
        });
    }

    /// The sheet in front.
    #[must_use]
    pub fn sheet(&self) -> Option<Sheet> {
        match self.doc() {
            Some(doc) => doc.view.sheet,
            None => self.sheet,
        }
    }

    /// Shows a sheet.
    pub fn show(&mut self, sheet: Option<Sheet>) {
        match self.doc_mut() {
            Some(doc) => doc.view.sheet = sheet,
            None => self.sheet = sheet,
        }
    }

    /// Asks where an export goes.
    pub fn export_as(&mut self, output: Output) {
        self.choose(Purpose::Export(output));
    }

    /// Does what a command says, if it can be done now.
    pub fn run(&mut self, command: Command) {
        if command.info().is_some_and(|info| (info.able)(self)) {
            self.do_it(command);
        }
    }

    fn do_it(&mut self, command: Command) {
        match command {
            Command::Undo | Command::Redo => {
                if let Screen::Broken(broken) = &mut self.screen {
                    broken.take_back();
                } else if let Some(doc) = self.doc_mut() {
                    if command == Command::Undo {
                        doc.undo()
                    } else {
                        doc.redo()
                    };
                }
            }
            Command::Cut | Command::Copy | Command::Paste | Command::SelectAll => {
                self.requests.extend(command.in_field().map(Request::InField));
            }
            Command::AddEntry => {
                if let Some(i) = self.section() {
                    let list = At::root().field("sections").index(i).field("entries");
                    // Beside the entry with the caret, or at the end, where who copies a CV from top
                    // to bottom goes on.
                    let beside = self.entry().and_then(|at| edit::split(&at)).map(|e| e.1 + 1);
                    let sections = self.doc().map(|doc| doc.profile().sections.as_slice());
                    let count = sections.and_then(|s| s.get(i)).map_or(0, Section::count);
                    let index = beside.unwrap_or(count);
                    self.apply(&Edit::Add(list, index));
                }
            }
            Command::DuplicateEntry => self.with_entry(Edit::Duplicate),
            Command::DeleteEntry => self.with_entry(Edit::Remove),
            Command::MoveUp | Command::MoveDown => self.move_element(command == Command::MoveDown),
            Command::ChoosePhoto => self.choose(Purpose::Photo),
            Command::SwitchEntry => self.switch_element(),
            Command::SortByDate => {
                if let Some(i) = self.section() {
                    self.apply(&Edit::Sort(i));
                }
            }
            Command::OpenCards | Command::CloseCards => {
                let (section, open) = (self.section(), command == Command::OpenCards);
                if let (Some(i), Some(doc)) = (section, self.doc_mut()) {
                    let list = At::root().field("sections").index(i).field("entries");
                    doc.view.open.retain(|at| !at.is_within(&list));
                    let count = doc.profile().sections.get(i).map_or(0, |s| s.count());
                    doc.view.open.extend((0..count).filter(|_| open).map(|e| list.index(e)));
                }
            }
            Command::AddSection => self.show(Some(Sheet::AddSection)),
            Command::SectionUp | Command::SectionDown => {
                if let Some(i) = self.section() {
                    let to =
                        if command == Command::SectionUp { i.checked_sub(1) } else { Some(i + 1) };
                    if let Some(to) = to {
                        self.apply(&Edit::Shift(At::root().field("sections"), i, to));
                    }
                }
            }
            Command::DeleteSection => {
                if let Some(i) = self.section() {
                    self.apply(&Edit::Remove(At::root().field("sections").index(i)));
                }
            }
            Command::NextTab | Command::PreviousTab => self.turn_tab(command == Command::NextTab),
            Command::GoToPerson => self.go_to_tab(Tab::Person),
            Command::GoToLook => self.go_to_tab(Tab::Look),
            Command::GoToCheck => self.go_to_tab(Tab::Check),
            Command::FitWidth => self.zoom(|_| Zoom::Width),
            Command::FitPage => self.zoom(|_| Zoom::Page),
            Command::ZoomIn => self.zoom(|z| Zoom::Factor((z * 1.25).min(4.0))),
            Command::ZoomOut => self.zoom(|z| Zoom::Factor((z / 1.25).max(0.25))),
            Command::TogglePage => {
                self.page_shown = !self.page_shown;
                // One of both is always there.
                self.form_folded &= self.page_shown;
            }
            Command::ToggleForm => self.fold(!self.form_folded),
            Command::TearOff => {
                if let Some(doc) = self.doc_mut() {
                    doc.view.torn_off = !doc.view.torn_off;
                }
            }
            Command::LargerText => self.scale(|scale| scale * 1.1),
            Command::SmallerText => self.scale(|scale| scale / 1.1),
            Command::UsualText => self.scale(|_| 1.0),
            Command::LightTheme => self.colours = Colours::Light,
            Command::DarkTheme => self.colours = Colours::Dark,
            Command::SystemTheme => self.colours = Colours::System,
            Command::Find => self.find(false),
            Command::Replace => self.find(true),
            Command::FindNext | Command::FindPrevious => {
                self.find_next(command == Command::FindNext);
            }
            Command::CheckSpelling => self.spelling.on = !self.spelling.on,
            Command::NextMisspelt => self.go_to_misspelt(),
            Command::NextVariant => {
                if let Some(doc) = self.doc_mut() {
                    let names: Vec<_> = doc.profile().variants.iter().map(|v| &v.name).collect();
                    let now =
                        doc.view.variant.as_ref().and_then(|v| names.iter().position(|n| *n == v));
                    let next = names.get(now.map_or(0, |i| i + 1)).map(|n| (*n).clone());
                    doc.view.variant = next;
                }
            }
            Command::Variants => self.show(Some(Sheet::Variants)),
            Command::MakeItFit => self.plan_fit(),
            Command::Versions => {
                self.look_at_versions();
                self.show(Some(Sheet::Versions));
            }
            Command::Palette => self.show(Some(Sheet::Palette)),
            Command::Help => self.show(Some(Sheet::Help)),
            Command::About => self.show(Some(Sheet::About)),
            Command::New => self.begin(Start::Empty),
            Command::NewWindow => self.requests.push(Request::NewWindow(None)),
            Command::Open => self.choose(Purpose::Open),
            Command::Import => self.choose(Purpose::Import),
            Command::ImportText => self.paste_import(),
            Command::Save => self.save(),
            Command::SaveAs => self.choose(Purpose::SaveAs),
            Command::SaveCopy => self.choose(Purpose::SaveCopy),
            Command::Revert => self.reload("Revert to saved"),
            Command::Export => self.export_again(),
            Command::ExportAs => self.choose(Purpose::Export(Output::PDF)),
            Command::ExportOther => self.show(Some(Sheet::Export)),
            Command::ExportAll => self.choose(Purpose::ExportAll),
            Command::Close => self.guard(Then::Close),
            Command::Quit => self.guard(Then::Quit),
        }
    }

    /// Folds the form away, or brings it back; the caret stays where it is.
    pub fn fold(&mut self, folded: bool) {
        self.form_folded = folded;
        self.page_shown |= folded;
    }

    /// Whether the form is away: the look and what there is to check are shown all the same.
    #[must_use]
    pub fn is_form_away(&self) -> bool {
        let doc = self.doc().filter(|doc| !doc.view.torn_off);
        self.form_folded
            && self.page_shown
            && doc.is_some_and(|doc| matches!(doc.view.tab, Tab::Person | Tab::Section(_)))
    }

    /// Makes everything in the window larger or smaller.
    fn scale(&mut self, change: impl Fn(f32) -> f32) {
        let scale = change(self.files.settings.scale);
        // Steps that come back to 1 exactly.
        self.files.settings.scale = ((scale * 20.0).round() / 20.0).clamp(0.5, 3.0);
    }

    fn with_entry(&mut self, edit: fn(At) -> Edit) {
        if let Some(at) = self.entry() {
            self.apply(&edit(at));
        }
    }

    /// Moves the element with the caret by one place; the caret stays in the same field of it.
    fn move_element(&mut self, down: bool) {
        let Some((element, focused)) =
            self.element().zip(self.doc().and_then(|d| d.view.focused.clone()))
        else {
            return;
        };
        let Some((list, from)) = edit::split(&element) else {
            return;
        };
        let Some(to) = (if down { Some(from + 1) } else { from.checked_sub(1) }) else {
            return;
        };
        let edit = Edit::Shift(list, from, to);
        // The last one stays where it is, and so does the caret.
        if let Some(doc) = self.doc_mut()
            && doc.apply(&edit).is_some()
            && let Some(at) = edit.carried(&focused)
        {
            doc.view.stand_at(&at, Some(usize::MAX));
        }
    }

    fn switch_element(&mut self) {
        let Some(at) = self.switch() else {
            return;
        };
        let Some(doc) = self.doc_mut() else {
            return;
        };
        let variant = doc.view.variant.clone();
        let variants = doc.profile().variants.clone();
        let Some(show) = Slot::of(&mut doc.file.profile, &at).and_then(Slot::show) else {
            return;
        };
        let on = show.is_on(variant.as_deref());
        let new = switched(show, variant.as_deref(), !on, &variants);
        self.apply(&Edit::SetShow(at, new));
    }

    /// Goes to a tab, with the caret where it begins.
    fn go_to_tab(&mut self, tab: Tab) {
        let Some(doc) = self.doc_mut() else {
            return;
        };
        doc.view.tab = tab;
        let at = match tab {
            Tab::Person => At::root().field("person").field("name"),
            Tab::Section(i) => {
                let at = At::root().field("sections").index(i);
                let empty = doc.profile().sections.get(i).is_none_or(|s| s.count() == 0);
                if empty { at } else { at.field("entries").index(0) }
            }
            Tab::Look => At::root().field("look").field("theme"),
            Tab::Check => return,
        };
        doc.view.focus = Some(Focus::new(at, Some(usize::MAX)));
    }

    fn turn_tab(&mut self, forward: bool) {
        let Some(doc) = self.doc() else {
            return;
        };
        let sections = (0..doc.profile().sections.len()).map(Tab::Section);
        let tabs: Vec<Tab> =
            [Tab::Person].into_iter().chain(sections).chain([Tab::Look, Tab::Check]).collect();
        let now = tabs.iter().position(|t| *t == doc.view.tab).unwrap_or(0);
        let step = if forward { 1 } else { tabs.len() - 1 };
        if let Some(tab) = tabs.get((now + step) % tabs.len()) {
            self.go_to_tab(*tab);
        }
    }

    fn zoom(&mut self, change: impl Fn(f32) -> Zoom) {
        if let Some(doc) = self.doc_mut() {
            let now = match doc.view.zoom {
                Zoom::Factor(factor) => factor,
                Zoom::Width | Zoom::Page => 1.0,
            };
            doc.view.zoom = change(now);
        }
    }
}

#[cfg(test)]
mod tests;

//! The table of commands, which feeds menu, palette, shortcuts, tooltips, help and tests.

use super::{App, InField, Screen};

/// A thing the user can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table says what each one does")]
pub enum Command {
    New,
    NewWindow,
    Open,
    Import,
    ImportText,
    Save,
    SaveAs,
    SaveCopy,
    Revert,
    Versions,
    Export,
    ExportAs,
    ExportOther,
    ExportAll,
    Close,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    SelectAll,
    Find,
    FindNext,
    FindPrevious,
    Replace,
    CheckSpelling,
    NextMisspelt,
    AddEntry,
    DuplicateEntry,
    DeleteEntry,
    MoveUp,
    MoveDown,
    SwitchEntry,
    ChoosePhoto,
    SortByDate,
    OpenCards,
    CloseCards,
    AddSection,
    SectionUp,
    SectionDown,
    DeleteSection,
    NextTab,
    PreviousTab,
    GoToPerson,
    GoToLook,
    GoToCheck,
    ZoomIn,
    ZoomOut,
    FitWidth,
    FitPage,
    TogglePage,
    ToggleForm,
    TearOff,
    LargerText,
    SmallerText,
    UsualText,
    LightTheme,
    DarkTheme,
    SystemTheme,
    MakeItFit,
    Variants,
    NextVariant,
    Palette,
    Help,
    About,
}

/// Where a command stands in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the titles of the menus")]
pub enum Menu {
    File,
    Edit,
    Section,
    View,
    Help,
}

impl Menu {
    /// The menus, from left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Section, Self::View, Self::Help];

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Section => "Section",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// A combination of keys. `key` is named as on a keyboard: "S", "F1", `ArrowUp`, "Enter".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key itself.
    pub key: &'static str,
}

/// What is known of a command.
#[derive(Debug)]
pub struct Info {
    /// The command.
    pub command: Command,
    /// Its name in the menu.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// Its menu.
    pub menu: Menu,
    /// Whether a line stands before it in the menu.
    pub line: bool,
    /// Its shortcuts; the first one is shown.
    pub keys: &'static [Keys],
    /// Whether it can be done now.
    pub able: fn(&App) -> bool,
}

const fn ctrl(key: &'static str) -> Keys {
    Keys { command: true, shift: false, alt: false, key }
}

const fn ctrl_shift(key: &'static str) -> Keys {
    Keys { command: true, shift: true, alt: false, key }
}

const fn alt(key: &'static str) -> Keys {
    Keys { command: false, shift: false, alt: true, key }
}

/// On a Mac, Cmd+H hides the whole program, and Cmd+Option+F replaces.
const REPLACE: Keys = match cfg!(target_os = "macos") {
    true => Keys { command: true, shift: false, alt: true, key: "F" },
    false => ctrl("H"),
};

const fn plain(key: &'static str) -> Keys {
    Keys { command: false, shift: false, alt: false, key }
}

fn always(_: &App) -> bool {
    true
}

fn document(app: &App) -> bool {
    app.doc().is_some()
}

/// Whether what is open has a file, whether that can be read as a profile or not.
fn saved(app: &App) -> bool {
    match &app.screen {
        Screen::Editor(doc) => doc.path.is_some(),
        Screen::Broken(_) => true,
        Screen::Welcome => false,
    }
}

fn undoable(app: &App) -> bool {
    match &app.screen {
        Screen::Editor(doc) => doc.undo.undo_label().is_some(),
        Screen::Broken(broken) => broken.is_replaced(),
        Screen::Welcome => false,
    }
}

fn open(app: &App) -> bool {
    !matches!(app.screen, Screen::Welcome)
}

fn importable(app: &App) -> bool {
    !matches!(app.screen, Screen::Broken(_))
}

fn section(app: &App) -> bool {
    app.section().is_some()
}

fn entry(app: &App) -> bool {
    app.entry().is_some()
}

fn finding(app: &App) -> bool {
    app.doc().and_then(|d| d.view.find.as_ref()).is_some_and(|find| !find.text.trim().is_empty())
}

fn element(app: &App) -> bool {
    app.element().is_some()
}

macro_rules! commands {
    ($( $menu:ident { $( $(-- $line:tt)? $command:ident $name:literal [$($keys:expr),*] $able:expr, $help:literal; )* } )*) => {
        /// All commands, in the order of the menu.
        pub static COMMANDS: &[Info] = &[$($( Info {
            command: Command::$command,
            name: $name,
            help: $help,
            menu: Menu::$menu,
            line: commands!(@line $($line)?),
            keys: &[$($keys),*],
            able: $able,
        }, )*)*];
    };
    (@line) => { false };
    (@line $line:tt) => { true };
}

commands! {
    File {
        New "New profile" [ctrl("N")] always, "Start a new profile with the usual sections, empty";
        NewWindow "New window" [ctrl_shift("N")] always, "Open a second window";
        Open "Open…" [ctrl("O")] always, "Open a profile from a file";
        -- - Import "Import…" [ctrl_shift("I")] importable, "Take a whole CV or publications over from a file: PDF, DOCX, LaTeX, BibTeX and more";
        ImportText "Import pasted text…" [] importable, "Take a CV or publications over from text: your CV as it is, LaTeX, BibTeX, JSON, YAML";
        -- - Save "Save" [ctrl("S")] open, "Save the profile to its file";
        SaveAs "Save as…" [ctrl_shift("S")] document, "Save the profile to another file and go on with that";
        SaveCopy "Save a copy…" [] document, "Save a copy to another file and go on with this one";
        Revert "Revert to saved" [] |app| app.doc().is_some_and(|d| d.path.is_some() && d.is_changed()), "Take back everything since the last save; this can be undone";
        Versions "Earlier versions…" [] saved, "Look at, compare and restore what was saved before";
        -- - Export "Export PDF" [ctrl("E")] document, "Write the page as a PDF";
        ExportAs "Export PDF as…" [ctrl_shift("E")] document, "Write the page as a PDF to another place";
        ExportOther "Export in another format…" [] document, "Write Word, HTML, Markdown or text, or a PDF with the profile inside";
        ExportAll "Export all variants…" [] |app| app.doc().is_some_and(|d| !d.profile().variants.is_empty()), "Write one PDF for the whole profile and one for each variant";
        -- - Close "Close profile" [ctrl("W")] open, "Close the profile and go back to the start";
        Quit "Quit" [ctrl("Q")] always, "Close the window";
    }
    Edit {
        Undo "Undo" [ctrl("Z")] undoable, "Take back the last change";
        Redo "Redo" [ctrl_shift("Z"), ctrl("Y")] |app| app.doc().is_some_and(|d| d.undo.redo_label().is_some()), "Make the change again that was taken back";
        -- - Cut "Cut" [ctrl("X")] document, "Take the selected text to the clipboard";
        Copy "Copy" [ctrl("C")] document, "Copy the selected text to the clipboard";
        Paste "Paste" [ctrl("V")] document, "Put in what is on the clipboard";
        SelectAll "Select all" [ctrl("A")] document, "Select all text of the field";
        -- - Find "Find in profile" [ctrl("F")] document, "Search all fields and go to one";
        FindNext "Find next" [plain("F3")] finding, "Go to the next place where the words stand";
        FindPrevious "Find previous" [Keys { command: false, shift: true, alt: false, key: "F3" }] finding, "Go to the place before";
        Replace "Find and replace" [REPLACE] document, "Search all fields and put other words in";
        -- - CheckSpelling "Check spelling" [] always, "Mark what no dictionary has, or mark nothing";
        NextMisspelt "Next misspelling" [plain("F7")] |app| app.doc().is_some() && app.spelling.on, "Go to the next place that may be misspelt";
        -- - AddEntry "Add entry" [ctrl("Enter")] section, "Add an entry to this section";
        DuplicateEntry "Duplicate entry" [ctrl("D")] entry, "Put a copy of this entry after it";
        DeleteEntry "Delete entry" [ctrl_shift("Delete")] entry, "Delete this entry; this can be undone";
        MoveUp "Move up" [alt("ArrowUp")] element, "Move this entry, highlight, author or line up";
        MoveDown "Move down" [alt("ArrowDown")] element, "Move this entry, highlight, author or line down";
        ChoosePhoto "Choose photo…" [] document, "Choose a picture of you, and the part of it that is printed";
        SwitchEntry "Show or hide on the page" [ctrl_shift("H")] |app| app.switch().is_some(), "Print this entry or highlight, or leave it out; in a variant, only there";
    }
    Section {
        AddSection "Add section…" [ctrl_shift("A")] document, "Add a section of another kind";
        SectionUp "Move section up" [ctrl_shift("ArrowUp")] section, "Print this section earlier";
        SectionDown "Move section down" [ctrl_shift("ArrowDown")] section, "Print this section later";
        DeleteSection "Delete section" [] section, "Delete this section and all its entries; this can be undone";
        -- - SortByDate "Sort entries by date" [] section, "Put the newest entries of this section first";
        OpenCards "Open all entries" [] section, "Show all fields of every entry";
        CloseCards "Close all entries" [] section, "Show every entry as one line";
    }
    View {
        NextTab "Next tab" [ctrl("PageDown")] document, "Go to the next tab";
        PreviousTab "Previous tab" [ctrl("PageUp")] document, "Go to the tab before";
        GoToPerson "Personal details" [alt("1")] document, "Go to name and contacts";
        GoToLook "Look" [alt("2")] document, "Go to theme, fonts and spacing";
        GoToCheck "Check" [alt("3")] document, "Go to what is odd about the profile";
        -- - ZoomIn "Zoom page in" [ctrl_shift("Plus"), ctrl_shift("Equals")] document, "Show the page larger";
        ZoomOut "Zoom page out" [ctrl_shift("Minus")] document, "Show the page smaller";
        FitWidth "Fit page width" [ctrl_shift("W")] document, "Show the page as wide as its panel";
        FitPage "Fit whole page" [ctrl_shift("F")] document, "Show all of a page";
        ToggleForm "Write on the page alone" [plain("F9")] document, "Fold the form away, so that the page has all the room, or bring it back";
        TogglePage "Show or hide the page" [Keys { command: false, shift: true, alt: false, key: "F9" }] document, "Hide the page, or show it again";
        TearOff "Page in its own window" [ctrl_shift("T")] document, "Show the page in a window of its own, or bring it back";
        MakeItFit "Make it fit…" [ctrl_shift("M")] document, "See what makes the CV fit on its pages, and do it by one click";
        -- - Variants "Variants…" [] document, "Add, copy, rename and delete variants";
        NextVariant "Next variant" [plain("F6")] |app| app.doc().is_some_and(|d| !d.profile().variants.is_empty()), "Show the next variant";
        -- - LargerText "Larger text" [ctrl("Equals"), ctrl("Plus")] always, "Make everything in the window larger";
        SmallerText "Smaller text" [ctrl("Minus")] always, "Make everything in the window smaller";
        UsualText "Usual size of text" [ctrl("0")] always, "Show the window in its usual size";
        -- - LightTheme "Light" [] always, "Use light colours in the window";
        DarkTheme "Dark" [] always, "Use dark colours in the window";
        SystemTheme "As the system" [] always, "Use the system's colours";
    }
    Help {
        Palette "Command palette…" [ctrl_shift("P")] always, "Search all commands";
        Help "Keyboard shortcuts" [plain("F1")] always, "Show all shortcuts";
        About "About Vitae" [] always, "Version, licences, where your files are";
    }
}

/// The keys inside fields, which are no commands: as shown, and what they do.
pub static EDITING_KEYS: &[(&str, &str)] = &[
    ("Ctrl+B", "Bold: the selection, or the word at the caret"),
    ("Ctrl+I", "Italic: the selection, or the word at the caret"),
    ("Ctrl+K", "Make a link of the selection, or go to its address; pressed there, the link goes"),
    (
        "Enter",
        "In a highlight, link or author: go on with the next one; elsewhere, with the next field",
    ),
    ("Shift+Enter", "Go back to the field before"),
    ("Backspace", "At the start of a highlight: join it with the one before"),
    ("Delete", "At the end of a highlight: join it with the next one"),
    ("Alt+Right", "Put a highlight inside the one before it; move an author on"),
    ("Alt+Left", "Take a highlight out again; move an author back"),
    ("Up, Down", "Go to the highlight above or below"),
    ("Tab", "Go to the next field"),
    (
        "Home, End, Up, Down on the page",
        "Go to the start or the end of its line, or to another line",
    ),
];

impl Command {
    /// What it does to the text of the field with the caret; such a field knows its keys by itself.
    #[must_use]
    pub fn in_field(self) -> Option<InField> {
        match self {
            Self::Cut => Some(InField::Cut),
            Self::Copy => Some(InField::Copy),
            Self::Paste => Some(InField::Paste),
            Self::SelectAll => Some(InField::SelectAll),
            _ => None,
        }
    }

    /// What is known of it.
    #[must_use]
    pub fn info(self) -> Option<&'static Info> {
        COMMANDS.iter().find(|info| info.command == self)
    }
}

impl Keys {
    /// As shown: "Ctrl+Shift+P".
    #[must_use]
    pub fn shown(&self) -> String {
        let mut out = String::new();
        for (held, name) in [(self.command, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                out += name;
            }
        }
        keys_here(&(out + self.name()))
    }

    fn name(&self) -> &'static str {
        match self.key {
            "ArrowUp" => "Up",
            "ArrowDown" => "Down",
            "PageUp" => "Page up",
            "PageDown" => "Page down",
            "Plus" => "+",
            "Equals" => "=",
            "Minus" => "-",
            key => key,
        }
    }
}

/// A text with names of keys ("Ctrl+B", "Alt+Up") as they are written on this system.
#[must_use]
pub fn keys_here(text: &str) -> String {
    if cfg!(target_os = "macos") { in_signs(text) } else { text.to_owned() }
}

/// Names of keys as a Mac writes them: "⇧⌘P" for "Ctrl+Shift+P". There, Option alone types letters
/// and goes by words, so that what Alt does elsewhere is done with Command besides.
fn in_signs(text: &str) -> String {
    /// The keys that are held, and their signs.
    const HELD: [(&str, char); 3] = [("Ctrl+", '⌘'), ("Alt+", '⌥'), ("Shift+", '⇧')];
    const KEYS: [(&str, &str); 4] = [("Up", "↑"), ("Down", "↓"), ("Left", "←"), ("Right", "→")];
    let mut out = String::new();
    let mut rest = text;
    loop {
        let mut held = vec![];
        while let Some((after, sign)) =
            HELD.iter().find_map(|(name, sign)| Some((rest.strip_prefix(name)?, *sign)))
        {
            held.push(sign);
            rest = after;
        }
        if held.contains(&'⌥') {
            held.push('⌘');
        }
        out.extend(['⌥', '⇧', '⌘'].into_iter().filter(|sign| held.contains(sign)));
        if let Some((after, sign)) = KEYS
            .iter()
            .filter(|_| !held.is_empty())
            .find_map(|(name, sign)| Some((rest.strip_prefix(name)?, *sign)))
        {
            out += sign;
            rest = after;
        }
        let mut letters = rest.chars();
        match letters.next() {
            Some(letter) => out.push(letter),
            None => return out,
        }
        rest = letters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mac_has_signs_for_keys() {
        for (text, expected) in [
            ("Ctrl+Shift+P", "⇧⌘P"),
            ("Bold (Ctrl+B)", "Bold (⌘B)"),
            ("Alt+Right", "⌥⌘→"),
            ("Drag to reorder, or Alt+Up and Alt+Down", "Drag to reorder, or ⌥⌘↑ and ⌥⌘↓"),
            ("Alt+1", "⌥⌘1"),
            ("Ctrl++", "⌘+"),
            ("Shift+F3", "⇧F3"),
            ("Up, Down", "Up, Down"),
            ("Enter", "Enter"),
            ("Ctrl+Page up", "⌘Page up"),
            ("", ""),
        ] {
            assert_eq!(in_signs(text), expected);
        }
    }

    #[test]
    fn every_command_is_in_the_table_once_and_no_two_share_keys() {
        for (i, info) in COMMANDS.iter().enumerate() {
            let before = COMMANDS.get(..i).unwrap();
            for other in before {
                assert_ne!(info.command, other.command);
                assert_ne!(info.name, other.name);
                let shared = info.keys.iter().find(|k| other.keys.contains(k));
                assert_eq!(shared, None, "{} and {}", info.name, other.name);
            }
            assert!(!info.help.is_empty() && !info.help.ends_with('.'), "{}", info.name);
        }
    }
}

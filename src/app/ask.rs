//! What the user is asked, and the answers there are. What an answer does is in `files`.

use super::{
    choose::Wanted,
    jobs::{SaveKind, Target},
};
use std::path::PathBuf;

/// What a new document begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The usual sections, empty.
    Empty,
    /// A copy of the sample of that name.
    Sample(&'static str),
}

/// What is done once nothing unsaved is in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// A new document.
    New(Start),
    /// Another file is opened.
    Open(PathBuf),
    /// The unsaved work of that index, found at the start, is opened.
    Restore(usize),
    /// Back to the start.
    Close,
    /// The window closes.
    Quit,
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// There are unsaved changes, and something would do away with them.
    Unsaved(Then),
    /// Another program has written the file. `saving`: a save met it.
    Outside {
        /// Whether a save met it, which then goes on.
        saving: bool,
        /// Whether both can be brought together.
        merge: bool,
    },
    /// The file of the open document is not there any more.
    Gone,
    /// For the file just opened, unsaved work was found, of that index.
    Recovered(usize),
    /// Whether found work, of that index, may go.
    DiscardFound(usize),
    /// A file would be overwritten.
    Overwrite(Wanted, PathBuf),
    /// Files would be overwritten.
    OverwriteAll {
        /// Their names.
        there: Vec<String>,
        /// What is to be exported.
        targets: Vec<Target>,
    },
    /// A save failed.
    NotSaved {
        /// What was tried.
        kind: SaveKind,
        /// The file.
        path: PathBuf,
        /// Why it failed.
        reason: String,
    },
    /// The file is of a newer version and can only be looked at.
    Newer,
    /// Another window works on the file and does not answer; here it can only be looked at.
    Elsewhere,
    /// A file cannot be opened.
    NotOpened {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
        /// Whether there is nothing at all.
        missing: bool,
        /// Whether earlier versions of it are kept.
        versions: bool,
    },
    /// The page is not as it should be sent.
    NotReady {
        /// How many lines are too many.
        lines: usize,
        /// How many things are wrong.
        problems: usize,
        /// What was to be exported.
        targets: Vec<Target>,
    },
    /// An export cannot be written.
    NotExported {
        /// Why not.
        reason: String,
        /// What was to be exported.
        targets: Vec<Target>,
    },
    /// Whether all earlier versions may go.
    ForgetVersions,
    /// Unsaved work cannot be kept.
    NotKept {
        /// Why not.
        reason: String,
        /// Whether it can be kept beside its file instead.
        beside: bool,
    },
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "what they do depends on the question")]
pub enum Answer {
    Save,
    Discard,
    Cancel,
    Reload,
    KeepMine,
    Compare,
    Merge,
    Restore,
    Overwrite,
    OtherPlace,
    Retry,
    Anyway,
    Suggestions,
    Delete,
    Choose,
    Create,
    Forget,
    Beside,
    Versions,
}

impl Ask {
    /// The question in a few words; `name` is what the open document is called.
    #[must_use]
    pub fn title(&self, name: &str) -> String {
        match self {
            Self::Unsaved(_) => format!("Save the changes to {name}?"),
            Self::Outside { .. } => format!("{name} was changed by another program"),
            Self::Gone => format!("{name} is not there any more"),
            Self::Recovered(_) => format!("There is unsaved work for {name}"),
            Self::DiscardFound(_) => "Delete this unsaved work?".to_owned(),
            Self::Overwrite(_, path) => format!("Replace {}?", file_name(path)),
            Self::OverwriteAll { there, .. } => match there.as_slice() {
                [one] => format!("Replace {one}?"),
                all => format!("Replace {} files?", all.len()),
            },
            Self::NotSaved { path, .. } => format!("{} is not saved", file_name(path)),
            Self::Newer => format!("{name} is from a newer Vitae"),
            Self::Elsewhere => format!("{name} is open in another window"),
            Self::NotOpened { path, missing: true, .. } => {
                format!("There is no file {}", file_name(path))
            }
            Self::NotOpened { path, .. } => format!("{} cannot be opened", file_name(path)),
            Self::NotReady { lines: 0, problems: 1, .. } => "One thing should be mended".to_owned(),
            Self::NotReady { lines: 0, problems, .. } => {
                format!("{problems} things should be mended")
            }
            Self::NotReady { lines: 1, .. } => "1 line too long".to_owned(),
            Self::NotReady { lines, .. } => format!("{lines} lines too long"),
            Self::NotExported { .. } => "The file is not written".to_owned(),
            Self::NotKept { .. } => "Unsaved work is not kept safe".to_owned(),
            Self::ForgetVersions => format!("Delete all earlier versions of {name}?"),
        }
    }

    /// What there is to know about it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Unsaved(_) => {
                "What you changed since the last save is lost otherwise.".to_owned()
            }
            Self::Outside { saving, merge } => {
                let saving = if *saving { "Nothing has been overwritten. " } else { "" };
                let merge = if *merge { "Merge to keep the changes of both. " } else { "" };
                format!(
                    "{saving}{merge}Reload it to go on with what is in the file; this can be undone. \
                         Keep yours to replace the file by what is in this window at the next save."
                )
            }
            Self::Gone => {
                "It was moved, renamed or deleted outside of Vitae. What it held is still in this window, \
                 with your changes."
                    .to_owned()
            }
            Self::Recovered(_) => {
                "Vitae was closed before it was saved. Restore it to go on with it; \
                                   the file stays as it is until you save."
                    .to_owned()
            }
            Self::DiscardFound(_) => "It is in no file and cannot be brought back.".to_owned(),
            Self::Overwrite(_, path) => {
                let folder = path.parent().unwrap_or(path).display();
                format!("There is a file of that name in {folder}. What it holds would be lost.")
            }
            Self::OverwriteAll { there, .. } => {
                let (first, more) = there.split_at(there.len().min(6));
                let more = match more.len() {
                    0 => String::new(),
                    n => format!(" and {n} more"),
                };
                let names = first.join(", ");
                match there.len() {
                    1 => format!("{names} is in that folder already. What it holds would be lost."),
                    _ => format!("{names}{more} are in that folder already. What they hold would be lost."),
                }
            }
            Self::NotSaved { reason, .. } => {
                format!("{reason}. Your changes are still in this window.")
            }
            Self::Newer => {
                "You can look at it and export it here. To change it, save it elsewhere: \
                            what this version does not know may be missing there."
                    .to_owned()
            }
            Self::Elsewhere => {
                "That window does not answer. Here you can look at it and export it. To change it, close \
                 the other window and try again, or save it elsewhere."
                    .to_owned()
            }
            Self::NotOpened { missing: true, path, .. } => {
                let folder = path.parent().unwrap_or(path).display();
                format!("It may have been moved or renamed. It was looked for in {folder}.")
            }
            Self::NotOpened { reason, .. } | Self::NotExported { reason, .. } => reason.clone(),
            Self::NotReady { lines, problems, .. } => {
                let long = "It does not fit the pages it should have, even in the smallest size.";
                let wrong = match problems {
                    1 => "1 mistake would be seen on the page.".to_owned(),
                    n => format!("{n} mistakes would be seen on the page."),
                };
                match (lines, problems) {
                    (0, _) => format!("{wrong} The Check tab shows what to do."),
                    (_, 0) => format!("{long} The Check tab shows what would win lines."),
                    _ => format!("{long} {wrong} The Check tab shows what to do."),
                }
            }
            Self::NotKept { reason, beside } => {
                let beside = if *beside {
                    " Vitae can keep it in a hidden folder beside the file until it is saved."
                } else {
                    ""
                };
                format!(
                    "{reason}. Should Vitae or the machine stop now, what was typed since the last save \
                     would be lost. It is tried again every few seconds.{beside}"
                )
            }
            Self::ForgetVersions => "The file itself stays. This cannot be undone.".to_owned(),
        }
    }

    /// The answers with their words, the one to be expected first. The last one is what Escape
    /// says.
    #[must_use]
    pub fn answers(&self) -> Vec<(Answer, &'static str)> {
        let cancel = (Answer::Cancel, "Cancel");
        let elsewhere = (Answer::OtherPlace, "Save elsewhere…");
        match self {
            Self::Unsaved(_) => vec![(Answer::Save, "Save"), (Answer::Discard, "Discard"), cancel],
            Self::Outside { merge, .. } => {
                let mut answers = vec![
                    (Answer::Reload, "Reload"),
                    (Answer::KeepMine, "Keep mine"),
                    (Answer::Compare, "Compare"),
                    (Answer::Cancel, "Decide later"),
                ];
                if *merge {
                    answers.insert(0, (Answer::Merge, "Merge…"));
                }
                answers
            }
            Self::Gone => vec![
                (Answer::Save, "Save it here again"),
                elsewhere,
                (Answer::Cancel, "Decide later"),
            ],
            Self::Recovered(_) => vec![
                (Answer::Restore, "Restore"),
                (Answer::Compare, "What differs"),
                (Answer::Delete, "Delete it"),
                (Answer::Cancel, "Later"),
            ],
            Self::DiscardFound(_) | Self::ForgetVersions => {
                vec![(Answer::Delete, "Delete"), cancel]
            }
            Self::Overwrite(..) => {
                // Enter must not lose a file: the safe way comes first.
                vec![(Answer::OtherPlace, "Another name…"), (Answer::Overwrite, "Replace"), cancel]
            }
            Self::NotKept { beside, .. } => {
                let mut answers = vec![(Answer::Save, "Save now")];
                if *beside {
                    answers.push((Answer::Beside, "Keep it beside the file"));
                }
                answers.push((Answer::Cancel, "Later"));
                answers
            }
            Self::OverwriteAll { .. } => {
                vec![
                    (Answer::OtherPlace, "Another folder…"),
                    (Answer::Overwrite, "Replace"),
                    cancel,
                ]
            }
            Self::NotSaved { .. } => vec![(Answer::Retry, "Try again"), elsewhere, cancel],
            Self::Newer => vec![elsewhere, (Answer::Cancel, "Look at it")],
            Self::Elsewhere => {
                vec![(Answer::Retry, "Try again"), elsewhere, (Answer::Cancel, "Look at it")]
            }
            Self::NotOpened { missing, versions, .. } => {
                let mut answers = vec![(Answer::Choose, "Open another…")];
                if *versions {
                    answers.push((Answer::Versions, "Earlier versions…"));
                }
                if *missing {
                    answers.push((Answer::Create, "Create it"));
                    answers.push((Answer::Forget, "Forget it"));
                }
                answers.push(cancel);
                answers
            }
            Self::NotReady { .. } => vec![
                (Answer::Suggestions, "Go to suggestions"),
                (Answer::Anyway, "Export anyway"),
                cancel,
            ],
            Self::NotExported { .. } => {
                vec![(Answer::Retry, "Try again"), (Answer::OtherPlace, "Another place…"), cancel]
            }
        }
    }
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

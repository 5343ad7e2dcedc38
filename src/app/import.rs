//! Bringing something in from another program's file: read on a thread, looked through by the user,
//! taken as one step.

use super::{
    App, Screen,
    command::Command,
    doc::Doc,
    edit::Edit,
    guard,
    jobs::{Finished, Jobs, Read},
};
use crate::{
    interchange::{
        Group, Import,
        merge::{self, Plan},
    },
    profile::Profile,
    store::{Document, beside::Neighbours, read},
};
use std::{path::PathBuf, sync::Arc};

/// Something that is brought in.
#[derive(Debug)]
pub enum Arrival {
    /// A text is being pasted.
    Paste(String),
    /// It is being read.
    Reading {
        /// What it is called.
        name: String,
    },
    /// It has been read, and the user decides.
    Ready(Box<Ready>),
}

/// What was read, and what would be taken of it.
#[derive(Debug)]
pub struct Ready {
    /// What it is called: the name of its file.
    pub name: String,
    /// The format it was recognised as.
    pub format: &'static str,
    /// What was read, with its report.
    pub import: Import,
    /// What it would do. Its decisions are changed by the user.
    pub plan: Plan,
    /// What is to be looked at in the report.
    pub told: Vec<Group>,
    /// Whether it becomes a profile of its own, and not a part of the open one.
    fresh: bool,
}

/// Where something is brought in from.
#[derive(Clone, Debug)]
pub(super) enum From {
    File(PathBuf),
    Text(String),
}

/// Something to be read.
#[derive(Debug)]
pub(super) struct ReadJob {
    /// Which of the things that were read in this window.
    pub(super) number: u64,
    pub(super) from: From,
    pub(super) fresh: bool,
    /// What it is brought into.
    pub(super) profile: Arc<Profile>,
}

impl From {
    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => {
                path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
            }
            Self::Text(_) => "the pasted text".to_owned(),
        }
    }
}

impl ReadJob {
    /// Reads it and decides what it would mean.
    pub(super) fn run(&self) -> Read {
        let Self { number, from, fresh, profile } = self;
        let name = from.name();
        let read = match from {
            From::File(path) => read::bytes_within(path, crate::interchange::LARGEST as u64)
                .map_err(|error| error.to_string())
                .and_then(|(bytes, _)| {
                    let neighbours = Neighbours::of(path);
                    let beside = |name: &str| neighbours.file(name);
                    crate::interchange::read_beside(&bytes, Some(path), &beside)
                        .map_err(|e| e.to_string())
                }),
            From::Text(text) => {
                crate::interchange::read(text.as_bytes(), None).map_err(|e| e.to_string())
            }
        };
        let result = read.map(|(source, mut import)| {
            let plan = merge::plan(profile, &mut import);
            let (name, told) = (name.clone(), import.report.groups());
            Box::new(Ready { name, format: source.name, import, plan, told, fresh: *fresh })
        });
        Read { number: *number, name, from: from.clone(), result }
    }
}

impl App {
    /// Reads a file of another program; into the open profile, or else as a new one.
    pub fn import(&mut self, path: impl Into<PathBuf>) {
        self.arrive(From::File(path.into()), self.doc().is_none());
    }

    /// The same as a profile of its own, whatever is open.
    pub(super) fn import_fresh(&mut self, path: PathBuf) {
        self.arrive(From::File(path), true);
    }

    /// Shows a field for pasting.
    pub(super) fn paste_import(&mut self) {
        self.import = Some(Arrival::Paste(String::new()));
    }

    /// Reads the text that was pasted.
    pub fn import_pasted(&mut self) {
        if let Some(Arrival::Paste(text)) = &self.import {
            let text = text.clone();
            self.arrive(From::Text(text), self.doc().is_none());
        }
    }

    fn arrive(&mut self, from: From, fresh: bool) {
        self.files.read += 1;
        let number = self.files.read;
        let profile = match self.doc_mut() {
            Some(doc) if !fresh => {
                doc.undo.rest(&doc.file.profile);
                doc.shared()
            }
            _ => Arc::default(),
        };
        let name = from.name();
        match self.files.jobs.read(ReadJob { number, from, fresh, profile }) {
            Ok(()) => self.import = Some(Arrival::Reading { name }),
            Err(error) => self.warn(error.to_string()),
        }
    }

    /// Something has been read; what was cancelled meanwhile is passed over.
    pub(super) fn arrived(&mut self, read: Read) {
        if read.number != self.files.read || !matches!(self.import, Some(Arrival::Reading { .. })) {
            return;
        }
        match read.result {
            Ok(ready) => self.import = Some(Arrival::Ready(ready)),
            Err(why) => {
                // A pasted text is still there, to be mended.
                self.import = match read.from {
                    From::Text(text) => Some(Arrival::Paste(text)),
                    From::File(_) => None,
                };
                self.warn(format!("{} cannot be imported: {why}", sentence(&read.name)));
            }
        }
    }

    /// Ends what is being brought in: takes what is accepted of it, or nothing.
    pub fn finish_import(&mut self, take: bool) {
        let Some(arrival) = self.import.take() else {
            return;
        };
        let Arrival::Ready(ready) = arrival else {
            return;
        };
        if !take {
            return;
        }
        let Ready { name, import, plan, fresh, .. } = *ready;
        if fresh {
            let doc = Doc::new(Document::fresh(Profile::default()), None);
            self.enter(Screen::Editor(Box::new(doc)));
        }
        let Some(doc) = self.doc_mut() else {
            return;
        };
        let mut profile = doc.profile().clone();
        merge::apply(&mut profile, &import, &plan);
        doc.apply(&Edit::Replace(Box::new(profile), format!("Import {name}")));
        let (new, changed) = plan.counts();
        let said = match (new, changed) {
            (new, 0) => format!("{new} added from {name}"),
            (0, changed) => format!("{changed} changed as in {name}"),
            (new, changed) => format!("{new} added and {changed} changed from {name}"),
        };
        self.tell_with(said, ("Undo", Command::Undo));
    }
}

impl Jobs {
    /// Reads something that is brought in.
    fn read(&self, job: ReadJob) -> Result<(), std::io::Error> {
        let lost = Read {
            number: job.number,
            name: job.from.name(),
            from: job.from.clone(),
            result: Err(guard::FAULT.to_owned()),
        };
        self.start("import", Finished::Read(Box::new(lost)), move || {
            Finished::Read(Box::new(job.run()))
        })
    }
}

fn sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (name.starts_with("the "), letters.next()) {
        (true, Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

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
        self, Content, Corrections, Group, Import, Recognised,
        merge::{self, Plan},
        outline::Outline,
        recognise_with,
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

/// A whole CV that was pasted into a field.
#[derive(Debug)]
pub struct Pasted {
    text: String,
    /// The document and its state before and after.
    before: Option<(u64, u64)>,
    after: Option<(u64, u64)>,
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
    /// The document that it was recognised from, if it is one that people read.
    pub draft: Option<Draft>,
    /// Which of the things that were read in this window.
    pub number: u64,
    /// Whether it becomes a profile of its own, and not a part of the open one.
    pub fresh: bool,
    /// What it is brought into.
    profile: Arc<Profile>,
}

/// A document that people read, with what was made of it and what the user says of it.
#[derive(Debug)]
pub struct Draft {
    /// Its lines.
    pub outline: Outline,
    /// What the user says of them.
    corrections: Corrections,
    /// What the user said before each correction, the last one last.
    past: Vec<Corrections>,
    /// What was recognised, as it stands in the document.
    pub recognised: Recognised,
}

impl Draft {
    /// What the user says of its lines and words.
    #[must_use]
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// How many corrections can be taken back; grows and shrinks with each.
    #[must_use]
    pub fn count(&self) -> usize {
        self.past.len()
    }
}

impl Ready {
    fn new(job: &ReadJob, format: &'static str, content: Content) -> Self {
        let (import, draft) = match content {
            Content::Data(import) => (*import, None),
            Content::Document(outline) => {
                let corrections = Corrections::default();
                let recognised = recognise_with(&outline, &corrections);
                let import = recognised.import.clone();
                (import, Some(Draft { outline, corrections, past: vec![], recognised }))
            }
        };
        let mut ready = Self {
            name: job.from.name(),
            format,
            import,
            plan: Plan::default(),
            told: vec![],
            draft,
            number: job.number,
            fresh: job.fresh,
            profile: Arc::clone(&job.profile),
        };
        ready.decide();
        ready
    }

    fn decide(&mut self) {
        self.plan = merge::plan(&self.profile, &mut self.import);
        self.told = self.import.report.groups();
    }

    /// Says something of the document: it is recognised anew. What the user does not want of it
    /// stays so.
    pub fn correct(&mut self, change: impl FnOnce(&mut Corrections)) {
        let Some(draft) = &mut self.draft else {
            return;
        };
        let before = draft.corrections.clone();
        change(&mut draft.corrections);
        if draft.corrections != before {
            draft.past.push(before);
            self.again();
        }
    }

    /// Takes the last correction back.
    pub fn uncorrect(&mut self) {
        let past = self.draft.as_mut().and_then(|draft| Some((draft.past.pop()?, draft)));
        if let Some((before, draft)) = past {
            draft.corrections = before;
            self.again();
        }
    }

    fn again(&mut self) {
        let Some(draft) = &mut self.draft else {
            return;
        };
        draft.recognised = recognise_with(&draft.outline, &draft.corrections);
        self.import = draft.recognised.import.clone();
        let refused = |plan: &Plan| -> Vec<(String, String)> {
            let refused = plan.decisions.iter().filter(|decision| !decision.is_taken());
            refused.map(|decision| (decision.place.clone(), decision.title.clone())).collect()
        };
        let refused = refused(&self.plan);
        self.decide();
        for decision in &mut self.plan.decisions {
            if refused.iter().any(|(p, t)| *p == decision.place && *t == decision.title) {
                decision.decide(false);
            }
        }
    }
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
        let Self { number, from, .. } = self;
        let name = from.name();
        let opened = match from {
            From::File(path) => read::bytes_within(path, interchange::LARGEST as u64)
                .map_err(|error| error.to_string())
                .and_then(|(bytes, _)| {
                    let neighbours = Neighbours::of(path);
                    let beside = |name: &str| neighbours.file(name);
                    interchange::open(&bytes, Some(path), &beside).map_err(|e| e.to_string())
                }),
            From::Text(text) => interchange::open_text(text).map_err(|e| e.to_string()),
        };
        let result =
            opened.map(|(source, content)| Box::new(Ready::new(self, source.name, content)));
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

    /// Shows a field for pasting, with what was pasted into another field just before: that is
    /// taken out there.
    pub(super) fn paste_import(&mut self) {
        let now = self.state_now();
        let pasted = self.pasted.take().filter(|pasted| now.is_some() && pasted.after == now);
        let text = pasted.map(|pasted| {
            if pasted.before != now {
                self.run(Command::Undo);
            }
            pasted.text
        });
        self.import = Some(Arrival::Paste(text.unwrap_or_default()));
    }

    /// The document and its state, with what was typed as a step of its own.
    fn state_at_rest(&mut self) -> Option<(u64, u64)> {
        if let Some(doc) = self.doc_mut() {
            doc.undo.rest(&doc.file.profile);
        }
        self.state_now()
    }

    /// A whole CV is being pasted into a field.
    pub fn note_pasted(&mut self, text: String) {
        let before = self.state_at_rest();
        self.pasted = Some(Pasted { text, before, after: None });
    }

    /// Offers to read what was pasted into a field as a CV.
    pub fn offer_pasted(&mut self) {
        let after = self.state_at_rest();
        if let Some(pasted) = &mut self.pasted {
            pasted.after = after;
            let said = "That looks like a whole CV";
            self.tell_with(said, ("Read it as a CV", Command::ImportText));
        }
    }

    /// Reads a text that did not come from a file.
    pub fn import_text(&mut self, text: String) {
        self.arrive(From::Text(text), self.doc().is_none());
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

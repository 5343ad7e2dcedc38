//! Saving and exporting: what is started, and what comes of it.

use super::{
    App, Request, Screen,
    ask::Ask,
    choose::Purpose,
    command::Command,
    edit::Edit,
    jobs::{ExportJob, Exported, Finished, Progress, SaveJob, SaveKind, Target},
};
use crate::{
    export::{self, Inside, Output},
    finding::Finding,
    store::{Document, Error, Saved, atomic},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

impl App {
    /// Saves to the document's own file, or asks for one.
    pub(super) fn save(&mut self) {
        if matches!(self.screen, Screen::Broken(_)) {
            if self.write_broken() {
                if let Some(then) = self.files.then.take() {
                    self.guard(then);
                } else if let Screen::Broken(broken) = &mut self.screen
                    && broken.check()
                {
                    let path = broken.path.clone();
                    self.open(path);
                }
            }
            return;
        }
        let Some(doc) = self.doc() else {
            return;
        };
        if doc.file.read_only {
            self.ask = Some(Ask::Newer);
            return;
        }
        if doc.elsewhere {
            self.ask = Some(Ask::Elsewhere);
            return;
        }
        match doc.path.clone() {
            Some(path) => self.start_save(SaveKind::Same, path),
            None => self.choose(Purpose::SaveAs),
        }
    }

    /// Whether something is being written.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.files.saving.is_some()
    }

    /// Whether what is open is saved, in a word or two.
    #[must_use]
    pub fn saved_words(&self) -> &'static str {
        if self.is_saving() {
            "Saving…"
        } else if self.is_changed() && self.files.unkeepable.is_some() {
            "Not saved, nor kept safe"
        } else if self.is_changed() {
            "Not saved"
        } else if self.doc().is_some_and(|doc| doc.path.is_none()) {
            "New"
        } else {
            "Saved"
        }
    }

    /// Whether files are being exported.
    #[must_use]
    pub fn is_exporting(&self) -> bool {
        self.files.exporting.is_some()
    }

    /// How far the export is that runs: `Exporting 2 of 5 …`.
    #[must_use]
    pub fn export_words(&self) -> Option<String> {
        let (progress, all) = self.files.exporting.as_ref()?;
        Some(match (progress.is_stopped(), *all) {
            (true, _) => "Stopping …".to_owned(),
            (false, 1) => "Exporting …".to_owned(),
            (false, all) => format!("Exporting {} of {all} …", (progress.done() + 1).min(all)),
        })
    }

    /// Ends the export that runs. Of what is not written yet nothing is.
    pub fn stop_export(&mut self) {
        if let Some((progress, _)) = &self.files.exporting {
            progress.stop();
        }
    }

    pub(super) fn start_save(&mut self, kind: SaveKind, path: PathBuf) {
        if self.files.saving.is_some() {
            // The one that runs tells what there is to tell; then comes the rest.
            self.files.again |= kind == SaveKind::Same;
            if kind != SaveKind::Same {
                self.warn("Vitae is still saving. Try again in a moment.");
            }
            return;
        }
        if self.is_elsewhere(&path) {
            let reason = "It is open in another window".to_owned();
            self.ask = Some(Ask::NotSaved { kind, path, reason });
            return;
        }
        let (number, time) = (self.files.number, self.files.time);
        let copies = self.files.folders.as_ref().map(|folders| folders.copies());
        let versions = self.versions();
        let Screen::Editor(doc) = &mut self.screen else {
            return;
        };
        doc.undo.rest(&doc.file.profile);
        let state = doc.undo.state();
        let job = SaveJob { number, kind, path: path.clone(), state, time };
        match self.files.jobs.save(job.clone(), doc.file.clone(), copies, versions) {
            Ok(()) => self.files.saving = Some(job),
            Err(error) => {
                self.ask = Some(Ask::NotSaved { kind, path, reason: error.to_string() });
            }
        }
    }

    /// Fetches what has ended; whether anything had.
    pub(super) fn fetch(&mut self) -> bool {
        let mut any = false;
        while let Some(finished) = self.files.jobs.poll() {
            any = true;
            match finished {
                Finished::Read(read) => self.arrived(*read),
                Finished::Planned(revision, plans) => {
                    self.planned(revision, plans.map(|plans| *plans));
                }
                Finished::Knocked(path, answered) => self.knocked(&path, answered),
                Finished::Saved(job, result) => {
                    self.files.saving = None;
                    match *result {
                        Ok((document, saved)) => self.saved(&job, document, &saved),
                        Err(error) => self.not_saved(job, &error),
                    }
                }
                Finished::Unsaved(SaveJob { kind, path, .. }) => {
                    self.files.saving = None;
                    self.files.again = false;
                    // What is in the window is safe at least there.
                    self.keep_now();
                    let reason = super::guard::FAULT.to_owned();
                    self.ask = Some(Ask::NotSaved { kind, path, reason });
                }
                Finished::Exported(job, result) => {
                    self.files.exporting = None;
                    self.exported(job, result);
                }
            }
        }
        any
    }

    fn saved(&mut self, job: &SaveJob, document: Document, saved: &Saved) {
        let name = file_name(&job.path);
        if job.kind == SaveKind::Copy {
            self.tell(format!("Saved a copy as {name}"));
        } else {
            if job.number == self.files.number
                && let Screen::Editor(doc) = &mut self.screen
            {
                doc.set_base(Some(document.profile.clone()));
                doc.file.take_over(document);
                doc.path = Some(job.path.clone());
                doc.saved(job.state);
                self.files.told = false;
                self.forget_kept();
                self.claim();
            }
            self.touch(&job.path);
            self.tell(format!("Saved {name}"));
        }
        for Finding { message, hint, .. } in &saved.findings {
            self.warn(if hint.is_empty() { message.clone() } else { format!("{message}; {hint}") });
        }
        if std::mem::take(&mut self.files.again) && self.is_changed() {
            self.save();
        } else if let Some(then) = self.files.then.take() {
            self.guard(then);
        }
    }

    fn not_saved(&mut self, job: SaveJob, error: &Error) {
        self.files.again = false;
        if matches!(error, Error::Write(atomic::Error::Changed(_))) && job.kind == SaveKind::Same {
            return self.ask_outside(true);
        }
        self.ask = Some(match error {
            Error::Write(atomic::Error::Gone(_)) if job.kind == SaveKind::Same => {
                self.files.told = true;
                Ask::Gone
            }
            Error::Newer(_) => Ask::Newer,
            _ => Ask::NotSaved { kind: job.kind, path: job.path, reason: error.to_string() },
        });
    }

    /// Keeps what is in the window although the file has changed; `saving`: a save waits for that.
    pub(super) fn keep_mine(&mut self, saving: bool) {
        let Some(doc) = self.doc_mut() else {
            return;
        };
        let Some(path) = doc.path.clone() else {
            return;
        };
        doc.unsaved();
        let accepted = doc.file.accept_outside(&path);
        // What they have made of it is passed over, and is no change of theirs any more.
        doc.set_base(Document::open(&path).ok().map(|theirs| theirs.profile));
        self.files.told = false;
        match accepted {
            Ok(()) if saving => self.start_save(SaveKind::Same, path),
            Ok(()) => {}
            Err(error) => self.warn(error.to_string()),
        }
    }

    /// Goes on with what is in the file; this can be undone.
    pub(super) fn reload(&mut self, label: &str) {
        let Screen::Editor(doc) = &mut self.screen else {
            return;
        };
        let Some(path) = doc.path.clone() else {
            return;
        };
        match Document::open(&path) {
            Ok(new) => {
                let replace = Edit::Replace(Box::new(new.profile.clone()), label.to_owned());
                doc.file.findings.clone_from(&new.findings);
                doc.set_base(Some(new.profile.clone()));
                doc.file.take_over(new);
                doc.apply(&replace);
                doc.undo.rest(&doc.file.profile);
                let state = doc.undo.state();
                doc.saved(state);
                self.files.told = false;
                self.tell_with("This is what the file holds.", ("Undo", Command::Undo));
            }
            Err(error) => self.warn(error.to_string()),
        }
    }

    /// Writes the text of a file that cannot be read as a profile; whether that went well.
    fn write_broken(&mut self) -> bool {
        let copies = self.files.folders.as_ref().map(|folders| folders.copies());
        let (versions, time) = (self.versions(), self.files.time);
        let Screen::Broken(broken) = &mut self.screen else {
            return false;
        };
        match broken.save(copies.as_deref()) {
            Ok(old) => {
                if let (Some(old), Some(versions)) = (old, versions) {
                    versions.keep(&broken.path, &old, time).ok();
                }
                let name = broken.name();
                self.forget_kept();
                self.tell(format!("Saved {name}"));
                true
            }
            Err(error) => {
                self.files.then = None;
                self.warn(error.to_string());
                false
            }
        }
    }

    /// Writes the mended text to its file and opens it; a text that is still wrong is not written.
    pub fn save_and_open(&mut self) {
        let Screen::Broken(broken) = &mut self.screen else {
            return;
        };
        if !broken.check() {
            return;
        }
        let path = broken.path.clone();
        if !broken.is_changed() || self.write_broken() {
            self.open(path);
        }
    }

    /// Reads a broken file anew, unless its text was changed here: then that is read.
    pub fn try_again(&mut self) {
        let Screen::Broken(broken) = &mut self.screen else {
            return;
        };
        if broken.is_changed() {
            broken.check();
        } else {
            let path = broken.path.clone();
            self.open(path);
        }
    }

    /// Asks where the text of a broken file shall be copied to.
    pub fn save_broken_copy(&mut self) {
        self.choose(Purpose::SaveCopy);
    }

    pub(super) fn copy_broken(&mut self, path: &Path) {
        let Screen::Broken(broken) = &self.screen else {
            return;
        };
        match broken.copy_to(path) {
            Ok(()) => self.tell(format!("Saved a copy as {}", file_name(path))),
            Err(error) => self.warn(error.to_string()),
        }
    }

    /// Where the open document, in the variant that is shown, was exported to last as `output`.
    pub(super) fn last_export(&self, output: Output) -> Option<PathBuf> {
        let doc = self.doc()?;
        let key = export_key(doc.path.as_deref()?, doc.view.variant.as_deref(), output);
        self.files.settings.export_of(&key).map(Path::to_owned)
    }

    /// Exports to where it went last time, or asks where to.
    pub(super) fn export_again(&mut self) {
        let last = self.last_export(Output::PDF).filter(|p| p.parent().is_some_and(Path::is_dir));
        let variant = self.doc().and_then(|d| d.view.variant.clone());
        match last {
            Some(path) => self.export(vec![Target { path, variant, output: Output::PDF }], false),
            None => self.choose(Purpose::Export(Output::PDF)),
        }
    }

    /// Exports the whole profile and every variant into a folder.
    pub(super) fn export_all_into(&mut self, folder: &Path) {
        let Some(profile) = self.doc().map(|d| d.profile()) else {
            return;
        };
        let variants = profile.variants.iter().map(|v| Some(v.name.clone()));
        let target = |variant: Option<String>| {
            let output = Output::PDF;
            let name = export::proposed_name(profile, variant.as_deref(), output.format);
            Target { path: folder.join(name), variant, output }
        };
        let targets: Vec<Target> = [None].into_iter().chain(variants).map(target).collect();
        // What was exported from here before is written anew, as a single export is.
        let document = self.doc().and_then(|d| d.path.as_deref());
        let is_own = |target: &&Target| {
            let key = document.map(|d| export_key(d, target.variant.as_deref(), target.output));
            key.and_then(|key| self.files.settings.export_of(&key)) == Some(&target.path)
        };
        let others = targets.iter().filter(|t| t.path.exists() && !is_own(t));
        let there: Vec<String> = others.map(|t| file_name(&t.path)).collect();
        if there.is_empty() {
            self.export(targets, false);
        } else {
            self.ask = Some(Ask::OverwriteAll { there, targets });
        }
    }

    pub(super) fn export(&mut self, targets: Vec<Target>, anyway: bool) {
        let fonts = self.files.fonts;
        if self.is_exporting() {
            return;
        }
        let Screen::Editor(doc) = &mut self.screen else {
            return;
        };
        let (profile, document) = (doc.shared(), doc.path.clone());
        let is_whole = |target: &Target| target.output.inside == Some(Inside::All);
        let whole = targets.iter().any(is_whole).then(|| Box::new(doc.file.clone()));
        let (progress, all) = (Arc::<Progress>::default(), targets.len());
        let running = (Arc::clone(&progress), all);
        let job = ExportJob { profile, whole, document, targets, anyway, fonts, progress };
        match self.files.jobs.export(job) {
            Ok(()) => self.files.exporting = Some(running),
            Err(error) => self.warn(error.to_string()),
        }
    }

    fn exported(&mut self, job: ExportJob, result: Exported) {
        let ExportJob { document, targets, .. } = job;
        match result {
            Exported::NotReady { lines, problems } => {
                self.ask = Some(Ask::NotReady { lines, problems, targets });
            }
            Exported::Stopped(0) => self.tell("Export cancelled. Nothing was written."),
            Exported::Stopped(written) => {
                self.tell(format!(
                    "Export cancelled. {written} of {} files are written.",
                    targets.len()
                ));
            }
            Exported::Failed(reason) => self.ask = Some(Ask::NotExported { reason, targets }),
            Exported::Done => {
                let Some(first) = targets.first().map(|t| t.path.clone()) else {
                    return;
                };
                let text = match targets.len() {
                    1 => format!("Exported {}", file_name(&first)),
                    n => format!("Exported {n} files"),
                };
                for Target { path, variant, output } in targets {
                    let key = document.as_deref();
                    let key = key.map(|d| export_key(d, variant.as_deref(), output));
                    self.set(move |settings| settings.exported(key.as_deref(), &path));
                }
                let links = vec![
                    ("Open", Request::OpenFile(first.clone())),
                    ("Show in folder", Request::ShowFile(first)),
                ];
                self.tell_links(text, links);
            }
        }
    }
}

/// What the place of an export is remembered under: no file can lie in a file.
fn export_key(document: &Path, variant: Option<&str>, output: Output) -> PathBuf {
    let key = variant.map_or_else(|| document.to_owned(), |variant| document.join(variant));
    // No name of a file has a stroke, either.
    if output == Output::PDF { key } else { key.join("as").join(output.name()) }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

//! New, open, close, quit: what is open, what may do away with it, and the answers to what is asked
//! about that.

use super::{
    App, Request, Screen,
    ask::{Answer, Ask, Start, Then},
    broken::Broken,
    choose::{Choice, Chooser, Purpose, Wanted},
    doc::Doc,
    edit::Edit,
    jobs::{Jobs, Progress, SaveJob, SaveKind, Target, Wake},
    keeper::Keeper,
    photo::Draft,
    watch::Watch,
};
use crate::{
    at::At,
    compare::{Difference, compare},
    export, interchange,
    profile::Profile,
    sample,
    section::SectionKind,
    store::{
        Document, Error, atomic,
        claim::{self, Claim, Claimed},
        folders::{self, Folders},
        read,
        recovery::{Key, Store},
        settings::{Recent, Settings},
        versions::Versions,
    },
    typeset::Source,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// The sections that an empty profile begins with.
const USUAL: [SectionKind; 6] = [
    SectionKind::Education,
    SectionKind::Experience,
    SectionKind::Publications,
    SectionKind::Projects,
    SectionKind::Awards,
    SectionKind::Skills,
];

/// What the editor knows of files, besides the open document.
#[derive(Debug, Default)]
pub struct Files {
    /// What the user has set.
    pub settings: Settings,
    /// The program's own folders; without them nothing is kept.
    pub folders: Option<Folders>,
    /// Where fonts of exported pages come from.
    pub fonts: Source,
    /// The files last worked on, each with whether it is there.
    pub recent: Vec<(Recent, bool)>,
    /// What is being saved.
    pub(super) saving: Option<SaveJob>,
    /// Whether to save once more after that.
    pub(super) again: bool,
    /// What is being exported: how far it is, of how many files.
    pub(super) exporting: Option<(Arc<Progress>, usize)>,
    /// What comes after the next successful save.
    pub(super) then: Option<Then>,
    /// How many things were read to be brought in.
    pub(super) read: u64,
    pub(super) jobs: Jobs,
    pub(super) watch: Watch,
    /// What the system's chooser is asked for.
    pub(super) wanted: Option<Wanted>,
    /// How many documents were open in this window.
    pub(super) number: u64,
    /// The unsaved work that is kept: under which key, of which revision.
    pub(super) kept: Option<(Key, u64)>,
    /// Since when there is unsaved work that is not kept.
    pub(super) unkept: Option<f64>,
    /// Whether it is still to be heard what became of work that was to be kept.
    pub(super) awaited: bool,
    /// Why unsaved work cannot be kept, while it cannot, and when that is tried again.
    pub(super) unkeepable: Option<(String, f64)>,
    /// Where it is kept beside the file, once the user has allowed that.
    pub(super) beside: Option<PathBuf>,
    /// Whether it was told that another program has changed the file.
    pub(super) told: bool,
    /// When files were last looked at.
    pub(super) looked: f64,
    /// The settings of the window as last kept, and since when they are others.
    pub(super) settled: Settings,
    pub(super) unsettled: Option<f64>,
    /// The time, in seconds from some start and since 1970.
    pub(super) now: f64,
    pub(super) time: u64,
    /// Whether the window may close.
    pub(super) closing: bool,
    /// The mark that this window works on the open document.
    pub(super) claim: Option<Claim>,
    /// Goes last: it writes what the others have asked for.
    pub(super) keeper: Option<Keeper>,
}

/// What differs between two profiles, as shown to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared with what.
    pub title: String,
    /// What differs, or why that cannot be told.
    pub differences: Result<Vec<Difference>, String>,
}

impl App {
    /// An editor that keeps what must not be lost in `folders`; at `time`, in seconds since 1970.
    #[must_use]
    pub fn with_folders(folders: Folders, time: u64) -> Self {
        let mut app = Self::default();
        let settings = Settings::load(&folders.config);
        atomic::sweep_copies(&folders.copies(), time);
        app.found = Store::new(folders.recovery()).found();
        app.colours = settings.mode.into();
        app.page_shown = settings.page;
        app.fold(!settings.form);
        app.spelling.on = settings.spelling;
        app.files.settled = settings.clone();
        app.files.settings = settings;
        app.files.keeper = Some(Keeper::new(folders.recovery()));
        app.files.folders = Some(folders);
        app.files.time = time;
        app.look_at_recent();
        app
    }

    /// What is called when something is ready, to wake the window.
    pub fn set_wake(&mut self, wake: Wake) {
        self.files.jobs.set_wake(wake);
    }

    /// What is to be called when something is ready.
    #[must_use]
    pub fn wake(&self) -> &Wake {
        self.files.jobs.wake()
    }

    /// The program's own folders; `None` where nothing can be kept.
    #[must_use]
    pub fn folders(&self) -> Option<&Folders> {
        self.files.folders.as_ref()
    }

    /// Opens a file, once nothing unsaved is in the way.
    pub fn open(&mut self, path: impl Into<PathBuf>) {
        self.guard(Then::Open(path.into()));
    }

    /// Starts a new document, once nothing unsaved is in the way.
    pub fn begin(&mut self, start: Start) {
        self.guard(Then::New(start));
    }

    /// Opens the unsaved work of that index, once nothing unsaved is in the way.
    pub fn restore(&mut self, index: usize) {
        self.guard(Then::Restore(index));
    }

    /// Whether there is something that no file holds.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        match &self.screen {
            Screen::Editor(doc) => doc.is_changed(),
            Screen::Broken(broken) => broken.is_changed(),
            Screen::Welcome => false,
        }
    }

    /// What the window is called.
    #[must_use]
    pub fn title(&self) -> String {
        let name = self.name();
        let mark = if self.is_changed() { "• " } else { "" };
        if name.is_empty() { "Vitae".to_owned() } else { format!("{mark}{name} — Vitae") }
    }

    /// What is open is called; empty when nothing is.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.screen {
            Screen::Editor(doc) => doc.name(),
            Screen::Broken(broken) => broken.name(),
            Screen::Welcome => String::new(),
        }
    }

    /// A number that is another one for each document that is opened.
    #[must_use]
    pub fn document_number(&self) -> u64 {
        self.files.number
    }

    /// Whether the window may close: all that could be lost was asked about.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.files.closing
    }

    /// Whether a question or a chooser is in front, so that commands have to wait.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        self.ask.is_some()
            || self.chooser.is_some()
            || self.comparison.is_some()
            || self.merging.is_some()
            || self.import.is_some()
    }

    /// Does `then`, once nothing unsaved is in the way.
    pub(super) fn guard(&mut self, then: Then) {
        let state = self.doc().and_then(|doc| doc.undo.state());
        let saving = self.files.saving.as_ref().filter(|job| job.number == self.files.number);
        if saving.is_some_and(|job| job.kind != SaveKind::Copy && job.state == state) {
            // What is being written is all there is.
            self.files.then = Some(then);
        } else if self.is_changed() {
            self.ask = Some(Ask::Unsaved(then));
        } else {
            self.go(then);
        }
    }

    fn go(&mut self, then: Then) {
        match then {
            Then::New(start) => self.start(start),
            Then::Open(path) => self.open_now(&path),
            Then::Restore(index) => self.restore_now(index),
            Then::Close => {
                self.enter(Screen::Welcome);
                self.look_at_recent();
            }
            Then::Quit => {
                self.forget_kept();
                self.files.closing = true;
                self.requests.push(Request::Quit);
            }
        }
    }

    /// Shows another screen; what was unsaved on the one before is not wanted any more.
    pub(super) fn enter(&mut self, screen: Screen) {
        self.forget_kept();
        self.keep_beside(None);
        self.screen = screen;
        self.files.number += 1;
        if let Screen::Editor(doc) = &mut self.screen {
            doc.count_from(self.files.number);
        }
        self.claim();
        self.files.told = false;
        self.files.again = false;
        self.files.then = None;
        self.ask = None;
        self.merging = None;
        self.past = None;
        self.sheet = None;
    }

    fn start(&mut self, start: Start) {
        let document = match start {
            Start::Empty => {
                let mut profile = Profile::default();
                for (i, kind) in USUAL.into_iter().enumerate() {
                    Edit::AddSection(kind, i).apply(&mut profile);
                }
                Document::fresh(profile)
            }
            Start::Sample(name) => {
                let text = sample::text(name).unwrap_or_default();
                match Document::from_text(name, text) {
                    Ok(document) => document,
                    Err(error) => return self.warn(error.to_string()),
                }
            }
        };
        let mut doc = Doc::new(document, None);
        if start == Start::Empty {
            // What is typed next is the name.
            doc.view.go_to(&At::root().field("person").field("name"), Some(0));
        }
        self.enter(Screen::Editor(Box::new(doc)));
    }

    /// Marks the open document as this window's; one that is another window's is only looked at.
    pub(super) fn claim(&mut self) {
        let folder = self.files.folders.as_ref().map(Folders::locks);
        let Screen::Editor(doc) = &mut self.screen else {
            self.files.claim = None;
            return;
        };
        let (Some(folder), Some(path)) = (folder, doc.path.as_deref()) else {
            (self.files.claim, doc.elsewhere) = (None, false);
            return;
        };
        if self.files.claim.as_ref().is_some_and(|claim| claim.is_for(path)) {
            return;
        }
        // The old mark goes first: it may be for the same file under the name it had before.
        self.files.claim = None;
        let claimed = Claim::take(&folder, path);
        doc.elsewhere = matches!(claimed, Claimed::Elsewhere);
        if let Claimed::Mine(claim) = claimed {
            self.files.claim = Some(claim);
        }
    }

    /// Whether another window works on the file at `path`.
    pub(super) fn is_elsewhere(&self, path: &Path) -> bool {
        let own = self.files.claim.as_ref().is_some_and(|claim| claim.is_for(path));
        let folder = self.files.folders.as_ref().map(Folders::locks);
        !own && folder.is_some_and(|f| matches!(Claim::take(&f, path), Claimed::Elsewhere))
    }

    /// Takes from the files that are to be opened those that other windows work on, which come
    /// forward.
    pub fn pass_on(&self, files: Vec<PathBuf>) -> Vec<PathBuf> {
        let Some(folder) = self.files.folders.as_ref().map(Folders::locks) else {
            return files;
        };
        let stays = |path: &PathBuf| {
            !(self.is_elsewhere(path) && claim::knock(&folder, path, super::jobs::PATIENCE))
        };
        files.into_iter().filter(stays).collect()
    }

    /// The window that works on a file was asked to come forward.
    pub(super) fn knocked(&mut self, path: &Path, answered: bool) {
        if answered {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            self.tell(format!("{name} is open in another window, which has come forward."));
        } else {
            self.open_here(path);
        }
    }

    fn open_now(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = self.files.folders.as_ref().map(Folders::locks);
        if let Some(folder) = folder.filter(|_| self.is_elsewhere(&path)) {
            let asked = self.files.jobs.knock(folder, path.clone());
            if asked.is_ok() {
                return;
            }
        }
        self.open_here(&path);
    }

    fn open_here(&mut self, path: &Path) {
        let path = path.to_owned();
        self.repair(&path);
        match Document::open(&path) {
            Ok(document) => {
                let newer = document.read_only;
                self.enter(Screen::Editor(Box::new(Doc::new(document, Some(path.clone())))));
                self.touch(&path);
                if self.doc().is_some_and(|doc| doc.elsewhere) {
                    self.ask = Some(Ask::Elsewhere);
                } else if newer {
                    self.ask = Some(Ask::Newer);
                } else {
                    self.offer_found(&path);
                }
            }
            Err(error) => {
                if is_foreign(&path) {
                    return self.import_fresh(path);
                }
                // Bytes that are no text may be what is left of a profile.
                let versions = self.versions().map(|versions| versions.list(&path));
                let was_ours = versions.is_some_and(|versions| !versions.is_empty());
                if let Some(broken) = Broken::new(&path, &error, was_ours) {
                    self.enter(Screen::Broken(Box::new(broken)));
                    self.offer_found(&path);
                    return;
                }
                let missing = matches!(&error, Error::Read(read::Error::Missing(_)));
                if missing && self.offer_found(&path) {
                    return;
                }
                let (reason, versions) = (error.to_string(), missing && was_ours);
                self.ask = Some(Ask::NotOpened { path, reason, missing, versions });
            }
        }
    }

    /// Notes that a file was worked on.
    pub(super) fn touch(&mut self, path: &Path) {
        let (path, time) = (path.to_owned(), self.files.time);
        self.set(move |settings| settings.touch(&path, time));
        self.look_at_recent();
    }

    /// Takes a file out of the list of recent ones.
    pub fn forget_recent(&mut self, path: &Path) {
        let path = path.to_owned();
        self.set(move |settings| settings.forget(&path));
        self.look_at_recent();
    }

    /// Changes the settings, here and on the disk.
    pub(super) fn set(&mut self, change: impl Fn(&mut Settings) + Send + 'static) {
        change(&mut self.files.settings);
        if let (Some(keeper), Some(folders)) = (&self.files.keeper, &self.files.folders) {
            keeper.settings(Box::new(change), folders.config.clone());
        }
    }

    /// Looks which recent files are still there.
    pub(super) fn look_at_recent(&mut self) {
        let recent = self.files.settings.recent.iter();
        self.files.recent = recent.map(|r| (r.clone(), r.path.is_file())).collect();
    }

    /// Where earlier versions are kept.
    pub(super) fn versions(&self) -> Option<Versions> {
        Some(Versions::new(self.files.folders.as_ref()?.versions()))
    }

    /// Asks for a file by the system's chooser or the window's own.
    pub(super) fn choose(&mut self, purpose: Purpose) {
        let settings = &self.files.settings;
        let beside = self.doc().and_then(|d| d.path.as_deref()?.parent().map(Path::to_owned));
        let home = || folders::home().unwrap_or_else(|| PathBuf::from("/"));
        let usual = |first: Option<PathBuf>, second: &Option<PathBuf>| {
            let there = |folder: &PathBuf| folder.is_dir();
            first.filter(there).or_else(|| second.clone().filter(there)).unwrap_or_else(home)
        };
        let profile = self.doc().map(Doc::profile);
        let proposed = |variant| profile.map(|p| export::proposed_name(p, variant, &export::PDF));
        let (folder, name) = match purpose {
            Purpose::Open | Purpose::Import => {
                (usual(beside, &settings.open_folder), String::new())
            }
            Purpose::SaveAs | Purpose::SaveCopy => {
                let name = match (&self.screen, proposed(None)) {
                    (Screen::Broken(broken), _) => broken.name(),
                    (_, Some(pdf)) => {
                        let person = pdf.strip_suffix("-CV.pdf").unwrap_or("my-profile");
                        let own = self.doc().and_then(|d| d.path.as_deref()?.file_name());
                        own.map_or(format!("{person}.cv.ron"), |n| n.to_string_lossy().into_owned())
                    }
                    _ => String::new(),
                };
                (usual(beside, &settings.open_folder), name)
            }
            Purpose::Photo => (usual(beside, &settings.open_folder), String::new()),
            Purpose::Export(output) => {
                let variant = self.doc().and_then(|d| d.view.variant.as_deref());
                let last = self.last_export(output);
                let folder = last.as_deref().and_then(Path::parent).map(Path::to_owned).or(beside);
                let name = last.as_deref().and_then(Path::file_name);
                let name = name.map(|name| name.to_string_lossy().into_owned());
                let proposed = || profile.map(|p| export::proposed_name(p, variant, output.format));
                let name = name.or_else(proposed).unwrap_or_default();
                (usual(folder, &settings.export_folder), name)
            }
            Purpose::ExportAll => (usual(settings.export_folder.clone(), &beside), String::new()),
        };
        // The system's chooser can take the whole program with it.
        if self.doc().is_some_and(Doc::is_changed) {
            self.keep_now();
            if let Some(keeper) = &self.files.keeper {
                keeper.wait();
            }
        }
        let wanted = Wanted { purpose, folder, name };
        self.files.wanted = Some(wanted.clone());
        self.requests.push(Request::Choose(wanted));
    }

    /// Shows the window's own chooser for what is wanted.
    pub fn choose_here(&mut self, wanted: Wanted) {
        let recent = self.files.settings.recent.iter().filter_map(|r| r.path.parent());
        let recent: Vec<PathBuf> = recent.map(Path::to_owned).collect();
        self.chooser = Some(Chooser::new(wanted, recent));
    }

    /// Takes what is typed in the window's own chooser.
    pub fn accept_choice(&mut self) {
        let Some(chooser) = &mut self.chooser else {
            return;
        };
        match chooser.accept() {
            Choice::None => {}
            Choice::Path(path) => self.chosen(Some(path)),
            Choice::Taken(path) => {
                let wanted = chooser.wanted.clone();
                self.chooser = None;
                self.ask = Some(Ask::Overwrite(wanted, path));
            }
        }
    }

    /// A file was chosen, or none.
    pub fn chosen(&mut self, path: Option<PathBuf>) {
        self.chooser = None;
        let wanted = self.files.wanted.take();
        let Some((path, wanted)) = path.zip(wanted) else {
            self.files.then = None;
            return;
        };
        let completed = wanted.purpose.completed(&path);
        // The system has asked about the name that was typed only.
        if completed != path && completed.exists() {
            self.files.wanted = Some(wanted.clone());
            self.ask = Some(Ask::Overwrite(wanted, completed));
        } else {
            self.use_chosen(wanted.purpose, completed);
        }
    }

    fn use_chosen(&mut self, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open => self.open(path),
            Purpose::Import => self.import(path),
            Purpose::SaveAs | Purpose::SaveCopy if matches!(self.screen, Screen::Broken(_)) => {
                self.copy_broken(&path);
            }
            Purpose::SaveAs => {
                let own = self.doc().and_then(|d| d.path.as_ref()) == Some(&path);
                self.start_save(if own { SaveKind::Same } else { SaveKind::As }, path);
            }
            Purpose::SaveCopy => self.start_save(SaveKind::Copy, path),
            Purpose::Export(output) => {
                let variant = self.doc().and_then(|d| d.view.variant.clone());
                self.export(vec![Target { path, variant, output }], false);
            }
            Purpose::ExportAll => self.export_all_into(&path),
            Purpose::Photo => {
                let homeless = self.doc().is_none_or(|doc| doc.path.is_none());
                match Draft::open(&path, homeless) {
                    Ok(draft) => self.photo = Some(draft),
                    Err(why) => self.warn(format!("This cannot be a photo: {why}")),
                }
            }
        }
    }

    /// Takes the photo that is being chosen, or lets it go.
    pub fn finish_photo(&mut self, take: bool) {
        let Some(draft) = self.photo.take().filter(|_| take) else {
            return;
        };
        let path = self.doc().and_then(|doc| doc.path.clone());
        match draft.finish(path.as_deref()) {
            Ok(text) => {
                let at = At::root().field("person").field("photo");
                self.apply(&Edit::SetText(at, text));
            }
            Err(why) => {
                self.warn(format!("The photo cannot be kept: {why}"));
                self.photo = Some(draft);
            }
        }
    }

    /// Does what the answer to the question in front says.
    pub fn answer(&mut self, answer: Answer) {
        let Some(ask) = self.ask.take() else {
            return;
        };
        match (ask, answer) {
            (Ask::Unsaved(then), Answer::Save) => {
                self.files.then = Some(then);
                self.save();
            }
            (Ask::Unsaved(then), Answer::Discard) => self.go(then),
            (Ask::Gone, Answer::Save) => self.keep_mine(true),
            (Ask::Outside { .. }, Answer::Reload) => {
                self.files.then = None;
                self.reload("Reload the file");
            }
            (Ask::Outside { saving, .. }, Answer::KeepMine) => self.keep_mine(saving),
            (Ask::Outside { saving, .. }, Answer::Merge) => {
                if !self.begin_merge(saving) {
                    self.ask_outside(saving);
                }
            }
            (ask @ Ask::Outside { .. }, Answer::Compare) => {
                self.compare_outside();
                self.ask = Some(ask);
            }
            (Ask::Recovered(index), Answer::Restore) => self.go(Then::Restore(index)),
            (ask @ Ask::Recovered(index), Answer::Compare) => {
                self.compare_found(index);
                self.ask = Some(ask);
            }
            // It is in no file: that is asked once more.
            (Ask::Recovered(index), Answer::Delete) => self.ask = Some(Ask::DiscardFound(index)),
            (Ask::DiscardFound(index), Answer::Delete) => self.discard_found(index),
            (Ask::NotKept { .. }, Answer::Save) => self.save(),
            (Ask::NotKept { .. }, Answer::Beside) => {
                let folder = self.folder_beside();
                self.keep_beside(folder);
                self.keep_now();
            }
            (Ask::Overwrite(wanted, path), Answer::Overwrite) => {
                self.files.wanted = None;
                self.use_chosen(wanted.purpose, path);
            }
            (Ask::Overwrite(wanted, _), Answer::OtherPlace) => {
                self.files.wanted = Some(wanted.clone());
                self.requests.push(Request::Choose(wanted));
            }
            (Ask::OverwriteAll { targets, .. }, Answer::Overwrite) => self.export(targets, false),
            (Ask::OverwriteAll { .. }, Answer::OtherPlace) => self.choose(Purpose::ExportAll),
            (Ask::NotSaved { kind, path, .. }, Answer::Retry) => self.start_save(kind, path),
            (Ask::Elsewhere, Answer::Retry) => {
                if let Some(path) = self.doc().and_then(|doc| doc.path.clone()) {
                    self.open(path);
                }
            }
            (
                Ask::NotSaved { .. } | Ask::Newer | Ask::Elsewhere | Ask::Gone,
                Answer::OtherPlace,
            ) => {
                self.choose(Purpose::SaveAs);
            }
            (Ask::NotOpened { .. }, Answer::Choose) => self.choose(Purpose::Open),
            (Ask::NotOpened { path, .. }, Answer::Create) => {
                self.start(Start::Empty);
                if let Some(doc) = self.doc_mut() {
                    doc.path = Some(path);
                    doc.unsaved();
                }
            }
            (Ask::NotOpened { path, .. }, Answer::Versions) => {
                let broken = Broken::unsaved(&path, String::new());
                self.enter(Screen::Broken(Box::new(broken)));
                self.run(super::command::Command::Versions);
            }
            (Ask::NotOpened { path, .. }, Answer::Forget) => self.forget_recent(&path),
            (Ask::NotReady { targets, .. }, Answer::Anyway) => self.export(targets, true),
            (Ask::NotReady { .. }, Answer::Suggestions) => {
                self.run(super::command::Command::GoToCheck);
            }
            (Ask::NotExported { targets, .. }, Answer::Retry) => self.export(targets, false),
            (Ask::NotExported { targets, .. }, Answer::OtherPlace) => {
                self.choose(match targets.as_slice() {
                    [Target { output, .. }] => Purpose::Export(*output),
                    _ => Purpose::ExportAll,
                });
            }
            (Ask::ForgetVersions, Answer::Delete) => self.forget_versions(),
            // Cancelled: nothing happens, and nothing is to come after it.
            _ => {
                self.files.then = None;
                self.files.wanted = None;
            }
        }
    }

    /// Shows what another program has made of the file.
    fn compare_outside(&mut self) {
        let Some((doc, path)) = self.doc().and_then(|d| Some((d, d.path.as_deref()?))) else {
            return;
        };
        let theirs = Document::open(path).map_err(|error| error.to_string());
        let differences = theirs.map(|theirs| compare(doc.profile(), &theirs.profile));
        let title = format!("What the file has that this window has not: {}", doc.name());
        self.comparison = Some(Comparison { title, differences });
    }
}

/// Whether a file that is no profile is one of the formats that can be brought in.
fn is_foreign(path: &Path) -> bool {
    let named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    let most = interchange::LARGEST as u64;
    !named
        && read::bytes_within(path, most)
            .is_ok_and(|(bytes, _)| interchange::recognise(&bytes, Some(path)).is_some())
}

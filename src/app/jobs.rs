//! Saving and exporting, each on a thread of its own; what came of it is fetched by the editor.

use super::{
    guard::{self, Faults},
    import::{From, Ready},
};
use crate::{
    export::{self, File, Order, Output},
    finding::{Code, Severity},
    fit_plan::Plans,
    look::Look,
    profile::Profile,
    store::{Document, Error, Saved, atomic, claim, photo, versions::Versions},
    typeset::{Source, Typesetter},
};
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::Builder,
    time::Duration,
};

/// How long another window has to answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// Called when something is ready, to wake the window.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Which save it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveKind {
    /// To the file it came from.
    Same,
    /// To another file, which is the document's from then on.
    As,
    /// To another file, which is not.
    Copy,
}

/// A save to be made.
#[derive(Clone, Debug)]
pub(super) struct SaveJob {
    /// Which of the documents that were open.
    pub(super) number: u64,
    pub(super) kind: SaveKind,
    pub(super) path: PathBuf,
    /// The state of the undo steps that is saved.
    pub(super) state: Option<u64>,
    pub(super) time: u64,
}

/// A file to be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file.
    pub path: PathBuf,
    /// The variant; `None` is the profile as it stands.
    pub variant: Option<String>,
    /// What the file is written as.
    pub output: Output,
}

/// An export to be made.
#[derive(Clone, Debug)]
pub(super) struct ExportJob {
    pub(super) profile: Arc<Profile>,
    /// The profile with all that its file holds, where that goes into a file.
    pub(super) whole: Option<Box<Document>>,
    /// Where the profile is saved.
    pub(super) document: Option<PathBuf>,
    pub(super) targets: Vec<Target>,
    /// Whether it is made although it does not fit or has mistakes.
    pub(super) anyway: bool,
    pub(super) fonts: Source,
    pub(super) progress: Arc<Progress>,
}

/// How far an export is; the window looks at it while the export runs, and may end it.
#[derive(Debug, Default)]
pub struct Progress {
    /// How many files are set.
    done: AtomicUsize,
    stop: AtomicBool,
}

impl Progress {
    /// How many files are set.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Whether it was ended.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// What came of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exported {
    /// The files are written.
    Done,
    /// Nothing is written: so many lines are too many, so many things are wrong.
    NotReady { lines: usize, problems: usize },
    /// It was ended by the user when so many files were written.
    Stopped(usize),
    /// A file cannot be written; why.
    Failed(String),
}

/// What came of reading something that is brought in.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) number: u64,
    pub(super) name: String,
    pub(super) from: From,
    /// What was read, or why nothing was, in words.
    pub(super) result: Result<Box<Ready>, String>,
}

/// What a job has to say at its end.
#[derive(Debug)]
pub(super) enum Finished {
    Read(Box<Read>),
    /// The window that works on a file was asked to come forward; whether it answered.
    Knocked(PathBuf, bool),
    /// The plans that make a state of the profile fit on its pages.
    Planned(u64, Option<Box<Plans>>),
    Saved(SaveJob, Box<Result<(Document, Saved), Error>>),
    /// A fault of the program kept a save from its end, twice.
    Unsaved(SaveJob),
    Exported(ExportJob, Exported),
}

/// The jobs that run.
pub(super) struct Jobs {
    send: Sender<Finished>,
    receive: Receiver<Finished>,
    wake: Wake,
    pub(super) faults: Faults,
}

impl fmt::Debug for Jobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jobs").finish_non_exhaustive()
    }
}

impl Default for Jobs {
    fn default() -> Self {
        let (send, receive) = channel();
        Self { send, receive, wake: Arc::new(|| {}), faults: Faults::default() }
    }
}

impl Jobs {
    /// What is called when a job has ended.
    pub(super) fn set_wake(&mut self, wake: Wake) {
        self.wake = wake;
    }

    /// What is called when something is ready.
    pub(super) fn wake(&self) -> &Wake {
        &self.wake
    }

    /// A job that has ended.
    pub(super) fn poll(&self) -> Option<Finished> {
        self.receive.try_recv().ok()
    }

    /// Saves, unless the system gives no thread; `copies` and `versions` are the program's own
    /// folders.
    pub(super) fn save(
        &self,
        job: SaveJob,
        document: Document,
        copies: Option<PathBuf>,
        versions: Option<Versions>,
    ) -> Result<(), io::Error> {
        let lost = Finished::Unsaved(job.clone());
        self.start("save", lost, move || {
            let mut document = document.clone();
            let result = match job.kind {
                SaveKind::Same => document.save(&job.path, copies.as_deref()),
                SaveKind::As | SaveKind::Copy => document.save_as(&job.path, copies.as_deref()),
            };
            if let (Ok(Saved { replaced: Some(old), .. }), Some(versions)) = (&result, &versions) {
                // A version that cannot be kept is no reason to call the save a failure.
                versions.keep(&job.path, old, job.time).ok();
            }
            Finished::Saved(job.clone(), Box::new(result.map(|saved| (document, saved))))
        })
    }

    /// Exports.
    pub(super) fn export(&self, job: ExportJob) -> Result<(), io::Error> {
        let lost = Finished::Exported(job.clone(), Exported::Failed(guard::FAULT.to_owned()));
        self.start("export", lost, move || Finished::Exported(job.clone(), export(&job)))
    }

    /// Asks the window that works on the file at `path` to come forward; `folder` holds the marks
    /// of windows.
    pub(super) fn knock(&self, folder: PathBuf, path: PathBuf) -> Result<(), io::Error> {
        self.start("knock", Finished::Knocked(path.clone(), false), move || {
            let answered = claim::knock(&folder, &path, PATIENCE);
            Finished::Knocked(path.clone(), answered)
        })
    }

    /// Runs `work` on a thread; once more when it panics, and when it does so again, `lost` is what
    /// came of it.
    pub(super) fn start(
        &self,
        name: &str,
        lost: Finished,
        mut work: impl FnMut() -> Finished + Send + 'static,
    ) -> Result<(), io::Error> {
        let (send, wake) = (self.send.clone(), Arc::clone(&self.wake));
        let faults = self.faults.clone();
        let run = move || {
            let finished = guard::twice(|| {
                faults.meet();
                work()
            });
            // Nobody listens any more when the window is closed.
            send.send(finished.unwrap_or(lost)).ok();
            wake();
        };
        Builder::new().name(name.to_owned()).spawn(run).map(drop)
    }
}

fn export(job: &ExportJob) -> Exported {
    let mut typesetter = Typesetter::new(job.fonts);
    let folder = job.document.as_deref().and_then(Path::parent);
    // What is wrong with a photo is told while it is edited; the page then has none.
    let photo = photo::load(&job.profile.person.photo, folder).ok().flatten();
    let photo = photo.as_ref();
    let (mut files, mut lines, mut problems) = (vec![], 0, 0);
    let whole = match job.whole.as_ref().map(|whole| whole.to_text()).transpose() {
        Ok(written) => written.map(|written| written.text).unwrap_or_default(),
        Err(error) => return Exported::Failed(error.to_string()),
    };
    for Target { path, variant, output } in &job.targets {
        let variant = variant.as_deref().and_then(|name| job.profile.variant(name));
        let (output, anyway) = (*output, job.anyway);
        let order = Order { output, variant, top: &Look::default(), photo, whole: &whole, anyway };
        let File { bytes, fit, findings, .. } = export::file(&mut typesetter, &job.profile, &order);
        lines = lines.max(fit.map_or(0, |fit| fit.lines_over));
        let errors = findings.iter().filter(|f| f.severity == Severity::Error);
        problems = problems.max(errors.filter(|f| f.code != Code::TooLong).count());
        match bytes {
            Ok(bytes) => files.push((path, bytes)),
            // What was found is told.
            Err(export::Error::Refused) => {}
            Err(error) => return Exported::Failed(error.to_string()),
        }
        job.progress.done.fetch_add(1, Ordering::Relaxed);
        if job.progress.is_stopped() {
            return Exported::Stopped(0);
        }
    }
    if !job.anyway && (lines > 0 || problems > 0) {
        return Exported::NotReady { lines, problems };
    }
    for (written, (path, bytes)) in files.into_iter().enumerate() {
        if job.progress.is_stopped() {
            return Exported::Stopped(written);
        }
        if let Err(error) = atomic::write(path, &bytes, atomic::Safety::default()) {
            return Exported::Failed(error.to_string());
        }
    }
    Exported::Done
}

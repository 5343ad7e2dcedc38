//! The page beside the form: a thread of its own sets and draws the newest profile, so that typing
//! never waits.

pub mod caret;
pub mod hit;
mod patch;
mod queue;
pub mod select;
pub mod typed;
mod work;

use crate::{
    finding::{Finding, Findings},
    look::{Look, Style},
    profile::Profile,
    typeset::{Source, Typeset},
    value::photo::Photo,
};
use eframe::egui::{ColorImage, Vec2};
use queue::{Request, serve};
use std::{
    io,
    ops::Range,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{Builder, JoinHandle},
    time::Duration,
};
use work::Desk;

/// A page that is wanted.
#[derive(Clone, Debug)]
pub struct Job {
    /// Which state of the profile this is: equal numbers, variants and looks mean equal pages.
    pub revision: u64,
    /// The profile.
    pub profile: Arc<Profile>,
    /// Name of the variant to show; `None`, or one that is not there, shows the profile as it
    /// stands.
    pub variant: Option<String>,
    /// What is laid over the look of the profile.
    pub top: Look,
    /// The photo, as loaded.
    pub photo: Option<Photo>,
    /// What of it is on the screen.
    pub view: View,
    /// Where the pixels are kept: on the same surface, rows that look as before are not drawn
    /// again. A new one is empty.
    pub surface: u64,
}

/// What of a document is on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The pages, from 0; those past the last one are passed over.
    pub pages: Range<usize>,
    /// Pixels of the screen for one pt.
    pub scale: f32,
}

/// A picture of a first page, small: a theme, a sample, an earlier version.
#[derive(Clone, Debug)]
pub struct Thumbnail {
    /// What the window knows it by.
    pub name: String,
    /// The profile.
    pub profile: Arc<Profile>,
    /// Name of the variant.
    pub variant: Option<String>,
    /// What is laid over its look.
    pub top: Look,
    /// The photo, as loaded.
    pub photo: Option<Photo>,
    /// Its width in pixels.
    pub width: u32,
}

/// What the thread has to say.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The document that was wanted last, with the pages that are on the screen.
    Shown(Box<Shown>),
    /// A thumbnail.
    Thumbnail {
        /// Its name.
        name: String,
        /// Its pixels.
        image: Arc<ColorImage>,
    },
    /// Nothing can be shown of what was wanted; what was shown before still can. The next request
    /// starts afresh.
    Failed(Box<Finding>),
}

/// A document as set, and pixels of the pages that are on the screen.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The state of the profile that this is.
    pub revision: u64,
    /// The pages with the places of all glyphs, and the fit.
    pub page: Arc<Typeset>,
    /// How it looks.
    pub style: Arc<Style>,
    /// All that is to be said about it.
    pub findings: Arc<Findings>,
    /// Width and height in pt of every page as it is drawn: with what stands below the paper's
    /// edge.
    pub sizes: Arc<[Vec2]>,
    /// Where too much begins, if it is too long: the place of the red line.
    pub over: Option<Over>,
    /// The surface that the pixels are for.
    pub surface: u64,
    /// The pages that are on the screen.
    pub images: Vec<Image>,
    /// How long it took.
    pub timings: Timings,
}

/// The place past which there should be nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Over {
    /// The page, from 0.
    pub page: usize,
    /// In pt from its top.
    pub y: f32,
    /// How many lines of text there are past it.
    pub lines: usize,
}

/// The pixels of a page, or of the rows in which it looks otherwise than on the surface.
#[derive(Clone, Debug)]
pub struct Image {
    /// The page, from 0.
    pub page: usize,
    /// Pixels per pt: what the view asked for, or less where that would take too much memory.
    pub scale: f32,
    /// Width and height of the whole page in pixels.
    pub size: [usize; 2],
    /// The rows, from the top; none when the page looks as before.
    pub rows: Range<usize>,
    /// Their pixels, ready to be a texture or a part of one.
    pub pixels: Arc<ColorImage>,
}

impl Image {
    /// Whether it is the whole page.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.rows.len() == self.size[1]
    }
}

/// How long the steps took; zero for those that were not needed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timings {
    /// Composing, checking, fitting, placing.
    pub set: Duration,
    /// Writing the PDF.
    pub write: Duration,
    /// Drawing it.
    pub draw: Duration,
}

/// Where pages are asked for and come back.
pub struct Preview {
    source: Source,
    wake: Arc<dyn Fn() + Send + Sync>,
    thread: Option<Thread>,
}

/// The ends of the thread's channels, and the thread.
struct Thread {
    requests: Sender<Request>,
    answers: Receiver<Answer>,
    handle: JoinHandle<()>,
}

impl std::fmt::Debug for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Preview").field("source", &self.source).finish_non_exhaustive()
    }
}

impl Preview {
    /// Pages set in fonts from `source`. `wake` is called, from the thread, whenever [`Self::poll`]
    /// has something new.
    #[must_use]
    pub fn new(source: Source, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { source, wake, thread: None }
    }

    /// Asks for a document. It takes the place of one asked for before and not begun. Where only
    /// the view is another than last time, the document is not set anew.
    ///
    /// # Errors
    /// When the system does not give us a thread.
    pub fn show(&mut self, job: Job) -> io::Result<()> {
        self.send(Request::Show(Box::new(job)))
    }

    /// Asks for thumbnails, which are made one by one while nothing else is wanted. They take the
    /// place of those asked for before and not begun.
    ///
    /// # Errors
    /// When the system does not give us a thread.
    pub fn thumbnails(&mut self, wanted: Vec<Thumbnail>) -> io::Result<()> {
        self.send(Request::Thumbnails(wanted))
    }

    /// The next answer, if there is one by now.
    pub fn poll(&mut self) -> Option<Answer> {
        self.thread.as_ref()?.answers.try_recv().ok()
    }

    fn send(&mut self, request: Request) -> io::Result<()> {
        if self.thread.as_ref().is_none_or(|thread| thread.handle.is_finished()) {
            self.thread = Some(self.start()?);
        }
        if let Some(thread) = &self.thread {
            // It can only have ended in this very moment; the next request starts it again.
            thread.requests.send(request).ok();
        }
        Ok(())
    }

    fn start(&self) -> io::Result<Thread> {
        let (requests, asked) = channel();
        let (tell, answers) = channel();
        let (source, wake) = (self.source, Arc::clone(&self.wake));
        let handle = Builder::new().name("preview".to_owned()).spawn(move || {
            serve(&asked, &mut Desk::new(source), &mut |answer| {
                // When the window is gone, so is the other end of the requests.
                tell.send(answer).ok();
                wake();
            });
        })?;
        Ok(Thread { requests, answers, handle })
    }
}

#[cfg(test)]
mod tests;

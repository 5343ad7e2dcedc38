//! The thread that keeps unsaved work and settings on the disk, so that typing never waits for it.

use super::guard::{self, Faults};
use crate::store::{
    Document,
    read::Fingerprint,
    recovery::{Entry, Found, Key, Store},
    settings::Settings,
};
use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, Sender, channel},
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};

/// Unsaved work to be kept.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) key: Key,
    pub(super) path: Option<PathBuf>,
    pub(super) name: String,
    pub(super) time: u64,
    pub(super) text: Text,
}

/// What is kept.
#[derive(Debug)]
pub(super) enum Text {
    /// A profile, whose text is yet to be made.
    Of(Box<Document>),
    /// The text of a file that is no profile, and what the file held.
    Broken(String, Option<Fingerprint>),
}

/// What became of work that was to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// It is on the disk, after so long.
    Kept(Duration),
    /// It is not, and why.
    NotKept(String),
}

/// A change of the settings.
pub(super) type Change = Box<dyn FnOnce(&mut Settings) + Send>;

enum Order {
    /// Work, and since when it waits.
    Keep(Box<Work>, Instant),
    Forget(Key),
    Discard(Box<Found>),
    /// Work goes into this folder when it cannot go into the usual one.
    Beside(Option<PathBuf>),
    Settings(Change, PathBuf),
    /// Answers when everything before it is done.
    Ask(Sender<()>),
}

/// The thread, as seen from the editor. It ends, and is waited for, when this is dropped.
#[derive(Debug)]
pub(super) struct Keeper {
    orders: Option<Sender<Order>>,
    news: Receiver<News>,
    thread: Option<JoinHandle<()>>,
    #[cfg(test)]
    pub(super) faults: Faults,
}

impl Keeper {
    /// Starts the thread, which keeps unsaved work in `folder`. Without a thread nothing is kept.
    pub(super) fn new(folder: PathBuf) -> Self {
        let (orders, incoming) = channel();
        let (tell, news) = channel();
        let faults = Faults::default();
        let desk = Desk { store: Store::new(folder), beside: None, tell, faults: faults.clone() };
        let thread = Builder::new().name("keeper".to_owned());
        let thread = thread.spawn(move || run(&incoming, desk)).ok();
        Self {
            orders: Some(orders),
            news,
            thread,
            #[cfg(test)]
            faults,
        }
    }

    /// Keeps the newest state of a document in place of what was kept of it.
    pub(super) fn keep(&self, work: Work) {
        self.order(Order::Keep(Box::new(work), Instant::now()));
    }

    /// Forgets a document.
    pub(super) fn forget(&self, key: Key) {
        self.order(Order::Forget(key));
    }

    /// Removes work that was found at the start, after everything that was to be kept before is
    /// kept.
    pub(super) fn discard(&self, found: Found) {
        self.order(Order::Discard(Box::new(found)));
    }

    /// Where work goes that cannot go to the usual place; nowhere with `None`.
    pub(super) fn beside(&self, folder: Option<PathBuf>) {
        self.order(Order::Beside(folder));
    }

    /// Changes the settings in a folder, as they are then: another window may have changed others.
    pub(super) fn settings(&self, change: Change, folder: PathBuf) {
        self.order(Order::Settings(change, folder));
    }

    /// Waits until everything ordered so far is on the disk, but not for ever: a disk may hang.
    pub(super) fn wait(&self) {
        let (done, is_done) = channel();
        self.order(Order::Ask(done));
        is_done.recv_timeout(Duration::from_millis(500)).ok();
    }

    /// What became of something that was to be kept.
    pub(super) fn news(&self) -> Option<News> {
        self.news.try_recv().ok()
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // Without a thread nobody hears it: recovery is a help, not a duty.
            orders.send(order).ok();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// What the thread works with.
struct Desk {
    store: Store,
    /// Takes what the store cannot.
    beside: Option<Store>,
    tell: Sender<News>,
    faults: Faults,
}

fn run(orders: &Receiver<Order>, mut desk: Desk) {
    while let Ok(first) = orders.recv() {
        let mut all = vec![first];
        all.extend(orders.try_iter());
        drop_outdated(&mut all);
        let mut lost = false;
        for order in all {
            // A fault of the program costs one order, not all that are to come.
            guard::once(|| desk.obey(order, &mut lost));
        }
    }
    desk.beside.into_iter().for_each(Store::close);
}

impl Desk {
    /// `lost`: whether something could not be kept since the last rest.
    fn obey(&mut self, order: Order, lost: &mut bool) {
        match order {
            Order::Keep(work, since) => {
                let kept = guard::twice(|| self.keep(&work));
                let kept = kept.unwrap_or_else(|| Err(guard::FAULT.to_owned()));
                *lost |= kept.is_err();
                let news = kept.map_or_else(News::NotKept, |()| News::Kept(since.elapsed()));
                // Nobody listens any more when the window is closed.
                self.tell.send(news).ok();
            }
            Order::Forget(key) => {
                for store in self.beside.iter_mut().chain([&mut self.store]) {
                    drop(store.forget(&key));
                }
            }
            // What could not be kept anew stays where it was.
            Order::Discard(found) if !*lost => drop(self.store.discard(&found)),
            Order::Discard(_) => {}
            Order::Beside(folder) => {
                let before = std::mem::replace(&mut self.beside, folder.map(Store::new));
                before.into_iter().for_each(Store::close);
            }
            Order::Settings(change, folder) => {
                let mut settings = Settings::load(&folder);
                change(&mut settings);
                // Settings are not worth an error.
                drop(settings.save(&folder));
            }
            Order::Ask(done) => drop(done.send(())),
        }
    }

    /// Brings work to the disk; the error is why it is not there.
    fn keep(&mut self, work: &Work) -> Result<(), String> {
        self.faults.meet();
        let (text, base) = match &work.text {
            Text::Of(document) => {
                let written = document.to_text().map_err(|error| error.to_string())?;
                (written.text, document.fingerprint())
            }
            Text::Broken(text, base) => (text.clone(), base.as_ref()),
        };
        let entry = Entry {
            path: work.path.as_deref(),
            name: &work.name,
            base,
            time: work.time,
            text: &text,
        };
        self.store.keep(&work.key, &entry).or_else(|error| match &mut self.beside {
            Some(beside) => beside.keep(&work.key, &entry).map_err(|error| error.to_string()),
            None => Err(error.to_string()),
        })
    }
}

/// Takes away the work of which a newer state is to be kept as well.
fn drop_outdated(orders: &mut Vec<Order>) {
    let mut later: Vec<Key> = vec![];
    orders.reverse();
    orders.retain(|order| match order {
        Order::Keep(work, _) if later.contains(&work.key) => false,
        Order::Keep(work, _) => {
            later.push(work.key.clone());
            true
        }
        Order::Forget(_)
        | Order::Discard(_)
        | Order::Beside(_)
        | Order::Settings(..)
        | Order::Ask(_) => true,
    });
    orders.reverse();
}

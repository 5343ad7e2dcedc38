//! The thread that keeps unsaved work and settings on the disk, so that typing never waits for it.

use crate::store::{
    Document,
    recovery::{Entry, Found, Key, Store},
    settings::Settings,
};
use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, Sender, channel},
    thread::{Builder, JoinHandle},
    time::Duration,
};

/// Unsaved work to be kept.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) key: Key,
    pub(super) path: Option<PathBuf>,
    pub(super) name: String,
    pub(super) time: u64,
    pub(super) document: Document,
}

/// A change of the settings.
pub(super) type Change = Box<dyn FnOnce(&mut Settings) + Send>;

enum Order {
    Keep(Box<Work>),
    Forget(Key),
    Discard(Box<Found>),
    Settings(Change, PathBuf),
    /// Answers when everything before it is done.
    Ask(Sender<()>),
}

/// The thread, as seen from the editor. It ends, and is waited for, when this is dropped.
#[derive(Debug)]
pub(super) struct Keeper {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread, which keeps unsaved work in `folder`. Without a thread nothing is kept.
    pub(super) fn new(folder: PathBuf) -> Self {
        let (orders, incoming) = channel();
        let thread = Builder::new().name("keeper".to_owned());
        let thread = thread.spawn(move || run(&incoming, Store::new(folder))).ok();
        Self { orders: Some(orders), thread }
    }

    /// Keeps the newest state of a document in place of what was kept of it.
    pub(super) fn keep(&self, work: Work) {
        self.order(Order::Keep(Box::new(work)));
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

fn run(orders: &Receiver<Order>, mut store: Store) {
    while let Ok(first) = orders.recv() {
        let mut all = vec![first];
        all.extend(orders.try_iter());
        drop_outdated(&mut all);
        let mut lost = false;
        for order in all {
            match order {
                Order::Keep(work) => lost |= !keep(&mut store, &work),
                Order::Forget(key) => drop(store.forget(&key)),
                // What could not be kept anew stays where it was.
                Order::Discard(found) if !lost => drop(store.discard(&found)),
                Order::Discard(_) => {}
                Order::Settings(change, folder) => {
                    let mut settings = Settings::load(&folder);
                    change(&mut settings);
                    // Settings are not worth an error.
                    drop(settings.save(&folder));
                }
                Order::Ask(done) => drop(done.send(())),
            }
        }
    }
}

/// Takes away the work of which a newer state is to be kept as well.
fn drop_outdated(orders: &mut Vec<Order>) {
    let mut later: Vec<Key> = vec![];
    orders.reverse();
    orders.retain(|order| match order {
        Order::Keep(work) if later.contains(&work.key) => false,
        Order::Keep(work) => {
            later.push(work.key.clone());
            true
        }
        Order::Forget(_) | Order::Discard(_) | Order::Settings(..) | Order::Ask(_) => true,
    });
    orders.reverse();
}

/// Whether it is on the disk.
fn keep(store: &mut Store, work: &Work) -> bool {
    let Ok(written) = work.document.to_text() else {
        return false;
    };
    let entry = Entry {
        path: work.path.as_deref(),
        name: &work.name,
        base: work.document.fingerprint(),
        time: work.time,
        text: &written.text,
    };
    store.keep(&work.key, &entry).is_ok()
}

//! Looks at the open file on a thread of its own, so that a window that nobody touches is not
//! painted for it.

use super::{
    guard::{self, Faults},
    jobs::Wake,
};
use crate::store::{claim, read};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::Builder,
    time::Duration,
};

/// How often the door is looked at.
const EVERY: Duration = Duration::from_millis(500);
/// Every so many times the file is, too: it may lie on a slow disk.
const TIMES: u32 = 4;

/// What is looked at: the open file, and where another window knocks that wants to open it.
type Looked = (Option<PathBuf>, Option<PathBuf>);

/// The thread's ear, and what it looks at.
#[derive(Debug, Default)]
pub(super) struct Watch {
    send: Option<Sender<Looked>>,
    looked: Looked,
    knocked: Arc<AtomicBool>,
    pub(super) faults: Faults,
}

impl Watch {
    /// Looks at the file at `path` and at `door` from now on; `wake` is called when something has
    /// happened to them.
    pub(super) fn look_at(&mut self, path: Option<PathBuf>, door: Option<PathBuf>, wake: &Wake) {
        let looked = (path, door);
        if self.looked == looked {
            return;
        }
        if self.send.is_none() {
            let (send, receive) = channel();
            let (wake, knocked) = (Arc::clone(wake), Arc::clone(&self.knocked));
            let faults = self.faults.clone();
            let thread = Builder::new().name("watch".to_owned());
            // Without it the file is still looked at whenever the window is touched.
            let thread = thread.spawn(move || {
                // After a fault of the program it looks on, from what was looked at last.
                let mut looked = (None, None);
                while guard::once(|| watch(&receive, &mut looked, &wake, &knocked, &faults))
                    .is_none()
                {
                    std::thread::sleep(EVERY);
                }
            });
            self.send = thread.ok().map(|_| send);
        }
        if let Some(send) = &self.send {
            send.send(looked.clone()).ok();
        }
        self.looked = looked;
    }

    /// Whether another window wanted to open the file since this was asked last.
    pub(super) fn was_knocked(&self) -> bool {
        self.knocked.swap(false, Ordering::Relaxed)
    }
}

fn watch(
    receive: &Receiver<Looked>,
    looked: &mut Looked,
    wake: &Wake,
    knocked: &AtomicBool,
    faults: &Faults,
) {
    let mut last = looked.0.as_deref().map(read::stamp);
    let mut times = 0;
    loop {
        let next = match looked {
            // Nothing to look at: nothing to wake up for.
            (None, _) => receive.recv().map_err(|_ended| RecvTimeoutError::Disconnected),
            (Some(_), _) => receive.recv_timeout(EVERY),
        };
        match next {
            Ok(new) => {
                last = new.0.as_deref().map(read::stamp);
                *looked = new;
            }
            Err(RecvTimeoutError::Timeout) => {
                faults.meet();
                if looked.1.as_deref().is_some_and(claim::answer) {
                    knocked.store(true, Ordering::Relaxed);
                    wake();
                }
                times = (times + 1) % TIMES;
                if times > 0 {
                    continue;
                }
                let now = looked.0.as_deref().map(read::stamp);
                if now != last {
                    last = now;
                    wake();
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

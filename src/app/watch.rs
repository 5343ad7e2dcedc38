//! Looks at the open file on a thread of its own, so that a window that nobody touches is not painted for it.

use super::jobs::Wake;
use crate::store::read;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::Builder,
    time::Duration,
};

/// How often the file is looked at.
const EVERY: Duration = Duration::from_secs(2);

/// The thread's ear, and the file it looks at.
#[derive(Debug, Default)]
pub(super) struct Watch {
    send: Option<Sender<Option<PathBuf>>>,
    path: Option<PathBuf>,
}

impl Watch {
    /// Looks at `path` from now on; `wake` is called when something has happened to it.
    pub(super) fn look_at(&mut self, path: Option<PathBuf>, wake: &Wake) {
        if self.path == path {
            return;
        }
        if self.send.is_none() {
            let (send, receive) = channel();
            let wake = Arc::clone(wake);
            let thread = Builder::new().name("watch".to_owned());
            // Without it the file is still looked at whenever the window is touched.
            self.send = thread.spawn(move || watch(&receive, &wake)).ok().map(|_| send);
        }
        if let Some(send) = &self.send {
            send.send(path.clone()).ok();
        }
        self.path = path;
    }
}

fn watch(receive: &Receiver<Option<PathBuf>>, wake: &Wake) {
    let mut path: Option<PathBuf> = None;
    let mut last = None;
    loop {
        let next = match &path {
            // Nothing to look at: nothing to wake up for.
            None => receive.recv().map_err(|_ended| RecvTimeoutError::Disconnected),
            Some(_) => receive.recv_timeout(EVERY),
        };
        match next {
            Ok(new) => {
                last = new.as_deref().map(read::stamp);
                path = new;
            }
            Err(RecvTimeoutError::Timeout) => {
                let now = path.as_deref().map(read::stamp);
                if now != last {
                    last = now;
                    wake();
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

//! What the preview's thread does next: the newest of each kind, pages before thumbnails, and on
//! after a panic.

use super::{Answer, Job, Shown, Thumbnail};
use crate::{
    at::At,
    finding::{Code, Finding},
};
use eframe::egui::ColorImage;
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError},
    },
};

/// What is asked of the thread.
pub(super) enum Request {
    /// This document, and none asked for before.
    Show(Box<Job>),
    /// These thumbnails, and none asked for before.
    Thumbnails(Vec<Thumbnail>),
}

/// Makes what is asked for. The error is why it could not be made.
pub(super) trait Work {
    /// A document with its pixels.
    fn show(&mut self, job: &Job) -> Result<Shown, Finding>;
    /// The pixels of a thumbnail.
    fn thumbnail(&mut self, wanted: &Thumbnail) -> Result<ColorImage, Finding>;
    /// There is nothing to do for now.
    fn rest(&mut self);
    /// Something was left half done: forget everything.
    fn reset(&mut self);
}

/// Answers `requests` until nobody can ask any more.
pub(super) fn serve(
    requests: &Receiver<Request>,
    work: &mut dyn Work,
    answer: &mut dyn FnMut(Answer),
) {
    let mut job: Option<Box<Job>> = None;
    let mut thumbnails = VecDeque::new();
    let mut first = None;
    loop {
        let mut take = |request| match request {
            Request::Show(newest) => job = Some(newest),
            Request::Thumbnails(newest) => thumbnails = newest.into(),
        };
        first.take().into_iter().for_each(&mut take);
        loop {
            match requests.try_recv() {
                Ok(request) => take(request),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        if let Some(job) = job.take() {
            answer(match guarded(work, |work| work.show(&job)) {
                Ok(shown) => Answer::Shown(Box::new(shown)),
                Err(finding) => Answer::Failed(Box::new(finding)),
            });
        } else if let Some(wanted) = thumbnails.pop_front() {
            answer(match guarded(work, |work| work.thumbnail(&wanted)) {
                Ok(image) => Answer::Thumbnail { name: wanted.name, image: Arc::new(image) },
                Err(finding) => Answer::Failed(Box::new(finding)),
            });
        } else {
            work.rest();
            match requests.recv() {
                Ok(request) => first = Some(request),
                Err(_) => return,
            }
        }
    }
}

/// Runs one piece of work, and once more, afresh, when it panics. A panic in it is a fault of this
/// program, which must not take the user's text with it.
fn guarded<T>(
    work: &mut dyn Work,
    piece: impl Fn(&mut dyn Work) -> Result<T, Finding>,
) -> Result<T, Finding> {
    const TRIES: usize = 2;
    for _ in 0..TRIES {
        if let Ok(done) = catch_unwind(AssertUnwindSafe(|| piece(&mut *work))) {
            return done;
        }
        work.reset();
    }
    let message = "the page could not be made: this is a mistake of the program, not yours";
    Err(Finding::error(Code::PreviewFailed, At::root(), message)
        .hint("the last page is still shown and nothing is lost; undo the last change to go on"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::preview::View, look::Look, profile::Profile};
    use std::sync::mpsc::{Sender, channel};

    /// Notes what it is asked for; while it works, more can be asked.
    struct Noted {
        done: Vec<String>,
        meanwhile: VecDeque<Request>,
        requests: Option<Sender<Request>>,
    }

    impl Noted {
        fn note(&mut self, what: String) -> Finding {
            if let Some(request) = self.meanwhile.pop_front() {
                self.requests.as_ref().unwrap().send(request).unwrap();
            }
            self.done.push(what.clone());
            assert!(!what.contains("panic"), "as wanted");
            Finding::error(Code::PreviewFailed, At::root(), what)
        }
    }

    impl Work for Noted {
        fn show(&mut self, job: &Job) -> Result<Shown, Finding> {
            Err(self.note(format!("page {}", job.revision)))
        }
        fn thumbnail(&mut self, wanted: &Thumbnail) -> Result<ColorImage, Finding> {
            self.note(wanted.name.clone());
            Ok(ColorImage::default())
        }
        fn rest(&mut self) {
            self.done.push("rest".to_owned());
            self.requests = None;
        }
        fn reset(&mut self) {
            self.done.push("reset".to_owned());
        }
    }

    fn show(revision: u64) -> Request {
        let view = View { pages: 0..1, scale: 1.0 };
        let (profile, top) = (Arc::new(Profile::default()), Look::default());
        let job = Job { revision, profile, variant: None, top, photo: None, view, surface: 0 };
        Request::Show(Box::new(job))
    }

    fn thumbnails(names: &[&str]) -> Request {
        let one = |name: &&str| Thumbnail {
            name: (*name).to_owned(),
            profile: Arc::new(Profile::default()),
            variant: None,
            top: Look::default(),
            photo: None,
            width: 100,
        };
        Request::Thumbnails(names.iter().map(one).collect())
    }

    /// Asks for `first` at once, and for one of `meanwhile` during each piece of work; when all is
    /// done the window closes.
    fn check(first: Vec<Request>, meanwhile: Vec<Request>, done: &[&str], answers: usize) {
        let (sender, receiver) = channel();
        for request in first {
            sender.send(request).unwrap();
        }
        let mut work = Noted { done: vec![], meanwhile: meanwhile.into(), requests: Some(sender) };
        let mut count = 0;
        serve(&receiver, &mut work, &mut |_| count += 1);
        assert_eq!(work.done, done);
        assert_eq!(count, answers);
    }

    #[test]
    fn only_the_newest_is_made() {
        check(vec![show(1), show(2), show(3)], vec![], &["page 3", "rest"], 1);
        let pictures = || vec![thumbnails(&["a", "b"]), thumbnails(&["c", "d"])];
        check(pictures(), vec![thumbnails(&["e"])], &["c", "e", "rest"], 2);
    }

    #[test]
    fn pages_come_before_thumbnails() {
        check(
            vec![thumbnails(&["a", "b"]), show(1)],
            vec![show(2), show(3), show(4)],
            &["page 1", "page 2", "page 3", "page 4", "a", "b", "rest"],
            6,
        );
        check(vec![thumbnails(&["a", "b"])], vec![show(1)], &["a", "page 1", "b", "rest"], 3);
    }

    #[test]
    fn a_panic_is_tried_again_and_told_and_the_work_goes_on() {
        check(
            vec![thumbnails(&["panic"])],
            vec![show(1)],
            &["panic", "reset", "panic", "reset", "page 1", "rest"],
            2,
        );
    }
}

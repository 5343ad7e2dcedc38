//! Spelling of the open document: a thread of its own looks words up, so that typing never waits.

use super::{
    App, Screen,
    edit::Edit,
    guard::{self, Faults},
    jobs::Wake,
};
use crate::{
    at::At,
    profile::Profile,
    spelling::{English, Misspelt, Own, Speller, Word, carried},
    store::dictionaries,
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    fmt,
    ops::Range,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread::{Builder, JoinHandle},
};

/// What was found, and where more is asked for.
#[derive(Default)]
pub struct Spelling {
    /// Whether words are looked up at all.
    pub on: bool,
    /// Where dictionaries are looked for; `None` is where the system has them.
    pub folders: Option<Vec<PathBuf>>,
    thread: Option<Thread>,
    asked: Option<Order>,
    found: Found,
    /// What words may have been meant to be; `None` while that is still to be heard.
    suggestions: HashMap<String, Option<Vec<String>>>,
    /// The word that was gone to last: its text, and its first byte.
    last: Option<(At, usize)>,
    /// Called when something was found.
    wake: Option<Wake>,
    pub(super) faults: Faults,
}

/// What is looked at, and by which rules.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Order {
    revision: u64,
    rules: Rules,
    words: BTreeSet<String>,
}

/// What dictionaries are needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rules {
    language: String,
    english: English,
    folders: Option<Vec<PathBuf>>,
}

/// The words that may be misspelt in one state of a document.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The state; see [`Doc::revision`](super::doc::Doc::revision).
    revision: u64,
    texts: BTreeMap<At, Misspelt>,
    /// Why nothing can be said about the language of the document, in words for the user.
    lacking: Option<String>,
}

/// A word that may be misspelt, with all places where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The word.
    pub word: String,
    /// The texts and the bytes in each, in the order of the profile.
    pub places: Vec<(At, Range<usize>)>,
}

struct Thread {
    requests: Sender<Request>,
    answers: Receiver<Answer>,
    handle: JoinHandle<()>,
}

enum Request {
    Check(Box<Job>),
    Suggest(String),
}

struct Job {
    order: Order,
    profile: Arc<Profile>,
}

enum Answer {
    Checked(Found),
    Suggested(String, Vec<String>),
}

impl fmt::Debug for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spelling").field("on", &self.on).finish_non_exhaustive()
    }
}

impl App {
    /// Has the newest state of the document looked at, and takes what was found by now. To be
    /// called before each frame; whether something new was found.
    pub fn spell(&mut self) -> bool {
        let heard = self.spelling.hear();
        let Screen::Editor(doc) = &mut self.screen else {
            self.spelling.forget();
            return heard;
        };
        if !self.spelling.on {
            self.spelling.forget();
            return heard;
        }
        let settings = &self.files.settings;
        let is_same = self.spelling.asked.as_ref().is_some_and(|asked| {
            asked.revision == doc.revision()
                && asked.words == settings.words
                && asked.rules.english == settings.english
        });
        if !is_same {
            let rules = Rules {
                language: doc.style().language.clone(),
                english: settings.english,
                folders: self.spelling.folders.clone(),
            };
            let order = Order { revision: doc.revision(), rules, words: settings.words.clone() };
            let job = Job { order: order.clone(), profile: doc.shared() };
            self.spelling.wake = Some(Arc::clone(self.files.jobs.wake()));
            self.spelling.send(Request::Check(Box::new(job)));
            if self.spelling.asked.as_ref().is_none_or(|asked| asked.rules != order.rules) {
                self.spelling.suggestions.clear();
            }
            self.spelling.asked = Some(order);
        }
        heard
    }

    /// Whether the newest state of the document was looked at; always when none shall be.
    #[must_use]
    pub fn is_spelled(&self) -> bool {
        let newest = |revision| self.spelling.found.revision == revision;
        !self.spelling.on || self.doc().is_none_or(|doc| newest(doc.revision()))
    }

    /// Says that a word is right, in all documents.
    pub fn add_word(&mut self, word: &str) {
        let word = word.to_owned();
        self.set(move |settings| {
            settings.words.insert(word.clone());
        });
    }

    /// Takes back that a word is right.
    pub fn remove_word(&mut self, word: &str) {
        let word = word.to_owned();
        self.set(move |settings| {
            settings.words.remove(&word);
        });
    }

    /// Puts another word in all places of one that may be misspelt, as one step to undo.
    pub fn respell(&mut self, unknown: &Unknown, word: &str) {
        let tab = self.doc().map(|doc| doc.view.tab);
        self.apply(&Edit::Respell(unknown.places.clone(), word.to_owned()));
        // Whoever goes through a list stays there.
        if let (Some(doc), Some(tab)) = (self.doc_mut(), tab) {
            doc.view.tab = tab;
            doc.view.focus = None;
        }
    }

    /// Goes to the first word after the caret's field that may be misspelt, and selects it.
    pub(super) fn go_to_misspelt(&mut self) {
        let places: Vec<_> = self.spelling.found.places().collect();
        let Screen::Editor(doc) = &mut self.screen else {
            return;
        };
        let last = self.spelling.last.clone();
        let from = doc.view.focused.clone();
        let after = |place: &&(At, Range<usize>)| match (&last, &from) {
            (Some((at, start)), Some(from)) if at == from => {
                (&place.0, place.1.start) > (at, *start)
            }
            (_, Some(from)) => place.0 >= *from,
            _ => true,
        };
        match places.iter().find(after).or_else(|| places.first()) {
            Some((at, range)) => {
                doc.view.select(at, range.clone());
                self.spelling.last = Some((at.clone(), range.start));
            }
            None => self.tell("No word is misspelt, as far as the dictionaries know"),
        }
    }
}

impl Spelling {
    /// The words of the text at `at` that may be misspelt. `now` is the text as it stands by now:
    /// what was changed since is not judged before it was looked at.
    #[must_use]
    pub fn words(&self, at: &At, now: &str) -> Cow<'_, [Word]> {
        match self.found.texts.get(at) {
            Some(text) if text.source == now => Cow::Borrowed(&text.words),
            Some(text) => Cow::Owned(carried(&text.source, now, &text.words)),
            None => Cow::Borrowed(&[]),
        }
    }

    /// The words that may be misspelt, each once, in the order of the profile.
    #[must_use]
    pub fn unknown(&self) -> Vec<Unknown> {
        let mut out: Vec<Unknown> = vec![];
        let mut index: HashMap<&str, usize> = HashMap::new();
        for text in self.found.texts.values() {
            for word in &text.words {
                let place = (text.at.clone(), word.range.clone());
                let i = *index.entry(&word.text).or_insert(out.len());
                match out.get_mut(i) {
                    Some(unknown) => unknown.places.push(place),
                    None => out.push(Unknown { word: word.text.clone(), places: vec![place] }),
                }
            }
        }
        out
    }

    /// Why nothing can be said about the language of the document, in words for the user.
    #[must_use]
    pub fn lacking(&self) -> Option<&str> {
        self.found.lacking.as_deref()
    }

    /// What a word may have been meant to be; `None` while that is still to be heard.
    pub fn suggest(&mut self, word: &str) -> Option<&[String]> {
        if !self.suggestions.contains_key(word) {
            self.suggestions.insert(word.to_owned(), None);
            self.send(Request::Suggest(word.to_owned()));
        }
        self.suggestions.get(word)?.as_deref()
    }

    /// Takes what was found by now; whether there was something.
    fn hear(&mut self) -> bool {
        let mut heard = false;
        while let Some(answer) = self.thread.as_ref().and_then(|t| t.answers.try_recv().ok()) {
            heard = true;
            match answer {
                // What was asked for before all was switched off is not wanted any more.
                Answer::Checked(found) if self.asked.is_some() => self.found = found,
                Answer::Checked(_) => {}
                Answer::Suggested(word, words) => {
                    self.suggestions.insert(word, Some(words));
                }
            }
        }
        heard
    }

    fn forget(&mut self) {
        if self.asked.take().is_some() {
            self.found = Found::default();
            self.suggestions.clear();
            self.last = None;
        }
    }

    fn send(&mut self, request: Request) {
        if self.thread.as_ref().is_none_or(|thread| thread.handle.is_finished()) {
            let wake = self.wake.clone().unwrap_or_else(|| Arc::new(|| {}));
            self.thread = start(wake, self.faults.clone());
        }
        if let Some(thread) = &self.thread {
            // It can only have ended in this very moment; the next request starts it again.
            thread.requests.send(request).ok();
        }
    }
}

impl Found {
    /// The places of all words, in the order of the profile.
    fn places(&self) -> impl Iterator<Item = (At, Range<usize>)> {
        let texts = self.texts.values();
        texts.flat_map(|text| text.words.iter().map(|w| (text.at.clone(), w.range.clone())))
    }
}

/// Without a thread nothing is marked, and the next request tries again.
fn start(wake: Wake, faults: Faults) -> Option<Thread> {
    let (requests, asked) = channel();
    let (tell, answers) = channel();
    let run = move || {
        serve(&asked, &faults, &mut |answer| {
            // When the window is gone, so is the other end of the requests.
            tell.send(answer).ok();
            wake();
        });
    };
    let handle = Builder::new().name("spelling".to_owned()).spawn(run).ok()?;
    Some(Thread { requests, answers, handle })
}

/// Answers requests until nobody can ask any more: the newest document first, and only that.
fn serve(requests: &Receiver<Request>, faults: &Faults, answer: &mut dyn FnMut(Answer)) {
    let mut desk = Desk::default();
    let mut job: Option<Box<Job>> = None;
    let mut words = VecDeque::new();
    let mut first = None;
    loop {
        let mut take = |request| match request {
            Request::Check(newest) => job = Some(newest),
            Request::Suggest(word) => words.push_back(word),
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
            let found = guard::twice(|| {
                // A panic may have left it half changed.
                let mut work = std::mem::take(&mut desk);
                faults.meet();
                let found = work.check(&job);
                desk = work;
                found
            });
            let nothing = || Found { revision: job.order.revision, ..Found::default() };
            answer(Answer::Checked(found.unwrap_or_else(nothing)));
        } else if let Some(word) = words.pop_front() {
            let found = guard::once(|| desk.suggest(&word)).unwrap_or_default();
            answer(Answer::Suggested(word, found));
        } else {
            match requests.recv() {
                Ok(request) => first = Some(request),
                Err(_) => return,
            }
        }
    }
}

/// The dictionaries that were needed last.
#[derive(Default)]
struct Desk {
    rules: Rules,
    speller: Option<Speller>,
    lacking: Option<String>,
}

impl Desk {
    fn check(&mut self, job: &Job) -> Found {
        let Job { order, profile } = job;
        if self.speller.is_none() || self.rules != order.rules {
            let folders = order.rules.folders.clone().unwrap_or_else(dictionaries::folders);
            let (language, lacking) = dictionaries::language(&folders, &order.rules.language);
            self.speller = Some(Speller::new(language, order.rules.english));
            self.rules = order.rules.clone();
            self.lacking = lacking;
        }
        let own = Own::of(profile, &order.words);
        let found = self.speller.as_mut().map(|speller| speller.check(profile, &own));
        let texts = found.into_iter().flatten().map(|text| (text.at.clone(), text));
        let (revision, lacking) = (order.revision, self.lacking.clone());
        Found { revision, texts: texts.collect(), lacking }
    }

    fn suggest(&self, word: &str) -> Vec<String> {
        self.speller.as_ref().map(|speller| speller.suggest(word)).unwrap_or_default()
    }
}

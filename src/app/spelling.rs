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
    /// How many orders there were.
    orders: u64,
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
    /// Which of the orders it is.
    number: u64,
    /// The state of the document; see [`Doc::revision`](super::doc::Doc::revision).
    revision: u64,
    /// The variant that is shown: it may have a language of its own.
    variant: Option<String>,
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
    /// The number of the order.
    number: u64,
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
        let current = self.is_asked();
        let Screen::Editor(doc) = &mut self.screen else {
            self.spelling.forget();
            return heard;
        };
        if !self.spelling.on {
            self.spelling.forget();
            return heard;
        }
        if !current {
            let settings = &self.files.settings;
            let rules = Rules {
                language: doc.style().language.clone(),
                english: settings.english,
                folders: self.spelling.folders.clone(),
            };
            let (revision, variant) = (doc.revision(), doc.view.variant.clone());
            self.spelling.orders += 1;
            let number = self.spelling.orders;
            let words = settings.words.clone();
            let order = Order { number, revision, variant, rules, words };
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

    /// Whether the newest state of the document was looked at, by the newest rules; always when none
    /// shall be.
    #[must_use]
    pub fn is_spelled(&self) -> bool {
        let asked = self.spelling.asked.as_ref();
        let answered = || asked.is_some_and(|asked| asked.number == self.spelling.found.number);
        !self.spelling.on || self.doc().is_none() || (self.is_asked() && answered())
    }

    /// Whether what was asked for last is what is wanted now.
    fn is_asked(&self) -> bool {
        let settings = &self.files.settings;
        self.spelling.asked.as_ref().zip(self.doc()).is_some_and(|(asked, doc)| {
            asked.revision == doc.revision()
                && asked.variant == doc.view.variant
                && asked.words == settings.words
                && asked.rules.english == settings.english
        })
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
            let nothing = || Found { number: job.order.number, ..Found::default() };
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
        let (number, lacking) = (order.number, self.lacking.clone());
        Found { number, texts: texts.collect(), lacking }
    }

    fn suggest(&self, word: &str) -> Vec<String> {
        self.speller.as_ref().map(|speller| speller.suggest(word)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::doc::Doc, store::Document};
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        thread::sleep,
        time::Duration,
    };

    /// An editor with spelling on, whose summary says this.
    fn editor(summary: &str) -> App {
        let text = format!("(person: (name: \"A\", summary: {summary:?}))");
        let doc = Doc::new(Document::from_text("x", &text).unwrap(), None);
        let mut app = App { screen: Screen::Editor(Box::new(doc)), ..App::default() };
        app.spelling.on = true;
        app
    }

    fn at() -> At {
        At::root().field("person").field("summary")
    }

    /// Waits until the newest state was looked at; gives the words that were found.
    fn spelled(app: &mut App) -> Vec<String> {
        for _ in 0..2000 {
            app.spell();
            if app.is_spelled() {
                break;
            }
            sleep(Duration::from_millis(5));
        }
        assert!(app.is_spelled());
        app.spelling.unknown().into_iter().map(|unknown| unknown.word).collect()
    }

    fn write(app: &mut App, text: &str) {
        app.apply(&Edit::SetText(at(), text.to_owned()));
    }

    #[test]
    fn the_newest_state_counts_and_old_words_mark_no_wrong_letters() {
        let mut app = editor("one wrod");
        assert_eq!(spelled(&mut app), ["wrod"]);
        for text in ["a wrod", "a wrod and", "a wrod and anothr"] {
            write(&mut app, text);
            // What was found before is shown where its letters stand by now.
            for word in app.spelling.words(&at(), text).iter() {
                assert_eq!(text.get(word.range.clone()), Some("wrod"));
            }
        }
        assert_eq!(spelled(&mut app), ["wrod", "anothr"]);
        assert!(app.spelling.words(&at(), "something else").is_empty());
    }

    #[test]
    fn a_fault_costs_nothing_but_its_words() {
        let mut app = editor("one wrod");
        app.spelling.faults.ask_for(1);
        assert_eq!(spelled(&mut app), ["wrod"]);
        app.spelling.faults.ask_for(2);
        write(&mut app, "two wrods");
        assert_eq!(spelled(&mut app), [""; 0]);
        write(&mut app, "three wrodz");
        assert_eq!(spelled(&mut app), ["wrodz"]);
    }

    #[test]
    fn nothing_wakes_the_window_while_nothing_changes() {
        let mut app = editor("one wrod");
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        app.set_wake(Arc::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
        }));
        spelled(&mut app);
        for _ in 0..10 {
            assert!(!app.spell());
            sleep(Duration::from_millis(2));
        }
        assert_eq!(count.load(Ordering::Relaxed), 1);
        app.spelling.on = false;
        assert!(spelled(&mut app).is_empty());
    }

    #[test]
    fn a_variant_in_another_language_has_its_own_words() {
        let text = "(person: (summary: \"one wrod\"), variants: [(name: \"de\", look: (language: \"de\"))])";
        let doc = Doc::new(Document::from_text("x", text).unwrap(), None);
        let mut app = App { screen: Screen::Editor(Box::new(doc)), ..App::default() };
        app.spelling.on = true;
        app.spelling.folders = Some(vec![]);
        assert_eq!(spelled(&mut app), ["wrod"]);
        app.doc_mut().unwrap().view.variant = Some("de".to_owned());
        app.spell();
        for _ in 0..2000 {
            if app.spelling.lacking().is_some() {
                break;
            }
            sleep(Duration::from_millis(5));
            app.spell();
        }
        assert!(app.spelling.lacking().unwrap().contains("Deutsch"));
        assert!(app.spelling.unknown().is_empty());
    }
}

//! Undo and redo: what each step changed in the profile's text, so that hundreds of steps cost
//! little memory.

use crate::{at::At, profile::Profile, store::snapshot};

/// How many steps can be undone.
pub const STEPS: usize = 1000;
/// How many bytes all steps together may take before the oldest go.
const BYTES: usize = 16 << 20;
/// Typing in one field makes one step until it pauses for so many seconds.
const PAUSE: f64 = 1.5;
/// … or has gone on for so many.
const RUN: f64 = 12.0;

/// The steps that led to a profile, and those that were undone.
#[derive(Debug)]
pub struct Undo {
    /// The profile's text after the last step.
    text: String,
    past: Vec<Step>,
    future: Vec<Step>,
    /// What is being typed and is no step yet.
    typing: Option<Typing>,
    bytes: usize,
    next: u64,
    /// The number of the state before the first step that is kept.
    start: u64,
}

/// One step: the bytes at `from` were `old` and became `new`.
#[derive(Debug)]
struct Step {
    label: String,
    at: At,
    from: usize,
    old: String,
    new: String,
    number: u64,
}

#[derive(Debug)]
struct Typing {
    label: String,
    at: At,
    since: f64,
    last: f64,
}

impl Undo {
    /// No steps yet; `profile` is as opened.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        Self {
            text: snapshot::write(profile),
            past: vec![],
            future: vec![],
            typing: None,
            bytes: 0,
            next: 1,
            start: 0,
        }
    }

    /// Says that letters were typed at `at` at the time `now` in seconds. Typing that goes on in
    /// one place becomes one step.
    pub fn typed(&mut self, profile: &Profile, at: &At, label: &str, now: f64) {
        match &mut self.typing {
            Some(typing) if typing.at == *at && now - typing.since < RUN => typing.last = now,
            _ => {
                // What was typed elsewhere before is a step of its own; it was made when that field
                // was left.
                self.rest(profile);
                self.typing =
                    Some(Typing { label: label.to_owned(), at: at.clone(), since: now, last: now });
            }
        }
    }

    /// Whether what is being typed is at `at`.
    #[must_use]
    pub fn is_typing_at(&self, at: &At) -> bool {
        self.typing.as_ref().is_some_and(|typing| typing.at == *at)
    }

    /// Makes a step of what was typed, when typing has paused by `now`.
    pub fn settle(&mut self, profile: &Profile, now: f64) {
        if self.typing.as_ref().is_some_and(|t| now - t.last >= PAUSE) {
            self.rest(profile);
        }
    }

    /// Makes a step of what was typed, at once.
    pub fn rest(&mut self, profile: &Profile) {
        if let Some(typing) = self.typing.take() {
            self.step(profile, typing.label, typing.at);
        }
    }

    /// When the next step is due, in seconds; `None` when nothing is being typed.
    #[must_use]
    pub fn due(&self) -> Option<f64> {
        self.typing.as_ref().map(|t| t.last + PAUSE)
    }

    /// Makes a step of everything that changed since the last one. Whether anything had.
    pub fn step(&mut self, profile: &Profile, label: String, at: At) -> bool {
        self.typing = None;
        let new = snapshot::write(profile);
        let Some((from, old_end, new_end)) = changed(&self.text, &new) else {
            return false;
        };
        let part = |text: &str, end: usize| text.get(from..end).unwrap_or_default().to_owned();
        let step = Step {
            label,
            at,
            from,
            old: part(&self.text, old_end),
            new: part(&new, new_end),
            number: self.next,
        };
        self.next += 1;
        self.text = new;
        self.bytes -= self.future.drain(..).map(|s| s.size()).sum::<usize>().min(self.bytes);
        self.bytes += step.size();
        self.past.push(step);
        let mut gone = self.past.len().saturating_sub(STEPS);
        let mut bytes = self.bytes;
        for step in self.past.iter().skip(gone) {
            if bytes <= BYTES || gone + 1 >= self.past.len() {
                break;
            }
            bytes -= step.size();
            gone += 1;
        }
        for step in self.past.drain(..gone) {
            self.bytes = self.bytes.saturating_sub(step.size());
            self.start = step.number;
        }
        true
    }

    /// The name of the step that [`Self::undo`] takes back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        match &self.typing {
            Some(typing) => Some(&typing.label),
            None => self.past.last().map(|s| s.label.as_str()),
        }
    }

    /// The name of the step that [`Self::redo`] makes again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        let none = self.typing.is_none();
        self.future.last().filter(|_| none).map(|s| s.label.as_str())
    }

    /// Takes the last step back; gives where it was.
    pub fn undo(&mut self, profile: &mut Profile) -> Option<At> {
        self.rest(profile);
        let step = self.past.pop()?;
        let text = replaced(&self.text, step.from, step.new.len(), &step.old);
        let at = step.at.clone();
        match text.and_then(|text| Some((snapshot::read(&text)?, text))) {
            Some((old, text)) => {
                *profile = old;
                self.text = text;
                self.future.push(step);
                Some(at)
            }
            None => {
                self.past.push(step);
                None
            }
        }
    }

    /// Makes the step again that was taken back last; gives where it was.
    pub fn redo(&mut self, profile: &mut Profile) -> Option<At> {
        self.rest(profile);
        let step = self.future.pop()?;
        let text = replaced(&self.text, step.from, step.old.len(), &step.new);
        let at = step.at.clone();
        match text.and_then(|text| Some((snapshot::read(&text)?, text))) {
            Some((new, text)) => {
                *profile = new;
                self.text = text;
                self.past.push(step);
                Some(at)
            }
            None => {
                self.future.push(step);
                None
            }
        }
    }

    /// A number that stands for the state of the profile: the same number is the same content.
    /// `None` while typing.
    #[must_use]
    pub fn state(&self) -> Option<u64> {
        self.typing.is_none().then(|| self.past.last().map_or(self.start, |s| s.number))
    }

    /// How many steps can be undone.
    #[must_use]
    pub fn count(&self) -> usize {
        self.past.len() + usize::from(self.typing.is_some())
    }
}

impl Step {
    fn size(&self) -> usize {
        self.old.len() + self.new.len() + self.label.len() + 64
    }
}

/// Where two texts differ: the first byte, and the end in each. `None` when they are the same.
fn changed(old: &str, new: &str) -> Option<(usize, usize, usize)> {
    if old == new {
        return None;
    }
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let mut from = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    while !old.is_char_boundary(from) || !new.is_char_boundary(from) {
        from -= 1;
    }
    let most = a.len().min(b.len()) - from;
    let mut tail =
        a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    while !old.is_char_boundary(a.len() - tail) || !new.is_char_boundary(b.len() - tail) {
        tail -= 1;
    }
    Some((from, a.len() - tail, b.len() - tail))
}

/// `text` with `len` bytes at `from` replaced.
fn replaced(text: &str, from: usize, len: usize, new: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + new.len());
    out.push_str(text.get(..from)?);
    out.push_str(new);
    out.push_str(text.get(from + len..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::edit::Edit, section::SectionKind};

    fn name() -> At {
        At::root().field("person").field("name")
    }

    fn type_name(undo: &mut Undo, profile: &mut Profile, text: &str, now: f64) {
        profile.person.name.push_str(text);
        undo.typed(profile, &name(), "Edit name", now);
    }

    #[test]
    fn typing_is_one_step_until_it_pauses() {
        let mut profile = Profile::default();
        let mut undo = Undo::new(&profile);
        for (i, letter) in ["Z", "o", "f", "i", "a"].into_iter().enumerate() {
            type_name(&mut undo, &mut profile, letter, i as f64 * 0.2);
            undo.settle(&profile, i as f64 * 0.2);
        }
        assert_eq!((undo.count(), undo.undo_label(), undo.state()), (1, Some("Edit name"), None));
        undo.settle(&profile, 3.0);
        type_name(&mut undo, &mut profile, " É", 3.1);
        assert_eq!(undo.undo(&mut profile), Some(name()));
        assert_eq!(profile.person.name, "Zofia");
        assert_eq!(undo.undo(&mut profile), Some(name()));
        assert_eq!((profile.person.name.as_str(), undo.state()), ("", Some(0)));
        assert_eq!(undo.undo(&mut profile), None);
        undo.redo(&mut profile);
        undo.redo(&mut profile);
        assert_eq!((profile.person.name.as_str(), undo.redo_label()), ("Zofia É", None));
    }

    #[test]
    fn the_same_state_has_the_same_number() {
        let mut profile = Profile::default();
        let mut undo = Undo::new(&profile);
        let add = |undo: &mut Undo, profile: &mut Profile| {
            let done = Edit::AddSection(SectionKind::Awards, 0).apply(profile).unwrap();
            undo.step(profile, done.label, At::root())
        };
        assert!(add(&mut undo, &mut profile) && add(&mut undo, &mut profile));
        let saved = undo.state();
        undo.undo(&mut profile);
        assert_ne!(undo.state(), saved);
        undo.redo(&mut profile);
        assert_eq!(undo.state(), saved);
        undo.undo(&mut profile);
        add(&mut undo, &mut profile);
        assert_ne!(undo.state(), saved);
        assert!(!undo.step(&profile, "Nothing".into(), At::root()));
    }

    #[test]
    fn the_oldest_steps_go_first() {
        let mut profile = Profile::default();
        let mut undo = Undo::new(&profile);
        for i in 0..STEPS + 5 {
            profile.person.headline = i.to_string();
            undo.step(&profile, "Edit headline".into(), At::root());
        }
        assert_eq!(undo.count(), STEPS);
        while undo.undo(&mut profile).is_some() {}
        assert_eq!(profile.person.headline, "4");
    }
}

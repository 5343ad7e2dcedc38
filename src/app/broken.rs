//! A file that cannot be read as a profile: its text, to be mended by hand.

use crate::{
    finding::LineColumn,
    store::{
        Document, Error, atomic,
        excerpt::Excerpt,
        read::{self, Fingerprint},
        ron_file,
    },
};
use std::path::{Path, PathBuf};

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where.
    pub place: LineColumn,
    /// What was found and what was expected.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

/// The file with its text as edited here.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The file.
    pub path: PathBuf,
    /// Its text as edited.
    pub text: String,
    /// What is wrong with that text; nothing once it is mended.
    pub wrong: Option<Wrong>,
    /// The text that the file holds.
    on_disk: String,
    fingerprint: Option<Fingerprint>,
    /// Grows with every change of the text.
    revision: u64,
    /// What another text took the place of, with that other text.
    replaced: Option<(String, String)>,
}

impl Broken {
    /// The file at `path` as text, when that is what `error` of opening it is about. `was_ours`:
    /// whether it is known to have held a profile, so that bytes that are no text are shown as far
    /// as they are some.
    #[must_use]
    pub fn new(path: &Path, error: &Error, was_ours: bool) -> Option<Self> {
        let wrong = match error {
            Error::Read(read::Error::NotText(excerpt)) if was_ours => in_excerpt(excerpt),
            error => wrong(error)?,
        };
        let (bytes, fingerprint) = read::bytes(path).ok()?;
        let text = read::normalised(&String::from_utf8_lossy(&bytes));
        Some(Self {
            path: path.to_owned(),
            text: text.clone(),
            wrong: Some(wrong),
            on_disk: text,
            fingerprint: Some(fingerprint),
            revision: 0,
            replaced: None,
        })
    }

    /// Unsaved text for the file at `path`, whatever that holds now.
    #[must_use]
    pub fn unsaved(path: &Path, text: String) -> Self {
        let read = read::text(path).ok();
        let mut broken = Self {
            path: path.to_owned(),
            text,
            wrong: None,
            on_disk: read.as_ref().map(|read| read.text.clone()).unwrap_or_default(),
            fingerprint: read.map(|read| read.fingerprint),
            revision: 0,
            replaced: None,
        };
        broken.check();
        broken
    }

    /// What the file held when it was last read or written; nothing where there was none.
    #[must_use]
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.fingerprint.as_ref()
    }

    /// A number that grows with every change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Puts an earlier version in place of the text; [`take_back`](Self::take_back) undoes it.
    pub fn replace(&mut self, text: String) {
        self.replaced = Some((std::mem::replace(&mut self.text, text.clone()), text));
        self.check();
    }

    /// Whether the text is an earlier version that was put in its place and not edited since.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        self.replaced.as_ref().is_some_and(|(_, new)| *new == self.text)
    }

    /// Puts the text back that an earlier version took the place of.
    pub fn take_back(&mut self) {
        if self.is_replaced()
            && let Some((old, _)) = self.replaced.take()
        {
            self.text = old;
            self.check();
        }
    }

    /// What the file is called.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Whether the text is another one than in the file.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.text != self.on_disk
    }

    /// Reads the text anew; whether it is a profile now.
    pub fn check(&mut self) -> bool {
        self.revision += 1;
        let opened = Document::from_text(&self.path.display().to_string(), &self.text);
        self.wrong = opened.err().map(|error| {
            wrong(&error).unwrap_or_else(|| Wrong {
                place: LineColumn { line: 1, column: 1 },
                message: error.to_string(),
                hint: String::new(),
            })
        });
        self.wrong.is_none()
    }

    /// Writes the text to its file as it is, unless another program has changed that; gives what it
    /// held before.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&mut self, copies: Option<&Path>) -> Result<Option<Vec<u8>>, atomic::Error> {
        let old = read::bytes(&self.path).ok().map(|(bytes, _)| bytes);
        let safety = atomic::Safety {
            expected: self.fingerprint.as_ref(),
            copies,
            ..atomic::Safety::default()
        };
        let bytes = read::with_line_ends_of(&self.text, old.as_deref());
        self.fingerprint = Some(atomic::write(&self.path, bytes.as_bytes(), safety)?);
        self.on_disk.clone_from(&self.text);
        Ok(old)
    }

    /// Writes the text to another file, whatever stands there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn copy_to(&self, path: &Path) -> Result<(), atomic::Error> {
        atomic::write(path, self.text.as_bytes(), atomic::Safety::default()).map(drop)
    }
}

/// What is wrong with the text, when the error is about that.
fn wrong(error: &Error) -> Option<Wrong> {
    let Error::Text(ron_file::Error::Text(excerpt)) = error else {
        return None;
    };
    Some(in_excerpt(excerpt))
}

fn in_excerpt(excerpt: &Excerpt) -> Wrong {
    let Excerpt { place, message, hint, .. } = excerpt;
    Wrong { place: *place, message: message.clone(), hint: hint.clone() }
}

//! A profile with the file it came from: opened leniently, saved so that nothing in the file is
//! lost.

use super::{
    atomic::{self, Safety},
    de::UNKNOWN_KIND,
    excerpt::Excerpt,
    parse::Problem,
    read::{self, Fingerprint},
    ron_file::{self, Opened, Written},
    source::Source,
    tree::Span,
};
use crate::{
    at::At,
    finding::{Code, Finding, LineColumn, Severity},
    profile::{FORMAT, Profile},
};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::Arc,
};

/// A text in RON that has no field of a profile and does not say that it is one; the first of its
/// fields is at `start`.
fn foreign(file: &str, text: &str, start: usize) -> ron_file::Error {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let rest = text.get(start..).unwrap_or_default();
    let end = start + rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    let problem = Problem::new(
        Span::new(start, end),
        "none of the fields is one of a profile: this is another program's file",
        "a profile has fields such as `person` and `sections`; `vitae new` starts one",
    );
    ron_file::Error::Text(Box::new(Excerpt::new(file, text, &problem)))
}

/// Why a profile cannot be opened or saved. The messages name the file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] read::Error),
    /// What it holds is no profile.
    #[error("{0}")]
    Text(#[from] ron_file::Error),
    /// The file cannot be written; what was there is still there.
    #[error(transparent)]
    Write(#[from] atomic::Error),
    /// The file is of a newer version of the program.
    #[error(
        "`{0}` was written by a newer version of Vitae and is not overwritten: save a copy elsewhere"
    )]
    Newer(PathBuf),
    /// The file is write-protected, and replacing it would pass over that.
    #[error("`{0}` is write-protected and stays as it is: save a copy elsewhere")]
    Protected(PathBuf),
}

/// What has become of a document's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It holds what was last read or written.
    Same,
    /// Another program has written it.
    Changed,
    /// It is not there any more.
    Gone,
    /// What stands there cannot be read.
    Unreadable,
}

/// What a save has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// What could not be kept of the old file, which then lies beside the new one.
    pub findings: Vec<Finding>,
    /// What the file held before, if there was one and it held something else: for the earlier
    /// versions.
    pub replaced: Option<Vec<u8>>,
}

/// A profile as opened. A clone may be saved by another thread; [`Document::take_over`] then brings
/// the news back.
#[derive(Clone, Debug)]
pub struct Document {
    /// The profile.
    pub profile: Profile,
    /// What is odd about the file.
    pub findings: Vec<Finding>,
    /// Whether the file must not be overwritten, because a newer version wrote it.
    pub read_only: bool,
    /// The text it came from; a new one comes from none.
    source: Option<Arc<Source>>,
    fingerprint: Option<Fingerprint>,
}

impl Document {
    /// A new document, which has no file.
    #[must_use]
    pub fn fresh(profile: Profile) -> Self {
        Self { profile, findings: vec![], read_only: false, source: None, fingerprint: None }
    }

    /// Opens the file at `path`.
    ///
    /// # Errors
    /// When it cannot be read, or does not hold a profile. Nothing is ever read in part: what is
    /// not understood is kept and named in the findings, or the whole file is refused.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let read = read::text(path)?;
        let mut document = Self::from_text(&path.display().to_string(), &read.text)?;
        document.fingerprint = Some(read.fingerprint);
        Ok(document)
    }

    /// Reads a profile from text; `name` is the file's name in messages.
    ///
    /// # Errors
    /// When the text does not hold a profile.
    pub fn from_text(name: &str, text: &str) -> Result<Self, Error> {
        let text = read::normalised(text);
        let Opened { value: mut profile, source, mut findings } =
            ron_file::open::<Profile>(name, &text)?;
        if let Some(&start) = source.unknown().first()
            && profile == Profile::default()
            && !text.trim_start().starts_with(ron_file::MARK)
        {
            return Err(foreign(name, &text, start).into());
        }
        let at = At::root().field("format");
        let read_only = profile.format > FORMAT;
        if read_only {
            // A newer program has kinds that this one cannot know: that is no mistake of the
            // user's.
            for finding in findings.iter_mut().filter(|f| f.code == UNKNOWN_KIND) {
                finding.severity = Severity::Warning;
                finding.hint = "a newer Vitae may know it; here it is left out".to_owned();
            }
            let message = format!(
                "this file has format {}, this version of Vitae knows formats up to {FORMAT}",
                profile.format
            );
            findings.insert(
                0,
                Finding::warning(Code::FormatNewer, at.clone(), message)
                    .hint("it is opened read-only; get a newer Vitae, or save a copy to edit that"),
            );
        } else if profile.format == 0 {
            findings.insert(
                0,
                Finding::warning(Code::FormatUnknown, at.clone(), "there is no format 0")
                    .hint(format!("it is read as format {FORMAT}")),
            );
            profile.format = FORMAT;
        }
        let source = Some(Arc::new(source));
        let mut document = Self { profile, findings: vec![], read_only, source, fingerprint: None };
        document.findings = document.placed(findings);
        Ok(document)
    }

    /// Where something stands in the file: its own place, or that of the nearest thing around it. A
    /// new document has no places.
    #[must_use]
    pub fn place(&self, at: &At) -> Option<LineColumn> {
        self.source.as_ref().map(|source| source.place(at))
    }

    /// The same findings with their places in the file.
    #[must_use]
    pub fn placed(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let place = |finding: Finding| {
            let place = finding.place.or_else(|| {
                // What concerns the whole has no line.
                (finding.at != At::root()).then(|| self.place(&finding.at)).flatten()
            });
            finding.placed(place)
        };
        findings.into_iter().map(place).collect()
    }

    /// The profile as text, with the comments and unknown parts of the file it came from.
    ///
    /// # Errors
    /// When what would be written does not read back as the same profile.
    pub fn to_text(&self) -> Result<Written, Error> {
        Ok(ron_file::write(&self.profile, self.source.as_deref())?)
    }

    /// What its file held when it was last read or written; a new document has no file.
    #[must_use]
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.fingerprint.as_ref()
    }

    /// The same document as one whose file held `base`: a save refuses to overwrite anything else.
    #[must_use]
    pub fn based_on(self, base: Option<Fingerprint>) -> Self {
        Self { fingerprint: base, ..self }
    }

    /// Whether the file at `path` still holds what was last read or written. Reads it only when its
    /// time or its length is another, so that this can be asked often.
    #[must_use]
    pub fn changed_outside(&self, path: &Path) -> Change {
        if let (Some(base), Ok(metadata)) = (&self.fingerprint, path.metadata()) {
            let same_time = base.modified.is_some() && base.modified == metadata.modified().ok();
            if same_time && base.len == metadata.len() && metadata.is_file() {
                return Change::Same;
            }
        }
        match read::bytes(path) {
            Ok((_, found)) => match &self.fingerprint {
                Some(base) if base.same_bytes(&found) => Change::Same,
                _ => Change::Changed,
            },
            Err(read::Error::Missing(_)) => Change::Gone,
            Err(_) => Change::Unreadable,
        }
    }

    /// Takes note of what another program has made of the file: the next save overwrites that, and
    /// nothing newer. Only to be called when the user wants to keep what is in the window.
    ///
    /// # Errors
    /// When what is there cannot be read.
    pub fn accept_outside(&mut self, path: &Path) -> Result<(), Error> {
        self.fingerprint = match read::bytes(path) {
            Ok((_, found)) => Some(found),
            Err(read::Error::Missing(_)) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(())
    }

    /// Saves to `path`, from which it was opened or last saved; `copies` is a folder for the copy
    /// of a file that can only be written in place.
    ///
    /// # Errors
    /// When the file was changed by another program meanwhile, is of a newer format, or cannot be
    /// written. The old file is then as it was.
    pub fn save(&mut self, path: &Path, copies: Option<&Path>) -> Result<Saved, Error> {
        if self.read_only {
            return Err(Error::Newer(path.to_owned()));
        }
        // A new file could take its place all the same, but that is not what its protection means.
        if path.metadata().is_ok_and(|file| file.permissions().readonly()) {
            return Err(Error::Protected(path.to_owned()));
        }
        let old = match read::bytes(path) {
            Ok(old) => Some(old),
            Err(read::Error::Missing(_)) => None,
            Err(error) => return Err(error.into()),
        };
        // A file that is gone is written again: nobody else's work is lost by that.
        let found = old.as_ref().map(|(_, found)| found);
        let expected = found.map(|found| self.fingerprint.as_ref().unwrap_or(found).clone());
        self.put(path, copies, expected.as_ref(), old, true)
    }

    /// Saves to `path`, whatever stands there: the user has chosen it. From now on that is the
    /// document's file.
    ///
    /// # Errors
    /// When the file is the one of a newer format that the document came from, or cannot be
    /// written. What was there is then as it was.
    pub fn save_as(&mut self, path: &Path, copies: Option<&Path>) -> Result<Saved, Error> {
        let old = read::bytes(path).ok();
        let expected = old.as_ref().map(|(_, found)| found.clone());
        let own = expected
            .as_ref()
            .zip(self.fingerprint.as_ref())
            .is_some_and(|(found, base)| found.same_bytes(base));
        if self.read_only && own {
            return Err(Error::Newer(path.to_owned()));
        }
        let mut copy = self.clone();
        copy.profile.format = FORMAT;
        let saved = copy.put(path, copies, expected.as_ref(), old, own)?;
        copy.read_only = false;
        *self = copy;
        Ok(saved)
    }

    /// Takes from a clone that was saved meanwhile what is known of the file now. The profile stays
    /// as it is.
    pub fn take_over(&mut self, saved: Self) {
        let Self { read_only, source, fingerprint, .. } = saved;
        (self.read_only, self.source, self.fingerprint) = (read_only, source, fingerprint);
        if !self.read_only {
            self.profile.format = FORMAT;
        }
    }

    /// Writes the file, of which `old` was just read; `own` says whether it is the one that the
    /// document came from.
    fn put(
        &mut self,
        path: &Path,
        copies: Option<&Path>,
        expected: Option<&Fingerprint>,
        old: Option<(Vec<u8>, Fingerprint)>,
        own: bool,
    ) -> Result<Saved, Error> {
        let Written { text, mut findings } = self.to_text()?;
        let safety = Safety { expected, copies, ..Safety::default() };
        let old = old.map(|(bytes, _)| bytes);
        if let (false, Some(source)) = (findings.is_empty(), &self.source) {
            let mut hint = "the file that it was opened from still has it".to_owned();
            if own {
                let beside = free_name(path);
                let text = source.text();
                // What another program has made of the file does not hold what is lost here.
                let as_was = |old: &&[u8]| {
                    std::str::from_utf8(old).is_ok_and(|old| read::normalised(old) == text)
                };
                let old = old.as_deref().filter(as_was).unwrap_or(text.as_bytes());
                atomic::write(&beside, old, Safety::default())?;
                hint = format!("the old file is kept as `{}`", beside.display());
            }
            for finding in &mut findings {
                finding.hint.clone_from(&hint);
            }
        }
        let fingerprint = atomic::write(path, text.as_bytes(), safety)?;
        let source = ron_file::open::<Profile>(&path.display().to_string(), &text)?.source;
        self.source = Some(Arc::new(source));
        self.fingerprint = Some(fingerprint);
        Ok(Saved { findings, replaced: old.filter(|old| old != text.as_bytes()) })
    }
}

/// Writes a new profile.
///
/// # Errors
/// When it does not read back as the same profile.
pub fn new_text(profile: &Profile) -> Result<String, Error> {
    Ok(ron_file::write(profile, None)?.text)
}

/// The name of a profile without its ending, for files that lie beside it: `x` for `x.cv.ron`.
#[must_use]
pub fn stem(profile: &Path) -> String {
    let name = profile.file_name().unwrap_or_default().to_string_lossy();
    let stem = [".cv.ron", ".ron"].iter().find_map(|ending| name.strip_suffix(ending));
    stem.unwrap_or(&name).to_owned()
}

/// `name.old`, `name.old-2` …: the first that is not taken.
fn free_name(path: &Path) -> PathBuf {
    let named = |ending: &str| {
        let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
        name.push(ending);
        path.with_file_name(name)
    };
    let mut free = named(".old");
    let mut number = 2;
    while free.symlink_metadata().is_ok() {
        free = named(&format!(".old-{number}"));
        number += 1;
    }
    free
}

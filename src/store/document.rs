//! A profile with the file it came from: opened leniently, saved so that nothing in the file is lost.

use super::{
    atomic::{self, Safety},
    de::UNKNOWN_KIND,
    read::{self, Fingerprint},
    ron_file::{self, Opened, Written},
    source::Source,
};
use crate::{
    at::At,
    finding::{Finding, LineColumn, Severity},
    profile::{FORMAT, Profile},
};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

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
}

/// A profile as opened.
#[derive(Clone, Debug)]
pub struct Document {
    /// The profile.
    pub profile: Profile,
    /// What is odd about the file.
    pub findings: Vec<Finding>,
    /// Whether the file must not be overwritten, because a newer version wrote it.
    pub read_only: bool,
    source: Source,
    fingerprint: Option<Fingerprint>,
}

impl Document {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// When it cannot be read, or does not hold a profile. Nothing is ever read in part: what is not understood is
    /// kept and named in the findings, or the whole file is refused.
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
        let Opened { value: mut profile, source, mut findings } =
            ron_file::open::<Profile>(name, &read::normalised(text))?;
        let at = At::root().field("format");
        let read_only = profile.format > FORMAT;
        if read_only {
            // A newer program has kinds that this one cannot know: that is no mistake of the user's.
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
                Finding::warning("format-newer", at.clone(), message)
                    .hint("it is opened read-only; get a newer Vitae, or save a copy to edit that"),
            );
        } else if profile.format == 0 {
            findings.insert(
                0,
                Finding::warning("format-unknown", at.clone(), "there is no format 0")
                    .hint(format!("it is read as format {FORMAT}")),
            );
            profile.format = FORMAT;
        }
        let mut document = Self { profile, findings: vec![], read_only, source, fingerprint: None };
        document.findings = document.placed(findings);
        Ok(document)
    }

    /// Where something stands in the file: its own place, or that of the nearest thing around it.
    #[must_use]
    pub fn place(&self, at: &At) -> LineColumn {
        self.source.place(at)
    }

    /// The same findings with their places in the file.
    #[must_use]
    pub fn placed(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let place = |finding: Finding| {
            let place = finding.place.or_else(|| {
                // What concerns the whole has no line.
                (finding.at != At::root()).then(|| self.place(&finding.at))
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
        Ok(ron_file::write(&self.profile, Some(&self.source))?)
    }

    /// Saves to `path`, from which it was opened or last saved; `copies` is a folder for the copy of a file that
    /// can only be written in place.
    ///
    /// Gives findings about what could not be kept; the old file then lies beside the new one.
    ///
    /// # Errors
    /// When the file was changed by another program meanwhile, is of a newer format, or cannot be written. The old
    /// file is then as it was.
    pub fn save(&mut self, path: &Path, copies: Option<&Path>) -> Result<Vec<Finding>, Error> {
        if self.read_only {
            return Err(Error::Newer(path.to_owned()));
        }
        let Written { text, mut findings } = self.to_text()?;
        let safety = Safety { expected: self.fingerprint.as_ref(), copies };
        if !findings.is_empty() {
            let beside = free_name(path);
            let (old, _) = read::bytes(path)?;
            atomic::write(&beside, &old, Safety::default())?;
            for finding in &mut findings {
                finding.hint = format!("the old file is kept as `{}`", beside.display());
            }
        }
        let fingerprint = atomic::write(path, text.as_bytes(), safety)?;
        self.source = ron_file::open::<Profile>(&path.display().to_string(), &text)?.source;
        self.fingerprint = Some(fingerprint);
        Ok(findings)
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

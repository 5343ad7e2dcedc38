//! Choosing a file: what for, where to begin, and the chooser that the window has of its own.

use crate::{
    export::Output,
    interchange,
    store::{
        browse::{self, Entry},
        folders,
    },
};
use std::path::{Path, PathBuf};

/// What a file is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A profile to open.
    Open,
    /// A file of another program, to be brought in.
    Import,
    /// Where the profile is saved from now on.
    SaveAs,
    /// Where a copy is saved.
    SaveCopy,
    /// Where an export goes.
    Export(Output),
    /// The folder into which all variants are exported.
    ExportAll,
    /// A picture of the person.
    Photo,
}

impl Purpose {
    /// What the chooser is called.
    #[must_use]
    pub fn title(self) -> String {
        let title = match self {
            Self::Open => "Open a profile",
            Self::Import => "Import a CV or publications",
            Self::SaveAs => "Save the profile as",
            Self::SaveCopy => "Save a copy as",
            Self::Export(output) if output == Output::PDF => "Export the PDF as",
            Self::Export(output) => return format!("Export as {}", output.name()),
            Self::ExportAll => "Export all variants into a folder",
            Self::Photo => "Choose a photo",
        };
        title.to_owned()
    }

    /// What its button says.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Import => "Import",
            Self::SaveAs | Self::SaveCopy => "Save",
            Self::Export(_) | Self::ExportAll => "Export",
            Self::Photo => "Choose",
        }
    }

    /// The endings of the files that are shown, without their dots.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Open | Self::SaveAs | Self::SaveCopy => &["ron"],
            Self::Import => interchange::endings(),
            Self::Export(output) => std::slice::from_ref(&output.format.ending),
            Self::ExportAll => &["pdf"],
            Self::Photo => &["jpg", "jpeg", "png"],
        }
    }

    /// What such files are called.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Open | Self::SaveAs | Self::SaveCopy => "Profiles",
            Self::Import => "CVs and publications",
            Self::Export(output) => output.format.name,
            Self::ExportAll => "PDF",
            Self::Photo => "Pictures",
        }
    }

    /// What a path may look like.
    #[must_use]
    pub fn example(self) -> String {
        match self {
            Self::Open | Self::SaveAs | Self::SaveCopy => "~/cv/me.cv.ron".to_owned(),
            Self::Import => "~/papers/library.bib".to_owned(),
            Self::Export(output) => format!("~/cv/me.{}", output.format.ending),
            Self::ExportAll => "~/cv".to_owned(),
            Self::Photo => "~/cv/me.jpg".to_owned(),
        }
    }

    /// Whether the file is written, so that one that is there would go.
    #[must_use]
    pub fn writes(self) -> bool {
        matches!(self, Self::SaveAs | Self::SaveCopy | Self::Export(_))
    }

    /// The part of a file's name before its ending: `me` of `me.cv.ron`.
    #[must_use]
    pub fn stem(self, name: &str) -> &str {
        let endings = self.endings().iter().flat_map(|ending| {
            let ending = format!(".{ending}");
            [format!(".cv{ending}"), ending]
        });
        let cut = |ending: String| {
            let at = name.len().checked_sub(ending.len())?;
            let (stem, end) = name.split_at_checked(at)?;
            (end.eq_ignore_ascii_case(&ending) && !stem.is_empty()).then_some(stem)
        };
        endings.filter_map(cut).next().unwrap_or(name)
    }

    /// The path with the ending that such files have.
    #[must_use]
    pub fn completed(self, path: &Path) -> PathBuf {
        let (ending, added) = match self {
            Self::SaveAs | Self::SaveCopy => ("ron", "cv.ron"),
            Self::Export(output) => (output.format.ending, output.format.ending),
            Self::Open | Self::Import | Self::ExportAll | Self::Photo => return path.to_owned(),
        };
        if path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending)) {
            return path.to_owned();
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{added}"));
        path.with_file_name(name)
    }
}

/// A file that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What for.
    pub purpose: Purpose,
    /// Where to begin.
    pub folder: PathBuf,
    /// The name that is proposed; may be empty.
    pub name: String,
}

/// What the chooser has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing yet: another folder is shown, or something is wrong.
    None,
    /// A file that may be used.
    Path(PathBuf),
    /// A file that is there and would be overwritten.
    Taken(PathBuf),
}

/// The chooser in the window, for systems that have none.
#[derive(Clone, Debug)]
pub struct Chooser {
    /// What is wanted.
    pub wanted: Wanted,
    /// The folder that is shown.
    pub folder: PathBuf,
    /// What lies in it.
    pub entries: Vec<Entry>,
    /// What is typed: a name in the folder, or a whole path; `~` is the user's own folder.
    pub text: String,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// Folders to go to at once: what they are called, and where they are.
    pub places: Vec<(String, PathBuf)>,
}

impl Chooser {
    /// A chooser for `wanted`; `recent` are folders that were used lately.
    #[must_use]
    pub fn new(wanted: Wanted, recent: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut places: Vec<(String, PathBuf)> =
            folders::home().map(|home| ("Home".to_owned(), home)).into_iter().collect();
        for folder in recent {
            if places.len() < 6 && folder.is_dir() && places.iter().all(|(_, p)| *p != folder) {
                let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy();
                places.push((name.into_owned(), folder.clone()));
            }
        }
        let text = wanted.name.clone();
        let folder = wanted.folder.clone();
        let mut chooser = Self { wanted, folder, entries: vec![], text, problem: None, places };
        let start = chooser.folder.clone();
        chooser.go(&start);
        chooser
    }

    /// Shows a folder.
    pub fn go(&mut self, folder: &Path) {
        match browse::list(folder, self.wanted.purpose.endings()) {
            Ok(entries) => {
                self.entries = entries;
                self.folder = folder.to_owned();
                self.problem = None;
            }
            Err(error) => {
                self.problem = Some(format!("{} cannot be opened: {error}", folder.display()));
            }
        }
    }

    /// Shows the folder around this one.
    pub fn up(&mut self) {
        if let Some(parent) = self.folder.parent().map(Path::to_owned) {
            self.go(&parent);
        }
    }

    /// Picks what is listed: a folder is entered, a file's name is taken.
    pub fn pick(&mut self, entry: &Entry) {
        if entry.is_folder {
            self.go(&entry.path);
        } else {
            self.text.clone_from(&entry.name);
            self.problem = None;
        }
    }

    /// Takes what is typed.
    pub fn accept(&mut self) -> Choice {
        let purpose = self.wanted.purpose;
        if self.text.trim().is_empty() && purpose != Purpose::ExportAll {
            self.problem = Some("Type a name, or pick a file from the list.".to_owned());
            return Choice::None;
        }
        let path = self.typed();
        if path.is_dir() && (purpose != Purpose::ExportAll || path != self.folder) {
            self.go(&path);
            self.text = if purpose.writes() { self.wanted.name.clone() } else { String::new() };
            return Choice::None;
        }
        let problem = match purpose {
            Purpose::Open | Purpose::ExportAll if !path.exists() => {
                Some(format!("There is no {}.", path.display()))
            }
            _ if path.parent().is_some_and(|folder| !folder.is_dir()) => {
                let folder = path.parent().unwrap_or(&path).display();
                Some(format!("There is no folder {folder}."))
            }
            _ => None,
        };
        if problem.is_some() {
            self.problem = problem;
            return Choice::None;
        }
        let path = purpose.completed(&path);
        if purpose.writes() && path.exists() { Choice::Taken(path) } else { Choice::Path(path) }
    }

    /// The path that is typed.
    fn typed(&self) -> PathBuf {
        let text = self.text.trim();
        let home = || folders::home().unwrap_or_default();
        match text.strip_prefix("~/").or_else(|| text.strip_prefix("~\\")) {
            Some(rest) => home().join(rest),
            None if text == "~" => home(),
            None => self.folder.join(text),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests make the files that programs find")]

    use super::*;

    fn chooser(purpose: Purpose, folder: &Path, name: &str) -> Chooser {
        Chooser::new(Wanted { purpose, folder: folder.to_owned(), name: name.into() }, [])
    }

    #[test]
    fn endings_are_completed() {
        let check = |purpose: Purpose, path: &str, expected: &str| {
            assert_eq!(purpose.completed(Path::new(path)), Path::new(expected));
        };
        check(Purpose::SaveAs, "a/x", "a/x.cv.ron");
        check(Purpose::SaveAs, "a/x.RON", "a/x.RON");
        check(Purpose::SaveCopy, "a/x.txt", "a/x.txt.cv.ron");
        check(Purpose::Export(Output::PDF), "x.v2", "x.v2.pdf");
        for output in Output::all() {
            let name = format!("x.{}", output.format.ending);
            check(Purpose::Export(output), "x", &name);
            check(Purpose::Export(output), &name, &name);
        }
        check(Purpose::Open, "x", "x");
    }

    #[test]
    fn a_name_has_a_stem() {
        for (purpose, name, stem) in [
            (Purpose::SaveAs, "me.cv.ron", "me"),
            (Purpose::SaveAs, "me.v2.CV.RON", "me.v2"),
            (Purpose::SaveAs, "me.ron", "me"),
            (Purpose::SaveAs, "me", "me"),
            (Purpose::SaveAs, ".cv.ron", ".cv"),
            (Purpose::Export(Output::PDF), "Zofia Łącka.pdf", "Zofia Łącka"),
        ] {
            assert_eq!(purpose.stem(name), stem, "{name}");
        }
    }

    #[test]
    fn folders_are_entered_and_files_taken() {
        let temp = tempfile::tempdir().unwrap();
        let inner = temp.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("a.cv.ron"), "").unwrap();
        let mut c = chooser(Purpose::Open, temp.path(), "");
        let entry = c.entries.first().unwrap().clone();
        c.pick(&entry);
        assert_eq!(c.folder, inner);
        let entry = c.entries.first().unwrap().clone();
        c.pick(&entry);
        assert_eq!(c.accept(), Choice::Path(inner.join("a.cv.ron")));
        c.up();
        assert_eq!(c.folder, temp.path());
        for (typed, problem) in [("", "Type a name"), ("none.ron", "There is no ")] {
            c.text = typed.into();
            assert_eq!(c.accept(), Choice::None);
            assert!(c.problem.as_ref().unwrap().starts_with(problem), "{typed}");
        }
        c.text = inner.display().to_string();
        assert_eq!((c.accept(), c.folder.as_path()), (Choice::None, inner.as_path()));
    }

    #[test]
    fn a_name_that_is_taken_is_told() {
        let temp = tempfile::tempdir().unwrap();
        std::fs::write(temp.path().join("a.cv.ron"), "").unwrap();
        let mut c = chooser(Purpose::SaveAs, temp.path(), "a");
        assert_eq!(c.accept(), Choice::Taken(temp.path().join("a.cv.ron")));
        c.text = "b".into();
        assert_eq!(c.accept(), Choice::Path(temp.path().join("b.cv.ron")));
        c.text = "none/b".into();
        assert_eq!(c.accept(), Choice::None);
        assert!(c.problem.unwrap().starts_with("There is no folder "));
    }
}

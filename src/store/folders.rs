//! Where the program keeps what is not a document: unsaved work, earlier versions, settings.

use std::path::{Path, PathBuf};

/// The program's own folders. They need not exist: whoever writes first makes them, for the user
/// alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// What must outlive a crash but belongs to this machine: unsaved work, earlier versions.
    pub state: PathBuf,
    /// Settings.
    pub config: PathBuf,
}

impl Folders {
    /// The folders where the system wants them; `None` for a user without a home.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        let project = directories::ProjectDirs::from("org", "vitae", "Vitae")?;
        Some(Self {
            state: project.state_dir().unwrap_or_else(|| project.data_local_dir()).to_owned(),
            config: project.config_dir().to_owned(),
        })
    }

    /// All folders inside `root`.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self { state: root.join("state"), config: root.join("config") }
    }

    /// Unsaved work, for [`recovery::Store`](super::recovery::Store).
    #[must_use]
    pub fn recovery(&self) -> PathBuf {
        self.state.join("recovery")
    }

    /// Earlier versions of documents, for [`Versions`](super::versions::Versions).
    #[must_use]
    pub fn versions(&self) -> PathBuf {
        self.state.join("versions")
    }

    /// The marks of the documents that windows work on, for [`Claim`](super::claim::Claim).
    #[must_use]
    pub fn locks(&self) -> PathBuf {
        self.state.join("locks")
    }

    /// Copies of files that can only be written in place, for
    /// [`Document::save`](super::Document::save).
    #[must_use]
    pub fn copies(&self) -> PathBuf {
        self.state.join("copies")
    }
}

/// The user's home.
#[must_use]
pub fn home() -> Option<PathBuf> {
    Some(directories::BaseDirs::new()?.home_dir().to_owned())
}

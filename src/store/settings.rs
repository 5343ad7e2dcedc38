//! What the user has set in the window, and the files last worked on.

use super::{atomic, own, read};
use crate::spelling::English;
use ron::{Options, extensions::Extensions, ser::PrettyConfig};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

/// How many recent files are remembered.
const MOST_RECENT: usize = 12;

/// For how many documents the place of the export is remembered.
const MOST_EXPORTS: usize = 50;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// As the system is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A file that was worked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// The file.
    pub path: PathBuf,
    /// When it was last opened or saved, in seconds since 1970.
    pub time: u64,
}

/// Where a document was exported to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The document.
    pub document: PathBuf,
    /// What was written.
    pub path: PathBuf,
}

/// The settings. What a file does not say has its default; what it says beyond is ignored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub mode: Mode,
    /// How large the window's own text is, from 0.5 to 4.
    pub scale: f32,
    /// The share of the width that the form has beside the page, from 0 to 1.
    pub split: f32,
    /// Whether the page is shown.
    pub page: bool,
    /// Whether the form is shown beside it.
    pub form: bool,
    /// Width and height of the window in points.
    pub window: Option<(f32, f32)>,
    /// Where its left top is on the first screen, in points, where the system tells that. Taken out
    /// while a window is open, so that another one does not hide it.
    pub position: Option<(f32, f32)>,
    /// The folder in which a file was last opened or saved.
    pub open_folder: Option<PathBuf>,
    /// The folder into which was last exported.
    pub export_folder: Option<PathBuf>,
    /// What the user does not want to be told again, by name.
    pub silenced: BTreeSet<String>,
    /// Whether words that may be misspelt are marked.
    pub spelling: bool,
    /// Which English is right.
    pub english: English,
    /// Words that the user has said are right.
    pub words: BTreeSet<String>,
    /// Files last worked on, the newest first; see [`Settings::touch`].
    pub recent: Vec<Recent>,
    /// Where documents were last exported to, the newest first; see [`Settings::exported`].
    pub exports: Vec<Export>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: Mode::System,
            scale: 1.0,
            split: 0.5,
            page: true,
            form: true,
            window: None,
            position: None,
            open_folder: None,
            export_folder: None,
            silenced: BTreeSet::new(),
            spelling: true,
            english: English::Any,
            words: BTreeSet::new(),
            recent: vec![],
            exports: vec![],
        }
    }
}

impl Settings {
    /// The settings in `folder`; the usual ones when there are none, or none that can be read. A
    /// file that makes no sense is kept beside as `settings.ron.bad`.
    #[must_use]
    pub fn load(folder: &Path) -> Self {
        let path = folder.join(NAME);
        let Ok((bytes, _)) = read::bytes(&path) else {
            return Self::default();
        };
        let text = std::str::from_utf8(&bytes).ok().map(read::normalised);
        match text.and_then(|text| options().from_str::<Self>(&text).ok()) {
            Some(settings) => settings.within_bounds(),
            None => {
                // Somebody may want to mend it; settings are not worth an error.
                drop(own::write(&folder.join(format!("{NAME}.bad")), &bytes));
                Self::default()
            }
        }
    }

    /// Saves them in `folder`, which need not exist.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&self, folder: &Path) -> Result<(), atomic::Error> {
        let path = folder.join(NAME);
        let config = PrettyConfig::new().new_line("\n").indentor("    ").struct_names(false);
        let text = options().to_string_pretty(&self.writable(), config);
        match text {
            Ok(text) => own::write(&path, format!("{HEAD}{text}\n").as_bytes()),
            Err(error) => Err(atomic::Error::Io { path, source: io::Error::other(error) }),
        }
    }

    /// Notes that a file was opened or saved at `time`.
    pub fn touch(&mut self, path: &Path, time: u64) {
        self.recent.retain(|recent| recent.path != path);
        self.recent.insert(0, Recent { path: path.to_owned(), time });
        self.recent.truncate(MOST_RECENT);
        self.open_folder = path.parent().map(Path::to_owned);
    }

    /// Takes a file out of the list of recent ones.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|recent| recent.path != path);
    }

    /// Where the document at `path` was last exported to.
    #[must_use]
    pub fn export_of(&self, path: &Path) -> Option<&Path> {
        let export = self.exports.iter().find(|export| export.document == path);
        export.map(|export| export.path.as_path())
    }

    /// Notes that the document at `path`, if it has one, was exported to `to`.
    pub fn exported(&mut self, path: Option<&Path>, to: &Path) {
        self.export_folder = to.parent().map(Path::to_owned);
        let Some(path) = path else { return };
        self.exports.retain(|export| export.document != path);
        self.exports.insert(0, Export { document: path.to_owned(), path: to.to_owned() });
        self.exports.truncate(MOST_EXPORTS);
    }

    /// What a hand or a stranger's program wrote must not make the window unusable.
    fn within_bounds(mut self) -> Self {
        let usual = Self::default();
        let bounded = |value: f32, least: f32, most: f32, usual: f32| {
            if value.is_finite() { value.clamp(least, most) } else { usual }
        };
        self.scale = bounded(self.scale, 0.5, 4.0, usual.scale);
        self.split = bounded(self.split, 0.0, 1.0, usual.split);
        let is_size = |size: f32| size.is_finite() && (1.0..=100_000.0).contains(&size);
        self.window = self.window.filter(|&(width, height)| is_size(width) && is_size(height));
        let is_place = |place: f32| (0.0..=100_000.0).contains(&place);
        self.position = self.position.filter(|&(left, top)| is_place(left) && is_place(top));
        self.recent.truncate(MOST_RECENT);
        self.exports.truncate(MOST_EXPORTS);
        self
    }

    /// Without the paths that are no text: a file cannot hold them.
    fn writable(&self) -> Self {
        let is_text = |path: &PathBuf| path.to_str().is_some();
        let mut settings = self.clone();
        settings.open_folder = settings.open_folder.filter(is_text);
        settings.export_folder = settings.export_folder.filter(is_text);
        settings.recent.retain(|recent| is_text(&recent.path));
        settings.exports.retain(|export| is_text(&export.document) && is_text(&export.path));
        settings
    }
}

const NAME: &str = "settings.ron";

const HEAD: &str = "// Settings of Vitae, which writes this file anew: comments are not kept.\n";

fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

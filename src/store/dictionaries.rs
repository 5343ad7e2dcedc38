//! Dictionaries that are installed on the system, in the form of Hunspell.

use super::folders::home;
use crate::{
    spelling::{Dictionary, Language},
    value::locale::Locale,
};
use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// The files of a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Its name: `de_DE`.
    pub name: String,
    /// The file of its rules.
    pub rules: PathBuf,
    /// The file of its stems.
    pub stems: PathBuf,
}

/// Languages that are written in other letters than English, so that English words can be told.
const OTHER_LETTERS: [&str; 22] = [
    "ar", "be", "bg", "bn", "el", "fa", "he", "hi", "hy", "ja", "ka", "kk", "ko", "mk", "mn", "ru",
    "sr", "ta", "te", "th", "uk", "zh",
];

/// Those of them that have no spaces between words, so that there is no dictionary to be missed.
const WITHOUT_SPACES: [&str; 3] = ["ja", "th", "zh"];

/// No dictionary is larger, in bytes: the largest ones that are known have ten million.
const LARGEST: u64 = 64_000_000;

/// The folders in which Hunspell, `LibreOffice` and the systems keep dictionaries, those that the
/// user has named in `DICPATH` first.
#[must_use]
pub fn folders() -> Vec<PathBuf> {
    let named = env::var_os("DICPATH").unwrap_or_default();
    let mut all: Vec<PathBuf> = env::split_paths(&named).filter(|p| p.is_absolute()).collect();
    if let Some(home) = home() {
        let own = [".local/share/hunspell", "Library/Spelling"];
        all.extend(own.iter().map(|folder| home.join(folder)));
    }
    all.extend(SHARED.iter().map(PathBuf::from));
    for office in OFFICES {
        let extensions = Path::new(office);
        let inside = fs::read_dir(extensions).into_iter().flatten().flatten();
        let mut inside: Vec<_> = inside.map(|entry| entry.path()).collect();
        inside.retain(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dict-"))
        });
        inside.sort();
        all.extend(inside);
    }
    all
}

const SHARED: [&str; 5] = [
    "/usr/share/hunspell",
    "/usr/local/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/Library/Spelling",
];

/// Where `LibreOffice` has its dictionaries, each in a folder of its own.
const OFFICES: [&str; 4] = [
    "/usr/lib/libreoffice/share/extensions",
    "/opt/libreoffice/share/extensions",
    "/Applications/LibreOffice.app/Contents/Resources/extensions",
    "C:\\Program Files\\LibreOffice\\share\\extensions",
];

/// The dictionary of a language in `folders`, given by its code: `de`, `pt-BR`. Of several that of
/// the country with the language's own name comes first (`de_DE`), then one without a country;
/// among equals that of the earlier folder.
#[must_use]
pub fn find(folders: &[PathBuf], language: &str) -> Option<Installed> {
    let wanted = usual(language);
    let mut found: Vec<(u8, Installed)> = vec![];
    for folder in folders {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<_> = files.map(|entry| entry.path()).collect();
        files.sort();
        for stems in files {
            if stems.extension().is_none_or(|ending| ending != "dic") {
                continue;
            }
            let rules = stems.with_extension("aff");
            let name = stems.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(rank) = rank(&usual(&name), &wanted)
                && rules.is_file()
            {
                found.push((rank, Installed { name, rules, stems }));
            }
        }
    }
    found.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, installed)| installed)
}

/// How well a dictionary serves a language, 0 best; `None` when it is of another one.
fn rank(name: &str, wanted: &str) -> Option<u8> {
    if name == wanted {
        return Some(if wanted.contains('_') { 0 } else { 2 });
    }
    let country = name.strip_prefix(wanted)?.strip_prefix('_')?;
    Some(if country == wanted { 1 } else { 3 })
}

fn usual(name: &str) -> String {
    name.replace('-', "_").to_lowercase()
}

impl Installed {
    /// The bytes of its rules and of its stems.
    ///
    /// # Errors
    /// When a file cannot be read, or is far too large.
    pub fn read(&self) -> io::Result<(Vec<u8>, Vec<u8>)> {
        let bytes = |path: &Path| {
            if fs::metadata(path)?.len() > LARGEST {
                return Err(io::Error::other("it is too large for a dictionary"));
            }
            fs::read(path)
        };
        Ok((bytes(&self.rules)?, bytes(&self.stems)?))
    }
}

/// What is known of a language, and why that is not enough, in words for the
/// user. `folders` are where dictionaries are looked for.
#[must_use]
pub fn language(folders: &[PathBuf], code: &str) -> (Language, Option<String>) {
    let short = code.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    if short == "en" {
        return (Language::English, None);
    }
    let unknown = || Language::Unknown { latin: !OTHER_LETTERS.contains(&short.as_str()) };
    if WITHOUT_SPACES.contains(&short.as_str()) {
        return (unknown(), None);
    }
    let name = Locale::get(code).map_or(code, |locale| locale.name.as_str());
    let Some(installed) = find(folders, code) else {
        let why = format!(
            "there is no dictionary for {name} on this computer, so its spelling is not checked; \
             install the one of Hunspell or LibreOffice"
        );
        return (unknown(), Some(why));
    };
    let read = installed.read().map_err(|error| error.to_string());
    let read =
        read.and_then(|(aff, dic)| Dictionary::read(&aff, &dic).map_err(|error| error.to_string()));
    match read {
        Ok(dictionary) => (Language::Known(Box::new(dictionary)), None),
        Err(error) => {
            let why = format!("the dictionary `{}` cannot be used: {error}", installed.name);
            (unknown(), Some(why))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_of_the_language_itself_comes_first() {
        for (name, wanted, expected) in [
            ("de_de", "de", Some(1)),
            ("de", "de", Some(2)),
            ("de_at", "de", Some(3)),
            ("pt_br", "pt_br", Some(0)),
            ("den_xx", "de", None),
            ("hyph_de_de", "de", None),
        ] {
            assert_eq!(rank(name, wanted), expected, "{name} for {wanted}");
        }
    }
}

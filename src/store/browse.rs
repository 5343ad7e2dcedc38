//! What lies in a folder, for choosing a file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file or a folder in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// How many entries are listed at most: nobody picks one of ten thousand from a list.
const MOST: usize = 2000;

/// The folders in `folder` and its files with one of the endings (in small letters, without dot),
/// folders first, in the order of their names. What is hidden is left out.
///
/// # Errors
/// When the folder cannot be read.
pub fn list(folder: &Path, endings: &[&str]) -> Result<Vec<Entry>, io::Error> {
    let mut found = vec![];
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        // Through links, as the user sees them.
        let is_folder = path.is_dir();
        let lower = name.to_lowercase();
        let has_ending = endings
            .iter()
            .any(|ending| lower.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.')));
        if !name.starts_with('.') && (is_folder || has_ending) {
            found.push(Entry { name, path, is_folder });
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase()));
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests make the files that programs find")]

    use super::*;

    #[test]
    fn folders_come_first_and_other_files_not_at_all() {
        let temp = tempfile::tempdir().unwrap();
        for name in ["b.cv.ron", "A.RON", "note.txt", ".hidden.ron"] {
            fs::write(temp.path().join(name), "").unwrap();
        }
        for name in ["zoo", ".git"] {
            fs::create_dir(temp.path().join(name)).unwrap();
        }
        let names: Vec<_> =
            list(temp.path(), &["ron"]).unwrap().into_iter().map(|e| e.name).collect();
        assert_eq!(names, ["zoo", "A.RON", "b.cv.ron"]);
        assert!(list(&temp.path().join("none"), &["ron"]).is_err());
    }
}

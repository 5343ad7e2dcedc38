//! The files in the folder of a file, for sources that are spread over several: nothing outside of
//! it is opened.

use super::read;
use std::{
    cell::Cell,
    path::{Component, Path, PathBuf},
};

/// So many files are opened for one source; a thesis of forty chapters has fewer.
const MOST_FILES: usize = 60;
/// The largest of them in bytes.
const LARGEST: u64 = 2 * 1024 * 1024;

/// The folder of a file.
#[derive(Debug)]
pub struct Neighbours {
    /// Without links and without `..`; nothing where there is no such folder.
    folder: Option<PathBuf>,
    opened: Cell<usize>,
}

impl Neighbours {
    /// Those of the file at `path`.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let folder = path.parent().map(|folder| match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        });
        let folder = folder.and_then(|folder| folder.canonicalize().ok());
        Self { folder, opened: Cell::new(0) }
    }

    /// The bytes of the file with this name, relative to the folder; nothing for one that lies
    /// elsewhere, also where a link leads there, that is no plain file, that is larger than
    /// 2 MB, or that is the sixty-first.
    pub fn file(&self, relative: &str) -> Option<Vec<u8>> {
        let folder = self.folder.as_ref()?;
        let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        if self.opened.get() >= MOST_FILES || !Path::new(relative).components().all(inside) {
            return None;
        }
        let path = folder.join(relative).canonicalize().ok()?;
        if !path.starts_with(folder) || !path.is_file() {
            return None;
        }
        self.opened.set(self.opened.get() + 1);
        read::bytes_within(&path, LARGEST).ok().map(|(bytes, _)| bytes)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "files to be read are written for the tests")]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_plain_files_below_the_folder_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let cv = folder.path().join("cv");
        fs::create_dir_all(cv.join("parts")).unwrap();
        fs::write(cv.join("parts/work.tex"), "work").unwrap();
        fs::write(cv.join("large.tex"), vec![b'x'; 2 * 1024 * 1024 + 1]).unwrap();
        let outside = folder.path().join("outside.tex");
        fs::write(&outside, "secret").unwrap();
        let neighbours = Neighbours::of(&cv.join("cv.tex"));
        assert_eq!(neighbours.file("parts/work.tex").as_deref(), Some(b"work".as_slice()));
        assert_eq!(neighbours.file("./parts/work.tex").as_deref(), Some(b"work".as_slice()));
        for name in
            ["", ".", "parts", "none.tex", "large.tex", "../outside.tex", "parts/../../outside.tex"]
        {
            assert_eq!(neighbours.file(name), None, "{name}");
        }
        assert_eq!(neighbours.file(&outside.to_string_lossy()), None);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&outside, cv.join("link.tex")).unwrap();
            std::os::unix::fs::symlink(folder.path(), cv.join("up")).unwrap();
            std::os::unix::fs::symlink("parts/work.tex", cv.join("near.tex")).unwrap();
            assert_eq!(neighbours.file("link.tex"), None);
            assert_eq!(neighbours.file("up/outside.tex"), None);
            assert_eq!(neighbours.file("near.tex").as_deref(), Some(b"work".as_slice()));
        }
    }

    #[test]
    fn a_loop_of_files_comes_to_an_end() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.tex"), "a").unwrap();
        let neighbours = Neighbours::of(&folder.path().join("cv.tex"));
        assert_eq!((0..100).filter(|_| neighbours.file("a.tex").is_some()).count(), MOST_FILES);
    }
}

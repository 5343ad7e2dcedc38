//! Data files that come with the program, each read once, when it is first asked for.

use std::sync::OnceLock;

/// Data files by the stem of their names, and what each holds once it has been read.
///
/// An export needs one theme and one language, and a keystroke needs them again: no file is read
/// that nobody asks for, and none is read twice.
pub struct Bundled<T: 'static> {
    /// Stem and content of every file, sorted by stem: a table that `build.rs` writes.
    files: &'static [(&'static str, &'static str)],
    /// Makes a value of a stem and a content; `None` for a file that cannot be read, which the
    /// tests of each table rule out.
    read: fn(&'static str, &'static str) -> Option<T>,
    cells: OnceLock<Vec<OnceLock<Option<T>>>>,
}

impl<T> Bundled<T> {
    /// A table of files and the way to read one.
    #[must_use]
    pub const fn new(
        files: &'static [(&'static str, &'static str)],
        read: fn(&'static str, &'static str) -> Option<T>,
    ) -> Self {
        Self { files, read, cells: OnceLock::new() }
    }

    /// The stems of all files, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.files.iter().map(|(name, _)| *name)
    }

    /// What the file with this stem holds; upper and lower case are one. `None` if there is none.
    pub fn get(&'static self, name: &str) -> Option<&'static T> {
        let index = self.files.iter().position(|(stem, _)| stem.eq_ignore_ascii_case(name))?;
        self.at(index)
    }

    /// What all files hold, in alphabetical order of their stems.
    pub fn all(&'static self) -> impl Iterator<Item = &'static T> {
        (0..self.files.len()).filter_map(|index| self.at(index))
    }

    fn at(&'static self, index: usize) -> Option<&'static T> {
        let cells = self.cells.get_or_init(|| self.files.iter().map(|_| OnceLock::new()).collect());
        let (name, text) = self.files.get(index)?;
        cells.get(index)?.get_or_init(|| (self.read)(name, text)).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_file_is_read_once_and_only_when_it_is_asked_for() {
        static READS: AtomicUsize = AtomicUsize::new(0);
        static TABLE: Bundled<u32> = Bundled::new(&[("a", "1"), ("b", "two")], |_, text| {
            READS.fetch_add(1, Ordering::Relaxed);
            text.parse().ok()
        });
        assert_eq!(READS.load(Ordering::Relaxed), 0);
        assert_eq!([TABLE.get("a"), TABLE.get("A"), TABLE.get("c")], [Some(&1), Some(&1), None]);
        assert_eq!(READS.load(Ordering::Relaxed), 1);
        // What cannot be read is not tried again either.
        assert_eq!([TABLE.get("b"), TABLE.get("b")], [None, None]);
        assert_eq!(READS.load(Ordering::Relaxed), 2);
        assert_eq!(TABLE.all().collect::<Vec<_>>(), [&1]);
        assert_eq!(TABLE.names().collect::<Vec<_>>(), ["a", "b"]);
    }
}

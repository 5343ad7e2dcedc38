//! Earlier versions: what each save replaced, to be looked at, compared and restored.

use super::{atomic, own, read};
use std::{
    cmp::Reverse,
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use unicode_segmentation::UnicodeSegmentation as _;

/// How many letters the name of a version may have.
pub const LONGEST_NAME: usize = 80;

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Versions of one document.
    pub versions: usize,
    /// Seconds after which a version goes.
    pub age: u64,
    /// Bytes of all versions of one document.
    pub document: u64,
    /// Bytes of everything.
    pub all: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let megabyte = 1024 * 1024;
        Self { versions: 50, age: 30 * 24 * 60 * 60, document: 20 * megabyte, all: 200 * megabyte }
    }
}

/// An earlier version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// When a save replaced it, in seconds since 1970.
    pub time: u64,
    /// How many bytes it has.
    pub bytes: u64,
    /// What the user calls it (`sent to the institute`); empty for most. A version with a name
    /// stays until it is deleted.
    pub name: String,
    /// The file that keeps it.
    pub file: PathBuf,
}

/// An earlier version, and what became of the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The version.
    pub version: Version,
    /// What it has that the version before it has not, and the other way round; `None` for the
    /// first one, and for one that cannot be read as text.
    pub words: Option<Words>,
}

/// The folder of earlier versions.
#[derive(Clone, Debug)]
pub struct Versions {
    folder: PathBuf,
    limits: Limits,
}

impl Versions {
    /// Versions in `folder`, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, limits: Limits::default() }
    }

    /// The same folder with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Keeps what a save at `time` replaced in the file at `path`, unless the newest version says
    /// the same, and removes what is beyond the limits.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn keep(&self, path: &Path, old: &[u8], time: u64) -> Result<(), atomic::Error> {
        let folder = self.folder_of(path);
        atomic::sweep(&folder, None);
        let versions = list(&folder);
        let newest = versions.first().and_then(|newest| read::bytes(&newest.file).ok());
        if newest.is_some_and(|(bytes, _)| bytes == old) {
            return Ok(());
        }
        let number = (0..).find(|number| !file(&folder, time, *number).exists()).unwrap_or(0);
        let kept = file(&folder, time, number);
        own::write(&kept, old)?;
        self.prune(&folder, &kept, time);
        Ok(())
    }

    /// Removes what killed saves of the file at `path` have left among its versions.
    pub fn sweep(&self, path: &Path) {
        atomic::sweep(&self.folder_of(path), None);
    }

    /// The earlier versions of the file at `path`, the newest first.
    #[must_use]
    pub fn list(&self, path: &Path) -> Vec<Version> {
        list(&self.folder_of(path))
    }

    /// The same with what became of each.
    #[must_use]
    pub fn changes(&self, path: &Path) -> Vec<Earlier> {
        let found = self.list(path);
        let texts: Vec<_> = found.iter().map(|version| self.read(version).ok()).collect();
        let words = texts
            .iter()
            .zip(texts.iter().skip(1))
            .map(|(text, before)| Some(words_between(before.as_deref()?, text.as_deref()?)));
        let versions = found.into_iter().zip(words.chain([None]));
        versions.map(|(version, words)| Earlier { version, words }).collect()
    }

    /// The text of a version.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, version: &Version) -> Result<String, read::Error> {
        Ok(read::text(&version.file)?.text)
    }

    /// The bytes of a version, as the file held them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn bytes(&self, version: &Version) -> Result<Vec<u8>, read::Error> {
        Ok(read::bytes(&version.file)?.0)
    }

    /// Calls a version `name`, on one line and within [`LONGEST_NAME`] letters; an empty name takes
    /// the one that it has away. Gives the name that it has now.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn name(&self, version: &Version, name: &str) -> Result<String, atomic::Error> {
        let name = one_line(name);
        let file = name_file(&version.file);
        if name.is_empty() {
            own::remove(&file)?;
        } else {
            own::write(&file, name.as_bytes())?;
        }
        Ok(name)
    }

    /// Removes all versions of the file at `path`.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn forget(&self, path: &Path) -> Result<(), atomic::Error> {
        clear(&self.folder_of(path))
    }

    /// Removes all versions of all files.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn forget_all(&self) -> Result<(), atomic::Error> {
        own::list(&self.folder).iter().try_for_each(|folder| clear(folder))
    }

    fn folder_of(&self, path: &Path) -> PathBuf {
        self.folder.join(own::key(path))
    }

    /// Removes what is beyond the limits, but never what was `kept` just now, nor what has a name.
    fn prune(&self, folder: &Path, kept: &Path, now: u64) {
        let Limits { versions, age, document, all } = self.limits;
        let mut total = 0;
        let unnamed = |version: &Version| version.name.is_empty();
        for (number, version) in list(folder).into_iter().filter(unnamed).enumerate() {
            total += version.bytes;
            let old = version.time.saturating_add(age) < now;
            if (number >= versions || old || total > document) && version.file != kept {
                // What cannot be removed now is tried again by the next save.
                drop(own::remove(&version.file));
            }
        }
        let folders = own::list(&self.folder);
        let all_versions = folders.iter().flat_map(|folder| list(folder));
        let mut everything: Vec<Version> = all_versions.filter(unnamed).collect();
        everything.sort_by_key(|version| Reverse(version.time));
        let mut total = 0;
        for version in everything {
            total += version.bytes;
            let old = version.time.saturating_add(age) < now;
            if (total > all || old) && version.file != kept {
                drop(own::remove(&version.file));
                version.file.parent().into_iter().for_each(own::remove_folder);
            }
        }
    }
}

const ENDING: &str = ".cv.ron";

/// The file of the version that was replaced at `time`, `number` of that second.
fn file(folder: &Path, time: u64, number: u32) -> PathBuf {
    folder.join(format!("{time}-{number}{ENDING}"))
}

/// The time and the number in the name of a version's file.
fn order(path: &Path) -> Option<(u64, u32)> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?;
    let (time, number) = name.split_once('-')?;
    Some((time.parse().ok()?, number.parse().ok()?))
}

/// The versions in a folder, the newest first. Other files are none.
fn list(folder: &Path) -> Vec<Version> {
    let files = own::list(folder).into_iter();
    let mut found: Vec<_> = files.filter_map(|file| Some((order(&file)?, file))).collect();
    found.sort_by_key(|(order, _)| Reverse(*order));
    let version = |((time, _), file): ((u64, u32), PathBuf)| {
        let bytes = own::size(&file);
        // A name that cannot be read is no reason to do without the version.
        let name = read::text(&name_file(&file)).map(|read| one_line(&read.text));
        Version { time, bytes, name: name.unwrap_or_default(), file }
    };
    found.into_iter().map(version).collect()
}

fn clear(folder: &Path) -> Result<(), atomic::Error> {
    for version in list(folder) {
        own::remove(&version.file)?;
    }
    for name in own::list(folder).iter().filter(|file| is_name(file)) {
        own::remove(name)?;
    }
    own::remove_folder(folder);
    Ok(())
}

const NAMES: &str = "name";

/// The file that holds the name of the version in `version`: `1700000000-0.cv.name`.
fn name_file(version: &Path) -> PathBuf {
    version.with_extension(NAMES)
}

fn is_name(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == NAMES)
}

/// A text on one line, without what gives orders to a terminal, and not too long.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

/// How many words a text has that another one had not, and the other way round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Words that came.
    pub added: usize,
    /// Words that went.
    pub removed: usize,
}

/// What came and what went between two texts of profiles, in words of what the user wrote: names of
/// fields and comments do not count, nor where a word stands. The texts need not be whole profiles.
#[must_use]
pub fn words_between(old: &str, new: &str) -> Words {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for_each_word(old, &mut |word| *counts.entry(word).or_default() -= 1);
    for_each_word(new, &mut |word| *counts.entry(word).or_default() += 1);
    let mut words = Words::default();
    for count in counts.into_values() {
        let many = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
        if count > 0 { words.added += many } else { words.removed += many }
    }
    words
}

/// The words inside the quotation marks of a text in RON. A picture inside it is none.
fn for_each_word<'t>(text: &'t str, tell: &mut impl FnMut(&'t str)) {
    let mut rest = text;
    while let Some((before, after)) = next_mark(rest) {
        let bare = before.trim_end_matches('#');
        let (inside, behind) = if bare.ends_with('r') {
            // `r#"as it is"#` ends with as many signs as it began with.
            let end = format!("\"{}", "#".repeat(before.len() - bare.len()));
            after.split_once(&end).unwrap_or((after, ""))
        } else {
            quoted(after)
        };
        rest = behind;
        if !inside.starts_with("data:") {
            inside.unicode_words().for_each(&mut *tell);
        }
    }
}

/// What stands before and behind the next quotation mark that is not in a comment.
fn next_mark(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.find(['"', '/'])?;
        let here = text.get(at..)?;
        if here.starts_with('"') {
            return text.get(..at).zip(text.get(at + 1..));
        }
        from = if here.starts_with("//") {
            at + here.find('\n')?
        } else if here.starts_with("/*") {
            at + here.find("*/")? + 2
        } else {
            at + 1
        };
    }
}

/// A string after its opening mark, and what stands behind it; a string that does not end reaches to
/// the end of the text.
fn quoted(text: &str) -> (&str, &str) {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    let parts = end.and_then(|(end, _)| text.get(..end).zip(text.get(end + 1..)));
    parts.unwrap_or((text, ""))
}

impl Earlier {
    /// What became of it in words: `12 words added, 3 removed`.
    #[must_use]
    pub fn change(&self) -> String {
        self.words.map_or_else(|| "the oldest one kept".to_owned(), told)
    }
}

fn told(Words { added, removed }: Words) -> String {
    let s = |count: usize| if count == 1 { "" } else { "s" };
    match (added, removed) {
        (0, 0) => "no other words".to_owned(),
        (added, 0) => format!("{added} word{} added", s(added)),
        (0, removed) => format!("{removed} word{} removed", s(removed)),
        (added, removed) => format!("{added} word{} added, {removed} removed", s(added)),
    }
}

/// How large a file is, in words.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        _ => format!("{:.1} kB", bytes as f64 / 1000.0),
    }
}

/// A time in seconds since 1970 as `2026-11-27 15:10`, in the time of Greenwich: the system does not
/// tell where the user is.
#[must_use]
pub fn utc(time: u64) -> String {
    let (days, seconds) = (time / 86_400, time % 86_400);
    // Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute) = (seconds / 3_600, seconds % 3_600 / 60);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_user() {
        let check = |old: &str, new: &str, added: usize, removed: usize| {
            assert_eq!(words_between(old, new), Words { added, removed }, "{old} → {new}");
        };
        check("", "", 0, 0);
        check("(name: \"Ada\")", "(name: \"Ada Example\", headline: \"x\")", 2, 0);
        check("(name: \"Ada Example\")", "(name: \"Eve Example\")", 1, 1);
        // Moved words, comments and fields are none.
        check("\"one two\"", "// \"three\"\n/* \"four\" */ (x: \"two one\")", 0, 0);
        check("\"say \\\"this\\\" twice\"", "\"say twice\"", 0, 1);
        check("\"https://example.org/a\"", "\"https://example.org/b\"", 1, 1);
        check("photo: \"data:image/jpeg;base64,a+b/c\"", "", 0, 0);
        check(r##"r#"say "this" twice"#"##, "\"say twice\"", 0, 1);
        // Half a file.
        check("(name: \"Ada Exam", "(name: \"Ada Example\")", 1, 1);
        check("\"马 丽\"", "\"马 丽 莎\"", 1, 0);
    }

    #[test]
    fn changes_are_told_in_words() {
        let check = |added: usize, removed: usize, expected: &str| {
            assert_eq!(told(Words { added, removed }), expected);
        };
        check(0, 0, "no other words");
        check(1, 0, "1 word added");
        check(0, 2, "2 words removed");
        check(12, 3, "12 words added, 3 removed");
        assert_eq!((size(999), size(9533)), ("999 bytes".to_owned(), "9.5 kB".to_owned()));
    }

    #[test]
    fn times_are_told_by_the_calendar() {
        let check = |time: u64, expected: &str| assert_eq!(utc(time), expected);
        check(0, "1970-01-01 00:00");
        check(951_782_400, "2000-02-29 00:00");
        check(951_868_799, "2000-02-29 23:59");
        check(1_709_251_200, "2024-03-01 00:00");
        check(1_798_761_599, "2026-12-31 23:59");
        check(4_102_444_800, "2100-01-01 00:00");
    }

    #[test]
    fn names_stand_on_one_line() {
        assert_eq!(one_line("  sent to\nthe \u{1b}[2J institute "), "sent to the [2J institute");
        assert_eq!(one_line(&"ab ".repeat(100)).chars().count(), 80);
        assert_eq!(one_line("\n"), "");
    }
}

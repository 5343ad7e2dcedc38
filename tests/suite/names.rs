//! Own names in author lists, by a table of many scripts and cultures, and lists on which it stays
//! in doubt.

use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;
use vitae::value::{
    entry::Author,
    person::{Spellings, is_own},
};

/// What the matching says of an author: `doubtful` is who is the person when alone in a list, but
/// not when two have that name, as initials can be.
fn verdict(author: &str, spellings: &[&str]) -> &'static str {
    let twice = [author; 2].map(|name| Author { name: name.to_owned(), ..Author::default() });
    let is_doubtful = !Spellings::new(spellings).own_authors(&twice).doubtful.is_empty();
    match (is_own(author, spellings), is_doubtful) {
        (true, true) => "doubtful",
        (true, false) => "own",
        (false, false) => "other",
        (false, true) => "in doubt, but never own",
    }
}

/// Each row says whose name it is (spellings parted by `/`), which author, and whether these are
/// one person: whoever else is there, only when alone with that name, or not.
#[test]
fn own_names_of_many_cultures() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/names/own.txt");
    let table = std::fs::read_to_string(path).unwrap();
    let mut wrong = Vec::new();
    for row in table.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let [owner, author, expected] = row.split('|').map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("three columns are wanted: {row}");
        };
        assert!(matches!(expected, "own" | "doubtful" | "other"), "{row}");
        let decomposed: String = author.nfd().collect();
        for author in [author, &decomposed] {
            let spellings: Vec<&str> = owner.split('/').map(str::trim).collect();
            let found = verdict(author, &spellings);
            if found != expected {
                wrong.push(format!("{row}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "read otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn initials_that_several_share_are_in_doubt_until_one_is_remarked() {
    let own = Spellings::new(&["Wei Zhang"]);
    let list = |names: &[(&str, bool)]| -> Vec<Author> {
        let author = |(name, own): &(&str, bool)| Author {
            name: (*name).to_owned(),
            own: *own,
            ..Author::default()
        };
        names.iter().map(author).collect()
    };
    let twice = list(&[("W. Zhang", false), ("A. Other", false), ("Zhang, W.", false)]);
    let found = own.own_authors(&twice);
    assert_eq!((found.own, found.doubtful), (vec![true, false, true], vec![0, 2]));
    let remarked = list(&[("W. Zhang", false), ("A. Other", false), ("W. Zhang", true)]);
    let found = own.own_authors(&remarked);
    assert_eq!((found.own, found.doubtful), (vec![false, false, true], vec![]));
    let once = list(&[("W. Zhang", false), ("Wen Zhang", false)]);
    let found = own.own_authors(&once);
    assert_eq!((found.own, found.doubtful), (vec![true, false], vec![]));
}

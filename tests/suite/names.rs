//! Whose name an author's is: pairs of names in many scripts and cultures, and lists on which it stays in doubt.

use std::{fs, path::Path};
use vitae::value::{
    entry::Author,
    person::{Spellings, is_own},
};

#[test]
fn an_author_is_the_owner_or_somebody_else() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/names/own.tsv");
    let table = fs::read_to_string(file).unwrap();
    let mut wrong = vec![];
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let mut count = 0;
    for row in rows {
        let [owner, author, expected] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("`{row}` has not three columns");
        };
        count += 1;
        if is_own(author, &[owner]) != (expected == "own") {
            wrong.push(format!("{owner}: {author} is {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count >= 150, "only {count} pairs");
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
    assert_eq!(own.doubtful(&twice).len(), 2);
    assert_eq!(own.own_authors(&twice), [true, false, true]);
    let remarked = list(&[("W. Zhang", false), ("A. Other", false), ("W. Zhang", true)]);
    assert!(own.doubtful(&remarked).is_empty());
    assert_eq!(own.own_authors(&remarked), [false, false, true]);
    let once = list(&[("W. Zhang", false), ("Wen Zhang", false)]);
    assert!(own.doubtful(&once).is_empty());
    assert_eq!(own.own_authors(&once), [true, false]);
}

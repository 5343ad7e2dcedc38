//! Merging with what another program has written: from what both sides began, and what comes after
//! it.

use super::*;
use crate::{
    app::{ask::Ask, merging::Merging},
    compare::merge::{Changed, Side},
};

/// A profile with that name and headline.
fn with_headline(name: &str, headline: &str) -> String {
    let line = format!("name: \"{name}\",\n        headline: \"{headline}\",");
    profile(name).replace(&format!("name: \"{name}\","), &line)
}

impl Desk {
    /// Another program writes the file; whether merging is among the answers.
    fn changed_outside(&mut self, path: &Path, text: &str) -> bool {
        fs::write(path, text).unwrap();
        self.pass(2.5);
        match self.app.ask {
            Some(Ask::Outside { merge, .. }) => merge,
            _ => panic!("{:?}", self.app.ask),
        }
    }

    /// What is said of each difference: who changed which field.
    fn merging(&self) -> Vec<(Changed, String)> {
        let rows = self.app.merging.iter().flat_map(|merging| &merging.rows);
        rows.map(|row| (row.changed, row.label())).collect()
    }

    fn headline(&mut self) -> String {
        self.doc().profile().person.headline.clone()
    }
}

#[test]
fn both_changes_are_kept_and_the_next_save_asks_nothing() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Mine");
    assert!(desk.changed_outside(&path, &with_headline("Zofia", "Theirs")));
    desk.answer(Answer::Merge);
    assert_eq!(desk.app.merging.as_ref().map(Merging::open), Some(0));
    desk.app.finish_merge();
    assert_eq!((desk.person().as_str(), desk.headline().as_str()), ("Mine", "Theirs"));
    assert!(desk.app.is_changed() && name_in(&path) == "Zofia");
    desk.run(Command::Save);
    assert_eq!((&desk.app.ask, name_in(&path).as_str()), (&None, "Mine"));
    // Another time: from what was saved last.
    desk.type_name("Mine again");
    assert!(desk.changed_outside(&path, &with_headline("Mine", "Theirs again")));
    desk.answer(Answer::Merge);
    let told = desk.merging();
    assert_eq!(
        told,
        [
            (Changed::Mine, "Person › Name".to_owned()),
            (Changed::Theirs, "Person › Headline".to_owned())
        ]
    );
    desk.app.finish_merge();
    assert_eq!((desk.person().as_str(), desk.headline().as_str()), ("Mine again", "Theirs again"));
    desk.run(Command::Undo);
    assert_eq!((desk.person().as_str(), desk.headline().as_str()), ("Mine again", "Theirs"));
}

#[test]
fn a_conflict_has_to_be_decided_and_all_of_theirs_is_what_the_file_holds() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Mine");
    assert!(desk.changed_outside(&path, &profile("Theirs")));
    desk.answer(Answer::Merge);
    desk.app.finish_merge();
    assert!(desk.app.merging.is_some() && desk.person() == "Mine");
    desk.app.merging.as_mut().unwrap().choose_all(Side::Theirs);
    desk.app.finish_merge();
    assert!(desk.app.merging.is_none() && desk.person() == "Theirs" && !desk.app.is_changed());
}

#[test]
fn restored_work_is_merged_from_what_its_file_held() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Mine");
    desk.pass(0.0);
    desk.pass(0.9);
    desk.app = start(&desk.path("elsewhere"));
    desk.app = start(desk.temp.path());
    desk.app.restore(0);
    assert!(desk.changed_outside(&path, &with_headline("Zofia", "Theirs")));
    desk.answer(Answer::Merge);
    desk.app.finish_merge();
    assert_eq!((desk.person().as_str(), desk.headline().as_str()), ("Mine", "Theirs"));
}

#[test]
fn where_nobody_knows_what_both_began_from_there_is_no_merging() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Mine");
    desk.pass(0.0);
    desk.pass(0.9);
    desk.app = start(&desk.path("elsewhere"));
    // It is another file by now: what the work began from is gone.
    fs::write(&path, profile("Between")).unwrap();
    desk.app = start(desk.temp.path());
    desk.app.restore(0);
    assert!(!desk.changed_outside(&path, &profile("Theirs")));
    // Nothing of one's own: there is nothing to merge.
    let path = desk.path("b.cv.ron");
    desk.answer(Answer::Cancel);
    desk.app.begin(Start::Empty);
    desk.answer(Answer::Discard);
    let path = desk.open(path.file_name().unwrap().to_str().unwrap());
    assert!(!desk.changed_outside(&path, &profile("Theirs")));
}

#[test]
fn what_was_passed_over_once_is_no_change_of_theirs_any_more() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Mine");
    assert!(desk.changed_outside(&path, &with_headline("Zofia", "Unwanted")));
    desk.answer(Answer::KeepMine);
    let both =
        with_headline("Zofia", "Unwanted").replace("headline", "other_name: \"Ж\", headline");
    assert!(desk.changed_outside(&path, &both));
    desk.answer(Answer::Merge);
    desk.app.finish_merge();
    assert_eq!((desk.person().as_str(), desk.headline().as_str()), ("Mine", ""));
    assert_eq!(desk.doc().profile().person.other_name, "Ж");
}

#[test]
fn a_file_of_a_newer_version_is_not_merged() {
    let mut desk = Desk::new();
    let path = desk.open("a.cv.ron");
    desk.type_name("Mine");
    assert!(desk.changed_outside(&path, &profile("Theirs").replace("format: 1", "format: 99")));
    desk.answer(Answer::Merge);
    assert!(desk.app.merging.is_none() && matches!(desk.app.ask, Some(Ask::Outside { .. })));
    assert_eq!(desk.person(), "Mine");
}

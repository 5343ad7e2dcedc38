//! Two windows and one file: the one that has it comes forward, or the other only looks at it.

use super::*;
use crate::app::ask::Ask;

/// A second window of the same user.
fn second(first: &Desk) -> App {
    start(first.temp.path())
}

/// Lets both windows go on until `done`.
fn until(first: &mut Desk, other: &mut App, mut done: impl FnMut(&App) -> bool) {
    let since = Instant::now();
    while !done(other) {
        assert!(since.elapsed() < Duration::from_secs(20), "nothing comes back");
        std::thread::sleep(Duration::from_millis(5));
        first.pass(0.01);
        other.tick(Tick { now: since.elapsed().as_secs_f64(), time: 0, focused: true });
    }
}

#[test]
fn the_window_that_has_the_file_comes_forward() {
    let mut first = Desk::new();
    let path = first.open("x.cv.ron");
    first.pass(0.1);
    let mut other = second(&first);
    other.open(&path);
    until(&mut first, &mut other, |other| !other.notices.is_empty());
    assert!(matches!(other.screen, Screen::Welcome));
    assert!(other.notices[0].text.starts_with("x.cv.ron is open in another window"));
    assert!(first.app.requests.contains(&Request::ComeForward));
}

#[test]
fn a_window_whose_watch_met_a_fault_still_hears_a_knock() {
    let mut first = Desk::new();
    let path = first.open("x.cv.ron");
    first.app.files.watch.faults.ask_for(1);
    first.pass(0.1);
    std::thread::sleep(Duration::from_millis(700));
    let mut other = second(&first);
    other.open(&path);
    until(&mut first, &mut other, |other| !other.notices.is_empty());
    assert!(other.notices[0].text.starts_with("x.cv.ron is open in another window"));
}

#[test]
fn a_program_that_is_only_to_open_it_need_not_show_itself() {
    let mut first = Desk::new();
    let (path, free) = (first.open("x.cv.ron"), first.path("free.cv.ron"));
    first.pass(0.1);
    let other = second(&first);
    assert_eq!(other.pass_on(vec![path.clone(), free.clone()]), std::slice::from_ref(&free));
    first.app.run(Command::Close);
    assert_eq!(other.pass_on(vec![path.clone()]), [path]);
}

#[test]
fn a_window_that_does_not_answer_is_not_overwritten() {
    let mut first = Desk::new();
    let path = first.open("x.cv.ron");
    // It is not told where to look, as if it hung.
    let mut other = Desk { app: second(&first), temp: tempfile::tempdir().unwrap(), now: 0.0 };
    other.app.open(&path);
    let since = Instant::now();
    while other.app.doc().is_none() {
        assert!(since.elapsed() < Duration::from_secs(20), "nothing comes back");
        std::thread::sleep(Duration::from_millis(5));
        other.pass(0.01);
    }
    assert_eq!(other.app.ask, Some(Ask::Elsewhere));
    other.answer(Answer::Cancel);
    other.type_name("Other");
    other.run(Command::Save);
    assert_eq!(other.app.ask, Some(Ask::Elsewhere));
    assert_eq!(name_in(&path), "Zofia");
    // Nor by going round through "save as".
    other.answer(Answer::OtherPlace);
    other.app.chosen(Some(path.clone()));
    other.wait();
    assert_eq!(name_in(&path), "Zofia");
    other.app.ask = None;
    // Once the first window has let go of it, it is this one's; what was typed here is asked about.
    first.app.run(Command::Close);
    other.run(Command::Save);
    other.answer(Answer::Retry);
    other.answer(Answer::Discard);
    assert_eq!((other.person().as_str(), &other.app.ask), ("Zofia", &None));
    other.type_name("Mine");
    other.run(Command::Save);
    assert_eq!(name_in(&path), "Mine");
}

#[test]
fn a_file_saved_under_another_name_is_free_and_the_other_one_taken() {
    let mut first = Desk::new();
    let path = first.open("x.cv.ron");
    let to = first.path("y.cv.ron");
    first.run(Command::SaveAs);
    first.app.chosen(Some(to.clone()));
    first.wait();
    let other = second(&first);
    assert!(!other.is_elsewhere(&path));
    assert!(other.is_elsewhere(&to));
}

#[test]
fn without_folders_of_its_own_the_program_still_opens_files() {
    let temp = tempfile::tempdir().unwrap();
    let blocked = temp.path().join("file");
    fs::write(&blocked, "").unwrap();
    fs::write(temp.path().join("x.cv.ron"), profile("Zofia")).unwrap();
    for mut app in [App::default(), App::with_folders(Folders::at(&blocked), 0)] {
        app.open(temp.path().join("x.cv.ron"));
        assert!(app.doc().is_some_and(|doc| !doc.elsewhere));
    }
}

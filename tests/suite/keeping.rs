//! What keeps work safe around a document: recovery, versions, settings, and changes from outside.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests make the files and threads they need"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, SystemTime},
};
use vitae::{
    profile::Profile,
    store::{
        Change, Document, Error,
        folders::Folders,
        new_text,
        recovery::{Entry, Key, Store},
        settings::{Mode, Settings},
        versions::{Limits, Versions},
    },
};

fn named(name: &str) -> Profile {
    let mut profile = Profile::default();
    profile.person.name = name.to_owned();
    profile
}

fn text(name: &str) -> String {
    new_text(&named(name)).unwrap()
}

fn entry(text: &str, time: u64) -> Entry<'_> {
    Entry { path: None, name: "untitled", base: None, time, text }
}

/// The files in a folder and below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn unsaved_work_comes_back_with_what_it_belongs_to() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("me.cv.ron");
    fs::write(&path, text("Ada")).unwrap();
    let mut document = Document::open(&path).unwrap();
    document.profile.person.name = "Ada Example".to_owned();
    let unsaved = document.to_text().unwrap().text;
    let folder = Folders::at(root.path()).recovery();
    let mut store = Store::new(folder.clone());
    assert_eq!(store.found(), []);
    let work = Entry {
        path: Some(&path),
        name: "me\n(2)",
        base: document.fingerprint(),
        time: 7,
        text: &unsaved,
    };
    store.keep(&Key::of(&path), &Entry { text: &text("older"), time: 6, ..work }).unwrap();
    store.keep(&Key::of(&path), &work).unwrap();
    store.keep(&Key::untitled(1), &entry(&text("Eve"), 9)).unwrap();
    store.keep(&Key::untitled(2), &entry("half a (profile", 8)).unwrap();
    store.keep(&Key::untitled(3), &entry("saved meanwhile", 8)).unwrap();
    store.forget(&Key::untitled(3)).unwrap();
    store.forget(&Key::untitled(4)).unwrap();
    // Neither this run nor another is offered what is still being worked on.
    assert_eq!((store.found(), Store::new(folder.clone()).found()), (vec![], vec![]));
    drop(store);

    let store = Store::new(folder.clone());
    let found = store.found();
    assert_eq!(found.iter().map(|found| found.time).collect::<Vec<_>>(), [9, 8, 7]);
    // What was being mended by hand is no profile yet, and is there.
    assert_eq!((found[1].text.as_str(), found[1].open().is_err()), ("half a (profile", true));
    let work = &found[2];
    assert_eq!((work.path.as_deref(), work.name.as_str()), (Some(path.as_path()), "me\n(2)"));
    assert_eq!(work.text, unsaved);
    let differs = work.differs(Some(&text("Ada"))).unwrap();
    assert_eq!(differs.len(), 1);
    assert_eq!((differs[0].old.as_str(), differs[0].new.as_str()), ("Ada", "Ada Example"));
    assert_eq!(found[0].differs(None).unwrap()[0].new, "Eve");
    // The file of a recovery can be opened like any other.
    assert_eq!(Document::open(&work.file).unwrap().profile, document.profile);

    // It saves where it belongs, but not over what somebody else has written since.
    let mut again = work.open().unwrap();
    assert_eq!(again.profile, document.profile);
    fs::write(&path, text("Stranger")).unwrap();
    assert!(again.save(&path, None).is_err());
    fs::write(&path, text("Ada")).unwrap();
    again.save(&path, None).unwrap();
    assert!(store.discard(work).unwrap() && !store.discard(work).unwrap());
    assert_eq!(store.found().len(), 2);
}

#[test]
fn what_is_damaged_never_stops_a_start() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("recovery");
    let mut store = Store::new(folder.clone());
    store.keep(&Key::untitled(1), &entry(&text("Ada"), 5)).unwrap();
    drop(store);
    let file = files(&folder)[0].clone();
    let good = fs::read(&file).unwrap();
    let found = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        Store::new(folder.clone()).found()
    };
    assert_eq!(found(&good).len(), 1);
    for bytes in [&b""[..], b"\xFF\xFE", b"// vitae-recovery (\n", b"// vitae-recovery ()", b"\n\n"]
    {
        assert_eq!(found(bytes), [], "{bytes:?}");
    }
    // A text that is cut off is offered as far as it goes.
    let torn = found(&good[..good.len() - 3]);
    assert!(torn.len() == 1 && torn[0].damaged && torn[0].text.contains("Ada"), "{torn:?}");
    // Every single byte that is not what it was: the work is offered or not, but nothing stops.
    let mut offered = 0;
    for i in 0..good.len() {
        let mut bad = good.clone();
        bad[i] ^= 0x15;
        offered += found(&bad).len();
    }
    assert!(offered > good.len() / 4, "{offered} of {}", good.len());
    // A folder where a file should be, a file where the folder should be.
    fs::create_dir(folder.join("1-1.x.cv.ron")).unwrap();
    assert_eq!(found(&good).len(), 1);
    let blocked = Store::new(file.clone()).keep(&Key::untitled(1), &entry("", 1));
    assert!(blocked.is_err() && Store::new(file.clone()).found().is_empty());
}

/// Names the folder to a child of this test, which keeps something until it is killed.
const FOLDER: &str = "VITAE_RECOVERY_FOLDER";

#[test]
fn work_of_another_process_is_offered_once_it_has_died() {
    let profile = text("Ada");
    if let Some(folder) = env::var_os(FOLDER) {
        let mut store = Store::new(folder.into());
        store.keep(&Key::untitled(1), &entry(&profile, 3)).unwrap();
        thread::sleep(Duration::from_secs(600));
    }
    let root = tempfile::tempdir().unwrap();
    let mut own = Store::new(root.path().to_owned());
    own.keep(&Key::untitled(1), &entry("mine", 4)).unwrap();
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "keeping::work_of_another_process_is_offered_once_it_has_died"])
        .env(FOLDER, root.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let is_work = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with('.') && name.ends_with(".cv.ron")
    };
    let is_kept = || files(root.path()).into_iter().filter(is_work).count() == 2;
    for _ in 0..6_000 {
        if is_kept() {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    let (kept, while_it_runs) = (is_kept(), own.found());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((kept, while_it_runs), (true, vec![]));
    let found = own.found();
    assert_eq!(found.iter().map(|found| found.text.as_str()).collect::<Vec<_>>(), [profile]);
    // Recovered work that is kept again survives that its first keeping is removed.
    own.keep(&Key::untitled(2), &entry(&found[0].text, 5)).unwrap();
    assert!(own.discard(&found[0]).unwrap());
    drop(own);
    assert_eq!(Store::new(root.path().to_owned()).found().len(), 2);
}

#[test]
#[cfg(unix)]
fn own_files_are_private() {
    use std::os::unix::fs::MetadataExt as _;
    let root = tempfile::tempdir().unwrap();
    let folders = Folders::at(&root.path().join("a/b"));
    let mut store = Store::new(folders.recovery());
    store.keep(&Key::untitled(1), &entry("x", 1)).unwrap();
    Versions::new(folders.versions()).keep(Path::new("/x"), b"x", 1).unwrap();
    Settings::default().save(&folders.config).unwrap();
    let all = files(root.path());
    assert_eq!(all.len(), 4, "{all:?}");
    for file in all {
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600, "{}", file.display());
    }
    for folder in [&folders.state, &folders.config, &folders.recovery(), &folders.versions()] {
        assert_eq!(fs::metadata(folder).unwrap().mode() & 0o777, 0o700, "{}", folder.display());
    }
}

#[test]
#[cfg(unix)]
fn folders_that_take_nothing_are_said_and_stop_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = tempfile::tempdir().unwrap();
    let folders = Folders::at(root.path());
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(root.path().join("x"), "").is_ok() {
        return; // Root may write anywhere.
    }
    let path = Path::new("/cv/me.cv.ron");
    assert!(Store::new(folders.recovery()).keep(&Key::of(path), &entry("x", 1)).is_err());
    assert!(Versions::new(folders.versions()).keep(path, b"x", 1).is_err());
    assert!(Settings::default().save(&folders.config).is_err());
    assert_eq!(Store::new(folders.recovery()).found(), []);
    assert_eq!(Versions::new(folders.versions()).list(path), []);
    assert_eq!(Settings::load(&folders.config), Settings::default());
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn versions_are_kept_in_order_and_pruned() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("me.cv.ron");
    let other = root.path().join("other.cv.ron");
    let limits = Limits { versions: 4, age: 100, document: 30, all: 40 };
    let folder = root.path().join("versions");
    let versions = Versions::new(folder.clone()).with_limits(limits);
    let kept = |path: &Path| -> Vec<String> {
        let read = |version| versions.read(&version).unwrap();
        versions.list(path).into_iter().map(read).collect()
    };
    assert_eq!(kept(&path), Vec::<String>::new());
    for (text, time, expected) in [
        ("a", 1_000, &["a"][..]),
        ("a", 1_001, &["a"]),
        ("b", 1_001, &["b", "a"]),
        // Several in one second stay in their order.
        ("a", 1_001, &["a", "b", "a"]),
        ("c", 1_001, &["c", "a", "b", "a"]),
        ("d", 1_001, &["d", "c", "a", "b"]),
        // By age.
        ("e", 1_102, &["e"]),
        // By size, but the newest stays.
        ("twenty bytes of text", 1_103, &["twenty bytes of text", "e"]),
        ("ten bytes.", 1_104, &["ten bytes.", "twenty bytes of text"]),
        ("thirty and three bytes of a text.", 1_105, &["thirty and three bytes of a text."]),
    ] {
        versions.keep(&path, text.as_bytes(), time).unwrap();
        assert_eq!(kept(&path), expected, "{text} at {time}");
    }
    assert_eq!((versions.list(&path)[0].time, versions.list(&path)[0].bytes), (1_105, 33));
    // All together: the oldest goes, whosever it is.
    versions.keep(&other, b"eight by", 1_106).unwrap();
    assert_eq!((kept(&path).len(), kept(&other).len()), (0, 1));
    fs::write(&path, "x").unwrap();
    versions.keep(&path, b"x", 1_107).unwrap();
    assert_eq!((kept(&path).len(), kept(&other).len()), (1, 1));
    // The same file by another way.
    assert_eq!(kept(&root.path().join("versions/../me.cv.ron")), ["x"]);
    versions.forget(&path).unwrap();
    assert_eq!((kept(&path).len(), kept(&other).len()), (0, 1));
    versions.forget_all().unwrap();
    assert_eq!(files(&folder), Vec::<PathBuf>::new());
    // A file where the folder should be is said, and nothing else happens.
    let blocked = Versions::new(path.clone());
    assert!(blocked.keep(&path, b"x", 1).is_err() && blocked.list(&path).is_empty());
}

#[test]
fn a_version_with_a_name_stays() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("me.cv.ron");
    let limits = Limits { versions: 2, age: 100, document: 3, all: 3 };
    let folder = root.path().join("versions");
    let versions = Versions::new(folder.clone()).with_limits(limits);
    versions.keep(&path, b"sent", 1_000).unwrap();
    let sent = versions.list(&path)[0].clone();
    assert_eq!(versions.name(&sent, " sent to\nthe institute ").unwrap(), "sent to the institute");
    for (text, time) in [("a", 1_001), ("b", 1_002), ("c", 5_000)] {
        versions.keep(&path, text.as_bytes(), time).unwrap();
    }
    let names: Vec<String> = versions.list(&path).into_iter().map(|v| v.name).collect();
    assert_eq!(names, ["", "sent to the institute"]);
    // A name that is damaged or too long is none, or is cut; the version is there.
    let name = files(&folder).into_iter().find(|file| file.extension().unwrap() == "name").unwrap();
    fs::write(&name, b"\xFF\x00").unwrap();
    assert_eq!(versions.list(&path)[1].name, "");
    fs::write(&name, "ab ".repeat(1_000)).unwrap();
    assert!(versions.list(&path)[1].name.len() <= 80);
    // Without a name it goes like the others.
    versions.name(&sent, "").unwrap();
    versions.keep(&path, b"d", 5_001).unwrap();
    assert_eq!(versions.list(&path).len(), 2);
    assert_eq!(files(&folder).len(), 2);
    versions.name(&versions.list(&path)[0], "x").unwrap();
    versions.forget(&path).unwrap();
    assert_eq!(files(&folder), Vec::<PathBuf>::new());
}

#[test]
fn the_usual_limits_hold() {
    let root = tempfile::tempdir().unwrap();
    let versions = Versions::new(root.path().to_owned());
    let path = Path::new("/nowhere/me.cv.ron");
    for i in 0..60_u64 {
        versions.keep(path, i.to_string().as_bytes(), 1_000 + i).unwrap();
    }
    let times: Vec<u64> = versions.list(path).iter().map(|version| version.time).collect();
    assert_eq!(times, (1_010..1_060).rev().collect::<Vec<_>>());
    versions.keep(path, b"later", 1_055 + 30 * 24 * 60 * 60).unwrap();
    assert_eq!(versions.list(path).len(), 6);
}

#[test]
fn settings_survive_and_are_lenient() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("config");
    assert_eq!(Settings::load(&folder), Settings::default());
    let mut settings = Settings {
        mode: Mode::Dark,
        scale: 1.25,
        window: Some((900.0, 600.0)),
        position: Some((40.0, 30.0)),
        ..Settings::default()
    };
    settings.silenced.insert("comments".to_owned());
    for i in 0..60 {
        let path = PathBuf::from(format!("/cv/{i}.cv.ron"));
        settings.touch(&path, i);
        settings.exported(Some(&path), &PathBuf::from(format!("/pdf/{i}.pdf")));
    }
    settings.touch(Path::new("/cv/50.cv.ron"), 99);
    settings.forget(Path::new("/cv/58.cv.ron"));
    settings.exported(None, Path::new("/out/new.pdf"));
    settings.save(&folder).unwrap();
    let loaded = Settings::load(&folder);
    assert_eq!(loaded, settings);
    let recent: Vec<u64> = loaded.recent.iter().map(|recent| recent.time).collect();
    assert_eq!(recent, [99, 59, 57, 56, 55, 54, 53, 52, 51, 49, 48]);
    assert_eq!(loaded.export_of(Path::new("/cv/59.cv.ron")), Some(Path::new("/pdf/59.pdf")));
    assert_eq!(loaded.export_of(Path::new("/cv/9.cv.ron")), None);
    assert_eq!(loaded.open_folder.as_deref(), Some(Path::new("/cv")));
    assert_eq!(loaded.export_folder.as_deref(), Some(Path::new("/out")));

    let file = folder.join("settings.ron");
    let load = |text: &str| {
        fs::write(&file, text).unwrap();
        Settings::load(&folder)
    };
    let odd = "(mode: Light, ink: Some((1, [Blue])), scale: 900.0, split: NaN, window: (0.0, 5.0))";
    let expected = Settings { mode: Mode::Light, scale: 4.0, ..Settings::default() };
    assert_eq!(load(odd), expected);
    assert!(!folder.join("settings.ron.bad").exists());
    assert_eq!(load("(mode: Li"), Settings::default());
    assert_eq!(fs::read_to_string(folder.join("settings.ron.bad")).unwrap(), "(mode: Li");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert_eq!(Settings::load(&folder), Settings::default());
    assert!(settings.save(&folder).is_err());
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_no_text_do_not_stop_saving() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let root = tempfile::tempdir().unwrap();
    let odd = PathBuf::from(OsStr::from_bytes(b"/cv/\xFF.cv.ron"));
    let mut settings = Settings::default();
    settings.touch(Path::new("/cv/a.cv.ron"), 1);
    settings.touch(&odd, 2);
    settings.save(root.path()).unwrap();
    assert_eq!((settings.recent.len(), Settings::load(root.path()).recent.len()), (2, 1));
    let mut store = Store::new(root.path().join("recovery"));
    store.keep(&Key::of(&odd), &Entry { path: Some(&odd), ..entry("x", 1) }).unwrap();
    drop(store);
    let found = Store::new(root.path().join("recovery")).found();
    assert_eq!((found.len(), found[0].text.as_str(), found[0].path.clone()), (1, "x", None));
}

#[test]
fn changes_from_outside_are_seen() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("me.cv.ron");
    let touch = |second: u64| {
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(second)).unwrap();
    };
    let mut document = Document::fresh(named("Ada"));
    assert_eq!(document.changed_outside(&path), Change::Gone);
    assert_eq!(document.save_as(&path, None).unwrap().replaced, None);
    assert_eq!(document.changed_outside(&path), Change::Same);
    touch(9);
    assert_eq!(document.changed_outside(&path), Change::Same);
    // As long as before, and other.
    fs::write(&path, text("Eve")).unwrap();
    touch(10);
    assert_eq!(document.changed_outside(&path), Change::Changed);
    assert!(document.save(&path, None).is_err());
    document.accept_outside(&path).unwrap();
    assert_eq!(document.changed_outside(&path), Change::Same);
    // What comes after that was not accepted.
    let later = text("Eve Sample");
    fs::write(&path, &later).unwrap();
    assert!(document.save(&path, None).is_err());
    document.accept_outside(&path).unwrap();
    assert_eq!(document.save(&path, None).unwrap().replaced, Some(later.into_bytes()));
    assert_eq!(fs::read_to_string(&path).unwrap(), text("Ada"));
    assert_eq!(document.save(&path, None).unwrap().replaced, None);

    fs::remove_file(&path).unwrap();
    assert_eq!(document.changed_outside(&path), Change::Gone);
    // Nobody else's work is lost by writing it again.
    assert_eq!(document.save(&path, None).unwrap().replaced, None);
    assert_eq!(fs::read_to_string(&path).unwrap(), text("Ada"));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(document.changed_outside(&path), Change::Unreadable);
    assert!(document.accept_outside(&path).is_err());
}

#[test]
fn saved_under_another_name_the_comments_go_along() {
    let root = tempfile::tempdir().unwrap();
    let (path, copy) = (root.path().join("me.cv.ron"), root.path().join("copy.cv.ron"));
    let old = "Profile(
    person: (name: \"Ada\"), // me
    sections: [
        /* inner */ List(entries: [(text: \"x\")]),
        Text(entries: [(text: \"y\")]),
    ],
)";
    fs::write(&path, old).unwrap();
    fs::write(&copy, text("somebody")).unwrap();
    let mut document = Document::open(&path).unwrap();
    document.profile.sections.remove(0);
    let saved = document.save_as(&copy, None).unwrap();
    assert_eq!(saved.replaced, Some(text("somebody").into_bytes()));
    // The comment that is lost stands in the first file, which was not touched.
    assert_eq!(saved.findings.len(), 1);
    assert_eq!(saved.findings[0].hint, "the file that it was opened from still has it");
    assert_eq!(files(root.path()), [copy.clone(), path.clone()]);
    assert!(fs::read_to_string(&copy).unwrap().contains("// me"));
    assert_eq!(fs::read_to_string(&path).unwrap(), old);
    // From now on the copy is its file.
    document.profile.person.headline = "x".to_owned();
    document.save(&copy, None).unwrap();
    assert!(document.save(&path, None).is_err());

    // Over what another program made of it, the text that was opened is kept beside.
    let mut document = Document::open(&path).unwrap();
    document.profile.sections.remove(0);
    fs::write(&path, text("Eve")).unwrap();
    document.accept_outside(&path).unwrap();
    let saved = document.save(&path, None).unwrap();
    assert_eq!(saved.replaced, Some(text("Eve").into_bytes()));
    assert_eq!(fs::read_to_string(root.path().join("me.cv.ron.old")).unwrap(), old);
}

#[test]
fn a_newer_file_is_saved_only_as_a_copy() {
    let root = tempfile::tempdir().unwrap();
    let (path, copy) = (root.path().join("new.cv.ron"), root.path().join("copy.cv.ron"));
    fs::write(&path, "Profile(format: 9, person: (name: \"Ada\", aura: Blue))").unwrap();
    let mut document = Document::open(&path).unwrap();
    assert!(matches!(document.save_as(&path, None), Err(Error::Newer(_))));
    document.save_as(&copy, None).unwrap();
    assert!(!document.read_only);
    let again = Document::open(&copy).unwrap();
    assert!(!again.read_only && fs::read_to_string(&copy).unwrap().contains("aura: Blue"));
    assert_eq!(again.profile, document.profile);
}

#[test]
fn a_clone_is_saved_while_the_window_goes_on() {
    fn is_movable<T: Send + Clone + 'static>(_: &T) {}
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("me.cv.ron");
    fs::write(&path, "Profile(person: (name: \"Ada\")) // mine").unwrap();
    let mut document = Document::open(&path).unwrap();
    is_movable(&document);
    document.profile.person.name = "Ada Example".to_owned();
    let mut clone = document.clone();
    let target = path.clone();
    let saving = thread::spawn(move || {
        clone.save(&target, None).unwrap();
        clone
    });
    document.profile.person.headline = "typed meanwhile".to_owned();
    document.take_over(saving.join().unwrap());
    assert_eq!(document.changed_outside(&path), Change::Same);
    assert!(fs::read_to_string(&path).unwrap().contains("Ada Example"));
    document.save(&path, None).unwrap();
    let saved = fs::read_to_string(&path).unwrap();
    assert!(saved.contains("typed meanwhile") && saved.contains("// mine"));
}

#[test]
fn the_folders_of_the_user_bear_the_name_of_the_program() {
    // A user without a home has none.
    if let Some(folders) = Folders::of_user() {
        for folder in [&folders.state, &folders.config, &folders.copies()] {
            assert!(folder.to_string_lossy().to_lowercase().contains("vitae"), "{folder:?}");
        }
    }
}

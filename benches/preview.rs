//! How long it takes from a keystroke to the pixels of the new page, and from a zoom to those of
//! the old one.
//!
//! Wall times are those of a thread beside the window's. The CPU time of the whole process is
//! printed beside them: it does not depend on what else the machine does.

#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot run shall stop, and prints what it found"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use std::{
    fs,
    sync::{Arc, mpsc},
    time::Duration,
};
use vitae::{
    app::preview::{Answer, Job, Preview, Shown, Thumbnail, Timings, View},
    look::Look,
    profile::Profile,
    section::Section,
    store::Document,
    theme::Theme,
    typeset::Source,
};

const PHD: &str = include_str!("../profiles/phd-systems.cv.ron");
/// Width of the page in pixels.
const PIXELS: f32 = 1200.0;

/// A preview that can be waited for.
struct Waiting {
    preview: Preview,
    woken: mpsc::Receiver<()>,
}

impl Waiting {
    fn new() -> Self {
        let (wake, woken) = mpsc::channel();
        let preview = Preview::new(
            Source::Embedded,
            Arc::new(move || {
                wake.send(()).ok();
            }),
        );
        Self { preview, woken }
    }

    fn next(&mut self) -> Answer {
        self.woken.recv_timeout(Duration::from_secs(20)).unwrap();
        self.preview.poll().unwrap()
    }

    fn show(&mut self, job: &Job) -> Box<Shown> {
        self.preview.show(job.clone()).unwrap();
        match self.next() {
            Answer::Shown(shown) => shown,
            other => panic!("{other:?}"),
        }
    }
}

fn job() -> Job {
    let profile = Document::from_text("phd", PHD).unwrap().profile;
    let view = View { pages: 0..1, scale: 2.0 };
    Job {
        revision: 0,
        profile: Arc::new(profile),
        variant: None,
        top: Look::default(),
        photo: None,
        view,
        surface: 0,
    }
}

/// The first highlight.
fn first(job: &mut Job) -> &mut String {
    let profile = Arc::make_mut(&mut job.profile);
    let bullet = profile.sections.iter_mut().find_map(|section| match section {
        Section::Experience(list) => list.entries.first_mut()?.bullets.first_mut(),
        _ => None,
    });
    &mut bullet.unwrap().text
}

/// The next keystroke in the first highlight.
fn typed(job: &mut Job) {
    job.revision += 1;
    let back = job.revision.is_multiple_of(8);
    let text = first(job);
    if back {
        text.truncate(text.len() - 7);
    } else {
        text.push('n');
    }
}

/// A pasted line, and every other time the same taken back: all that stands below moves.
fn pasted(job: &mut Job) {
    const LINE: &str = " and more words that were pasted behind what was there, long enough to fill more than \
                        one line of the page at the size and in the type that it is set in";
    job.revision += 1;
    let text = first(job);
    match text.strip_suffix(LINE).map(str::to_owned) {
        Some(before) => *text = before,
        None => text.push_str(LINE),
    }
}

/// CPU time of all threads up to now, as Linux counts it; zero elsewhere.
fn cpu() -> Duration {
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let spent = |task: fs::DirEntry| {
        let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(tasks.filter_map(spent).sum())
}

/// From a change to the pixels, with the share of each step.
fn changes(
    c: &mut Criterion,
    waiting: &mut Waiting,
    job: &mut Job,
    what: &str,
    change: fn(&mut Job),
) {
    let (mut timings, mut spent) = (vec![], vec![]);
    c.bench_function(&format!("phd: {what} to the page at 1200 px"), |b| {
        b.iter(|| {
            let before = cpu();
            change(job);
            timings.push(waiting.show(job).timings);
            spent.push(cpu().saturating_sub(before));
        });
    });
    let step = |step: fn(&Timings) -> Duration| median(timings.iter().map(step));
    println!(
        "median CPU {:?}; median wall: set and check {:?}, write {:?}, draw {:?}\n",
        median(spent.iter().copied()),
        step(|t| t.set),
        step(|t| t.write),
        step(|t| t.draw)
    );
}

/// The middle one; zero where there are none, for another bench was asked for.
fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<_> = times.collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn preview(c: &mut Criterion) {
    let mut waiting = Waiting::new();
    let mut job = job();
    let size = waiting.show(&job).sizes[0];
    job.view.scale = PIXELS / size.x;
    changes(c, &mut waiting, &mut job, "a keystroke", typed);
    let mut other = Job { revision: 1_000_000, ..self::job() };
    other.view.scale = job.view.scale;
    changes(c, &mut waiting, &mut other, "a line more or less", pasted);
    let near = job.view.scale;
    c.bench_function("phd: a zoom to the page at 1200 px", |b| {
        b.iter(|| {
            job.view.scale = if job.view.scale > near { near } else { near * 1.0001 };
            waiting.show(&job)
        });
    });
    c.bench_function("phd: a zoom to the page at 2400 px", |b| {
        b.iter(|| {
            job.view.scale = 2.0 * if job.view.scale > 2.0 * near { near } else { near * 1.0001 };
            waiting.show(&job)
        });
    });
    let thumbnail = |name: &str, profile: &Arc<Profile>| Thumbnail {
        name: name.to_owned(),
        profile: Arc::clone(profile),
        variant: None,
        top: Look { theme: name.to_owned(), ..Look::default() },
        photo: None,
        width: 240,
    };
    let themes: Vec<_> = Theme::names().map(|name| thumbnail(name, &job.profile)).collect();
    c.bench_function("phd: a thumbnail of every theme", |b| {
        b.iter(|| {
            waiting.preview.thumbnails(themes.clone()).unwrap();
            for _ in &themes {
                waiting.next();
            }
        });
    });
}

criterion_group!(benches, preview);
criterion_main!(benches);

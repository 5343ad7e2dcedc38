//! How long the stages take, from a profile in memory to the bytes of its PDF.
//!
//! `cargo bench` prints wall times; compare figures only within one run.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run shall stop")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::{collections::BTreeSet, hint::black_box};
use vitae::{
    check::{self, Checked},
    export::{self, Inside, Order, Output},
    look::{Look, PageLimit, Style},
    pdf::{self, Compression, Metadata, Options},
    profile::Profile,
    section::{Entries, Publication, Section},
    spelling::{English, Language, Own, Speller},
    store::{Document, new_text},
    theme,
    typeset::{Source, Typeset, Typesetter},
};

const DENSE: &str = include_str!("../profiles/undergrad-dense.cv.ron");

fn dense() -> (Profile, Style) {
    let profile = Document::from_text("dense", DENSE).unwrap().profile;
    let style = theme::style(&profile, None, &Look::default()).0;
    (profile, style)
}

fn bytes(typeset: &Typeset, compression: Compression) -> Vec<u8> {
    let meta = Metadata { title: "CV".into(), language: "en".into(), ..Metadata::default() };
    pdf::write(&typeset.pages, &meta, &Options { compression, ..Options::default() }).unwrap()
}

/// The profile with its first highlight changed, differently each time.
fn edited(profile: &mut Profile, count: &mut usize) {
    *count += 1;
    let experience = profile.sections.iter_mut().find_map(|s| match s {
        Section::Experience(list) => Some(list),
        _ => None,
    });
    let bullet = experience.and_then(|list| list.entries.first_mut()?.bullets.first_mut());
    bullet.unwrap().text =
        format!("Designed fingertip number {count} with four contact microphones");
}

fn publications(count: usize) -> Profile {
    let entries = (0..count).map(|i| Publication {
        title: format!("A study of the number {i} and of what lies between it and the next"),
        authors: ["A. Example", "Wei Zhang†", "Ada Northgate*"].map(Into::into).to_vec(),
        venue: "Journal of Invented Results".into(),
        date: "2024".into(),
        doi: format!("10.5555/{i}"),
        ..Publication::default()
    });
    let entries = Entries { entries: entries.collect(), ..Entries::default() };
    let look = Look { pages: Some(PageLimit::Any), ..Look::default() };
    Profile { sections: vec![Section::Publications(entries)], look, ..Profile::default() }
}

fn stages(c: &mut Criterion) {
    let (mut profile, style) = dense();
    c.bench_function("dense: fonts, compose, shape, fit, place", |b| {
        b.iter(|| Typesetter::new(Source::Embedded).set(&profile, None, &style));
    });
    let mut prepared = Typesetter::new(Source::Embedded).prepare(&profile, None, &style);
    c.bench_function("dense: fit a shaped page anew", |b| b.iter(|| prepared.fit(&style)));
    let typeset = Typesetter::new(Source::Embedded).set(&profile, None, &style);
    c.bench_function("dense: pages to PDF, fast", |b| {
        b.iter(|| bytes(&typeset, Compression::Fast));
    });
    c.bench_function("dense: pages to PDF, small", |b| {
        b.iter(|| bytes(&typeset, Compression::Small));
    });
    let mut typesetter = Typesetter::new(Source::Embedded);
    let mut count = 0;
    c.bench_function("dense: one highlight edited to new PDF bytes", |b| {
        b.iter(|| {
            edited(&mut profile, &mut count);
            bytes(&typesetter.set(&profile, None, &style), Compression::Fast)
        });
    });
}

fn exports(c: &mut Criterion) {
    let (profile, _) = dense();
    let top = Look::default();
    for output in Output::all().filter(|output| output.inside != Some(Inside::All)) {
        let order =
            Order { output, variant: None, top: &top, photo: None, whole: "", anyway: true };
        c.bench_function(&format!("dense: profile to {}", output.name()), |b| {
            b.iter(|| export::file(&mut Typesetter::new(Source::Embedded), &profile, &order));
        });
    }
}

fn documents(c: &mut Criterion) {
    // About 100 kB: several times what the longest CV has.
    let (mut profile, style) = dense();
    let sections = profile.sections.clone();
    while new_text(&profile).unwrap().len() < 100_000 {
        profile.sections.extend(sections.clone());
    }
    let text = new_text(&profile).unwrap();
    c.bench_function(&format!("{} kB: open and check", text.len() / 1000), |b| {
        b.iter(|| {
            let document = Document::from_text("large", black_box(&text)).unwrap();
            check::run(&Checked::new(&document.profile, None, &style))
        });
    });
    let mut group = c.benchmark_group("publications: open, check, paginate");
    group.sample_size(10);
    for count in [1_250, 2_500, 5_000] {
        let text = new_text(&publications(count)).unwrap();
        group.bench_function(count.to_string(), |b| {
            b.iter_batched(
                || Typesetter::new(Source::Embedded),
                |mut typesetter| {
                    let document = Document::from_text("many", &text).unwrap();
                    let style = theme::style(&document.profile, None, &Look::default()).0;
                    let found = check::run(&Checked::new(&document.profile, None, &style));
                    (typesetter.set(&document.profile, None, &style), found)
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// The words of a whole CV: looked up anew, and with one highlight edited.
fn spelling(c: &mut Criterion) {
    let (mut profile, _) = dense();
    let own = Own::of(&profile, &BTreeSet::new());
    c.bench_function("dense: dictionary read, spelling of all", |b| {
        b.iter(|| Speller::new(Language::English, English::Any).check(&profile, &own));
    });
    c.bench_function("dense: spelling of all", |b| {
        b.iter_batched(
            || Speller::new(Language::English, English::Any),
            |mut speller| (speller.check(&profile, &Own::of(&profile, &BTreeSet::new())), speller),
            BatchSize::PerIteration,
        );
    });
    let mut speller = Speller::new(Language::English, English::Any);
    let mut count = 0;
    c.bench_function("dense: spelling after one highlight was edited", |b| {
        b.iter(|| {
            edited(&mut profile, &mut count);
            speller.check(&profile, &Own::of(&profile, &BTreeSet::new()))
        });
    });
    c.bench_function("a suggestion", |b| b.iter(|| speller.suggest(black_box("recieved"))));
}

criterion_group!(benches, stages, exports, documents, spelling);
criterion_main!(benches);

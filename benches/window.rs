//! A frame of the window while typing, without the painting: layout, forms, shortcuts,
//! accessibility tree. Run by `cargo bench --bench window`.

#![expect(clippy::unwrap_used, reason = "a bench stops at what is not as expected")]

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::egui::{Event, Key, vec2};
use egui_kittest::Harness;
use vitae::{
    app::{App, Screen, doc::Doc, view::Tab},
    at::At,
    section::{Entries, Publication, Section},
    store::Document,
    typeset::Source,
    ui::Window,
};

/// A window with `count` papers, the caret in the title of the first one, and the page hidden or
/// shown.
fn window(count: usize, page_shown: bool) -> Harness<'static, Window> {
    let text = vitae::sample::text("phd-systems").unwrap();
    let mut profile = Document::from_text("sample", text).unwrap().profile;
    let paper = |i: usize| Publication {
        title: format!("Paper number {i} on a subject that takes a line to say"),
        date: (1990 + i % 36).to_string(),
        ..Publication::default()
    };
    let entries = (0..count).map(paper).collect();
    profile.sections.insert(0, Section::Publications(Entries { entries, ..Entries::default() }));
    let mut doc = Doc::new(Document::fresh(profile), None);
    doc.view.tab = Tab::Section(0);
    let first = At::root().field("sections").index(0).field("entries").index(0);
    doc.view.go_to(&first.field("title"), Some(0));
    let app = App { screen: Screen::Editor(Box::new(doc)), page_shown, ..App::default() };
    let mut harness = Harness::builder()
        .with_size(vec2(1380.0, 860.0))
        .allow_missing_glyphs()
        .build_eframe(|creation| Window::with_fonts(&creation.egui_ctx, app, Source::Embedded));
    for _ in 0..8 {
        harness.step();
    }
    harness
}

fn frames(c: &mut Criterion) {
    for (name, count) in [("20 papers", 20), ("2000 papers", 2000)] {
        let mut harness = window(count, true);
        c.bench_function(&format!("frame while typing: {name}"), |b| {
            let mut typed = false;
            b.iter(|| {
                // A letter comes, and goes again, so that the title stays as long as it is.
                match typed {
                    false => harness.event(Event::Text("x".to_owned())),
                    true => harness.key_press(Key::Backspace),
                }
                typed = !typed;
                harness.step();
            });
        });
    }
}

criterion_group! { name = all; config = Criterion::default().sample_size(20); targets = frames }
criterion_main!(all);

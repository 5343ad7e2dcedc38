//! How long foreign files take to come in.
//!
//! `cargo bench --bench import` prints wall times; compare figures only within one run.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run shall stop")]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use vitae::{
    interchange::{self, merge},
    profile::Profile,
};

/// A bibliography of so many entries with what real ones have: accents, maths, names in both forms,
/// an abstract.
fn bibliography(entries: usize) -> String {
    let entry = |i: usize| {
        format!(
            "@inproceedings{{key{i},\n  author = {{Northgate, Ada and {{\\'E}}variste {{\\L}}{{\\'o}}d{{\\'z}} and Wei Zhang$^{{\\dagger}}$ and \
             Wong, Jeffrey T. H.}},\n  title = {{On the Number {{{i}}} and $O(n \\log n)$ Things that Come Next}},\n  \
             booktitle = {{Advances in Neural Information Processing Systems}},\n  volume = {{{}}},\n  pages = {{{i}--{}}},\n  \
             year = {{2024}},\n  month = dec,\n  url = {{https://example.org/papers/{i}}},\n  doi = {{10.5555/{i}}},\n  \
             eprint = {{2401.{:05}}},\n  archivePrefix = {{arXiv}},\n  abstract = {{{}}},\n  keywords = {{numbers, things}},\n}}\n\n",
            i % 40,
            i + 12,
            i % 100_000,
            "What comes after a number is most often another number. ".repeat(12)
        )
    };
    (0..entries).map(entry).collect()
}

fn import(c: &mut Criterion) {
    let mut group = c.benchmark_group("import bibliography");
    for entries in [125, 10_000] {
        let text = bibliography(entries);
        let papers = interchange::read(text.as_bytes(), None)
            .unwrap()
            .1
            .profile
            .sections
            .first()
            .unwrap()
            .count();
        assert_eq!(papers, entries);
        group.sample_size(10);
        group.bench_function(format!("{entries} entries"), |b| {
            b.iter(|| interchange::read(black_box(text.as_bytes()), None).unwrap());
        });
        let (_, mut import) = interchange::read(text.as_bytes(), None).unwrap();
        group.bench_function(format!("{entries} entries, merged into a profile"), |b| {
            b.iter(|| {
                let mut profile = Profile::default();
                let plan = merge::plan(&profile, black_box(&mut import));
                merge::apply(&mut profile, &import, &plan);
                profile
            });
        });
    }
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);

//! Files that have been damaged, at every door that files come in by: whatever they hold, nothing
//! panics, and what was understood can be saved and opened again.
//!
//! The same targets run under libFuzzer (`fuzz`). Here each of them gets a number of changed golden
//! files, the same ones every time; with `MUTATE_SECONDS` each gets as many as fit into that time,
//! and with `MUTATE_ONLY=name` only that one runs.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test; damaged files are for whoever mends it"
)]

use std::{
    env, fs,
    io::{Cursor, Read as _, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};
use targets::{TARGETS, Target};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

#[path = "../../fuzz/targets.rs"]
mod targets;

/// Larger files only make it slower.
const LARGEST: usize = 64 * 1024;
/// No file of that size may take longer, here without optimisation.
const SLOWEST: Duration = Duration::from_secs(30);

/// What means something in one of the formats.
const WORDS: &[&[u8]] = &[
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b"(",
    b")",
    b"\"",
    b"'",
    b"<",
    b">",
    b"</",
    b"<!--",
    b"&#x",
    b"&amp;",
    b"$",
    b"$$",
    b"%",
    b"#",
    b"r#\"",
    b"//",
    b"/*",
    b"*/",
    b"\\input{x}",
    b"\\def\\a{\\a\\a}",
    b"\\begin{",
    b"\\end{",
    b"@",
    b"@string{",
    b",",
    b":",
    b"- ",
    b"\t",
    b"\r",
    b"\n\n",
    b"\0",
    b"null",
    b"true",
    b"NaN",
    b"1e999",
    b"-1",
    b"18446744073709551616",
    b"Some(",
    b"show: Never",
    b"stream",
    b"endobj",
    b"obj",
    b"<<",
    b">>",
    b"R",
    b"xref",
    b"&a *a",
    b"!!",
    b"|",
    b">-",
    b"TY  - ",
    b"ER  - ",
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "é".as_bytes(),
    "𝔸".as_bytes(),
    "张".as_bytes(),
    b"\xff\xfe",
    b"\xc3",
    b"2021-13",
    b"present",
    b"**",
    b"_",
    b"|---|",
    b"```",
];

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn of(name: &str, number: u32) -> Self {
        let mut chance = Self(0xCBF2_9CE4_8422_2325);
        for byte in name.bytes().chain(number.to_le_bytes()) {
            chance.0 = (chance.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        chance
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    fn range(&mut self, len: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(len + 1);
        let end = (start + 1 + self.below(most)).min(len);
        start..end
    }
}

/// Some changes of some bytes; `other` lends a part of itself.
fn changed(mut bytes: Vec<u8>, other: &[u8], chance: &mut Chance) -> Vec<u8> {
    for _ in 0..1 + chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(9) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << chance.below(8);
                }
            }
            1 => {
                let value = [0, 1, 0x7F, 0x80, 0xFF, b' ', b'\n'][chance.below(7)];
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = value);
            }
            2 => drop(bytes.drain(chance.range(bytes.len(), 200))),
            3 => {
                let part = bytes[chance.range(bytes.len(), 200)].to_vec();
                let times = 1 + chance.below(3) * chance.below(20);
                bytes.splice(at..at, part.repeat(times));
            }
            4 => {
                let part = other[chance.range(other.len(), 400)].to_vec();
                bytes.splice(at..at, part);
            }
            5 => bytes.truncate(at),
            6 => {
                // A number becomes a larger one.
                let digit = bytes.iter().skip(at).position(u8::is_ascii_digit);
                if let Some(digit) = digit {
                    bytes.splice(at + digit..at + digit, *b"99999");
                }
            }
            _ => {
                let word = WORDS[chance.below(WORDS.len())];
                let times = if chance.below(20) == 0 { 200 } else { 1 };
                bytes.splice(at..at, word.repeat(times));
            }
        }
    }
    bytes.truncate(2 * LARGEST);
    bytes
}

/// The same for an archive: a part of it changes, and it stays one.
fn changed_inside(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let which = chance.below(archive.len());
    let mut out = ZipWriter::new(Cursor::new(vec![]));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let (name, mut inside) = (part.name().ok()?.into_owned(), vec![]);
        part.read_to_end(&mut inside).ok()?;
        if index == which {
            inside = changed(inside, other, chance);
        }
        out.start_file(name, SimpleFileOptions::default()).ok()?;
        out.write_all(&inside).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// All files below a folder that end so, in the order of their names.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![];
    for (folder, ending) in target.seeds {
        files(&root.join(folder), ending, &mut found);
    }
    let seeds: Vec<Vec<u8>> = found.iter().map(|path| fs::read(path).unwrap()).collect();
    let seeds: Vec<_> = seeds.into_iter().filter(|seed| seed.len() <= LARGEST).collect();
    assert!(!seeds.is_empty(), "{} has no seeds", target.name);
    seeds
}

/// The file of that number.
fn input(target: &Target, seeds: &[Vec<u8>], number: u32) -> Vec<u8> {
    let mut chance = Chance::of(target.name, number);
    let seed = &seeds[chance.below(seeds.len())];
    let other = &seeds[chance.below(seeds.len())];
    let inside = (chance.below(4) > 0).then(|| changed_inside(seed, other, &mut chance)).flatten();
    inside.unwrap_or_else(|| changed(seed.clone(), other, &mut chance))
}

/// Runs a target; what went wrong, and how many files it had.
fn mutate(target: &Target, time: Option<Duration>) -> (Vec<String>, u32) {
    let (seeds, since, mut wrong) = (seeds(target), Instant::now(), vec![]);
    let mut number = 0;
    loop {
        let ends = match time {
            Some(time) => since.elapsed() >= time,
            None => number >= target.usual,
        };
        if ends || wrong.len() > 5 {
            return (wrong, number);
        }
        let bytes = input(target, &seeds, number);
        let began = Instant::now();
        let sound = catch_unwind(AssertUnwindSafe(|| targets::run(target.name, &bytes))).is_ok();
        if !sound || began.elapsed() > SLOWEST {
            let path = env::temp_dir().join(format!("vitae-{}-{number}", target.name));
            fs::write(&path, &bytes).unwrap();
            let what = if sound { "is slow" } else { "panics" };
            wrong.push(format!("{} {what}: {}", target.name, path.display()));
        }
        number += 1;
    }
}

#[test]
fn damaged_files_do_no_harm() {
    let seconds = env::var("MUTATE_SECONDS").ok();
    let time = seconds.map(|text| Duration::from_secs_f64(text.parse().expect("seconds")));
    let only = env::var("MUTATE_ONLY").ok();
    let chosen: Vec<&Target> =
        TARGETS.iter().filter(|target| only.as_deref().is_none_or(|o| o == target.name)).collect();
    let next = AtomicUsize::new(0);
    let count = thread::available_parallelism().map_or(1, |count| count.get()).min(4);
    let wrong: Vec<String> = thread::scope(|scope| {
        let work = || {
            let mut wrong = vec![];
            while let Some(target) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                let since = Instant::now();
                let (found, tried) = mutate(target, time);
                let took = since.elapsed().as_secs_f64();
                eprintln!("{}: {tried} files in {took:.1} s", target.name);
                wrong.extend(found);
            }
            wrong
        };
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_target_is_a_program_for_libfuzzer() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    let mut programs = vec![];
    files(&fuzz.join("fuzz_targets"), "rs", &mut programs);
    let mut names = vec![];
    for path in programs {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(&format!("targets::run(\"{name}\", bytes)")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{name}");
        names.push(name);
    }
    assert_eq!(names, TARGETS.iter().map(|target| target.name).collect::<Vec<_>>());
}

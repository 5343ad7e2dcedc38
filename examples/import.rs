//! From a file of another program to a profile: what `vitae import` does, by the library.
//!
//! `cargo run --example import -- papers.bib me.cv.ron`

#![expect(clippy::print_stdout, reason = "a program that says what it did")]

use std::{env, error::Error, fs, path::Path};
use vitae::{
    interchange::{self, merge},
    profile::Profile,
    store::{Document, beside::Neighbours},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(foreign), Some(profile)) = (arguments.next(), arguments.next()) else {
        return Err("usage: import FILE PROFILE".into());
    };
    let bytes = fs::read(&foreign)?;
    let file = Path::new(&foreign);
    let neighbours = Neighbours::of(file);
    let (format, mut import) =
        interchange::read_beside(&bytes, Some(file), &|name: &str| neighbours.file(name))?;
    let mut document = Document::fresh(Profile::default());
    // The plan says what would come in, before anything does: here all of it is taken.
    let plan = merge::plan(&document.profile, &mut import);
    merge::apply(&mut document.profile, &import, &plan);
    let (new, _) = plan.counts();
    println!("{new} entries from {}", format.name);
    // What was guessed and what has no place in a profile is told, never dropped.
    for finding in &import.report.findings {
        println!("{}: {}", finding.code, finding.message);
    }
    document.save_as(Path::new(&profile), None)?;
    Ok(())
}

//! From a profile to a PDF: what `vitae export` does, by the library.
//!
//! `cargo run --example export -- profiles/phd-systems.cv.ron page.pdf`

#![expect(clippy::print_stdout, reason = "a program that says what it did")]

use std::{env, error::Error, path::Path};
use vitae::{
    export::{self, Order, Output},
    look::Look,
    store::{Document, atomic, photo},
    typeset::{Source, Typesetter},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(profile), Some(pdf)) = (arguments.next(), arguments.next()) else {
        return Err("usage: export PROFILE PDF".into());
    };
    let document = Document::open(Path::new(&profile))?;
    let person = &document.profile.person;
    let photo = photo::load(&person.photo, Path::new(&profile).parent()).ok().flatten();
    // The same order as in the window and on the command line, so the bytes are the same, too.
    let order = Order {
        output: Output::PDF,
        variant: None,
        top: &Look::default(),
        photo: photo.as_ref(),
        whole: "",
        anyway: false,
    };
    let mut typesetter = Typesetter::new(Source::System);
    let file = export::file(&mut typesetter, &document.profile, &order);
    for finding in document.findings.iter().chain(&file.findings) {
        println!("{}: {}", finding.code, finding.message);
    }
    atomic::write(Path::new(&pdf), &file.bytes?, atomic::Safety::default())?;
    Ok(())
}

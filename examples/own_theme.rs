//! A theme of one's own: a look laid over a profile, as a theme file does it, and the fit that
//! comes of it.
//!
//! `cargo run --example own_theme -- profiles/phd-systems.cv.ron page.pdf`

#![expect(clippy::print_stdout, reason = "a program that says what it did")]

use std::{env, error::Error, path::Path};
use vitae::{
    export,
    look::Look,
    store::{Document, atomic},
    typeset::{Source, Typesetter},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(profile), Some(pdf)) = (arguments.next(), arguments.next()) else {
        return Err("usage: own_theme PROFILE PDF".into());
    };
    let document = Document::open(Path::new(&profile))?;
    // Lengths are in millimetres, sizes of type in points. What a look does not set comes from the
    // theme that it names, so this is "compact" with wider margins and dark green headings.
    let look = Look {
        theme: "compact".into(),
        margin_x: Some(18.0),
        accent: Some("#14532d".into()),
        max_size: Some(10.5),
        ..Look::default()
    };
    let mut typesetter = Typesetter::new(Source::System);
    let made = export::make(&mut typesetter, &document.profile, None, &look);
    let fit = &made.typeset.fit;
    println!("{} of a page's height at {:.2} pt, pages: {}", fit.fill, fit.sizes.size, fit.pages);
    let bytes = export::pdf(&document.profile, None, &made.typeset, None)?;
    atomic::write(Path::new(&pdf), &bytes, atomic::Safety::default())?;
    Ok(())
}

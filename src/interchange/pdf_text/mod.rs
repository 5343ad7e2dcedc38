//! Reads the pages of a PDF as an outline: letters by the rasteriser's interpreter, words, rows,
//! columns and lines by where they stand.

mod columns;
mod device;
mod fonts;
mod furniture;
mod lines;
mod links;
mod marks;
mod tags;
mod weight;
mod words;

use self::{
    device::{Collector, Sheet},
    fonts::Fonts,
    lines::Body,
    tags::Tags,
    weight::{Scales, opens_within_bounds, unpacks_within_bounds},
    words::is_private,
};
use super::{Error, PICTURES, outline::Outline};
use hayro::{
    hayro_interpret::{
        Context, InterpreterCache, InterpreterSettings, interpret_page, util::TransformExt as _,
    },
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page::Page},
};
use kurbo::Rect;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

const NAME: &str = "PDF";
/// The largest file whose pages are read.
const LARGEST: usize = 8 * 1024 * 1024;
/// What stands in a file whose parts are locked, maybe without a password.
const LOCKED: &[u8] = b"/Encrypt";
/// How many pages are read; the longest CVs have forty.
const MOST_PAGES: usize = 40;
/// Forms lie fifty deep in each other, each some frames of the interpreter.
const STACK: usize = 32 * 1024 * 1024;
/// With fewer letters, a page with a picture is a picture of text.
const LEAST_LETTERS: usize = 16;

/// Reads what a PDF shows: lines of text in reading order, with what is seen of them.
///
/// # Errors
/// When it is no PDF, is locked, is far too large, or holds pictures of text only.
pub fn outline(bytes: &[u8]) -> Result<Outline, Error> {
    if bytes.len() > LARGEST || !unpacks_within_bounds(bytes) {
        return Err(Error::TooDeep { format: NAME });
    }
    // A thread of its own: for the depth of its stack, and so that nothing there ends the program.
    let read = thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK);
        let reader = worker.spawn_scoped(scope, || sheets(bytes)).ok()?;
        reader.join().ok()
    });
    let Read { sheets, tags, mut notes } = read.ok_or(DAMAGED)??;
    let letters: usize = sheets.iter().map(|sheet| sheet.letters.len()).sum();
    if letters < LEAST_LETTERS && sheets.iter().any(|sheet| sheet.pictures) {
        return Err(Error::Unreadable { format: NAME, message: PICTURES });
    }
    if letters == 0 {
        return Err(Error::Nothing { format: NAME });
    }
    let private = sheets.iter().flat_map(|sheet| &sheet.letters);
    let private = private.filter(|letter| letter.text.chars().any(is_private)).count();
    if private * 10 > letters {
        notes.push(format!(
            "{private} of {letters} letters of the PDF have no text behind them and cannot be read"
        ));
    }
    Ok(outlined(sheets, &tags, notes))
}

/// What was read.
struct Read {
    sheets: Vec<Sheet>,
    tags: Tags,
    notes: Vec<String>,
}

const DAMAGED: Error = unreadable("it is damaged");

const fn unreadable(message: &'static str) -> Error {
    Error::Unreadable { format: NAME, message }
}

/// What stands on the pages.
fn sheets(bytes: &[u8]) -> Result<Read, Error> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            unreadable("it is locked by a password; save a copy without one")
        }
        LoadPdfError::Decryption(_) => unreadable("it is locked in a way that is not known"),
        LoadPdfError::Invalid => unreadable("no pages are found in it"),
    })?;
    let locked = bytes.windows(LOCKED.len()).any(|window| window == LOCKED);
    if locked && !opens_within_bounds(&pdf) {
        return Err(Error::TooDeep { format: NAME });
    }
    let mut notes = vec![];
    let settings = InterpreterSettings::default();
    let cache = InterpreterCache::new();
    let fonts = Fonts::new();
    let mut collector = Collector::new(&fonts);
    let mut scales = Scales::default();
    let mut sheets = vec![];
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        notes.push(format!("only the first {MOST_PAGES} of {} pages are read", pages.len()));
    }
    for (number, page) in pages.iter().take(MOST_PAGES).enumerate() {
        let (width, height) = page.render_dimensions();
        let transform = page.initial_transform(true).to_kurbo();
        collector.begin(Sheet {
            width: width.into(),
            height: height.into(),
            object: page.raw().obj_id().map_or(0, |id| id.obj_number as i32),
            ..Sheet::default()
        });
        let whole = catch_unwind(AssertUnwindSafe(|| {
            if !scales.can_be_read(page) {
                return false;
            }
            fonts.load(page.resources(), &settings);
            collector.sheet.links = links::links(page, transform);
            interpret(page, &cache, &pdf, &settings, &mut collector);
            true
        }));
        sheets.push(collector.begin(Sheet::default()));
        let number = number + 1;
        if collector.is_full() {
            let what = "has more on it than any CV: only what comes first is read";
            notes.push(format!("page {number} {what}"));
            break;
        }
        match whole {
            Ok(true) => {}
            Ok(false) => {
                let what = "is left out: its drawing has no end, or far more than any CV";
                notes.push(format!("page {number} {what}"));
            }
            Err(_) => notes.push(format!("page {number} is damaged and was read in part")),
        }
    }
    let tags = catch_unwind(AssertUnwindSafe(|| Tags::of(&pdf))).unwrap_or_default();
    let tags = trusted(tags, &sheets);
    Ok(Read { sheets, tags, notes })
}

/// Tags say something only where they reach nearly all letters.
fn trusted(tags: Tags, sheets: &[Sheet]) -> Tags {
    let letters = || sheets.iter().flat_map(|sheet| sheet.letters.iter().map(move |l| (sheet, l)));
    let all = letters().filter(|(_, letter)| !letter.artifact).count();
    let tagged = letters()
        .filter(|(sheet, letter)| letter.mark.is_some_and(|mark| tags.knows(sheet.object, mark)));
    if tagged.count() * 10 >= all * 9 { tags } else { Tags::default() }
}

fn interpret<'a>(
    page: &'a Page<'a>,
    cache: &InterpreterCache<'a>,
    pdf: &'a Pdf,
    settings: &InterpreterSettings,
    collector: &mut Collector<'_, 'a>,
) {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), settings.clone());
    interpret_page(page, &mut context, collector);
}

/// The lines of the pages.
fn outlined(mut sheets: Vec<Sheet>, tags: &Tags, mut notes: Vec<String>) -> Outline {
    let body = Body::of(&sheets);
    let heights: Vec<f64> = sheets.iter().map(|sheet| sheet.height).collect();
    let mut placed = vec![];
    let mut turned = vec![];
    let mut recognised = false;
    for (page, sheet) in sheets.iter_mut().enumerate() {
        let mut letters = std::mem::take(&mut sheet.letters);
        // Text without ink lies over a picture of the same text, or is hidden on purpose.
        let inked = letters.iter().filter(|letter| !letter.hidden).count();
        if inked >= LEAST_LETTERS {
            letters.retain(|letter| !letter.hidden);
        } else {
            recognised |= letters.len() >= LEAST_LETTERS;
        }
        let (upright, others): (Vec<_>, Vec<_>) =
            letters.into_iter().partition(|letter| letter.turned == 0);
        for turn in 1..=3 {
            let letters = others.iter().filter(|letter| letter.turned == turn).cloned().collect();
            let blocks =
                vec![columns::Block { column: 0, rows: words::rows(words::words(letters)) }];
            turned.extend(lines::placed(&Sheet::default(), page, blocks, body, tags));
        }
        let blocks = columns::blocks(words::words(upright));
        placed.extend(lines::placed(sheet, page, blocks, body, tags));
    }
    if recognised {
        notes.push(
            "the letters were recognised in a picture by another program: read them with care"
                .to_owned(),
        );
    }
    let (text, mut furniture) = lines::lines(placed, &heights);
    furniture.extend(turned.into_iter().map(|placed| placed.line));
    Outline::new(text, furniture, notes)
}

//! How much work a PDF would make, found before any of it is done: hayro has no limits of its own.
//!
//! Three things grow without measure in a small file: what is compressed, forms that draw each
//! other, and strings of letters, which are all placed before the first of them is told.

use flate2::read::ZlibDecoder;
use hayro::hayro_syntax::{
    Pdf,
    content::UntypedIter,
    object::{Array, Dict, Name, Object, ObjectIdentifier, Stream},
    page::{Page, Resources},
};
use std::{
    collections::{HashMap, HashSet},
    io::{Read as _, copy, sink},
};

/// What one stream, and all streams together, may grow to. A font of East Asian letters has 20 MB.
const LARGEST_STREAM: u64 = 32 * 1024 * 1024;
const LARGEST_SUM: u64 = 96 * 1024 * 1024;
/// What may be packed in one of the ways of before 1996.
const LONGEST_OLD: usize = 64 * 1024;
/// How far the words that describe a stream may reach.
const DICTIONARY: usize = 1024;
/// What a page may have to be read of its instructions, those of a form each time it is drawn, in
/// bytes.
const HEAVIEST_PAGE: u64 = 24 * 1024 * 1024;
/// How many bytes of text one instruction may place.
const LONGEST_TEXT: usize = 200_000;
/// How deep forms may draw each other.
const DEEPEST: usize = 16;

/// How much has been unpacked of a file, to nowhere.
#[derive(Debug, Default)]
struct Unpacked {
    sum: u64,
}

/// Whether all that is compressed in a file stays within bounds.
///
/// A stream never lies inside anything else (ISO 32000-1, 7.5.7), so it is found by its own words
/// before anything is made of it. Pictures are not unpacked, and do not count.
pub(super) fn unpacks_within_bounds(pdf: &[u8]) -> bool {
    let word = b"stream";
    let mut unpacked = Unpacked::default();
    let mut at = 0;
    while let Some(found) = pdf.get(at..).and_then(|rest| position(rest, word)) {
        let start = at + found;
        at = start + word.len();
        let before = pdf.get(start.saturating_sub(DICTIONARY)..start).unwrap_or_default();
        let line = pdf.get(at..).unwrap_or_default().trim_ascii_start();
        // The end of one is no start.
        if before.ends_with(b"end") {
            continue;
        }
        let words = before.windows(4).rposition(|words| words == b" obj");
        let words = words.and_then(|from| before.get(from..)).unwrap_or(before);
        if !unpacked.takes(words, line) {
            return false;
        }
    }
    true
}

/// The same for a file that is locked without a password: its streams are plain only once it is
/// open.
pub(super) fn opens_within_bounds(pdf: &Pdf) -> bool {
    let mut unpacked = Unpacked::default();
    pdf.objects().into_iter().all(|object| match object {
        Object::Stream(stream) => unpacked.takes(stream.dict().data(), &stream.raw_data()),
        _ => true,
    })
}

impl Unpacked {
    /// Unpacks what begins `data`, which `words` describe; whether it may be used.
    fn takes(&mut self, words: &[u8], data: &[u8]) -> bool {
        if position(words, b"/Image").is_some() {
            return true;
        }
        let flate = count(words, b"/FlateDecode") + count(words, b"/Fl ") + count(words, b"/Fl]");
        let other = count(words, b"/LZW") + count(words, b"/RunLength") + count(words, b"/RL");
        // Nobody compresses twice but to hide how large it is; the old ways grow a thousandfold.
        let length = || position(data, b"endstream").unwrap_or(data.len());
        if flate + other > 1 || (other == 1 && length() > LONGEST_OLD) {
            return false;
        }
        if flate == 1 {
            let mut limited = ZlibDecoder::new(data).take(LARGEST_STREAM + 1);
            // What is damaged counts as far as it goes.
            let _size = copy(&mut limited, &mut sink());
            let size = LARGEST_STREAM + 1 - limited.limit();
            self.sum += size;
            return size <= LARGEST_STREAM && self.sum <= LARGEST_SUM;
        }
        true
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|window| *window == wanted).count()
}

/// The weights of the forms that have been met.
#[derive(Debug, Default)]
pub(super) struct Scales {
    known: HashMap<ObjectIdentifier, u64>,
    open: HashSet<ObjectIdentifier>,
}

impl Scales {
    /// Whether the instructions of a page, with all forms as often as they are drawn, can be
    /// followed in a short time.
    pub(super) fn can_be_read(&mut self, page: &Page<'_>) -> bool {
        let content = page.page_stream().unwrap_or_default();
        let mut weight = self.weight(content, page.resources(), 0);
        let annotations = page.raw().get::<Array<'_>>("Annots");
        for annotation in annotations.iter().flat_map(|all| all.iter::<Dict<'_>>()) {
            let looks = annotation.get::<Dict<'_>>("AP");
            if let Some(form) = looks.and_then(|looks| looks.get::<Stream<'_>>("N")) {
                weight = weight.saturating_add(self.form(&form, page.resources(), 0));
            }
        }
        weight <= HEAVIEST_PAGE
    }

    fn weight(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) -> u64 {
        let mut weight = content.len() as u64;
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            let operator: &[u8] = instruction.operator;
            match operator {
                b"Tj" | b"TJ" | b"'" | b"\""
                    if instruction.operands().map(text_length).sum::<usize>() > LONGEST_TEXT =>
                {
                    return u64::MAX;
                }
                b"Do" => {
                    let name = instruction.operands().find_map(|object| match object {
                        Object::Name(name) => Some(name.clone()),
                        _ => None,
                    });
                    let form = name.and_then(|name: Name<'_>| resources.get_x_object(&name));
                    if let Some(form) = form {
                        weight = weight.saturating_add(self.form(&form, resources, depth + 1));
                    }
                }
                _ => {}
            }
            if weight > HEAVIEST_PAGE {
                return u64::MAX;
            }
        }
        weight
    }

    fn form(&mut self, form: &Stream<'_>, outer: &Resources<'_>, depth: usize) -> u64 {
        let kind = form.dict().get::<Name<'_>>("Subtype");
        if kind.is_none_or(|kind| kind.as_str() != "Form") {
            return 1;
        }
        let id = form.obj_id();
        if let Some(weight) = self.known.get(&id) {
            return *weight;
        }
        // One that draws itself has no end.
        if depth > DEEPEST || !self.open.insert(id) {
            return u64::MAX;
        }
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let content = form.decoded().unwrap_or_default();
        let weight = self.weight(&content, own.as_ref().unwrap_or(outer), depth);
        self.open.remove(&id);
        self.known.insert(id, weight);
        weight
    }
}

/// How many bytes of text an operand has.
fn text_length(operand: &Object<'_>) -> usize {
    match operand {
        Object::String(text) => text.as_bytes().len(),
        Object::Array(pieces) => pieces
            .iter::<Object<'_>>()
            .map(|piece| if let Object::String(text) = piece { text.as_bytes().len() } else { 0 })
            .sum(),
        _ => 0,
    }
}

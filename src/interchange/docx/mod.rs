//! Reads DOCX (ECMA-376), the files of Word, as an outline.

mod body;
mod numbering;
mod package;
mod styles;

use self::{
    body::{Reader, take_marks},
    numbering::Numbering,
    package::{Element, NAME, Package, links, targets},
    styles::Styles,
};
use super::{
    Error, PICTURES, Source,
    outline::{Line, Outline},
    recognise,
};

/// Documents of Word.
pub(super) static SOURCE: Source = Source {
    name: NAME,
    endings: &["docx"],
    fits,
    read: |bytes, _| recognise::import(&outline(bytes)?, NAME),
    outline: Some(|bytes, _| outline(bytes)),
};

/// How much of the end of a file is looked at for the names of its parts.
const TAIL: usize = 256 * 1024;
/// A header that has so many digits in a row, or a sign of mail, says how to reach someone.
const PHONE: usize = 7;

/// Whether these bytes are a package with a document of Word.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    let name = b"word/document";
    bytes.starts_with(b"PK") && tail.windows(name.len()).any(|window| window == name)
}

/// Why a file of another word processor is not read; nothing if it is no such file.
pub(super) fn foreign(bytes: &[u8]) -> Option<Error> {
    let holds = |bytes: &[u8], name: &[u8]| bytes.windows(name.len()).any(|w| w == name);
    let head = bytes.get(..4096).unwrap_or(bytes);
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    let format = match bytes {
        // The container of old Office files, and of new ones that are locked.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            if holds(bytes, b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e") {
                let message = "it is locked by a password; save a copy without one";
                return Some(Error::Unreadable { format: NAME, message });
            }
            "Office 97–2003"
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => "RTF",
        [b'P', b'K', ..] if holds(head, b"application/vnd.oasis.opendocument.text") => {
            "OpenDocument"
        }
        [b'P', b'K', ..] if holds(tail, b"Index/Document.iwa") => "Pages",
        _ => return None,
    };
    Some(Error::Other { format })
}

/// Reads the text of a document of Word: its lines in reading order, with what their styles say.
///
/// # Errors
/// When it is no such document, is damaged, or grows too large.
pub fn outline(bytes: &[u8]) -> Result<Outline, Error> {
    let mut package = Package::open(bytes)?;
    let document = package.document()?;
    let relations = package.document_relations()?;
    let one = |package: &mut Package<'_>, kind: &str| -> Result<Element, Error> {
        let target = targets(&relations, kind).next().map(|(_, target)| target.to_owned());
        let part = target.map(|target| package.part(&target)).transpose()?;
        Ok(part.flatten().unwrap_or_default())
    };
    let styles = Styles::of(&one(&mut package, "styles")?);
    let mut numbering = Numbering::of(&one(&mut package, "numbering")?);
    let footnotes = one(&mut package, "footnotes")?;
    let endnotes = one(&mut package, "endnotes")?;
    let mut edges = vec![];
    for kind in ["header", "footer"] {
        for (_, target) in targets(&relations, kind) {
            let part = package.part(target)?.unwrap_or_default();
            edges.push((kind, part, links(&package.relations(target)?)));
        }
    }
    let body = document.child("body").ok_or(Error::Nothing { format: NAME })?;
    let mut reader = Reader::new(&styles, &mut numbering, links(&relations));
    let mut lines = reader.blocks(body, 0, 0);
    for name in std::mem::take(&mut reader.notes) {
        let (kind, id) = name.split_once(' ').unwrap_or((&name, ""));
        let all = if kind == "footnote" { &footnotes } else { &endnotes };
        let note = all.children().find(|note| note.attribute("id") == Some(id));
        lines.extend(note.iter().flat_map(|note| reader.blocks(note, 0, 0)));
    }
    let mut read = 0;
    // A box may hold boxes.
    while let Some(content) = reader.boxes.get(read).copied() {
        let mut more = reader.blocks(content, 1, 0);
        if let Some(first) = more.first_mut() {
            first.gap = first.gap.max(2.0);
        }
        lines.append(&mut more);
        read += 1;
    }
    let mut furniture = vec![];
    let mut above = vec![];
    for (kind, part, links) in &edges {
        let mut reader = Reader::new(&styles, &mut numbering, links.clone());
        let mut lines = reader.blocks(part, 0, 0);
        let boxes = std::mem::take(&mut reader.boxes);
        lines.extend(boxes.into_iter().flat_map(|content| reader.blocks(content, 0, 0)));
        let known = |line: &Line| above.iter().any(|other: &Line| other.text() == line.text());
        if *kind == "header" && !reader.numbered && is_contact(&lines) && !lines.iter().all(known) {
            above.append(&mut lines);
        } else {
            furniture.append(&mut lines);
        }
    }
    above.append(&mut lines);
    if above.is_empty() && document.holds("blip") | document.holds("imagedata") {
        return Err(Error::Unreadable { format: NAME, message: PICTURES });
    }
    if above.is_empty() && furniture.is_empty() {
        return Err(Error::Nothing { format: NAME });
    }
    take_marks(&mut above);
    below_the_title(&mut above);
    Ok(Outline::new(above, furniture, vec![]))
}

/// Whether the head of the pages is that of the person, which stands nowhere else.
fn is_contact(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        let text = line.text();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        text.contains('@') || digits >= PHONE || line.runs().any(|run| run.link.is_some())
    })
}

/// Headings lie below the title of a document where it has one.
fn below_the_title(lines: &mut [Line]) {
    let first = lines.iter().position(|line| line.level == Some(1));
    let alone = lines.iter().filter(|line| line.level == Some(1)).count() == 1;
    let titled = first.filter(|_| !alone).filter(|first| {
        // A title is larger than the headings, and stands before all of them.
        let size = |line: &Line| line.size;
        let title = lines.get(*first).map_or(0.0, size);
        let others = lines.iter().skip(first + 1).filter(|line| line.level == Some(1));
        others.map(size).fold(0.0, f32::max) < title
    });
    if let Some(title) = titled {
        for line in lines.iter_mut().skip(title + 1) {
            line.level = line.level.map(|level| level.saturating_add(1));
        }
    }
}

/// A sign of the fonts of symbols that Word knows, as it is typed elsewhere.
fn symbol(c: char) -> char {
    match c {
        '\u{F0B7}' | '\u{F06C}' | '\u{F09F}' => '•',
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F0A8}' | '\u{F071}' => '□',
        '\u{F0D8}' => '➢',
        '\u{F0FC}' => '✓',
        '\u{F076}' => '❖',
        '\u{F0E0}' => '→',
        '\u{F02D}' => '-',
        '\u{F06F}' => 'o',
        c => c,
    }
}

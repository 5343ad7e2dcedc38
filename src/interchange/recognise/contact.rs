//! Who a CV is of: name, headline, and ways to reach the person, from what stands before the first
//! heading and under headings such as "Contact".

use super::{
    classify,
    rows::{Row, label},
    tables::cue,
    text::{Ledger, Piece, is_capitals, is_comma, is_separator, plain, split, trim},
};
use crate::{
    interchange::outline::Role,
    person::Person,
    value::{
        entry::Labelled,
        link::{Link, LinkKind},
    },
};
use std::ops::Range;

/// Reads the person out of rows; what is running text comes back.
pub(super) fn read(person: &mut Person, rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Row> {
    let mut prose = vec![];
    name(person, &rows, ledger);
    for row in rows {
        let mut rest = false;
        for cell in &row.cells {
            if let Some(role) = cell.role
                && by_role(person, role, &cell.pieces, ledger)
            {
                continue;
            }
            if ledger.has(&cell.pieces) {
                continue;
            }
            let is_text = cell.pieces.len() > 16
                && !cell.pieces.iter().any(|p| p.text.contains('@'))
                || is_sentence(&cell.pieces);
            if is_text {
                // A sentence stays one, and the mailbox in it is a contact all the same.
                for piece in cell.pieces.iter().filter(|p| p.text.contains('@')) {
                    push(&mut person.emails, mailbox(&piece.text));
                }
                rest = true;
                continue;
            }
            cell_parts(person, &cell.pieces, ledger);
        }
        for piece in row.aside.split(is_separator) {
            part(person, trim(piece), ledger);
        }
        if rest {
            prose.push(row);
        }
    }
    prose
}

/// What a command of the source says plainly.
fn by_role(person: &mut Person, role: Role, pieces: &[Piece], ledger: &mut Ledger) -> bool {
    let text = plain(trim(pieces));
    if text.is_empty() {
        return true;
    }
    match role {
        Role::Name => {}
        Role::FirstName => person.name = format!("{text} {}", person.name).trim().to_owned(),
        Role::LastName => person.name = format!("{} {text}", person.name).trim().to_owned(),
        Role::Headline => {
            let before = std::mem::replace(&mut person.headline, ledger.line(pieces));
            if !before.is_empty() {
                person.facts.push(Labelled { text: before, ..Labelled::default() });
            }
        }
        Role::Email => push(&mut person.emails, mailbox(&text)),
        Role::Phone => push(&mut person.phones, &text),
        Role::Address | Role::Place => {
            // Some put all their contacts into the address.
            let known = Link::parse(&text).kind;
            if text.contains('@') || !matches!(known, LinkKind::Other | LinkKind::Web) {
                return false;
            }
            let comma = if person.address.is_empty() { "" } else { ", " };
            person.address = format!("{}{comma}{text}", person.address);
        }
        Role::Link => {
            let address = pieces.iter().find_map(|piece| piece.link.clone());
            link(person, address.as_deref().unwrap_or(&text));
        }
        _ => return false,
    }
    if role == Role::Name && !ledger.has(pieces) {
        person.name = text;
    }
    ledger.place(pieces);
    true
}

/// Finds the name: what a command says it is, or else the largest of the first rows that could be
/// one.
fn name(person: &mut Person, rows: &[Row], ledger: &mut Ledger) {
    let cells = || rows.iter().flat_map(|row| row.cells.iter());
    let said = |role| cells().find(|cell| cell.role == Some(role));
    if let Some(cell) = said(Role::Name) {
        person.name = uncapitalised(&ledger.plain(&cell.pieces));
        return;
    }
    let labelled = rows.iter().take(8).find_map(|row| {
        let pieces = row.pieces();
        let (words, rest) = label(&pieces).filter(|(words, _)| cue("name").is(&plain(words)))?;
        let end = rest.iter().position(is_separator).unwrap_or(rest.len());
        let name = trim(rest.get(..end)?);
        let length = pieces.len() - rest.len() + end;
        (!name.is_empty() && name.len() <= 8).then(|| {
            ledger.place(words);
            ledger.place(pieces.get(..length).unwrap_or_default());
            uncapitalised(&plain(name))
        })
    });
    if let Some(name) = labelled.filter(|_| person.name.is_empty()) {
        person.name = name;
        return;
    }
    if said(Role::FirstName).is_some() || said(Role::LastName).is_some() || !person.name.is_empty()
    {
        return;
    }
    let candidates = rows.iter().take(8).flat_map(|row| {
        row.cells.iter().filter_map(move |cell| {
            let end = |p: &Piece| is_separator(p) || is_comma(p);
            let mut cut = cell.pieces.iter().position(end);
            // `Jane Doe, PhD, FRS`: letters behind a name are part of it.
            while let Some(at) = cut
                && cell.pieces.get(at).is_some_and(is_comma)
                && cell.pieces.get(at + 1).is_some_and(|p| is_post_nominal(&p.text))
                && cell.pieces.get(at + 2).is_none_or(end)
            {
                cut = cell.pieces.get(at + 2).map(|_| at + 2);
            }
            let pieces = cell.pieces.get(..cut.unwrap_or(cell.pieces.len()))?;
            could_be_name(pieces).then_some((row.size, pieces))
        })
    });
    let mut best: Option<(f32, &[Piece])> = None;
    for (size, pieces) in candidates {
        if best.is_none_or(|(largest, _)| size > largest + 0.5) {
            best = Some((size, pieces));
        }
    }
    if let Some((_, pieces)) = best {
        person.name = uncapitalised(&ledger.plain(pieces));
    }
}

/// Whether a text can be a person's name: a few capitalised words, none of which says that it is
/// something else.
fn could_be_name(pieces: &[Piece]) -> bool {
    let text = plain(trim(pieces));
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_wide = |c: char| ('\u{2e80}'..='\u{ffdc}').contains(&c);
    if text.chars().all(|c| is_wide(c) || c == ' ' || c == '·') && !text.is_empty() {
        return text.chars().count() <= 8
            && !cue("title-of-document").is(&text)
            && super::tables::heading(&text).is_none();
    }
    let is_capitalised = |word: &&str| {
        let word = word.trim_start_matches(['“', '"', '„', '«', '‘', '\'']);
        word.starts_with(|c: char| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
            || cue("particle").is(word)
            || word.starts_with("d'")
            || word.starts_with('(')
    };
    (1..=6).contains(&words.len())
        && words.iter().all(is_capitalised)
        && !text.contains(['@', ':', '/', '|'])
        && !text.contains(|c: char| c.is_ascii_digit())
        && !cue("title-of-document").is(&text)
        && super::tables::heading(&text).is_none()
        && !classify::is_place(&text)
        && !cue("organisation").is_in(&text)
        && (words.len() > 1 || text.chars().count() > 2)
        && (!cue("role").is_in(&text) || text.starts_with("Dr"))
}

/// Whether a word stands behind a name and a comma: `PhD`, `M.D.`, `FRS`.
fn is_post_nominal(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let plain = word.chars().all(|c| c.is_alphabetic() || c == '.');
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    plain
        && (2..=5).contains(&letters.len())
        && (capitals == letters.len() || capitals >= 2 || super::names::is_suffix(word))
        && !cue("state").is_exactly(word)
        && !cue("country").is(word)
}

/// A name in capitals as it is written otherwise: `THADDEUS O. MERRIWEATHER`.
fn uncapitalised(name: &str) -> String {
    if !is_capitals(name) || name.contains(|c: char| ('\u{2e80}'..='\u{ffdc}').contains(&c)) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for c in name.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic();
    }
    out
}

/// Pieces cut before each known label of a contact: `Phone: … E-mail: …`.
fn at_labels(pieces: &[Piece]) -> Vec<&[Piece]> {
    let is_label = |at: usize| {
        let ends = |length: usize| pieces.get(at + length).is_some_and(super::text::is_colon);
        (1..=2).any(|length| {
            let words = plain(pieces.get(at..at + length).unwrap_or_default());
            ends(length) && ["email", "phone", "address"].iter().any(|name| cue(name).is(&words))
        })
    };
    let mut out = vec![];
    let mut start = 0;
    for at in (1..pieces.len()).filter(|at| is_label(*at)) {
        out.extend(pieces.get(start..at));
        start = at;
    }
    out.extend(pieces.get(start..));
    out
}

fn cell_parts(person: &mut Person, pieces: &[Piece], ledger: &mut Ledger) {
    let parts = at_labels(pieces);
    if parts.len() > 1 {
        for part in parts {
            cell_parts(person, part, ledger);
        }
        return;
    }
    if !pieces.iter().any(is_separator) && labelled(person, pieces, ledger) {
        return;
    }
    let whole = plain(trim(pieces));
    // An address of a street has commas of its own.
    let is_address = |text: &str| {
        text.contains(|c: char| c.is_ascii_digit())
            && text.contains(',')
            && !text.contains(['@', '|', '·'])
            && !text.contains("http")
            && !text.contains(".com")
    };
    if is_address(&whole)
        && Link::parse(&whole).kind == LinkKind::Other
        && person.address.is_empty()
        && phone(&whole).is_none()
    {
        person.address = ledger.line(pieces);
        return;
    }
    for piece in split(pieces, is_separator) {
        let piece = trim(piece);
        let text = plain(piece);
        // "a@example.org, github.com/a" are two; "Valencia, Spain" is one.
        let addresses =
            piece.iter().filter(|p| p.text.contains('@') || p.text.contains('/')).count();
        if addresses > 0 && piece.iter().any(is_comma) && !classify::is_place(&text) {
            for one in split(piece, is_comma) {
                part(person, trim(one), ledger);
            }
        } else {
            part(person, piece, ledger);
        }
    }
    ledger.place(&pieces.iter().filter(|p| is_separator(p)).cloned().collect::<Vec<_>>());
}

/// A way to reach the person behind its label: `Telefon: …`. Whether it was one.
fn labelled(person: &mut Person, pieces: &[Piece], ledger: &mut Ledger) -> bool {
    let Some((name, rest)) = label(pieces) else {
        return false;
    };
    // `Phone (mobile)` is a label, too.
    let label = plain(name);
    let words = label.split(['(', '（']).next().unwrap_or_default();
    let bracket = name.iter().position(|p| matches!(&*p.text, "(" | "（")).unwrap_or(name.len());
    let (bare, bracket) = name.split_at_checked(bracket).unwrap_or((name, &[]));
    let name = words;
    let value = plain(trim(rest));
    if cue("email").is(name) && value.contains('@') && !value.contains(' ') {
        push(&mut person.emails, mailbox(&value));
    } else if cue("phone").is(name) && phone(&value).is_some() {
        push(&mut person.phones, &phone(&value).unwrap_or(value));
    } else if cue("address").is(name) {
        let comma = if person.address.is_empty() { "" } else { ", " };
        person.address = format!("{}{comma}{value}", person.address);
    } else {
        return false;
    }
    // What the label has in brackets has no field: `Phone (evenings)`.
    ledger.place(bare);
    let marks = bracket.iter().filter(|p| !p.text.contains(char::is_alphanumeric));
    ledger.place(&marks.cloned().collect::<Vec<_>>());
    ledger.place(rest);
    true
}

/// Whether words are a sentence and no contact: several small words, and a full stop or a link
/// among them.
fn is_sentence(pieces: &[Piece]) -> bool {
    let small =
        pieces.iter().filter(|p| p.text.starts_with(char::is_lowercase) && p.link.is_none());
    let ends = pieces.last().is_some_and(|p| p.text.ends_with('.'));
    let leads = pieces.iter().any(|p| p.link.is_some() || p.text.contains('@'));
    small.filter(|p| !p.text.contains(['@', '/', '.'])).count() >= 4 && (ends || leads)
}

/// The address of a mailbox without the scheme, a label and what a program would fill in.
fn mailbox(text: &str) -> &str {
    let text = text.rsplit(':').next().unwrap_or(text);
    text.split('?').next().unwrap_or(text).trim_matches(['<', '>', '(', ')', ',', ';', '.'])
}

/// One way to reach the person, or what the person is.
fn part(person: &mut Person, pieces: &[Piece], ledger: &mut Ledger) {
    let text = plain(pieces);
    if text.is_empty() || ledger.has(pieces) || labelled(person, pieces, ledger) {
        return;
    }
    if cue("title-of-document").is(&text) {
        ledger.place(pieces);
        return;
    }
    if let Some(at) = pieces.iter().position(|piece| piece.link.is_some()) {
        let address = pieces.get(at).and_then(|piece| piece.link.clone()).unwrap_or_default();
        let length = pieces
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|piece| piece.link.as_ref() == Some(&address))
            .count();
        let linked = pieces.get(at..at + length).unwrap_or_default();
        match address.split_once(':') {
            Some(("mailto", mail)) => push(&mut person.emails, mailbox(mail)),
            Some(("tel", _)) => {
                let number = plain(linked);
                push(&mut person.phones, &phone(&number).unwrap_or(number));
            }
            _ => {
                let words = plain(linked);
                let said = says_address(&words, &address);
                let named =
                    if said { address.to_string() } else { format!("[{words}]({address})") };
                link(person, &named);
            }
        }
        ledger.place(linked);
        return around(person, pieces, at..at + length, ledger);
    }
    if let Some(at) = pieces.iter().position(|piece| piece.text.contains('@')) {
        let mail = pieces.get(at).map(|piece| piece.text.clone()).unwrap_or_default();
        push(&mut person.emails, mailbox(&mail));
        ledger.place(pieces.get(at..=at).unwrap_or_default());
        return around(person, pieces, at..at + 1, ledger);
    }
    if let Some(number) = phone(&text) {
        push(&mut person.phones, &number);
        ledger.place(pieces);
        return;
    }
    let parsed = Link::parse(&text);
    let is_web = text.contains('.') && !text.contains(' ') && text.contains(char::is_lowercase);
    if !matches!(parsed.kind, LinkKind::Other | LinkKind::Web) || parsed.url.is_some() && is_web {
        link(person, &text);
        ledger.place(pieces);
        return;
    }
    if text.to_lowercase().starts_with("orcid") {
        link(person, &text);
        ledger.place(pieces);
        return;
    }
    if classify::is_place(&text) || looks_like_address(&text) {
        let comma = if person.address.is_empty() { "" } else { ", " };
        person.address = format!("{}{comma}{}", person.address, ledger.line(pieces));
        return;
    }
    if let Some((name, rest)) = label(pieces) {
        let (label, value) = (ledger.plain(name), ledger.markup(trim(rest)));
        ledger.place(pieces);
        person.facts.push(Labelled { label, text: value, ..Labelled::default() });
        return;
    }
    if person.headline.is_empty() && text.split_whitespace().count() <= 14 {
        person.headline = ledger.line(pieces);
        return;
    }
    let value = ledger.markup(pieces);
    person.facts.push(Labelled { text: value, ..Labelled::default() });
}

/// Whether the words of a link are those of its address, or the name of what it leads to.
fn says_address(words: &str, address: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (words, address) = (letters(words), letters(address));
    const NAMES: [&str; 5] = ["website", "homepage", "web", "googlescholar", "link"];
    words.is_empty() || address.contains(&words) || NAMES.contains(&&*words)
}

/// What stands before and behind a contact: a label that says no more, or another contact.
fn around(person: &mut Person, pieces: &[Piece], found: Range<usize>, ledger: &mut Ledger) {
    let before = pieces.get(..found.start).unwrap_or_default();
    let behind = pieces.get(found.end..).unwrap_or_default();
    for rest in [before, behind] {
        let words = trim(rest);
        let text = plain(words);
        let is_label = cue("email").is(&text)
            || cue("phone").is(&text)
            || matches!(&*text.to_lowercase(), "web" | "website" | "homepage" | "page" | "url");
        if is_label || words.is_empty() {
            ledger.place(rest);
        } else {
            part(person, words, ledger);
        }
    }
}

fn looks_like_address(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let number = text.contains(|c: char| c.is_ascii_digit());
    // A house or a postal code has its number at an end.
    let ends = [text.split(' ').next(), text.rsplit(' ').next()];
    let at_end = ends.into_iter().flatten().any(|word| word.contains(|c: char| c.is_ascii_digit()));
    (2..=10).contains(&words)
        && (number && (text.contains(',') || at_end)
            || classify::class(text) == classify::Class::Organisation)
}

fn push(list: &mut Vec<String>, text: &str) {
    let text = text.trim().trim_end_matches([',', ';', '.']);
    if !text.is_empty() && !list.iter().any(|other| other.eq_ignore_ascii_case(text)) {
        list.push(text.to_owned());
    }
}

fn link(person: &mut Person, address: &str) {
    let bare = |text: &str| {
        let text = text.trim_start_matches("https://").trim_start_matches("http://");
        text.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
    };
    if !person.links.iter().any(|other| bare(other) == bare(address)) {
        person.links.push(address.to_owned());
    }
}

/// A telephone number, without the word before it.
fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let (word, number) = match text.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(') {
        Some(at) => text.split_at_checked(at)?,
        None => return None,
    };
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || " +()-./\u{a0}–‑".contains(c));
    let named = word.trim().is_empty() || cue("phone").is(word);
    (is_number && named && (7..=16).contains(&digits)).then(|| number.trim().to_owned())
}

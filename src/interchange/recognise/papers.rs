//! Publications as a CV lists them: authors, title, venue and year in any order that people use.

use super::{
    dates,
    entries::{Entry, corrected},
    fields::unquoted,
    names::{authors_at, is_suffix},
    rows::Row,
    tables::cue,
    text::{Ledger, Piece, is_comma, is_separator, plain, trim},
};
use crate::{
    interchange::paper::{self, Paper},
    section::Publication,
    value::entry::Author,
};
use std::{ops::Range, sync::Arc};

/// The publications of the rows of a section.
pub(super) fn papers(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Publication> {
    let mut kind = String::new();
    let mut out = vec![];
    for group in groups(rows) {
        let (heading, rows) = group;
        if let Some(heading) = heading {
            kind = ledger.plain(&heading.pieces());
        }
        for entry in corrected(split_papers(rows)) {
            let mut publication = publication(&entry, ledger);
            if !kind.is_empty() {
                publication.kind.clone_from(&kind);
            }
            out.push(publication);
        }
    }
    out
}

/// The rows under each heading inside of the section.
fn groups(rows: Vec<Row>) -> Vec<(Option<Row>, Vec<Row>)> {
    let is_heading = |row: &Row| {
        row.cells.len() == 1
            && row.said.is_none()
            && !row.is_item()
            && super::tables::heading(&row.plain()).is_some()
            && !cue("status").is(&row.plain())
    };
    let mut out: Vec<(Option<Row>, Vec<Row>)> = vec![(None, vec![])];
    for row in rows {
        if is_heading(&row) {
            out.push((Some(row), vec![]));
        } else if let Some((_, rows)) = out.last_mut() {
            rows.push(row);
        }
    }
    out
}

/// Which rows are one publication.
fn split_papers(rows: Vec<Row>) -> Vec<Entry> {
    if rows.is_empty() {
        return vec![];
    }
    let numbered = rows.iter().filter(|row| row.number).count();
    let bullets = rows.iter().filter(|row| row.bullet).count();
    let others = rows.len() - numbered - bullets;
    let edge = |mark: fn(&Row) -> bool| {
        let marked = rows.iter().filter(|row| mark(row)).map(|row| row.indent);
        marked.fold(f32::INFINITY, f32::min) + 0.4
    };
    if numbered >= 1 && numbered >= bullets {
        let edge = edge(|row| row.number);
        return at_each(rows, move |row, _| row.number && row.indent <= edge);
    }
    let first_is_item = rows.first().is_some_and(|row| row.bullet);
    if bullets >= 1 && (first_is_item || others == 0) && others <= bullets * 4 {
        let edge = edge(|row| row.bullet);
        return at_each(rows, move |row, _| row.bullet && row.indent <= edge);
    }
    if rows.iter().any(|row| row.entry || row.level.is_some()) {
        return at_each(rows, |row, _| row.entry || row.level.is_some());
    }
    let lines: Vec<&Row> = rows.iter().filter(|row| !row.is_item()).collect();
    let several = lines.iter().filter(|row| row.cells.len() > 1).count();
    let first_several = rows.first().is_some_and(|row| row.cells.len() > 1);
    if first_several && several * 10 <= lines.len() * 7 && several >= 1 {
        return at_each(rows, |row, _| row.cells.len() > 1 && !row.is_item());
    }
    let gaps = lines.iter().skip(1).filter(|row| row.gap > 1.6).count();
    if gaps >= 1 {
        return at_each(rows, |row, _| row.gap > 1.6 && !row.is_item());
    }
    let titles = lines.iter().filter(|row| row.is_bold() && starts_with_title(row)).count();
    if titles >= 2 && rows.first().is_some_and(Row::is_bold) {
        return at_each(rows, |row, _| row.is_bold() && starts_with_title(row));
    }
    at_each(rows, |row, before| {
        let whole: Vec<Piece> = before.iter().flat_map(Row::pieces).collect();
        let ended = before.last().is_some_and(Row::is_item)
            || !dates::find(&whole).is_empty()
            || cue("status").is_in(&plain(&whole));
        let pieces = row.pieces();
        !row.is_item() && ended && (authors_at(&pieces).is_some() || pieces.len() > 8)
    })
}

/// Whether a bold start of a row is a title and not the person's name.
fn starts_with_title(row: &Row) -> bool {
    let pieces = row.pieces();
    authors_at(&pieces).is_none() && pieces.iter().take_while(|p| p.style.bold).count() > 2
}

/// Starts an entry at each row that `starts` one, which is asked with the rows of the one before.
fn at_each(rows: Vec<Row>, starts: impl Fn(&Row, &[Row]) -> bool) -> Vec<Entry> {
    let mut out: Vec<Entry> = vec![];
    for row in rows {
        match out.last_mut() {
            Some(last) if !starts(&row, &last.head) || last.head.is_empty() => {
                let body = row.is_item() && !last.head.is_empty();
                if body { &mut last.body } else { &mut last.head }.push(row);
            }
            _ => out.push(Entry { head: vec![row], body: vec![] }),
        }
    }
    out
}

fn publication(entry: &Entry, ledger: &mut Ledger) -> Publication {
    let mut paper = Paper::default();
    ledger.entry(entry.head.iter().chain(&entry.body));
    // Each row, and each of its cells, ends a sentence.
    let mut cells: Vec<Vec<Piece>> = vec![];
    for row in &entry.head {
        cells.extend(row.cells.iter().map(|cell| cell.pieces.clone()));
        if !row.aside.is_empty() {
            cells.push(row.aside.clone());
        }
    }
    let mut reader = Reader { paper: &mut paper, ledger };
    let mut parts: Vec<Vec<Piece>> = vec![];
    for cell in cells {
        for part in reader.without_extras(&cell) {
            parts.push(part);
        }
    }
    reader.read(parts);
    for row in &entry.body {
        let mut pieces = row.pieces();
        pieces.extend(row.aside.iter().cloned());
        paper.bullets.push(ledger.markup(&pieces).as_str().into());
    }
    if paper.date.is_empty() {
        // `(ICML 2023)`: the year of a conference is that of the paper.
        let texts = [&paper.tag, &paper.extra, &paper.venue];
        paper.date = texts.into_iter().find_map(|text| year_in(text)).unwrap_or_default();
    }
    paper.finish_publication()
}

/// The only year in a text.
fn year_in(text: &str) -> Option<String> {
    let is_year = |word: &&str| {
        let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        digits && (word.starts_with("19") || word.starts_with("20"))
    };
    let mut years = text.split(|c: char| !c.is_alphanumeric()).filter(is_year);
    let year = years.next().filter(|_| years.next().is_none());
    year.map(str::to_owned)
}

struct Reader<'r> {
    paper: &'r mut Paper,
    ledger: &'r mut Ledger,
}

impl Reader<'_> {
    /// Takes links with a word of their own, identifiers and remarks in brackets out of a cell.
    fn without_extras(&mut self, cell: &[Piece]) -> Vec<Vec<Piece>> {
        let mut rest: Vec<Piece> = vec![];
        let mut index = 0;
        while let Some(piece) = cell.get(index) {
            let link = piece.link.clone();
            if let Some(address) = &link {
                let length = cell
                    .get(index..)
                    .unwrap_or_default()
                    .iter()
                    .take_while(|piece| piece.link.as_ref() == Some(address))
                    .count();
                let part = cell.get(index..index + length).unwrap_or_default();
                let name = plain(trim(part));
                let is_short = part.len() <= 3
                    && !says_venue(&name)
                    && (is_link_word(&name) || !dates::find(&rest).is_empty());
                self.link(&name, address, is_short);
                if is_short || name.contains("://") {
                    self.ledger.place(part);
                } else {
                    rest.extend(part.iter().cloned());
                }
                index += length;
                continue;
            }
            if let Some(id) = identifier(&piece.text) {
                match id {
                    Identifier::Doi(id) => self.paper.doi = id,
                    Identifier::ArXiv(id) => self.paper.arxiv = id,
                    Identifier::Url(url) => self.paper.url = url,
                }
                self.ledger.place(std::slice::from_ref(piece));
                // The word that names it.
                let names = |p: &Piece| {
                    let word = p.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                    matches!(word.as_str(), "doi" | "arxiv" | "url" | "https" | "available" | "")
                };
                while let Some(last) = rest.pop_if(|last| names(last) && !is_comma(last)) {
                    self.ledger.place(&[last]);
                }
            } else {
                rest.push(piece.clone());
            }
            index += 1;
        }
        self.dates(&without_empty_brackets(rest))
    }

    fn link(&mut self, name: &str, address: &Arc<str>, is_short: bool) {
        self.ledger.claim(address);
        let name = name.to_lowercase();
        if let Some(id) = paper::doi(address).filter(|_| self.paper.doi.is_empty()) {
            self.paper.doi = id;
        } else if let Some(id) = paper::arxiv(address).filter(|_| self.paper.arxiv.is_empty()) {
            self.paper.arxiv = id;
        } else if name.contains("code") && self.paper.code.is_empty() {
            self.paper.code = address.to_string();
        } else if name.contains("pdf") && self.paper.pdf.is_empty() {
            self.paper.pdf = address.to_string();
        } else if self.paper.url.is_empty() && (!is_short || is_usual(&name)) {
            self.paper.url = address.to_string();
        } else if **address != self.paper.url {
            let name = if is_short { name } else { String::new() };
            self.paper.links.push(match name.as_str() {
                "" => address.to_string(),
                name => format!("[{name}]({address})"),
            });
        }
    }

    /// Takes the time out of a cell; what stands around it are parts.
    fn dates(&mut self, cell: &[Piece]) -> Vec<Vec<Piece>> {
        let found = dates::find(cell);
        // The last one: a year in a title comes before that of the paper.
        let Some(range) = found.last().filter(|_| self.paper.date.is_empty()).cloned() else {
            return vec![cell.to_vec()];
        };
        let date = cell.get(range.clone()).unwrap_or_default();
        self.paper.date = self.ledger.plain(date).trim_end_matches('.').to_owned();
        let before = cell.get(..range.start).unwrap_or_default();
        let after = cell.get(range.end..).unwrap_or_default();
        let parts = [before, after].into_iter().map(<[Piece]>::to_vec);
        parts.filter(|part| part.iter().any(|p| p.text.contains(char::is_alphanumeric))).collect()
    }

    fn read(&mut self, parts: Vec<Vec<Piece>>) {
        let mut sentences: Vec<Vec<Piece>> = vec![];
        for part in parts {
            let part = trim(&part).to_vec();
            if self.title_in(&part, &mut sentences) {
                continue;
            }
            if self.paper.authors.is_empty()
                && let Some((names, end)) = authors_at(&part)
            {
                self.authors(&part, names, end);
                let rest = part.get(end..).unwrap_or_default();
                if !self.title_in(rest, &mut sentences) {
                    sentences.extend(apart(rest));
                }
            } else {
                sentences.extend(apart(&part));
            }
        }
        for sentence in sentences {
            self.sentence(&sentence);
        }
    }

    /// Looks for a title that stands out: in quotation marks, bold, or a link. What stands before
    /// it are authors, or a venue, and what comes after it is read as sentences.
    fn title_in(&mut self, part: &[Piece], sentences: &mut Vec<Vec<Piece>>) -> bool {
        if !self.paper.title.is_empty() {
            return false;
        }
        let Some(range) = quoted(part).or_else(|| standing_out(part)) else {
            return false;
        };
        let title = part.get(range.clone()).unwrap_or_default();
        self.paper.title = unquoted(&self.ledger.line(title));
        let before = part.get(..range.start).unwrap_or_default();
        match authors_at(before).filter(|_| self.paper.authors.is_empty()) {
            Some((names, end)) => {
                self.authors(before, names, end);
                sentences.extend(apart(before.get(end..).unwrap_or_default()));
            }
            None => sentences.extend(apart(before)),
        }
        let after = part.get(range.end..).unwrap_or_default();
        match authors_at(trim(after)).filter(|_| self.paper.authors.is_empty()) {
            Some((names, end)) => {
                let after = trim(after);
                self.authors(after, names, end);
                sentences.extend(apart(after.get(end..).unwrap_or_default()));
            }
            None => sentences.extend(apart(after)),
        }
        true
    }

    fn authors(&mut self, pieces: &[Piece], names: Vec<Range<usize>>, end: usize) {
        for range in names {
            let mut name = plain(trim(pieces.get(range).unwrap_or_default()));
            // Family name first, with a comma, as in a library.
            if let Some((family, given)) = name.split_once(',').filter(|(f, _)| !f.contains('.')) {
                name = format!("{} {}", given.trim(), family.trim());
            }
            let name = name.trim_end_matches([',', ';']).trim();
            // The full stop that ends the list is no part of a name; that of an initial is.
            let last = name.rsplit(' ').next().unwrap_or_default();
            let stem = last.trim_end_matches('.');
            let is_word = stem.chars().count() > 2 && !stem.contains('.') && !is_suffix(stem);
            let name = if is_word { name.trim_end_matches('.') } else { name };
            self.paper.authors.push(Author::from(name));
        }
        self.ledger.place(pieces.get(..end).unwrap_or_default());
    }

    /// A sentence that is neither authors nor a title that stands out.
    fn sentence(&mut self, sentence: &[Piece]) {
        let sentence = trim(sentence);
        let text = plain(sentence);
        if text.is_empty() || is_pointer(&text) {
            self.ledger.place(sentence);
            return;
        }
        if let Some(status) = paper::status(&text) {
            self.paper.status = status;
            self.ledger.place(sentence);
            return;
        }
        if self.paper.title.is_empty() {
            if self.paper.authors.is_empty()
                && let Some((names, end)) = authors_at(sentence)
                && end == sentence.len()
            {
                return self.authors(sentence, names, end);
            }
            self.paper.title = unquoted(&self.ledger.line(sentence));
            return;
        }
        if self.paper.authors.is_empty()
            && let Some((names, end)) = authors_at(sentence)
        {
            self.authors(sentence, names, end);
            return self.sentence(sentence.get(end..).unwrap_or_default());
        }
        if self.paper.venue.is_empty() {
            return self.venue(sentence);
        }
        // The short form of the venue on a line of its own.
        let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        let short = inner.filter(|inner| inner.split_whitespace().count() <= 3);
        if let Some(short) = short.or_else(|| is_short_venue(&text).then_some(&*text))
            && self.paper.tag.is_empty()
        {
            self.paper.tag = short.to_owned();
            return self.ledger.place(sentence);
        }
        let note = self.ledger.markup(sentence);
        self.paper.note(&note);
    }

    /// A venue, with volume and pages behind it.
    fn venue(&mut self, sentence: &[Piece]) {
        // "In: Proceedings …"
        let first = sentence.first().map(|p| p.text.to_lowercase()).unwrap_or_default();
        let skip = usize::from(matches!(first.as_str(), "in" | "in:" | "en" | "dans"));
        self.ledger.place(sentence.get(..skip).unwrap_or_default());
        let sentence = trim(sentence.get(skip..).unwrap_or_default());
        let slanted = sentence.iter().take_while(|piece| piece.style.italic).count();
        let end = if slanted > 0 { slanted } else { first_number(sentence) };
        let (name, rest) = sentence.split_at_checked(end).unwrap_or((sentence, &[]));
        if trim(name).is_empty() {
            let note = self.ledger.markup(sentence);
            return self.paper.note(&note);
        }
        let venue = self.ledger.line(name);
        self.paper.venue = venue.trim_end_matches('.').to_owned();
        let rest = trim(rest);
        if rest.is_empty() {
            return;
        }
        let text = plain(rest);
        let is_status = paper::status(&text);
        if let Some(status) = is_status {
            self.paper.status = status;
            self.ledger.place(rest);
        } else {
            self.paper.extra = self.ledger.line(rest).trim_end_matches('.').to_owned();
        }
    }
}

/// Whether a text is a venue and a year in short: `ICML 2025`, `NeurIPS'24`.
fn is_short_venue(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    words <= 2 && capitals >= 2 && text.contains(|c: char| c.is_ascii_digit())
}

/// Without brackets that held nothing but what was taken out of them.
fn without_empty_brackets(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = vec![];
    for piece in pieces {
        let closes = match piece.text.as_str() {
            ")" | "）" => out.last().is_some_and(|last| matches!(&*last.text, "(" | "（")),
            "]" => out.last().is_some_and(|last| last.text == "["),
            _ => false,
        };
        if closes { drop(out.pop()) } else { out.push(piece) }
    }
    out
}

/// Where volume and pages start.
fn first_number(pieces: &[Piece]) -> usize {
    let at = pieces.iter().enumerate().skip(1).find(|(index, piece)| {
        let word = piece.text.trim_end_matches('.').to_lowercase();
        let numeric = piece.text.starts_with(|c: char| c.is_ascii_digit());
        let after_comma = index.checked_sub(1).and_then(|i| pieces.get(i)).is_some_and(is_comma);
        matches!(word.as_str(), "vol" | "volume" | "pp" | "no" | "pages") || numeric && after_comma
    });
    at.map_or(pieces.len(), |(index, _)| index)
}

/// Whether the words of a link say no more than that there is one.
fn is_usual(name: &str) -> bool {
    const USUAL: &str = " link paper url html web website page publisher doi arxiv preprint pdf code full text abstract ";
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.into_iter().all(|word| USUAL.contains(&format!(" {word} "))) || name.contains("://")
}

/// Whether the words of a link name what it leads to, and are no title.
fn is_link_word(name: &str) -> bool {
    let is_whole = name.starts_with('[') && name.ends_with(']');
    let mut words =
        name.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    is_whole || words.all(|word| cue("link-word").is(word))
}

/// Whether words are no more than what stands around links: `see also … and …`.
fn is_pointer(text: &str) -> bool {
    const WORDS: &str = " see also and with at on here available online the from via or more by of \
        siehe auch und voir aussi et disponible véase y disponibile anche ";
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| WORDS.contains(&format!(" {} ", word.to_lowercase())))
}

fn says_venue(name: &str) -> bool {
    cue("venue").is_in(name)
}

enum Identifier {
    Doi(String),
    ArXiv(String),
    Url(String),
}

/// What a word is a number or an address of.
fn identifier(word: &str) -> Option<Identifier> {
    let word = word.trim_matches(|c: char| "()[]<>,;".contains(c)).trim_end_matches('.');
    let lower = word.to_lowercase();
    if (lower.contains("arxiv") || word.contains("://"))
        && let Some(id) = paper::arxiv(word)
    {
        return Some(Identifier::ArXiv(id));
    }
    if lower.contains("10.")
        && let Some(id) = paper::doi(word)
    {
        return Some(Identifier::Doi(id));
    }
    (word.contains("://")).then(|| Identifier::Url(word.to_owned()))
}

/// A text in quotation marks of several words.
fn quoted(pieces: &[Piece]) -> Option<Range<usize>> {
    let opens = |p: &Piece| matches!(p.text.as_str(), "“" | "\"" | "«" | "„" | "``" | "「" | "『");
    let start = pieces.iter().position(opens)?;
    let closes = |p: &Piece| matches!(p.text.as_str(), "”" | "\"" | "»" | "“" | "''" | "」" | "』");
    let length = pieces.get(start + 1..)?.iter().position(closes)?;
    (length >= 1).then_some(start..start + length + 2)
}

/// The longest run of bold or linked words that is no name.
fn standing_out(pieces: &[Piece]) -> Option<Range<usize>> {
    let all_bold = pieces.iter().all(|piece| piece.style.bold);
    let stands = |piece: &Piece| piece.link.is_some() || piece.style.bold && !all_bold;
    let mut best: Option<Range<usize>> = None;
    let mut start = 0;
    while start < pieces.len() {
        let rest = pieces.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|piece| stands(piece)).count();
        if length == 0 {
            start += 1;
            continue;
        }
        let part = rest.get(..length).unwrap_or_default();
        let text = plain(part);
        let is_note = length <= 5 && cue("paper-note").is_in(&text) || cue("status").is(&text);
        let is_title = length >= 2 && names(part).is_none() && !says_venue(&text) && !is_note;
        if is_title && best.as_ref().is_none_or(|best| best.len() < length) {
            best = Some(start..start + length);
        }
        start += length;
    }
    best
}

/// Whether pieces are one name or several and nothing else.
fn names(pieces: &[Piece]) -> Option<()> {
    let (_, end) = authors_at(pieces)?;
    (trim(pieces.get(end..)?).is_empty()).then_some(())
}

/// The parts of a text that full stops end. Initials and short forms end none.
pub(super) fn apart(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut out: Vec<Vec<Piece>> = vec![];
    let mut current: Vec<Piece> = vec![];
    for (index, piece) in pieces.iter().enumerate() {
        let styled = |other: &Piece| other.style.italic != piece.style.italic;
        current.push(piece.clone());
        let stem = piece.text.strip_suffix('.').or_else(|| piece.text.strip_suffix('。'));
        let next = pieces.get(index + 1);
        let is_asked = piece.text.ends_with(['?', '!']) && next.is_none_or(styled);
        let is_end = is_asked
            || stem.is_some_and(|stem| {
                stem.chars().count() > 1 && !is_short_form(stem) || stem.is_empty()
            }) && next
                .is_none_or(|next| !next.text.starts_with(char::is_lowercase) || styled(next));
        if is_end || is_separator(piece) && piece.text != "-" && piece.text != "/" {
            out.push(std::mem::take(&mut current));
        }
    }
    out.push(current);
    out.retain(|part| part.iter().any(|piece| piece.text.contains(char::is_alphanumeric)));
    out
}

fn is_short_form(stem: &str) -> bool {
    const SHORT: &str = " vol no pp p proc conf int int'l trans vs ed eds al st dr prof jr sr fig ch sec univ dept assoc ";
    SHORT.contains(&format!(" {} ", stem.to_lowercase()))
}

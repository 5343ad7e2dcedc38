//! RIS, the tagged lines that publishers, libraries and reference managers exchange: publications
//! come in from it and go out to it.

use super::{
    Error, Import, Source, Tree,
    bibtex::{is_person, is_suffix, key},
    decode::{decode, head},
    details::Details,
    html,
    paper::{self, Made, Paper, Shelf},
};
use crate::{
    look::Style,
    profile::Profile,
    section::Publication,
    value::{
        date::{Date, Dates, Span},
        entry::Author,
        link::Link,
        person::{Name, split_marks},
        rich::Rich,
        work::Work,
    },
};
use std::{
    collections::{BTreeSet, HashSet},
    fmt::Write as _,
};

const NAME: &str = "RIS";
/// A library of ten thousand publications has some two hundred thousand lines.
const MOST_LINES: usize = 600_000;

/// Lists of publications in RIS.
pub static RIS: Source =
    Source { name: NAME, endings: &["ris"], fits, read: |bytes, _| read(bytes), outline: None };

/// The tag and the value of a line: `TY  - JOUR`.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.trim_start_matches('\u{feff}').split_at_checked(2)?;
    let mut signs = tag.bytes();
    let is_tag = signs.next().is_some_and(|b| b.is_ascii_uppercase())
        && signs.next().is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    let is_line = (1..=4).contains(&spaces) && (value.is_empty() || value.starts_with(' '));
    (is_tag && is_line).then(|| (tag, value.trim()))
}

/// Whether a record begins somewhere near the head.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    text.lines().any(|line| {
        tagged(line).is_some_and(|(tag, kind)| {
            tag == "TY" && !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphanumeric())
        })
    })
}

/// Reads every record, and tells everything that has no place.
fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    if text.lines().nth(MOST_LINES).is_some() {
        return Err(Error::TooDeep { format: NAME });
    }
    let mut import = Import { unordered: true, ..Import::default() };
    import.report.encoding(encoding);
    let mut keys = BTreeSet::new();
    let mut items: Vec<Tree> = records(&text).into_iter().map(Tree::Map).collect();
    let made: Vec<_> =
        items.iter_mut().map(|item| (item.text(&["ID"]), publication(item))).collect();
    let mut shelf = Shelf::for_all(made.iter().filter_map(|(_, made)| made.as_ref()));
    for (i, (item, (key, made))) in items.iter_mut().zip(made).enumerate() {
        let name = if key.is_empty() { format!("[{i}]") } else { key.clone() };
        if let Some(made) = made {
            // A key is one word.
            let own = if key.contains(char::is_whitespace) { "" } else { &key };
            let (at, title) = shelf.add(made, own);
            import.report.placed(at.clone(), &title);
            if !key.is_empty() && !keys.insert(key.clone()) {
                import.report.guessed(at, format!("`{key}`: another entry has the same key"));
            }
        }
        item.left(&name, &mut |way, text| import.report.not_placed(way, text));
    }
    import.profile.sections = shelf.sections();
    if import.profile.sections.is_empty() && import.report.findings.is_empty() {
        return Err(Error::Nothing { format: NAME });
    }
    Ok(import)
}

/// The records, each as its tags and values in order. A line without a tag goes on with the one
/// before it.
fn records(text: &str) -> Vec<Vec<(String, Tree)>> {
    let mut records: Vec<Vec<(String, Tree)>> = vec![];
    let mut open = false;
    for line in text.lines() {
        match tagged(line) {
            Some(("ER", _)) => open = false,
            Some((tag, value)) => {
                if tag == "TY" || !open {
                    records.push(vec![]);
                    open = true;
                }
                if let Some(record) = records.last_mut() {
                    record.push((tag.to_owned(), Tree::Text(value.to_owned())));
                }
            }
            None if line.trim().is_empty() => {}
            None => {
                match records.last_mut().filter(|_| open).and_then(|record| record.last_mut()) {
                    Some((_, Tree::Text(value))) => {
                        value.push(' ');
                        value.push_str(line.trim());
                    }
                    // What stands between records is told as a record of its own.
                    _ => {
                        let text = Tree::Text(line.trim().to_owned());
                        records.push(vec![("text".to_owned(), text)]);
                    }
                }
            }
        }
    }
    records
}

/// Takes the first text with one of these tags, as markup.
fn text(item: &mut Tree, tags: &[&str]) -> String {
    html::to_markup(&item.text(tags))
}

/// Takes every text with one of these tags.
fn all(item: &mut Tree, tags: &[&str]) -> Vec<String> {
    let mut found = vec![];
    while let Some(text) = Some(item.text(tags)).filter(|text| !text.is_empty()) {
        found.push(text);
    }
    found
}

fn publication(item: &mut Tree) -> Option<Made> {
    item.inner(&["TI", "T1", "CT", "AU", "A1", "BT"])?;
    let mut paper = Paper::default();
    kind(item, &mut paper);
    let is_book = paper.work == Some(Work::Book);
    paper.title = text(item, if is_book { &["TI", "T1", "BT"] } else { &["TI", "T1", "CT"] });
    paper.authors = people(item, &["AU", "A1"]);
    if paper.authors.is_empty() && is_book {
        paper.authors = people(item, &["A2", "ED"]);
        if !paper.authors.is_empty() {
            paper.extra = "edited volume".to_owned();
        }
    }
    match paper.work {
        Some(Work::Book) => {}
        Some(Work::Thesis | Work::Report) => paper.venue = text(item, &["PB", "T2"]),
        _ => paper.venue = text(item, &["T2", "JF", "JO", "BT"]),
    }
    // The same again, most often shorter.
    for tag in ["JO", "JF", "JA", "J2"] {
        let other = text(item, &[tag]);
        match other {
            other if paper.venue.is_empty() => paper.venue = other,
            other if other == paper.venue || other.is_empty() => {}
            other if paper.tag.is_empty() => paper.tag = other,
            other => item.put(tag, other),
        }
    }
    paper.series = text(item, &["T3"]);
    paper.volume = text(item, &["VL"]);
    paper.number = text(item, &["IS"]);
    let (start, end) = (text(item, &["SP"]), text(item, &["EP"]));
    paper.pages = match end.as_str() {
        "" => start,
        end if start.is_empty() || start == end => end.to_owned(),
        end => format!("{start}–{end}"),
    };
    paper.article = text(item, &["C7"]);
    paper.edition = text(item, &["ET"]);
    if let Some(Work::Book | Work::Chapter) = paper.work {
        paper.publisher = text(item, &["PB"]);
        if !paper.publisher.is_empty() {
            paper.place = text(item, &["CY", "PP"]);
        }
    }
    if paper.work == Some(Work::Thesis) {
        paper.place = text(item, &["CY", "PP"]);
    }
    paper.date = date(item);
    for note in all(item, &["N1"]) {
        paper.note(&html::to_markup(&note));
    }
    paper.doi = item.text(&["DO"]);
    if let Some(id) = paper::arxiv(&item.text(&["AN"])) {
        paper.arxiv = id;
    }
    if let Some(pdf) = Some(item.text(&["L1"])).filter(|pdf| !pdf.is_empty()) {
        match paper::is_address(&pdf) {
            true => paper.pdf = pdf,
            false => item.put("L1", pdf),
        }
    }
    for url in all(item, &["UR", "LK"]) {
        // A DOI once more is said by the DOI.
        if paper.url.is_empty() || paper::doi(&paper.url).is_some() {
            paper.url = url;
        } else if paper::doi(&url).is_none_or(|doi| doi != paper.doi) {
            paper.links.push(format!("[Website]({url})"));
        }
    }
    Some(paper.finish())
}

fn kind(item: &mut Tree, paper: &mut Paper) {
    let kind = item.text(&["TY"]);
    let (work, what) = match kind.as_str() {
        "JOUR" | "JFULL" | "EJOUR" | "MGZN" | "NEWS" | "ABST" | "INPR" => (Some(Work::Article), ""),
        "CONF" | "CPAPER" => (Some(Work::Conference), ""),
        "CHAP" | "ECHAP" | "ENCYC" | "DICT" => (Some(Work::Chapter), ""),
        "BOOK" | "EBOOK" | "EDBOOK" | "SER" => (Some(Work::Book), ""),
        "THES" => (Some(Work::Thesis), "Thesis"),
        "RPRT" | "GOVDOC" => (Some(Work::Report), "Technical report"),
        "UNPB" | "MANSCPT" => (Some(Work::Preprint), ""),
        "PAT" => (Some(Work::Patent), "Patent"),
        "COMP" => (Some(Work::Software), ""),
        "DATA" => (Some(Work::Dataset), ""),
        "SLIDE" => (None, "Talk"),
        "" | "GEN" | "ELEC" | "WEB" => (None, ""),
        // A kind that we have no word for.
        other => {
            item.put("TY", other.to_owned());
            (None, "")
        }
    };
    paper.work = work;
    what.clone_into(&mut paper.what);
    if kind == "INPR" {
        "in press".clone_into(&mut paper.status);
    }
    // `PhD thesis`, `Working paper`; for others it says nothing that we have a place for.
    if let Some(Work::Thesis | Work::Report) = work
        && let Some(what) = Some(text(item, &["M3"])).filter(|what| !what.is_empty())
    {
        paper.what = what;
    }
}

/// Takes people: `Doe, Jane` and `King, Martin L., Jr.`
fn people(item: &mut Tree, tags: &[&str]) -> Vec<Author> {
    let named = |source: String| {
        // Some programs keep a body in the braces of BibTeX.
        let body = source.strip_prefix('{').and_then(|source| source.strip_suffix('}'));
        if let Some(body) = body {
            return Author::from(html::to_markup(body).as_str());
        }
        let parts: Vec<&str> = source.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
        let name = match parts.as_slice() {
            [family, given] if is_native(family) && is_native(given) => format!("{family}{given}"),
            [body, behind] if is_suffix(behind) => format!("{body}, {behind}"),
            [family, given] if is_person(&source) => format!("{given} {family}"),
            [family, given, suffix] if is_suffix(suffix) => format!("{given} {family} {suffix}"),
            _ => source.clone(),
        };
        Author::from(html::to_markup(&name).as_str())
    };
    all(item, tags).into_iter().map(named).collect()
}

/// Whether a text is in a script that is written without space between family and given name.
fn is_native(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c >= '\u{2e80}')
}

/// Takes the date: `2024`, `2024/05/17/`, `2024///Fall`. What says more of the same year counts.
fn date(item: &mut Tree) -> String {
    let mut best = String::new();
    for tag in ["PY", "Y1", "DA"] {
        let source = item.text(&[tag]);
        let mut parts = source.splitn(4, '/').map(str::trim);
        let (year, month, day) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        let other = parts.next().unwrap_or_default();
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let read = match (is_number(month), is_number(day)) {
            (true, true) => format!("{year}-{month:0>2}-{day:0>2}"),
            (true, false) => format!("{year}-{month:0>2}"),
            (false, _) if other.is_empty() => year.to_owned(),
            (false, _) if Dates::parse(other).is_some() => other.to_owned(),
            (false, _) => format!("{other} {year}"),
        };
        let is_same_year = best.get(..4).is_none_or(|best| Some(best) == year.get(..4));
        if read.len() > best.len() && is_same_year {
            best = read;
        } else if !is_same_year {
            item.put(tag, source);
        }
    }
    best
}

/// Every publication that `shown` (see [`crate::interchange::shown`]) has. The style changes
/// nothing.
#[must_use]
pub fn write(shown: &Profile, _: &Style) -> Vec<u8> {
    let mut keys = HashSet::new();
    let mut out = String::new();
    for paper in paper::works(shown) {
        let mut lines = Lines(String::new());
        lines.fill(&paper);
        lines.put("ID", &key(&paper.authors, &paper.date, &paper.title, &mut keys));
        out += &lines.0;
        out += "ER  - \n\n";
    }
    out.into_bytes()
}

/// The lines of one record.
struct Lines(String);

impl Lines {
    fn put(&mut self, tag: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            writeln!(self.0, "{tag}  - {value}").ok();
        }
    }

    fn prose(&mut self, tag: &str, markup: &str) {
        self.put(tag, &plain(markup));
    }

    /// Only what can be followed.
    fn address(&mut self, tag: &str, address: &str) {
        if let Some(url) = Link::parse(address).url {
            self.put(tag, &url);
        }
    }

    fn fill(&mut self, paper: &Publication) {
        let work = paper.work();
        let details = Details::read(&paper.details);
        let kind = match work {
            Work::Article => "JOUR",
            Work::Conference | Work::Workshop => "CPAPER",
            Work::Chapter => "CHAP",
            Work::Book => "BOOK",
            Work::Preprint => "UNPB",
            Work::Thesis => "THES",
            Work::Report => "RPRT",
            Work::Patent => "PAT",
            Work::Software => "COMP",
            Work::Dataset => "DATA",
            Work::Other => "GEN",
        };
        self.put("TY", kind);
        self.prose("TI", &paper.title);
        for author in &paper.authors {
            self.put("AU", &person(&author.name));
        }
        let venue = if matches!(work, Work::Thesis | Work::Report) { "PB" } else { "T2" };
        self.prose(venue, &paper.venue);
        self.prose("J2", &paper.tag);
        if matches!(work, Work::Thesis | Work::Report) {
            self.prose("M3", &details.what);
        }
        self.prose("VL", details.field("volume"));
        self.prose("IS", details.field("number"));
        match plain(details.field("pages")).split_once('–') {
            Some((start, end)) => {
                self.put("SP", start);
                self.put("EP", end);
            }
            None => self.prose("SP", details.field("pages")),
        }
        self.prose("C7", details.field("eid"));
        self.prose("ET", details.field("edition"));
        let rest = if matches!(work, Work::Book | Work::Chapter) { "PB" } else { "N1" };
        self.prose(rest, &details.rest);
        self.date(&paper.date);
        for note in [&paper.note, &paper.status] {
            self.prose("N1", note);
        }
        if let Some(doi) = paper::doi(&paper.doi) {
            self.put("DO", &doi);
        }
        if let Some(id) = paper::arxiv(paper.arxiv.trim()) {
            self.put("AN", &format!("arXiv:{id}"));
        }
        self.address("UR", &paper.url);
        self.address("L1", &paper.pdf);
        for link in [&paper.code].into_iter().chain(&paper.links) {
            self.address("UR", link);
        }
        for bullet in &paper.bullets {
            self.prose("N1", &bullet.text);
        }
    }

    fn date(&mut self, date: &str) {
        let on = Dates::parse(date).filter(|dates| !dates.expected).map(|dates| dates.span);
        match on {
            Some(Span::On(Date::Year(year))) => self.put("PY", &year.to_string()),
            Some(Span::On(Date::Month { year, month })) => {
                self.put("PY", &year.to_string());
                self.put("DA", &format!("{year}/{month:02}//"));
            }
            Some(Span::On(Date::Day { year, month, day })) => {
                self.put("PY", &year.to_string());
                self.put("DA", &format!("{year}/{month:02}/{day:02}/"));
            }
            // The fourth part is for what is no number.
            _ if !date.trim().is_empty() => {
                let mut runs = date.split(|c: char| !c.is_ascii_digit());
                let year = runs.rfind(|run| run.len() == 4).unwrap_or_default();
                self.put("PY", &format!("{year}///{}", plain(date).replace('/', "-")));
            }
            _ => {}
        }
    }
}

/// A text without markup, on one line.
fn plain(markup: &str) -> String {
    Rich::parse(markup).to_plain()
}

/// A name with the family name first; bodies as they are.
fn person(source: &str) -> String {
    let name = plain(&split_marks(source).0);
    let parsed = Name::parse(&name);
    if parsed.given.is_empty() || name.contains(',') || !is_person(&name) {
        return name;
    }
    // As it is typed: initials keep their dots and spaces.
    let given = name.strip_suffix(parsed.suffix.as_str()).unwrap_or(&name).trim();
    match (given.strip_suffix(parsed.family.as_str()), parsed.suffix.as_str()) {
        (Some(given), "") => format!("{}, {}", parsed.family, given.trim()),
        (Some(given), suffix) => format!("{}, {}, {suffix}", parsed.family, given.trim()),
        (None, _) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::{Entries, Section};

    #[test]
    fn lines_have_tags() {
        for (line, expected) in [
            ("TY  - JOUR", Some(("TY", "JOUR"))),
            ("A1 - Doe, Jane", Some(("A1", "Doe, Jane"))),
            ("ER  -", Some(("ER", ""))),
            ("ER  - ", Some(("ER", ""))),
            ("On - the other hand", None),
            ("TY-JOUR", None),
            ("é", None),
        ] {
            assert_eq!(tagged(line), expected, "{line}");
        }
        assert!(fits(b"Provider: x\nTY  - JOUR\nER  - \n"));
        assert!(!fits(b"to  - do\nTY  - a list of things\n"));
    }

    #[test]
    fn names_are_written_as_they_are_typed() {
        for (name, expected) in [
            ("J. T. H. Wong†", "Wong, J. T. H."),
            ("Jan van der Berg", "van der Berg, Jan"),
            ("Martin L. King Jr.", "King, Martin L., Jr."),
            ("World Health Organization", "World Health Organization"),
            ("OpenAI", "OpenAI"),
            ("张伟", "张伟"),
            ("Wong JTH", "Wong JTH"),
        ] {
            assert_eq!(person(name), expected, "{name}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let paper = Publication {
            title: "Snow & *ice*".into(),
            authors: vec!["J. T. H. Wong†".into(), "World Health Organization".into()],
            venue: "Journal of Rain".into(),
            tag: "J. Rain".into(),
            details: "vol. 12(3), pp. 1–14".into(),
            date: "2024-05".into(),
            note: "Oral".into(),
            doi: "10.5555/a".into(),
            arxiv: "2401.01234".into(),
            pdf: "https://example.org/a.pdf".into(),
            url: "https://example.org/a".into(),
            ..Publication::default()
        };
        let expected = Publication {
            title: "Snow & ice".into(),
            authors: vec!["J. T. H. Wong".into(), "World Health Organization".into()],
            imported: "wong2024snow".into(),
            ..paper.clone()
        };
        let list = Entries { entries: vec![paper], ..Entries::default() };
        let profile = Profile { sections: vec![Section::Publications(list)], ..Profile::default() };
        let bytes = write(&profile, &Style::default());
        let import = read(&bytes).unwrap_or_default();
        let found = import.profile.sections.into_iter().flat_map(|section| match section {
            Section::Publications(list) => list.entries,
            _ => vec![],
        });
        assert_eq!(found.collect::<Vec<_>>(), [expected], "{}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn patents_go_out_and_come_back() {
        use crate::section::Patent;
        let patent = Patent {
            title: "Folding of sheets".into(),
            inventors: vec!["Ada Northgate".into()],
            number: "EP 1 234 567 B1".into(),
            office: "European Patent Office".into(),
            date: "2021".into(),
            ..Patent::default()
        };
        let list = Entries { entries: vec![patent.clone()], ..Entries::default() };
        let profile = Profile { sections: vec![Section::Patents(list)], ..Profile::default() };
        for write in [write, crate::interchange::csl::write] {
            let bytes = write(&profile, &Style::default());
            let (_, import) = crate::interchange::read(&bytes, None).unwrap();
            let [Section::Patents(found)] = import.profile.sections.as_slice() else {
                panic!("{:?}", import.profile.sections)
            };
            let found = found.entries.first().cloned().unwrap_or_default();
            assert_eq!(Patent { imported: String::new(), ..found }, patent);
        }
    }
}

//! CSL-JSON: publications come in as reference managers and registries of DOIs hand them out, and
//! go out to those.

use super::{
    Error, Import, Source, Tree,
    bibtex::{is_person, key as key_of},
    decode::decode,
    details::Details,
    html, json,
    paper::{self, Made, Paper, Shelf},
};
use crate::{
    at::At,
    look::Style,
    profile::Profile,
    section::Publication,
    value::{
        date::{Date, Dates, Span},
        entry::{Author, Labelled},
        link::Link,
        person::{Name, split_marks},
        rich::Rich,
        work::Work,
    },
};
use std::collections::HashSet;

const NAME: &str = "CSL-JSON";

/// Lists of publications of reference managers.
pub(super) static CSL_JSON: Source = Source {
    name: NAME,
    endings: &["json", "csl", "csljson"],
    fits,
    read: |bytes, _| read(bytes),
    outline: None,
};

/// Whether it is JSON with the names that only publications have.
fn fits(bytes: &[u8]) -> bool {
    const HEAD: usize = 64 * 1024;
    let (text, _) = decode(bytes.get(..HEAD).unwrap_or(bytes));
    let names = |names: &[&str]| names.iter().any(|name| text.contains(&format!("\"{name}\"")));
    text.trim_start().starts_with(['[', '{'])
        && names(&["title"])
        && names(&["date-parts", "container-title", "citation-key"])
        && !names(&["basics"])
}

/// Reads every publication, whatever the list of them is called.
fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let mut tree = json::read(&text, NAME)?;
    let mut import = Import { unordered: true, ..Import::default() };
    if let Some(encoding) = encoding {
        let message = format!("the file is not in UTF-8; it was read as {encoding}");
        import.report.guessed(At::root(), message);
    }
    // The envelope of a registry.
    if let Some(message) = tree.inner(&["message"]).map(Tree::take) {
        import.report.left(&tree);
        tree = message;
    }
    let single = tree.inner(&["title"]).is_some();
    let items = match tree.inner(&["items", "references"]) {
        Some(_) if !single => tree.items(&["items", "references"]),
        _ => tree.own_items(),
    };
    let made: Vec<_> = items.iter_mut().map(|item| (key(item), publication(item))).collect();
    let mut shelf = Shelf::for_all(made.iter().filter_map(|(_, made)| made.as_ref()));
    for (i, (item, (key, made))) in items.iter_mut().zip(made).enumerate() {
        if let Some(made) = made {
            let (at, title) = shelf.add(made, key.as_deref().unwrap_or_default());
            import.report.placed(at, &title);
        }
        let name = key.unwrap_or_else(|| format!("[{i}]"));
        let report = &mut import.report;
        item.take().left(&name, &mut |way, text| report.not_placed(way, text));
    }
    import.report.left(&tree);
    import.profile.sections = shelf.sections();
    if import.profile.sections.is_empty() && import.report.findings.is_empty() {
        return Err(Error::Nothing { format: NAME });
    }
    Ok(import)
}

/// The name by which the source knows an item; it becomes the key of the entry.
fn key(item: &mut Tree) -> Option<String> {
    let key = item.text(&["citation-key", "id"]);
    (!key.is_empty()).then_some(key)
}

fn publication(item: &mut Tree) -> Option<Made> {
    item.inner(&["title", "author"])?;
    let mut paper = Paper::default();
    kind(item, &mut paper);
    let title = texts(item, &["title"]);
    paper.title = match texts(item, &["subtitle"]) {
        subtitle if subtitle.is_empty() => title,
        subtitle => format!("{title}: {subtitle}"),
    };
    paper.authors = people(item, "author");
    if paper.authors.is_empty() && paper.work == Some(Work::Book) {
        paper.authors = people(item, "editor");
        if !paper.authors.is_empty() {
            paper.extra = "edited volume".to_owned();
        }
    }
    paper.venue = texts(item, &["container-title", "event-title", "event"]);
    if paper.work == Some(Work::Patent) {
        paper.office = texts(item, &["authority", "jurisdiction", "publisher-place"]);
        let holder = texts(item, &["publisher"]);
        let filed = date(item, &["submitted"]);
        for (label, text) in [("Assignee", holder), ("Filed", filed)] {
            if !text.is_empty() {
                paper.lines.push(Labelled { label: label.to_owned(), text, ..Labelled::default() });
            }
        }
    }
    let publishes = matches!(paper.work, Some(Work::Book | Work::Chapter));
    if publishes {
        paper.publisher = texts(item, &["publisher"]);
        if !paper.publisher.is_empty() {
            paper.place = texts(item, &["publisher-place"]);
        }
    } else if paper.venue.is_empty() {
        paper.venue = texts(item, &["publisher", "archive"]);
        if paper.work == Some(Work::Thesis) {
            paper.place = texts(item, &["publisher-place"]);
        }
    }
    paper.tag = texts(item, &["container-title-short", "journalAbbreviation"]);
    if paper.tag == paper.venue {
        paper.tag.clear();
    }
    paper.edition = texts(item, &["edition"]);
    paper.volume = texts(item, &["volume"]);
    paper.number = texts(item, &["issue", "number"]);
    // Zotero keeps the number of a preprint there.
    if let Some(id) = paper::arxiv(&paper.number) {
        paper.arxiv = id;
        paper.number.clear();
    }
    paper.chapter = texts(item, &["chapter-number"]);
    paper.article = texts(item, &["article-number"]);
    paper.pages = texts(item, &["page"]);
    paper.version = texts(item, &["version"]);
    paper.series = texts(item, &["collection-title"]);
    paper.date =
        date(item, &["issued", "published", "published-print", "published-online", "event-date"]);
    let status = texts(item, &["status"]);
    if !status.is_empty() {
        let usual = match paper.work {
            Some(Work::Patent) => paper::patent_status(&status),
            _ => paper::status(&status),
        };
        paper.status = usual.unwrap_or(status);
    }
    for line in item.text(&["note"]).lines() {
        paper.note(&html::to_markup(line));
    }
    paper.doi = item.text(&["DOI"]);
    paper.url = item.text(&["URL"]);
    Some(paper.finish())
}

fn kind(item: &mut Tree, paper: &mut Paper) {
    let kind = item.text(&["type"]);
    let (work, what) = match kind.as_str() {
        "article-journal" | "journal-article" | "article-magazine" | "article-newspaper"
        | "review" => (Some(Work::Article), ""),
        "paper-conference" | "proceedings-article" => (Some(Work::Conference), ""),
        "chapter" | "book-chapter" | "entry-encyclopedia" => (Some(Work::Chapter), ""),
        "book" | "monograph" | "edited-book" | "collection" => (Some(Work::Book), ""),
        "article" | "posted-content" | "manuscript" => (Some(Work::Preprint), ""),
        "thesis" | "dissertation" => (Some(Work::Thesis), "Thesis"),
        "report" | "report-component" => (Some(Work::Report), "Technical report"),
        "patent" => (Some(Work::Patent), "Patent"),
        "software" => (Some(Work::Software), ""),
        "dataset" => (Some(Work::Dataset), ""),
        "speech" => (None, "Talk"),
        other => {
            // A word of its own such as `post-weblog`.
            other.replace('-', " ").clone_into(&mut paper.kind);
            (None, "")
        }
    };
    paper.work = work;
    what.clone_into(&mut paper.what);
    // What is said more exactly than by the type, such as `PhD thesis`.
    let genre = texts(item, &["genre"]);
    if !genre.is_empty() {
        match paper::status(&genre) {
            Some(status) => paper.status = status,
            None => paper.what = genre,
        }
    }
}

/// Takes a text, or several, as markup.
fn texts(item: &mut Tree, names: &[&str]) -> String {
    names
        .iter()
        .map(|name| item.texts(&[name]).join(": "))
        .find(|text| !text.is_empty())
        .map(|text| html::to_markup(&text))
        .unwrap_or_default()
}

/// Takes the people under this name.
fn people(item: &mut Tree, role: &str) -> Vec<Author> {
    let people = item.items(&[role]).iter_mut().map(|person| {
        let literal = match person.own_text() {
            text if text.is_empty() => person.text(&["literal", "name"]),
            text => text,
        };
        if !literal.is_empty() {
            return literal;
        }
        let parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
        let [given, dropping, particle, family, suffix] = parts.map(|part| person.text(&[part]));
        let is_native = |text: &str| text.chars().all(|c| c >= '\u{2e80}');
        if !given.is_empty() && !family.is_empty() && is_native(&given) && is_native(&family) {
            return format!("{family}{given}");
        }
        let words = [given, dropping, particle, family, suffix];
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    });
    let named = people.filter(|name| !name.is_empty());
    named.map(|name| Author::from(html::to_markup(&name).as_str())).collect()
}

/// Takes the first of these dates that there is: its numbers, or what is written there.
fn date(item: &mut Tree, names: &[&str]) -> String {
    for name in names {
        let Some(date) = item.inner(&[name]) else { continue };
        let literal = match date.own_text() {
            text if text.is_empty() => date.text(&["literal", "raw"]),
            text => text,
        };
        if !literal.is_empty() {
            return literal.replace('/', " – ");
        }
        let mut ends = vec![];
        for part in date.items(&["date-parts"]) {
            let numbers: Vec<String> = part.own_items().iter_mut().map(Tree::own_text).collect();
            let padded = |n: &String| if n.len() == 1 { format!("0{n}") } else { n.clone() };
            let numbers: Vec<String> =
                numbers.iter().filter(|n| !n.is_empty()).map(padded).collect();
            ends.push(numbers.join("-"));
        }
        ends.retain(|end| !end.is_empty());
        ends.dedup();
        let season = date.text(&["season"]);
        let whole = ends.join(" – ");
        let named = match season.as_str() {
            "" => return whole,
            "1" | "21" => "Spring",
            "2" | "22" => "Summer",
            "3" | "23" => "Autumn",
            "4" | "24" => "Winter",
            other => other,
        };
        let seasoned = format!("{named} {whole}");
        return if Dates::parse(&seasoned).is_some() { seasoned } else { whole };
    }
    String::new()
}

/// Every publication that `shown` (see [`crate::interchange::shown`]) has, as a list. The style
/// changes nothing.
#[must_use]
pub fn write(shown: &Profile, _: &Style) -> Vec<u8> {
    let mut keys = HashSet::new();
    let items = paper::works(shown).into_iter().map(|paper| {
        let id = key_of(&paper.authors, &paper.date, &paper.title, &mut keys);
        item(&paper, id)
    });
    json::write(&Tree::List(items.collect()))
}

/// A publication in the fields of CSL 1.0.2.
fn item(paper: &Publication, id: String) -> Tree {
    let work = paper.work();
    let details = Details::read(&paper.details);
    let kind = match work {
        Work::Article => "article-journal",
        Work::Conference | Work::Workshop => "paper-conference",
        Work::Chapter => "chapter",
        Work::Book => "book",
        Work::Preprint => "article",
        Work::Thesis => "thesis",
        Work::Report => "report",
        Work::Patent => "patent",
        Work::Software => "software",
        Work::Dataset => "dataset",
        Work::Other => "document",
    };
    let is_public = matches!(work, Work::Thesis | Work::Report);
    let venue = match work {
        Work::Patent => "authority",
        _ if is_public => "publisher",
        _ => "container-title",
    };
    let mut fields = Tree::Map(vec![]);
    fields.put("id", id);
    fields.put("type", kind.to_owned());
    fields.put("title", html::write(&paper.title));
    let people = paper.authors.iter().map(|author| person(&author.name)).collect();
    let mut notes = vec![];
    for (name, text) in [
        (venue, html::write(&paper.venue)),
        ("container-title-short", html::write(&paper.tag)),
        ("volume", html::write(details.field("volume"))),
        ("issue", html::write(details.field("number"))),
        ("page", html::write(details.field("pages")).replace('–', "-")),
        ("article-number", html::write(details.field("eid"))),
        ("chapter-number", html::write(details.field("chapter"))),
        ("edition", html::write(details.field("edition"))),
        ("version", html::write(details.field("version"))),
        ("genre", html::write(&details.what)),
        ("status", html::write(&paper.status)),
        ("DOI", paper::doi(&paper.doi).unwrap_or_default()),
        ("URL", Link::parse(&paper.url).url.unwrap_or_default()),
    ] {
        // A report and a patent have their number under another name.
        let is_number = name == "issue" && (is_public || work == Work::Patent);
        let name = if is_number { "number" } else { name };
        fields.put(name, text);
    }
    if matches!(work, Work::Book | Work::Chapter) {
        fields.put("publisher", html::write(&details.rest));
    } else {
        notes.push(html::write(&details.rest));
    }
    if let Some(id) = paper::arxiv(paper.arxiv.trim()) {
        notes.push(format!("arXiv:{id}"));
    }
    notes.push(html::write(&paper.note));
    notes.retain(|note| !note.is_empty());
    fields.put("note", notes.join("\n"));
    if let Tree::Map(fields) = &mut fields {
        fields.insert(2, ("author".to_owned(), Tree::List(people)));
        fields.extend(issued(&paper.date).map(|date| ("issued".to_owned(), date)));
    }
    fields
}

/// A name in its parts; a body whole.
fn person(source: &str) -> Tree {
    let name = Rich::parse(&split_marks(source).0).to_plain();
    let parsed = Name::parse(&name);
    let mut person = Tree::Map(vec![]);
    let is_parted = !parsed.given.is_empty()
        && parsed.native.is_none()
        && !name.contains(',')
        && is_person(&name)
        && name.ends_with(&format!("{} {}", parsed.family, parsed.suffix).trim_end());
    if is_parted {
        let end = format!("{} {}", parsed.family, parsed.suffix);
        let given = name.strip_suffix(end.trim_end()).unwrap_or_default().trim().to_owned();
        person.put("family", parsed.family);
        person.put("given", given);
        person.put("suffix", parsed.suffix);
    } else {
        person.put("literal", name);
    }
    person
}

/// A date in numbers, or in the words in which it is typed.
fn issued(date: &str) -> Option<Tree> {
    let numbers = |numbers: &[u16]| {
        let numbers = numbers.iter().map(|n| Tree::Text(n.to_string())).collect();
        Tree::List(numbers)
    };
    let parts = |date: Date| {
        Some(match date {
            Date::Year(year) => numbers(&[year]),
            Date::Month { year, month } => numbers(&[year, month.into()]),
            Date::Day { year, month, day } => numbers(&[year, month.into(), day.into()]),
            Date::Season { .. } => return None,
        })
    };
    let dates = Dates::parse(date).filter(|dates| !dates.expected).map(|dates| dates.span);
    let ends = match dates {
        Some(Span::On(date)) => parts(date).map(|date| vec![date]),
        Some(Span::Between(start, end)) => parts(start).zip(parts(end)).map(|(a, b)| vec![a, b]),
        _ => None,
    };
    match ends {
        Some(ends) => Some(Tree::Map(vec![("date-parts".to_owned(), Tree::List(ends))])),
        None if date.trim().is_empty() => None,
        None => {
            let typed = Tree::Text(Rich::parse(date).to_plain());
            Some(Tree::Map(vec![("literal".to_owned(), typed)]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::{Entries, Section};

    #[test]
    fn only_lists_of_publications_look_like_one() {
        for (text, expected) in [
            (r#"[{"title": "T", "issued": {"date-parts": [[2024]]}}]"#, true),
            (r#"{"items": [{"title": "T", "container-title": "J"}]}"#, true),
            (r#"{"basics": {}, "title": "", "date-parts": 1}"#, false),
            (r#"[{"title": "T"}]"#, false),
            ("title: x", false),
        ] {
            assert_eq!(fits(text.as_bytes()), expected, "{text}");
        }
        assert!(matches!(read(b"[]"), Err(Error::Nothing { .. })));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let papers = [
            Publication {
                title: "Snow & *ice* with CO_{2} < 5".into(),
                authors: vec!["J. T. H. Wong†".into(), "World Health Organization".into()],
                venue: "Journal of Rain".into(),
                tag: "J. Rain".into(),
                details: "vol. 12(3), pp. 1–14".into(),
                date: "2024-05".into(),
                status: "in press".into(),
                note: "Oral".into(),
                doi: "10.5555/a".into(),
                arxiv: "2401.01234".into(),
                url: "https://example.org/a".into(),
                ..Publication::default()
            },
            Publication {
                title: "Light".into(),
                authors: vec!["Martin L. King Jr.".into(), "张伟".into()],
                venue: "University of Port Ellery".into(),
                details: "PhD thesis".into(),
                date: "Fall 2020".into(),
                ..Publication::default()
            },
        ];
        let mut expected =
            papers.clone().map(|paper| Publication { imported: "x".into(), ..paper });
        if let Some(first) = expected.first_mut() {
            first.authors = vec!["J. T. H. Wong".into(), "World Health Organization".into()];
        }
        let list = Entries { entries: papers.to_vec(), ..Entries::default() };
        let profile = Profile { sections: vec![Section::Publications(list)], ..Profile::default() };
        let bytes = write(&profile, &Style::default());
        let import = read(&bytes).unwrap_or_default();
        let found = import.profile.sections.into_iter().flat_map(|section| match section {
            Section::Publications(list) => list.entries,
            _ => vec![],
        });
        let found = found.map(|paper| Publication { imported: "x".into(), ..paper });
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
        assert!(fits(&bytes), "{text}");
    }

    #[test]
    fn what_is_broken_is_told() {
        assert!(matches!(read(b"["), Err(Error::Broken { .. })));
    }
}

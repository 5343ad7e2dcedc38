//! The archive of one's own data that LinkedIn hands out: a ZIP file of tables, or one of the tables
//! alone.
//!
//! Nothing is ever unpacked to a disk, and no more is read of a table than a CV can hold.

use super::{
    Error, Import, LARGEST, MOST_OF_A_CV, Source, Tree,
    decode::{decode, head},
    network,
    record::{Dialect, Form, Names, Push, group_skills},
};
use crate::{
    at::At,
    person::Person,
    profile::Profile,
    section::{Section, SectionKind},
    value::entry::Show,
};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Reads the archive.
pub static SOURCE: Source = Source {
    name: NAME,
    endings: &["zip", "csv"],
    fits,
    read: |bytes, _| read(bytes),
    outline: None,
};

const NAME: &str = "LinkedIn archive";
/// A whole archive has some fifty files.
const MOST_FILES: usize = 5000;

const DIALECT: Dialect = Dialect {
    text: str::to_owned,
    start: &["Started On", "Start Date", "Start"],
    end: &["Finished On", "End Date", "Ended On", "End"],
    date: &[],
};

const PERSON: Form = Form {
    names: &[
        ("headline", &["Headline"]),
        ("summary", &["Summary"]),
        ("address", &["Geo Location", "Location", "Address"]),
        ("emails", &["Email Address"]),
        ("phones", &["Number"]),
    ],
    labels: &[(BORN, &["Birth Date"])],
};

/// The label of the date of birth, which LinkedIn always has and few pages shall show.
const BORN: &str = "Born";

/// A table: its file without `.csv`, the kind of section that its rows belong to, and its columns.
struct Table {
    file: Option<&'static str>,
    kind: SectionKind,
    form: Form,
}

const URL: &[&str] = &["Url", "URL", "Link"];
const DESCRIPTION: &[&str] = &["Description"];

/// Headings of sections that hold more than their kind says.
const HEADINGS: [(&str, &str); 2] = [("Organizations", "Organizations"), ("Courses", "Courses")];

/// Names of columns that only one table has all of: by them a table is known that comes alone.
const COLUMNS: [(&str, &[&str]); 12] = [
    ("Positions", &["Company Name", "Title", "Started On"]),
    ("Education", &["School Name"]),
    ("Volunteering", &["Company Name", "Role"]),
    ("Certifications", &["Name", "Authority"]),
    ("Patents", &["Title", "Patent Number"]),
    ("Honors", &["Title", "Issued On"]),
    ("Publications", &["Name", "Published On"]),
    ("Languages", &["Name", "Proficiency"]),
    ("Organizations", &["Name", "Position", "Started On"]),
    ("Recommendations_Received", &["First Name", "Last Name", "Text"]),
    ("Projects", &["Title", "Description", "Url", "Started On"]),
    ("Profile", &["First Name", "Last Name", "Headline"]),
];

const fn table(file: &'static str, kind: SectionKind, labels: Names, names: Names) -> Table {
    Table { file: Some(file), kind, form: Form { names, labels } }
}

/// A kind of section that the archive has no table for.
const fn without(kind: SectionKind) -> Table {
    Table { file: None, kind, form: Form { names: &[], labels: &[] } }
}

/// The tables that are read, in the order of the sections; a line for each kind of section, and one
/// more for a second table of service.
#[rustfmt::skip] // A table.
static TABLES: [Table; SectionKind::ALL.len() + 1] = [
    table("Positions", SectionKind::Experience, &[], &[
        ("organization", &["Company Name", "Company"]), ("role", &["Title", "Position"]), ("place", &["Location"]), ("summary", DESCRIPTION),
    ]),
    table("Education", SectionKind::Education, &[("Activities", &["Activities", "Activities and Societies"])], &[
        ("institution", &["School Name", "School"]), ("degree", &["Degree Name", "Degree"]), ("bullets", &["Notes", "Description"]),
    ]),
    table("Projects", SectionKind::Projects, &[], &[("name", &["Title", "Name"]), ("url", URL), ("summary", DESCRIPTION)]),
    table("Publications", SectionKind::Publications, &[], &[
        ("title", &["Name", "Title"]), ("date", &["Published On"]), ("bullets", DESCRIPTION), ("venue", &["Publisher"]), ("url", URL),
    ]),
    table("Patents", SectionKind::Patents, &[("Filed", &["Filed On", "Filing Date"])], &[
        ("title", &["Title", "Name"]), ("inventors", &["Inventors", "Inventor"]), ("number", &["Patent Number", "Number", "Application Number"]),
        ("office", &["Patent Office", "Office", "Issuer", "Country"]), ("status", &["Patent Status", "Status"]),
        ("date", &["Issued On", "Issue Date", "Filed On", "Filing Date"]), ("url", URL), ("bullets", DESCRIPTION),
    ]),
    table("Honors", SectionKind::Awards, &[], &[
        ("name", &["Title", "Name"]), ("issuer", &["Issuer"]), ("date", &["Issued On"]), ("bullets", DESCRIPTION),
    ]),
    table("Volunteering", SectionKind::Service, &[], &[
        ("organization", &["Company Name", "Organization"]), ("role", &["Role", "Title"]), ("bullets", DESCRIPTION),
    ]),
    table("Skills", SectionKind::Skills, &[], &[("items", &["Name", "Skill"])]),
    table("Languages", SectionKind::Languages, &[], &[("language", &["Name", "Language"]), ("level", &["Proficiency"])]),
    table("Organizations", SectionKind::Service, &[], &[
        ("organization", &["Name"]), ("role", &["Position"]), ("bullets", DESCRIPTION),
    ]),
    table("Courses", SectionKind::List, &[], &[("text", &["Name"])]),
    table("Recommendations_Received", SectionKind::References, &[], &[
        ("position", &["Job Title"]), ("organization", &["Company"]), ("relation", &["Text"]),
    ]),
    table("Certifications", SectionKind::Certificates, &[], &[("name", &["Name", "Title"]), ("issuer", &["Authority"]), ("url", URL)]),
    without(SectionKind::Teaching),
    without(SectionKind::Talks),
    without(SectionKind::Grants),
    without(SectionKind::Text),
];

/// The tables about the person.
const ABOUT: [&str; 5] =
    ["Profile", "Profile Summary", "Email Addresses", "PhoneNumbers", "Phone Numbers"];

/// The table that a file is: its name without folders and ending.
fn stem(name: &str) -> Option<&str> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, ending) = file.rsplit_once('.')?;
    ending.eq_ignore_ascii_case("csv").then_some(stem)
}

fn is_known(stem: &str) -> bool {
    let tables = TABLES.iter().filter_map(|table| table.file).chain(ABOUT);
    tables.into_iter().any(|known| known.eq_ignore_ascii_case(stem))
}

/// The table that a text is which came without the archive.
fn lone(text: &str) -> Option<&'static str> {
    let head = records(text).next()?;
    let has = |name: &&str| head.iter().any(|known| known.trim().eq_ignore_ascii_case(name));
    COLUMNS.iter().find(|(_, columns)| columns.iter().all(has)).map(|(file, _)| *file)
}

fn fits(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK") {
        return lone(&head(bytes)).is_some();
    }
    let names = archive(bytes).map(|archive| names(&archive)).unwrap_or_default();
    let known = names.iter().filter_map(|name| stem(name)).filter(|stem| is_known(stem));
    known.take(2).count() == 2
}

fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Error> {
    let broken = |message: String| Error::Broken { format: NAME, message, place: None };
    if !bytes.starts_with(b"PK") {
        return Err(broken("it is no ZIP file".to_owned()));
    }
    // The number of files stands in the last record; the list is not read if it is too long.
    let tail = bytes.len().saturating_sub(usize::from(u16::MAX) + 22);
    let tail = bytes.get(tail..).unwrap_or_default();
    let end = tail.windows(12).rev().find(|window| window.starts_with(b"PK\x05\x06"));
    let count = end.and_then(|end| end.last_chunk::<2>()).map_or(0, |n| u16::from_le_bytes(*n));
    if usize::from(count) > MOST_FILES {
        return Err(Error::TooDeep { format: NAME });
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))
}

fn names(archive: &ZipArchive<Cursor<&[u8]>>) -> Vec<String> {
    let names = archive.file_names().map(|name| name.map(String::from));
    names.map(Result::unwrap_or_default).collect()
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let mut import = Import::default();
    let (text, encoding) = decode(bytes);
    if let (false, Some(file)) = (bytes.starts_with(b"PK"), lone(&text)) {
        import.report.encoding(encoding);
        let tables = vec![(format!("{file}.csv"), rows(&text))];
        return profile(import, tables, vec![]);
    }
    let mut archive = archive(bytes)?;
    let mut tables: Vec<(String, Tree)> = vec![];
    let mut others = vec![];
    // What all files together may grow to.
    let mut room = LARGEST;
    let mut values = 0;
    for (index, name) in names(&archive).into_iter().enumerate() {
        if name.ends_with('/') {
            continue;
        }
        let Some(stem) = stem(&name) else {
            others.push((name, "a file that is no table".to_owned()));
            continue;
        };
        let bytes = unpacked(&mut archive, index, &mut room)?;
        let (text, encoding) = decode(&bytes);
        if is_known(stem) {
            let rows = rows(&text);
            values += rows.size().0;
            if values > MOST_OF_A_CV {
                return Err(Error::TooDeep { format: NAME });
            }
            import.report.encoding(encoding);
            tables.push((format!("{stem}.csv"), rows));
        } else {
            let count = records(&text).count().saturating_sub(1);
            let rows = if count == 1 { "row" } else { "rows" };
            others.push((name, format!("a table with {count} {rows}")));
        }
    }
    profile(import, tables, others)
}

/// The profile that is made of these tables; `others` are files that are not read.
fn profile(
    mut import: Import,
    tables: Vec<(String, Tree)>,
    others: Vec<(String, String)>,
) -> Result<Import, Error> {
    let mut tree = Tree::Map(tables);
    if tree.size().0 > MOST_OF_A_CV {
        return Err(Error::TooDeep { format: NAME });
    }
    let mut profile = Profile { person: person(&mut tree), ..Profile::default() };
    for table in &TABLES {
        let Some(file) = table.file else { continue };
        let mut section = Section::new(table.kind);
        for row in tree.items(&[&format!("{file}.csv")]) {
            prepare(file, row);
            let guesses = &mut vec![];
            let mut push = Push { dialect: &DIALECT, form: &table.form, tree: row, guesses };
            section.visit_mut(&At::root(), &mut push);
        }
        if let Some((_, title)) = HEADINGS.iter().find(|(known, _)| *known == file) {
            (*title).clone_into(section.title_mut());
        }
        if section.count() > 0 {
            profile.sections.push(section);
        }
    }
    group_skills(&mut profile.sections);
    if profile == Profile::default() {
        return Err(Error::Nothing { format: NAME });
    }
    import.report.all_placed(&profile);
    for (i, fact) in profile.person.facts.iter().enumerate() {
        if fact.label == BORN {
            let at = At::root().field("person").field("facts").index(i);
            let message = format!("`{}`, the date of birth, is kept but not printed", fact.text);
            import.report.guessed(at, message);
        }
    }
    import.report.left(&tree);
    for (name, what) in others {
        import.report.not_placed(&name, &what);
    }
    import.profile = profile;
    Ok(import)
}

/// The bytes of one file, as long as there is `room` for them.
fn unpacked(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    room: &mut usize,
) -> Result<Vec<u8>, Error> {
    let broken = |message: String| Error::Broken { format: NAME, message, place: None };
    let file = archive.by_index(index).map_err(|error| broken(error.to_string()))?;
    let mut bytes = vec![];
    // One more than there is room for shows that there is more.
    let most = u64::try_from(*room).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
    *room = room.checked_sub(bytes.len()).ok_or(Error::TooDeep { format: NAME })?;
    Ok(bytes)
}

fn records(text: &str) -> impl Iterator<Item = csv::StringRecord> {
    let reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.into_records().filter_map(Result::ok)
}

/// The rows as records with the names of the columns, in whatever order these stand.
fn rows(text: &str) -> Tree {
    let mut records = records(text);
    let head: Vec<String> =
        records.next().iter().flatten().map(|name| name.trim().to_owned()).collect();
    let row = |record: csv::StringRecord| {
        let cells = record.iter().enumerate().map(|(i, cell)| {
            let name = head.get(i).cloned().unwrap_or_else(|| format!("column {}", i + 1));
            (name, Tree::Text(cell.trim().to_owned()))
        });
        Tree::Map(cells.filter(|(_, cell)| !cell.is_empty()).collect())
    };
    Tree::List(records.take(MOST_OF_A_CV).map(row).filter(|row| !row.is_empty()).collect())
}

/// The person from all tables about them.
fn person(tree: &mut Tree) -> Person {
    let mut person = Person::default();
    for table in ABOUT {
        for row in tree.items(&[&format!("{table}.csv")]) {
            let mut new = Person::default();
            let links = links(row);
            let is_primary = row.text(&["Primary"]).eq_ignore_ascii_case("yes");
            // Only an address that was never confirmed is worth a word.
            if let Some(confirmed) = row.inner(&["Confirmed"])
                && *confirmed == Tree::Text("Yes".to_owned())
            {
                confirmed.take();
            }
            DIALECT.take(&mut new, row, &PERSON);
            let names = ["First Name", "Last Name"].map(|name| row.text(&[name]));
            for (old, new) in [
                (&mut person.name, names.join(" ").trim().to_owned()),
                (&mut person.headline, new.headline),
                (&mut person.summary, new.summary),
                (&mut person.address, new.address),
            ] {
                // A second text for the same is told.
                if old.is_empty() || new.is_empty() {
                    old.push_str(&new);
                } else if *old != new {
                    row.put("again", new);
                }
            }
            let first = if is_primary { 0 } else { person.emails.len() };
            person.emails.splice(first..first, new.emails);
            for fact in new.facts.iter_mut().filter(|fact| fact.label == BORN) {
                fact.show = Show::Never;
            }
            person.phones.append(&mut new.phones);
            person.facts.append(&mut new.facts);
            person.links.extend(links);
        }
    }
    person
}

/// Brings together what a table keeps apart.
fn prepare(file: &str, row: &mut Tree) {
    match file {
        // The day on which something was given begins no time that goes on.
        "Certifications" => {
            let (start, end) = (row.text(DIALECT.start), row.text(DIALECT.end));
            if end.is_empty() {
                row.put("date", start);
            } else {
                row.put("Started On", start);
                row.put("Finished On", end);
            }
        }
        "Courses" => {
            let (name, number) = (row.text(&["Name"]), row.text(&["Number"]));
            let whole = if number.is_empty() { name } else { format!("{name} ({number})") };
            row.put("Name", whole);
        }
        "Recommendations_Received" => {
            let names = ["First Name", "Last Name"].map(|name| row.text(&[name]));
            row.put("name", names.join(" ").trim().to_owned());
        }
        _ => {}
    }
}

/// `[PERSONAL:https://example.org,OTHER:…]` and `[handle]`.
fn links(row: &mut Tree) -> Vec<String> {
    let mut links = vec![];
    let mut parts = |name: &str| {
        let text = row.text(&[name]);
        let list = text.trim_matches(['[', ']']).split(',').map(|part| part.trim().to_owned());
        list.filter(|part| !part.is_empty()).collect::<Vec<_>>()
    };
    for site in parts("Websites") {
        let (label, url) = match site.split_once(':') {
            Some((label, url)) if !url.starts_with("//") => (label, url),
            _ => ("", site.as_str()),
        };
        let is_usual =
            ["PERSONAL", "PORTFOLIO", "BLOG", "OTHER", "COMPANY", "RSS"].contains(&label);
        links.push(network::link(if is_usual { "" } else { label }, "", url));
    }
    for handle in parts("Twitter Handles") {
        links.push(network::link("X", &handle, ""));
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_of_section_has_one_line_in_the_table() {
        let kinds: BTreeSet<SectionKind> = TABLES.iter().map(|table| table.kind).collect();
        assert!(kinds.iter().eq(SectionKind::ALL));
    }
}

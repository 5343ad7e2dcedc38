//! The archive of one's own data that LinkedIn hands out: a ZIP file of tables.
//!
//! Nothing is ever unpacked to a disk, and no more is read of a table than a CV can hold.

use super::{
    Error, Import, LARGEST, MOST_OF_A_CV, Source, Tree,
    decode::decode,
    network,
    record::{Dialect, Form, Names, Push, group_skills},
};
use crate::{at::At, person::Person, profile::Profile, section::Section};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Reads the archive.
pub static SOURCE: Source =
    Source { name: NAME, endings: &["zip"], fits, read: |bytes, _| read(bytes) };

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
    labels: &[("Born", &["Birth Date"])],
};

/// A table: its file without `.csv`, the kind of section that its rows belong to, and its columns.
struct Table {
    file: &'static str,
    kind: &'static str,
    form: Form,
}

const URL: &[&str] = &["Url", "URL", "Link"];
const DESCRIPTION: &[&str] = &["Description"];

const fn table(file: &'static str, kind: &'static str, labels: Names, names: Names) -> Table {
    Table { file, kind, form: Form { names, labels } }
}

/// The tables that are read, in the order of the sections.
#[rustfmt::skip] // A table.
static TABLES: &[Table] = &[
    table("Positions", "Experience", &[], &[
        ("organization", &["Company Name", "Company"]), ("role", &["Title", "Position"]), ("place", &["Location"]), ("summary", DESCRIPTION),
    ]),
    table("Education", "Education", &[("Activities", &["Activities", "Activities and Societies"])], &[
        ("institution", &["School Name", "School"]), ("degree", &["Degree Name", "Degree"]), ("bullets", &["Notes", "Description"]),
    ]),
    table("Projects", "Projects", &[], &[("name", &["Title", "Name"]), ("url", URL), ("summary", DESCRIPTION)]),
    table("Publications", "Publications", &[], &[
        ("title", &["Name", "Title"]), ("date", &["Published On"]), ("bullets", DESCRIPTION), ("venue", &["Publisher"]), ("url", URL),
    ]),
    table("Honors", "Awards", &[], &[
        ("name", &["Title", "Name"]), ("issuer", &["Issuer"]), ("date", &["Issued On"]), ("bullets", DESCRIPTION),
    ]),
    table("Volunteering", "Service", &[], &[
        ("organization", &["Company Name", "Organization"]), ("role", &["Role", "Title"]), ("bullets", DESCRIPTION),
    ]),
    table("Skills", "Skills", &[], &[("items", &["Name", "Skill"])]),
    table("Languages", "Languages", &[], &[("language", &["Name", "Language"]), ("level", &["Proficiency"])]),
    table("Certifications", "Certificates", &[], &[("name", &["Name", "Title"]), ("issuer", &["Authority"]), ("url", URL)]),
];

/// The tables about the person.
const ABOUT: [&str; 4] = ["Profile", "Profile Summary", "Email Addresses", "PhoneNumbers"];

/// The table that a file is: its name without folders and ending.
fn stem(name: &str) -> Option<&str> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, ending) = file.rsplit_once('.')?;
    ending.eq_ignore_ascii_case("csv").then_some(stem)
}

fn is_known(stem: &str) -> bool {
    let tables = TABLES.iter().map(|table| table.file).chain(ABOUT);
    tables.into_iter().any(|known| known.eq_ignore_ascii_case(stem))
}

fn fits(bytes: &[u8]) -> bool {
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
    let mut archive = archive(bytes)?;
    let mut import = Import::default();
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
    let mut tree = Tree::Map(tables);
    let mut profile = Profile { person: person(&mut tree), ..Profile::default() };
    for table in TABLES {
        let Some(mut section) = Section::new(table.kind) else {
            continue;
        };
        for row in tree.items(&[&format!("{}.csv", table.file)]) {
            let guesses = &mut vec![];
            let mut push = Push { dialect: &DIALECT, form: &table.form, tree: row, guesses };
            section.visit_mut(&At::root(), &mut push);
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
            person.emails.append(&mut new.emails);
            person.phones.append(&mut new.phones);
            person.facts.append(&mut new.facts);
            person.links.extend(links);
        }
    }
    person
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

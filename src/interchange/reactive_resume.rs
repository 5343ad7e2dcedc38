//! Reactive Resume, versions 3 to 6: its JSON of everything, as it is downloaded there.
//!
//! The versions differ in names only: `work` and `experience`, `summary` and `description`, dates
//! as records, as `date` and as `period`, addresses as texts and as records.

use super::{
    Error, Import, MOST_OF_A_CV, Source, Tree,
    decode::{decode, head},
    html, iso, json, network,
    record::{Dialect, Form, Names, Push},
};
use crate::{
    at::At,
    person::Person,
    profile::Profile,
    section::{Entries, Record, Section, SectionKind, VisitorMut},
    value::{
        entry::{Labelled, Show},
        link::{Link, LinkKind},
    },
};

/// Reads the files of Reactive Resume.
pub(super) static SOURCE: Source =
    Source { name: NAME, endings: &["json"], fits, read: |bytes, _| read(bytes), outline: None };

const NAME: &str = "Reactive Resume";

const DIALECT: Dialect =
    Dialect { text: html::to_prose, start: &["start"], end: &["end"], date: &["date", "period"] };

const PERSON: Form = Form {
    names: &[
        ("headline", &["headline", "label"]),
        ("emails", &["email"]),
        ("phones", &["phone"]),
        ("address", &["location"]),
    ],
    labels: &[("Born", &["birthdate"])],
};

/// A list of entries: what it is called, the kind of section that it is, and its fields.
struct List {
    names: &'static [&'static str],
    kind: SectionKind,
    form: Form,
}

const fn list(names: &'static [&'static str], kind: SectionKind, fields: Names) -> List {
    List { names, kind, form: Form { names: fields, labels: &[] } }
}

/// What an entry says in full: `summary` up to version 4, `description` since.
const TEXT: &[&str] = &["summary", "description"];
const NAMED: &[&str] = &["name", "title"];

/// Every list that is read.
#[rustfmt::skip] // A table.
static LISTS: [List; 12] = [
    list(&["experience", "work"], SectionKind::Experience, &[
        ("organization", &["company", "name"]), ("role", &["position"]), ("place", &["location"]), ("summary", TEXT), ("parts", &["roles"]), ("title", &["position"]),
    ]),
    list(&["education"], SectionKind::Education, &[
        ("institution", &["institution", "school"]), ("place", &["location"]), ("grade", &["score", "grade"]), ("bullets", TEXT),
    ]),
    list(&["projects"], SectionKind::Projects, &[
        ("name", NAMED), ("role", &["subtitle"]), ("place", &["location"]), ("tools", &["keywords"]), ("summary", TEXT),
    ]),
    list(&["publications"], SectionKind::Publications, &[
        ("title", NAMED), ("venue", &["publisher"]), ("bullets", TEXT),
    ]),
    list(&["awards"], SectionKind::Awards, &[("name", NAMED), ("issuer", &["awarder"]), ("bullets", TEXT)]),
    list(&["certifications"], SectionKind::Certificates, &[("name", NAMED)]),
    list(&["volunteer"], SectionKind::Service, &[("role", &["position"]), ("bullets", TEXT)]),
    list(&["skills"], SectionKind::Skills, &[("label", &["name"]), ("items", &["keywords"])]),
    list(&["languages"], SectionKind::Languages, &[
        ("language", &["language", "name"]), ("level", &["fluency", "description"]),
    ]),
    list(&["interests"], SectionKind::List, &[("text", &["name"])]),
    list(&["references"], SectionKind::References, &[("relation", &["relationship", "summary", "description"])]),
    // What a user adds.
    list(&["custom"], SectionKind::Projects, &[
        ("name", NAMED), ("role", &["subtitle"]), ("place", &["location"]), ("tools", &["keywords"]), ("summary", TEXT),
    ]),
];

/// Whether these bytes are a record with the names of this format.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    let names = json::names(&text);
    let has = |wanted: &str| names.contains(&wanted);
    has("basics") && has("sections") && !has("cv")
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let mut tree = json::read(&text, NAME)?;
    if tree.size().0 > MOST_OF_A_CV {
        return Err(Error::TooDeep { format: NAME });
    }
    let mut import = Import::default();
    import.report.encoding(encoding);
    if iso::months_for_days(&mut tree) {
        let told = "every date is the first or the last day of a month and was read as the month";
        import.report.guessed(At::root(), told);
    }
    let mut profile = Profile { person: person(&mut tree), ..Profile::default() };
    let mut told = vec![];
    sections(&mut tree, &mut profile, &mut told);
    if profile == Profile::default() {
        return Err(Error::Nothing { format: NAME });
    }
    import.report.all_placed(&profile);
    for (name, text) in told {
        import.report.not_placed(&name, &text);
    }
    // How the page looks there is told in one piece.
    for name in ["metadata", "picture", "summary"] {
        let left = tree.inner(&[name]).map(Tree::take);
        if let Some(text) = left.map(|tree| in_one(&tree)).filter(|text| !text.is_empty()) {
            import.report.not_placed(name, &text);
        }
    }
    import.report.left(&tree);
    import.profile = profile;
    Ok(import)
}

/// All that is left in a tree, as one text.
fn in_one(tree: &Tree) -> String {
    let mut texts = vec![];
    tree.left("", &mut |way, text| texts.push(format!("{way}: {text}")));
    texts.join("; ")
}

fn person(tree: &mut Tree) -> Person {
    let mut person = Person::default();
    let content = |tree: &mut Tree| {
        let summary = tree.inner(&["summary"])?;
        Some(summary.text(&["content", "body"])).filter(|text| !text.is_empty())
    };
    // Version 4 keeps it among the sections, version 5 at the top.
    let summary = content(tree).or_else(|| content(tree.inner(&["sections"])?)).unwrap_or_default();
    if let Some(basics) = tree.inner(&["basics"]) {
        flatten(basics);
        let own = links(basics);
        DIALECT.take(&mut person, basics, &PERSON);
        person.links = own;
    }
    if person.summary.is_empty() {
        person.summary = html::to_prose(&summary);
    }
    if let Some(sections) = tree.inner(&["sections"]) {
        let accounts = sections.inner(&["profiles"]);
        for item in accounts.map(|list| list.items(&["items"])).unwrap_or_default() {
            flatten(item);
            let is_hidden = hidden(item);
            let link = account(item);
            match is_hidden {
                true => item.put("hidden profile", link),
                false => person.links.push(link),
            }
        }
    }
    person.links.retain(|link| !link.is_empty());
    person
}

/// The homepage, the accounts of version 3, and what a user adds to the header.
fn links(basics: &mut Tree) -> Vec<String> {
    let mut links = vec![basics.text(&["url"])];
    for item in basics.items(&["profiles"]) {
        flatten(item);
        links.push(account(item));
    }
    let mut facts = vec![];
    for field in basics.items(&["customFields"]) {
        field.text(&["id"]);
        let (name, text) = (field.text(&["name"]), field.text(&["value", "text"]));
        match field.text(&["link"]) {
            link if link.is_empty() => facts.push(match Link::parse(&text).url {
                Some(_) => Err(network::link(&name, "", &text)),
                None => Ok(Labelled { label: name, text, ..Labelled::default() }),
            }),
            link => links.push(match text.as_str() {
                "" => link,
                text => format!("[{text}]({link})"),
            }),
        }
    }
    let mut lines = vec![];
    for fact in facts {
        match fact {
            Ok(fact) if fact.label.is_empty() => lines.push(Tree::Text(fact.text)),
            Ok(fact) => lines.push(Tree::Text(format!("{}: {}", fact.label, fact.text))),
            Err(link) => links.push(link),
        }
    }
    if let Tree::Map(fields) = basics {
        fields.push(("facts".to_owned(), Tree::List(lines)));
    }
    links
}

/// The link of an account on a network.
fn account(item: &mut Tree) -> String {
    item.text(&["id"]);
    let (network, username) = (item.text(&["network"]), item.text(&["username"]));
    let url = item.text(&["url"]);
    let link = network::link(&network, &username, &url);
    let is_known = !matches!(Link::parse(&link).kind, LinkKind::Web | LinkKind::Other);
    if !is_known && !link.to_lowercase().contains(&network.to_lowercase()) {
        item.put("network", network);
    }
    if !link.to_lowercase().contains(&username.trim_start_matches('@').to_lowercase()) {
        item.put("username", username);
    }
    link
}

/// Addresses, dates and places that are records become texts.
fn flatten(item: &mut Tree) {
    for name in ["url", "website"] {
        if let Some(address @ Tree::Map(_)) = item.inner(&[name]) {
            let href = address.text(&["href", "url"]);
            let label = address.text(&["label"]);
            // The words of a link that is printed as an icon.
            if label != href {
                address.put("label", label);
            }
            address.text(&["inlineLink"]);
            item.put("url", href);
        } else if name == "website" {
            let address = item.text(&[name]);
            item.put("url", address);
        }
    }
    if let Some(date @ Tree::Map(_)) = item.inner(&["date"]) {
        let (start, end) = (date.text(&["start"]), date.text(&["end"]));
        item.put("start", start);
        item.put("end", end);
    }
    if let Some(place @ Tree::Map(_)) = item.inner(&["location"]) {
        let town = [place.text(&["postalCode"]), place.text(&["city"])].join(" ");
        let parts = [
            place.text(&["address"]),
            town.trim().to_owned(),
            place.text(&["region"]),
            place.text(&["country"]),
        ];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let whole = parts.collect::<Vec<_>>().join(", ");
        item.put("location", whole);
    }
}

/// Whether an entry or a section is switched off there.
fn hidden(item: &mut Tree) -> bool {
    let (visible, hidden) = (item.text(&["visible"]), item.text(&["hidden"]));
    visible == "false" || hidden == "true"
}

/// All sections, in the order of the file; what is said of a section as a whole is `told`.
fn sections(tree: &mut Tree, profile: &mut Profile, told: &mut Vec<(String, String)>) {
    for group in ["sections", "customSections"] {
        let Some(group) = tree.inner(&[group]) else { continue };
        let mut lists: Vec<(String, &mut Tree)> = vec![];
        match group {
            Tree::Map(fields) => {
                for (name, value) in fields {
                    // The custom sections of version 4 lie one level deeper.
                    if name == "custom" && value.inner(&["items"]).is_none() {
                        let custom = value.fields().iter_mut();
                        lists.extend(custom.map(|(_, list)| ("custom".to_owned(), list)));
                    } else {
                        lists.push((name.clone(), value));
                    }
                }
            }
            Tree::List(list) => {
                for value in list {
                    let name = value.text(&["type"]);
                    lists.push((name, value));
                }
            }
            Tree::Empty | Tree::Text(_) => {}
        }
        for (name, list) in lists {
            if let Some(section) = section(&name, list) {
                profile.sections.push(section);
            }
            // Columns, colours and the like, in one piece.
            let about = list.fields().iter_mut().filter(|(field, _)| field != "items");
            let about =
                Tree::Map(about.map(|(field, value)| (field.clone(), value.take())).collect());
            if !about.is_empty() {
                told.push((format!("sections.{name}"), in_one(&about)));
            }
        }
    }
}

/// The section that a list is; nothing for one without entries.
fn section(name: &str, list: &mut Tree) -> Option<Section> {
    let known = LISTS.iter().find(|list| list.names.contains(&name));
    // Others are a user's own, under a name of their own.
    let form =
        known.or_else(|| LISTS.last().filter(|_| !matches!(name, "profiles" | "summary")))?;
    let mut section = Section::new(form.kind);
    for item in list.items(&["items"]) {
        flatten(item);
        prepare(form.kind, item);
        let key = item.text(&["id"]);
        let show = if hidden(item) { Show::Never } else { Show::Always };
        let count = section.count();
        let guesses = &mut vec![];
        let mut push = Push { dialect: &DIALECT, form: &form.form, tree: item, guesses };
        section.visit_mut(&At::root(), &mut push);
        if section.count() > count {
            section.visit_mut(&At::root(), &mut Last { key, show });
        }
    }
    if section.count() == 0 {
        return None;
    }
    let is_hidden = hidden(list);
    let title = list.text(&["name", "title"]);
    // The usual heading of a list is that of research interests.
    let is_usual = title.to_lowercase() == name.to_lowercase() && form.kind != SectionKind::List;
    if !is_usual {
        title.clone_into(section.title_mut());
    }
    if is_hidden {
        *section.show_mut() = Show::Never;
    }
    list.text(&["id"]);
    Some(section)
}

/// Brings together what the format keeps apart.
fn prepare(kind: SectionKind, item: &mut Tree) {
    match kind {
        SectionKind::Experience => {
            // The roles of one employment have bullets alone.
            for role in item.items(&["roles"]) {
                role.text(&["id"]);
                let text = role.text(TEXT);
                role.put("bullets", text);
            }
        }
        SectionKind::Education => {
            let (study, area) = (item.text(&["studyType", "degree"]), item.text(&["area"]));
            let both = !study.is_empty() && !area.is_empty();
            let degree = if both { format!("{study} in {area}") } else { study + &area };
            item.put("degree", degree);
        }
        SectionKind::Skills => {
            let said = item.text(&["proficiency", "description"]);
            let alone = item.inner(&["keywords"]).is_none();
            let name = item.text(&["name"]);
            let name = match said.as_str() {
                "" => name,
                said => format!("{name} ({said})").trim_start().to_owned(),
            };
            item.put(if alone { "keywords" } else { "name" }, name);
        }
        SectionKind::List => {
            let (name, keywords) = (item.text(&["name"]), item.texts(&["keywords"]).join(", "));
            let both = !name.is_empty() && !keywords.is_empty();
            item.put("name", format!("{name}{}{keywords}", if both { ": " } else { "" }));
        }
        SectionKind::Projects if item.inner(&["summary"]).is_some() => {
            // A line of its own above the summary.
            let line = item.text(&["description"]);
            item.put("subtitle", line);
        }
        SectionKind::References if item.inner(&["summary"]).is_some() => {
            let position = item.text(&["description"]);
            item.put("position", position);
        }
        _ => {}
    }
}

/// Sets what the format says of the last entry as a whole.
struct Last {
    key: String,
    show: Show,
}

impl VisitorMut<'_> for Last {
    type Out = ();

    fn entries<R: Record>(&mut self, _: &At, list: &mut Entries<R>) {
        if let Some(entry) = list.entries.last_mut() {
            // A key is one word.
            if !self.key.contains(char::is_whitespace) {
                entry.imported_mut().clone_from(&self.key);
            }
            entry.show_mut().clone_from(&self.show);
        }
    }
}

//! The `cv.yml` of the theme al-folio, in its old form: a list of sections, each with a title, a
//! type and its contents. The newer form is that of RenderCV, and is read as that.

use super::{
    Error, Import, MOST_OF_A_CV, Source, Tree,
    decode::{decode, head},
    html, network, recognise,
    record::{Dialect, Form, Push, unlinked},
    yaml,
};
use crate::{
    at::At,
    person::Person,
    profile::Profile,
    section::{Section, SectionKind},
    typeset::words::{locale, usual_title},
    value::{entry::Labelled, link::Link},
};

/// Reads the files of al-folio.
pub(super) static SOURCE: Source = Source {
    name: NAME,
    endings: &["yml", "yaml"],
    fits,
    read: |bytes, _| read(bytes),
    outline: None,
};

const NAME: &str = "al-folio";

/// What a section can be there.
const TYPES: [&str; 5] = ["map", "list", "nested_list", "time_table", "list_groups"];

/// The usual heading of the table about the person.
const ABOUT: &str = "General Information";

/// The page shows HTML.
const DIALECT: Dialect = Dialect { text: html::to_prose, start: &[], end: &[], date: &[] };

/// Whether these bytes are a list of sections with one of its types each.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    let mut lines = text.lines().filter(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#') && line != "---"
    });
    if !lines.next().is_some_and(|line| line.starts_with("- ")) {
        return false;
    }
    // A section begins at the very left; its fields are set in by two blanks.
    let value = |line: &str, name: &str| {
        let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("  "))?;
        let rest = line.strip_prefix(name)?.strip_prefix(':')?;
        Some(rest.trim().trim_matches(['"', '\'']).to_owned())
    };
    let has_type = |line: &str| value(line, "type").is_some_and(|t| TYPES.contains(&t.as_str()));
    let has = |name: &str| text.lines().any(|line| value(line, name).is_some());
    has("title") && has("contents") && text.lines().any(has_type)
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let mut tree = yaml::read(&text, NAME)?;
    if tree.size().0 > MOST_OF_A_CV {
        return Err(Error::TooDeep { format: NAME });
    }
    let mut cv = Cv::default();
    for part in tree.own_items() {
        section(part, &mut cv);
    }
    let Cv { profile, guesses } = cv;
    if profile == Profile::default() {
        return Err(Error::Nothing { format: NAME });
    }
    let mut import = Import::default();
    import.report.encoding(encoding);
    import.report.all_placed(&profile);
    for guess in guesses {
        import.report.guessed(At::root(), guess);
    }
    import.report.left(&tree);
    import.profile = profile;
    Ok(import)
}

/// What was understood so far.
#[derive(Default)]
struct Cv {
    profile: Profile,
    guesses: Vec<String>,
}

impl Cv {
    /// Adds an entry, whose fields have our names, to the last section, or to a new one of that
    /// kind and heading. What has no field there comes back.
    fn push(&mut self, kind: SectionKind, title: &str, mut entry: Tree) -> Tree {
        let sections = &mut self.profile.sections;
        if !sections.last().is_some_and(|last| last.kind() == kind && last.title() == title) {
            let mut section = Section::new(kind);
            title.clone_into(section.title_mut());
            sections.push(section);
        }
        if let Some(section) = sections.last_mut() {
            let (guesses, form) = (&mut self.guesses, &Form::default());
            let mut push = Push { dialect: &DIALECT, form, tree: &mut entry, guesses };
            section.visit_mut(&At::root(), &mut push);
            if section.count() == 0 {
                sections.pop();
            }
        }
        entry
    }
}

fn section(part: &mut Tree, cv: &mut Cv) {
    let title = part.text(&["title"]);
    let form = part.text(&["type"]);
    let kind = recognise::kind_under(&title);
    let contents = part.items(&["contents"]);
    match form.as_str() {
        "map" if !matches!(kind, Some(SectionKind::Skills | SectionKind::Languages)) => {
            for item in contents {
                fact(item, &mut cv.profile.person, &title);
            }
        }
        "map" | "nested_list" => {
            for item in contents {
                named_list(item, kind, &title, cv);
            }
        }
        "list_groups" => {
            for item in contents {
                group(item, kind, &title, cv);
            }
        }
        "time_table" => {
            for item in contents {
                dated(item, kind, &title, cv);
            }
        }
        _ => {
            for item in contents {
                let text = item.own_text();
                let new = match kind {
                    Some(SectionKind::Skills) => record(&[("items", text)]),
                    Some(SectionKind::Languages) => language(&text),
                    _ => record(&[("text", text)]),
                };
                let kind = kind
                    .filter(|kind| matches!(kind, SectionKind::Skills | SectionKind::Languages));
                let rest = cv.push(kind.unwrap_or(SectionKind::List), &heading(&title, kind), new);
                if item.is_empty() {
                    *item = rest;
                }
            }
            // A form of the theme's own.
            if !TYPES.contains(&form.as_str()) {
                part.put("type", form);
            }
        }
    }
    // A table about the person has no heading here.
    let is_seen = title.eq_ignore_ascii_case(ABOUT)
        || cv.profile.sections.iter().any(|section| section.title() == title)
        || heading(&title, kind).is_empty();
    if !is_seen {
        part.put("title", title);
    }
}

/// The heading of a section; the usual one of a known kind is not typed.
fn heading(title: &str, kind: Option<SectionKind>) -> String {
    let is_usual = |kind| usual_title(locale("en"), kind).eq_ignore_ascii_case(title);
    let usual = kind.is_some_and(is_usual);
    if usual { String::new() } else { title.to_owned() }
}

/// A record with these fields; those without a text are left out.
fn record(fields: &[(&str, String)]) -> Tree {
    let mut record = Tree::Map(vec![]);
    for (name, text) in fields {
        record.put(name, text.clone());
    }
    record
}

/// `English (native speaker)`: the language and how well.
fn language(text: &str) -> Tree {
    let parts = text.strip_suffix(')').and_then(|text| text.split_once('('));
    let (name, level) = parts.or_else(|| text.split_once(':')).unwrap_or((text, ""));
    record(&[("language", name.trim().to_owned()), ("level", level.trim().to_owned())])
}

/// A line of the table about the person.
fn fact(item: &mut Tree, person: &mut Person, title: &str) {
    let name = item.text(&["name"]);
    let mut value = item.texts(&["value"]).join(", ");
    for link in item.items(&["links"]) {
        let (address, words) = (link.text(&["link", "url"]), link.text(&["name"]));
        if !address.is_empty() {
            person.links.push(match words.as_str() {
                "" => address,
                words => format!("[{words}]({address})"),
            });
        }
    }
    value = html::to_prose(&value);
    if value.is_empty() {
        item.put("name", name);
        return;
    }
    match name.to_lowercase().as_str() {
        "name" | "full name" if person.name.is_empty() => person.name = value,
        "email" | "e-mail" | "mail" => person.emails.push(value),
        "phone" | "telephone" | "mobile" => person.phones.push(value),
        "address" | "location" if person.address.is_empty() => person.address = value,
        "title" | "position" | "current position" if person.headline.is_empty() => {
            person.headline = value;
        }
        "homepage" | "home page" | "website" | "web page" | "web" | "url" => {
            person.links.push(value);
        }
        _ if Link::parse(&value).url.is_some() => {
            person.links.push(network::link(&name, "", &value));
        }
        _ => {
            let label = if name.is_empty() { title.to_owned() } else { name };
            person.facts.push(Labelled { label, text: value, ..Labelled::default() });
        }
    }
}

/// A heading with a list under it, or a name with its value.
fn named_list(item: &mut Tree, kind: Option<SectionKind>, title: &str, cv: &mut Cv) {
    let name = item.text(&["title", "name"]);
    let items = item.texts(&["items", "value"]);
    let (kind, new) = match kind {
        Some(SectionKind::Skills) => {
            let all = [("label", name), ("items", items.join(", "))];
            (SectionKind::Skills, record(&all))
        }
        Some(SectionKind::Languages) => {
            let all = [("language", name), ("level", items.join(", "))];
            (SectionKind::Languages, record(&all))
        }
        _ => {
            let mut new = record(&[("text", name)]);
            new.add("bullets", Tree::List(items.into_iter().map(Tree::Text).collect()));
            (SectionKind::List, new)
        }
    };
    let rest = cv.push(kind, &heading(title, Some(kind)), new);
    item.add("rest", rest);
}

/// A group of skills, languages or anything else, each with a level, a school and a time.
fn group(item: &mut Tree, kind: Option<SectionKind>, title: &str, cv: &mut Cv) {
    let category = item.text(&["category", "title"]);
    let mut texts = vec![];
    for thing in item.items(&["items"]) {
        let own = [thing.own_text(), thing.text(&["name"])].concat();
        let about = [thing.text(&["level"]), thing.text(&["school"]), thing.text(&["time"])];
        let about: Vec<_> = about.into_iter().filter(|text| !text.is_empty()).collect();
        texts.push(match about.join(", ") {
            about if about.is_empty() => own,
            about => format!("{own} ({about})"),
        });
    }
    let category_kind = recognise::kind_under(&category);
    if [kind, category_kind].contains(&Some(SectionKind::Languages)) {
        let kind = SectionKind::Languages;
        for text in texts {
            item.add("rest", cv.push(kind, &heading(&category, Some(kind)), language(&text)));
        }
    } else if kind == Some(SectionKind::Skills) {
        let new = record(&[("label", category), ("items", texts.join(", "))]);
        item.add("rest", cv.push(SectionKind::Skills, &heading(title, kind), new));
    } else {
        let mut new = record(&[("text", category)]);
        new.add("bullets", Tree::List(texts.into_iter().map(Tree::Text).collect()));
        item.add("rest", cv.push(SectionKind::List, title, new));
    }
}

/// Our names for the title and the institution of what has a date.
const fn names(kind: SectionKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        SectionKind::Education => ("degree", "institution"),
        SectionKind::Experience => ("role", "organization"),
        SectionKind::Service => ("role", "organization"),
        SectionKind::Projects => ("name", "role"),
        SectionKind::Publications => ("title", "venue"),
        SectionKind::Patents => ("title", "office"),
        SectionKind::Awards | SectionKind::Certificates => ("name", "issuer"),
        SectionKind::Teaching => ("course", "institution"),
        SectionKind::Talks => ("title", "event"),
        SectionKind::Grants => ("title", "funder"),
        SectionKind::Skills
        | SectionKind::Languages
        | SectionKind::References
        | SectionKind::List
        | SectionKind::Text => return None,
    })
}

/// A row of a table with years.
fn dated(item: &mut Tree, kind: Option<SectionKind>, title: &str, cv: &mut Cv) {
    let known = kind.and_then(|kind| Some((kind, names(kind)?)));
    let (kind, (name, place)) = known.unwrap_or((SectionKind::List, ("text", "")));
    let heading = heading(title, Some(kind));
    let year = item.text(&["year"]);
    let (words, url) = unlinked(&html::to_prose(&item.text(&["title"])));
    let institution = item.text(&["institution"]);
    let mut bullets = vec![];
    for list in ["maindescription", "description", "items"] {
        for said in item.items(&[list]) {
            let own = [said.own_text(), said.text(&["title"])].concat();
            let inner = said.texts(&["contents", "items"]);
            let inner = inner.iter().map(|text| format!("\n- {text}")).collect::<String>();
            if !own.is_empty() || !inner.is_empty() {
                bullets.push(own + &inner);
            }
        }
    }
    if words.is_empty() && institution.is_empty() {
        // Several things of one year.
        for text in bullets {
            let (text, inner) = match text.split_once('\n') {
                Some((text, inner)) => (text.to_owned(), inner.to_owned()),
                None => (text, String::new()),
            };
            let new = [(name, text), ("date", year.clone()), ("bullets", inner)];
            item.add("rest", cv.push(kind, &heading, record(&new)));
        }
        return;
    }
    let mut new = match place {
        "" => {
            let both = [words, institution].into_iter().filter(|text| !text.is_empty());
            record(&[(name, both.collect::<Vec<_>>().join(", "))])
        }
        place => record(&[(name, words), (place, institution)]),
    };
    new.put("date", year);
    new.put("url", url);
    new.put("place", item.text(&["location"]));
    let mut lines = vec![];
    let department = item.text(&["department"]);
    if !department.is_empty() {
        lines.push(format!("Department: {department}"));
    }
    for link in item.items(&["linkitems"]) {
        let (address, words) = (link.text(&["link"]), link.text(&["linkname"]));
        if !address.is_empty() {
            let words = if words.is_empty() { "Document" } else { &words };
            lines.push(format!("{words}: {address}"));
        }
    }
    new.add("lines", Tree::List(lines.into_iter().map(Tree::Text).collect()));
    new.add("bullets", Tree::List(bullets.into_iter().map(Tree::Text).collect()));
    item.add("rest", cv.push(kind, &heading, new));
}

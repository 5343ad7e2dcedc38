//! Europass: the `SkillsPassport` of the old editor, in XML and in JSON, and the `Candidate` of the
//! new one, in XML.
//!
//! The names are those of the schemas V3.0 to V3.4 of Cedefop and of the HR-XML profile of 2020.
//! What an editor keeps for itself, as the order of its sections, is told in one piece.

mod candidate;
mod languages;
mod passport;

use super::{
    Error, Import, MOST_OF_A_CV, Source, Tree,
    decode::{decode, head},
    html, iso, json, nested,
    record::{Dialect, Form, Push, group_skills},
    xml,
};
use crate::{
    at::At,
    person::Person,
    profile::Profile,
    section::{Section, SectionKind},
    value::{entry::Labelled, locale::Locale},
};

/// Reads the files of Europass.
pub(super) static SOURCE: Source = Source {
    name: NAME,
    endings: &["xml", "json"],
    fits,
    read: |bytes, _| read(bytes),
    outline: None,
};

const NAME: &str = "Europass";
/// The elements at the top of the two formats.
const PASSPORT: &str = "SkillsPassport";
const CANDIDATE: &str = "Candidate";
/// What the person filled in, in the old format.
const LEARNER: &str = "LearnerInfo";

/// The editors keep HTML.
const DIALECT: Dialect = Dialect { text: html::to_prose, start: &[], end: &[], date: &[] };

/// A text without a blank that is longer than this is a file and no text.
const LONGEST_WORD: usize = 2000;

/// Whether these bytes are one of the formats.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    match root(&text) {
        Some(PASSPORT) => true,
        // Other programs for applicants call their element so, too.
        Some(CANDIDATE) => text.to_ascii_lowercase().contains("europass"),
        Some(_) => false,
        None => {
            let names = json::names(&text);
            names.contains(&PASSPORT) || names.contains(&LEARNER) && !names.contains(&"basics")
        }
    }
}

/// The name of the first element of XML, without its prefix; none in anything else.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        rest = if let Some(inside) = rest.strip_prefix("<?") {
            inside.split_once("?>")?.1.trim_start()
        } else if let Some(inside) = rest.strip_prefix("<!--") {
            inside.split_once("-->")?.1.trim_start()
        } else {
            break;
        };
    }
    let name = rest.strip_prefix('<')?;
    let name = name.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    Some(name.rsplit(':').next().unwrap_or(name))
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let is_json = text.trim_start().starts_with(['{', '[']);
    let mut tree = if is_json { json::read(&text, NAME)? } else { xml::read(&text, NAME)? };
    if tree.size().0 > MOST_OF_A_CV {
        return Err(Error::TooDeep { format: NAME });
    }
    flatten(&mut tree);
    let mut cv = Cv::default();
    if let Some(candidate) = tree.inner(&[CANDIDATE]) {
        candidate::read(candidate, &mut cv);
    } else if let Some(passport) = tree.inner(&[PASSPORT]) {
        passport::read(passport, &mut cv);
    } else {
        passport::read(&mut tree, &mut cv);
    }
    let Cv { mut profile, guesses, told } = cv;
    group_skills(&mut profile.sections);
    if profile.person == Person::default() && profile.sections.is_empty() {
        return Err(Error::Nothing { format: NAME });
    }
    let mut import = Import::default();
    import.report.encoding(encoding);
    import.report.all_placed(&profile);
    for guess in guesses {
        import.report.guessed(At::root(), guess);
    }
    for (name, text) in told {
        import.report.not_placed(&name, &text);
    }
    shorten(&mut tree);
    import.report.left(&tree);
    import.profile = profile;
    Ok(import)
}

/// What was understood so far.
#[derive(Default)]
struct Cv {
    profile: Profile,
    guesses: Vec<String>,
    /// What has no place and is told in one piece: its name and its texts.
    told: Vec<(String, String)>,
}

impl Cv {
    /// Adds an entry, whose fields have our names, to the section of that kind and heading. What
    /// has no field there comes back.
    fn push(&mut self, kind: SectionKind, title: &str, mut entry: Tree) -> Tree {
        let sections = &mut self.profile.sections;
        let is_it = |s: &Section| s.kind() == kind && s.title() == title;
        let at = sections.iter().position(is_it).unwrap_or_else(|| {
            let mut section = Section::new(kind);
            title.clone_into(section.title_mut());
            sections.push(section);
            sections.len() - 1
        });
        if let Some(section) = sections.get_mut(at) {
            let guesses = &mut self.guesses;
            let form = &Form::default();
            let mut push = Push { dialect: &DIALECT, form, tree: &mut entry, guesses };
            section.visit_mut(&At::root(), &mut push);
            if section.count() == 0 {
                sections.remove(at);
            }
        }
        entry
    }

    /// Adds a line with a label to the person, if there is a text.
    fn fact(&mut self, label: &str, text: String) {
        if !text.is_empty() {
            let label = label.to_owned();
            self.profile.person.facts.push(Labelled { label, text, ..Labelled::default() });
        }
    }

    /// Takes what stands under these names out of a record, to be told in one piece each.
    fn tell(&mut self, tree: &mut Tree, names: &[&str]) {
        for name in names {
            let Some(mut value) = tree.inner(&[name]).map(Tree::take) else { continue };
            shorten(&mut value);
            let mut texts = vec![];
            value.left("", &mut |way, text| {
                texts.push(if way.is_empty() { text.to_owned() } else { format!("{way}: {text}") });
            });
            self.told.push(((*name).to_owned(), texts.join("; ")));
        }
    }

    /// Takes the language of the file, if the page can be set in it.
    fn language(&mut self, tree: &mut Tree, name: &str) {
        let code = tree.text(&[name]);
        match Locale::get(&code) {
            Some(_) => self.profile.look.language = Some(code),
            None => tree.put(name, code),
        }
    }
}

/// A record with these fields; those without a text are left out.
fn entry(fields: &[(&str, String)]) -> Tree {
    let mut entry = Tree::Map(vec![]);
    for (name, text) in fields {
        entry.put(name, text.clone());
    }
    entry
}

/// In XML a list is an element of its own, `WebsiteList`, around its elements; in JSON it is not.
fn flatten(tree: &mut Tree) {
    for item in tree.own_items() {
        if let Tree::Map(fields) = item {
            for (name, value) in fields {
                if let Some(one) = name.strip_suffix("List").map(str::to_owned)
                    && let Some(list) = value.inner(&[&one])
                {
                    *value = list.take();
                    *name = one;
                }
                flatten(value);
            }
        } else if let Tree::List(list) = item {
            list.iter_mut().for_each(flatten);
        }
    }
}

/// Puts a word for every file that stands in the tree as text.
fn shorten(tree: &mut Tree) {
    match tree {
        Tree::Text(text) if text.len() > LONGEST_WORD && !text.trim().contains(' ') => {
            *text = format!("a file of {} characters", text.trim().len());
        }
        Tree::Text(_) | Tree::Empty => {}
        Tree::List(list) => list.iter_mut().for_each(shorten),
        Tree::Map(fields) => fields.iter_mut().for_each(|(_, value)| shorten(value)),
    }
}

/// Takes the words of a value that is a text, an element with attributes, or a code with a label.
fn said(tree: &mut Tree, names: &[&str]) -> String {
    match tree.inner(names) {
        Some(text @ Tree::Text(_)) => text.own_text(),
        Some(value @ Tree::Map(_)) => value.text(&["Label", "text", "value", "Code"]),
        Some(list @ Tree::List(_)) => {
            let said = list.own_items().iter_mut().map(|item| match item {
                Tree::Map(_) => item.text(&["Label", "text", "value", "Code"]),
                item => item.own_text(),
            });
            let said: Vec<_> = said.filter(|text| !text.is_empty()).collect();
            said.join(", ")
        }
        Some(Tree::Empty) | None => String::new(),
    }
}

/// Takes the date under the first of these names: a text, `FormattedDateTime`, or year, month and
/// day, which XML writes as `2020`, `--09` and `---24`.
fn date(tree: &mut Tree, names: &[&str]) -> String {
    let Some(value) = tree.inner(names) else {
        return String::new();
    };
    let whole = [value.own_text(), said(value, &["FormattedDateTime", "text"])].concat();
    if !whole.is_empty() {
        let day = whole.split_once('T').map_or(whole.as_str(), |(day, _)| day);
        return day.to_owned();
    }
    let mut date = value.text(&["Year"]);
    if date.is_empty() {
        return date;
    }
    for name in ["Month", "Day"] {
        let part = value.text(&[name]);
        match part.trim_start_matches('-').parse::<u8>() {
            Ok(number) => date = format!("{date}-{number:02}"),
            Err(_) => {
                value.put(name, part);
                break;
            }
        }
    }
    date
}

/// Takes the dates of a period: its start and end, and whether it goes on.
fn period(tree: &mut Tree, names: &[&str]) -> String {
    let Some(value) = tree.inner(names) else {
        return String::new();
    };
    if matches!(value, Tree::Text(_)) {
        return date(tree, names);
    }
    let goes_on = |tree: &mut Tree| {
        let said = tree.text(&["Current", "CurrentIndicator", "Ongoing"]);
        matches!(said.to_lowercase().as_str(), "true" | "1" | "yes")
    };
    let inner = value.inner(&["To", "EndDate"]).is_some_and(goes_on);
    let is_current = goes_on(value) || inner;
    let start = date(value, &["From", "StartDate"]);
    let end = date(value, &["To", "EndDate"]);
    match (start.as_str(), end.as_str()) {
        ("", "") => date(tree, names),
        // Without a word for it, what has no end is not said to go on.
        (_, "") if !is_current => start,
        _ => iso::joined(&start, &end),
    }
}

/// Parts of an address, those that say something, with commas.
fn in_line(parts: &[String]) -> String {
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// A description as the items of a line: its bullets and paragraphs with commas.
fn as_items(description: &str) -> String {
    let (before, bullets) = nested::split(&html::to_prose(description));
    let before = before.lines().map(str::trim).filter(|line| !line.is_empty());
    let items = before.map(str::to_owned).chain(bullets.into_iter().map(|bullet| bullet.text));
    items.collect::<Vec<_>>().join(", ")
}

//! What stands at the head of a Markdown file between `---`, for the program that makes a page of
//! it.

use super::super::{
    Tree,
    outline::{Line, Part, Place},
    pieces::short,
    yaml,
};

/// What names a person, and how a person is reached, in the order in which a page shows it.
const NAMES: [&str; 4] = ["name", "author", "title", "subtitle"];
const WAYS: [&str; 20] = [
    "headline", "position", "tagline", "email", "e-mail", "mail", "phone", "mobile", "tel",
    "address", "location", "city", "website", "homepage", "url", "github", "gitlab", "linkedin",
    "orcid", "scholar",
];

/// What a CV is called, in plain letters.
const DOCUMENTS: [&str; 10] = [
    "curriculumvitae",
    "curriculum",
    "vitae",
    "cv",
    "resume",
    "résumé",
    "vita",
    "lebenslauf",
    "mycv",
    "myresume",
];

/// The head of a file.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Its lines as they stand there.
    source: String,
    /// How many lines it takes, with those around it.
    pub(super) length: usize,
    toml: bool,
}

/// The head that these lines begin with.
pub(super) fn head(lines: &[&str]) -> Option<Head> {
    let fence = lines.first()?.trim_end();
    let toml = fence == "+++";
    (toml || fence == "---").then_some(())?;
    let is_end = |line: &&str| line.trim_end() == fence || (!toml && line.trim_end() == "...");
    let end = lines.iter().skip(1).position(is_end)?;
    let inner: Vec<&str> = lines.iter().skip(1).take(end).copied().collect();
    // A rule above a text is no head.
    let named = |line: &&str| line.contains(if toml { '=' } else { ':' });
    inner.iter().any(named).then_some(())?;
    if inner.first().is_some_and(|line| line.trim().is_empty()) {
        return None;
    }
    Some(Head { source: inner.join("\n"), length: end + 2, toml })
}

impl Head {
    /// Lines of what the text below, given as plain words, does not say; the rest is told.
    pub(super) fn lines(&self, body: &str, notes: &mut Vec<String>) -> Vec<Line> {
        let tree = if self.toml { None } else { yaml::read(&self.source, "Markdown").ok() };
        let Some(tree) = tree.filter(|tree| matches!(tree, Tree::Map(_))) else {
            let rows = self.source.lines().map(str::trim).filter(|row| !row.is_empty());
            notes.extend(rows.map(note));
            return vec![];
        };
        let mut values = vec![];
        tree.left("", &mut |way, text| values.push((way.to_owned(), text.to_owned())));
        let named = values.iter().any(|(way, _)| matches!(way.as_str(), "name" | "author"));
        let mut known = vec![];
        for (way, text) in values {
            let name = way.rsplit('.').next().unwrap_or(&way).to_lowercase();
            let name = name.split('[').next().unwrap_or(&name);
            let order = NAMES.iter().chain(&WAYS).position(|known| *known == name);
            // Where somebody is named, the title is that of the page.
            let order = order.filter(|_| !(named && matches!(name, "title" | "subtitle")));
            match order {
                Some(order) if !text.contains('\n') => known.push((order, shown(name, &text))),
                _ => notes.push(note(&format!("{way}: {text}"))),
            }
        }
        known.sort_by_key(|(order, _)| *order);
        // A title that says that this is a CV is none of the person.
        known.retain(|(_, text)| {
            let is = DOCUMENTS.contains(&&*plain(text));
            notes.extend(is.then(|| note(text)));
            !is
        });
        let mut lines: Vec<Line> = vec![];
        for (_, text) in known {
            let words = plain(&text);
            let again = lines.iter().any(|line| plain(&line.text()) == words);
            if !again && !body.contains(&text.to_lowercase()) {
                let place = Place { line: 1, ..Place::default() };
                lines.push(Line { place, ..Line::of(vec![Part::plain(text)]) });
            }
        }
        lines
    }
}

fn note(text: &str) -> String {
    format!("`{}` at the head of the file was left out", short(text))
}

/// A name at a network as the address of its page.
fn shown(name: &str, text: &str) -> String {
    let alone = !text.contains(['/', '.', ' ']);
    match name {
        "github" if alone => format!("github.com/{}", text.trim_start_matches('@')),
        "gitlab" if alone => format!("gitlab.com/{}", text.trim_start_matches('@')),
        "linkedin" if alone => format!("linkedin.com/in/{text}"),
        "orcid" if alone => format!("orcid.org/{text}"),
        _ => text.to_owned(),
    }
}

/// The letters and digits of a text in small letters.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

//! ORCID: the list of works of a person, as the public interface gives it in JSON and in XML.

use super::{
    Error, Import, Source, Tree,
    decode::{decode, head},
    json,
    paper::{self, Paper, Shelf},
    xml,
};
use crate::{profile::Profile, value::entry::Author};

/// Reads the lists of works of ORCID.
pub(super) static SOURCE: Source = Source {
    name: NAME,
    endings: &["json", "xml"],
    fits,
    read: |bytes, _| read(bytes),
    outline: None,
};

const NAME: &str = "ORCID";

/// Whether these bytes are a list of works of that registry.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    let begin = text.trim_start();
    let is_json = begin.starts_with(['{', '[']);
    let is_xml = begin.starts_with("<?xml") || begin.starts_with('<');
    let named = |name: &str| text.contains(&format!("\"{name}\""));
    is_json && (named("work-summary") || named("put-code") && named("journal-title"))
        || is_xml && text.contains("orcid.org/ns/") && text.contains("work")
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let is_json = text.trim_start().starts_with(['{', '[']);
    let mut tree = if is_json { json::read(&text, NAME)? } else { xml::read(&text, NAME)? };
    let mut import = Import { unordered: true, ..Import::default() };
    import.report.encoding(encoding);
    values_alone(&mut tree);
    let mut made = vec![];
    works(&mut tree, &mut made);
    if made.is_empty() {
        return Err(Error::Nothing { format: NAME });
    }
    let mut shelf = Shelf::for_all(made.iter().map(|(made, _)| made));
    for (made, key) in made {
        let (at, title) = shelf.add(made, &key);
        import.report.placed(at, &title);
    }
    import.profile = Profile { sections: shelf.sections(), ..Profile::default() };
    import.report.left(&tree);
    Ok(import)
}

/// A record that holds a value and nothing else is that value.
fn values_alone(tree: &mut Tree) {
    for item in tree.own_items() {
        if let Tree::Map(fields) = item {
            for (_, value) in fields.iter_mut() {
                values_alone(value);
            }
            if let [(name, value)] = fields.as_mut_slice()
                && (name == "value" || name == "content")
            {
                *item = value.take();
            }
        } else if let Tree::List(list) = item {
            list.iter_mut().for_each(values_alone);
        }
    }
}

/// Reads every work that lies in a tree. Of several records of one work the first is read; the
/// others say the same and are told.
fn works(tree: &mut Tree, made: &mut Vec<(paper::Made, String)>) {
    match tree {
        Tree::List(list) => list.iter_mut().for_each(|item| works(item, made)),
        Tree::Map(_) => {
            if tree.inner(&["title"]).is_some() && tree.inner(&["put-code", "type"]).is_some() {
                made.extend(work(tree));
                return;
            }
            for (name, value) in tree.fields() {
                let list = value.own_items();
                let is_summary = name == "work-summary";
                for item in list.iter_mut().take(if is_summary { 1 } else { usize::MAX }) {
                    works(item, made);
                }
            }
        }
        Tree::Empty | Tree::Text(_) => {}
    }
}

fn work(tree: &mut Tree) -> Option<(paper::Made, String)> {
    let key = tree.text(&["put-code"]);
    let mut paper = Paper::default();
    if let Some(title) = tree.inner(&["title"]) {
        let whole = title.own_text();
        let main = title.text(&["title"]);
        let sub = title.text(&["subtitle"]);
        paper.title = [whole, main].concat();
        if !sub.is_empty() {
            paper.title = format!("{}: {sub}", paper.title);
        }
    }
    paper.venue = tree.text(&["journal-title"]);
    if let Some(date) = tree.inner(&["publication-date"]) {
        let parts = [date.text(&["year"]), date.text(&["month"]), date.text(&["day"])];
        paper.date =
            parts.into_iter().take_while(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    }
    paper.url = tree.text(&["url"]);
    for id in
        tree.inner(&["external-ids"]).map(|ids| ids.items(&["external-id"])).unwrap_or_default()
    {
        let kind = id.text(&["external-id-type"]);
        let value = id.text(&["external-id-value"]);
        // What the number of a book or journal is of is told.
        let is_own = id.inner(&["external-id-relationship"]).is_none_or(|relation| {
            !matches!(relation, Tree::Text(text) if text.eq_ignore_ascii_case("part-of"))
        });
        let said = value.to_lowercase();
        match kind.to_lowercase().as_str() {
            "doi" if is_own && paper.doi.is_empty() => {
                paper.doi = paper::doi(&value).unwrap_or(value);
            }
            "arxiv" if paper.arxiv.is_empty() => {
                paper.arxiv = paper::arxiv(&value).unwrap_or(value);
            }
            "uri" if paper.url.is_empty() => paper.url = value,
            _ => {
                id.put("external-id-type", kind);
                id.put("external-id-value", value);
                continue;
            }
        }
        // The address of what was taken, and that it is of this work, say nothing more.
        let address = id.text(&["external-id-url"]);
        if !address.to_lowercase().contains(&said) {
            id.put("external-id-url", address);
        }
        let relation = id.text(&["external-id-relationship"]);
        if !relation.eq_ignore_ascii_case("self") {
            id.put("external-id-relationship", relation);
        }
    }
    let people = tree.inner(&["contributors"]);
    for person in people.map(|people| people.items(&["contributor"])).unwrap_or_default() {
        let name = person.text(&["credit-name"]);
        if !name.is_empty() {
            paper.authors.push(Author::from(name.as_str()));
        }
    }
    // Version 2 of the interface writes `JOURNAL_ARTICLE`, version 3 `journal-article`.
    let kind = tree.text(&["type"]).to_lowercase().replace('_', "-");
    if kind == "preprint" {
        paper.status = kind;
    } else if matches!(kind.as_str(), "journal-article" | "conference-paper" | "other") {
        tree.put("type", kind);
    } else {
        paper.kind = kind.replace('-', " ");
    }
    (!paper.title.is_empty()).then(|| (paper.finish(), key))
}

//! FRESH, the format of `HackMyResume`: what JSON Resume says, under other names and one level deeper.

use super::{
    Error, Import, Source, Tree,
    decode::{decode, head},
    json, json_resume,
};

/// Reads the files of FRESH.
pub(super) static SOURCE: Source =
    Source { name: NAME, endings: &["json"], fits, read: |bytes, _| read(bytes), outline: None };

const NAME: &str = "FRESH";

/// Lists that lie in a record, and what they are called in JSON Resume.
const HISTORIES: [(&str, &str); 3] =
    [("employment", "work"), ("education", "education"), ("service", "volunteer")];

/// The fields of the entries of a list, with what they are called in JSON Resume.
type Renamed = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Lists at the top.
#[rustfmt::skip] // A table.
const LISTS: [Renamed; 9] = [
    ("work", "work", &[("employer", "name"), ("start", "startDate"), ("end", "endDate")]),
    ("education", "education", &[("title", "studyType"), ("grade", "score"), ("curriculum", "courses"), ("start", "startDate"), ("end", "endDate")]),
    ("volunteer", "volunteer", &[("start", "startDate"), ("end", "endDate")]),
    ("projects", "projects", &[("title", "name"), ("role", "roles"), ("start", "startDate"), ("end", "endDate")]),
    ("writing", "publications", &[("title", "name"), ("date", "releaseDate")]),
    ("recognition", "awards", &[("from", "awarder")]),
    ("languages", "languages", &[("level", "fluency")]),
    ("interests", "interests", &[]),
    ("testimonials", "references", &[("quote", "reference"), ("flavor", "relation")]),
];

/// Whether these bytes are a record with the names of this format.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    let names = json::names(&text);
    let has = |wanted: &str| names.contains(&wanted);
    let says = has("meta") && text.contains("FRESH@");
    let lists = ["employment", "recognition", "writing", "speaking", "testimonials", "social"];
    let lists = lists.iter().filter(|list| has(list)).count();
    !has("basics") && !has("cv") && (says || has("name") && has("contact") && lists >= 2)
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let mut tree = json::read(&text, NAME)?;
    let basics = basics(&mut tree);
    tree.add("basics", basics);
    for (name, to) in HISTORIES {
        let Some(record) = tree.inner(&[name]) else { continue };
        // What is said of all of it has no place there.
        let rest = inner_alone(record, &["history"]);
        tree.rename(name, to);
        tree.add(&format!("{name}.about"), rest);
    }
    if let Some(skills) = tree.inner(&["skills"]) {
        let rest = inner_alone(skills, &["sets", "list"]);
        for set in skills.own_items() {
            set.rename("skills", "keywords");
        }
        tree.add("skills.about", rest);
    }
    for (name, to, fields) in LISTS {
        for entry in tree.items(&[name]) {
            for (field, other) in fields {
                entry.rename(field, other);
            }
        }
        tree.rename(name, to);
    }
    if let Some(mut talks) = tree.inner(&["speaking"]).map(Tree::take) {
        for talk in talks.own_items() {
            talk.put("type", "talk".to_owned());
            for (field, other) in [("title", "name"), ("event", "entity"), ("date", "endDate")] {
                talk.rename(field, other);
            }
        }
        match tree.inner(&["projects"]) {
            Some(Tree::List(projects)) => {
                projects.extend(talks.own_items().iter_mut().map(Tree::take));
            }
            _ => tree.add("projects", talks),
        }
    }
    json_resume::from_tree(tree, encoding, NAME)
}

/// Puts the first of these lists in a record into its place; what else it held comes back.
fn inner_alone(record: &mut Tree, names: &[&str]) -> Tree {
    let Some(list) = record.inner(names).map(Tree::take) else {
        return Tree::Empty;
    };
    std::mem::replace(record, list)
}

/// The person, whose parts stand at the top there.
fn basics(tree: &mut Tree) -> Tree {
    let mut basics = Tree::Map(vec![]);
    basics.put("name", tree.text(&["name"]));
    if let Some(info) = tree.inner(&["info"]) {
        basics.put("label", info.text(&["label"]));
        basics.put("summary", info.text(&["brief"]));
        basics.put("image", info.text(&["image"]));
    }
    if let Some(contact) = tree.inner(&["contact"]) {
        basics.put("email", contact.text(&["email"]));
        basics.put("phone", contact.text(&["phone"]));
        basics.put("url", contact.text(&["website"]));
    }
    if let Some(mut place) = tree.inner(&["location"]).map(Tree::take) {
        place.rename("code", "postalCode");
        basics.add("location", place);
    }
    if let Some(mut social) = tree.inner(&["social"]).map(Tree::take) {
        for account in social.own_items() {
            account.rename("user", "username");
        }
        basics.add("profiles", social);
    }
    basics
}

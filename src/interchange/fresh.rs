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
const HISTORIES: [(&str, &str); 4] = [
    ("employment", "work"),
    ("education", "education"),
    ("service", "volunteer"),
    ("affiliation", "affiliation"),
];

/// Lists that are told apart there and stand in one list of JSON Resume.
const JOINED: [(&str, &str); 4] = [
    ("samples", "projects"),
    ("affiliation", "volunteer"),
    ("governance", "volunteer"),
    ("extracurricular", "volunteer"),
];

/// The fields of the entries of a list, with what they are called in JSON Resume.
type Renamed = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Lists at the top.
#[rustfmt::skip] // A table.
const LISTS: [Renamed; 13] = [
    ("work", "work", &[("employer", "name"), ("start", "startDate"), ("end", "endDate")]),
    ("education", "education", &[("title", "studyType"), ("grade", "score"), ("curriculum", "courses"), ("start", "startDate"), ("end", "endDate")]),
    ("volunteer", "volunteer", &[("start", "startDate"), ("end", "endDate")]),
    ("projects", "projects", &[("title", "name"), ("role", "roles"), ("start", "startDate"), ("end", "endDate")]),
    ("writing", "publications", &[("title", "name"), ("date", "releaseDate")]),
    ("recognition", "awards", &[("from", "awarder")]),
    ("languages", "languages", &[("level", "fluency")]),
    ("interests", "interests", &[]),
    ("references", "references", &[("flavor", "relation")]),
    ("samples", "samples", &[("title", "name"), ("summary", "description")]),
    ("affiliation", "affiliation", &[("role", "position"), ("start", "startDate"), ("end", "endDate")]),
    ("governance", "governance", &[("role", "position"), ("start", "startDate"), ("end", "endDate")]),
    ("extracurricular", "extracurricular", &[("title", "position"), ("activity", "organization"), ("start", "startDate"), ("end", "endDate")]),
];

/// Whether these bytes are a record with the names of this format.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    let names = json::names(&text);
    let has = |wanted: &str| names.contains(&wanted);
    let says = has("meta") && (text.contains("FRESH@") || text.contains("FRESCA@"));
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
    for name in ["work", "volunteer", "affiliation", "governance", "projects"] {
        for entry in tree.items(&[name]) {
            // What goes on has no end.
            let current = entry.text(&["current"]);
            if current != "true" || entry.inner(&["end"]).is_some() {
                entry.put("current", current);
            }
        }
    }
    for text in tree.items(&["writing"]) {
        if let Some(publisher @ Tree::Map(_)) = text.inner(&["publisher"]) {
            let mut whole = publisher.take();
            text.put("publisher", whole.text(&["name"]));
            text.add("publisher.about", whole);
        }
    }
    for person in tree.items(&["references"]) {
        reached(person);
    }
    testimonials(&mut tree);
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
    for (name, to) in JOINED {
        if let Some(list) = tree.inner(&[name]).map(Tree::take) {
            append(&mut tree, to, list);
        }
    }
    if let Some(mut talks) = tree.inner(&["speaking"]).map(Tree::take) {
        for talk in talks.own_items() {
            talk.put("type", "talk".to_owned());
            for (field, other) in [("title", "name"), ("event", "entity"), ("date", "endDate")] {
                talk.rename(field, other);
            }
        }
        append(&mut tree, "projects", talks);
    }
    json_resume::from_tree(tree, encoding, NAME)
}

/// Adds entries to the end of a list.
fn append(tree: &mut Tree, name: &str, mut entries: Tree) {
    match tree.inner(&[name]) {
        Some(Tree::List(list)) => list.extend(entries.own_items().iter_mut().map(Tree::take)),
        _ => tree.add(name, entries),
    }
}

/// The ways to reach somebody, which are records of kind and value there.
fn reached(person: &mut Tree) {
    let mut ways = vec![];
    for way in person.items(&["contact"]) {
        let kind = way.text(&["flavor"]);
        match kind.as_str() {
            "phone" | "email" => ways.push((kind, way.text(&["value"]))),
            _ => way.put("flavor", kind),
        }
    }
    for (kind, value) in ways {
        person.put(&kind, value);
    }
}

/// What people say of the person stands with those of the same name who can be asked.
fn testimonials(tree: &mut Tree) {
    let Some(mut said) = tree.inner(&["testimonials"]).map(Tree::take) else {
        return;
    };
    for item in said.own_items() {
        item.rename("quote", "reference");
        let name = item.text(&["name"]);
        let is_it = |person: &mut Tree| matches!(person.inner(&["name"]), Some(Tree::Text(other)) if *other == name);
        let mut known = None;
        for person in tree.items(&["references"]) {
            if is_it(person) {
                known = Some(person);
                break;
            }
        }
        match known {
            Some(person) => {
                for (field, value) in item.fields() {
                    person.add(field, value.take());
                }
            }
            None => {
                item.put("name", name);
                let item = item.take();
                append(tree, "references", Tree::List(vec![item]));
            }
        }
    }
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
        let mut further = [("phones", vec![]), ("emails", vec![])];
        for way in contact.items(&["other"]) {
            let kind = way.text(&["flavor"]);
            let list = further.iter_mut().find(|(name, _)| name.strip_suffix('s') == Some(&kind));
            match list {
                Some((_, list)) => list.push(Tree::Text(way.text(&["value"]))),
                None => way.put("flavor", kind),
            }
        }
        for (name, list) in further {
            basics.add(name, Tree::List(list));
        }
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

//! From JSON Resume to a profile.

use super::{DIALECT, IN, NAME, PERSON, PLACES, Place, SCHEMA, VERSION, said};
use crate::{
    at::At,
    interchange::{
        Error, Import, Tree,
        decode::decode,
        json, network,
        record::{Form, Push, settle_own},
    },
    person::Person,
    profile::Profile,
    section::{Section, Skill},
    value::{
        link::{Link, LinkKind},
        locale::Locale,
    },
};

/// Reads JSON Resume of any version, and whatever people add to it.
pub(super) fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let mut tree = json::read(&text, NAME)?;
    let mut import = Import::default();
    import.report.encoding(encoding);
    let mut ours = tree.inner(&["meta"]).and_then(|meta| meta.inner(&["vitae"])).map(Tree::take);
    let mut profile = Profile { person: person(&mut tree), ..Profile::default() };
    let mut guesses = vec![];
    let mut pool = entries(&mut tree, ours.is_some(), &mut guesses);
    match &mut ours {
        Some(ours) => {
            about_the_file(&mut tree);
            profile.sections = ordered(ours, &mut pool, &mut guesses);
            profile.marks = DIALECT.labelled(ours, "marks");
        }
        None => {
            settle_own(&profile.person, &mut pool);
            profile.sections = pool;
        }
    }
    if let Some(meta) = tree.inner(&["meta"]) {
        let code = meta.text(&["language"]);
        match Locale::get(&code) {
            Some(_) => profile.look.language = Some(code),
            None => meta.put("language", code),
        }
    }
    if profile == Profile::default() {
        return Err(Error::Nothing { format: NAME });
    }
    import.report.all_placed(&profile);
    for guess in guesses {
        import.report.guessed(At::root(), guess);
    }
    import.report.left(&tree);
    if let Some(ours) = ours {
        ours.left("meta.vitae", &mut |way, text| import.report.not_placed(way, text));
    }
    import.profile = profile;
    Ok(import)
}

/// What a file of our own says about itself is no news.
fn about_the_file(tree: &mut Tree) {
    for (way, own) in [(&["$schema"][..], SCHEMA), (&["meta", "version"], VERSION)] {
        let found = way.iter().try_fold(&mut *tree, |tree, name| tree.inner(&[name]));
        if let Some(found) = found
            && *found == Tree::Text(own.to_owned())
        {
            found.take();
        }
    }
}

fn person(tree: &mut Tree) -> Person {
    let mut person = Person::default();
    let Some(basics) = tree.inner(&["basics", "bio"]) else {
        return person;
    };
    let links = links(basics);
    let address = address(basics);
    DIALECT.take(&mut person, basics, &PERSON);
    if person.name.is_empty() {
        let parts = [basics.text(&["firstName"]), basics.text(&["lastName"])];
        person.name = parts.join(" ").trim().to_owned();
    }
    person.links = links;
    if person.address.is_empty() {
        person.address = address;
    }
    // What other programs changed stands in the single fields, and counts.
    for (list, name) in [(&mut person.emails, "email"), (&mut person.phones, "phone")] {
        let single = basics.text(&[name]);
        if !single.is_empty() && !list.contains(&single) {
            list.insert(0, single);
        }
    }
    // Only a file in the folder of the profile can be a photo.
    if person.photo.contains(':') {
        basics.put("image", std::mem::take(&mut person.photo));
    }
    person
}

/// Links as we wrote them, then those that are not among them.
fn links(basics: &mut Tree) -> Vec<String> {
    let mut links = basics.texts(&["links"]);
    let mut add = |link: String| {
        let url = Link::parse(&link).url;
        let known = |old: &String| *old == link || url.is_some() && Link::parse(old).url == url;
        if !link.is_empty() && !links.iter().any(known) {
            links.push(link);
        }
    };
    for name in ["url", "website"] {
        add(basics.text(&[name]));
    }
    for profile in basics.items(&["profiles"]) {
        let (network, url) = (profile.text(&["network"]), profile.text(&["url", "website"]));
        let username = profile.text(&["username"]);
        // A name that the address does not say is told.
        if !url.is_empty() && !url.to_lowercase().contains(&username.to_lowercase()) {
            profile.put("username", username.clone());
        }
        let link = network::link(&network, &username, &url);
        let is_known = !matches!(Link::parse(&link).kind, LinkKind::Web | LinkKind::Other);
        if !is_known && !link.to_lowercase().contains(&network.to_lowercase()) {
            profile.put("network", network);
        }
        add(if link.is_empty() { profile.own_text() } else { link });
    }
    links
}

/// The address in one line.
fn address(basics: &mut Tree) -> String {
    let Some(location) = basics.inner(&["location"]) else {
        return String::new();
    };
    let town = [location.text(&["postalCode"]), location.text(&["city"])].join(" ");
    let parts = [
        location.own_text(),
        location.text(&["address"]).replace('\n', ", "),
        town.trim().to_owned(),
        location.text(&["region"]),
        location.text(&["countryCode", "country"]),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// All entries, in a section for each kind, the kinds in the order of the file.
fn entries(tree: &mut Tree, ours: bool, guesses: &mut Vec<String>) -> Vec<Section> {
    let mut sections: Vec<Section> = vec![];
    for (name, value) in tree.fields() {
        let in_list =
            |place: &&Place| place.list.iter().any(|list| list.eq_ignore_ascii_case(name));
        let Some(usual) = PLACES.iter().find(in_list) else {
            continue;
        };
        for item in value.own_items() {
            let kind = typed(item).filter(in_list).unwrap_or(usual);
            let Some(section) = section(&mut sections, kind.kind, ours) else {
                continue;
            };
            prepare(kind.kind, item, ours);
            let mut push =
                Push { dialect: &DIALECT, form: &kind.form, tree: item, guesses: &mut *guesses };
            section.visit_mut(&At::root(), &mut push);
        }
    }
    if !ours {
        for section in &mut sections {
            if let Section::Skills(list) = section {
                list.entries = grouped(std::mem::take(&mut list.entries));
            }
        }
    }
    sections.retain(|section| section.count() > 0);
    sections
}

/// The kind that the `type` of an entry names.
fn typed(item: &mut Tree) -> Option<&'static Place> {
    let kind = item.text(&["type"]);
    let found = PLACES.iter().find(|place| place.types.contains(&kind.to_lowercase().as_str()));
    if found.is_none() {
        item.put("type", kind);
    }
    found
}

/// The section of a kind, which is added if there is none.
fn section<'s>(sections: &'s mut Vec<Section>, kind: &str, ours: bool) -> Option<&'s mut Section> {
    let index = match sections.iter().position(|section| section.kind() == kind) {
        Some(index) => index,
        None => {
            let mut new = Section::new(kind)?;
            // The usual heading of a list is that of research interests.
            if kind == "List" && !ours {
                "Interests".clone_into(new.title_mut());
            }
            sections.push(new);
            sections.len() - 1
        }
    };
    sections.get_mut(index)
}

/// Brings together what the format keeps apart.
fn prepare(kind: &str, item: &mut Tree, ours: bool) {
    if matches!(item.inner(&["location"]), Some(Tree::Map(_))) {
        let address = address(item);
        item.put("location", address);
    }
    match kind {
        "Education" => {
            let (study, area) = (item.text(&["studyType"]), item.text(&["area"]));
            let between = if study.contains(IN) { ", " } else { IN };
            let both = !study.is_empty() && !area.is_empty();
            let degree = if both { [study, area].join(between) } else { study + &area };
            item.put("degree", degree);
        }
        "Skills" if !ours => {
            let (name, level) = (item.text(&["name"]), item.text(&["level"]));
            let name = match level.as_str() {
                "" => name,
                level => format!("{name} ({level})").trim_start().to_owned(),
            };
            // A name alone is the skill itself.
            let alone = item.inner(&["keywords"]).is_none();
            item.put(if alone { "keywords" } else { "name" }, name);
        }
        "List" if !ours => {
            let keywords = item.texts(&["keywords"]).join(", ");
            let name = item.text(&["name"]);
            let both = !name.is_empty() && !keywords.is_empty();
            item.put("name", format!("{name}{}{keywords}", if both { ": " } else { "" }));
        }
        "References" => {
            let said = said(item);
            let quote = item.text(&["reference"]);
            if quote != said {
                item.put("reference", quote);
            }
        }
        _ => {}
    }
}

/// Skills without a label stand together in one group.
fn grouped(skills: Vec<Skill>) -> Vec<Skill> {
    let mut groups: Vec<Skill> = vec![];
    for skill in skills {
        match groups.last_mut() {
            Some(last) if last.label.is_empty() && skill.label.is_empty() => {
                last.items = format!("{}, {}", last.items, skill.items);
            }
            _ => groups.push(skill),
        }
    }
    groups
}

/// The sections as a file of our own says that they were, filled with its entries. Entries that are not told of there
/// follow in the last section of their kind.
fn ordered(ours: &mut Tree, pool: &mut Vec<Section>, guesses: &mut Vec<String>) -> Vec<Section> {
    let mut sections: Vec<Section> = vec![];
    for told in ours.items(&["sections"]) {
        let Some(mut section) = Section::new(&told.text(&["kind"])) else {
            continue;
        };
        *section.title_mut() = told.text(&["title"]);
        *section.note_mut() = told.text(&["note"]);
        let count = told.text(&["count"]).parse().unwrap_or(0);
        if let Some(pool) = pool.iter_mut().find(|pool| pool.kind() == section.kind()) {
            for _ in 0..count {
                if !pool.give(0, &mut section) {
                    break;
                }
            }
        }
        for item in told.items(&["entries"]) {
            let mut push = Push {
                dialect: &DIALECT,
                form: &Form::default(),
                tree: item,
                guesses: &mut *guesses,
            };
            section.visit_mut(&At::root(), &mut push);
        }
        sections.push(section);
    }
    for mut rest in pool.drain(..) {
        match sections.iter_mut().rfind(|section| section.kind() == rest.kind()) {
            Some(last) => while rest.give(0, last) {},
            None => sections.push(rest),
        }
    }
    sections.retain(|section| section.count() > 0);
    sections
}

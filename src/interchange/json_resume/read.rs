//! From JSON Resume to a profile.

use super::{DIALECT, IN, NAME, OWN, PERSON, Place, SCHEMA, VERSION, places, said};
use crate::{
    at::At,
    interchange::{
        Error, Import, MOST_OF_A_CV, Tree,
        decode::decode,
        iso, json, network,
        record::{Dialect, Form, Push, group_skills, settle_own},
        yaml,
    },
    person::Person,
    profile::Profile,
    section::{Section, SectionKind},
    value::{
        link::{Link, LinkKind},
        locale::Locale,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Reads JSON Resume of any version, and whatever people add to it.
pub(super) fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let is_json = text.trim_start().starts_with(['{', '[', '/']);
    let tree = if is_json { json::read(&text, NAME)? } else { yaml::read(&text, NAME)? };
    from_tree(tree, encoding, NAME)
}

/// Reads a tree with the names of JSON Resume, into which the file of a `format` was brought.
pub(in crate::interchange) fn from_tree(
    mut tree: Tree,
    encoding: Option<&'static str>,
    format: &'static str,
) -> Result<Import, Error> {
    if tree.size().0 > MOST_OF_A_CV {
        return Err(Error::TooDeep { format });
    }
    let mut import = Import::default();
    import.report.encoding(encoding);
    let mut ours = tree.inner(&["meta"]).and_then(|meta| meta.inner(&["vitae"])).map(Tree::take);
    let mut guesses = vec![];
    if ours.is_none() && iso::months_for_days(&mut tree) {
        let told = "every date is the first or the last day of a month and was read as the month";
        guesses.push(told.to_owned());
    }
    let dialect = if ours.is_some() { &OWN } else { &DIALECT };
    let mut profile = Profile { person: person(&mut tree, dialect), ..Profile::default() };
    let mut plan = Plan::new(ours.as_mut(), &mut guesses);
    entries(&mut tree, &mut plan, &mut guesses);
    profile.sections = plan.sections;
    profile.sections.retain(|section| section.count() > 0);
    match &mut ours {
        Some(ours) => {
            about_the_file(&mut tree);
            profile.marks = OWN.labelled(ours, "marks");
        }
        None => {
            settle_own(&profile.person, &mut profile.sections);
            group_skills(&mut profile.sections);
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
        return Err(Error::Nothing { format });
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

fn person(tree: &mut Tree, dialect: &Dialect) -> Person {
    let mut person = Person::default();
    let Some(basics) = tree.inner(&["basics", "bio"]) else {
        return person;
    };
    let links = links(basics);
    let address = address(basics);
    dialect.take(&mut person, basics, &PERSON);
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
    // Only a file in the folder of the profile can be a photo, or what stands here.
    if person.photo.contains(':') && !person.photo.starts_with("data:image/") {
        basics.put("image", std::mem::take(&mut person.photo));
    }
    person
}

/// Links as we wrote them, then those that are not among them.
fn links(basics: &mut Tree) -> Vec<String> {
    let mut links = basics.texts(&["links"]);
    let goal = |link: &str| Link::parse(link).url.unwrap_or_else(|| link.to_owned());
    let mut known: BTreeSet<String> = links.iter().map(|link| goal(link)).collect();
    let mut add = |link: String| {
        if !link.is_empty() && known.insert(goal(&link)) {
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
        let is_said = Link::parse(&url).handle == username.trim_start_matches('@')
            || url.to_lowercase().contains(&username.to_lowercase());
        if !url.is_empty() && !is_said {
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

/// All entries. A file of our own says in which sections they stand; else there is one for each
/// kind, in the order of the file.
fn entries(tree: &mut Tree, plan: &mut Plan, guesses: &mut Vec<String>) {
    for (name, value) in tree.fields() {
        let in_list = |place: &Place| place.list.iter().any(|list| list.eq_ignore_ascii_case(name));
        let Some(usual) = places().find(in_list) else {
            continue;
        };
        for item in value.own_items() {
            let place = typed(item).filter(in_list).unwrap_or(usual);
            if item.is_empty() {
                continue;
            }
            let dialect = if plan.ours { &OWN } else { &DIALECT };
            prepare(place.kind, item, plan.ours);
            let mut push = Push { dialect, form: &place.form, tree: item, guesses: &mut *guesses };
            if let Some(section) = plan.section(place.kind) {
                section.visit_mut(&At::root(), &mut push);
            }
        }
    }
}

/// The sections that entries come into.
struct Plan {
    ours: bool,
    sections: Vec<Section>,
    /// For each kind, its sections and how many entries each still takes, the first of them last.
    open: BTreeMap<SectionKind, Vec<(usize, usize)>>,
}

impl Plan {
    /// The sections that a file of our own tells of, with what stands only there.
    fn new(ours: Option<&mut Tree>, guesses: &mut Vec<String>) -> Self {
        let mut plan = Self { ours: ours.is_some(), sections: vec![], open: BTreeMap::new() };
        for told in ours.into_iter().flat_map(|ours| ours.items(&["sections"])) {
            let Some(kind) = SectionKind::named(&told.text(&["kind"])) else {
                continue;
            };
            let mut section = Section::new(kind);
            *section.title_mut() = told.text(&["title"]);
            *section.note_mut() = told.text(&["note"]);
            for item in told.items(&["entries"]) {
                let form = &Form::default();
                let mut push = Push { dialect: &OWN, form, tree: item, guesses: &mut *guesses };
                section.visit_mut(&At::root(), &mut push);
            }
            let count = told.text(&["count"]).parse().unwrap_or(0);
            plan.open.entry(kind).or_default().push((plan.sections.len(), count));
            plan.sections.push(section);
        }
        plan.open.values_mut().for_each(|open| open.reverse());
        plan
    }

    /// The section that the next entry of a kind comes into. What is not told of goes into the last
    /// of its kind.
    fn section(&mut self, kind: SectionKind) -> Option<&mut Section> {
        let open = self.open.entry(kind).or_default();
        while open.len() > 1 && open.last().is_some_and(|(_, count)| *count == 0) {
            open.pop();
        }
        if open.is_empty() {
            let mut new = Section::new(kind);
            // The usual heading of a list is that of research interests.
            if kind == SectionKind::List && !self.ours {
                "Interests".clone_into(new.title_mut());
            }
            open.push((self.sections.len(), 0));
            self.sections.push(new);
        }
        let (index, count) = open.last_mut()?;
        *count = count.saturating_sub(1);
        self.sections.get_mut(*index)
    }
}

/// The kind that the `type` of an entry names.
fn typed(item: &mut Tree) -> Option<Place> {
    let kind = item.text(&["type"]);
    let found = places().find(|place| place.types.contains(&kind.to_lowercase().as_str()));
    if found.is_none() {
        item.put("type", kind);
    }
    found
}

/// Links that people add to a publication, as texts or as records of name and address.
fn further_links(item: &mut Tree) -> Vec<Tree> {
    let mut links = vec![];
    for list in ["links", "sources", "medias"] {
        for link in item.items(&[list]) {
            let text = link.own_text();
            let url = link.text(&["url", "website", "link"]);
            let text = match url.as_str() {
                "" => text,
                url => match link.text(&["name", "title", "label"]) {
                    name if name.is_empty() => url.to_owned(),
                    name => format!("[{name}]({url})"),
                },
            };
            if !text.is_empty() {
                links.push(Tree::Text(text));
            }
        }
    }
    links
}

/// Brings together what the format keeps apart.
fn prepare(kind: SectionKind, item: &mut Tree, ours: bool) {
    if matches!(item.inner(&["location"]), Some(Tree::Map(_))) {
        let address = address(item);
        item.put("location", address);
    }
    match kind {
        SectionKind::Education => {
            let (study, area) = (item.text(&["studyType"]), item.text(&["area"]));
            let between = if study.contains(IN) { ", " } else { IN };
            let both = !study.is_empty() && !area.is_empty();
            let degree = if both { [study, area].join(between) } else { study + &area };
            item.put("degree", degree);
        }
        SectionKind::Skills if !ours => {
            let (name, level) = (item.text(&["name"]), item.text(&["level"]));
            let name = match level.as_str() {
                "" => name,
                level => format!("{name} ({level})").trim_start().to_owned(),
            };
            // A name alone is the skill itself.
            let alone = item.inner(&["keywords"]).is_none();
            item.put(if alone { "keywords" } else { "name" }, name);
        }
        SectionKind::List if !ours => {
            let keywords = item.texts(&["keywords"]).join(", ");
            let name = item.text(&["name"]);
            let both = !name.is_empty() && !keywords.is_empty();
            item.put("name", format!("{name}{}{keywords}", if both { ": " } else { "" }));
        }
        SectionKind::Publications | SectionKind::Patents => {
            let links = further_links(item);
            if let Tree::Map(fields) = item {
                fields.push(("links".to_owned(), Tree::List(links)));
            }
        }
        SectionKind::References => {
            let said = said(item);
            let quote = item.text(&["reference"]);
            // What they say of the person is how they know them.
            let is_told = item.inner(&["relation"]).is_some();
            if quote != said {
                item.put(if ours || is_told { "reference" } else { "relation" }, quote);
            }
        }
        SectionKind::Experience
        | SectionKind::Projects
        | SectionKind::Awards
        | SectionKind::Skills
        | SectionKind::Teaching
        | SectionKind::Talks
        | SectionKind::Service
        | SectionKind::Grants
        | SectionKind::Languages
        | SectionKind::Certificates
        | SectionKind::Text
        | SectionKind::List => {}
    }
}

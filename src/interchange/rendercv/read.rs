//! From RenderCV to a profile.

use super::{
    ABOUT, DIALECT, EMAIL, Entry, FACT, KIND, LANGUAGES, LARGEST, LINK, NAME, NETWORKS, NOTE,
    PHONE, entry_of, heading, label, markdown, place, usual,
};
use crate::{
    at::At,
    field::{Access, Fields},
    interchange::{
        Error, Import, MOST_OF_A_CV, Report, Tree,
        decode::decode,
        json, network,
        record::{Push, settle_own, unlinked},
        yaml,
    },
    look::Paper,
    person::Person,
    profile::Profile,
    section::{Certificate, Entries, Part, Record, Referee, Section, SectionKind, VisitorMut},
    typeset::words::{locale, usual_title},
    value::{
        date::Dates,
        entry::{Bullet, Labelled},
        link::Link,
        locale::Locale,
        person::split_marks,
        rich::Rich,
    },
};

/// Reads a RenderCV file of any version, as YAML or as JSON.
pub(super) fn read(bytes: &[u8]) -> Result<Import, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooDeep { format: NAME });
    }
    let (text, encoding) = decode(bytes);
    let is_json = text.trim_start().starts_with('{');
    let mut tree = if is_json { json::read(&text, NAME)? } else { yaml::read(&text, NAME)? };
    if tree.size().0 > MOST_OF_A_CV {
        return Err(Error::TooDeep { format: NAME });
    }
    let mut import = Import::default();
    let report = &mut import.report;
    report.encoding(encoding);
    let mut profile = Profile::default();
    look(&mut tree, &mut profile);
    if let Some(cv) = tree.inner(&["cv"]) {
        profile.person = person(cv);
        let words = locale(profile.look.language.as_deref().unwrap_or("en"));
        sections(cv, words, &mut profile, report);
    }
    if profile.person == Person::default() && profile.sections.is_empty() {
        return Err(Error::Nothing { format: NAME });
    }
    for section in &mut profile.sections {
        section.change_people(&mut |people| {
            for author in people {
                // Marks have a backslash there; maths has its own.
                if !author.name.contains('$') {
                    author.name = markdown::unescaped(&author.name);
                }
            }
        });
    }
    settle_own(&profile.person, &mut profile.sections);
    report.all_placed(&profile);
    // What is not about the person is told in one piece each.
    for (name, value) in tree.fields() {
        if name != "cv" && !value.is_empty() {
            let mut texts = vec![];
            value.take().left("", &mut |way, text| {
                texts.push(if way.is_empty() { text.to_owned() } else { format!("{way}: {text}") });
            });
            report.not_placed(name, &texts.join("; "));
        }
    }
    report.left(&tree);
    import.profile = profile;
    Ok(import)
}

/// Paper and language: what a look has in common with the format.
fn look(tree: &mut Tree, profile: &mut Profile) {
    let page = tree.inner(&["design"]).and_then(|design| design.inner(&["page"]));
    if let Some(page) = page {
        let size = page.text(&["size"]);
        match size.as_str() {
            "a4" | "a4paper" => profile.look.paper = Some(Paper::A4),
            "us-letter" | "letterpaper" => profile.look.paper = Some(Paper::Letter),
            _ => page.put("size", size),
        }
    }
    if let Some(locale) = tree.inner(&["locale", "locale_catalog"]) {
        let language = locale.text(&["language"]);
        let named = LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(&language));
        let code = named.map_or(language.as_str(), |(_, code)| code);
        match Locale::get(code) {
            Some(_) => profile.look.language = Some(code.to_owned()),
            None => locale.put("language", language),
        }
    }
}

fn person(cv: &mut Tree) -> Person {
    let mut person = Person::default();
    let text = |text: String| markdown::read(&text);
    (person.name, person.other_name) = names(&text(cv.text(&["name"])));
    person.headline = text(cv.text(&["headline", "label"]));
    person.address = text(cv.text(&["location"]));
    // Lines are lines there.
    person.summary = text(cv.text(&["summary"]).replace('\n', "\n\n"));
    person.emails = cv.texts(&["email"]);
    let phones = cv.texts(&["phone"]).into_iter();
    person.phones = phones.map(|phone| phone.trim_start_matches("tel:").to_owned()).collect();
    let photo = cv.text(&["photo"]);
    // Only a file in the folder of the profile can be a photo.
    match photo.contains(':') {
        true => cv.put("photo", photo),
        false => person.photo = photo,
    }
    // The order of the names is that of the header.
    for (name, value) in cv.fields() {
        for item in value.own_items() {
            match name.as_str() {
                "website" => person.links.push(item.own_text()),
                "social_networks" => person.links.push(account(item)),
                "custom_connections" => connection(item, &mut person),
                _ => {}
            }
        }
    }
    person.links.retain(|link| !link.is_empty());
    person
}

/// `Xiaoyu Lin (林晓雨)`: the name, and the name in another script.
fn names(name: &str) -> (String, String) {
    let is_other = |text: &str| text.chars().any(|c| c.is_alphabetic() && c >= '\u{370}');
    let parts = name.strip_suffix(')').and_then(|name| name.split_once(" ("));
    match parts {
        Some((name, other)) if is_other(name) != is_other(other) => {
            (name.to_owned(), other.to_owned())
        }
        _ => (name.to_owned(), String::new()),
    }
}

/// The link of an account on a network.
fn account(item: &mut Tree) -> String {
    let (network, username) = (item.text(&["network"]), item.text(&["username"]));
    let known = NETWORKS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(&network));
    let url = match known {
        Some((_, None, home)) => format!("{home}{username}"),
        Some(_) | None => item.text(&["url"]),
    };
    if network.is_empty() && username.is_empty() {
        return item.own_text();
    }
    network::link(&network, &username, &url)
}

/// What people add to the header themselves.
fn connection(item: &mut Tree, person: &mut Person) {
    let (icon, said) = (item.text(&["fontawesome_icon"]), item.text(&["placeholder"]));
    let url = item.text(&["url"]);
    match icon.as_str() {
        PHONE if url.is_empty() => person.phones.push(said),
        EMAIL if url.is_empty() => person.emails.push(said),
        LINK if url.is_empty() => person.links.push(markdown::read(&said)),
        LINK => person.links.push(format!("[{said}]({url})")),
        _ if url.is_empty() => {
            person.facts.push(Labelled::from(markdown::read(&said).as_str()));
            // What an icon says beyond the words.
            if icon != FACT {
                item.put("fontawesome_icon", icon);
            }
        }
        _ => {
            person.links.push(network::link(&said, "", &url));
            item.put("fontawesome_icon", icon);
        }
    }
}

fn sections(cv: &mut Tree, words: &Locale, profile: &mut Profile, report: &mut Report) {
    let Some(sections) = cv.inner(&["sections"]) else {
        return;
    };
    for (name, value) in sections.fields() {
        // What tells sections of one name apart is not seen.
        let seen = heading(name).trim_end_matches([markdown::JOINER, ' ']).to_owned();
        let title = seen.trim().to_owned();
        let entries = value.own_items();
        let Some(entry) = entries.iter().find_map(entry_of) else {
            continue;
        };
        let told = entries.iter_mut().find_map(|e| Some(e.text(&[KIND])).filter(|t| !t.is_empty()));
        let kind = told.as_deref().and_then(SectionKind::named);
        let place = kind.map_or_else(|| usual(entry, &title, entries), place);
        let is_marks = entry == Entry::OneLine && title.to_lowercase().contains("marks");
        if is_marks && marks(entries, &mut profile.marks) {
            continue;
        }
        if entry == Entry::Text && about(&title, entries, words, &mut profile.person) {
            continue;
        }
        let mut section = Section::new(place.kind);
        let title = markdown::read(&title);
        if title != *usual_title(words, place.kind) {
            title.clone_into(section.title_mut());
            if told.is_none() && !matches!(entry, Entry::Text | Entry::Bullet) {
                let message = format!("`{title}` was taken for a section of kind {}", place.kind);
                report.guessed(At::root().field("sections").index(profile.sections.len()), message);
            }
        }
        for item in entries {
            *section.note_mut() += &markdown::read(&item.text(&[NOTE]));
            item.text(&[KIND]);
            prepare(place.kind, item);
            let mut guesses = vec![];
            let (form, guesses) = (&place.form, &mut guesses);
            let mut push = Push { dialect: &DIALECT, form, tree: item, guesses };
            section.visit_mut(&At::root(), &mut push);
        }
        section.visit_mut(&At::root(), &mut Told);
        if section.count() > 0 {
            profile.sections.push(section);
        }
    }
}

/// Takes what marks at authors mean, if that is all there is.
fn marks(entries: &mut [Tree], marks: &mut Vec<Labelled>) -> bool {
    let is_mark = |entry: &mut Tree| match entry.inner(&["label"]) {
        Some(Tree::Text(label)) => {
            let (name, marks) = split_marks(&format!("x{}", plain(label)));
            name == "x" && !marks.is_empty()
        }
        _ => false,
    };
    let all = entries.iter_mut().all(is_mark);
    if all {
        for entry in entries {
            let label = plain(&entry.text(&["label"]));
            let text = markdown::read(&entry.text(&["details"]));
            marks.push(Labelled { label, text, ..Labelled::default() });
        }
    }
    all
}

/// A text without its markup.
fn plain(text: &str) -> String {
    Rich::parse(&markdown::read(text)).to_plain()
}

/// Takes a text about the person, if there is none yet.
fn about(title: &str, entries: &mut [Tree], words: &Locale, person: &mut Person) -> bool {
    let title = title.to_lowercase();
    let field = if title == words.titles.interests.to_lowercase() {
        &mut person.interests
    } else if title == words.titles.summary.to_lowercase() || ABOUT.contains(&title.as_str()) {
        &mut person.summary
    } else {
        return false;
    };
    let free = field.is_empty();
    if free {
        let texts: Vec<_> = entries.iter_mut().map(|e| markdown::read(&e.own_text())).collect();
        *field = texts.join("\n\n");
    }
    free
}

/// Brings together what the format keeps apart.
fn prepare(kind: SectionKind, item: &mut Tree) {
    // Lines are lines there.
    let summary = item.text(&["summary"]).replace('\n', "\n\n");
    item.put("summary", summary);
    match kind {
        SectionKind::Education => {
            let (degree, area) = (item.text(&["degree"]), item.text(&["area"]));
            let both = !degree.is_empty() && !area.is_empty();
            item.put("degree", if both { format!("{degree} in {area}") } else { degree + &area });
        }
        SectionKind::References => from_highlights::<Referee>(item),
        SectionKind::Certificates => from_highlights::<Certificate>(item),
        SectionKind::Text | SectionKind::List => {
            // Bullets in the text of an entry are its bullets.
            let names = ["bullet", "number", "reversed_number"];
            let text = match item {
                Tree::Text(_) => item.own_text(),
                _ => item.text(&names),
            };
            if text.is_empty() {
                return;
            }
            let (before, bullets) = text.split_once("\n- ").unwrap_or((&text, ""));
            let before = before.to_owned();
            let bullets = (!bullets.is_empty()).then(|| format!("- {bullets}"));
            if !matches!(item, Tree::Map(_)) {
                *item = Tree::Map(vec![]);
            }
            item.put("text", before);
            item.put("bullets", bullets.unwrap_or_default());
        }
        SectionKind::Awards => {
            // The theme al-folio says who gave it beside the summary.
            let awarder = item.text(&["awarder"]);
            if !awarder.is_empty() {
                item.rename("summary", "highlights");
                item.put("summary", awarder);
            }
        }
        SectionKind::Experience
        | SectionKind::Publications
        | SectionKind::Patents
        | SectionKind::Projects
        | SectionKind::Skills
        | SectionKind::Teaching
        | SectionKind::Talks
        | SectionKind::Service
        | SectionKind::Grants
        | SectionKind::Languages => {}
    }
}

/// Puts highlights that say a field under its name, in an entry that has no room for highlights.
fn from_highlights<T: Fields>(item: &mut Tree) {
    let mut said = vec![];
    for highlight in item.items(&["highlights"]) {
        let text = match highlight {
            Tree::Text(text) => markdown::read(text),
            Tree::Empty | Tree::List(_) | Tree::Map(_) => continue,
        };
        if let Some((label, rest)) = label_of(&text)
            && let Some(field) = T::FIELDS.iter().find(|field| field.label == label)
        {
            said.push((field.name, rest.to_owned()));
            highlight.take();
        }
    }
    for (name, text) in said {
        item.put(name, text);
    }
}

/// Puts into their fields what stands in highlights with a label, and what stands around a name.
struct Told;

impl VisitorMut<'_> for Told {
    type Out = ();

    fn entries<R: Record>(&mut self, _: &At, list: &mut Entries<R>) {
        for entry in &mut list.entries {
            unlink(entry);
            told(entry);
        }
    }
}

/// A name that is a link is the name, and the link.
fn unlink<R: Record>(entry: &mut R) {
    let line = R::FIELDS.iter().find(|field| field.required);
    let url = R::FIELDS.iter().find(|field| field.name == "url");
    let (Some(Access::Line((get, set))), Some(Access::Link((old, url)))) =
        (line.map(|f| &f.access), url.map(|f| &f.access))
    else {
        return;
    };
    let (name, address) = unlinked(get(entry));
    if old(entry).is_empty() && !address.is_empty() {
        *set(entry) = name;
        *url(entry) = address;
    }
}

fn told<T: Fields>(record: &mut T) {
    let field = |wanted: fn(&Access<T>) -> bool| T::FIELDS.iter().find(|f| wanted(&f.access));
    let Some(Access::Bullets((_, bullets))) =
        field(|access| matches!(access, Access::Bullets(_))).map(|f| &f.access)
    else {
        return;
    };
    let has_parts = field(|access| matches!(access, Access::Parts(_))).is_some();
    let mut rest = vec![];
    for bullet in std::mem::take(bullets(record)) {
        match part(&bullet).filter(|_| has_parts) {
            Some(part) => {
                for field in T::FIELDS {
                    if let Access::Parts((_, set)) = &field.access {
                        set(record).push(part.clone());
                    }
                }
            }
            None if bullet.bullets.is_empty() && labelled(record, &bullet.text) => {}
            None => rest.push(bullet),
        }
    }
    *bullets(record) = rest;
}

/// Puts `**Label:** text` into the field with that label, or among the lines; whether it could be
/// done.
fn labelled<T: Fields>(record: &mut T, text: &str) -> bool {
    let Some((name, said)) = label_of(text) else {
        return false;
    };
    for field in T::FIELDS {
        let mut names = Locale::codes().map(|code| label(field.name, field.label, locale(code)));
        let fits = names.any(|known| known.eq_ignore_ascii_case(name));
        match &field.access {
            Access::Line((get, set)) | Access::Prose((get, set)) | Access::Date((get, set))
                if fits && get(record).is_empty() =>
            {
                *set(record) = said.to_owned();
                return true;
            }
            Access::Link((get, set)) if fits && get(record).is_empty() => {
                let (text, url) = unlinked(said);
                // `[2401.01234](https://…)` says it as it is typed, `[here](https://…)` does not.
                let is_said = Link::parse(&text).url.is_some() || text.contains(char::is_numeric);
                *set(record) = if url.is_empty() || is_said { text } else { url };
                return true;
            }
            Access::Links((_, set)) if fits => {
                set(record).push(said.to_owned());
                return true;
            }
            Access::Labelled((_, set)) => {
                let (label, text) = (name.to_owned(), said.to_owned());
                set(record).push(Labelled { label, text, ..Labelled::default() });
                return true;
            }
            _ => {}
        }
    }
    false
}

/// The label and the rest of `**Label:** text`.
fn label_of(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix("**")?.split_once("**")?;
    let (label, rest) = match (label.strip_suffix(':'), rest.strip_prefix(':')) {
        (Some(label), _) => (label, rest),
        (None, Some(rest)) => (label, rest),
        (None, None) => return None,
    };
    Some((label.trim(), rest.trim())).filter(|(label, rest)| !label.is_empty() && !rest.is_empty())
}

/// A bullet that is the heading of a part: `**Senior engineer** | Warsaw | 2024 – present`, with
/// bullets of its own.
fn part(bullet: &Bullet) -> Option<Part> {
    let (title, rest) = bullet.text.strip_prefix("**")?.split_once("**")?;
    let facts: Vec<&str> = rest.split(" | ").map(str::trim).collect();
    let is_part = facts.first().is_some_and(|first| first.is_empty());
    (is_part && (facts.len() > 1 || !bullet.bullets.is_empty())).then_some(())?;
    let mut part = Part { title: title.to_owned(), ..Part::default() };
    for fact in facts.into_iter().skip(1) {
        match Dates::parse(fact) {
            Some(_) => part.date = fact.to_owned(),
            None if part.place.is_empty() => part.place = fact.to_owned(),
            None => part.place = format!("{}, {fact}", part.place),
        }
    }
    part.bullets.clone_from(&bullet.bullets);
    told(&mut part);
    Some(part)
}

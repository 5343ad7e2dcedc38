//! From a profile to RenderCV.

use super::{
    EMAIL, Entry, FACT, KIND, LANGUAGES, LINK, NETWORKS, NOTE, PHONE, Place, heading, label,
    markdown, place, usual,
};
use crate::{
    at::At,
    field::{Access, Fields},
    interchange::{
        Tree,
        iso::{self, Ends},
        nested,
        record::Form,
        yaml,
    },
    look::{Paper, Style},
    person::Person,
    profile::Profile,
    section::{Entries, Part, Record, Section, Visitor},
    typeset::words::{locale, usual_title},
    value::{
        date::Dates,
        entry::{Author, Bullet, Labelled},
        link::{Link, LinkKind},
        locale::Locale,
        person::Spellings,
        rich::Rich,
    },
};
use std::collections::{BTreeMap, BTreeSet};

type Map = Vec<(String, Tree)>;

/// The bytes of a file that RenderCV 2.8 renders; `shown` is what a CV shows.
#[must_use]
pub fn write(shown: &Profile, style: &Style) -> Vec<u8> {
    let words = locale(&style.language);
    let person = &shown.person;
    let spellings: Vec<&str> = person.spellings().collect();
    let writer = Writer { words, own: Spellings::new(&spellings) };
    let mut sections: Map = vec![];
    // How many sections begin with one name, and all names there are.
    let (mut counts, mut names) = (BTreeMap::<String, usize>::new(), BTreeSet::<String>::new());
    let mut add = |title: String, entries: Vec<Tree>| {
        let mut name = title;
        // A name with a space is printed as it stands.
        if heading(&name) != name {
            name.push(' ');
        }
        if entries.is_empty() {
            return;
        }
        // No two sections can have one name.
        let count = counts.entry(name.clone()).or_default();
        let mut own = name.clone();
        while !names.insert(own.clone()) {
            *count += 1;
            own = format!("{name}{}", unseen(*count));
        }
        sections.push((own, Tree::List(entries)));
    };
    for (title, said) in
        [(&words.titles.summary, &person.summary), (&words.titles.interests, &person.interests)]
    {
        add(title.clone(), texts([markdown::write(said)]));
    }
    for section in &shown.sections {
        let usual = usual_title(words, section.kind());
        let title = match section.title().trim() {
            "" => usual.to_owned(),
            title => one_line(&markdown::write(title)),
        };
        add(title.clone(), writer.section(section, &title));
    }
    let mark = |mark: &Labelled| {
        map(vec![
            text("label", &markdown::write(&mark.label)),
            text("details", &markdown::write(&mark.text)),
        ])
    };
    add("Marks".to_owned(), shown.marks.iter().map(mark).collect());
    let mut cv = header(person);
    cv.push(("sections".to_owned(), Tree::Map(sections)));
    let size = match style.paper {
        Paper::A4 => "a4",
        Paper::Letter => "us-letter",
    };
    let page = map(vec![text("size", size)]);
    let mut whole = vec![
        ("cv".to_owned(), Tree::Map(cv)),
        ("design".to_owned(), map(vec![text("theme", "classic"), ("page".to_owned(), page)])),
    ];
    if let Some((name, _)) = LANGUAGES.iter().find(|(_, code)| *code == style.language) {
        whole.push(("locale".to_owned(), map(vec![text("language", name)])));
    }
    yaml::write(&Tree::Map(whole), &["date", "start_date", "end_date"]).into_bytes()
}

/// A number in signs that nobody sees: its digits in base two, the lowest first, so that a white
/// space is never the last.
fn unseen(number: usize) -> String {
    let digits = usize::BITS - number.leading_zeros();
    (0..digits).map(|at| if (number >> at) & 1 == 1 { markdown::JOINER } else { ' ' }).collect()
}

/// Name and contacts, in the order of the header.
fn header(person: &Person) -> Map {
    let name = markdown::write(&person.name);
    let name = match markdown::write(&person.other_name) {
        other if other.is_empty() => name,
        other => format!("{name} ({other})"),
    };
    let mut custom = vec![];
    let mut connect = |icon: &str, said: &str, url: Option<&str>| {
        let url = url.map_or(Tree::Empty, |url| Tree::Text(url.to_owned()));
        if said.trim().is_empty() {
            return;
        }
        let fields = vec![text("fontawesome_icon", icon), text("placeholder", said)];
        custom.push(Tree::Map(fields.into_iter().chain([("url".to_owned(), url)]).collect()));
    };
    let mut emails = vec![];
    for email in &person.emails {
        match email_address(email) {
            Some(address) => emails.push(address),
            None => connect(EMAIL, email, None),
        }
    }
    // RenderCV refuses a whole CV for a number that it takes for wrong, so that none is given as a
    // number.
    for phone in &person.phones {
        connect(PHONE, phone, None);
    }
    let (mut websites, mut networks) = (vec![], vec![]);
    for typed in &person.links {
        let link = Link::parse(typed);
        let web = link.url.as_deref().filter(|url| url.starts_with("http"));
        if let Some(account) = account(&link) {
            networks.push(account);
        } else if let (Some(url), Some(label)) = (web, &link.label) {
            connect(LINK, &label.to_plain(), Some(url));
        } else if let Some(url) = web {
            websites.push(url.to_owned());
        } else {
            connect(LINK, &markdown::write(typed), None);
        }
    }
    for fact in &person.facts {
        connect(FACT, &labelled(&markdown::write(&fact.label), &markdown::write(&fact.text)), None);
    }
    let fields = vec![
        text("name", &curled(&one_line(&name))),
        text("headline", &one_line(&markdown::write(&person.headline))),
        text("location", &one_line(&markdown::write(&person.address))),
        ("email".to_owned(), one_or_all(emails)),
        ("website".to_owned(), one_or_all(websites)),
        ("social_networks".to_owned(), Tree::List(networks)),
        ("custom_connections".to_owned(), Tree::List(custom)),
    ];
    fields.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A mail address as RenderCV accepts it: not one that is reserved.
fn email_address(typed: &str) -> Option<String> {
    let link = Link::parse(typed);
    let top = link.handle.rsplit_once('.').map_or("", |(_, top)| top);
    let reserved = ["test", "local", "localhost", "invalid", "onion", "arpa"].contains(&top);
    let plain = link.handle.chars().all(|c| c.is_ascii_alphanumeric() || "@.-_+".contains(c));
    let tidy =
        !link.handle.contains("..") && !link.handle.starts_with('.') && !link.handle.contains(".@");
    (link.kind == LinkKind::Email && !reserved && plain && tidy).then_some(link.handle)
}

/// An account on a network that RenderCV knows, written as it wants it.
fn account(link: &Link) -> Option<Tree> {
    let (network, ..) = NETWORKS.iter().find(|(_, kind, _)| *kind == Some(link.kind))?;
    let handle = &link.handle;
    let fits = match link.kind {
        LinkKind::StackOverflow => handle.split_once('/').is_some_and(|(id, name)| {
            !id.is_empty() && id.chars().all(|c| c.is_ascii_digit()) && !name.contains('/')
        }),
        LinkKind::Bluesky => handle.contains('.'),
        _ => true,
    };
    let is_plain = handle.chars().all(|c| c.is_ascii_alphanumeric() || "@.-_~/".contains(c));
    (fits && is_plain && !handle.is_empty() && link.label.is_none()).then_some(())?;
    let at = if link.kind == LinkKind::Mastodon { "@" } else { "" };
    Some(map(vec![text("network", network), text("username", &format!("{at}{handle}"))]))
}

/// With quotation marks that open and close: RenderCV 2.8 puts a name between straight ones as it
/// is, and fails.
fn curled(name: &str) -> String {
    let mut marks = "“”".chars().cycle();
    name.chars().map(|c| if c == '"' { marks.next().unwrap_or(c) } else { c }).collect()
}

/// A part has a name and a place, too.
const PART: Form = Form { names: &[("title", &["name"]), ("place", &["location"])], labels: &[] };

struct Writer<'w> {
    words: &'w Locale,
    own: Spellings,
}

/// Writes the entries of a section of whatever kind.
struct Each<'e>(&'e Writer<'e>, Place);

impl Visitor<'_> for Each<'_> {
    type Out = Vec<Tree>;

    fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Self::Out {
        list.entries.iter().map(|entry| self.0.entry(entry, &self.1)).collect()
    }
}

impl Writer<'_> {
    /// The entries of a section, all of one kind.
    fn section(&self, section: &Section, title: &str) -> Vec<Tree> {
        let mut known = place(section.kind());
        // A list with dates needs entries that have one.
        if let Section::List(list) = section
            && list.entries.iter().any(|item| !item.date.trim().is_empty())
        {
            known.entry = Entry::Normal;
            known.form =
                Form { names: &[("text", &["name"]), ("bullets", &["highlights"])], labels: &[] };
        }
        let Place { kind, entry, .. } = known;
        let mut entries = section.visit(&At::root(), &mut Each(self, known));
        entries.retain(|entry| !entry.is_empty());
        for item in &mut entries {
            require(entry, item);
        }
        let note = one_line(&markdown::write(section.note()));
        // Texts have no room for a note; it is one of them.
        if entry == Entry::Text && !entries.is_empty() && !note.is_empty() {
            entries.insert(0, Tree::Text(note.clone()));
        }
        let told = usual(entry, &heading(title), &mut entries);
        if let Some(first) = entries.first_mut() {
            if told.kind != kind {
                first.put(KIND, kind.name().to_owned());
            }
            first.put(NOTE, note);
        }
        entries
    }

    fn entry<R: Record>(&self, entry: &R, place: &Place) -> Tree {
        let (mut fields, mut bullets) = self.fields(entry, place.entry, &place.form);
        let url = R::FIELDS.iter().find(|field| field.name == "url").map(|field| &field.access);
        // Where the format has no field for it, the name leads there.
        if let (Some(Access::Link((get, _))), false) = (url, place.entry == Entry::Publication)
            && let Some(url) = Link::parse(get(entry)).url
        {
            match fields.first_mut() {
                Some((_, Tree::Text(name))) if !name.is_empty() && !name.contains(['[', ']']) => {
                    *name = linked(name, &url);
                }
                _ => bullets.push(format!("**Link:** {url}")),
            }
        }
        match place.entry {
            Entry::Text | Entry::Bullet => {
                let first = fields.first().map(|(_, value)| value.clone());
                let Some(Tree::Text(before)) = first else {
                    return Tree::Text(bullets.join("\n"));
                };
                let inner: Vec<String> =
                    bullets.iter().map(|b| format!("\n- {}", b.replace('\n', "\n  "))).collect();
                let whole = format!("{before}{}", inner.concat());
                if place.entry == Entry::Text {
                    return Tree::Text(whole);
                }
                Tree::Map(vec![text("bullet", &whole)])
            }
            Entry::Publication => {
                fields.push(text("summary", &bullets.join("\n")));
                map(fields)
            }
            Entry::OneLine | Entry::Normal | Entry::Experience | Entry::Education => {
                fields.push(("highlights".to_owned(), Tree::List(texts(bullets))));
                map(fields)
            }
        }
    }

    /// The fields that the format has, and the rest as highlights.
    fn fields<T: Fields>(&self, record: &T, entry: Entry, form: &Form) -> (Map, Vec<String>) {
        let (mut fields, mut rest, mut last) = (vec![], vec![], vec![]);
        for field in T::FIELDS {
            let names = form.names.iter().find(|(name, _)| *name == field.name);
            let mut names = names.into_iter().flat_map(|(_, names)| *names).copied();
            let known = names.find(|name| entry.names().contains(name));
            let mut say = |said: String| {
                if !said.is_empty() {
                    rest.push(format!(
                        "**{}:** {said}",
                        label(field.name, field.label, self.words)
                    ));
                }
            };
            match &field.access {
                Access::Line((get, _)) | Access::Prose((get, _)) => {
                    let said = markdown::write(get(record));
                    let is_prose = matches!(field.access, Access::Prose(_));
                    match known {
                        // A blank line would end a summary.
                        Some("summary") => {
                            fields.push(text("summary", &said.replace("\n\n", "\n")));
                        }
                        Some(name) if is_prose => fields.push(text(name, &said)),
                        Some(name) => fields.push(text(name, &one_line(&said))),
                        None if field.name == "degree" => fields.extend(degree(&one_line(&said))),
                        None => say(one_line(&said)),
                    }
                }
                Access::Date((get, _)) => fields.extend(date(get(record), entry)),
                Access::Link((get, _)) => {
                    let typed = get(record).trim();
                    let link = Link::parse(typed);
                    match known {
                        Some("doi") if link.kind == LinkKind::Doi || typed.starts_with("10.") => {
                            let handle = if link.handle.is_empty() { typed } else { &link.handle };
                            fields.push(text("doi", handle));
                        }
                        Some("url")
                            if link.url.as_deref().is_some_and(|url| url.starts_with("http")) =>
                        {
                            fields.push(text("url", link.url.as_deref().unwrap_or_default()));
                        }
                        // It is the link of the name.
                        None if field.name == "url" && link.url.is_some() => {}
                        _ => say(named(field.name, typed)),
                    }
                }
                Access::People((get, _)) => {
                    let authors = get(record).iter().map(|author| self.author(author));
                    fields.push(("authors".to_owned(), Tree::List(texts(authors))));
                }
                Access::Labelled((get, _)) => {
                    rest.extend(get(record).iter().map(|line| {
                        let said = one_line(&markdown::write(&line.text));
                        match one_line(&markdown::write(&line.label)) {
                            label if label.is_empty() => said,
                            label => format!("**{label}:** {said}"),
                        }
                    }));
                }
                Access::Bullets((get, _)) => rest.extend(bullets(get(record))),
                Access::Parts((get, _)) => {
                    last.extend(get(record).iter().flat_map(|part| self.part(part)));
                }
                Access::Links((get, _)) => {
                    get(record).iter().for_each(|link| say(named(field.name, link.trim())));
                }
                // Where a photo stands a file would have to be; spellings are for finding a name.
                Access::Photo(_) | Access::Lines(_) => {}
            }
        }
        rest.append(&mut last);
        (fields, rest)
    }

    /// A part as a highlight with highlights in it; without a heading its highlights alone.
    fn part(&self, part: &Part) -> Vec<String> {
        let (fields, bullets) = self.fields(part, Entry::Normal, &PART);
        let mut record = Tree::Map(fields);
        let head = match record.text(&["name"]) {
            title if title.is_empty() => title,
            title => format!("**{title}**"),
        };
        let facts = [head, record.text(&["location"]), one_line(&part.date)];
        let head: Vec<&str> = facts.iter().map(String::as_str).filter(|f| !f.is_empty()).collect();
        if head.is_empty() {
            return bullets;
        }
        let inner = bullets.iter().map(|bullet| format!("\n  - {}", bullet.replace('\n', "\n  ")));
        vec![head.join(" | ") + &inner.collect::<String>()]
    }

    /// An author, the own name in bold.
    fn author(&self, author: &Author) -> String {
        let name = one_line(&markdown::write(&author.name));
        let name = match author.own || self.own.are_of(&Rich::parse(&author.name).to_plain()) {
            true if !name.is_empty() && !name.starts_with('*') => format!("**{name}**"),
            _ => name,
        };
        match Link::parse(&author.link).url {
            Some(url) => linked(&name, &url),
            None => name,
        }
    }
}

/// A link as it was typed, that leads where it says.
fn named(field: &str, typed: &str) -> String {
    let link = match field {
        "arxiv" => Link::of(LinkKind::ArXiv, typed),
        "doi" => Link::of(LinkKind::Doi, typed),
        _ => Link::parse(typed),
    };
    match link.url {
        Some(url) if url.starts_with("http") && link.label.is_none() => {
            linked(&markdown::write(typed), &url)
        }
        _ => markdown::write(typed),
    }
}

fn linked(name: &str, url: &str) -> String {
    format!("[{name}]({})", url.replace('(', "%28").replace(')', "%29"))
}

fn bullets(list: &[Bullet]) -> Vec<String> {
    let write = |text: &str| one_line(&markdown::write(text));
    // Bullets in bullets are set in, or RenderCV prints them beside the others.
    nested::solid(list)
        .into_iter()
        .map(|bullet| nested::text(bullet, write).replace("\n", "\n  "))
        .collect()
}

/// Adds empty what RenderCV cannot do without.
fn require(entry: Entry, item: &mut Tree) {
    let names: &[&str] = match entry {
        Entry::OneLine => &["label", "details"],
        Entry::Normal => &["name"],
        Entry::Experience => &["company", "position"],
        Entry::Education => &["institution", "area"],
        Entry::Publication => &["title", "authors"],
        Entry::Bullet | Entry::Text => &[],
    };
    if let Tree::Map(fields) = item {
        for name in names {
            if !fields.iter().any(|(known, _)| known == name) {
                let is_list = *name == "authors";
                let empty = if is_list { Tree::List(vec![]) } else { Tree::Text(String::new()) };
                fields.insert(0, ((*name).to_owned(), empty));
            }
        }
    }
}

/// What is studied, and for which degree.
fn degree(said: &str) -> Map {
    match said.split_once(" in ").map(|(degree, area)| (degree.trim(), area.trim())) {
        Some((degree, area)) if !degree.is_empty() && !area.is_empty() => {
            vec![text("area", area), text("degree", degree)]
        }
        _ => vec![text("area", said)],
    }
}

/// A date in the form that RenderCV sets in its own way, or else as typed.
fn date(typed: &str, entry: Entry) -> Map {
    let typed = typed.trim();
    let expected = Dates::parse(typed).is_some_and(|dates| dates.expected);
    match iso::ends(typed).filter(|_| !expected) {
        Some(Ends::On(date)) => vec![text("date", &date)],
        // There is only a single date.
        _ if entry == Entry::Publication => vec![text("date", &one_line(&markdown::write(typed)))],
        Some(Ends::Since(start)) => vec![text("start_date", &start), text("end_date", "present")],
        Some(Ends::Between(start, end)) => vec![text("start_date", &start), text("end_date", &end)],
        None => vec![text("date", &one_line(&markdown::write(typed)))],
    }
}

fn labelled(label: &str, text: &str) -> String {
    if label.trim().is_empty() { text.to_owned() } else { format!("{label}: {text}") }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one_or_all(mut texts: Vec<String>) -> Tree {
    match texts.pop() {
        Some(only) if texts.is_empty() => Tree::Text(only),
        Some(last) => {
            texts.push(last);
            Tree::List(texts.into_iter().map(Tree::Text).collect())
        }
        None => Tree::Empty,
    }
}

fn texts(texts: impl IntoIterator<Item = String>) -> Vec<Tree> {
    texts.into_iter().filter(|text| !text.trim().is_empty()).map(Tree::Text).collect()
}

fn text(name: &str, text: &str) -> (String, Tree) {
    (name.to_owned(), Tree::Text(text.trim().to_owned()))
}

/// A record without what is empty.
fn map(fields: Map) -> Tree {
    Tree::Map(fields.into_iter().filter(|(_, value)| !value.is_empty()).collect())
}

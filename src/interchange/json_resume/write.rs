//! From a profile to JSON Resume.

use super::{IN, LISTS, PERSON, SCHEMA, VERSION, When, place, said};
use crate::{
    at::At,
    field::{Access, Fields},
    interchange::{
        Tree,
        iso::{self, Ends},
        json, nested,
        record::{Form, TYPED},
    },
    look::{PhotoPlace, Style},
    person::Person,
    profile::Profile,
    section::{Entries, Part, Record, SectionKind, Visitor},
    value::{
        entry::{Author, Bullet, Labelled},
        link::{Link, LinkKind},
    },
};

type Names = Vec<(String, Tree)>;

/// The bytes of a JSON Resume file that is valid in version 1.0.0 and later; `shown` is what a CV
/// shows.
#[must_use]
pub fn write(shown: &Profile, style: &Style) -> Vec<u8> {
    let mut lists: Vec<(&str, Vec<Tree>)> = vec![];
    let mut sections = vec![];
    for section in &shown.sections {
        let place = place(section.kind());
        let form = place.map_or(Form::default(), |place| place.form);
        let when = place.map_or(When::Typed, |place| place.when);
        let mut entries = section.visit(&At::root(), &mut Each(form, when));
        let mut told = vec![text("kind", section.kind().name())];
        told.extend(
            [("title", section.title()), ("note", section.note())].map(|(n, t)| text(n, t)),
        );
        match place.and_then(|place| Some((place, *place.list.first()?))) {
            Some((place, list)) => {
                for entry in &mut entries {
                    finish(place.types, section.kind(), entry);
                }
                told.push(text("count", &entries.len().to_string()));
                match lists.iter_mut().find(|(name, _)| *name == list) {
                    Some((_, all)) => all.append(&mut entries),
                    None => lists.push((list, entries)),
                }
            }
            None => told.push(("entries".to_owned(), Tree::List(entries))),
        }
        sections.push(map(told));
    }
    let vitae = vec![
        ("sections".to_owned(), Tree::List(sections)),
        ("marks".to_owned(), labelled(&shown.marks)),
    ];
    let meta = vec![
        text("version", VERSION),
        text("language", &style.language),
        ("vitae".to_owned(), map(vitae)),
    ];
    let mut whole =
        vec![text("$schema", SCHEMA), ("basics".to_owned(), basics(&shown.person, style))];
    whole.extend(lists.into_iter().map(|(name, list)| (name.to_owned(), Tree::List(list))));
    whole.push(("meta".to_owned(), map(meta)));
    json::write(&map(whole))
}

/// Writes the entries of a section of whatever kind.
struct Each(Form, When);

impl Visitor<'_> for Each {
    type Out = Vec<Tree>;

    fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Self::Out {
        let entries = list.entries.iter().map(|entry| map(fields(entry, &self.0, self.1)));
        entries.filter(|entry| !entry.is_empty()).collect()
    }
}

/// What the format wants in another form.
fn finish(types: &[&str], kind: SectionKind, entry: &mut Tree) {
    match kind {
        SectionKind::Education => {
            let degree = entry.text(&["degree"]);
            match degree.split_once(IN).map(|(study, area)| (study.trim(), area.trim())) {
                Some((study, area)) if !study.is_empty() && !area.is_empty() => {
                    entry.put("studyType", study.to_owned());
                    entry.put("area", area.to_owned());
                }
                _ => entry.put("studyType", degree),
            }
        }
        SectionKind::References => entry.put("reference", said(entry)),
        SectionKind::Experience
        | SectionKind::Publications
        | SectionKind::Patents
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
    entry.put("type", types.first().map_or(String::new(), |word| (*word).to_owned()));
}

fn basics(person: &Person, style: &Style) -> Tree {
    let mut own = map(fields(person, &PERSON, When::Typed));
    let links: Vec<Link> = person.links.iter().map(|link| Link::parse(link)).collect();
    let web = links.iter().find(|link| link.kind == LinkKind::Web).and_then(uri);
    let profiles = links.iter().filter(|link| link.kind != LinkKind::Web).filter_map(|link| {
        let url = uri(link)?;
        Some(map(vec![
            text("network", link.kind.name()),
            text("username", &link.handle),
            text("url", &url),
        ]))
    });
    let profiles = Tree::List(profiles.collect());
    let email = person.emails.iter().map(|email| Link::of(LinkKind::Email, email));
    // What stands before the sign has at most 64 bytes (RFC 5321, 4.5.3.1.1).
    let fits = |email: &String| {
        email.is_ascii() && email.rsplit_once('@').is_some_and(|(user, _)| user.len() <= 64)
    };
    let email = email.map(|link| link.handle).find(fits);
    let photo = own.text(&["image"]);
    let address = own.text(&["address"]);
    let is_town = !address.contains(|c: char| c.is_ascii_digit());
    let mut basics = vec![
        text("name", &own.text(&["name"])),
        text("label", &own.text(&["label"])),
        text("email", email.as_deref().unwrap_or_default()),
        text("phone", person.phones.first().map_or("", String::as_str)),
        text("url", web.as_deref().unwrap_or_default()),
        text("summary", &own.text(&["summary"])),
        (
            "location".to_owned(),
            map(vec![text(if is_town { "city" } else { "address" }, &address)]),
        ),
        ("profiles".to_owned(), profiles),
    ];
    // What a look leaves out is not told.
    if style.photo != PhotoPlace::Off {
        basics.push(text("image", &photo));
    }
    // Spellings of the name are for finding it.
    own.texts(&["known_as"]);
    if let Tree::Map(rest) = own {
        basics.extend(rest);
    }
    map(basics)
}

/// The fields of a record under the names of the format, or else under our own.
fn fields<T: Fields>(record: &T, form: &Form, when: When) -> Names {
    let mut out = vec![];
    for field in T::FIELDS {
        let key = form.known(field.name).first().copied().unwrap_or(field.name);
        let value = match &field.access {
            Access::Line((get, _)) | Access::Prose((get, _)) if LISTS.contains(&key) => {
                texts(get(record).split(", "))
            }
            Access::Line((get, _)) | Access::Prose((get, _)) | Access::Photo((get, _)) => {
                Tree::Text(get(record).trim().to_owned())
            }
            Access::Date((get, _)) => {
                out.extend(date(get(record), when));
                continue;
            }
            Access::Link((get, _)) if key == "url" => {
                out.extend(address(get(record)));
                continue;
            }
            Access::Link((get, _)) => Tree::Text(get(record).trim().to_owned()),
            Access::Lines((get, _)) | Access::Links((get, _)) => {
                texts(get(record).iter().map(String::as_str))
            }
            Access::People((get, _)) => Tree::List(get(record).iter().map(author).collect()),
            Access::Labelled((get, _)) => labelled(get(record)),
            Access::Bullets((get, _)) => bullets(get(record), key == "summary"),
            Access::Parts((get, _)) => {
                let part = |part: &Part| map(fields(part, &Form::default(), When::Typed));
                Tree::List(get(record).iter().map(part).filter(|part| !part.is_empty()).collect())
            }
        };
        out.push((key.to_owned(), value));
    }
    out
}

/// A date in the form that the schema asks for, and as it was typed where that says more.
fn date(typed: &str, when: When) -> Names {
    let typed = typed.trim();
    let (start, end) = match iso::ends(typed) {
        Some(Ends::On(date)) => (date.clone(), date),
        Some(Ends::Since(start)) => (start, String::new()),
        Some(Ends::Between(start, end)) => (start, end),
        None => (String::new(), String::new()),
    };
    let single = start == end;
    let (dates, said) = match when {
        When::Typed => return vec![text("date", typed)],
        When::Period => {
            (vec![text("startDate", &start), text("endDate", &end)], iso::joined(&start, &end))
        }
        When::Date(name) if single => (vec![text(name, &end)], end),
        // A whole day has ten characters.
        When::Day if single && end.len() == 10 => (vec![text("date", &end)], end),
        When::Date(_) | When::Day => (vec![], String::new()),
    };
    let words = (said != typed).then(|| text(&format!("date{TYPED}"), typed));
    dates.into_iter().chain(words).collect()
}

/// An address as the schema asks for it, and as it was typed where that is not the same.
fn address(typed: &str) -> Names {
    let typed = typed.trim();
    let whole = uri(&Link::parse(typed)).unwrap_or_default();
    let words = (whole != typed).then(|| text(&format!("url{TYPED}"), typed));
    [text("url", &whole)].into_iter().chain(words).collect()
}

/// Where a link leads, if that is an address in the strict sense.
fn uri(link: &Link) -> Option<String> {
    let escapes = |url: &str| {
        url.split('%')
            .skip(1)
            .all(|rest| rest.get(..2).is_some_and(|hex| hex.chars().all(|c| c.is_ascii_hexdigit())))
    };
    let strict =
        |url: &String| !url.contains(['[', ']']) && url.matches('#').count() < 2 && escapes(url);
    link.url.clone().filter(strict)
}

fn author(author: &Author) -> Tree {
    let name = author.name.trim();
    let name = if author.own { format!("**{name}**") } else { name.to_owned() };
    let link = author.link.trim();
    Tree::Text(if link.is_empty() { name } else { format!("[{name}]({link})") })
}

fn labelled(lines: &[Labelled]) -> Tree {
    let line = |line: &Labelled| {
        let (label, said) = (line.label.trim(), line.text.trim());
        let plain = if label.is_empty() { said.to_owned() } else { format!("{label}: {said}") };
        let again = Labelled::from(plain.as_str());
        if (again.label.as_str(), again.text.as_str()) == (label, said) {
            Tree::Text(plain)
        } else {
            map(vec![text("label", label), text("text", said)])
        }
    };
    Tree::List(lines.iter().map(line).filter(|line| !line.is_empty()).collect())
}

/// Bullets as a list, or in one text where the format has room for no more.
fn bullets(bullets: &[Bullet], in_one: bool) -> Tree {
    let solid = nested::solid(bullets);
    let list = || solid.iter().map(|bullet| nested::text(bullet, str::to_owned));
    if !in_one {
        return Tree::List(list().map(Tree::Text).collect());
    }
    match list().collect::<Vec<_>>().as_slice() {
        // What is read as the same bullet needs no mark.
        [one] if nested::all(one).first().is_some_and(|b| b.text == *one) => {
            Tree::Text(one.clone())
        }
        _ => Tree::Text(nested::lines(bullets, str::to_owned)),
    }
}

fn text(name: &str, text: &str) -> (String, Tree) {
    (name.to_owned(), Tree::Text(text.trim().to_owned()))
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Tree {
    let texts = texts.map(str::trim).filter(|text| !text.is_empty());
    Tree::List(texts.map(|text| Tree::Text(text.to_owned())).collect())
}

/// A record without what is empty.
fn map(fields: Names) -> Tree {
    Tree::Map(fields.into_iter().filter(|(_, value)| !value.is_empty()).collect())
}

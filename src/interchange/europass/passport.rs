//! `SkillsPassport`, the format of the old editor.

use super::{
    Cv, LEARNER, as_items, date, entry, in_line,
    languages::{level, named},
    period, said,
};
use crate::{
    interchange::{Tree, html, nested, network},
    section::SectionKind,
};

/// Kinds of headline that are a text about the person and no title.
const STATEMENTS: [&str; 2] = ["personal_statement", "profile"];

/// Fields of skills that are told in words, and their label.
const SKILLS: [(&str, &str); 6] = [
    ("Communication", "Communication skills"),
    ("Organisational", "Organisational skills"),
    ("JobRelated", "Job-related skills"),
    ("Computer", "Digital skills"),
    ("Other", "Other skills"),
    ("Driving", "Driving licence"),
];

/// Skills in a language, and what they are called here.
const TONGUE: [(&str, &str); 5] = [
    ("Listening", "Listening"),
    ("Reading", "Reading"),
    ("SpokenInteraction", "Spoken interaction"),
    ("SpokenProduction", "Spoken production"),
    ("Writing", "Writing"),
];

/// Reads the whole of it.
pub(super) fn read(tree: &mut Tree, cv: &mut Cv) {
    cv.language(tree, "locale");
    cv.tell(tree, &["DocumentInfo", "PrintingPreferences", "Attachment"]);
    let Some(learner) = tree.inner(&[LEARNER]) else {
        return;
    };
    if let Some(person) = learner.inner(&["Identification"]) {
        identity(person, cv);
    }
    for headline in learner.items(&["Headline"]) {
        let kind = headline.inner(&["Type"]).map(|kind| kind.text(&["Code"])).unwrap_or_default();
        let text = said(headline, &["Description"]);
        let person = &mut cv.profile.person;
        let field = match STATEMENTS.contains(&kind.as_str()) {
            true => &mut person.summary,
            false => &mut person.headline,
        };
        if field.is_empty() {
            *field = html::to_prose(&text);
        } else {
            headline.put("Description", text);
        }
        headline.put("Type.Code", kind);
    }
    for job in learner.items(&["WorkExperience"]) {
        let date = period(job, &["Period"]);
        let role = said(job, &["Position"]);
        let summary = said(job, &["Activities"]);
        let employer = job.inner(&["Employer"]).map(organisation).unwrap_or_default();
        let new = entry(&[
            ("organization", employer.name),
            ("place", employer.place),
            ("url", employer.url),
            ("role", role),
            ("date", date),
            ("summary", summary),
        ]);
        job.add("rest", cv.push(SectionKind::Experience, "", new));
    }
    for stay in learner.items(&["Education"]) {
        let date = period(stay, &["Period"]);
        let (title, field) = (said(stay, &["Title"]), said(stay, &["Field"]));
        let bullets = [said(stay, &["Activities"]), said(stay, &["Description"])].concat();
        let school = stay.inner(&["Organisation"]).map(organisation).unwrap_or_default();
        let says_it = title.to_lowercase().contains(&field.to_lowercase());
        let degree = if says_it { title } else { in_line(&[title, field]) };
        let mut new = entry(&[
            ("institution", school.name),
            ("place", school.place),
            ("url", school.url),
            ("degree", degree),
            ("date", date),
            ("bullets", bullets),
        ]);
        let rank = said(stay, &["Level"]);
        if !rank.is_empty() {
            new.put("lines", format!("Level: {rank}"));
        }
        stay.add("rest", cv.push(SectionKind::Education, "", new));
    }
    if let Some(skills) = learner.inner(&["Skills"]) {
        abilities(skills, cv);
    }
    for thing in learner.items(&["Achievement"]) {
        achievement(thing, cv);
    }
}

fn identity(tree: &mut Tree, cv: &mut Cv) {
    if let Some(name) = tree.inner(&["PersonName"]) {
        let parts = [said(name, &["FirstName"]), said(name, &["Surname"])];
        cv.profile.person.name = parts.join(" ").trim().to_owned();
    }
    if let Some(contact) = tree.inner(&["ContactInfo"]) {
        for address in contact.items(&["Address"]) {
            let line = whole_address(address);
            match cv.profile.person.address.is_empty() {
                true => cv.profile.person.address = line,
                false => cv.fact("Address", line),
            }
        }
        let person = &mut cv.profile.person;
        for (list, name) in [(&mut person.emails, "Email"), (&mut person.phones, "Telephone")] {
            for item in contact.items(&[name]) {
                list.push([item.own_text(), said(item, &["Contact"])].concat());
            }
            list.retain(|text| !text.is_empty());
        }
        for name in ["Website", "InstantMessaging"] {
            for item in contact.items(&[name]) {
                let whole = [item.own_text(), said(item, &["Contact"])].concat();
                let link = match name {
                    "Website" => whole,
                    _ => network::link(&said(item, &["Use"]), &whole, ""),
                };
                person.links.extend(Some(link).filter(|link| !link.is_empty()));
            }
        }
    }
    if let Some(facts) = tree.inner(&["Demographics"]) {
        cv.fact("Born", date(facts, &["Birthdate"]));
        cv.fact("Gender", said(facts, &["Gender"]));
        cv.fact("Nationality", said(facts, &["Nationality"]));
    }
    if let Some(photo) = tree.inner(&["Photo"])
        && let Some(Tree::Text(data)) = photo.inner(&["Data"])
    {
        let data: String = data.split_whitespace().collect();
        let kind = photo.text(&["MimeType"]);
        if kind.starts_with("image/") {
            cv.profile.person.photo = format!("data:{kind};base64,{data}");
            photo.text(&["Data"]);
        } else {
            photo.put("MimeType", kind);
        }
    }
}

/// A school or an employer.
#[derive(Default)]
struct Organisation {
    name: String,
    place: String,
    url: String,
}

fn organisation(tree: &mut Tree) -> Organisation {
    let name = [tree.own_text(), said(tree, &["Name"])].concat();
    let mut found = Organisation { name, ..Organisation::default() };
    if let Some(contact) = tree.inner(&["ContactInfo"]) {
        found.place = contact.inner(&["Address"]).map(town).unwrap_or_default();
        for site in contact.items(&["Website"]) {
            if found.url.is_empty() {
                found.url = [site.own_text(), said(site, &["Contact"])].concat();
            }
        }
    }
    found
}

/// The town and country of an address.
fn town(address: &mut Tree) -> String {
    match address.inner(&["Contact"]) {
        Some(inner) => in_line(&[said(inner, &["Municipality"]), said(inner, &["Country"])]),
        None => in_line(&[said(address, &["Municipality"]), said(address, &["Country"])]),
    }
}

/// An address in one line.
fn whole_address(address: &mut Tree) -> String {
    let line = |inner: &mut Tree| {
        let town = [said(inner, &["PostalCode"]), said(inner, &["Municipality"])].join(" ");
        let lines = said(inner, &["AddressLine"]).replace('\n', ", ");
        in_line(&[inner.own_text(), lines, town, said(inner, &["Country"])])
    };
    match address.inner(&["Contact"]) {
        Some(inner) => line(inner),
        None => line(address),
    }
}

fn abilities(skills: &mut Tree, cv: &mut Cv) {
    if let Some(tongues) = skills.inner(&["Linguistic"]) {
        for tongue in tongues.items(&["MotherTongue"]) {
            let language = [tongue.own_text(), said(tongue, &["Description"])].concat();
            let new = [("language", named(&language)), ("level", "Native".to_owned())];
            if !language.is_empty() {
                tongue.add("rest", cv.push(SectionKind::Languages, "", entry(&new)));
            }
        }
        for tongue in tongues.items(&["ForeignLanguage"]) {
            let language = [tongue.own_text(), said(tongue, &["Description"])].concat();
            let mut levels = vec![];
            if let Some(known) = tongue.inner(&["ProficiencyLevel"]) {
                for (name, skill) in TONGUE {
                    let level = said(known, &[name]);
                    levels.extend((!level.is_empty()).then(|| (skill.to_owned(), level)));
                }
            }
            let new = entry(&[("language", named(&language)), ("level", level(&levels))]);
            tongue.add("rest", cv.push(SectionKind::Languages, "", new));
        }
    }
    for (name, label) in SKILLS {
        let Some(skill) = skills.inner(&[name]) else { continue };
        let text = [skill.own_text(), licences(skill)].concat();
        let items = as_items(&text);
        if !items.is_empty() {
            let new = entry(&[("label", label.to_owned()), ("items", items)]);
            skill.add("rest", cv.push(SectionKind::Skills, "", new));
        }
    }
}

/// The description of a skill; for driving it is a list of licences.
fn licences(skill: &mut Tree) -> String {
    let licences = match skill.inner(&["Description"]) {
        Some(description) => description.texts(&["Licence"]).join(", "),
        None => String::new(),
    };
    [licences, said(skill, &["Description"])].concat()
}

/// Publications, projects, memberships and the like: with a code the label is the heading of a
/// section that the description is, without one the name of one thing.
fn achievement(tree: &mut Tree, cv: &mut Cv) {
    /// The heading of things without one.
    const USUAL: &str = "Achievements";
    let code = tree.inner(&["Title"]).map(|title| title.text(&["Code"])).unwrap_or_default();
    let title = said(tree, &["Title"]);
    let description = said(tree, &["Description"]);
    tree.put("Title.Code", code.clone());
    let kind = SectionKind::List;
    let date = period(tree, &["Date"]);
    if code.is_empty() || title.is_empty() || description.is_empty() || !date.is_empty() {
        let (text, bullets) = match title.is_empty() {
            true => (html::to_prose(&description), String::new()),
            false => (title, description),
        };
        let new = entry(&[("text", text), ("bullets", bullets), ("date", date)]);
        tree.add("rest", cv.push(kind, USUAL, new));
        return;
    }
    for bullet in nested::all(&html::to_prose(&description)) {
        let mut new = entry(&[("text", bullet.text)]);
        let inner = bullet.bullets.into_iter().map(|inner| Tree::Text(inner.text));
        new.add("bullets", Tree::List(inner.collect()));
        tree.add("rest", cv.push(kind, &title, new));
    }
}

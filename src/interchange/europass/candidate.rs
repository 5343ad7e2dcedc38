//! `Candidate`, the format of the new editor, which is made of HR-XML.

use super::{
    Cv, as_items, date, entry, in_line,
    languages::{level, named},
    period, said,
};
use crate::{
    interchange::{Tree, html, network},
    section::SectionKind,
};

/// Lists of things that have a title, and the kind and heading of the section that each is.
#[rustfmt::skip] // A table.
const LISTS: [(&str, SectionKind, &str); 12] = [
    ("PublicationHistory", SectionKind::Publications, ""),
    ("Projects", SectionKind::Projects, ""),
    ("ConferencesAndSeminars", SectionKind::Talks, "Conferences and seminars"),
    ("HonoursAndAwards", SectionKind::Awards, ""),
    ("HonorsAndAwards", SectionKind::Awards, ""),
    ("VoluntaryWorks", SectionKind::Service, ""),
    ("NetworksAndMemberships", SectionKind::Service, "Networks and memberships"),
    ("SocialAndPoliticalActivities", SectionKind::Service, "Social and political activities"),
    ("CourseCertifications", SectionKind::Certificates, ""),
    ("CreativeWorks", SectionKind::List, "Creative works"),
    ("HobbiesAndInterests", SectionKind::List, "Hobbies and interests"),
    ("Others", SectionKind::List, "Others"),
];

/// Lists of skills that have a title, and their label.
const SKILLS: [(&str, &str); 3] = [
    ("CommunicationAndInterpersonalSkills", "Communication and interpersonal skills"),
    ("ManagementAndLeadershipSkills", "Management and leadership skills"),
    ("OrganisationalSkills", "Organisational skills"),
];

/// Uses of an address that name no network.
const USES: [&str; 5] = ["", "home", "work", "mobile", "other"];

/// What the levels of a language are given for, and what they are called here.
const TONGUE: [(&str, &str); 5] = [
    ("CEF-Understanding-Listening", "Listening"),
    ("CEF-Understanding-Reading", "Reading"),
    ("CEF-Speaking-Interaction", "Spoken interaction"),
    ("CEF-Speaking-Production", "Spoken production"),
    ("CEF-Writing-Production", "Writing"),
];

/// Reads the whole of it.
pub(super) fn read(tree: &mut Tree, cv: &mut Cv) {
    // The supplier is the person once more.
    cv.tell(tree, &["DocumentID", "CandidateSupplier", "RenderingInformation"]);
    if let Some(person) = tree.inner(&["CandidatePerson"]) {
        identity(person, cv);
    }
    let Some(profile) = tree.inner(&["CandidateProfile"]) else {
        return;
    };
    cv.language(profile, "languageCode");
    cv.tell(profile, &["ID"]);
    let summary = said(profile, &["ExecutiveSummary"]);
    cv.profile.person.summary = html::to_prose(&summary);
    for employment in profile.items(&["EmploymentHistory"]) {
        for employer in employment.items(&["EmployerHistory"]) {
            employed(employer, cv);
        }
    }
    for education in profile.items(&["EducationHistory"]) {
        for stay in education.items(&["EducationOrganizationAttendance"]) {
            studied(stay, cv);
        }
    }
    for qualifications in profile.items(&["PersonQualifications"]) {
        for ability in qualifications.items(&["PersonCompetency"]) {
            competency(ability, cv);
        }
    }
    // They lie in the profile, or together in one element.
    skills(profile, cv);
    if let Some(inner) = profile.inner(&["Skills"]) {
        skills(inner, cv);
    }
    for (name, kind, heading) in LISTS {
        for list in profile.items(&[name]) {
            let own = match has_items(list) {
                true => said(list, &["Title"]),
                false => String::new(),
            };
            let heading = if own.is_empty() { heading } else { &own };
            each_titled(list, &mut |item| thing(item, kind, heading, cv));
        }
    }
    for file in profile.items(&["Attachment"]) {
        photo(file, cv);
    }
}

fn identity(tree: &mut Tree, cv: &mut Cv) {
    if let Some(name) = tree.inner(&["PersonName"]) {
        let parts = [said(name, &["GivenName"]), said(name, &["FamilyName"])];
        let whole = parts.join(" ").trim().to_owned();
        cv.profile.person.name = match whole.is_empty() {
            true => said(name, &["FormattedName"]),
            false => whole,
        };
    }
    for way in tree.items(&["Communication"]) {
        contact(way, cv);
    }
    cv.fact("Born", date(tree, &["BirthDate"]));
    cv.fact("Gender", said(tree, &["GenderCode"]));
    cv.fact("Nationality", said(tree, &["NationalityCode"]).to_uppercase());
    for tongue in tree.items(&["PrimaryLanguageCode"]) {
        let code = [tongue.own_text(), tongue.text(&["text"])].concat();
        if !code.is_empty() {
            let new = entry(&[("language", named(&code)), ("level", "Native".to_owned())]);
            tongue.add("rest", cv.push(SectionKind::Languages, "", new));
        }
    }
}

/// A way to reach the person.
fn contact(way: &mut Tree, cv: &mut Cv) {
    let (channel, used) = (way.text(&["ChannelCode"]), way.text(&["UseCode"]));
    let network = match way.text(&["OtherTitle"]) {
        title if title.is_empty() => used,
        title => title,
    };
    let whole = said(way, &["URI", "URL", "Text"]);
    let dialled = match (said(way, &["CountryDialing"]), said(way, &["DialNumber"])) {
        (country, number) if country.is_empty() || number.is_empty() => country + &number,
        (country, number) => format!("+{} {number}", country.trim_start_matches('+')),
    };
    let line = way.inner(&["Address"]).map(whole_address).unwrap_or_default();
    let person = &mut cv.profile.person;
    match channel.as_str() {
        "Email" => person.emails.extend(Some(whole).filter(|text| !text.is_empty())),
        "Telephone" => {
            person.phones.extend([whole, dialled].into_iter().filter(|text| !text.is_empty()));
        }
        _ => {
            let is_network = !USES.contains(&network.to_lowercase().as_str());
            let name = if is_network { network.as_str() } else { "" };
            let link = match channel.as_str() {
                "InstantMessage" => network::link(name, &[whole, dialled].concat(), ""),
                _ => network::link(name, "", &[whole, dialled].concat()),
            };
            if is_network && !link.to_lowercase().contains(&network.to_lowercase()) {
                way.put("UseCode", network);
            }
            person.links.extend(Some(link).filter(|link| !link.is_empty()));
        }
    }
    match person.address.is_empty() {
        true => person.address = line,
        false => cv.fact("Address", line),
    }
}

/// An address in one line.
fn whole_address(address: &mut Tree) -> String {
    let town = [said(address, &["PostalCode"]), said(address, &["CityName"])].join(" ");
    let country = said(address, &["CountryCode", "Country"]).to_uppercase();
    in_line(&[said(address, &["AddressLine"]), town, country])
}

/// Where an employer or a school is, and its page.
fn place(tree: &mut Tree) -> (String, String) {
    let (mut place, mut url) = (String::new(), String::new());
    let Some(contact) = tree.inner(&["OrganizationContact"]) else {
        return (place, url);
    };
    for way in contact.items(&["Communication"]) {
        if let Some(address) = way.inner(&["Address"])
            && place.is_empty()
        {
            let country = said(address, &["CountryCode"]).to_uppercase();
            place = in_line(&[said(address, &["CityName"]), country]);
        }
        let is_web = way.text(&["ChannelCode"]);
        if is_web == "Web" && url.is_empty() {
            url = said(way, &["URI", "URL"]);
        } else {
            way.put("ChannelCode", is_web);
        }
    }
    (place, url)
}

/// The first of the pages of a thing, if it has none yet.
fn link(tree: &mut Tree, url: String) -> String {
    match tree.inner(&["Link"]).filter(|_| url.is_empty()).and_then(|link| {
        link.own_items().iter_mut().map(Tree::own_text).find(|text| !text.is_empty())
    }) {
        Some(link) => link,
        None => url,
    }
}

fn employed(employer: &mut Tree, cv: &mut Cv) {
    let name = said(employer, &["OrganizationName"]);
    let (usual, url) = place(employer);
    let url = link(employer, url);
    let whole = period(employer, &["EmploymentPeriod"]);
    let department = said(employer, &["Department"]);
    let lines = match department.is_empty() || department == name {
        true => String::new(),
        false => format!("Department: {department}"),
    };
    let positions = employer.items(&["PositionHistory"]);
    let count = positions.len();
    let mut rest = vec![];
    let mut push = |role: String, at: String, date: String, summary: String| {
        let new = entry(&[
            ("organization", name.clone()),
            ("role", role),
            ("place", if at.is_empty() { usual.clone() } else { at }),
            ("date", if date.is_empty() { whole.clone() } else { date }),
            ("url", url.clone()),
            ("summary", summary),
            ("lines", lines.clone()),
        ]);
        rest.push(cv.push(SectionKind::Experience, "", new));
    };
    for job in positions {
        let country = said(job, &["Country"]).to_uppercase();
        let at = in_line(&[said(job, &["City"]), country]);
        let date = period(job, &["EmploymentPeriod"]);
        push(said(job, &["PositionTitle"]), at, date, said(job, &["Description"]));
    }
    if count == 0 {
        push(String::new(), String::new(), String::new(), String::new());
    }
    employer.add("rest", Tree::List(rest));
}

fn studied(stay: &mut Tree, cv: &mut Cv) {
    let name = said(stay, &["OrganizationName"]);
    let (place, url) = place(stay);
    let url = link(stay, url);
    let date = period(stay, &["AttendancePeriod"]);
    let program = said(stay, &["ProgramName"]);
    let mut new = entry(&[("institution", name), ("place", place), ("url", url), ("date", date)]);
    let mut degree = String::new();
    for study in stay.items(&["EducationDegree"]) {
        if degree.is_empty() {
            degree = said(study, &["DegreeName"]);
        }
        let grade = study.inner(&["FinalGrade"]).map(score).unwrap_or_default();
        new.put("grade", grade);
        new.put("thesis", said(study, &["Thesis"]));
        new.put("bullets", said(study, &["OccupationalSkillsCovered"]));
    }
    if !program.is_empty() && !degree.contains(&program) {
        degree = in_line(&[degree, program]);
    }
    new.put("degree", degree);
    stay.add("rest", cv.push(SectionKind::Education, "", new));
}

/// A grade, which may lie one level deeper.
fn score(tree: &mut Tree) -> String {
    let own = [tree.own_text(), said(tree, &["ScoreText"])].concat();
    match tree.inner(&["Score"]).filter(|_| own.is_empty()) {
        Some(inner) => [inner.own_text(), said(inner, &["ScoreText"])].concat(),
        None => own,
    }
}

/// A language with its levels, or any other skill.
fn competency(tree: &mut Tree, cv: &mut Cv) {
    let kind = said(tree, &["TaxonomyID"]);
    let name = match said(tree, &["CompetencyName"]) {
        name if name.is_empty() => said(tree, &["CompetencyID"]),
        name => name,
    };
    if !kind.eq_ignore_ascii_case("language") {
        tree.put("TaxonomyID", kind);
        tree.add("rest", cv.push(SectionKind::Skills, "", entry(&[("items", name)])));
        return;
    }
    let mut levels = vec![];
    for dimension in tree.items(&["CompetencyDimension"]) {
        let of = said(dimension, &["CompetencyDimensionTypeCode"]);
        let known = TONGUE.iter().find(|(code, _)| code.eq_ignore_ascii_case(&of));
        let of = known.map_or(of, |(_, skill)| (*skill).to_owned());
        let level = score(dimension);
        levels.extend((!level.is_empty()).then_some((of, level)));
    }
    let new = entry(&[("language", named(&name)), ("level", level(&levels))]);
    tree.add("rest", cv.push(SectionKind::Languages, "", new));
}

fn skills(tree: &mut Tree, cv: &mut Cv) {
    for list in tree.items(&["DigitalSkills"]) {
        for group in list.items(&["DigitalSkillsGroup"]) {
            let (title, items) = (said(group, &["Title"]), said(group, &["DigitalSkill"]));
            let new = match items.is_empty() {
                true => entry(&[("items", title)]),
                false => entry(&[("label", title), ("items", items)]),
            };
            group.add("rest", cv.push(SectionKind::Skills, "", new));
        }
        let items = said(list, &["DigitalSkill"]);
        list.add("rest", cv.push(SectionKind::Skills, "", entry(&[("items", items)])));
    }
    for (name, label) in SKILLS {
        for list in tree.items(&[name]) {
            each_titled(list, &mut |item| {
                let title = said(item, &["Title"]);
                let text = as_items(&said(item, &["Description"]));
                let new = match text.is_empty() {
                    true => entry(&[("label", label.to_owned()), ("items", title)]),
                    false => entry(&[("label", title), ("items", text)]),
                };
                item.add("rest", cv.push(SectionKind::Skills, "", new));
            });
        }
    }
}

/// Whether a thing with a title lies in this one.
fn has_items(tree: &mut Tree) -> bool {
    let is_titled = |tree: &mut Tree| tree.inner(&["Title"]).is_some() || has_items(tree);
    let mut inner = tree.fields().iter_mut().filter(|(name, _)| name != "Title");
    inner.any(|(_, value)| value.own_items().iter_mut().any(is_titled))
}

/// Calls `see` with every record in a tree that has a title, but for those around others; whether
/// there was one.
fn each_titled(tree: &mut Tree, see: &mut dyn FnMut(&mut Tree)) -> bool {
    let mut found = false;
    match tree {
        Tree::List(list) => {
            for item in list {
                found |= each_titled(item, see);
            }
        }
        Tree::Map(fields) => {
            for (name, value) in fields {
                found |= name != "Title" && each_titled(value, see);
            }
            if !found && tree.inner(&["Title"]).is_some() {
                see(tree);
                found = true;
            }
        }
        Tree::Empty | Tree::Text(_) => {}
    }
    found
}

/// A project, a publication or anything else that has a title.
fn thing(tree: &mut Tree, kind: SectionKind, heading: &str, cv: &mut Cv) {
    let name = match kind {
        SectionKind::Publications | SectionKind::Talks => "title",
        SectionKind::Service => "role",
        SectionKind::List => "text",
        _ => "name",
    };
    let text = if kind == SectionKind::Projects { "summary" } else { "bullets" };
    let new = entry(&[
        (name, said(tree, &["Title"])),
        ("date", period(tree, &["Date"])),
        ("place", said(tree, &["Location"])),
        ("url", link(tree, String::new())),
        (text, said(tree, &["Description"])),
    ]);
    tree.add("rest", cv.push(kind, heading, new));
}

/// The picture of the person, where it stands there as an address that holds it. Packed once more,
/// as the editor writes it, it is told.
fn photo(file: &mut Tree, cv: &mut Cv) {
    const INSIDE: &str = "data:image/";
    let Some(Tree::Text(data)) = file.inner(&["EmbeddedData"]) else {
        return;
    };
    let data: String = data.split_whitespace().collect();
    if data.starts_with(INSIDE) && cv.profile.person.photo.is_empty() {
        cv.profile.person.photo = data;
        file.text(&["EmbeddedData"]);
    }
}

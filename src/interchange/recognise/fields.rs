//! From the parts of an entry to the fields of its kind.

use super::{
    classify::{Class, Item, class},
    dates,
    entries::{Entry, entries},
    head::Head,
    lists, papers, patents,
    rows::Row,
    text::{Ledger, Piece, is_comma, is_separator, plain, split, trim},
};
use crate::{
    interchange::outline::Role,
    section::{
        Award, Certificate, Education, Entries, Experience, Grant, Item as Line, Paragraph,
        Project, Publication, Section, SectionKind, Service, Talk, Teaching,
    },
};

/// Rows with the heading inside of their section, if they stand under one.
type Group = (Option<Row>, Vec<Row>);

/// The rows of a section of a kind, under each heading inside of it: one that names no entry, but
/// stands above some.
pub(super) fn groups(kind: SectionKind, rows: Vec<Row>) -> Vec<Group> {
    let whole = matches!(
        kind,
        SectionKind::Publications | SectionKind::Text | SectionKind::List | SectionKind::Skills
    );
    let mut out: Vec<Group> = vec![(None, vec![])];
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let above = |next: &Row| next.entry || next.level > row.level;
        let is_heading = !whole
            && row.said.is_none()
            && row.level.is_some()
            && row.cells.len() == 1
            && !row.has_date()
            && rows.peek().is_some_and(above)
            && class(&row.plain()) == Class::Other;
        match out.last_mut() {
            Some((_, rows)) if !is_heading => rows.push(row),
            _ => out.push((Some(row), vec![])),
        }
    }
    out.retain(|(heading, rows)| heading.is_some() || !rows.is_empty());
    out
}

/// The section of a kind that these rows are; nothing if there are none.
pub(super) fn section(kind: SectionKind, rows: Vec<Row>, ledger: &mut Ledger) -> Option<Section> {
    if rows.is_empty() {
        return None;
    }
    let section = match kind {
        SectionKind::Skills => Section::Skills(list(lists::skills(rows, ledger))),
        SectionKind::Languages => Section::Languages(list(lists::languages(rows, ledger))),
        SectionKind::References => Section::References(list(lists::references(rows, ledger))),
        SectionKind::Text => Section::Text(list(paragraphs(rows, ledger))),
        SectionKind::List => Section::List(list(lines(rows, ledger))),
        SectionKind::Publications => {
            let papers: Vec<Publication> = papers::papers(rows, ledger);
            Section::Publications(list(papers))
        }
        SectionKind::Patents => Section::Patents(list(patents::patents(rows, ledger))),
        SectionKind::Education
        | SectionKind::Experience
        | SectionKind::Projects
        | SectionKind::Awards
        | SectionKind::Teaching
        | SectionKind::Talks
        | SectionKind::Service
        | SectionKind::Grants
        | SectionKind::Certificates => {
            let parts: Vec<(Entry, Head)> = entries(rows, kind)
                .into_iter()
                .map(|entry| {
                    let head = Head::of(&entry, ledger);
                    (entry, head)
                })
                .collect();
            dated(kind, parts, ledger)
        }
    };
    Some(section)
}

fn list<R: crate::section::Record>(entries: Vec<R>) -> Entries<R> {
    Entries { entries, ..Entries::default() }
}

/// Kinds whose entries have a head with a time.
fn dated(kind: SectionKind, parts: Vec<(Entry, Head)>, ledger: &mut Ledger) -> Section {
    let role_first = roles_come_first(&parts);
    let heads = parts.into_iter().map(|(_, head)| head);
    match kind {
        SectionKind::Education => {
            Section::Education(list(heads.map(|head| education(head, ledger)).collect()))
        }
        SectionKind::Projects => {
            Section::Projects(list(heads.map(|head| project(head, ledger)).collect()))
        }
        SectionKind::Awards => {
            Section::Awards(list(heads.map(|head| award(head, ledger)).collect()))
        }
        SectionKind::Teaching => {
            Section::Teaching(list(heads.map(|head| teaching(head, ledger)).collect()))
        }
        SectionKind::Talks => Section::Talks(list(heads.map(|head| talk(head, ledger)).collect())),
        SectionKind::Service => {
            Section::Service(list(heads.map(|head| service(head, ledger)).collect()))
        }
        SectionKind::Grants => {
            Section::Grants(list(heads.map(|head| grant(head, ledger)).collect()))
        }
        SectionKind::Certificates => {
            Section::Certificates(list(heads.map(|head| certificate(head, ledger)).collect()))
        }
        // The other kinds have no heads.
        SectionKind::Experience
        | SectionKind::Publications
        | SectionKind::Patents
        | SectionKind::Skills
        | SectionKind::Languages
        | SectionKind::References
        | SectionKind::Text
        | SectionKind::List => Section::Experience(list(
            heads.map(|head| experience(head, role_first, ledger)).collect(),
        )),
    }
}

/// Whether most entries name the role before the organisation, of those that name both for sure.
fn roles_come_first(parts: &[(Entry, Head)]) -> bool {
    let place = |head: &Head, class| head.items.iter().position(|item| item.class == class);
    let votes = parts.iter().filter_map(|(_, head)| {
        Some((place(head, Class::Role)?, place(head, Class::Organisation)?))
    });
    let (role, organisation) =
        votes.fold(
            (0, 0),
            |(a, b), (role, organisation)| {
                if role < organisation { (a + 1, b) } else { (a, b + 1) }
            },
        );
    role > organisation
}

fn words(item: Option<Item>, ledger: &mut Ledger) -> String {
    item.map(|item| ledger.line(&item.pieces)).unwrap_or_default()
}

fn education(mut head: Head, ledger: &mut Ledger) -> Education {
    let mut degree = head.take(Class::Degree).or_else(|| head.take_role(Role::Degree));
    let school = head.take(Class::Organisation).or_else(|| head.take_role(Role::Organisation));
    let school = school.or_else(|| head.take(Class::Other));
    degree = degree.or_else(|| head.take(Class::Role)).or_else(|| head.take(Class::Other));
    // The subject in a part of its own right behind the degree.
    if let Some(degree) = &mut degree
        && let Some(at) = head
            .items
            .iter()
            .position(|item| item.class == Class::Other && item.row == degree.row && !item.bold)
    {
        let subject = head.items.remove(at);
        let id = |item: &Item| item.pieces.first().map(|piece| piece.id);
        let before = id(&subject) < id(degree);
        if before {
            // `计算机科学 博士`.
            if let Some(first) = degree.pieces.first_mut() {
                first.space = true;
            }
            let rest = std::mem::replace(&mut degree.pieces, subject.pieces.clone());
            degree.pieces.extend(rest);
        } else if let (Some(mut first), Some(last)) =
            (subject.pieces.first().cloned(), degree.pieces.last())
        {
            first.text = ",".to_owned();
            first.space = false;
            first.style = last.style.clone();
            degree.pieces.push(first);
        }
        if !before {
            let mut pieces = subject.pieces;
            if let Some(first) = pieces.first_mut() {
                first.space = true;
            }
            degree.pieces.extend(pieces);
        }
    }
    let mut out = Education {
        institution: words(school, ledger),
        degree: words(degree, ledger),
        place: std::mem::take(&mut head.place),
        date: std::mem::take(&mut head.date),
        url: std::mem::take(&mut head.url),
        advisor: head.take_line("advisor"),
        grade: head.take_line("grade"),
        rank: head.take_line("rank"),
        courses: head.take_line("courses"),
        thesis: head.take_line("thesis"),
        ..Education::default()
    };
    head.settle(ledger);
    out.lines = std::mem::take(&mut head.lines);
    let prose = std::mem::take(&mut head.prose);
    out.bullets = prose.iter().map(|text| text.as_str().into()).collect();
    out.bullets.append(&mut head.bullets);
    out
}

fn experience(mut head: Head, role_first: bool, ledger: &mut Ledger) -> Experience {
    let mut role = head.take(Class::Role).or_else(|| head.take_role(Role::Position));
    let mut organisation =
        head.take(Class::Organisation).or_else(|| head.take_role(Role::Organisation));
    if role.is_none() && organisation.is_none() {
        let (first, second) = (head.take_first(), head.take_first());
        (role, organisation) = match (first, second) {
            (first, second @ Some(_)) if role_first => (first, second),
            (first, second) => (second, first),
        };
    }
    organisation = organisation.or_else(|| head.take(Class::Other));
    role = role.or_else(|| head.take(Class::Other)).or_else(|| head.take(Class::Degree));
    let mut out = Experience {
        organization: words(organisation, ledger),
        role: words(role, ledger),
        place: std::mem::take(&mut head.place),
        date: std::mem::take(&mut head.date),
        url: std::mem::take(&mut head.url),
        advisor: head.take_line("advisor"),
        ..Experience::default()
    };
    head.settle(ledger);
    out.summary = head.prose.join("\n\n");
    out.lines = head.lines;
    out.bullets = head.bullets;
    out
}

fn project(mut head: Head, ledger: &mut Ledger) -> Project {
    let name = head.take_first();
    let url = std::mem::take(&mut head.url);
    // What stands behind the name in a list is what it was made with.
    let is_list = |item: &&Item| {
        item.italic || item.pieces.iter().any(is_comma) && !item.pieces.iter().any(is_verb)
    };
    let tools = head.items.iter().position(|item| is_list(&item)).map(|at| head.items.remove(at));
    let role = head.take(Class::Role);
    let mut out = Project {
        name: words(name, ledger),
        tools: words(tools, ledger),
        role: words(role, ledger),
        date: std::mem::take(&mut head.date),
        place: std::mem::take(&mut head.place),
        url,
        ..Project::default()
    };
    head.settle(ledger);
    let mut prose = std::mem::take(&mut head.prose);
    // A sentence behind the name.
    let lines = std::mem::take(&mut head.lines);
    for line in lines {
        if line.label.is_empty() { prose.insert(0, line.text) } else { out.lines.push(line) }
    }
    out.summary = prose.join("\n\n");
    out.bullets = head.bullets;
    out
}

/// Whether a word looks like one of a sentence.
fn is_verb(piece: &Piece) -> bool {
    matches!(piece.text.as_str(), "the" | "a" | "an" | "that" | "with" | "of" | "to" | "is" | "was")
}

/// Name and the rest of an entry that is told in one line: `Prize, Foundation`.
fn two(head: &mut Head, ledger: &mut Ledger) -> (String, String) {
    let title = head.take_role(Role::Title);
    let name = words(title.or_else(|| head.take_first()), ledger);
    let mut rest: Vec<String> = vec![];
    for item in std::mem::take(&mut head.items) {
        rest.push(ledger.line(&item.pieces));
    }
    if !head.place.is_empty() {
        rest.push(std::mem::take(&mut head.place));
    }
    (name, rest.join(", "))
}

fn award(mut head: Head, ledger: &mut Ledger) -> Award {
    let date = std::mem::take(&mut head.date);
    let url = std::mem::take(&mut head.url);
    split_first(&mut head);
    let (name, issuer) = two(&mut head, ledger);
    Award { name, issuer, date, url, bullets: head.all_bullets(ledger), ..Award::default() }
}

fn certificate(mut head: Head, ledger: &mut Ledger) -> Certificate {
    let date = std::mem::take(&mut head.date);
    let url = std::mem::take(&mut head.url);
    split_first(&mut head);
    let (name, mut issuer) = two(&mut head, ledger);
    for bullet in head.all_bullets(ledger) {
        issuer = if issuer.is_empty() { bullet.text } else { format!("{issuer}; {}", bullet.text) };
    }
    Certificate { name, issuer, date, url, ..Certificate::default() }
}

/// Cuts the first item at its first comma: what it is called, and who gave it.
fn split_first(head: &mut Head) {
    if head.items.len() != 1 {
        return;
    }
    let Some(item) = head.items.pop() else {
        return;
    };
    let parts = split(&item.pieces, is_comma);
    let (Some(first), true) = (parts.first(), parts.len() > 1) else {
        head.items.push(item);
        return;
    };
    let rest = item.pieces.get(first.len() + 1..).unwrap_or_default().to_vec();
    let first = Item { pieces: first.to_vec(), ..item.clone() };
    head.items.push(first);
    head.items.push(Item { pieces: rest, class: Class::Other, sure: false, ..item });
}

fn teaching(mut head: Head, ledger: &mut Ledger) -> Teaching {
    let role = head.take(Class::Role).or_else(|| head.take_role(Role::Position));
    let school = head.take(Class::Organisation);
    let course = head.take_first();
    let (mut course, role, institution) =
        (words(course, ledger), words(role, ledger), words(school, ledger));
    let mut role = role;
    if course.is_empty() {
        std::mem::swap(&mut course, &mut role);
    }
    let date = std::mem::take(&mut head.date);
    let place = std::mem::take(&mut head.place);
    let institution = [institution, place].into_iter().filter(|t| !t.is_empty());
    let institution = institution.collect::<Vec<_>>().join(", ");
    let bullets = head.all_bullets(ledger);
    Teaching { course, role, institution, date, bullets, ..Teaching::default() }
}

fn talk(mut head: Head, ledger: &mut Ledger) -> Talk {
    split_quoted(&mut head);
    let title = head.take_role(Role::Title).or_else(|| head.take_first());
    let event = head.take_first();
    let (title, event) = (words(title, ledger), words(event, ledger));
    let (place, date) = (std::mem::take(&mut head.place), std::mem::take(&mut head.date));
    let url = std::mem::take(&mut head.url);
    let bullets = head.all_bullets(ledger);
    Talk { title: unquoted(&title), event, place, date, url, bullets, ..Talk::default() }
}

/// Cuts a title in quotation marks from what comes behind it.
fn split_quoted(head: &mut Head) {
    let Some(first) = head.items.first() else {
        return;
    };
    let opens = |p: &Piece| matches!(p.text.as_str(), "“" | "\"" | "«" | "„");
    let closes = |p: &Piece| matches!(p.text.as_str(), "”" | "\"" | "»" | "“");
    if !first.pieces.first().is_some_and(opens) {
        return;
    }
    let end = first.pieces.iter().skip(1).position(closes);
    let Some(end) = end.map(|at| at + 2).filter(|end| *end < first.pieces.len()) else {
        return;
    };
    let first = head.items.remove(0);
    let (title, rest) = first.pieces.split_at_checked(end).unwrap_or((&first.pieces, &[]));
    let rest = Item { pieces: trim(rest).to_vec(), class: Class::Other, ..first.clone() };
    let title = Item { pieces: title.to_vec(), ..first.clone() };
    head.items.insert(0, rest);
    head.items.insert(0, title);
}

/// Without quotation marks around it, and the comma that American style puts before the last one.
pub(super) fn unquoted(text: &str) -> String {
    let marks = ['“', '”', '"', '«', '»', '„'];
    text.trim_matches(marks).trim_end_matches([',', '.']).trim_matches(marks).trim().to_owned()
}

fn service(mut head: Head, ledger: &mut Ledger) -> Service {
    split_first(&mut head);
    let role = head.take(Class::Role).or_else(|| head.take_first());
    let role = words(role, ledger);
    let (organization, rest) = two(&mut head, ledger);
    let organization =
        if rest.is_empty() { organization } else { format!("{organization}, {rest}") };
    let (date, url) = (std::mem::take(&mut head.date), std::mem::take(&mut head.url));
    Service {
        role,
        organization,
        date,
        url,
        bullets: head.all_bullets(ledger),
        ..Service::default()
    }
}

fn grant(mut head: Head, ledger: &mut Ledger) -> Grant {
    let is_sum = |item: &Item| {
        let text = plain(&item.pieces);
        let codes = ["EUR", "USD", "GBP", "CHF", "CNY", "JPY", "CAD", "AUD", "SEK", "PLN"];
        let currency = text.contains(['$', '€', '£', '¥'])
            || text.split_whitespace().any(|word| codes.contains(&word));
        currency && text.contains(|c: char| c.is_ascii_digit())
    };
    let amount = head.items.iter().position(is_sum).map(|at| head.items.remove(at));
    split_first(&mut head);
    let role = head.take(Class::Role);
    let funder = (head.items.len() > 1).then(|| head.take(Class::Organisation)).flatten();
    let title = head.take_first();
    let funder = funder.or_else(|| head.take_first());
    let (date, url) = (std::mem::take(&mut head.date), std::mem::take(&mut head.url));
    Grant {
        title: words(title, ledger),
        funder: words(funder, ledger),
        amount: words(amount, ledger),
        role: words(role, ledger),
        date,
        url,
        bullets: head.all_bullets(ledger),
        ..Grant::default()
    }
}

/// Paragraphs of free text.
fn paragraphs(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = vec![];
    for row in rows {
        let mut pieces = row.pieces();
        pieces.extend(row.aside.iter().cloned());
        let text = ledger.markup(&pieces);
        match out.last_mut() {
            Some(last) if row.is_item() => last.bullets.push(text.as_str().into()),
            _ => out.push(Paragraph { text, ..Paragraph::default() }),
        }
    }
    out
}

/// Lines of any kind, each with its time.
fn lines(rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Line> {
    let mut out: Vec<Line> = vec![];
    for entry in entries(rows, SectionKind::List) {
        ledger.entry(entry.head.iter().chain(&entry.body));
        let mut text: Vec<String> = vec![];
        let mut times: Vec<String> = vec![];
        for row in &entry.head {
            let mut pieces = row.pieces();
            pieces.extend(row.aside.iter().cloned());
            let found = dates::find(&pieces);
            // A time at either end is one of its own; one amid words belongs to them.
            let (first, last) = (found.first().cloned(), found.last().cloned());
            if let Some(range) = last.filter(|range| is_end(&pieces, range.end)) {
                times.push(ledger.plain(pieces.get(range.clone()).unwrap_or_default()));
                let before = pieces.get(..range.start).unwrap_or_default();
                text.push(ledger.markup(without_end(before)));
                ledger.place(&pieces);
            } else if let Some(range) = first.filter(|range| range.start == 0) {
                times.push(ledger.plain(pieces.get(range.clone()).unwrap_or_default()));
                text.push(ledger.markup(trim(pieces.get(range.end..).unwrap_or_default())));
                ledger.place(&pieces);
            } else {
                text.push(ledger.markup(&pieces));
            }
        }
        text.retain(|text| !text.is_empty());
        let bullets = entry.body.iter().map(|row| {
            let mut pieces = row.pieces();
            pieces.extend(row.aside.iter().cloned());
            ledger.markup(&pieces).as_str().into()
        });
        let bullets = bullets.collect();
        let (text, date) = (text.join(", "), times.join("; "));
        out.push(Line { text, date, bullets, ..Line::default() });
    }
    out
}

/// Whether nothing but marks follows.
fn is_end(pieces: &[Piece], at: usize) -> bool {
    pieces.get(at..).unwrap_or_default().iter().all(|p| !p.text.contains(char::is_alphanumeric))
}

/// Without what parts a text from a time behind it.
fn without_end(mut pieces: &[Piece]) -> &[Piece] {
    while let [rest @ .., last] = pieces
        && (dates::parts_date(last) || is_separator(last))
    {
        pieces = rest;
    }
    pieces
}

//! From the parts of an entry to the fields of its kind.

use super::{
    classify::{Class, Item, class},
    dates,
    entries::{Entry, entries},
    head::Head,
    lists, papers, patents, roles,
    rows::{Cell, Row},
    tables::cue,
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
    let mut rows = rows;
    // The names of columns over a table are told, and are no entry.
    if kind != SectionKind::Languages && rows.len() > 1 && rows.first().is_some_and(is_columns) {
        rows.remove(0);
    }
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
            let found = match kind {
                SectionKind::Experience => roles::experience(rows),
                SectionKind::Service => {
                    entries(rows.into_iter().flat_map(services).collect(), kind)
                }
                _ => entries(rows, kind),
            };
            let parts: Vec<(Entry, Head)> = found
                .into_iter()
                .map(|mut entry| {
                    let kind =
                        (kind == SectionKind::Talks).then(|| kind_of_talk(&mut entry, ledger));
                    let mut head = Head::of(&entry, ledger);
                    head.kind = kind.unwrap_or_default();
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

/// Whether a row holds the names of the columns below it and nothing else.
fn is_columns(row: &Row) -> bool {
    row.cells.len() > 1
        && row.level.is_none()
        && row.cells.iter().all(|cell| cue("column").is(&plain(trim(&cell.pieces))))
}

/// A row of several services: `Reviewer, Journal A; Chair, Workshop B`.
fn services(row: Row) -> Vec<Row> {
    let is_end = |piece: &Piece| matches!(piece.text.as_str(), ";" | "；");
    let [cell] = row.cells.as_slice() else {
        return vec![row];
    };
    let parts = split(&cell.pieces, is_end);
    let names_role = |part: &&[Piece]| {
        let first = split(part, |p| is_comma(p) || is_separator(p) || super::text::is_colon(p));
        first.first().is_some_and(|first| class(&plain(trim(first))) == Class::Role)
    };
    if parts.len() < 2 || !parts.iter().all(names_role) {
        return vec![row];
    }
    let one =
        |part: &[Piece]| row.with_cells(vec![Cell { pieces: part.to_vec(), role: cell.role }]);
    parts.into_iter().map(one).collect()
}

/// Takes the kind of a talk off the start of its entry: `Keynote: …`, `Invited talk “…”`.
fn kind_of_talk(entry: &mut Entry, ledger: &mut Ledger) -> String {
    let cell = entry.head.first_mut().and_then(|row| row.cells.first_mut());
    let Some(pieces) = cell.map(|cell| &mut cell.pieces) else {
        return String::new();
    };
    let ends = |piece: &Piece| {
        super::text::is_colon(piece)
            || is_comma(piece)
            || is_separator(piece)
            || matches!(piece.text.as_str(), "“" | "\"" | "«" | "„" | "「" | "『" | "(")
    };
    let Some(length) = pieces.iter().position(ends).filter(|at| (1..=3).contains(at)) else {
        return String::new();
    };
    if !cue("talk-kind").is(&plain(pieces.get(..length).unwrap_or_default())) {
        return String::new();
    }
    let rest = pieces.split_off(length);
    let kind = ledger.line(pieces);
    let skip = rest.iter().take_while(|p| super::text::is_colon(p) || is_comma(p)).count();
    ledger.place(rest.get(..skip).unwrap_or_default());
    *pieces = rest.into_iter().skip(skip).collect();
    kind
}

/// Puts what stands behind an item in the same row to its end, with what stood between them.
fn behind(item: &mut Item, other: Item, sign: &str) {
    if let (Some(mut first), Some(last), false) =
        (other.pieces.first().cloned(), item.pieces.last(), sign.is_empty())
    {
        first.text = sign.to_owned();
        first.space = false;
        first.style = last.style.clone();
        item.pieces.push(first);
    }
    let start = item.pieces.len();
    item.pieces.extend(other.pieces);
    if let Some(first) = item.pieces.get_mut(start) {
        first.space = true;
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
    let grade = honours(&mut head, ledger);
    gather_wide(&mut degree, &mut head);
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
    if out.grade.is_empty() {
        out.grade = grade;
    } else if !grade.is_empty() {
        out.grade = format!("{}, {grade}", out.grade);
    }
    head.settle(ledger);
    out.lines = std::mem::take(&mut head.lines);
    let prose = std::mem::take(&mut head.prose);
    out.bullets = prose.iter().map(|text| text.as_str().into()).collect();
    out.bullets.append(&mut head.bullets);
    out
}

/// Takes what says with which honours somebody finished, without a label.
fn honours(head: &mut Head, ledger: &mut Ledger) -> String {
    if let Some(at) = head.items.iter().position(|i| cue("honours").is(&plain(trim(&i.pieces)))) {
        let item = head.items.remove(at);
        return ledger.line(&item.pieces);
    }
    let at = head.prose.iter().position(|text| cue("honours").is(text));
    at.map(|at| head.prose.remove(at)).unwrap_or_default()
}

/// In scripts without spaces, parts of a school and a course of study stand beside the degree with
/// a space: `情報学研究科 博士課程`.
fn gather_wide(degree: &mut Option<Item>, head: &mut Head) {
    let is_wide = |item: &Item| {
        let text = plain(&item.pieces);
        !text.is_empty() && text.chars().all(|c| ('\u{2e80}'..='\u{ffdc}').contains(&c) || c == ' ')
    };
    let Some(item) = degree.as_mut().filter(|item| is_wide(item)) else {
        return;
    };
    let row = item.row;
    let (mut parts, rest): (Vec<Item>, Vec<Item>) = std::mem::take(&mut head.items)
        .into_iter()
        .partition(|other| other.row == row && is_wide(other));
    head.items = rest;
    parts.push(item.clone());
    parts.sort_by_key(|part| part.pieces.first().map(|piece| piece.id));
    let mut parts = parts.into_iter();
    if let Some(first) = parts.next() {
        *item = first;
    }
    for other in parts {
        behind(item, other, "");
    }
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
    // `Fellow, Tan Lab` at an organisation that another row names.
    if let (Some(role), Some(organisation)) = (&mut role, &organisation)
        && organisation.row != role.row
    {
        let last = |item: &Item| item.pieces.last().map(|piece| piece.id);
        while let Some(at) = head.items.iter().position(|other| {
            let first = other.pieces.first().map(|piece| piece.id);
            other.row == role.row
                && matches!(other.class, Class::Other | Class::Organisation)
                && first == last(role).map(|id| id + 2)
        }) {
            let other = head.items.remove(at);
            behind(role, other, ",");
        }
    }
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
    (name, rest_of(head, ledger))
}

/// The items that are left and the place in one text, with the signs that parted them.
fn rest_of(head: &mut Head, ledger: &mut Ledger) -> String {
    let mut rest = String::new();
    for item in std::mem::take(&mut head.items) {
        let is_list = item.pieces.first().is_some_and(|first| ledger.follows_semicolon(first));
        if !rest.is_empty() {
            rest.push_str(if is_list { "; " } else { ", " });
        }
        rest.push_str(&ledger.line(&item.pieces));
    }
    if !head.place.is_empty() {
        rest.push_str(if rest.is_empty() { "" } else { ", " });
        rest.push_str(&std::mem::take(&mut head.place));
    }
    rest
}

fn award(mut head: Head, ledger: &mut Ledger) -> Award {
    let date = std::mem::take(&mut head.date);
    let url = std::mem::take(&mut head.url);
    split_first(&mut head);
    // A sum goes with what it was: `Travel grant, £500`.
    let sum = head.items.iter().position(|item| is_sum(&plain(&item.pieces)));
    let sum = sum.filter(|at| *at > 0).map(|at| head.items.remove(at));
    let (mut name, issuer) = two(&mut head, ledger);
    if let Some(sum) = sum {
        name = format!("{name}, {}", ledger.line(&sum.pieces));
    }
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
    split_event(&mut head);
    let mut kind = std::mem::take(&mut head.kind);
    // `Congress of Examples, Keynote`.
    let last = head.items.iter().rposition(|item| {
        let parts = split(&item.pieces, is_comma);
        parts.len() > 1 && parts.last().is_some_and(|p| cue("talk-kind").is(&plain(trim(p))))
    });
    if let Some(at) = last.filter(|_| kind.is_empty())
        && let Some(item) = head.items.get_mut(at)
        && let Some(comma) = item.pieces.iter().rposition(is_comma)
    {
        let said = item.pieces.split_off(comma);
        kind = ledger.line(&said);
    }
    let is_kind = |item: &Item| cue("talk-kind").is(&plain(trim(&item.pieces)));
    if let Some(at) = head.items.iter().position(is_kind).filter(|at| *at > 0 && kind.is_empty()) {
        let item = head.items.remove(at);
        kind = ledger.line(&item.pieces);
    }
    let title = head.take_role(Role::Title).or_else(|| head.take_first());
    let event = head.take_first();
    let (title, event) = (words(title, ledger), words(event, ledger));
    let (place, date) = (std::mem::take(&mut head.place), std::mem::take(&mut head.date));
    let url = std::mem::take(&mut head.url);
    let bullets = head.all_bullets(ledger);
    Talk { title: unquoted(&title), event, kind, place, date, url, bullets, ..Talk::default() }
}

/// Cuts a title in quotation marks from what comes behind it.
fn split_quoted(head: &mut Head) {
    let Some(first) = head.items.first() else {
        return;
    };
    let opens = |p: &Piece| matches!(p.text.as_str(), "“" | "\"" | "«" | "„" | "「" | "『");
    let closes = |p: &Piece| matches!(p.text.as_str(), "”" | "\"" | "»" | "“" | "」" | "』");
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

/// Cuts the title of a talk from the event that it was given at, where nothing but commas parts
/// them: before the first part that names an event, or else before the last part.
fn split_event(head: &mut Head) {
    let [item] = head.items.as_slice() else {
        return;
    };
    let quoted = matches!(plain(&item.pieces).chars().next(), Some('“' | '"' | '«' | '„' | '「'));
    let commas: Vec<usize> =
        (0..item.pieces.len()).filter(|at| item.pieces.get(*at).is_some_and(is_comma)).collect();
    let names_event = |at: &&usize| {
        let part = item.pieces.get(**at + 1..).unwrap_or_default();
        let end = part.iter().position(is_comma).unwrap_or(part.len());
        let text = plain(part.get(..end).unwrap_or_default());
        cue("venue").is_in(&text) || class(&text) == Class::Organisation
    };
    let cut = commas.iter().find(names_event).or(commas.last()).copied();
    let Some(cut) = cut.filter(|cut| !quoted && *cut > 0) else {
        return;
    };
    let item = head.items.remove(0);
    let (title, event) = item.pieces.split_at_checked(cut).unwrap_or((&item.pieces, &[]));
    let event = Item { pieces: trim(event).to_vec(), class: Class::Other, ..item.clone() };
    let title = Item { pieces: title.to_vec(), class: Class::Other, ..item.clone() };
    head.items.extend([title, event]);
}

/// Without quotation marks around it, and the comma that American style puts before the last one.
pub(super) fn unquoted(text: &str) -> String {
    let marks = ['“', '”', '"', '«', '»', '„', '「', '」', '『', '』'];
    text.trim_matches(marks).trim_end_matches([',', '.']).trim_matches(marks).trim().to_owned()
}

fn service(mut head: Head, ledger: &mut Ledger) -> Service {
    // `Reviewer: Journal of Examples`.
    if head.items.is_empty() && !head.lines.is_empty() {
        let line = head.lines.remove(0);
        let (date, url) = (std::mem::take(&mut head.date), std::mem::take(&mut head.url));
        let (role, organization) = (line.label, line.text);
        let bullets = head.all_bullets(ledger);
        return Service { role, organization, date, url, bullets, ..Service::default() };
    }
    split_first(&mut head);
    let role = head.take(Class::Role).or_else(|| head.take_first());
    let role = words(role, ledger);
    let organization = rest_of(&mut head, ledger);
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
    head.items = std::mem::take(&mut head.items).iter().flat_map(grant_parts).collect();
    let amount = head.items.iter().position(|item| is_sum(&plain(&item.pieces)));
    let amount = amount.map(|at| head.items.remove(at));
    let is_role = |item: &Item| cue("grant-role").is(&plain(trim(&item.pieces)));
    let role = head.items.iter().position(is_role).filter(|at| *at > 0);
    let role = role.map(|at| head.items.remove(at));
    split_first(&mut head);
    let role = role.or_else(|| head.take(Class::Role));
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

/// Whether a text is a sum of money and nothing else: `£12,000`, `EUR 30k`, `1.2 M€`.
fn is_sum(text: &str) -> bool {
    const CODES: [&str; 16] = [
        "eur", "usd", "gbp", "chf", "cny", "jpy", "cad", "aud", "sek", "nok", "dkk", "pln", "inr",
        "krw", "brl", "rmb",
    ];
    const WORDS: [&str; 13] = [
        "k", "m", "mio", "million", "millions", "thousand", "us", "total", "euro", "euros",
        "approx", "ca", "dollars",
    ];
    let is_sign = |c: char| "$€£¥₩₹元円".contains(c);
    let mut currency = text.contains(is_sign);
    let mut number = false;
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_sign(c)) {
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        let letters = letters.to_lowercase();
        number |= word.contains(|c: char| c.is_ascii_digit());
        currency |= CODES.contains(&&*letters) || letters.starts_with("euro");
        let known = letters.is_empty()
            || CODES.contains(&&*letters)
            || WORDS.contains(&&*letters)
            || letters.chars().all(is_sign);
        if !known {
            return false;
        }
    }
    currency && number
}

/// A part of the head of a grant, cut at its full stops and brackets, and at commas before and
/// behind sums and roles.
fn grant_parts(item: &Item) -> Vec<Item> {
    let says = |part: &[Piece]| {
        let text = plain(trim(part));
        is_sum(&text) || cue("grant-role").is(&text)
    };
    let mut out: Vec<Item> = vec![];
    let mut add = |pieces: &[Piece]| {
        let pieces = trim(pieces).to_vec();
        if !pieces.is_empty() {
            let class = class(&plain(&pieces));
            out.push(Item { pieces, class, sure: class != Class::Other, ..item.clone() });
        }
    };
    for sentence in papers::apart(&item.pieces) {
        let sentence = trim(&sentence).to_vec();
        let is_edge = |p: &Piece| matches!(p.text.as_str(), "(" | ")");
        let brackets = sentence.iter().position(is_edge).map(|at| sentence.split_at_checked(at));
        let (before, bracket) = brackets.flatten().unwrap_or((&sentence, &[]));
        let (before, bracket) = if split(trim(bracket), is_comma).into_iter().any(says) {
            (before, bracket)
        } else {
            (&*sentence, &[][..])
        };
        let mut run: Vec<Piece> = vec![];
        for comma in before.split_inclusive(is_comma) {
            if says(comma) {
                add(&run);
                run.clear();
                add(comma);
            } else {
                run.extend(comma.iter().cloned());
            }
        }
        add(&run);
        for part in split(trim(bracket), is_comma) {
            add(part);
        }
    }
    // A sentence ends with a full stop that no field needs.
    for item in &mut out {
        if let Some(last) = item.pieces.last_mut()
            && let Some(stem) = last.text.strip_suffix('.')
            && stem.chars().count() > 3
            && !stem.contains('.')
        {
            last.text = stem.to_owned();
        }
    }
    out
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

//! Publications as a bibliography for BibTeX and biber; what it says is read back just so.

use super::names::is_person;
use crate::{
    interchange::{details::Details, paper},
    look::Style,
    profile::Profile,
    section::{Patent, Publication, Section},
    value::{
        date::{Date, Dates, Span},
        entry::{Author, Bullet, Labelled},
        link::Link,
        person::{Name, Spellings, plain, split_marks},
        rich::{self, Part, Rich},
        venue::{self, Venue},
        work::Work,
    },
};
use std::{collections::HashSet, fmt::Write as _};

/// Every publication and every patent that `shown` (see [`crate::interchange::shown`]) has, as a file in UTF-8. The
/// style changes nothing.
#[must_use]
pub fn write(shown: &Profile, _: &Style) -> Vec<u8> {
    let spellings = Spellings::new(&shown.person.spellings().collect::<Vec<_>>());
    let mut keys = HashSet::new();
    let mut explained = HashSet::new();
    let mut out = String::new();
    let mut add = |people: &[Author], date: &str, title: &str, kind: &str, mut entry: Entry| {
        if !out.is_empty() {
            out.push('\n');
        }
        entry.explain(people, &shown.marks, &mut explained);
        out += &format!("@{kind}{{{},\n", key(people, date, title, &mut keys));
        for (name, value) in entry.fields {
            writeln!(out, "  {name} = {{{value}}},").ok();
        }
        out += "}\n";
    };
    for section in &shown.sections {
        match section {
            Section::Publications(list) => {
                for paper in &list.entries {
                    let mut entry = Entry { fields: vec![] };
                    let kind = entry.fill(paper, &spellings);
                    add(&paper.authors, &paper.date, &paper.title, kind, entry);
                }
            }
            Section::Patents(list) => {
                for patent in &list.entries {
                    let mut entry = Entry { fields: vec![] };
                    entry.fill_patent(patent, &spellings);
                    add(&patent.inventors, &patent.date, &patent.title, "patent", entry);
                }
            }
            Section::Education(_)
            | Section::Experience(_)
            | Section::Projects(_)
            | Section::Awards(_)
            | Section::Skills(_)
            | Section::Teaching(_)
            | Section::Talks(_)
            | Section::Service(_)
            | Section::Grants(_)
            | Section::Languages(_)
            | Section::Certificates(_)
            | Section::References(_)
            | Section::Text(_)
            | Section::List(_) => {}
        }
    }
    out.into_bytes()
}

struct Entry {
    fields: Vec<(&'static str, String)>,
}

impl Entry {
    /// A field whose value is written already.
    fn raw(&mut self, name: &'static str, value: String) {
        if !value.is_empty() {
            self.fields.push((name, value));
        }
    }

    /// A field of prose.
    fn prose(&mut self, name: &'static str, markup: &str) {
        self.raw(name, latex(markup.trim(), false));
    }

    fn address(&mut self, name: &'static str, address: &str) {
        // Programs follow what such a field says, so that an address that does harm stays at home.
        if address.contains(':') && Link::parse(address).url.is_none() {
            return;
        }
        let safe = address.trim().replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C");
        self.raw(name, safe.split_whitespace().collect());
    }

    /// All that the publication says; the type of its entry.
    fn fill(&mut self, paper: &Publication, spellings: &Spellings) -> &'static str {
        let work = paper.work();
        self.raw("title", latex(paper.title.trim(), true));
        self.authors(&paper.authors, spellings);
        let details = Details::read(&paper.details);
        let preprint = [&paper.venue, &paper.tag].iter().all(|t| t.trim().is_empty())
            && !paper.arxiv.trim().is_empty();
        let (kind, venue) = match work {
            Work::Article => ("article", "journal"),
            Work::Conference | Work::Workshop => ("inproceedings", "booktitle"),
            Work::Chapter => ("incollection", "booktitle"),
            Work::Book => ("book", "maintitle"),
            // The types of their own say what it is; without that it is told in other words.
            Work::Thesis | Work::Report | Work::Patent if details.what.is_empty() => {
                ("misc", "howpublished")
            }
            Work::Thesis if details.what == "PhD thesis" => ("phdthesis", "school"),
            Work::Thesis if details.what == "Master's thesis" => ("mastersthesis", "school"),
            Work::Thesis => ("thesis", "institution"),
            Work::Report => ("techreport", "institution"),
            Work::Patent => ("patent", "maintitle"),
            Work::Software => ("software", "publisher"),
            Work::Dataset => ("dataset", "publisher"),
            Work::Preprint => match venue::kind(&paper.venue) {
                Some(Venue::Conference | Venue::Workshop) => ("inproceedings", "booktitle"),
                Some(Venue::Journal | Venue::Preprint) => ("article", "journal"),
                None => ("misc", "howpublished"),
            },
            Work::Other => ("misc", "howpublished"),
        };
        self.prose(venue, &paper.venue);
        // What the kind of entry says by itself.
        let is_usual = match kind {
            "phdthesis" | "mastersthesis" => true,
            "techreport" => details.what == "Technical report",
            "patent" => details.what == "Patent",
            _ => false,
        };
        if !is_usual {
            self.prose("type", &details.what);
        }
        for (name, value) in &details.fields {
            let value = latex(value, false);
            self.raw(name, if *name == "pages" { value.replace('–', "--") } else { value });
        }
        let rest =
            if matches!(work, Work::Book | Work::Chapter) { "publisher" } else { "titleaddon" };
        self.prose(rest, &details.rest);
        self.date(&paper.date);
        let word = work.word();
        let kind_word = paper.kind.trim();
        if !kind_word.is_empty() && (kind_word != word || kind == "misc") {
            self.prose("entrysubtype", kind_word);
        }
        let status = paper.status.trim();
        if !(preprint && status == "preprint") {
            self.prose("pubstate", status);
        }
        let note = paper.note.trim();
        let is_plain = paper::status(note).is_none() && !note.starts_with("arXiv");
        self.prose(if is_plain { "note" } else { "addendum" }, note);
        self.prose("abbr", &paper.tag);
        if paper.weight > 0 {
            self.raw("selected", "true".to_owned());
        }
        self.address("doi", &paper.doi);
        if let Some(id) = paper::arxiv(paper.arxiv.trim()) {
            self.raw("eprint", id);
            self.raw("archiveprefix", "arXiv".to_owned());
        } else {
            self.address("arxiv", &paper.arxiv);
        }
        for (name, address) in [("url", &paper.url), ("pdf", &paper.pdf), ("code", &paper.code)] {
            self.address(name, address);
        }
        self.links(&paper.links);
        self.highlights(&paper.bullets);
        kind
    }

    /// All that a patent says.
    fn fill_patent(&mut self, patent: &Patent, spellings: &Spellings) {
        self.raw("title", latex(patent.title.trim(), true));
        self.authors(&patent.inventors, spellings);
        self.prose("number", &patent.number);
        let office = latex(patent.office.trim(), false);
        // A word for a list would cut it in two.
        let is_list = office.contains(" and ");
        self.raw("location", if is_list { format!("{{{office}}}") } else { office });
        self.date(&patent.date);
        self.prose("pubstate", &patent.status);
        let mut rest = vec![];
        for line in &patent.lines {
            match line.label.trim() {
                "" => rest.push(line.text.trim().to_owned()),
                "Assignee" => {
                    let names = line.text.split(", ").map(|name| latex(name.trim(), false));
                    let names: Vec<String> = names.map(|name| format!("{{{name}}}")).collect();
                    self.raw("holder", names.join(" and "));
                }
                label => rest.push(format!("{label}: {}", line.text.trim())),
            }
        }
        self.prose("note", &rest.join("; "));
        self.address("url", &patent.url);
        let mut links = vec![];
        for source in &patent.links {
            let link = Link::parse(source);
            let label = link.label.map(|label| label.to_plain().to_lowercase());
            match label.as_deref() {
                Some("pdf") => self.address("pdf", link.url.as_deref().unwrap_or(source)),
                Some("code") => self.address("code", link.url.as_deref().unwrap_or(source)),
                _ => links.push(source.clone()),
            }
        }
        self.links(&links);
        self.highlights(&patent.bullets);
    }

    /// Links, by what their labels say.
    fn links(&mut self, links: &[String]) {
        for source in links {
            let link = Link::parse(source);
            let label = link.label.map(|label| label.to_plain().to_lowercase()).unwrap_or_default();
            let name = match label.as_str() {
                "slides" => "slides",
                "video" | "talk" => "video",
                "poster" => "poster",
                "supplement" => "supp",
                "data" => "data",
                "demo" => "demo",
                "blog" => "blog",
                _ => "website",
            };
            self.address(name, link.url.as_deref().unwrap_or(source));
        }
    }

    /// Highlights, as a list in a remark.
    fn highlights(&mut self, bullets: &[Bullet]) {
        let bullets: Vec<String> = bullets.iter().map(|b| latex(b.text.trim(), false)).collect();
        let lines = bullets.iter().filter(|b| !b.is_empty()).map(|b| format!("- {b}"));
        self.raw("annote", lines.collect::<Vec<_>>().join("\n    "));
    }

    fn authors(&mut self, authors: &[Author], spellings: &Spellings) {
        let mut names = vec![];
        let mut notes = vec![];
        let own = spellings.own_authors(authors).own;
        let named = authors.iter().zip(own).filter(|(author, _)| !author.name.trim().is_empty());
        for (author, is_own) in named {
            let (name, marks) = split_marks(&author.name);
            if matches!(name.trim_end_matches('.'), "et al" | "others" | "and others") {
                names.push("others".to_owned());
                continue;
            }
            let mut words = vec![];
            if is_own {
                words.push("highlight");
            }
            let mut left = String::new();
            for mark in marks.chars() {
                match MARKS.iter().find(|(sign, _)| *sign == mark) {
                    Some((_, word)) => words.push(word),
                    None => left.push(mark),
                }
            }
            names.push(format!("{}{left}", person(&name)));
            if !words.is_empty() {
                notes.push(format!("{}={}", names.len(), words.join(",")));
            }
        }
        self.raw("author", names.join(" and "));
        self.raw("author+an", notes.join(";"));
    }

    /// As numbers where it is a simple date; else as it is typed.
    fn date(&mut self, date: &str) {
        let on = Dates::parse(date).filter(|dates| !dates.expected).map(|dates| dates.span);
        match on {
            Some(Span::On(Date::Year(year))) => self.raw("year", year.to_string()),
            Some(Span::On(Date::Month { year, month })) => {
                self.raw("year", year.to_string());
                self.raw("month", month.to_string());
            }
            Some(Span::On(Date::Day { year, month, day })) => {
                self.raw("year", year.to_string());
                self.raw("month", month.to_string());
                self.raw("day", day.to_string());
            }
            _ => self.prose("year", date),
        }
    }

    /// The meaning of marks, at the first publication that has them.
    fn explain(&mut self, people: &[Author], marks: &[Labelled], told: &mut HashSet<char>) {
        let mut lines = vec![];
        for author in people {
            for mark in split_marks(&author.name).1.chars() {
                let found = marks.iter().find(|line| line.label.trim().starts_with(mark));
                if let Some(line) = found.filter(|line| !line.text.trim().is_empty())
                    && told.insert(mark)
                {
                    lines.push(format!(
                        "{} {}",
                        escaped(&mark.to_string(), ' '),
                        latex(line.text.trim(), false)
                    ));
                }
            }
        }
        self.raw("annotation", lines.join("; "));
    }
}

/// What marks are called in an annotation.
const MARKS: [(char, &str); 7] = [
    ('†', "dagger"),
    ('‡', "ddagger"),
    ('*', "star"),
    ('§', "section"),
    ('¶', "pilcrow"),
    ('#', "hash"),
    ('‖', "parallel"),
];

/// A name so that BibTeX takes it apart as a person does. A body stays whole in braces.
fn person(name: &str) -> String {
    let whole = Rich::parse(name).to_plain();
    let words = whole.split_whitespace().count();
    let text = latex(name, false);
    let parsed = Name::parse(&whole);
    if whole.contains(" and ") || words > 1 && !is_person(&whole) {
        return format!("{{{text}}}");
    }
    match parsed.suffix.as_str() {
        "" => text,
        suffix if !whole.contains(',') && !text.contains(['\\', '{']) => {
            format!("{}, {suffix}, {}", parsed.family, parsed.given)
        }
        _ => text,
    }
}

/// A key of plain letters: family name, year, first long word of the title; no two alike.
pub(in crate::interchange) fn key(
    people: &[Author],
    date: &str,
    title: &str,
    keys: &mut HashSet<String>,
) -> String {
    let bare = |text: &str| {
        let mut out = String::new();
        for c in text.chars() {
            plain(c, |c| out.extend(Some(c).filter(char::is_ascii_alphanumeric)));
        }
        out
    };
    let author = people.first().map(|a| Name::parse(&a.name).family).unwrap_or_default();
    let year: String = date
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 4)
        .unwrap_or_default()
        .to_owned();
    let title = Rich::parse(title).to_plain();
    let word = title.split_whitespace().map(bare).find(|word| word.len() > 3).unwrap_or_default();
    let stem = format!("{}{year}{word}", bare(&author));
    let stem = if stem.is_empty() { "paper".to_owned() } else { stem };
    let mut key = stem.clone();
    let mut number = 2;
    while !keys.insert(key.clone()) {
        key = format!("{stem}-{number}");
        number += 1;
    }
    key
}

/// Markup as LaTeX. In a title, words with capitals inside are protected.
fn latex(markup: &str, is_title: bool) -> String {
    let mut out = String::new();
    let mut link: Option<String> = None;
    for (span, printed) in rich::pieces(markup) {
        let source = markup.get(span.range.clone()).unwrap_or_default();
        let text = match span.part {
            Part::Stars => continue,
            Part::Bracket => {
                match source.strip_prefix("](").and_then(|rest| rest.strip_suffix(')')) {
                    Some(url) => {
                        let text = link.take().unwrap_or_default();
                        if Link::parse(url).url.is_none() {
                            out += &text;
                            continue;
                        }
                        let url = url.replace('\\', "").replace('%', "\\%").replace('#', "\\#");
                        out += &format!("\\href{{{url}}}{{{text}}}");
                    }
                    None => link = Some(String::new()),
                }
                continue;
            }
            Part::Whole if source.starts_with('$') => source.to_owned(),
            Part::Whole => {
                let plain = escaped(&Rich::parse(source).to_plain(), ' ');
                match source.chars().next() {
                    Some('^') => format!("\\textsuperscript{{{plain}}}"),
                    Some('_') => format!("\\textsubscript{{{plain}}}"),
                    Some('<') => plain,
                    _ => format!("\\texttt{{{plain}}}"),
                }
            }
            Part::Text => {
                let before = link.as_ref().unwrap_or(&out).chars().next_back().unwrap_or(' ');
                let text = escaped(&printed, before);
                if is_title { protected(&text) } else { text }
            }
        };
        let text = if span.style.italic { format!("\\emph{{{text}}}") } else { text };
        let text = if span.style.bold { format!("\\textbf{{{text}}}") } else { text };
        match &mut link {
            Some(inside) => inside.push_str(&text),
            None => out += &text,
        }
    }
    out
}

/// Text with everything escaped that means something to LaTeX or BibTeX, behind the sign `last`.
fn escaped(text: &str, mut last: char) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out += "\\textbackslash{}",
            '{' => out += "\\textbraceleft{}",
            '}' => out += "\\textbraceright{}",
            '#' | '$' | '%' | '&' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '^' => out += "\\textasciicircum{}",
            '~' => out += "\\textasciitilde{}",
            '`' => out += "\\textasciigrave{}",
            '\u{a0}' => out.push('~'),
            // Two in a row would become a dash or a quotation mark.
            '-' | '\'' if last == c => {
                out += "{}";
                out.push(c);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
        last = c;
    }
    out
}

/// Braces around words that have capitals inside, which styles would make small.
fn protected(text: &str) -> String {
    let protect = |word: &str| {
        let inside = word.chars().skip(1).any(char::is_uppercase);
        let whole = word.matches('{').count() == word.matches('}').count();
        if inside && whole { format!("{{{word}}}") } else { word.to_owned() }
    };
    text.split(' ').map(protect).collect::<Vec<_>>().join(" ")
}

//! An entry of a bibliography as a publication or a patent: which of its fields says what.

use super::{
    latex::{to_address, to_markup, to_told_markup},
    names::{self, People},
};
use crate::{
    interchange::{
        Tree, markup,
        paper::{self, Made, Paper, is_address},
    },
    value::{
        date::{Date, Dates, Span},
        entry::{Author, Bullet, Labelled},
        rich::{Rich, Run, Shift},
        work::Work,
    },
};

/// What else an entry says.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// What was guessed.
    pub(super) guesses: Vec<String>,
    /// What marks at authors mean.
    pub(super) marks: Vec<Labelled>,
}

/// Takes a publication or a patent of this kind (in small letters) out of its fields; what stays there has no
/// place. `None` without title and authors.
pub(super) fn read(kind: &str, fields: &mut Tree, beside: &mut Beside) -> Option<Made> {
    let says = |name: &str| matches!(fields.inner(&[name]), Some(Tree::Text(text)) if !to_markup(text).is_empty());
    // Braces around nothing say nothing.
    if !["title", "author", "editor"].into_iter().any(says) {
        return None;
    }
    let mut entry = Entry { fields, paper: Paper::default(), beside };
    entry.kind(kind);
    entry.title();
    entry.people(kind);
    entry.venue(kind);
    entry.details(kind);
    entry.date();
    entry.notes();
    entry.links();
    Some(entry.paper.finish())
}

struct Entry<'e> {
    fields: &'e mut Tree,
    paper: Paper,
    beside: &'e mut Beside,
}

impl Entry<'_> {
    /// Takes a text as markup; what is not understood of it is told.
    fn markup(&mut self, names: &[&str]) -> String {
        to_told_markup(&self.fields.text(names), &mut self.beside.guesses)
    }

    /// The text of a field, which stays where it is.
    fn peek(&mut self, name: &str) -> String {
        match self.fields.inner(&[name]) {
            Some(Tree::Text(text)) => to_markup(text),
            _ => String::new(),
        }
    }

    /// The text of a remark, which stays where it is, line by line.
    fn remark(&mut self, name: &str) -> String {
        match self.fields.inner(&[name]) {
            Some(Tree::Text(text)) => {
                let text = text.replace("<br/>", "<br>").replace("<br />", "<br>");
                text.split("<br>").map(to_markup).collect::<Vec<_>>().join("\n")
            }
            _ => String::new(),
        }
    }

    /// Takes a value as markup; what programs write for nothing stays, and so is told.
    fn value(&mut self, names: &[&str]) -> String {
        for name in names {
            let said = self.peek(name);
            if !said.is_empty() && !matches!(said.as_str(), "0" | "null" | "NULL" | "None") {
                return self.markup(&[name]);
            }
        }
        String::new()
    }

    /// A title and the subtitle that belongs to it.
    fn whole(&mut self, title: &[&str], subtitle: &str) -> String {
        let title = self.markup(title);
        if title.is_empty() {
            return title;
        }
        match self.markup(&[subtitle]) {
            subtitle if subtitle.is_empty() => title,
            subtitle if title.ends_with([':', '?', '!']) => format!("{title} {subtitle}"),
            subtitle => format!("{title}: {subtitle}"),
        }
    }

    fn kind(&mut self, kind: &str) {
        let (work, what) = match kind {
            "article" | "suppperiodical" => (Some(Work::Article), ""),
            "inproceedings" | "conference" => (Some(Work::Conference), ""),
            "incollection" | "inbook" | "bookinbook" | "suppbook" | "suppcollection"
            | "inreference" => (Some(Work::Chapter), ""),
            "book" | "mvbook" | "booklet" | "collection" | "mvcollection" | "reference"
            | "mvreference" | "proceedings" | "mvproceedings" | "periodical" => {
                (Some(Work::Book), "")
            }
            "phdthesis" => (Some(Work::Thesis), "PhD thesis"),
            "mastersthesis" => (Some(Work::Thesis), "Master's thesis"),
            "thesis" => (Some(Work::Thesis), "Thesis"),
            "techreport" | "report" => (Some(Work::Report), "Technical report"),
            "patent" => (Some(Work::Patent), "Patent"),
            "software" => (Some(Work::Software), ""),
            "dataset" => (Some(Work::Dataset), ""),
            "unpublished" => (Some(Work::Preprint), ""),
            "misc" | "online" | "electronic" | "www" | "manual" | "artwork" | "audio" | "video"
            | "image" | "movie" | "music" | "performance" | "review" | "standard" | "unknown"
            | "preprint" | "presentation" | "poster" | "talk" => (None, ""),
            other => {
                let text = format!("`@{other}` is no known kind of entry; it was read as `@misc`");
                self.beside.guesses.push(text);
                (None, "")
            }
        };
        self.paper.work = work;
        if kind == "misc" && self.peek("publisher") == GOOGLE {
            self.paper.work = Some(Work::Patent);
        }
        let named = match kind {
            "preprint" => "Preprint",
            "presentation" | "talk" => "Talk",
            "poster" => "Poster",
            _ => what,
        };
        named.clone_into(&mut self.paper.what);
        self.paper.kind = self.markup(&["entrysubtype"]);
        // Kinds of their own that libraries put into `type`.
        let given = self.peek("type");
        let usual = match given.to_lowercase().as_str() {
            "" => return,
            "phdthesis" | "phd" | "phd thesis" => Some("PhD thesis"),
            "mathesis" | "mscthesis" | "msc thesis" => Some("Master's thesis"),
            "bathesis" | "bscthesis" => Some("Bachelor's thesis"),
            "candthesis" => Some("Candidate thesis"),
            "techreport" => Some("Technical report"),
            "resreport" => Some("Research report"),
            "software" | "dataset" | "patent" => None,
            _ => Some(given.as_str()),
        };
        // A working paper of an institution is a report of it.
        let is_in_series = |work| self.paper.work == Some(Work::Report) && work == Work::Preprint;
        if let Some(work) = Work::named(&given).filter(|work| !is_in_series(*work)) {
            self.paper.work = Some(work);
        }
        if let Some((status, office)) = patent_type(&given)
            && self.paper.work == Some(Work::Patent)
        {
            status.clone_into(&mut self.paper.status);
            office.clone_into(&mut self.paper.office);
            self.markup(&["type"]);
            return;
        }
        usual.unwrap_or_default().clone_into(&mut self.paper.what);
        self.markup(&["type"]);
    }

    fn title(&mut self) {
        let title = self.whole(&["title"], "subtitle");
        // Some libraries end every title with a full stop.
        let bare = title.strip_suffix('.').filter(|bare| !bare.contains('.'));
        self.paper.title = bare.unwrap_or(&title).to_owned();
    }

    fn people(&mut self, kind: &str) {
        let edits = matches!(
            kind,
            "collection"
                | "mvcollection"
                | "proceedings"
                | "mvproceedings"
                | "periodical"
                | "reference"
        );
        let mut people = People::default();
        for role in ["author", "editor"] {
            if role == "editor" && !(edits || self.paper.work == Some(Work::Book)) {
                break;
            }
            let source = self.fields.text(&[role]);
            if source.is_empty() {
                continue;
            }
            people = names::read(&source);
            if role == "editor" {
                self.paper.extra = "edited volume".to_owned();
            }
            let start = format!("{role}+an");
            for (name, value) in self.fields.fields() {
                if name.to_lowercase().starts_with(&start) {
                    let left = people.annotate(&value.own_text());
                    *value = Tree::Text(left);
                }
            }
            break;
        }
        self.beside.guesses.append(&mut people.guesses);
        self.paper.authors = people.authors;
        self.collaborations();
    }

    /// Adds the collaborations that the people belong to, as physicists name them: `ATLAS`.
    fn collaborations(&mut self) {
        let named = to_markup(&self.fields.text(&["collaboration", "collab"]));
        let others = self.paper.authors.pop_if(|last| last.name == "et al.");
        for name in named.replace(" and ", ",").split(',').map(str::trim) {
            let lower = name.to_lowercase();
            let bodies = ["collaboration", "group", "consortium", "team", "project"];
            let is_whole = bodies.iter().any(|body| lower.contains(body));
            let whole = if is_whole { name.to_owned() } else { format!("{name} Collaboration") };
            let is_new = !self.paper.authors.iter().any(|author| {
                let known = author.name.to_lowercase();
                known == whole.to_lowercase() || known == lower
            });
            if !name.is_empty() && is_new {
                self.paper.authors.push(Author::from(whole.as_str()));
            }
        }
        self.paper.authors.extend(others);
    }

    /// What only patents have: who granted it, who holds it, when it was filed.
    fn patent(&mut self) {
        // A web page that shows patents of all offices grants none.
        let names: &[&str] = match self.peek("publisher").as_str() {
            GOOGLE => &["nationality", "location"],
            _ => &[
                "nationality",
                "location",
                "maintitle",
                "institution",
                "organization",
                "publisher",
            ],
        };
        let office = self.markup(names);
        if !office.is_empty() {
            self.paper.office = country(&office).unwrap_or(&office).to_owned();
        }
        let holders = names::read(&self.fields.text(&["holder", "assignee"])).authors;
        let holder = holders.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
        let filed = ["yearfiled", "monthfiled", "dayfiled"].map(|name| self.peek(name));
        let filed = match filed.each_ref().map(String::as_str) {
            ["", ..] => String::new(),
            [year, "", _] => year.to_owned(),
            [year, month, ""] => format!("{month} {year}"),
            [year, month, day] => format!("{day} {month} {year}"),
        };
        if !filed.is_empty() {
            for name in ["yearfiled", "monthfiled", "dayfiled"] {
                self.markup(&[name]);
            }
        }
        for (label, text) in [("Assignee", holder), ("Filed", filed)] {
            if !text.is_empty() {
                let label = label.to_owned();
                self.paper.lines.push(Labelled { label, text, ..Labelled::default() });
            }
        }
    }

    fn venue(&mut self, kind: &str) {
        if self.paper.work == Some(Work::Patent) {
            self.patent();
            return;
        }
        let names: [&[&str]; 4] = match self.paper.work {
            Some(Work::Article) => {
                [&["journal", "journaltitle"], &["booktitle"], &["eventtitle"], &[]]
            }
            Some(Work::Thesis | Work::Report) => {
                [&["school", "institution"], &["organization"], &["publisher"], &[]]
            }
            Some(Work::Book) => [&["maintitle"], &[], &[], &[]],
            Some(Work::Software | Work::Dataset) => [&["publisher", "organization"], &[], &[], &[]],
            _ => [&["booktitle"], &["journal", "journaltitle"], &["eventtitle"], &["maintitle"]],
        };
        for names in names {
            let subtitle = match names.first() {
                Some(&"journal") => "journalsubtitle",
                Some(&"booktitle") => "booksubtitle",
                Some(&"maintitle") => "mainsubtitle",
                _ => "",
            };
            self.paper.venue = self.whole(names, subtitle);
            if !self.paper.venue.is_empty() {
                break;
            }
        }
        let addon = self.peek("booktitleaddon");
        if !self.paper.venue.is_empty() && !addon.is_empty() {
            self.markup(&["booktitleaddon"]);
            self.paper.venue = format!("{}, {addon}", self.paper.venue);
        }
        // Without any other, who put it out says where it is.
        let said = self.peek("howpublished");
        let address = to_address(&said);
        if !said.is_empty()
            && self.paper.venue.is_empty()
            && !said.contains("](")
            && !is_address(&address)
        {
            self.markup(&["howpublished"]);
            match paper::status(&said) {
                Some(status) => self.paper.status = status,
                None => self.paper.venue = said,
            }
        }
        let is_public = kind != "unpublished" && self.paper.work == Some(Work::Preprint);
        if (self.paper.work.is_none() || is_public) && self.paper.venue.is_empty() {
            let names: &[&str] = match kind {
                "misc" | "online" | "electronic" | "www" | "preprint" => {
                    &["organization", "institution", "publisher"]
                }
                _ => &["organization", "institution", "publisher", "school"],
            };
            self.paper.venue = self.markup(names);
        }
        self.paper.tag = self.markup(&["abbr", "_venue", "shortjournal"]);
        let series = self.peek("series");
        if self.paper.tag.is_empty() && is_tag(&series) {
            self.paper.tag = self.markup(&["series"]).replace('’', "'").replace(" '", "'");
        }
    }

    fn details(&mut self, kind: &str) {
        self.paper.edition = self.markup(&["edition"]);
        self.paper.chapter = self.markup(&["chapter"]);
        self.paper.article = self.markup(&["eid", "articleno", "article-number"]);
        for name in ["volume", "number", "pages"] {
            // What is known of a paper that has no pages yet.
            if let Some(status) = paper::status(&self.peek(name)) {
                self.markup(&[name]);
                self.paper.status = status;
            }
        }
        self.paper.volume = self.value(&["volume"]);
        self.paper.number = self.value(&["number", "issue"]);
        self.paper.pages = self.value(&["pages"]);
        self.paper.version = self.markup(&["version"]);
        self.paper.series = self.markup(&["series"]);
        if let Some(Work::Book | Work::Chapter) = self.paper.work {
            self.paper.publisher = self.markup(&["publisher"]);
            if !self.paper.publisher.is_empty() && kind != "proceedings" {
                self.paper.place = self.markup(&["address", "location"]);
            }
        }
        if self.paper.work == Some(Work::Thesis) {
            self.paper.place = self.markup(&["address", "location"]);
        }
        let addon = self.markup(&["titleaddon"]);
        if !addon.is_empty() {
            let extra = std::mem::take(&mut self.paper.extra);
            self.paper.extra = if extra.is_empty() { addon } else { format!("{addon}, {extra}") };
        }
    }

    /// `date`, or `year` with `month` and `day`; each as far as it is understood.
    fn date(&mut self) {
        let date = self.markup(&["date"]);
        if !date.is_empty() {
            let ends = date.split('/').map(|end| seasoned(end.trim_end_matches(['~', '?', '%'])));
            let range = ends.collect::<Vec<_>>().join(" – ");
            self.paper.date = if Dates::parse(&range).is_some() { range } else { date.clone() };
            // The same year again says nothing new.
            if self.peek("year") == date.get(..4).unwrap_or_default() {
                self.markup(&["year"]);
            }
            return;
        }
        let year = self.value(&["year"]).trim_matches(['(', ')']).to_owned();
        if let Some(status) = paper::status(&year) {
            self.paper.status = status;
            return;
        }
        self.paper.date = year.clone();
        let month = self.peek("month");
        let day = self.peek("day");
        let month_word = match month.parse::<usize>() {
            Ok(n @ 1..=12) => format!("{year}-{n:02}"),
            _ => format!("{month} {year}"),
        };
        let with_day = match month.parse::<usize>() {
            Ok(n @ 1..=12) => format!("{year}-{n:02}-{day:0>2}"),
            _ => format!("{day} {month} {year}"),
        };
        if !day.is_empty()
            && !month.is_empty()
            && !year.is_empty()
            && Dates::parse(&with_day).is_some()
        {
            self.paper.date = iso(&with_day);
            self.markup(&["day"]);
            self.markup(&["month"]);
        } else if !month.is_empty() && !year.is_empty() && Dates::parse(&month_word).is_some() {
            self.paper.date = iso(&month_word);
            self.markup(&["month"]);
        }
    }

    fn notes(&mut self) {
        let is_patent = self.paper.work == Some(Work::Patent);
        let status = if is_patent { paper::patent_status } else { paper::status };
        let state = self.markup(&["pubstate"]);
        if !state.is_empty() {
            self.paper.status = status(&state).unwrap_or(state);
        }
        let name = self.markup(&["award_name"]);
        let award = self.markup(&["award", "awards", "honor"]);
        // The one is most often a part of the other.
        let parts = if award.contains(&name) { [award, String::new()] } else { [name, award] };
        self.paper.notes.extend(parts.into_iter().filter(|part| !part.is_empty()));
        for name in ["note", "_note", "addendum", "annotation", "annote"] {
            let text = unstyled(self.remark(name));
            let explained = explained(&text);
            if !explained.is_empty() {
                self.beside.marks.extend(explained);
            } else if name.starts_with("annot") && !self.bullets(name) || text.is_empty() {
                continue;
            } else if name == "addendum" {
                self.paper.notes.push(text);
            } else if is_patent && !name.starts_with("annot") {
                self.patent_note(&text);
            } else if !name.starts_with("annot") {
                self.paper.note(&text);
            }
            self.markup(&[name]);
        }
        if self.paper.status.is_empty()
            && self.paper.work == Some(Work::Preprint)
            && self.paper.venue.is_empty()
        {
            "unpublished".clone_into(&mut self.paper.status);
        }
        let selected = self.peek("selected").to_lowercase();
        if matches!(selected.as_str(), "true" | "yes" | "1" | "false" | "no" | "0") {
            self.markup(&["selected"]);
            self.paper.weight = i8::from(matches!(selected.as_str(), "true" | "yes" | "1"));
        }
    }

    /// A remark on a patent: what its status is, or lines about it.
    fn patent_note(&mut self, text: &str) {
        let status = paper::patent_status(text).filter(|_| self.paper.status.is_empty());
        let number = patent_number(text).filter(|_| self.paper.number.is_empty());
        match (status, number) {
            (Some(status), _) => self.paper.status = status,
            (None, Some((number, status))) => {
                self.paper.number = number;
                if self.paper.status.is_empty() {
                    status.clone_into(&mut self.paper.status);
                }
            }
            (None, None) => {
                let lines = text.split("; ").map(str::trim).filter(|line| !line.is_empty());
                self.paper.lines.extend(lines.map(Labelled::from));
            }
        }
    }

    /// Takes a remark that is a list of highlights: every line of it begins with a dash.
    fn bullets(&mut self, name: &str) -> bool {
        let Some(Tree::Text(text)) = self.fields.inner(&[name]) else { return false };
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let bullets: Option<Vec<Bullet>> =
            lines.map(|line| Some(to_markup(line.strip_prefix("- ")?).as_str().into())).collect();
        let found = bullets.is_some();
        self.paper.bullets.extend(bullets.unwrap_or_default());
        found
    }

    fn links(&mut self) {
        self.paper.doi = to_address(&self.fields.text(&["doi"]));
        let kind =
            format!("{}{}", self.peek("archiveprefix"), self.peek("eprinttype")).to_lowercase();
        let eprint = to_address(&self.peek("eprint"));
        let id = paper::arxiv(&eprint).filter(|_| kind.is_empty() || kind.contains("arxiv"));
        if let Some(id) = id {
            self.paper.arxiv = id;
            for name in ["eprint", "archiveprefix", "eprinttype"] {
                self.markup(&[name]);
            }
        }
        for name in ["arxiv", "arxivid", "arxiv_id"] {
            if let Some(id) = paper::arxiv(&to_address(&self.peek(name)))
                && (self.paper.arxiv.is_empty() || self.paper.arxiv == id)
            {
                self.paper.arxiv = id;
                self.markup(&[name]);
            }
        }
        self.paper.code = self.address(&[
            "code",
            "codeurl",
            "code_url",
            "github",
            "repo",
            "repository",
            "software",
        ]);
        self.paper.pdf = self.address(&["pdf", "pdfurl", "pdf_url", "paper", "_pdf"]);
        self.paper.url = self.address(&[
            "url",
            "html",
            "website",
            "project",
            "projectpage",
            "webpage",
            "page",
            "ee",
        ]);
        let said = self.peek("howpublished");
        let said =
            said.rsplit_once("](").map_or(said.as_str(), |(_, url)| url.trim_end_matches(')'));
        if is_address(said) && (self.paper.url.is_empty() || self.paper.url == said) {
            self.paper.url = said.to_owned();
            self.markup(&["howpublished"]);
        }
        for (label, names) in [
            ("Website", &["html", "website", "project", "projectpage"][..]),
            ("Slides", &["slides", "slidesurl", "_slidesurl"]),
            ("Video", &["video", "videourl", "talk", "talkurl", "_talkurl", "recording"]),
            ("Poster", &["poster", "posterurl"]),
            ("Supplement", &["supp", "supplement", "supplementary"]),
            ("Data", &["data", "dataset", "dataurl"]),
            ("Demo", &["demo"]),
            ("Blog", &["blog"]),
        ] {
            for name in names {
                // A field may stand there more than once.
                while let Some(address) = Some(self.address(&[name])).filter(|a| !a.is_empty()) {
                    let link = format!("[{label}]({address})");
                    if !self.paper.links.contains(&link) {
                        self.paper.links.push(link);
                    }
                }
            }
        }
    }

    /// Takes the first of these fields that holds an address; the name of a file on a homepage
    /// stays. Where it holds several, the others become links of their own.
    fn address(&mut self, names: &[&str]) -> String {
        for name in names {
            let found = match self.fields.inner(&[name]) {
                Some(Tree::Text(text)) => addresses(text),
                _ => continue,
            };
            let mut found = found.into_iter();
            if let Some(first) = found.next() {
                self.fields.text(&[name]);
                for more in found.filter(|more| *more != first) {
                    let more = format!("[Website]({more})");
                    if !self.paper.links.contains(&more) {
                        self.paper.links.push(more);
                    }
                }
                return first;
            }
        }
        String::new()
    }
}

/// What Google Scholar gives as the publisher of every patent, in entries of kind `misc`.
const GOOGLE: &str = "Google Patents";

/// Number and status of a patent as Google Scholar says them in a remark: `US Patent 9,999,999`,
/// `US Patent App. 15/000,000`.
fn patent_number(text: &str) -> Option<(String, &'static str)> {
    let (country, number) = text.split_once(" Patent ")?;
    let application = number.strip_prefix("App. ");
    let number = application.unwrap_or(number).trim();
    let fits = country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && number.starts_with(|c: char| c.is_ascii_digit())
        && !number.contains(' ');
    let status = if application.is_some() { "application" } else { "" };
    fits.then(|| (format!("{country} {number}"), status))
}

/// Status and country that a type of patents says in BibLaTeX: `patentus`, `patreqde`.
fn patent_type(given: &str) -> Option<(&'static str, &'static str)> {
    let given = given.to_lowercase();
    let (status, code) = match given.strip_prefix("patreq") {
        Some(code) => ("application", code),
        None => ("", given.strip_prefix("patent")?),
    };
    match code {
        "" => Some((status, "")),
        code => Some((status, country(&format!("country{code}"))?)),
    }
}

/// The country that a key of BibLaTeX stands for: `countryde`.
fn country(key: &str) -> Option<&'static str> {
    Some(match key {
        "countryde" => "Germany",
        "countryeu" | "countryep" => "Europe",
        "countryfr" => "France",
        "countryuk" | "countrygb" => "United Kingdom",
        "countryus" => "United States",
        "countryjp" => "Japan",
        "countrycn" => "China",
        "countrywo" => "World",
        _ => return None,
    })
}

/// The addresses that a value holds: most often one, which may be broken over lines.
fn addresses(source: &str) -> Vec<String> {
    let parted = source
        .replace("\\url", " ")
        .replace([',', ';'], " ")
        .split_whitespace()
        .filter(|word| *word != "and")
        .map(to_address)
        .collect::<Vec<_>>();
    let has_scheme = |word: &String| word.starts_with("http://") || word.starts_with("https://");
    if parted.len() > 1 && parted.iter().all(|word| has_scheme(word) && is_address(word)) {
        return parted;
    }
    let whole = to_address(source);
    if is_address(&whole) { vec![whole] } else { vec![] }
}

/// A season of EDTF (ISO 8601-2, 21 to 24) in words; every other date as it is.
fn seasoned(date: &str) -> String {
    let named = date.split_once('-').and_then(|(year, season)| {
        let season = match season {
            "21" => "Spring",
            "22" => "Summer",
            "23" => "Autumn",
            "24" => "Winter",
            _ => return None,
        };
        (year.len() == 4).then(|| format!("{season} {year}"))
    });
    named.unwrap_or_else(|| date.to_owned())
}

/// A remark without the style that all of it has: that says nothing about its words.
fn unstyled(text: String) -> String {
    match Rich::parse(&text).runs.as_slice() {
        [Run { text: words, style, link: None }]
            if (style.bold || style.italic) && !style.code && style.shift == Shift::None =>
        {
            markup::escape(words.trim())
        }
        _ => text,
    }
}

/// A simple date as numbers, which mean the same in every language; others as typed.
fn iso(text: &str) -> String {
    match Dates::parse(text) {
        Some(Dates { span: Span::On(Date::Month { year, month }), expected: false }) => {
            format!("{year}-{month:02}")
        }
        Some(Dates { span: Span::On(Date::Day { year, month, day }), expected: false }) => {
            format!("{year}-{month:02}-{day:02}")
        }
        _ => text.to_owned(),
    }
}

/// Whether a series is the short form of a conference: `CCS '24`.
fn is_tag(series: &str) -> bool {
    series.split_once(['\'', '’']).is_some_and(|(name, year)| {
        let name = name.trim();
        (1..=20).contains(&name.len())
            && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && matches!(year.len(), 2 | 4)
            && year.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Lines such as `* equal contribution`, if there is nothing else.
fn explained(text: &str) -> Vec<Labelled> {
    let mut marks = vec![];
    // A star that begins emphasis is no mark.
    if Rich::parse(text).runs.first().is_some_and(|run| run.style.bold || run.style.italic) {
        return marks;
    }
    for line in text.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        let line = line.trim_start_matches('\\');
        let plain = line.strip_prefix("^{").and_then(|l| l.split_once('}'));
        let (mark, words) = match plain {
            Some((mark, words)) => (mark.trim_start_matches('\\'), words),
            None => line
                .split_at_checked(line.chars().next().map_or(0, char::len_utf8))
                .unwrap_or_default(),
        };
        let words = words.trim_start_matches([':', '=', ' ', '\u{a0}']).trim();
        let is_mark = mark.chars().count() == 1 && mark.contains(|c| "*†‡§¶#‖".contains(c));
        if !is_mark || !words.starts_with(char::is_alphabetic) {
            return vec![];
        }
        marks.push(Labelled {
            label: mark.to_owned(),
            text: words.to_owned(),
            ..Labelled::default()
        });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_explained_in_notes() {
        let shown = |text: &str| -> Vec<String> {
            explained(text).iter().map(|m| format!("{}={}", m.label, m.text)).collect()
        };
        for (text, expected) in [
            ("* Equal contribution", &["*=Equal contribution"][..]),
            (
                r"\*equal contribution; † corresponding author",
                &["*=equal contribution", "†=corresponding author"],
            ),
            ("^{†}: equal", &["†=equal"]),
            ("Oral", &[]),
            ("*", &[]),
            ("* equal; Oral", &[]),
            ("*to appear*", &[]),
            ("*equal; also first*", &[]),
            ("**Best paper**", &[]),
            ("", &[]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        for (source, expected) in [
            ("https://example.org/a", &["https://example.org/a"][..]),
            (
                "https://example.org/a https://example.org/b",
                &["https://example.org/a", "https://example.org/b"],
            ),
            (
                r"\url{https://example.org/a} and \url{https://example.org/b}",
                &["https://example.org/a", "https://example.org/b"],
            ),
            (
                "https://example.org/a,https://example.org/b",
                &["https://example.org/a", "https://example.org/b"],
            ),
            ("https://example.org/a\n   bc", &["https://example.org/abc"]),
            ("https://example.org/a,b", &["https://example.org/a,b"]),
            ("paper.pdf", &[]),
        ] {
            assert_eq!(addresses(source), expected, "{source}");
        }
        for (series, expected) in
            [("CCS '24", true), ("NeurIPS’2024", true), ("LNCS", false), ("Don't panic", false)]
        {
            assert_eq!(is_tag(series), expected, "{series}");
        }
    }
}

//! A publication as libraries keep it, in its parts, and how it becomes one of a profile.

use crate::{
    at::At,
    profile::Profile,
    section::{Entries, Patent, Publication, Section},
    value::{
        date::{Date, Dates, Span},
        entry::{Author, Bullet, Labelled},
        link::{Link, LinkKind},
        work::Work,
    },
};
use std::borrow::Cow;

/// The parts of a publication; all texts are markup, addresses are plain.
#[derive(Clone, Debug, Default)]
pub(super) struct Paper {
    /// What the source calls it, where that says something.
    pub(super) work: Option<Work>,
    /// A kind in words of its own.
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) authors: Vec<Author>,
    /// Journal, proceedings or book; for a thesis or report who it was written for.
    pub(super) venue: String,
    pub(super) tag: String,
    /// `PhD thesis`, `Technical report`.
    pub(super) what: String,
    pub(super) edition: String,
    pub(super) volume: String,
    pub(super) number: String,
    pub(super) chapter: String,
    /// The number of an article without pages.
    pub(super) article: String,
    pub(super) pages: String,
    pub(super) version: String,
    pub(super) series: String,
    pub(super) publisher: String,
    pub(super) place: String,
    /// Further details.
    pub(super) extra: String,
    /// Who granted a patent, or for which country.
    pub(super) office: String,
    /// What else is told of a patent: who holds it, when it was filed.
    pub(super) lines: Vec<Labelled>,
    pub(super) date: String,
    pub(super) status: String,
    pub(super) notes: Vec<String>,
    pub(super) doi: String,
    pub(super) arxiv: String,
    pub(super) code: String,
    pub(super) pdf: String,
    pub(super) url: String,
    pub(super) links: Vec<String>,
    pub(super) weight: i8,
    pub(super) bullets: Vec<Bullet>,
}

impl Paper {
    /// Adds a note: it may say where the publication stands, lead somewhere, or be a remark.
    pub(super) fn note(&mut self, text: &str) {
        let text = text.trim().trim_end_matches('.');
        let status = status(text).filter(|_| self.status.is_empty());
        if let Some(status) = status {
            self.status = status;
        } else if text.starts_with("arXiv") && self.arxiv.is_empty() && arxiv(text).is_some() {
            self.arxiv = arxiv(text).unwrap_or_default();
        } else if !text.is_empty() && !self.notes.iter().any(|note| note == text) {
            self.notes.push(text.to_owned());
        }
    }

    /// What it is in a profile.
    pub(super) fn finish(mut self) -> Made {
        if self.work != Some(Work::Patent) {
            return Made::Publication(self.finish_publication());
        }
        self.tidy_links();
        Made::Patent(self.patent())
    }

    /// The publication, whatever its source calls it.
    pub(super) fn finish_publication(mut self) -> Publication {
        self.tidy_links();
        self.publication()
    }

    fn patent(mut self) -> Patent {
        let identified = [(LinkKind::Doi, &self.doi), (LinkKind::ArXiv, &self.arxiv)];
        let identified = identified.map(|(kind, id)| (!id.is_empty()).then(|| Link::of(kind, id)));
        let mut links: Vec<String> =
            identified.into_iter().flatten().filter_map(|l| l.url).collect();
        for (label, address) in [("PDF", &self.pdf), ("Code", &self.code)] {
            if !address.is_empty() {
                links.push(format!("[{label}]({address})"));
            }
        }
        links.append(&mut self.links);
        if self.url.is_empty() && links.first().is_some_and(|link| !link.starts_with('[')) {
            self.url = links.remove(0);
        }
        let number = std::mem::take(&mut self.number);
        if self.office.is_empty() {
            self.office = std::mem::take(&mut self.venue);
        }
        // That it is a patent is said by where it stands.
        if Work::named(&self.what) == Some(Work::Patent) {
            self.what.clear();
        }
        if Work::named(&self.kind) == Some(Work::Patent) {
            self.kind.clear();
        }
        let details = self.details();
        let more = [self.kind, details, self.venue].into_iter().chain(self.notes);
        let more = more.filter(|text| !text.is_empty());
        self.lines.extend(more.map(|text| Labelled::from(text.as_str())));
        Patent {
            title: self.title,
            inventors: self.authors,
            number,
            office: self.office,
            status: self.status,
            date: self.date,
            url: self.url,
            links,
            lines: self.lines,
            bullets: self.bullets,
            weight: self.weight,
            ..Patent::default()
        }
    }

    fn publication(mut self) -> Publication {
        self.tidy_venue();
        let published = [&self.venue, &self.tag, &self.publisher].iter().any(|t| !t.is_empty());
        if self.status.is_empty() && !published && !self.arxiv.is_empty() {
            self.status = "preprint".to_owned();
        }
        let mut paper = Publication {
            details: self.details(),
            title: self.title,
            authors: self.authors,
            venue: self.venue,
            tag: self.tag,
            date: self.date,
            status: self.status,
            note: self.notes.join("; "),
            doi: self.doi,
            arxiv: self.arxiv,
            code: self.code,
            pdf: self.pdf,
            url: self.url,
            links: self.links,
            weight: self.weight,
            bullets: self.bullets,
            kind: self.kind,
            ..Publication::default()
        };
        // The word of the source is kept where the rest would speak for another kind.
        let guessed = paper.work();
        let finer = match self.work {
            Some(Work::Conference) => matches!(guessed, Work::Workshop | Work::Preprint),
            Some(Work::Article | Work::Report) => guessed == Work::Preprint,
            _ => false,
        };
        if let Some(work) = self.work.filter(|work| *work != guessed && !finer)
            && paper.kind.is_empty()
        {
            work.word().clone_into(&mut paper.kind);
        }
        paper
    }

    /// Addresses of arXiv and of DOIs become what they stand for; none is said twice.
    fn tidy_links(&mut self) {
        if let Some(id) = doi(&self.doi) {
            self.doi = id;
        }
        if self.doi.is_empty()
            && let Some(id) = doi(&self.url)
        {
            self.doi = id;
        }
        if let Some(id) = arxiv(&self.arxiv) {
            self.arxiv = id;
        }
        // The DOI that arXiv gives to its own papers says nothing that the number does not.
        let of_arxiv = |doi: &str| {
            let start = doi.get(..15).filter(|s| s.eq_ignore_ascii_case("10.48550/arxiv."))?;
            doi.get(start.len()..).map(str::to_owned)
        };
        if let Some(id) = of_arxiv(&self.doi)
            && (self.arxiv.is_empty() || self.arxiv == id)
        {
            self.arxiv = id;
            self.doi.clear();
        }
        if doi(&self.url).and_then(|doi| of_arxiv(&doi)).is_some_and(|id| id == self.arxiv) {
            self.url.clear();
        }
        let is_page = self.url.contains("arxiv.org/");
        if let Some(id) = arxiv(&self.url).filter(|_| is_page) {
            let bare = |id: &str| id.split('v').next().unwrap_or_default().to_owned();
            if self.arxiv.is_empty() || bare(&self.arxiv) == bare(&id) {
                self.url.clear();
                if self.arxiv.is_empty() {
                    self.arxiv = id;
                }
            }
        }
        if !self.doi.is_empty() && doi(&self.url).as_deref() == Some(self.doi.as_str()) {
            self.url.clear();
        }
    }

    /// What stands for arXiv as a journal is the number of the preprint. Other words that stand
    /// there are kept: a month makes the date, the rest is a remark.
    fn tidy_venue(&mut self) {
        let lower = self.venue.to_lowercase();
        if lower.starts_with("arxiv")
            || lower == "corr"
            || lower.starts_with("computing research repository")
        {
            let volume = self.volume.strip_prefix("abs/").unwrap_or(&self.volume);
            let found = arxiv(&self.venue).or_else(|| arxiv(volume));
            if found.is_some() || !self.arxiv.is_empty() {
                if arxiv(volume).is_some() {
                    self.volume.clear();
                }
                if self.arxiv.is_empty() {
                    self.arxiv = found.unwrap_or_default();
                }
                let venue = std::mem::take(&mut self.venue);
                self.keep_words_beside_arxiv(&venue);
            }
        }
        // `arXiv:2401.01234` among the pages, as some exports have it.
        for text in [&mut self.pages, &mut self.article] {
            if arxiv(text).is_some_and(|id| without_version(&id) == without_version(&self.arxiv)) {
                text.clear();
            }
        }
        if self.volume.strip_prefix("abs/").and_then(arxiv).is_some_and(|id| id == self.arxiv) {
            self.volume.clear();
        }
        // The number of an article that stands for its pages, too.
        if self.pages == self.article {
            self.pages.clear();
        }
    }

    /// What else than arXiv and the number a venue names that is arXiv.
    fn keep_words_beside_arxiv(&mut self, venue: &str) {
        let mut rest: Vec<&str> = vec![];
        for word in venue.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let is_usual = matches!(
                bare.to_lowercase().as_str(),
                "" | "arxiv"
                    | "corr"
                    | "computing"
                    | "research"
                    | "repository"
                    | "org"
                    | "arxiv.org"
                    | "e-print"
                    | "e-prints"
                    | "eprint"
                    | "eprints"
                    | "preprint"
                    | "preprints"
                    | "server"
            );
            // `[cs.LG]` says under which heading it stands there.
            let is_subject = word.starts_with('[') || bare.starts_with("abs/");
            let dated = format!("{bare} {}", self.date);
            if is_usual || is_subject || arxiv(word).is_some() || bare == self.date {
                continue;
            }
            match Dates::parse(&dated).map(|dates| dates.span) {
                Some(Span::On(Date::Month { year, month }))
                    if self.date == year.to_string() && bare.chars().all(char::is_alphabetic) =>
                {
                    self.date = format!("{year}-{month:02}");
                }
                _ => rest.push(word),
            }
        }
        let rest = rest.join(" ");
        let rest = rest.trim_matches([',', ';', ' ']);
        let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        self.note(inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(rest));
    }

    /// Volume, pages and whatever else belongs there.
    fn details(&self) -> String {
        let labelled = |label: &str, text: &str| match text {
            "" => String::new(),
            text => format!("{label} {text}"),
        };
        let volume = match (self.volume.as_str(), self.number.as_str()) {
            ("", "") => String::new(),
            (volume, "") => format!("vol. {volume}"),
            ("", number) if self.what.is_empty() => format!("no. {number}"),
            ("", number) => number.to_owned(),
            (volume, number) => format!("vol. {volume}({number})"),
        };
        let what = match (self.what.as_str(), self.volume.as_str()) {
            // `Technical report TR-12`.
            (what, "") if !what.is_empty() && !volume.is_empty() => format!("{what} {volume}"),
            (what, _) => what.to_owned(),
        };
        let volume =
            if self.what.is_empty() || !self.volume.is_empty() { volume } else { String::new() };
        let pages = match pages(&self.pages) {
            pages if pages.contains(['–', ',']) => labelled("pp.", &pages),
            pages => labelled("p.", &pages),
        };
        let publisher = match (self.publisher.as_str(), self.place.as_str()) {
            (publisher, "") => publisher.to_owned(),
            ("", place) => place.to_owned(),
            (publisher, place) => format!("{publisher}, {place}"),
        };
        let parts = [
            what,
            edition(&self.edition),
            volume,
            labelled("chap.", &self.chapter),
            labelled("art.", &self.article),
            pages,
            labelled("version", &self.version),
            self.series.clone(),
            publisher,
            self.extra.clone(),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// What an entry of a library becomes in a profile.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// One of the publications.
    Publication(Publication),
    /// One of the patents.
    Patent(Patent),
}

/// Publications and patents out of a library, each in the order of the source.
#[derive(Debug)]
pub(super) struct Shelf {
    publications: Entries<Publication>,
    patents: Entries<Patent>,
    /// Whether there will be publications, which come before the patents.
    has_publications: bool,
}

impl Shelf {
    /// An empty one for all of `made`.
    pub(super) fn for_all<'m>(made: impl IntoIterator<Item = &'m Made>) -> Self {
        let has_publications = made.into_iter().any(|made| matches!(made, Made::Publication(_)));
        Self { publications: Entries::default(), patents: Entries::default(), has_publications }
    }

    /// Takes one that its source knows by `key`; its address and its title.
    pub(super) fn add(&mut self, made: Made, key: &str) -> (At, String) {
        let (section, index, title) = match made {
            Made::Publication(mut paper) => {
                key.clone_into(&mut paper.imported);
                let title = paper.title.clone();
                self.publications.entries.push(paper);
                (0, self.publications.entries.len(), title)
            }
            Made::Patent(mut patent) => {
                key.clone_into(&mut patent.imported);
                let title = patent.title.clone();
                self.patents.entries.push(patent);
                (usize::from(self.has_publications), self.patents.entries.len(), title)
            }
        };
        let entries = At::root().field("sections").index(section).field("entries");
        (entries.index(index.saturating_sub(1)), title)
    }

    /// The sections that have entries.
    pub(super) fn sections(self) -> Vec<Section> {
        let sections = [Section::Publications(self.publications), Section::Patents(self.patents)];
        sections.into_iter().filter(|section| section.count() > 0).collect()
    }
}

/// The publications of a profile and its patents, which are publications to formats that keep both in
/// one list.
pub(super) fn works(profile: &Profile) -> Vec<Cow<'_, Publication>> {
    profile.sections.iter().flat_map(works_of).collect()
}

fn works_of(section: &Section) -> Vec<Cow<'_, Publication>> {
    match section {
        Section::Publications(list) => list.entries.iter().map(Cow::Borrowed).collect(),
        Section::Patents(list) => {
            list.entries.iter().cloned().map(as_publication).map(Cow::Owned).collect()
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
        | Section::List(_) => vec![],
    }
}

/// A patent as it stands in a list of publications.
pub(super) fn as_publication(patent: Patent) -> Publication {
    let line = |line: &Labelled| match line.label.trim() {
        "" => line.text.clone(),
        label => format!("{label}: {}", line.text),
    };
    Publication {
        title: patent.title,
        authors: patent.inventors,
        venue: patent.office,
        details: format!("Patent {}", patent.number).trim_end().to_owned(),
        date: patent.date,
        status: patent.status,
        kind: Work::Patent.word().to_owned(),
        note: patent.lines.iter().map(line).collect::<Vec<_>>().join("; "),
        url: patent.url,
        links: patent.links,
        bullets: patent.bullets,
        show: patent.show,
        weight: patent.weight,
        imported: patent.imported,
        ..Publication::default()
    }
}

/// The status of a patent that a remark names: a usual one in its usual words; `None` for other
/// remarks.
pub(super) fn patent_status(text: &str) -> Option<String> {
    let lower = text.trim().trim_matches(['(', ')', '.']).to_lowercase();
    let usual = match lower.as_str() {
        "granted" | "issued" | "patented" => "granted",
        "pending" | "patent pending" | "application pending" => "pending",
        "application" | "patent application" | "applied" | "filed" => "application",
        "expired" | "lapsed" | "abandoned" | "withdrawn" => &lower,
        _ => return None,
    };
    Some(usual.to_owned())
}

/// `2` and `Second` as `2nd ed.`; other words as they are.
fn edition(text: &str) -> String {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let word = text.to_lowercase();
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number = digits.parse::<usize>().ok().filter(|_| word.len() <= digits.len() + 2);
    let number = number.or_else(|| WORDS.iter().position(|w| *w == word).map(|i| i + 1));
    match number {
        Some(n) => {
            let end = match (n % 10, n % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{n}{end} ed.")
        }
        None if word.is_empty() || word.contains("ed") && !word.ends_with("revised") => {
            text.to_owned()
        }
        None => format!("{text} ed."),
    }
}

/// A range of pages with its dash.
fn pages(text: &str) -> String {
    let is_range = |c: char| matches!(c, '-' | '–' | '—' | '‐' | '‑' | '−');
    let parts: Vec<&str> = text.split(is_range).map(str::trim).filter(|p| !p.is_empty()).collect();
    // `S-12` is no range: at least one digit at both sides, and none of them is only a letter.
    let has_digits = |part: &&str| part.contains(|c: char| c.is_ascii_digit());
    let text = text.trim().trim_start_matches("pp.").trim_start_matches("p.").trim();
    match parts.as_slice() {
        [_, _, ..]
            if parts.iter().all(has_digits)
                || parts.iter().all(|p| p.len() < 7 && !p.contains(' ')) =>
        {
            let first =
                parts.first().map(|p| p.trim_start_matches("pp.").trim()).unwrap_or_default();
            let rest: String = parts.iter().skip(1).map(|part| format!("–{part}")).collect();
            format!("{first}{rest}")
        }
        _ => text.to_owned(),
    }
}

/// The status that a remark names: a usual one in its usual words, another as typed; `None` for
/// other remarks.
pub(super) fn status(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['(', ')', '.', '[', ']']).trim();
    let lower = text.to_lowercase();
    let usual = match lower.as_str() {
        "published" => "published",
        "accepted" | "accepted for publication" => "accepted",
        "under review" | "in review" | "under submission" => "under review",
        "submitted" | "submitted for publication" => "submitted",
        "preprint" | "arxiv preprint" | "prepublished" => "preprint",
        "in preparation" | "inpreparation" | "work in progress" => "in preparation",
        "inpress" => "in press",
        "forthcoming" => "to appear",
        _ => "",
    };
    if !usual.is_empty() {
        return Some(usual.to_owned());
    }
    const BEGINNINGS: [&str; 20] = [
        "accepted ",
        "conditionally accepted",
        "under review",
        "in review",
        "under revision",
        "in revision",
        "major revision",
        "minor revision",
        "revise and resubmit",
        "under submission",
        "submitted to ",
        "to appear",
        "in press",
        "in print",
        "forthcoming ",
        "early access",
        "online first",
        "in preparation",
        "unpublished",
        "working paper",
    ];
    BEGINNINGS.iter().any(|start| lower.starts_with(start)).then(|| text.to_owned())
}

/// The number of a preprint on arXiv, alone, with its prefix, as an address or in `arXiv preprint
/// arXiv:2401.01234 [cs.LG]`.
pub(super) fn arxiv(text: &str) -> Option<String> {
    text.split([' ', '[', ']', ',', '(', ')']).find_map(|word| {
        let start = |word: &str, start: &str| {
            let head = word.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start))?;
            word.get(head.len()..).map(str::to_owned)
        };
        let mut id = word.to_owned();
        for prefix in ["https://", "http://", "www.", "arxiv.org/abs/", "arxiv.org/pdf/", "arxiv:"]
        {
            id = start(&id, prefix).unwrap_or(id);
        }
        let id = id.trim_end_matches('/').trim_end_matches(".pdf");
        let link = Link::of(LinkKind::ArXiv, id);
        (link.kind == LinkKind::ArXiv && link.handle == id).then_some(link.handle)
    })
}

/// `2401.00001v2` is the paper `2401.00001`.
pub(super) fn without_version(id: &str) -> &str {
    let version = |v: &str| !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit());
    id.rsplit_once('v').filter(|(_, v)| version(v)).map_or(id, |(bare, _)| bare)
}

/// A DOI alone, from whatever form it was written in.
pub(super) fn doi(text: &str) -> Option<String> {
    let link = Link::of(LinkKind::Doi, text.trim().trim_start_matches("doi:").trim_start());
    (link.kind == LinkKind::Doi && link.handle.starts_with("10.")).then_some(link.handle)
}

/// Whether a text is an address that can be followed as it stands; the name of a file is not.
pub(super) fn is_address(text: &str) -> bool {
    let has_scheme = text.starts_with("https://") || text.starts_with("http://");
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let (host, path) = text.split_once('/').unwrap_or((text, ""));
    (has_scheme || text.starts_with("www.") || host.contains('.') && !path.is_empty())
        && Link::parse(text).url.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details() {
        let paper = |set: fn(&mut Paper)| {
            let mut paper = Paper::default();
            set(&mut paper);
            paper.details()
        };
        for (found, expected) in [
            (
                paper(|p| {
                    (p.volume, p.number, p.pages) = ("12".into(), "3".into(), "1--14".into());
                }),
                "vol. 12(3), pp. 1–14",
            ),
            (
                paper(|p| {
                    (p.number, p.pages) = ("3".into(), "7".into());
                }),
                "no. 3, p. 7",
            ),
            (
                paper(|p| {
                    (p.what, p.number) = ("Technical report".into(), "TR-1".into());
                }),
                "Technical report TR-1",
            ),
            (
                paper(|p| {
                    (p.edition, p.publisher, p.place) =
                        ("Second".into(), "Press".into(), "Gdańsk".into());
                }),
                "2nd ed., Press, Gdańsk",
            ),
            (
                paper(|p| {
                    p.edition = "12".into();
                }),
                "12th ed.",
            ),
            (
                paper(|p| {
                    p.edition = "Revised".into();
                }),
                "Revised ed.",
            ),
            (
                paper(|p| {
                    p.article = "104".into();
                }),
                "art. 104",
            ),
        ] {
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn parts_are_read() {
        for (text, expected) in [
            ("1-14", "1–14"),
            ("1 -- 14", "1–14"),
            ("e12–e15", "e12–e15"),
            ("S-12", "S–12"),
            ("12", "12"),
            ("pp. 1--4", "1–4"),
            ("1--4, 7", "1–4, 7"),
            ("1:1--1:24", "1:1–1:24"),
            ("to be announced", "to be announced"),
        ] {
            assert_eq!(pages(text), expected, "{text}");
        }
        for (text, expected) in [
            ("arXiv preprint arXiv:2401.01234", Some("2401.01234")),
            ("arXiv:2401.01234v2 [cs.LG]", Some("2401.01234v2")),
            ("https://arxiv.org/pdf/2401.01234.pdf", Some("2401.01234")),
            ("math/0309136", Some("math/0309136")),
            ("2401", None),
            ("", None),
        ] {
            assert_eq!(arxiv(text).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("https://doi.org/10.5555/a.1", Some("10.5555/a.1")),
            ("doi: 10.5555/a.1", Some("10.5555/a.1")),
            ("https://example.org/10.5555/a", None),
        ] {
            assert_eq!(doi(text).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("Under review.", Some("under review")),
            ("To appear at ICML", Some("To appear at ICML")),
            ("(in press)", Some("in press")),
            ("Oral", None),
        ] {
            assert_eq!(status(text).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("https://example.org", true),
            ("www.example.org", true),
            ("example.org/x", true),
            ("paper.pdf", false),
            ("papers/paper.pdf", false),
            ("yes", false),
            ("", false),
        ] {
            assert_eq!(is_address(text), expected, "{text}");
        }
    }
}

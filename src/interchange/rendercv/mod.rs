//! RenderCV, 1.x to 2.8: which of its entries are which of ours, and what it calls their fields.
//!
//! The format knows few fields. What else an entry says stands in its highlights as `**Label:**
//! text`, so that RenderCV prints it, and is taken from there again.

mod markdown;
mod read;
mod write;

pub use write::write;

use super::{
    Source, Tree,
    decode::head,
    json,
    record::{Dialect, Form},
};
use crate::{
    section::SectionKind,
    typeset::words::word,
    value::{link::LinkKind, locale::Locale},
};

/// Reads RenderCV files.
pub static SOURCE: Source = Source {
    name: NAME,
    endings: &["yaml", "yml", "json", "json5"],
    fits,
    read: |bytes, _| read::read(bytes),
    outline: None,
};

const NAME: &str = "RenderCV";
/// The largest file that is read; a long CV has a hundredth of that.
const LARGEST: usize = 2 * 1024 * 1024;

const DIALECT: Dialect =
    Dialect { text: markdown::read, start: &["start_date"], end: &["end_date"], date: &[] };

/// The kinds of entry that the format has. They are told apart by the names in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    OneLine,
    Normal,
    Experience,
    Education,
    Publication,
    Bullet,
    Text,
}

/// Names that only one kind of entry has, in the order in which RenderCV looks for them.
const MARKS: &[(Entry, &[&str])] = &[
    (Entry::OneLine, &["label", "details"]),
    (Entry::Normal, &["name"]),
    (Entry::Experience, &["company", "position"]),
    (Entry::Education, &["institution", "area", "degree"]),
    (Entry::Publication, &["title", "authors", "doi", "url", "journal"]),
    (Entry::Bullet, &["bullet", "number", "reversed_number"]),
    // The theme al-folio, which keeps its CVs in this format, writes languages so.
    (Entry::OneLine, &["language", "fluency"]),
];

/// What stands in an entry as a whole, and other fields of the format, for each of our kinds.
#[derive(Clone, Copy, Debug)]
struct Place {
    kind: SectionKind,
    /// As which it is written.
    entry: Entry,
    /// As which it is read where the heading speaks of it.
    read: &'static [Entry],
    form: Form,
}

const LOCATION: &[&str] = &["location"];
const HIGHLIGHTS: &[&str] = &["highlights"];
/// A summary that we have no field for becomes a highlight.
const SUMMARY: &[&str] = &["highlights", "summary"];
const NAMED: &[&str] = &["name", "company", "title"];

/// What is neither a school nor a job may be told either way.
const EITHER: &[Entry] = &[Entry::Normal, Entry::Experience];

/// How entries of a kind of section are written and read.
#[rustfmt::skip] // A table.
const fn place(kind: SectionKind) -> Place {
    match kind {
        SectionKind::Education => Place { kind, entry: Entry::Education, read: &[Entry::Normal], form: Form { labels: &[], names: &[
            ("institution", &["institution", "name", "company"]), ("place", LOCATION), ("bullets", SUMMARY), ("grade", &["gpa"]),
        ] } },
        SectionKind::Experience => Place { kind, entry: Entry::Experience, read: &[Entry::Normal], form: Form { labels: &[], names: &[
            ("organization", &["company", "name", "institution"]), ("role", &["position"]), ("place", LOCATION), ("summary", &["summary"]), ("bullets", HIGHLIGHTS),
        ] } },
        SectionKind::Publications => Place { kind, entry: Entry::Publication, read: &[], form: Form { labels: &[], names: &[
            ("title", &["title", "name"]), ("authors", &["authors"]), ("venue", &["journal"]), ("date", &["date"]), ("doi", &["doi"]), ("url", &["url"]), ("bullets", &["summary", "highlights"]),
        ] } },
        SectionKind::Patents => Place { kind, entry: Entry::Publication, read: &[Entry::Publication, Entry::Normal], form: Form { labels: &[], names: &[
            ("title", &["title", "name"]), ("inventors", &["authors"]), ("office", &["journal", "location"]), ("date", &["date"]), ("url", &["url"]), ("bullets", &["summary", "highlights"]),
        ] } },
        SectionKind::Projects => Place { kind, entry: Entry::Normal, read: EITHER, form: Form { labels: &[], names: &[
            ("name", NAMED), ("role", &["position"]), ("place", LOCATION), ("summary", &["summary"]), ("bullets", HIGHLIGHTS),
        ] } },
        SectionKind::Awards => Place { kind, entry: Entry::Normal, read: EITHER, form: Form { labels: &[], names: &[
            ("name", NAMED), ("issuer", &["summary", "position"]), ("bullets", HIGHLIGHTS),
        ] } },
        SectionKind::Skills => Place { kind, entry: Entry::OneLine, read: &[], form: Form { labels: &[], names: &[
            ("label", &["label", "name"]), ("items", &["details"]),
        ] } },
        SectionKind::Teaching => Place { kind, entry: Entry::Normal, read: EITHER, form: Form { labels: &[], names: &[
            ("course", &["name", "position", "title"]), ("role", &["summary"]), ("institution", &["location", "company"]), ("bullets", HIGHLIGHTS),
        ] } },
        SectionKind::Talks => Place { kind, entry: Entry::Normal, read: EITHER, form: Form { labels: &[], names: &[
            ("title", &["name", "title", "position"]), ("event", &["summary", "company", "journal"]), ("place", LOCATION), ("bullets", HIGHLIGHTS),
        ] } },
        SectionKind::Service => Place { kind, entry: Entry::Experience, read: EITHER, form: Form { labels: &[], names: &[
            ("organization", &["company"]), ("role", &["position", "name"]), ("bullets", SUMMARY),
        ] } },
        SectionKind::Grants => Place { kind, entry: Entry::Normal, read: EITHER, form: Form { labels: &[], names: &[
            ("title", NAMED), ("funder", &["summary", "position"]), ("bullets", HIGHLIGHTS),
        ] } },
        SectionKind::Languages => Place { kind, entry: Entry::OneLine, read: &[Entry::OneLine], form: Form { labels: &[], names: &[
            ("language", &["label", "name"]), ("level", &["details", "fluency"]),
        ] } },
        SectionKind::Certificates => Place { kind, entry: Entry::Normal, read: &[Entry::Normal], form: Form { labels: &[], names: &[
            ("name", NAMED), ("issuer", &["summary", "position"]),
        ] } },
        SectionKind::References => Place { kind, entry: Entry::Normal, read: &[Entry::Normal], form: Form { labels: &[], names: &[
            ("name", NAMED), ("", &["position", "location", "summary", "highlights"]),
        ] } },
        SectionKind::List => Place { kind, entry: Entry::Bullet, read: &[], form: Form { labels: &[], names: &[
            ("text", &["bullet", "number", "reversed_number", "name"]), ("bullets", SUMMARY),
        ] } },
        SectionKind::Text => Place { kind, entry: Entry::Text, read: &[], form: Form { labels: &[], names: &[("text", &["bullet"]), ("bullets", SUMMARY)] } },
    }
}

impl Entry {
    /// The names that RenderCV prints, besides dates.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::OneLine => &["label", "details"],
            Self::Normal => &["name", "location", "summary"],
            Self::Experience => &["company", "position", "location", "summary"],
            Self::Education => &["institution", "area", "degree", "location", "summary"],
            Self::Publication => &["title", "authors", "journal", "doi", "url"],
            Self::Bullet | Self::Text => &["bullet"],
        }
    }
}

/// Words in headings, in small letters, and the kind of section that they speak of; the first that
/// occurs counts. Texts and lists have headings of all sorts.
#[rustfmt::skip] // One kind a line.
const HEADINGS: [(SectionKind, &[&str]); SectionKind::ALL.len()] = [
    (SectionKind::Languages, &["language", "sprach", "idioma", "langue", "lingue", "język", "语言", "語言", "言語", "언어"]),
    (SectionKind::Certificates, &["certific", "licen", "zertifik", "certyfik", "证书", "資格", "자격"]),
    (SectionKind::Publications, &["publication", "paper", "publikation", "publicacion", "pubblicazion", "publikacj", "论文", "論文", "논문"]),
    (SectionKind::Patents, &["patent", "brevet", "专利", "專利", "特許", "특허"]),
    (SectionKind::Talks, &["talk", "presentation", "poster", "vorträge", "vortrag", "ponencia", "conférence", "charlas", "prezentacj", "报告", "発表", "발표"]),
    (SectionKind::Teaching, &["teaching", "lehre", "docencia", "enseñanza", "enseignement", "didattic", "insegnament", "dydakty", "教学", "教育活動", "강의"]),
    (SectionKind::Grants, &["grant", "funding", "förderung", "financi", "finanziament", "基金", "助成"]),
    (SectionKind::Awards, &["award", "honor", "honour", "prize", "scholarship", "fellowship", "preis", "auszeichnung", "stipendi", "premio", "becas", "prix", "premi", "nagrod", "stypend", "奖", "賞", "수상"]),
    (SectionKind::Service, &["service", "volunteer", "reviewing", "ehrenamt", "voluntari", "bénévol", "volontari", "wolontariat", "志愿", "ボランティア", "봉사"]),
    (SectionKind::References, &["reference", "referee", "referenz", "referencias", "référence", "referenze", "推荐人", "推薦者"]),
    (SectionKind::Projects, &["project", "projekt", "proyecto", "projet", "progett", "项目", "プロジェクト", "프로젝트"]),
    (SectionKind::Education, &["education", "academic background", "ausbildung", "bildung", "studium", "educación", "formación", "formation", "istruzione", "formazione", "wykształcenie", "学历", "教育", "学歴", "학력"]),
    (SectionKind::Experience, &["experience", "employment", "work", "career", "intern", "berufs", "erfahrung", "experiencia", "expérience", "esperienz", "doświadczen", "经历", "経験", "職歴", "경력"]),
    (SectionKind::Skills, &["skill", "technolog", "fähigkeit", "kenntnis", "habilidad", "compétence", "competenz", "umiejętnoś", "技能", "スキル", "기술"]),
    (SectionKind::Text, &[]),
    (SectionKind::List, &[]),
];

/// Headings of a text that is about the person.
const ABOUT: &[&str] = &[
    "summary",
    "about",
    "about me",
    "profile",
    "objective",
    "welcome",
    "profil",
    "perfil",
    "zusammenfassung",
    "über mich",
    "resumen",
    "sobre mí",
    "résumé",
    "à propos",
    "profilo",
    "o mnie",
];

/// The kind of section that entries of a kind under a heading are, among those that entries can be
/// read as.
fn kind_of(entry: Entry, heading: &str) -> SectionKind {
    let heading = heading.to_lowercase();
    let told = HEADINGS.iter().find(|(_, words)| words.iter().any(|word| heading.contains(word)));
    let told = told.map(|(kind, _)| *kind).filter(|kind| place(*kind).read.contains(&entry));
    told.unwrap_or(match entry {
        Entry::OneLine => SectionKind::Skills,
        Entry::Normal => SectionKind::Projects,
        Entry::Experience => SectionKind::Experience,
        Entry::Education => SectionKind::Education,
        Entry::Publication => SectionKind::Publications,
        Entry::Bullet => SectionKind::List,
        Entry::Text => SectionKind::Text,
    })
}

/// Names of networks that differ from ours, or that we have no name for, with what their addresses
/// begin with.
const NETWORKS: &[(&str, Option<LinkKind>, &str)] = &[
    ("LinkedIn", Some(LinkKind::LinkedIn), ""),
    ("GitHub", Some(LinkKind::GitHub), ""),
    ("GitLab", Some(LinkKind::GitLab), ""),
    ("ORCID", Some(LinkKind::Orcid), ""),
    ("Mastodon", Some(LinkKind::Mastodon), ""),
    ("StackOverflow", Some(LinkKind::StackOverflow), ""),
    ("ResearchGate", Some(LinkKind::ResearchGate), ""),
    ("YouTube", Some(LinkKind::YouTube), ""),
    ("Google Scholar", Some(LinkKind::GoogleScholar), ""),
    ("Telegram", Some(LinkKind::Telegram), ""),
    ("X", Some(LinkKind::X), ""),
    ("Bluesky", Some(LinkKind::Bluesky), ""),
    ("IMDB", None, "https://imdb.com/name/"),
    ("Instagram", None, "https://instagram.com/"),
    ("WhatsApp", None, "https://wa.me/"),
    ("Leetcode", None, "https://leetcode.com/u/"),
    ("Reddit", None, "https://reddit.com/user/"),
];

/// Its names for the languages that both know.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("mandarin_chinese", "zh"),
    ("spanish", "es"),
];

/// The icon of a connection of our own, and so what it is.
const PHONE: &str = "phone";
const EMAIL: &str = "envelope";
const LINK: &str = "link";
const FACT: &str = "circle-info";

/// Names of our own in the first entry of a section: its kind where that cannot be told otherwise,
/// and the line under its heading. Only texts may stand there.
const KIND: &str = "vitae_kind";
const NOTE: &str = "vitae_note";

/// The heading that RenderCV prints for the name of a section.
fn heading(name: &str) -> String {
    const SMALL: &str = " a and as at but by for from if in into like near nor of off on onto or over so than that to upon when with yet ";
    if name.contains(' ') || name.contains(char::is_uppercase) {
        return name.to_owned();
    }
    let capital = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars).collect::<String>()
    };
    let words = name.split('_').map(|word| match SMALL.contains(&format!(" {word} ")) {
        true => word.to_owned(),
        false => capital(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The label of a field in one language: the page's word for it, or else the form's.
fn label<'a>(field: &'a str, form_label: &'a str, locale: &'a Locale) -> &'a str {
    let key = match field {
        "grade" => "gpa",
        "courses" => "coursework",
        "advisor" | "rank" | "thesis" => field,
        _ => return form_label,
    };
    word(locale, key)
}

/// Whether these bytes are a record with `cv` at its top.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    if text.trim_start().starts_with('{') {
        return json::names(&text).contains(&"cv");
    }
    text.lines().any(|line| {
        let rest = ["cv:", "\"cv\":", "'cv':"].iter().find_map(|name| line.strip_prefix(name));
        rest.is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with(['#', '&', '{'])
        })
    })
}

/// The kind of section that takes in all that its entries say.
fn usual(entry: Entry, title: &str, entries: &mut [Tree]) -> Place {
    let guess = place(kind_of(entry, title));
    let mut has = |name: &str| entries.iter_mut().any(|entry| entry.inner(&[name]).is_some());
    let names = ["name", "company", "position", "location", "summary", "highlights"];
    let fits = names.into_iter().all(|name| {
        let known = guess.form.names.iter().any(|(_, names)| names.contains(&name));
        known || !has(name)
    });
    match entry {
        Entry::Normal if !fits => place(SectionKind::Projects),
        Entry::Experience if !fits => place(SectionKind::Experience),
        _ => guess,
    }
}

/// The entry that a value is, by the names in it.
fn entry_of(value: &Tree) -> Option<Entry> {
    match value {
        Tree::Text(_) => Some(Entry::Text),
        // A name counts even without a value.
        Tree::Map(fields) => {
            let has = |names: &[&str]| fields.iter().any(|(n, _)| names.contains(&n.as_str()));
            MARKS.iter().find(|(_, names)| has(names)).map(|(entry, _)| *entry)
        }
        Tree::Empty | Tree::List(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_of_section_has_one_line_of_words_in_headings() {
        let kinds: BTreeSet<SectionKind> = HEADINGS.iter().map(|(kind, _)| *kind).collect();
        assert!(kinds.iter().eq(SectionKind::ALL));
    }
}

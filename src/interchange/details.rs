//! The details of a publication, `vol. 12(3), pp. 1–14`, taken apart into the fields of libraries.

/// What has a number of its own, in small letters.
const NUMBERED: [&str; 6] = [
    "technical report",
    "research report",
    "working paper",
    "discussion paper",
    "white paper",
    "patent",
];

/// Parts `Working Paper 12345` into what it is and its number.
fn numbered(part: &str) -> Option<(&str, &str)> {
    NUMBERED.iter().find_map(|what| {
        let (head, number) = part.split_at_checked(what.len())?;
        let number = number.trim();
        // A number, and no further words as in `Working Paper Series`.
        // That of a patent has parts: `EP 1 234 567 B1`.
        let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        let is_code = |word: &str| has_digit(word) || word.len() == 2;
        let is_whole = !number.contains(' ') || *what == "patent" && number.split(' ').all(is_code);
        let is_number = has_digit(number) && is_whole;
        (head.eq_ignore_ascii_case(what) && is_number).then_some((head, number))
    })
}

/// The details of a publication in the fields of a library.
#[derive(Debug, Default)]
pub(super) struct Details {
    /// `PhD thesis`.
    pub(super) what: String,
    /// The names are those of BibTeX: `volume`, `number`, `pages` …
    pub(super) fields: Vec<(&'static str, String)>,
    /// What is no volume, number or pages.
    pub(super) rest: String,
}

impl Details {
    /// Takes the text of the details apart.
    pub(super) fn read(details: &str) -> Self {
        let mut out = Self::default();
        let mut rest: Vec<&str> = vec![];
        let mut pages = false;
        for part in details.split(", ").map(str::trim).filter(|part| !part.is_empty()) {
            let after = |start: &str| part.strip_prefix(start).map(str::trim);
            let last = out.fields.last_mut();
            if pages
                && part.starts_with(|c: char| c.is_ascii_digit())
                && !part.ends_with("ed.")
                && let Some((_, value)) = last
            {
                *value += &format!(", {part}");
                continue;
            }
            pages = false;
            if let Some(volume) = after("vol. ") {
                let (volume, number) = volume
                    .strip_suffix(')')
                    .and_then(|v| v.split_once('('))
                    .unwrap_or((volume, ""));
                out.fields.push(("volume", volume.to_owned()));
                out.fields.push(("number", number.to_owned()));
            } else if let Some(number) = after("no. ") {
                out.fields.push(("number", number.to_owned()));
            } else if let Some(range) = after("pp. ").or_else(|| after("p. ")) {
                out.fields.push(("pages", range.to_owned()));
                pages = true;
            } else if let Some(chapter) = after("chap. ") {
                out.fields.push(("chapter", chapter.to_owned()));
            } else if let Some(article) = after("art. ") {
                out.fields.push(("eid", article.to_owned()));
            } else if let Some(version) = after("version ") {
                out.fields.push(("version", version.to_owned()));
            } else if let Some(edition) = part.strip_suffix(" ed.") {
                let number = edition.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let edition = if number.is_empty() { edition } else { number };
                out.fields.push(("edition", edition.to_owned()));
            } else if let Some((what, number)) = numbered(part) {
                what.clone_into(&mut out.what);
                out.fields.push(("number", number.to_owned()));
            } else if out.what.is_empty()
                && ["thesis", "dissertation", "report"]
                    .iter()
                    .any(|w| part.to_lowercase().ends_with(w))
            {
                part.clone_into(&mut out.what);
            } else {
                rest.push(part);
            }
        }
        out.rest = rest.join(", ");
        out
    }

    /// The value of a field; empty where there is none.
    pub(super) fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

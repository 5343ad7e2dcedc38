//! A reference that stands alone, as it is copied from a page, a paper or a reference manager.

use super::{paper, plain, recognise};
use crate::{
    field::{Access, Fields as _},
    section::{Publication, Section},
};

/// A text longer than this, in bytes, is more than a few references.
const LONGEST: usize = 200_000;
/// … and one longer than this, without a format of its own, is no reference.
const LONGEST_LINE: usize = 2_000;

/// What a text was understood as.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The publications in it, in their order; at least one.
    pub publications: Vec<Publication>,
    /// What it was: "DOI", "arXiv number", "BibTeX", "reference".
    pub given: &'static str,
}

impl Reference {
    /// The fields that every publication needs and this text did not give, by their labels in small
    /// letters.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let lacks = |is: fn(&Publication) -> bool| self.publications.iter().any(is);
        let mut out = vec![];
        for (name, lacking) in [
            ("title", lacks(|p| p.title.trim().is_empty())),
            ("authors", lacks(|p| p.authors.is_empty())),
            ("venue", lacks(|p| p.venue.trim().is_empty() && p.arxiv.trim().is_empty())),
            ("date", lacks(|p| p.date.trim().is_empty())),
        ] {
            if lacking {
                out.push(name);
            }
        }
        out
    }
}

/// Reads a text that is nothing but a DOI, a number of arXiv (each alone or as an address), BibTeX,
/// RIS, CSL-JSON, or one formatted reference. `None` for everything else: a title, a sentence.
/// Nothing is asked of the network.
#[must_use]
pub fn read(text: &str) -> Option<Reference> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let one = |publication, given| Some(Reference { publications: vec![publication], given });
    if !text.contains(char::is_whitespace) || has_scheme(text, "doi:") || has_scheme(text, "arxiv:")
    {
        let text = text.trim_end_matches(['.', ',', ';']);
        if let Some(doi) = paper::doi(without_scheme(text, "doi:")) {
            return one(Publication { doi, ..Publication::default() }, "DOI");
        }
        let bare = without_scheme(text, "arxiv:");
        if !bare.contains(char::is_whitespace)
            && let Some(arxiv) = paper::arxiv(bare)
        {
            return one(Publication { arxiv, ..Publication::default() }, "arXiv number");
        }
    }
    formatted(text).or_else(|| line(text))
}

fn has_scheme(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

fn without_scheme<'t>(text: &'t str, scheme: &str) -> &'t str {
    let rest = text.get(scheme.len()..).filter(|_| has_scheme(text, scheme));
    rest.map_or(text, str::trim_start)
}

/// The publications of a text in a format for them.
fn formatted(text: &str) -> Option<Reference> {
    let source = recognise(text.as_bytes(), None)?;
    if !["BibTeX", "RIS", "CSL-JSON"].contains(&source.name) {
        return None;
    }
    let (source, import) = super::read(text.as_bytes(), None).ok()?;
    let mut publications = vec![];
    for section in import.profile.sections {
        match section {
            Section::Publications(list) => publications.extend(list.entries),
            Section::Patents(list) => {
                publications.extend(list.entries.into_iter().map(paper::as_publication));
            }
            _ => {}
        }
    }
    // What it was called there is of no use to one that is filled in by hand.
    (!publications.is_empty()).then_some(Reference { publications, given: source.name })
}

/// One formatted reference: a title with people and at least a date or where it appeared.
fn line(text: &str) -> Option<Reference> {
    // It may be broken into lines, but not into paragraphs.
    if text.len() > LONGEST_LINE || text.lines().any(|line| line.trim().is_empty()) {
        return None;
    }
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let line = initials_first(&line).unwrap_or(line);
    let outline = plain::outline(&line);
    let (publications, left) = recognise::publications(&outline);
    let [publication] = <[Publication; 1]>::try_from(publications).ok()?;
    let titled = publication.title.split_whitespace().count() > 1;
    let dated = !publication.date.trim().is_empty();
    let placed = !publication.venue.trim().is_empty()
        || !publication.doi.is_empty()
        || !publication.arxiv.is_empty();
    let found = titled && !publication.authors.is_empty() && dated && placed && left.is_empty();
    found.then(|| Reference { publications: vec![publication], given: "reference" })
}

/// `Doe J, Roe RM. Title …`, as in medicine, with initials before the names: there the full stop
/// that ends the list looks like that of an initial.
fn initials_first(line: &str) -> Option<String> {
    let (list, rest) =
        line.match_indices(". ").map(|(at, _)| line.split_at(at)).find_map(|(list, rest)| {
            let names: Option<Vec<String>> = list.split([',', ';']).map(given_first).collect();
            Some((names?, rest))
        })?;
    Some(format!("{}{rest}", list.join(", ")))
}

/// `Roe RM` as `R. M. Roe`; `None` for what is no such name.
fn given_first(name: &str) -> Option<String> {
    let name = name.trim().trim_start_matches("and ").trim_start_matches("& ");
    if name == "et al" {
        return Some(name.to_owned());
    }
    let (family, initials) = name.rsplit_once(' ')?;
    let letters = |text: &str| text.chars().all(|c| c.is_alphabetic() || "-'’ ".contains(c));
    let fits = (1..=3).contains(&initials.chars().count())
        && initials.chars().all(char::is_uppercase)
        && family.split(' ').any(|word| word.starts_with(char::is_uppercase))
        && letters(family)
        && family.split(' ').count() <= 4;
    let spaced: String = initials.chars().map(|c| format!("{c}. ")).collect();
    fits.then(|| format!("{spaced}{family}"))
}

/// Puts what a reference says where the entry says nothing yet.
pub fn fill(entry: &mut Publication, found: &Publication) {
    for field in Publication::FIELDS {
        match &field.access {
            Access::Line((get, put))
            | Access::Prose((get, put))
            | Access::Date((get, put))
            | Access::Link((get, put)) => {
                if get(entry).trim().is_empty() {
                    put(entry).clone_from(get(found));
                }
            }
            Access::People((get, put)) => {
                if get(entry).is_empty() {
                    put(entry).clone_from(get(found));
                }
            }
            Access::Links((get, put)) | Access::Lines((get, put)) => {
                if get(entry).is_empty() {
                    put(entry).clone_from(get(found));
                }
            }
            Access::Bullets((get, put)) => {
                if get(entry).is_empty() {
                    put(entry).clone_from(get(found));
                }
            }
            Access::Labelled(_) | Access::Parts(_) | Access::Photo(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_is_understood_or_left_alone() {
        let shown = |text: &str| {
            let Some(found) = read(text) else {
                return "nothing".to_owned();
            };
            let paper = |p: &Publication| {
                let people: Vec<_> = p.authors.iter().map(|a| a.name.as_str()).collect();
                let all = [&*people.join(", "), &p.title, &p.venue, &p.date, &p.doi, &p.arxiv];
                let all: Vec<_> = all.into_iter().filter(|text| !text.is_empty()).collect();
                all.join(" | ")
            };
            let papers: Vec<_> = found.publications.iter().map(paper).collect();
            let missing = found.missing().join(" ");
            format!("{}: {} ({missing})", found.given, papers.join(" & "))
        };
        for (text, expected) in [
            ("10.5555/example.1", "DOI: 10.5555/example.1 (title authors venue date)"),
            (
                " https://doi.org/10.5555/Example \n",
                "DOI: 10.5555/Example (title authors venue date)",
            ),
            ("doi: 10.5555/example.", "DOI: 10.5555/example (title authors venue date)"),
            ("DOI:10.5555/example", "DOI: 10.5555/example (title authors venue date)"),
            ("2401.01234", "arXiv number: 2401.01234 (title authors date)"),
            ("arXiv:2401.01234v2", "arXiv number: 2401.01234v2 (title authors date)"),
            ("https://arxiv.org/abs/2401.01234", "arXiv number: 2401.01234 (title authors date)"),
            (
                "@article{a, title={On caches}, author={Doe, Jane and Roe, Rick}, journal={Venue}, year={2024}}",
                "BibTeX: Jane Doe, Rick Roe | On caches | Venue | 2024 ()",
            ),
            (
                "@misc{a, title={One}, author={Doe, Jane}}\n\n@misc{b, title={Two}, author={Roe, R.}}",
                "BibTeX: Jane Doe | One & R. Roe | Two (venue date)",
            ),
            (
                "TY  - JOUR\nTI  - On caches\nAU  - Doe, Jane\nJO  - Venue\nPY  - 2024\nER  - \n",
                "RIS: Jane Doe | On caches | Venue | 2024 ()",
            ),
            (
                "Doe J, Roe R. The title of the paper. Journal of Examples, 2024.",
                "reference: J. Doe, R. Roe | The title of the paper | Journal of Examples | 2024 ()",
            ),
            (
                "Müller-Doe JA, van Roe R; Poe ABC. The title of the paper. J Examples. 2024;12:1-9.",
                "reference: J. A. Müller-Doe, R. van Roe, A. B. C. Poe | The title of the paper | J Examples | 2024 ()",
            ),
            (
                "J. Doe and R. Roe, “The title of\nthe paper,” in Proceedings of the Example Conference, 2023.",
                "reference: J. Doe, R. Roe | The title of the paper | Proceedings of the Example Conference | 2023 ()",
            ),
            ("Attention to caches is all that was needed", "nothing"),
            ("Caches, queues, and trees: a survey of 2024", "nothing"),
            ("Deep Nets, Shallow Minds", "nothing"),
            ("2024", "nothing"),
            ("10.5", "nothing"),
            ("https://example.org/paper.pdf", "nothing"),
            ("", "nothing"),
            ("One.\n\nTwo.", "nothing"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}

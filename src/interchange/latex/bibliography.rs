//! The publications of the bibliographies that a CV in LaTeX prints, beside what its text says.

use crate::{
    at::{At, Step},
    finding::{Code, Finding},
    interchange::{Alone, Import, bibtex::BIBTEX, outline::Bibliographies},
    profile::Profile,
    section::{Entries, Publication, Record as _, Section},
    value::date::Dates,
};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

/// Adds what stands in `bibliographies` to `import`: the newest first, and only what is cited by its
/// key where the CV does not print all of them.
pub(in crate::interchange) fn add(import: &mut Import, bibliographies: &Bibliographies) {
    for (name, bytes) in &bibliographies.files {
        match (BIBTEX.read)(bytes, &Alone) {
            Ok(read) => add_one(import, name, read, bibliographies.cited.as_ref()),
            Err(error) => {
                let message = format!("the bibliography `{name}` cannot be read: {error}");
                import.report.findings.push(Finding::warning(
                    Code::ImportNotPlaced,
                    At::root(),
                    message,
                ));
            }
        }
    }
}

fn add_one(import: &mut Import, name: &str, read: Import, cited: Option<&HashSet<String>>) {
    let Import { profile: Profile { sections, marks, .. }, report, .. } = read;
    let papers = sections.into_iter().filter_map(|section| match section {
        Section::Publications(list) => Some(list.entries),
        _ => None,
    });
    let papers: Vec<Publication> = papers.flatten().collect();
    let all = papers.len();
    let is_cited =
        |paper: &Publication| cited.is_none_or(|cited| cited.contains(paper.imported.as_str()));
    let mut papers: Vec<_> =
        papers.into_iter().enumerate().filter(|(_, paper)| is_cited(paper)).collect();
    // Those without a date come last, for nothing is less.
    let date = |paper: &Publication| Dates::parse(paper.date()).map(|dates| dates.sort_key());
    papers.sort_by_key(|(_, paper)| Reverse(date(paper)));
    if papers.len() < all {
        let message =
            format!("of the {all} publications in `{name}`, only those that the CV names came in");
        import.report.guessed(At::root(), message);
    }
    let sections = &mut import.profile.sections;
    let is_theirs = |section: &Section| matches!(section, Section::Publications(_));
    let index = sections.iter().position(is_theirs).unwrap_or(sections.len());
    if index == sections.len() && !papers.is_empty() {
        sections.push(Section::Publications(Entries::default()));
    }
    let mut places = HashMap::new();
    if let Some(Section::Publications(list)) = sections.get_mut(index) {
        for (was, paper) in papers {
            let at = At::root().field("sections").index(index).field("entries");
            places.insert(was, at.index(list.entries.len()));
            list.entries.push(paper);
        }
    }
    for mark in marks {
        if !import.profile.marks.iter().any(|there| there.label == mark.label) {
            import.profile.marks.push(mark);
        }
    }
    for mut finding in report.findings {
        // Only whole entries have addresses in the report of a bibliography.
        if let Some(Step::Index(was)) = finding.at.steps().last() {
            match places.get(was) {
                Some(at) => finding.at = at.clone(),
                None => continue,
            }
        }
        import.report.findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIB: &[u8] = b"@article{a, title={Older}, year=2001}\n@article{b, title={Newer}, \
        year={2020}, author={Nobody, Ada}}\n@article{c, title={Other}, year=2010, zzz={left}}";

    fn titles(import: &Import) -> Vec<String> {
        let papers = import.profile.sections.iter().flat_map(|section| match section {
            Section::Publications(list) => list.entries.as_slice(),
            _ => &[],
        });
        papers.map(|paper| paper.title.clone()).collect()
    }

    #[test]
    fn what_is_cited_comes_in_the_newest_first() {
        let files = vec![("papers.bib".to_owned(), BIB.to_vec())];
        let mut bibliographies = Bibliographies { files, cited: None };
        let mut import = Import::default();
        add(&mut import, &bibliographies);
        assert_eq!(titles(&import), ["Newer", "Other", "Older"]);
        let cited = HashSet::from(["a".to_owned(), "b".to_owned()]);
        let mut import = Import::default();
        bibliographies.cited = Some(cited);
        add(&mut import, &bibliographies);
        assert_eq!(titles(&import), ["Newer", "Older"]);
        let told: Vec<_> =
            import.report.findings.iter().map(|f| format!("{}: {}", f.at, f.message)).collect();
        assert!(told[0].contains("of the 3 publications in `papers.bib`"), "{told:?}");
        assert!(told.iter().any(|t| t == "sections[0].entries[1]: placed: `Older`"), "{told:?}");
        assert!(!told.iter().any(|t| t.contains("placed: `Other`")), "{told:?}");
    }

    #[test]
    fn what_is_no_bibliography_is_told() {
        let mut import = Import::default();
        let files = vec![("papers.bib".to_owned(), b"nothing".to_vec())];
        add(&mut import, &Bibliographies { files, cited: None });
        assert_eq!(import.report.findings.len(), 1);
    }
}

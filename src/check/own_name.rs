//! Publications whose authors name nobody who is the person, or perhaps several.

use super::{Checked, listed, quoted};
use crate::{
    at::At,
    finding::Finding,
    section::Publication,
    value::person::{OwnAuthors, Spellings},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let spellings: Vec<&str> = checked.profile.person.spellings().collect();
    if spellings.is_empty() {
        return;
    }
    let own = Spellings::new(&spellings);
    for (at, list) in checked.shown_publications() {
        let mut strange = vec![];
        for (at, paper) in checked.shown_in(&at, list) {
            let found = own.own_authors(&paper.authors);
            if !paper.authors.is_empty() && !found.own.contains(&true) {
                strange.push((at.clone(), paper));
            }
            out.extend(doubtful(&at, paper, &found));
        }
        // The cause is most often one spelling, so that one finding does for all papers of a
        // section.
        let Some((at, first)) = strange.first() else { continue };
        let which = match strange.len() {
            1 => quoted(&first.title),
            count => format!("{count} publications, the first of them {},", quoted(&first.title)),
        };
        out.push(
            Finding::warning(
                "own-name-missing",
                at.field("authors"),
                format!("no author of {which} is you ({})", listed(spellings.iter().copied())),
            )
            .hint(
                "add the spelling that stands there to `known_as` of `person`, or mark the author with \
                 `own: true`, so that the name is set in bold",
            ),
        );
    }
}

/// Tells of a paper on which several authors may be the person by their initials: whose name is
/// bold is then a guess.
fn doubtful(at: &At, paper: &Publication, found: &OwnAuthors) -> Option<Finding> {
    let names: Vec<&str> = found
        .doubtful
        .iter()
        .filter_map(|i| paper.authors.get(*i).map(|author| author.name.as_str()))
        .collect();
    let message = format!(
        "several authors of {} may be you by their initials: {}",
        quoted(&paper.title),
        listed(names.iter().copied())
    );
    (!names.is_empty()).then(|| {
        Finding::warning("own-name-twice", at.field("authors"), message).hint(
            "mark the author who is you with `own: true`; the others are then not set in bold",
        )
    })
}

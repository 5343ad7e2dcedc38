//! Publications whose authors name nobody who is the person, or perhaps several.

use super::{Checked, listed, quoted};
use crate::{
    at::At,
    finding::Finding,
    section::{Entries, Publication},
    value::person::Spellings,
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let spellings: Vec<&str> = checked.profile.person.spellings().collect();
    if spellings.is_empty() {
        return;
    }
    let own = Spellings::new(&spellings);
    for (at, list) in checked.shown_publications() {
        doubtful(checked, &at, list, &own, out);
        let strange = |paper: &Publication| {
            !paper.authors.is_empty() && !own.own_authors(&paper.authors).contains(&true)
        };
        let mut papers = checked.shown_in(&at, list).filter(|(_, paper)| strange(paper));
        let Some((at, first)) = papers.next() else { continue };
        // The cause is most often one spelling, so that one finding does for all papers of a
        // section.
        let which = match papers.count() {
            0 => quoted(&first.title),
            more => {
                format!("{} publications, the first of them {},", more + 1, quoted(&first.title))
            }
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

/// Tells of papers on which several authors may be the person by their initials: whose name is bold
/// is then a guess.
fn doubtful(
    checked: &Checked<'_>,
    at: &At,
    list: &Entries<Publication>,
    own: &Spellings,
    out: &mut Vec<Finding>,
) {
    for (at, paper) in checked.shown_in(at, list) {
        let names: Vec<&str> =
            own.doubtful(&paper.authors).iter().map(|author| author.name.as_str()).collect();
        if !names.is_empty() {
            out.push(
                Finding::warning(
                    "own-name-twice",
                    at.field("authors"),
                    format!(
                        "several authors of {} may be you by their initials: {}",
                        quoted(&paper.title),
                        listed(names.into_iter())
                    ),
                )
                .hint("mark the author who is you with `own: true`; the others are then not set in bold"),
            );
        }
    }
}

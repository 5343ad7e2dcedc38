//! Publications and patents whose authors name nobody who is the person, or perhaps several.

use super::{Checked, listed, quoted};
use crate::{
    finding::{Code, Finding},
    section::{Byline, SectionKind},
    value::person::{OwnAuthors, Spellings},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let spellings: Vec<&str> = checked.profile.person.spellings().collect();
    if spellings.is_empty() {
        return;
    }
    let own = Spellings::new(&spellings);
    for (section, bylines) in checked.shown_bylines() {
        let mut strange = vec![];
        for byline in &bylines {
            let found = own.own_authors(byline.people);
            if !byline.people.is_empty() && !found.own.contains(&true) {
                strange.push(byline);
            }
            out.extend(doubtful(byline, section.kind(), &found));
        }
        // The cause is most often one spelling, so that one finding does for all entries of a
        // section.
        let Some(first) = strange.first() else { continue };
        let (title, names) = (quoted(first.title), listed(spellings.iter().copied()));
        let is_patents = section.kind() == SectionKind::Patents;
        let message = match strange.len() {
            1 if is_patents => format!("no inventor of {title} is you ({names})"),
            1 => format!("no author of {title} is you ({names})"),
            n if is_patents => {
                format!("no inventor of {n} patents, the first of them {title}, is you ({names})")
            }
            n => format!(
                "no author of {n} publications, the first of them {title}, is you ({names})"
            ),
        };
        out.push(Finding::warning(Code::OwnNameMissing, first.at.clone(), message).hint(
            "add the spelling that stands there to `known_as` of `person`, or mark the author with \
             `own: true`, so that the name is set in bold",
        ));
    }
}

/// Tells of an entry of which several authors may be the person by their initials: whose name is
/// bold is then a guess.
fn doubtful(byline: &Byline<'_>, kind: SectionKind, found: &OwnAuthors) -> Option<Finding> {
    let names: Vec<&str> = found
        .doubtful
        .iter()
        .filter_map(|i| byline.people.get(*i).map(|author| author.name.as_str()))
        .collect();
    let (title, who) = (quoted(byline.title), listed(names.iter().copied()));
    let message = if kind == SectionKind::Patents {
        format!("several inventors of {title} may be you by their initials: {who}")
    } else {
        format!("several authors of {title} may be you by their initials: {who}")
    };
    (!names.is_empty()).then(|| {
        Finding::warning(Code::OwnNameTwice, byline.at.clone(), message).hint(
            "mark the author who is you with `own: true`; the others are then not set in bold",
        )
    })
}

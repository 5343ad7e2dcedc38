//! Publications and patents whose authors name nobody who is the person, or perhaps several.

use super::{Checked, listed, quoted};
use crate::{
    finding::Finding,
    section::{Byline, SectionKind},
    value::person::Spellings,
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let spellings: Vec<&str> = checked.profile.person.spellings().collect();
    if spellings.is_empty() {
        return;
    }
    let own = Spellings::new(&spellings);
    for (section, bylines) in checked.shown_bylines() {
        doubtful(&bylines, section.kind(), &own, out);
        let mut strange = bylines.iter().filter(|byline| {
            !byline.people.is_empty() && !own.own_authors(byline.people).contains(&true)
        });
        let Some(first) = strange.next() else { continue };
        // The cause is most often one spelling, so that one finding does for all entries of a
        // section.
        let (title, names) = (quoted(first.title), listed(spellings.iter().copied()));
        let message = match (section.kind(), strange.count() + 1) {
            (SectionKind::Patents, 1) => format!("no inventor of {title} is you ({names})"),
            (SectionKind::Patents, n) => {
                format!("no inventor of {n} patents, the first of them {title}, is you ({names})")
            }
            (_, 1) => format!("no author of {title} is you ({names})"),
            (_, n) => {
                format!(
                    "no author of {n} publications, the first of them {title}, is you ({names})"
                )
            }
        };
        out.push(Finding::warning("own-name-missing", first.at.clone(), message).hint(
            "add the spelling that stands there to `known_as` of `person`, or mark the author with \
                 `own: true`, so that the name is set in bold",
        ));
    }
}

/// Tells of entries of which several authors may be the person by their initials: whose name is bold
/// is then a guess.
fn doubtful(bylines: &[Byline<'_>], kind: SectionKind, own: &Spellings, out: &mut Vec<Finding>) {
    for byline in bylines {
        let names: Vec<&str> =
            own.doubtful(byline.people).iter().map(|author| author.name.as_str()).collect();
        if names.is_empty() {
            continue;
        }
        let (title, names) = (quoted(byline.title), listed(names));
        let message = if kind == SectionKind::Patents {
            format!("several inventors of {title} may be you by their initials: {names}")
        } else {
            format!("several authors of {title} may be you by their initials: {names}")
        };
        out.push(Finding::warning("own-name-twice", byline.at.clone(), message).hint(
            "mark the author who is you with `own: true`; the others are then not set in bold",
        ));
    }
}

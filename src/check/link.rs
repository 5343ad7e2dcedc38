//! Links that lead nowhere or may not be followed, and are therefore printed as plain text.

use super::{Checked, quoted};
use crate::{
    at::{At, Step},
    field::Kind,
    finding::Finding,
    value::{
        link::{Link, LinkKind, allowed_uri},
        rich::Rich,
    },
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let mut see = |at: At, target: &str, kind: Option<LinkKind>| {
        let of_kind = |kind| Link::of(kind, target).url.is_some();
        if !target.trim().is_empty()
            && allowed_uri(target).is_none()
            && Link::parse(target).url.is_none()
            && !kind.is_some_and(of_kind)
        {
            let is_mail = at.steps().iter().any(|s| matches!(s, Step::Field("email" | "emails")));
            let hint = if is_mail { MAIL } else { LINK };
            out.push(
                Finding::warning(
                    "link-unsafe",
                    at,
                    format!(
                        "{} is not an address that can be followed: it becomes plain text",
                        quoted(target)
                    ),
                )
                .hint(hint),
            );
        }
    };
    checked.shown_texts(&mut |text| match text.kind {
        Kind::Link => {
            let kind = kind_of(&text.at);
            see(text.at, text.text, kind);
        }
        Kind::Rich => {
            for run in Rich::parse(text.text).runs {
                if let Some(target) = run.link {
                    see(text.at.clone(), &target, None);
                }
            }
        }
        Kind::Plain | Kind::Date | Kind::Name => {}
    });
}

const LINK: &str = "write an address that starts with https:, http:, mailto: or tel:, or a name like `github: jdoe`";
const MAIL: &str = "write a mail address with one @, like `zofia@example.org`; other ways to reach you belong to `links` or `phones`";

/// The kind that a field's own name tells.
fn kind_of(at: &At) -> Option<LinkKind> {
    match at.steps().last()? {
        Step::Field("doi") => Some(LinkKind::Doi),
        Step::Field("arxiv") => Some(LinkKind::ArXiv),
        _ => None,
    }
}

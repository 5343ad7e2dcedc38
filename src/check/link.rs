//! Links that lead nowhere or may not be followed, and are therefore printed as plain text.

use super::{Checked, quoted};
use crate::{
    at::{At, Step},
    field::Kind,
    finding::{Code, Finding},
    value::{
        link::{Link, LinkKind, Risk, allowed_uri, risk},
        rich::Rich,
    },
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let mut see = |at: At, target: &str, kind: Option<LinkKind>| {
        let of_kind = |kind| Link::of(kind, target).url.is_some();
        let followed = Link::parse(target).url;
        if let Some(risk) = risk(followed.as_deref().unwrap_or(target)) {
            out.push(risky(at.clone(), target, risk));
        }
        if let Some(kind) = kind
            && (of_kind(kind) || followed.is_some())
            && Link::of(kind, target).kind != kind
        {
            let (target, name) = (quoted(target), kind.name());
            out.push(
                Finding::warning(
                    Code::LinkOther,
                    at.clone(),
                    format!("{target} is no identifier of the form that {name} uses"),
                )
                .hint("other addresses of a publication belong to `url` or `links`"),
            );
        }
        if !target.trim().is_empty()
            && allowed_uri(target).is_none()
            && Link::parse(target).url.is_none()
            && !kind.is_some_and(of_kind)
        {
            let is_mail = at.steps().iter().any(|s| matches!(s, Step::Field("email" | "emails")));
            let hint = if is_mail { MAIL } else { LINK };
            out.push(
                Finding::warning(
                    Code::LinkUnsafe,
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

/// What is said of an address that gives something away.
fn risky(at: At, target: &str, risk: Risk) -> Finding {
    let (code, says, hint) = match risk {
        Risk::Password => (
            Code::LinkPassword,
            "holds a user name or password, which everyone who gets the document can read",
            "take out what stands before the @, and change the password if it was sent to anyone",
        ),
        Risk::Attachment => (
            Code::LinkAttachment,
            "asks a mail program to attach a file of whoever clicks it",
            "take out everything from the question mark on",
        ),
    };
    Finding::warning(code, at, format!("{} {says}", quoted(target))).hint(hint)
}

/// The kind that a field's own name tells.
fn kind_of(at: &At) -> Option<LinkKind> {
    match at.steps().last()? {
        Step::Field("doi") => Some(LinkKind::Doi),
        Step::Field("arxiv") => Some(LinkKind::ArXiv),
        _ => None,
    }
}

//! ORCID iDs with a slip in them, which their check digit tells.

use super::{Checked, quoted};
use crate::{
    field::Kind,
    finding::{Code, Finding},
    value::link::{Link, LinkKind, orcid_is_valid},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    checked.shown_texts(&mut |text| {
        if text.kind != Kind::Link {
            return;
        }
        let link = Link::parse(text.text);
        if link.kind == LinkKind::Orcid && !link.handle.is_empty() && !orcid_is_valid(&link.handle) {
            out.push(
                Finding::warning(
                    Code::OrcidWrong,
                    text.at,
                    format!("the ORCID iD {} has a wrong digit", quoted(&link.handle)),
                )
                .hint("compare it with your page at orcid.org: its last digit does not follow from the others"),
            );
        }
    });
}

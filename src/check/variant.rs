//! Switches that name a variant which does not exist, and variants with a bad name or the name of
//! another.

use super::{Checked, listed, quoted};
use crate::{
    at::At,
    finding::{Code, Finding},
};
use std::collections::BTreeSet;

pub(super) fn unknown(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let variants = &checked.profile.variants;
    checked.profile.switches(&mut |at, show| {
        for name in show.names() {
            if variants.iter().any(|v| v.name == *name) {
                continue;
            }
            let hint = if variants.is_empty() {
                format!("the profile has no variants yet: add `(name: \"{name}\")` to `variants`")
            } else {
                format!(
                    "the variants are {}",
                    listed(variants.iter().map(|v| v.name.as_str()).collect::<BTreeSet<_>>())
                )
            };
            let message = format!("there is no variant {}", quoted(name));
            let finding = Finding::warning(Code::VariantUnknown, at.field("show"), message);
            out.push(finding.hint(hint));
        }
    });
}

pub(super) fn name(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    for (i, variant) in checked.profile.variants.iter().enumerate() {
        let message = if variant.name.trim().is_empty() {
            "a variant has no name".to_owned()
        } else if variant.name.contains(['/', '\\']) {
            format!("the name of the variant {} has a slash in it", quoted(&variant.name))
        } else {
            continue;
        };
        let at = At::root().field("variants").index(i).field("name");
        out.push(
            Finding::warning(Code::VariantName, at, message)
                .hint("give it a short name like `industry`: it is used on the command line and in the names of files"),
        );
    }
}

pub(super) fn duplicate(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let variants = &checked.profile.variants;
    for (i, variant) in variants.iter().enumerate() {
        if variants.iter().take(i).any(|earlier| earlier.name == variant.name) {
            let at = At::root().field("variants").index(i).field("name");
            out.push(
                Finding::warning(
                    Code::VariantDuplicate,
                    at,
                    format!("two variants have the name {}", quoted(&variant.name)),
                )
                .hint("give this one another name: only the first is used"),
            );
        }
    }
}

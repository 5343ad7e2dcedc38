//! Words in the order of sections that no section answers to.

use super::{Checked, listed, quoted};
use crate::{
    at::At,
    finding::{Code, Finding},
    value::nearest::nearest,
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let profile = checked.profile;
    let own = checked.variant.filter(|v| !v.look.order.is_empty());
    let (at, order) = match own {
        Some(variant) => {
            let index = profile.variants.iter().position(|v| v.name == variant.name);
            (At::root().field("variants").index(index.unwrap_or_default()), &variant.look.order)
        }
        None => (At::root(), &profile.look.order),
    };
    let at = at.field("look").field("order");
    for (i, wanted) in order.iter().enumerate() {
        if profile.sections.iter().any(|s| s.title() == wanted || s.kind().name() == wanted) {
            continue;
        }
        let names = profile
            .sections
            .iter()
            .map(|s| if s.title().is_empty() { s.kind().name() } else { s.title() });
        let names: Vec<&str> = names.collect();
        let near = nearest(wanted, &names);
        let near = near.map_or_else(String::new, |n| format!("did you mean {}? ", quoted(n)));
        let hint = format!("{near}the sections are {}", listed(names));
        let message = format!("the order names {}, but no section is called so", quoted(wanted));
        out.push(Finding::warning(Code::OrderUnknown, at.index(i), message).hint(hint));
    }
}

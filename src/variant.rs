//! A variant: one cut of the profile, for one kind of reader.
//!
//! What a variant leaves out is said where it stands (`show: NotIn(["industry"])`), so that an
//! entry keeps its switches when it moves.

use crate::{look::Look, value::entry::Show};
use serde::{Deserialize, Serialize};

/// A named cut of the profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Variant {
    /// Its name, used in switches, on the command line and in file names.
    pub name: String,
    /// A headline of its own; empty for the person's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub headline: String,
    /// A summary of its own; empty for the person's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// What looks different: theme, page limit, order of sections.
    #[serde(skip_serializing_if = "crate::field::is_default")]
    pub look: Look,
}

/// The switch of something after it was set on or off in `variant` (of all `variants`).
#[must_use]
pub fn switched(show: &Show, variant: Option<&str>, on: bool, variants: &[Variant]) -> Show {
    let Some(variant) = variant else {
        return if on { Show::Always } else { Show::Never };
    };
    // Which are on, then the shortest way to say so.
    let on_in = |name: &str| if name == variant { on } else { show.is_on(Some(name)) };
    let names = |on: bool| -> Vec<String> {
        variants.iter().map(|v| v.name.clone()).filter(|n| on_in(n) == on).collect()
    };
    match show {
        // Off without a variant stays off without a variant.
        Show::Never | Show::In(_) => {
            let names = names(true);
            if names.is_empty() { Show::Never } else { Show::In(names) }
        }
        Show::Always | Show::NotIn(_) => {
            let names = names(false);
            if names.is_empty() { Show::Always } else { Show::NotIn(names) }
        }
    }
}

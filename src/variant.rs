//! A variant: one cut of the profile, for one kind of reader.
//!
//! What a variant leaves out is said where it stands (`show: NotIn(["industry"])`), so that an
//! entry keeps its switches when it moves.

use crate::look::Look;
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

//! A small profile that has every kind of value that a real one has.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Profile {
    pub(crate) format: u32,
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) person: Person,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) sections: Vec<Section>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) labels: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Person {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) headline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) emails: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Section {
    Education(Education),
    Free(Vec<String>),
    Note { title: String, weight: i8 },
    Pair(u8, f64),
    Rule,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Education {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) entries: Vec<EducationEntry>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct EducationEntry {
    pub(crate) institution: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) degree: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) bullets: Vec<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) status: Status,
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) hidden: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) enum Status {
    #[default]
    Done,
    Running,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

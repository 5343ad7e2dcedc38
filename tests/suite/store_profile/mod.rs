//! A small profile that has every kind of value that a real one has.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};
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
    Free(Vec<Bullet>),
    Note { title: String, weight: i8 },
    Dated { title: String, status: Status },
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

/// Written as plain text when only its text is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bullet {
    pub(crate) text: String,
    pub(crate) weight: i8,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, rename = "Bullet")]
struct BulletFields {
    text: String,
    #[serde(skip_serializing_if = "is_default")]
    weight: i8,
}

impl Serialize for Bullet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.weight == 0 {
            return serializer.serialize_str(&self.text);
        }
        BulletFields { text: self.text.clone(), weight: self.weight }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Bullet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrFields;
        impl<'de> Visitor<'de> for TextOrFields {
            type Value = Bullet;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text in quotes")
            }

            fn visit_str<E>(self, text: &str) -> Result<Bullet, E> {
                Ok(Bullet { text: text.to_owned(), weight: 0 })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Bullet, A::Error> {
                let BulletFields { text, weight } =
                    Deserialize::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Bullet { text, weight })
            }
        }
        deserializer.deserialize_any(TextOrFields)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

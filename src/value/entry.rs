//! Small records that entries hold: bullets, authors, labelled lines. Each is a plain string in the
//! file when only its text is set.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeStruct as _};
use std::fmt;

/// Whether something is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Show {
    /// In every variant.
    #[default]
    Always,
    /// In none.
    Never,
    /// Only in the named variants.
    In(Vec<String>),
    /// In all but the named variants.
    NotIn(Vec<String>),
}

impl Show {
    /// Whether it is on in `variant`; `None` is the profile as it stands, without a variant.
    #[must_use]
    pub fn is_on(&self, variant: Option<&str>) -> bool {
        let named = |names: &[String]| variant.is_some_and(|v| names.iter().any(|n| n == v));
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::In(names) => named(names),
            Self::NotIn(names) => !named(names),
        }
    }

    /// The variants it names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Self::Always | Self::Never => &[],
            Self::In(names) | Self::NotIn(names) => names,
        }
    }
}

/// A highlight of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bullet {
    /// Rich text.
    pub text: String,
    /// Whether it is printed.
    pub show: Show,
    /// How much it matters; see the records.
    pub weight: i8,
    /// Bullets inside it.
    pub bullets: Vec<Bullet>,
}

/// One author of a publication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Author {
    /// The name as it shall be printed, with its marks: `Wei Zhang†*`.
    pub name: String,
    /// Whether it is the person's own name, where the spelling alone does not say so.
    pub own: bool,
    /// Where the name leads.
    pub link: String,
}

/// A line with a label: "Advisor: Prof. Example".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    /// The label, without colon.
    pub label: String,
    /// Rich text.
    pub text: String,
    /// Whether it is printed.
    pub show: Show,
}

impl From<&str> for Bullet {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl From<&str> for Author {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

impl From<&str> for Labelled {
    /// `Advisor: Prof. Example` is split at its first colon and space; without one all of it is
    /// text.
    fn from(text: &str) -> Self {
        let (label, text) = text.split_once(": ").unwrap_or(("", text));
        Self { label: label.to_owned(), text: text.to_owned(), ..Self::default() }
    }
}

impl Bullet {
    fn as_plain(&self) -> Option<String> {
        let plain = Self::from(self.text.as_str());
        (plain == *self).then_some(plain.text)
    }
}

impl Author {
    fn as_plain(&self) -> Option<String> {
        let plain = Self::from(self.name.as_str());
        (plain == *self).then_some(plain.name)
    }
}

impl Labelled {
    fn as_plain(&self) -> Option<String> {
        let text = match self.label.as_str() {
            "" => self.text.clone(),
            label => format!("{label}: {}", self.text),
        };
        (Self::from(text.as_str()) == *self).then_some(text)
    }
}

/// Writes the file form of a record: a plain string, or a struct that leaves out what has its
/// default.
macro_rules! plain_or_struct {
    ($Name:ident { $($field:ident : $Type:ty),* $(,)? }) => {
        impl Serialize for $Name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if let Some(text) = self.as_plain() {
                    return serializer.serialize_str(&text);
                }
                let default = Self::default();
                let count = [$(self.$field != default.$field),*].into_iter().filter(|set| *set).count();
                let mut s = serializer.serialize_struct(stringify!($Name), count)?;
                $(
                    if self.$field == default.$field {
                        s.skip_field(stringify!($field))?;
                    } else {
                        s.serialize_field(stringify!($field), &self.$field)?;
                    }
                )*
                s.end()
            }
        }

        impl<'de> Deserialize<'de> for $Name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(Deserialize)]
                #[serde(field_identifier, rename_all = "snake_case")]
                #[expect(non_camel_case_types, reason = "they are the field names")]
                enum Key { $($field,)* #[serde(other)] Unknown }

                struct Visit;
                impl<'de> de::Visitor<'de> for Visit {
                    type Value = $Name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a text like \"…\" or a record like (")?;
                        f.write_str(concat!($(stringify!($field), ": …, "),*))?;
                        f.write_str(")")
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$Name, E> {
                        Ok($Name::from(text))
                    }

                    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<$Name, A::Error> {
                        let mut value = $Name::default();
                        while let Some(key) = map.next_key()? {
                            match key {
                                $(Key::$field => value.$field = map.next_value::<$Type>()?,)*
                                Key::Unknown => { map.next_value::<de::IgnoredAny>()?; }
                            }
                        }
                        Ok(value)
                    }
                }
                const FIELDS: &[&str] = &[$(stringify!($field)),*];
                deserializer.deserialize_struct(stringify!($Name), FIELDS, Visit)
            }
        }
    };
}

plain_or_struct!(Bullet { text: String, show: Show, weight: i8, bullets: Vec<Bullet> });
plain_or_struct!(Author { name: String, own: bool, link: String });
plain_or_struct!(Labelled { label: String, text: String, show: Show });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_plain() {
        let plain = |l: &Labelled| l.as_plain();
        for text in ["Advisor: Prof. A", "no label", "a:b", ""] {
            assert_eq!(plain(&text.into()).as_deref(), Some(text));
        }
        // A label that the plain form would read back differently needs the struct form.
        let odd = Labelled { label: "a: b".into(), text: "c".into(), show: Show::Always };
        assert_eq!(plain(&odd), None);
    }

    #[test]
    fn shown_where_it_says() {
        let only = Show::In(vec!["industry".into()]);
        assert!(only.is_on(Some("industry")) && !only.is_on(Some("x")) && !only.is_on(None));
        let but = Show::NotIn(vec!["industry".into()]);
        assert!(!but.is_on(Some("industry")) && but.is_on(Some("x")) && but.is_on(None));
    }
}

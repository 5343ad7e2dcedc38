//! The vocabulary in which a record declares its own fields, and the generic readers of that
//! declaration.
//!
//! A record says once which fields it has. The file format, forms, required-field checks, search
//! and places on the page all read that one table, so that a new kind of section is one file.

use crate::at::{At, Step};
use crate::value::entry::{Author, Bullet, Labelled, Show};
use serde::{Serialize, de::DeserializeOwned};

/// A thing with declared fields.
pub trait Fields: Clone + Default + PartialEq + Serialize + DeserializeOwned + 'static {
    /// What one such thing is called in a sentence: "degree", "publication".
    const NOUN: &'static str;
    /// The fields in the order of the form and of the file.
    const FIELDS: &'static [Field<Self>];
}

/// One declared field of a record of type `T`.
#[derive(Debug)]
pub struct Field<T: 'static> {
    /// Its name in the file.
    pub name: &'static str,
    /// Its name in a form, in sentence case.
    pub label: &'static str,
    /// An example or a hint; may be empty.
    pub hint: &'static str,
    /// Whether an entry without it is incomplete.
    pub required: bool,
    /// Whether a line is short whatever one writes, so that a form sets two of them beside each
    /// other. Dates and links to a single thing always are.
    pub short: bool,
    /// Whether most entries leave it empty, so that a form asks for it behind a button.
    pub seldom: bool,
    /// How to reach it, and with that what kind of value it is.
    pub access: Access<T>,
}

/// How to read a field and how to change it.
pub type Ways<T, V> = (fn(&T) -> &V, fn(&mut T) -> &mut V);

/// The kinds of value a field can hold.
#[derive(Debug)]
pub enum Access<T: 'static> {
    /// One line of rich text.
    Line(Ways<T, String>),
    /// Rich text of any length; a blank line starts a paragraph.
    Prose(Ways<T, String>),
    /// A date or a range of dates as people write them.
    Date(Ways<T, String>),
    /// A picture: a path in the folder of the profile, or the picture itself (see `store::photo`).
    Photo(Ways<T, String>),
    /// A link: URL, DOI, handle.
    Link(Ways<T, String>),
    /// Several lines of plain text, such as spellings of a name.
    Lines(Ways<T, Vec<String>>),
    /// Several links.
    Links(Ways<T, Vec<String>>),
    /// Authors in order.
    People(Ways<T, Vec<Author>>),
    /// Lines with a label: "Advisor: …".
    Labelled(Ways<T, Vec<Labelled>>),
    /// Bullets, which may hold bullets.
    Bullets(Ways<T, Vec<Bullet>>),
    /// Parts of an entry with a heading of their own: a second role, "Results".
    Parts(Ways<T, Vec<crate::section::Part>>),
}

/// What kind of text a [`Text`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rich text.
    Rich,
    /// Text without markup.
    Plain,
    /// A date or a range.
    Date,
    /// A link.
    Link,
    /// An author's name with marks.
    Name,
}

/// One text of a profile with its address.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// Where it stands.
    pub at: At,
    /// The label of its field.
    pub label: &'static str,
    /// What kind of text it is.
    pub kind: Kind,
    /// The text itself, with markup.
    pub text: &'a str,
    /// Whether the nearest thing that can be switched off (bullet, part, line) is on in the given
    /// variant.
    pub shown: bool,
}

/// Calls `see` with every text of `record` in the order of its fields. `at` is the record's own
/// address. Empty texts are left out.
pub fn texts<'a, T: Fields>(
    record: &'a T,
    at: &At,
    variant: Option<&str>,
    see: &mut dyn FnMut(Text<'a>),
) {
    for field in T::FIELDS {
        let at = at.field(field.name);
        let mut one = |at: At, kind: Kind, text: &'a str, shown: bool| {
            if !text.is_empty() {
                see(Text { at, label: field.label, kind, text, shown });
            }
        };
        match &field.access {
            Access::Line((get, _)) | Access::Prose((get, _)) => {
                one(at, Kind::Rich, get(record), true);
            }
            Access::Date((get, _)) => one(at, Kind::Date, get(record), true),
            // No words.
            Access::Photo(_) => {}
            Access::Link((get, _)) => one(at, Kind::Link, get(record), true),
            Access::Lines((get, _)) => {
                for (i, line) in get(record).iter().enumerate() {
                    one(at.index(i), Kind::Plain, line, true);
                }
            }
            Access::Links((get, _)) => {
                for (i, link) in get(record).iter().enumerate() {
                    one(at.index(i), Kind::Link, link, true);
                }
            }
            Access::People((get, _)) => {
                for (i, author) in get(record).iter().enumerate() {
                    one(at.index(i).field("name"), Kind::Name, &author.name, true);
                    one(at.index(i).field("link"), Kind::Link, &author.link, true);
                }
            }
            Access::Labelled((get, _)) => {
                labelled_texts(get(record), field.label, &at, variant, see);
            }
            Access::Bullets((get, _)) => {
                bullets(get(record), &at, true, variant, &mut |at, text, shown| {
                    one(at, Kind::Rich, text, shown);
                });
            }
            Access::Parts((get, _)) => {
                for (i, part) in get(record).iter().enumerate() {
                    let on = part.show.is_on(variant);
                    texts(part, &at.index(i), variant, &mut |mut text| {
                        text.shown &= on;
                        see(text);
                    });
                }
            }
        }
    }
}

/// What is called what, from a record to a field of it or to an element in that field, inside a
/// sentence: `["part 2", "highlight 1"]`, `["short venue"]`. `steps` lead there from the record.
/// The main text of an element is the element, and so is its switch: neither has a name.
#[must_use]
pub fn described<T: Fields>(steps: &[Step]) -> Vec<String> {
    let Some((Step::Field(name), rest)) = steps.split_first() else {
        return vec![];
    };
    let Some(field) = T::FIELDS.iter().find(|field| field.name == *name) else {
        let is_own = matches!(*name, "show" | "weight");
        return if is_own { vec![] } else { vec![name.replace('_', " ")] };
    };
    let Some((Step::Index(index), rest)) = rest.split_first() else {
        return vec![in_sentence(field.label)];
    };
    let numbered = |list: &str, index: usize| format!("{} {}", one_of(list), index + 1);
    let mut names = vec![numbered(name, *index)];
    match (&field.access, rest) {
        (Access::Parts(_), rest) => names.extend(described::<crate::section::Part>(rest)),
        (Access::Bullets(_), mut rest) => {
            while let [Step::Field("bullets"), Step::Index(index), inner @ ..] = rest {
                names.push(numbered("bullets", *index));
                rest = inner;
            }
        }
        (_, [Step::Field(name), ..]) if !matches!(*name, "text" | "name" | "show") => {
            names.push((*name).to_owned());
        }
        _ => {}
    }
    names
}

/// What one element of the list in a field is called.
#[must_use]
pub fn one_of(list: &str) -> &'static str {
    match list {
        "bullets" => "highlight",
        "authors" => "author",
        "inventors" => "inventor",
        "parts" => "part",
        "lines" | "marks" | "venues" => "line",
        "facts" => "fact",
        "emails" => "email",
        "phones" => "phone",
        "links" => "link",
        "known_as" => "spelling",
        "variants" => "variant",
        _ => "entry",
    }
}

/// A label as it stands inside a sentence: in small letters, unless it is an abbreviation or a
/// name.
#[must_use]
pub fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match letters.next() {
        Some(first) if !letters.clone().any(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// Calls `see` with every text of a list of labelled lines, which stands at `at` in a field called
/// `label`. Empty texts are left out.
pub fn labelled_texts<'a>(
    lines: &'a [Labelled],
    label: &'static str,
    at: &At,
    variant: Option<&str>,
    see: &mut dyn FnMut(Text<'a>),
) {
    for (i, line) in lines.iter().enumerate() {
        let shown = line.show.is_on(variant);
        for (name, text) in [("label", &line.label), ("text", &line.text)] {
            if !text.is_empty() {
                let at = at.index(i).field(name);
                see(Text { at, label, kind: Kind::Rich, text, shown });
            }
        }
    }
}

/// Calls `see` with the address and text of every bullet, outer ones first, and whether it is on.
fn bullets<'a>(
    list: &'a [Bullet],
    at: &At,
    outer: bool,
    variant: Option<&str>,
    see: &mut dyn FnMut(At, &'a str, bool),
) {
    for (i, bullet) in list.iter().enumerate() {
        let at = at.index(i);
        let shown = outer && bullet.show.is_on(variant);
        see(at.field("text"), &bullet.text, shown);
        bullets(&bullet.bullets, &at.field("bullets"), shown, variant, see);
    }
}

/// Calls `see` with every switch inside `record` (of parts, lines and bullets) and its address.
pub fn switches<'a, T: Fields>(record: &'a T, at: &At, see: &mut dyn FnMut(At, &'a Show)) {
    fn nested<'a>(list: &'a [Bullet], at: &At, see: &mut dyn FnMut(At, &'a Show)) {
        for (i, bullet) in list.iter().enumerate() {
            let at = at.index(i);
            see(at.clone(), &bullet.show);
            nested(&bullet.bullets, &at.field("bullets"), see);
        }
    }
    for field in T::FIELDS {
        let at = at.field(field.name);
        match &field.access {
            Access::Bullets((get, _)) => nested(get(record), &at, see),
            Access::Labelled((get, _)) => {
                for (i, line) in get(record).iter().enumerate() {
                    see(at.index(i), &line.show);
                }
            }
            Access::Parts((get, _)) => {
                for (i, part) in get(record).iter().enumerate() {
                    see(at.index(i), &part.show);
                    switches(part, &at.index(i), see);
                }
            }
            Access::Line(_)
            | Access::Prose(_)
            | Access::Date(_)
            | Access::Photo(_)
            | Access::Link(_)
            | Access::Lines(_)
            | Access::Links(_)
            | Access::People(_) => {}
        }
    }
}

/// Whether a field still has its default value and is left out of the file.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Whether `show` is left out of the file.
pub(crate) fn is_always(show: &Show) -> bool {
    *show == Show::Always
}

/// Declares a record: its struct, its form in the file and its table of fields, from one list.
///
/// `record! { /// doc Name, "noun" { /// doc field: Kind = "Label", "hint"; … } }`. A kind is a
/// variant of [`Access`]; after the hint may stand `required`, `short` and `seldom`, as [`Field`]
/// explains them. Entries also get `show`, `weight` and `imported`.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $Name:ident, $noun:literal {
            $( $(#[$field_doc:meta])* $field:ident : $kind:ident = $label:literal, $hint:literal $(, $flag:ident)* ; )*
        }
    ) => {
        $crate::field::record! { @struct [
            /// Whether it is printed, and in which variants.
            #[serde(skip_serializing_if = "crate::field::is_always")]
            pub show: $crate::value::entry::Show,
            /// How much it matters: what has the lowest weight is offered first when the page is
            /// too long.
            #[serde(skip_serializing_if = "crate::field::is_default")]
            pub weight: i8,
            /// Where it was brought in from, for a second import of a grown file; see
            /// `interchange::merge`.
            #[serde(skip_serializing_if = "String::is_empty")]
            pub imported: String,
        ] $(#[$doc])* $Name, $noun { $( $(#[$field_doc])* $field : $kind = $label, $hint $(, $flag)* ; )* } }
    };
    (
        @struct [$($extra:tt)*]
        $(#[$doc:meta])*
        $Name:ident, $noun:literal {
            $( $(#[$field_doc:meta])* $field:ident : $kind:ident = $label:literal, $hint:literal $(, $flag:ident)* ; )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $Name {
            $(
                $(#[$field_doc])*
                #[serde(skip_serializing_if = "crate::field::is_default")]
                pub $field: $crate::field::record!(@type $kind),
            )*
            $($extra)*
        }
        impl $crate::field::Fields for $Name {
            const NOUN: &'static str = $noun;
            const FIELDS: &'static [$crate::field::Field<Self>] = &[
                $( $crate::field::Field {
                    name: stringify!($field),
                    label: $label,
                    hint: $hint,
                    required: $crate::field::record!(@required $($flag)*),
                    short: $crate::field::record!(@short $($flag)*),
                    seldom: $crate::field::record!(@seldom $($flag)*),
                    access: $crate::field::Access::$kind((|r| &r.$field, |r| &mut r.$field)),
                }, )*
            ];
        }
    };
    (@required $(short)? $(seldom)?) => { false };
    (@required required $(short)? $(seldom)?) => { true };
    (@short $(required)? $(seldom)?) => { false };
    (@short $(required)? short $(seldom)?) => { true };
    (@seldom $(required)? $(short)?) => { false };
    (@seldom $(required)? $(short)? seldom) => { true };
    (@type Line) => { String };
    (@type Prose) => { String };
    (@type Date) => { String };
    (@type Photo) => { String };
    (@type Link) => { String };
    (@type Lines) => { Vec<String> };
    (@type Links) => { Vec<String> };
    (@type People) => { Vec<$crate::value::entry::Author> };
    (@type Labelled) => { Vec<$crate::value::entry::Labelled> };
    (@type Bullets) => { Vec<$crate::value::entry::Bullet> };
    (@type Parts) => { Vec<$crate::section::Part> };
}
pub(crate) use record;

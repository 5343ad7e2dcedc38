//! The settings of a look as data: what a form needs to show and to change any of them.

use super::{
    BulletMark, Citation, DatesAt, Density, EntryLayout, Grouping, Header, HeadingStyle, LinkStyle,
    Look, NameStyle, Numbering, PageLimit, Paper, PhotoPlace, Rule, Style, VenueForm,
};
use crate::value::date::DateStyle;

/// One thing that can be set.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// Its name in a form, in sentence case.
    pub label: &'static str,
    /// What it does, where the label does not say it; may be empty.
    pub hint: &'static str,
    /// Where it stands in a form.
    pub group: Group,
    /// How it is changed, and with that which values it can have.
    pub control: Control,
    /// What a look says about it; `None` when it leaves it open.
    pub get: fn(&Look) -> Option<Datum>,
    /// Sets it in a look; `None` leaves it open.
    pub set: fn(&mut Look, Option<Datum>),
    /// Its value in a style.
    pub of: fn(&Style) -> Datum,
    /// Puts a value into a style; one of another type changes nothing.
    pub put: fn(&mut Style, Datum),
}

/// A group of settings in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the titles of the groups")]
pub enum Group {
    Page,
    Type,
    Spacing,
    Colour,
    Headings,
    Header,
    Entries,
    Dates,
    Publications,
}

impl Group {
    /// The groups, from top to bottom.
    pub const ALL: [Self; 9] = [
        Self::Page,
        Self::Type,
        Self::Spacing,
        Self::Colour,
        Self::Headings,
        Self::Header,
        Self::Entries,
        Self::Dates,
        Self::Publications,
    ];

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Page => "Page",
            Self::Type => "Type",
            Self::Spacing => "Spacing",
            Self::Colour => "Colour",
            Self::Headings => "Headings",
            Self::Header => "Header",
            Self::Entries => "Entries",
            Self::Dates => "Dates and language",
            Self::Publications => "Publications",
        }
    }
}

/// How a setting is changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Control {
    /// One of these; a [`Datum::Choice`] counts them from 0.
    Choice(&'static [&'static str]),
    /// A number in a range.
    Number {
        /// The smallest that can be used.
        low: f64,
        /// The largest.
        high: f64,
        /// What one step changes.
        step: f64,
        /// The unit, with the space before it.
        unit: &'static str,
    },
    /// A whole number from 0 to this one.
    Count(u32),
    /// On or off.
    Switch,
    /// A few letters.
    Text,
    /// A colour as `#rrggbb`.
    Colour,
    /// A family of [`super::FAMILIES`], or any that is installed.
    Font {
        /// Whether it can be left empty: the family of the text.
        or_same: bool,
    },
    /// The code of a language that the page can speak.
    Language,
}

/// The value of a setting, whatever its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// One of the choices, counted from 0.
    Choice(usize),
    /// A number.
    Number(f64),
    /// A whole number.
    Count(u32),
    /// On or off.
    Switch(bool),
    /// A text: of a colour, a font, a language.
    Text(String),
}

/// A type that settings can have.
pub trait Value: Sized {
    /// What it can be, in words, where there are only so many.
    const CHOICES: &'static [&'static str] = &[];

    /// The value as data.
    fn datum(&self) -> Datum;

    /// The value from data; `None` for that of another type.
    fn from_datum(datum: Datum) -> Option<Self>;
}

/// Values that are data already.
macro_rules! plain {
    ($($Type:ty, $Kind:ident;)*) => { $(
        impl Value for $Type {
            fn datum(&self) -> Datum {
                Datum::$Kind(self.clone())
            }

            fn from_datum(datum: Datum) -> Option<Self> {
                match datum {
                    Datum::$Kind(value) => Some(value),
                    _ => None,
                }
            }
        }
    )* };
}

plain! {
    f64, Number;
    u32, Count;
    bool, Switch;
    String, Text;
}

/// Choices and what they are called in a form.
macro_rules! choices {
    ($($Type:ident { $($Choice:ident = $words:literal),* $(,)? })*) => { $(
        impl Value for $Type {
            const CHOICES: &'static [&'static str] = &[$($words),*];

            fn datum(&self) -> Datum {
                let all = [$(Self::$Choice),*];
                Datum::Choice(all.iter().position(|choice| choice == self).unwrap_or_default())
            }

            fn from_datum(datum: Datum) -> Option<Self> {
                match datum {
                    Datum::Choice(index) => [$(Self::$Choice),*].get(index).copied(),
                    _ => None,
                }
            }
        }
    )* };
}

choices! {
    Paper { A4 = "A4", Letter = "US letter" }
    PageLimit { One = "One page", Two = "Two pages", Three = "Three pages", Any = "No limit" }
    Density { Airy = "Airy", Usual = "As the theme has it", Dense = "Dense" }
    NameStyle { Bold = "Bold", Regular = "Regular", SmallCaps = "Small capitals", Caps = "Capitals" }
    HeadingStyle { SmallCaps = "Small capitals", Caps = "Bold capitals", Bold = "Bold" }
    Rule { Off = "No line", Below = "Below", Above = "Above", Beside = "Beside" }
    Header { Centred = "In the middle", Left = "At the left", Right = "At the right" }
    PhotoPlace { Right = "At the right", Left = "At the left", Off = "Not printed" }
    EntryLayout { TwoRows = "In two rows", OneRow = "In one row", DateColumn = "Dates in a column" }
    DatesAt { Right = "At the right", Behind = "Behind the title" }
    BulletMark { Disc = "Disc", Dash = "Dash", Square = "Square", Triangle = "Triangle", Off = "None" }
    LinkStyle { Plain = "Like other text", Underline = "Underlined", Accent = "In the accent colour" }
    Citation { TitleFirst = "The title", AuthorsFirst = "The authors" }
    Grouping { Off = "Not at all", Kind = "By kind", Year = "By year" }
    VenueForm { Typed = "As typed", Both = "Full and short", Short = "Short" }
    Numbering { Off = "Not at all", Forward = "From 1 upwards", Backward = "Down to 1", Bullet = "With the mark of highlights" }
    DateStyle {
        ShortMonth = "Oct 2024",
        DottedMonth = "Oct. 2024",
        LongMonth = "October 2024",
        Numeric = "10/2024",
        Iso = "2024-10",
        Year = "2024",
        AsTyped = "As typed",
    }
}

impl Setting {
    /// The setting of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        super::SETTINGS.iter().find(|setting| setting.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::SETTINGS;

    /// Another value than the one given, of the kind that the control allows.
    fn other(control: Control, now: &Datum) -> Datum {
        match (control, now) {
            (Control::Choice(all), Datum::Choice(i)) => Datum::Choice((i + 1) % all.len()),
            (Control::Number { low, high, .. }, Datum::Number(n)) => {
                Datum::Number(if *n == low { high } else { low })
            }
            (Control::Count(high), Datum::Count(_)) => Datum::Count(high),
            (Control::Switch, Datum::Switch(on)) => Datum::Switch(!on),
            (_, Datum::Text(text)) => Datum::Text(format!("{text}x")),
            wrong => panic!("{wrong:?}"),
        }
    }

    #[test]
    fn every_setting_is_set_and_left_open_alone() {
        for setting in SETTINGS {
            let usual = (setting.of)(&Style::default());
            let new = other(setting.control, &usual);
            let mut look = Look::default();
            (setting.set)(&mut look, Some(new.clone()));
            assert_eq!((setting.get)(&look), Some(new.clone()), "{}", setting.name);
            assert_eq!((setting.of)(&look.resolve()), new, "{}", setting.name);
            let others = SETTINGS.iter().filter(|s| (s.get)(&look).is_some()).count();
            assert_eq!(others, 1, "{}", setting.name);
            let mut style = Style::default();
            (setting.put)(&mut style, new);
            assert_eq!(style, look.resolve());
            (setting.set)(&mut look, None);
            assert_eq!(look, Look::default());
            assert_eq!(Setting::named(setting.name).map(|s| s.label), Some(setting.label));
        }
    }

    #[test]
    fn choices_go_there_and_back_and_usual_numbers_are_in_range() {
        for setting in SETTINGS {
            match (setting.control, (setting.of)(&Style::default())) {
                (Control::Choice(all), _) => {
                    for i in 0..all.len() {
                        let mut style = Style::default();
                        (setting.put)(&mut style, Datum::Choice(i));
                        assert_eq!((setting.of)(&style), Datum::Choice(i), "{}", setting.name);
                    }
                }
                (Control::Number { low, high, step, .. }, Datum::Number(n)) => {
                    assert!((low..=high).contains(&n) && step > 0.0, "{}", setting.name);
                }
                _ => {}
            }
        }
        let groups: Vec<_> = SETTINGS.iter().map(|s| s.group).collect();
        assert!(Group::ALL.iter().all(|group| groups.contains(group)));
    }
}

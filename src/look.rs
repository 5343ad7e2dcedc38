//! How a CV looks: what a profile or a theme sets ([`Look`]) and the full set of values it leads to ([`Style`]).
//!
//! Themes, profiles, variants and the command line all speak `Look`; laid over each other they give one `Style`.

use crate::value::date::DateStyle;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The families that come with the program and can be chosen.
pub const FAMILIES: &[&str] = &["Source Serif 4", "Source Sans 3", "Libertinus Serif"];

/// Sizes of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 in.
    Letter,
}

impl Paper {
    /// Width and height in pt.
    #[must_use]
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// How many pages there may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageLimit {
    /// One page.
    #[default]
    One,
    /// Two pages.
    Two,
    /// Three pages.
    Three,
    /// As many as it takes.
    Any,
}

impl PageLimit {
    /// The limit as a number; `None` without one.
    #[must_use]
    pub fn count(self) -> Option<usize> {
        match self {
            Self::One => Some(1),
            Self::Two => Some(2),
            Self::Three => Some(3),
            Self::Any => None,
        }
    }
}

/// How the name is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameStyle {
    /// Bold.
    #[default]
    Bold,
    /// Regular weight.
    Regular,
    /// Small capitals.
    SmallCaps,
    /// Capitals.
    Caps,
}

/// How the letters of section headings are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeadingStyle {
    /// Small capitals.
    #[default]
    SmallCaps,
    /// Bold capitals.
    Caps,
    /// Bold.
    Bold,
}

/// The line at a section heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// No line.
    Off,
    /// Under the heading, across the measure.
    #[default]
    Below,
    /// Over the heading, across the measure.
    Above,
    /// From the heading's end to the right edge.
    Beside,
}

/// Where the name and the contacts stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Header {
    /// In the middle.
    #[default]
    Centred,
    /// At the left.
    Left,
    /// At the right.
    Right,
}

/// How the first rows of an entry are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryLayout {
    /// Organisation and place, under it role and date.
    #[default]
    TwoRows,
    /// Organisation, role and place in one row, date at the right.
    OneRow,
    /// Dates in a column at the left.
    DateColumn,
}

/// The mark before a highlight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulletMark {
    /// A filled disc.
    #[default]
    Disc,
    /// A short dash.
    Dash,
    /// A small square.
    Square,
    /// A small triangle.
    Triangle,
    /// Nothing.
    Off,
}

/// How links show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkStyle {
    /// Like other text.
    #[default]
    Plain,
    /// With a thin line below.
    Underline,
    /// In the accent colour.
    Accent,
}

/// How a publication is put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Citation {
    /// Title, authors, venue.
    #[default]
    TitleFirst,
    /// Authors, title, venue.
    AuthorsFirst,
}

/// How publications are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Numbering {
    /// Not at all.
    #[default]
    Off,
    /// From 1 upwards.
    Forward,
    /// Down to 1.
    Backward,
    /// With the mark of highlights.
    Bullet,
}

/// A value in words: texts and numbers as they are, choices by their names.
fn said<T: fmt::Debug>(value: &T) -> String {
    let said = format!("{value:?}");
    match said.strip_prefix('"').and_then(|said| said.strip_suffix('"')) {
        Some("") => "empty".to_owned(),
        Some(text) => text.to_owned(),
        None => said,
    }
}

/// Declares what can be set: once for the file (all optional) and once for the typesetter (all set).
macro_rules! look {
    ($( $(#[$doc:meta])* $field:ident : $Type:ty = $default:expr ; )*) => {
        /// What a profile, a variant or a theme says about the look; what it leaves out comes from below.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Look {
            /// Name of the theme; empty for the usual one.
            #[serde(skip_serializing_if = "String::is_empty")]
            pub theme: String,
            /// Headings or kinds of sections in the order in which they are printed; the others follow.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub order: Vec<String>,
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$Type>,
            )*
        }

        impl Look {
            /// `self` laid over `base`: what `self` leaves out is taken from `base`.
            #[must_use]
            pub fn over(&self, base: &Self) -> Self {
                Self {
                    theme: if self.theme.is_empty() { base.theme.clone() } else { self.theme.clone() },
                    order: if self.order.is_empty() { base.order.clone() } else { self.order.clone() },
                    $( $field: self.$field.clone().or_else(|| base.$field.clone()), )*
                }
            }

            /// Every setting by its name in the file, with what it is set to; empty where nothing is set.
            #[must_use]
            pub fn settings(&self) -> Vec<(&'static str, String)> {
                vec![
                    ("theme", self.theme.clone()),
                    ("order", self.order.iter().map(said).collect::<Vec<_>>().join(", ")),
                    $((stringify!($field), self.$field.as_ref().map(said).unwrap_or_default()),)*
                ]
            }

            /// All values, with the built-in ones where nothing is set.
            #[must_use]
            pub fn resolve(&self) -> Style {
                let base = Style::default();
                Style {
                    order: self.order.clone(),
                    $( $field: self.$field.clone().unwrap_or(base.$field), )*
                }
            }
        }

        /// All values of a look.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Style {
            /// Headings or kinds of sections in the order in which they are printed; the others follow.
            pub order: Vec<String>,
            $( $(#[$doc])* pub $field: $Type, )*
        }

        impl Default for Style {
            fn default() -> Self {
                Self { order: vec![], $( $field: $default, )* }
            }
        }
    };
}

look! {
    /// Paper.
    paper: Paper = Paper::A4;
    /// How many pages there may be.
    pages: PageLimit = PageLimit::One;
    /// Language of labels and months (BCP 47: `en`, `de`, `zh` …).
    language: String = "en".to_owned();
    /// Family of the text.
    body_font: String = "Source Serif 4".to_owned();
    /// Family of name and headings; empty for the family of the text.
    heading_font: String = String::new();
    /// Comfortable size of the text in pt.
    size: f64 = 10.0;
    /// The floor of the size in pt: smaller type is never chosen.
    min_size: f64 = 9.0;
    /// The largest size in pt, for short CVs.
    max_size: f64 = 11.0;
    /// Comfortable margin at the sides in mm.
    margin_x: f64 = 18.0;
    /// Comfortable margin at top and bottom in mm.
    margin_y: f64 = 16.0;
    /// The smallest margin in mm.
    min_margin: f64 = 12.5;
    /// Comfortable leading, times the size.
    leading: f64 = 1.24;
    /// The smallest leading, times the size.
    min_leading: f64 = 1.15;
    /// Space before a section heading in em.
    section_gap: f64 = 0.95;
    /// Space after a section heading in em.
    heading_gap: f64 = 0.3;
    /// Space before an entry in em.
    entry_gap: f64 = 0.5;
    /// Space before a highlight or a line inside an entry in em.
    item_gap: f64 = 0.12;
    /// How far spaces may shrink, as a factor.
    min_spacing: f64 = 0.45;
    /// How far spaces may grow to fill the page, as a factor.
    max_spacing: f64 = 1.6;
    /// Colour of the text as `#rrggbb`.
    colour: String = "#000000".to_owned();
    /// Accent colour as `#rrggbb`.
    accent: String = "#000000".to_owned();
    /// Colour of dates and places as `#rrggbb`.
    muted: String = "#000000".to_owned();
    /// Where name and contacts stand.
    header: Header = Header::Centred;
    /// How the name is set.
    name: NameStyle = NameStyle::Bold;
    /// Size of the name, times the text size.
    name_size: f64 = 2.2;
    /// Whether the name has the accent colour.
    name_accent: bool = false;
    /// Whether contacts have icons.
    icons: bool = false;
    /// What stands between contacts.
    separator: String = "|".to_owned();
    /// How section headings are set.
    headings: HeadingStyle = HeadingStyle::SmallCaps;
    /// Size of section headings, times the text size.
    heading_size: f64 = 1.2;
    /// Whether section headings have the accent colour.
    heading_accent: bool = false;
    /// The line at a section heading.
    rule: Rule = Rule::Below;
    /// Thickness of that line in pt.
    rule_width: f64 = 0.5;
    /// How the first rows of an entry are arranged.
    entries: EntryLayout = EntryLayout::TwoRows;
    /// Width of the date column in em, where there is one.
    date_column: f64 = 7.5;
    /// Whether roles and degrees are italic.
    italic_roles: bool = true;
    /// The mark before a highlight.
    bullet: BulletMark = BulletMark::Disc;
    /// Indent of highlights in em.
    bullet_indent: f64 = 1.15;
    /// How links show.
    links: LinkStyle = LinkStyle::Plain;
    /// How dates are printed.
    dates: DateStyle = DateStyle::DottedMonth;
    /// How a publication is put together.
    citation: Citation = Citation::TitleFirst;
    /// How publications are numbered.
    numbering: Numbering = Numbering::Bullet;
    /// Whether titles of publications are bold.
    bold_titles: bool = false;
    /// How many authors are named before "et al."; 0 for all. The own name always stays.
    max_authors: u32 = 0;
    /// Whether lines are stretched to the full measure.
    justify: bool = false;
    /// Whether words may be hyphenated at line ends.
    hyphenate: bool = false;
}

impl Style {
    /// The family of name and headings.
    #[must_use]
    pub fn heading_family(&self) -> &str {
        if self.heading_font.is_empty() { &self.body_font } else { &self.heading_font }
    }
}

/// Reads `#rrggbb` or `#rgb`; `None` for anything else.
#[must_use]
pub fn colour(text: &str) -> Option<[u8; 3]> {
    let hex = text.trim().strip_prefix('#')?;
    let digits: Vec<u8> = hex
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect::<Option<_>>()?;
    match digits.as_slice() {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r1, r2, g1, g2, b1, b2] => Some([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours() {
        assert_eq!(colour("#1a2B3c"), Some([0x1a, 0x2b, 0x3c]));
        assert_eq!(colour("#fff"), Some([255, 255, 255]));
        for wrong in ["", "#", "1a2b3c", "#12", "#12345g", "red"] {
            assert_eq!(colour(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_set_wins() {
        let base = Look { size: Some(10.5), justify: Some(true), ..Look::default() };
        let top = Look { size: Some(9.5), ..Look::default() };
        let style = top.over(&base).resolve();
        assert_eq!(
            (style.size, style.justify, style.max_size),
            (9.5, true, Style::default().max_size)
        );
    }
}

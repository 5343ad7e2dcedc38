//! How a CV looks: what a profile or a theme sets ([`Look`]) and the full set of values it leads to
//! ([`Style`]).
//!
//! Themes, profiles, variants and the command line all speak `Look`; laid over each other they give
//! one `Style`.

mod setting;

pub use setting::{Control, Datum, Group, Setting, Value};

use crate::value::date::DateStyle;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The families that come with the program: they are there on every computer.
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

/// Where the photo stands beside name and contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PhotoPlace {
    /// At the right.
    #[default]
    Right,
    /// At the left.
    Left,
    /// It is not printed.
    Off,
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

/// Where dates and places of entries stand, but for dates in a column of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DatesAt {
    /// At the right edge.
    #[default]
    Right,
    /// Behind what they belong to, so that no reader of the text parts the two.
    Behind,
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

/// How much room there is between lines, entries and sections, against what the theme has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Density {
    /// More.
    Airy,
    /// As much.
    #[default]
    Usual,
    /// Less.
    Dense,
}

impl Density {
    /// Factors for spaces and for margins, and what is added to the leading.
    const fn factors(self) -> (f64, f64, f64) {
        match self {
            Self::Airy => (1.3, 1.12, 0.05),
            Self::Usual => (1.0, 1.0, 0.0),
            Self::Dense => (0.7, 0.85, -0.05),
        }
    }

    /// The spaces of a look, of a theme, with more or less room; nothing else is set.
    #[must_use]
    pub fn spaces(self, look: &Look) -> Look {
        if self == Self::Usual {
            return Look::default();
        }
        let (space, margin, leading) = self.factors();
        let base = look.resolve();
        // Steps of a hundredth, which is what people see of a number.
        let rounded = |value: f64| Some((value * 100.0).round() / 100.0);
        Look {
            header_gap: rounded(base.header_gap * space),
            section_gap: rounded(base.section_gap * space),
            heading_gap: rounded(base.heading_gap * space),
            entry_gap: rounded(base.entry_gap * space),
            item_gap: rounded(base.item_gap * space),
            leading: rounded((base.leading + leading).max(1.0)),
            min_leading: rounded((base.min_leading + leading).max(1.0)),
            margin_x: rounded((base.margin_x * margin).max(5.0)),
            margin_y: rounded((base.margin_y * margin).max(5.0)),
            min_margin: rounded((base.min_margin * margin).max(5.0)),
            ..Look::default()
        }
    }
}

/// What a list of publications is parted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grouping {
    /// Nothing.
    #[default]
    Off,
    /// Journal articles, conference papers, …
    Kind,
    /// The year, newest first.
    Year,
}

/// Which form of a venue is printed where the short one is not typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VenueForm {
    /// What is typed.
    #[default]
    Typed,
    /// The full name, and the short form where it is known.
    Both,
    /// The short form alone, typed or known.
    Short,
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

/// Declares what can be set: once for the file (all optional) and once for the typesetter (all
/// set).
macro_rules! look {
    (@control choice $Type:ty) => { Control::Choice(<$Type as Value>::CHOICES) };
    (@control number($low:literal, $high:literal, $step:literal, $unit:literal) $Type:ty) => {
        Control::Number { low: $low, high: $high, step: $step, unit: $unit }
    };
    (@control count($high:literal) $Type:ty) => { Control::Count($high) };
    (@control switch $Type:ty) => { Control::Switch };
    (@control text $Type:ty) => { Control::Text };
    (@control colour $Type:ty) => { Control::Colour };
    (@control language $Type:ty) => { Control::Language };
    (@control font($same:literal) $Type:ty) => { Control::Font { or_same: $same } };
    ($( $(#[$doc:meta])* $field:ident : $Type:ty = $default:expr,
        $group:ident $label:literal, $hint:literal, $control:ident $(($($range:tt)*))? ; )*) => {
        /// What a profile, a variant or a theme says about the look; what it leaves out comes from
        /// below.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Look {
            /// Name of the theme; empty for the usual one.
            #[serde(skip_serializing_if = "String::is_empty")]
            pub theme: String,
            /// Headings or kinds of sections in the order in which they are printed; the others
            /// follow.
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

            /// Every setting by its name in the file, with what it is set to; empty where nothing
            /// is set.
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
            /// Headings or kinds of sections in the order in which they are printed; the others
            /// follow.
            pub order: Vec<String>,
            $( $(#[$doc])* pub $field: $Type, )*
        }

        impl Default for Style {
            fn default() -> Self {
                Self { order: vec![], $( $field: $default, )* }
            }
        }

        /// Everything that can be set besides theme and order, in the order of the file.
        pub static SETTINGS: &[Setting] = &[ $( Setting {
            name: stringify!($field),
            label: $label,
            hint: $hint,
            group: Group::$group,
            control: look!(@control $control $(($($range)*))? $Type),
            get: |look| look.$field.as_ref().map(Value::datum),
            set: |look, datum| look.$field = datum.and_then(<$Type as Value>::from_datum),
            of: |style| style.$field.datum(),
            put: |style, datum| {
                if let Some(value) = <$Type as Value>::from_datum(datum) {
                    style.$field = value;
                }
            },
        }, )* ];
    };
}

look! {
    /// Paper.
    paper: Paper = Paper::A4,
        Page "Paper", "Size of the sheet", choice;
    /// How many pages there may be.
    pages: PageLimit = PageLimit::One,
        Page "Page limit", "How many pages the CV may fill", choice;
    /// Language of labels and months (BCP 47: `en`, `de`, `zh` …).
    language: String = "en".to_owned(),
        Dates "Language of labels", "Months, labels and usual headings", language;
    /// Family of the text.
    body_font: String = "Source Serif 4".to_owned(),
        Type "Text font", "Font of everything but name and headings; any installed one", font(false);
    /// Family of name and headings; empty for the family of the text.
    heading_font: String = String::new(),
        Type "Heading font", "Font of the name and the headings", font(true);
    /// Comfortable size of the text in pt.
    size: f64 = 10.0,
        Type "Text size", "Comfortable size of the text", number(5.0, 16.0, 0.1, " pt");
    /// Whether the text has its comfortable size on every page; else the fit chooses between the
    /// smallest and the largest.
    fixed_size: bool = false,
        Type "Keep the text size", "Then only spaces change to fill the page", switch;
    /// The floor of the size in pt: smaller type is never chosen.
    min_size: f64 = 9.0,
        Type "Smallest text size", "The text never gets smaller than this to win room", number(5.0, 16.0, 0.1, " pt");
    /// The largest size in pt, for short CVs.
    max_size: f64 = 11.0,
        Type "Largest text size", "How far the text may grow on a short CV", number(5.0, 16.0, 0.1, " pt");
    /// Comfortable margin at the sides in mm.
    margin_x: f64 = 18.0,
        Page "Side margins", "Margin at the left and right", number(5.0, 60.0, 0.5, " mm");
    /// Comfortable margin at top and bottom in mm.
    margin_y: f64 = 16.0,
        Page "Top and bottom margins", "Margin above and below the text", number(5.0, 60.0, 0.5, " mm");
    /// The smallest margin in mm.
    min_margin: f64 = 12.5,
        Page "Smallest margin", "Margins never get smaller than this to win room", number(5.0, 60.0, 0.5, " mm");
    /// How much room there is, against what the theme has.
    density: Density = Density::Usual,
        Spacing "Density", "Room between lines, entries and sections, and in the margins", choice;
    /// Comfortable leading, times the size.
    leading: f64 = 1.24,
        Spacing "Line spacing", "Distance of lines, times the text size", number(1.0, 2.5, 0.01, " ×");
    /// The smallest leading, times the size.
    min_leading: f64 = 1.15,
        Spacing "Smallest line spacing", "Lines never get closer than this to win room", number(1.0, 2.5, 0.01, " ×");
    /// Space between the header and what follows it in em, besides that before a section.
    header_gap: f64 = 0.6,
        Spacing "Space below the header", "In widths of the letter m", number(0.0, 5.0, 0.05, " em");
    /// Space before a section heading in em.
    section_gap: f64 = 0.95,
        Spacing "Space before a section", "In widths of the letter m", number(0.0, 5.0, 0.05, " em");
    /// Space after a section heading in em.
    heading_gap: f64 = 0.3,
        Spacing "Space after a heading", "In widths of the letter m", number(0.0, 5.0, 0.05, " em");
    /// Space before an entry in em.
    entry_gap: f64 = 0.5,
        Spacing "Space before an entry", "In widths of the letter m", number(0.0, 5.0, 0.05, " em");
    /// Space before a highlight or a line inside an entry in em.
    item_gap: f64 = 0.12,
        Spacing "Space before a highlight", "In widths of the letter m", number(0.0, 5.0, 0.02, " em");
    /// How far spaces may shrink, as a factor.
    min_spacing: f64 = 0.45,
        Spacing "Spaces may shrink to", "How far spaces shrink to fit the page", number(0.0, 1.0, 0.05, " ×");
    /// How far spaces may grow to fill the page, as a factor.
    max_spacing: f64 = 1.6,
        Spacing "Spaces may grow to", "How far spaces grow to fill the page", number(1.0, 4.0, 0.05, " ×");
    /// Colour of the text as `#rrggbb`.
    colour: String = "#000000".to_owned(),
        Colour "Text colour", "As #rrggbb; dark colours read best", colour;
    /// Accent colour as `#rrggbb`.
    accent: String = "#000000".to_owned(),
        Colour "Accent colour", "For name, headings or links, where they use it", colour;
    /// Colour of dates and places as `#rrggbb`.
    muted: String = "#000000".to_owned(),
        Colour "Colour of dates and places", "As #rrggbb; keep it dark enough to print", colour;
    /// Where name and contacts stand.
    header: Header = Header::Centred,
        Header "Name and contacts stand", "Where the header stands on the page", choice;
    /// Where the photo stands, if the profile has one.
    photo: PhotoPlace = PhotoPlace::Right,
        Header "Photo", "Where the photo stands, if the profile has one", choice;
    /// Height of the photo in mm.
    photo_height: f64 = 28.0,
        Header "Height of the photo", "", number(15.0, 45.0, 0.5, " mm");
    /// How the name is set.
    name: NameStyle = NameStyle::Bold,
        Header "Name is set in", "How the letters of the name are set", choice;
    /// Size of the name, times the text size.
    name_size: f64 = 2.2,
        Header "Size of the name", "Times the text size", number(1.0, 5.0, 0.05, " ×");
    /// Whether the name has the accent colour.
    name_accent: bool = false,
        Header "Name in the accent colour", "", switch;
    /// Whether contacts have icons.
    icons: bool = false,
        Header "Icons before contacts", "", switch;
    /// What stands between contacts.
    separator: String = "|".to_owned(),
        Header "Between contacts", "A sign such as | or ·", text;
    /// How section headings are set. Programs that read CVs for portals find sections most surely
    /// by headings in capitals (that of `OpenResume`: all six of a page, against one to three).
    headings: HeadingStyle = HeadingStyle::SmallCaps,
        Headings "Headings are set in", "Programs that read CVs find capitals most surely", choice;
    /// Size of section headings, times the text size.
    heading_size: f64 = 1.2,
        Headings "Size of headings", "Times the text size", number(0.7, 3.0, 0.05, " ×");
    /// Whether section headings have the accent colour.
    heading_accent: bool = false,
        Headings "Headings in the accent colour", "", switch;
    /// The line at a section heading.
    rule: Rule = Rule::Below,
        Headings "Line at headings", "", choice;
    /// Thickness of that line in pt.
    rule_width: f64 = 0.5,
        Headings "Thickness of the line", "", number(0.1, 4.0, 0.1, " pt");
    /// Whether that line has the accent colour; else that of dates and places.
    rule_accent: bool = true,
        Headings "Line in the accent colour", "Else it has the colour of dates and places", switch;
    /// How the first rows of an entry are arranged.
    entries: EntryLayout = EntryLayout::TwoRows,
        Entries "Arrangement", "How the first rows of an entry are arranged", choice;
    /// Where dates and places stand.
    dates_at: DatesAt = DatesAt::Right,
        Entries "Dates and places stand", "Behind the title every program that reads the PDF finds them", choice;
    /// Width of the date column in em at most, where there is one.
    date_column: f64 = 7.5,
        Entries "Width of the date column", "At most; it is as wide as the widest date", number(3.0, 16.0, 0.25, " em");
    /// Whether roles and degrees are italic.
    italic_roles: bool = true,
        Entries "Roles and degrees in italics", "", switch;
    /// The mark before a highlight.
    bullet: BulletMark = BulletMark::Disc,
        Entries "Mark before a highlight", "", choice;
    /// Indent of highlights in em.
    bullet_indent: f64 = 1.15,
        Entries "Indent of highlights", "In widths of the letter m", number(0.0, 5.0, 0.05, " em");
    /// How links show.
    links: LinkStyle = LinkStyle::Plain,
        Colour "Links", "How links show on the page", choice;
    /// How dates are printed.
    dates: DateStyle = DateStyle::DottedMonth,
        Dates "Dates are printed as", "", choice;
    /// How a publication is put together.
    citation: Citation = Citation::TitleFirst,
        Publications "A publication begins with", "", choice;
    /// How publications are numbered.
    numbering: Numbering = Numbering::Bullet,
        Publications "Publications are numbered", "", choice;
    /// Whether only publications with a weight above 0 are printed.
    selected: bool = false,
        Publications "Only selected publications", "Those whose weight is above 0", switch;
    /// What a list of publications is parted by.
    grouping: Grouping = Grouping::Off,
        Publications "Publications are grouped", "With a small heading over each group", choice;
    /// Which form of a venue is printed.
    venues: VenueForm = VenueForm::Typed,
        Publications "Venues", "Short forms such as NeurIPS'25 are known for many venues; give your own under Personal details", choice;
    /// Whether the short form of a venue stands at the right; else in the line.
    tag_right: bool = true,
        Publications "Short venue at the right", "Where the title has a row of its own; else it stands beside the full name", switch;
    /// Whether venues are italic.
    italic_venues: bool = true,
        Publications "Venues in italics", "", switch;
    /// Whether titles of publications are bold.
    bold_titles: bool = false,
        Publications "Titles in bold", "", switch;
    /// How many authors are named before "et al."; 0 for all. The own name always stays.
    max_authors: u32 = 0,
        Publications "Authors named at most", "Then “et al.”; 0 names all, and your own name always stays", count(100);
    /// Whether the last author is joined by the language's word for "and"; else by a comma.
    author_and: bool = true,
        Publications "“and” before the last author", "In the language of the page; else a comma", switch;
    /// Whether lines are stretched to the full measure.
    justify: bool = false,
        Type "Stretch lines to the full width", "Both edges of the text are straight", switch;
    /// Whether straight quotation marks and apostrophes are printed as those of the language.
    curl_quotes: bool = true,
        Type "Curl quotation marks", "As the language of the page has them; in code, links and maths they stay straight", switch;
    /// Whether words may be hyphenated at line ends.
    hyphenate: bool = false,
        Type "Hyphenate words", "Words may be broken at line ends", switch;
}

impl Style {
    /// Whether a publication of this weight is printed.
    #[must_use]
    pub fn prints(&self, weight: i8) -> bool {
        !self.selected || weight > 0
    }

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

//! Themes: looks that come with the program, one data file each in `assets/themes`.

use crate::{
    at::At,
    finding::{Code, Finding, Fix},
    look::{Control, Datum, Look, SETTINGS, Style, colour},
    profile::Profile,
    value::{bundled::Bundled, locale::Locale, nearest::nearest},
    variant::Variant,
};
use serde::Deserialize;

include!(concat!(env!("OUT_DIR"), "/themes.rs"));

static THEMES: Bundled<Theme> = Bundled::new(FILES, |name, text| {
    let theme: Theme = options().from_str(text).ok()?;
    Some(Theme { name, ..theme })
});

/// The theme of a profile that names none.
pub const USUAL: &str = "classic";

/// A look with a name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its name in files and on the command line: the stem of its own file.
    #[serde(skip)]
    pub name: &'static str,
    /// What it is called in a list.
    pub title: String,
    /// What it is good for, in a sentence.
    pub description: String,
    /// What it sets.
    pub look: Look,
}

impl Theme {
    /// The names of all themes, in alphabetical order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        THEMES.names()
    }

    /// All themes, in alphabetical order.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        THEMES.all()
    }

    /// The theme of that name.
    #[must_use]
    pub fn get(name: &str) -> Option<&'static Self> {
        // A file names a theme as it is called: another case is told as a slip of the pen.
        THEMES.get(name).filter(|theme| theme.name == name)
    }
}

/// The full style of a profile in a variant: the look of the command line over that of the variant,
/// of the profile, of the theme. What cannot be used is named and its usual value taken.
#[must_use]
pub fn style(profile: &Profile, variant: Option<&Variant>, top: &Look) -> (Style, Vec<Finding>) {
    let mut findings = vec![];
    let look_at = At::root().field("look");
    let mut look = profile.look.clone();
    if let Some(variant) = variant {
        look = variant.look.over(&look);
    }
    look = top.over(&look);
    let wanted = if look.theme.is_empty() { USUAL } else { &look.theme };
    let theme = Theme::get(wanted).or_else(|| {
        findings.push(
            Finding::warning(
                Code::ThemeUnknown,
                look_at.field("theme"),
                format!("there is no theme `{wanted}`, so `{USUAL}` is used"),
            )
            .hint(guess(wanted))
            .fix(Fix::Unset("theme")),
        );
        Theme::get(USUAL)
    });
    if let Some(theme) = theme {
        // What is set stands as it is set; density changes what the theme has.
        look = look.over(&look.density.unwrap_or_default().spaces(&theme.look)).over(&theme.look);
    }
    let mut style = look.resolve();
    mend(&mut style, &look_at, &mut findings);
    (style, findings)
}

/// What a theme that does not exist was probably meant to be, and which themes there are.
#[must_use]
pub fn guess(wanted: &str) -> String {
    let names: Vec<&str> = Theme::names().collect();
    let near =
        nearest(wanted, &names).map_or_else(String::new, |n| format!("did you mean `{n}`? "));
    let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("{near}the themes are {}", listed.join(", "))
}

/// Replaces values that cannot be used.
fn mend(style: &mut Style, at: &At, findings: &mut Vec<Finding>) {
    let usual = Style::default();
    for (name, value, usual) in [
        ("colour", &mut style.colour, &usual.colour),
        ("accent", &mut style.accent, &usual.accent),
        ("muted", &mut style.muted, &usual.muted),
    ] {
        if colour(value).is_none() {
            findings.push(
                Finding::warning(
                    Code::ColourUnclear,
                    at.field(name),
                    format!("`{value}` is not a colour"),
                )
                .hint("write it as #rrggbb, for example #1f4e79")
                .fix(Fix::Unset(name)),
            );
            value.clone_from(usual);
        }
    }
    if Locale::get(&style.language).is_none() {
        findings.push(
            Finding::warning(
                Code::LanguageUnknown,
                at.field("language"),
                format!("there are no labels in `{}`", style.language),
            )
            .hint(format!("the languages are {}", Locale::codes().collect::<Vec<_>>().join(", ")))
            .fix(Fix::Unset("language")),
        );
        style.language = usual.language;
    }
    if style.body_font.trim().is_empty() {
        style.body_font = usual.body_font;
    }
    for setting in SETTINGS {
        let (Control::Number { low, high, .. }, Datum::Number(value)) =
            (setting.control, (setting.of)(style))
        else {
            continue;
        };
        // Written so that NaN, too, is out of range.
        if !(low..=high).contains(&value) {
            let near = if value > high { high } else { low };
            let name = setting.name;
            findings.push(
                Finding::warning(
                    Code::LookRange,
                    at.field(name),
                    format!("`{name}: {value}` is out of range"),
                )
                .hint(format!("it can be {low} to {high}; {near} is used"))
                .fix(Fix::Unset(name)),
            );
            (setting.put)(style, Datum::Number(near));
        }
    }
    let kept = style.fixed_size.then_some(style.size);
    style.min_size = kept.unwrap_or(style.min_size.min(style.size));
    style.max_size = kept.unwrap_or(style.max_size.max(style.size));
    style.min_leading = style.min_leading.min(style.leading);
    style.min_margin = style.min_margin.min(style.margin_x).min(style.margin_y);
}

/// How theme files are read.
fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Density;

    #[test]
    fn every_theme_file_is_a_theme() {
        for (name, text) in FILES {
            let theme: Theme = options().from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            let look = theme.look.clone();
            let profile = Profile { look, ..Profile::default() };
            assert_eq!(style(&profile, None, &Look::default()).1, [], "{name}");
            assert!(!theme.description.is_empty());
        }
        assert!(Theme::get(USUAL).is_some());
    }

    #[test]
    fn odd_values_are_named_and_mended() {
        let look = Look {
            theme: "nope".into(),
            size: Some(f64::NAN),
            accent: Some("red".into()),
            language: Some("xx".into()),
            ..Look::default()
        };
        let (style, findings) =
            style(&Profile { look, ..Profile::default() }, None, &Look::default());
        let mut codes: Vec<_> = findings.iter().map(|f| f.code).collect();
        codes.sort_unstable();
        assert_eq!(
            codes,
            [Code::ThemeUnknown, Code::LanguageUnknown, Code::ColourUnclear, Code::LookRange]
        );
        assert!(style.size.is_finite() && style.min_size <= style.size);
    }

    #[test]
    fn density_changes_what_the_theme_has_and_nothing_that_is_set() {
        let resolved = |look: Look| {
            let profile = Profile { look, ..Profile::default() };
            style(&profile, None, &Look::default()).0
        };
        for theme in Theme::names() {
            let of = |density, leading| {
                let theme = theme.to_owned();
                resolved(Look { theme, density: Some(density), leading, ..Look::default() })
            };
            let [airy, usual, dense] =
                [Density::Airy, Density::Usual, Density::Dense].map(|density| of(density, None));
            assert!(airy.section_gap > usual.section_gap, "{theme}");
            assert!(usual.section_gap > dense.section_gap, "{theme}");
            assert!(airy.leading > usual.leading && usual.leading > dense.leading, "{theme}");
            assert!(airy.margin_x > usual.margin_x && usual.margin_x > dense.margin_x, "{theme}");
            assert!(dense.min_leading >= 1.0 && dense.min_leading <= dense.leading, "{theme}");
            assert_eq!(of(Density::Dense, Some(1.4)).leading, 1.4, "{theme}");
            let open = resolved(Look { theme: theme.to_owned(), ..Look::default() });
            assert_eq!(usual, open, "{theme}");
        }
    }

    #[test]
    fn a_size_that_is_kept_is_the_only_one() {
        let look = Look { size: Some(10.2), fixed_size: Some(true), ..Look::default() };
        let profile = Profile { look, ..Profile::default() };
        let style = style(&profile, None, &Look::default()).0;
        assert_eq!((style.min_size, style.size, style.max_size), (10.2, 10.2, 10.2));
    }
}

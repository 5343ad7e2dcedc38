//! Directions of writing: which way a text runs on a page that itself runs one way.

use std::ops::Range;

/// The way in which a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As Latin letters are.
    #[default]
    RightWards,
    /// As Hebrew and Arabic letters are.
    LeftWards,
}

/// How many times more letters of the other direction a text has that begins with one of them and
/// is no text in the language of the page.
const FOREIGN: usize = 2;

impl Direction {
    /// Whether it is that of Hebrew and Arabic.
    #[must_use]
    pub fn is_leftwards(self) -> bool {
        self == Self::LeftWards
    }

    /// The attribute that says this in HTML, inside what runs in the direction `around`; empty
    /// where the two are the same.
    #[must_use]
    pub fn against(self, around: Self) -> &'static str {
        match self {
            same if same == around => "",
            Self::RightWards => " dir=\"ltr\"",
            Self::LeftWards => " dir=\"rtl\"",
        }
    }

    /// The direction of a name, a title or a date on a page of this direction. A page of Latin
    /// letters sets them all in its own; on one of Hebrew or Arabic those run from left to right
    /// that have no letter of such a script: Latin names, numbers of telephones, years.
    #[must_use]
    pub fn of_row(self, text: &str) -> Self {
        match self {
            Self::LeftWards if text.chars().any(runs_left) => Self::LeftWards,
            _ => Self::RightWards,
        }
    }

    /// The direction of running text on a page of this direction: that of its first letter. On a
    /// page of Hebrew or Arabic a text may begin with a Latin name, so that it takes more than the
    /// first letter to turn it round there.
    #[must_use]
    pub fn of_prose(self, text: &str) -> Self {
        let strong: Vec<bool> = text.chars().filter(|c| c.is_alphabetic()).map(runs_left).collect();
        let leftward = strong.iter().filter(|left| **left).count();
        match (self, strong.first()) {
            (Self::LeftWards, Some(false)) if strong.len() - leftward >= FOREIGN * leftward => {
                Self::RightWards
            }
            (Self::LeftWards, Some(_)) | (Self::RightWards, Some(true)) => Self::LeftWards,
            (Self::LeftWards, None) => self.of_row(text),
            (Self::RightWards, _) => Self::RightWards,
        }
    }
}

/// Whether a letter is of a script that runs from right to left: the blocks set aside for such
/// scripts, and the Hebrew and Arabic forms. Digits of these scripts run from left to right all the
/// same.
#[must_use]
pub fn runs_left(c: char) -> bool {
    let leftward = matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    leftward && c.is_alphabetic()
}

/// The stretches of a text that runs from right to left, each with whether it runs so: all but the
/// Latin names, with the digits and signs between and at the words of each. A text without a letter
/// from right to left, such as a number of a telephone, is one stretch of the other direction.
#[must_use]
pub fn stretches(text: &str) -> Vec<(&str, bool)> {
    let mut found = vec![];
    if !text.chars().any(runs_left) {
        found.push((text, text.trim().is_empty()));
        return found;
    }
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphabetic() && !runs_left(c)) {
        let Some((before, name)) = rest.split_at_checked(start) else { break };
        let until = name.find(runs_left).unwrap_or(name.len());
        let Some((name, _)) = name.split_at_checked(until) else { break };
        // Signs that are part of the last word belong to it, sentence marks and spaces do not.
        let whole = name.trim_end_matches(|c: char| {
            !c.is_alphanumeric() && !matches!(c, '+' | '#' | '%' | '*' | '°')
        });
        // So does a bracket that closes one inside.
        let brackets = name.get(..whole.len() + 1).filter(|name| {
            name.ends_with(')') && name.matches('(').count() == name.matches(')').count()
        });
        let name = brackets.unwrap_or(whole);
        found.extend((!before.is_empty()).then_some((before, true)));
        found.push((name, false));
        rest = rest.split_at_checked(start + name.len()).map_or("", |(_, rest)| rest);
    }
    found.extend((!rest.is_empty()).then_some((rest, true)));
    found
}

/// The Latin names in a text that runs from right to left, with the signs that are part of them
/// (`C++`, `C#`, `.NET`, `-O3`, `@name`): where each begins and ends in bytes. What has signs at
/// its ends falls apart without a mark there, for these take the direction of what surrounds them.
#[must_use]
pub fn names_with_signs(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut start = 0;
    for word in text.split_inclusive([' ', '\u{a0}']) {
        let (from, whole) = (start, word.trim_end_matches([' ', '\u{a0}']));
        start += word.len();
        let body = whole.trim_start_matches(['(', '[', '"', '“', '«', '„']);
        // Prepositions of Hebrew and Arabic stand right before a name, some with a hyphen.
        let body = match body.trim_start_matches(runs_left) {
            rest if rest.len() < body.len() => rest.trim_start_matches(['-', '־']),
            rest => rest,
        };
        let from = from + (whole.len() - body.len());
        let body = body.trim_end_matches([
            ')', ']', '"', '”', '»', ',', ';', ':', '.', '!', '?', '،', '؛', '؟',
        ]);
        let is_sign = |c: char| !c.is_alphanumeric();
        let latin = |c: char| c.is_alphabetic() && !runs_left(c);
        let name = body.trim_matches(is_sign);
        let whole_name = name.starts_with(latin) && !name.chars().any(runs_left);
        if whole_name && (body.starts_with(is_sign) || body.ends_with(is_sign)) {
            found.push(from..from + body.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{LeftWards as L, RightWards as R};

    #[test]
    fn texts_have_the_direction_of_their_words() {
        for (text, page, row, prose) in [
            ("Ada Nowak", R, R, R),
            ("Ada Nowak", L, R, R),
            ("חוקרת", R, R, L),
            ("חוקרת", L, L, L),
            ("2019–2023", L, R, R),
            ("2019 – היום", L, L, L),
            ("۲۰۱۹–۲۰۲۳", L, R, R),
            ("+44 20 7946 0958", L, R, R),
            ("Python: פיתוח של כלים", L, L, L),
            ("Worked in עברית and العربية at once on many things", L, L, R),
            ("Worked in עברית", R, R, R),
            ("", L, R, R),
        ] {
            assert_eq!((page.of_row(text), page.of_prose(text)), (row, prose), "{text} {page:?}");
        }
    }

    #[test]
    fn stretches_hold_the_whole_text() {
        for (text, leftward) in [
            ("פיתוח ב-C++, Java (JVM) ועוד", &["פיתוח ב-", " ועוד"][..]),
            ("+44 20 7946 0958", &[]),
            ("Ada Nowak", &[]),
            (" ", &[" "]),
            ("2019 – היום", &["2019 – היום"]),
        ] {
            let all = stretches(text);
            assert_eq!(all.iter().map(|(part, _)| *part).collect::<String>(), text);
            let of = all.iter().filter(|(_, leftwards)| *leftwards).map(|(part, _)| *part);
            assert_eq!(of.collect::<Vec<_>>(), leftward, "{text}");
        }
    }

    #[test]
    fn signs_belong_to_their_names() {
        for (text, names) in [
            ("פיתוח ב C++, Java", &["C++"][..]),
            ("C#، .NET؛ (F#)", &["C#", ".NET", "F#"]),
            ("דגל -O3 של @ada.", &["-O3", "@ada"]),
            ("ב-C++. וב-Go", &["C++"]),
            ("C, C.", &[]),
            ("++ 12%", &[]),
        ] {
            let found: Vec<&str> =
                names_with_signs(text).into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(found, names, "{text}");
        }
    }
}

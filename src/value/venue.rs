//! Conferences and journals: the short forms by which people know them, and what kind of work
//! appears there.

use super::person::plain;
use serde::Deserialize;
use std::{collections::HashMap, sync::LazyLock};

/// What a venue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Venue {
    /// A conference or a symposium.
    Conference,
    /// A meeting beside a conference.
    Workshop,
    /// A journal.
    Journal,
    /// A place for papers that nobody has reviewed.
    Preprint,
}

/// A line of the table: short form, what it is, names.
#[derive(Debug, Deserialize)]
struct Line(String, Venue, Vec<String>);

/// The table, in forms that are found quickly.
#[derive(Debug, Default)]
struct Table {
    /// Every name and short form, folded: of venues that are nothing but that.
    whole: HashMap<String, usize>,
    /// The names of conferences, folded, by their first word: those that stand somewhere in a
    /// venue.
    inside: HashMap<String, Vec<(String, usize)>>,
    lines: Vec<Line>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../assets/venues.ron");
    let mut table = Table { lines: ron::from_str(text).unwrap_or_default(), ..Table::default() };
    for (i, Line(short, kind, names)) in table.lines.iter().enumerate() {
        for name in names.iter().chain([short]) {
            table.whole.entry(folded(name)).or_insert(i);
        }
        // A single word can be anything.
        for name in names.iter().filter(|_| *kind == Venue::Conference).map(|name| folded(name)) {
            if let Some((first, _)) = name.split_once(' ') {
                table.inside.entry(first.to_owned()).or_default().push((name, i));
            }
        }
    }
    table
});

/// The short form of a venue as its field writes it, with the year: `NeurIPS'25` for "Advances in
/// Neural Information Processing Systems". `own` are pairs of short form and name that come before
/// the built-in ones. `None` where neither knows the venue, and for workshops.
#[must_use]
pub fn short<'a>(
    venue: &str,
    year: Option<u16>,
    own: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<String> {
    let name = folded(venue);
    let own = own.into_iter().find(|(_, full)| is_in(full, venue));
    let short = match own {
        Some((short, _)) => short.trim(),
        None => known(&name)?.0.as_str(),
    };
    let year = year.map(|year| format!("'{:02}", year % 100)).unwrap_or_default();
    Some(format!("{short}{year}"))
}

/// Whether `venue` is, or names, the venue that is called `name`.
#[must_use]
pub fn is_in(name: &str, venue: &str) -> bool {
    let name = folded(name);
    !name.is_empty() && is_inside(&name, &folded(venue))
}

/// What a venue is, as far as its name tells.
#[must_use]
pub fn kind(venue: &str) -> Option<Venue> {
    let name = folded(venue);
    if let Some(Line(_, kind, _)) = known(&name) {
        return Some(*kind);
    }
    let is_one_of = |words: &str| name.split(' ').any(|word| words.split(' ').any(|w| w == word));
    if is_one_of("workshop workshops") {
        Some(Venue::Workshop)
    } else if is_one_of("preprint preprints") {
        Some(Venue::Preprint)
    } else if is_one_of(
        "conference symposium congress meeting proceedings proc conf symp konferenz tagung",
    ) {
        Some(Venue::Conference)
    } else if is_one_of(
        "journal transactions letters annals bulletin magazine review reviews j trans zeitschrift revue",
    ) {
        Some(Venue::Journal)
    } else {
        None
    }
}

/// The line of the table for a folded name.
fn known(name: &str) -> Option<&'static Line> {
    let table = &*TABLE;
    let index = table.whole.get(name).or_else(|| {
        // What happens beside a conference is not the conference.
        let words = ["workshop", "workshops", "companion", "adjunct"];
        let beside = words.iter().any(|word| is_inside(word, name));
        let found = name.split(' ').filter_map(|word| table.inside.get(word)).flatten();
        let found = found.filter(|(known, _)| is_inside(known, name));
        let longest = found.max_by_key(|(known, _)| known.len());
        longest.filter(|(known, _)| !beside || is_inside("workshop", known)).map(|(_, i)| i)
    })?;
    table.lines.get(*index)
}

/// Whether whole words stand in others.
fn is_inside(words: &str, text: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).is_none_or(|t| t.is_empty() || t.ends_with(' '));
        let after = text.get(at + words.len()..).is_none_or(|t| t.is_empty() || t.starts_with(' '));
        before && after
    })
}

/// A name as it is compared: words in small letters without accents; without years, ordinals and
/// what stands before the name of every conference.
fn folded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '&' => text.push_str(" and "),
            c => plain(c, |c| text.push(if c.is_alphanumeric() { c } else { ' ' })),
        }
    }
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let is_ordinal = |word: &str| {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
        letters.len() < word.len() && matches!(letters, "" | "st" | "nd" | "rd" | "th")
    };
    const USUAL: &str = " proceedings proc of the in on at annual ";
    let words: Vec<&str> =
        text.split_whitespace().filter(|w| !is_year(w) && !is_ordinal(w)).collect();
    let lead = words.iter().take_while(|word| USUAL.contains(&format!(" {word} "))).count();
    words.get(lead..).unwrap_or_default().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_says_nothing_twice() {
        assert!(TABLE.lines.len() > 200);
        let mut names: Vec<String> =
            TABLE.lines.iter().flat_map(|l| &l.2).map(|name| folded(name)).collect();
        assert!(names.iter().all(|name| !name.is_empty()));
        names.sort();
        let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
        for line in &TABLE.lines {
            for name in &line.2 {
                assert_eq!(known(&folded(name)).map(|l| &l.0), Some(&line.0), "{name}");
            }
        }
    }

    #[test]
    fn short_forms() {
        for (venue, expected) in [
            ("Advances in Neural Information Processing Systems", Some("NeurIPS'25")),
            (
                "Advances in Neural Information Processing Systems 37 (NeurIPS 2024)",
                Some("NeurIPS'25"),
            ),
            (
                "Proceedings of the 41st International Conference on Machine Learning",
                Some("ICML'25"),
            ),
            ("In Proc. of ICML", Some("ICML'25")),
            ("ICML 2024", Some("ICML'25")),
            (
                "2023 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
                Some("CVPR'25"),
            ),
            ("European Conference on Computer Vision", Some("ECCV'25")),
            (
                "Findings of the Association for Computational Linguistics: EMNLP 2023",
                Some("EMNLP Findings'25"),
            ),
            (
                "Proceedings of the 62nd Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
                Some("ACL'25"),
            ),
            ("Nature", Some("Nature'25")),
            ("Journal of Machine Learning Research", Some("JMLR'25")),
            ("Physical Review B", Some("PRB'25")),
            ("The Nature of Things", None),
            ("Machine Learning for Everyone", None),
            ("NeurIPS 2023 Workshop on Invented Results", None),
            ("Workshop at the International Conference on Machine Learning", None),
            ("Proceedings of the Workshop on Hot Topics in Networks", Some("HotNets'25")),
            ("Journal of Invented Results", None),
            ("", None),
        ] {
            assert_eq!(short(venue, Some(2025), []).as_deref(), expected, "{venue}");
        }
        assert_eq!(short("ICML", None, []).as_deref(), Some("ICML"));
        let own = [
            ("JIR", "Journal of Invented Results"),
            ("My ICML", "International Conference on Machine Learning"),
        ];
        for (venue, expected) in [
            ("Journal of Invented Results", "JIR'07"),
            ("The 9th International Conference on Machine Learning", "My ICML'07"),
        ] {
            assert_eq!(short(venue, Some(2007), own).as_deref(), Some(expected));
        }
    }

    #[test]
    fn kinds() {
        use Venue::{Conference, Journal, Preprint, Workshop};
        for (venue, expected) in [
            ("Symposium on Invented Things", Some(Conference)),
            ("ICML", Some(Conference)),
            ("ICML Workshop on Things", Some(Workshop)),
            ("IEEE Transactions on Things", Some(Journal)),
            ("arXiv", Some(Preprint)),
            ("arXiv preprint", Some(Preprint)),
            ("Nature", Some(Journal)),
            ("University of Gdańsk", None),
            ("", None),
        ] {
            assert_eq!(kind(venue), expected, "{venue}");
        }
    }
}

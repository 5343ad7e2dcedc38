//! What the arguments of known commands are, by class: the table `assets/import/macros.tsv`.

use crate::interchange::outline::Role;
use std::{collections::HashMap, sync::LazyLock};

/// What one argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A part of a line.
    Is(Role),
    /// A part of a line that is this in one CV and that in another.
    Any,
    /// The heading of a section, or of a part of one.
    Heading(u8),
    /// An item of a list.
    Bullet,
    /// What follows below the line.
    Body,
    /// Nothing that a reader sees.
    Skip,
    /// A name at a service, whose address begins so.
    Account(&'static str),
    /// A name at the service that the optional argument names.
    AccountAt,
    /// No argument: the line ends here.
    Break,
}

/// A command, or an environment, in some classes.
#[derive(Debug)]
pub(super) struct Row {
    classes: Vec<&'static str>,
    /// Whether it is an environment.
    pub(super) environment: bool,
    /// Its arguments in their order; whether each is optional.
    pub(super) slots: Vec<(bool, Slot)>,
}

impl Row {
    /// How many arguments in braces it has.
    pub(super) fn arguments(&self) -> usize {
        self.slots.iter().filter(|(optional, slot)| !optional && *slot != Slot::Break).count()
    }

    fn roles(&self) -> impl Iterator<Item = Role> {
        self.slots.iter().filter_map(|(_, slot)| match slot {
            Slot::Is(role) => Some(*role),
            _ => None,
        })
    }

    /// Whether it says who the CV is about, and is written before the text begins.
    pub(super) fn is_personal(&self) -> bool {
        let personal = |slot: &Slot| match slot {
            Slot::Account(_) | Slot::AccountAt => true,
            Slot::Is(role) => matches!(
                role,
                Role::Name
                    | Role::FirstName
                    | Role::LastName
                    | Role::Headline
                    | Role::Email
                    | Role::Phone
                    | Role::Link
                    | Role::Address
            ),
            _ => false,
        };
        self.slots.iter().any(|(_, slot)| personal(slot))
    }

    /// Whether an entry starts with it: it says two things of one.
    pub(super) fn is_entry(&self) -> bool {
        let of_an_entry = |role: &Role| {
            matches!(
                role,
                Role::Position
                    | Role::Organisation
                    | Role::Date
                    | Role::Degree
                    | Role::Title
                    | Role::Event
            )
        };
        let any = self.slots.iter().filter(|(_, slot)| *slot == Slot::Any).count();
        self.roles().filter(of_an_entry).count() + any > 1
    }

    /// Whether it is one piece of a line that other commands go on with.
    pub(super) fn is_piece(&self) -> bool {
        let role = self.roles().next();
        let piece = role.is_some_and(|role| {
            matches!(
                role,
                Role::Position
                    | Role::Organisation
                    | Role::Place
                    | Role::Date
                    | Role::Degree
                    | Role::Title
            )
        });
        self.slots.len() == 1 && self.arguments() == 1 && piece
    }

    fn fits(&self, families: &[String]) -> bool {
        let fits = |class: &&str, family: &String| {
            family == class || class.len() > 4 && family.contains(class)
        };
        self.classes.iter().any(|class| families.iter().any(|family| fits(class, family)))
    }

    /// Whether it is a heading and nothing else.
    fn is_heading(&self) -> bool {
        let mut slots = self.slots.iter();
        matches!(slots.next(), Some((false, Slot::Heading(_))))
            && slots.all(|(_, slot)| *slot == Slot::Skip)
    }

    fn is_general(&self) -> bool {
        self.classes.contains(&"*")
    }
}

/// The row for this command, or environment, with so many arguments in braces behind it. `families`
/// are the class and the packages of the file; `defined` says whether the file has a command of
/// this name itself, and with how many arguments.
pub(super) fn row(
    name: &str,
    environment: bool,
    families: &[String],
    arguments: usize,
    defined: Option<usize>,
) -> Option<&'static Row> {
    let rows = match TABLE.get(name) {
        Some(rows) => rows,
        // Its name tells what its one argument is.
        None if defined.unwrap_or(arguments) == 1 => TABLE.get(heading(name)?)?,
        None => return None,
    };
    let rows = || rows.iter().filter(|row| row.environment == environment);
    // A command of the file's own is only then the known one if it belongs to the class and takes
    // as much; else its definition says more of it. A heading is a heading.
    if let Some(defined) = defined {
        let same =
            |row: &&Row| row.arguments() == defined && (row.fits(families) || row.is_heading());
        return rows().filter(same).max_by_key(|row| row.fits(families));
    }
    let enough = |row: &&Row| row.arguments() <= arguments;
    rows()
        .filter(enough)
        .max_by_key(|row| (row.fits(families), row.is_general(), row.arguments() == arguments))
        .filter(|row| row.fits(families) || row.is_general() || row.arguments() > 1)
}

/// The heading that a command or an environment makes by its name: `\mySection`,
/// `\cvsubsectiontitle`.
fn heading(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let endings = ["section", "sectiontitle", "sectionheading", "sectionhead"];
    let is_heading = endings.iter().any(|ending| name.ends_with(ending));
    is_heading.then(|| if name.contains("subsection") { "cvsubsection" } else { "cvsection" })
}

static TABLE: LazyLock<HashMap<&str, Vec<Row>>> = LazyLock::new(|| {
    let mut table: HashMap<&str, Vec<Row>> = HashMap::new();
    for line in include_str!("../../../assets/import/macros.tsv").lines() {
        let mut cells = line.split('\t');
        if let (Some(name), Some(classes), Some(roles)) = (cells.next(), cells.next(), cells.next())
            && !line.starts_with('#')
        {
            let slots = roles.split(' ').filter_map(slot).collect();
            let environment = roles.split(' ').next() == Some("env");
            let classes = classes.split(',').map(str::trim).collect();
            table.entry(name).or_default().push(Row { classes, environment, slots });
        }
    }
    table
});

/// `date`, `[date]`, `account=example.org/`, `/`.
fn slot(word: &'static str) -> Option<(bool, Slot)> {
    let inner = word.strip_prefix('[').and_then(|word| word.strip_suffix(']'));
    let slot = match inner.unwrap_or(word) {
        "head" => Slot::Heading(2),
        "subhead" => Slot::Heading(3),
        "bullet" => Slot::Bullet,
        "any" => Slot::Any,
        "body" => Slot::Body,
        "skip" => Slot::Skip,
        "service" => Slot::AccountAt,
        "/" => Slot::Break,
        "name" => Slot::Is(Role::Name),
        "first" => Slot::Is(Role::FirstName),
        "last" => Slot::Is(Role::LastName),
        "headline" => Slot::Is(Role::Headline),
        "email" => Slot::Is(Role::Email),
        "phone" => Slot::Is(Role::Phone),
        "url" => Slot::Is(Role::Link),
        "address" => Slot::Is(Role::Address),
        "person" => Slot::Is(Role::Person),
        "position" => Slot::Is(Role::Position),
        "org" => Slot::Is(Role::Organisation),
        "place" => Slot::Is(Role::Place),
        "date" => Slot::Is(Role::Date),
        "degree" => Slot::Is(Role::Degree),
        "grade" => Slot::Is(Role::Grade),
        "title" => Slot::Is(Role::Title),
        "label" => Slot::Is(Role::Label),
        "level" => Slot::Is(Role::Level),
        "event" => Slot::Is(Role::Event),
        "text" => Slot::Is(Role::Text),
        word => Slot::Account(word.strip_prefix("account=")?),
    };
    Some((inner.is_some(), slot))
}

/// Where the accounts of a service lie.
pub(super) fn service(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "linkedin" => "linkedin.com/in/",
        "github" => "github.com/",
        "gitlab" => "gitlab.com/",
        "twitter" | "x" => "x.com/",
        "orcid" => "orcid.org/",
        "bitbucket" => "bitbucket.org/",
        "stackoverflow" => "stackoverflow.com/users/",
        "googlescholar" | "scholar" => "scholar.google.com/citations?user=",
        "researchgate" => "researchgate.net/profile/",
        "kaggle" => "kaggle.com/",
        "medium" => "medium.com/@",
        "xing" => "xing.com/profile/",
        "facebook" => "facebook.com/",
        "instagram" => "instagram.com/",
        "youtube" => "youtube.com/",
        "bluesky" => "bsky.app/profile/",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_table_is_known() {
        for line in include_str!("../../../assets/import/macros.tsv").lines() {
            if line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            for word in cells[2].split(' ') {
                assert!(word == "env" || slot(word).is_some(), "{line}");
            }
        }
    }

    #[test]
    fn class_and_number_of_arguments_decide() {
        let first = |family: &str, name: &str, arguments| {
            row(name, false, &[family.to_owned()], arguments, None)
                .and_then(|row| row.slots.first().map(|(_, slot)| *slot))
        };
        assert_eq!(first("moderncv", "cventry", 6), Some(Slot::Is(Role::Date)));
        assert_eq!(first("awesome-cv", "cventry", 5), Some(Slot::Is(Role::Position)));
        assert_eq!(first("moderncv", "name", 2), Some(Slot::Is(Role::FirstName)));
        assert_eq!(first("article", "name", 1), Some(Slot::Is(Role::Name)));
        assert_eq!(first("article", "cvitem", 1), None);
        assert_eq!(first("article", "MySection", 1), Some(Slot::Heading(2)));
        assert_eq!(first("article", "MySection", 2), None);
    }
}

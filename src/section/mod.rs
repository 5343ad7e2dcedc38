//! The kinds of section. To add one: write its file, then give it its lines in the table below.
//! Every place that has to decide about a kind does so by a `match` without `_`, or by a table with
//! as many lines as there are kinds: it does not compile before it has decided.

mod award;
mod certificate;
mod education;
mod experience;
mod grant;
mod item;
mod language;
mod paragraph;
mod part;
mod patent;
mod project;
mod publication;
mod reference;
mod service;
mod skill;
mod talk;
mod teaching;

pub use self::{
    award::Award, certificate::Certificate, education::Education, experience::Experience,
    grant::Grant, item::Item, language::Language, paragraph::Paragraph, part::Part, patent::Patent,
    project::Project, publication::Publication, reference::Referee, service::Service, skill::Skill,
    talk::Talk, teaching::Teaching,
};

sections! {
    Education(Education) {
        word: "education",
        about: "Degrees and schools, newest first, with grades and a thesis where they help",
        belongs: "Degrees, schools and terms abroad, the newest first",
    }
    Experience(Experience) {
        word: "experience",
        about: "Jobs, internships and research positions, with what you achieved",
        belongs: "Labs, companies and internships: where you worked, and what came of it",
    }
    Publications(Publication) {
        word: "publications",
        about: "Papers, preprints and theses, with all authors in order",
        belongs: "Papers, preprints, chapters and theses, with all their authors",
    }
    Patents(Patent) {
        word: "patents",
        about: "Patents and applications, with all inventors in order",
        belongs: "Patents and applications for them, with number, office and all inventors",
    }
    Projects(Project) {
        word: "projects",
        about: "Software, research and course work that can be shown",
        belongs: "Things you built: software, hardware, course projects",
    }
    Awards(Award) {
        word: "awards",
        about: "Prizes, scholarships and honours",
        belongs: "Prizes, scholarships and places in contests",
    }
    Skills(Skill) {
        word: "skills",
        about: "Methods, tools and programming languages, by kind",
        belongs: "Groups of skills, each with a label: languages, tools, methods",
    }
    Teaching(Teaching) {
        word: "teaching",
        about: "Courses taught or assisted, and students supervised",
        belongs: "Courses you taught or assisted in",
    }
    Talks(Talk) {
        word: "talks",
        about: "Invited talks, conference talks and posters",
        belongs: "Talks, posters and panels",
    }
    Service(Service) {
        word: "service",
        about: "Reviewing, committees, organising and volunteering",
        belongs: "Reviewing, organising and helping: what you do for others",
    }
    Grants(Grant) {
        word: "grants",
        about: "Funding that was won, with sum and role",
        belongs: "Money you won, from whom and for what",
    }
    Languages(Language) {
        word: "languages",
        about: "Languages you speak, with how well",
        belongs: "Languages you speak, and how well",
    }
    Certificates(Certificate) {
        word: "certificates",
        about: "Courses and exams with a certificate",
        belongs: "Certificates and test scores",
    }
    References(Referee) {
        word: "references",
        about: "People who will speak for you, with how to reach them",
        belongs: "People who can be asked about you",
    }
    Text(Paragraph) {
        word: "summary",
        about: "Free text: a profile, a research statement, anything in sentences",
        belongs: "A few sentences under a heading of your own",
    }
    List(Item) {
        word: "interests",
        about: "Short lines of any kind: interests, memberships, anything else",
        belongs: "Single lines with a date: anything that is a list",
    }
}

use crate::{
    at::At,
    block::{Block, View},
    field::{Access, Fields, Text, texts},
    value::entry::{Author, Show},
};
use serde::{Deserialize, Serialize};

/// An entry of a section.
pub trait Record: Fields {
    /// What the entry is called in a list of entries; markup as typed.
    fn title(&self) -> &str;

    /// Its date as typed: the first field that is one; empty without any.
    fn date(&self) -> &str {
        let texts = Self::FIELDS.iter().find_map(|field| match field.access {
            Access::Date((get, _)) => Some(get(self).as_str()),
            _ => None,
        });
        texts.unwrap_or_default()
    }

    /// What the entry says, in the order of reading. Empty fields leave no block.
    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>>;

    /// Whether it is printed, and in which variants.
    fn show(&self) -> &Show;

    /// Whether it is printed, to be changed.
    fn show_mut(&mut self) -> &mut Show;

    /// How much it matters.
    fn weight(&self) -> i8;

    /// How much it matters, to be changed.
    fn weight_mut(&mut self) -> &mut i8;

    /// Where it was brought in from; empty for what was typed here.
    fn imported(&self) -> &str;

    /// Where it was brought in from, to be changed.
    fn imported_mut(&mut self) -> &mut String;
}

/// A titled list of entries of one kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entries<R> {
    /// The heading; empty for the usual word in the language of the page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Whether the section is printed, and in which variants.
    #[serde(skip_serializing_if = "crate::field::is_always")]
    pub show: Show,
    /// A line under the heading, such as "* corresponding author".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The entries in order.
    pub entries: Vec<R>,
}

/// An operation that works for every kind of section.
pub trait Visitor<'a> {
    /// What it results in.
    type Out;

    /// The operation. `at` is the address of the section.
    fn entries<R: Record>(&mut self, at: &At, list: &'a Entries<R>) -> Self::Out;
}

/// An operation that works for every kind of section and changes it.
pub trait VisitorMut<'a> {
    /// What it results in.
    type Out;

    /// The operation. `at` is the address of the section.
    fn entries<R: Record>(&mut self, at: &At, list: &'a mut Entries<R>) -> Self::Out;
}

/// An operation on two sections of one kind, for every kind of section.
pub trait PairVisitor {
    /// What it results in.
    type Out;

    /// The operation.
    fn entries<R: Record>(&mut self, from: &Entries<R>, to: &mut Entries<R>) -> Self::Out;
}

macro_rules! sections {
    ($($Kind:ident($Entry:ident) {
        word: $word:literal,
        about: $about:literal,
        belongs: $belongs:literal,
    })*) => {
        /// A kind of section.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SectionKind { $(
            #[doc = concat!("Of [`", stringify!($Entry), "`] entries.")]
            $Kind
        ),* }

        impl SectionKind {
            /// All kinds, in the order of the "Add section" menu.
            pub const ALL: &'static [Self] = &[$(Self::$Kind),*];

            /// Its name in the file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$Kind => stringify!($Kind)),* }
            }

            /// What a section of that kind is called without a heading of its own, in English and
            /// in small letters.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$Kind => $word),* }
            }

            /// What belongs there, in a line: for choosing among the kinds.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$Kind => $about),* }
            }

            /// What belongs there, in a line: for a section that has no entries yet.
            #[must_use]
            pub const fn belongs(self) -> &'static str {
                match self { $(Self::$Kind => $belongs),* }
            }

            /// What one of its entries is called in a sentence.
            #[must_use]
            pub const fn noun(self) -> &'static str {
                match self { $(Self::$Kind => <$Entry as Fields>::NOUN),* }
            }
        }

        /// One section of a profile.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Section { $(
            #[doc = concat!("Entries of kind [`", stringify!($Entry), "`].")]
            $Kind(Entries<$Entry>)
        ),* }

        impl Section {
            /// An empty section.
            #[must_use]
            pub fn new(kind: SectionKind) -> Self {
                match kind { $(SectionKind::$Kind => Self::$Kind(Entries::default())),* }
            }

            /// Its kind.
            #[must_use]
            pub const fn kind(&self) -> SectionKind {
                match self { $(Self::$Kind(_) => SectionKind::$Kind),* }
            }

            /// The heading as typed; empty for the usual one.
            #[must_use]
            pub fn title(&self) -> &str {
                match self { $(Self::$Kind(list) => &list.title),* }
            }

            /// The line under the heading.
            #[must_use]
            pub fn note(&self) -> &str {
                match self { $(Self::$Kind(list) => &list.note),* }
            }

            /// Whether the section is printed.
            #[must_use]
            pub fn show(&self) -> &Show {
                match self { $(Self::$Kind(list) => &list.show),* }
            }

            /// The heading, to be changed.
            pub fn title_mut(&mut self) -> &mut String {
                match self { $(Self::$Kind(list) => &mut list.title),* }
            }

            /// The line under the heading, to be changed.
            pub fn note_mut(&mut self) -> &mut String {
                match self { $(Self::$Kind(list) => &mut list.note),* }
            }

            /// Whether the section is printed, to be changed.
            pub fn show_mut(&mut self) -> &mut Show {
                match self { $(Self::$Kind(list) => &mut list.show),* }
            }

            /// How many entries it has.
            #[must_use]
            pub fn count(&self) -> usize {
                match self { $(Self::$Kind(list) => list.entries.len()),* }
            }

            /// Gives entry `index` to the end of `to`, a section of the same kind; whether that
            /// could be done.
            pub fn give(&mut self, index: usize, to: &mut Self) -> bool {
                match (self, to) {
                    $((Self::$Kind(from), Self::$Kind(to)) if index < from.entries.len() => {
                        to.entries.push(from.entries.remove(index));
                        true
                    })*
                    _ => false,
                }
            }

            /// Runs an operation that works for every kind and changes it.
            pub fn visit_mut<'a, V: VisitorMut<'a>>(&'a mut self, at: &At, visitor: &mut V) -> V::Out {
                match self { $(Self::$Kind(list) => visitor.entries(at, list)),* }
            }

            /// Runs an operation on this section and another of the same kind; `None` when it is of
            /// another.
            pub fn visit_pair<V: PairVisitor>(&self, to: &mut Self, visitor: &mut V) -> Option<V::Out> {
                match (self, to) {
                    $((Self::$Kind(from), Self::$Kind(to)) => Some(visitor.entries(from, to)),)*
                    _ => None,
                }
            }

            /// Runs an operation that works for every kind.
            pub fn visit<'a, V: Visitor<'a>>(&'a self, at: &At, visitor: &mut V) -> V::Out {
                match self { $(Self::$Kind(list) => visitor.entries(at, list)),* }
            }
        }
    };
}
use sections;

/// The parts of [`Record`] that are the same for every entry.
macro_rules! common {
    () => {
        fn show(&self) -> &crate::value::entry::Show {
            &self.show
        }

        fn show_mut(&mut self) -> &mut crate::value::entry::Show {
            &mut self.show
        }

        fn weight(&self) -> i8 {
            self.weight
        }

        fn weight_mut(&mut self) -> &mut i8 {
            &mut self.weight
        }

        fn imported(&self) -> &str {
            &self.imported
        }

        fn imported_mut(&mut self) -> &mut String {
            &mut self.imported
        }
    };
}
use common;

impl SectionKind {
    /// The kind of that name in the file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl std::fmt::Display for SectionKind {
    /// Its name in the file.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Default for SectionKind {
    /// Free text.
    fn default() -> Self {
        Self::Text
    }
}

impl Default for Section {
    /// A section of free text.
    fn default() -> Self {
        Self::new(SectionKind::default())
    }
}

impl Section {
    /// What one of its entries is called in a sentence.
    #[must_use]
    pub const fn noun(&self) -> &'static str {
        self.kind().noun()
    }

    /// Calls `see` with every text of the section; `at` is the section's address. A text is `shown`
    /// when the section, its entry and whatever holds it are on in `variant`.
    pub fn texts<'a>(&'a self, at: &At, variant: Option<&str>, see: &mut dyn FnMut(Text<'a>)) {
        struct Each<'s, 'a> {
            variant: Option<&'s str>,
            on: bool,
            see: &'s mut dyn FnMut(Text<'a>),
        }
        impl<'a> Visitor<'a> for Each<'_, 'a> {
            type Out = ();
            fn entries<R: Record>(&mut self, at: &At, list: &'a Entries<R>) {
                let at = at.field("entries");
                for (i, entry) in list.entries.iter().enumerate() {
                    let on = self.on && entry.show().is_on(self.variant);
                    texts(entry, &at.index(i), self.variant, &mut |mut text| {
                        text.shown &= on;
                        (self.see)(text);
                    });
                }
            }
        }
        let on = self.show().is_on(variant);
        for (name, label, text) in
            [("title", "Heading", self.title()), ("note", "Note", self.note())]
        {
            if !text.is_empty() {
                let kind = crate::field::Kind::Rich;
                see(Text { at: at.field(name), label, kind, text, shown: on });
            }
        }
        self.visit(at, &mut Each { variant, on, see });
    }
}

/// The people of an entry: authors, inventors.
#[derive(Clone, Debug)]
pub struct Byline<'a> {
    /// The address of the list.
    pub at: At,
    /// The title of the entry; markup as typed.
    pub title: &'a str,
    /// The people in order.
    pub people: &'a [Author],
}

impl Section {
    /// The people of every entry that is on in `variant`, of kinds that name any; `at` is the
    /// section's address.
    #[must_use]
    pub fn bylines<'a>(&'a self, at: &At, variant: Option<&str>) -> Vec<Byline<'a>> {
        struct Each<'v>(Option<&'v str>);
        impl<'a> Visitor<'a> for Each<'_> {
            type Out = Vec<Byline<'a>>;
            fn entries<R: Record>(&mut self, at: &At, list: &'a Entries<R>) -> Self::Out {
                let at = at.field("entries");
                let mut found = vec![];
                for field in R::FIELDS {
                    let Access::People((get, _)) = &field.access else { continue };
                    for (i, entry) in list.entries.iter().enumerate() {
                        if entry.show().is_on(self.0) {
                            let at = at.index(i).field(field.name);
                            found.push(Byline { at, title: entry.title(), people: get(entry) });
                        }
                    }
                }
                found
            }
        }
        self.visit(at, &mut Each(variant))
    }

    /// Calls `change` with the people of every entry, of kinds that name any.
    pub fn change_people(&mut self, change: &mut dyn FnMut(&mut Vec<Author>)) {
        struct Each<'s>(&'s mut dyn FnMut(&mut Vec<Author>));
        impl VisitorMut<'_> for Each<'_> {
            type Out = ();
            fn entries<R: Record>(&mut self, _: &At, list: &mut Entries<R>) {
                for field in R::FIELDS {
                    let Access::People((_, get)) = &field.access else { continue };
                    list.entries.iter_mut().for_each(|entry| (self.0)(get(entry)));
                }
            }
        }
        self.visit_mut(&At::root(), &mut Each(change));
    }
}

/// Calls `see` with every switch in `sections` and its address; `at` is the address of the list.
pub(crate) fn switches<'a>(sections: &'a [Section], at: &At, see: &mut dyn FnMut(At, &'a Show)) {
    struct Each<'s, 'a>(&'s mut dyn FnMut(At, &'a Show));
    impl<'a> Visitor<'a> for Each<'_, 'a> {
        type Out = ();
        fn entries<R: Record>(&mut self, at: &At, list: &'a Entries<R>) {
            for (i, entry) in list.entries.iter().enumerate() {
                let at = at.field("entries").index(i);
                (self.0)(at.clone(), entry.show());
                crate::field::switches(entry, &at, self.0);
            }
        }
    }
    for (i, section) in sections.iter().enumerate() {
        let at = at.index(i);
        see(at.clone(), section.show());
        section.visit(&at, &mut Each(see));
    }
}

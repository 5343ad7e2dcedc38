//! Profiles that nobody would write: every field of every kind of record filled with odd text. They survive the file,
//! and their pages are sound.

#![expect(clippy::indexing_slicing, reason = "what is not as expected fails the test")]

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use proptest::{prelude::*, test_runner::TestRng};
use vitae::{
    check::{self, Checked},
    compare::compare,
    field::{Access, Fields},
    look::{Look, PageLimit},
    pdf::{self, Metadata, Options},
    person::Person,
    profile::Profile,
    section::{
        Award, Certificate, Education, Entries, Experience, Grant, Item, Language, Paragraph, Part,
        Project, Publication, Record, Referee, Section, Service, Skill, Talk, Teaching,
    },
    store::{Document, new_text},
    theme::{self, Theme},
    typeset::{Source, Typesetter},
    value::entry::{Author, Bullet, Labelled, Show},
    variant::Variant,
};

/// What odd texts are made of: markup, maths, marks, dates, links, many scripts, signs that break files.
const PIECES: &[&str] = &[
    "word",
    " ",
    "  ",
    "\n",
    "\n\n",
    "**",
    "*",
    "`",
    "$",
    "$x^2$",
    "$\\sigma^{2}\\le\\frac{a}{b}$",
    "[",
    "](",
    "https://example.org/a?b=c&d=ü",
    ")",
    "[t](https://example.org)",
    "[x](javascript:alert(1))",
    "^{",
    "}",
    "_{",
    "\\",
    "\"",
    "'",
    "#",
    "\"#",
    "//",
    "/*",
    "*/",
    "(",
    "{",
    "Łódź",
    "Nguyễn",
    "Ω",
    "жизнь",
    "张伟",
    "한글",
    "かな",
    "שלום",
    "مرحبا",
    "ไทย",
    "हिन्दी",
    "🚀",
    "👩‍🔬",
    "e\u{301}",
    "\u{202e}",
    "\u{200b}",
    "\u{ad}",
    "\u{a0}",
    "\u{feff}",
    "†",
    "*",
    "‡",
    "Oct. 2024 – June 2028",
    "2025.1-2025.6 (expected)",
    "present",
    "2021-13",
    "10.5555/x",
    "0000-0002-1825-0097",
    "github: example",
    "a@example.org",
    "+1 555 0100",
    "10 ms",
    "J. T. H. Wong",
    "—",
    "ﬁ",
    "averyveryveryveryveryveryveryveryveryveryveryveryveryverylongword",
];

struct Maker(TestRng);

impl Maker {
    fn below(&mut self, n: u32) -> u32 {
        self.0.next_u32() % n
    }

    fn text(&mut self) -> String {
        let count = self.below(8);
        (0..count).map(|_| PIECES[self.below(PIECES.len() as u32) as usize]).collect()
    }

    fn list<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.below(3);
        (0..count).map(|_| make(self)).collect()
    }

    fn show(&mut self) -> Show {
        match self.below(6) {
            0 => Show::Never,
            1 => Show::In(vec!["a".into()]),
            2 => Show::NotIn(self.list(Self::text)),
            _ => Show::Always,
        }
    }

    fn bullet(&mut self, depth: u32) -> Bullet {
        Bullet {
            text: self.text(),
            show: self.show(),
            weight: (self.below(5) as i8) - 2,
            bullets: if depth < 3 { self.list(|m| m.bullet(depth + 1)) } else { vec![] },
        }
    }

    fn record<T: Fields>(&mut self, depth: u32) -> T {
        let mut record = T::default();
        for field in T::FIELDS {
            if self.below(3) == 0 {
                continue;
            }
            match &field.access {
                Access::Line((_, set))
                | Access::Prose((_, set))
                | Access::Date((_, set))
                | Access::Link((_, set)) => *set(&mut record) = self.text(),
                Access::Lines((_, set)) | Access::Links((_, set)) => {
                    *set(&mut record) = self.list(Self::text);
                }
                Access::People((_, set)) => {
                    *set(&mut record) = self.list(|m| Author {
                        name: m.text(),
                        own: m.below(2) == 0,
                        link: if m.below(3) == 0 { m.text() } else { String::new() },
                    });
                }
                Access::Labelled((_, set)) => {
                    *set(&mut record) =
                        self.list(|m| Labelled { label: m.text(), text: m.text(), show: m.show() });
                }
                Access::Bullets((_, set)) => *set(&mut record) = self.list(|m| m.bullet(0)),
                Access::Parts((_, set)) if depth < 2 => {
                    *set(&mut record) = self.list(|m| m.record::<Part>(depth + 1));
                }
                Access::Parts(_) => {}
            }
        }
        record
    }

    fn entries<R: Record>(&mut self) -> Entries<R> {
        Entries {
            title: self.text(),
            show: self.show(),
            note: self.text(),
            entries: self.list(|m| m.record(0)),
        }
    }

    fn section(&mut self) -> Section {
        match self.below(15) {
            0 => Section::Education(self.entries::<Education>()),
            1 => Section::Experience(self.entries::<Experience>()),
            2 => Section::Publications(self.entries::<Publication>()),
            3 => Section::Projects(self.entries::<Project>()),
            4 => Section::Awards(self.entries::<Award>()),
            5 => Section::Skills(self.entries::<Skill>()),
            6 => Section::Teaching(self.entries::<Teaching>()),
            7 => Section::Talks(self.entries::<Talk>()),
            8 => Section::Service(self.entries::<Service>()),
            9 => Section::Grants(self.entries::<Grant>()),
            10 => Section::Languages(self.entries::<Language>()),
            11 => Section::Certificates(self.entries::<Certificate>()),
            12 => Section::References(self.entries::<Referee>()),
            13 => Section::Text(self.entries::<Paragraph>()),
            _ => Section::List(self.entries::<Item>()),
        }
    }

    fn look(&mut self) -> Look {
        let themes: Vec<&str> = Theme::names().collect();
        let theme = themes[self.below(themes.len() as u32) as usize].to_owned();
        let pages = [PageLimit::One, PageLimit::Two, PageLimit::Any][self.below(3) as usize];
        Look {
            theme,
            order: self.list(Self::text),
            pages: Some(pages),
            justify: (self.below(3) == 0).then_some(true),
            hyphenate: (self.below(3) == 0).then_some(true),
            max_authors: (self.below(3) == 0).then_some(1),
            size: (self.below(3) == 0).then(|| f64::from(self.below(40)) / 2.0),
            accent: (self.below(4) == 0).then(|| self.text()),
            ..Look::default()
        }
    }

    fn profile(&mut self) -> Profile {
        Profile {
            person: self.record::<Person>(0),
            sections: (0..6).map(|_| self.section()).collect(),
            marks: self.list(|m| Labelled { label: m.text(), text: m.text(), show: m.show() }),
            variants: self.list(|m| Variant {
                name: m.text(),
                headline: m.text(),
                summary: m.text(),
                look: m.look(),
            }),
            look: self.look(),
            ..Profile::default()
        }
    }
}

fn profiles() -> impl Strategy<Value = Profile> {
    Just(()).prop_perturb(|(), rng| Maker(rng).profile())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_saved_opens_as_the_same(profile in profiles()) {
        let saved = new_text(&profile).unwrap();
        let opened = Document::from_text("x", &saved).unwrap();
        let again = opened.to_text().unwrap();
        prop_assert_eq!(&again.text, &saved);
        prop_assert_eq!(Document::from_text("x", &again.text).unwrap().profile, opened.profile);
    }

    #[test]
    fn what_differs_is_told(old in profiles(), new in profiles()) {
        prop_assert_eq!(compare(&old, &old), []);
        // One thing alone may differ, wherever it is.
        let mut others = vec![
            new.clone(),
            Profile { person: new.person, ..old.clone() },
            Profile { marks: new.marks, ..old.clone() },
            Profile { variants: new.variants, ..old.clone() },
            Profile { look: new.look, ..old.clone() },
        ];
        for (i, section) in new.sections.into_iter().enumerate() {
            let mut other = old.clone();
            other.sections[i] = section;
            others.push(other);
        }
        for other in others {
            prop_assert_eq!(compare(&old, &other).is_empty(), old == other);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_odd_profiles_are_sound(profile in profiles()) {
        let variant = profile.variants.first();
        let style = theme::style(&profile, variant, &Look::default()).0;
        let typeset = Typesetter::new(Source::Embedded).set(&profile, variant, &style);
        for page in &typeset.pages.pages {
            for line in &page.lines {
                for glyph in &line.glyphs {
                    prop_assert!(glyph.x.is_finite() && glyph.y.is_finite() && glyph.id != 0);
                    prop_assert!(glyph.x > -1.0, "`{}` at {}, {:?}", line.text, glyph.x, typeset.fit);
                }
            }
        }
        // Nothing to check but that it ends: any text may stand anywhere.
        drop(check::run(&Checked { profile: &profile, variant, style: &style }));
        let meta = Metadata { title: "CV".into(), language: typeset.language.clone(), ..Metadata::default() };
        let bytes = pdf::write(&typeset.pages, &meta, &Options::default()).unwrap();
        for standard in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
            let report = validate_pdf_bytes(&bytes, &ValidationOptions::default().profile(standard)).unwrap();
            prop_assert!(report.is_compliant, "{}", report);
        }
    }
}

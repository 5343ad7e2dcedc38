//! Profiles that nobody would write: every field of every kind of record filled with odd text. They
//! survive the file, their pages are sound, and other formats keep what they can say of them.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what is not as expected fails the test"
)]

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use proptest::{prelude::*, test_runner::TestRng};
use std::collections::BTreeMap;
use vitae::{
    at::At,
    check::{self, Checked},
    compare::compare,
    field::{Access, Fields, Kind},
    finding::Code,
    interchange::{self, json_resume, rendercv},
    look::{Look, PageLimit, Style},
    pdf::{self, Metadata, Options},
    person::Person,
    profile::Profile,
    section::{
        Award, Certificate, Education, Entries, Experience, Grant, Item, Language, Paragraph, Part,
        Patent, Project, Publication, Record, Referee, Section, Service, Skill, Talk, Teaching,
    },
    store::{Document, new_text, snapshot},
    theme::{self, Theme},
    typeset::{Source, Typesetter},
    value::{
        entry::{Author, Bullet, Labelled, Show},
        rich::Rich,
    },
    variant::Variant,
};

/// What odd texts are made of: markup, maths, marks, dates, links, many scripts, signs that break
/// files.
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
                | Access::Photo((_, set))
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
        match self.below(16) {
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
            13 => Section::Patents(self.entries::<Patent>()),
            14 => Section::Text(self.entries::<Paragraph>()),
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
        // What undo keeps says the same.
        prop_assert_eq!(snapshot::read(&snapshot::write(&profile)), Some(profile));
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
        drop(check::run(&Checked::new(&profile, variant, &style)));
        let meta = Metadata { title: "CV".into(), language: typeset.language.clone(), ..Metadata::default() };
        let bytes = pdf::write(&typeset.pages, &meta, &Options::default()).unwrap();
        for standard in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
            let report = validate_pdf_bytes(&bytes, &ValidationOptions::default().profile(standard)).unwrap();
            prop_assert!(report.is_compliant, "{}", report);
        }
    }
}

/// The official schemas of JSON Resume, which is what other programs check a file against.
fn schemas() -> (boon::Schemas, Vec<boon::SchemaIndex>) {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/schemas");
    let compiled = ["1.0.0", "1.3.1"].map(|version| {
        let file = format!("{folder}/json-resume-{version}.json");
        compiler.compile(&file, &mut schemas).unwrap()
    });
    (schemas, compiled.to_vec())
}

/// The words of all texts that are printed as text, and how often each occurs.
fn words(profile: &Profile, plain: fn(&str) -> String) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    profile.texts(None, &mut |text| {
        if matches!(text.kind, Kind::Rich | Kind::Name) {
            let text = plain(text.text);
            count(&mut found, &text);
        }
    });
    found
}

fn count(found: &mut BTreeMap<String, usize>, text: &str) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *found.entry(word.to_owned()).or_default() += 1;
    }
}

/// The addresses that authors' names lead to.
fn author_links(profile: &Profile) -> impl Iterator<Item = &String> {
    let bylines = profile.sections.iter().flat_map(|section| section.bylines(&At::root(), None));
    bylines.flat_map(|byline| byline.people).map(|author| &author.link)
}

fn samples() -> Vec<(String, Profile)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.display().to_string(), Document::from_text("sample", &text).unwrap().profile)
    };
    files.map(read).collect()
}

fn usual_style(profile: &Profile) -> Style {
    theme::style(profile, None, &Look::default()).0
}

/// Everything but what no format may tell, which is other spellings of the name, which publications
/// are selected ones, which only libraries say, and sections in which nothing stands.
fn told(profile: &Profile) -> Profile {
    let mut told = interchange::shown(profile, None, &usual_style(profile));
    told.person.known_as.clear();
    for section in &mut told.sections {
        if let Section::Publications(list) = section {
            list.entries.iter_mut().for_each(|paper| paper.weight = 0);
        }
    }
    told.sections.retain(|section| {
        let mut says = false;
        section.texts(&At::root(), None, &mut |text| {
            says |= text.at.steps().len() > 1 && !text.text.trim().is_empty();
        });
        says
    });
    told
}

#[test]
fn samples_come_back_from_json_resume() {
    let (schemas, versions) = schemas();
    for (name, profile) in samples() {
        let told = told(&profile);
        let bytes = json_resume::write(&told, &usual_style(&profile));
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        for version in &versions {
            let valid = schemas.validate(&value, *version).map_err(|e| format!("{name}: {e:#}"));
            assert_eq!(valid, Ok(()));
        }
        let (source, import) = interchange::read(&bytes, None).unwrap();
        assert_eq!(source.name, "JSON Resume");
        let mut back = import.profile;
        assert_eq!(back.look.language.take(), Some(usual_style(&profile).language));
        assert_eq!(back, told, "{name}");
        assert_eq!(import.report.count(Code::ImportNotPlaced), 0, "{name}: {:?}", import.report);
    }
}

#[test]
fn sections_of_one_name_come_back_and_take_no_more_room_than_others() {
    let profile = |count: usize| {
        let section = |_| {
            let entries = vec![Item { text: "One line".to_owned(), ..Item::default() }];
            Section::List(Entries { title: "Same".into(), entries, ..Entries::default() })
        };
        Profile { sections: (0..count).map(section).collect(), ..Profile::default() }
    };
    let write = |count: usize| {
        let profile = profile(count);
        rendercv::write(&profile, &usual_style(&profile))
    };
    let (_, import) = interchange::read(&write(300), None).unwrap();
    let titles: Vec<&str> = import.profile.sections.iter().map(Section::title).collect();
    let others: Vec<_> = titles.iter().filter(|title| **title != "Same").collect();
    assert!(titles.len() == 300 && others.is_empty(), "{others:?}");
    assert!(write(2_000).len() < 13 * write(200).len());
}

#[test]
fn samples_come_back_from_rendercv() {
    let plain = |text: &str| Rich::parse(text).to_plain();
    for (name, profile) in samples() {
        let told = told(&profile);
        let bytes = rendercv::write(&told, &usual_style(&profile));
        let (source, import) = interchange::read(&bytes, None).unwrap();
        assert_eq!(source.name, "RenderCV");
        assert_eq!(words(&import.profile, plain), words(&told, plain), "{name}");
        let shape = |profile: &Profile| -> Vec<_> {
            let shape =
                |s: &Section| (s.kind(), s.title().to_owned(), s.note().to_owned(), s.count());
            profile.sections.iter().map(shape).collect()
        };
        assert_eq!(shape(&import.profile), shape(&told), "{name}");
        let left: Vec<_> =
            import.report.findings.iter().filter(|f| f.code == Code::ImportNotPlaced).collect();
        // Its theme is none of ours.
        assert_eq!(left.len(), 1, "{name}: {left:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_in_other_formats(profile in profiles()) {
        let (schemas, versions) = schemas();
        let style = usual_style(&profile);
        let told = told(&profile);
        let bytes = json_resume::write(&told, &style);
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        for version in versions {
            let valid = schemas.validate(&value, version);
            prop_assert!(valid.is_ok(), "{:#}", valid.unwrap_err());
        }
        let whole = words(&told, str::to_owned);
        // Nothing at all is no CV.
        if let Ok((_, import)) = interchange::read(&bytes, None) {
            // A name that looks like a link becomes one.
            let mut back = words(&import.profile, str::to_owned);
            author_links(&import.profile).for_each(|link| count(&mut back, link));
            for (word, count) in whole {
                let found = back.get(&word).copied().unwrap_or_default();
                prop_assert!(found >= count, "{word}: {found} of {count}\n{}", String::from_utf8_lossy(&bytes));
            }
        } else {
            prop_assert!(whole.is_empty());
        }
        // Its Markdown cannot say every odd markup; it is still what it says it is.
        if let Ok((source, _)) = interchange::read(&rendercv::write(&told, &style), None) {
            prop_assert_eq!(source.name, "RenderCV");
        }
    }
}

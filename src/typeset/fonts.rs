//! The fonts that come with the program, and those of the system where a script needs them.

use super::families::{Region, Usability, usability};
use crate::look::FAMILIES;
use flate2::read::ZlibDecoder;
use parley::{
    FontContext, FontFamily, FontFamilyName,
    fontique::{Blob, Collection, CollectionOptions, SourceCache},
};
use skrifa::{FontRef, MetadataProvider as _};
use std::{
    borrow::Cow,
    collections::HashMap,
    io::Read as _,
    sync::{Arc, LazyLock},
};

/// The embedded font files that every page may need. Unmodified; licences lie beside them in
/// `assets/fonts`.
const FILES: [&[u8]; 12] = [
    include_bytes!("../../assets/fonts/SourceSerif4-Regular.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-It.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-Bold.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-BoldIt.ttf"),
    include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../../assets/fonts/SourceSans3-It.ttf"),
    include_bytes!("../../assets/fonts/SourceSans3-Bold.ttf"),
    include_bytes!("../../assets/fonts/SourceSans3-BoldIt.ttf"),
    include_bytes!("../../assets/fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../../assets/fonts/LibertinusSerif-Italic.otf"),
    include_bytes!("../../assets/fonts/LibertinusSerif-Bold.otf"),
    include_bytes!("../../assets/fonts/LibertinusSerif-BoldItalic.otf"),
];

/// The regular cut of each of their families: what it lacks, the family lacks.
const REGULAR: [usize; 3] = [0, 4, 8];

/// The embedded family for Chinese, Japanese and Korean. It has the forms of signs of China alone,
/// in one weight and without OpenType tables that would know others: those of Japan, Korea and
/// Taiwan, and a true bold, come from a family of the system where there is one
/// ([`super::families::Region`]), else bold is this face with thickened outlines.
const EAST_ASIAN: &str = "WenQuanYi Micro Hei";

/// The file of the embedded font for Chinese, Japanese and Korean, which fields are shown in, too.
/// It is as large as all others together and few need it, so `build.rs` packs it and it is unpacked
/// at the first call, which takes some hundredths of a second.
#[must_use]
pub fn east_asian_file() -> &'static [u8] {
    const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/WenQuanYiMicroHei.ttc.z"));
    static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut file = vec![];
        // What was packed when the program was built can be unpacked; else the font is missing, as
        // on a broken disk.
        ZlibDecoder::new(PACKED).read_to_end(&mut file).unwrap_or_default();
        file
    });
    &FILE
}

/// Where fonts may come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Only from the program: the same page on every machine.
    Embedded,
    /// Also from the system, once a text needs a character that no embedded font has.
    #[default]
    System,
}

/// The fonts at hand, loaded when first needed.
pub(crate) struct Fonts {
    source: Source,
    embedded: FontContext,
    /// Whether the East Asian font is among the embedded ones.
    east_asian: bool,
    system: Option<FontContext>,
    /// The families of the system for East Asian signs, as far as they were looked for.
    regional: HashMap<Region, Option<&'static str>>,
    /// What can be done with the families that were asked for: their files are read for it.
    judged: HashMap<String, Usability>,
}

impl Fonts {
    /// The embedded fonts; those of the system are only looked for when needed.
    pub(crate) fn new(source: Source) -> Self {
        let (embedded, regional) = (context(false), HashMap::new());
        let judged = HashMap::new();
        Self { source, embedded, east_asian: false, system: None, regional, judged }
    }

    /// The fonts to shape `text` with, in the families `wanted` and the language of the page: the
    /// system's only if a wanted one is none of the program's, if no embedded font has all of its
    /// characters, or if the system has East Asian signs in the forms of the language. With them
    /// the family of these.
    pub(crate) fn context(
        &mut self,
        text: &str,
        wanted: [&str; 2],
        language: &str,
    ) -> (&mut FontContext, Option<&'static str>) {
        let foreign = || text.chars().filter(|c| !c.is_ascii() && !is_european(*c));
        let is_foreign = foreign().next().is_some();
        let own = wanted.iter().all(|name| FAMILIES.contains(name));
        if !is_foreign && own {
            return (&mut self.embedded, None);
        }
        let east_asian = |c: char| has(east_asian_file(), c);
        if self.source == Source::System {
            let region = Region::of(language).filter(|_| foreign().any(east_asian));
            let regional = region.and_then(|region| self.regional(region));
            if !own || regional.is_some() || foreign().any(|c| !east_asian(c)) {
                return (self.system(), regional);
            }
        }
        if is_foreign && !self.east_asian {
            add(&mut self.embedded, east_asian_file());
            self.east_asian = true;
        }
        (&mut self.embedded, None)
    }

    /// What can be done with a family that is none of the program's.
    pub(crate) fn usability(&mut self, name: &str) -> Usability {
        if self.source == Source::Embedded {
            return Usability::Missing;
        }
        if let Some(known) = self.judged.get(name) {
            return *known;
        }
        let found = usability(self.system(), name);
        self.judged.insert(name.to_owned(), found);
        found
    }

    /// The fonts of the program and of the system.
    fn system(&mut self) -> &mut FontContext {
        self.system.get_or_insert_with(|| {
            let mut context = context(true);
            add(&mut context, east_asian_file());
            context
        })
    }

    /// The family of the system with the signs of a region.
    fn regional(&mut self, region: Region) -> Option<&'static str> {
        if let Some(known) = self.regional.get(&region) {
            return *known;
        }
        let family = region.family(self.system());
        self.regional.insert(region, family);
        family
    }
}

/// The families to try in order, beginning with the wanted one; `regional` is that for East Asian
/// signs in the forms of the page's language.
pub(crate) fn stack<'n>(wanted: &'n str, regional: Option<&'n str>) -> FontFamily<'n> {
    let sans = wanted == "Source Sans 3";
    let like = if sans {
        ["Source Sans 3", "Source Serif 4"]
    } else {
        ["Source Serif 4", "Source Sans 3"]
    };
    let names = [wanted, like[0], "Libertinus Serif", like[1]].into_iter();
    let names = names.chain(regional).chain([EAST_ASIAN]);
    let names = names.map(|name| FontFamilyName::Named(Cow::Borrowed(name)));
    FontFamily::List(Cow::Owned(names.collect()))
}

/// Whether the character is one that no font needs to show: joiners, marks of direction, variation
/// selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether one of the embedded fonts that every page may need has the character.
fn is_european(c: char) -> bool {
    is_invisible(c) || REGULAR.iter().filter_map(|i| FILES.get(*i)).any(|file| has(file, c))
}

/// Whether the first font of a file has the character.
fn has(file: &[u8], c: char) -> bool {
    FontRef::from_index(file, 0).is_ok_and(|font| font.charmap().map(c).is_some())
}

/// A collection with the embedded fonts that every page may need, and with those of the system if
/// wanted.
fn context(system_fonts: bool) -> FontContext {
    let collection = Collection::new(CollectionOptions { shared: false, system_fonts });
    let mut context = FontContext { collection, source_cache: SourceCache::default() };
    for file in FILES {
        add(&mut context, file);
    }
    context
}

fn add(context: &mut FontContext, file: &'static [u8]) {
    context.collection.register_fonts(Blob::new(Arc::new(file)), None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_there() {
        let mut context = context(false);
        add(&mut context, east_asian_file());
        for name in FAMILIES.iter().chain([&EAST_ASIAN]) {
            let family =
                context.collection.family_by_name(name).unwrap_or_else(|| panic!("{name}"));
            let expected = if *name == EAST_ASIAN { 1 } else { 4 };
            assert_eq!(family.fonts().len(), expected, "{name}");
        }
    }

    #[test]
    fn scripts_that_need_no_system_font() {
        for c in "Łódźễ Ω ж † σ² ≤ 张伟 かな 한글 ﬁ".chars() {
            assert!(is_european(c) || has(east_asian_file(), c), "{c}");
        }
        let unknown = '\u{10330}';
        assert!(!is_european(unknown) && !has(east_asian_file(), unknown));
    }
}

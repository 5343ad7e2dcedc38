//! The fonts that come with the program, and those of the system where a script needs them.

use flate2::read::ZlibDecoder;
use parley::{
    FontContext, FontFamily, FontFamilyName,
    fontique::{Blob, Collection, CollectionOptions, SourceCache},
};
use skrifa::{FontRef, MetadataProvider as _};
use std::{
    borrow::Cow,
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

/// The embedded family for Chinese, Japanese and Korean.
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
}

impl Fonts {
    /// The embedded fonts; those of the system are only looked for when needed.
    pub(crate) fn new(source: Source) -> Self {
        Self { source, embedded: context(false), east_asian: false, system: None }
    }

    /// The fonts to shape `text` with: the system's only if no embedded font has all of its
    /// characters.
    pub(crate) fn context(&mut self, text: &str) -> &mut FontContext {
        let mut foreign = text.chars().filter(|c| !c.is_ascii() && !is_european(*c)).peekable();
        if foreign.peek().is_none() {
            return &mut self.embedded;
        }
        if self.source == Source::System && foreign.any(|c| !has(east_asian_file(), c)) {
            return self.system.get_or_insert_with(|| {
                let mut context = context(true);
                add(&mut context, east_asian_file());
                context
            });
        }
        if !self.east_asian {
            add(&mut self.embedded, east_asian_file());
            self.east_asian = true;
        }
        &mut self.embedded
    }
}

/// The families to try in order, beginning with the wanted one.
pub(crate) fn stack(wanted: &str) -> FontFamily<'_> {
    let sans = wanted == "Source Sans 3";
    let like = if sans {
        ["Source Sans 3", "Source Serif 4"]
    } else {
        ["Source Serif 4", "Source Sans 3"]
    };
    let names = [wanted, like[0], "Libertinus Serif", like[1], EAST_ASIAN];
    let names = names.map(|name| FontFamilyName::Named(Cow::Borrowed(name)));
    FontFamily::List(Cow::Owned(names.to_vec()))
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
    use crate::look::FAMILIES;

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

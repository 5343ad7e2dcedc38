//! The fonts that come with the program, and those of the system where a script needs them.

use parley::{
    FontContext, FontFamily, FontFamilyName,
    fontique::{Blob, Collection, CollectionOptions, SourceCache},
};
use skrifa::{FontRef, MetadataProvider as _};
use std::{borrow::Cow, sync::Arc};

/// Every embedded font file. Unmodified; licences lie beside them in `assets/fonts`.
const FILES: [&[u8]; 13] = [
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
    EAST_ASIAN_FILE,
];

/// The regular cut of each embedded family: what it lacks, the family lacks.
const REGULAR: [usize; 4] = [0, 4, 8, 12];

/// The embedded family for Chinese, Japanese and Korean.
const EAST_ASIAN: &str = "WenQuanYi Micro Hei";

/// The file of the embedded font for Chinese, Japanese and Korean, for fields to be typed in.
pub const EAST_ASIAN_FILE: &[u8] = include_bytes!("../../assets/fonts/WenQuanYiMicroHei.ttc");

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
    system: Option<FontContext>,
}

impl Fonts {
    /// The embedded fonts; those of the system are only looked for when needed.
    pub(crate) fn new(source: Source) -> Self {
        Self { source, embedded: context(false), system: None }
    }

    /// The fonts to shape `text` with: the system's only if no embedded font has all of its characters.
    pub(crate) fn context(&mut self, text: &str) -> &mut FontContext {
        let lacks =
            self.source == Source::System && text.chars().any(|c| !c.is_ascii() && !is_embedded(c));
        if lacks { self.system.get_or_insert_with(|| context(true)) } else { &mut self.embedded }
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

/// Whether the character is one that no font needs to show: joiners, marks of direction, variation selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether an embedded font has the character.
fn is_embedded(c: char) -> bool {
    is_invisible(c)
        || REGULAR.iter().filter_map(|i| FILES.get(*i)).any(|bytes| {
            FontRef::from_index(bytes, 0).is_ok_and(|font| font.charmap().map(c).is_some())
        })
}

/// A collection with the embedded fonts, and with those of the system if wanted.
fn context(system_fonts: bool) -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts });
    for bytes in FILES {
        collection.register_fonts(Blob::new(Arc::new(bytes)), None);
    }
    FontContext { collection, source_cache: SourceCache::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::FAMILIES;

    #[test]
    fn every_family_is_there() {
        let mut context = context(false);
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
            assert!(is_embedded(c), "{c}");
        }
        assert!(!is_embedded('\u{10330}'));
    }
}

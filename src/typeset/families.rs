//! Families of the system: which there are, which of them can be set and put into a PDF, and which
//! hold the forms of East Asian signs that a language wants.

use crate::look::FAMILIES;
use parley::{
    FontContext,
    fontique::{Collection, CollectionOptions},
};
use skrifa::{FontRef, raw::TableProvider as _};
use std::sync::LazyLock;

/// The names of the families that are installed besides those of the program, in alphabetical
/// order. They are looked for once, at the first call.
#[must_use]
pub fn installed_families() -> &'static [String] {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut collection =
            Collection::new(CollectionOptions { shared: false, system_fonts: true });
        let mut names: Vec<String> = collection.family_names().map(str::to_owned).collect();
        // The hidden ones of macOS are for the system alone.
        names.retain(|name| !name.starts_with('.') && !FAMILIES.contains(&name.as_str()));
        names.sort_unstable_by_key(|name| (name.to_lowercase(), name.clone()));
        names.dedup();
        names
    });
    &NAMES
}

/// What can be done with a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usability {
    /// It can be set, and put into a file.
    Usable,
    /// It is not installed.
    Missing,
    /// Its licence does not allow it in a PDF.
    Restricted,
    /// All its weights are in one variable file, of which a PDF would show only one.
    Variable,
}

/// What can be done with the family called `name`.
pub(crate) fn usability(context: &mut FontContext, name: &str) -> Usability {
    let FontContext { collection, source_cache } = context;
    let Some(family) = collection.family_by_name(name) else {
        return Usability::Missing;
    };
    let mut judged = Usability::Missing;
    for font in family.fonts() {
        if !font.axes().is_empty() {
            return Usability::Variable;
        }
        let allowed = font.load(Some(&mut *source_cache)).and_then(|file| {
            let font = FontRef::from_index(file.as_ref(), font.index()).ok()?;
            // Without the table nothing is said against it.
            Some(font.os2().map_or(true, |os2| may_be_embedded(os2.fs_type())))
        });
        match allowed {
            Some(true) => judged = Usability::Usable,
            Some(false) => return Usability::Restricted,
            None => {}
        }
    }
    judged
}

/// Whether the licence bits of a font (`fsType` of its table `OS/2`, OpenType 1.9) allow a part of
/// it in a document that is viewed and printed.
fn may_be_embedded(fs_type: u16) -> bool {
    const RESTRICTED: u16 = 0x2;
    const ALLOWED: u16 = 0xc;
    const WHOLE_OR_PICTURES_ONLY: u16 = 0x300;
    // Where several are set, as in old fonts, the one that allows most counts.
    let restricted = fs_type & RESTRICTED != 0 && fs_type & ALLOWED == 0;
    !restricted && fs_type & WHOLE_OR_PICTURES_ONLY == 0
}

/// Families with the forms of Chinese signs that are usual in a language, the best first; all of
/// them have a bold cut where the system has one. Those of Linux, macOS and Windows.
const REGIONAL: &[(Region, &[&str])] = &[
    (
        Region::Japanese,
        &[
            "Noto Sans CJK JP",
            "Noto Sans JP",
            "Source Han Sans JP",
            "Hiragino Sans",
            "Hiragino Kaku Gothic ProN",
            "Yu Gothic",
            "Meiryo",
            "IPAexGothic",
            "IPAGothic",
            "TakaoGothic",
            "VL Gothic",
            "MS Gothic",
        ],
    ),
    (
        Region::Korean,
        &[
            "Noto Sans CJK KR",
            "Noto Sans KR",
            "Source Han Sans KR",
            "Apple SD Gothic Neo",
            "Malgun Gothic",
            "NanumGothic",
            "NanumBarunGothic",
        ],
    ),
    (
        Region::Traditional,
        &[
            "Noto Sans CJK TC",
            "Noto Sans TC",
            "Source Han Sans TC",
            "PingFang TC",
            "Microsoft JhengHei",
            "Heiti TC",
            "AR PL UMing TW",
        ],
    ),
    (
        Region::Simplified,
        &[
            "Noto Sans CJK SC",
            "Noto Sans SC",
            "Source Han Sans SC",
            "PingFang SC",
            "Microsoft YaHei",
            "Heiti SC",
        ],
    ),
];

/// Where Chinese signs are written in a form of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Region {
    Japanese,
    Korean,
    Traditional,
    Simplified,
}

impl Region {
    /// The region of a language (BCP 47), if it writes such signs.
    pub(crate) fn of(language: &str) -> Option<Self> {
        let language = language.to_lowercase();
        let mut parts = language.split(['-', '_']);
        match parts.next() {
            Some("ja") => Some(Self::Japanese),
            Some("ko") => Some(Self::Korean),
            Some("zh") => {
                let traditional = parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
                Some(if traditional { Self::Traditional } else { Self::Simplified })
            }
            _ => None,
        }
    }

    /// The first of its families that is installed and can be put into a PDF.
    pub(crate) fn family(self, context: &mut FontContext) -> Option<&'static str> {
        let families = REGIONAL.iter().filter(|(region, _)| *region == self);
        let mut families = families.flat_map(|(_, families)| families.iter().copied());
        families.find(|name| usability(context, name) == Usability::Usable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parley::fontique::SourceCache;

    #[test]
    fn licence_bits_are_kept() {
        for (bits, expected) in [
            (0x0, true),
            (0x2, false),
            (0x4, true),
            (0x8, true),
            (0xe, true),
            (0x100, false),
            (0x108, false),
            (0x200, false),
        ] {
            assert_eq!(may_be_embedded(bits), expected, "{bits:#x}");
        }
    }

    #[test]
    fn languages_have_their_forms() {
        for (language, region) in [
            ("ja", Some(Region::Japanese)),
            ("zh", Some(Region::Simplified)),
            ("zh-Hant", Some(Region::Traditional)),
            ("zh_TW", Some(Region::Traditional)),
            ("ko-KR", Some(Region::Korean)),
            ("en", None),
        ] {
            assert_eq!(Region::of(language), region, "{language}");
        }
        for (_, families) in REGIONAL {
            assert!(!families.is_empty());
        }
    }

    #[test]
    fn what_is_not_installed_is_missing() {
        let collection = Collection::new(CollectionOptions { shared: false, system_fonts: true });
        let mut context = FontContext { collection, source_cache: SourceCache::default() };
        assert_eq!(usability(&mut context, "No Such Family 7"), Usability::Missing);
    }
}

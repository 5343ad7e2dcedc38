//! How the fonts of a PDF look: weight, slant and width of their letters.
//!
//! A letter does not know its font dictionary, so that the fonts of a page are loaded once more and
//! a letter's font is the one that would draw the same outline.

use hayro::hayro_interpret::{
    InterpreterSettings,
    font::{Glyph, GlyphIdentifier},
    hayro_cmap::{BfString, CMap, CMapName, CidFamily},
    hayro_syntax::{
        object::{Array, Dict, Name, ObjectIdentifier, Stream, String as PdfString},
        page::Resources,
    },
};
use hayro_font::{Font, FontCache, FontGlyph};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

/// How many fonts are looked at, and how deep forms lie in each other that bring their own.
const MOST_FONTS: usize = 400;
const DEEPEST: usize = 8;

/// How the letters of a font look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FontLook {
    /// From 100 to 900; 400 is usual.
    pub(super) weight: u16,
    pub(super) italic: bool,
    /// All of one width.
    pub(super) code: bool,
    pub(super) small_caps: bool,
}

impl Default for FontLook {
    fn default() -> Self {
        Self { weight: 400, italic: false, code: false, small_caps: false }
    }
}

/// The fonts of a document.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    known: RefCell<Vec<Known<'a>>>,
    seen: RefCell<HashSet<ObjectIdentifier>>,
    /// Which of them a glyph is of.
    found: RefCell<HashMap<GlyphIdentifier, Option<usize>>>,
}

struct Known<'a> {
    look: FontLook,
    font: Font<'a>,
    collection: Option<Collection>,
}

/// What the numbers of an East Asian font mean that says so by the name of its collection only
/// (ISO 32000-1, 9.10.2).
struct Collection {
    /// From the codes of the text to the numbers.
    encoding: CMap,
    /// From the numbers to text.
    text: CMap,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            known: RefCell::default(),
            seen: RefCell::default(),
            found: RefCell::default(),
        }
    }

    /// Loads the fonts of a page and of the forms on it.
    pub(super) fn load(&self, page: &Resources<'a>, settings: &InterpreterSettings) {
        let mut open = vec![(page.clone(), 0)];
        while let Some((resources, depth)) = open.pop() {
            for name in resources.fonts.keys() {
                let font = resources.get_font(&name);
                let fresh = font.as_ref().and_then(Dict::obj_id).is_none_or(|id| self.is_new(id));
                if let Some(font) = font.filter(|_| fresh)
                    && self.known.borrow().len() < MOST_FONTS
                {
                    let resolvers = (&settings.font_resolver, &settings.cmap_resolver);
                    let loaded = self.cache.font(&font, resolvers.0, resolvers.1);
                    let known = loaded.map(|loaded| Known {
                        look: look(&font),
                        font: loaded,
                        collection: Collection::of(&font, settings),
                    });
                    self.known.borrow_mut().extend(known);
                }
            }
            for name in resources.x_objects.keys().filter(|_| depth < DEEPEST) {
                let form = resources.x_objects.get::<Stream<'a>>(&name);
                let Some(form) = form.filter(|form| self.is_new(form.obj_id())) else { continue };
                let own = form.dict().get::<Dict<'a>>("Resources");
                open.extend(own.map(|own| (Resources::new(own), depth + 1)));
            }
        }
    }

    fn is_new(&self, id: ObjectIdentifier) -> bool {
        self.seen.borrow_mut().insert(id)
    }

    /// How the font of a letter looks; the usual look where that is not known.
    pub(super) fn look(&self, glyph: &Glyph<'a>) -> FontLook {
        let known = self.known.borrow();
        self.font(glyph).and_then(|index| known.get(index)).map(|k| k.look).unwrap_or_default()
    }

    /// What a letter says by the collection of its font, where it says nothing itself.
    pub(super) fn text(&self, glyph: &Glyph<'a>) -> Option<String> {
        let known = self.known.borrow();
        let collection = known.get(self.font(glyph)?)?.collection.as_ref()?;
        collection.text(glyph.char_code())
    }

    fn font(&self, glyph: &Glyph<'a>) -> Option<usize> {
        let Glyph::Outline(glyph) = glyph else { return None };
        let wanted = glyph.identifier();
        if let Some(found) = self.found.borrow().get(&wanted) {
            return *found;
        }
        let found = self.known.borrow().iter().position(|known| {
            let own = known.font.glyph(glyph.glyph_id(), glyph.char_code());
            matches!(own, FontGlyph::Outline(own) if own.identifier() == wanted)
        });
        self.found.borrow_mut().insert(wanted, found);
        found
    }
}

impl Collection {
    fn of(font: &Dict<'_>, settings: &InterpreterSettings) -> Option<Self> {
        if font.contains_key("ToUnicode") {
            return None;
        }
        let inner = font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let system = inner.get::<Dict<'_>>("CIDSystemInfo")?;
        let word = |key: &str| system.get::<PdfString<'_>>(key).map(|s| s.as_bytes().to_vec());
        let family = CidFamily::from_registry_ordering(&word("Registry")?, &word("Ordering")?);
        let named = |name: CMapName<'_>| {
            let resolver = settings.cmap_resolver.clone();
            let data = (resolver)(name)?;
            CMap::parse(data, move |name| (resolver)(name))
        };
        let encoding = match font.get::<Name<'_>>("Encoding") {
            Some(name) if !name.as_str().starts_with("Identity") => {
                named(CMapName::from_bytes(name.as_str().as_bytes()))?
            }
            _ => CMap::identity_h(),
        };
        Some(Self { encoding, text: named(family.ucs2_cmap()?)? })
    }

    fn text(&self, code: u32) -> Option<String> {
        let of_length = |length| self.encoding.lookup_cid_code(code, length);
        match self.text.lookup_bf_string([2, 1, 4].into_iter().find_map(of_length)?)? {
            BfString::Char(one) => Some(one.to_string()),
            BfString::String(text) => Some(text),
        }
    }
}

/// What a font dictionary says of the look of its letters (ISO 32000-1, 9.8).
fn look(font: &Dict<'_>) -> FontLook {
    let inner = font.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
    let own = font.get::<Dict<'_>>("FontDescriptor");
    let described = own.or_else(|| inner.and_then(|font| font.get::<Dict<'_>>("FontDescriptor")));
    let number = |key: &str| described.as_ref().and_then(|d| d.get::<f32>(key)).unwrap_or(0.0);
    let flags = described.as_ref().and_then(|d| d.get::<i32>("Flags")).unwrap_or(0);
    let has = |bit: u32| flags & (1 << (bit - 1)) != 0;
    let name = font.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned());
    let mut look = by_name(&name.unwrap_or_default());
    if look.weight == 400 {
        let said = number("FontWeight");
        if (100.0..=900.0).contains(&said) {
            look.weight = said as u16;
        } else if has(19) {
            look.weight = 700;
        }
    }
    look.italic |= has(7) || number("ItalicAngle").abs() > 1.0;
    look.code |= has(1);
    look.small_caps |= has(18);
    look
}

/// Words in the names of fonts and the weights that they stand for; the longer ones first.
const WEIGHTS: &[(&str, u16)] = &[
    ("extrabold", 800),
    ("ultrabold", 800),
    ("semibold", 600),
    ("demibold", 600),
    ("extralight", 200),
    ("ultralight", 200),
    ("semilight", 350),
    ("demilight", 350),
    ("hairline", 100),
    ("medium", 500),
    ("black", 900),
    ("heavy", 800),
    ("light", 300),
    ("thin", 200),
    ("bold", 700),
    ("demi", 600),
    ("fett", 700),
    ("halbfett", 600),
];
/// Beginnings of the names that TeX's own fonts have.
const TEX_BOLD: &[&str] = &["cmb", "cmssbx", "sfb", "sfsx", "lmbx", "ecbx", "ecsx", "eufb", "msbm"];
const TEX_ITALIC: &[&str] =
    &["cmti", "cmbxti", "cmsl", "cmssi", "cmitt", "sfti", "sfsl", "sfbi", "ecti", "cmmi"];

/// The look that the name of a font tells, such as `ABCDEF+LiberationSans-BoldItalic`.
fn by_name(name: &str) -> FontLook {
    let name = name.rsplit('+').next().unwrap_or(name).to_lowercase();
    let starts = |all: &[&str]| all.iter().any(|start| name.starts_with(start));
    // The weight stands behind the family, whose own name may be `Black Han` or `Lightfoot`.
    let style = name.split_once(['-', ',', ' ']).map_or(name.as_str(), |(_, style)| style);
    let style = if style.is_empty() { name.as_str() } else { style };
    let ends = |all: &[&str]| all.iter().any(|end| style == *end || style.ends_with(end));
    let mut weight = WEIGHTS.iter().find(|(word, _)| style.contains(word)).map(|(_, w)| *w);
    // Nimbus and other fonts of URW say `Medi` where others say bold; cut names say `Bd`, `Sb`.
    let urw = style == "medi" || style.starts_with("mediital") || style.starts_with("mediobli");
    if urw || ends(&["bd", "bdit", "boldmt"]) || starts(TEX_BOLD) {
        weight = Some(700);
    } else if ends(&["sb", "sbit"]) && style != name {
        weight = Some(600);
    }
    let italic = ["ital", "obli", "slant", "kursiv"].iter().any(|word| name.contains(word));
    let code = ["mono", "courier", "consolas", "typewriter"].iter().any(|w| name.contains(w));
    let small = ["smallcap", "smcp", "csc"].iter().any(|word| name.contains(word));
    FontLook {
        weight: weight.unwrap_or(400),
        italic: italic || (style != name && ends(&["it", "-it", "bdit"])) || starts(TEX_ITALIC),
        code: code || starts(&["cmtt", "sftt", "ectt", "lmtt", "cmsltt"]),
        small_caps: small || (style != name && ends(&["sc", "-sc"])),
    }
}

#[cfg(test)]
mod tests {
    use super::by_name;

    #[test]
    fn names_of_fonts_tell_their_look() {
        for (name, weight, italic) in [
            ("ABCDEF+LiberationSans-BoldItalic", 700, true),
            ("CMBX12", 700, false),
            ("CMTI10", 400, true),
            ("NimbusRomNo9L-Medi", 700, false),
            ("NimbusRomNo9L-ReguItal", 400, true),
            ("Arial,Bold", 700, false),
            ("Arial-BoldMT", 700, false),
            ("Roboto-Medium", 500, false),
            ("SourceSans3-SemiBoldIt", 600, true),
            ("Helvetica", 400, false),
            ("TimesNewRomanPS-ItalicMT", 400, true),
        ] {
            let look = by_name(name);
            assert_eq!((look.weight, look.italic), (weight, italic), "{name}");
        }
    }
}

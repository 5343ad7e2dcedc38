//! Fonts for the file: cut down to the glyphs in use, measured, named, and mapped back to text.

use super::{Error, finish};
use crate::typeset::page::{Face, Glyph, Pages};
use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::{
    FontId, FontMetrics, FontType, ParsedFont, PdfDocument, PdfFont, PdfFontMetricsStub,
};
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use subsetter::GlyphRemapper;

/// The fonts of one document, by face. A face without glyphs has none.
pub(super) struct Fonts<'p>(Vec<Option<Font<'p>>>);

/// One embedded font.
pub(super) struct Font<'p> {
    /// The name under which content streams select it.
    pub(super) id: FontId,
    /// The code in the file for each glyph id of the face.
    codes: Vec<u16>,
    /// The advance of each code in whole thousandths of an em, just as the file says it.
    widths: Vec<u16>,
    /// The text that each code stands for wherever no `ActualText` says otherwise.
    texts: Vec<Option<&'p str>>,
    /// The same for glyphs that only ever stand beside others for some text; used where `texts` has
    /// nothing.
    spare: Vec<Option<&'p str>>,
    /// Tag and PostScript name, such as `ABCDEF+SourceSerif4-Regular`.
    name: String,
    /// The font file, cut down.
    program: Vec<u8>,
    metrics: Metrics,
}

/// Measures of a face in thousandths of an em.
struct Metrics {
    ascent: i16,
    descent: i16,
    cap_height: i16,
    /// Left, bottom, right, top over all glyphs.
    bounds: [i16; 4],
    /// How far a caret leans to the right over 1000 up.
    lean: i16,
    weight: u16,
}

/// What a glyph that has no text of its own is mapped to: PDF/UA and PDF/A demand some text, and
/// this one is invisible.
const NO_TEXT: &str = "\u{200b}";

impl<'p> Fonts<'p> {
    /// Cuts every face in use down to its used glyphs.
    pub(super) fn new(pages: &Pages) -> Result<Self, Error> {
        let mut used: Vec<Vec<bool>> = vec![Vec::new(); pages.faces.len()];
        for glyph in pages.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.glyphs) {
            let index = usize::from(glyph.face);
            let seen = used.get_mut(index).ok_or(Error::Dangling { what: "face", index })?;
            let id = usize::from(glyph.id);
            if seen.len() <= id {
                seen.resize(id + 1, false);
            }
            if let Some(flag) = seen.get_mut(id) {
                *flag = true;
            }
        }
        let fonts = pages.faces.iter().zip(&used).enumerate();
        fonts
            .map(|(index, (face, used))| Font::new(index, face, used))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The font of a face.
    pub(super) fn get(&self, face: u16) -> Result<&Font<'p>, Error> {
        let index = usize::from(face);
        self.0.get(index).and_then(Option::as_ref).ok_or(Error::Dangling { what: "face", index })
    }

    /// Makes the glyph stand for `text` unless it stands for something already; whether it now
    /// stands for `text`. The space stands for itself alone, also where it takes the place of a
    /// character that no font has.
    pub(super) fn stands_for(&mut self, glyph: &Glyph, text: &'p str) -> bool {
        let slot = self.slot(glyph).and_then(|(font, code)| font.texts.get_mut(code));
        slot.is_some_and(|known| *known.get_or_insert(text) == text)
    }

    /// What the glyph stands for if it never stands for some text by itself. Only readers that know
    /// no `ActualText` see it.
    pub(super) fn suggest(&mut self, glyph: &Glyph, text: &'p str) {
        if let Some(spare) = self.slot(glyph).and_then(|(font, code)| font.spare.get_mut(code)) {
            spare.get_or_insert(text);
        }
    }

    fn slot(&mut self, glyph: &Glyph) -> Option<(&mut Font<'p>, usize)> {
        let font = self.0.get_mut(usize::from(glyph.face))?.as_mut()?;
        let code = font.code(glyph.id)?;
        Some((font, usize::from(code)))
    }

    /// Hands the fonts over to the document.
    pub(super) fn declare(&mut self, document: &mut PdfDocument) {
        for font in self.0.iter_mut().flatten() {
            document.resources.fonts.map.insert(font.id.clone(), PdfFont::new(font.parsed()));
        }
    }

    /// Writes what `printpdf` leaves out of the fonts or gets wrong: the map back to text and the
    /// height of capitals.
    pub(super) fn amend(&self, document: &mut Document, pages: &[ObjectId]) -> Result<(), Error> {
        let Some(&page) = pages.first() else {
            return Ok(());
        };
        let resources = document.get_dictionary(page)?.get(b"Resources")?.as_reference()?;
        let Ok(table) = document.get_dictionary(resources)?.get(b"Font") else {
            return Ok(());
        };
        let table = document.get_dictionary(table.as_reference()?)?.clone();
        for font in self.0.iter().flatten() {
            // A face whose glyphs all turned out to be blanks for "no such character" is not in the
            // file.
            let Ok(entry) = table.get(font.id.0.as_bytes()) else {
                continue;
            };
            let dictionary = document.get_dictionary(entry.as_reference()?)?;
            let to_unicode = dictionary.get(b"ToUnicode")?.as_reference()?;
            let descriptor = descriptor(dictionary)?;
            document
                .get_object_mut(to_unicode)?
                .as_stream_mut()?
                .set_content(font.to_unicode().into_bytes());
            let descriptor = document.get_dictionary_mut(descriptor)?;
            descriptor.set("CapHeight", i64::from(font.metrics.cap_height));
        }
        Ok(())
    }
}

impl Font<'_> {
    /// The code of a glyph; `None` for a glyph that was not in use, and for glyph 0, which must not
    /// be shown.
    pub(super) fn code(&self, glyph: u16) -> Option<u16> {
        self.codes.get(usize::from(glyph)).copied().filter(|&code| code != 0)
    }

    /// The advance of a code in thousandths of an em.
    ///
    /// # Errors
    /// When the font has no such code.
    pub(super) fn width(&self, code: u16) -> Result<u16, Error> {
        let index = usize::from(code);
        let width = self.widths.get(index).copied();
        width.ok_or(Error::Dangling { what: "code of a font", index })
    }

    fn new(index: usize, face: &Face, used: &[bool]) -> Result<Option<Self>, Error> {
        if used.iter().skip(1).all(|used| !used) {
            return Ok(None);
        }
        let font = FontRef::from_index(face.bytes(), face.index())
            .map_err(|reason| Error::FontFile { face: index, reason })?;
        let mut remapper = GlyphRemapper::new();
        let mut codes = vec![0; used.len()];
        for (glyph, (code, _)) in
            (0..=u16::MAX).zip(codes.iter_mut().zip(used)).filter(|(_, (_, used))| **used)
        {
            *code = remapper.remap(glyph);
        }
        let name = postscript_name(&font);
        let program = subsetter::subset(face.bytes(), face.index(), &remapper)
            .map_err(|reason| Error::Subset { name: name.clone(), reason })?;

        let advances = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = em_scale(&font);
        let widths: Vec<u16> = remapper
            .remapped_gids()
            .map(|id| {
                advances.advance_width(GlyphId::from(id)).map_or(0, |width| to_u16(width * em))
            })
            .collect();
        let mut texts = vec![None; widths.len()];
        // Else a character that no font has, which the space carries, would be read for every
        // space.
        let space =
            font.charmap().map(' ').and_then(|id| codes.get(usize::try_from(id.to_u32()).ok()?));
        let space = space.copied().filter(|code| *code != 0);
        if let Some(text) = space.and_then(|code| texts.get_mut(usize::from(code))) {
            *text = Some(" ");
        }
        Ok(Some(Self {
            id: FontId(format!("F{index}")),
            codes,
            texts,
            spare: vec![None; widths.len()],
            widths,
            name: format!("{}+{name}", subset_tag(&program)),
            program,
            metrics: Metrics::new(&font),
        }))
    }

    /// What `printpdf` needs to embed the font. The font program moves out.
    fn parsed(&mut self) -> ParsedFont {
        let [x_min, y_min, x_max, y_max] = self.metrics.bounds;
        ParsedFont {
            original_bytes: std::mem::take(&mut self.program),
            font_index: 0,
            font_name: Some(self.name.clone()),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: (0..).zip(&self.widths).map(|(code, width)| (code, *width)).collect(),
            units_per_em: 1000,
            font_metrics: FontMetrics {
                ascent: self.metrics.ascent,
                descent: self.metrics.descent,
            },
            font_type: FontType::TrueType,
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: 1000,
                x_min,
                y_min,
                x_max,
                y_max,
                caret_slope_rise: 1000,
                caret_slope_run: self.metrics.lean,
                us_weight_class: self.metrics.weight,
            },
        }
    }

    /// The `CMap` from codes to text (PDF 1.7, 9.10.3).
    fn to_unicode(&self) -> String {
        let texts = self
            .texts
            .iter()
            .zip(&self.spare)
            .map(|(text, spare)| text.or(*spare).unwrap_or(NO_TEXT));
        let entries: Vec<(usize, &str)> = texts.enumerate().skip(1).collect();
        let mut map = String::with_capacity(400 + entries.len() * 16);
        map.push_str(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        for block in entries.chunks(100) {
            add(&mut map, format_args!("{} beginbfchar\n", block.len()));
            for (code, text) in block {
                add(&mut map, format_args!("<{code:04X}> <"));
                for unit in text.encode_utf16() {
                    add(&mut map, format_args!("{unit:04X}"));
                }
                map.push_str(">\n");
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

impl Metrics {
    fn new(font: &FontRef<'_>) -> Self {
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let em = em_scale(font);
        let scaled = |value: f32| to_i16(value * em);
        let bounds = metrics.bounds.unwrap_or_default();
        Self {
            ascent: scaled(metrics.ascent),
            descent: scaled(metrics.descent),
            cap_height: scaled(metrics.cap_height.unwrap_or(metrics.ascent)),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scaled),
            lean: to_i16((-metrics.italic_angle).to_radians().tan() * 1000.0),
            weight: to_u16(font.attributes().weight.value()),
        }
    }
}

/// What one font unit is in thousandths of an em.
fn em_scale(font: &FontRef<'_>) -> f32 {
    let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
    1000.0 / f32::from(units.max(1))
}

/// The PostScript name, with only the characters that a PDF name can hold as they are.
fn postscript_name(font: &FontRef<'_>) -> String {
    let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
    let name: String = name.map(|name| name.chars().collect()).unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect();
    if name.is_empty() { "Font".to_owned() } else { name }
}

/// Six letters that differ between different subsets of a font.
fn subset_tag(program: &[u8]) -> String {
    let mut rest = finish::digest([program]);
    (0..6)
        .map(|_| {
            let letter = u8::try_from(rest % 26).unwrap_or(0);
            rest /= 26;
            char::from(b'A' + letter)
        })
        .collect()
}

/// The descriptor of a composite font.
fn descriptor(font: &Dictionary) -> Result<ObjectId, lopdf::Error> {
    let descendants = font.get(b"DescendantFonts")?.as_array()?;
    descendants.first().unwrap_or(&Object::Null).as_dict()?.get(b"FontDescriptor")?.as_reference()
}

fn add(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    text.write_fmt(arguments).unwrap_or_default();
}

/// The nearest whole number in range (`as` saturates).
fn to_i16(value: f32) -> i16 {
    value.round() as i16
}

/// The nearest whole number in range (`as` saturates).
fn to_u16(value: f32) -> u16 {
    value.round() as u16
}

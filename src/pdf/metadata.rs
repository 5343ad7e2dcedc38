//! What the file says about itself: XMP, information dictionary, language, output intent.

use super::{Error, Metadata, text_string};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use std::fmt::Write as _;

/// What all colours in the file mean: sRGB.
const SRGB: &[u8] = include_bytes!("../../assets/icc/sRGB-v4.icc");
const PRODUCER: &str = concat!("Vitae ", env!("CARGO_PKG_VERSION"));

/// Makes sure that there is what PDF/UA demands.
pub(super) fn check(meta: &Metadata) -> Result<(), Error> {
    for (text, name) in [(&meta.title, "title"), (&meta.language, "language")] {
        if clean(text).trim().is_empty() {
            return Err(Error::Missing(name));
        }
    }
    Ok(())
}

/// Adds it all; `has_file`: the PDF has a file inside, which only the third part of PDF/A allows.
pub(super) fn attach(
    document: &mut Document,
    meta: &Metadata,
    has_file: bool,
) -> Result<(), Error> {
    let mut xmp = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        xmp(meta, has_file).into_bytes(),
    );
    // Readers that do not know PDF look for it in the raw bytes.
    xmp.allows_compression = false;
    let xmp = document.add_object(xmp);
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB"),
        "DestOutputProfile" => profile,
    };
    let catalog = document.catalog_mut()?;
    catalog.set("Metadata", xmp);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Lang", text_string(meta.language.trim()));
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if meta.right_to_left {
        preferences.set("Direction", "R2L");
    }
    catalog.set("ViewerPreferences", preferences);
    catalog.set("PageLayout", "SinglePage");

    // The dictionary that `printpdf` made holds dates and identifiers of its own.
    let information = document.trailer.get(b"Info")?.as_reference()?;
    document.set_object(information, info(meta));
    Ok(())
}

fn info(meta: &Metadata) -> Dictionary {
    let mut info = Dictionary::new();
    let keywords = keywords(meta);
    let subject = meta.subject.as_deref().unwrap_or_default();
    for (key, text) in [
        ("Title", meta.title.as_str()),
        ("Author", &meta.author),
        ("Subject", subject),
        ("Keywords", &keywords),
        ("Creator", PRODUCER),
        ("Producer", PRODUCER),
    ] {
        let text = clean(text);
        if !text.is_empty() {
            info.set(key, text_string(&text));
        }
    }
    info
}

/// The same as XMP, with the claims of PDF/A-2a or PDF/A-3a and PDF/UA-1.
fn xmp(meta: &Metadata, has_file: bool) -> String {
    let mut xml = String::with_capacity(3500);
    xml.push_str(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n",
    );
    let mut property = |name: &str, before: &str, text: &str, after: &str| {
        let text = clean(text);
        if !text.is_empty() {
            // Writing to a string cannot fail.
            writeln!(xml, "<{name}>{before}{}{after}</{name}>", escape(&text)).unwrap_or_default();
        }
    };
    let (alternatives, end_alternatives) =
        ("<rdf:Alt><rdf:li xml:lang=\"x-default\">", "</rdf:li></rdf:Alt>");
    property("dc:title", alternatives, &meta.title, end_alternatives);
    property("dc:creator", "<rdf:Seq><rdf:li>", &meta.author, "</rdf:li></rdf:Seq>");
    property(
        "dc:description",
        alternatives,
        meta.subject.as_deref().unwrap_or_default(),
        end_alternatives,
    );
    property("dc:language", "<rdf:Bag><rdf:li>", meta.language.trim(), "</rdf:li></rdf:Bag>");
    property("pdf:Keywords", "", &keywords(meta), "");
    property("pdf:Producer", "", PRODUCER, "");
    property("xmp:CreatorTool", "", PRODUCER, "");
    property("pdfaid:part", "", if has_file { "3" } else { "2" }, "");
    property("pdfaid:conformance", "", "A", "");
    property("pdfuaid:part", "", "1", "");
    xml.push_str("</rdf:Description>\n");
    xml.push_str(PDFUA_SCHEMA);
    xml.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    xml
}

/// PDF/A knows only the properties it lists; others have to be described in the file.
const PDFUA_SCHEMA: &str = "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n\
<pdfaProperty:name>part</pdfaProperty:name>\n\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n\
<pdfaProperty:category>internal</pdfaProperty:category>\n\
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>\n\
</rdf:li></rdf:Seq></pdfaSchema:property>\n\
</rdf:li></rdf:Bag></pdfaExtension:schemas>\n\
</rdf:Description>\n";

fn keywords(meta: &Metadata) -> String {
    meta.keywords.join(", ")
}

/// Without the characters that XML cannot hold; the information dictionary leaves them out too, so
/// that both agree.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c })
        .filter(|c| is_xml(*c))
        .collect()
}

fn is_xml(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_stays_well_formed() {
        let check = |text: &str, expected: &str| assert_eq!(escape(&clean(text)), expected);
        check("R&D <b>", "R&amp;D &lt;b&gt;");
        check("]]>", "]]&gt;");
        check("a\u{0}b\u{1b}c\td\u{85}", "abc d");
        check("\u{ffff}刘", "刘");
    }

    #[test]
    fn title_and_language_are_demanded() {
        let sound = |title: &str, language: &str, sound: bool| {
            let meta = Metadata {
                title: title.to_owned(),
                language: language.to_owned(),
                ..Metadata::default()
            };
            assert_eq!(check(&meta).is_ok(), sound, "{title:?} {language:?}");
        };
        sound("CV", "en", true);
        sound(" ", "en", false);
        sound("CV", "", false);
        sound("\u{7}", "en", false);
    }
}

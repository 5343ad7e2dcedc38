//! Reads a finished PDF back the way an assistive reader does: the structure tree with the text
//! under each element.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// The tree as indented lines: kind of element, language, text in quotes, links with address and
/// description.
pub(crate) fn tree(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).unwrap();
    let texts = document.page_iter().map(|page| (page, marked_texts(&document, page))).collect();
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let mut out = String::new();
    let root = document.get_dictionary(root).unwrap();
    kids(&document, &texts, root.get(b"K").unwrap(), None, 0, &mut out);
    out
}

type Texts = BTreeMap<ObjectId, BTreeMap<i64, String>>;

fn kids(
    document: &Document,
    texts: &Texts,
    kid: &Object,
    page: Option<ObjectId>,
    depth: usize,
    out: &mut String,
) {
    let indent = "  ".repeat(depth);
    let mut text = |page: Option<ObjectId>, mcid: i64| {
        out.push_str(&format!("{indent}\"{}\"\n", texts[&page.unwrap()][&mcid]));
    };
    match kid {
        Object::Array(all) => {
            all.iter().for_each(|kid| kids(document, texts, kid, page, depth, out));
        }
        Object::Integer(mcid) => text(page, *mcid),
        Object::Reference(id) => {
            element(document, texts, document.get_dictionary(*id).unwrap(), depth, out);
        }
        Object::Dictionary(kid) if kid.has(b"MCID") => {
            text(
                kid.get(b"Pg").and_then(Object::as_reference).ok(),
                kid.get(b"MCID").unwrap().as_i64().unwrap(),
            );
        }
        Object::Dictionary(kid) => {
            let annotation =
                document.get_dictionary(kid.get(b"Obj").unwrap().as_reference().unwrap()).unwrap();
            let action = annotation.get(b"A").unwrap().as_dict().unwrap();
            let uri =
                String::from_utf8(action.get(b"URI").unwrap().as_str().unwrap().to_vec()).unwrap();
            let contents = lopdf::decode_text_string(annotation.get(b"Contents").unwrap()).unwrap();
            out.push_str(&format!("{indent}-> {uri} ({contents})\n"));
        }
        other => panic!("odd kid {other:?}"),
    }
}

fn element(
    document: &Document,
    texts: &Texts,
    element: &Dictionary,
    depth: usize,
    out: &mut String,
) {
    let kind = String::from_utf8(element.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    let language = element
        .get(b"Lang")
        .map(|lang| format!(" [{}]", lopdf::decode_text_string(lang).unwrap()))
        .unwrap_or_default();
    out.push_str(&format!("{}{kind}{language}\n", "  ".repeat(depth)));
    if let Ok(actual) = element.get(b"ActualText") {
        let actual = lopdf::decode_text_string(actual).unwrap();
        out.push_str(&format!("{}= \"{actual}\"\n", "  ".repeat(depth + 1)));
    }
    let page = element.get(b"Pg").and_then(Object::as_reference).ok();
    kids(document, texts, element.get(b"K").unwrap(), page, depth + 1, out);
}

/// The text of each numbered stretch of marked content on a page.
fn marked_texts(document: &Document, page: ObjectId) -> BTreeMap<i64, String> {
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = document
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, to_unicode(document, font)))
        .collect();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let mut texts: BTreeMap<i64, String> = BTreeMap::new();
    // Open marked content: its number, or that its text is known already.
    let mut open: Vec<(Option<i64>, bool)> = Vec::new();
    let mut font = Vec::new();
    for operation in content.operations {
        let mut add = |text: &str, open: &[(Option<i64>, bool)]| {
            if let Some(mcid) = open.iter().rev().find_map(|(mcid, _)| *mcid) {
                texts.entry(mcid).or_default().push_str(text);
            }
        };
        match operation.operator.as_str() {
            "Tf" => font = operation.operands[0].as_name().unwrap().to_vec(),
            "BDC" => {
                let properties = operation.operands[1].as_dict().unwrap();
                let actual = properties.get(b"ActualText");
                let mcid = properties.get(b"MCID").and_then(Object::as_i64).ok();
                open.push((mcid, actual.is_ok()));
                if let Ok(actual) = actual {
                    add(&lopdf::decode_text_string(actual).unwrap(), &open);
                }
            }
            "EMC" => drop(open.pop().unwrap()),
            "TJ" if open.iter().all(|(_, known)| !known) => {
                for string in operation.operands[0]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter_map(|item| item.as_str().ok())
                {
                    for code in string.chunks_exact(2) {
                        add(&fonts[&font][&u16::from_be_bytes([code[0], code[1]])], &open);
                    }
                }
            }
            "TJ" | "BT" | "ET" | "Tm" | "rg" | "RG" | "Tr" | "w" | "j" | "m" | "l" | "c" | "h"
            | "f" => {}
            other => panic!("odd operator {other}"),
        }
    }
    assert!(open.is_empty(), "marked content left open");
    texts
}

fn to_unicode(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let map = document
        .get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap())
        .unwrap()
        .as_stream()
        .unwrap();
    let map = map.get_plain_content().unwrap();
    let entry = |line: &str| {
        let mut parts = line.strip_prefix('<')?.strip_suffix('>')?.split("> <");
        let code = u16::from_str_radix(parts.next()?, 16).unwrap();
        let units: Vec<u16> = parts.next()?.as_bytes().chunks(4).map(hex).collect();
        (units != [0xffff]).then(|| (code, String::from_utf16(&units).unwrap()))
    };
    String::from_utf8(map).unwrap().lines().filter_map(entry).collect()
}

fn hex(digits: &[u8]) -> u16 {
    u16::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap()
}

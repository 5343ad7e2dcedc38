//! Pictures: the JPEG bytes as they are, and where they stand on a page.

use super::content::length;
use super::{Error, text_string};
use crate::typeset::page::{Image, Page, Pages, Placed};
use lopdf::{Dictionary, Object, dictionary};
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Op, PdfDocument, Pt, XObject, XObjectId,
    XObjectTransform,
};
use std::collections::BTreeMap;

/// What `printpdf` needs to embed the pictures.
pub(super) fn declare(pages: &Pages, document: &mut PdfDocument) {
    for (index, image) in pages.images.iter().enumerate() {
        document.resources.xobjects.map.insert(id(index), embedded(image));
    }
}

/// The operator that draws a picture on a page of the given height; the page counts from 0.
pub(super) fn drawn(pages: &Pages, placed: &Placed, height: f32, page: usize) -> Result<Op, Error> {
    if pages.images.get(placed.image).is_none() {
        return Err(Error::Dangling { what: "picture", index: placed.image });
    }
    let [left, bottom, right, top] = area(placed, height, page)?;
    let transform = XObjectTransform {
        translate_x: Some(Pt(left)),
        translate_y: Some(Pt(bottom)),
        scale_x: Some(right - left),
        scale_y: Some(top - bottom),
        no_auto_scale: true,
        ..XObjectTransform::default()
    };
    Ok(Op::UseXobject { id: id(placed.image), transform })
}

/// What the structure tree says of the picture of an element (PDF/UA-1, 7.3): what it shows, and
/// where.
pub(super) fn describe(
    pages: &Pages,
    element: usize,
    dictionary: &mut Dictionary,
) -> Result<(), Error> {
    let find = |(number, page): (usize, &Page)| {
        let placed = page.images.iter().find(|placed| placed.element == Some(element))?.clone();
        Some((number, page.height, placed))
    };
    let Some((number, height, placed)) = pages.pages.iter().enumerate().find_map(find) else {
        return Ok(());
    };
    let index = placed.image;
    let image = pages.images.get(index).ok_or(Error::Dangling { what: "picture", index })?;
    let area = area(&placed, height, number)?;
    dictionary.set("Alt", text_string(&image.description));
    dictionary.set(
        "A",
        dictionary! {
            "O" => "Layout",
            "Placement" => "Block",
            "BBox" => area.map(Object::Real).to_vec(),
        },
    );
    Ok(())
}

/// Left, bottom, right, top in PDF coordinates.
fn area(placed: &Placed, height: f32, page: usize) -> Result<[f32; 4], Error> {
    let what = "edge of a picture";
    let Placed { x, y, width, height: own, .. } = *placed;
    let edges = [x, height - y - own, x + width, height - y];
    let [left, bottom, right, top] = edges.map(|edge| length(edge, what, page));
    Ok([left?, bottom?, right?, top?])
}

/// The name of a picture in the file.
fn id(index: usize) -> XObjectId {
    XObjectId(format!("I{index}"))
}

fn embedded(image: &Image) -> XObject {
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let number = |number: u32| DictItem::Int(i64::from(number));
    let colours = if image.grey { "DeviceGray" } else { "DeviceRGB" };
    let dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), number(image.width)),
        ("Height".to_owned(), number(image.height)),
        ("ColorSpace".to_owned(), name(colours)),
        ("BitsPerComponent".to_owned(), number(8)),
        ("Filter".to_owned(), name("DCTDecode")),
    ]);
    let stream = ExternalStream { dict, content: image.jpeg.to_vec(), compress: false };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

//! The outline: one entry per heading, in order.

use super::{Error, integer, text_string};
use crate::typeset::page::{Line, Page, Pages, Tag};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// A heading with the place it stands at.
struct Heading {
    element: usize,
    text: String,
    page: ObjectId,
    /// From the bottom of the page, in pt.
    top: f32,
}

/// How far above the first baseline the view starts, in multiples of the type size.
const ROOM_ABOVE: f32 = 1.5;

/// Adds the outline where there are headings.
pub(super) fn attach(
    document: &mut Document,
    pages: &Pages,
    page_ids: &[ObjectId],
) -> Result<(), Error> {
    let headings = headings(pages, page_ids);
    let ids: Vec<ObjectId> = headings.iter().map(|_| document.new_object_id()).collect();
    let (Some(&first), Some(&last)) = (ids.first(), ids.last()) else {
        return Ok(());
    };
    let outline = document.new_object_id();
    for (index, (heading, &id)) in headings.iter().zip(&ids).enumerate() {
        let mut entry: Dictionary = dictionary! {
            "Title" => text_string(heading.text.trim()),
            "Parent" => outline,
            "Dest" => vec![heading.page.into(), "XYZ".into(), Object::Null, Object::Real(heading.top), Object::Null],
        };
        if let Some(&previous) = index.checked_sub(1).and_then(|before| ids.get(before)) {
            entry.set("Prev", previous);
        }
        if let Some(&next) = ids.get(index + 1) {
            entry.set("Next", next);
        }
        document.set_object(id, entry);
    }
    let count = integer(ids.len(), "headings")?;
    document.set_object(
        outline,
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count },
    );
    document.catalog_mut()?.set("Outlines", outline);
    Ok(())
}

/// The headings in reading order, each with the text of all its lines.
fn headings(pages: &Pages, page_ids: &[ObjectId]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for (page, &id) in pages.pages.iter().zip(page_ids) {
        for line in &page.lines {
            let Some(element) = line
                .element
                .filter(|&index| pages.elements.get(index).is_some_and(|e| e.tag == Tag::Heading))
            else {
                continue;
            };
            match headings.last_mut() {
                Some(open) if open.element == element => {
                    if !open.text.ends_with(char::is_whitespace) {
                        open.text.push(' ');
                    }
                    open.text.push_str(&line.text);
                }
                _ => headings.push(Heading {
                    element,
                    text: line.text.clone(),
                    page: id,
                    top: top(page, line),
                }),
            }
        }
    }
    headings.retain(|heading| !heading.text.trim().is_empty());
    headings
}

fn top(page: &Page, line: &Line) -> f32 {
    let start = line.glyphs.first().map_or(0.0, |glyph| glyph.y - ROOM_ABOVE * glyph.size);
    (page.height - start).clamp(0.0, page.height).round()
}

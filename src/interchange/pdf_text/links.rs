//! Where the areas of a page lead that can be clicked.

use super::device::text_of;
use hayro::hayro_syntax::{
    object::{Array, Dict, Rect as PdfRect, String as PdfString},
    page::Page,
};
use kurbo::{Affine, Point, Rect};

/// More links than this are on no page of a CV.
const MOST_LINKS: usize = 2000;
/// Beginnings of the addresses that a CV leads to; others say where something lies on a machine.
const SCHEMES: &[&str] = &["http://", "https://", "mailto:", "tel:", "doi:"];

/// The links of a page in its own coordinates, whose origin is the upper left corner.
pub(super) fn links(page: &Page<'_>, transform: Affine) -> Vec<(Rect, String)> {
    let annotations = page.raw().get::<Array<'_>>("Annots");
    let mut links = vec![];
    for annotation in annotations.iter().flat_map(|all| all.iter::<Dict<'_>>()).take(MOST_LINKS) {
        let action = annotation.get::<Dict<'_>>("A");
        let target = action.and_then(|action| action.get::<PdfString<'_>>("URI"));
        let Some(target) = target.map(|target| text_of(target.as_bytes())) else { continue };
        let target = target.trim();
        let known = SCHEMES.iter().any(|scheme| {
            target.split_at_checked(scheme.len()).is_some_and(|t| t.0.eq_ignore_ascii_case(scheme))
        });
        if !known {
            continue;
        }
        let areas = quads(&annotation).unwrap_or_else(|| {
            let rect = annotation.get::<PdfRect>("Rect");
            rect.map(|r| Rect::new(r.x0, r.y0, r.x1, r.y1)).into_iter().collect()
        });
        let placed = areas.into_iter().map(|area| transform.transform_rect_bbox(area));
        links.extend(placed.map(|area| (area, target.to_owned())));
    }
    links
}

/// The areas of a link that runs over several lines.
fn quads(annotation: &Dict<'_>) -> Option<Vec<Rect>> {
    let numbers: Vec<f64> = annotation.get::<Array<'_>>("QuadPoints")?.iter::<f64>().collect();
    let quads = numbers.as_chunks::<8>().0.iter().map(|[a, b, c, d, e, f, g, h]| {
        let first = Rect::from_points(Point::new(*a, *b), Point::new(*c, *d));
        first.union(Rect::from_points(Point::new(*e, *f), Point::new(*g, *h)))
    });
    let quads: Vec<_> = quads.filter(|quad| !quad.is_zero_area()).collect();
    (!quads.is_empty()).then_some(quads)
}

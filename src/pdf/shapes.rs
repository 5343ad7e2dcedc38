//! Shapes as filled polygons in the form that `printpdf` wants.

use super::Error;
use super::content::length;
use crate::typeset::page::Shape;
use kurbo::PathEl;
use printpdf::{LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, WindingOrder};

/// The operator that fills a shape on a page of the given height; `None` if there is nothing to
/// fill. The page counts from 0.
pub(super) fn filled(shape: &Shape, height: f32, page: usize) -> Result<Option<Op>, Error> {
    let mut rings: Vec<PolygonRing> = Vec::new();
    // Where the pen is, and where the ring under way began.
    let (mut last, mut start) = (kurbo::Point::ZERO, kurbo::Point::ZERO);
    let mut open = false;
    for element in shape.path.elements() {
        // Up to two control points, then the end.
        let (controls, to) = match *element {
            PathEl::MoveTo(to) => {
                (last, start, open) = (to, to, false);
                continue;
            }
            // Filling closes every ring; what follows starts where this one did.
            PathEl::ClosePath => {
                (last, open) = (start, false);
                continue;
            }
            PathEl::LineTo(to) => (None, to),
            PathEl::QuadTo(control, to) => {
                let third = 2.0 / 3.0;
                (Some([last.lerp(control, third), to.lerp(control, third)]), to)
            }
            PathEl::CurveTo(first, second, to) => (Some([first, second]), to),
        };
        if !open {
            rings.push(PolygonRing { points: vec![point(last, false, height, page)?] });
            open = true;
        }
        if let Some(ring) = rings.last_mut() {
            for control in controls.into_iter().flatten() {
                ring.points.push(point(control, true, height, page)?);
            }
            ring.points.push(point(to, false, height, page)?);
        }
        last = to;
    }
    rings.retain(|ring| ring.points.len() > 2);
    let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
    Ok((!polygon.rings.is_empty()).then_some(Op::DrawPolygon { polygon }))
}

fn point(point: kurbo::Point, bezier: bool, height: f32, page: usize) -> Result<LinePoint, Error> {
    let what = "coordinate of a shape";
    let x = length(point.x as f32, what, page)?;
    let y = length(height - point.y as f32, what, page)?;
    Ok(LinePoint { p: Point { x: Pt(x), y: Pt(y) }, bezier })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::BezPath;

    /// The rings of a path on a page 10 pt high; control points in brackets.
    fn rings(svg: &str) -> String {
        let shape = Shape { path: BezPath::from_svg(svg).unwrap(), colour: 0 };
        let Some(Op::DrawPolygon { polygon }) = filled(&shape, 10.0, 0).unwrap() else {
            return String::new();
        };
        let ring = |ring: &PolygonRing| {
            let points = ring.points.iter().map(|point| {
                let place = format!("{} {}", point.p.x.0, point.p.y.0);
                if point.bezier { format!("({place})") } else { place }
            });
            points.collect::<Vec<_>>().join(", ")
        };
        polygon.rings.iter().map(ring).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn paths_become_rings() {
        let check = |svg: &str, expected: &str| assert_eq!(rings(svg), expected, "{svg}");
        check("M0 0 L4 0 L4 3 Z", "0 10, 4 10, 4 7");
        check("M0 0 Q3 0 3 3 L0 3 Z", "0 10, (2 10), (3 9), 3 7, 0 7");
        check("M0 0 C1 0 2 1 2 2 L0 2", "0 10, (1 10), (2 9), 2 8, 0 8");
        check("M0 0 L4 0 L4 3 Z M1 1 L2 1 L2 2 Z", "0 10, 4 10, 4 7; 1 9, 2 9, 2 8");
        check("M0 0 L4 0 L4 3 Z L0 9 L1 9", "0 10, 4 10, 4 7; 0 10, 0 1, 1 1");
        check("M0 0 L4 0", "");
        check("M0 0", "");
    }
}

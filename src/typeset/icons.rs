//! Icons of contacts, as outlines: they are drawn, never text.

use crate::value::bundled::Bundled;
use kurbo::{Affine, BezPath, Rect, Shape as _};

include!(concat!(env!("OUT_DIR"), "/icons.rs"));

static ICONS: Bundled<Outline> = Bundled::new(FILES, |_, svg| read(svg));

/// An outline and its width.
pub(crate) type Outline = (BezPath, f64);

/// The outline of an icon, as wide as its art, `height` pt high, with its top left corner at the
/// origin and y downwards; with its width. `None` for a name without a file.
pub(crate) fn outline(name: &str, height: f64) -> Option<Outline> {
    let (path, width) = ICONS.get(name)?;
    Some((Affine::scale(height) * path.clone(), width * height))
}

/// The outline of a drawing at height 1, and its width.
fn read(svg: &str) -> Option<Outline> {
    let path = BezPath::from_svg(attribute(svg, " d=\"")?).ok()?;
    let view: Vec<f64> =
        attribute(svg, "viewBox=\"")?.split_whitespace().map_while(|n| n.parse().ok()).collect();
    let [x, y, width, height] = *view.as_slice() else {
        return None;
    };
    let scale = 1.0 / height;
    if !scale.is_finite() {
        return None;
    }
    let path = Affine::scale(scale) * Affine::translate((-x, -y)) * path;
    // Some drawings do not fill their view; the space they take is that of their ink.
    let ink = path.bounding_box().intersect(Rect::new(0.0, 0.0, width * scale, 1.0));
    Some((Affine::translate((-ink.x0, 0.0)) * path, ink.width()))
}

/// The value after `key`, up to the next quote.
fn attribute<'a>(svg: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = svg.split_once(key)?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_an_icon() {
        for (name, _) in FILES {
            let (path, width) = outline(name, 10.0).unwrap_or_else(|| panic!("{name}"));
            assert!((2.0..20.0).contains(&width), "{name}: {width}");
            let height = path.bounding_box().height();
            assert!((2.0..=10.3).contains(&height), "{name}: {height}");
        }
        assert!(outline("no such icon", 10.0).is_none());
    }
}

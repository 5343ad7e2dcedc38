//! What of a page has to be drawn anew after a change: mostly the line that is being typed.

use crate::typeset::page::{Face, Glyph, Line, Pages};
use std::ops::Range;

/// The rows (in pt) in which page `number` looks otherwise in `new` than in `old`; an empty range
/// where it looks the same, `None` where there is nothing to be compared.
pub(super) fn changed(old: &Pages, new: &Pages, number: usize) -> Option<Range<f32>> {
    let (before, after) = (old.pages.get(number)?, new.pages.get(number)?);
    let alike = Alike::new(old, new);
    let mut rows = f32::INFINITY..f32::NEG_INFINITY;
    let mut add = |other: Range<f32>| {
        rows = rows.start.min(other.start)..rows.end.max(other.end);
    };
    let (gone, come) = differing(&before.lines, &after.lines, |a, b| alike.lines(a, b));
    let (reaches, new_reaches) = (old.reaches(), new.reaches());
    gone.iter().for_each(|line| add(line.rows(&reaches)));
    come.iter().for_each(|line| add(line.rows(&new_reaches)));
    let (gone, come) = differing(&before.shapes, &after.shapes, |a, b| {
        a.path == b.path && alike.colours(a.colour, b.colour)
    });
    gone.iter().chain(come).for_each(|shape| add(shape.rows()));
    let (gone, come) = differing(&before.images, &after.images, |a, b| {
        old.images.get(a.image) == new.images.get(b.image)
            && (a.x, a.y, a.width, a.height) == (b.x, b.y, b.width, b.height)
    });
    gone.iter().chain(come).for_each(|image| add(image.rows()));
    Some(if rows.start < rows.end { rows } else { 0.0..0.0 })
}

/// What stands between the equal beginning and the equal end of two lists.
fn differing<'a, T>(
    old: &'a [T],
    new: &'a [T],
    same: impl Fn(&T, &T) -> bool,
) -> (&'a [T], &'a [T]) {
    let first = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    let (old, new) = (old.get(first..).unwrap_or_default(), new.get(first..).unwrap_or_default());
    let last = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let without = |list: &'a [T]| list.get(..list.len() - last).unwrap_or_default();
    (without(old), without(new))
}

/// Compares by looks what two documents name by indices of their own.
struct Alike<'a> {
    old: &'a Pages,
    new: &'a Pages,
    /// The face of the new document that is the same as each of the old one.
    faces: Vec<Option<u16>>,
}

impl<'a> Alike<'a> {
    fn new(old: &'a Pages, new: &'a Pages) -> Self {
        let twin = |face: &Face| new.faces.iter().position(|other| other.font == face.font);
        let index = |face| twin(face).and_then(|index| u16::try_from(index).ok());
        let faces = old.faces.iter().map(index).collect();
        Self { old, new, faces }
    }

    fn lines(&self, a: &Line, b: &Line) -> bool {
        a.glyphs.len() == b.glyphs.len()
            && a.glyphs.iter().zip(&b.glyphs).all(|(a, b)| self.glyphs(a, b))
    }

    fn glyphs(&self, a: &Glyph, b: &Glyph) -> bool {
        (a.id, a.size, a.x, a.y, a.embolden) == (b.id, b.size, b.x, b.y, b.embolden)
            && self.faces.get(usize::from(a.face)) == Some(&Some(b.face))
            && self.colours(a.colour, b.colour)
    }

    fn colours(&self, a: u16, b: u16) -> bool {
        self.old.colours.get(usize::from(a)) == self.new.colours.get(usize::from(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_middle_differs() {
        let check = |old: &[u8], new: &[u8], gone: &[u8], come: &[u8]| {
            assert_eq!(differing(old, new, |a, b| a == b), (gone, come));
        };
        check(b"abc", b"abc", b"", b"");
        check(b"abc", b"axc", b"b", b"x");
        check(b"abc", b"abbc", b"", b"b");
        check(b"aa", b"aaa", b"", b"a");
        check(b"abc", b"", b"abc", b"");
        check(b"", b"abc", b"", b"abc");
    }
}

//! The fit: the sizes at which a document fills its pages.
//!
//! From the comfortable sizes of the look, a document that is too long is tightened step by step:
//! spaces and leading a little, then the type, then margins, and only then each to its end. What is
//! left over goes back to the spaces and the leading. A document that is too short grows up to the
//! largest sizes of the look and no further.

use crate::{
    look::Style,
    typeset::{
        flow::{Slice, paginate},
        measure::{MM, Measured, Sizes},
    },
};

/// Sizes are chosen in steps of this many pt, so that the page does not breathe while one types.
const STEP: f32 = 0.05;
/// A document that takes more pages than this where any number is allowed keeps its usual sizes.
const MOST_FITTED: usize = 6;
/// In how many steps margins shrink and short pages grow.
const PARTS: u32 = 16;

/// What the fit found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The sizes of the document.
    pub sizes: Sizes,
    /// How full the last page is, from 0 to 1; more than 1 when it is too full.
    pub fill: f32,
    /// How many lines are too many at the smallest sizes; 0 when it fits.
    pub lines_over: usize,
    /// How many pages it takes.
    pub pages: usize,
}

/// Finds the sizes at which the document takes the fewest pages that can hold it, at most `limit`;
/// with the pages at those sizes.
pub(crate) fn fit(
    measured: &mut Measured,
    style: &Style,
    limit: Option<usize>,
) -> (Fit, Vec<Slice>) {
    let ideal = Sizes {
        size: quantised(style.size as f32),
        spacing: 1.0,
        leading: style.leading as f32,
        margin_x: style.margin_x as f32 * MM,
        margin_y: style.margin_y as f32 * MM,
    };
    let floor = smallest(ideal, style);
    let fewest = fewest(measured, &floor, limit);
    let mut search = Search { measured, limit: fewest };
    let sizes = match fewest {
        None => Some(ideal),
        Some(_) if search.fits(&ideal) => Some(search.grow(ideal, style)),
        Some(_) => search.tighten(ideal, style),
    };
    let chosen = sizes.unwrap_or(floor);
    let lines_over = if sizes.is_none() { search.lines_over(&floor) } else { 0 };
    search.measured.measure(&chosen);
    let pages = paginate(search.measured, &chosen, fewest == Some(1));
    let room = search.measured.paper.1 - 2.0 * chosen.margin_y;
    let used = pages.last().map_or(0.0, |p| p.end - chosen.margin_y);
    (Fit { sizes: chosen, fill: used / room, lines_over, pages: pages.len() }, pages)
}

/// How many pages the document is fitted to: as few as hold it at the smallest sizes, so that what
/// fits on one page never spills over onto a second one that is nearly empty. `None` for a document
/// of many pages, whose last one does not matter.
fn fewest(measured: &mut Measured, floor: &Sizes, limit: Option<usize>) -> Option<usize> {
    if limit == Some(1) {
        return limit;
    }
    measured.measure(floor);
    let mut pages = paginate(measured, floor, false).len();
    // One page is measured by its sums, further ones row by row: where the two differ by a hair,
    // the sums decide, for the fit goes by them.
    if pages == 1 && !(Search { measured, limit: Some(1) }).fits_as_broken(floor) {
        pages = 2;
    }
    match limit {
        Some(limit) => Some(pages.min(limit)),
        None => Some(pages).filter(|pages| *pages <= MOST_FITTED),
    }
}

fn quantised(size: f32) -> f32 {
    (size / STEP).round() * STEP
}

fn smallest(ideal: Sizes, style: &Style) -> Sizes {
    Sizes {
        size: quantised(style.min_size as f32),
        spacing: style.min_spacing as f32,
        leading: style.min_leading as f32,
        margin_x: ideal.margin_x.min(style.min_margin as f32 * MM),
        margin_y: ideal.margin_y.min(style.min_margin as f32 * MM),
    }
}

/// How far each kind of size has gone from the comfortable one (0) to the smallest (1).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Way {
    spacing: f32,
    leading: f32,
    margins: f32,
    size: f32,
}

/// The ways that a document goes until it fits. No size is spent to its end while another has all
/// of its comfort: type a little smaller between wide margins reads better than large type in lines
/// that are long and close.
const WAYS: &[Way] = &[
    Way { spacing: 0.6, leading: 0.5, margins: 0.0, size: 0.0 },
    Way { spacing: 0.6, leading: 0.5, margins: 0.0, size: 0.3 },
    Way { spacing: 0.6, leading: 0.5, margins: 0.5, size: 0.3 },
    Way { spacing: 1.0, leading: 1.0, margins: 0.5, size: 0.3 },
    Way { spacing: 1.0, leading: 1.0, margins: 1.0, size: 0.6 },
    Way::LEAST,
];

impl Way {
    /// The comfortable sizes.
    const NONE: Self = Self { spacing: 0.0, leading: 0.0, margins: 0.0, size: 0.0 };
    /// The smallest sizes.
    const LEAST: Self = Self { spacing: 1.0, leading: 1.0, margins: 1.0, size: 1.0 };

    /// The sizes on this way.
    fn between(self, ideal: &Sizes, floor: &Sizes) -> Sizes {
        let part = |from: f32, to: f32, k: f32| from + k * (to - from);
        Sizes {
            size: quantised(part(ideal.size, floor.size.min(ideal.size), self.size)),
            spacing: part(ideal.spacing, floor.spacing, self.spacing),
            leading: part(ideal.leading, floor.leading, self.leading),
            margin_x: part(ideal.margin_x, floor.margin_x, self.margins),
            margin_y: part(ideal.margin_y, floor.margin_y, self.margins),
        }
    }

    /// A way between two, `k` of it gone.
    fn towards(self, other: Self, k: f32) -> Self {
        let part = |from: f32, to: f32| from + k * (to - from);
        Self {
            spacing: part(self.spacing, other.spacing),
            leading: part(self.leading, other.leading),
            margins: part(self.margins, other.margins),
            size: part(self.size, other.size),
        }
    }

    /// Whether lines break alike on both: spaces and leading change no break.
    fn breaks_like(self, other: Self) -> bool {
        self.margins == other.margins && self.size == other.size
    }
}

struct Search<'a> {
    measured: &'a mut Measured,
    limit: Option<usize>,
}

impl Search<'_> {
    /// Whether the document keeps to its pages at these sizes.
    fn fits(&mut self, sizes: &Sizes) -> bool {
        self.measured.measure(sizes);
        self.fits_as_broken(sizes)
    }

    /// The same, with the lines as they are broken: width and size have not changed.
    fn fits_as_broken(&self, sizes: &Sizes) -> bool {
        match self.limit {
            None => true,
            Some(1) => self.slack(sizes) >= 0.0,
            Some(limit) => paginate(self.measured, sizes, false).len() <= limit,
        }
    }

    /// What is left of one page in pt; negative when the document is too long for it.
    fn slack(&self, sizes: &Sizes) -> f32 {
        let height = self.measured.height(sizes);
        let room = self.measured.paper.1 - 2.0 * sizes.margin_y + 0.01;
        room - height.at(sizes.spacing)
    }

    /// Grows a document that fits, up to the largest sizes.
    fn grow(&mut self, ideal: Sizes, style: &Style) -> Sizes {
        let at = |part: u32| {
            let k = part as f32 / PARTS as f32;
            Sizes {
                size: quantised(ideal.size + k * (style.max_size as f32 - ideal.size)),
                spacing: 1.0 + k * (style.max_spacing as f32 - 1.0) * 0.6,
                leading: ideal.leading * (1.0 + 0.04 * k),
                ..ideal
            }
        };
        let part = last_true(0, PARTS, |part| self.fits(&at(part)));
        let mut sizes = at(part);
        self.measured.measure(&sizes);
        let leading = sizes.leading;
        self.relax(&mut sizes, style.max_spacing as f32, leading);
        sizes
    }

    /// Tightens a document that does not fit; `None` when it does not fit at the smallest sizes
    /// either.
    fn tighten(&mut self, ideal: Sizes, style: &Style) -> Option<Sizes> {
        let floor = smallest(ideal, style);
        let at = |way: Way| way.between(&ideal, &floor);
        let last = WAYS.len().saturating_sub(1);
        let way = |index: usize| WAYS.get(index).copied().unwrap_or(Way::LEAST);
        if !self.fits(&at(way(last))) {
            return None;
        }
        // How many ways from the end all fit.
        let most = u32::try_from(last).unwrap_or(0);
        let back = last_true(0, most, |back| self.fits(&at(way(last - back as usize))));
        let first = last - back as usize;
        let before = first.checked_sub(1).map_or(Way::NONE, way);
        let mut sizes = at(way(first));
        if before.breaks_like(way(first)) {
            self.measured.measure(&sizes);
        } else {
            let part = |back: u32| {
                let k = 1.0 - back as f32 / PARTS as f32;
                at(before.towards(way(first), k))
            };
            sizes = part(last_true(0, PARTS, |back| self.fits(&part(back))));
            self.measured.measure(&sizes);
        }
        let loose = at(before);
        self.relax(&mut sizes, loose.spacing, loose.leading);
        self.relax(&mut sizes, 1.0, ideal.leading);
        Some(sizes)
    }

    /// Gives what is left of the page to the spaces, up to `spacing`, then to the leading, up to
    /// `leading`.
    fn relax(&mut self, sizes: &mut Sizes, spacing: f32, leading: f32) {
        if self.limit == Some(1) {
            let height = self.measured.height(sizes);
            let room = self.measured.paper.1 - 2.0 * sizes.margin_y;
            if height.gaps > 0.0 {
                let full = height.spacing_for(room);
                sizes.spacing = full.clamp(sizes.spacing, spacing.max(sizes.spacing));
            }
            // Large type does not follow the leading, so that this is a step on the safe side.
            let spare = self.slack(sizes).max(0.0);
            let lines = height.lines + height.header_lines;
            if lines > 0.0 {
                let full = sizes.leading * (1.0 + spare / lines);
                sizes.leading = full.clamp(sizes.leading, leading.max(sizes.leading));
            }
        } else {
            let from = *sizes;
            let at = |part: u32| {
                let k = part as f32 / PARTS as f32;
                Sizes {
                    spacing: from.spacing + k * (spacing.max(from.spacing) - from.spacing),
                    leading: from.leading + k * (leading.max(from.leading) - from.leading),
                    ..from
                }
            };
            *sizes = at(last_true(0, PARTS, |part| self.fits_as_broken(&at(part))));
        }
    }

    /// How many lines of text too long the document is at these sizes.
    fn lines_over(&mut self, sizes: &Sizes) -> usize {
        self.measured.measure(sizes);
        let line = sizes.size * sizes.leading;
        let over = match self.limit {
            None => 0.0,
            Some(1) => -self.slack(sizes),
            Some(limit) => {
                // What stands on the pages past the limit.
                let pages = paginate(self.measured, sizes, false);
                pages.iter().skip(limit).map(|p| p.end - sizes.margin_y).sum()
            }
        };
        (over / line).ceil().max(1.0) as usize
    }
}

/// The last number from `low` to `high` for which `test` holds, if it holds up to there and not
/// after; `low` is taken for granted.
fn last_true(low: u32, high: u32, mut test: impl FnMut(u32) -> bool) -> u32 {
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if test(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        profile::Profile,
        typeset::{Prepared, Source, Typesetter},
    };

    #[test]
    fn what_is_called_one_page_fits_on_one() {
        let mut profile = Profile::default();
        profile.person.summary = "A paragraph of one line.\n\n".repeat(50);
        let style = Style { item_gap: 0.37, leading: 1.23, ..Style::default() };
        let prepared = Typesetter::new(Source::Embedded).prepare(&profile, None, &style);
        let Prepared { mut measured, .. } = prepared;
        let floor = smallest(
            Sizes { size: 9.35, spacing: 1.0, leading: 1.23, margin_x: 50.0, margin_y: 41.7 },
            &style,
        );
        let room = measured.paper.1 - 2.0 * floor.margin_y;
        let full = measured.measure(&floor).spacing_for(room);
        let (mut one, mut two) = (0, 0);
        for step in -400..400 {
            // The page is full to a hair: less than the tolerance of the two measures.
            let sizes = Sizes { spacing: full * (1.0 + step as f32 * 2.0e-7), ..floor };
            if fewest(&mut measured, &sizes, Some(2)) == Some(1) {
                one += 1;
                let search = Search { measured: &mut measured, limit: Some(1) };
                assert!(search.fits_as_broken(&sizes), "{step}");
            } else {
                two += 1;
            }
        }
        assert!(one > 0 && two > 0, "{one}, {two}");
    }

    #[test]
    fn every_way_is_tighter_than_the_one_before() {
        for (looser, tighter) in WAYS.iter().zip(WAYS.iter().skip(1)) {
            assert!(looser.spacing <= tighter.spacing && looser.leading <= tighter.leading);
            assert!(looser.margins <= tighter.margins && looser.size <= tighter.size);
            assert_ne!(looser, tighter);
        }
        assert_eq!(WAYS.last(), Some(&Way::LEAST));
    }

    #[test]
    fn sizes_are_spent_together() {
        let style = Style::default();
        let mut seen = 0;
        for lines in 40..75 {
            let mut profile = Profile::default();
            profile.person.summary = "A paragraph of one line.\n\n".repeat(lines);
            let prepared = Typesetter::new(Source::Embedded).prepare(&profile, None, &style);
            let Prepared { mut measured, .. } = prepared;
            let Fit { sizes, fill, lines_over, .. } = fit(&mut measured, &style, Some(1)).0;
            assert!(lines_over > 0 || fill <= 1.001, "{lines}: {fill}");
            let small = sizes.margin_x < (style.margin_x + style.min_margin) as f32 / 2.0 * MM;
            if small && lines_over == 0 {
                seen += 1;
                assert!(sizes.size < style.size as f32 - 0.25, "{lines}: {sizes:?}");
            }
        }
        assert!(seen > 0);
    }

    #[test]
    fn a_kept_size_stays_whether_there_is_too_little_or_too_much() {
        // As a look with a size that is kept resolves.
        let style = Style { size: 10.0, min_size: 10.0, max_size: 10.0, ..Style::default() };
        let mut over = 0;
        for lines in [1, 20, 45, 55, 120] {
            let mut profile = Profile::default();
            profile.person.summary = "A paragraph of one line.\n\n".repeat(lines);
            let prepared = Typesetter::new(Source::Embedded).prepare(&profile, None, &style);
            let Prepared { mut measured, .. } = prepared;
            let found = fit(&mut measured, &style, Some(1)).0;
            assert_eq!(found.sizes.size, 10.0, "{lines}");
            over += usize::from(found.lines_over > 0);
        }
        assert_eq!(over, 1);
    }

    #[test]
    fn bisection_finds_the_edge() {
        for edge in 0..=20 {
            assert_eq!(last_true(0, 20, |n| n <= edge), edge);
        }
    }
}

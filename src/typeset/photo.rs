//! The photo in the header: how large it is, and what room it leaves to name and contacts.

use crate::{
    look::{EntryLayout, Header, PhotoPlace, Style},
    typeset::{
        measure::{MM, Sizes},
        page::Image,
    },
};

/// Gap between the photo and the text beside it, in em.
const GAP: f32 = 1.6;
/// The least space below the photo, in em: other than a line of text it brings no air of its own.
const FOOT: f32 = 0.35;
/// A picture that is wider than this, times the height of the look, is made smaller.
const WIDEST: f32 = 1.35;
/// How far the top of the photo may lie below that of a taller header, times the size: about where
/// its capitals begin.
const DROP: f32 = 0.5;

/// The photo as it is set. Lengths in pt.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// The picture.
    pub(crate) image: Image,
    /// Index of its structure element.
    pub(crate) element: usize,
    /// Index of its place in the profile.
    pub(crate) place: u32,
    /// Width on the page.
    pub(crate) width: f32,
    /// Height on the page.
    pub(crate) height: f32,
    at_left: bool,
    centred: bool,
    /// Width of the date column in em; 0 without one.
    pub(crate) column: f32,
}

/// How much of the measure the photo takes from the header, in pt.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Insets {
    pub(crate) left: f32,
    pub(crate) right: f32,
}

impl Figure {
    /// The photo in the size of the look; `None` where the look has none.
    pub(crate) fn new(image: Image, element: usize, place: u32, style: &Style) -> Option<Self> {
        let at_left = match style.photo {
            PhotoPlace::Left => true,
            PhotoPlace::Right => false,
            PhotoPlace::Off => return None,
        };
        let most = style.photo_height as f32 * MM;
        let aspect = image.width.max(1) as f32 / image.height.max(1) as f32;
        let width = (most * aspect).min(most * WIDEST);
        let column = match style.entries {
            EntryLayout::DateColumn => style.date_column as f32,
            EntryLayout::TwoRows | EntryLayout::OneRow => 0.0,
        };
        let centred = style.header == Header::Centred;
        let height = width / aspect;
        Some(Self { image, element, place, width, height, at_left, centred, column })
    }

    /// What the header leaves free for the photo, the best way first. Name and contacts that stand
    /// in the middle do so on the middle of the page, if that takes no more lines than the middle
    /// of what is left.
    pub(crate) fn insets(&self, sizes: &Sizes) -> (Option<Insets>, Insets) {
        let own = self.width + GAP * sizes.size;
        if self.at_left {
            // Where there is a column of dates, the header begins where the text does.
            let column = self.column * sizes.size;
            let fits = !self.centred && column >= self.width + 0.5 * GAP * sizes.size;
            let left = if fits { column } else { own };
            let both = Insets { left, right: left };
            return (self.centred.then_some(both), Insets { left, right: 0.0 });
        }
        let both = Insets { left: own, right: own };
        (self.centred.then_some(both), Insets { left: 0.0, right: own })
    }

    /// The height that the header takes at least.
    pub(crate) fn least(&self, sizes: &Sizes) -> f32 {
        self.height + FOOT * sizes.size
    }

    /// How far the header's text is moved down, and how much is free below it, when it is `text`
    /// high.
    pub(crate) fn around(&self, text: f32, sizes: &Sizes) -> (f32, f32) {
        let above = ((self.height - text) / 2.0).max(0.0);
        (above, (self.least(sizes) - text - above).max(0.0))
    }

    /// The upper left corner of the photo beside a header whose text is `text` high.
    pub(crate) fn corner(&self, paper: f32, text: f32, sizes: &Sizes) -> (f32, f32) {
        let x = if self.at_left { sizes.margin_x } else { paper - sizes.margin_x - self.width };
        let drop = ((text - self.height) / 2.0).clamp(0.0, DROP * sizes.size);
        (x, sizes.margin_y + drop)
    }
}

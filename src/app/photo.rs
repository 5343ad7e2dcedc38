//! A photo that is being chosen: the picture, the part of it that is kept, and where it is kept.

use crate::{
    store::photo,
    value::photo::{Crop, Photo, prepare},
};
use std::path::Path;

/// The shape of the part that is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Three wide, four high.
    #[default]
    Portrait,
    /// As wide as high.
    Square,
    /// All of the picture.
    Whole,
}

impl Shape {
    /// All shapes with their names.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Portrait, "Portrait, 3:4"),
        (Self::Square, "Square"),
        (Self::Whole, "Whole picture"),
    ];

    /// Width divided by height.
    fn ratio(self) -> Option<f32> {
        match self {
            Self::Portrait => Some(0.75),
            Self::Square => Some(1.0),
            Self::Whole => None,
        }
    }
}

/// A photo that is being chosen.
#[derive(Clone, Debug)]
pub struct Draft {
    bytes: Vec<u8>,
    /// The whole picture, as it would be kept.
    pub picture: Photo,
    /// The shape of the part that is kept.
    pub shape: Shape,
    /// How much larger than the largest part that fits: from 1.
    pub zoom: f32,
    /// Where the part stands in the room that is left, from 0 (left) to 1.
    pub x: f32,
    /// Where the part stands in the room that is left, from 0 (top) to 1.
    pub y: f32,
    /// Whether it is kept inside the profile, not in a file beside it.
    pub inside: bool,
}

impl Draft {
    /// Reads the picture at `path`. `inside`: whether there is no folder to keep it in yet.
    ///
    /// # Errors
    /// When it is no picture that can be used, in words for the user.
    pub fn open(path: &Path, inside: bool) -> Result<Self, String> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let bytes = photo::bytes(path).map_err(|error| format!("`{name}` {error}"))?;
        let picture = prepare(&bytes, None).map_err(|error| format!("`{name}` {error}"))?;
        // Faces are rather above the middle.
        Ok(Self { bytes, picture, shape: Shape::default(), zoom: 1.0, x: 0.5, y: 0.3, inside })
    }

    /// The part that is kept.
    #[must_use]
    pub fn crop(&self) -> Crop {
        let whole = self.picture.width as f32 / self.picture.height as f32;
        let (mut w, mut h) = match self.shape.ratio() {
            Some(ratio) if ratio < whole => (ratio / whole, 1.0),
            Some(ratio) => (1.0, whole / ratio),
            None => (1.0, 1.0),
        };
        let zoom = self.zoom.max(1.0);
        w /= zoom;
        h /= zoom;
        Crop { x: self.x.clamp(0.0, 1.0) * (1.0 - w), y: self.y.clamp(0.0, 1.0) * (1.0 - h), w, h }
    }

    /// Keeps the part: gives what `person.photo` shall hold for a profile at `profile`.
    ///
    /// # Errors
    /// When it cannot be made or written, in words for the user.
    pub fn finish(&self, profile: Option<&Path>) -> Result<String, String> {
        let photo = prepare(&self.bytes, Some(self.crop()))
            .map_err(|error| format!("the picture {error}"))?;
        match profile.filter(|_| !self.inside) {
            Some(path) => photo::save(&photo, path).map_err(|error| error.to_string()),
            None => Ok(photo::inside(&photo)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_stays_in_the_picture() {
        let picture = Photo { width: 400, height: 300, grey: false, jpeg: vec![].into() };
        let mut draft = Draft {
            bytes: vec![],
            picture,
            shape: Shape::Portrait,
            zoom: 1.0,
            x: 1.0,
            y: 0.5,
            inside: true,
        };
        let crop = draft.crop();
        assert_eq!((crop.h, crop.y), (1.0, 0.0));
        assert!((crop.w * 400.0 - 225.0).abs() < 0.01 && (crop.x + crop.w - 1.0).abs() < 1e-6);
        draft.shape = Shape::Whole;
        draft.zoom = 2.0;
        let crop = draft.crop();
        assert_eq!((crop.x, crop.y, crop.w, crop.h), (0.5, 0.25, 0.5, 0.5));
    }
}

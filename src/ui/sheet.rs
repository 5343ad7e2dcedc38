//! Windows in the window: one at a time, over everything, closed by Escape.

mod about;
mod add_section;
mod export;
pub(super) mod fit;
mod help;
mod palette;
mod variants;

use crate::app::{App, view::Sheet};
use eframe::egui::Context;

/// What the sheet in front remembers while it is open.
#[derive(Default)]
pub(super) struct Sheets {
    open: Option<Sheet>,
    /// Whether it was opened in this frame: then it takes the focus.
    opening: bool,
    /// What was typed into it.
    typed: String,
    /// The row that Enter stands for.
    chosen: usize,
    /// Names that are being typed, by index.
    names: Vec<String>,
}

impl Sheets {
    pub(super) fn show(&mut self, ctx: &Context, app: &mut App) {
        let sheet = app.sheet();
        if sheet != self.open {
            *self = Self { open: sheet, opening: true, ..Self::default() };
        }
        let stays = match sheet {
            Some(Sheet::Palette) => palette::show(ctx, app, self),
            Some(Sheet::Help) => help::show(ctx),
            Some(Sheet::About) => about::show(ctx, app),
            Some(Sheet::AddSection) => add_section::show(ctx, app, self),
            Some(Sheet::Export) => export::show(ctx, app, self),
            Some(Sheet::Variants) => variants::show(ctx, app, self),
            Some(Sheet::Fit | Sheet::Versions) | None => true,
        };
        self.opening = false;
        // A command that a sheet ran may have opened another one.
        if !stays && app.sheet() == sheet {
            app.show(None);
        }
    }
}

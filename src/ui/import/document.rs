//! The sheet of a document that people read: its lines at the left, what was made of them at the
//! right, and what the user says of them.

use super::{
    Did, answer,
    map::{Counts, Map},
    result, said,
    say::{self, Chooser, Say},
    source,
};
use crate::{
    app::import::{Draft, Ready},
    at::At,
    ui::{style, widget},
};
use eframe::egui::{
    Align, Context, Id, Key, Layout, Modifiers, Sense, Stroke, Ui, UiBuilder, pos2, vec2,
};
use std::ops::Range;

/// How wide the sheet is at most, in points.
const WIDTH: f32 = 1_240.0;
/// Height of what stands above and below the two columns.
const AROUND: f32 = 196.0;

/// What the pointer is over.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Over {
    #[default]
    Nothing,
    /// A word of the document.
    Word(u32),
    /// A place in the result.
    Place(At),
}

/// What the sheet remembers from frame to frame.
#[derive(Clone, Default)]
pub(super) struct Desk {
    /// Which document it is.
    number: u64,
    /// The line that is chosen.
    pub(super) line: Option<usize>,
    /// The words of it that are chosen; all of them if nothing is said.
    pub(super) words: Option<Range<u32>>,
    /// What is being chosen for it.
    pub(super) chooser: Option<Chooser>,
    /// Whether the chosen line has to come into view.
    pub(super) scrolls: bool,
    /// How high each line is, as far as it was drawn.
    pub(super) heights: Vec<f32>,
    /// For which width, and after how many corrections, that was so.
    pub(super) laid: (f32, usize),
    /// What the pointer was over in the last frame.
    pub(super) over: Over,
    /// Whether the pointer came there in the last frame.
    moved: bool,
}

impl Desk {
    /// Whether a word is part of what the pointer is over at the right.
    pub(super) fn lights(&self, map: &Map<'_>, word: u32) -> bool {
        match &self.over {
            Over::Place(place) => map.place(word..word + 1).is_some_and(|at| at.is_within(place)),
            Over::Word(_) | Over::Nothing => false,
        }
    }

    /// Whether a line has to come into view, because the pointer came over what was made of it.
    pub(super) fn shows(&self, map: &Map<'_>, line: usize) -> bool {
        match &self.over {
            Over::Place(place) if self.moved => {
                map.first_word(place).is_some_and(|word| map.words(line).contains(&word))
            }
            _ => false,
        }
    }

    /// The place of the word that the pointer is over at the left, or else of those that are chosen
    /// there.
    pub(super) fn place<'m>(&self, map: &Map<'m>) -> Option<&'m At> {
        match self.over {
            Over::Word(word) => map.place(word..word + 1),
            Over::Nothing => map.place(self.chosen(map)?),
            Over::Place(_) => None,
        }
    }

    /// Whether the pointer has just come over another word.
    pub(super) fn has_moved(&self) -> bool {
        self.moved
    }

    pub(super) fn choose(&mut self, line: usize, words: Option<Range<u32>>) {
        (self.line, self.words, self.chooser) = (Some(line), words, None);
        (self.scrolls, self.moved) = (true, true);
    }

    /// The words that are chosen.
    pub(super) fn chosen(&self, map: &Map<'_>) -> Option<Range<u32>> {
        let all = map.words(self.line?);
        Some(self.words.clone().unwrap_or(all))
    }
}

pub(super) fn show(ctx: &Context, ready: &mut Ready) -> Option<Did> {
    let id = Id::unique("import desk");
    let mut desk: Desk = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    if desk.number != ready.number {
        desk = Desk { number: ready.number, ..Desk::default() };
    }
    let title = match ready.fresh {
        true => format!("Start from {}", ready.name),
        false => format!("Import {}", ready.name),
    };
    let mut say = None;
    let did = answer(widget::dialog(ctx, "import document", &title, WIDTH, |ui| {
        sheet(ui, ready, &mut desk, &mut say)
    }));
    if let Some(say) = say {
        match say {
            Say::Undo => ready.uncorrect(),
            say => ready.correct(|corrections| say.apply(corrections)),
        }
        ctx.request_repaint();
    }
    ctx.data_mut(|data| data.insert_temp(id, desk));
    did
}

fn sheet(ui: &mut Ui, ready: &mut Ready, desk: &mut Desk, say: &mut Option<Say>) -> Option<Did> {
    let Ready { format, import, plan, draft, fresh, .. } = ready;
    let draft = draft.as_ref()?;
    let map = Map::new(draft);
    ui.label(style::small(ui, said(format, plan, &import.report)));
    ui.add_space(4.0);
    *say = say::keys(ui, &map, desk);
    let mut over = Over::Nothing;
    let height = (ui.ctx().content_rect().height() - AROUND).max(160.0);
    let gap = 14.0;
    let (room, start) = (ui.available_width(), ui.cursor().min);
    let left = (room - gap) * 0.52;
    let column = |x: f32, width: f32| {
        let rect =
            eframe::egui::Rect::from_min_size(pos2(start.x + x, start.y), vec2(width, height));
        UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min))
    };
    ui.scope_builder(column(0.0, left), |ui| {
        ui.set_clip_rect(ui.max_rect().expand(4.0).intersect(ui.clip_rect()));
        legend(ui, map.counts());
        ui.add_space(2.0);
        let bar = say::height(desk);
        let lines = (height - bar - 34.0).max(60.0);
        source::show(ui, &map, desk, &mut over, lines);
        ui.add_space(4.0);
        if let Some(said) = say::bar(ui, &map, desk) {
            *say = Some(said);
        }
    });
    ui.scope_builder(column(left + gap, room - left - gap), |ui| {
        if let Some(said) = result::show(ui, &map, plan, desk, &mut over, height) {
            *say = Some(said);
        }
    });
    ui.allocate_rect(eframe::egui::Rect::from_min_size(start, vec2(room, height)), Sense::empty());
    desk.moved = desk.over != over;
    if desk.moved {
        ui.ctx().request_repaint();
    }
    desk.over = over;
    ui.add_space(8.0);
    let (new, changed) = plan.counts();
    buttons(ui, draft, *fresh, new + changed)
}

fn buttons(ui: &mut Ui, draft: &Draft, fresh: bool, count: usize) -> Option<Did> {
    let mut did = None;
    ui.horizontal(|ui| {
        let words = if fresh { "Take as new profile" } else { "Add to this profile" };
        let any = count > 0;
        let button = ui.add_enabled_ui(any, |ui| widget::primary(ui, None, words)).inner;
        let free = ui.ctx().memory(|memory| memory.focused().is_none());
        let called = ui.input_mut(|input| {
            input.consume_key(Modifiers::COMMAND, Key::Enter)
                || free && input.consume_key(Modifiers::NONE, Key::Enter)
        });
        if button.on_hover_text("Enter").clicked() || any && called {
            did = Some(Did::Take);
        }
        if widget::plain_button(ui, "Cancel").clicked() {
            did = Some(Did::Cancel);
        }
        let corrections = match draft.count() {
            0 => {
                "Nothing is taken before you say so, and one undo takes all of it back.".to_owned()
            }
            1 => "1 correction".to_owned(),
            count => format!("{count} corrections"),
        };
        ui.label(style::small(ui, corrections));
    });
    did
}

/// What the marks in the document mean, and how many words have them.
fn legend(ui: &mut Ui, counts: Counts) {
    let palette = style::palette(ui);
    let Counts { placed, guessed, left } = counts;
    ui.horizontal(|ui| {
        ui.label(style::bold("Your document"));
        ui.label(style::small(ui, format!("{placed} words placed")));
        if guessed > 0 {
            let guess = ui.label(style::small(ui, format!("{guessed} guessed")));
            let (y, mut x) = (guess.rect.bottom(), guess.rect.left());
            while x < guess.rect.right() {
                ui.painter().circle_filled(pos2(x, y), 0.8, palette.accent_text);
                x += 3.5;
            }
        }
        let words = match left {
            0 => "none left over".to_owned(),
            count => format!("{count} left over"),
        };
        let mut text = style::small(ui, words);
        if left > 0 {
            text = text
                .color(palette.warning)
                .background_color(palette.warning.gamma_multiply(0.16))
                .underline();
        }
        ui.label(text);
    });
    let stroke = Stroke::new(1.0, palette.line);
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), stroke);
}

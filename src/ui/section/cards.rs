//! The entries of a section as cards, of which only those in sight are drawn: thousands cost no
//! more than a screenful.

use super::WIDTH;
use crate::{
    app::edit,
    at::{At, Step},
    section::Record,
    ui::{
        drag,
        form::{Card, Form, card},
    },
};
use eframe::egui::{Id, Margin, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};
use std::collections::BTreeMap;

/// The space between two cards.
const GAP: f32 = 8.0;

/// What an open card takes before it was ever drawn.
const GUESS: f32 = 420.0;

/// What is remembered of a list of cards from one frame to the next.
#[derive(Clone, Default)]
struct Known {
    /// The height of a closed card.
    closed: Option<f32>,
    /// The heights of open ones.
    open: BTreeMap<At, f32>,
    /// The card with the focus. It and its neighbours are drawn wherever they are, or the Tab key
    /// would end there.
    focused: Option<usize>,
}

pub(super) fn show<R: Record>(ui: &mut Ui, form: &mut Form<'_>, list: &At, entries: &mut [R]) {
    let margin = Margin { left: 24, right: 24, top: 2, bottom: 40 };
    let area = ScrollArea::vertical().id_salt(list).auto_shrink(false).content_margin(margin);
    area.show(ui, |ui| {
        let id = Id::unique(("cards", list));
        let mut known: Known = ui.data_mut(|data| data.remove_temp(id)).unwrap_or_default();
        draw(ui, form, list, entries, &mut known);
        ui.data_mut(|data| data.insert_temp(id, known));
    });
}

fn draw<R: Record>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    list: &At,
    entries: &mut [R],
    known: &mut Known,
) {
    let origin = ui.cursor().min;
    let width = ui.available_width().min(WIDTH);
    // A little more than what is in sight, so that scrolling by a line has it ready.
    let sight = ui.clip_rect().expand(60.0).y_range();
    let wanted = wanted(form, list);
    let kept = known.focused;
    let keep = |i: usize| {
        wanted == Some(i) || kept.is_some_and(|k| (k.saturating_sub(1)..=k + 1).contains(&i))
    };
    let count = entries.len();
    let mut opened = open_cards(form, list).into_iter().peekable();
    let mut rows: Vec<(usize, Rect)> = vec![];
    let mut y = 0.0;
    for (index, entry) in entries.iter_mut().enumerate() {
        let open = opened.next_if_eq(&index).is_some();
        let mut height = if open {
            known.open.get(&list.index(index)).copied().unwrap_or(GUESS)
        } else {
            known.closed.unwrap_or(48.0)
        };
        let top = origin.y + y;
        if (top <= sight.max && top + height >= sight.min) || keep(index) {
            let place = Rect::from_min_size(origin + vec2(0.0, y), vec2(width, height));
            let at = list.index(index);
            // Known by its address: which cards are drawn before it changes with every turn of the
            // wheel.
            let scope = UiBuilder::new().scope_id(Id::unique(("card", &at))).max_rect(place);
            let mut child = ui.new_child(scope);
            let rect = card(&mut child, form, &Card { list, index, count }, entry);
            height = rect.height();
            if open {
                known.open.insert(at, height);
            } else {
                known.closed = Some(height);
            }
            rows.push((index, rect));
        }
        y += height + GAP;
    }
    ui.allocate_rect(Rect::from_min_size(origin, vec2(width, y)), Sense::hover());
    known.focused = focused(ui, &rows);
    let seen: Vec<_> =
        rows.into_iter().filter(|(_, rect)| rect.intersects(ui.clip_rect())).collect();
    form.edits.extend(drag::landing(ui, list, &seen));
}

/// The entry that the caret shall go to.
fn wanted(form: &Form<'_>, list: &At) -> Option<usize> {
    let at = &form.view.focus.as_ref()?.at;
    let entry = edit::entry(at).filter(|entry| entry.is_within(list))?;
    edit::split(&entry).map(|(_, index)| index)
}

/// The indexes of the open cards of the list, in order.
fn open_cards(form: &Form<'_>, list: &At) -> Vec<usize> {
    let depth = list.steps().len();
    let inside = form.view.open.range(list.clone()..).take_while(|at| at.is_within(list));
    inside
        .filter_map(|at| match at.steps().get(depth..) {
            Some([Step::Index(i)]) => Some(*i),
            _ => None,
        })
        .collect()
}

/// Which of the cards the widget with the focus is in.
fn focused(ui: &Ui, rows: &[(usize, Rect)]) -> Option<usize> {
    let id = ui.memory(|memory| memory.focused())?;
    let place = ui.ctx().read_response(id)?.rect.center();
    rows.iter().find(|(_, rect)| rect.contains(place)).map(|(i, _)| *i)
}

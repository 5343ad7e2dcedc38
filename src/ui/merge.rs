//! The sheet on which the changes of the window and those of another program become one profile:
//! for each difference what is here, what is in the file and what was before, beside each other.

use super::{style, widget};
use crate::{
    app::{App, merging::Merging},
    compare::merge::{Changed, Row, Side},
};
use eframe::egui::{
    Align, Context, Frame, Id, Label, Layout, Margin, Response, RichText, ScrollArea, Stroke, Ui,
};

enum Did {
    Choose(usize, Side),
    ChooseAll(Side),
    Merge,
    Cancel,
}

/// So many differences are laid out at first, and so many more each time that more are asked for.
const SHOWN: usize = 100;

pub(super) fn show(ctx: &Context, app: &mut App) {
    let name = app.name();
    let Some(merging) = &app.merging else {
        return;
    };
    let title = format!("Merge your changes with {name}");
    let did = widget::dialog(ctx, "merge", &title, 1040.0, |ui| {
        ui.label(style::small(ui, about(merging)));
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 230.0).max(120.0);
        let area = ScrollArea::vertical().id_salt("merge rows").max_height(height);
        let did = area.show(ui, |ui| rows(ui, merging)).inner;
        ui.add_space(8.0);
        let buttons = buttons(ui, merging);
        did.or(buttons)
    });
    match did {
        Some(None) => return,
        None | Some(Some(Did::Cancel)) => app.cancel_merge(),
        Some(Some(Did::Merge)) => app.finish_merge(),
        Some(Some(Did::Choose(index, side))) => {
            app.merging.iter_mut().for_each(|merging| merging.choose(index, side));
        }
        Some(Some(Did::ChooseAll(side))) => {
            app.merging.iter_mut().for_each(|merging| merging.choose_all(side));
        }
    }
    if app.merging.is_none() {
        ctx.data_mut(|data| {
            data.remove::<usize>(Id::unique(COUNT));
            data.remove::<bool>(Id::unique(SEEN));
        });
    }
    ctx.request_repaint();
}

const COUNT: &str = "how many differences of a merge are shown";
const SEEN: &str = "a merge has had the focus";

/// What there is to decide, in a sentence.
fn about(merging: &Merging) -> String {
    let usual = "What only one side has changed is taken from that side.";
    match (merging.conflicts(), merging.open()) {
        (0, _) => format!("{usual} Nothing was changed on both sides."),
        (1, 0) => format!("{usual} The one conflict is decided."),
        (all, 0) => format!("{usual} All {all} conflicts are decided."),
        (_, 1) => format!("{usual} 1 conflict is left: choose Mine or Theirs."),
        (_, left) => format!("{usual} {left} conflicts are left: choose Mine or Theirs."),
    }
}

/// Conflicts first, then the rest.
fn rows(ui: &mut Ui, merging: &Merging) -> Option<Did> {
    ui.set_width(ui.available_width() - 12.0);
    let all = || merging.rows.iter().zip(&merging.choices).enumerate();
    let is_conflict = |row: &Row| row.changed == Changed::Both;
    let conflicts = all().filter(|(_, (row, _))| is_conflict(row));
    let others = all().filter(|(_, (row, _))| !is_conflict(row));
    let count = ui.data(|data| data.get_temp(Id::unique(COUNT))).unwrap_or(SHOWN);
    let mut did = None;
    let (mut first_conflict, mut first_other) = (true, true);
    for (index, (row, choice)) in conflicts.chain(others).take(count) {
        let first = if is_conflict(row) { &mut first_conflict } else { &mut first_other };
        if std::mem::take(first) {
            let heading =
                if is_conflict(row) { "Changed on both sides" } else { "Changed on one side" };
            ui.add_space(4.0);
            ui.label(style::medium(heading));
        }
        if let Some(side) = one(ui, index, row, *choice) {
            did = Some(Did::Choose(index, side));
        }
    }
    let left = merging.rows.len().saturating_sub(count);
    if left > 0 && widget::plain_button(ui, &format!("Show more ({left} left)")).clicked() {
        ui.data_mut(|data| data.insert_temp(Id::unique(COUNT), count + SHOWN));
    }
    if merging.rows.is_empty() {
        ui.label("The file says the same as this window.");
    }
    did
}

/// One difference; the side that was chosen just now.
fn one(ui: &mut Ui, index: usize, row: &Row, choice: Option<Side>) -> Option<Side> {
    let palette = style::palette(ui);
    let is_open = choice.is_none();
    let stroke = Stroke::new(1.0, if is_open { palette.warning } else { palette.line });
    let frame = Frame::new()
        .fill(palette.card)
        .stroke(stroke)
        .corner_radius(8)
        .inner_margin(Margin::symmetric(10, 6));
    let label = row.label();
    let mut chosen = None;
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.push_id(("merge row", index), |ui| {
            let who = match row.changed {
                Changed::Mine => "changed here",
                Changed::Theirs => "changed in the file",
                Changed::Both => "changed on both sides",
            };
            ui.horizontal_wrapped(|ui| {
                ui.label(style::medium(label.clone()));
                ui.label(style::small(ui, who));
            });
            let texts = shortened([&row.mine, &row.theirs, &row.base]);
            ui.columns(3, |columns| {
                let sides = [Some(Side::Mine), Some(Side::Theirs), None];
                for ((ui, side), text) in columns.iter_mut().zip(sides).zip(texts) {
                    // A column of egui spreads its words over its whole width.
                    ui.with_layout(Layout::top_down(Align::Min), |ui| {
                        if head(ui, side, choice, &label) {
                            chosen = side;
                        }
                        let is_taken = side.is_some() && side == choice;
                        let colour = if is_taken { palette.text } else { palette.muted };
                        let text = text.unwrap_or_else(|| {
                            let gone = side.is_some() && !row.base.is_empty();
                            if gone { "Deleted" } else { "Not there" }.to_owned()
                        });
                        ui.add(Label::new(RichText::new(text).color(colour)).wrap());
                    });
                }
            });
        });
    });
    ui.add_space(2.0);
    chosen
}

/// What stands above a text: a button that takes it, or that it was so before. Whether it was
/// pressed.
fn head(ui: &mut Ui, side: Option<Side>, choice: Option<Side>, label: &str) -> bool {
    let (word, hint) = match side {
        Some(Side::Mine) => ("Mine", "What is in this window"),
        Some(Side::Theirs) => ("Theirs", "What is in the file"),
        None => {
            let words = style::small(ui, "Before");
            ui.horizontal(|ui| ui.label(words));
            return false;
        }
    };
    let button = widget::seen(ui.horizontal(|ui| ui.radio(side == choice, word)).inner);
    widget::ring(ui, &button, 4);
    if choice.is_none() {
        focus_first(ui, &button);
    }
    button.accessible_name(format!("{word}: {label}")).on_hover_text(hint).clicked()
}

/// Gives the focus to the first of the widgets that this is asked for. Only once: a focus that is
/// asked for in each frame cannot be moved.
fn focus_first(ui: &Ui, response: &Response) {
    if ui.data(|data| data.get_temp::<bool>(Id::unique(SEEN)).is_none()) {
        ui.data_mut(|data| data.insert_temp(Id::unique(SEEN), true));
        response.request_focus();
    }
}

fn buttons(ui: &mut Ui, merging: &Merging) -> Option<Did> {
    ui.horizontal_wrapped(|ui| {
        let can = merging.open() == 0;
        let button = ui.add_enabled_ui(can, |ui| widget::primary(ui, None, "Merge")).inner;
        if can {
            focus_first(ui, &button);
        }
        let button = button
            .on_hover_text("This can be undone")
            .on_disabled_hover_text("Choose Mine or Theirs for each conflict first");
        if button.clicked() {
            return Some(Did::Merge);
        }
        if merging.conflicts() > 0 {
            if widget::plain_button(ui, "Mine for all conflicts").clicked() {
                return Some(Did::ChooseAll(Side::Mine));
            }
            if widget::plain_button(ui, "Theirs for all conflicts").clicked() {
                return Some(Did::ChooseAll(Side::Theirs));
            }
        }
        widget::plain_button(ui, "Cancel").clicked().then_some(Did::Cancel)
    })
    .inner
}

/// Texts without the long beginning that all of them share, and no longer than can be read at a
/// glance; `None` for what is not there.
fn shortened(texts: [&str; 3]) -> [Option<String>; 3] {
    /// So many characters are shown of each.
    const MOST: usize = 400;
    /// So many of them before the first that differs.
    const BEFORE: usize = 60;
    let there = || texts.into_iter().filter(|text| !text.is_empty());
    let first = there().next().unwrap_or_default();
    let shared = there()
        .map(|text| text.chars().zip(first.chars()).take_while(|(a, b)| a == b).count())
        .min()
        .unwrap_or_default();
    let start = if first.chars().count() > MOST { shared.saturating_sub(BEFORE) } else { 0 };
    texts.map(|text| {
        let mut letters = text.chars().skip(start);
        let mut shown: String = letters.by_ref().take(MOST).collect();
        if letters.next().is_some() {
            shown.push('…');
        }
        if start > 0 && !shown.is_empty() {
            shown.insert(0, '…');
        }
        (!text.is_empty()).then_some(shown)
    })
}

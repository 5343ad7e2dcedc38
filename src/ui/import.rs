//! Bringing something in: the field for pasting, the wait, and the list of what would come in and
//! what would not.

mod document;
mod map;
mod result;
mod say;
mod source;

use super::{icon, style, widget, words};
use crate::{
    app::{
        App,
        command::keys_here,
        import::{Arrival, Ready},
    },
    finding::{Code, Finding},
    interchange::{
        Group, Report,
        merge::{Change, Decision, Doubt, Plan},
    },
};
use eframe::egui::{
    Align, Button, Checkbox, Context, Id, Key, Label, Layout, Modifiers, ProgressBar, RichText,
    ScrollArea, Sense, TextEdit, Ui,
};

/// How high a row of the list is, in points.
const ROW: f32 = 26.0;
/// The same of what is told below it.
const TOLD_ROW: f32 = 20.0;

/// What has no place may be of any length: so many bytes of it are shown, and in a row.
const LONGEST_TOLD: usize = 1_500;
const LONGEST_LINE: usize = 240;

enum Did {
    Read,
    Take,
    Cancel,
}

pub(super) fn show(ctx: &Context, app: &mut App) {
    if app.ask.is_some() || app.chooser.is_some() {
        return;
    }
    let did = match &mut app.import {
        Some(Arrival::Paste(text)) => paste(ctx, text),
        Some(Arrival::Reading { name }) => reading(ctx, name),
        Some(Arrival::Ready(ready)) if ready.draft.is_some() => document::show(ctx, ready),
        Some(Arrival::Ready(ready)) => decide(ctx, ready),
        None => return,
    };
    match did {
        Some(Did::Read) => app.import_pasted(),
        Some(Did::Take) => app.finish_import(true),
        Some(Did::Cancel) => app.finish_import(false),
        None => return,
    }
    ctx.request_repaint();
}

/// The answer of a dialog; closing it is cancelling.
fn answer(did: Option<Option<Did>>) -> Option<Did> {
    did.unwrap_or(Some(Did::Cancel))
}

fn paste(ctx: &Context, text: &mut String) -> Option<Did> {
    answer(widget::dialog(ctx, "paste import", "Import pasted text", 640.0, |ui| {
        let label = ui.label(
            "Your CV as text, Markdown or LaTeX, or BibTeX, RIS, JSON or YAML: paste it here.",
        );
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(80.0, 360.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            let id = Id::unique("pasted text");
            let edit = TextEdit::multiline(text)
                .id(id)
                .code_editor()
                .lock_focus(false)
                .hint_text("@inproceedings{example2026,\n  title = {…},\n  author = {…},\n}")
                .desired_rows(12)
                .desired_width(f32::INFINITY);
            let response = ui.add(edit).labelled_by(label.id);
            if ui.ctx().memory(|m| m.focused()).is_none() {
                response.request_focus();
            }
        });
        ui.add_space(8.0);
        let mut did = None;
        ui.horizontal(|ui| {
            let full = !text.trim().is_empty();
            if ui.add_enabled_ui(full, |ui| widget::primary(ui, None, "Read it")).inner.clicked() {
                did = Some(Did::Read);
            }
            if widget::plain_button(ui, "Cancel").clicked() {
                did = Some(Did::Cancel);
            }
        });
        did
    }))
}

fn reading(ctx: &Context, name: &str) -> Option<Did> {
    answer(widget::dialog(ctx, "reading import", &format!("Reading {name} …"), 360.0, |ui| {
        ui.add(ProgressBar::new(0.0).animate(true).desired_width(ui.available_width()));
        ui.add_space(8.0);
        widget::plain_button(ui, "Cancel").clicked().then_some(Did::Cancel)
    }))
}

fn decide(ctx: &Context, ready: &mut Ready) -> Option<Did> {
    let title = format!("Import {}", ready.name);
    answer(widget::dialog(ctx, "import", &title, 760.0, |ui| {
        let (report, told) = (&ready.import.report, &ready.told);
        ui.label(style::small(ui, said(ready.format, &ready.plan, report)));
        ui.add_space(6.0);
        let room = (ui.ctx().content_rect().height() - 240.0).max(120.0);
        let (above, below) =
            if told.is_empty() { (room, 0.0) } else { (room * 0.64, room * 0.36 - 30.0) };
        if ready.plan.decisions.is_empty() {
            ui.label("There is nothing new in it.");
        } else {
            all(ui, &mut ready.plan);
            decisions(ui, &mut ready.plan, above);
        }
        if !told.is_empty() {
            ui.add_space(8.0);
            left(ui, report, told, below);
        }
        ui.add_space(8.0);
        let (new, changed) = ready.plan.counts();
        let mut did = None;
        ui.horizontal(|ui| {
            let verb = match (new, changed) {
                (new, 0) => format!("Add {new}"),
                (0, changed) => format!("Change {changed}"),
                (new, changed) => format!("Add {new}, change {changed}"),
            };
            let any = new + changed > 0;
            let button = ui.add_enabled_ui(any, |ui| widget::primary(ui, None, &verb)).inner;
            // Enter takes what is there, unless something else has the focus.
            if any && ui.ctx().memory(|m| m.focused()).is_none() {
                button.request_focus();
            }
            // In a long list the button is far away for those who use the keyboard.
            let called = ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
            if button.on_hover_text(keys_here("Ctrl+Enter")).clicked() || (any && called) {
                did = Some(Did::Take);
            }
            if widget::plain_button(ui, "Cancel").clicked() {
                did = Some(Did::Cancel);
            }
        });
        did
    }))
}

/// What was found, in a line.
fn said(format: &str, plan: &Plan, report: &Report) -> String {
    let new = plan.decisions.iter().filter(|d| d.is_new).count();
    let changed = plan.decisions.len() - new;
    let mut parts = vec![format!("Read as {format}")];
    for (count, words) in [
        (new, "new"),
        (changed, "would change"),
        (plan.same, "there already"),
        (report.count(Code::ImportGuessed), "guessed"),
        (report.count(Code::ImportNotPlaced), "without a place"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    }
    parts.join(" · ")
}

/// Buttons that decide all at once.
fn all(ui: &mut Ui, plan: &mut Plan) {
    ui.horizontal(|ui| {
        for (words, accept) in [("Choose all", true), ("Choose none", false)] {
            if widget::plain_button(ui, words).clicked() {
                plan.decisions.iter_mut().for_each(|decision| decision.decide(accept));
            }
        }
    });
}

/// The list of decisions; only what is seen is drawn.
fn decisions(ui: &mut Ui, plan: &mut Plan, height: f32) {
    let rows: Vec<(usize, Option<usize>)> = (plan.decisions.iter().enumerate())
        .flat_map(|(i, d)| {
            [(i, None)].into_iter().chain((0..d.changes.len()).map(move |change| (i, Some(change))))
        })
        .collect();
    ui.spacing_mut().item_spacing.y = 2.0;
    let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
    area.id_salt("decisions").show_rows(ui, ROW, rows.len(), |ui, range| {
        for (i, change) in rows.get(range).unwrap_or_default() {
            let Some(decision) = plan.decisions.get_mut(*i) else {
                continue;
            };
            ui.push_id((i, change), |ui| match change.and_then(|c| decision.changes.get_mut(c)) {
                Some(change) => field(ui, change),
                None => entry(ui, decision),
            });
        }
    });
}

fn entry(ui: &mut Ui, decision: &mut Decision) {
    let palette = style::palette(ui);
    let (words, colour) = match (decision.doubt, decision.is_new) {
        (Some(Doubt::Repeated), _) => ("once more in the file".to_owned(), palette.warning),
        (Some(Doubt::Version), _) => {
            ("another version of what is there".to_owned(), palette.warning)
        }
        (Some(Doubt::Preprint), _) => ("preprint of what you have".to_owned(), palette.warning),
        (Some(Doubt::Deleted), _) => ("you have deleted it".to_owned(), palette.warning),
        (None, true) => (format!("new in {}", decision.place), palette.good),
        (None, false) => (format!("changes in {}", decision.place), palette.accent_text),
    };
    row(ui, ROW, |ui| {
        let mut all = decision.is_taken_wholly();
        let name = format!("{}, {words}", decision.title);
        let part = decision.is_taken() && !all;
        let ticked = widget::seen(ui.add(Checkbox::without_text(&mut all).indeterminate(part)));
        let mut clicked = ticked.accessible_name(name).clicked();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(words).small().color(colour));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let label = Label::new(style::medium(&decision.title)).truncate();
                clicked |= ui.add(label.sense(Sense::click())).clicked();
            });
        });
        if clicked {
            decision.decide(!decision.is_taken_wholly());
        }
    });
}

fn field(ui: &mut Ui, change: &mut Change) {
    let palette = style::palette(ui);
    let Change { label, old, new, .. } = &*change;
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = match old.is_empty() {
        true => format!("{label}: {}", line(new)),
        false => format!("{label}: {} → {}", line(old), line(new)),
    };
    let colour = if change.accept { palette.text } else { palette.muted };
    row(ui, ROW, |ui| {
        ui.add_space(24.0);
        let tick = Checkbox::without_text(&mut change.accept);
        widget::seen(ui.add(tick)).accessible_name(&words);
        let text = RichText::new(&words).small().color(colour);
        if ui.add(Label::new(text).truncate().sense(Sense::click())).clicked() {
            change.accept = !change.accept;
        }
    });
}

fn row(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui)) {
    let size = eframe::egui::vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), add);
}

/// What was guessed, and what has no place, with a way to take it along. What has the name of a
/// field many times is folded.
fn left(ui: &mut Ui, report: &Report, told: &[Group], height: f32) {
    let finding = |index: &usize| report.findings.get(*index);
    ui.horizontal(|ui| {
        ui.label(style::bold("Look at these: guessed, or without a place"));
        if widget::plain_button(ui, "Copy list").clicked() {
            let all = told.iter().flat_map(|group| &group.findings).filter_map(finding);
            let lines: Vec<&str> = all.map(|f| f.message.as_str()).collect();
            ui.ctx().copy_text(lines.join("\n"));
        }
    });
    let folded: Vec<Option<(Id, bool)>> = (told.iter())
        .map(|group| {
            let name = group.name.as_ref().filter(|_| group.findings.len() > 1)?;
            let id = Id::unique(("told", name));
            Some((id, ui.data(|data| data.get_temp(id)).unwrap_or(true)))
        })
        .collect();
    // A row is a group, or a finding in it.
    let rows: Vec<(usize, Option<usize>)> = (told.iter().zip(&folded).enumerate())
        .flat_map(|(i, (group, fold))| {
            let head = fold.map(|_| (i, None));
            let inner =
                if fold.is_some_and(|(_, closed)| closed) { 0 } else { group.findings.len() };
            head.into_iter().chain((0..inner).map(move |f| (i, Some(f))))
        })
        .collect();
    // Where something can unfold the room is kept for it, so that nothing moves under the pointer.
    let stays = folded.iter().any(Option::is_some);
    let area = ScrollArea::vertical().max_height(height.max(60.0)).auto_shrink([false, !stays]);
    area.id_salt("told").show_rows(ui, TOLD_ROW, rows.len(), |ui, range| {
        for &(i, inner) in rows.get(range).unwrap_or_default() {
            let (Some(group), Some(fold)) = (told.get(i), folded.get(i)) else {
                continue;
            };
            row(ui, TOLD_ROW, |ui| {
                match (inner.and_then(|f| group.findings.get(f)).and_then(finding), fold) {
                    (Some(finding), fold) => {
                        ui.add_space(if fold.is_some() { 24.0 } else { 0.0 });
                        say(ui, finding);
                    }
                    (None, Some((id, closed))) => head(ui, group, *id, *closed),
                    (None, None) => {}
                }
            });
        }
    });
}

/// The line of a group: how often a field has no place, as a button that unfolds it.
fn head(ui: &mut Ui, group: &Group, id: Id, closed: bool) {
    let words = format!(
        "{}: {} without a place",
        group.name.as_deref().unwrap_or_default(),
        group.findings.len()
    );
    let (letter, verb) = if closed { (icon::CLOSED, "Show") } else { (icon::OPENED, "Hide") };
    let colour = style::palette(ui).warning;
    let atoms =
        (icon::coloured(letter, colour).size(11.0), RichText::new(&words).small().color(colour));
    let button = Button::new(atoms).frame_when_inactive(false).small();
    if widget::seen(ui.add(button)).accessible_name(format!("{verb} {words}")).clicked() {
        ui.data_mut(|data| data.insert_temp(id, !closed));
    }
}

fn say(ui: &mut Ui, finding: &Finding) {
    let palette = style::palette(ui);
    let colour =
        if finding.code == Code::ImportNotPlaced { palette.warning } else { palette.muted };
    let words = words::sentence(head_of(&finding.message, LONGEST_TOLD));
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = RichText::new(head_of(&line, LONGEST_LINE)).small().color(colour);
    ui.add(Label::new(text).truncate()).on_hover_text(words);
}

/// The beginning of a text of any length, in so many bytes.
fn head_of(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

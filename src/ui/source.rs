//! A file that cannot be read as a profile, as text to be mended; and what is odd about one that
//! can.

use super::{icon, style, widget, words};
use crate::{
    app::{App, Screen, command::Command},
    finding::{Finding, LineColumn, Severity},
};
use eframe::egui::{
    CentralPanel, Color32, FontId, Frame, Id, Margin, Panel, RichText, ScrollArea, Stroke,
    TextBuffer, TextEdit, TextStyle, Ui,
    text::{CCursor, CCursorRange, LayoutJob, TextFormat},
};

enum Did {
    Save,
    Again,
    Copy,
    Versions,
    Close,
}

pub(super) fn show(ui: &mut Ui, app: &mut App) {
    let Screen::Broken(broken) = &mut app.screen else {
        return;
    };
    let mut did = None;
    let mut changed = false;
    let frame = Frame::new().fill(style::palette(ui).back).inner_margin(Margin::symmetric(24, 16));
    CentralPanel::default().frame(frame).show(ui, |ui| {
        let name = broken.name();
        match &broken.wrong {
            Some(wrong) => {
                ui.label(style::heading(format!("{name} cannot be read as a profile")));
                let palette = style::palette(ui);
                let LineColumn { line, column } = wrong.place;
                let message = words::sentence(&wrong.message);
                ui.horizontal_wrapped(|ui| {
                    let sign = ui.label(icon::coloured(icon::ERROR, palette.error));
                    sign.accessible_name("Problem");
                    ui.label(style::medium(format!("Line {line}, column {column}: {message}")));
                });
                if !wrong.hint.is_empty() {
                    ui.label(words::sentence(&wrong.hint));
                }
                ui.label(style::small(ui, "The file is as it was. Mend it here, or elsewhere."));
            }
            None => {
                ui.label(style::heading(format!("{name} is mended")));
                ui.label("It can be read as a profile now. Save it to open it.");
            }
        }
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            let can = broken.wrong.is_none();
            let save = ui.add_enabled_ui(can, |ui| widget::primary(ui, None, "Save and open"));
            let buttons = [
                (save.inner.clicked(), Did::Save),
                (widget::button(ui, icon::REDO, "Try again").clicked(), Did::Again),
                (widget::button(ui, icon::COPY, "Save a copy…").clicked(), Did::Copy),
                (widget::button(ui, icon::UNDO, "Earlier versions…").clicked(), Did::Versions),
                (widget::button(ui, icon::CLOSE, "Close").clicked(), Did::Close),
            ];
            did = buttons.into_iter().find(|(clicked, _)| *clicked).map(|(_, what)| what);
        });
        ui.add_space(8.0);
        let place = broken.wrong.as_ref().map(|wrong| wrong.place);
        changed = editor(ui, &mut broken.text, place, &broken.path);
    });
    if changed {
        broken.check();
    }
    match did {
        None => return,
        Some(Did::Save) => app.save_and_open(),
        Some(Did::Again) => app.try_again(),
        Some(Did::Copy) => app.save_broken_copy(),
        Some(Did::Versions) => app.run(Command::Versions),
        Some(Did::Close) => app.run(Command::Close),
    }
    ui.ctx().request_repaint();
}

/// The text with the numbers of its lines, the wrong line marked; whether it was changed.
fn editor(
    ui: &mut Ui,
    text: &mut String,
    place: Option<LineColumn>,
    path: &std::path::Path,
) -> bool {
    let id = Id::unique(("source", path));
    let palette = style::palette(ui);
    let font = TextStyle::Monospace.resolve(ui.style());
    let is_new = TextEdit::load_state(ui.ctx(), id).is_none();
    if is_new && let Some(place) = place {
        let cursor = CCursorRange::one(CCursor::new(char_at(text, place)));
        let mut state = eframe::egui::widgets::text_edit::TextEditState::default();
        state.cursor.set_char_range(Some(cursor));
        state.store(ui.ctx(), id);
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let mark = palette.error.gamma_multiply(0.18);
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| {
        let job = job(text.as_str(), place, &font, palette.text, mark);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let mut changed = false;
    ScrollArea::both().id_salt("source").auto_shrink(false).show(ui, |ui| {
        let gutter = 48_i8;
        let output = TextEdit::multiline(text)
            .id(id)
            .code_editor()
            .margin(Margin { left: gutter, right: 8, top: 6, bottom: 6 })
            .desired_width(f32::INFINITY)
            .layouter(&mut layouter)
            .show(ui);
        let response = &output.response.response;
        response.clone().accessible_name("Text of the file");
        changed = response.changed();
        for (i, row) in output.galley.rows.iter().enumerate() {
            let top = output.galley_pos.y + row.pos.y;
            if top + row.row.size.y < ui.clip_rect().top() || top > ui.clip_rect().bottom() {
                continue;
            }
            let wrong = place.is_some_and(|place| place.line == i + 1);
            let colour = if wrong { palette.error } else { palette.muted };
            let at = eframe::egui::pos2(output.galley_pos.x - 12.0, top);
            let size = FontId::monospace(11.5);
            let align = eframe::egui::Align2::RIGHT_TOP;
            ui.painter().text(at, align, (i + 1).to_string(), size, colour);
            if wrong && is_new {
                let line = row.rect().translate(output.galley_pos.to_vec2());
                ui.scroll_to_rect(line, Some(eframe::egui::Align::Center));
            }
        }
    });
    changed
}

/// The text, not wrapped, with a mark behind the wrong line.
fn job(
    text: &str,
    place: Option<LineColumn>,
    font: &FontId,
    colour: Color32,
    mark: Color32,
) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let mut format = TextFormat::simple(font.clone(), colour);
        if place.is_some_and(|place| place.line == i + 1) {
            format.background = mark;
            format.underline = Stroke::new(1.0, mark);
        }
        job.append(line, 0.0, format);
    }
    if text.is_empty() {
        job.append("", 0.0, TextFormat::simple(font.clone(), colour));
    }
    job
}

/// How many characters stand before a place.
fn char_at(text: &str, place: LineColumn) -> usize {
    let before = text.split_inclusive('\n').take(place.line.saturating_sub(1));
    before.map(|line| line.chars().count()).sum::<usize>() + place.column.saturating_sub(1)
}

/// A banner over the form: what opening the file found, each leading to its place. `hidden` is the
/// number of the document for which the user has closed it.
pub(super) fn banner(ui: &mut Ui, app: &mut App, hidden: &mut Option<u64>) {
    let number = app.document_number();
    let Screen::Editor(doc) = &mut app.screen else {
        return;
    };
    let findings: Vec<Finding> =
        doc.file.findings.iter().filter(|f| f.severity != Severity::Note).cloned().collect();
    if findings.is_empty() || *hidden == Some(number) {
        return;
    }
    let palette = style::palette(ui);
    let frame = Frame::new().fill(palette.card).inner_margin(Margin::symmetric(14, 6));
    Panel::top("findings").frame(frame).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(icon::coloured(icon::WARNING, palette.warning)).accessible_name("Warning");
            ui.label(style::medium(match findings.len() {
                1 => "One thing in this file needs a look".to_owned(),
                n => format!("{n} things in this file need a look"),
            }));
            if widget::icon_button(ui, icon::CLOSE, "Hide what was found in the file").clicked() {
                *hidden = Some(number);
            }
        });
        ScrollArea::vertical().id_salt("findings").max_height(96.0).show(ui, |ui| {
            for finding in &findings {
                let place =
                    finding.place.map(|p| format!(" (line {})", p.line)).unwrap_or_default();
                let text = format!("{}{place}", words::sentence(&finding.message));
                let button = widget::link(ui, icon::LINK, &text)
                    .on_hover_text(RichText::new(words::sentence(&finding.hint)));
                if button.clicked() {
                    doc.view.go_to(&finding.at, None);
                }
            }
        });
    });
}

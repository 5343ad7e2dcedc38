//! The first screen: a new profile, the samples as pictures, recent files, and work that was not
//! saved.

use super::{icon, style, widget};
use crate::{
    app::{
        App,
        ask::{Ask, Start},
        command::Command,
        past,
    },
    sample,
};
use eframe::egui::{
    self, Align, Align2, Button, CentralPanel, Color32, CornerRadius, Frame, Id, Image, LayerId,
    Layout, Order, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, TextureHandle, Ui,
    UiBuilder, pos2, vec2,
};
use std::{collections::BTreeMap, path::PathBuf};

/// The pictures of samples, by the name of the sample.
pub type Pictures = BTreeMap<String, TextureHandle>;

/// What is said of each sample.
const SAMPLES: &[(&str, &str, &str)] = &[
    ("first-year", "First year", "Little to show yet: school, a first project, languages"),
    ("undergrad-dense", "Applying for a PhD", "A full page: research, papers, teaching, awards"),
    (
        "student-mixed",
        "Between study and work",
        "Internships, projects and open source, with variants",
    ),
    ("phd-systems", "PhD student", "Papers first, with authors, venues and links"),
    ("researcher-papers", "Researcher", "Many papers, grants, talks and service"),
    ("bilingual", "Two languages", "A name and entries in two scripts"),
];

/// The width of a sample's card.
const CARD: f32 = 196.0;

/// How many recent files are shown before all are asked for.
const FEW: usize = 5;

/// What was done in a frame.
enum Did {
    Run(Command),
    Start(Start),
    Open(PathBuf),
    Forget(PathBuf),
    Restore(usize),
    Compare(usize),
    Discard(usize),
}

pub(super) fn show(ui: &mut Ui, app: &mut App, pictures: &Pictures, now: u64) {
    let mut did = None;
    let back = Frame::new().fill(style::palette(ui).back);
    CentralPanel::default().frame(back).show(ui, |ui| {
        ScrollArea::vertical().id_salt("welcome").auto_shrink(false).show(ui, |ui| {
            let room = ui.available_width();
            let width = (room - 64.0).min(4.0 * (CARD + 16.0));
            let side = ((room - width) / 2.0).max(16.0);
            ui.add_space(36.0);
            let rect = Rect::from_min_size(
                pos2(ui.min_rect().left() + side, ui.cursor().top()),
                vec2(width, f32::INFINITY),
            );
            ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
                ui.set_width(width);
                content(ui, app, pictures, now, &mut did);
                ui.add_space(40.0);
            });
        });
    });
    match did {
        None => return,
        Some(Did::Run(command)) => app.run(command),
        Some(Did::Start(start)) => app.begin(start),
        Some(Did::Open(path)) => app.open(path),
        Some(Did::Forget(path)) => app.forget_recent(&path),
        Some(Did::Restore(index)) => app.restore(index),
        Some(Did::Compare(index)) => app.compare_found(index),
        Some(Did::Discard(index)) => app.ask = Some(Ask::DiscardFound(index)),
    }
    ui.ctx().request_repaint();
}

fn content(ui: &mut Ui, app: &App, pictures: &Pictures, now: u64, did: &mut Option<Did>) {
    ui.label(style::heading("Your CV, on one fine page").size(28.0));
    let words = "Type on the left, see the page on the right. One readable file holds it all.";
    ui.label(RichText::new(words).size(15.0).color(style::palette(ui).muted));
    ui.add_space(14.0);
    ui.horizontal_wrapped(|ui| {
        if widget::primary(ui, Some(icon::NEW), "New profile").clicked() {
            *did = Some(Did::Start(Start::Empty));
        }
        if widget::button(ui, icon::DOWN, "Start from your CV…").clicked() {
            *did = Some(Did::Run(Command::Import));
        }
        if widget::button(ui, icon::OPEN, "Open…").clicked() {
            *did = Some(Did::Run(Command::Open));
        }
    });
    ui.add_space(2.0);
    ui.label(style::small(
        ui,
        "Or drop a file here: a profile, or a CV as PDF, Word, LaTeX, HTML, Markdown or text. A CV that \
         you have copied can be pasted.",
    ));
    ui.add_space(18.0);
    if !app.found.is_empty() {
        found(ui, app, now, did);
        ui.add_space(14.0);
    }
    if !app.files.recent.is_empty() {
        ui.label(style::bold("Recent").size(15.0));
        ui.add_space(4.0);
        recent(ui, app, now, did);
        ui.add_space(14.0);
    }
    ui.label(style::bold("Start from a sample").size(15.0));
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 16.0);
        for (name, title, line) in samples() {
            if sample_card(ui, &title, line, pictures.get(name)) {
                *did = Some(Did::Start(Start::Sample(name)));
            }
        }
    });
}

/// Name, title and line of every sample, in the order of a life; one that nothing is said of comes
/// last.
fn samples() -> impl Iterator<Item = (&'static str, String, &'static str)> {
    let known = SAMPLES.iter().filter(|(name, ..)| sample::text(name).is_some());
    let known = known.map(|(name, title, line)| (*name, (*title).to_owned(), *line));
    let others = sample::names().filter(|name| SAMPLES.iter().all(|(known, ..)| known != name));
    known.chain(others.map(|name| (name, name.replace('-', " "), "")))
}

/// Unsaved work of earlier runs.
fn found(ui: &mut Ui, app: &App, now: u64, did: &mut Option<Did>) {
    widget::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(style::bold("Not saved last time").size(15.0));
        for (i, found) in app.found.iter().enumerate() {
            ui.horizontal_wrapped(|ui| {
                let colour = style::palette(ui).warning;
                ui.label(icon::coloured(icon::WARNING, colour)).accessible_name("Unsaved work");
                ui.label(style::medium(found.name.clone()));
                ui.label(style::small(ui, past::ago(found.time, now)));
                if found.damaged {
                    ui.label(style::small(ui, "damaged: this is what can still be read"));
                }
                let buttons = [
                    (icon::UNDO, "Restore", Did::Restore(i)),
                    (icon::SEARCH, "What differs", Did::Compare(i)),
                    (icon::DELETE, "Delete", Did::Discard(i)),
                ];
                for (letter, words, what) in buttons {
                    let button = widget::link(ui, letter, words);
                    if button.accessible_name(format!("{words}: {}", found.name)).clicked() {
                        *did = Some(what);
                    }
                }
            });
        }
    });
}

/// A sample with its picture; whether it was clicked.
fn sample_card(ui: &mut Ui, title: &str, line: &str, picture: Option<&TextureHandle>) -> bool {
    let p = style::palette(ui);
    let picture_size = vec2(CARD - 24.0, (CARD - 24.0) * 297.0 / 210.0);
    let size = vec2(CARD, picture_size.y + 88.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let response = widget::seen(response).on_hover_text("Start from a copy of this sample");
    let name = format!("Sample: {title}. {line}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
    let active = response.hovered() || response.has_focus();
    let stroke =
        Stroke::new(if active { 1.5 } else { 1.0 }, if active { p.accent } else { p.line });
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(10), p.card, stroke, StrokeKind::Inside);
    let page = Rect::from_min_size(rect.min + vec2(12.0, 12.0), picture_size);
    painter.rect(page, 2, Color32::WHITE, Stroke::new(1.0, p.line), StrokeKind::Inside);
    match picture {
        Some(picture) => Image::new(picture).paint_at(ui, page.shrink(1.0)),
        None => placeholder(ui, page),
    }
    let text = Rect::from_min_max(
        pos2(rect.left() + 12.0, page.bottom() + 8.0),
        rect.max - vec2(12.0, 8.0),
    );
    // A child of its own: what is written in a card must not push the next one away.
    let below = UiBuilder::new().max_rect(text).layout(Layout::top_down(Align::Min));
    let mut inside = ui.new_child(below);
    inside.set_clip_rect(ui.clip_rect().intersect(rect));
    inside.spacing_mut().item_spacing.y = 2.0;
    inside.label(style::bold(title));
    inside.label(style::small(ui, line));
    response.clicked()
}

/// Grey lines where the text of a page will be.
fn placeholder(ui: &Ui, page: Rect) {
    let grey = Color32::from_rgb(0xE2, 0xE5, 0xEA);
    let mut y = page.top() + 16.0;
    let mut line = |x: f32, width: f32, height: f32, gap: f32| {
        let min = pos2(page.left() + x * page.width(), y);
        let rect = Rect::from_min_size(min, vec2(width * page.width(), height));
        ui.painter().rect_filled(rect, 1, grey);
        y += height + gap;
    };
    line(0.28, 0.44, 7.0, 5.0);
    line(0.34, 0.32, 3.0, 12.0);
    for _ in 0..((page.height() - 70.0) / 40.0).max(0.0) as usize {
        line(0.1, 0.25, 4.0, 5.0);
        line(0.1, 0.8, 3.0, 4.0);
        line(0.1, 0.74, 3.0, 4.0);
        line(0.1, 0.6, 3.0, 10.0);
    }
}

fn recent(ui: &mut Ui, app: &App, now: u64, did: &mut Option<Did>) {
    let all = Id::unique("all recent files");
    let shown = if ui.data(|data| data.get_temp(all)) == Some(true) { usize::MAX } else { FEW };
    for (recent, there) in app.files.recent.iter().take(shown) {
        let name = recent.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = recent.path.parent().unwrap_or(&recent.path).display().to_string();
        ui.horizontal_wrapped(|ui| {
            let palette = style::palette(ui);
            let colour = if *there { palette.text } else { palette.muted };
            let mut words = style::medium(name.clone()).color(colour);
            if !there {
                words = words.strikethrough();
            }
            let button = Button::new((icon::coloured(icon::FILE, palette.muted), words));
            let button = ui.add_enabled(*there, button.frame_when_inactive(false));
            if widget::seen(button).accessible_name(format!("Open {name}")).clicked() {
                *did = Some(Did::Open(recent.path.clone()));
            }
            let when = past::ago(recent.time, now);
            let state = if *there { when } else { "not there any more".to_owned() };
            ui.label(style::small(ui, format!("{folder} · {state}")));
            let forget = format!("Remove {name} from the list");
            if widget::icon_button(ui, icon::CLOSE, &forget).clicked() {
                *did = Some(Did::Forget(recent.path.clone()));
            }
        });
    }
    if app.files.recent.len() > shown && widget::link(ui, icon::MORE, "Show all").clicked() {
        ui.data_mut(|data| data.insert_temp(all, true));
    }
}

/// While files hover over the window.
pub(super) fn hint_of_drop(ui: &Ui) {
    let count = ui.input(|i| i.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let ctx = ui.ctx();
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("drop")));
    let rect = ctx.content_rect();
    let p = style::palette(ui);
    painter.rect_filled(rect, 0, p.back.gamma_multiply(0.9));
    let inner = rect.shrink(24.0);
    painter.rect_stroke(inner, 14, Stroke::new(2.0, p.accent), StrokeKind::Inside);
    let words = if count == 1 { "Drop to open it here" } else { "Drop to open each in a window" };
    let font = egui::FontId::proportional(22.0);
    painter.text(rect.center(), Align2::CENTER_CENTER, words, font, p.accent_text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_said_of_every_sample() {
        let all: Vec<_> = samples().collect();
        assert_eq!(all.len(), sample::names().count());
        for (name, _, line) in all {
            assert!(!line.is_empty(), "{name}");
        }
    }
}

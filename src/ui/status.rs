//! The line at the bottom: whether the page fits, how it is set, what was found, and whether it is
//! saved.

use super::{icon, page::Page, style};
use crate::{
    app::{App, command::Command},
    finding::Severity,
    look::{PageLimit, Paper},
};
use eframe::egui::{
    Button, Frame, Id, Label, Margin, Panel, RichText, Sense, Spinner, Ui, accesskit::Live,
};
use std::time::Duration;

pub(super) fn show(ui: &mut Ui, app: &mut App, page: &Page) {
    if app.doc().is_none() {
        if app.not_kept().is_some() {
            Panel::bottom("status").show(ui, |ui| saved(ui, app));
        }
        return;
    }
    let exporting = app.export_words();
    let palette = style::palette(ui);
    let frame = Frame::new().fill(palette.card).inner_margin(Margin::symmetric(14, 5));
    Panel::bottom("status").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.y = 18.0;
            ui.spacing_mut().button_padding.y = 1.0;
            if let Some(shown) = page.shown() {
                let fit = &shown.page.fit;
                let good = fit.lines_over == 0;
                let words = fits(fit.lines_over, shown.sizes.len(), shown.style.pages);
                let (letter, colour) =
                    if good { (icon::GOOD, palette.good) } else { (icon::ERROR, palette.error) };
                ui.label(icon::coloured(letter, colour)).accessible_name(if good {
                    "Fits"
                } else {
                    "Too long"
                });
                let label = ui.label(RichText::new(words).small().color(palette.text));
                ui.ctx().accesskit_node_builder(label.id, |n| n.set_live(Live::Polite));
                if !good {
                    let button = Button::new(style::medium("Make it fit…").small());
                    let button = super::widget::seen(ui.add(button));
                    if button.accessible_name("Make it fit").clicked() {
                        app.run(Command::MakeItFit);
                    }
                }
                ui.add_space(8.0);
                ui.label(style::small(ui, format!("Text {:.1} pt", fit.sizes.size)));
                ui.label(style::small(ui, format!("{:.0} % full", (fit.fill * 100.0).min(100.0))));
                let paper = match shown.style.paper {
                    Paper::A4 => "A4",
                    Paper::Letter => "Letter",
                };
                ui.label(style::small(ui, paper));
            } else {
                ui.label(style::small(ui, "Setting the page …"));
            }
            // Only what takes long is told; a page usually takes less than a frame.
            let pending = Id::unique("page pending");
            if page.is_current() {
                ui.ctx().animate_bool_with_time(pending, false, 0.0);
            } else {
                ui.ctx().request_repaint_after(Duration::from_millis(100));
                if ui.ctx().animate_bool_with_time(pending, true, 0.3) >= 1.0 {
                    ui.add(Spinner::new().size(12.0));
                }
            }
            let findings = page.findings();
            let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
            let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
            // What takes no time is told by its end.
            let slow = Id::unique("slow export");
            let slow = ui.ctx().animate_bool_with_time(slow, exporting.is_some(), 0.3) >= 1.0;
            let exporting = exporting.filter(|_| slow);
            let room = match (exporting.is_some(), app.not_kept().is_some()) {
                (true, _) => 350.0,
                (false, true) => 330.0,
                (false, false) => 250.0,
            };
            ui.add_space((ui.available_width() - room).max(8.0));
            let (words, colour) = match (errors, warnings) {
                (0, 0) => ("Nothing to mend".to_owned(), palette.muted),
                (0, n) => (counted(n, "warning"), palette.warning),
                (n, 0) => (counted(n, "error"), palette.error),
                (n, m) => {
                    (format!("{}, {}", counted(n, "error"), counted(m, "warning")), palette.error)
                }
            };
            let text = RichText::new(&words).small().color(colour);
            let button = Button::new(text).frame_when_inactive(false);
            let answer =
                super::widget::seen(ui.add(button)).accessible_name(format!("Check: {words}"));
            if answer.clicked() {
                app.run(Command::GoToCheck);
            }
            let Some(words) = exporting else {
                saved(ui, app);
                return;
            };
            ui.ctx().request_repaint_after(Duration::from_millis(100));
            ui.add(Spinner::new().size(12.0));
            ui.label(style::small(ui, words));
            let cancel = Button::new(style::medium("Cancel").small());
            if super::widget::seen(ui.add(cancel)).accessible_name("Cancel export").clicked() {
                app.stop_export();
            }
        });
    });
}

/// Whether the document is saved; what is not kept safe, either, can be asked about.
fn saved(ui: &mut Ui, app: &mut App) {
    let words = app.saved_words();
    let Some(reason) = app.not_kept().map(super::words::sentence) else {
        ui.add(Label::new(style::small(ui, words)).sense(Sense::hover()));
        return;
    };
    let text = RichText::new(words).small().color(style::palette(ui).error);
    let button = super::widget::seen(ui.add(Button::new(text).frame_when_inactive(false)));
    if button.accessible_name(words).on_hover_text(reason).clicked() {
        app.ask_not_kept();
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Whether the document keeps to its pages.
fn fits(over: usize, pages: usize, limit: PageLimit) -> String {
    let allowed = match limit {
        PageLimit::One => "one page",
        PageLimit::Two => "two pages",
        PageLimit::Three => "three pages",
        PageLimit::Any => return counted(pages, "page"),
    };
    match over {
        0 => format!("Fits on {allowed}"),
        1 => format!("1 line too long for {allowed}"),
        n => format!("{n} lines too long for {allowed}"),
    }
}

//! The Check tab: what is odd about the profile, with the way there and what mends it; and the bar
//! of changes that win lines.

use super::{icon, spelling, style, widget, words};
use crate::{
    app::{App, command::Command, place},
    at::{At, Step},
    finding::{Code, Finding, Severity},
};
use eframe::egui::{Frame, Label, Margin, RichText, ScrollArea, Ui};

/// What the user wants done about a finding.
enum Answer<'a> {
    Go(&'a At),
    Mend(&'a crate::finding::Fix),
}

pub(super) fn show(ui: &mut Ui, app: &mut App, findings: &[Finding]) {
    let mut answer = None;
    ScrollArea::vertical().id_salt("check").auto_shrink(false).show(ui, |ui| {
        let margin = Margin { left: 24, right: 24, top: 18, bottom: 40 };
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(720.0));
            ui.label(style::heading("Check"));
            if findings.is_empty() && app.spelling.unknown().is_empty() {
                nothing(ui);
            }
            for (severity, title) in [
                (Severity::Error, "Must be mended"),
                (Severity::Warning, "Worth a look"),
                (Severity::Note, "Good to know"),
            ] {
                let group: Vec<_> = findings.iter().filter(|f| f.severity == severity).collect();
                if group.is_empty() {
                    continue;
                }
                ui.add_space(10.0);
                ui.label(style::bold(format!("{title} ({})", group.len())).size(15.0));
                for finding in group {
                    answer = row(ui, app, finding).or(answer.take());
                }
            }
            spelling::show(ui, app);
        });
    });
    act(app, answer.as_ref());
}

/// The bar over a page that is too long: how much, and what would win lines, each by one click.
/// Draws nothing when the page fits.
pub(super) fn fixes_bar(ui: &mut Ui, app: &mut App, findings: &[Finding]) {
    let Some(long) = findings.iter().find(|finding| finding.code == Code::TooLong) else {
        return;
    };
    let (mut answer, mut fit) = (None, false);
    let palette = style::palette(ui);
    Frame::new().fill(palette.card).inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        // The size at which it is too long matters less than by how much.
        let message = long.message.split(" at ").next().unwrap_or(&long.message);
        ui.label(style::bold(words::sentence(message)).color(palette.error));
        ui.horizontal_wrapped(|ui| {
            if widget::button(ui, icon::GOOD, "Make it fit…").clicked() {
                fit = true;
            }
            for finding in findings.iter().filter(|f| f.code.wins_lines()) {
                let button = widget::plain_button(ui, &words::sentence(&finding.message));
                if button.clicked() {
                    answer = Some(match &finding.fix {
                        Some(fix) => Answer::Mend(fix),
                        None => Answer::Go(&finding.at),
                    });
                }
            }
        });
    });
    act(app, answer.as_ref());
    if fit {
        app.run(Command::MakeItFit);
    }
}

fn act(app: &mut App, answer: Option<&Answer<'_>>) {
    match answer {
        Some(Answer::Mend(fix)) => app.mend(fix),
        Some(Answer::Go(at)) => {
            // A switch is no field: what it belongs to is meant.
            let at = if at.steps().last() == Some(&Step::Field("show")) {
                at.parent()
            } else {
                (*at).clone()
            };
            if let Some(doc) = app.doc_mut() {
                doc.view.go_to(&at, Some(usize::MAX));
            }
        }
        None => {}
    }
}

fn row<'f>(ui: &mut Ui, app: &App, finding: &'f Finding) -> Option<Answer<'f>> {
    let palette = style::palette(ui);
    let (letter, colour) = match finding.severity {
        Severity::Error => (icon::ERROR, palette.error),
        Severity::Warning => (icon::WARNING, palette.warning),
        Severity::Note => (icon::NOTE, palette.muted),
    };
    let mut answer = None;
    widget::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            ui.label(icon::coloured(letter, colour).size(16.0))
                .accessible_name(words::sentence(finding.severity.word()));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                let message = words::sentence(&finding.message);
                ui.add(Label::new(style::medium(&message)).wrap());
                let hint = words::hint(finding);
                if !hint.is_empty() {
                    let hint = RichText::new(words::sentence(hint)).color(palette.muted);
                    ui.add(Label::new(hint).wrap());
                }
                let place = app.doc().map(|d| place::words(d.profile(), &finding.at));
                let place = place.unwrap_or_default();
                if !place.is_empty() {
                    ui.add(Label::new(style::small(ui, &place)).wrap());
                }
                ui.horizontal(|ui| {
                    if finding.at != At::root() {
                        let go = widget::plain_button(ui, "Go there");
                        let go = go.accessible_name(format!("Go there: {message}"));
                        if go.clicked() {
                            answer = Some(Answer::Go(&finding.at));
                        }
                    }
                    if let Some(fix) = &finding.fix {
                        let mend = widget::plain_button(ui, fix.words());
                        let mend = mend.accessible_name(format!("{}: {message}", fix.words()));
                        if mend.clicked() {
                            answer = Some(Answer::Mend(fix));
                        }
                    }
                });
            });
        });
    });
    answer
}

/// What is shown when there is nothing to say.
fn nothing(ui: &mut Ui) {
    let palette = style::palette(ui);
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.label(icon::coloured(icon::GOOD, palette.good).size(20.0)).accessible_name("All well");
        ui.label(style::bold("Nothing to mend").size(15.0));
    });
    let checked = "Looked at: fields that every entry needs, dates and their order, authors and your own name in \
                   them, marks, links and ORCID, variants, order of sections, theme, fonts and colours, and whether \
                   it fits the page.";
    ui.add(Label::new(RichText::new(checked).color(palette.muted)).wrap());
}

//! The question in front, with a button for each answer.

use super::{widget, words};
use crate::app::{App, ask::Answer};
use eframe::egui::{Context, Id};

pub(super) fn show(ctx: &Context, app: &mut App) {
    // What is being compared lies over the question it helps to answer.
    let Some(ask) = app.ask.clone().filter(|_| app.comparison.is_none()) else {
        return;
    };
    let answers = ask.answers();
    let title = ask.title(&app.name());
    let first_seen = Id::unique(("asked", &title));
    let answer = widget::dialog(ctx, "ask", &title, 460.0, |ui| {
        ui.label(words::sentence(&ask.text()));
        ui.add_space(10.0);
        let mut answer = None;
        ui.horizontal_wrapped(|ui| {
            for (i, (it, words)) in answers.iter().enumerate() {
                let button = if i == 0 {
                    widget::primary(ui, None, words)
                } else {
                    widget::plain_button(ui, words)
                };
                let is_new = ui.data(|data| data.get_temp::<bool>(first_seen).is_none());
                if i == 0 && is_new {
                    // Only once: a focus that is asked for in each frame takes no Enter.
                    button.request_focus();
                }
                if button.clicked() {
                    answer = Some(*it);
                }
            }
        });
        ui.data_mut(|data| data.insert_temp(first_seen, true));
        answer
    });
    let answer = match answer {
        None => Some(answers.last().map_or(Answer::Cancel, |(answer, _)| *answer)),
        Some(answer) => answer,
    };
    if let Some(answer) = answer {
        ctx.data_mut(|data| data.remove_temp::<bool>(first_seen));
        app.answer(answer);
        ctx.request_repaint();
    }
}

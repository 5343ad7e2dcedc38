//! Short messages at the bottom, which go by themselves.

use super::{icon, style, words};
use crate::app::{App, Notice};
use eframe::egui::{self, Align2, Area, Context, Frame, Id, Margin, Order, accesskit::Live};
use std::time::Duration;

/// How many seconds a message stays.
const SECONDS: f64 = 6.0;

/// The messages on show, with the time at which they go.
#[derive(Default)]
pub(super) struct Toasts(Vec<(f64, Notice)>);

impl Toasts {
    pub(super) fn show(&mut self, ctx: &Context, app: &mut App) {
        let now = ctx.input(|i| i.time);
        self.0.extend(app.notices.drain(..).map(|notice| (now + SECONDS, notice)));
        self.0.retain(|(until, _)| *until > now);
        let Some(next) = self.0.iter().map(|(until, _)| *until).min_by(f64::total_cmp) else {
            return;
        };
        ctx.request_repaint_after(Duration::from_secs_f64((next - now).max(0.05)));
        let mut answered = None;
        Area::new(Id::unique("toasts"))
            .anchor(Align2::CENTER_BOTTOM, [0.0, -46.0])
            .order(Order::Tooltip)
            .show(ctx, |ui| {
                for (i, (_, notice)) in self.0.iter().enumerate() {
                    let frame = Frame::window(ui.style())
                        .inner_margin(Margin::symmetric(14, 8))
                        .corner_radius(8);
                    frame.show(ui, |ui| {
                        ui.horizontal(|ui| {
                            let palette = style::palette(ui);
                            let (letter, colour) = if notice.good {
                                (icon::GOOD, palette.good)
                            } else {
                                (icon::ERROR, palette.error)
                            };
                            ui.label(icon::coloured(letter, colour))
                                .accessible_name(if notice.good { "Done" } else { "Problem" });
                            let text = ui.label(words::sentence(&notice.text));
                            ui.ctx().accesskit_node_builder(text.id, |n| n.set_live(Live::Polite));
                            if let Some((words, command)) = notice.action
                                && app.is_able(notice)
                                && ui.add(egui::Button::new(style::bold(words))).clicked()
                            {
                                answered = Some((i, command));
                            }
                            // Beside a button that is about a state of the document they are, too.
                            let links = notice.of.is_none() || app.is_able(notice);
                            for (words, request) in notice.links.iter().filter(|_| links) {
                                if ui.add(egui::Button::new(style::bold(*words))).clicked() {
                                    app.requests.push(request.clone());
                                }
                            }
                        });
                    });
                }
            });
        if let Some((i, command)) = answered {
            self.0.remove(i);
            app.run(command);
        }
    }
}

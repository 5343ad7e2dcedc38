//! The sheet of plans that make the CV fit: a list, the page as each would leave it, and the way to
//! take one.

use crate::{
    app::{App, Screen, fitting::Fitting, view::Sheet},
    fit_plan::Plan,
    ui::{style, widget},
};
use eframe::egui::{
    Align, Align2, AtomExt as _, Button, Context, Image, Key, Layout, Modifiers, RichText,
    ScrollArea, Spinner, TextureHandle, Ui, vec2,
};

/// What the picture of the plan that is looked at is asked for with.
pub(in crate::ui) const PICTURE: &str = "plan";

/// Width of the list and of the picture, in points.
const LIST: f32 = 420.0;
const PAGE: f32 = 380.0;

enum Did {
    Choose(usize),
    Take,
    Close,
}

/// Shows it, with the `picture` of the page after the plan that is looked at.
pub(in crate::ui) fn show(ctx: &Context, app: &mut App, picture: Option<&TextureHandle>) {
    let open = match &app.screen {
        Screen::Editor(doc) => doc.view.sheet == Some(Sheet::Fit),
        Screen::Welcome | Screen::Broken(_) => false,
    };
    let Some(fitting) = app.fitting.clone().filter(|_| open) else {
        return;
    };
    let did = widget::dialog(ctx, "fit", "Make it fit", LIST + PAGE + 20.0, |ui| {
        let Some(plans) = &fitting.plans else {
            ui.horizontal(|ui| {
                ui.add(Spinner::new().size(14.0));
                ui.label("Trying what is enough …");
            });
            return widget::plain_button(ui, "Close").clicked().then_some(Did::Close);
        };
        if plans.list.is_empty() {
            ui.label(match plans.fit.lines_over {
                0 => "It fits on its pages. There is nothing to do.",
                _ => "No plan is enough by itself. Hide what matters least, and look again.",
            });
            ui.add_space(8.0);
            return widget::primary(ui, None, "Close").clicked().then_some(Did::Close);
        }
        ui.label(style::small(ui, "Each of these is enough by itself, the gentlest first."));
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 220.0).clamp(100.0, PAGE * 1.42);
        let mut did = by_keys(ui, &fitting, plans.list.len());
        ui.horizontal_top(|ui| {
            let down = Layout::top_down(Align::Min);
            let list = ui.allocate_ui_with_layout(vec2(LIST, height), down, |ui| {
                list(ui, &fitting, &plans.list, height)
            });
            did = list.inner.or(did.take());
            if let Some(picture) = picture {
                let size = picture.size_vec2();
                let factor = (PAGE.min(ui.available_width()) / size.x).min(height / size.y);
                let page = Image::new(picture).fit_to_exact_size(size * factor);
                ui.add(page.alt_text("The page after this plan"));
            }
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let by_hand = fitting.plan().is_some_and(|plan| !plan.can_be_taken());
            let words = if by_hand { "Go to the text" } else { "Do it" };
            if widget::primary(ui, None, words).clicked() {
                did = Some(Did::Take);
            }
            if widget::plain_button(ui, "Close").clicked() {
                did = Some(Did::Close);
            }
        });
        did
    });
    match did {
        Some(None) => return,
        Some(Some(Did::Choose(index))) => app.choose_plan(index),
        Some(Some(Did::Take)) => app.take_plan(),
        None | Some(Some(Did::Close)) => {
            app.fitting = None;
            app.show(None);
        }
    }
    ctx.request_repaint();
}

/// Arrows choose, Enter takes, unless a button has the focus, which it then presses.
fn by_keys(ui: &Ui, fitting: &Fitting, count: usize) -> Option<Did> {
    let free = ui.memory(|memory| memory.focused().is_none());
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowDown) {
            Some(Did::Choose((fitting.chosen + 1).min(count.saturating_sub(1))))
        } else if pressed(Key::ArrowUp) {
            Some(Did::Choose(fitting.chosen.saturating_sub(1)))
        } else if free && pressed(Key::Enter) {
            Some(Did::Take)
        } else {
            None
        }
    })
}

fn list(ui: &mut Ui, fitting: &Fitting, plans: &[Plan], height: f32) -> Option<Did> {
    let mut did = None;
    // A pointer that lies still takes nothing from the keys.
    let moved = ui.input(|input| input.pointer.delta().length() > 0.0);
    ScrollArea::vertical().id_salt("plans").max_height(height).show(ui, |ui| {
        for (index, plan) in plans.iter().enumerate() {
            let chosen = index == fitting.chosen;
            let words = format!("{}\n{}", plan.words, after(plan));
            let text = RichText::new(&words).atom_align(Align2::LEFT_CENTER).atom_grow(true);
            let button = Button::selectable(chosen, text).wrap();
            let row = widget::seen(ui.add(button.min_size(vec2(LIST - 20.0, 44.0))));
            let row = row.accessible_name(words);
            if row.hovered() && moved && !chosen || row.clicked() {
                did = Some(Did::Choose(index));
            }
            if row.double_clicked() {
                did = Some(Did::Take);
            }
            ui.add_space(2.0);
        }
    });
    did
}

/// How the page comes out, in a few words.
fn after(plan: &Plan) -> String {
    let size = plan.fit.sizes.size;
    let pages = match plan.fit.pages {
        1 => "one page".to_owned(),
        count => format!("{count} pages"),
    };
    let hand = if plan.can_be_taken() { "" } else { ", by hand" };
    format!("{pages}, text of {size:.1} pt{hand}")
}

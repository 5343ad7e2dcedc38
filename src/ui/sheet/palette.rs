//! The command palette: one field, and below it what can be done.

use super::Sheets;
use crate::{
    app::{
        App,
        palette::{Action, Item},
        view::Tab,
    },
    ui::{icon, style, widget},
};
use eframe::egui::{
    AtomExt as _, Button, Context, Id, Key, Modifiers, Response, RichText, ScrollArea, TextEdit,
    Ui, vec2,
};

/// Shows it; whether it stays.
pub(super) fn show(ctx: &Context, app: &mut App, sheets: &mut Sheets) -> bool {
    let id = Id::unique("palette field");
    let items = app.palette(&sheets.typed);
    // Before the field sees them.
    let (down, up, enter) = ctx.input_mut(|i| {
        (
            i.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
            i.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
            i.consume_key(Modifiers::NONE, Key::Enter),
        )
    });
    let last = items.len().saturating_sub(1);
    sheets.chosen = (sheets.chosen + down).saturating_sub(up).min(last);
    let moved = down + up > 0;
    let answer = widget::dialog(ctx, "palette", "Command palette", 560.0, |ui| {
        let edit = TextEdit::singleline(&mut sheets.typed).id(id).margin(vec2(10.0, 8.0));
        let edit = edit.hint_text("Type what you want to do, or where to go");
        let edit = ui.add(edit.desired_width(f32::INFINITY));
        let edit = edit.accessible_name("Search commands");
        if sheets.opening {
            edit.request_focus();
        }
        if edit.changed() {
            sheets.chosen = 0;
        }
        let mut action = None;
        let list = ScrollArea::vertical().max_height(380.0).min_scrolled_height(380.0);
        list.auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (i, item) in items.iter().enumerate() {
                let on = i == sheets.chosen;
                let response = row(ui, item, on);
                if on && moved {
                    response.scroll_to_me(None);
                }
                if item.able && (response.clicked() || (on && enter)) {
                    action = Some(item.action.clone());
                }
            }
            if items.is_empty() {
                ui.label(style::small(ui, "Nothing is called that"));
            }
        });
        action
    });
    if let Some(Some(action)) = &answer {
        app.choose_action(action);
    }
    matches!(answer, Some(None))
}

fn row(ui: &mut Ui, item: &Item, on: bool) -> Response {
    let palette = style::palette(ui);
    let letter = match &item.action {
        Action::Run(_) => icon::CLOSED,
        Action::Tab(Tab::Section(_)) => icon::LIST,
        Action::Tab(_) | Action::Entry(_) => icon::FILE,
    };
    let keys = match &item.action {
        Action::Run(info) => info.keys.first().map(|keys| keys.shown()).unwrap_or_default(),
        Action::Tab(_) | Action::Entry(_) => String::new(),
    };
    let colour = if item.able { palette.text } else { palette.muted };
    let atoms = (
        icon::coloured(letter, palette.muted),
        RichText::new(&item.name).color(colour),
        RichText::new(&item.about).small().color(palette.muted).atom_shrink(true),
    );
    let button = Button::selectable(on, atoms)
        .truncate()
        .min_size(vec2(ui.available_width(), 28.0))
        .right_text(RichText::new(&keys).small().color(palette.muted));
    let response = ui.add_enabled_ui(item.able, |ui| ui.add(button)).inner;
    let name = format!("{}. {}", item.name, item.about);
    let name = if keys.is_empty() { name } else { format!("{name}, {keys}") };
    response.accessible_name(name)
}

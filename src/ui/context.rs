//! Menus of what is under the pointer, which its second button opens, and for what has the focus
//! the menu key, or Shift and F10.

use super::queue;
use eframe::egui::{
    Context, Event, Id, Key, LayerId, Modifiers, Popup, Pos2, Response, SetOpenCommand, Ui,
};

/// A menu that was opened by keys.
#[derive(Clone, Copy)]
struct Keyed {
    /// Where it stands.
    corner: Pos2,
    /// What had the focus, which is given back.
    had: Option<Id>,
    /// Whether its first item has got the focus.
    entered: bool,
}

/// Whether a key asks for a menu.
pub(super) fn is_menu_key(event: &Event) -> bool {
    let Event::Key { key, pressed: true, modifiers, .. } = event else {
        return false;
    };
    match key {
        Key::Menu => modifiers.is_none(),
        Key::F10 => *modifiers == Modifiers::SHIFT,
        _ => false,
    }
}

/// Whether the key for a menu was pressed; nobody else sees it then.
fn take_key(ctx: &Context) -> bool {
    ctx.input_mut(|input| {
        let at = input.events.iter().position(is_menu_key);
        at.inspect(|at| drop(input.events.remove(*at))).is_some()
    })
}

/// Shows the menu of `response` while it is open, with what `add` draws. `corner` is where keys
/// open it, and none where something else has the focus.
pub(super) fn menu(response: &Response, corner: Option<Pos2>, add: impl FnOnce(&mut Ui)) {
    let ctx = &response.ctx;
    let id = response.id.with("menu by keys");
    let mut popup = Popup::context_menu(response);
    if let Some(corner) = corner.filter(|_| take_key(ctx)) {
        let had = ctx.memory(|memory| memory.focused());
        ctx.data_mut(|data| data.insert_temp(id, Keyed { corner, had, entered: false }));
        popup = popup.open_memory(SetOpenCommand::Bool(true));
    } else if response.secondary_clicked() {
        ctx.data_mut(|data| data.remove::<Keyed>(id));
    }
    let keyed = ctx.data(|data| data.get_temp::<Keyed>(id));
    if let Some(keyed) = keyed {
        popup = popup.at_position(keyed.corner);
    }
    let shown = popup.show(add);
    let Some(keyed) = keyed else {
        return;
    };
    match shown {
        Some(shown) if !keyed.entered => {
            if let Some(first) = first_item(ctx, shown.response.layer_id) {
                ctx.memory_mut(|memory| memory.request_focus(first));
                ctx.data_mut(|data| data.insert_temp(id, Keyed { entered: true, ..keyed }));
            }
            ctx.request_repaint();
        }
        Some(_) => {}
        None => {
            ctx.data_mut(|data| data.remove::<Keyed>(id));
            give_back(ctx, keyed.had);
        }
    }
}

/// The first item of a menu that can have the focus.
fn first_item(ctx: &Context, layer: LayerId) -> Option<Id> {
    let whole = layer.id.with("move");
    ctx.viewport(|viewport| {
        let mut items = viewport.this_pass.widgets.get_layer(layer);
        let item = items.find(|i| i.enabled && i.sense.is_focusable() && i.id != whole)?;
        Some(item.id)
    })
}

/// Gives the focus back to what had it before the menu.
fn give_back(ctx: &Context, had: Option<Id>) {
    let Some(had) = had else {
        return;
    };
    if queue::last_text(ctx) == Some(had) {
        queue::keep(ctx);
    } else if ctx.memory(|memory| memory.focused().is_none()) {
        ctx.memory_mut(|memory| memory.request_focus(had));
    }
}

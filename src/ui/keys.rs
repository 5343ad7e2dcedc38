//! From keys to commands, and the keys that a field looks at before its text does.

use super::queue;
use crate::app::{
    App,
    command::{COMMANDS, Command, Keys},
};
use eframe::egui::{Context, Event, Id, ImeEvent, Key, KeyboardShortcut, Modifiers};

/// What is held to move things by arrows. On a Mac, Option alone goes by words and types letters.
pub(super) const MOVING: Modifiers = if cfg!(target_os = "macos") {
    Modifiers { alt: true, ctrl: false, shift: false, mac_cmd: true, command: true }
} else {
    Modifiers::ALT
};

/// Whether Alt is held for more than the letter or the step of the caret that it makes on a Mac.
pub(super) fn is_alt(modifiers: Modifiers) -> bool {
    modifiers.alt && (modifiers.command || !cfg!(target_os = "macos"))
}

/// What can be done by keys while a sheet is in front.
const IN_SHEETS: [Command; 4] = [Command::Undo, Command::Redo, Command::Save, Command::Quit];

/// Runs the command whose keys were pressed. Called before anything is drawn, so that a text field
/// with the focus never sees them. What was typed before them has arrived already: see [`queue`].
pub(super) fn run(ctx: &Context, app: &mut App) {
    note_composing(ctx);
    // A question has to be answered first.
    if app.is_asking() {
        return;
    }
    let events = ctx.input(|input| input.events.clone());
    for (at, event) in events.iter().enumerate() {
        let Some(command) = command(event) else {
            continue;
        };
        if may(app, command) {
            ctx.input_mut(|input| {
                // With Alt some systems send the letter of the key, too.
                let alt = matches!(event, Event::Key { modifiers, .. } if modifiers.alt);
                let letter = alt && matches!(input.events.get(at + 1), Some(Event::Text(_)));
                let end = input.events.len().min(at + 1 + usize::from(letter));
                input.events.drain(at.min(end)..end);
            });
            app.run(command);
            return;
        }
    }
}

/// Whether a command may be given from outside of the menus in the window: by keys, for example.
pub(super) fn may(app: &App, command: Command) -> bool {
    // Under a sheet nothing is to happen that cannot be seen.
    let seen = app.sheet().is_none() || IN_SHEETS.contains(&command);
    // A text field would undo on its own what the document does not know of.
    let able = matches!(command, Command::Undo | Command::Redo)
        || command.info().is_some_and(|info| (info.able)(app));
    !app.is_asking() && seen && able
}

/// The command that a key stands for; of several the one with most keys, for the others match as
/// well.
pub(super) fn command(event: &Event) -> Option<Command> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else {
        return None;
    };
    let all = COMMANDS.iter().filter(|info| info.command.in_field().is_none());
    let all = all.flat_map(|info| info.keys.iter().map(move |k| (k, info.command)));
    let fits = all.filter(|(keys, _)| {
        shortcut(keys)
            .is_some_and(|s| s.logical_key == *key && modifiers.matches_logically(s.modifiers))
    });
    let most = |keys: &Keys| u8::from(keys.shift) + u8::from(keys.alt) + u8::from(keys.command);
    fits.max_by_key(|(keys, _)| most(keys)).map(|(_, command)| command)
}

/// What a field says to a key that was pressed in it.
pub(super) enum Answer<T> {
    /// It is for the text.
    Text,
    /// It is something else.
    Taken(T),
}

/// Looks at the keys and pastes of this frame before the text of the field with the focus does.
/// `wanted` says which may be more than text, and `answer` decides; it is asked only while the
/// caret is still where the last frame left it. What was typed after a key that was taken waits
/// until the focus has settled, and so arrives where the caret is then.
pub(super) fn intercept<T>(
    ctx: &Context,
    wanted: impl Fn(&Event) -> bool,
    mut answer: impl FnMut(&Event) -> Answer<T>,
) -> Option<T> {
    if is_composing(ctx) {
        return None;
    }
    // Nothing is asked while the input is borrowed: an answer may look at the rest of the window.
    let events = ctx.input(|input| input.events.clone());
    let mut found = None;
    let mut still = true;
    let at = events.iter().position(|event| {
        if wanted(event) {
            if !still {
                return true;
            }
            if let Answer::Taken(taken) = answer(event) {
                found = Some(taken);
                return true;
            }
        }
        still &= !is_typing(event);
        false
    })?;
    let later = ctx.input_mut(|input| {
        if found.is_some() && at < input.events.len() {
            input.events.remove(at);
        }
        hold(&mut input.events, at)
    });
    queue::put_back(ctx, later, found.is_some());
    found
}

/// Takes out what was typed from an event on.
fn hold(events: &mut Vec<Event>, at: usize) -> Vec<Event> {
    let rest = events.split_off(at.min(events.len()));
    let (held, other): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_typing);
    events.extend(other);
    held
}

/// Enter in a field of one line: whether it goes on, or back with Shift.
pub(super) fn enter(ctx: &Context) -> Option<bool> {
    let forward = |event: &Event| match event {
        Event::Key { key: Key::Enter, pressed: true, modifiers, .. } => {
            (!modifiers.command && !modifiers.alt).then_some(!modifiers.shift)
        }
        _ => None,
    };
    intercept(
        ctx,
        |event| forward(event).is_some(),
        |event| forward(event).map_or(Answer::Text, Answer::Taken),
    )
}

/// Gives each step of the caret a frame of its own, so that it can be seen where it came from.
pub(super) fn step_by_step(ctx: &Context) {
    let is_step = |event: &Event| {
        matches!(event, Event::Key { key: Key::ArrowLeft | Key::ArrowRight, pressed: true, .. })
    };
    let later = ctx.input_mut(|input| {
        let at = input.events.iter().position(is_step)?;
        let typed = input.events.iter().take(at).any(is_typing);
        Some(hold(&mut input.events, at + usize::from(!typed)))
    });
    if let Some(later) = later.filter(|later| !later.is_empty()) {
        queue::put_back(ctx, later, false);
    }
}

const COMPOSING: &str = "composing";

/// Notes whether an input method is at work, whose keys are its own.
fn note_composing(ctx: &Context) {
    let (before, _) = composing(ctx);
    let mut now = before;
    ctx.input(|input| {
        for event in &input.events {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => now = !text.is_empty(),
                Event::Ime(ImeEvent::Commit(_)) | Event::Text(_) => now = false,
                _ => {}
            }
        }
    });
    // In the frame that ends it, its last key may still come along.
    ctx.data_mut(|data| data.insert_temp(Id::unique(COMPOSING), (now, before || now)));
}

/// Whether an input method is at work in this frame.
pub(super) fn is_composing(ctx: &Context) -> bool {
    composing(ctx).1
}

/// Whether an input method was at work at the end of the frame, and at any time in it.
fn composing(ctx: &Context) -> (bool, bool) {
    ctx.data(|data| data.get_temp(Id::unique(COMPOSING))).unwrap_or_default()
}

/// Whether an event is one that text fields listen to.
fn is_typing(event: &Event) -> bool {
    match event {
        Event::Key { pressed, .. } => *pressed,
        Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Copy | Event::Ime(_) => true,
        _ => false,
    }
}

/// A combination of keys as egui knows it.
pub(super) fn shortcut(keys: &Keys) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    for (held, modifier) in [
        (keys.command, Modifiers::COMMAND),
        (keys.shift, Modifiers::SHIFT),
        (keys.alt, Modifiers::ALT),
    ] {
        if held {
            modifiers |= modifier;
        }
    }
    if modifiers.alt {
        modifiers |= MOVING;
    }
    Some(KeyboardShortcut::new(modifiers, Key::from_name(keys.key)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn egui_knows_every_key() {
        for keys in COMMANDS.iter().flat_map(|info| info.keys) {
            assert!(shortcut(keys).is_some(), "{}", keys.key);
        }
    }
}

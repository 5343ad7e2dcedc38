//! From keys to commands.

use crate::app::{
    App,
    command::{COMMANDS, Keys},
};
use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers};

/// Runs the commands whose keys were pressed. Called before anything is drawn, so that a text field with the focus
/// never sees them.
pub(super) fn run(ctx: &Context, app: &mut App) {
    // A combination with more keys first: the one with fewer would match as well.
    let mut all: Vec<_> =
        COMMANDS.iter().flat_map(|info| info.keys.iter().map(move |k| (k, info.command))).collect();
    all.sort_by_key(|(keys, _)| {
        std::cmp::Reverse(u8::from(keys.shift) + u8::from(keys.alt) + u8::from(keys.command))
    });
    for (keys, command) in all {
        let able = command.info().is_some_and(|info| (info.able)(app));
        let pressed = able
            && shortcut(keys).is_some_and(|s| ctx.input_mut(|input| input.consume_shortcut(&s)));
        if pressed {
            app.run(command);
        }
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
            modifiers = modifiers | modifier;
        }
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

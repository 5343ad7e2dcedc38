//! What a Mac has besides the window: the bar of menus at the top of the screen, and the files that
//! it hands over.

use super::keys;
use crate::app::{
    App, Request, Screen,
    command::{COMMANDS, Command, Keys, Menu},
};
use eframe::egui::Context;
use muda::{
    Menu as Bar, MenuEvent, MenuItem, PredefinedMenuItem, Submenu, accelerator::Accelerator,
};
use std::sync::{
    OnceLock,
    mpsc::{Receiver, Sender, channel},
};
use vitae_mac::Wish;

/// What was chosen outside of the window.
enum Chosen {
    Command(Command),
    Wish(Wish),
}

/// The menus, and what is chosen in them and elsewhere on the Mac.
pub(super) struct Mac {
    chosen: Receiver<Chosen>,
    send: Sender<Chosen>,
    /// Held, or it goes.
    bar: Option<Bar>,
}

/// What is woken when something was chosen.
static WINDOW: OnceLock<Context> = OnceLock::new();

fn wake() {
    if let Some(ctx) = WINDOW.get() {
        ctx.request_repaint();
    }
}

impl Mac {
    /// Listens to what macOS asks for; before there is a window.
    pub(super) fn listen() -> Self {
        let (send, chosen) = channel();
        let told = send.clone();
        vitae_mac::listen(move |wish| {
            told.send(Chosen::Wish(wish)).ok();
            wake();
        });
        Self { chosen, send, bar: None }
    }

    /// Puts the menus onto the screen; once there is a window.
    pub(super) fn show(&mut self, ctx: &Context) {
        WINDOW.set(ctx.clone()).ok();
        // Without menus the program can do all the same.
        self.bar = bar().ok();
        if let Some(bar) = &self.bar {
            bar.init_for_nsapp();
        }
        let send = self.send.clone();
        MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
            let named = |info: &&crate::app::command::Info| info.name == event.id.0;
            if let Some(info) = COMMANDS.iter().find(named) {
                send.send(Chosen::Command(info.command)).ok();
                wake();
            }
        }));
    }

    /// Does what was chosen.
    pub(super) fn poll(&self, app: &mut App) {
        for chosen in self.chosen.try_iter() {
            match chosen {
                Chosen::Command(command) if keys::may(app, command) => app.run(command),
                Chosen::Command(_) => {}
                Chosen::Wish(Wish::Quit) if app.is_asking() => {}
                Chosen::Wish(Wish::Quit) => app.run(Command::Quit),
                Chosen::Wish(Wish::Open(path)) => {
                    if matches!(app.screen, Screen::Welcome) && !app.is_asking() {
                        app.open(path);
                    } else {
                        app.requests.push(Request::NewWindow(Some(path)));
                    }
                }
            }
        }
    }
}

/// The menu of the program itself, as every program has one, and the table of commands.
fn bar() -> muda::Result<Bar> {
    let bar = Bar::new();
    let own = Submenu::new("Vitae", true);
    bar.append(&own)?;
    own.append(&item(Command::About)?)?;
    own.append(&PredefinedMenuItem::separator())?;
    own.append(&PredefinedMenuItem::services(None))?;
    own.append(&PredefinedMenuItem::separator())?;
    own.append(&PredefinedMenuItem::hide(None))?;
    own.append(&PredefinedMenuItem::hide_others(None))?;
    own.append(&PredefinedMenuItem::show_all(None))?;
    own.append(&PredefinedMenuItem::separator())?;
    // Not the system's own, which would not ask about unsaved work.
    own.append(&item(Command::Quit)?)?;
    for menu in Menu::ALL {
        let submenu = Submenu::new(menu.title(), true);
        bar.append(&submenu)?;
        let elsewhere = [Command::About, Command::Quit];
        let of_menu = |info: &&crate::app::command::Info| {
            info.menu == menu && !elsewhere.contains(&info.command)
        };
        for info in COMMANDS.iter().filter(of_menu) {
            if info.line {
                submenu.append(&PredefinedMenuItem::separator())?;
            }
            submenu.append(&item(info.command)?)?;
        }
    }
    Ok(bar)
}

fn item(command: Command) -> muda::Result<MenuItem> {
    let info = command.info();
    let name = info.map_or("", |info| info.name);
    // What a text field does by itself keeps its keys: they shall reach it.
    let takes_keys = command.in_field().is_none();
    let keys = info.filter(|_| takes_keys).and_then(|info| info.keys.first());
    Ok(MenuItem::with_id(name, name, true, keys.and_then(accelerator)))
}

/// Keys as a menu shows and takes them; only with Command, for all others belong to the window.
fn accelerator(keys: &Keys) -> Option<Accelerator> {
    if !keys.command {
        return None;
    }
    let shift = if keys.shift { "Shift+" } else { "" };
    let alt = if keys.alt { "Alt+" } else { "" };
    format!("Cmd+{alt}{shift}{}", keys.key).parse().ok()
}

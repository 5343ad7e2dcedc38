//! Opening the window: what it is painted with, how large it is, and what is said when there can be
//! none.

use super::{Window, native, system};
use crate::{
    app::{App, Request},
    store::folders::Folders,
    typeset,
};
use eframe::{
    NativeOptions, Renderer,
    egui::{self, Vec2, ViewportCommand, ViewportInfo, pos2},
};
use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::PathBuf,
};

/// The means to paint a window, the best one first: the next one is tried where one is missing.
/// Windows has Direct3D without a graphics card, too, as on a remote desktop; a Mac has Metal.
const RENDERERS: &[Renderer] = &[
    Renderer::Glow,
    #[cfg(any(windows, target_os = "macos"))]
    Renderer::Wgpu,
];

/// Opens the window with `files` and stays until it is closed.
///
/// # Errors
/// When there is no screen, or none that can be painted on; in words for the user.
pub fn run(files: Vec<PathBuf>) -> Result<(), String> {
    // Unpacked while the screen is asked for.
    system::aside("face", typeset::east_asian_file);
    let time = system::time();
    let mut app = Folders::of_user().map_or_else(App::default, |f| App::with_folders(f, time));
    let some = !files.is_empty();
    let files = app.pass_on(files);
    if some && files.is_empty() {
        return Ok(());
    }
    let size = app.files.settings.window.unwrap_or((1380.0, 860.0));
    let position = app.files.settings.position.take();
    // Taken by the first window that comes so far.
    let app = RefCell::new(Some((app, files)));
    #[cfg(target_os = "macos")]
    let mac = RefCell::new(Some(super::mac::Mac::listen()));
    let mut why = String::new();
    for &renderer in RENDERERS {
        let make: eframe::AppCreator<'_> = Box::new(|creation| {
            let (mut app, files) = app.take().ok_or("the window has been made already")?;
            let mut files = files.into_iter();
            if let Some(first) = files.next() {
                app.open(first);
            }
            app.requests.extend(files.map(|file| Request::NewWindow(Some(file))));
            let mut window = Window::new(&creation.egui_ctx, app);
            window.native.on = true;
            window.restored = position.is_some();
            #[cfg(target_os = "macos")]
            if let Some(mut mac) = mac.take() {
                mac.show(&creation.egui_ctx);
                window.mac = Some(mac);
            }
            Ok(Box::new(window))
        });
        let open = || eframe::run_native("Vitae", options(renderer, size, position), make);
        match catch_unwind(AssertUnwindSafe(open)) {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => why = in_words(&error),
            // A driver has promised what it cannot do.
            Err(_) if app.borrow().is_some() => CANNOT_PAINT.clone_into(&mut why),
            Err(panic) => resume_unwind(panic),
        }
        if app.borrow().is_none() {
            // It was open, and what was in it is kept as after any crash.
            break;
        }
    }
    native::tell(&why);
    Err(why)
}

/// Opens the window in a process of its own, where a program of windows is another one than a
/// program of the console; elsewhere it is the same as [`run`].
///
/// # Errors
/// As for [`run`].
pub fn run_apart(files: Vec<PathBuf>) -> Result<(), String> {
    match system::program_of_windows() {
        Some(program) => system::start_with(&program, files).map_err(|error| error.to_string()),
        None => run(files),
    }
}

fn options(
    renderer: Renderer,
    (width, height): (f32, f32),
    position: Option<(f32, f32)>,
) -> NativeOptions {
    let mut viewport = egui::ViewportBuilder::default()
        .with_app_id("org.vitae.Vitae")
        .with_icon(icon())
        .with_title("Vitae")
        .with_inner_size([width, height])
        .with_min_inner_size([760.0, 480.0]);
    viewport.position = position.map(|(left, top)| pos2(left, top));
    NativeOptions {
        renderer,
        viewport,
        // Its own menu has a way to quit that does not ask about unsaved work.
        #[cfg(target_os = "macos")]
        event_loop_builder: Some(Box::new(|builder| {
            use winit::platform::macos::EventLoopBuilderExtMacOS as _;
            builder.with_default_menu(false);
        })),
        ..NativeOptions::default()
    }
}

/// The program's icon, for systems that show what the window brings.
fn icon() -> egui::IconData {
    let png = include_bytes!("../../assets/app/hicolor/128x128/apps/org.vitae.Vitae.png");
    eframe::icon_data::from_png_bytes(png).unwrap_or_default()
}

/// What is said where nothing paints.
const CANNOT_PAINT: &str = if cfg!(windows) {
    "neither OpenGL 2 nor Direct3D 12 works on this computer. Install the driver of its graphics \
     card, or all updates of Windows"
} else if cfg!(target_os = "macos") {
    "neither OpenGL nor Metal works on this Mac. Restart it, or install the updates of macOS"
} else {
    "the screen has no OpenGL 2. It comes with libgl1 and libgl1-mesa-dri on Debian and Ubuntu, \
     mesa-dri-drivers and libglvnd-glx on Fedora, Mesa-dri and libglvnd on openSUSE, mesa and \
     libglvnd on Arch"
};

/// Why there is no window.
fn in_words(error: &eframe::Error) -> String {
    match error {
        eframe::Error::WinitEventLoop(_) if cfg!(any(windows, target_os = "macos")) => {
            format!("there is no screen that it can be shown on ({error})")
        }
        eframe::Error::WinitEventLoop(_) => {
            "there is no screen that it can be shown on, or a library for it is missing: \
             libxkbcommon-x11, libxcursor, libxi and libx11-xcb (on Debian and Ubuntu \
             libxkbcommon-x11-0, libxcursor1, libxi6 and libx11-xcb1; on Fedora libxkbcommon-x11, \
             libXcursor, libXi and libX11-xcb)"
                .to_owned()
        }
        eframe::Error::NoGlutinConfigs(..)
        | eframe::Error::OpenGL(_)
        | eframe::Error::Glutin(_) => CANNOT_PAINT.to_owned(),
        #[cfg(any(windows, target_os = "macos"))]
        eframe::Error::Wgpu(_) => CANNOT_PAINT.to_owned(),
        other => other.to_string(),
    }
}

/// How much of a screen's height the system may keep for itself, in points: a bar of tasks.
const BAR: f32 = 48.0;

/// Where the window is on the first screen, in points that the scale of its text does not change;
/// none on another screen, of which it is not known where it is, or whether it will be there again.
pub(super) fn position(viewport: &ViewportInfo, zoom: f32) -> Option<(f32, f32)> {
    let (screen, window) = (viewport.monitor_size?, viewport.outer_rect?);
    let is_here =
        (0.0..screen.x).contains(&window.left()) && (0.0..screen.y).contains(&window.top());
    is_here.then_some((window.left() * zoom, window.top() * zoom))
}

/// Whether the window is as large as its user has made it, and where: not the whole screen, and not
/// out of sight.
pub(super) fn is_placed_by_hand(viewport: &ViewportInfo) -> bool {
    ![viewport.maximized, viewport.fullscreen, viewport.minimized].contains(&Some(true))
}

/// What brings a new window whole onto the screen, if it is not there: the system knows best how
/// large a window can be, and where. A place is `restored` only if it was on the first screen,
/// which may have become smaller.
pub(super) fn onto_screen(viewport: &ViewportInfo, restored: bool) -> Option<ViewportCommand> {
    let (screen, window) = (viewport.monitor_size?, viewport.outer_rect?);
    let room = Vec2::new(screen.x, screen.y - BAR);
    if window.width() > room.x || window.height() > room.y {
        return Some(ViewportCommand::Maximized(true));
    }
    let is_first_screen = (0.0..screen.x).contains(&window.left().max(0.0))
        && (0.0..screen.y).contains(&window.top().max(0.0));
    let best = pos2(
        window.left().min(room.x - window.width()).max(0.0),
        window.top().min(room.y - window.height()).max(0.0),
    );
    ((is_first_screen || restored) && best != window.min)
        .then_some(ViewportCommand::OuterPosition(best))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{Rect, vec2};

    #[test]
    fn a_window_is_brought_onto_the_screen() {
        let check = |screen: [f32; 2], at: [f32; 2], size: [f32; 2], expected| {
            let window = Rect::from_min_size(at.into(), vec2(size[0], size[1]));
            let viewport = ViewportInfo {
                monitor_size: Some(screen.into()),
                outer_rect: Some(window),
                ..ViewportInfo::default()
            };
            assert_eq!(onto_screen(&viewport, false), expected, "{screen:?} {window:?}");
        };
        let there = |x, y| Some(ViewportCommand::OuterPosition(pos2(x, y)));
        check([1920.0, 1080.0], [100.0, 100.0], [1380.0, 890.0], None);
        check([1920.0, 1080.0], [100.0, 300.0], [1380.0, 890.0], there(100.0, 142.0));
        check([1920.0, 1080.0], [700.0, 10.0], [1380.0, 890.0], there(540.0, 10.0));
        check([1920.0, 1080.0], [-20.0, -5.0], [1380.0, 890.0], there(0.0, 0.0));
        check([1366.0, 768.0], [0.0, 0.0], [1380.0, 700.0], Some(ViewportCommand::Maximized(true)));
        check([1600.0, 900.0], [0.0, 0.0], [1380.0, 890.0], Some(ViewportCommand::Maximized(true)));
        // On a second screen, whose size says nothing of where it is.
        check([1920.0, 1080.0], [2000.0, 500.0], [1380.0, 890.0], None);
        assert_eq!(onto_screen(&ViewportInfo::default(), true), None);
    }

    #[test]
    fn a_place_on_the_first_screen_comes_back_there() {
        let viewport = |screen: [f32; 2], at: [f32; 2]| ViewportInfo {
            monitor_size: Some(screen.into()),
            outer_rect: Some(Rect::from_min_size(at.into(), vec2(800.0, 600.0))),
            ..ViewportInfo::default()
        };
        for (at, expected) in [
            ([100.0, 50.0], Some((200.0, 100.0))),
            ([0.0, 0.0], Some((0.0, 0.0))),
            ([-8.0, 50.0], None),
            ([2000.0, 50.0], None),
        ] {
            assert_eq!(position(&viewport([1920.0, 1080.0], at), 2.0), expected, "{at:?}");
        }
        assert_eq!(position(&ViewportInfo::default(), 1.0), None);
        // The screen has become smaller since.
        let smaller = viewport([1366.0, 768.0], [1500.0, 700.0]);
        let best = ViewportCommand::OuterPosition(pos2(566.0, 120.0));
        assert_eq!(onto_screen(&smaller, true), Some(best));
        assert!(is_placed_by_hand(&smaller));
        let whole = ViewportInfo { maximized: Some(true), ..smaller };
        assert!(!is_placed_by_hand(&whole));
    }
}

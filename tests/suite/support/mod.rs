//! What the tests of the window share: a window without a screen, and a painter that needs no
//! graphics card.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::iter_over_hash_type,
    clippy::panic,
    reason = "what is not as expected fails the test"
)]

pub(crate) mod paint;

use eframe::egui::{Event, Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use vitae::{
    app::{App, Colours, Screen, doc::Doc},
    profile::Profile,
    store::Document,
    typeset::Source,
    ui::Window,
};

/// The size of the window in tests, in points.
pub(crate) const SIZE: [f32; 2] = [1380.0, 860.0];

/// An editor with the sample of that name open, as if it had never been saved.
pub(crate) fn sample(name: &str) -> App {
    let text = vitae::sample::text(name).expect("there is no such sample");
    open(Document::from_text(name, text).expect("samples are profiles").profile)
}

/// An editor with a profile open.
pub(crate) fn open(profile: Profile) -> App {
    let doc = Doc::new(Document::fresh(profile), None);
    App { screen: Screen::Editor(Box::new(doc)), ..App::default() }
}

/// A window that shows `app`.
pub(crate) fn window(app: App) -> Harness<'static, Window> {
    themed(app, Theme::Light, SIZE)
}

/// A window of a size, light or dark.
pub(crate) fn themed(mut app: App, theme: Theme, size: [f32; 2]) -> Harness<'static, Window> {
    app.colours = if theme == Theme::Dark { Colours::Dark } else { Colours::Light };
    let mut harness = Harness::builder()
        .with_size(vec2(size[0], size[1]))
        .with_max_steps(400)
        .with_theme(theme)
        // Names in other scripts are set in fonts of the system, which tests do without.
        .allow_missing_glyphs()
        .renderer(paint::Painter::default())
        .build_eframe(|creation| Window::with_fonts(&creation.egui_ctx, app, Source::Embedded));
    settle(&mut harness);
    harness
}

/// Runs the window until the page is there and nothing moves any more.
pub(crate) fn settle(harness: &mut Harness<'static, Window>) {
    for _ in 0..400 {
        harness.run_ok();
        if harness.state().is_settled() {
            harness.run_ok();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("the page never came");
}

/// The open profile.
pub(crate) fn profile<'h>(harness: &'h Harness<'static, Window>) -> &'h Profile {
    harness.state().app.doc().expect("a document is open").profile()
}

/// Presses a key and lets it go.
pub(crate) fn press(harness: &mut Harness<'static, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

/// What is typed where the caret is.
pub(crate) fn type_text(harness: &mut Harness<'static, Window>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

/// What is pasted there.
pub(crate) fn paste(harness: &mut Harness<'static, Window>, text: &str) {
    harness.event(Event::Paste(text.to_owned()));
    harness.run();
}

//! The sheet of earlier versions: a list, the page of the one that is looked at beside the page as
//! it is now, what has changed since, and the way back.

use super::{compare, icon, page::Page, style, widget, words};
use crate::{
    app::{
        App,
        ask::Ask,
        past::{self, Chosen, Past},
        view::Sheet,
    },
    store::versions,
};
use eframe::egui::{
    Context, EventFilter, Id, Image, Key, Layout, Modifiers, Response, RichText, ScrollArea, Sense,
    TextEdit, TextureHandle, Ui, vec2,
};

enum Did {
    Choose(usize),
    Name,
    Restore,
    Forget,
    Close,
}

/// What the picture of the version of that index is asked for with.
pub(super) fn picture(index: usize) -> String {
    format!("earlier version {index}")
}

/// What the picture of the page as it is now is asked for with.
pub(super) const NOW: &str = "the page now";

/// The width of the list, in points.
const LIST: f32 = 290.0;

pub(super) fn show(ctx: &Context, app: &mut App, now: u64, page: &Page) {
    if app.sheet() != Some(Sheet::Versions) || app.ask.is_some() {
        return;
    }
    let mut past = app.past.take().unwrap_or_default();
    let title = format!("Earlier versions of {}", app.name());
    let did = widget::dialog(ctx, "versions", &title, 1040.0, |ui| {
        if past.versions.is_empty() {
            ui.label("There are none yet. Each save keeps what the file held before.");
            ui.add_space(8.0);
            return widget::primary(ui, None, "Close").clicked().then_some(Did::Close);
        }
        ui.label(style::small(ui, "What the file held before each save, the newest first."));
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 230.0).clamp(140.0, 760.0);
        let mut did = None;
        ui.horizontal_top(|ui| {
            // A row of its own direction: what stands in it goes down, not on to the right.
            let column = Layout::top_down(eframe::egui::Align::Min);
            ui.allocate_ui_with_layout(vec2(LIST, height), column, |ui| {
                ui.set_width(LIST);
                list(ui, &past, now, height, &mut did);
            });
            ui.add_space(8.0);
            let rest = vec2(ui.available_width(), height);
            ui.allocate_ui_with_layout(rest, column, |ui| {
                ui.set_width(rest.x);
                match &mut past.chosen {
                    None => {
                        let words = "Choose one to see its page and what has changed since.";
                        ui.label(style::small(ui, words));
                    }
                    Some(chosen) => detail(ui, chosen, height, page, &mut did),
                }
            });
        });
        ui.add_space(8.0);
        let buttons = buttons(ui, past.chosen.as_ref());
        did.or(buttons)
    });
    app.past = Some(past);
    match did {
        Some(None) => return,
        None | Some(Some(Did::Close)) => {
            app.past = None;
            app.show(None);
        }
        Some(Some(Did::Choose(index))) => app.choose_version(index),
        Some(Some(Did::Name)) => app.name_version(),
        Some(Some(Did::Restore)) => app.restore_version(),
        Some(Some(Did::Forget)) => app.ask = Some(Ask::ForgetVersions),
    }
    ctx.request_repaint();
}

/// The versions, one below the other. Arrows go from one to the next, Tab leaves the list.
fn list(ui: &mut Ui, past: &Past, now: u64, height: f32, did: &mut Option<Did>) {
    let count = past.versions.len();
    let area = ScrollArea::vertical().id_salt("versions").max_height(height).auto_shrink(false);
    let rows: Vec<Response> =
        area.show(ui, |ui| (0..count).filter_map(|i| row(ui, past, i, now)).collect()).inner;
    let Some(index) = rows.iter().position(Response::has_focus) else {
        did_click(&rows, did);
        return;
    };
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = [
        (Key::ArrowUp, index.checked_sub(1)),
        (Key::ArrowDown, Some(index + 1)),
        (Key::Home, Some(0)),
        (Key::End, count.checked_sub(1)),
    ];
    let to = to.into_iter().filter(|(key, _)| pressed(*key)).find_map(|(_, to)| to);
    if let Some((to, row)) = to.and_then(|to| Some((to, rows.get(to)?))) {
        row.request_focus();
        // Only while it is drawn it can scroll the list.
        ui.data_mut(|data| data.insert_temp(Id::unique(REVEALED), to));
        *did = Some(Did::Choose(to));
    } else if pressed(Key::Tab) {
        let restore = ui.data(|data| data.get_temp::<Id>(Id::unique(RESTORE)));
        ui.memory_mut(|memory| restore.into_iter().for_each(|id| memory.request_focus(id)));
    }
    did_click(&rows, did);
}

const REVEALED: &str = "version that comes into view";
const RESTORE: &str = "button that restores a version";

fn did_click(rows: &[Response], did: &mut Option<Did>) {
    if let Some(index) = rows.iter().position(Response::clicked) {
        *did = Some(Did::Choose(index));
    }
}

/// When a version was replaced and what is new in it.
fn row(ui: &mut Ui, past: &Past, index: usize, now: u64) -> Option<Response> {
    let earlier = past.versions.get(index)?;
    let version = &earlier.version;
    let is_chosen = past.chosen.as_ref().is_some_and(|chosen| chosen.index == index);
    let (time, size) = (past::ago(version.time, now), versions::size(version.bytes));
    let change = earlier.change();
    let palette = style::palette(ui);
    let small = |text: &str| RichText::new(text).small().color(palette.muted);
    let height = if version.name.is_empty() { 40.0 } else { 56.0 };
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width() - 10.0, height), Sense::click());
    let fill = match (is_chosen, response.hovered()) {
        (true, _) => palette.chosen,
        (false, true) => palette.hover,
        (false, false) => eframe::egui::Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, 6, fill);
    widget::ring(ui, &response, 6);
    let inside = eframe::egui::UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 4.0)));
    let mut inside = ui.new_child(inside.layout(Layout::top_down(eframe::egui::Align::Min)));
    inside.set_clip_rect(ui.clip_rect().intersect(rect));
    inside.spacing_mut().item_spacing.y = 1.0;
    let line = |ui: &mut Ui, text: RichText| {
        let label = eframe::egui::Label::new(text).selectable(false).truncate();
        // The row says it all at once.
        ui.add(label);
    };
    if !version.name.is_empty() {
        line(&mut inside, style::bold(version.name.clone()));
    }
    line(&mut inside, style::medium(format!("{time} · {size}")));
    line(&mut inside, small(&change));
    let called = match version.name.as_str() {
        "" => String::new(),
        name => format!("{name}, "),
    };
    let count = past.versions.len();
    let spoken = format!("{called}{time}, {size}, {change}, version {} of {count}", index + 1);
    response.widget_info(|| {
        eframe::egui::WidgetInfo::selected(
            eframe::egui::Role::ListBoxOption,
            true,
            is_chosen,
            spoken.clone(),
        )
    });
    if ui.data(|data| data.get_temp(Id::unique(REVEALED))) == Some(index) {
        ui.data_mut(|data| data.remove::<usize>(Id::unique(REVEALED)));
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let filter = EventFilter { tab: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    Some(widget::seen(response).on_hover_text(when(version.time)))
}

/// The time itself, for who wants to know it exactly.
fn when(time: u64) -> String {
    format!("Replaced {} UTC", versions::utc(time))
}

/// Pages and differences of the version that is looked at.
fn detail(ui: &mut Ui, chosen: &mut Chosen, height: f32, page: &Page, did: &mut Option<Did>) {
    ui.horizontal(|ui| {
        let label = ui.label("Name of this version");
        let hint = "such as: sent to the institute";
        let field = TextEdit::singleline(&mut chosen.name)
            .hint_text(hint)
            .char_limit(versions::LONGEST_NAME)
            .desired_width((ui.available_width() - 20.0).min(360.0));
        let field = ui.add(field).labelled_by(label.id);
        if field.lost_focus() {
            *did = Some(Did::Name);
        }
        field.on_hover_text("A version with a name stays until it is deleted");
    });
    if let Err(why) = &chosen.profile {
        ui.label(words::sentence(why));
        return;
    }
    let pictures = [
        ("Then", "The page of this version", page.thumbnail(&picture(chosen.index))),
        ("Now", "The page as it is now", page.thumbnail(NOW).filter(|_| chosen.now.is_some())),
    ];
    let room = (0.55 * height).max(120.0);
    ui.horizontal_top(|ui| {
        for (title, name, picture) in pictures {
            picture.into_iter().for_each(|picture| page_of(ui, title, name, picture, room));
        }
    });
    if chosen.now.is_some() {
        ui.add_space(2.0);
        ui.label(style::medium("What has changed since"));
        let left = (ui.available_height() - 4.0).max(60.0);
        ScrollArea::vertical().id_salt("since").max_height(left).show(ui, |ui| {
            compare::differences(ui, &chosen.differences);
        });
    } else {
        ui.label("The file cannot be read as a profile now. This version can.");
    }
}

/// The picture of a page under its title, so large that two fit side by side.
fn page_of(ui: &mut Ui, title: &str, name: &str, picture: &TextureHandle, height: f32) {
    let size = picture.size_vec2();
    let factor = (height / size.y).min(0.5 * (ui.ctx().content_rect().width() - LIST) / size.x);
    ui.allocate_ui_with_layout(
        vec2(size.x * factor, height + 20.0),
        Layout::top_down(eframe::egui::Align::Min),
        |ui| {
            ui.label(style::small(ui, title));
            let image = Image::new(picture).fit_to_exact_size(size * factor);
            ui.add(image.alt_text(name)).on_hover_text(name);
        },
    );
}

fn buttons(ui: &mut Ui, chosen: Option<&Chosen>) -> Option<Did> {
    ui.horizontal_wrapped(|ui| {
        let can = chosen.is_some_and(Chosen::is_whole);
        let restore =
            ui.add_enabled_ui(can, |ui| widget::primary(ui, None, "Restore this version")).inner;
        ui.data_mut(|data| data.insert_temp(Id::unique(RESTORE), restore.id));
        if restore.on_hover_text("This can be undone").clicked() {
            return Some(Did::Restore);
        }
        if widget::button(ui, icon::DELETE, "Delete all versions…").clicked() {
            return Some(Did::Forget);
        }
        widget::plain_button(ui, "Close").clicked().then_some(Did::Close)
    })
    .inner
}

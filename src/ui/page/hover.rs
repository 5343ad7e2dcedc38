//! The entry or section under the pointer, in a thin frame: a handle to drag it by, whether it is
//! printed, how much it matters, and another one after it.

use super::{Asked, Page, menu, view::Layout};
use crate::{
    app::{
        doc::Doc,
        edit::{self, Edit},
        place,
        preview::hit::{boxes, elements, place_at},
    },
    at::{At, Step},
    profile::Profile,
    ui::{drag, icon, style, widget},
};
use eframe::egui::{
    Button, DragAndDrop, Popup, Rect, Response, Stroke, StrokeKind, Theme, Ui, UiBuilder,
    containers::menu::MenuButton, pos2, vec2,
};

/// The side of a tool.
const TOOL: f32 = 22.0;

/// Something on the page with the state of the profile that it was found in, and its boxes.
type Found<B> = Option<(u64, At, Vec<(usize, B)>)>;

/// What is under the pointer.
#[derive(Default)]
pub(super) struct Hover {
    /// The element, the state of the profile that it was found in, and its boxes.
    over: Found<Rect>,
    /// The places of the elements of the list in which one is dragged.
    rows: Found<(usize, Rect)>,
}

impl Page {
    /// Draws the frame and the tools, and moves what is dragged.
    pub(super) fn entry_tools(
        &mut self,
        ui: &mut Ui,
        doc: &mut Doc,
        layout: &Layout,
        asked: &mut Asked,
    ) {
        let Some(shown) = &self.shown else {
            return;
        };
        if shown.revision != doc.revision() {
            // Addresses of an older page may be those of others by now.
            return;
        }
        let pages = &shown.page.pages;
        let is_dragged = DragAndDrop::has_any_payload(ui.ctx());
        let is_open = Popup::is_any_open(ui.ctx());
        let pointer = ui.input(|i| i.pointer.hover_pos());
        let over = self.hover.over.take().filter(|(number, ..)| *number == shown.revision);
        let clip = ui.clip_rect();
        // The way from the entry to its tools is its own, too.
        let stays = over.as_ref().and_then(|(_, _, all)| frame(layout, all)).is_some_and(|area| {
            let tools = places(area, clip).map(|place| place.expand(8.0));
            pointer.is_some_and(|at| {
                area.expand2(vec2(6.0, 2.0)).contains(at) || tools.iter().any(|t| t.contains(at))
            })
        });
        let is_selecting = self.from.is_some();
        let over = if is_dragged || is_open || stays {
            over
        } else {
            let on = pointer.filter(|at| {
                ui.clip_rect().contains(*at) && layout.is_on_paper(*at) && !is_selecting
            });
            let on = on.filter(|at| ui.ctx().layer_id_at(*at) == Some(ui.layer_id()));
            let hit = on.and_then(|at| {
                let (page, point) = layout.on_page(at)?;
                place_at(pages, page, point)
            });
            hit.and_then(|at| {
                let element = element(at)?;
                let framed = if edit::entry(at).is_some() { &element } else { at };
                Some((shown.revision, element.clone(), boxes(pages, framed)))
            })
        };
        if let Some((_, element, all)) = &over
            && let Some(area) = frame(layout, all)
            && !is_selecting
        {
            self.hover.rows = None;
            if !is_dragged {
                let stroke = Stroke::new(1.0, style::palette(ui).accent.gamma_multiply(0.45));
                ui.painter().rect_stroke(
                    area.expand2(vec2(5.0, 2.0)),
                    4,
                    stroke,
                    StrokeKind::Outside,
                );
            }
            tools(ui, doc, element, area, asked);
        }
        if is_dragged
            && let Some((_, element, _)) = &over
            && let Some((list, _)) = edit::split(element)
        {
            let known = self.hover.rows.take();
            let known = known.filter(|(n, at, _)| *n == shown.revision && *at == list);
            let (number, list, rows) = known.unwrap_or_else(|| {
                let rows = elements(pages, &list).into_iter().collect();
                (shown.revision, list, rows)
            });
            let places: Vec<(usize, Rect)> = rows
                .iter()
                .filter_map(|(i, (page, area))| Some((*i, layout.in_window(*page, *area)?)))
                .collect();
            asked.edits.extend(drag::landing(ui, &list, &places));
            self.hover.rows = Some((number, list, rows));
        }
        self.hover.over = over;
    }
}

/// The entry that a printed place belongs to, or its section.
pub(super) fn element(at: &At) -> Option<At> {
    edit::entry(at).or_else(|| match at.steps() {
        [Step::Field("sections"), Step::Index(i), ..] => {
            Some(At::root().field("sections").index(*i))
        }
        _ => None,
    })
}

/// What an entry or a section is called.
pub(super) fn name(profile: &Profile, element: &At) -> String {
    match element.steps() {
        [_, Step::Index(s), _, Step::Index(e)] => {
            profile.sections.get(*s).map(|s| place::entry(s, *e)).unwrap_or_default()
        }
        [_, Step::Index(s)] => {
            profile.sections.get(*s).map(|s| place::heading(s, "en")).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The box in the window around the boxes of the first page that has any.
fn frame(layout: &Layout, all: &[(usize, Rect)]) -> Option<Rect> {
    let (page, _) = all.first()?;
    let here = all.iter().filter(|(number, _)| number == page).map(|(_, place)| *place);
    layout.in_window(*page, here.reduce(Rect::union)?)
}

/// The places of the handle, the eye, the cross and the weight around a frame, in what is in sight.
fn places(area: Rect, clip: Rect) -> [Rect; 4] {
    let side = vec2(TOOL, TOOL);
    let top = area.top() - 2.0;
    let left = (area.left() - TOOL - 6.0).max(clip.left() + 1.0);
    let right = (area.right() + 7.0).min(clip.right() - TOOL - 1.0);
    // Beside a low frame that ends early they stand in a row, so that they hide nothing below it.
    let is_low = area.height() < 3.0 * TOOL && right + 3.0 * TOOL < clip.right();
    let step = if is_low { vec2(TOOL, 0.0) } else { vec2(0.0, TOOL) };
    let first = pos2(right, top);
    [pos2(left, top), first, first + step, first + 2.0 * step]
        .map(|corner| Rect::from_min_size(corner, side))
}

/// The tools around a frame: the handle at the left, the others at the right.
fn tools(ui: &mut Ui, doc: &mut Doc, element: &At, area: Rect, asked: &mut Asked) {
    let Some((list, index)) = edit::split(element) else {
        return;
    };
    let name = name(doc.profile(), element);
    let noun = edit::noun(doc.profile(), &list);
    let weight = menu::weight(doc, element);
    let [handle, eye, add, more] = places(area, ui.clip_rect());
    // Paper is white in the dark, too, and so are the tools on it.
    let salt = ("tools of", element);
    let mut child = |place: Rect, part: u8, add: &mut dyn FnMut(&mut Ui) -> Response| {
        let mut child = ui.new_child(UiBuilder::new().id_salt((salt, part)).max_rect(place));
        child.set_style(child.ctx().style_of(Theme::Light));
        child.spacing_mut().interact_size.y = TOOL;
        child.spacing_mut().button_padding = vec2(2.0, 2.0);
        let palette = style::palette(&child);
        child.painter().rect(
            place.shrink(1.0),
            4.0,
            palette.card,
            Stroke::new(1.0, palette.line),
            StrokeKind::Inside,
        );
        add(&mut child)
    };
    child(handle, 0, &mut |ui| drag::handle(ui, &list, index, &name));
    let is_on = menu::is_on(doc, element);
    let (letter, words) = if is_on {
        (icon::SHOWN, format!("Hide {name} on the page"))
    } else {
        (icon::HIDDEN, format!("Show {name} on the page"))
    };
    child(eye, 1, &mut |ui| {
        let response = widget::icon_button(ui, letter, &words);
        if response.clicked() {
            asked.edits.extend(menu::switch(doc, element, !is_on));
        }
        response
    });
    let words = format!("Add {noun} after {name}");
    child(add, 2, &mut |ui| {
        let response = widget::icon_button(ui, icon::ADD, &words);
        if response.clicked() {
            if noun == "section" {
                asked.commands.push(crate::app::command::Command::AddSection);
            } else {
                asked.edits.push(Edit::Add(list.clone(), index + 1));
            }
        }
        response
    });
    if let Some(weight) = weight {
        child(more, 3, &mut |ui| {
            let muted = style::palette(ui).muted;
            let button = Button::new(icon::coloured(icon::MORE, muted).size(15.0));
            let button = button.frame_when_inactive(false);
            let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
                asked.edits.extend(menu::weights(ui, element, weight));
            });
            let words = format!("How much {name} matters");
            response.accessible_name(&words).on_hover_text(words)
        });
    }
}

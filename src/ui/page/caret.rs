//! The caret on the page: that of the form's field, drawn where its letters are printed.
//!
//! What is typed on the page is typed in the field behind it, whether the form is seen or not. So
//! keys, undo and input methods are the field's own, and the page shows what comes of them. Where a
//! text is not printed, or otherwise than it was typed, it is shown as typed in a box beside.

use super::{
    Page,
    view::{self, Layout},
};
use crate::{
    app::{
        doc::Doc,
        edit,
        fields::{Way, named},
        preview::{
            Shown, caret,
            hit::{self, at_point, next_line},
            typed::Typed,
        },
        view::Focus,
    },
    at::At,
    profile::Profile,
    slot::Slot,
    ui::{form, keys, queue, style},
};
use eframe::egui::{
    Color32, Context, Event, FocusDirection, FontId, Id, Key, Modifiers, Pos2, Rect, Sense, Stroke,
    StrokeKind, TextEdit, Ui, pos2,
    text::{CCursor, CCursorRange},
    text_selection::visuals::paint_text_selection,
    vec2,
};
use std::{collections::VecDeque, time::Duration};

/// How many states of the text are remembered, until the page shows them.
const MOST: usize = 64;
/// How wide a box with a text gets, and how wide it is at least, in points.
const WIDEST: f32 = 380.0;
const NARROWEST: f32 = 150.0;

/// The caret, and what it stands in.
#[derive(Default)]
pub(super) struct Caret {
    /// Whether the page is where somebody works: it was clicked last, or there is no form.
    pub(super) on_page: bool,
    /// The text with the caret, in the states that the page does not show yet, by their number.
    past: VecDeque<(u64, InText)>,
    /// Where the caret is drawn, with what it was found from.
    seen: Option<(u64, InText, Seen)>,
    /// The column that the caret keeps from line to line, and where it came to by that.
    column: Option<(f32, At, usize)>,
    /// When the caret moved last, in seconds.
    moved: f64,
    /// The caret in the window, for input methods.
    pub(super) in_window: Option<Rect>,
}

/// The text that has the focus.
#[derive(Clone, Debug, PartialEq)]
struct InText {
    at: At,
    /// Its widget in the form.
    id: Id,
    text: String,
    /// The bytes at which the selection began and at which the caret is.
    anchor: usize,
    head: usize,
}

/// Where the caret is seen.
#[derive(Clone, Debug, PartialEq)]
enum Seen {
    /// Between printed letters; with the boxes of what is selected.
    InPlace((usize, Rect), Vec<(usize, Rect)>),
    /// In a box under this place.
    Beside(usize, Rect),
    /// Nowhere on the page.
    Nowhere,
}

impl Caret {
    /// Takes note of the text with the focus. Called before anything is drawn.
    pub(super) fn follow(&mut self, ctx: &Context, doc: &mut Doc) {
        let now = in_text(ctx, doc);
        let last = self.past.back().map(|(_, text)| text);
        if now.as_ref() != last {
            self.moved = ctx.input(|i| i.time);
        }
        let Some(now) = now else {
            self.past.clear();
            self.seen = None;
            return;
        };
        let revision = doc.revision();
        if self.past.back().is_none_or(|(number, text)| *number != revision || *text != now) {
            self.past.retain(|(number, _)| *number != revision);
            self.past.push_back((revision, now));
            if self.past.len() > MOST {
                self.past.pop_front();
            }
        }
    }

    /// Finds where the caret is on the page that is shown: where it was when the text was as the
    /// page shows it.
    pub(super) fn find(&mut self, doc: &Doc, shown: &Shown) {
        let older = self.past.iter().rev().find(|(number, _)| *number <= shown.revision);
        let Some((_, text)) = older.or(self.past.back()) else {
            return;
        };
        let number = shown.revision;
        if self.seen.as_ref().is_some_and(|(n, known, _)| *n == number && known == text) {
            return;
        }
        let text = text.clone();
        let seen = seen(doc, shown, &text);
        self.seen = Some((number, text, seen));
        while self.past.len() > 1 && self.past.get(1).is_some_and(|(n, _)| *n <= number) {
            self.past.pop_front();
        }
    }

    /// The caret between printed letters: the page, and a box without width, in pt.
    pub(super) fn in_place(&self) -> Option<(usize, Rect)> {
        match &self.seen {
            Some((_, _, Seen::InPlace(caret, _))) => Some(*caret),
            _ => None,
        }
    }

    /// Where the selection in the text at `at` began, when it has the caret.
    pub(super) fn anchor(&self, at: &At) -> Option<usize> {
        let (_, text) = self.past.back()?;
        (text.at == *at).then_some(text.anchor)
    }

    /// Whether what stands at a point of a page is selected.
    pub(super) fn is_selected(&self, page: usize, point: Pos2) -> bool {
        match &self.seen {
            Some((_, _, Seen::InPlace(_, boxes))) => {
                boxes.iter().any(|(number, area)| *number == page && area.contains(point))
            }
            _ => false,
        }
    }

    /// Whether some text is selected.
    pub(super) fn has_selection(&self) -> bool {
        self.past.back().is_some_and(|(_, text)| text.anchor != text.head)
    }

    /// The widget of the text with the caret.
    pub(super) fn widget(&self) -> Option<Id> {
        self.past.back().map(|(_, text)| text.id)
    }
}

/// The text with the focus and its selection.
fn in_text(ctx: &Context, doc: &mut Doc) -> Option<InText> {
    let at = doc.view.focused.clone()?;
    let id = form::id(&at);
    if !ctx.memory(|memory| memory.has_focus(id)) {
        return None;
    }
    let range = TextEdit::load_state(ctx, id)?.cursor.char_range()?;
    let text = Slot::of(&mut doc.file.profile, &at)?.text()?.clone();
    let byte = |cursor: CCursor| {
        text.char_indices().nth(cursor.index.0).map_or(text.len(), |(byte, _)| byte)
    };
    let (anchor, head) = (byte(range.secondary), byte(range.primary));
    Some(InText { at, id, text, anchor, head })
}

/// Whether the field at `at` is edited in the form alone.
pub(super) fn is_in_form(profile: &Profile, at: &At) -> bool {
    named(profile, at).is_some_and(|named| named.way == Way::InForm)
}

fn seen(doc: &Doc, shown: &Shown, text: &InText) -> Seen {
    let pages = &shown.page.pages;
    let way = named(doc.profile(), &text.at).map_or(Way::InForm, |named| named.way);
    let typed = Typed::new(pages, &text.at, &text.text);
    // Of formulas and marks a part is not printed as it was typed.
    let needed = if way == Way::InPlace { 0.5 } else { 1.0 };
    if way != Way::InForm
        && typed.share() >= needed
        && let Some(caret) = typed.caret(text.head)
    {
        let range = text.anchor.min(text.head)..text.anchor.max(text.head);
        return Seen::InPlace(caret, typed.selected(&range));
    }
    if way == Way::InForm {
        return Seen::Nowhere;
    }
    match hit::neighbourhood(pages, &text.at) {
        Some((page, place)) => Seen::Beside(page, place),
        None => {
            let margin = shown.page.fit.sizes;
            let corner = pos2(margin.margin_x, margin.margin_y);
            Seen::Beside(0, Rect::from_min_size(corner, vec2(0.0, 0.0)))
        }
    }
}

/// A key that the page has a meaning for.
#[derive(Clone, Copy)]
enum Go {
    /// To the line below, or above.
    Line(bool),
    /// To the end of the line, or to its start.
    Edge(bool),
}

impl Page {
    /// Looks at the keys before the field with the caret does. Called in the window that has the
    /// fields.
    pub(super) fn caret_keys(&mut self, ctx: &Context, doc: &mut Doc) {
        if !self.caret.on_page {
            return;
        }
        self.tab_key(ctx, doc);
        self.escape_key(ctx);
        let Some((_, text)) = self.caret.past.back() else {
            return;
        };
        let text = text.clone();
        let key = |event: &Event| match event {
            Event::Key { key, pressed: true, modifiers, .. }
                if (Modifiers { shift: false, ..*modifiers }).is_none() =>
            {
                let go = match key {
                    Key::ArrowDown => Go::Line(true),
                    Key::ArrowUp => Go::Line(false),
                    Key::End => Go::Edge(true),
                    Key::Home => Go::Edge(false),
                    _ => return None,
                };
                Some((go, modifiers.shift))
            }
            _ => None,
        };
        let found = keys::intercept(
            ctx,
            |event| key(event).is_some(),
            |event| {
                let to = key(event).and_then(|(go, shift)| self.target(doc, &text, go, shift));
                to.map_or(keys::Answer::Text, keys::Answer::Taken)
            },
        );
        if let Some(focus) = found {
            self.go(doc, focus);
            ctx.request_repaint();
        }
    }

    /// Where a key leads from the caret.
    fn target(&mut self, doc: &mut Doc, text: &InText, go: Go, shift: bool) -> Option<Focus> {
        let shown = self.shown.clone()?;
        let pages = &shown.page.pages;
        let typed = Typed::new(pages, &text.at, &text.text);
        let (at, byte) = match go {
            Go::Edge(is_end) => {
                self.caret.in_place()?;
                let line = typed.line(text.head)?;
                (text.at.clone(), if is_end { line.end } else { line.start })
            }
            Go::Line(down) => {
                let (page, place) = self.caret.in_place().and_then(|_| typed.caret(text.head))?;
                let kept = self.caret.column.as_ref();
                let kept = kept.filter(|(_, at, byte)| *at == text.at && *byte == text.head);
                let x = kept.map_or(place.left(), |(x, ..)| *x);
                let from = Rect::from_x_y_ranges(x..=x, place.y_range());
                let (page, point) = next_line(pages, page, from, down)?;
                let hit = at_point(pages, page, point)?;
                let other = Slot::of(&mut doc.file.profile, &hit.at).and_then(Slot::text);
                let byte = other.map_or(0, |other| caret::caret(other, &hit));
                self.caret.column = Some((x, hit.at.clone(), byte));
                (hit.at, byte)
            }
        };
        if shift {
            // A selection ends with its field.
            let end = match go {
                _ if at == text.at => byte,
                Go::Line(true) => text.text.len(),
                Go::Line(false) | Go::Edge(_) => 0,
            };
            return Some(Focus { at: text.at.clone(), byte: Some(text.anchor), end: Some(end) });
        }
        Some(Focus::new(at, Some(byte)))
    }

    /// Without a form, Tab goes from text to text, as Enter does; there are no buttons between.
    fn tab_key(&self, ctx: &Context, doc: &mut Doc) {
        let Some(id) = self.caret.widget().filter(|_| self.is_alone) else {
            return;
        };
        let tab = |event: &Event| match event {
            Event::Key { key: Key::Tab, pressed: true, modifiers, .. } => {
                (!modifiers.command && !modifiers.alt).then_some(!modifiers.shift)
            }
            _ => None,
        };
        let forward = keys::intercept(
            ctx,
            |event| tab(event).is_some(),
            |event| tab(event).map_or(keys::Answer::Text, keys::Answer::Taken),
        );
        if let Some(forward) = forward {
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            queue::leave(ctx, id, forward);
            // The way leads on into the next entry, or back into the one before.
            let entry = doc.view.focused.as_ref().and_then(edit::entry);
            if let Some((list, index)) = entry.as_ref().and_then(edit::split) {
                let next = if forward { Some(index + 1) } else { index.checked_sub(1) };
                doc.view.open.extend(next.map(|index| list.index(index)));
            }
        }
    }

    /// Escape closes the box beside the page's text; what was typed in it stays.
    fn escape_key(&self, ctx: &Context) {
        let is_beside = matches!(&self.caret.seen, Some((_, _, Seen::Beside(..))));
        let Some(id) = self.caret.widget().filter(|_| is_beside) else {
            return;
        };
        let is_escape =
            |event: &Event| matches!(event, Event::Key { key: Key::Escape, pressed: true, .. });
        let closed = keys::intercept(ctx, is_escape, |_| keys::Answer::Taken(()));
        if closed.is_some() {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
    }

    /// Paints the place of the field with the caret, what is selected, and the caret.
    pub(super) fn paint_caret(&mut self, ui: &mut Ui, doc: &mut Doc, layout: &Layout) {
        let Some(shown) = self.shown.clone() else {
            return;
        };
        self.caret.in_window = None;
        self.caret.find(doc, &shown);
        let palette = style::palette(ui);
        if let Some((_, boxes)) = self.marked.as_ref().filter(|_| doc.view.focused.is_some()) {
            // Beside a caret the field need not be told so loudly.
            let part = if self.caret.on_page { 0.07 } else { 0.16 };
            view::boxes(ui, layout, boxes, palette.accent.gamma_multiply(part), 2.0);
        }
        let chosen = Color32::from_rgb(0x2F, 0x5B, 0xEA).gamma_multiply(0.32);
        if let Some(selection) = &self.selection {
            view::boxes(ui, layout, &selection.boxes(&shown.page.pages), chosen, 0.0);
        }
        if !self.caret.on_page {
            return;
        }
        let Some((_, text, seen)) = self.caret.seen.clone() else {
            return;
        };
        match seen {
            Seen::InPlace((page, place), boxes) => {
                if self.selection.is_none() {
                    view::boxes(ui, layout, &boxes, chosen, 0.0);
                }
                if let Some(place) = layout.in_window(page, place) {
                    self.caret.in_window = Some(place);
                    // Paper is white in the dark, too.
                    let ink = Color32::from_rgb(0x1A, 0x3F, 0xC4);
                    blink(ui, place, ink, self.caret.moved);
                }
            }
            Seen::Beside(page, place) => {
                // The newest text, for it is not the page that shows it.
                let newest = self.caret.past.back().map(|(_, text)| text.clone());
                let text = newest.filter(|newest| newest.at == text.at).unwrap_or(text);
                if let Some(place) = layout.in_window(page, place) {
                    self.beside(ui, doc, &text, place);
                }
            }
            Seen::Nowhere => {}
        }
    }

    /// A text in a box under `place`, with its label, as it was typed.
    fn beside(&mut self, ui: &mut Ui, doc: &mut Doc, text: &InText, place: Rect) {
        let named = named(doc.profile(), &text.at);
        let (label, hint) = named.map_or(("Text", ""), |named| (named.label, named.hint));
        // Paper is white in the dark, too.
        let palette = style::of(false);
        let face = FontId::proportional(13.5);
        let painter = ui.painter().clone();
        let label =
            painter.layout_no_wrap(label.to_owned(), FontId::proportional(10.5), palette.muted);
        let (words, colour) = match text.text.as_str() {
            "" => (hint, palette.muted.gamma_multiply(0.8)),
            words => (words, palette.text),
        };
        let mut galley = painter.layout(words.to_owned(), face, colour, WIDEST);
        let width = galley.size().x.max(label.size().x).max(NARROWEST) + 16.0;
        let size = vec2(width, galley.size().y + label.size().y + 12.0);
        let clip = ui.clip_rect().shrink(4.0);
        let mut corner = place.left_bottom() + vec2(-8.0, 4.0);
        corner.x = corner.x.min(clip.right() - size.x).max(clip.left());
        if corner.y + size.y > clip.bottom() && place.top() - size.y - 4.0 > clip.top() {
            corner.y = place.top() - size.y - 4.0;
        }
        let area = Rect::from_min_size(corner, size);
        let radius = 6.0;
        painter.add(ui.visuals().popup_shadow.as_shape(area, radius));
        let stroke = Stroke::new(1.5, palette.accent);
        painter.rect(area, radius, palette.card, stroke, StrokeKind::Inside);
        painter.galley(corner + vec2(8.0, 4.0), label.clone(), palette.muted);
        let start = corner + vec2(8.0, 6.0 + label.size().y);
        let cursor = |byte: usize| {
            CCursor::new(text.text.char_indices().take_while(|(at, _)| *at < byte).count())
        };
        if text.anchor != text.head {
            let range = CCursorRange::two(cursor(text.anchor), cursor(text.head));
            paint_text_selection(&mut galley, ui.visuals(), &range, None);
        }
        painter.galley(start, galley.clone(), colour);
        let head = if text.text.is_empty() { CCursor::new(0) } else { cursor(text.head) };
        let caret = galley.pos_from_cursor(head).translate(start.to_vec2());
        self.caret.in_window = Some(caret);
        blink(ui, caret, palette.accent_text, self.caret.moved);
        let response = ui.interact(area, ui.scope_id().with("text beside"), Sense::CLICK);
        if response.clicked() && !text.text.is_empty() {
            let byte = response.interact_pointer_pos().map_or(0, |pointer| {
                let index = galley.cursor_from_pos(pointer - start).index.0;
                text.text.char_indices().nth(index).map_or(text.text.len(), |(at, _)| at)
            });
            self.go(doc, Focus::new(text.at.clone(), Some(byte)));
        } else if response.clicked() {
            queue::keep(ui.ctx());
        }
    }

    /// Tells input methods that the caret is on the page. Called when all fields were drawn.
    pub(in crate::ui) fn place_input_method(&self, ctx: &Context) {
        let torn_off = self.torn_off;
        if let Some(caret) = self.caret.in_window.filter(|_| self.caret.on_page && !torn_off) {
            ctx.output_mut(|output| {
                if let Some(ime) = &mut output.ime {
                    (ime.rect, ime.cursor_rect) = (caret, caret);
                }
            });
        }
    }
}

/// Draws a caret that blinks as those of fields do.
fn blink(ui: &Ui, place: Rect, colour: Color32, since: f64) {
    let look = &ui.visuals().text_cursor;
    let line = Stroke::new(1.6_f32.max(place.height() * 0.09).min(3.0), colour);
    let passed = ui.input(|i| i.time) - since;
    let (on, off) = (f64::from(look.on_duration), f64::from(look.off_duration));
    let phase = passed.max(0.0) % (on + off).max(0.1);
    let is_on = !look.blink || phase < on;
    if is_on {
        ui.painter().vline(place.center().x, place.y_range(), line);
    }
    if look.blink {
        let left = if is_on { on - phase } else { on + off - phase };
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left.max(0.02)));
    }
}

//! The order of input: what is typed waits until the focus is where a person sees it.
//!
//! A text field takes its letters while it is laid out, and the same is when Tab, Enter, a click or
//! a command moves the focus. If a slow frame brings both at once, letters land in the field that
//! was left. So a pass gets what was typed up to such a key, then that key alone, and the rest when
//! the focus has settled.

use super::{context, keys, widget};
use crate::app::InField;
use eframe::egui::{
    Context, Event, Id, ImeEvent, Key, Modifiers, Plugin, RawInput, TextEdit, Ui, ViewportCommand,
    ViewportId, text::CCursorRange,
};
use std::collections::VecDeque;

/// For how many passes the focus is waited for at least: a field that gets it by Tab keeps arrows
/// for itself only from the next pass on.
const LEAST: u32 = 2;
/// … and at most, when what shall get it is never drawn.
const MOST: u32 = 12;

/// What waits, and where the focus is.
#[derive(Default)]
pub(super) struct Queue {
    /// What came and was not shown to anything yet.
    waiting: VecDeque<Event>,
    /// The modifiers that are held after the last of it.
    held: Modifiers,
    /// The passes since something came that may move the focus.
    settling: Option<u32>,
    /// What had the focus at the end of the last two passes.
    ends: [Option<Id>; 2],
    /// What had the focus last.
    last: Option<Id>,
    /// Whether something is to get the focus that has not got it yet.
    pending: bool,
    /// Whether the focus moves by Tab.
    tabbed: bool,
    /// The fields that were drawn in this pass, and whether each has but one line.
    fields: Vec<(Id, bool)>,
    /// Whether Enter leads to fields of several lines, too.
    all: bool,
    /// What comes after the last of them.
    beyond: Option<Id>,
    /// Enter was pressed in this field, and leads to the next one, or to the one before.
    left: Option<(Id, bool)>,
    /// The field that gets the focus in the next pass.
    wanted: Option<Id>,
    /// The text that had the focus last, and what was selected in it, which it forgets when it is
    /// left.
    last_text: Option<(Id, CCursorRange)>,
    /// The text that gets the focus back that a menu has taken.
    resumed: Option<Id>,
    /// Whether the keys of the window that the page has for itself are the form's.
    lent: bool,
    /// What has the focus in that window.
    beside: Option<Id>,
}

/// What an event means for those around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It goes along with anything.
    Neutral,
    /// It is typed into the field with the focus.
    Typed,
    /// It goes from row to row, of a text or of a list that the text filters.
    Row,
    /// A button of the pointer goes down.
    Press,
    /// … or up, which may move the focus.
    Release,
    /// It may move the focus, or is a command.
    Moves,
}

fn kind(event: &Event, in_text: bool) -> Kind {
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => {
            let caret = matches!(
                key,
                Key::ArrowLeft
                    | Key::ArrowRight
                    | Key::Home
                    | Key::End
                    | Key::Backspace
                    | Key::Delete
            );
            let row = matches!(key, Key::ArrowUp | Key::ArrowDown);
            let held = modifiers.command || modifiers.ctrl;
            let moves = matches!(key, Key::Tab | Key::Enter | Key::Escape)
                || !in_text
                || context::is_menu_key(event)
                || keys::is_alt(*modifiers)
                || keys::command(event).is_some();
            match () {
                () if moves => Kind::Moves,
                () if row => Kind::Row,
                () if held && !caret => Kind::Moves,
                () => Kind::Typed,
            }
        }
        Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Copy | Event::Ime(_) => Kind::Typed,
        Event::PointerButton { pressed: true, .. } => Kind::Press,
        Event::PointerButton { pressed: false, .. } => Kind::Release,
        Event::AccessKitActionRequest(_) => Kind::Moves,
        _ => Kind::Neutral,
    }
}

/// Whether the order of an event among others matters.
fn is_ordered(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { .. }
            | Event::ModifiersChanged(_)
            | Event::WindowFocused(_)
            | Event::PointerMoved(_)
            | Event::PointerGone
    ) || kind(event, true) != Kind::Neutral
}

/// Takes control characters out of what is typed: an input method may commit that of a shortcut,
/// which is one then. `held` are the modifiers before and after.
fn clean(events: &mut [Event], held: &mut Modifiers) {
    for event in events {
        if let Event::ModifiersChanged(now) = event {
            *held = *now;
        }
        if let Event::Ime(ImeEvent::Commit(text)) = event
            && let Some(key) = control(text)
            && (held.ctrl || held.command)
        {
            let modifiers = Modifiers { ctrl: true, command: true, ..*held };
            *event =
                Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
            continue;
        }
        if let Event::Text(text)
        | Event::Paste(text)
        | Event::Ime(ImeEvent::Commit(text) | ImeEvent::Preedit { text, .. }) = event
        {
            text.retain(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
        }
    }
}

/// The key that makes a control character together with Ctrl: U+0013 is S.
fn control(text: &str) -> Option<Key> {
    let mut letters = text.chars();
    let code = u32::from(letters.next().filter(|c| c.is_ascii_control())?);
    let letter = char::from_u32(code + u32::from('A') - 1).filter(char::is_ascii_uppercase)?;
    letters.next().is_none().then(|| Key::from_name(&letter.to_string())).flatten()
}

impl Queue {
    /// Whether the focus may still move.
    fn is_settling(&self) -> bool {
        let [before, now] = self.ends;
        self.settling.is_some_and(|passes| {
            passes < LEAST || (passes < MOST && (self.pending || before != now))
        })
    }

    /// Moves on what the next pass is shown.
    fn serve(&mut self, ctx: &Context, raw: &mut RawInput) {
        let settling = self.is_settling();
        if !settling {
            // What gets the focus from now on gets it for another reason.
            (self.settling, self.tabbed) = (None, false);
        }
        let focused = self.ends[1];
        let in_text = focused.is_some_and(|id| TextEdit::load_state(ctx, id).is_some());
        let mut batch = Kind::Neutral;
        while let Some(event) = self.waiting.front() {
            let kind = kind(event, in_text);
            let fits = match (batch, kind) {
                (_, Kind::Neutral) => true,
                // The pointer hits what is seen, wherever the focus is.
                (Kind::Neutral, Kind::Press | Kind::Release) | (Kind::Press, Kind::Release) => true,
                (Kind::Neutral, _) => !settling,
                (Kind::Typed, Kind::Typed) | (Kind::Row, Kind::Row) => true,
                _ => false,
            };
            if !fits {
                break;
            }
            let Some(event) = self.waiting.pop_front() else {
                break;
            };
            let with_alt =
                matches!(&event, Event::Key { modifiers, .. } if keys::is_alt(*modifiers));
            let is_tab = matches!(&event, Event::Key { key: Key::Tab, .. });
            raw.events.push(event);
            if kind != Kind::Neutral {
                batch = kind;
            }
            if matches!(kind, Kind::Moves | Kind::Release) {
                self.settling = Some(0);
                self.tabbed = is_tab;
                if is_tab {
                    self.go_on(ctx);
                }
                // With Alt some systems send the letter of the key, too.
                if with_alt
                    && let Some(text) =
                        self.waiting.pop_front_if(|next| matches!(next, Event::Text(_)))
                {
                    raw.events.push(text);
                }
                break;
            }
        }
    }

    /// The page in its own window has no fields: what is typed there is for the form. When the page
    /// has the focus by itself, because something on it was selected, all but commands is its own.
    fn lend(&mut self, ctx: &Context, raw: &mut RawInput, events: Vec<Event>) {
        self.lent = raw.focused && self.beside.is_none();
        let own = self.beside.is_some();
        let (lent, kept): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| match event {
            Event::Key { .. } => !own || keys::command(event).is_some(),
            event => !own && kind(event, true) == Kind::Typed,
        });
        raw.events = kept;
        if !lent.is_empty() {
            self.waiting.extend(lent);
            ctx.request_repaint_of(ViewportId::ROOT);
        }
    }

    /// When nothing has the focus, Tab goes on from what had it last, as long as that can be seen.
    fn go_on(&self, ctx: &Context) {
        if self.ends[1].is_none()
            && let Some(last) = self.last
            && !widget::is_covered(ctx)
            && ctx.read_response(last).is_some()
        {
            ctx.memory_mut(|memory| memory.request_focus(last));
        }
    }
}

impl Plugin for Queue {
    fn debug_name(&self) -> &'static str {
        "order of input"
    }

    fn input_hook(&mut self, ctx: &Context, raw: &mut RawInput) {
        let mut events = std::mem::take(&mut raw.events);
        clean(&mut events, &mut self.held);
        if raw.viewport_id != ViewportId::ROOT {
            self.lend(ctx, raw, events);
            return;
        }
        self.lent &= raw.viewports.len() > 1;
        // The caret is drawn, for what is typed in the other window goes there.
        raw.focused |= self.lent;
        let (ordered, other): (Vec<_>, Vec<_>) = events.into_iter().partition(is_ordered);
        raw.events = other;
        self.waiting.extend(ordered);
        self.serve(ctx, raw);
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx();
        if ctx.viewport_id() != ViewportId::ROOT {
            self.beside = ctx.memory(|memory| memory.focused());
            return;
        }
        let fields = std::mem::take(&mut self.fields);
        let beyond = self.beyond.take().filter(|_| self.all);
        let left = self.left.take();
        self.wanted = left.and_then(|(left, forward)| {
            let at = fields.iter().position(|(id, _)| *id == left)?;
            let fits = |(id, one_line): &(Id, bool)| (*one_line || self.all).then_some(*id);
            if forward {
                fields.iter().skip(at + 1).find_map(fits)
            } else {
                fields.iter().take(at).rev().find_map(fits)
            }
        });
        self.pending |= self.wanted.is_some();
        if let (None, Some((_, true)), Some(id)) = (self.wanted, left, beyond) {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
        let now = ctx.memory(|memory| memory.focused());
        self.last = now.or(self.last);
        let text = now.and_then(|id| {
            let state = TextEdit::load_state(ctx, id)?;
            Some((id, state.cursor.char_range().unwrap_or_default()))
        });
        self.last_text = text.or(self.last_text);
        self.pending |= self.resumed.is_some();
        self.ends = [self.ends[1], now];
        self.settling = self.settling.map(|passes| passes + 1);
        if self.settling.is_some() && !self.is_settling() && self.waiting.is_empty() {
            self.settling = None;
            self.tabbed = false;
        }
        let moves = self.wanted.is_some() || self.resumed.is_some();
        if moves || self.settling.is_some() || !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }
}

/// Says at the end of a pass whether something is to get the focus that has not got it yet.
pub(super) fn expect(ctx: &Context, pending: bool) {
    ctx.with_plugin(|queue: &mut Queue| queue.pending = pending);
}

/// Gives back what was taken out of this pass's events; it comes before all else, in the next pass,
/// or, when the focus `moves`, as soon as it has settled.
pub(super) fn put_back(ctx: &Context, events: Vec<Event>, moves: bool) {
    ctx.with_plugin(|queue: &mut Queue| {
        for event in events.into_iter().rev() {
            queue.waiting.push_front(event);
        }
        if moves {
            queue.settling = Some(0);
        }
    });
    ctx.request_repaint();
}

/// Takes note of a field, in the order in which Enter goes through them; whether it gets the focus
/// now.
pub(super) fn field(ctx: &Context, id: Id, one_line: bool) -> bool {
    let wanted = ctx.with_plugin(|queue: &mut Queue| {
        queue.fields.push((id, one_line));
        queue.wanted.take_if(|wanted| *wanted == id).is_some()
    });
    wanted.unwrap_or_default()
}

/// Leaves a field for the next one, or for the one before.
pub(super) fn leave(ctx: &Context, id: Id, forward: bool) {
    ctx.with_plugin(|queue: &mut Queue| queue.left = Some((id, forward)));
}

/// Says whether Enter leads to fields of several lines, too: where there is no form, all are on one
/// way.
pub(super) fn visit_all(ctx: &Context, all: bool) {
    ctx.with_plugin(|queue: &mut Queue| queue.all = all);
}

/// Says in each pass what Tab leads to after the last field, where there is no form.
pub(super) fn goes_on_to(ctx: &Context, id: Id) {
    ctx.with_plugin(|queue: &mut Queue| {
        queue.beyond.get_or_insert(id);
    });
}

/// Gives the focus back to the text that had it, with what was selected: the click that takes it
/// away was not about another one.
pub(super) fn keep(ctx: &Context) {
    if let Some(id) = last_text(ctx) {
        ctx.with_plugin(|queue: &mut Queue| queue.resumed = Some(id));
        ctx.request_repaint();
    }
}

/// The text that had the focus last, if it still is drawn.
pub(super) fn last_text(ctx: &Context) -> Option<Id> {
    let (id, _) = ctx.with_plugin(|queue: &mut Queue| queue.last_text).flatten()?;
    ctx.read_response(id).map(|_| id)
}

/// Whether some of the text of a field was selected when it had the focus last.
pub(super) fn is_selected(ctx: &Context, id: Id) -> bool {
    let last = ctx.with_plugin(|queue: &mut Queue| queue.last_text).flatten();
    last.is_some_and(|(last, range)| last == id && !range.is_empty())
}

/// Does something with the text of a field, which gets the focus back for it, as if its keys had
/// been pressed.
pub(super) fn act(ctx: &Context, id: Id, act: InField) {
    ctx.with_plugin(|queue: &mut Queue| queue.resumed = Some(id));
    match act {
        InField::Cut => ctx.send_viewport_cmd(ViewportCommand::RequestCut),
        InField::Copy => ctx.send_viewport_cmd(ViewportCommand::RequestCopy),
        InField::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
        InField::SelectAll => {
            let modifiers = Modifiers { ctrl: true, ..Modifiers::COMMAND };
            let key = Event::Key {
                key: Key::A,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers,
            };
            put_back(ctx, vec![key], true);
        }
    }
    ctx.request_repaint();
}

/// Gives the focus back to the text from which a menu has taken it. Called before anything is
/// drawn, but not in the pass of a click, in which the text still loses it.
pub(super) fn resume(ctx: &Context) {
    if ctx.input(|input| input.pointer.any_click()) {
        return;
    }
    let resumed = ctx.with_plugin(|queue: &mut Queue| {
        let id = queue.resumed.take()?;
        Some((id, queue.last_text.filter(|(last, _)| *last == id).map(|(_, range)| range)))
    });
    let Some((id, range)) = resumed.flatten().filter(|_| !widget::is_covered(ctx)) else {
        return;
    };
    if range.is_some() {
        let mut state = TextEdit::load_state(ctx, id).unwrap_or_default();
        state.cursor.set_char_range(range);
        state.store(ctx, id);
    }
    ctx.memory_mut(|memory| memory.request_focus(id));
}

/// Whether the focus moves by Tab in this pass.
pub(super) fn is_tabbed(ctx: &Context) -> bool {
    ctx.with_plugin(|queue: &mut Queue| queue.tabbed).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    /// What a window is shown of events.
    fn shown(queue: &mut Queue, window: ViewportId, events: Vec<Event>) -> Vec<Event> {
        let mut raw =
            RawInput { viewport_id: window, events, focused: true, ..RawInput::default() };
        queue.input_hook(&Context::default(), &mut raw);
        raw.events
    }

    #[test]
    fn keys_in_the_window_of_the_page_are_for_the_form() {
        let page = ViewportId::from_hash_of("page");
        let events = || {
            let letter = Event::Text("a".to_owned());
            vec![letter, key(Key::S, Modifiers::COMMAND), key(Key::PageDown, Modifiers::NONE)]
        };
        let mut queue = Queue::default();
        assert_eq!(shown(&mut queue, page, events()), []);
        assert!(queue.lent);
        assert_eq!(shown(&mut queue, ViewportId::ROOT, vec![]), [Event::Text("a".to_owned())]);
        let saved = [key(Key::S, Modifiers::COMMAND)];
        assert_eq!(shown(&mut queue, ViewportId::ROOT, vec![]), saved);
        // What is selected on the page has the keys for itself, but for commands.
        let mut queue = Queue { beside: Some(Id::unique("page")), ..Queue::default() };
        assert_eq!(shown(&mut queue, page, events()).len(), 2);
        assert_eq!(shown(&mut queue, ViewportId::ROOT, vec![]), saved);
        assert!(!queue.lent);
    }
}

//! Authors as tokens: each a chip that is edited in place, with its marks; lists are taken apart as
//! they are typed.

use super::{
    Form, rich,
    text::{self, Kind, Text},
};
use crate::{
    app::{
        edit::{Edit, noun_in},
        view::Focus,
    },
    at::{At, Step},
    finding::{Code, Finding},
    ui::{icon, keys, style, widget, words::sentence},
    value::{
        entry::{Author, Labelled},
        person::{Match, split_list, split_marks},
        rich::Rich,
    },
};
use eframe::egui::{
    Button, Event, Id, Key, Modifiers, Response, RichText, Sense, Stroke, TextEdit, Ui, vec2,
};

/// The marks that one click sets, with what they often mean.
const MARKS: [(char, &str); 3] =
    [('†', "equal contribution"), ('*', "corresponding author"), ('‡', "equal supervision")];

/// Draws a list of authors with its label.
pub(in crate::ui) fn people(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: &Text<'_>,
    list: &mut Vec<Author>,
) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        rich::label(ui, field.label, |ui| said(ui, form, field.at, list));
        let mut open = opened(ui, form, field.at, list);
        let (mut left, mut inside, mut chosen) = (None, false, None);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            // As they are printed: who is remarked takes from others what initials alone gave them.
            let own = form.own.own_authors(list).own;
            for i in 0..list.len() {
                if open == Some(i) {
                    left = editor(ui, form, field.at, list, i);
                    let used = tools(ui, form, field.at, list, i);
                    inside = used.inside;
                    left = left.or(used.left);
                } else if let Some(author) = list.get(i) {
                    let is_own = own.get(i).is_some_and(|own| *own);
                    let chip = chip(ui, form, field.at, author, is_own, (i, list.len()));
                    chosen = chosen.or(chip.has_focus().then_some(i));
                    if chip.clicked() {
                        form.view.focus =
                            Some(Focus::new(field.at.index(i).field("name"), Some(usize::MAX)));
                    }
                }
            }
            input(ui, form, field, list);
        });
        match left {
            // Not before the field for more authors is drawn, which would take in the same letters
            // again.
            Some(Left::Next) => next(form, field.at),
            Some(Left::Deleted) => {
                open = None;
                next(form, field.at);
            }
            Some(Left::Escaped) => {
                if let Some(i) = open.take() {
                    leave(form, field.at, list, i);
                    form.view.focus = Some(Focus::new(field.at.index(i), None));
                }
            }
            None => {}
        }
        if let Some(i) = open {
            let here = ui.memory(|m| m.has_focus(text::id(&field.at.index(i).field("name"))));
            if !inside && !here && form.view.focus.is_none() {
                let count = list.len();
                leave(form, field.at, list, i);
                open = None;
                // The chip with the focus is another widget once the text before it is a chip, too.
                if let Some(chosen) = chosen {
                    let moved = if chosen > i { list.len() } else { count };
                    let at = field.at.index((chosen + moved).saturating_sub(count));
                    form.view.focus = Some(Focus::new(at, None));
                }
            }
        }
        ui.data_mut(|data| data.insert_temp(state(field.at), open));
        explained(ui, form, field.at, list);
        ui.add_space(3.0);
    });
}

/// Where it is kept which author is being edited.
fn state(at: &At) -> Id {
    text::id(at).with("open")
}

/// The author that is being edited: the one from the last frame, or the one where the caret shall
/// go.
fn opened(ui: &Ui, form: &mut Form<'_>, at: &At, list: &mut Vec<Author>) -> Option<usize> {
    let before: Option<usize> = ui.data(|data| data.get_temp(state(at))).flatten();
    let Some(focus) = form.view.focus.as_ref().filter(|focus| focus.at.is_within(at)) else {
        return before.filter(|i| *i < list.len());
    };
    let focus = focus.at.clone();
    let wanted = (0..list.len()).find(|i| focus.is_within(&at.index(*i)) && focus != at.index(*i));
    let Some(i) = before.filter(|i| *i < list.len() && Some(*i) != wanted) else {
        return wanted;
    };
    let count = list.len();
    leave(form, at, list, i);
    // Those behind it have moved.
    let wanted = match wanted {
        Some(w) if w > i && list.len() != count => {
            let new = (w + list.len()).saturating_sub(count);
            if let Some(Step::Field(name)) = focus.steps().last()
                && let Some(focus) = &mut form.view.focus
            {
                focus.at = at.index(new).field(name);
            }
            Some(new)
        }
        wanted => wanted,
    };
    wanted.filter(|w| *w < list.len())
}

/// What is left behind: a list becomes several authors, nothing becomes no author. At once, for
/// what is typed meanwhile comes after it.
fn leave(form: &mut Form<'_>, at: &At, list: &mut Vec<Author>, i: usize) {
    if let Some(new) = settled(list, i) {
        *list = new;
        form.typed = Some((at.clone(), format!("Edit {}s", noun_in(at))));
    }
}

/// The list after what stands in author `i` was taken apart; `None` when it is one author already.
fn settled(list: &[Author], i: usize) -> Option<Vec<Author>> {
    let author = list.get(i)?;
    let names = split_list(&author.name);
    if names.is_empty() && !author.link.is_empty() {
        return None;
    }
    if let [name] = names.as_slice()
        && (*name == author.name.trim() || !author.name.trim().ends_with([',', ';']))
    {
        return None;
    }
    let one = names.len() == 1;
    let new = names.into_iter().map(|name| match one {
        true => Author { name, ..author.clone() },
        false => Author { name, ..Author::default() },
    });
    let mut out = list.to_vec();
    out.splice(i..=i, new);
    Some(out)
}

/// Whether what was typed before a comma is an author: `A. Nowak,` is, `Nowak,` waits for `A.`.
fn is_whole(text: &str) -> bool {
    let Some(before) = text.trim_end().strip_suffix([',', '，', '、']) else {
        return text.trim_end().ends_with([';', '；']) && text.trim().chars().count() > 1;
    };
    let (name, _) = split_marks(before);
    let words = name.split([' ', '.', '\u{a0}']).filter(|word| !word.is_empty()).count();
    words > 1 || name.chars().any(|c| c >= '\u{2e80}')
}

/// Whether a text holds more than one author.
fn is_list(text: &str) -> bool {
    split_list(text).len() > 1
}

/// One author as a chip.
fn chip(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: &At,
    author: &Author,
    own: bool,
    (i, count): (usize, usize),
) -> Response {
    let here = at.index(i);
    let palette = style::palette(ui);
    // As it will be printed: without markup, its marks raised.
    let (name, marks) = split_marks(&author.name);
    let name = Rich::parse(&name).to_plain();
    let shown = if author.name.is_empty() { "No name".to_owned() } else { name };
    let mut words = RichText::new(shown).color(palette.text);
    if own {
        words = words.color(palette.accent_text).variation(b"wght", 650.0);
    }
    let mut atoms = eframe::egui::Atoms::new(words);
    if !marks.is_empty() {
        atoms.push_right(RichText::new(marks).color(palette.text).small().raised());
    }
    if !author.link.is_empty() {
        atoms.push_right(icon::coloured(icon::LINK, palette.muted));
    }
    let button = Button::new(atoms)
        .fill(if own { palette.chosen } else { palette.hover })
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(13)
        .gap(2.0)
        .min_size(vec2(0.0, 26.0))
        .sense(Sense::click_and_drag());
    let response = widget::seen(ui.add(button));
    widget::ring(ui, &response, 13);
    let response = response.accessible_name(name_of(at, author, own, i, count));
    // The chip itself is asked for, not its text.
    if form.view.focus.take_if(|focus| focus.at == here).is_some() {
        response.request_focus();
    }
    if response.has_focus() {
        form.view.focused = Some(here.clone());
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::NONE, Key::Backspace) || pressed(Modifiers::NONE, Key::Delete) {
            form.edits.push(Edit::Remove(here.clone()));
        }
        if pressed(keys::MOVING, Key::ArrowLeft) && i > 0 {
            form.edits.push(Edit::Shift(at.clone(), i, i - 1));
        }
        if pressed(keys::MOVING, Key::ArrowRight) {
            form.edits.push(Edit::Shift(at.clone(), i, i + 1));
        }
    }
    drag(ui, form, &response, at, i);
    response.on_hover_text("Click to edit, drag to reorder")
}

fn name_of(list: &At, author: &Author, own: bool, i: usize, count: usize) -> String {
    let noun = sentence(noun_in(list));
    let name = if author.name.is_empty() { "no name" } else { author.name.as_str() };
    let own = if own { ", own name" } else { "" };
    format!("{noun} {} of {count}: {name}{own}", i + 1)
}

/// An author that is being dragged.
struct Dragged(At, usize);

fn drag(ui: &Ui, form: &mut Form<'_>, chip: &Response, at: &At, i: usize) {
    chip.dnd_set_drag_payload(Dragged(at.clone(), i));
    let Some(dragged) = chip.dnd_hover_payload::<Dragged>().filter(|d| d.0 == *at) else {
        return;
    };
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    let after = pointer.x > chip.rect.center().x;
    let gap = i + usize::from(after);
    let to = if gap > dragged.1 { gap - 1 } else { gap };
    if to == dragged.1 {
        return;
    }
    let x = if after { chip.rect.right() + 2.0 } else { chip.rect.left() - 2.0 };
    ui.painter().vline(x, chip.rect.y_range(), Stroke::new(2.0, style::palette(ui).accent));
    if chip.dnd_release_payload::<Dragged>().is_some() {
        form.edits.push(Edit::Shift(at.clone(), dragged.1, to));
    }
}

/// How the text of an author is left.
#[derive(Clone, Copy)]
enum Left {
    /// For the next author.
    Next,
    /// For its chip.
    Escaped,
    /// It is to be no more.
    Deleted,
}

/// The text of the author that is being edited, in the place of its chip. How it is left, if it is.
fn editor(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: &At,
    list: &mut [Author],
    i: usize,
) -> Option<Left> {
    let count = list.len();
    let own = form.own.own_authors(list).own.get(i).is_some_and(|own| *own);
    let author = list.get_mut(i)?;
    let here = at.index(i).field("name");
    let id = text::id(&here);
    text::take_focus(ui, form, &here, &author.name);
    let done = ui.memory(|memory| memory.has_focus(id)).then(|| finish(ui)).flatten();
    let field = Text { at: &here, label: noun_in(at), hint: "A. Nowak†", kind: Kind::Plain };
    let name = name_of(at, author, own, i, count);
    let response = narrow(ui, &author.name.clone(), |ui| {
        text::edit(ui, form, &field, &mut author.name).accessible_name(name)
    });
    let whole = response.changed() && !keys::is_composing(ui.ctx()) && is_whole(&author.name);
    if let Some(Done::Shift(forward)) = done {
        let to = if forward { Some(i + 1) } else { i.checked_sub(1) };
        if let Some(to) = to.filter(|to| *to < count) {
            form.edits.push(Edit::Shift(at.clone(), i, to));
        }
    }
    if matches!(done, Some(Done::Escaped)) {
        return Some(Left::Escaped);
    }
    (whole || matches!(done, Some(Done::Next))).then_some(Left::Next)
}

/// What a key says in the text of an author.
enum Done {
    /// On with the next author.
    Next,
    /// The author moves.
    Shift(bool),
    /// Back to the chip.
    Escaped,
}

fn finish(ui: &Ui) -> Option<Done> {
    let done = |event: &Event| match event {
        Event::Key { key, pressed: true, modifiers, .. } => match (key, *modifiers) {
            (Key::Enter, Modifiers::NONE) => Some(Done::Next),
            (Key::Escape, Modifiers::NONE) => Some(Done::Escaped),
            (Key::ArrowLeft, keys::MOVING) => Some(Done::Shift(false)),
            (Key::ArrowRight, keys::MOVING) => Some(Done::Shift(true)),
            _ => None,
        },
        _ => None,
    };
    keys::intercept(
        ui.ctx(),
        |event| done(event).is_some(),
        |event| done(event).map_or(keys::Answer::Text, keys::Answer::Taken),
    )
}

/// The caret goes to the field for more authors.
fn next(form: &mut Form<'_>, at: &At) {
    form.view.focus = Some(Focus::new(at.clone(), Some(usize::MAX)));
}

/// As wide as its text.
fn narrow(ui: &mut Ui, text: &str, content: impl FnOnce(&mut Ui) -> Response) -> Response {
    let font = eframe::egui::FontSelection::Default.resolve(ui.style());
    let galley =
        ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, style::of(false).text));
    let width = (galley.size().x + 36.0).clamp(130.0, ui.max_rect().width().max(130.0));
    ui.allocate_ui(vec2(width, 30.0), |ui| {
        ui.set_width(width);
        content(ui)
    })
    .inner
}

/// The field for more authors. What is typed there is an author at once.
fn input(ui: &mut Ui, form: &mut Form<'_>, field: &Text<'_>, list: &mut Vec<Author>) -> Response {
    let id = text::id(field.at);
    let mut draft: String = ui.data(|data| data.get_temp(id.with("draft"))).unwrap_or_default();
    // An empty field gives its Backspace to the author before it.
    let back = draft.is_empty()
        && ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Backspace));
    if let Some(last) = list.len().checked_sub(1).filter(|_| back) {
        form.view.focus = Some(Focus::new(field.at.index(last), None));
    }
    // Enter says that an author is done, and here that has been said.
    if ui.memory(|memory| memory.has_focus(id)) && !keys::is_composing(ui.ctx()) {
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    }
    text::enter(ui, id, None);
    if form.view.focus.take_if(|focus| focus.at == *field.at).is_some() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let add = format!("Add {}", noun_in(field.at));
    let hint = if list.is_empty() { field.hint } else { add.as_str() };
    let response = narrow(ui, hint, |ui| {
        let margin = vec2(8.0, 6.0);
        let edit = TextEdit::singleline(&mut draft).id(id).hint_text(hint).margin(margin);
        let edit = edit.return_key(None).event_filter(text::KEYS);
        widget::seen(ui.add(edit.desired_width(ui.available_width())))
    });
    if response.has_focus() {
        form.view.focused = Some(field.at.clone());
    }
    if response.changed() && !keys::is_composing(ui.ctx()) && !draft.trim().is_empty() {
        let text = std::mem::take(&mut draft);
        if is_list(&text) {
            let mut new = list.clone();
            new.extend(split_list(&text).iter().map(|name| Author::from(name.as_str())));
            match unfinished(ui, &text, &mut new) {
                // It goes on when the next letters come.
                Some(last) => {
                    let name = field.at.index(last).field("name");
                    form.view.focus = Some(Focus::new(name, Some(usize::MAX)));
                }
                None => next(form, field.at),
            }
            form.edits.push(Edit::SetAuthors(field.at.clone(), new));
        } else {
            list.push(Author::from(text.trim_start()));
            let name = field.at.index(list.len() - 1).field("name");
            form.typed = Some((name.clone(), add.clone()));
            form.view.focus = Some(Focus::new(name, Some(usize::MAX)));
        }
    }
    ui.data_mut(|data| data.insert_temp(id.with("draft"), draft));
    response.accessible_name(add)
}

/// The index of the last author when several were typed within a frame, and not pasted, and that
/// one is not ended; it keeps the space at its end.
fn unfinished(ui: &Ui, text: &str, list: &mut [Author]) -> Option<usize> {
    const ENDS: [char; 5] = [',', ';', '，', '、', '；'];
    let is_pasted = |event: &Event| matches!(event, Event::Paste(_));
    let pasted = ui.input(|input| input.events.iter().any(is_pasted));
    if pasted || text.trim_end().ends_with(ENDS) {
        return None;
    }
    let last = list.last_mut()?;
    let typed = text.rsplit(ENDS).next().unwrap_or_default().trim_start();
    if typed.trim_end() == last.name {
        typed.clone_into(&mut last.name);
    }
    list.len().checked_sub(1)
}

/// What was done with the tools of an author.
#[derive(Default)]
struct Used {
    /// Whether one of them has the focus or was clicked.
    inside: bool,
    left: Option<Left>,
}

impl Used {
    /// Takes note of one of them; whether it was clicked.
    fn see(&mut self, tool: &Response) -> bool {
        self.inside |= tool.has_focus() || tool.clicked();
        tool.clicked()
    }
}

/// What stands behind the text of the author that is being edited, and so comes next by Tab: marks,
/// whose name it is, where it leads.
fn tools(ui: &mut Ui, form: &mut Form<'_>, at: &At, list: &mut [Author], i: usize) -> Used {
    let mut used = Used::default();
    let here = at.index(i);
    let all = list.to_vec();
    let Some(author) = list.get_mut(i) else {
        return used;
    };
    let noun = noun_in(at);
    let name = here.field("name");
    let link = here.field("link");
    let (_, marks) = split_marks(&author.name);
    for (mark, meaning) in MARKS {
        let words = RichText::new(mark.to_string()).size(15.0);
        let meaning = form.meaning(mark).unwrap_or(meaning);
        let button = ui.selectable_label(marks.contains(mark), words);
        let button = widget::seen(button).accessible_name(format!("Mark {mark}: {meaning}"));
        if used.see(&button.on_hover_text(meaning)) {
            form.edits.push(Edit::SetText(name.clone(), toggled(&author.name, mark)));
        }
    }
    // Initials may be somebody else's, too: then only a remark tells.
    let known = form.own.match_with(&split_marks(&author.name).0) == Match::Name;
    let me = ui.add_enabled(!known, Button::selectable(known || author.own, "This is me"));
    if used.see(&widget::seen(me).on_disabled_hover_text("Known by the spelling of the name")) {
        let mut new = all.clone();
        if let Some(author) = new.get_mut(i) {
            author.own = !author.own;
        }
        form.edits.push(Edit::SetAuthors(at.clone(), new));
        form.view.focus = Some(Focus::new(name.clone(), Some(usize::MAX)));
    }
    let words = format!("link of {noun}");
    let field = Text { at: &link, label: &words, hint: "Where it leads", kind: Kind::Plain };
    ui.allocate_ui(vec2(180.0, 30.0), |ui| {
        ui.set_width(180.0);
        let words = format!("Link of {noun} {}", i + 1);
        let link = text::edit(ui, form, &field, &mut author.link).accessible_name(words);
        used.see(&link);
    });
    let delete = widget::icon_button(ui, icon::DELETE, &format!("Delete {noun} {}", i + 1));
    if used.see(&delete) {
        let left = all.iter().enumerate().filter(|(n, _)| *n != i).map(|(_, a)| a.clone());
        form.edits.push(Edit::SetAuthors(at.clone(), left.collect()));
        used.left = Some(Left::Deleted);
    }
    used
}

/// A name with a mark that it had not, or without one that it had.
fn toggled(author: &str, mark: char) -> String {
    let (name, mut marks) = split_marks(author);
    if marks.contains(mark) {
        marks.retain(|c| c != mark);
    } else {
        marks.push(mark);
    }
    name + &marks
}

/// What is to be said about the list and its authors.
fn said(ui: &mut Ui, form: &Form<'_>, at: &At, list: &[Author]) {
    let places = list.iter().enumerate().flat_map(|(i, author)| {
        let name = if author.name.trim().is_empty() {
            format!("{} {}", widget::capital(noun_in(at)), i + 1)
        } else {
            author.name.clone()
        };
        ["name", "link"].map(|field| (name.clone(), at.index(i).field(field)))
    });
    text::messages_beside(ui, form, at, &places.collect::<Vec<_>>());
}

/// Marks that are not explained, each with what explains it by one click.
fn explained(ui: &mut Ui, form: &mut Form<'_>, at: &At, list: &[Author]) {
    for (i, author) in list.iter().enumerate() {
        let name = at.index(i).field("name");
        let is_mark = |finding: &Finding| finding.code == Code::MarkUnexplained;
        if !form.findings.at(&name).any(is_mark) {
            continue;
        }
        let marks = split_marks(&author.name).1;
        let unexplained: Vec<char> = marks.chars().filter(|m| form.meaning(*m).is_none()).collect();
        for mark in unexplained {
            let usual =
                MARKS.iter().find(|(m, _)| *m == mark).map_or("equal contribution", |(_, w)| *w);
            if widget::link(ui, icon::HINT, &format!("Explain {mark} as {usual}")).clicked() {
                let mut marks = form.marks.to_vec();
                let (label, text) = (mark.to_string(), usual.to_owned());
                marks.push(Labelled { label, text, ..Labelled::default() });
                form.edits.push(Edit::SetMarks(marks));
                form.view.focus = Some(Focus::new(name.clone(), Some(usize::MAX)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_end_an_author_when_it_is_whole() {
        for (text, expected) in [
            ("", false),
            ("A. Nowak", false),
            ("A. Nowak,", true),
            ("A. Nowak†, ", true),
            ("A.Nowak,", true),
            ("Nowak,", false),
            ("Nowak;", true),
            (";", false),
            ("张伟，", true),
            ("张伟、", true),
        ] {
            assert_eq!(is_whole(text), expected, "{text:?}");
        }
    }

    #[test]
    fn marks_come_and_go() {
        for (author, mark, expected) in [
            ("Wei Zhang", '†', "Wei Zhang†"),
            ("Wei Zhang†", '†', "Wei Zhang"),
            ("Wei Zhang†", '*', "Wei Zhang†*"),
            ("Wei Zhang†*", '†', "Wei Zhang*"),
            ("Zhang*, Wei", '*', "Zhang, Wei"),
            ("Wei Zhang^{†}", '*', "Wei Zhang†*"),
        ] {
            assert_eq!(toggled(author, mark), expected, "{author:?}");
        }
    }

    #[test]
    fn what_is_left_behind_is_taken_apart() {
        let list = |names: &[&str]| names.iter().map(|n| Author::from(*n)).collect::<Vec<_>>();
        for (name, expected) in [
            ("A. B, C. D and E. F", Some(&["X", "A. B", "C. D", "E. F", "Y"][..])),
            ("A. B,", Some(&["X", "A. B", "Y"])),
            ("A. B", None),
            ("Nowak, Anna", None),
            (" ", Some(&["X", "Y"])),
        ] {
            let settled = settled(&list(&["X", name, "Y"]), 1);
            assert_eq!(settled, expected.map(list), "{name:?}");
        }
    }
}

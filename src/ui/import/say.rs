//! What the user says of a line: by its key, or by a button below the document.

use super::{
    document::Desk,
    map::{self, Map},
};
use crate::{
    at::At,
    interchange::{
        Corrections, FieldName, Heading, LineRole, Put, Target, fields_of, fields_of_person,
    },
    section::SectionKind,
    ui::{style, widget},
};
use eframe::egui::{Button, Key, Modifiers, ScrollArea, Ui};
use std::ops::Range;

/// What is being chosen for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chooser {
    /// The kind of its section.
    Kind {
        /// Whether it was asked for in the last frame, so that it takes the focus.
        opening: bool,
    },
    /// The field that its words belong to.
    Field {
        /// The same.
        opening: bool,
    },
}

/// A correction, or that the last one is taken back.
#[derive(Debug)]
pub(super) enum Say {
    Role(usize, Option<LineRole>),
    Put(Put),
    Undo,
}

impl Say {
    pub(super) fn apply(self, corrections: &mut Corrections) {
        match self {
            Self::Role(line, Some(role)) => drop(corrections.lines.insert(line, role)),
            Self::Role(line, None) => drop(corrections.lines.remove(&line)),
            Self::Put(put) => {
                corrections.puts.retain(|old| {
                    old.words.end <= put.words.start || put.words.end <= old.words.start
                });
                corrections.puts.push(put);
            }
            Self::Undo => {}
        }
    }
}

/// How high the bar is, in points.
pub(super) fn height(desk: &Desk) -> f32 {
    if desk.chooser.is_some() { 196.0 } else { 68.0 }
}

/// What keys say. They are for the sheet as long as no text has the focus.
pub(super) fn keys(ui: &Ui, map: &Map<'_>, desk: &mut Desk) -> Option<Say> {
    let count = map.lines();
    if count == 0 {
        return None;
    }
    let free = ui.memory(|memory| memory.focused().is_none());
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let plain = |key| pressed(Modifiers::NONE, key);
    if (desk.chooser.is_some() || desk.line.is_some()) && plain(Key::Escape) {
        if desk.chooser.take().is_none() {
            (desk.line, desk.words) = (None, None);
        }
        return None;
    }
    if pressed(Modifiers::COMMAND, Key::Z) || plain(Key::U) {
        return Some(Say::Undo);
    }
    if free {
        let step = if plain(Key::ArrowDown) {
            Some(desk.line.map_or(0, |line| (line + 1).min(count - 1)))
        } else if plain(Key::ArrowUp) {
            Some(desk.line.map_or(count - 1, |line| line.saturating_sub(1)))
        } else {
            None
        };
        if let Some(line) = step {
            desk.choose(line, None);
        }
        words_by_keys(ui, map, desk);
    }
    let line = desk.line?;
    if line >= map.text_lines() {
        if plain(Key::F) {
            desk.chooser = Some(Chooser::Field { opening: true });
        }
        return None;
    }
    if plain(Key::H) {
        return Some(heading(map, line));
    } else if plain(Key::E) {
        return Some(toggled(map, line, LineRole::Entry));
    } else if plain(Key::C) {
        return Some(toggled(map, line, LineRole::Continues));
    } else if plain(Key::S) {
        desk.chooser = Some(Chooser::Kind { opening: true });
    } else if plain(Key::F) {
        desk.chooser = Some(Chooser::Field { opening: true });
    }
    None
}

/// Left and right choose a word of the line; with Shift, several.
fn words_by_keys(ui: &Ui, map: &Map<'_>, desk: &mut Desk) {
    let Some(line) = desk.line else {
        return;
    };
    let all = map.words(line);
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let last = all.end.saturating_sub(1);
    if pressed(Modifiers::SHIFT, Key::ArrowRight) {
        let words = desk.words.clone().unwrap_or(all.start..all.start);
        desk.words = Some(words.start..(words.end + 1).min(all.end));
    } else if pressed(Modifiers::SHIFT, Key::ArrowLeft) {
        if let Some(words) = &mut desk.words {
            words.end = words.end.saturating_sub(1).max(words.start + 1);
        }
    } else if pressed(Modifiers::NONE, Key::ArrowRight) {
        let next = desk.words.as_ref().map_or(all.start, |words| words.end.min(last));
        desk.words = Some(next..next + 1);
    } else if pressed(Modifiers::NONE, Key::ArrowLeft) {
        let before = desk.words.as_ref().map_or(last, |words| words.start.saturating_sub(1));
        let before = before.max(all.start);
        desk.words = Some(before..before + 1);
    }
}

/// It is a heading; if it was taken for one, it is none.
fn heading(map: &Map<'_>, line: usize) -> Say {
    let is_heading = map.place(map.words(line)).is_some_and(map::is_section);
    let said = map.draft.corrections().lines.get(&line);
    let role = match (said, is_heading) {
        (Some(LineRole::Heading(_) | LineRole::Text), _) => None,
        (_, true) => Some(LineRole::Text),
        (_, false) => Some(LineRole::Heading(None)),
    };
    Say::Role(line, role)
}

/// Says something of a line, or no longer.
fn toggled(map: &Map<'_>, line: usize, role: LineRole) -> Say {
    let said = map.draft.corrections().lines.get(&line);
    Say::Role(line, Some(role).filter(|role| said != Some(role)))
}

/// The section that a line belongs to is of a kind: its heading says so, or else the line is one.
fn section_is(map: &Map<'_>, line: usize, kind: Heading) -> Say {
    let place = map.place(map.words(line));
    let said = map.draft.corrections().lines.get(&line);
    let own = matches!(said, Some(LineRole::Heading(_)));
    let heading = place.filter(|_| !own).and_then(|at| map.heading(at));
    Say::Role(heading.unwrap_or(line), Some(LineRole::Heading(Some(kind))))
}

/// The buttons below the document.
pub(super) fn bar(ui: &mut Ui, map: &Map<'_>, desk: &mut Desk) -> Option<Say> {
    let mut say = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(4.0, 4.0);
        ui.spacing_mut().button_padding = eframe::egui::vec2(7.0, 3.0);
        let Some(line) = desk.line else {
            let words = "Something wrong? Click its line, or press ↓, and say what it is. \
                         What is left over can be dragged to where it belongs.";
            ui.label(style::small(ui, words));
            return;
        };
        let said = map.draft.corrections().lines.get(&line).copied();
        if line < map.text_lines() {
            let place = map.place(map.words(line));
            let is_heading = matches!(said, Some(LineRole::Heading(_)))
                || said.is_none() && place.is_some_and(map::is_section);
            let words = if is_heading { "Not a heading" } else { "Heading" };
            if key(ui, words, "H", false) {
                say = Some(heading(map, line));
            }
            if key(ui, "Entry starts here", "E", said == Some(LineRole::Entry)) {
                say = Some(toggled(map, line, LineRole::Entry));
            }
            if key(ui, "Goes on", "C", said == Some(LineRole::Continues)) {
                say = Some(toggled(map, line, LineRole::Continues));
            }
            let open = matches!(desk.chooser, Some(Chooser::Kind { .. }));
            if key(ui, "Section is…", "S", open) {
                desk.chooser = (!open).then_some(Chooser::Kind { opening: true });
            }
        }
        let open = matches!(desk.chooser, Some(Chooser::Field { .. }));
        let words = if desk.words.is_some() { "These words are…" } else { "This is…" };
        if key(ui, words, "F", open) {
            desk.chooser = (!open).then_some(Chooser::Field { opening: true });
        }
        if map.draft.count() > 0 && key(ui, "Undo", "U", false) {
            say = Some(Say::Undo);
        }
    });
    match desk.chooser {
        Some(Chooser::Kind { opening }) => {
            desk.chooser = Some(Chooser::Kind { opening: false });
            say = kinds(ui, map, desk, opening).or(say);
        }
        Some(Chooser::Field { opening }) => {
            desk.chooser = Some(Chooser::Field { opening: false });
            say = fields(ui, map, desk, opening).or(say);
        }
        None => {}
    }
    say
}

/// A button that names its key.
fn key(ui: &mut Ui, words: &str, key: &str, on: bool) -> bool {
    let colour = style::palette(ui).muted;
    let letter = eframe::egui::RichText::new(key).small().color(colour);
    let button = Button::new((style::medium(words), letter)).selected(on);
    widget::seen(ui.add(button)).accessible_name(format!("{words} ({key})")).clicked()
}

fn kinds(ui: &mut Ui, map: &Map<'_>, desk: &mut Desk, opening: bool) -> Option<Say> {
    let line = desk.line?;
    let mut chosen = None;
    ui.label(style::small(ui, "The section that this line is in, or heads, is"));
    ScrollArea::vertical().id_salt("kinds").show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let all = SectionKind::ALL.iter().map(|kind| (Heading::Section(*kind), kind.word()));
            let all = all.chain([(Heading::Contact, "about you")]);
            for (index, (kind, word)) in all.enumerate() {
                let button = ui.add(Button::new(widget::capital(word)).small());
                if opening && index == 0 {
                    button.request_focus();
                }
                if widget::seen(button).clicked() {
                    chosen = Some(section_is(map, line, kind));
                }
            }
        });
    });
    if chosen.is_some() {
        desk.chooser = None;
    }
    chosen
}

/// The entry that words belong to, or stand next to.
fn entry_at(map: &Map<'_>, words: &Range<u32>) -> Option<At> {
    let own = map.place(words.clone());
    let before = || (0..words.start).rev().find_map(|word| map.place(word..word + 1));
    own.or_else(before).and_then(map::entry_of)
}

/// Puts words into a field of an entry, or of the person.
pub(super) fn put(map: &Map<'_>, words: Range<u32>, entry: &At, field: &'static str) -> Say {
    let own = map.place(words.clone()).and_then(map::entry_of);
    // A word of the entry that stays there.
    let fates = (0..).zip(&map.draft.recognised.fates);
    let mut others = fates.filter_map(|(word, fate)| match fate {
        crate::interchange::Fate::Placed(at) if at.is_within(entry) => Some(word),
        _ => None,
    });
    let other = others.find(|word| !words.contains(word));
    let into = match (map.kind(entry), other) {
        (None, _) => Target::Person,
        (Some(_), Some(word)) if own.as_ref() != Some(entry) => Target::EntryOf(word),
        _ => Target::Own,
    };
    // Words from elsewhere come to what is there; a word of the entry itself takes the place.
    let adds = into != Target::Own && own.as_ref() != Some(entry);
    Say::Put(Put { words, field, into, adds })
}

/// The fields of an entry or of the person.
pub(super) fn fields_at(map: &Map<'_>, entry: &At) -> Vec<FieldName> {
    map.kind(entry).map_or_else(fields_of_person, fields_of)
}

fn fields(ui: &mut Ui, map: &Map<'_>, desk: &mut Desk, opening: bool) -> Option<Say> {
    let words = desk.chosen(map)?;
    let person = At::root().field("person");
    let entry = entry_at(map, &words).filter(|at| *at != person);
    let mut chosen = None;
    ScrollArea::vertical().id_salt("fields").show(ui, |ui| {
        let mut first = opening;
        for (at, title) in entry
            .iter()
            .map(|at| (at, "is, in the entry here, its"))
            .chain([(&person, "is, about you, your")])
        {
            let short: String = map.text(&words).chars().take(48).collect();
            ui.label(style::small(ui, format!("“{short}” {title}")));
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                for (field, label) in fields_at(map, at) {
                    let button = ui.add(Button::new(label).small());
                    if std::mem::take(&mut first) {
                        button.request_focus();
                    }
                    if widget::seen(button).clicked() {
                        chosen = Some(put(map, words.clone(), at, field));
                    }
                }
            });
        }
    });
    if chosen.is_some() {
        desk.chooser = None;
    }
    chosen
}

//! The lines of the document that is brought in, with what became of each word.

use super::{
    document::{Desk, Over},
    map::{self, Map},
};
use crate::{
    interchange::{Fate, LineRole, outline::Line},
    ui::style,
};
use eframe::egui::{
    Align, Color32, FontSelection, Galley, Pos2, Rect, Response, RichText, Role, ScrollArea, Sense,
    Stroke, StrokeKind, Ui, WidgetInfo, pos2, text::CCursor, text::LayoutJob, vec2,
};
use std::{ops::Range, sync::Arc};

/// Size of the text in points, where the source says nothing of its own.
const SIZE: f32 = 13.5;
/// Room at the left, where it stands what lines are.
const GUTTER: f32 = 26.0;

/// A line as it is drawn: its text, and which letters are which word.
struct Drawn {
    galley: Arc<Galley>,
    words: Vec<(Range<usize>, u32)>,
}

/// Draws the lines; what the pointer is over goes into `over`.
pub(super) fn show(ui: &mut Ui, map: &Map<'_>, desk: &mut Desk, over: &mut Over, height: f32) {
    let body = body_size(map);
    let area = ScrollArea::vertical()
        .id_salt("source lines")
        .max_height(height)
        .min_scrolled_height(height);
    area.auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let laid = (ui.available_width(), map.draft.count());
        if desk.laid != laid {
            (desk.laid, desk.heights) = (laid, vec![0.0; map.lines()]);
        }
        let (mut entry, mut page) = (None, 0);
        for index in 0..map.lines() {
            let Some(line) = map.line(index) else {
                continue;
            };
            if index == map.text_lines() {
                separator(ui, "At the edges of the pages");
            } else if line.place.page > page {
                if page > 0 {
                    separator(ui, &format!("Page {}", line.place.page));
                }
                page = line.place.page;
            }
            if line.gap > 1.5 {
                ui.add_space(5.0);
            }
            let own = map.place(map.words(index)).and_then(map::entry_of);
            let starts = own.is_some() && own != entry && map.kind_of_entry(own.as_ref());
            entry = own.or(entry);
            one(ui, map, desk, over, (index, line), body, starts);
        }
    });
}

impl Map<'_> {
    /// Whether a place is in a section, where entries begin and end.
    fn kind_of_entry(&self, at: Option<&crate::at::At>) -> bool {
        at.and_then(|at| self.kind(at)).is_some()
    }
}

fn separator(ui: &mut Ui, words: &str) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(style::small(ui, words));
        ui.separator();
    });
}

/// The size of most of the text in pt; 0 where the source has no sizes.
fn body_size(map: &Map<'_>) -> f32 {
    let mut sizes: Vec<(i32, usize)> = vec![];
    for line in &map.draft.outline.lines {
        let (size, letters) = ((line.size * 2.0).round() as i32, line.text().len());
        match sizes.iter_mut().find(|(other, _)| *other == size) {
            Some((_, sum)) => *sum += letters,
            None => sizes.push((size, letters)),
        }
    }
    sizes.iter().max_by_key(|(_, sum)| *sum).map_or(0.0, |(size, _)| *size as f32 / 2.0)
}

/// How large a line is drawn: as the source says, within limits.
fn size(line: &Line, body: f32) -> f32 {
    let factor = match line.level {
        Some(1) => 1.5,
        Some(2) => 1.25,
        Some(_) => 1.1,
        None if body > 0.0 && line.size > 0.0 => (line.size / body).clamp(0.85, 1.5),
        None => 1.0,
    };
    SIZE * factor
}

fn one(
    ui: &mut Ui,
    map: &Map<'_>,
    desk: &mut Desk,
    over: &mut Over,
    (index, line): (usize, &Line),
    body: f32,
    starts: bool,
) {
    let palette = style::palette(ui);
    let asked = desk.line == Some(index) && desk.scrolls || desk.shows(map, index);
    // A line out of sight keeps its place, and costs nothing.
    if let Some(height) = desk.heights.get(index).copied().filter(|height| *height > 0.0) {
        let place = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        if !asked && !ui.is_rect_visible(place) {
            ui.allocate_space(place.size());
            return;
        }
    }
    let indent = GUTTER + (line.indent * 8.0).clamp(0.0, 60.0);
    let room = (ui.available_width() - indent - 8.0).max(60.0);
    let drawn = draw(ui, map, desk, line, size(line, body), room);
    let size = vec2(ui.available_width(), drawn.galley.size().y + 3.0);
    if let Some(height) = desk.heights.get_mut(index) {
        *height = size.y;
    }
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK | Sense::DRAG);
    let chosen = desk.line == Some(index);
    if chosen && std::mem::take(&mut desk.scrolls) || desk.shows(map, index) {
        response.scroll_to_me(Some(Align::Center).filter(|_| !chosen));
    }
    let says = said(map, index);
    let left = map.words(index).filter(|word| *map.fate(*word) == Fate::Left).count();
    let name = match left {
        0 => format!("Line {}: {}{says}", index + 1, line.text().replace('\t', "  ")),
        _ => format!(
            "Line {}: {}{says}, {left} without a place",
            index + 1,
            line.text().replace('\t', "  "),
        ),
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &name));
    let origin = pos2(rect.left() + indent, rect.top() + 1.5);
    pointed(ui, map, desk, over, (index, line), &response, &drawn, origin);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    if chosen {
        painter.rect_filled(rect, 4.0, palette.hover);
        let stroke = Stroke::new(1.0, palette.accent);
        painter.rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
    }
    let middle = rect.top() + 1.5 + drawn.galley.rows.first().map_or(8.0, |row| row.height() / 2.0);
    if let Some(role) = map.draft.corrections().lines.get(&index) {
        let letter = match role {
            LineRole::Heading(_) => "H",
            LineRole::Entry => "E",
            LineRole::Continues => "C",
            LineRole::Text => "T",
        };
        let font = eframe::egui::FontId::proportional(11.0);
        let at = pos2(rect.left() + 10.0, middle);
        painter.circle_filled(at, 8.0, palette.accent);
        painter.text(at, eframe::egui::Align2::CENTER_CENTER, letter, font, Color32::WHITE);
    } else if starts {
        painter.circle_filled(pos2(rect.left() + 10.0, middle), 3.0, palette.muted);
    }
    painter.galley(origin, Arc::clone(&drawn.galley), palette.text);
    for (letters, word) in &drawn.words {
        if let Fate::Placed(at) = map.fate(*word)
            && map.is_guessed(at)
        {
            dots(ui, word_rect(&drawn.galley, letters, origin), palette.accent_text);
        }
    }
}

/// What a line was found or said to be, for those who do not see it.
fn said(map: &Map<'_>, index: usize) -> &'static str {
    match map.draft.corrections().lines.get(&index) {
        Some(LineRole::Heading(_)) => ", said to be a heading",
        Some(LineRole::Entry) => ", said to start an entry",
        Some(LineRole::Continues) => ", said to continue an entry",
        Some(LineRole::Text) => ", said to be no heading",
        None if map.place(map.words(index)).is_some_and(map::is_section) => ", a heading",
        None => "",
    }
}

fn word_rect(galley: &Galley, letters: &Range<usize>, origin: Pos2) -> Rect {
    let start = galley.pos_from_cursor(CCursor::new(letters.start));
    let end = galley.pos_from_cursor(CCursor::new(letters.end));
    let right = if end.top() > start.top() { galley.size().x } else { end.left() };
    Rect::from_min_max(start.min, pos2(right, start.bottom())).translate(origin.to_vec2())
}

/// A dotted line under a word.
fn dots(ui: &Ui, rect: Rect, colour: Color32) {
    let mut x = rect.left() + 1.0;
    while x < rect.right() {
        ui.painter().circle_filled(pos2(x, rect.bottom()), 0.8, colour);
        x += 3.5;
    }
}

/// What the pointer does on a line.
#[expect(clippy::too_many_arguments, reason = "a line, how it is drawn, and what it changes")]
fn pointed(
    ui: &Ui,
    map: &Map<'_>,
    desk: &mut Desk,
    over: &mut Over,
    (index, line): (usize, &Line),
    response: &Response,
    drawn: &Drawn,
    origin: Pos2,
) {
    let at = response.interact_pointer_pos().or_else(|| response.hover_pos());
    let word = at.and_then(|at| {
        let letter = drawn.galley.cursor_from_pos(at - origin).index;
        let after = drawn.words.iter().find(|(letters, _)| letter < letters.end.into());
        after.or(drawn.words.last()).map(|(_, word)| *word)
    });
    if response.hovered() && !eframe::egui::DragAndDrop::has_any_payload(ui.ctx()) {
        *over = word.map_or(Over::Nothing, Over::Word);
    }
    if response.drag_started() {
        let whole = map.words(index);
        let dragged = match (&desk.words, word) {
            (Some(words), Some(word)) if words.contains(&word) => words.clone(),
            (_, Some(word)) => {
                let left = map.left().into_iter().find(|left| left.contains(&word));
                left.unwrap_or_else(|| part_of(line, word).unwrap_or(whole))
            }
            _ => whole,
        };
        response.dnd_set_drag_payload(dragged);
    }
    if response.clicked() {
        let extends = ui.input(|input| input.modifiers.shift);
        let again = desk.line == Some(index);
        desk.words = match (word, &desk.words) {
            (Some(word), Some(words)) if extends && again => {
                Some(words.start.min(word)..words.end.max(word + 1))
            }
            (Some(word), _) if again => Some(word..word + 1),
            (Some(word), _) => part_of(line, word).filter(|_| line.parts.len() > 1),
            (None, _) => None,
        };
        desk.line = Some(index);
        desk.chooser = None;
        ui.memory_mut(|memory| memory.stop_text_input());
        ui.ctx().request_repaint();
    }
}

/// The words of the part of a line that a word stands in.
fn part_of(line: &Line, word: u32) -> Option<Range<u32>> {
    line.parts.iter().chain(&line.aside).find_map(|part| {
        let (first, last) = (part.runs.first()?, part.runs.last()?);
        let words = first.words.start..last.words.end;
        words.contains(&word).then_some(words)
    })
}

fn draw(ui: &Ui, map: &Map<'_>, desk: &Desk, line: &Line, size: f32, room: f32) -> Drawn {
    let palette = style::palette(ui);
    let mut job = LayoutJob::default();
    job.wrap.max_width = room;
    let mut words = vec![];
    let mut letters = 0;
    let add = |job: &mut LayoutJob, text: RichText, letters: &mut usize| {
        *letters += text.text().chars().count();
        text.append_to(job, ui.style(), FontSelection::Default, Align::Center);
    };
    let muted = |text: String| RichText::new(text).size(size).color(palette.muted);
    for sign in line.bullet.iter().chain(&line.number) {
        add(&mut job, muted(format!("{sign} ")), &mut letters);
    }
    let is_heading = line
        .runs()
        .next()
        .is_some_and(|run| map.place(run.words.clone()).is_some_and(map::is_section));
    let mut gap = false;
    for (index, part) in line.parts.iter().chain(&line.aside).enumerate() {
        if index > 0 {
            add(&mut job, muted("\u{2003}\u{2003}".to_owned()), &mut letters);
            gap = false;
        }
        for run in &part.runs {
            gap |= run.text.starts_with(char::is_whitespace);
            for (word, text) in run.words.clone().zip(run.text.split_whitespace()) {
                if std::mem::replace(&mut gap, true) && !words.is_empty() {
                    add(&mut job, muted(" ".to_owned()), &mut letters);
                }
                let fate = map.fate(word);
                let mut rich = RichText::new(text).size(size).color(palette.text);
                if run.style.bold || is_heading || line.level.is_some() {
                    rich = rich.variation(b"wght", 650.0);
                }
                if run.style.italic {
                    rich = rich.italics();
                }
                if is_heading {
                    rich = rich.color(palette.accent_text);
                }
                if *fate == Fate::Left {
                    let back = palette.warning.gamma_multiply(0.16);
                    rich = rich.color(palette.warning).background_color(back).underline();
                }
                if desk.lights(map, word) {
                    rich = rich.background_color(palette.chosen);
                }
                if desk.words.as_ref().is_some_and(|words| words.contains(&word)) {
                    rich = rich.background_color(palette.accent.gamma_multiply(0.35));
                }
                let start = letters;
                add(&mut job, rich, &mut letters);
                words.push((start..letters, word));
            }
            gap = run.text.ends_with(char::is_whitespace);
        }
    }
    Drawn { galley: ui.painter().layout_job(job), words }
}

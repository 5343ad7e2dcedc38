//! What can be clicked where nothing is printed yet: names of what is missing, which are on the
//! screen alone and in no export.

use super::{Asked, Page, view::Layout};
use crate::{
    app::{
        command::Command,
        doc::Doc,
        edit::{self, Edit},
        fields::{Fill, missing},
        view::Focus,
    },
    at::At,
    field::in_sentence,
    profile::Profile,
    section::Section,
    ui::{queue, style, widget},
};
use eframe::egui::{Button, Rect, RichText, Theme, Ui, UiBuilder, pos2, vec2};

/// How high the row of a placeholder is, in points.
const ROW: f32 = 26.0;
/// Of how many empty sections the names are shown.
const MOST: usize = 12;

/// What a placeholder does.
enum Begin {
    /// The caret goes there.
    Type(At),
    /// A first element of a list.
    Add(Edit),
    /// A section is chosen.
    Section,
}

impl Page {
    /// Draws what is missing below what is printed: on an empty page, and where there is no form
    /// that could be filled in.
    pub(super) fn placeholders(
        &mut self,
        ui: &mut Ui,
        doc: &mut Doc,
        layout: &Layout,
        asked: &mut Asked,
    ) {
        let Some(shown) = &self.shown else {
            return;
        };
        let pages = &shown.page.pages;
        let number = pages.pages.len().saturating_sub(1);
        let lines = pages.pages.get(number).map(|p| p.lines.as_slice()).unwrap_or_default();
        let printed = lines.iter().filter(|line| line.element.is_some());
        let lowest = printed.flat_map(|line| &line.glyphs).map(|g| g.y + 0.3 * g.size);
        let lowest = lowest.reduce(f32::max);
        if !self.is_alone && (number > 0 || lowest.is_some()) {
            return;
        }
        let margin = shown.page.fit.sizes;
        let top = lowest.map_or(margin.margin_y, |y| y + 12.0);
        let corner = Rect::from_min_size(pos2(margin.margin_x, top), vec2(0.0, 0.0));
        let Some(corner) = layout.in_window(number, corner).map(|place| place.min) else {
            return;
        };
        let width = layout
            .papers
            .get(number)
            .map_or(0.0, |paper| paper.width() - 2.0 * margin.margin_x * layout.scale);
        let mut y = corner.y;
        if let Some(at) = &doc.view.focused {
            self.entry = edit::entry(at);
        }
        let mut all = rows(doc.profile(), &shown.style.language);
        // What the entry with the caret could have, too, is nowhere to be clicked.
        if let Some(entry) = self.entry.as_ref().filter(|_| self.is_alone) {
            let missing = missing(doc.profile(), entry).into_iter();
            let items = missing.map(|(label, fill)| {
                let begin = match fill {
                    Fill::Type(at) => Begin::Type(at),
                    Fill::Add(edit) => Begin::Add(edit),
                };
                (format!("Fill in {}", in_sentence(label)), begin)
            });
            all.insert(0, items.collect());
        }
        for (row, items) in all.into_iter().enumerate() {
            let place = Rect::from_min_size(pos2(corner.x, y), vec2(width, ROW));
            let mut child =
                ui.new_child(UiBuilder::new().id_salt(("missing", row)).max_rect(place));
            // Paper is white in the dark, too.
            child.set_style(child.ctx().style_of(Theme::Light));
            child.horizontal_wrapped(|ui| {
                for (words, begin) in items {
                    let is_name = words == "Your name";
                    let size = if is_name { 20.0 } else { 13.5 };
                    let text = RichText::new(&words).color(style::palette(ui).muted).size(size);
                    let button = Button::new(text).frame_when_inactive(false);
                    // The form has buttons of the same words.
                    let words = format!("{words} (on the page)");
                    let response = widget::seen(ui.add(button)).accessible_name(words);
                    widget::ring(ui, &response, 4);
                    queue::goes_on_to(ui.ctx(), response.id);
                    if !response.clicked() {
                        continue;
                    }
                    match begin {
                        Begin::Type(at) => self.go(doc, Focus::new(at, Some(0))),
                        Begin::Add(edit) => {
                            self.caret.on_page = true;
                            asked.edits.push(edit);
                        }
                        Begin::Section => asked.commands.push(Command::AddSection),
                    }
                    ui.ctx().request_repaint();
                }
            });
            y += child.min_rect().height().max(ROW) + 2.0;
        }
    }
}

/// What is missing, in rows.
fn rows(profile: &Profile, language: &str) -> Vec<Vec<(String, Begin)>> {
    let at = At::root().field("person");
    let person = &profile.person;
    let mut out = vec![];
    if person.name.trim().is_empty() {
        out.push(vec![("Your name".to_owned(), Begin::Type(at.field("name")))]);
    }
    let mut first = vec![];
    let mut one = |words: &str, begin| first.push((words.to_owned(), begin));
    if person.headline.trim().is_empty() {
        one("Add headline", Begin::Type(at.field("headline")));
    }
    for (words, name, is_empty) in [
        ("Add email", "emails", person.emails.is_empty()),
        ("Add phone", "phones", person.phones.is_empty()),
        ("Add link", "links", person.links.is_empty()),
    ] {
        if is_empty {
            one(words, Begin::Add(Edit::Add(at.field(name), 0)));
        }
    }
    if person.summary.trim().is_empty() {
        one("Add summary", Begin::Type(at.field("summary")));
    }
    out.push(first);
    let empty = |(_, section): &(usize, &Section)| section.count() == 0;
    for (index, section) in profile.sections.iter().enumerate().filter(empty).take(MOST) {
        let list = At::root().field("sections").index(index).field("entries");
        let heading = crate::app::place::heading(section, language);
        let words = format!("{heading}: add {}", section.noun());
        out.push(vec![(words, Begin::Add(Edit::Add(list, 0)))]);
    }
    out.push(vec![("Add a section".to_owned(), Begin::Section)]);
    out
}

//! What stands in the middle of the window: the form of a tab, the look, or what there is to check.

use super::{Window, check, form::Form, look, person, section, style};
use crate::{
    app::{Screen, doc::Doc, place, view::Tab},
    at::At,
    look::Look,
    value::person::Spellings,
};
use eframe::egui::{
    Area, CentralPanel, Frame, Id, Order, Rect, Stroke, Ui, style::ScrollAnimation, vec2,
};
use std::time::Duration;

impl Window {
    /// The tabs that are no forms.
    fn look_or_check(&mut self, ui: &mut Ui, tab: Tab) {
        let now = ui.input(|i| i.time);
        let frame = Frame::new().fill(style::palette(ui).back);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            if tab == Tab::Check {
                let findings = self.page.findings();
                check::show(ui, &mut self.app, &findings);
            } else if let Some(doc) = self.app.doc_mut() {
                let size = self.page.shown().map(|shown| shown.page.fit.sizes.size);
                look::show(ui, doc, size, &|name| self.page.thumbnail(name).cloned());
            }
        });
        if let Some(doc) = self.app.doc_mut() {
            doc.view.focused = None;
            settle(ui, doc, now);
        }
    }

    /// The tab in front of the open document.
    pub(super) fn middle(&mut self, ui: &mut Ui) {
        let now = ui.input(|i| i.time);
        let number = self.app.document_number();
        let away = match (self.app.is_form_away(), self.page.needs_form(&self.app)) {
            (false, _) => Away::Here,
            (true, true) => Away::Before,
            (true, false) => Away::Hidden,
        };
        let Screen::Editor(doc) = &mut self.app.screen else {
            return;
        };
        doc.findings = self.page.findings();
        let findings = self.settled.of(number, &doc.findings, &mut doc.view);
        doc.view.tried = Look::default();
        let tab = doc.view.tab;
        if matches!(tab, Tab::Look | Tab::Check) {
            self.look_or_check(ui, tab);
            return;
        }
        // What the forms need of the profile is taken along, for they change the profile meanwhile.
        let spellings: Vec<&str> = doc.file.profile.person.spellings().collect();
        let own = Spellings::new(&spellings);
        let variants = doc.file.profile.variants.clone();
        let marks = doc.file.profile.marks.clone();
        let variant = doc.view.variant.clone();
        let style = doc.style();
        let sections: Vec<_> = doc
            .file
            .profile
            .sections
            .iter()
            .map(|s| (s.kind(), place::heading(s, &style.language)))
            .collect();
        doc.view.focused = None;
        forget_unreachable(ui, doc);
        if doc.view.focus.is_some() {
            // The field that had the caret must not see what is typed for the one that gets it.
            ui.memory_mut(|memory| {
                if let Some(id) = memory.focused() {
                    memory.surrender_focus(id);
                }
            });
        }
        let mut form = Form {
            view: &mut doc.view,
            findings: &findings,
            variants: &variants,
            variant: variant.as_deref(),
            own: &own,
            marks: &marks,
            dates: style.dates,
            language: &style.language,
            sections: &sections,
            spelling: &mut self.app.spelling,
            edits: vec![],
            asked: None,
            learned: None,
            typed: None,
            ended: false,
            pasted: None,
        };
        let profile = &mut doc.file.profile;
        place(ui, away, |ui| match tab {
            Tab::Person => person::show(ui, &mut form, profile),
            Tab::Section(i) => {
                if let Some(section) = profile.sections.get_mut(i) {
                    let at = At::root().field("sections").index(i);
                    section::show(ui, &mut form, &at, section);
                }
            }
            Tab::Look | Tab::Check => {}
        });
        let Form { edits, typed, ended, asked, learned, pasted, .. } = form;
        if let Some((at, label)) = typed {
            doc.typed(&at, &label, now);
            self.settled.typed(&at);
            if ended {
                doc.undo.rest(&doc.file.profile);
            }
        }
        settle(ui, doc, now);
        if let Some((at, reference, text)) = pasted {
            self.app.take_reference(Some(&at), &reference, &text);
            ui.ctx().request_repaint();
        }
        if let Some(command) = asked {
            self.app.run(command);
        }
        if let Some(word) = learned {
            self.app.add_word(&word);
        }
        for edit in edits {
            self.app.apply(&edit);
            ui.ctx().request_repaint();
        }
    }
}

/// Where the form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Away {
    /// In the middle.
    Here,
    /// Before the page, while something is edited that has tools of its own.
    Before,
    /// Out of sight: what is typed on the page is typed there.
    Hidden,
}

/// Draws the form where it is.
fn place(ui: &mut Ui, away: Away, add: impl FnOnce(&mut Ui)) {
    let back = style::palette(ui).back;
    if away == Away::Here {
        CentralPanel::default().frame(Frame::new().fill(back)).show(ui, add);
        return;
    }
    let window = ui.ctx().content_rect();
    let size = vec2(560.0_f32.min(window.width() - 40.0), 0.55 * window.height());
    let corner = match away {
        Away::Before => window.right_bottom() - size - vec2(28.0, 44.0),
        Away::Here | Away::Hidden => window.left_top() - size - vec2(4000.0, 0.0),
    };
    let moved = Id::unique("frames since the form came before the page");
    let frames = match away {
        Away::Before => ui.data(|data| data.get_temp::<u8>(moved)).unwrap_or_default(),
        Away::Here | Away::Hidden => 0,
    };
    ui.data_mut(|data| data.insert_temp(moved, frames.saturating_add(1)));
    let area = Area::new(Id::unique("folded form")).order(Order::Middle).constrain(false);
    area.fixed_pos(corner).movable(false).show(ui.ctx(), |ui| {
        let stroke = Stroke::new(1.0, style::palette(ui).line);
        let frame = Frame::new().fill(back).stroke(stroke).corner_radius(10);
        frame.shadow(ui.visuals().window_shadow).show(ui, |ui| {
            ui.set_min_size(size);
            ui.set_max_size(size);
            ui.shrink_clip_rect(Rect::from_min_size(ui.max_rect().min, size));
            // The field scrolled into view while the form was elsewhere.
            let focused = ui.memory(|memory| memory.focused()).filter(|_| (2..4).contains(&frames));
            if let Some(field) = focused.and_then(|id| ui.ctx().read_response(id)) {
                ui.scroll_to_rect_animation(field.rect, None, ScrollAnimation::none());
                ui.ctx().request_repaint();
            }
            add(ui);
        });
    });
}

/// In how many frames a field takes the focus that it is to get, at the latest.
const REACHED: u8 = 8;

/// Lets go of a place that no field stands for: while the caret is on its way there, nothing else
/// may have it.
fn forget_unreachable(ui: &Ui, doc: &mut Doc) {
    let id = Id::unique("frames that the caret is on its way");
    let frames = match &doc.view.focus {
        Some(_) => ui.data(|data| data.get_temp::<u8>(id)).unwrap_or_default() + 1,
        None => 0,
    };
    if frames > REACHED {
        doc.view.focus = None;
    } else if frames > 0 {
        ui.ctx().request_repaint();
    }
    ui.data_mut(|data| data.insert_temp(id, if frames > REACHED { 0 } else { frames }));
}

/// Makes a step of what was typed when typing has paused, and comes back when that is due. A slider
/// that is held has not come to rest, however long it stands still.
fn settle(ui: &Ui, doc: &mut Doc, now: f64) {
    if ui.input(|i| i.pointer.any_down()) {
        return;
    }
    doc.undo.settle(&doc.file.profile, now);
    if let Some(due) = doc.undo.due() {
        ui.ctx().request_repaint_after(Duration::from_secs_f64((due - now).max(0.05)));
    }
}

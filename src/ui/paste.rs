//! What is pasted into the window: a reference becomes a publication, reading a whole CV is offered
//! and never done unasked, and what no field holds is refused.

use crate::{
    app::{App, import::Arrival},
    interchange::{looks_like_a_cv, reference},
    section::{Section, SectionKind},
};
use eframe::egui::{Context, Event, Id};

/// So many bytes are no text for a field of a form; a whole book of a CV has fewer, and laying out
/// more takes long and much memory.
const LONGEST: usize = 100_000;

/// Keeps out of a field what is far too long for it, and says so.
fn refuse_long(ctx: &Context, app: &mut App) {
    let mut refused = None;
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Paste(text) if text.len() > LONGEST => {
                refused = Some(text.chars().count());
                false
            }
            _ => true,
        });
    });
    if let Some(letters) = refused {
        app.warn(format!(
            "{letters} letters are too many for a field, so nothing was pasted. Lists of papers come \
             in by File › Import pasted text…"
        ));
    }
}

/// Makes a publication of a reference that is pasted onto a section of them. The title of the new
/// entry gets the caret in this frame, and is not to see it, too.
fn take_reference(ctx: &Context, app: &mut App) {
    let section = app.section().zip(app.doc());
    let kind = section.and_then(|(i, doc)| doc.profile().sections.get(i).map(Section::kind));
    if kind != Some(SectionKind::Publications) {
        return;
    }
    let pasted = ctx.input_mut(|input| {
        let mut read = input.events.iter().enumerate().filter_map(|(at, event)| match event {
            Event::Paste(text) => Some((at, reference::read(text)?, text.clone())),
            _ => None,
        });
        let (at, found, text) = read.next()?;
        input.events.remove(at);
        Some((found, text))
    });
    if let Some((found, text)) = pasted {
        app.take_reference(None, &found, &text);
    }
}

/// Looks at what is pasted in this frame. Where no text has the focus, the sheet for pasting shows
/// it; in a field it is pasted as ever, and a message offers to read it.
pub(super) fn watch(ctx: &Context, app: &mut App) {
    let told = Id::unique("pasted into a field");
    // Only now has the field taken it, and the message is about the profile as it is then.
    if ctx.data_mut(|data| data.remove_temp::<bool>(told)).is_some() {
        app.offer_pasted();
    }
    if app.is_asking() || app.sheet().is_some() {
        return;
    }
    if app.doc().is_some() {
        if ctx.text_edit_focused() {
            refuse_long(ctx, app);
        } else {
            take_reference(ctx, app);
        }
    }
    let pasted = ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if looks_like_a_cv(text) => Some(text.clone()),
            _ => None,
        })
    });
    let Some(text) = pasted else {
        return;
    };
    if ctx.text_edit_focused() {
        app.note_pasted(text);
        ctx.data_mut(|data| data.insert_temp(told, true));
    } else {
        app.import = Some(Arrival::Paste(text));
    }
    ctx.request_repaint();
}

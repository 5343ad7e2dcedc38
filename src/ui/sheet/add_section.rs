//! The kinds of section that can be added, with what belongs there.

use super::Sheets;
use crate::{
    app::{App, edit::Edit},
    section::{Section, SectionKind},
    typeset::usual_heading,
    ui::{icon, style, widget},
};
use eframe::egui::{AtomExt as _, Button, Context, Response, RichText, ScrollArea, Ui, vec2};

/// Shows it; whether it stays.
pub(super) fn show(ctx: &Context, app: &mut App, sheets: &Sheets) -> bool {
    let there: Vec<SectionKind> = app
        .doc()
        .map(|d| d.profile().sections.iter().map(Section::kind).collect())
        .unwrap_or_default();
    let height = (ctx.content_rect().height() - 140.0).max(160.0);
    let answer = widget::dialog(ctx, "add section", "Add section", 560.0, |ui| {
        let mut chosen = None;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (i, kind) in SectionKind::ALL.iter().copied().enumerate() {
                let response = row(ui, kind, there.contains(&kind));
                if i == 0 && sheets.opening {
                    response.request_focus();
                }
                if response.clicked() {
                    chosen = Some(kind);
                }
            }
        });
        chosen
    });
    if let Some(Some(kind)) = answer {
        app.show(None);
        // After the section in front, or at the end.
        let end = app.doc().map_or(0, |d| d.profile().sections.len());
        let index = app.section().map_or(end, |i| i + 1);
        app.apply(&Edit::AddSection(kind, index));
    }
    matches!(answer, Some(None))
}

fn row(ui: &mut Ui, kind: SectionKind, there: bool) -> Response {
    let palette = style::palette(ui);
    let heading = usual_heading(kind, "en");
    let atoms = (
        icon::coloured(icon::of_kind(kind), palette.accent_text).size(17.0),
        style::medium(&heading),
        RichText::new(kind.about()).small().color(palette.muted).atom_shrink(true),
    );
    let mark = if there { "already there" } else { "" };
    let button = Button::new(atoms)
        .frame_when_inactive(false)
        .truncate()
        .min_size(vec2(ui.available_width(), 32.0))
        .right_text(RichText::new(mark).small().color(palette.muted));
    let response = widget::seen(ui.add(button));
    let mut name = format!("{heading}. {}", kind.about());
    if there {
        name += "; already there";
    }
    response.accessible_name(name)
}

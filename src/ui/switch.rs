//! The switch of whatever can be left out of the page: an eye, and with variants a choice for each
//! of them.

use super::{form::Form, icon, style, widget};
use crate::{
    app::edit::Edit,
    at::At,
    value::entry::Show,
    variant::{Variant, switched},
};
use eframe::egui::{Button, Popup, PopupCloseBehavior, Response, Ui};

/// Draws the switch of what stands at `at`, which is called `what`.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, at: &At, show: &Show, what: &str) -> Response {
    let on = show.is_on(form.variant);
    let palette = style::palette(ui);
    let somewhere = matches!(show, Show::In(_) | Show::NotIn(_));
    let colour = if somewhere { palette.accent_text } else { palette.muted };
    let letter = if on { icon::SHOWN } else { icon::HIDDEN };
    let button = Button::new(icon::coloured(letter, colour).size(15.0)).frame_when_inactive(false);
    let state = if on { "Shown on the page" } else { "Hidden" };
    let response = widget::seen(ui.add(button)).accessible_name(format!("{state}: {what}"));
    if form.variants.is_empty() {
        if response.clicked() {
            let new = switched(show, None, !on, &[]);
            form.edits.push(Edit::SetShow(at.clone(), new));
        }
        return response.on_hover_text(if on {
            "Shown on the page; click to hide"
        } else {
            "Hidden; click to show on the page"
        });
    }
    Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.label(style::bold("Show on the page"));
        if let Some(new) = choices(ui, form.variants, show) {
            form.edits.push(Edit::SetShow(at.clone(), new));
        }
    });
    response.on_hover_text(summary(show, form.variants))
}

/// One box for the whole profile and one for each variant; the new switch when one was clicked.
fn choices(ui: &mut Ui, variants: &[Variant], show: &Show) -> Option<Show> {
    let mut new = None;
    let mut on = show.is_on(None);
    if ui.checkbox(&mut on, "Whole profile").changed() {
        new = Some(in_whole(show, on, variants));
    }
    for variant in variants {
        let mut on = show.is_on(Some(&variant.name));
        if ui.checkbox(&mut on, &variant.name).changed() {
            new = Some(switched(show, Some(&variant.name), on, variants));
        }
    }
    new
}

/// The switch set for the profile without a variant, and in every variant as it was.
fn in_whole(show: &Show, on: bool, variants: &[Variant]) -> Show {
    let others: Vec<String> =
        variants.iter().map(|v| v.name.clone()).filter(|n| show.is_on(Some(n)) != on).collect();
    match (on, others.is_empty()) {
        (true, true) => Show::Always,
        (true, false) => Show::NotIn(others),
        (false, true) => Show::Never,
        (false, false) => Show::In(others),
    }
}

/// Where it is shown, in words.
fn summary(show: &Show, variants: &[Variant]) -> String {
    let whole = show.is_on(None).then_some("the whole profile");
    let named = variants.iter().map(|v| v.name.as_str()).filter(|n| show.is_on(Some(n)));
    let places: Vec<&str> = whole.into_iter().chain(named).collect();
    match (show, places.is_empty()) {
        (Show::Always, _) => "Shown everywhere".to_owned(),
        (_, true) => "Hidden everywhere".to_owned(),
        _ => format!("Shown in {}", places.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variants() -> Vec<Variant> {
        let named = |name: &str| Variant { name: name.into(), ..Variant::default() };
        vec![named("industry"), named("teaching")]
    }

    #[test]
    fn the_whole_profile_is_switched_without_touching_the_variants() {
        let names = || vec!["industry".to_owned()];
        for (before, on, after) in [
            (Show::Never, true, Show::NotIn(vec!["industry".into(), "teaching".into()])),
            (Show::In(names()), true, Show::NotIn(vec!["teaching".into()])),
            (Show::NotIn(names()), false, Show::In(vec!["teaching".into()])),
            (Show::Always, false, Show::In(vec!["industry".into(), "teaching".into()])),
        ] {
            let new = in_whole(&before, on, &variants());
            assert_eq!(new, after);
            for variant in variants() {
                let name = Some(variant.name.as_str());
                assert_eq!(new.is_on(name), before.is_on(name), "{before:?} in {name:?}");
            }
            assert_eq!(new.is_on(None), on);
        }
    }

    #[test]
    fn says_where_it_is_shown() {
        assert_eq!(summary(&Show::Always, &variants()), "Shown everywhere");
        assert_eq!(summary(&Show::Never, &variants()), "Hidden everywhere");
        let only = Show::In(vec!["teaching".into()]);
        assert_eq!(summary(&only, &variants()), "Shown in teaching");
    }
}

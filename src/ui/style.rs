//! Colours, sizes and faces of the window, light and dark.

use super::icon;
use crate::typeset::east_asian_file;
use eframe::egui::{
    self, Color32, Context, CornerRadius, CursorIcon, FontData, FontDefinitions, FontFamily,
    FontId, Margin, RichText, Shadow, Stroke, TextStyle, Theme, Ui, vec2,
};
use std::sync::Arc;

/// The colours that egui has no place for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    /// Behind the form.
    pub(super) back: Color32,
    /// Cards and bars.
    pub(super) card: Color32,
    /// The list of tabs.
    pub(super) side: Color32,
    /// Behind the page.
    pub(super) canvas: Color32,
    /// Hairlines.
    pub(super) line: Color32,
    /// The outlines of fields, boxes and buttons, by which they are known.
    pub(super) edge: Color32,
    /// Text.
    pub(super) text: Color32,
    /// Text that matters less.
    pub(super) muted: Color32,
    /// The one accent.
    pub(super) accent: Color32,
    /// The accent as a text.
    pub(super) accent_text: Color32,
    /// Behind what is chosen.
    pub(super) chosen: Color32,
    /// Under the pointer.
    pub(super) hover: Color32,
    /// The inside of a field.
    pub(super) field: Color32,
    /// All is well.
    pub(super) good: Color32,
    /// Needs a look.
    pub(super) warning: Color32,
    /// Needs to be mended.
    pub(super) error: Color32,
}

const fn grey(value: u32) -> Color32 {
    Color32::from_rgb((value >> 16) as u8, (value >> 8) as u8, value as u8)
}

const LIGHT: Palette = Palette {
    back: grey(0xFA_FA_FB),
    card: Color32::WHITE,
    side: grey(0xF3_F4_F6),
    canvas: grey(0xE6_E8_EC),
    line: grey(0xDD_E0_E6),
    edge: grey(0x85_8C_99),
    text: grey(0x1B_1F_27),
    muted: grey(0x5E_66_75),
    accent: grey(0x2F_5B_EA),
    accent_text: grey(0x2A_51_D3),
    chosen: grey(0xE3_EA_FD),
    hover: grey(0xEC_EE_F2),
    field: Color32::WHITE,
    good: grey(0x16_7C_42),
    warning: grey(0x9A_5B_00),
    error: grey(0xC0_2B_2B),
};

const DARK: Palette = Palette {
    back: grey(0x17_19_1E),
    card: grey(0x1F_22_29),
    side: grey(0x13_15_19),
    canvas: grey(0x0F_11_14),
    line: grey(0x33_37_41),
    edge: grey(0x72_78_86),
    text: grey(0xE6_E8_EC),
    muted: grey(0x9A_A2_B1),
    accent: grey(0x3D_66_E8),
    accent_text: grey(0x9D_B6_FF),
    chosen: grey(0x25_33_5E),
    hover: grey(0x2B_2F_38),
    field: grey(0x16_18_1D),
    good: grey(0x4C_C3_83),
    warning: grey(0xF0_B4_4C),
    error: grey(0xFF_7B_7B),
};

/// The colours of the theme in use.
pub(super) fn palette(ui: &Ui) -> &'static Palette {
    of(ui.visuals().dark_mode)
}

/// The colours of the theme in use.
pub(super) fn of(dark: bool) -> &'static Palette {
    if dark { &DARK } else { &LIGHT }
}

/// Text of medium weight.
pub(super) fn medium(text: impl Into<String>) -> RichText {
    RichText::new(text).variation(b"wght", 500.0)
}

/// Text of bold weight.
pub(super) fn bold(text: impl Into<String>) -> RichText {
    RichText::new(text).variation(b"wght", 600.0)
}

/// A heading.
pub(super) fn heading(text: impl Into<String>) -> RichText {
    RichText::new(text).heading().variation(b"wght", 650.0)
}

/// Small text that matters less.
pub(super) fn small(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text).small().color(palette(ui).muted)
}

/// Installs faces and styles.
pub(super) fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let inter = FontData::from_static(include_bytes!("../../assets/ui/Inter-roman.var.ttf"));
    let mut phosphor = FontData::from_static(include_bytes!("../../assets/ui/Phosphor.ttf"));
    phosphor.tweak.scale = 1.15;
    fonts.font_data.insert("inter".to_owned(), Arc::new(inter));
    fonts.font_data.insert("phosphor".to_owned(), Arc::new(phosphor));
    // Where the system has no face for them, Chinese, Japanese and Korean are shown in the one of
    // the page.
    let east_asian = FontData::from_static(east_asian_file());
    fonts.font_data.insert("east asian".to_owned(), Arc::new(east_asian));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.entry(family).or_default().push("east asian".to_owned());
    }
    fonts.families.entry(FontFamily::Proportional).or_default().insert(0, "inter".to_owned());
    fonts.families.insert(FontFamily::Name(icon::FAMILY.into()), vec!["phosphor".to_owned()]);
    ctx.set_fonts(fonts);
    // Where the system does not say.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| set(style, theme == Theme::Dark));
    }
}

fn set(style: &mut egui::Style, dark: bool) {
    let p = of(dark);
    style.text_styles = [
        (TextStyle::Small, FontId::new(11.5, FontFamily::Proportional)),
        (TextStyle::Body, FontId::new(13.5, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(13.5, FontFamily::Proportional)),
        (TextStyle::Heading, FontId::new(21.0, FontFamily::Proportional)),
        (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 5.0);
    spacing.interact_size = vec2(32.0, 30.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(18);
    spacing.icon_width = 16.0;
    spacing.scroll = egui::style::ScrollStyle::thin();
    style.animation_time = 0.10;
    // Labels are part of the window, not text to be taken along.
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    // On both sides of the line between form and page.
    style.interaction.resize_grab_radius_side = 6.0;
    let v = &mut style.visuals;
    // Inter brings no hints of its own, and to guess them for all its glyphs at every other size
    // and weight took a tenth of all that is done before the first frame.
    v.text_options.font_hinting = false;
    v.panel_fill = p.back;
    v.window_fill = p.card;
    v.extreme_bg_color = p.field;
    v.text_edit_bg_color = Some(p.field);
    v.faint_bg_color = p.side;
    v.weak_text_color = Some(p.muted);
    v.window_stroke = Stroke::new(1.0, p.line);
    v.window_corner_radius = CornerRadius::same(12);
    v.menu_corner_radius = CornerRadius::same(8);
    let shadow = |y, blur, alpha| Shadow {
        offset: [0, y],
        blur,
        spread: 0,
        color: Color32::from_black_alpha(alpha),
    };
    v.window_shadow = shadow(12, 40, if dark { 120 } else { 40 });
    v.popup_shadow = shadow(6, 20, if dark { 110 } else { 30 });
    v.selection.bg_fill = if dark { grey(0x2C_4A_A8) } else { grey(0xC9_D8_FF) };
    v.selection.stroke = Stroke::new(1.5, if dark { grey(0x86_A6_FF) } else { p.accent });
    v.hyperlink_color = p.accent_text;
    v.interact_cursor = Some(CursorIcon::PointingHand);
    v.text_cursor.stroke = Stroke::new(1.5, if dark { Color32::WHITE } else { p.accent });
    // A caret that blinks paints twice a second, for nothing.
    v.text_cursor.blink = false;
    v.warn_fg_color = p.warning;
    v.error_fg_color = p.error;
    let inactive = if dark { p.hover } else { p.card };
    let w = &mut v.widgets;
    for (widget, fill, line) in [
        (&mut w.noninteractive, p.card, p.line),
        (&mut w.inactive, inactive, p.edge),
        (&mut w.hovered, p.hover, p.muted),
        (&mut w.active, p.chosen, p.accent_text),
        (&mut w.open, p.hover, p.edge),
    ] {
        widget.corner_radius = CornerRadius::same(6);
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, p.text);
        widget.expansion = 0.0;
    }
    // Rails of sliders, boxes and circles, which must be seen on a card.
    w.inactive.bg_fill = if dark { p.line } else { grey(0xE4_E7_EC) };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two colours, from 1 to 21, as the Web Content Accessibility Guidelines 2
    /// define it.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let light = |colour: Color32| {
            let part = |value: u8| {
                let value = f32::from(value) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
        };
        let (a, b) = (light(one) + 0.05, light(other) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_and_controls_stand_out_in_both_modes() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 0.01);
        for dark in [false, true] {
            let p = of(dark);
            let mut style = egui::Style::default();
            set(&mut style, dark);
            let v = &style.visuals;
            let grounds = [
                ("back", p.back),
                ("card", p.card),
                ("side", p.side),
                ("field", p.field),
                ("hover", p.hover),
            ];
            let mut low = vec![];
            let mut check = |what: &str, least: f32, colour: Color32, ground: (&str, Color32)| {
                let found = contrast(colour, ground.1);
                if found < least {
                    low.push(format!("{what} on {}: {found:.2}", ground.0));
                }
            };
            for ground in grounds {
                for (what, colour) in [
                    ("text", p.text),
                    ("muted", p.muted),
                    ("accent text", p.accent_text),
                    ("good", p.good),
                    ("warning", p.warning),
                    ("error", p.error),
                ] {
                    check(what, 4.5, colour, ground);
                }
            }
            for (what, colour) in [("text", p.text), ("accent text", p.accent_text)] {
                check(what, 4.5, colour, ("chosen", p.chosen));
                check(what, 4.5, colour, ("canvas", p.canvas));
            }
            check("text", 4.5, p.text, ("selection", v.selection.bg_fill));
            check("white", 4.5, Color32::WHITE, ("accent", p.accent));
            // Controls are known by their outlines, and the focus by its ring.
            for ground in [("back", p.back), ("card", p.card), ("side", p.side)] {
                for (what, widget) in [
                    ("inactive", &v.widgets.inactive),
                    ("hovered", &v.widgets.hovered),
                    ("active", &v.widgets.active),
                    ("open", &v.widgets.open),
                ] {
                    check(what, 3.0, widget.bg_stroke.color, ground);
                    check(what, 4.5, widget.fg_stroke.color, ("its fill", widget.bg_fill));
                }
                check("focus", 3.0, v.selection.stroke.color, ground);
                check("ring", 3.0, p.accent_text, ground);
                check("caret", 3.0, v.text_cursor.stroke.color, ("field", p.field));
            }
            assert!(low.is_empty(), "dark: {dark}: {low:#?}");
        }
    }

    #[test]
    fn colours_are_light_where_the_system_does_not_say() {
        let ctx = Context::default();
        install(&ctx);
        assert_eq!(ctx.theme(), Theme::Light);
    }
}

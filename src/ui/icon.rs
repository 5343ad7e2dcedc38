//! The icons in use, by what they stand for: letters of the Phosphor face (`assets/ui`).

use crate::section::SectionKind;
use eframe::egui::{Color32, FontFamily, RichText};

/// The family that only icons are set in: other faces have letters of their own at the same code
/// points.
pub(super) const FAMILY: &str = "icons";

/// An icon as text. Whatever shows it needs an accessible name, or a screen reader gets a private
/// letter.
pub(super) fn icon(letter: &str) -> RichText {
    RichText::new(letter).family(FontFamily::Name(FAMILY.into()))
}

/// An icon in a colour.
pub(super) fn coloured(letter: &str, colour: Color32) -> RichText {
    icon(letter).color(colour)
}

macro_rules! icons {
    ($($name:ident = $letter:literal;)*) => {
        $( pub(super) const $name: &str = $letter; )*
    };
}

icons! {
    PERSON = "\u{E4C4}";
    EDUCATION = "\u{E62C}";
    PUBLICATIONS = "\u{E0E6}";
    EXPERIENCE = "\u{E0EE}";
    PATENTS = "\u{EA48}";
    AWARDS = "\u{E67E}";
    PROJECTS = "\u{E1BC}";
    SKILLS = "\u{E5D4}";
    TEACHING = "\u{E600}";
    TALKS = "\u{E326}";
    SERVICE = "\u{E582}";
    GRANTS = "\u{E78E}";
    LANGUAGES = "\u{E4A2}";
    CERTIFICATES = "\u{E766}";
    REFERENCES = "\u{E4D6}";
    TEXT = "\u{E960}";
    LIST = "\u{E2F2}";
    LOOK = "\u{E6C8}";
    CHECK = "\u{EADC}";
    ADD = "\u{E3D4}";
    DELETE = "\u{E4A6}";
    COPY = "\u{E1CA}";
    OPENED = "\u{E136}";
    CLOSED = "\u{E13A}";
    HANDLE = "\u{EAE2}";
    SHOWN = "\u{E220}";
    HIDDEN = "\u{E224}";
    LINK = "\u{E2E2}";
    BOLD = "\u{E5BE}";
    ITALIC = "\u{E5C0}";
    ZOOM_IN = "\u{E310}";
    ZOOM_OUT = "\u{E30E}";
    SEARCH = "\u{E30C}";
    WARNING = "\u{E4E0}";
    ERROR = "\u{E4E2}";
    GOOD = "\u{E184}";
    NOTE = "\u{E2CE}";
    HINT = "\u{E2DC}";
    FOLDER = "\u{E24A}";
    OPEN = "\u{E256}";
    NEW = "\u{E236}";
    FILE = "\u{E23A}";
    PDF = "\u{E702}";
    UNDO = "\u{E038}";
    REDO = "\u{E036}";
    CLOSE = "\u{E4F6}";
    MORE = "\u{E1FE}";
    TEAR_OFF = "\u{E5DE}";
    IMAGE = "\u{E2CA}";
    SORT = "\u{E446}";
    UP = "\u{E08E}";
    DOWN = "\u{E03E}";
}

/// The icon of a kind of section.
pub(super) const fn of_kind(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Education => EDUCATION,
        SectionKind::Experience => EXPERIENCE,
        SectionKind::Publications => PUBLICATIONS,
        SectionKind::Patents => PATENTS,
        SectionKind::Projects => PROJECTS,
        SectionKind::Awards => AWARDS,
        SectionKind::Skills => SKILLS,
        SectionKind::Teaching => TEACHING,
        SectionKind::Talks => TALKS,
        SectionKind::Service => SERVICE,
        SectionKind::Grants => GRANTS,
        SectionKind::Languages => LANGUAGES,
        SectionKind::Certificates => CERTIFICATES,
        SectionKind::References => REFERENCES,
        SectionKind::Text => TEXT,
        SectionKind::List => LIST,
    }
}

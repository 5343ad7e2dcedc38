//! From a profile to pages of positioned glyphs that fit.
//!
//! compose (what stands where) → shape (once, at a reference size) → fit (break and measure until
//! it fills its pages) → flow (page breaks) → place (glyphs and shapes). It never fails: what is
//! wrong comes as findings.

mod advice;
mod breaks;
mod compose;
mod draft;
mod families;
mod fit;
mod flow;
mod fonts;
mod icons;
pub mod manuscript;
mod measure;
pub mod page;
mod photo;
mod place;
mod shape;
mod spans;
pub(crate) mod words;

pub use self::{
    advice::{Part, ShortEnd},
    families::installed_families,
    fit::Fit,
    fonts::{Source, east_asian_file},
    measure::Sizes,
};

use crate::{
    at::At,
    finding::{Code, Finding},
    look::Style,
    profile::Profile,
    section::{Section, SectionKind},
    value::photo::Photo,
    variant::Variant,
};
use draft::Draft;
use measure::Measured;
use page::Pages;
use place::Placer;
use shape::Shaper;

/// The usual heading of a section of a kind in a language.
#[must_use]
pub fn usual_heading(kind: SectionKind, language: &str) -> String {
    words::usual_title(words::locale(language), kind).to_owned()
}

/// Whether a section is printed with a heading: any has its usual one, but free text and free lines
/// can be anything, so that without a title they have none.
#[must_use]
pub fn has_heading(section: &Section) -> bool {
    let free = matches!(section, Section::Text(_) | Section::List(_));
    !free || !section.title().trim().is_empty()
}

/// A set document.
#[derive(Clone, Debug)]
pub struct Typeset {
    /// The pages.
    pub pages: Pages,
    /// The sizes that were chosen and how well they fill the page.
    pub fit: Fit,
    /// What is to be said: too long and what to do about it, characters without a font, short last
    /// lines.
    pub findings: Vec<Finding>,
    /// Language of the document (BCP 47).
    pub language: String,
}

/// How a document would come out on its pages.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The sizes that would be chosen and how well they fill the page.
    pub fit: Fit,
    /// What can be left out of a document that is too long; nothing for one that fits.
    pub parts: Vec<Part>,
    /// The texts that would win a line by losing a few words; none for a document that fits.
    pub short_ends: Vec<ShortEnd>,
}

/// Sets profiles. Keeps shaped texts from one time to the next: an edit shapes only the paragraphs
/// it changed.
pub struct Typesetter {
    shaper: Shaper,
    photo: Option<Photo>,
}

/// A document whose texts are shaped, so that it can be fitted at any sizes.
pub struct Prepared {
    draft: Draft,
    measured: Measured,
}

impl Prepared {
    /// Finds the sizes at which the document keeps to the page limit of `style`.
    pub fn fit(&mut self, style: &Style) -> Fit {
        fit::fit(&mut self.measured, style, style.pages.count()).0
    }
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared")
            .field("paragraphs", &self.measured.paras.len())
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typesetter").finish_non_exhaustive()
    }
}

impl Typesetter {
    /// A typesetter with fonts from `source`.
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self { shaper: Shaper::new(source), photo: None }
    }

    /// Sets the photo of the profile from now on (see `store::photo`); `None` for none. It is shown
    /// where the look has a place for it, and only with a profile that has one.
    pub fn show_photo(&mut self, photo: Option<Photo>) {
        self.photo = photo;
    }

    /// Composes and shapes `profile` in `variant` with `style` (see [`crate::theme::style`]).
    pub fn prepare(
        &mut self,
        profile: &Profile,
        variant: Option<&Variant>,
        style: &Style,
    ) -> Prepared {
        let (style, _) = self.shaper.settled(style);
        let style = &*style;
        let photo = self.photo.as_ref().filter(|_| !profile.person.photo.trim().is_empty());
        let mut draft = compose::compose(profile, variant, style, photo);
        let measured = Measured::new(&mut draft, &mut self.shaper, style);
        Prepared { draft, measured }
    }

    /// Sets `profile` in `variant` with `style` (see [`crate::theme::style`]).
    ///
    /// A document that is too long for the page limit is set at the smallest sizes, all on one page
    /// when the limit is one, and `fit.lines_over` says by how much it is too long.
    pub fn set(&mut self, profile: &Profile, variant: Option<&Variant>, style: &Style) -> Typeset {
        let (style, mut findings) = self.shaper.settled(style);
        let style = &*style;
        let Prepared { draft, mut measured } = self.prepare(profile, variant, style);
        let (fit, slices) = fit::fit(&mut measured, style, style.pages.count());
        if fit.lines_over > 0 {
            findings.push(too_long(&fit, style));
            findings.extend(advice::rescues(&measured, &draft, &fit.sizes));
        }
        findings.extend(advice::short_last_lines(&measured, &draft));
        let room = (measured.paper.0 - 2.0 * fit.sizes.margin_x) / fit.sizes.unit();
        let running: Vec<_> = (1..=slices.len())
            .map(|n| self.running(&draft, n, slices.len(), style, room))
            .collect();
        let language = draft.language.clone();
        let mut placer = Placer::new(&measured, draft, style, fit.sizes);
        for (slice, head) in slices.iter().zip(&running) {
            placer.page(slice, head.as_ref());
        }
        let (pages, missing) = placer.finish();
        findings.extend(missing);
        self.shaper.remember(measured.into_texts());
        Typeset { pages, fit, findings, language }
    }

    /// Finds out how `profile` in `variant` would come out with `style`, without setting its pages.
    pub fn try_out(
        &mut self,
        profile: &Profile,
        variant: Option<&Variant>,
        style: &Style,
    ) -> Outcome {
        let Prepared { draft, mut measured } = self.prepare(profile, variant, style);
        let (fit, _) = fit::fit(&mut measured, style, style.pages.count());
        let (mut parts, mut short_ends) = (vec![], vec![]);
        if fit.lines_over > 0 {
            parts = advice::parts(&measured, &draft, &fit.sizes);
            short_ends = advice::short_ends(&measured, &draft);
        }
        self.shaper.remember(measured.into_texts());
        Outcome { fit, parts, short_ends }
    }

    /// The running head of page `number`: name and page number, from the second page on. It is at
    /// most `room` units of the reference size wide.
    fn running(
        &mut self,
        draft: &Draft,
        number: usize,
        count: usize,
        style: &Style,
        room: f32,
    ) -> Option<shape::Shaped> {
        if number < 2 {
            return None;
        }
        let words = words::locale(&style.language).page_of(number, count);
        let face = spans::Face { colour: draft::MUTED, ..spans::Face::default() };
        let mut name = draft.running.text.clone();
        loop {
            let joint = if name.trim().is_empty() { "" } else { " · " };
            let mut spans = spans::Spans::default();
            spans.push(&format!("{name}{joint}{words}"), face, None, 0);
            let shaped = self.shaper.shape(spans, 0.85, shape::Setting::Row, style);
            if shaped.natural <= room || name.is_empty() {
                return Some(shaped);
            }
            // A name that is wider than the page is shortened, for it stands in full on the first
            // one.
            let keep = name.trim_end_matches('…').chars().count() * 3 / 4;
            name = name.chars().take(keep).collect();
            if !name.is_empty() {
                name.push('…');
            }
        }
    }
}

/// The finding that a document is too long.
fn too_long(fit: &Fit, style: &Style) -> Finding {
    let lines =
        if fit.lines_over == 1 { "1 line".to_owned() } else { format!("{} lines", fit.lines_over) };
    let pages = match style.pages.count() {
        Some(1) | None => "one page".to_owned(),
        Some(n) => format!("{n} pages"),
    };
    Finding::error(
        Code::TooLong,
        At::root(),
        format!("{lines} too long for {pages} at {} pt, the smallest size allowed", style.min_size),
    )
    .hint("hide or shorten something (see below), choose a denser theme, or allow more pages")
}

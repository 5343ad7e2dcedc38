//! From a profile to a draft: which paragraphs a look makes of what the entries say.

mod contacts;
mod entry;
mod header;
mod publications;
mod reference;

use crate::{
    at::At,
    block::{Label, Note, Piece, View},
    field::texts,
    look::{BulletMark, HeadingStyle, LinkStyle, Rule, Style, colour},
    profile::Profile,
    section::{Entries, Record, Section, Visitor},
    typeset::{
        draft::{ACCENT, Align, Body, Draft, MUTED, Owner, Para, Role},
        has_heading,
        page::Tag,
        shape::Setting,
        spans::{Face, Spans},
        words,
    },
    value::{
        date,
        link::{self, Link},
        locale::Locale,
        person::Spellings,
        photo::Photo,
        rich::{Quotes, Rich},
    },
    variant::Variant,
};
use std::borrow::Cow;

/// The draft of `profile` in `variant`, in full style.
pub(crate) fn compose(
    profile: &Profile,
    variant: Option<&Variant>,
    style: &Style,
    photo: Option<&Photo>,
) -> Draft {
    let rgb = |text: &str| colour(text).unwrap_or_default();
    let colours = vec![rgb(&style.colour), rgb(&style.accent), rgb(&style.muted)];
    let locale = words::locale(&style.language);
    let mut composer = Composer {
        profile,
        variant,
        style,
        locale,
        draft: Draft::new(colours, &locale.tag),
        parent: 0,
        owner: None,
        spellings: Spellings::new(&profile.person.spellings().collect::<Vec<_>>()),
    };
    composer.draft.column = composer.column();
    composer.header(photo);
    let header = composer.draft.paras.len();
    for index in profile.printed(variant.map(|v| v.name.as_str()), &style.order) {
        if let Some(section) = profile.sections.get(index) {
            composer.section(section, &At::root().field("sections").index(index));
        }
    }
    let gap = style.header_gap as f32;
    let openings = composer.draft.paras.iter().position(|p| p.role != Role::Header);
    let first = openings.unwrap_or(header);
    if let Some(first) = composer.draft.paras.get_mut(first).filter(|_| first > 0) {
        // Half of it stays, so that a full page still has a head of its own.
        first.before += gap;
        first.stiff += gap / 2.0;
    }
    composer.draft
}

/// No space before a section shrinks below this, in em, so that the course of sections is seen.
const LEAST_SECTION: f32 = 0.55;

/// What is needed while a draft grows.
struct Composer<'a> {
    profile: &'a Profile,
    variant: Option<&'a Variant>,
    style: &'a Style,
    locale: &'a Locale,
    draft: Draft,
    /// The structure element that new ones belong to.
    parent: usize,
    /// The entry that new paragraphs belong to.
    owner: Option<usize>,
    /// The person's name in every spelling.
    spellings: Spellings,
}

impl Composer<'_> {
    /// Name of the variant.
    fn variant_name(&self) -> Option<&str> {
        self.variant.map(|v| v.name.as_str())
    }

    /// A section with its heading; nothing when no entry is on.
    fn section(&mut self, section: &Section, at: &At) {
        let before = self.draft.paras.len();
        let element = self.draft.element(Tag::Section, 0);
        self.parent = element;
        let typed = Piece { text: section.title(), at: at.field("title") };
        if has_heading(section) {
            self.heading(&typed, words::usual_title(self.locale, section.kind()));
        }
        let heading = self.draft.paras.len();
        let note = Piece { text: section.note(), at: at.field("note") };
        if !note.is_empty() {
            let spans = self.rich(&note, Face { italic: true, ..Face::default() });
            let element = self.draft.element(Tag::Paragraph, self.parent);
            self.text(spans, element);
        }
        let entries = self.draft.paras.len();
        match section {
            Section::Publications(list) => self.publications(at, list),
            _ => section.visit(at, &mut Sections(self)),
        }
        if self.draft.paras.len() == entries {
            self.draft.paras.truncate(before);
        } else if let Some(first) = self.draft.paras.get_mut(heading) {
            // A heading has its own space below it.
            (first.before, first.stiff) =
                if has_heading(section) { (0.0, 0.0) } else { section_gap(self.style) };
        }
        self.owner = None;
        self.parent = 0;
    }

    /// A section heading: the typed one, or else the usual one.
    fn heading(&mut self, typed: &Piece<'_>, usual: &str) {
        let style = self.style;
        let face = Face {
            bold: style.headings != HeadingStyle::SmallCaps,
            small_caps: style.headings == HeadingStyle::SmallCaps,
            heading: true,
            colour: if style.heading_accent { ACCENT } else { 0 },
            ..Face::default()
        };
        let mut rich = match typed.is_empty() {
            true => Rich::plain(usual),
            false => Rich::curled(typed.text, self.quotes()),
        };
        if style.headings == HeadingStyle::Caps {
            // Capitals are set as real capitals: parsers find headings by them.
            for run in &mut rich.runs {
                run.text = run.text.to_uppercase();
            }
        }
        let place = self.draft.place(&typed.at);
        let mut spans = Spans::default();
        spans.push_rich(&rich, face, place, &mut |_| None);
        // Without a name the headings are the highest level: none may be skipped (PDF/UA-1, 7.4.2).
        let named = self.draft.elements.get(1).is_some_and(|e| e.tag == Tag::Title);
        let tag = if named { Tag::Heading } else { Tag::Title };
        let element = self.draft.element(tag, self.parent);
        let mut para = self.para(spans, element);
        para.role = Role::Heading;
        para.size = style.heading_size as f32;
        (para.before, para.stiff) = section_gap(style);
        para.after = style.heading_gap as f32;
        para.rule = style.rule;
        para.colour = if style.rule_accent { ACCENT } else { MUTED };
        para.keep = true;
        para.owner = None;
        self.draft.paras.push(para);
    }

    /// A plain paragraph of the entry at hand, with the space before a line inside an entry.
    fn para(&mut self, spans: Spans, element: usize) -> Para {
        Para {
            role: Role::Text,
            body: Body::Text(spans),
            right: None,
            lead: None,
            element,
            indent: 0.0,
            size: 1.0,
            before: self.style.item_gap as f32,
            stiff: 0.0,
            after: 0.0,
            align: Align::Left,
            mark: BulletMark::Off,
            rule: Rule::Off,
            colour: 0,
            setting: Setting::Row,
            second: None,
            keep: false,
            entry: self.owner,
            owner: self.owner,
        }
    }

    /// Appends a plain paragraph.
    fn text(&mut self, spans: Spans, element: usize) {
        let para = self.para(spans, element);
        self.draft.paras.push(para);
    }

    /// The rich text of a piece over a base face.
    fn rich(&mut self, piece: &Piece<'_>, base: Face) -> Spans {
        let mut spans = Spans::default();
        self.push(&mut spans, piece, base);
        spans
    }

    /// The quotation marks that straight ones become, where the look wants that.
    fn quotes(&self) -> Option<&Quotes> {
        self.style.curl_quotes.then_some(&self.locale.quotes)
    }

    /// Appends the rich text of a piece.
    fn push(&mut self, spans: &mut Spans, piece: &Piece<'_>, base: Face) {
        let rich = Rich::curled(piece.text, self.quotes()).trim();
        let place = self.draft.place(&piece.at);
        let colour = self.link_colour();
        let draft = &mut self.draft;
        let mut described: Option<String> = None;
        spans.push_rich(&rich, base, place, &mut |target| {
            let uri = link::allowed_uri(target).or_else(|| Link::parse(target).url)?;
            let description = described.get_or_insert_with(|| rich.to_plain()).clone();
            draft.link(uri, description).map(|index| (index, colour))
        });
    }

    /// Appends plain text at the place of `piece`.
    fn push_plain(&mut self, spans: &mut Spans, text: &str, at: &At, face: Face) {
        let place = self.draft.place(at);
        spans.push(text, face, None, place);
    }

    /// Appends a note: its label, if any, and its text.
    fn push_note(&mut self, spans: &mut Spans, note: &Note<'_>, label: Face, text: Face) {
        let mut said = note.text.clone();
        match &note.label {
            Some(Label::Word(word)) => {
                // A label and the first word after it stay together.
                let colon = self.locale.colon.replace(' ', "\u{a0}");
                let words = format!("{}{colon}", words::word(self.locale, word));
                self.push_plain(spans, &words, &note.text.at, label);
                said.text = words::without_label(word, said.text);
            }
            Some(Label::Own(own)) => {
                self.push(spans, own, label);
                if !note.text.is_empty() && !own.text.trim_end().ends_with([':', '：']) {
                    let colon = self.locale.colon.clone();
                    self.push_plain(spans, &colon, &own.at, label);
                } else if !note.text.is_empty() {
                    self.push_plain(spans, " ", &own.at, label);
                }
            }
            None => {}
        }
        self.push(spans, &said, text);
    }

    /// A date in the style of the look.
    fn date(&mut self, piece: &Piece<'_>, base: Face) -> Spans {
        let printed = match date::printed(piece.text.trim(), self.style.dates, self.locale) {
            // A range may break after its dash and before its remark, nowhere else.
            Cow::Owned(date) => {
                let whole = date.replace(' ', "\u{a0}");
                whole.replace("–\u{a0}", "– ").replace("\u{a0}(", " (")
            }
            Cow::Borrowed(typed) => typed.to_owned(),
        };
        let mut spans = Spans::default();
        self.push_plain(&mut spans, &printed, &piece.at, base);
        spans
    }

    /// Makes of all `spans` one link to `target`, if that may be followed.
    fn link_all(&mut self, spans: &mut Spans, target: &Piece<'_>) {
        if target.is_empty() {
            return;
        }
        let Some(uri) = Link::parse(target.text).url.and_then(|url| link::allowed_uri(&url)) else {
            return;
        };
        let index = self.draft.link(uri, spans.text.clone());
        // The colour stays: titles with and without a target stand in one list.
        for span in &mut spans.spans {
            span.link = index;
        }
    }

    /// Index of the colour of links; 0 keeps that of the text around.
    fn link_colour(&self) -> u16 {
        if self.style.links == LinkStyle::Accent { ACCENT } else { 0 }
    }

    /// The face of dates and places.
    fn muted(&self) -> Face {
        Face { colour: MUTED, ..Face::default() }
    }

    /// A new owner inside the present one; its index.
    fn own(&mut self, at: &At, what: &'static str, text: &str, weight: i8) -> usize {
        let name = text.to_owned();
        let parent = self.owner;
        self.draft.owners.push(Owner { at: at.clone(), what, name, weight, parent });
        self.draft.owners.len() - 1
    }
}

/// The space before a section in em, and the part of it that does not shrink.
fn section_gap(style: &Style) -> (f32, f32) {
    let (gap, factor) = (style.section_gap as f32, style.min_spacing as f32);
    let missing = (LEAST_SECTION.min(gap) - gap * factor).max(0.0);
    (gap, if factor < 1.0 { (missing / (1.0 - factor)).min(gap) } else { 0.0 })
}

/// Writes the entries of a section, whatever its kind.
struct Sections<'s, 'a>(&'s mut Composer<'a>);

impl<'a> Visitor<'a> for Sections<'_, '_> {
    type Out = ();

    fn entries<R: Record>(&mut self, at: &At, list: &'a Entries<R>) {
        let at = at.field("entries");
        let shown = self.0.shown(&at, list);
        let mut run = entry::Run::new(shown.len());
        for (i, entry) in shown {
            self.0.one(&at.index(i), entry, &mut run);
        }
        self.0.finish(run);
    }
}

impl Composer<'_> {
    /// The entries that are printed, with their indices; `at` is the address of the list.
    fn shown<'l, R: Record>(&self, at: &At, list: &'l Entries<R>) -> Vec<(usize, &'l R)> {
        list.entries
            .iter()
            .enumerate()
            .filter(|(_, e)| e.show().is_on(self.variant_name()))
            .filter(|(i, e)| !is_empty(*e, &at.index(*i)))
            .collect()
    }

    /// Writes one entry of a list.
    fn one<R: Record>(&mut self, at: &At, entry: &R, run: &mut entry::Run) {
        let variant = self.variant_name().map(str::to_owned);
        self.owner = Some(self.own(at, R::NOUN, entry.title(), entry.weight()));
        let view = View { at: at.clone(), variant: variant.as_deref() };
        self.entry(&entry.blocks(&view), run);
        self.owner = None;
    }
}

/// Whether an entry has no text at all.
fn is_empty<R: Record>(entry: &R, at: &At) -> bool {
    let mut empty = true;
    texts(entry, at, None, &mut |text| {
        empty &= text.text.trim().is_empty();
    });
    empty
}

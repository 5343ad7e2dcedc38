//! Publications: own name in bold, marks raised and explained, venue in italics, short venue at the
//! right.

use super::{Composer, entry::Run};
use crate::{
    at::At,
    block::{Piece, Reference},
    look::{BulletMark, Citation, Numbering, VenueForm},
    typeset::{
        draft::{GUTTER, Lead, LeadKind, MUTED, NUMBER_GAP, Para, Role},
        page::Tag,
        spans::{Face, Spans},
        words,
    },
    value::{
        direction::runs_left,
        entry::Author,
        link::{self, Link, LinkKind},
        person,
        rich::{Rich, Shift},
        venue,
    },
};

/// The least space before the explanation of marks, in em.
const LEAST_GAP: f64 = 0.45;

impl Composer<'_> {
    /// Appends a publication; the element that its highlights hang on.
    pub(super) fn reference(&mut self, reference: &Reference<'_>, run: &mut Run) -> usize {
        let list = *run.list.get_or_insert_with(|| self.draft.element(Tag::List, self.parent));
        let item = self.draft.element(Tag::Item, list);
        run.references += 1;
        let short = self.short_venue(reference);
        let mut own = reference.clone();
        if let Some(short) = &short {
            own.tag = Piece { text: short, at: own.venue.at.clone() };
        }
        if self.style.venues == VenueForm::Short && !own.tag.is_empty() {
            own.venue.text = "";
        }
        let reference = &own;
        let number = match self.style.numbering {
            Numbering::Forward => Some(run.references),
            Numbering::Backward => Some(run.count + 1 - run.references),
            Numbering::Off | Numbering::Bullet => None,
        };
        let label = number.map(|_| self.draft.element(Tag::Label, item));
        let body = self.draft.element(Tag::Body, item);
        // With a column for dates, the date of a paper stands in it.
        let in_column = self.column() > 0.0 && number.is_none() && !reference.date.is_empty();
        let right = if self.has_row() { self.at_right(reference, in_column) } else { None };
        let title = self.title(reference);
        let authors = self.authors(reference.authors.0, &reference.authors.1, run);
        let rest = self.rest(reference, in_column);
        let (first, second) = match self.style.citation {
            Citation::TitleFirst => (title, joined(authors, rest)),
            Citation::AuthorsFirst => (joined(joined(authors, title), rest), Spans::default()),
        };
        let indent = match (self.style.numbering, self.style.bullet) {
            (Numbering::Off, _) => 0.0,
            (Numbering::Bullet, BulletMark::Off) => 0.0,
            (Numbering::Bullet, _) => self.style.bullet_indent as f32,
            (Numbering::Forward | Numbering::Backward, _) => {
                if run.count > 9 {
                    2.2
                } else {
                    1.7
                }
            }
        };
        run.inner = indent;
        let indent = indent + self.column();
        let mut para: Para = self.para(first, body);
        // Only a row of its own keeps clear of what stands at its right.
        para.role = if second.is_empty() { Role::Text } else { Role::Head };
        para.before = self.style.entry_gap as f32 * 0.6;
        para.indent = indent;
        para.right = right;
        para.keep = !second.is_empty();
        if self.style.numbering == Numbering::Bullet {
            para.mark = self.style.bullet;
        }
        if let (Some(number), Some(element)) = (number, label) {
            let mut spans = Spans::default();
            self.push_plain(
                &mut spans,
                &format!("[{}]", self.locale.with_digits(&number.to_string())),
                &reference.title.at,
                Face::default(),
            );
            let width = indent - self.column();
            let kind = LeadKind::Number;
            para.lead = Some(Lead { kind, spans, element, width, gap: NUMBER_GAP });
        }
        if in_column {
            let spans = self.date(&reference.date, self.muted());
            let gap = GUTTER + indent - self.column();
            let kind = LeadKind::Date;
            para.lead = Some(Lead { kind, spans, element: body, width: indent, gap });
        }
        self.draft.paras.push(para);
        if !second.is_empty() {
            let mut para = self.para(second, body);
            para.before = 0.0;
            para.indent = indent;
            if self.tag_at_right(reference) && !is_published(reference.status.text) {
                let face = Face { italic: true, ..self.muted() };
                para.right = Some(self.status(&reference.status, face));
            }
            self.draft.paras.push(para);
        }
        body
    }

    /// The short form of a venue, where the look asks for it and none is typed.
    fn short_venue(&self, reference: &Reference<'_>) -> Option<String> {
        if self.style.venues == VenueForm::Typed || !reference.tag.is_empty() {
            return None;
        }
        let own = self.profile.venues.iter().filter(|v| v.show.is_on(self.variant_name()));
        let own = own.map(|line| (line.label.as_str(), line.text.as_str()));
        let venue = Rich::parse(reference.venue.text).to_plain();
        venue::short(&venue, year(reference.date.text), own)
    }

    /// One line that says what the marks mean, as far as the profile says it.
    pub(super) fn explain_marks(&mut self, marks: &[char]) {
        let mut spans = Spans::default();
        let variant = self.variant_name().map(str::to_owned);
        let profile = self.profile;
        for (i, mark) in profile.marks.iter().enumerate() {
            let met = mark.label.trim().chars().next().is_some_and(|c| marks.contains(&c));
            if !met || !mark.show.is_on(variant.as_deref()) {
                continue;
            }
            let at = At::root().field("marks").index(i);
            if !spans.is_empty() {
                self.push_plain(&mut spans, "; ", &at, Face::default());
            }
            let label = mark.label.trim();
            self.push_marks(&mut spans, label, &at.field("label"), Face::default());
            let text = Piece { text: mark.text.as_str(), at: at.field("text") };
            self.push_plain(&mut spans, " ", &at, Face::default());
            self.push(&mut spans, &text, Face::default());
        }
        if !spans.is_empty() {
            let element = self.draft.element(Tag::Paragraph, self.parent);
            let mut para = self.para(spans, element);
            para.size = 0.9;
            // It speaks of all papers, not of the last one.
            para.before = self.style.entry_gap.max(LEAST_GAP) as f32;
            para.indent = self.column();
            self.draft.paras.push(para);
        }
    }

    /// Appends marks of an author: raised, but for the asterisk, which fonts draw raised.
    fn push_marks(&mut self, spans: &mut Spans, marks: &str, at: &At, face: Face) {
        for mark in marks.chars() {
            let shift = if mark == '*' { Shift::None } else { Shift::Super };
            self.push_plain(spans, mark.encode_utf8(&mut [0; 4]), at, Face { shift, ..face });
        }
    }

    /// The title, a link where there is one target for it.
    fn title(&mut self, reference: &Reference<'_>) -> Spans {
        let face = Face { bold: self.style.bold_titles, ..Face::default() };
        let mut spans = self.rich(&reference.title, face);
        if let Some((_, target)) = reference.links.iter().find(|(w, _)| matches!(*w, "web" | "doi"))
        {
            self.link_all(&mut spans, target);
        }
        spans
    }

    /// Whether the title has a row of its own, at whose right something can stand: what stands beside
    /// running text is read in the middle of it.
    fn has_row(&self) -> bool {
        self.style.citation == Citation::TitleFirst
    }

    /// Whether the short venue stands at the right.
    fn tag_at_right(&self, reference: &Reference<'_>) -> bool {
        self.has_row() && self.style.tag_right && !reference.tag.is_empty()
    }

    /// What stands at the right: short venue, else status, else date.
    fn at_right(&mut self, reference: &Reference<'_>, in_column: bool) -> Option<Spans> {
        let face = Face { bold: self.style.bold_titles, colour: MUTED, ..Face::default() };
        if self.tag_at_right(reference) {
            Some(self.rich(&reference.tag, face))
        } else if self.dates_behind() {
            None
        } else if !reference.status.is_empty() && !is_published(reference.status.text) {
            Some(self.status(&reference.status, Face { italic: true, ..self.muted() }))
        } else if !reference.date.is_empty() && !in_column {
            Some(self.date(&reference.date, self.muted()))
        } else {
            None
        }
    }

    /// Authors in order, as far as the look names them; the person's own name always.
    fn authors(&mut self, authors: &[Author], at: &At, run: &mut Run) -> Spans {
        let shown: Vec<(usize, &Author)> =
            authors.iter().enumerate().filter(|(_, a)| !a.name.trim().is_empty()).collect();
        let own = self.spellings.own_authors(authors).own;
        let is_own = |i: usize| own.get(i).copied().unwrap_or_default();
        let limit = match usize::try_from(self.style.max_authors).unwrap_or(0) {
            0 => shown.len(),
            limit => limit,
        };
        let mut spans = Spans::default();
        // Latin names in a list of their own are no words of a language from right to left.
        let foreign = self.locale.right_to_left
            && !shown.iter().any(|(_, author)| author.name.chars().any(runs_left));
        let locale = if foreign { words::locale("en") } else { self.locale };
        let (mut skipped, mut named) = (false, 0);
        // "et al." as the last author is the list's end, not a person.
        let open = shown.last().is_some_and(|(_, a)| is_et_al(&a.name));
        let total = if open { usize::MAX } else { shown.len() };
        for (n, (i, author)) in shown.iter().enumerate() {
            let own = is_own(*i);
            if (n >= limit && !own) || is_et_al(&author.name) {
                skipped = true;
                continue;
            }
            let at = at.index(*i).field("name");
            let last = n + 1 == total;
            let comma = &locale.list.comma;
            let has_word = last && self.style.author_and;
            let joint = match (named, skipped, has_word) {
                (0, _, _) => String::new(),
                (_, true, _) => format!("{comma}…{comma}"),
                (1, false, true) if total == 2 => locale.list.pair.clone(),
                (_, false, true) => locale.list.last.clone(),
                _ => comma.clone(),
            };
            skipped = false;
            self.push_plain(&mut spans, &joint, &at, Face::default());
            let face = Face { bold: own, ..Face::default() };
            let (name, marks) = person::split_marks(&author.name);
            let mut one = self.rich(&Piece { text: &name, at: at.clone() }, face);
            let at_link = at.parent().field("link");
            self.link_all(&mut one, &Piece { text: author.link.as_str(), at: at_link });
            spans.append(&one);
            // A mark says something of its author, and looks the same at every one.
            self.push_marks(&mut spans, &marks, &at, Face::default());
            run.marks.extend(marks.chars());
            named += 1;
        }
        if skipped {
            let words = format!("{}{}", locale.list.comma, words::word(locale, "et_al"));
            self.push_plain(&mut spans, &words, at, Face::default());
        }
        spans
    }

    /// Venue, details, date, status, note and links.
    fn rest(&mut self, reference: &Reference<'_>, in_column: bool) -> Spans {
        let mut spans = Spans::default();
        let italic = Face { italic: true, ..Face::default() };
        let face = Face { italic: self.style.italic_venues, ..Face::default() };
        let tag_right = self.tag_at_right(reference);
        let mut parts = vec![];
        if !reference.venue.is_empty() {
            parts.push((self.rich(&reference.venue, face), reference.venue.at.clone()));
        }
        if !reference.tag.is_empty() && !tag_right {
            let at = reference.tag.at.clone();
            let tag = self.rich(&reference.tag, face);
            match parts.last_mut() {
                Some((venue, _)) => {
                    self.push_plain(venue, " (", &at, face);
                    venue.append(&tag);
                    self.push_plain(venue, ")", &at, face);
                }
                None => parts.push((tag, at)),
            }
        }
        if !reference.details.is_empty() {
            parts.push((
                self.rich(&reference.details, Face::default()),
                reference.details.at.clone(),
            ));
        }
        let status = !is_published(reference.status.text);
        let beside = self.has_row() && !self.dates_behind();
        let date_at_right = in_column || (beside && !tag_right && !status);
        if !reference.date.is_empty() && !date_at_right && !names_year(reference) {
            parts.push((self.date(&reference.date, Face::default()), reference.date.at.clone()));
        }
        if status && !beside && !tag_right {
            parts.push((self.status(&reference.status, italic), reference.status.at.clone()));
        }
        if !reference.note.is_empty() {
            let bold = Face { bold: true, ..Face::default() };
            parts.push((self.rich(&reference.note, bold), reference.note.at.clone()));
        }
        for (part, at) in parts.into_iter().filter(|(p, _)| !p.is_empty()) {
            if !spans.is_empty() {
                self.push_plain(&mut spans, ", ", &at, Face::default());
            }
            spans.append(&part);
        }
        for (word, piece) in &reference.links {
            if let Some(link) = self.short_link(word, piece) {
                let open = if spans.is_empty() { "[" } else { " [" };
                self.push_plain(&mut spans, open, &piece.at, Face::default());
                spans.append(&link);
                self.push_plain(&mut spans, "]", &piece.at, Face::default());
            }
        }
        spans
    }

    /// A link as one word: "doi", "arXiv:2401.01234", "code".
    fn short_link(&mut self, word: &'static str, piece: &Piece<'_>) -> Option<Spans> {
        let link = match word {
            "doi" => Link::of(LinkKind::Doi, piece.text),
            "arxiv" => Link::of(LinkKind::ArXiv, piece.text),
            _ => Link::parse(piece.text),
        };
        let uri = link.url.as_deref().and_then(link::allowed_uri);
        let text = match word {
            "doi" | "arxiv" => link.short(),
            "web" => words::word(self.locale, "web").to_lowercase(),
            "" => link.label.as_ref().map_or_else(|| link.short(), Rich::to_plain),
            word => word.to_owned(),
        };
        let place = self.draft.place(&piece.at);
        let description = format!("{text}: {}", uri.as_deref().unwrap_or_default());
        let target = uri.and_then(|uri| self.draft.link(uri, description));
        let colour = if target.is_some() { self.link_colour() } else { 0 };
        let mut spans = Spans::default();
        spans.push(&text, Face { colour, ..Face::default() }, target, place);
        (!spans.is_empty()).then_some(spans)
    }

    /// A status: the usual ones in the language of the page, others as typed.
    fn status(&mut self, piece: &Piece<'_>, face: Face) -> Spans {
        match words::status(self.locale, piece.text) {
            Some(word) => {
                let mut spans = Spans::default();
                self.push_plain(&mut spans, word, &piece.at, face);
                spans
            }
            None => self.rich(piece, face),
        }
    }
}

/// Sentences one after the other: a full stop where the first has no end of its own.
fn joined(mut first: Spans, second: Spans) -> Spans {
    if first.is_empty() {
        return second;
    }
    if !second.is_empty() {
        let (face, place) = first.spans.last().map_or((Face::default(), 0), |s| {
            (Face { colour: s.face.colour, ..Face::default() }, s.place)
        });
        let lower = second.text.trim_start().starts_with(char::is_lowercase);
        let end = match first.text.trim_end().chars().last() {
            Some('.' | '?' | '!') => " ",
            // "vol. 12" does not begin a sentence.
            _ if lower => ", ",
            _ => ". ",
        };
        first.push(end, face, None, place);
        first.append(&second);
    }
    first
}

/// Whether a status says what a venue says already.
fn is_published(status: &str) -> bool {
    matches!(status.trim().to_lowercase().as_str(), "" | "published" | "accepted")
}

/// Whether venue, its short form or the details name the year already.
fn names_year(reference: &Reference<'_>) -> bool {
    let Some(year) = year(reference.date.text).map(|year| year.to_string()) else {
        return false;
    };
    let texts = [reference.tag.text, reference.venue.text, reference.details.text];
    let short = year.get(2..).map(|y| format!("'{y}")).unwrap_or_default();
    texts
        .iter()
        .any(|t| t.contains(&year) || (t.contains(&short)) || t.contains(&short.replace('\'', "’")))
}

/// The first year that a date names.
pub(super) fn year(date: &str) -> Option<u16> {
    date.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4)?.parse().ok()
}

/// Whether an author is only a word for all the others.
fn is_et_al(name: &str) -> bool {
    matches!(
        name.trim().trim_end_matches('.').to_lowercase().as_str(),
        "et al" | "others" | "and others"
    )
}

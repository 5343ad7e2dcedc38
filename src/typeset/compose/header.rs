//! The top of the page: name, headline, contacts, summary, interests.

use super::Composer;
use crate::{
    at::At,
    block::{Label, Note, Piece},
    look::{Header, NameStyle},
    section::SectionKind,
    typeset::{
        draft::{ACCENT, Align, Body, Item, MUTED, Role},
        page::{Image, Tag},
        photo::Figure,
        shape::Setting,
        spans::{Face, Spans},
        words,
    },
    value::{photo::Photo, rich::Rich},
};

impl Composer<'_> {
    /// Everything above the first section.
    pub(super) fn header(&mut self, photo: Option<&Photo>) {
        let person = &self.profile.person;
        let at = At::root().field("person");
        let piece = |name: &'static str, text| Piece { text, at: at.field(name) };
        self.name(
            &piece("name", person.name.as_str()),
            &piece("other_name", person.other_name.as_str()),
        );
        if let Some(photo) = photo {
            self.photo(photo, &at.field("photo"));
        }
        let own = self.variant.filter(|v| !v.headline.trim().is_empty());
        let headline = match own {
            Some(variant) => Piece { text: &variant.headline, at: self.variant_at("headline") },
            None => piece("headline", &person.headline),
        };
        if !headline.is_empty() {
            let spans = self.rich(&headline, Face { colour: MUTED, ..Face::default() });
            self.top(Body::Text(spans), 1.1, 0.1);
        }
        let mut items: Vec<Item> = vec![];
        let lists = [("emails", &person.emails), ("phones", &person.phones)];
        for (name, list) in lists {
            for (i, text) in list.iter().enumerate().filter(|(_, t)| !t.trim().is_empty()) {
                items.push(self.contact(&Piece { text, at: at.field(name).index(i) }));
            }
        }
        let address = piece("address", person.address.as_str());
        if !address.is_empty() {
            items.push(self.plain_item(&address, Some("location-dot")));
        }
        for (i, text) in person.links.iter().enumerate().filter(|(_, t)| !t.trim().is_empty()) {
            items.push(self.contact(&Piece { text, at: at.field("links").index(i) }));
        }
        let variant = self.variant_name().map(str::to_owned);
        for (i, fact) in person.facts_in(variant.as_deref()) {
            let at = at.field("facts").index(i);
            let own = Piece { text: fact.label.as_str(), at: at.field("label") };
            let note = Note {
                label: (!own.is_empty()).then_some(Label::Own(own)),
                text: Piece { text: fact.text.as_str(), at: at.field("text") },
            };
            let mut spans = Spans::default();
            self.push_note(&mut spans, &note, Face::default(), Face::default());
            items.push(Item { icon: None, spans });
        }
        if !items.is_empty() {
            self.top(Body::Flow(items), 0.97, 0.25);
        }
        let own = self.variant.filter(|v| !v.summary.trim().is_empty());
        let summary = match own {
            Some(variant) => Piece { text: &variant.summary, at: self.variant_at("summary") },
            None => piece("summary", &person.summary),
        };
        self.opening(&summary, SectionKind::Text);
        self.opening(&piece("interests", &person.interests), SectionKind::List);
    }

    /// The name, with that in another script beside it.
    fn name(&mut self, name: &Piece<'_>, other: &Piece<'_>) {
        let style = self.style;
        let face = Face {
            bold: matches!(style.name, NameStyle::Bold | NameStyle::Caps),
            small_caps: style.name == NameStyle::SmallCaps,
            heading: true,
            colour: if style.name_accent { ACCENT } else { 0 },
            ..Face::default()
        };
        let place = self.draft.place(&name.at);
        let mut plain = Rich::curled(name.text, self.quotes()).trim().to_plain();
        self.draft.running.push(&plain, Face { colour: MUTED, ..Face::default() }, None, place);
        if style.name == NameStyle::Caps {
            plain = plain.to_uppercase();
        }
        let mut spans = Spans::default();
        spans.push(&plain, face, None, place);
        if !other.is_empty() {
            spans.push(if plain.is_empty() { "" } else { " " }, face, None, place);
            let place = self.draft.place(&other.at);
            let face = Face { small_caps: false, smaller: true, ..face };
            let other = Rich::curled(other.text, self.quotes()).trim().to_plain();
            spans.push(&other, face, None, place);
        }
        if spans.is_empty() {
            return;
        }
        let element = self.draft.element(Tag::Title, 0);
        let mut para = self.para(spans, element);
        para.role = Role::Header;
        para.size = style.name_size as f32;
        para.before = 0.0;
        para.align = self.header_align();
        para.keep = true;
        self.draft.paras.push(para);
    }

    /// The photo, if the look has one.
    fn photo(&mut self, photo: &Photo, at: &At) {
        let name = Rich::parse(&self.profile.person.name).to_plain();
        let Photo { width, height, grey, jpeg } = photo.clone();
        let image = Image { width, height, grey, jpeg, description: self.locale.photo_of(&name) };
        let place = self.draft.place(at);
        let element = self.draft.element(Tag::Figure, 0);
        self.draft.photo = Figure::new(image, element, place, self.style);
    }

    /// A line of the header.
    fn top(&mut self, body: Body, size: f32, before: f32) {
        let element = self.draft.element(Tag::Paragraph, 0);
        let mut para = self.para(Spans::default(), element);
        para.role = Role::Header;
        para.body = body;
        para.size = size;
        para.before = before;
        para.align = self.header_align();
        self.draft.paras.push(para);
    }

    fn header_align(&self) -> Align {
        match self.style.header {
            Header::Centred => Align::Centre,
            Header::Left => Align::Left,
            Header::Right => Align::Right,
        }
    }

    /// A text before the sections, with the usual heading of sections of a kind.
    fn opening(&mut self, piece: &Piece<'_>, kind: SectionKind) {
        if piece.is_empty() {
            return;
        }
        self.parent = self.draft.element(Tag::Section, 0);
        self.heading(
            &Piece { text: "", at: piece.at.clone() },
            words::usual_title(self.locale, kind),
        );
        self.owner = Some(self.own(&piece.at, "text", piece.text, 0));
        let mut first = true;
        for text in piece.text.split("\n\n").filter(|t| !t.trim().is_empty()) {
            let spans = self.rich(&Piece { text, at: piece.at.clone() }, Face::default());
            let element = self.draft.element(Tag::Paragraph, self.parent);
            let mut para = self.para(spans, element);
            para.before = if first { 0.0 } else { self.style.item_gap as f32 };
            para.indent = self.column();
            para.setting = Setting::Running;
            first = false;
            self.draft.paras.push(para);
        }
        self.owner = None;
        self.parent = 0;
    }

    /// The place of a field of the variant at hand.
    fn variant_at(&self, field: &'static str) -> At {
        let same = |v: &&crate::variant::Variant| Some(v.name.as_str()) == self.variant_name();
        let index = self.profile.variants.iter().position(|v| same(&v)).unwrap_or(0);
        At::root().field("variants").index(index).field(field)
    }
}

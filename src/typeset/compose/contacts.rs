//! Contacts: links of a person as short pieces, each with its icon.

use super::Composer;
use crate::{
    block::Piece,
    typeset::{
        draft::Item,
        spans::{Face, Spans},
    },
    value::link::{self, Link},
};

impl Composer<'_> {
    /// A contact as a piece of a flow.
    pub(super) fn contact(&mut self, piece: &Piece<'_>) -> Item {
        let link = Link::parse(piece.text);
        let mut spans = Spans::default();
        let text = match &link.label {
            Some(label) => label.to_plain(),
            None => link.text.clone(),
        };
        let place = self.draft.place(&piece.at);
        let target = link.url.as_deref().and_then(link::allowed_uri);
        let description = match link.kind.name() {
            "" => text.clone(),
            name => format!("{name}: {text}"),
        };
        let target = target.and_then(|uri| self.draft.link(uri, description));
        let colour = if target.is_some() { self.link_colour() } else { 0 };
        spans.push(&text, Face { colour, ..Face::default() }, target, place);
        Item { icon: Some(link.kind.icon()), spans }
    }

    /// A piece of a flow that is only text.
    pub(super) fn plain_item(&mut self, piece: &Piece<'_>, icon: Option<&'static str>) -> Item {
        Item { icon, spans: self.rich(piece, Face::default()) }
    }
}

//! Hands the items of a group to serde: fields by name, list elements, what stands inside a name.

use super::{
    de::{De, KEPT, Key, Session, names},
    fault::{Fault, with_article},
    literal,
    source::only_item,
    tree::{Group, Item, Node, Shape, Span},
};
use crate::{
    at::Step,
    finding::{Code, Finding},
    value::nearest::nearest,
};
use serde::de::{
    DeserializeSeed, EnumAccess as SerdeEnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
    value::StrDeserializer,
};

/// The elements of a list or tuple.
pub(super) struct Items<'s, 'c, 't> {
    items: std::slice::Iter<'s, Item>,
    index: usize,
    session: &'c mut Session<'t>,
}

impl<'s, 'c, 't> Items<'s, 'c, 't> {
    pub(super) fn new(group: &'s Group, session: &'c mut Session<'t>) -> Self {
        Self { items: group.items.iter(), index: 0, session }
    }

    /// The first element that nobody asked for.
    pub(super) fn left_over(&mut self) -> Option<Span> {
        self.next().map(Item::span)
    }

    /// The next element that is not left out.
    fn next(&mut self) -> Option<&'s Item> {
        loop {
            let item = self.items.next()?;
            let start = item.span().start;
            if !self.session.skipped.contains(&start) {
                return Some(item);
            }
            self.session.unknown.push(start);
        }
    }
}

impl<'s> SeqAccess<'s> for &mut Items<'s, '_, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'s>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.next() else {
            return Ok(None);
        };
        let session = &mut *self.session;
        session.path.push(Step::Index(self.index));
        session.chain.push(item.span().start);
        self.index += 1;
        let value = seed.deserialize(De { node: &item.value, inside: false, session })?;
        self.session.path.pop();
        self.session.chain.pop();
        Ok(Some(value))
    }
}

/// The fields of a record or the entries of a map.
pub(super) struct Fields<'s, 'c, 't> {
    items: std::slice::Iter<'s, Item>,
    record: &'static str,
    known: Option<&'static [&'static str]>,
    seen: Vec<(&'static str, Span)>,
    current: Option<(&'s Item, Option<&'static str>)>,
    session: &'c mut Session<'t>,
}

impl<'s, 'c, 't> Fields<'s, 'c, 't> {
    pub(super) fn new(
        group: Option<&'s Group>,
        record: &'static str,
        known: Option<&'static [&'static str]>,
        session: &'c mut Session<'t>,
    ) -> Self {
        let items = group.map_or_else(Default::default, |group| group.items.iter());
        Self { items, record, known, seen: Vec::new(), current: None, session }
    }

    fn unknown(&mut self, key: &Node, known: &'static [&'static str]) {
        let written = literal::word(key.span.of(self.session.text));
        let record = with_article(self.record);
        let message = format!("`{}` is not a field of {record}", super::guess::short(written));
        let hint = match nearest(written, known) {
            Some(near) => format!("did you mean `{near}`? if not: {KEPT}"),
            None => format!("{record} has {}; {KEPT}", names(known)),
        };
        let finding = Finding::warning(Code::UnknownField, self.session.at(), message).hint(hint);
        self.session.tell(finding, key.span.start);
        self.session.unknown.push(key.span.start);
    }

    /// Refuses a field that is there twice.
    fn once(&mut self, name: &'static str, span: Span) -> Result<(), Fault> {
        if let Some((_, first)) = self.seen.iter().find(|(seen, _)| *seen == name) {
            let place = self.session.lines.place(self.session.text, first.start);
            return Err(Fault::at(
                span,
                format!("`{name}` is there twice, first in line {}", place.line),
                "keep the one that is right",
            ));
        }
        self.seen.push((name, span));
        Ok(())
    }
}

impl<'s> MapAccess<'s> for Fields<'s, '_, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'s>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        while let Some(item) = self.items.next() {
            let Some(key) = &item.key else { continue };
            if self.session.skipped.contains(&key.span.start) {
                self.session.unknown.push(key.span.start);
                continue;
            }
            let Some(known) = self.known else {
                self.current = Some((item, None));
                return seed.deserialize(Key(key, self.session.text)).map(Some);
            };
            let written = literal::word(key.span.of(self.session.text));
            match known.iter().find(|&&name| name == written) {
                Some(&name) => {
                    self.once(name, key.span)?;
                    self.current = Some((item, Some(name)));
                    return seed.deserialize(StrDeserializer::new(name)).map(Some);
                }
                None => self.unknown(key, known),
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'s>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((item, name)) = self.current.take() else {
            return Err(Fault::at(Span::default(), "expected a value", ""));
        };
        self.session.path.extend(name.map(Step::Field));
        self.session.chain.push(item.span().start);
        let session = &mut *self.session;
        let value = seed.deserialize(De { node: &item.value, inside: false, session })?;
        self.session.chain.pop();
        if name.is_some() {
            self.session.path.pop();
        }
        Ok(value)
    }
}

/// A value of one of several kinds.
pub(super) struct EnumAccess<'s, 'c, 't> {
    pub(super) node: &'s Node,
    pub(super) variant: &'static str,
    pub(super) session: &'c mut Session<'t>,
}

impl<'s> SerdeEnumAccess<'s> for EnumAccess<'s, '_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'s>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let variant = seed.deserialize(StrDeserializer::<Fault>::new(self.variant))?;
        Ok((variant, self))
    }
}

impl<'s, 'c, 't> EnumAccess<'s, 'c, 't> {
    /// What stands inside the name.
    fn inner(self) -> De<'s, 'c, 't> {
        match self.node.group().and_then(only_item) {
            Some(item) => De { node: &item.value, inside: false, session: self.session },
            None => De { node: self.node, inside: true, session: self.session },
        }
    }

    fn whole(self) -> De<'s, 'c, 't> {
        De { node: self.node, inside: true, session: self.session }
    }
}

impl<'s> VariantAccess<'s> for EnumAccess<'s, '_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.node.group() {
            Some(group) if group.shape != Shape::Tuple || !group.items.is_empty() => {
                Err(Fault::at(
                    self.node.span,
                    format!("expected `{}` alone, without brackets", self.variant),
                    "",
                ))
            }
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'s>>(self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self.inner())
    }

    fn tuple_variant<V: Visitor<'s>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        use serde::Deserializer as _;
        self.whole().deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'s>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        use serde::Deserializer as _;
        let name = self.variant;
        self.whole().deserialize_struct(name, fields, visitor)
    }
}

//! Fills records from a tree: lenient where that harms nobody, and nothing it does not know is
//! dropped.
//!
//! A type that is written as plain text when only its text is set implements `Deserialize` by
//! `deserialize_struct(NAME, FIELDS, visitor)` with a visitor that has both `visit_str` and
//! `visit_map`; `deserialize_any` works too, but then unknown fields cannot be told with the
//! nearest known name.

use super::{
    access::{EnumAccess, Fields, Items},
    fault::Fault,
    literal::{self, Number},
    parse::Problem,
    source::{Lines, only_item},
    tree::{Group, Kind, Node, Shape, Span, Tree},
};
use crate::{
    at::{At, Step},
    finding::{Code, Finding},
};
use serde::{
    Deserializer,
    de::{DeserializeOwned, Error as _, Visitor},
    forward_to_deserialize_any,
};
use std::collections::BTreeSet;

/// A value read from a tree.
#[derive(Debug)]
pub(super) struct Read<T> {
    /// The value.
    pub value: T,
    /// The first byte of every field or list element that was left out because it is unknown.
    pub unknown: Vec<usize>,
    /// What there is to say about it.
    pub findings: Vec<Finding>,
}

/// Reads a `T`. What makes no sense to this version is left out and told, as long as the rest can
/// be read.
pub(super) fn read<T: DeserializeOwned>(
    text: &str,
    tree: &Tree,
    lines: &Lines,
) -> Result<Read<T>, Problem> {
    let mut skips: Vec<Skip> = Vec::new();
    loop {
        let mut session = Session {
            text,
            lines,
            skipped: skips.iter().filter_map(|skip| skip.chain.last().copied()).collect(),
            path: Vec::new(),
            chain: Vec::new(),
            unknown: Vec::new(),
            findings: Vec::new(),
        };
        match T::deserialize(De { node: &tree.root, inside: false, session: &mut session }) {
            Ok(value) => {
                let Session { unknown, mut findings, .. } = session;
                findings.extend(skips.into_iter().map(|skip| skip.finding));
                findings.sort_by_key(|finding| finding.place);
                return Ok(Read { value, unknown, findings });
            }
            Err(fault) => {
                let place = fault.problem.span.start;
                // What was meant is unknown, perhaps that something is hidden: nothing may be
                // printed from this.
                let finding = Finding::error(UNKNOWN_KIND, At::root(), &fault.problem.message)
                    .hint(&fault.problem.hint)
                    .placed(Some(lines.place(text, place)));
                leave_out(fault, finding, text, &mut skips)?;
            }
        }
    }
}

/// The code of findings about values that are none of those that can stand there.
pub(super) const UNKNOWN_KIND: Code = Code::UnknownKind;

/// What happens to a field that is unknown.
pub(super) const KEPT: &str = "the field is kept in the file but not printed";

/// How many things of an unknown kind a file may hold; each costs one more reading of the whole.
const MOST_SKIPS: usize = 100;

/// Something of an unknown kind that is left out: the last of `chain`, the things around it before
/// it.
struct Skip {
    chain: Vec<usize>,
    finding: Finding,
    problem: Problem,
}

/// Decides what to leave out so that the rest can be read.
fn leave_out(
    fault: Fault,
    finding: Finding,
    text: &str,
    skips: &mut Vec<Skip>,
) -> Result<(), Problem> {
    let Fault { problem, unknown_kind, missing, .. } = fault;
    if let Some(around) = unknown_kind {
        let (chain, path) = *around;
        if chain.is_empty() || skips.len() >= MOST_SKIPS {
            return Err(*problem);
        }
        let at = path.iter().fold(At::root(), |at, step| match step {
            Step::Field(name) => at.field(name),
            Step::Index(index) => at.index(*index),
        });
        let finding = Finding { at, ..finding };
        skips.push(Skip { chain, finding, problem: *problem });
        return Ok(());
    }
    // A field that cannot be left out takes the thing that it is in with it.
    let cause = missing.and_then(|(record, field)| {
        let is_it = |start: usize| {
            let name = text.get(start..).and_then(|rest| rest.strip_prefix(field));
            record.holds(start) && name.is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        skips.iter_mut().find(|skip| skip.chain.last().is_some_and(|&start| is_it(start)))
    });
    match cause {
        Some(skip) => {
            skip.chain.pop();
            if skip.chain.is_empty() { Err(skip.problem.clone()) } else { Ok(()) }
        }
        None => Err(*problem),
    }
}

/// What one reading knows and collects.
pub(super) struct Session<'s> {
    pub text: &'s str,
    pub lines: &'s Lines,
    /// The first bytes of the items to leave out.
    pub skipped: BTreeSet<usize>,
    pub path: Vec<Step>,
    /// The first bytes of the fields and list elements around the present place.
    pub chain: Vec<usize>,
    pub unknown: Vec<usize>,
    pub findings: Vec<Finding>,
}

impl Session<'_> {
    pub(super) fn at(&self) -> At {
        self.path.iter().fold(At::root(), |at, step| match step {
            Step::Field(name) => at.field(name),
            Step::Index(index) => at.index(*index),
        })
    }

    /// Adds a finding about the present place in the profile and `offset` in the file.
    pub(super) fn tell(&mut self, finding: Finding, offset: usize) {
        let place = self.lines.place(self.text, offset);
        self.findings.push(finding.placed(Some(place)));
    }

    /// What a scalar says, without the control characters that no page can show.
    fn clean(&mut self, node: &Node) -> String {
        let said = literal::text(node, self.text).into_owned();
        if said.contains(is_turned) {
            let message = "this text holds invisible marks that change the direction of writing";
            let finding = Finding::warning(Code::DirectionMark, self.at(), message)
                .hint("they can make a link or a name look like another; type the text anew");
            self.tell(finding, node.span.start);
        }
        if !said.contains(is_control) {
            return said;
        }
        let finding = Finding::warning(
            Code::ControlCharacter,
            self.at(),
            "invisible control characters were removed from this text",
        );
        self.tell(finding, node.span.start);
        without_controls(&said)
    }
}

/// `text` with line ends as `\n` and without control characters.
pub(super) fn without_controls(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|&c| !is_control(c)).collect()
}

/// Whether `c` is a control character other than a line's end or a tab.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Whether `c` changes the direction of the text behind it.
pub(super) fn is_turned(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// One value about to be read.
pub(super) struct De<'s, 'c, 't> {
    pub node: &'s Node,
    /// The node stands for what is inside its name: `Kind(a: 1)` for `(a: 1)`.
    pub inside: bool,
    pub session: &'c mut Session<'t>,
}

impl<'s, 'c, 't> De<'s, 'c, 't> {
    fn written(&self) -> &'t str {
        self.node.span.of(self.session.text)
    }

    /// The name in front of the brackets, unless the value is what stands inside.
    fn name(&self, group: &Group) -> Option<&'t str> {
        if self.inside {
            return None;
        }
        group.name.map(|name| literal::word(name.of(self.session.text)))
    }

    fn is_word(&self, word: &str) -> bool {
        !self.inside && matches!(self.node.kind, Kind::Word) && self.written() == word
    }

    /// A name without brackets where its fields were expected: all of them are left out.
    fn is_bare_kind(&self) -> bool {
        self.inside && matches!(self.node.kind, Kind::Word)
    }

    fn wrong(&self, expected: &str, hint: &str) -> Fault {
        let found = describe(self.node, self.session.text);
        Fault::at(self.node.span, format!("expected {expected}, found {found}"), hint)
    }

    fn number(&self) -> Result<Number, Fault> {
        let number = match self.node.kind {
            Kind::Number | Kind::Word if !self.inside => literal::number(self.written()),
            _ => None,
        };
        let quoted = matches!(self.node.kind, Kind::Text);
        let hint = if quoted { "write the number without quotes" } else { "" };
        number.ok_or_else(|| self.wrong("a number", hint))
    }

    fn visit_number<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        let span = self.node.span;
        let visited = match self.number()? {
            Number::Whole(n) => match (u64::try_from(n), i64::try_from(n)) {
                (Ok(n), _) => visitor.visit_u64(n),
                (_, Ok(n)) => visitor.visit_i64(n),
                _ => visitor.visit_i128(n),
            },
            Number::Float(f) => visitor.visit_f64(f),
        };
        visited.map_err(|fault: Fault| fault.or_at(span))
    }

    fn visit_text<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.session.clean(self.node);
        visitor.visit_string(text).map_err(|fault: Fault| fault.or_at(self.node.span))
    }

    /// The items of `group`, one by one.
    fn visit_items<V: Visitor<'s>>(self, group: &'s Group, visitor: V) -> Result<V::Value, Fault> {
        let span = self.node.span;
        let mut items = Items::new(group, self.session);
        let value = visitor.visit_seq(&mut items).map_err(|fault| fault.or_at(span))?;
        match items.left_over() {
            Some(extra) => Err(Fault::at(extra, "one value too many", "remove it")),
            None => Ok(value),
        }
    }

    /// The fields of `group`; `known` are the names that the record has.
    fn visit_fields<V: Visitor<'s>>(
        self,
        group: Option<&'s Group>,
        record: &'static str,
        known: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let span = self.node.span;
        let fields = Fields::new(group, record, known, self.session);
        visitor.visit_map(fields).map_err(|fault| fault.or_at_record(span, record))
    }
}

/// Forwards the methods for all sizes of number to one.
macro_rules! numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.visit_number(visitor)
        })*
    };
}

impl<'s> Deserializer<'s> for De<'s, '_, '_> {
    type Error = Fault;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    fn deserialize_any<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Text | Kind::Char => self.visit_text(visitor),
            Kind::Number => self.visit_number(visitor),
            Kind::Word if self.is_word("true") || self.is_word("false") => {
                self.deserialize_bool(visitor)
            }
            Kind::Word if self.is_word("None") => visitor.visit_none(),
            Kind::Word => self.visit_text(visitor),
            Kind::Group(group) => match group.shape {
                Shape::Tuple if self.name(group) == Some("Some") => {
                    self.deserialize_option(visitor)
                }
                Shape::Tuple if group.items.is_empty() => visitor.visit_unit(),
                Shape::Tuple | Shape::List => self.visit_items(group, visitor),
                Shape::Struct | Shape::Map => self.visit_fields(Some(group), "", None, visitor),
            },
        }
    }

    fn deserialize_bool<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_word("true") {
            visitor.visit_bool(true)
        } else if self.is_word("false") {
            visitor.visit_bool(false)
        } else {
            Err(self.wrong("`true` or `false`", "write it without quotes"))
        }
    }

    fn deserialize_char<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Char | Kind::Text => self.visit_text(visitor),
            _ => Err(self.wrong("one character in quotes", "")),
        }
    }

    fn deserialize_str<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Text | Kind::Char | Kind::Number => self.visit_text(visitor),
            Kind::Word if !self.inside => self.visit_text(visitor),
            // `Some("…")`, or a text in brackets for nothing.
            Kind::Group(ref group) => match only_item(group) {
                Some(item) if self.inside || matches!(self.name(group), None | Some("Some")) => {
                    De { node: &item.value, inside: false, session: self.session }
                        .deserialize_str(visitor)
                }
                _ => Err(self.wrong("a text in quotes", "")),
            },
            Kind::Word => Err(self.wrong("a text in quotes", "")),
        }
    }

    fn deserialize_string<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'s>>(self, _visitor: V) -> Result<V::Value, Fault> {
        Err(self.wrong("bytes, which a profile cannot hold", ""))
    }

    fn deserialize_byte_buf<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_word("None") {
            return visitor.visit_none();
        }
        if let Some(group) = self.node.group()
            && self.name(group) == Some("Some")
        {
            let (node, inside) = match only_item(group) {
                Some(item) => (&item.value, false),
                None => (self.node, true),
            };
            return visitor.visit_some(De { node, inside, session: self.session });
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        let empty =
            self.node.group().is_some_and(|g| g.shape == Shape::Tuple && g.items.is_empty());
        if empty || self.is_bare_kind() {
            return visitor.visit_unit();
        }
        Err(self.wrong("`()`", ""))
    }

    fn deserialize_unit_struct<V: Visitor<'s>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if self.is_word(name) { visitor.visit_unit() } else { self.deserialize_unit(visitor) }
    }

    fn deserialize_newtype_struct<V: Visitor<'s>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let inner = self.node.group().and_then(|group| {
            let wrapped = self.name(group).is_none_or(|written| written == name);
            only_item(group).filter(|_| wrapped)
        });
        let (node, inside) = inner.map_or((self.node, self.inside), |item| (&item.value, false));
        visitor.visit_newtype_struct(De { node, inside, session: self.session })
    }

    fn deserialize_seq<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Group(group) if group.shape == Shape::List => self.visit_items(group, visitor),
            // What stands inside a name: `Kind([…])`, `Some([…])`.
            Kind::Group(group) if self.inside || self.name(group) == Some("Some") => {
                match only_item(group) {
                    Some(item) => De { node: &item.value, inside: false, session: self.session }
                        .deserialize_seq(visitor),
                    None => Err(self.wrong("a list like [\"…\", \"…\"]", "")),
                }
            }
            Kind::Text | Kind::Word | Kind::Number | Kind::Char => {
                Err(self.wrong("a list like [\"…\", \"…\"]", "put it in square brackets: [\"…\"]"))
            }
            Kind::Group(_) => {
                Err(self.wrong("a list like [(…), (…)]", "put square brackets around it: [(…)]"))
            }
        }
    }

    fn deserialize_tuple<V: Visitor<'s>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Group(group) if matches!(group.shape, Shape::Tuple | Shape::List) => {
                self.visit_items(group, visitor)
            }
            _ => Err(self.wrong(&format!("{len} values in round brackets"), "")),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'s>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Group(group) if matches!(group.shape, Shape::Struct | Shape::Map) => {
                self.visit_fields(Some(group), "", None, visitor)
            }
            Kind::Group(group) if group.items.is_empty() && group.shape == Shape::Tuple => {
                self.visit_fields(None, "", None, visitor)
            }
            _ => Err(self.wrong("pairs like {\"…\": \"…\"}", "")),
        }
    }

    fn deserialize_struct<V: Visitor<'s>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let example = fields.first().copied().unwrap_or("…");
        let expected = format!("fields in brackets like ({example}: …)");
        match &self.node.kind {
            Kind::Group(group) if group.shape == Shape::Struct => {
                self.visit_fields(Some(group), name, Some(fields), visitor)
            }
            Kind::Group(group) if group.shape == Shape::Tuple && group.items.is_empty() => {
                self.visit_fields(None, name, Some(fields), visitor)
            }
            // `Some((…))` where no option is, or `Kind((…))`.
            Kind::Group(group) => match only_item(group) {
                Some(item) => De { node: &item.value, inside: false, session: self.session }
                    .deserialize_struct(name, fields, visitor),
                None if group.shape == Shape::Map => {
                    Err(self.wrong(&expected, "use round brackets and no quotes around the names"))
                }
                None => Err(self.wrong(&expected, "")),
            },
            _ if self.is_bare_kind() => self.visit_fields(None, name, Some(fields), visitor),
            Kind::Text | Kind::Word | Kind::Number | Kind::Char => {
                let wrong = self.wrong(&expected, &format!("write ({example}: …)"));
                let text = self.session.clean(self.node);
                visitor.visit_string(text).map_err(|fault: Fault| {
                    // A visitor that takes no text says so in serde's words; ours are plainer.
                    if fault.is_wrong_type() { wrong } else { fault.or_at(self.node.span) }
                })
            }
        }
    }

    fn deserialize_enum<V: Visitor<'s>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (kind, span) = match &self.node.kind {
            Kind::Word if !self.inside => {
                (literal::word(self.written()).to_owned(), self.node.span)
            }
            Kind::Text => {
                (literal::text(self.node, self.session.text).into_owned(), self.node.span)
            }
            Kind::Group(group) => match (self.name(group), group.name) {
                (Some("Some"), _) if !variants.contains(&"Some") && only_item(group).is_some() => {
                    let inner = only_item(group).map_or(self.node, |item| &item.value);
                    return De { node: inner, inside: false, session: self.session }
                        .deserialize_enum(name, variants, visitor);
                }
                (Some(kind), Some(span)) => (kind.to_owned(), span),
                _ => match only_item(group) {
                    Some(item) => {
                        return De { node: &item.value, inside: false, session: self.session }
                            .deserialize_enum(name, variants, visitor);
                    }
                    None => return Err(self.wrong(&one_of(variants), "")),
                },
            },
            _ => return Err(self.wrong(&one_of(variants), "")),
        };
        let Some(&variant) = variants.iter().find(|&&variant| variant == kind) else {
            let chain = (self.session.chain.clone(), self.session.path.clone());
            return Err(Fault::unknown_kind(span, &kind, variants, chain));
        };
        let whole = self.node.span;
        let access = EnumAccess { node: self.node, variant, session: self.session };
        visitor.visit_enum(access).map_err(|fault| fault.or_at(whole))
    }

    fn deserialize_identifier<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some(&start) = self.session.chain.last() {
            let before = Span::new(start, self.node.span.start).of(self.session.text);
            let name =
                before.split(|c: char| c == ':' || c.is_whitespace()).next().unwrap_or_default();
            let message = format!("`{}` is not a field here", super::guess::short(name));
            let finding =
                Finding::warning(Code::UnknownField, self.session.at(), message).hint(KEPT);
            self.session.tell(finding, start);
            self.session.unknown.push(start);
        }
        visitor.visit_unit()
    }
}

/// A key of a map or the name of a field.
pub(super) struct Key<'k>(pub &'k Node, pub &'k str);

impl<'s> Deserializer<'s> for Key<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Self(node, text) = self;
        match literal::number(node.span.of(text)) {
            Some(Number::Whole(n)) if matches!(node.kind, Kind::Number) => match i64::try_from(n) {
                Ok(n) => visitor.visit_i64(n),
                Err(_) => Err(Fault::custom("this number is too large")),
            },
            _ => visitor.visit_str(&literal::text(node, text)),
        }
        .map_err(|fault: Fault| fault.or_at(node.span))
    }

    fn deserialize_str<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(&literal::text(self.0, self.1))
    }

    fn deserialize_string<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        <W: Visitor<'s>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum ignored_any
    }
}

/// What a value is, in plain words.
fn describe(node: &Node, text: &str) -> String {
    match &node.kind {
        Kind::Text | Kind::Char => "text".to_owned(),
        Kind::Word => format!("`{}`", super::guess::short(node.span.of(text))),
        Kind::Number => format!("the number `{}`", super::guess::short(node.span.of(text))),
        Kind::Group(group) => match (group.shape, group.name) {
            (_, Some(name)) => format!("`{}(…)`", name.of(text)),
            (Shape::Tuple, None) if group.items.is_empty() => "`()`".to_owned(),
            (Shape::Tuple, None) => "values in round brackets".to_owned(),
            (Shape::Struct, None) => "fields in round brackets".to_owned(),
            (Shape::List, None) => "a list".to_owned(),
            (Shape::Map, None) => "pairs in curly brackets".to_owned(),
        },
    }
}

/// The known kinds, for a message.
pub(super) fn one_of(variants: &[&str]) -> String {
    format!("one of {}", names(variants))
}

/// Known names in a row, not too many of them.
pub(super) fn names(known: &[&str]) -> String {
    const MOST: usize = 20;
    let shown: Vec<String> = known.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let more = if known.len() > shown.len() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

//! XML to a [`Tree`]: an element is a record of what lies in it, without the prefixes of names.

use super::{DEEPEST, Error, MOST, Tree};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// Reads a text as XML. Attributes stand among the elements; elements of one name make a list;
/// text beside elements stands under `text`. `format` is what the file is read as, for the errors.
///
/// # Errors
///
/// [`Error::Broken`] for what is no XML or has definitions of its own, and [`Error::TooDeep`] for
/// what is nested too deep or holds too much.
pub fn read(text: &str, format: &'static str) -> Result<Tree, Error> {
    let broken = |message: String| Error::Broken { format, message, place: None };
    let mut reader = Reader::from_str(text);
    let mut open = vec![Open::default()];
    let mut values = 0;
    loop {
        let event = reader.read_event().map_err(|error| broken(error.to_string()))?;
        values += 1;
        if values > MOST || open.len() > DEEPEST {
            return Err(Error::TooDeep { format });
        }
        match event {
            Event::Start(start) => open.push(Open::of(&start)),
            Event::Empty(start) => {
                let closed = Open::of(&start);
                if let Some(parent) = open.last_mut() {
                    parent.add(closed.name.clone(), closed.value());
                }
            }
            Event::End(_) => {
                let closed = open.pop().unwrap_or_default();
                let Some(parent) = open.last_mut() else {
                    return Err(broken("an element ends that does not begin".to_owned()));
                };
                let name = closed.name.clone();
                parent.add(name, closed.value());
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| broken(error.to_string()))?;
                if let Some(last) = open.last_mut() {
                    last.text.push_str(&text);
                }
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|error| broken(error.to_string()))?;
                if let Some(last) = open.last_mut() {
                    last.text.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let name = name.decode().map_err(|error| broken(error.to_string()))?;
                let entity = format!("&{name};");
                let sign = super::html::entity(&entity).map(|(sign, _)| sign);
                if let Some(last) = open.last_mut() {
                    last.text.extend(sign);
                }
            }
            // Files of settings that pull in others are none of ours.
            Event::DocType(_) => return Err(broken("it has definitions of its own".to_owned())),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    match open.into_iter().next() {
        Some(root) if !root.fields.is_empty() => Ok(Tree::Map(root.fields)),
        _ => Err(broken("it has no elements".to_owned())),
    }
}

/// An element that has not ended yet.
#[derive(Default)]
struct Open {
    name: String,
    text: String,
    fields: Vec<(String, Tree)>,
}

impl Open {
    fn of(start: &BytesStart<'_>) -> Self {
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        let mut open = Self { name, ..Self::default() };
        for attribute in start.attributes().flatten() {
            let key = attribute.key;
            // Where names and schemas come from says nothing of the person.
            let prefix = key.prefix().map(|prefix| prefix.as_ref().to_vec()).unwrap_or_default();
            if prefix == b"xmlns" || prefix == b"xsi" || key.as_ref() == b"xmlns" {
                continue;
            }
            let name = String::from_utf8_lossy(key.local_name().as_ref()).into_owned();
            if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) {
                open.add(name, Tree::Text(value.into_owned()));
            }
        }
        open
    }

    fn add(&mut self, name: String, value: Tree) {
        match self.fields.iter_mut().find(|(other, _)| *other == name) {
            Some((_, Tree::List(list))) => list.push(value),
            Some((_, old)) => {
                let first = old.take();
                *old = Tree::List(vec![first, value]);
            }
            None => self.fields.push((name, value)),
        }
    }

    fn value(mut self) -> Tree {
        let text = self.text.trim().to_owned();
        if self.fields.is_empty() {
            return if text.is_empty() { Tree::Empty } else { Tree::Text(text) };
        }
        if !text.is_empty() {
            self.fields.push(("text".to_owned(), Tree::Text(text)));
        }
        Tree::Map(self.fields)
    }
}

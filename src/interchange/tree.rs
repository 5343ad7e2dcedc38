//! A foreign file as a tree of texts, from which a reader takes what it understands.

use std::{mem, slice};

/// So much of a name is told.
const LONGEST_NAME: usize = 80;

/// A value of a foreign file. Numbers and truth values are texts as they stand there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tree {
    /// Nothing, or what has been taken.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// A record: names and values in the order of the file. A name may stand there more than once.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// The value of the first of these `names` that has one; names are compared without regard to
    /// case.
    pub fn inner(&mut self, names: &[&str]) -> Option<&mut Self> {
        let Self::Map(fields) = self else {
            return None;
        };
        let index = names.iter().find_map(|name| {
            fields.iter().position(|(n, v)| n.eq_ignore_ascii_case(name) && !v.is_empty())
        })?;
        fields.get_mut(index).map(|(_, value)| value)
    }

    /// Takes the text of the first of these `names` that has one; empty without any. What is no
    /// text stays.
    pub fn text(&mut self, names: &[&str]) -> String {
        names
            .iter()
            .find_map(|n| Some(self.inner(&[n])?.own_text()).filter(|t| !t.is_empty()))
            .unwrap_or_default()
    }

    /// Takes the text that this value is, without the space around it; empty if it is none.
    pub fn own_text(&mut self) -> String {
        match self {
            Self::Text(text) => {
                let taken = text.trim().to_owned();
                *self = Self::Empty;
                taken
            }
            Self::Empty | Self::List(_) | Self::Map(_) => String::new(),
        }
    }

    /// The elements of the list under the first of these `names`, to be read in place; a single
    /// value is a list of one.
    pub fn items(&mut self, names: &[&str]) -> &mut [Self] {
        self.inner(names).map(Self::own_items).unwrap_or_default()
    }

    /// The elements that this value holds; a single value is a list of one.
    pub fn own_items(&mut self) -> &mut [Self] {
        match self {
            Self::Empty => &mut [],
            Self::List(list) => list,
            Self::Text(_) | Self::Map(_) => slice::from_mut(self),
        }
    }

    /// Takes the texts of the list under the first of these `names`. What is no text stays.
    pub fn texts(&mut self, names: &[&str]) -> Vec<String> {
        self.items(names).iter_mut().map(Self::own_text).filter(|t| !t.is_empty()).collect()
    }

    /// Adds `text` to a record under `name`; nothing happens without a text, or to anything else.
    pub fn put(&mut self, name: &str, text: String) {
        if let (Self::Map(fields), false) = (self, text.is_empty()) {
            fields.push((name.to_owned(), Self::Text(text)));
        }
    }

    /// Moves the value under `from` of a record to `to`, unless there is one already.
    pub fn rename(&mut self, from: &str, to: &str) {
        if self.inner(&[to]).is_some() {
            return;
        }
        if let Self::Map(fields) = self
            && let Some((name, _)) =
                fields.iter_mut().find(|(name, value)| name == from && !value.is_empty())
        {
            to.clone_into(name);
        }
    }

    /// Adds a value to a record under `name`; nothing happens to anything else, or without a value.
    pub fn add(&mut self, name: &str, value: Self) {
        if let (Self::Map(fields), false) = (self, value.is_empty()) {
            fields.push((name.to_owned(), value));
        }
    }

    /// The names and values of a record; none of anything else.
    pub fn fields(&mut self) -> &mut [(String, Self)] {
        match self {
            Self::Map(fields) => fields,
            Self::Empty | Self::Text(_) | Self::List(_) => &mut [],
        }
    }

    /// Takes the whole value.
    pub fn take(&mut self) -> Self {
        mem::take(self)
    }

    /// Whether no text is left in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(list) => list.iter().all(Self::is_empty),
            Self::Map(fields) => fields.iter().all(|(_, value)| value.is_empty()),
        }
    }

    /// How many values there are in it, itself included, and how many bytes.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let add = |(values, bytes), (v, b)| (values + v, bytes + b);
        let own = (1, size_of::<Self>());
        match self {
            Self::Empty => own,
            Self::Text(text) => add(own, (0, text.len())),
            Self::List(list) => list.iter().map(Self::size).fold(own, add),
            Self::Map(fields) => {
                let field = |(name, value): &(String, Self)| add(value.size(), (0, name.len()));
                fields.iter().map(field).fold(own, add)
            }
        }
    }

    /// Calls `see` with the way to every text that is left, such as `work[2].emoji`, and the text.
    pub fn left(&self, way: &str, see: &mut dyn FnMut(&str, &str)) {
        match self {
            Self::Empty => {}
            Self::Text(text) if text.trim().is_empty() => {}
            Self::Text(text) => see(way, text.trim()),
            Self::List(list) => {
                for (i, value) in list.iter().enumerate() {
                    value.left(&format!("{way}[{i}]"), see);
                }
            }
            Self::Map(fields) => {
                for (name, value) in fields {
                    let name: String = name.chars().take(LONGEST_NAME).collect();
                    let way = if way.is_empty() { name } else { format!("{way}.{name}") };
                    value.left(&way, see);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(fields: &[(&str, Tree)]) -> Tree {
        Tree::Map(fields.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect())
    }

    #[test]
    fn what_is_not_taken_is_left() {
        let text = |t: &str| Tree::Text(t.to_owned());
        let mut tree = map(&[
            ("Name", text(" A ")),
            ("url", text("")),
            ("website", text("w")),
            ("tags", Tree::List(vec![text("x"), map(&[("odd", text("y"))])])),
        ]);
        assert_eq!(tree.text(&["name"]), "A");
        assert_eq!(tree.text(&["url", "website"]), "w");
        assert_eq!(tree.texts(&["tags"]), ["x"]);
        let mut left = vec![];
        tree.left("", &mut |way, text| left.push(format!("{way}={text}")));
        assert_eq!(left, ["tags[1].odd=y"]);
    }
}

//! JSON as people write it, to a [`Tree`] and back: commas too many, comments and line breaks in
//! texts do no harm.

use super::{DEEPEST, Error, MOST, Tree};
use crate::{finding::LineColumn, value::clean::clean};
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

/// Reads a text as JSON, numbers as they stand there. `format` is what the file is read as, for the
/// errors: [`Error::Broken`] with its place, and [`Error::TooDeep`] for what is nested too deep or
/// holds too much.
pub fn read(text: &str, format: &'static str) -> Result<Tree, Error> {
    let mut reader = Reader { text, rest: text, format, values: 0 };
    let tree = reader.value(0)?;
    reader.space();
    if reader.rest.is_empty() {
        Ok(tree)
    } else {
        Err(reader.broken("something follows after its end"))
    }
}

/// The names in a record that is the whole of `text`, without reading what they name; none of
/// anything else.
#[must_use]
pub fn names(text: &str) -> Vec<&str> {
    let (mut names, mut depth, mut last) = (vec![], 0_usize, "");
    let mut rest = text;
    while let Some((at, sign)) =
        rest.char_indices().find(|(_, c)| matches!(c, '"' | '{' | '}' | '[' | ']' | ':'))
    {
        rest = rest.get(at + 1..).unwrap_or_default();
        match sign {
            '"' => {
                let end = string_end(rest);
                let (string, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                (last, rest) = (string, after.get(1..).unwrap_or_default());
            }
            ':' if depth == 1 => names.push(last),
            ':' => {}
            '[' if depth == 0 => return names,
            '{' | '[' => depth += 1,
            _ => depth = depth.saturating_sub(1),
        }
    }
    names
}

/// The JSON of a tree, indented, with a line break at its end.
#[must_use]
pub fn write(tree: &Tree) -> Vec<u8> {
    // Writing texts to memory cannot fail.
    let mut bytes = serde_json::to_vec_pretty(tree).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => {
                let mut seq = serializer.serialize_seq(Some(list.len()))?;
                list.iter().try_for_each(|value| seq.serialize_element(value))?;
                seq.end()
            }
            Self::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                fields.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
        }
    }
}

/// How many bytes a string goes on, up to its closing quote.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    end.unwrap_or(text.len())
}

struct Reader<'t> {
    text: &'t str,
    rest: &'t str,
    format: &'static str,
    values: usize,
}

impl Reader<'_> {
    fn broken(&self, message: &str) -> Error {
        let read = self.text.get(..self.text.len() - self.rest.len()).unwrap_or_default();
        let line = read.rsplit('\n').next().unwrap_or_default();
        let place =
            LineColumn { line: read.matches('\n').count() + 1, column: line.chars().count() + 1 };
        Error::Broken { format: self.format, message: message.to_owned(), place: Some(place) }
    }

    /// Passes over white space, comments, and a mark at the head.
    fn space(&mut self) {
        loop {
            self.rest =
                self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let line = self.rest.strip_prefix("//").map(|rest| rest.split_once('\n'));
            let block = self.rest.strip_prefix("/*").map(|rest| rest.split_once("*/"));
            let Some(comment) = line.or(block) else {
                return;
            };
            self.rest = comment.map_or("", |(_, rest)| rest);
        }
    }

    /// Passes over `sign` if it comes next.
    fn sign(&mut self, sign: char) -> bool {
        self.space();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: usize) -> Result<Tree, Error> {
        self.values += 1;
        if depth > DEEPEST || self.values > MOST {
            return Err(Error::TooDeep { format: self.format });
        }
        if self.sign('{') {
            let mut fields = vec![];
            while !self.ends('}')? {
                let name = if self.sign('"') { self.string()? } else { self.word()? };
                if !self.sign(':') {
                    return Err(self.broken("expected `:`"));
                }
                fields.push((name, self.value(depth + 1)?));
            }
            Ok(Tree::Map(fields))
        } else if self.sign('[') {
            let mut list = vec![];
            while !self.ends(']')? {
                list.push(self.value(depth + 1)?);
            }
            Ok(Tree::List(list))
        } else if self.sign('"') {
            Ok(Tree::Text(self.string()?))
        } else {
            let word = self.word()?;
            Ok(if word == "null" { Tree::Empty } else { Tree::Text(word) })
        }
    }

    /// Whether a list or record ends here; passes over the comma before its next part.
    fn ends(&mut self, close: char) -> Result<bool, Error> {
        while self.sign(',') {}
        self.space();
        if self.rest.is_empty() {
            return Err(self.broken("it ends too early"));
        }
        Ok(self.sign(close))
    }

    /// A number, a truth value, or a name without quotes.
    fn word(&mut self) -> Result<String, Error> {
        let is_part = |c: char| c.is_alphanumeric() || "+-._$".contains(c);
        let end = self.rest.find(|c: char| !is_part(c)).unwrap_or(self.rest.len());
        match self.rest.split_at_checked(end) {
            Some((word, rest)) if !word.is_empty() => {
                self.rest = rest;
                Ok(word.to_owned())
            }
            _ if self.rest.is_empty() => Err(self.broken("it ends too early")),
            _ => Err(self.broken("expected a text, a number, a list or a record")),
        }
    }

    /// The rest of a string whose opening quote has been read.
    fn string(&mut self) -> Result<String, Error> {
        let end = string_end(self.rest);
        let Some((source, rest)) = self.rest.split_at_checked(end).filter(|(_, r)| !r.is_empty())
        else {
            return Err(self.broken("this text has no end"));
        };
        self.rest = rest.get(1..).unwrap_or_default();
        Ok(match source.contains('\\') {
            true => clean(&unescaped(source)).0.into_owned(),
            false => source.to_owned(),
        })
    }
}

/// The text with escapes resolved; one that does not exist stays as it stands there.
fn unescaped(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut units: Vec<u16> = vec![];
    let mut rest = source;
    loop {
        if let Some(after) = rest.strip_prefix("\\u")
            && let Some(unit) = after.get(..4).and_then(|hex| u16::from_str_radix(hex, 16).ok())
        {
            // Pairs stand for one character.
            units.push(unit);
            rest = after.get(4..).unwrap_or_default();
            continue;
        }
        text.extend(
            char::decode_utf16(units.drain(..)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)),
        );
        let mut chars = rest.chars();
        match (chars.next(), chars.clone().next()) {
            (None, _) => return text,
            (Some('\\'), Some(escaped)) if "\"\\/bfnrt".contains(escaped) => {
                chars.next();
                text.push(match escaped {
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    literal => literal,
                });
            }
            (Some(c), _) => text.push(c),
        }
        rest = chars.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reprinted(text: &str) -> String {
        match read(text, "test") {
            Ok(tree) => serde_json::to_string(&tree).unwrap(),
            Err(Error::Broken { message, place: Some(at), .. }) => {
                format!("{}:{} {message}", at.line, at.column)
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn values() {
        for (text, expected) in [
            (r#"{"a": [1, 3.90, true, null, "x"]}"#, r#"{"a":["1","3.90","true",null,"x"]}"#),
            ("// c\n{/* d */ a: 1,, \"b\": [2,],}\u{feff}", r#"{"a":"1","b":["2"]}"#),
            (r#""\u00e9\ud83d\ude80\/\n\q\ud83d""#, "\"é🚀/\\n\\\\q\u{fffd}\""),
            (r#""a\r\n\u0000b""#, r#""a\nb""#),
            ("{}", "{}"),
            ("", "1:1 it ends too early"),
            ("{\"a\":\n [1", "2:4 it ends too early"),
            ("{\"a\" 1}", "1:6 expected `:`"),
            ("[}]", "1:2 expected a text, a number, a list or a record"),
            ("\"a", "1:2 this text has no end"),
            ("1 2", "1:3 something follows after its end"),
        ] {
            assert_eq!(reprinted(text), expected, "{text:?}");
        }
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(reprinted(&deep(DEEPEST)).starts_with('['));
        assert!(reprinted(&deep(1_000_000)).contains("too deep"));
    }

    #[test]
    fn names_of_a_record() {
        for (text, expected) in [
            (r#"{"a": {"b": 1}, "c\"": ["d"], "e": "f: }"}"#, &["a", "c\\\"", "e"][..]),
            (r#" [{"a": 1}]"#, &[]),
            ("a: b", &[]),
            ("", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}

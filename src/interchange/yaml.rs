//! YAML as people write it, to a [`Tree`] and back. Every scalar is a text as it stands there;
//! nothing is made a date or a number.

use super::{DEEPEST, Error, LARGEST, MOST, Tree};
use crate::{finding::LineColumn, value::clean::clean};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use std::collections::{BTreeMap, BTreeSet};

/// Reads a text as YAML. `format` is what the file is read as, for the errors: [`Error::Broken`]
/// with its place, and [`Error::TooDeep`] for what is nested too deep or grows too large by its
/// aliases.
///
/// Further documents stand under `---`. A text that begins with a sign of YAML, as `*my name*`
/// does, is a text where it cannot be anything else.
pub fn read(text: &str, format: &'static str) -> Result<Tree, Error> {
    let whole = parse(text, format);
    if let Err(Error::Broken { .. }) = &whole
        && let Some(mark) = ('\u{e000}'..='\u{f8ff}').find(|mark| !text.contains(*mark))
        && let Ok(mut tree) = parse(&marked(text, mark), format)
    {
        unmark(&mut tree, mark);
        return Ok(tree);
    }
    whole
}

/// The names in a record that is the whole of `text`, without reading what they name; none of
/// anything else.
#[must_use]
pub fn names(text: &str) -> Vec<&str> {
    let name = |line: &'_ str| -> Option<usize> {
        let (name, rest) = line.split_once(':')?;
        let bare = name.trim_matches(['"', '\'']);
        let is_name = !bare.is_empty()
            && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'));
        (is_name && (rest.is_empty() || rest.starts_with(char::is_whitespace)))
            .then_some(name.len())
    };
    let named = |line| Some(str::get(line, ..name(line)?)?.trim_matches(['"', '\'']));
    text.lines().filter_map(named).collect()
}

/// The YAML of a tree, as a text that ends with a line break. What has one of the names `years` is
/// written as a number if it is a year.
#[must_use]
pub fn write(tree: &Tree, years: &[&str]) -> String {
    let mut out = String::new();
    block(tree, 0, years, &mut out);
    out.trim_start_matches('\n').to_owned() + "\n"
}

/// Puts `mark` before signs that begin a word and have a meaning in YAML; inside other texts it
/// does no harm.
fn marked(text: &str, mark: char) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut before = '\n';
    for c in text.chars() {
        if "*&!@`%".contains(c) && (before.is_whitespace() || "[{,".contains(before)) {
            out.push(mark);
        }
        out.push(c);
        before = c;
    }
    out
}

fn unmark(tree: &mut Tree, mark: char) {
    match tree {
        Tree::Empty => {}
        Tree::Text(text) => text.retain(|c| c != mark),
        Tree::List(list) => list.iter_mut().for_each(|value| unmark(value, mark)),
        Tree::Map(fields) => {
            for (name, value) in fields {
                name.retain(|c| c != mark);
                unmark(value, mark);
            }
        }
    }
}

/// A list or record that is being read.
struct Open {
    anchor: usize,
    /// The record, or the list under empty names.
    fields: Vec<(String, Tree)>,
    is_map: bool,
    /// The name whose value comes next.
    name: Option<String>,
}

struct Builder {
    format: &'static str,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Tree>,
    documents: Vec<Tree>,
    /// How many values there are, and how many bytes aliases have copied.
    values: usize,
    copied: usize,
}

fn parse(text: &str, format: &'static str) -> Result<Tree, Error> {
    let anchors = BTreeMap::new();
    let mut builder =
        Builder { format, open: vec![], anchors, documents: vec![], values: 0, copied: 0 };
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| broken(&error, format))?;
        builder.event(event)?;
    }
    let mut documents = builder.documents.into_iter();
    let mut first = documents.next().unwrap_or_default();
    let rest: Vec<Tree> = documents.filter(|tree| !tree.is_empty()).collect();
    if first.is_empty() && rest.len() == 1 {
        first = rest.into_iter().next().unwrap_or_default();
    } else if let (Tree::Map(fields), false) = (&mut first, rest.is_empty()) {
        fields.push(("---".to_owned(), Tree::List(rest)));
    }
    Ok(first)
}

fn broken(error: &ScanError, format: &'static str) -> Error {
    let at = error.marker();
    let place = Some(LineColumn { line: at.line(), column: at.col() + 1 });
    Error::Broken { format, message: error.info().to_owned(), place }
}

impl Builder {
    fn event(&mut self, event: Event<'_>) -> Result<(), Error> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain;
                // A tag of one's own is rather a text that begins with `!`.
                let tag = tag.filter(|tag| is_plain && !tag.is_yaml_core_schema());
                let value = match (tag, text.as_ref()) {
                    (Some(tag), text) => Tree::Text(format!("!{} {text}", tag.suffix)),
                    (None, "" | "~" | "null" | "Null" | "NULL") if is_plain => Tree::Empty,
                    (None, text) => Tree::Text(clean(text).0.into_owned()),
                };
                self.add(anchor, value)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().unwrap_or_default();
                let (values, bytes) = value.size();
                self.values += values;
                self.copied += bytes;
                self.add(0, value)
            }
            Event::SequenceStart(anchor, _) => self.begin(anchor, false),
            Event::MappingStart(anchor, _) => self.begin(anchor, true),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => {
                    let (anchor, value) = open.closed();
                    self.add(anchor, value)
                }
                None => Ok(()),
            },
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn begin(&mut self, anchor: usize, is_map: bool) -> Result<(), Error> {
        self.open.push(Open { anchor, fields: vec![], is_map, name: None });
        self.bounded()
    }

    fn bounded(&self) -> Result<(), Error> {
        let fits = self.open.len() <= DEEPEST && self.values <= MOST && self.copied <= LARGEST;
        if fits { Ok(()) } else { Err(Error::TooDeep { format: self.format }) }
    }

    fn add(&mut self, anchor: usize, value: Tree) -> Result<(), Error> {
        self.values += 1;
        self.bounded()?;
        if anchor > 0 {
            let (values, bytes) = value.size();
            self.values += values;
            self.copied += bytes;
            self.bounded()?;
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.documents.push(value),
            Some(open) if !open.is_map => open.fields.push((String::new(), value)),
            Some(open) => match open.name.take() {
                Some(name) => open.fields.push((name, value)),
                None => open.name = Some(name(&value)),
            },
        }
        Ok(())
    }
}

impl Open {
    fn closed(self) -> (usize, Tree) {
        if !self.is_map {
            return (self.anchor, Tree::List(self.fields.into_iter().map(|(_, v)| v).collect()));
        }
        // What is merged in is what the record does not say itself.
        let mut merged = vec![];
        let mut fields = self.fields;
        for (name, value) in &mut fields {
            if let ("<<", Tree::Map(inner)) = (name.as_str(), &mut *value) {
                merged.append(inner);
            }
        }
        let own: BTreeSet<String> = fields.iter().map(|(name, _)| name.clone()).collect();
        merged.retain(|(name, _)| !own.contains(name));
        fields.append(&mut merged);
        (self.anchor, Tree::Map(fields))
    }
}

/// A name that is no text is told by the texts in it.
fn name(value: &Tree) -> String {
    if let Tree::Text(text) = value {
        return text.clone();
    }
    let mut texts = vec![];
    value.left("", &mut |_, text| texts.push(text.to_owned()));
    texts.join(" ")
}

/// Writes a value behind `-` or `:`.
fn block(tree: &Tree, indent: usize, years: &[&str], out: &mut String) {
    let space = "  ".repeat(indent);
    match tree {
        Tree::Empty => out.push_str(" null"),
        Tree::List(list) if list.is_empty() => out.push_str(" []"),
        Tree::Map(fields) if fields.is_empty() => out.push_str(" {}"),
        Tree::Text(text) => {
            out.push(' ');
            out.push_str(&scalar(text, &space));
        }
        Tree::List(list) => {
            for value in list {
                out.push_str(&format!("\n{space}-"));
                let mut inner = String::new();
                block(value, indent + 1, years, &mut inner);
                // The first name of a record stands on the line of its dash.
                match inner.strip_prefix('\n') {
                    Some(inner) => {
                        out.push(' ');
                        out.push_str(inner.trim_start());
                    }
                    None => out.push_str(&inner),
                }
            }
        }
        Tree::Map(fields) => {
            for (name, value) in fields {
                out.push_str(&format!("\n{space}{}:", scalar(&one_line(name), "")));
                let is_year = |text: &str| {
                    text.len() == 4 && text.starts_with(['1', '2']) && text.parse::<u16>().is_ok()
                };
                match value {
                    Tree::Text(text) if years.contains(&name.as_str()) && is_year(text) => {
                        out.push_str(&format!(" {text}"));
                    }
                    value => block(value, indent + 1, years, out),
                }
            }
        }
    }
}

fn one_line(text: &str) -> String {
    text.split('\n').collect::<Vec<_>>().join(" ")
}

/// A text in the plainest form in which it is read as the same text, by YAML 1.1, too. `space` is
/// the indent of its line.
fn scalar(text: &str, space: &str) -> String {
    let printable = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let lines: Vec<&str> = text.split('\n').collect();
    let is_clean = |line: &&str| line.chars().all(printable) && !line.ends_with(' ');
    if lines.len() > 1
        && lines.iter().all(is_clean)
        && !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
    {
        let lines = lines.iter().map(|line| match *line {
            "" => "\n".to_owned(),
            line => format!("\n{space}{line}"),
        });
        return format!("|-{}", lines.collect::<String>());
    }
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || " ,.-–+/()'’_;%=@:".contains(c))
        && !text.contains(": ")
        && !text.ends_with([' ', ':'])
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_plain {
        return text.to_owned();
    }
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if printable(c) => out.push(c),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(text, "test") {
            Ok(tree) => serde_json::to_string(&tree).unwrap(),
            Err(Error::Broken { place: Some(at), .. }) => {
                format!("broken at {}:{}", at.line, at.column)
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn values() {
        for (text, expected) in [
            (
                "a: 2020-09\nb: 007\nc: ~\nd:\ne: yes",
                r#"{"a":"2020-09","b":"007","c":null,"d":null,"e":"yes"}"#,
            ),
            ("- a\n- [b, {c: d}]", r#"["a",["b",{"c":"d"}]]"#),
            ("a: one\n  two\n\n  three", r#"{"a":"one two\nthree"}"#),
            (
                "a: |\n  one\n  two\nb: >-\n  three\n  four",
                r#"{"a":"one\ntwo\n","b":"three four"}"#,
            ),
            (
                "a: &x {b: c}\nd: *x\ne:\n  <<: *x\n  f: g\nh: {<<: *x, b: i}",
                r#"{"a":{"b":"c"},"d":{"b":"c"},"e":{"<<":{},"f":"g","b":"c"},"h":{"<<":{},"b":"i"}}"#,
            ),
            (
                "authors:\n  - *First Last*\n  - **B** and `c`\nk: @me",
                r#"{"authors":["*First Last*","**B** and `c`"],"k":"@me"}"#,
            ),
            ("a: *Zoe* and\n  *Jo*", r#"{"a":"*Zoe* and *Jo*"}"#),
            ("Wow!: !odd text", r#"{"Wow!":"!odd text"}"#),
            ("{\"a\": [\"b\", 1.50]}", r#"{"a":["b","1.50"]}"#),
            ("a: 1\n---\nb: 2", r#"{"a":"1","---":[{"b":"2"}]}"#),
            ("? [a, b]\n: c", r#"{"a b":"c"}"#),
            ("a: [b", "broken at 2:1"),
            ("a: b: c", "broken at 1:5"),
            ("", "null"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let text = |text: &str| Tree::Text(text.to_owned());
        let texts = [
            "plain",
            "two words",
            "no",
            "2020",
            "2020-09",
            "- a",
            "a: b",
            "a #b",
            "*a*",
            "\"q\" 'r'",
            "\\n",
            "ü –",
            "a\nb",
            "a\n\n  - b",
            "tab\tin",
            "\u{202e}x",
            "a\n",
            " a\nb",
            "?",
            "|",
            "",
            "@x",
            "a ",
            "{x}",
            "!x",
            "a\n b \nc",
            "🚀",
        ];
        let names = texts.iter().filter(|text| !text.contains('\n'));
        let tree = Tree::Map(vec![
            ("list".into(), Tree::List(texts.iter().map(|t| text(t)).collect())),
            (
                "nested".into(),
                Tree::List(vec![Tree::List(vec![text("a\nb"), text("c")]), text("d")]),
            ),
            (
                "maps".into(),
                Tree::List(vec![Tree::Map(vec![
                    ("a".into(), text("1\n2")),
                    ("b".into(), Tree::List(vec![text("3")])),
                ])]),
            ),
            ("year".into(), text("2024")),
            ("none".into(), Tree::List(vec![Tree::Empty, Tree::List(vec![]), Tree::Map(vec![])])),
            ("names".into(), Tree::Map(names.map(|t| ((*t).to_owned(), text("x"))).collect())),
        ]);
        let written = write(&tree, &["year"]);
        assert_eq!(read(&written, "test").unwrap(), tree, "{written}");
        assert!(written.contains("year: 2024\n"), "{written}");
    }
}

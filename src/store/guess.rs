//! Guesses at what went wrong in a text that is not RON, in words that help people who never heard
//! of RON.

use super::{
    parse::Problem,
    tree::{Kind, Node, Shape, Span},
};

/// What the text is when it is some other kind of file.
pub(super) fn foreign(text: &str) -> Option<Problem> {
    let start = text.trim_start();
    let at = text.len() - start.len();
    let says = |message: &str, hint: &str| {
        let end = at + start.chars().next().map_or(0, char::len_utf8);
        Some(Problem::new(Span::new(at, end), message, hint))
    };
    if start.is_empty() {
        let hint = "a profile starts with `Profile(` and ends with `)`";
        return Some(Problem::new(Span::default(), "the file is empty", hint));
    }
    if start.starts_with("%PDF-") {
        return says(
            "expected a profile, found a PDF",
            "open the .cv.ron file that the PDF was made from",
        );
    }
    if start.starts_with("PK\u{3}\u{4}") {
        return says(
            "expected a profile, found a zip archive or an office document",
            "if it is an archive, unpack it and open the .cv.ron file inside",
        );
    }
    if looks_like_json(start) {
        return says(
            "expected a profile in RON, found JSON",
            "RON writes `(name: \"Ada\")` where JSON writes `{\"name\": \"Ada\"}`",
        );
    }
    let bibtex = start.strip_prefix('@').is_some_and(|rest| {
        let kind = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        kind.len() < rest.len() && kind.trim_start().starts_with(['{', '('])
    });
    if bibtex {
        return says(
            "expected a profile, found BibTeX",
            "publications from BibTeX are imported into a profile; they are not one by themselves",
        );
    }
    if start.starts_with('<') {
        return says("expected a profile, found HTML or XML", "open a .cv.ron file");
    }
    if start.starts_with('\\') {
        return says("expected a profile, found LaTeX", "open a .cv.ron file");
    }
    if looks_like_toml(start) {
        return says(
            "expected a profile in RON, found TOML",
            "RON writes `(name: \"Ada\")` where TOML writes `name = \"Ada\"`",
        );
    }
    if looks_like_yaml(start) {
        return says(
            "expected a profile in RON, found YAML",
            "RON puts the fields in brackets and text in quotes: `(name: \"Ada\")`",
        );
    }
    None
}

/// A text that is never closed, or closed only by the quote that opens the next one.
pub(super) fn open_quote(text: &str, start: usize) -> Problem {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let held = line.trim_end().trim_end_matches(',').trim_end();
    let hint = if held.len() > 1 && held.len() < rest.trim_end().len() {
        format!("the line probably should end so: {}\",", tail(held))
    } else {
        "put a `\"` where the text ends".to_owned()
    };
    Problem::new(Span::new(start, start + 1), "this text is never closed: expected a `\"`", hint)
}

/// Whether a text runs over what looks like the start of another field: its closing quote is
/// missing.
pub(super) fn swallowed(text: &str, span: Span) -> bool {
    let written = span.of(text);
    let body = written.trim_matches('"').trim_end();
    written.starts_with('"') && written.contains('\n') && body.ends_with([':', '(', '[', ','])
}

/// A value is followed by neither a comma nor a closing bracket; the next thing stands at `next`.
pub(super) fn no_comma(text: &str, value: &Node, next: usize, shape: Shape) -> Problem {
    let found = text.get(next..).unwrap_or_default();
    let end = value.span.end;
    let behind = Span::new(end, end);
    let written = value.span.of(text);
    let same_line = !Span::new(end, next).of(text).contains('\n');
    let adjacent = next == end && written.contains('\n');
    if matches!(value.kind, Kind::Text) && (adjacent || swallowed(text, value.span)) {
        return open_quote(text, value.span.start);
    }
    match found.chars().next() {
        Some(':') if matches!(value.kind, Kind::Text) => {
            let name = written.trim_matches('"');
            return Problem::new(
                value.span,
                format!("expected a field name without quotes, found {}", short(written)),
                format!("write `{name}: …`"),
            );
        }
        Some(':') => {
            return Problem::new(
                Span::new(next, next + 1),
                "expected a comma, found `:`",
                match shape {
                    Shape::List => "fields stand in round brackets: `[(title: …), (title: …)]`",
                    Shape::Tuple | Shape::Struct | Shape::Map => {
                        "text with a colon in it needs quotes"
                    }
                },
            );
        }
        Some('=') => {
            return Problem::new(
                Span::new(next, next + 1),
                "expected `:` between a field's name and its value, found `=`",
                format!("write `{}: …`", short(written)),
            );
        }
        Some(';') => {
            return Problem::new(Span::new(next, next + 1), "expected a comma, found `;`", "");
        }
        _ => {}
    }
    if same_line && matches!(value.kind, Kind::Word | Kind::Number) {
        let line = text.get(value.span.start..).unwrap_or_default();
        let plain =
            line.split([',', '\n', ')', ']', '}', '"']).next().unwrap_or_default().trim_end();
        let hint = if found.starts_with(['"', '(', '[']) {
            format!("is a `:` missing behind `{}`, or a comma?", short(written))
        } else {
            format!("if it is text, put it in quotes: \"{}\"", short(plain))
        };
        return Problem::new(behind, format!("expected a comma behind `{}`", short(written)), hint);
    }
    if same_line && matches!(value.kind, Kind::Text) && !found.starts_with('"') {
        return Problem::new(
            behind,
            "expected a comma behind this text",
            "if a quote is part of the text, write it as `\\\"`",
        );
    }
    Problem::new(behind, "expected a comma here, before the next line or value", "add `,`")
}

/// A field name has no colon behind it; the next thing stands at `next`.
pub(super) fn no_colon(text: &str, name: Span, next: usize) -> Problem {
    let written = short(name.of(text));
    let found = text.get(next..).unwrap_or_default().chars().next();
    let instead = match found {
        Some('=') => ", found `=`",
        _ => "",
    };
    Problem::new(
        Span::new(name.end, name.end),
        format!("expected `:` behind the field name `{written}`{instead}"),
        format!("write `{written}: …`"),
    )
}

/// Something other than a field name stands where one belongs.
pub(super) fn no_field_name(text: &str, here: Span, open: Option<(usize, char)>) -> Problem {
    let found = here.of(text);
    let rest = text.get(here.start..).unwrap_or_default();
    let quoted = rest.strip_prefix('"').and_then(|r| r.split_once('"'));
    if let Some((name, after)) = quoted
        && after.trim_start().starts_with(':')
    {
        let span = Span::new(here.start, here.start + name.len() + 2);
        return Problem::new(
            span,
            format!("expected a field name without quotes, found \"{}\"", short(name)),
            format!("write `{}: …`", short(name)),
        );
    }
    let line = open.map_or(1, |(open, _)| line_number(text, open));
    let hint = match found {
        "(" | "{" | "[" => {
            format!("is a closing bracket missing before it? the one of line {line} is still open")
        }
        "," => "remove this comma: one is enough".to_owned(),
        _ => "every value in these brackets needs its name: `title: …`".to_owned(),
    };
    Problem::new(here, format!("expected a field name such as `title:`, found `{found}`"), hint)
}

/// No value stands where one belongs.
pub(super) fn no_value(text: &str, here: Span) -> Problem {
    let found = here.of(text);
    let (message, hint) = match found.chars().next() {
        None => ("expected a value, found the end of the file".to_owned(), "is the file cut off?"),
        Some(',') => ("expected a value before this comma".to_owned(), "an empty text is \"\""),
        Some(')' | ']' | '}') => {
            (format!("expected a value, found `{found}`"), "an empty text is \"\"")
        }
        Some('“' | '”' | '„' | '«' | '‘' | '’' | '`') => (
            format!("expected a straight quote, found `{found}`"),
            "use `\"` on both sides; curly quotes are fine inside a text",
        ),
        Some('#') => {
            ("expected a value, found `#`".to_owned(), "comments start with `//`, not with `#`")
        }
        Some(_) => (format!("expected a value, found `{found}`"), "text stands in quotes: \"…\""),
    };
    Problem::new(here, message, hint)
}

/// A bracket that is still open at the end of the file.
pub(super) fn unclosed(open: usize, bracket: char) -> Problem {
    let close = match bracket {
        '[' => ']',
        '{' => '}',
        _ => ')',
    };
    Problem::new(
        Span::new(open, open + 1),
        format!("this `{bracket}` is never closed: expected a `{close}`"),
        format!("add `{close}` where it ends"),
    )
}

/// The line, from 1, in which `offset` lies.
pub(super) fn line_number(text: &str, offset: usize) -> usize {
    1 + text.get(..offset).unwrap_or_default().matches('\n').count()
}

/// The first words of what a file says, for a message.
pub(super) fn short(said: &str) -> String {
    let line = said.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 {
        return line.to_owned();
    }
    line.chars().take(38).chain(['…']).collect()
}

/// The last words of a line.
fn tail(line: &str) -> String {
    let count = line.chars().count();
    if count <= 30 {
        return line.to_owned();
    }
    ['…'].into_iter().chain(line.chars().skip(count - 28)).collect()
}

fn looks_like_json(start: &str) -> bool {
    let inner = |rest: &str| rest.trim_start().starts_with(['"', '}']);
    let object = |s: &str| s.strip_prefix('{').is_some_and(inner);
    let list = start.strip_prefix('[').is_some_and(|rest| object(rest.trim_start()));
    let bare = start.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let member =
        bare.is_some_and(|(key, rest)| !key.contains('\n') && rest.trim_start().starts_with(':'));
    object(start) || list || member
}

fn looks_like_toml(start: &str) -> bool {
    let table = start.lines().next().unwrap_or_default().trim();
    let name = table.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or_default();
    let named = |n: &str| {
        !n.is_empty() && n.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let heading = named(name.trim_matches(['[', ']']))
        && start.lines().skip(1).any(|l| l.split_once('=').is_some_and(|(k, _)| named(k.trim())));
    let pair = table.split_once('=').is_some_and(|(key, _)| named(key.trim()));
    heading || pair
}

fn looks_like_yaml(start: &str) -> bool {
    let line = start.lines().find(|l| !l.starts_with('#')).unwrap_or_default();
    let pair = line.split_once(':').is_some_and(|(key, value)| {
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        !key.is_empty() && key.chars().all(word) && (value.is_empty() || value.starts_with(' '))
    });
    start.starts_with("---") || pair
}

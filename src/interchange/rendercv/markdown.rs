//! The Markdown of RenderCV, with the bits of Typst that it lets through, and our rich text.

use crate::value::{
    link::Link,
    rich::{Rich, Run, Shift, paragraphs},
};

/// Invisible, and so that what stands on its two sides is not read as one sign.
pub(super) const JOINER: char = '\u{2060}';

/// Commands of Typst and what they are in our rich text.
const COMMANDS: &[(&str, &str, &str)] = &[
    ("#emph[", "*", "*"),
    ("#strong[", "**", "**"),
    ("#super[", "^{", "}"),
    ("#sub[", "_{", "}"),
    ("#underline[", "", ""),
];

/// Names of fields: in capitals RenderCV takes them for places to fill in, even inside words.
const FIELDS: [&str; 18] = [
    "NAME",
    "DATE",
    "LOCATION",
    "SUMMARY",
    "HIGHLIGHTS",
    "COMPANY",
    "POSITION",
    "INSTITUTION",
    "AREA",
    "DEGREE",
    "TITLE",
    "AUTHORS",
    "DOI",
    "URL",
    "JOURNAL",
    "LABEL",
    "DETAILS",
    "BULLET",
];

/// A text of RenderCV as our rich text.
pub(super) fn read(text: &str) -> String {
    // Between marks it parts them here, too.
    let kept = text.replace(&format!("*{JOINER}*"), "*\0*").replace(JOINER, "");
    let text = kept.replace('\0', &JOINER.to_string());
    // A single dollar sign is a dollar there; two begin maths.
    let dollars = text.matches('$').count() - 2 * text.matches("$$").count();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut before = ' ';
    let mut in_maths = false;
    while let Some(c) = rest.chars().next() {
        if let Some((source, markup)) = command(rest).or_else(|| underscored(rest, before)) {
            out.push_str(&markup);
            rest = rest.get(source.len()..).unwrap_or_default();
            before = source.chars().next_back().unwrap_or(' ');
            continue;
        }
        let escaped = c == '\\' && rest.chars().nth(1).is_some_and(|c| c.is_ascii_punctuation());
        let taken = match c {
            '$' if rest.starts_with("$$") && (in_maths || closes(rest)) => {
                out.push('$');
                in_maths = !in_maths;
                2
            }
            '$' if dollars > 1 => {
                out.push_str("\\$");
                1
            }
            // Code is as it stands there.
            '`' => {
                let inner = near(rest.get(1..).unwrap_or_default());
                let end = inner.find('`').map_or(1, |end| end + 2);
                out.push_str(rest.get(..end).unwrap_or_default());
                end
            }
            _ => {
                let end = c.len_utf8() + usize::from(escaped);
                out.push_str(rest.get(..end).unwrap_or_default());
                end
            }
        };
        before = c;
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// The text as far as a mark may be from its partner, so that many marks without one cost little.
fn near(text: &str) -> &str {
    text.get(..text.floor_char_boundary(400)).unwrap_or_default()
}

/// Whether maths that starts here has an end.
fn closes(text: &str) -> bool {
    near(text).matches("$$").take(2).count() == 2
}

/// A command of Typst at the start of a text, and what it is.
fn command(text: &str) -> Option<(&str, String)> {
    let text = near(text.starts_with('#').then_some(text)?);
    for (name, open, close) in COMMANDS {
        if let Some((inner, _)) = text.strip_prefix(name).and_then(|rest| rest.split_once(']')) {
            let source = text.get(..name.len() + inner.len() + 1)?;
            return Some((source, format!("{open}{inner}{close}")));
        }
    }
    let (url, rest) = text.strip_prefix("#link(\"")?.split_once("\")[")?;
    let (inner, _) = rest.split_once(']')?;
    let source = text.get(..text.len() - rest.len() + inner.len() + 1)?;
    Some((source, format!("[{inner}]({url})")))
}

/// `_so_` and `__so__` at the start of a text and not inside a word, and what it is.
fn underscored(text: &str, before: char) -> Option<(&str, String)> {
    let text = near(text.starts_with('_').then_some(text)?);
    let (mark, ours) = if text.starts_with("__") { ("__", "**") } else { ("_", "*") };
    let (inner, after) = text.strip_prefix(mark)?.split_once(mark)?;
    let is_apart = !before.is_alphanumeric() && !after.starts_with(char::is_alphanumeric);
    let is_tight = !inner.is_empty() && inner.trim() == inner && !inner.contains(['_', '\n', '{']);
    (is_apart && is_tight).then_some(())?;
    let source = text.get(..inner.len() + 2 * mark.len())?;
    Some((source, format!("{ours}{inner}{ours}")))
}

/// A text without the backslashes before signs.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.next_if(|next| c == '\\' && next.is_ascii_punctuation());
        out.push(next.unwrap_or(c));
    }
    out
}

/// Our rich text as RenderCV reads it; paragraphs stay parted by blank lines.
pub(super) fn write(source: &str) -> String {
    let paragraphs: Vec<String> = paragraphs(source).iter().map(paragraph).collect();
    paragraphs.join("\n\n")
}

fn paragraph(rich: &Rich) -> String {
    let alike = |a: &Run, b: &Run| {
        (a.style.bold, a.style.italic, &a.link) == (b.style.bold, b.style.italic, &b.link)
    };
    let mut out = joined(rich.runs.chunk_by(alike).map(marked));
    // What Typst would read as a list or a heading.
    let (sign, _) = out.split_once(' ').unwrap_or((&out, ""));
    let is_number = sign.strip_suffix('.').is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
    let is_heading = !sign.is_empty() && sign.chars().all(|c| c == '=');
    if is_number || is_heading || matches!(sign, "-" | "+" | "/") || sign.starts_with("!!!") {
        out.insert(0, JOINER);
    }
    for field in FIELDS {
        if out.contains(field) {
            let (first, rest) = field.split_at_checked(1).unwrap_or((field, ""));
            out = out.replace(field, &format!("{first}{JOINER}{rest}"));
        }
    }
    out
}

/// The pieces in a row. Marks beside marks would be read as other marks, and some signs as part of
/// a command.
fn joined(pieces: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for piece in pieces {
        let mut chars = piece.chars();
        let meets = match chars.next() {
            Some('*' | '`' | '(' | '[' | '#' | ';') => true,
            Some('.') => chars.next().is_some_and(char::is_alphabetic),
            _ => false,
        };
        if meets && out.ends_with(['*', '`', ']', ')']) {
            out.push(JOINER);
        }
        out.push_str(&piece);
    }
    out
}

/// Runs of one emphasis, and of one link, with the marks around them.
fn marked(runs: &[Run]) -> String {
    let whole = joined(runs.iter().map(bare));
    let inner = whole.trim();
    let Some(Run { style, link, .. }) = runs.first().filter(|_| !inner.is_empty()) else {
        return whole;
    };
    let mark = match (style.bold, style.italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let mut out = format!("{mark}{inner}{mark}");
    let url = link.as_deref().and_then(|link| Link::parse(link).url);
    if let Some(url) = url.filter(|url| url.starts_with("http") || url.starts_with("mailto")) {
        out = format!("[{out}]({})", url.replace('(', "%28").replace(')', "%29"));
    }
    // Marks have no space inside them.
    whole.replacen(inner, &out, 1)
}

/// The text of a run without its emphasis.
fn bare(run: &Run) -> String {
    let text = &run.text;
    let simple = text.chars().all(|c| c.is_alphanumeric() || " +-−=,.†‡".contains(c));
    match run.style.shift {
        _ if run.style.code && !text.contains(['`', '\\']) => format!("`{text}`"),
        Shift::Super if simple => format!("#super[{text}]"),
        Shift::Sub if simple => format!("#sub[{text}]"),
        Shift::None | Shift::Super | Shift::Sub => escaped(text),
    }
}

/// The text with everything that has a meaning taken from it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '\\' | '*' | '_' | '`' | '[' | ']' | '{' | '}' => out.push('\\'),
            '$' if before == '$' => out.push(JOINER),
            _ if before == '#' && c.is_alphabetic() => out.push(JOINER),
            // The beginning of a label in Typst, of a tag in Markdown.
            _ if before == '<' && (c.is_alphabetic() || "_/!".contains(c)) => out.push(JOINER),
            // Between spaces it begins a bullet inside the bullet.
            '-' if before == ' ' => out.push(JOINER),
            _ => {}
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_as_rich_text() {
        for (text, expected) in [
            (
                "**a** *b* [c](https://example.org) `d_e`",
                "**a** *b* [c](https://example.org) `d_e`",
            ),
            ("__a__ _b_ c_d_e", "**a** *b* c_d_e"),
            (
                "#emph[a] #super[2] #link(\"https://example.org\")[b]",
                "*a* ^{2} [b](https://example.org)",
            ),
            ("$$x^2$$ for $5 and $6", "$x^2$ for \\$5 and \\$6"),
            ("US$5", "US$5"),
            ("a\\*b C# #1", "a\\*b C# #1"),
            ("`_a_` _", "`_a_` _"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn rich_text_comes_back() {
        for text in [
            "plain, C# and #tag, 5 - 3, a_b, {x}",
            "**bold** *italic* ***both***, **a***b*",
            "[a b](https://example.org/x) `code`",
            "x^{2} and $\\sigma_{n}$, $20k",
            "1. first, 2020 was",
            "- no bullet",
            "my URL and NAMESPACE",
            "5 \\* 3, \\[x\\], \\`y\\`",
            "= no heading",
            "R<D> and <script>alert(1)</script> a<b",
        ] {
            // A sign that parts marks and takes no room may stay.
            let plain = |text: &str| {
                let mut runs = Rich::parse(text).runs;
                runs.retain(|run| run.text != JOINER.to_string());
                runs
            };
            assert_eq!(plain(&read(&write(text))), plain(text), "{text}: {}", write(text));
        }
        assert_eq!(write("a\nb\n\nc"), "a b\n\nc");
    }
}

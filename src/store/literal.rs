//! What the words, numbers, characters and texts of RON say.

use super::tree::{Kind, Node};
use std::borrow::Cow;

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Without a decimal point.
    Whole(i128),
    /// With a decimal point or an exponent, or a word such as `inf`.
    Float(f64),
}

/// What a scalar says as text: a text without its quotes and escapes, anything else as it is
/// written.
#[must_use]
pub fn text<'t>(node: &Node, source: &'t str) -> Cow<'t, str> {
    let written = node.span.of(source);
    match node.kind {
        Kind::Text => text_of(written),
        Kind::Char => unescape(written.trim_matches('\'')).unwrap_or(Cow::Borrowed(written)),
        Kind::Word => Cow::Borrowed(word(written)),
        Kind::Number | Kind::Group(_) => Cow::Borrowed(written),
    }
}

/// A word without the `r#` of a raw identifier.
#[must_use]
pub fn word(written: &str) -> &str {
    written.strip_prefix("r#").unwrap_or(written)
}

/// The number that `written` says, with or without sign, underscores, base or type suffix.
#[must_use]
pub fn number(written: &str) -> Option<Number> {
    let (negative, digits) = match written.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, written.strip_prefix('+').unwrap_or(written)),
    };
    let sign = if negative { -1.0 } else { 1.0 };
    match digits {
        "inf" => return Some(Number::Float(sign * f64::INFINITY)),
        "NaN" => return Some(Number::Float(f64::NAN)),
        _ => {}
    }
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return whole(without_suffix(digits, INTEGERS), base, negative);
        }
    }
    let unsuffixed = without_suffix(digits, FLOATS);
    let bare = without_suffix(unsuffixed, INTEGERS);
    let only_digits = bare.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    if only_digits && unsuffixed.len() == digits.len() {
        return whole(bare, 10, negative);
    }
    float(bare, sign)
}

/// What a text in quotes, raw or not, says. The parser has checked its escapes.
fn text_of(written: &str) -> Cow<'_, str> {
    if let Some(raw) = written.strip_prefix('r') {
        let bare = raw.trim_start_matches('#');
        let hashes = raw.len() - bare.len();
        let end = bare.len().saturating_sub(hashes + 1);
        return Cow::Borrowed(bare.get(1..end).unwrap_or_default());
    }
    let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
    unescape(inner).unwrap_or(Cow::Borrowed(inner))
}

const INTEGERS: &[&str] = &["i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128"];
const FLOATS: &[&str] = &["f32", "f64"];

fn without_suffix<'t>(digits: &'t str, suffixes: &[&str]) -> &'t str {
    suffixes.iter().find_map(|suffix| digits.strip_suffix(suffix)).unwrap_or(digits)
}

fn whole(digits: &str, base: u32, negative: bool) -> Option<Number> {
    if digits.is_empty() || digits.starts_with('_') {
        return None;
    }
    let mut value = 0_i128;
    for c in digits.chars().filter(|&c| c != '_') {
        let digit = i128::from(c.to_digit(base)?);
        value = value.checked_mul(i128::from(base))?;
        value = if negative { value.checked_sub(digit) } else { value.checked_add(digit) }?;
    }
    Some(Number::Whole(value))
}

fn float(digits: &str, sign: f64) -> Option<Number> {
    let starts_well = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let misplaced = digits.contains("._") || digits.contains("+_") || digits.contains("-_");
    if !starts_well || misplaced {
        return None;
    }
    let plain: String = digits.chars().filter(|&c| c != '_').collect();
    plain.parse::<f64>().ok().map(|value| Number::Float(sign * value))
}

/// The text that `inner` stands for; `Err` holds the byte of the backslash that makes no sense.
pub(super) fn unescape(inner: &str) -> Result<Cow<'_, str>, usize> {
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        let (plain, escape) = rest.split_at(at);
        out.push_str(plain);
        let here = inner.len() - escape.len();
        let mut chars = escape.chars();
        chars.next();
        match chars.next().ok_or(here)? {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            '0' => out.push('\0'),
            c @ ('\\' | '"' | '\'') => out.push(c),
            'x' => {
                chars = bytes(escape, &mut out).ok_or(here)?.chars();
            }
            'u' => {
                let body = chars.as_str().strip_prefix('{').ok_or(here)?;
                let (digits, after) = body.split_once('}').ok_or(here)?;
                let usable = (1..=6).contains(&digits.len())
                    && digits.bytes().all(|b| b.is_ascii_hexdigit());
                let code = usable.then(|| u32::from_str_radix(digits, 16).ok()).flatten();
                out.push(code.and_then(char::from_u32).ok_or(here)?);
                chars = after.chars();
            }
            // A backslash at a line's end joins the lines.
            '\n' => {
                chars = chars.as_str().trim_start_matches([' ', '\t', '\n', '\r']).chars();
            }
            _ => return Err(here),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// Reads the one to four `\xNN` of one character; gives what follows them.
fn bytes<'t>(escape: &'t str, out: &mut String) -> Option<&'t str> {
    let mut rest = escape;
    let mut bytes = Vec::with_capacity(4);
    while bytes.len() < 4 {
        rest = rest.strip_prefix("\\x")?;
        let digits = rest.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = rest.get(2..)?;
        if let Ok(c) = std::str::from_utf8(&bytes) {
            out.push_str(c);
            return Some(rest);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_say_what_they_say() {
        let check = |written: &str, said: &str| assert_eq!(text_of(written), said, "{written}");
        check(r#""plain""#, "plain");
        check(r#""a\nb\t\"c\" \\ \'""#, "a\nb\t\"c\" \\ '");
        check(r#""\u{e9}\u{1F600}\x41\xc3\xa9""#, "é😀Aé");
        check("\"one \\\n      two\"", "one two");
        check("r\"a\\b\"", "a\\b");
        check("r##\"say \"#no\"# twice\"##", "say \"#no\"# twice");
        check("\"\"", "");
    }

    #[test]
    fn wrong_escapes_are_pointed_at() {
        let check = |inner: &str, at: usize| assert_eq!(unescape(inner), Err(at), "{inner}");
        check(r"abc\q", 3);
        check(r"ü\u{D800}", 2);
        check(r"\u{}", 0);
        check(r"\u{1234567}", 0);
        check(r"\u12", 0);
        check(r"ok\n\xff", 4);
        check(r"\x4", 0);
    }

    #[test]
    fn numbers_are_read_like_ron_reads_them() {
        let cases = [
            "0", "12", "-3", "+4", "1_000", "0xFF", "0b101", "0o17", "-0x10", "7u8", "0x1Fu16",
            "1.5", "-2.25", ".5", "5.", "1e3", "1E-3", "1_0.2_5", "2f32", "1.5f64", "inf", "-inf",
        ];
        for written in cases {
            let ours = match number(written) {
                #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
                Some(Number::Whole(n)) => n as f64,
                Some(Number::Float(f)) => f,
                None => panic!("{written} is a number"),
            };
            let theirs = match ron::from_str::<ron::Value>(written).unwrap() {
                ron::Value::Number(n) => n.into_f64(),
                other => panic!("{written} is {other:?}"),
            };
            assert!(
                (ours - theirs).abs() < 1e-9 || ours.to_bits() == theirs.to_bits(),
                "{written}"
            );
        }
        for written in ["", "-", "1.2.3", "0x", "0b2", "12a", "_1", "1e", "2024-10", "1._5", "--1"]
        {
            assert_eq!(number(written), None, "{written}");
        }
    }
}

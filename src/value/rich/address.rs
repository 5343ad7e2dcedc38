//! Addresses in running text: where one ends, and where it leads.

use crate::value::link::{Link, allowed_uri};

/// Longer ones are no addresses that anybody wrote; the bound keeps reading linear.
const LONGEST: usize = 2000;

/// An address that was found.
pub(super) struct Found {
    /// What is printed.
    pub(super) text: String,
    /// Where it leads.
    pub(super) url: String,
    /// How many characters of the source it takes.
    pub(super) length: usize,
}

/// The address that `rest` starts with (`https://`, `http://` or `www.`), without the punctuation
/// of its sentence.
pub(super) fn leading(rest: &[char]) -> Option<Found> {
    let starts = |start: &str| {
        let head = rest.iter().zip(start.chars());
        rest.len() >= start.len() && head.into_iter().all(|(a, b)| a.eq_ignore_ascii_case(&b))
    };
    let is_whole = starts("https://") || starts("http://");
    if !is_whole && !starts("www.") {
        return None;
    }
    let ends = |c: &char| {
        c.is_whitespace() || c.is_control() || "<>\"`“”«»„|{}[]，。；：、）】」".contains(*c)
    };
    let mut length = rest.iter().take(LONGEST).take_while(|c| !ends(c)).count();
    // `x_{y}` in an address is a part of it, a bracket that closes what was open before is not.
    if let Some('{') = rest.get(length) {
        let closing = rest.iter().take(LONGEST).skip(length).position(|c| *c == '}');
        let inner = closing.map_or(0, |closing| closing + 1);
        let is_one = rest.iter().skip(length + 1).take(inner.saturating_sub(2)).all(|c| !ends(c));
        if is_one {
            length += inner;
        }
    }
    let taken = rest.get(..length)?;
    let mut end = taken.len();
    while let Some(last) = end.checked_sub(1).and_then(|at| taken.get(at)) {
        let count = |wanted| taken.iter().take(end).filter(|c| **c == wanted).count();
        let is_outside = match last {
            ')' => count(')') > count('('),
            c => ".,;:!?\'’*_~…".contains(*c),
        };
        if !is_outside {
            break;
        }
        end -= 1;
    }
    let text = unescaped(taken.get(..end)?);
    let whole = if is_whole { text.clone() } else { format!("https://{text}") };
    followed(&whole).map(|url| Found { text, url, length: end })
}

/// The address before the `>` in `rest`: a page, or a mail address.
pub(super) fn enclosed(rest: &[char]) -> Option<Found> {
    let ends = |c: &char| c.is_whitespace() || matches!(c, '<' | '>');
    let length = rest.iter().take(LONGEST).position(ends)?;
    if rest.get(length) != Some(&'>') {
        return None;
    }
    let text = unescaped(rest.get(..length)?);
    let is_mail = text.contains('@') && !text.contains("//");
    let url = if is_mail {
        Link::parse(&text).url.filter(|url| url.starts_with("mailto:"))?
    } else {
        text.contains("://").then(|| followed(&text))??
    };
    Some(Found { text, url, length })
}

/// The address as it is followed, if its host can be one.
fn followed(address: &str) -> Option<String> {
    let link = Link::parse(address);
    let is_page = link.url.is_some() && allowed_uri(address).is_some();
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_host = host.trim_matches('.').contains('.') && !host.contains("..");
    (is_page && is_host).then(|| address.to_owned())
}

/// The characters without the backslashes that keep markup from being read.
fn unescaped(chars: &[char]) -> String {
    let mut text = String::new();
    let mut rest = chars.iter().peekable();
    while let Some(c) = rest.next() {
        if *c != '\\' || rest.peek().is_none_or(|next| !next.is_ascii_punctuation()) {
            text.push(*c);
        }
    }
    text
}

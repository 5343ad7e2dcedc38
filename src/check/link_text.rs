//! Links whose text is an address, but another one than they lead to.

use super::{Checked, quoted};
use crate::{
    at::At,
    field::Kind,
    finding::{Code, Finding},
    value::{link::Link, rich::Rich},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let mut see = |at: &At, said: &str, target: &str| {
        if let Some((said_host, said_path)) = address(said)
            && let Some((host, path)) = Link::parse(target).url.as_deref().and_then(address)
            && !(said_host == host && path.starts_with(&said_path))
        {
            let message = format!("{} leads to {}", quoted(said), quoted(target));
            out.push(Finding::warning(Code::LinkText, at.clone(), message).hint(
                "let the text name the address that it leads to, or say in words what is there",
            ));
        }
    };
    checked.shown_texts(&mut |text| match text.kind {
        Kind::Rich if text.text.contains("](") => {
            let runs = Rich::parse(text.text).runs;
            for linked in runs.chunk_by(|a, b| a.link == b.link) {
                if let Some(target) = linked.first().and_then(|run| run.link.as_deref()) {
                    let said: String = linked.iter().map(|run| run.text.as_str()).collect();
                    see(&text.at, &said, target);
                }
            }
        }
        Kind::Link if text.text.contains('[') => {
            let link = Link::parse(text.text);
            if let (Some(label), Some(url)) = (link.label, link.url) {
                see(&text.at, &label.to_plain(), &url);
            }
        }
        _ => {}
    });
}

/// Host and path of what is an address of the web by its looks, in small letters; mail addresses
/// have the whole for their host.
fn address(text: &str) -> Option<(String, String)> {
    let text = text.trim().to_lowercase();
    let bare = text.strip_prefix("https://").or(text.strip_prefix("http://")).unwrap_or(&text);
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/');
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let ending = host.rsplit_once('.').map(|(_, ending)| ending)?;
    let is_ending = ending.len() >= 2 && ending.chars().all(char::is_alphabetic);
    // `Node.js` is a name.
    let is_host = text.contains("://")
        || text.contains('@')
        || host.matches('.').count() > 1
        || matches!(ending, "org" | "com" | "net" | "edu" | "io" | "dev" | "gov" | "eu")
        || !path.is_empty();
    let plain = !bare.contains(char::is_whitespace);
    (is_ending && is_host && plain).then(|| (host.to_owned(), path.to_owned()))
}

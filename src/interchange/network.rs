//! Profiles on the web, as other formats keep them in parts, and the one text of a link.

use crate::value::link::{Link, LinkKind};

/// The link for an account on a network, any of whose parts may be empty.
pub(super) fn link(network: &str, username: &str, url: &str) -> String {
    let named = |rest: &str| match network {
        "" => rest.to_owned(),
        network => format!("{network}: {rest}"),
    };
    if !url.is_empty() {
        let labelled = named(url);
        let is_unknown = Link::parse(url).kind == LinkKind::Web;
        return if is_unknown && Link::parse(&labelled).label.is_some() {
            labelled
        } else {
            url.to_owned()
        };
    }
    let link = Link::parse(&named(username));
    // The short form without a scheme, where it says the same.
    let short = Link::parse(&link.text);
    let same = link.url.is_some() && (short.kind, &short.handle) == (link.kind, &link.handle);
    if same { link.text } else { named(username) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_accounts() {
        for (network, username, url, expected) in [
            ("GitHub", "zofia", "", "github.com/zofia"),
            ("LinkedIn", "zofia", "", "linkedin.com/in/zofia"),
            ("GitHub", "zofia", "https://github.com/zofia", "https://github.com/zofia"),
            ("ORCID", "0000-0002-1825-0097", "", "orcid.org/0000-0002-1825-0097"),
            ("Mastodon", "@zofia@example.social", "", "example.social/@zofia"),
            ("Medium", "zofia", "https://example.org/z", "Medium: https://example.org/z"),
            ("Website", "", "https://example.org", "https://example.org"),
            ("", "", "example.org", "example.org"),
            ("Matrix", "@z:example.org", "", "Matrix: @z:example.org"),
            ("", "zofia", "", "zofia"),
        ] {
            assert_eq!(link(network, username, url), expected, "{network} {username} {url}");
        }
    }
}

//! Links: what people write for their pages, addresses and identifiers, with its address and
//! printed text.

mod form;
mod site;

use super::{clean, rich::Rich};
use form::{
    arxiv, authority, bare_arxiv, bare_doi, doi, host_of, is_email, is_host, orcid, phone,
    undoubled,
};
use site::Site;

/// Where a link leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// A page of no known site.
    Web,
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A GitHub account or repository.
    GitHub,
    /// A GitLab account or repository.
    GitLab,
    /// A LinkedIn profile.
    LinkedIn,
    /// An ORCID iD.
    Orcid,
    /// A Google Scholar profile.
    GoogleScholar,
    /// A Semantic Scholar author.
    SemanticScholar,
    /// A DBLP author.
    Dblp,
    /// An arXiv paper.
    ArXiv,
    /// A DOI.
    Doi,
    /// An `OpenReview` profile or paper.
    OpenReview,
    /// An account on X, once Twitter.
    X,
    /// An account on a Mastodon server.
    Mastodon,
    /// A Bluesky account.
    Bluesky,
    /// A Hugging Face account or model.
    HuggingFace,
    /// A Stack Overflow user.
    StackOverflow,
    /// A `ResearchGate` profile.
    ResearchGate,
    /// A `YouTube` channel.
    YouTube,
    /// A Kaggle account.
    Kaggle,
    /// A Telegram account.
    Telegram,
    /// Text that is no address, or none that may be followed.
    #[default]
    Other,
}

impl LinkKind {
    /// The name for people, such as `Google Scholar`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Site::of(self).name
    }

    /// The stem of the icon's file in `assets/icons`.
    #[must_use]
    pub fn icon(self) -> &'static str {
        Site::of(self).icon
    }
}

/// A link as it is shown and followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub kind: LinkKind,
    /// The account, identifier, address or number alone; empty where none was recognised.
    pub handle: String,
    /// The address to follow: only `https`, `http`, `mailto` and `tel`. None for text that is no
    /// link.
    pub url: Option<String>,
    /// What is printed so that people and programs can read the address: no scheme, no slash at the
    /// end.
    pub text: String,
    /// What the user wants to see instead of the address.
    pub label: Option<Rich>,
}

impl Link {
    /// Reads what people write: an address with or without scheme, `github: jdoe`, an ORCID iD, a
    /// DOI, a mail address, a phone number, `[label](address)`. What is none of these becomes text
    /// that leads nowhere.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let source = source.trim();
        let address = clean::address(source);
        let address = undoubled(&address);
        labelled(source)
            .or_else(|| called(address))
            .or_else(|| bare(address))
            .unwrap_or_else(|| Self::literal(source))
    }

    /// Reads a handle, or a whole address, whose kind is known.
    #[must_use]
    pub fn of(kind: LinkKind, value: &str) -> Self {
        let value = value.trim();
        let address = clean::address(value);
        of_site(Site::of(kind), undoubled(&address)).unwrap_or_else(|| Self::literal(value))
    }

    /// The shortest text that means something beside an icon or a name: `jdoe`, `@jdoe`,
    /// `doi:10.1000/182`.
    #[must_use]
    pub fn short(&self) -> String {
        if self.handle.is_empty() || matches!(self.kind, LinkKind::Phone | LinkKind::Email) {
            return self.text.clone();
        }
        format!("{}{}", Site::of(self.kind).short, self.handle)
    }

    fn literal(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// The address if it may stand in a document (`https`, `http`, `mailto`, `tel`), with what an
/// address cannot hold percent-encoded, and without invisible characters, brackets around it and a
/// scheme written twice.
#[must_use]
pub fn allowed_uri(source: &str) -> Option<String> {
    let source = clean::address(source);
    let (scheme, rest) = undoubled(&source).split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let is_whole = match scheme.as_str() {
        "https" | "http" => rest.strip_prefix("//").is_some_and(|rest| !authority(rest).is_empty()),
        "mailto" => rest.contains('@'),
        "tel" => rest.contains(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    if !is_whole || rest.contains(char::is_control) {
        return None;
    }
    let mut uri = scheme + ":";
    for c in rest.chars() {
        if c.is_ascii() && !" \"<>\\^`{|}".contains(c) {
            uri.push(c);
        } else {
            let mut bytes = [0; 4];
            uri.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    Some(uri)
}

/// What an address gives away or does unseen: whoever gets the document can read a password, and a
/// mail that attaches a file asks its sender's computer for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// A user name or password before the host.
    Password,
    /// Mail that would attach a file.
    Attachment,
}

/// The risk of an address, if it has one.
#[must_use]
pub fn risk(source: &str) -> Option<Risk> {
    let uri = allowed_uri(source)?;
    if let Some((_, rest)) = uri.split_once("://") {
        return authority(rest).contains('@').then_some(Risk::Password);
    }
    let (_, fields) = uri.strip_prefix("mailto:")?.split_once('?')?;
    let is_attachment = |field: &str| field.to_ascii_lowercase().starts_with("attach");
    fields.split('&').any(is_attachment).then_some(Risk::Attachment)
}

/// Whether an ORCID iD, with or without hyphens, has the right check digit (ISO 7064, mod 11-2).
#[must_use]
pub fn orcid_is_valid(id: &str) -> bool {
    let Some(id) = orcid(id) else { return false };
    let digits: Vec<u32> =
        id.chars().filter(|c| *c != '-').map(|c| c.to_digit(10).unwrap_or(10)).collect();
    let Some((check, digits)) = digits.split_last() else {
        return false;
    };
    let total = digits.iter().fold(0, |total, digit| (total + digit) * 2 % 11);
    (12 - total) % 11 == *check
}

/// `[label](address)`, and `Label: https://…` with a label that is no known word.
fn labelled(source: &str) -> Option<Link> {
    let (label, url) = if source.starts_with('[') && source.ends_with(')') {
        let mut label = Rich::parse(source);
        let url = label.runs.first()?.link.clone()?;
        if label.runs.iter().any(|run| run.link.as_ref() != Some(&url)) {
            return None;
        }
        for run in &mut label.runs {
            run.link = None;
        }
        (label, url.to_string())
    } else {
        let (word, url) = source.split_once(": ")?;
        let url = url.trim_start();
        if Site::called(word).is_some() || !(url.starts_with("https:") || url.starts_with("http:"))
        {
            return None;
        }
        (Rich::parse(word), url.to_owned())
    };
    let address = clean::address(&url);
    let address = undoubled(&address);
    let link = called(address).or_else(|| bare(address));
    let text = label.to_plain();
    let label = Some(label).filter(|_| text != url);
    Some(match link {
        Some(link) => Link { label, ..link },
        None => Link { label, ..Link::literal(&text) },
    })
}

/// `github: jdoe`, `GitHub jdoe`, `Google Scholar: …`.
fn called(source: &str) -> Option<Link> {
    if let Some((word, value)) = source.split_once(':')
        && let Some(site) = Site::called(word)
    {
        return of_site(site, value.trim());
    }
    let spaces = source.match_indices(' ').take(2);
    let mut splits = spaces.filter_map(|(at, _)| source.split_at_checked(at));
    splits.find_map(|(word, value)| of_site(Site::called(word)?, value.trim()))
}

/// What is recognised by its form alone.
fn bare(source: &str) -> Option<Link> {
    let is_account = source.strip_prefix('@').is_some_and(|account| account.contains('@'));
    let kind = if is_account {
        LinkKind::Mastodon
    } else if source.contains('-') && orcid(source).is_some() {
        LinkKind::Orcid
    } else if source.starts_with("10.") && doi(source).is_some() {
        LinkKind::Doi
    } else if is_email(source) {
        LinkKind::Email
    } else if source.chars().filter(char::is_ascii_digit).count() >= 7 && phone(source).is_some() {
        LinkKind::Phone
    } else {
        LinkKind::Web
    };
    of_site(Site::of(kind), source)
}

/// A link of a known kind, from a handle or a whole address.
fn of_site(site: &Site, value: &str) -> Option<Link> {
    if value.is_empty() || value.contains(char::is_control) {
        return None;
    }
    let (handle, url) = match site.kind {
        LinkKind::Other => return bare(value),
        LinkKind::Web => return page(value),
        LinkKind::Email => {
            let address = value.strip_prefix("mailto:").unwrap_or(value);
            let url = allowed_uri(&format!("mailto:{address}"))?;
            let address = address.split('?').next().filter(|address| is_email(address))?;
            return Some(Link {
                kind: site.kind,
                handle: address.to_owned(),
                url: Some(url),
                text: address.to_owned(),
                label: None,
            });
        }
        LinkKind::Phone => {
            let number = value.strip_prefix("tel:").unwrap_or(value);
            let url = phone(number)?;
            return Some(Link {
                kind: site.kind,
                handle: url.trim_start_matches("tel:").to_owned(),
                url: Some(url),
                text: number.to_owned(),
                label: None,
            });
        }
        _ if value.contains("://") => return page(value),
        _ if host_of(value)
            .is_some_and(|host| Site::at_host(&host).is_some_and(|s| s.kind == site.kind)) =>
        {
            return page(value);
        }
        LinkKind::Mastodon => {
            let account = value.strip_prefix('@').unwrap_or(value);
            let (user, host) = account.split_once('@')?;
            let is_user =
                !user.is_empty() && user.chars().all(|c| c.is_alphanumeric() || "_.-".contains(c));
            if !is_user || !is_host(host) {
                return None;
            }
            (account.to_owned(), format!("https://{host}/@{user}"))
        }
        LinkKind::Orcid => built(site, orcid(value)?),
        LinkKind::Doi => built(site, doi(bare_doi(value))?.to_owned()),
        LinkKind::ArXiv => built(site, arxiv(bare_arxiv(value))?.to_owned()),
        _ => {
            let handle = value.strip_prefix('@').unwrap_or(value).trim_end_matches('/');
            let is_handle = !handle.is_empty()
                && !handle.contains(char::is_whitespace)
                && (site.is_deep || !handle.contains('/'));
            is_handle.then(|| built(site, handle.to_owned()))?
        }
    };
    Some(Link {
        kind: site.kind,
        handle,
        text: without_scheme(&url).to_owned(),
        url: Some(allowed_uri(&url)?),
        label: None,
    })
}

fn built(site: &Site, handle: String) -> (String, String) {
    let url = format!("{}{handle}", site.home);
    (handle, url)
}

/// A page by its address, with or without scheme.
fn page(source: &str) -> Option<Link> {
    if source.contains(char::is_whitespace) {
        return None;
    }
    let (url, address) = match source.split_once(':') {
        Some((scheme, _)) if ["mailto", "tel"].iter().any(|s| scheme.eq_ignore_ascii_case(s)) => {
            return called(source);
        }
        Some((_, rest)) if rest.starts_with("//") => {
            (source.to_owned(), rest.trim_start_matches('/'))
        }
        _ => (format!("https://{}", host_of(source).map(|_| source)?), source),
    };
    let url = allowed_uri(&url)?;
    let host = host_of(address);
    let site = host.as_deref().and_then(Site::at_host);
    let path = address.split_once('/').map(|(_, path)| path).unwrap_or_default();
    if let Some(site) = site.filter(|site| site.kind == LinkKind::Doi) {
        let id = bare_doi(path);
        if id != path && doi(id).is_some() {
            return of_site(site, id);
        }
    }
    let mut link = Link {
        kind: LinkKind::Web,
        handle: String::new(),
        text: without_scheme(address).to_owned(),
        url: Some(url),
        label: None,
    };
    match (site, host) {
        (Some(site), Some(host)) if site.kind == LinkKind::Mastodon => {
            let user = path.strip_prefix('@').map(|user| user.trim_end_matches('/'));
            if let Some(user) = user.filter(|user| !user.is_empty() && !user.contains('/')) {
                link.kind = site.kind;
                link.handle = format!("{user}@{host}");
            }
        }
        (Some(site), _) => {
            link.kind = site.kind;
            if let Some(handle) = site.handle(path) {
                link.handle = handle.to_owned();
                link.text = without_scheme(&built(site, link.handle.clone()).1).to_owned();
            }
        }
        (None, _) => {}
    }
    Some(link)
}

fn without_scheme(url: &str) -> &str {
    // A path may hold a whole address of its own.
    let is_scheme = |scheme: &str| scheme.chars().all(|c| c.is_ascii_alphanumeric());
    let parts = url.split_once("://").filter(|(scheme, _)| is_scheme(scheme));
    let url = parts.map_or(url, |(_, rest)| rest);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::LinkKind::*;
    use super::*;

    /// Source, kind, handle, address, printed text.
    const LINKS: &str = "
        https://www.example.org/~me/ | Web |  | https://www.example.org/~me/ | example.org/~me
        example.org | Web |  | https://example.org | example.org
        www.example.org:8080/a?b#c | Web |  | https://www.example.org:8080/a?b#c | example.org:8080/a?b#c
        HTTP://Example.org | Web |  | http://Example.org | Example.org
        bücher.example | Web |  | https://b%C3%BCcher.example | bücher.example
        website: example.org | Web |  | https://example.org | example.org
        https://github.com/jdoe/ | GitHub | jdoe | https://github.com/jdoe/ | github.com/jdoe
        github.com/jdoe/repo | GitHub |  | https://github.com/jdoe/repo | github.com/jdoe/repo
        github: jdoe | GitHub | jdoe | https://github.com/jdoe | github.com/jdoe
        GitHub jdoe | GitHub | jdoe | https://github.com/jdoe | github.com/jdoe
        GitHub: @jdoe | GitHub | jdoe | https://github.com/jdoe | github.com/jdoe
        GitHub: https://github.com/jdoe | GitHub | jdoe | https://github.com/jdoe | github.com/jdoe
        GitHub: github.com/jdoe | GitHub | jdoe | https://github.com/jdoe | github.com/jdoe
        jdoe.github.io | Web |  | https://jdoe.github.io | jdoe.github.io
        gitlab: j-doe | GitLab | j-doe | https://gitlab.com/j-doe | gitlab.com/j-doe
        https://de.linkedin.com/in/jdoe/?locale=de | LinkedIn | jdoe | https://de.linkedin.com/in/jdoe/?locale=de | linkedin.com/in/jdoe
        LinkedIn: jdoe | LinkedIn | jdoe | https://www.linkedin.com/in/jdoe | linkedin.com/in/jdoe
        0000-0002-1825-0097 | Orcid | 0000-0002-1825-0097 | https://orcid.org/0000-0002-1825-0097 | orcid.org/0000-0002-1825-0097
        ORCID iD: 000000021694233x | Orcid | 0000-0002-1694-233X | https://orcid.org/0000-0002-1694-233X | orcid.org/0000-0002-1694-233X
        orcid.org/0000-0002-1825-0097 | Orcid | 0000-0002-1825-0097 | https://orcid.org/0000-0002-1825-0097 | orcid.org/0000-0002-1825-0097
        https://scholar.google.de/citations?hl=de&user=AbC_123 | GoogleScholar | AbC_123 | https://scholar.google.de/citations?hl=de&user=AbC_123 | scholar.google.com/citations?user=AbC_123
        Google Scholar AbC_123 | GoogleScholar | AbC_123 | https://scholar.google.com/citations?user=AbC_123 | scholar.google.com/citations?user=AbC_123
        semantic-scholar: 12345 | SemanticScholar | 12345 | https://www.semanticscholar.org/author/12345 | semanticscholar.org/author/12345
        dblp: 65/9612 | Dblp | 65/9612 | https://dblp.org/pid/65/9612 | dblp.org/pid/65/9612
        https://dblp.uni-trier.de/pid/65/9612.html | Dblp | 65/9612 | https://dblp.uni-trier.de/pid/65/9612.html | dblp.org/pid/65/9612
        arXiv:2401.01234v2 | ArXiv | 2401.01234v2 | https://arxiv.org/abs/2401.01234v2 | arxiv.org/abs/2401.01234v2
        arxiv: math/0309136 | ArXiv | math/0309136 | https://arxiv.org/abs/math/0309136 | arxiv.org/abs/math/0309136
        10.1145/3292500.3330701 | Doi | 10.1145/3292500.3330701 | https://doi.org/10.1145/3292500.3330701 | doi.org/10.1145/3292500.3330701
        doi:10.1000/182 | Doi | 10.1000/182 | https://doi.org/10.1000/182 | doi.org/10.1000/182
        https://dx.doi.org/10.1000/182 | Doi | 10.1000/182 | https://dx.doi.org/10.1000/182 | doi.org/10.1000/182
        doi 10.1000/a<b> | Doi | 10.1000/a<b> | https://doi.org/10.1000/a%3Cb%3E | doi.org/10.1000/a<b>
        https://doi.org/https://doi.org/10.5555/abc | Doi | 10.5555/abc | https://doi.org/10.5555/abc | doi.org/10.5555/abc
        http://doi.org/doi:10.5555/x | Doi | 10.5555/x | https://doi.org/10.5555/x | doi.org/10.5555/x
        https://doi.org/10.5555/x. | Doi | 10.5555/x | https://doi.org/10.5555/x | doi.org/10.5555/x
        doi:10.5555/x. | Doi | 10.5555/x | https://doi.org/10.5555/x | doi.org/10.5555/x
        arXiv: arXiv:2401.01234. | ArXiv | 2401.01234 | https://arxiv.org/abs/2401.01234 | arxiv.org/abs/2401.01234
        https://orcid.org/https://orcid.org/0000-0002-1825-0097 | Orcid | 0000-0002-1825-0097 | https://orcid.org/0000-0002-1825-0097 | orcid.org/0000-0002-1825-0097
        https://web.example.org/https://ex.org/a | Web |  | https://web.example.org/https://ex.org/a | web.example.org/https://ex.org/a
        doi: doi:10.5555/x | Doi | 10.5555/x | https://doi.org/10.5555/x | doi.org/10.5555/x
        10.5555/x., | Doi | 10.5555/x | https://doi.org/10.5555/x | doi.org/10.5555/x
        https://https://ex.org/a | Web |  | https://ex.org/a | ex.org/a
        http://HTTPS://ex.org/a | Web |  | https://ex.org/a | ex.org/a
        <https://ex.org/a> | Web |  | https://ex.org/a | ex.org/a
        <jo@example.org> | Email | jo@example.org | mailto:jo@example.org | jo@example.org
        mailto:mailto:jo@example.org | Email | jo@example.org | mailto:jo@example.org | jo@example.org
        openreview: ~Jo_Doe1 | OpenReview | ~Jo_Doe1 | https://openreview.net/profile?id=~Jo_Doe1 | openreview.net/profile?id=~Jo_Doe1
        https://twitter.com/jdoe | X | jdoe | https://twitter.com/jdoe | x.com/jdoe
        x: @jdoe | X | jdoe | https://x.com/jdoe | x.com/jdoe
        @jdoe@mastodon.social | Mastodon | jdoe@mastodon.social | https://mastodon.social/@jdoe | mastodon.social/@jdoe
        https://sigmoid.social/@jdoe | Mastodon | jdoe@sigmoid.social | https://sigmoid.social/@jdoe | sigmoid.social/@jdoe
        mastodon: jdoe@example.org | Mastodon | jdoe@example.org | https://example.org/@jdoe | example.org/@jdoe
        bluesky: jdoe.bsky.social | Bluesky | jdoe.bsky.social | https://bsky.app/profile/jdoe.bsky.social | bsky.app/profile/jdoe.bsky.social
        hf: jdoe | HuggingFace | jdoe | https://huggingface.co/jdoe | huggingface.co/jdoe
        stackoverflow.com/users/22/jdoe | StackOverflow | 22/jdoe | https://stackoverflow.com/users/22/jdoe | stackoverflow.com/users/22/jdoe
        ResearchGate: Jo-Doe | ResearchGate | Jo-Doe | https://www.researchgate.net/profile/Jo-Doe | researchgate.net/profile/Jo-Doe
        youtube: jdoe | YouTube | jdoe | https://www.youtube.com/@jdoe | youtube.com/@jdoe
        kaggle: j.doe | Kaggle | j.doe | https://www.kaggle.com/j.doe | kaggle.com/j.doe
        t.me/jdoe | Telegram | jdoe | https://t.me/jdoe | t.me/jdoe
        jo.doe@example.org | Email | jo.doe@example.org | mailto:jo.doe@example.org | jo.doe@example.org
        E-mail: jo@example.org | Email | jo@example.org | mailto:jo@example.org | jo@example.org
        mailto:jo@example.org?subject=Hi you | Email | jo@example.org | mailto:jo@example.org?subject=Hi%20you | jo@example.org
        +1 (555) 555-0100 | Phone | +15555550100 | tel:+15555550100 | +1 (555) 555-0100
        tel:555-0100 | Phone | 5550100 | tel:5550100 | 555-0100
        +44 (0)20 5555 0100 ext. 12 | Phone | +442055550100;ext=12 | tel:+442055550100;ext=12 | +44 (0)20 5555 0100 ext. 12
    ";

    #[test]
    fn links() {
        for row in LINKS.lines().filter(|row| !row.trim().is_empty()) {
            let cells: Vec<_> = row.split('|').map(str::trim).collect();
            let link = Link::parse(&format!(" {} ", cells[0]));
            let found =
                [format!("{:?}", link.kind), link.handle, link.url.unwrap_or_default(), link.text];
            assert_eq!(found[..], cells[1..], "{row}");
            assert_eq!(link.label, None, "{row}");
        }
    }

    #[test]
    fn invisible_characters_are_no_part_of_an_address() {
        for (source, url, text) in [
            ("\u{feff}bob@example.org", "mailto:bob@example.org", "bob@example.org"),
            ("ada@example.org\u{200b}", "mailto:ada@example.org", "ada@example.org"),
            ("https://ex.org/\u{200b}x", "https://ex.org/x", "ex.org/x"),
            ("https://ex.org/y\u{ad}", "https://ex.org/y", "ex.org/y"),
            ("\u{202a}+420 601 123 456\u{202c}", "tel:+420601123456", "+420 601 123 456"),
            (
                "doi:10.5555/a\u{2011}b\u{200b}",
                "https://doi.org/10.5555/a-b",
                "doi.org/10.5555/a-b",
            ),
            ("[My \u{200b}page](https://ex.org/\u{200b}x)", "https://ex.org/x", "ex.org/x"),
        ] {
            let link = Link::parse(source);
            assert_eq!((link.url.as_deref(), link.text.as_str()), (Some(url), text), "{source:?}");
        }
    }

    #[test]
    fn what_is_no_link_stays_text() {
        for source in [
            "",
            "hello",
            "see my page",
            "phone home",
            "github: a b",
            "github: a/b",
            "orcid: me",
            "arxiv: 12",
            "arxiv: 2413.01234",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            r"\\server\share",
            "C:\\cv.pdf",
            "https://",
            "https:example.org",
            "@jdoe",
            "@@",
            "a@b",
            "jo@example.org, al@example.org",
            "10.1145/",
            "+",
            "ftp://example.org",
            "github:",
            "//example.org",
        ] {
            assert_eq!(Link::parse(source), Link::literal(source), "{source:?}");
        }
        let long = format!("jo@{}.org", "a".repeat(64));
        assert_eq!(Link::parse(&long), Link::literal(&long), "a host has shorter labels");
    }

    #[test]
    fn labels() {
        for (source, kind, url, text, label) in [
            (
                "[My *page*](https://example.org/)",
                Web,
                Some("https://example.org/"),
                "example.org",
                "My page",
            ),
            ("[Code](github: jdoe)", Other, None, "[Code](github: jdoe)", ""),
            (
                "[Code](github.com/jdoe)",
                GitHub,
                Some("https://github.com/jdoe"),
                "github.com/jdoe",
                "Code",
            ),
            ("[x](javascript:alert)", Other, None, "x", "x"),
            (
                "Portfolio: https://example.org",
                Web,
                Some("https://example.org"),
                "example.org",
                "Portfolio",
            ),
            ("[a](b.org) and [c](d.org)", Other, None, "[a](b.org) and [c](d.org)", ""),
        ] {
            let link = Link::parse(source);
            assert_eq!(
                (link.kind, link.url.as_deref(), link.text.as_str()),
                (kind, url, text),
                "{source}"
            );
            assert_eq!(link.label.unwrap_or_default().to_plain(), label, "{source}");
        }
    }

    #[test]
    fn short_forms_and_names() {
        for (source, short, name, icon) in [
            ("github: jdoe", "jdoe", "GitHub", "github"),
            ("x: jdoe", "@jdoe", "X", "x-twitter"),
            ("@jo@mas.to", "@jo@mas.to", "Mastodon", "mastodon"),
            ("10.1000/182", "doi:10.1000/182", "DOI", "doi"),
            ("arXiv:2401.01234", "arXiv:2401.01234", "arXiv", "arxiv"),
            ("jo@example.org", "jo@example.org", "Email", "envelope"),
            ("555 555 0100", "555 555 0100", "Phone", "phone"),
            ("https://example.org/", "example.org", "Website", "globe"),
            ("hello", "hello", "Link", "link"),
        ] {
            let link = Link::parse(source);
            let found = (link.short(), link.kind.name(), link.kind.icon());
            assert_eq!(found, (short.to_owned(), name, icon), "{source}");
        }
        assert_eq!(Link::of(GitHub, "jdoe"), Link::parse("github: jdoe"));
        assert_eq!(Link::of(GitHub, "a b"), Link::literal("a b"));
    }

    #[test]
    fn only_harmless_addresses_are_allowed() {
        for (source, expected) in [
            (" HTTPS://example.org/a b ", Some("https://example.org/a%20b")),
            ("http://example.org/ä%20\"", Some("http://example.org/%C3%A4%20%22")),
            ("mailto:jo@example.org", Some("mailto:jo@example.org")),
            ("tel:+1 555", Some("tel:+1%20555")),
            ("https://example.org/\u{202e}fdp", Some("https://example.org/fdp")),
            ("<https://example.org/a>", Some("https://example.org/a")),
            ("https://https://example.org/a", Some("https://example.org/a")),
            ("https://example.org/\n", Some("https://example.org/")),
            ("https://exam\nple.org", None),
            ("java\tscript:alert(1)", None),
            ("JavaScript:alert(1)", None),
            ("https:evil", None),
            ("https://", None),
            ("https:///x", None),
            ("tel:x", None),
            ("mailto:x", None),
            ("file:///x", None),
            ("data:,x", None),
            (r"\\server\share", None),
            ("//example.org", None),
            ("example.org", None),
            ("", None),
        ] {
            assert_eq!(allowed_uri(source).as_deref(), expected, "{source:?}");
        }
    }

    #[test]
    fn orcid_check_digits() {
        for (id, expected) in [
            ("0000-0002-1825-0097", true),
            ("0000-0002-1694-233X", true),
            ("0000-0002-1694-233x", true),
            ("0000000218250097", true),
            ("0000-0002-1825-0098", false),
            ("0000-0002-1694-2330", false),
            ("0000-0002-1825-009", false),
            ("X000-0002-1825-0097", false),
            ("", false),
        ] {
            assert_eq!(orcid_is_valid(id), expected, "{id:?}");
        }
    }
}

//! The places that links lead to, as one table: how each is recognised, addressed, named and drawn.

use super::LinkKind;

/// What is known about one kind of link.
pub(super) struct Site {
    pub(super) kind: LinkKind,
    /// The name for people.
    pub(super) name: &'static str,
    /// The stem of the icon's file.
    pub(super) icon: &'static str,
    /// The address without the handle; empty where an address is made in another way.
    pub(super) home: &'static str,
    /// Hosts that belong to it; `*` stands for any text.
    pub(super) hosts: &'static [&'static str],
    /// What people write before the handle, in small letters without spaces or hyphens.
    pub(super) words: &'static [&'static str],
    /// What stands before the handle where it is printed alone.
    pub(super) short: &'static str,
    /// Whether a handle may hold slashes.
    pub(super) is_deep: bool,
}

const DEFAULT: Site = Site {
    kind: LinkKind::Other,
    name: "Link",
    icon: "link",
    home: "",
    hosts: &[],
    words: &[],
    short: "",
    is_deep: false,
};

/// One row for every kind; the first is for whatever has no other.
pub(super) const SITES: [Site; 23] = [
    DEFAULT,
    Site {
        kind: LinkKind::Web,
        name: "Website",
        icon: "globe",
        words: &["web", "website", "homepage", "site", "url", "www"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::Email,
        name: "Email",
        icon: "envelope",
        words: &["email", "mail", "mailto"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::Phone,
        name: "Phone",
        icon: "phone",
        words: &["phone", "tel", "telephone", "mobile", "cell"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::GitHub,
        name: "GitHub",
        icon: "github",
        home: "https://github.com/",
        hosts: &["github.com"],
        words: &["github"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::GitLab,
        name: "GitLab",
        icon: "gitlab",
        home: "https://gitlab.com/",
        hosts: &["gitlab.com"],
        words: &["gitlab"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::LinkedIn,
        name: "LinkedIn",
        icon: "linkedin",
        home: "https://www.linkedin.com/in/",
        hosts: &["linkedin.com", "*.linkedin.com"],
        words: &["linkedin"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::Orcid,
        name: "ORCID",
        icon: "orcid",
        home: "https://orcid.org/",
        hosts: &["orcid.org"],
        words: &["orcid", "orcidid"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::GoogleScholar,
        name: "Google Scholar",
        icon: "google-scholar",
        home: "https://scholar.google.com/citations?user=",
        hosts: &["scholar.google.*"],
        words: &["googlescholar", "scholar", "gscholar"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::SemanticScholar,
        name: "Semantic Scholar",
        icon: "semantic-scholar",
        home: "https://www.semanticscholar.org/author/",
        hosts: &["semanticscholar.org"],
        words: &["semanticscholar"],
        is_deep: true,
        ..DEFAULT
    },
    Site {
        kind: LinkKind::Dblp,
        name: "DBLP",
        icon: "dblp",
        home: "https://dblp.org/pid/",
        hosts: &["dblp.org", "dblp.uni-trier.de", "dblp.dagstuhl.de"],
        words: &["dblp"],
        is_deep: true,
        ..DEFAULT
    },
    Site {
        kind: LinkKind::ArXiv,
        name: "arXiv",
        icon: "arxiv",
        home: "https://arxiv.org/abs/",
        hosts: &["arxiv.org"],
        words: &["arxiv"],
        short: "arXiv:",
        is_deep: true,
    },
    Site {
        kind: LinkKind::Doi,
        name: "DOI",
        icon: "doi",
        home: "https://doi.org/",
        hosts: &["doi.org", "dx.doi.org"],
        words: &["doi"],
        short: "doi:",
        is_deep: true,
    },
    Site {
        kind: LinkKind::OpenReview,
        name: "OpenReview",
        home: "https://openreview.net/profile?id=",
        hosts: &["openreview.net"],
        words: &["openreview"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::X,
        name: "X",
        icon: "x-twitter",
        home: "https://x.com/",
        hosts: &["x.com", "twitter.com", "mobile.twitter.com"],
        words: &["x", "twitter", "x/twitter", "x(twitter)"],
        short: "@",
        ..DEFAULT
    },
    Site {
        kind: LinkKind::Mastodon,
        name: "Mastodon",
        icon: "mastodon",
        hosts: &[
            "mastodon.*",
            "*.mastodon.*",
            "mstdn.*",
            "*.social",
            "fosstodon.org",
            "hachyderm.io",
            "mathstodon.xyz",
            "fediscience.org",
            "mas.to",
            "social.coop",
        ],
        words: &["mastodon"],
        short: "@",
        ..DEFAULT
    },
    Site {
        kind: LinkKind::Bluesky,
        name: "Bluesky",
        icon: "bluesky",
        home: "https://bsky.app/profile/",
        hosts: &["bsky.app"],
        words: &["bluesky", "bsky"],
        short: "@",
        ..DEFAULT
    },
    Site {
        kind: LinkKind::HuggingFace,
        name: "Hugging Face",
        icon: "hugging-face",
        home: "https://huggingface.co/",
        hosts: &["huggingface.co", "hf.co"],
        words: &["huggingface", "hf"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::StackOverflow,
        name: "Stack Overflow",
        icon: "stack-overflow",
        home: "https://stackoverflow.com/users/",
        hosts: &["stackoverflow.com"],
        words: &["stackoverflow"],
        is_deep: true,
        ..DEFAULT
    },
    Site {
        kind: LinkKind::ResearchGate,
        name: "ResearchGate",
        icon: "researchgate",
        home: "https://www.researchgate.net/profile/",
        hosts: &["researchgate.net"],
        words: &["researchgate"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::YouTube,
        name: "YouTube",
        icon: "youtube",
        home: "https://www.youtube.com/@",
        hosts: &["youtube.com", "m.youtube.com", "youtu.be"],
        words: &["youtube"],
        short: "@",
        ..DEFAULT
    },
    Site {
        kind: LinkKind::Kaggle,
        name: "Kaggle",
        icon: "kaggle",
        home: "https://www.kaggle.com/",
        hosts: &["kaggle.com"],
        words: &["kaggle"],
        ..DEFAULT
    },
    Site {
        kind: LinkKind::Telegram,
        name: "Telegram",
        icon: "telegram",
        home: "https://t.me/",
        hosts: &["t.me", "telegram.me"],
        words: &["telegram"],
        short: "@",
        ..DEFAULT
    },
];

impl Site {
    /// The row of a kind.
    pub(super) fn of(kind: LinkKind) -> &'static Self {
        SITES.iter().find(|site| site.kind == kind).unwrap_or(&DEFAULT)
    }

    /// The site that a host (in small letters, without `www.`) belongs to.
    pub(super) fn at_host(host: &str) -> Option<&'static Self> {
        SITES.iter().find(|site| site.hosts.iter().any(|pattern| host_matches(host, pattern)))
    }

    /// The site that people call by this word.
    pub(super) fn called(word: &str) -> Option<&'static Self> {
        let mut word = word.to_lowercase();
        word.retain(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '.'));
        SITES.iter().find(|site| site.words.contains(&word.as_str()))
    }

    /// The handle in what follows the host and its slash.
    pub(super) fn handle<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (_, home) = self.home.strip_prefix("https://")?.split_once('/')?;
        let handle = match home.strip_suffix('=').and_then(|home| home.split_once('?')) {
            Some((page, key)) => {
                let query = path.strip_prefix(page)?.strip_prefix('?')?.split('#').next()?;
                let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                pairs.find(|(name, _)| *name == key)?.1
            }
            None => path.strip_prefix(home)?.split(['?', '#']).next()?.trim_end_matches('/'),
        };
        let handle =
            if self.kind == LinkKind::Dblp { handle.trim_end_matches(".html") } else { handle };
        (!handle.is_empty() && (self.is_deep || !handle.contains('/'))).then_some(handle)
    }
}

fn host_matches(host: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|start| host.strip_prefix(start)) else {
        return false;
    };
    for part in parts {
        // Where a star ends the pattern, the rest is whatever it stands for.
        if part.is_empty() {
            return !rest.is_empty();
        }
        match rest.split_once(part) {
            Some((before, after)) if !before.is_empty() => rest = after,
            _ => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_is_whole_and_unambiguous() {
        let kinds: BTreeSet<_> = SITES.iter().map(|site| site.kind).collect();
        assert_eq!(kinds.len(), SITES.len());
        let words: Vec<_> = SITES.iter().flat_map(|site| site.words).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        for site in &SITES {
            for word in site.words {
                assert_eq!(Site::called(word).map(|found| found.kind), Some(site.kind));
            }
            for host in site.hosts {
                let host = host.replace('*', "xyz");
                assert_eq!(Site::at_host(&host).map(|found| found.kind), Some(site.kind), "{host}");
            }
            assert!(site.home.is_empty() || site.home.starts_with("https://"));
        }
    }

    #[test]
    fn hosts() {
        for (host, pattern, expected) in [
            ("github.com", "github.com", true),
            ("gist.github.com", "github.com", false),
            ("github.com.evil.org", "github.com", false),
            ("de.linkedin.com", "*.linkedin.com", true),
            (".linkedin.com", "*.linkedin.com", false),
            ("scholar.google.co.uk", "scholar.google.*", true),
            ("scholar.google.", "scholar.google.*", false),
            ("my.mastodon.org", "*.mastodon.*", true),
        ] {
            assert_eq!(host_matches(host, pattern), expected, "{host} {pattern}");
        }
    }
}

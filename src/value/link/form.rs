//! The forms of addresses, numbers and identifiers, each recognised from its characters alone.

pub(super) fn authority(address: &str) -> &str {
    address.split(['/', '?', '#']).next().unwrap_or_default()
}

/// An address without brackets around it (`<https://…>`) and without a scheme that is written
/// twice.
pub(super) fn undoubled(source: &str) -> &str {
    let source = source.trim();
    let inner = source.strip_prefix('<').and_then(|s| s.strip_suffix('>'));
    let mut address = inner.unwrap_or(source).trim();
    while let Some(inner) = doubled(address) {
        address = inner;
    }
    address
}

/// What stands behind the first scheme, or the first scheme and host, if it is the same once more.
fn doubled(address: &str) -> Option<&str> {
    const SCHEMES: &[&str] = &["https://", "http://", "mailto:", "tel:"];
    let inner = |text| SCHEMES.iter().find_map(|scheme| without_prefix(text, scheme));
    let careless = ["https:", "http:"].iter().find_map(|scheme| without_prefix(address, scheme));
    let rest = inner(address).or(careless)?;
    if inner(rest).is_some() {
        return Some(rest);
    }
    let (host, path) = rest.split_once('/')?;
    (authority(inner(path)?).eq_ignore_ascii_case(host)).then_some(path)
}

/// What follows `prefix`, whether written in capitals or not.
fn without_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// A DOI without what is written before it, once or more often, and without the full stop of its
/// sentence.
pub(super) fn bare_doi(id: &str) -> &str {
    bare_id(id, &["https://", "http://", "www.doi.org/", "dx.doi.org/", "doi.org/", "doi:", "doi "])
}

/// The same for an identifier of arXiv.
pub(super) fn bare_arxiv(id: &str) -> &str {
    let id = bare_id(
        id,
        &[
            "https://",
            "http://",
            "www.arxiv.org/",
            "arxiv.org/",
            "abs/",
            "pdf/",
            "arxiv:",
            "arxiv ",
        ],
    );
    id.strip_suffix(".pdf").unwrap_or(id)
}

fn bare_id<'a>(id: &'a str, prefixes: &[&str]) -> &'a str {
    let mut id = id.trim();
    while let Some(rest) = prefixes.iter().find_map(|prefix| without_prefix(id, prefix)) {
        id = rest.trim_start();
    }
    id.trim_end_matches(['.', ',', ';'])
}

/// The host of an address without scheme, in small letters and without `www.`.
pub(super) fn host_of(address: &str) -> Option<String> {
    let host = authority(address);
    let host = match host.split_once(':') {
        Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) => host,
        Some(_) => return None,
        None => host,
    };
    let host = host.to_lowercase();
    is_host(&host).then(|| host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// Whether it has the form of a host's name: labels of up to 63 characters (RFC 1035, 2.3.4), at
/// least two of them.
pub(super) fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let top = host.rsplit_once('.').map(|(_, top)| top);
    host.split('.').all(is_label)
        && top.is_some_and(|top| {
            top.starts_with("xn--")
                || top.chars().count() >= 2 && top.chars().all(char::is_alphabetic)
        })
}

pub(super) fn is_email(address: &str) -> bool {
    address.split_once('@').is_some_and(|(user, host)| {
        let is_odd = |c: char| c.is_whitespace() || c.is_control() || "()<>[]:;,\\\"/".contains(c);
        !user.is_empty() && !user.contains(is_odd) && is_host(host)
    })
}

/// The `tel:` address of a number as people write it.
pub(super) fn phone(number: &str) -> Option<String> {
    let (number, extension) = match number.split_once(['x', 'e']) {
        Some((number, extension)) => (number, extension.trim_start_matches(['x', 't', '.', ' '])),
        None => (number, ""),
    };
    let is_international = number.starts_with('+');
    // The trunk zero is not dialled after a country code.
    let number = if is_international { number.replacen("(0)", "", 1) } else { number.to_owned() };
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let rest = number.strip_prefix('+').unwrap_or(&number);
    let is_number = rest.chars().all(|c| c.is_ascii_digit() || " \u{a0}-‐‑–./()".contains(c));
    if !is_number || !(3..=20).contains(&digits.len()) {
        return None;
    }
    if !extension.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let plus = if is_international { "+" } else { "" };
    let extension = if extension.is_empty() { String::new() } else { format!(";ext={extension}") };
    Some(format!("tel:{plus}{digits}{extension}"))
}

/// An ORCID iD in its usual form, whether or not its check digit is right.
pub(super) fn orcid(id: &str) -> Option<String> {
    let mut digits: Vec<char> = id.trim().to_ascii_uppercase().chars().collect();
    if let [_, _, _, _, '-', _, _, _, _, '-', _, _, _, _, '-', _, _, _, _] = digits.as_slice() {
        digits.retain(|c| *c != '-');
    }
    let (last, first) = digits.split_last()?;
    let is_id = first.len() == 15
        && first.iter().all(char::is_ascii_digit)
        && (last.is_ascii_digit() || *last == 'X');
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    is_id.then(|| groups.join("-"))
}

pub(super) fn doi(id: &str) -> Option<&str> {
    let (prefix, suffix) = id.strip_prefix("10.")?.split_once('/')?;
    let is_prefix = prefix.len() >= 4 && prefix.chars().all(|c| c.is_ascii_digit() || c == '.');
    (is_prefix && !suffix.is_empty() && !id.contains(char::is_whitespace)).then_some(id)
}

/// `2401.01234`, `2401.01234v2` and the old `math/0309136`.
pub(super) fn arxiv(id: &str) -> Option<&str> {
    let (body, version) = id.rsplit_once('v').unwrap_or((id, "1"));
    let all_digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let is_new = body.split_once('.').is_some_and(|(month, number)| {
        let is_month = month.get(2..).is_some_and(|m| ("01"..="12").contains(&m));
        month.len() == 4
            && is_month
            && all_digits(month)
            && matches!(number.len(), 4 | 5)
            && all_digits(number)
    });
    let is_old = body.split_once('/').is_some_and(|(archive, number)| {
        archive.chars().all(|c| c.is_ascii_alphabetic() || "-.".contains(c))
            && number.len() == 7
            && all_digits(number)
    });
    ((is_new || is_old) && all_digits(version)).then_some(id)
}

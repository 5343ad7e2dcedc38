//! CVs in LaTeX: their lines as a reader of the page would see them.

mod addresses;
mod bibliography;
mod commands;
mod define;
mod entries;
mod environments;
mod expand;
mod lengths;
mod maths;
mod page;
mod styles;
mod table;
mod tokens;

pub(super) use bibliography::add as add_bibliographies;

use super::{
    Beside, Error, HEAD, Source,
    decode::decode,
    outline::{Bibliographies, Outline},
    recognise,
};
use expand::Expander;

const NAME: &str = "LaTeX";
/// The largest file that is read; a CV has a few dozen kilobytes.
const LARGEST: usize = 2 * 1024 * 1024;
/// So many commands that are not known are named.
const MOST_NAMED: usize = 12;

/// CVs in LaTeX.
pub static SOURCE: Source = Source {
    name: NAME,
    endings: &["tex", "latex", "ltx"],
    fits,
    read: |bytes, beside| recognise::import(&outline(bytes, beside)?, NAME),
    outline: Some(outline),
};

/// Whether a document begins near the head of the file.
fn fits(bytes: &[u8]) -> bool {
    let (text, _) = decode(bytes.get(..HEAD).unwrap_or(bytes));
    let lines = || text.lines().map(|line| line.split('%').next().unwrap_or_default());
    let begins = |line: &str| {
        ["\\documentclass", "\\documentstyle", "\\begin{document}"]
            .iter()
            .any(|command| line.trim_start().starts_with(command))
    };
    lines().any(begins)
}

/// The lines of a CV in LaTeX, its commands done and its definitions expanded. Files that it takes
/// in come from `beside`.
///
/// # Errors
/// The file is larger than any CV, or holds no text.
pub fn outline(source: &[u8], beside: &dyn Beside) -> Result<Outline, Error> {
    if source.len() > LARGEST {
        return Err(Error::TooDeep { format: NAME });
    }
    let (text, encoding) = decode(source);
    let source = tokens::read(&text, None);
    let mut expander = Expander::new(beside);
    expander.inside.extend(source.files);
    expander.run(source.items);
    let mut notes = std::mem::take(&mut expander.notes);
    notes.extend(encoding.map(|name| format!("the file is not in UTF-8; it was read as {name}")));
    notes.extend(unknown(&expander));
    let mut bibliographies = Bibliographies::default();
    expander.bibliographies.dedup();
    let all = expander.cited.contains("*") || expander.cited.iter().all(String::is_empty);
    for name in std::mem::take(&mut expander.bibliographies) {
        let names = [format!("{name}.bib"), name.clone()];
        let inside = names.iter().find_map(|name| expander.inside.get(name));
        let bytes = inside.map(|text| text.clone().into_bytes());
        match bytes.or_else(|| names.iter().find_map(|name| beside.file(name))) {
            Some(bytes) => bibliographies.files.push((name, bytes)),
            None => {
                let name = if name.ends_with(".bib") { name } else { format!("{name}.bib") };
                notes.push(format!(
                    "publications stand in `{name}`, which is not beside this file: \
                     import it as well"
                ));
            }
        }
    }
    bibliographies.cited = (!all).then(|| std::mem::take(&mut expander.cited));
    if expander.has_stopped() && expander.page.lines.is_empty() {
        return Err(Error::TooDeep { format: NAME });
    }
    let page = expander.page;
    if page.lines.is_empty() && bibliographies.files.is_empty() {
        return Err(Error::Nothing { format: NAME });
    }
    let mut outline = Outline::new(page.lines, page.furniture, notes);
    outline.bibliographies = bibliographies;
    Ok(outline)
}

/// A note on the commands that are not known.
fn unknown(expander: &Expander<'_>) -> Option<String> {
    let mut unknown: Vec<_> = expander.unknown.iter().collect();
    unknown.sort_by_key(|(_, line)| **line);
    let named = unknown.iter().take(MOST_NAMED);
    let named: Vec<_> = named.map(|(name, line)| format!("`\\{name}` (line {line})")).collect();
    let more = unknown.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!named.is_empty()).then(|| {
        format!("commands that are not known were passed over: {}{more}", named.join(", "))
    })
}

//! Advice: which single changes win lines when a document is too long, and which lines hold only a
//! word or two.

use crate::{
    at::At,
    finding::{Code, Finding, Fix},
    typeset::{
        draft::{Draft, Owner, Role},
        fonts::is_invisible,
        measure::{Main, Measured, Sizes},
        shape::Shaped,
    },
    value::rich::Rich,
};

/// How many changes are named.
const COUNT: usize = 5;
/// A last line of at most this many words is called short.
const SHORT_WORDS: usize = 2;

/// A paragraph whose last line holds so little that rewording wins the line.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortEnd {
    /// The text.
    pub at: At,
    /// How it begins.
    pub name: String,
    /// How many characters it must lose to win the line.
    pub characters: usize,
    words: usize,
}

/// An entry or a highlight, which can be left out as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its place in the profile.
    pub at: At,
    /// Its text or title, with markup.
    pub name: String,
    /// How much it matters; see the records.
    pub weight: i8,
    /// How much the entry around it matters, for a highlight.
    pub around: Option<i8>,
    /// How many lines it takes, with the space before it.
    pub lines: f32,
    what: &'static str,
}

/// A change that wins lines.
struct Change {
    lines: f32,
    weight: i8,
    finding: Finding,
}

/// What can be left out, in the order of the document.
pub(crate) fn parts(measured: &Measured, draft: &Draft, sizes: &Sizes) -> Vec<Part> {
    let line = sizes.size * sizes.leading;
    let mut heights = vec![0.0_f32; draft.owners.len()];
    for p in &measured.paras {
        let height =
            p.rows as f32 * p.para.line_height(sizes) + p.para.before * sizes.size * sizes.spacing;
        let mut owner = p.para.owner;
        while let Some(index) = owner {
            if let Some(sum) = heights.get_mut(index) {
                *sum += height;
            }
            owner = draft.owners.get(index).and_then(|o| o.parent);
        }
    }
    let part = |(owner, height): (&Owner, &f32)| Part {
        at: owner.at.clone(),
        name: owner.name.clone(),
        weight: owner.weight,
        around: owner.parent.and_then(|parent| draft.owners.get(parent)).map(|o| o.weight),
        lines: height / line,
        what: owner.what,
    };
    draft.owners.iter().zip(&heights).map(part).collect()
}

/// Every text that wins a line by losing a few words.
pub(crate) fn short_ends(measured: &Measured, draft: &Draft) -> Vec<ShortEnd> {
    runts(measured, draft, usize::MAX)
}

/// What to do about a document that is too long: the single changes that win the most lines, what
/// matters least first among equals.
pub(crate) fn rescues(measured: &Measured, draft: &Draft, sizes: &Sizes) -> Vec<Finding> {
    let mut changes = vec![];
    for Part { at, name, weight, lines, what, .. } in parts(measured, draft, sizes) {
        if lines >= 0.75 {
            let (name, won) = (beginning(&name), lines_word(lines));
            let message = format!("hiding the {what} `{name}` wins {won}");
            let finding = Finding::note(Code::WinHide, at.clone(), message).fix(Fix::Hide(at));
            changes.push(Change { lines, weight, finding });
        }
    }
    for runt in runts(measured, draft, usize::MAX) {
        let finding = Finding::note(
            Code::WinShorten,
            runt.at,
            format!(
                "shortening `{}` by {} wins 1 line",
                runt.name,
                characters_word(runt.characters)
            ),
        );
        changes.push(Change { lines: 1.0, weight: 0, finding });
    }
    // Least weight first; then the most lines; a shortening before a loss of the same size.
    changes.sort_by(|a, b| {
        let by_lines = b.lines.round().total_cmp(&a.lines.round());
        let shorten = |c: &Change| c.finding.code != Code::WinShorten;
        a.weight.cmp(&b.weight).then(by_lines).then(shorten(a).cmp(&shorten(b)))
    });
    let mut kept: Vec<Finding> = vec![];
    for change in changes {
        // A part of what is named already would not be won twice.
        let inside = kept.iter().any(|k| change.finding.at.is_within(&k.at));
        if !inside {
            kept.push(change.finding);
        }
        if kept.len() == COUNT {
            break;
        }
    }
    kept
}

/// Every paragraph whose last line holds one or two words, with how much it must lose to win the
/// line.
pub(crate) fn short_last_lines(measured: &Measured, draft: &Draft) -> Vec<Finding> {
    let notes = runts(measured, draft, SHORT_WORDS).into_iter().map(|runt| {
        let words = match runt.words {
            1 => "one word",
            2 => "two words",
            _ => "few words",
        };
        Finding::note(
            Code::ShortLastLine,
            runt.at,
            format!("the last line of `{}` holds {words}", runt.name),
        )
        .hint(format!("shorten it by {} to win a line", characters_word(runt.characters)))
    });
    notes.collect()
}

/// Paragraphs of text of several lines, whose last line has at most `words` words.
fn runts(measured: &Measured, draft: &Draft, words: usize) -> Vec<ShortEnd> {
    let mut found = vec![];
    for p in &measured.paras {
        let Main::Text(shaped) = &p.main else {
            continue;
        };
        let lines = shaped.layout.len();
        if lines < 2 || p.rows > lines || matches!(p.para.role, Role::Heading | Role::Header) {
            continue;
        }
        let text = printed(last_line(shaped, lines));
        let count = text.split_whitespace().count();
        let shown = shaped.layout.get(lines - 1).map(|line| line.text_range()).unwrap_or_default();
        let shown = printed(shaped.spans.text.get(shown).unwrap_or_default());
        let characters = text.trim().chars().count() + 1;
        // Half a line can be won by rewording; more is a loss of content.
        if (1..=words).contains(&count) && (count <= SHORT_WORDS || characters <= 40) {
            let place = shaped.spans.spans.last().map_or(0, |s| s.place);
            let at = draft.places.get(place as usize).cloned().unwrap_or_default();
            let name: String = printed(&shaped.spans.text).chars().take(40).collect();
            let name = format!("{}…", name.trim_end());
            let words = shown.split_whitespace().count();
            found.push(ShortEnd { at, name, characters, words });
        }
    }
    found
}

/// What would have to go to win the last line: without the word that the line before has left it.
fn last_line(shaped: &Shaped, lines: usize) -> &str {
    let range = shaped.layout.get(lines - 1).map(|l| l.text_range()).unwrap_or_default();
    let start = shaped.lone_word.unwrap_or(range.start);
    shaped.spans.text.get(start..range.end).unwrap_or_default()
}

/// A text without what only tells where lines end.
fn printed(text: &str) -> String {
    let space = |c: char| if c == '\u{a0}' { ' ' } else { c };
    text.chars().filter(|c| !is_invisible(*c)).map(space).collect()
}

fn lines_word(lines: f32) -> String {
    match lines.round() as usize {
        0 | 1 => "1 line".to_owned(),
        n => format!("{n} lines"),
    }
}

fn characters_word(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}

/// The first words of a text with markup.
fn beginning(markup: &str) -> String {
    let text = Rich::parse(markup).to_plain();
    let short: String = text.chars().take(40).collect();
    if short.len() == text.len() { short } else { format!("{}…", short.trim_end()) }
}

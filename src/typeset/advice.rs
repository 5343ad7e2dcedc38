//! Advice: which single changes win lines when a document is too long, and which lines hold only a
//! word or two.

use crate::{
    at::At,
    finding::{Finding, Fix},
    typeset::{
        draft::{Draft, Role},
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

/// A paragraph whose last line holds a word or two.
struct Runt {
    at: At,
    name: String,
    characters: usize,
    words: usize,
}

/// A change that wins lines.
struct Change {
    lines: f32,
    weight: i8,
    finding: Finding,
}

/// What to do about a document that is too long: the single changes that win the most lines, what
/// matters least first among equals.
pub(crate) fn rescues(measured: &Measured, draft: &Draft, sizes: &Sizes) -> Vec<Finding> {
    let line = sizes.size * sizes.leading;
    let mut changes = vec![];
    // What each thing that can be switched off takes, with the space before it.
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
    for (owner, height) in draft.owners.iter().zip(&heights) {
        let lines = height / line;
        if lines >= 0.75 {
            let finding = Finding::note(
                "win-hide",
                owner.at.clone(),
                format!(
                    "hiding the {} `{}` wins {}",
                    owner.what,
                    beginning(&owner.name),
                    lines_word(lines)
                ),
            )
            .fix(Fix::Hide(owner.at.clone()));
            changes.push(Change { lines, weight: owner.weight, finding });
        }
    }
    for runt in runts(measured, draft, usize::MAX) {
        let finding = Finding::note(
            "win-shorten",
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
        let shorten = |c: &Change| c.finding.code != "win-shorten";
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
        let words = if runt.words == 1 { "one word" } else { "two words" };
        Finding::note(
            "short-last-line",
            runt.at,
            format!("the last line of `{}` holds {words}", runt.name),
        )
        .hint(format!("shorten it by {} to win a line", characters_word(runt.characters)))
    });
    notes.collect()
}

/// Paragraphs of text of several lines, whose last line has at most `words` words.
fn runts(measured: &Measured, draft: &Draft, words: usize) -> Vec<Runt> {
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
        let characters = text.trim().chars().count() + 1;
        // Half a line can be won by rewording; more is a loss of content.
        if (1..=words).contains(&count) && (count <= SHORT_WORDS || characters <= 40) {
            let place = shaped.spans.spans.last().map_or(0, |s| s.place);
            let at = draft.places.get(place as usize).cloned().unwrap_or_default();
            let name: String = printed(&shaped.spans.text).chars().take(40).collect();
            let name = format!("{}…", name.trim_end());
            found.push(Runt { at, name, characters, words: count });
        }
    }
    found
}

fn last_line(shaped: &Shaped, lines: usize) -> &str {
    let range = shaped.layout.get(lines - 1).map(|l| l.text_range()).unwrap_or_default();
    shaped.spans.text.get(range).unwrap_or_default()
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

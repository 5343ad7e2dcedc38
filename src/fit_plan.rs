//! Plans that make a profile fit on its pages. Each of them is enough by itself: it was tried by
//! setting the changed profile.

use crate::{
    at::{At, Step},
    look::{Look, PageLimit},
    profile::Profile,
    section::Section,
    slot::Slot,
    theme::{self, Theme},
    typeset::{Fit, Outcome, Part, ShortEnd, Typesetter},
    value::rich::Rich,
    variant::{Variant, switched},
};

/// The smallest text, in pt, that a plan offers: smaller type is hard to read on paper.
const SMALLEST: f64 = 8.0;
/// How many things one plan hides or shortens at the most; more than that is another CV.
const MOST: usize = 12;
/// How many of them are named.
const NAMED: usize = 3;
/// How much of a text is told.
const LONGEST_NAME: usize = 40;

/// One change of a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An entry or a highlight is not printed.
    Hide(At),
    /// A text loses so many letters. Only its author can do that.
    Shorten(At, usize),
    /// Another theme.
    Theme(&'static str),
    /// The text may get as small as this, in pt.
    MinSize(f64),
    /// There may be as many pages.
    Pages(PageLimit),
}

/// A set of changes that is enough by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What it does, as an order in plain text: `Hide “…” and “…”`.
    pub words: String,
    /// The changes.
    pub changes: Vec<Change>,
    /// How the pages come out after it. For what has to be shortened by hand it is an estimate.
    pub fit: Fit,
}

impl Change {
    /// The name of this kind of change, for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Hide(_) => "hide",
            Self::Shorten(..) => "shorten",
            Self::Theme(_) => "theme",
            Self::MinSize(_) => "min_size",
            Self::Pages(_) => "pages",
        }
    }
}

impl Plan {
    /// Whether the program can do all of it; a text is shortened by its author.
    #[must_use]
    pub fn can_be_taken(&self) -> bool {
        !self.changes.iter().any(|change| matches!(change, Change::Shorten(..)))
    }

    /// The first text that has to be shortened by hand.
    #[must_use]
    pub fn to_shorten(&self) -> Option<&At> {
        self.changes.iter().find_map(|change| match change {
            Change::Shorten(at, _) => Some(at),
            _ => None,
        })
    }

    /// The profile after the plan was taken in `variant`; what has to be shortened by hand stays.
    #[must_use]
    pub fn taken(&self, profile: &Profile, variant: Option<&str>) -> Profile {
        let mut new = profile.clone();
        for change in &self.changes {
            change_profile(&mut new, variant, change);
            let own = variant.and_then(|name| new.variants.iter_mut().find(|v| v.name == name));
            change_look(own.map_or(&mut new.look, |v| &mut v.look), change);
        }
        new
    }
}

fn change_profile(profile: &mut Profile, variant: Option<&str>, change: &Change) {
    if let Change::Hide(at) = change {
        let variants = profile.variants.clone();
        if let Some(show) = Slot::of(profile, at).and_then(Slot::show) {
            *show = switched(show, variant, false, &variants);
        }
    }
}

fn change_look(look: &mut Look, change: &Change) {
    match change {
        Change::Theme(name) => (*name).clone_into(&mut look.theme),
        Change::MinSize(size) => look.min_size = Some(*size),
        Change::Pages(pages) => look.pages = Some(*pages),
        Change::Hide(_) | Change::Shorten(..) => {}
    }
}

/// What plans are made for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// Which cut of it is shown.
    pub variant: Option<&'a Variant>,
    /// What is laid over its look.
    pub top: &'a Look,
}

/// How a profile fits on its pages, and what makes it fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Plans {
    /// How the pages come out as it stands.
    pub fit: Fit,
    /// The plans, the gentlest first. None for what fits already, or when no plan is enough.
    pub list: Vec<Plan>,
}

/// The plans that make what is `wanted` fit on its pages: words shortened by hand, the least
/// important left out, a denser theme, smaller text, another page.
pub fn plans(typesetter: &mut Typesetter, wanted: Wanted<'_>) -> Plans {
    let mut trial = Trial { typesetter, wanted };
    let Outcome { fit, parts, short_ends } = trial.outcome(&[]);
    if fit.lines_over == 0 {
        return Plans { fit, list: vec![] };
    }
    let (style, _) = theme::style(wanted.profile, wanted.variant, wanted.top);
    let mut plans = vec![];
    plans.extend(shorten(&mut trial, &short_ends, fit.lines_over));
    plans.extend(hide(&mut trial, &parts, fit.lines_over));
    plans.extend(denser(&mut trial));
    plans.extend(smaller(&mut trial, style.min_size));
    plans.extend(longer(&mut trial, style.pages));
    Plans { fit, list: plans }
}

/// Tries changes out.
struct Trial<'a> {
    typesetter: &'a mut Typesetter,
    wanted: Wanted<'a>,
}

impl Trial<'_> {
    /// How the pages come out after these changes.
    fn outcome(&mut self, changes: &[Change]) -> Outcome {
        let Wanted { profile, variant, top } = self.wanted;
        // What lies over the look of the profile would hide a change of that.
        let (mut profile, mut top) = (profile.clone(), top.clone());
        for change in changes {
            change_profile(&mut profile, variant.map(|v| v.name.as_str()), change);
            change_look(&mut top, change);
            if let Change::Shorten(at, letters) = change {
                cut(&mut profile, at, *letters);
            }
        }
        let (style, _) = theme::style(&profile, variant, &top);
        self.typesetter.try_out(&profile, variant, &style)
    }

    /// The plan of these changes, if they are enough.
    fn plan(&mut self, words: String, changes: Vec<Change>) -> Option<Plan> {
        let fit = self.outcome(&changes).fit;
        (fit.lines_over == 0).then_some(Plan { words, changes, fit })
    }

    fn is_enough(&mut self, changes: &[Change]) -> bool {
        self.outcome(changes).fit.lines_over == 0
    }
}

/// Takes letters off the end of a text, to see what that wins.
fn cut(profile: &mut Profile, at: &At, letters: usize) {
    if let Some(Slot::Text(text)) = Slot::of(profile, at) {
        let keep = text.chars().count().saturating_sub(letters);
        *text = text.chars().take(keep).collect();
    }
}

/// The texts whose last lines are shortest, as many as it takes.
fn shorten(trial: &mut Trial<'_>, ends: &[ShortEnd], lines_over: usize) -> Option<Plan> {
    let mut ends: Vec<&ShortEnd> = ends.iter().collect();
    ends.sort_by_key(|end| end.characters);
    let change = |end: &&ShortEnd| Change::Shorten(end.at.clone(), end.characters);
    // A line of a denser paragraph wins less than a line of the text, so one more may be needed.
    (lines_over..=lines_over + 1).filter(|count| *count <= MOST.min(ends.len())).find_map(|count| {
        let chosen = ends.get(..count)?;
        let letters: usize = chosen.iter().map(|end| end.characters).sum();
        let names = listed(chosen.iter().map(|end| end.name.as_str()));
        let words = match chosen {
            [_] => format!("Shorten {names} by {letters} letters"),
            _ => format!("Shorten {names} by {letters} letters in all"),
        };
        trial.plan(words, chosen.iter().map(change).collect())
    })
}

/// What matters least is left out: one thing where that is enough, else as few as it takes.
fn hide(trial: &mut Trial<'_>, parts: &[Part], lines_over: usize) -> Option<Plan> {
    let mut order: Vec<&Part> =
        parts.iter().rev().filter(|part| !must_stay(trial.wanted, part, parts)).collect();
    // Highlights before whole entries of the same weight; of equal ones those that stand last.
    order.sort_by_key(|part| (part.weight, part.around.is_none(), part.around));
    let least = order.first()?.weight;
    let enough = lines_over as f32 - 0.5;
    let mut single: Vec<&&Part> =
        order.iter().filter(|part| part.weight == least && part.lines >= enough).collect();
    single.sort_by(|a, b| a.lines.total_cmp(&b.lines));
    for part in single.into_iter().take(2) {
        let changes = vec![Change::Hide(part.at.clone())];
        if let Some(plan) = trial.plan(format!("Hide {}", named(&part.name)), changes) {
            return Some(plan);
        }
    }
    let mut chosen: Vec<&Part> = vec![];
    let hidden = |chosen: &[&Part]| -> Vec<Change> {
        chosen.iter().map(|part| Change::Hide(part.at.clone())).collect()
    };
    for part in order {
        // A highlight of an entry that goes, or an entry that another one leaves alone.
        let gone = chosen.iter().any(|other| part.at.is_within(&other.at));
        if gone || is_last(part, &chosen, parts) {
            continue;
        }
        chosen.push(part);
        if chosen.len() > MOST {
            return None;
        }
        let lines: f32 = chosen.iter().map(|part| part.lines).sum();
        if lines >= enough && trial.is_enough(&hidden(&chosen)) {
            break;
        }
    }
    // What was taken first may not be needed beside what came after it.
    for index in (0..chosen.len()).rev() {
        let mut fewer = chosen.clone();
        fewer.remove(index);
        if trial.is_enough(&hidden(&fewer)) {
            chosen = fewer;
        }
    }
    let words = format!("Hide {}", listed(chosen.iter().map(|part| part.name.as_str())));
    trial.plan(words, hidden(&chosen))
}

/// Where the entry stands: section and index; `None` for a highlight.
fn entry_of(at: &At) -> Option<(usize, usize)> {
    match at.steps() {
        [_, Step::Index(section), _, Step::Index(entry)] => Some((*section, *entry)),
        _ => None,
    }
}

/// Whether a part is what a CV cannot do without: the only entry of its section, or the first
/// degree or position.
fn must_stay(wanted: Wanted<'_>, part: &Part, parts: &[Part]) -> bool {
    let Some((section, entry)) = entry_of(&part.at) else {
        return false;
    };
    let beside = || parts.iter().filter_map(|p| entry_of(&p.at)).filter(|(s, _)| *s == section);
    let first = beside().map(|(_, entry)| entry).min() == Some(entry);
    let central = matches!(
        wanted.profile.sections.get(section),
        Some(Section::Education(_) | Section::Experience(_))
    );
    beside().count() == 1 || first && central
}

/// Whether nothing of its section would be left beside those that are chosen already.
fn is_last(part: &Part, chosen: &[&Part], parts: &[Part]) -> bool {
    let Some((section, _)) = entry_of(&part.at) else {
        return false;
    };
    let in_section = |at: &At| entry_of(at).is_some_and(|(s, _)| s == section);
    let all = parts.iter().filter(|p| in_section(&p.at)).count();
    chosen.iter().filter(|p| in_section(&p.at)).count() + 1 >= all
}

/// The theme that holds it in the largest type.
fn denser(trial: &mut Trial<'_>) -> Option<Plan> {
    let plans = Theme::names().filter_map(|name| {
        let words = format!("Use the theme {name}");
        trial.plan(words, vec![Change::Theme(name)])
    });
    plans.max_by(|a, b| a.fit.sizes.size.total_cmp(&b.fit.sizes.size))
}

/// The largest floor of the text that is low enough.
fn smaller(trial: &mut Trial<'_>, floor: f64) -> Option<Plan> {
    let steps = (1..).map(|step| floor - 0.1 * f64::from(step));
    let sizes: Vec<f64> = steps
        .take_while(|size| *size >= SMALLEST - 0.01)
        .map(|size| (size * 10.0).round() / 10.0)
        .collect();
    let size = sizes.get(sizes.partition_point(|size| !trial.is_enough(&[Change::MinSize(*size)])));
    let size = *size?;
    let words = format!("Let the text get as small as {size} pt");
    trial.plan(words, vec![Change::MinSize(size)])
}

/// The next page limit that is wide enough.
fn longer(trial: &mut Trial<'_>, limit: PageLimit) -> Option<Plan> {
    let limits = [PageLimit::Two, PageLimit::Three, PageLimit::Any];
    let more =
        limits.into_iter().filter(|more| more.count().is_none_or(|n| Some(n) > limit.count()));
    more.into_iter().find_map(|limit| {
        let words = match limit {
            PageLimit::One => "Allow one page",
            PageLimit::Two => "Allow two pages",
            PageLimit::Three => "Allow three pages",
            PageLimit::Any => "Allow as many pages as it takes",
        };
        trial.plan(words.to_owned(), vec![Change::Pages(limit)])
    })
}

/// Texts in a row: “a”, “b” and “c”.
fn listed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let names: Vec<String> = texts.map(named).collect();
    let named = names.get(..NAMED).unwrap_or(&names);
    if names.len() > NAMED + 1 {
        return format!("{} and {} more", named.join(", "), names.len() - NAMED);
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, names)) => format!("{} and {last}", names.join(", ")),
        None => String::new(),
    }
}

/// The beginning of a text in quotation marks.
fn named(text: &str) -> String {
    let plain = Rich::parse(text).to_plain();
    let mut name: String = plain.chars().take(LONGEST_NAME).collect();
    if name.len() < plain.len() {
        name = format!("{}…", name.trim_end_matches([' ', '…']));
    }
    format!("“{name}”")
}

//! Finds the elements of an old list in a new one: what is the same, what was changed, what has
//! moved.

use std::collections::HashMap;

/// What can be found again in another list.
pub(super) trait Like: PartialEq {
    /// What it is called; two of the same name are the same thing. Empty when it has no name.
    fn name(&self) -> String;

    /// All that it says.
    fn said(&self) -> String;

    /// Whether the one can have become the other at all.
    fn is_kin(&self, _other: &Self) -> bool {
        true
    }
}

/// Above this many comparisons of words, what was renamed counts as gone and new.
const MOST_COMPARISONS: usize = 20_000;

/// For every element of `new` the number of the element of `old` that it was made from.
pub(super) fn pair<T: Like>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    let front = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = |list: &[T]| list.len() - front;
    let back = old.iter().rev().zip(new.iter().rev()).take(rest(old).min(rest(new)));
    let back = back.take_while(|(old, new)| old == new).count();
    let mut pairs: Vec<Option<usize>> = (0..new.len())
        .map(|place| {
            let behind = new.len() - place;
            if place < front { Some(place) } else { (behind <= back).then(|| old.len() - behind) }
        })
        .collect();
    let mut free: Vec<usize> = (front..old.len() - back).collect();
    equal(old, new, &mut pairs, &mut free);
    named(old, new, &mut pairs, &mut free);
    alike(old, new, &mut pairs, &mut free);
    pairs
}

/// The places in `new` whose elements keep their order: what is not among them has been moved.
///
/// They are a longest rising run of the numbers in `pairs`, so that the fewest things count as
/// moved.
pub(super) fn unmoved(pairs: &[Option<usize>]) -> Vec<bool> {
    // For each length the place that ends a rising run of that length with the least number.
    let mut ends: Vec<(usize, usize)> = vec![];
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (place, number) in pairs.iter().enumerate() {
        let Some(number) = *number else { continue };
        let length = ends.partition_point(|&(end, _)| end < number);
        let previous = length.checked_sub(1).and_then(|shorter| ends.get(shorter));
        if let Some(before) = before.get_mut(place) {
            *before = previous.map(|&(_, place)| place);
        }
        match ends.get_mut(length) {
            Some(end) => *end = (number, place),
            None => ends.push((number, place)),
        }
    }
    let mut kept = vec![false; pairs.len()];
    let mut next = ends.last().map(|&(_, place)| place);
    while let Some(place) = next {
        if let Some(kept) = kept.get_mut(place) {
            *kept = true;
        }
        next = before.get(place).copied().flatten();
    }
    kept
}

/// The places in `new` that have no partner yet.
fn open(pairs: &[Option<usize>]) -> Vec<usize> {
    (0..pairs.len()).filter(|&place| pairs.get(place).is_some_and(Option::is_none)).collect()
}

fn set(pairs: &mut [Option<usize>], place: usize, number: usize) {
    if let Some(pair) = pairs.get_mut(place) {
        *pair = Some(number);
    }
}

/// Pairs what says the same.
fn equal<T: Like>(old: &[T], new: &[T], pairs: &mut [Option<usize>], free: &mut Vec<usize>) {
    for place in open(pairs) {
        let found = free.iter().position(|&number| old.get(number) == new.get(place));
        if let Some(found) = found {
            set(pairs, place, free.remove(found));
        }
    }
}

/// Pairs what has the same name.
fn named<T: Like>(old: &[T], new: &[T], pairs: &mut [Option<usize>], free: &mut Vec<usize>) {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    // From behind, so that of several of one name the first is taken first.
    for &number in free.iter().rev() {
        if let Some(old) = old.get(number) {
            names.entry(old.name()).or_default().push(number);
        }
    }
    for place in open(pairs) {
        let Some(item) = new.get(place) else { continue };
        let name = item.name();
        if name.is_empty() {
            continue;
        }
        if let Some(number) = names.get_mut(&name).and_then(Vec::pop) {
            set(pairs, place, number);
            free.retain(|&other| other != number);
        }
    }
}

/// Pairs what says much the same, the most alike first.
fn alike<T: Like>(old: &[T], new: &[T], pairs: &mut [Option<usize>], free: &mut Vec<usize>) {
    let open = open(pairs);
    if open.len() * free.len() > MOST_COMPARISONS {
        return;
    }
    let words = |list: &[T], number: usize| list.get(number).map(|item| Words::of(&item.said()));
    let olds: Vec<_> = free.iter().map(|&number| (number, words(old, number))).collect();
    let mut found: Vec<(u32, usize, usize)> = vec![];
    for place in open {
        let new_words = words(new, place);
        for (number, old_words) in &olds {
            let kin = old.get(*number).zip(new.get(place)).is_some_and(|(o, n)| o.is_kin(n));
            if let (true, Some(old_words), Some(new_words)) = (kin, old_words, &new_words) {
                let likeness = old_words.likeness(new_words);
                if likeness >= ENOUGH {
                    found.push((likeness, place, *number));
                }
            }
        }
    }
    found.sort_by_key(|&(likeness, place, number)| (u32::MAX - likeness, place, number));
    for (_, place, number) in found {
        let is_open = pairs.get(place).is_some_and(Option::is_none);
        if let (true, Some(at)) = (is_open, free.iter().position(|&other| other == number)) {
            free.remove(at);
            set(pairs, place, number);
        }
    }
}

/// How alike two things must be to be one thing that was changed, of [`WHOLE`].
const ENOUGH: u32 = 400;

/// How alike two things are that have the same words.
const WHOLE: u32 = 1000;

/// The words of a text in alphabetical order.
struct Words {
    text: String,
    words: Vec<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words: Vec<String> = vec![];
        let mut inside = false;
        for c in text.chars() {
            // Chinese and Japanese have no spaces: there each character is a word.
            let alone = c >= '\u{2e80}';
            match words.last_mut() {
                Some(word) if inside && !alone && c.is_alphanumeric() => {
                    word.extend(c.to_lowercase());
                }
                _ if c.is_alphanumeric() => words.push(c.to_lowercase().collect()),
                _ => {}
            }
            inside = c.is_alphanumeric() && !alone;
        }
        words.sort_unstable();
        Self { text: text.to_owned(), words }
    }

    /// The share of words that both have; what was only typed further is the same thing.
    fn likeness(&self, other: &Self) -> u32 {
        let (short, long) = if self.text.len() <= other.text.len() {
            (&self.text, &other.text)
        } else {
            (&other.text, &self.text)
        };
        if !short.is_empty() && long.starts_with(short.as_str()) {
            return WHOLE;
        }
        let (mut mine, mut theirs) = (self.words.iter().peekable(), other.words.iter().peekable());
        let mut shared = 0_u32;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    mine.next();
                    theirs.next();
                }
            }
        }
        let all = u32::try_from(self.words.len() + other.words.len()).unwrap_or(u32::MAX);
        2 * shared.saturating_mul(WHOLE) / all.max(1)
    }
}

//! Finds the elements of an old list in a new one, so that comments follow what they were written
//! about.

use super::{
    literal,
    source::{Source, only_item},
    tree::{Item, Node, Shape},
};

/// Matches values of an old text with values of a new one.
pub(super) struct Matching<'a> {
    pub old: &'a Source,
    pub new: &'a str,
}

/// Above this many comparisons, edited elements are matched by their place alone.
const MOST_COMPARISONS: usize = 20_000;

impl Matching<'_> {
    /// For every element of `new` the number of the element of `old` that it was made from.
    pub(super) fn pair(&self, old: &[&Item], new: &[Item]) -> Vec<Option<usize>> {
        let mut pairs: Vec<Option<usize>> = vec![None; new.len()];
        let mut used = vec![false; old.len()];
        self.equal(old, new, &mut pairs, &mut used);
        // What is left stands in gaps between equal elements: edited, new or gone.
        let mut place = 0;
        while place < pairs.len() {
            if pairs.get(place).is_some_and(Option::is_some) {
                place += 1;
                continue;
            }
            let gap_end = (place..pairs.len())
                .find(|&i| pairs.get(i).is_some_and(Option::is_some))
                .unwrap_or(pairs.len());
            let from = place.checked_sub(1).and_then(|i| pairs.get(i).copied().flatten());
            let from = from.map_or(0, |i| i + 1);
            let to = pairs.get(gap_end).copied().flatten().unwrap_or(old.len());
            let free: Vec<usize> =
                (from..to).filter(|&i| used.get(i).is_some_and(|used| !used)).collect();
            self.fill(place..gap_end, &free, old, new, &mut pairs, &mut used);
            place = gap_end;
        }
        pairs
    }

    /// Pairs elements that say the same, first at both ends, then wherever they have been moved to.
    fn equal(&self, old: &[&Item], new: &[Item], pairs: &mut [Option<usize>], used: &mut [bool]) {
        let same = |o: &Item, n: &Item| same(self.old, &o.value, self.new, &n.value);
        let front = old.iter().zip(new).take_while(|(o, n)| same(o, n)).count();
        let back = old.iter().skip(front).rev().zip(new.iter().skip(front).rev());
        let back = back.take_while(|(o, n)| same(o, n)).count();
        let mut set = |place: usize, number: usize| {
            if let (Some(pair), Some(used)) = (pairs.get_mut(place), used.get_mut(number)) {
                (*pair, *used) = (Some(number), true);
            }
        };
        for i in 0..front {
            set(i, i);
        }
        for i in 1..=back {
            set(new.len() - i, old.len() - i);
        }
        let mut free: Vec<usize> = (front..old.len() - back).collect();
        for (place, item) in new.iter().enumerate().take(new.len() - back).skip(front) {
            let found = free.iter().position(|&i| old.get(i).is_some_and(|old| same(old, item)));
            if let Some(found) = found {
                set(place, free.remove(found));
            }
        }
    }

    /// Pairs the elements of one gap: by place when as many went in as came out, else by likeness,
    /// the most alike first: what is new in front of an element must not take what is its own.
    fn fill(
        &self,
        gap: std::ops::Range<usize>,
        free: &[usize],
        old: &[&Item],
        new: &[Item],
        pairs: &mut [Option<usize>],
        used: &mut [bool],
    ) {
        let by_place = gap.len() == free.len() || gap.len() * free.len() > MOST_COMPARISONS;
        let mut wanted: Vec<(usize, usize, usize)> = Vec::new();
        if by_place {
            wanted.extend(gap.zip(free).map(|(place, &number)| (0, place, number)));
        } else {
            for place in gap {
                let Some(item) = new.get(place) else { continue };
                let alike = |&number: &usize| {
                    let likeness = self.likeness(&old.get(number)?.value, &item.value);
                    (likeness > 0).then_some((likeness, place, number))
                };
                wanted.extend(free.iter().filter_map(alike));
            }
            // Of those that are as much alike, in the order of the file.
            wanted.sort_by_key(|&(likeness, ..)| std::cmp::Reverse(likeness));
        }
        for (_, place, number) in wanted {
            if let (Some(pair @ None), Some(used @ false)) =
                (pairs.get_mut(place), used.get_mut(number))
            {
                (*pair, *used) = (Some(number), true);
            }
        }
    }

    /// How much two values have in common: letters at the start and end of texts, summed over all
    /// fields.
    fn likeness(&self, old: &Node, new: &Node) -> usize {
        match (old.group(), new.group()) {
            (None, None) => {
                let (a, b) = (literal::text(old, self.old.text()), literal::text(new, self.new));
                let front = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
                let back = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
                // Two letters alike at either end mean nothing.
                if front + back > 2 { front + back } else { 0 }
            }
            (Some(a), Some(b)) if a.shape == b.shape => match a.shape {
                Shape::List | Shape::Tuple => {
                    let pairs = a.items.iter().zip(&b.items);
                    pairs.map(|(a, b)| self.likeness(&a.value, &b.value)).sum()
                }
                Shape::Struct | Shape::Map => b
                    .items
                    .iter()
                    .filter_map(|b| Some(self.likeness(&self.field(&a.items, b)?.value, &b.value)))
                    .sum(),
            },
            (Some(a), _) => only_item(a).map_or(0, |item| self.likeness(&item.value, new)),
            (None, Some(b)) => only_item(b).map_or(0, |item| self.likeness(old, &item.value)),
        }
    }

    fn field<'i>(&self, items: &'i [Item], new: &Item) -> Option<&'i Item> {
        field(self.old, items, self.new, new)
    }
}

/// Whether an old value says the same as a newly written one, which leaves defaults out.
pub(super) fn same(old: &Source, a: &Node, new: &str, b: &Node) -> bool {
    let (Some(a_group), Some(b_group)) = (a.group(), b.group()) else {
        return match (a.group().and_then(only_item), b.group().and_then(only_item)) {
            (Some(item), _) => same(old, &item.value, new, b),
            (None, Some(item)) => same(old, a, new, &item.value),
            (None, None) => {
                a.group().is_none()
                    && b.group().is_none()
                    && literal::text(a, old.text()) == literal::text(b, new)
            }
        };
    };
    let known = || a_group.items.iter().filter(|item| !old.is_unknown(item));
    let name = |group: &super::tree::Group, text: &str| {
        group.name.map(|name| literal::word(name.of(text)).to_owned())
    };
    let unequal_names = match (name(a_group, old.text()), name(b_group, new)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    if unequal_names {
        return false;
    }
    match (a_group.shape, b_group.shape) {
        (Shape::Struct | Shape::Map, Shape::Struct | Shape::Map) => b_group.items.iter().all(|b| {
            field(old, &a_group.items, new, b)
                .is_some_and(|a| !old.is_unknown(a) && same(old, &a.value, new, &b.value))
        }),
        (Shape::List, Shape::List) | (Shape::Tuple, Shape::Tuple) => {
            known().count() == b_group.items.len()
                && known().zip(&b_group.items).all(|(a, b)| same(old, &a.value, new, &b.value))
        }
        _ => match (only_item(a_group), only_item(b_group)) {
            (Some(item), _) => same(old, &item.value, new, b),
            (None, Some(item)) => same(old, a, new, &item.value),
            (None, None) => false,
        },
    }
}

/// The item of `items` with the key of `wanted`.
fn field<'i>(old: &Source, items: &'i [Item], new: &str, wanted: &Item) -> Option<&'i Item> {
    let key = literal::text(wanted.key.as_ref()?, new);
    items
        .iter()
        .find(|item| item.key.as_ref().is_some_and(|item| literal::text(item, old.text()) == key))
}

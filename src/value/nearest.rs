//! The known name that a misspelt one was probably meant to be.

/// The name among `known` that is nearest to `written`, when at most a third of it differs;
/// capitals do not matter.
#[must_use]
pub fn nearest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let wanted: Vec<char> = written.chars().flat_map(char::to_lowercase).collect();
    if wanted.len() > LONGEST {
        return None;
    }
    known
        .iter()
        .map(|&name| (between(&wanted, name), name))
        .filter(|&(distance, name)| 3 * distance <= wanted.len().max(name.chars().count()))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// No name of ours is as long as this; it bounds the work on hostile files.
const LONGEST: usize = 60;

/// How many letters of one word must be added, removed, changed or swapped with their neighbour to
/// make the other one of it; capitals do not matter.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().flat_map(char::to_lowercase).collect();
    between(&one, other)
}

/// The same, of letters that are small.
fn between(wanted: &[char], name: &str) -> usize {
    let name: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    let mut older: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=name.len()).collect();
    let mut left_up = None;
    for (row, &a) in wanted.iter().enumerate() {
        let mut line = Vec::with_capacity(above.len());
        line.push(row + 1);
        let mut before = None;
        for (column, &b) in name.iter().enumerate() {
            let at = |line: &[usize], i: usize| line.get(i).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&above, column) + usize::from(a != b))
                .min(at(&above, column + 1) + 1)
                .min(at(&line, column) + 1);
            if before == Some(a) && left_up == Some(b) && column > 0 {
                best = best.min(at(&older, column - 1) + 1);
            }
            line.push(best);
            before = Some(b);
        }
        older = std::mem::replace(&mut above, line);
        left_up = Some(a);
    }
    above.last().copied().unwrap_or(wanted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near_is_guessed() {
        let known = ["institution", "degree", "dates", "advisor", "url", "id"];
        let check =
            |written: &str, expected| assert_eq!(nearest(written, &known), expected, "{written}");
        check("institutoin", Some("institution"));
        check("insitution", Some("institution"));
        check("Degree", Some("degree"));
        check("date", Some("dates"));
        check("adviser", Some("advisor"));
        check("ulr", Some("url"));
        check("di", None);
        check("colour", None);
        check("", None);
        check(&"x".repeat(100_000), None);
    }
}

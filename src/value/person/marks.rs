//! Marks beside an author's name, such as † for equal contribution.

const MARKS: &str = "†‡§¶*#‖∗⁎⋆";

/// Parts an author as written into the name and its marks: `Wei Zhang†*` is `Wei Zhang` and `†*`.
///
/// Marks may be raised (`^{†}`, `^*`, `$^\dagger$`), parted by commas, and stand before the comma
/// of `Zhang*, Wei`. Digits are not marks.
#[must_use]
pub fn split_marks(author: &str) -> (String, String) {
    let (name, mut marks) = trailing(author.trim());
    // `Zhang*, Wei`: the marks of the family name belong to the person.
    if let Some((family, given)) = name.split_once(',').filter(|(_, given)| !given.is_empty()) {
        let (family, inner) = trailing(family.trim_end());
        if !inner.is_empty() {
            marks.insert_str(0, &inner);
            return (format!("{family},{given}"), marks);
        }
    }
    (name.to_owned(), marks)
}

/// Whether there is nothing but marks.
pub(super) fn is_marks(text: &str) -> bool {
    let marks = plain(text);
    !marks.is_empty() && marks.chars().all(|c| MARKS.contains(c))
}

fn trailing(text: &str) -> (&str, String) {
    // `**Wei Zhang**` is markup: as many stars as stand before the name belong to it.
    let leading = text.chars().take_while(|c| *c == '*').take(4).count();
    let emphasis = if leading <= 3 && leading < text.len() { leading } else { 0 };
    let mut rest = text;
    let mut marks: Vec<&str> = Vec::new();
    loop {
        rest = rest.trim_end();
        // Commas part the marks, and may part them from the name.
        if !marks.is_empty() {
            rest = rest.trim_end_matches([',', ' ']);
        }
        let stars = rest.chars().rev().take(4).take_while(|c| *c == '*').count();
        if stars > 0 && stars <= emphasis {
            break;
        }
        let Some((before, mark)) = raised(rest).or_else(|| last_mark(rest)) else {
            break;
        };
        marks.push(mark);
        rest = before;
    }
    (rest, marks.iter().rev().map(|mark| plain(mark)).collect())
}

/// Parts `name^{marks}`, `name^*`, `name$^\dagger$` before the `^`.
fn raised(text: &str) -> Option<(&str, &str)> {
    // Marks are few: what is farther from the end is not looked through.
    let (at, _) = text.char_indices().rev().take(60).find(|(_, c)| *c == '^')?;
    let (before, script) = text.split_at_checked(at)?;
    if !is_marks(script) {
        return None;
    }
    let before = if script.ends_with('$') { before.strip_suffix('$')? } else { before };
    Some((before, script))
}

fn last_mark(text: &str) -> Option<(&str, &str)> {
    let (at, _) = text.char_indices().next_back().filter(|(_, c)| MARKS.contains(*c))?;
    let (before, mark) = text.split_at_checked(at)?;
    // The backslash of a mark that is meant literally.
    Some((before.strip_suffix('\\').unwrap_or(before), mark))
}

/// Marks as plain characters; what is no mark stays and so shows that there is more.
fn plain(script: &str) -> String {
    let mut text = script.to_owned();
    for (command, mark) in [
        (r"\ddagger", "‡"),
        (r"\dagger", "†"),
        (r"\ast", "*"),
        (r"\star", "*"),
        (r"\S", "§"),
        (r"\P", "¶"),
        (r"\|", "‖"),
        (r"\*", "*"),
        (r"\#", "#"),
        ("∗", "*"),
        ("⁎", "*"),
        ("⋆", "*"),
    ] {
        text = text.replace(command, mark);
    }
    text.retain(|c| !"^{}$,; ".contains(c));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        for (author, name, marks) in [
            ("Wei Zhang", "Wei Zhang", ""),
            ("Wei Zhang†*", "Wei Zhang", "†*"),
            (" Wei Zhang †, * ", "Wei Zhang", "†*"),
            ("Wei Zhang*†‡§¶#", "Wei Zhang", "*†‡§¶#"),
            ("Wei Zhang∗", "Wei Zhang", "*"),
            (r"Wei Zhang\*", "Wei Zhang", "*"),
            (r"Wei Zhang$^\dagger$", "Wei Zhang", "†"),
            (r"Wei Zhang$^{\dagger,*}$", "Wei Zhang", "†*"),
            (r"Wei Zhang^{†}", "Wei Zhang", "†"),
            (r"Wei Zhang^{\ddagger}†", "Wei Zhang", "‡†"),
            ("Wei Zhang^*", "Wei Zhang", "*"),
            ("Wei Zhang ^{*, #}", "Wei Zhang", "*#"),
            ("Zhang*, Wei", "Zhang, Wei", "*"),
            ("Zhang†, Wei*", "Zhang, Wei", "†*"),
            ("Zhang^{†}, W.", "Zhang, W.", "†"),
            ("**Wei Zhang**", "**Wei Zhang**", ""),
            ("**Wei Zhang**†", "**Wei Zhang**", "†"),
            ("**Wei Zhang***", "**Wei Zhang**", "*"),
            ("Wei Zhang1", "Wei Zhang1", ""),
            ("Wei Zhang^{1}", "Wei Zhang^{1}", ""),
            ("Wei Zhang^{1,†}", "Wei Zhang^{1,†}", ""),
            ("Wei Zhang^", "Wei Zhang^", ""),
            ("Wei Zhang,", "Wei Zhang,", ""),
            ("张伟†", "张伟", "†"),
            ("†", "", "†"),
            ("***", "", "***"),
            ("", "", ""),
        ] {
            assert_eq!(split_marks(author), (name.to_owned(), marks.to_owned()), "{author:?}");
        }
        let many = "*†".repeat(50_000);
        assert_eq!(split_marks(&format!("A{many}")).1, many);
        assert!(is_marks("*,†") && !is_marks("A*") && !is_marks(""));
    }
}

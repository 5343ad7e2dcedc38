//! Author lists as people paste them, parted into single authors.

use super::{fold::is_cjk, is_particle, is_suffix, marks::is_marks, split_marks};

/// Parts a list of authors: `A. B, C. D and E. F`, `Last, First and Last, First`, `Last, F., Last,
/// F., & Last, F.`, lists with semicolons, and Chinese ones. Marks stay with their authors; `et
/// al.` is an item of its own.
#[must_use]
pub fn split_list(authors: &str) -> Vec<String> {
    let has = |wanted: &[char]| pieces(authors, |c| wanted.contains(&c)).len() > 1;
    let found = if has(&[';', '；']) {
        let people = pieces(authors, |c| matches!(c, ';' | '；'));
        people.into_iter().flat_map(|person| groups(&person)).collect()
    } else if has(&['、', '，']) {
        let people = pieces(authors, |c| matches!(c, '、' | '，' | ','));
        people.into_iter().flat_map(|person| groups(&person)).collect()
    } else if !has(&[',']) && groups(authors).len() == 1 {
        pieces(authors, |c| c == '\n')
    } else {
        let groups = groups(authors);
        let parts: Vec<Vec<String>> = groups.iter().map(|group| parts(group)).collect();
        let is_family_first = parts.iter().all(|parts| parts.len() == 2)
            && parts.iter().flatten().any(|part| !is_full_name(part));
        parts.into_iter().flat_map(|parts| joined(parts, is_family_first)).collect()
    };
    found.iter().map(|author| tidy(author)).filter(|author| !author.is_empty()).collect()
}

/// The text between separators that stand in no brackets.
fn pieces(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '{' | '(' | '（' => depth += 1,
            '}' | ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && is_separator(c) {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

/// What stands between `and`, `&`, `und` and the like.
fn groups(text: &str) -> Vec<String> {
    let mut groups = vec![String::new()];
    for word in text.split_whitespace() {
        let is_and = matches!(word, "and" | "&" | "und" | "et" | "和" | "及" | "與" | "与");
        // `et al.` is no `et` between two people.
        if is_and && !(word == "et" && text.contains("et al")) {
            groups.push(String::new());
        } else if let Some(last) = groups.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    groups
}

/// What stands between commas; marks and `Jr.` go with the part before them.
fn parts(group: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in pieces(group, |c| c == ',') {
        let piece = piece.trim();
        match parts.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if is_marks(piece) => last.push_str(piece),
            Some(last) if is_suffix(piece) => {
                last.push_str(", ");
                last.push_str(piece);
            }
            _ => parts.push(piece.to_owned()),
        }
    }
    parts
}

/// Puts the two halves of `Last, First` together again.
fn joined(parts: Vec<String>, is_family_first: bool) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    let mut parts = parts.into_iter().peekable();
    while let Some(part) = parts.next() {
        let is_pair = parts.peek().is_some_and(|next| {
            is_family_first || is_all_initials(next) || !is_full_name(&part) && !is_et_al(next)
        });
        match parts.next_if(|_| is_pair && !is_et_al(&part)) {
            Some(given) => people.push(format!("{part}, {given}")),
            None => people.push(part),
        }
    }
    people
}

/// Whether a part can be a whole name: more than one word, or Chinese.
fn is_full_name(part: &str) -> bool {
    let (name, _) = split_marks(part);
    let words = name.split_whitespace().filter(|word| !is_particle(word)).count();
    name.contains(is_cjk)
        || words > 1
        || name.split('.').filter(|word| !word.is_empty()).count() > 1
}

/// `J.`, `J. T. H.`, `J.-P.`, `JTH`: never a whole name.
fn is_all_initials(part: &str) -> bool {
    let (name, _) = split_marks(part);
    let mut words =
        name.split([' ', '.', '-', '\u{a0}']).filter(|word| !word.is_empty()).peekable();
    let longest = if name.contains('.') { 1 } else { 3 };
    // `C. D` is a given and a family name.
    words.peek().is_some()
        && (name.ends_with('.') || !name.contains('.'))
        && words.all(|w| w.chars().count() <= longest && w.chars().all(char::is_uppercase))
}

fn is_et_al(part: &str) -> bool {
    part.starts_with("et al") || part == "others"
}

fn tidy(author: &str) -> String {
    let author = author.trim().trim_end_matches([',', '，']).trim_start_matches([',', '，']);
    let mut words = author.split_whitespace().peekable();
    // The `and` before the last one of a list with semicolons.
    words.next_if(|word| matches!(*word, "and" | "&"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        for (list, expected) in [
            ("", &[][..]),
            ("A. B", &["A. B"]),
            ("A. B, C. D and E. F", &["A. B", "C. D", "E. F"]),
            ("A. B, C. D, and E. F", &["A. B", "C. D", "E. F"]),
            ("A. B, C. D & E. F", &["A. B", "C. D", "E. F"]),
            ("A. Bee and C. Dee", &["A. Bee", "C. Dee"]),
            ("Jo Wong, Wei Zhang, et al.", &["Jo Wong", "Wei Zhang", "et al."]),
            ("Wong, Jeffrey and Zhang, Wei", &["Wong, Jeffrey", "Zhang, Wei"]),
            ("Wong, Jeffrey T. H. and Wei Zhang", &["Wong, Jeffrey T. H.", "Wei Zhang"]),
            (
                "García Márquez, Gabriel and de la Cruz, Ana",
                &["García Márquez, Gabriel", "de la Cruz, Ana"],
            ),
            (
                "Wong, J. T. H., Zhang, W., & Smith, A. B.",
                &["Wong, J. T. H.", "Zhang, W.", "Smith, A. B."],
            ),
            ("van der Berg, J., Li, X.-Y.", &["van der Berg, J.", "Li, X.-Y."]),
            ("Wong, Jeffrey, Zhang, Wei", &["Wong, Jeffrey", "Zhang, Wei"]),
            ("Wong, Jeffrey", &["Wong, Jeffrey"]),
            ("García Márquez, Gabriel", &["García Márquez, Gabriel"]),
            ("King, Jr., Martin and Li, Wei", &["King, Jr., Martin", "Li, Wei"]),
            ("Martin King, Jr., Wei Li", &["Martin King, Jr.", "Wei Li"]),
            ("Wong JTH, Zhang W, Smith AB", &["Wong JTH", "Zhang W", "Smith AB"]),
            ("JTH.Wong, W.Zhang", &["JTH.Wong", "W.Zhang"]),
            ("Wong, Jo; Zhang, Wei; and Li, Na", &["Wong, Jo", "Zhang, Wei", "Li, Na"]),
            ("Jo Wong; Wei Zhang", &["Jo Wong", "Wei Zhang"]),
            ("张伟、李娜、王芳", &["张伟", "李娜", "王芳"]),
            ("张伟，李娜 和 王芳", &["张伟", "李娜", "王芳"]),
            ("张伟, 李娜", &["张伟", "李娜"]),
            ("Zhang Wei (张伟), Na Li", &["Zhang Wei (张伟)", "Na Li"]),
            ("Wei Zhang*, Jo Wong†,*, Na Li", &["Wei Zhang*", "Jo Wong†*", "Na Li"]),
            ("Wei Zhang^{†,*}, **Jo Wong**", &["Wei Zhang^{†,*}", "**Jo Wong**"]),
            ("Zhang*, Wei and Wong†, Jo", &["Zhang*, Wei", "Wong†, Jo"]),
            ("Jo Wong\nWei Zhang\n", &["Jo Wong", "Wei Zhang"]),
            ("Jo Wong,\n  Wei\n  Zhang", &["Jo Wong", "Wei Zhang"]),
            ("Jo Wong and others", &["Jo Wong", "others"]),
            (",; ,", &[]),
        ] {
            assert_eq!(split_list(list), expected, "{list:?}");
        }
    }
}

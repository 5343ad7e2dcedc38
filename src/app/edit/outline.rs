//! Pasted lines read as highlights: the marks of lists, their levels, and lines that were wrapped.

use crate::value::entry::Bullet;

/// Reads pasted lines as highlights: marks of lists go, deeper lines stand inside, and where the
/// first line has a mark, one without goes on with the highlight before it. How deep a line is says
/// its indent, or else its mark: `o` after `•`, `(a)` after `1.`, as word processors do it.
#[must_use]
pub fn outline(text: &str) -> Vec<Bullet> {
    let mut out: Vec<Bullet> = vec![];
    // The levels that are open, outermost first.
    let mut levels: Vec<Level> = vec![];
    let mut environments = 0usize;
    let mut marked = false;
    let mut apart = true;
    for line in text.lines() {
        let content = line.trim();
        // The lists of LaTeX are not indented, but they say where they start and end.
        if content.starts_with("\\begin{") {
            environments += 1;
        } else if content.starts_with("\\end{") {
            environments = environments.saturating_sub(1);
        }
        if content.is_empty() || content.starts_with("\\begin{") || content.starts_with("\\end{") {
            apart = true;
            continue;
        }
        let mark = mark(content);
        if out.is_empty() {
            marked = mark.is_some();
        }
        let last = last_of(&mut out, levels.len());
        if mark.is_none()
            && !apart
            && let Some(last) = last
            && (marked || is_cut(&last.text, content))
        {
            go_on(&mut last.text, content);
            continue;
        }
        apart = false;
        let white = line.chars().take_while(|c| c.is_whitespace()).map(width).sum::<usize>();
        let indent = white + 8 * environments;
        let (sorts, content) = mark.unwrap_or((vec![], content));
        let sort = sort_in(&levels, indent, &sorts);
        levels.retain(|level| level.indent <= indent);
        if let Some(same) = levels.iter().position(|level| level.is_like(indent, sort)) {
            levels.truncate(same);
        }
        let bullet = Bullet::from(content);
        match last_of(&mut out, levels.len()).filter(|_| !levels.is_empty()) {
            Some(parent) => parent.bullets.push(bullet),
            None => out.push(bullet),
        }
        levels.push(Level { indent, sort });
    }
    out
}

/// A level of a list that is open.
#[derive(Clone, Copy)]
struct Level {
    indent: usize,
    /// The mark of its last line.
    sort: Option<(Sort, usize)>,
}

impl Level {
    /// Whether a line with this indent and mark belongs to it, and not inside it.
    fn is_like(&self, indent: usize, sort: Option<(Sort, usize)>) -> bool {
        let same = |own: Sort, new: Sort| own == new || own == Sort::Any || new == Sort::Any;
        self.indent == indent
            && match (self.sort, sort) {
                (Some((own, _)), Some((new, _))) => same(own, new),
                // A line without a mark stands beside others.
                _ => true,
            }
    }
}

/// What marks look like; those of one list look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A sign that is no letter.
    Sign(char),
    /// `-`, `*` and `+`, which writers of plain text mix, and LaTeX's.
    Any,
    /// A number, before a sign like `.` or `)`.
    Number(char),
    /// A letter.
    Letter(char),
    /// A Roman number.
    Roman(char),
}

/// Which of the ways to read a mark is meant: the one that goes on with an open list, or else one
/// that starts a list, or else the first.
fn sort_in(levels: &[Level], indent: usize, sorts: &[(Sort, usize)]) -> Option<(Sort, usize)> {
    let goes_on = |(sort, count): &&(Sort, usize)| {
        levels.iter().any(|level| {
            level.indent <= indent
                && level.sort.is_some_and(|(own, last)| own == *sort && last + 1 == *count)
        })
    };
    let starts = |(_, count): &&(Sort, usize)| *count == 1;
    let found = sorts.iter().find(goes_on).or_else(|| sorts.iter().find(starts));
    found.or(sorts.first()).copied()
}

/// The last highlight of the level with that number, counted from 1.
fn last_of(list: &mut [Bullet], level: usize) -> Option<&mut Bullet> {
    let last = list.last_mut()?;
    if level <= 1 { Some(last) } else { last_of(&mut last.bullets, level - 1) }
}

/// How far a white character indents, in columns.
fn width(c: char) -> usize {
    if c == '\t' { 4 } else { 1 }
}

/// Whether a word was cut at the end of a line, to go on in the next one: small letters stand on
/// both sides.
fn is_cut(line: &str, next: &str) -> bool {
    let before = line.strip_suffix(['-', '\u{ad}', '\u{2010}']);
    let before = before.and_then(|line| line.chars().next_back());
    before.is_some_and(char::is_lowercase) && next.starts_with(char::is_lowercase)
}

/// Adds a line that goes on with a text.
fn go_on(text: &mut String, line: &str) {
    if !is_cut(text, line) {
        if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    } else {
        let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        // `state-of-the-` keeps its hyphens.
        let inner = word.char_indices().filter(|(_, c)| matches!(c, '-' | '\u{2010}')).count();
        if inner < 2 {
            text.pop();
        }
    }
    text.push_str(line);
}

/// The signs that lists put before their lines; a space or nothing stands after them.
const SIGNS: &str = "-*+–—•◦▪▫■□●○‣⁃·➢§✓✔☑☐✗►▶▸❖➤→⇒»∗⋄◆◇";

/// Those that may stand before a letter without a space. Word processors have letters of symbol
/// faces.
const GLUED: &str = "•\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}\u{f076}\u{f02d}✓✔☑➢";

/// The ways to read the mark that a list put before a line, each with which one of its list it is,
/// and the line after it: `- `, `• `, `1. `, `2) `, `(a) `, `iv. `, `\item `. `None` when there is
/// none.
fn mark(line: &str) -> Option<(Vec<(Sort, usize)>, &str)> {
    let white = |rest: &&str| rest.starts_with(char::is_whitespace) || rest.is_empty();
    let found = |sort: Sort, rest: &'_ str| Some((vec![(sort, 0)], rest.len()));
    let sign = line.chars().next()?;
    let rest = line.get(sign.len_utf8()..)?;
    let spaced = SIGNS.contains(sign) && white(&rest);
    let signed = match sign {
        '-' | '*' | '+' if spaced => found(Sort::Any, rest),
        _ if spaced || GLUED.contains(sign) => found(Sort::Sign(sign), rest),
        // Word's second level.
        'o' if rest.starts_with('\t') => found(Sort::Sign(sign), rest),
        _ => None,
    };
    let signed = signed.or_else(|| {
        let rest = line.strip_prefix("\\item").filter(white)?;
        found(Sort::Any, rest)
    });
    let (sorts, left) = signed.or_else(|| numbered(line))?;
    let rest = line.get(line.len() - left..)?;
    Some((sorts, rest.trim_start()))
}

/// The same for marks that count: `1.`, `2)`, `(3)`, `[4]`, `(a)`, `b)`, `c.`, `(iv)`; with how many
/// bytes stand behind it.
fn numbered(line: &str) -> Option<(Vec<(Sort, usize)>, usize)> {
    let open = line.chars().next().filter(|c| matches!(c, '(' | '['));
    let inner = open.map_or(Some(line), |c| line.strip_prefix(c))?;
    let count: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect();
    let rest = inner.get(count.len()..)?;
    let close = rest.chars().next()?;
    let shape = match (open, close) {
        (Some('('), ')') => '(',
        (Some('['), ']') => '[',
        // Both in one list are one list.
        (None, '.' | ')') => '.',
        _ => return None,
    };
    let rest = rest.get(close.len_utf8()..)?;
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let mut sorts = vec![];
    if (1..=2).contains(&count.len()) && count.chars().all(|c| c.is_ascii_digit()) {
        sorts.push((Sort::Number(shape), count.parse().ok()?));
    }
    // A capital with a full stop is the beginning of a name.
    let small = count.chars().all(|c| c.is_ascii_lowercase());
    let letters = small || (close != '.' && count.chars().all(|c| c.is_ascii_uppercase()));
    if letters && shape != '[' {
        let lower = count.to_ascii_lowercase();
        if let [letter] = lower.as_bytes() {
            sorts.push((Sort::Letter(shape), usize::from(letter.saturating_sub(b'a')) + 1));
        }
        if let Some(number) = ROMAN.iter().position(|roman| *roman == lower) {
            sorts.push((Sort::Roman(shape), number + 1));
        }
    }
    (!sorts.is_empty()).then_some((sorts, rest.len()))
}

const ROMAN: [&str; 15] =
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];

#[cfg(test)]
mod tests {
    use super::*;

    /// `a(b|c(d))|e`: what stands inside in brackets.
    fn shown(bullets: &[Bullet]) -> String {
        let show = |b: &Bullet| match b.bullets.as_slice() {
            [] => b.text.clone(),
            inside => format!("{}({})", b.text, shown(inside)),
        };
        bullets.iter().map(show).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn pasted_lines_become_highlights() {
        for (text, expected) in [
            ("", ""),
            (" \n\n", ""),
            ("one", "one"),
            ("one\ntwo\r\n\nthree", "one|two|three"),
            ("- one\n- two", "one|two"),
            ("- one\n  - in\n    - deep\n  - in too\n- two", "one(in(deep)|in too)|two"),
            ("  - one\n- two", "one|two"),
            ("- one\n    - in\n  - half\n- two", "one(in|half)|two"),
            ("* one\n\t* in\n* two", "one(in)|two"),
            ("•\tone\no\tin\n§\tdeep\no\tin\n•\ttwo", "one(in(deep)|in)|two"),
            ("•one\n•two", "one|two"),
            ("\u{f0b7}one\n\u{f0b7}two", "one|two"),
            ("§\tone\n§\ttwo", "one|two"),
            ("✓ one\n✔two", "one(two)"),
            ("• one\n– in\n– in\n• two", "one(in|in)|two"),
            ("- one\n* two\n+ three", "one|two|three"),
            ("1. one\n(a) in\n(b) in\n2. two\n(a) in", "one(in|in)|two(in)"),
            ("1. one\n  a) in\n    (i) deep\n    (ii) deep\n  b) in", "one(in(deep|deep)|in)"),
            ("(a) one\n(i) in\n(ii) in\n(b) two", "one(in|in)|two"),
            ("(h) one\n(i) two\n(j) three", "one|two|three"),
            ("i. one\nii. two\niii. three\niv. four", "one|two|three|four"),
            ("[1] one\n[2] two", "one|two"),
            ("A. Nowak\nB. Example", "A. Nowak|B. Example"),
            ("(see) this\n(abc) that", "(see) this|(abc) that"),
            ("on foot\nokay", "on foot|okay"),
            ("1. one\n2) two\n10.\tten", "one|two|ten"),
            ("2024. A year\n1.5 x", "2024. A year|1.5 x"),
            // Lines that were wrapped.
            ("- one that\n  goes on\n- two\nand on", "one that goes on|two and on"),
            ("- one\n\nA paragraph", "one|A paragraph"),
            ("the end of a line\n- one\n- two", "the end of a line|one|two"),
            // Words that were cut.
            ("- a compi-\n  ler for\n- two", "a compiler for|two"),
            ("- a state-of-the-\n  art one", "a state-of-the-art one"),
            ("- from A-\n  b to", "from A- b to"),
            ("- the Müller-\n  Lyer", "the Müller- Lyer"),
            ("- 10-\n  fold", "10- fold"),
            ("soft\u{ad}\nware of one\ntwo", "software of one|two"),
            ("**Bold** one\n*Italic* two", "**Bold** one|*Italic* two"),
            (
                "\\begin{itemize}\n\\item one\n\\begin{itemize}\n\\item in\n\\end{itemize}\n\\item two",
                "one(in)|two",
            ),
        ] {
            assert_eq!(shown(&outline(text)), expected, "{text:?}");
        }
    }
}
